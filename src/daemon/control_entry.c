/* control_entry.c - see control_entry.h. Whatever the request says is checked here; what its texts mean is the pipeline's. */
#include "daemon/control_entry.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/random.h"
#include "daemon/entry.h"
#include "policy/ack_decision.h"
#include "policy/policy.h"

#define CHANNEL_MAX 48
#define AHEAD_S 300                     /* clocks of two machines may differ by so much */
#define ID_BYTES 12

static enum ik_rc usage(struct control_call *call, struct ik_error *err, const char *text)
{
	call->code = EX_USAGE;
	return ik_fail(IK_REJECT, err, "%s", text);
}

/* ---- what is said of a message ------------------------------------------------------------------------------------------------- */

static bool is_word(const char *text, size_t max)
{
	const size_t len = strlen(text);

	return len >= 1 && len <= max && islower((unsigned char)text[0]) != 0 && strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_-") == len;
}

bool entry_is_channel(const char *name)
{
	return is_word(name, CHANNEL_MAX);
}

/* "email:ann@example.net", or only the address or number. The type is written to type_r, the rest is the handle. */
enum ik_rc entry_read_handle(const char *from, char type_r[ENTRY_TYPE_MAX + 1], const char **handle_r, struct ik_error *err)
{
	const char *colon = strchr(from, ':');
	char folded[ACK_ADDRESS_MAX];

	*handle_r = colon != NULL ? colon + 1 : from;
	if (colon != NULL && colon - from <= ENTRY_TYPE_MAX) (void)snprintf(type_r, ENTRY_TYPE_MAX + 1, "%.*s", (int)(colon - from), from);
	else (void)snprintf(type_r, ENTRY_TYPE_MAX + 1, "%s", colon != NULL ? "" : strchr(from, '@') != NULL ? "email" : strspn(from, "+-() 0123456789") == strlen(from) ? "phone" : "");
	if (!is_word(type_r, ENTRY_TYPE_MAX) || (*handle_r)[0] == '\0')
		return ik_fail(IK_REJECT, err, "'%.80s' names nobody; expected TYPE:VALUE such as email:ann@example.net or phone:+86-10-1234", from);
	if (strcmp(type_r, "email") == 0 && !ack_fold_address(*handle_r, folded, sizeof(folded)))
		return ik_fail(IK_REJECT, err, "'%.80s' is no mail address", *handle_r);
	return IK_OK;
}

enum ik_rc entry_read_time(const char *text, int64_t now_at, int64_t *at_r, struct ik_error *err)
{
	const int64_t at = clock_parse_since(text, now_at);

	if (at < 0) return ik_fail(IK_REJECT, err, "received-at: '%.40s' is no day (2026-11-22), time (2026-11-22T08:00:00Z) or age (2h, 3d)", text);
	if (at > now_at + AHEAD_S) return ik_fail(IK_REJECT, err, "received-at: %.40s has not come yet", text);
	*at_r = at;
	return IK_OK;
}

enum ik_rc entry_read_severity(const char *text, int *severity_r, struct ik_error *err)
{
	const char *known = text != NULL ? policy_severity(text) : NULL;

	*severity_r = -1;
	for (int i = 0; known != NULL && severity_names[i] != NULL; i++)
		if (strcmp(severity_names[i], known) == 0) *severity_r = i;
	return text == NULL || known != NULL ? IK_OK : ik_fail(IK_REJECT, err, "'%.40s' is no severity; expected urgent, high, normal or low", text);
}

/* ---- add --------------------------------------------------------------------------------------------------------------------------- */

struct adding {
	struct entry entry;
	struct ik_part parts[CONTROL_FILES_MAX];
	char actor[CONTROL_NAME_SIZE], type[ENTRY_TYPE_MAX + 1], id[2 * ID_BYTES + 16];
};

static enum ik_rc read_parts(struct control_call *call, struct adding *a, struct ik_error *err)
{
	const json_t *list = json_object_get(call->args, "attachments");

	if (json_array_size(list) != call->file_count) return usage(call, err, "an attachment is no plain file, or there are more than 32");
	for (size_t i = 0; i < call->file_count; i++) {
		const json_t *row = json_array_get(list, i);
		struct stat st;

		if (fstat(call->files[i], &st) != 0) return ik_fail_errno(err, "look at an attachment");
		a->parts[i] = (struct ik_part){ .name = json_text(row, "name"), .content_type = json_text(row, "content_type"), .fd = call->files[i], .size = st.st_size };
	}
	a->entry.message.parts = a->parts;
	a->entry.message.part_count = call->file_count;
	return IK_OK;
}

