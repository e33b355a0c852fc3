/* test_mail_sets.c - reads the labelled mails of tests/data/mail (composed by compose.py there) and prints how many come out right.
 * Every mail that is wrong is named and fails the test; the promised shares are printed beside. */
#include "test.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <jansson.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/codec.h"
#include "base/file.h"
#include "base/json.h"
#include "mail/mail.h"

#define WRONG_SHOWN_MAX 40

struct score { int right, all, shown; };

/* White space at line ends and doubled blank lines do not count. */
static char *plain(const char *text)
{
	struct buf b = BUF_INIT(4 * 1024 * 1024);
	int breaks = 0;

	for (; *text != '\0'; text++) {
		if (*text == '\n') { breaks++; continue; }
		if ((*text == ' ' || *text == '\t') && (text[1] == '\n' || text[1] == '\0')) continue;
		if (breaks > 0 && b.len > 0) buf_text(&b, breaks > 1 ? "\n\n" : "\n");
		breaks = 0;
		buf_char(&b, *text);
	}
	return buf_take(&b);
}

static bool same(const char *got, const char *want)
{
	char *a = plain(got != NULL ? got : ""), *b = plain(want != NULL ? want : "");
	const bool is_same = strcmp(a, b) == 0 && (got != NULL || want == NULL || want[0] == '\0');

	free(a);
	free(b);
	return is_same;
}

static bool wrong(struct score *s, const char *name, const char *what, const char *got, const char *want)
{
	if (s->shown++ < WRONG_SHOWN_MAX) (void)printf("    wrong: %s: %s is\n<<%s>>\n    not\n<<%s>>\n", name, what, got != NULL ? got : "(null)", want);
	return false;
}

static json_t *load(const char *file)
{
	char name[64];
	json_t *cases;

	(void)snprintf(name, sizeof(name), "mail/%s", file);
	cases = json_load_file(test_data(name), 0, NULL);
	CHECK(cases != NULL);
	return cases;
}

/* The bytes of a case: text, or base64 when they are no UTF-8. */
static bool read_case(const json_t *c, struct draft *d)
{
	const char *text = json_text(c, "mail"), *coded = json_text(c, "mail_base64");
	const size_t room = coded != NULL ? strlen(coded) + 4 : 1;
	unsigned char *bytes = mem_new(room);
	const long len = coded != NULL ? base64_decode(coded, strlen(coded), bytes, room) : 0;
	struct mail_source source = { .data = text != NULL ? (const void *)text : bytes, .size = text != NULL ? strlen(text) : (size_t)len, .fd = -1 };
	struct ik_error err = { 0 };
	const bool is_read = len >= 0 && mail_read(&source, d, &err) == IK_OK;

	if (!is_read) (void)printf("    cannot read %s: %s\n", json_text(c, "name"), err.text);
	free(bytes);
	return is_read;
}

static bool check_text(struct score *s, const char *name, const json_t *expect, const char *key, const char *got)
{
	const json_t *want = json_object_get(expect, key);

	const json_t *one;
	size_t i;

	if (want == NULL) return true;
	if (json_is_null(want)) return got == NULL || got[0] == '\0' ? true : wrong(s, name, key, got, "(null)");
	json_array_foreach(want, i, one)
		if (same(got, json_string_value(one))) return true;
	if (json_is_array(want)) return wrong(s, name, key, got, json_string_value(json_array_get(want, 0)));
	return same(got, json_string_value(want)) ? true : wrong(s, name, key, got, json_string_value(want));
}

/* A row is file name, type and size, or the name alone. */
static bool check_attachments(struct score *s, const char *name, const json_t *expect, const struct draft *d)
{
	const json_t *want = json_object_get(expect, "attachments"), *one;
	size_t i;

	if (want == NULL) return true;
	if (json_array_size(want) != d->part_count) return wrong(s, name, "attachments", d->part_count > 0 ? d->parts[0].content_type : "none", "another number");
	json_array_foreach(want, i, one) {
		const char *file = json_string_value(json_array_get(one, 0));

		if ((file == NULL) != (d->parts[i].name == NULL) || (file != NULL && strcmp(file, d->parts[i].name) != 0)) return wrong(s, name, "file name", d->parts[i].name, file != NULL ? file : "(null)");
		if (json_array_size(one) == 1) continue;
		if (strcmp(json_string_value(json_array_get(one, 1)), d->parts[i].content_type) != 0) return wrong(s, name, "content type", d->parts[i].content_type, json_string_value(json_array_get(one, 1)));
		if (json_integer_value(json_array_get(one, 2)) != d->parts[i].size) {
			char size[32];

			(void)snprintf(size, sizeof(size), "%lld", (long long)d->parts[i].size);
			return wrong(s, name, "size", size, "another");
		}
	}
	return true;
}

