#include "base/roff.h"

#include <argp.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

/* One line or a piece of it, free of requests and escapes. */
static void put(FILE *out, const char *text, size_t len)
{
	if (len > 0 && (text[0] == '.' || text[0] == '\'')) (void)fputs("\\&", out);
	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\\') (void)fputs("\\e", out);
		else if (text[i] == '-') (void)fputs("\\-", out);
		else if (text[i] == '\'') (void)fputs("\\(aq", out);
		else if (text[i] == '`') (void)fputs("\\(ga", out);
		else if (text[i] == '~') (void)fputs("\\(ti", out);
		else if (text[i] == '^') (void)fputs("\\(ha", out);
		else (void)fputc(text[i], out);
	}
}

/* A macro's argument in quotes. */
static void macro(FILE *out, const char *name, const char *argument)
{
	(void)fprintf(out, ".%s \"", name);
	for (; *argument != '\0'; argument++) {
		if (*argument == '"') (void)fputs("\\(dq", out);
		else put(out, argument, 1);
	}
	(void)fputs("\"\n", out);
}

void roff_head(FILE *out, const char *name, int section, const char *summary)
{
	(void)fprintf(out, ".TH \"%s\" %d \"\" \"intaked " INTAKED_VERSION "\" \"%s\"\n.nh\n.ad l\n.SH NAME\n", name, section,
	              section == 1 ? "User Commands" : section == 5 ? "File Formats" : "System Administration");
	put(out, name, strlen(name));
	(void)fputs(" \\- ", out);
	put(out, summary, strlen(summary));
	(void)fputc('\n', out);
}

void roff_section(FILE *out, const char *heading)
{
	macro(out, "SH", heading);
}

void roff_subsection(FILE *out, const char *heading)
{
	macro(out, "SS", heading);
}

void roff_text(FILE *out, const char *text)
{
	bool is_example = false, has_gap = false;

	while (*text != '\0') {
		const size_t len = strcspn(text, "\n");
		const bool was_example = is_example;

		is_example = strncmp(text, "  ", 2) == 0;
		if (is_example != was_example) (void)fputs(is_example ? ".RS 4\n.nf\n" : ".fi\n.RE\n", out);
		if (len == 0) has_gap = true;
		else {
			if (has_gap) (void)fputs(is_example ? "\n" : ".sp\n", out);
			has_gap = false;
			put(out, text + (is_example ? 2 : 0), len - (is_example ? 2 : 0));
			(void)fputc('\n', out);
		}
		text += len + (text[len] != '\0' ? 1 : 0);
	}
	if (is_example) (void)fputs(".fi\n.RE\n", out);
}

void roff_item(FILE *out, const char *tag, const char *plain, const char *text)
{
	(void)fputs(".TP\n\\fB", out);
	put(out, tag, strlen(tag));
	(void)fputs("\\fR", out);
	if (plain != NULL) put(out, plain, strlen(plain));
	(void)fputc('\n', out);
	if (text != NULL) roff_text(out, text);
}

void roff_options(FILE *out, const struct argp_option *options)
{
	for (; options != NULL && (options->name != NULL || options->doc != NULL); options++) {
		const bool has_letter = options->key > 0 && options->key < 128 && isprint(options->key);
		char *tag, *plain;

		if (options->name == NULL || (options->flags & OPTION_HIDDEN) != 0) continue;
		tag = has_letter ? mem_format("-%c, --%s", options->key, options->name) : mem_format("--%s", options->name);
		plain = options->arg != NULL ? mem_format("=%s", options->arg) : NULL;
		roff_item(out, tag, plain, options->doc);
		free(plain);
		free(tag);
	}
}
