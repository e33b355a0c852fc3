/* lines.h - a file of one JSON object a line, for the commands that answer each of them.
 *
 * A line that cannot be used costs itself only: it is told as FILE:LINE with the reason, and the others go on. */
#ifndef CTL_LINES_H
#define CTL_LINES_H

#include <jansson.h>
#include <intaked/error.h>

/* line_fn - answers one object (borrowed). EX_OK; EX_DATAERR: this one cannot be used, err says why; anything else ends the reading, and is told when
 * err has a text. */
typedef int (*line_fn)(void *arg, const json_t *object, struct ik_error *err);

/* lines_answer() - every object of the file, - is standard input; empty lines are passed over, and so is a byte order mark. EX_OK, EX_DATAERR when
 * some line could not be used, EX_NOINPUT, EX_IOERR, or what answer ended with. */
int lines_answer(const char *file, line_fn answer, void *arg);

#endif
