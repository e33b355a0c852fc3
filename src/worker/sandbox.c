/* sandbox.c - see sandbox.h. Sources: landlock(7), seccomp(2), linux/landlock.h (access bits by ABI), capabilities(7). */
#include "worker/sandbox.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED 1
#else
#define IS_SANITIZED 0
#endif

#define STACK_BYTES (8 << 20)                   /* GMime recurses: a header within our limits needs less than this */
#define FILES_MAX 16
#define NOBODY 65534

/* Numbers of the Landlock calls are the same on every architecture; Debian 12's headers know them only partly. */
#define NR_LANDLOCK_CREATE_RULESET 444
#define NR_LANDLOCK_RESTRICT_SELF 446
#define LANDLOCK_VERSION 1u

struct landlock_attr { uint64_t fs, net, scoped; };

/* ---- privileges and limits ---- */

/* Root in a sandbox is still root to the kernel; nobody is not. Fails only where that user cannot be had (some containers): then
 * the capabilities are dropped all the same. */
static void drop_root(void)
{
	struct __user_cap_header_struct head = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct none[2] = { { 0 } };

	if (geteuid() == 0 && setgroups(0, NULL) == 0 && setresgid(NOBODY, NOBODY, NOBODY) == 0) (void)!setresuid(NOBODY, NOBODY, NOBODY);
	(void)syscall(SYS_capset, &head, none);
}

static bool limit(__rlimit_resource_t what, int64_t value)
{
	struct rlimit r;

	if (getrlimit(what, &r) != 0) return false;
	if (r.rlim_max == RLIM_INFINITY || r.rlim_max > (rlim_t)value) r.rlim_max = (rlim_t)value;
	r.rlim_cur = r.rlim_max;
	return setrlimit(what, &r) == 0;
}

static bool set_limits(const struct sandbox_limits *l)
{
	return (IS_SANITIZED || (limit(RLIMIT_AS, l->memory) && limit(RLIMIT_FSIZE, 0))) && limit(RLIMIT_STACK, STACK_BYTES) &&
	       limit(RLIMIT_CPU, l->cpu_s) && limit(RLIMIT_NOFILE, FILES_MAX) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_CORE, 0);
}

/* ---- Landlock ---- */

/* Every access bit that this ABI can take away. */
static struct landlock_attr everything(long abi)
{
	static const unsigned fs_bits[] = { 0, 13, 14, 15, 15, 16 };

	return (struct landlock_attr){
		.fs = (UINT64_C(1) << fs_bits[abi < 5 ? abi : 5]) - 1,
		.net = abi >= 4 ? 3 : 0,                /* bind and connect of TCP */
		.scoped = abi >= 6 ? 3 : 0,             /* abstract Unix sockets, signals */
	};
}

/* 0: this kernel has none, or it is switched off. */
static long landlock_abi(void)
{
	const long abi = syscall(NR_LANDLOCK_CREATE_RULESET, NULL, (size_t)0, LANDLOCK_VERSION);

	return abi > 0 ? abi : 0;
}

/* No rule is added: nothing is allowed. */
static bool enter_landlock(long abi)
{
	const struct landlock_attr attr = everything(abi);
	const size_t size = abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
	const int fd = (int)syscall(NR_LANDLOCK_CREATE_RULESET, &attr, size, 0u);
	bool ok;

	if (fd < 0) return false;
	ok = syscall(NR_LANDLOCK_RESTRICT_SELF, fd, 0u) == 0;
	(void)close(fd);
	return ok;
}

/* ---- seccomp ---- */

#define CALL(name) SCMP_SYS(name)

static const int allowed[] = {
	CALL(read), CALL(readv), CALL(pread64), CALL(write), CALL(writev), CALL(recvmsg), CALL(recvfrom), CALL(sendmsg), CALL(sendto),
	CALL(poll), CALL(ppoll), CALL(lseek), CALL(close), CALL(fstat), CALL(dup), CALL(fcntl),
	CALL(munmap), CALL(mremap), CALL(brk), CALL(madvise), CALL(futex), CALL(sched_yield), CALL(restart_syscall),
	CALL(clock_gettime), CALL(clock_getres), CALL(clock_nanosleep), CALL(nanosleep), CALL(gettimeofday), CALL(time), CALL(getrandom),
	CALL(getpid), CALL(gettid), CALL(rt_sigaction), CALL(rt_sigprocmask), CALL(rt_sigreturn), CALL(sigaltstack),
	CALL(exit), CALL(exit_group),
};

/* Libraries try these and live without them. The number is what they are told. */
static const struct { int call, error; } refused[] = {
	{ CALL(open), EACCES }, { CALL(openat), EACCES }, { CALL(openat2), EACCES }, { CALL(access), EACCES }, { CALL(faccessat), EACCES },
	{ CALL(faccessat2), EACCES }, { CALL(stat), EACCES }, { CALL(lstat), EACCES }, { CALL(statx), EACCES }, { CALL(readlink), EACCES },
	{ CALL(readlinkat), EACCES }, { CALL(getcwd), EACCES }, { CALL(socket), EPERM }, { CALL(socketpair), EPERM }, { CALL(connect), EPERM },
	{ CALL(bind), EPERM }, { CALL(fork), EPERM }, { CALL(vfork), EPERM }, { CALL(clone), EPERM }, { CALL(clone3), ENOSYS },
	{ CALL(ioctl), ENOTTY }, { CALL(prlimit64), EPERM }, { CALL(getrlimit), EPERM }, { CALL(sysinfo), EPERM }, { CALL(uname), EPERM },
	{ CALL(sched_getaffinity), EPERM }, { CALL(kill), EPERM },
};

