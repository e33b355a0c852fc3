/* automatic_words.h - the words by which machines that send no header are known. All are folded as reply_fold() does it. Thread: any. */
#ifndef MAIL_AUTOMATIC_WORDS_H
#define MAIL_AUTOMATIC_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct words { const char *const *list; size_t count; };

/* A text with the triples of bytes it holds, as hashes: nearly every word of a list is ruled out by its triples alone. text: borrowed. */
#define WORD_TEXT_BITS 14
struct word_text { const char *text; size_t len; uint64_t triples[(1 << WORD_TEXT_BITS) / 64]; };
void word_text_init(struct word_text *t, const char *text, size_t len);
/* words_among() - one of the words is in the text. words_near_start() - one begins and ends within its first bytes. */
bool words_among(const struct words *words, const struct word_text *t);
bool words_near_start(const struct words *words, const char *text, size_t within);

/* Subjects: at the start, followed by an end, a separator or the original subject. Sure ones stand alone, weak ones need the body. */
extern const struct words words_vacation_subject, words_vacation_weak, words_bounce_subject, words_receipt_subject;
/* Bodies. words_promise: an answer will come; words_until: when, or who helps meanwhile, which a person with a complaint may write as well. */
extern const struct words words_absent, words_promise, words_until, words_received, words_newsletter, words_auto_body, words_machine_body, words_bounce_body, words_receipt_body;
/* Names of senders: the local part as a whole, those of them behind which a person may sit, who greets like this, a part of it between separators, display names, and parts of them that only machines bear. */
extern const struct words words_machine_local, words_people_too, words_informal, words_machine_name, words_machine_token, words_daemon_local, words_daemon_name;

/* Parts of sentences, see automatic_text.c: who speaks; what customers write about and notices of absence do not; this mail; made by a machine; not to be answered; your request; taken in; its number;
 * when an answer comes; the reader's own mail; a code to type in. */
extern const struct words words_first_person, words_customer, words_topic, words_this_mail, words_by_machine, words_no_answer, words_your_request, words_taken_in, words_request_number, words_soon, words_your_mail, words_your_code;
/* Answers to invitations: how the subject begins, and what the text then speaks of. */
extern const struct words words_calendar_subject, words_calendar_body;

/* words_in() - one of the words is in text. */
bool words_in(const struct words *words, const char *text);
/* words_start() - text begins with one of the words, and what follows is no letter that would go on the word. */
bool words_start(const struct words *words, const char *text);
/* words_equal() - text is one of the words. */
bool words_equal(const struct words *words, const char *text);

#endif
