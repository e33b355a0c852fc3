/* own_list.c - the list that a mail names, and the writer behind a From that the list rewrote.
 *
 * A list is known by its id: its address with a dot for the @. Every field that names a list has to name the same one, and only once: what another list
 * or a mailing left in the mail is a second field, and then a list wrote and not a person. */
#include "mail/own_list.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/buf.h"
#include "base/mem.h"
#include "mail/header.h"

#define LIST_MAX 320                    /* bytes of an id */
#define FIELD_MAX 4096                  /* bytes of a field that are looked at */

/* ---- which list --------------------------------------------------------------------------------------------------------------- */

/* "support@shop.example" and "support.shop.example" -> the latter, in lower case. False: nothing that can name a list. */
static bool set_id(char id_r[LIST_MAX], const char *text, size_t len)
{
	size_t dots = 0;

	if (len == 0 || len >= LIST_MAX) return false;
	for (size_t i = 0; i < len; i++) {
		const unsigned char c = (unsigned char)text[i];

		if (!isalnum(c) && strchr(".-_+@=", c) == NULL) return false;
		id_r[i] = c == '@' ? '.' : (char)tolower(c);
		dots += id_r[i] == '.';
	}
	id_r[len] = '\0';
	return dots > 0;
}

/* List-Id: "Support <support.shop.example>". */
static bool read_bracketed(const char *value, char id_r[LIST_MAX])
{
	const char *open = strrchr(value, '<'), *close = open != NULL ? strchr(open, '>') : NULL;

	return close != NULL && set_id(id_r, open + 1, (size_t)(close - open - 1));
}

/* List-Post: "<https://...>, <mailto:support@shop.example?...>". */
static bool read_mailto(const char *value, char id_r[LIST_MAX])
{
	const char *at = strcasestr(value, "<mailto:");

	return at != NULL && set_id(id_r, at + 8, strcspn(at + 8, "?> \t"));
}

/* Mailing-List: "list support@shop.example; contact ...". */
static bool read_word(const char *value, char id_r[LIST_MAX])
{
	const char *at = strncasecmp(value, "list ", 5) == 0 ? value + 5 + strspn(value + 5, " \t") : value + strspn(value, " \t<");

	return set_id(id_r, at, strcspn(at, "; \t>"));
}

static const struct { const char *name; bool (*read)(const char *value, char id_r[LIST_MAX]); } names[] = {
	{ "List-Id", read_bracketed }, { "List-Post", read_mailto }, { "Mailing-List", read_word },
};

static char *unfolded(const struct mime_field *f)
{
	struct buf line = BUF_INIT(FIELD_MAX);

	header_unfold(&line, f->value, f->value_len < FIELD_MAX ? f->value_len : FIELD_MAX - 1);
	return buf_take(&line);
}

/* Reads the list named by the nth of these fields into id_r; false when it is there and names none or another than id_r, which may be "". */
static bool agrees(const struct mime *m, size_t nth, char id_r[LIST_MAX])
{
	const struct mime_field *f = mime_field(m, &m->parts[0], names[nth].name, 0);
	char id[LIST_MAX] = "", *value;
	bool is_read;

	if (f == NULL) return true;
	if (mime_field(m, &m->parts[0], names[nth].name, 1) != NULL) return false;
	value = unfolded(f);
	is_read = names[nth].read(value, id);
	free(value);
	if (!is_read || (id_r[0] != '\0' && strcmp(id, id_r) != 0)) return false;
	memcpy(id_r, id, sizeof(id));
	return true;
}

bool own_list_is(const char *list, const char *address)
{
	char id[LIST_MAX];

	return set_id(id, address, strlen(address)) && strcmp(list, id) == 0;
}

/* ---- what the list adds --------------------------------------------------------------------------------------------------------- */

/* The domain of the list is in the value: a link or an address of its own. The id has the local part in front. */
static bool names_list(const struct draft *d, const struct mime_field *f)
{
	const char *domain = strchr(d->list, '.') + 1;
	char *value = unfolded(f);
	const bool is_named = strchr(domain, '.') != NULL && strcasestr(value, domain) != NULL;

	free(value);
	return is_named;
}

static bool is_name(const struct mime_field *f, const char *name)
{
	return f->name_len == strlen(name) && strncasecmp(f->name, name, f->name_len) == 0;
}

/* A list of ours that is a member of another one of ours leaves two X-BeenThere. */
bool own_list_explains(const struct draft *d, const struct mime *m, const struct mime_field *f)
{
	static const char *const once[] = { "List-Id", "List-Post", "Mailing-List", "List-Help", "List-Owner", "List-Archive", "List-Subscribe" };
	static const char *const own[] = { "List-Unsubscribe", "X-BeenThere", "X-Mailing-List" };

	for (size_t i = 0; i < COUNT_OF(once); i++)
		if (is_name(f, once[i])) return mime_field(m, &m->parts[0], once[i], 1) == NULL;
	for (size_t i = 0; i < COUNT_OF(own); i++)
		if (is_name(f, own[i])) return names_list(d, f);
	return false;
}

