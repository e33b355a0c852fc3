/* similar_tail.c - see similar_tail.h. Entries hang in one list by age and, under each of their keys, in the chain of a hash bucket, newest
 * first; message and ticket ids are keys of two kinds of their own. */
#include "pipeline/similar_tail.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

#define BUCKETS 32768u                  /* a power of two */
#define KEY_MESSAGE (SIMILAR_KEYS + 0)
#define KEY_TICKET (SIMILAR_KEYS + 1)
#define TICKET_LOOKS 32                 /* newest messages that a ticket is put together from */

struct entry;
struct node { struct node *next, **link; struct entry *entry; uint64_t key; uint16_t kind; };

struct entry {
	struct entry *newer, *older;
	uint64_t seq, batch;
	int64_t message_id, ticket_id;
	bool is_provisional, has_seed;
	struct similar_ticket seed;
	unsigned char *bytes;
	size_t len, node_count;
	struct node nodes[];            /* message, ticket, then the keys of the print */
};

struct similar_tail {
	pthread_mutex_t lock;           /* of everything */
	struct node *buckets[BUCKETS];
	struct entry *newest, *oldest;
	struct similar_pin *first_pin, *last_pin;       /* by seen, which grows */
	uint64_t seq;
	int64_t in_file;                /* the last message the file has */
	size_t count;
};

struct similar_tail *similar_tail_new(void)
{
	struct similar_tail *tail = mem_new(sizeof(*tail));

	(void)pthread_mutex_init(&tail->lock, NULL);
	return tail;
}

/* ---- chains ------------------------------------------------------------------------------------------------------------------------------------ */

static struct node **bucket_of(struct similar_tail *tail, unsigned kind, uint64_t key)
{
	key = (key + kind) * UINT64_C(0x9E3779B97F4A7C15);
	return &tail->buckets[(key >> 40) & (BUCKETS - 1)];
}

static void hang(struct similar_tail *tail, struct entry *e, struct node *node, unsigned kind, uint64_t key)
{
	struct node **bucket = bucket_of(tail, kind, key);

	*node = (struct node){ .next = *bucket, .link = bucket, .entry = e, .key = key, .kind = (uint16_t)kind };
	if (node->next != NULL) node->next->link = &node->next;
	*bucket = node;
}

static void unhang(struct node *node)
{
	*node->link = node->next;
	if (node->next != NULL) node->next->link = node->link;
}

/* The next in the chain, at or behind node, that has the key. */
static struct node *with_key(struct node *node, unsigned kind, uint64_t key)
{
	while (node != NULL && (node->key != key || node->kind != kind)) node = node->next;
	return node;
}

static struct entry *entry_of(struct similar_tail *tail, int64_t message_id)
{
	struct node *node = with_key(*bucket_of(tail, KEY_MESSAGE, (uint64_t)message_id), KEY_MESSAGE, (uint64_t)message_id);

	return node != NULL ? node->entry : NULL;
}

/* ---- entries ------------------------------------------------------------------------------------------------------------------------------------- */

static void remove_entry(struct similar_tail *tail, struct entry *e)
{
	for (size_t i = 0; i < e->node_count; i++) unhang(&e->nodes[i]);
	if (e->newer != NULL) e->newer->older = e->older;
	else tail->newest = e->older;
	if (e->older != NULL) e->older->newer = e->newer;
	else tail->oldest = e->newer;
	tail->count--;
	free(e->bytes);
	free(e);
}

void similar_tail_free(struct similar_tail **tail)
{
	if (*tail == NULL) return;
	while ((*tail)->oldest != NULL) remove_entry(*tail, (*tail)->oldest);
	(void)pthread_mutex_destroy(&(*tail)->lock);
	mem_free(tail);
}

static struct entry *entry_new(struct similar_tail *tail, const struct similar_query *query)
{
	const struct similar_print *print = &query->print;
	const struct similar_filing *keys = query->keys;
	const size_t count = query->key_count;
	struct entry *e = mem_new(sizeof(*e) + (count + 2) * sizeof(e->nodes[0]));
	unsigned char bytes[SIMILAR_PACKED_MAX];

	e->message_id = print->message_id;
	e->ticket_id = print->ticket_id;
	e->len = similar_pack(print, bytes);
	e->bytes = (unsigned char *)mem_copy(bytes, e->len);
	e->node_count = count + 2;
	hang(tail, e, &e->nodes[0], KEY_MESSAGE, (uint64_t)e->message_id);
	hang(tail, e, &e->nodes[1], KEY_TICKET, (uint64_t)e->ticket_id);
	for (size_t i = 0; i < count; i++) hang(tail, e, &e->nodes[i + 2], keys[i].kind, keys[i].key);
	return e;
}

