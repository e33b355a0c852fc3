/* header.c - header values: encoded words, parameters, tokens and ids. Addresses are in address.c, dates in date.c. */
#include "mail/header.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <gmime/gmime.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/mime.h"
#include "text/text.h"

/* ---- encoded words ---- */

/* One "=?charset?B?text?=" found in a value. */
struct word { const char *charset, *text; size_t charset_len, text_len, whole; bool is_base64, is_cut; };

/* Reads the encoded word at in; false when it is none. Forgiving: spaces within, a missing end at the end of the value. last_end: of the value. */
static bool read_word(const char *in, size_t len, const char *last_end, struct word *word_r)
{
	const char *q1, *q2, *end;

	if (len < 7 || in[0] != '=' || in[1] != '?') return false;
	q1 = memchr(in + 2, '?', len - 2 < 64 ? len - 2 : 64);
	if (q1 == NULL || q1 == in + 2 || (size_t)(q1 - in) + 3 >= len || q1[2] != '?') return false;
	word_r->is_base64 = q1[1] == 'b' || q1[1] == 'B';
	if (!word_r->is_base64 && q1[1] != 'q' && q1[1] != 'Q') return false;
	q2 = q1 + 2;
	end = last_end > q2 ? memmem(q2 + 1, len - (size_t)(q2 + 1 - in), "?=", 2) : NULL;
	/* "=?utf-8?Q?=E4..." begins with "?=": that is not the end */
	if (end == q2 + 1 && !word_r->is_base64) {
		const char *later = memmem(q2 + 2, len - (size_t)(q2 + 2 - in), "?=", 2);

		if (later != NULL && memchr(q2 + 2, ' ', (size_t)(later - q2 - 2)) == NULL) end = later;
	}
	*word_r = (struct word){ .charset = in + 2, .charset_len = (size_t)(q1 - in) - 2, .text = q2 + 1, .is_base64 = word_r->is_base64 };
	word_r->text_len = end != NULL ? (size_t)(end - word_r->text) : len - (size_t)(word_r->text - in);
	word_r->is_cut = end == NULL;
	word_r->whole = end != NULL ? (size_t)(end + 2 - in) : len;
	return end != NULL || memchr(word_r->text, ' ', word_r->text_len) == NULL;
}

/* Octets of encoded words of one charset, waiting to be decoded together: senders cut characters in two between words. */
struct octets { struct buf bytes; const char *charset; size_t charset_len; int state; guint32 save; bool is_open, is_cut; };

static void add_base64(struct octets *o, const char *text, size_t len)
{
	char *room = buf_reserve(&o->bytes, len + 8);

	if (room == NULL) return;
	o->bytes.len += g_mime_encoding_base64_decode_step((const unsigned char *)text, len, (unsigned char *)room, &o->state, &o->save);
	o->bytes.data[o->bytes.len] = '\0';
	if (memchr(text, '=', len) != NULL) { o->state = 0; o->save = 0; }
}

/* The padding that the last word lacks, if it was not cut off. The low byte of the decoder's state counts the symbols that wait for a whole group. */
static void end_base64(struct octets *o)
{
	const int waiting = o->state & 0xFF;

	if (o->is_cut) return;
	if (waiting == 2 || waiting == 3) add_base64(o, "==", (size_t)(4 - waiting));
}

static bool flush_octets(struct buf *out, struct octets *o)
{
	char label[64];
	bool is_replaced = false;

	if (!o->is_open) return false;
	const size_t len = o->charset_len < sizeof(label) - 1 ? o->charset_len : sizeof(label) - 1;

	end_base64(o);
	memcpy(label, o->charset, len);
	label[len] = '\0';
	is_replaced = text_from_charset(out, buf_str(&o->bytes), o->bytes.len, label, NULL);
	buf_clear(&o->bytes);
	o->is_open = false;
	o->state = 0;
	o->save = 0;
	return is_replaced;
}

static int hex_of(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

static void add_quoted(struct octets *o, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '=' && i + 2 < len && hex_of(text[i + 1]) >= 0 && hex_of(text[i + 2]) >= 0) {
			buf_char(&o->bytes, (char)(hex_of(text[i + 1]) << 4 | hex_of(text[i + 2])));
			i += 2;
		} else {
			buf_char(&o->bytes, text[i] == '_' ? ' ' : text[i]);
		}
	}
}

