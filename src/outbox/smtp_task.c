/* smtp_task.c - what a sender process is told about the relay, and the options it comes from. */
#include "outbox/smtp_task.h"

#include <stdlib.h>
#include <string.h>
#include <jansson.h>
#include "base/json.h"
#include "outbox/outbox.h"

#define PORT_SMTP 25
#define PORT_SUBMISSION 587             /* RFC 6409: with STARTTLS */
#define PORT_SUBMISSIONS 465            /* RFC 8314: TLS from the first byte */

static const char *const schemes[] = { "smtp", "smtps", NULL };

#define OPT(kind, field, ...) IK_OPTION(kind, struct smtp_conf, field, __VA_ARGS__)
const struct ik_option smtp_options[] = {
	OPT(URL,         server,   .choices = schemes, .help = "Relay for outgoing mail, smtp://HOST:PORT or smtps://HOST:PORT; without it mails are written to the local Maildir."),
	OPT(PATH,        maildir,  .help = "Maildir for outgoing mail when no server is set; the folder maildir of the state directory otherwise."),
	OPT(STRING,      user,     .help = "User name at the relay; no login without it."),
	OPT(SECRET_PATH, password, .help = "Credential or file that holds the password; only the sender process reads it."),
	OPT(SECRET_PATH, bearer,   .help = "Credential or file that holds an OAuth 2 access token for XOAUTH2, instead of a password."),
	OPT(STRING,      token_of, .help = "Channel whose account (token_url) signs in at the relay too, by XOAUTH2, instead of a password."),
	OPT(BOOL,        starttls, .def = "yes", .help = "Require STARTTLS with a valid certificate at smtp://; no only for a relay on this machine."),
	OPT(PATH,        ca_file,  .help = "Certificate authorities in PEM form, instead of the system's."),
	OPT(STRING,      helo,     .help = "Host name to greet the relay with; this machine's name otherwise."),
	OPT(COUNT,       batch,    .def = "500", .min = 1, .max = 1000, .help = "Mails sent over one connection."),
	OPT(COUNT,       window,   .def = "32", .min = 1, .max = 1000, .help = "Mails marked as going out ahead of the one that is sent; as many can be uncertain after a power cut."),
	OPT(DURATION,    timeout,  .def = "5m", .min = 1, .max = 3600, .help = "Longest wait for one answer of the relay; twice that after the end of a mail."),
	IK_OPTION_END
};

static bool copy(char *into, size_t size, const char *text)
{
	if (text == NULL) text = "";
	if (strlen(text) >= size) return false;
	memcpy(into, text, strlen(text) + 1);
	return true;
}

/* Splits HOST, HOST:PORT, [V6] and [V6]:PORT. */
static bool split_host(const char *from, char *host_r, size_t size, const char **port_r)
{
	const char *end = *from == '[' ? strchr(from, ']') : from + strcspn(from, ":/");
	const char *start = *from == '[' ? from + 1 : from;

	if (end == NULL || end == start || (size_t)(end - start) >= size) return false;
	memcpy(host_r, start, (size_t)(end - start));
	host_r[end - start] = '\0';
	if (*end == ']') end++;
	*port_r = *end == ':' ? end + 1 : "";
	return *end == ':' || *end == '\0' || strcmp(end, "/") == 0;
}

static bool plain_host(const char *host)
{
	for (; *host != '\0'; host++)
		if ((unsigned char)*host <= 0x20 || (unsigned char)*host >= 0x7f || strchr("<>\"'\\/@", *host) != NULL) return false;
	return true;
}

static enum ik_rc read_server(const struct smtp_conf *conf, struct smtp_task *task, struct ik_error *err)
{
	const bool is_implicit = strncmp(conf->server, "smtps://", 8) == 0;
	const char *port = "";
	char *end = NULL;

	if (!is_implicit && strncmp(conf->server, "smtp://", 7) != 0) return ik_fail(IK_CONFIG, err, "smtp.server: neither smtp:// nor smtps://");
	if (!split_host(conf->server + (is_implicit ? 8 : 7), task->host, sizeof(task->host), &port) || !plain_host(task->host))
		return ik_fail(IK_CONFIG, err, "smtp.server: no HOST:PORT in it");
	task->tls = is_implicit ? SMTP_TLS_IMPLICIT : conf->starttls ? SMTP_TLS_STARTTLS : SMTP_TLS_NONE;
	task->port = is_implicit ? PORT_SUBMISSIONS : conf->user != NULL ? PORT_SUBMISSION : PORT_SMTP;
	if (*port != '\0') {
		const long number = strtol(port, &end, 10);

		if ((*end != '\0' && strcmp(end, "/") != 0) || number < 1 || number > 65535) return ik_fail(IK_CONFIG, err, "smtp.server: bad port");
		task->port = (int)number;
	}
	return IK_OK;
}

