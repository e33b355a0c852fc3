/* similar_index.h - the tables behind the look-up of like messages: rings of message ids under keys, and what is kept of each message.
 *
 * A file of its own beside the store, so that its random writes are none of intake's: it is filled after the commit and can be filled
 * again from the messages. A ring's number is its period of 30 days and 52 bits of its key: new ones fall into one range, and a period that
 * no window reaches is one range to delete. Two keys with one number would share a ring, and what they find is compared anyway. Values are opaque here. Thread: one at a time per struct similar_file. */
#ifndef STORE_SIMILAR_INDEX_H
#define STORE_SIMILAR_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>

#define SIMILAR_FILE "similar.db"
#define SIMILAR_RING_MAX 64             /* ids under one key and period */

struct similar_file;
struct erase_plan;
/* similar_file_forget() - what is kept of the messages and tickets of an erasure, or the whole file when it cannot be used; any thread,
 * beside whoever fills it. */
enum ik_rc similar_file_forget(const char *dir, const struct erase_plan *plan, struct ik_error *err);
/* similar_file_open() - creates or opens dir/similar.db, for writing or reading. Another version of it is IK_FATAL: delete it, it is filled
 * again. For reading: IK_RETRY while it is not there. */
enum ik_rc similar_file_open(const char *dir, bool may_write, struct similar_file **file_r, struct ik_error *err);
void similar_file_close(struct similar_file **file);

/* Many changes in one transaction; a reader sees all of them or none. */
enum ik_rc similar_file_begin(struct similar_file *file, struct ik_error *err);
enum ik_rc similar_file_commit(struct similar_file *file, struct ik_error *err);
void similar_file_rollback(struct similar_file *file);
/* similar_file_look() - one snapshot for many look-ups of a reader, until similar_file_rollback(). similar_file_delete() - the file and its log. */
enum ik_rc similar_file_look(struct similar_file *file, struct ik_error *err);
void similar_file_delete(const char *dir);

/* How far it is filled: the last message and the last correction it has, and the caller's sketch, which stays as it is when none is kept. */
enum ik_rc similar_file_progress(struct similar_file *file, int64_t *message_r, int64_t *move_r, void *sketch_r, size_t sketch_size, struct ik_error *err);
enum ik_rc similar_file_advance(struct similar_file *file, int64_t message, int64_t move, struct ik_error *err);
enum ik_rc similar_file_keep_sketch(struct similar_file *file, const void *sketch, size_t size, struct ik_error *err);

/* similar_file_find() - ids under the key in the periods from that of since_at to that of now_at, newest first. */
enum ik_rc similar_file_find(struct similar_file *file, int kind, uint64_t key, int64_t since_at, int64_t now_at, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err);
/* similar_file_add() - id becomes the newest under the key; the oldest beyond keep go. */
enum ik_rc similar_file_add(struct similar_file *file, int kind, uint64_t key, int64_t at, int64_t id, size_t keep, struct ik_error *err);
/* similar_file_get() - the bytes kept of a message or ticket, at most room; IK_REJECT when there are none. */
enum similar_what { SIMILAR_OF_MESSAGE, SIMILAR_OF_TICKET };
enum ik_rc similar_file_get(struct similar_file *file, enum similar_what what, int64_t id, void *bytes_r, size_t room, size_t *len_r, struct ik_error *err);
enum ik_rc similar_file_put(struct similar_file *file, enum similar_what what, int64_t id, int64_t at, const void *bytes, size_t len, struct ik_error *err);
/* similar_file_expire() - drops the periods before the one that keep_s seconds before now_at falls in. */
enum ik_rc similar_file_expire(struct similar_file *file, int64_t now_at, int64_t keep_s, struct ik_error *err);

#endif
