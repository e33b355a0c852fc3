/* reclassify.c - see reclassify.h. */
#include "pipeline/reclassify.h"

#include <stdio.h>
#include <string.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "pipeline/progress.h"
#include "pipeline/split.h"
#include "policy/assign.h"
#include "policy/due_text.h"

#define DEADLINE_MAX (32 * 1024)

static enum severity severity_of(const char *name, enum severity fallback)
{
	for (int i = 0; severity_names[i] != NULL; i++)
		if (strcmp(severity_names[i], name) == 0) return (enum severity)i;
	return fallback;
}

static void add_word(char text_r[RECLASS_TEXT], const char *key, const char *value)
{
	const size_t have = strlen(text_r);

	if (value[0] != '\0') (void)snprintf(text_r + have, RECLASS_TEXT - have, "%s%s=%s", have > 0 ? " " : "", key, value);
}

const char *reclassify_words(const struct store_class *says, char text_r[RECLASS_TEXT])
{
	text_r[0] = '\0';
	add_word(text_r, "category", says->category);
	add_word(text_r, "severity", says->severity);
	add_word(text_r, "sentiment", says->sentiment);
	add_word(text_r, "department", says->department);
	add_word(text_r, "product", says->product);
	if (text_r[0] == '\0') (void)snprintf(text_r, RECLASS_TEXT, "nothing");
	return text_r;
}

/* A word that is no other than the one there says nothing. */
static void drop_same(char *word, const char *is)
{
	if (strcmp(word, is) == 0) word[0] = '\0';
}

static void drop_known(struct store_class *says, const struct store_class *is)
{
	drop_same(says->category, is->category);
	drop_same(says->severity, is->severity);
	drop_same(says->sentiment, is->sentiment);
	drop_same(says->department, is->department);
	drop_same(says->product, is->product);
}

static bool is_empty(const struct store_class *c)
{
	return c->category[0] == '\0' && c->severity[0] == '\0' && c->sentiment[0] == '\0' && c->department[0] == '\0' && c->product[0] == '\0';
}

static enum ik_rc no_category(const struct policy *policy, const char *word, struct ik_error *err)
{
	const char *const *list;
	const size_t count = policy_categories(policy, &list);
	char all[256] = "";

	for (size_t i = 0, have; i < count; i++) {
		have = strlen(all);
		(void)snprintf(all + have, sizeof(all) - have, " %s", list[i]);
	}
	return ik_fail(IK_REJECT, err, "there is no category %.40s; there are%s", word, all);
}

static enum ik_rc check_words(const struct policy *policy, const struct store_class *says, struct ik_error *err)
{
	if (says->category[0] != '\0' && policy_category(policy, says->category) == NULL) return no_category(policy, says->category, err);
	if (says->severity[0] != '\0' && policy_severity(says->severity) == NULL) return ik_fail(IK_REJECT, err, "there is no severity %.40s", says->severity);
	if (says->sentiment[0] != '\0' && policy_sentiment(says->sentiment) == NULL) return ik_fail(IK_REJECT, err, "there is no sentiment %.40s", says->sentiment);
	if (!utf8_valid(says->product, strlen(says->product)) || !utf8_valid(says->department, strlen(says->department)))
		return ik_fail(IK_REJECT, err, "a name is not valid UTF-8");
	return IK_OK;
}

/* ---- what follows from another class ---------------------------------------------------------------------------------------- */

static int64_t earlier(int64_t was, int64_t now)
{
	return now != 0 && (was == 0 || now < was) ? now : 0;
}

struct new_dates { struct store_dates is; struct buf deadline; char words[DUE_TEXT_MAX]; };

static void add_time(struct buf *b, const char *name, int64_t at)
{
	char text[CLOCK_RFC3339_SIZE];

	buf_text(b, name);
	json_quote(b, clock_rfc3339(at, text));
}

/* How the date that holds now was worked out; what was decided at first stays beside it. */
static void write_deadline(const struct new_dates *d, const struct schedule *s, struct buf *b)
{
	add_time(b, "{\"received\":", s->received_at);
	add_time(b, ",\"first_response\":", s->first_response_due);
	if (d->is.likely_due != 0) add_time(b, ",\"likely\":", d->is.likely_due);
	buf_text(b, ",");
	schedule_write(s, b);
	buf_text(b, "}");
}

