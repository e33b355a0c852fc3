#include "daemon/control_erase.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/clock.h"
#include "base/json.h"
#include "base/log.h"
#include "base/mem.h"
#include "daemon/control_entry.h"
#include "policy/ack_decision.h"
#include "store/erase.h"

/* The handle as it was written, in small letters as it is stored, and folded as limits have it. */
struct forms { char type[ENTRY_TYPE_MAX + 1], *lower, folded[ACK_ADDRESS_MAX]; const char *list[4]; };

static void make_forms(const char *handle, struct forms *f)
{
	size_t n = 0;

	f->lower = mem_text(handle);
	for (char *c = f->lower; *c != '\0'; c++)
		if (*c >= 'A' && *c <= 'Z') *c = (char)(*c + 32);
	f->list[n++] = f->lower;
	if (strcmp(f->lower, handle) != 0) f->list[n++] = handle;
	if (ack_fold_address(handle, f->folded, sizeof(f->folded)) && strcmp(f->folded, f->lower) != 0) f->list[n++] = f->folded;
	f->list[n] = NULL;
}

static enum ik_rc ticket_of(struct store_reader *r, const char *name, int64_t *ticket_id_r, struct ik_error *err)
{
	enum ik_rc rc = read_ticket_id(r, name, ticket_id_r, err);

	return rc == IK_OK && *ticket_id_r == 0 ? ik_fail(IK_REJECT, err, "there is no ticket with the number or code '%.64s'", name) : rc;
}

static enum ik_rc make_plan(const struct control_setup *setup, const char *ticket, const struct forms *f, struct erase_plan *plan_r, struct ik_error *err)
{
	struct erase_ask ask = { .type = f->type, .handles = f->list };
	struct store_reader *r = NULL;
	enum ik_rc rc = store_reader_open(setup->store, &r, err);

	if (rc == IK_OK && ticket != NULL) rc = ticket_of(r, ticket, &ask.ticket_id, err);
	if (rc == IK_OK) rc = read_erase_plan(r, &ask, plan_r, err);
	store_reader_close(&r);
	return rc;
}

static enum ik_rc carry_out(const struct control_setup *setup, struct control_call *call, const struct erase_plan *plan, bool *is_clean_r, struct ik_error *err)
{
	char actor[CONTROL_NAME_SIZE];
	enum ik_rc rc;

	control_operator(call, actor);
	rc = store_erase(setup->store, plan, actor, clock_wall(), is_clean_r, err);
	if (rc == IK_OK) log_line(IK_LOG_NOTICE, "control", "%s erased %zu tickets", actor, plan->ticket_count);
	return rc;
}

enum ik_rc control_erase(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	const char *ticket = json_text(call->args, "ticket"), *person = json_text(call->args, "person"), *handle = NULL;
	const bool is_meant = json_is_true(json_object_get(call->args, "yes"));
	struct forms f = { .type = "" };
	struct erase_plan plan = { .tickets = NULL };
	bool is_clean = true;
	enum ik_rc rc = IK_OK;

	if ((ticket == NULL) == (person == NULL)) {
		call->code = EX_USAGE;
		return ik_fail(IK_REJECT, err, "whom or what? Give a ticket, or --person email:ann@example.net");
	}
	if (person != NULL) rc = entry_read_handle(person, f.type, &handle, err);
	if (rc == IK_REJECT) call->code = EX_USAGE;
	if (rc == IK_OK && person != NULL) make_forms(handle, &f);
	if (rc == IK_OK) rc = make_plan(setup, ticket, &f, &plan, err);
	if (rc == IK_OK && is_meant) rc = carry_out(setup, call, &plan, &is_clean, err);
	if (rc == IK_OK) {
		call->result = json_incref(plan.report);
		(void)json_object_set_new(call->result, "done", json_boolean(is_meant));
		(void)json_object_set_new(call->result, "clean", json_boolean(is_clean));
	}
	erase_plan_release(&plan);
	free(f.lower);
	return rc;
}
