/* back.c - one callback: signature, fields, then one transaction that knows the event, finds the ticket and moves it. See back.h. */
#include "web/back.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/utf8.h"
#include "base/log.h"
#include "base/mem.h"
#include "net/signature.h"
#include "pipeline/progress.h"
#include "pipeline/reclassify.h"
#include "store/held.h"
#include "store/progress.h"

#define BODY_MAX 262144
#define ID_MAX 255                      /* bytes of an event's or a ticket's foreign name */
#define REPLY_MAX 20000                 /* bytes kept of what the staff said */

/* What a callback may correct, and where it goes. */
enum { CLASS_CATEGORY, CLASS_SEVERITY, CLASS_SENTIMENT, CLASS_DEPARTMENT, CLASS_NAMED, CLASS_FIELDS };
static const struct { const char *field; size_t offset, size; bool is_ours; } class_fields[CLASS_FIELDS] = {
	[CLASS_CATEGORY]   = { "category",   offsetof(struct store_class, category),   CLASS_WORD, true },
	[CLASS_SEVERITY]   = { "severity",   offsetof(struct store_class, severity),   CLASS_WORD, true },
	[CLASS_SENTIMENT]  = { "sentiment",  offsetof(struct store_class, sentiment),  CLASS_WORD, true },
	[CLASS_DEPARTMENT] = { "department", offsetof(struct store_class, department), CLASS_WORD, false },
	[CLASS_NAMED]      = { "product",    offsetof(struct store_class, product),    CLASS_PRODUCT, false },
};

#define RELEASE_MAX 20                  /* held callbacks of one transaction */

struct back {
	atomic_llong held;                      /* callbacks that wait for their delivery; -1: not counted yet */
	const struct pipeline_setup *setup;
	struct back_sink *sinks;
	size_t count;
};

/* What a callback says; texts point into its JSON. */
struct callback {
	struct back *back;
	const struct back_sink *sink;
	const char *event, *remote_id, *number, *state, *reply;
	const char *class_words[CLASS_FIELDS];  /* in the other side's words; NULL: not said */
	char *number_text[2];                   /* of ids that are numbers in the JSON; freed */
	const char *body;                       /* as it came, to be held */
	unsigned char digest[STORE_DIGEST_SIZE];
	int64_t at;
	bool is_held;                           /* it waits; set by the transaction */
};

static const struct back_sink *find_sink(const struct back *b, const char *name)
{
	for (size_t i = 0; i < b->count; i++)
		if (strcmp(b->sinks[i].name, name) == 0) return &b->sinks[i];
	return NULL;
}

/* ---- signature ----------------------------------------------------------------------------------------------------------- */

static enum ik_rc check_standard(const struct back_sink *sink, const struct ik_request *request, struct ik_error *err)
{
	unsigned char key[64];
	size_t len = 0;
	enum ik_rc rc = signature_standard_key(sink->common->callback_secret, key, &len, err);

	if (rc != IK_OK) return rc;
	return signature_standard_check(key, len, request->header(request, "webhook-id"), request->header(request, "webhook-timestamp"),
	                                request->header(request, "webhook-signature"), request->body, request->body_len, clock_wall(), err);
}

static enum ik_rc check_signature(const struct back_sink *sink, const struct ik_request *request, struct ik_error *err)
{
	static const char prefix[] = "sha256=";
	const char *given;

	if (sink->common->callback_scheme == BACK_STANDARD) return check_standard(sink, request, err);
	given = request->header(request, "x-signature");
	if (given == NULL) return ik_fail(IK_REJECT, err, "there is no X-Signature");
	return signature_hex_check(sink->common->callback_secret, strncmp(given, prefix, sizeof(prefix) - 1) == 0 ? prefix : NULL, given, request->body,
	                           request->body_len, err);
}

/* ---- fields ---------------------------------------------------------------------------------------------------------------- */

static const char *path_of(const struct back_sink *sink, const char *field)
{
	const struct ik_map *map = &sink->common->callback_fields;

	for (size_t i = 0; i < map->count; i++)
		if (strcmp(map->pair[i].key, field) == 0) return map->pair[i].value;
	return field;
}

