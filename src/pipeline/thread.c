/* thread.c - to which ticket of its sender a mail belongs. The table of evidence is in thread.h.
 *
 * What is looked at is bounded: REFERENCES_MAX ids, CODES_MAX words of the subject, and with them the look-ups a hostile mail can cause. */
#include "pipeline/thread.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/reply.h"
#include "pipeline/ticket.h"
#include "text/text.h"

#define REFERENCES_MAX 12               /* newest first; the oldest one, the root, is always among them */
#define CODES_MAX 4
#define SUBJECT_MAX 512                 /* bytes of a subject that are looked at */
#define CODE_LEN_MIN 10                 /* "202611-001" */
#define CODE_SIZE 24

static const char *const subject_words[] = { "keep", "split", NULL };
static const char *const closed_words[] = { "reopen", "link", NULL };
static const char *const copies_words[] = { "one_ticket", "linked", "separate", NULL };

#define OPT(kind, field, ...) IK_OPTION(kind, struct thread_conf, field, __VA_ARGS__)
const struct ik_option thread_options[] = {
	OPT(ENUM, new_subject, .def = "keep", .choices = subject_words,
	    .help = "A reply with a wholly new subject: keep it in the ticket it answers, or split it off into a linked ticket."),
	OPT(ENUM, closed, .def = "reopen", .choices = closed_words,
	    .help = "A person's answer to a closed ticket: reopen that ticket, or open a new one linked to it."),
	OPT(DURATION, closed_window, .def = "30d", .min = 0, .max = 3650 * INT64_C(86400),
	    .help = "How long after closing a ticket is opened again; later answers open a linked ticket. 0: no limit."),
	OPT(ENUM, two_mailboxes, .def = "one_ticket", .choices = copies_words,
	    .help = "The same new mail in two mailboxes: one ticket, a second one linked to the first, or two that know nothing of each other."),
	IK_OPTION_END
};

/* One piece of evidence. */
struct claim { int64_t ticket; const char *rule; int score; bool needs_no_writer; };

/* The search while it goes on: ends with the first claim that may write; the first that may not is remembered. */
struct search {
	struct store_tx *tx;
	const struct marks *marks;
	const struct ticket *t;
	struct thread found, refused;
};

static void set_thread(struct thread *thread, const struct claim *claim, const char *is, const char *why, const char *evidence)
{
	*thread = (struct thread){ .is = is, .rule = claim->rule, .why = why, .score = claim->score, .ticket = claim->ticket };
	(void)snprintf(thread->evidence, sizeof(thread->evidence), "%.*s", (int)utf8_cut(evidence, strlen(evidence), THREAD_EVIDENCE_MAX - 1), evidence);
}

/* Whether the sender may write in the ticket that is claimed. A ticket that is not there (a mark of another store's life) is no claim. */
static enum ik_rc weigh(struct search *s, const struct claim *claim, const char *evidence, struct ik_error *err)
{
	struct store_standing standing;
	bool exists = false, may_write = claim->needs_no_writer;
	const bool is_forged = s->t->authentication.is == AUTHENTICATION_FAIL;
	struct claim now = *claim;
	enum ik_rc rc = store_current_ticket(s->tx, claim->ticket, &now.ticket, err);       /* it may have been merged into another */

	claim = &now;
	if (rc == IK_OK) rc = store_get_standing(s->tx, claim->ticket, &exists, &standing, err);
	if (rc != IK_OK || !exists) return rc;
	if (!may_write && !is_forged && s->t->contact_id != 0) rc = store_is_participant(s->tx, claim->ticket, s->t->contact_id, &may_write, err);
	if (rc != IK_OK) return rc;
	if (may_write) set_thread(&s->found, claim, "append", NULL, evidence);
	else if (s->refused.ticket == 0) set_thread(&s->refused, claim, "claimed", is_forged ? "sender-forged" : "not-a-participant", evidence);
	return IK_OK;
}

/* ---- evidence, strongest first ------------------------------------------------------------------------------------------- */

static enum ik_rc weigh_address(struct search *s, const char *address, struct ik_error *err)
{
	struct claim claim = { .rule = "plus-address", .score = 100 };

	if (s->found.ticket != 0 || !marks_read_address(s->marks, address, &claim.ticket)) return IK_OK;
	return weigh(s, &claim, address, err);
}

static enum ik_rc by_address(struct search *s, struct ik_error *err)
{
	const struct draft *d = &s->t->draft;
	enum ik_rc rc = weigh_address(s, s->t->recipient, err);

