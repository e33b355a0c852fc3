/* mime.c - finds header fields and parts. Tolerant by rule: a missing closing boundary ends at the parent's, a multipart without a
 * usable boundary is tried with the one its body shows, and failing that it is one text. Lost and doubled Content-Type fields give way to
 * what the body shows; where a part has the boundary of the one it is in, its closing line is not the end of both.
 * Source: RFC 2045, 2046; mbox "From " lines; mail seen. */
#include "mail/mime.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <gmime/gmime.h>
#include "base/ascii.h"
#include "base/codec.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/header.h"
#include "mail/octets.h"
#include "mail/uuencode.h"
#include "mail/wrapper.h"

#define FIELDS_MAX 20000
#define TYPES_MAX 4                     /* Content-Type fields of one part that are looked at: each costs a look through its body */
#define MARKS_MAX 1000                  /* quotes, spaces and brackets that a value is looked for behind */

/* ---- lines and fields ---- */

/* Length of the line at at, without its line end; *next_r is where the next one starts. */
static size_t line_at(const char *data, size_t size, size_t at, size_t *next_r)
{
	const char *end = memchr(data + at, '\n', size - at);
	size_t len = end != NULL ? (size_t)(end - data) - at : size - at;

	*next_r = end != NULL ? at + len + 1 : size;
	if (len > 0 && data[at + len - 1] == '\r') len--;
	return len;
}

/* How many spaces and tabs text begins with; mail bytes end without NUL, so that strspn() would not do. */
static size_t blanks(const char *text, size_t len)
{
	size_t count = 0;

	while (count < len && (text[count] == ' ' || text[count] == '\t')) count++;
	return count;
}

/* Length of the field name when the line looks like "Name:", 0 otherwise. */
static size_t name_of(const char *line, size_t len)
{
	size_t at = 0, name;

	while (at < len && (unsigned char)line[at] > 0x20 && (unsigned char)line[at] < 0x7F && line[at] != ':') at++;
	name = at;
	while (at < len && (line[at] == ' ' || line[at] == '\t')) at++;         /* "Subject : x" is seen */
	return name > 0 && at < len && line[at] == ':' ? name : 0;
}

static enum ik_rc add_field(struct mime *m, const char *line, size_t name_len, size_t whole, struct ik_error *err)
{
	struct mime_field *f;
	const char *colon = memchr(line, ':', whole);

	if (whole > MIME_HEADER_MAX) return ik_fail(IK_REJECT, err, "a header field is larger than %d bytes", MIME_HEADER_MAX);
	if (m->field_count >= FIELDS_MAX) return ik_fail(IK_REJECT, err, "more than %d header fields", FIELDS_MAX);
	if (m->field_count == m->field_room) {
		m->field_room = m->field_room > 0 ? m->field_room * 2 : 64;
		m->fields = mem_grow(m->fields, m->field_room, sizeof(*m->fields));
	}
	f = &m->fields[m->field_count++];
	f->name = line;
	f->name_len = name_len;
	f->value = colon + 1;
	f->value_len = whole - (size_t)(colon + 1 - line);
	while (f->value_len > 0 && (*f->value == ' ' || *f->value == '\t')) { f->value++; f->value_len--; }
	while (f->value_len > 0 && isspace((unsigned char)f->value[f->value_len - 1])) f->value_len--;
	return IK_OK;
}

/* One stray line between fields is passed over, when a field follows it. */
static bool is_stray(const char *data, size_t size, size_t next)
{
	size_t after, len;

	if (next >= size) return false;
	len = line_at(data, size, next, &after);
	return len > 0 && name_of(data + next, len) > 0 && memchr(data + next, ' ', len) != NULL;
}

/* The end of the field whose first line ends before *next: takes the folded lines, advances *next and counts lines. */
static size_t field_end(const char *data, size_t size, size_t start, size_t len, size_t *next, size_t *lines)
{
	size_t end = start + len;

	while (*next < size && (data[*next] == ' ' || data[*next] == '\t')) {
		const size_t at = *next, more = line_at(data, size, at, next);
		size_t i = 0;

		while (i < more && (data[at + i] == ' ' || data[at + i] == '\t')) i++;
		if (i == more && (*next >= size || (data[*next] != ' ' && data[*next] != '\t'))) { *next = at; break; }     /* white line = end of the header for many mailers */
		end = at + more;
		++*lines;
	}
	return end;
}

