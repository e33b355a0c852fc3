/* test_automatic_relay.c - what a form, a shop or a chat passes on is a person's, whatever program brings it; and no machine comes through by a label alone. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "mail/mail.h"

#define WORDS "The handle of the lift came off this morning and nobody answers the telephone."
#define FORM "Name: Martha Quill\nE-mail: martha.quill@home.example\nMessage: " WORDS "\n"
#define LIBRARY "X-Mailer: PHPMailer 6.8.0 (https://github.com/PHPMailer/PHPMailer)\nX-PHP-Originating-Script: 33:class-phpmailer.php\n"
static const struct { const char *row, *head, *text, *reason, *silence; } mails[] = {
	{ "form of a site",          "From: Website <web@shop.example>\nSubject: New message\n" LIBRARY, FORM, "", "" },
	{ "from a program",          "From: Shop <wordpress@shop.example>\nSubject: Shop \"lift\"\n" LIBRARY, FORM, "", "role" },
	{ "from nobody to answer",   "From: Shop <no-reply@shop.example>\nSubject: Contact form\n", FORM, "", "role" },
	{ "answered elsewhere",      "From: Web <web@shop.example>\nReply-To: martha.quill@home.example\nSubject: Contact\n", "Subject: lift\nMessage: " WORDS "\n", "", "" },
	{ "says what it is",         "From: Web <web@shop.example>\nSubject: Contact\n", "Name: Quill\nPhone: 01947 555 201\nMessage: The handle of the lift came off, it hangs by one screw.\n\nThis is an automatically generated e-mail. Please do not reply to this e-mail.\n", "", "" },
	{ "says it without words of a person", "From: Web <web@shop.example>\nSubject: Contact\n", "Name: Quill\nPhone: 01947 555 201\n\nThis is an automatically generated e-mail. Please do not reply to this e-mail.\n", "machine", "machine" },
	{ "portal of repairs",       "From: Service Portal <portal@works.example>\nSubject: Report 118 received\n", "Status: open\nObject: platform lift 2\nPriority: high\nReported: 4 June 2026, 15:20\nTelephone: 01947 555 201\nDescription: door does not close, sensor shows red\n", "", "" },
	{ "portal without a person", "From: Service Portal <portal@works.example>\nSubject: Report 118 received\n", "Status: open\nObject: platform lift 2\nPriority: high\nReported: 4 June 2026, 15:20\nFault: door does not close, sensor shows red\n", "model", "model" },
	{ "cells of a table",        "From: Web <wordpress@shop.example>\nSubject: Contact\n", "Name\tAnna\nTelefon\t0561 555201\nNachricht\tDer Sitz vom Lift ist locker, wer kann diese Woche kommen?\n", "", "role" },
	{ "rows of a table",         "From: Web <wordpress@shop.example>\nSubject: Contact\n", "Name\nAnna\nEmail\nanna@home.example\nMessage\nThe seat of the lift has come loose, who can look at it?\n", "", "role" },
	{ "to its own house",        "From: Web <wordpress@shop.example>\nReply-To: Anna <anna@home.example>\nSubject: Contact\n", "Anna wrote:\n\nThe seat of the lift has come loose, who can look at it?\n", "", "role" },
	{ "to another house",        "From: Web <wordpress@works.example>\nReply-To: Anna <anna@home.example>\nSubject: Contact\n", "The seat of the lift has come loose, who can look at it?\n", "role", "role" },
	{ "answered at home",        "From: Web <wordpress@shop.example>\nReply-To: Shop <info@shop.example>\nSubject: Updated\n", "Your plugins were updated to the newest version without any error.\n", "role", "role" },
	{ "telephone",               "From: Web <web@shop.example>\nSubject: Callback\n", "Phone: 01947 555 201\nComment: " WORDS "\n", "", "" },
	{ "labels on their own",     "From: Shop <mailer@shop.example>\nSubject: New customer message\n", "You received a new message from your online store's contact form.\n\nName:\nDerry\n\nEmail:\nderry@lund.example\n\nBody:\n" WORDS "\n", "", "role" },
	{ "Chinese",                 "From: =?utf-8?B?5a6Y572R?= <form@shop.example>\nSubject: =?utf-8?B?55WZ6KiA?=\n", "姓名：盛先生\n电话：13900005521\n留言内容：三号楼的梯子下行时有很大的摩擦声，请派人看看。\n", "", "" },
	{ "German",                  "From: Formular <formular@shop.example>\nSubject: Anfrage\n", "E-Mail: quell@home.example\nIhre Nachricht: Am Lift ist heute der Griff abgegangen, gilt da die Garantie noch?\n", "", "" },
	{ "marked by its program",   "From: Web <web@shop.example>\nSubject: Contact\nAuto-Submitted: auto-generated\n", FORM, "auto-submitted", "auto-submitted" },
	{ "no words of anybody",     "From: Shop <wordpress@shop.example>\nSubject: Updated\n", "Site: https://shop.example\nMessage: done\nE-mail: admin@host.example\n", "role", "role" },
	{ "its own telephone",       "From: Lift Works <wordpress@works.example>\nSubject: Visit\n", "Details: engineer on Thursday between eight and one o'clock\nTelephone: 01947 555 201\n", "role", "role" },
	{ "nobody to reach",         "From: Shop <wordpress@shop.example>\nSubject: Updated\n", "Message: Your plugins were updated to the newest version without any error.\n", "role", "role" },
	{ "its own house",           "From: Shop <wordpress@shop.example>\nSubject: Updated\n", "E-mail: admin@shop.example\nMessage: Your plugins were updated to the newest version.\n", "role", "role" },
	{ "a buyer asks",            "From: Daz via Bazarro <m7k2pq@buyers.shop.example>\nSubject: A buyer\nX-SES-Outgoing: 1\nFeedback-ID: 1:AmazonSES\n", "New message from: daz\n\nIs this the short one?\n", "", "" },
	{ "announced by the subject", "From: Daz <m7k2pq@buyers.shop.example>\nSubject: Daz has sent a question about item 30\nFeedback-ID: 1:AmazonSES\n", "Is this the short one?\n", "", "" },
	{ "a buyer says nothing",    "From: Daz via Bazarro <m7k2pq@buyers.shop.example>\nSubject: A buyer\nFeedback-ID: 1:AmazonSES\n", "New message from: daz\n\nOpen the page to read it.\n", "list", "list" },
	{ "asked before it",         "From: Daz via Bazarro <m7k2pq@buyers.shop.example>\nSubject: A buyer\nFeedback-ID: 1:AmazonSES\n", "Shall we tell?\n\nNew message from: daz\n\nOpen the page to read it.\n", "list", "list" },
	{ "no way back to a buyer",  "From: Bazarro <hello@shop.example>\nSubject: A buyer\nFeedback-ID: 1:AmazonSES\n", "New message from: daz\n\nIs this the short one?\n", "list", "list" },
	{ "a buyer behind no-reply", "From: Daz via Bazarro <no-reply@shop.example>\nSubject: A buyer\n", "New message from: daz\n\nIs this the short one?\n", "role", "role" },
	{ "a label of something else", "From: Shop <wordpress@shop.example>\nSubject: New user\n", "User: martha\nE-mail: martha@home.example\nRegistered through the page of the shop at noon today.\n", "role", "role" },
};

static bool read_mail(const char *head, const char *text, struct draft *draft_r)
{
	char *mail = mem_format("%sTo: support@shop.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s", head, text);
	const struct mail_source source = { .data = mail, .size = strlen(mail), .fd = -1 };
	struct ik_error err = { "" };
	const bool is_read = mail_read(&source, draft_r, &err) == IK_OK;

	free(mail);
	CHECK(is_read);
	return is_read;
}

TEST(what_a_form_passes_on_is_of_a_person)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(mails); i++) {
		struct draft d;

		test_row(mails[i].row);
		if (!read_mail(mails[i].head, mails[i].text, &d)) continue;
		CHECK_STR(d.auto_reason, mails[i].reason);
		CHECK_STR(d.no_ack_reason, mails[i].silence);
		draft_release(&d);
	}
}

/* The mail stays the program's, and nothing is read behind its end. */
TEST(colons_at_odd_places_are_no_labels)
{
	static const char *const texts[] = { ":", "::", "Message:", "Message:\n", "\n\n:\nMessage:\n\n", "：", "Message：", "E-mail: @", "E-mail: a@", "Message:\xe2\x80\x8b", "Phone: +", "[Message]: ", "*: " };

	mail_start();
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct draft d;

		test_row(texts[i]);
		if (!read_mail("From: Shop <wordpress@shop.example>\nSubject: x\n", texts[i], &d)) continue;
		CHECK_STR(d.auto_reason, "role");
		draft_release(&d);
	}
}
