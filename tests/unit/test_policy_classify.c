/* test_policy_classify.c - what texts are about, by rules and model: hard cases as rows, every rule's own example, the labelled sets with their figures, time. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "policy/automaton.h"
#include "policy/fold.h"
#include "policy/policy.h"

static struct policy *make_policy(bool rules_only)
{
	char rules[512];
	struct policy_conf conf = { .timezone = (char[]){ "Asia/Shanghai" }, .rules = rules, .rules_only = rules_only };
	struct policy *policy = NULL;
	struct ik_error err = { 0 };

	(void)snprintf(rules, sizeof(rules), "%s", test_data("../../conf/rules"));
	CHECK_INT(policy_new(&conf, &policy, &err), IK_OK);
	return policy;
}

static struct policy *shipped_policy(void)
{
	return make_policy(false);
}

TEST(classify_judges_hard_cases)
{
	static const struct { const char *row, *text, *category; enum severity severity; const char *sentiment; } rows[] = {
		{ "an order number is no hotline", "My order 12345 is late", "logistics", SEVERITY_NORMAL, NULL },
		{ "an order number is no hotline, zh", "我的订单12345还没到", "logistics", SEVERITY_NORMAL, NULL },
		{ "the hotline",          "订单不处理我就打12345投诉", NULL, SEVERITY_HIGH, NULL },
		{ "a ticket's number is no sum", "Any news about 202611-001?", NULL, SEVERITY_LOW, NULL },
		{ "injury denied, zh",    "没有受伤，就是杯子质量太差了", "product_quality", SEVERITY_NORMAL, NULL },
		{ "injury denied, en",    "Nobody was injured, but the mug is poor quality.", "product_quality", SEVERITY_NORMAL, NULL },
		{ "safety whatever else", "快递丢了无所谓，充电器昨晚起火了", "safety", SEVERITY_URGENT, NULL },
		{ "safety in traditional", "行動電源突然起火", "safety", SEVERITY_URGENT, NULL },
		{ "safety in full width", "Ｔｈｅ ｃｈａｒｇｅｒ ｃａｕｇｈｔ ｆｉｒｅ", "safety", SEVERITY_URGENT, NULL },
		{ "praise of people",     "客服小王耐心热情，非常满意，给她点赞", "service_attitude", SEVERITY_LOW, "positive" },
		{ "praise of people, en", "Your agent was wonderful, so patient and kind. Thank you so much!", "service_attitude", SEVERITY_LOW, "positive" },
		{ "question",             "请问你们周末营业吗？", "information", SEVERITY_LOW, "neutral" },
		{ "question, en",         "Do you offer student discounts?", "information", SEVERITY_LOW, "neutral" },
		{ "suggestion",           "建议你们增加夜间模式", "other", SEVERITY_LOW, NULL },
		{ "negated praise",       "服务员一点也不耐心，不满意", NULL, SEVERITY_NORMAL, "negative" },
		{ "not only",             "不仅漏水，而且噪音很大", "product_quality", SEVERITY_NORMAL, NULL },
		{ "law",                  "再不退款我就去法院起诉你们", NULL, SEVERITY_HIGH, NULL },
		{ "amount",               "漏水造成损失约25000元", NULL, SEVERITY_HIGH, NULL },
		{ "small amount",         "漏水造成损失约25元", NULL, SEVERITY_NORMAL, NULL },
		{ "boundless rage",       "快递晚了三天！！！你们这群骗子，气死我了，什么垃圾公司！！！", NULL, SEVERITY_HIGH, "angry" },
		{ "boundless rage, en",   "I am FURIOUS! You stupid idiots, the WORST company EVER!!! Shame on you.", NULL, SEVERITY_HIGH, "angry" },
		{ "faces",                "The parcel is late 😡😡😡", "logistics", SEVERITY_NORMAL, "angry" },
		{ "faces, zh",            "快递晚了😡😡😡", "logistics", SEVERITY_NORMAL, "angry" },
		{ "rage",                 "什么垃圾公司，骗子！！！退钱！", NULL, SEVERITY_NORMAL, "angry" },
		{ "burning anger is no fire", "真是气炸了，你们的快递太慢了", "logistics", SEVERITY_NORMAL, NULL },
		{ "fired staff is no fire", "The clerk was rude and should be fired.", "service_attitude", SEVERITY_NORMAL, NULL },
		{ "data that leaks is no water that leaks", "You leaked my data to strangers.", "information", SEVERITY_NORMAL, NULL },
		{ "no leak at all, zh",   "没有任何漏水，就是发票开错了", "billing", SEVERITY_NORMAL, NULL },
		{ "rubbish bins, no insult", "垃圾桶里的垃圾袋破了", NULL, SEVERITY_NORMAL, "negative" },
		{ "nothing at all",       "", "other", SEVERITY_LOW, "neutral" },
		{ "greeting",             "hello", "other", SEVERITY_LOW, "neutral" },
	};
	struct policy *p = shipped_policy();

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct classification c;

		test_row(rows[i].row);
		policy_classify(p, NULL, rows[i].text, NULL, &c);
		if (rows[i].category != NULL) CHECK_STR(c.category, rows[i].category);
		CHECK_STR(severity_names[c.severity], severity_names[rows[i].severity]);
		if (rows[i].sentiment != NULL) CHECK_STR(c.sentiment, rows[i].sentiment);
	}
	policy_free(&p);
}

TEST(classify_finds_order_number_language_and_reason)
{
	static const struct { const char *row, *text, *hint, *order, *language, *evidence; } rows[] = {
		{ "zh",          "訂單號：JD20240501-889，杯子是壞的", NULL, "JD20240501-889", "zh", "壞的" },
		{ "en",          "Order number: AB-100234. The kettle stopped working.", NULL, "AB-100234", "en", "stopped working" },
		{ "hint wins",   "杯子坏了", "ja-JP", "", "ja", "坏了" },
		{ "bad hint",    "杯子坏了", "x\ny", "", "zh", "坏了" },
		{ "no digits",   "The order number is missing from my mail", NULL, "", NULL, NULL },
		{ "too long",    "order 12345678901234567890123456789012345678901234567890123456789012345678901234567890", NULL, NULL, NULL, NULL },
	};
	struct policy *p = shipped_policy();

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct classification c;

		test_row(rows[i].row);
		policy_classify(p, "", rows[i].text, rows[i].hint, &c);
		if (rows[i].order != NULL) CHECK_STR(c.order_number, rows[i].order);
		if (rows[i].language != NULL) CHECK_STR(c.language, rows[i].language);
		if (rows[i].evidence != NULL) {
			CHECK(strstr(c.evidence, rows[i].evidence) != NULL);
			CHECK(strchr(c.rule, '.') != NULL);
		}
	}
	policy_free(&p);
}

TEST(classify_survives_any_bytes)
{
	struct policy *p = shipped_policy();
	char *text = mem_new(200001);
	struct classification c;
	uint32_t seed = 12345;

	for (int round = 0; round < 30; round++) {
		const size_t len = round < 20 ? 500 : 200000;

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = round % 2 == 0 ? (char)(seed >> 24 | 1) : "!?不坏了 a\xe4\xb8"[seed >> 24 & 15];
			if (text[i] == '\0') text[i] = 'x';
		}
		text[len] = '\0';
		policy_classify(p, text, text, NULL, &c);
		CHECK(strlen(c.evidence) < sizeof(c.evidence));
	}
	memset(text, '!', 200000);
	policy_classify(p, "", text, NULL, &c);
	free(text);
	policy_free(&p);
}

/* Every line of a rule file: its example must bring up its own rule. Negation rows and plain topics show only through others. */
static void check_examples(const struct policy *policy, const char *name)
{
	struct buf file = BUF_INIT(4 << 20);
	struct ik_error err = { 0 };
	size_t count = 0;

	CHECK_INT(file_read(test_data(name), &file, &err), IK_OK);
	for (char *at = file.data, *line; (line = strsep(&at, "\n")) != NULL; ) {
		char *cell[11] = { NULL };
		struct classification c;
		size_t n = 0;

		if (line[0] == '#' || line[0] == '\0') continue;
		for (char *tab = line; tab != NULL && n < COUNT_OF(cell); n++) cell[n] = strsep(&tab, "\t");
		CHECK(n >= 10);
		policy_classify(policy, "", cell[9], NULL, &c);
		if (strcmp(cell[2], "wanted") == 0) {
			test_row(cell[0]);
			CHECK_STR(c.wanted.name, cell[3]);
			CHECK_STR(c.wanted.rule, cell[0]);
			count++;
		}
		if (strcmp(cell[2], "category") != 0 && strcmp(cell[2], "severity") != 0) continue;
		count++;
		test_row(cell[0]);
		if (strcmp(cell[2], "category") == 0) CHECK_STR(c.category, cell[3]);
		else if (strtod(cell[4], NULL) >= 3) CHECK_STR(severity_names[c.severity], strcmp(c.category, "safety") == 0 ? "urgent" : cell[3]);
	}
	CHECK(count > 20);
	buf_release(&file);
}

