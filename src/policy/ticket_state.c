/* ticket_state.c - the table of moves. The drawing is in ticket_state.h. */
#include "policy/ticket_state.h"

#include <string.h>
#include "base/mem.h"

#define STATES 6
#define STAFF (WHO_HELPDESK | WHO_OPERATOR)

/* Who may move a ticket from the row's state into the column's. */
static const unsigned moves[STATES][STATES] = {
	[STATE_RECEIVED] = { [STATE_FORWARDED] = WHO_INTAKED | STAFF, [STATE_IN_PROGRESS] = STAFF, [STATE_WAITING_CUSTOMER] = STAFF,
	                     [STATE_RESOLVED] = STAFF, [STATE_CLOSED] = STAFF },
	[STATE_FORWARDED] = { [STATE_RECEIVED] = WHO_OPERATOR, [STATE_IN_PROGRESS] = STAFF, [STATE_WAITING_CUSTOMER] = STAFF,
	                      [STATE_RESOLVED] = STAFF, [STATE_CLOSED] = STAFF },
	[STATE_IN_PROGRESS] = { [STATE_FORWARDED] = STAFF, [STATE_WAITING_CUSTOMER] = STAFF, [STATE_RESOLVED] = STAFF, [STATE_CLOSED] = STAFF },
	[STATE_WAITING_CUSTOMER] = { [STATE_FORWARDED] = STAFF, [STATE_IN_PROGRESS] = WHO_CUSTOMER | STAFF, [STATE_RESOLVED] = STAFF,
	                             [STATE_CLOSED] = STAFF },
	[STATE_RESOLVED] = { [STATE_RECEIVED] = WHO_CUSTOMER | WHO_OPERATOR, [STATE_IN_PROGRESS] = STAFF, [STATE_WAITING_CUSTOMER] = STAFF,
	                     [STATE_CLOSED] = WHO_INTAKED | WHO_CUSTOMER | STAFF },
	[STATE_CLOSED] = { [STATE_RECEIVED] = WHO_CUSTOMER | WHO_OPERATOR, [STATE_IN_PROGRESS] = STAFF },
};

static const enum template_event told[STATES] = {
	[STATE_RECEIVED] = EVENT_COUNT, [STATE_FORWARDED] = EVENT_FORWARDED, [STATE_IN_PROGRESS] = EVENT_IN_PROGRESS,
	[STATE_WAITING_CUSTOMER] = EVENT_MORE_INFORMATION, [STATE_RESOLVED] = EVENT_RESOLVED, [STATE_CLOSED] = EVENT_COUNT,
};

bool ticket_state_may(enum store_state from, enum store_state to, enum ticket_who who)
{
	return from < STATES && to < STATES && (moves[from][to] & who) != 0;
}

bool ticket_state_named(const char *name, enum store_state *state_r)
{
	for (size_t i = 0; name != NULL && i < STATES; i++) {
		if (strcmp(store_state_names[i], name) != 0) continue;
		*state_r = (enum store_state)i;
		return true;
	}
	return false;
}

enum template_event ticket_state_event(enum store_state state)
{
	return state < STATES ? told[state] : EVENT_COUNT;
}
