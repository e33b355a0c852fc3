/* template.c - `intakectl template preview EVENT` and `template lint`: the texts customers get, with made-up facts and without a daemon.
 * The operator's folder is the one the configuration names, when there is a configuration. */
#include "ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/place.h"
#include "daemon/config.h"
#include "daemon/config_plugins.h"
#include "daemon/config_yaml.h"
#include "daemon/plugin.h"
#include "outbox/compose.h"
#include "policy/template_sample.h"
#include "policy/templates.h"

static int index_of(const char *const *names, const char *name)
{
	for (int i = 0; name != NULL && names[i] != NULL; i++)
		if (strcmp(names[i], name) == 0) return i;
	return -1;
}

/* ---- where the operator's templates are ------------------------------------------------------------------------------------------ */

/* policy.templates of the configuration, read like the daemon reads it. */
static int configured_folder(const struct ctl *ctl, char **folder_r)
{
	struct plugins *plugins = NULL;
	struct config *config = NULL;
	struct ik_error err = { "" };
	char *dir = config_find_plugin_dir(ctl_config_file(ctl));
	const enum ik_rc rc = plugins_new(dir, &plugins, &err);
	struct config_plugins known;
	int status = EX_OK;

	free(dir);
	if (rc != IK_OK) return ctl_complain(EX_CONFIG, "%s", err.text);
	known = config_plugins_of(plugins);
	if (config_load(ctl_config_file(ctl), &known, stderr, &config) > 0) status = EX_CONFIG;
	else *folder_r = mem_text(config->policy.templates);
	config_free(&config);
	plugins_free(&plugins);
	return status;
}

static int own_folder(const struct ctl *ctl, const json_t *args, char **folder_r)
{
	if (json_text(args, "templates") != NULL) {
		*folder_r = mem_text(json_text(args, "templates"));
		return EX_OK;
	}
	if (ctl->config == NULL && access(CONFIG_FILE, R_OK) != 0) return EX_OK;
	return configured_folder(ctl, folder_r);
}

/* ---- what is shown ------------------------------------------------------------------------------------------------------------------ */

/* The choice of what to show; -1 and NULL: everything. */
struct choice { int event, kind; const char *language, *brand; bool is_bare, is_whole; };

/* The mail as it goes out, with sample addresses and ids; NULL and err when it would not. */
static char *whole_mail(const char *subject, const char *text, const char *language, struct ik_error *err)
{
	static const char *const references[] = { "first@customers.example.net" };
	const struct compose_ack mail = { .from = "support@example.com", .from_name = "Example Store", .to = "ann@customers.example.net", .subject = subject, .text = text,
	                                  .language = language, .message_id = "sample@intake.example.com", .in_reply_to = references[0], .references = references,
	                                  .reference_count = 1, .date = clock_wall() };
	struct buf b = BUF_INIT(COMPOSE_ACK_MAX);

	if (compose_ack(&mail, &b, err) == IK_OK) return buf_take(&b);
	buf_release(&b);
	return NULL;
}

static json_t *preview_one(const struct templates *t, const struct template_ask *ask, const struct choice *c, struct ik_error *err)
{
	const char *language = templates_language(t, ask);
	json_t *facts = template_sample(ask->event, language, !c->is_bare), *shown = NULL;
	char *subject = NULL, *text = NULL, *mail = NULL;

	if (templates_render(t, ask, facts, NULL, &subject, &text, err) == IK_OK) {
		const struct text_size size = text_size(text, strlen(text));

		shown = json_pack("{s:s, s:s, s:s, s:s*, s:s, s:i, s:i, s:i, s:i, s:s}", "event", template_event_names[ask->event], "kind", template_kind_names[ask->kind],
		                  "language", language, "subject", subject, "text", text, "bytes", (int)size.bytes, "characters", (int)size.characters, "utf16", (int)size.utf16,
		                  "segments", (int)size.segments, "alphabet", size.is_gsm7 ? "GSM-7" : "UCS-2");
		if (c->is_whole && ask->kind == KIND_MAIL) mail = whole_mail(subject, text, language, err);
		if (mail != NULL) json_set_text(shown, "mail", mail);
	}
	json_decref(facts);
	free(subject);
	free(text);
	free(mail);
	return shown;
}

