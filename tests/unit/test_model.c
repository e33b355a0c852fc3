/* test_model.c - the learned classifier: the same texts give the same file, a file reads back as it was written, damage is refused, labels
 * that are none are named with their line, and what a negation took back teaches nothing. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "policy/model_train.h"
#include "policy/policy_parts.h"
#include "policy/reading.h"

static struct policy *rules_alone(void)
{
	char *rules = mem_text(test_data("../../conf/rules"));
	const struct policy_conf conf = { .timezone = (char[]){ "UTC" }, .rules = rules, .rules_only = true };
	struct policy *policy = NULL;
	struct ik_error err = { 0 };

	CHECK_INT(policy_new(&conf, &policy, &err), IK_OK);
	free(rules);
	return policy;
}

/* Two kinds of text that differ in one word. */
static void teach(struct corpus *corpus)
{
	static const char *const things[] = { "table", "chair", "lamp", "shelf", "carpet", "window", "mirror", "basket", "bottle", "candle" };
	struct ik_error err = { 0 };

	for (size_t i = 0; i < COUNT_OF(things); i++) {
		const char *late[MODEL_TASKS] = { "logistics", "normal", "negative" }, *ask[MODEL_TASKS] = { "information", "low", NULL };
		char *one = mem_format("the %s zimbled on the way", things[i]), *other = mem_format("tell me how wide the %s gorbles", things[i]);

		CHECK_INT(corpus_add(corpus, NULL, one, late, &err), IK_OK);
		CHECK_INT(corpus_add(corpus, "a question", other, ask, &err), IK_OK);
		free(one);
		free(other);
	}
}

static const struct { size_t gained, lost; bool is_worse; } gains[] = {
	{ 0, 0, false }, { 0, 2, false }, { 0, 4, false }, { 0, 5, true }, { 5, 0, false }, { 14, 16, false }, { 10, 30, true }, { 100, 110, false }, { 100, 140, true },
};

TEST(model_is_worse_when_chance_does_not_explain_it)
{
	for (size_t i = 0; i < COUNT_OF(gains); i++) {
		const struct model_gain g = { .texts = 2000, .gained = gains[i].gained, .lost = gains[i].lost };

		CHECK(model_is_worse(&g) == gains[i].is_worse);
	}
}

static void judge(const struct policy *policy, const struct text_model *m, const char *text, double certainty_r[MODEL_LABELS_MAX])
{
	struct model_feature *features = mem_new(sizeof(*features) * MODEL_FEATURES_MAX);
	struct reading *reading = reading_new(policy->rules, NULL, "", text);
	double certainty[MODEL_TASKS][MODEL_LABELS_MAX];

	model_judge(m, features, model_find(m, features, model_features(reading, features)), certainty);
	memcpy(certainty_r, certainty[MODEL_CATEGORY], sizeof(certainty[MODEL_CATEGORY]));
	reading_free(&reading);
	free(features);
}

static void read_whole(const char *dir, const char *name, struct buf *into)
{
	struct ik_error err = { 0 };
	char *path = mem_format("%s/%s", dir, name);

	CHECK_INT(file_read(path, into, &err), IK_OK);
	free(path);
}

