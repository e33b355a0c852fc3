/* fuzz_csv.c - any bytes as a table: what is read is written so that it reads back the same, and no cell that is written begins a formula. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "ctl/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define ROW_MAX 65536

/* A formula gets an apostrophe, which the text did not have. */
static bool is_same(const char *was, const char *now)
{
	const bool is_formula = was[0] != '\0' && strchr("=+-@\t\r", was[0]) != NULL;

	if (is_formula && now[0] != '\'') return false;
	return strcmp(was, is_formula ? now + 1 : now) == 0;
}

static void check_row(const struct csv_reader *csv)
{
	struct csv_reader again;
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	long line;

	for (size_t c = 0; c < csv->count; c++) csv_cell(f, csv_at(csv, c), c == 0);
	csv_end_row(f);
	(void)fclose(f);
	f = fmemopen(text, len, "r");
	csv_open(&again, f, 2 * ROW_MAX + 4096);
	if (!csv_next(&again, &line) || again.problem != NULL || again.count != csv->count) abort();
	for (size_t c = 0; c < csv->count; c++)
		if (!is_same(csv_at(csv, c), csv_at(&again, c))) abort();
	csv_close(&again);
	(void)fclose(f);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct csv_reader csv;
	FILE *f = size > 0 ? fmemopen((void *)(uintptr_t)data, size, "r") : NULL;
	long line, last = 0;

	if (f == NULL) return 0;
	csv_open(&csv, f, ROW_MAX);
	while (csv_next(&csv, &line)) {
		if (line <= last || csv.count > CSV_CELLS_MAX) abort();
		last = line;
		if (csv.problem == NULL && csv_at(&csv, 0)[0] != '\xef') check_row(&csv);
	}
	csv_close(&csv);
	(void)fclose(f);
	return 0;
}
