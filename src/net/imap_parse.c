/* imap_parse.c - see imap_parse.h. Every function returns false once in->trouble is set, and then reads nothing more. */
#include "net/imap_parse.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/mem.h"

#define WORD_MAX 64
#define DEPTH_MAX 64

void imap_input_init(struct imap_input *in, imap_recv_fn recv, void *arg)
{
	*in = (struct imap_input){ .recv = recv, .arg = arg };
}

void imap_input_release(struct imap_input *in)
{
	mem_free(&in->data);
	in->at = in->len = 0;
}

void imap_input_rest(struct imap_input *in)
{
	if (in->at == in->len) imap_input_release(in);
}

/* ---- bytes ---- */

static bool foul(struct imap_input *in, const char *why)
{
	if (in->trouble == IMAP_FINE) {
		in->trouble = IMAP_FOUL;
		in->why = why;
	}
	return false;
}

static bool decline(struct imap_input *in)
{
	if (in->trouble == IMAP_FINE) in->trouble = IMAP_DECLINED;
	return false;
}

static bool fill(struct imap_input *in)
{
	if (in->trouble != IMAP_FINE) return false;
	if (in->at < in->len) return true;
	if (in->data == NULL) in->data = mem_new(IMAP_INPUT_SIZE);
	in->at = in->len = 0;
	in->trouble = in->recv(in->arg, in->data, IMAP_INPUT_SIZE, &in->len);
	return in->trouble == IMAP_FINE;
}

/* The next byte, not taken yet; -1 in trouble. */
static int peek(struct imap_input *in)
{
	if (in->left <= 0) (void)foul(in, "a response without end");
	return fill(in) ? (unsigned char)in->data[in->at] : -1;
}

static int next(struct imap_input *in)
{
	const int c = peek(in);

	if (c < 0) return -1;
	in->at++;
	in->left--;
	return c;
}

static bool expect(struct imap_input *in, char c, const char *why)
{
	const int got = next(in);

	return got == (unsigned char)c || (got >= 0 && foul(in, why));
}

static bool line_end(struct imap_input *in)
{
	return expect(in, '\r', "more than a response has") && expect(in, '\n', "CR without LF");
}

static int upper(int c)
{
	return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
}

/* ---- words and numbers ---- */

static bool is_digit(int c)
{
	return c >= '0' && c <= '9';
}

/* Visible ASCII that begins or ends nothing. */
static bool is_word_char(int c)
{
	return c > 0x20 && c < 0x7f && c != '(' && c != ')' && c != '{' && c != '"' && c != '[' && c != ']';
}

/* An atom in capitals, as far as it fits; false when there is none or it is longer. */
static bool word(struct imap_input *in, char text_r[WORD_MAX])
{
	size_t n = 0;

	while (is_word_char(peek(in))) {
		if (n + 1 == WORD_MAX) return foul(in, "a word too long");
		text_r[n++] = (char)upper(next(in));
	}
	text_r[n] = '\0';
	return in->trouble == IMAP_FINE && (n > 0 || foul(in, "a word is missing"));
}

static bool number(struct imap_input *in, int64_t max, int64_t *n_r)
{
	int64_t n = 0;

	if (!is_digit(peek(in))) return foul(in, "a number is missing");
	while (is_digit(peek(in))) {
		const int digit = next(in) - '0';

		if (n > (max - digit) / 10) return foul(in, "a number too large");
		n = n * 10 + digit;
	}
	*n_r = n;
	return in->trouble == IMAP_FINE;
}

static bool uint32(struct imap_input *in, uint32_t *n_r)
{
	int64_t n = 0;

	if (!number(in, UINT32_MAX, &n)) return false;
	*n_r = (uint32_t)n;
	return true;
}

/* ---- values ---- */

/* "{size}" and the line end, the brace being next. */
static bool literal_size(struct imap_input *in, int64_t *size_r)
{
	return expect(in, '{', "a literal is missing") && number(in, INT64_MAX / 2, size_r) && expect(in, '}', "a literal without its brace") &&
	       expect(in, '\r', "a literal without its line end") && expect(in, '\n', "a literal without its line end");
}

