/* automaton.h - finds every keyword of a set in one pass over a text (Aho and Corasick, CACM 18(6), 1975), over bytes.
 * Built once, const afterwards, shared by threads. Time per byte does not depend on the number of keywords. */
#ifndef POLICY_AUTOMATON_H
#define POLICY_AUTOMATON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct automaton;
struct automaton *automaton_new(void);
void automaton_free(struct automaton **a);
/* automaton_add() - before automaton_seal(); payload is handed back at each match. A keyword that begins (ends) with a letter or digit of ASCII is
 * found where a word begins (ends) alone, unless it is open there. Empty keywords are ignored. */
void automaton_add(struct automaton *a, const char *keyword, size_t len, bool is_open_left, bool is_open_right, uint32_t payload);
void automaton_seal(struct automaton *a);
size_t automaton_states(const struct automaton *a);

/* found() is called for every occurrence in order of its end, those that end together the longest first, with all payloads of the keyword:
 * text[start] .. text[end - 1]. */
typedef void automaton_found_fn(void *arg, const uint32_t *payloads, size_t count, size_t start, size_t end);
void automaton_scan(const struct automaton *a, const char *text, size_t len, automaton_found_fn *found, void *arg);

#endif
