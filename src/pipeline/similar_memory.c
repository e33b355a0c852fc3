/* similar_memory.c - the index in memory: one open hash table of rings, and the prints by message id. Each key keeps its newest
 * entries only, so that a popular text costs no more than a rare one. Thread: one at a time. */
#include "pipeline/similar.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

struct entry { int64_t id, at; };
struct ring { uint64_t key; uint16_t kind, room, count, next; struct entry *ids; };
struct packed { int64_t id; unsigned char *bytes; size_t len; };

struct memory {
	struct ring *rings;             /* room is a power of two; ids NULL: free */
	size_t ring_room, ring_count;
	struct packed *prints;          /* the same; bytes NULL: free */
	size_t print_room, print_count;
	struct similar_ticket *tickets; /* the same; id 0: free */
	size_t ticket_room, ticket_count;
};

static size_t place_of(uint64_t key, size_t room)
{
	key ^= key >> 31;
	key *= UINT64_C(0x9E3779B97F4A7C15);
	return (size_t)(key >> 20) & (room - 1);
}

/* ---- rings ---- */

static struct ring *ring_slot(struct ring *rings, size_t room, enum similar_key kind, uint64_t key)
{
	size_t at = place_of(key + kind, room);

	while (rings[at].ids != NULL && (rings[at].key != key || rings[at].kind != kind)) at = (at + 1) & (room - 1);
	return &rings[at];
}

static void grow_rings(struct memory *m)
{
	const size_t room = m->ring_room > 0 ? 2 * m->ring_room : 1024;
	struct ring *wider = mem_new(room * sizeof(*wider));

	for (size_t i = 0; i < m->ring_room; i++)
		if (m->rings[i].ids != NULL) *ring_slot(wider, room, (enum similar_key)m->rings[i].kind, m->rings[i].key) = m->rings[i];
	free(m->rings);
	m->rings = wider;
	m->ring_room = room;
}

static void ring_add(struct memory *m, enum similar_key kind, uint64_t key, struct entry entry)
{
	struct ring *r;

	if (2 * (m->ring_count + 1) > m->ring_room) grow_rings(m);
	r = ring_slot(m->rings, m->ring_room, kind, key);
	if (r->ids == NULL) {
		*r = (struct ring){ .key = key, .kind = (uint16_t)kind };
		m->ring_count++;
	}
	if (r->count == r->room && r->room < similar_key_keeps[kind]) {
		size_t room = r->room > 0 ? 2u * r->room : 1;

		if (room > similar_key_keeps[kind]) room = similar_key_keeps[kind];
		r->ids = mem_grow(r->ids, room, sizeof(*r->ids));
		r->room = (uint16_t)room;
		r->next = r->count;
	}
	r->ids[r->next] = entry;
	r->next = (uint16_t)((r->next + 1u) % r->room);
	if (r->count < r->room) r->count++;
}

static enum ik_rc memory_find(void *self, enum similar_key kind, uint64_t key, int64_t since_at, int64_t now_at, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err)
{
	struct memory *m = self;
	const struct ring *r = m->ring_room > 0 ? ring_slot(m->rings, m->ring_room, kind, key) : NULL;
	size_t n = 0;

	(void)now_at;
	(void)err;
	for (size_t i = 0; r != NULL && r->ids != NULL && i < r->count && n < max; i++) {
		const struct entry *entry = &r->ids[((size_t)r->next + r->room - 1 - i) % r->room];

		if (entry->at >= since_at) ids_r[n++] = entry->id;
	}
	*count_r = n;
	return IK_OK;
}

/* ---- prints and tickets ---- */

static struct packed *print_slot(struct packed *prints, size_t room, int64_t id)
{
	size_t at = place_of((uint64_t)id, room);

	while (prints[at].bytes != NULL && prints[at].id != id) at = (at + 1) & (room - 1);
	return &prints[at];
}

