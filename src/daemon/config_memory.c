/* config_memory.c - what a configuration points to, and where each of its keys was set: freed together, secrets wiped. */
#include "daemon/config_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

void *config_keep(struct config_memory *m, void *block)
{
	m->block = mem_grow(m->block, m->block_count + 1, sizeof(*m->block));
	m->block[m->block_count++] = block;
	return block;
}

char *config_keep_secret(struct config_memory *m, char *secret)
{
	m->secret = mem_grow(m->secret, m->secret_count + 1, sizeof(*m->secret));
	m->secret[m->secret_count++] = secret;
	return secret;
}

const struct config_place *config_place(const struct config_memory *m, const char *path)
{
	for (size_t i = 0; i < m->place_count; i++)
		if (strcmp(m->place[i].path, path) == 0) return &m->place[i];
	return NULL;
}

void config_place_add(struct config_memory *m, const char *path, const char *file, const struct yaml_node *node, char *reference)
{
	m->place = mem_grow(m->place, m->place_count + 1, sizeof(*m->place));
	m->place[m->place_count++] = (struct config_place){ .path = config_keep(m, mem_text(path)), .file = file, .line = node->key_line, .column = node->key_column,
	                                                       .reference = reference };
}

void config_memory_free(struct config_memory *m)
{
	for (size_t i = 0; i < m->secret_count; i++) mem_wipe_text(&m->secret[i]);
	for (size_t i = 0; i < m->block_count; i++) free(m->block[i]);
	free(m->secret);
	free(m->block);
	free(m->place);
	free(m);
}
