/* header.h - header values as text: unfolding, encoded words, parameters, message ids, addresses, dates. Input is raw and hostile, output
 * is one clean line of UTF-8. Source: RFC 5322, 2047, 2231. Thread: any. */
#ifndef MAIL_HEADER_H
#define MAIL_HEADER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>
#include "base/buf.h"
#include "mail/draft.h"

#define HEADER_TEXT_MAX (64 * 1024)
#define HEADER_GROUP_DEPTH_MAX 3

/* header_text() - appended as one line: folds undone, encoded words joined as octets and decoded, raw 8-bit read in fallback (may be
 * NULL). Returns whether U+FFFD was put in. */
bool header_text(struct buf *out, const char *raw, size_t len, const char *fallback);
/* header_parameter() - the value of a parameter, RFC 2231 pieces and charsets, RFC 2047 words and raw 8-bit read; false when absent. */
bool header_parameter(struct buf *out, const char *raw, size_t len, const char *name, const char *fallback);
/* header_token() - the first word in lower case, comments, quotes and parameters left out; token_r is cut at its room. */
void header_token(const char *raw, size_t len, char *token_r, size_t room);
/* header_has_word() - a comma- or space-separated list holds word, case aside. */
bool header_has_word(const char *raw, size_t len, const char *word);
/* header_message_id() - the first id without <>; NULL when there is none of the form x@y or <x>. The caller frees. */
char *header_message_id(const char *raw, size_t len);
/* header_next_id() - the next <id> at or behind *at; false at the end. */
bool header_next_id(const char *raw, size_t len, size_t *at, const char **id_r, size_t *id_len_r);
/* header_unfold() - appends the value without the line ends of folding; the white space behind them stays. */
void header_unfold(struct buf *line, const char *raw, size_t len);
/* header_date() - seconds since 1970 or 0 when it cannot be read. */
int64_t header_date(const char *raw, size_t len);

/* header_addresses() - appends the mailboxes of an address list. list_r grows on the heap, *count up to DRAFT_ADDRESSES_MAX; broken entries
 * are left out and counted in *broken_r (may be NULL). IK_REJECT beyond the limits. */
enum ik_rc header_addresses(const char *raw, size_t len, const char *fallback, struct draft_address **list, size_t *count, size_t *broken_r, struct ik_error *err);
/* header_address_ok() - "local@domain" that can be written to an envelope. */
bool header_address_ok(const char *address);

#endif
