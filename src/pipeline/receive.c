/* receive.c - takes over one message from a channel: copies, bounds, cleans, and makes large bytes durable. */
#include "pipeline/ticket.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"

#define NAME_MAX_BYTES 256
#define SUBJECT_MAX_BYTES 998
#define KEY_MAX_BYTES 400
#define PARTS_MAX 100
#define RAW_MAX_BYTES (64ll * 1024 * 1024)

/* A clean copy of at most max bytes; NULL stays NULL. */
static char *clean_text(const char *text, size_t max, bool is_line)
{
	struct buf b = BUF_INIT(max * 3 + 16);
	size_t len;

	if (text == NULL) return NULL;
	len = strnlen(text, max);
	utf8_clean(&b, text, utf8_cut(text, len, max), is_line);
	return buf_take(&b);
}

void pipeline_key(const char *source_id, char key_r[PIPELINE_KEY_SIZE])
{
	const struct bytes piece = { source_id, strlen(source_id) };
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE], *clean = clean_text(source_id, KEY_MAX_BYTES, true);

	if (piece.len <= KEY_MAX_BYTES && strcmp(clean, source_id) == 0) {
		memcpy(key_r, clean, piece.len + 1);
	} else {
		sha256(&piece, 1, digest);
		(void)snprintf(key_r, PIPELINE_KEY_SIZE, "id-sha256:%s", hex_encode(digest, SHA256_SIZE, hex));
	}
	free(clean);
}

/* How long and how often the platform lets us answer, from when it was written: a message that waited somewhere has less left. */
static void take_window(const struct ik_message *m, struct ticket *t)
{
	const struct pipeline_account *account = t->account;
	const int64_t written_at = m->sent_at > 0 && m->sent_at < t->received_at ? m->sent_at : t->received_at;

	t->reply_until = m->reply_until > 0 ? m->reply_until : account->reply_window_s > 0 ? written_at + account->reply_window_s : 0;
	t->replies = m->replies > 0 ? m->replies : account->reply_most;
}

static void copy_texts(const struct ik_message *m, struct ticket *t)
{
	const struct { char **to; const char *from; size_t max; } lines[] = {
		{ &t->source_id, m->source_id, KEY_MAX_BYTES },      { &t->recipient, m->recipient, NAME_MAX_BYTES },
		{ &t->envelope_from, m->envelope_from, NAME_MAX_BYTES }, { &t->conversation, m->conversation, NAME_MAX_BYTES },
		{ &t->sender_type, m->sender_type, 15 },             { &t->sender, m->sender, NAME_MAX_BYTES },
		{ &t->sender_name, m->sender_name, NAME_MAX_BYTES }, { &t->language_hint, m->language, 35 },
		{ &t->brand, m->brand, 64 },                         { &t->order_number, m->order_number, 64 },
		{ &t->cursor_name, m->cursor_name, NAME_MAX_BYTES }, { &t->cursor_value, m->cursor_value, 1024 },
		{ &t->client, m->client, 64 },                       { &t->mail, m->mail, NAME_MAX_BYTES },
	};

	for (size_t i = 0; i < COUNT_OF(lines); i++) *lines[i].to = clean_text(lines[i].from, lines[i].max, true);
	t->sender_verified = m->sender_verified;
	t->followers = m->followers > 0 ? m->followers : 0;
	take_window(m, t);
	t->is_automatic_author = m->is_automatic;
	t->is_single_use = m->is_single_use;
	t->is_history = m->is_history;
	t->is_late = m->is_late && m->form == IK_FORM_MAIL;
	t->history_before = m->form == IK_FORM_MAIL ? m->history_before : 0;
	t->came_at = m->form == IK_FORM_MAIL && m->sent_at > 0 && m->sent_at < t->received_at ? m->sent_at : 0;
	t->form = m->form;
	if (m->source_id != NULL && m->source_id[0] != '\0') pipeline_key(m->source_id, t->key);
}

static void copy_draft(const struct ik_message *m, struct ticket *t)
{
	const size_t text_len = m->text != NULL ? strlen(m->text) : 0;

	if (m->form != IK_FORM_PLAIN) return;
	t->draft.subject = clean_text(m->subject != NULL ? m->subject : "", SUBJECT_MAX_BYTES, true);
	t->draft.text = clean_text(m->text != NULL ? m->text : "", DRAFT_TEXT_MAX, false);
	t->draft.is_cut = text_len > DRAFT_TEXT_MAX;
	t->draft.sent_at = m->sent_at;
}