/* The id makes the same command twice one ticket; without one every call is a message of its own. */
static void name_entry(struct adding *a, const char *id)
{
	unsigned char random[ID_BYTES];
	char hex[2 * ID_BYTES + 1];

	random_bytes(random, sizeof(random));
	(void)snprintf(a->id, sizeof(a->id), "by-hand:%s", hex_encode(random, sizeof(random), hex));
	a->entry.message.source_id = id != NULL ? id : a->id;
}

static enum ik_rc read_add(struct control_call *call, struct adding *a, struct ik_error *err)
{
	const json_t *args = call->args;
	const char *from = json_text(args, "from"), *ack = json_text(args, "ack"), *text = json_text(args, "text"), *at = json_text(args, "received-at");
	enum ik_rc rc = IK_OK;

	control_operator(call, a->actor);
	a->entry.message = (struct ik_message){
		.raw_fd = -1, .text = text != NULL ? text : "", .subject = json_text(args, "subject"), .sender_name = json_text(args, "name"), .brand = json_text(args, "brand"),
		.language = json_text(args, "language"), .order_number = json_text(args, "order-number"), .is_single_use = true,
	};
	a->entry.says = (struct pipeline_entry){
		.actor = a->actor, .category = json_text(args, "category"), .sentiment = json_text(args, "sentiment"), .department = json_text(args, "department"),
		.product = json_text(args, "product"), .wanted = json_text(args, "wanted"), .acknowledge = ack != NULL && strcmp(ack, "yes") == 0, .deliver = true,
	};
	name_entry(a, json_text(args, "id"));
	if (a->entry.message.text[strspn(a->entry.message.text, " \t\r\n")] == '\0' && call->file_count == 0)
		return usage(call, err, "there is no text; give --text, or the text on standard input");
	if (ack != NULL && strcmp(ack, "yes") != 0 && strcmp(ack, "no") != 0) return usage(call, err, "--ack: expected yes or no");
	if (from != NULL) rc = entry_read_handle(from, a->type, &a->entry.message.sender, err);
	if (rc == IK_OK && from != NULL) a->entry.message.sender_type = a->type;
	if (rc == IK_OK && at != NULL) rc = entry_read_time(at, clock_wall(), &a->entry.says.received_at, err);
	if (rc == IK_OK) rc = entry_read_severity(json_text(args, "severity"), &a->entry.says.severity, err);
	if (rc == IK_REJECT) call->code = EX_USAGE;
	return rc == IK_OK ? read_parts(call, a, err) : rc;
}

static enum ik_rc tell_added(const struct control_setup *setup, struct control_call *call, const struct entry *e, struct ik_error *err)
{
	struct store_reader *r = NULL;
	json_t *ticket = NULL;
	enum ik_rc rc = store_reader_open(setup->store, &r, err);

	if (rc == IK_OK) rc = read_ticket(r, e->ticket_id, &ticket, err);
	if (rc == IK_OK)
		call->result = json_pack("{s:s, s:s, s:b, s:b, s:o}", "number", e->number, "code", e->code, "repeat", (int)e->is_repeat, "other_content", (int)e->is_other_content,
		                         "ticket", ticket);
	store_reader_close(&r);
	return rc;
}

enum ik_rc control_add(const struct control_setup *setup, struct control_call *call, struct ik_error *err)
{
	const char *channel = json_text(call->args, "channel");
	struct adding *a = mem_new(sizeof(*a));
	struct entry *e = &a->entry;
	enum ik_rc rc;

	if (channel == NULL || !entry_is_channel(channel)) rc = usage(call, err, "how did it come? For example --channel phone (small letters, digits, - and _)");
	else rc = read_add(call, a, err);
	if (rc == IK_OK) rc = setup->enter(setup->arg, channel, e->says.acknowledge && strcmp(a->type, "email") == 0, e, 1, err);
	if (rc == IK_OK && e->rc != IK_OK) rc = ik_fail(e->rc, err, "%s", e->why.text);
	if (rc == IK_OK) rc = tell_added(setup, call, e, err);
	free(a);
	return rc;
}
