/* identifiers_money.c - sums of money: a number with a currency, or written as sums are. */
#include "text/identifiers_parts.h"

#include <stdio.h>
#include "base/mem.h"

static bool money_before(const char *text, size_t start)
{
	static const char *const words[] = { "$", "¥", "€", "£", "rmb", "usd", "eur", "gbp", "hkd", "twd", "ntd", "cny", "nt$", "hk$", "人民币", "金额", "sgd", "aud", "cad" };
	const size_t from = start > 16 ? start - 16 : 0;
	size_t len = start - from;

	while (len > 0 && (text[from + len - 1] == ' ' || text[from + len - 1] == ':')) len--;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (ends_with(text + from, len, words[i]) && is_whole(text + from, len, words[i])) return true;
	return false;
}

size_t ident_money_after(const char *text, size_t len)
{
	static const char *const words[] = { "元", "块钱", "块", "人民币", "美元", "港币", "港元", "台币", "新台币", "欧元", "英镑", "大洋", "rmb", "usd", "eur", "euros", "euro", "dollars",
	                                     "dollar", "bucks", "pounds", "quid", "yuan", "pfund", "franken", "chf", "livres", "gbp", "hkd", "twd", "ntd", "cny", "€", "£", "¥", "$", "sgd", "aud", "cad" };
	size_t gap = 0;

	while (gap < len && text[gap] == ' ') gap++;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		const size_t n = strlen(words[i]);

		if (!starts_with(text + gap, len - gap, words[i])) continue;
		if (isalpha((unsigned char)words[i][0]) && gap + n < len && isalnum((unsigned char)text[gap + n])) continue;
		return gap + n;
	}
	return 0;
}

/* Where the decimals begin: behind the last point or comma, but for three digits behind it, which are thousands ("1,299", "1.299"). len: there are none. */
static size_t decimal_mark(const char *text, size_t len)
{
	size_t at = len;

	while (at > 0 && text[at - 1] != '.' && text[at - 1] != ',') at--;
	if (at == 0) return len;
	return len - at == 3 && text[0] != '0' ? len : at - 1;
}

/* "1,299.00", "1.299,00" as hundredths; 0 when it is no number. */
static uint32_t hundredths(const char *text, size_t len, unsigned scale)
{
	const size_t mark = decimal_mark(text, len);
	uint64_t value = 0;
	unsigned after = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == ',' || text[i] == '.') continue;
		if (!isdigit((unsigned char)text[i])) return 0;
		if (i > mark && ++after > 2) continue;
		value = value * 10 + (uint64_t)(text[i] - '0');
		if (value > 100000000000u) return 0;
	}
	for (; after < 2; after++) value *= 10;
	value *= scale;
	return (uint32_t)value;
}

/* "24.99" without a currency: two decimals that are no time of day, or behind a word for paying. */
static bool is_plain_amount(const struct run *r)
{
	static const char *const words[] = { "paid ", "pay ", "charged ", "charged me ", "took ", "cost ", "costs ", "refund of ", "refunded ", "bill of ", "price of ", "owe ", "owes me " };
	const char *point = memchr(r->text + r->start, '.', r->end - r->start);
	const size_t front = point != NULL ? (size_t)(point - r->text) - r->start : 0;

	if (front == 0 || front > 5 || r->end - r->start != front + 3 || memchr(point + 1, '.', 2) != NULL) return false;
	if (front > 2 || (front == 2 && memcmp(r->text + r->start, "24", 2) > 0) || point[1] >= '6') return true;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (ends_with(r->text, r->start, words[i])) return true;
	return false;
}

/* "49,90" and "1.299,00": behind the run a comma and one or two digits, which are decimals when there is a currency and nothing else: "$2,380，6/15" is a
 * sum and a day. Returns the end of them. */
static size_t decimals_end(const struct run *r)
{
	size_t end = r->end;

	if (end + 1 >= r->len || r->text[end] != ',') return r->end;
	for (end++; end < r->len && isdigit((unsigned char)r->text[end]); ) end++;
	if (end - r->end < 2 || end - r->end > 3) return r->end;
	if (ident_money_after(r->text + end, r->len - end) > 0) return end;
	return money_before(r->text, r->start) && memchr(r->text + r->start, ',', r->end - r->start) == NULL && (end == r->len || strchr(" \n|,.:)", r->text[end]) != NULL) ? end : r->end;
}

bool ident_take_amount(struct run *r, struct ident *id)
{
	static const struct { const char *word; unsigned scale; } scales[] = { { "万", 10000 }, { "千", 1000 }, { "百", 100 } };
	char text[32];
	const size_t number_end = decimals_end(r);
	size_t end = number_end, n;
	unsigned scale = 1;
	uint32_t value;

	for (size_t i = 0; i < COUNT_OF(scales); i++)
		if (starts_with(r->text + end, r->len - end, scales[i].word)) { scale = scales[i].scale; end += 3; break; }
	n = ident_money_after(r->text + end, r->len - end);
	if (n == 0 && !money_before(r->text, r->start) && !is_plain_amount(r)) return false;
	value = hundredths(r->text + r->start, number_end - r->start, scale);
	if (value == 0) return false;
	r->end = end + n;
	(void)snprintf(text, sizeof(text), "%u.%02u", value / 100, value % 100);
	ident_put(id, r, IDENT_AMOUNT, value, text);
	return true;
}
