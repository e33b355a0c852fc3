/* commit.c - the rows of one message, all in the store's open transaction: until it is durable the source has the message,
 * from then on we do. */
#include "pipeline/likeness.h"
#include "pipeline/ticket.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "pipeline/breaker.h"
#include "pipeline/notify.h"
#include "pipeline/progress.h"
#include "pipeline/reclassify.h"
#include "store/class.h"
#include "store/progress.h"

#define DECISIONS_MAX (64 * 1024)       /* two walks of working time are the larger part of it */
#define BOUNCE_QUIET_S (60 * 86400)     /* s without mail to an address that bounced for good */

static void add_pair(struct buf *b, const char *name, const char *value)
{
	buf_text(b, name);
	json_quote(b, value);
}

static void add_time(struct buf *b, const char *name, int64_t at)
{
	char text[CLOCK_RFC3339_SIZE];

	add_pair(b, name, clock_rfc3339(at, text));
}

/* Who vouches for the sender, and where the mail was written to. */
static void write_sender(const struct ticket *t, struct buf *b)
{
	if (t->form != IK_FORM_MAIL) return;
	add_pair(b, ",\"authenticated\":", authentication_names[t->authentication.is]);
	add_pair(b, ",\"authenticated_by\":", t->authentication.why);
	if (t->authentication.is_forged) buf_text(b, ",\"forged_results\":true");
	if (t->draft.is_through_own_list) {             /* whose marks of a list then said nothing */
		add_pair(b, ",\"through_list\":", t->draft.list);
		if (t->draft.header_from != NULL) add_pair(b, ",\"header_from\":", t->draft.header_from);
	}
	add_pair(b, ",\"mailbox\":", t->mailbox);
}

/* The chain of decisions, for `intakectl explain`. */
static void write_decisions(const struct ticket *t, struct buf *b)
{
	add_pair(b, "{\"verdict\":{\"is\":", verdict_names[t->verdict]);
	add_pair(b, ",\"rule\":", t->verdict_rule);
	if (t->known_ticket != 0) buf_format(b, ",\"ticket\":%lld", (long long)t->known_ticket);
	if (t->claimed_ticket != 0) buf_format(b, ",\"claimed\":%lld", (long long)t->claimed_ticket);
	if (t->is_key_reused) buf_text(b, ",\"key_reused\":true");
	if (t->related_ticket != 0) buf_format(b, ",\"related\":%lld", (long long)t->related_ticket);
	add_pair(b, "},\"identity\":{\"type\":", t->handle_type);
	buf_format(b, ",\"contact\":%lld,\"verified\":%s", (long long)t->contact_id, t->sender_verified ? "true" : "false");
	write_sender(t, b);
	buf_text(b, "},\"thread\":");
	thread_write(&t->thread, b);
	buf_text(b, ",\"likeness\":");
	resemble_write(t, b);
	buf_text(b, ",\"class\":{");
	classification_write(&t->class, b);
	add_pair(b, "},\"routing\":{\"first_receiver\":", t->account->name);
	buf_text(b, ",");
	assignment_write(&t->assignment, b);
	add_time(b, "},\"deadline\":{\"received\":", t->counts_from);
	add_time(b, ",\"first_response\":", t->schedule.first_response_due);
	add_time(b, ",\"handling\":", t->schedule.handling_due);
	buf_text(b, ",");
	schedule_write(&t->schedule, b);
	if (t->likely_due != 0) add_time(b, ",\"likely\":", t->likely_due);
	buf_text(b, "}");
	add_pair(b, ",\"ack\":{\"is\":", store_ack_names[t->ack]);
	add_pair(b, ",\"reason\":", t->ack_reason);
	buf_text(b, "}}");
}

