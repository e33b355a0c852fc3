/* test_control_commands.c - what intakectl asks, answered from a real store over a real socket. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "daemon/control_commands.h"

#define TICKETS 1203            /* more than two pages of a list */
#define NOW 1800000000

static char dir[256], path[300];
static struct store *store;
static struct control *control;

/* ---- a store with tickets and duties ----------------------------------------------------------------------------------- */

struct filling { int first, count; int64_t failed_id, uncertain_id; };

static enum ik_rc add_ticket(struct store_tx *tx, int n, int64_t *ticket_id_r, struct ik_error *err)
{
	struct store_ticket t = { .month = 202701, .channel = n % 2 ? "form" : "mail", .channel_type = "form", .subject = "printer", .category = "other",
	                          .severity = n % 3 ? "normal" : "urgent", .sentiment = "neutral", .received_at = NOW + n, .decisions = "{\"category\":{\"rule\":\"r1\"}}" };
	enum ik_rc rc = store_add_ticket(tx, &t, err);

	*ticket_id_r = t.id;
	return rc;
}

static enum ik_rc add_duty(struct store_tx *tx, int64_t ticket_id, const char *target, enum duty_state end, int64_t *id_r, struct ik_error *err)
{
	struct store_duty duty = { .ticket_id = ticket_id, .kind = DUTY_DELIVER, .event = "ticket.created" }, taken;
	size_t count = 0;
	enum ik_rc rc;

	(void)snprintf(duty.target, sizeof(duty.target), "%s", target);
	rc = store_add_duty(tx, &duty, err);
	*id_r = duty.id;
	if (rc == IK_OK) rc = store_take_duties(tx, target, NOW, 1, &taken, &count, err);
	if (rc == IK_OK) rc = store_commit_duties(tx, &duty.id, 1, err);
	return rc == IK_OK ? store_finish_duty(tx, duty.id, end, NOW, 0, "no answer", NULL, err) : rc;
}

static enum ik_rc fill(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct filling *f = arg;
	int64_t ticket_id = 0;
	enum ik_rc rc = IK_OK;

	for (int i = 0; rc == IK_OK && i < f->count; i++) rc = add_ticket(tx, f->first + i, &ticket_id, err);
	if (rc == IK_OK && f->first == 0) rc = add_duty(tx, ticket_id, "sink:a", DUTY_FAILED, &f->failed_id, err);
	if (rc == IK_OK && f->first == 0) rc = add_duty(tx, ticket_id, "sink:b", DUTY_UNCERTAIN, &f->uncertain_id, err);
	return rc;
}

/* ---- a supervisor -------------------------------------------------------------------------------------------------------- */

static json_t *give_status(void *arg)
{
	(void)arg;
	return json_pack("{s:s, s:[{s:s}]}", "state", "running", "channels", "name", "form");
}

static enum ik_rc give_findings(void *arg, const char *name, bool (*report)(void *, json_t *), void *report_arg, struct ik_error *err)
{
	(void)arg;
	if (name != NULL && strcmp(name, "form") != 0) return ik_fail(IK_REJECT, err, "there is no channel '%s'", name);
	(void)report(report_arg, json_pack("{s:s, s:b}", "check", "store", "ok", 1));
	(void)report(report_arg, json_pack("{s:s, s:b}", "check", "relay", "ok", 0));
	return IK_OK;
}

static char *give_text(void *arg)
{
	(void)arg;
	return mem_text("log: {level: info}\n");
}

static void start(struct filling *f)
{
	static struct store_conf conf;
	struct control_setup setup = { .socket = path, .fd = -1, .status = give_status, .doctor = give_findings, .configuration = give_text };
	struct ik_error err = { "" };

	(void)snprintf(dir, sizeof(dir), "%s", test_dir());
	(void)snprintf(path, sizeof(path), "%s/c.sock", dir);
	conf = (struct store_conf){ .dir = dir, .page_cache = 8 << 20, .batch = 256, .checkpoint_pages = 1000 };
	(void)store_open(&conf, NULL, NULL, &store, &err);
	CHECK_STR(err.text, "");
	(void)store_call(store, fill, f, &err);
	CHECK_STR(err.text, "");
	setup.store = store;
	CHECK_INT(control_new(&setup, &control, &err), IK_OK);
}

