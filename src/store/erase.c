#include "store/erase.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/json.h"
#include "store/code.h"
#include "store/inside.h"
#include "store/reader.h"
#include "store/schema.h"
#include "store/similar_index.h"

#define TRIES 100                       /* for the log and the index, 100 ms apart */
#define FILES_MAX 10000                 /* large files of one ticket */

/* ---- the plan: on a reader --------------------------------------------------------------------------------------------------------- */

static void add_contact(struct erase_plan *plan, int64_t id)
{
	for (size_t i = 0; i < plan->contact_count; i++)
		if (plan->contacts[i] == id) return;
	plan->contacts = mem_grow(plan->contacts, plan->contact_count + 1, sizeof(*plan->contacts));
	plan->contacts[plan->contact_count++] = id;
}

static bool has_contact(const struct erase_plan *plan, int64_t id)
{
	for (size_t i = 0; i < plan->contact_count; i++)
		if (plan->contacts[i] == id) return true;
	return false;
}

static void add_ticket(struct erase_plan *plan, int64_t id, bool is_whole)
{
	for (size_t i = 0; i < plan->ticket_count; i++)
		if (plan->tickets[i].id == id) return;
	plan->tickets = mem_grow(plan->tickets, plan->ticket_count + 1, sizeof(*plan->tickets));
	plan->tickets[plan->ticket_count++] = (struct erase_ticket){ id, is_whole };
}

/* The customer and whoever is known to be the same person. */
static enum ik_rc find_person(struct store_reader *r, const struct erase_ask *ask, struct erase_plan *plan, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && ask->handles[i] != NULL; i++) {
		int64_t id = 0;

		rc = contact_find(&r->sql, &r->mac, ask->type, ask->handles[i], &id, err);
		if (rc == IK_OK && id != 0) add_contact(plan, id);
	}
	for (size_t i = 0; rc == IK_OK && i < plan->contact_count; i++) {
		struct sql_rows rows;

		rc = sql_query(&r->sql, "SELECT other_id FROM person WHERE contact_id = ? AND revoked_at IS NULL", SQL_ARGS(SQL_INT(plan->contacts[i])), &rows, err);
		while (rc == IK_OK && sql_next(&rows)) add_contact(plan, sql_int_at(&rows, 0));
		if (rc == IK_OK) rc = sql_end(&rows, err);
	}
	return rc;
}

static enum ik_rc find_tickets(struct store_reader *r, struct erase_plan *plan, struct ik_error *err)
{
	const size_t persons = plan->contact_count;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < persons; i++) {
		struct sql_rows rows;

		rc = sql_query(&r->sql, "SELECT t.id, t.contact_id FROM ticket t WHERE t.contact_id = ?1 OR t.id IN (SELECT ticket_id FROM message WHERE contact_id = ?1)",
		               SQL_ARGS(SQL_INT(plan->contacts[i])), &rows, err);
		while (rc == IK_OK && sql_next(&rows)) add_ticket(plan, sql_int_at(&rows, 0), has_contact(plan, sql_int_at(&rows, 1)));
		if (rc == IK_OK) rc = sql_end(&rows, err);
	}
	return rc;
}

/* One ticket: its customer goes as well when there is nothing else of them. */
static enum ik_rc find_customer(struct store_reader *r, int64_t ticket_id, struct erase_plan *plan, struct ik_error *err)
{
	int64_t contact_id = 0, others = 1;
	enum ik_rc rc = sql_number(&r->sql, "SELECT contact_id FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(ticket_id)), 0, &contact_id, err);

	add_ticket(plan, ticket_id, true);
	if (rc != IK_OK || contact_id == 0) return rc;
	rc = sql_number(&r->sql, "SELECT count(*) FROM ticket t WHERE t.id <> ?1 AND (t.contact_id = ?2 OR t.id IN (SELECT ticket_id FROM message WHERE contact_id = ?2))",
	                SQL_ARGS(SQL_INT(ticket_id), SQL_INT(contact_id)), 1, &others, err);
	if (rc == IK_OK && others == 0) add_contact(plan, contact_id);
	return rc;
}

/* ---- what it will take away, and what it cannot --------------------------------------------------------------------------------------- */

static const struct { const char *key, *text; } counted[] = {
	{ "messages", "SELECT count(*) FROM message WHERE ticket_id = ? AND (text IS NOT NULL OR sender IS NOT NULL OR subject IS NOT NULL)" },
	{ "originals", "SELECT count(*) FROM original WHERE message_id IN (SELECT id FROM message WHERE ticket_id = ?)" },
	{ "files", "SELECT count(*) FROM upload WHERE message_id IN (SELECT id FROM message WHERE ticket_id = ?)" },
	{ "quarantined", "SELECT count(*) FROM quarantine WHERE ticket_id = ?" },
};

static enum ik_rc count_ticket(struct store_reader *r, const struct erase_ticket *t, json_t *report, struct ik_error *err)
{
	char number[STORE_NUMBER_SIZE];
	int64_t n = 0;
	enum ik_rc rc = sql_number(&r->sql, "SELECT number FROM ticket WHERE id = ?", SQL_ARGS(SQL_INT(t->id)), 0, &n, err);

