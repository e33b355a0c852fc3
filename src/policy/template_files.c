/* template_files.c - reads a folder of templates: LANGUAGE/EVENT.txt and LANGUAGE/parts.txt, the same again below brands/BRAND/.
 *
 * A file is a row of blocks, each under a heading "=== mail ===", "=== chat ===", "=== sms ===" or "=== page ==="; in parts.txt the headings name
 * the parts. Before the first heading only comments ("#") and empty lines may stand. A mail begins with "Subject: ...". */
#include "policy/templates_parts.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "base/file.h"
#include "base/mem.h"

#define FILE_MAX_BYTES 65536
#define HEADING "=== "
#define PARTS "parts"

struct place { struct templates *t; struct template_problems *problems; uint8_t is_own, language, brand; };

/* ---- one file ---------------------------------------------------------------------------------------------------------------------- */

struct lines { const char *at, *end, *line; size_t len, number; };      /* number: of `line` */

static bool next_line(struct lines *l)
{
	const char *stop;

	if (l->at >= l->end) return false;
	stop = memchr(l->at, '\n', (size_t)(l->end - l->at));
	l->line = l->at;
	l->len = (size_t)((stop != NULL ? stop : l->end) - l->at);
	l->at = stop != NULL ? stop + 1 : l->end;
	l->number++;
	return true;
}

/* "=== mail ===": the name between, its length in len_r. */
static const char *heading_of(const struct lines *l, size_t *len_r)
{
	size_t len = l->len;

	while (len > 0 && isspace((unsigned char)l->line[len - 1])) len--;
	if (len < 9 || memcmp(l->line, HEADING, 4) != 0 || memcmp(l->line + len - 4, " ===", 4) != 0) return NULL;
	*len_r = len - 8;
	return l->line + 4;
}

static int index_of(const char *const *names, const char *name, size_t len)
{
	for (int i = 0; names[i] != NULL; i++)
		if (strlen(names[i]) == len && memcmp(names[i], name, len) == 0) return i;
	return -1;
}

static bool is_part_name(const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!islower((unsigned char)name[i]) && !isdigit((unsigned char)name[i]) && name[i] != '-') return false;
	return len > 0 && len <= 40;
}

/* Cuts "Subject: ..." and the empty lines behind it off a mail; 0 when there is no subject. */
static size_t subject_length(const char *text, size_t len)
{
	const char *end = memchr(text, '\n', len);

	if (len < 10 || memcmp(text, "Subject: ", 9) != 0) return 0;
	return end != NULL ? (size_t)(end - text) : len;
}

static enum ik_rc compile_block(struct block *b, const char *text, size_t len, const char *path, struct ik_error *err)
{
	const size_t all = len;
	size_t line = b->line + 1, subject;
	enum ik_rc rc = IK_OK;

	while (len > 0 && isspace((unsigned char)text[len - 1])) len--;
	if (b->event == EVENT_COUNT && len > 0 && len < all && text[len] == '\n') len++;       /* a part is lines */
	for (; len > 0 && *text == '\n'; text++, len--) line++;
	if (len == 0) return ik_fail(IK_CONFIG, err, "%s:%u:1: nothing stands under this heading", path, b->line);
	if (b->event != EVENT_COUNT && b->kind == KIND_MAIL) {
		subject = subject_length(text, len);
		if (subject == 0) return ik_fail(IK_CONFIG, err, "%s:%zu:1: a mail begins with \"Subject: \"", path, line);
		rc = mustache_compile(text + 9, subject - 9, path, line, &b->subject, err);
		for (text += subject, len -= subject; len > 0 && *text == '\n'; text++, len--) line++;
		if (rc == IK_OK && len == 0) return ik_fail(IK_CONFIG, err, "%s:%zu:1: this mail has no text", path, line);
	}
	return rc == IK_OK ? mustache_compile(text, len, path, line, &b->body, err) : rc;
}

