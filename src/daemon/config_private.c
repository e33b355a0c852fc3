/* config_private.c - addresses that secrets or customers' texts go to (IK_PRIVATE) are not reached in clear text over a network. Looked at once all files
 * are read: the option that allows it may stand below the address, or in another file. */
#include "daemon/config_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "net/url.h"

/* The row that allows clear text, where a table has one. */
static const struct ik_option *row_insecure(const struct ik_option *rows)
{
	for (; rows->name != NULL; rows++)
		if (rows->kind == IK_KIND_BOOL && strcmp(rows->name, "insecure") == 0) return rows;
	return NULL;
}

static void check_rows(const struct config *c, const struct ik_option *rows, const void *base, const char *top, struct problems *problems)
{
	const struct ik_option *insecure = rows != NULL ? row_insecure(rows) : NULL;

	if (insecure != NULL && *(const bool *)((const char *)base + insecure->offset)) return;
	for (; rows != NULL && rows->name != NULL; rows++) {
		char *path = mem_format("%s.%s", top, rows->name);
		const struct config_place *place = config_place(c->memory, path);
		const void *field = (const char *)base + rows->offset;

		if (rows->kind == IK_KIND_SECTION) {
			check_rows(c, rows->section, field, path, problems);
		} else if (rows->kind == IK_KIND_URL && (rows->flags & IK_PRIVATE) != 0 && *(char *const *)field != NULL && !url_is_private(*(char *const *)field)) {
			problem_at(problems, place != NULL ? place->file : c->path, place != NULL ? place->line : 0, place != NULL ? place->column : 0,
			           "%s: what is sent there would cross the network in clear text; write https://, or http:// to this machine (127.0.0.1) where a proxy speaks TLS%s",
			           path, insecure != NULL ? ", or set insecure: yes" : "");
		}
		free(path);
	}
}

void config_check_private(const struct config *c, struct problems *problems)
{
	const struct config_memory *memory = c->memory;

	for (const struct config_section *s = memory->sections; s->name != NULL; s++)
		check_rows(c, s->options, (const char *)c + s->offset, s->name, problems);
	for (size_t i = 0; i < c->channel_count; i++) {
		char *top = mem_format("channels.%s", c->channels[i].name);

		check_rows(c, c->channels[i].plugin->options, c->channels[i].conf, top, problems);
		free(top);
	}
	for (size_t i = 0; i < c->sink_count; i++) {
		char *top = mem_format("sinks.%s", c->sinks[i].name);

		check_rows(c, c->sinks[i].plugin->options, c->sinks[i].conf, top, problems);
		free(top);
	}
}