static bool skip_literal(struct imap_input *in)
{
	int64_t size = 0;

	if (!literal_size(in, &size)) return false;
	while (size-- > 0)
		if (next(in) < 0) return false;
	return true;
}

static bool skip_quoted(struct imap_input *in)
{
	int c = next(in);

	while ((c = next(in)) >= 0 && c != '"') {
		if (c == '\\') c = next(in);
		if (c == '\r' || c == '\n') return foul(in, "a line end in a quoted text");
	}
	return c == '"';
}

static void skip_word(struct imap_input *in)
{
	while (is_word_char(peek(in)) || peek(in) == '[' || peek(in) == ']') (void)next(in);
}

/* One value: word, number, quoted text, literal, or a list of them. */
static bool skip_value(struct imap_input *in)
{
	int depth = 0;

	do {
		const int c = peek(in);

		switch (c) {
		case '(':
			if (++depth > DEPTH_MAX) return foul(in, "lists too deep");
			(void)next(in);
			break;
		case ')':
			if (--depth < 0) return foul(in, "a list that ends before it begins");
			(void)next(in);
			break;
		case '"': if (!skip_quoted(in)) return false; break;
		case '{': if (!skip_literal(in)) return false; break;
		case ' ': if (depth == 0) return foul(in, "a value is missing"); (void)next(in); break;
		default:
			if (c <= 0x20 || c >= 0x7f) return c >= 0 && foul(in, "an odd character in a value");
			skip_word(in);
		}
	} while (depth > 0 && in->trouble == IMAP_FINE);
	return in->trouble == IMAP_FINE;
}

/* What is of no interest, up to the line end. */
static bool skip_rest(struct imap_input *in)
{
	while (peek(in) >= 0 && peek(in) != '\r') {
		if (peek(in) == ' ') (void)next(in);
		else if (!skip_value(in)) return false;
	}
	return line_end(in);
}

/* ---- status responses ---- */

/* "[CODE 123 ...]" */
static bool status_code(struct imap_input *in, struct imap_response *r)
{
	size_t n = 0;

	(void)next(in);
	while (is_word_char(peek(in))) {
		const int c = next(in);

		if (n + 1 < IMAP_CODE_MAX) r->code[n++] = (char)upper(c);
	}
	r->code[n] = '\0';
	if (peek(in) != ' ') return in->trouble == IMAP_FINE;
	(void)next(in);
	return !is_digit(peek(in)) || uint32(in, &r->code_number);
}

static bool status_text(struct imap_input *in, struct imap_response *r)
{
	size_t n = 0;

	while (peek(in) >= 0 && peek(in) != '\r') {
		const int c = next(in);

		if (c == '\n' || c == 0) return foul(in, "a line end without CR");
		if (n + 1 < IMAP_TEXT_MAX) r->text[n++] = c >= 0x20 && c < 0x7f ? (char)c : '?';
	}
	r->text[n] = '\0';
	return line_end(in);
}

static bool status(struct imap_input *in, struct imap_response *r)
{
	if (peek(in) == ' ') (void)next(in);
	if (peek(in) == '[' && !status_code(in, r)) return false;
	if (r->code[0] != '\0' && peek(in) == ']') {
		(void)next(in);
		if (peek(in) == ' ') (void)next(in);
	}
	return status_text(in, r);
}

/* ---- FETCH ---- */

static bool take_literal(struct imap_input *in, const struct imap_taker *t)
{
	int64_t size = 0;

	if (!literal_size(in, &size)) return false;
	if (!t->begin(t->arg, size)) return decline(in);
	while (size > 0) {
		size_t n;

		if (!fill(in)) return false;
		n = in->len - in->at;
		if ((int64_t)n > size) n = (size_t)size;
		if (!t->body(t->arg, in->data + in->at, n)) return decline(in);
		in->at += n;
		size -= (int64_t)n;
	}
	return true;
}

