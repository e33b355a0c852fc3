/* bare_store.c - the yardstick of intake: the same rows into the same tables by nothing but prepared statements, BATCH sets to a
 * transaction, one thread, no queue, nobody waiting. What intaked adds to this is what it costs.
 *
 * bare_store DIR COUNT BATCH [DUTIES [CONTACTS [DAYS]]]
 *   DIR       state directory; made or continued where it stands, through the store's own schema and connection settings
 *   COUNT     sets to write: ticket with number and code, message, original, natural key, contact look-up, duties
 *   DUTIES    1: a delivery (default); 2: an acknowledgement as well
 *   CONTACTS  a new customer with every so many-th message (default 4), the others are looked up among the known
 *   DAYS      time the messages are spread over, from the last one in the store or else ending now (default 0)
 * Prints: sets per second, microseconds of CPU per set, tickets now in the store. Random values stand for hashes: cheaper than real ones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "base/clock.h"
#include "base/file.h"
#include "store/code.h"
#include "store/schema.h"

#define MONTH 202611
#define ORIGINAL_SIZE 1024
#define TEXT_SIZE 700
#define DECISIONS_SIZE 800
#define PAGE_CACHE 67108864
#define CHECKPOINT_PAGES 40000

struct bare {
	struct sql sql;
	uint64_t seed;
	int64_t ticket, contacts, sequence;     /* the last ones */
	int64_t duties, contacts_every, start_at, spread_s, count;
	char original[ORIGINAL_SIZE], text[TEXT_SIZE + 1], decisions[DECISIONS_SIZE + 1];
	int wal_pages;
};

static _Noreturn void stop(const char *what, const char *why)
{
	(void)fprintf(stderr, "bare_store: %s: %s\n", what, why);
	exit(1);
}

static void must(struct bare *b, enum ik_rc rc)
{
	if (rc != IK_OK) stop("SQLite", sqlite3_errmsg(b->sql.db));
}

/* splitmix64; a look-up that has to find a contact again needs the same hash twice, hence also as a function of a number. */
static uint64_t mixed(uint64_t x)
{
	x += 0x9E3779B97F4A7C15u;
	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
	x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
	return x ^ (x >> 31);
}

static uint64_t next_random(struct bare *b)
{
	return mixed(b->seed++);
}

static int64_t handle_hash(int64_t contact)
{
	return (int64_t)(mixed((uint64_t)contact ^ 0xABCDEF) >> 2);
}

static int64_t number_from(struct bare *b, const char *text)
{
	int64_t number = 0;

	must(b, sql_number(&b->sql, text, SQL_NO_ARGS, 0, &number, NULL));
	return number;
}

static int64_t contact_of(struct bare *b, int64_t at)
{
	char handle[48];
	int64_t contact, mark = 0;

	if (b->contacts > 0 && b->ticket % b->contacts_every != 0) {
		contact = 1 + (int64_t)(next_random(b) % (uint64_t)b->contacts);
		must(b, sql_number(&b->sql, "SELECT mark FROM handle_key WHERE hash = ?", SQL_ARGS(SQL_INT(handle_hash(contact))), 0, &mark, NULL));
		if (mark == 0) stop("contact", "not found again");
		return contact;
	}
	contact = ++b->contacts;
	(void)snprintf(handle, sizeof(handle), "customer%lld@example.org", (long long)contact);
	must(b, sql_number(&b->sql, "SELECT mark FROM handle_key WHERE hash = ?", SQL_ARGS(SQL_INT(handle_hash(contact))), 0, &mark, NULL));
	must(b, sql_run(&b->sql, "INSERT INTO contact(id, created_at, name, language) VALUES(?, ?, 'A Customer', 'en')", SQL_ARGS(SQL_INT(contact), SQL_INT(at)), NULL));
	must(b, sql_run(&b->sql, "INSERT INTO handle(contact_id, type, value, verified) VALUES(?, 'email', ?, 0)", SQL_ARGS(SQL_INT(contact), SQL_TEXT(handle)), NULL));
	must(b, sql_run(&b->sql, "INSERT INTO handle_key(hash, contact_id, mark) VALUES(?, ?, ?)",
	                SQL_ARGS(SQL_INT(handle_hash(contact)), SQL_INT(contact), SQL_INT((int64_t)(mixed((uint64_t)contact) >> 29) | 1)), NULL));
	return contact;
}

