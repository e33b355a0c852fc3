/* automatic.c - the published table of rules, top to bottom; the first that fires gives the reason. What a rule means for "is it automatic"
 * and what for "may it be acknowledged" are separate columns: a person may ask us to be silent without being a machine.
 *
 * Only the message itself is looked at, never a message attached to it: who forwards a bounce is a person. */
#include "mail/automatic.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/automatic_model.h"
#include "mail/automatic_relay.h"
#include "mail/automatic_signs.h"
#include "mail/automatic_text.h"
#include "mail/automatic_words.h"
#include "mail/bounce.h"
#include "mail/header.h"
#include "mail/own_list.h"
#include "mail/reply.h"
#include "mail/reply_rules.h"

#define TEXT_LEAST 40                   /* bytes on which the learned opinion is asked */
#define QUESTION_MAX 400                /* a longer text may hold a question and still be a machine's */
#define ABSENT_WITHIN 260               /* bytes at the start of a notice of absence */
#define ABSENT_POINTS 4
#define OF_PROGRAM 0.125                /* points of the head of a mail that a program sent */
#define NUMBER_LEAST 4                  /* digits of a number that a helpdesk gives */
#define NUMBER_MAX 24
#define NUMBER_WITHIN 16                /* bytes before it, "[Ticket#" */
#define NOTICE_MAX 1800                 /* a vacation notice without headers is not longer */

/* What the rules look at. */
struct judged {
	const struct draft *d;
	const struct mime *m;
	const struct mime_part *root;
	char *subject, *reply;          /* folded; reply is what the writer wrote now, without our words quoted below or between quotation marks; NULL till it is asked, like text and words */
	const char *text;
	char local[160], domain[160], name[160];        /* of From, folded; "" without one */
	struct word_text *words, *reply_words;  /* of text and reply, which may be one */
	struct folded_text whole;
	struct word_text words_of_reply;
	size_t reply_len;
	bool asks;                      /* a question is in reply */
	bool is_through_list;           /* the list that the mail names is taken for ours */
	const struct draft_address *from;       /* who wrote, by that */
	bool is_passed_on;              /* a form's mail holds a person's words */
	enum reply_prefix prefix;
	struct bounce bounce;
};

static const struct mime_field *field(const struct judged *j, const char *name, size_t nth)
{
	return mime_field(j->m, j->root, name, nth);
}

static bool has_field(const struct judged *j, const char *name)
{
	return field(j, name, 0) != NULL;
}

static bool ends_with(const char *text, const char *tail)
{
	const size_t len = strlen(text), want = strlen(tail);

	return len > want && strcmp(text + len - want, tail) == 0;
}

/* ---- header rules ---- */

static bool null_sender(const struct judged *j)
{
	const struct mime_field *f;

	for (size_t nth = 0; (f = field(j, "Return-Path", nth)) != NULL; nth++) {
		char token[16];

		header_token(f->value, f->value_len, token, sizeof(token));
		if (strcmp(token, "<>") == 0) return true;
	}
	return false;
}

static bool auto_submitted(const struct judged *j)
{
	const struct mime_field *f;

	for (size_t nth = 0; (f = field(j, "Auto-Submitted", nth)) != NULL; nth++) {
		char token[32];

		header_token(f->value, f->value_len, token, sizeof(token));
		if (strcmp(token, "no") != 0) return true;
	}
	return false;
}

static bool report(const struct judged *j)
{
	return j->bounce.has_report || has_field(j, "X-Failed-Recipients");
}

/* The list through which the mail came is taken for ours, and adds the field to everything. */
static bool is_explained(const struct judged *j, const struct mime_field *f)
{
	return j->is_through_list && own_list_explains(j->d, j->m, f);
}

static bool list(const struct judged *j)
{
	static const char *const names[] = {
		"List-Id", "List-Post", "List-Help", "List-Owner", "List-Archive", "List-Subscribe", "List-Unsubscribe", "Mailing-List", "X-Mailing-List", "X-BeenThere",
	};
	const struct mime_field *f;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		for (size_t nth = 0; (f = field(j, names[i], nth)) != NULL; nth++)
			if (!is_explained(j, f)) return true;
	return false;
}