bool similar_tail_is_behind(struct similar_tail *tail, const struct similar_pin *pin)
{
	bool is_behind;

	(void)pthread_mutex_lock(&tail->lock);
	is_behind = tail->newest != NULL && tail->newest->seq > pin->seen;
	(void)pthread_mutex_unlock(&tail->lock);
	return is_behind;
}

void similar_tail_add(struct similar_tail *tail, const struct similar_query *query, const struct similar_ticket *seed, uint64_t batch)
{
	struct entry *e, *before;

	(void)pthread_mutex_lock(&tail->lock);
	before = entry_of(tail, query->print.message_id);
	if (before != NULL) remove_entry(tail, before);
	e = entry_new(tail, query);
	e->seq = ++tail->seq;
	e->batch = batch;
	e->is_provisional = true;
	e->has_seed = seed != NULL;
	if (seed != NULL) e->seed = *seed;
	e->older = tail->newest;
	if (tail->newest != NULL) tail->newest->newer = e;
	else tail->oldest = e;
	tail->newest = e;
	tail->count++;
	if (tail->count > SIMILAR_TAIL_MAX) remove_entry(tail, tail->oldest);
	(void)pthread_mutex_unlock(&tail->lock);
}

/* Provisional ones are the newest. */
void similar_tail_begin(struct similar_tail *tail, uint64_t batch)
{
	(void)pthread_mutex_lock(&tail->lock);
	while (tail->newest != NULL && tail->newest->is_provisional && tail->newest->batch != batch) remove_entry(tail, tail->newest);
	(void)pthread_mutex_unlock(&tail->lock);
}

void similar_tail_settle(struct similar_tail *tail, int64_t message_id, bool is_stored)
{
	struct entry *e;

	(void)pthread_mutex_lock(&tail->lock);
	e = entry_of(tail, message_id);
	if (e != NULL && is_stored) e->is_provisional = false;
	else if (e != NULL && e->is_provisional) remove_entry(tail, e);
	(void)pthread_mutex_unlock(&tail->lock);
}

/* The lock is held. */
static void drop_seen(struct similar_tail *tail)
{
	const uint64_t needed = tail->first_pin != NULL ? tail->first_pin->seen : UINT64_MAX;

	while (tail->oldest != NULL && !tail->oldest->is_provisional && tail->oldest->message_id <= tail->in_file && tail->oldest->seq <= needed)
		remove_entry(tail, tail->oldest);
}

void similar_tail_drop(struct similar_tail *tail, int64_t upto_message)
{
	(void)pthread_mutex_lock(&tail->lock);
	tail->in_file = upto_message;
	drop_seen(tail);
	(void)pthread_mutex_unlock(&tail->lock);
}

void similar_tail_move(struct similar_tail *tail, int64_t message_id, int64_t ticket_id)
{
	struct entry *e;

	(void)pthread_mutex_lock(&tail->lock);
	e = entry_of(tail, message_id);
	if (e != NULL) {
		e->ticket_id = ticket_id;
		e->has_seed = false;
		unhang(&e->nodes[1]);
		hang(tail, e, &e->nodes[1], KEY_TICKET, (uint64_t)ticket_id);
	}
	(void)pthread_mutex_unlock(&tail->lock);
}

size_t similar_tail_count(struct similar_tail *tail)
{
	size_t count;

	(void)pthread_mutex_lock(&tail->lock);
	count = tail->count;
	(void)pthread_mutex_unlock(&tail->lock);
	return count;
}

/* ---- pins ------------------------------------------------------------------------------------------------------------------------------------------ */

void similar_tail_pin(struct similar_tail *tail, struct similar_pin *pin)
{
	(void)pthread_mutex_lock(&tail->lock);
	*pin = (struct similar_pin){ .seen = tail->seq, .before = tail->last_pin, .is_set = true };
	if (tail->last_pin != NULL) tail->last_pin->behind = pin;
	else tail->first_pin = pin;
	tail->last_pin = pin;
	(void)pthread_mutex_unlock(&tail->lock);
}

void similar_tail_unpin(struct similar_tail *tail, struct similar_pin *pin)
{
	if (!pin->is_set) return;
	(void)pthread_mutex_lock(&tail->lock);
	if (pin->before != NULL) pin->before->behind = pin->behind;
	else tail->first_pin = pin->behind;
	if (pin->behind != NULL) pin->behind->before = pin->before;
	else tail->last_pin = pin->before;
	pin->is_set = false;
	drop_seen(tail);
	(void)pthread_mutex_unlock(&tail->lock);
}

/* ---- as an index ------------------------------------------------------------------------------------------------------------------------------------- */

/* The lock is held. */
static bool unpack(const struct entry *e, struct similar_print *print_r)
{
	if (e == NULL || !similar_unpack(e->bytes, e->len, print_r)) return false;
	print_r->ticket_id = e->ticket_id;
	return true;
}

