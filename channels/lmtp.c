/* lmtp.c - takes mail from the local mail server: an LMTP server on Unix sockets and loopback addresses.
 *
 * A recipient hears 250 only after the commit of its own copy of the message (RFC 2033 section 4.2), and 451 when it could not be
 * stored: the mail server keeps it and comes again. Data ends at CRLF "." CRLF and nowhere else; a bare CR or LF is content.
 * Sources: RFC 2033 (LMTP), 5321 (grammar, limits), 1870 (SIZE), 6152 (8BITMIME), 6531 (SMTPUTF8), 2920 (PIPELINING), 3463 (codes).
 * Threads: run() accepts; each connection has a thread of its own that owns its struct session, and run() joins it: once run() has returned, the
 * core may unload this file. Shared: active and ended, under lock. */
#include <intaked/channel.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "net/unix_socket.h"

#define LISTENERS_MAX 8
#define BACKLOG 64
#define LINE_BYTES 4096                 /* a command with its CRLF; RFC 5321 asks for 512 and what extensions add */
#define INPUT_BYTES 65536               /* an ordinary mail comes with one call */
#define OUTPUT_BYTES 16384              /* replies beyond which they go out */
#define ADDRESS_MAX 512                 /* bytes; RFC 5321 4.5.3.1.3 says 256, SMTPUTF8 needs more */
#define RECIPIENTS_MAX 100              /* RFC 5321 4.5.3.1.8 */
#define IDLE_COMMANDS_MAX 100           /* commands since the last message that brought no message nearer */
#define ERRORS_MAX 20
#define CONNECTION_MS (60 * 60 * 1000)  /* after that the next command finds 421 */
#define WRITE_MS 30000
#define LAST_WRITE_MS 1000              /* the same for a client that does not read while we stop */
#define DATA_FACTOR 3                   /* the whole of DATA may take this many timeouts */
#define MEMORY_MAX (256u * 1024)        /* a message above this goes to a file without a name */
#define SOCKET_MODE 0660
#define THREAD_STACK (256u * 1024)

struct lmtp_conf {
	struct ik_list listen, recipients;
	int64_t max_size, connections, timeout;
	char *spool;
};
#define OPT(kind, field, ...) IK_OPTION(kind, struct lmtp_conf, field, __VA_ARGS__)
static const struct ik_option lmtp_options[] = {
	OPT(LIST, listen, .flags = IK_REQUIRED, .help = "Where mail is taken: unix:/path, 127.0.0.1:port or [::1]:port; loopback only."),
	OPT(LIST, recipients, .help = "Accepted recipients, full addresses or @domain; empty: everything the mail server sends here."),
	OPT(SIZE, max_size, .def = "25M", .min = 1024, .max = 1 << 30, .help = "Largest message, announced to the mail server."),
	OPT(COUNT, connections, .def = "32", .min = 1, .max = 1000, .help = "Connections at the same time."),
	OPT(DURATION, timeout, .def = "5m", .min = 1, .max = 3600, .help = "Time for one command; the content of a message may take three times as long."),
	OPT(PATH, spool, .def = "/var/tmp", .help = "Folder for large messages while they come in; they have no name there. Memory is used where that fails."),
	IK_OPTION_END
};

struct listener { int fd; char *path; };                /* path: of a Unix socket, removed at close */
struct ended { pthread_t thread; struct ended *next; }; /* a connection's thread that does no more than return */
struct lmtp {
	const struct ik_host *host;
	const struct lmtp_conf *conf;
	char name[256];                                 /* of this machine, for greetings */
	struct listener listeners[LISTENERS_MAX];
	size_t listener_count;
	pthread_mutex_t lock;
	pthread_cond_t left;                            /* a connection has ended */
	int64_t active;
	struct ended *ended;
};

/* ---- sockets ---- */

static enum ik_rc bind_and_listen(struct listener *l, const struct sockaddr *address, socklen_t size, const char *where, struct ik_error *err)
{
	const int one = 1;