/* Any of the accepted replies. */
static bool check_reply(struct score *s, const char *name, const json_t *expect, const struct draft *d)
{
	const json_t *want = json_object_get(expect, "reply"), *one;
	size_t i;

	if (want == NULL) return true;
	json_array_foreach(want, i, one)
		if (same(d->reply_text, json_string_value(one))) return true;
	return wrong(s, name, "reply_text", d->reply_text, json_string_value(json_array_get(want, 0)));
}

static bool check_has(struct score *s, const char *name, const json_t *expect, const struct draft *d)
{
	const json_t *want = json_object_get(expect, "text_has"), *one;
	size_t i;

	json_array_foreach(want, i, one)
		if (strstr(d->text, json_string_value(one)) == NULL) return wrong(s, name, "text", d->text, json_string_value(one));
	return true;
}

static bool check_lacks(struct score *s, const char *name, const json_t *expect, const struct draft *d)
{
	const json_t *unwanted = json_object_get(expect, "text_lacks"), *one;
	size_t i;

	json_array_foreach(unwanted, i, one)
		if (strstr(d->text, json_string_value(one)) != NULL) return wrong(s, name, "text, which must not have all of it,", d->text, json_string_value(one));
	return true;
}

static bool check_flag(struct score *s, const char *name, const json_t *expect, const char *key, bool is_set)
{
	const json_t *want = json_object_get(expect, key);

	return want == NULL || json_is_true(want) == is_set || wrong(s, name, key, is_set ? "true" : "false", "the other");
}

/* One address as [address, name]. */
static bool check_recipients(struct score *s, const char *name, const json_t *expect, const struct draft *d)
{
	const json_t *want = json_object_get(expect, "to");
	size_t n = 0;

	for (size_t i = 0; want != NULL && i < d->to_count; i++) {
		const json_t *one = json_array_get(want, n);
		const char *wanted = json_string_value(json_array_get(one, 1));

		if (d->to[i].is_cc) continue;
		n++;
		if (one == NULL || strcmp(json_string_value(json_array_get(one, 0)), d->to[i].address) != 0) return wrong(s, name, "to", d->to[i].address, "another");
		if ((wanted == NULL) != (d->to[i].name == NULL) || (wanted != NULL && strcmp(wanted, d->to[i].name) != 0)) return wrong(s, name, "name in to", d->to[i].name, wanted != NULL ? wanted : "(null)");
	}
	return want == NULL || n == json_array_size(want) || wrong(s, name, "to", "fewer", "more addresses");
}

static bool check_references(struct score *s, const char *name, const json_t *expect, const struct draft *d)
{
	const json_t *want = json_object_get(expect, "references"), *one;
	size_t i;

	if (want == NULL) return true;
	if (json_array_size(want) != d->reference_count) return wrong(s, name, "references", d->reference_count > 0 ? d->references[0] : "none", "another number");
	json_array_foreach(want, i, one)
		if (strcmp(json_string_value(one), d->references[i]) != 0) return wrong(s, name, "references", d->references[i], json_string_value(one));
	return true;
}

static bool check_fields(struct score *s, const char *name, const json_t *expect, const struct draft *d)
{
	char date[CLOCK_RFC3339_SIZE] = "";

	if (d->sent_at > 0) clock_rfc3339(d->sent_at, date);
	return check_text(s, name, expect, "subject", d->subject) && check_text(s, name, expect, "sender", d->from.address) && check_text(s, name, expect, "sender_name", d->from.name)
	       && check_text(s, name, expect, "date", date) && check_text(s, name, expect, "message_id", d->message_id) && check_text(s, name, expect, "in_reply_to", d->in_reply_to) && check_text(s, name, expect, "text", d->text)
	       && check_text(s, name, expect, "language", d->language) && check_attachments(s, name, expect, d) && check_reply(s, name, expect, d) && check_has(s, name, expect, d)
	       && check_lacks(s, name, expect, d) && check_flag(s, name, expect, "auto", d->is_automatic) && check_flag(s, name, expect, "bounce", d->is_bounce)
	       && check_recipients(s, name, expect, d) && check_references(s, name, expect, d);
}

static void report(const char *what, const struct score *s, double promised)
{
	(void)printf("  %-28s %4d of %4d right = %5.1f %%  (promised %.0f %%)\n", what, s->right, s->all, 100.0 * s->right / (s->all > 0 ? s->all : 1), promised);
	CHECK(s->all > 0 && 100.0 * s->right >= promised * s->all);
	CHECK_INT(s->right, s->all);            /* the promise is for mail never seen; these are known, and each one that was right stays right */
}

