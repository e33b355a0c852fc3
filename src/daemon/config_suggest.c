/* config_suggest.c - edit distance over short names (restricted Damerau-Levenshtein). */
#include "daemon/config_suggest.h"

#include <ctype.h>
#include <string.h>

#define WORD_MAX 64

static char folded(char c)
{
	return c == '-' ? '_' : (char)tolower((unsigned char)c);
}

static size_t least(size_t a, size_t b, size_t c)
{
	const size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

size_t suggest_distance(const char *a, const char *b)
{
	size_t rows[3][WORD_MAX + 1];
	const size_t a_len = strlen(a), b_len = strlen(b);

	if (a_len > WORD_MAX || b_len > WORD_MAX) return WORD_MAX;
	for (size_t j = 0; j <= b_len; j++) rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		size_t *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];

		now[0] = i;
		for (size_t j = 1; j <= b_len; j++) {
			const char x = folded(a[i - 1]), y = folded(b[j - 1]);

			now[j] = least(before[j] + 1, now[j - 1] + 1, before[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == folded(b[j - 2]) && folded(a[i - 2]) == y && earlier[j - 2] + 1 < now[j]) now[j] = earlier[j - 2] + 1;
		}
	}
	return rows[a_len % 3][b_len];
}

void suggest_name(struct suggestion *s, const char *known)
{
	const size_t distance = suggest_distance(s->wanted, known);

	if (s->best != NULL && distance >= s->distance) return;
	s->best = known;
	s->distance = distance;
}

const char *suggest_best(const struct suggestion *s)
{
	const size_t len = strlen(s->wanted);

	return s->best != NULL && s->distance <= (len < 4 ? 1 : 2 + len / 8) && s->distance < len ? s->best : NULL;
}