/* The field is there for complaints; houses of persons' mail put it on all they send. Ends of its value: those houses, and services for mailings. */
static const char *const feedback_of_persons[] = { ":user:proton", ":fastmail" };
static const char *const feedback_of_mailings[] = { ":amazonses", ":sg", ":mc", ":sendinblue" };
#define FEEDBACK_OF_TENCENT ":qybglogicsvr"      /* inside the value, in mail of companies' people */

static bool ends_like(const char *text, const char *const *tails, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (ends_with(text, tails[i])) return true;
	return false;
}

/* Evidence only with something else: a service for mailings, a program that sends, or a way to leave. Through such a service persons may send as well, whose
 * programs and answers the head shows. */
static bool feedback(const struct judged *j)
{
	const struct mime_field *f = field(j, "Feedback-ID", 0);
	char value[200];
	double points;

	if (f == NULL || j->is_passed_on || is_explained(j, f)) return false;
	header_token(f->value, f->value_len, value, sizeof(value));
	if (words_among(&words_newsletter, j->reply_words) && !text_is_in_first_person(j->reply_words)) return true;
	if (ends_like(value, feedback_of_persons, COUNT_OF(feedback_of_persons)) || strstr(value, FEEDBACK_OF_TENCENT) != NULL) return false;
	points = automatic_signs(j->m, j->d).points;
	return points >= OF_PROGRAM || (points >= 0 && ends_like(value, feedback_of_mailings, COUNT_OF(feedback_of_mailings)));
}

/* A list of ours writes "list"; whatever else stands there is the sender's. */
static bool precedence(const struct judged *j)
{
	static const char *const names[] = { "Precedence", "X-Precedence" };
	static const char *const values[] = { "list", "bulk", "junk", "auto_reply", "auto-reply", "autoreply" };
	const struct mime_field *f;

	for (size_t i = 0; i < COUNT_OF(names); i++)
		for (size_t nth = 0; (f = field(j, names[i], nth)) != NULL; nth++)
			for (size_t k = j->is_through_list ? 1 : 0; k < COUNT_OF(values); k++)
				if (header_has_word(f->value, f->value_len, values[k])) return true;
	return false;
}

static bool suppress(const struct judged *j)
{
	static const char *const tokens[] = { "All", "AutoReply", "OOF" };
	const struct mime_field *f;

	for (size_t nth = 0; (f = field(j, "X-Auto-Response-Suppress", nth)) != NULL; nth++)
		for (size_t i = 0; i < COUNT_OF(tokens); i++)
			if (header_has_word(f->value, f->value_len, tokens[i])) return true;
	return false;
}

/* Headers of answering and notifying programs. value: a word the header must hold, NULL for any but "no". */
#define VENDOR(name, value) { name, sizeof(name) - 1, value }
static const struct { const char *name; size_t name_len; const char *value; } vendors[] = {
	VENDOR("X-Autogenerated", NULL), VENDOR("X-Auto-Generated", NULL), VENDOR("X-FC-MachineGenerated", "true"), VENDOR("X-Amazon-Mail-Relay-Type", "notification"),
	VENDOR("Delivered-To", "autoresponder"), VENDOR("Preference", "auto_reply"), VENDOR("X-POST-MessageClass", "Autoresponder"), VENDOR("X-MS-Exchange-Generated-Message-Source", NULL),
	VENDOR("X-MS-Exchange-Message-Is-Ndr", NULL), VENDOR("X-Cron-Env", NULL), VENDOR("X-GitHub-Reason", NULL), VENDOR("X-Facebook-Notify", NULL), VENDOR("X-JIRA-FingerPrint", NULL),
	VENDOR("X-Vacation", NULL), VENDOR("X-Jenkins-Job", NULL), VENDOR("X-Campaign-Id", NULL), VENDOR("X-CampaignId", NULL), VENDOR("X-MC-User", NULL), VENDOR("X-Mailer-Daemon", NULL),
};

static bool is_no(const struct mime_field *f)
{
	char token[16];

	header_token(f->value, f->value_len, token, sizeof(token));
	return strcmp(token, "no") == 0 || strcmp(token, "false") == 0 || strcmp(token, "0") == 0 || strcmp(token, "none") == 0;
}

