/* send_journal.c - see send_journal.h. The file: a head, then one struct send_note a mail, in this machine's byte order. */
#include "store/send_journal.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "base/random.h"
#include "store/store.h"

#define FOLDER "sending"
#define MAGIC "ikj-1"
#define MAILS_MAX 10000
#define DYING_TRIES 200                 /* of 10 ms: a sender dies with its parent, a moment later */

enum use { USE_NONE, USE_SENDER, USE_VOID };
struct head { char magic[8], boot[40]; uint64_t inode; uint32_t count, use; };

static size_t size_of(size_t count)
{
	return sizeof(struct head) + count * sizeof(struct send_note);
}

static bool read_boot_id(char boot_r[40])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	const ssize_t got = fd >= 0 ? read(fd, boot_r, 36) : -1;

	fd_close(&fd);
	memset(boot_r + 36, 0, 4);
	return got == 36;
}

/* ---- the outbox's side ---------------------------------------------------------------------------------------------------- */

static bool write_journal(int fd, const struct store_duty *const *duties, size_t count)
{
	struct send_note *notes = mem_grow(NULL, count, sizeof(*notes));
	struct head head = { .magic = MAGIC, .count = (uint32_t)count };
	struct stat st;
	bool ok = fstat(fd, &st) == 0 && read_boot_id(head.boot);

	if (ok) head.inode = (uint64_t)st.st_ino;
	for (size_t i = 0; i < count; i++) notes[i] = (struct send_note){ .duty_id = duties[i]->id, .attempts = (int32_t)duties[i]->attempts };
	ok = ok && posix_fallocate(fd, 0, (off_t)size_of(count)) == 0 && fd_write_all(fd, &head, sizeof(head), FOLDER, NULL) == IK_OK
	     && fd_write_all(fd, notes, count * sizeof(*notes), FOLDER, NULL) == IK_OK;
	free(notes);
	return ok;
}

char *send_journal_new(const char *dir, const struct store_duty *const *duties, size_t count)
{
	char *path;
	uint64_t salt;
	int fd;
	bool ok;

	if (count == 0 || count > MAILS_MAX) return NULL;
	random_bytes(&salt, sizeof(salt));
	path = mem_format("%s/" FOLDER "/%016llx", dir, (unsigned long long)salt);
	fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		free(path);
		return NULL;
	}
	ok = write_journal(fd, duties, count);
	fd_close(&fd);
	if (!ok) send_journal_drop(&path);
	return path;
}

void send_journal_drop(char **path)
{
	if (*path == NULL) return;
	(void)unlink(*path);
	mem_free(path);
}

/* ---- the sender's side ------------------------------------------------------------------------------------------------------ */

bool send_journal_open(struct send_journal *j, const char *path, uint32_t count)
{
	struct stat st;
	struct head *head;

	*j = (struct send_journal){ .fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW), .size = size_of(count), .count = count };
	if (j->fd < 0) return false;
	if (flock(j->fd, LOCK_EX | LOCK_NB) == 0 && fstat(j->fd, &st) == 0 && (uint64_t)st.st_size == j->size)
		j->memory = mmap(NULL, j->size, PROT_READ | PROT_WRITE, MAP_SHARED, j->fd, 0);
	head = j->memory == MAP_FAILED ? NULL : j->memory;
	if (head == NULL || memcmp(head->magic, MAGIC, sizeof(MAGIC)) != 0 || head->count != count) {
		if (head != NULL) (void)munmap(head, j->size);
		fd_close(&j->fd);
		j->memory = NULL;
		return false;
	}
	if (!__atomic_compare_exchange_n(&head->use, &(uint32_t){ USE_NONE }, USE_SENDER, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) {
		(void)munmap(head, j->size);
		fd_close(&j->fd);
		j->memory = NULL;
		return false;
	}
	return true;
}

void send_journal_mark(const struct send_journal *j, uint32_t index, enum send_mark mark, int code)
{
	struct send_note *note;

	if (j->memory == NULL || index >= j->count) return;
	note = (struct send_note *)(void *)((char *)j->memory + sizeof(struct head)) + index;
	note->code = (uint16_t)(code > 0 && code < 1000 ? code : 0);
	__atomic_store_n(&note->mark, (uint8_t)mark, __ATOMIC_SEQ_CST);         /* before any byte that follows in the program */
}

