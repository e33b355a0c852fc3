/* likeness_rise.c - whether a category has risen against the period before, and whether an incident is over. Runs on the filler's thread,
 * reads beside the store thread, and asks it only for the row of an incident. */
#include "pipeline/likeness_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "policy/alarm.h"

#define LOOK_MS 10000
#define LOOK_SHARE 200                  /* a look may take so small a part of the time between two */
#define RISES_MAX 32
#define TICKETS_MAX 512                 /* of one category that one look takes into its incident; the rest come with the next */

struct rises { const struct likeness_conf *conf; size_t count; struct one { char category[32], evidence[160]; int64_t customers, tickets, ids[TICKETS_MAX]; size_t id_count; } one[RISES_MAX]; };

/* From nothing to something is a rise where there was a gateway to be told of it: its first periods say nothing. */
static bool has_risen(const struct likeness_conf *conf, const struct read_rise *rise)
{
	if (rise->tickets_before == 0) return rise->has_before;
	return rise->tickets * 100 >= rise->tickets_before * (100 + conf->rise_percent);
}

static void weigh(void *arg, const struct read_rise *rise)
{
	struct rises *r = arg;
	struct one *one = &r->one[r->count];

	if (rise->customers < r->conf->rise_least || !has_risen(r->conf, rise) || r->count >= RISES_MAX) return;
	(void)snprintf(one->category, sizeof(one->category), "%s", rise->category);
	if (rise->tickets_before == 0)
		(void)snprintf(one->evidence, sizeof(one->evidence), "%lld tickets of %lld customers, none in the period before", (long long)rise->tickets, (long long)rise->customers);
	else
		(void)snprintf(one->evidence, sizeof(one->evidence), "%lld tickets of %lld customers, %lld tickets in the period before (+%lld %%)", (long long)rise->tickets,
		               (long long)rise->customers, (long long)rise->tickets_before, (long long)((rise->tickets - rise->tickets_before) * 100 / rise->tickets_before));
	one->customers = rise->customers;
	one->tickets = rise->tickets;
	r->count++;
}

struct outcome { const struct likeness *likeness; const struct rises *rises; int64_t now_at, window_s, closed; bool has_opened[RISES_MAX]; int64_t ids[RISES_MAX]; };

static enum ik_rc tell(struct store_tx *tx, const struct outcome *o, const struct one *one, const struct incident_found *found, struct ik_error *err)
{
	json_t *evidence = json_pack("{s:I, s:s, s:I, s:I, s:s}", "incident", (json_int_t)found->id, "category", one->category, "customers", (json_int_t)one->customers,
	                             "tickets", (json_int_t)one->tickets, "rise", one->evidence);
	char key[32];
	enum ik_rc rc;

	(void)snprintf(key, sizeof(key), "incident %lld", (long long)found->id);
	rc = alarm_raise(tx, o->likeness->alarms, ALARM_MASS, key, found->first_ticket, evidence, o->now_at, err);
	json_decref(evidence);
	return rc;
}

static enum ik_rc write_rises(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct outcome *o = arg;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < o->rises->count; i++) {
		const struct one *one = &o->rises->one[i];
		struct incident_found found;

		rc = incident_rise(tx, &(struct incident_rise){ .category = one->category, .evidence = one->evidence, .at = o->now_at, .customers = one->customers,
		                                                .tickets = one->tickets, .ids = one->ids, .id_count = one->id_count }, &found, err);
		if (rc != IK_OK) break;
		o->has_opened[i] = found.has_opened;
		o->ids[i] = found.id;
		if (found.has_opened) rc = tell(tx, o, one, &found, err);
	}
	return rc == IK_OK ? incident_end(tx, 0, o->now_at - o->window_s, o->now_at, &o->closed, err) : rc;
}

/* The first period of a gateway has none before it: nothing can be said to rise. */
static void look(struct likeness *l)
{
	struct rises *rises = mem_new(sizeof(*rises));
	struct outcome o = { .likeness = l, .rises = rises, .now_at = clock_wall(), .window_s = l->conf->incident_window > l->conf->rise_window ? l->conf->incident_window : l->conf->rise_window };
	struct ik_error err = { "" };
	int64_t open = 0;
	enum ik_rc rc;

	rises->conf = l->conf;
	rc = read_rises(l->rows, o.now_at, l->conf->rise_window, weigh, rises, &err);

	for (size_t i = 0; rc == IK_OK && i < rises->count; i++)
		rc = read_rise_tickets(l->rows, rises->one[i].category, o.now_at, l->conf->rise_window, rises->one[i].ids, TICKETS_MAX, &rises->one[i].id_count, &err);
	if (rc == IK_OK) rc = read_open_incidents(l->rows, &open, &err);
	if (rc == IK_OK && (rises->count > 0 || open > 0)) rc = store_call(l->store, write_rises, &o, &err);
	if (rc == IK_OK && read_open_incidents(l->rows, &open, &err) == IK_OK) atomic_store(&l->incidents_open, open);
	if (rc != IK_OK) log_line(IK_LOG_WARNING, "incident", "categories were not looked at: %s", err.text);
	for (size_t i = 0; rc == IK_OK && i < rises->count; i++)
		if (o.has_opened[i]) log_line(IK_LOG_WARNING, "incident", "incident %lld: category %s rises: %s", (long long)o.ids[i], rises->one[i].category, rises->one[i].evidence);
	if (rc == IK_OK && o.closed > 0) log_line(IK_LOG_NOTICE, "incident", "%lld closed: nobody joined them for a window", (long long)o.closed);
	free(rises);
}

void rise_look(struct likeness *l)
{
	const int64_t started_ms = clock_mono_ms();
	int64_t rest_ms;

	if (started_ms < l->rise_next_ms) return;
	look(l);
	rest_ms = (clock_mono_ms() - started_ms) * LOOK_SHARE;
	l->rise_next_ms = clock_mono_ms() + (rest_ms > LOOK_MS ? rest_ms : LOOK_MS);
}
