/* test_mustache.c - templates mean what the public specification says, stay within limits, and name the place of a mistake. */
#include "test.h"

#include <stdlib.h>
#include <unistd.h>
#include "base/file.h"
#include "base/json.h"
#include "policy/mustache.h"

/* Partials by name, compiled on demand and kept until the test row ends. */
struct shelf { const json_t *sources; struct mustache *kept[16]; const char *names[16]; size_t count; };

static const struct mustache *shelf_find(const void *arg, const char *name, size_t len)
{
	const struct shelf *shelf = arg;

	for (size_t i = 0; i < shelf->count; i++)
		if (strlen(shelf->names[i]) == len && memcmp(shelf->names[i], name, len) == 0) return shelf->kept[i];
	return NULL;
}

static void shelf_fill(struct shelf *shelf, json_t *sources)
{
	const char *name;
	json_t *source;
	struct ik_error err = { "" };

	json_object_foreach(sources, name, source) {
		CHECK(shelf->count < COUNT_OF(shelf->kept));
		CHECK_INT(mustache_compile(json_string_value(source), json_string_length(source), name, 1, &shelf->kept[shelf->count], &err), IK_OK);
		shelf->names[shelf->count++] = name;
	}
}

static void shelf_clear(struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->count; i++) mustache_free(&shelf->kept[i]);
}

static enum ik_rc written(const char *text, size_t len, json_t *data, json_t *partials, size_t max, struct buf *out, struct ik_error *err)
{
	struct shelf shelf = { .count = 0 };
	const struct mustache_setup setup = { .partial = shelf_find, .partial_arg = &shelf };
	struct mustache *m = NULL;
	enum ik_rc rc = mustache_compile(text, len, "t", 1, &m, err);

	buf_init(out, max);
	shelf_fill(&shelf, partials);
	if (rc == IK_OK) rc = mustache_render(m, data, &setup, out, err);
	mustache_free(&m);
	CHECK(m == NULL);
	shelf_clear(&shelf);
	return rc;
}

static void check_row(const char *row, const char *text, const char *data_text, const char *partials_text, const char *want)
{
	json_t *data = json_loads(data_text, JSON_DECODE_ANY, NULL), *partials = partials_text != NULL ? json_loads(partials_text, 0, NULL) : NULL;
	struct buf out;
	struct ik_error err = { "" };

	test_row(row);
	CHECK(data != NULL && (partials_text == NULL || partials != NULL));
	CHECK_INT(written(text, strlen(text), data, partials, 65536, &out, &err), IK_OK);
	CHECK_STR(buf_str(&out), want);
	buf_release(&out);
	json_decref(data);
	json_decref(partials);
}