TEST(classify_rules_match_their_examples)
{
	struct policy *p = make_policy(true);

	check_examples(p, "../../conf/rules/classify-zh.tsv");
	check_examples(p, "../../conf/rules/classify-en.tsv");
	check_examples(p, "../../conf/rules/classify-wanted.tsv");
	policy_free(&p);
}

/* ---- the labelled sets ------------------------------------------------------------------------------------------------ */

#define LABELS_MAX 12
struct tally { const char *label; size_t hit, extra, missed; };

static struct tally *tally_of(struct tally tallies[LABELS_MAX], const char *label)
{
	for (size_t i = 0; i < LABELS_MAX; i++) {
		if (tallies[i].label == NULL) tallies[i].label = mem_text(label);
		if (strcmp(tallies[i].label, label) == 0) return &tallies[i];
	}
	fail();
	return NULL;
}

static void tally_add(struct tally tallies[LABELS_MAX], const char *got, const char *want)
{
	if (strcmp(got, want) == 0) {
		tally_of(tallies, want)->hit++;
		return;
	}
	tally_of(tallies, got)->extra++;
	tally_of(tallies, want)->missed++;
}

/* Mean F1 over the labels that occur; releases the labels. */
static double macro_f1(struct tally tallies[LABELS_MAX])
{
	double sum = 0;
	size_t count = 0;

	for (size_t i = 0; i < LABELS_MAX && tallies[i].label != NULL; i++) {
		const struct tally *t = &tallies[i];

		if (t->hit + t->missed > 0) {
			sum += 2.0 * (double)t->hit / (double)(2 * t->hit + t->extra + t->missed);
			count++;
		}
		free((void *)(uintptr_t)t->label);
	}
	return count > 0 ? sum / (double)count : 0;
}