/* What threading and bounces need to know of a mail later. */
static char *write_marks(const struct ticket *t)
{
	const struct draft *d = &t->draft;
	struct buf b = BUF_INIT(64 * 1024);

	if (d->in_reply_to == NULL && d->reference_count == 0 && d->cut_rule == NULL && !d->is_bounce && t->thread.rule == NULL && t->likeness_says == NULL) return NULL;
	add_pair(&b, "{\"in_reply_to\":", d->in_reply_to);
	buf_text(&b, ",\"references\":[");
	for (size_t i = 0; i < d->reference_count; i++) add_pair(&b, i > 0 ? "," : "", d->references[i]);
	add_pair(&b, "],\"cut_rule\":", d->cut_rule);
	buf_format(&b, ",\"cut_start\":%lld,\"cut_end\":%lld", (long long)d->cut_start, (long long)d->cut_end);
	if (d->is_bounce) {
		add_pair(&b, ",\"bounce_recipient\":", d->bounce_recipient);
		add_pair(&b, ",\"bounce_status\":", d->bounce_status);
		add_pair(&b, ",\"bounce_message_id\":", d->bounce_message_id);
	}
	buf_text(&b, ",\"thread\":");
	thread_write(&t->thread, &b);
	if (t->likeness_says != NULL && t->known_ticket != 0) {
		buf_text(&b, ",\"likeness\":");
		resemble_write(t, &b);
	}
	if (t->known_ticket != 0) {
		buf_text(&b, ",\"class\":{");
		classification_write(&t->class, &b);
		buf_char(&b, '}');
	}
	buf_char(&b, '}');
	if (b.is_full) buf_release(&b);
	return b.data != NULL ? buf_take(&b) : NULL;
}

/* The date the customer is told because answers take that long of late. */
static enum ik_rc tell_likely(struct store_tx *tx, const struct ticket *t, struct ik_error *err)
{
	char text[CLOCK_RFC3339_SIZE];
	enum ik_rc rc = store_set_promise(tx, t->ticket_id, t->likely_due, t->promise_words, err);

	if (rc != IK_OK) return rc;
	return store_add_history(tx, t->ticket_id, t->received_at, "promise.measured", "intaked", clock_rfc3339(t->likely_due, text), err);
}

static enum ik_rc add_ticket(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	struct buf decisions = BUF_INIT(DECISIONS_MAX);
	struct store_ticket row;
	enum ik_rc rc;

	write_decisions(t, &decisions);
	row = (struct store_ticket){
		.month = policy_month(setup->policy, t->received_at),
		.brand = t->brand != NULL ? t->brand : t->account->brand, .channel = t->account->name, .channel_type = t->account->type,
		.contact_id = t->contact_id, .subject = t->draft.subject,
		.category = t->class.category, .severity = severity_names[t->class.severity], .sentiment = t->class.sentiment,
		.department = t->assignment.department, .order_number = t->order_number, .language = t->ack_language,
		.product = t->entry != NULL && t->entry->product != NULL ? t->entry->product : t->class.product.name,
		.wanted = t->entry != NULL && t->entry->wanted != NULL ? t->entry->wanted : t->class.wanted.name,
		.received_at = t->received_at, .first_response_due = t->schedule.first_response_due, .handling_due = t->schedule.handling_due,
		.promise_text = t->promise_words, .decisions = decisions.is_full ? "{}" : buf_str(&decisions), .ack = t->ack, .ack_reason = t->ack_reason, .ack_at = t->ack == ACK_SENT ? t->received_at : 0,
	};
	rc = store_add_ticket(tx, &row, err);
	if (rc == IK_OK) {
		t->ticket_id = row.id;
		memcpy(t->receipt.number, row.number, sizeof(row.number));
		memcpy(t->receipt.code, row.code, sizeof(row.code));
		t->receipt.first_response_due = t->likely_due != 0 && !promise_tells_target(setup->promise) ? t->likely_due : row.first_response_due;
		(void)snprintf(t->receipt.language, sizeof(t->receipt.language), "%s", t->ack_language);
	}
	if (rc == IK_OK && t->likely_due != 0) rc = tell_likely(tx, t, err);
	buf_release(&decisions);
	return rc;
}

static enum store_reply way_back(const struct pipeline_account *account)
{
	if (account->ack == IK_ACK_MAIL) return REPLY_MAIL;
	if (account->can_reply) return REPLY_CHAT;
	return account->ack == IK_ACK_NONE ? REPLY_NONE : REPLY_RESPONSE;
}

