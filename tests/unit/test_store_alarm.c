/* test_store_alarm.c - what an alarm keeps of those it is about, so that erasing a ticket leaves nothing of it in another one's alarm. */
#include "test.h"
#include "store_fixture.h"

#include "base/json.h"

struct raising { struct store_alarm alarm; int64_t id; };

static enum ik_rc raise_it(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct raising *r = arg;

	return store_raise_alarm(tx, &r->alarm, 3600, &r->id, err);
}

static const struct { const char *row; int64_t ticket_id; const char *evidence, *kept; int count; } raisings[] = {
	{ "the first one",              7, "{\"evidence\":\"burned\"}", "burned",  1 },
	{ "its own ticket, again",      7, "{\"evidence\":\"worse\"}",  "worse",   2 },
	{ "another of its incident",    8, "{\"evidence\":\"hurt\"}",   "worse",   3 },
	{ "nothing new to tell",        7, NULL,                        "worse",   4 },
};

TEST(an_alarm_for_many_tickets_keeps_the_words_of_its_own_alone)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct store_reader *reader = reading(store);

	for (size_t i = 0; i < COUNT_OF(raisings); i++) {
		struct raising r = { .alarm = { .kind = "urgent", .key = "incident 1", .text = "urgent", .text_zh = "urgent", .remedy = "call", .evidence = raisings[i].evidence,
		                                .ticket_id = raisings[i].ticket_id, .raised_at = NOW + (int64_t)i } };
		json_t *alarms = NULL;

		test_row(raisings[i].row);
		CHECK_INT(store_call(store, raise_it, &r, NULL), IK_OK);
		CHECK_INT(read_alarms(reader, 10, &alarms, NULL), IK_OK);
		CHECK_INT(json_array_size(alarms), 1);
		CHECK_INT(json_int(json_array_get(alarms, 0), "count", 0), raisings[i].count);
		CHECK_STR(json_text(json_object_get(json_array_get(alarms, 0), "evidence"), "evidence"), raisings[i].kept);
		json_decref(alarms);
	}
	store_reader_close(&reader);
	store_close(&store);
}
