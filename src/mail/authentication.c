/* authentication.c - Authentication-Results: collecting them with their place, reading them, and the verdict.
 *
 * The values hold what senders wrote (local parts, signing domains), quoted by the border server if it is a good one. So results count
 * together: a pass stands only while no other result for DMARC of a trusted id says anything else. */
#include "mail/authentication.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "base/utf8.h"

#define WORD_MAX 256
#define RECEIVED_MARK "Received: by "
#define HOST_UNKNOWN '?'        /* a hop whose host could not be read: it may be the border's own */

const char *const authentication_names[] = { "none", "pass", "fail", NULL };

/* ---- words ------------------------------------------------------------------------------------------------------------- */

/* A place in a text of known end. */
struct reader { const char *at, *end; };

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* White space and comments, which nest. False: a comment has no end. */
static bool skip_gap(struct reader *r)
{
	size_t depth = 0;

	for (; r->at < r->end; r->at++) {
		if (depth > 0 && *r->at == '\\' && r->at + 1 < r->end) r->at++;
		else if (*r->at == '(') depth++;
		else if (depth > 0 && *r->at == ')') depth--;
		else if (depth == 0 && !is_space(*r->at)) break;
	}
	return depth == 0;
}

static bool is_token_byte(char c)
{
	return (unsigned char)c > 0x20 && c != 0x7F && strchr("()<>@,;:\\\"/[]?=", c) == NULL;
}

static bool is_value_byte(char c)
{
	return (unsigned char)c > 0x20 && c != 0x7F && strchr("();\"", c) == NULL;
}

/* "quoted", without its quotes. */
static bool read_quoted(struct reader *r, char word_r[WORD_MAX])
{
	size_t len = 0;

	for (r->at++; r->at < r->end && *r->at != '"'; r->at++) {
		if (*r->at == '\\' && r->at + 1 < r->end) r->at++;
		if (len + 1 >= WORD_MAX) return false;
		word_r[len++] = *r->at;
	}
	if (r->at == r->end) return false;
	r->at++;
	word_r[len] = '\0';
	return true;
}

/* A run of bytes of one kind; false when there is none or it is too long to be anything we know. */
static bool read_run(struct reader *r, bool (*belongs)(char), char word_r[WORD_MAX])
{
	size_t len = 0;

	for (; r->at < r->end && belongs(*r->at); r->at++) {
		if (len + 1 >= WORD_MAX) return false;
		word_r[len++] = *r->at;
	}
	word_r[len] = '\0';
	return len > 0;
}

static bool take(struct reader *r, char c)
{
	if (r->at == r->end || *r->at != c) return false;
	r->at++;
	return true;
}

/* ---- one field ------------------------------------------------------------------------------------------------------------ */

/* What the trusted fields say about DMARC, all together. */
struct results { bool has_pass, has_fail, has_other, differs, is_malformed; };

/* "mx.example.org 1" in front of the first ';'. Version 1 is the only one there is; fields of another one mean we do not know what. */
static bool read_head(struct reader *r, char id_r[WORD_MAX])
{
	char version[WORD_MAX];

	if (!skip_gap(r) || r->at == r->end) return false;
	if (*r->at == '"' ? !read_quoted(r, id_r) : !read_run(r, is_token_byte, id_r)) return false;
	if (!skip_gap(r)) return false;
	if (r->at < r->end && *r->at != ';' && (!read_run(r, is_token_byte, version) || strcmp(version, "1") != 0)) return false;
	return skip_gap(r) && (r->at == r->end || *r->at == ';');
}

/* The name of a property: "header.from", also with gaps around its dot. */
static bool read_name(struct reader *r, char name_r[WORD_MAX])
{
	char piece[WORD_MAX];
	size_t len = 0;

	do {
		if (!read_run(r, is_token_byte, piece) || len + strlen(piece) >= WORD_MAX || !skip_gap(r)) return false;
		memcpy(name_r + len, piece, strlen(piece) + 1);
		len += strlen(piece);
	} while (name_r[len - 1] == '.' || (r->at < r->end && *r->at == '.'));
	return true;
}

/* The value of a property: a word, or the parts of an address of which any may be quoted. */
static bool read_value(struct reader *r, char value_r[WORD_MAX])
{
	char piece[WORD_MAX];
	size_t len = 0;

	while (r->at < r->end && (*r->at == '"' || is_value_byte(*r->at))) {
		const bool ok = *r->at == '"' ? read_quoted(r, piece) : read_run(r, is_value_byte, piece);

		if (!ok || len + strlen(piece) >= WORD_MAX) return false;
		memcpy(value_r + len, piece, strlen(piece) + 1);
		len += strlen(piece);
	}
	value_r[len] = '\0';
	return true;
}

