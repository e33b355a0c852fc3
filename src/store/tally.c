/* tally.c - see tally.h. */
#include "store/tally.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_entry(const struct tally_entry *e, const char *channel, int64_t day, enum store_count what, const char *reason)
{
	return e->day == day && e->what == what && strcmp(e->channel, channel) == 0 && strcmp(e->reason, reason) == 0;
}

static void drop_entries(struct tally *tally)
{
	for (size_t i = 0; i < tally->entry_count; i++) {
		mem_free(&tally->entry[i].channel);
		mem_free(&tally->entry[i].reason);
	}
	tally->entry_count = 0;
}

static enum ik_rc write_entries(struct tally *tally, struct sql *sql, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < tally->entry_count; i++) {
		const struct tally_entry *e = &tally->entry[i];

		rc = sql_run(sql, "INSERT INTO ledger(day, channel, what, reason, count) VALUES(?1, ?2, ?3, ?4, ?5)"
		             " ON CONFLICT DO UPDATE SET count = count + ?5",
		             SQL_ARGS(SQL_INT(e->day), SQL_TEXT(e->channel), SQL_INT((int64_t)e->what), SQL_TEXT(e->reason), SQL_INT(e->count)), err);
	}
	if (rc == IK_OK) drop_entries(tally);
	return rc;
}

enum ik_rc tally_ledger(struct tally *tally, struct sql *sql, const char *channel, int64_t day, enum store_count what, const char *reason,
                        struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	tally->changes++;
	for (size_t i = 0; i < tally->entry_count; i++) {
		if (!is_entry(&tally->entry[i], channel, day, what, reason)) continue;
		tally->entry[i].count++;
		return IK_OK;
	}
	if (tally->entry_count == TALLY_ENTRIES) rc = write_entries(tally, sql, err);
	if (rc == IK_OK)
		tally->entry[tally->entry_count++] = (struct tally_entry){
			.channel = mem_text(channel), .reason = mem_text(reason), .day = day, .what = what, .count = 1 };
	return rc;
}

void tally_total(struct tally *tally, int total, int64_t add)
{
	tally->total[total] += add;
	tally->has_totals = true;
	tally->changes++;
}

static enum ik_rc write_totals(struct tally *tally, struct sql *sql, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (int i = 0; rc == IK_OK && i < TOTAL_COUNT; i++) {
		if (tally->total[i] == 0) continue;
		rc = sql_run(sql, "INSERT INTO total(id, count) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET count = count + ?2",
		             SQL_ARGS(SQL_INT(i), SQL_INT(tally->total[i])), err);
		tally->total[i] = 0;
	}
	tally->has_totals = false;
	return rc;
}

static enum ik_rc write_sequence(struct tally *tally, struct sql *sql, struct ik_error *err)
{
	if (!tally->is_last_new) return IK_OK;
	tally->is_last_new = false;
	return sql_run(sql, "INSERT INTO sequence(month, last) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET last = ?2",
	               SQL_ARGS(SQL_INT(tally->month), SQL_INT(tally->last)), err);
}

/* The last number of a month that was given. */
static enum ik_rc load_sequence(struct tally *tally, struct sql *sql, int64_t month, struct ik_error *err)
{
	int64_t last = 0;
	enum ik_rc rc;

	if (tally->month == month) return IK_OK;
	rc = write_sequence(tally, sql, err);
	if (rc == IK_OK) rc = sql_number(sql, "SELECT last FROM sequence WHERE month = ?", SQL_ARGS(SQL_INT(month)), 0, &last, err);
	if (rc != IK_OK) return rc;
	tally->month = month;
	tally->last = last;
	return IK_OK;
}

enum ik_rc tally_sequence(struct tally *tally, struct sql *sql, int64_t month, int64_t *sequence_r, struct ik_error *err)
{
	enum ik_rc rc = load_sequence(tally, sql, month, err);

	if (rc != IK_OK) return rc;
	tally->changes++;
	tally->is_last_new = true;
	*sequence_r = ++tally->last;
	return IK_OK;
}

enum ik_rc tally_raise_sequence(struct tally *tally, struct sql *sql, int64_t month, int64_t used, struct ik_error *err)
{
	enum ik_rc rc = load_sequence(tally, sql, month, err);

	if (rc != IK_OK || tally->last >= used) return rc;
	tally->changes++;
	tally->is_last_new = true;
	tally->last = used;
	return IK_OK;
}

static bool is_noted(const struct tally_part *p, const char *kind)
{
	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->kind[i], kind) == 0) return true;
	return false;
}

enum ik_rc tally_part(struct tally *tally, struct sql *sql, int64_t ticket_id, const char *channel, const char *category, struct ik_error *err)
{
	struct tally_part *p = &tally->part;
	const int64_t part = ticket_id >> PART_SHIFT;
	char kind[sizeof(p->kind[0])];
	const bool fits = (size_t)snprintf(kind, sizeof(kind), "%s\n%s", channel, category) < sizeof(kind);
	enum ik_rc rc;

	if (p->part != part) p->count = 0;
	p->part = part;
	if (fits && is_noted(p, kind)) return IK_OK;
	rc = sql_run(sql, "INSERT OR IGNORE INTO ticket_part(part, channel, category) VALUES(?, ?, ?)",
	             SQL_ARGS(SQL_INT(part), SQL_TEXT(channel), SQL_TEXT(category)), err);
	if (rc == IK_OK && fits && p->count < PART_KINDS) memcpy(p->kind[p->count++], kind, sizeof(kind));
	return rc;
}

enum ik_rc tally_flush(struct tally *tally, struct sql *sql, struct ik_error *err)
{
	enum ik_rc rc = write_sequence(tally, sql, err);

	if (rc == IK_OK && tally->entry_count > 0) rc = write_entries(tally, sql, err);
	if (rc == IK_OK && tally->has_totals) rc = write_totals(tally, sql, err);
	return rc;
}

void tally_forget(struct tally *tally)
{
	drop_entries(tally);
	memset(tally->total, 0, sizeof(tally->total));
	tally->has_totals = tally->is_last_new = false;
	tally->month = 0;
	tally->part.count = 0;
}
