/* likeness_filler.c - files what was stored into similar.db, a batch to a transaction, in the order of the store.
 *
 * The file's progress stands in the same transaction: after a crash the work goes on where it was. A print is taken from the tail, or made
 * from the row when the tail does not have it. A file that is damaged, of another version or ahead of the store (which was restored from a
 * backup) is deleted and filled again, from as far back as the windows reach. Its connection is the only one that writes the file. */
#include "pipeline/likeness_parts.h"

#include <stdlib.h>
#include <time.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/mem.h"
#include "pipeline/similar_store.h"

#define BATCH 512                       /* messages to a transaction */
#define MOVES 256                       /* corrections to one */
#define TICKET_MESSAGES 64              /* newest, of a ticket that is put together anew */
#define REACH_S (60 * INT64_C(86400))   /* of the longest window: older messages are not filed */
#define KEEP_S (90 * INT64_C(86400))
#define EXPIRE_MS 3600000
#define SKETCH_EVERY 2000               /* messages between two times the sketch is kept; what is lost is a little knowledge of rare words */
#define PAUSE_MS 10000                  /* after a failure */
#define LINGER_MS 500                   /* news gathers so long: each commit makes every reader read its pages anew, and the tail has what is not filed yet */
#define IDLE_MS 5000                    /* between looks at corrections and rises */
#define REBUILDS 3                      /* in one run */

/* ---- opening ------------------------------------------------------------------------------------------------------------------------------------ */

static enum ik_rc load_progress(struct likeness *l, struct ik_error *err)
{
	size_t size = 0;
	void *sketch = similar_sketch(l->engine, &size);
	int64_t newest = 0, first = 1;
	enum ik_rc rc = similar_file_progress(l->file, &l->last_message, &l->last_move, sketch, size, err);

	if (rc == IK_OK) rc = read_last_message(l->rows, &newest, err);
	if (rc == IK_OK && l->last_message > newest) return ik_fail(IK_FATAL, err, "%s is ahead of the store", SIMILAR_FILE);
	if (rc == IK_OK && l->last_message == 0) {
		rc = read_message_since(l->rows, clock_wall() - REACH_S, &first, err);
		l->last_message = first - 1;
	}
	atomic_store(&l->filled_upto, l->last_message);
	atomic_store(&l->newest, newest);
	return rc;
}

enum ik_rc filler_open(struct likeness *l, struct ik_error *err)
{
	enum ik_rc rc;

	if (l->file != NULL) return IK_OK;
	rc = similar_file_open(l->dir, true, &l->file, err);
	if (rc == IK_OK) rc = load_progress(l, err);
	if (rc != IK_OK) similar_file_close(&l->file);
	return rc;
}

/* ---- filing ---------------------------------------------------------------------------------------------------------------------------------------- */

struct filing { struct likeness *l; struct similar_index index; int64_t last; enum ik_rc rc; struct ik_error *err; };

static bool print_of(struct likeness *l, const struct read_message *row, struct similar_print *print_r)
{
	struct likeness_row r = { .id = row->id, .received_at = row->received_at, .channel = row->channel, .external_id = row->external_id, .sender_type = row->sender_type, .sender = row->sender,
	                                .conversation = row->conversation, .subject = row->subject, .text = row->text, .reply_text = row->reply_text,
	                                .is_outbound = row->is_outbound, .is_automatic = row->is_automatic, .is_forged = row->is_forged };
	struct similar_message m;
	struct similar_query *q;

	if (similar_tail_print(l->tail, row->id, print_r)) return true;
	if (!likeness_message(&r, &m)) return false;
	q = similar_read(l->engine, &m);
	*print_r = q->print;
	free(q);
	return true;
}

static bool file_row(void *arg, const struct read_message *row)
{
	struct filing *f = arg;
	struct similar_print print;

	f->last = row->id;
	if (!print_of(f->l, row, &print)) return true;
	print.ticket_id = row->ticket_id;
	f->rc = similar_remember(f->l->engine, &f->index, &print, f->err);
	f->l->since_sketch++;
	return f->rc == IK_OK;
}

