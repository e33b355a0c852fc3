/* identifiers_people.c - what a person is known by: telephones, mail addresses, number plates. */
#include "text/identifiers_parts.h"

#include <stdio.h>
#include "base/mem.h"
#include "text/hash.h"

/* A number that was rung is not the writer's own: "I called 020 ...", "拨打热线". */
static bool was_rung(const char *text, size_t start)
{
	static const char *const words[] = { "拨打", "拨通", "打了", "致电", "热线", "客服电话", "服务电话", "公布的电话", "打电话到", "打你们", "rang", "called", "dialled", "dialed", "hotline",
	                                     "helpline", "your number", "your line", "calling" };
	const size_t from = start > 40 ? start - 40 : 0;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (memmem(text + from, start - from, words[i], strlen(words[i])) != NULL) return true;
	return false;
}

/* Numbers of firms are no evidence of who writes. */
static bool is_service_phone(const char *digits, size_t len)
{
	return len < 7 || strncmp(digits, "400", 3) == 0 || strncmp(digits, "800", 3) == 0 || strncmp(digits, "1800", 4) == 0 || strncmp(digits, "508", 3) == 0;
}

/* Country codes of two digits; all others but 1 and 7 have three. ITU-T E.164 and its list of assigned codes. */
static size_t country_code_len(const char *digits)
{
	static const char *const twos = "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98";
	const char two[3] = { digits[0], digits[1], '\0' };

	if (digits[0] == '1' || digits[0] == '7') return 1;
	return strstr(twos, two) != NULL ? 2 : 3;
}

/* The number as people of one country write it to each other: without country code and trunk zero. */
static void make_national(struct run *r, bool has_plus)
{
	char *p = r->plain;
	size_t n = r->plain_len;
	const bool is_abroad = has_plus || (n > 11 && strncmp(p, "00", 2) == 0);

	if (is_abroad && !has_plus) { p += 2; n -= 2; }
	if (is_abroad && n > 7) { const size_t code = country_code_len(p); p += code; n -= code; }
	else if (n == 13 && strncmp(p, "861", 3) == 0) { p += 2; n -= 2; }
	if (n > 8 && p[0] == '0') { p++; n--; }
	memmove(r->plain, p, n);
	r->plain[n] = '\0';
	r->plain_len = n;
}

/* "(206) 555-0147": three, three and four digits, as they are grouped in North America. */
static bool is_grouped_334(const struct run *r)
{
	size_t groups[4] = { 0 }, group = 0;

	if (r->digits != 10 || r->letters > 0 || r->plain[0] < '2' || r->plain[3] < '2') return false;
	for (size_t i = r->start; i < r->end; i++) {
		if (isdigit((unsigned char)r->text[i])) groups[group]++;
		else if (groups[group] > 0 && ++group > 3) return false;
	}
	return groups[0] == 3 && groups[1] == 3 && groups[2] == 4;
}

static bool is_phone(const struct run *whole, bool has_plus, bool is_grouped, enum ident_kind label)
{
	const char *p = whole->plain;
	const size_t n = whole->plain_len;

	if (has_plus) return n >= 8;
	if (label == IDENT_PHONE) return n >= 7 && n <= 15;
	if (label != IDENT_KINDS) return false;
	if ((n == 11 && p[0] == '1' && p[1] >= '3') || (n == 13 && strncmp(p, "861", 3) == 0) || (n == 15 && strncmp(p, "00861", 5) == 0)) return true;
	return is_grouped && ((n >= 10 && n <= 12 && p[0] == '0') || is_grouped_334(whole));
}

bool ident_take_phone(struct run *r, struct ident *id, enum ident_kind label)
{
	struct run whole = *r;
	const bool has_plus = r->start > 0 && r->text[r->start - 1] == '+';

	if (r->letters > 0 || memchr(r->text + r->start, '.', r->end - r->start) != NULL || memchr(r->text + r->start, ':', r->end - r->start) != NULL) return false;
	run_join_groups(&whole);
	if (!is_phone(&whole, has_plus, whole.end > r->end || memchr(r->text + r->start, '-', r->end - r->start) != NULL, label)) return false;
	*r = whole;
	make_national(r, has_plus);
	ident_put_name(id, r, IDENT_PHONE);
	if (is_service_phone(r->plain, r->plain_len) || was_rung(r->text, r->start)) id->kind = IDENT_KINDS;
	return true;
}

bool ident_take_mail(const struct run *r, struct ident *id)
{
	const char *at = memchr(r->text + r->start, '@', r->end - r->start);
	char text[IDENT_TEXT_MAX * 2];

	if (at == NULL || memchr(at, '.', (size_t)(r->text + r->end - at)) == NULL) return false;
	(void)snprintf(text, sizeof(text), "%.*s", (int)(r->end - r->start), r->text + r->start);
	ident_put(id, r, IDENT_MAIL, hash_text(text, strlen(text)), text);
	return true;
}

