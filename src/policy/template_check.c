/* template_check.c - what a template must be before a customer sees it: known names only, what its event has to say is said, every event answered in
 * English at least, and nothing too long for its kind when rendered with the longest and the barest sample. */
#include "policy/templates_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "policy/template_sample.h"

/* The names a template may use, as bits. No name stands for anything a sender wrote. */
enum {
	N_CODE = 1 << 0, N_DUE = 1 << 1, N_DUE_SHORT = 1 << 2, N_STATUS_URL = 1 << 3, N_BRAND = 1 << 4, N_OPENS = 1 << 5, N_WAIT = 1 << 6,
	N_INCIDENT = 1 << 7, N_QUESTION = 1 << 8, N_SURVEY_URL = 1 << 9, N_VERIFY_URL = 1 << 10, N_VALID_UNTIL = 1 << 11,
	N_REPLY = 1 << 12, N_STATE = 1 << 13,
};
static const char *const fact_names[] = { "code", "due", "due_short", "status_url", "brand", "opens", "wait", "incident", "question", "survey_url",
	"verify_url", "valid_until", "reply", "state", NULL };
#define N_WHEN (N_DUE | N_DUE_SHORT)
#define N_TICKET (N_CODE | N_STATUS_URL | N_BRAND)

/* must: each of these groups by one of its names at least. may: besides. */
static const struct { unsigned must[2], may; } events[] = {
	[EVENT_RECEIVED]         = { { N_CODE, N_WHEN }, N_TICKET },
	[EVENT_DUPLICATE]        = { { N_CODE, N_WHEN }, N_TICKET },
	[EVENT_MASS_INCIDENT]    = { { N_CODE, N_WHEN }, N_TICKET | N_INCIDENT },
	[EVENT_OUT_OF_HOURS]     = { { N_CODE, N_WHEN }, N_TICKET | N_OPENS },
	[EVENT_UNDER_LOAD]       = { { N_CODE, N_WHEN }, N_TICKET | N_WAIT },
	[EVENT_MORE_INFORMATION] = { { N_CODE, 0 }, N_TICKET | N_QUESTION },
	[EVENT_FORWARDED]        = { { N_CODE, N_WHEN }, N_TICKET },
	[EVENT_IN_PROGRESS]      = { { N_CODE, 0 }, N_TICKET | N_WHEN },
	[EVENT_DELAYED]          = { { N_CODE, N_WHEN }, N_TICKET },
	[EVENT_RESOLVED]         = { { N_CODE, 0 }, N_TICKET | N_SURVEY_URL },
	[EVENT_SURVEY]           = { { N_CODE, N_SURVEY_URL }, N_TICKET },
	[EVENT_VERIFICATION]     = { { N_VERIFY_URL, 0 }, N_BRAND | N_VALID_UNTIL },
	[EVENT_REPLY]            = { { N_CODE, N_REPLY }, N_TICKET },
	[EVENT_STATUS]           = { { N_CODE, N_STATE }, N_TICKET | N_WHEN },
};

/* What is looked at while the tags of a block, and of the parts in it, go by. */
struct look {
	const struct template_view *view;
	const struct block *block;
	const char *file;               /* where the tag stands: the block's or a part's */
	unsigned used, allowed;
	int depth;
	struct template_problems *problems;
};

static int name_bit(const char *name, size_t len)
{
	for (int i = 0; fact_names[i] != NULL; i++)
		if (strlen(fact_names[i]) == len && memcmp(fact_names[i], name, len) == 0) return i;
	return -1;
}

static enum ik_rc see_tag(void *arg, const struct mustache_tag *tag);

static enum ik_rc see_part(struct look *look, const struct mustache_tag *tag)
{
	const struct block *part = template_find(look->view, EVENT_COUNT, 0, tag->name, tag->len);
	const char *file = look->file;

	if (part == NULL) {
		template_problem(look->problems, "%s:%zu:%zu: there is no part \"%.*s\" in parts.txt", file, tag->line, tag->column, (int)tag->len, tag->name);
		return IK_REJECT;
	}
	if (look->depth == MUSTACHE_PARTIALS_MAX) return IK_OK;         /* a ring: rendering the sample tells it */
	look->depth++;
	look->file = part->file;
	const enum ik_rc rc = mustache_each_tag(part->body, see_tag, look);
	look->file = file;
	look->depth--;
	return rc;
}

