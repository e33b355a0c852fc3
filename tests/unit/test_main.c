#include "test.h"

#include <ftw.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct test_entry *first, **last = &first;
static size_t count;
static const char *row = "";
static char folder[64];
static char data_path[512];

void test_add(struct test_entry *entry)
{
	*last = entry;
	last = &entry->next;
	count++;
}

void test_row(const char *name)
{
	row = name;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st; (void)kind; (void)where;
	return remove(path);
}

static void remove_folder(void)
{
	if (folder[0] != '\0') (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	folder[0] = '\0';
}

const char *test_dir(void)
{
	remove_folder();
	(void)snprintf(folder, sizeof(folder), "/tmp/intaked-test-XXXXXX");
	if (mkdtemp(folder) == NULL) abort();
	return folder;
}

const char *test_data(const char *name)
{
	const char *top = getenv("TEST_DATA");

	(void)snprintf(data_path, sizeof(data_path), "%s/%s", top != NULL ? top : "tests/data", name);
	return data_path;
}

bool test_waits(int64_t until_ms)
{
	(void)poll(NULL, 0, 5);
	return clock_mono_ms() < until_ms;
}

static _Noreturn void failed(const char *file, int line)
{
	_fail(file, line);
	abort();
}

void test_check(bool ok, const char *what, const char *file, int line)
{
	if (ok) return;
	print_error("row \"%s\": not true: %s\n", row, what);
	failed(file, line);
}

void test_check_int(long long got, long long want, const char *what, const char *file, int line)
{
	if (got == want) return;
	print_error("row \"%s\": %s is %lld, expected %lld\n", row, what, got, want);
	failed(file, line);
}

void test_check_str(const char *got, const char *want, const char *what, const char *file, int line)
{
	if (got == want || (got != NULL && want != NULL && strcmp(got, want) == 0)) return;
	print_error("row \"%s\": %s is\n  \"%s\", expected\n  \"%s\"\n", row, what, got != NULL ? got : "(null)", want != NULL ? want : "(null)");
	failed(file, line);
}

static int clear_row(void **state)
{
	(void)state;
	row = "";
	return 0;
}

int main(int argc, char **argv)
{
	struct CMUnitTest *tests = mem_new(sizeof(*tests) * (count + 1));
	size_t n = 0;
	int failures;

	for (const struct test_entry *e = first; e != NULL; e = e->next)
		if (argc < 2 || strstr(e->name, argv[1]) != NULL) tests[n++] = (struct CMUnitTest){ .name = e->name, .test_func = e->run, .setup_func = clear_row };
	failures = _cmocka_run_group_tests(argv[0], tests, n, NULL, NULL);
	free(tests);
	remove_folder();
	return failures != 0;
}
