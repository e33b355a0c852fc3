/* template_sample.h - made-up facts to try templates with: at the start, by lint and by preview. */
#ifndef POLICY_TEMPLATE_SAMPLE_H
#define POLICY_TEMPLATE_SAMPLE_H

#include <stdbool.h>
#include "policy/templates.h"

/* template_sample() - facts of an event in a language; full: with everything that may be left out, and long. A new reference. */
json_t *template_sample(enum template_event event, const char *language, bool is_full);

#endif
