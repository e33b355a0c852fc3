/* similar_clauses.c - what the clauses of a message say about it as a whole: that it only asks, encloses something, turns to something else, begins a
 * matter, or tells of the next one after a settled one. */
#include "pipeline/similar_clauses.h"

#include <string.h>
#include "base/mem.h"

/* ---- pieces ------------------------------------------------------------------------------------------------------------------------------------- */

size_t clause_piece_end(const char *text, size_t end, size_t at)
{
	while (at < end && strchr("\n|,", text[at]) == NULL && !(text[at] == '.' && (at + 1 >= end || strchr(" \n", text[at + 1]) != NULL))) at++;
	return at;
}

/* Length of the longest phrase of this mark at the start; 0: none. */
size_t clause_starts_with(const char *text, size_t len, unsigned mark)
{
	size_t longest = 0;

	for (const struct lexicon_phrase *row = lexicon_phrases; row->phrases != NULL; row++)
		for (const char *at = row->phrases; row->mark == mark && *at != '\0';) {
			const size_t n = strcspn(at, "|");

			if (n > longest && n <= len && memcmp(text, at, n) == 0 && ((unsigned char)at[0] >= 0x80 || n == len || text[n] < 'a' || text[n] > 'z')) longest = n;
			at += n + (at[n] == '|');
		}
	return longest;
}

size_t clause_skip_space(const char *text, size_t at, size_t end)
{
	while (at < end && strchr(" \n|,.-:", text[at]) != NULL) at++;
	return at;
}

size_t clause_sentence_len(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] != '\n' && text[n] != '|' && !(text[n] == '.' && (n + 1 == len || text[n + 1] == ' '))) n++;
	return n;
}

size_t clause_first_len(const char *text, size_t len)
{
	size_t n = 0;

	while (n < len && text[n] != ':' && text[n] != ',') n++;
	return n;
}

/* ---- how it begins ------------------------------------------------------------------------------------------------------------------------------ */

bool similar_encloses(const char *text, size_t len)
{
	const size_t at = clause_skip_space(text, 0, len);

	return clause_starts_with(text + at, len - at, MARK_ENCLOSES) > 0;
}

bool similar_turns(const char *text, size_t len)
{
	for (size_t at = 0; at < len;) {
		at = clause_skip_space(text, at, len);
		if (at < len && clause_starts_with(text + at, len - at, MARK_TURNS) > 0) return true;
		at = clause_piece_end(text, len, at);
	}
	return false;
}
/* ---- questions ----------------------------------------------------------------------------------------------------------------------------- */

static bool has_words(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (strchr(" -'()", text[i]) == NULL) return true;
	return false;
}

static bool begins_with_please(const char *text, size_t len)
{
	return (len >= 6 && memcmp(text, "please", 6) == 0) || (len >= 3 && memcmp(text, "请", 3) == 0);
}

/* A clause that asks, greets or thanks. */
static bool tells_nothing(const char *text, size_t len)
{
	const size_t at = clause_skip_space(text, 0, len);

	return begins_with_please(text + at, len - at) || !has_words(text + at, len - at) || lexicon_has_mark(MARK_ASKS, text, len) || clause_starts_with(text + at, len - at, MARK_GREETING) > 0 || clause_starts_with(text + at, len - at, MARK_CLOSING) > 0;
}

bool similar_only_asks(const char *text, size_t len, bool has_mark)
{
	if (!has_mark && !begins_with_please(text, len)) return false;
	for (size_t at = 0; at < len;) {
		const size_t sentence = clause_sentence_len(text + at, len - at), n = clause_first_len(text + at, sentence);

		if (!tells_nothing(text + at, n)) return false;
		at += n + 1;
	}
	return true;
}

#define DAY_BEFORE 30                   /* bytes between the day and the verb */

bool clause_has_one_of(const char *text, size_t len, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (memmem(text, len, words[i], strlen(words[i])) != NULL) return true;
	return false;
}

bool similar_begins(const char *text, size_t len)
{
	static const char *const verbs[] = { "买的", "买了", "订的", "订了", "报的", "报了", "充的", "充了", "租的", "租了", "办的", "办了", "约的", "约了", "下单", "下的单", "入手", "拍下" };
	static const char *const days[] = { "今天", "昨天", "昨晚", "前天", "前几天", "前两天", "上周", "上星期", "上礼拜", "上个月", "上月", "月初", "月底", "周末", "年前", "年初", "去年", "刚", "日", "号",
	                                     "在你们", "在贵", "从你们", "跟你们" };

	for (size_t i = 0; i < COUNT_OF(verbs); i++) {
		const char *at = memmem(text, len, verbs[i], strlen(verbs[i])), *from = at;

		while (from != NULL && from > text && at - from < DAY_BEFORE && strchr("\n|,.:", from[-1]) == NULL) from--;
		if (at != NULL && clause_has_one_of(from, (size_t)(at - from), days, COUNT_OF(days))) return true;
	}
	return false;
}

/* ---- the next one ------------------------------------------------------------------------------------------------------------------------------------ */

/* Which one is settled, how, and what says that this is only told of it, or that it is the customer who gave something back. */
static const char *const earlier_words[] = {
	"上次", "上回", "上一次", "前一次", "那次", "上个月", "上月", "上一笔", "上一单", "月那", "月的", "月份", "last time", "last one", "previous one", "earlier one", "last month", "first one", "letzte", "vom ", "la dernière fois", "le mois dernier",
	"celui de", "celle de", "lo de ", "la de ", "el de ", "la vez pasada", "el mes pasado", "前回", "先月", "january", "february", "march", "april", "may one", "june", "july", "august", "september", "october", "november", "december",
};
static const char *const settled_words[] = {
	"退了", "退回", "退给", "退还", "已退", "赔了", "补了", "补给", "处理了", "处理好", "处理完", "已处理", "解决了", "已解决", "结清", "refunded", "paid back", "reimbursed", "credited", "settled", "sorted", "resolved", "dealt with", "compensated",
	"erstattet", "zurückgezahlt", "gutgeschrieben", "erledigt", "remboursé", "réglé", "devolvi", "devuelto", "reembols", "resuelto", "返金", "解决済",
};
static const char *const claim_words[] = { "退了货", "货退了", "退了票", "票退了", "退了房", "房退了", "退了课", "课退了", "说", "答应", "承诺", "没", "未", "不", " not ", "n't", "never", "still", "said", "told", "promised", "supposed", "claim", "nicht", "pas ", " no ", "todavía", "ない", "ません" };
static const char *const now_words[] = {
	"这次", "这回", "又", "再次", "这个月", "本月", "今天", "昨天", "今早", "昨晚", "this time", "again", "now ", "another", "new one", "today", "yesterday", "this month", "this morning", "diesmal", "wieder", "jetzt", "heute", "gestern",
	"cette fois", "encore", "maintenant", "esta vez", "ahora", "otra vez", "hoy", "ayer", "今回", "また", "今日",
};

bool similar_tells_the_next(const char *text, size_t len)
{
	bool is_settled = false, is_now = false;

	for (size_t at = 0; at < len;) {
		const size_t stop = clause_piece_end(text, len, at), n = stop - at;

		if (clause_has_one_of(text + at, n, settled_words, COUNT_OF(settled_words)) && clause_has_one_of(text + at, n, earlier_words, COUNT_OF(earlier_words))
		    && !clause_has_one_of(text + at, n, claim_words, COUNT_OF(claim_words))) is_settled = true;
		else is_now |= clause_has_one_of(text + at, n, now_words, COUNT_OF(now_words));
		at = stop + 1;
	}
	return is_settled && is_now;
}