static enum ik_rc file_rows(struct likeness *l, size_t *count_r, struct ik_error *err)
{
	struct filing f = { .l = l, .index = similar_store_index(l->file), .last = l->last_message, .err = err };
	enum ik_rc rc = read_messages_behind(l->rows, l->last_message, BATCH, file_row, &f, count_r, err);

	if (rc == IK_OK) rc = f.rc;
	if (rc == IK_OK) l->last_message = f.last;
	return rc;
}

/* ---- corrections ------------------------------------------------------------------------------------------------------------------------------------- */

/* What a ticket is known by is put together from the messages it has now. */
static enum ik_rc renew_ticket(struct likeness *l, int64_t ticket_id, struct ik_error *err)
{
	const struct similar_index index = similar_store_index(l->file);
	struct similar_ticket ticket = { .id = ticket_id };
	int64_t ids[TICKET_MESSAGES];
	size_t count = 0;
	enum ik_rc rc = read_message_ids(l->rows, ticket_id, ids, TICKET_MESSAGES, &count, err);

	for (size_t i = count; rc == IK_OK && i-- > 0;) {
		struct similar_print print;

		rc = index.load(index.self, ids[i], &print, err);
		if (rc == IK_REJECT) rc = IK_OK;
		else if (rc == IK_OK) {
			if (ticket.first_message == 0) ticket.first_message = ids[i];
			similar_join(&ticket, &print);
		}
	}
	return rc == IK_OK ? similar_store_ticket(l->file, &ticket, err) : rc;
}

static enum ik_rc move_one(struct likeness *l, const struct read_move *move, struct ik_error *err)
{
	const struct similar_index index = similar_store_index(l->file);
	struct similar_print print;
	enum ik_rc rc = index.load(index.self, move->message_id, &print, err);

	similar_tail_move(l->tail, move->message_id, move->to_ticket);
	if (rc == IK_REJECT) return IK_OK;              /* not filed yet: its row says where it is */
	if (rc == IK_OK) {
		print.ticket_id = move->to_ticket;
		rc = similar_store_print(l->file, &print, err);
	}
	if (rc == IK_OK) rc = renew_ticket(l, move->from_ticket, err);
	return rc == IK_OK ? renew_ticket(l, move->to_ticket, err) : rc;
}

static enum ik_rc file_moves(struct likeness *l, struct ik_error *err)
{
	struct read_move moves[MOVES];
	size_t count = 0;
	enum ik_rc rc = read_moves_behind(l->rows, l->last_move, moves, MOVES, &count, err);

	for (size_t i = 0; rc == IK_OK && i < count; i++) {
		rc = move_one(l, &moves[i], err);
		if (rc == IK_OK) l->last_move = moves[i].id;
	}
	return rc;
}

