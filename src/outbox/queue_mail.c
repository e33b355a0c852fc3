/* queue_mail.c - acknowledgements by mail: composed from clean facts, then through one relay session per batch, or into the Maildir.
 *
 * Order of the promises, per mail: taken (sending) - written by us - marked committing, durably - its last bytes go out - verdict. The
 * relay works on one mail while the store marks the next ones: marking and verdicts are jobs that nobody waits for until the session ends. */
#include "outbox/outbox_parts.h"

#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/codec.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/mime_write.h"
#include "outbox/compose.h"
#include "outbox/maildir.h"
#include "store/send_journal.h"

/* One batch of composed mails; duty[i] belongs to mails[i]. */
struct batch {
	struct queue *q;
	const struct store_duty **duties;
	struct smtp_mail *mails;
	char **bytes;
	size_t count;
	pthread_mutex_t lock;           /* of the rest: jobs end on the store thread */
	pthread_cond_t changed;
	size_t jobs;                    /* under way */
	struct mail_job *undone;        /* verdicts the store could not take yet */
	bool has_progress;
	bool is_unwritten;              /* verdicts are left that the store did not take */
	size_t tried;
};

struct mail_job {
	struct store_job job;
	struct batch *batch;
	struct smtp_session *session;
	size_t upto;                    /* of a grant; 0: verdicts */
	size_t count;
	int64_t *ids;
	struct verdict *verdicts;
	struct mail_job *next;
};

/* ---- composing ---------------------------------------------------------------------------------------------------------- */

/* The same at every attempt, so that the mail has one Message-ID for ever. */
static uint64_t salt_of(const char *key)
{
	const struct bytes piece = { key, strlen(key) };
	unsigned char digest[SHA256_SIZE];
	uint64_t salt = 0;

	sha256(&piece, 1, digest);
	for (int i = 0; i < 8; i++) salt = salt << 8 | digest[i];
	return salt;
}

static enum ik_rc mail_words(struct queue *q, const struct store_duty *duty, const struct read_answer *answer, struct notice_text *words_r, struct ik_error *err)
{
	const bool asks = strcmp(duty->event, template_event_names[EVENT_VERIFICATION]) == 0;
	char folded[ACK_ADDRESS_MAX];
	struct store_verification asked = { .id = 0 };
	enum ik_rc rc = IK_OK;

	if (asks && ack_fold_address(duty->address, folded, sizeof(folded))) rc = read_verification(q->reader, folded, &asked, err);
	if (rc == IK_OK && asks && asked.id == 0) rc = ik_fail(IK_REJECT, err, "nobody waits for the verification of this address any longer");
	return rc == IK_OK ? duty_words(&q->outbox->setup, duty, answer, &(struct words_wanted){ .kind = KIND_MAIL, .asked = asks ? &asked : NULL }, words_r, err) : rc;
}

/* An address that still has to prove itself is not told where the ticket listens. */
static bool has_tag(const struct outbox_setup *s, const struct store_duty *duty)
{
	return s->ack->plus_addressing && s->ack->from != NULL && strcmp(duty->event, template_event_names[EVENT_VERIFICATION]) != 0;
}

static enum ik_rc compose_duty(struct queue *q, const struct store_duty *duty, struct buf *mail_r, struct ik_error *err)
{
	const struct outbox_setup *s = &q->outbox->setup;
	char own_id[MARKS_TEXT_MAX], tagged[MARKS_ADDRESS_MAX];
	struct notice_text words = { .subject = NULL };
	struct compose_ack ack = { .from = s->ack->from, .from_name = s->ack->from_name, .to = duty->address, .message_id = own_id, .date = clock_wall() };
	struct read_answer answer;
	enum ik_rc rc = read_answer(q->reader, duty->ticket_id, duty->message_id, &answer, err);

	if (rc != IK_OK) return rc;
	rc = mail_words(q, duty, &answer, &words, err);
	marks_message_id(s->marks, duty->kind == DUTY_NOTICE ? MARK_NOTICE : MARK_ACK, duty->ticket_id, salt_of(duty->key), own_id);
	if (has_tag(s, duty) && marks_address(s->marks, s->ack->from, duty->ticket_id, tagged, sizeof(tagged))) ack.reply_to = tagged;
	ack.subject = words.subject;
	ack.text = words.text;
	ack.language = words.language;
	ack.in_reply_to = answer.message_id;
	ack.references = (const char *const *)answer.references;
	ack.reference_count = answer.reference_count;
	if (rc == IK_OK) rc = compose_ack(&ack, mail_r, err);
	notice_release(&words);
	read_answer_release(&answer);
	return rc;
}

