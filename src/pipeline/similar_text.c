/* similar_text.c - from the message as written to the words that are its own: markup, quoted history, forward wrappers, greetings and
 * signatures away, the rest in canonical form. */
#include "pipeline/similar_clauses.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "text/canonical.h"
#include "text/text.h"

#define PLAIN_MAX (4 * CANONICAL_SOURCE_MAX)

/* ---- before folding: markup, history, wrappers ------------------------------------------------------------------------------------------ */

static void plain_text(struct buf *out, const char *text)
{
	const size_t len = strlen(text), look = utf8_cut(text, len, PLAIN_MAX);
	struct ik_error err;

	if (canonical_is_html(text, look) && text_from_html(out, text, look, &err) == IK_OK && out->len > 0) return;
	buf_clear(out);
	(void)buf_add(out, text, look);
}

static bool has_lines(const char *text)
{
	return strchr(text, '\n') != NULL;
}

static size_t line_len(const char *text)
{
	return strcspn(text, "\n");
}

/* "from: ...", "发件人：...", and "| 发件人 | ... |" of a table. */
static bool is_header_field(const char *low)
{
	static const char *const names[] = { "from", "sent", "date", "to", "cc", "subject", "reply-to", "发件人", "寄件者", "寄件人", "发送时间", "发送日期", "寄件日期", "日期", "时间", "收件人", "收件者", "主题",
	                                     "主旨", "抄送", "副本", "發件人", "發送時間", "主題", "von", "gesendet", "an", "datum", "betreff", "de", "envoyé", "à", "objet", "À", "para", "asunto", "fecha", "enviado",
	                                     "a", "da", "oggetto", "inviato", "data", "van", "aan", "onderwerp", "verzonden", "差出人", "送信日時", "宛先", "件名", "assunto", "från", "till", "skickat", "ämne", "fra", "til", "sendt", "emne", "lähettäjä", "vastaanottaja", "lähetetty", "aihe", "od", "do", "wysłano", "temat", "от", "От", "кому", "Кому", "дата", "Дата", "тема", "Тема",
	                                     "отправлено", "Отправлено", "kimden", "kime", "konu", "tarih", "gönderilme", "보낸 사람", "받는 사람", "제목", "날짜", "보낸 날짜", "từ", "đến", "ngày", "chủ đề" };

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		const size_t n = strlen(names[i]);
		const char *behind = low + n;

		if (strncmp(low, names[i], n) != 0) continue;
		behind += strspn(behind, " *");
		if (*behind == ':' || *behind == '|' || strncmp(behind, "：", 3) == 0) return true;
	}
	return false;
}

/* Lines that a mail program writes around what it forwards. */
static bool is_wrapper_line(const char *line, size_t len)
{
	static const char *const marks[] = { "forwarded message", "original message", "begin forwarded", "转发的邮件", "转发邮件", "原始邮件", "转发消息", "轉寄郵件", "轉寄的郵件", "轉發郵件", "原始郵件",
	                                     "轉發的郵件", "轉寄的訊息", "已转发", "已轉寄",
	                                     "weitergeleitete nachricht", "ursprüngliche nachricht", "message transféré", "message réexpédié", "message d'origine", "mensaje reenviado", "mensaje original",
	                                     "messaggio inoltrato", "messaggio originale", "mensagem encaminhada", "doorgestuurd bericht", "oorspronkelijk bericht", "転送メッセージ" };
	char low[96];
	size_t n = 0;

	while (len > 0 && strchr("|> *_\t", *line) != NULL) { line++; len--; }
	for (; n < len && n + 1 < sizeof(low); n++) low[n] = (char)(line[n] >= 'A' && line[n] <= 'Z' ? line[n] + 'a' - 'A' : line[n]);
	low[n] = '\0';
	if (is_header_field(low)) return true;
	for (size_t i = 0; i < COUNT_OF(marks); i++)
		if (strstr(low, marks[i]) != NULL) return true;
	return false;
}

static bool is_mark_line(const char *line, size_t len)
{
	const char *colon = memchr(line, ':', len < 24 ? len : 24);

	return is_wrapper_line(line, len) && line[0] != '|' && (colon == NULL || colon + 1 == line + len) && memmem(line, len, "：", 3) == NULL;
}

