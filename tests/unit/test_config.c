/* test_config.c - what the configuration reader promises: exact places, all problems in one run, secrets never in the file. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "daemon/config_parts.h"
#include "daemon/config_suggest.h"

/* ---- tables and plugins of the test's own ------------------------------------------------------------------------------ */

static const char *const colours[] = { "red", "green", "blue", NULL };
static const char *const schemes[] = { "smtp", "smtps", NULL };
#define STORE(kind, field, ...) IK_OPTION(kind, struct store_conf, field, __VA_ARGS__)
static const struct ik_option test_store[] = {
	STORE(PATH, dir, .def = "/var/lib/intaked"),
	STORE(SIZE, page_cache, .def = "64M", .min = 1 << 20, .max = 1LL << 30),
	STORE(COUNT, batch, .def = "256", .min = 1, .max = 4096),
	STORE(BOOL, search, .def = "yes"),
	IK_OPTION_END
};
#define HTTP(kind, field, ...) IK_OPTION(kind, struct http_conf, field, __VA_ARGS__)
static const struct ik_option test_http[] = {
	HTTP(LIST, listen, .def = "127.0.0.1:8080"),
	HTTP(URL, public_url, .flags = IK_PRIVATE),
	HTTP(DURATION, header_timeout, .def = "10s", .min = 1, .max = 300),
	IK_OPTION_END
};
#define SMTP(kind, field, ...) IK_OPTION(kind, struct smtp_conf, field, __VA_ARGS__)
static const struct ik_option test_smtp[] = {
	SMTP(URL, server, .choices = schemes),
	SMTP(SECRET_PATH, password),
	IK_OPTION_END
};
static const struct ik_option test_ack[] = { IK_OPTION(ADDRESS, struct ack_conf, from), IK_OPTION_END };
static const struct ik_option test_log[] = { IK_OPTION(ENUM, struct log_conf, level, .def = "green", .choices = colours), IK_OPTION_END };
#define DEADLINE(kind, field, ...) IK_OPTION(kind, struct policy_deadline, field, __VA_ARGS__)
static const struct ik_option test_deadline[] = { DEADLINE(DURATION, start, .def = "24h"), IK_OPTION_END };
static const struct ik_option test_policy[] = { IK_SECTION(struct policy_conf, urgent, test_deadline), IK_OPTION_END };

#define SECTION(key, rows) { #key, rows, offsetof(struct config, key), "A section." }
static const struct config_section test_sections[] = {
	SECTION(store, test_store), SECTION(http, test_http), SECTION(smtp, test_smtp), SECTION(ack, test_ack),
	SECTION(log, test_log), SECTION(policy, test_policy), { .name = NULL },
};

struct fake_conf { char *server, *hook; char *token; struct ik_map map, facts; int64_t batch; bool insecure; };
static const char *const fact_words[] = { "subject", "sender", NULL };
#define FAKE(kind, field, ...) IK_OPTION(kind, struct fake_conf, field, __VA_ARGS__)
static const struct ik_option fake_options[] = {
	FAKE(STRING, server, .flags = IK_REQUIRED, .help = "Name of the server."),
	FAKE(URL, hook, .flags = IK_PRIVATE),
	FAKE(BOOL, insecure, .def = "no"),
	FAKE(SECRET, token),
	FAKE(MAP, map, .def = "{subject: title}"),
	FAKE(MAP, facts, .choices = fact_words),
	FAKE(COUNT, batch, .def = "40", .min = 1, .max = 80),
	IK_OPTION_END
};
static const struct ik_channel fake_imap = { .abi = IK_CHANNEL_ABI, .size = sizeof(fake_imap), .name = "imap", .options = fake_options, .conf_size = sizeof(struct fake_conf) };
static const struct ik_sink fake_jsonl = { .abi = IK_SINK_ABI, .size = sizeof(fake_jsonl), .name = "jsonl", .options = fake_options, .conf_size = sizeof(struct fake_conf) };