/* In a sanitizer build, whose run-time library needs much of the rest, these end the process. */
static const int deadly[] = { CALL(execve), CALL(execveat), CALL(ptrace), CALL(mount), CALL(unshare), CALL(setns), CALL(bpf), CALL(init_module) };

static bool add(scmp_filter_ctx filter, uint32_t action, int call)
{
	/* -EDOM, -EINVAL for a pseudo call: this architecture does not have it. */
	const int rc = seccomp_rule_add(filter, action, call, 0);

	return rc == 0 || call < 0;
}

/* Calls that are allowed only with harmless arguments; a just-in-time compiler that is refused falls back to interpreting. */
static const struct { int call; uint32_t refuse; struct scmp_arg_cmp allow_if, refuse_if; } narrow[] = {
	{ CALL(mmap),       EACCES, { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 },        { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC } },
	{ CALL(mprotect),   EACCES, { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0 },        { 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC } },
	{ CALL(newfstatat), EACCES, { 3, SCMP_CMP_EQ, AT_EMPTY_PATH, 0 },           { 3, SCMP_CMP_NE, AT_EMPTY_PATH, 0 } },
	{ CALL(prctl),      EPERM,  { 0, SCMP_CMP_EQ, PR_GET_SECCOMP, 0 },          { 0, SCMP_CMP_NE, PR_GET_SECCOMP, 0 } },
};

static bool add_narrow(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < COUNT_OF(narrow); i++)
		if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, narrow[i].call, 1, narrow[i].allow_if) != 0 ||
		    seccomp_rule_add(filter, SCMP_ACT_ERRNO(narrow[i].refuse), narrow[i].call, 1, narrow[i].refuse_if) != 0) return false;
	/* abort() signals its own thread. */
	return seccomp_rule_add(filter, SCMP_ACT_ALLOW, CALL(tgkill), 1, SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid())) == 0;
}

static bool fill_filter(scmp_filter_ctx filter)
{
	for (size_t i = 0; i < COUNT_OF(refused); i++)
		if (!add(filter, SCMP_ACT_ERRNO((uint32_t)refused[i].error), refused[i].call)) return false;
	if (IS_SANITIZED) {
		for (size_t i = 0; i < COUNT_OF(deadly); i++)
			if (!add(filter, SCMP_ACT_KILL_PROCESS, deadly[i])) return false;
		return true;
	}
	for (size_t i = 0; i < COUNT_OF(allowed); i++)
		if (!add(filter, SCMP_ACT_ALLOW, allowed[i])) return false;
	return add_narrow(filter);
}

static bool enter_seccomp(void)
{
	scmp_filter_ctx filter = seccomp_init(IS_SANITIZED ? SCMP_ACT_ALLOW : SCMP_ACT_KILL_PROCESS);
	bool ok = filter != NULL && fill_filter(filter);

	if (ok) {
		const int rc = seccomp_load(filter);

		ok = rc == 0;
		if (!ok) errno = -rc;
	}
	if (filter != NULL) seccomp_release(filter);
	return ok;
}

enum ik_rc sandbox_enter(const struct sandbox_limits *limits, int64_t parent_pid, long *landlock_r, struct ik_error *err)
{
	const long abi = landlock_abi();

	drop_root();                            /* before the rest: a change of user clears the death signal */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return ik_fail_errno(err, "give up privileges");
	if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return ik_fail_errno(err, "ask for the death signal");
	if (parent_pid > 1 && getppid() != (pid_t)parent_pid) return ik_fail(IK_RETRY, err, "the parent has gone");
	if (!set_limits(limits)) return ik_fail_errno(err, "set resource limits");
	if (abi > 0 && !enter_landlock(abi)) return ik_fail_errno(err, "enter Landlock");
	if (!enter_seccomp()) return ik_fail_errno(err, "load the seccomp filter");
	*landlock_r = abi;
	return IK_OK;
}

static void add_outcome(struct buf *line, const char *what, long rc)
{
	buf_format(line, "%s %s, ", what, rc < 0 ? strerrorname_np(errno) : "works");
}

void sandbox_probe(struct buf *line)
{
	long child;

	add_outcome(line, "open", open("/etc/passwd", O_RDONLY | O_CLOEXEC));
	add_outcome(line, "socket", socket(AF_INET, SOCK_STREAM, 0));
	child = (long)fork();
	if (child == 0) _exit(0);
	add_outcome(line, "fork", child);
	buf_format(line, "seccomp %d", prctl(PR_GET_SECCOMP));
}