/* The wrapper is known by its mark, or by three header lines together: a form with one line "日期：" is none. */
static bool has_wrapper(const char *text)
{
	size_t together = 0;

	for (const char *at = text; *at != '\0';) {
		const size_t len = line_len(at);

		if (is_mark_line(at, len)) return true;
		if (is_wrapper_line(at, len)) { if (++together >= 3) return true; }
		else if (len > 0) together = 0;
		at += len + (at[len] == '\n');
	}
	return false;
}

static const char *without_quote_marks(const char *line, size_t *len)
{
	while (*len > 0 && (*line == '>' || (*line == ' ' && *len > 1 && line[1] == '>'))) { line++; (*len)--; }
	if (*len > 0 && *line == ' ') { line++; (*len)--; }
	return line;
}

static void unwrap(struct buf *out, const char *text, bool drops_wrapper)
{
	for (const char *at = text; *at != '\0';) {
		const size_t len = line_len(at);
		size_t own = len;
		const char *line = without_quote_marks(at, &own);

		if (!drops_wrapper || !is_wrapper_line(line, own)) {
			(void)buf_add(out, line, own);
			(void)buf_char(out, '\n');
		}
		at += len + (at[len] == '\n');
	}
}

static void own_words(const struct similar *similar, const struct similar_message *m, struct buf *out, bool *is_forward_r)
{
	struct buf plain = BUF_INIT(PLAIN_MAX), reply = BUF_INIT(PLAIN_MAX);
	struct reply_cut cut = { 0 };
	const char *rest;
	const char *text;

	plain_text(&plain, m->text);
	text = buf_str(&plain);
	if (m->reply_text != NULL) {
		text = m->reply_text;
	} else if (has_lines(text)) {
		reply_cut(&reply, similar->reply_rules, text, plain.len, NULL, m->subject, &cut);
		if (reply.len > 0) text = buf_str(&reply);
	}
	*is_forward_r = cut.is_forward || has_wrapper(text) || (m->subject != NULL && reply_prefix(m->subject, &rest) == REPLY_IS_FORWARD);
	unwrap(out, text, has_wrapper(text));
	buf_release(&plain);
	buf_release(&reply);
}

/* ---- before folding, while capitals tell: a name behind the last sentence ------------------------------------------------------------------ */

#define SIGNED_MAX 60                   /* bytes of the name, with the firm's */
#define SIGNED_WORDS 6

static bool is_contact_label(const char *word, size_t len)
{
	static const char *const labels[] = { "tel", "tel.", "tel:", "phone", "phone:", "mobile", "mob.", "fax", "ph." };

	for (size_t i = 0; i < COUNT_OF(labels); i++)
		if (len == strlen(labels[i]) && strncasecmp(word, labels[i], len) == 0) return true;
	return false;
}

/* "Bo Dahl, Kestrel Print, tel. 0151 555 0130": words with capitals, and not everything in capitals; a telephone behind them. */
static bool is_latin_name(const char *text, size_t len)
{
	size_t words = 0, small = 0, letters = 0;

	for (size_t at = 0; at < len;) {
		const size_t n = strcspn(text + at, " ") < len - at ? strcspn(text + at, " ") : len - at;
		const bool is_number = words >= 2 && strspn(text + at, "0123456789+()-/.") >= n;

		if (n > 0 && !is_number && !(words >= 2 && is_contact_label(text + at, n))) {
			if (text[at] < 'A' || text[at] > 'Z') return false;
			words++;
			for (size_t i = at; i < at + n; i++) {
				letters++;
				small += text[i] >= 'a' && text[i] <= 'z';
			}
		}
		at += n + 1;
	}
	return words >= 2 && words <= SIGNED_WORDS && 2 * small >= letters;
}