static enum ik_rc add_message(struct store_tx *tx, struct ticket *t, int64_t *message_id_r, struct ik_error *err)
{
	const struct draft *d = &t->draft;
	char *marks = t->form == IK_FORM_MAIL || (t->likeness_says != NULL && t->known_ticket != 0) ? write_marks(t) : NULL;
	struct store_message row = {
		.ticket_id = t->ticket_id, .channel = t->account->name, .external_id = t->source_id, .sender = t->sender,
		.sender_name = t->sender_name, .conversation = t->conversation, .recipient = t->recipient, .contact_id = t->contact_id,
		.received_at = t->received_at, .sent_at = d->sent_at, .subject = d->subject, .text = d->text,
		.reply_text = d->cut_rule != NULL || d->text == NULL ? d->reply_text : NULL, .language = t->class.language,
		.auto_reason = d->is_automatic ? d->auto_reason : NULL, .authenticated = authentication_names[t->authentication.is],
		.message_id = d->message_id, .marks = marks, .attachments = t->attachments,
		.original = t->original.size > 0 ? &t->original : NULL, .files = t->files, .file_count = t->file_count,
	};
	enum ik_rc rc;

	row.reply = way_back(t->account);
	row.reply_until = t->reply_until;       /* the acknowledgement is the first answer */
	row.replies_left = t->replies == 0 ? 0 : t->ack != ACK_PENDING || t->rerouted_to[0] != '\0' ? t->replies : t->replies > 1 ? t->replies - 1 : -1;
	rc = store_add_message(tx, &row, err);

	*message_id_r = row.id;
	free(marks);
	return rc;
}

static enum ik_rc add_duty(struct store_tx *tx, struct ticket *t, int64_t message_id, enum duty_kind kind, const char *target, const char *event,
                           const char *address, struct ik_error *err)
{
	struct store_duty duty = { .kind = kind, .ticket_id = t->ticket_id, .message_id = message_id, .state = DUTY_PENDING, .created_at = t->received_at };

	(void)snprintf(duty.target, sizeof(duty.target), "%s", target);
	(void)snprintf(duty.event, sizeof(duty.event), "%s", event);
	if (kind == DUTY_ACK) (void)snprintf(duty.template, sizeof(duty.template), "%s", template_event_names[t->ack_event]);
	(void)snprintf(duty.address, sizeof(duty.address), "%s", address != NULL ? address : "");
	return store_add_duty(tx, &duty, err);
}

/* One acknowledgement a ticket, one that tells of repeats, and one a follow-up where those are acknowledged: the store lets a name through once. */
static void name_ack(const struct ticket *t, int64_t message_id, char *name_r, size_t size)
{
	const bool is_repeat = t->verdict == VERDICT_DUPLICATE && t->likeness_says != NULL;

	if (t->known_ticket != 0 && !is_repeat) (void)snprintf(name_r, size, "received.%lld", (long long)message_id);
	else (void)snprintf(name_r, size, "%s", template_event_names[is_repeat || t->ack_event == EVENT_MASS_INCIDENT ? t->ack_event : EVENT_RECEIVED]);
}

static enum ik_rc add_duties(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, int64_t message_id, struct ik_error *err)
{
	const char *event = t->known_ticket == 0 ? "ticket.created" : "ticket.updated";
	char target[64], ack_event[32];                         /* one acknowledgement a message: the store lets an event through once */
	enum ik_rc rc = IK_OK;

	if (t->ack == ACK_PENDING) {
		const bool is_mail = t->account->ack == IK_ACK_MAIL, is_rerouted = t->rerouted_to[0] != '\0';

		(void)snprintf(target, sizeof(target), "ack:%s", is_mail || is_rerouted ? "mail" : t->account->name);
		name_ack(t, message_id, ack_event, sizeof(ack_event));
		rc = add_duty(tx, t, message_id, DUTY_ACK, target, ack_event, is_rerouted ? t->rerouted_to : is_mail ? t->draft.from.address : t->conversation, err);
		if (rc == IK_OK && is_rerouted) rc = store_add_history(tx, t->ticket_id, t->received_at, "notice.rerouted", "intaked", "received: " NOTIFY_REROUTED, err);
	}
	if (t->entry != NULL && !t->entry->deliver) return rc;
	for (size_t i = 0; rc == IK_OK && i < setup->sink_count; i++) {
		bool goes = assignment_allows(&t->assignment, setup->sinks[i]);

		(void)snprintf(target, sizeof(target), "sink:%s", setup->sinks[i]);
		if (t->known_ticket != 0) rc = store_is_meant_for(tx, t->ticket_id, target, &goes, err);        /* whoever has the ticket hears the rest */
		if (rc == IK_OK && goes) rc = add_duty(tx, t, message_id, DUTY_DELIVER, target, event, NULL, err);
	}
	return rc;
}

