/* automatic_model.h - a learned opinion on mail about which no rule says anything: is it like the mails that machines write, or like those of persons?
 *
 * A linear model over words, groups of letters and characters of subject and text, the words of the sender's name and address, and traits of form. Its
 * weights, one signed byte a bucket, are trained from conf/models/mails and are part of the program. Every judgement can be taken apart into the pieces
 * that made it. Texts are folded as reply_fold() does it. Thread: any. */
#ifndef MAIL_AUTOMATIC_MODEL_H
#define MAIL_AUTOMATIC_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "mail/automatic_signs.h"
#include "mail/automatic_words.h"
#include "mail/reply.h"

#define AUTOMATIC_BUCKETS 262144u
#define AUTOMATIC_PIECES_MAX 3000
#define AUTOMATIC_SCALE (1.0 / 32)      /* what one step of a weight counts */

/* What is looked at. All borrowed and folded but written; text: what the writer wrote now; local NULL: no sender is known. */
struct automatic_look {
	const char *subject, *text, *local, *domain, *name;
	const char *written;                    /* the text as it stands */
	struct word_text *words;          /* of text */
	enum reply_prefix prefix;
};

/* One piece of a mail: what it reads like, and how much it counts. */
struct automatic_piece { const char *at; uint32_t bucket; uint16_t len; float value; };

/* automatic_pieces() - each bucket once. pieces_r: AUTOMATIC_PIECES_MAX items that point into look. */
size_t automatic_pieces(const struct automatic_look *look, struct automatic_piece *pieces_r);
/* automatic_sum() - what the pieces of a mail say together, without a list of them. Above 0: rather a machine; the logarithm of the odds. */
double automatic_sum(const struct automatic_look *look, const signed char *weights);
/* automatic_may_be_machine() - false for who forwards and who says "I" or "my", wherever in the text: hardly a machine does. */
bool automatic_may_be_machine(const struct automatic_look *look);
/* automatic_is_like_machine() - the built-in weights and the signs together find it like a machine's by more than the threshold, and the weights alone by more
 * than AUTOMATIC_OF_WORDS; then evidence says by which pieces most. */
#define AUTOMATIC_OF_WORDS 0.0
bool automatic_is_like_machine(const struct automatic_look *look, struct automatic_signs signs, struct buf *evidence);
/* automatic_weights() - AUTOMATIC_BUCKETS of them, built in. */
const signed char *automatic_weights(void);
/* automatic_threshold() - the sum that it takes; who answers must be far more like a machine. */
double automatic_threshold(enum reply_prefix prefix);

#endif
