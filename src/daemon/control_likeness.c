/* control_likeness.c - see control_likeness.h. */
#include "daemon/control_likeness.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/clock.h"
#include "base/json.h"

#define SPLIT_MAX 100           /* messages that move in one transaction, while nothing else is stored */

struct correction {
	const struct control_setup *setup;
	const char *ticket, *other;
	struct store_move move;
	int64_t new_ticket, made_before;        /* made_before: by a call before this one, which is committed */
	char number[STORE_NUMBER_SIZE];
	int64_t moved;                  /* messages, by calls that are committed */
	int64_t ids[SPLIT_MAX];         /* of messages that are split off together */
	size_t count;
	bool has_more;                  /* messages are left for another call */
};

static const char *word(const struct control_call *call, size_t nth)
{
	const char *text = json_string_value(json_array_get(json_object_get(call->args, "what"), nth));

	return text != NULL ? text : "";
}

static int64_t whole_number(const char *text)
{
	char *end;
	const long long n = strtoll(text, &end, 10);

	return end != text && *end == '\0' && n > 0 ? n : 0;
}

static enum ik_rc usage(struct control_call *call, struct ik_error *err, const char *text)
{
	call->code = EX_USAGE;
	return ik_fail(IK_REJECT, err, "%s", text);
}

static enum ik_rc find(struct store_tx *tx, const char *name, int64_t *ticket_id_r, struct ik_error *err)
{
	enum ik_rc rc = store_find_ticket(tx, name, ticket_id_r, err);

	return rc == IK_OK && *ticket_id_r == 0 ? ik_fail(IK_REJECT, err, "there is no ticket with the number or code '%.64s'", name) : rc;
}

/* Each run begins anew: it may be the second one, after what the first one did was rolled back. */
static enum ik_rc ready(struct store_tx *tx, struct correction *c, struct ik_error *err)
{
	enum ik_rc rc = find(tx, c->ticket, &c->move.ticket_id, err);

	c->new_ticket = c->made_before;
	c->move.actor = "operator";
	c->move.at = clock_wall();
	return rc;
}

/* ---- split, merge ------------------------------------------------------------------------------------------------------------------------------ */

static enum ik_rc name_new(struct store_tx *tx, struct correction *c, struct ik_error *err)
{
	struct store_receipt receipt = { .promise_text = NULL };
	enum ik_rc rc = store_get_receipt(tx, c->new_ticket, &receipt, err);

	if (rc == IK_OK) memcpy(c->number, receipt.number, sizeof(c->number));
	free(receipt.promise_text);
	return rc;
}

static enum ik_rc do_split(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct correction *c = arg;
	enum ik_rc rc = ready(tx, c, err);

	for (size_t i = 0; rc == IK_OK && i < c->count; i++) {
		c->move.message_id = c->ids[i];
		rc = c->setup->correct(c->setup->arg, tx, &c->move, &c->new_ticket, err);
	}
	return rc == IK_OK ? name_new(tx, c, err) : rc;
}

enum ik_rc control_split(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	struct correction c = { .setup = setup, .ticket = word(call, 0) };
	enum ik_rc rc;

	while (c.count < SPLIT_MAX && word(call, c.count + 1)[0] != '\0' && (c.ids[c.count] = whole_number(word(call, c.count + 1))) != 0) c.count++;
	if (c.count == 0 || word(call, c.count + 1)[0] != '\0')
		return usage(call, err, "which message? Give the ticket and the ids of up to 100 messages, as `show` lists them; split further ones off as well, and merge the tickets");
	rc = store_call(setup->store, do_split, &c, err);
	if (rc == IK_OK) call->result = json_pack("{s:s}", "number", c.number);
	return rc;
}

static enum ik_rc do_merge(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct correction *c = arg;
	enum ik_rc rc = ready(tx, c, err);

	if (rc == IK_OK) rc = find(tx, c->other, &c->move.other_id, err);
	return rc == IK_OK ? c->setup->correct(c->setup->arg, tx, &c->move, &c->new_ticket, err) : rc;
}

enum ik_rc control_merge(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	struct correction c = { .setup = setup, .ticket = word(call, 0), .other = word(call, 1), .move = { .any_customer = json_is_true(json_object_get(call->args, "any-customer")) } };

	return store_call(setup->store, do_merge, &c, err);
}

/* ---- part ---------------------------------------------------------------------------------------------------------------------------------------- */

/* What the other one wrote there and is to leave with him, or his next message would follow it; where nobody else's is left, the ticket is his. */
static enum ik_rc choose_messages(struct store_tx *tx, struct correction *c, int64_t other, struct ik_error *err)
{
	int64_t ids[SPLIT_MAX + 1], owner = 0;
	size_t count = 0;
	bool is_alone = false;
	enum ik_rc rc = store_customer_of(tx, c->move.ticket_id, &owner, err);

