/* smtp_esmtp.c - the sender's default back end: one libESMTP session for the whole batch.
 *
 * The session's own return value is never believed: it reports success for connections that were lost. Each mail is judged by the reply
 * codes of its recipient and of its end. libESMTP 1.1.0 is used once per process, since its second STARTTLS session crashes.
 * TLS: the context is ours - TLS 1.2, the peer verified against the configured name, which the library would not do. TLS 1.3 stalls it: it takes
 * the session tickets that follow the handshake for an answer and waits for one before its EHLO is out. A relay that
 * wants 1.3 gets the other back end. */
#include "outbox/smtp_sender.h"

#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <auth-client.h>
#include <libesmtp.h>
#include "base/mem.h"

#ifndef SSL_SESSION_ASN1_VERSION        /* libesmtp.h declares it only when an old OpenSSL macro is there */
int smtp_starttls_set_ctx(smtp_session_t session, SSL_CTX *ctx);
#endif

#define CHUNK 65536                     /* bytes handed to the library at a time */

struct run;
struct item { struct run *run; uint32_t index; size_t given; };

struct run {
	struct sender *sender;
	struct item *items;
	const char *trouble;            /* why the relay cannot be used as configured; NULL: nothing found */
	const char *certificate;        /* why its certificate was refused */
	bool is_our_tls;                /* the handshake ran with our context */
	bool wants_newer_tls;
	bool has_mail;                  /* the first MAIL was answered: what the relay says from now on is about mails */
	bool is_logged_in;
	int login_code;
	char last_reply[200], refusal[200];     /* the relay's words before that: the last ones, and the first that said no */
};

/* ---- bytes of a mail ------------------------------------------------------------------------------------------------------ */

/* Called by the library for the next bytes; NULL with errno 0 ends the mail. */
static const char *next_bytes(void **context, int *len, void *arg)
{
	struct item *item = arg;
	const struct sender_mail *mail = &item->run->sender->mails[item->index];
	size_t take = mail->size - item->given;

	(void)context;
	if (len == NULL) {
		item->given = 0;
		return NULL;
	}
	*len = 0;
	if (take == 0) {
		/* There is no way back from here through the library: with CHUNKING it would even send the last chunk after an error. */
		if (!sender_may_send(item->run->sender, item->index) || !sender_dot(item->run->sender, item->index)) sender_leave(item->run->sender, IK_OK, NULL);
		errno = 0;
		return NULL;
	}
	if (take > CHUNK) take = CHUNK;
	*len = (int)take;
	item->given += take;
	return mail->data + item->given - take;
}

/* ---- what the relay says ----------------------------------------------------------------------------------------------------- */

static void judge_message(struct run *run, smtp_message_t message)
{
	const struct item *item = smtp_message_get_application_data(message);
	struct sender_mail *mail = &run->sender->mails[item->index];
	const smtp_status_t *status = smtp_message_transfer_status(message);
	int code = status != NULL ? status->code : 0;
	const char *text = status != NULL ? status->text : NULL;

	if (mail->rcpt_code >= 300) return;                             /* the recipient was refused and reported then */
	if (code >= 300 && code < 400) code = 0;                        /* 354 and then nothing */
	sender_result(run->sender, item->index, sender_judge(mail, code), code, text != NULL ? text : "connection lost");
}

/* The library goes on without a login when the relay refuses every mechanism; a configured user means that nothing goes without. */
static _Noreturn void leave_without_login(struct run *run)
{
	const int code = (int)strtol(run->refusal, NULL, 10);
	struct ik_error err;
	const enum ik_rc rc = ik_fail(code >= 400 && code < 500 ? IK_RETRY : IK_CONFIG, &err, "relay %s: no login: %s", run->sender->task.host,
	                              run->refusal[0] != '\0' ? run->refusal : "it offers no mechanism that is known here");

	sender_leave(run->sender, rc, &err);
}

