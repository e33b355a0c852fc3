/* test_codec.c - Base64 read in groups gives what was written, and a part of a mail what GMime alone would make of it, broken ends included. */
#include "base/codec.h"

#include <gmime/gmime.h>
#include <string.h>
#include "base/buf.h"
#include "mail/mime.h"
#include "test.h"

#define BYTES_MAX 600

static const struct { const char *row, *text; size_t used; const char *bytes; } groups[] = {
	{ "whole groups", "QUJDREVG", 8, "ABCDEF" },
	{ "line ends between groups", "\r\nQUJD\r\n\nREVG\n", 13, "ABCDEF" },
	{ "a line end within a group", "QUJDRE\nVG", 4, "ABC" },
	{ "padding", "QUJDRA==", 4, "ABC" },
	{ "padding of one", "QUJDREU=", 4, "ABC" },
	{ "a space", "QUJD REVG", 4, "ABC" },
	{ "symbols of another alphabet", "QUJD-_-_", 4, "ABC" },
	{ "less than a group", "QUJ", 0, "" },
	{ "nothing", "", 0, "" },
};
TEST(groups_are_read_as_far_as_they_are_whole)
{
	for (size_t i = 0; i < COUNT_OF(groups); i++) {
		unsigned char bytes[64];
		size_t used = 99;
		const size_t len = base64_groups(groups[i].text, strlen(groups[i].text), bytes, &used);

		test_row(groups[i].row);
		CHECK_INT(len, strlen(groups[i].bytes));
		CHECK_INT(used, groups[i].used);
		CHECK(memcmp(bytes, groups[i].bytes, len) == 0);
	}
}

/* GMime from the first byte to the last. */
static size_t by_gmime(const char *text, size_t len, char *room)
{
	GMimeEncoding state;

	g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_BASE64);
	return g_mime_encoding_step(&state, text, len, room);
}

/* as: what GMime reads the same from, NULL: the end itself; it loses the last bytes where the padding is missing. */
static const struct { const char *end, *as; } ends[] = {
	{ "", NULL }, { "=", NULL }, { "==", NULL }, { "A=", NULL }, { "AB=", NULL }, { "AB==", NULL }, { "ABC=", NULL }, { "ABCD=", NULL }, { "ABCD==", NULL }, { "\n=", NULL },
	{ "!!\n--\n==", NULL }, { "AB", "AB==" }, { "ABC", "ABC=" }, { "A", NULL }, { "ABCD\r\n", NULL }, { " ", NULL }, { "=\n=\n", NULL },
};
TEST(a_part_is_decoded_as_gmime_would_whatever_its_end)
{
	unsigned char bytes[BYTES_MAX];
	char text[BYTES_MAX * 2], whole[BYTES_MAX * 2], room[BYTES_MAX * 2];

	for (size_t i = 0; i < sizeof(bytes); i++) bytes[i] = (unsigned char)(i * 131 + i / 7);
	for (size_t len = 0; len < sizeof(bytes); len += 27)
		for (size_t i = 0; i < COUNT_OF(ends); i++) {
			struct buf out = BUF_INIT(sizeof(room));

			(void)snprintf(whole, sizeof(whole), "%s%s", base64_encode(bytes, len, text), ends[i].as != NULL ? ends[i].as : ends[i].end);
			const size_t want = by_gmime(whole, strlen(whole), room);

			(void)snprintf(whole, sizeof(whole), "%s%s", text, ends[i].end);
			const struct mime_part part = { .encoding = MIME_BASE64, .body = whole, .body_len = strlen(whole) };

			test_row(ends[i].end);
			CHECK(mime_decode(&out, &part));
			CHECK_INT(out.len, want);
			CHECK(want == 0 || memcmp(out.data, room, want) == 0);
			buf_release(&out);
		}
}
