/* notice_rules.c - the section `notices` and what it means for one event. */
#include "policy/notice_rules.h"

#include <string.h>

#define OPT(kind, field, ...) IK_OPTION(kind, struct notice_conf, field, __VA_ARGS__)
static const char *const delayed_words[] = { "no", "yes", "auto", NULL };
const struct ik_option notice_options[] = {
	OPT(BOOL,     enabled,          .def = "yes", .help = "Tell customers how their matter goes on, besides the acknowledgement."),
	OPT(BOOL,     forwarded,        .def = "no",  .help = "Tell that the matter was handed to the colleagues in charge."),
	OPT(BOOL,     in_progress,      .def = "yes", .help = "Tell that somebody has begun to work on it."),
	OPT(BOOL,     more_information, .def = "yes", .help = "Ask the customer when the staff waits for an answer."),
	OPT(BOOL,     resolved,         .def = "yes", .help = "Tell that the work is done."),
	OPT(BOOL,     agent_replies,    .def = "no",  .help = "Pass the staff's public answers on to the customer; no: the helpdesk answers by itself."),
	OPT(ENUM,     delayed,          .def = "auto", .choices = delayed_words,
	    .help = "Tell a new date before the promised one passes without an answer; auto: once a sink sends states back (callback_secret)."),
	OPT(DURATION, delayed_lead,     .def = "1h",  .min = 1, .max = 7 * 86400, .help = "How long before the promised date that is told; a quarter of the time at most."),
	OPT(COUNT,    delayed_most,     .def = "2",   .min = 1, .max = 10, .help = "How often the date of one ticket may be put off."),
	OPT(COUNT,    per_day,          .def = "3",   .min = 0, .max = 100, .help = "Notices to one customer in a day, whatever the number of tickets."),
	OPT(BOOL,     survey,           .def = "yes", .help = "Ask after the resolution how satisfied the customer is."),
	OPT(DURATION, survey_after,     .def = "24h", .min = 1, .max = 30 * 86400, .help = "Time from the resolution to that question; with a calendar it waits for working time."),
	OPT(DURATION, close_after,      .def = "7d",  .min = 1, .max = 365 * 86400, .help = "Time after which a resolved ticket nobody complained about is closed."),
	OPT(COUNT,    under_load,       .def = "400", .min = 0, .max = 100000000, .help = "Acknowledgements in an hour from which they tell of a wait; 0: never."),
	IK_OPTION_END
};

bool notice_wanted(const struct notice_conf *conf, enum template_event event)
{
	if (!conf->enabled) return false;
	switch (event) {
	case EVENT_FORWARDED: return conf->forwarded;
	case EVENT_IN_PROGRESS: return conf->in_progress;
	case EVENT_MORE_INFORMATION: return conf->more_information;
	case EVENT_RESOLVED: return conf->resolved;
	case EVENT_REPLY: return conf->agent_replies;
	case EVENT_SURVEY: return conf->survey;
	case EVENT_DELAYED: return true;
	case EVENT_RECEIVED: case EVENT_DUPLICATE: case EVENT_MASS_INCIDENT: case EVENT_OUT_OF_HOURS: case EVENT_UNDER_LOAD: case EVENT_VERIFICATION:
	case EVENT_STATUS: case EVENT_COUNT: default: return false;
	}
}

enum template_event notice_event_named(const char *name)
{
	const size_t len = strcspn(name, ".");

	for (int i = 0; template_event_names[i] != NULL; i++)
		if (strlen(template_event_names[i]) == len && memcmp(template_event_names[i], name, len) == 0) return (enum template_event)i;
	return EVENT_COUNT;
}

int64_t notice_lead(const struct notice_conf *conf, int64_t made_at, int64_t due_at)
{
	const int64_t quarter = (due_at - made_at) / 4;

	return conf->delayed_lead < quarter ? conf->delayed_lead : quarter > 0 ? quarter : 0;
}