struct figures { double category, severity, sentiment, urgent_recall, urgent_precision; size_t count; };

static struct figures measure(const struct policy *policy, const char *name)
{
	struct buf file = BUF_INIT(4 << 20);
	struct ik_error err = { 0 };
	struct tally category[LABELS_MAX] = { { NULL, 0, 0, 0 } }, severity[LABELS_MAX] = { { NULL, 0, 0, 0 } }, sentiment[LABELS_MAX] = { { NULL, 0, 0, 0 } };
	size_t urgent = 0, urgent_hit = 0, alarms = 0, count = 0;

	CHECK_INT(file_read(test_data(name), &file, &err), IK_OK);
	for (char *at = file.data, *line; (line = strsep(&at, "\n")) != NULL && line[0] != '\0'; count++) {
		json_t *in = NULL;
		struct classification c;

		CHECK_INT(json_parse(line, strlen(line), &in, &err), IK_OK);
		test_row(json_text(in, "id"));
		policy_classify(policy, json_text(in, "subject"), json_text(in, "text"), NULL, &c);
		CHECK_STR(c.language, json_text(in, "language"));
		tally_add(category, c.category, json_text(in, "category"));
		tally_add(severity, severity_names[c.severity], json_text(in, "severity"));
		if (json_text(in, "sentiment") != NULL) tally_add(sentiment, c.sentiment, json_text(in, "sentiment"));  /* fresh6 has none */
		alarms += c.severity == SEVERITY_URGENT;
		if (strcmp(json_text(in, "severity"), "urgent") == 0) {
			urgent++;
			urgent_hit += c.severity == SEVERITY_URGENT;
		}
		json_decref(in);
	}
	buf_release(&file);
	return (struct figures){ .category = macro_f1(category), .severity = macro_f1(severity), .sentiment = macro_f1(sentiment), .count = count,
		                 .urgent_recall = urgent > 0 ? (double)urgent_hit / (double)urgent : 0,
		                 .urgent_precision = alarms > 0 ? (double)urgent_hit / (double)alarms : 0 };
}

TEST(classify_reaches_its_figures_on_the_labelled_sets)
{
	static const char *const sets[] = { "classify/zh.jsonl", "classify/en.jsonl" };
	struct policy *p = shipped_policy();
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		const struct figures f = measure(p, sets[i]);

		print_message("%s: %zu texts, macro-F1 category %.3f severity %.3f sentiment %.3f, urgent recall %.3f precision %.3f\n", sets[i], f.count, f.category,
		              f.severity, f.sentiment, f.urgent_recall, f.urgent_precision);
		test_row(sets[i]);
		CHECK(f.category >= 0.85);
		CHECK(f.urgent_recall >= 0.95);
		count += f.count;
	}
	CHECK(count >= 400);
	policy_free(&p);
}

/* The floors lie a little under what is reached, so that they tell when something is lost (tests/data/classify/README.md). */
TEST(classify_judges_texts_it_has_not_learned_from)
{
	static const struct { const char *set; double category, urgent_recall, urgent_precision; } sets[] = {
		{ "classify/everyday-zh.jsonl", 0.9, 0.9, 0.9 },   { "classify/everyday-en.jsonl", 0.93, 0.95, 0.9 },
		{ "classify/fresh1-zh.jsonl", 0.87, 0.9, 0.7 },    { "classify/fresh1-en.jsonl", 0.92, 0.95, 0.7 },
		{ "classify/fresh2-zh.jsonl", 0.85, 0.95, 0.7 },   { "classify/fresh2-en.jsonl", 0.85, 0.95, 0.6 },
		{ "classify/fresh3-zh.jsonl", 0.92, 0.95, 0.8 },   { "classify/fresh3-en.jsonl", 0.95, 0.95, 0.7 },
		{ "classify/fresh4-zh.jsonl", 0.8, 0.95, 0.7 },    { "classify/fresh4-en.jsonl", 0.8, 0.95, 0.6 },
		{ "classify/fresh5-zh.jsonl", 0.92, 0.92, 0.8 },   { "classify/fresh5-en.jsonl", 0.92, 0.92, 0.8 },
		{ "classify/fresh7-zh.jsonl", 0.95, 0.99, 0.85 },  { "classify/fresh7-en.jsonl", 0.90, 0.99, 0.75 },
		{ "classify/fresh6-zh.jsonl", 0.89, 0.92, 0.7 },   { "classify/fresh6-en.jsonl", 0.84, 0.95, 0.6 },
		{ "classify/stories-zh.jsonl", 0.77, 0.88, 0.75 }, { "classify/stories-en.jsonl", 0.72, 0.85, 0.55 },
	};
	struct policy *p = shipped_policy();

	for (size_t i = 0; i < COUNT_OF(sets); i++) {
		const struct figures f = measure(p, sets[i].set);

		print_message("%s: %zu texts, macro-F1 category %.3f severity %.3f sentiment %.3f, urgent recall %.3f precision %.3f\n", sets[i].set, f.count, f.category,
		              f.severity, f.sentiment, f.urgent_recall, f.urgent_precision);
		test_row(sets[i].set);
		CHECK(f.count >= 70);
		CHECK(f.category >= sets[i].category);
		CHECK(f.urgent_recall >= sets[i].urgent_recall);
		CHECK(f.urgent_precision >= sets[i].urgent_precision);
	}
	policy_free(&p);
}

