/* marks.c - making and checking marks. A mark is checked by making it again from the fields it shows and comparing all of it, so that
 * only the one canonical spelling passes. What is signed starts with the form ("message-id" or "token") and the kind: a mark of one
 * form or kind is never one of another. The MAC is HMAC-SHA256 cut to 128 bits. */
#include "policy/marks.h"

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/codec.h"

#define MAC_BYTES 16
#define HOST_MAX 80             /* so that the longest mark fits into MARKS_TEXT_MAX */

/* The fields of a mark as its text shows them. host is NULL in a token. */
struct mark { char kind; int64_t value; uint64_t salt; const char *host; };

static bool is_host(const char *host)
{
	if (host == NULL || host[0] == '\0' || host[0] == '.' || host[0] == '-') return false;
	for (const char *c = host; *c != '\0'; c++)
		if (!isalnum((unsigned char)*c) && *c != '-' && *c != '.') return false;
	return true;
}

void marks_init(struct marks *m, const unsigned char secret[32], const char *host)
{
	static const char purpose[] = "intaked marks 1";
	const struct bytes piece = { purpose, sizeof(purpose) };

	*m = (struct marks){ .key = { 0 } };
	mac_once(secret, 32, &piece, 1, m->key);        /* a key of its own: the secret serves other purposes too */
	if (host != NULL && strlen(host) > HOST_MAX) host = strchr(host + strlen(host) - HOST_MAX, '.');
	if (host != NULL && host[0] == '.') host++;
	if (!is_host(host)) host = "intaked.invalid";
	for (size_t i = 0; host[i] != '\0'; i++) m->host[i] = (char)tolower((unsigned char)host[i]);
}

static void mark_mac(const struct marks *m, const struct mark *mark, char hex_r[2 * MAC_BYTES + 1])
{
	char fields[MARKS_TEXT_MAX];
	unsigned char mac[SHA256_SIZE];
	const char *const form = mark->host != NULL ? "message-id" : "token";
	const int len = snprintf(fields, sizeof(fields), "%s %c %" PRId64 " %016" PRIx64 " %s", form, mark->kind, mark->value, mark->salt,
	                         mark->host != NULL ? mark->host : "");
	const struct bytes piece = { fields, (size_t)len };

	mac_once(m->key, sizeof(m->key), &piece, 1, mac);
	(void)hex_encode(mac, MAC_BYTES, hex_r);
}

static void mark_print(const struct marks *m, const struct mark *mark, char text_r[MARKS_TEXT_MAX])
{
	char mac[2 * MAC_BYTES + 1];

	mark_mac(m, mark, mac);
	(void)snprintf(text_r, MARKS_TEXT_MAX, "%c.%" PRId64 ".%016" PRIx64 ".%s%s%.*s", mark->kind, mark->value, mark->salt, mac,
	               mark->host != NULL ? "@" : "", HOST_MAX, mark->host != NULL ? mark->host : "");
}

static bool is_kind(char c)
{
	return c == MARK_ACK || c == MARK_NOTICE || c == MARK_DELIVERY || c == MARK_FORM || c == MARK_VERIFY || c == MARK_SURVEY;
}

/* Reads "K.VALUE.SALT." and returns where the MAC starts, or NULL. Only bounds what it reads: the comparison decides. */
static const char *mark_fields(const char *text, struct mark *mark_r)
{
	char *end;

	if (!is_kind(text[0]) || text[1] != '.') return NULL;
	errno = 0;
	mark_r->kind = text[0];
	mark_r->value = strtoll(text + 2, &end, 10);
	if (errno != 0 || end == text + 2 || *end != '.') return NULL;
	text = end + 1;
	mark_r->salt = strtoull(text, &end, 16);
	if (errno != 0 || end != text + 16 || *end != '.') return NULL;
	return end + 1;
}

static bool mark_check(const struct marks *m, const struct mark *mark, const char *text)
{
	char want[MARKS_TEXT_MAX];
	const size_t len = strlen(text);

	mark_print(m, mark, want);
	return len == strlen(want) && same_bytes(want, text, len);
}

void marks_message_id(const struct marks *m, enum mark_kind kind, int64_t id, uint64_t salt, char text_r[MARKS_TEXT_MAX])
{
	const struct mark mark = { (char)kind, id, salt, m->host };

	mark_print(m, &mark, text_r);
}

bool marks_read_message_id(const struct marks *m, const char *message_id, enum mark_kind *kind_r, int64_t *id_r)
{
	struct mark mark = { 0 };
	const char *mac;

	if (message_id == NULL || strnlen(message_id, MARKS_TEXT_MAX) >= MARKS_TEXT_MAX) return false;
	mac = mark_fields(message_id, &mark);
	if (mac == NULL || strlen(mac) <= 2 * MAC_BYTES + 1 || mac[2 * MAC_BYTES] != '@') return false;
	mark.host = mac + 2 * MAC_BYTES + 1;    /* its own host: marks made before the gateway was renamed stay ours */
	if (!is_host(mark.host) || strlen(mark.host) > HOST_MAX || !mark_check(m, &mark, message_id)) return false;
	*kind_r = (enum mark_kind)mark.kind;
	*id_r = mark.value;
	return true;
}