static const struct ik_channel *find_channel(void *arg, const char *name, struct ik_error *err)
{
	(void)arg;
	if (strcmp(name, "imap") == 0) return &fake_imap;
	(void)ik_fail(IK_CONFIG, err, "built for another version");
	return NULL;
}

static const struct ik_sink *find_sink(void *arg, const char *name, struct ik_error *err)
{
	(void)arg; (void)err;
	return strcmp(name, "jsonl") == 0 ? &fake_jsonl : NULL;
}

static const char *const *plugin_names(void *arg, bool sinks)
{
	static const char *const channels[] = { "broken", "imap", "lmtp", NULL }, *const sink_list[] = { "jsonl", NULL };

	(void)arg;
	return sinks ? sink_list : channels;
}
static const struct config_plugins fakes = { find_channel, find_sink, plugin_names, NULL };

/* ---- helpers ------------------------------------------------------------------------------------------------------------- */

static char dir[256], path[512];

static void put(const char *name, const char *text, mode_t mode)
{
	char file[600];
	FILE *out;

	(void)snprintf(file, sizeof(file), "%s/%s", dir, name);
	out = fopen(file, "w");
	CHECK(out != NULL);
	(void)fputs(text, out);
	(void)fclose(out);
	CHECK_INT(chmod(file, mode), 0);
}

static void fresh(void)
{
	(void)snprintf(dir, sizeof(dir), "%s", test_dir());
	(void)snprintf(path, sizeof(path), "%s/intaked.yaml", dir);
	(void)unsetenv("CREDENTIALS_DIRECTORY");
}

static size_t load(const char *text, char **report_r, struct config **config_r)
{
	size_t len = 0, count;
	FILE *report = open_memstream(report_r, &len);

	put("intaked.yaml", text, 0644);
	count = config_load_tables(test_sections, path, &fakes, report, config_r);
	(void)fclose(report);
	return count;
}

/* ---- problems ------------------------------------------------------------------------------------------------------------ */