static enum ik_rc add_keys(struct store_tx *tx, struct ticket *t, int64_t message_id, struct ik_error *err)
{
	enum ik_rc rc = store_add_key(tx, t->account->name, t->key, t->received_at, message_id, t->ticket_id, t->content_digest, err);

	if (rc == IK_OK && t->mail_id[0] != '\0' && t->verdict != VERDICT_REPEAT && (t->verdict != VERDICT_DUPLICATE || t->likeness_says != NULL))
		rc = store_add_message_id(tx, t->mail_id, t->mail_at, message_id, t->ticket_id, t->content_digest, err);
	if (rc == IK_OK && t->is_copy && t->verdict != VERDICT_REPEAT) {
		char mail_id[TICKET_MAILBOX_ID_MAX];

		mailbox_mail_id(t, mail_id);
		rc = store_add_message_id(tx, mail_id, t->mail_at, message_id, t->ticket_id, t->content_digest, err);
	}
	return rc;
}

/* Our mail could not be delivered: nothing more goes to that address for a while. The address is the one we wrote to: what the bounce
 * says about recipients can be anything. */
static enum ik_rc mark_bounced(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, struct ik_error *err)
{
	const struct draft *d = &t->draft;
	char wrote_to[256] = "", address[TICKET_HANDLE_MAX];
	enum ik_rc rc;

	if (!d->is_bounce || !t->is_reply_to_ack || d->bounce_status == NULL || d->bounce_status[0] != '5') return IK_OK;
	rc = breaker_bounced(tx, setup, t->received_at, err);
	if (rc == IK_OK) rc = store_ack_address(tx, t->known_ticket, wrote_to, sizeof(wrote_to), err);
	if (rc != IK_OK || !ack_fold_address(wrote_to, address, sizeof(address))) return rc;
	return store_mark_address(tx, address, "bounced", d->bounce_status, t->received_at + BOUNCE_QUIET_S, err);
}

/* A repeat of the source: nothing new but the key under which it came this time. */
static enum ik_rc commit_repeat(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	t->ticket_id = t->known_ticket;
	if (strcmp(t->verdict_rule, "natural-key") != 0) rc = add_keys(tx, t, t->known_message, err);
	if (rc == IK_OK && t->known_ticket != 0) rc = store_get_receipt(tx, t->known_ticket, &t->receipt, err);
	if (rc == IK_OK && t->known_ticket != 0) rc = store_is_added(tx, t->known_ticket, t->known_message, &t->is_added, err);
	if (rc == IK_OK) rc = store_count(tx, t->account->name, t->received_at, COUNT_REPEATED, NULL, err);
	return rc;
}

/* Mail of our own that came back: kept as evidence, no ticket, no acknowledgement. */
static enum ik_rc commit_self(struct store_tx *tx, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc = store_quarantine(tx, t->account->name, "self", &t->original, t->received_at, 0, err);

	if (rc == IK_OK) rc = store_add_key(tx, t->account->name, t->key, t->received_at, 0, 0, t->content_digest, err);
	if (rc == IK_OK) rc = store_count(tx, t->account->name, t->received_at, COUNT_REFUSED, "self", err);
	return rc;
}

/* What was added to a ticket, by which rule, on what evidence. */
static enum ik_rc add_history(struct store_tx *tx, const struct ticket *t, struct ik_error *err)
{
	char detail[sizeof(t->likeness_says->evidence) + THREAD_EVIDENCE_MAX];

