/* sla.c - deadlines and calendars without a daemon: sla works a deadline out and shows the walk, calendar checks calendar files and makes them
 * of .ics files. */
#include "ctl/ctl.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/place.h"
#include "ctl/setup.h"
#include "policy/calendar.h"

#define OUTPUT_MAX (1 << 20)
#define ICS_FILE_MAX (4 << 20)

/* ---- sla ----------------------------------------------------------------------------------------------------------------------- */

/* Whose clock the times are shown by: the calendar's, or the policy's where every hour counts. */
struct wall { const struct calendar *calendar; const struct policy *policy; };

static const char *wall_zone(const struct wall *wall)
{
	return wall->calendar != NULL ? wall->calendar->zone : policy_zone(wall->policy);
}


/* "2026-10-01T09:00:00+08:00"; UTC without a calendar. text_r: CLOCK_RFC3339_SIZE + 8 bytes. */
static const char *local_text(const struct wall *wall, int64_t at, char *text_r)
{
	const int offset = wall->calendar != NULL ? (int)calendar_offset(wall->calendar, at) : policy_offset(wall->policy, at), minutes = (offset < 0 ? -offset : offset) / 60;
	char utc[CLOCK_RFC3339_SIZE];
	size_t len;

	(void)clock_rfc3339(at + offset, utc);
	len = strcspn(utc, "Z");
	if (offset == 0) (void)snprintf(text_r, CLOCK_RFC3339_SIZE + 8, "%s", utc);
	else (void)snprintf(text_r, CLOCK_RFC3339_SIZE + 8, "%.*s%c%02d:%02d", (int)len, utc, offset < 0 ? '-' : '+', (minutes / 60) % 100, minutes % 60);
	return text_r;
}

static void set_local(json_t *object, const char *key, const struct wall *wall, int64_t at)
{
	char text[CLOCK_RFC3339_SIZE + 8];

	json_set_text(object, key, local_text(wall, at, text));
}

/* Calendar and walks come as the store keeps them; the times stand in front. */
static json_t *sla_answer(const struct wall *wall, const struct schedule *s, const char *severity, const char *brand)
{
	struct buf text = BUF_INIT(OUTPUT_MAX);
	json_t *answer = json_object(), *chain = NULL;

	json_set_text(answer, "severity", severity);
	if (brand != NULL) json_set_text(answer, "brand", brand);
	json_set_time(answer, "received_at", s->received_at);
	json_set_time(answer, "first_response_due", s->first_response_due);
	json_set_time(answer, "handling_due", s->handling_due);
	json_set_text(answer, "zone", wall_zone(wall));
	set_local(answer, "first_response_local", wall, s->first_response_due);
	set_local(answer, "handling_local", wall, s->handling_due);
	buf_text(&text, "{");
	schedule_write(s, &text);
	buf_text(&text, "}");
	if (json_parse(buf_str(&text), text.len, &chain, NULL) == IK_OK) (void)json_object_update(answer, chain);
	json_decref(chain);
	buf_release(&text);
	return answer;
}

/* The rows of a walk with the times of that clock. */
static void print_walk(const struct ctl *ctl, const struct wall *wall, const json_t *walk)
{
	static const struct ctl_column columns[] = {
		{ "FROM", "from", false, false }, { "UNTIL", "until", false, false }, { "COUNTED", "counted", true, false }, { "WHY", "why", false, true }, { NULL } };
	json_t *rows = json_deep_copy(walk), *row;
	size_t i;

	json_array_foreach(rows, i, row) {
		const int64_t seconds = json_int(row, "counted", 0);
		char counted[32];

		set_local(row, "from", wall, clock_parse_rfc3339(json_text(row, "from")));
		set_local(row, "until", wall, clock_parse_rfc3339(json_text(row, "until")));
		(void)snprintf(counted, sizeof(counted), "%lld:%02lld:%02lld", (long long)(seconds / 3600), (long long)(seconds / 60 % 60), (long long)(seconds % 60));
		json_set_text(row, "counted", seconds > 0 ? counted : "-");
	}
	ctl_print_table(ctl, columns, rows, "no step");
	json_decref(rows);
}

static bool is_all_known(const struct schedule *s)
{
	for (size_t w = 0; w < 2; w++)
		for (size_t i = 0; i < s->walks[w].count; i++)
			if (!s->walks[w].row[i].is_known) return false;
	return true;
}

