/* control_correct.c - see control_correct.h. */
#include "daemon/control_correct.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include "base/clock.h"
#include "base/json.h"

#define PAGE_ROWS 200

struct correction { const struct control_setup *setup; const char *ticket; struct reclass reclass; bool revoke, changed; };

static enum ik_rc usage(struct control_call *call, struct ik_error *err, const char *text)
{
	call->code = EX_USAGE;
	return ik_fail(IK_REJECT, err, "%s", text);
}

static bool take(const json_t *args, const char *key, char *word_r, size_t size)
{
	const char *word = json_text(args, key);

	if (word == NULL) return true;
	return snprintf(word_r, size, "%s", word) < (int)size;
}

static enum ik_rc correct(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct correction *c = arg;
	enum ik_rc rc = store_find_ticket(tx, c->ticket, &c->reclass.ticket_id, err);

	if (rc == IK_OK && c->reclass.ticket_id == 0) return ik_fail(IK_REJECT, err, "there is no ticket with the number or code '%.64s'", c->ticket);
	return rc == IK_OK ? c->setup->reclassify(c->setup->arg, tx, &c->reclass, c->revoke, &c->changed, err) : rc;
}

enum ik_rc control_correct_class(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	struct correction c = { .setup = setup, .ticket = json_text(call->args, "ticket"), .revoke = json_is_true(json_object_get(call->args, "revoke")),
	                        .reclass = { .actor = "operator", .at = clock_wall() } };
	struct store_class *says = &c.reclass.says;
	enum ik_rc rc;

	if (c.ticket == NULL) return usage(call, err, "which ticket? Give its number (202611-001) or tracking code");
	if (!take(call->args, "category", says->category, sizeof(says->category)) || !take(call->args, "severity", says->severity, sizeof(says->severity)) ||
	    !take(call->args, "sentiment", says->sentiment, sizeof(says->sentiment)) || !take(call->args, "department", says->department, sizeof(says->department)) ||
	    !take(call->args, "product", says->product, sizeof(says->product)))
		return usage(call, err, "a word is too long");
	rc = store_call(setup->store, correct, &c, err);
	if (rc == IK_OK) call->result = json_pack("{s:b}", "changed", (int)c.changed);
	return rc;
}

enum ik_rc control_corrections(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	struct store_reader *r = NULL;
	json_t *rows = NULL;
	int64_t next_id = 0;
	enum ik_rc rc = store_reader_open(setup->store, &r, err);

	if (rc == IK_OK) rc = read_corrections(r, json_int(call->args, "after_id", 0), PAGE_ROWS, &next_id, &rows, err);
	if (rc == IK_OK) call->result = json_pack("{s:o, s:I}", "rows", rows, "next_id", (json_int_t)next_id);
	store_reader_close(&r);
	return rc;
}