	if (t->likeness_says != NULL) (void)snprintf(detail, sizeof(detail), "%s (%d): %s", t->verdict_rule, t->likeness_says->rank, t->likeness_says->evidence);
	else if (t->verdict == VERDICT_FOLLOWUP) (void)snprintf(detail, sizeof(detail), "%s (%d): %s", t->verdict_rule, t->thread.score, t->thread.evidence);
	else (void)snprintf(detail, sizeof(detail), "%s", t->verdict_rule);
	return store_add_history(tx, t->ticket_id, t->received_at, verdict_names[t->verdict], "intaked", detail, err);
}

/* The customer wrote again: what was done is open again, what waited for them goes on. */
static enum ik_rc move_on(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, struct ik_error *err)
{
	return progress_move(tx, setup, &(struct progress_move){ .ticket_id = t->ticket_id, .to = t->reopens ? STATE_RECEIVED : STATE_IN_PROGRESS,
	                                                         .who = WHO_CUSTOMER, .actor = "customer", .at = t->received_at }, err);
}

static bool is_import(const struct ticket *t)
{
	return t->entry != NULL && t->entry->is_import;
}

/* Who entered it, and for rows out of the order of time where they stand. */
static enum ik_rc note_entry(struct store_tx *tx, const struct ticket *t, int64_t message_id, struct ik_error *err)
{
	const struct pipeline_entry *e = t->entry;
	const bool is_new = t->known_ticket == 0;
	enum ik_rc rc;

	if (e == NULL) return IK_OK;
	rc = store_add_history(tx, t->ticket_id, clock_wall(), e->is_import ? "imported" : "entered", e->actor, t->account->name, err);
	if (rc == IK_OK && is_new && e->state != STATE_RECEIVED) rc = store_set_state(tx, t->ticket_id, e->state, t->received_at, e->actor, err);
	if (rc == IK_OK && is_new) rc = store_note_late(tx, LATE_TICKET, t->ticket_id, t->received_at, err);
	return rc == IK_OK ? store_note_late(tx, LATE_MESSAGE, message_id, t->received_at, err) : rc;
}

/* Older mail says of itself that it was taken in later, and when it came. */
static enum ik_rc note_backfill(struct store_tx *tx, const struct ticket *t, struct ik_error *err)
{
	char text[CLOCK_RFC3339_SIZE];

	if (!t->is_history && !t->is_late) return IK_OK;
	return store_add_history(tx, t->ticket_id, t->received_at, "backfilled", "intaked", clock_rfc3339(t->is_late ? t->mail_at : t->counts_from, text), err);
}

/* The timers of a promise. Nobody was promised anything about older mail, no machine waits for an answer, and what is over cannot be watched. */
static enum ik_rc begin_progress(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, struct ik_error *err)
{
	if (t->known_ticket != 0 || is_import(t) || t->is_history || t->draft.is_automatic) return IK_OK;
	return progress_begin(tx, setup, t->ticket_id, t->received_at, t->schedule.first_response_due, err);
}

/* Of a mailbox full of older mail each cry for help would wake somebody; the ticket tells that it was not raised. */
bool is_of_old(const struct pipeline_setup *setup, const struct ticket *t)
{
	const int64_t came_at = t->is_late ? t->mail_at : t->counts_from;

	return (t->is_history || t->is_late) && setup->alarms != NULL && setup->alarms->old_after > 0 && came_at + setup->alarms->old_after < t->received_at;
}

/* The tickets of an open incident are one thing, which its own alarm has told of: five hundred customers are no five hundred calls at night. */
static const char *alarm_key(const struct ticket *t, char key_r[32])
{
	if (t->incident.id == 0 || t->incident.state != INCIDENT_OPEN) return t->receipt.number;
	(void)snprintf(key_r, 32, "incident %lld", (long long)t->incident.id);
	return key_r;
}

/* What somebody has to see before the queue is worked off. */
static enum ik_rc raise_alarms(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, struct ik_error *err)
{
	const bool is_urgent = t->class.severity == SEVERITY_URGENT;
	char key[32];
	json_t *evidence;
	enum ik_rc rc;