static void judge_sender(struct run *run, smtp_message_t message)
{
	const struct item *item = smtp_message_get_application_data(message);
	const smtp_status_t *status = smtp_reverse_path_status(message);

	if (!run->has_mail && run->sender->task.user[0] != '\0' && !run->is_logged_in) leave_without_login(run);
	run->has_mail = true;
	if (status == NULL || (status->code >= 200 && status->code < 300)) return;
	if (sender_is_login_trouble(status->code)) run->login_code = status->code;
	sender_result(run->sender, item->index, sender_judge(&run->sender->mails[item->index], status->code), status->code, status->text);
}

static void judge_recipient(struct run *run, smtp_recipient_t recipient)
{
	const struct item *item = smtp_recipient_get_application_data(recipient);
	const smtp_status_t *status = smtp_recipient_status(recipient);
	struct sender_mail *mail = &run->sender->mails[item->index];

	mail->rcpt_code = status != NULL ? status->code : 0;
	if (mail->rcpt_code < 300) return;
	if (sender_is_login_trouble(mail->rcpt_code)) run->login_code = mail->rcpt_code;
	sender_result(run->sender, item->index, sender_judge(mail, mail->rcpt_code), mail->rcpt_code, status->text);
}

static void watch_connect(int64_t timeout_s)
{
	const struct itimerval timer = { { timeout_s, 0 }, { timeout_s, 0 } };

	(void)setitimer(ITIMER_REAL, &timer, NULL);
}

static void on_event(smtp_session_t session, int event, void *arg, ...)
{
	struct run *run = arg;
	va_list ap;
	int *is_fine;

	va_start(ap, arg);
	switch (event) {
	case SMTP_EV_CONNECT: watch_connect(0); break;
	case SMTP_EV_DISCONNECT: watch_connect(run->sender->task.timeout_s); break;     /* it may try another address */
	case SMTP_EV_MAILSTATUS: (void)va_arg(ap, const char *); judge_sender(run, va_arg(ap, smtp_message_t)); break;
	case SMTP_EV_RCPTSTATUS: (void)va_arg(ap, const char *); judge_recipient(run, va_arg(ap, smtp_recipient_t)); break;
	case SMTP_EV_MESSAGESENT: judge_message(run, va_arg(ap, smtp_message_t)); break;
	case SMTP_EV_EXTNA_STARTTLS: run->trouble = "the relay does not offer STARTTLS"; break;
	case SMTP_EV_STARTTLS_OK:
		/* Should the library ever run with a context of its own, nothing may be sent over it. */
		if (!run->is_our_tls) run->trouble = "TLS was set up outside our control";
		if (!run->is_our_tls) _exit(1);
		break;
	case SMTP_EV_WRONG_PEER_CERTIFICATE:            /* the library compares with another name; OpenSSL has checked the configured one */
		is_fine = va_arg(ap, int *);
		*is_fine = run->is_our_tls;
		break;
	default: break;                                 /* every other question is answered with the library's refusing default */
	}
	va_end(ap);
	(void)session;
}

/* Keeps the relay's last words until the first mail, for an error that names them. Credentials are only ever in what is written. */
static void on_bytes(const char *bytes, int len, int is_writing, void *arg)
{
	struct run *run = arg;
	size_t n = 0;

	if (is_writing != SMTP_CB_READING || run->has_mail || len <= 0) return;
	while (n < (size_t)len && n < sizeof(run->last_reply) - 1 && bytes[n] != '\r' && bytes[n] != '\n') n++;
	memcpy(run->last_reply, bytes, n);
	run->last_reply[n] = '\0';
	if (strncmp(run->last_reply, "235", 3) == 0) run->is_logged_in = true;
	if (run->refusal[0] == '\0' && (bytes[0] == '4' || bytes[0] == '5')) memcpy(run->refusal, run->last_reply, n + 1);
}

/* ---- TLS ------------------------------------------------------------------------------------------------------------------------ */

static struct run *run_of(const SSL *ssl)
{
	return SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl));
}

