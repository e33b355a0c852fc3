/* relay.c - see relay.h. */
#include "outbox/relay.h"

#include "base/mem.h"

void relay_init(struct relay *relay, const struct smtp_conf *conf, outbox_token_fn token_of, void *arg)
{
	*relay = (struct relay){ .conf = conf, .token_of = token_of, .arg = arg };
	(void)pthread_mutex_init(&relay->lock, NULL);
}

void relay_release(struct relay *relay)
{
	mem_wipe_text(&relay->token);
	(void)pthread_mutex_destroy(&relay->lock);
}

static enum ik_rc take_token(struct relay *relay, char **token_r, struct ik_error *err)
{
	char *token = NULL;
	enum ik_rc rc;

	if (relay->token_of == NULL) return ik_fail(IK_CONFIG, err, "smtp.token_of: there are no tokens here");
	pthread_mutex_lock(&relay->lock);
	rc = relay->token_of(relay->arg, relay->is_refused ? relay->token : NULL, &token, err);
	if (rc == IK_OK) {
		mem_wipe_text(&relay->token);
		relay->token = token;
		relay->is_refused = false;
		*token_r = mem_text(token);
	}
	pthread_mutex_unlock(&relay->lock);
	return rc;
}

enum ik_rc relay_open(struct relay *relay, const struct smtp_mail *mails, size_t count, const char *journal, struct smtp_session **session_r, struct ik_error *err)
{
	char *token = NULL;
	enum ik_rc rc = relay->conf->token_of != NULL && relay->conf->server != NULL ? take_token(relay, &token, err) : IK_OK;

	if (rc == IK_OK) rc = smtp_session_open_as(relay->conf, token, mails, count, journal, session_r, err);
	mem_wipe_text(&token);
	return rc;
}

void relay_ended(struct relay *relay, enum ik_rc rc)
{
	pthread_mutex_lock(&relay->lock);
	relay->is_refused = rc == IK_CONFIG && relay->token != NULL;
	pthread_mutex_unlock(&relay->lock);
}
