/* templates.c - finds the template of an event and writes it. Language counts before brand: a text one can read beats a text in house style. */
#include "policy/templates_parts.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/language_tag.h"
#include "base/mem.h"
#include "policy/channel_escape.h"

#define SUBJECT_MAX 200                 /* bytes */

const char *const template_event_names[] = { "received", "duplicate", "mass-incident", "out-of-hours", "under-load", "more-information", "forwarded",
	"in-progress", "delayed", "resolved", "survey", "verification", "reply", "status", NULL };
const char *const template_kind_names[] = { "mail", "chat", "sms", "page", NULL };

/* A mail with its headers and its transfer encoding has to stay below 4 KB; the shortest of the common chats take 500 characters. */
const struct text_limit template_limits[] = {
	[KIND_MAIL] = { .bytes = 2000 },
	[KIND_CHAT] = { .characters = 500, .utf16 = 500, .bytes = 1500 },
	[KIND_SMS] = { .segments = 3 },
	[KIND_PAGE] = { .bytes = 4096 },
};

/* ---- languages ------------------------------------------------------------------------------------------------------------------- */

static int language_index(const struct templates *t, const char *name, size_t len)
{
	for (size_t i = 0; i < t->language_count; i++)
		if (strlen(t->languages[i]) == len && strncasecmp(t->languages[i], name, len) == 0) return (int)i;
	return -1;
}

static void chain_add(struct template_view *v, int language)
{
	for (size_t i = 0; i < v->chain_count; i++)
		if (v->chain[i] == language) return;
	if (language >= 0 && v->chain_count < COUNT_OF(v->chain)) v->chain[v->chain_count++] = (uint8_t)language;
}

/* zh-Hant-HK: itself, zh-Hant, zh-Hans, en. */
struct template_view template_view(const struct templates *t, const char *language, uint8_t brand)
{
	struct template_view v = { .t = t, .brand = brand };
	char tag[36] = "";
	size_t len;

	(void)snprintf(tag, sizeof(tag), "%s", language != NULL ? language : "");
	for (char *c = tag; *c != '\0'; c++)
		if (*c == '_') *c = '-';
	len = strlen(tag);
	while (len > 0) {
		chain_add(&v, language_index(t, tag, len));
		do len--; while (len > 0 && tag[len] != '-');         /* a subtag less */
	}
	if (language_tag_is(tag, strlen(tag), "zh")) {
		if (language_tag_is_traditional(tag, strlen(tag))) chain_add(&v, language_index(t, "zh-Hant", 7));
		chain_add(&v, language_index(t, "zh-Hans", 7));
	}
	chain_add(&v, language_index(t, "en", 2));
	return v;
}

static uint8_t brand_index(const struct templates *t, const char *brand)
{
	for (size_t i = 0; brand != NULL && i < t->brand_count; i++)
		if (strcmp(t->brands[i], brand) == 0) return (uint8_t)i;
	return NO_BRAND;
}

const char *templates_match(const struct templates *t, const char *hint)
{
	const struct template_view v = template_view(t, hint, NO_BRAND);

	return v.chain_count > 0 ? t->languages[v.chain[0]] : "en";
}

/* ---- finding ---------------------------------------------------------------------------------------------------------------------- */

static const struct block *find_here(const struct templates *t, uint8_t language, uint8_t brand, uint8_t is_own, const struct block *like, size_t name_len)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct block *b = &t->blocks[i];

		if (b->event != like->event || b->language != language || b->brand != brand || b->is_own != is_own) continue;
		if (b->event == EVENT_COUNT ? strlen(b->name) == name_len && memcmp(b->name, like->name, name_len) == 0 : b->kind == like->kind) return b;
	}
	return NULL;
}

/* In each language: own before shipped, the brand's before everybody's. */
const struct block *template_find(const struct template_view *view, uint8_t event, uint8_t kind, const char *part, size_t part_len)
{
	const struct block like = { .event = event, .kind = kind, .name = (char *)(uintptr_t)part };
	const struct block *found = NULL;

	for (size_t i = 0; found == NULL && i < view->chain_count; i++) {
		if (view->brand != NO_BRAND) found = find_here(view->t, view->chain[i], view->brand, true, &like, part_len);
		if (found == NULL && view->brand != NO_BRAND) found = find_here(view->t, view->chain[i], view->brand, false, &like, part_len);
		if (found == NULL) found = find_here(view->t, view->chain[i], NO_BRAND, true, &like, part_len);
		if (found == NULL) found = find_here(view->t, view->chain[i], NO_BRAND, false, &like, part_len);
	}
	return found;
}

