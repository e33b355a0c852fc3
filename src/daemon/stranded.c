#include "daemon/stranded.h"

#include "base/json.h"
#include "base/log.h"

enum ik_rc stranded_find(struct store *store, const struct outbox *outbox, json_t **rows_r, struct ik_error *err)
{
	struct store_reader *reader = NULL;
	json_t *rows = NULL;
	enum ik_rc rc = store_reader_open(store, &reader, err);

	if (rc == IK_OK) rc = read_waiting(reader, &rows, err);
	store_reader_close(&reader);
	if (rc != IK_OK) return rc;
	for (size_t i = json_array_size(rows); i-- > 0;)
		if (outbox_serves(outbox, json_text(json_array_get(rows, i), "target"))) (void)json_array_remove(rows, i);
	*rows_r = rows;
	return IK_OK;
}

void stranded_text(const json_t *row, struct ik_error *text_r)
{
	const char *target = json_text(row, "target"), *name = strchr(target, ':');

	(void)ik_fail(IK_CONFIG, text_r, "%lld entries of the outbox wait for '%.64s', the oldest since %s, but no %s of that name runs; put it back "
	              "into the configuration or switch it on, then reload; or give them up with intakectl outbox drop", (long long)json_int(row, "waiting", 0), name != NULL ? name + 1 : target,
	              json_text(row, "oldest_at"), strncmp(target, "sink:", 5) == 0 ? "sink" : "channel");
}

void stranded_warn(struct store *store, const struct outbox *outbox)
{
	struct ik_error err = { "" };
	json_t *rows = NULL, *row;
	size_t i;

	if (stranded_find(store, outbox, &rows, &err) != IK_OK) {
		log_line(IK_LOG_WARNING, "outbox", "cannot be looked at: %s", err.text);
		return;
	}
	json_array_foreach(rows, i, row) {
		stranded_text(row, &err);
		log_line(IK_LOG_WARNING, json_text(row, "target"), "%s", err.text);
	}
	json_decref(rows);
}
