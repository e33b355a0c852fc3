/* text_size.h - how long a text is in the units that channels count in. Thread: any. */
#ifndef POLICY_TEXT_SIZE_H
#define POLICY_TEXT_SIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <intaked/error.h>

struct text_size {
	size_t bytes, characters;       /* UTF-8 bytes; code points */
	size_t utf16;                   /* units: characters outside the basic plane count two */
	size_t segments;                /* of a short message */
	bool is_gsm7;                   /* else the short message is UCS-2 */
};
/* text_size() - text must be valid UTF-8. Short messages: 160 units in one, 153 in each of several; in UCS-2 70 and 67. What takes two units
 * is never split between two segments. Source: 3GPP TS 23.038 (default alphabet and its extension table), TS 23.040 9.2.3.24.1. */
struct text_size text_size(const char *text, size_t len);

/* Limits of a kind or a channel; 0: none. */
struct text_limit { size_t bytes, characters, utf16, segments; };
/* text_fits() - IK_OK, or IK_REJECT with both figures. */
enum ik_rc text_fits(const char *text, size_t len, const struct text_limit *limit, struct ik_error *err);

#endif
