/* assign.h - who a ticket is for: department, team and owner, the sinks that get it, and its place in the queue.
 *
 * Routes are rows of a TSV file, the first that fits decides; the columns stand at the top of the shipped conf/rules/route.tsv. Tiers are lines
 * "HANDLE,TIER,STEPS" of a CSV file, quoted or not: a mail address or user id, the name of the tier, and by how many places (0..3) its tickets move up.
 * Const after loading, shared by threads. */
#ifndef POLICY_ASSIGN_H
#define POLICY_ASSIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>

struct buf;
struct policy;
struct policy_conf;

struct assign_input {
	const char *category, *severity, *brand, *channel;      /* brand NULL: none */
	const char *handle;             /* of the customer, folded; "" without one */
	int64_t reach;                  /* customers with the same matter, this one among them: 1 or more */
	int64_t persons;                /* concerned, as the text says; 0: it does not */
	int64_t followers;              /* of whoever wrote, where the channel tells; 0: it does not */
	bool is_public;                 /* the text names press or social media as the next step */
};
#define ASSIGN_WHY_MAX 160
#define ASSIGN_SINKS_MAX 8
struct assignment {                     /* texts live as long as the policy; NULL: none */
	const char *rule, *department, *team, *owner, *tier;
	const char *const *sinks;       /* names; none: every sink */
	size_t sink_count;
	int64_t reach, persons, followers;
	bool is_public;
	int priority;                   /* 1 (first) to 4 */
	char why[ASSIGN_WHY_MAX];       /* what made it so, for people */
};

/* policy_assign() - priority: 1 for urgent, 2 high, 3 normal, 4 low; up by the reach and by the steps of the customer's
 * tier; nothing but an urgent matter gets the first place. The reach is one place from 5 customers or persons, 10,000 followers or a threat to go
 * public on, and two from 50 or 1,000,000 on; what a text or a channel says of it counts for no question and no praise (low). */
void policy_assign(const struct policy *policy, const struct assign_input *in, struct assignment *a_r);
/* assignment_allows() - whether a sink gets the ticket. */
bool assignment_allows(const struct assignment *a, const char *sink);
/* assignment_write() - "rule":...,"department":...,...: the members of an object without its braces. */
void assignment_write(const struct assignment *a, struct buf *b);

struct routes;
/* routes_load() - path NULL: no routes. tiers_load() likewise. IK_CONFIG names file and line. */
enum ik_rc routes_load(const char *path, struct routes **routes_r, struct ik_error *err);
void routes_free(struct routes **routes);
struct tiers;
enum ik_rc tiers_load(const char *path, struct tiers **tiers_r, struct ik_error *err);
void tiers_free(struct tiers **tiers);
/* routes_check() - IK_CONFIG when a route names a category or severity that there is not, for policy_new(). policy_check_sinks() - the same for sinks,
 * which the configuration names. A channel may be any word: messages that people enter come by channels of their own (`intakectl add`). */
enum ik_rc routes_check(const struct policy *policy, struct ik_error *err);
/* policy_doubt_routes() - tells each word of a route that no ticket has as things are: a channel that is not configured, a tier that no customer has. Neither is a
 * mistake for sure: messages that people enter come by channels of their own, and tiers change from day to day. */
void policy_doubt_routes(const struct policy *policy, const char *const *channels, size_t count, void (*doubt)(void *arg, const char *text), void *arg);
enum ik_rc policy_check_sinks(const struct policy *policy, const char *const *names, size_t count, struct ik_error *err);

#endif