	if (rc == IK_OK) (void)json_array_append_new(json_object_get(report, t->is_whole ? "tickets" : "parts_of"), json_string(number_text(n, number)));
	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(counted); i++) {
		rc = sql_number(&r->sql, counted[i].text, SQL_ARGS(SQL_INT(t->id)), 0, &n, err);
		(void)json_object_set_new(report, counted[i].key, json_integer(json_int(report, counted[i].key, 0) + n));
	}
	return rc;
}

static enum ik_rc list_messages(struct store_reader *r, const struct erase_ticket *t, struct erase_plan *plan, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT id, contact_id FROM message WHERE ticket_id = ?", SQL_ARGS(SQL_INT(t->id)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) {
		if (!t->is_whole && !has_contact(plan, sql_int_at(&rows, 1))) continue;
		plan->messages = mem_grow(plan->messages, plan->message_count + 1, sizeof(*plan->messages));
		plan->messages[plan->message_count++] = sql_int_at(&rows, 0);
	}
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

static enum ik_rc list_copies(struct store_reader *r, const struct erase_ticket *t, json_t *copies, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&r->sql, "SELECT t.number, d.target, max(d.remote_id), max(d.state) FROM duty d JOIN ticket t ON t.id = d.ticket_id"
	                          " WHERE d.ticket_id = ? AND d.kind = 1 AND d.state IN (1, 2, 3, 5) GROUP BY d.target", SQL_ARGS(SQL_INT(t->id)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) {
		const char *target = sql_text_at(&rows, 1);
		char number[STORE_NUMBER_SIZE];
		json_t *copy = json_object();

		json_set_text(copy, "sink", strncmp(target, "sink:", 5) == 0 ? target + 5 : target);
		json_set_text(copy, "number", number_text(sql_int_at(&rows, 0), number));
		json_set_text(copy, "remote_id", sql_text_at(&rows, 2));
		json_set_text(copy, "state", duty_state_names[sql_int_at(&rows, 3) % TALLY_DUTY_STATES]);
		(void)json_array_append_new(copies, copy);
	}
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

/* Copies of the store that upgrades left. */
static void list_backups(const char *dir, json_t *backups)
{
	DIR *folder = opendir(dir);
	const struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL)
		if (strncmp(entry->d_name, "before-upgrade-from-", 20) == 0) (void)json_array_append_new(backups, json_sprintf("%s/%s", dir, entry->d_name));
	if (folder != NULL) (void)closedir(folder);
}

static enum ik_rc tell_plan(struct store_reader *r, struct erase_plan *plan, struct ik_error *err)
{
	int64_t handles = 0, n = 0;
	enum ik_rc rc = IK_OK;

	plan->report = json_pack("{s:[], s:[], s:[], s:[]}", "tickets", "parts_of", "copies", "backups");
	for (size_t i = 0; i < COUNT_OF(counted); i++) (void)json_object_set_new(plan->report, counted[i].key, json_integer(0));
	for (size_t i = 0; rc == IK_OK && i < plan->ticket_count; i++) {
		rc = count_ticket(r, &plan->tickets[i], plan->report, err);
		if (rc == IK_OK) rc = list_messages(r, &plan->tickets[i], plan, err);
		if (rc == IK_OK) rc = list_copies(r, &plan->tickets[i], json_object_get(plan->report, "copies"), err);
	}
	for (size_t i = 0; rc == IK_OK && i < plan->contact_count; i++) {
		rc = sql_number(&r->sql, "SELECT count(*) FROM handle WHERE contact_id = ?", SQL_ARGS(SQL_INT(plan->contacts[i])), 0, &n, err);
		handles += n;
	}
	(void)json_object_set_new(plan->report, "handles", json_integer(handles));
	list_backups(r->store->conf->dir, json_object_get(plan->report, "backups"));
	return rc;
}