/* ---- the store's side --------------------------------------------------------------------------------------------------------- */

/* Nobody writes in it any more. */
static bool await_death(int fd)
{
	const struct timespec moment = { .tv_nsec = 10000000 };

	for (int i = 0; i < DYING_TRIES; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0) return true;
		(void)nanosleep(&moment, NULL);
	}
	return false;
}

static bool is_evidence(int fd, const struct head *head, const char *boot)
{
	struct stat st;

	return memcmp(head->magic, MAGIC, sizeof(MAGIC)) == 0 && head->use == USE_SENDER && head->count <= MAILS_MAX && memcmp(head->boot, boot, sizeof(head->boot)) == 0
	       && fstat(fd, &st) == 0 && (uint64_t)st.st_ino == head->inode && (uint64_t)st.st_size == size_of(head->count);
}

static void add_notes(int fd, const char *boot, struct send_notes *notes)
{
	struct head head;
	size_t bytes;

	if (!await_death(fd) || pread(fd, &head, sizeof(head), 0) != (ssize_t)sizeof(head) || !is_evidence(fd, &head, boot)) return;
	bytes = head.count * sizeof(*notes->note);
	notes->note = mem_grow(notes->note, notes->count + head.count + 1, sizeof(*notes->note));
	if (pread(fd, notes->note + notes->count, bytes, (off_t)sizeof(head)) == (ssize_t)bytes) notes->count += head.count;
}

static int by_duty(const void *a, const void *b)
{
	const struct send_note *x = a, *y = b;

	if (x->duty_id != y->duty_id) return x->duty_id < y->duty_id ? -1 : 1;
	return (x->attempts > y->attempts) - (x->attempts < y->attempts);
}

/* Calls one() with each journal. */
static void each_journal(const char *dir, void (*one)(int folder, const char *name, const char *boot, struct send_notes *notes), const char *boot, struct send_notes *notes)
{
	char *path = mem_format("%s/" FOLDER, dir);
	DIR *folder = opendir(path);
	const struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL)
		if (entry->d_name[0] != '.') one(dirfd(folder), entry->d_name, boot, notes);
	if (folder != NULL) (void)closedir(folder);
	free(path);
}

static void read_one(int folder, const char *name, const char *boot, struct send_notes *notes)
{
	int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd < 0) return;
	add_notes(fd, boot, notes);
	fd_close(&fd);
}

static void remove_one(int folder, const char *name, const char *boot, struct send_notes *notes)
{
	(void)boot; (void)notes;
	(void)unlinkat(folder, name, 0);
}

static void void_one(int folder, const char *name, const char *boot, struct send_notes *notes)
{
	const uint32_t use = USE_VOID;
	int fd = openat(folder, name, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	(void)boot; (void)notes;
	if (fd < 0 || pwrite(fd, &use, sizeof(use), (off_t)offsetof(struct head, use)) != (ssize_t)sizeof(use)) (void)unlinkat(folder, name, 0);
	fd_close(&fd);
}

void send_journals_void(const char *dir)
{
	each_journal(dir, void_one, NULL, NULL);
}

void send_notes_read(const char *dir, struct send_notes *notes_r)
{
	char boot[40];

	*notes_r = (struct send_notes){ .note = NULL };
	if (!read_boot_id(boot)) return;
	each_journal(dir, read_one, boot, notes_r);
	if (notes_r->count > 1) qsort(notes_r->note, notes_r->count, sizeof(*notes_r->note), by_duty);
}

const struct send_note *send_notes_find(const struct send_notes *notes, int64_t duty_id, int64_t attempts)
{
	const struct send_note wanted = { .duty_id = duty_id, .attempts = (int32_t)attempts };

	if (notes->count == 0) return NULL;
	return bsearch(&wanted, notes->note, notes->count, sizeof(wanted), by_duty);
}

void send_notes_release(struct send_notes *notes)
{
	mem_free(&notes->note);
	notes->count = 0;
}

void send_journals_remove(const char *dir)
{
	each_journal(dir, remove_one, NULL, NULL);
}