/* Rows of our own: each rule of the specification in our words, and what it leaves open. */
static const struct { const char *row, *text, *data, *partials, *want; } cases[] = {
	{ "text alone", "Guten Tag {a} }}{ {", "{}", NULL, "Guten Tag {a} }}{ {" },
	{ "empty", "", "{}", NULL, "" },
	{ "a value", "code {{code}}.", "{\"code\": \"7Q4M\"}", NULL, "code 7Q4M." },
	{ "Chinese", "追踪码：{{码}}。", "{\"码\": \"甲\"}", NULL, "追踪码：甲。" },
	{ "escaped", "{{a}}", "{\"a\": \"<b>'&\\\"\"}", NULL, "&lt;b&gt;&#39;&amp;&quot;" },
	{ "not escaped twice", "{{a}}", "{\"a\": \"&amp;\"}", NULL, "&amp;amp;" },
	{ "three braces", "{{{a}}}|{{{ a }}}", "{\"a\": \"<>\"}", NULL, "<>|<>" },
	{ "ampersand", "{{& a}}", "{\"a\": \"<>\"}", NULL, "<>" },
	{ "braces under other delimiters", "{{=<% %>=}}<%{a}%><%a%>", "{\"a\": \"<\"}", NULL, "<&lt;" },
	{ "numbers", "{{a}} {{b}} {{c}} {{d}}", "{\"a\": 85, \"b\": 1.21, \"c\": -3, \"d\": 9007199254740993}", NULL, "85 1.21 -3 9007199254740993" },
	{ "true, false, null", "{{a}}{{b}}{{c}}", "{\"a\": true, \"b\": false, \"c\": null}", NULL, "truefalse" },
	{ "objects and lists print nothing", "[{{a}}{{b}}]", "{\"a\": {\"x\": 1}, \"b\": [1]}", NULL, "[]" },
	{ "a value is no template", "{{a}}", "{\"a\": \"{{b}}{{{b}}}\", \"b\": \"no\"}", NULL, "{{b}}{{{b}}}" },
	{ "a NUL in a value stays a byte", "{{a}}", "{\"a\": \"x\"}", NULL, "x" },
	{ "dotted", "{{a.b.c}}", "{\"a\": {\"b\": {\"c\": 7}}}", NULL, "7" },
	{ "a broken dotted name does not look further out", "{{#a}}{{b.c}}{{/a}}", "{\"a\": {\"b\": {}}, \"b\": {\"c\": 1}}", NULL, "" },
	{ "inner hides outer", "{{#a}}{{x}}{{/a}}{{x}}", "{\"x\": 1, \"a\": {\"x\": 2}}", NULL, "21" },
	{ "outer seen from inside", "{{#a}}{{x}}{{/a}}", "{\"x\": 1, \"a\": {\"y\": 2}}", NULL, "1" },
	{ "the item itself", "{{#a}}<{{.}}>{{/a}}", "{\"a\": [1, \"b\", true]}", NULL, "<1><b><true>" },
	{ "lists of lists", "{{#a}}({{#.}}{{.}}{{/.}}){{/a}}", "{\"a\": [[1, 2], [], [3]]}", NULL, "(12)()(3)" },
	{ "an empty text is false", "{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": \"\"}", NULL, "no" },
	{ "nought is true", "{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": 0}", NULL, "yes" },
	{ "an empty object is true", "{{#a}}yes{{/a}}{{^a}}no{{/a}}", "{\"a\": {}}", NULL, "yes" },
	{ "inverted list", "{{^a}}none{{/a}}", "{\"a\": []}", NULL, "none" },
	{ "same name inside", "{{#a}}{{#a}}x{{/a}}{{/a}}", "{\"a\": true}", NULL, "x" },
	{ "section alone on its line", "a\n  {{#x}}  \nb\n\t{{/x}}\nc", "{\"x\": 1}", NULL, "a\nb\nc" },
	{ "two tags on a line are not alone", "{{#x}}{{/x}}\na", "{\"x\": 1}", NULL, "\na" },
	{ "a value alone keeps its line", "  {{x}}\n", "{\"x\": 1}", NULL, "  1\n" },
	{ "CRLF", "a\r\n{{#x}}\r\nb\r\n{{/x}}\r\nc", "{\"x\": 1}", NULL, "a\r\nb\r\nc" },
	{ "comments", "a{{! x }}b{{!\n y\n}}c\n{{! z }}\nd", "{}", NULL, "abc\nd" },
	{ "delimiters change and change back", "{{=| |=}}|a||={{ }}=|{{a}}", "{\"a\": 1}", NULL, "11" },
	{ "partial", "[{{>p}}]", "{\"a\": 1}", "{\"p\": \"{{a}}\"}", "[1]" },
	{ "unknown partial", "[{{>p}}]", "{}", NULL, "[]" },
	{ "partials have delimiters of their own", "{{=| |=}}|>p|", "{\"a\": 1}", "{\"p\": \"{{a}}|a|\"}", "1|a|" },
	{ "partial alone indents its lines", " {{>p}}\n.", "{\"a\": \"x\\ny\"}", "{\"p\": \"1\\n{{a}}\\n2\\n\"}", " 1\n x\ny\n 2\n." },
	{ "partial in a line does not", "- {{>p}}\n", "{}", "{\"p\": \"1\\n2\"}", "- 1\n2\n" },
	{ "indentation adds up", " {{>p}}\n", "{}", "{\"p\": \"p\\n {{>q}}\\n\", \"q\": \"q\\nr\\n\"}", " p\n  q\n  r\n" },
	{ "a section's own line takes no indentation", "  {{>p}}\n", "{\"x\": 1}", "{\"p\": \"{{#x}}\\na\\n{{/x}}\\n\"}", "  a\n" },
	{ "a section within a line, indented once", "  {{>p}}\n", "{\"x\": [1, 2]}", "{\"p\": \"{{#x}}a{{/x}}\\nb\\n\"}", "  aa\n  b\n" },
	{ "a comment within a line, indented", "  {{>p}}\n", "{}", "{\"p\": \"{{! c }}a\\n\"}", "  a\n" },
	{ "recursion ends with the data", "{{>n}}", "{\"v\": 1, \"k\": [{\"v\": 2, \"k\": [{\"v\": 3, \"k\": []}]}]}",
	  "{\"n\": \"{{v}}({{#k}}{{>n}}{{/k}})\"}", "1(2(3()))" },
};
TEST(mustache_writes_what_the_rules_say)
{
	for (size_t i = 0; i < COUNT_OF(cases); i++) check_row(cases[i].row, cases[i].text, cases[i].data, cases[i].partials, cases[i].want);
}