/* What raises a matter to high leaves the question whether it is urgent to what else was written, and so does a word of danger or haste that decides nothing. */
TEST(classify_calls_urgent_what_is_and_not_what_a_word_raised)
{
	static const struct { const char *text; enum severity severity; } rows[] = {
		{ "Eleven messages in your chat, eleven times 'I completely understand how you feel'. Nobody has understood anything.", SEVERITY_HIGH },
		{ "He interrupted me four times and put the phone down when I asked for his name.", SEVERITY_HIGH },
		{ "I've left nine messages. On Monday I walked in, and I heard her tell the colleague to say she was out.", SEVERITY_HIGH },
		{ "We bought four tins of 'Soft Linen' from the same shelf. Two dried linen, two dried something I can only describe as hospital.", SEVERITY_NORMAL },
		{ "我今天要退这件衣服，请问怎么操作？", SEVERITY_LOW },
		{ "What is the deadline for returns today?", SEVERITY_LOW },
		{ "I was stranded at the airport for six hours last week, and nobody helped.", SEVERITY_NORMAL },
		{ "我的航班今晚起飞，护照还在你们那里，必须马上拿到。", SEVERITY_URGENT },
		{ "My surgery is this afternoon and the medicine must be here before.", SEVERITY_URGENT },
		{ "电热毯睡到半夜突然起火，好在没伤着人。", SEVERITY_URGENT },
		{ "The charger caught fire last night, we put it out with a blanket.", SEVERITY_URGENT },
	};
	struct policy *p = shipped_policy();

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct classification c;

		test_row(rows[i].text);
		policy_classify(p, NULL, rows[i].text, NULL, &c);
		CHECK_INT(c.severity, rows[i].severity);
	}
	policy_free(&p);
}

