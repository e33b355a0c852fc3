/* test_store_retention.c - what is kept for a time only goes then, all of it and nothing else; leftover files go while the store runs. */
#include "test.h"
#include "store_fixture.h"

#include <fcntl.h>
#include <sys/stat.h>
#include "base/clock.h"

#define DAY INT64_C(86400)
#define KEPT (400 * DAY)

static const unsigned char digest[STORE_DIGEST_SIZE] = { 7 };

struct filing { int64_t at; int first, count; };

static enum ik_rc file_keys(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct filing *f = arg;
	enum ik_rc rc = IK_OK;

	for (int i = 0; rc == IK_OK && i < f->count; i++) {
		char key[32];

		(void)snprintf(key, sizeof(key), "k%d", f->first + i);
		rc = store_add_key(tx, "web", key, f->at, i + 1, 1, digest, err);
		if (rc == IK_OK) rc = store_add_message_id(tx, key, f->at, i + 1, 1, digest, err);
	}
	return rc;
}

static enum ik_rc tell_time(struct store_tx *tx, void *arg, struct ik_error *err)
{
	return store_count(tx, "web", *(int64_t *)arg, COUNT_OFFERED, NULL, err);
}

struct asked { int64_t at; int key; bool by_mail, is_known; };

static enum ik_rc ask(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct asked *a = arg;
	unsigned char found[STORE_DIGEST_SIZE];
	int64_t message = 0, ticket = 0;
	char key[32];
	enum ik_rc rc;

	(void)snprintf(key, sizeof(key), "k%d", a->key);
	if (a->by_mail) rc = store_find_message_id(tx, key, a->at, &message, &ticket, found, err);
	else rc = store_find_key(tx, "web", key, a->at, &message, &ticket, found, err);
	a->is_known = message != 0;
	return rc;
}

static bool is_known(struct store *store, int key, bool by_mail, int64_t at)
{
	struct asked a = { .at = at, .key = key, .by_mail = by_mail };

	CHECK_INT(store_call(store, ask, &a, NULL), IK_OK);
	return a.is_known;
}

/* Whether the key is gone after one more batch: housekeeping goes by slices between batches. */
static bool is_forgotten(struct store *store, int key, bool by_mail, int64_t at, int64_t now)
{
	CHECK_INT(store_call(store, tell_time, &now, NULL), IK_OK);
	return !is_known(store, key, by_mail, at);
}

static const struct { const char *row; int64_t kept, age, last_age; bool is_gone; } ages[] = {
	{ "older than is kept",            KEPT, 500 * DAY, 40 * DAY,  true },
	{ "younger",                       KEPT, 380 * DAY, 40 * DAY,  false },
	{ "kept for ever",                 0,    500 * DAY, 40 * DAY,  false },
	{ "a clock that jumped ahead",     KEPT, 500 * DAY, 500 * DAY, false },
};
TEST(keys_are_forgotten_when_they_are_old_enough)
{
	for (size_t i = 0; i < COUNT_OF(ages); i++) {
		struct store_conf conf = small_store(test_dir());
		struct store *store;
		struct filing old = { NOW - ages[i].age, 0, 450 }, late = { NOW - ages[i].last_age, 1000, 10 };

		test_row(ages[i].row);
		conf.keys_kept = ages[i].kept;
		store = opened(&conf);
		CHECK_INT(store_call(store, file_keys, &old, NULL), IK_OK);
		CHECK_INT(store_call(store, file_keys, &late, NULL), IK_OK);
		for (int key = 0; key < 450; key += ages[i].is_gone ? 13 : 449)
			for (int by_mail = 0; by_mail < 2; by_mail++) {
				if (ages[i].is_gone) CHECK_SOON(is_forgotten(store, key, by_mail, old.at, NOW));
				else CHECK_INT(store_call(store, tell_time, &(int64_t){ NOW }, NULL), IK_OK);
				CHECK_INT(is_known(store, key, by_mail, old.at), !ages[i].is_gone);
			}
		(void)usleep(ages[i].is_gone ? 0 : 300000);
		CHECK(is_known(store, 1003, false, late.at));
		CHECK_INT(is_known(store, 7, false, old.at), !ages[i].is_gone);
		store_close(&store);
	}
}

