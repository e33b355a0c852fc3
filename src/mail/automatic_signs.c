/* automatic_signs.c - see automatic_signs.h. Sources: the fields that PHPMailer, Nodemailer, Swift Mailer and JavaMail write, and those that Amazon SES, SendGrid,
 * Mailgun, Mandrill, Postmark, Mailjet, Brevo and SparkPost add; what mail programs of persons write into X-Mailer and User-Agent. Each is the plain text of a field. */
#include "mail/automatic_signs.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"

#define HTML_MAX (128u * 1024)          /* bytes of HTML that are looked at */
#define VALUE_MAX 400                   /* bytes of a field */
#define TAG_MAX 2000
#define LONG_LINK 60                    /* bytes of a link that holds a token */
#define TOKEN_LEAST 20                  /* letters and digits in a row */

/* ---- the head ---- */

enum { PERSON = -24, PROGRAM = 2, IN_HTML = 1 };        /* sixteenths of a point */

/* A word of X-Mailer or User-Agent, in lower case, and what it counts. */
static const struct { const char *word; int sixteenths; } agents[] = {
	{ "outlook", PERSON }, { "thunderbird", PERSON }, { "apple mail", PERSON }, { "iphone mail", PERSON }, { "ipad mail", PERSON }, { "foxmail", PERSON },
	{ "qqmail", PERSON }, { "coremail webmail", PERSON }, { "ymail", PERSON }, { "webmail", PERSON }, { "roundcube", PERSON }, { "zimbra", PERSON },
	{ "sogo", PERSON }, { "horde", PERSON }, { "em client", PERSON }, { "emclient", PERSON }, { "the bat!", PERSON }, { "evolution", PERSON }, { "kmail", PERSON },
	{ "mutt", PERSON }, { "alpine", PERSON }, { "airmail", PERSON }, { "bluemail", PERSON }, { "k-9", PERSON }, { "lotus notes", PERSON }, { "groupwise", PERSON },
	{ "mailbird", PERSON }, { "claws mail", PERSON }, { "sylpheed", PERSON }, { "gnus", PERSON }, { "mailmate", PERSON }, { "becky!", PERSON },
	{ "mailmaster", PERSON }, { "mail master", PERSON }, { "wecom", PERSON }, { "dingtalk", PERSON }, { "lark", PERSON }, { "samsung", PERSON },
	{ "phpmailer", PROGRAM }, { "php/", PROGRAM }, { "nodemailer", PROGRAM }, { "swiftmailer", PROGRAM }, { "swift mailer", PROGRAM }, { "symfony", PROGRAM },
	{ "javamail", PROGRAM }, { "mime::lite", PROGRAM }, { "mailchimp", PROGRAM }, { "mailjet", PROGRAM }, { "sendinblue", PROGRAM }, { "drupal", PROGRAM },
	{ "magento", PROGRAM }, { "prestashop", PROGRAM }, { "shopware", PROGRAM }, { "sap netweaver", PROGRAM }, { "microsoft cdo", PROGRAM }, { "actionmailer", PROGRAM },
};

/* A field, a text that its value must hold (NULL: any), and what it counts. */
static const struct { const char *field, *holds, *sign; int sixteenths; } fields[] = {
	{ "X-PHP-Originating-Script", NULL, "sent by a script", PROGRAM }, { "X-PHP-Script", NULL, "sent by a script", PROGRAM }, { "X-SES-Outgoing", NULL, "service for programs", PROGRAM },
	{ "X-SG-EID", NULL, "service for programs", PROGRAM }, { "X-Mailgun-Sid", NULL, "service for programs", PROGRAM }, { "X-Mandrill-User", NULL, "service for programs", PROGRAM },
	{ "X-PM-Message-Id", NULL, "service for programs", PROGRAM }, { "X-MSFBL", NULL, "service for programs", PROGRAM }, { "X-MJ-Mid", NULL, "service for programs", PROGRAM },
	{ "X-Mailin-EID", NULL, "service for programs", PROGRAM }, { "X-SMTPAPI", NULL, "service for programs", PROGRAM }, { "X-Entity-Ref-ID", NULL, "service for programs", PROGRAM },
	{ "X-CSA-Complaints", NULL, "address for complaints", PROGRAM }, { "X-Report-Abuse", NULL, "address for complaints", PROGRAM }, { "X-Report-Abuse-To", NULL, "address for complaints", PROGRAM },
	{ "Message-ID", ".javamail.", "made by a library", PROGRAM }, { "Message-ID", "@swift.generated", "made by a library", PROGRAM }, { "Message-ID", "amazonses.com", "service for programs", PROGRAM },
	{ "Message-ID", "geopod-ismtpd", "service for programs", PROGRAM }, { "Message-ID", "mailgun.org", "service for programs", PROGRAM }, { "Message-ID", "mandrillapp", "service for programs", PROGRAM },
	{ "Message-ID", "@mail.gmail.com", NULL, -16 }, { "Thread-Index", NULL, NULL, -16 }, { "X-MS-Has-Attach", NULL, NULL, -8 }, { "X-Originating-IP", NULL, NULL, -8 },
	{ "X-QQ-MIME", NULL, NULL, -16 }, { "In-Reply-To", NULL, NULL, -8 },
};

/* The value in lower case, as much of it as is looked at. */
static void lower(char value_r[VALUE_MAX + 1], const struct mime_field *f)
{
	const size_t len = f->value_len < VALUE_MAX ? f->value_len : VALUE_MAX;

	for (size_t i = 0; i < len; i++) value_r[i] = f->value[i] == '\0' ? ' ' : (char)tolower((unsigned char)f->value[i]);
	value_r[len] = '\0';
}