/* Reads the fields at the start of data; *body_r is where the body begins. */
static enum ik_rc read_fields(struct mime *m, const char *data, size_t size, bool is_root, size_t *body_r, struct ik_error *err)
{
	size_t at = 0, lines = 0;
	enum ik_rc rc = IK_OK;

	while (rc == IK_OK && at < size) {
		size_t next;
		const size_t len = line_at(data, size, at, &next), name = name_of(data + at, len);

		if (len == 0) { at = next; break; }
		if (++lines > MIME_HEADER_LINES_MAX) return ik_fail(IK_REJECT, err, "more than %d header lines", MIME_HEADER_LINES_MAX);
		if (at > MIME_HEADER_BLOCK_MAX) return ik_fail(IK_REJECT, err, "the header block is larger than %d bytes", MIME_HEADER_BLOCK_MAX);
		if (name > 0) {
			const size_t end = field_end(data, size, at, len, &next, &lines);

			rc = add_field(m, data + at, name, end - at, err);
		} else if (blanks(data + at, len) == len) {
			at = next;
			break;
		} else if (!(is_root && lines <= 2 && ((len > 5 && memcmp(data + at, "From ", 5) == 0) || (len > 6 && memcmp(data + at, ">From ", 6) == 0)))
		           && !is_stray(data, size, next)) {
			break;                                          /* not a header at all: the body begins here */
		}
		at = next;
	}
	*body_r = at;
	return rc;
}

/* ---- one part ---- */

const struct mime_field *mime_field(const struct mime *m, const struct mime_part *part, const char *name, size_t nth)
{
	const size_t len = strlen(name);

	for (size_t i = 0; i < part->field_count; i++) {
		const struct mime_field *f = &m->fields[part->first_field + i];

		if (f->name_len == len && strncasecmp(f->name, name, len) == 0 && nth-- == 0) return f;
	}
	return NULL;
}

bool mime_is_below(const struct mime *m, const struct mime_part *part, const struct mime_part *ancestor)
{
	while (part->parent >= 0) {
		part = &m->parts[part->parent];
		if (part == ancestor) return true;
	}
	return false;
}

/* "type/subtype" in lower case; what is no type becomes the default of RFC 2045 5.2. */
static void read_type(struct mime_part *part, const struct mime_field *f, const char *fallback)
{
	size_t len = 0;

	if (f != NULL)
		for (size_t i = 0; i < f->value_len && len + 1 < sizeof(part->type); i++) {
			const char c = f->value[i];

			if (c == ';' || c == ',') break;
			if (c == '(' || (isspace((unsigned char)c) && len > 0 && memchr(part->type, '/', len) != NULL && part->type[len - 1] != '/')) break;
			if (!isspace((unsigned char)c) && c != '"') part->type[len++] = (char)tolower((unsigned char)c);
		}
	part->type[len] = '\0';
	if (strcmp(part->type, "text") == 0 || strcmp(part->type, "plain") == 0 || strcmp(part->type, "plain/text") == 0) memcpy(part->type, "text/plain", 11);
	else if (strcmp(part->type, "html") == 0 || strcmp(part->type, "html/text") == 0) memcpy(part->type, "text/html", 10);
	else if (strchr(part->type, '/') == NULL || part->type[0] == '/') (void)snprintf(part->type, sizeof(part->type), "%s", fallback);
}

/* Behind quotes, spaces and a comment that a value begins with. */
static size_t value_start(const struct mime_field *f)
{
	const char *const end = f->value + f->value_len, *const last = memrchr(f->value, ')', f->value_len), *at = f->value;

	for (int marks = 0; at < end && marks < MARKS_MAX && strchr("\"' (", *at) != NULL; at++, marks++)
		if (*at == '(' && last != NULL && at < last) at = memchr(at, ')', (size_t)(end - at));
	return (size_t)(at - f->value);
}

static bool starts_with(const struct mime_field *f, const char *word)
{
	const size_t len = strlen(word), at = f != NULL ? value_start(f) : 0;

	return f != NULL && f->value_len - at >= len && strncasecmp(f->value + at, word, len) == 0;
}

static enum mime_encoding read_encoding(const struct mime_field *f)
{
	if (starts_with(f, "base64")) return MIME_BASE64;
	if (starts_with(f, "quoted")) return MIME_QUOTED_PRINTABLE;
	if (starts_with(f, "x-uue") || starts_with(f, "uue") || starts_with(f, "x-uuencode")) return MIME_UUENCODE;
	return MIME_PLAIN;
}

