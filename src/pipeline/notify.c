/* notify.c - a notice: first whether the policy wants it, then the way, then marks and limits. See notify.h. */
#include "pipeline/notify.h"

#include <stdio.h>
#include <string.h>
#include "pipeline/quiet.h"
#include "store/progress.h"
#include "store/survey.h"

#define DAY_S 86400
#define DETAIL_MAX 200

/* Where a notice goes. */
struct way { char target[64], address[256], who[ACK_ADDRESS_MAX]; const char *because; };

bool notify_was_allowed(const char *ack_reason)
{
	static const char *const reasons[] = { "allowed", "override", "breaker", "window-closed", "in-response", "split", NULL };

	for (const char *const *r = reasons; *r != NULL; r++)
		if (strcmp(*r, ack_reason) == 0) return true;
	return strncmp(ack_reason, "limit-", 6) == 0;
}

static bool is_own(const struct pipeline_setup *setup, const char *folded)
{
	for (size_t i = 0; i < setup->own_count; i++)
		if (strcmp(setup->own_addresses[i], folded) == 0) return true;
	return false;
}

static bool mail_way(const struct pipeline_setup *setup, const char *address, struct way *way_r)
{
	struct way way = { .target = "ack:mail" };

	if (!ack_fold_address(address, way.who, sizeof(way.who)) || ack_is_role(address) || is_own(setup, way.who)) return false;
	if (strlen(address) >= sizeof(way.address)) return false;
	(void)snprintf(way.address, sizeof(way.address), "%s", address);
	*way_r = way;
	return true;
}

static bool chat_way(const struct store_progress *p, int64_t at, struct way *way_r)
{
	const bool is_open = (p->reply_until == 0 || at < p->reply_until) && p->replies_left != 0;
	struct way way = { .because = NULL };

	if (!is_open || p->conversation[0] == '\0') return false;
	(void)snprintf(way.target, sizeof(way.target), "ack:%.59s", p->channel);
	(void)snprintf(way.address, sizeof(way.address), "%s", p->conversation);
	(void)snprintf(way.who, sizeof(way.who), "%s", p->sender[0] != '\0' ? p->sender : p->conversation);
	*way_r = way;
	return true;
}

static bool way_back(const struct pipeline_setup *setup, const struct store_progress *p, int64_t at, struct way *way_r)
{
	const struct pipeline_account *account = setup->account != NULL ? setup->account(setup->account_arg, p->channel) : NULL;

	if (account == NULL || !account->acknowledge || !notify_was_allowed(p->ack_reason)) return false;
	if (account->ack == IK_ACK_MAIL) return mail_way(setup, p->sender, way_r);
	return account->can_reply && chat_way(p, at, way_r);
}

static enum ik_rc other_way(struct store_tx *tx, const struct pipeline_setup *setup, int64_t contact_id, bool *found_r, struct way *way_r, struct ik_error *err)
{
	char address[256] = "";
	enum ik_rc rc = contact_id != 0 ? store_find_handle(tx, contact_id, "email", address, sizeof(address), err) : IK_OK;

	*found_r = rc == IK_OK && address[0] != '\0' && mail_way(setup, address, way_r);
	return rc;
}

enum ik_rc notify_find_mail(struct store_tx *tx, const struct pipeline_setup *setup, int64_t contact_id, char address_r[256], char folded_r[ACK_ADDRESS_MAX], bool *found_r,
                            struct ik_error *err)
{
	struct way way;
	enum ik_rc rc = other_way(tx, setup, contact_id, found_r, &way, err);

	if (rc != IK_OK || !*found_r) return rc;
	memcpy(address_r, way.address, sizeof(way.address));
	memcpy(folded_r, way.who, sizeof(way.who));
	return IK_OK;
}

/* found_r: false when the customer cannot be reached. */
static enum ik_rc find_way(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, int64_t at, bool *found_r,
                           struct way *way_r, struct ik_error *err)
{
	enum ik_rc rc;

	*found_r = way_back(setup, p, at, way_r);
	if (*found_r) return IK_OK;
	rc = other_way(tx, setup, p->contact_id, found_r, way_r, err);
	if (rc == IK_OK && *found_r) way_r->because = NOTIFY_REROUTED;
	return rc;
}

static enum ik_rc tell_history(struct store_tx *tx, const struct notify *n, const char *what, const char *why, struct ik_error *err)
{
	char detail[DETAIL_MAX];

	(void)snprintf(detail, sizeof(detail), "%s: %s", template_event_names[n->event], why);
	return store_add_history(tx, n->ticket_id, n->at, what, "intaked", detail, err);
}

static enum ik_rc ask_per_day(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct way *way, int64_t at,
                              const char **withheld_r, struct ik_error *err)
{
	char key[ACK_ADDRESS_MAX + 16];
	bool ok = true;
	enum ik_rc rc;

	if (p->contact_id != 0) (void)snprintf(key, sizeof(key), "notice-c:%lld", (long long)p->contact_id);
	else (void)snprintf(key, sizeof(key), "notice-a:%s", way->who);
	rc = store_use_budget(tx, key, DAY_S, setup->notices->per_day, at, &ok, err);
	if (rc == IK_OK && !ok) *withheld_r = "limit-notices-day";
	return rc;
}

