/* quiet.c - marks and limits, asked in the store's transaction. See quiet.h. */
#include "pipeline/quiet.h"

#include <string.h>
#include "pipeline/breaker.h"
#include "pipeline/fuse.h"

static enum ik_rc ask_marks(struct store_tx *tx, const char *who, int64_t at, const char **withheld_r, struct ik_error *err)
{
	char mark[32] = "";
	enum ik_rc rc = store_address_mark(tx, who, at, mark, sizeof(mark), err);

	if (rc != IK_OK || mark[0] == '\0') return rc;
	*withheld_r = strcmp(mark, "bounced") == 0 ? "address-bounced" : "address-machine";
	return IK_OK;
}

static enum ik_rc ask_limits(struct store_tx *tx, const struct ack_conf *conf, const char *who, int64_t at, const char **withheld_r, struct ik_error *err)
{
	struct ack_limit limits[ACK_LIMIT_MAX];
	const size_t count = ack_limits(conf, who, limits);
	enum ik_rc rc = IK_OK;

	for (size_t i = 0; rc == IK_OK && *withheld_r == NULL && i < count; i++) {
		bool ok = true;

		rc = store_use_budget(tx, limits[i].key, limits[i].window_s, limits[i].limit, at, &ok, err);
		if (rc == IK_OK && !ok) *withheld_r = limits[i].reason;
	}
	return rc;
}

enum ik_rc quiet_ask(struct store_tx *tx, const struct pipeline_setup *setup, const char *who, int64_t at, const char **withheld_r, struct ik_error *err)
{
	bool is_open = false;
	enum ik_rc rc;

	*withheld_r = NULL;
	rc = ask_marks(tx, who, at, withheld_r, err);
	if (rc == IK_OK && *withheld_r == NULL) rc = breaker_is_open(tx, setup, at, &is_open, err);
	if (is_open) *withheld_r = "breaker";
	if (rc == IK_OK && *withheld_r == NULL) rc = ask_limits(tx, setup->ack, who, at, withheld_r, err);
	if (rc != IK_OK || *withheld_r != NULL) return rc;
	rc = fuse_sent(tx, who, at, err);
	return rc == IK_OK ? breaker_count(tx, setup, at, err) : rc;
}
