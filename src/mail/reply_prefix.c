/* reply_prefix.c - the prefixes by which mail programs mark replies and forwards in a subject, in some thirty languages. */
#include "mail/reply.h"

#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "mail/reply_rules.h"

/* Folded as reply_fold() does it. "re" and "aw" also come as "re[2]" and "re(3)". Where a word means reply in one language and forward
 * in another ("rv", "vb" and "vl" forward; "vs", "sv" reply), the commoner use of the language's own mail programs counts. */
static const struct { const char *word; enum reply_prefix prefix; } prefixes[] = {
	{ "re", REPLY_IS_REPLY }, { "aw", REPLY_IS_REPLY }, { "antw", REPLY_IS_REPLY }, { "antwort", REPLY_IS_REPLY }, { "sv", REPLY_IS_REPLY }, { "vs", REPLY_IS_REPLY },
	{ "ré", REPLY_IS_REPLY }, { "rép", REPLY_IS_REPLY }, { "réf", REPLY_IS_REPLY }, { "ref", REPLY_IS_REPLY }, { "ynt", REPLY_IS_REPLY }, { "yan", REPLY_IS_REPLY },
	{ "odp", REPLY_IS_REPLY }, { "atb", REPLY_IS_REPLY }, { "bls", REPLY_IS_REPLY }, { "res", REPLY_IS_REPLY }, { "resp", REPLY_IS_REPLY }, { "rsp", REPLY_IS_REPLY },
	{ "r", REPLY_IS_REPLY }, { "rif", REPLY_IS_REPLY }, { "vá", REPLY_IS_REPLY }, { "απ", REPLY_IS_REPLY }, { "σχετ", REPLY_IS_REPLY }, { "отв", REPLY_IS_REPLY },
	{ "ответ", REPLY_IS_REPLY }, { "на", REPLY_IS_REPLY }, { "відп", REPLY_IS_REPLY }, { "回复", REPLY_IS_REPLY }, { "回覆", REPLY_IS_REPLY }, { "回信", REPLY_IS_REPLY },
	{ "答复", REPLY_IS_REPLY }, { "答覆", REPLY_IS_REPLY }, { "回復", REPLY_IS_REPLY }, { "返信", REPLY_IS_REPLY }, { "답장", REPLY_IS_REPLY }, { "회신", REPLY_IS_REPLY },
	{ "trả lời", REPLY_IS_REPLY }, { "tl", REPLY_IS_REPLY }, { "ang", REPLY_IS_REPLY }, { "תשובה", REPLY_IS_REPLY }, { "השב", REPLY_IS_REPLY }, { "رد", REPLY_IS_REPLY },
	{ "fwd", REPLY_IS_FORWARD }, { "fw", REPLY_IS_FORWARD }, { "wg", REPLY_IS_FORWARD }, { "wtrlt", REPLY_IS_FORWARD }, { "tr", REPLY_IS_FORWARD }, { "trans", REPLY_IS_FORWARD },
	{ "rv", REPLY_IS_FORWARD }, { "enc", REPLY_IS_FORWARD }, { "i", REPLY_IS_FORWARD }, { "inoltra", REPLY_IS_FORWARD }, { "doorst", REPLY_IS_FORWARD }, { "vb", REPLY_IS_FORWARD },
	{ "vl", REPLY_IS_FORWARD }, { "vid", REPLY_IS_FORWARD }, { "fs", REPLY_IS_FORWARD }, { "pd", REPLY_IS_FORWARD }, { "przek", REPLY_IS_FORWARD }, { "ilt", REPLY_IS_FORWARD },
	{ "i̇lt", REPLY_IS_FORWARD }, { "továbbítás", REPLY_IS_FORWARD }, { "továbbítva", REPLY_IS_FORWARD }, { "προώθ", REPLY_IS_FORWARD }, { "πρθ", REPLY_IS_FORWARD },
	{ "пересл", REPLY_IS_FORWARD }, { "пер", REPLY_IS_FORWARD }, { "转发", REPLY_IS_FORWARD }, { "轉寄", REPLY_IS_FORWARD }, { "轉發", REPLY_IS_FORWARD }, { "转寄", REPLY_IS_FORWARD },
	{ "転送", REPLY_IS_FORWARD }, { "전달", REPLY_IS_FORWARD }, { "chuyển tiếp", REPLY_IS_FORWARD }, { "ct", REPLY_IS_FORWARD }, { "הועבר", REPLY_IS_FORWARD }, { "إعادة توجيه", REPLY_IS_FORWARD },
	{ "weitergeleitet", REPLY_IS_FORWARD }, { "forwarded", REPLY_IS_FORWARD }, { "转发邮件", REPLY_IS_FORWARD },
	{ "trs", REPLY_IS_FORWARD }, { "redir", REPLY_IS_FORWARD }, { "předn", REPLY_IS_FORWARD }, { "yml", REPLY_IS_FORWARD }, { "ส่งต่อ", REPLY_IS_FORWARD }, { "ตอบกลับ", REPLY_IS_REPLY },
};

#define TAG_MAX 40

/* "[2]", "(3)", "^2" behind a prefix. */
static size_t counter_len(const char *text)
{
	size_t len;

	if (*text == '^') { len = 1 + strspn(text + 1, "0123456789"); return len > 1 ? len : 0; }
	if (*text != '[' && *text != '(') return 0;
	len = 1 + strspn(text + 1, "0123456789");
	return len > 1 && (text[len] == ']' || text[len] == ')') ? len + 1 : 0;
}

static enum reply_prefix prefix_of(const char *folded)
{
	if (*folded == '[') {                   /* "[Fwd: subject]" */
		folded++;
	}
	for (size_t i = 0; i < COUNT_OF(prefixes); i++) {
		const size_t len = strlen(prefixes[i].word);
		const char *rest = folded + len;

		if (strncmp(folded, prefixes[i].word, len) != 0) continue;
		if (*rest == '.') rest++;               /* "Пересл.:" */
		rest += counter_len(rest);
		if (*rest == ' ') rest++;
		if (*rest == ':') return prefixes[i].prefix;
	}
	return REPLY_NO_PREFIX;
}

/* "[External] ", "[Support] ", "[#48213] ": what gateways, lists and helpdesks put in front, without a colon in it; text itself when there is none. */
static const char *behind_tag(const char *text)
{
	const size_t len = text[0] == '[' ? strcspn(text, "]:") : 0;

	if (len < 2 || len > TAG_MAX || text[len] != ']') return text;
	return text + len + 1 + strspn(text + len + 1, " \t");
}

enum reply_prefix reply_prefix(const char *subject, const char **rest_r)
{
	struct buf folded = BUF_INIT(1024);
	const char *const start = behind_tag(subject), *colon = strchr(start, ':'), *wide = strstr(start, "：");
	const char *end = colon != NULL && (wide == NULL || colon < wide) ? colon + 1 : wide != NULL ? wide + strlen("：") : NULL;
	enum reply_prefix prefix = REPLY_NO_PREFIX;

	*rest_r = subject;
	if (end == NULL || end - start > 60) return REPLY_NO_PREFIX;
	reply_fold(&folded, start, (size_t)(end - start));
	prefix = prefix_of(buf_str(&folded));
	if (prefix != REPLY_NO_PREFIX) {
		while (*end == ' ' || *end == '\t') end++;
		*rest_r = end;
	}
	buf_release(&folded);
	return prefix;
}
