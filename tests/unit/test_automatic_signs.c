/* test_automatic_signs.c - what head and HTML of a mail say of the program that sent it, and that it moves the learned opinion within bounds and decides nothing. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "mail/automatic_model.h"
#include "mail/automatic_signs.h"
#include "mail/mail.h"
#include "mail/word_text.h"

#define PLAIN "Content-Type: text/plain\n\ntext\n"
#define HTML "Content-Type: text/html\n\n"
#define PIXEL "<p>x</p><img src=\"https://mail.example/o.gif\" width=\"1\" height=\"1\">"
#define BUTTON "<a href=\"https://shop.example/x\" style=\"background:#06c;padding:12px\">Track</a>"
#define LINK "<a href=\"https://click.mail.example/ls/u001.aBcD3fGh1jKlMn0pQrStUvWxYz0123456789?x=1\">x</a>"
static const struct { const char *row, *mail; double points; } rows[] = {
	{ "nothing known",        PLAIN, 0 },
	{ "library",              "X-Mailer: PHPMailer 6.8.0\n" PLAIN, 0.125 },
	{ "library, by its id",   "Message-ID: <12.34.1717.JavaMail.app@host1>\n" PLAIN, 0.125 },
	{ "service",              "X-SES-Outgoing: 2026.06.04-54.240.1.1\n" PLAIN, 0.125 },
	{ "many at once",         "X-Mailer: nodemailer\nX-PHP-Script: a\nX-SG-EID: b\nX-Report-Abuse: c\n" PLAIN, 0.125 },
	{ "made for one mail",    "Return-Path: <ann=shop.example@lists.example>\n" PLAIN, 0.125 },
	{ "for returned mail",    "Return-Path: <bounce+ab12cd@mail.example>\n" PLAIN, 0.125 },
	{ "at a host for them",   "Return-Path: <ab12cd@bounces.mail.example>\n" PLAIN, 0.125 },
	{ "forwarded",            "Return-Path: <SRS0=ab=cd=home.example=ann@host.example>\n" PLAIN, 0 },
	{ "signed",               "Return-Path: <prvs=12ab=ann@home.example>\n" PLAIN, 0 },
	{ "phone",                "X-Mailer: iPhone Mail (21F90)\n" PLAIN, -1.5 },
	{ "mail program",         "User-Agent: Mozilla Thunderbird\n" PLAIN, -1.5 },
	{ "Chinese mail program", "X-Mailer: Foxmail 7.2.25.228[cn]\n" PLAIN, -1.5 },
	{ "an answer",            "In-Reply-To: <a@b>\n" PLAIN, -0.5 },
	{ "all of a person",      "X-Mailer: Microsoft Outlook 16.0\nThread-Index: Ad\nX-Originating-IP: [192.0.2.1]\nIn-Reply-To: <a@b>\n" PLAIN, -2 },
	{ "hidden image",         HTML PIXEL, 0.0625 },
	{ "image of its own",     HTML "<img src=\"cid:a\" width=\"1\" height=\"1\">", 0 },
	{ "button",               HTML BUTTON, 0.0625 },
	{ "one long link",        HTML LINK, 0 },
	{ "two long links",       HTML LINK LINK, 0.0625 },
	{ "long words in links",  HTML "<a href=\"https://shop.example/this-is-a-very-long-name-of-a-page-that-somebody-wrote\">a</a><a href=\"https://shop.example/this-is-another-long-name-of-a-page-here\">b</a>", 0 },
	{ "hidden line",          HTML "<div style=\"display:none\">Look inside</div>", 0.0625 },
	{ "all of a newsletter",  HTML PIXEL BUTTON LINK LINK "<div style=\"display:none\">x</div>", 0.125 },
	{ "tag without end",      HTML "<a href=\"https", 0 },
	{ "upper case",           HTML "<IMG SRC=\"HTTPS://MAIL.EXAMPLE/O\" WIDTH=\"1\" HEIGHT=\"1\">", 0.0625 },
};

static double points_of(const char *mail, bool is_quoted)
{
	struct draft d;
	struct mime m;
	struct ik_error err = { "" };
	const char *path = strstr(mail, "Return-Path: <");
	double points;

	draft_init(&d);
	CHECK_INT(mime_read(&m, mail, strlen(mail), &err), IK_OK);
	if (path != NULL) d.return_path = mem_copy(path + 14, strcspn(path + 14, ">"));
	if (is_quoted) d.cut_rule = mem_text("attribution");
	points = automatic_signs(&m, &d).points;
	mime_release(&m);
	draft_release(&d);
	return points;
}

TEST(signs_of_programs_and_of_persons_are_counted_within_bounds)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].row);
		CHECK(points_of(rows[i].mail, false) == rows[i].points);
	}
}

TEST(html_that_holds_a_quote_says_nothing)
{
	CHECK(points_of(HTML PIXEL BUTTON, true) == 0);
	CHECK(points_of("X-Mailer: PHPMailer\n" HTML PIXEL, true) == 0.125);
}

/* ---- what they do to the learned opinion ---- */

