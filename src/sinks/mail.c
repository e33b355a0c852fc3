/* mail.c - forwards each message of a customer to a mailbox, so that any helpdesk that reads mail works.
 *
 * The customer's own text may be in it, since it goes to the company's own helpdesk; every header still passes the one header writer.
 * Message-ID and thread come from ticket and message, equal at every attempt, so that a repeat after an unclear answer is recognised.
 * Not marked as automatic: helpdesks drop automatic mail. The core adds the proof that it is ours. Thread: this instance's own outbox thread. */
#include <intaked/sink.h>

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/mime_write.h"

#define SUBJECT_MAX 200                 /* bytes of the customer's subject */
#define NAME_MAX_BYTES 60
#define HEAD_MAX 65536                  /* headers and the lines about the ticket */

struct mail_conf { char *to, *from, *from_name; bool attach_original; int64_t size_max; };
#define OPT(kind, field, ...) IK_OPTION(kind, struct mail_conf, field, __VA_ARGS__)
static const struct ik_option mail_options[] = {
	OPT(ADDRESS, to,              .flags = IK_REQUIRED, .help = "Mailbox of the helpdesk."),
	OPT(ADDRESS, from,            .flags = IK_REQUIRED, .help = "Address the mails come from; it must be one this site may send for."),
	OPT(STRING,  from_name,       .help = "Name beside it; the customer's name otherwise."),
	OPT(BOOL,    attach_original, .def = "yes", .help = "Attach the message as it came."),
	OPT(SIZE,    size_max,        .def = "20M", .min = 65536, .max = 60000000, .help = "Largest mail; a larger original is left out and named."),
	IK_OPTION_END
};

struct mail { const struct ik_host *host; const struct mail_conf *conf; };

/* One event, looked up in the ticket: everything borrowed from it. */
struct event {
	const char *number, *code, *subject;
	const char *name, *address;     /* of the customer; address NULL unless it is a plain one */
	const json_t *message;          /* that the event is about, NULL when it is not there any more */
	int64_t message_id, first_id;
	bool is_mail;
};

static enum ik_rc mail_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct mail *m = mem_new(sizeof(*m));

	*m = (struct mail){ .host = host, .conf = conf };
	*state_r = m;
	if (mime_address_ok(m->conf->to) && mime_address_ok(m->conf->from)) return IK_OK;
	free(m);
	return ik_fail(IK_CONFIG, err, "to or from is no plain mail address");
}

static void mail_close(void *state)
{
	free(state);
}

/* ---- reading the ticket ---------------------------------------------------------------------------------------------------- */

static const char *address_of(const json_t *customer)
{
	const json_t *handle;
	size_t i;

	json_array_foreach(json_object_get(customer, "handles"), i, handle) {
		const char *type = json_text(handle, "type"), *value = json_text(handle, "value");

		if (type != NULL && strcmp(type, "email") == 0 && mime_address_ok(value)) return value;
	}
	return NULL;
}

static struct event read_event(const json_t *ticket, int64_t message_id)
{
	const json_t *customer = json_object_get(ticket, "customer"), *message;
	const char *type = json_text(json_object_get(ticket, "channel"), "type");
	struct event e = { .number = json_text(ticket, "number"), .code = json_text(ticket, "code"), .subject = json_text(ticket, "subject"),
	                   .name = json_text(customer, "name"), .address = address_of(customer) };
	size_t i;

	json_array_foreach(json_object_get(ticket, "messages"), i, message) {
		const char *direction = json_text(message, "direction");

		if (direction == NULL || strcmp(direction, "in") != 0) continue;
		if (e.first_id == 0) e.first_id = json_int(message, "id", 0);
		if (message_id != 0 && json_int(message, "id", 0) != message_id) continue;
		e.message = message;
		e.message_id = json_int(message, "id", 0);
	}
	e.is_mail = type != NULL && (strcmp(type, "imap") == 0 || strcmp(type, "pop3") == 0 || strcmp(type, "lmtp") == 0);
	return e;
}

/* ---- headers ------------------------------------------------------------------------------------------------------------------ */

