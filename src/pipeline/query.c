/* query.c - a customer asks in a chat how it goes: the tracking code, or a word for "status", is answered with the state and opens no ticket.
 *
 * Only where the platform vouches for the sender, and only about tickets this customer wrote in: a code of somebody else is an ordinary message,
 * as is one that does not exist, so that nobody learns which codes there are. Answers use the limits of acknowledgements. */
#include "pipeline/ticket.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "store/progress.h"
#include "text/hash.h"

#define QUERY_BYTES_MAX 80

static const char *const words[] = { "status", "/status", "progress", "/progress", "进度", "進度", "查进度", "查進度", "查询进度", "查詢進度", "状态", "狀態", NULL };

/* The text without blanks around it, in lower case; false: too long for a question of this kind. */
static bool trimmed(const char *text, char text_r[QUERY_BYTES_MAX])
{
	size_t len;

	if (text == NULL) return false;
	text += strspn(text, " \t\r\n");
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) len--;
	if (len == 0 || len >= QUERY_BYTES_MAX) return false;
	for (size_t i = 0; i < len; i++) text_r[i] = (char)tolower((unsigned char)text[i]);
	text_r[len] = '\0';
	return true;
}

/* What stands behind one of the words, "" for the word alone; NULL: it begins with none. */
static const char *behind_word(const char *text)
{
	for (const char *const *word = words; *word != NULL; word++) {
		const size_t len = strlen(*word);

		if (strncmp(text, *word, len) != 0) continue;
		if (text[len] == '\0') return text + len;
		if (strchr(" :", text[len]) != NULL) return text + len + strspn(text + len, " :");
	}
	return NULL;
}

static enum ik_rc ticket_asked_for(struct store_tx *tx, const struct ticket *t, const char *text, int64_t *ticket_id_r, struct ik_error *err)
{
	const char *rest = behind_word(text), *code = rest != NULL ? rest : text;
	bool is_theirs = false;
	int64_t id = 0;
	enum ik_rc rc = IK_OK;

	*ticket_id_r = 0;
	if (code[0] == '\0') return store_newest_ticket(tx, t->contact_id, ticket_id_r, err);
	if (!store_code_valid(code)) return IK_OK;
	rc = store_find_ticket(tx, code, &id, err);
	if (rc == IK_OK && id != 0) rc = store_is_participant(tx, id, t->contact_id, &is_theirs, err);
	if (rc == IK_OK && is_theirs) *ticket_id_r = id;
	return rc;
}

enum ik_rc find_query(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	char text[QUERY_BYTES_MAX];
	int64_t id = 0;
	enum ik_rc rc;

	if (t->verdict != VERDICT_NEW || t->account->ack != IK_ACK_REPLY || !t->sender_verified || t->contact_id == 0 || t->file_count > 0) return IK_OK;
	if (!trimmed(t->draft.text, text)) return IK_OK;
	rc = ticket_asked_for(tx, t, text, &id, err);
	if (rc != IK_OK || id == 0) return rc;
	t->verdict = VERDICT_QUERY;
	t->verdict_rule = "status-query";
	t->known_ticket = id;
	return IK_OK;
}

/* The event is named after the message, so that each question is answered once, whatever is repeated. */
enum ik_rc commit_query(struct store_tx *tx, const struct ticket *t, struct ik_error *err)
{
	struct store_duty duty = { .kind = DUTY_NOTICE, .ticket_id = t->known_ticket, .created_at = t->received_at };
	enum ik_rc rc = store_add_key(tx, t->account->name, t->key, t->received_at, 0, 0, t->content_digest, err);

	(void)snprintf(duty.event, sizeof(duty.event), "%s.%08" PRIx32 "%08" PRIx32, template_event_names[EVENT_STATUS], hash_text(t->key, strlen(t->key)),
	               (uint32_t)t->received_at);
	(void)snprintf(duty.target, sizeof(duty.target), "ack:%.59s", t->account->name);
	(void)snprintf(duty.address, sizeof(duty.address), "%s", t->conversation != NULL ? t->conversation : "");
	if (rc == IK_OK && t->ack == ACK_PENDING) rc = store_add_duty(tx, &duty, err);
	return rc == IK_OK ? store_count(tx, t->account->name, t->received_at, COUNT_REFUSED, t->ack == ACK_PENDING ? "status-query" : "status-query-limit", err) : rc;
}
