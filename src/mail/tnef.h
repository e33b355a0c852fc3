/* tnef.h - what is inside a winmail.dat: the files and the text that Outlook packed up. Hostile bytes: every length is checked, nothing is
 * read beyond the end, and what is broken ends the reading with what was found so far. Source: MS-OXTNEF, MS-OXPROPS. Thread: any. */
#ifndef MAIL_TNEF_H
#define MAIL_TNEF_H

#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

#define TNEF_FILES_MAX 100

struct tnef_file { char *name; const unsigned char *data; size_t len; };       /* data points into the caller's bytes */
struct tnef {
	struct tnef_file files[TNEF_FILES_MAX];
	size_t count;
	struct buf text, html;                  /* UTF-8; empty when there is none */
	const unsigned char *rtf;               /* packed rich text (text/rtf.h) within the caller's bytes, NULL when there is none */
	size_t rtf_len;
};

/* tnef_is() - by their first bytes. */
bool tnef_is(const void *bytes, size_t len);
/* tnef_read() - false when the bytes are no TNEF at all. bytes are borrowed until tnef_release(). */
bool tnef_read(struct tnef *t, const void *bytes, size_t len);
void tnef_release(struct tnef *t);

#endif
