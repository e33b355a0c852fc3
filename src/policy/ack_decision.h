/* ack_decision.h - may this message be acknowledged? The published decision list, one row a rule, first match wins.
 *
 * Steps 1-7 and 14 read headers and are decided by the worker (mail/automatic.c), which hands over a reason code; the other steps are here,
 * on facts that are bounded and clean. The table of all steps (number, reason code, condition in words) is ack_rules[], which
 * docs/acknowledgements.md repeats. Step 19 is persisted: the caller asks store_use_budget() for each row of ack_limits(), in order, and
 * withholds with the row's reason at the first that is used up. Step 20 watches the outbox and is the outbox's. */
#ifndef POLICY_ACK_DECISION_H
#define POLICY_ACK_DECISION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/option.h>

struct ack_conf {
	bool enabled;
	char *from;                             /* address acknowledgements come from; NULL: none by mail */
	char *from_name;
	struct ik_list own_addresses;           /* mailboxes and aliases besides those of the channels */
	bool reply_to_replies;                  /* acknowledge follow-ups too */
	bool null_sender;                       /* MAIL FROM:<> */
	bool plus_addressing;                   /* answers go to an address that names the ticket */
	bool verify;                            /* ask by mail whether an address typed into a form is the writer's */
	int64_t verify_per_client;              /* such mails that one client can cause in an hour */
	struct ik_list trusted_forwarders;      /* addresses and @domains of envelope senders that forward for others: step 17 does not ask them */
	bool breaker;                           /* step 20 */
	int64_t breaker_least, breaker_factor, breaker_bounced, breaker_pause;
	int64_t machine_quiet;                  /* s; 0: machines without headers are not looked for */
	int64_t override_day;
	int64_t status_day;                     /* mails that ask for the state and are answered, of one customer in a day; 0: none */
	int64_t per_address_hour, per_address_day, per_domain_hour, global_hour;
};
extern const struct ik_option ack_options[];

struct ack_facts {
	const char *no_ack_reason;              /* from the worker, "" or NULL when headers allow it */
	bool is_mail;
	bool is_self;                           /* our loop mark, or a Message-ID of ours with a valid MAC: step 8 */
	bool is_reply_to_ack;                   /* step 9 */
	bool is_followup;                       /* appended to a ticket of a known participant: step 10 */
	const char *address;                    /* single valid From mailbox, or NULL: step 11 */
	const char *const *own;                 /* folded own addresses: step 13 */
	size_t own_count;
	bool is_automatic_author;               /* the platform says robot */
	bool is_to_us;                          /* our mailbox in To or Cc, or allowed otherwise: step 15 */
	bool is_verified;                       /* the channel vouches for the address: step 18 */
	bool is_auth_fail;                      /* a trusted verdict says the sender is forged: step 16 */
	bool is_unaligned;                      /* Return-Path and From belong to different domains and nothing vouches: step 17 */
};

struct ack_rule { int step; const char *reason, *condition; };
extern const struct ack_rule ack_rules[];       /* ends with step 0 */

/* ack_decide() - NULL when it may be acknowledged, else the reason code. */
const char *ack_decide(const struct ack_conf *conf, const struct ack_facts *facts);
/* ack_fold_address() - for comparing and counting: lower case, domain as A-label without a final dot, "+tag" removed from the local part.
 * false when it is no single plain mailbox that mail can be sent to (address literal, .invalid, .local, bytes that need quoting).
 * folded_r: size bytes, ACK_ADDRESS_MAX is always enough. */
#define ACK_ADDRESS_MAX 324
bool ack_fold_address(const char *address, char *folded_r, size_t size);
/* ack_is_role() - step 12: a machine or a role that must not be written to. */
bool ack_is_role(const char *address);

/* ack_limits() - the budgets one acknowledgement to this folded address uses, narrowest first; a handle without a domain (a chat account)
 * has none of a domain. Returns their number. */
#define ACK_LIMIT_MAX 4
#define ACK_LIMIT_GLOBAL "ack-gh"       /* key of the one for everybody, in an hour */
struct ack_limit { char key[ACK_ADDRESS_MAX + 16]; const char *reason; int64_t window_s, limit; };
size_t ack_limits(const struct ack_conf *conf, const char *folded, struct ack_limit limits_r[ACK_LIMIT_MAX]);

#endif