static bool is_there(const struct place *p, const struct block *like)
{
	for (size_t i = 0; i < p->t->count; i++) {
		const struct block *b = &p->t->blocks[i];

		if (b->event == like->event && b->language == p->language && b->brand == p->brand && b->is_own == p->is_own &&
		    (b->event == EVENT_COUNT ? strcmp(b->name, like->name) == 0 : b->kind == like->kind)) return true;
	}
	return false;
}

static void block_add(struct templates *t, const struct block *b)
{
	if (t->count == t->room) {
		t->room = t->room == 0 ? 64 : t->room * 2;
		t->blocks = mem_grow(t->blocks, t->room, sizeof(*t->blocks));
	}
	t->blocks[t->count++] = *b;
}

/* One block: its heading was read, text is what stands below it. */
static void take_block(const struct place *p, const char *path, int event, const struct lines *heading, const char *text, size_t len)
{
	struct block b = { .is_own = p->is_own, .language = p->language, .brand = p->brand, .event = (uint8_t)event, .line = (uint32_t)heading->number };
	struct ik_error why = { "" };
	size_t name_len = 0;
	const char *name = heading_of(heading, &name_len);
	const int kind = index_of(template_kind_names, name, name_len);

	if (event == EVENT_COUNT ? !is_part_name(name, name_len) : kind < 0) {
		template_problem(p->problems, "%s:%zu:5: \"%.*s\" is no %s", path, heading->number, (int)(name_len < 80 ? name_len : 80), name,
		                 event == EVENT_COUNT ? "name of a part (small letters, digits, dashes)" : "kind; there are mail, chat, sms and page");
		return;
	}
	if (event == EVENT_COUNT) b.name = mem_copy(name, name_len);
	else b.kind = (uint8_t)kind;
	b.file = mem_text(path);
	if (is_there(p, &b)) (void)ik_fail(IK_CONFIG, &why, "%s:%zu:5: this heading stands here twice", path, heading->number);
	else if (p->t->count >= TEMPLATE_BLOCKS_MAX) (void)ik_fail(IK_CONFIG, &why, "%s:%zu:1: more than %d templates", path, heading->number, TEMPLATE_BLOCKS_MAX);
	else (void)compile_block(&b, text, len, path, &why);
	if (why.text[0] == '\0') {
		block_add(p->t, &b);
		return;
	}
	template_problem(p->problems, "%s", why.text);
	mustache_free(&b.subject);
	mustache_free(&b.body);
	free(b.name);
	free(b.file);
}

static void take_text(const struct place *p, const char *path, int event, const char *text, size_t len)
{
	struct lines l = { .at = text, .end = text + len }, heading = { .line = NULL };
	size_t name_len;

	while (next_line(&l)) {
		const bool is_heading = heading_of(&l, &name_len) != NULL;

		if (is_heading) {
			if (heading.line != NULL) take_block(p, path, event, &heading, heading.at, (size_t)(l.line - heading.at));
			heading = l;
		} else if (heading.line == NULL && l.len > 0 && l.line[0] != '#') {
			template_problem(p->problems, "%s:%zu:1: a heading such as \"=== mail ===\" is due here", path, l.number);
			return;
		}
	}
	if (heading.line != NULL) take_block(p, path, event, &heading, heading.at, (size_t)(l.end - heading.at));
	else template_problem(p->problems, "%s:1:1: no template in this file", path);
}

/* Line ends of any system. */
static void without_cr(struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->len; i++)
		if (b->data[i] != '\r') b->data[n++] = b->data[i];
	b->len = n;
}

static void take_file(const struct place *p, const char *folder, const char *name)
{
	char *path = mem_format("%s/%s", folder, name);
	const size_t len = strlen(name) - 4;
	const int event = len == strlen(PARTS) && memcmp(name, PARTS, len) == 0 ? EVENT_COUNT : index_of(template_event_names, name, len);
	struct buf text = BUF_INIT(FILE_MAX_BYTES);
	struct ik_error why = { "" };

	if (event < 0) template_problem(p->problems, "%s:1:1: \"%.*s\" is no event", path, (int)len, name);
	else if (file_read(path, &text, &why) != IK_OK) template_problem(p->problems, "%s", why.text);
	else {
		without_cr(&text);
		take_text(p, path, event, buf_str(&text), text.len);
	}
	buf_release(&text);
	free(path);
}