TEST(model_reads_back_what_it_wrote_and_is_the_same_each_time)
{
	struct policy *policy = rules_alone();
	struct corpus corpus = { .policy = policy };
	struct text_model *m, *again, *back = NULL;
	struct buf one = BUF_INIT(MODEL_FILE_MAX), two = BUF_INIT(MODEL_FILE_MAX);
	double certainty[MODEL_LABELS_MAX], same[MODEL_LABELS_MAX];
	struct ik_error err = { 0 };
	const char *dir = test_dir();
	char *path = mem_format("%s/one.model", dir);

	teach(&corpus);
	m = model_train(&corpus, NULL, NULL);
	again = model_train(&corpus, NULL, NULL);
	CHECK_INT(model_save(m, dir, "one.model", &err), IK_OK);
	CHECK_INT(model_save(again, dir, "two.model", &err), IK_OK);
	read_whole(dir, "one.model", &one);
	read_whole(dir, "two.model", &two);
	CHECK_INT(one.len, two.len);
	CHECK(memcmp(one.data, two.data, one.len) == 0);
	CHECK_INT(model_load(path, &back, &err), IK_OK);
	judge(policy, m, "my sofa zimbled", certainty);
	judge(policy, back, "my sofa zimbled", same);
	CHECK(certainty[model_label(m, MODEL_CATEGORY, "logistics")] > 0.5);
	CHECK(memcmp(certainty, same, sizeof(double) * m->tasks[MODEL_CATEGORY].count) == 0);
	judge(policy, m, "how wide it gorbles", certainty);
	CHECK(certainty[model_label(m, MODEL_CATEGORY, "information")] > 0.5);
	model_free(&m);
	model_free(&again);
	model_free(&back);
	corpus_release(&corpus);
	buf_release(&one);
	buf_release(&two);
	free(path);
	policy_free(&policy);
}

/* Texts that tell little of their label, and what a person taught: how many of them are right without it. */
static size_t right_without(const struct policy *policy, const char *taught)
{
	static const char *const labels[] = { "billing", "logistics", "safety", "information", "after_sales" };
	struct corpus corpus = { .policy = policy };
	struct model_comparison comparison;
	struct ik_error err = { 0 };
	struct text_model *m;

	for (int i = 0; i < 44; i++) {
		const bool is_shipped = i < 40;
		const char *label[MODEL_TASKS] = { is_shipped ? labels[i % 5 == 4 ? 0 : i % 5] : taught, "normal", "negative" };
		char *text = mem_format(is_shipped ? "zimble %d gorble so" : "the hamster number %d squeaks", i);

		if (!is_shipped && corpus.shipped == 0) corpus.shipped = corpus.count;
		CHECK_INT(corpus_add(&corpus, NULL, text, label, &err), IK_OK);
		free(text);
	}
	m = model_train(&corpus, NULL, &comparison);
	CHECK_INT(comparison.shipped[MODEL_CATEGORY].texts, 40);
	model_free(&m);
	corpus_release(&corpus);
	return comparison.shipped[MODEL_CATEGORY].right_before;
}

/* The first texts of a label are taught by a person: what was there before does not know it, and is no worse for that. */
TEST(model_without_what_was_taught_tells_no_label_it_never_saw)
{
	struct policy *policy = rules_alone();
	const size_t right = right_without(policy, "billing");

	CHECK(right > 0);
	CHECK_INT(right_without(policy, "other"), right);
	policy_free(&policy);
}

TEST(model_refuses_a_damaged_file)
{
	struct policy *policy = rules_alone();
	struct corpus corpus = { .policy = policy };
	struct buf file = BUF_INIT(MODEL_FILE_MAX);
	struct text_model *m, *back = NULL;
	struct ik_error err = { 0 };
	const char *dir = test_dir();
	char *path = mem_format("%s/bad.model", dir);

	teach(&corpus);
	m = model_train(&corpus, NULL, NULL);
	CHECK_INT(model_save(m, dir, "good.model", &err), IK_OK);
	read_whole(dir, "good.model", &file);
	for (size_t i = 0; i < 40; i++) {
		const size_t at = i < 20 ? i * file.len / 20 : file.len - 1, len = i < 20 ? file.len : file.len - (i - 19) * file.len / 21;

		test_row(i < 20 ? "a byte changed" : "cut short");
		file.data[at] = (char)(file.data[at] ^ 0x20);
		CHECK_INT(file_write_durable(dir, "bad.model", file.data, len, &err), IK_OK);
		file.data[at] = (char)(file.data[at] ^ 0x20);
		CHECK_INT(model_load(path, &back, &err), IK_CONFIG);
		CHECK(strstr(err.text, "bad.model") != NULL);
	}
	model_free(&m);
	corpus_release(&corpus);
	buf_release(&file);
	free(path);
	policy_free(&policy);
}