static enum ik_rc see_tag(void *arg, const struct mustache_tag *tag)
{
	struct look *look = arg;
	const int bit = name_bit(tag->name, tag->len);

	if (tag->use == MUSTACHE_PARTIAL) return see_part(look, tag);
	if (tag->len == 1 && tag->name[0] == '.') return IK_OK;
	if (bit < 0 || (look->allowed & (1u << bit)) == 0) {
		template_problem(look->problems, "%s:%zu:%zu: %s has no \"%.*s\"%s", look->file, tag->line, tag->column,
		                 template_event_names[look->block->event], (int)tag->len, tag->name, bit < 0 ? "; docs/templates.md lists the names" : "");
		return IK_REJECT;
	}
	if (tag->use == MUSTACHE_RAW && look->block->kind == KIND_PAGE) {
		template_problem(look->problems, "%s:%zu:%zu: a page writes every value escaped: {{%.*s}}", look->file, tag->line, tag->column, (int)tag->len, tag->name);
		return IK_REJECT;
	}
	if (tag->use == MUSTACHE_VALUE || tag->use == MUSTACHE_RAW) look->used |= 1u << bit;
	return IK_OK;
}

static bool check_names(const struct template_view *view, const struct block *block, struct template_problems *problems)
{
	struct look look = { .view = view, .block = block, .file = block->file, .problems = problems };
	enum ik_rc rc;

	look.allowed = events[block->event].must[0] | events[block->event].must[1] | events[block->event].may;
	rc = mustache_each_tag(block->body, see_tag, &look);
	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(events[0].must); i++) {
		const unsigned must = events[block->event].must[i];

		if (must == 0 || (look.used & must) != 0) continue;
		template_problem(problems, "%s:%u:1: {{%s}} is missing; %s has to say it", block->file, block->line, fact_names[__builtin_ctz(must)],
		                 template_event_names[block->event]);
		return false;
	}
	if (rc == IK_OK && block->subject != NULL) rc = mustache_each_tag(block->subject, see_tag, &look);
	return rc == IK_OK;
}

static bool check_sample(const struct template_view *view, const struct block *block, bool is_full, struct template_problems *problems)
{
	json_t *facts = template_sample((enum template_event)block->event, view->t->languages[block->language], is_full);
	struct ik_error why = { "" };
	char *subject = NULL, *text = NULL;
	const enum ik_rc rc = template_render_block(view, block, facts, NULL, &subject, &text, &why);

	if (rc != IK_OK) template_problem(problems, "%s:%u:1: with sample data: %s", block->file, block->line, why.text);
	else if (text[0] == '\0' || text[0] == '\n' || (subject != NULL && subject[0] == '\0'))
		template_problem(problems, "%s:%u:1: with sample data nothing is left to say", block->file, block->line);
	json_decref(facts);
	free(subject);
	free(text);
	return rc == IK_OK;
}

/* Which file would have to hold what is missing. */
static void check_complete(const struct templates *t, struct template_problems *problems)
{
	const struct template_view view = template_view(t, "en", NO_BRAND);

	for (uint8_t event = 0; event < EVENT_COUNT; event++)
		for (uint8_t kind = 0; kind < KIND_COUNT; kind++)
			if (template_find(&view, event, kind, NULL, 0) == NULL)
				template_problem(problems, "%s/en/%s.txt:1:1: \"=== %s ===\" is missing; English is what every language falls back to", t->folders[0],
				                 template_event_names[event], template_kind_names[kind]);
}

void templates_check(const struct templates *t, struct template_problems *problems)
{
	for (size_t i = 0; i < t->count; i++) {
		const struct block *b = &t->blocks[i];
		const struct template_view view = template_view(t, t->languages[b->language], b->brand);

		if (b->event == EVENT_COUNT) continue;
		if (check_names(&view, b, problems) && check_sample(&view, b, true, problems)) (void)check_sample(&view, b, false, problems);
	}
	check_complete(t, problems);
}