/* An id may be a text or a whole number. NULL: absent, empty, or nothing of the kind. */
static const char *field_of(const struct back_sink *sink, json_t *body, const char *field, size_t max, char **number_r)
{
	const json_t *value = json_path(body, path_of(sink, field));
	const char *text = json_string_value(value);

	if (number_r != NULL && json_is_integer(value)) text = *number_r = mem_format("%lld", (long long)json_integer_value(value));
	return text != NULL && text[0] != '\0' && strlen(text) <= max ? text : NULL;
}

/* name: what the sender calls the event beside the body, or NULL. */
static enum ik_rc read_fields(struct callback *c, const struct bytes *raw, const char *name, json_t *body, struct ik_error *err)
{
	if (!json_is_object(body)) return ik_fail(IK_REJECT, err, "the body is no JSON object");
	sha256(raw, 1, c->digest);
	c->body = raw->data;
	c->event = field_of(c->sink, body, "event_id", ID_MAX, &c->number_text[0]);
	if (c->event == NULL && c->sink->common->callback_scheme == BACK_STANDARD) c->event = name;
	c->remote_id = field_of(c->sink, body, "remote_id", ID_MAX, &c->number_text[1]);
	c->number = field_of(c->sink, body, "number", ID_MAX, NULL);
	c->state = field_of(c->sink, body, "state", ID_MAX, NULL);
	c->reply = field_of(c->sink, body, "reply", REPLY_MAX, NULL);
	for (size_t i = 0; i < CLASS_FIELDS; i++) c->class_words[i] = field_of(c->sink, body, class_fields[i].field, class_fields[i].size - 1, NULL);
	if (c->event == NULL || strlen(c->event) > ID_MAX) return ik_fail(IK_REJECT, err, "the callback names no event");
	if (c->remote_id == NULL && c->number == NULL) return ik_fail(IK_REJECT, err, "the callback names no ticket");
	return IK_OK;
}

/* The other side's word for a state, as the configuration translates it; words of ours need no translation. */
static bool state_of(const struct back_sink *sink, const char *word, enum store_state *state_r)
{
	const struct ik_map *map = &sink->common->callback_states;

	for (size_t i = 0; word != NULL && i < map->count; i++)
		if (strcmp(map->pair[i].key, word) == 0) return ticket_state_named(map->pair[i].value, state_r);
	return ticket_state_named(word, state_r);
}

/* A word of theirs, as callback_classes translates it; words of ours need no translation. NULL: it is none. */
static const char *word_of_ours(const struct back *b, const struct back_sink *sink, const char *field, const char *word)
{
	const struct ik_map *map = &sink->common->callback_classes;
	const size_t len = strlen(field);

	for (size_t i = 0; i < map->count; i++)
		if (strncmp(map->pair[i].key, field, len) == 0 && map->pair[i].key[len] == '.' && strcmp(map->pair[i].key + len + 1, word) == 0) word = map->pair[i].value;
	if (strcmp(field, "category") == 0) return policy_category(b->setup->policy, word);
	return strcmp(field, "severity") == 0 ? policy_severity(word) : policy_sentiment(word);
}

/* ---- the transaction --------------------------------------------------------------------------------------------------------- */

static enum ik_rc find_ticket(struct store_tx *tx, const struct callback *c, int64_t *ticket_id_r, struct ik_error *err)
{
	int64_t id = 0;
	bool is_ours = false;
	enum ik_rc rc = IK_OK;

	if (c->remote_id != NULL) rc = store_find_remote(tx, c->sink->name, c->remote_id, &id, err);
	if (rc == IK_OK && id == 0 && c->number != NULL && !store_code_valid(c->number)) rc = store_find_ticket(tx, c->number, &id, err);
	if (rc == IK_OK && id != 0) rc = store_has_delivery(tx, c->sink->name, id, &is_ours, err);
	if (rc == IK_OK) *ticket_id_r = is_ours ? id : 0;
	return rc;
}

/* The ticket was merged: what the staff says to the customer belongs to the one it is in, what they do with theirs says nothing of that one. */
static enum ik_rc move_merged(struct store_tx *tx, const struct callback *c, const char *actor, int64_t ticket_id, int64_t current, const char *why, struct ik_error *err)
{
	struct progress_move m = { .ticket_id = current, .who = WHO_HELPDESK, .actor = actor, .tell = c->reply, .at = c->at };
	struct store_progress p;
	enum ik_rc rc = c->state != NULL ? store_add_history(tx, ticket_id, c->at, "state.refused", actor, why, err) : IK_OK;