/* "TICKET.MESSAGE.KEY@host of the sender": the same for the same event. */
static char *own_id(const struct mail *m, const struct event *e, int64_t message_id)
{
	return mem_format("%s.%lld@%s", e->number, (long long)message_id, strchr(m->conf->from, '@') + 1);
}

static enum ik_rc put_subject(struct buf *b, const struct event *e, struct ik_error *err)
{
	struct buf subject = BUF_INIT(SUBJECT_MAX + 64);
	enum ik_rc rc;

	buf_format(&subject, "[%s] ", e->number);
	if (e->subject != NULL && *e->subject != '\0') mime_clean_line(&subject, e->subject, SUBJECT_MAX);
	else buf_text(&subject, "(no subject)");
	while (subject.len > 0 && subject.data[subject.len - 1] == ' ') subject.data[--subject.len] = '\0';
	rc = mime_header_text(b, "Subject", buf_str(&subject), err);
	buf_release(&subject);
	return rc;
}

static enum ik_rc put_from(struct buf *b, const struct mail *m, const struct event *e, struct ik_error *err)
{
	struct buf name = BUF_INIT(NAME_MAX_BYTES + 8);
	enum ik_rc rc;

	if (m->conf->from_name != NULL) buf_text(&name, m->conf->from_name);
	else if (e->name != NULL) mime_clean_line(&name, e->name, NAME_MAX_BYTES);
	rc = mime_header_mailbox(b, "From", buf_str(&name), m->conf->from, err);
	buf_release(&name);
	return rc;
}

static enum ik_rc put_thread(struct buf *b, const struct mail *m, const struct event *e, const char *id, struct ik_error *err)
{
	char *first = own_id(m, e, e->first_id);
	const char *const parent = first;
	enum ik_rc rc = mime_header_ids(b, "Message-ID", &id, 1, err);

	if (rc == IK_OK && strcmp(first, id) != 0) {
		rc = mime_header_ids(b, "In-Reply-To", &parent, 1, err);
		if (rc == IK_OK) rc = mime_header_ids(b, "References", &parent, 1, err);
	}
	free(first);
	return rc;
}

static enum ik_rc put_headers(struct buf *b, const struct mail *m, const struct event *e, const struct ik_delivery *d, struct ik_error *err)
{
	char *id = own_id(m, e, e->message_id);
	enum ik_rc rc = mime_id_ok(id) ? mime_header_date(b, m->host->now(m->host), err) : ik_fail(IK_REJECT, err, "ticket without a usable number");

	if (rc == IK_OK) rc = put_from(b, m, e, err);
	if (rc == IK_OK) rc = mime_header_mailbox(b, "To", NULL, m->conf->to, err);
	if (rc == IK_OK && e->address != NULL) rc = mime_header_mailbox(b, "Reply-To", NULL, e->address, err);
	if (rc == IK_OK) rc = put_subject(b, e, err);
	if (rc == IK_OK) rc = put_thread(b, m, e, id, err);
	if (rc == IK_OK) rc = mime_header(b, "X-Auto-Response-Suppress", "All", err);
	if (rc == IK_OK) rc = mime_header(b, "X-Intaked-Key", d->key, err);
	if (rc == IK_OK) rc = mime_header(b, "X-Intaked-Number", e->number, err);
	if (rc == IK_OK) rc = mime_header(b, "MIME-Version", "1.0", err);
	free(id);
	return rc;
}

/* ---- body ------------------------------------------------------------------------------------------------------------------------ */

static void add_fact(struct buf *b, const char *what, const char *value)
{
	if (value == NULL || *value == '\0') return;
	buf_format(b, "%s: ", what);
	mime_clean_line(b, value, SUBJECT_MAX);
	buf_char(b, '\n');
}

static void write_text(struct buf *text, const json_t *ticket, const struct event *e, const char *note)
{
	static const struct { const char *what, *key; } facts[] = {
		{ "Number", "number" }, { "Code", "code" }, { "Received", "received_at" }, { "First response due", "first_response_due" },
		{ "Severity", "severity" }, { "Category", "category" }, { "Order", "order_number" },
	};
	const char *words = e->message != NULL ? json_text(e->message, "text") : NULL;
	const json_t *one;
	size_t i;

	if (words != NULL) buf_text(text, words);
	buf_text(text, "\n\n-- \n");
	for (i = 0; i < COUNT_OF(facts); i++) add_fact(text, facts[i].what, json_text(ticket, facts[i].key));
	add_fact(text, "Channel", json_text(json_object_get(ticket, "channel"), "name"));
	add_fact(text, "Customer", e->name);
	add_fact(text, "Address", e->address);
	if (e->message != NULL) {
		json_array_foreach(json_object_get(e->message, "attachments"), i, one) add_fact(text, "Attachment", json_text(one, "name"));
	}
	add_fact(text, "Note", note);
}

