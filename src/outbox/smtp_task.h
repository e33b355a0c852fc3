/* smtp_task.h - what a sender process is told about the relay. Passwords travel as paths: only that process reads them. An access token, which lives
 * an hour, travels itself, and is wiped here once it is handed over. */
#ifndef OUTBOX_SMTP_TASK_H
#define OUTBOX_SMTP_TASK_H

#include <stdbool.h>
#include <stdint.h>
#include <intaked/error.h>
#include "base/buf.h"

struct smtp_conf;

#define SMTP_TOKEN_MAX 16385

enum smtp_tls { SMTP_TLS_NONE, SMTP_TLS_STARTTLS, SMTP_TLS_IMPLICIT };

struct smtp_task {
	char host[256], helo[256];      /* helo "": the machine's name */
	int port;
	enum smtp_tls tls;
	char user[256], password_path[512], bearer_path[512], ca_file[512];     /* "" when not set */
	char token[SMTP_TOKEN_MAX];     /* an access token the core holds already; "" when not set */
	char journal[1024];             /* where to note what becomes of each mail; "" for nowhere */
	int64_t timeout_s;              /* per SMTP phase */
	uint32_t window;
	bool is_test;                   /* log in, say NOOP, quit */
};

/* smtp_task_of() - IK_CONFIG when the configuration makes no sense: no host, credentials without TLS, user without a secret. */
enum ik_rc smtp_task_of(const struct smtp_conf *conf, struct smtp_task *task_r, struct ik_error *err);
void smtp_task_print(const struct smtp_task *task, struct buf *b);
enum ik_rc smtp_task_parse(const char *text, size_t len, struct smtp_task *task_r, struct ik_error *err);

#endif