	if (rc != IK_OK || c->reply == NULL) return rc;
	rc = store_get_progress(tx, current, &p, err);
	m.to = p.state;
	return rc == IK_OK ? progress_move(tx, c->back->setup, &m, err) : rc;
}

/* A state that cannot be entered from where the ticket is stands in its history; the rest of the callback counts. */
static enum ik_rc move_ticket(struct store_tx *tx, const struct callback *c, int64_t ticket_id, struct ik_error *err)
{
	char actor[64], detail[96];
	struct store_progress p;
	struct progress_move m = { .ticket_id = ticket_id, .who = WHO_HELPDESK, .actor = actor, .tell = c->reply, .at = c->at };
	struct ik_error why = { "" };
	int64_t current = ticket_id;
	enum ik_rc rc = store_get_progress(tx, ticket_id, &p, err);

	if (rc == IK_OK) rc = store_current_ticket(tx, ticket_id, &current, err);
	if (rc != IK_OK) return rc;
	(void)snprintf(actor, sizeof(actor), "sink:%s", c->sink->name);
	if (store_refuse_merged(tx, ticket_id, &why) == IK_REJECT) return move_merged(tx, c, actor, ticket_id, current, why.text, err);
	m.to = p.state;
	if (c->state != NULL && !state_of(c->sink, c->state, &m.to)) {
		(void)snprintf(detail, sizeof(detail), "no state of ours is called %.*s", (int)utf8_cut(c->state, strlen(c->state), 60), c->state);
		rc = store_add_history(tx, ticket_id, c->at, "state.unknown", actor, detail, err);
	} else if (m.to != p.state && !ticket_state_may(p.state, m.to, WHO_HELPDESK)) {
		(void)snprintf(detail, sizeof(detail), "from %s to %s", store_state_names[p.state], store_state_names[m.to]);
		rc = store_add_history(tx, ticket_id, c->at, "state.refused", actor, detail, err);
		m.to = p.state;
	}
	return rc == IK_OK && (m.to != p.state || m.tell != NULL) ? progress_move(tx, c->back->setup, &m, err) : rc;
}

/* What is none of our words stands in the history; the rest of the correction counts. */
static enum ik_rc read_class(struct store_tx *tx, const struct callback *c, struct reclass *r, bool *has_r, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	*has_r = false;
	for (size_t i = 0; rc == IK_OK && i < CLASS_FIELDS; i++) {
		const char *word = c->class_words[i], *ours = word;
		char detail[128];

		if (word == NULL) continue;
		if (class_fields[i].is_ours) ours = word_of_ours(c->back, c->sink, class_fields[i].field, word);
		if (ours == NULL) {
			(void)snprintf(detail, sizeof(detail), "no %s of ours is called %.*s", class_fields[i].field, (int)utf8_cut(word, strlen(word), 60), word);
			rc = store_add_history(tx, r->ticket_id, c->at, "class.unknown", r->actor, detail, err);
		} else {
			(void)snprintf((char *)&r->says + class_fields[i].offset, class_fields[i].size, "%s", ours);
			*has_r = true;
		}
	}
	return rc;
}

static enum ik_rc correct_ticket(struct store_tx *tx, const struct callback *c, int64_t ticket_id, struct ik_error *err)
{
	char actor[64];
	struct reclass r = { .ticket_id = ticket_id, .at = c->at, .actor = actor };
	struct ik_error why = { "" };
	bool has = false, changed = false;
	enum ik_rc rc;

	(void)snprintf(actor, sizeof(actor), "sink:%s", c->sink->name);
	rc = read_class(tx, c, &r, &has, err);
	if (rc != IK_OK || !has) return rc;
	rc = reclassify_correct(tx, c->back->setup, &r, &changed, &why);
	if (rc == IK_REJECT) return store_add_history(tx, ticket_id, c->at, "class.refused", actor, why.text, err);
	return rc == IK_OK ? IK_OK : ik_fail(rc, err, "%s", why.text);
}

/* No delivery has this id yet: it may be the one whose answer is still on its way. */
static enum ik_rc hold(struct store_tx *tx, struct callback *c, struct ik_error *err)
{
	c->is_held = false;
	if (c->remote_id == NULL || c->body == NULL || strlen(c->body) > HELD_BODY_MAX) return IK_OK;
	return held_keep(tx, c->sink->name, c->event, c->remote_id, c->body, c->at, &c->is_held, err);
}

