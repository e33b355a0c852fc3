/* similar_store.c - the index of the engine on the tables of the store. save() expects an open transaction. Thread: one at a time. */
#include "pipeline/similar_store.h"

#include <stdlib.h>
#include "base/mem.h"
#include "store/similar_index.h"

static enum ik_rc store_find(void *self, enum similar_key kind, uint64_t key, int64_t since_at, int64_t now_at, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err)
{
	return similar_file_find(self, (int)kind, key, since_at, now_at, ids_r, max, count_r, err);
}

static enum ik_rc store_load(void *self, int64_t message_id, struct similar_print *print_r, struct ik_error *err)
{
	unsigned char bytes[SIMILAR_PACKED_MAX];
	size_t len = 0;
	enum ik_rc rc = similar_file_get(self, SIMILAR_OF_MESSAGE, message_id, bytes, sizeof(bytes), &len, err);

	if (rc != IK_OK) return rc;
	return similar_unpack(bytes, len, print_r) ? IK_OK : ik_fail(IK_REJECT, err, "similarity: what is kept of message %lld is damaged", (long long)message_id);
}

/* A ticket of one message, as most are, is kept as that message's number: a page has room for hundreds of them. */
static enum ik_rc load_single(void *self, int64_t ticket_id, int64_t message_id, struct similar_ticket *ticket_r, struct ik_error *err)
{
	struct similar_print print;
	const enum ik_rc rc = store_load(self, message_id, &print, err);

	if (rc != IK_OK) return rc;
	*ticket_r = (struct similar_ticket){ .id = ticket_id, .first_message = message_id };
	similar_join(ticket_r, &print);
	return IK_OK;
}

static enum ik_rc store_load_ticket(void *self, int64_t ticket_id, struct similar_ticket *ticket_r, struct ik_error *err)
{
	union { struct similar_ticket ticket; int64_t message_id; } kept;
	size_t len = 0;
	enum ik_rc rc = similar_file_get(self, SIMILAR_OF_TICKET, ticket_id, &kept, sizeof(kept), &len, err);

	if (rc != IK_OK) return rc;
	if (len == sizeof(kept.message_id)) return load_single(self, ticket_id, kept.message_id, ticket_r, err);
	if (len != sizeof(kept.ticket) || kept.ticket.sender_count > SIMILAR_TICKET_SENDERS || kept.ticket.number_count > SIMILAR_TICKET_NUMBERS)
		return ik_fail(IK_REJECT, err, "similarity: what is kept of ticket %lld is damaged", (long long)ticket_id);
	*ticket_r = kept.ticket;
	return IK_OK;
}

enum ik_rc similar_store_print(struct similar_file *file, const struct similar_print *print, struct ik_error *err)
{
	unsigned char bytes[SIMILAR_PACKED_MAX];

	return similar_file_put(file, SIMILAR_OF_MESSAGE, print->message_id, print->received_at, bytes, similar_pack(print, bytes), err);
}

enum ik_rc similar_store_ticket(struct similar_file *file, const struct similar_ticket *ticket, struct ik_error *err)
{
	return similar_file_put(file, SIMILAR_OF_TICKET, ticket->id, ticket->last_at, ticket, sizeof(*ticket), err);
}

static enum ik_rc store_save(void *self, const struct similar_print *print, const struct similar_ticket *ticket, struct ik_error *err)
{
	struct similar_filing keys[SIMILAR_KEYS_MAX];
	const size_t count = similar_keys(print, keys);
	enum ik_rc rc = similar_store_print(self, print, err);

	if (rc == IK_OK && ticket->first_message == print->message_id)
		rc = similar_file_put(self, SIMILAR_OF_TICKET, ticket->id, ticket->last_at, &print->message_id, sizeof(print->message_id), err);
	else if (rc == IK_OK) rc = similar_store_ticket(self, ticket, err);
	for (size_t i = 0; rc == IK_OK && i < count; i++)
		rc = similar_file_add(self, (int)keys[i].kind, keys[i].key, print->received_at, print->message_id, similar_key_keeps[keys[i].kind], err);
	return rc;
}

struct similar_index similar_store_index(struct similar_file *file)
{
	return (struct similar_index){ .self = file, .find = store_find, .load = store_load, .load_ticket = store_load_ticket, .save = store_save };
}