static void print_sla(const struct ctl *ctl, const struct wall *wall, const struct schedule *s, const json_t *answer)
{
	char first[CLOCK_RFC3339_SIZE + 8], start[CLOCK_RFC3339_SIZE + 8];

	(void)printf("severity: %s\ncalendar: %s, %s\n", json_text(answer, "severity"), json_text(answer, "calendar"), wall_zone(wall));
	(void)printf("first response by %s\n", local_text(wall, s->first_response_due, first));
	print_walk(ctl, wall, json_object_get(answer, "walk"));
	if (s->calendar != NULL && !is_all_known(s)) (void)puts("Not all of these days are known: the dates hold unless a holiday falls among them that is not published yet.");
	(void)printf("\nstart of handling by %s\n", local_text(wall, s->handling_due, start));
	if (s->calendar != NULL) print_walk(ctl, wall, json_object_get(answer, "handling_walk"));
}

static int severity_of(const char *name)
{
	for (int i = 0; name != NULL && severity_names[i] != NULL; i++)
		if (strcmp(severity_names[i], name) == 0) return i;
	return -1;
}

static int sla_print(const struct ctl *ctl, const struct policy *policy, enum severity severity, int64_t at, const char *brand)
{
	struct schedule s = { 0 };
	struct wall wall = { .policy = policy };
	json_t *answer;

	policy_schedule(policy, brand, severity, at, &s);
	wall.calendar = s.calendar;
	answer = sla_answer(&wall, &s, severity_names[severity], brand);
	if (ctl->as_json) ctl_print_json(answer);
	else print_sla(ctl, &wall, &s, answer);
	json_decref(answer);
	schedule_release(&s);
	return EX_OK;
}

static int run_sla(const struct ctl *ctl, json_t *args)
{
	const int severity = severity_of(json_text(args, "severity"));
	const char *at_text = json_text(args, "at");
	const int64_t at = at_text != NULL ? clock_parse_rfc3339(at_text) : clock_wall();
	struct setup setup = { 0 };
	struct policy *policy = NULL;
	struct ik_error err = { "" };
	int status;

	if (severity < 0) return ctl_complain(EX_USAGE, "--severity: expected urgent, high, normal or low");
	if (at < 0) return ctl_complain(EX_USAGE, "--at: found \"%s\", expected a time such as 2026-10-01T09:00:00+08:00", at_text);
	status = setup_load(ctl, &setup);
	if (status == EX_OK && policy_new(setup_policy(&setup), &policy, &err) != IK_OK) status = ctl_complain(EX_CONFIG, "%s", err.text);
	if (status == EX_OK) status = sla_print(ctl, policy, (enum severity)severity, at, json_text(args, "brand"));
	policy_free(&policy);
	setup_release(&setup);
	return status;
}

/* ---- calendar check ------------------------------------------------------------------------------------------------------------- */

static void add_name(json_t *names, const char *name)
{
	json_t *known;
	size_t i;

	json_array_foreach(names, i, known)
		if (strcmp(json_string_value(known), name) == 0) return;
	(void)json_array_append_new(names, json_string(name));
}

/* What the policy uses; when it uses none, every file of the folder. */
static void collect_names(const struct policy_conf *conf, const char *folder, json_t *names)
{
	const struct policy_deadline *const rows[] = { &conf->urgent, &conf->high, &conf->normal, &conf->low };
	struct dirent **files = NULL;
	int count;

	if (conf->calendar != NULL) add_name(names, conf->calendar);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		if (rows[i]->calendar != NULL) add_name(names, rows[i]->calendar);
	for (size_t i = 0; i < conf->brand_calendars.count; i++)
		if (strcmp(conf->brand_calendars.pair[i].value, "round-the-clock") != 0) add_name(names, conf->brand_calendars.pair[i].value);
	if (json_array_size(names) > 0) return;
	count = scandir(folder, &files, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		char *dot = strrchr(files[i]->d_name, '.');

		if (dot != NULL && strcmp(dot, ".cal") == 0) {
			*dot = '\0';
			add_name(names, files[i]->d_name);
		}
		free(files[i]);
	}
	free(files);
}

static bool is_calendar(const char *folder, const char *name)
{
	char *path = mem_format("%s/%s.cal", folder, name);
	const bool is = !calendar_name_check(name) || access(path, F_OK) == 0;         /* what is no name has a message of its own */

	free(path);
	return is;
}

