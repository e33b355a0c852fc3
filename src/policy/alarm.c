#include "policy/alarm.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"

const char *const alarm_kind_words[] = {
	"urgent", "anger", "mass", "deadline", "dissatisfied", "ledger", "channel", "token", "disk", "breaker", "calendar", NULL
};

const struct alarm_word alarm_words[ALARM_KINDS] = {
	[ALARM_URGENT]       = { "urgent", "an urgent case came in", "收到紧急个案", "read the ticket and answer now: the first response is due within the hour" },
	[ALARM_ANGER]        = { "anger", "a very angry customer wrote", "客户情绪非常激动", "let somebody experienced answer this one" },
	[ALARM_MASS]         = { "mass", "many customers complain of the same", "多位客户投诉同一问题", "look at the incident and tell the department concerned" },
	[ALARM_DEADLINE]     = { "deadline", "a first answer is about to be late", "首次答复即将逾期", "answer the ticket or tell the customer a new date" },
	[ALARM_DISSATISFIED] = { "dissatisfied", "a customer is not satisfied with the solution", "客户对处理结果不满意", "read the ticket: it is open again" },
	[ALARM_LEDGER]       = { "ledger", "messages were offered and neither taken nor refused", "有消息既未接收也未拒收", "see intakectl ledger and the log of that channel" },
	[ALARM_CHANNEL]      = { "channel", "a channel or sink does not work", "渠道或下游无法工作", "see intakectl doctor NAME" },
	[ALARM_TOKEN]        = { "token", "an access token is about to end or cannot be renewed", "访问令牌即将到期或无法续期", "see intakectl doctor NAME, then grant access anew" },
	[ALARM_DISK]         = { "disk", "the state directory is running full", "状态目录空间不足", "make room on its file system: nothing new is taken below the floor" },
	[ALARM_BREAKER]      = { "breaker", "acknowledgements are paused", "自动回执已暂停", "see intakectl status, find what floods, then resume" },
	[ALARM_CALENDAR]     = { "calendar", "a calendar in use is about to end", "使用中的日历即将到期", "add the next year's holidays to the calendar file and reload" },
};

#define OPT(kind, field, ...) IK_OPTION(kind, struct alarm_conf, field, __VA_ARGS__)
const struct ik_option alarm_options[] = {
	OPT(LIST,     to,              .help = "Sinks that are told of alarms; a sink with tickets: no gets nothing else. None: alarms only stand in intakectl alarms and the metrics."),
	OPT(LIST,     off,             .help = "Kinds that are not raised: urgent anger mass deadline dissatisfied ledger channel token disk breaker calendar."),
	OPT(DURATION, repeat,          .def = "1h", .min = 60, .max = 604800, .help = "The same alarm about the same thing is told at most this often; in between it is counted."),
	OPT(DURATION, channel_down,    .def = "5m", .min = 30, .max = 86400, .help = "How long a channel or sink may be down before it is told."),
	OPT(DURATION, deadline_before, .def = "15m", .min = 0, .max = 86400, .help = "How long before a first answer is due that is still owed; 0: never."),
	OPT(DURATION, old_after,       .def = "2d", .min = 0, .max = 366000000, .help = "Older mail (backfill, the first look into a mailbox) that came longer ago than this raises no alarm for what it says; 0: at any age it does."),
	IK_OPTION_END
};

static bool is_off(const struct alarm_conf *conf, enum alarm_kind kind)
{
	for (size_t i = 0; conf != NULL && i < conf->off.count; i++)
		if (strcmp(conf->off.item[i], alarm_words[kind].word) == 0) return true;
	return false;
}

static enum ik_rc tell(struct store_tx *tx, const struct alarm_conf *conf, int64_t alarm_id, int64_t now_at, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && conf != NULL && i < conf->to.count; i++) {
		struct store_duty duty = { .kind = DUTY_DELIVER, .message_id = alarm_id, .state = DUTY_PENDING, .created_at = now_at, .event = ALARM_EVENT };

		(void)snprintf(duty.target, sizeof(duty.target), "sink:%s", conf->to.item[i]);
		rc = store_add_duty(tx, &duty, err);
	}
	return rc;
}

enum ik_rc alarm_raise(struct store_tx *tx, const struct alarm_conf *conf, enum alarm_kind kind, const char *key, int64_t ticket_id,
                       const json_t *evidence, int64_t now_at, struct ik_error *err)
{
	char *shown = evidence != NULL ? json_dumps(evidence, JSON_COMPACT) : NULL;
	const struct store_alarm alarm = { .kind = alarm_words[kind].word, .key = key, .text = alarm_words[kind].what,
	                                   .text_zh = alarm_words[kind].what_zh, .remedy = alarm_words[kind].remedy, .evidence = shown, .ticket_id = ticket_id, .raised_at = now_at };
	int64_t id = 0;
	enum ik_rc rc = IK_OK;

	if (!is_off(conf, kind)) rc = store_raise_alarm(tx, &alarm, conf != NULL ? conf->repeat : 3600, &id, err);
	if (rc == IK_OK && id != 0) rc = tell(tx, conf, id, now_at, err);
	free(shown);
	return rc;
}
