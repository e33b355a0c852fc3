/* split.c - see split.h. */
#include "pipeline/split.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "pipeline/notify.h"
#include "pipeline/progress.h"
#include "pipeline/reclassify.h"
#include "policy/assign.h"
#include "policy/due_text.h"
#include "store/progress.h"

#define DECISIONS_MAX (64 * 1024)

struct splitting {
	struct store_parting from;
	const char *brand, *channel_type;       /* NULL: none */
	const char *ack_reason;                 /* "split": whoever wrote it hears of the ticket; another: what keeps him from it */
	struct classification class;
	struct assignment assignment;
	struct schedule schedule;
	int64_t likely_due;                     /* as struct ticket has it */
	char words[DUE_TEXT_MAX];
};

/* A message of another channel than the ticket's brings the brand of that channel. */
static void find_origin(const struct pipeline_setup *setup, struct splitting *s)
{
	const struct store_parting *from = &s->from;
	const bool is_elsewhere = from->channel != NULL && from->ticket_channel != NULL && strcmp(from->channel, from->ticket_channel) != 0;
	const struct pipeline_account *account = is_elsewhere && setup->account != NULL ? setup->account(setup->account_arg, from->channel) : NULL;

	s->brand = account != NULL && account->brand != NULL ? account->brand : from->brand;
	s->channel_type = account != NULL ? account->type : from->channel_type;
	s->ack_reason = from->ack_reason == NULL ? "unverified" : notify_was_allowed(from->ack_reason) ? "split" : from->ack_reason;
}

static void decide(const struct pipeline_setup *setup, struct splitting *s)
{
	const struct policy_source source = { .channel = s->from.channel, .brand = s->brand };
	struct assign_input in = { .brand = s->brand, .channel = s->from.channel, .handle = s->from.handle != NULL ? s->from.handle : "", .reach = 1 };

	policy_classify_from(setup->policy, &source, s->from.subject, s->from.text, s->from.text_language, &s->class);
	in.category = s->class.category;
	in.severity = severity_names[s->class.severity];
	in.persons = s->class.persons;
	in.is_public = s->class.is_public;
	policy_assign(setup->policy, &in, &s->assignment);
	if (s->class.department.name != NULL) s->assignment.department = s->class.department.name;
	policy_schedule(setup->policy, s->brand, s->class.severity, s->from.received_at, &s->schedule);
	s->likely_due = promise_due(setup->promise, s->brand, s->class.severity, s->from.received_at, s->schedule.first_response_due);
	due_text(s->from.language, policy_zone(setup->policy), s->likely_due != 0 ? s->likely_due : s->schedule.first_response_due, s->words);
}

static void add_time(struct buf *b, const char *name, int64_t at)
{
	char text[CLOCK_RFC3339_SIZE];

	buf_text(b, name);
	json_quote(b, clock_rfc3339(at, text));
}

static void write_decisions(const struct splitting *s, struct buf *b)
{
	buf_text(b, "{\"verdict\":{\"is\":\"new\",\"rule\":\"split-by-operator\"},\"class\":{");
	classification_write(&s->class, b);
	buf_text(b, "},\"routing\":{\"first_receiver\":");
	json_quote(b, s->from.channel);
	buf_text(b, ",");
	assignment_write(&s->assignment, b);
	add_time(b, "},\"deadline\":{\"received\":", s->from.received_at);
	add_time(b, ",\"first_response\":", s->schedule.first_response_due);
	add_time(b, ",\"handling\":", s->schedule.handling_due);
	buf_text(b, ",");
	schedule_write(&s->schedule, b);
	if (s->likely_due != 0) add_time(b, ",\"likely\":", s->likely_due);
	buf_text(b, "},\"ack\":{\"is\":\"none\",\"reason\":");
	json_quote(b, s->ack_reason);
	buf_text(b, "}}");
}

