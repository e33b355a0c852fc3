#include "ctl/csv.h"

#include <string.h>

void csv_cell(FILE *out, const char *text, bool is_first)
{
	const bool is_formula = text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL;

	if (!is_first) (void)putc(',', out);
	if (!is_formula && text[strcspn(text, ",\"\r\n")] == '\0' && text[0] != ' ') {
		(void)fputs(text, out);
		return;
	}
	(void)putc('"', out);
	if (is_formula) (void)putc('\'', out);
	for (; *text != '\0'; text++) {
		if (*text == '"') (void)putc('"', out);
		(void)putc(*text, out);
	}
	(void)putc('"', out);
}

void csv_end_row(FILE *out)
{
	(void)fputs("\r\n", out);
}

void csv_open(struct csv_reader *csv, FILE *in, size_t row_max)
{
	const int first = getc(in);

	*csv = (struct csv_reader){ .in = in, .line = 1 };
	buf_init(&csv->text, row_max);
	if (first != 0xef) {
		(void)ungetc(first, in);
		return;
	}
	(void)getc(in);
	(void)getc(in);
}

void csv_close(struct csv_reader *csv)
{
	buf_release(&csv->text);
}

/* Ends a cell; NUL stands between them. */
static void end_cell(struct csv_reader *csv, size_t *start)
{
	if (csv->count < CSV_CELLS_MAX) csv->at[csv->count++] = *start;
	else csv->problem = "more than 64 columns";
	if (!buf_char(&csv->text, '\0')) csv->problem = "the row is too long";
	*start = csv->text.len;
}

/* The character behind a quote inside a quoted cell: another quote is one, everything else ends it. */
static bool is_quote_ended(struct csv_reader *csv)
{
	const int next = getc(csv->in);

	if (next == '"') return false;
	(void)ungetc(next, csv->in);
	return true;
}

/* Up to the end of the row, quotes heeded; false when there was nothing at all. */
static bool read_row(struct csv_reader *csv)
{
	size_t start = 0;
	bool is_quoted = false, has_any = false;
	int c;

	while ((c = getc(csv->in)) != EOF) {
		has_any = true;
		if (c == '\n') csv->line++;
		if (c == '\0') csv->problem = "a zero byte";
		else if (is_quoted && c == '"' && is_quote_ended(csv)) is_quoted = false;
		else if (is_quoted) (void)buf_char(&csv->text, (char)c);
		else if (c == '"' && csv->text.len == start) is_quoted = true;
		else if (c == ',') end_cell(csv, &start);
		else if (c == '\n') break;
		else if (c != '\r') (void)buf_char(&csv->text, (char)c);
	}
	if (is_quoted) csv->problem = "a quote is opened and not closed";
	if (csv->text.is_full) csv->problem = "the row is too long";
	if (has_any) end_cell(csv, &start);
	return has_any;
}

bool csv_next(struct csv_reader *csv, long *line_r)
{
	do {
		csv->text.is_full = false;
		buf_clear(&csv->text);
		csv->count = 0;
		csv->problem = NULL;
		*line_r = csv->line;
		if (!read_row(csv)) return false;
	} while (csv->count == 1 && csv_at(csv, 0)[0] == '\0' && csv->problem == NULL);         /* an empty line */
	return true;
}

const char *csv_at(const struct csv_reader *csv, size_t nth)
{
	return nth < csv->count ? csv->text.data + csv->at[nth] : "";
}
