#include "daemon/control_export.h"

#include <stdlib.h>
#include <sysexits.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "daemon/control_filter.h"

#define FILE_MAX (64u * 1024 * 1024)
#define LEFT_OUT_MAX 1000

struct export {
	struct control_call *call;
	struct store_reader *files;             /* a reader of its own, as the other one is in the middle of its rows; NULL: files are not wanted */
	json_t *left_out;
	const char *number;                     /* of the ticket under way */
	int64_t message_id, tickets, file_count;
};

static bool send_file(struct export *x, const char *what, const void *data, size_t size)
{
	char *text = mem_new(4 * ((size + 2) / 3) + 1), *name = mem_format("%s/%lld-%s", x->number, (long long)x->message_id, what);
	bool goes_on = x->call->progress(x->call, json_pack("{s:{s:s, s:s}}", "file", "name", name, "data", base64_encode(data, size, text)));

	x->file_count++;
	free(text);
	free(name);
	return goes_on;
}

static bool send_upload(void *arg, int64_t place, const void *data, size_t size)
{
	char what[24];

	(void)snprintf(what, sizeof(what), "%lld", (long long)place);
	return send_file(arg, what, data, size);
}

/* What cannot be given is told at the end and holds nothing up. */
static void leave_out(struct export *x, const struct ik_error *why)
{
	if (json_array_size(x->left_out) < LEFT_OUT_MAX) (void)json_array_append_new(x->left_out, json_sprintf("%s: %s", x->number, why->text));
}

static bool send_original(struct export *x)
{
	struct ik_error why = { "" };
	void *raw = NULL;
	size_t size = 0;
	bool has = false, goes_on = true;
	enum ik_rc rc = read_has_original(x->files, x->message_id, &has, &why);

	if (rc == IK_OK && has) rc = read_original(x->files, x->message_id, FILE_MAX, &raw, &size, &why);
	if (rc == IK_OK && has) goes_on = send_file(x, "original", raw, size);
	else if (rc != IK_OK) leave_out(x, &why);
	free(raw);
	return goes_on;
}

static bool send_files(struct export *x, const json_t *ticket)
{
	json_t *message;
	size_t i;

	x->number = json_text(ticket, "number");
	json_array_foreach(json_object_get(ticket, "messages"), i, message) {
		struct ik_error why = { "" };
		enum ik_rc rc;

		x->message_id = json_int(message, "id", 0);
		if (!send_original(x)) return false;
		rc = read_uploads(x->files, x->message_id, FILE_MAX, send_upload, x, &why);
		if (rc == IK_RETRY) return false;
		if (rc != IK_OK) leave_out(x, &why);
	}
	return true;
}

static bool send_ticket(void *arg, json_t *ticket)
{
	struct export *x = arg;

	if (x->files != NULL && !send_files(x, ticket)) {
		json_decref(ticket);
		return false;
	}
	x->tickets++;
	return x->call->progress(x->call, json_pack("{s:o}", "ticket", ticket));
}

static enum ik_rc time_of(struct control_call *call, const char *key, int64_t *at_r, struct ik_error *err)
{
	*at_r = clock_parse_since(json_text(call->args, key), clock_wall());
	if (*at_r >= 0) return IK_OK;
	call->code = EX_USAGE;
	return ik_fail(IK_REJECT, err, "--%s: expected a day (2026-11-22), a time (2026-11-22T08:00:00Z) or an age (24h, 7d)", key);
}

enum ik_rc control_export(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	struct export_filter filter = { .channel = json_text(call->args, "channel"), .state = json_text(call->args, "state"), .category = json_text(call->args, "category") };
	struct export x = { .call = call, .left_out = json_array() };
	struct store_reader *r = NULL;
	enum ik_rc rc = time_of(call, "since", &filter.since_at, err);

	if (rc == IK_OK) rc = time_of(call, "until", &filter.until_at, err);
	if (rc == IK_OK) rc = store_reader_open(setup->store, &r, err);
	if (rc == IK_OK)
		rc = control_filter_check(setup, r, &(struct read_filter){ .channel = filter.channel, .state = filter.state, .category = filter.category }, call, err);
	if (rc == IK_OK && json_is_true(json_object_get(call->args, "with_files"))) rc = store_reader_open(setup->store, &x.files, err);
	if (rc == IK_OK) rc = read_export(r, &filter, send_ticket, &x, err);
	if (rc == IK_OK) call->result = json_pack("{s:I, s:I, s:O}", "tickets", (json_int_t)x.tickets, "files", (json_int_t)x.file_count, "left_out", x.left_out);
	store_reader_close(&x.files);
	store_reader_close(&r);
	json_decref(x.left_out);
	return rc;
}