	l->fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (l->fd < 0) return ik_fail_errno(err, "create socket for %s", where);
	(void)setsockopt(l->fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	return bind(l->fd, address, size) == 0 && listen(l->fd, BACKLOG) == 0 ? IK_OK : ik_fail_errno(err, "listen on %s", where);
}

static enum ik_rc listen_unix(struct listener *l, const char *path, struct ik_error *err)
{
	const enum ik_rc rc = unix_socket_listen(path, SOCKET_MODE, BACKLOG, &l->fd, err);

	if (rc == IK_OK) l->path = mem_text(path);
	return rc;
}

static enum ik_rc listen_tcp(struct listener *l, const char *where, struct ik_error *err)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6 };
	const char *colon = strrchr(where, ':');
	char host[64], *end;
	long port = colon != NULL ? strtol(colon + 1, &end, 10) : 0;
	const bool is_bracketed = where[0] == '[' && colon != NULL && colon > where && colon[-1] == ']';

	if (colon == NULL || colon[1] < '0' || colon[1] > '9' || *end != '\0' || port < 1 || port > 65535)
		return ik_fail(IK_CONFIG, err, "listen: \"%s\" is neither unix:/path nor address:port", where);
	(void)snprintf(host, sizeof(host), "%.*s", (int)(colon - where) - (is_bracketed ? 2 : 0), where + (is_bracketed ? 1 : 0));
	v4.sin_port = v6.sin6_port = htons((uint16_t)port);
	if (!is_bracketed && inet_pton(AF_INET, host, &v4.sin_addr) == 1 && ntohl(v4.sin_addr.s_addr) >> 24 == 127)
		return bind_and_listen(l, (const struct sockaddr *)&v4, sizeof(v4), where, err);
	if (is_bracketed && inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 && IN6_IS_ADDR_LOOPBACK(&v6.sin6_addr))
		return bind_and_listen(l, (const struct sockaddr *)&v6, sizeof(v6), where, err);
	return ik_fail(IK_CONFIG, err, "listen: \"%s\" is not a loopback address; LMTP has no authentication, let a mail server face the network", where);
}

static void lmtp_close(void *state)
{
	struct lmtp *l = state;

	for (size_t i = 0; i < l->listener_count; i++) {
		fd_close(&l->listeners[i].fd);
		if (l->listeners[i].path != NULL) (void)unlink(l->listeners[i].path);
		free(l->listeners[i].path);
	}
	(void)pthread_cond_destroy(&l->left);
	(void)pthread_mutex_destroy(&l->lock);
	l->host->free(l);
}

static enum ik_rc lmtp_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct lmtp *l = host->alloc(sizeof(*l));
	enum ik_rc rc = IK_OK;

	l->host = host;
	l->conf = conf;
	(void)pthread_mutex_init(&l->lock, NULL);
	(void)pthread_cond_init(&l->left, NULL);
	if (gethostname(l->name, sizeof(l->name) - 1) != 0 || l->name[0] == '\0') (void)snprintf(l->name, sizeof(l->name), "localhost");
	if (l->conf->listen.count == 0 || l->conf->listen.count > LISTENERS_MAX) rc = ik_fail(IK_CONFIG, err, "listen: 1 to %d places are needed", LISTENERS_MAX);
	for (size_t i = 0; rc == IK_OK && i < l->conf->listen.count; i++) {
		const char *where = l->conf->listen.item[i];
		struct listener *one = &l->listeners[l->listener_count++];

		*one = (struct listener){ .fd = -1 };
		rc = strncmp(where, "unix:", 5) == 0 ? listen_unix(one, where + 5, err) : listen_tcp(one, where, err);
	}
	if (rc == IK_OK) *state_r = l;
	else lmtp_close(l);
	return rc;
}

/* ---- a message on its way in ---- */

/* Where data is with respect to lines: RFC 5321 4.5.2 and nothing more lenient. */
enum data_state { AT_LINE_START, IN_LINE, AFTER_CR, AFTER_DOT, AFTER_DOT_CR, AT_END };

