/* survey.h - how satisfied a customer is with the solution: five levels, and if they like four dimensions, by the link of a survey or by a number in the
 * chat it was asked in (policy/rating.h). One answer a survey; 1 and 2 open the ticket again and alarm, 4 and 5 close it, 3 changes nothing. */
#ifndef PIPELINE_SURVEY_H
#define PIPELINE_SURVEY_H

#include "pipeline/pipeline.h"
#include "policy/rating.h"

#define SURVEY_VALID_S (30 * INT64_C(86400))    /* of a link, and of a number in a chat 14 days */
#define SURVEY_CHAT_S (14 * INT64_C(86400))

/* survey_read() - what a link's token says: which ticket, and when its survey was sent, which names it. false: not ours, or too old. Any thread. */
bool survey_read(const struct marks *marks, const char *token, int64_t now_at, int64_t *ticket_id_r, int64_t *sent_at_r);
/* survey_take() - way: "link" or "chat". *taken_r: false when this survey was answered before, and nothing changes. IK_REJECT: a level there is not. */
enum ik_rc survey_take(struct store_tx *tx, const struct pipeline_setup *setup, int64_t ticket_id, int64_t sent_at, const struct survey_answer *answer,
                       const char *way, int64_t now_at, bool *taken_r, struct ik_error *err);

#endif