	if (rc == IK_OK) rc = weigh_address(s, d->delivered_to, err);
	if (rc == IK_OK) rc = weigh_address(s, d->original_to, err);
	for (size_t i = 0; rc == IK_OK && i < d->to_count; i++) rc = weigh_address(s, d->to[i].address, err);
	return rc;
}

/* Deliveries to a helpdesk carry marks as well, but name no ticket. */
static bool is_own_mark(const struct marks *marks, const char *id, int64_t *ticket_r, bool *is_ack_r)
{
	enum mark_kind kind;

	if (id == NULL || !marks_read_message_id(marks, id, &kind, ticket_r) || (kind != MARK_ACK && kind != MARK_NOTICE)) return false;
	*is_ack_r = true;               /* a notice counts like an acknowledgement: what answers it gets none */
	return true;
}

static enum ik_rc weigh_mark(struct search *s, const char *id, struct ik_error *err)
{
	struct claim claim = { .rule = s->t->draft.is_bounce ? "own-bounce" : "own-message-id", .score = 90 };
	bool is_ack = false;

	if (s->found.ticket != 0 || !is_own_mark(s->marks, id, &claim.ticket, &is_ack)) return IK_OK;
	claim.needs_no_writer = is_ack && s->t->draft.is_bounce;
	return weigh(s, &claim, id, err);
}

/* The nth reference as they are looked at: In-Reply-To, the newest ones, the root. NULL: no more. */
static const char *reference_at(const struct draft *d, size_t nth)
{
	const size_t newest = d->reference_count < REFERENCES_MAX ? d->reference_count : REFERENCES_MAX - 1;

	if (nth == 0) return d->in_reply_to != NULL ? d->in_reply_to : "";
	if (nth <= newest) return d->references[d->reference_count - nth];
	return nth == newest + 1 && newest < d->reference_count ? d->references[0] : NULL;
}

static enum ik_rc by_mark(struct search *s, struct ik_error *err)
{
	const struct draft *d = &s->t->draft;
	const char *id;
	enum ik_rc rc = d->is_bounce ? weigh_mark(s, d->bounce_message_id, err) : IK_OK;

	for (size_t i = 0; rc == IK_OK && (id = reference_at(d, i)) != NULL; i++) rc = weigh_mark(s, id, err);
	return rc;
}

static enum ik_rc by_reference(struct search *s, struct ik_error *err)
{
	const struct ticket *t = s->t;
	const char *id;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && s->found.ticket == 0 && (id = reference_at(&t->draft, i)) != NULL; i++) {
		struct claim claim = { .rule = "ancestor", .score = 70 };
		bool is_own = false;

		if (id[0] == '\0') continue;
		rc = store_find_reference(s->tx, t->contact_id, id, t->received_at, &claim.ticket, &is_own, err);
		if (rc != IK_OK || claim.ticket == 0) continue;
		if (i <= 1 && !is_own) claim = (struct claim){ .ticket = claim.ticket, .rule = "reference", .score = 80 };
		rc = weigh(s, &claim, id, err);
	}
	return rc;
}

/* The length of a word made of letters, digits and dashes at text. */
static size_t word_len(const char *text)
{
	size_t len = 0;

	while (isalnum((unsigned char)text[len]) || text[len] == '-') len++;
	return len;
}

static enum ik_rc weigh_word(struct search *s, const char *word, struct ik_error *err)
{
	const bool is_code = store_code_valid(word);
	struct claim claim = { .rule = is_code ? "code" : "number", .score = is_code ? 60 : 50 };
	enum ik_rc rc = store_find_ticket(s->tx, word, &claim.ticket, err);

	return rc == IK_OK && claim.ticket != 0 ? weigh(s, &claim, word, err) : rc;
}

/* A tracking code or number as a word of the subject; codes go first, wherever they stand. */
static enum ik_rc by_subject(struct search *s, bool codes, struct ik_error *err)
{
	const char *const subject = s->t->draft.subject;
	enum ik_rc rc = IK_OK;
	int asked = 0;

	for (const char *at = subject; rc == IK_OK && s->found.ticket == 0 && asked < CODES_MAX && *at != '\0' && at - subject < SUBJECT_MAX;) {
		const size_t len = word_len(at);
		char word[CODE_SIZE];

		if (len >= CODE_LEN_MIN && len < sizeof(word)) {
			memcpy(word, at, len);
			word[len] = '\0';
			if (store_code_valid(word) == codes) {
				rc = weigh_word(s, word, err);
				asked++;
			}
		}
		at += len > 0 ? len : 1;
	}
	return rc;
}

static enum ik_rc find(struct search *s, struct ik_error *err)
{
	enum ik_rc rc = by_address(s, err);

