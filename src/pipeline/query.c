/* query.c - what a customer says that opens no ticket and is answered with the state: in a chat or a mail the tracking code or a word for "status" and
 * nothing else, and in a chat the answer to a survey that was asked there.
 *
 * Only about tickets this customer wrote in; in a chat where the platform vouches for the sender, by mail to the address itself, a few times a day and
 * never to a machine. A code of somebody else is an ordinary message, as is one that does not exist, so that nobody learns which codes there are.
 * Answers use the limits of acknowledgements. A mail beyond its few is an ordinary one as well; one that is withheld by another limit stands in the
 * ticket's history. */
#include "pipeline/ticket.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include "pipeline/survey.h"
#include "store/progress.h"
#include "store/survey.h"
#include "text/hash.h"

#define QUERY_BYTES_MAX 80
#define DAY_S 86400

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

/* The word alone means the ticket that is answered, or the newest one of this customer. */
static enum ik_rc ticket_asked_for(struct store_tx *tx, const struct ticket *t, const char *text, int64_t *ticket_id_r, struct ik_error *err)
{
	const char *rest = behind_word(text), *code = rest != NULL ? rest : text;
	bool is_theirs = false;
	int64_t id = 0;
	enum ik_rc rc = IK_OK;

	*ticket_id_r = 0;
	if (code[0] == '\0' && t->thread.ticket != 0 && t->claimed_ticket == 0) {
		*ticket_id_r = t->thread.ticket;
		return IK_OK;
	}
	if (code[0] == '\0') return store_newest_ticket(tx, t->contact_id, ticket_id_r, err);
	if (!store_code_valid(code)) return IK_OK;
	rc = store_find_ticket(tx, code, &id, err);
	if (rc == IK_OK && id != 0) rc = store_current_ticket(tx, id, &id, err);       /* the code of a ticket that was merged asks after the one it is in */
	if (rc == IK_OK && id != 0) rc = store_is_participant(tx, id, t->contact_id, &is_theirs, err);
	if (rc == IK_OK && is_theirs) *ticket_id_r = id;
	return rc;
}

/* A chat whose platform vouches for who writes in it. */
static bool is_chat(const struct ticket *t)
{
	return t->verdict == VERDICT_NEW && t->entry == NULL && t->account->can_reply && t->account->ack != IK_ACK_MAIL && t->sender_verified && t->contact_id != 0 && t->file_count == 0;
}

static bool has_files(const struct draft *d)
{
	for (size_t i = 0; i < d->part_count; i++)
		if (!d->parts[i].is_inline) return true;
	return false;
}

/* A mail of a person; the answer goes to the address it says it is from, so that whoever forged that learns nothing. */
static bool is_mail(const struct pipeline_setup *setup, const struct ticket *t)
{
	const bool may_follow = t->verdict == VERDICT_NEW || (t->verdict == VERDICT_FOLLOWUP && t->claimed_ticket == 0);

	return may_follow && t->entry == NULL && t->account->ack == IK_ACK_MAIL && t->form == IK_FORM_MAIL && t->unreadable == NULL && setup->ack->status_day > 0 && !t->is_key_reused &&
	       t->contact_id != 0 && !t->draft.is_automatic && t->draft.no_ack_reason[0] == '\0' && !t->is_history && !has_files(&t->draft);
}

/* What its writer wrote himself; the subject when that is nothing. */
static const char *own_text(const struct ticket *t)
{
	const char *text = t->form == IK_FORM_MAIL ? t->draft.reply_text : t->draft.text;

	return t->form == IK_FORM_MAIL && text != NULL && text[strspn(text, " \t\r\n")] == '\0' ? t->draft.subject : text;
}

/* The decision list as for an acknowledgement; that it is an answer to one is what a question about it is allowed to be. */
static bool become_query(const struct pipeline_setup *setup, struct ticket *t)
{
	const enum verdict verdict = t->verdict;
	const bool is_reply_to_ack = t->is_reply_to_ack;

	t->verdict = VERDICT_QUERY;
	t->is_reply_to_ack = false;
	if (ack_withheld(setup, t) == NULL) return true;
	t->verdict = verdict;
	t->is_reply_to_ack = is_reply_to_ack;
	return false;
}

static enum ik_rc use_question(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, bool *ok_r, struct ik_error *err)
{
	char key[TICKET_HANDLE_MAX + 16];

	*ok_r = true;
	if (t->account->ack != IK_ACK_MAIL) return IK_OK;
	(void)snprintf(key, sizeof(key), "status-mail:%lld", (long long)t->contact_id);
	return store_use_budget(tx, key, DAY_S, setup->ack->status_day, t->received_at, ok_r, err);
}

