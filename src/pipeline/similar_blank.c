/* similar_blank.c - what is blanked in a message's own words before they are read: it says nothing about the matter. */
#include "pipeline/similar_clauses.h"

#include <ctype.h>
#include <string.h>
#include "base/mem.h"

/* ---- sentences that say only that it is told once more ------------------------------------------------------------------------------------- */

#define COVER_MAX 140

static bool has_digit(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] >= '0' && text[i] <= '9') return true;
	return false;
}

static bool is_cover(const char *text, size_t len, unsigned marks)
{
	return len <= COVER_MAX && !has_digit(text, len) && (((marks & MARK_AGAIN) != 0 && lexicon_has_mark(MARK_AGAIN, text, len)) || ((marks & MARK_CHASE) != 0 && lexicon_has_mark(MARK_CHASE, text, len)));
}

/* Of a sentence that goes on to the matter the first clause: "not sure whether my mail got through: ...". */
void similar_blank_cover(char *text, size_t len)
{
	size_t left = len;

	for (size_t at = 0; at < len;) {
		const size_t n = clause_sentence_len(text + at, len - at), first = clause_first_len(text + at, n);
		const size_t cover = is_cover(text + at, n, MARK_AGAIN | MARK_CHASE) ? n : is_cover(text + at, first, MARK_AGAIN) ? first : 0;

		if (left >= 3 * cover) {
			memset(text + at, ' ', cover);
			left -= cover;
		}
		at += n + 1;
	}
}

/* ---- another matter ------------------------------------------------------------------------------------------------------------------------ */

bool similar_blank_apart(char *text, size_t len, struct buf *named)
{
	bool found = false;

	for (size_t at = clause_may_stand_apart(text, len) ? 0 : len; at < len;) {
		const size_t n = clause_first_len(text + at, clause_piece_end(text, len, at) - at);
		const char *name = NULL;
		size_t name_len = 0;
		enum clause_apart apart = clause_stands_apart(text + at, n, &name, &name_len);

		if (apart == APART_FROM && 2 * at + n > len) apart = APART_NOT;         /* behind what it tells: the end of an explanation */
		found |= apart == APART_SAID;
		if (apart == APART_FROM) (void)(buf_add(named, name, name_len) && buf_text(named, "\n"));
		if (apart != APART_NOT) memset(text + at, ' ', n);
		at += n + 1;
	}
	return found;
}

/* ---- forms -------------------------------------------------------------------------------------------------------------------------------- */

#define LABEL_MAX 36                    /* bytes of a label */

static size_t label_len(const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len < LABEL_MAX ? len : LABEL_MAX);

	return colon != NULL && colon > line && memchr(line, '/', (size_t)(colon - line)) == NULL ? (size_t)(colon - line) + 1 : 0;
}

/* Whole labels, for their words stand in other ones as well ("customer complaint"). The firm is none of them: a letter names it below its text. */
static const char *const person_labels[] = {
	"户名", "户主", "机主", "车主", "业主", "住户", "房东", "租客", "乘客", "旅客", "乘机人", "乘车人", "入住人", "订票人", "预订人", "投保人", "被保险人", "受益人", "就诊人", "患者", "病人", "学员", "学生", "家长", "昵称", "收件人", "收货人", "寄件人", "联络人",
	"申请人", "投诉人", "反馈人", "报修人", "经办人", "客户", "顾客", "用户", "会员", "通讯地址", "收货地址",
	"customer", "passenger", "guest", "patient", "insured", "holder", "account holder", "policyholder", "tenant", "student", "parent", "nombre", "nombre y apellidos", "cliente", "titular", "correo", "teléfono", "dirección",
	"nom", "prénom", "client", "titulaire", "courriel", "téléphone", "adresse", "vorname", "nachname", "kunde", "kundin", "telefon", "anschrift", "nome", "cognome", "telefono", "indirizzo", "氏名", "お名前", "名前", "住所", "连络先",
};

/* Latin words begin and end there: "bestellung" has "tel" in it. */
static bool has_label_word(const char *label, size_t len, const char *word)
{
	const size_t n = strlen(word);

	for (const char *at = label, *end = label + len; (at = memmem(at, (size_t)(end - at), word, n)) != NULL; at++) {
		if ((unsigned char)word[0] >= 0x80) return true;
		if ((at + n == end || !isalpha((unsigned char)at[n])) && (n > 3 || at == label || !isalpha((unsigned char)at[-1]))) return true;
	}
	return false;
}