struct incoming {
	enum data_state state;
	struct buf memory;
	int fd;                         /* -1 while in memory */
	int64_t size, max;              /* bytes so far, whether kept or not; limit */
	bool has_failed;                /* could not be written: what follows is thrown away */
};

static int open_spool(const char *folder)
{
	const int fd = folder != NULL ? open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600) : -1;

	return fd >= 0 ? fd : memfd_create("lmtp", MFD_CLOEXEC);
}

static void keep(struct incoming *in, const char *folder, const char *data, size_t len)
{
	struct ik_error err;

	in->size += (int64_t)len;
	if (in->has_failed || in->size > in->max) return;
	if (in->fd < 0 && buf_add(&in->memory, data, len)) return;
	if (in->fd < 0) {
		in->fd = open_spool(folder);
		in->has_failed = in->fd < 0 || fd_write_all(in->fd, in->memory.data, in->memory.len, "spool", &err) != IK_OK;
		buf_release(&in->memory);
	}
	if (!in->has_failed) in->has_failed = fd_write_all(in->fd, data, len, "spool", &err) != IK_OK;
}

/* One byte outside the run of an ordinary line. */
static void take_byte(struct incoming *in, const char *folder, char c)
{
	const enum data_state was = in->state;

	switch (was) {
	case AT_LINE_START:
		if (c == '.') { in->state = AFTER_DOT; return; }
		break;
	case AFTER_CR:
		if (c == '\n') { keep(in, folder, "\r\n", 2); in->state = AT_LINE_START; return; }
		keep(in, folder, "\r", 1);
		break;
	case AFTER_DOT:
		if (c == '\r') { in->state = AFTER_DOT_CR; return; }
		break;
	case AFTER_DOT_CR:
		if (c == '\n') { in->state = AT_END; return; }
		keep(in, folder, "\r", 1);
		break;
	case IN_LINE: case AT_END: default:
		break;
	}
	in->state = c == '\r' ? AFTER_CR : IN_LINE;
	if (c != '\r') keep(in, folder, &c, 1);
}

/* The stretch from inside a line, or from a line that begins without a dot, which goes in as it is: up to the next line that begins with a dot
 * or is not there yet, or to a CR that may begin a line end. */
static size_t plain_run(const char *data, size_t len)
{
	const char *at = data;

	while ((at = memchr(at, '\n', len - (size_t)(at - data))) != NULL) {
		at++;
		if (at - data >= 2 && at[-2] == '\r' && (at == data + len || *at == '.')) return (size_t)(at - data);
	}
	return data[len - 1] == '\r' ? len - 1 : len;
}

/* Takes bytes until the end of the data; returns how many were used. */
static size_t take_data(struct incoming *in, const char *folder, const char *data, size_t len)
{
	size_t at = 0;

	while (at < len && in->state != AT_END) {
		const bool is_plain = in->state == IN_LINE || (in->state == AT_LINE_START && data[at] != '.');
		const size_t run = is_plain ? plain_run(data + at, len - at) : 0;

		if (run > 0) {
			keep(in, folder, data + at, run);
			at += run;
			in->state = run >= 2 && data[at - 2] == '\r' && data[at - 1] == '\n' ? AT_LINE_START : IN_LINE;
		} else {
			take_byte(in, folder, data[at++]);
		}
	}
	return at;
}

static void incoming_release(struct incoming *in)
{
	buf_release(&in->memory);
	fd_close(&in->fd);
}

/* ---- a connection ---- */

struct session {
	struct lmtp *l;
	int fd;
	char input[INPUT_BYTES];
	size_t start, end;              /* unread bytes of input */
	struct buf output;
	int64_t born_ms;
	bool is_over, has_greeted;
	int idle_commands, errors;

	bool has_sender, is_utf8;
	char sender[ADDRESS_MAX + 1];
	char *recipients[RECIPIENTS_MAX];
	size_t recipient_count;
};