/* One upload: its bytes as a blob. The JSON row that describes it goes to list. */
static enum ik_rc copy_part(struct store *store, const struct ik_part *p, struct ticket *t, json_t *list, struct ik_error *err)
{
	struct store_blob *blob = &t->files[t->file_count];
	char hex[SHA256_HEX_SIZE], *name, *type;
	json_t *row;
	enum ik_rc rc;

	if (p->data != NULL) {
		void *copy = mem_copy(p->data, (size_t)p->size);

		rc = store_blob_prepare(store, copy, (size_t)p->size, blob, err);
		t->file_data[t->file_count] = copy;
	} else {
		rc = store_blob_prepare_fd(store, p->fd, p->size, blob, &t->file_data[t->file_count], err);
	}
	t->file_count++;
	if (rc != IK_OK) return rc;
	name = clean_text(p->name, NAME_MAX_BYTES, true);
	type = clean_text(p->content_type != NULL ? p->content_type : "application/octet-stream", NAME_MAX_BYTES, true);
	row = json_pack("{s:I, s:s}", "size", (json_int_t)blob->size, "sha256", hex_encode(blob->digest, SHA256_SIZE, hex));
	json_set_text(row, "name", name);
	json_set_text(row, "content_type", type);
	(void)json_array_append_new(list, row);
	mem_free(&name);
	mem_free(&type);
	return IK_OK;
}

static enum ik_rc copy_parts(struct store *store, const struct ik_message *m, struct ticket *t, struct ik_error *err)
{
	struct buf text = BUF_INIT(256 * 1024);
	json_t *list;
	enum ik_rc rc = IK_OK;

	if (m->part_count == 0) return IK_OK;
	if (m->part_count > PARTS_MAX) return ik_fail(IK_REJECT, err, "%zu attachments, %d allowed", m->part_count, PARTS_MAX);
	list = json_array();
	t->files = mem_new(m->part_count * sizeof(*t->files));
	t->file_data = mem_new(m->part_count * sizeof(*t->file_data));
	for (size_t i = 0; rc == IK_OK && i < m->part_count; i++) rc = copy_part(store, &m->parts[i], t, list, err);
	if (rc == IK_OK && json_print(&text, list)) t->attachments = buf_take(&text);
	json_decref(list);
	buf_release(&text);
	return rc;
}

/* Small originals are copied; a large one keeps a descriptor of its own until the blob is written. One that is too large to be read is kept
 * all the same. */
static enum ik_rc copy_raw(const struct ik_message *m, struct ticket *t, struct ik_error *err)
{
	if (m->raw_size < 0) return ik_fail(IK_RETRY, err, "original of %lld bytes", (long long)m->raw_size);
	t->raw_size = m->raw_size;
	if (m->raw != NULL) {
		t->raw = mem_copy(m->raw, (size_t)m->raw_size);
	} else if (m->raw_size > 0) {
		t->raw_fd = fcntl(m->raw_fd, F_DUPFD_CLOEXEC, 3);
		if (t->raw_fd < 0) return ik_fail_errno(err, "keep the original open");
	}
	if (m->raw_size > RAW_MAX_BYTES) return ik_fail(IK_REJECT, err, "original of %lld bytes, %lld allowed", (long long)m->raw_size, RAW_MAX_BYTES);
	return IK_OK;
}

enum ik_rc receive(struct store *store, const struct ik_message *m, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc;

	copy_texts(m, t);
	copy_draft(m, t);
	rc = copy_raw(m, t, err);
	if (rc == IK_OK) rc = copy_parts(store, m, t, err);
	return rc;
}

enum ik_rc receive_original(struct store *store, struct ticket *t, struct ik_error *err)
{
	char hex[SHA256_HEX_SIZE];
	enum ik_rc rc = IK_OK;

	if (t->raw != NULL) {
		rc = store_blob_prepare(store, t->raw, (size_t)t->raw_size, &t->original, err);
	} else if (t->raw_fd >= 0) {
		rc = store_blob_prepare_fd(store, t->raw_fd, t->raw_size, &t->original, &t->raw, err);
	}
	if (rc != IK_OK) return rc;
	if (t->key[0] == '\0') {
		const char *recipient = t->recipient != NULL ? t->recipient : "";

		(void)snprintf(t->key, sizeof(t->key), "sha256:%s:%s", hex_encode(t->original.digest, SHA256_SIZE, hex), recipient);
	}
	t->key_len = strlen(t->key);
	return IK_OK;
}