static void count(struct automatic_signs *s, int sixteenths, const char *sign)
{
	s->points += sixteenths / 16.0;
	if (sixteenths > 0 && s->loudest == NULL) s->loudest = sign;
}

static void look_at_agent(struct automatic_signs *s, const struct mime *m, const char *name)
{
	const struct mime_field *f = mime_field(m, &m->parts[0], name, 0);
	char value[VALUE_MAX + 1];

	if (f == NULL) return;
	lower(value, f);
	for (size_t i = 0; i < COUNT_OF(agents); i++)
		if (strstr(value, agents[i].word) != NULL) {
			count(s, agents[i].sixteenths, "program that sends mail");
			return;
		}
}

static void look_at_fields(struct automatic_signs *s, const struct mime *m)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		const struct mime_field *f = mime_field(m, &m->parts[0], fields[i].field, 0);
		char value[VALUE_MAX + 1];

		if (f == NULL) continue;
		lower(value, f);
		if (fields[i].holds == NULL || strstr(value, fields[i].holds) != NULL) count(s, fields[i].sixteenths, fields[i].sign);
	}
}

/* "bounce+ab12=a@mail.example", "ann=shop.example@lists.example": made for one mail. What a forwarder rewrote says nothing. */
static bool is_made_for_bounces(const char *path)
{
	const char *at = path != NULL ? strchr(path, '@') : NULL, *equals;

	if (at == NULL || strncasecmp(path, "srs", 3) == 0 || strncasecmp(path, "prvs=", 5) == 0) return false;
	equals = memchr(path, '=', (size_t)(at - path));
	return strncasecmp(path, "bounce", 6) == 0 || strncasecmp(at, "@bounce", 7) == 0 || (equals != NULL && memchr(equals, '.', (size_t)(at - equals)) != NULL);
}

/* ---- the HTML ---- */

static bool within(const char *tag, size_t len, const char *words)
{
	return memmem(tag, len, words, strlen(words)) != NULL;
}

static bool is_pixel(const char *tag, size_t len)
{
	const bool is_thin = within(tag, len, "width=\"1\"") || within(tag, len, "width=1 ") || within(tag, len, "width:1px");

	return is_thin && (within(tag, len, "height=\"1\"") || within(tag, len, "height=1 ") || within(tag, len, "height:1px")) && within(tag, len, "http");
}

static bool is_button(const char *tag, size_t len)
{
	return within(tag, len, "background") && within(tag, len, "padding") && within(tag, len, "href");
}

/* A long link with a long run of letters and digits, of both: it names who follows it. */
static bool has_token(const char *tag, size_t len)
{
	const char *link = memmem(tag, len, "http", 4);
	size_t run = 0, digits = 0;

	if (link == NULL || len - (size_t)(link - tag) < LONG_LINK) return false;
	for (const char *c = link; c < tag + len && *c != '"'; c++) {
		run = isalnum((unsigned char)*c) || *c == '_' || *c == '-' ? run + 1 : 0;
		digits = run == 0 ? 0 : digits + (isdigit((unsigned char)*c) != 0);
		if (run >= TOKEN_LEAST && digits > 2 && digits < run) return true;
	}
	return false;
}

struct html { size_t pixels, buttons, tokens; };

static void look_at_tags(struct html *h, const char *html)
{
	for (const char *tag = html; (tag = strchr(tag, '<')) != NULL; tag++) {
		const size_t end = strcspn(tag, ">"), len = end < TAG_MAX ? end : TAG_MAX;

		if (strncmp(tag, "<img", 4) == 0) h->pixels += is_pixel(tag, len);
		if (strncmp(tag, "<a ", 3) != 0) continue;
		h->buttons += is_button(tag, len);
		h->tokens += has_token(tag, len);
	}
}

static void look_at_html(struct automatic_signs *s, const struct mime_part *part)
{
	struct buf body = BUF_INIT(part->body_len + 64);
	struct html h = { 0 };

	mime_decode(&body, part);
	(void)buf_char(&body, '\0');
	for (size_t i = 0; i < body.len; i++) body.data[i] = (char)tolower((unsigned char)body.data[i]);
	if (body.len > HTML_MAX) body.data[HTML_MAX] = '\0';
	look_at_tags(&h, buf_str(&body));
	if (h.pixels > 0) count(s, IN_HTML, "hidden image");
	if (h.buttons > 0) count(s, IN_HTML, "button");
	if (h.tokens > 1) count(s, IN_HTML, "links with tokens");
	if (strstr(buf_str(&body), "display:none") != NULL || strstr(buf_str(&body), "mso-hide:all") != NULL) count(s, IN_HTML, "hidden line");
	buf_release(&body);
}

/* The first HTML that is no part of a mail within. */
static const struct mime_part *first_html(const struct mime *m)
{
	for (size_t i = 0; i < m->part_count; i++) {
		if (m->parts[i].is_message && i > 0) return NULL;
		if (strcmp(m->parts[i].type, "text/html") == 0) return &m->parts[i];
	}
	return NULL;
}

struct automatic_signs automatic_signs(const struct mime *m, const struct draft *d)
{
	struct automatic_signs s = { 0 };
	const struct mime_part *html = d->cut_rule == NULL ? first_html(m) : NULL;     /* what is quoted is our own */

	look_at_agent(&s, m, "X-Mailer");
	look_at_agent(&s, m, "User-Agent");
	look_at_fields(&s, m);
	if (is_made_for_bounces(d->return_path)) count(&s, PROGRAM, "address for returned mail");
	if (html != NULL) look_at_html(&s, html);
	if (s.points > SIGNS_MOST) s.points = SIGNS_MOST;
	if (s.points < SIGNS_LEAST) s.points = SIGNS_LEAST;
	return s;
}
