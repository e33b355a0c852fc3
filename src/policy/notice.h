/* notice.h - a text for a customer: what happened and the facts in, the words out. */
#ifndef POLICY_NOTICE_H
#define POLICY_NOTICE_H

#include "policy/policy.h"
#include "policy/templates.h"

/* Facts that are NULL or 0 are left out of the text. Nothing here may be a sender's words; question and reply are the staff's own. */
struct notice {
	enum template_event event;
	enum template_kind kind;
	const char *language;                   /* BCP 47; NULL or "": the policy's default */
	const char *brand, *brand_name;         /* folder of its templates; how it signs */
	const char *code;                       /* any form; shown in four groups */
	const char *zone;                       /* the customer's; NULL or unknown: the policy's */
	int64_t due_at, opens_at, valid_until;  /* seconds since 1970 */
	int64_t wait_s;
	const char *status_url, *survey_url, *verify_url, *question, *reply;
	const char *incident_category;          /* of ours: told in words of vocabulary.h, or not at all */
	int state;                              /* enum store_state + 1; 0: not told */
	const struct text_limit *limit;         /* of the channel, when narrower than the kind's; may be NULL */
};
struct notice_text {
	char *subject, *text;                   /* subject: mail only */
	const char *language;                   /* lives as long as the policy */
	enum template_kind kind;                /* KIND_SMS when a chat's text was too long for it */
};

/* policy_notice() - IK_REJECT when the text is too long even without the status page's address, and for chats in the words of a short message. */
enum ik_rc policy_notice(const struct policy *policy, const struct notice *notice, struct notice_text *text_r, struct ik_error *err);
/* policy_ack_notice() - the same for an acknowledgement: when no wording fits, code and date are told bare. */
void policy_ack_notice(const struct policy *policy, const struct notice *notice, struct notice_text *text_r);
void notice_release(struct notice_text *text);
/* policy_notice_language() - the template language for a hint: one of those there are, the policy's default for none. */
const char *policy_notice_language(const struct policy *policy, const char *hint);

#endif