/* A common family name and one or two characters. */
bool similar_is_han_name(const char *text, size_t len)
{
	static const char families[] = "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱林郭罗羅梁宋郑鄭谢謝韩韓唐冯馮董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈魏薛叶葉阎閻潘杜戴夏钟鐘姜崔谭譚廖范汪陆陸邹鄒熊孟秦邱侯尹段雷龙龍陶贺賀顾顧郝龚龔邵钱錢严嚴";
	static const char *const doubles[] = { "欧阳", "歐陽", "上官", "司马", "司馬", "诸葛", "諸葛", "司徒" };
	char first[4] = "";

	if (len < 6 || len % 3 != 0) return false;
	for (size_t i = 0; i < len; i += 3)
		if ((unsigned char)text[i] < 0xe4 || (unsigned char)text[i] > 0xe9) return false;
	for (size_t i = 0; i < COUNT_OF(doubles); i++)
		if (len > 6 && len <= 12 && memcmp(text, doubles[i], 6) == 0) return true;
	memcpy(first, text, 3);
	return (len == 6 || len == 9) && strstr(families, first) != NULL;
}

/* The length without such a name. */
static size_t without_name(const char *text, size_t len)
{
	static const char *const stops[] = { ". ", "! ", "? ", "。", "！", "？", ".\n", "!\n", "?\n" };
	size_t end = len, start = 0;

	while (end > 0 && strchr(" \n.", text[end - 1]) != NULL) end--;
	for (size_t i = 0; i < COUNT_OF(stops); i++)
		for (size_t at = end > SIGNED_MAX ? end - SIGNED_MAX : 0; at + strlen(stops[i]) <= end; at++)
			if (memcmp(text + at, stops[i], strlen(stops[i])) == 0 && at + strlen(stops[i]) > start && !(at >= 3 && is_contact_label(text + at - 3, 3))) start = at + strlen(stops[i]);
	while (start < end && (text[start] == ' ' || text[start] == '\n')) start++;
	if (start == 0 || start >= end || start < 2 * (end - start)) return len;
	if (is_latin_name(text + start, end - start)) return start;
	return (end - start) % 3 == 0 && end - start >= 6 && similar_is_han_name(text + start, end - start) ? start : len;
}

/* ---- after folding: greeting and signature ----------------------------------------------------------------------------------------------- */

#define GREETING_MAX 48                 /* bytes of a piece that greets */
#define CLOSING_MAX 60
#define SIGNATURE_MAX 220               /* bytes behind a closing formula */

#define ADDRESSED_BYTES 21              /* behind the word of greeting: seven Han characters, */
#define ADDRESSED_WORDS 4               /* ... or so many words */

/* Whom a greeting may name; more, or a number, is what the message tells. */
static bool is_addressed(const char *text, size_t len)
{
	size_t words = 0, han = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] >= '0' && text[i] <= '9') return false;
		words += text[i] >= 'a' && text[i] <= 'z' && (i == 0 || text[i - 1] == ' ');
		han += (unsigned char)text[i] >= 0x80;
	}
	return words <= ADDRESSED_WORDS && han <= ADDRESSED_BYTES;
}

static bool ends_in(const char *text, size_t len, const char *end)
{
	return len > strlen(end) && memcmp(text + len - strlen(end), end, strlen(end)) == 0;
}

#define INTRODUCED_MAX 48               /* bytes of a piece that only says who writes */

/* "My name is Petra Vogt": behind a greeting it belongs to it. */
static bool introduces(const char *text, size_t len)
{
	static const char *const starts[] = { "my name is ", "mein name ist ", "je m'appelle ", "je suis madame ", "je suis monsieur " };
	static const char *const own[] = { "我是", "我叫", "本人" };

	if (len > INTRODUCED_MAX || len == 0) return false;
	for (size_t i = 0; i < len; i++)
		if (text[i] >= '0' && text[i] <= '9') return false;
	for (size_t i = 0; i < COUNT_OF(starts); i++)
		if (len > strlen(starts[i]) && memcmp(text, starts[i], strlen(starts[i])) == 0) return is_addressed(text + strlen(starts[i]), len - strlen(starts[i]));
	for (size_t i = 0; i < COUNT_OF(own); i++)
		if (len > strlen(own[i]) && memcmp(text, own[i], strlen(own[i])) == 0 && similar_is_han_name(text + strlen(own[i]), len - strlen(own[i]))) return true;
	return ends_in(text, len, "と申します") || (len <= ADDRESSED_BYTES && (ends_in(text, len, "です") || ends_in(text, len, "でございます")));
}

