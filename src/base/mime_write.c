/* mime_write.c - the only writer of mail bytes. See mime_write.h. */
#include "base/mime_write.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/codec.h"
#include "base/mem.h"
#include "base/utf8.h"

#define FOLD_AT 76                      /* columns after which a header goes on in the next line */
#define WORD_BYTES 39                   /* bytes in one encoded word: =?UTF-8?B? + 52 + ?= stays below 75 columns (RFC 2047 section 2), with the name before it */
#define BASE64_LINE_BYTES 57            /* 76 characters */

/* ---- what is allowed ------------------------------------------------------------------------------------------------ */

static bool is_atext(unsigned char c)
{
	return c > 0x20 && c < 0x7f && strchr("()<>[]:;@\\,\"", c) == NULL;
}

static bool domain_ok(const char *domain)
{
	const size_t len = strlen(domain);

	if (len == 0 || len > 253 || domain[0] == '.' || domain[0] == '-' || domain[len - 1] == '.' || domain[len - 1] == '-') return false;
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)domain[i];
		const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

		if (!is_letter && c != '-' && c != '.' && c != '_') return false;
		if (c == '.' && domain[i + 1] == '.') return false;
	}
	return true;
}

bool mime_address_ok(const char *address)
{
	const char *at;

	if (address == NULL || strlen(address) > MIME_ADDRESS_MAX) return false;
	at = strchr(address, '@');
	if (at == NULL || at == address || at - address > 64) return false;
	for (const char *p = address; p < at; p++)
		if (!is_atext((unsigned char)*p)) return false;
	return domain_ok(at + 1);
}

bool mime_id_ok(const char *id)
{
	const char *at = id != NULL ? strchr(id, '@') : NULL;

	if (at == NULL || at == id || at[1] == '\0' || strchr(at + 1, '@') != NULL || strlen(id) > MIME_ID_MAX) return false;
	for (const char *p = id; *p != '\0'; p++)
		if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7f || *p == '<' || *p == '>') return false;
	return true;
}

static bool name_ok(const char *name)
{
	if (*name == '\0') return false;
	for (const char *p = name; *p != '\0'; p++)
		if ((unsigned char)*p <= 0x20 || (unsigned char)*p >= 0x7f || *p == ':') return false;
	return true;
}

/* Characters that end a line or turn its direction for some reader, besides the ASCII controls. */
static bool is_harmful(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029 || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0xfeff;
}

static bool text_ok(const char *text)
{
	const size_t len = strlen(text);

	for (size_t at = 0; at < len; )
		if (is_harmful(utf8_next(text, len, &at))) return false;        /* a bad byte is -1 */
	return true;
}

/* ---- headers --------------------------------------------------------------------------------------------------------- */

/* Appends "Name: value", going on in the next line at spaces. Visible ASCII and spaces only. */
static bool put_folded(struct buf *b, const char *name, const char *value)
{
	size_t column = strlen(name) + 1;

	if (!buf_text(b, name) || !buf_char(b, ':')) return false;
	while (*value != '\0') {
		const size_t word = strcspn(value, " ");

		if (word == 0) {
			value++;                                        /* several spaces count as one */
			continue;
		}
		if (column + 1 + word > FOLD_AT && column > strlen(name) + 1) {
			buf_text(b, "\r\n");
			column = 0;
		}
		if (column + 1 + word > MIME_LINE_MAX) return false;
		buf_char(b, ' ');
		if (!buf_add(b, value, word)) return false;
		column += 1 + word;
		value += word;
	}
	return buf_text(b, "\r\n");
}

static enum ik_rc refuse(const char *name, const char *why, struct ik_error *err)
{
	return ik_fail(IK_REJECT, err, "header %.40s: %s", name_ok(name) ? name : "(bad name)", why);
}

enum ik_rc mime_header(struct buf *b, const char *name, const char *value, struct ik_error *err)
{
	const size_t before = b->len;

	if (!name_ok(name)) return refuse(name, "not a header name", err);
	for (const char *p = value; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || (unsigned char)*p >= 0x7f) return refuse(name, "control byte or non-ASCII byte in the value", err);
	if (put_folded(b, name, value)) return IK_OK;
	b->len = before;
	if (b->data != NULL) b->data[before] = '\0';
	return refuse(name, "the value is too long", err);
}

/* Whether text may stand in a header without encoding. */
static bool is_plain_value(const char *text)
{
	size_t run = 0;

	if (text[0] == ' ' || strstr(text, "=?") != NULL || strstr(text, "  ") != NULL) return false;
	for (const char *p = text; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || (unsigned char)*p >= 0x7f) return false;
		run = *p == ' ' ? 0 : run + 1;
		if (run > FOLD_AT) return false;
	}
	return text[0] == '\0' || text[strlen(text) - 1] != ' ';
}

