/* mime.h - the shape of a message: header fields and the tree of parts, as ranges of the caller's bytes.
 *
 * Nothing is copied and nothing is decoded here, save what hides behind base64 or quoted-printable or a signature, and mails whose lines end in
 * CR. The limits hold while the tree grows, so that a hostile message is refused before it costs memory; GMime cannot be stopped half way and
 * reads nested address groups by recursion, so only its decoders and its dates are used (body.c, header.c).
 * Thread: one at a time per struct mime. */
#ifndef MAIL_MIME_H
#define MAIL_MIME_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>
#include "base/buf.h"

#define MIME_MESSAGE_MAX (25 * 1024 * 1024)
#define MIME_HEADER_BLOCK_MAX (256 * 1024)
#define MIME_HEADER_MAX (64 * 1024)
#define MIME_HEADER_LINES_MAX 2000
#define MIME_DEPTH_MAX 32
#define MIME_PARTS_MAX 500
#define MIME_PARAMETERS_MAX 64
#define MIME_PATH_MAX 64

enum mime_encoding { MIME_PLAIN, MIME_BASE64, MIME_QUOTED_PRINTABLE, MIME_UUENCODE };
enum mime_disposition { MIME_NO_DISPOSITION, MIME_INLINE, MIME_ATTACHMENT };

/* value is raw: folded, with its line ends, without the last one. */
struct mime_field { const char *name, *value; size_t name_len, value_len; };

struct mime_part {
	int parent;                             /* index, -1 for the root */
	int depth;
	size_t first_field, field_count;        /* in mime->fields */
	const char *body;
	size_t body_len;
	char type[96];                          /* "text/plain", lower case, never empty */
	enum mime_encoding encoding;
	enum mime_disposition disposition;
	bool is_multipart, is_message;          /* its children follow in mime->parts */
	bool is_repaired;                       /* the boundary was wrong or missing */
	char path[MIME_PATH_MAX];               /* "" for the root, "1.2" below; a message's content is its child 1 */
};

struct mime {
	const char *data;
	size_t size;
	struct mime_field *fields;
	size_t field_count, field_room;
	struct mime_part *parts;                /* parents before children, in reading order */
	size_t part_count, part_room;
	struct buf *decoded;                    /* bodies of encoded message parts, owned */
	size_t decoded_count, decoded_bytes;    /* of all together at most MIME_MESSAGE_MAX */
};

/* mime_read() - data is borrowed until mime_release(). IK_REJECT names the limit; whatever else is wrong is read as well as it can be. */
enum ik_rc mime_read(struct mime *m, const char *data, size_t size, struct ik_error *err);
void mime_release(struct mime *m);
/* mime_field() - the nth (0 = topmost) field of that name, NULL when there is none. */
const struct mime_field *mime_field(const struct mime *m, const struct mime_part *part, const char *name, size_t nth);
/* mime_is_below() - part lies inside ancestor. */
bool mime_is_below(const struct mime *m, const struct mime_part *part, const struct mime_part *ancestor);
/* mime_decode() - the body with its transfer encoding undone, appended. */
bool mime_decode(struct buf *out, const struct mime_part *part);

#endif