static void flush(struct session *s)
{
	const int64_t start_ms = clock_mono_ms();
	size_t at = 0;

	while (at < s->output.len && !s->is_over) {
		const ssize_t put = send(s->fd, s->output.data + at, s->output.len - at, MSG_NOSIGNAL | MSG_DONTWAIT);
		struct pollfd p = { .fd = s->fd, .events = POLLOUT };

		if (put > 0) at += (size_t)put;
		else if (put < 0 && errno != EAGAIN && errno != EINTR) s->is_over = true;
		else if (clock_mono_ms() - start_ms >= (s->l->host->stopping(s->l->host) ? LAST_WRITE_MS : WRITE_MS)) s->is_over = true;
		else (void)poll(&p, 1, 200);
	}
	buf_clear(&s->output);
}

__attribute__((format(printf, 2, 3)))
static void reply(struct session *s, const char *fmt, ...)
{
	char line[ADDRESS_MAX + 256];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (line[0] == '5' && line[1] == '0') s->errors++;
	(void)buf_text(&s->output, line);
	(void)buf_text(&s->output, "\r\n");
	if (s->output.len > OUTPUT_BYTES) flush(s);
}

__attribute__((format(printf, 2, 3)))
static void say_goodbye(struct session *s, const char *fmt, ...)
{
	char line[256];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	reply(s, "%s", line);
	flush(s);
	s->is_over = true;
}

/* Waits for bytes of the client. False: the connection is over (told so where that makes sense). */
static bool fill(struct session *s, int64_t deadline_ms)
{
	struct pollfd p[] = { { .fd = s->fd, .events = POLLIN }, { .fd = s->l->host->stop_fd(s->l->host), .events = POLLIN } };
	const int64_t left_ms = deadline_ms - clock_mono_ms();
	ssize_t got;

	flush(s);
	if (s->is_over) return false;
	if (left_ms <= 0 || poll(p, 2, (int)left_ms) == 0) {
		say_goodbye(s, "421 4.4.2 %s waited too long, closing", s->l->name);
		return false;
	}
	if (p[1].revents != 0) {
		say_goodbye(s, "421 4.3.2 %s is stopping, come again", s->l->name);
		return false;
	}
	if (s->start > 0) memmove(s->input, s->input + s->start, s->end - s->start);
	s->end -= s->start;
	s->start = 0;
	got = recv(s->fd, s->input + s->end, sizeof(s->input) - s->end, MSG_DONTWAIT);
	if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) s->is_over = true;
	else if (got > 0) s->end += (size_t)got;
	return !s->is_over;
}

enum line_kind { LINE_GOOD, LINE_BAD, LINE_NONE };

/* A line without its CRLF. Too long, bare LF, control bytes: LINE_BAD with the reason. */
static enum line_kind check_line(const char *from, size_t len, char line_r[LINE_BYTES], const char **why_r)
{
	if (len < 2 || from[len - 2] != '\r') { *why_r = "500 5.5.2 a command ends with CRLF"; return LINE_BAD; }
	len -= 2;
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)from[i] < 0x20 || from[i] == 0x7F) { *why_r = "500 5.5.2 control character in a command"; return LINE_BAD; }
	if (!utf8_valid(from, len)) { *why_r = "500 5.5.2 a command is ASCII or UTF-8"; return LINE_BAD; }
	memcpy(line_r, from, len);
	line_r[len] = '\0';
	return LINE_GOOD;
}

static enum line_kind read_line(struct session *s, char line_r[LINE_BYTES], const char **why_r)
{
	const int64_t deadline_ms = clock_mono_ms() + s->l->conf->timeout * 1000;
	bool is_long = false;

