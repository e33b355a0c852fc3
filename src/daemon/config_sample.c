/* config_sample.c - the sample file from the option tables, so that it can never disagree with the program. */
#include "daemon/config_parts.h"

#include <stdlib.h>
#include <string.h>

/* The entry of an instance, commented out as a whole: it has no default name. */
static void print_instance_sample(FILE *out, const char *name, const struct ik_option *rows)
{
	char *text = NULL, *line, *rest;
	size_t len = 0;
	FILE *memory = open_memstream(&text, &len);

	if (memory == NULL) return;
	config_print_options(rows, memory, true, 4);
	(void)fclose(memory);
	(void)fprintf(out, "  # %s:\n", name);
	for (rest = text; (line = strsep(&rest, "\n")) != NULL;) {
		const size_t blanks = strspn(line, " ");

		if (line[blanks] == '\0') continue;
		(void)fprintf(out, "  #   %s\n", line + (blanks > 4 ? 4 : blanks));
	}
	free(text);
}

void config_print_sample(FILE *out)
{
	(void)fputs("# intaked.yaml - every value shown is the default; lines that begin with # name what has none.\n"
	            "# Secrets never stand here: write {credential: NAME} for a systemd credential or {file: PATH} for a file of mode 0600.\n"
	            "# Durations are written 30s, 5m, 24h, 7d; sizes 512K, 25M, 1G. Relative paths start at this file's folder.\n"
	            "# Check a change with: intaked --config FILE --check-config\n", out);
	for (const struct config_section *s = config_sections; s->name != NULL; s++) {
		(void)fputc('\n', out);
		config_print_comment(out, 0, s->help);
		(void)fprintf(out, "%s:\n", s->name);
		config_print_options(s->options, out, true, 2);
	}
	(void)fputs("\n# Where messages come from: one entry per source, its name of a-z, 0-9 and '-'. A plugin's own options are listed by\n"
	            "# intaked --show-channel PLUGIN.\nchannels:\n", out);
	print_instance_sample(out, "support-mail", channel_common_options);
	(void)fputs("\n# Where tickets go: every sink gets every ticket. A plugin's own options are listed by intaked --show-sink PLUGIN.\nsinks:\n", out);
	print_instance_sample(out, "helpdesk", sink_common_options);
	(void)fputs("\n# Further files, read in byte order; a key may be set once over all files.\n# include: conf.d/*.yaml\n", out);
}
