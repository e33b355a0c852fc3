/* store_fixture.h - a small store for tests, and one message taken in as the pipeline does it. */
#ifndef TESTS_UNIT_STORE_FIXTURE_H
#define TESTS_UNIT_STORE_FIXTURE_H

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "base/json.h"
#include "base/mem.h"
#include "store/store.h"

#define NOW 1763828498          /* 2025-11-22 16:21:38 UTC */

static inline struct store_conf small_store(const char *dir)
{
	return (struct store_conf){ .dir = (char *)(uintptr_t)dir, .page_cache = 4194304, .batch = 64, .checkpoint_pages = 2000 };
}

static inline void no_fatal(void *arg, const struct ik_error *err)
{
	(void)arg;
	(void)fprintf(stderr, "fatal: %s\n", err->text);
	abort();
}

static inline struct store *opened(const struct store_conf *conf)
{
	struct store *store = NULL;
	struct ik_error err = { "" };

	if (store_open(conf, no_fatal, NULL, &store, &err) == IK_OK) return store;
	(void)fprintf(stderr, "store_open: %s\n", err.text);
	abort();
}

static inline struct store_reader *reading(struct store *store)
{
	struct store_reader *reader = NULL;
	struct ik_error err = { "" };

	if (store_reader_open(store, &reader, &err) == IK_OK) return reader;
	(void)fprintf(stderr, "store_reader_open: %s\n", err.text);
	abort();
}

/* One message: what goes in, and what came of it. */
struct taken {
	const char *account, *key, *sender, *text, *subject;
	int64_t at, month;
	bool is_known;
	struct store_ticket ticket;
	int64_t message_id, ack_id, deliver_id;
};

static inline enum ik_rc take_rows(struct store_tx *tx, struct taken *t, struct ik_error *err)
{
	static const unsigned char digest[STORE_DIGEST_SIZE] = { 7 };
	const struct store_blob original = { .size = (int64_t)strlen(t->text), .data = t->text };
	struct store_duty ack = { .kind = DUTY_ACK, .target = "ack:mail", .event = "received", .address = "li@example.org", .created_at = t->at };
	struct store_duty deliver = { .kind = DUTY_DELIVER, .target = "sink:desk", .event = "ticket.created", .created_at = t->at };
	struct store_message m = { .channel = t->account, .external_id = t->key, .sender = t->sender, .received_at = t->at, .text = t->text,
	                           .subject = t->subject, .original = &original };
	enum ik_rc rc = store_contact(tx, "email", t->sender, "Li", "zh-Hans", false, t->at, &t->ticket.contact_id, err);

	t->ticket.month = t->month;
	t->ticket.channel = t->account;
	t->ticket.channel_type = "test";
	t->ticket.subject = t->subject;
	t->ticket.severity = "normal";
	t->ticket.category = "other";
	t->ticket.received_at = t->at;
	t->ticket.first_response_due = t->at + 86400;
	t->ticket.ack = ACK_PENDING;
	if (rc == IK_OK) rc = store_add_ticket(tx, &t->ticket, err);
	m.ticket_id = ack.ticket_id = deliver.ticket_id = t->ticket.id;
	m.contact_id = t->ticket.contact_id;
	if (rc == IK_OK) rc = store_add_message(tx, &m, err);
	t->message_id = ack.message_id = deliver.message_id = m.id;
	if (rc == IK_OK) rc = store_add_key(tx, t->account, t->key, t->at, m.id, t->ticket.id, digest, err);
	if (rc == IK_OK) rc = store_add_duty(tx, &ack, err);
	if (rc == IK_OK) rc = store_add_duty(tx, &deliver, err);
	if (rc == IK_OK) rc = store_count(tx, t->account, t->at, COUNT_OFFERED, NULL, err);
	if (rc == IK_OK) rc = store_count(tx, t->account, t->at, COUNT_ACCEPTED, NULL, err);
	t->ack_id = ack.id;
	t->deliver_id = deliver.id;
	return rc;
}

/* As a job: a key that is known is a repeat and adds nothing but a count. */
static inline enum ik_rc take(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct taken *t = arg;
	unsigned char digest[STORE_DIGEST_SIZE];
	int64_t message_id = 0;
	enum ik_rc rc = store_find_key(tx, t->account, t->key, t->at, &message_id, &t->ticket.id, digest, err);

	t->is_known = message_id != 0;
	if (rc != IK_OK) return rc;
	if (!t->is_known) return take_rows(tx, t, err);
	rc = store_count(tx, t->account, t->at, COUNT_OFFERED, NULL, err);
	return rc == IK_OK ? store_count(tx, t->account, t->at, COUNT_REPEATED, NULL, err) : rc;
}

static inline struct taken a_message(const char *key)
{
	return (struct taken){ .account = "web", .key = key, .sender = "li@example.org", .text = "The kettle leaks.", .subject = "Kettle", .at = NOW, .month = 202511 };
}

static inline json_t *ticket_json(struct store *store, int64_t id)
{
	struct store_reader *r = reading(store);
	json_t *ticket = NULL;
	struct ik_error err = { "" };

	if (read_ticket(r, id, &ticket, &err) != IK_OK) (void)fprintf(stderr, "read_ticket: %s\n", err.text);
	store_reader_close(&r);
	return ticket;
}

static inline json_t *counts_json(struct store *store)
{
	struct store_reader *r = reading(store);
	json_t *counts = NULL;

	(void)read_counts(r, &counts, NULL);
	store_reader_close(&r);
	return counts;
}

/* The whole number at a path of a JSON value, -1 when there is none. */
static inline int64_t at_path(json_t *value, const char *path)
{
	const json_t *found = json_path(value, path);

	return json_is_integer(found) ? (int64_t)json_integer_value(found) : -1;
}

static inline const char *text_at_path(json_t *value, const char *path)
{
	return json_string_value(json_path(value, path));
}

#endif