TEST(classify_is_quick)
{
	static const char words[] = "昨天收到的耳机用了三天就坏了，客服一直没有回复，我很失望。Please check order number 12345 and tell me when I get my refund. ";
	struct policy *p = shipped_policy();
	struct buf text = BUF_INIT(4096);
	struct timespec from, to;
	struct classification c;
	double us, best = 1e9;

	while (text.len < 1024) (void)buf_text(&text, words);
	for (int round = 0; round < 7; round++) {
		(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
		for (int i = 0; i < 200; i++) policy_classify(p, "subject", buf_str(&text), "zh", &c);
		(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		us = ((double)(to.tv_sec - from.tv_sec) * 1e9 + (double)(to.tv_nsec - from.tv_nsec)) / 200e3;
		if (us < best) best = us;
	}
	print_message("one decision on %zu bytes: %.1f us of CPU\n", text.len, best);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
	CHECK(best < 200);      /* the goal is 50; a busy machine must not fail the build */
#endif
	buf_release(&text);
	policy_free(&p);
}

/* ---- the parts ---------------------------------------------------------------------------------------------------------- */

struct matches { char text[256]; };

static void note_match(void *arg, const uint32_t *payloads, size_t count, size_t start, size_t end)
{
	struct matches *m = arg;

	for (size_t i = 0; i < count; i++) {
		const size_t have = strlen(m->text);

		(void)snprintf(m->text + have, sizeof(m->text) - have, "%u:%zu-%zu ", payloads[i], start, end);
	}
}

TEST(automaton_finds_all_overlapping_words)
{
	static const char *const words[] = { "he", "she", "his", "hers", "坏", "坏了" };
	struct automaton *a = automaton_new();
	struct matches m = { "" };

	for (size_t i = 0; i < COUNT_OF(words); i++) automaton_add(a, words[i], strlen(words[i]), true, true, (uint32_t)i);
	automaton_add(a, "he", 2, true, true, 0);
	automaton_add(a, "his", 3, true, true, 7);
	automaton_seal(a);
	automaton_scan(a, "ushers坏了his", strlen("ushers坏了his"), note_match, &m);
	CHECK_STR(m.text, "1:1-4 0:2-4 3:2-6 4:6-9 5:6-12 7:12-15 2:12-15 ");
	automaton_free(&a);
	CHECK(a == NULL);
	a = automaton_new();
	automaton_seal(a);
	automaton_scan(a, "x", 1, note_match, &m);
	automaton_free(&a);
}

/* 0 to 3 are "is" closed, open to the left, open to the right, open to both; 4 ends in what is no letter, 5 has two words, 6 begins between words. */
static const struct { const char *row, *text, *found; bool has_inner; } whole_words[] = {
	{ "alone",               "is",              "2:0-2 3:0-2 0:0-2 1:0-2 ", true },
	{ "at the end",          "x is",            "2:2-4 3:2-4 0:2-4 1:2-4 ", true },
	{ "inside",              "wishes",          "3:1-3 ", true },
	{ "the beginning",       "issue",           "2:0-2 3:0-2 ", true },
	{ "the end",             "this",            "3:2-4 1:2-4 ", true },
	{ "beside a digit",      "is2",             "2:0-2 3:0-2 ", true },
	{ "beside no letter",    "(is)",            "2:1-3 3:1-3 0:1-3 1:1-3 ", true },
	{ "beside other script", "坏is坏",          "2:3-5 3:3-5 0:3-5 1:3-5 ", true },
	{ "not open to the left", "this wishes is", "2:12-14 0:12-14 ", false },
	{ "up to a sign",        "wow! x",          "4:0-4 ", false },
	{ "two words",           "so it is",        "5:3-8 2:6-8 0:6-8 ", false },
	{ "two words, one more", "it issue",        "2:3-5 ", false },
	{ "a sign before",       "x-ray x-rays",    "6:1-5 ", false },
	{ "longest first",       "it is-",          "5:0-5 2:3-5 0:3-5 ", false },
};
TEST(automaton_finds_whole_words_but_where_they_are_open)
{
	for (size_t i = 0; i < COUNT_OF(whole_words); i++) {
		struct automaton *a = automaton_new();
		struct matches m = { "" };

		test_row(whole_words[i].row);
		automaton_add(a, "is", 2, false, false, 0);
		if (whole_words[i].has_inner) automaton_add(a, "is", 2, true, false, 1);
		automaton_add(a, "is", 2, false, true, 2);
		if (whole_words[i].has_inner) automaton_add(a, "is", 2, true, true, 3);
		automaton_add(a, "wow!", 4, false, false, 4);
		automaton_add(a, "it is", 5, false, false, 5);
		automaton_add(a, "-ray", 4, false, false, 6);
		automaton_seal(a);
		automaton_scan(a, whole_words[i].text, strlen(whole_words[i].text), note_match, &m);
		CHECK_STR(m.text, whole_words[i].found);
		automaton_free(&a);
	}
}

/* Where no table of ours has a word to say, a character becomes what the library makes of it. */
TEST(fold_text_makes_of_a_character_what_the_library_does)
{
	static const struct { uint32_t first, last; } ranges[] = { { 0x00a1, 0x1fff }, { 0x2030, 0x2fff }, { 0x3041, 0x33ff }, { 0xa000, 0xd7a3 }, { 0xfb00, 0xfefe }, { 0xff01, 0xff0d }, { 0xff0f, 0xffdc } };
	UErrorCode status = U_ZERO_ERROR;
	const UNormalizer2 *norm = unorm2_getNFKCCasefoldInstance(&status);
	struct fold *fold = NULL;
	int changed = 0;

	CHECK_INT(fold_new(&fold, NULL), IK_OK);
	for (size_t r = 0; r < COUNT_OF(ranges); r++) {
		for (uint32_t c = ranges[r].first; c <= ranges[r].last; c++) {
			UChar from[1] = { (UChar)c }, to[32];
			const int32_t len = unorm2_normalize(norm, from, 1, to, (int32_t)COUNT_OF(to), &status);
			const uint32_t wanted = len == 1 ? to[0] : c;
			struct buf in = BUF_INIT(16), out = BUF_INIT(16);
			char folded[FOLD_ROOM(8)] = "";

			(void)utf8_put(&in, c);
			if (len > 0) (void)utf8_put(&out, wanted);
			folded[fold_text(fold, buf_str(&in), in.len, folded, NULL)] = '\0';
			if (!u_isUWhiteSpace((UChar32)wanted)) CHECK_STR(folded, buf_str(&out));
			changed += wanted != c;
			buf_release(&in);
			buf_release(&out);
		}
	}
	CHECK(changed > 1500);
	fold_free(&fold);
}

TEST(fold_text_makes_equal_what_reads_equal)
{
	static const struct { const char *row, *text, *folded; } rows[] = {
		{ "traditional", "這個東西壞了，裡面著火", "这个东西坏了,里面着火" }, { "full width", "ＡＢＣ１２３！", "abc123!" },
		{ "case", "ÀÉ Straße", "àé straße" }, { "blanks", "a \t b\xc2\xa0\xe3\x80\x80" "c", "a b c" }, { "lines", "a\r\n\n\nb", "a\nb" },
		{ "invisible", "爆\xe2\x80\x8b炸\xef\xbb\xbf", "爆炸" }, { "quotes", "don\xe2\x80\x99t", "don't" }, { "bad bytes", "a\xff\xfe" "b", "a b" },
		{ "beyond the plane", "😡", "😡" },
	};
	struct fold *fold = NULL;
	struct ik_error err = { 0 };

	CHECK_INT(fold_new(&fold, &err), IK_OK);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char out[FOLD_ROOM(128)];
		uint16_t origin[FOLD_ROOM(128)];

		test_row(rows[i].row);
		CHECK_INT(fold_text(fold, rows[i].text, strlen(rows[i].text), out, origin), strlen(rows[i].folded));
		CHECK_STR(out, rows[i].folded);
		CHECK_INT(origin[strlen(out)], strlen(rows[i].text));
	}
	fold_free(&fold);
}

/* What fold_text() does with ASCII, a byte at a time. */
static size_t fold_slowly(const char *text, size_t len, char *out, uint16_t *origin)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		const char c = text[i] == '\t' ? ' ' : text[i], last = n > 0 ? out[n - 1] : '\n';

		if (((unsigned char)c < 0x20 && c != '\n') || (c == ' ' && (last == ' ' || last == '\n')) || (c == '\n' && last == '\n')) continue;
		origin[n] = (uint16_t)i;
		out[n++] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
	}
	origin[n] = (uint16_t)len;
	out[n] = '\0';
	return n;
}