enum ik_rc read_erase_plan(struct store_reader *r, const struct erase_ask *ask, struct erase_plan *plan_r, struct ik_error *err)
{
	struct erase_plan plan = { .handles = ask->handles };
	enum ik_rc rc = read_begin(r, err);

	if (rc == IK_OK && ask->ticket_id != 0) rc = find_customer(r, ask->ticket_id, &plan, err);
	else if (rc == IK_OK) rc = find_person(r, ask, &plan, err);
	if (rc == IK_OK && ask->ticket_id == 0) rc = find_tickets(r, &plan, err);
	if (rc == IK_OK) rc = tell_plan(r, &plan, err);
	read_end(r);
	if (rc == IK_OK) *plan_r = plan;
	else erase_plan_release(&plan);
	return rc;
}

void erase_plan_release(struct erase_plan *plan)
{
	mem_free(&plan->tickets);
	mem_free(&plan->contacts);
	mem_free(&plan->messages);
	json_decref(plan->report);
	plan->report = NULL;
}

/* ---- one ticket: on the store thread ------------------------------------------------------------------------------------------------------ */

struct erasing {
	const struct erase_plan *plan;
	const struct erase_ticket *ticket;
	const char *actor;
	int64_t now_at;
	unsigned char (*digests)[STORE_DIGEST_SIZE];    /* of files that may be wanted by nobody now */
	size_t digest_count;
};

#define OF_TICKET "SELECT id FROM message WHERE ticket_id = ?1 AND (?2 = 0 OR contact_id = ?2)"

/* Each with ?1 the ticket and ?2 the person whose messages alone go, 0 for all. */
static const char *const message_steps[] = {
	"DELETE FROM original WHERE message_id IN (" OF_TICKET ")",
	"DELETE FROM upload WHERE message_id IN (" OF_TICKET ")",
	"UPDATE message SET contact_id = NULL, external_id = NULL, sender = NULL, sender_name = NULL, conversation = NULL, recipient = NULL, message_id = NULL,"
	" subject = NULL, marks = NULL, attachments = NULL, text = NULL, reply_text = NULL WHERE ticket_id = ?1 AND (?2 = 0 OR contact_id = ?2)",
};
/* With ?1 the ticket: what is said about it elsewhere. */
static const char *const ticket_steps[] = {
	"UPDATE ticket SET subject = NULL, product = NULL, order_number = NULL, wanted = NULL, promise_text = NULL, decisions = NULL, contact_id = NULL WHERE id = ?1",
	"UPDATE ticket SET ack = 4, ack_reason = 'erased' WHERE id = ?1 AND ack = 1",
	"DELETE FROM awaiting WHERE ticket_id = ?1",
	"DELETE FROM question WHERE ticket_id = ?1",
	"DELETE FROM held_callback WHERE remote_id IN (SELECT remote_id FROM duty WHERE ticket_id = ?1)",
	"UPDATE incident_ticket SET contact_id = NULL WHERE ticket_id = ?1",
	"UPDATE duty SET address = NULL, last_error = NULL, note = NULL WHERE ticket_id = ?1",
};
static const char *const common_steps[] = {
	"UPDATE history SET detail = NULL WHERE ticket_id = ?1 AND event <> 'state'",
	"UPDATE alarm SET text = '(erased)', text_zh = NULL, evidence = NULL WHERE ticket_id = ?1",
	"UPDATE alarm SET evidence = NULL WHERE kind IN ('mass', 'urgent', 'anger') AND key = (SELECT 'incident ' || incident_id FROM incident_ticket WHERE ticket_id = ?1)",
	"UPDATE incident SET evidence = NULL WHERE first_ticket = ?1 OR id = (SELECT incident_id FROM incident_ticket WHERE ticket_id = ?1)",
	"UPDATE correction SET product = NULL, was_product = NULL WHERE ticket_id = ?1",
};

static enum ik_rc run_steps(struct store_tx *tx, const char *const *steps, size_t count, int64_t ticket_id, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < count; i++) rc = sql_run(&tx->sql, steps[i], SQL_ARGS(SQL_INT(ticket_id)), err);
	return rc;
}