static enum ik_rc check_parameters(const struct mime_field *f, struct ik_error *err)
{
	int count = 0;
	bool is_empty = true;

	for (size_t i = 0; f != NULL && i < f->value_len; i++) {        /* rows of bare semicolons are seen and harmless */
		if (f->value[i] == ';') is_empty = true;
		else if (is_empty && !isspace((unsigned char)f->value[i])) { is_empty = false; count++; }
	}
	return count > MIME_PARAMETERS_MAX ? ik_fail(IK_REJECT, err, "more than %d parameters in one header field", MIME_PARAMETERS_MAX) : IK_OK;
}

static enum ik_rc set_path(struct mime_part *part, const struct mime_part *parent, size_t number, struct ik_error *err)
{
	const int len = parent == NULL ? 0 : snprintf(part->path, sizeof(part->path), "%s%s%zu", parent->path, parent->path[0] != '\0' ? "." : "", number);

	return len < (int)sizeof(part->path) ? IK_OK : ik_fail(IK_REJECT, err, "parts are nested too deeply to be numbered");
}

static enum ik_rc add_part(struct mime *m, int parent, size_t number, size_t *index_r, struct ik_error *err)
{
	struct mime_part *part;

	if (m->part_count >= MIME_PARTS_MAX) return ik_fail(IK_REJECT, err, "more than %d parts", MIME_PARTS_MAX);
	if (m->part_count == m->part_room) {
		m->part_room = m->part_room > 0 ? m->part_room * 2 : 8;
		m->parts = mem_grow(m->parts, m->part_room, sizeof(*m->parts));
	}
	part = &m->parts[m->part_count];
	*part = (struct mime_part){ .parent = parent, .depth = parent >= 0 ? m->parts[parent].depth + 1 : 0 };
	if (part->depth > MIME_DEPTH_MAX) return ik_fail(IK_REJECT, err, "parts are nested deeper than %d", MIME_DEPTH_MAX);
	*index_r = m->part_count++;
	return set_path(part, parent >= 0 ? &m->parts[parent] : NULL, number, err);
}

static enum ik_rc read_part(struct mime *m, const char *data, size_t size, int parent, size_t number, const char *type, struct ik_error *err);

/* ---- multiparts ---- */

/* "--boundary" as a line begins with it. Four of its bytes are compared at sixteen places at once, since a mail may be nothing but lines that are nearly
 * a boundary, looked through once for each part around them. */
struct dashes { const char *boundary; size_t len, middle; };

static bool is_dashed(const struct dashes *d, const char *line)
{
	return line[0] == '-' && line[1] == '-' && memcmp(line + 2, d->boundary, d->len) == 0;
}

/* The next line behind at that begins so: its start, or size. */
static size_t dashed_line(const struct dashes *d, const char *data, size_t size, size_t at)
{
	const size_t whole = d->len + 3;
	const char first = d->boundary[0], middle = d->boundary[d->middle], last = d->boundary[d->len - 1];

	for (; size - at >= whole + ASCII_STEP; at += ASCII_STEP) {
		const char *text = data + at;
		ascii_bytes hits = (ascii_bytes)(ascii_load(text) == '\n') & (ascii_bytes)(ascii_load(text + 3) == (uint8_t)first)
		                   & (ascii_bytes)(ascii_load(text + 3 + d->middle) == (uint8_t)middle) & (ascii_bytes)(ascii_load(text + whole - 1) == (uint8_t)last);

		while (ascii_any(hits)) {
			const size_t hit = ascii_first(hits);

			if (is_dashed(d, text + hit + 1)) return at + hit + 1;
			hits[hit] = 0;
		}
	}
	for (; size - at >= whole; at++)
		if (data[at] == '\n' && is_dashed(d, data + at + 1)) return at + 1;
	return size;
}

/* The next delimiter line of this boundary at or after at, which is the start of a line: its start, or size. *after_r: behind the line;
 * *is_last_r: "--" ends it. A longer boundary that begins alike is another one. */
