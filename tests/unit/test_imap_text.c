/* test_imap_text.c - the pieces of IMAP text, and the frame that tells a whole literal from anything else. */
#include "test.h"

#include "net/imap_text.h"

static const struct { const char *row, *utf8, *wire; } names[] = {
	{ "plain",                   "INBOX/Support",   "INBOX/Support" },
	{ "an ampersand",            "R&D",             "R&-D" },
	{ "example of RFC 3501",     "~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-" },
	{ "beyond the first plane",  "😀!",             "&2D3eAA-!" },
	{ "accent and ampersand",    "é&",              "&AOk-&-" },
};
TEST(imap_name_encode_writes_modified_utf7)
{
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		struct buf b = BUF_INIT(1000);

		test_row(names[i].row);
		imap_name_encode(&b, names[i].utf8);
		CHECK_STR(buf_str(&b), names[i].wire);
		buf_release(&b);
	}
}

TEST(imap_quote_and_url_leave_nothing_to_break_out)
{
	struct buf b = BUF_INIT(1000);

	imap_quote(&b, "a\"b\\c");
	CHECK_STR(buf_str(&b), "\"a\\\"b\\\\c\"");
	buf_clear(&b);
	imap_url_encode(&b, "A/b;UID=1 ?#%&");
	CHECK_STR(buf_str(&b), "A/b%3BUID%3D1%20%3F%23%25%26");
	buf_release(&b);
}

static const struct { const char *row, *line; bool is; uint32_t uid; int64_t size; } listed[] = {
	{ "usual",               "* 3 FETCH (UID 9 RFC822.SIZE 120)",               true,  9, 120 },
	{ "other order",         "* 3 FETCH (RFC822.SIZE 120 FLAGS (\\Seen) UID 9)", true, 9, 120 },
	{ "lower case",          "* 3 fetch (uid 9 rfc822.size 120)",               true,  9, 120 },
	{ "no size",             "* 3 FETCH (UID 9)",                               true,  9, -1 },
	{ "size too large",      "* 3 FETCH (UID 9 RFC822.SIZE 99999999999999999999)", true, 9, -1 },
	{ "largest UID",         "* 3 FETCH (UID 4294967295 RFC822.SIZE 1)",        true,  4294967295u, 1 },
	{ "UID too large",       "* 3 FETCH (UID 4294967296 RFC822.SIZE 1)",        false, 0, 0 },
	{ "UID 0",               "* 3 FETCH (UID 0 RFC822.SIZE 1)",                 false, 0, 0 },
	{ "negative",            "* 3 FETCH (UID -9 RFC822.SIZE 1)",                false, 0, 0 },
	{ "no UID",              "* 3 FETCH (RFC822.SIZE 1)",                       false, 0, 0 },
	{ "another word",        "* 3 FETCH (XUID 9 RFC822.SIZE 1)",                false, 0, 0 },
	{ "no message number",   "* FETCH (UID 9 RFC822.SIZE 1)",                   false, 0, 0 },
	{ "EXISTS",              "* 3 EXISTS",                                      false, 0, 0 },
	{ "tagged",              "A003 OK done",                                    false, 0, 0 },
	{ "cut off",             "* 3 FETCH (UID",                                  false, 0, 0 },
	{ "empty",               "",                                                false, 0, 0 },
};
TEST(imap_read_listed_takes_uid_and_size_or_nothing)
{
	for (size_t i = 0; i < COUNT_OF(listed); i++) {
		uint32_t uid = 0;
		int64_t size = 0;

		test_row(listed[i].row);
		CHECK_INT(imap_read_listed(listed[i].line, strlen(listed[i].line), &uid, &size), listed[i].is);
		CHECK_INT(uid, listed[i].uid);
		CHECK_INT(size, listed[i].size);
	}
}