static void stop(void)
{
	control_free(&control);
	store_close(&store);
}

/* ---- asking ---------------------------------------------------------------------------------------------------------------- */

/* The last line of the answer to one request; rows of progress lines are put into rows (may be NULL). */
static json_t *ask(const char *request, json_t *rows)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	const int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	json_t *line = NULL, *part;
	FILE *in;

	memcpy(address.sun_path, path, strlen(path) + 1);
	CHECK_INT(connect(fd, (const struct sockaddr *)&address, sizeof(address)), 0);
	CHECK(write(fd, request, strlen(request)) > 0 && write(fd, "\n", 1) == 1);
	in = fdopen(fd, "r");
	for (;;) {
		line = json_loadf(in, JSON_DISABLE_EOF_CHECK, NULL);
		part = json_object_get(line, "progress");
		if (part == NULL) break;
		if (rows != NULL) (void)json_array_extend(rows, json_object_get(part, "rows"));
		json_decref(line);
	}
	(void)fclose(in);
	return line;
}

static size_t ask_size(const char *request)
{
	json_t *rows = json_array(), *line = ask(request, rows);
	const size_t size = json_array_size(rows) + json_array_size(json_object_get(line, "result"));

	CHECK(json_is_true(json_object_get(line, "ok")));
	json_decref(line);
	json_decref(rows);
	return size;
}

static const struct { const char *row, *request; size_t size; } lists[] = {
	{ "all, over several pages", "{\"command\":\"list\"}", TICKETS },
	{ "a limit inside the first page", "{\"command\":\"list\",\"args\":{\"limit\":7}}", 7 },
	{ "a limit at a page's end", "{\"command\":\"list\",\"args\":{\"limit\":500}}", 500 },
	{ "a limit inside the second page", "{\"command\":\"list\",\"args\":{\"limit\":501}}", 501 },
	{ "by channel", "{\"command\":\"list\",\"args\":{\"channel\":\"form\"}}", TICKETS / 2 },
	{ "by severity", "{\"command\":\"list\",\"args\":{\"severity\":\"urgent\"}}", TICKETS / 3 },
	{ "since a time", "{\"command\":\"list\",\"args\":{\"since\":\"2027-01-15T08:20:00Z\"}}", 3 },
	{ "nothing found", "{\"command\":\"list\",\"args\":{\"state\":\"closed\"}}", 0 },
	{ "outbox", "{\"command\":\"outbox\"}", 2 },
	{ "outbox of one state", "{\"command\":\"outbox\",\"args\":{\"state\":\"failed\"}}", 1 },
	{ "quarantine", "{\"command\":\"quarantine\"}", 0 },
	{ "ledger", "{\"command\":\"ledger\"}", 0 },
};
TEST(control_lists_are_complete_and_filtered)
{
	struct filling f = { .count = TICKETS };

	start(&f);
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		test_row(lists[i].row);
		CHECK_INT(ask_size(lists[i].request), lists[i].size);
	}
	stop();
}

TEST(control_list_gives_every_ticket_once_newest_first_in_the_ticket_format)
{
	struct filling f = { .count = TICKETS };
	json_t *rows = json_array(), *line;
	const char *before = "202701-9999";

	start(&f);
	line = ask("{\"command\":\"list\"}", rows);
	(void)json_array_extend(rows, json_object_get(line, "result"));
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const char *number = json_text(json_array_get(rows, i), "number");

		CHECK(strlen(number) < strlen(before) || (strlen(number) == strlen(before) && strcmp(number, before) < 0));
		CHECK(json_object_get(json_array_get(rows, i), "id") == NULL);
		before = number;
	}
	json_decref(line);
	json_decref(rows);
	stop();
}