static const struct { const char *row, *text; size_t count; const char *want; } problems[] = {
	{ "unknown key with suggestion", "http:\n  listn: x\n", 1, "intaked.yaml:2:3: error: unknown key 'listn' in http; did you mean 'listen'?" },
	{ "dash for underscore", "http: {public-url: x}\n", 1, ":1:8: error: unknown key 'public-url' in http; did you mean 'public_url'?" },
	{ "nothing near enough", "http: {zebra: x}\n", 1, "unknown key 'zebra' in http\n" },
	{ "unknown section", "stor: {}\n", 1, ":1:1: error: unknown section 'stor' in the file; did you mean 'store'?" },
	{ "unknown key in nested section", "policy: {urgent: {strat: 1h}}\n", 1, "in policy.urgent; did you mean 'start'?" },
	{ "duration without unit", "http:\n  header_timeout: 30\n", 1, ":2:19: error: http.header_timeout: found '30', expected a duration such as 30s" },
	{ "duration out of range names units", "http: {header_timeout: 7d}\n", 1, "found '7d', expected 1s to 5m" },
	{ "duration with a wrong unit", "http: {header_timeout: 7M}\n", 1, "expected a duration" },
	{ "size out of range names units", "store: {page_cache: 4K}\n", 1, "found '4K', expected 1M to 1G" },
	{ "size that overflows", "store: {page_cache: 999999999999999999G}\n", 1, "expected a size" },
	{ "negative count", "store: {batch: -1}\n", 1, "found '-1', expected a whole number" },
	{ "count with a tail", "store: {batch: 12x}\n", 1, "expected a whole number" },
	{ "a list where a number belongs", "store: {batch: [1]}\n", 1, "store.batch: found a list, expected a whole number" },
	{ "no value", "store:\n  batch:\n", 1, "store.batch: no value, expected a whole number" },
	{ "a bool by another word", "store: {search: on}\n", 1, "found 'on', expected yes or no" },
	{ "enum with suggestion", "log: {level: gren}\n", 1, "found 'gren', expected one of: red, green, blue; did you mean 'green'?" },
	{ "URL scheme", "smtp: {server: 'http://x'}\n", 1, "expected a URL that starts with smtp:// or smtps://" },
	{ "URL with a password", "http: {public_url: 'https://u:p@h/'}\n", 1, "must not hold a user name or password" },
	{ "clear text to elsewhere", "http:\n  public_url: http://h.example/\n", 1, ":2:3: error: http.public_url: what is sent there would cross the network in clear text; write https://" },
	{ "clear text where it can be allowed", "sinks: {a: {plugin: jsonl, server: x, hook: 'http://h.example/', insecure: no}}\n", 1, "sinks.a.hook: what is sent there would cross the network in clear text; write https://, or http:// to this machine (127.0.0.1) where a proxy speaks TLS, or set insecure: yes" },
	{ "no URL", "http: {public_url: 'h/'}\n", 1, "expected a URL" },
	{ "no address", "ack: {from: 'Support <a@b.example>'}\n", 1, "expected a mail address" },
	{ "address with a line end", "ack: {from: \"a@b.example\\r\\nX: y\"}\n", 1, "found 'a@b.example??X: y'" },
	{ "two problems, both shown (1)", "http: {listn: x}\nlog: {level: x}\n", 2, "'listn'" },
	{ "two problems, both shown (2)", "http: {listn: x}\nlog: {level: x}\n", 2, "log.level" },
	{ "duplicate key", "log:\n  level: red\n  level: blue\n", 1, ":3:3: error: duplicate key 'level', first given in line 2" },
	{ "duplicate section", "log: {level: red}\nlog: {level: blue}\n", 1, ":2:1: error: duplicate key 'log', first given in line 1" },
	{ "anchor", "log: {level: &a red}\n", 1, "anchors (&name) are not supported" },
	{ "alias", "log: {level: *a}\n", 1, "aliases (*name) are not supported" },
	{ "tag", "log: {level: !!str red}\n", 1, "tags (!name) are not supported" },
	{ "merge key", "log: {<<: {level: red}}\n", 1, "merge keys (<<) are not supported" },
	{ "second document", "log: {level: red}\n---\nlog: {}\n", 1, "a second document" },
	{ "tab as indentation", "log:\n\tlevel: red\n", 1, ":2:" },
	{ "unclosed list", "http: {listen: [a, b\n", 1, "error: " },
	{ "too deep", "a: [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]\n", 1, "nested deeper than 16 levels" },
	{ "not a mapping", "- a\n- b\n", 1, "the file: found a list, expected a mapping" },
	{ "not UTF-8", "log: {level: \"\xff\xfe\"}\n", 1, ":1:" },
	{ "plugin with suggestion", "channels: {a: {plugin: imapp}}\n", 1, "there is no channel plugin 'imapp'; did you mean 'imap'?" },
	{ "plugin missing", "channels:\n  a: {server: x}\n", 1, ":2:3: error: channels.a.plugin is missing" },
	{ "plugin that does not load", "channels: {a: {plugin: broken}}\n", 1, "channels.a.plugin: built for another version" },
	{ "instance name", "channels: {Support: {plugin: imap, server: x}}\n", 1, "channel name 'Support': expected 1 to 32 of a-z" },
	{ "required option", "channels:\n  a: {plugin: imap}\n", 1, ":2:3: error: channels.a.server is missing: Name of the server." },
	{ "unknown option of a plugin", "channels: {a: {plugin: imap, server: x, inteval: 3s}}\n", 1, "unknown key 'inteval' in channels.a; did you mean 'interval'?" },
	{ "map with a list", "channels: {a: {plugin: imap, server: x, map: {b: [c]}}}\n", 1, "channels.a.map: found a list, expected a text for every name" },
	{ "map with a key nobody asks for", "channels:\n  a: {plugin: imap, server: x, facts: {subject: a, sendr: b}}\n", 1,
	  ":2:52: error: unknown key 'sendr' in channels.a.facts; did you mean 'sender'?" },
	{ "literal secret", "channels: {a: {plugin: imap, server: x, token: hunter2}}\n", 1, "must not stand in this file" },
	{ "no credentials folder", "channels: {a: {plugin: imap, server: x, token: {credential: tok}}}\n", 1, "$CREDENTIALS_DIRECTORY is not set" },
	{ "credential that climbs", "channels: {a: {plugin: imap, server: x, token: {credential: ../tok}}}\n", 1, "a credential's name holds" },
	{ "secret file that is not there", "channels: {a: {plugin: imap, server: x, token: {file: nowhere}}}\n", 1, "nowhere; write the secret into it" },
	{ "secret others can read", "channels: {a: {plugin: imap, server: x, token: {file: open}}}\n", 1, "run: chmod 600 " },
	{ "empty secret", "channels: {a: {plugin: imap, server: x, token: {file: empty}}}\n", 1, "is empty; write the secret into that file" },
	{ "secret of another shape", "channels: {a: {plugin: imap, server: x, token: {env: X}}}\n", 1, "expected {credential: NAME} or {file: PATH}" },
	{ "secret path is checked too", "smtp: {password: {file: open}}\n", 1, "run: chmod 600 " },
	{ "another encoding", "log:\n  level: info # gr\xfc\n", 1, "intaked.yaml:2:1: error: the line is no UTF-8 text" },
	{ "include that is not there", "include: other.yaml\n", 1, "include: there is no file " },
};
TEST(config_names_every_problem_with_its_place)
{
	fresh();
	put("open", "secret\n", 0644);
	put("empty", "\n", 0600);
	for (size_t i = 0; i < COUNT_OF(problems); i++) {
		struct config *c = NULL;
		char *report = NULL;
		size_t count;

		test_row(problems[i].row);
		count = load(problems[i].text, &report, &c);
		if (strstr(report, problems[i].want) == NULL) CHECK_STR(report, problems[i].want);
		CHECK_INT(count, problems[i].count);
		CHECK(c == NULL);
		CHECK(strstr(report, "hunter2") == NULL);
		free(report);
	}
}

