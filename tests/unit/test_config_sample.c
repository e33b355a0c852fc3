/* test_config_sample.c - the shipped sample is what the tables say, and says nothing but the defaults. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/buf.h"
#include "base/file.h"
#include "daemon/config.h"

static const char *const *no_names(void *arg, bool sinks)
{
	static const char *const none[] = { NULL };

	(void)arg; (void)sinks;
	return none;
}
static const struct config_plugins no_plugins = { .names = no_names };

/* The configuration of a file as printed, without the remarks that mark defaults and unset keys. */
static char *in_force(const char *text)
{
	char path[300], *report = NULL, *printed = NULL, *plain, *to;
	struct config *config = NULL;
	size_t len = 0;
	FILE *out;

	(void)snprintf(path, sizeof(path), "%s/a.yaml", test_dir());
	out = fopen(path, "w");
	CHECK(out != NULL && fputs(text, out) >= 0);
	(void)fclose(out);
	out = open_memstream(&report, &len);
	(void)config_load(path, &no_plugins, out, &config);
	(void)fclose(out);
	CHECK_STR(report, "");
	free(report);
	out = open_memstream(&printed, &len);
	config_print(config, out);
	(void)fclose(out);
	config_free(&config);
	plain = to = mem_new(len + 1);
	for (char *rest = printed, *line; (line = strsep(&rest, "\n")) != NULL;) {
		char *remark = strstr(line, "#");

		if (remark != NULL) *remark = '\0';
		while (line[0] != '\0' && line[strlen(line) - 1] == ' ') line[strlen(line) - 1] = '\0';
		if (line[0] != '\0') to += snprintf(to, len + 1 - (size_t)(to - plain), "%s\n", line);
	}
	free(printed);
	return plain;
}

static char *sample(void)
{
	char *text = NULL;
	size_t len = 0;
	FILE *out = open_memstream(&text, &len);

	config_print_sample(out);
	(void)fclose(out);
	return text;
}

TEST(sample_says_nothing_but_the_defaults)
{
	char *text = sample(), *ours = in_force(text), *defaults = in_force("");

	CHECK_STR(ours, defaults);
	free(text);
	free(ours);
	free(defaults);
}

TEST(sample_that_is_shipped_is_the_one_from_the_tables)
{
	struct buf shipped = BUF_INIT(1024 * 1024);
	struct ik_error err = { "" };
	char *text = sample();

	test_row("after a change of an option: build/intaked --sample-config > conf/intaked.yaml");
	CHECK_INT(file_read("conf/intaked.yaml", &shipped, &err), IK_OK);
	CHECK_STR(buf_str(&shipped), text);
	free(text);
	buf_release(&shipped);
}
