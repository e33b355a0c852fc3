/* test_store_parts.c - lists by channel and category find everything that is there, however rare, in pages without holes. */
#include "test.h"
#include "store_fixture.h"

#define TICKETS 3100                    /* four parts of 1,024 */

struct filling { int64_t from, to; bool fails; };

static const char *channel_of(int64_t n)
{
	return n == 1100 || n == 1101 || n == 3000 ? "rare" : n % 2 == 0 ? "mail" : "web";
}

static const char *category_of(int64_t n)
{
	return n % 700 == 0 ? "safety" : n % 3 == 0 ? NULL : "logistics";
}

static enum ik_rc fill(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct filling *f = arg;
	enum ik_rc rc = IK_OK;

	for (int64_t n = f->from; rc == IK_OK && n <= f->to; n++) {
		struct store_ticket t = { .month = 202511, .channel = channel_of(n), .channel_type = "test", .category = category_of(n), .severity = "normal", .received_at = NOW };

		rc = store_add_ticket(tx, &t, err);
	}
	return rc == IK_OK && f->fails ? ik_fail(IK_REJECT, err, "changed its mind") : rc;
}

static bool fits(const struct read_filter *f, int64_t n)
{
	const char *category = category_of(n) != NULL ? category_of(n) : "";

	return (f->channel == NULL || strcmp(channel_of(n), f->channel) == 0) && (f->category == NULL || strcmp(category, f->category) == 0);
}

static size_t expected(const struct read_filter *f)
{
	size_t count = 0;

	for (int64_t n = 1; n <= TICKETS; n++) count += fits(f, n);
	return count;
}

static const struct { const char *row; struct read_filter filter; } rows[] = {
	{ "a rare channel",           { .channel = "rare" } },
	{ "a rare category",          { .category = "safety" } },
	{ "both, never together",     { .channel = "rare", .category = "safety" } },
	{ "both",                     { .channel = "mail", .category = "safety" } },
	{ "one that is everywhere",   { .channel = "web" } },
	{ "one that is nowhere",      { .category = "billing" } },
	{ "with a severity",          { .category = "safety", .severity = "normal" } },
	{ "with a severity there is none of", { .category = "safety", .severity = "low" } },
};

/* Every ticket of the filter, page by page. */
static void check_pages(struct store *store, struct read_filter f, size_t limit)
{
	struct store_reader *r = reading(store);
	const size_t want = f.severity != NULL && strcmp(f.severity, "normal") != 0 ? 0 : expected(&f);
	size_t got = 0, page;

	f.limit = limit;
	do {
		json_t *array = NULL;

		CHECK_INT(read_list(r, &f, &array, NULL), IK_OK);
		page = json_array_size(array);
		for (size_t i = 0; i < page; i++) {
			const int64_t id = json_integer_value(json_object_get(json_array_get(array, i), "id"));

			CHECK(fits(&f, id));
			CHECK(f.before_id == 0 || id < f.before_id);
			f.before_id = id;
		}
		got += page;
		json_decref(array);
	} while (page == limit);
	CHECK_INT(got, want);
	store_reader_close(&r);
}

TEST(lists_by_channel_and_category_miss_nothing)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);

	CHECK_INT(store_call(store, fill, &(struct filling){ 1, 50, true }, NULL), IK_REJECT);         /* taken back, with its rows of parts */
	CHECK_INT(store_call(store, fill, &(struct filling){ 1, 2000, false }, NULL), IK_OK);
	CHECK_INT(store_call(store, fill, &(struct filling){ 2001, 2100, true }, NULL), IK_REJECT);
	CHECK_INT(store_call(store, fill, &(struct filling){ 2001, TICKETS, false }, NULL), IK_OK);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].row);
		check_pages(store, rows[i].filter, 7);
		check_pages(store, rows[i].filter, 1000);
	}
	store_close(&store);
}