/* ---- values ----------------------------------------------------------------------------------------------------------------- */

static const char whole[] =
	"store: {dir: state, page_cache: 25M, search: no}\n"
	"http:\n  listen: [\"[::1]:80\", \"unix:run/x.sock\"]\n  header_timeout: 2m\n"
	"policy: {urgent: {start: 1h}}\n"
	"ack: {from: support@example.org}\n"
	"channels:\n  mail-1:\n    plugin: imap\n    server: s\n    interval: 5m\n    token: {file: tok}\n    map: {subject: a.b, customer: {name: x}}\n"
	"sinks:\n  out: {plugin: jsonl, server: t}\n";

TEST(config_fills_structs_from_values_and_defaults)
{
	struct config *c = NULL;
	char *report = NULL, want[600];
	const struct fake_conf *conf;

	fresh();
	put("tok", "s3cret\r\n", 0600);
	CHECK_INT(load(whole, &report, &c), 0);
	CHECK_STR(report, "");
	free(report);
	(void)snprintf(want, sizeof(want), "%s/state", dir);
	CHECK_STR(c->store.dir, want);
	CHECK_INT(c->store.page_cache, 25 << 20);
	CHECK_INT(c->store.batch, 256);
	CHECK(!c->store.search);
	CHECK_INT(c->http.listen.count, 2);
	CHECK_STR(c->http.listen.item[0], "[::1]:80");
	(void)snprintf(want, sizeof(want), "unix:%s/run/x.sock", dir);
	CHECK_STR(c->http.listen.item[1], want);
	CHECK_INT(c->http.header_timeout, 120);
	CHECK_INT(c->policy.urgent.start, 3600);
	CHECK_INT(c->log.level, 1);
	CHECK_INT(c->channel_count, 1);
	CHECK_STR(c->channels[0].name, "mail-1");
	CHECK(c->channels[0].plugin == &fake_imap);
	CHECK_INT(c->channels[0].common.interval, 300);
	CHECK(c->channels[0].common.enabled && c->channels[0].common.acknowledge);
	conf = c->channels[0].conf;
	CHECK_STR(conf->token, "s3cret");
	CHECK_INT(conf->batch, 40);
	CHECK_INT(conf->map.count, 2);
	CHECK_STR(conf->map.pair[1].key, "customer.name");
	CHECK_STR(conf->map.pair[1].value, "x");
	conf = c->sinks[0].conf;
	CHECK_STR(conf->map.pair[0].value, "title");
	CHECK_INT(c->sinks[0].common.give_up, 7 * 86400);
	config_free(&c);
	CHECK(c == NULL);
}

