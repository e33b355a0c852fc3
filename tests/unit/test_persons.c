/* How many people a message says are concerned. */
#include "test.h"

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
