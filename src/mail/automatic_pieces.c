/* automatic_pieces.c - a mail as the learned opinion sees it: pieces of its words, hashed, and traits of its form. */
#include "mail/automatic_model.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/automatic_text.h"
#include "text/hash.h"

#define SUBJECT_MAX 300                 /* bytes that are looked at */
#define TEXT_MAX 1600
#define WORD_MAX 40
#define INSIDE_LEAST 5                  /* shorter words have no insides of their own */
#define SIGNED_MAX 28                   /* bytes of a name behind the last sentence */
#define SIGNATURE_MAX 80                /* bytes at the end of the text */
#define TEXT_NORM 2.0                   /* weight of all pieces of the text together, however many they are */
#define SUBJECT_NORM 1.5
#define SENDER_VALUE 1.5f
#define TRAIT_VALUE 0.5f
#define FIRST_WORDS 4
#define LAST_WORDS 5
#define EDGE_VALUE 0.25f
#define WIDE 3                          /* bytes of a character of a script without blanks */
#define HOUSE_LEAST 4                   /* bytes of a domain's first name that is sought in links */

enum { KIND_WORD = 1, KIND_PAIR, KIND_INSIDE, KIND_CHARACTERS, KIND_NAME, KIND_LOCAL, KIND_TRAIT, KIND_FIRST, KIND_LAST, KIND_SUBJECT = 16 };

/* Gathers a list of pieces, or without one adds up what they say. said: the weights of the part of the mail that is being gone through, whose pieces
 * count the same; weights are whole and values have few digits, so that no order of adding rounds. */
struct gather {
	struct automatic_piece *list;
	const signed char *weights;
	size_t count;
	int64_t said;
	double sum;
	uint64_t seen[AUTOMATIC_BUCKETS / 64];
};

static inline void add_hash(struct gather *g, uint32_t kind, uint32_t hash, const char *at, size_t len)
{
	const uint32_t bucket = hash_mix(kind, hash) % AUTOMATIC_BUCKETS;

	if (g->count == AUTOMATIC_PIECES_MAX || (g->seen[bucket / 64] >> (bucket % 64) & 1) != 0) return;
	g->seen[bucket / 64] |= 1ull << (bucket % 64);
	if (g->list != NULL) g->list[g->count] = (struct automatic_piece){ .at = at, .len = (uint16_t)len, .bucket = bucket };
	else g->said += g->weights[bucket];
	g->count++;
}

/* Each piece from the one at before on counts as much. */
static void set_value(struct gather *g, size_t before, float value)
{
	for (size_t i = before; g->list != NULL && i < g->count; i++) g->list[i].value = value;
	g->sum += (double)g->said * AUTOMATIC_SCALE * (double)value;
	g->said = 0;
}

static void add_text(struct gather *g, uint32_t kind, const char *at, size_t len, float value)
{
	const size_t before = g->count;

	add_hash(g, kind, hash_text(at, len), at, len);
	set_value(g, before, value);
}

static bool is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static bool is_ascii_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool is_letter(char c)
{
	return is_ascii_letter(c) || is_digit(c) || ((unsigned char)c >= 0x80 && (unsigned char)c < 0xe3);
}

/* ---- words and characters ---- */

/* A run of characters that stand without blanks: one, two and three of them. */
static size_t add_characters(struct gather *g, uint32_t kind, const char *text, size_t at, size_t end)
{
	uint32_t last = 0, before = 0;
	size_t starts[3] = { at, at, at };

	while (at < end && (unsigned char)text[at] >= 0xe3) {
		const size_t start = at;
		const int32_t c = utf8_next(text, end, &at);
		const uint32_t one = (uint32_t)c;

		if (c < 0x3040 || (c >= 0xff00 && c < 0xff66)) {                /* punctuation */
			last = before = 0;
			continue;
		}
		starts[0] = starts[1];
		starts[1] = starts[2];
		starts[2] = start;
		add_hash(g, kind + KIND_CHARACTERS, one, text + start, at - start);
		if (last != 0) add_hash(g, kind + KIND_CHARACTERS, hash_mix(last, one), text + starts[1], at - starts[1]);
		if (before != 0) add_hash(g, kind + KIND_CHARACTERS, hash_mix(hash_mix(before, last), one), text + starts[0], at - starts[0]);
		before = last;
		last = one;
	}
	return at;
}

