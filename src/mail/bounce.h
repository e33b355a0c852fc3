/* bounce.h - reports about mail that could not or not yet be delivered: RFC 3464 reports, and the bounces of systems that write their own.
 * Thread: any. */
#ifndef MAIL_BOUNCE_H
#define MAIL_BOUNCE_H

#include <stdbool.h>
#include "mail/automatic_text.h"
#include "mail/draft.h"
#include "mail/mime.h"

/* What is already known of the mail; texts folded, that of the mail when it is needed. sender: the address of From or NULL. is_answer: the subject has a reply or forward prefix. */
struct bounce_marks { struct folded_text *text; const char *subject, *local, *name, *sender; bool is_null_sender, is_answer; };

struct bounce {
	bool has_report, has_status;            /* any report type or part; a delivery-status part */
	bool is_failure;                        /* a delivery report, and not one of success */
	bool by_subject, by_sender, by_text, is_null_sender, is_answer;        /* by_text is looked for only beside another mark */
	bool is_daemon, is_technical;           /* the sender names itself a daemon; the text holds an address of somebody else or a reply of SMTP too */
	bool is_daemon_naming;                  /* a daemon that names the address of somebody else */
	bool in_first_person;                   /* a person tells of a mail that came back */
	bool is_about_yours;                    /* a sentence says that the reader's own mail did not arrive */
};

void bounce_look(struct bounce *b, const struct mime *m, const struct bounce_marks *marks);
/* bounce_by_text() - without a report: two independent marks. bounce_is() - by either. */
bool bounce_by_text(const struct bounce *b);
bool bounce_is(const struct bounce *b);
/* bounce_details() - whose address failed, with which status, and which mail it was. */
void bounce_details(struct draft *d, const struct mime *m);
/* bounce_names_another() - the text holds an address that is not the sender's own, as in a signature. */
bool bounce_names_another(const char *text, const char *sender);
/* bounce_is_attached() - the part lies in a message attached to this one. */
bool bounce_is_attached(const struct mime *m, const struct mime_part *part);

#endif