	if (t->known_ticket != 0 && t->verdict != VERDICT_FOLLOWUP) return IK_OK;
	if (!is_urgent && strcmp(t->class.sentiment, "angry") != 0) return IK_OK;
	if (t->draft.is_automatic || is_import(t)) return IK_OK;
	if (is_of_old(setup, t)) return store_add_history(tx, t->ticket_id, t->received_at, "alarm.withheld", "intaked", is_urgent ? "urgent" : "anger", err);
	evidence = is_urgent || t->class.mood.name == NULL ?
		json_pack("{s:s, s:s, s:s, s:s}", "rule", t->class.rule, "evidence", t->class.evidence, "channel", t->account->name, "number", t->receipt.number) :
		json_pack("{s:s, s:s, s:s, s:s, s:s}", "rule", t->class.mood.rule, "evidence", t->class.mood.evidence, "category", t->class.category,
		          "channel", t->account->name, "number", t->receipt.number);
	rc = alarm_raise(tx, setup->alarms, is_urgent ? ALARM_URGENT : ALARM_ANGER, alarm_key(t, key), t->ticket_id, evidence, t->received_at, err);
	json_decref(evidence);
	return rc;
}

/* Both tickets show the other. */
static enum ik_rc link_related(struct store_tx *tx, const struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc = store_link(tx, t->ticket_id, t->related_ticket, t->related_kind, err);

	return rc == IK_OK && t->likeness_says != NULL ? store_link(tx, t->related_ticket, t->ticket_id, t->related_kind, err) : rc;
}

/* Told again: counted on the ticket. A customer who comes back with another matter is marked on the new one. */
static enum ik_rc mark_repeat(struct store_tx *tx, const struct ticket *t, struct ik_error *err)
{
	int64_t repeats = 0;

	if (t->known_ticket == 0 || t->verdict != VERDICT_DUPLICATE || t->likeness_says == NULL) return IK_OK;
	return store_count_repeat(tx, t->ticket_id, &repeats, err);
}

static enum template_event event_of(const struct ticket *t)
{
	if (t->verdict == VERDICT_DUPLICATE && t->likeness_says != NULL) return EVENT_DUPLICATE;
	if (t->incident.state == INCIDENT_OPEN && t->incident.id != 0 && t->known_ticket == 0) return EVENT_MASS_INCIDENT;
	return t->ack_event == EVENT_RECEIVED && t->known_ticket == 0 && t->likely_due != 0 ? EVENT_UNDER_LOAD : t->ack_event;
}

/* How many tell of the same is known once the ticket is among them; its place follows, those of the tickets before it stay. */
static enum ik_rc heed_reach(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	const struct assignment *a = &t->assignment;

	if (t->incident.customers <= 1 || t->incident.state != INCIDENT_OPEN) return IK_OK;
	assign(setup->policy, t);
	return store_set_priority(tx, t->ticket_id, &(struct store_place){ .place = a->priority, .reach = a->reach, .persons = a->persons, .followers = a->followers,
	                                                                  .is_public = a->is_public, .why = a->why }, err);
}

/* What is added to a ticket may be graver than the message that opened it, and tell of more people. */
static enum ik_rc heed_added(struct store_tx *tx, const struct pipeline_setup *setup, const struct ticket *t, struct ik_error *err)
{
	struct reclass r = { .ticket_id = t->ticket_id, .at = t->received_at, .actor = "intaked" };
	enum ik_rc rc = IK_OK;

	if (t->draft.is_automatic) return IK_OK;
	(void)snprintf(r.says.category, sizeof(r.says.category), "%s", t->class.category);
	(void)snprintf(r.says.severity, sizeof(r.says.severity), "%s", severity_names[t->class.severity]);
	(void)snprintf(r.says.sentiment, sizeof(r.says.sentiment), "%s", t->class.sentiment);
	(void)snprintf(r.says.product, sizeof(r.says.product), "%s", t->class.product.name != NULL ? t->class.product.name : "");
	if (t->verdict == VERDICT_FOLLOWUP && t->class.wanted.name != NULL) rc = store_name_wanted(tx, t->ticket_id, t->class.wanted.name, err);
	if (rc == IK_OK && t->verdict == VERDICT_FOLLOWUP && !is_import(t)) rc = reclassify_raise(tx, setup, &r, r.at, err);
	if (rc != IK_OK || (t->class.persons == 0 && t->followers == 0 && !t->class.is_public)) return rc;
	return reclassify_reach(tx, setup, &(struct reach){ .ticket_id = t->ticket_id, .at = t->received_at, .persons = t->class.persons, .followers = t->followers,
	                                                    .is_public = t->class.is_public }, err);
}

