#include "daemon/control_import.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "daemon/control_entry.h"
#include "daemon/entry.h"
#include "store/restore.h"

#define ID_SIZE 80

struct import;
/* One record: a ticket that is kept as it is, or a message. */
struct item {
	struct import *import;
	const json_t *record;
	int64_t line;
	bool is_whole, by_mail;
	const char *channel;
	enum ik_rc rc;
	struct ik_error why;
	/* a message */
	struct entry entry;
	char type[ENTRY_TYPE_MAX + 1], id[ID_SIZE];
	/* a ticket */
	struct store_job job;
	struct store_restored restored;
	int64_t month;
};

struct import {
	const struct control_setup *setup;
	char actor[CONTROL_NAME_SIZE];
	const char *channel;
	bool acknowledge, deliver, is_dry;
	struct item *items;
	size_t count;
	pthread_mutex_t lock;           /* of left, which the store thread counts down */
	pthread_cond_t done;
	size_t left;
};

/* ---- what a record says -------------------------------------------------------------------------------------------------------------- */

static const char *first_of(const json_t *a, const char *key, const json_t *b, const char *other)
{
	const char *text = json_text(a, key);

	return text != NULL && text[0] != '\0' ? text : json_text(b, other);
}

/* Without an id of its own the record's bytes are one: the same line again is no second ticket. */
static void name_record(struct item *it, const char *id)
{
	char *text = id == NULL ? json_dumps(it->record, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];

	it->entry.message.source_id = id;
	if (text == NULL) return;
	sha256(&(struct bytes){ text, strlen(text) }, 1, digest);
	(void)snprintf(it->id, sizeof(it->id), "content:%s", hex_encode(digest, SHA256_SIZE, hex));
	it->entry.message.source_id = it->id;
	free(text);
}

static enum ik_rc read_sender(struct item *it, struct ik_error *err)
{
	const json_t *customer = json_object_get(it->record, "customer"), *handle = json_array_get(json_object_get(customer, "handles"), 0);
	const char *from = json_text(it->record, "from"), *type = json_text(handle, "type");
	struct ik_message *m = &it->entry.message;
	enum ik_rc rc = IK_OK;

	m->sender_name = first_of(customer, "name", it->record, "name");
	m->language = first_of(customer, "language", it->record, "language");
	if (type != NULL && json_text(handle, "value") != NULL) {
		(void)snprintf(it->type, sizeof(it->type), "%s", type);
		m->sender = json_text(handle, "value");
	} else if (from != NULL && from[0] != '\0') {
		rc = entry_read_handle(from, it->type, &m->sender, err);
	}
	if (m->sender != NULL) m->sender_type = it->type;
	return rc;
}

static enum ik_rc read_state(const char *word, enum store_state *state_r, struct ik_error *err)
{
	if (word == NULL || word[0] == '\0') return IK_OK;
	for (int i = 0; store_state_names[i] != NULL; i++)
		if (strcmp(store_state_names[i], word) == 0) {
			*state_r = (enum store_state)i;
			return IK_OK;
		}
	return ik_fail(IK_REJECT, err, "'%.40s' is no state", word);
}

static const char *or_null(const char *text)
{
	return text != NULL && text[0] != '\0' ? text : NULL;
}

static enum ik_rc read_message(const struct import *im, struct item *it, struct ik_error *err)
{
	const json_t *r = it->record, *message = json_array_get(json_object_get(r, "messages"), 0);
	const char *text = first_of(message, "text", r, "text"), *at = first_of(r, "received_at", message, "received_at");
	enum ik_rc rc;

	it->entry.message = (struct ik_message){
		.raw_fd = -1, .text = text != NULL ? text : "", .subject = json_text(r, "subject"), .brand = or_null(json_text(r, "brand")),
		.order_number = or_null(json_text(r, "order_number")), .is_single_use = true,
	};
	it->entry.says = (struct pipeline_entry){
		.actor = im->actor, .category = or_null(json_text(r, "category")), .sentiment = or_null(json_text(r, "sentiment")), .department = or_null(json_text(r, "department")),
		.product = or_null(json_text(r, "product")), .wanted = or_null(json_text(r, "wanted")), .acknowledge = im->acknowledge, .is_import = true, .deliver = im->deliver,
	};
	name_record(it, or_null(first_of(message, "external_id", r, "external_id")));
	if (it->entry.message.text[strspn(it->entry.message.text, " \t\r\n")] == '\0') return ik_fail(IK_REJECT, err, "text: there is none");
	rc = read_sender(it, err);
	if (rc == IK_OK && at != NULL && at[0] != '\0') rc = entry_read_time(at, clock_wall(), &it->entry.says.received_at, err);
	if (rc == IK_OK) rc = entry_read_severity(or_null(json_text(r, "severity")), &it->entry.says.severity, err);
	if (rc == IK_OK) rc = read_state(json_text(r, "state"), &it->entry.says.state, err);
	it->by_mail = im->acknowledge && strcmp(it->type, "email") == 0;
	return rc;
}

