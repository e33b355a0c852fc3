/* test_outbox_sink_jsonl.c - every delivered event is one whole line, whatever happened to the file before. */
#include "sinks/jsonl.c"
#include "sink_host.h"

struct open_file { struct sink_script script; struct ik_host host; struct jsonl_conf conf; void *state; char path[256]; };

static void open_at(struct open_file *o)
{
	struct ik_error err = { 0 };

	o->host = sink_host(&o->script);
	(void)snprintf(o->path, sizeof(o->path), "%s/events.jsonl", test_dir());
	o->conf.path = o->path;
	CHECK_INT(jsonl_open(&o->host, &o->conf, &o->state, &err), IK_OK);
}

static void put(struct open_file *o, size_t count, enum ik_rc want)
{
	json_t *ticket = a_ticket();
	struct ik_delivery d[8];

	for (size_t i = 0; i < count; i++) d[i] = a_delivery(ticket, 11);
	jsonl_deliver(o->state, d, count);
	for (size_t i = 0; i < count; i++) CHECK_INT(d[i].rc, want);
	json_decref(ticket);
}

/* Lines that are whole events; -1 when one is not. */
static int events_in(const char *path, int torn)
{
	FILE *in = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;
	ssize_t len;
	int n = 0;

	while (in != NULL && (len = getline(&line, &size, in)) > 0) {
		json_t *event = NULL;

		if (line[len - 1] != '\n') { n = -1; break; }
		if (json_parse(line, (size_t)len - 1, &event, NULL) != IK_OK) { if (torn-- > 0) continue; n = -1; break; }
		if (json_text(event, "key") == NULL || json_text(event, "event") == NULL || json_path(event, "ticket.number") == NULL) n = -1000;
		json_decref(event);
		n++;
	}
	free(line);
	if (in != NULL) fclose(in);
	return n;
}

TEST(each_event_is_one_line)
{
	struct open_file o = { 0 };

	open_at(&o);
	put(&o, 3, IK_OK);
	put(&o, 1, IK_OK);
	CHECK_INT(events_in(o.path, 0), 4);
	jsonl_close(o.state);
}

TEST(a_torn_line_stays_alone)
{
	struct open_file o = { 0 };
	int fd;

	open_at(&o);
	put(&o, 1, IK_OK);
	fd = open(o.path, O_WRONLY | O_APPEND);
	CHECK(write(fd, "{\"key\":\"half", 12) == 12);
	close(fd);
	put(&o, 2, IK_OK);
	CHECK_INT(events_in(o.path, 1), 3);
	jsonl_close(o.state);
}

TEST(a_file_that_was_moved_away_is_opened_anew)
{
	struct open_file o = { 0 };
	char moved[300];

	open_at(&o);
	put(&o, 2, IK_OK);
	(void)snprintf(moved, sizeof(moved), "%s.1", o.path);
	CHECK(rename(o.path, moved) == 0);
	put(&o, 1, IK_OK);
	CHECK_INT(events_in(o.path, 0), 1);
	CHECK_INT(events_in(moved, 0), 2);
	jsonl_close(o.state);
}

TEST(what_cannot_be_written_is_not_delivered)
{
	struct open_file o = { 0 };

	open_at(&o);
	(void)snprintf(o.path, sizeof(o.path), "/dev/full");
	put(&o, 2, IK_RETRY);
	(void)snprintf(o.path, sizeof(o.path), "%s/no/such/folder", test_dir());
	put(&o, 2, IK_CONFIG);
	jsonl_close(o.state);
}