/* Four letters at a time with the word's edges, which finds a word again under another ending. */
static void add_insides(struct gather *g, uint32_t kind, const char *word, size_t len)
{
	char edged[1 + WORD_MAX + 1] = "_";

	if (len < INSIDE_LEAST || len > WORD_MAX) return;
	memcpy(edged + 1, word, len);
	edged[len + 1] = '_';
	for (size_t i = 0; i + 4 <= len + 2; i++) add_hash(g, kind + KIND_INSIDE, hash_four(edged + i), word, len);
}

/* What a byte is to what is written without blanks. The other bytes are 0. */
enum { ENDS = 1, MARKS = 2, MAY_MARK = 4 };
static const uint8_t roles[256] = {
	[0 ... ' '] = ENDS, [0x80 ... 0xff] = ENDS, ['<'] = ENDS, ['>'] = ENDS, ['('] = ENDS, [')'] = ENDS, ['['] = ENDS, [']'] = ENDS, ['"'] = ENDS, ['|'] = ENDS,
	['@'] = MARKS, ['_'] = MARKS, ['.'] = MAY_MARK, ['/'] = MAY_MARK,
};

/* A dot within a name, or the slashes of a link. */
static bool joins(const char *text, size_t from, size_t at, size_t len)
{
	if (at + 1 == len) return false;
	if (text[at] == '/') return text[at + 1] == '/';
	return at > from && is_ascii_letter(text[at + 1]) && (is_ascii_letter(text[at - 1]) || is_digit(text[at - 1]));
}

/* What is written without blanks and is no word: an address, a link, the name of a host or a file. Its bytes, or 0. */
static size_t address_len(const char *text, size_t at, size_t len)
{
	size_t end = at;
	bool is_address = false;

	for (; end < len; end++) {
		const uint8_t role = roles[(unsigned char)text[end]];

		if (role == 0) continue;
		if (role == ENDS) break;
		is_address |= role == MARKS || joins(text, at, end, len);
	}
	return is_address ? end - at : 0;
}

/* Numbers are alike, and so are codes, which hold digits. 0: neither. */
static uint32_t shape_of(const char *word, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (is_digit(word[i])) return hash_text("#", 1);
	return 0;
}

/* The words taken apart last, by hash: one that comes again says nothing new. A place that holds no word has the length 0. */
#define RECENT 256
struct recent { const char *text; struct { uint16_t at, len; } words[RECENT]; };

static bool is_recent(struct recent *r, uint32_t hash, const char *word, size_t len)
{
	const size_t slot = hash % RECENT;

	if (r->words[slot].len == len && memcmp(r->text + r->words[slot].at, word, len) == 0) return true;
	r->words[slot].at = (uint16_t)(word - r->text);
	r->words[slot].len = (uint16_t)len;
	return false;
}

/* The hash of the word, for pairs. */
static uint32_t add_word(struct gather *g, struct recent *r, uint32_t kind, const char *word, size_t len, uint32_t last, const char *last_at)
{
	const uint32_t shape = shape_of(word, len), hash = shape != 0 ? shape : hash_text(word, len);

	if (!is_recent(r, hash, word, len)) {
		add_hash(g, kind + KIND_WORD, hash, word, len);
		if (shape == 0) add_insides(g, kind, word, len);
	}
	if (last != 0) add_hash(g, kind + KIND_PAIR, hash_mix(last, hash), last_at, (size_t)(word + len - last_at));
	return hash;
}

