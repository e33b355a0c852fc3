/* words.h - what a duty says: its event's template with the facts of its ticket. No byte a sender wrote is in it. Thread: any. */
#ifndef OUTBOX_WORDS_H
#define OUTBOX_WORDS_H

#include "outbox/outbox.h"
#include "policy/notice.h"

/* duty_words() - asked: what a verification mail is about, NULL for everything else. text_r to be released with notice_release(). IK_REJECT: it does not fit the kind even in its shortest form. */
enum ik_rc duty_words(const struct outbox_setup *setup, const struct store_duty *duty, const struct read_answer *answer, const struct store_verification *asked,
                      enum template_kind kind, struct notice_text *text_r, struct ik_error *err);

#endif