static bool add_word(struct buf *out, struct octets *o, const struct word *word)
{
	bool is_replaced = false;

	if (o->is_open && (o->charset_len != word->charset_len || strncasecmp(o->charset, word->charset, word->charset_len) != 0))
		is_replaced = flush_octets(out, o);
	o->is_open = true;
	o->is_cut = word->is_cut;
	o->charset = word->charset;
	o->charset_len = word->charset_len;
	if (word->is_base64) add_base64(o, word->text, word->text_len);
	else { o->state = 0; o->save = 0; add_quoted(o, word->text, word->text_len); }
	return is_replaced;
}

void header_unfold(struct buf *line, const char *raw, size_t len)
{
	for (size_t at = 0; at < len;) {
		const char *end = memchr(raw + at, '\n', len - at);
		size_t stop = end != NULL ? (size_t)(end - raw) : len;
		const size_t next = end != NULL ? stop + 1 : len;

		if (stop > at && raw[stop - 1] == '\r') stop--;
		buf_add(line, raw + at, stop - at);
		at = next;
	}
}

static bool put_raw(struct buf *out, const char *raw, size_t len, const char *fallback)
{
	return len > 0 && text_from_charset(out, raw, len, NULL, fallback);
}

/* Where the last "?=" stands; the beginning when there is none. */
static const char *last_end(const char *line, size_t len)
{
	const char *at = len > 1 ? memrchr(line, '?', len - 1) : NULL;

	while (at != NULL && at[1] != '=') at = memrchr(line, '?', (size_t)(at - line));
	return at != NULL ? at : line;
}

/* Decodes one unfolded line. White space between two encoded words is not part of the text. */
static bool decode_line(struct buf *out, const char *line, size_t len, const char *fallback)
{
	struct octets octets = { .bytes = BUF_INIT(HEADER_TEXT_MAX * 2) };
	const char *const end = last_end(line, len);
	size_t plain = 0;                       /* start of text not written yet */
	bool is_replaced = false;

	for (size_t at = 0; at < len;) {
		struct word word = { 0 };

		if (line[at] != '=' || !read_word(line + at, len - at, end, &word)) { at++; continue; }
		if (!octets.is_open || strspn(line + plain, " \t") < at - plain) {
			is_replaced |= flush_octets(out, &octets);
			is_replaced |= put_raw(out, line + plain, at - plain, fallback);
		}
		is_replaced |= add_word(out, &octets, &word);
		at += word.whole;
		plain = at;
	}
	is_replaced |= flush_octets(out, &octets);
	is_replaced |= put_raw(out, line + plain, len - plain, fallback);
	buf_release(&octets.bytes);
	return is_replaced;
}

bool header_text(struct buf *out, const char *raw, size_t len, const char *fallback)
{
	struct buf line = BUF_INIT(HEADER_TEXT_MAX + 16), decoded = BUF_INIT(HEADER_TEXT_MAX * 4);
	bool is_replaced;
	size_t start = 0, end;

	header_unfold(&line, raw, len);
	is_replaced = decode_line(&decoded, buf_str(&line), line.len, fallback);
	end = decoded.len;
	while (start < end && isspace((unsigned char)decoded.data[start])) start++;
	while (end > start && isspace((unsigned char)decoded.data[end - 1])) end--;
	utf8_clean(out, buf_str(&decoded) + start, end - start, true);
	buf_release(&decoded);
	buf_release(&line);
	return is_replaced;
}

/* ---- parameters ---- */

struct parameter { const char *name; size_t name_len; struct buf value; bool was_quoted; };

/* Reads a quoted string or a bare value at at; advances. */
static size_t read_value(const char *raw, size_t len, size_t at, struct parameter *p)
{
	if (at < len && raw[at] == '"') {
		p->was_quoted = true;
		for (at++; at < len && raw[at] != '"'; at++) {
			if (raw[at] == '\\' && at + 1 < len && (raw[at + 1] == '"' || raw[at + 1] == '\\')) at++;
			if (raw[at] != '\r' && raw[at] != '\n') buf_char(&p->value, raw[at]);
		}
		while (at < len && raw[at] != ';') at++;
		return at;
	}
	while (at < len && raw[at] != ';') {
		if (raw[at] != '\r' && raw[at] != '\n') buf_char(&p->value, raw[at]);
		at++;
	}
	while (p->value.len > 0 && isspace((unsigned char)p->value.data[p->value.len - 1])) p->value.data[--p->value.len] = '\0';
	return at;
}

