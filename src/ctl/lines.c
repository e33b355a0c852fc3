#include "ctl/lines.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sysexits.h>
#include "base/json.h"
#include "ctl/ctl.h"

#define LINE_MAX_BYTES (16 << 20)
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* Parts of the line may stand in the reason. */
static void complain_line(const char *file, size_t number, const char *why)
{
	char *clean = ctl_clean(why, false);

	(void)fprintf(stderr, "intakectl: %s:%zu: %s\n", file, number, clean);
	free(clean);
}

static int answer_line(line_fn answer, void *arg, const char *line, size_t len, struct ik_error *err)
{
	json_t *in = NULL;
	int status = EX_DATAERR;

	if (len > LINE_MAX_BYTES) (void)ik_fail(IK_REJECT, err, "the line is longer than %d bytes", LINE_MAX_BYTES);
	else if (json_parse(line, len, &in, err) == IK_OK && !json_is_object(in)) (void)ik_fail(IK_REJECT, err, "not a JSON object");
	else if (in != NULL) status = answer(arg, in, err);
	json_decref(in);
	return status;
}

static int answer_all(FILE *in, const char *file, line_fn answer, void *arg)
{
	char *line = NULL;
	size_t room = 0, number = 0;
	ssize_t len;
	int status = EX_OK, worst = EX_OK;

	while ((status == EX_OK || status == EX_DATAERR) && (len = getline(&line, &room, in)) >= 0) {
		struct ik_error err = { "" };
		const size_t skip = number++ == 0 && strncmp(line, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;

		while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r')) line[--len] = '\0';
		status = (size_t)len > skip ? answer_line(answer, arg, line + skip, (size_t)len - skip, &err) : EX_OK;
		if (status != EX_OK && err.text[0] != '\0') complain_line(file, number, err.text);
		if (status != EX_OK) worst = status;
	}
	free(line);
	return worst == EX_OK && ferror(in) ? ctl_complain(EX_IOERR, "read %s: %s", file, strerror(errno)) : worst;
}

int lines_answer(const char *file, line_fn answer, void *arg)
{
	FILE *in = strcmp(file, "-") == 0 ? stdin : fopen(file, "re");
	int status;

	if (in == NULL) return ctl_complain(EX_NOINPUT, "open %s: %s", file, strerror(errno));
	status = answer_all(in, file, answer, arg);
	if (in != stdin) (void)fclose(in);
	return status;
}