/* Any header named after automatic replies, save the one that only asks for silence. */
static bool is_autoreply_name(const struct mime_field *f)
{
	char name[48] = "";
	size_t len = 0;

	if (f->name_len < 9) return false;
	for (size_t i = 0; i < f->name_len && len + 1 < sizeof(name); i++)
		if (f->name[i] != '-' && f->name[i] != '_') name[len++] = (char)tolower((unsigned char)f->name[i]);
	name[len] = '\0';
	return strstr(name, "autore") != NULL && (strstr(name, "autoreply") != NULL || strstr(name, "autorespond") != NULL || strstr(name, "autoresponse") != NULL) && strstr(name, "suppress") == NULL;
}

static bool vendor(const struct judged *j)
{
	for (size_t i = 0; i < j->root->field_count; i++) {
		const struct mime_field *f = &j->m->fields[j->root->first_field + i];

		if (is_autoreply_name(f) && !is_no(f)) return true;
		for (size_t k = 0; k < COUNT_OF(vendors); k++) {
			if (f->name_len != vendors[k].name_len || strncasecmp(f->name, vendors[k].name, f->name_len) != 0) continue;
			if (vendors[k].value == NULL ? !is_no(f) : memmem(f->value, f->value_len, vendors[k].value, strlen(vendors[k].value)) != NULL) return true;
		}
	}
	return false;
}

/* A mailbox rule passed the mail on: a person may have written it, but an answer could run in circles. */
static bool vendor_rule(const struct judged *j)
{
	return has_field(j, "X-MS-Exchange-Inbox-Rules-Loop");
}

/* "Accepted: talk about the order", and nothing or a few words about an appointment in the text. */
static bool calendar_subject(const struct judged *j)
{
	if (!words_start(&words_calendar_subject, j->subject) || j->reply_len > 1000) return false;
	return j->reply_len == 0 || (words_among(&words_calendar_body, j->reply_words) && !text_speaks_as_customer(j->reply_words) && !text_is_in_first_person(j->reply_words));
}

static bool calendar_part(const struct judged *j)
{
	for (size_t i = 0; i < j->m->part_count; i++) {
		const struct mime_part *part = &j->m->parts[i];
		struct buf method = BUF_INIT(64), body = BUF_INIT(part->body_len + 64);
		bool is_answer = false;

		if (part->depth > 4 || strcmp(part->type, "text/calendar") != 0 || bounce_is_attached(j->m, part)) continue;
		const struct mime_field *f = mime_field(j->m, part, "Content-Type", 0);

		if (f == NULL || !header_parameter(&method, f->value, f->value_len, "method", NULL)) {
			const char *at;

			mime_decode(&body, part);
			at = strcasestr(buf_str(&body), "\nMETHOD:");
			if (at != NULL) buf_add(&method, at + 8, strcspn(at + 8, "\r\n") < 40 ? strcspn(at + 8, "\r\n") : 40);
		}
		is_answer = strcasecmp(buf_str(&method), "REPLY") == 0 || strcasecmp(buf_str(&method), "COUNTER") == 0 || strcasecmp(buf_str(&method), "DECLINECOUNTER") == 0;
		buf_release(&method);
		buf_release(&body);
		if (is_answer) return true;
	}
	return false;
}

static bool calendar(const struct judged *j)
{
	return calendar_part(j) || calendar_subject(j);
}

/* ---- rules for machines without headers ---- */

static bool bounce_text(const struct judged *j)
{
	return bounce_by_text(&j->bounce);
}

static bool is_answer_by_person(const struct judged *j)
{
	return j->prefix != REPLY_NO_PREFIX;
}

/* In languages that need no mark; no text of ASCII holds their words. */
static bool asks_without_mark(const char *text)
{
	static const char *const words[] = { "吗", "嗎", "ですか", "ますか", "でしょうか", "까요", "니까", "나요", "ไหม", "หรือยัง", "เมื่อไหร่" };
	const size_t len = strlen(text);

	if (utf8_ascii(text, len) == len) return false;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strstr(text, words[i]) != NULL) return true;
	return false;
}

/* More questions than offers of help, which machines make as well. */
static bool is_question(const char *text)
{
	const size_t questions = text_questions(text);

	return (questions > 0 && questions > text_offers(text)) || asks_without_mark(text);
}