	c->count = 0;
	c->has_more = false;
	if (rc == IK_OK) rc = store_is_alone(tx, c->move.ticket_id, other, &is_alone, err);
	if (rc == IK_OK && is_alone) return owner != other ? store_give_ticket(tx, c->move.ticket_id, owner, other, err) : IK_OK;
	if (rc == IK_OK && owner != other) rc = store_messages_of(tx, c->move.ticket_id, other, ids, SPLIT_MAX + 1, &count, err);
	c->has_more = count > SPLIT_MAX;
	c->count = c->has_more ? SPLIT_MAX : count;
	memcpy(c->ids, ids, c->count * sizeof(*ids));
	return rc;
}

static enum ik_rc move_out(struct store_tx *tx, struct correction *c, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < c->count; i++) {
		c->move.message_id = c->ids[i];
		rc = c->setup->correct(c->setup->arg, tx, &c->move, &c->new_ticket, err);
	}
	return rc == IK_OK && c->new_ticket != 0 ? name_new(tx, c, err) : rc;
}

/* With the last of the messages the two are apart: what is cut short before is done by the same command. */
static enum ik_rc do_part(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct correction *c = arg;
	int64_t contact = 0, other = 0;
	enum ik_rc rc = ready(tx, c, err);

	if (rc == IK_OK) rc = store_refuse_merged(tx, c->move.ticket_id, err);
	if (rc == IK_OK) rc = store_customer_of(tx, c->move.ticket_id, &contact, err);
	if (rc == IK_OK) rc = store_joined_contact(tx, contact, c->other, &other, err);
	if (rc == IK_OK && other == 0) rc = ik_fail(IK_REJECT, err, "the customer of this ticket is joined with nobody who has the handle '%.64s'", c->other);
	if (rc == IK_OK) rc = choose_messages(tx, c, other, err);
	if (rc == IK_OK && !c->has_more) rc = store_part_persons(tx, contact, other, clock_wall(), err);
	if (rc == IK_OK && !c->has_more) rc = store_add_history(tx, c->move.ticket_id, clock_wall(), "parted", "operator", c->other, err);
	return rc == IK_OK ? move_out(tx, c, err) : rc;
}

enum ik_rc control_part(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	struct correction c = { .setup = setup, .ticket = word(call, 0), .other = word(call, 1) };
	struct ik_error why = { "" };
	enum ik_rc rc;

	do {
		rc = store_call(setup->store, do_part, &c, &why);
		if (rc != IK_OK) break;
		c.made_before = c.new_ticket;
		c.moved += (int64_t)c.count;
	} while (c.has_more);
	if (rc == IK_OK) call->result = json_pack("{s:s?, s:I}", "number", c.new_ticket != 0 ? c.number : NULL, "messages", (json_int_t)c.moved);
	else if (c.made_before == 0) (void)ik_fail(rc, err, "%s", why.text);
	else (void)ik_fail(rc, err, "%s; %lld messages are in %s already: give the same command again, and merge what it prints into that", why.text, (long long)c.moved, c.number);
	return rc;
}

/* ---- incidents ----------------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc one_incident(struct store_reader *r, int64_t id, json_t **one_r, struct ik_error *err)
{
	json_t *all = NULL, *one, *tickets = NULL;
	size_t i;
	enum ik_rc rc = read_incidents(r, true, 0, &all, err);

	if (rc == IK_OK) rc = read_incident_tickets(r, id, 0, &tickets, err);
	json_array_foreach(all, i, one)
		if (rc == IK_OK && json_int(one, "id", 0) == id) *one_r = json_incref(one);
	if (rc == IK_OK && *one_r == NULL) rc = ik_fail(IK_REJECT, err, "there is no incident %lld among the newest", (long long)id);
	if (rc == IK_OK) (void)json_object_set_new(*one_r, "tickets", tickets);
	else json_decref(tickets);
	json_decref(all);
	return rc;
}

static enum ik_rc do_close(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct correction *c = arg;
	int64_t closed = 0;
	enum ik_rc rc = incident_end(tx, c->move.ticket_id, 0, clock_wall(), &closed, err);

	return rc == IK_OK && closed == 0 ? ik_fail(IK_REJECT, err, "incident %lld is not open", (long long)c->move.ticket_id) : rc;
}

enum ik_rc control_incidents(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	const char *name = json_text(call->args, "incident");
	struct correction c = { .move = { .ticket_id = name != NULL ? whole_number(name) : 0 } };
	struct store_reader *r = NULL;
	enum ik_rc rc = IK_OK;

	if (name != NULL && c.move.ticket_id == 0) return usage(call, err, "an incident is named by the number that `incidents` lists");
	if (json_is_true(json_object_get(call->args, "close"))) {
		if (name == NULL) return usage(call, err, "which incident is to be closed?");
		rc = store_call(setup->store, do_close, &c, err);
	}
	if (rc == IK_OK) rc = store_reader_open(setup->store, &r, err);
	if (rc == IK_OK && name != NULL) rc = one_incident(r, c.move.ticket_id, &call->result, err);
	else if (rc == IK_OK) rc = read_incidents(r, json_is_true(json_object_get(call->args, "watched")), 0, &call->result, err);
	store_reader_close(&r);
	return rc;
}