static const struct { const char *row, *text, *want; } mistakes[] = {
	{ "no end", "ab\ncd {{x", "t:2:4: this tag is not closed with \"}}\"" },
	{ "columns are characters", "追踪码{{x", "t:1:4: this tag is not closed" },
	{ "two braces after three", "{{{x}} ", "t:1:1: this tag is not closed with \"}}}\"" },
	{ "section never closed", "a\n  {{#x}}\n", "t:2:3: the section \"x\" is never closed" },
	{ "inner one first", "{{#a}}{{#b}}{{/a}}{{/b}}", "t:1:13: {{/a}} stands where {{/b}} is due" },
	{ "closes nothing", "{{/a}}", "t:1:1: {{/a}} closes no section" },
	{ "no name", "x{{ }}", "t:1:2: this tag holds no name" },
	{ "no section name", "{{#}}", "t:1:1: this tag holds no name" },
	{ "blank in a name", "{{a b}}", "t:1:1: a name holds no blanks" },
	{ "brace in a name", "{{a{b}}", "t:1:1: a name holds no braces" },
	{ "dots", "{{a..b}}", "t:1:1: \"a..b\" has a dot" },
	{ "dot at the end", "{{a.}}", "t:1:1: \"a.\" has a dot" },
	{ "one delimiter", "{{=<%=}}", "t:1:1: delimiters are two words" },
	{ "delimiter with =", "{{=a= b=}}", "t:1:1: delimiters are two words" },
	{ "delimiter too long", "{{=123456789 b=}}", "t:1:1: delimiters are two words" },
	{ "bad bytes", "a\xff", "t:1:1: not valid UTF-8" },
};
TEST(mustache_names_line_and_column_of_a_mistake)
{
	for (size_t i = 0; i < COUNT_OF(mistakes); i++) {
		struct mustache *m = NULL;
		struct ik_error err = { "" };

		test_row(mistakes[i].row);
		CHECK_INT(mustache_compile(mistakes[i].text, strlen(mistakes[i].text), "t", 1, &m, &err), IK_CONFIG);
		CHECK(m == NULL);
		if (strncmp(err.text, mistakes[i].want, strlen(mistakes[i].want)) != 0) CHECK_STR(err.text, mistakes[i].want);
	}
}

static char *repeated(const char *text, size_t times)
{
	const size_t len = strlen(text);
	char *all = mem_new(len * times + 1);

	for (size_t i = 0; i < times; i++) memcpy(all + i * len, text, len);
	return all;
}

TEST(mustache_reading_is_bounded)
{
	const struct { const char *row, *piece; size_t times; enum ik_rc rc; } rows[] = {
		{ "deep", "{{#a}}", MUSTACHE_NESTING_MAX + 1, IK_CONFIG }, { "many tags", "{{a}}", MUSTACHE_TAGS_MAX + 1, IK_CONFIG },
		{ "as many as may be", "{{a}}", MUSTACHE_TAGS_MAX, IK_OK }, { "long", "aaaa", MUSTACHE_SOURCE_MAX / 4 + 1, IK_CONFIG },
		{ "as long as may be", "aaaa", MUSTACHE_SOURCE_MAX / 4, IK_OK }, { "long name", "x", MUSTACHE_NAME_MAX + 1, IK_OK },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *text = repeated(rows[i].piece, rows[i].times);
		struct mustache *m = NULL;
		struct ik_error err = { "" };

		test_row(rows[i].row);
		CHECK_INT(mustache_compile(text, strlen(text), "t", 1, &m, &err), rows[i].rc);
		mustache_free(&m);
		free(text);
	}
}

