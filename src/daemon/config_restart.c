/* config_restart.c - what a reload cannot change: the store is open and the control socket bound for as long as the daemon runs. A file that
 * names others is refused as a whole, so that no half of it comes into force. */
#include "daemon/config_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

struct comparison { const struct config *wanted; struct problems problems; };

/* The value as it would stand in the file; to be freed. */
static char *value_text(const struct ik_option *row, const void *base)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	if (out == NULL) abort();
	if (!config_print_value(out, row, base, NULL)) (void)fputs("not set", out);
	(void)fclose(out);
	return text;
}

static void compare_row(struct comparison *c, const char *section, const struct ik_option *row, const void *running, const void *wanted)
{
	char *before = value_text(row, running), *after = value_text(row, wanted), *path = mem_format("%s.%s", section, row->name);
	const struct config_place *place = config_place(c->wanted->memory, path);

	if (strcmp(before, after) != 0)
		problem_at(&c->problems, place != NULL ? place->file : c->wanted->path, place != NULL ? place->line : 0, place != NULL ? place->column : 1,
		           "%s: changing %s to %s needs a restart (systemctl restart intaked)", path, before, after);
	free(before);
	free(after);
	free(path);
}

size_t config_needs_restart(const struct config *running, const struct config *wanted, FILE *report)
{
	struct comparison c = { .wanted = wanted, .problems = { .out = report } };

	for (const struct config_section *s = config_sections; s->name != NULL; s++)
		for (const struct ik_option *row = s->options; row->name != NULL; row++)
			if ((row->flags & IK_RESTART) != 0)
				compare_row(&c, s->name, row, (const char *)running + s->offset, (const char *)wanted + s->offset);
	return c.problems.count;
}