bool similar_tail_print(struct similar_tail *tail, int64_t message_id, struct similar_print *print_r)
{
	bool ok;

	(void)pthread_mutex_lock(&tail->lock);
	ok = unpack(entry_of(tail, message_id), print_r);
	(void)pthread_mutex_unlock(&tail->lock);
	return ok;
}

static size_t find_here(struct similar_tail_view *view, unsigned kind, uint64_t key, int64_t *ids_r, size_t max)
{
	size_t n = 0;

	(void)pthread_mutex_lock(&view->tail->lock);
	for (struct node *node = with_key(*bucket_of(view->tail, kind, key), kind, key); node != NULL && n < max; node = with_key(node->next, kind, key)) {
		if (node->entry->seq <= view->after) break;
		ids_r[n++] = node->entry->message_id;
	}
	(void)pthread_mutex_unlock(&view->tail->lock);
	return n;
}

static bool has_id(const int64_t *ids, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (ids[i] == id) return true;
	return false;
}

static enum ik_rc view_find(void *self, enum similar_key kind, uint64_t key, int64_t since_at, int64_t now_at, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err)
{
	struct similar_tail_view *view = self;
	const size_t here = find_here(view, kind, key, ids_r, max);
	size_t n = here;

	if (view->below != NULL && n < max) {
		size_t more = 0, kept = n;
		enum ik_rc rc = view->below->find(view->below->self, kind, key, since_at, now_at, ids_r + n, max - n, &more, err);

		if (rc != IK_OK) return rc;
		for (size_t i = 0; i < more; i++)
			if (!has_id(ids_r, here, ids_r[n + i])) ids_r[kept++] = ids_r[n + i];
		n = kept;
	}
	*count_r = n;
	return IK_OK;
}

static enum ik_rc view_load(void *self, int64_t message_id, struct similar_print *print_r, struct ik_error *err)
{
	const struct similar_tail_view *view = self;

	if (similar_tail_print(view->tail, message_id, print_r)) return IK_OK;
	if (view->below != NULL) return view->below->load(view->below->self, message_id, print_r, err);
	return ik_fail(IK_REJECT, err, "similarity: message %lld is not in the tail", (long long)message_id);
}

/* What the view has of the ticket, joined to what was known before. */
static size_t messages_of(struct similar_tail_view *view, int64_t ticket_id, struct similar_ticket *ticket)
{
	const struct entry *found[TICKET_LOOKS];
	struct similar_print print;
	size_t n = 0;

	(void)pthread_mutex_lock(&view->tail->lock);
	for (struct node *node = with_key(*bucket_of(view->tail, KEY_TICKET, (uint64_t)ticket_id), KEY_TICKET, (uint64_t)ticket_id); node != NULL && n < TICKET_LOOKS;
	     node = with_key(node->next, KEY_TICKET, (uint64_t)ticket_id)) {
		if (node->entry->seq <= view->after) break;
		found[n++] = node->entry;
	}
	if (n > 0 && ticket->id == 0 && found[n - 1]->has_seed) *ticket = found[n - 1]->seed;
	for (size_t i = n; i-- > 0;) {
		if (!unpack(found[i], &print)) continue;
		if (ticket->first_message == 0) ticket->first_message = print.message_id;
		similar_join(ticket, &print);
	}
	(void)pthread_mutex_unlock(&view->tail->lock);
	return n;
}

static enum ik_rc view_load_ticket(void *self, int64_t ticket_id, struct similar_ticket *ticket_r, struct ik_error *err)
{
	struct similar_tail_view *view = self;
	struct similar_ticket ticket = { 0 };
	bool is_below = false;
	size_t here;

	if (view->below != NULL) {
		const enum ik_rc rc = view->below->load_ticket(view->below->self, ticket_id, &ticket, err);

		if (rc != IK_OK && rc != IK_REJECT) return rc;
		is_below = rc == IK_OK;
		if (!is_below) ticket = (struct similar_ticket){ 0 };
	}
	here = messages_of(view, ticket_id, &ticket);
	if (here == 0 && !is_below) return ik_fail(IK_REJECT, err, "similarity: ticket %lld is not in the tail", (long long)ticket_id);
	ticket.id = ticket_id;
	*ticket_r = ticket;
	return IK_OK;
}

static enum ik_rc view_save(void *self, const struct similar_print *print, const struct similar_ticket *ticket, struct ik_error *err)
{
	(void)self; (void)print; (void)ticket;
	return ik_fail(IK_FATAL, err, "similarity: a view of the tail is only read");
}

struct similar_index similar_tail_index(struct similar_tail_view *view)
{
	return (struct similar_index){ .self = view, .find = view_find, .load = view_load, .load_ticket = view_load_ticket, .save = view_save };
}
