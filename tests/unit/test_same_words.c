/* test_same_words.c - the same words with another number each time are known again; other words, and a few words, are not. */
#include "pipeline/same_words.h"

#include "test.h"

static const struct { const char *row, *a, *b; bool is_same; } pairs[] = {
	{ "another number", "Thank you for your message, it is case 88001 and will be looked at.", "Thank you for your message, it is case 88002 and will be looked at.", true },
	{ "another code, other line ends", "Your request [AB-1F] has reached us.\nOne of our staff will answer.", "Your request [QX-77] has  reached us. One of our staff\nwill answer", true },
	{ "case of letters", "Thank you for your message, it will be looked at soon.", "THANK YOU for your message, it will be looked at soon!", true },
	{ "Chinese with a number within", "您好，您的工单88001已经受理，我们会尽快处理，请耐心等待。", "您好，您的工单90177已经受理，我们会尽快处理，请耐心等待。", true },
	{ "another matter", "The lamp that I bought at your shop is broken, please send another.", "The kettle that I bought at your shop is broken, please send another.", false },
};

TEST(same_words_are_known_without_their_figures)
{
	for (size_t i = 0; i < COUNT_OF(pairs); i++) {
		test_row(pairs[i].row);
		CHECK(same_words_key(pairs[i].a) != 0);
		CHECK_INT(same_words_key(pairs[i].a) == same_words_key(pairs[i].b), pairs[i].is_same);
	}
}

TEST(same_words_leaves_a_few_words_alone)
{
	static const char *const few[] = { "", "Thank you!", "谢谢，收到。", "88001 88002 88003 88004 88005 88006 88007 88008 88009", "Is there any news? 77120" };

	for (size_t i = 0; i < COUNT_OF(few); i++) {
		test_row(few[i]);
		CHECK_INT(same_words_key(few[i]), 0);
	}
}