static void print_rendered(const json_t *shown)
{
	char *clean = ctl_clean(json_text(shown, "text"), true);
	const size_t len = strlen(clean);

	(void)printf("--- %s, %s, %s: %lld bytes, %lld characters", json_text(shown, "event"), json_text(shown, "kind"), json_text(shown, "language"),
	             (long long)json_int(shown, "bytes", 0), (long long)json_int(shown, "characters", 0));
	if (strcmp(json_text(shown, "kind"), "sms") == 0) (void)printf(", %lld segment(s) of %s", (long long)json_int(shown, "segments", 0), json_text(shown, "alphabet"));
	(void)printf(" ---\n");
	if (json_text(shown, "subject") != NULL) {
		char *subject = ctl_clean(json_text(shown, "subject"), false);

		(void)printf("Subject: %s\n\n", subject);
		free(subject);
	}
	(void)printf("%s%s\n", clean, len > 0 && clean[len - 1] == '\n' ? "" : "\n");
	free(clean);
}

static void print_text(const json_t *shown)
{
	if (json_text(shown, "mail") != NULL) {
		(void)fputs(json_text(shown, "mail"), stdout);
		return;
	}
	print_rendered(shown);
}

static int preview_all(const struct ctl *ctl, const struct templates *t, const struct choice *c)
{
	json_t *all = json_array();
	size_t languages, i;
	const char *const *names = templates_languages(t, &languages);
	json_t *shown;
	int status = EX_OK;

	for (size_t l = 0; l < (c->language != NULL ? 1 : languages); l++)
		for (unsigned kind = 0; kind < KIND_COUNT; kind++) {
			const struct template_ask ask = { .event = (enum template_event)c->event, .kind = (enum template_kind)kind,
			                                  .language = c->language != NULL ? c->language : names[l], .brand = c->brand };
			struct ik_error err = { "" };

			if (c->kind >= 0 && (unsigned)c->kind != kind) continue;
			if (c->is_whole && kind != KIND_MAIL) continue;
			shown = preview_one(t, &ask, c, &err);
			if (shown != NULL) (void)json_array_append_new(all, shown);
			if (shown == NULL || (c->is_whole && json_text(shown, "mail") == NULL)) status = ctl_complain(EX_CONFIG, "%s", err.text);
		}
	if (ctl->as_json) ctl_print_json(all);
	else json_array_foreach(all, i, shown) print_text(shown);
	json_decref(all);
	return status;
}

static int run_preview(const struct ctl *ctl, const json_t *args, const struct templates *t)
{
	const char *event = json_string_value(json_array_get(json_object_get(args, "what"), 1)), *kind = json_text(args, "kind");
	const struct choice c = { .event = index_of(template_event_names, event), .kind = index_of(template_kind_names, kind), .language = json_text(args, "language"),
	                          .brand = json_text(args, "brand"), .is_bare = json_is_true(json_object_get(args, "bare")), .is_whole = json_is_true(json_object_get(args, "whole")) };

	if (event == NULL) return ctl_complain(EX_USAGE, "which event? received, duplicate, mass-incident, out-of-hours, under-load, more-information, forwarded, "
	                                       "in-progress, delayed, resolved, survey, verification, reply or status");
	if (c.event < 0) return ctl_complain(EX_USAGE, "\"%s\" is no event; intakectl template --help lists them", event);
	if (kind != NULL && c.kind < 0) return ctl_complain(EX_USAGE, "\"%s\" is no kind; there are mail, chat, sms and page", kind);
	return preview_all(ctl, t, &c);
}

