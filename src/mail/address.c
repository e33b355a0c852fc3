/* address.c - address lists, read in one pass without recursion. Groups are flattened; names come decoded; an entry that names no
 * mailbox is left out. An encoded word is decoded after the list was cut, so that no name can grow an address.
 * Source: RFC 5322 3.4 and 4.4; RFC 6531 for UTF-8 in addresses; mail seen (names with bare commas, addresses without <>). */
#include "mail/header.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "base/utf8.h"

#define ADDRESS_MAX 320         /* 64 + 1 + 255 bytes */

/* What has been read of the entry at hand. */
struct entry { struct buf phrase, angle, comment; bool has_angle; };

struct list { struct draft_address **items; size_t *count; size_t broken; const char *fallback; struct buf pending; };

static void entry_clear(struct entry *e)
{
	buf_clear(&e->phrase);
	buf_clear(&e->angle);
	buf_clear(&e->comment);
	e->has_angle = false;
}

static bool is_local_byte(unsigned char c)
{
	return c > 0x20 && c != 0x7F && strchr("<>()[]:;,\\\"@", c) == NULL;
}

/* The '@' between local part and domain, behind a quoted local part if there is one. */
static const char *split_at(const char *address)
{
	const char *at = address;

	if (*at != '"') return strchr(at, '@');
	for (at++; *at != '\0' && *at != '"'; at++)
		if (*at == '\\' && at[1] != '\0') at++;
	return at[0] == '"' && at[1] == '@' ? at + 1 : NULL;
}

static bool domain_ok(const char *domain)
{
	const size_t len = strlen(domain);

	if (len == 0 || len > 255 || domain[0] == '.' || domain[0] == '-' || domain[len - 1] == '-') return false;
	if (domain[0] == '[') return domain[len - 1] == ']' && strspn(domain, "[]0123456789abcdefABCDEFipvIPV:.") == len;
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)domain[i];

		if (c < 0x80 && !isalnum(c) && c != '-' && c != '.' && c != '_') return false;
		if (c == '.' && domain[i + 1] == '.') return false;
	}
	return true;
}

bool header_address_ok(const char *address)
{
	const size_t len = strlen(address);
	const char *at = split_at(address);

	if (at == NULL || at == address || len > ADDRESS_MAX || (size_t)(at - address) > 128 || !utf8_valid(address, len)) return false;
	for (const char *c = address; c < at; c++) {
		if (address[0] == '"' && (unsigned char)*c >= 0x20 && *c != 0x7F) continue;
		if (!is_local_byte((unsigned char)*c)) return false;
	}
	return strchr(at + 1, '@') == NULL && domain_ok(at + 1);
}

/* Spaces out, "mailto:" off, a route cut, the domain in lower case, one trailing dot off. NULL when it is no address. */
static char *clean_address(const char *text, size_t len)
{
	char *address = mem_copy(text, len), *start = address;
	const char *route;
	size_t out = 0;

	for (size_t i = 0; i < len; i++)
		if (!isspace((unsigned char)address[i]) || (address[0] == '"' && address[i] == ' ')) address[out++] = address[i];
	address[out] = '\0';
	if (strncasecmp(start, "mailto:", 7) == 0) start += 7;
	if (start[0] == '@' && (route = strchr(start, ':')) != NULL) start += route - start + 1;
	out = strlen(start);
	memmove(address, start, out + 1);
	while (out > 0 && (address[0] == '\'' && address[out - 1] == '\'' && out > 2)) { memmove(address, address + 1, out - 2); out -= 2; address[out] = '\0'; }
	if (out > 0 && address[out - 1] == '.') address[--out] = '\0';
	for (char *c = strrchr(address, '@'); c != NULL && *c != '\0'; c++) *c = (char)tolower((unsigned char)*c);
	if (!header_address_ok(address)) mem_free(&address);
	return address;
}

static size_t count_of(const char *text, size_t len, char c)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++) count += text[i] == c;
	return count;
}

/* The name stands between two of these marks: not '"A" and "B"'. */
static bool is_between(const char *name, size_t len, char mark)
{
	if (len < 2 || name[0] != mark || name[len - 1] != mark) return false;
	return count_of(name, len, mark) == 2 || (len > 3 && name[1] == mark && name[len - 2] == mark);
}

#define MARKS_MAX 8                     /* pairs of marks around one another that are looked for */