/* "Ann Lee is out of the office", "来自王芳的自动回复", "Received - auto reply": the words stand further inside, so the text must agree. */
static bool vacation_inside(const struct judged *j)
{
	if (j->prefix != REPLY_NO_PREFIX || j->reply_len >= NOTICE_MAX || j->asks || text_speaks_as_customer(j->reply_words) || !words_in(&words_vacation_subject, j->subject)) return false;
	return words_near_start(&words_absent, j->reply_words, 220) || words_near_start(&words_received, j->reply_words, 220) || words_among(&words_promise, j->reply_words);
}

/* Who is away and bids us do something wrote it himself, unless the subject says that a program did. */
static bool is_told_by_hand(const struct judged *j)
{
	return text_sets_a_task(j->reply_words) && !words_in(&words_by_machine, j->subject);
}

static bool vacation_subject(const struct judged *j)
{
	const bool is_away = words_near_start(&words_absent, j->reply_words, ABSENT_WITHIN);

	if (is_told_by_hand(j)) return false;
	if (words_start(&words_vacation_subject, j->subject)) return is_away || !(text_speaks_as_customer(j->reply_words) || (j->asks && strchr(j->subject, ':') == NULL));
	if (words_start(&words_vacation_subject, j->reply) && j->prefix != REPLY_IS_FORWARD && j->reply_len < NOTICE_MAX) return !j->asks && !text_speaks_as_customer(j->reply_words);
	return vacation_inside(j) || (words_start(&words_vacation_weak, j->subject) && j->reply_len < NOTICE_MAX && words_among(&words_auto_body, j->reply_words));
}

static bool names_another(const struct judged *j)
{
	return bounce_names_another(j->reply, j->from->address);
}

/* How much a text reads like a notice of absence: away at its start; back when, or who helps; it answers a mail and speaks of mail. A guest of
 * a hotel is away too, but writes of what customers write about. */
static int absence_points(const struct judged *j)
{
	int points = 0;

	const bool is_unread = words_among(&words_unread, j->reply_words);
	const bool has_left = words_near_start(&words_left, j->reply_words, ABSENT_WITHIN) && (is_unread || names_another(j));

	if (!has_left && !words_near_start(&words_absent, j->reply_words, ABSENT_WITHIN)) return 0;
	points += 2 + (has_left && is_unread) + names_another(j) + 2 * words_among(&words_promise, j->reply_words) + words_among(&words_until, j->reply_words);
	points += (j->prefix == REPLY_IS_REPLY) + words_among(&words_your_mail, j->reply_words) + words_start(&words_vacation_weak, j->subject);
	points -= 3 * words_among(&words_topic, j->reply_words) + 2 * text_speaks_as_customer(j->reply_words);
	return points;
}

static bool vacation_text(const struct judged *j)
{
	if (j->reply_len == 0 || j->reply_len > NOTICE_MAX || j->prefix == REPLY_IS_FORWARD || j->asks || is_told_by_hand(j)) return false;
	return absence_points(j) >= ABSENT_POINTS;
}

/* The line that a helpdesk puts on top of its own mail, where a customer's answer would stand above it. */
static bool begins_with_marker(const struct judged *j)
{
	const char *text = j->text + strspn(j->text, "#*-_=~ \n");

	return text > j->text && strncmp(text, "please type your reply above", 28) == 0;
}

/* Says how to leave the list, with a link: a person who wants to leave gives none. */
static bool is_newsletter(const struct judged *j)
{
	if (j->prefix != REPLY_NO_PREFIX || text_speaks_as_customer(j->reply_words) || (j->reply_len < QUESTION_MAX && text_is_in_first_person(j->reply_words))) return false;
	return (strstr(j->reply, "http") != NULL || strstr(j->reply, "click here") != NULL) && words_among(&words_newsletter, j->reply_words);
}

/* A number between brackets or behind "#" in the subject, and the text says that the request was taken in under it. */
static bool records_its_number(const struct judged *j)
{
	for (const char *at = j->subject; (at = strpbrk(at, "[(#")) != NULL; at++) {
		const char *digits = at + strcspn(at, "0123456789");
		const size_t len = strspn(digits, "0123456789");
		char number[NUMBER_MAX + 1];

		if (digits - at > NUMBER_WITHIN || len < NUMBER_LEAST || len > NUMBER_MAX) continue;
		memcpy(number, digits, len);
		number[len] = '\0';
		if (text_records_number(j->reply_words, number)) return true;
	}
	return false;
}

