/* rating.c - numbers one by one, words as a whole. See rating.h. */
#include "policy/rating.h"

#include <string.h>
#include "base/utf8.h"
#include "text/text.h"

#define TEXT_MAX 96                     /* bytes: the longest answer there is has far fewer */
#define NUMBERS_MAX 5

/* As text_fold() leaves them: small letters, Simplified, no blanks. */
static const struct { const char *word; int64_t level; } words[] = {
	{ "verysatisfied", 5 },    { "非常满意", 5 },   { "很满意", 5 },   { "十分满意", 5 },   { "特别满意", 5 },
	{ "satisfied", 4 },        { "满意", 4 },       { "比较满意", 4 },
	{ "neither", 3 },          { "neutral", 3 },    { "一般", 3 },       { "普通", 3 },
	{ "dissatisfied", 2 },     { "notsatisfied", 2 }, { "unsatisfied", 2 }, { "不满意", 2 }, { "不太满意", 2 },
	{ "verydissatisfied", 1 }, { "veryunsatisfied", 1 }, { "非常不满意", 1 }, { "很不满意", 1 }, { "十分不满意", 1 }, { "特别不满意", 1 },
};

static int64_t level_of_word(const char *text, size_t len)
{
	struct buf folded = BUF_INIT(4 * TEXT_MAX);
	int64_t level = 0;

	(void)text_fold(&folded, text, len);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]) && level == 0; i++)
		if (strcmp(buf_str(&folded), words[i].word) == 0) level = words[i].level;
	buf_release(&folded);
	return level;
}

/* 1 to 5 as ASCII, fullwidth, circled or Chinese; 0 for any other character. */
static int64_t digit_of(int32_t c)
{
	static const int32_t chinese[] = { 0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94 };

	if (c >= '1' && c <= '5') return c - '0';
	if (c >= 0xff11 && c <= 0xff15) return c - 0xff10;
	if (c >= 0x2460 && c <= 0x2464) return c - 0x245f;
	for (int64_t i = 0; i < 5; i++)
		if (c == chinese[i]) return i + 1;
	return 0;
}

static bool is_between(int32_t c)
{
	return c == ' ' || c == '\t' || c == ',' || c == ';' || c == 0x3000 || c == 0xff0c || c == 0x3001 || c == 0xff1b;
}

/* Behind a number nobody means anything by: the keycap of an emoji, "points" and "stars". */
static bool is_unit(int32_t c)
{
	return c == 0xfe0f || c == 0x20e3 || c == 0x5206 || c == 0x661f;
}

static bool is_full_stop(int32_t c)
{
	return c == '.' || c == '!' || c == 0x3002 || c == 0xff01;
}

/* Numbers from the start of the text on, as many as there are. *rest_r: where the first thing begins that is none. */
static size_t read_numbers(const char *text, size_t len, int64_t numbers_r[NUMBERS_MAX], size_t *rest_r)
{
	bool may_begin = true;          /* a number stands apart from what is before it */
	size_t count = 0, at = 0;

	*rest_r = 0;
	while (at < len) {
		const int32_t c = utf8_next(text, len, &at);

		if (is_between(c)) may_begin = true;
		else if (may_begin && digit_of(c) != 0 && count < NUMBERS_MAX) {
			numbers_r[count++] = digit_of(c);
			may_begin = false;
		} else if (may_begin || (!is_unit(c) && !(is_full_stop(c) && at == len))) return count;
		*rest_r = at;
	}
	return count;
}

/* Halves go down: in doubt somebody looks at it again. */
static int64_t mean_of(const int64_t four[4])
{
	return (four[0] + four[1] + four[2] + four[3] + 1) / 4;
}

static bool answer_of(const int64_t *n, size_t count, struct survey_answer *answer_r)
{
	const int64_t *four = n + count - 4;

	if (count == 1) *answer_r = (struct survey_answer){ .level = n[0] };
	else if (count == 4) *answer_r = (struct survey_answer){ mean_of(four), four[0], four[1], four[2], four[3] };
	else if (count == 5) *answer_r = (struct survey_answer){ n[0], four[0], four[1], four[2], four[3] };
	else return false;
	return true;
}

bool rating_read(const char *text, struct survey_answer *answer_r)
{
	int64_t numbers[NUMBERS_MAX], level;
	size_t len, rest = 0, count;

	if (text == NULL) return false;
	text += strspn(text, " \t\r\n");
	len = strlen(text);
	while (len > 0 && strchr(" \t\r\n", text[len - 1]) != NULL) len--;
	if (len == 0 || len > TEXT_MAX || memchr(text, '\n', len) != NULL || memchr(text, '?', len) != NULL || strstr(text, "？") != NULL) return false;
	count = read_numbers(text, len, numbers, &rest);
	if (count > 0 && rest == len) return answer_of(numbers, count, answer_r);
	level = level_of_word(text, len);               /* "一般" begins with a number and is none */
	if (level == 0 && count == 1 && numbers[0] == level_of_word(text + rest, len - rest)) level = numbers[0];
	if (level == 0) return false;
	*answer_r = (struct survey_answer){ .level = level };
	return true;
}
