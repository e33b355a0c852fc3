/* config.h - the configuration file: a strict YAML subset (no anchors, aliases, merge keys, tags; one document) read by libfyaml and
 * checked against the option tables of every section and plugin. All errors of a run are collected and printed as
 * FILE:LINE:COLUMN: error: what was found, what was expected, and the nearest known name. */
#ifndef DAEMON_CONFIG_H
#define DAEMON_CONFIG_H

#include <stdio.h>
#include <jansson.h>
#include <intaked/channel.h>
#include <intaked/sink.h>
#include "net/http_server.h"
#include "outbox/outbox.h"
#include "pipeline/adviser.h"
#include "pipeline/likeness.h"
#include "pipeline/promise.h"
#include "pipeline/thread.h"
#include "policy/ack_decision.h"
#include "policy/alarm.h"
#include "policy/notice_rules.h"
#include "policy/policy.h"
#include "store/store.h"
#include "worker/worker.h"

struct log_conf { int level; };                         /* index: error warning notice info debug */
struct admin_conf { struct ik_list listen; char *token; };      /* token: SECRET */
struct control_conf { char *socket; char *group; };     /* group: who besides root and the own user may talk; NULL: nobody */
struct core_conf { char *hostname; char *brand; struct ik_map brands; char *plugin_dir; char *language; int64_t logins_per_server; };  /* hostname: for Message-IDs; NULL: the machine's */

/* One entry under channels: or sinks:. conf points to a struct of plugin->conf_size filled by plugin->options. */
struct channel_conf { char *name; const struct ik_channel *plugin; struct ik_channel_common common; void *conf; int line; };
struct sink_conf { char *name; const struct ik_sink *plugin; struct ik_sink_common common; void *conf; int line; };

struct config {
	char *path;
	struct core_conf core;
	struct log_conf log;
	struct store_conf store;
	struct http_conf http;
	struct admin_conf admin;
	struct control_conf control;
	struct worker_conf worker;
	struct policy_conf policy;
	struct thread_conf threads;
	struct likeness_conf similar;
	struct ack_conf ack;
	struct notice_conf notices;
	struct smtp_conf smtp;
	struct alarm_conf alarms;
	struct promise_conf promise;
	struct adviser_conf adviser;
	struct channel_conf *channels;
	size_t channel_count;
	struct sink_conf *sinks;
	size_t sink_count;
	void *memory;                   /* everything above hangs on this */
	struct policy *made;            /* what config_check() made of the section policy, for whoever puts it into force to take; NULL: nothing, or taken */
};

/* Where plugins come from: the loader of plugin.h, behind two functions so that tests can give their own. */
struct config_plugins {
	const struct ik_channel *(*channel)(void *arg, const char *name, struct ik_error *err);
	const struct ik_sink *(*sink)(void *arg, const char *name, struct ik_error *err);
	const char *const *(*names)(void *arg, bool sinks);     /* known names, for "did you mean"; NULL-terminated */
	void *arg;
};

/* config_load() - reads path and its include globs. Problems go to report, one line each; their number is returned (0: config_r is filled).
 * Reads secrets. No network, no store. */
size_t config_load(const char *path, const struct config_plugins *plugins, FILE *report, struct config **config_r);
void config_free(struct config **config);               /* wipes secrets */
/* config_check() - what the files named in the configuration get wrong: calendars, rules, templates. One line each to report, their number is
 * returned. The policy that was made for it stays with the configuration: making one takes tens of milliseconds. with_end: calendars that have ended are problems as well, those that soon end are told: for a check, not to refuse a start. */
size_t config_check(struct config *config, bool with_end, FILE *report);
/* config_take_policy() - the policy that was made by the check, or a new one; with the model that was learned, if there is one. To be freed. */
enum ik_rc config_take_policy(struct config *config, struct policy **policy_r, struct ik_error *err);
/* config_needs_restart() - what cannot be changed while the daemon runs (IK_RESTART) and is another in the new configuration: one line each to
 * report, their number is returned. */
size_t config_needs_restart(const struct config *running, const struct config *wanted, FILE *report);
/* config_print() - the configuration as it is in force, secrets masked, defaults marked. */
void config_print(const struct config *config, FILE *out);
/* config_print_options() - rows of one plugin or section as text for --show-channel, or as YAML for the sample. */
void config_print_options(const struct ik_option *options, FILE *out, bool as_yaml, int indent);

/* The sections in file order, for the sample, the manual and config_load(). */
struct config_section { const char *name; const struct ik_option *options; size_t offset; const char *help; };
extern const struct config_section config_sections[];   /* ends with name NULL */

/* config_print_sample() - the commented sample file: every section with its defaults, from the tables. conf/intaked.yaml is this text. */
void config_print_sample(FILE *out);
/* config_options_json() - rows as an array of {name, kind, default, min, max, choices, required, restart, help}; a new reference. */
json_t *config_options_json(const struct ik_option *options);
/* What a channel or sink entry understands besides the plugin's own options. */
extern const struct ik_option channel_common_options[], sink_common_options[];

#define CONFIG_FILE "/etc/intaked/intaked.yaml"
#define CONFIG_CONTROL_SOCKET "/run/intaked/control.sock"
/* config_find_socket() - only the control socket's path out of a file, for intakectl: needs no plugins and reads no secrets.
 * path_r is to be freed; the default when the file does not name one. IK_CONFIG when the file cannot be read. */
enum ik_rc config_find_socket(const char *path, char **path_r, struct ik_error *err);
/* config_find_plugin_dir() - core.plugin_dir out of a file, which has to be known before the file can be checked. NULL when it is not set or the
 * file cannot be read (config_load() then says why); to be freed. */
char *config_find_plugin_dir(const char *path);
/* config_fill_defaults() - the defaults of a table without texts (numbers, yes/no, words) into a struct. */
void config_fill_defaults(const struct ik_option *options, void *into);

#endif