/* The digest fits: only the places of the rows are wrong. */
TEST(model_refuses_rows_out_of_order_and_beyond_the_last)
{
	enum { NAMES = 3 };                     /* bytes of a row that name its bucket */
	static const struct { const char *row; size_t from, to; } swaps[] = {
		{ "a bucket twice", 0, 1 }, { "a bucket behind a later one", 5, 0 }, { "a bucket beyond the last", SIZE_MAX, 0 },
	};
	struct policy *policy = rules_alone();
	struct corpus corpus = { .policy = policy };
	struct buf file = BUF_INIT(MODEL_FILE_MAX);
	struct text_model *m, *back = NULL;
	struct ik_error err = { 0 };
	const char *dir = test_dir();
	char *path = mem_format("%s/turned.model", dir);

	teach(&corpus);
	m = model_train(&corpus, NULL, NULL);
	CHECK_INT(model_save(m, dir, "ordered.model", &err), IK_OK);
	for (size_t i = 0; i < COUNT_OF(swaps); i++) {
		const size_t row = NAMES + m->outputs, rows = 8 + m->row_count * row;
		char *first;
		XXH64_hash_t hash;

		test_row(swaps[i].row);
		buf_clear(&file);
		read_whole(dir, "ordered.model", &file);
		first = file.data + file.len - rows;
		if (swaps[i].from != SIZE_MAX) memcpy(first + swaps[i].to * row, first + swaps[i].from * row, NAMES);
		else memset(first + (m->row_count - 1) * row, 0xff, NAMES);
		hash = XXH64(file.data, file.len - 8, 0);
		for (size_t k = 0; k < 8; k++) file.data[file.len - 8 + k] = (char)(hash >> (8 * k) & 0xff);
		CHECK_INT(file_write_durable(dir, "turned.model", file.data, file.len, &err), IK_OK);
		CHECK_INT(model_load(path, &back, &err), IK_CONFIG);
	}
	model_free(&m);
	corpus_release(&corpus);
	buf_release(&file);
	free(path);
	policy_free(&policy);
}

TEST(corpus_names_the_line_that_is_wrong)
{
	static const struct { const char *row, *file, *words; } rows[] = {
		{ "right",         "# note\n\n@ billing normal negative\none text\nanother\n", NULL },
		{ "no heading",    "one text\n", "wrong.txt:1:" },
		{ "short heading", "@ billing normal\nx\n", "wrong.txt:1:" },
		{ "long heading",  "@ billing normal negative more\nx\n", "wrong.txt:1:" },
		{ "category",      "@ money normal negative\nx\n", "money" },
		{ "severity",      "@ billing dire negative\nx\n", "dire" },
		{ "sentiment",     "@ billing normal sad\n\nx\n", "wrong.txt:3:" },
	};
	struct policy *policy = rules_alone();
	struct corpus corpus = { .policy = policy };
	const char *dir = test_dir();

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct ik_error err = { 0 };

		test_row(rows[i].row);
		CHECK_INT(file_write_durable(dir, "wrong.txt", rows[i].file, strlen(rows[i].file), &err), IK_OK);
		CHECK_INT(corpus_read_folder(&corpus, dir, &err), rows[i].words == NULL ? IK_OK : IK_CONFIG);
		if (rows[i].words != NULL) CHECK(strstr(err.text, rows[i].words) != NULL);
		else CHECK_INT(corpus.count, 2);
		corpus_release(&corpus);
	}
	policy_free(&policy);
}

