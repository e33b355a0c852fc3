/* verdict_cost.c - what one verdict on likeness costs with so many messages in the index: reading the text, deciding, filing.
 *
 * verdict_cost DIR COUNT [PROBES]
 *   DIR     folder of similar.db; made or continued where it stands
 *   COUNT   messages the index is filled up to
 *   PROBES  messages judged afterwards without filing them (default 2000): half of them new, a quarter told before, a quarter one incident's
 * Prints one JSON object: microseconds of CPU, bytes per message. Texts are composed: names, things, places and numbers of their own each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "base/mem.h"
#include "pipeline/similar.h"
#include "pipeline/similar_store.h"
#include "store/similar_index.h"

#define START_AT INT64_C(1777000000)
#define SPREAD_S (30 * INT64_C(86400))
#define BATCH 256

static _Noreturn void stop(const char *what, const struct ik_error *err)
{
	(void)fprintf(stderr, "verdict_cost: %s: %s\n", what, err->text);
	exit(1);
}

static uint64_t mixed(uint64_t x)
{
	x += 0x9E3779B97F4A7C15u;
	x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
	x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
	return x ^ (x >> 31);
}

static double cpu_us(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static const char *pick(uint64_t *seed, const char *const *from, size_t count)
{
	return from[(*seed = mixed(*seed)) % count];
}
#define PICK(seed, from) pick(seed, from, COUNT_OF(from))

/* One complaint, told by its number: the same number tells the same. */
static void compose(uint64_t n, bool is_incident, char text_r[1024], char sender_r[64])
{
	static const char *const things[] = { "kettle", "washing machine", "电热毯", "空气净化器", "bicycle", "手机", "printer", "冰箱", "sofa", "耳机", "toaster", "热水器" };
	static const char *const faults[] = { "stopped working after two days", "漏水而且声音很大", "arrived with a broken handle", "充电时发烫有焦味", "was sent to the wrong address",
	                                      "屏幕有一道裂痕", "makes a grinding noise at night", "少了两个螺丝装不起来", "cannot be switched off", "颜色和图片完全不一样" };
	static const char *const asks[] = { "Please send somebody.", "请尽快安排退款。", "I want my money back.", "希望给一个说法。", "When will it be replaced?", "麻烦换一台新的。" };
	uint64_t seed = mixed(n + 1);
	const char *thing = PICK(&seed, things), *fault = PICK(&seed, faults), *ask = PICK(&seed, asks);
	char words[8][12];

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		seed = mixed(seed);
		for (size_t k = 0; k < 7; k++) words[i][k] = (char)('a' + (seed >> (5 * k)) % 26);
		words[i][7] = '\0';
	}
	(void)snprintf(sender_r, 64, "u%llu@%s.example", (unsigned long long)(mixed(n) % 400000), words[7]);
	if (is_incident)
		(void)snprintf(text_r, 1024, "The baby milk powder of batch LB20260417 smells sour and clumps, my child %s was sick after it. %s Bought at %s.", words[0], ask, words[1]);
	else
		(void)snprintf(text_r, 1024, "Order number %llu: the %s %s. %s %s %s, %s at %s %s. %s", (unsigned long long)(mixed(n ^ 77) % 900000000 + 100000000), thing, fault, words[0], words[1],
		               words[2], words[3], words[4], words[5], ask);
}

static struct similar_query *query_of(const struct similar *s, uint64_t n, bool is_incident, int64_t id, int64_t at)
{
	char text[1024], sender[64];
	const struct similar_message m = { .id = id, .channel = "mail", .sender = sender, .subject = "Complaint", .text = text, .received_at = at };

	compose(n, is_incident, text, sender);
	return similar_read(s, &m);
}