static int run_lint(const struct ctl *ctl, const struct templates *t)
{
	size_t languages, brands;
	const char *const *names = templates_languages(t, &languages);
	json_t *result = json_pack("{s:b, s:[], s:[]}", "ok", 1, "problems", "languages");

	(void)templates_brands(t, &brands);
	for (size_t i = 0; i < languages; i++) (void)json_array_append_new(json_object_get(result, "languages"), json_string(names[i]));
	if (ctl->as_json) ctl_print_json(result);
	else (void)printf("%d events, %d kinds, %zu languages, %zu brands: no problems\n", EVENT_COUNT, KIND_COUNT, languages, brands);
	json_decref(result);
	return EX_OK;
}

/* What is wrong, a line each: on standard error, or as JSON. */
static int complain_all(const struct ctl *ctl, char *report)
{
	json_t *result = json_pack("{s:b, s:[]}", "ok", 0, "problems");
	char *rest = report, *line;

	if (!ctl->as_json) (void)fputs(report, stderr);
	while ((line = strsep(&rest, "\n")) != NULL)
		if (line[0] != '\0') (void)json_array_append_new(json_object_get(result, "problems"), json_string(line));
	if (ctl->as_json) ctl_print_json(result);
	json_decref(result);
	return EX_CONFIG;
}

static int load_and_run(const struct ctl *ctl, const json_t *args, const char *own)
{
	const char *verb = json_string_value(json_array_get(json_object_get(args, "what"), 0));
	char *shipped = place_data("templates"), *report = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&report, &len);
	struct templates *t = NULL;
	int status;

	if (out == NULL) return ctl_complain(EX_OSERR, "out of memory");
	(void)templates_load(shipped, own, out, &t, NULL);
	(void)fclose(out);
	if (t == NULL) status = complain_all(ctl, report);
	else status = strcmp(verb, "lint") == 0 ? run_lint(ctl, t) : run_preview(ctl, args, t);
	templates_free(&t);
	free(report);
	free(shipped);
	return status;
}

static int run_template(const struct ctl *ctl, json_t *args)
{
	const json_t *what = json_object_get(args, "what");
	const char *verb = json_string_value(json_array_get(what, 0));
	char *own = NULL;
	int status;

	if (verb == NULL || (strcmp(verb, "lint") != 0 && strcmp(verb, "preview") != 0)) return ctl_complain(EX_USAGE, "template preview EVENT, or template lint");
	if (strcmp(verb, "lint") == 0 && json_array_size(what) > 1) return ctl_complain(EX_USAGE, "template lint takes no event; it tries all of them");
	status = own_folder(ctl, args, &own);
	if (status == EX_OK) status = load_and_run(ctl, args, own);
	free(own);
	return status;
}

static const struct argp_option template_options[] = {
	{ "language", 'l', "TAG", 0, "Only this language, as a customer asks for it: zh-Hant-HK", 0 },
	{ "kind", 'k', "KIND", 0, "Only mail, chat, sms or page", 0 },
	{ "brand", 'b', "NAME", 0, "With the templates of this brand", 0 },
	{ "bare", 'B', NULL, 0, "With the least facts an event has", 0 },
	{ "whole", 'w', NULL, 0, "Mails as they go out, with all their headers", 0 },
	{ "templates", 't', "FOLDER", 0, "Your own templates; without it policy.templates of the configuration", 0 },
	{ 0 }
};

const struct ctl_command ctl_template_commands[] = {
	{ .name = "template", .args = "preview EVENT | lint", .positional = "what", .least = 1, .most = 2, .options = template_options, .run = run_template,
	  .summary = "Show or check the texts customers get, with sample data",
	  .doc = "Works without a daemon. Events: received, duplicate, mass-incident, out-of-hours, under-load, more-information, forwarded, in-progress, delayed, "
	         "resolved, survey, verification, reply, status.\n\n"
	         "Examples:\n  intakectl template preview received --language zh-Hant --kind mail\n  intakectl template lint --templates /etc/intaked/templates" },
	{ .name = NULL },
};
