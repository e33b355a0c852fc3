/* imap_text.c - pieces of IMAP text, see imap_text.h. Nothing here allocates by what a server says. */
#include "net/imap_text.h"

#include <string.h>
#include <strings.h>
#include "base/utf8.h"

/* ---- writing ---- */

static const char base64_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* A run of characters outside ASCII: UTF-16BE in base64 without padding, between '&' and '-'. */
struct shift { uint32_t bits; unsigned count; bool is_on; };

static void shift_unit(struct buf *b, struct shift *s, uint32_t unit)
{
	if (!s->is_on) buf_char(b, '&');
	s->is_on = true;
	s->bits = (s->bits << 16) | unit;
	for (s->count += 16; s->count >= 6; s->count -= 6) buf_char(b, base64_alphabet[(s->bits >> (s->count - 6)) & 63]);
}

static void shift_end(struct buf *b, struct shift *s)
{
	if (!s->is_on) return;
	if (s->count > 0) buf_char(b, base64_alphabet[(s->bits << (6 - s->count)) & 63]);
	buf_char(b, '-');
	*s = (struct shift){ 0 };
}

void imap_name_encode(struct buf *b, const char *utf8)
{
	const size_t len = strlen(utf8);
	struct shift s = { 0 };

	for (size_t at = 0; at < len; ) {
		const int32_t c = utf8_next(utf8, len, &at);

		if (c < 0) continue;
		if (c < 0x80) {
			shift_end(b, &s);
			buf_char(b, (char)c);
			if (c == '&') buf_char(b, '-');
		} else if (c < 0x10000) {
			shift_unit(b, &s, (uint32_t)c);
		} else {
			shift_unit(b, &s, 0xd800 + (((uint32_t)c - 0x10000) >> 10));
			shift_unit(b, &s, 0xdc00 + (((uint32_t)c - 0x10000) & 0x3ff));
		}
	}
	shift_end(b, &s);
}

void imap_quote(struct buf *b, const char *text)
{
	buf_char(b, '"');
	for (; *text != '\0'; text++) {
		if (*text == '"' || *text == '\\') buf_char(b, '\\');
		buf_char(b, *text);
	}
	buf_char(b, '"');
}

void imap_url_encode(struct buf *b, const char *text)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./";

	for (; *text != '\0'; text++) {
		if (strchr(plain, *text) != NULL) buf_char(b, *text);
		else buf_format(b, "%%%02X", (unsigned)(unsigned char)*text);
	}
}

/* ---- reading ---- */

/* The place behind "word " when the line holds it as a word of its own, outside quoted text is not told apart: the lines read
 * here hold none of the sender's text. NULL when absent. */
static const char *behind(const char *line, size_t len, const char *word)
{
	const size_t n = strlen(word);

	for (size_t i = 0; i + n < len; i++) {
		if (strncasecmp(line + i, word, n) != 0 || line[i + n] != ' ') continue;
		if (i == 0 || line[i - 1] == ' ' || line[i - 1] == '(' || line[i - 1] == '[') return line + i + n + 1;
	}
	return NULL;
}

/* Digits at text, at most max; -1 when there are none or the number is larger. */
static int64_t number(const char *text, const char *end, int64_t max)
{
	int64_t n = 0;
	const char *at = text;

	for (; at < end && *at >= '0' && *at <= '9'; at++) {
		if (n > (max - (*at - '0')) / 10) return -1;
		n = n * 10 + (*at - '0');
	}
	return at == text ? -1 : n;
}

static uint32_t read_uid(const char *line, size_t len)
{
	const char *at = behind(line, len, "UID");
	const int64_t n = at != NULL ? number(at, line + len, UINT32_MAX) : -1;

	return n > 0 ? (uint32_t)n : 0;
}

static bool is_fetch(const char *line, size_t len)
{
	size_t i = 2;

	if (len < 10 || line[0] != '*' || line[1] != ' ') return false;
	while (i < len && line[i] >= '0' && line[i] <= '9') i++;
	return i > 2 && len - i > 8 && strncasecmp(line + i, " FETCH (", 8) == 0;
}

