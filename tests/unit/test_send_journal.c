/* test_send_journal.c - after a kill only the mails that may have gone out are uncertain, and only notes that prove it count. */
#include "test.h"
#include "store_fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/mman.h>
#include "store/send_journal.h"

static enum ik_rc take_one(struct store_tx *tx, void *arg, struct ik_error *err)
{
	size_t n = 0;

	return store_take_duties(tx, "ack:mail", NOW + 1000, 1, arg, &n, err);
}

static enum ik_rc commit_one(struct store_tx *tx, void *arg, struct ik_error *err)
{
	return store_commit_duties(tx, &((struct store_duty *)arg)->id, 1, err);
}

enum spoil { WHOLE, UNOPENED, OTHER_BOOT, COPIED, EARLIER_TRY, CUT, EMPTY, STILL_SENDING, DISK_FAILED };

static void overwrite(const char *path, off_t at, const void *bytes, size_t len)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	CHECK(fd >= 0 && pwrite(fd, bytes, len, at) == (ssize_t)len);
	(void)close(fd);
}

/* The same bytes in a new file under the old name, as a restored backup has them. */
static void copy_over(const char *path)
{
	char bytes[4096], *other = mem_format("%s.copy", path);
	int from = open(path, O_RDONLY | O_CLOEXEC), to = open(other, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	const ssize_t len = read(from, bytes, sizeof(bytes));

	CHECK(len > 0 && write(to, bytes, (size_t)len) == len);
	(void)close(from);
	(void)close(to);
	CHECK_INT(rename(other, path), 0);
	free(other);
}

static void spoil(const char *dir, const char *path, enum spoil how)
{
	static const unsigned char earlier[4] = { 9 };

	if (how == OTHER_BOOT) overwrite(path, 8, "0", 1);
	if (how == COPIED) copy_over(path);
	if (how == EARLIER_TRY) overwrite(path, 64 + 8, earlier, sizeof(earlier));
	if (how == CUT) CHECK_INT(truncate(path, 70), 0);
	if (how == DISK_FAILED) send_journals_void(dir);
	if (how == EMPTY) CHECK_INT(truncate(path, 0), 0);
}

static const struct { const char *row; int mark, code; enum spoil how; const char *state, *error; } fates[] = {
	{ "never begun",              -1,             0,   WHOLE,         "pending",   "the sending was interrupted before this one went out" },
	{ "about to end",             SEND_DOT,       0,   WHOLE,         "uncertain", "the sending was interrupted before the relay's answer was there" },
	{ "taken",                    SEND_TAKEN,     250, WHOLE,         "sent",      NULL },
	{ "refused",                  SEND_REFUSED,   550, WHOLE,         "failed",    "the relay refused it (550)" },
	{ "put off",                  SEND_AGAIN,     451, WHOLE,         "pending",   "the relay did not take it yet (451)" },
	{ "lost connection",          SEND_UNKNOWN,   0,   WHOLE,         "uncertain", "it is not known whether the relay took it" },
	{ "a mark nobody knows",      77,             0,   WHOLE,         "uncertain", NULL },
	{ "not opened by its sender", -1,             0,   UNOPENED,      "uncertain", NULL },
	{ "before the last boot",     -1,             0,   OTHER_BOOT,    "uncertain", NULL },
	{ "copied",                   -1,             0,   COPIED,        "uncertain", NULL },
	{ "of another attempt",       -1,             0,   EARLIER_TRY,   "uncertain", NULL },
	{ "cut off",                  -1,             0,   CUT,           "uncertain", NULL },
	{ "empty",                    -1,             0,   EMPTY,         "uncertain", NULL },
	{ "the disk failed meanwhile", -1,            0,   DISK_FAILED,   "uncertain", NULL },
	{ "its sender lives on",      -1,             0,   STILL_SENDING, "uncertain", NULL },
};

static size_t journals_in(const char *dir)
{
	char *path = mem_format("%s/sending", dir);
	DIR *folder = opendir(path);
	const struct dirent *entry;
	size_t n = 0;

	while (folder != NULL && (entry = readdir(folder)) != NULL) n += entry->d_name[0] != '.';
	if (folder != NULL) (void)closedir(folder);
	free(path);
	return n;
}

static struct send_journal sent_some(const char *path, int mark, int code)
{
	struct send_journal j;

	CHECK(send_journal_open(&j, path, 1));
	if (mark >= 0) send_journal_mark(&j, 0, SEND_DOT, 0);
	if (mark >= 0) send_journal_mark(&j, 0, (enum send_mark)mark, code);
	return j;
}

/* As the end of its process does. */
static void let_go(struct send_journal *j)
{
	if (j->memory != NULL) (void)munmap(j->memory, j->size);
	if (j->fd >= 0) (void)close(j->fd);
	*j = (struct send_journal){ .fd = -1 };
}

TEST(a_kill_leaves_each_mail_as_its_sender_noted_it)
{
	for (size_t i = 0; i < COUNT_OF(fates); i++) {
		const char *dir = test_dir();
		const struct store_conf conf = small_store(dir);
		struct store *store = opened(&conf);
		struct taken t = a_message("k");
		struct store_duty duty = { .id = 0 };
		const struct store_duty *duties[] = { &duty };
		struct send_journal j = { .fd = -1 };
		json_t *ticket;
		char *path;

		test_row(fates[i].row);
		CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
		CHECK_INT(store_call(store, take_one, &duty, NULL), IK_OK);
		path = send_journal_new(dir, duties, 1);
		CHECK(path != NULL);
		if (fates[i].how != UNOPENED) j = sent_some(path, fates[i].mark, fates[i].code);
		CHECK_INT(store_call(store, commit_one, &duty, NULL), IK_OK);
		store_close(&store);
		if (fates[i].how != STILL_SENDING) let_go(&j);
		spoil(dir, path, fates[i].how);
		store = opened(&conf);
		ticket = ticket_json(store, t.ticket.id);
		CHECK_STR(text_at_path(ticket, "ack.state"), fates[i].state);
		CHECK_STR(text_at_path(ticket, "history[1].actor"), "recovery");
		if (fates[i].error != NULL) CHECK_STR(text_at_path(ticket, "history[1].detail"), fates[i].error);
		json_decref(ticket);
		CHECK_INT(journals_in(dir), 0);
		let_go(&j);
		store_close(&store);
		free(path);
	}
}

TEST(a_journal_that_cannot_be_opened_is_none)
{
	const char *dir = test_dir();
	struct send_journal j;
	char *path = mem_format("%s/no/such", dir);
	const struct store_duty duty = { .id = 7, .attempts = 1 }, *duties[] = { &duty };

	CHECK(!send_journal_open(&j, path, 1));
	send_journal_mark(&j, 0, SEND_DOT, 0);
	CHECK(send_journal_new(dir, duties, 1) == NULL);        /* no folder for it */
	free(path);
}
