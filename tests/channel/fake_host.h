/* fake_host.h - a core for channel tests: loads build/channels/NAME.so (folder in TEST_BUILD, default "build"), fills its options,
 * gives it a struct ik_host that records every offer, answers by a script, keeps cursors in memory and answers HTTP from rows.
 *
 *	struct fake *f = fake_new("telegram");
 *	fake_set(f, "token", "123:abc");                 key of the option table; a LIST key repeated adds items; "map.key", "section.key"
 *	fake_http(f, &(struct fake_http){ .url = "/getUpdates", .status = 200, .body = "{...}" });
 *	CHECK_INT(fake_open(f), IK_OK);
 *	CHECK_INT(fake_poll(f), IK_OK);                  or fake_start(f) ... fake_stop(f) for run, fake_request() for request
 *	CHECK_STR(fake_message(f, 0)->text, "hello");
 *	fake_free(&f);
 *
 * Answers are given by a thread of the fake's own, like the core's. Everything may be called while run() is going on. */
#ifndef TESTS_CHANNEL_FAKE_HOST_H
#define TESTS_CHANNEL_FAKE_HOST_H

#include <intaked/channel.h>

struct fake;

/* What was offered, accepted or set aside, copied; in the order of the commits. Texts are NULL where the channel gave NULL. */
struct fake_part { char *name, *content_type, *data; size_t size; };
struct fake_message {
	enum ik_rc rc;                                  /* as it was answered */
	enum ik_form form;
	char *source_id, *recipient, *envelope_from, *conversation, *sender_type, *sender, *sender_name, *language, *brand,
	     *subject, *text, *order_number, *cursor_name, *cursor_value, *client;
	bool sender_verified, is_automatic, is_repeat, is_single_use, is_other_content;
	int64_t sent_at;
	char *raw;                                      /* NUL behind raw_size bytes; also read from raw_fd */
	size_t raw_size;
	bool was_fd;
	struct fake_part *parts;
	size_t part_count;
	char *set_aside;                                /* the reason when it came by set_aside(), else NULL */
};

/* One scripted HTTP answer. Each is used once, in order, unless repeat; url must occur in the requested URL (NULL: any). A call
 * that fits no row fails the test through fake_problem(). */
struct fake_http {
	const char *method, *url;
	enum ik_rc rc;                                  /* IK_RETRY: no answer came */
	int status;
	const char *body;
	bool was_sent, repeat;
	int64_t retry_after_s;                          /* 0: absent */
};
struct fake_call { char *method, *url, *bearer, *content_type, *body, *headers; size_t body_len; };  /* headers joined by LF */

struct fake_pair { const char *name, *value; };         /* rows end with name NULL */
struct fake_request {
	const char *method, *rest, *peer;               /* NULL: "POST", "", "192.0.2.1" */
	const char *body;
	size_t body_len;                                /* 0: strlen(body) */
	const struct fake_pair *headers, *query;
	const struct ik_field *fields;
	size_t field_count;
};
struct fake_response { enum ik_rc rc; int status; char content_type[128], location[512]; char *body; size_t body_len; int64_t retry_after_s; char headers[1024]; };

/* fake_new() - loads the plugin; aborts the test run when it cannot be loaded. fake_free() stops, closes and releases. */
struct fake *fake_new(const char *plugin);
void fake_free(struct fake **f);
const struct ik_channel *fake_channel(struct fake *f);
const struct ik_host *fake_table(struct fake *f);
void *fake_state(struct fake *f);                       /* what open() returned */

/* fake_set() - one option, as a text like in the configuration file; before fake_open(). SECRET: the secret itself. */
void fake_set(struct fake *f, const char *key, const char *value);
void fake_set_cursor(struct fake *f, const char *name, const char *value);
const char *fake_cursor(struct fake *f, const char *name);      /* "" when there is none; also those that came with messages */
void fake_set_known(struct fake *f, const char *source_id);     /* as if stored in an earlier run */
void fake_set_now(struct fake *f, int64_t now_at);
void fake_set_recent(struct fake *f, int64_t count);             /* what recent() says of every client */

/* fake_open() - fills the options (defaults first) and calls open(). A bad or missing option is IK_CONFIG as well. */
enum ik_rc fake_open(struct fake *f);
enum ik_rc fake_poll(struct fake *f);
enum ik_rc fake_test(struct fake *f);
/* fake_start() - run() on a thread of its own. fake_stop() makes stop_fd readable and returns what run() returned. */
void fake_start(struct fake *f);
enum ik_rc fake_stop(struct fake *f);
bool fake_is_running(struct fake *f);                   /* false once run() has returned */
void fake_ask_stop(struct fake *f);                     /* only makes stop_fd readable */
/* fake_request() - request(), the commits of its messages, then answered() or the core's default. Free response_r->body. */
enum ik_rc fake_request(struct fake *f, const struct fake_request *request, struct fake_response *response_r);
const char *fake_error(struct fake *f);                 /* err.text of the last call above */

/* fake_strict() - as the core does: after a failure every later offer is IK_RETRY until the plugin settles. */
void fake_strict(struct fake *f);
/* fake_no_token() - access_token() has none from now on; before, the first token is "token-1". */
void fake_no_token(struct fake *f);
/* fake_answer() - the next message (in order of arrival) is answered rc with this text; without a script: IK_OK. */
void fake_answer(struct fake *f, enum ik_rc rc, const char *text);
/* fake_hold() - while true no message is committed or answered: for "no reply before the commit". */
void fake_hold(struct fake *f, bool hold);
void fake_http(struct fake *f, const struct fake_http *row);    /* texts are copied */

size_t fake_count(struct fake *f);                      /* messages decided so far, repeats and set aside ones included; each counts before it is answered */
size_t fake_waiting(struct fake *f);                    /* handed over, not answered yet */
/* fake_wait() - until fake_count() is at least n; false after PATIENCE_MS. fake_wait_waiting() - the same for fake_waiting(). */
bool fake_wait(struct fake *f, size_t n);
bool fake_wait_waiting(struct fake *f, size_t n);
const struct fake_message *fake_message(struct fake *f, size_t i);      /* lives until fake_free(); aborts when i is too large */
size_t fake_call_count(struct fake *f);
const struct fake_call *fake_call(struct fake *f, size_t i);
size_t fake_refused(struct fake *f);                    /* calls of refuse() */
const char *fake_refusal(struct fake *f, size_t i);     /* "reason: detail" */
bool fake_logged(struct fake *f, const char *part);     /* whether a log line holds this text */
size_t fake_log_lines(struct fake *f);                  /* how many there are */
int64_t fake_slept_ms(struct fake *f);                  /* sum of what was asked of sleep_ms (it returns after 2 ms or on stop) */
size_t fake_problems(struct fake *f);                   /* contract broken by the plugin (calls without a row, bad UTF-8, message without text, threads behind run()); 0 in a good test */
const char *fake_problem(struct fake *f);               /* the first, "" when there is none */

#endif