/* Encoded words, separated by spaces where the header may be folded. */
static void encode_words(struct buf *b, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		char word[4 * ((WORD_BYTES + 2) / 3) + 1];
		size_t take = utf8_cut(text, left, WORD_BYTES);

		if (take == 0) take = 1;                                /* cannot happen with checked text; never stand still */
		buf_format(b, "%s=?UTF-8?B?%s?=", b->len > 0 ? " " : "", base64_encode(text, take, word));
		text += take;
		left -= take;
	}
}

enum ik_rc mime_header_text(struct buf *b, const char *name, const char *text, struct ik_error *err)
{
	struct buf words = BUF_INIT(8 * 1024);
	enum ik_rc rc;

	if (!text_ok(text)) return refuse(name, "control character in the text", err);
	if (is_plain_value(text)) return mime_header(b, name, text, err);
	encode_words(&words, text);
	rc = words.is_full ? refuse(name, "the text is too long", err) : mime_header(b, name, buf_str(&words), err);
	buf_release(&words);
	return rc;
}

static void put_display(struct buf *b, const char *display)
{
	struct buf words = BUF_INIT(2 * 1024);

	if (is_plain_value(display) && strpbrk(display, "\\\"") == NULL) {
		buf_format(b, "\"%s\" ", display);
	} else {
		encode_words(&words, display);
		buf_format(b, "%s ", buf_str(&words));
	}
	buf_release(&words);
}

enum ik_rc mime_header_mailbox(struct buf *b, const char *name, const char *display, const char *address, struct ik_error *err)
{
	struct buf value = BUF_INIT(4 * 1024);
	enum ik_rc rc;

	if (!mime_address_ok(address)) return refuse(name, "not a plain mail address", err);
	if (display != NULL && !text_ok(display)) return refuse(name, "control character in the name", err);
	if (display != NULL && *display != '\0') {
		put_display(&value, display);
		buf_format(&value, "<%s>", address);
	} else {
		buf_text(&value, address);
	}
	rc = value.is_full ? refuse(name, "the name is too long", err) : mime_header(b, name, buf_str(&value), err);
	buf_release(&value);
	return rc;
}

enum ik_rc mime_header_ids(struct buf *b, const char *name, const char *const *ids, size_t count, struct ik_error *err)
{
	struct buf value = BUF_INIT(MIME_REFERENCES_MAX * (MIME_ID_MAX + 3));
	size_t good = 0, seen = 0;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; i < count; i++) good += mime_id_ok(ids[i]);
	for (size_t i = 0; i < count; i++) {
		if (!mime_id_ok(ids[i])) continue;
		seen++;
		if (good > MIME_REFERENCES_MAX && seen > 1 && seen <= good - (MIME_REFERENCES_MAX - 1)) continue;
		buf_format(&value, "%s<%s>", value.len > 0 ? " " : "", ids[i]);
	}
	if (value.len > 0) rc = mime_header(b, name, buf_str(&value), err);
	buf_release(&value);
	return rc;
}

enum ik_rc mime_header_date(struct buf *b, int64_t at, struct ik_error *err)
{
	static const char days[7][4] = { "Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat" };
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const time_t when = (time_t)at;
	struct tm tm = { 0 };
	char text[64];

	(void)gmtime_r(&when, &tm);
	(void)snprintf(text, sizeof(text), "%s, %d %s %d %02d:%02d:%02d +0000", days[tm.tm_wday % 7], tm.tm_mday, months[tm.tm_mon % 12],
	               tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
	return mime_header(b, "Date", text, err);
}

/* ---- bodies ---------------------------------------------------------------------------------------------------------- */

void mime_base64(struct buf *b, const void *data, size_t len)
{
	const unsigned char *p = data;

	while (len > 0) {
		const size_t take = len < BASE64_LINE_BYTES ? len : BASE64_LINE_BYTES;
		char *room = buf_reserve(b, 79);

		if (room == NULL) return;
		(void)base64_encode(p, take, room);
		b->len += strlen(room);
		buf_text(b, "\r\n");
		p += take;
		len -= take;
	}
}

/* One byte of quoted-printable text. Leading dots and a "From " are encoded too, so that no carrier has to touch the line. */
static void put_quoted(struct buf *b, unsigned char c, bool is_first, bool is_last, size_t *column)
{
	const bool is_plain = c > 0x20 && c < 0x7f && c != '=' && !(is_first && (c == '.' || c == 'F'));

	if (*column >= 73) {
		buf_text(b, "=\r\n");
		*column = 0;
	}
	if (is_plain || ((c == ' ' || c == '\t') && !is_last)) {
		buf_char(b, (char)c);
		*column += 1;
	} else {
		buf_format(b, "=%02X", (unsigned)c);
		*column += 3;
	}
}

static void put_quoted_text(struct buf *b, const char *text, size_t len)
{
	size_t column = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\n') {
			buf_text(b, "\r\n");
			column = 0;
		} else {
			put_quoted(b, (unsigned char)text[i], column == 0, i + 1 == len || text[i + 1] == '\n', &column);
		}
	}
	if (len == 0 || text[len - 1] != '\n') buf_text(b, "\r\n");
}

