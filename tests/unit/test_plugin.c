/* test_plugin.c - the loader lets in only what it can trust and understand. The plugins are compiled by the test itself. */
#include "test.h"

#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "daemon/plugin.h"

extern char **environ;

static char dir[256];

static void folders(void)
{
	char path[300];

	(void)snprintf(dir, sizeof(dir), "%s", test_dir());
	(void)snprintf(path, sizeof(path), "%s/channels", dir);
	CHECK_INT(mkdir(path, 0755), 0);
	(void)snprintf(path, sizeof(path), "%s/sinks", dir);
	CHECK_INT(mkdir(path, 0755), 0);
}

static void compile(const char *name, const char *source)
{
	char c[400], so[400];
	char *argv[] = { (char[]){ "cc" }, (char[]){ "-shared" }, (char[]){ "-fPIC" }, (char[]){ "-Iinclude" }, (char[]){ "-o" }, so, c, NULL };
	FILE *out;
	pid_t pid;
	int status = -1;

	(void)snprintf(c, sizeof(c), "%s/plugin.c", dir);
	(void)snprintf(so, sizeof(so), "%s/%s.so", dir, name);
	out = fopen(c, "w");
	CHECK(out != NULL);
	(void)fprintf(out, "#include <intaked/sink.h>\n%s\n", source);
	(void)fclose(out);
	CHECK_INT(posix_spawnp(&pid, "cc", NULL, NULL, argv, environ), 0);
	CHECK(waitpid(pid, &status, 0) == pid);
	CHECK_INT(status, 0);
	CHECK_INT(chmod(so, 0644), 0);
}

#define OPEN "static enum ik_rc o(const struct ik_host *h, const void *c, void **s, struct ik_error *e) { (void)h; (void)c; (void)s; (void)e; return IK_OK; }\n" \
	"static enum ik_rc p(void *s, struct ik_error *e) { (void)s; (void)e; return IK_OK; }\n"
#define CHANNEL(fields) OPEN "IK_EXPORT const struct ik_channel intaked_channel = { " fields " };"
static const struct { const char *row, *file, *source, *want; } bad[] = {
	{ "another ABI", "a", CHANNEL(".abi = 99, .size = sizeof(struct ik_channel), .name = \"a\", .open = o, .poll = p"), "is built for ABI 99" },
	{ "a descriptor too small", "b", CHANNEL(".abi = IK_CHANNEL_ABI, .size = 24, .name = \"b\", .open = o, .poll = p"), "at least" },
	{ "another name", "c", CHANNEL(".abi = IK_CHANNEL_ABI, .size = sizeof(struct ik_channel), .name = \"x\", .open = o, .poll = p"), "calls itself 'x'" },
	{ "no name", "d", CHANNEL(".abi = IK_CHANNEL_ABI, .size = sizeof(struct ik_channel), .open = o, .poll = p"), "calls itself ''" },
	{ "no symbol", "e", "int nothing;", "has no symbol intaked_channel" },
	{ "no open", "f", CHANNEL(".abi = IK_CHANNEL_ABI, .size = sizeof(struct ik_channel), .name = \"f\", .poll = p"), "lacks open()" },
	{ "no shape", "g", CHANNEL(".abi = IK_CHANNEL_ABI, .size = sizeof(struct ik_channel), .name = \"g\", .open = o"), "lacks any of poll()" },
	{ "acknowledges without reply", "h", CHANNEL(".abi = IK_CHANNEL_ABI, .size = sizeof(struct ik_channel), .name = \"h\", .open = o, .poll = p, .ack = IK_ACK_REPLY"),
	  "lacks reply()" },
	{ "unresolved symbol", "i", "extern int nowhere; int *x(void); int *x(void) { return &nowhere; }", "load channel plugin i" },
};
TEST(plugin_refuses_what_it_cannot_understand)
{
	struct plugins *plugins = NULL;
	struct ik_error err = { 0 };

	folders();
	CHECK_INT(plugins_new(dir, &plugins, &err), IK_OK);
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		char name[32];

		test_row(bad[i].row);
		(void)snprintf(name, sizeof(name), "channels/%s", bad[i].file);
		compile(name, bad[i].source);
		CHECK(plugins_channel(plugins, bad[i].file, &err) == NULL);
		if (strstr(err.text, bad[i].want) == NULL) CHECK_STR(err.text, bad[i].want);
	}
	plugins_free(&plugins);
	CHECK(plugins == NULL);
}