static double fill(struct similar *s, struct similar_file *file, int64_t from, int64_t to)
{
	const struct similar_index index = similar_store_index(file);
	struct ik_error err = { "" };
	double spent = 0;

	for (int64_t id = from; id <= to;) {
		if (similar_file_begin(file, &err) != IK_OK) stop("begin", &err);
		for (int64_t end = id + BATCH; id < end && id <= to; id++) {
			struct similar_query *q = query_of(s, (uint64_t)id, id % 200 == 0, id, START_AT + SPREAD_S / to * id);
			const double before = cpu_us();

			q->print.ticket_id = id;
			if (similar_remember(s, &index, &q->print, &err) != IK_OK) stop("file", &err);
			spent += cpu_us() - before;
			free(q);
		}
		const double before = cpu_us();

		if (similar_file_commit(file, &err) != IK_OK) stop("commit", &err);
		spent += cpu_us() - before;
	}
	return to >= from ? spent / (double)(to - from + 1) : 0;
}

static int by_size(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int64_t last_filed(struct similar_file *file)
{
	unsigned char bytes[SIMILAR_PACKED_MAX];
	size_t len;
	int64_t low = 0, high = INT64_C(1) << 30;

	while (low < high) {
		const int64_t middle = low + (high - low + 1) / 2;

		if (similar_file_get(file, SIMILAR_OF_MESSAGE, middle, bytes, sizeof(bytes), &len, NULL) == IK_OK) low = middle;
		else high = middle - 1;
	}
	return low;
}

int main(int argc, char **argv)
{
	const int64_t count = argc > 2 ? strtoll(argv[2], NULL, 10) : 1000;
	const size_t probes = argc > 3 ? (size_t)strtoul(argv[3], NULL, 10) : 2000;
	struct similar *s = NULL;
	struct similar_file *file = NULL, *reader = NULL;
	struct ik_error err = { "" };
	double *decide = mem_grow(NULL, probes, sizeof(*decide)), read_us = 0, filed_us, sum = 0;
	size_t merged = 0, related = 0;
	struct stat st = { .st_size = 0 };
	char *path;

	if (argc < 3 || probes == 0) {
		(void)fputs("usage: verdict_cost DIR COUNT [PROBES]\n", stderr);
		return 64;
	}
	if (similar_new(NULL, &s, &err) != IK_OK) stop("engine", &err);
	if (similar_file_open(argv[1], true, &file, &err) != IK_OK) stop("open", &err);
	filed_us = fill(s, file, last_filed(file) + 1, count);
	if (similar_file_open(argv[1], false, &reader, &err) != IK_OK) stop("open for reading", &err);
	const struct similar_index index = similar_store_index(reader);

	for (size_t i = 0; i < probes; i++) {
		const bool is_incident = i % 4 == 3, is_told = i % 4 == 1;
		struct similar_verdict v;
		double at = cpu_us();
		struct similar_query *q = query_of(s, is_told ? mixed(i) % (uint64_t)count + 1 : (uint64_t)(count + 1000000 + (int64_t)i), is_incident, INT64_MAX - 1, START_AT + SPREAD_S);

		read_us += cpu_us() - at;
		at = cpu_us();
		if (similar_file_look(reader, &err) != IK_OK || similar_decide(s, &index, q, &v, &err) != IK_OK) stop("decide", &err);
		similar_file_rollback(reader);
		decide[i] = cpu_us() - at;
		sum += decide[i];
		merged += v.verdict == VERDICT_DUPLICATE || v.verdict == VERDICT_FOLLOWUP;
		related += v.verdict == VERDICT_RELATED;
		free(q);
	}
	qsort(decide, probes, sizeof(*decide), by_size);
	path = mem_format("%s/%s", argv[1], SIMILAR_FILE);
	(void)stat(path, &st);
	(void)printf("{\"messages\": %lld, \"read_us\": %.1f, \"decide_mean_us\": %.1f, \"decide_p50_us\": %.1f, \"decide_p99_us\": %.1f, \"file_us\": %.1f, "
	             "\"bytes_per_message\": %lld, \"merged\": %zu, \"related\": %zu}\n",
	             (long long)count, read_us / (double)probes, sum / (double)probes, decide[probes / 2], decide[probes * 99 / 100], filed_us,
	             (long long)(count > 0 ? st.st_size / count : 0), merged, related);
	free(path);
	free(decide);
	similar_file_close(&reader);
	similar_file_close(&file);
	similar_free(&s);
	return 0;
}