	for (;;) {
		char *from = s->input + s->start;
		const size_t have = s->end - s->start;
		const char *lf = memchr(from, '\n', have);
		const size_t len = lf != NULL ? (size_t)(lf - from) + 1 : have;

		if (len > LINE_BYTES) is_long = true;
		if (lf != NULL || is_long) s->start += len;
		if (lf != NULL && is_long) { *why_r = "500 5.5.2 line too long"; return LINE_BAD; }
		if (lf != NULL) return check_line(from, len, line_r, why_r);
		if (!fill(s, deadline_ms)) return LINE_NONE;
	}
}

/* ---- commands ---- */

static void reset(struct session *s)
{
	s->has_sender = s->is_utf8 = false;
	while (s->recipient_count > 0) free(s->recipients[--s->recipient_count]);
}

/* The path behind MAIL FROM: or RCPT TO:, without brackets and source route (RFC 5321 4.1.2, appendix C). Returns what follows it,
 * or NULL: no path. A quoted local part may hold anything printable. */
static const char *parse_path(const char *at, char address_r[ADDRESS_MAX + 1])
{
	const char *start;
	bool is_quoted = false;

	at += strspn(at, " ");
	if (*at++ != '<') return NULL;
	if (*at == '@' && strchr(at, ':') != NULL) at = strchr(at, ':') + 1;
	for (start = at; *at != '\0' && (is_quoted || (*at != '>' && *at != ' ' && *at != '<')); at++) {
		if (*at == '\\' && is_quoted && at[1] != '\0') at++;
		else if (*at == '"') is_quoted = !is_quoted;
	}
	if (*at != '>' || at - start > ADDRESS_MAX) return NULL;
	memcpy(address_r, start, (size_t)(at - start));
	address_r[at - start] = '\0';
	at++;
	return *at == '\0' || *at == ' ' ? at : NULL;
}

static bool is_ascii(const char *text)
{
	while (*text > 0) text++;
	return *text == '\0';
}

static bool is_address(const char *text)
{
	const char *at = strrchr(text, '@');

	return at != NULL && at > text && at[1] != '\0' && strpbrk(at, " \"\\()<>,;") == NULL;
}

/* One parameter of MAIL. Returns the refusal, or NULL. */
static const char *mail_parameter(struct session *s, const char *word)
{
	if (strcasecmp(word, "SMTPUTF8") == 0) { s->is_utf8 = true; return NULL; }
	if (strcasecmp(word, "BODY=7BIT") == 0 || strcasecmp(word, "BODY=8BITMIME") == 0) return NULL;
	if (strncasecmp(word, "BODY=", 5) == 0) return "501 5.5.4 BODY is 7BIT or 8BITMIME";
	if (strncasecmp(word, "SIZE=", 5) == 0) {
		const size_t digits = strspn(word + 5, "0123456789");

		if (digits == 0 || digits > 20 || word[5 + digits] != '\0') return "501 5.5.4 SIZE is a number";
		if (digits > 18 || strtoll(word + 5, NULL, 10) > s->l->conf->max_size) return "552 5.3.4 message is too large";
		return NULL;
	}
	return "555 5.5.4 parameter is not supported";
}

static const char *mail_parameters(struct session *s, const char *at)
{
	char word[64];
	const char *refusal = NULL;

	while (refusal == NULL && *(at += strspn(at, " ")) != '\0') {
		const size_t len = strcspn(at, " ");

		if (len >= sizeof(word)) return "501 5.5.4 parameter is too long";
		memcpy(word, at, len);
		word[len] = '\0';
		refusal = mail_parameter(s, word);
		at += len;
	}
	return refusal;
}

static void do_mail(struct session *s, const char *rest)
{
	const char *after, *refusal;

	if (!s->has_greeted) { reply(s, "503 5.5.1 LHLO comes first"); return; }
	if (s->has_sender) { reply(s, "503 5.5.1 a message has begun already"); return; }
	after = strncasecmp(rest, "FROM:", 5) == 0 ? parse_path(rest + 5, s->sender) : NULL;
	if (after == NULL) { reply(s, "501 5.5.4 MAIL FROM:<address> is needed"); return; }
	refusal = mail_parameters(s, after);
	if (refusal == NULL && s->sender[0] != '\0' && !is_address(s->sender)) refusal = "501 5.1.7 sender is no address";
	if (refusal == NULL && !is_ascii(s->sender) && !s->is_utf8) refusal = "553 5.6.7 such a sender needs SMTPUTF8";
	if (refusal != NULL) {
		if (strncmp(refusal, "552", 3) == 0) s->l->host->refuse(s->l->host, "too large", s->sender);
		s->is_utf8 = false;
		reply(s, "%s", refusal);
		return;
	}
	s->has_sender = true;
	reply(s, "250 2.1.0 sender ok");
}