static void grow_prints(struct memory *m)
{
	const size_t room = m->print_room > 0 ? 2 * m->print_room : 1024;
	struct packed *wider = mem_new(room * sizeof(*wider));

	for (size_t i = 0; i < m->print_room; i++)
		if (m->prints[i].bytes != NULL) *print_slot(wider, room, m->prints[i].id) = m->prints[i];
	free(m->prints);
	m->prints = wider;
	m->print_room = room;
}

static struct similar_ticket *ticket_slot(struct similar_ticket *tickets, size_t room, int64_t id)
{
	size_t at = place_of((uint64_t)id, room);

	while (tickets[at].id != 0 && tickets[at].id != id) at = (at + 1) & (room - 1);
	return &tickets[at];
}

static void grow_tickets(struct memory *m)
{
	const size_t room = m->ticket_room > 0 ? 2 * m->ticket_room : 256;
	struct similar_ticket *wider = mem_new(room * sizeof(*wider));

	for (size_t i = 0; i < m->ticket_room; i++)
		if (m->tickets[i].id != 0) *ticket_slot(wider, room, m->tickets[i].id) = m->tickets[i];
	free(m->tickets);
	m->tickets = wider;
	m->ticket_room = room;
}

static enum ik_rc memory_load(void *self, int64_t message_id, struct similar_print *print_r, struct ik_error *err)
{
	struct memory *m = self;
	const struct packed *p = m->print_room > 0 ? print_slot(m->prints, m->print_room, message_id) : NULL;

	if (p == NULL || p->bytes == NULL || !similar_unpack(p->bytes, p->len, print_r))
		return ik_fail(IK_REJECT, err, "similarity: message %lld is not in the index", (long long)message_id);
	return IK_OK;
}

static enum ik_rc memory_load_ticket(void *self, int64_t ticket_id, struct similar_ticket *ticket_r, struct ik_error *err)
{
	struct memory *m = self;
	const struct similar_ticket *t = m->ticket_room > 0 ? ticket_slot(m->tickets, m->ticket_room, ticket_id) : NULL;

	if (t == NULL || t->id == 0) return ik_fail(IK_REJECT, err, "similarity: ticket %lld is not in the index", (long long)ticket_id);
	*ticket_r = *t;
	return IK_OK;
}

static enum ik_rc memory_save(void *self, const struct similar_print *print, const struct similar_ticket *ticket, struct ik_error *err)
{
	struct memory *m = self;
	struct similar_filing keys[SIMILAR_KEYS_MAX];
	const size_t count = similar_keys(print, keys);
	unsigned char bytes[SIMILAR_PACKED_MAX];
	struct packed *p;
	struct similar_ticket *t;

	(void)err;
	if (2 * (m->print_count + 1) > m->print_room) grow_prints(m);
	if (2 * (m->ticket_count + 1) > m->ticket_room) grow_tickets(m);
	p = print_slot(m->prints, m->print_room, print->message_id);
	if (p->bytes == NULL) m->print_count++;
	free(p->bytes);
	p->id = print->message_id;
	p->len = similar_pack(print, bytes);
	p->bytes = (unsigned char *)mem_copy(bytes, p->len);
	t = ticket_slot(m->tickets, m->ticket_room, ticket->id);
	if (t->id == 0) m->ticket_count++;
	*t = *ticket;
	for (size_t i = 0; i < count; i++) ring_add(m, keys[i].kind, keys[i].key, (struct entry){ print->message_id, print->received_at });
	return IK_OK;
}

struct similar_index *similar_memory_new(void)
{
	struct similar_index *index = mem_new(sizeof(*index));

	*index = (struct similar_index){ .self = mem_new(sizeof(struct memory)), .find = memory_find, .load = memory_load, .load_ticket = memory_load_ticket, .save = memory_save };
	return index;
}

void similar_memory_free(struct similar_index **index)
{
	struct memory *m = *index != NULL ? (*index)->self : NULL;

	if (m == NULL) return;
	for (size_t i = 0; i < m->ring_room; i++) free(m->rings[i].ids);
	for (size_t i = 0; i < m->print_room; i++) free(m->prints[i].bytes);
	free(m->rings);
	free(m->prints);
	free(m->tickets);
	free(m);
	mem_free(index);
}
