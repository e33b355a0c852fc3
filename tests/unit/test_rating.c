/* test_rating.c - what answers a survey in a chat, in three scripts, and what does not. */
#include "policy/rating.h"

#include "test.h"

static const struct { const char *text; struct survey_answer is; } rows[] = {
	{ "5",                        { .level = 5 } }, { " 1 \n",                { .level = 1 } }, { "３",               { .level = 3 } },
	{ "④",                        { .level = 4 } }, { "五",                   { .level = 5 } }, { "二分",             { .level = 2 } },
	{ "5分",                      { .level = 5 } }, { "五星!",                { .level = 5 } }, { "4.",               { .level = 4 } },
	{ "5\xef\xb8\x8f\xe2\x83\xa3", { .level = 5 } }, { "满意",                { .level = 4 } }, { "滿意。",           { .level = 4 } },
	{ "非常满意！",               { .level = 5 } }, { "非常不滿意",           { .level = 1 } }, { "不满意",           { .level = 2 } },
	{ "一般",                     { .level = 3 } }, { "普通",                 { .level = 3 } }, { "Satisfied",        { .level = 4 } },
	{ "very dissatisfied",        { .level = 1 } }, { "Not satisfied.",       { .level = 2 } }, { "5 very satisfied", { .level = 5 } },
	{ "5 非常满意",               { .level = 5 } },
	{ "5 4 5 3",                  { 4, 5, 4, 5, 3 } }, { "5, 4, 5, 3",        { 4, 5, 4, 5, 3 } }, { "五 四 五 三",   { 4, 5, 4, 5, 3 } },
	{ "5，4，5，3。",             { 4, 5, 4, 5, 3 } }, { "1 2 3 4",           { 2, 1, 2, 3, 4 } }, { "5 5 5 4",       { 5, 5, 5, 5, 4 } },
	{ "1 5 5 5 5",                { 1, 5, 5, 5, 5 } },
};
TEST(a_rating_is_a_number_its_word_or_the_four_dimensions)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct survey_answer is = { 0 };

		test_row(rows[i].text);
		CHECK(rating_read(rows[i].text, &is));
		CHECK_INT(is.level, rows[i].is.level);
		CHECK_INT(is.speed, rows[i].is.speed);
		CHECK_INT(is.attitude, rows[i].is.attitude);
		CHECK_INT(is.solution, rows[i].is.solution);
		CHECK_INT(is.thoroughness, rows[i].is.thoroughness);
	}
}

TEST(what_may_mean_something_else_is_no_rating)
{
	static const char *const others[] = { "", " ", "0", "6", "10", "54", "5 4", "5 4 5", "5 4 5 3 2 1", "4.5", "4-5", "5/5", "-5", "#5", "5%", "5?", "5 lamps", "5个", "满意吗？", "满意?",
		"still not satisfied with the lamp", "我很满意你们的态度，但是灯还是坏的", "5 but it broke again", "5 dissatisfied", "五 满意", "thanks", "好的", "ok", "status", "一年了",
		"5\n4\n5\n3", "5 4 5 3 x", "\xff", "555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555555" };

	for (size_t i = 0; i < COUNT_OF(others); i++) {
		struct survey_answer is = { .level = 99 };

		test_row(others[i]);
		CHECK(!rating_read(others[i], &is));
		CHECK_INT(is.level, 99);
	}
	CHECK(!rating_read(NULL, &(struct survey_answer){ 0 }));
}