static enum ik_rc read_item(const struct import *im, struct item *it, struct ik_error *err)
{
	const json_t *r = it->record;
	const char *channel = first_of(json_object_get(r, "channel"), "name", r, "channel");

	if (!json_is_object(r)) return ik_fail(IK_REJECT, err, "it is no JSON object");
	it->is_whole = json_text(r, "number") != NULL || json_text(r, "code") != NULL || json_object_get(r, "history") != NULL || json_array_size(json_object_get(r, "messages")) > 1;
	if (it->is_whole) return restore_check(r, err);
	it->channel = or_null(channel) != NULL ? channel : im->channel;
	if (!entry_is_channel(it->channel)) return ik_fail(IK_REJECT, err, "channel: '%.48s' is no name (small letters, digits, - and _)", it->channel);
	return read_message(im, it, err);
}

/* ---- messages ---------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc check_message(const struct import *im, struct item *it, struct store_reader *r, struct ik_error *err)
{
	char key[PIPELINE_KEY_SIZE];
	enum ik_rc rc = im->setup->check_words(im->setup->arg, &it->entry.says, err);

	pipeline_key(it->entry.message.source_id, key);
	return rc == IK_OK ? read_known(r, it->channel, key, clock_wall(), &it->entry.is_repeat, err) : rc;
}

/* A run of messages of the same channel that are acknowledged alike goes in together. */
static size_t run_from(const struct import *im, size_t from)
{
	size_t n = from;

	while (n < im->count && im->items[n].rc == IK_OK && !im->items[n].is_whole && im->items[n].by_mail == im->items[from].by_mail &&
	       strcmp(im->items[n].channel, im->items[from].channel) == 0) n++;
	return n - from;
}

static enum ik_rc take_run(struct import *im, size_t from, size_t count, struct ik_error *err)
{
	struct entry *entries = mem_new(count * sizeof(*entries));
	enum ik_rc rc;

	for (size_t i = 0; i < count; i++) entries[i] = im->items[from + i].entry;
	rc = im->setup->enter(im->setup->arg, im->items[from].channel, im->items[from].by_mail, entries, count, err);
	for (size_t i = 0; i < count; i++) {
		im->items[from + i].entry = entries[i];
		im->items[from + i].rc = entries[i].rc;
		im->items[from + i].why = entries[i].why;
	}
	free(entries);
	return rc;
}

static enum ik_rc take_messages(struct import *im, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < im->count;) {
		const size_t count = run_from(im, i);

		if (count > 0) rc = take_run(im, i, count, err);
		i += count > 0 ? count : 1;
	}
	return rc;
}

/* ---- tickets -------------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc run_restore(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct item *it = arg;

	return store_restore(tx, it->record, it->month, clock_wall(), it->import->actor, &it->restored, err);
}

static void restore_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct item *it = arg;
	struct import *im = it->import;

	it->rc = rc;
	if (rc != IK_OK && err != NULL) it->why = *err;
	pthread_mutex_lock(&im->lock);
	if (--im->left == 0) pthread_cond_signal(&im->done);
	pthread_mutex_unlock(&im->lock);
}

/* All of them at once, so that they share their commits. */
static void take_tickets(struct import *im)
{
	im->left = 1;
	for (size_t i = 0; i < im->count; i++) {
		struct item *it = &im->items[i];

		if (it->rc != IK_OK || !it->is_whole) continue;
		it->month = im->setup->month(im->setup->arg, clock_parse_rfc3339(json_text(it->record, "received_at")));
		it->job = (struct store_job){ .run = run_restore, .done = restore_done, .arg = it, .is_intake = true };
		pthread_mutex_lock(&im->lock);
		im->left++;
		pthread_mutex_unlock(&im->lock);
		store_submit(im->setup->store, &it->job);
	}
	pthread_mutex_lock(&im->lock);
	im->left--;
	while (im->left > 0) pthread_cond_wait(&im->done, &im->lock);
	pthread_mutex_unlock(&im->lock);
}

/* ---- what became of it ---------------------------------------------------------------------------------------------------------------------- */

