/* config_schema.c - the sections of the file in order, and the option tables that belong to no other folder. */
#include "daemon/config_parts.h"

#include <string.h>
#include "daemon/config_suggest.h"

static const char *const level_words[] = { "error", "warning", "notice", "info", "debug", NULL };
static const char *const language_words[] = { "zh-Hans", "zh-Hant", "en", NULL };

#define CORE(kind, field, ...) IK_OPTION(kind, struct core_conf, field, __VA_ARGS__)
static const struct ik_option core_options[] = {
	CORE(STRING, hostname, .help = "Name of this machine in Message-IDs and greetings; without it the system's host name is used."),
	CORE(STRING, brand, .help = "Brand written into tickets of channels that name none."),
	CORE(MAP, brands, .help = "Brand by the address of ours a mail was written to: whole addresses or @domain; the envelope is asked before To and Cc."),
	CORE(PATH, plugin_dir, .flags = IK_RESTART,
	     .help = "Folder with channels/ and sinks/; without it the folder of the program, then the installed one."),
	CORE(STRING, language, .def = "en", .choices = language_words, .help = "Language of pages when the visitor's browser names none of ours."),
	CORE(COUNT, logins_per_server, .def = "8", .min = 1, .max = 10000, .flags = IK_RESTART,
	     .help = "How many mailboxes log in at one mail server at the same time; the others wait for their turn."),
	IK_OPTION_END
};

static const struct ik_option log_options[] = {
	IK_OPTION(ENUM, struct log_conf, level, .def = "info", .choices = level_words, .help = "The least important lines that are logged."),
	IK_OPTION_END
};

#define ADMIN(kind, field, ...) IK_OPTION(kind, struct admin_conf, field, __VA_ARGS__)
static const struct ik_option admin_options[] = {
	ADMIN(LIST, listen,
	      .help = "Addresses of the admin pages, API and metrics, of this machine only: \"127.0.0.1:8081\" or \"unix:/path\"; none: no admin pages."),
	ADMIN(SECRET, token, .help = "Secret that opens the admin pages; needed as soon as they listen."),
	IK_OPTION_END
};

#define CONTROL(kind, field, ...) IK_OPTION(kind, struct control_conf, field, __VA_ARGS__)
static const struct ik_option control_options[] = {
	CONTROL(PATH, socket, .flags = IK_RESTART, .def = CONFIG_CONTROL_SOCKET, .help = "Unix socket of intakectl."),
	CONTROL(STRING, group, .flags = IK_RESTART, .help = "Group whose members may use intakectl, besides root and the daemon's own user."),
	IK_OPTION_END
};

#define SECTION(key, rows, text) { .name = #key, .options = rows, .offset = offsetof(struct config, key), .help = text }
const struct config_section config_sections[] = {
	SECTION(core, core_options, "The gateway itself."),
	SECTION(log, log_options, "Log lines go to the journal, or to stderr in the foreground."),
	SECTION(store, store_options, "Where tickets, originals and duties are kept."),
	SECTION(http, http_options, "The public listener: forms, status page, webhooks."),
	SECTION(admin, admin_options, "The admin listener: ticket pages, API, metrics. Keep it on this machine."),
	SECTION(control, control_options, "The socket that intakectl talks to."),
	SECTION(worker, worker_options, "The sandboxed processes that read hostile bytes."),
	SECTION(policy, policy_options, "What a message is about, how urgent it is, and by when it is answered."),
	SECTION(adviser, adviser_options, "A language model that is asked for a second opinion when the gateway is not sure; see classification.md before switching it on."),
	SECTION(promise, promise_options, "What customers are told when answers take longer than the policy wants."),
	SECTION(threads, thread_options, "Which ticket an answer belongs to."),
	SECTION(similar, likeness_options, "Repeats, like messages of other customers, and incidents that many tell of."),
	SECTION(ack, ack_options, "Acknowledgements to customers, and their limits."),
	SECTION(notices, notice_options, "What customers are told after the acknowledgement: progress, delays, resolution, and the question how it was."),
	SECTION(smtp, smtp_options, "The relay that acknowledgements are sent through; without a server they go to a local Maildir."),
	SECTION(alarms, alarm_options, "What an operator has to know at once, and who is told."),
	{ .name = NULL },
};

