/* moody.c - a channel and a sink for tests: neither can be opened before a file named "gate" is there. The channel makes a message of every
 * request and appends what it is to reply to a file; the sink appends the numbers it gets. */
#include <intaked/sink.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct moody_conf { char *gate, *log; };
static const struct ik_option moody_options[] = {
	IK_OPTION(PATH, struct moody_conf, gate, .flags = IK_REQUIRED, .help = "Has to be there."),
	IK_OPTION(PATH, struct moody_conf, log, .flags = IK_REQUIRED, .help = "Gets a line for every reply or delivery."),
	IK_OPTION_END
};

static enum ik_rc moody_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	const struct moody_conf *c = conf;

	(void)host;
	if (access(c->gate, F_OK) != 0) return ik_fail(IK_RETRY, err, "the gate is shut");
	*state_r = (void *)(uintptr_t)conf;
	return IK_OK;
}

static void append(const struct moody_conf *c, const char *what, const char *text)
{
	FILE *out = fopen(c->log, "a");

	if (out == NULL) abort();
	(void)fprintf(out, "%s %s\n", what, text);
	(void)fclose(out);
}

static enum ik_rc moody_request(void *state, const struct ik_request *request, struct ik_answer *answer, struct ik_error *err)
{
	struct ik_message *m = answer->alloc(answer, sizeof(*m));
	char *text = answer->alloc(answer, request->body_len + 1);

	(void)state;
	if (request->body_len == 0) return ik_fail(IK_REJECT, err, "no body");
	memcpy(text, request->body, request->body_len);
	*m = (struct ik_message){ .source_id = text, .conversation = text, .sender_type = "moody", .sender = text, .sender_verified = true, .text = text,
	                          .raw = text, .raw_size = (int64_t)request->body_len, .raw_fd = -1 };
	answer->messages = m;
	answer->message_count = 1;
	return IK_OK;
}

static enum ik_rc moody_reply(void *state, const struct ik_reply *reply, struct ik_reply_result *result_r, struct ik_error *err)
{
	(void)result_r;
	(void)err;
	append(state, "reply", reply->conversation);
	return IK_OK;
}

static void moody_deliver(void *state, struct ik_delivery *deliveries, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		append(state, "delivery", json_string_value(json_object_get(deliveries[i].ticket, "number")));
		deliveries[i].rc = IK_OK;
	}
}

static void moody_close(void *state) { (void)state; }

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "moody", .summary = "For tests", .options = moody_options,
	.conf_size = sizeof(struct moody_conf), .ack = IK_ACK_REPLY, .mount = "in", .open = moody_open, .request = moody_request, .reply = moody_reply,
	.close = moody_close,
};
IK_EXPORT const struct ik_sink intaked_sink = {
	.abi = IK_SINK_ABI, .size = sizeof(intaked_sink), .name = "moody", .summary = "For tests", .options = moody_options,
	.conf_size = sizeof(struct moody_conf), .batch_max = 10, .open = moody_open, .deliver = moody_deliver, .close = moody_close,
};
