/* templates.h - the texts customers get: which template answers an event on a kind of channel, in a language, for a brand.
 *
 * A folder of templates holds LANGUAGE/EVENT.txt, LANGUAGE/parts.txt and, for brands, brands/BRAND/LANGUAGE/...; docs/templates.md has the form.
 * The shipped folder comes first, an operator's own is laid over it, block by block. Every template is compiled, checked and rendered with
 * sample data when it is loaded: what is wrong with one stops the start, not a customer's answer.
 * A struct templates is const after templates_load() and shared by all threads. */
#ifndef POLICY_TEMPLATES_H
#define POLICY_TEMPLATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <jansson.h>
#include <intaked/error.h>
#include "policy/text_size.h"

enum template_event {
	EVENT_RECEIVED, EVENT_DUPLICATE, EVENT_MASS_INCIDENT, EVENT_OUT_OF_HOURS, EVENT_UNDER_LOAD, EVENT_MORE_INFORMATION, EVENT_FORWARDED,
	EVENT_IN_PROGRESS, EVENT_DELAYED, EVENT_RESOLVED, EVENT_SURVEY, EVENT_VERIFICATION, EVENT_REPLY, EVENT_STATUS, EVENT_COUNT
};
enum template_kind { KIND_MAIL, KIND_CHAT, KIND_SMS, KIND_PAGE, KIND_COUNT };
extern const char *const template_event_names[], *const template_kind_names[];  /* "mass-incident"; "mail"; end with NULL */
extern const struct text_limit template_limits[];       /* by kind */

struct templates;
/* templates_load() - own: the operator's folder or NULL. IK_CONFIG with "file:line:column: why"; every problem goes to report as a line when
 * report is not NULL, the first one to err. */
enum ik_rc templates_load(const char *shipped, const char *own, FILE *report, struct templates **t_r, struct ik_error *err);
void templates_free(struct templates **t);

struct template_ask {
	enum template_event event;
	enum template_kind kind;
	const char *language;           /* BCP 47, "" or NULL: English; what is not there falls back: zh-Hant-HK, zh-Hant, zh-Hans, en */
	const char *brand;              /* folder name below brands/, or NULL */
};
/* templates_language() - the language in which templates_render() will answer; lives as long as the templates. */
const char *templates_language(const struct templates *t, const struct template_ask *ask);
/* templates_match() - the best of the languages there are, "en" in the end. */
const char *templates_match(const struct templates *t, const char *hint);

/* templates_render() - facts: texts by name (see docs/templates.md), only read. subject_r: one line, NULL unless the kind is mail; text_r: plain
 * text, or HTML for pages. Both are to be freed. limit (may be NULL) narrows the kind's own. IK_REJECT when the text is too long. */
enum ik_rc templates_render(const struct templates *t, const struct template_ask *ask, json_t *facts, const struct text_limit *limit,
                            char **subject_r, char **text_r, struct ik_error *err);

/* templates_languages() - names of the languages that were found, number of them in count_r. */
const char *const *templates_languages(const struct templates *t, size_t *count_r);
const char *const *templates_brands(const struct templates *t, size_t *count_r);

#endif
