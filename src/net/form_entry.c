/* form_entry.c - what was entered into the contact form: read from the request, and the message that it becomes. */
#include "net/form_parts.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/json.h"
#include "base/utf8.h"

#define LINE_BYTES 8192                 /* of a line that is too long, to be shown again */
#define TEXT_BYTES 524288

const struct form_field_row form_fields[FIELDS] = {
	[F_SUBJECT] = { "subject", "off", W_SUBJECT, true },  [F_TEXT] = { "text", "off", W_TEXT, false },
	[F_CONTACT] = { "contact", "email", W_CONTACT, true },[F_NAME] = { "name", "name", W_NAME, true },
	[F_ORDER] = { "order_number", "off", W_ORDER, true }, [F_FILES] = { "files", "off", W_FILES, true },
};

const char *form_keep(struct ik_answer *answer, const char *text, size_t len)
{
	char *kept = answer->alloc(answer, len + 1);

	if (len > 0) memcpy(kept, text, len);
	return kept;
}

static const char *clean(struct ik_answer *answer, const struct ik_field *field, bool is_line)
{
	struct buf b = BUF_INIT(3 * TEXT_BYTES);
	const char *text, *kept;
	size_t len;

	(void)utf8_clean(&b, field->value, field->value_len, is_line);
	text = buf_str(&b);
	text += strspn(text, " \t\n");
	len = strlen(text);
	if (is_line) len = utf8_cut(text, len, LINE_BYTES);
	while (len > 0 && strchr(" \t\n", text[len - 1]) != NULL) len--;
	kept = form_keep(answer, text, len);
	buf_release(&b);
	return kept;
}

static void add_file(struct form_entry *e, const struct ik_field *field)
{
	if (field->filename == NULL || (field->filename[0] == '\0' && field->size == 0)) return;
	e->file_count++;
	if (e->part_count == FORM_FILES_MAX) return;
	e->parts[e->part_count++] = (struct ik_part){ .name = field->filename[0] != '\0' ? field->filename : "file", .content_type = field->content_type,
	                                              .data = field->fd < 0 ? "" : NULL, .fd = field->fd, .size = field->fd < 0 ? 0 : field->size };
}

static void read_field(struct form_entry *e, struct ik_answer *answer, const struct ik_field *field)
{
	if (field->filename != NULL || strcmp(field->name, "files") == 0) {
		if (strcmp(field->name, "files") == 0) add_file(e, field);
		return;
	}
	if (strcmp(field->name, "token") == 0) e->token = field->value;
	else if (strcmp(field->name, "work") == 0) e->work = field->value;
	else if (strcmp(field->name, "switch") == 0) e->is_switch = true;
	else if (strcmp(field->name, FORM_TRAP) == 0) e->is_trapped = field->value_len > 0;
	for (size_t f = 0; f < F_FILES; f++)
		if (strcmp(field->name, form_fields[f].name) == 0) e->values[f] = clean(answer, field, form_fields[f].is_line);
}

static const char *field_value(const struct ik_request *request, const char *name)
{
	for (size_t i = 0; i < request->field_count; i++)
		if (request->fields[i].filename == NULL && strcmp(request->fields[i].name, name) == 0) return request->fields[i].value;
	return NULL;
}

static enum page_language language_of(const struct ik_request *request)
{
	const char *asked = field_value(request, "switch");

	if (asked == NULL) asked = request->query(request, "lang");
	return page_language(asked != NULL ? asked : field_value(request, "lang"), request->header(request, "accept-language"), request->language);
}

struct form_entry *form_read_entry(const struct ik_request *request, struct ik_answer *answer)
{
	struct form_entry *e = answer->alloc(answer, sizeof(*e));

	e->language = language_of(request);
	for (size_t f = 0; f < FIELDS; f++) e->values[f] = "";
	for (size_t i = 0; i < request->field_count; i++) read_field(e, answer, &request->fields[i]);
	return e;
}

/* ---- the message ------------------------------------------------------------------------------------------------------------------------ */

static void digest_of(const struct ik_part *part, char hex_r[SHA256_HEX_SIZE])
{
	unsigned char piece[16384], digest[SHA256_SIZE];
	struct sha256 s;
	off_t at = 0;
	ssize_t got;

	sha256_init(&s);
	while (part->fd >= 0 && (got = pread(part->fd, piece, sizeof(piece), at)) > 0) {
		sha256_add(&s, piece, (size_t)got);
		at += got;
	}
	sha256_end(&s, digest);
	(void)hex_encode(digest, sizeof(digest), hex_r);
}

/* The original: what was entered as one JSON object with sorted keys, the same bytes whenever the same is sent. */
static const char *make_raw(const struct form_entry *e, struct ik_answer *answer)
{
	json_t *raw = json_object(), *files = json_array();
	char *text, hex[SHA256_HEX_SIZE];
	const char *kept;

	for (size_t f = 0; f < F_FILES; f++) json_set_text(raw, form_fields[f].name, e->values[f][0] != '\0' ? e->values[f] : NULL);
	json_set_text(raw, "language", page_tag(e->language));
	for (size_t i = 0; i < e->part_count; i++) {
		json_t *file = json_object();

		digest_of(&e->parts[i], hex);
		json_set_text(file, "name", e->parts[i].name);
		json_set_text(file, "content_type", e->parts[i].content_type);
		(void)json_object_set_new(file, "size", json_integer(e->parts[i].size));
		json_set_text(file, "sha256", hex);
		(void)json_array_append_new(files, file);
	}
	(void)json_object_set_new(raw, "attachments", files);
	text = json_dumps(raw, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(raw);
	kept = form_keep(answer, text != NULL ? text : "", text != NULL ? strlen(text) : 0);
	free(text);
	return kept;
}

static const char *or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

enum ik_rc form_offer(const struct form_entry *e, const char *peer, struct ik_answer *answer)
{
	struct ik_message *m = answer->alloc(answer, sizeof(*m));
	const char *contact = or_null(e->values[F_CONTACT]), *raw = make_raw(e, answer);

	*m = (struct ik_message){
		.form = IK_FORM_PLAIN, .source_id = e->token, .sender = contact, .sender_name = or_null(e->values[F_NAME]),
		.sender_type = contact == NULL ? NULL : strchr(contact, '@') != NULL ? "email" : "phone",
		.language = page_tag(e->language), .subject = e->values[F_SUBJECT], .text = e->values[F_TEXT], .order_number = or_null(e->values[F_ORDER]),
		.raw = raw, .raw_size = (int64_t)strlen(raw), .raw_fd = -1, .parts = e->parts, .part_count = e->part_count, .client = peer, .is_single_use = true,
	};
	answer->messages = m;
	answer->message_count = 1;
	return IK_OK;
}
