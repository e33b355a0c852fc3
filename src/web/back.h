/* back.h - states that come back from helpdesks: POST /back/SINK, a signed JSON object.
 *
 *   {"event_id": "e-17", "remote_id": "4711", "state": "solved", "reply": "The refund was made.", "category": "billing"}
 *
 * category, severity, sentiment, department and product, where they are there, correct what the gateway had decided; see pipeline/reclassify.h.
 *
 * One whose remote_id no delivery has got yet, while deliveries to that sink are under way, is held for a day (store/held.h) and counts once one has.
 * event_id is taken once and answered alike ever after; remote_id is what the sink's delivery got from its receiver, or "number" is ours, of a
 * ticket this sink was given. Whoever is not to know a ticket learns nothing: after a good signature every readable callback is answered
 * 202 {"accepted":true}. A bad signature is 401, what cannot be read 400, a full store 503. Threads: those of the HTTP server. */
#ifndef WEB_BACK_H
#define WEB_BACK_H

#include <intaked/sink.h>
#include "net/http_server.h"
#include "pipeline/pipeline.h"

struct back_sink { const char *name; const struct ik_sink_common *common; };
enum back_scheme { BACK_STANDARD, BACK_HMAC };
struct back;
/* back_new() - sinks without a secret are left out; IK_CONFIG when a secret is none. setup is borrowed until back_free(). */
enum ik_rc back_new(const struct pipeline_setup *setup, const struct back_sink *sinks, size_t count, struct back **back_r, struct ik_error *err);
void back_free(struct back **back);
/* back_release() - callbacks that came before their delivery was on record count now; called every few seconds, waits for the commit. NULL is accepted.
 * back_held() - how many wait; about, until the first release. */
void back_release(struct back *back);
int64_t back_held(struct back *back);
struct http_route back_route(struct back *back);

#endif