static size_t find_delimiter(const char *data, size_t size, size_t at, const char *boundary, size_t len, size_t *after_r, bool *is_last_r)
{
	const struct dashes dashes = { boundary, len, len / 2 };
	const size_t head = len + 2;

	if (len == 0) return size;
	if (size - at < head || !is_dashed(&dashes, data + at)) at = dashed_line(&dashes, data, size, at);
	for (size_t line, gap, next; at < size; at = dashed_line(&dashes, data, size, at)) {
		const char *rest = data + at + head;

		line = line_at(data, size, at, &next);
		if (line < head) continue;
		gap = blanks(rest, line - head);
		*is_last_r = line - head - gap >= 2 && rest[gap] == '-' && rest[gap + 1] == '-';
		if (!*is_last_r && gap < line - head) continue;
		*after_r = next;
		return at;
	}
	return size;
}

/* A boundary the body itself shows: a first "--word" line with a field line or blank line behind it. */
static size_t guess_boundary(const char *body, size_t len, const char **boundary_r)
{
	for (size_t at = 0, next, lines = 0; at < len && lines < 200; at = next, lines++) {
		const size_t line = line_at(body, len, at, &next);
		size_t after;

		if (line < 3 || line > 200 || body[at] != '-' || body[at + 1] != '-' || memchr(body + at, ' ', line) != NULL || next >= len) continue;
		const size_t following = line_at(body, len, next, &after);

		if (following < 9 || strncasecmp(body + next, "Content-", 8) != 0) continue;
		*boundary_r = body + at + 2;
		return line - 2;
	}
	return 0;
}

/* A multipart within a multipart that was given the same boundary. */
static bool has_boundary(const struct mime *m, const struct mime_part *part, const char *boundary, size_t len)
{
	const struct mime_field *f = part->is_multipart || part->is_repaired ? mime_field(m, part, "Content-Type", 0) : NULL;
	struct buf own = BUF_INIT(1024);
	const bool is_same = f != NULL && header_parameter(&own, f->value, f->value_len, "boundary", NULL) && own.len == len && memcmp(buf_str(&own), boundary, len) == 0;

	buf_release(&own);
	return is_same;
}

static enum ik_rc read_children(struct mime *m, size_t index, const char *boundary, size_t boundary_len, const char *type, struct ik_error *err)
{
	const char *body = m->parts[index].body;
	const size_t len = m->parts[index].body_len;
	size_t after = 0, number = 1, open = 0;
	bool is_last = false;
	size_t at = find_delimiter(body, len, 0, boundary, boundary_len, &after, &is_last);
	enum ik_rc rc = IK_OK;

	while (rc == IK_OK && at < len && (!is_last || open-- > 0)) {
		const size_t start = after, child = m->part_count;
		const bool is_epilogue = is_last;
		size_t end = find_delimiter(body, len, start, boundary, boundary_len, &after, &is_last), stop = end;

		if (stop > start && body[stop - 1] == '\n' && stop < len) stop--;               /* the line end belongs to the delimiter */
		if (stop > start && body[stop - 1] == '\r' && stop < len) stop--;
		if (!is_epilogue) rc = read_part(m, body + start, stop - start, (int)index, number++, type, err);
		if (!is_epilogue && rc == IK_OK) open += has_boundary(m, &m->parts[child], boundary, boundary_len);
		at = end;
	}
	return rc;
}

/* A multipart whose boundary leads nowhere is one text. */
static void become_text(struct mime *m, size_t index)
{
	struct mime_part *part = &m->parts[index];

	part->is_multipart = false;
	part->is_repaired = true;
	memcpy(part->type, "text/plain", 11);
	if (part->body_len > 0 && memmem(part->body, part->body_len < 512 ? part->body_len : 512, "<html", 5) != NULL) memcpy(part->type, "text/html", 10);
}

static bool has_delimiter(const struct mime_part *part, const char *boundary, size_t len)
{
	bool is_last;
	size_t after;

	return find_delimiter(part->body, part->body_len, 0, boundary, len, &after, &is_last) < part->body_len;
}

/* Room for bytes that no range of the message holds. */
static struct buf *keep_decoded(struct mime *m, size_t max)
{
	struct buf *b;

	m->decoded = mem_grow(m->decoded, m->decoded_count + 1, sizeof(*m->decoded));
	b = &m->decoded[m->decoded_count++];
	buf_init(b, max);
	m->decoded_bytes += max;
	return b;
}

/* Messages within messages, each as large as the one around it, would be many times the size of the mail. */
static enum ik_rc check_room(const struct mime *m, size_t more, struct ik_error *err)
{
	return m->decoded_bytes + more <= MIME_MESSAGE_MAX ? IK_OK : ik_fail(IK_REJECT, err, "what is packed within it is larger than %d bytes", MIME_MESSAGE_MAX);
}