static void add_ticket(struct bare *b, int64_t id, int64_t contact, int64_t at)
{
	unsigned char random[16];
	char code[STORE_CODE_SIZE];
	const uint64_t r[2] = { next_random(b), next_random(b) };

	memcpy(random, r, sizeof(random));
	code_make(random, code);
	if (id % 1024 == 0)
		must(b, sql_run(&b->sql, "INSERT OR IGNORE INTO ticket_part(part, channel, category) VALUES(?, 'webhook', 'product_quality')", SQL_ARGS(SQL_INT(id >> 10)), NULL));
	must(b, sql_run(&b->sql, "INSERT INTO code_key(part, hash, ticket_id) VALUES(?, ?, ?)",
	                SQL_ARGS(SQL_INT(id >> 14), SQL_INT((int64_t)(next_random(b) >> 2)), SQL_INT(id)), NULL));
	must(b, sql_run(&b->sql, "INSERT INTO ticket(id, number, state, ack, ack_reason, received_at, first_response_due, handling_due, contact_id, code,"
	                " brand, channel, channel_type, subject, category, severity, sentiment, department, product, order_number, wanted, language,"
	                " promise_text, decisions) VALUES(?, ?, 0, 1, NULL, ?, ?, ?, ?, ?, 'default', 'webhook', 'webhook', ?, 'product_quality', 'normal',"
	                " 'negative', NULL, NULL, ?, NULL, 'en', ?, ?)",
	                SQL_ARGS(SQL_INT(id), SQL_INT(MONTH * INT64_C(1000000000) + ++b->sequence), SQL_INT(at), SQL_INT(at + 86400), SQL_INT(at + 172800),
	                         SQL_INT(contact), SQL_TEXT(code), SQL_TEXT("The kettle leaks after two days"), SQL_TEXT("A-20261122-0815"),
	                         SQL_TEXT("We answer by Monday, 24 November 2026, 17:30 (China Standard Time), and begin to look into it by then."),
	                         SQL_TEXT(b->decisions)), NULL));
}

static void add_message(struct bare *b, int64_t ticket, int64_t contact, int64_t at)
{
	unsigned char digest[32] = { 1 }, hash[16];
	const uint64_t r[2] = { next_random(b), next_random(b) };
	char key[40];
	int64_t found = 0;

	memcpy(hash, r, sizeof(hash));
	memcpy(digest, r, sizeof(r));
	(void)snprintf(key, sizeof(key), "evt_%016llx", (unsigned long long)r[0]);
	must(b, sql_number(&b->sql, "SELECT message_id FROM natural_key WHERE period IN (?1, ?2, ?2) AND hash = ?3",
	                   SQL_ARGS(SQL_INT(at / 2592000 - 1), SQL_INT(at / 2592000), SQL_BLOB(hash, sizeof(hash))), 0, &found, NULL));
	must(b, sql_run(&b->sql, "INSERT INTO message(ticket_id, contact_id, is_outbound, received_at, sent_at, channel, external_id, sender, sender_name,"
	                " conversation, recipient, language, auto_reason, authenticated, message_id, subject, marks, attachments, text, reply_text)"
	                " VALUES(?, ?, 0, ?, ?, 'webhook', ?, 'customer@example.org', 'A Customer', NULL, NULL, 'en', NULL, 'none', NULL, ?, ?, NULL, ?, NULL)",
	                SQL_ARGS(SQL_INT(ticket), SQL_INT(contact), SQL_INT(at), SQL_INT(at - 5), SQL_TEXT(key), SQL_TEXT("The kettle leaks after two days"),
	                         SQL_TEXT("{\"reply\":\"none\"}"), SQL_TEXT(b->text)), NULL));
	found = sqlite3_last_insert_rowid(b->sql.db);
	must(b, sql_run(&b->sql, "INSERT INTO original(message_id, size, digest, data) VALUES(?, ?, ?, ?)",
	                SQL_ARGS(SQL_INT(found), SQL_INT(ORIGINAL_SIZE), SQL_BLOB(digest, sizeof(digest)), SQL_BLOB(b->original, ORIGINAL_SIZE)), NULL));
	must(b, sql_run(&b->sql, "INSERT INTO natural_key(period, hash, message_id, ticket_id, digest) VALUES(?, ?, ?, ?, ?)",
	                SQL_ARGS(SQL_INT(at / 2592000), SQL_BLOB(hash, sizeof(hash)), SQL_INT(found), SQL_INT(ticket), SQL_BLOB(digest, sizeof(digest))), NULL));
}

static void add_duty(struct bare *b, int64_t ticket, int64_t kind, int64_t at)
{
	char key[40];

	(void)snprintf(key, sizeof(key), "%016llx%016llx", (unsigned long long)next_random(b), (unsigned long long)next_random(b));
	must(b, sql_run(&b->sql, "INSERT INTO duty(ticket_id, message_id, kind, state, attempts, next_at, created_at, once, target, event, key, address)"
	                " VALUES(?, ?, ?, 0, 0, 0, ?, ?, ?, ?, ?, ?)",
	                SQL_ARGS(SQL_INT(ticket), SQL_INT(ticket), SQL_INT(kind), SQL_INT(at), kind == 0 ? SQL_INT(1) : SQL_NULL,
	                         SQL_TEXT(kind == 0 ? "ack:mail" : "sink:desk"), SQL_TEXT(kind == 0 ? "received" : "ticket.created"), SQL_TEXT(key),
	                         SQL_TEXT(kind == 0 ? "customer@example.org" : "")), NULL));
}

