/* test_mime_write.c - nothing that goes out can begin a second header, command or mail. */
#include "test.h"

#include <stdlib.h>
#include "base/buf.h"
#include "base/codec.h"
#include "base/mime_write.h"

static const struct { const char *row, *address; bool ok; } addresses[] = {
	{ "plain",                    "li@example.org",              true  },
	{ "tag and dots",             "li.wei+shop-1@mail.example.org", true },
	{ "two dots in a row",        "li..wei@example.org",         true  },
	{ "one label",                "root@localhost",              true  },
	{ "percent and equals",       "a%b=c@example.org",           true  },
	{ "none",                     NULL,                          false },
	{ "empty",                    "",                            false },
	{ "no at",                    "li",                          false },
	{ "two ats",                  "li@a@b",                      false },
	{ "no local part",            "@example.org",                false },
	{ "no domain",                "li@",                         false },
	{ "CR LF",                    "li@example.org\r\nBcc: x@y.z", false },
	{ "LF",                       "li@example.org\nx",           false },
	{ "CR",                       "li\r@example.org",            false },
	{ "TAB",                      "li\t@example.org",            false },
	{ "space",                    "li @example.org",             false },
	{ "SMTP parameter",           "li@example.org SIZE=1",       false },
	{ "DEL",                      "li\x7f@example.org",          false },
	{ "byte 1",                   "li\x01@example.org",          false },
	{ "angle brackets",           "<li@example.org>",            false },
	{ "closes the path",          "li@example.org>",             false },
	{ "second recipient",         "li@example.org>,<x@y.z",      false },
	{ "comma",                    "li@example.org,x@y.z",        false },
	{ "semicolon",                "li@example.org;x@y.z",        false },
	{ "quoted local part",        "\"li wei\"@example.org",      false },
	{ "comment",                  "li(x)@example.org",           false },
	{ "source route",             "@a.example:li@example.org",   false },
	{ "backslash",                "li\\@example.org",            false },
	{ "address literal",          "li@[127.0.0.1]",              false },
	{ "UTF-8 local part",         "李@example.org",              false },
	{ "UTF-8 domain",             "li@例子.测试",                 false },
	{ "U+0085",                   "li\xc2\x85@example.org",      false },
	{ "U+2028",                   "li\xe2\x80\xa8@example.org",  false },
	{ "full-width at",            "li＠example.org",             false },
	{ "overlong LF",              "li\xc0\x8a@example.org",      false },
	{ "raw 0xFF",                 "li\xff@example.org",          false },
	{ "percent-coded CRLF stays text", "li%0d%0aRCPT@example.org", true },
	{ "leading dot in domain",    "li@.example.org",             false },
	{ "empty label",              "li@example..org",             false },
	{ "leading hyphen",           "li@-example.org",             false },
};
TEST(only_plain_addresses_pass)
{
	for (size_t i = 0; i < COUNT_OF(addresses); i++) {
		test_row(addresses[i].row);
		CHECK_INT(mime_address_ok(addresses[i].address), addresses[i].ok);
	}
}

static const struct { const char *row, *id; bool ok; } ids[] = {
	{ "plain", "a.b@example.org", true }, { "no at", "abc", false }, { "two ats", "a@b@c", false }, { "brackets", "a@b>\r\nBcc: x", false },
	{ "space", "a b@c", false }, { "LF", "a@b\n", false }, { "UTF-8", "é@b", false }, { "NULL", NULL, false }, { "empty left", "@b", false },
};
TEST(only_plain_message_ids_pass)
{
	for (size_t i = 0; i < COUNT_OF(ids); i++) {
		test_row(ids[i].row);
		CHECK_INT(mime_id_ok(ids[i].id), ids[i].ok);
	}
}

static const struct { const char *row, *text, *want; } texts[] = {
	{ "plain",                    "We have your message",        "S: We have your message\r\n" },
	{ "Chinese",                  "已收到",                       "S: =?UTF-8?B?5bey5pS25Yiw?=\r\n" },
	{ "looks encoded already",    "=?utf-8?B?DQpCY2M6IHg=?=",    "S: =?UTF-8?B?PT91dGYtOD9CP0RRcENZMk02SUhnPT89?=\r\n" },
	{ "leading space",            " x",                          "S: =?UTF-8?B?IHg=?=\r\n" },
	{ "LF",                       "x\nBcc: y",                   NULL },
	{ "CR",                       "x\rBcc: y",                   NULL },
	{ "CR LF",                    "x\r\n\r\nbody",               NULL },
	{ "TAB",                      "x\ty",                        NULL },
	{ "ESC",                      "x\x1b[31m",                   NULL },
	{ "DEL",                      "x\x7f",                       NULL },
	{ "U+0085",                   "x\xc2\x85y",                  NULL },
	{ "U+2028",                   "x\xe2\x80\xa8y",              NULL },
	{ "U+2029",                   "x\xe2\x80\xa9y",              NULL },
	{ "right-to-left override",   "x\xe2\x80\xaey",              NULL },
	{ "bad UTF-8",                "x\xff",                       NULL },
	{ "overlong LF",              "x\xc0\x8ay",                  NULL },
};
TEST(a_header_is_one_header)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct buf b = BUF_INIT(10000);
		struct ik_error err = { 0 };

		test_row(texts[i].row);
		CHECK_INT(mime_header_text(&b, "S", texts[i].text, &err), texts[i].want != NULL ? IK_OK : IK_REJECT);
		CHECK_STR(buf_str(&b), texts[i].want != NULL ? texts[i].want : "");
		buf_release(&b);
	}
}

