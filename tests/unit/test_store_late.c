/* test_store_late.c - what was entered long after it came breaks the order of times, and whoever looks for a time finds everything all the same. */
#include "test.h"
#include "store_fixture.h"

#define DAY INT64_C(86400)

/* Days before now, in the order of their ids; which of them are told of as late is the caller's. */
static const int old_and_new[] = { 20, 15, 9, 300, 290, 5, 295, 4, 100, 101, 2, 1, 50, 12 };

static enum ik_rc fill(struct store_tx *tx, void *arg, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	(void)arg;
	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(old_and_new); i++) {
		struct store_message m = { .ticket_id = 1, .channel = "web", .text = "x", .received_at = NOW - old_and_new[i] * DAY };

		rc = store_add_message(tx, &m, err);
		if (rc == IK_OK && old_and_new[i] > 9) rc = store_note_late(tx, LATE_MESSAGE, m.id, m.received_at, err);
	}
	return rc;
}

/* Everything that is not older stands at the id or behind it. */
TEST(whoever_looks_for_a_time_passes_over_nothing_that_is_newer)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct store_reader *r;

	CHECK_INT(store_call(store, fill, NULL, NULL), IK_OK);
	r = reading(store);
	for (int days = 0; days <= 310; days++) {
		int64_t id = 0, first = 0;

		for (size_t i = COUNT_OF(old_and_new); i > 0; i--)
			if (old_and_new[i - 1] <= days) first = (int64_t)i;
		CHECK_INT(read_message_since(r, NOW - days * DAY, &id, NULL), IK_OK);
		CHECK(first == 0 || id <= first);
		CHECK(days != 3 || id >= 9);            /* and not simply from the start */
		CHECK(days != 13 || id == 3);
	}
	store_reader_close(&r);
	store_close(&store);
}