/* A short mail with a question, or one that tells of an order of the writer's own, only speaks about automatic mail. */
static bool is_said_by_sentences(const struct judged *j)
{
	if (text_speaks_as_customer(j->reply_words) || (j->asks && j->reply_len < QUESTION_MAX)) return false;
	if (text_calls_itself_automatic(j->reply_words) || text_gives_a_code(j->words)) return true;
	if (!j->asks && !text_is_in_first_person(j->reply_words) && records_its_number(j)) return true;
	if (j->prefix != REPLY_NO_PREFIX || j->reply_len >= NOTICE_MAX || j->asks || text_is_in_first_person(j->reply_words)) return false;
	return text_acknowledges(j->reply_words) || (words_begin(&words_confirmation_subject, j->subject) && text_confirms_mail(j->reply_words));
}

/* The text itself says that a machine sent it; who asks a question is a person. */
static bool machine_text(const struct judged *j)
{
	if (j->is_passed_on) return false;
	if (begins_with_marker(j) || is_newsletter(j)) return true;
	if (j->prefix == REPLY_IS_FORWARD || j->reply_len >= 2 * NOTICE_MAX) return false;
	return (text_has_words_of_machines(j->reply_words) && !j->asks && !text_speaks_as_customer(j->reply_words)) || is_said_by_sentences(j);
}

/* A mailing list or a guard against unwanted mail. */
static bool held(const struct judged *j)
{
	if (j->is_passed_on || j->prefix != REPLY_NO_PREFIX || j->reply_len >= NOTICE_MAX || text_speaks_as_customer(j->reply_words)) return false;
	return text_holds_your_mail(j->reply_words) && !j->asks;
}

/* Of DMARC and of SMTP TLS: "Report domain: a.example Submitter: b.example Report-ID: c". Source: RFC 7489 section 7.2.1.1, RFC 8460 section 5.3. */
static bool report_subject(const struct judged *j)
{
	return strncmp(j->subject, "report domain:", 14) == 0 && strstr(j->subject, "submitter:") != NULL && strstr(j->subject, "report-id:") != NULL;
}

static bool receipt(const struct judged *j)
{
	return words_start(&words_receipt_subject, j->subject) && j->reply_len < 1000 && words_among(&words_receipt_body, j->words) && !text_is_in_first_person(j->reply_words);     /* the text: the read mail is named in a block like a quoted one */
}

/* The local part without its tag and separators: "no-reply+x" and "no_reply2" -> "noreply". */
static void squeeze_local(const char *local, char *squeezed_r, size_t room)
{
	size_t len = 0;

	for (; *local != '\0' && *local != '+' && len + 1 < room; local++)
		if (strchr("-_.", *local) == NULL) squeezed_r[len++] = *local;
	while (len > 0 && isdigit((unsigned char)squeezed_r[len - 1])) len--;           /* "mfp2" */
	squeezed_r[len] = '\0';
}

/* "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e": Exchange itself. */
static bool is_exchange(const char *local)
{
	static const char name[] = "microsoftexchange";

	return strncmp(local, name, sizeof(name) - 1) == 0 && strspn(local + sizeof(name) - 1, "0123456789abcdef") >= 3;
}

/* "confirm+8a7f9c", "users-confirm-...": an address of a list program, made for one answer. */
static bool is_confirmation(const char *squeezed, const char *local)
{
	const char *tag = strchr(local, '+');

	return tag != NULL && tag[1] != '\0' && ends_with(squeezed, "confirm");
}

/* Behind "postmaster" and "root" a person may sit, who then asks or says "I". */
static bool is_from_person(const struct judged *j)
{
	return j->asks || words_near_start(&words_informal, j->reply_words, 10) || text_speaks_as_customer(j->reply_words) || text_is_in_first_person(j->reply_words);
}