static enum ik_rc add_duty(struct store_tx *tx, const struct store_progress *p, const struct notify *n, const struct way *way, struct ik_error *err)
{
	struct store_duty duty = { .kind = DUTY_NOTICE, .ticket_id = n->ticket_id, .message_id = p->message_id, .created_at = n->at };

	(void)snprintf(duty.event, sizeof(duty.event), "%s.%lld", template_event_names[n->event], (long long)n->nth);
	(void)snprintf(duty.target, sizeof(duty.target), "%s", way->target);
	(void)snprintf(duty.address, sizeof(duty.address), "%s", way->address);
	(void)snprintf(duty.note, sizeof(duty.note), "%s", n->note != NULL ? n->note : "");
	return store_add_duty(tx, &duty, err);
}

/* A number that comes next in this conversation answers the survey, unless the staff has asked or said something since. */
static enum ik_rc mind_question(struct store_tx *tx, const struct store_progress *p, const struct notify *n, const struct way *way, struct ik_error *err)
{
	if (n->event == EVENT_SURVEY) return store_ask_question(tx, p->channel, way->address, n->ticket_id, n->at, err);
	if (n->event == EVENT_MORE_INFORMATION || n->event == EVENT_REPLY) return store_close_question(tx, p->channel, way->address, err);
	return IK_OK;
}

static enum ik_rc send(struct store_tx *tx, const struct store_progress *p, const struct notify *n, const struct way *way, struct ik_error *err)
{
	enum ik_rc rc = add_duty(tx, p, n, way, err);

	if (rc == IK_OK && strcmp(way->target, "ack:mail") != 0) rc = mind_question(tx, p, n, way, err);
	if (rc == IK_OK && strcmp(way->target, "ack:mail") != 0 && p->replies_left > 0) rc = store_use_reply(tx, p->message_id, err);
	if (rc == IK_OK && way->because != NULL) rc = tell_history(tx, n, "notice.rerouted", way->because, err);
	return rc;
}

enum ik_rc notify(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_progress *p, const struct notify *n, struct ik_error *err)
{
	const char *withheld = NULL;
	struct way way;
	bool is_reachable = false;
	enum ik_rc rc;

	if (setup->notices == NULL || !notice_wanted(setup->notices, n->event)) return IK_OK;
	rc = find_way(tx, setup, p, n->at, &is_reachable, &way, err);
	if (rc != IK_OK) return rc;
	if (!is_reachable) return tell_history(tx, n, "notice.withheld", "no-way-back", err);
	if (n->event == EVENT_SURVEY && setup->public_url == NULL && strcmp(way.target, "ack:mail") == 0) return tell_history(tx, n, "notice.withheld", "no-page", err);
	if (!setup->ack->enabled) return tell_history(tx, n, "notice.withheld", "disabled", err);
	rc = ask_per_day(tx, setup, p, &way, n->at, &withheld, err);
	if (rc == IK_OK && withheld == NULL) rc = quiet_ask(tx, setup, way.who, n->at, &withheld, err);
	if (rc != IK_OK) return rc;
	return withheld != NULL ? tell_history(tx, n, "notice.withheld", withheld, err) : send(tx, p, n, &way, err);
}

enum ik_rc notify_reroute(struct store_tx *tx, const struct pipeline_setup *setup, const struct store_duty *duty, int64_t now_at, bool *is_rerouted_r, struct ik_error *err)
{
	const struct notify n = { .ticket_id = duty->ticket_id, .event = notice_event_named(duty->event), .at = now_at };
	const char *withheld = NULL;
	struct store_progress p;
	struct way way;
	enum ik_rc rc = store_get_progress(tx, duty->ticket_id, &p, err);

	*is_rerouted_r = false;
	if (rc != IK_OK || n.event == EVENT_COUNT || n.event == EVENT_STATUS || (n.event == EVENT_SURVEY && setup->public_url == NULL)) return rc;
	rc = other_way(tx, setup, p.contact_id, is_rerouted_r, &way, err);
	if (rc == IK_OK && *is_rerouted_r) rc = quiet_ask(tx, setup, way.who, now_at, &withheld, err);
	*is_rerouted_r = *is_rerouted_r && withheld == NULL;
	if (rc != IK_OK || !*is_rerouted_r) return rc;
	if (n.event == EVENT_SURVEY) rc = store_close_question(tx, p.channel, duty->address, err);
	if (rc == IK_OK) rc = store_reroute_duty(tx, duty->id, way.target, way.address, now_at, NOTIFY_REROUTED, err);
	return rc == IK_OK ? tell_history(tx, &n, "notice.rerouted", NOTIFY_REROUTED, err) : rc;
}