/* The properties behind a result up to the next ';'. from_r gets header.from, which may come once. False: malformed. */
static bool read_properties(struct reader *r, char from_r[WORD_MAX])
{
	char name[WORD_MAX], value[WORD_MAX];

	for (;;) {
		if (!skip_gap(r)) return false;
		if (r->at == r->end || *r->at == ';') return true;
		if (!read_name(r, name) || !take(r, '=') || !skip_gap(r) || !read_value(r, value)) return false;
		if (strcasecmp(name, "header.from") != 0) continue;
		if (from_r[0] != '\0' || value[0] == '\0') return false;
		memcpy(from_r, value, sizeof(value));
	}
}

static bool same_domain(const char *from, const char *said)
{
	const char *domain = strrchr(from, '@'), *at = strrchr(said, '@');

	return domain != NULL && strcasecmp(domain + 1, at != NULL ? at + 1 : said) == 0;
}

static void note_dmarc(struct results *all, const char *result, const char *said_from, const char *from)
{
	if (strcasecmp(result, "fail") == 0) all->has_fail = true;
	else if (strcasecmp(result, "pass") != 0) all->has_other = true;
	else if (from != NULL && (said_from[0] == '\0' || !same_domain(from, said_from))) all->differs = true;
	else all->has_pass = true;
}

/* One "method=result property=value ..." behind its ';'. */
static bool read_result(struct reader *r, const char *from, struct results *all)
{
	char method[WORD_MAX], version[WORD_MAX] = "1", result[WORD_MAX], said_from[WORD_MAX] = "";

	if (!read_run(r, is_token_byte, method) || !skip_gap(r)) return false;
	if (take(r, '/') && (!skip_gap(r) || !read_run(r, is_token_byte, version) || !skip_gap(r))) return false;
	if (!take(r, '=')) return strcasecmp(method, "none") == 0;
	if (!skip_gap(r) || !read_run(r, is_token_byte, result)) return false;
	if (r->at < r->end && !is_space(*r->at) && *r->at != ';' && *r->at != '(') return false;
	if (!read_properties(r, said_from)) return false;
	if (strcasecmp(method, "dmarc") == 0 && strcmp(version, "1") == 0) note_dmarc(all, result, said_from, from);
	return true;
}

/* The results of a field whose head was read. A field that breaks the grammar anywhere is not one that we understand. */
static void read_results(struct reader *r, const char *from, struct results *all)
{
	while (take(r, ';')) {
		if (!skip_gap(r)) { all->is_malformed = true; return; }
		if (r->at == r->end) return;
		if (!read_result(r, from, all)) { all->is_malformed = true; return; }
	}
}

/* ---- the verdict ------------------------------------------------------------------------------------------------------------ */

static bool is_one_of(const char *word, const char *const *list, size_t count)
{
	const size_t len = strlen(word);

	for (size_t i = 0; i < count; i++) {
		size_t want = strlen(list[i]);

		if (want > 0 && list[i][want - 1] == '.') want--;
		if (want > 0 && strncasecmp(word, list[i], want) == 0 && (len == want || (len == want + 1 && word[want] == '.'))) return true;
	}
	return false;
}

static bool is_border(const struct authentication_trust *trust, struct reader line)
{
	char host[WORD_MAX];

	if (!read_run(&line, is_value_byte, host)) return false;
	return trust->host_count > 0 ? is_one_of(host, trust->hosts, trust->host_count) : is_one_of(host, trust->ids, trust->id_count);
}

static void conclude(const struct results *all, bool has_border, const char *from, struct authentication_verdict *v)
{
	v->is = AUTHENTICATION_NONE;
	if (!has_border) { v->why = "no-border"; return; }
	if (all->has_fail) { v->is = AUTHENTICATION_FAIL; v->why = "dmarc-fail"; return; }
	if (all->is_malformed) { v->why = "malformed"; return; }
	if (all->differs) { v->why = "from-differs"; return; }
	if (!all->has_pass) { v->why = "no-dmarc"; return; }
	if (all->has_other) { v->why = "conflict"; return; }
	if (from == NULL) { v->why = "from-not-single"; return; }
	v->is = AUTHENTICATION_PASS;
	v->why = "dmarc-pass";
}

void authentication_judge(const char *lines, const char *from, const struct authentication_trust *trust, struct authentication_verdict *verdict_r)
{
	struct results all = { false };
	struct authentication_verdict v = { .is = AUTHENTICATION_NONE, .why = "not-configured" };
	bool has_border = false, is_ours = true;        /* is_ours: what stands here was written by our own servers */

	for (const char *at = lines != NULL && trust->id_count > 0 ? lines : ""; *at != '\0'; at += strcspn(at, "\n"), at += *at == '\n') {
		struct reader line = { at, at + strcspn(at, "\n") };
		char id[WORD_MAX];

		if (strncmp(at, RECEIVED_MARK, sizeof(RECEIVED_MARK) - 1) == 0) {
			line.at += sizeof(RECEIVED_MARK) - 1;
			if (!is_ours || has_border || *line.at == HOST_UNKNOWN) is_ours = false;
			else if (is_border(trust, line)) { has_border = true; is_ours = trust->below_received; }
		} else if (read_head(&line, id) && is_one_of(id, trust->ids, trust->id_count)) {
			if (is_ours) read_results(&line, from, &all);
			else v.is_forged = true;
		}
	}
	if (trust->id_count > 0) conclude(&all, has_border, from, &v);
	*verdict_r = v;
}