/* A short body may come as a quoted text; its length is not known before. */
static bool take_quoted(struct imap_input *in, const struct imap_taker *t)
{
	int c = next(in);

	if (!t->begin(t->arg, 0)) return decline(in);
	while ((c = next(in)) >= 0 && c != '"') {
		const char byte = (char)(c == '\\' ? next(in) : c);

		if (byte == '\r' || byte == '\n') return foul(in, "a line end in a quoted text");
		if (in->trouble != IMAP_FINE || !t->body(t->arg, &byte, 1)) return decline(in);
	}
	return c == '"';
}

/* BODY[...]<0> and its value; NIL is none. */
static bool fetch_body(struct imap_input *in, const struct imap_taker *t, struct imap_response *r)
{
	char text[WORD_MAX];
	int c;

	while ((c = next(in)) >= 0 && c != ']')
		if (c < 0x20 || c > 0x7e) return foul(in, "an odd character in a section");
	if (peek(in) == '<') while ((c = next(in)) >= 0 && c != '>') continue;
	if (!expect(in, ' ', "a body without its value")) return false;
	if (peek(in) != '{' && peek(in) != '"') return word(in, text) && (strcmp(text, "NIL") == 0 || foul(in, "a body that is none"));
	if (t == NULL || t->begin == NULL || t->body == NULL) return foul(in, "a body that nobody asked for");
	if (r->has_body) return foul(in, "two bodies in one response");
	r->has_body = peek(in) == '{' ? take_literal(in, t) : take_quoted(in, t);
	return r->has_body;
}

/* "17-Jul-1996 02:44:25 -0700" as seconds since 1970; 0 for what is none. */
static int64_t date_of(const char *text)
{
	struct tm tm = { 0 };
	char sign = '+';
	int offset = 0;
	const char *zone = strptime(text, "%d-%b-%Y %H:%M:%S", &tm);

	if (zone == NULL || sscanf(zone, " %c%4d", &sign, &offset) != 2 || (sign != '+' && sign != '-') || offset < 0) return 0;
	offset = (offset / 100 * 60 + offset % 100) * 60;
	return (int64_t)timegm(&tm) - (sign == '-' ? -offset : offset);
}

static bool fetch_date(struct imap_input *in, int64_t *at_r)
{
	char text[32];
	size_t len = 0;
	int c;

	if (peek(in) != '"') return skip_value(in);
	(void)next(in);
	while ((c = next(in)) >= 0 && c != '"') {
		if (c < 0x20 || c > 0x7e) return foul(in, "an odd character in a date");
		if (len + 1 < sizeof(text)) text[len++] = (char)c;
	}
	text[len] = '\0';
	*at_r = date_of(text + strspn(text, " "));
	return c == '"';
}

static bool fetch_item(struct imap_input *in, const struct imap_taker *t, struct imap_response *r)
{
	char name[WORD_MAX];

	if (!word(in, name)) return false;
	if (peek(in) == '[') return strcmp(name, "BODY") == 0 ? fetch_body(in, t, r) : foul(in, "an unknown section");
	if (!expect(in, ' ', "an item without its value")) return false;
	if (strcmp(name, "UID") == 0) return uint32(in, &r->uid) && (r->uid > 0 || foul(in, "UID 0"));
	if (strcmp(name, "RFC822.SIZE") == 0) return number(in, INT64_MAX / 2, &r->size);
	if (strcmp(name, "INTERNALDATE") == 0) return fetch_date(in, &r->came_at);
	return skip_value(in);
}

static bool fetch(struct imap_input *in, const struct imap_taker *t, struct imap_response *r)
{
	if (!expect(in, ' ', "FETCH without its items") || !expect(in, '(', "FETCH without its items")) return false;
	while (peek(in) >= 0 && peek(in) != ')') {
		if (!fetch_item(in, t, r)) return false;
		if (peek(in) == ' ') (void)next(in);
		else if (peek(in) != ')') return foul(in, "what follows an item is none");
	}
	return expect(in, ')', "FETCH without its end") && line_end(in);
}