#define ADDRESS_LINE_MAX 40

/* A short first line that ends in a comma, with an empty one below it, in whatever language: "Szanowni Państwo,". Without the empty line it may be what
 * is told: "The oven is dead,". */
static bool is_address_line(const char *text, size_t at, size_t stop, size_t end)
{
	const bool is_line = stop + 3 < end && memcmp(text + stop, ",\n\n", 3) == 0 && (at == 0 || text[at - 1] == '\n');

	return is_line && stop - at <= ADDRESS_LINE_MAX && is_addressed(text + at, stop - at);
}

static size_t after_greeting(const char *text, size_t end)
{
	size_t at = clause_skip_space(text, 0, end);

	for (int pieces = 0; pieces < 3; pieces++) {
		const size_t stop = clause_piece_end(text, end, at), word = clause_starts_with(text + at, stop - at, MARK_GREETING);

		if (word == 0 && !(pieces > 0 && stop < end && introduces(text + at, stop - at)) && !is_address_line(text, at, stop, end)) break;
		if (word > 0 && (stop - at > GREETING_MAX || !is_addressed(text + at + word, stop - at - word))) return clause_skip_space(text, at + word, end);
		if (stop >= end) break;                 /* nothing but a greeting: then that is the text */
		at = clause_skip_space(text, stop, end);
	}
	return at;
}

/* Where the signature begins: at a closing formula near the end with only short pieces behind it. */
static size_t before_signature(const char *text, size_t start, size_t end)
{
	size_t cut = end;

	for (size_t at = clause_skip_space(text, start, end); at < end;) {
		const size_t stop = clause_piece_end(text, end, at);

		if (stop - at <= CLOSING_MAX && clause_starts_with(text + at, stop - at, MARK_CLOSING) > 0) { if (cut == end) cut = at; }
		else if (stop - at > CLOSING_MAX || end - at > SIGNATURE_MAX) cut = end;
		at = clause_skip_space(text, stop, end);
	}
	if (cut < end && end - cut > SIGNATURE_MAX) cut = end;
	return clause_skip_space(text, start, end) < cut ? cut : end;
}

/* ---- what stands below a message without a closing formula: whose it is, and what a firm's mail program adds ---------------------------------- */

#define CONTACT_MAX 72                  /* bytes of a piece that names nothing but where somebody is reached */
#define NAME_MAX 32                     /* ... of a line above it */
#define NAME_LINES 3

/* A piece that names an address or a telephone, no number of a matter, and little else. */
static bool is_contact(const char *piece, size_t len)
{
	struct ident found[4];
	size_t count, words = len;
	bool has = memmem(piece, len, "www.", 4) != NULL;

	if (len > CONTACT_MAX) return false;
	count = identifiers_find(piece, len, found, COUNT_OF(found));
	for (size_t i = 0; i < count; i++) {
		if (found[i].kind < IDENT_KINDS && ident_is_matter(found[i].kind)) return false;
		has |= found[i].kind == IDENT_PHONE || found[i].kind == IDENT_MAIL;
		words -= (size_t)(found[i].end - found[i].start);
	}
	return has && words <= NAME_MAX;
}

static size_t back_to(const char *text, size_t start, size_t end, const char *stops)
{
	while (end > start && strchr(stops, text[end - 1]) == NULL) end--;
	return end;
}

static size_t without_space(const char *text, size_t start, size_t end)
{
	while (end > start && strchr(" \n|,.-", text[end - 1]) != NULL) end--;
	return end;
}

/* The lines above the telephone are a name and a title. */
static size_t before_contact(const char *text, size_t start, size_t end)
{
	size_t cut = without_space(text, start, end), at = back_to(text, start, cut, "\n|");
	const size_t whole = cut;

	if (at <= start || !is_contact(text + at, cut - at)) return end;
	for (int lines = 0; lines < NAME_LINES && at > start; lines++) {
		const size_t stop = without_space(text, start, at), line = back_to(text, start, stop, "\n|");

		cut = stop;
		if (text[at - 1] != '\n' || stop - line > NAME_MAX || line <= start || text[stop] == '|') break;
		at = line;
	}
	return cut > start && cut - start >= (whole - start) / 2 ? cut : end;
}

