#include "ctl/manual.h"

#include <stdlib.h>
#include "base/mem.h"
#include "base/roff.h"

static const struct { const char *code, *text; } exit_codes[] = {
	{ "0",  "Done." },
	{ "64", "Wrong usage." },
	{ "65", "There is no such ticket or entry, or the input cannot be used." },
	{ "69", "A finding of doctor fails, or the daemon does not offer the command." },
	{ "75", "The daemon cannot be reached." },
	{ "77", "Not allowed: only root, the daemon's own user and members of control.group may talk to it." },
	{ "78", "Wrong configuration." },
};

static void print_command(const struct ctl_command *c, FILE *out)
{
	char *heading = mem_format("%s%s%s", c->name, c->args != NULL ? " " : "", c->args != NULL ? c->args : ""), *summary = mem_format("%s.", c->summary);

	roff_subsection(out, heading);
	roff_text(out, summary);
	if (c->doc != NULL) {
		(void)fputs(".sp\n", out);
		roff_text(out, c->doc);
	}
	roff_options(out, c->options);
	free(summary);
	free(heading);
}

void manual_print(const struct ctl_command *const *groups, size_t count, const struct argp_option *common, FILE *out)
{
	roff_head(out, "intakectl", 1, "asks and steers the intake gateway");
	roff_section(out, "SYNOPSIS");
	(void)fputs(".B intakectl\n[\\fIOPTION\\fR...] \\fICOMMAND\\fR [\\fIARGUMENT\\fR...]\n", out);
	roff_section(out, "DESCRIPTION");
	roff_text(out, "Asks a running intaked over its control socket, and steers it. Some commands work without a daemon; they say so.");
	roff_section(out, "OPTIONS");
	roff_options(out, common);
	roff_section(out, "COMMANDS");
	for (size_t i = 0; i < count; i++)
		for (const struct ctl_command *c = groups[i]; c->name != NULL; c++) print_command(c, out);
	roff_section(out, "EXIT STATUS");
	for (size_t i = 0; i < COUNT_OF(exit_codes); i++) roff_item(out, exit_codes[i].code, NULL, exit_codes[i].text);
	roff_section(out, "SEE ALSO");
	(void)fputs(".BR intaked (8),\n.BR intaked.yaml (5)\n", out);
}