/* Splits "x; a=b; c*0*=d" into at most MIME_PARAMETERS_MAX parameters. */
static size_t read_parameters(const char *raw, size_t len, struct parameter *list, size_t room)
{
	const char *semicolon = memchr(raw, ';', len);
	size_t at = semicolon != NULL ? (size_t)(semicolon - raw) : len, count = 0;

	while (at < len && count < room) {
		struct parameter p = { .value = BUF_INIT(HEADER_TEXT_MAX) };
		size_t start;

		while (at < len && (raw[at] == ';' || isspace((unsigned char)raw[at]))) at++;
		start = at;
		while (at < len && raw[at] != '=' && raw[at] != ';') at++;
		p.name = raw + start;
		p.name_len = at - start;
		while (p.name_len > 0 && isspace((unsigned char)p.name[p.name_len - 1])) p.name_len--;
		if (at >= len || raw[at] == ';') continue;
		at++;
		while (at < len && isspace((unsigned char)raw[at])) at++;
		at = read_value(raw, len, at, &p);
		list[count++] = p;
	}
	return count;
}

static void add_percent(struct buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '%' && i + 2 < len && hex_of(text[i + 1]) >= 0 && hex_of(text[i + 2]) >= 0) {
			buf_char(out, (char)(hex_of(text[i + 1]) << 4 | hex_of(text[i + 2])));
			i += 2;
		} else {
			buf_char(out, text[i]);
		}
	}
}

/* The number that digits are, -1 for anything else. */
static int decimal(const char *digits)
{
	int number = *digits != '\0' ? 0 : -1;

	for (; *digits != '\0' && number >= 0; digits++) number = *digits >= '0' && *digits <= '9' && number < 1000 ? number * 10 + *digits - '0' : -1;
	return number;
}

/* name, name*, name*0, name*0* (also name*00): whether p is piece number of name, and whether it is percent-encoded. */
static bool is_piece(const struct parameter *p, const char *name, int number, bool *is_encoded_r)
{
	const size_t len = strlen(name);
	char tail[16];
	size_t tail_len;

	if (p->name_len < len || strncasecmp(p->name, name, len) != 0) return false;
	tail_len = p->name_len - len;
	if (tail_len >= sizeof(tail)) return false;
	memcpy(tail, p->name + len, tail_len);
	tail[tail_len] = '\0';
	*is_encoded_r = tail_len > 0 && tail[tail_len - 1] == '*';
	if (*is_encoded_r) tail[tail_len - 1] = '\0';
	if (number < 0) return tail[0] == '\0';
	return tail[0] == '*' && decimal(tail + 1) == number;
}

/* charset'language'text of RFC 2231: cuts the first two off. */
static const char *split_charset(const char *value, char charset_r[64])
{
	const char *first = strchr(value, '\''), *second = first != NULL ? strchr(first + 1, '\'') : NULL;
	size_t len;

	charset_r[0] = '\0';
	if (second == NULL) return value;
	len = (size_t)(first - value);
	if (len > 0 && len < 64) {
		memcpy(charset_r, value, len);
		charset_r[len] = '\0';
	}
	return second + 1;
}

/* All numbered pieces in order, whatever order they came in. */
static bool join_pieces(struct buf *out, const struct parameter *list, size_t count, const char *name, const char *fallback)
{
	struct buf octets = BUF_INIT(HEADER_TEXT_MAX);
	char charset[64] = "";
	bool is_encoded = false, is_found = true, was_encoded = false;
	int number = 0;

	for (; is_found; number++) {
		is_found = false;
		for (size_t i = 0; i < count && !is_found; i++) {
			const char *value;

			if (!is_piece(&list[i], name, number, &is_encoded)) continue;
			is_found = true;
			value = buf_str(&list[i].value);
			if (is_encoded && number == 0) value = split_charset(value, charset);
			if (is_encoded) add_percent(&octets, value, strlen(value));
			else buf_text(&octets, value);
			was_encoded |= is_encoded;
		}
	}
	if (number > 1 && was_encoded) {
		struct buf text = BUF_INIT(HEADER_TEXT_MAX * 4);

		text_from_charset(&text, buf_str(&octets), octets.len, charset[0] != '\0' ? charset : NULL, fallback);
		utf8_clean(out, buf_str(&text), text.len, true);
		buf_release(&text);
	} else if (number > 1) {
		header_text(out, buf_str(&octets), octets.len, fallback);
	}
	buf_release(&octets);
	return number > 1;
}