TEST(names_of_headers_are_checked_too)
{
	static const char *const bad[] = { "", "A B", "A:B", "A\r\nB", "Ä" };

	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		struct buf b = BUF_INIT(1000);

		test_row(bad[i]);
		CHECK_INT(mime_header(&b, bad[i], "x", NULL), IK_REJECT);
		CHECK_INT(b.len, 0);
		buf_release(&b);
	}
}

/* Every line of what was written is at most `most` bytes. */
static bool is_narrow(const char *text, size_t most)
{
	for (const char *p = text; *p != '\0'; ) {
		const size_t len = strcspn(p, "\r");

		if (len > most) return false;
		p += len;
		p += strspn(p, "\r\n");
	}
	return true;
}

TEST(a_word_that_no_line_holds_is_refused)
{
	char word[1200];

	for (size_t len = 980; len <= 1005; len++) {
		struct buf b = BUF_INIT(4000);
		struct ik_error err = { 0 };

		memset(word, 'x', len);
		word[len] = '\0';
		CHECK_INT(mime_header(&b, "X-Words", word, &err), sizeof("X-Words: ") - 1 + len <= MIME_LINE_MAX ? IK_OK : IK_REJECT);
		CHECK(is_narrow(buf_str(&b), MIME_LINE_MAX));
		buf_release(&b);
	}
}

TEST(long_headers_are_folded)
{
	struct buf b = BUF_INIT(10000), text = BUF_INIT(10000);

	for (int i = 0; i < 100; i++) buf_text(&text, "客户的投诉");
	CHECK_INT(mime_header_text(&b, "Subject", buf_str(&text), NULL), IK_OK);
	CHECK(is_narrow(buf_str(&b), 78));
	buf_clear(&b);
	buf_clear(&text);
	for (int i = 0; i < 100; i++) buf_text(&text, "word ");
	buf_text(&text, "end");
	CHECK_INT(mime_header_text(&b, "Subject", buf_str(&text), NULL), IK_OK);
	CHECK(is_narrow(buf_str(&b), 78));
	buf_release(&b);
	buf_release(&text);
}

TEST(at_most_ten_references_and_only_valid_ones)
{
	const char *many[30];
	char names[30][32];
	struct buf b = BUF_INIT(10000);
	size_t n = 0;

	for (int i = 0; i < 30; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "m%d@example.org", i);
		many[i] = i == 5 ? "bad\r\nBcc: x@y.z" : names[i];
	}
	CHECK_INT(mime_header_ids(&b, "References", many, 30, NULL), IK_OK);
	for (const char *p = buf_str(&b); (p = strchr(p, '<')) != NULL; p++) n++;
	CHECK_INT(n, 10);
	CHECK(strstr(buf_str(&b), "<m0@") != NULL && strstr(buf_str(&b), "<m29@") != NULL && strstr(buf_str(&b), "Bcc") == NULL);
	buf_clear(&b);
	CHECK_INT(mime_header_ids(&b, "References", &many[5], 1, NULL), IK_OK);
	CHECK_INT(b.len, 0);
	buf_release(&b);
}

TEST(display_names_cannot_leave_their_place)
{
	static const struct { const char *row, *name, *want; } names[] = {
		{ "plain",  "Help Desk",             "From: \"Help Desk\" <a@b.c>\r\n" },
		{ "quotes", "a\" <x@y.z>, \"b",      NULL },
		{ "Chinese", "客服",                  "From: =?UTF-8?B?5a6i5pyN?= <a@b.c>\r\n" },
		{ "none",   NULL,                    "From: a@b.c\r\n" },
	};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct buf b = BUF_INIT(1000);

		test_row(names[i].row);
		CHECK_INT(mime_header_mailbox(&b, "From", names[i].name, "a@b.c", NULL), IK_OK);
		if (names[i].want != NULL) CHECK_STR(buf_str(&b), names[i].want);
		else CHECK(strstr(buf_str(&b), "x@y.z") == NULL);
		buf_release(&b);
	}
}