/* ---- who wrote -------------------------------------------------------------------------------------------------------------------- */

/* The mailboxes of a field that are not the list's. */
struct mailboxes { struct draft_address *list; size_t count; };

static void address_free(struct draft_address *a)
{
	mem_free(&a->name);
	mem_free(&a->address);
}

static void mailboxes_read(struct mailboxes *b, const struct draft *d, const struct mime *m, const char *name, const char *fallback)
{
	const struct mime_field *f = mime_field(m, &m->parts[0], name, 0);
	size_t kept = 0;

	*b = (struct mailboxes){ 0 };
	if (f == NULL || mime_field(m, &m->parts[0], name, 1) != NULL) return;
	(void)header_addresses(f->value, f->value_len, fallback, &b->list, &b->count, NULL, NULL);
	for (size_t i = 0; i < b->count; i++) {
		if (own_list_is(d->list, b->list[i].address)) address_free(&b->list[i]);
		else b->list[kept++] = b->list[i];
	}
	b->count = kept;
}

static void mailboxes_release(struct mailboxes *b)
{
	for (size_t i = 0; i < b->count; i++) address_free(&b->list[i]);
	free(b->list);
}

/* "'Anna Berg' via Support" -> "Anna Berg"; NULL when it is not of that form. */
static char *name_before_via(const char *name)
{
	const char *via = NULL;
	size_t len;

	if (name == NULL) return NULL;
	for (const char *at = strstr(name, " via "); at != NULL; at = strstr(at + 1, " via ")) via = at;
	if (via == NULL) return NULL;
	len = (size_t)(via - name);
	if (len > 1 && (name[0] == '\'' || name[0] == '"') && name[len - 1] == name[0]) { name++; len -= 2; }
	return len > 0 ? mem_copy(name, len) : NULL;
}

static const struct draft_address *named(const struct mailboxes *b, const char *name)
{
	for (size_t i = 0; name != NULL && i < b->count; i++)
		if (b->list[i].name != NULL && strcmp(b->list[i].name, name) == 0) return &b->list[i];
	return NULL;
}

static bool is_only(const struct mailboxes *b, const char *address)
{
	return b->count == 0 || (b->count == 1 && strcasecmp(b->list[0].address, address) == 0);
}

static void set_writer(struct draft *d, const struct draft_address *writer, char *name)
{
	d->writer.address = mem_text(writer->address);
	if (writer->name != NULL) d->writer.name = mem_text(writer->name);
	else if (name != NULL) d->writer.name = mem_text(name);
}

/* What the list keeps of the sender, surest first. Anybody can put such a field into a mail, and not every list removes it: sure is only what all of
 * them say. */
static void read_writer(struct draft *d, const struct mime *m, const char *fallback)
{
	static const char *const fields[] = { "X-Original-From", "X-Original-Sender", "Reply-To", "Cc" };
	struct mailboxes found[COUNT_OF(fields)];
	char *name = name_before_via(d->from.name);
	const struct draft_address *writer = NULL;

	for (size_t i = 0; i < COUNT_OF(fields); i++) mailboxes_read(&found[i], d, m, fields[i], fallback);
	for (size_t i = 0; i + 1 < COUNT_OF(fields) && writer == NULL; i++) writer = found[i].count == 1 ? &found[i].list[0] : named(&found[i], name);
	if (writer == NULL) writer = named(&found[3], name);
	if (writer != NULL) {
		set_writer(d, writer, name);
		d->is_writer_sure = is_only(&found[0], writer->address) && is_only(&found[1], writer->address) && is_only(&found[2], writer->address);
	}
	for (size_t i = 0; i < COUNT_OF(fields); i++) mailboxes_release(&found[i]);
	free(name);
}

void own_list_read(struct draft *d, const struct mime *m, const char *fallback)
{
	char id[LIST_MAX] = "";

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (!agrees(m, i, id)) return;
	if (id[0] == '\0') return;
	d->list = mem_text(id);
	if (d->from.address != NULL && own_list_is(id, d->from.address)) read_writer(d, m, fallback);
}

void own_list_take(struct draft *d)
{
	memcpy(d->auto_reason, d->through_reason, sizeof(d->auto_reason));
	memcpy(d->no_ack_reason, d->through_no_ack, sizeof(d->no_ack_reason));
	mem_free(&d->auto_evidence);
	d->auto_evidence = d->through_evidence;
	d->through_evidence = NULL;
	d->is_automatic = d->auto_reason[0] != '\0';
	d->is_through_own_list = true;
	if (d->writer.address == NULL) return;
	d->header_from = d->from.address;
	free(d->from.name);
	d->from = d->writer;
	d->writer = (struct draft_address){ 0 };
}
