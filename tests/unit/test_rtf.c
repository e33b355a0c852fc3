/* test_rtf.c - rich text of Outlook and the tagged texts of old mailers come out as the words their readers saw. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "text/enriched.h"
#include "text/rtf.h"

/* The example of MS-OXRTFCP 4.1.1. */
static const unsigned char packed[] = {
	0x2d, 0, 0, 0, 0x2b, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xf1, 0xc5, 0xc7, 0xa7, 0x03, 0, 0x0a, 0, 0x72, 0x63, 0x70, 0x67, 0x31, 0x32, 0x35, 0x42, 0x32, 0x0a,
	0xf3, 0x20, 0x68, 0x65, 0x6c, 0x09, 0, 0x20, 0x62, 0x77, 0x05, 0xb0, 0x6c, 0x64, 0x7d, 0x0a, 0x80, 0x0f, 0xa0,
};
/* 4.1.2: a repetition that overlaps what it writes. */
static const unsigned char overlapping[] = {
	0x1a, 0, 0, 0, 0x1c, 0, 0, 0, 0x4c, 0x5a, 0x46, 0x75, 0xe2, 0xd4, 0x4b, 0x51, 0x41, 0, 0x04, 0x20, 0x57, 0x58, 0x59, 0x5a, 0x0d, 0x6e, 0x7d, 0x01, 0x0e, 0xb0,
};
TEST(packed_rich_text_is_unpacked)
{
	struct buf b = BUF_INIT(1000);

	CHECK(rtf_unpack(&b, packed, sizeof(packed)));
	CHECK_STR(buf_str(&b), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
	buf_clear(&b);
	CHECK(rtf_unpack(&b, overlapping, sizeof(overlapping)));
	CHECK_STR(buf_str(&b), "{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
	buf_clear(&b);
	CHECK(rtf_unpack(&b, "\x10\0\0\0\x04\0\0\0MELA\0\0\0\0{\\b}", 20));
	CHECK_STR(buf_str(&b), "{\\b}");
	buf_release(&b);
}

TEST(packed_rich_text_that_is_cut_or_none_ends_early)
{
	for (size_t len = 0; len <= sizeof(packed); len++) {
		struct buf b = BUF_INIT(1000);
		unsigned char *exact = malloc(len > 0 ? len : 1);       /* so that a byte behind the end is noticed */

		memcpy(exact, packed, len);
		CHECK_INT(rtf_unpack(&b, exact, len), len >= 16);
		CHECK(strncmp("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", buf_str(&b), b.len) == 0);
		free(exact);
		buf_release(&b);
	}
}

/* Every repetition gives 17 bytes for two: the caller's limit holds, whatever the head promises. */
TEST(packed_rich_text_stops_at_the_buffer)
{
	enum { TOKENS = 40000 };
	unsigned char *bomb = calloc(1, 16 + TOKENS * 17);
	struct buf b = BUF_INIT(20000);
	size_t len = 16;

	memcpy(bomb, "\xff\xff\xff\x7f\xff\xff\xff\x7fLZFu", 12);
	for (int i = 0; i < TOKENS / 8; i++) {
		bomb[len++] = 0xff;
		for (int k = 0; k < 8; k++) { bomb[len++] = 0x00; bomb[len++] = 0x0f; }
	}
	CHECK(rtf_unpack(&b, bomb, len));
	CHECK(b.is_full && b.len == 20000);
	free(bomb);
	buf_release(&b);
}

#define FONTS "{\\fonttbl{\\f0\\fcharset0 Arial;}{\\f1\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}{\\f2\\fcharset128 MS;}{\\f3\\fcharset136 P;}{\\f4\\fcharset204 C;}}"
static const struct { const char *row, *rtf, *text; } plain[] = {
	{ "words, lines and tabs", "{\\rtf1\\ansi\\pard First line.\\par Second\\tab column.\\line end\\par}", "First line.\nSecond\tcolumn.\nend\n" },
	{ "line ends of the file are none of the text", "{\\rtf1 one\r\n two\r\n}", "one two" },
	{ "code page 1252", "{\\rtf1\\ansi\\ansicpg1252 Gr\\'fc\\'dfe \\'8050}", "Grüße €50" },
	{ "code page 936 of the document", "{\\rtf1\\ansi\\ansicpg936 \\'cc\\'a8\\'b5\\'c6\\'bb\\'b5\\'c1\\'cb\\'a3\\'ac\\'c7\\'eb\\'cd\\'cb\\'bf\\'ee\\'a1\\'a3}", "台灯坏了，请退款。" },
	{ "code page of the font", "{\\rtf1\\ansi\\ansicpg1252" FONTS "\\f0 Lamp: {\\f1\\'b5\\'c6\\'bb\\'b5\\'c1\\'cb} {\\f4\\'eb\\'e0\\'ec\\'ef\\'e0} ok}", "Lamp: 灯坏了 лампа ok" },
	{ "second byte written as a letter (932)", "{\\rtf1\\ansi\\ansicpg932" FONTS "{\\f2 \\'83e\\'83X\\'83g\\'82\\'c5\\'82\\'b7\\'81B}}", "テストです。" },
	{ "second byte is a backslash (950)", "{\\rtf1\\ansi\\ansicpg950" FONTS "{\\f3 \\'a7\\'da\\'aa\\'ba\\'a5\\\\\\'af\\'e0\\'c3a\\'a4\\'46}}", "我的功能壞了" },
	{ "code points and what stands in for them", "{\\rtf1\\uc1 \\u28783?\\u22351?\\uc2\\u20102\\'c1\\'cb.\\uc0\\u33 }", "灯坏了.!" },
	{ "negative code point and a pair", "{\\rtf1 \\u-244?\\u-10179?\\u-8704? x}", "\xef\xbc\x8c😀 x" },
	{ "half a pair", "{\\rtf1 a\\u-10179?b\\u-8704?c}", "ab\xef\xbf\xbd" "c" },
	{ "pictures, fonts, styles and unknown groups are left out",
	  "{\\rtf1" FONTS "{\\colortbl;\\red0;}{\\stylesheet{\\s0 Normal;}}{\\info{\\author Mei}}{\\*\\generator Msftedit;}A{\\pict\\wmetafile8 0102ab}B{\\*\\new {\\b x}}C}", "ABC" },
	{ "hidden words", "{\\rtf1 seen {\\v hidden}\\v0 and\\plain  seen}", "seen and seen" },
	{ "the words of a link stay", "{\\rtf1 {\\field{\\*\\fldinst{HYPERLINK \"https://x.example\"}}{\\fldrslt{our page}}}}", "our page" },
	{ "escapes and signs", "{\\rtf1 \\{a\\}\\\\b\\~c\\_d\\-e \\ldblquote q\\rdblquote\\emdash\\bullet}", "{a}\\b c-de “q”—•" },
	{ "raw bytes are passed over", "{\\rtf1 a{\\*\\blob\\bin3 }}}}b\\bin2 {{c}", "abc" },
	{ "tables", "{\\rtf1 a\\cell b\\cell\\row c}", "a\tb\t\nc" },
	{ "too many closing braces", "{\\rtf1 a}}}b", "ab" },
	{ "no closing brace and a bare backslash", "{\\rtf1 a\\", "a" },
	{ "nothing", "", "" },
};
TEST(rich_text_reads_as_its_words)
{
	for (size_t i = 0; i < COUNT_OF(plain); i++) {
		struct buf b = BUF_INIT(10000);

		test_row(plain[i].row);
		CHECK(!rtf_read(&b, plain[i].rtf, strlen(plain[i].rtf)));
		CHECK_STR(buf_str(&b), plain[i].text);
		buf_release(&b);
	}
	test_row("");
}

static const struct { const char *row, *rtf, *html; } folded[] = {
	{ "tags, words and what is for rich text alone",
	  "{\\rtf1\\ansi\\ansicpg1252\\fromhtml1 \\deff0" FONTS "{\\*\\htmltag19 <html>}{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 The lamp is \\htmlrtf\\b\\htmlrtf0 broken.{\\*\\htmltag72 </p>}\\htmlrtf\\par}\\htmlrtf0{\\*\\htmltag27 </html>}}",
	  "<html><p>The lamp is broken.</p></html>" },
	{ "entities and lines within tags", "{\\rtf1\\fromhtml1{\\*\\htmltag50 <br>\\par}{\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 a{\\*\\htmltag84 &nbsp;}b}", "<br>\n&lt;a&nbsp;b" },
	{ "words cannot become tags", "{\\rtf1\\fromhtml1 1 < 2 & <script>}", "1 &lt; 2 &amp; &lt;script>" },
	{ "Chinese words", "{\\rtf1\\ansi\\ansicpg936\\fromhtml1{\\*\\htmltag <p>}\\'b5\\'c6\\'bb\\'b5\\'c1\\'cb{\\*\\mhtmltag <x>}\\u12290?{\\*\\htmltag </p>}}", "<p>灯坏了。</p>" },
};
TEST(html_within_rich_text_is_unfolded)
{
	for (size_t i = 0; i < COUNT_OF(folded); i++) {
		struct buf b = BUF_INIT(10000);

		test_row(folded[i].row);
		CHECK(rtf_read(&b, folded[i].rtf, strlen(folded[i].rtf)));
		CHECK_STR(buf_str(&b), folded[i].html);
		buf_release(&b);
	}
	test_row("");
}

TEST(rich_text_of_any_depth_keeps_its_words)
{
	enum { DEEP = 200000 };
	struct buf rtf = BUF_INIT(4 * DEEP), b = BUF_INIT(100);

	for (int i = 0; i < DEEP; i++) buf_char(&rtf, '{');
	buf_text(&rtf, "deep");
	for (int i = 0; i < DEEP; i++) buf_char(&rtf, '}');
	buf_text(&rtf, " out");
	CHECK(!rtf_read(&b, rtf.data, rtf.len));
	CHECK_STR(buf_str(&b), "deep out");
	buf_release(&rtf);
	buf_release(&b);
}

static const struct { const char *row, *text, *plain; bool is_richtext; } tagged[] = {
	{ "line ends", "one\ntwo\n\nthree\n\n\nfour", "one two\nthree\n\nfour", false },
	{ "tags and their parameters", "<bold>The lamp</bold> is <color><param>red</param>broken</color>.", "The lamp is broken.", false },
	{ "a doubled sign", "1 << 2 and <<bold>", "1 < 2 and <bold>", false },
	{ "nofill keeps lines", "<nofill>a\nb\n\nc</nofill>\nd", "a\nb\n\nc d", false },
	{ "an excerpt is a quote", "New words.\n\n<excerpt>old words\n\nmore</excerpt>Yours", "New words.\n> old words\n> more\nYours", false },
	{ "what is no tag stays", "a < b and <not closed", "a < b and <not closed", false },
	{ "Chinese", "<smaller>台灯坏了\n\n请退款</smaller>", "台灯坏了\n请退款", false },
	{ "closing without opening", "</excerpt></param>a", "a", false },
	{ "rich text", "<Bold>The lamp</Bold>\nis broken.<nl>Again<lt>x><comment>no</comment>", "The lamp is broken.\nAgain<x>", true },
};
TEST(tagged_text_reads_as_its_words)
{
	for (size_t i = 0; i < COUNT_OF(tagged); i++) {
		struct buf b = BUF_INIT(10000);

		test_row(tagged[i].row);
		enriched_to_text(&b, tagged[i].text, strlen(tagged[i].text), tagged[i].is_richtext);
		CHECK_STR(buf_str(&b), tagged[i].plain);
		buf_release(&b);
	}
	test_row("");
}
