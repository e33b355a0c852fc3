/* replay.h - what another configuration would decide about a message that is stored: the steps of the journey that need no store, once more.
 *
 * Nothing is written and nothing is sent. What only the store knows stays as it was decided: repeats, threads, likeness and budgets. What a
 * message came with and the store does not keep (the envelope's sender, the platform's mark of robots) is taken from the decision of then. */
#ifndef PIPELINE_REPLAY_H
#define PIPELINE_REPLAY_H

#include <jansson.h>
#include "pipeline/ticket.h"

/* replay_is_mail() - whether an opening (read_openings()) is a mail, which has to be read again from its original. */
bool replay_is_mail(const json_t *opening);
/* replay() - opening: of read_openings(); raw: the original of a mail, taken (malloc), NULL for other channels. setup: policy, ack, own_addresses,
 * brands and workers of the other configuration; account: the message's channel in it. The ticket has its draft, class, schedule, assignment,
 * brand and ack_reason; release it before setup's policy. IK_RETRY: the workers could not run. */
enum ik_rc replay(const struct pipeline_setup *setup, const struct pipeline_account *account, const json_t *opening, void *raw, size_t raw_size,
                  struct ticket **ticket_r, struct ik_error *err);

#endif