static bool is_wanted(const struct lmtp_conf *conf, const char *address)
{
	const char *domain = strrchr(address, '@');

	for (size_t i = 0; i < conf->recipients.count; i++) {
		const char *row = conf->recipients.item[i];

		if (strcasecmp(row, row[0] == '@' && domain != NULL ? domain : address) == 0) return true;
	}
	return conf->recipients.count == 0;
}

static void do_rcpt(struct session *s, const char *rest)
{
	char address[ADDRESS_MAX + 1];
	const char *after;

	if (!s->has_sender) { reply(s, "503 5.5.1 MAIL comes first"); return; }
	after = strncasecmp(rest, "TO:", 3) == 0 ? parse_path(rest + 3, address) : NULL;
	if (after == NULL) { reply(s, "501 5.5.4 RCPT TO:<address> is needed"); return; }
	if (after[strspn(after, " ")] != '\0') { reply(s, "555 5.5.4 parameter is not supported"); return; }
	if (!is_address(address)) { reply(s, "501 5.1.3 recipient is no address"); return; }
	if (!is_ascii(address) && !s->is_utf8) { reply(s, "553 5.6.7 such a recipient needs SMTPUTF8"); return; }
	if (!is_wanted(s->l->conf, address)) {
		s->l->host->refuse(s->l->host, "unknown recipient", address);
		reply(s, "550 5.1.1 <%s> does not live here", address);
		return;
	}
	if (s->recipient_count >= RECIPIENTS_MAX) { reply(s, "452 4.5.3 no more than %d recipients", RECIPIENTS_MAX); return; }
	s->recipients[s->recipient_count++] = mem_text(address);
	reply(s, "250 2.1.5 recipient ok");
}

/* Reads the content up to its end. False: the connection is over, and nothing was stored. */
static bool receive(struct session *s, struct incoming *in)
{
	const int64_t deadline_ms = clock_mono_ms() + s->l->conf->timeout * 1000 * DATA_FACTOR;

	for (;;) {
		s->start += take_data(in, s->l->conf->spool, s->input + s->start, s->end - s->start);
		if (in->state == AT_END) return true;
		if (!fill(s, deadline_ms)) return false;
	}
}

/* Stores one recipient's copy and answers for it. */
static void store(struct session *s, const struct incoming *in, const char *recipient)
{
	const struct ik_host *host = s->l->host;
	const struct ik_message m = { .form = IK_FORM_MAIL, .recipient = recipient, .envelope_from = s->sender,
		.raw = in->fd < 0 ? in->memory.data : NULL, .raw_fd = in->fd, .raw_size = in->size };
	struct ik_error err = { "" };
	const enum ik_rc rc = host->accept(host, &m, &err);

	if (rc == IK_OK || rc == IK_REJECT) {           /* in the store, or in quarantine: ours either way */
		reply(s, "250 2.6.0 <%s> taken", recipient);
	} else {
		host->log(host, IK_LOG_WARNING, "mail for <%s> could not be stored, the mail server keeps it: %s", recipient, err.text);
		reply(s, "451 4.3.0 <%s> cannot be stored now", recipient);
	}
	flush(s);
}

