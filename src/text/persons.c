/* persons.c - see persons.h: at each number, whether a word for people follows. */
#include "text/persons.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "base/utf8.h"

#define LOOKED_AT 16384
#define WORDS_BETWEEN 2                 /* "40 of our pupils", "12 elderly residents" */

struct place { const char *text; size_t len, at; };

static bool skip(struct place *p, const char *word)
{
	size_t len;

	if (p->at == p->len || ((p->text[p->at] ^ word[0]) & ~0x20) != 0) return false;         /* not even the first byte, whatever its case */
	len = strlen(word);
	if (p->len - p->at < len || strncasecmp(p->text + p->at, word, len) != 0) return false;
	p->at += len;
	return true;
}

static bool skip_any(struct place *p, const char *const *words)
{
	for (; *words != NULL; words++)
		if (skip(p, *words)) return true;
	return false;
}

static bool is_latin(const struct place *p, size_t at)
{
	return at < p->len && ((p->text[at] | 0x20) >= 'a' && (p->text[at] | 0x20) <= 'z');
}

/* ---- numbers ------------------------------------------------------------------------------------------------------------ */

static int digit_at(const struct place *p, size_t *next_r)
{
	size_t next = p->at;
	const int32_t c = p->at < p->len ? utf8_next(p->text, p->len, &next) : -1;

	*next_r = next;
	if (c >= '0' && c <= '9') return c - '0';
	return c >= 0xff10 && c <= 0xff19 ? c - 0xff10 : -1;
}

static int64_t digits(struct place *p)
{
	int64_t number = 0;
	size_t next;
	int d;

	while ((d = digit_at(p, &next)) >= 0) {
		if (number <= PERSONS_MAX) number = number * 10 + d;
		p->at = next;
	}
	return number;
}

/* "三十二", "一百多": as far as people count people. 0: no number stands here. */
static int64_t han_number(struct place *p)
{
	static const char *const ones[] = { "零", "一", "二", "三", "四", "五", "六", "七", "八", "九" };
	static const struct { const char *word; int64_t times; } units[] = { { "十", 10 }, { "百", 100 }, { "千", 1000 }, { "万", 10000 } };
	int64_t sum = 0, one = 0;
	bool found = true;

	while (found && sum <= PERSONS_MAX) {
		found = false;
		for (size_t i = 0; !found && i < COUNT_OF(ones); i++)
			if (skip(p, ones[i])) {
				one = (int64_t)i;
				found = true;
			}
		if (!found && (skip(p, "两") || skip(p, "兩"))) {
			one = 2;
			found = true;
		}
		for (size_t i = 0; !found && i < COUNT_OF(units); i++)
			if (skip(p, units[i].word)) {
				sum += (one > 0 ? one : 1) * units[i].times;
				one = 0;
				found = true;
			}
	}
	return sum + one;
}

static int64_t english_number(struct place *p)
{
	static const struct { const char *word; int64_t number; } words[] = {
		{ "two", 2 }, { "three", 3 }, { "four", 4 }, { "five", 5 }, { "six", 6 }, { "seven", 7 }, { "eight", 8 }, { "nine", 9 }, { "ten", 10 }, { "eleven", 11 },
		{ "twelve", 12 }, { "a dozen", 12 }, { "dozens of", 24 }, { "fifteen", 15 }, { "twenty", 20 }, { "thirty", 30 }, { "forty", 40 }, { "fifty", 50 },
		{ "a hundred", 100 }, { "one hundred", 100 }, { "hundreds of", 200 }, { "thousands of", 2000 },
	};

	if ((p->at > 0 && is_latin(p, p->at - 1)) || p->len - p->at < 2) return 0;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct place after;

		if ((p->text[p->at] | 0x20) != words[i].word[0] || (p->text[p->at + 1] | 0x20) != words[i].word[1]) continue;
		after = *p;
		if (!skip(&after, words[i].word) || is_latin(&after, after.at)) continue;
		*p = after;
		return words[i].number;
	}
	return 0;
}

/* ---- people --------------------------------------------------------------------------------------------------------------- */

static bool are_people_han(struct place p)
{
	static const char *const counters[] = { "名", "位", "个", "個", NULL };
	static const char *const people[] = { "人", "孩子", "小孩", "学生", "學生", "同学", "同學", "顾客", "顧客", "客人", "客户", "客戶", "员工", "員工", "同事", "老人", "业主", "業主",
	                                      "乘客", "旅客", "患者", "病人", "村民", "居民", "家长", "家長", "朋友", "工人", "用户", "用戶", "消费者", "消費者", NULL };
	static const char *const none[] = { "份", "座", "间", "間", "桌", "套", "餐", "房", "床", "份量", "装", "裝", "用", "款", "工", "民币", "民幣", "均", NULL };

	while (skip(&p, " ") || skip(&p, "多") || skip(&p, "余") || skip(&p, "餘") || skip(&p, "几") || skip(&p, "来") || skip(&p, "來")) continue;
	if (skip(&p, "户") || skip(&p, "戶")) return !skip(&p, "型") && !skip(&p, "外");
	(void)skip_any(&p, counters);
	if (!skip_any(&p, people)) return false;
	return !skip_any(&p, none);
}