static enum ik_rc run_callback(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct callback *c = arg;
	unsigned char digest[STORE_DIGEST_SIZE];
	int64_t known = 0, ticket_id = 0, of = 0;
	char account[64];
	enum ik_rc rc;

	(void)snprintf(account, sizeof(account), "back:%s", c->sink->name);
	rc = store_find_key(tx, account, c->event, c->at, &known, &of, digest, err);
	if (rc != IK_OK || of != 0) return rc;
	rc = find_ticket(tx, c, &ticket_id, err);
	if (rc != IK_OK) return rc;
	if (ticket_id == 0) return hold(tx, c, err);            /* its name is not remembered: it may also come again */
	rc = store_add_key(tx, account, c->event, c->at, 0, ticket_id, c->digest, err);
	if (rc == IK_OK) rc = correct_ticket(tx, c, ticket_id, err);
	return rc == IK_OK ? move_ticket(tx, c, ticket_id, err) : rc;
}

/* ---- answers -------------------------------------------------------------------------------------------------------------------- */

static void answer(struct http_exchange *x, int status, const char *text)
{
	http_answer(x, &(struct http_response){ .status = status, .content_type = "application/json", .body = text, .body_len = strlen(text),
	                                        .retry_after_s = status == 503 ? 10 : 0 });
}

/* ---- callbacks that came too early ------------------------------------------------------------------------------------------------ */

static void note_held(struct back *b, const char *sink)
{
	(void)atomic_fetch_add(&b->held, 1);
	log_line(IK_LOG_NOTICE, sink, "a callback names a ticket no delivery has got the name of yet; it is kept until one has");
}

struct release { struct back *back; size_t count; int64_t left; };

/* As it came then; a sink that is gone, or asks for other fields by now, leaves nothing to be done. */
static enum ik_rc take_held(struct store_tx *tx, struct back *b, const struct held_callback *h, struct ik_error *err)
{
	struct callback c = { .back = b, .sink = find_sink(b, h->sink), .at = h->at };
	const struct bytes raw = { h->body, strlen(h->body) };
	struct ik_error why = { "" };
	json_t *body = NULL;
	enum ik_rc rc = IK_OK;

	if (c.sink != NULL && json_parse(raw.data, raw.len, &body, &why) == IK_OK && read_fields(&c, &raw, h->event, body, &why) == IK_OK) rc = run_callback(tx, &c, err);
	free(c.number_text[0]);
	free(c.number_text[1]);
	json_decref(body);
	return rc;
}

static enum ik_rc run_release(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct release *r = arg;
	struct held_callback list[RELEASE_MAX];
	enum ik_rc rc;

	r->count = 0;
	rc = held_take(tx, clock_wall(), RELEASE_MAX, list, &r->count, &r->left, err);
	for (size_t i = 0; i < r->count; i++) {
		if (rc == IK_OK) rc = take_held(tx, r->back, &list[i], err);
		free(list[i].body);
	}
	return rc;
}

void back_release(struct back *b)
{
	struct release r = { .back = b };
	struct ik_error err = { "" };

	if (b == NULL || atomic_load(&b->held) == 0) return;
	do {
		if (store_call(b->setup->store, run_release, &r, &err) != IK_OK) {
			log_line(IK_LOG_WARNING, "back", "callbacks that are kept: %s", err.text);
			return;
		}
	} while (r.count == RELEASE_MAX);
	atomic_store(&b->held, r.left);
}

int64_t back_held(struct back *b)
{
	const long long held = b != NULL ? atomic_load(&b->held) : 0;

	return held > 0 ? held : 0;
}

static void take(struct http_exchange *x, const struct ik_request *request, struct callback *c)
{
	struct ik_error err = { "" };
	char *text = mem_copy(request->body != NULL ? request->body : "", request->body != NULL ? request->body_len : 0);
	json_t *body = NULL;
	enum ik_rc rc = request->body != NULL ? json_parse(request->body, request->body_len, &body, &err) : ik_fail(IK_REJECT, &err, "there is no body");

	if (rc == IK_OK) rc = read_fields(c, &(struct bytes){ text, request->body_len }, request->header(request, "webhook-id"), body, &err);
	if (rc != IK_OK) {
		log_line(IK_LOG_NOTICE, c->sink->name, "a callback cannot be read: %s", err.text);
		answer(x, 400, "{\"error\":\"the callback could not be read\"}\n");
	} else {
		rc = store_call(c->back->setup->store, run_callback, c, &err);
		if (rc != IK_OK) log_line(IK_LOG_WARNING, c->sink->name, "callback: %s", err.text);
		if (rc == IK_OK && c->is_held) note_held(c->back, c->sink->name);
		if (rc == IK_OK) answer(x, 202, "{\"accepted\":true}\n");
		else answer(x, 503, "{\"error\":\"try again later\"}\n");
	}
	free(c->number_text[0]);
	free(c->number_text[1]);
	free(text);
	json_decref(body);
}

