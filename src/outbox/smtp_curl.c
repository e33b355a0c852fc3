/* smtp_curl.c - the sender's second back end: libcurl, for TLS from the first byte, XOAUTH2 and IPv6 literals. One mail per perform on a
 * kept handle, which keeps the connection. The same rule as everywhere: the last bytes only after the parent's word. */
#include "outbox/smtp_sender.h"

#include <stdlib.h>
#include <string.h>
#include <curl/curl.h>
#include "base/mem.h"

struct transfer {
	struct sender *sender;
	uint32_t index;
	size_t given;
	char last_reply[200];           /* the relay's last line */
};

/* The library sends the end of the mail as soon as it has all bytes, so the word is asked for before the last of them. */
static size_t give_bytes(char *into, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	const struct sender_mail *mail = &t->sender->mails[t->index];
	size_t take = mail->size - t->given;

	if (take > size * count) take = size * count;
	if (take == 0) return 0;
	if (t->given + take == mail->size && !(sender_may_send(t->sender, t->index) && sender_dot(t->sender, t->index))) return CURL_READFUNC_ABORT;
	memcpy(into, mail->data + t->given, take);
	t->given += take;
	return take;
}

static size_t keep_reply(char *line, size_t size, size_t count, void *arg)
{
	struct transfer *t = arg;
	size_t n = size * count;

	while (n > 0 && (line[n - 1] == '\r' || line[n - 1] == '\n')) n--;
	if (n >= sizeof(t->last_reply)) n = sizeof(t->last_reply) - 1;
	memcpy(t->last_reply, line, n);
	t->last_reply[n] = '\0';
	return size * count;
}

static size_t drop_body(char *data, size_t size, size_t count, void *arg)
{
	(void)data; (void)arg;
	return size * count;
}

/* ---- set-up ----------------------------------------------------------------------------------------------------------------- */

static void set_login(CURL *curl, const struct sender *s)
{
	if (s->task.user[0] == '\0') return;
	curl_easy_setopt(curl, CURLOPT_USERNAME, s->task.user);
	if (s->has_token) {
		curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, s->secret);
		curl_easy_setopt(curl, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2");
	} else {
		curl_easy_setopt(curl, CURLOPT_PASSWORD, s->secret);
	}
}

static void set_up(CURL *curl, const struct sender *s, struct transfer *t)
{
	const struct smtp_task *task = &s->task;
	const bool is_v6 = strchr(task->host, ':') != NULL;
	char url[600];

	(void)snprintf(url, sizeof(url), "%s://%s%s%s:%d/%s", task->tls == SMTP_TLS_IMPLICIT ? "smtps" : "smtp", is_v6 ? "[" : "", task->host,
	               is_v6 ? "]" : "", task->port, task->helo);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (task->ca_file[0] != '\0') {
		curl_easy_setopt(curl, CURLOPT_CAINFO, task->ca_file);
		curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
	}
	if (task->tls == SMTP_TLS_STARTTLS) curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_ALL);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)task->timeout_s);
	curl_easy_setopt(curl, CURLOPT_SERVER_RESPONSE_TIMEOUT, (long)task->timeout_s);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_reply);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_body);
	set_login(curl, s);
}

/* ---- one mail ------------------------------------------------------------------------------------------------------------------ */

static bool is_operators(CURLcode rc)
{
	return rc == CURLE_LOGIN_DENIED || rc == CURLE_PEER_FAILED_VERIFICATION || rc == CURLE_USE_SSL_FAILED || rc == CURLE_SSL_CACERT_BADFILE ||
	       rc == CURLE_URL_MALFORMAT || rc == CURLE_UNSUPPORTED_PROTOCOL || rc == CURLE_AUTH_ERROR;
}

static const char *words_of(CURLcode rc)
{
	switch ((int)rc) {
	case CURLE_USE_SSL_FAILED: return "the relay does not offer STARTTLS";
	case CURLE_PEER_FAILED_VERIFICATION: return "certificate refused";
	case CURLE_LOGIN_DENIED: return "the relay refused the login";
	default: return curl_easy_strerror(rc);
	}
}

static enum ik_rc session_failed(const struct sender *s, CURLcode rc, const struct transfer *t, struct ik_error *err)
{
	return ik_fail(is_operators(rc) ? IK_CONFIG : IK_RETRY, err, "relay %s port %d: %s%s%s", s->task.host, s->task.port, words_of(rc),
	               t->last_reply[0] != '\0' ? ", last reply: " : "", t->last_reply);
}

static CURLcode send_one(CURL *curl, struct transfer *t, long *code_r)
{
	const struct sender_mail *mail = &t->sender->mails[t->index];
	struct curl_slist *to = curl_slist_append(NULL, mail->to);
	CURLcode rc;

	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM, mail->from);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_bytes);
	curl_easy_setopt(curl, CURLOPT_READDATA, t);
	curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE, (curl_off_t)mail->size);
	t->given = 0;
	t->last_reply[0] = '\0';
	rc = curl_easy_perform(curl);
	*code_r = 0;
	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, code_r);
	curl_slist_free_all(to);
	return rc;
}

/* What became of the mail. Success without the code of success is no success. */
static int reply_code(const struct transfer *t, CURLcode rc, long code)
{
	if (rc == CURLE_OK) return code >= 200 && code < 300 ? (int)code : 0;
	if (code >= 400 && code < 600 && t->last_reply[0] != '\0') return (int)code;
	return 0;
}

static enum ik_rc send_all(CURL *curl, struct sender *s, struct transfer *t, struct ik_error *err)
{
	for (t->index = 0; t->index < s->count && !s->is_stopped; t->index++) {
		long code = 0;
		const CURLcode rc = send_one(curl, t, &code);
		const int reply = reply_code(t, rc, code);
		const bool is_about_mail = rc == CURLE_OK || (reply != 0 && !is_operators(rc) && !sender_is_login_trouble(reply));

		if (!is_about_mail && !s->mails[t->index].has_dot && !s->is_stopped) return session_failed(s, rc, t, err);
		sender_result(s, t->index, sender_judge(&s->mails[t->index], reply), reply,
		              t->last_reply[0] != '\0' ? t->last_reply : curl_easy_strerror(rc));
	}
	return IK_OK;
}

static enum ik_rc test_only(CURL *curl, const struct sender *s, struct transfer *t, struct ik_error *err)
{
	CURLcode rc;

	curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, "NOOP");
	rc = curl_easy_perform(curl);
	return rc == CURLE_OK ? IK_OK : session_failed(s, rc, t, err);
}

enum ik_rc smtp_curl_run(struct sender *s, struct ik_error *err)
{
	struct transfer t = { .sender = s };
	CURL *curl;
	enum ik_rc rc;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 || (curl = curl_easy_init()) == NULL) return ik_fail(IK_RETRY, err, "no SMTP session");
	set_up(curl, s, &t);
	rc = s->task.is_test ? test_only(curl, s, &t, err) : send_all(curl, s, &t, err);
	curl_easy_cleanup(curl);
	return rc;
}