void marks_token(const struct marks *m, enum mark_kind kind, int64_t at, uint64_t salt, char text_r[MARKS_TEXT_MAX])
{
	const struct mark mark = { (char)kind, at, salt, NULL };

	mark_print(m, &mark, text_r);
}

static bool read_token(const struct marks *m, enum mark_kind kind, const char *token, struct mark *mark_r)
{
	*mark_r = (struct mark){ 0 };
	if (token == NULL || strnlen(token, MARKS_TEXT_MAX) >= MARKS_TEXT_MAX) return false;
	return mark_fields(token, mark_r) != NULL && mark_r->kind == (char)kind && mark_check(m, mark_r, token);
}

bool marks_read_token(const struct marks *m, enum mark_kind kind, const char *token, int64_t *at_r)
{
	struct mark mark;

	if (!read_token(m, kind, token, &mark)) return false;
	*at_r = mark.value;
	return true;
}

void marks_verification(const struct marks *m, int64_t id, int64_t asked_at, char text_r[MARKS_TEXT_MAX])
{
	marks_token(m, MARK_VERIFY, id, (uint64_t)asked_at, text_r);
}

bool marks_read_verification(const struct marks *m, const char *text, int64_t *id_r, int64_t *asked_at_r)
{
	struct mark mark;

	if (!read_token(m, MARK_VERIFY, text, &mark)) return false;
	*id_r = mark.value;
	*asked_at_r = (int64_t)mark.salt;
	return true;
}

void marks_survey(const struct marks *m, int64_t ticket, int64_t sent_at, char text_r[MARKS_TEXT_MAX])
{
	marks_token(m, MARK_SURVEY, ticket, (uint64_t)sent_at, text_r);
}

bool marks_read_survey(const struct marks *m, const char *text, int64_t *ticket_r, int64_t *sent_at_r)
{
	struct mark mark;

	if (!read_token(m, MARK_SURVEY, text, &mark)) return false;
	*ticket_r = mark.value;
	*sent_at_r = (int64_t)mark.salt;
	return true;
}

/* ---- plus-addresses ------------------------------------------------------------------------------------------------------- */

#define TAG_MAC_BYTES 10        /* 80 bits: whoever guesses has to send a mail for each guess, and a local part is short */
#define TAG_MAX 48              /* "p." 19 digits "." 20 symbols */
#define LOCAL_MAX 64

/* Letters of both cases come back as they please from mail programs: the tag is lower case and has no letter that matters. */
static void tag_print(const struct marks *m, int64_t ticket, char tag_r[TAG_MAX])
{
	char fields[64], hex[2 * TAG_MAC_BYTES + 1];
	unsigned char mac[SHA256_SIZE];
	const int len = snprintf(fields, sizeof(fields), "address p %" PRId64, ticket);
	const struct bytes piece = { fields, (size_t)len };

	mac_once(m->key, sizeof(m->key), &piece, 1, mac);
	(void)snprintf(tag_r, TAG_MAX, "p.%" PRId64 ".%s", ticket, hex_encode(mac, TAG_MAC_BYTES, hex));
}

bool marks_address(const struct marks *m, const char *mailbox, int64_t ticket, char *address_r, size_t size)
{
	const char *at = mailbox != NULL ? strchr(mailbox, '@') : NULL;
	char tag[TAG_MAX];
	size_t local;
	int wrote;

	if (ticket <= 0 || at == NULL || at == mailbox || mailbox[0] == '"' || !is_host(at + 1)) return false;
	local = strcspn(mailbox, "+@");
	tag_print(m, ticket, tag);
	if (local == 0 || local + 1 + strlen(tag) > LOCAL_MAX) return false;
	wrote = snprintf(address_r, size, "%.*s+%s%s", (int)local, mailbox, tag, at);
	return wrote > 0 && (size_t)wrote < size;
}

bool marks_read_address(const struct marks *m, const char *address, int64_t *ticket_r)
{
	const char *at = address != NULL ? strrchr(address, '@') : NULL, *plus = at;
	char tag[TAG_MAX] = "", want[TAG_MAX], *end;
	int64_t ticket;

	while (plus != NULL && plus > address && *plus != '+') plus--;
	if (plus == NULL || *plus != '+' || at - plus - 1 <= 4 || at - plus - 1 >= TAG_MAX) return false;
	for (size_t i = 0; plus + 1 + i < at; i++) tag[i] = (char)tolower((unsigned char)plus[1 + i]);
	if (tag[0] != 'p' || tag[1] != '.' || !isdigit((unsigned char)tag[2])) return false;
	errno = 0;
	ticket = strtoll(tag + 2, &end, 10);
	if (errno != 0 || *end != '.') return false;
	tag_print(m, ticket, want);
	if (strlen(tag) != strlen(want) || !same_bytes(tag, want, strlen(want))) return false;
	*ticket_r = ticket;
	return true;
}
