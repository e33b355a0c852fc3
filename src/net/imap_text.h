/* imap_text.h - the few pieces of IMAP text that are written and read here; the dialogue itself is libcurl's.
 * Source: RFC 3501 (5.1.3 folder names, 7.1 response codes, 7.4.2 FETCH). Thread: any. */
#ifndef NET_IMAP_TEXT_H
#define NET_IMAP_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"

/* imap_name_encode() - a folder name as IMAP wants it (modified UTF-7); utf8 must be valid. */
void imap_name_encode(struct buf *b, const char *utf8);
/* imap_quote() - a quoted string. imap_url_encode() - for a path, '/' kept. */
void imap_quote(struct buf *b, const char *text);
void imap_url_encode(struct buf *b, const char *text);

/* imap_read_code() - the number of "* OK [NAME n] ...". imap_read_exists() - that of "* n EXISTS". */
bool imap_read_code(const char *line, size_t len, const char *name, uint32_t *n_r);
bool imap_read_exists(const char *line, size_t len, uint32_t *n_r);
/* imap_is_search() - whether the line is "* SEARCH ..."; *at_r stands before the first number. imap_next_number() - the next of them;
 * false at the end, or at the first word that is no number from 1 to 2^32 - 1. */
bool imap_is_search(const char *line, size_t len, const char **at_r);
bool imap_next_number(const char **at, const char *end, uint32_t *n_r);
/* imap_read_literal() - whether a FETCH line announces a literal: its size and the UID when it stands before (else 0). */
bool imap_read_literal(const char *line, size_t len, uint32_t *uid_r, int64_t *size_r);
/* imap_has_word() - whether a line of capabilities holds this one. */
bool imap_has_word(const char *line, size_t len, const char *word);

/* How the lines around one fetched literal must look; anything else means that the literal had another length than was said, or that
 * text of a mail was taken for protocol. */
struct imap_frame {
	uint32_t uid;                   /* that was asked for */
	int64_t declared;               /* size of the literal; -1 before it was announced */
	int64_t received;               /* counted by the caller */
	bool is_closed;                 /* the line behind the literal was seen */
	bool is_done;                   /* the tagged OK was seen */
	bool is_foul;
};
void imap_frame_init(struct imap_frame *f, uint32_t uid);
/* imap_frame_line() - every line of the server, in order with `received`. */
void imap_frame_line(struct imap_frame *f, const char *line, size_t len);
/* imap_frame_is_whole() - the literal came in its whole declared length, for this UID, in clean surroundings. */
bool imap_frame_is_whole(const struct imap_frame *f);

#endif