TEST(plugin_of_an_older_descriptor_reads_as_null_where_it_ends)
{
	struct plugins *plugins = NULL;
	struct ik_error err = { 0 };
	const struct ik_channel *channel;

	folders();
	/* Built when the descriptor ended behind run(); what lies behind must not be taken for functions. */
	compile("channels/old", OPEN "IK_EXPORT const struct ik_channel intaked_channel = { .abi = IK_CHANNEL_ABI, .size = offsetof(struct ik_channel, request), "
	        ".name = \"old\", .open = o, .poll = p, .close = (void (*)(void *))16, .test = p };");
	CHECK_INT(plugins_new(dir, &plugins, &err), IK_OK);
	channel = plugins_channel(plugins, "old", &err);
	CHECK_STR(err.text, "");
	CHECK(channel != NULL);
	CHECK(channel->poll != NULL && channel->close == NULL && channel->test == NULL);
	CHECK(plugins_channel(plugins, "old", &err) == channel);
	plugins_free(&plugins);
}

TEST(plugin_sinks_are_found_and_listed)
{
	static const char sink[] = OPEN "static void d(void *s, struct ik_delivery *l, size_t n) { (void)s; (void)l; (void)n; }\n"
		"IK_EXPORT const struct ik_sink intaked_sink = { .abi = IK_SINK_ABI, .size = sizeof(struct ik_sink), .name = \"out\", .batch_max = 1, .open = o, .deliver = d };";
	struct plugins *plugins = NULL;
	struct ik_error err = { 0 };
	const char *const *names;

	folders();
	compile("sinks/out", sink);
	compile("sinks/another", sink);
	compile("sinks/Not-A-Name", sink);
	CHECK_INT(plugins_new(dir, &plugins, &err), IK_OK);
	CHECK(plugins_sink(plugins, "out", &err) != NULL);
	CHECK(plugins_sink(plugins, "another", &err) == NULL);
	names = plugins_names(plugins, true);
	CHECK_STR(names[0], "another");
	CHECK_STR(names[1], "out");
	CHECK(names[2] == NULL);
	CHECK(plugins_names(plugins, false)[0] == NULL);
	plugins_free(&plugins);
}

static const struct { const char *row, *name; } names[] = {
	{ "climbs", "../sinks/out" }, { "upper case", "Out" }, { "empty", "" }, { "a dot", "a.b" }, { "absolute", "/etc/passwd" },
};
TEST(plugin_names_are_no_paths)
{
	struct plugins *plugins = NULL;
	struct ik_error err = { 0 };

	folders();
	CHECK_INT(plugins_new(dir, &plugins, &err), IK_OK);
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		test_row(names[i].row);
		CHECK(plugins_channel(plugins, names[i].name, &err) == NULL);
		CHECK(strstr(err.text, "is no plugin name") != NULL);
	}
	plugins_free(&plugins);
}

TEST(plugin_folders_and_files_that_others_can_write_are_refused)
{
	struct plugins *plugins = NULL;
	struct ik_error err = { 0 };
	char path[400];

	folders();
	compile("channels/a", CHANNEL(".abi = IK_CHANNEL_ABI, .size = sizeof(struct ik_channel), .name = \"a\", .open = o, .poll = p"));
	CHECK_INT(chmod(dir, 0777), 0);
	CHECK_INT(plugins_new(dir, &plugins, &err), IK_CONFIG);
	CHECK(strstr(err.text, "chmod go-w") != NULL);
	CHECK_INT(chmod(dir, 0755), 0);
	CHECK_INT(plugins_new(dir, &plugins, &err), IK_OK);
	(void)snprintf(path, sizeof(path), "%s/channels", dir);
	CHECK_INT(chmod(path, 0775), 0);
	CHECK(plugins_channel(plugins, "a", &err) == NULL);
	CHECK(strstr(err.text, "can be written by others") != NULL);
	CHECK_INT(chmod(path, 0755), 0);
	(void)snprintf(path, sizeof(path), "%s/channels/a.so", dir);
	CHECK_INT(chmod(path, 0666), 0);
	CHECK(plugins_channel(plugins, "a", &err) == NULL);
	CHECK_INT(chmod(path, 0644), 0);
	CHECK(plugins_channel(plugins, "a", &err) != NULL);
	plugins_free(&plugins);
	CHECK_INT(plugins_new("/nonexistent/folder", &plugins, &err), IK_CONFIG);
}
