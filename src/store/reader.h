/* reader.h - what the files with read_* functions share: a connection that can neither write nor checkpoint. */
#ifndef STORE_READER_H
#define STORE_READER_H

#include "base/buf.h"
#include "store/inside.h"

struct store_reader { struct store *store; struct sql sql; struct mac mac; };

/* read_begin(), read_end() - one snapshot for everything in between. */
enum ik_rc read_begin(struct store_reader *r, struct ik_error *err);
void read_end(struct store_reader *r);
/* read_whole() - a ticket in the one format; with_messages false leaves the key "messages" out. IK_REJECT: unknown. */
enum ik_rc read_whole(struct store_reader *r, int64_t ticket_id, bool with_messages, json_t **ticket_r, struct ik_error *err);
/* read_ticket_ids() - ids of tickets that pass a filter, newest first, at most limit; inside a snapshot. */
enum ik_rc read_ticket_ids(struct store_reader *r, const struct read_filter *filter, int64_t *ids, size_t limit, size_t *count, struct ik_error *err);
/* Parts of it, as arrays. */
enum ik_rc read_links(struct store_reader *r, int64_t ticket_id, json_t **array_r, struct ik_error *err);
enum ik_rc read_history(struct store_reader *r, int64_t ticket_id, json_t **array_r, struct ik_error *err);
/* read_blob_row() - the bytes of a row of size, digest and data, wherever they are; IK_REJECT: damaged, or more than raw may hold. */
enum ik_rc read_blob_row(struct store_reader *r, const struct sql_rows *rows, int64_t message_id, struct buf *raw, struct ik_error *err);
#define SINCE_SLACK 4096                /* tickets stored out of the order of their times, at most */
/* read_name() - index in a NULL-terminated table of names, -1 when it is in none. */
int64_t read_name(const char *const *names, const char *name);

#endif
