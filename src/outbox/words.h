/* words.h - what a duty says: its event's template with the facts of its ticket. No byte a sender wrote is in it. Thread: any. */
#ifndef OUTBOX_WORDS_H
#define OUTBOX_WORDS_H

#include "outbox/outbox.h"
#include "policy/notice.h"

/* What a text is wanted for, besides its duty. */
struct words_wanted {
	enum template_kind kind;
	const struct text_limit *limit;         /* narrower than the kind's own; may be NULL */
	const struct store_verification *asked; /* what a verification mail is about; NULL for everything else */
};
/* duty_words() - text_r to be released with notice_release(). IK_REJECT: it does not fit even in its shortest form. duty_chat_words() - for a
 * channel: in its kind and limits, escaped for its network. */
enum ik_rc duty_words(const struct outbox_setup *setup, const struct store_duty *duty, const struct read_answer *answer, const struct words_wanted *wanted,
                      struct notice_text *text_r, struct ik_error *err);
enum ik_rc duty_chat_words(const struct outbox_setup *setup, const struct store_duty *duty, const struct read_answer *answer, const struct ik_words *words,
                           struct notice_text *text_r, struct ik_error *err);

#endif