/* The body with its transfer encoding undone: as it stands, or kept with the message. */
static const char *decoded_body(struct mime *m, size_t index, size_t *len_r)
{
	const struct mime_part *part = &m->parts[index];
	struct buf *b;

	*len_r = part->body_len;
	if (part->encoding == MIME_PLAIN) return part->body;
	b = keep_decoded(m, part->body_len + 64);
	mime_decode(b, part);
	*len_r = b->len;
	return buf_str(b);
}

/* RFC 2045 6.4 lets no multipart be encoded as a whole; some are all the same, others only say so. */
static enum ik_rc undo_encoding(struct mime *m, size_t index, const struct buf *boundary, struct ik_error *err)
{
	enum ik_rc rc;

	if (m->parts[index].encoding == MIME_PLAIN || has_delimiter(&m->parts[index], boundary->data, boundary->len)) return IK_OK;
	rc = check_room(m, m->parts[index].body_len, err);
	if (rc != IK_OK) return rc;
	m->parts[index].body = decoded_body(m, index, &m->parts[index].body_len);
	m->parts[index].encoding = MIME_PLAIN;
	return IK_OK;
}

static enum ik_rc read_multipart(struct mime *m, size_t index, struct ik_error *err)
{
	const char *type = strcmp(m->parts[index].type, "multipart/digest") == 0 ? "message/rfc822" : "text/plain";
	const struct mime_field *f = mime_field(m, &m->parts[index], "Content-Type", 0);
	struct buf boundary = BUF_INIT(1024);
	const char *guess = NULL;
	size_t guess_len;
	bool is_there = false;
	enum ik_rc rc = IK_OK;

	if (f != NULL && header_parameter(&boundary, f->value, f->value_len, "boundary", NULL) && boundary.len > 0) {
		rc = undo_encoding(m, index, &boundary, err);
		is_there = has_delimiter(&m->parts[index], boundary.data, boundary.len);
		if (rc == IK_OK) rc = read_children(m, index, boundary.data, boundary.len, type, err);
	}
	buf_release(&boundary);
	if (rc != IK_OK || is_there || (index + 1 < m->part_count && m->parts[m->part_count - 1].parent >= (int)index)) return rc;
	guess_len = guess_boundary(m->parts[index].body, m->parts[index].body_len, &guess);
	if (guess_len > 0) rc = read_children(m, index, guess, guess_len, type, err);
	if (rc == IK_OK && index + 1 == m->part_count) become_text(m, index);
	else m->parts[index].is_repaired = true;
	return rc;
}

/* ---- messages within the message ---- */

static enum ik_rc read_message(struct mime *m, size_t index, struct ik_error *err)
{
	const struct mime_part *part = &m->parts[index];
	enum ik_rc rc = check_room(m, part->encoding != MIME_PLAIN ? part->body_len : 0, err);
	const char *body;
	size_t len;

	if (rc != IK_OK) return rc;
	body = decoded_body(m, index, &len);
	while (len > 0 && (*body == '\n' || *body == '\r')) { body++; len--; }
	return read_part(m, body, len, (int)index, 1, "text/plain", err);
}

static bool is_message_type(const char *type)
{
	return strcmp(type, "message/rfc822") == 0 || strcmp(type, "message/global") == 0 || strcmp(type, "message/news") == 0;
}

/* A piece of a message that was sent in several mails (RFC 2046 5.2.2): the first holds the message's head, the others go on with its text. */
static void read_partial(struct mime_part *part, const struct mime_field *f)
{
	struct buf number = BUF_INIT(64);

	part->is_message = f != NULL && header_parameter(&number, f->value, f->value_len, "number", NULL) && strcmp(buf_str(&number), "1") == 0;
	if (!part->is_message) memcpy(part->type, "text/plain", 11);
	buf_release(&number);
}

/* What an opaque S/MIME signature is around is its only child. */
static enum ik_rc read_signed(struct mime *m, size_t index, struct ik_error *err)
{
	const struct mime_part *part = &m->parts[index];
	struct buf *content;
	enum ik_rc rc = check_room(m, part->body_len, err);

	if (rc != IK_OK) return rc;
	content = keep_decoded(m, part->body_len + 64);
	mime_decode(content, part);
	return wrapper_open_signed(content) ? read_part(m, buf_str(content), content->len, (int)index, 1, "text/plain", err) : IK_OK;
}

