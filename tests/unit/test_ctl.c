/* test_ctl.c - what intakectl prints is safe on a terminal, whatever a customer wrote. */
#include "test.h"

#include <stdlib.h>
#include "ctl/ctl.h"

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