/* Spaces and quotation marks around a name; a double one without its other half as well, but not the one of "'t Hooft". */
static void trim_name(struct buf *name)
{
	const char *at = buf_str(name);
	size_t len = name->len;
	bool is_lone = count_of(at, len, '"') % 2 == 1;
	char *trimmed;

	for (int marks = 0; marks < MARKS_MAX; marks++) {
		while (len > 0 && *at == ' ') { at++; len--; }
		while (len > 0 && at[len - 1] == ' ') len--;
		if (is_lone && len > 0 && (*at == '"' || at[len - 1] == '"')) {
			at += *at == '"';
			len--;
			is_lone = false;
		} else if (is_between(at, len, '"') || is_between(at, len, '\'')) {
			at++;
			len -= 2;
		}
	}
	if (len == 1 && *at == '\'') len = 0;
	trimmed = mem_copy(at, len);
	buf_clear(name);
	(void)buf_text(name, trimmed);
	free(trimmed);
}

static char *clean_name(const struct list *list, const char *text, size_t len)
{
	struct buf name = BUF_INIT(4096);

	header_text(&name, text, len < 4000 ? len : 4000, list->fallback);
	trim_name(&name);
	if (name.len == 0) { buf_release(&name); return NULL; }
	return buf_take(&name);
}

static enum ik_rc add(struct list *list, char *name, char *address, struct ik_error *err)
{
	if (*list->count >= DRAFT_ADDRESSES_MAX) {
		free(name);
		free(address);
		return ik_fail(IK_REJECT, err, "more than %d addresses", DRAFT_ADDRESSES_MAX);
	}
	*list->items = mem_grow(*list->items, *list->count + 1, sizeof(**list->items));
	(*list->items)[(*list->count)++] = (struct draft_address){ .name = name, .address = address };
	return IK_OK;
}

/* "Name x@y" without brackets: the last word is the address. */
static const char *last_word(const char *text)
{
	const char *space = NULL;

	if (text[0] == '"') return text;        /* a quoted local part may hold spaces */
	for (const char *c = text; *c != '\0'; c++)
		if (isspace((unsigned char)*c) && c[1] != '\0' && !isspace((unsigned char)c[1])) space = c + 1;
	return space != NULL ? space : text;
}

/* Ends an entry at ',', ';' or the end of the list. "Doe, John <j@x>" is one mailbox: what has no '@' waits for the next entry. */
static enum ik_rc finish(struct list *list, struct entry *e, struct ik_error *err)
{
	struct buf name = BUF_INIT(HEADER_TEXT_MAX);
	const char *phrase = buf_str(&e->phrase), *bare = last_word(phrase);
	char *address = NULL;
	enum ik_rc rc = IK_OK;

	if (list->pending.len > 0) {
		buf_add(&name, list->pending.data, list->pending.len);
		buf_text(&name, ", ");
	}
	if (e->has_angle) {
		address = clean_address(buf_str(&e->angle), e->angle.len);
		buf_text(&name, phrase);
		if (e->phrase.len == 0 && e->comment.len > 0) buf_text(&name, buf_str(&e->comment));
	} else if (strchr(phrase, '@') != NULL) {
		address = strchr(bare, '@') != NULL ? clean_address(bare, strlen(bare)) : NULL;
		if (address == NULL) address = clean_address(phrase, e->phrase.len);
		if (address != NULL && bare > phrase) buf_add(&name, phrase, (size_t)(bare - phrase));
		else if (e->comment.len > 0) buf_text(&name, buf_str(&e->comment));
		if (list->pending.len > 0) { buf_clear(&name); }        /* "junk, a@b": only a bracket takes the junk as its name */
	}
	if (address != NULL) {
		rc = add(list, clean_name(list, buf_str(&name), name.len), address, err);
		buf_clear(&list->pending);
	} else if (e->has_angle || strchr(phrase, '@') != NULL) {
		list->broken++;
		buf_clear(&list->pending);
	} else if (e->phrase.len > 0) {
		if (list->pending.len > 0) { list->broken++; buf_clear(&list->pending); }
		buf_add(&list->pending, phrase, e->phrase.len < 1000 ? e->phrase.len : 1000);
	}
	buf_release(&name);
	entry_clear(e);
	return rc;
}