static bool has_role(const struct judged *j)
{
	static const char *const tails[] = { "-notification", "-notifications", "-notify", "-alert", "-alerts", "-newsletter", "-mailer", ".notification", ".notifications", "_notification", "_notifications" };
	char squeezed[160], plain[160];
	const size_t len = strcspn(j->local, "+");

	if (j->local[0] == '\0') return false;
	squeeze_local(j->local, squeezed, sizeof(squeezed));
	(void)snprintf(plain, sizeof(plain), "%.*s", (int)len, j->local);
	if (words_in(&words_machine_name, j->name) && !is_from_person(j) && !text_shares_word(j->name, j->local)) return true;       /* "Notifications Dept., M. Abara" */
	if (words_equal(&words_people_too, plain) && is_from_person(j)) return false;
	if (is_confirmation(squeezed, j->local) || words_equal(&words_machine_local, plain) || words_equal(&words_machine_local, squeezed) || words_in(&words_machine_token, squeezed)) return true;
	for (size_t i = 0; i < COUNT_OF(tails); i++)
		if (ends_with(plain, tails[i])) return true;
	return is_exchange(plain) || strncmp(plain, "owner-", 6) == 0 || ends_with(plain, "-owner") || ends_with(plain, "-request") || ends_with(plain, "-bounces") || ends_with(plain, "-bounce") || strncmp(plain, "bounce-", 7) == 0
	       || strncmp(plain, "bounces-", 8) == 0 || strncmp(plain, "prvs=", 5) == 0 || strncmp(plain, "msprvs1=", 8) == 0;
}

static bool role(const struct judged *j)
{
	return !j->is_passed_on && has_role(j);
}

/* "wordpress@" with a customer's words: he is a person, but an answer would go to the program. */
static bool role_of_form(const struct judged *j)
{
	return j->is_passed_on && has_role(j);
}

/* ---- the learned opinion ---- */

/* Only where no rule has said anything; a few words are like anything. */
static bool is_like_machine(const struct judged *j, struct buf *evidence)
{
	const struct automatic_look look = { .subject = j->subject, .text = j->reply, .local = j->local[0] != '\0' ? j->local : NULL, .domain = j->domain, .name = j->name,
	                                     .written = j->d->reply_text, .words = j->reply_words, .prefix = j->prefix };

	if (j->is_passed_on || j->reply_len < TEXT_LEAST || text_sets_a_task(j->reply_words) || !automatic_may_be_machine(&look)) return false;
	return automatic_is_like_machine(&look, automatic_signs(j->m, j->d), evidence);
}

/* ---- the table ---- */

