/* test_store_survey.c - answers are kept once, counted by channel and category within a time, and a question stands in one conversation. */
#include "store/survey.h"

#include "store_fixture.h"
#include "test.h"

struct rows { struct taken taken[3]; bool added[4]; struct store_question found[4]; };

static enum ik_rc fill(struct store_tx *tx, void *arg, struct ik_error *err)
{
	static const char *const channels[] = { "mail", "mail", "chat" };
	struct rows *r = arg;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < 3; i++) {
		r->taken[i] = a_message(i == 0 ? "one" : i == 1 ? "two" : "three");
		r->taken[i].account = channels[i];
		rc = take(tx, &r->taken[i], err);
	}
	const struct store_survey answers[] = {
		{ r->taken[0].ticket.id, NOW, NOW + 10, 5, 5, 4, 0, 0, "link" },
		{ r->taken[1].ticket.id, NOW, NOW + 20, 1, 1, 0, 0, 0, "link" },
		{ r->taken[2].ticket.id, NOW, NOW + 30, 3, 0, 0, 0, 0, "chat" },
		{ r->taken[0].ticket.id, NOW, NOW + 40, 1, 0, 0, 0, 0, "chat" },
	};

	for (size_t i = 0; rc == IK_OK && i < 4; i++) rc = store_add_survey(tx, &answers[i], &r->added[i], err);
	return rc;
}

static const json_t *named(const json_t *array, const char *name)
{
	const json_t *row;
	size_t i;

	json_array_foreach(array, i, row)
		if (name == NULL || strcmp(json_text(row, "name"), name) == 0) return row;
	return NULL;
}

TEST(answers_are_kept_once_and_counted_by_channel_within_a_time)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct rows r = { .added = { false } };
	struct store_reader *reader;
	json_t *all = NULL, *by = NULL, *none = NULL;

	CHECK_INT(store_call(store, fill, &r, NULL), IK_OK);
	CHECK(r.added[0] && r.added[1] && r.added[2] && !r.added[3]);
	reader = reading(store);
	CHECK_INT(read_satisfaction(reader, NOW, NOW + 31, SATISFACTION_ALL, &all, NULL), IK_OK);
	CHECK_INT(json_array_size(all), 1);
	CHECK_INT(json_int(named(all, NULL), "answers", -1), 3);
	CHECK_INT(json_int(named(all, NULL), "satisfied", -1), 1);
	CHECK_INT(json_int(named(all, NULL), "neither", -1), 1);
	CHECK_INT(json_int(named(all, NULL), "dissatisfied", -1), 1);
	CHECK_INT((int64_t)(json_real_value(json_object_get(named(all, NULL), "level")) * 10), 30);
	CHECK_INT((int64_t)(json_real_value(json_object_get(named(all, NULL), "speed")) * 10), 30);
	CHECK(json_is_null(json_object_get(named(all, NULL), "solution")));
	CHECK_INT(read_satisfaction(reader, NOW, NOW + 30, SATISFACTION_BY_CHANNEL, &by, NULL), IK_OK);
	CHECK_INT(json_array_size(by), 1);
	CHECK_INT(json_int(named(by, "mail"), "answers", -1), 2);
	CHECK_INT(read_satisfaction(reader, NOW + 31, NOW + 90, SATISFACTION_BY_CATEGORY, &none, NULL), IK_OK);
	CHECK_INT(json_array_size(none), 0);
	json_decref(all);
	json_decref(by);
	json_decref(none);
	store_reader_close(&reader);
	store_close(&store);
}

static enum ik_rc ask(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct rows *r = arg;
	const int64_t one = r->taken[0].ticket.id, two = r->taken[1].ticket.id;
	enum ik_rc rc = store_ask_question(tx, "chat", "room", one, NOW, err);

	if (rc == IK_OK) rc = store_find_question(tx, "chat", "room", &r->found[0], err);       /* answered in fill() */
	if (rc == IK_OK) rc = store_ask_question(tx, "chat", "room", two, NOW + 5, err);
	if (rc == IK_OK) rc = store_find_question(tx, "chat", "room", &r->found[1], err);
	if (rc == IK_OK) rc = store_find_question(tx, "other", "room", &r->found[2], err);
	if (rc == IK_OK) rc = store_close_question(tx, "chat", "room", err);
	return rc == IK_OK ? store_find_question(tx, "chat", "room", &r->found[3], err) : rc;
}

TEST(the_last_question_of_a_conversation_stands_until_it_is_answered_or_closed)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct rows r = { .added = { false } };

	CHECK_INT(store_call(store, fill, &r, NULL), IK_OK);
	CHECK_INT(store_call(store, ask, &r, NULL), IK_OK);
	CHECK_INT(r.found[0].ticket_id, 0);
	CHECK_INT(r.found[1].ticket_id, r.taken[1].ticket.id);
	CHECK_INT(r.found[1].sent_at, NOW + 5);
	CHECK_INT(r.found[2].ticket_id, 0);
	CHECK_INT(r.found[3].ticket_id, 0);
	store_close(&store);
}
