/* test_word_text.c - one pass over a text finds what a search for each word finds; folding does not depend on where in a text something stands. */
#include "mail/word_text.h"

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/mem.h"
#include "mail/reply_rules.h"
#include "test.h"

/* Where the earliest end of a word of the list lies, found the slow way; 0 for none. */
static size_t earliest_end(const struct words *words, const char *text)
{
	size_t first = 0;

	for (size_t i = 0; i < words->count; i++) {
		const char *at = strstr(text, words->list[i]);
		const size_t end = at != NULL ? (size_t)(at - text) + strlen(words->list[i]) : 0;

		if (end != 0 && (first == 0 || end < first)) first = end;
	}
	return first;
}

/* A look that goes on where another question ended finds the same. */
static void check_by_steps(const char *text)
{
	const size_t len = strlen(text);

	for (size_t within = 1; within < len + 7; within += 7) {
		const struct words *near = word_lists[within % WORD_LISTS_SOUGHT], *among = word_lists[within * 5 % WORD_LISTS_SOUGHT];
		const size_t near_end = earliest_end(near, text), among_end = earliest_end(among, text);
		struct word_text t;

		test_row(text);
		word_text_init(&t, text, len);
		CHECK_INT(words_near_start(near, &t, within), near_end != 0 && near_end <= within);
		CHECK_INT(words_near_start(near, &t, within + 9), near_end != 0 && near_end <= within + 9);
		CHECK_INT(words_among(among, &t), among_end != 0);
		CHECK_INT(words_near_start(near, &t, within), near_end != 0 && near_end <= within);
	}
}

static void check_lists(const char *text)
{
	struct word_text t;

	word_text_init(&t, text, strlen(text));
	for (size_t l = 0; l < WORD_LISTS_SOUGHT; l++) {
		const size_t end = earliest_end(word_lists[l], text);

		test_row(text);
		CHECK_INT(words_among(word_lists[l], &t), end != 0);
		if (end == 0) continue;
		CHECK(words_near_start(word_lists[l], &t, end));
		CHECK(!words_near_start(word_lists[l], &t, end - 1));
	}
}

TEST(every_word_is_found_alone_and_among_others)
{
	for (size_t l = 0; l < WORD_LISTS_SOUGHT; l++)
		for (size_t i = 0; i < word_lists[l]->count; i++) {
			const char *word = word_lists[l]->list[i];
			struct word_text t;
			char *text = mem_format("so %s it is", word);

			test_row(word);
			word_text_init(&t, word, strlen(word));
			CHECK(words_near_start(word_lists[l], &t, strlen(word)));
			word_text_init(&t, text, strlen(text));
			CHECK(words_among(word_lists[l], &t));
			free(text);
		}
}

/* Halves of words side by side: near misses, overlaps and words that nobody wrote. */
TEST(words_in_pieces_are_found_as_by_searching_each)
{
	unsigned seed = 7;

	for (int round = 0; round < 300; round++) {
		struct buf text = BUF_INIT(4096);

		for (int piece = 0; piece < 12; piece++) {
			const struct words *words = word_lists[((seed = seed * 1103515245u + 12345u) >> 16) % WORD_LISTS_SOUGHT];
			const char *word = words->list[((seed = seed * 1103515245u + 12345u) >> 16) % words->count];
			const size_t len = strlen(word), from = (seed >> 8) % 3 == 0 ? len / 2 : 0, to = (seed >> 10) % 3 == 0 ? (len + 1) / 2 : len;

			if (to > from) buf_add(&text, word + from, to - from);
			if ((seed >> 12) % 2 == 0) buf_char(&text, ' ');
		}
		check_lists(buf_str(&text));
		if (round < 60) check_by_steps(buf_str(&text));
		buf_release(&text);
	}
}

static const struct { const char *text; bool is_person; } persons[] = {
	{ "my lamp is broken", true }, { "it is mine", true }, { "this is my", true }, { "the army came", false }, { "myself", false }, { "mythical", false }, { "it's not my's", false }, { "(my) order", true },
	{ "我的订单", true }, { "我们的订单", false }, { "我司的订单", false }, { "我们和我", true }, { "army and my lamp", true }, { "", false }, { "m", false },
};
TEST(the_first_person_stands_as_a_word_of_its_own)
{
	for (size_t i = 0; i < COUNT_OF(persons); i++) {
		struct word_text t;

		test_row(persons[i].text);
		word_text_init(&t, persons[i].text, strlen(persons[i].text));
		CHECK_INT(words_of_first_person(&t), persons[i].is_person);
	}
}

static const struct { const char *text, *folded; } folds[] = {
	{ "The Lamp  arrived   BROKEN : see order 48213; From: Ann", "the lamp arrived broken: see order 48213; from: ann" },
	{ "ALL OF THE LETTERS ARE LARGE HERE@[`{ AND SIGNS ~!/^_", "all of the letters are large here@[`{ and signs ~!/^_" },
	{ "words&nbsp;parted & joined : by ten\t\tsigns \xC2\xA0 and marks", "words parted & joined: by ten signs and marks" },
	{ "gr\xC3\xBC\xC3\x9F" "e von \xEF\xBC\xA1nn\xEF\xBC\x9A sixteen bytes and more of it", "gr\xC3\xBC\xC3\x9F" "e von \xEF\xBD\x81nn: sixteen bytes and more of it" },
	{ "\xE7\x89\xA9\xE6\xB5\x81\xE5\xA4\xAA\xE6\x85 ABC\xE5\xAE\xA2\xE6\x9C\x8D\xE9\xBF", "\xE7\x89\xA9\xE6\xB5\x81\xE5\xA4\xAA abc\xE5\xAE\xA2\xE6\x9C\x8D" },
};
TEST(text_folds_alike_wherever_it_stands)
{
	for (size_t i = 0; i < COUNT_OF(folds); i++)
		for (size_t before = 0; before < 40; before++) {
			struct buf text = BUF_INIT(1024), want = BUF_INIT(1024), got = BUF_INIT(4096);

			for (size_t k = 0; k < before; k++) { buf_char(&text, 'X'); buf_char(&want, 'x'); }
			buf_text(&text, folds[i].text);
			buf_text(&want, folds[i].folded);
			reply_fold(&got, buf_str(&text), text.len);
			test_row(buf_str(&text));
			CHECK_STR(buf_str(&got), buf_str(&want));
			buf_release(&text);
			buf_release(&want);
			buf_release(&got);
		}
}
