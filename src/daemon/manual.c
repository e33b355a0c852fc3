#include "daemon/manual.h"

#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/roff.h"
#include "daemon/config_parts.h"

static const struct { const char *code, *text; } exit_codes[] = {
	{ "0",  "Stopped as asked." },
	{ "64", "Wrong command line." },
	{ "74", "The store cannot be trusted: an input or output error. Look at the disk before anything else." },
	{ "75", "Something that is needed is away for the moment." },
	{ "78", "Configuration: a wrong file, a second daemon on one state directory, a store newer than the program." },
};
static const struct { const char *path, *text; } files[] = {
	{ CONFIG_FILE,             "The configuration; further files by its include." },
	{ "/var/lib/intaked",      "The state directory: database, large originals, key, lock. One daemon at a time." },
	{ CONFIG_CONTROL_SOCKET,   "The control socket, for intakectl." },
	{ INTAKED_LIBDIR,          "Plugins: channels/NAME.so and sinks/NAME.so." },
	{ INTAKED_DATADIR,         "Rules, calendars, templates and the style of the pages." },
};
static const struct { const char *name, *text; } environment[] = {
	{ "CREDENTIALS_DIRECTORY", "Where systemd puts the secrets that the configuration names as {credential: NAME}." },
	{ "NOTIFY_SOCKET, WATCHDOG_USEC", "Readiness, reloads and life are told to systemd." },
	{ "LISTEN_FDS, LISTEN_FDNAMES",   "Sockets that systemd opened: http for the public pages, admin for those of operators." },
};

void manual_program(const struct argp *argp, FILE *out)
{
	char *doc = mem_text(argp->doc), *behind = strchr(doc, '\v');

	if (behind != NULL) *behind++ = '\0';
	roff_head(out, "intaked", 8, "omnichannel intake gateway");
	roff_section(out, "SYNOPSIS");
	(void)fputs(".B intaked\n[\\fIOPTION\\fR...]\n", out);
	roff_section(out, "DESCRIPTION");
	roff_text(out, doc);
	roff_section(out, "OPTIONS");
	roff_options(out, argp->options);
	roff_section(out, "SIGNALS");
	if (behind != NULL) roff_text(out, behind);
	roff_section(out, "EXIT STATUS");
	for (size_t i = 0; i < COUNT_OF(exit_codes); i++) roff_item(out, exit_codes[i].code, NULL, exit_codes[i].text);
	roff_section(out, "ENVIRONMENT");
	for (size_t i = 0; i < COUNT_OF(environment); i++) roff_item(out, environment[i].name, NULL, environment[i].text);
	roff_section(out, "FILES");
	for (size_t i = 0; i < COUNT_OF(files); i++) roff_item(out, files[i].path, NULL, files[i].text);
	roff_section(out, "SEE ALSO");
	(void)fputs(".BR intakectl (1),\n.BR intaked.yaml (5)\n", out);
	free(doc);
}

/* ---- intaked.yaml(5) ------------------------------------------------------------------------------------------------------------ */

static const char about[] =
	"One file in a strict subset of YAML: mappings, lists and texts; no anchors, aliases, tags or second documents. An unknown key, a wrong kind of "
	"value and a secret that is missing are errors, told with file, line and column, all of them in one run of intaked --check-config. "
	"intaked --sample-config prints a commented sample in which every value is the default.\n\n"
	"Durations are written 30s, 5m, 24h, 7d; sizes 512K, 25M, 1G. Relative paths start at the folder of the main file. include names further files "
	"or patterns such as conf.d/*.yaml; they are read in byte order, and a key may be set once over all files.\n\n"
	"A secret never stands in the file. It is named: {credential: NAME} for a systemd credential, {file: PATH} for a file that only its owner can read.\n\n"
	"On SIGHUP the file is read again. One with errors changes nothing, nor does one in which an option that \"changes with a restart\" is another.";

static void option_item(FILE *out, const char *prefix, const struct ik_option *row)
{
	struct buf constraint = BUF_INIT(2048);
	char *name = mem_format("%s%s", prefix, row->name), *plain;
	const char *quote = row->def != NULL && row->def[0] == '\0' ? "none" : row->def;

	config_constraint_text(&constraint, row);
	plain = mem_format(" (%s%s%s%s%s)", buf_str(&constraint), quote != NULL ? "; default " : "", quote != NULL ? quote : "",
	                   (row->flags & IK_REQUIRED) != 0 ? "; required" : "", (row->flags & IK_RESTART) != 0 ? "; changes with a restart" : "");
	roff_item(out, name, plain, row->help);
	free(plain);
	free(name);
	buf_release(&constraint);
}

static void option_items(FILE *out, const char *prefix, const struct ik_option *rows)
{
	for (; rows != NULL && rows->name != NULL; rows++) {
		char *deeper;

		if (rows->kind != IK_KIND_SECTION) {
			option_item(out, prefix, rows);
			continue;
		}
		deeper = mem_format("%s%s.", prefix, rows->name);
		option_items(out, deeper, rows->section);
		free(deeper);
	}
}

/* Every plugin of one kind. */
static enum ik_rc plugin_parts(struct plugins *plugins, bool sinks, FILE *out, struct ik_error *err)
{
	for (const char *const *name = plugins_names(plugins, sinks); *name != NULL; name++) {
		const struct ik_channel *channel = sinks ? NULL : plugins_channel(plugins, *name, err);
		const struct ik_sink *sink = sinks ? plugins_sink(plugins, *name, err) : NULL;
		char *heading;

		if (channel == NULL && sink == NULL) return IK_CONFIG;
		heading = mem_format("plugin: %s", *name);
		roff_subsection(out, heading);
		roff_text(out, sinks ? sink->summary : channel->summary);
		option_items(out, "", sinks ? sink->options : channel->options);
		free(heading);
	}
	return IK_OK;
}

enum ik_rc manual_file(struct plugins *plugins, FILE *out, struct ik_error *err)
{
	enum ik_rc rc;

	roff_head(out, "intaked.yaml", 5, "configuration of the intake gateway");
	roff_section(out, "DESCRIPTION");
	roff_text(out, about);
	roff_section(out, "SECTIONS");
	for (const struct config_section *s = config_sections; s->name != NULL; s++) {
		roff_subsection(out, s->name);
		roff_text(out, s->help);
		option_items(out, "", s->options);
	}
	roff_section(out, "CHANNELS");
	roff_text(out, "Where messages come from: one entry under channels for each source, its name of a-z, 0-9 and '-'. Every channel understands:");
	option_items(out, "", channel_common_options);
	rc = plugin_parts(plugins, false, out, err);
	roff_section(out, "SINKS");
	roff_text(out, "Where tickets go: one entry under sinks for each. Every sink understands:");
	option_items(out, "", sink_common_options);
	if (rc == IK_OK) rc = plugin_parts(plugins, true, out, err);
	roff_section(out, "SEE ALSO");
	(void)fputs(".BR intaked (8),\n.BR intakectl (1)\n", out);
	return rc;
}
