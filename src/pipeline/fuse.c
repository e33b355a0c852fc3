/* fuse.c - counts quick answers of one shape from one address. See fuse.h. */
#include "pipeline/fuse.h"

#include <stdio.h>
#include "base/log.h"

#define QUICK_S 120                     /* an answer within this time, up to twice as long */
#define ALIKE 2                         /* quick answers of one shape that make a machine */
#define DAY_S 86400
#define UNLIMITED INT64_MAX

enum ik_rc fuse_sent(struct store_tx *tx, const char *who, int64_t at, struct ik_error *err)
{
	char key[ACK_ADDRESS_MAX + 16];
	bool ok;

	(void)snprintf(key, sizeof(key), "fuse-s:%s", who);
	return store_use_budget(tx, key, QUICK_S, UNLIMITED, at, &ok, err);
}

static enum ik_rc is_quick(struct store_tx *tx, const char *who, int64_t at, bool *is_r, struct ik_error *err)
{
	char key[ACK_ADDRESS_MAX + 16];
	int64_t now = 0, before = 0;
	enum ik_rc rc;

	(void)snprintf(key, sizeof(key), "fuse-s:%s", who);
	rc = store_used_budget(tx, key, QUICK_S, at, &now, err);
	if (rc == IK_OK) rc = store_used_budget(tx, key, QUICK_S, at - QUICK_S, &before, err);
	if (rc == IK_OK) *is_r = now > 0 || before > 0;
	return rc;
}

enum ik_rc fuse_watch(struct store_tx *tx, const struct ack_conf *conf, const char *who, uint32_t words, int64_t at, struct ik_error *err)
{
	char key[ACK_ADDRESS_MAX + 32], evidence[96];
	bool quick = false, is_below = true;
	enum ik_rc rc;

	if (conf->machine_quiet == 0 || words == 0) return IK_OK;
	rc = is_quick(tx, who, at, &quick, err);
	if (rc != IK_OK || !quick) return rc;
	(void)snprintf(key, sizeof(key), "fuse:%08x:%s", words, who);
	rc = store_use_budget(tx, key, DAY_S, ALIKE - 1, at, &is_below, err);
	if (rc != IK_OK || is_below) return rc;
	(void)snprintf(evidence, sizeof(evidence), "answered within moments, %d times in the same words (%08x)", ALIKE, words);
	log_line(IK_LOG_WARNING, "fuse", "an address is taken for a machine for %lld hours: %s", (long long)conf->machine_quiet / 3600, evidence);
	return store_mark_address(tx, who, "machine", evidence, at + conf->machine_quiet, err);
}
