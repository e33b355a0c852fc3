/* schema.c - the tables. What keeps intake fast is written beside each.
 *
 * Pages that every new message touches are the last ones of their trees: rowids grow, indexes begin with something that grows
 * (a number, a period, a partition of ticket ids). The one random index is handle_key, which is as narrow as it can be. */
#include "store/schema.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/file.h"
#include "base/log.h"

static const char first_tables[] =
	"CREATE TABLE ticket("
	" id INTEGER PRIMARY KEY,"
	" number INTEGER NOT NULL UNIQUE,"              /* month * 10^9 + sequence: grows */
	" state INTEGER NOT NULL, ack INTEGER NOT NULL, ack_reason TEXT, ack_at INTEGER,"
	" received_at INTEGER NOT NULL, first_response_due INTEGER, handling_due INTEGER,"
	" contact_id INTEGER, code TEXT NOT NULL, brand TEXT, channel TEXT NOT NULL, channel_type TEXT NOT NULL,"
	" subject TEXT, category TEXT, severity TEXT, sentiment TEXT, department TEXT, product TEXT, order_number TEXT, wanted TEXT,"
	" language TEXT, promise_text TEXT, decisions TEXT) STRICT;"
	/* what people look for among very many; a new ticket stands in neither, unless it is urgent */
	"CREATE INDEX ticket_state ON ticket(state) WHERE state > 0;"
	"CREATE INDEX ticket_severity ON ticket(severity) WHERE severity IN ('urgent', 'high');"
	/* one row a month; the last number given */
	"CREATE TABLE sequence(month INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;"
	/* part = ticket id >> 14, so that inserts stay in one small range; a look-up asks every part */
	"CREATE TABLE code_key(part INTEGER, hash INTEGER, ticket_id INTEGER NOT NULL, PRIMARY KEY(part, hash)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE message("
	" id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, contact_id INTEGER, is_outbound INTEGER NOT NULL,"
	" received_at INTEGER NOT NULL, sent_at INTEGER, channel TEXT NOT NULL, external_id TEXT, sender TEXT, sender_name TEXT,"
	" conversation TEXT, recipient TEXT, language TEXT, auto_reason TEXT, authenticated TEXT, message_id TEXT, subject TEXT,"
	" marks TEXT, attachments TEXT, text TEXT, reply_text TEXT) STRICT;"
	"CREATE INDEX message_ticket ON message(ticket_id, contact_id);"
	/* data is null when the bytes are in a file below blobs/ */
	"CREATE TABLE original(message_id INTEGER PRIMARY KEY, size INTEGER NOT NULL, digest BLOB NOT NULL, data BLOB) STRICT;"
	"CREATE TABLE upload("
	" id INTEGER PRIMARY KEY, message_id INTEGER NOT NULL, place INTEGER NOT NULL, size INTEGER NOT NULL, digest BLOB NOT NULL,"
	" data BLOB) STRICT;"
	"CREATE UNIQUE INDEX upload_message ON upload(message_id, place);"
	/* files below blobs/ that a row refers to */
	"CREATE TABLE blob_file(digest BLOB PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	/* exactly once: period = 30 days, hash = 16 bytes of a keyed digest */
	"CREATE TABLE natural_key("
	" period INTEGER, hash BLOB, message_id INTEGER NOT NULL, ticket_id INTEGER NOT NULL, digest BLOB NOT NULL,"
	" PRIMARY KEY(period, hash)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE mail_key("
	" period INTEGER, hash BLOB, message_id INTEGER NOT NULL, ticket_id INTEGER NOT NULL, digest BLOB NOT NULL,"
	" PRIMARY KEY(period, hash)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE contact(id INTEGER PRIMARY KEY, created_at INTEGER NOT NULL, name TEXT, language TEXT, tier TEXT) STRICT;"
	"CREATE TABLE handle("
	" contact_id INTEGER, type TEXT, value TEXT, verified INTEGER NOT NULL, PRIMARY KEY(contact_id, type, value)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE handle_key(hash INTEGER PRIMARY KEY, contact_id INTEGER NOT NULL, mark INTEGER NOT NULL) STRICT;"
	"CREATE TABLE link("
	" from_ticket INTEGER, to_ticket INTEGER, kind TEXT, PRIMARY KEY(from_ticket, to_ticket, kind)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE history("
	" ticket_id INTEGER, place INTEGER, at INTEGER NOT NULL, event TEXT NOT NULL, actor TEXT, detail TEXT,"
	" PRIMARY KEY(ticket_id, place)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE quarantine("
	" id INTEGER PRIMARY KEY, channel TEXT NOT NULL, reason TEXT NOT NULL, at INTEGER NOT NULL, ticket_id INTEGER,"
	" size INTEGER NOT NULL, digest BLOB NOT NULL, data BLOB) STRICT;"
	"CREATE TABLE cursor(channel TEXT, name TEXT, value TEXT NOT NULL, PRIMARY KEY(channel, name)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE ledger("
	" day INTEGER, channel TEXT, what INTEGER, reason TEXT, count INTEGER NOT NULL, PRIMARY KEY(day, channel, what, reason)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE total(id INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;"
	/* ends_at first: spent windows are one range to delete */
	"CREATE TABLE budget("
	" ends_at INTEGER, window INTEGER, name TEXT, used INTEGER NOT NULL, PRIMARY KEY(ends_at, window, name)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE address_mark("
	" address TEXT PRIMARY KEY, mark TEXT NOT NULL, evidence TEXT, until INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
	/* once is 1 for an acknowledgement and null otherwise: nulls are never equal, so that the unique index holds for
	 * acknowledgements alone and serves "duties of this ticket" as well */
	"CREATE TABLE duty("
	" id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, message_id INTEGER, kind INTEGER NOT NULL, state INTEGER NOT NULL,"
	" attempts INTEGER NOT NULL, next_at INTEGER NOT NULL, created_at INTEGER NOT NULL, once INTEGER, target TEXT NOT NULL,"
	" event TEXT NOT NULL, key TEXT NOT NULL, address TEXT, last_error TEXT, remote_id TEXT) STRICT;"
	"CREATE UNIQUE INDEX duty_ticket ON duty(ticket_id, event, once);"
	/* only what is pending or under way */
	"CREATE INDEX duty_open ON duty(state, target, next_at) WHERE state <= 2;"
	/* and what did not end well */
	"CREATE INDEX duty_trouble ON duty(state) WHERE state >= 4;";