static void answer_data(struct session *s, const struct incoming *in)
{
	for (size_t i = 0; i < s->recipient_count; i++) {
		if (in->size > in->max) {
			s->l->host->refuse(s->l->host, "too large", s->recipients[i]);
			reply(s, "552 5.3.4 message is larger than %lld bytes", (long long)in->max);
		} else if (in->has_failed) {
			reply(s, "452 4.3.1 no room for the message now");
		} else if (in->size == 0) {
			s->l->host->refuse(s->l->host, "empty message", s->recipients[i]);
			reply(s, "554 5.6.0 message is empty");
		} else {
			store(s, in, s->recipients[i]);
		}
	}
}

static void do_data(struct session *s, const char *rest)
{
	struct incoming in = { .memory = BUF_INIT(MEMORY_MAX), .fd = -1, .max = s->l->conf->max_size };

	if (*rest != '\0') { reply(s, "501 5.5.4 DATA stands alone"); return; }
	if (!s->has_sender || s->recipient_count == 0) { reply(s, "503 5.5.1 no recipient yet"); return; }
	reply(s, "354 go on, end with a line that holds only a dot");
	if (receive(s, &in)) {
		if (in.has_failed) s->l->host->log(s->l->host, IK_LOG_WARNING, "no room to receive a message of %lld bytes", (long long)in.size);
		answer_data(s, &in);
		s->idle_commands = s->errors = 0;
	}
	incoming_release(&in);
	reset(s);
}

static void do_lhlo(struct session *s, const char *rest)
{
	if (*rest == '\0') { reply(s, "501 5.5.4 LHLO name is needed"); return; }
	reset(s);
	s->has_greeted = true;
	reply(s, "250-%s", s->l->name);
	reply(s, "250-PIPELINING");
	reply(s, "250-SIZE %lld", (long long)s->l->conf->max_size);
	reply(s, "250-8BITMIME");
	reply(s, "250-SMTPUTF8");
	reply(s, "250 ENHANCEDSTATUSCODES");
}

static void do_rset(struct session *s, const char *rest)
{
	(void)rest;
	reset(s);
	reply(s, "250 2.0.0 forgotten");
}

static void do_noop(struct session *s, const char *rest) { (void)rest; reply(s, "250 2.0.0 ok"); }
static void do_vrfy(struct session *s, const char *rest) { (void)rest; reply(s, "252 2.5.0 send it and see"); }
static void do_quit(struct session *s, const char *rest) { (void)rest; say_goodbye(s, "221 2.0.0 bye"); }
static void do_hello(struct session *s, const char *rest) { (void)rest; reply(s, "500 5.5.1 this is LMTP, say LHLO"); }

static const struct { const char *verb; void (*act)(struct session *, const char *rest); } commands[] = {
	{ "LHLO", do_lhlo }, { "MAIL", do_mail }, { "RCPT", do_rcpt }, { "DATA", do_data }, { "RSET", do_rset }, { "NOOP", do_noop },
	{ "VRFY", do_vrfy }, { "QUIT", do_quit }, { "HELO", do_hello }, { "EHLO", do_hello },
};

static void obey(struct session *s, const char *line)
{
	const size_t len = strcspn(line, " ");
	const char *rest = line + len + strspn(line + len, " ");

	for (size_t i = 0; i < COUNT_OF(commands); i++) {
		if (strlen(commands[i].verb) != len || strncasecmp(line, commands[i].verb, len) != 0) continue;
		commands[i].act(s, rest);
		return;
	}
	reply(s, "500 5.5.1 unknown command");
}

static void converse(struct session *s)
{
	char line[LINE_BYTES];
	const char *why = "";

	reply(s, "220 %s LMTP ready", s->l->name);
	while (!s->is_over) {
		const enum line_kind kind = read_line(s, line, &why);

		if (kind == LINE_NONE) break;
		if (kind == LINE_BAD) reply(s, "%s", why);
		else if (clock_mono_ms() - s->born_ms > CONNECTION_MS) say_goodbye(s, "421 4.3.2 connect again");
		else obey(s, line);
		if (!s->is_over && (++s->idle_commands > IDLE_COMMANDS_MAX + RECIPIENTS_MAX || s->errors > ERRORS_MAX))
			say_goodbye(s, "421 4.7.0 too many %s", s->errors > ERRORS_MAX ? "errors" : "commands without a message");
	}
	flush(s);
}

