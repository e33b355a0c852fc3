#include "daemon/control_replay.h"

#include <stdlib.h>
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "daemon/control_filter.h"
#include "pipeline/replay.h"

#define PAGE_ROWS 100
#define PAGE_BYTES (8 * 1024 * 1024)    /* of originals, after which a page ends */

static size_t add_original(struct store_reader *r, json_t *row)
{
	struct ik_error ignored = { "" };
	void *raw = NULL;
	size_t size = 0;
	char *text;

	(void)json_object_set_new(row, "original", json_null());
	if (read_original(r, json_int(row, "message", 0), REPLAY_ORIGINAL_MAX, &raw, &size, &ignored) != IK_OK) return 0;
	text = mem_new(4 * ((size + 2) / 3) + 1);
	(void)json_object_set_new(row, "original", json_string(base64_encode(raw, size, text)));
	free(text);
	free(raw);
	return size;
}

/* Rows beyond the bytes of a page are cut off and come with the next one. */
static void add_originals(struct store_reader *r, json_t *rows, int64_t *next_id)
{
	size_t bytes = 0;

	for (size_t i = 0; i < json_array_size(rows); i++) {
		json_t *row = json_array_get(rows, i);

		if (replay_is_mail(row)) bytes += add_original(r, row);
		if (bytes < PAGE_BYTES || i + 1 == json_array_size(rows)) continue;
		*next_id = json_int(row, "id", 0);
		while (json_array_size(rows) > i + 1) (void)json_array_remove(rows, json_array_size(rows) - 1);
	}
}

enum ik_rc control_openings(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	const int64_t limit = json_int(call->args, "limit", PAGE_ROWS);
	const struct read_filter filter = { .channel = json_text(call->args, "channel"), .since_at = json_int(call->args, "since_at", 0),
	                                    .before_id = json_int(call->args, "before_id", 0),
	                                    .limit = limit > 0 && limit < PAGE_ROWS ? (size_t)limit : PAGE_ROWS };
	struct store_reader *r = NULL;
	json_t *rows = NULL;
	int64_t next_id = 0;
	enum ik_rc rc = store_reader_open(setup->store, &r, err);

	if (rc == IK_OK && filter.before_id == 0) rc = control_filter_check(setup, r, &filter, call, err);
	if (rc == IK_OK) rc = read_openings(r, &filter, &next_id, &rows, err);
	if (rc == IK_OK) {
		add_originals(r, rows, &next_id);
		call->result = json_pack("{s:o, s:I}", "rows", rows, "next_id", (json_int_t)next_id);
	}
	store_reader_close(&r);
	return rc;
}
