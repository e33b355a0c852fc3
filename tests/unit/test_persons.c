/* How many people a message says are concerned. */
#include "test.h"

#include <stdio.h>
#include <string.h>
#include "text/persons.h"

static const struct { const char *row, *text; int64_t persons; } rows[] = {
	{ "digits",          "我们班12个孩子吃完都吐了", 12 },
	{ "full width",      "共３５名学生不舒服", 35 },
	{ "Chinese numbers", "三十二位业主都收到了错误账单", 32 },
	{ "hundreds",        "一百多人排队", 100 },
	{ "traditional",     "兩百位顧客受影響", 200 },
	{ "households",      "整栋楼48户停水", 48 },
	{ "English",         "All 40 of our pupils got sick", 40 },
	{ "English word",    "A dozen guests were waiting and eight people left", 12 },
	{ "of us",           "six of us missed the flight", 6 },
	{ "the largest",     "2 children, 30 residents", 30 },
	{ "portions",        "买了4人份套餐", 0 },
	{ "seats",           "订了10人桌", 0 },
	{ "money",           "赔偿3000人民币", 0 },
	{ "made for",        "a tent for 12 people leaks", 0 },
	{ "no people",       "ordered 40 pens 12 days ago", 0 },
	{ "inside a word",   "often people say", 0 },
	{ "a rank",          "我是第20名顾客", 0 },
	{ "not believed",    "99999999999999999999 people", 0 },
	{ "nothing",         "", 0 },
};

TEST(persons_are_counted_as_people_tell_of_them)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].row);
		CHECK_INT(text_persons(rows[i].text, strlen(rows[i].text)), rows[i].persons);
	}
}

/* Where no number can begin is passed over by the first two bytes: none of these may be. */
TEST(every_word_for_a_number_is_known)
{
	static const struct { const char *word; int64_t number; } words[] = {
		{ "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 }, { "nine", 9 }, { "ten", 10 },
		{ "eleven", 11 }, { "twelve", 12 }, { "a dozen", 12 }, { "dozens of", 24 }, { "fifteen", 15 }, { "twenty", 20 }, { "thirty", 30 }, { "forty", 40 },
		{ "fifty", 50 }, { "a hundred", 100 }, { "one hundred", 100 }, { "hundreds of", 200 }, { "thousands of", 2000 }, { "7", 7 }, { "８", 8 },
		{ "一", 1 }, { "二", 2 }, { "三", 3 }, { "四", 4 }, { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 }, { "两", 2 }, { "兩", 2 }, { "十", 10 }, { "百", 100 },
		{ "千", 1000 }, { "一万", 10000 },
	};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		char text[64];

		test_row(words[i].word);
		(void)snprintf(text, sizeof(text), "So %s %s.", words[i].word, (unsigned char)words[i].word[0] < 0x80 ? "guests" : "名顾客");
		CHECK_INT(text_persons(text, strlen(text)), words[i].number);
		for (char *c = text; *c != '\0'; c++) *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
		CHECK_INT(text_persons(text, strlen(text)), words[i].number);
	}
}
