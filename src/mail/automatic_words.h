/* automatic_words.h - the words by which machines that send no header are known. All are folded as reply_fold() does it. Thread: any. */
#ifndef MAIL_AUTOMATIC_WORDS_H
#define MAIL_AUTOMATIC_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct words { const char *const *list; size_t count; };

/* Subjects: at the start, followed by an end, a separator or the original subject. Sure ones stand alone, weak ones need the body. */
extern const struct words words_vacation_subject, words_vacation_weak, words_bounce_subject, words_receipt_subject;
/* Bodies. words_promise: an answer will come; words_until: when, or who helps meanwhile, which a person with a complaint may write as well. */
extern const struct words words_absent, words_promise, words_until, words_received, words_newsletter, words_auto_body, words_machine_body, words_bounce_body, words_receipt_body;
/* Names of senders: the local part as a whole, a part of it between separators, display names. */
extern const struct words words_machine_local, words_machine_token, words_daemon_local, words_daemon_name;

/* words_in() - one of the words is in text. */
bool words_in(const struct words *words, const char *text);
/* words_start() - text begins with one of the words, and what follows is no letter that would go on the word. */
bool words_start(const struct words *words, const char *text);
/* words_equal() - text is one of the words. */
bool words_equal(const struct words *words, const char *text);

#endif