/* One line about one calendar; the status it leads to. */
static int check_one(const struct ctl *ctl, const char *folder, const char *name, int64_t now_at, json_t *list)
{
	struct calendar *cal = NULL;
	struct ik_error err = { "" };
	char until[CALENDAR_DATE_SIZE], text[CALENDAR_END_TEXT];
	json_t *row;
	int64_t left;

	if (!is_calendar(folder, name)) {
		(void)ik_fail(IK_CONFIG, &err, "there is no calendar \"%.60s\" in %s; `intakectl calendar check` without a name looks at those there are", name, folder);
		(void)json_array_append_new(list, json_pack("{s:s, s:b, s:s}", "name", name, "ok", 0, "error", err.text));
		return ctl_complain(EX_DATAERR, "%s", err.text);
	}
	if (calendar_load(folder, name, &cal, &err) != IK_OK) {
		(void)json_array_append_new(list, json_pack("{s:s, s:b, s:s}", "name", name, "ok", 0, "error", err.text));
		return ctl_complain(EX_DATAERR, "%s", err.text);
	}
	left = calendar_days_left(cal, now_at);
	(void)calendar_date_text(cal->until, until);
	row = json_pack("{s:s, s:b, s:s, s:s, s:I, s:I}", "name", name, "ok", left >= CALENDAR_WARN_DAYS, "zone", cal->zone, "known_until", until, "days_left",
	                (json_int_t)left, "days", (json_int_t)cal->day_count);
	(void)json_array_append_new(list, row);
	if (calendar_end_text(cal, now_at, text)) json_set_text(row, "warning", text);
	if (!ctl->as_json && text[0] != '\0') (void)printf("%s: %s\n", name, text);
	else if (!ctl->as_json) (void)printf("%s: good until %s\n", name, until);
	calendar_free(&cal);
	return left < CALENDAR_WARN_DAYS ? 1 : EX_OK;
}

static int calendar_check(const struct ctl *ctl, json_t *args)
{
	const char *one = json_string_value(json_array_get(json_object_get(args, "what"), 1)), *at_text = json_text(args, "at");
	const int64_t now_at = at_text != NULL ? clock_parse_rfc3339(at_text) : clock_wall();
	struct setup setup = { 0 };
	json_t *names = json_array(), *list = json_array(), *name;
	char *folder;
	size_t i;
	int status = setup_load(ctl, &setup);

	folder = setup_policy(&setup)->calendars != NULL ? mem_text(setup_policy(&setup)->calendars) : place_data("calendars");
	if (now_at < 0) status = ctl_complain(EX_USAGE, "--at: found \"%s\", expected a time such as 2026-10-01T09:00:00Z", at_text);
	if (one != NULL) add_name(names, one);
	else collect_names(setup_policy(&setup), folder, names);
	if (status == EX_OK && json_array_size(names) == 0) status = ctl_complain(EX_NOINPUT, "there is no calendar in %s", folder);
	if (status == EX_OK) json_array_foreach(names, i, name) {
		const int found = check_one(ctl, folder, json_string_value(name), now_at, list);

		if (found > status) status = found;
	}
	if (ctl->as_json && json_array_size(list) > 0) ctl_print_json(list);
	free(folder);
	json_decref(list);
	json_decref(names);
	setup_release(&setup);
	return status;
}

/* ---- calendar import -------------------------------------------------------------------------------------------------------------- */

static bool date_arg(json_t *args, const char *key, int32_t *date_r)
{
	const char *text = json_text(args, key), *end = text != NULL ? calendar_read_date(text, date_r) : NULL;

	return text == NULL || (end != NULL && *end == '\0');
}

/* Three years from the first of January on: what holiday files usually reach. */
static void default_dates(int32_t *from_r, int32_t *until_r)
{
	char now[CLOCK_RFC3339_SIZE];
	int year;

	now[0] = '\0';
	year = (int)strtol(clock_rfc3339(clock_wall(), now), NULL, 10);
	(void)calendar_date(year, 1, 1, from_r);
	(void)calendar_date(year + 2, 12, 31, until_r);
}

/* Prints the new calendar once it reads back as one. */
static int import_bytes(const struct buf *ics, const struct calendar_import *how)
{
	struct buf out = BUF_INIT(OUTPUT_MAX);
	struct calendar *cal = NULL;
	struct ik_error err = { "" };
	size_t skipped = 0;
	int status = EX_OK;

	if (calendar_import(buf_str(ics), ics->len, how, &out, &skipped, &err) != IK_OK || calendar_parse("import", buf_str(&out), out.len, NULL, &cal, &err) != IK_OK)
		status = ctl_complain(EX_DATAERR, "%s", err.text);
	else if (fputs(buf_str(&out), stdout) < 0) status = EX_IOERR;
	if (skipped > 0) (void)ctl_complain(status, "%zu events were left out: called off, not of whole days, or without an end", skipped);
	calendar_free(&cal);
	buf_release(&out);
	return status;
}

