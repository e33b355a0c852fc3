/* likeness_parts.h - what the files of likeness share. */
#ifndef PIPELINE_LIKENESS_PARTS_H
#define PIPELINE_LIKENESS_PARTS_H

#include <pthread.h>
#include <stdatomic.h>
#include "pipeline/likeness.h"
#include "pipeline/similar_tail.h"
#include "store/similar_index.h"

#define JOINED_BITS (1u << 19)

/* The read connections of one look; kept for the next. */
struct looker { struct looker *next; struct similar_file *file; struct store_reader *rows; int64_t generation; };

struct likeness {
	const struct likeness_conf *conf;
	const struct alarm_conf *alarms;
	struct store *store;
	char *dir;
	struct similar *engine;
	struct similar_tail *tail;

	pthread_mutex_t pool_lock;      /* of the next */
	struct looker *idle;
	atomic_int_least64_t generation;        /* of the file: grows when it is made anew */
	atomic_int_least64_t incidents_open, filled_upto, newest, looked, failed;
	atomic_uint joined[JOINED_BITS / 32];   /* by handle: whether it may be one of a customer who is joined with another; a few more say so than are */
	atomic_bool was_told;           /* that looking fails, until it works again */

	/* the filler */
	pthread_t thread;
	bool has_thread;
	pthread_mutex_t lock;           /* of the next two */
	pthread_cond_t wake;
	bool has_news, must_stop;
	struct similar_file *file;      /* its thread's own, as the rest */
	struct store_reader *rows;
	int64_t last_message, last_move;
	int rebuilds;
	size_t since_sketch;            /* messages filed since the sketch was kept */
	int64_t expired_ms, rise_next_ms;
};

/* likeness_message.c: likeness_key() - addresses and telephone numbers are the same on every channel; any other handle is one only among those
 * of its kind. */
void likeness_key(const char *type, const char *value, char key_r[LIKENESS_KEY_MAX]);

/* likeness_filler.c */
enum ik_rc filler_open(struct likeness *l, struct ik_error *err);
/* filler_run() - files up to a batch; count_r: messages looked at. */
enum ik_rc filler_run(struct likeness *l, size_t *count_r, struct ik_error *err);
/* filler_catch_up() - until all is filed or the time is over. */
void filler_catch_up(struct likeness *l, int64_t most_ms);
void *filler_main(void *arg);

/* likeness_rise.c: looks from time to time whether a category rises, and closes incidents that nobody joins any more. */
void rise_look(struct likeness *l);

#endif
