#include "base/program.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"

/* ---- which may be started ---- */

/* Nobody but root and ourselves may be able to change what we start. */
static enum ik_rc check_owner(const char *path, const struct stat *st, struct ik_error *err)
{
	const bool is_sticky_dir = S_ISDIR(st->st_mode) && (st->st_mode & S_ISVTX) != 0;

	if ((st->st_mode & 022) != 0 && !is_sticky_dir)
		return ik_fail(IK_CONFIG, err, "command: %s can be changed by group or others; run: chmod go-w %s", path, path);
	if (st->st_uid != 0 && st->st_uid != geteuid()) return ik_fail(IK_CONFIG, err, "command: %s belongs to somebody else", path);
	return IK_OK;
}

static enum ik_rc check_folders(const char *path, struct ik_error *err)
{
	char folder[PATH_MAX];
	struct stat st;
	enum ik_rc rc = IK_OK;

	(void)snprintf(folder, sizeof(folder), "%s", path);
	for (char *slash = strrchr(folder, '/'); rc == IK_OK && slash != NULL; slash = strrchr(folder, '/')) {
		*slash = '\0';
		if (stat(folder[0] != '\0' ? folder : "/", &st) != 0) return ik_fail_errno(err, "command: look at %s", folder);
		rc = check_owner(folder[0] != '\0' ? folder : "/", &st, err);
	}
	return rc;
}

enum ik_rc program_check(const struct program_conf *conf, struct ik_error *err)
{
	const char *program = conf->command->count > 0 ? conf->command->item[0] : "";
	struct stat st;
	char *real;
	enum ik_rc rc;

	if (*program == '\0' || conf->command->count > PROGRAM_ARGUMENTS_MAX)
		return ik_fail(IK_CONFIG, err, "command: 1 to %d items are needed", PROGRAM_ARGUMENTS_MAX);
	if (conf->environment->count > PROGRAM_VARIABLES_MAX) return ik_fail(IK_CONFIG, err, "environment: no more than %d variables", PROGRAM_VARIABLES_MAX);
	if (program[0] != '/') return ik_fail(IK_CONFIG, err, "command: %s is not an absolute path", program);
	real = realpath(program, NULL);
	if (real == NULL || stat(real, &st) != 0) rc = ik_fail_errno(err, "command: look at %s", program);
	else if (!S_ISREG(st.st_mode) || access(real, X_OK) != 0) rc = ik_fail(IK_CONFIG, err, "command: %s is no program that can be started", real);
	else rc = check_owner(real, &st, err);
	if (rc == IK_OK) rc = check_folders(real, err);
	free(real);
	return rc;
}

/* ---- start ---- */

/* NAME=value texts, NULL at the end; to be freed with free_variables(). */
static char **make_variables(const struct ik_map *environment)
{
	char **all = mem_new(sizeof(*all) * (environment->count + 3));
	size_t n = 0;

	for (size_t i = 0; i < environment->count; i++) all[n++] = mem_format("%s=%s", environment->pair[i].key, environment->pair[i].value);
	all[n++] = mem_text("PATH=/usr/local/bin:/usr/bin:/bin");       /* a PATH of the operator's comes first and counts */
	all[n++] = mem_text("LANG=C.UTF-8");
	all[n] = NULL;
	return all;
}

static void free_variables(char **all)
{
	for (size_t i = 0; all[i] != NULL; i++) free(all[i]);
	free(all);
}

static int spawn(const struct program_conf *conf, const int theirs[3], pid_t *pid_r)
{
	char *argv[PROGRAM_ARGUMENTS_MAX + 1] = { NULL }, **variables = make_variables(conf->environment);
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	int rc;

	for (size_t i = 0; i < conf->command->count; i++) argv[i] = conf->command->item[i];
	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	(void)posix_spawn_file_actions_init(&files);
	(void)posix_spawnattr_init(&attr);
	(void)posix_spawnattr_setsigmask(&attr, &none);
	(void)posix_spawnattr_setsigdefault(&attr, &all);
	(void)posix_spawnattr_setpgroup(&attr, 0);
	(void)posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	rc = posix_spawn_file_actions_addchdir_np(&files, "/");
	for (int i = 0; rc == 0 && i < 3; i++) rc = posix_spawn_file_actions_adddup2(&files, theirs[i], i);
	if (rc == 0) rc = posix_spawn(pid_r, argv[0], &files, &attr, argv, variables);
	(void)posix_spawnattr_destroy(&attr);
	(void)posix_spawn_file_actions_destroy(&files);
	free_variables(variables);
	return rc;
}

static void close_pipes(struct program_pipes *p)
{
	fd_close(&p->in);
	fd_close(&p->out);
	fd_close(&p->err);
}

/* Three pipes whose own ends do not block; theirs are numbered above 2, so that dup2 never meets one that is still needed. */
static bool make_pipes(struct program_pipes *p, int theirs[3])
{
	int *const ours[3] = { &p->in, &p->out, &p->err };

	for (int i = 0; i < 3; i++) {
		int ends[2];

		if (pipe2(ends, O_CLOEXEC) != 0) return false;
		theirs[i] = fcntl(ends[i == 0 ? 0 : 1], F_DUPFD_CLOEXEC, 3);
		*ours[i] = ends[i == 0 ? 1 : 0];
		fd_close(&ends[i == 0 ? 0 : 1]);
		if (theirs[i] < 0 || fcntl(*ours[i], F_SETFL, O_NONBLOCK) != 0) return false;
	}
	return true;
}

enum ik_rc program_start(const struct program_conf *conf, struct program_pipes *pipes_r, pid_t *pid_r, struct ik_error *err)
{
	struct program_pipes pipes = { -1, -1, -1 };
	int theirs[3] = { -1, -1, -1 };
	enum ik_rc rc = program_check(conf, err);

	if (rc != IK_OK) return rc;
	if (!make_pipes(&pipes, theirs)) {
		rc = ik_fail_errno(err, "create pipes");
	} else {
		errno = spawn(conf, theirs, pid_r);
		if (errno != 0) rc = ik_fail_errno(err, "start %s", conf->command->item[0]);
	}
	for (int i = 0; i < 3; i++) fd_close(&theirs[i]);
	if (rc == IK_OK) *pipes_r = pipes;
	else close_pipes(&pipes);
	return rc;
}