static const struct mustache *find_part(const void *arg, const char *name, size_t len)
{
	const struct block *part = template_find(arg, EVENT_COUNT, 0, name, len);

	return part != NULL ? part->body : NULL;
}

/* ---- writing ----------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc write_subject(const struct mustache_setup *as_body, const struct block *block, json_t *facts, char **subject_r, struct ik_error *err)
{
	const struct mustache_setup setup = { .partial = as_body->partial, .partial_arg = as_body->partial_arg, .escape = escape_line };
	struct buf out = BUF_INIT(SUBJECT_MAX);
	enum ik_rc rc = mustache_render(block->subject, facts, &setup, &out, err);

	if (rc == IK_OK && strpbrk(buf_str(&out), "\r\n") != NULL) rc = ik_fail(IK_REJECT, err, "the subject has more than one line");
	if (rc == IK_OK) *subject_r = buf_take(&out);
	buf_release(&out);
	return rc;
}

/* White space at both ends goes, and of several empty lines one stays: what a part leaves behind when it has nothing to say. */
static void tidy(struct buf *b)
{
	size_t n = 0, breaks = 0;

	buf_drop(b, strspn(buf_str(b), " \t\n"));
	for (size_t i = 0; i < b->len; i++) {
		breaks = b->data[i] == '\n' ? breaks + 1 : 0;
		if (breaks <= 2) b->data[n++] = b->data[i];
	}
	while (n > 0 && strchr(" \t\n", b->data[n - 1]) != NULL) n--;
	if (b->len > 0) b->data[n] = '\0';
	b->len = n;
}

enum ik_rc template_render_block(const struct template_view *view, const struct block *block, json_t *facts, const struct text_limit *limit,
                                 char **subject_r, char **text_r, struct ik_error *err)
{
	const struct mustache_setup setup = { .partial = find_part, .partial_arg = view, .escape = block->kind == KIND_PAGE ? escape_page : escape_value };
	struct buf out = BUF_INIT(TEMPLATE_OUT_MAX);
	char *subject = NULL;
	enum ik_rc rc = mustache_render(block->body, facts, &setup, &out, err);

	tidy(&out);
	if (rc == IK_OK) rc = text_fits(buf_str(&out), out.len, &template_limits[block->kind], err);
	if (rc == IK_OK && limit != NULL) rc = text_fits(buf_str(&out), out.len, limit, err);
	if (rc == IK_OK && block->subject != NULL) rc = write_subject(&setup, block, facts, &subject, err);
	if (rc == IK_OK) {
		if (block->kind == KIND_MAIL) (void)buf_char(&out, '\n');
		if (subject_r != NULL) *subject_r = subject;
		else free(subject);
		*text_r = buf_take(&out);
	}
	buf_release(&out);
	return rc;
}

/* Parts are looked for from the template's own language on, so that a text is never half English. */
static struct template_view view_of(const struct templates *t, const struct template_ask *ask, const struct block **block_r)
{
	struct template_view v = template_view(t, ask->language, brand_index(t, ask->brand));

	*block_r = template_find(&v, (uint8_t)ask->event, (uint8_t)ask->kind, NULL, 0);
	if (*block_r != NULL) v = template_view(t, t->languages[(*block_r)->language], v.brand);
	return v;
}

const char *templates_language(const struct templates *t, const struct template_ask *ask)
{
	const struct block *block;

	(void)view_of(t, ask, &block);
	return block != NULL ? t->languages[block->language] : "en";
}

enum ik_rc templates_render(const struct templates *t, const struct template_ask *ask, json_t *facts, const struct text_limit *limit,
                            char **subject_r, char **text_r, struct ik_error *err)
{
	const struct block *block;
	const struct template_view v = view_of(t, ask, &block);

	if (block == NULL) return ik_fail(IK_CONFIG, err, "there is no template for %s, %s", template_event_names[ask->event], template_kind_names[ask->kind]);
	return template_render_block(&v, block, facts, limit, subject_r, text_r, err);
}

/* ---- for those who load and check --------------------------------------------------------------------------------------------------------- */

void template_problem(struct template_problems *problems, const char *fmt, ...)
{
	struct ik_error why = { "" };
	va_list ap;

	va_start(ap, fmt);
	(void)ik_vfail(IK_CONFIG, &why, fmt, ap);
	va_end(ap);
	if (problems->count++ == 0 && problems->first != NULL) *problems->first = why;
	if (problems->report != NULL) (void)fprintf(problems->report, "%s\n", why.text);
}

const char *const *templates_languages(const struct templates *t, size_t *count_r)
{
	*count_r = t->language_count;
	return (const char *const *)t->languages;
}

const char *const *templates_brands(const struct templates *t, size_t *count_r)
{
	*count_r = t->brand_count;
	return (const char *const *)t->brands;
}