/* Base64 of the text with CRLF line ends, as MIME's canonical form wants it. */
static void put_base64_text(struct buf *b, const char *text, size_t len)
{
	struct buf lines = BUF_INIT(2 * len + 2);

	for (size_t i = 0; i < len; i++)
		if (text[i] == '\n') buf_text(&lines, "\r\n");
		else buf_char(&lines, text[i]);
	mime_base64(b, buf_str(&lines), lines.len);
	buf_release(&lines);
}

void mime_plain_text(struct buf *b, const char *text)
{
	struct buf clean = BUF_INIT(4 * strlen(text) + 16);
	size_t high = 0;

	(void)utf8_clean(&clean, text, strlen(text), false);
	for (size_t i = 0; i < clean.len; i++) high += (unsigned char)clean.data[i] >= 0x80;
	buf_text(b, "Content-Type: text/plain; charset=UTF-8\r\n");
	if (high * 6 > clean.len) {
		buf_text(b, "Content-Transfer-Encoding: base64\r\n\r\n");
		put_base64_text(b, buf_str(&clean), clean.len);
	} else {
		buf_text(b, "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
		put_quoted_text(b, buf_str(&clean), clean.len);
	}
	buf_release(&clean);
}

void mime_clean_line(struct buf *b, const char *text, size_t max)
{
	struct buf line = BUF_INIT(4 * strlen(text) + 16);
	size_t end = 0;

	(void)utf8_clean(&line, text, strlen(text), true);
	for (size_t at = 0; at < line.len; ) {
		const size_t from = at;
		const int32_t c = utf8_next(line.data, line.len, &at);

		if (c < 0 || is_harmful(c)) continue;
		if (end + (at - from) > max) break;
		buf_add(b, line.data + from, at - from);
		end += at - from;
	}
	buf_release(&line);
}

/* ---- the last check ---------------------------------------------------------------------------------------------------- */

/* The length of the line at p without its CRLF, or -1 when it is no clean line. */
static long clean_line(const unsigned char *p, size_t left)
{
	for (size_t i = 0; i < left; i++) {
		if (p[i] == '\r') return i + 1 < left && p[i + 1] == '\n' && i <= MIME_LINE_MAX ? (long)i : -1;
		if (p[i] == '\n' || p[i] == '\0' || p[i] >= 0x80) return -1;
	}
	return -1;                                                      /* the end came before CRLF */
}

bool mime_is_plain(const void *data, size_t size)
{
	const unsigned char *p = data;

	for (size_t at = 0; at < size; ) {
		const long len = clean_line(p + at, size - at);

		if (len < 0) return false;
		at += (size_t)len + 2;
	}
	return true;
}

/* A header line is "Name:..." or goes on after white space; no controls but TAB. */
static bool header_line_ok(const unsigned char *line, size_t len, bool is_first)
{
	size_t name = 0;
	bool is_blank = true;

	for (size_t i = 0; i < len; i++) {
		if ((line[i] < 0x20 && line[i] != '\t') || line[i] >= 0x7f) return false;
		if (line[i] != ' ' && line[i] != '\t') is_blank = false;
	}
	if (is_blank) return false;
	if (line[0] == ' ' || line[0] == '\t') return !is_first;
	while (name < len && line[name] > 0x20 && line[name] != ':') name++;
	return name > 0 && name < len && line[name] == ':';
}

enum ik_rc mime_check(const void *message, size_t size, struct ik_error *err)
{
	const unsigned char *p = message;
	size_t line = 1;

	for (size_t at = 0; at < size; line++) {
		const long len = clean_line(p + at, size - at);

		if (len < 0) return ik_fail(IK_REJECT, err, "mail header line %zu: bare CR or LF, NUL, 8-bit byte, too long or cut off", line);
		if (len == 0) {
			if (line == 1) break;
			if (mime_is_plain(p + at, size - at)) return IK_OK;
			return ik_fail(IK_REJECT, err, "mail body: bare CR or LF, NUL, 8-bit byte or a line longer than %d bytes", MIME_LINE_MAX);
		}
		if (!header_line_ok(p + at, (size_t)len, line == 1)) return ik_fail(IK_REJECT, err, "mail header line %zu is malformed", line);
		at += (size_t)len + 2;
	}
	return ik_fail(IK_REJECT, err, "mail without headers or without the empty line after them");
}
