/* template_load.c - from folders to templates that may be used: read, then checked as a whole. */
#include "policy/templates_parts.h"

#include <stdlib.h>
#include "base/mem.h"

enum ik_rc templates_load(const char *shipped, const char *own, FILE *report, struct templates **t_r, struct ik_error *err)
{
	struct templates *t = mem_new(sizeof(*t));
	struct template_problems problems = { .report = report, .first = err };

	t->folders[0] = mem_text(shipped);
	t->folders[1] = mem_text(own);
	templates_read(t, false, &problems);
	if (own != NULL) templates_read(t, true, &problems);
	if (problems.count == 0) templates_check(t, &problems);
	if (problems.count == 0) *t_r = t;
	else templates_free(&t);
	return problems.count == 0 ? IK_OK : IK_CONFIG;
}

void templates_free(struct templates **templates)
{
	struct templates *t = *templates;

	if (t == NULL) return;
	for (size_t i = 0; i < t->count; i++) {
		mustache_free(&t->blocks[i].subject);
		mustache_free(&t->blocks[i].body);
		free(t->blocks[i].name);
		free(t->blocks[i].file);
	}
	for (size_t i = 0; i < t->language_count; i++) free(t->languages[i]);
	for (size_t i = 0; i < t->brand_count; i++) free(t->brands[i]);
	free(t->blocks);
	free(t->folders[0]);
	free(t->folders[1]);
	mem_free(templates);
}