static void add_pieces(struct gather *g, uint32_t kind, const char *text, size_t max, double norm)
{
	const size_t len = utf8_cut(text, strlen(text), max), before = g->count;
	const char *last_at = NULL;
	struct recent recent = { .text = text };
	uint32_t last = 0;

	for (size_t at = 0; at < len;) {
		size_t end = at;

		if ((unsigned char)text[at] >= 0xe3) {
			at = add_characters(g, kind, text, at, len);
			last = 0;
			continue;
		}
		if (at == 0 || text[at - 1] == ' ' || text[at - 1] == '\n') end += address_len(text, at, len);
		if (end > at) {
			at = end;
			last = 0;
			continue;
		}
		while (end < len && is_letter(text[end])) end++;
		if (end > at) {
			last = add_word(g, &recent, kind, text + at, utf8_cut(text + at, end - at, WORD_MAX), last, last_at);
			last_at = text + at;
			at = end;
			continue;
		}
		if (text[at] != ' ') last = 0;
		at++;
	}
	set_value(g, before, (float)(norm / sqrt((double)(g->count - before) + 8)));
}

/* ---- the sender ---- */

/* Calls `add` for each word of letters in text. */
static void each_word(const char *text, void (*add)(struct gather *g, uint32_t kind, const char *at, size_t len, float value), struct gather *g, uint32_t kind)
{
	for (size_t at = 0; text[at] != '\0';) {
		size_t end = at;

		while (text[end] != '\0' && !isdigit((unsigned char)text[end]) && ((unsigned char)text[end] >= 0x80 || isalpha((unsigned char)text[end]))) end++;
		if (end - at > 1 && end - at < WORD_MAX) add(g, kind, text + at, end - at, SENDER_VALUE);
		at = end > at ? end : at + 1;
	}
}

/* A word of the name stands in the last line or so: persons sign. */
static bool signs(const char *name, const char *text)
{
	const size_t len = strlen(text), from = len > SIGNATURE_MAX ? len - SIGNATURE_MAX : 0;

	for (size_t at = 0; name[at] != '\0';) {
		const size_t word = strcspn(name + at, " .,-()\"'");

		if (word >= 3 && memmem(text + from, len - from, name + at, word) != NULL) return true;
		at += word > 0 ? word : 1;
	}
	return false;
}

/* Providers of mailboxes for persons: whose name stands before the first dot of a domain, or alone between two. */
static bool is_of_persons(const char *domain)
{
	static const char *const providers[] = {
		"gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "icloud", "me", "aol", "gmx", "web", "t-online", "freenet", "protonmail", "proton", "qq", "163", "126", "foxmail", "sina",
		"sohu", "139", "189", "yeah", "naver", "daum", "hanmail", "orange", "wanadoo", "free", "laposte", "sfr", "libero", "virgilio", "uol", "bol", "terra", "wp", "onet", "interia", "o2", "yandex", "mail-ru",
		"rambler", "docomo", "ezweb", "softbank", "nifty", "hinet", "pchome", "comcast", "verizon", "btinternet", "sky", "ziggo", "kpn", "telia",
	};
	const size_t len = strcspn(domain, ".");

	for (size_t i = 0; i < COUNT_OF(providers); i++)
		if (strlen(providers[i]) == len && memcmp(providers[i], domain, len) == 0) return true;
	return false;
}

static void add_trait(struct gather *g, bool is_so, const char *trait)
{
	if (is_so) add_text(g, KIND_TRAIT, trait, strlen(trait), TRAIT_VALUE);
}

static size_t count_of(const char *text, const char *mark)
{
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, mark)) != NULL; at++) count++;
	return count;
}

/* Who speaks of himself by his name, or leads to his own house. */
static void add_own_name(struct gather *g, const struct automatic_look *look)
{
	const size_t house = strcspn(look->domain, ".");
	const char *link = strstr(look->text, "http");

	add_trait(g, text_shares_word(look->name, look->text), "names itself");
	if (house < HOUSE_LEAST) return;
	add_trait(g, strstr(look->text, look->domain) != NULL, "own domain");
	add_trait(g, link != NULL && memmem(link, strlen(link), look->domain, house) != NULL, "link to its own");
}

