/* test_own_list.c - a mail that came through a group of our own is its writer's; a stranger who only says so gains nothing. */
#include "mail/own_list.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "mail/mail.h"
#include "test.h"

#define GROUP "support@shop.example"
#define TEXT "\n\nHello, the lamp I bought in May flickers. Can you send me a new one? Regards, Anna\n"

/* As Google Groups, Mailman 2 and 3 mark what they pass on. */
#define GOOGLE "Precedence: list\nMailing-list: list support@shop.example; contact support+owners@shop.example\nList-ID: <support.shop.example>\nX-Google-Group-Id: 35721\n" \
	"List-Post: <https://groups.google.com/a/shop.example/group/support/post>, <mailto:support@shop.example>\nList-Help: <https://support.google.com/a/shop.example/bin/topic.py?topic=25838>, <mailto:support+help@shop.example>\n" \
	"List-Archive: <https://groups.google.com/a/shop.example/group/support/>\nList-Unsubscribe: <mailto:googlegroups-manage+35721+unsubscribe@googlegroups.com>,\n <https://groups.google.com/a/shop.example/group/support/subscribe>\n"
#define MAILMAN "X-BeenThere: support@shop.example\nPrecedence: list\nList-Id: Customers <support.shop.example>\nList-Unsubscribe: <https://shop.example/mailman/options/support>,\n <mailto:support-request@shop.example?subject=unsubscribe>\n" \
	"List-Archive: <https://shop.example/pipermail/support/>\nList-Post: <mailto:support@shop.example>\nList-Help: <mailto:support-request@shop.example?subject=help>\nList-Subscribe: <https://shop.example/mailman/listinfo/support>\n"
#define ANNA "From: Anna Berg <anna@home.example>\n"
#define VIA "From: \"'Anna Berg' via Support\" <support@shop.example>\n"

static const struct { const char *row, *head, *reason, *writer, *name; bool is_sure; } mails[] = {
	{ "Google, From left as it was",  ANNA GOOGLE, "", "anna@home.example", "Anna Berg", false },
	{ "Google, From rewritten",       VIA "X-Original-From: Anna Berg <anna@home.example>\nX-Original-Sender: anna@home.example\nReply-To: Anna Berg <anna@home.example>\n" GOOGLE, "", "anna@home.example", "Anna Berg", true },
	{ "Google, name is not repeated", VIA "X-Original-From: anna@home.example\n" GOOGLE, "", "anna@home.example", "Anna Berg", true },
	{ "Mailman, From left",           ANNA MAILMAN, "", "anna@home.example", "Anna Berg", false },
	{ "Mailman, From rewritten",      "From: Anna Berg via Customers <support@shop.example>\nReply-To: Anna Berg <anna@home.example>\n" MAILMAN, "", "anna@home.example", "Anna Berg", true },
	{ "Mailman, answers to the list", "From: Anna Berg via Customers <support@shop.example>\nReply-To: support@shop.example\nCc: Bo <bo@home.example>, Anna Berg <anna@home.example>\n" MAILMAN, "", "anna@home.example", "Anna Berg", true },
	{ "Mailman, two answer to",       "From: Anna Berg via Customers <support@shop.example>\nReply-To: Office <office@home.example>, Anna Berg <anna@home.example>\n" MAILMAN, "", "anna@home.example", "Anna Berg", false },
	{ "rewritten, nothing kept",      VIA MAILMAN, "", "support@shop.example", "'Anna Berg' via Support", false },
	{ "only List-Id",                 ANNA "List-Id: <support.shop.example>\n", "", "anna@home.example", "Anna Berg", false },
	{ "capitals",                     ANNA "LIST-ID: \"Help\" <Support.SHOP.Example>\nprecedence: List\n", "", "anna@home.example", "Anna Berg", false },
	{ "group within a group",         ANNA "X-BeenThere: care@shop.example\n" MAILMAN, "", "anna@home.example", "Anna Berg", false },
	/* what the sender's own headers say goes on to hold */
	{ "absence through the group",    ANNA "Auto-Submitted: auto-replied\n" GOOGLE, "auto-submitted", "anna@home.example", "Anna Berg", false },
	{ "bulk through the group",       ANNA "Precedence: bulk\n" GOOGLE, "precedence", "anna@home.example", "Anna Berg", false },
	{ "mailing with a Feedback-ID",   ANNA "Feedback-ID: 1:campaign:us14:mc\n" GOOGLE, "list", "anna@home.example", "Anna Berg", false },
	{ "mailing, its own unsubscribe", ANNA "List-Unsubscribe: <https://mailer.example/u/1>\nList-Id: <support.shop.example>\n", "list", "anna@home.example", "Anna Berg", false },
	{ "mailing, two unsubscribes",    ANNA GOOGLE "List-Unsubscribe: <https://mailer.example/u/1>\n", "list", "anna@home.example", "Anna Berg", false },
	{ "machine behind the group",     "From: \"No Reply via Support\" <support@shop.example>\nX-Original-From: no-reply@bank.example\n" GOOGLE, "role", "no-reply@bank.example", "No Reply", true },
	/* somebody else's list, also one that writes to our address */
	{ "another list",                 ANNA "List-Id: <news.mailer.example>\nPrecedence: list\n", "list", "anna@home.example", "Anna Berg", false },
	{ "another list's post",          ANNA "List-Id: <support.shop.example>\nList-Post: <mailto:talk@mailer.example>\n", "list", "anna@home.example", "Anna Berg", false },
	{ "another list below",           ANNA GOOGLE "List-Id: <talk.mailer.example>\n", "list", "anna@home.example", "Anna Berg", false },
	{ "another list was there",       ANNA GOOGLE "X-BeenThere: talk@mailer.example\n", "list", "anna@home.example", "Anna Berg", false },
	{ "a name that begins like ours", ANNA "List-Id: <support.shop.example.mailer.example>\n", "list", "anna@home.example", "Anna Berg", false },
	{ "no list at all",               ANNA "List-Unsubscribe: <mailto:support@shop.example>\n", "list", "anna@home.example", "Anna Berg", false },
	{ "only Precedence",              ANNA "Precedence: list\n", "precedence", "anna@home.example", "Anna Berg", false },
	/* a stranger's fields: From is not the list's, so they name nobody */
	{ "X-Original-From of a stranger", ANNA "X-Original-From: victim@third.example\n" GOOGLE, "", "anna@home.example", "Anna Berg", false },
	{ "fields that disagree",         VIA "X-Original-From: victim@third.example\nReply-To: anna@home.example\n" MAILMAN, "", "victim@third.example", "Anna Berg", false },
	{ "two X-Original-From",          VIA "X-Original-From: victim@third.example\nX-Original-From: anna@home.example\nReply-To: anna@home.example\n" MAILMAN, "", "anna@home.example", "Anna Berg", true },
};

