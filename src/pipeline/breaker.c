/* breaker.c - counts what goes out and what comes back, and pauses everything when either is out of proportion. See breaker.h. */
#include "pipeline/breaker.h"

#include <stdio.h>
#include "base/log.h"
#include "store/pace.h"

#define MARK "*breaker*"                /* no address and no handle of a platform looks like this */
#define BOUNCES_LEAST 20                /* mails in an hour before their bounces are put into proportion */

enum ik_rc breaker_is_open(struct store_tx *tx, const struct pipeline_setup *setup, int64_t at, bool *is_open_r, struct ik_error *err)
{
	char mark[32] = "";
	enum ik_rc rc = IK_OK;

	if (setup->ack->breaker) rc = store_address_mark(tx, MARK, at, mark, sizeof(mark), err);
	if (rc == IK_OK) *is_open_r = mark[0] != '\0';
	return rc;
}

/* Why it has to open, into why_r; false: all is as usual. */
static bool is_too_much(const struct ack_conf *conf, const struct store_pace *p, char *why_r, size_t size)
{
	const int64_t most = p->usual * conf->breaker_factor > conf->breaker_least ? p->usual * conf->breaker_factor : conf->breaker_least;

	if (p->recent > most) {
		(void)snprintf(why_r, size, "%lld acknowledgements in ten minutes, %lld are usual", (long long)p->recent, (long long)p->usual);
		return true;
	}
	if (p->hour_sent < BOUNCES_LEAST || p->hour_bounced * 100 <= p->hour_sent * conf->breaker_bounced) return false;
	(void)snprintf(why_r, size, "%lld of %lld acknowledgements of the last hour bounced", (long long)p->hour_bounced, (long long)p->hour_sent);
	return true;
}

static enum ik_rc look(struct store_tx *tx, const struct pipeline_setup *setup, int64_t at, struct ik_error *err)
{
	const struct ack_conf *conf = setup->ack;
	json_t *evidence;
	char why[128];
	struct store_pace pace;
	enum ik_rc rc = store_get_pace(tx, at, &pace, err);

	if (rc != IK_OK || !is_too_much(conf, &pace, why, sizeof(why))) return rc;
	log_line(IK_LOG_ERROR, "breaker", "acknowledgements and notices are paused for %lld minutes: %s; tickets go on", (long long)conf->breaker_pause / 60, why);
	rc = store_mark_address(tx, MARK, "breaker", why, at + conf->breaker_pause, err);
	evidence = json_pack("{s:s, s:I}", "why", why, "pause_s", (json_int_t)conf->breaker_pause);
	if (rc == IK_OK) rc = alarm_raise(tx, setup->alarms, ALARM_BREAKER, "acknowledgements", 0, evidence, at, err);
	json_decref(evidence);
	return rc;
}

enum ik_rc breaker_count(struct store_tx *tx, const struct pipeline_setup *setup, int64_t at, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if (setup->ack->breaker) rc = store_count_pace(tx, at, 1, 0, err);
	return rc == IK_OK && setup->ack->breaker ? look(tx, setup, at, err) : rc;
}

enum ik_rc breaker_bounced(struct store_tx *tx, const struct pipeline_setup *setup, int64_t at, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if (setup->ack->breaker) rc = store_count_pace(tx, at, 0, 1, err);
	return rc == IK_OK && setup->ack->breaker ? look(tx, setup, at, err) : rc;
}