/* ---- folders ------------------------------------------------------------------------------------------------------------------------ */

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_text_file(const struct dirent *entry)
{
	const size_t len = strlen(entry->d_name);

	return entry->d_name[0] != '.' && len > 4 && strcmp(entry->d_name + len - 4, ".txt") == 0;
}

static int is_no_dot(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* "en", "zh-Hant", "pt-BR". */
static bool is_language(const char *name)
{
	size_t run = 0;

	for (const char *c = name; *c != '\0'; c++) {
		if (*c == '-' ? run < 2 : !isalnum((unsigned char)*c)) return false;
		run = *c == '-' ? 0 : run + 1;
		if (run > 8) return false;
	}
	return run >= 2 && isalpha((unsigned char)name[0]) && strlen(name) <= 32;
}

static bool is_brand(const char *name)
{
	return strlen(name) <= 64 && strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") == strlen(name);
}

/* The index of a name in a list that grows up to most. */
static int name_index(char **names, size_t *count, size_t most, const char *name)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp(names[i], name) == 0) return (int)i;
	if (*count == most) return -1;
	names[*count] = mem_text(name);
	return (int)(*count)++;
}

static void read_language(struct place p, const char *folder, const char *name)
{
	char *path = mem_format("%s/%s", folder, name);
	const int language = is_language(name) ? name_index(p.t->languages, &p.t->language_count, TEMPLATE_LANGUAGES_MAX, name) : -1;
	struct dirent **files = NULL;
	const int count = language >= 0 ? scandir(path, &files, is_text_file, by_name) : -1;

	p.language = (uint8_t)language;
	if (language < 0) template_problem(p.problems, "%s: a folder of templates is named after a language (en, zh-Hans, pt-BR; at most %d)", path, TEMPLATE_LANGUAGES_MAX);
	else if (count < 0) template_problem(p.problems, "open %s: %s", path, strerror(errno));
	for (int i = 0; i < count; i++) {
		take_file(&p, path, files[i]->d_name);
		free(files[i]);
	}
	free(files);
	free(path);
}

/* Calls see() for each folder in a folder but "brands". */
static void each_folder(struct place p, const char *folder, void (*see)(struct place p, const char *folder, const char *name))
{
	struct dirent **entries = NULL;
	const int count = scandir(folder, &entries, is_no_dot, by_name);

	if (count < 0) template_problem(p.problems, "open the folder of templates %s: %s", folder, strerror(errno));
	for (int i = 0; i < count; i++) {
		char *path = mem_format("%s/%s", folder, entries[i]->d_name);

		if (is_folder(path) && strcmp(entries[i]->d_name, "brands") != 0) see(p, folder, entries[i]->d_name);
		free(path);
		free(entries[i]);
	}
	free(entries);
}

static void read_brand(struct place p, const char *folder, const char *name)
{
	char *path = mem_format("%s/%s", folder, name);
	const int brand = is_brand(name) ? name_index(p.t->brands, &p.t->brand_count, TEMPLATE_BRANDS_MAX, name) : -1;

	p.brand = (uint8_t)brand;
	if (brand < 0) template_problem(p.problems, "%s: a brand's name has up to 64 letters, digits, dots and dashes; at most %d brands", path, TEMPLATE_BRANDS_MAX);
	else each_folder(p, path, read_language);
	free(path);
}

void templates_read(struct templates *t, bool is_own, struct template_problems *problems)
{
	const struct place p = { .t = t, .problems = problems, .is_own = is_own, .brand = NO_BRAND };
	char *brands = mem_format("%s/brands", t->folders[is_own]);

	each_folder(p, t->folders[is_own], read_language);
	if (is_folder(brands)) each_folder(p, brands, read_brand);
	free(brands);
}
