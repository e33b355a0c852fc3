/* worker_read.c - reading mail through the sandboxed workers as the pipeline does: frames there and back, a thread of ours for each process.
 *
 * worker_read ROUNDS FILE PROCESSES    FILE as for bare_gmime; each thread reads it ROUNDS times. Prints: mails a second, and microseconds of CPU per
 * mail, of this process and its workers together. */
#include "worker/worker.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"

#define FILE_MAX (1u << 30)
#define PROCESSES_MAX 16

static double cpu_us(int who)
{
	struct rusage used;

	(void)getrusage(who, &used);
	return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e6 + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec);
}

/* Reads every mail of the file; their count, 0 after a failure. */
static size_t read_all(struct worker_pool *pool, const struct buf *file)
{
	size_t count = 0;

	for (size_t at = 0; at < file->len; count++) {
		char *end;
		const size_t len = strtoul(file->data + at, &end, 10), start = (size_t)(end - file->data) + 1;
		const struct mail_source source = { .data = file->data + start, .size = len, .fd = -1 };
		struct ik_error err = { "" };
		struct draft d;

		if (*end != '\n' || start + len > file->len) break;
		if (worker_read_mail(pool, &source, &d, &err) != IK_OK) {
			(void)fprintf(stderr, "%s\n", err.text);
			return 0;
		}
		draft_release(&d);
		at = start + len;
	}
	return count;
}

struct reader { pthread_t thread; struct worker_pool *pool; const struct buf *file; long rounds; size_t count; };

static void *run(void *arg)
{
	struct reader *r = arg;

	for (long i = 0; i < r->rounds; i++) r->count += read_all(r->pool, r->file);
	return NULL;
}

int main(int argc, char **argv)
{
	struct worker_conf conf = { .memory = 512 << 20, .timeout = 10, .messages = 100000000, .lifetime = 360000 };
	struct worker_pool *pool = NULL;
	struct ik_error err = { "" };
	struct buf file = BUF_INIT(FILE_MAX);
	struct reader readers[PROCESSES_MAX];
	long rounds;
	size_t count = 0;
	double spent;
	int64_t took_ms;

	worker_main(argc, argv);
	rounds = argc == 4 ? strtol(argv[1], NULL, 10) : 0;
	conf.processes = argc == 4 ? strtol(argv[3], NULL, 10) : 0;
	if (rounds < 1 || conf.processes < 1 || conf.processes > PROCESSES_MAX) return 64;
	if (file_read(argv[2], &file, &err) != IK_OK || worker_pool_new(&conf, &pool, &err) != IK_OK) {
		(void)fprintf(stderr, "%s\n", err.text);
		return 69;
	}
	spent = -cpu_us(RUSAGE_SELF);
	took_ms = -clock_mono_ms();
	for (int64_t i = 0; i < conf.processes; i++) {
		readers[i] = (struct reader){ .pool = pool, .file = &file, .rounds = rounds };
		if (pthread_create(&readers[i].thread, NULL, run, &readers[i]) != 0) return 71;
	}
	for (int64_t i = 0; i < conf.processes; i++) {
		(void)pthread_join(readers[i].thread, NULL);
		count += readers[i].count;
	}
	took_ms += clock_mono_ms();
	spent += cpu_us(RUSAGE_SELF);
	worker_pool_free(&pool);                /* waits for the workers, whose whole life counts then */
	spent += cpu_us(RUSAGE_CHILDREN);
	if (count == 0) return 65;
	(void)printf("%.0f mails/s  %.1f us CPU/mail\n", (double)count * 1000 / (double)(took_ms > 0 ? took_ms : 1), spent / (double)count);
	buf_release(&file);
	return 0;
}