/* Digests of large files that rows about to go refer to. */
static enum ik_rc note_files(struct store_tx *tx, struct erasing *e, const char *text, int64_t contact_id, struct ik_error *err)
{
	struct sql_rows rows;
	enum ik_rc rc = sql_query(&tx->sql, text, SQL_ARGS(SQL_INT(e->ticket->id), SQL_INT(contact_id)), &rows, err);

	while (rc == IK_OK && sql_next(&rows)) {
		const void *digest = sqlite3_column_blob(rows.stmt, 0);

		if (digest == NULL || sqlite3_column_bytes(rows.stmt, 0) != STORE_DIGEST_SIZE || e->digest_count == FILES_MAX) continue;
		e->digests = mem_grow(e->digests, e->digest_count + 1, STORE_DIGEST_SIZE);
		memcpy(e->digests[e->digest_count++], digest, STORE_DIGEST_SIZE);
	}
	return rc == IK_OK ? sql_end(&rows, err) : rc;
}

static enum ik_rc erase_messages(struct store_tx *tx, struct erasing *e, int64_t contact_id, struct ik_error *err)
{
	enum ik_rc rc = note_files(tx, e, "SELECT digest FROM original WHERE data IS NULL AND message_id IN (" OF_TICKET ") UNION ALL"
	                           " SELECT digest FROM upload WHERE data IS NULL AND message_id IN (" OF_TICKET ")", contact_id, err);

	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(message_steps); i++)
		rc = sql_run(&tx->sql, message_steps[i], SQL_ARGS(SQL_INT(e->ticket->id), SQL_INT(contact_id)), err);
	return rc;
}

static enum ik_rc erase_quarantined(struct store_tx *tx, struct erasing *e, struct ik_error *err)
{
	int64_t count = 0;
	enum ik_rc rc = note_files(tx, e, "SELECT digest FROM quarantine WHERE data IS NULL AND ticket_id = ?1 AND ?2 = 0", 0, err);

	if (rc == IK_OK) rc = sql_number(&tx->sql, "SELECT count(*) FROM quarantine WHERE ticket_id = ?", SQL_ARGS(SQL_INT(e->ticket->id)), 0, &count, err);
	if (rc == IK_OK) rc = sql_run(&tx->sql, "DELETE FROM quarantine WHERE ticket_id = ?", SQL_ARGS(SQL_INT(e->ticket->id)), err);
	if (rc == IK_OK) tally_total(&tx->tally, TOTAL_QUARANTINED, -count);
	return rc;
}

/* Nothing of it goes out any more. */
static enum ik_rc withhold_duties(struct store_tx *tx, int64_t ticket_id, struct ik_error *err)
{
	int64_t count[3] = { 0 }, under_way = 0;
	struct sql_rows rows;
	enum ik_rc rc = sql_number(&tx->sql, "SELECT count(*) FROM duty WHERE ticket_id = ? AND state IN (1, 2)", SQL_ARGS(SQL_INT(ticket_id)), 0, &under_way, err);

	if (rc == IK_OK && under_way > 0) return ik_fail(IK_RETRY, err, "something of a ticket is just being sent; try again in a moment");
	if (rc == IK_OK) rc = sql_query(&tx->sql, "SELECT kind, count(*) FROM duty WHERE ticket_id = ? AND state = 0 GROUP BY kind", SQL_ARGS(SQL_INT(ticket_id)), &rows, err);
	while (rc == IK_OK && sql_next(&rows)) count[sql_int_at(&rows, 0) % 3] += sql_int_at(&rows, 1);
	if (rc == IK_OK) rc = sql_end(&rows, err);
	if (rc == IK_OK) rc = sql_run(&tx->sql, "UPDATE duty SET state = 6 WHERE ticket_id = ? AND state = 0", SQL_ARGS(SQL_INT(ticket_id)), err);
	for (int kind = 0; rc == IK_OK && kind < 3; kind++) {
		tally_total(&tx->tally, TOTAL_DUTY + kind * TALLY_DUTY_STATES + DUTY_PENDING, -count[kind]);
		tally_total(&tx->tally, TOTAL_DUTY + kind * TALLY_DUTY_STATES + DUTY_WITHHELD, count[kind]);
	}
	return rc;
}

static enum ik_rc erase_whole(struct store_tx *tx, struct erasing *e, struct ik_error *err)
{
	enum ik_rc rc = withhold_duties(tx, e->ticket->id, err);