/* ---- responses ---- */

static bool capabilities(struct imap_input *in, const struct imap_taker *t)
{
	char text[WORD_MAX];

	while (peek(in) == ' ') {
		(void)next(in);
		if (peek(in) == '\r') break;
		if (!word(in, text)) return false;
		if (t != NULL && t->capability != NULL) t->capability(t->arg, text);
	}
	return line_end(in);
}

static bool search(struct imap_input *in, const struct imap_taker *t)
{
	if (t != NULL && t->number != NULL) in->left = IMAP_SEARCH_MAX;
	while (peek(in) == ' ') {
		uint32_t n = 0;

		(void)next(in);
		if (peek(in) == '\r') break;
		if (peek(in) == '(') return skip_rest(in);      /* (MODSEQ n) */
		if (!uint32(in, &n)) return false;
		if (t != NULL && t->number != NULL && n > 0 && !t->number(t->arg, n)) return decline(in);
	}
	return line_end(in);
}

static bool numbered(struct imap_input *in, const struct imap_taker *t, struct imap_response *r)
{
	char text[WORD_MAX];

	if (!uint32(in, &r->number) || !expect(in, ' ', "a number without its word") || !word(in, text)) return false;
	if (strcmp(text, "FETCH") == 0) {
		r->kind = IMAP_FETCH;
		return fetch(in, t, r);
	}
	if (strcmp(text, "EXISTS") == 0) r->kind = IMAP_EXISTS;
	if (strcmp(text, "EXPUNGE") == 0) r->kind = IMAP_EXPUNGE;
	return skip_rest(in);
}

static const struct { const char *word; enum imap_kind kind; } statuses[] = {
	{ "OK", IMAP_OK }, { "NO", IMAP_NO }, { "BAD", IMAP_BAD }, { "BYE", IMAP_BYE }, { "PREAUTH", IMAP_OTHER },
};

static bool named(struct imap_input *in, const struct imap_taker *t, struct imap_response *r)
{
	char text[WORD_MAX];

	if (!word(in, text)) return false;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		if (strcmp(text, statuses[i].word) != 0) continue;
		r->kind = statuses[i].kind;
		return status(in, r);
	}
	if (strcmp(text, "CAPABILITY") == 0) {
		r->kind = IMAP_CAPABILITY;
		return capabilities(in, t);
	}
	if (strcmp(text, "SEARCH") == 0) {
		r->kind = IMAP_SEARCH;
		return search(in, t);
	}
	return skip_rest(in);
}

static bool tagged(struct imap_input *in, struct imap_response *r)
{
	char text[WORD_MAX];

	r->is_tagged = true;
	if (next(in) != 'i') return foul(in, "neither a tag of ours nor a star");
	if (!uint32(in, &r->tag) || !expect(in, ' ', "a tag without its answer") || !word(in, text)) return false;
	for (size_t i = 0; i < 3; i++) {
		if (strcmp(text, statuses[i].word) != 0) continue;
		r->kind = statuses[i].kind;
		return status(in, r);
	}
	return foul(in, "a tag without OK, NO or BAD");
}

bool imap_read(struct imap_input *in, const struct imap_taker *t, struct imap_response *r)
{
	*r = (struct imap_response){ .kind = IMAP_OTHER, .size = -1 };
	in->left = IMAP_RESPONSE_MAX;
	switch (peek(in)) {
	case -1: return false;
	case '*':
		(void)next(in);
		if (!expect(in, ' ', "a star without its response")) return false;
		return is_digit(peek(in)) ? numbered(in, t, r) : named(in, t, r);
	case '+':
		(void)next(in);
		r->kind = IMAP_CONTINUE;
		return status(in, r);
	default:
		return tagged(in, r);
	}
}
