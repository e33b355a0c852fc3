/* http_form.c - collects the pieces that the library's form parser hands out.
 *
 * A new field starts where a piece has offset 0; names, file names and sizes are bounded before anything is kept. File names
 * are data only and never become a path. */
#include "net/http_form.h"

#include <stdlib.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"

#define PARSER_BUFFER 8192

struct entry { char *name, *filename, *content_type; struct buf text; int fd; int64_t size; };

struct http_form {
	struct MHD_PostProcessor *parser;
	int (*spool)(void *arg, struct ik_error *err);
	void *spool_arg;
	struct entry entries[HTTP_FORM_FIELDS];
	struct ik_field fields[HTTP_FORM_FIELDS];
	size_t count, uploads;
	int status;                     /* 0, or what the form is refused with */
	const char *why;
};

static enum MHD_Result refuse(struct http_form *form, int status, const char *why)
{
	form->status = status;
	form->why = why;
	return MHD_NO;
}

static char *clean_text(const char *text, size_t max)
{
	struct buf b = BUF_INIT(4 * max);

	if (text == NULL) return NULL;
	(void)utf8_clean(&b, text, strnlen(text, max), true);
	return buf_take(&b);
}

static enum MHD_Result entry_begin(struct http_form *form, const char *key, const char *filename, const char *content_type)
{
	struct entry *e = &form->entries[form->count];
	const size_t len = strlen(key);

	if (form->count == HTTP_FORM_FIELDS) return refuse(form, 413, "too many form fields");
	if (len == 0 || len > HTTP_FORM_NAME_MAX || !utf8_valid(key, len)) return refuse(form, 400, "bad name of a form field");
	if (filename != NULL && ++form->uploads > HTTP_FORM_UPLOADS) return refuse(form, 413, "too many uploads");
	form->count++;
	e->name = mem_text(key);
	e->filename = clean_text(filename, HTTP_FORM_FILENAME_MAX);
	e->content_type = clean_text(content_type, 128);
	buf_init(&e->text, HTTP_FORM_TEXT_MAX);
	e->fd = -1;
	return MHD_YES;
}

static enum MHD_Result upload_add(struct http_form *form, struct entry *e, const char *data, size_t size)
{
	struct ik_error err = { .text = "" };

	if (e->fd < 0) e->fd = form->spool != NULL ? form->spool(form->spool_arg, &err) : -1;
	if (e->fd < 0 || fd_write_all(e->fd, data, size, "upload", &err) != IK_OK) return refuse(form, 503, "no room for uploads");
	e->size += (int64_t)size;
	return MHD_YES;
}

static enum MHD_Result on_piece(void *arg, enum MHD_ValueKind kind, const char *key, const char *filename, const char *content_type,
                                const char *encoding, const char *data, uint64_t off, size_t size)
{
	struct http_form *form = arg;
	struct entry *e;

	(void)kind; (void)encoding;
	if (form->status != 0) return MHD_NO;
	if (off == 0 && entry_begin(form, key != NULL ? key : "", filename, content_type) != MHD_YES) return MHD_NO;
	if (form->count == 0) return refuse(form, 400, "form field without a beginning");
	if (size == 0) return MHD_YES;
	e = &form->entries[form->count - 1];
	if (e->filename != NULL) return upload_add(form, e, data, size);
	if (!buf_add(&e->text, data, size)) return refuse(form, 413, "form field too long");
	return MHD_YES;
}

struct http_form *http_form_new(struct MHD_Connection *connection, int (*spool)(void *arg, struct ik_error *err), void *arg)
{
	struct http_form *form = mem_new(sizeof(*form));

	form->spool = spool;
	form->spool_arg = arg;
	form->parser = MHD_create_post_processor(connection, PARSER_BUFFER, on_piece, form);
	if (form->parser == NULL) mem_free(&form);
	return form;
}

void http_form_free(struct http_form **form)
{
	if (*form == NULL) return;
	if ((*form)->parser != NULL) (void)MHD_destroy_post_processor((*form)->parser);
	for (size_t i = 0; i < (*form)->count; i++) {
		struct entry *e = &(*form)->entries[i];

		free(e->name);
		free(e->filename);
		free(e->content_type);
		buf_release(&e->text);
		fd_close(&e->fd);
	}
	mem_free(form);
}

int http_form_add(struct http_form *form, const char *data, size_t len)
{
	if (form->status == 0 && MHD_post_process(form->parser, data, len) != MHD_YES && form->status == 0)
		(void)refuse(form, 400, "form body cannot be read");
	return form->status;
}

static void field_of(const struct entry *e, struct ik_field *field_r)
{
	*field_r = (struct ik_field){ .name = e->name, .value = buf_str(&e->text), .value_len = e->text.len, .filename = e->filename,
	                              .content_type = e->content_type, .fd = e->fd, .size = e->size };
}

int http_form_end(struct http_form *form, const struct ik_field **fields_r, size_t *count_r)
{
	const enum MHD_Result whole = MHD_destroy_post_processor(form->parser);

	form->parser = NULL;
	if (whole != MHD_YES && form->status == 0) (void)refuse(form, 400, "form body is incomplete");
	for (size_t i = 0; i < form->count; i++) field_of(&form->entries[i], &form->fields[i]);
	*fields_r = form->fields;
	*count_r = form->count;
	return form->status;
}

const char *http_form_why(const struct http_form *form)
{
	return form->why != NULL ? form->why : "";
}