#define BOTH (AUTOMATIC_MACHINE | AUTOMATIC_NO_ACK)
static const struct automatic_rule published[] = {
	{ "null-sender", "empty return path", "A Return-Path field is <>.", BOTH },
	{ "auto-submitted", "Auto-Submitted", "The first word of Auto-Submitted, without comments and parameters, is not \"no\"; an empty value counts as automatic.", BOTH },
	{ "report", "report", "multipart/report of any type, a part message/delivery-status, disposition-notification or feedback-report, or X-Failed-Recipients.", BOTH },
	{ "list", "list or bulk", "A List- field, Mailing-List or X-BeenThere is present.", BOTH },
	{ "precedence", "Precedence", "Precedence or X-Precedence holds bulk, junk, list or auto_reply.", BOTH },
	{ "suppress", "asks for silence", "X-Auto-Response-Suppress holds All, AutoReply or OOF. Says nothing about who wrote.", AUTOMATIC_NO_ACK },
	{ "vendor", "header of a program", "A field named after automatic replies that is not \"no\", or one of the fields of known notifiers.", BOTH },
	{ "vendor", "passed on by a mailbox rule", "X-MS-Exchange-Inbox-Rules-Loop. Says nothing about who wrote.", AUTOMATIC_NO_ACK },
	{ "list", "Feedback-ID and more", "Feedback-ID of a service for mailings; or any, when a program sent the mail or the text tells how to leave a list. Alone it says nothing, for houses of persons' mail put it on everything.", BOTH },
	{ "calendar", "calendar answer", "text/calendar with METHOD REPLY, COUNTER or DECLINECOUNTER; or a subject such as \"Accepted:\" and a text that is empty or speaks of an appointment.", BOTH },
	{ "bounce", "bounce by its words", "Two of: subject of a bounce, sender of a mail system, wording or status code of a bounce in the text.", BOTH },
	{ "vacation", "vacation by subject", "The subject begins with words such as \"Automatic reply:\", \"自动回复：\", \"自動応答\", \"Abwesenheitsnotiz\"; weak words need the text to agree.", BOTH },
	{ "receipt", "read receipt", "The subject begins with \"Read:\", \"已读:\", \"Gelesen:\" and the like, and the text says so.", BOTH },
	{ "vacation", "vacation by text", "Points for a short text without a question: away at its start 2, an answer later 2, until when or who helps 1, another address 1, answers a mail 1, speaks of your mail 1; who has left counts as away when another address follows or nobody reads the mailbox, which is 1 more; less 3 for orders, parcels, refunds and 2 for a wish of the writer's own. Four are enough, and none is when the writer bids us do something other than write to somebody.", BOTH },
	{ "machine", "says so itself", "A sentence names this mail and says that it was made automatically or must not be answered; or your request was received and an answer is promised; or the subject begins as a confirmation of receipt and a sentence agrees; or a sentence says that it was taken in under the number that stands in the subject, between brackets or behind \"#\"; or a code is given; or it tells with a link how to leave the list. Not when the writer tells of an order of his own or, in a short text, asks.", BOTH },
	{ "machine", "holds your mail", "A sentence says that your mail is kept back until you show that you are a person, or until a moderator lets it pass. Not an answer, and nobody who asks.", BOTH },
	{ "report", "report by its subject", "The subject of DMARC and TLS reports: \"Report domain: ... Submitter: ... Report-ID: ...\".", BOTH },
	{ "role", "sender is a machine", "The local part of From is that of a machine: mailer-daemon, no-reply, notifications, bounce-..., owner-... ; or its name is, such as \"Voicemail\". Behind root or postmaster a person may sit, who asks or says \"I\".", BOTH },
	{ "role", "a program's form", "The sender is a machine as above, but it passes on what a person typed into a form: a label such as \"Message:\" with words behind it, and his address or telephone number. Says nothing about who wrote; for such a mail the two rules on what a text says of itself and the learned opinion are not asked.", AUTOMATIC_NO_ACK },
	{ "model", "learned opinion", "No rule above said anything, and the mail is like those that machines write and unlike those of persons, by a learned table of words, sender names and forms. Never a forward, never a text of a few words, never one that bids us do something (\"please send us\", \"our PO\"), never one that says \"I\" or \"my\".", BOTH },
};
static bool (*const checks[])(const struct judged *) = {
	null_sender, auto_submitted, report, list, precedence, suppress, vendor, vendor_rule, feedback, calendar, bounce_text, vacation_subject, receipt, vacation_text, machine_text, held, report_subject, role, role_of_form,
};
#define HEADER_CHECKS 8                 /* the first ones, which read no text */
_Static_assert(COUNT_OF(published) == COUNT_OF(checks) + 1, "each published rule has its check, and the last is the learned opinion");
#define LEARNED (&published[COUNT_OF(published) - 1])

const struct automatic_rule *automatic_rules(size_t *count_r)
{
	*count_r = COUNT_OF(published);
	return published;
}

static void set_reason(char reason_r[48], const char *reason)
{
	if (reason_r[0] == '\0') (void)snprintf(reason_r, 48, "%s", reason);
}

/* text cut at its room, folded; "" for NULL. */
static void fold_into(char *folded_r, size_t room, const char *text)
{
	char *folded = automatic_fold(text != NULL ? text : "", room / 4);

	(void)snprintf(folded_r, room, "%s", folded);
	free(folded);
}

static void judged_sender(struct judged *j)
{
	char address[sizeof(j->local)];
	size_t len;

	fold_into(address, sizeof(address), j->from->address);
	len = strcspn(address, "@");
	(void)snprintf(j->local, sizeof(j->local), "%.*s", (int)len, address);
	(void)snprintf(j->domain, sizeof(j->domain), "%s", address + len + (address[len] == '@'));
	fold_into(j->name, sizeof(j->name), j->from->name);
}

/* A reply in Finnish, a forward in Danish and Norwegian; a program's "Re:" stays a reply, whatever it quotes. */
static bool starts_as_vs(const char *subject)
{
	while (*subject == ' ' || *subject == '\n') subject++;
	return strncmp(subject, "vs:", 3) == 0;
}