static bool is_signed_type(const char *type)
{
	return strcmp(type, "application/pkcs7-mime") == 0 || strcmp(type, "application/x-pkcs7-mime") == 0;
}

/* ---- Content-Type fields that are lost or doubled ---- */

/* A multipart whose boundary is in the body. */
static bool fits_body(const struct mime_part *part, const struct mime_field *f)
{
	struct buf boundary = BUF_INIT(1024);
	const bool fits = starts_with(f, "multipart/") && header_parameter(&boundary, f->value, f->value_len, "boundary", NULL)
	                  && has_delimiter(part, buf_str(&boundary), boundary.len);

	buf_release(&boundary);
	return fits;
}

/* Of several fields the multipart that fits the body takes the first one's place, so that everybody reads it. */
static const struct mime_field *choose_type(struct mime *m, const struct mime_part *part)
{
	const struct mime_field *first = mime_field(m, part, "Content-Type", 0), *other;

	for (size_t nth = 1; nth < TYPES_MAX && (other = mime_field(m, part, "Content-Type", nth)) != NULL && !starts_with(first, "multipart/"); nth++) {
		const struct mime_field moved = *first;

		if (!fits_body(part, other)) continue;
		m->fields[first - m->fields] = *other;
		m->fields[other - m->fields] = moved;
	}
	return first;
}

/* A body without any Content-Type that begins with a boundary and ends it too. */
static bool is_bare_multipart(const struct mime_part *part)
{
	const char *boundary = NULL, *at = part->body;
	const size_t len = guess_boundary(part->body, part->body_len, &boundary);
	size_t after = 0;
	bool is_last = false;

	if (len == 0) return false;
	while (at < boundary - 2 && isspace((unsigned char)*at)) at++;
	if (at < boundary - 2 && memmem(at, (size_t)(boundary - at), "MIME", 4) == NULL) return false;
	for (size_t from = 0; from < part->body_len && !is_last; from = after)
		if (find_delimiter(part->body, part->body_len, from, boundary, len, &after, &is_last) >= part->body_len) break;
	return is_last;
}

/* Its kind stood in the field that is lost: plain text with its HTML twin, or just parts. */
static void name_bare_multipart(struct mime *m, size_t index)
{
	const char *types[2] = { "", "" };
	size_t count = 0;

	for (size_t i = index + 1; i < m->part_count && count < 2; i++)
		if (m->parts[i].parent == (int)index) types[count++] = m->parts[i].type;
	if (m->parts[index].is_multipart && strcmp(types[0], "text/plain") == 0 && strcmp(types[1], "text/html") == 0) memcpy(m->parts[index].type, "multipart/alternative", 22);
}

/* The parts within a part, where it has any. */
static enum ik_rc read_inside(struct mime *m, size_t index, bool is_bare, struct ik_error *err)
{
	const struct mime_part *part = &m->parts[index];
	enum ik_rc rc = IK_OK;

	if (part->is_multipart) rc = read_multipart(m, index, err);
	else if (part->is_message) rc = read_message(m, index, err);
	else if (is_signed_type(part->type)) rc = read_signed(m, index, err);
	if (is_bare && rc == IK_OK) name_bare_multipart(m, index);
	return rc;
}

static enum ik_rc read_part(struct mime *m, const char *data, size_t size, int parent, size_t number, const char *type, struct ik_error *err)
{
	const size_t first = m->field_count;
	const struct mime_field *content_type, *disposition;
	size_t index, body = 0;
	struct mime_part *part;
	enum ik_rc rc = add_part(m, parent, number, &index, err);

	if (rc == IK_OK) rc = read_fields(m, data, size, parent < 0 || m->parts[parent].is_message, &body, err);
	if (rc != IK_OK) return rc;
	part = &m->parts[index];
	part->first_field = first;
	part->field_count = m->field_count - first;
	part->body = data + body;
	part->body_len = size - body;
	content_type = choose_type(m, part);
	disposition = mime_field(m, part, "Content-Disposition", 0);
	rc = check_parameters(content_type, err);
	if (rc == IK_OK) rc = check_parameters(disposition, err);
	read_type(part, content_type, type);
	part->encoding = read_encoding(mime_field(m, part, "Content-Transfer-Encoding", 0));
	if (starts_with(disposition, "attachment")) part->disposition = MIME_ATTACHMENT;
	else if (disposition != NULL) part->disposition = MIME_INLINE;
	if (content_type == NULL && is_bare_multipart(part)) memcpy(part->type, "multipart/mixed", 16);
	part->is_multipart = strncmp(part->type, "multipart/", 10) == 0;
	part->is_message = is_message_type(part->type);
	if (strcmp(part->type, "message/partial") == 0) read_partial(part, content_type);
	return rc == IK_OK ? read_inside(m, index, content_type == NULL, err) : rc;
}