	if (rc == IK_OK) rc = erase_messages(tx, e, 0, err);
	if (rc == IK_OK) rc = erase_quarantined(tx, e, err);
	if (rc == IK_OK) rc = run_steps(tx, ticket_steps, COUNT_OF(ticket_steps), e->ticket->id, err);
	return rc == IK_OK ? store_new_code(tx, e->ticket->id, err) : rc;
}

/* A file that no row refers to any more is nobody's. */
static enum ik_rc drop_file_rows(struct store_tx *tx, const struct erasing *e, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < e->digest_count; i++)
		rc = sql_run(&tx->sql, "DELETE FROM blob_file WHERE digest = ?1 AND NOT EXISTS(SELECT 1 FROM original WHERE digest = ?1 AND data IS NULL)"
		             " AND NOT EXISTS(SELECT 1 FROM upload WHERE digest = ?1 AND data IS NULL) AND NOT EXISTS(SELECT 1 FROM quarantine WHERE digest = ?1 AND data IS NULL)",
		             SQL_ARGS(SQL_BLOB(e->digests[i], STORE_DIGEST_SIZE)), err);
	return rc;
}

static enum ik_rc erase_ticket(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct erasing *e = arg;
	enum ik_rc rc = IK_OK;

	e->digest_count = 0;
	if (e->ticket->is_whole) rc = erase_whole(tx, e, err);
	for (size_t i = 0; rc == IK_OK && !e->ticket->is_whole && i < e->plan->contact_count; i++) rc = erase_messages(tx, e, e->plan->contacts[i], err);
	if (rc == IK_OK) rc = run_steps(tx, common_steps, COUNT_OF(common_steps), e->ticket->id, err);
	if (rc == IK_OK) rc = drop_file_rows(tx, e, err);
	if (rc == IK_OK) rc = sql_run(&tx->sql, "DELETE FROM history WHERE ticket_id = ? AND event = 'erased'", SQL_ARGS(SQL_INT(e->ticket->id)), err);
	return rc == IK_OK ? store_add_history(tx, e->ticket->id, e->now_at, "erased", e->actor, NULL, err) : rc;
}

/* ---- the person ------------------------------------------------------------------------------------------------------------------------------ */

/* With ?1 one form of an address. Limits are named after addresses. */
static const char *const address_steps[] = {
	"DELETE FROM awaiting WHERE verification_id IN (SELECT id FROM verification WHERE address = ?1 OR handle = ?1)",
	"DELETE FROM verification WHERE address = ?1 OR handle = ?1",
	"DELETE FROM address_mark WHERE address = ?1",
	"DELETE FROM budget WHERE instr(name, ?1) > 0",
	"DELETE FROM held_callback WHERE instr(body, ?1) > 0",
	"UPDATE alarm SET text = '(erased)', text_zh = NULL, evidence = NULL WHERE instr(text, ?1) > 0 OR instr(coalesce(evidence, ''), ?1) > 0",
};

static enum ik_rc erase_address(struct store_tx *tx, const char *address, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && strlen(address) > 3 && i < COUNT_OF(address_steps); i++) rc = sql_run(&tx->sql, address_steps[i], SQL_ARGS(SQL_TEXT(address)), err);
	return rc;
}

static enum ik_rc erase_handles(struct store_tx *tx, int64_t contact_id, struct ik_error *err)
{
	char type[64], value[512];
	bool found = true;
	enum ik_rc rc = IK_OK;

	while (rc == IK_OK && found) {
		struct sql_rows rows;

		rc = sql_query(&tx->sql, "SELECT type, value FROM handle WHERE contact_id = ? LIMIT 1", SQL_ARGS(SQL_INT(contact_id)), &rows, err);
		if (rc != IK_OK) break;
		found = sql_next(&rows);
		if (found) sql_copy_at(&rows, 0, type, sizeof(type));
		if (found) sql_copy_at(&rows, 1, value, sizeof(value));
		rc = sql_end(&rows, err);
		if (rc == IK_OK && found) rc = erase_address(tx, value, err);
		if (rc == IK_OK && found) rc = store_drop_handle(tx, contact_id, type, value, err);
	}
	return rc;
}

