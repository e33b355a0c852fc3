/* mailbox_curl.c - the libcurl side of mailbox_curl.h. Needs libcurl 7.85 or newer.
 *
 * libcurl decodes %XX in custom commands, so '%' is sent as "%25"; it re-opens a dead connection by itself, which the
 * open-socket callback refuses unless the call allows it. */
#include "net/mailbox_curl.h"

#include <curl/curl.h>
#include <dirent.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <intaked/message.h>
#include "base/clock.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "net/oauth2.h"

#define CONNECT_S 20
#define SAID_MAX 200

struct mailbox {
	const struct ik_host *host;
	struct mailbox_conf conf;
	CURL *easy;
	char *base;                     /* scheme://host[:port] */
	char *name;                     /* host[:port], for texts */
	char problem[CURL_ERROR_SIZE];
	char said[SAID_MAX];
	const struct mailbox_call *call;
	bool may_connect;               /* of the last call */
	bool was_denied;                /* libcurl wanted a connection that the call did not allow */
	bool has_xoauth2;               /* the server offered it */
	SSL *tls;                       /* of the connection on which the call is; NULL: none, or not OpenSSL's */
	enum ik_rc token_rc;            /* why there was no token, or no turn to log in, for the last call */
	struct ik_error token_err;
};

enum ik_rc mailbox_check_text(const char *what, const char *text, size_t max, struct ik_error *err)
{
	const size_t len = strlen(text);

	if (len == 0 || len > max) return ik_fail(IK_CONFIG, err, "%s: expected 1 to %zu bytes", what, max);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) return ik_fail(IK_CONFIG, err, "%s: holds a control character", what);
	return utf8_valid(text, len) ? IK_OK : ik_fail(IK_CONFIG, err, "%s: is not UTF-8", what);
}

/* ---- callbacks of libcurl ---- */

/* Printable ASCII and valid UTF-8 stay; everything else comes out as \xNN. */
static void say(char *text_r, size_t room, const char *line, size_t len)
{
	const bool is_text = utf8_valid(line, len);
	size_t n = 0;

	for (size_t i = 0; i < len && n + 5 < room; i++) {
		const unsigned char c = (unsigned char)line[i];

		if (c >= 0x20 && c != 0x7f && (c < 0x80 || is_text)) text_r[n++] = (char)c;
		else n += (size_t)snprintf(text_r + n, room - n, "\\x%02x", c);
	}
	while (n > 0 && !utf8_valid(text_r, n)) n--;    /* a character cut in two */
	text_r[n] = '\0';
}

static bool starts(const char *line, size_t len, const char *word)
{
	const size_t n = strlen(word);

	return len >= n && strncasecmp(line, word, n) == 0;
}

/* "A003 NO ...", "* BYE ...", "-ERR ...": the tags are libcurl's, a letter and three digits. */
static bool is_refusal(const char *line, size_t len)
{
	if (starts(line, len, "-ERR") || starts(line, len, "* BYE")) return true;
	return len > 8 && line[0] >= 'A' && line[0] <= 'Z' && line[4] == ' ' && (starts(line + 5, len - 5, "NO ") || starts(line + 5, len - 5, "BAD "));
}

/* Asked for here, since libcurl tells it to callbacks alone. */
static SSL *tls_of(CURL *easy)
{
	struct curl_tlssessioninfo *session = NULL;

	if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &session) != CURLE_OK || session == NULL) return NULL;
	return session->backend == CURLSSLBACKEND_OPENSSL ? session->internals : NULL;
}

static size_t on_line(char *line, size_t size, size_t count, void *arg)
{
	struct mailbox *m = arg;
	size_t len = size * count;
	const size_t all = len;

	while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r')) len--;
	m->tls = tls_of(m->easy);
	m->has_xoauth2 |= memmem(line, len, "XOAUTH2", 7) != NULL;
	if (m->said[0] == '\0' && is_refusal(line, len)) say(m->said, sizeof(m->said), line, len);
	return m->call->line == NULL || m->call->line(m->call->arg, line, len) ? all : 0;
}

