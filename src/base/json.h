/* json.h - reading and writing JSON of strangers with Jansson: bounded, no duplicate keys, wrong types never crash.
 * Thread: any; a json_t belongs to one thread at a time. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdint.h>
#include <jansson.h>
#include <intaked/error.h>
#include "base/buf.h"

#define JSON_DEPTH_MAX 32

/* json_parse() - one value of at most JSON_DEPTH_MAX levels; IK_REJECT with line and column otherwise. Free with json_decref. */
enum ik_rc json_parse(const char *text, size_t len, json_t **value_r, struct ik_error *err);
/* json_text() - the text of a member, NULL when absent or no text. json_int() - a whole number or fallback. */
const char *json_text(const json_t *object, const char *key);
int64_t json_int(const json_t *object, const char *key, int64_t fallback);
/* json_path() - the value at "a.b[0].c"; borrowed, NULL when there is none. An empty path is the value itself. */
json_t *json_path(json_t *value, const char *path);
/* json_set_text() - object[key] = text or null. Text must be UTF-8; otherwise null is set. */
void json_set_text(json_t *object, const char *key, const char *text);
/* json_set_time() - RFC 3339 UTC, or null for 0. */
void json_set_time(json_t *object, const char *key, int64_t at);
/* json_quote() - text as a JSON string with its quotes; text must be valid UTF-8. NULL becomes null. */
bool json_quote(struct buf *b, const char *text);
/* json_print() - compact text; false when the buffer is full. */
bool json_print(struct buf *b, const json_t *value);

#endif