TEST(fold_text_by_steps_is_fold_text_by_bytes)
{
	static const char pieces[] = "abcxyzABCXYZ[`@{0129.,!?'\"-   \n\n\t\001\177";
	struct fold *fold = NULL;
	struct ik_error err = { "" };
	uint32_t seed = 7;

	CHECK_INT(fold_new(&fold, &err), IK_OK);
	for (size_t round = 0; round < 4000; round++) {
		char text[100], out[FOLD_ROOM(100)], expected[FOLD_ROOM(100)];
		uint16_t origin[FOLD_ROOM(100)], places[FOLD_ROOM(100)];
		const size_t len = round % sizeof(text), kinds = round % 3 == 0 ? sizeof(pieces) - 1 : 12 + round % 20;
		size_t n;

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = pieces[(seed >> 16) % kinds];
		}
		n = fold_slowly(text, len, expected, places);
		test_row(expected);
		CHECK_INT(fold_text(fold, text, len, out, origin), n);
		CHECK_STR(out, expected);
		CHECK(memcmp(origin, places, (n + 1) * sizeof(*origin)) == 0);
	}
	fold_free(&fold);
}

static const char *load(const char *line)
{
	static char text[512];
	char dir[128];
	struct policy_conf conf = { .timezone = (char[]){ "UTC" }, .rules = dir };
	struct policy *p = NULL;
	struct ik_error err = { 0 };

	(void)snprintf(dir, sizeof(dir), "%s", test_dir());
	CHECK_INT(file_write_durable(dir, "classify-x.tsv", line, strlen(line), &err), IK_OK);
	if (policy_new(&conf, &p, &err) == IK_OK) err.text[0] = '\0';
	policy_free(&p);
	(void)snprintf(text, sizeof(text), "%s", err.text);
	return text;
}

TEST(rules_name_the_line_that_is_wrong)
{
	static const struct { const char *row, *file, *words; } rows[] = {
		{ "right",          "# note\nx\ten\tcategory\tother\t1\tkeyword\ta|b\t-\tdrop\ta\n", NULL },
		{ "columns",        "\nx\ten\n", ":2: 2 columns" },
		{ "too many",       "x\ten\tcategory\tother\t1\tkeyword\ta\t-\tdrop\ta\t-\tb\n", ":1: more than 11" },
		{ "no TAB",         "x en category other 1 keyword a - drop a\n", "separated by one TAB" },
		{ "where",          "x\ten\tcategory\tother\t1\tkeyword\ta\t-\tdrop\ta\tchannel=a,b brand=c\r\n", NULL },
		{ "where, unknown", "x\ten\tcategory\tother\t1\tkeyword\ta\t-\tdrop\ta\tchanel=a\n", "channel=shop,mail" },
		{ "where, twice",   "x\ten\tcategory\tother\t1\tkeyword\ta\t-\tdrop\ta\tbrand=a brand=b\n", "each once" },
		{ "where, nothing", "x\ten\tcategory\tother\t1\tkeyword\ta\t-\tdrop\ta\tbrand=\n", "brand=" },
		{ "no UTF-8",       "x\ten\tcategory\tother\t1\tkeyword\ta\xff\t-\tdrop\ta\n", ":1: the line is no valid UTF-8" },
		{ "id twice",       "x\ten\tcategory\tother\t1\tkeyword\ta\t-\tdrop\ta\nx\ten\tcategory\tother\t1\tkeyword\tb\t-\tdrop\ta\n", "two rules have the id \"x\"" },
		{ "near a category", "x\ten\tcategory\tsafty\t1\tkeyword\ta\t-\tdrop\ta\n", "did you mean safety" },
		{ "one letter other", "x\ten\ttopic\tbillinq\t1\tkeyword\ta\t-\tdrop\ta\n", "did you mean billing" },
		{ "one letter more", "x\ten\ttopic\tothers\t1\tkeyword\ta\t-\tdrop\ta\n", "did you mean other" },
		{ "name too long",  "x\ten\tproduct\t0123456789012345678901234567890123456789012345678901234567890123\t1\tkeyword\ta\t-\tdrop\ta\n", "is no product" },
		{ "kind",           "x\ten\tcatgory\tother\t1\tkeyword\ta\t-\tdrop\ta\n", "catgory" },
		{ "target",         "x\ten\tseverity\tdire\t1\tkeyword\ta\t-\tdrop\ta\n", "dire" },
		{ "weight",         "x\ten\tcategory\tother\theavy\tkeyword\ta\t-\tdrop\ta\n", "heavy" },
		{ "weight nan",     "x\ten\tcategory\tother\tnan\tkeyword\ta\t-\tdrop\ta\n", "nan" },
		{ "match",          "x\ten\tcategory\tother\t1\tglob\ta\t-\tdrop\ta\n", "glob" },
		{ "negation",       "x\ten\tcategory\tother\t1\tkeyword\ta\t-\tmaybe\ta\n", "maybe" },
		{ "braces",         "x\ten\tcategory\tother\t1\tkeyword\ta{b\t-\tdrop\ta\n", "pair" },
		{ "empty word",     "x\ten\tcategory\tother\t1\tkeyword\ta||b\t-\tdrop\ta\n", "empty" },
		{ "no expression",  "x\ten\tcategory\tother\t1\tregex\t-\t-\tdrop\ta\n", "the pattern is empty" },
		{ "expression",     "x\ten\tcategory\tother\t1\tregex\ta(b\t-\tdrop\ta\n", "regular expression" },
		{ "too many words", "x\ten\tcategory\tother\t1\tkeyword\t{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}{a|b|c|d|e|f|g|h}\t-\tdrop\ta\n", "words" },
		{ "parts",          "x\ten\tcategory\tother\t1\tkeyword\ta ... b ... c ... d ... e\t-\tdrop\ta\n", "parts" },
		{ "new category",   "x\ten\tcategory\tpets\t1\tkeyword\ta\t-\tdrop\ta\n", NULL },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *text;

		test_row(rows[i].row);
		text = load(rows[i].file);
		if (rows[i].words == NULL) CHECK_STR(text, "");
		else CHECK(strstr(text, rows[i].words) != NULL);
	}
}