static size_t on_data(char *data, size_t size, size_t count, void *arg)
{
	const struct mailbox *m = arg;

	return m->call->take == NULL || m->call->take(m->call->arg, data, size * count) ? size * count : 0;
}

static int on_progress(void *arg, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
	const struct mailbox *m = arg;

	(void)down_all; (void)down; (void)up_all; (void)up;
	return m->host->stopping(m->host) ? 1 : 0;
}

static curl_socket_t on_socket(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
	struct mailbox *m = arg;

	(void)purpose;
	if (!m->may_connect) {
		m->was_denied = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* ---- set-up ---- */

static enum ik_rc part(CURLU *url, CURLUPart what, char **text_r, struct ik_error *err)
{
	const CURLUcode code = curl_url_get(url, what, text_r, 0);

	if (code == CURLUE_OK || code == CURLUE_NO_PORT || code == CURLUE_NO_USER || code == CURLUE_NO_PASSWORD || code == CURLUE_NO_QUERY ||
	    code == CURLUE_NO_FRAGMENT || code == CURLUE_NO_OPTIONS)
		return IK_OK;
	return ik_fail(IK_CONFIG, err, "server: %s", curl_url_strerror(code));
}

/* Only scheme, host and port may stand in the server URL: user and folder are options of their own. */
static enum ik_rc refuse_extras(CURLU *url, struct ik_error *err)
{
	static const CURLUPart extras[] = { CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT, CURLUPART_PATH };
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && i < COUNT_OF(extras); i++) {
		char *text = NULL;

		rc = part(url, extras[i], &text, err);
		if (rc == IK_OK && text != NULL && text[0] != '\0' && strcmp(text, "/") != 0)
			rc = ik_fail(IK_CONFIG, err, "server: only scheme://host[:port] is expected");
		curl_free(text);
	}
	return rc;
}

static bool is_listed(const char *list, const char *word)
{
	const size_t len = strlen(word);

	for (const char *at = list; at != NULL; at = strchr(at, ',')) {
		if (*at == ',') at++;
		if (strncmp(at, word, len) == 0 && (at[len] == ',' || at[len] == '\0')) return true;
	}
	return false;
}

static enum ik_rc read_server(struct mailbox *m, struct ik_error *err)
{
	CURLU *url = curl_url();
	char *scheme = NULL, *host = NULL, *port = NULL;
	const CURLUcode code = curl_url_set(url, CURLUPART_URL, m->conf.server, CURLU_NON_SUPPORT_SCHEME);
	enum ik_rc rc = code == CURLUE_OK ? refuse_extras(url, err) : ik_fail(IK_CONFIG, err, "server: %s", curl_url_strerror(code));

	if (rc == IK_OK) rc = part(url, CURLUPART_SCHEME, &scheme, err);
	if (rc == IK_OK && !is_listed(m->conf.protocols, scheme)) rc = ik_fail(IK_CONFIG, err, "server: expected one of %s, found %s", m->conf.protocols, scheme);
	if (rc == IK_OK) rc = part(url, CURLUPART_HOST, &host, err);
	if (rc == IK_OK) rc = part(url, CURLUPART_PORT, &port, err);
	if (rc == IK_OK) {
		m->name = mem_format("%s%s%s", host, port != NULL ? ":" : "", port != NULL ? port : "");
		m->base = mem_format("%s://%s", scheme, m->name);
	}
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(url);
	return rc;
}

/* Whether the system's certificates also stand one by one, found by their names' digests. */
static bool has_digests(const char *path)
{
	DIR *dir = path != NULL ? opendir(path) : NULL;
	bool found = false;

	for (const struct dirent *entry; dir != NULL && !found && (entry = readdir(dir)) != NULL; ) {
		const size_t len = strlen(entry->d_name);

		found = len == 10 && strcmp(entry->d_name + 8, ".0") == 0;
	}
	if (dir != NULL) (void)closedir(dir);
	return found;
}

/* One file with every authority of the world costs each connection about a megabyte; looked up one by one they cost what is used. */
static void set_authorities(struct mailbox *m)
{
	char *path = NULL;

	if (m->conf.ca_file != NULL) {
		curl_easy_setopt(m->easy, CURLOPT_CAINFO, m->conf.ca_file);
		curl_easy_setopt(m->easy, CURLOPT_CAPATH, NULL);
	} else if (curl_easy_getinfo(m->easy, CURLINFO_CAPATH, &path) == CURLE_OK && has_digests(path)) {
		curl_easy_setopt(m->easy, CURLOPT_CAINFO, NULL);
	}
}

static void set_transport(struct mailbox *m)
{
	CURL *e = m->easy;

	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, m->conf.protocols);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, m->problem);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT, (long)(m->conf.timeout_s < CONNECT_S ? m->conf.timeout_s : CONNECT_S));
	curl_easy_setopt(e, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)m->conf.timeout_s);
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, 16L);
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long)m->conf.timeout_s);
	curl_easy_setopt(e, CURLOPT_BUFFERSIZE, 2L * MAILBOX_LINE_MAX);
	curl_easy_setopt(e, CURLOPT_MAXCONNECTS, 1L);
	curl_easy_setopt(e, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(e, CURLOPT_USE_SSL, (long)(m->conf.allows_plain ? CURLUSESSL_TRY : CURLUSESSL_ALL));
	curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(e, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(e, CURLOPT_SSL_VERIFYHOST, 2L);
	set_authorities(m);
}

static void set_callbacks(struct mailbox *m)
{
	CURL *e = m->easy;

	curl_easy_setopt(e, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(e, CURLOPT_XFERINFOFUNCTION, on_progress);
	curl_easy_setopt(e, CURLOPT_XFERINFODATA, m);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, m);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_line);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, m);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, m);
}