static bool are_people_english(struct place p)
{
	static const char *const people[] = { "people", "persons", "children", "kids", "pupils", "students", "guests", "customers", "residents", "employees", "colleagues", "passengers",
	                                      "patients", "families", "households", "neighbours", "neighbors", "workers", "tenants", "users", "friends", "of us", "of them", "members of", NULL };
	static const char *const between[] = { "of", "our", "my", "the", "other", "more", "elderly", "small", "young", "old", "different", NULL };

	for (int i = 0; i <= WORDS_BETWEEN; i++) {
		while (skip(&p, " ")) continue;
		for (const char *const *w = people; *w != NULL; w++) {
			struct place after = p;

			if (skip(&after, *w) && !is_latin(&after, after.at)) return true;
		}
		if (!skip_any(&p, between) || is_latin(&p, p.at)) return false;
	}
	return false;
}

/* "for 4 people" and "seats 6 people" say what a thing is made for; "第3人" is a rank. */
static bool is_capacity(const struct place *p)
{
	static const char *const before[] = { "for ", "seats ", "serves ", "sleeps ", "fits ", "第", "供", "可坐", "容纳", NULL };

	for (const char *const *b = before; *b != NULL; b++) {
		const size_t len = strlen(*b);

		if (p->at >= len && strncasecmp(p->text + p->at - len, *b, len) == 0) return true;
	}
	return false;
}

static int64_t number_at(struct place *p)
{
	const unsigned char c = (unsigned char)p->text[p->at];
	size_t next;

	if (digit_at(p, &next) >= 0) return digits(p);
	if (c >= 0xe4) return han_number(p);                    /* U+4000 and above */
	return is_latin(p, p->at) ? english_number(p) : 0;
}

/* False: no digit of the list below begins with these two bytes. */
static bool begins_han_digit(unsigned char first, unsigned char second)
{
	switch (first) {
	case 0xe4: return second >= 0xb8 && second <= 0xba;
	case 0xe5: return second == 0x85 || second == 0x8d || second == 0x9b;
	case 0xe7: return second == 0x99;
	case 0xe9: return second == 0x9b;
	case 0xef: return second == 0xbc;
	default: return false;
	}
}

static bool is_han_digit(int32_t c)
{
	static const int32_t list[] = { 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D, 0x4E24, 0x5169, 0x5341, 0x767E, 0x5343, 0x4E07 };

	for (size_t i = 0; i < COUNT_OF(list); i++)
		if (list[i] == c) return true;
	return false;
}

/* The letters with which words in english_number() begin, and those that stand behind them. */
static bool begins_number(unsigned char first, unsigned char second)
{
	static const char *const seconds[26] = { ['a' - 'a'] = " ", ['d' - 'a'] = "o", ['e' - 'a'] = "il", ['f' - 'a'] = "io", ['h' - 'a'] = "u", ['n' - 'a'] = "i",
	                                         ['o' - 'a'] = "n", ['s' - 'a'] = "ie", ['t' - 'a'] = "ehw" };
	const char *list = seconds[(first | 0x20) - 'a'];

	return list != NULL && (list[0] == (second | 0x20) || (list[1] != '\0' && (list[1] == (second | 0x20) || list[2] == (second | 0x20))));
}

/* False: certainly no number begins here. Most of a text is passed over by it. */
static bool may_be_number(const struct place *p)
{
	const unsigned char c = (unsigned char)p->text[p->at];
	size_t at = p->at;
	int32_t point;

	if (c >= '0' && c <= '9') return true;
	if (c < 0x80) return is_latin(p, at) && at + 1 < p->len && (at == 0 || !is_latin(p, at - 1)) && begins_number(c, (unsigned char)p->text[at + 1]);
	if (at + 1 >= p->len || !begins_han_digit(c, (unsigned char)p->text[at + 1])) return false;
	point = utf8_next(p->text, p->len, &at);
	return (point >= 0xff10 && point <= 0xff19) || is_han_digit(point);
}

/* Passes over a character; over the rest of a word too, since no number begins within one. */
static void pass_character(struct place *p)
{
	const bool is_in_word = is_latin(p, p->at);

	if ((unsigned char)p->text[p->at] < 0x80) p->at++;
	else (void)utf8_next(p->text, p->len, &p->at);
	while (is_in_word && is_latin(p, p->at)) p->at++;
}

int64_t text_persons(const char *text, size_t len)
{
	struct place p = { text, len > LOOKED_AT ? utf8_cut(text, len, LOOKED_AT) : len, 0 };
	int64_t most = 0;

	while (p.at < p.len) {
		const struct place start = p;

		if (!may_be_number(&p)) { pass_character(&p); continue; }
		const int64_t number = number_at(&p);

		if (number > most && number <= PERSONS_MAX && !is_capacity(&start) && (are_people_han(p) || are_people_english(p))) most = number;
		if (p.at == start.at) pass_character(&p);
	}
	return most;
}