static void run_fields(const char *file, const char *what, double promised)
{
	json_t *cases = load(file), *c;
	struct score s = { 0 };
	size_t i;

	mail_start();
	json_array_foreach(cases, i, c) {
		struct draft d;

		test_row(json_text(c, "name"));
		s.all++;
		if (!read_case(c, &d)) continue;
		s.right += check_fields(&s, json_text(c, "name"), json_object_get(c, "expect"), &d);
		draft_release(&d);
	}
	test_row("");
	report(what, &s, promised);
	json_decref(cases);
}

TEST(mail_sets_fields_and_text_are_right) { run_fields("messages.json", "fields and text", 98); }
TEST(mail_sets_reply_text_is_right) { run_fields("replies.json", "reply_text", 95); }
TEST(mail_sets_wild_fields_and_text_are_right) { run_fields("wild/fields.json", "wild: fields and text", 98); }
TEST(mail_sets_wild_structures_are_right) { run_fields("wild/structures.json", "wild: structures and charsets", 98); }
TEST(mail_sets_fresh_reply_text_is_right) { run_fields("fresh/replies.json", "fresh: fields and reply_text", 95); }
TEST(mail_sets_second_fresh_reply_text_is_right) { run_fields("fresh/replies_second.json", "fresh, second: fields, reply", 95); }
TEST(mail_sets_third_fresh_reply_text_is_right) { run_fields("fresh/replies_third.json", "fresh, third: fields, reply", 95); }
TEST(mail_sets_fresh_structures_are_right) { run_fields("fresh/structures.json", "fresh: structures, charsets", 98); }
TEST(mail_sets_wild_reply_text_is_right) { run_fields("wild/replies.json", "wild: reply_text", 95); }

/* What each automatic case counts for. */
struct automatic_scores { struct score recall, precision, bounce, reason, detail; };

static void score_automatic(struct automatic_scores *a, const char *name, const json_t *expect, const struct draft *d)
{
	const bool want = json_is_true(json_object_get(expect, "auto")), want_bounce = json_is_true(json_object_get(expect, "bounce"));
	const char *no_ack = json_text(expect, "no_ack");

	if (want) { a->recall.all++; a->recall.right += d->is_automatic; }
	if (d->is_automatic) { a->precision.all++; a->precision.right += want; }
	if (want != d->is_automatic) (void)wrong(&a->recall, name, "automatic", d->auto_reason, want ? "automatic" : "a person");
	a->bounce.all++;
	a->bounce.right += d->is_bounce == want_bounce;
	if (d->is_bounce != want_bounce) (void)wrong(&a->bounce, name, "bounce", d->is_bounce ? "bounce" : "none", want_bounce ? "bounce" : "none");
	if (no_ack != NULL) {
		a->reason.all++;
		a->reason.right += strcmp(no_ack, d->no_ack_reason) == 0 || wrong(&a->reason, name, "no_ack_reason", d->no_ack_reason, no_ack);
	}
	if (want_bounce) {
		a->detail.all++;
		a->detail.right += check_text(&a->detail, name, expect, "recipient", d->bounce_recipient) && check_text(&a->detail, name, expect, "status", d->bounce_status)
		                   && check_text(&a->detail, name, expect, "returned", d->bounce_message_id);
	}
}

static void run_automatic(const char *file)
{
	json_t *cases = load(file), *c;
	struct automatic_scores a = { { 0 }, { 0 }, { 0 }, { 0 }, { 0 } };
	size_t i;

	mail_start();
	json_array_foreach(cases, i, c) {
		struct draft d;

		test_row(json_text(c, "name"));
		if (!read_case(c, &d)) { a.recall.all++; continue; }
		score_automatic(&a, json_text(c, "name"), json_object_get(c, "expect"), &d);
		draft_release(&d);
	}
	test_row("");
	report("automatic mail, recall", &a.recall, 99);
	report("automatic mail, precision", &a.precision, 98);
	report("bounce flag", &a.bounce, 97);
	if (a.reason.all > 0) report("reason of no acknowledgement", &a.reason, 99);
	report("bounce details", &a.detail, 95);
	json_decref(cases);
}

TEST(mail_sets_automatic_mail_is_told_from_persons) { run_automatic("automatic.json"); }
TEST(mail_sets_fresh_automatic_mail_is_told_from_persons) { run_automatic("fresh/automatic.json"); }
TEST(mail_sets_wild_automatic_mail_is_told_from_persons) { run_automatic("wild/automatic.json"); }