/* ---- collecting -------------------------------------------------------------------------------------------------------------- */

/* Bytes as they are, folds undone: decoding anything here would let a sender's word grow into a result. */
static void add_unfolded(struct buf *lines, const char *raw, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)raw[i];

		(void)buf_char(lines, c > 0x20 && c < 0x7F ? (char)c : c >= 0x7F ? '?' : ' ');
	}
}

/* Half a field could say what the whole does not. */
static void drop_half(struct buf *lines, size_t start)
{
	if (!lines->is_full) return;
	lines->len = start;
	if (lines->data != NULL) lines->data[start] = '\0';
}

void authentication_add_results(struct buf *lines, const char *raw, size_t len)
{
	const size_t start = lines->len;

	while (len > 0 && is_space(*raw)) { raw++; len--; }
	if (len >= 9 && strncasecmp(raw, "Received:", 9) == 0) return;         /* no authserv-id, but the mark of a hop */
	if (lines->len > 0) (void)buf_char(lines, '\n');
	add_unfolded(lines, raw, len);
	drop_half(lines, start);
}

/* The next word of a Received field; comments are none. */
static bool next_word(struct reader *r, char word_r[WORD_MAX])
{
	while (skip_gap(r) && r->at < r->end && (*r->at == ';' || *r->at == ')')) r->at++;
	if (!skip_gap(r) || r->at == r->end) return false;
	return *r->at == '"' ? read_quoted(r, word_r) : read_run(r, is_value_byte, word_r);
}

/* The host behind "by", "" when there is none. The word behind "from" is the name a client gave itself: "by", if it likes. */
static void read_host(struct reader *r, char host_r[WORD_MAX])
{
	char word[WORD_MAX];

	host_r[0] = '\0';
	while (next_word(r, word)) {
		if (strcasecmp(word, "by") == 0) {
			if (!next_word(r, host_r)) host_r[0] = '\0';
			return;
		}
		if (strcasecmp(word, "from") == 0 && !next_word(r, word)) return;
	}
}

void authentication_add_received(struct buf *lines, const char *raw, size_t len)
{
	struct reader r = { raw, raw + len };
	char word[WORD_MAX], host[WORD_MAX];
	const size_t start = lines->len;

	while (r.at < r.end && is_space(*r.at)) r.at++;
	if (r.at < r.end && *r.at == '(') return;       /* "(qmail 7 invoked by uid 8)", "(from user@host)": within one host */
	read_host(&r, host);
	if (host[0] != '\0' && next_word(&r, word) && strcasecmp(word, "with") == 0 && next_word(&r, word) && strncasecmp(word, "LMTP", 4) == 0) return;
	if (lines->len > 0) (void)buf_char(lines, '\n');
	(void)buf_text(lines, RECEIVED_MARK);
	if (host[0] == '\0') (void)buf_char(lines, HOST_UNKNOWN);
	else add_unfolded(lines, host, strlen(host));
	drop_half(lines, start);
}

/* ---- related domains ------------------------------------------------------------------------------------------------------------ */

/* Names under which countries register, so that two companies of ".co.uk" are two. */
static const char *const registries[] = {
	"ac", "asso", "co", "com", "edu", "go", "gob", "gouv", "gov", "gv", "ltd", "ne", "net", "nhs", "nom", "or", "org", "plc", "sch", NULL
};

static bool is_registry(const char *label, size_t len)
{
	for (const char *const *r = registries; *r != NULL; r++)
		if (strlen(*r) == len && strncasecmp(label, *r, len) == 0) return true;
	return false;
}

/* The label in front of label, which is not the first one. */
static const char *label_before(const char *domain, const char *label)
{
	const char *at = label - 1;

	while (at > domain && at[-1] != '.') at--;
	return at;
}

/* "example.co.uk" of "mail.example.co.uk": two labels, three below the registries of a country. */
static const char *registered_name(const char *domain)
{
	const char *last = strrchr(domain, '.'), *second;

	if (last == NULL || last == domain || last[1] == '\0') return domain;
	second = label_before(domain, last + 1);
	if (strlen(last + 1) != 2 || second == domain || !is_registry(second, (size_t)(last - second))) return second;
	return label_before(domain, second);
}

bool authentication_is_related(const char *one, const char *other)
{
	const char *a = strrchr(one, '@'), *b = strrchr(other, '@');

	a = a != NULL ? a + 1 : one;
	b = b != NULL ? b + 1 : other;
	return *a != '\0' && *b != '\0' && strcasecmp(registered_name(a), registered_name(b)) == 0;
}