/* The dates of the new severity, counted from a moment, where they are earlier than those that stand. */
static void dates_of(const struct pipeline_setup *setup, const struct store_classed *c, const struct store_class *now, int64_t from, struct new_dates *d_r)
{
	const char *brand = c->brand[0] != '\0' ? c->brand : NULL;
	const enum severity severity = severity_of(now->severity, SEVERITY_NORMAL);
	struct schedule s;

	*d_r = (struct new_dates){ .is = { .first_response_due = 0 }, .deadline = BUF_INIT(DEADLINE_MAX) };
	if (now->severity[0] != '\0') {
		policy_schedule(setup->policy, brand, severity, from, &s);
		d_r->is.first_response_due = c->first_response_at == 0 ? earlier(c->first_response_due, s.first_response_due) : 0;
		d_r->is.handling_due = earlier(c->handling_due, s.handling_due);
		if (d_r->is.first_response_due != 0) {
			d_r->is.likely_due = promise_due(setup->promise, brand, severity, from, s.first_response_due);
			due_text(c->language, policy_zone(setup->policy), d_r->is.likely_due != 0 ? d_r->is.likely_due : s.first_response_due, d_r->words);
			write_deadline(d_r, &s, &d_r->deadline);
		}
		schedule_release(&s);
	}
	d_r->is.promise_text = d_r->words;
	d_r->is.deadline = d_r->deadline.is_full ? "" : buf_str(&d_r->deadline);
}

/* Another matter, another department and place in the queue. */
static void assign_anew(const struct pipeline_setup *setup, const struct store_classed *c, const struct store_class *now, struct assignment *a_r)
{
	const struct assign_input in = { .category = now->category[0] != '\0' ? now->category : c->is.category,
	                                 .severity = now->severity[0] != '\0' ? now->severity : c->is.severity,
	                                 .brand = c->brand[0] != '\0' ? c->brand : NULL, .channel = c->channel, .handle = c->handle, .reach = c->customers,
	                                 .persons = c->persons, .followers = c->followers, .is_public = c->is_public };

	policy_assign(setup->policy, &in, a_r);
}

static enum ik_rc set_place(struct store_tx *tx, int64_t ticket_id, const struct assignment *a, struct ik_error *err)
{
	return store_set_priority(tx, ticket_id, &(struct store_place){ .place = a->priority, .reach = a->reach, .persons = a->persons, .followers = a->followers,
	                                                               .is_public = a->is_public, .why = a->why }, err);
}

static enum ik_rc tell_sinks(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, int64_t message_id, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < setup->sink_count; i++) {
		struct store_duty duty = { .kind = DUTY_DELIVER, .ticket_id = r->ticket_id, .message_id = message_id, .state = DUTY_PENDING, .created_at = r->at,
		                           .event = "ticket.updated" };
		bool has = false;

		(void)snprintf(duty.target, sizeof(duty.target), "sink:%s", setup->sinks[i]);
		if (strcmp(duty.target, r->actor) == 0) continue;               /* it said so itself */
		rc = store_is_meant_for(tx, r->ticket_id, duty.target, &has, err);
		if (rc == IK_OK && has) rc = store_add_duty(tx, &duty, err);
	}
	return rc;
}

/* What somebody has to see at once now, and did not before. */
static enum ik_rc raise_alarm(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, const struct store_classed *c,
                              const struct store_class *now, struct ik_error *err)
{
	const bool is_urgent = strcmp(now->severity, severity_names[SEVERITY_URGENT]) == 0, is_angry = strcmp(now->sentiment, "angry") == 0;
	char words[RECLASS_TEXT];
	json_t *evidence;
	enum ik_rc rc;

	if (!is_urgent && !is_angry) return IK_OK;
	evidence = json_pack("{s:s, s:s, s:s, s:s}", "rule", r->actor, "evidence", reclassify_words(now, words), "channel", c->channel, "number", c->number);
	rc = alarm_raise(tx, setup->alarms, is_urgent ? ALARM_URGENT : ALARM_ANGER, c->number, r->ticket_id, evidence, r->at, err);
	json_decref(evidence);
	return rc;
}

