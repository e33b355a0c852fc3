/* automatic_model.c - see automatic_model.h. The weights are put into the program by the assembler, as they stand in their file, whose
 * size the Makefile checks. */
#include "mail/automatic_model.h"

#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/word_text.h"

/* Chosen on mails held out, see docs/acknowledgements.md. Who answers is nearly always a person, and wrongs most when taken for a machine. */
#define THRESHOLD 0.6
#define THRESHOLD_OF_REPLY 2.2
#define SHOWN 5                         /* pieces that an explanation names */
#define PIECE_SHOWN_MAX 60              /* bytes */

__asm__(".section .rodata\n"
        "automatic_model_file:\n"
        ".incbin \"conf/models/automatic.model\"\n"
        ".previous\n");
extern const signed char automatic_model_file[] __attribute__((visibility("hidden")));

const signed char *automatic_weights(void)
{
	return automatic_model_file;
}

double automatic_threshold(enum reply_prefix prefix)
{
	return prefix == REPLY_IS_REPLY ? THRESHOLD_OF_REPLY : THRESHOLD;
}

static double speaks(const struct automatic_piece *piece)
{
	return automatic_model_file[piece->bucket] * AUTOMATIC_SCALE * (double)piece->value;
}

/* A word and its groups of letters stand together in the list; what they say together, and where the next begin. */
static double said_together(const struct automatic_piece *pieces, size_t count, size_t *at)
{
	const struct automatic_piece *first = &pieces[*at];
	double sum = 0;

	while (*at < count && pieces[*at].at == first->at && pieces[*at].len == first->len) sum += speaks(&pieces[(*at)++]);
	return sum;
}

static bool has_letter(const struct automatic_piece *p)
{
	for (size_t i = 0; i < p->len; i++)
		if ((unsigned char)p->at[i] > '9') return true;
	return false;
}

static bool is_among(const struct automatic_piece *const *named, size_t count, const struct automatic_piece *p)
{
	for (size_t i = 0; i < count; i++)
		if (named[i]->len == p->len && memcmp(named[i]->at, p->at, p->len) == 0) return true;
	return false;
}

/* The words and traits that spoke loudest for a machine, each once. */
static void name_loudest(struct buf *out, const struct automatic_piece *pieces, size_t count)
{
	const struct automatic_piece *named[SHOWN];

	for (size_t n = 0; n < SHOWN; n++) {
		double most = 0;

		named[n] = NULL;
		for (size_t at = 0; at < count;) {
			const struct automatic_piece *p = &pieces[at];
			const double sum = said_together(pieces, count, &at);

			if (sum <= most || !has_letter(p) || is_among(named, n, p)) continue;
			most = sum;
			named[n] = p;
		}
		if (named[n] == NULL) return;
		(void)buf_text(out, n > 0 ? ", " : "");
		(void)buf_add(out, named[n]->at, utf8_cut(named[n]->at, named[n]->len, PIECE_SHOWN_MAX));
	}
}

static void explain(struct buf *out, const struct automatic_look *look)
{
	struct automatic_piece *pieces = mem_grow(NULL, AUTOMATIC_PIECES_MAX, sizeof(*pieces));

	name_loudest(out, pieces, automatic_pieces(look, pieces));
	free(pieces);
}

bool automatic_may_be_machine(const struct automatic_look *look)
{
	return look->prefix != REPLY_IS_FORWARD && !words_of_first_person(look->words);
}

bool automatic_is_like_machine(const struct automatic_look *look, struct automatic_signs signs, struct buf *evidence)
{
	const double sum = automatic_sum(look, automatic_model_file);
	const bool is_like = sum > AUTOMATIC_OF_WORDS && sum + signs.points > automatic_threshold(look->prefix);

	if (!is_like) return false;
	explain(evidence, look);
	(void)buf_text(evidence, signs.loudest != NULL ? ", " : "");
	(void)buf_text(evidence, signs.loudest != NULL ? signs.loudest : "");
	return true;
}
