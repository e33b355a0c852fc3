/* authentication.h - who vouches for the sender: the verdict of one's own border server in Authentication-Results.
 *
 * Such a field proves something only when the border server wrote it. Everybody can write one, so three things are asked: its
 * authserv-id is one that was configured, it stands where only our own servers could put it, and its DMARC pass is about the one From
 * address that we read. Whatever is missing, the verdict is "none", never "pass".
 * Source: RFC 8601 (grammar 2.2, versions 2.5, position 5), RFC 7489 (alignment). Linear in its input. Thread: any. */
#ifndef MAIL_AUTHENTICATION_H
#define MAIL_AUTHENTICATION_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

/* The lines of struct draft.authentication, topmost field first: one Authentication-Results value a line as it was written, unfolded;
 * between them "Received: by HOST" for each hop from host to host. Hand-overs inside one host (LMTP) are no hops.
 * raw: the value of the field. */
void authentication_add_results(struct buf *lines, const char *raw, size_t len);
void authentication_add_received(struct buf *lines, const char *raw, size_t len);

enum authentication { AUTHENTICATION_NONE, AUTHENTICATION_PASS, AUTHENTICATION_FAIL };
extern const char *const authentication_names[];        /* "none", "pass", "fail" */

/* What an operator trusts. */
struct authentication_trust {
	const char *const *ids;                 /* authserv-ids of the border servers */
	size_t id_count;
	const char *const *hosts;               /* their names in Received lines; none: the authserv-ids */
	size_t host_count;
	bool below_received;                    /* the border writes its results right below its own Received line, and removes forged ones */
};

struct authentication_verdict {
	enum authentication is;
	const char *why;                        /* static: "dmarc-pass", "dmarc-fail", "not-configured", "no-border", "no-dmarc", "conflict",
	                                         * "from-differs", "from-not-single", "malformed"; the pipeline adds "through-list" */
	bool is_forged;                         /* a trusted id stands where only outsiders can have put it */
};

/* authentication_judge() - lines as above, may be NULL; from: the single From address with its domain in ASCII form, or NULL. */
void authentication_judge(const char *lines, const char *from, const struct authentication_trust *trust, struct authentication_verdict *verdict_r);

/* authentication_is_related() - whether two addresses belong to one organisation as far as their domains show: equal, one below the other,
 * or below one registered name. A guess without the list of public suffixes, so that it may be wrong for rare ones. */
bool authentication_is_related(const char *one, const char *other);

#endif