/* ---- bodies ------------------------------------------------------------------------------------------------------------- */

static const struct { const char *row, *text; } bare[] = {
	{ "LF dot LF",            "a\n.\nb" },        { "CR dot CR",          "a\r.\rb" },
	{ "CRLF dot LF",          "a\r\n.\nb" },      { "LF dot CRLF",        "a\n.\r\nb" },
	{ "CR dot CRLF",          "a\r.\r\nb" },      { "CRLF dot CR",        "a\r\n.\rb" },
	{ "CR CR LF dot CR CR LF","a\r\r\n.\r\r\nb" },{ "dot at the end",     "a\r\n." },
	{ "lone CR at the end",   "a\r" },            { "lone LF at the end", "a\n" },
	{ "dot dot",              "a\n..\nb" },       { "CRLF dot CRLF",      "a\r\n.\r\nMAIL FROM:<x@y.z>\r\n" },
	{ "From line",            "a\nFrom here on" },{ "NUL is not text",    "a\x01\x02" "b" },
};
TEST(every_form_of_a_line_end_comes_out_as_one_harmless_form)
{
	for (size_t i = 0; i < COUNT_OF(bare); i++) {
		struct buf b = BUF_INIT(100000);

		test_row(bare[i].row);
		buf_text(&b, "From: a@b.c\r\n");
		mime_plain_text(&b, bare[i].text);
		CHECK_INT(mime_check(b.data, b.len, NULL), IK_OK);
		CHECK(strstr(buf_str(&b), "\r\n.") == NULL);
		buf_release(&b);
	}
}

#define HEAD "From: a@b.c\r\n\r\n"
static const struct { const char *row, *mail; size_t len; bool ok; } checks[] = {
#define ROW(r, m, k) { r, m, sizeof(m) - 1, k }
	ROW("plain",                    HEAD "x\r\n", true),
	ROW("empty body",               HEAD, true),
	ROW("bare LF",                  HEAD "x\n.\n", false),
	ROW("bare CR",                  HEAD "x\r.\r", false),
	ROW("CR CR LF",                 HEAD "x\r\r\n", false),
	ROW("LF CR",                    HEAD "x\n\r", false),
	ROW("NUL",                      HEAD "x\0\r\n", false),
	ROW("8-bit",                    HEAD "\xc3\xa4\r\n", false),
	ROW("no CRLF at the end",       HEAD "x", false),
	ROW("CR at the end",            HEAD "x\r", false),
	ROW("no headers",               "\r\nx\r\n", false),
	ROW("no empty line",            "From: a@b.c\r\n", false),
	ROW("empty",                    "", false),
	ROW("bare LF between headers",  "From: a@b.c\nBcc: x@y.z\r\n\r\n", false),
	ROW("header without a colon",   "From a@b.c\r\n\r\n", false),
	ROW("space before the colon",   "From : a@b.c\r\n\r\n", false),
	ROW("starts with a continuation", " x\r\n\r\n", false),
	ROW("blank continuation",       "From: a@b.c\r\n \r\nBcc: x\r\n\r\n", false),
	ROW("continuation",             "From: a\r\n b\r\n\r\n", true),
	ROW("control in a header",      "From: a\x0b\r\n\r\n", false),
	ROW("8-bit header",             "From: \xc3\xa4\r\n\r\n", false),
};
TEST(the_last_check_lets_only_clean_mails_through)
{
	struct buf b = BUF_INIT(10000);

	for (size_t i = 0; i < COUNT_OF(checks); i++) {
		test_row(checks[i].row);
		CHECK_INT(mime_check(checks[i].mail, checks[i].len, NULL) == IK_OK, checks[i].ok);
	}
	test_row("line lengths");
	buf_text(&b, HEAD);
	for (int i = 0; i < 998; i++) buf_char(&b, 'x');
	buf_text(&b, "\r\n");
	CHECK_INT(mime_check(b.data, b.len, NULL), IK_OK);
	b.len -= 2;
	buf_text(&b, "x\r\n");
	CHECK_INT(mime_check(b.data, b.len, NULL), IK_REJECT);
	buf_release(&b);
}

TEST(text_survives_both_encodings)
{
	struct buf b = BUF_INIT(10000);

	mime_plain_text(&b, "caf\xc3\xa9 = 1 \n.hidden\nFrom x\nend \t");
	CHECK_STR(buf_str(&b), "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
	          "caf=C3=A9 =3D 1=20\r\n=2Ehidden\r\n=46rom x\r\nend =09\r\n");
	buf_clear(&b);
	mime_plain_text(&b, "已收到\n谢谢");
	CHECK_STR(buf_str(&b), "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n5bey5pS25YiwDQrosKLosKI=\r\n");
	buf_release(&b);
}
