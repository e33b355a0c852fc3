/* vocabulary.h - the fixed words of decisions, and how customers are told of them. */
#ifndef POLICY_VOCABULARY_H
#define POLICY_VOCABULARY_H

#include <stdbool.h>

enum severity { SEVERITY_URGENT, SEVERITY_HIGH, SEVERITY_NORMAL, SEVERITY_LOW };
extern const char *const severity_names[];      /* ends with NULL */

/* vocabulary_incident() - what an incident is about in a customer's language ("delivery", "产品质量"), from our own list and nothing else: NULL for
 * "other" and for a category of the operator's own. language: zh-Hans, zh-Hant, else English. */
const char *vocabulary_incident(const char *category, const char *language);

/* vocabulary_lists() - whether a list "a,b,c" has the word; no list has every word, and one that is there does not have NULL or "". */
bool vocabulary_lists(const char *list, const char *word);

#endif