static void on_back(void *arg, struct http_exchange *x, const struct ik_request *request)
{
	struct back *b = arg;
	struct callback c = { .back = b, .sink = find_sink(b, http_path(x) + strlen("/back/")), .at = clock_wall() };
	struct ik_error err = { "" };

	if (c.sink == NULL) {
		answer(x, 404, "{\"error\":\"not found\"}\n");
	} else if (check_signature(c.sink, request, &err) != IK_OK) {
		log_line(IK_LOG_NOTICE, c.sink->name, "a callback was refused: %s", err.text);
		answer(x, 401, "{\"error\":\"the signature does not fit\"}\n");
	} else {
		take(x, request, &c);
	}
}

/* ---- life ------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc check_classes(const struct back *b, const struct back_sink *sink, struct ik_error *err)
{
	for (size_t i = 0; i < sink->common->callback_classes.count; i++) {
		const struct ik_pair *pair = &sink->common->callback_classes.pair[i];
		bool is_known = false;

		for (size_t f = 0; f < CLASS_FIELDS; f++) {
			const size_t len = strlen(class_fields[f].field);

			if (class_fields[f].is_ours && strncmp(pair->key, class_fields[f].field, len) == 0 && pair->key[len] == '.')
				is_known = word_of_ours(b, sink, class_fields[f].field, pair->key + len + 1) != NULL;
		}
		if (!is_known) return ik_fail(IK_CONFIG, err, "sinks.%s.callback_classes.%.60s is \"%.40s\"; write {category: {THEIRS: OURS}}, or severity, or sentiment, with a word of ours",
		                              sink->name, pair->key, pair->value);
	}
	return IK_OK;
}

static enum ik_rc check_secret(const struct back_sink *sink, struct ik_error *err)
{
	unsigned char key[64];
	size_t len = 0;
	struct ik_error why = { "" };

	for (size_t i = 0; i < sink->common->callback_states.count; i++) {
		const struct ik_pair *pair = &sink->common->callback_states.pair[i];
		enum store_state state;

		if (!ticket_state_named(pair->value, &state))
			return ik_fail(IK_CONFIG, err, "sinks.%s.callback_states.%s is \"%.40s\"; write received, forwarded, in_progress, waiting_customer, resolved or closed",
			               sink->name, pair->key, pair->value);
	}
	if (sink->common->callback_scheme != BACK_STANDARD) return IK_OK;
	if (signature_standard_key(sink->common->callback_secret, key, &len, &why) == IK_OK) return IK_OK;
	return ik_fail(IK_CONFIG, err, "sinks.%s.callback_secret: %.300s", sink->name, why.text);
}

enum ik_rc back_new(const struct pipeline_setup *setup, const struct back_sink *sinks, size_t count, struct back **back_r, struct ik_error *err)
{
	struct back *b = mem_new(sizeof(*b));
	enum ik_rc rc = IK_OK;

	b->setup = setup;
	atomic_init(&b->held, -1);
	b->sinks = mem_new((count + 1) * sizeof(*b->sinks));
	for (size_t i = 0; rc == IK_OK && i < count; i++) {
		if (sinks[i].common->callback_secret == NULL) continue;
		rc = check_secret(&sinks[i], err);
		if (rc == IK_OK) rc = check_classes(b, &sinks[i], err);
		b->sinks[b->count++] = sinks[i];
	}
	if (rc == IK_OK) *back_r = b;
	else back_free(&b);
	return rc;
}

void back_free(struct back **back)
{
	if (*back == NULL) return;
	free((*back)->sinks);
	mem_free(back);
}

struct http_route back_route(struct back *back)
{
	return (struct http_route){ .method = "POST", .prefix = "/back/", .body_max = BODY_MAX, .handle = on_back, .arg = back };
}
