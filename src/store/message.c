/* message.c - rows of messages, their originals and uploads, and what could not be read. */
#include "store/inside.h"

const char *const store_reply_names[] = { "none", "mail", "chat", "response", NULL };

static struct sql_value int_or_null(int64_t number)
{
	return number != 0 ? SQL_INT(number) : SQL_NULL;
}

static struct sql_value bytes_of(const struct store_blob *blob)
{
	return SQL_BLOB(blob->data, (size_t)blob->size);
}

static enum ik_rc add_original(struct store_tx *tx, int64_t message_id, const struct store_blob *blob, struct ik_error *err)
{
	enum ik_rc rc = blob_note(tx, blob, err);

	if (rc != IK_OK) return rc;
	return sql_run(&tx->sql, "INSERT INTO original(message_id, size, digest, data) VALUES(?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(message_id), SQL_INT(blob->size), SQL_BLOB(blob->digest, STORE_DIGEST_SIZE), bytes_of(blob)), err);
}

static enum ik_rc add_upload(struct store_tx *tx, int64_t message_id, size_t place, const struct store_blob *blob, struct ik_error *err)
{
	enum ik_rc rc = blob_note(tx, blob, err);

	if (rc != IK_OK) return rc;
	return sql_run(&tx->sql, "INSERT INTO upload(message_id, place, size, digest, data) VALUES(?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(message_id), SQL_INT((int64_t)place), SQL_INT(blob->size), SQL_BLOB(blob->digest, STORE_DIGEST_SIZE),
	                        bytes_of(blob)), err);
}

static enum ik_rc insert_message(struct store_tx *tx, const struct store_message *m, struct ik_error *err)
{
	return sql_run(&tx->sql, "INSERT INTO message(ticket_id, contact_id, is_outbound, received_at, sent_at, channel, external_id, sender,"
	               " sender_name, conversation, recipient, language, auto_reason, authenticated, message_id, subject, marks,"
	               " attachments, text, reply_text, reply_until, replies_left, reply) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	               SQL_ARGS(SQL_INT(m->ticket_id), int_or_null(m->contact_id), SQL_INT(m->is_outbound), SQL_INT(m->received_at),
	                        int_or_null(m->sent_at), SQL_TEXT(m->channel), SQL_TEXT(m->external_id), SQL_TEXT(m->sender),
	                        SQL_TEXT(m->sender_name), SQL_TEXT(m->conversation), SQL_TEXT(m->recipient), SQL_TEXT(m->language),
	                        SQL_TEXT(m->auto_reason), SQL_TEXT(m->authenticated), SQL_TEXT(m->message_id), SQL_TEXT(m->subject),
	                        SQL_TEXT(m->marks), SQL_TEXT(m->attachments), SQL_TEXT(m->text), SQL_TEXT(m->reply_text),
	                        int_or_null(m->reply_until), m->replies_left < 0 ? SQL_INT(0) : int_or_null(m->replies_left), int_or_null((int64_t)m->reply)), err);
}

enum ik_rc store_add_message(struct store_tx *tx, struct store_message *m, struct ik_error *err)
{
	int64_t id;
	enum ik_rc rc = insert_message(tx, m, err);

	if (rc != IK_OK) return rc;
	id = sqlite3_last_insert_rowid(tx->sql.db);
	if (m->original != NULL) rc = add_original(tx, id, m->original, err);
	for (size_t i = 0; rc == IK_OK && i < m->file_count; i++) rc = add_upload(tx, id, i, &m->files[i], err);
	if (rc != IK_OK) return rc;
	tally_total(&tx->tally, TOTAL_MESSAGES, 1);
	tx->has_new_messages = true;
	m->id = id;
	return IK_OK;
}

enum ik_rc store_quarantine(struct store_tx *tx, const char *channel, const char *reason, const struct store_blob *raw, int64_t now_at,
                            int64_t ticket_id, struct ik_error *err)
{
	enum ik_rc rc = blob_note(tx, raw, err);

	if (rc == IK_OK)
		rc = sql_run(&tx->sql, "INSERT INTO quarantine(channel, reason, at, ticket_id, size, digest, data) VALUES(?, ?, ?, ?, ?, ?, ?)",
		             SQL_ARGS(SQL_TEXT(channel), SQL_TEXT(reason), SQL_INT(now_at), int_or_null(ticket_id), SQL_INT(raw->size),
		                      SQL_BLOB(raw->digest, STORE_DIGEST_SIZE), bytes_of(raw)), err);
	if (rc == IK_OK) tally_total(&tx->tally, TOTAL_QUARANTINED, 1);
	return rc;
}

enum ik_rc store_message_channel(struct store_tx *tx, int64_t message_id, char *channel_r, size_t size, char *recipient_r, size_t recipient_size,
                                 struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, "SELECT channel, recipient FROM message WHERE id = ?", SQL_ARGS(SQL_INT(message_id)), &rows, err);

	if (rc != IK_OK) return rc;
	channel_r[0] = recipient_r[0] = '\0';
	if (sql_next(&rows)) {
		sql_copy_at(&rows, 0, channel_r, size);
		sql_copy_at(&rows, 1, recipient_r, recipient_size);
	}
	return sql_end(&rows, err);
}