static void set_login(struct mailbox *m)
{
	CURL *e = m->easy;

	curl_easy_setopt(e, CURLOPT_USERNAME, m->conf.user);
	if (m->conf.bearer != NULL || m->conf.oauth2.token_url != NULL) {
		curl_easy_setopt(e, CURLOPT_XOAUTH2_BEARER, m->conf.bearer);
		curl_easy_setopt(e, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
		return;
	}
	curl_easy_setopt(e, CURLOPT_PASSWORD, m->conf.password);
	if (m->conf.mechanism != NULL) curl_easy_setopt(e, CURLOPT_LOGIN_OPTIONS, m->conf.mechanism);
}

/* "2027-05-01" */
static enum ik_rc check_day(const char *what, const char *day, struct ik_error *err)
{
	char text[CLOCK_RFC3339_SIZE];

	if (day == NULL) return IK_OK;
	if (strlen(day) == 10 && snprintf(text, sizeof(text), "%sT00:00:00Z", day) == 20 && clock_parse_rfc3339(text) > 0) return IK_OK;
	return ik_fail(IK_CONFIG, err, "%s: expected a day such as 2027-05-01", what);
}

static enum ik_rc check_login(const struct mailbox_conf *conf, struct ik_error *err)
{
	enum ik_rc rc = mailbox_check_text("user", conf->user, 320, err);

	if (rc == IK_OK && (conf->password != NULL) + (conf->bearer != NULL) + (conf->oauth2.token_url != NULL) != 1)
		rc = ik_fail(IK_CONFIG, err, "set one of password, bearer and token_url");
	if (rc == IK_OK && conf->bearer != NULL) rc = mailbox_check_text("bearer", conf->bearer, 16384, err);
	if (rc == IK_OK && conf->password != NULL) rc = mailbox_check_text("password", conf->password, 1024, err);
	if (rc == IK_OK) rc = check_day("secret_expires", conf->secret_expires, err);
	return rc == IK_OK ? oauth2_check(&conf->oauth2, err) : rc;
}

static enum ik_rc make_handle(struct mailbox *m, struct ik_error *err)
{
	m->easy = curl_easy_init();
	if (m->easy == NULL) return ik_fail(IK_RETRY, err, "libcurl cannot be set up");
	set_transport(m);
	set_callbacks(m);
	set_login(m);
	return IK_OK;
}

enum ik_rc mailbox_new(const struct ik_host *host, const struct mailbox_conf *conf, struct mailbox **mailbox_r, struct ik_error *err)
{
	struct mailbox *m = mem_new(sizeof(*m));
	enum ik_rc rc;

	*m = (struct mailbox){ .host = host, .conf = *conf };
	rc = check_login(conf, err);
	if (rc == IK_OK && conf->oauth2.token_url != NULL && host->size < offsetof(struct ik_host, access_token) + sizeof(host->access_token))
		rc = ik_fail(IK_CONFIG, err, "token_url: this intaked is too old to renew tokens");
	if (rc == IK_OK) rc = read_server(m, err);
	if (rc == IK_OK) rc = make_handle(m, err);
	if (rc == IK_OK) *mailbox_r = m;
	else mailbox_free(&m);
	return rc;
}

static curl_socket_t connection(const struct mailbox *m)
{
	curl_socket_t fd = CURL_SOCKET_BAD;

	return m->easy != NULL && curl_easy_getinfo(m->easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK ? fd : CURL_SOCKET_BAD;
}

/* Closing a connection, libcurl says LOGOUT or QUIT and waits for the answer up to two minutes, without asking whether to stop. With the
 * reading side shut it says so and sees the end at once. */
static void hush(const struct mailbox *m)
{
	const curl_socket_t fd = connection(m);

	if (fd != CURL_SOCKET_BAD) (void)shutdown(fd, SHUT_RD);
}

void mailbox_drop(struct mailbox *m)
{
	static const struct mailbox_call nothing = { .path = NULL };
	const struct mailbox_call *call = m->call;

	if (connection(m) == CURL_SOCKET_BAD) return;
	m->call = &nothing;
	hush(m);
	curl_easy_cleanup(m->easy);
	m->easy = NULL;
	(void)make_handle(m, NULL);
	m->call = call;
}

void mailbox_free(struct mailbox **mailbox)
{
	struct mailbox *m = *mailbox;

	if (m == NULL) return;
	mailbox_drop(m);
	curl_easy_cleanup(m->easy);
	mem_free(&m->base);
	mem_free(&m->name);
	mem_free(mailbox);
}

/* ---- calls ---- */

static char *encode_command(const char *command)
{
	struct buf b = BUF_INIT(64 * 1024);

	for (; *command != '\0'; command++) {
		if (*command == '%') buf_text(&b, "%25");
		else buf_char(&b, *command);
	}
	return buf_take(&b);
}

/* Mailboxes of one server log in one after another, a few at a time; a core that is older has no such limit. */
static bool has_turns(const struct mailbox *m)
{
	return m->host->size >= offsetof(struct ik_host, login_end) + sizeof(m->host->login_end) && m->host->login_begin != NULL;
}

static CURLcode perform(struct mailbox *m)
{
	CURLcode code;

	if (!m->may_connect || !has_turns(m)) return curl_easy_perform(m->easy);
	m->token_rc = m->host->login_begin(m->host, m->name, m->conf.timeout_s * 1000, &m->token_err);
	if (m->token_rc != IK_OK) return m->host->stopping(m->host) ? CURLE_ABORTED_BY_CALLBACK : CURLE_OPERATION_TIMEDOUT;
	code = curl_easy_perform(m->easy);
	m->host->login_end(m->host, m->name);
	return code;
}

static int run_once(struct mailbox *m, const struct mailbox_call *call)
{
	char *url = mem_format("%s%s", m->base, call->path != NULL ? call->path : "/");
	char *command = call->command != NULL ? encode_command(call->command) : NULL;
	const int64_t time_max_s = call->time_max_s > 0 ? call->time_max_s : 2 * m->conf.timeout_s + CONNECT_S;
	CURLcode code;

	if (call->may_connect) hush(m);
	if (m->easy == NULL) return CURLE_FAILED_INIT;
	m->call = call;
	m->may_connect = call->may_connect;
	if (call->may_connect) m->has_xoauth2 = false;
	m->was_denied = false;
	m->said[0] = m->problem[0] = '\0';
	curl_easy_setopt(m->easy, CURLOPT_URL, url);
	curl_easy_setopt(m->easy, CURLOPT_CUSTOMREQUEST, command);
	curl_easy_setopt(m->easy, CURLOPT_NOBODY, call->has_no_body ? 1L : 0L);
	curl_easy_setopt(m->easy, CURLOPT_CONNECT_ONLY, call->is_stream ? 1L : 0L);
	curl_easy_setopt(m->easy, CURLOPT_FRESH_CONNECT, call->may_connect ? 1L : 0L);
	curl_easy_setopt(m->easy, CURLOPT_TIMEOUT, (long)time_max_s);
	m->tls = NULL;
	code = perform(m);
	if (code == CURLE_OK && call->is_stream && m->tls != NULL) SSL_set_read_ahead(m->tls, 1);
	m->call = NULL;                 /* the caller's, and gone when it returns */
	if (call->is_last) hush(m);
	free(url);
	free(command);
	return (int)code;
}

/* For now and not for good: RFC 5530, RFC 2449, RFC 3206. */
static bool is_passing(const char *said)
{
	static const char *const codes[] = { "[UNAVAILABLE]", "[INUSE]", "[IN-USE]", "[LIMIT]", "[SERVERBUG]", "[SYS/TEMP]", "[LOGIN-DELAY]" };

	for (size_t i = 0; i < COUNT_OF(codes); i++)
		if (strcasestr(said, codes[i]) != NULL) return true;
	return false;
}

/* A login with a token of the core's, and once more with another one where it is refused. The token stays set: libcurl goes on with a
 * connection only for the credentials it was made with. */
static int run_with_token(struct mailbox *m, const struct mailbox_call *call)
{
	char *token = NULL, *refused = NULL;
	int code = CURLE_LOGIN_DENIED;

	for (int i = 0; i < 2 && code == CURLE_LOGIN_DENIED; i++) {
		refused = token;
		token = NULL;
		m->said[0] = m->problem[0] = '\0';
		m->token_rc = m->host->access_token(m->host, &m->conf.oauth2, refused, &token, &m->token_err);
		mem_wipe_text(&refused);
		if (m->token_rc != IK_OK) break;
		curl_easy_setopt(m->easy, CURLOPT_XOAUTH2_BEARER, token);
		code = run_once(m, call);
		if (!m->has_xoauth2 || is_passing(m->said)) break;
	}
	mem_wipe_text(&token);
	return code;
}

int mailbox_run(struct mailbox *m, const struct mailbox_call *call)
{
	m->token_rc = IK_OK;
	if (call->is_stream) mailbox_drop(m);
	return call->may_connect && m->conf.oauth2.token_url != NULL ? run_with_token(m, call) : run_once(m, call);
}

void mailbox_freshen(struct mailbox *m)
{
	char *token = NULL;

	if (m->conf.oauth2.token_url != NULL) (void)m->host->access_token(m->host, &m->conf.oauth2, NULL, &token, NULL);
	mem_wipe_text(&token);
}

bool mailbox_is_open(struct mailbox *m)
{
	return connection(m) != CURL_SOCKET_BAD;
}

bool mailbox_is_lost(const struct mailbox *m, int code)
{
	return code != CURLE_OK && (m->was_denied || strncmp(m->problem, "Too large response headers", 26) == 0);
}

bool mailbox_is_stopped(int code)
{
	return code == CURLE_ABORTED_BY_CALLBACK;
}

const char *mailbox_said(const struct mailbox *m)
{
	return m->said;
}

/* ---- a connection of our own ---- */

/* TLS reads ahead there: a server sends mails in records of a few KB, and for each the system would be asked twice. libcurl must not read on such a
 * connection, since it waits for the socket while whole records lie in memory; mailbox_recv() waits only after it was told that there is nothing. */

/* Until the socket is ready for `events`, wait_ms are over, or the instance is told to stop. Somebody may also only wake it: that ends
 * a wait that may_wake and is passed over by the others. */
static enum mailbox_io await(const struct mailbox *m, short events, int64_t wait_ms, bool may_wake)
{
	struct pollfd p[2] = { { .fd = connection(m), .events = events }, { .fd = m->host->stop_fd(m->host), .events = POLLIN } };
	const int64_t until_ms = clock_mono_ms() + wait_ms;
	nfds_t count = 2;

	while (p[0].fd != CURL_SOCKET_BAD) {
		const int64_t left_ms = until_ms - clock_mono_ms();

		if (m->host->stopping(m->host)) return MAILBOX_STOPPED;
		if (left_ms <= 0) return MAILBOX_SILENT;
		if (poll(p, count, left_ms > 3600000 ? 3600000 : (int)left_ms) < 0 && errno != EINTR) return MAILBOX_ENDED;
		if (p[0].revents != 0) return MAILBOX_CAME;
		if (count == 2 && p[1].revents != 0) {
			if (may_wake) return MAILBOX_STOPPED;
			count = 1;
		}
	}
	return MAILBOX_ENDED;
}

enum mailbox_io mailbox_recv(struct mailbox *m, char *data, size_t size, int64_t wait_ms, size_t *len_r)
{
	const int64_t most_ms = wait_ms > 0 ? wait_ms : m->conf.timeout_s * 1000;

	if (m->easy == NULL) return MAILBOX_ENDED;
	for (;;) {
		const CURLcode code = curl_easy_recv(m->easy, data, size, len_r);
		enum mailbox_io io;

		if (code == CURLE_OK) return *len_r > 0 ? MAILBOX_CAME : MAILBOX_ENDED;
		if (code != CURLE_AGAIN) return MAILBOX_ENDED;
		io = await(m, POLLIN, most_ms, wait_ms > 0);
		if (io != MAILBOX_CAME) return io;
	}
}

enum mailbox_io mailbox_send(struct mailbox *m, const char *data, size_t len)
{
	while (len > 0) {
		size_t sent = 0;
		const CURLcode code = m->easy != NULL ? curl_easy_send(m->easy, data, len, &sent) : CURLE_FAILED_INIT;

		if (code == CURLE_AGAIN) {
			const enum mailbox_io io = await(m, POLLOUT, m->conf.timeout_s * 1000, false);

			if (io != MAILBOX_CAME) return io;
		} else if (code != CURLE_OK) {
			return MAILBOX_ENDED;
		}
		data += sent;
		len -= sent;
	}
	return MAILBOX_CAME;
}

/* ---- what failed, in words ---- */

static const struct { CURLcode code; const char *step; enum ik_rc rc; } failures[] = {
	{ CURLE_COULDNT_RESOLVE_HOST,     "DNS",     IK_RETRY },
	{ CURLE_COULDNT_CONNECT,          "connect", IK_RETRY },
	{ CURLE_SSL_CONNECT_ERROR,        "TLS",     IK_RETRY },
	{ CURLE_PEER_FAILED_VERIFICATION, "TLS",     IK_CONFIG },
	{ CURLE_SSL_CACERT_BADFILE,       "TLS",     IK_CONFIG },
	{ CURLE_SSL_ISSUER_ERROR,         "TLS",     IK_CONFIG },
	{ CURLE_USE_SSL_FAILED,           "TLS",     IK_CONFIG },
	{ CURLE_LOGIN_DENIED,             "login",   IK_CONFIG },
	{ CURLE_AUTH_ERROR,               "login",   IK_CONFIG },
};

/* Where a call that ran out of time or lost its peer had come to. */
static const char *step_reached(const struct mailbox *m, const char *step)
{
	curl_off_t resolved = 0, connected = 0, secured = 0;

	if (!m->may_connect) return step;
	(void)curl_easy_getinfo(m->easy, CURLINFO_NAMELOOKUP_TIME_T, &resolved);
	(void)curl_easy_getinfo(m->easy, CURLINFO_CONNECT_TIME_T, &connected);
	(void)curl_easy_getinfo(m->easy, CURLINFO_APPCONNECT_TIME_T, &secured);
	if (resolved == 0) return "DNS";
	if (strncmp(m->problem, "SSL", 3) == 0) return "TLS";    /* while that is under way no connection counts as made */
	if (connected == 0) return "connect";
	if (secured == 0 && strstr(m->base, "s://") != NULL) return "TLS";
	return "login";
}

/* What a refused login with a token means. */
static const char *token_advice(const struct mailbox *m, int code)
{
	if (code != CURLE_LOGIN_DENIED || !m->may_connect || m->conf.password != NULL || is_passing(m->said)) return "";
	if (!m->has_xoauth2) return " (the server offers no XOAUTH2)";
	if (m->conf.oauth2.token_url == NULL) return " (the access token may be over; with token_url it is renewed)";
	return " (a fresh token was refused as well: check scope, user, and that the mailbox admits this application)";
}

enum ik_rc mailbox_fail(const struct mailbox *m, int code, const char *step, struct ik_error *err)
{
	const char *why = m->was_denied ? "the connection broke" : m->problem[0] != '\0' ? m->problem : curl_easy_strerror((CURLcode)code);
	const char *said = m->said[0] != '\0' ? ", server says: " : "";
	enum ik_rc rc = IK_RETRY;

	if (m->token_rc != IK_OK) return ik_fail(m->token_rc, err, "%s", m->token_err.text);
	step = step_reached(m, step);
	for (size_t i = 0; i < COUNT_OF(failures); i++) {
		if ((int)failures[i].code != code || !m->may_connect) continue;       /* logged in: 67 also means that SELECT was refused */
		step = failures[i].step;
		rc = failures[i].rc;
	}
	if (rc == IK_CONFIG && is_passing(m->said)) rc = IK_RETRY;
	return ik_fail(rc, err, "%s: %s of %s: %s%s%s%s", step, m->conf.user, m->name, why, token_advice(m, code), said, m->said);
}

enum ik_rc mailbox_tell(const struct mailbox *m, enum ik_rc rc, const char *step, const char *why, const char *said, struct ik_error *err)
{
	return ik_fail(rc, err, "%s: %s of %s: %s%s%s", step, m->conf.user, m->name, why, said[0] != '\0' ? ", server says: " : "", said);
}

/* ---- spool ---- */

void spool_init(struct spool *s, size_t max)
{
	*s = (struct spool){ .fd = -1, .max = max };
	buf_init(&s->memory, SPOOL_MEMORY);
}

void spool_release(struct spool *s)
{
	buf_release(&s->memory);
	fd_close(&s->fd);
}

void spool_clear(struct spool *s)
{
	buf_clear(&s->memory);
	s->memory.is_full = false;
	fd_close(&s->fd);
	s->size = 0;
	s->is_full = s->is_broken = false;
}

void spool_rest(struct spool *s)
{
	spool_clear(s);
	buf_release(&s->memory);
}

static bool spill(struct spool *s)
{
	s->fd = memfd_create("mail", MFD_CLOEXEC);
	if (s->fd < 0 || fd_write_all(s->fd, s->memory.data, s->memory.len, "spool", NULL) != IK_OK) return false;
	buf_clear(&s->memory);
	return true;
}

bool spool_add(struct spool *s, const void *data, size_t len)
{
	bool ok;

	if (len > s->max - s->size) {
		s->is_full = true;
		return false;
	}
	if (s->fd < 0 && s->size + len <= SPOOL_MEMORY) ok = buf_add(&s->memory, data, len);
	else ok = (s->fd >= 0 || spill(s)) && fd_write_all(s->fd, data, len, "spool", NULL) == IK_OK;
	if (ok) s->size += len;
	else s->is_broken = true;
	return ok;
}

void spool_raw(const struct spool *s, struct ik_message *m)
{
	m->raw = s->fd < 0 ? buf_str(&s->memory) : NULL;
	m->raw_fd = s->fd;
	m->raw_size = (int64_t)s->size;
}

/* ---- tries ---- */

int64_t tries_of(const struct tries *t, uint64_t id)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->item[i].id == id) return t->item[i].count;
	return 0;
}

int64_t tries_add(struct tries *t, uint64_t id)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->item[i].id == id) return ++t->item[i].count;
	if (t->count == TRIES_MAX) return -1;
	t->item[t->count].id = id;
	t->item[t->count++].count = 1;
	return 1;
}

void tries_forget(struct tries *t, uint64_t id)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->item[i].id == id) t->item[i--] = t->item[--t->count];
}