/* ---- what has to fit together ---- */

static void problem_of(const struct config *c, const char *path, const char *option, struct problems *problems, const char *what,
                       const struct suggestion *near)
{
	const struct config_place *place = config_place(c->memory, option);
	const char *best = near != NULL ? suggest_best(near) : NULL;

	problem_at(problems, place != NULL ? place->file : path, place != NULL ? place->line : 1, place != NULL ? place->column : 1, "%s%.64s%s%s%s", what,
	           near != NULL ? near->wanted : "", best != NULL ? "; did you mean " : "", best != NULL ? best : "", best != NULL ? "?" : "");
}

static void check_admin(const struct config *c, const char *path, struct problems *problems)
{
	if (c->admin.listen.count == 0 || c->admin.token != NULL) return;
	problem_of(c, path, "admin.listen", problems,
	           "admin.token is missing: the admin pages do not listen without a secret; write token: {file: PATH} or {credential: NAME}", NULL);
}

static void check_alarm_sinks(const struct config *c, const char *path, struct problems *problems)
{
	for (size_t i = 0; i < c->alarms.to.count; i++) {
		struct suggestion near = { .wanted = c->alarms.to.item[i] };
		bool was_found = false;

		for (size_t k = 0; k < c->sink_count; k++) {
			was_found |= strcmp(c->sinks[k].name, near.wanted) == 0;
			suggest_name(&near, c->sinks[k].name);
		}
		if (!was_found) problem_of(c, path, "alarms.to", problems, "alarms.to: there is no sink called ", &near);
	}
}

static void check_alarm_kinds(const struct config *c, const char *path, struct problems *problems)
{
	for (size_t i = 0; i < c->alarms.off.count; i++) {
		struct suggestion near = { .wanted = c->alarms.off.item[i] };
		bool was_found = false;

		for (const char *const *kind = alarm_kind_words; *kind != NULL; kind++) {
			was_found |= strcmp(*kind, near.wanted) == 0;
			suggest_name(&near, *kind);
		}
		if (!was_found) problem_of(c, path, "alarms.off", problems, "alarms.off: there is no kind of alarm called ", &near);
	}
}

static void check_adviser(const struct config *c, const char *path, struct problems *problems)
{
	for (size_t i = 0; i < c->adviser.sets.count; i++) {
		struct suggestion near = { .wanted = c->adviser.sets.item[i] };
		bool was_found = false;

		for (const char *const *word = adviser_words; *word != NULL; word++) {
			was_found |= strcmp(*word, near.wanted) == 0;
			suggest_name(&near, *word);
		}
		if (!was_found) problem_of(c, path, "adviser.sets", problems, "adviser.sets: expected category, severity or sentiment, found ", &near);
	}
	if (c->adviser.url != NULL && c->adviser.model == NULL)
		problem_of(c, path, "adviser.url", problems, "adviser.model is missing: the endpoint has to be told which model to ask", NULL);
}

size_t config_load(const char *path, const struct config_plugins *plugins, FILE *report, struct config **config_r)
{
	struct config *c = NULL;
	size_t count = config_load_tables(config_sections, path, plugins, report, &c);

	if (count == 0) {
		struct problems problems = { .out = report };

		check_admin(c, path, &problems);
		check_alarm_sinks(c, path, &problems);
		check_alarm_kinds(c, path, &problems);
		check_adviser(c, path, &problems);
		count = problems.count;
		if (count > 0) config_free(&c);
	}
	if (count == 0) *config_r = c;
	return count;
}