/* How many words the name of the sender has, and whether it is of the address. */
static void add_name_form(struct gather *g, const struct automatic_look *look)
{
	const size_t blanks = count_of(look->name, " ");

	add_trait(g, blanks == 0, "name of one word");
	add_trait(g, blanks == 1, "name of two words");
	add_trait(g, blanks >= 3, "long name");
	add_trait(g, strchr(look->name, ',') != NULL, "comma in name");
	add_trait(g, strstr(look->name, look->local) != NULL, "address in name");
}

static void add_sender(struct gather *g, const struct automatic_look *look)
{
	if (look->local == NULL) return;
	each_word(look->name, add_text, g, KIND_NAME);
	each_word(look->local, add_text, g, KIND_LOCAL);
	add_trait(g, look->name[0] == '\0', "no name");
	add_trait(g, text_shares_word(look->name, look->local), "name in address");
	add_trait(g, text_shares_word(look->name, look->domain), "name in domain");
	add_trait(g, signs(look->name, look->text), "signs with name");
	add_trait(g, is_of_persons(look->domain), "mailbox of a person");
	add_trait(g, strchr(look->local, '.') != NULL, "dot in address");
	add_own_name(g, look);
	add_name_form(g, look);
}

/* ---- form ---- */

/* Lines such as "Status: down": a few words, a colon, something behind it. */
static size_t count_labels(const char *written)
{
	size_t count = 0;

	for (const char *line = written; *line != '\0';) {
		const size_t len = strcspn(line, "\n"), head = strcspn(line, ":\n");

		if (head > 1 && head < 28 && head + 2 < len && line[head] == ':' && line[head + 1] != '/') count++;
		line += len + (line[len] == '\n');
	}
	return count;
}

/* Where what was written at len's end begins: behind the last line break or the last mark with a blank or nothing behind it. */
static size_t last_piece(const char *written, size_t len)
{
	static const char *const stops[] = { "。", "！", "？", "、", "，", "؟" };
	size_t from = len;

	for (; from > 0; from--) {
		const char *at = written + from;

		if (at[-1] == '\n' || (strchr(".!?:;,", at[-1]) != NULL && (from == len || *at == ' '))) return from;
		for (size_t i = 0; i < COUNT_OF(stops); i++)
			if (from >= strlen(stops[i]) && memcmp(at - strlen(stops[i]), stops[i], strlen(stops[i])) == 0) return from;
	}
	return from;
}

/* Something short without a digit stands behind the last sentence: a name. */
static bool ends_short(const char *written)
{
	size_t len = strlen(written), from;

	while (len > 0 && (written[len - 1] == ' ' || written[len - 1] == '\n')) len--;
	from = last_piece(written, len);
	if (from == len || len - from > SIGNED_MAX) return false;
	for (size_t i = from; i < len; i++)
		if (is_digit(written[i])) return false;
	return true;
}

/* Exclamation marks of both widths. */
static size_t count_calls(const char *written)
{
	size_t calls = 0;

	for (const char *at = written; *at != '\0'; at++) calls += *at == '!' || strncmp(at, "！", 3) == 0;
	return calls;
}

static void add_form(struct gather *g, const struct automatic_look *look)
{
	const size_t labels = count_labels(look->written), links = count_of(look->text, "http"), asked = text_questions(look->text), calls = count_calls(look->written);
	const unsigned char first = (unsigned char)look->written[strspn(look->written, " \n\t")];

	add_trait(g, calls == 1, "exclaims");
	add_trait(g, calls > 1, "exclaims much");
	add_trait(g, labels >= 2, "labels");
	add_trait(g, labels >= 4, "many labels");
	add_trait(g, links >= 1, "link");
	add_trait(g, links >= 3, "links");
	add_trait(g, asked == 1, "asks");
	add_trait(g, asked > 1, "asks much");
	add_trait(g, islower(first) != 0, "begins small");
	add_trait(g, ends_short(look->written), "ends short");
	add_trait(g, count_of(look->text, " | ") > 0, "bars");
	add_trait(g, look->prefix == REPLY_IS_REPLY, "reply");
	add_trait(g, text_is_in_first_person(look->words), "says I");
	add_trait(g, text_speaks_as_customer(look->words), "customer's words");
}