/* What happens to a ticket after its intake. Timers are found by their time alone, so a new one is a new last row; nothing ever looks for
 * one by its ticket. Few deliveries get an id from their receiver, and only those stand in the index. */
static const char progress_tables[] =
	"ALTER TABLE ticket ADD COLUMN first_response_at INTEGER;"
	"ALTER TABLE ticket ADD COLUMN started_at INTEGER;"
	"ALTER TABLE ticket ADD COLUMN resolved_at INTEGER;"
	"ALTER TABLE ticket ADD COLUMN promised_at INTEGER;"
	"ALTER TABLE message ADD COLUMN reply_until INTEGER;"
	"ALTER TABLE message ADD COLUMN replies_left INTEGER;"
	/* template: which text says it, when it is not the event's own; note: words of the staff for the customer */
	"ALTER TABLE duty ADD COLUMN template TEXT;"
	"ALTER TABLE duty ADD COLUMN note TEXT;"
	"CREATE INDEX duty_remote ON duty(remote_id) WHERE remote_id IS NOT NULL;"
	"CREATE TABLE timer(due_at INTEGER, ticket_id INTEGER, kind INTEGER, PRIMARY KEY(due_at, ticket_id, kind)) STRICT, WITHOUT ROWID;"
	/* one row an answer; round = how often the ticket had been resolved by then */
	"CREATE TABLE survey("
	" ticket_id INTEGER, round INTEGER, at INTEGER NOT NULL, level INTEGER NOT NULL, speed INTEGER, attitude INTEGER, solution INTEGER,"
	" thoroughness INTEGER, way TEXT NOT NULL, PRIMARY KEY(ticket_id, round)) STRICT, WITHOUT ROWID;";