/* ---- quarantine ---- */

struct aside { const struct store_blob *blob; int64_t at; };

static enum ik_rc put_aside(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct aside *a = arg;

	return store_quarantine(tx, "web", "self", a->blob, a->at, 0, err);
}

static enum ik_rc keep_original(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct store_message m = { .ticket_id = 1, .channel = "web", .received_at = NOW, .text = "", .original = arg };

	return store_add_message(tx, &m, err);
}

static size_t quarantined(struct store *store)
{
	struct store_reader *r = reading(store);
	json_t *list = NULL, *counts = counts_json(store);
	size_t n;

	CHECK_INT(read_quarantine(r, 0, &list, NULL), IK_OK);
	n = json_array_size(list);
	CHECK_INT(at_path(counts, "quarantined"), n);
	json_decref(list);
	json_decref(counts);
	store_reader_close(&r);
	return n;
}

static char *file_of(const char *dir, const struct store_blob *blob)
{
	char hex[2 * STORE_DIGEST_SIZE + 1];

	for (size_t i = 0; i < STORE_DIGEST_SIZE; i++) (void)snprintf(hex + 2 * i, 3, "%02x", blob->digest[i]);
	return mem_format("%s/blobs/%.2s/%s", dir, hex, hex);
}

static bool is_gone(const char *path)
{
	return access(path, F_OK) != 0;
}

static size_t quarantined_after_a_batch(struct store *store)
{
	CHECK_INT(store_call(store, tell_time, &(int64_t){ NOW }, NULL), IK_OK);
	return quarantined(store);
}

TEST(quarantine_goes_in_time_with_its_files_unless_somebody_needs_them)
{
	const char *dir = test_dir();
	struct store_conf conf = small_store(dir);
	struct store *store;
	char *data = mem_new(STORE_INLINE_MAX + 2), *shared_file, *own_file;
	struct store_blob small, shared, own;

	conf.quarantine_kept = 180 * DAY;
	conf.sweep_every = 1;
	store = opened(&conf);
	CHECK_INT(store_blob_prepare(store, "x", 1, &small, NULL), IK_OK);
	CHECK_INT(store_blob_prepare(store, data, STORE_INLINE_MAX + 2, &shared, NULL), IK_OK);
	CHECK_INT(store_blob_prepare(store, data, STORE_INLINE_MAX + 1, &own, NULL), IK_OK);
	CHECK_INT(store_call(store, keep_original, &shared, NULL), IK_OK);
	for (int i = 0; i < 20; i++) CHECK_INT(store_call(store, put_aside, &(struct aside){ &small, NOW - 200 * DAY }, NULL), IK_OK);
	CHECK_INT(store_call(store, put_aside, &(struct aside){ &shared, NOW - 200 * DAY }, NULL), IK_OK);
	CHECK_INT(store_call(store, put_aside, &(struct aside){ &own, NOW - 200 * DAY }, NULL), IK_OK);
	CHECK_INT(store_call(store, put_aside, &(struct aside){ &small, NOW - 100 * DAY }, NULL), IK_OK);
	shared_file = file_of(dir, &shared);
	own_file = file_of(dir, &own);
	CHECK_SOON(quarantined_after_a_batch(store) == 1);
	CHECK_SOON(is_gone(own_file));
	CHECK(access(shared_file, F_OK) == 0);
	store_close(&store);
	free(shared_file);
	free(own_file);
	free(data);
}

/* ---- leftover files, while the store runs ---- */