static int secrets_of(const struct smtp_conf *conf)
{
	return (conf->password != NULL) + (conf->bearer != NULL) + (conf->token_of != NULL);
}

static enum ik_rc check_login(const struct smtp_conf *conf, const struct smtp_task *task, struct ik_error *err)
{
	if (conf->user == NULL) {
		if (secrets_of(conf) == 0) return IK_OK;
		return ik_fail(IK_CONFIG, err, "smtp.user is missing beside a password, bearer or token_of");
	}
	if (secrets_of(conf) == 0) return ik_fail(IK_CONFIG, err, "smtp.user needs smtp.password, smtp.bearer or smtp.token_of");
	if (secrets_of(conf) > 1) return ik_fail(IK_CONFIG, err, "set one of smtp.password, smtp.bearer and smtp.token_of");
	if (task->tls == SMTP_TLS_NONE) return ik_fail(IK_CONFIG, err, "smtp.user is set but TLS is off: credentials are never sent in clear text");
	return IK_OK;
}

enum ik_rc smtp_task_of(const struct smtp_conf *conf, struct smtp_task *task_r, struct ik_error *err)
{
	struct smtp_task task = { .timeout_s = conf->timeout > 0 ? conf->timeout : 300, .window = conf->window > 0 ? (uint32_t)conf->window : 32 };
	enum ik_rc rc = read_server(conf, &task, err);

	if (rc == IK_OK) rc = check_login(conf, &task, err);
	if (rc != IK_OK) return rc;
	if (!copy(task.user, sizeof(task.user), conf->user) || !copy(task.password_path, sizeof(task.password_path), conf->password) ||
	    !copy(task.bearer_path, sizeof(task.bearer_path), conf->bearer) || !copy(task.ca_file, sizeof(task.ca_file), conf->ca_file) ||
	    !copy(task.helo, sizeof(task.helo), conf->helo) || !plain_host(task.helo))
		return ik_fail(IK_CONFIG, err, "smtp: a value is too long or no host name");
	*task_r = task;
	return IK_OK;
}

void smtp_task_print(const struct smtp_task *task, struct buf *b)
{
	json_t *object = json_pack("{s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:s, s:I, s:i, s:b}", "host", task->host, "helo", task->helo,
	                           "port", task->port, "tls", (int)task->tls, "user", task->user, "password", task->password_path,
	                           "bearer", task->bearer_path, "ca", task->ca_file, "journal", task->journal, "timeout", (json_int_t)task->timeout_s,
	                           "window", (int)task->window, "test", (int)task->is_test);

	if (object != NULL && task->token[0] != '\0') (void)json_object_set_new(object, "token", json_string(task->token));
	if (object != NULL) (void)json_print(b, object);
	json_decref(object);
}

enum ik_rc smtp_task_parse(const char *text, size_t len, struct smtp_task *task_r, struct ik_error *err)
{
	struct smtp_task task = { 0 };
	json_t *object = NULL;
	enum ik_rc rc = json_parse(text, len, &object, err);

	if (rc == IK_OK && !(copy(task.host, sizeof(task.host), json_text(object, "host")) && copy(task.helo, sizeof(task.helo), json_text(object, "helo")) &&
	    copy(task.user, sizeof(task.user), json_text(object, "user")) &&
	    copy(task.password_path, sizeof(task.password_path), json_text(object, "password")) &&
	    copy(task.bearer_path, sizeof(task.bearer_path), json_text(object, "bearer")) &&
	    copy(task.token, sizeof(task.token), json_text(object, "token")) &&
	    copy(task.ca_file, sizeof(task.ca_file), json_text(object, "ca")) && copy(task.journal, sizeof(task.journal), json_text(object, "journal"))))
		rc = ik_fail(IK_REJECT, err, "sender task: a value is too long");
	if (rc == IK_OK) {
		task.port = (int)json_int(object, "port", 0);
		task.tls = (enum smtp_tls)json_int(object, "tls", SMTP_TLS_STARTTLS);
		task.timeout_s = json_int(object, "timeout", 300);
		task.window = (uint32_t)json_int(object, "window", 32);
		task.is_test = json_is_true(json_object_get(object, "test"));
		*task_r = task;
	}
	json_decref(object);
	return rc;
}