/* A mail of other bytes than lines of ASCII is read as it should be, which is kept with the message. */
static enum ik_rc mend_octets(struct mime *m, const char **data, size_t *size, struct ik_error *err)
{
	const size_t room = octets_room(*data, *size);
	struct buf *b;

	if (room == 0) return IK_OK;
	b = keep_decoded(m, room < MIME_MESSAGE_MAX ? room : MIME_MESSAGE_MAX);
	(void)buf_reserve(b, b->max);
	octets_mend(b, *data, *size);
	if (b->is_full) return ik_fail(IK_REJECT, err, "the message is larger than %d bytes as UTF-8", MIME_MESSAGE_MAX);
	*data = buf_str(b);
	*size = b->len;
	return IK_OK;
}

enum ik_rc mime_read(struct mime *m, const char *data, size_t size, struct ik_error *err)
{
	enum ik_rc rc;

	*m = (struct mime){ .data = data, .size = size };
	if (size > MIME_MESSAGE_MAX) return ik_fail(IK_REJECT, err, "the message is larger than %d bytes", MIME_MESSAGE_MAX);
	if (size >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) { data += 3; size -= 3; }
	rc = mend_octets(m, &data, &size, err);
	while (size > 0 && (*data == '\n' || *data == '\r')) { data++; size--; }
	return rc != IK_OK ? rc : read_part(m, data, size, -1, 0, "text/plain", err);
}

void mime_release(struct mime *m)
{
	for (size_t i = 0; i < m->decoded_count; i++) buf_release(&m->decoded[i]);
	free(m->decoded);
	free(m->fields);
	free(m->parts);
	*m = (struct mime){ 0 };
}

#define BASE64_LINE 60                  /* mailers write 60 to 76 symbols a line */

static bool is_base64(char c)
{
	return isalnum((unsigned char)c) != 0 || c == '+' || c == '/';
}

/* Base64 ends with its padding (RFC 2045 section 6.8): the length up to there, padding included. */
static size_t base64_block(const char *text, size_t len)
{
	const char *pad = memchr(text, '=', len);
	size_t end = pad != NULL ? (size_t)(pad - text) + 1 : len;

	while (end < len && (text[end] == '=' || text[end] == '\r' || text[end] == '\n')) end++;
	return end;
}

/* The length up to the last byte that has no place in Base64. */
static size_t foreign_len(const char *text, size_t len)
{
	while (len > 0 && (is_base64(text[len - 1]) || text[len - 1] == '=' || text[len - 1] == '\r' || text[len - 1] == '\n')) len--;
	return len;
}

/* What stands behind the padding is another block, as some mailers join them, or words that somebody added on the way: those hold foreign bytes,
 * or are neither padded nor as long as a line. text: without foreign bytes. */
static bool is_base64_block(const char *text, size_t len)
{
	size_t symbols = 0;
	bool is_padded = false;

	for (size_t i = 0; i < len && symbols < BASE64_LINE && !(is_padded && symbols >= 2); i++) {
		symbols += is_base64(text[i]);
		is_padded |= text[i] == '=';
	}
	return symbols >= BASE64_LINE || (is_padded && symbols >= 2);
}

static size_t decode_block(const char *text, size_t len, GMimeContentEncoding encoding, char *room)
{
	GMimeEncoding state;

	g_mime_encoding_init_decode(&state, encoding);
	return g_mime_encoding_step(&state, text, len, room);
}

/* The padding that a block lacks: as many "=" as make its last group whole. */
static const char *missing_padding(const char *text, size_t len)
{
	size_t symbols = 0, pads = 0;

	for (size_t i = 0; i < len; i++) {
		symbols += is_base64(text[i]);
		pads += text[i] == '=';
	}
	if (symbols % 4 < 2 || symbols % 4 + pads >= 4) return "";
	return symbols % 4 + pads == 2 ? "==" : "=";
}

/* The bulk by our own loop, which is quicker, and the rest, with padding and all that senders get wrong, by GMime: nothing that follows changes
 * what whole groups of symbols stand for. */