/* ---- the edges: how a text begins and ends ---- */

static bool parts_words(char c)
{
	return c == ' ' || c == ',' || c == '\n' || c == '.' || c == '!';
}

static bool is_wide(char c)
{
	return (unsigned char)c >= 0xe3 && (unsigned char)c < 0xf0;
}

/* The end of the word at start: of scripts without blanks two characters, or the one that stands alone. */
static size_t edge_end(const char *text, size_t start)
{
	size_t at = start;

	if (is_wide(text[at])) return at + (is_wide(text[at + WIDE]) ? 2 * WIDE : WIDE);
	while (text[at] != '\0' && !parts_words(text[at]) && !is_wide(text[at])) at++;
	return at;
}

static void add_edge(struct gather *g, uint32_t kind, const char *word, size_t len)
{
	if (len > 0 && len < WORD_MAX) add_hash(g, kind, hash_text(word, len), word, len);
}

static void add_words(struct gather *g, uint32_t kind, const char *text, size_t most)
{
	for (size_t n = 0, at = 0; n < most && text[at] != '\0'; n++) {
		const size_t end = edge_end(text, at);

		add_edge(g, kind, text + at, end - at);
		at = is_wide(text[at]) ? at + WIDE : end;
		while (text[at] != '\0' && parts_words(text[at])) at++;
	}
}

static bool ends_wide(const char *text, size_t at)
{
	return at >= WIDE && is_wide(text[at - WIDE]);
}

/* Where the last words begin. */
static const char *last_words(const char *text, size_t most)
{
	size_t at = strlen(text);

	for (size_t n = 0; n < most && at > 0; n++) {
		while (at > 0 && parts_words(text[at - 1])) at--;
		if (ends_wide(text, at)) at -= WIDE;
		else while (at > 0 && !parts_words(text[at - 1]) && !ends_wide(text, at)) at--;
	}
	return text + at;
}

static void add_edges(struct gather *g, const struct automatic_look *look)
{
	const size_t before = g->count;

	add_words(g, KIND_FIRST, look->text, FIRST_WORDS);
	add_words(g, KIND_LAST, last_words(look->text, LAST_WORDS), LAST_WORDS);
	set_value(g, before, EDGE_VALUE);
}

static const struct { const struct words *words; const char *trait; } fields[] = {
	{ &words_taken_in, "taken in" }, { &words_soon, "answer to come" }, { &words_absent, "away" }, { &words_promise, "answer later" },
	{ &words_no_answer, "do not reply" }, { &words_by_machine, "made by machine" }, { &words_newsletter, "way to leave" }, { &words_topic, "goods and money" }, { &words_opinion, "asks an opinion" }, { &words_bargain, "praises goods" },
	{ &words_dispatch, "tells of your goods" }, { &words_ask_of_us, "asks something of us" },
};

static void add_fields(struct gather *g, const struct automatic_look *look)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++) add_trait(g, words_among(fields[i].words, look->words), fields[i].trait);
}

static void gather(struct gather *g, const struct automatic_look *look)
{
	add_trait(g, true, "any mail");
	add_sender(g, look);
	add_form(g, look);
	add_fields(g, look);
	add_edges(g, look);
	add_pieces(g, KIND_SUBJECT, look->subject, SUBJECT_MAX, SUBJECT_NORM);
	add_pieces(g, 0, look->text, TEXT_MAX, TEXT_NORM);
}

size_t automatic_pieces(const struct automatic_look *look, struct automatic_piece *pieces_r)
{
	struct gather g = { .list = pieces_r };

	gather(&g, look);
	return g.count;
}

double automatic_sum(const struct automatic_look *look, const signed char *weights)
{
	struct gather g = { .weights = weights };

	gather(&g, look);
	return g.sum;
}
