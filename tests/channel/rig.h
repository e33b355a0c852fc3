/* rig.h - starts one of the programs in tests/system/rig and talks to it: one line of JSON there, one back. */
#ifndef TESTS_CHANNEL_RIG_H
#define TESTS_CHANNEL_RIG_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

struct rig { int pid, in, out; json_t *ready; char buffer[1 << 16]; size_t len; };

/* rig_start() - script with up to six arguments (NULL ends them); fails the test when it does not say that it is ready. */
struct rig *rig_start(const char *script, const char *const *args);
/* rig_stop() - ends its input and waits. */
void rig_stop(struct rig **rig);
/* rig_do() - one command in json_pack's format; the result, to be released with json_decref(). Fails the test on an error. */
json_t *rig_do(struct rig *rig, const char *fmt, ...);
/* rig_tell() - the same where no result is wanted. */
#define rig_tell(...) json_decref(rig_do(__VA_ARGS__))
const char *rig_text(const struct rig *rig, const char *key);
int rig_port(const struct rig *rig, const char *key);
/* rig_logged() - how many lines of a scripted server's log hold this text. */
size_t rig_logged(struct rig *rig, const char *part);

#endif