/* Sinks that the new route names and that do not have the ticket yet. Who has it keeps it. */
static enum ik_rc hand_over(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, const struct store_classed *c,
                            const struct assignment *a, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < setup->sink_count; i++) {
		struct store_duty duty = { .kind = DUTY_DELIVER, .ticket_id = r->ticket_id, .message_id = c->message_id, .state = DUTY_PENDING, .created_at = r->at,
		                           .event = "ticket.created" };
		bool has = true;

		(void)snprintf(duty.target, sizeof(duty.target), "sink:%s", setup->sinks[i]);
		if (assignment_allows(a, setup->sinks[i])) rc = store_is_meant_for(tx, r->ticket_id, duty.target, &has, err);
		if (rc == IK_OK && !has) rc = store_add_duty(tx, &duty, err);
	}
	return rc;
}

/* Whether the routes may say something else of it. */
static bool is_elsewhere(const struct store_class *now)
{
	return now->category[0] != '\0' || now->severity[0] != '\0';
}

/* now: only what is other than before; its dates count from the moment `from`. */
static enum ik_rc settle(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, const struct store_classed *c, struct store_class now,
                         bool keeps_department, int64_t from, struct assignment *a_r, struct ik_error *err)
{
	struct new_dates dates;
	enum ik_rc rc = IK_OK;

	dates_of(setup, c, &now, from, &dates);
	assign_anew(setup, c, &now, a_r);
	if (is_elsewhere(&now) && !keeps_department && now.department[0] == '\0' && a_r->department != NULL) (void)snprintf(now.department, CLASS_WORD, "%s", a_r->department);
	if (is_elsewhere(&now)) rc = set_place(tx, r->ticket_id, a_r, err);
	if (rc == IK_OK) rc = store_set_class(tx, r->ticket_id, &now, &dates.is, err);
	if (rc == IK_OK && dates.is.first_response_due != 0) rc = progress_begin(tx, setup, r->ticket_id, r->at, dates.is.first_response_due, err);
	buf_release(&dates.deadline);
	return rc;
}

/* What was decided anew about the messages that are there: those who have the ticket hear of it. */
static enum ik_rc enter(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, const struct store_classed *c, const struct store_class *now,
                        bool keeps_department, struct ik_error *err)
{
	struct assignment a;
	enum ik_rc rc = settle(tx, setup, r, c, *now, keeps_department, c->received_at, &a, err);

	if (rc == IK_OK) rc = raise_alarm(tx, setup, r, c, now, err);
	if (rc == IK_OK) rc = tell_sinks(tx, setup, r, c->message_id, err);
	return rc == IK_OK && is_elsewhere(now) ? hand_over(tx, setup, r, c, &a, err) : rc;
}

/* Of what stood before only what is about to be another. */
static void keep_named(struct store_class *was, const struct store_class *says)
{
	if (says->category[0] == '\0') was->category[0] = '\0';
	if (says->severity[0] == '\0') was->severity[0] = '\0';
	if (says->sentiment[0] == '\0') was->sentiment[0] = '\0';
	if (says->department[0] == '\0') was->department[0] = '\0';
	if (says->product[0] == '\0') was->product[0] = '\0';
}

/* ---- a person's word ------------------------------------------------------------------------------------------------------------ */

enum ik_rc reclassify_correct(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, bool *changed_r, struct ik_error *err)
{
	struct store_correction correction = { .ticket_id = r->ticket_id, .at = r->at, .actor = r->actor, .says = r->says };
	struct store_classed c;
	struct store_class now = r->says;
	char words[RECLASS_TEXT];
	enum ik_rc rc = check_words(setup->policy, &r->says, err);