static enum ik_rc erase_person(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct erasing *e = arg;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < e->plan->contact_count; i++) {
		rc = erase_handles(tx, e->plan->contacts[i], err);
		if (rc == IK_OK) rc = sql_run(&tx->sql, "DELETE FROM person WHERE contact_id = ?1 OR other_id = ?1", SQL_ARGS(SQL_INT(e->plan->contacts[i])), err);
		if (rc == IK_OK)
			rc = sql_run(&tx->sql, "UPDATE contact SET name = NULL, language = NULL, tier = NULL WHERE id = ?", SQL_ARGS(SQL_INT(e->plan->contacts[i])), err);
	}
	for (size_t i = 0; rc == IK_OK && e->plan->handles != NULL && e->plan->handles[i] != NULL; i++) rc = erase_address(tx, e->plan->handles[i], err);
	return rc == IK_OK ? sql_run(&tx->sql, "INSERT INTO total(id, count) VALUES(?1, 1) ON CONFLICT DO UPDATE SET count = count + 1", SQL_ARGS(SQL_INT(TOTAL_ERASURES)), err) : rc;
}

/* ---- files ------------------------------------------------------------------------------------------------------------------------------------ */

/* A message with the same bytes may be on its way in: it touched the file after `since`, and the file stays. */
static void remove_files(struct store *store, const struct erasing *e, const struct timespec *since)
{
	struct store_reader *r = NULL;

	if (e->digest_count == 0 || store_reader_open(store, &r, NULL) != IK_OK) return;
	for (size_t i = 0; i < e->digest_count; i++) {
		char *path = blob_path(store->conf->dir, e->digests[i]);
		int64_t wanted = 1;
		struct stat st;

		(void)pthread_mutex_lock(&store->blob_lock);
		if (sql_number(&r->sql, "SELECT count(*) FROM blob_file WHERE digest = ?", SQL_ARGS(SQL_BLOB(e->digests[i], STORE_DIGEST_SIZE)), 1, &wanted, NULL) == IK_OK &&
		    wanted == 0 && lstat(path, &st) == 0 && (st.st_mtim.tv_sec < since->tv_sec || (st.st_mtim.tv_sec == since->tv_sec && st.st_mtim.tv_nsec < since->tv_nsec)))
			(void)unlink(path);
		(void)pthread_mutex_unlock(&store->blob_lock);
		free(path);
	}
	store_reader_close(&r);
}

/* ---- the whole ----------------------------------------------------------------------------------------------------------------------------------- */

/* Freed pages are overwritten as well, not only cells; set for as long as it lasts. */
static enum ik_rc overwrite_all(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)arg;
	return sql_script(&tx->sql, "PRAGMA secure_delete=ON", err);
}

static enum ik_rc overwrite_cells(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)arg;
	return sql_script(&tx->sql, "PRAGMA secure_delete=FAST", err);
}

static enum ik_rc nothing(struct store_tx *tx, void *arg, struct ik_error *err)
{
	(void)tx; (void)arg; (void)err;
	return IK_OK;
}

/* Until the log is empty and the index is another one; false when somebody kept it from being so. */
static bool clean_files(struct store *store)
{
	const struct timespec pause = { .tv_nsec = 100000000 };
	struct ik_error ignored = { "" };

	search_wake(store->search);
	atomic_store(&store->wants_truncate, true);
	for (int i = 0; i < TRIES; i++) {
		if (store_call(store, nothing, NULL, &ignored) != IK_OK) return false;
		if (!atomic_load(&store->wants_truncate) && search_is_anew(store)) return true;
		(void)nanosleep(&pause, NULL);
	}
	return false;
}

static enum ik_rc erase_tickets(struct store *store, struct erasing *e, const struct timespec *since, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < e->plan->ticket_count; i++) {
		e->ticket = &e->plan->tickets[i];
		rc = store_call(store, erase_ticket, e, err);
		if (rc == IK_OK) remove_files(store, e, since);
	}
	return rc;
}

enum ik_rc store_erase(struct store *store, const struct erase_plan *plan, const char *actor, int64_t now_at, bool *is_clean_r, struct ik_error *err)
{
	struct erasing e = { .plan = plan, .actor = actor, .now_at = now_at };
	struct timespec since;
	enum ik_rc end, rc;

	(void)clock_gettime(CLOCK_REALTIME, &since);
	rc = store_call(store, overwrite_all, NULL, err);
	if (rc == IK_OK) rc = erase_tickets(store, &e, &since, err);
	if (rc == IK_OK) rc = similar_file_forget(store->conf->dir, plan, err);
	if (rc == IK_OK) rc = store_call(store, erase_person, &e, err);
	end = store_call(store, overwrite_cells, NULL, rc == IK_OK ? err : NULL);
	free(e.digests);
	if (rc == IK_OK) rc = end;
	if (rc == IK_OK) *is_clean_r = clean_files(store);
	return rc;
}