TEST(config_takes_credentials_from_systemd)
{
	struct config *c = NULL;
	char *report = NULL;

	fresh();
	put("tok", "whsec_abc", 0440);          /* systemd's own files are not held to mode 0600 */
	CHECK_INT(setenv("CREDENTIALS_DIRECTORY", dir, 1), 0);
	CHECK_INT(load("channels: {a: {plugin: imap, server: x, token: {credential: tok}}}\nsmtp: {password: {credential: tok}}\n", &report, &c), 0);
	CHECK_STR(((const struct fake_conf *)c->channels[0].conf)->token, "whsec_abc");
	CHECK(strstr(c->smtp.password, "/tok") != NULL);
	config_free(&c);
	free(report);
	CHECK_INT(load("channels: {a: {plugin: imap, server: x, token: {credential: other}}}\n", &report, &c), 1);
	CHECK(strstr(report, "LoadCredential=other:") != NULL);
	free(report);
	(void)unsetenv("CREDENTIALS_DIRECTORY");
}

TEST(config_checks_a_disabled_entry_without_its_secrets)
{
	struct config *c = NULL;
	char *report = NULL;

	fresh();
	CHECK_INT(load("channels: {a: {plugin: imap, enabled: no, token: {credential: later}}}\n", &report, &c), 0);
	CHECK(!c->channels[0].common.enabled);
	config_free(&c);
	free(report);
	CHECK_INT(load("channels: {a: {plugin: imap, enabled: no, tokn: x}}\n", &report, &c), 1);
	free(report);
}

/* ---- includes ---------------------------------------------------------------------------------------------------------------- */

TEST(config_includes_in_byte_order_and_sets_every_key_once)
{
	struct config *c = NULL;
	char *report = NULL, sub[300];

	fresh();
	(void)snprintf(sub, sizeof(sub), "%s/conf.d", dir);
	CHECK_INT(mkdir(sub, 0700), 0);
	put("conf.d/20-b.yaml", "channels: {b: {plugin: imap, server: b}}\n", 0644);
	put("conf.d/10-a.yaml", "channels: {a: {plugin: imap, server: a}}\nstore: {batch: 7}\n", 0644);
	put("conf.d/ignored.yml", "nonsense: 1\n", 0644);
	CHECK_INT(load("include: conf.d/*.yaml\nstore: {search: no}\nchannels: {z: {plugin: imap, server: z}}\n", &report, &c), 0);
	CHECK_STR(report, "");
	free(report);
	CHECK_INT(c->channel_count, 3);
	CHECK_STR(c->channels[0].name, "z");
	CHECK_STR(c->channels[1].name, "a");
	CHECK_STR(c->channels[2].name, "b");
	CHECK_INT(c->store.batch, 7);
	CHECK(!c->store.search);
	config_free(&c);

	put("conf.d/20-b.yaml", "store: {batch: 8}\nchannels: {a: {plugin: imap, server: b}}\ninclude: x\n", 0644);
	CHECK_INT(load("include: [conf.d/*.yaml]\n", &report, &c), 3);
	CHECK(strstr(report, "conf.d/20-b.yaml:1:9: error: store.batch is set twice; it is set already in ") != NULL);
	CHECK(strstr(report, "conf.d/10-a.yaml:2\n") != NULL);
	CHECK(strstr(report, "channels.a is set twice") != NULL);
	CHECK(strstr(report, "an included file cannot include others") != NULL);
	free(report);
}

/* ---- limits and odd files -------------------------------------------------------------------------------------------------------- */

