/* ticket_state.h - the states of a ticket, which moves there are, and who may make them. pipeline/progress.c makes them.
 *
 *                deliver          take up              finish               quiet, satisfied
 *    received ────────▶ forwarded ────────▶ in_progress ────────▶ resolved ─────────────────▶ closed
 *     ▲    │                │  ▲              │   ▲  ▲               │  │                        │
 *     │    └──── take up, ask, finish ────────┘   │  │  reopen (staff)  │                        │
 *     │                     │  └── hand over ─────┤  └───────────────┼──┴────────────────────────┤
 *     │                     ask               ask │ answer           │                           │
 *     │                     └──────▶ waiting_customer ──── finish ──▶│                           │
 *     └──────────────────── the customer writes again, or is dissatisfied ◀──────────────────────┘
 *
 *   received          in the store; nobody but the gateway has it
 *   forwarded         a receiver of ours has it and gave it a name of its own
 *   in_progress       a person works on it
 *   waiting_customer  we asked the customer something
 *   resolved          the work is done; the customer may say that it is not
 *   closed            nothing more is expected; a new message opens it again, within the window of threads.closed_window
 * Staying where one is is no move. Thread: any. */
#ifndef POLICY_TICKET_STATE_H
#define POLICY_TICKET_STATE_H

#include <stdbool.h>
#include "policy/templates.h"
#include "store/store.h"

enum ticket_who { WHO_INTAKED = 1, WHO_CUSTOMER = 2, WHO_HELPDESK = 4, WHO_OPERATOR = 8 };

bool ticket_state_may(enum store_state from, enum store_state to, enum ticket_who who);
/* ticket_state_named() - false when no state has this name. */
bool ticket_state_named(const char *name, enum store_state *state_r);
/* ticket_state_event() - what a customer is told when a ticket enters a state; EVENT_COUNT: nothing. */
enum template_event ticket_state_event(enum store_state state);

#endif