static enum ik_rc store_it(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, const struct splitting *s, const char *decisions,
                           int64_t *ticket_id_r, struct ik_error *err)
{
	struct store_ticket row = {
		.month = move->month, .brand = s->brand, .channel = s->from.channel, .channel_type = s->channel_type, .contact_id = s->from.contact_id,
		.subject = s->from.subject != NULL ? s->from.subject : s->from.ticket_subject, .category = s->class.category, .severity = severity_names[s->class.severity],
		.sentiment = s->class.sentiment, .department = s->assignment.department, .product = s->class.product.name,
		.order_number = s->class.order_number[0] != '\0' ? s->class.order_number : NULL, .wanted = s->class.wanted.name, .language = s->from.language,
		.received_at = s->from.received_at, .first_response_due = s->schedule.first_response_due, .handling_due = s->schedule.handling_due,
		.promise_text = s->words, .decisions = decisions, .ack = ACK_NONE, .ack_reason = s->ack_reason,
	};
	const char **sinks = mem_new((setup->sink_count + 1) * sizeof(*sinks));
	size_t count = 0;
	enum ik_rc rc;

	for (size_t i = 0; i < setup->sink_count; i++)
		if (assignment_allows(&s->assignment, setup->sinks[i])) sinks[count++] = setup->sinks[i];
	rc = store_split(tx, move, &row, sinks, count, err);
	if (rc == IK_OK) *ticket_id_r = row.id;
	free(sinks);
	return rc;
}

static enum ik_rc tell_likely(struct store_tx *tx, const struct store_move *move, const struct splitting *s, int64_t ticket_id, struct ik_error *err)
{
	char text[CLOCK_RFC3339_SIZE];
	enum ik_rc rc = store_set_promise(tx, ticket_id, s->likely_due, s->words, err);

	return rc == IK_OK ? store_add_history(tx, ticket_id, move->at, "promise.measured", "intaked", clock_rfc3339(s->likely_due, text), err) : rc;
}

enum ik_rc split(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, int64_t *ticket_id_r, struct ik_error *err)
{
	struct splitting s = { .likely_due = 0 };
	struct buf decisions = BUF_INIT(DECISIONS_MAX);
	enum ik_rc rc = store_refuse_merged(tx, move->ticket_id, err);

	if (rc == IK_OK) rc = store_get_parting(tx, move, &s.from, err);
	if (rc != IK_OK) return rc;
	find_origin(setup, &s);
	decide(setup, &s);
	write_decisions(&s, &decisions);
	rc = store_it(tx, setup, move, &s, decisions.is_full ? "{}" : buf_str(&decisions), ticket_id_r, err);
	if (rc == IK_OK && s.likely_due != 0) rc = tell_likely(tx, move, &s, *ticket_id_r, err);
	if (rc == IK_OK && s.schedule.first_response_due > move->at) rc = progress_begin(tx, setup, *ticket_id_r, move->at, s.schedule.first_response_due, err);
	buf_release(&decisions);
	schedule_release(&s.schedule);
	store_parting_release(&s.from);
	return rc;
}

enum ik_rc split_more(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_move *move, int64_t ticket_id, struct ik_error *err)
{
	struct reclass r = { .ticket_id = ticket_id, .at = move->at, .actor = move->actor };
	struct splitting s = { .likely_due = 0 };
	int64_t from;
	enum ik_rc rc = store_get_parting(tx, move, &s.from, err);

	if (rc != IK_OK) return rc;
	find_origin(setup, &s);
	decide(setup, &s);
	from = s.from.received_at;
	(void)snprintf(r.says.category, sizeof(r.says.category), "%s", s.class.category);
	(void)snprintf(r.says.severity, sizeof(r.says.severity), "%s", severity_names[s.class.severity]);
	(void)snprintf(r.says.sentiment, sizeof(r.says.sentiment), "%s", s.class.sentiment);
	schedule_release(&s.schedule);
	store_parting_release(&s.from);
	rc = store_split_more(tx, move, ticket_id, err);
	return rc == IK_OK ? reclassify_raise(tx, setup, &r, from, err) : rc;
}