TEST(corpus_takes_corrections_of_any_label_and_drops_what_contradicts)
{
	static const struct { const char *row, *lines; size_t read, dropped, left; const char *words; } rows[] = {
		{ "one label each",      "{\"text\":\"a\",\"severity\":\"high\"}\n{\"text\":\"a\",\"category\":\"billing\"}\n", 2, 0, 2, NULL },
		{ "two categories",      "{\"text\":\"a\",\"category\":\"billing\"}\n{\"text\":\"a\",\"category\":\"logistics\"}\n", 2, 1, 0, NULL },
		{ "behind another label", "{\"text\":\"a\",\"severity\":\"high\"}\n{\"text\":\"a\",\"category\":\"billing\"}\n{\"text\":\"a\",\"category\":\"logistics\"}\n",
		  3, 1, 0, NULL },
		{ "no label",            "{\"text\":\"a\"}\n", 0, 0, 0, "taught.jsonl:1: a text without a label teaches nothing" },
		{ "no text",             "{\"category\":\"billing\"}\n", 0, 0, 0, "expected an object with text" },
	};
	struct policy *policy = rules_alone();
	const char *dir = test_dir();
	char *path = mem_format("%s/taught.jsonl", dir);

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct corpus corpus = { .policy = policy };
		struct ik_error err = { 0 };
		size_t read = 0;

		test_row(rows[i].row);
		CHECK_INT(file_write_durable(dir, "taught.jsonl", rows[i].lines, strlen(rows[i].lines), &err), IK_OK);
		CHECK_INT(corpus_read_lines(&corpus, path, 1, &read, &err), rows[i].words == NULL ? IK_OK : IK_REJECT);
		if (rows[i].words != NULL) CHECK(strstr(err.text, rows[i].words) != NULL);
		CHECK_INT(read, rows[i].read);
		CHECK_INT(corpus_drop_contradictions(&corpus), rows[i].dropped);
		CHECK_INT(corpus.count, rows[i].left);
		corpus_release(&corpus);
	}
	free(path);
	policy_free(&policy);
}

TEST(corpus_takes_each_of_the_choices_of_a_line)
{
	static const struct { const char *row, *line, *texts[4]; } rows[] = {
		{ "none",           "The zip tore.",                  { "The zip tore." } },
		{ "one",            "The {zip|strap|lid} tore.",      { "The zip tore.", "The strap tore.", "The lid tore." } },
		{ "two, one short", "{A|B|C} and {d|e}",              { "A and d", "B and e", "C and d" } },
		{ "an empty one",   "so{| bad}",                      { "so", "so bad" } },
		{ "never closed",   "a {b|c",                         { "a {b|c" } },
		{ "closed alone",   "a} {b|c}",                       { "a} b", "a} c" } },
	};
	struct policy *policy = rules_alone();
	struct corpus corpus = { .policy = policy };
	const char *dir = test_dir();
	struct ik_error err = { 0 };

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *file = mem_format("@ billing normal negative\n%s\n", rows[i].line);
		size_t want = 0;

		test_row(rows[i].row);
		CHECK_INT(file_write_durable(dir, "choices.txt", file, strlen(file), &err), IK_OK);
		CHECK_INT(corpus_read_folder(&corpus, dir, &err), IK_OK);
		for (; want < COUNT_OF(rows[i].texts) && rows[i].texts[want] != NULL; want++) {
			CHECK(want < corpus.count);
			CHECK_STR(corpus.examples[want].text, rows[i].texts[want]);
			CHECK_INT(corpus.examples[want].origin, corpus.examples[0].origin);     /* judged in one part */
		}
		CHECK_INT(corpus.count, want);
		corpus_release(&corpus);
		free(file);
	}
	policy_free(&policy);
}

/* "nobody was injured" must not look like the texts about injuries. */
TEST(features_leave_out_what_a_negation_took_back)
{
	struct policy *policy = rules_alone();
	struct model_feature *features = mem_new(sizeof(*features) * MODEL_FEATURES_MAX);
	struct reading *reading = reading_new(policy->rules, NULL, "", "没有受伤,就是杯子质量太差了");
	const char *at = strstr(reading->text, "受伤");
	const size_t from = (size_t)(at - reading->text), count = model_features(reading, features);
	bool *seen = mem_new(sizeof(*seen) * MODEL_BUCKETS);

	CHECK(count > 10);
	for (size_t i = 0; i < count; i++) {
		CHECK(features[i].end <= from || features[i].start >= from + strlen("受伤"));
		CHECK(!seen[features[i].bucket]);
		seen[features[i].bucket] = true;
	}
	free(seen);
	reading_free(&reading);
	free(features);
	policy_free(&policy);
}

