/* similar_apart.c - whether a message says that it is another matter than what was told before. A word for it proves nothing: who answers "it has nothing
 * to do with the weather" speaks of his own matter, so that what is denied, reported of others, or said of something is let pass. */
#include "pipeline/similar_clauses.h"

#include <string.h>
#include "base/mem.h"

#define ONE_OF(text, len, words) clause_has_one_of(text, len, words, COUNT_OF(words))

/* Says so by itself, where hardly a word stands before it. */
static const char *const apart_words[] = {
	"另外一件事", "另一件事", "另一码事", "别的事", "件不相干", "另报一", "另外报", "再报一个", "另外反映", "另外咨询", "另外请教", "另外请问", "另一个故障", "另一个毛病", "另一个问题", "另外一个问题", "另外一个毛病", "另外一个故障",
	"on a different note", "on another note", "on a different subject", "on another subject", "anderes thema", "andere sache", "andere frage", "anderes anliegen", "unabhängig davon",
	"autre sujet", "autre question", "autre demande", "otro tema", "otro asunto", "otra consulta", "altra questione", "outro assunto", "andere vraag", "ander onderwerp", "别件", "とは别の",
};
/* ... of such a matter, a few words before it. */
static const char *const apart_adjectives[] = { "separate ", "different ", "distinct ", "independent ", "unconnected ", "unrelated " };
static const char *const apart_nouns[] = { " matter", " issue", " question", " thing", " point", " topic", " subject", " problem", " request", " complaint", " fault", " query", " enquiry", " inquiry", " concern", " claim", " case", " story", " ticket" };
#define APART_WITHIN 40                 /* bytes between the two */
/* From what stands behind. */
static const char *const from_words[] = {
	"unrelated to ", "separate from ", "apart from the ", "independent of ", "nothing to do with ", "not related to ", "not connected with ", "not about the ", "nichts mit ", "rien à voir avec ", "sans rapport avec ", "sans lien avec ", "nada que ver con ", "niente a che vedere con ", "niente a che fare con ",
};
static const char *const with_words[] = { "跟", "与", "和", "同" };
static const char *const without_words[] = { "无关", "没关系", "没有关系", "不相关", "是两件事", "分开处理", "分开算", "分开说", "不搭界" };
static const char *const of_mine[] = { "我无关", "我没关系", "我没有关系", "我们无关", "我们没", "你们无关", "你们没", "本人无关", "我方无关", "使用无关", "操作无关" };         /* whose fault it is */

/* What was told before, by a word that may stand for anything. */
static const char *const earlier[] = {
	"上次", "之前", "那件", "那事", "那个事", "前面", "上面", "刚才说", "other complaint", "other ticket", "other case", "other matter", "earlier", "previous", "last ", "above", " business", " trouble", " thing", " story", "my first", "otra queja", "anterior", "autre réclamation", "précédent", "letzten", "vorigen", "früheren", "前回", "先日",
};
static const char *const denied[] = { "not a ", "not an ", "n't a ", "n't an ", "n't unrelated", "not unrelated", " no ", "not some", "not quite a", "kein", "nicht ein", "n'est pas", "pas un", "no es", "non è", "não é", "不是", "并非", "不算", "没有另", "ではありません", "ではない", "じゃない" };
static const char *const reported[] = { "说", "称", "认为", "推给", "回复", " says", " said", " claim", " told", " tells", " blame", " insist", " argue", " thinks", " wrote", " writes", "sagt", "behauptet", "meint", " dit ", "prétend", " dice", " dijo", "と言", "\"", "'this", "'it" };

/* Words that tell nothing of a matter, before "another one". Between bars. */
static const char fillers[] =
	"|this|it|its|it's|is|that|that's|a|an|and|also|now|as|on|i|we|have|has|another|completely|totally|entirely|quite|one|more|thing|but|here|which|just|so|ok|hi|hello|please|for|to|be|clear|second|here's|there|there's|with|my|very|something|about|treat|"
	"das|dies|ist|ein|eine|einen|ganz|völlig|noch|und|hier|zu|habe|ich|hat|auch|eigenes|es|dazu|c'est|un|une|sur|et|j'ai|encore|cela|ceci|ça|n'a|ceux|esto|es|una|y|tengo|no|tiene|eso|sobre|di|un'altra|questo|isto|tem|een|dit|het|";
static const char *const han_fillers[] = { "这封", "这个", "这件事", "这事", "这条", "这次", "这", "那", "此事", "此", "本次", "另外", "还有", "但是", "但", "不过", "完全", "也", "就是", "是", "事", "我", "要" };

static bool is_filler(const char *word, size_t len)
{
	char key[16];

	if (len + 3 > sizeof(key)) return false;
	key[0] = key[len + 1] = '|';
	memcpy(key + 1, word, len);
	key[len + 2] = '\0';
	return strstr(fillers, key) != NULL;
}

static size_t han_filler_len(const char *text, size_t len)
{
	for (size_t i = 0; i < COUNT_OF(han_fillers); i++)
		if (strlen(han_fillers[i]) <= len && memcmp(text, han_fillers[i], strlen(han_fillers[i])) == 0) return strlen(han_fillers[i]);
	return 0;
}