static enum ik_rc commit_message(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	int64_t message_id = 0;
	enum ik_rc rc = IK_OK;

	t->ticket_id = t->known_ticket;
	t->is_added = t->known_ticket != 0;
	if (t->known_ticket == 0) rc = add_ticket(tx, setup, t, err);
	else rc = store_get_receipt(tx, t->known_ticket, &t->receipt, err);
	if (rc == IK_OK && t->contact_id != 0 && t->assignment.tier != NULL) rc = store_set_tier(tx, t->contact_id, t->assignment.tier, err);
	if (rc == IK_OK) rc = add_message(tx, t, &message_id, err);
	if (rc == IK_OK) rc = note_entry(tx, t, message_id, err);
	if (rc == IK_OK) rc = note_backfill(tx, t, err);
	if (rc == IK_OK && t->likeness != NULL) likeness_add(setup->likeness, t->likeness, message_id, t->ticket_id, store_tx_batch(tx));
	if (rc == IK_OK && t->claimed_ticket != 0) rc = store_link(tx, t->ticket_id, t->claimed_ticket, "claimed", err);
	if (rc == IK_OK && t->related_ticket != 0) rc = link_related(tx, t, err);
	if (rc == IK_OK && t->known_ticket != 0) rc = add_history(tx, t, err);
	if (rc == IK_OK) rc = join_customers(tx, setup, t, err);
	if (rc == IK_OK) rc = join_incident(tx, setup, t, err);
	if (rc == IK_OK) rc = t->known_ticket == 0 ? heed_reach(tx, setup, t, err) : heed_added(tx, setup, t, err);
	if (rc == IK_OK) rc = mark_repeat(tx, t, err);
	if (rc == IK_OK && (t->reopens || t->answers)) rc = move_on(tx, setup, t, err);
	if (rc == IK_OK) rc = begin_progress(tx, setup, t, err);
	if (rc == IK_OK) rc = add_keys(tx, t, message_id, err);
	if (rc == IK_OK) rc = keep_references(tx, setup->marks, t, message_id, err);
	if (rc == IK_OK && t->unreadable != NULL)
		rc = store_quarantine(tx, t->account->name, t->unreadable, &t->original, t->received_at, t->ticket_id, err);
	if (rc == IK_OK) rc = mark_bounced(tx, setup, t, err);
	t->ack_event = event_of(t);
	if (rc == IK_OK) rc = add_duties(tx, setup, t, message_id, err);
	if (rc == IK_OK) rc = ask_verification(tx, setup, t, message_id, err);
	if (rc == IK_OK) rc = count_client(tx, setup->store, t, err);
	if (rc == IK_OK) rc = raise_alarms(tx, setup, t, err);
	if (rc == IK_OK) rc = store_count(tx, t->account->name, t->received_at, COUNT_ACCEPTED, NULL, err);
	return rc;
}

enum ik_rc commit(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc;

	mem_free(&t->receipt.promise_text);
	if (t->verdict == VERDICT_REPEAT) rc = commit_repeat(tx, t, err);
	else if (t->verdict == VERDICT_SELF) rc = commit_self(tx, t, err);
	else if (t->verdict == VERDICT_QUERY) rc = commit_query(tx, t, err);
	else if (t->verdict == VERDICT_RATING) rc = commit_rating(tx, setup, t, err);
	else rc = commit_message(tx, setup, t, err);
	if (rc == IK_OK && t->cursor_name != NULL)
		rc = store_put_cursor(tx, t->account->name, t->cursor_name, t->cursor_value != NULL ? t->cursor_value : "", err);
	return rc;
}
