/* fuse.h - the other side is a machine that does not say so: it answers us within moments, again and again with the same words. Such an address is
 * marked with the evidence and gets nothing for ack.machine_quiet. A person who repeats himself does so after a while, or before we answer. */
#ifndef PIPELINE_FUSE_H
#define PIPELINE_FUSE_H

#include "policy/ack_decision.h"
#include "store/store.h"

/* fuse_watch() - one message came from who (folded); words: same_words_key() of what it says. fuse_sent() - one acknowledgement goes there. */
enum ik_rc fuse_watch(struct store_tx *tx, const struct ack_conf *conf, const char *who, uint32_t words, int64_t at, struct ik_error *err);
enum ik_rc fuse_sent(struct store_tx *tx, const char *who, int64_t at, struct ik_error *err);

#endif
