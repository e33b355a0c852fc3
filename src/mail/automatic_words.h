/* automatic_words.h - the words by which machines that send no header are known. All are folded as reply_fold() does it. Thread: any. */
#ifndef MAIL_AUTOMATIC_WORDS_H
#define MAIL_AUTOMATIC_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* The lists up to WORD_LISTS_SOUGHT are sought within texts; the others are only compared with a whole text or its start. */
enum word_list {
	WORDS_VACATION_SUBJECT, WORDS_BOUNCE_SUBJECT, WORDS_ABSENT, WORDS_PROMISE, WORDS_UNTIL, WORDS_RECEIVED, WORDS_AUTO_BODY, WORDS_NEWSLETTER,
	WORDS_MACHINE_BODY, WORDS_BOUNCE_BODY, WORDS_RECEIPT_BODY, WORDS_INFORMAL, WORDS_MACHINE_TOKEN, WORDS_DAEMON_NAME, WORDS_FIRST_PERSON,
	WORDS_CUSTOMER, WORDS_MACHINE_NAME, WORDS_TOPIC, WORDS_THIS_MAIL, WORDS_BY_MACHINE, WORDS_NO_ANSWER, WORDS_YOUR_REQUEST, WORDS_TAKEN_IN,
	WORDS_ASK_OF_US, WORDS_REQUEST_NUMBER, WORDS_SOON, WORDS_YOUR_MAIL, WORDS_HELD, WORDS_YOUR_CODE, WORDS_CALENDAR_BODY, WORDS_OPINION, WORDS_BARGAIN, WORDS_DISPATCH,
	WORDS_TASK, WORDS_ELSEWHERE, WORDS_LEFT, WORDS_UNREAD, WORDS_RELAYED,
	WORD_LISTS_SOUGHT,
	WORDS_VACATION_WEAK = WORD_LISTS_SOUGHT, WORDS_RECEIPT_SUBJECT, WORDS_MACHINE_LOCAL, WORDS_PEOPLE_TOO, WORDS_DAEMON_LOCAL, WORDS_CALENDAR_SUBJECT, WORDS_OFFER,
	WORDS_CONFIRMATION_SUBJECT, WORDS_MESSAGE_LABEL,
	WORD_LISTS,
};

struct words { const char *const *list; size_t count; enum word_list id; };
extern const struct words *const word_lists[WORD_LISTS_SOUGHT];  /* each at its id */

/* Subjects: at the start, followed by an end, a separator or the original subject. Sure ones stand alone, weak ones need the body. */
extern const struct words words_vacation_subject, words_vacation_weak, words_bounce_subject, words_receipt_subject;
/* Bodies. words_promise: an answer will come; words_until: when, or who helps meanwhile, which a person with a complaint may write as well. */
extern const struct words words_absent, words_promise, words_until, words_received, words_newsletter, words_auto_body, words_machine_body, words_bounce_body, words_receipt_body;
/* Names of senders: the local part as a whole, those of them behind which a person may sit, who greets like this, a part of it between separators, display names, and parts of them that only machines bear. */
extern const struct words words_machine_local, words_people_too, words_informal, words_machine_name, words_machine_token, words_daemon_local, words_daemon_name;

/* Parts of sentences, see automatic_text.c: what offices and companies ask of the one they write to, and how they name him; who speaks; what customers write about and notices of absence do not; this mail; made by a machine; not to be answered; your request; taken in; its number;
 * when an answer comes; the reader's own mail; kept back for now; a code to type in. */
extern const struct words words_ask_of_us, words_first_person, words_customer, words_topic, words_this_mail, words_by_machine, words_no_answer, words_your_request, words_taken_in, words_request_number, words_soon, words_your_mail, words_held, words_your_code;
/* Answers to invitations: how the subject begins, and what the text then speaks of. */
extern const struct words words_calendar_subject, words_calendar_body;

/* How a sentence begins that asks the reader only to offer something: "Did you know", "Any questions"; and a subject that confirms that a mail came. */
extern const struct words words_offer, words_confirmation_subject;
/* What is asked in surveys, said in offers, and told of orders and parcels to who waits for them. */
extern const struct words words_opinion, words_bargain, words_dispatch;
/* What a customer bids us do, or calls his own order; that another is to be written to, which makes no task of a sentence. */
extern const struct words words_task, words_elsewhere;
/* Who worked there and does not any more; the mailbox that nobody reads. */
extern const struct words words_left, words_unread;
/* How a marketplace announces the words of a buyer. */
extern const struct words words_relayed;
/* How forms label what a person typed into them. */
extern const struct words words_message_label;

/* words_start() - text begins with one of the words, and what follows is no letter that would go on the word. */
bool words_start(const struct words *words, const char *text);
/* words_begin() - text begins with one of the words, whatever follows. */
bool words_begin(const struct words *words, const char *text);
/* words_equal() - text is one of the words. */
bool words_equal(const struct words *words, const char *text);

#endif