/* The boundary comes from the key: no text can contain it by chance, and a repeat is byte for byte the same. */
static void boundary_of(const char *key, char boundary_r[48])
{
	const struct bytes pieces[] = { { "mail boundary", 13 }, { key, strlen(key) } };
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];

	sha256(pieces, 2, digest);
	(void)snprintf(boundary_r, 48, "=_%.40s", hex_encode(digest, sizeof(digest), hex));
}

/* A clean mail is attached as what it is; anything else as bytes, since message/rfc822 must not be base64 (RFC 2046 section 5.2.1). */
static void attach(struct buf *b, const char *boundary, const void *raw, size_t size, bool is_mail)
{
	const bool is_clean = is_mail && size > 0 && mime_is_plain(raw, size) && memmem(raw, size, boundary, strlen(boundary)) == NULL;

	buf_format(b, "--%s\r\nContent-Type: %s\r\nContent-Disposition: attachment; filename=\"original.%s\"\r\nContent-Transfer-Encoding: %s\r\n\r\n",
	           boundary, is_clean ? "message/rfc822" : "application/octet-stream", is_mail ? "eml" : "bin", is_clean ? "7bit" : "base64");
	if (is_clean) buf_add(b, raw, size);
	else mime_base64(b, raw, size);
}

static void put_body(struct buf *b, const char *key, const char *text, const void *raw, size_t size, bool is_mail)
{
	char boundary[48];

	if (raw == NULL) {
		mime_plain_text(b, text);
		return;
	}
	boundary_of(key, boundary);
	buf_format(b, "Content-Type: multipart/mixed; boundary=\"%s\"\r\n\r\n--%s\r\n", boundary, boundary);
	mime_plain_text(b, text);
	attach(b, boundary, raw, size, is_mail);
	buf_format(b, "\r\n--%s--\r\n", boundary);
}

/* ---- alarms -------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc put_alarm_headers(struct buf *b, const struct mail *m, const struct ik_delivery *d, struct ik_error *err)
{
	const char *kind = json_text(d->ticket, "kind"), *number = json_text(d->ticket, "number");
	char *id = mem_format("alarm.%s@%s", d->key, strchr(m->conf->from, '@') + 1);
	char *subject = mem_format("[alarm] %s: %s%s%s", kind, json_text(d->ticket, "text"), number != NULL ? " " : "", number != NULL ? number : "");
	const char *const ids[] = { id };
	enum ik_rc rc = mime_header_date(b, m->host->now(m->host), err);

	if (rc == IK_OK) rc = mime_header_mailbox(b, "From", m->conf->from_name, m->conf->from, err);
	if (rc == IK_OK) rc = mime_header_mailbox(b, "To", NULL, m->conf->to, err);
	if (rc == IK_OK) rc = mime_header_text(b, "Subject", subject, err);
	if (rc == IK_OK) rc = mime_header_ids(b, "Message-ID", ids, 1, err);
	if (rc == IK_OK) rc = mime_header(b, "Auto-Submitted", "auto-generated", err);
	if (rc == IK_OK) rc = mime_header(b, "X-Intaked-Key", d->key, err);
	if (rc == IK_OK) rc = mime_header(b, "MIME-Version", "1.0", err);
	free(id);
	free(subject);
	return rc;
}

/* Evidence is ours, but a word of it may be a customer's: one clean line each. */
static void write_alarm(struct buf *text, const json_t *alarm)
{
	static const struct { const char *what, *key; } facts[] = {
		{ "Alarm", "text" }, { "警报", "text_zh" }, { "What to do", "remedy" }, { "Ticket", "number" }, { "About", "key" },
		{ "Raised", "raised_at" },
	};
	const char *key;
	json_t *value;

	for (size_t i = 0; i < COUNT_OF(facts); i++) add_fact(text, facts[i].what, json_text(alarm, facts[i].key));
	buf_char(text, '\n');
	json_object_foreach(json_object_get(alarm, "evidence"), key, value) {
		char *shown = json_is_string(value) ? mem_text(json_string_value(value)) : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

		add_fact(text, key, shown);
		free(shown);
	}
}

