/* config_common.c - the options that every channel and every sink has besides its own. */
#include "daemon/config_parts.h"

#define CHANNEL(kind, field, ...) IK_OPTION(kind, struct ik_channel_common, field, __VA_ARGS__)
const struct ik_option channel_common_options[] = {
	CHANNEL(STRING, plugin, .flags = IK_REQUIRED, .help = "Which channel plugin this entry runs."),
	CHANNEL(DURATION, interval, .def = "60s", .min = 1, .max = 86400, .help = "Pause between two polls."),
	CHANNEL(BOOL, enabled, .def = "yes", .help = "no: the entry is checked but not started."),
	CHANNEL(STRING, brand, .help = "Brand written into this channel's tickets; without it core.brand."),
	CHANNEL(BOOL, acknowledge, .def = "yes", .help = "no: nothing that comes by this channel is acknowledged."),
	CHANNEL(BOOL, catch_all, .def = "no", .help = "Mail: yes acknowledges also what names none of our mailboxes in To or Cc."),
	CHANNEL(LIST, trust_authentication_results, .help = "Mail: authserv-ids of the own border servers whose Authentication-Results count; none: nobody vouches for a sender."),
	CHANNEL(LIST, border_hosts, .help = "Mail: names of those servers in Received lines, when they differ from the authserv-ids."),
	CHANNEL(BOOL, results_below_received, .def = "no", .help = "Mail: yes when the border server writes its results right below its own Received line, and removes forged ones."),
	CHANNEL(DURATION, reply_window, .def = "0s", .min = 0, .max = 365 * 86400,
	        .help = "Channels that can answer: how long after a message the platform lets us (WeChat 48h, WhatsApp 24h); 0s: as long as we like. A message may say it itself."),
	CHANNEL(COUNT, reply_most, .def = "0", .min = 0, .max = 1000, .help = "How many answers to one message it allows in that time; 0: any number."),
	IK_OPTION_END
};

static const char *const scheme_words[] = { "standard-webhooks", "hmac-sha256", NULL };
#define SINK(kind, field, ...) IK_OPTION(kind, struct ik_sink_common, field, __VA_ARGS__)
const struct ik_option sink_common_options[] = {
	SINK(STRING, plugin, .flags = IK_REQUIRED, .help = "Which sink plugin this entry runs."),
	SINK(BOOL, enabled, .def = "yes", .help = "no: the entry is checked but gets no tickets."),
	SINK(BOOL, tickets, .def = "yes", .help = "no: this sink gets no tickets, only alarms when alarms.to names it."),
	SINK(DURATION, retry_first, .def = "5s", .min = 1, .max = 3600, .help = "Wait after the first failed delivery; it doubles with every further one."),
	SINK(DURATION, retry_max, .def = "1h", .min = 1, .max = 86400, .help = "The longest wait between two attempts."),
	SINK(DURATION, give_up, .def = "7d", .min = 60, .max = 30 * 86400, .help = "Age at which a delivery becomes a dead letter."),
	SINK(SECRET, callback_secret, .help = "Takes states back at /back/NAME, signed with this secret; without it nothing is taken."),
	SINK(ENUM, callback_scheme, .def = "standard-webhooks", .choices = scheme_words, .help = "How callbacks are signed: Standard Webhooks, or HMAC-SHA256 of the body as hex in X-Signature."),
	SINK(MAP, callback_fields, .help = "Where a callback says what, as paths of its JSON: {event: id, remote_id: ticket.id, state: ticket.status, reply: comment.body}."),
	SINK(MAP, callback_states, .help = "States of the other side and what they are here: {open: in_progress, pending: waiting_customer, solved: resolved}."),
	SINK(MAP, callback_classes, .help = "Words of the other side for category, severity and sentiment and what they are here: {category: {Delivery: logistics}, severity: {P1: urgent}}."),
	IK_OPTION_END
};
