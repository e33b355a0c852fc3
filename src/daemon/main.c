/* main.c - the command line of intaked. The same binary is also the parse worker and the SMTP sender process. */
#include <argp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sysexits.h>
#include "base/file.h"
#include "base/log.h"
#include "daemon/config.h"
#include "daemon/config_plugins.h"
#include "daemon/loop.h"
#include "daemon/manual.h"
#include "daemon/plugin.h"
#include "outbox/outbox.h"
#include "text/fold.h"
#include "worker/worker.h"

__attribute__((visibility("default"))) const char *argp_program_version = "intaked " INTAKED_VERSION;

enum { KEY_CHECK = 256, KEY_DUMP, KEY_SAMPLE, KEY_SHOW_CHANNEL, KEY_SHOW_SINK, KEY_MANUAL };

struct arguments { const char *config, *plugin, *page; int action; };

#define FILES_WANTED 16384

static const struct argp_option options[] = {
	{ "config", 'c', "FILE", 0, "Read the configuration from FILE (default /etc/intaked/intaked.yaml)", 0 },
	{ "check-config", KEY_CHECK, NULL, 0, "Report every problem in the configuration and exit: 0 none, 78 some", 0 },
	{ "dump-config", KEY_DUMP, NULL, 0, "Print the configuration in force, secrets masked, defaults marked", 0 },
	{ "sample-config", KEY_SAMPLE, NULL, 0, "Print a commented sample in which every value shown is the default", 0 },
	{ "show-channel", KEY_SHOW_CHANNEL, "NAME", 0, "Print the options of a channel plugin", 0 },
	{ "show-sink", KEY_SHOW_SINK, "NAME", 0, "Print the options of a sink plugin", 0 },
	{ "manual", KEY_MANUAL, "PAGE", OPTION_HIDDEN, "Print a manual page: intaked.8 or intaked.yaml.5", 0 },
	{ 0 }
};

static const char doc[] =
	"Takes customer messages from mailboxes, forms, webhooks and messengers, turns each into one ticket, acknowledges it and feeds the "
	"helpdesks behind it. Runs in the foreground and logs to standard error.\v"
	"Signals: TERM and INT finish what is under way and stop (a second one stops at once), HUP reads the configuration again "
	"(one with errors changes nothing), USR1 logs the status.\n\nTalk to a running daemon with intakectl.";

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case 'c': a->config = arg; return 0;
	case KEY_SHOW_CHANNEL: case KEY_SHOW_SINK: a->plugin = arg; a->action = key; return 0;
	case KEY_MANUAL: a->page = arg; a->action = key; return 0;
	case KEY_CHECK: case KEY_DUMP: case KEY_SAMPLE: a->action = key; return 0;
	case ARGP_KEY_ARG: argp_error(state, "unexpected argument \"%s\"", arg); return EINVAL;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static int show_plugin(struct plugins *plugins, const struct arguments *a)
{
	struct ik_error err = { "" };
	const struct ik_option *rows = NULL;

	if (a->action == KEY_SHOW_CHANNEL) {
		const struct ik_channel *channel = plugins_channel(plugins, a->plugin, &err);

		if (channel != NULL) rows = channel->options;
	} else {
		const struct ik_sink *sink = plugins_sink(plugins, a->plugin, &err);

		if (sink != NULL) rows = sink->options;
	}
	if (rows == NULL) {
		(void)fprintf(stderr, "intaked: %s\n", err.text);
		return EX_CONFIG;
	}
	config_print_options(rows, stdout, false, 0);
	return EX_OK;
}

/* A mailbox takes three descriptors; what a service manager allows as the utmost is used. Nothing here waits with select(). */
static void allow_files(void)
{
	struct rlimit files;

	if (getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur >= FILES_WANTED) return;
	files.rlim_cur = files.rlim_max < FILES_WANTED ? files.rlim_max : FILES_WANTED;
	(void)setrlimit(RLIMIT_NOFILE, &files);
}

static int with_config(struct plugins *plugins, const struct arguments *a)
{
	static const enum ik_level levels[] = { IK_LOG_ERROR, IK_LOG_WARNING, IK_LOG_NOTICE, IK_LOG_INFO, IK_LOG_DEBUG };
	const struct config_plugins known = config_plugins_of(plugins);
	struct config *config = NULL;
	size_t problems;

	fold_prepare_early();
	problems = config_load(a->config, &known, stderr, &config);
	if (problems == 0 && a->action != KEY_DUMP) problems = config_check(config, a->action == KEY_CHECK, stderr);
	if (problems > 0) {
		(void)fprintf(stderr, "intaked: %zu problem(s) in %s\n", problems, a->config);
		config_free(&config);
		return EX_CONFIG;
	}
	if (a->action == KEY_CHECK || a->action == KEY_DUMP) {
		if (a->action == KEY_DUMP) config_print(config, stdout);
		config_free(&config);
		return EX_OK;
	}
	log_set_level(levels[config->log.level]);
	allow_files();
	return loop_run(config, plugins);
}

static const struct argp argp = { .options = options, .parser = parse_option, .doc = doc };

static int show_manual(struct plugins *plugins, const char *page)
{
	struct ik_error err = { "" };

	if (strcmp(page, "intaked.8") == 0) manual_program(&argp, stdout);
	else if (strcmp(page, "intaked.yaml.5") != 0) (void)ik_fail(IK_CONFIG, &err, "there is no manual page %s", page);
	else (void)manual_file(plugins, stdout, &err);
	if (err.text[0] == '\0') return EX_OK;
	(void)fprintf(stderr, "intaked: %s\n", err.text);
	return EX_CONFIG;
}

int main(int argc, char **argv)
{
	struct arguments a = { .config = "/etc/intaked/intaked.yaml" };
	struct plugins *plugins = NULL;
	struct ik_error err = { "" };
	char *plugin_dir;
	int status;

	fd_keep_standard();
	worker_main(argc, argv);
	smtp_sender_main(argc, argv);
	(void)argp_parse(&argp, argc, argv, 0, NULL, &a);
	plugin_dir = config_find_plugin_dir(a.config);
	if (plugins_new(plugin_dir, &plugins, &err) != IK_OK) {
		(void)fprintf(stderr, "intaked: %s\n", err.text);
		return EX_CONFIG;
	}
	if (a.action == KEY_SAMPLE) {
		config_print_sample(stdout);
		status = EX_OK;
	} else if (a.action == KEY_MANUAL) {
		status = show_manual(plugins, a.page);
	} else if (a.plugin != NULL) {
		status = show_plugin(plugins, &a);
	} else {
		status = with_config(plugins, &a);
	}
	plugins_free(&plugins);
	free(plugin_dir);
	return status;
}