/* "product name": what it is about, not who writes. */
static bool names_thing(const char *label, size_t len)
{
	static const char *const words[] = { "product", "item", "model", "course", "project", "file", "domain", "hotel", "shop", "store", "branch", "event", "plan", "app", "site", "station", "street", "film", "game" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (memmem(label, len, words[i], strlen(words[i])) != NULL) return true;
	return false;
}

/* label: with its colon. */
static bool names_person(const char *label, size_t len)
{
	static const char *const words[] = { "姓名", "名字", "联系人", "称呼", "地址", "电话", "手机", "邮箱", "email", "e-mail", "name", "address", "phone", "mobile", "tel", "contact", "联系方式" };
	size_t end = len - 1, start = 0;

	while (start < end && label[start] == ' ') start++;
	while (end > start && label[end - 1] == ' ') end--;
	for (size_t i = 0; i < COUNT_OF(person_labels); i++)
		if (strlen(person_labels[i]) == end - start && memcmp(label + start, person_labels[i], end - start) == 0) return true;
	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (has_label_word(label, len, words[i])) return !names_thing(label, len);
	return false;
}

static size_t count_labels(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t at = 0; at < len;) {
		const size_t n = strcspn(text + at, "\n");

		count += label_len(text + at, n) > 0;
		at += n + 1;
	}
	return count;
}

#define CALLED_MAX 9                    /* bytes of a name of three characters */

/* "姓名朱婷，": who it is about, in the middle of a sentence; the same stands as a line of its own in a form. */
static size_t called_len(const char *text, size_t len)
{
	static const char *const words[] = { "姓名", "联系人", "入住人", "乘机人", "收件人", "收货人", "投保人", "户主", "户名", "车主", "机主", "业主", "住户", "租客", "乘客", "旅客", "患者", "就诊人", "学员", "家长", "会员", "用户", "订票人", "预订人", "申请人" };

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		size_t at = strlen(words[i]), n = 0;

		if (len <= at || memcmp(text, words[i], at) != 0) continue;
		at += strspn(text + at, " :,");
		while (n < CALLED_MAX + 3 && at + n < len && (unsigned char)text[at + n] >= 0xe3) n += 3;
		if (at + n <= len && n <= CALLED_MAX && similar_is_han_name(text + at, n)) return at + n;
	}
	return 0;
}

void similar_blank_called(char *text, size_t len)
{
	for (size_t at = 0; at < len; at++) {
		const size_t n = called_len(text + at, len - at);

		if (n > 0) memset(text + at, ' ', n);
	}
}

bool similar_blank_forms(char *text, size_t len)
{
	const bool is_form = count_labels(text, len) >= 2;

	for (size_t at = 0; at < len;) {
		const size_t n = strcspn(text + at, "\n"), label = label_len(text + at, n);

		if (label > 0 && names_person(text + at, label) && n < 120) memset(text + at, ' ', n);
		else if (label > 0 && is_form) memset(text + at, ' ', label - 1);
		at += n + 1;
	}
	return is_form;
}

/* ---- whom it calls -------------------------------------------------------------------------------------------------------------------------------- */

#define MENTION_MAX 31                  /* bytes of a name that is called: ten Han characters; what is longer may be the matter itself, written without a space */

/* The length of "@name" at the start; an address of mail has something before its sign. */
static size_t mention_len(const char *text, size_t len)
{
	size_t n = 1;

	if (len < 2 || text[0] != '@') return 0;
	while (n < len && strchr(" \n|,.:@#()", text[n]) == NULL) n++;
	return n > 1 && n <= MENTION_MAX ? n : 0;
}

void similar_blank_mentions(char *text, size_t len)
{
	for (size_t at = 0; at < len; at++) {
		const bool is_free = at == 0 || strchr(" \n|,.:@()", text[at - 1]) != NULL || (unsigned char)text[at - 1] >= 0x80;
		const size_t n = is_free ? mention_len(text + at, len - at) : 0;

		if (n > 0) memset(text + at, ' ', n);
	}
}