static size_t decode_base64_block(const char *text, size_t len, char *room)
{
	GMimeEncoding state;
	size_t used, out = base64_groups(text, len, (unsigned char *)room, &used);
	const char *padding = missing_padding(text + used, len - used);

	g_mime_encoding_init_decode(&state, GMIME_CONTENT_ENCODING_BASE64);
	out += g_mime_encoding_step(&state, text + used, len - used, room + out);
	return out + g_mime_encoding_step(&state, padding, strlen(padding), room + out);
}

static size_t decode_base64(const char *text, size_t len, char *room)
{
	size_t at = base64_block(text, len), out = decode_base64_block(text, at, room);
	const size_t foreign = at < len ? foreign_len(text, len) : 0;

	while (at < len && at >= foreign && is_base64_block(text + at, len - at)) {
		const size_t block = base64_block(text + at, len - at);

		out += decode_base64_block(text + at, block, room + out);
		at += block;
	}
	return out;
}

#define ENCODED_LOOK 512

/* Text that only claims to be Base64: many bytes that have no place in it, and nothing readable comes out. */
static bool is_no_base64(const char *text, size_t len, const char *decoded, size_t decoded_len)
{
	const size_t look = len < ENCODED_LOOK ? len : ENCODED_LOOK;
	size_t foreign = 0;

	for (size_t i = 0; i < look; i++) foreign += !is_base64(text[i]) && strchr("=\r\n", text[i]) == NULL;
	return foreign * 8 > look && !utf8_valid(decoded, decoded_len);
}

/* Behind a soft line break nothing but blanks may stand, which were put there on the way and go (RFC 2045 6.7, rule 3). Returns the length left. */
static size_t drop_padding(char *text, size_t len)
{
	size_t out = 0;

	for (size_t at = 0; at < len;) {
		const char *end = memchr(text + at, '\n', len - at);
		const size_t next = end != NULL ? (size_t)(end - text) + 1 : len;
		size_t stop = next;

		while (stop > at && isspace((unsigned char)text[stop - 1])) stop--;
		if (stop == at || text[stop - 1] != '=' || end == NULL) stop = next;
		memmove(text + out, text + at, stop - at);
		out += stop - at;
		if (stop < next) text[out++] = '\n';
		at = next;
	}
	return out;
}

static bool has_padding(const char *text, size_t len)
{
	return memmem(text, len, "= ", 2) != NULL || memmem(text, len, "=\t", 2) != NULL;
}

static size_t decode_quoted(const struct mime_part *part, char *room)
{
	char *padded;
	size_t len;

	if (!has_padding(part->body, part->body_len)) return decode_block(part->body, part->body_len, GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, room);
	padded = mem_copy(part->body, part->body_len);
	len = decode_block(padded, drop_padding(padded, part->body_len), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE, room);
	free(padded);
	return len;
}

/* Files of uuencode begin with a line of their own; GMime takes what does not. */
static size_t decode_uu(const struct mime_part *part, char *room)
{
	struct buf bytes = BUF_INIT(part->body_len);
	struct uu_file file;
	size_t len;

	if (!uu_find(part->body, part->body_len, 0, &file)) return decode_block(part->body, part->body_len, GMIME_CONTENT_ENCODING_UUENCODE, room);
	uu_decode(&bytes, &file);
	len = bytes.len;
	memcpy(room, buf_str(&bytes), len);
	buf_release(&bytes);
	return len;
}

/* room is as long as the body: no decoder gives more than it takes. */
static size_t decode_body(const struct mime_part *part, char *room)
{
	size_t len;

	if (part->encoding == MIME_UUENCODE) return decode_uu(part, room);
	if (part->encoding == MIME_QUOTED_PRINTABLE) return decode_quoted(part, room);
	len = decode_base64(part->body, part->body_len, room);
	if (!is_no_base64(part->body, part->body_len, room, len)) return len;
	memcpy(room, part->body, part->body_len);
	return part->body_len;
}

bool mime_decode(struct buf *out, const struct mime_part *part)
{
	char *room;

	if (part->encoding == MIME_PLAIN || part->body_len == 0) return buf_add(out, part->body, part->body_len);
	room = buf_reserve(out, part->body_len + 16);
	if (room == NULL) return false;
	out->len += decode_body(part, room);
	out->data[out->len] = '\0';
	return true;
}