/* Nothing of a matter stands there: numbers, "this is a", "另外". */
static bool says_nothing(const char *text, size_t len)
{
	for (size_t at = 0, n; at < len; at += n) {
		for (n = 0; at + n < len && strchr(" -()", text[at + n]) == NULL && (unsigned char)text[at + n] < 0xe3; n++) {}
		if (n == 0 && (unsigned char)text[at] >= 0xe3) {
			n = han_filler_len(text + at, len - at);
			if (n == 0) return false;
		} else if (n == 0) {
			n = 1;
		} else if (memchr(text + at, '0', n) == NULL && strcspn(text + at, "123456789") >= n && !is_filler(text + at, n)) {
			return false;
		}
	}
	return true;
}

/* The earliest of the words; its length in len_r. */
static const char *first_of(const char *text, size_t len, const char *const *words, size_t count, size_t *len_r)
{
	const char *first = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *at = memmem(text, len, words[i], strlen(words[i]));

		if (at == NULL || (first != NULL && at >= first)) continue;
		first = at;
		*len_r = strlen(words[i]);
	}
	return first;
}

/* Behind "another thing" there is nothing, or what it is about; "a different thing was in the box" tells of a thing. */
static bool ends_there(const char *text, size_t len)
{
	static const char *const behind[] = { "from ", "than ", "to ", "about ", "regarding ", "concerning ", "with ", "but ", "and ", "here", "again", "now", "please", "altogether", "entirely", "though", "on ", "for " };
	size_t at = 0;

	while (at < len && strchr(" \n-().?!;", text[at]) != NULL) at++;
	for (size_t i = 0; i < COUNT_OF(behind); i++)
		if (strlen(behind[i]) <= len - at && memcmp(text + at, behind[i], strlen(behind[i])) == 0) return true;
	return at == len;
}

/* "a separate and much more serious matter". */
static const char *apart_noun(const char *text, size_t len)
{
	size_t n = 0, noun = 0;
	const char *at = first_of(text, len, apart_adjectives, COUNT_OF(apart_adjectives), &n), *end = NULL;
	const size_t from = at != NULL ? (size_t)(at - text) + n - 1 : len;

	if (from < len) end = first_of(text + from, len - from < APART_WITHIN ? len - from : APART_WITHIN, apart_nouns, COUNT_OF(apart_nouns), &noun);
	return end != NULL && ends_there(end + noun, len - (size_t)(end - text) - noun) ? at : NULL;
}

/* "unrelated: the gate is broken too". */
static bool is_unrelated(const char *text, size_t len)
{
	const char *at = memmem(text, len, "unrelated", 9);

	return at != NULL && says_nothing(text, (size_t)(at - text)) && says_nothing(at + 9, len - 9 - (size_t)(at - text));
}

static enum clause_apart apart_said(const char *text, size_t len)
{
	size_t n = 0;
	const char *words = first_of(text, len, apart_words, COUNT_OF(apart_words), &n), *noun = apart_noun(text, len);

	if (words != NULL && ((unsigned char)words[0] >= 0xe3 || says_nothing(text, (size_t)(words - text)))) return APART_SAID;
	return (noun != NULL && says_nothing(text, (size_t)(noun - text))) || is_unrelated(text, len) ? APART_SAID : APART_NOT;
}

/* "Unrelated to the cot: can we check out at three?", "one more thing that has nothing to do with the boots": so begins only what is told anew. */
static bool announces(const char *text, size_t len)
{
	static const char *const first[] = { "unrelated to ", "separate from ", "independent of " };
	static const char *const more[] = { "another thing", "another question", "another point", "one more thing", "one more question", "one more point", "a second thing" };
	size_t at = 0;

	while (at < len && strchr(" \n", text[at]) != NULL) at++;
	for (size_t i = 0; i < COUNT_OF(first); i++)
		if (strlen(first[i]) <= len - at && memcmp(text + at, first[i], strlen(first[i])) == 0) return true;
	return ONE_OF(text, len, more);
}

/* What the clause sets itself apart from; NULL: nothing. */
static const char *named_behind(const char *text, size_t len, size_t *len_r)
{
	size_t n = 0;
	const char *at = first_of(text, len, from_words, COUNT_OF(from_words), &n);

	if (at == NULL || !says_nothing(text, (size_t)(at - text))) return NULL;
	*len_r = len - (size_t)(at - text) - n;
	return at + n;
}

static const char *named_between(const char *text, size_t len, size_t *len_r)
{
	size_t with = 0, without = 0;
	const char *from = first_of(text, len, with_words, COUNT_OF(with_words), &with);
	const char *end = first_of(text, len, without_words, COUNT_OF(without_words), &without);

	if (from == NULL || end == NULL || end < from + with || !says_nothing(text, (size_t)(from - text)) || ONE_OF(text, len, of_mine)) return NULL;
	*len_r = (size_t)(end - from) - with;
	return from + with;
}

bool clause_may_stand_apart(const char *text, size_t len)
{
	return ONE_OF(text, len, apart_words) || ONE_OF(text, len, apart_adjectives) || ONE_OF(text, len, from_words) || ONE_OF(text, len, without_words) || memmem(text, len, "unrelated", 9) != NULL;
}

enum clause_apart clause_stands_apart(const char *text, size_t len, const char **named_r, size_t *len_r)
{
	if (ONE_OF(text, len, denied) && memmem(text, len, "tiene", 5) == NULL) return APART_NOT;
	if (ONE_OF(text, len, reported)) return APART_NOT;
	if (apart_said(text, len) == APART_SAID) return APART_SAID;
	*named_r = named_behind(text, len, len_r);
	if (*named_r == NULL) *named_r = named_between(text, len, len_r);
	if (*named_r == NULL) return APART_NOT;
	return ONE_OF(*named_r, *len_r, earlier) || announces(text, len) ? APART_SAID : APART_FROM;
}