/* One duty into the batch, or its verdict at once. */
static void add_duty(struct batch *b, const struct store_duty *duty)
{
	const struct outbox_setup *s = &b->q->outbox->setup;
	struct buf mail = BUF_INIT(COMPOSE_ACK_MAX);
	struct ik_error err = { 0 };
	enum ik_rc rc = compose_duty(b->q, duty, &mail, &err);
	struct smtp_mail m = { s->ack->null_sender ? "" : s->ack->from, duty->address, mail.data, mail.len };

	if (rc == IK_OK) rc = smtp_mail_check(&m, &err);
	if (rc == IK_OK) {
		b->bytes[b->count] = buf_take(&mail);
		m.data = b->bytes[b->count];
		b->mails[b->count] = m;
		b->duties[b->count++] = duty;
	} else {
		const struct verdict v = rc == IK_REJECT ? verdict_of(duty, DUTY_FAILED, err.text) : verdict_retry(b->q, duty, -1, err.text);

		(void)queue_finish(b->q, &v, 1);
		queue_log_verdict(b->q, duty, &v);
	}
	buf_release(&mail);
}

/* ---- through the relay -------------------------------------------------------------------------------------------------------- */

static void job_free(struct mail_job *job)
{
	free(job->ids);
	free(job->verdicts);
	free(job);
}

static enum ik_rc run_job(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct mail_job *job = arg;

	if (job->upto > 0) return store_commit_duties(tx, job->ids, job->count, err);
	return verdicts_write(tx, job->verdicts, job->count, err);
}

/* On the store thread, after the commit: the word to the sender, or a verdict less to care about. */
static void job_done(void *arg, enum ik_rc rc, const struct ik_error *err)
{
	struct mail_job *job = arg;
	struct batch *b = job->batch;

	if (rc != IK_OK) log_line(IK_LOG_ERROR, b->q->target, "%s: %s", job->upto > 0 ? "mails cannot be marked" : "results cannot be written", err->text);
	if (job->upto > 0 && rc == IK_OK) smtp_session_go(job->session, job->upto);
	else if (job->upto > 0) smtp_session_stop(job->session);
	else if (rc == IK_OK) verdicts_count(b->q->outbox, job->verdicts, job->count);
	(void)pthread_mutex_lock(&b->lock);
	if (job->upto == 0 && rc != IK_OK) {
		job->next = b->undone;
		b->undone = job;
	} else {
		job_free(job);
	}
	b->jobs--;
	(void)pthread_cond_broadcast(&b->changed);
	(void)pthread_mutex_unlock(&b->lock);
}

static void submit(struct batch *b, struct mail_job *job)
{
	job->batch = b;
	job->job = (struct store_job){ .run = run_job, .done = job_done, .arg = job };
	(void)pthread_mutex_lock(&b->lock);
	b->jobs++;
	(void)pthread_mutex_unlock(&b->lock);
	store_submit(b->q->outbox->setup.store, &job->job);
}

static void on_grant(void *arg, struct smtp_session *session, size_t from, size_t upto)
{
	struct batch *b = arg;
	struct mail_job *job = mem_new(sizeof(*job));

	job->session = session;
	job->upto = upto;
	job->count = upto - from;
	job->ids = mem_new(job->count * sizeof(*job->ids));
	for (size_t i = 0; i < job->count; i++) job->ids[i] = b->duties[from + i]->id;
	submit(b, job);
}

static struct verdict judge(struct batch *b, const struct store_duty *duty, const struct smtp_result *result)
{
	switch (result->outcome) {
	case SMTP_SENT: return verdict_of(duty, DUTY_SENT, NULL);
	case SMTP_FAILED: return verdict_of(duty, DUTY_FAILED, result->text);
	case SMTP_UNCERTAIN: return verdict_of(duty, DUTY_UNCERTAIN, result->text);
	case SMTP_RETRY: default: break;
	}
	/* A relay that ends sessions after so many mails: the rest goes with the next session, at once. */
	if (!result->is_tried && b->has_progress) return verdict_untouched(duty);
	return verdict_retry(b->q, duty, -1, result->text);
}

static void on_results(void *arg, const size_t *index, const struct smtp_result *results, size_t count)
{
	struct batch *b = arg;
	struct mail_job *job = mem_new(sizeof(*job));

	job->count = count;
	job->verdicts = mem_new(count * sizeof(*job->verdicts));
	for (size_t i = 0; i < count; i++) {
		const struct store_duty *duty = b->duties[index[i]];

		if (results[i].outcome != SMTP_RETRY) b->has_progress = true;
		if (results[i].is_tried) b->tried++;
		job->verdicts[i] = judge(b, duty, &results[i]);
		if (results[i].outcome != SMTP_SENT && results[i].is_tried) queue_log_verdict(b->q, duty, &job->verdicts[i]);
	}
	submit(b, job);
}