static enum ik_rc compose_alarm(const struct mail *m, const struct ik_delivery *d, struct buf *b, struct ik_error *err)
{
	struct buf text = BUF_INIT(HEAD_MAX);
	enum ik_rc rc = json_text(d->ticket, "kind") != NULL && json_text(d->ticket, "text") != NULL ? IK_OK : ik_fail(IK_REJECT, err, "alarm without a kind");

	if (rc == IK_OK) rc = put_alarm_headers(b, m, d, err);
	if (rc == IK_OK) {
		write_alarm(&text, d->ticket);
		mime_plain_text(b, buf_str(&text));
		rc = buf_check(b, "mail about an alarm", err);
	}
	if (rc == IK_OK) rc = mime_check(b->data, b->len, err);
	buf_release(&text);
	return rc;
}

/* ---- delivery ---------------------------------------------------------------------------------------------------------------------- */

/* The original, unless it is not wanted, not there or too large; note_r then says so in the mail. */
static void fetch_original(const struct mail *m, const struct event *e, void **raw_r, size_t *size_r, const char **note_r)
{
	const size_t room = (size_t)m->conf->size_max / 4 * 3 * 19 / 20 - HEAD_MAX / 2;         /* base64 and its line ends, and the text */
	struct ik_error err = { 0 };
	enum ik_rc rc;

	if (!m->conf->attach_original || e->message_id == 0) return;
	rc = m->host->original(m->host, e->message_id, room, raw_r, size_r, &err);
	if (rc == IK_OK) return;
	*raw_r = NULL;
	*note_r = "the original is too large for this mail, or there is none; it is kept in the gateway";
}

static enum ik_rc compose(const struct mail *m, const struct ik_delivery *d, const struct event *e, struct buf *b, struct ik_error *err)
{
	struct buf text = BUF_INIT(4u * 1024 * 1024);
	const char *note = NULL;
	void *raw = NULL;
	size_t size = 0;
	enum ik_rc rc = put_headers(b, m, e, d, err);

	if (rc == IK_OK) {
		fetch_original(m, e, &raw, &size, &note);
		write_text(&text, d->ticket, e, note);
		put_body(b, d->key, buf_str(&text), raw, size, e->is_mail);
		rc = buf_check(b, "mail to the helpdesk", err);
	}
	if (rc == IK_OK) rc = mime_check(b->data, b->len, err);
	m->host->free(raw);
	buf_release(&text);
	return rc;
}

static void deliver_one(const struct mail *m, struct ik_delivery *d)
{
	struct buf b = BUF_INIT((size_t)m->conf->size_max + HEAD_MAX);
	const struct event e = read_event(d->ticket, d->message_id);

	if (strcmp(d->event, "alarm.raised") == 0) d->rc = compose_alarm(m, d, &b, &d->err);
	else d->rc = e.number != NULL ? compose(m, d, &e, &b, &d->err) : ik_fail(IK_REJECT, &d->err, "ticket without a number");
	if (d->rc == IK_OK) d->rc = m->host->mail(m->host, m->conf->from, m->conf->to, b.data, b.len, d->key, &d->uncertain, &d->err);
	buf_release(&b);
}

static void mail_deliver(void *state, struct ik_delivery *deliveries, size_t count)
{
	for (size_t i = 0; i < count; i++) deliver_one(state, &deliveries[i]);
}

IK_EXPORT const struct ik_sink intaked_sink = {
	.abi = IK_SINK_ABI, .size = sizeof(intaked_sink), .name = "mail", .summary = "Forwards every message, or alarms, to a mailbox: works with any helpdesk that reads mail",
	.options = mail_options, .conf_size = sizeof(struct mail_conf), .batch_max = 1,
	.open = mail_open, .deliver = mail_deliver, .close = mail_close,
};