	if (rc == IK_OK && is_empty(&r->says)) rc = ik_fail(IK_REJECT, err, "a correction says what is another");
	if (rc == IK_OK) rc = store_refuse_merged(tx, r->ticket_id, err);
	if (rc == IK_OK) rc = store_get_class(tx, r->ticket_id, &c, err);
	if (rc != IK_OK) return rc;
	correction.was = c.is;
	keep_named(&correction.was, &r->says);
	rc = store_add_correction(tx, &correction, changed_r, err);
	if (rc != IK_OK || !*changed_r) return rc;
	drop_known(&now, &c.is);
	rc = store_add_history(tx, r->ticket_id, r->at, "class.corrected", r->actor, reclassify_words(&r->says, words), err);
	return rc == IK_OK && !is_empty(&now) ? enter(tx, setup, r, &c, &now, r->says.department[0] != '\0', err) : rc;
}

/* Only what the correction had changed goes back, and the department follows, unless another correction names one. */
enum ik_rc reclassify_revoke(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, struct ik_error *err)
{
	struct store_classed c;
	struct store_class was, others;
	size_t count = 0;
	char words[RECLASS_TEXT];
	enum ik_rc rc = store_refuse_merged(tx, r->ticket_id, err);

	if (rc == IK_OK) rc = store_get_class(tx, r->ticket_id, &c, err);
	if (rc == IK_OK) rc = store_revoke_correction(tx, r->ticket_id, r->at, &was, err);
	if (rc == IK_OK) rc = store_corrected(tx, r->ticket_id, &others, &count, err);
	if (rc != IK_OK) return rc;
	rc = store_add_history(tx, r->ticket_id, r->at, "class.revoked", r->actor, reclassify_words(&was, words), err);
	drop_known(&was, &c.is);
	return rc == IK_OK && !is_empty(&was) ? enter(tx, setup, r, &c, &was, others.department[0] != '\0', err) : rc;
}

/* ---- a later message -------------------------------------------------------------------------------------------------------------- */

enum ik_rc reclassify_reach(struct store_tx *tx, const struct pipeline_setup *setup, const struct reach *more, struct ik_error *err)
{
	const struct store_class same = { .category = "" };
	struct assignment before, now;
	struct store_classed c;
	enum ik_rc rc = store_get_class(tx, more->ticket_id, &c, err);

	if (rc != IK_OK || (more->persons <= c.persons && more->followers <= c.followers && (c.is_public || !more->is_public))) return rc;
	assign_anew(setup, &c, &same, &before);
	if (more->persons > c.persons) c.persons = more->persons;
	if (more->followers > c.followers) c.followers = more->followers;
	c.is_public |= more->is_public;
	assign_anew(setup, &c, &same, &now);
	rc = set_place(tx, more->ticket_id, &now, err);
	return rc == IK_OK && now.priority < before.priority ? store_add_history(tx, more->ticket_id, more->at, "priority", "intaked", now.why, err) : rc;
}

/* "Hello" opens a ticket about nothing, and the next line says what it is about. */
static bool tells_the_matter(const struct store_class *says, const struct store_class *is)
{
	return strcmp(is->category, "other") == 0 && severity_of(says->severity, SEVERITY_LOW) < severity_of(is->severity, SEVERITY_LOW);
}

/* Only what makes the matter graver or names it first, and is no other than what a person said. */
static void keep_what_is_graver(struct store_class *says, const struct store_class *is, const struct store_class *corrected)
{
	const enum severity more = severity_of(says->severity, SEVERITY_LOW);

	if (corrected->category[0] != '\0' || (strcmp(says->category, "safety") != 0 && !tells_the_matter(says, is))) says->category[0] = '\0';
	drop_same(says->category, is->category);
	if (corrected->product[0] != '\0' || is->product[0] != '\0') says->product[0] = '\0';
	if (corrected->severity[0] != '\0' || more >= severity_of(is->severity, SEVERITY_LOW)) says->severity[0] = '\0';
	if (corrected->sentiment[0] != '\0' || strcmp(says->sentiment, "angry") != 0 || strcmp(is->sentiment, "angry") == 0) says->sentiment[0] = '\0';
	says->department[0] = '\0';
}

/* A rule for departments, an operator or an import named it: it is not the routes'. */
static bool has_own_department(const struct pipeline_setup *setup, const struct store_classed *c)
{
	const struct store_class unchanged = { .category = "" };
	struct assignment a;

	assign_anew(setup, c, &unchanged, &a);
	return c->is.department[0] != '\0' && (a.department == NULL || strcmp(a.department, c->is.department) != 0);
}