/* Every job ends before the session's descriptor goes away. */
static void await_jobs(struct batch *b)
{
	struct mail_job *undone;

	(void)pthread_mutex_lock(&b->lock);
	while (b->jobs > 0) (void)pthread_cond_wait(&b->changed, &b->lock);
	undone = b->undone;
	b->undone = NULL;
	(void)pthread_mutex_unlock(&b->lock);
	while (undone != NULL) {
		struct mail_job *next = undone->next;

		if (queue_finish(b->q, undone->verdicts, undone->count) != IK_OK) b->is_unwritten = true;
		job_free(undone);
		undone = next;
	}
}

static void put_back(struct batch *b, enum ik_rc rc, const struct ik_error *err)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct verdict v = rc == IK_RETRY ? verdict_retry(b->q, b->duties[i], -1, err->text) : verdict_untouched(b->duties[i]);

		(void)queue_finish(b->q, &v, 1);
	}
}

/* A relay that ends a connection after so many mails gets no more than that at once; what works grows again. */
static void learn_size(struct queue *q, const struct batch *b)
{
	if (b->has_progress && b->tried < b->count) q->take_now = b->tried;
	else if (b->count == q->take_now && q->take_now < q->take_max) q->take_now = 2 * q->take_now < q->take_max ? 2 * q->take_now : q->take_max;
}

static enum ik_rc send_batch(struct batch *b, struct ik_error *err)
{
	struct outbox *o = b->q->outbox;
	const struct smtp_watch watch = { b, on_grant, on_results };
	struct live_session live = { .session = NULL };
	char *journal = send_journal_new(o->setup.state_dir, b->duties, b->count);
	enum ik_rc rc = relay_open(&o->relay, b->mails, b->count, journal, &live.session, err);

	if (rc != IK_OK) {
		put_back(b, rc, err);
		send_journal_drop(&journal);
		return rc;
	}
	if (!outbox_enter_session(o, &live)) {
		put_back(b, IK_OK, err);
	} else {
		rc = smtp_session_run(live.session, &watch, err);
		relay_ended(&o->relay, rc);
		outbox_leave_session(o, &live);
		await_jobs(b);
		learn_size(b->q, b);
	}
	smtp_session_close(&live.session);
	if (b->is_unwritten) mem_free(&journal);        /* the next start reads it */
	else send_journal_drop(&journal);
	return rc;
}

/* ---- into the Maildir ------------------------------------------------------------------------------------------------------------ */

/* Files first, then one commit that says so: a crash in between finds the same names again and writes nothing twice. */
static enum ik_rc store_batch(struct batch *b, struct ik_error *err)
{
	const char *path = b->q->outbox->maildir;
	struct verdict *verdicts = mem_new(b->count * sizeof(*verdicts));
	enum ik_rc worst = IK_OK, rc;

	for (size_t i = 0; i < b->count; i++) {
		rc = maildir_write(path, b->duties[i]->key, b->mails[i].data, b->mails[i].size, b->duties[i]->attempts > 1, err);
		if (rc == IK_OK) verdicts[i] = verdict_of(b->duties[i], DUTY_SENT, NULL);
		else verdicts[i] = verdict_retry(b->q, b->duties[i], -1, err->text);
		verdicts[i].commits = rc == IK_OK;
		if (rc != IK_OK) worst = rc;
	}
	rc = maildir_sync(path, err);
	for (size_t i = 0; i < b->count && rc != IK_OK; i++) verdicts[i] = verdict_retry(b->q, b->duties[i], -1, err->text);
	(void)queue_finish(b->q, verdicts, b->count);
	free(verdicts);
	return worst != IK_OK ? worst : rc;
}

/* ---- the queue ----------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc serve_batch(struct batch *b, struct store_duty *duties, size_t count, struct ik_error *err)
{
	if (!mime_address_ok(b->q->outbox->setup.ack->from)) {
		for (size_t i = 0; i < count; i++) b->duties[b->count++] = &duties[i];
		(void)ik_fail(IK_CONFIG, err, "ack.from is no plain mail address: nothing to send acknowledgements from");
		put_back(b, IK_CONFIG, err);
		return IK_CONFIG;
	}
	for (size_t i = 0; i < count; i++) add_duty(b, &duties[i]);
	if (b->count == 0) return IK_OK;
	return b->q->outbox->maildir != NULL ? store_batch(b, err) : send_batch(b, err);
}

enum ik_rc queue_serve_mail(struct queue *q, struct store_duty *duties, size_t count, struct ik_error *err)
{
	struct batch b = { .q = q, .duties = mem_new(count * sizeof(*b.duties)), .mails = mem_new(count * sizeof(*b.mails)), .bytes = mem_new(count * sizeof(*b.bytes)) };
	enum ik_rc rc;

	(void)pthread_mutex_init(&b.lock, NULL);
	(void)pthread_cond_init(&b.changed, NULL);
	rc = serve_batch(&b, duties, count, err);
	(void)pthread_cond_destroy(&b.changed);
	(void)pthread_mutex_destroy(&b.lock);
	for (size_t i = 0; i < count; i++) free(b.bytes[i]);
	free(b.bytes);
	free(b.mails);
	free(b.duties);
	return rc;
}

/* ---- one mail for a sink, or none to try the relay ----------------------------------------------------------------------------------- */