/* A quoted string at raw[at] == '"'; its content goes into the phrase, or with its quotes into an angle address. */
static size_t read_quoted(struct entry *e, const char *raw, size_t len, size_t at, struct buf *into, bool keep_quotes)
{
	const size_t start = at;

	(void)e;
	if (keep_quotes) buf_char(into, '"');
	for (at++; at < len && raw[at] != '"'; at++) {
		if (raw[at] == '\\' && at + 1 < len) {
			if (keep_quotes) buf_char(into, '\\');
			at++;
		}
		if (raw[at] != '\r' && raw[at] != '\n') buf_char(into, raw[at]);
	}
	if (at >= len && !keep_quotes) {                /* never closed: a mere character */
		buf_clear(into);
		return start + 1;
	}
	if (keep_quotes) buf_char(into, '"');
	return at + 1;
}

static size_t read_comment(struct entry *e, const char *raw, size_t len, size_t at)
{
	int depth = 0;

	for (; at < len; at++) {
		if (raw[at] == '\\' && at + 1 < len) { at++; continue; }
		if (raw[at] == '(' && depth++ == 0) continue;
		if (raw[at] == ')' && --depth == 0) return at + 1;
		buf_char(&e->comment, raw[at]);
	}
	return len;
}

static size_t read_angle(struct entry *e, const char *raw, size_t len, size_t at)
{
	buf_clear(&e->angle);
	e->has_angle = true;
	for (at++; at < len && raw[at] != '>';) {
		if (raw[at] == '"') { at = read_quoted(e, raw, len, at, &e->angle, true); continue; }
		if (raw[at] == '<') buf_clear(&e->angle);       /* "<<x@y>>" */
		else buf_char(&e->angle, raw[at]);
		at++;
	}
	return at < len ? at + 1 : len;
}

static void read_char(struct entry *e, const char *raw, size_t len, size_t *at)
{
	const char c = raw[*at];

	if (c == '"') {
		/* a quoted local part: "a b"@example.org */
		const char *close = *at + 1 < len ? memchr(raw + *at + 1, '"', len - *at - 1) : NULL;
		const bool is_local = close != NULL && (size_t)(close - raw) + 1 < len && close[1] == '@';

		*at = read_quoted(e, raw, len, *at, &e->phrase, is_local && e->phrase.len == 0);
		return;
	}
	if (c == '(') { *at = read_comment(e, raw, len, *at); return; }
	if (c == '<') { *at = read_angle(e, raw, len, *at); return; }
	if (c == '[' && e->phrase.len > 0 && e->phrase.data[e->phrase.len - 1] == '@') {
		while (*at < len && raw[*at] != ']') buf_char(&e->phrase, raw[(*at)++]);
		return;
	}
	++*at;
	if (isspace((unsigned char)c) && (e->phrase.len == 0 || isspace((unsigned char)e->phrase.data[e->phrase.len - 1]))) return;      /* one is as good as many */
	if (c != '\r' && c != '\n' && !(e->has_angle && c == '>')) buf_char(&e->phrase, c);
}

static enum ik_rc read_list(struct list *list, struct entry *e, const char *raw, size_t len, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;
	int groups = 0;

	for (size_t at = 0; at < len && rc == IK_OK;) {
		const char c = raw[at];

		if (c == ',' || c == ';') {
			rc = finish(list, e, err);
			if (c == ';' && groups > 0) { groups--; buf_clear(&list->pending); }
			at++;
		} else if (c == ':' && memchr(buf_str(&e->phrase), '@', e->phrase.len) == NULL && !(e->phrase.len >= 6 && strncasecmp(buf_str(&e->phrase) + e->phrase.len - 6, "mailto", 6) == 0)) {
			if (++groups > HEADER_GROUP_DEPTH_MAX) return ik_fail(IK_REJECT, err, "address groups are nested deeper than %d", HEADER_GROUP_DEPTH_MAX);
			entry_clear(e);
			buf_clear(&list->pending);
			at++;
		} else {
			read_char(e, raw, len, &at);
		}
	}
	return rc == IK_OK ? finish(list, e, err) : rc;
}

enum ik_rc header_addresses(const char *raw, size_t len, const char *fallback, struct draft_address **items, size_t *count, size_t *broken_r, struct ik_error *err)
{
	struct list list = { .items = items, .count = count, .fallback = fallback, .pending = BUF_INIT(2048) };
	struct entry entry = { .phrase = BUF_INIT(HEADER_TEXT_MAX), .angle = BUF_INIT(HEADER_TEXT_MAX), .comment = BUF_INIT(HEADER_TEXT_MAX) };
	const enum ik_rc rc = read_list(&list, &entry, raw, len, err);

	if (broken_r != NULL) *broken_r = list.broken;
	buf_release(&entry.phrase);
	buf_release(&entry.angle);
	buf_release(&entry.comment);
	buf_release(&list.pending);
	return rc;
}
