/* test_ctl.c - what intakectl prints is safe on a terminal, whatever a customer wrote; what it reads line by line goes on behind a bad one. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "ctl/ctl.h"
#include "ctl/lines.h"

static const struct { const char *row, *text; bool keep_lines; const char *want; } cleans[] = {
	{ "plain", "Printer", false, "Printer" },
	{ "Chinese stays", "投诉打印机", false, "投诉打印机" },
	{ "emoji stays", "ok 👍", false, "ok 👍" },
	{ "escape sequence", "\033[2J\033]0;x\a", false, "\\u{1b}[2J\\u{1b}]0;x\\u{7}" },
	{ "line ends in a cell", "a\r\nb", false, "a\\u{d}\\u{a}b" },
	{ "line ends in a block", "a\nb\r", true, "a\nb\\u{d}" },
	{ "C1 control", "\xc2\x9b" "2J", false, "\\u{9b}2J" },
	{ "right-to-left override", "abc\xe2\x80\xae" "fdp.exe", false, "abc\\u{202e}fdp.exe" },
	{ "zero width", "a\xe2\x80\x8b" "b", false, "a\\u{200b}b" },
	{ "bad bytes", "a\xff\xfe" "b", false, "a\\xff\\xfeb" },
	{ "tag characters", "a\xf3\xa0\x81\x81", false, "a\\u{e0041}" },
	{ "empty", "", false, "" },
};
TEST(ctl_clean_leaves_nothing_that_moves_the_cursor_or_hides)
{
	for (size_t i = 0; i < COUNT_OF(cleans); i++) {
		char *clean = ctl_clean(cleans[i].text, cleans[i].keep_lines);

		test_row(cleans[i].row);
		CHECK_STR(clean, cleans[i].want);
		free(clean);
	}
}

static int take_line(void *arg, const json_t *object, struct ik_error *err)
{
	char *taken = arg;

	if (json_is_true(json_object_get(object, "stop"))) return EX_IOERR;
	if (json_text(object, "id") == NULL) {
		(void)ik_fail(IK_REJECT, err, "no id");
		return EX_DATAERR;
	}
	(void)strcat(taken, json_text(object, "id"));
	return EX_OK;
}

static const struct { const char *row, *text; int status; const char *taken; } files[] = {
	{ "empty", "", EX_OK, "" },
	{ "no line end at the end", "{\"id\":\"a\"}\n{\"id\":\"b\"}", EX_OK, "ab" },
	{ "a byte order mark and CRLF", "\xef\xbb\xbf{\"id\":\"a\"}\r\n\r\n{\"id\":\"b\"}\r\n", EX_OK, "ab" },
	{ "nothing but a byte order mark", "\xef\xbb\xbf\n", EX_OK, "" },
	{ "no JSON", "{\"id\":\"a\"}\nnot\n{\"id\":\"b\"}\n", EX_DATAERR, "ab" },
	{ "no object", "[1]\n\"x\"\n{\"id\":\"b\"}\n", EX_DATAERR, "b" },
	{ "no UTF-8", "{\"id\":\"\xff\"}\n{\"id\":\"b\"}\n", EX_DATAERR, "b" },
	{ "refused by the command", "{\"id\":\"a\"}\n{}\n{\"id\":\"b\"}\n", EX_DATAERR, "ab" },
	{ "a command that cannot go on", "{}\n{\"id\":\"a\"}\n{\"stop\":true}\n{\"id\":\"b\"}\n", EX_IOERR, "a" },
};
TEST(lines_behind_a_bad_one_are_answered)
{
	const char *dir = test_dir();

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		char taken[16] = "";
		struct buf path = BUF_INIT(4096);
		struct ik_error err = { "" };

		test_row(files[i].row);
		CHECK(buf_format(&path, "%s/lines.jsonl", dir));
		CHECK_INT(file_write_durable(dir, "lines.jsonl", files[i].text, strlen(files[i].text), &err), IK_OK);
		CHECK_INT(lines_answer(buf_str(&path), take_line, taken), files[i].status);
		CHECK_STR(taken, files[i].taken);
		buf_release(&path);
	}
	CHECK_INT(lines_answer("/nonexistent/x", take_line, NULL), EX_NOINPUT);
}