/* ---- a batch ----------------------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc keep_sketch(struct likeness *l, bool at_once, struct ik_error *err)
{
	size_t size = 0;
	const void *sketch = similar_sketch(l->engine, &size);

	if (l->since_sketch == 0 || (!at_once && l->since_sketch < SKETCH_EVERY)) return IK_OK;
	l->since_sketch = 0;
	return similar_file_keep_sketch(l->file, sketch, size, err);
}

static enum ik_rc expire(struct likeness *l, struct ik_error *err)
{
	const int64_t now_ms = clock_mono_ms();

	if (l->expired_ms != 0 && now_ms - l->expired_ms < EXPIRE_MS) return IK_OK;
	l->expired_ms = now_ms;
	return similar_file_expire(l->file, clock_wall(), KEEP_S, err);
}

enum ik_rc filler_run(struct likeness *l, size_t *count_r, struct ik_error *err)
{
	const int64_t message = l->last_message, move = l->last_move;
	enum ik_rc rc = similar_file_begin(l->file, err);

	if (rc != IK_OK) return rc;
	rc = file_rows(l, count_r, err);
	if (rc == IK_OK) rc = file_moves(l, err);
	if (rc == IK_OK) rc = expire(l, err);
	if (rc == IK_OK) rc = keep_sketch(l, *count_r < BATCH, err);
	if (rc == IK_OK && (l->last_message != message || l->last_move != move)) rc = similar_file_advance(l->file, l->last_message, l->last_move, err);
	if (rc == IK_OK) rc = similar_file_commit(l->file, err);
	if (rc != IK_OK) {
		similar_file_rollback(l->file);
		l->last_message = message;
		l->last_move = move;
		return rc;
	}
	atomic_store(&l->filled_upto, l->last_message);
	similar_tail_drop(l->tail, l->last_message);
	return IK_OK;
}

/* A file that cannot be used is made anew; one that cannot be written for now is tried again. */
static void give_up_file(struct likeness *l, enum ik_rc rc, const struct ik_error *err)
{
	log_line(IK_LOG_WARNING, "similar", "%s", err->text);
	similar_file_close(&l->file);
	if (rc == IK_RETRY) return;
	if (++l->rebuilds > REBUILDS) {
		log_line(IK_LOG_ERROR, "similar", "%s failed %d times and stays as it is until the next start", SIMILAR_FILE, l->rebuilds);
		return;
	}
	similar_file_delete(l->dir);
	(void)atomic_fetch_add(&l->generation, 1);
}

void filler_catch_up(struct likeness *l, int64_t most_ms)
{
	const int64_t until_ms = clock_mono_ms() + most_ms;
	struct ik_error err = { "" };
	size_t count = 0;
	enum ik_rc rc;

	do {
		rc = filler_open(l, &err);
		if (rc == IK_OK) rc = store_has_room(l->store) ? filler_run(l, &count, &err) : ik_fail(IK_RETRY, &err, "too little free space");
		if (rc != IK_OK) give_up_file(l, rc, &err);
	} while (rc != IK_RETRY && l->rebuilds <= REBUILDS && (count == BATCH || rc != IK_OK) && clock_mono_ms() < until_ms);
}

/* ---- the thread ------------------------------------------------------------------------------------------------------------------------------------ */

/* Until there is news, or the time is over. False: stop. */
static bool wait_for_news(struct likeness *l, int64_t most_ms, bool may_wake)
{
	struct timespec until;
	bool goes_on;
	int code = 0;

	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += (long)(most_ms % 1000) * 1000000;
	until.tv_sec += most_ms / 1000 + until.tv_nsec / 1000000000;
	until.tv_nsec %= 1000000000;
	(void)pthread_mutex_lock(&l->lock);
	while (!l->must_stop && code == 0 && !(may_wake && l->has_news)) code = pthread_cond_timedwait(&l->wake, &l->lock, &until);
	l->has_news = false;
	goes_on = !l->must_stop;
	(void)pthread_mutex_unlock(&l->lock);
	return goes_on;
}

void *filler_main(void *arg)
{
	struct likeness *l = arg;
	bool goes_on = true;

	store_background("similar", 10);
	while (goes_on) {
		struct ik_error err = { "" };
		size_t count = 0;
		enum ik_rc rc = l->rebuilds > REBUILDS ? IK_RETRY : filler_open(l, &err);

		if (rc == IK_OK) rc = store_has_room(l->store) ? filler_run(l, &count, &err) : ik_fail(IK_RETRY, &err, "too little free space to file messages");
		if (rc != IK_OK && err.text[0] != '\0') give_up_file(l, rc, &err);
		rise_look(l);
		if (rc != IK_OK) goes_on = wait_for_news(l, PAUSE_MS, false);
		else if (count == BATCH) goes_on = wait_for_news(l, 0, true);
		else goes_on = wait_for_news(l, IDLE_MS, true) && wait_for_news(l, LINGER_MS, false);
	}
	return NULL;
}
