/* test_imap_text.c - the pieces of IMAP text, and the frame that tells a whole literal from anything else. */
#include "test.h"

#include "net/imap_parse.h"
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

static const struct { const char *row, *line; bool is; size_t count; uint32_t last; } searches[] = {
	{ "usual",              "* SEARCH 3 9 4294967295",      true,  3, 4294967295u },
	{ "nothing",            "* SEARCH",                     true,  0, 0 },
	{ "nothing but spaces", "* SEARCH  ",                   true,  0, 0 },
	{ "lower case",         "* search 3",                   true,  1, 3 },
	{ "with MODSEQ",        "* SEARCH 3 9 (MODSEQ 88)",     true,  2, 9 },
	{ "too large",          "* SEARCH 3 4294967296 5",      true,  1, 3 },
	{ "zero",               "* SEARCH 3 0 5",               true,  1, 3 },
	{ "negative",           "* SEARCH 3 -5",                true,  1, 3 },
	{ "letters",            "* SEARCH 3 5x",                true,  1, 3 },
	{ "another word",       "* SEARCHES 3",                 false, 0, 0 },
	{ "EXISTS",             "* 3 EXISTS",                   false, 0, 0 },
	{ "tagged",             "A003 OK SEARCH 5",             false, 0, 0 },
	{ "empty",              "",                             false, 0, 0 },
};
TEST(imap_search_gives_numbers_and_nothing_else)
{
	for (size_t i = 0; i < COUNT_OF(searches); i++) {
		const char *line = searches[i].line, *at = NULL;
		uint32_t last = 0;
		size_t count = 0;

		test_row(searches[i].row);
		CHECK_INT(imap_is_search(line, strlen(line), &at), searches[i].is);
		while (at != NULL && imap_next_number(&at, line + strlen(line), &last)) count++;
		CHECK_INT(count, searches[i].count);
		CHECK_INT(last, searches[i].last);
	}
}

static const struct { const char *row, *line; bool is; uint32_t n; } exists[] = {
	{ "usual",    "* 23 EXISTS",  true,  23 },
	{ "none",     "* 0 EXISTS",   true,  0 },
	{ "RECENT",   "* 23 RECENT",  false, 0 },
	{ "no count", "* EXISTS",     false, 0 },
};
TEST(imap_read_exists_takes_the_number)
{
	for (size_t i = 0; i < COUNT_OF(exists); i++) {
		uint32_t n = 0;

		test_row(exists[i].row);
		CHECK_INT(imap_read_exists(exists[i].line, strlen(exists[i].line), &n), exists[i].is);
		CHECK_INT(n, exists[i].n);
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

/* ---- the date a server took a mail in ---- */

struct fed { const char *at; };

static enum imap_trouble feed(void *arg, char *data, size_t size, size_t *len_r)
{
	struct fed *f = arg;
	const size_t len = strlen(f->at) < size ? strlen(f->at) : size;

	if (len == 0) return IMAP_END;
	memcpy(data, f->at, len);
	f->at += len;
	*len_r = len;
	return IMAP_FINE;
}

static const struct { const char *row, *item; bool is_read; int64_t came_at; } dates[] = {
	{ "example of RFC 3501",  "INTERNALDATE \"17-Jul-1996 02:44:25 -0700\"", true,  837596665 },
	{ "a day of one digit",   "INTERNALDATE \" 1-Jan-2026 00:00:00 +0800\"", true,  1767196800 },
	{ "before the size",      "INTERNALDATE \"01-Jan-2026 00:00:00 +0000\" RFC822.SIZE 9", true, 1767225600 },
	{ "none",                 "INTERNALDATE NIL",                          true,  0 },
	{ "no date",              "INTERNALDATE \"yesterday\"",                 true,  0 },
	{ "no zone",              "INTERNALDATE \"17-Jul-1996 02:44:25\"",      true,  0 },
	{ "not asked",            "FLAGS ()",                                  true,  0 },
	{ "too long",             "INTERNALDATE \"17-Jul-1996 02:44:25 -0700 and much more than any date is long\"", true, 837596665 },
	{ "a line end inside",    "INTERNALDATE \"17-Jul-1996\r\n\"",           false, 0 },
};
TEST(imap_read_tells_when_a_mail_came)
{
	for (size_t i = 0; i < COUNT_OF(dates); i++) {
		char line[256];
		struct fed fed = { line };
		struct imap_input in;
		struct imap_response r;

		test_row(dates[i].row);
		(void)snprintf(line, sizeof(line), "* 1 FETCH (UID 5 %s)\r\n", dates[i].item);
		imap_input_init(&in, feed, &fed);
		CHECK_INT(imap_read(&in, NULL, &r), dates[i].is_read);
		if (dates[i].is_read) CHECK_INT(r.came_at, dates[i].came_at);
		imap_input_release(&in);
	}
}