static const char *outcome(const struct item *it)
{
	if (it->rc != IK_OK) return "refused";
	if (it->is_whole) return it->restored.was_here ? "known" : "added";
	return it->entry.is_other_content ? "differs" : it->entry.is_repeat ? "known" : "added";
}

static json_t *item_json(const struct item *it)
{
	json_t *line = json_pack("{s:I, s:s}", "line", (json_int_t)it->line, "result", outcome(it));

	json_set_text(line, "number", it->is_whole ? it->restored.number : it->entry.number);
	json_set_text(line, "error", it->rc != IK_OK ? it->why.text : NULL);
	return line;
}

static enum ik_rc dry_run(struct import *im, struct ik_error *err)
{
	struct store_reader *r = NULL;
	enum ik_rc rc = store_reader_open(im->setup->store, &r, err);

	for (size_t i = 0; rc == IK_OK && i < im->count; i++) {
		struct item *it = &im->items[i];
		const char *code = json_text(it->record, "code");
		int64_t here = 0;

		if (it->rc != IK_OK) continue;
		if (!it->is_whole) it->rc = check_message(im, it, r, &it->why);
		else if (code != NULL) it->rc = read_ticket_id(r, code, &here, &it->why);
		it->restored.was_here = here != 0;
	}
	store_reader_close(&r);
	return rc;
}

static enum ik_rc import_all(struct import *im, struct ik_error *err)
{
	enum ik_rc rc;

	for (size_t i = 0; i < im->count; i++) im->items[i].rc = read_item(im, &im->items[i], &im->items[i].why);
	if (im->is_dry) return dry_run(im, err);
	rc = take_messages(im, err);
	if (rc == IK_OK) take_tickets(im);
	for (size_t i = 0; rc == IK_OK && i < im->count; i++)
		if (im->items[i].rc != IK_OK && im->items[i].rc != IK_REJECT) rc = ik_fail(im->items[i].rc, err, "%s", im->items[i].why.text);
	return rc;
}

static enum ik_rc import_items(const struct control_setup *setup, struct control_call *call, const json_t *items, struct ik_error *err)
{
	const char *channel = json_text(call->args, "channel");
	struct import im = {
		.setup = setup, .channel = channel != NULL ? channel : "import", .acknowledge = json_is_true(json_object_get(call->args, "acknowledge")),
		.deliver = json_is_true(json_object_get(call->args, "deliver")), .is_dry = json_is_true(json_object_get(call->args, "dry-run")),
		.items = mem_new((json_array_size(items) + 1) * sizeof(struct item)), .count = json_array_size(items), .lock = PTHREAD_MUTEX_INITIALIZER,
		.done = PTHREAD_COND_INITIALIZER,
	};
	enum ik_rc rc;

	control_operator(call, im.actor);
	for (size_t i = 0; i < im.count; i++) {
		im.items[i].import = &im;
		im.items[i].record = json_object_get(json_array_get(items, i), "record");
		im.items[i].line = json_int(json_array_get(items, i), "line", 0);
	}
	rc = import_all(&im, err);
	if (rc == IK_OK) call->result = json_array();
	for (size_t i = 0; rc == IK_OK && i < im.count; i++) (void)json_array_append_new(call->result, item_json(&im.items[i]));
	free(im.items);
	return rc;
}

/* ---- links between tickets of different requests ------------------------------------------------------------------------------------------- */

static enum ik_rc add_links(struct store_tx *tx, void *arg, struct ik_error *err)
{
	json_t *link;
	size_t i;
	enum ik_rc rc = IK_OK;

	json_array_foreach((const json_t *)arg, i, link) {
		const char *from = json_text(link, "from"), *kind = json_text(link, "kind"), *number = json_text(link, "number");
		int64_t one = 0, other = 0;

		if (rc != IK_OK || from == NULL || kind == NULL || number == NULL) continue;
		rc = store_find_ticket(tx, from, &one, err);
		if (rc == IK_OK) rc = store_find_ticket(tx, number, &other, err);
		if (rc == IK_OK && one != 0 && other != 0) rc = store_link(tx, one, other, kind, err);
	}
	return rc;
}

enum ik_rc control_import(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	json_t *items = json_object_get(call->args, "items"), *links = json_object_get(call->args, "links");

	if (json_is_array(links)) return store_call(setup->store, add_links, links, err);
	if (json_is_array(items) && json_array_size(items) <= IMPORT_ITEMS_MAX) return import_items(setup, call, items, err);
	call->code = EX_USAGE;
	return ik_fail(IK_REJECT, err, "import: items has to be a list of at most %d", IMPORT_ITEMS_MAX);
}