enum ik_rc find_query(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	char text[QUERY_BYTES_MAX];
	const enum verdict verdict = t->verdict;
	const bool is_reply_to_ack = t->is_reply_to_ack;
	int64_t id = 0;
	bool is_one_more = false;
	enum ik_rc rc;

	if ((!is_chat(t) && !is_mail(setup, t)) || !trimmed(own_text(t), text)) return IK_OK;
	rc = ticket_asked_for(tx, t, text, &id, err);
	if (rc != IK_OK || id == 0 || !become_query(setup, t)) return rc;
	rc = use_question(tx, setup, t, &is_one_more, err);
	if (rc != IK_OK || !is_one_more) {
		t->verdict = verdict;
		t->is_reply_to_ack = is_reply_to_ack;
		return rc;
	}
	t->verdict_rule = "status-query";
	t->known_ticket = id;
	return IK_OK;
}

/* The event is named after the message, so that each question is answered once, whatever is repeated. */
static enum ik_rc tell_state(struct store_tx *tx, const struct ticket *t, struct ik_error *err)
{
	struct store_duty duty = { .kind = DUTY_NOTICE, .ticket_id = t->known_ticket, .created_at = t->received_at };

	(void)snprintf(duty.event, sizeof(duty.event), "%s.%08" PRIx32 "%08" PRIx32, template_event_names[EVENT_STATUS], hash_text(t->key, strlen(t->key)),
	               (uint32_t)t->received_at);
	if (t->account->ack == IK_ACK_MAIL) {
		(void)snprintf(duty.target, sizeof(duty.target), "ack:mail");
		(void)snprintf(duty.address, sizeof(duty.address), "%s", t->draft.from.address);
	} else {
		(void)snprintf(duty.target, sizeof(duty.target), "ack:%.59s", t->account->name);
		(void)snprintf(duty.address, sizeof(duty.address), "%s", t->conversation != NULL ? t->conversation : "");
	}
	return store_add_duty(tx, &duty, err);
}

enum ik_rc commit_query(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	char reason[64];
	enum ik_rc rc = store_get_receipt(tx, t->known_ticket, &t->receipt, err);

	t->ticket_id = t->known_ticket;
	if (rc == IK_OK) rc = store_add_key(tx, t->account->name, t->key, t->received_at, 0, 0, t->content_digest, err);
	if (rc == IK_OK && t->ack == ACK_PENDING) rc = tell_state(tx, t, err);
	if (rc == IK_OK && t->account->can_reply)
		rc = store_renew_reply(tx, t->known_ticket, t->account->name, t->reply_until, t->replies == 0 ? -1 : t->replies - (t->ack == ACK_PENDING), err);
	if (rc == IK_OK && t->account->ack == IK_ACK_MAIL) rc = store_add_history(tx, t->known_ticket, t->received_at, "status-query", "customer", t->ack_reason, err);
	(void)snprintf(reason, sizeof(reason), "%s%s", t->verdict_rule, t->ack == ACK_PENDING ? "" : "-limit");
	return rc == IK_OK ? store_count(tx, t->account->name, t->received_at, COUNT_REFUSED, reason, err) : rc;
}

/* ---- the answer to a survey --------------------------------------------------------------------------------------------- */

enum ik_rc find_rating(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	struct store_question question = { .ticket_id = 0 };
	bool is_theirs = false, is_done;
	enum ik_rc rc;

	if (!is_chat(t) || t->conversation == NULL || !rating_read(t->draft.text, &t->rating)) return IK_OK;
	rc = store_find_question(tx, t->account->name, t->conversation, &question, err);
	is_done = question.state == STATE_RESOLVED || question.state == STATE_CLOSED;
	if (rc != IK_OK || question.ticket_id == 0 || !is_done || t->received_at > question.sent_at + SURVEY_CHAT_S) return rc;
	rc = store_is_participant(tx, question.ticket_id, t->contact_id, &is_theirs, err);
	if (rc != IK_OK || !is_theirs) return rc;
	t->verdict = VERDICT_RATING;
	t->verdict_rule = "survey-answer";
	t->known_ticket = question.ticket_id;
	t->asked_at = question.sent_at;
	return IK_OK;
}

enum ik_rc commit_rating(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	bool is_taken = false;
	enum ik_rc rc = survey_take(tx, setup, t->known_ticket, t->asked_at, &t->rating, "chat", t->received_at, &is_taken, err);

	if (rc == IK_OK) rc = store_close_question(tx, t->account->name, t->conversation, err);
	return rc == IK_OK ? commit_query(tx, t, err) : rc;
}
