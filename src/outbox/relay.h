/* relay.h - a session with the relay, and the access token it may need: smtp.token_of names the channel whose account signs in there too.
 * Thread: any. */
#ifndef OUTBOX_RELAY_H
#define OUTBOX_RELAY_H

#include <pthread.h>
#include "outbox/outbox.h"
#include "outbox/smtp_session.h"

struct relay {
	const struct smtp_conf *conf;
	outbox_token_fn token_of;       /* NULL: there are no tokens here */
	void *arg;
	pthread_mutex_t lock;           /* of the two below */
	char *token;                    /* given to the last session */
	bool is_refused;
};

void relay_init(struct relay *relay, const struct smtp_conf *conf, outbox_token_fn token_of, void *arg);
void relay_release(struct relay *relay);
/* relay_open() - as smtp_session_open(), with a token that is good for now. */
enum ik_rc relay_open(struct relay *relay, const struct smtp_mail *mails, size_t count, const char *journal, struct smtp_session **session_r, struct ik_error *err);
/* relay_ended() - what smtp_session_run() came to: after IK_CONFIG the next session asks for another token. */
void relay_ended(struct relay *relay, enum ik_rc rc);

#endif