/* What a name was looked for in is as good a piece of the text for the model as ever, denied or not. */
TEST(classify_judges_the_same_with_rules_that_only_name)
{
	static const char negation[] = "n.not\ten\tnegation\tnot\t20\tkeyword\tdo not\t-\tkeep\t-\n";
	static const char text[] = "I do not want a refund for the late parcel";
	char dir[128], *both = mem_format("%sw.money\ten\twanted\trefund\t3\tkeyword\twant a refund for the late parcel\t-\tdrop\t-\n", negation);
	struct policy_conf conf = { .timezone = (char[]){ "UTC" }, .rules = dir };
	struct classification c[2];
	struct ik_error err = { 0 };

	(void)snprintf(dir, sizeof(dir), "%s", test_dir());
	for (int i = 0; i < 2; i++) {
		const char *rules = i == 0 ? negation : both;
		struct policy *p = NULL;

		CHECK_INT(file_write_durable(dir, "classify-x.tsv", rules, strlen(rules), &err), IK_OK);
		CHECK_INT(policy_new(&conf, &p, &err), IK_OK);
		policy_classify(p, "", text, NULL, &c[i]);
		policy_free(&p);
	}
	CHECK(c[0].certainty == c[1].certainty);
	CHECK_STR(c[0].pieces, c[1].pieces);
	free(both);
}

/* Only the lexicon, without the model: what words of degree, negation, faces, marks and capitals do to temper. */
TEST(classify_weighs_words_of_temper_by_degree)
{
	static const struct { const char *row, *text, *sentiment; } rows[] = {
		{ "plain",          "I am angry", "angry" },                    { "less",           "I am a little angry", "negative" },
		{ "less, zh",       "我有点生气", "negative" },                 { "plain, zh",      "我生气", "angry" },
		{ "none",           "I am not angry, the parcel came", "neutral" },
		{ "a face",         "late 😡", "negative" },                    { "two faces",      "late 😡😡", "angry" },
		{ "more face",      "真的😡 晚", "angry" },                     { "in another clause", "非常,😡 晚", "negative" },
		{ "marks",          "I am disappointed!!!", "angry" },          { "no marks",       "I am disappointed.", "negative" },
		{ "capitals",       "WHERE IS MY PARCEL, I am disappointed. NOBODY EVER CARES", "angry" },
	};
	struct policy *p = make_policy(true);

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct classification c;

		test_row(rows[i].row);
		policy_classify(p, "", rows[i].text, NULL, &c);
		CHECK_STR(c.sentiment, rows[i].sentiment);
	}
	policy_free(&p);
}

