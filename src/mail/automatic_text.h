/* automatic_text.h - what a text says of itself: that a machine made it, that it acknowledges a request, or that a customer speaks.
 * No single phrase decides: a sentence must hold two or three independent parts, which makes up for the many ways to word it.
 * All texts are folded as reply_fold() does it. Thread: any. */
#ifndef MAIL_AUTOMATIC_TEXT_H
#define MAIL_AUTOMATIC_TEXT_H

#include <stdbool.h>
#include "mail/word_text.h"

#define AUTOMATIC_LOOK_MAX 4000         /* bytes of a text that words are looked for in */

/* automatic_fold() - folded; a single line break is a space, so that a wrapped line parts no words. max: bytes of text. To be freed. */
char *automatic_fold(const char *text, size_t max);
/* A text that is folded when it is first asked for. raw: borrowed; text: NULL till then. */
struct folded_text { const char *raw; char *text; struct word_text words; };
struct word_text *folded_words(struct folded_text *t);
void folded_release(struct folded_text *t);
/* text_questions() - question marks that end something, not those inside links. */
size_t text_questions(const char *text);
/* text_offers() - those of them that ask nothing: "Did you know ...?", "Any questions?" */
size_t text_offers(const char *text);
/* text_shares_word() - a word of a name, of three letters or more, stands in the address. */
bool text_shares_word(const char *name, const char *address);
/* text_blank_quotes() - what stands between quotation marks is somebody else's: spaces in its place. */
void text_blank_quotes(char *text);
/* text_speaks_as_customer() - tells of an order, a wish or a complaint of the writer's own. text_is_in_first_person() - says "I", "my". */
bool text_speaks_as_customer(struct word_text *t);
bool text_is_in_first_person(struct word_text *t);
/* text_sets_a_task() - a sentence bids us do something else than write to somebody, or names an order of the writer's house. */
bool text_sets_a_task(struct word_text *t);
/* text_records_number() - one sentence says that something was taken in under this number; the text names the request, and an answer is promised. */
bool text_records_number(struct word_text *t, const char *number);
/* text_has_words_of_machines() - what only machines say of their own mail, in a sentence that nobody says of himself. */
bool text_has_words_of_machines(struct word_text *text);
/* text_calls_itself_automatic() - one sentence names this mail and says that it was made by a machine, or that it is not to be answered. */
bool text_calls_itself_automatic(struct word_text *t);
/* text_acknowledges() - your request and that it was taken in, best in one sentence; that an answer comes; its number: three points of four. */
bool text_acknowledges(struct word_text *t);
/* text_confirms_mail() - one sentence names the request or the reader's own mail and says that it was taken in. */
bool text_confirms_mail(struct word_text *t);
/* text_returns_your_mail() - one sentence names the reader's own mail and says that it did not arrive. */
bool text_returns_your_mail(struct word_text *t);
/* text_holds_your_mail() - one sentence names the reader's own mail and says that it is kept back for now; the owner of a guarded mailbox says so
 * of himself, with a link. */
bool text_holds_your_mail(struct word_text *t);
/* text_gives_a_code() - "your code is 123456". */
bool text_gives_a_code(struct word_text *t);

#endif