static const struct { const char *row, *request; int code; const char *want; } wrong[] = {
	{ "unknown ticket", "{\"command\":\"show\",\"args\":{\"ticket\":\"202701-99999\"}}", 65, "there is no ticket" },
	{ "no ticket", "{\"command\":\"explain\"}", 64, "which ticket?" },
	{ "since nonsense", "{\"command\":\"list\",\"args\":{\"since\":\"yesterday\"}}", 64, "--since: expected" },
	{ "unknown state of a duty", "{\"command\":\"outbox\",\"args\":{\"state\":\"lost\"}}", 64, "--state: expected one of" },
	{ "unknown state of a ticket", "{\"command\":\"list\",\"args\":{\"state\":\"lost\"}}", 64, "--state: there is no \"lost\"; there are received," },
	{ "a channel no ticket came by", "{\"command\":\"list\",\"args\":{\"channel\":\"lost\"}}", 64, "--channel: there is no \"lost\"; there are " },
	{ "no ids", "{\"command\":\"retry\"}", 64, "which entries?" },
	{ "ids that are texts", "{\"command\":\"retry\",\"args\":{\"ids\":[\"a\"]}}", 64, "a whole number" },
	{ "doctor of an unknown channel", "{\"command\":\"doctor\",\"args\":{\"channel\":\"x\"}}", 65, "there is no channel 'x'" },
	{ "reload without a supervisor", "{\"command\":\"reload\"}", 69, "does not offer" },
};
TEST(control_says_what_is_wrong)
{
	struct filling f = { .count = 3 };

	start(&f);
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		json_t *line = ask(wrong[i].request, NULL);

		test_row(wrong[i].row);
		CHECK_INT(json_int(line, "code", -1), wrong[i].code);
		if (strstr(json_text(line, "error"), wrong[i].want) == NULL) CHECK_STR(json_text(line, "error"), wrong[i].want);
		json_decref(line);
	}
	stop();
}

TEST(control_shows_one_ticket_and_the_supervisors_words)
{
	struct filling f = { .count = 3 };
	json_t *line, *result;

	start(&f);
	line = ask("{\"command\":\"show\",\"args\":{\"ticket\":\"202701-002\"}}", NULL);
	CHECK_STR(json_text(json_object_get(line, "result"), "number"), "202701-002");
	json_decref(line);
	line = ask("{\"command\":\"explain\",\"args\":{\"ticket\":\"202701-002\"}}", NULL);
	CHECK(json_object_get(json_object_get(line, "result"), "decisions") != NULL);
	json_decref(line);
	line = ask("{\"command\":\"status\"}", NULL);
	result = json_object_get(line, "result");
	CHECK_STR(json_text(result, "state"), "running");
	CHECK_INT(json_int(json_object_get(result, "counts"), "tickets", -1), 3);
	json_decref(line);
	line = ask("{\"command\":\"doctor\",\"args\":{\"channel\":\"form\"}}", NULL);
	CHECK_INT(json_array_size(json_object_get(line, "result")), 2);
	json_decref(line);
	line = ask("{\"command\":\"config\"}", NULL);
	CHECK_STR(json_string_value(json_object_get(line, "result")), "log: {level: info}\n");
	json_decref(line);
	stop();
}

static json_t *retry(int64_t id, bool uncertain)
{
	char request[160];
	json_t *line, *one;

	(void)snprintf(request, sizeof(request), "{\"command\":\"retry\",\"args\":{\"ids\":[%lld]%s}}", (long long)id, uncertain ? ",\"uncertain\":true" : "");
	line = ask(request, NULL);
	one = json_incref(json_array_get(json_object_get(line, "result"), 0));
	json_decref(line);
	return one;
}

TEST(control_retry_sends_an_uncertain_duty_only_when_told_so)
{
	struct filling f = { .count = 3 };
	json_t *one;

	start(&f);
	one = retry(f.uncertain_id, false);
	CHECK(json_is_false(json_object_get(one, "ok")));
	CHECK(strstr(json_text(one, "error"), "--uncertain") != NULL);
	json_decref(one);
	CHECK_INT(ask_size("{\"command\":\"outbox\",\"args\":{\"state\":\"uncertain\"}}"), 1);
	one = retry(f.failed_id, false);
	CHECK(json_is_true(json_object_get(one, "ok")));
	json_decref(one);
	one = retry(f.uncertain_id, true);
	CHECK(json_is_true(json_object_get(one, "ok")));
	json_decref(one);
	CHECK_INT(ask_size("{\"command\":\"outbox\",\"args\":{\"state\":\"pending\"}}"), 2);
	one = retry(f.failed_id, false);                /* it is pending now */
	CHECK(json_is_false(json_object_get(one, "ok")));
	json_decref(one);
	stop();
}