/* Rules of a shop: what it sells, who looks after what, only where it is told to look, and a category of its own that the model never heard of. */
TEST(classify_names_what_the_rules_of_a_shop_name)
{
	static const char rules[] =
		"p.lamp\ten\tproduct\tQX lamp\t1\tkeyword\tqx lamp*|qx-10\t-\tkeep\t-\n"
		"p.code\ten\tproduct\tQX series\t1\tregex\tQX-[0-9]{2}|檯燈[0-9]+號\t-\tkeep\t-\n"
		"p.after\ten\tproduct\tmodel A\t1\tkeyword\tmodel =>  ?A[0-9]\t-\tkeep\t-\n"
		"p.tray\ten\tproduct\ttray\t0.5\tkeyword\ttray\t-\tkeep\t-\n"
		"p.desk\ten\tproduct\tdesk\t1\tkeyword\tdesk*\t-\tkeep\t-\n"
		"d.bill\ten\tdepartment\tfinance_cn\t2\tkeyword\tinvoice\t-\tkeep\t-\tchannel=shop,wechat brand=acme\n"
		"w.money\ten\twanted\trefund\t3\tkeyword\twant a refund\t-\tdrop\t-\n"
		"w.new\ten\twanted\texchange\t1\tkeyword\treplacement\t-\tkeep\t-\n"
		"n.not\ten\tnegation\tnot\t20\tkeyword\tdo not|don't\t-\tkeep\t-\n"
		"c.pets\ten\tcategory\tpets\t4\tkeyword\tdog food\t-\tdrop\t-\n";
	static const struct { const char *row, *channel, *brand, *text, *wanted, *product, *department, *category; } rows[] = {
		{ "nothing named",        "shop", "acme", "Good morning to everybody here",     NULL,       NULL,      NULL,         NULL },
		{ "product",              NULL,   NULL,   "My QX Lamps flicker",                NULL,       "QX lamp", NULL,         NULL },
		{ "the more told of",     NULL,   NULL,   "The QX lamp on my desk, the desk and both desks", NULL, "desk", NULL,      NULL },
		{ "... and first",        NULL,   NULL,   "The desk and both desks, my desk and the QX lamp", NULL, "desk", NULL,          NULL },
		{ "an expression",        NULL,   NULL,   "my QX-20 hums",                      NULL,       "QX series", NULL,       NULL },
		{ "... in small letters", NULL,   NULL,   "my qx-20 hums",                      NULL,       "QX series", NULL,       NULL },
		{ "... in Traditional",   NULL,   NULL,   "檯燈12號壞了",                       NULL,       "QX series", NULL,       NULL },
		{ "... and Simplified",   NULL,   NULL,   "台灯12号坏了",                       NULL,       "QX series", NULL,       NULL },
		{ "behind a word",        NULL,   NULL,   "The Model a4 hums",                  NULL,       "model A", NULL,         NULL },
		{ "too little",           NULL,   NULL,   "The tray is nice",                   NULL,       NULL,      NULL,         NULL },
		{ "wanted",               NULL,   NULL,   "I want a refund",                    "refund",   NULL,      NULL,         NULL },
		{ "not wanted",           NULL,   NULL,   "I do not want a refund, I wait for the replacement", "exchange", NULL, NULL, NULL },
		{ "there",                "shop", "acme", "The invoice is missing",             NULL,       NULL,      "finance_cn", NULL },
		{ "another channel",      "mail", "acme", "The invoice is missing",             NULL,       NULL,      NULL,         NULL },
		{ "part of a name",       "sho",  "acme", "The invoice is missing",             NULL,       NULL,      NULL,         NULL },
		{ "no brand",             "shop", NULL,   "The invoice is missing",             NULL,       NULL,      NULL,         NULL },
		{ "a category of its own", NULL,  NULL,   "The dog food smells and is broken, the parcel was late", NULL, NULL, NULL,  "pets" },
	};
	char dir[128];
	struct policy_conf conf = { .timezone = (char[]){ "UTC" }, .rules = dir };
	struct policy *p = NULL;
	struct ik_error err = { 0 };

	(void)snprintf(dir, sizeof(dir), "%s", test_dir());
	CHECK_INT(file_write_durable(dir, "classify-x.tsv", rules, strlen(rules), &err), IK_OK);
	CHECK_INT(policy_new(&conf, &p, &err), IK_OK);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct policy_source from = { rows[i].channel, rows[i].brand };
		struct classification c;

		test_row(rows[i].row);
		policy_classify_from(p, &from, "", rows[i].text, NULL, &c);
		CHECK_STR(c.wanted.name, rows[i].wanted);
		CHECK_STR(c.product.name, rows[i].product);
		CHECK_STR(c.department.name, rows[i].department);
		if (rows[i].category != NULL) CHECK_STR(c.category, rows[i].category);
		if (c.department.name != NULL) CHECK_STR(c.department.evidence, "invoice");
	}
	policy_free(&p);
}

struct troubled { char rules[128]; unsigned line; uint64_t texts; };

static void note_trouble(void *arg, const struct policy_given_up *rule)
{
	struct troubled *t = arg;
	const size_t have = strlen(t->rules);

	(void)snprintf(t->rules + have, sizeof(t->rules) - have, "%s;", rule->rule);
	t->line += rule->line;
	t->texts += rule->texts;
	CHECK(strstr(rule->file, "/classify-x.tsv") != NULL);
}

/* Expressions that explode are cut off by limits, not by the watchdog, and are told with their place; those that find something or nothing are not. */
TEST(rules_with_hostile_expressions_end_in_time_and_are_told)
{
	static const char lines[] = "# a comment\n"
		"x\ten\tcategory\tsafety\t9\tregex\t(a+)+$\t-\tdrop\ta\n"
		"behind\ten\tcategory\tsafety\t9\tkeyword\thelp => \\s(a|aa)+$\t-\tdrop\ta\n"
		"quiet\ten\tcategory\tbilling\t9\tregex\tnever seen\t-\tdrop\ta\n"
		"fine\ten\twanted\ttwo_groups\t9\tkeyword\thelp => \\s(a)(a)\t-\tdrop\ta\n";
	char dir[128], text[4096];
	struct policy_conf conf = { .timezone = (char[]){ "UTC" }, .rules = dir };
	struct policy *p = NULL;
	struct classification c;
	struct troubled told = { .rules = "" };
	struct ik_error err = { 0 };
	clock_t from;

	(void)snprintf(dir, sizeof(dir), "%s", test_dir());
	CHECK_INT(file_write_durable(dir, "classify-x.tsv", lines, strlen(lines), &err), IK_OK);
	CHECK_INT(policy_new(&conf, &p, &err), IK_OK);
	memset(text, 'a', sizeof(text) - 2);
	memcpy(text, "help ", 5);
	text[sizeof(text) - 2] = '!';
	text[sizeof(text) - 1] = '\0';
	policy_classify(p, "", "help aa", NULL, &c);
	CHECK_STR(c.given_up, "");
	policy_given_up(p, note_trouble, &told);
	CHECK_STR(told.rules, "");
	from = clock();
	policy_classify(p, "", text, NULL, &c);
	CHECK(clock() - from < CLOCKS_PER_SEC / 8);
	CHECK_STR(c.given_up, "x, behind");
	CHECK_STR(c.wanted.name, "two_groups");
	policy_classify(p, "", text, NULL, &c);
	policy_given_up(p, note_trouble, &told);
	CHECK_STR(told.rules, "x;behind;");
	CHECK_INT(told.line, 2 + 3);
	CHECK_INT(told.texts, 2 + 2);
	policy_free(&p);
}
