/* automatic_text.c - see automatic_text.h. Sentences end at a full stop, a sign of exclamation or question, or an empty line. */
#include "mail/automatic_text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "mail/automatic_words.h"
#include "mail/reply_rules.h"

#define SENTENCE_MAX 400                /* bytes; longer ones are looked at in pieces */
#define ALONE_MAX 40                    /* "Please do not reply." as a sentence of its own */
#define CODE_NEAR 60                    /* bytes between "your code" and its digits */

char *automatic_fold(const char *text, size_t max)
{
	struct buf b = BUF_INIT(max * 2 + 64);
	const size_t len = strlen(text);
	char *flat;

	reply_fold(&b, text, len < max ? len : max);
	flat = buf_take(&b);
	for (char *at = flat; (at = strchr(at, '\n')) != NULL; at += strspn(at, "\n"))
		if (at[1] != '\n') *at = ' ';
	return flat;
}

struct word_text *folded_words(struct folded_text *t)
{
	if (t->text == NULL) {
		t->text = automatic_fold(t->raw, AUTOMATIC_LOOK_MAX);
		word_text_init(&t->words, t->text, strlen(t->text));
	}
	return &t->words;
}

void folded_release(struct folded_text *t)
{
	mem_free(&t->text);
}

size_t text_questions(const char *text)
{
	size_t count = 0;

	for (const char *at = text; (at = strchr(at, '?')) != NULL; at++) count += !(isalnum((unsigned char)at[1]) && at > text && isalnum((unsigned char)at[-1])) && at[1] != '=';
	for (const char *at = text; (at = strstr(at, "？")) != NULL; at++) count++;
	for (const char *at = text; (at = strstr(at, "؟")) != NULL; at++) count++;
	for (const char *at = text; (at = strchr(at, ';')) != NULL; at++) count += at > text + 1 && ((unsigned char)at[-2] == 0xce || (unsigned char)at[-2] == 0xcf);      /* behind Greek */
	return count;
}

bool text_shares_word(const char *name, const char *address)
{
	for (size_t at = 0; name[at] != '\0';) {
		const size_t len = strspn(name + at, "abcdefghijklmnopqrstuvwxyz");

		if (len >= 3 && memmem(address, strlen(address), name + at, len) != NULL) return true;
		at += len > 0 ? len : 1;
	}
	return false;
}

/* The bytes with which an end of a sentence begins. */
static const bool may_end[256] = { ['!'] = true, ['?'] = true, [';'] = true, ['.'] = true, ['\n'] = true, [0xE3] = true, [0xEF] = true };

/* How many bytes end a sentence here; 0: none. */
static size_t end_len(const char *at)
{
	static const char *const wide[] = { "。", "！", "？", "；" };

	if (*at == '.') return at[1] == ' ' || at[1] == '\n' || at[1] == '\0';
	if (*at == '\n') return at[1] == '\n' ? 2 : 0;
	for (size_t i = 0; (unsigned char)*at >= 0x80 && i < COUNT_OF(wide); i++)
		if (strncmp(at, wide[i], 3) == 0) return 3;
	return (unsigned char)*at < 0x80;
}

/* The length of the sentence at text, with its end. */
static size_t sentence_len(const char *text)
{
	size_t len = 0;

	for (; text[len] != '\0' && len < SENTENCE_MAX; len++) {
		const size_t end = may_end[(unsigned char)text[len]] ? end_len(text + len) : 0;

		if (end > 0) return len + end;
	}
	return len;
}

/* Words of a sentence begin behind blanks and marks of a list. */
static const char *first_word(const char *sentence)
{
	return sentence + strspn(sentence, " \n\t*-");
}

size_t text_offers(const char *text)
{
	size_t count = 0;

	for (size_t len; *text != '\0'; text += len) {
		len = sentence_len(text);
		if (text[len - 1] == '?' || (len >= 3 && strncmp(text + len - 3, "？", 3) == 0)) count += words_begin(&words_offer, first_word(text));
	}
	return count;
}

typedef bool sentence_check(struct word_text *s);

void text_blank_quotes(char *text)
{
	for (char *at = text; (at = strchr(at, '"')) != NULL; at++) {
		char *end = strchr(at + 1, '"');

		if (end == NULL || end - at > SENTENCE_MAX) continue;
		memset(at, ' ', (size_t)(end - at));
		at = end;
	}
}

/* One of the sentences passes the check. */
static bool any_sentence(const char *text, sentence_check *check)
{
	bool is_found = false;

	while (*text != '\0' && !is_found) {
		const size_t len = sentence_len(text);
		char *sentence = mem_copy(text, len);
		struct word_text s;

		word_text_init(&s, sentence, len);
		is_found = check(&s);
		free(sentence);
		text += len;
	}
	return is_found;
}

bool text_is_in_first_person(struct word_text *t)
{
	return words_of_first_person(t);
}

bool text_speaks_as_customer(struct word_text *t)
{
	return words_among(&words_customer, t);
}

/* ---- checks of one sentence ---- */