static void grant_at_once(void *arg, struct smtp_session *session, size_t from, size_t upto)
{
	(void)arg; (void)from;
	smtp_session_go(session, upto);         /* a sink's mail may go twice: its Message-ID is always the same */
}

static void keep_result(void *arg, const size_t *index, const struct smtp_result *result, size_t count)
{
	(void)index;
	if (count > 0) *(struct smtp_result *)arg = result[0];
}

static enum ik_rc run_single(struct outbox *o, const struct smtp_mail *mail, size_t count, struct smtp_result *result_r, struct ik_error *err)
{
	const struct smtp_watch watch = { result_r, grant_at_once, keep_result };
	struct live_session live = { .session = NULL, .is_test = count == 0 };
	enum ik_rc rc = relay_open(&o->relay, mail, count, NULL, &live.session, err);

	if (rc != IK_OK) return rc;
	if (outbox_enter_session(o, &live)) {
		rc = smtp_session_run(live.session, &watch, err);
		relay_ended(&o->relay, rc);
		outbox_leave_session(o, &live);
	} else {
		rc = ik_fail(IK_RETRY, err, "the daemon is stopping or reloading");
	}
	smtp_session_close(&live.session);
	return rc;
}

static enum ik_rc rc_of_result(const struct smtp_result *result, enum ik_rc session, bool *uncertain_r, struct ik_error *err)
{
	switch (result->outcome) {
	case SMTP_SENT: return IK_OK;
	case SMTP_FAILED: return ik_fail(IK_REJECT, err, "the relay refused the mail: %d %s", result->code, result->text);
	case SMTP_UNCERTAIN: *uncertain_r = true; return ik_fail(IK_RETRY, err, "it is not known whether the relay took the mail: %s", result->text);
	case SMTP_RETRY: default: break;
	}
	if (session != IK_OK) return session;
	return ik_fail(IK_RETRY, err, "the relay did not take the mail: %d %s", result->code, result->text);
}

/* The mail with the proof in front that it is ours, so that it opens no ticket when it comes back. */
static void mark_mail(const struct outbox *o, const void *message, size_t size, const char *key, struct buf *b)
{
	char id[MARKS_TEXT_MAX];

	marks_message_id(o->setup.marks, MARK_DELIVERY, 1, salt_of(key), id);
	buf_format(b, "X-Intaked-Loop: <%s>\r\n", id);
	buf_add(b, message, size);
}

static enum ik_rc send_marked(struct outbox *o, const struct smtp_mail *mail, const char *key, bool *uncertain_r, struct ik_error *err)
{
	struct smtp_result result = { .outcome = SMTP_RETRY };
	enum ik_rc rc = smtp_mail_check(mail, err);

	if (rc != IK_OK) return rc;
	if (o->maildir == NULL) {
		rc = run_single(o, mail, 1, &result, err);
		return rc_of_result(&result, rc, uncertain_r, err);
	}
	rc = maildir_write(o->maildir, key, mail->data, mail->size, true, err);
	return rc == IK_OK ? maildir_sync(o->maildir, err) : rc;
}

enum ik_rc outbox_send_mail(struct outbox *o, const char *from, const char *to, const void *message, size_t size, const char *key,
                            bool *uncertain_r, struct ik_error *err)
{
	struct buf marked = BUF_INIT(size + 2 * MARKS_TEXT_MAX);
	enum ik_rc rc;

	*uncertain_r = false;
	mark_mail(o, message, size, key, &marked);
	rc = send_marked(o, &(struct smtp_mail){ from, to, marked.data, marked.len }, key, uncertain_r, err);
	buf_release(&marked);
	return rc;
}

enum ik_rc outbox_test_relay(struct outbox *o, struct ik_error *err)
{
	struct smtp_result none = { .outcome = SMTP_RETRY };

	if (o->maildir != NULL) return maildir_make(o->maildir, err);
	return run_single(o, NULL, 0, &none, err);
}