static bool single(struct buf *out, const struct parameter *list, size_t count, const char *name, bool want_encoded, const char *fallback)
{
	for (size_t i = 0; i < count; i++) {
		bool is_encoded = false;
		char charset[64];

		if (!is_piece(&list[i], name, -1, &is_encoded) || is_encoded != want_encoded) continue;
		if (!is_encoded) {
			header_text(out, buf_str(&list[i].value), list[i].value.len, fallback);
			return true;
		}
		struct buf octets = BUF_INIT(HEADER_TEXT_MAX), text = BUF_INIT(HEADER_TEXT_MAX * 4);
		const char *value = split_charset(buf_str(&list[i].value), charset);

		add_percent(&octets, value, strlen(value));
		text_from_charset(&text, buf_str(&octets), octets.len, charset[0] != '\0' ? charset : NULL, fallback);
		utf8_clean(out, buf_str(&text), text.len, true);
		buf_release(&octets);
		buf_release(&text);
		return true;
	}
	return false;
}

bool header_parameter(struct buf *out, const char *raw, size_t len, const char *name, const char *fallback)
{
	struct parameter *list = mem_grow(NULL, MIME_PARAMETERS_MAX, sizeof(*list));
	const size_t count = read_parameters(raw, len, list, MIME_PARAMETERS_MAX);
	const bool is_found = single(out, list, count, name, true, fallback) || join_pieces(out, list, count, name, fallback)
	                      || single(out, list, count, name, false, fallback);

	for (size_t i = 0; i < count; i++) buf_release(&list[i].value);
	free(list);
	return is_found;
}

/* ---- tokens, ids, dates ---- */

void header_token(const char *raw, size_t len, char *token_r, size_t room)
{
	size_t out = 0;
	int comments = 0;

	for (size_t i = 0; i < len; i++) {
		const char c = raw[i];

		if (c == '(') { comments++; continue; }
		if (c == ')' && comments > 0) { comments--; continue; }
		if (comments > 0 || c == '"' || c == '\r' || c == '\n') continue;
		if (c == ' ' || c == '\t' || c == ';' || c == ',') {
			if (out > 0) break;
			if (c == ';') break;
			continue;
		}
		if (out + 1 < room) token_r[out++] = (char)tolower((unsigned char)c);
	}
	token_r[out] = '\0';
}

bool header_has_word(const char *raw, size_t len, const char *word)
{
	const size_t want = strlen(word);

	for (size_t at = 0; at < len;) {
		size_t end;

		while (at < len && strchr(" \t\r\n,;\"", raw[at]) != NULL) at++;
		for (end = at; end < len && strchr(" \t\r\n,;\"", raw[end]) == NULL; end++) continue;
		if (end - at == want && strncasecmp(raw + at, word, want) == 0) return true;
		at = end;
	}
	return false;
}

bool header_next_id(const char *raw, size_t len, size_t *at, const char **id_r, size_t *id_len_r)
{
	while (*at < len) {
		const char *open = memchr(raw + *at, '<', len - *at), *close;

		if (open == NULL) break;
		close = memchr(open, '>', len - (size_t)(open - raw));
		if (close == NULL) break;
		*at = (size_t)(close - raw) + 1;
		for (const char *again = memchr(open + 1, '<', (size_t)(close - open - 1)); again != NULL; again = memchr(open + 1, '<', (size_t)(close - open - 1)))
			open = again;
		*id_r = open + 1;
		*id_len_r = (size_t)(close - open) - 1;
		if (*id_len_r > 0 && *id_len_r < 999) return true;
	}
	return false;
}

/* An id as clean text: white space of folding inside it goes, bad bytes make it malformed. */
static char *clean_id(const char *id, size_t len)
{
	char *copy = mem_copy(id, len);
	size_t out = 0;

	for (size_t i = 0; i < len; i++)
		if ((unsigned char)copy[i] > 0x20 && (unsigned char)copy[i] != 0x7F) copy[out++] = copy[i];
	copy[out] = '\0';
	if (out == 0 || !utf8_valid(copy, out)) mem_free(&copy);
	return copy;
}

char *header_message_id(const char *raw, size_t len)
{
	const char *id;
	size_t at = 0, id_len;

	if (header_next_id(raw, len, &at, &id, &id_len)) return clean_id(id, id_len);
	while (len > 0 && isspace((unsigned char)*raw)) { raw++; len--; }
	while (len > 0 && isspace((unsigned char)raw[len - 1])) len--;
	if (len == 0 || len > 998 || memchr(raw, '@', len) == NULL || memchr(raw, ' ', len) != NULL || memchr(raw, '<', len) != NULL) return NULL;
	return clean_id(raw, len);
}