#define ALL_SIGNS "X-Mailer: PHPMailer 6.8.0\nX-PHP-Originating-Script: 33:mail.php\nX-SG-EID: a\nX-Report-Abuse: b\nReturn-Path: <bounce+ab12@mail.example>\n"
#define OF_PERSON "X-Mailer: iPhone Mail (21F90)\n"

static bool is_machine(const char *head, const char *from, const char *subject, const char *text)
{
	char *mail = mem_format("%sFrom: %s\nTo: support@shop.example\nSubject: %s\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n%s\n", head, from, subject, text);
	const struct mail_source source = { .data = mail, .size = strlen(mail), .fd = -1 };
	struct ik_error err = { "" };
	struct draft d;
	bool is_told;

	CHECK_INT(mail_read(&source, &d, &err), IK_OK);
	is_told = d.is_automatic;
	draft_release(&d);
	free(mail);
	return is_told;
}

/* A row of the mails that were never trained on: of persons those that only a head like a machine's condemns, of machines those that a head like a person's frees. */
static void judge_row(char *line, size_t *persons, size_t *condemned, size_t *machines, size_t *freed)
{
	char *columns[4], *at = line, *text;

	for (size_t i = 0; i < 4; i++) {
		columns[i] = at;
		at += strcspn(at, "\t");
		*at++ = '\0';
	}
	text = mem_text(columns[3]);
	for (char *c = text; (c = strstr(c, "\\n")) != NULL;) memcpy(c, " \n", 2);
	if (columns[0][0] == 'p') {
		++*persons;
		*condemned += is_machine(ALL_SIGNS, columns[1], columns[2], text) && !is_machine("", columns[1], columns[2], text);
	} else if (is_machine("", columns[1], columns[2], text)) {
		++*machines;
		*freed += !is_machine(OF_PERSON, columns[1], columns[2], text);
	}
	free(text);
}

TEST(no_head_condemns_a_person_and_that_of_a_mail_program_frees_some)
{
	struct buf file = BUF_INIT(1024 * 1024);
	struct ik_error err = { "" };
	size_t persons = 0, condemned = 0, machines = 0, freed = 0;

	mail_start();
	CHECK_INT(file_read(test_data("mail/automatic_held.tsv"), &file, &err), IK_OK);
	for (char *line = file.data, *next; line != NULL && *line != '\0'; line = next) {
		next = strchr(line, '\n');
		if (next != NULL) *next++ = '\0';
		if (line[0] != '#') judge_row(line, &persons, &condemned, &machines, &freed);
	}
	(void)printf("  persons that only a machine's head makes one: %zu of %zu; machines by a person's: %zu of %zu freed\n", condemned, persons, freed, machines);
	CHECK(persons >= 80 && condemned * 33 <= persons);
	CHECK(freed > 0 && freed * 2 < machines);
	buf_release(&file);
}

/* What the words alone do not say is not said by any head. */
TEST(words_that_speak_for_a_person_are_heard_whatever_the_head_says)
{
	static const struct automatic_signs all = { .points = 100, .loudest = "all" };
	struct word_text words;
	struct automatic_look look = { .subject = "hinges", .local = "simon", .domain = "joinery.example", .name = "simon grant", .words = &words, .prefix = REPLY_NO_PREFIX };
	struct buf evidence = BUF_INIT(1024);

	look.text = "hello, the two doors came without their hinges. could somebody bring them by friday? the fitters are on site then. regards, simon";
	look.written = look.text;
	word_text_init(&words, look.text, strlen(look.text));
	CHECK(!automatic_is_like_machine(&look, all, &evidence));
	CHECK_STR(buf_str(&evidence), "");
	buf_release(&evidence);
}
