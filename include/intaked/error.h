/* error.h - how every function of intaked and of its plugins reports failure.
 *
 * A code says what the caller does next; the text says what was tried, on what, and why it failed.
 * Who finds the problem writes the text; who decides what follows logs it, once. */
#ifndef INTAKED_ERROR_H
#define INTAKED_ERROR_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum ik_rc {
	IK_OK = 0,
	IK_RETRY,       /* nothing was lost, try later */
	IK_REJECT,      /* never acceptable, set this one aside */
	IK_CONFIG,      /* an operator must act, park the channel */
	IK_FATAL,       /* the store cannot be trusted, stop */
};

struct ik_error { char text[512]; };    /* UTF-8, NUL-terminated, "" when there is none */

/* ik_vfail(), ik_fail() - write the text (err may be NULL) and return rc, so that a failure is one line. */
__attribute__((format(printf, 3, 0)))
static inline enum ik_rc ik_vfail(enum ik_rc rc, struct ik_error *err, const char *fmt, va_list ap)
{
	if (err != NULL) (void)vsnprintf(err->text, sizeof(err->text), fmt, ap);
	return rc;
}

__attribute__((format(printf, 3, 4)))
static inline enum ik_rc ik_fail(enum ik_rc rc, struct ik_error *err, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	rc = ik_vfail(rc, err, fmt, ap);
	va_end(ap);
	return rc;
}

/* ik_rc_of_errno() - what a failed system call asks of the caller: EIO is FATAL, permissions and missing
 * files are CONFIG, everything else (no space, no descriptors, interrupted peers) is RETRY. */
static inline enum ik_rc ik_rc_of_errno(int number)
{
	switch (number) {
	case EIO: return IK_FATAL;
	case EACCES: case EPERM: case ENOENT: case ENOTDIR: case EISDIR: case EROFS: case ELOOP: case ENAMETOOLONG: return IK_CONFIG;
	default: return IK_RETRY;
	}
}

/* ik_fail_errno() - as ik_fail(), with the reason of errno appended and the code chosen from it. (strerror() is safe between threads since glibc 2.32;
 * strerror_r() is another function without _GNU_SOURCE, which a plugin need not define.) */
__attribute__((format(printf, 2, 3)))
static inline enum ik_rc ik_fail_errno(struct ik_error *err, const char *fmt, ...)
{
	const int number = errno;
	char what[320];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	return ik_fail(ik_rc_of_errno(number), err, "%s: %s", what, strerror(number));
}

#endif