TEST(a_leftover_goes_at_the_second_look_unless_it_was_touched)
{
	const char *dir = test_dir();
	struct store_conf conf = small_store(dir);
	struct store *store;
	char *data = mem_new(STORE_INLINE_MAX + 2), *left, *touched, *part = mem_format("%s/blobs/.0123", dir);
	struct store_blob lost, busy;
	struct stat first, last;
	int64_t longest_ms = 0;

	conf.sweep_every = 2;
	store = opened(&conf);
	CHECK_INT(store_blob_prepare(store, data, STORE_INLINE_MAX + 1, &lost, NULL), IK_OK);
	CHECK_INT(store_blob_prepare(store, data, STORE_INLINE_MAX + 2, &busy, NULL), IK_OK);
	left = file_of(dir, &lost);
	touched = file_of(dir, &busy);
	(void)close(open(part, O_CREAT | O_WRONLY, 0600));
	CHECK_INT(stat(touched, &first), 0);
	for (int i = 0; i < PATIENCE_MS / 100 && access(left, F_OK) == 0; i++) {
		const int64_t touched_ms = clock_mono_ms();

		CHECK_INT(store_blob_prepare(store, data, STORE_INLINE_MAX + 2, &busy, NULL), IK_OK);     /* another message brings the same */
		(void)usleep(100000);
		if (clock_mono_ms() - touched_ms > longest_ms) longest_ms = clock_mono_ms() - touched_ms;
	}
	if (longest_ms < 1500) CHECK(stat(touched, &last) == 0 && last.st_ino == first.st_ino);     /* a machine that stood still between two looks proves nothing */
	CHECK_SOON(is_gone(left));
	CHECK_SOON(is_gone(part));
	store_close(&store);
	free(left);
	free(touched);
	free(part);
	free(data);
}

/* ---- addresses that wait for their proof ------------------------------------------------------------------------------------- */

struct proof { int64_t ids[4], left[4]; char handle[64]; };

static enum ik_rc ask_for_proof(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct proof *p = arg;
	enum ik_rc rc = store_ask_verification(tx, "old@example.org", "old@example.org", NOW - 5 * DAY, &p->ids[0], err);

	if (rc == IK_OK) rc = store_await_verification(tx, p->ids[0], 1, 1, err);
	if (rc == IK_OK) rc = store_ask_verification(tx, "proved@example.org", "proved@example.org", NOW - 5 * DAY, &p->ids[1], err);
	if (rc == IK_OK) rc = store_verify(tx, p->ids[1], NOW - 5 * DAY, p->handle, sizeof(p->handle), err);
	if (rc == IK_OK) rc = store_ask_verification(tx, "new@example.org", "new@example.org", NOW - 2 * DAY, &p->ids[2], err);
	return rc == IK_OK ? store_await_verification(tx, p->ids[2], 2, 2, err) : rc;
}

static enum ik_rc look_for_proof(struct store_tx *tx, void *arg, struct ik_error *err)
{
	static const char *const addresses[] = { "old@example.org", "proved@example.org", "new@example.org" };
	struct proof *p = arg;
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < 3; i++) {
		struct store_verification v = { .id = 0 };

		rc = store_find_verification(tx, addresses[i], &v, err);
		p->left[i] = v.id;
	}
	return rc;
}

static enum ik_rc forget(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct proof *p = arg;
	struct store_awaiting waiting[2];
	size_t count = 9;
	enum ik_rc rc = store_forget_verification(tx, "new@example.org", err);

	if (rc == IK_OK) rc = store_take_awaiting(tx, p->ids[2], 2, waiting, &count, err);
	if (rc == IK_OK && count != 0) return ik_fail(IK_REJECT, err, "a ticket still waits");
	return rc == IK_OK ? store_ask_verification(tx, "other@example.org", "other@example.org", NOW - 2 * DAY + 1, &p->ids[3], err) : rc;
}

TEST(an_address_nobody_proves_is_forgotten_and_its_link_never_names_another)
{
	struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct proof p = { .handle = "" };
	int64_t at = NOW;

	CHECK_INT(store_call(store, ask_for_proof, &p, NULL), IK_OK);
	CHECK_STR(p.handle, "proved@example.org");
	CHECK_INT(store_call(store, tell_time, &at, NULL), IK_OK);
	CHECK_SOON(store_call(store, look_for_proof, &p, NULL) == IK_OK && p.left[0] == 0);
	CHECK_INT(p.left[1], p.ids[1]);
	CHECK_INT(p.left[2], p.ids[2]);
	CHECK_INT(store_call(store, forget, &p, NULL), IK_OK);
	CHECK(p.ids[3] != p.ids[2]);
	store_close(&store);
}