static void add_set(struct bare *b, int64_t done)
{
	const int64_t at = b->start_at + (b->count > 0 ? b->spread_s * done / b->count : 0), id = ++b->ticket;
	const int64_t contact = contact_of(b, at);

	add_ticket(b, id, contact, at);
	add_message(b, id, contact, at);
	for (int64_t kind = b->duties > 1 ? 0 : 1; kind <= 1; kind++) add_duty(b, id, kind, at);
}

static void add_totals(struct bare *b, int64_t n)
{
	must(b, sql_run(&b->sql, "INSERT INTO sequence(month, last) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET last = ?2",
	                SQL_ARGS(SQL_INT(MONTH), SQL_INT(b->sequence)), NULL));
	for (int64_t what = 0; what < 2; what++)
		must(b, sql_run(&b->sql, "INSERT INTO ledger(day, channel, what, reason, count) VALUES(?1, 'webhook', ?2, '', ?3) ON CONFLICT DO UPDATE SET count = count + ?3",
		                SQL_ARGS(SQL_INT(b->start_at / 86400), SQL_INT(what), SQL_INT(n)), NULL));
	for (int64_t id = 1; id < 5; id++)
		must(b, sql_run(&b->sql, "INSERT INTO total(id, count) VALUES(?1, ?2) ON CONFLICT DO UPDATE SET count = count + ?2", SQL_ARGS(SQL_INT(id), SQL_INT(n)), NULL));
}

static int log_grew(void *arg, sqlite3 *db, const char *name, int pages)
{
	(void)db; (void)name;
	((struct bare *)arg)->wal_pages = pages;
	return SQLITE_OK;
}

static void add_batch(struct bare *b, int64_t first, int64_t n)
{
	must(b, sql_run(&b->sql, "BEGIN IMMEDIATE", SQL_NO_ARGS, NULL));
	for (int64_t i = 0; i < n; i++) add_set(b, first + i);
	add_totals(b, n);
	must(b, sql_run(&b->sql, "COMMIT", SQL_NO_ARGS, NULL));
	if (b->wal_pages >= CHECKPOINT_PAGES) (void)sqlite3_wal_checkpoint_v2(b->sql.db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
}

static int64_t cpu_us(void)
{
	struct rusage used;

	(void)getrusage(RUSAGE_SELF, &used);
	return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * INT64_C(1000000) + used.ru_utime.tv_usec + used.ru_stime.tv_usec;
}

static void fill_texts(struct bare *b)
{
	for (size_t i = 0; i < ORIGINAL_SIZE; i++) b->original[i] = (char)('a' + i % 26);
	for (size_t i = 0; i < TEXT_SIZE; i++) b->text[i] = (char)('a' + i % 25);
	for (size_t i = 0; i < DECISIONS_SIZE; i++) b->decisions[i] = (char)('a' + i % 24);
}

int main(int argc, char **argv)
{
	struct bare *b = mem_new(sizeof(*b));
	struct ik_error err = { "" };
	int64_t batch, from_us, from_cpu, took_us;

	if (argc < 4) stop("usage", "bare_store DIR COUNT BATCH [DUTIES [CONTACTS [DAYS]]]");
	b->count = strtoll(argv[2], NULL, 10);
	batch = strtoll(argv[3], NULL, 10);
	b->duties = argc > 4 ? strtoll(argv[4], NULL, 10) : 1;
	b->contacts_every = argc > 5 ? strtoll(argv[5], NULL, 10) : 4;
	b->spread_s = argc > 6 ? strtoll(argv[6], NULL, 10) * 86400 : 0;
	if (b->count < 1 || batch < 1 || b->contacts_every < 1) stop("usage", "COUNT, BATCH and CONTACTS are 1 or more");
	fill_texts(b);
	if (dir_make(argv[1], &err) != IK_OK || schema_open(&b->sql, argv[1], PAGE_CACHE, &err) != IK_OK) stop(argv[1], err.text);
	(void)sqlite3_wal_hook(b->sql.db, log_grew, b);
	b->ticket = number_from(b, "SELECT max(id) FROM ticket");
	b->contacts = number_from(b, "SELECT max(id) FROM contact");
	b->sequence = number_from(b, "SELECT last FROM sequence");
	b->start_at = b->ticket > 0 ? number_from(b, "SELECT max(received_at) FROM (SELECT received_at FROM ticket ORDER BY id DESC LIMIT 1)") : clock_wall() - b->spread_s;
	b->seed = mixed((uint64_t)b->ticket) ^ (uint64_t)clock_wall_us();
	from_us = clock_wall_us();
	from_cpu = cpu_us();
	for (int64_t done = 0; done < b->count; done += batch) add_batch(b, done, batch < b->count - done ? batch : b->count - done);
	took_us = clock_wall_us() - from_us;
	(void)printf("%.0f sets/s  %.1f us CPU/set  %lld tickets\n", (double)b->count * 1e6 / (double)took_us, (double)(cpu_us() - from_cpu) / (double)b->count,
	             (long long)b->ticket);
	sql_close(&b->sql);
	free(b);
	return 0;
}