enum ik_rc reclassify_raise(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, int64_t from, struct ik_error *err)
{
	struct store_class says = r->says, corrected;
	struct store_classed c;
	struct assignment a;
	char words[RECLASS_TEXT];
	size_t count = 0;
	enum ik_rc rc = store_get_class(tx, r->ticket_id, &c, err);

	if (rc == IK_OK) rc = store_corrected(tx, r->ticket_id, &corrected, &count, err);
	if (rc != IK_OK) return rc;
	keep_what_is_graver(&says, &c.is, &corrected);
	if (is_empty(&says)) return IK_OK;
	rc = store_add_history(tx, r->ticket_id, r->at, "class.raised", r->actor, reclassify_words(&says, words), err);
	if (rc == IK_OK) rc = settle(tx, setup, r, &c, says, corrected.department[0] != '\0' || has_own_department(setup, &c), from, &a, err);
	return rc == IK_OK && is_elsewhere(&says) ? hand_over(tx, setup, r, &c, &a, err) : rc;
}

/* The timers of a ticket that lives again may have passed it by while it was closed; those that stand are the same. */
static enum ik_rc watch_again(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, struct ik_error *err)
{
	struct store_classed c;
	enum ik_rc rc = store_get_class(tx, move->ticket_id, &c, err);

	if (rc != IK_OK || c.first_response_at != 0 || c.first_response_due <= move->at || c.state == STATE_RESOLVED || c.state == STATE_CLOSED) return rc;
	return progress_begin(tx, setup, move->ticket_id, c.received_at, c.first_response_due, err);
}

static enum ik_rc merge(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, struct ik_error *err)
{
	struct reclass r = { .ticket_id = move->ticket_id, .at = move->at, .actor = move->actor };
	struct store_classed other;
	enum ik_rc rc = store_get_class(tx, move->other_id, &other, err);

	r.says = other.is;
	if (rc == IK_OK) rc = store_merge(tx, move, err);
	if (rc == IK_OK) rc = watch_again(tx, setup, move, err);
	return rc == IK_OK ? reclassify_raise(tx, setup, &r, other.received_at, err) : rc;
}

enum ik_rc reclassify_move(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, int64_t *ticket_id_r, struct ik_error *err)
{
	if (move->other_id != 0) return merge(tx, setup, move, err);
	return *ticket_id_r == 0 ? split(tx, setup, move, ticket_id_r, err) : split_more(tx, setup, move, *ticket_id_r, err);
}

/* ---- an adviser's word ------------------------------------------------------------------------------------------------------------- */

static void keep_what_holds(struct store_class *says, const struct store_classed *c, const struct store_class *corrected)
{
	drop_known(says, &c->is);
	says->department[0] = says->product[0] = '\0';
	if (corrected->category[0] != '\0' || strcmp(c->is.category, "safety") == 0) says->category[0] = '\0';
	if (corrected->severity[0] != '\0' || severity_of(says->severity, SEVERITY_LOW) >= severity_of(c->is.severity, SEVERITY_LOW)) says->severity[0] = '\0';
	if (corrected->sentiment[0] != '\0' || strcmp(c->is.sentiment, "angry") == 0) says->sentiment[0] = '\0';
}

enum ik_rc reclassify_advise(struct store_tx *tx, const struct pipeline_setup *setup, const struct reclass *r, struct store_class *used_r, struct ik_error *err)
{
	struct store_class says = r->says, corrected;
	struct store_classed c;
	size_t count = 0;
	enum ik_rc rc = check_words(setup->policy, &says, err);

	if (rc == IK_OK) rc = store_get_class(tx, r->ticket_id, &c, err);
	if (rc == IK_OK) rc = store_corrected(tx, r->ticket_id, &corrected, &count, err);
	if (rc != IK_OK) return rc;
	keep_what_holds(&says, &c, &corrected);
	if (c.state == STATE_RESOLVED || c.state == STATE_CLOSED) says = (struct store_class){ .category = "" };
	if (!is_empty(&says)) rc = enter(tx, setup, r, &c, &says, corrected.department[0] != '\0', err);
	if (rc == IK_OK) *used_r = says;
	return rc;
}