TEST(mustache_rendering_is_bounded)
{
	const struct { const char *row, *text, *partials; size_t max; const char *word; } rows[] = {
		{ "output", "{{#l}}{{a}}{{a}}{{/l}}", NULL, 100, "more than 100 bytes" },
		{ "a partial in itself", "{{>p}}", "{\"p\": \"{{>p}}\"}", 65536, "partials inside each other" },
		{ "partials that double", "{{>p}}", "{\"p\": \"{{>p}}{{>p}}\"}", 65536, "partials inside each other" },
		{ "two partials in a ring", "{{>p}}", "{\"p\": \"{{>q}}\", \"q\": \"x{{>p}}\"}", 65536, "partials inside each other" },
		{ "loops that print nothing", "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{^l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}", NULL, 100, "steps" },
		{ "empty loops", "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}", NULL, 100, "steps" },
		{ "partials that double within the depth", "{{>a}}{{>a}}",
		  "{\"a\":\"{{#l}}{{>b}}{{/l}}\",\"b\":\"{{#l}}{{>c}}{{/l}}\",\"c\":\"{{#l}}{{>d}}{{/l}}\",\"d\":\"{{#l}}{{x}}{{/l}}\"}", 100, "steps" },
		{ "indentation", "        {{>p}}\n", "{\"p\": \"        {{>p}}\\na\\na\\na\\n\"}", 65536, "partials inside each other" },
	};
	json_t *data = json_object(), *list = json_array();

	for (int i = 0; i < 30; i++) (void)json_array_append_new(list, json_integer(i));
	(void)json_object_set_new(data, "l", list);
	(void)json_object_set_new(data, "a", json_string("0123456789"));
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		json_t *partials = rows[i].partials != NULL ? json_loads(rows[i].partials, 0, NULL) : NULL;
		struct buf out;
		struct ik_error err = { "" };

		test_row(rows[i].row);
		CHECK_INT(written(rows[i].text, strlen(rows[i].text), data, partials, rows[i].max, &out, &err), IK_REJECT);
		if (strstr(err.text, rows[i].word) == NULL) CHECK_STR(err.text, rows[i].word);
		CHECK(out.len <= rows[i].max);
		buf_release(&out);
		json_decref(partials);
	}
	json_decref(data);
}

static enum ik_rc note_tag(void *arg, const struct mustache_tag *tag)
{
	(void)buf_format(arg, "%d %.*s %zu:%zu;", (int)tag->use, (int)tag->len, tag->name, tag->line, tag->column);
	return tag->use == MUSTACHE_PARTIAL ? IK_REJECT : IK_OK;
}

TEST(mustache_each_tag_tells_names_and_places)
{
	const char text[] = "{{a}}\n码{{{b}}}{{#c}}\n{{^d.e}}{{/d.e}}{{/c}}{{>p}}{{never}}";
	struct buf seen = BUF_INIT(1000);
	struct mustache *m = NULL;
	struct ik_error err = { "" };

	CHECK_INT(mustache_compile(text, strlen(text), "t", 5, &m, &err), IK_OK);
	CHECK_INT(mustache_each_tag(m, note_tag, &seen), IK_REJECT);
	CHECK_STR(buf_str(&seen), "0 a 5:1;1 b 6:2;2 c 6:9;3 d.e 7:1;4 p 7:23;");
	buf_release(&seen);
	mustache_free(&m);
}

/* ---- the public specification ---------------------------------------------------------------------------------------------------- */

static void check_specified(const char *file, json_t *row)
{
	const char *text = json_text(row, "template");
	char *name = mem_format("%s: %s", file, json_text(row, "name"));
	struct buf out;
	struct ik_error err = { "" };

	test_row(name);
	CHECK_INT(written(text, strlen(text), json_object_get(row, "data"), json_object_get(row, "partials"), 65536, &out, &err), IK_OK);
	CHECK_STR(buf_str(&out), json_text(row, "expected"));
	buf_release(&out);
	free(name);
}

/* The files lie beside the checkout on machines that have them: ../shared/data/mustache-spec from its parent. */
TEST(mustache_passes_the_public_specification)
{
	static const char *const files[] = { "interpolation", "sections", "inverted", "comments", "partials", "delimiters" };
	size_t count = 0;

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		char name[128];
		struct buf text = BUF_INIT(1 << 20);
		struct ik_error err = { "" };
		json_t *all;

		(void)snprintf(name, sizeof(name), "../../../shared/data/mustache-spec/%s.json", files[i]);
		if (access(test_data(name), R_OK) != 0) skip();
		CHECK_INT(file_read(test_data(name), &text, &err), IK_OK);
		all = json_loadb(text.data, text.len, 0, NULL);
		CHECK(json_array_size(json_object_get(all, "tests")) > 0);
		for (size_t t = 0; t < json_array_size(json_object_get(all, "tests")); t++, count++)
			check_specified(files[i], json_array_get(json_object_get(all, "tests"), t));
		json_decref(all);
		buf_release(&text);
	}
	CHECK(count > 100);
}