bool imap_read_code(const char *line, size_t len, const char *name, uint32_t *n_r)
{
	const char *at;
	int64_t n;

	if (len < 5 || strncasecmp(line, "* OK ", 5) != 0 || (at = behind(line, len, name)) == NULL) return false;
	n = number(at, line + len, UINT32_MAX);
	if (n <= 0) return false;
	*n_r = (uint32_t)n;
	return true;
}

bool imap_read_exists(const char *line, size_t len, uint32_t *n_r)
{
	const int64_t n = len > 2 && line[0] == '*' && line[1] == ' ' ? number(line + 2, line + len, UINT32_MAX) : -1;

	if (n < 0 || len < 9 || strncasecmp(line + len - 7, " EXISTS", 7) != 0) return false;
	*n_r = (uint32_t)n;
	return true;
}

bool imap_is_search(const char *line, size_t len, const char **at_r)
{
	if (len < 8 || strncasecmp(line, "* SEARCH", 8) != 0 || (len > 8 && line[8] != ' ')) return false;
	*at_r = line + 8;
	return true;
}

bool imap_next_number(const char **at, const char *end, uint32_t *n_r)
{
	const char *from = *at;
	int64_t n;

	while (from < end && *from == ' ') from++;
	n = number(from, end, UINT32_MAX);
	if (n <= 0) return false;
	while (from < end && *from >= '0' && *from <= '9') from++;
	if (from < end && *from != ' ') return false;
	*at = from;
	*n_r = (uint32_t)n;
	return true;
}

bool imap_read_literal(const char *line, size_t len, uint32_t *uid_r, int64_t *size_r)
{
	const char *brace;
	int64_t n;

	if (!is_fetch(line, len) || line[len - 1] != '}' || (brace = memrchr(line, '{', len)) == NULL) return false;
	n = number(brace + 1, line + len - 1, INT64_MAX);
	if (n < 0) return false;
	*uid_r = read_uid(line, len);
	*size_r = n;
	return true;
}

bool imap_has_word(const char *line, size_t len, const char *word)
{
	const size_t n = strlen(word);

	for (size_t i = 0; i + n <= len; i++) {
		if (strncasecmp(line + i, word, n) != 0 || (i > 0 && line[i - 1] != ' ' && line[i - 1] != '[')) continue;
		if (i + n == len || line[i + n] == ' ' || line[i + n] == ']') return true;
	}
	return false;
}

/* ---- the frame of one literal ---- */

void imap_frame_init(struct imap_frame *f, uint32_t uid)
{
	*f = (struct imap_frame){ .uid = uid, .declared = -1 };
}

static bool is_tagged(const char *line, size_t len)
{
	return len > 5 && line[0] >= 'A' && line[0] <= 'Z' && number(line + 1, line + 4, 999) >= 0 && line[4] == ' ';
}

/* ")" or " FLAGS (\Seen) UID 7)" */
static bool closes(struct imap_frame *f, const char *line, size_t len)
{
	uint32_t uid;

	if (len == 0 || line[len - 1] != ')' || (line[0] != ')' && line[0] != ' ')) return false;
	if (line[0] == ')' && len != 1) return false;
	uid = read_uid(line, len);
	return uid == 0 || uid == f->uid;
}

void imap_frame_line(struct imap_frame *f, const char *line, size_t len)
{
	uint32_t uid = 0;

	if (f->declared < 0) {
		if (imap_read_literal(line, len, &uid, &f->declared) && uid != 0 && uid != f->uid) f->is_foul = true;
	} else if (f->received != f->declared) {
		f->is_foul = true;
	} else if (!f->is_closed) {
		f->is_closed = closes(f, line, len);
		f->is_foul |= !f->is_closed;
	} else if (is_tagged(line, len) && !f->is_done) {
		f->is_done = len > 8 && strncasecmp(line + 5, "OK ", 3) == 0;
	} else if (f->is_done || len < 2 || line[0] != '*' || line[1] != ' ') {
		f->is_foul = true;
	}
}

bool imap_frame_is_whole(const struct imap_frame *f)
{
	return !f->is_foul && f->declared >= 0 && f->received == f->declared && f->is_closed && f->is_done;
}