	if (rc == IK_OK && s->found.ticket == 0) rc = by_mark(s, err);
	if (rc == IK_OK && s->found.ticket == 0) rc = by_reference(s, err);
	if (rc == IK_OK && s->found.ticket == 0) rc = by_subject(s, true, err);
	if (rc == IK_OK && s->found.ticket == 0) rc = by_subject(s, false, err);
	return rc;
}

/* ---- what follows from it --------------------------------------------------------------------------------------------------- */

/* The subject without "Re:", "AW: Fwd:" and their like, as many as there are. */
static const char *bare_subject(const char *subject)
{
	const char *rest;

	for (int i = 0; i < 10 && reply_prefix(subject, &rest) != REPLY_NO_PREFIX; i++) subject = rest;
	return subject;
}

/* A word as it is compared: a run of ASCII letters and digits, or two neighbours of another script. 0: no more. */
static size_t word_at(const char *text)
{
	size_t len = 0, at = 0;

	while (isalnum((unsigned char)text[len])) len++;
	if (len > 0 || text[0] == '\0') return len;
	(void)utf8_next(text, strlen(text), &at);
	if (text[at] != '\0' && (unsigned char)text[at] >= 0x80) (void)utf8_next(text, strlen(text), &at);
	return at;
}

static bool shares_word(const char *subject, const char *earlier)
{
	for (const char *at = subject; *at != '\0';) {
		const size_t len = word_at(at);
		size_t step = 0;
		char word[64];

		(void)utf8_next(at, strlen(at), &step);
		if (len > 1 && len < sizeof(word)) {
			memcpy(word, at, len);
			word[len] = '\0';
			if (strstr(earlier, word) != NULL) return true;
		}
		at += isalnum((unsigned char)*at) ? len : step;
	}
	return false;
}

/* Words are runs of folded text with single blanks between: text_fold() takes blanks out, so that each word is folded by itself. */
static void fold_words(struct buf *out, const char *text)
{
	const char *const start = text;

	while (*text != '\0' && text - start < SUBJECT_MAX) {
		const size_t len = strcspn(text, " \t.,;:!?()[]{}<>\"'#/-");

		if (len > 0) (void)text_fold(out, text, utf8_cut(text, len, SUBJECT_MAX));
		if (out->len > 0) (void)buf_char(out, ' ');
		text += len > 0 ? len : 1;
	}
}

bool thread_is_new_subject(const char *subject, const char *earlier)
{
	struct buf now = BUF_INIT(8192), before = BUF_INIT(8192);
	bool is_new;

	fold_words(&now, bare_subject(subject));
	fold_words(&before, bare_subject(earlier));
	is_new = now.len > 0 && before.len > 0 && !shares_word(buf_str(&now), buf_str(&before));
	buf_release(&now);
	buf_release(&before);
	return is_new;
}

static const struct thread_conf usual = { .closed_window = 30 * INT64_C(86400) };

bool thread_is_past_reopening(const struct thread_conf *conf, const struct store_standing *standing, int64_t now_at)
{
	if (conf == NULL) conf = &usual;
	if (standing->state != STATE_CLOSED) return false;
	if (conf->closed == CLOSED_LINK) return true;
	return conf->closed_window > 0 && standing->state_at > 0 && now_at - standing->state_at > conf->closed_window;
}

/* Why a mail that may write in the ticket becomes one of its own all the same; NULL: it is appended. Who wrote to the ticket's own address,
 * or put its code into the subject, means this ticket whatever the subject says. */
static const char *why_apart(const struct thread_conf *conf, const struct ticket *t, const struct thread *found, const struct store_standing *standing)
{
	const bool is_machine = t->draft.is_automatic || t->draft.is_bounce;
	const char *rest;

	if (is_machine) return NULL;
	if (thread_is_past_reopening(conf, standing, t->received_at)) return "closed";
	if (found->score == 100) return NULL;
	if (reply_prefix(t->draft.subject, &rest) == REPLY_IS_FORWARD) return "forward";
	if (found->score >= 70 && conf->new_subject == SUBJECT_SPLIT && thread_is_new_subject(t->draft.subject, standing->subject)) return "new-subject";
	return NULL;
}

static enum ik_rc settle(struct store_tx *tx, const struct thread_conf *conf, struct ticket *t, struct ik_error *err)
{
	struct store_standing standing = { .state = STATE_RECEIVED };
	bool exists = false;
	enum ik_rc rc = store_get_standing(tx, t->thread.ticket, &exists, &standing, err);