/* "粤b12345": one Han character in front of a letter and five or six letters and digits. */
static bool take_han_plate(const struct run *r, struct ident *id)
{
	static const char provinces[] = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
	char one[4] = "";

	if (r->start < 3 || r->plain_len < 6 || r->plain_len > 7 || !isalpha((unsigned char)r->plain[0]) || r->digits < 3) return false;
	memcpy(one, r->text + r->start - 3, 3);
	if ((unsigned char)one[0] < 0xe0 || strstr(provinces, one) == NULL) return false;
	ident_put_name(id, r, IDENT_PLATE);
	return true;
}

bool ident_take_dotted_plate(struct run *r, struct ident *id)
{
	struct run whole = *r;

	if (r->plain_len != 1 || r->end + 5 > r->len || r->text[r->end] != ' ') return false;
	for (whole.end++; whole.end < r->len && is_word_byte(r->text[whole.end]);) whole.end++;
	run_measure(&whole);
	if (!take_han_plate(&whole, id)) return false;
	*r = whole;
	return true;
}

/* "kx19 fwd" behind a word that says so. */
static bool take_parted_plate(struct run *r, struct ident *id, enum ident_kind label)
{
	struct run whole = *r;

	if (label != IDENT_PLATE || r->plain_len > 4 || r->end + 1 >= r->len || r->text[r->end] != ' ') return false;
	for (whole.end++; whole.end < r->len && is_word_byte(r->text[whole.end]);) whole.end++;
	run_measure(&whole);
	if (whole.plain_len < 5 || whole.plain_len > 8 || whole.digits < 2 || whole.end - r->end > 5) return false;
	*r = whole;
	ident_put_name(id, r, IDENT_PLATE);
	return true;
}

#define NEAR 160                        /* bytes to either side that are looked through for what speaks of cars */

static bool speaks_of_cars(const struct run *r)
{
	static const char *const words[] = { "car", "van", "vehicle", "garage", "tyre", "tire", "wheel", "parked", "parking", "windscreen", "bonnet", "bumper", "driver", "dealer", "mileage", "toll", "towed", "clutch", "gearbox", "brakes" };
	const size_t from = r->start > NEAR ? r->start - NEAR : 0, until = r->end + NEAR < r->len ? r->end + NEAR : r->len;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		for (const char *at = r->text + from; (at = memmem(at, (size_t)(r->text + until - at), words[i], strlen(words[i]))) != NULL; at++) {
			const size_t start = (size_t)(at - r->text), end = start + strlen(words[i]);

			if ((start == 0 || !isalpha((unsigned char)r->text[start - 1])) && (end >= r->len || !isalpha((unsigned char)r->text[end]) || (r->text[end] == 's' && (end + 1 >= r->len || !isalpha((unsigned char)r->text[end + 1]))))) return true;
		}
	return false;
}

/* Two letters, the half-year, three letters. */
static bool is_british_form(const char *plain)
{
	const int half_year = (plain[2] - '0') * 10 + plain[3] - '0';

	for (size_t i = 0; i < 7; i++)
		if (i == 2 || i == 3 ? !isdigit((unsigned char)plain[i]) : !isalpha((unsigned char)plain[i]) || (i > 3 && strchr("iq", plain[i]) != NULL)) return false;
	return half_year >= 2 && half_year != 50;
}

/* "kx19 vto" without a word that says so, in a text that speaks of cars; "kx19 was" is none. */
static bool take_british_plate(struct run *r, struct ident *id)
{
	static const char words[] = " and any are ask but can car cut did end for fro get got had has her him his how may men new not now off old one our out own per put ran red run sat saw see she the too two use van was way who why yet you ";
	struct run whole = *r;
	char last[6] = "";

	if (r->plain_len == 4 && r->digits == 2 && r->end + 3 < r->len && r->text[r->end] == ' ')
		for (whole.end++; whole.end < r->len && is_word_byte(r->text[whole.end]);) whole.end++;
	run_measure(&whole);
	if (whole.plain_len != 7 || whole.digits != 2 || !is_british_form(whole.plain)) return false;
	(void)snprintf(last, sizeof(last), " %.3s ", whole.plain + 4);
	if (strstr(words, last) != NULL || !speaks_of_cars(&whole)) return false;
	*r = whole;
	ident_put_name(id, r, IDENT_PLATE);
	return true;
}

bool ident_take_plate(struct run *r, struct ident *id, enum ident_kind label)
{
	return take_han_plate(r, id) || take_parted_plate(r, id, label) || take_british_plate(r, id);
}
