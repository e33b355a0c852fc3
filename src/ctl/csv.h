/* csv.h - tables as other programs read and write them: RFC 4180, UTF-8. Thread: one. */
#ifndef CTL_CSV_H
#define CTL_CSV_H

#include <stdbool.h>
#include <stdio.h>
#include "base/buf.h"

/* csv_cell() - one cell. A text that a spreadsheet would take for a formula gets an apostrophe before it, which shows that it is a text. */
void csv_cell(FILE *out, const char *text, bool is_first);
/* csv_end_row() */
void csv_end_row(FILE *out);

/* One row at a time out of a file that may be larger than memory. */
#define CSV_CELLS_MAX 64
struct csv_reader { FILE *in; long line; struct buf text; size_t at[CSV_CELLS_MAX]; size_t count; const char *problem; };
/* csv_open() - borrows in; skips a byte order mark. */
void csv_open(struct csv_reader *csv, FILE *in, size_t row_max);
void csv_close(struct csv_reader *csv);
/* csv_next() - false at the end. Of a row that cannot be read `problem` tells why, and the row behind it comes next. line: where it begins. */
bool csv_next(struct csv_reader *csv, long *line_r);
/* csv_at() - a cell, "" behind the last one. */
const char *csv_at(const struct csv_reader *csv, size_t nth);

#endif