static const struct { const char *row, *line; bool is; uint32_t n; } codes[] = {
	{ "usual",          "* OK [UIDVALIDITY 3857529045] UIDs valid", true,  3857529045u },
	{ "zero",           "* OK [UIDVALIDITY 0] ",                    false, 0 },
	{ "too large",      "* OK [UIDVALIDITY 4294967296]",            false, 0 },
	{ "another code",   "* OK [UIDNEXT 5]",                         false, 0 },
	{ "not untagged",   "A001 OK [UIDVALIDITY 5]",                  false, 0 },
	{ "no number",      "* OK [UIDVALIDITY ]",                      false, 0 },
};
TEST(imap_read_code_takes_the_number)
{
	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		uint32_t n = 0;

		test_row(codes[i].row);
		CHECK_INT(imap_read_code(codes[i].line, strlen(codes[i].line), "UIDVALIDITY", &n), codes[i].is);
		CHECK_INT(n, codes[i].n);
	}
}

TEST(imap_has_word_takes_whole_words)
{
	static const char line[] = "* OK [CAPABILITY IMAP4rev1 UIDPLUS MOVE AUTH=PLAIN] in";

	CHECK(imap_has_word(line, strlen(line), "MOVE"));
	CHECK(imap_has_word(line, strlen(line), "AUTH=PLAIN"));
	CHECK(imap_has_word(line, strlen(line), "CAPABILITY"));
	CHECK(!imap_has_word(line, strlen(line), "ID"));
	CHECK(!imap_has_word(line, strlen(line), "UID"));
	CHECK(!imap_has_word(line, strlen(line), "PLUS"));
}

/* Lines before the literal, then the bytes that came of it, then lines. "|" stands between two lines. */
static const struct { const char *row, *before; int64_t received; const char *behind; bool is_whole; } frames[] = {
	{ "usual",                       "* 1 FETCH (UID 7 BODY[] {10}",               10, ")|A004 OK done",                        true },
	{ "flags behind",                "* 1 FETCH (UID 7 BODY[] {10}",               10, " FLAGS (\\Seen))|A004 OK done",         true },
	{ "UID behind",                  "* 1 FETCH (BODY[] {10}",                     10, " UID 7)|A004 OK done",                  true },
	{ "news in between",             "* 5 EXISTS|* 1 FETCH (UID 7 BODY[] {10}",    10, ")|* 6 EXISTS|* 2 FETCH (FLAGS ())|A004 OK done", true },
	{ "empty",                       "* 1 FETCH (UID 7 BODY[] {0}",                0,  ")|A004 OK done",                        true },
	{ "another UID",                 "* 1 FETCH (UID 8 BODY[] {10}",               10, ")|A004 OK done",                        false },
	{ "another UID behind",          "* 1 FETCH (BODY[] {10}",                     10, " UID 8)|A004 OK done",                  false },
	{ "less than said",              "* 1 FETCH (UID 7 BODY[] {10}",               9,  ")|A004 OK done",                        false },
	{ "more text behind",            "* 1 FETCH (UID 7 BODY[] {10}",               10, "rest of a mail|)|A004 OK done",         false },
	{ "text that looks like the end","* 1 FETCH (UID 7 BODY[] {10}",               10, "|A004 OK done|rest)|A004 OK done",      false },
	{ "text behind the close",       "* 1 FETCH (UID 7 BODY[] {10}",               10, ")|rest of a mail|A004 OK done",         false },
	{ "text behind the end",         "* 1 FETCH (UID 7 BODY[] {10}",               10, ")|A004 OK FETCH completed|more",        false },
	{ "NO behind",                   "* 1 FETCH (UID 7 BODY[] {10}",               10, ")|A004 NO sorry",                       false },
	{ "no end",                      "* 1 FETCH (UID 7 BODY[] {10}",               10, ")",                                     false },
	{ "no literal",                  "A004 OK done",                               0,  "",                                      false },
};
static void frame_lines(struct imap_frame *f, const char *text)
{
	while (*text != '\0') {
		const size_t len = strcspn(text, "|");

		imap_frame_line(f, text, len);
		text += len + (text[len] == '|');
	}
}
TEST(imap_frame_knows_a_whole_literal)
{
	for (size_t i = 0; i < COUNT_OF(frames); i++) {
		struct imap_frame f;

		test_row(frames[i].row);
		imap_frame_init(&f, 7);
		frame_lines(&f, frames[i].before);
		f.received += frames[i].received;
		frame_lines(&f, frames[i].behind);
		CHECK_INT(imap_frame_is_whole(&f), frames[i].is_whole);
	}
}