static int on_certificate(int is_fine, X509_STORE_CTX *store)
{
	const SSL *ssl = X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx());

	if (!is_fine && ssl != NULL) run_of(ssl)->certificate = X509_verify_cert_error_string(X509_STORE_CTX_get_error(store));
	return is_fine;
}

/* Start of a handshake: names the server (SNI), which the library does not, and proves that our context is in use. */
static void on_handshake(const SSL *ssl, int where, int value)
{
	struct run *run = run_of(ssl);

	if (where == SSL_CB_READ_ALERT && (value & 0xff) == TLS1_AD_PROTOCOL_VERSION) run->wants_newer_tls = true;
	if ((where & SSL_CB_HANDSHAKE_START) == 0 || run->is_our_tls) return;
	run->is_our_tls = true;
	/* The callback's const is OpenSSL's way of saying "look only"; setting the name before the first byte is what it is for here. */
	SSL_ctrl((SSL *)(uintptr_t)ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, run->sender->task.host);
}

static bool trust(SSL_CTX *ctx, const struct smtp_task *task)
{
	X509_VERIFY_PARAM *param = SSL_CTX_get0_param(ctx);

	X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
	if (X509_VERIFY_PARAM_set1_ip_asc(param, task->host) != 1 && X509_VERIFY_PARAM_set1_host(param, task->host, 0) != 1) return false;
	if (task->ca_file[0] != '\0') return SSL_CTX_load_verify_locations(ctx, task->ca_file, NULL) == 1;
	return SSL_CTX_set_default_verify_paths(ctx) == 1;
}

static SSL_CTX *make_context(struct run *run, struct ik_error *err)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());

	if (ctx == NULL || SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) != 1 ||
	    SSL_CTX_set_max_proto_version(ctx, TLS1_2_VERSION) != 1 || !trust(ctx, &run->sender->task)) {
		SSL_CTX_free(ctx);
		(void)ik_fail(IK_CONFIG, err, "TLS set-up for %s: certificate authorities cannot be read", run->sender->task.host);
		return NULL;
	}
	SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER, on_certificate);
	SSL_CTX_set_info_callback(ctx, on_handshake);
	SSL_CTX_set_app_data(ctx, run);
	return ctx;
}

/* ---- the session ------------------------------------------------------------------------------------------------------------------ */

static int answer_login(auth_client_request_t request, char **result, int fields, void *arg)
{
	struct run *run = arg;

	for (int i = 0; i < fields; i++) {
		if (request[i].flags & AUTH_PASS) result[i] = run->sender->secret;
		else if (request[i].flags & AUTH_USER) result[i] = run->sender->task.user;
		else return 0;
	}
	return 1;
}

static bool prepare_login(smtp_session_t session, struct run *run)
{
	auth_context_t auth;

	if (run->sender->task.user[0] == '\0') return true;
	auth_client_init();
	auth = auth_create_context();
	if (auth == NULL) return false;
	auth_set_mechanism_flags(auth, AUTH_PLUGIN_PLAIN, 0);
	auth_set_interact_cb(auth, answer_login, run);
	return smtp_auth_set_context(session, auth) != 0;
}

static bool add_mail(smtp_session_t session, struct item *item)
{
	const struct sender_mail *mail = &item->run->sender->mails[item->index];
	smtp_message_t message = smtp_add_message(session);
	smtp_recipient_t recipient;

	if (message == NULL || !smtp_set_reverse_path(message, mail->from) || !smtp_set_messagecb(message, next_bytes, item)) return false;
	smtp_message_set_application_data_release(message, item, NULL);
	recipient = smtp_add_recipient(message, mail->to);
	if (recipient == NULL) return false;
	smtp_recipient_set_application_data_release(recipient, item, NULL);
	return true;
}

static void set_timeouts(smtp_session_t session, int64_t timeout_s)
{
	static const int phases[] = { Timeout_GREETING, Timeout_ENVELOPE, Timeout_DATA, Timeout_TRANSFER };

	for (size_t i = 0; i < COUNT_OF(phases); i++)
		(void)smtp_set_timeout(session, phases[i] | Timeout_OVERRIDE_RFC2822_MINIMUM, (long)timeout_s * 1000);
	(void)smtp_set_timeout(session, Timeout_DATA2 | Timeout_OVERRIDE_RFC2822_MINIMUM, (long)timeout_s * 2000);
}