/* What a mail server puts below letters of persons is made by a machine, the letter is not. */
static bool is_of_disclaimer(const struct word_text *s)
{
	static const char *const words[] = { "disclaimer", "haftungsausschluss", "clause de non", "aviso legal", "免责声明", "免責聲明", "免責事項" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		if (strstr(s->text, words[i]) != NULL) return true;
	return false;
}

static bool is_made_by_machine(struct word_text *s)
{
	return words_among(&words_this_mail, s) && words_among(&words_by_machine, s) && !text_is_in_first_person(s) && !is_of_disclaimer(s);
}

static bool is_not_to_be_answered(struct word_text *s)
{
	if (!words_among(&words_no_answer, s) || text_is_in_first_person(s)) return false;
	return words_among(&words_this_mail, s) || words_among(&words_by_machine, s) || s->len <= ALONE_MAX;
}

static bool is_acknowledgement(struct word_text *s)
{
	return words_among(&words_your_request, s) && words_among(&words_taken_in, s);
}

static bool is_return(struct word_text *s)
{
	return words_among(&words_your_mail, s) && words_among(&words_bounce_body, s);
}

static bool is_confirmation(struct word_text *s)
{
	return (words_among(&words_your_request, s) || words_among(&words_your_mail, s)) && words_among(&words_taken_in, s);
}

/* Until the reader proves that he is a person, or a moderator has looked. */
static bool is_hold(struct word_text *s)
{
	return words_among(&words_your_mail, s) && words_among(&words_held, s);
}

static bool is_hold_by_nobody(struct word_text *s)
{
	return is_hold(s) && !text_is_in_first_person(s);
}

/* "our PO", not "your portal". */
static bool names_own_order(const char *text)
{
	static const char *const words[] = { "our po ", "our order ", "our purchase order " };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		for (const char *at = text; (at = strstr(at, words[i])) != NULL; at++)
			if (at == text || !isalnum((unsigned char)at[-1])) return true;
	return false;
}

static bool is_task(struct word_text *s)
{
	return (words_among(&words_task, s) || names_own_order(s->text)) && !words_among(&words_elsewhere, s) && strchr(s->text, '@') == NULL;
}

/* "I have not got the mail that your system sends automatically" is told by a person. */
static bool is_told_by_machine(struct word_text *s)
{
	return words_among(&words_machine_body, s) && !text_is_in_first_person(s);
}

/* ---- the whole text: what no sentence can hold is ruled out first ---- */

bool text_has_words_of_machines(struct word_text *t)
{
	return words_among(&words_machine_body, t) && any_sentence(t->text, is_told_by_machine);
}

bool text_calls_itself_automatic(struct word_text *t)
{
	if (words_among(&words_by_machine, t) && words_among(&words_this_mail, t) && any_sentence(t->text, is_made_by_machine)) return true;
	return words_among(&words_no_answer, t) && any_sentence(t->text, is_not_to_be_answered);
}

bool text_sets_a_task(struct word_text *t)
{
	return (words_among(&words_task, t) || names_own_order(t->text)) && any_sentence(t->text, is_task);
}

static bool is_record(struct word_text *s)
{
	return words_among(&words_taken_in, s) && (words_among(&words_request_number, s) || words_among(&words_your_request, s));
}

/* The sentence around at, which lies in text, passes the check. */
static bool sentence_around(const char *text, const char *at, sentence_check *check)
{
	size_t len = sentence_len(text);

	while (text + len <= at) {
		text += len;
		len = sentence_len(text);
	}
	char *sentence = mem_copy(text, len);
	struct word_text s;

	word_text_init(&s, sentence, len);
	const bool is_right = check(&s);

	free(sentence);
	return is_right;
}

bool text_records_number(struct word_text *t, const char *number)
{
	const char *at = strstr(t->text, number);

	if (at == NULL || !words_among(&words_your_request, t) || !(words_among(&words_soon, t) || words_among(&words_promise, t))) return false;
	return sentence_around(t->text, at, is_record);
}

/* "#4711", "ticket number": a number given to the request. */
static bool gives_a_number(struct word_text *t)
{
	for (const char *at = t->text; (at = strchr(at, '#')) != NULL; at++)
		if (isdigit((unsigned char)at[at[1] == ' ' ? 2 : 1])) return true;
	return words_among(&words_request_number, t);
}

bool text_acknowledges(struct word_text *t)
{
	int points = 0;

	if (!words_among(&words_your_request, t) || !words_among(&words_taken_in, t)) return false;
	points += any_sentence(t->text, is_acknowledgement) ? 2 : 1;
	points += words_among(&words_soon, t) || words_among(&words_promise, t);
	points += gives_a_number(t);
	return points >= 3 || (points == 2 && words_among(&words_received, t));
}

bool text_confirms_mail(struct word_text *t)
{
	return words_among(&words_taken_in, t) && any_sentence(t->text, is_confirmation);
}

bool text_returns_your_mail(struct word_text *t)
{
	return words_among(&words_your_mail, t) && words_among(&words_bounce_body, t) && any_sentence(t->text, is_return);
}

bool text_holds_your_mail(struct word_text *t)
{
	if (!words_among(&words_your_mail, t) || !words_among(&words_held, t)) return false;
	return any_sentence(t->text, strstr(t->text, "http") != NULL ? is_hold : is_hold_by_nobody);
}

/* Four to eight digits within the next bytes. */
static bool has_code(const char *at, size_t within)
{
	size_t digits = 0;

	for (size_t i = 0; i < within && at[i] != '\0'; i++) {
		digits = isdigit((unsigned char)at[i]) ? digits + 1 : 0;
		if (digits >= 4 && digits <= 8 && !isdigit((unsigned char)at[i + 1])) return true;
	}
	return false;
}

bool text_gives_a_code(struct word_text *t)
{
	if (!words_among(&words_your_code, t)) return false;
	for (size_t i = 0; i < words_your_code.count; i++) {
		const char *at = strstr(t->text, words_your_code.list[i]);

		if (at != NULL && has_code(at, strlen(words_your_code.list[i]) + CODE_NEAR)) return true;
	}
	return false;
}
