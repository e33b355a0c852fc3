/* text_file.c - see text_file.h. Each kind is looked for once from where its last one ended. */
#include "mail/text_file.h"

/* Looks for the next file of each kind, but only for a kind whose last one lies behind. */
static void look(struct text_files *f)
{
	if (!f->is_begun || (f->has_uu && f->uu.start < f->at)) f->has_uu = uu_find(f->text, f->len, f->at, &f->uu);
	if (!f->is_begun || (f->has_yenc && f->yenc.start < f->at)) f->has_yenc = yenc_find(f->text, f->len, f->at, &f->yenc);
	f->is_begun = true;
}

bool text_files_next(struct text_files *f, struct text_file *file_r)
{
	look(f);
	if (!f->has_uu && !f->has_yenc) return false;
	*file_r = (struct text_file){ .is_yenc = !f->has_uu || (f->has_yenc && f->yenc.start < f->uu.start), .uu = f->uu, .yenc = f->yenc };
	f->at = file_r->is_yenc ? f->yenc.end : f->uu.end;
	return true;
}

void text_file_decode(struct buf *out, const struct text_file *file)
{
	if (file->is_yenc) yenc_decode(out, &file->yenc);
	else uu_decode(out, &file->uu);
}

const char *text_file_name(const struct text_file *file, size_t *len_r)
{
	*len_r = file->is_yenc ? file->yenc.name_len : file->uu.name_len;
	return file->is_yenc ? file->yenc.name : file->uu.name;
}

size_t text_file_room(const struct text_file *file)
{
	return (file->is_yenc ? file->yenc.lines_len : file->uu.lines_len) + 64;
}

bool text_files_cut(struct buf *text)
{
	struct buf rest = BUF_INIT(text->len + 1);
	struct text_files files = { .text = buf_str(text), .len = text->len };
	struct text_file file;
	size_t at = 0;

	while (text_files_next(&files, &file)) {
		const size_t start = file.is_yenc ? file.yenc.start : file.uu.start;

		buf_add(&rest, text->data + at, start - at);
		at = files.at;
	}
	if (at > 0) {
		buf_add(&rest, text->data + at, text->len - at);
		buf_clear(text);
		buf_add(text, buf_str(&rest), rest.len);
	}
	buf_release(&rest);
	return at > 0;
}