	if (rc != IK_OK) return rc;
	t->thread.why = why_apart(conf, t, &t->thread, &standing);
	t->verdict_rule = t->thread.rule;
	if (t->thread.why != NULL) {
		t->thread.is = "related";
		t->verdict = VERDICT_RELATED;
		t->related_ticket = t->thread.ticket;
		t->related_kind = "related";
		return IK_OK;
	}
	t->verdict = VERDICT_FOLLOWUP;
	t->known_ticket = t->thread.ticket;
	t->reopens = (standing.state == STATE_CLOSED || standing.state == STATE_RESOLVED) && !t->draft.is_automatic && !t->draft.is_bounce;
	t->answers = standing.state == STATE_WAITING_CUSTOMER && !t->draft.is_automatic && !t->draft.is_bounce;
	if (t->reopens) t->thread.is = "reopen";
	return IK_OK;
}

/* Step 9 of the decision list asks this of every mail, whichever ticket it ends in. */
static bool answers_ack(const struct marks *marks, const struct draft *d)
{
	int64_t ticket;
	bool is_ack = false;

	if (d->is_bounce && is_own_mark(marks, d->bounce_message_id, &ticket, &is_ack) && is_ack) return true;
	if (is_own_mark(marks, d->in_reply_to, &ticket, &is_ack) && is_ack) return true;
	for (size_t i = 0; i < d->reference_count; i++)
		if (is_own_mark(marks, d->references[i], &ticket, &is_ack) && is_ack) return true;
	return false;
}

enum ik_rc find_thread(struct store_tx *tx, const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	struct search s = { .tx = tx, .marks = setup->marks, .t = t };
	enum ik_rc rc;

	t->thread = (struct thread){ .is = "none" };
	t->is_reply_to_ack = t->reopens = t->answers = false;
	t->claimed_ticket = 0;
	if (t->form != IK_FORM_MAIL || t->unreadable != NULL) return IK_OK;
	t->is_reply_to_ack = answers_ack(setup->marks, &t->draft);
	if (t->verdict != VERDICT_NEW) return IK_OK;            /* a copy of another mailbox is where its first one is */
	rc = find(&s, err);
	if (rc != IK_OK) return rc;
	if (s.found.ticket != 0) {
		t->thread = s.found;
		return settle(tx, setup->thread != NULL ? setup->thread : &usual, t, err);
	}
	if (s.refused.ticket != 0) {
		t->thread = s.refused;
		t->claimed_ticket = s.refused.ticket;
		t->verdict_rule = "claimed-thread";
	}
	return IK_OK;
}

/* ---- kept for later ----------------------------------------------------------------------------------------------------------- */

/* Ids under which a later mail of the same sender finds this ticket though no mail of ours has them: ancestors that we never saw, and the
 * mail's own id when somebody else had used it before. Bounded; what is ours, or led here, needs no filing, and of an answer's ancestors only
 * the newest can be new. */
enum ik_rc keep_references(struct store_tx *tx, const struct marks *marks, const struct ticket *t, int64_t message_id, struct ik_error *err)
{
	const struct draft *d = &t->draft;
	const bool is_first = t->known_ticket == 0 && t->related_ticket == 0, is_answer = t->known_ticket != 0;
	const char *const led_here = t->thread.evidence;
	const struct { const char *id; bool is_kept; } ids[] = {
		{ t->is_key_reused ? d->message_id : NULL, true }, { d->in_reply_to, is_first || is_answer }, { d->reference_count > 0 ? d->references[0] : NULL, is_first },
		{ d->reference_count > 1 ? d->references[d->reference_count - 1] : NULL, is_first || is_answer },
	};
	enum ik_rc rc = IK_OK;

	if (t->form != IK_FORM_MAIL || t->contact_id == 0) return IK_OK;
	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(ids); i++) {
		const char *const id = ids[i].id;
		int64_t ticket;
		bool is_ack;

		if (id == NULL || !ids[i].is_kept || is_own_mark(marks, id, &ticket, &is_ack) || (i > 0 && strcmp(id, led_here) == 0)) continue;
		rc = store_add_reference(tx, t->contact_id, id, t->received_at, message_id, t->ticket_id, err);
	}
	return rc;
}

void thread_write(const struct thread *thread, struct buf *b)
{
	buf_text(b, "{\"is\":");
	json_quote(b, thread->is != NULL ? thread->is : "none");
	if (thread->rule != NULL) {
		buf_text(b, ",\"rule\":");
		json_quote(b, thread->rule);
		buf_format(b, ",\"score\":%d,\"ticket\":%lld,\"evidence\":", thread->score, (long long)thread->ticket);
		json_quote(b, thread->evidence);
		if (thread->why != NULL) buf_text(b, ",\"why\":");
		if (thread->why != NULL) json_quote(b, thread->why);
	}
	buf_char(b, '}');
}