static enum ik_rc set_up(smtp_session_t session, struct run *run, struct ik_error *err)
{
	const struct smtp_task *task = &run->sender->task;
	char server[sizeof(task->host) + 16];
	SSL_CTX *ctx;

	(void)snprintf(server, sizeof(server), "%s:%d", task->host, task->port);
	if (!smtp_set_server(session, server)) return ik_fail(IK_CONFIG, err, "relay %s is no server name", server);
	if (task->helo[0] != '\0') (void)smtp_set_hostname(session, task->helo);
	(void)smtp_set_eventcb(session, on_event, run);
	(void)smtp_set_monitorcb(session, on_bytes, run, 0);
	set_timeouts(session, task->timeout_s);
	if (!prepare_login(session, run)) return ik_fail(IK_RETRY, err, "login set-up failed");
	if (task->tls != SMTP_TLS_STARTTLS) return IK_OK;
	ctx = make_context(run, err);
	if (ctx == NULL) return IK_CONFIG;
	(void)smtp_starttls_set_ctx(session, ctx);
	(void)smtp_starttls_enable(session, Starttls_REQUIRED);
	return IK_OK;
}

/* What the session as a whole tells the operator. Mails have been judged one by one. */
static enum ik_rc sum_up(const struct run *run, bool is_started, struct ik_error *err)
{
	const struct smtp_task *task = &run->sender->task;
	char why[128] = "";

	if (run->certificate != NULL) return ik_fail(IK_CONFIG, err, "relay %s: certificate refused: %s", task->host, run->certificate);
	if (run->trouble != NULL) return ik_fail(IK_CONFIG, err, "relay %s: %s", task->host, run->trouble);
	if (run->login_code != 0) return ik_fail(IK_CONFIG, err, "relay %s wants a login (code %d)", task->host, run->login_code);
	if (run->has_mail) return IK_OK;
	if (sender_is_login_trouble((int)strtol(run->refusal, NULL, 10)))
		return ik_fail(IK_CONFIG, err, "relay %s refused the login: %s", task->host, run->refusal);
	if (!is_started) (void)smtp_strerror(smtp_errno(), why, sizeof(why));
	return ik_fail(IK_RETRY, err, "relay %s port %d: %s%s%s", task->host, task->port, why[0] != '\0' ? why : "session ended early",
	               run->last_reply[0] != '\0' ? ", last reply: " : "", run->last_reply);
}

static void on_alarm(int number)
{
	(void)number;                   /* only there to interrupt connect() */
}

enum ik_rc smtp_esmtp_run(struct sender *s, struct ik_error *err)
{
	struct run run = { .sender = s, .items = mem_new((s->count + 1) * sizeof(struct item)) };
	const struct sigaction interrupt = { .sa_handler = on_alarm };
	smtp_session_t session = smtp_create_session();
	enum ik_rc rc = session != NULL ? set_up(session, &run, err) : ik_fail(IK_RETRY, err, "no SMTP session");
	bool is_started;

	for (uint32_t i = 0; i < s->count && rc == IK_OK; i++) {
		run.items[i] = (struct item){ .run = &run, .index = i };
		if (!add_mail(session, &run.items[i])) sender_result(s, i, SMTP_FAILED, 0, "refused by the mail library");
	}
	if (rc != IK_OK) return rc;
	(void)sigaction(SIGALRM, &interrupt, NULL);
	watch_connect(s->task.timeout_s);
	is_started = smtp_start_session(session) != 0;
	watch_connect(0);
	if (run.wants_newer_tls && !run.has_mail) return smtp_curl_run(s, err);
	return sum_up(&run, is_started, err);           /* the process ends now: nothing is released on purpose */
}