#define NAME_WORDS 3
#define NAME_HAN 4

static bool is_name(const char *line, size_t len)
{
	size_t words = 0, han = 0;

	if (len == 0 || len > NAME_MAX) return false;
	for (size_t i = 0; i < len; i++) {
		const bool starts = i == 0 || line[i - 1] == ' ';

		if ((line[i] >= '0' && line[i] <= '9') || strchr(":#@$", line[i]) != NULL) return false;
		han += (unsigned char)line[i] >= 0xe3;
		words += starts && line[i] >= 'a' && line[i] <= 'z';
	}
	return words <= NAME_WORDS && han <= NAME_HAN && (words == 0 || han == 0);
}

/* A last line that is nothing but a name, below a text that is much longer. */
#define PLACE_MAX 40                    /* bytes of a line below a name: where somebody lives or works */

/* line: where the last line begins. */
static size_t before_name_and_place(const char *text, size_t start, size_t line, size_t end)
{
	const size_t stop = without_space(text, start, line), name = back_to(text, start, stop, "\n");

	return name > start && is_name(text + name, stop - name) && name - start >= 4 * (stop - name) ? name : end;
}

static size_t before_name(const char *text, size_t start, size_t end)
{
	const size_t stop = without_space(text, start, end), line = back_to(text, start, stop, "\n");

	if (line <= start || line - start < 4 * (stop - line)) return end;
	if (is_name(text + line, stop - line)) return line;
	return stop - line <= PLACE_MAX ? before_name_and_place(text, start, line, end) : end;
}

static size_t before_disclaimer(const char *text, size_t start, size_t end)
{
	static const char *const phrases[] = { "message is confidential", "email is confidential", "e-mail is confidential", "mail is confidential", "may contain confidential", "contains confidential",
	                                       "intended for the addressee", "intended only for", "intended solely for", "intended recipient", "confidentiality notice", "received it in error",
	                                       "received this in error", "本邮件及", "本邮件含", "本邮件包含", "此邮件及", "此邮件含", "仅供收件人", "保密信息", "如误收", "错误收到本" };
	size_t cut = end;

	for (size_t i = 0; i < COUNT_OF(phrases); i++) {
		const char *at = memmem(text + start, cut - start, phrases[i], strlen(phrases[i]));

		if (at != NULL) cut = back_to(text, start, (size_t)(at - text), "\n|");
	}
	return cut > start + 24 ? cut : end;
}
/* Nothing in it counts, numbers of a register neither. */
static void cut_disclaimer(struct similar_body *body)
{
	const size_t end = before_disclaimer(buf_str(&body->text), body->start, body->text.len);

	if (end < body->text.len) body->text.data[body->text.len = end] = '\0';
	if (body->end > end || body->end <= body->start) body->end = end;
}

/* ---- both ------------------------------------------------------------------------------------------------------------------------------------ */

void similar_body(const struct similar *similar, const struct similar_message *m, struct similar_body *body)
{
	struct buf own = BUF_INIT(PLAIN_MAX);
	size_t named;

	buf_init(&body->text, CANONICAL_MAX);
	own_words(similar, m, &own, &body->is_forward);
	named = without_name(buf_str(&own), own.len);
	(void)canonical_text(&body->text, buf_str(&own), named);
	body->end = body->text.len;
	if (named < own.len) (void)canonical_text(&body->text, buf_str(&own) + named, own.len - named);       /* numbers in it still count */
	while (body->text.len > 0 && strchr(" \n|", body->text.data[body->text.len - 1]) != NULL) body->text.data[--body->text.len] = '\0';
	body->start = after_greeting(buf_str(&body->text), body->text.len);
	if (body->end > body->text.len) body->end = body->text.len;
	cut_disclaimer(body);
	body->end = before_signature(buf_str(&body->text), body->start, body->end);
	body->end = before_contact(buf_str(&body->text), body->start, body->end);
	body->end = before_name(buf_str(&body->text), body->start, body->end);
	buf_release(&own);
}
