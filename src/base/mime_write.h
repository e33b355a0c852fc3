/* mime_write.h - the only writer of mail bytes: headers, text and files that go out, and the last check before they do.
 *
 * Nothing gets through that could start a second header, a second command or a second message: control bytes are refused in
 * every header, line ends are CRLF only, all bytes are 7-bit, no line is longer than 998 bytes. Callers append freely and ask the
 * buffer at the end whether everything fitted (buf_check). Source: RFC 5322, 2045, 2047, 5321 section 4.5.3. Thread: any. */
#ifndef BASE_MIME_WRITE_H
#define BASE_MIME_WRITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>
#include "base/buf.h"

#define MIME_LINE_MAX 998               /* bytes without CRLF */
#define MIME_ADDRESS_MAX 254            /* bytes */
#define MIME_ID_MAX 250                 /* bytes of a Message-ID without <> */
#define MIME_REFERENCES_MAX 10

/* mime_address_ok() - one plain mailbox "local@domain": ASCII, no white space, controls, quotes, comments or <>. NULL is false. */
bool mime_address_ok(const char *address);
/* mime_id_ok() - a Message-ID without <>: visible ASCII with one '@' inside. NULL is false. */
bool mime_id_ok(const char *id);

/* Each of these appends one whole header, folded, or nothing and IK_REJECT when a byte of it is not allowed. */
/* mime_header() - value is visible ASCII with single spaces where it may be folded. */
enum ik_rc mime_header(struct buf *b, const char *name, const char *value, struct ik_error *err);
/* mime_header_text() - free UTF-8 text: as it is when plain, else as encoded words. */
enum ik_rc mime_header_text(struct buf *b, const char *name, const char *text, struct ik_error *err);
/* mime_header_mailbox() - display name (UTF-8, may be NULL) and address. */
enum ik_rc mime_header_mailbox(struct buf *b, const char *name, const char *display, const char *address, struct ik_error *err);
/* mime_header_ids() - <ID> <ID> ...; bad ones are left out, of more than MIME_REFERENCES_MAX the first and the last ones stay. No
 * header at all when none is left. */
enum ik_rc mime_header_ids(struct buf *b, const char *name, const char *const *ids, size_t count, struct ik_error *err);
enum ik_rc mime_header_date(struct buf *b, int64_t at, struct ik_error *err);

/* mime_plain_text() - Content-Type, encoding, empty line and body of a text/plain part. Line ends of any kind come out as CRLF. */
void mime_plain_text(struct buf *b, const char *text);
/* mime_base64() - data in lines of 76 characters. */
void mime_base64(struct buf *b, const void *data, size_t len);
/* mime_clean_line() - text of a stranger made fit for one header: one line, no controls, no U+2028/2029 and bidi marks, at most max bytes. */
void mime_clean_line(struct buf *b, const char *text, size_t max);

/* mime_is_plain() - whether bytes can stand in a mail as they are: 7-bit, CRLF only, no NUL, no long line, CRLF at the end. */
bool mime_is_plain(const void *data, size_t size);
/* mime_check() - run on every whole message before it goes out: mime_is_plain() and well-formed headers. IK_REJECT says where. */
enum ik_rc mime_check(const void *message, size_t size, struct ik_error *err);

#endif