/* Addresses typed into forms, and the tickets whose receipt waits for the proof. */
static const char verification_tables[] =
	"CREATE TABLE verification(id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, handle TEXT NOT NULL, asked_at INTEGER NOT NULL, verified_at INTEGER) STRICT;"
	"CREATE TABLE awaiting("
	" verification_id INTEGER, ticket_id INTEGER, message_id INTEGER NOT NULL, PRIMARY KEY(verification_id, ticket_id)) STRICT, WITHOUT ROWID;";

/* key: of what the alarm is about, so that the same one is told once; ticket_id 0: about no ticket */
static const char alarm_table[] =
	"CREATE TABLE alarm("
	" id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, text_zh TEXT, remedy TEXT,"
	" evidence TEXT, ticket_id INTEGER NOT NULL,"
	" raised_at INTEGER NOT NULL, last_at INTEGER NOT NULL, count INTEGER NOT NULL) STRICT;"
	"CREATE INDEX alarm_standing ON alarm(kind, key, raised_at);";

/* Who still needs a file below blobs/: only rows without their bytes stand in these, few among many. */
static const char file_indexes[] =
	"CREATE INDEX original_file ON original(digest) WHERE data IS NULL;"
	"CREATE INDEX upload_file ON upload(digest) WHERE data IS NULL;"
	"CREATE INDEX quarantine_file ON quarantine(digest) WHERE data IS NULL;";

/* Likeness: repeats counted, customers who are one person, what operators corrected, incidents. None of it costs an ordinary new message
 * a row but for the two counters, which stand in rows that are written anyway. */
static const char likeness_tables[] =
	"ALTER TABLE ticket ADD COLUMN repeats INTEGER NOT NULL DEFAULT 0;"        /* times that the same matter was told again */
	"ALTER TABLE ticket ADD COLUMN earlier INTEGER NOT NULL DEFAULT 0;"        /* tickets this customer had before */
	"ALTER TABLE contact ADD COLUMN tickets INTEGER NOT NULL DEFAULT 0;"
	/* both ways, one row each; revoked_at: an operator said that they are two persons, and it stays so */
	"CREATE TABLE person("
	" contact_id INTEGER, other_id INTEGER, at INTEGER NOT NULL, evidence TEXT NOT NULL, ticket_id INTEGER, revoked_at INTEGER,"
	" PRIMARY KEY(contact_id, other_id)) STRICT, WITHOUT ROWID;"
	/* a message that an operator put into another ticket; the index of likeness follows */
	"CREATE TABLE moved("
	" id INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT, message_id INTEGER NOT NULL, from_ticket INTEGER NOT NULL, to_ticket INTEGER NOT NULL,"
	" kind TEXT NOT NULL) STRICT;"
	"CREATE INDEX moved_message ON moved(message_id);"
	"CREATE INDEX moved_from ON moved(from_ticket);"
	/* weight: of distinct customers, 2 a verified one, 1 another, 0 a machine */
	"CREATE TABLE incident("
	" id INTEGER PRIMARY KEY, kind TEXT NOT NULL, state INTEGER NOT NULL, began_at INTEGER NOT NULL, last_at INTEGER NOT NULL, opened_at INTEGER, closed_at INTEGER,"
	" first_ticket INTEGER, category TEXT, customers INTEGER NOT NULL, weight INTEGER NOT NULL, tickets INTEGER NOT NULL, evidence TEXT) STRICT;"
	"CREATE INDEX incident_open ON incident(state, last_at) WHERE state = 1;"
	"CREATE TABLE incident_ticket(ticket_id INTEGER PRIMARY KEY, incident_id INTEGER NOT NULL, contact_id INTEGER, weight INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;"
	"CREATE INDEX incident_customer ON incident_ticket(incident_id, contact_id);";

/* Which channels and categories occur among 1,024 tickets at a time: a list of rare ones passes over the rest. A row comes with the first ticket
 * of its kind in its part, so that intake hardly ever writes one. */