static void *session_main(void *arg)
{
	struct session *s = arg;
	struct lmtp *l = s->l;
	struct ended *e = mem_new(sizeof(*e));

	converse(s);
	reset(s);
	buf_release(&s->output);
	fd_close(&s->fd);
	free(s);
	e->thread = pthread_self();
	(void)pthread_mutex_lock(&l->lock);
	e->next = l->ended;
	l->ended = e;
	l->active--;
	(void)pthread_cond_signal(&l->left);
	(void)pthread_mutex_unlock(&l->lock);
	return NULL;
}

/* ---- the channel ---- */

static void join_ended(struct lmtp *l)
{
	struct ended *e, *next;

	(void)pthread_mutex_lock(&l->lock);
	e = l->ended;
	l->ended = NULL;
	(void)pthread_mutex_unlock(&l->lock);
	for (; e != NULL; e = next) {
		next = e->next;
		(void)pthread_join(e->thread, NULL);
		free(e);
	}
}

static bool start_session(struct lmtp *l, int fd)
{
	struct session *s = mem_new(sizeof(*s));
	pthread_attr_t attr;
	pthread_t thread;
	bool ok = pthread_attr_init(&attr) == 0;

	s->l = l;
	s->fd = fd;
	s->born_ms = clock_mono_ms();
	buf_init(&s->output, 4 * OUTPUT_BYTES);
	if (ok) {
		(void)pthread_attr_setstacksize(&attr, THREAD_STACK);
		ok = pthread_create(&thread, &attr, session_main, s) == 0;
		(void)pthread_attr_destroy(&attr);
	}
	if (!ok) free(s);
	return ok;
}

static void welcome(struct lmtp *l, int listen_fd)
{
	static const char busy[] = "421 4.3.2 too many connections, come again\r\n";
	int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
	bool has_room;

	if (fd < 0) {
		if (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS) (void)l->host->sleep_ms(l->host, 200);
		return;
	}
	join_ended(l);
	(void)pthread_mutex_lock(&l->lock);
	has_room = l->active < l->conf->connections;
	if (has_room) l->active++;
	(void)pthread_mutex_unlock(&l->lock);
	if (has_room && start_session(l, fd)) return;
	(void)send(fd, busy, sizeof(busy) - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	fd_close(&fd);
	if (!has_room) return;
	(void)pthread_mutex_lock(&l->lock);
	l->active--;
	(void)pthread_mutex_unlock(&l->lock);
}

static enum ik_rc lmtp_run(void *state, struct ik_error *err)
{
	struct lmtp *l = state;
	struct pollfd p[LISTENERS_MAX + 1];

	(void)err;
	for (size_t i = 0; i < l->listener_count; i++) p[i] = (struct pollfd){ .fd = l->listeners[i].fd, .events = POLLIN };
	p[l->listener_count] = (struct pollfd){ .fd = l->host->stop_fd(l->host), .events = POLLIN };
	while (!l->host->stopping(l->host)) {
		if (poll(p, l->listener_count + 1, -1) < 0 || p[l->listener_count].revents != 0) continue;
		for (size_t i = 0; i < l->listener_count; i++)
			if (p[i].revents != 0) welcome(l, p[i].fd);
	}
	(void)pthread_mutex_lock(&l->lock);
	while (l->active > 0) (void)pthread_cond_wait(&l->left, &l->lock);      /* each sees stop_fd by itself */
	(void)pthread_mutex_unlock(&l->lock);
	join_ended(l);
	return IK_OK;
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "lmtp", .summary = "Mail handed over by the local mail server (LMTP)",
	.options = lmtp_options, .conf_size = sizeof(struct lmtp_conf), .ack = IK_ACK_MAIL,
	.open = lmtp_open, .run = lmtp_run, .close = lmtp_close,
};
