/* test_ticket_state.c - every pair of states against every mover: the table of moves as the contract names it, not as the code has it. */
#include "policy/ticket_state.h"
#include "test.h"

#define STAFF (WHO_HELPDESK | WHO_OPERATOR)

static const struct { const char *from, *to; unsigned who; } moves[] = {
	{ "received", "forwarded", WHO_INTAKED | STAFF }, { "received", "in_progress", STAFF }, { "received", "waiting_customer", STAFF },
	{ "received", "resolved", STAFF }, { "received", "closed", STAFF },
	{ "forwarded", "received", WHO_OPERATOR }, { "forwarded", "in_progress", STAFF }, { "forwarded", "waiting_customer", STAFF },
	{ "forwarded", "resolved", STAFF }, { "forwarded", "closed", STAFF },
	{ "in_progress", "forwarded", STAFF }, { "in_progress", "waiting_customer", STAFF }, { "in_progress", "resolved", STAFF }, { "in_progress", "closed", STAFF },
	{ "waiting_customer", "forwarded", STAFF }, { "waiting_customer", "in_progress", WHO_CUSTOMER | STAFF }, { "waiting_customer", "resolved", STAFF },
	{ "waiting_customer", "closed", STAFF },
	{ "resolved", "received", WHO_CUSTOMER | WHO_OPERATOR }, { "resolved", "in_progress", STAFF }, { "resolved", "waiting_customer", STAFF },
	{ "resolved", "closed", WHO_INTAKED | WHO_CUSTOMER | STAFF },
	{ "closed", "received", WHO_CUSTOMER | WHO_OPERATOR }, { "closed", "in_progress", STAFF },
};

static unsigned allowed(const char *from, const char *to)
{
	for (size_t i = 0; i < COUNT_OF(moves); i++)
		if (strcmp(moves[i].from, from) == 0 && strcmp(moves[i].to, to) == 0) return moves[i].who;
	return 0;
}

TEST(a_ticket_moves_as_the_table_says_and_no_other_way)
{
	static const enum ticket_who all[] = { WHO_INTAKED, WHO_CUSTOMER, WHO_HELPDESK, WHO_OPERATOR };

	for (size_t from = 0; store_state_names[from] != NULL; from++)
		for (size_t to = 0; store_state_names[to] != NULL; to++)
			for (size_t w = 0; w < COUNT_OF(all); w++) {
				char *row = mem_format("%s to %s by %d", store_state_names[from], store_state_names[to], (int)all[w]);

				test_row(row);
				CHECK_INT(ticket_state_may((enum store_state)from, (enum store_state)to, all[w]), (allowed(store_state_names[from], store_state_names[to]) & all[w]) != 0);
				mem_free(&row);
			}
}

TEST(no_stranger_to_the_table_is_a_state)
{
	static const char *const names[] = { "", "Received", "solved", "in-progress", "received ", NULL };
	enum store_state named = STATE_CLOSED;

	for (size_t i = 0; i < COUNT_OF(names); i++) CHECK(!ticket_state_named(names[i], &named));
	CHECK(!ticket_state_may((enum store_state)6, STATE_RECEIVED, WHO_OPERATOR) && !ticket_state_may(STATE_RECEIVED, (enum store_state)7, WHO_OPERATOR));
}