static void judged_init(struct judged *j, const struct draft *d, const struct mime *m, bool is_through_list, bool has_forwarded)
{
	const char *rest;

	*j = (struct judged){ .d = d, .m = m, .root = &m->parts[0], .is_through_list = is_through_list, .from = is_through_list && d->writer.address != NULL ? &d->writer : &d->from };
	j->subject = automatic_fold(d->subject, 500);
	j->whole.raw = d->text;
	j->reply_len = strlen(d->reply_text);
	j->prefix = reply_prefix(d->subject, &rest);
	if (j->prefix == REPLY_IS_REPLY && has_forwarded && starts_as_vs(j->subject)) j->prefix = REPLY_IS_FORWARD;
	judged_sender(j);
	bounce_look(&j->bounce, m, &(struct bounce_marks){ .subject = j->subject, .text = &j->whole, .local = j->local, .name = j->name, .sender = j->from->address, .is_null_sender = null_sender(j),
	                                                   .is_answer = is_answer_by_person(j) });
}

static void judged_release(struct judged *j)
{
	free(j->subject);
	folded_release(&j->whole);
	free(j->reply);
}

/* The text, and what the writer wrote now: for most machines their headers have answered before. */
static void judged_read_reply(struct judged *j)
{
	const struct draft *d = j->d;

	j->words = folded_words(&j->whole);
	j->text = j->whole.text;
	j->reply = strcmp(d->text, d->reply_text) == 0 ? mem_text(j->text) : automatic_fold(d->reply_text, AUTOMATIC_LOOK_MAX);
	text_blank_quotes(j->reply);
	j->asks = is_question(j->reply);
	word_text_init(&j->words_of_reply, j->reply, strlen(j->reply));
	j->reply_words = strcmp(j->text, j->reply) == 0 ? j->words : &j->words_of_reply;
	j->is_passed_on = automatic_passes_on(d) || (!has_role(j) && automatic_relays(d));
}

/* What is found: reasons of two rules at most, "" for none, and the evidence of the learned opinion. */
struct finding { char auto_reason[48], no_ack_reason[48]; char *evidence; };

static void set_reasons(struct finding *found, const struct automatic_rule *rule)
{
	if ((rule->effect & AUTOMATIC_MACHINE) != 0) set_reason(found->auto_reason, rule->reason);
	if ((rule->effect & AUTOMATIC_NO_ACK) != 0) set_reason(found->no_ack_reason, rule->reason);
}

/* The first reason counts: nothing that comes later can say more. */
static bool is_settled(const struct finding *found)
{
	return found->auto_reason[0] != '\0' && found->no_ack_reason[0] != '\0';
}

static void find(struct judged *j, struct finding *found)
{
	struct buf evidence = BUF_INIT(DRAFT_EVIDENCE_MAX);

	*found = (struct finding){ 0 };
	for (size_t i = 0; i < COUNT_OF(checks) && !is_settled(found); i++) {
		if (i == HEADER_CHECKS) judged_read_reply(j);
		if (checks[i](j)) set_reasons(found, &published[i]);
	}
	if (found->auto_reason[0] == '\0' && is_like_machine(j, &evidence)) {
		set_reasons(found, LEARNED);
		found->evidence = buf_take(&evidence);
	}
	buf_release(&evidence);
}

/* The same once more as if the list were ours, whose fields then say nothing about who wrote. */
static void judge_through_list(struct draft *d, const struct mime *m, bool has_forwarded)
{
	struct judged j;
	struct finding found;

	judged_init(&j, d, m, true, has_forwarded);
	find(&j, &found);
	memcpy(d->through_reason, found.auto_reason, sizeof(found.auto_reason));
	memcpy(d->through_no_ack, found.no_ack_reason, sizeof(found.no_ack_reason));
	d->through_evidence = found.evidence;
	judged_release(&j);
}

void automatic_judge(struct draft *d, const struct mime *m, bool has_forwarded)
{
	struct judged j;
	struct finding found;

	judged_init(&j, d, m, false, has_forwarded);
	find(&j, &found);
	memcpy(d->auto_reason, found.auto_reason, sizeof(found.auto_reason));
	memcpy(d->no_ack_reason, found.no_ack_reason, sizeof(found.no_ack_reason));
	d->auto_evidence = found.evidence;
	d->is_automatic = d->auto_reason[0] != '\0';
	d->is_bounce = bounce_is(&j.bounce) || (has_field(&j, "X-Failed-Recipients") && d->is_automatic);
	if (d->is_bounce) bounce_details(d, m);
	judged_release(&j);
	if (d->list != NULL) judge_through_list(d, m, has_forwarded);
}