static const char part_table[] =
	"CREATE TABLE ticket_part(part INTEGER, channel TEXT, category TEXT, PRIMARY KEY(part, channel, category)) STRICT, WITHOUT ROWID;"
	"INSERT INTO ticket_part SELECT DISTINCT id >> 10, channel, coalesce(category, '') FROM ticket;";

/* One row for every ten minutes in which something went out; a week of them. */
static const char pace_tables[] =
	"CREATE TABLE pace(span INTEGER PRIMARY KEY, sent INTEGER NOT NULL, bounced INTEGER NOT NULL) STRICT;";

/* only what was answered: a new ticket does not stand in it */
static const char answered_index[] = "CREATE INDEX ticket_answered ON ticket(first_response_at) WHERE first_response_at IS NOT NULL;";

/* Where a survey was asked in a chat: one question a conversation. Answers are counted by when they were given. */
static const char question_table[] =
	"CREATE TABLE question(channel TEXT, conversation TEXT, ticket_id INTEGER NOT NULL, sent_at INTEGER NOT NULL, PRIMARY KEY(channel, conversation)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX question_sent ON question(sent_at);"
	"CREATE INDEX survey_at ON survey(at);";

/* What people corrected in the class of a ticket, with what stood before; few among many. */
static const char correction_table[] =
	"CREATE TABLE correction("
	" id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, revoked_at INTEGER,"
	" category TEXT, severity TEXT, sentiment TEXT, department TEXT, product TEXT,"
	" was_category TEXT, was_severity TEXT, was_sentiment TEXT, was_department TEXT, was_product TEXT) STRICT;"
	"CREATE INDEX correction_ticket ON correction(ticket_id);";

/* Runs of ids whose times break the order; see late.h. */
static const char late_table[] =
	"CREATE TABLE late(kind INTEGER, first_id INTEGER, last_id INTEGER NOT NULL, before_at INTEGER NOT NULL,"
	" PRIMARY KEY(kind, first_id)) STRICT, WITHOUT ROWID;";

/* How each message can be answered later. */
static const char reply_column[] = "ALTER TABLE message ADD COLUMN reply INTEGER;";

/* Only what was never proved: it is deleted once its link has lost its force. */
static const char verification_index[] = "CREATE INDEX verification_open ON verification(asked_at) WHERE verified_at IS NULL;";

/* Callbacks that came before the delivery they speak of had its foreign name on record; few, and for a day. */
static const char held_table[] =
	"CREATE TABLE held_callback("
	" id INTEGER PRIMARY KEY, sink TEXT NOT NULL, event TEXT NOT NULL, remote_id TEXT NOT NULL, at INTEGER NOT NULL, body TEXT NOT NULL, UNIQUE(sink, event)) STRICT;";

/* What occurs at all, and where: found without a look at every part. In a table without row ids an index goes on with the key. */
static const char part_indexes[] =
	"CREATE INDEX ticket_part_channel ON ticket_part(channel, part);"
	"CREATE INDEX ticket_part_category ON ticket_part(category, part);"
	"CREATE INDEX ticket_part_both ON ticket_part(channel, category, part);";

static const struct schema_step steps[] = { { first_tables }, { progress_tables }, { verification_tables }, { alarm_table }, { file_indexes }, { likeness_tables }, { part_table },
	{ pace_tables }, { answered_index }, { question_table }, { correction_table }, { late_table }, { reply_column }, { verification_index }, { held_table }, { part_indexes } };

static enum ik_rc sync_file(const char *path, struct ik_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum ik_rc rc = IK_OK;

	if (fd < 0) return ik_fail_errno(err, "open %s", path);
	if (fsync(fd) != 0) rc = ik_fail_errno(err, "fsync %s", path);
	fd_close(&fd);
	return rc;
}

/* The store as it is, beside it: a way back when an upgrade turns out badly. A copy cut short has the temporary name. */
static enum ik_rc copy_before_upgrade(struct sql *sql, const char *dir, int64_t version, struct ik_error *err)
{
	char *path = mem_format("%s/before-upgrade-from-%lld.db", dir, (long long)version);
	char *temporary = mem_format("%s.part", path);
	enum ik_rc rc;