static bool touches(const struct policy *policy, const char *text, const char *field)
{
	struct reading *reading = reading_new(policy->rules, NULL, "", text);
	bool is_touched = false;

	for (size_t i = 0; i < policy->rules->trait_count; i++)
		if (strcmp(policy->rules->traits[i], field) == 0) is_touched = reading->traits[i];
	reading_free(&reading);
	return is_touched;
}

TEST(a_field_is_touched_by_a_word_that_no_negation_took_back)
{
	struct policy *policy = rules_alone();

	CHECK(touches(policy, "my hand is injured", "harm"));
	CHECK(!touches(policy, "nobody was injured", "harm"));
	CHECK(touches(policy, "nobody else was injured. Then my hand was injured too", "harm"));
	CHECK(!touches(policy, "the parcel is late", "harm"));
	policy_free(&policy);
}

/* ---- what ships ---- */

static void add_text(json_t *seen, const char *text)
{
	if (json_object_get(seen, text) != NULL) test_row(text);
	CHECK(json_object_get(seen, text) == NULL);
	(void)json_object_set_new(seen, text, json_true());
}

static void check_not_taught(const json_t *taught, const char *set)
{
	struct buf file = BUF_INIT(1 << 20);
	struct ik_error err = { 0 };
	size_t texts = 0;

	test_row(set);
	CHECK_INT(file_read(test_data(set), &file, &err), IK_OK);
	for (char *line = file.data, *next; line < file.data + file.len; line = next) {
		json_t *row = NULL;

		next = strchr(line, '\n') + 1;
		CHECK_INT(json_parse(line, (size_t)(next - 1 - line), &row, &err), IK_OK);
		CHECK(json_object_get(taught, json_text(row, "text")) == NULL);
		json_decref(row);
		texts++;
	}
	CHECK(texts >= 50);
	buf_release(&file);
}

/* A text that stands twice counts twice and is held out from itself; one that also judges makes its figure worthless. */
TEST(shipped_texts_stand_once_none_of_them_judges_and_the_model_was_made_from_them)
{
	static const char *const sets[] = { "classify/everyday-en.jsonl", "classify/everyday-zh.jsonl", "classify/stories-en.jsonl", "classify/stories-zh.jsonl",
	                                    "classify/fresh1-en.jsonl", "classify/fresh1-zh.jsonl", "classify/fresh2-en.jsonl", "classify/fresh2-zh.jsonl",
	                                    "classify/fresh3-en.jsonl", "classify/fresh3-zh.jsonl", "classify/fresh4-en.jsonl", "classify/fresh4-zh.jsonl",
	                                    "classify/fresh5-en.jsonl", "classify/fresh5-zh.jsonl", "classify/fresh6-en.jsonl", "classify/fresh6-zh.jsonl",
	                                    "classify/fresh7-en.jsonl", "classify/fresh7-zh.jsonl" };
	struct policy *policy = rules_alone();
	struct corpus corpus = { .policy = policy };
	struct text_model *m = NULL;
	struct ik_error err = { 0 };
	json_t *taught = json_object();

	CHECK_INT(corpus_read_folder(&corpus, test_data("../../conf/models/training"), &err), IK_OK);
	CHECK(corpus.count > 20000);
	for (size_t i = 0; i < corpus.count; i++)
		add_text(taught, corpus.examples[i].text);
	for (size_t i = 0; i < COUNT_OF(sets); i++) check_not_taught(taught, sets[i]);
	CHECK_INT(model_load(test_data("../../conf/models/classify.model"), &m, &err), IK_OK);
	CHECK_INT(m->texts, corpus.count);
	model_free(&m);
	json_decref(taught);
	corpus_release(&corpus);
	policy_free(&policy);
}
