/* wrapper.c - see wrapper.h. Lengths are checked against what is there before they are followed; pieces of pieces go PIECES_DEEP levels down.
 * Source: RFC 5652 section 5, X.690 8.1 and 8.7 (lengths, strings in pieces), RFC 9580 section 7 (clear text). */
#include "mail/wrapper.h"

#include <string.h>

#define PIECES_DEEP 8

enum { INTEGER = 0x02, OCTETS = 0x04, OID = 0x06, PIECES = 0x24, SEQUENCE = 0x30, SET = 0x31, CONTENT = 0xA0 };

/* ---- S/MIME ---- */

struct der { const unsigned char *at, *end; };
struct element { unsigned tag; struct der content; bool is_open; };     /* is_open: without a length, two zeros end it */

/* Takes the head of the next element; its content lies within what is there. */
static bool next_element(struct der *in, struct element *e)
{
	size_t len, bytes;

	if (in->end - in->at < 2) return false;
	*e = (struct element){ .tag = in->at[0], .is_open = in->at[1] == 0x80 };
	len = in->at[1];
	in->at += 2;
	if (e->is_open) {
		e->content = *in;
		return true;
	}
	if (len > 0x80) {
		bytes = len & 0x7F;
		if (bytes > 4 || (size_t)(in->end - in->at) < bytes) return false;
		for (len = 0; bytes > 0; bytes--) len = len << 8 | *in->at++;
	}
	if (len > (size_t)(in->end - in->at)) return false;
	e->content = (struct der){ in->at, in->at + len };
	return true;
}

/* Goes into the next element when it has this tag. */
static bool enter(struct der *in, unsigned tag)
{
	struct element e;

	if (!next_element(in, &e) || e.tag != tag) return false;
	*in = e.content;
	return true;
}

static bool skip(struct der *in, unsigned tag, struct element *e)
{
	if (!next_element(in, e) || e->tag != tag || e->is_open) return false;
	in->at = e->content.end;
	return true;
}

/* What is written lies before what is read: its heads are left out. */
struct target { char *data; size_t len; };

/* A string as a whole or in pieces; advances behind it. */
static bool take_octets(struct target *out, struct der *in, int depth)
{
	struct element e;
	struct der inside;

	if (depth > PIECES_DEEP || !next_element(in, &e) || (e.tag != OCTETS && e.tag != PIECES)) return false;
	if (e.tag == OCTETS) {
		const size_t len = (size_t)(e.content.end - e.content.at);

		if (e.is_open) return false;
		memmove(out->data + out->len, e.content.at, len);
		out->len += len;
		in->at = e.content.end;
		return true;
	}
	for (inside = e.content; inside.at < inside.end && *inside.at != 0;)
		if (!take_octets(out, &inside, depth + 1)) return false;
	in->at = !e.is_open ? e.content.end : inside.end - inside.at >= 2 ? inside.at + 2 : inside.end;
	return true;
}

static bool take_content(struct target *out, struct der in)
{
	static const unsigned char signed_data[] = { 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02 };
	struct element e;

	if (!enter(&in, SEQUENCE) || !skip(&in, OID, &e)) return false;
	if (e.content.end - e.content.at != (int)sizeof(signed_data) || memcmp(e.content.at, signed_data, sizeof(signed_data)) != 0) return false;
	if (!enter(&in, CONTENT) || !enter(&in, SEQUENCE) || !skip(&in, INTEGER, &e) || !skip(&in, SET, &e)) return false;
	return enter(&in, SEQUENCE) && skip(&in, OID, &e) && enter(&in, CONTENT) && take_octets(out, &in, 0) && out->len > 0;
}

bool wrapper_open_signed(struct buf *der)
{
	const unsigned char *bytes = (const unsigned char *)buf_str(der);
	struct target out = { .data = der->data };

	if (der->len == 0 || !take_content(&out, (struct der){ bytes, bytes + der->len })) {
		buf_release(der);
		return false;
	}
	der->len = out.len;
	der->data[der->len] = '\0';
	return true;
}

/* ---- PGP ---- */

#define CLEAR_HEAD "-----BEGIN PGP SIGNED MESSAGE-----"
#define SIGNATURE_HEAD "-----BEGIN PGP SIGNATURE-----"
#define SIGNATURE_END "-----END PGP SIGNATURE-----"

/* The line that is nothing but these words, at or after at; NULL without one. */
static const char *find_line(const char *text, const char *at, const char *words)
{
	const size_t len = strlen(words);

	for (; (at = strstr(at, words)) != NULL; at++) {
		const char *end = at + len + strspn(at + len, " \t\r");

		if ((at == text || at[-1] == '\n') && (*end == '\n' || *end == '\0')) return at;
	}
	return NULL;
}

static const char *behind_line(const char *at)
{
	const char *end = strchr(at, '\n');

	return end != NULL ? end + 1 : at + strlen(at);
}

/* What may stand between the head and the text, which a blank line parts. */
static bool is_armor_field(const char *line)
{
	static const char *const names[] = { "Hash:", "Charset:", "Comment:", "Version:", "MessageID:", "NotDashEscaped:" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strncmp(line, names[i], strlen(names[i])) == 0) return true;
	return false;
}

/* Lines from from to end, without the "- " that protects lines beginning with a dash. */
static void add_undashed(struct buf *out, const char *from, const char *end)
{
	while (from < end) {
		const char *next = behind_line(from);

		if (next > end) next = end;
		if (next - from >= 3 && memcmp(from, "- -", 3) == 0) from += 2;
		(void)buf_add(out, from, (size_t)(next - from));
		from = next;
	}
}

void wrapper_open_clear_signed(struct buf *text)
{
	const char *whole = buf_str(text), *head = find_line(whole, whole, CLEAR_HEAD), *body, *signature, *end;
	struct buf opened = BUF_INIT(text->max);

	if (head == NULL || (signature = find_line(whole, head, SIGNATURE_HEAD)) == NULL) return;
	for (body = behind_line(head); is_armor_field(body); body = behind_line(body)) continue;
	if (body >= signature) return;
	(void)buf_add(&opened, whole, (size_t)(head - whole));
	add_undashed(&opened, *body == '\n' || *body == '\r' ? behind_line(body) : body, signature);
	end = find_line(whole, signature, SIGNATURE_END);
	if (end != NULL) (void)buf_text(&opened, behind_line(end));
	buf_release(text);
	*text = opened;
}