	(void)unlink(temporary);
	rc = sql_run(sql, "VACUUM INTO ?", SQL_ARGS(SQL_TEXT(temporary)), err);
	if (rc == IK_OK) rc = sync_file(temporary, err);
	if (rc == IK_OK && rename(temporary, path) != 0) rc = ik_fail_errno(err, "rename %s", temporary);
	if (rc == IK_OK) rc = dir_sync(dir, err);
	if (rc == IK_OK) log_line(IK_LOG_NOTICE, "store", "kept the store of version %lld as %s", (long long)version, path);
	else (void)unlink(temporary);
	free(temporary);
	free(path);
	return rc;
}

static enum ik_rc run_step(struct sql *sql, const struct schema_step *step, size_t version, struct ik_error *err)
{
	char text[96];
	enum ik_rc rc = sql_script(sql, "BEGIN IMMEDIATE", err);

	if (rc != IK_OK) return rc;
	(void)snprintf(text, sizeof(text), "PRAGMA user_version=%zu; PRAGMA application_id=%d", version, SCHEMA_APPLICATION);
	rc = sql_script(sql, step->script, err);
	if (rc == IK_OK) rc = sql_script(sql, text, err);
	if (rc == IK_OK) rc = sql_script(sql, "COMMIT", err);
	if (rc != IK_OK && !sqlite3_get_autocommit(sql->db)) (void)sqlite3_exec(sql->db, "ROLLBACK", NULL, NULL, NULL);
	return rc;
}

/* A file that somebody else's program made is not written to. */
static enum ik_rc check_owner(struct sql *sql, int64_t version, struct ik_error *err)
{
	int64_t application = 0, tables = 0;
	enum ik_rc rc = sql_number(sql, "PRAGMA application_id", SQL_NO_ARGS, 0, &application, err);

	if (rc == IK_OK) rc = sql_number(sql, "SELECT count(*) FROM sqlite_schema", SQL_NO_ARGS, 0, &tables, err);
	if (rc != IK_OK || application == SCHEMA_APPLICATION) return rc;
	if (version == 0 && tables == 0 && application == 0) return IK_OK;
	return ik_fail(IK_CONFIG, err, "store: %s holds something else than a store of intaked", SCHEMA_FILE);
}

enum ik_rc schema_upgrade(struct sql *sql, const char *dir, const struct schema_step *table, size_t count, struct ik_error *err)
{
	int64_t version = 0;
	enum ik_rc rc = sql_number(sql, "PRAGMA user_version", SQL_NO_ARGS, 0, &version, err);

	if (rc == IK_OK) rc = check_owner(sql, version, err);
	if (rc != IK_OK) return rc;
	if (version < 0 || (uint64_t)version > count)
		return ik_fail(IK_CONFIG, err, "store: schema version %lld in %s is newer than this program's %zu; use the newer intaked",
		               (long long)version, dir, count);
	if (version > 0 && (size_t)version < count) rc = copy_before_upgrade(sql, dir, version, err);
	for (size_t n = (size_t)version; rc == IK_OK && n < count; n++) rc = run_step(sql, &table[n], n + 1, err);
	return rc;
}

/* SQLite gives its other files the mode of this one. */
static enum ik_rc create_private(const char *path, struct ik_error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno != EEXIST) return ik_fail_errno(err, "create %s", path);
	fd_close(&fd);
	return IK_OK;
}

enum ik_rc schema_open(struct sql *sql, const char *dir, int64_t page_cache, struct ik_error *err)
{
	char *path = mem_format("%s/%s", dir, SCHEMA_FILE);
	enum ik_rc rc = create_private(path, err);

	memset(sql, 0, sizeof(*sql));
	if (rc == IK_OK) rc = sql_open_writer(sql, path, page_cache, err);
	if (rc == IK_OK) rc = schema_upgrade(sql, dir, steps, COUNT_OF(steps), err);
	if (rc == IK_OK) rc = dir_sync(dir, err);
	if (rc != IK_OK) sql_close(sql);
	free(path);
	return rc;
}
