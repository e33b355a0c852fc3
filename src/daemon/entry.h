/* entry.h - messages that an operator enters or imports: the same journey as every other message, in a lane that lasts as long as the call. */
#ifndef DAEMON_ENTRY_H
#define DAEMON_ENTRY_H

#include "pipeline/pipeline.h"

struct entry {
	struct ik_message message;      /* borrowed, as are the texts of says */
	struct pipeline_entry says;
	/* what became of it */
	enum ik_rc rc;
	struct ik_error why;
	bool is_repeat, is_other_content;       /* its external id was here before; with other content */
	int64_t ticket_id;
	char number[STORE_NUMBER_SIZE], code[24];
};

/* entry_account() - of a channel that is configured (base), or of one that is a word of the operator: phone, letter, counter. Acknowledgements go by
 * mail or nowhere. */
struct pipeline_account entry_account(const struct pipeline_account *base, const char *name, const char *brand, bool by_mail);
/* entry_know_words() - category and sentiment become the policy's own texts, which live as long as it does. */
enum ik_rc entry_know_words(const struct policy *policy, struct pipeline_entry *says, struct ik_error *err);
/* entry_take() - all of them, in order; waits for the commit. Words the policy does not know make an entry IK_REJECT and the others go on. IK_RETRY:
 * not all of them could be stored, each tells. Thread: any. */
enum ik_rc entry_take(struct pipeline *pipeline, const struct policy *policy, const struct pipeline_account *account, struct entry *entries, size_t count,
                      struct ik_error *err);

#endif
