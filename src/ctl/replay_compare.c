/* replay_compare.c - the decisions of then beside those of now, one row for each that differs. */
#include "ctl/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "policy/calendar.h"

#define SHOWN_MAX 200                   /* bytes of a text that are shown */
#define EVERY_SINK "(every sink)"

/* One ticket being compared. */
struct comparison { const json_t *opening, *decisions; const struct ticket *t; json_t *rows; };

static bool is_same(const char *a, const char *b)
{
	return strcmp(a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static void set_shown(json_t *row, const char *key, const char *text)
{
	char *shown;

	if (text == NULL || strlen(text) <= SHOWN_MAX) {
		json_set_text(row, key, text == NULL || text[0] == '\0' ? NULL : text);
		return;
	}
	shown = mem_format("%.*s...", (int)utf8_cut(text, strlen(text), SHOWN_MAX), text);
	json_set_text(row, key, shown);
	free(shown);
}

static void compare(struct comparison *c, const char *what, const char *before, const char *after, const char *rule)
{
	json_t *row;

	if (is_same(before, after)) return;
	row = json_object();
	json_set_text(row, "what", what);
	set_shown(row, "before", before);
	set_shown(row, "after", after);
	json_set_text(row, "rule", rule);
	(void)json_array_append_new(c->rows, row);
}

static void compare_class(struct comparison *c)
{
	const json_t *then = json_object_get(c->decisions, "class");
	const struct classification *now = &c->t->class;

	compare(c, "category", json_text(then, "category"), now->category, now->rule);
	compare(c, "severity", json_text(then, "severity"), severity_names[now->severity], now->rule);
	compare(c, "sentiment", json_text(then, "sentiment"), now->sentiment, now->rule);
	compare(c, "wanted", json_text(json_object_get(then, "wanted"), "is"), now->wanted.name, now->wanted.rule);
	compare(c, "product", json_text(json_object_get(then, "product"), "is"), now->product.name, now->product.rule);
	compare(c, "language", json_text(c->opening, "language"), now->language, NULL);
}

/* "file,alerts"; to be freed. */
static char *sinks_then(const json_t *sinks)
{
	struct buf b = BUF_INIT(4096);

	for (size_t i = 0; i < json_array_size(sinks); i++) {
		const char *name = json_string_value(json_array_get(sinks, i));

		buf_format(&b, "%s%s", i > 0 ? "," : "", name != NULL ? name : "");
	}
	if (b.len == 0) buf_text(&b, EVERY_SINK);
	return buf_take(&b);
}

static char *sinks_now(const struct assignment *a)
{
	struct buf b = BUF_INIT(4096);

	for (size_t i = 0; i < a->sink_count; i++) buf_format(&b, "%s%s", i > 0 ? "," : "", a->sinks[i]);
	if (b.len == 0) buf_text(&b, EVERY_SINK);
	return buf_take(&b);
}

static void compare_routing(struct comparison *c)
{
	const json_t *then = json_object_get(c->decisions, "routing");
	const struct assignment *now = &c->t->assignment;
	char *before = sinks_then(json_object_get(then, "sinks")), *after = sinks_now(now), place_then[24], place_now[24];

	(void)snprintf(place_then, sizeof(place_then), "%lld", (long long)json_int(then, "priority", 0));
	(void)snprintf(place_now, sizeof(place_now), "%d", now->priority);
	compare(c, "department", json_text(then, "department"), now->department, now->rule);
	compare(c, "team", json_text(then, "team"), now->team, now->rule);
	compare(c, "owner", json_text(then, "owner"), now->owner, now->rule);
	compare(c, "tier", json_text(then, "tier"), now->tier, NULL);
	compare(c, "priority", place_then, place_now, now->rule);
	compare(c, "sinks", before, after, now->rule);
	free(before);
	free(after);
}

static void compare_deadline(struct comparison *c)
{
	const json_t *then = json_object_get(c->decisions, "deadline");
	const struct schedule *now = &c->t->schedule;
	const char *calendar = now->calendar != NULL ? now->calendar->name : "round-the-clock";
	char first[CLOCK_RFC3339_SIZE], handling[CLOCK_RFC3339_SIZE];

	compare(c, "first_response_due", json_text(then, "first_response"), clock_rfc3339(now->first_response_due, first), calendar);
	compare(c, "handling_due", json_text(then, "handling"), clock_rfc3339(now->handling_due, handling), calendar);
}

static const char *ack_condition(const char *reason)
{
	for (const struct ack_rule *rule = ack_rules; rule->step != 0; rule++)
		if (strcmp(rule->reason, reason) == 0) return rule->condition;
	return NULL;
}

/* Only a mail is read again, and only of a mail all is kept that its answer's language follows from. */
static void compare_reading(struct comparison *c)
{
	const struct draft *d = &c->t->draft;
	const char *text = json_text(c->opening, "text"), *reply = json_text(c->opening, "reply_text");
	const bool is_unreadable = c->t->unreadable != NULL;

	compare(c, "answer_language", json_text(c->opening, "answer_language"), c->t->ack_language, NULL);
	compare(c, "sender", json_text(c->opening, "sender"), c->t->sender, NULL);
	if (is_unreadable && is_same(json_text(json_object_get(c->decisions, "ack"), "reason"), "unreadable")) return;
	compare(c, "reply_text", reply != NULL ? reply : text, d->cut_rule != NULL || d->text == NULL ? d->reply_text : d->text,
	        is_unreadable ? c->t->unreadable : d->cut_rule);
}

json_t *replay_compare(const json_t *opening, const struct ticket *t)
{
	struct comparison c = { .opening = opening, .decisions = json_object_get(opening, "decisions"), .t = t, .rows = json_array() };

	compare(&c, "brand", json_text(opening, "brand"), t->brand != NULL ? t->brand : t->account->brand, NULL);
	compare_class(&c);
	compare_routing(&c);
	compare_deadline(&c);
	compare(&c, "acknowledgement", json_text(json_object_get(c.decisions, "ack"), "reason"), t->ack_reason, ack_condition(t->ack_reason));
	if (t->form == IK_FORM_MAIL) compare_reading(&c);
	return c.rows;
}