static bool read_through(const char *head, bool is_ours, struct draft *d)
{
	char *mail = mem_format("%sTo: Shop <support@shop.example>\nSubject: lamp\nDate: Mon, 4 May 2026 10:20:30 +0800\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8" TEXT, head);
	const struct mail_source source = { .data = mail, .size = strlen(mail), .fd = -1 };
	struct ik_error err = { "" };
	const bool is_read = mail_read(&source, d, &err) == IK_OK;

	free(mail);
	CHECK(is_read);
	if (is_read && is_ours && d->list != NULL && own_list_is(d->list, GROUP)) own_list_take(d);
	return is_read;
}

TEST(a_mail_through_a_group_of_ours_is_judged_by_what_its_writer_sent)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(mails); i++) {
		struct draft d;

		test_row(mails[i].row);
		if (!read_through(mails[i].head, true, &d)) continue;
		CHECK_STR(d.auto_reason, mails[i].reason);
		CHECK_INT(d.is_automatic, mails[i].reason[0] != '\0');
		CHECK_STR(d.no_ack_reason, mails[i].reason);
		CHECK_STR(d.from.address, mails[i].writer);
		CHECK_STR(d.from.name, mails[i].name);
		CHECK_INT(d.is_writer_sure, mails[i].is_sure);
		draft_release(&d);
	}
}

TEST(a_list_that_is_not_ours_stays_a_list)
{
	struct draft d;

	mail_start();
	if (!read_through(VIA "X-Original-From: Anna Berg <anna@home.example>\n" GOOGLE, false, &d)) return;
	CHECK_STR(d.auto_reason, "list");
	CHECK_STR(d.from.address, GROUP);
	CHECK_STR(d.list, "support.shop.example");
	CHECK(!own_list_is(d.list, "upport@shop.example") && !own_list_is(d.list, "sales@shop.example") && !own_list_is(d.list, ""));
	draft_release(&d);
}

TEST(what_a_group_puts_below_a_text_is_not_the_writers)
{
	static const struct { const char *row, *foot; } feet[] = {
		{ "Google", "-- \nYou received this message because you are subscribed to the Google Groups \"Support\" group.\nTo unsubscribe from this group and stop receiving emails from it, send an email to support+unsubscribe@shop.example.\nTo view this discussion visit https://groups.google.com/a/shop.example/d/msgid/support/1.\n" },
		{ "Mailman 2", "_______________________________________________\nSupport mailing list\nSupport@shop.example\nhttps://shop.example/mailman/listinfo/support\n" },
		{ "Mailman 3", "_______________________________________________\nSupport mailing list -- support@shop.example\nTo unsubscribe send an email to support-leave@shop.example\n" },
	};

	mail_start();
	for (size_t i = 0; i < COUNT_OF(feet); i++) {
		char *mail = mem_format("%sTo: support@shop.example\nSubject: [Support] lamp\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\nThe lamp from May flickers.\nPlease send me a new one.\n\n%s", ANNA MAILMAN, feet[i].foot);
		const struct mail_source source = { .data = mail, .size = strlen(mail), .fd = -1 };
		struct ik_error err = { "" };
		struct draft d;

		test_row(feet[i].row);
		CHECK_INT(mail_read(&source, &d, &err), IK_OK);
		own_list_take(&d);
		CHECK_STR(d.auto_reason, "");
		CHECK_STR(d.reply_text, "The lamp from May flickers.\nPlease send me a new one.");
		draft_release(&d);
		free(mail);
	}
}
