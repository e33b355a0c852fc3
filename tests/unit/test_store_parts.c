/* test_store_parts.c - lists by channel and category find everything that is there, however rare, in pages without holes; what they cost does not grow with the store. */
#include "test.h"
#include "store_fixture.h"
#include "store/reader.h"

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

/* ---- cost ------------------------------------------------------------------------------------------------------------------------------- */

/* As many parts as asked, as tickets of two channels and eight categories leave them: 2,000 are two million tickets. */
static enum ik_rc fill_parts(struct store_tx *tx, void *arg, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT OR IGNORE INTO ticket_part(part, channel, category) WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
	               " SELECT i, channel.value, category.value FROM n, json_each('[\"mail\",\"web\"]') channel,"
	               " json_each('[\"\",\"billing\",\"information\",\"logistics\",\"other\",\"product_quality\",\"safety\",\"service_attitude\"]') category",
	               SQL_ARGS(SQL_INT(*(const int64_t *)arg)), err);
}

static int count_step(void *arg)
{
	++*(int64_t *)arg;
	return 0;
}

static const struct { const char *row; struct read_filter filter; size_t words[2]; } looks[] = {
	{ "the words to choose from",         { .limit = 0 }, { 2, 7 } },
	{ "a channel that is nowhere",        { .channel = "rare", .limit = 50 }, { 0 } },
	{ "a category that is nowhere",       { .category = "garden", .limit = 50 }, { 0 } },
	{ "two that never meet",              { .channel = "mail", .category = "garden", .limit = 50 }, { 0 } },
};

/* Instructions of the store's virtual machine for one look. */
static int64_t steps_of(struct store *store, size_t i)
{
	struct store_reader *r = reading(store);
	int64_t steps = 0;
	json_t *array = NULL;

	sqlite3_progress_handler(r->sql.db, 1, count_step, &steps);
	if (looks[i].filter.limit > 0) {
		CHECK_INT(read_list(r, &looks[i].filter, &array, NULL), IK_OK);
		CHECK_INT(json_array_size(array), 0);
	}
	for (int categories = 0; looks[i].filter.limit == 0 && categories <= 1; categories++) {
		json_decref(array);
		CHECK_INT(read_filter_words(r, categories == 1, &array, NULL), IK_OK);
		CHECK_INT(json_array_size(array), looks[i].words[categories]);
	}
	json_decref(array);
	store_reader_close(&r);
	return steps;
}

TEST(what_the_lists_offer_costs_the_same_in_a_store_of_any_size)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	int64_t parts = 2, few[COUNT_OF(looks)];

	CHECK_INT(store_call(store, fill_parts, &parts, NULL), IK_OK);
	for (size_t i = 0; i < COUNT_OF(looks); i++) few[i] = steps_of(store, i);
	parts = 2000;
	CHECK_INT(store_call(store, fill_parts, &parts, NULL), IK_OK);
	for (size_t i = 0; i < COUNT_OF(looks); i++) {
		test_row(looks[i].row);
		CHECK(few[i] > 0);
		CHECK_INT(steps_of(store, i), few[i]);
	}
	store_close(&store);
}
