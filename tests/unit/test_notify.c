/* test_notify.c - which way a notice goes: the chat while its window is open, then another verified mail address, then none. */
#include "pipeline/notify.h"

#include "store/progress.h"
#include "store_fixture.h"
#include "test.h"

static const struct pipeline_account chat = { .name = "web", .type = "test", .ack = IK_ACK_REPLY, .can_reply = true, .acknowledge = true };

static const struct pipeline_account *account(void *arg, const char *name)
{
	(void)arg;
	return strcmp(name, chat.name) == 0 ? &chat : NULL;
}

struct way_row {
	const char *row, *ack_reason;
	int64_t until, left;            /* until relative to now; left -1: no limit */
	bool has_mail;
	const char *target, *event;     /* "" when nothing is sent; the history's last event, "" for none */
};
static const struct way_row ways[] = {
	{ "no window",                     "allowed",           0,   -1, false, "ack:web",  "" },
	{ "48 hours, five answers",        "allowed",           100,  5, true,  "ack:web",  "" },
	{ "the last answer",               "allowed",           100,  1, false, "ack:web",  "" },
	{ "window over",                   "allowed",           -1,   5, false, "",         "notice.withheld" },
	{ "window over, other address",    "allowed",           -1,   5, true,  "ack:mail", "notice.rerouted" },
	{ "no answer left, other address", "allowed",           100,  0, true,  "ack:mail", "notice.rerouted" },
	{ "closed from the start",         "window-closed",     -1,   5, true,  "ack:mail", "notice.rerouted" },
	{ "limit of the moment",           "limit-global-hour", 0,   -1, false, "ack:web",  "" },
	{ "a robot",                       "vendor",            0,   -1, false, "",         "notice.withheld" },
};

struct step { const struct way_row *row; int64_t ticket; int64_t left_after; };

static enum ik_rc run(struct store_tx *tx, void *arg, struct ik_error *err)
{
	struct step *s = arg;
	static const struct notice_conf notices = { .enabled = true, .resolved = true, .per_day = 100 };
	static const struct ack_conf ack = { .enabled = true, .per_address_hour = 100, .per_address_day = 100, .per_domain_hour = 100, .global_hour = 100 };
	const struct pipeline_setup setup = { .ack = &ack, .notices = &notices, .account = account };
	const struct notify n = { .ticket_id = s->ticket, .event = EVENT_RESOLVED, .nth = 1, .at = NOW };
	struct store_progress p;
	enum ik_rc rc = store_get_progress(tx, s->ticket, &p, err);

	if (rc != IK_OK) return rc;
	(void)snprintf(p.ack_reason, sizeof(p.ack_reason), "%s", s->row->ack_reason);
	(void)snprintf(p.conversation, sizeof(p.conversation), "room-1");
	p.reply_until = s->row->until != 0 ? NOW + s->row->until : 0;
	p.replies_left = s->row->left;
	if (s->row->has_mail) rc = store_contact(tx, "email", "li@example.org", "Li", "en", true, NOW, &p.contact_id, err);
	else p.contact_id = 0;
	return rc == IK_OK ? notify(tx, &setup, &p, &n, err) : rc;
}

TEST(a_notice_goes_the_open_way_and_says_when_it_took_another)
{
	for (size_t i = 0; i < COUNT_OF(ways); i++) {
		const struct store_conf conf = small_store(test_dir());
		struct store *store = opened(&conf);
		struct taken t = a_message("one");
		struct step s = { .row = &ways[i] };
		struct store_reader *r;
		json_t *told = NULL;
		const char *target = "", *last = "";

		test_row(ways[i].row);
		CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
		s.ticket = t.ticket.id;
		CHECK_INT(store_call(store, run, &s, NULL), IK_OK);
		r = reading(store);
		CHECK_INT(read_decisions(r, t.ticket.id, &told, NULL), IK_OK);
		for (size_t k = 0; k < json_array_size(json_object_get(told, "duties")); k++) {
			const json_t *duty = json_array_get(json_object_get(told, "duties"), k);

			if (strcmp(json_text(duty, "kind"), "notice") == 0) target = json_text(duty, "target");
		}
		for (size_t k = 0; k < json_array_size(json_object_get(told, "history")); k++) {
			const char *event = json_text(json_array_get(json_object_get(told, "history"), k), "event");

			if (strncmp(event, "notice.", 7) == 0) last = event;
		}
		CHECK_STR(target, ways[i].target);
		CHECK_STR(last, ways[i].event);
		json_decref(told);
		store_reader_close(&r);
		store_close(&store);
	}
}

TEST(the_same_event_is_never_told_twice)
{
	const struct store_conf conf = small_store(test_dir());
	struct store *store = opened(&conf);
	struct taken t = a_message("one");
	struct step s = { .row = &ways[0] };

	CHECK_INT(store_call(store, take, &t, NULL), IK_OK);
	s.ticket = t.ticket.id;
	CHECK_INT(store_call(store, run, &s, NULL), IK_OK);
	CHECK(store_call(store, run, &s, NULL) != IK_OK);
	store_close(&store);
}