TEST(config_accepts_an_empty_file_and_refuses_a_huge_one)
{
	struct config *c = NULL;
	char *report = NULL, *big;

	fresh();
	CHECK_INT(load("", &report, &c), 0);
	CHECK_STR(c->store.dir, "/var/lib/intaked");
	config_free(&c);
	free(report);
	CHECK_INT(load("# only a remark\nhttp:\nchannels:\nsinks: ~\n", &report, &c), 0);
	config_free(&c);
	free(report);
	big = mem_new(YAML_FILE_MAX + 10);
	memset(big, '#', YAML_FILE_MAX + 1);
	CHECK_INT(load(big, &report, &c), 1);
	CHECK(strstr(report, "larger than 1024 KiB") != NULL);
	free(report);
	free(big);
	(void)unlink(path);
	CHECK_INT(config_load_tables(test_sections, path, &fakes, NULL, &c), 1);
}

/* ---- printing ------------------------------------------------------------------------------------------------------------------------ */

TEST(config_print_masks_secrets_marks_defaults_and_reads_back)
{
	struct config *c = NULL, *again = NULL;
	char *report = NULL, *printed = NULL, *twice = NULL;
	size_t len = 0;
	FILE *out;

	fresh();
	put("tok", "s3cret", 0600);
	CHECK_INT(load(whole, &report, &c), 0);
	free(report);
	out = open_memstream(&printed, &len);
	config_print(c, out);
	(void)fclose(out);
	CHECK(strstr(printed, "s3cret") == NULL);
	CHECK(strstr(printed, "    token: {file: tok}\n") != NULL);
	CHECK(strstr(printed, "  batch: 256   # default\n") != NULL);
	CHECK(strstr(printed, "  page_cache: 25M\n") != NULL);
	CHECK(strstr(printed, "  # public_url: not set\n") != NULL);
	CHECK(strstr(printed, "    header_timeout") == NULL && strstr(printed, "  header_timeout: 2m\n") != NULL);
	config_free(&c);

	CHECK_INT(load(printed, &report, &again), 0);   /* what is printed is a configuration again, with the same meaning */
	CHECK_STR(report, "");
	free(report);
	CHECK_INT(again->channels[0].common.interval, 300);
	out = open_memstream(&twice, &len);
	config_print(again, out);
	(void)fclose(out);
	CHECK(strstr(twice, "# default") == NULL);
	config_free(&again);
	free(printed);
	free(twice);
}

TEST(config_find_socket_needs_no_plugins_and_no_secrets)
{
	struct ik_error err = { 0 };
	char *found = NULL, want[600];

	fresh();
	put("intaked.yaml", "control: {socket: ../run/c.sock}\nchannels: {a: {plugin: gone, token: {credential: x}}}\n", 0644);
	CHECK_INT(config_find_socket(path, &found, &err), IK_OK);
	(void)snprintf(want, sizeof(want), "/tmp/run/c.sock");
	CHECK_STR(found, want);
	mem_free(&found);
	put("intaked.yaml", "{}\n", 0644);
	CHECK_INT(config_find_socket(path, &found, &err), IK_OK);
	CHECK_STR(found, CONFIG_CONTROL_SOCKET);
	mem_free(&found);
	(void)unlink(path);
	CHECK_INT(config_find_socket(path, &found, &err), IK_CONFIG);
}

/* ---- suggestions ------------------------------------------------------------------------------------------------------------------------ */

static const struct { const char *row, *a, *b; size_t distance; } distances[] = {
	{ "equal", "listen", "listen", 0 },         { "case and dashes are equal", "Public-URL", "public_url", 0 },
	{ "one missing", "listn", "listen", 1 },     { "neighbours swapped", "lsiten", "listen", 1 },
	{ "empty", "", "abc", 3 },                   { "all different", "abc", "xyz", 3 },
};
TEST(suggest_distance_counts_edits)
{
	for (size_t i = 0; i < COUNT_OF(distances); i++) {
		test_row(distances[i].row);
		CHECK_INT(suggest_distance(distances[i].a, distances[i].b), distances[i].distance);
	}
}