/* A file or whatever the shell put in its place: <(curl ...). */
static enum ik_rc read_any(const char *path, struct buf *into, struct ik_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	enum ik_rc rc;

	if (fd < 0) return ik_fail_errno(err, "open %s", path);
	rc = fd_read_all(fd, into, path, err);
	fd_close(&fd);
	return rc;
}

static int import_file(const char *path, json_t *args)
{
	struct calendar_import how = { .title = strrchr(path, '/') != NULL ? strrchr(path, '/') + 1 : path, .zone = json_text(args, "zone"),
	                               .week = json_text(args, "week"), .workday = json_text(args, "workday") };
	struct buf ics = BUF_INIT(ICS_FILE_MAX);
	struct ik_error err = { "" };
	char *title = ctl_clean(how.title, false);
	int status;

	how.title = title;
	default_dates(&how.from, &how.until);
	if (how.zone == NULL) status = ctl_complain(EX_USAGE, "--zone is missing: the time zone of the calendar, such as Asia/Shanghai");
	else if (!date_arg(args, "from", &how.from) || !date_arg(args, "until", &how.until) || how.from > how.until)
		status = ctl_complain(EX_USAGE, "--from, --until: expected dates such as 2026-01-01, the first not behind the second");
	else if (read_any(path, &ics, &err) != IK_OK) status = ctl_complain(EX_NOINPUT, "%s", err.text);
	else {
		if (how.week == NULL) how.week = "Mon-Fri 09:00-18:00";
		status = import_bytes(&ics, &how);
	}
	free(title);
	buf_release(&ics);
	return status;
}

static int run_calendar(const struct ctl *ctl, json_t *args)
{
	const json_t *given = json_object_get(args, "what");
	const char *what = json_string_value(json_array_get(given, 0)), *file = json_string_value(json_array_get(given, 1));

	if (strcmp(what, "check") == 0) return calendar_check(ctl, args);
	if (strcmp(what, "import") != 0) return ctl_complain(EX_USAGE, "calendar %s: expected check or import", what);
	return file != NULL ? import_file(file, args) : ctl_complain(EX_USAGE, "calendar import: the .ics file is missing");
}

/* ---- which ------------------------------------------------------------------------------------------------------------------------ */

static const struct argp_option sla_options[] = {
	{ "severity", 'S', "SEVERITY", 0, "urgent, high, normal or low", 0 },
	{ "at", 'a', "TIME", 0, "When the message came, such as 2026-10-01T09:00:00+08:00; without it now", 0 },
	{ "brand", 'b', "BRAND", 0, "The brand, when brands have calendars of their own", 0 },
	{ 0 }
};
static const struct argp_option calendar_options[] = {
	{ "at", 'a', "TIME", 0, "check: as if it were this time", 0 },
	{ "zone", 'z', "ZONE", 0, "import: time zone, such as Asia/Shanghai", 0 },
	{ "week", 'w', "DAYS HOURS", 0, "import: the working week, such as \"Mon-Fri 09:00-12:00 13:00-18:00\"", 0 },
	{ "from", 'f', "DATE", 0, "import: the first day taken; without it the first of January", 0 },
	{ "until", 'u', "DATE", 0, "import: the last day taken; without it the end of the year after next", 0 },
	{ "workday", 'd', "TEXT", 0, "import: events with this text in their title are working days", 0 },
	{ 0 }
};

const struct ctl_command ctl_sla_commands[] = {
	{ .name = "sla", .args = "", .options = sla_options, .run = run_sla,
	  .summary = "Work out by when a message has to be answered, with every step",
	  .doc = "Works without a daemon: with the deadlines and calendars of --config, or with the defaults.\n\n"
	         "Examples:\n  intakectl sla --severity high --at 2026-09-30T17:00:00+08:00\n  intakectl --json --config new.yaml sla --severity normal | jq .walk" },
	{ .name = "calendar", .args = "check [NAME]|import FILE.ics", .positional = "what", .least = 1, .most = 2, .options = calendar_options,
	  .run = run_calendar, .summary = "Check how long the calendars last, or make one of an .ics file",
	  .doc = "check looks at the calendars in use (without a configuration at all that there are) and exits with 1 when one ends within 60 days, "
	         "65 when one cannot be read. import prints a calendar file; put it into the folder of policy.calendars.\n\n"
	         "Examples:\n  intakectl calendar check\n"
	         "  intakectl calendar import --zone Asia/Shanghai --week \"Mon-Sat 09:00-12:00 13:00-18:00\" holidays.ics > calendars/acme.cal" },
	{ .name = NULL },
};
