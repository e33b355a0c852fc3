/* test_text.c - folding, charsets, language and HTML on their own. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/utrans.h>
#include <xxhash.h>
#include "base/ascii.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "text/charset.h"
#include "text/hash.h"
#include "text/html_strip.h"
#include "text/text.h"

/* Weights and rows on file go by these hashes: ours must stay those of the library. */
TEST(hashes_of_short_pieces_are_those_of_the_library)
{
	for (uint32_t i = 0; i < 5000; i++) {
		const uint32_t a = i * 2654435761u, b = ~i * 40503u, pair[2] = { a, b };
		const uint64_t wide = XXH3_64bits(pair, sizeof(pair)), four = XXH3_64bits(pair, 4);

		CHECK_INT(hash_mix(a, b), (uint32_t)(wide ^ wide >> 32));
		CHECK_INT(hash_four((const char *)pair), (uint32_t)(four ^ four >> 32));
		CHECK_INT(hash_four((const char *)pair), hash_text(pair, 4));
	}
}

/* Of two letters, so that pieces are found, nearly found and found late; at every length around the sixteen bytes of a step. */
TEST(a_piece_is_found_where_memmem_finds_it)
{
	unsigned seed = 3;

	for (int round = 0; round < 20000; round++) {
		const size_t len = (seed = seed * 1103515245u + 12345u) >> 16 & 63, piece_len = 1 + ((seed >> 22) & 15) % (1 + (seed >> 26));
		char *text = mem_new(len + 1), piece[64];

		for (size_t i = 0; i < len; i++) text[i] = "ab"[(seed = seed * 1103515245u + 12345u) >> 20 & 1];
		for (size_t i = 0; i < piece_len; i++) piece[i] = "ab"[(seed = seed * 1103515245u + 12345u) >> 20 & 1];
		CHECK(ascii_find(text, len, piece, piece_len) == (const char *)memmem(text, len, piece, piece_len));
		free(text);
	}
}

static const struct { const char *row, *text; size_t printable, with_lines; } runs[] = {
	{ "empty", "", 0, 0 }, { "a word", "word", 4, 4 }, { "a line end early", "a\nb", 1, 3 }, { "a TAB behind sixteen", "0123456789abcdef\tx", 16, 18 }, { "CR", "line one is long enough\r\n", 23, 23 },
	{ "a high byte", "line one\nand line two\n\xC3\xA9", 8, 22 }, { "DEL", "0123456789\x7F" "abcdef0123", 10, 10 }, { "a sign below the blank", "0123456789abcdefgh\x1F", 18, 18 },
};
TEST(runs_of_ascii_end_where_they_do)
{
	for (size_t i = 0; i < COUNT_OF(runs); i++) {
		test_row(runs[i].row);
		CHECK_INT(ascii_printable(runs[i].text, strlen(runs[i].text)), runs[i].printable);
		CHECK_INT(ascii_printable_lines(runs[i].text, strlen(runs[i].text)), runs[i].with_lines);
	}
}

/* A text that does not fit is cut at a line, as far as lines fit, and not left out. */
TEST(clean_text_fills_its_buffer_by_lines)
{
	struct buf b = BUF_INIT(25);

	CHECK(!utf8_clean(&b, "first line\nsecond line\nthird line\n", 34, false));
	CHECK_STR(buf_str(&b), "first line\nsecond line\n");
	CHECK(b.is_full);
	buf_release(&b);
}

static const struct { const char *row, *html, *stripped; } strips[] = {
	{ "what nobody reads goes", "<table width=100% border='0'><td bgcolor=\"#fff\" class=a>x</td>", "<table><td class=a>x</td>" },
	{ "what is read stays", "<A HREF='x' target=_blank>y</A><ol start=3><input value>", "<A HREF='x'>y</A><ol start=3><input value>" },
	{ "text is text", "1 < 2 <: a=b <= <3 &lt; x", "1 < 2 <: a=b <= <3 &lt; x" },
	{ "a tag within a value", "<p title='<b>' id=\">\">x<b a=b>", "<p id=\">\">x<b>" },
	{ "values without blanks between", "<a x=\"1\"href=\"u\"y='2'id=z>", "<a href=\"u\" id=z>" },
	{ "a slash that ends", "<br clear=all/><img alt=x />", "<br><img alt=x />" },
	{ "a slash that does not", "<c / s>x", "<c / >x" },
	{ "bad attributes stay", "<a =\"1 2\" width=3 \"q\">x", "<a =\"1 2\" \"q\">x" },
	{ "a quotation never closed", "<a width=1 id=\"x> <b a=b>", "<a id=\"x> <b a=b>" },
	{ "a tag never closed", "x<td width=1", "x<td" },
	{ "comments", "a<!-- <b a=b> -->c<!---->d<!-->e<!-- f --!> g --><!-- <b a=b>", "a<!-- -->c<!---->d<!-->e<!-- f --!> g --><!-- <b a=b>" },
	{ "scripts and sheets", "<script lang=js>'<b a=b>'</script><b a=b><STYLE>p { } <!-- x --></style><i x>", "<script>'<b a=b>'</script><b><STYLE>p { } <!-- x --></style><i>" },
	{ "a script never closed", "<script><b a=b>", "<script><b a=b>" },
	{ "declarations", "<!DOCTYPE html PUBLIC \"-//W3C//DTD\"><?xml a?><b a=b>", "<!DOCTYPE html PUBLIC \"-//W3C//DTD\"><?xml a?><b>" },
	{ "a declaration that is none", "<!\"<h\ns=\"><t c=\"\">B", "<!\"<h\ns=\"><t c=\"\">B" },
	{ "a declaration goes on", "<!doctype x\"><b t=b\">Y", "<!doctype x\"><b t=b\">Y" },
	{ "an end that is none", "</<a f=\"><t c=f\">0</b a=b>", "</<a>0</b a=b>" },
	{ "blank space", "<td\n\twidth = 1\r\nid\n=\n'x'>", "<td id\n=\n'x'>" },
	{ "nothing", "", "" },
};
TEST(html_is_stripped_of_what_nobody_reads_and_of_nothing_else)
{
	for (size_t i = 0; i < COUNT_OF(strips); i++) {
		struct buf b = BUF_INIT(1000);

		test_row(strips[i].row);
		html_strip(&b, strips[i].html, strlen(strips[i].html));
		CHECK_STR(buf_str(&b), strips[i].stripped);
		buf_release(&b);
	}
}

static const struct { const char *row, *html, *text; } entities[] = {
	{ "a word follows", "easy&nbspto, &copy2026, &eacutet&eacute", "easy to, ©2026, été" },
	{ "capitals", "A&AMPB &LTc&GT &COPY1 &Eacutet&Eacute", "A&B <c> ©1 ÉtÉ" },
	{ "with their semicolon", "&eacute;&nbsp;&notin;&copy;2026", "é ∉©2026" },
	{ "longer names are others", "&notin; &euro5 &hellipx", "∉ &euro5 &hellipx" },
	{ "no name", "R&D, A&B;C, &, &;, &a", "R&D, A&B;C, &, &;, &a" },
	{ "an address in a text", "see http://a.example/?a=1&section=2&copy=3", "see http://a.example/?a=1&section=2&copy=3" },
	{ "an address in a tag", "<a href=\"http://a.example/?a>1&section2&copy3&deg\">here</a> &deg5", "here <http://a.example/?a>1&section2&copy3°> °5" },
	{ "a tag that says nothing of it", "<p title='&copy2'>a<br>b &copy2 < &reg3", "a\nb ©2 < ®3" },
	{ "at the end", "x &yen", "x ¥" },
};
TEST(html_names_of_characters_need_no_semicolon)
{
	for (size_t i = 0; i < COUNT_OF(entities); i++) {
		struct buf b = BUF_INIT(1000);
		struct ik_error err = { 0 };

		test_row(entities[i].row);
		CHECK_INT(text_from_html(&b, entities[i].html, strlen(entities[i].html), &err), IK_OK);
		CHECK_STR(buf_str(&b), entities[i].text);
		buf_release(&b);
	}
}

static const struct { const char *row, *text, *folded; } folds[] = {
	{ "case and punctuation", "Hello, World! 42", "helloworld42" }, { "full width", "ＡＢＣ１２３：退款", "abc123退款" }, { "traditional", "訂單號碼：退款、發票、頭髮", "订单号码退款发票头发" },
	{ "simplified stays", "订单号", "订单号" }, { "ligature", "ﬁne", "fine" }, { "sharp s", "Straße", "strasse" }, { "emoji out", "坏了😡!!", "坏了" }, { "accents stay", "É", "é" }, { "empty", "", "" },
};
TEST(text_fold_makes_equal_what_reads_equal)
{
	for (size_t i = 0; i < COUNT_OF(folds); i++) {
		struct buf b = BUF_INIT(1000);

		test_row(folds[i].row);
		CHECK(text_fold(&b, folds[i].text, strlen(folds[i].text)));
		CHECK_STR(buf_str(&b), folds[i].folded);
		buf_release(&b);
	}
}

/* Whatever the way in which the table is made, it says what ICU's own transliterator says of every character. */
TEST(simplified_characters_are_those_of_the_library)
{
	static const UChar id[] = { 'H', 'a', 'n', 't', '-', 'H', 'a', 'n', 's' };
	UErrorCode status = U_ZERO_ERROR;
	UTransliterator *trans = utrans_openU(id, (int32_t)COUNT_OF(id), UTRANS_FORWARD, NULL, 0, NULL, &status);
	int changed = 0;

	CHECK(U_SUCCESS(status));
	for (uint32_t c = 0x3300; c <= 0xA100; c++) {
		UChar text[4] = { (UChar)c, 0 };
		int32_t len = 1, limit = 1;

		utrans_transUChars(trans, text, &len, (int32_t)COUNT_OF(text), 0, &limit, &status);
		CHECK(len == 1);
		CHECK_INT(text_simplify(c), text[0]);
		changed += text[0] != c;
	}
	utrans_close(trans);
	CHECK(changed > 2000);
}

TEST(text_fold_is_bounded_by_its_buffer)
{
	struct buf b = BUF_INIT(64), in = BUF_INIT(100000);

	for (int i = 0; i < 5000; i++) buf_text(&in, "\xEF\xB7\xBA");           /* U+FDFA becomes 18 characters */
	CHECK(!text_fold(&b, in.data, in.len));
	CHECK(b.len <= 64);
	buf_release(&b);
	buf_release(&in);
}

static const struct { const char *row, *bytes, *label, *text; bool is_replaced; } charsets[] = {
	{ "bad utf-8 keeps the rest", "a\xFF" "退款退款退款", "utf-8", "a\xEF\xBF\xBD" "退款退款退款", true },
	{ "half a character at the end", "\xCD\xCB\xBF\xEE\xCD\xCB\xBF\xEE\xCD\xCB\xBF\xEE\xCD", "gb2312", "退款退款退款\xEF\xBF\xBD", true },
	{ "byte order mark goes", "\xEF\xBB\xBF" "a", NULL, "a", false },
	{ "controls go", "a\x01\x02" "b\r\nc", NULL, "ab\nc", false },
	{ "label with language", "\xCD\xCB\xBF\xEE", "gb2312*zh", "退款", false },
	{ "utf-7 is text", "+ADw-", "utf-7", "+ADw-", false },
	{ "half-width katakana of jis", "\x1B(I1\x1B(B", "iso-2022-jp", "ｱ", false },
	{ "Chinese of 7 bits without label", "~{MK\x3FnMK\x3Fn~} ok", NULL, "退款退款 ok", false },
	{ "tildes in a text are no Chinese", "~{abc~} and ~{}~", NULL, "~{abc~} and ~{}~", false },
	{ "Korean of 7 bits without label", "\x1B$)C\x0EH/:R\x0F \x0E:NE95e834O4Y\x0F", NULL, "환불 부탁드립니다", false },
	{ "Chinese of escapes, with label and without", "\x1B$)A\x0E" "6)5%\x0F", "iso-2022-cn", "订单", false },
	{ "Chinese of escapes without label", "\x1B$)A\x0E" "6)5%\x0F", NULL, "订单", false },
	{ "Polish without label", "Gdzie jest moja przesy\xB3ka\x3F Dzi\xEAkuj\xEA", NULL, "Gdzie jest moja przesyłka? Dziękuję", false },
	{ "Polish of the other charset", "Prosz\xEA o piln\xB1 odpowied\xBC w sprawie reklamacji, paczka by\xB3" "a uszkodzona", NULL, "Proszę o pilną odpowiedź w sprawie reklamacji, paczka była uszkodzona", false },
	{ "Turkish without label", "\xDCr\xFCn k\xFDr\xFDk geldi, iade etmek istiyorum. Te\xFE" "ekk\xFCr ederim, iyi g\xFCnler", NULL, "Ürün kırık geldi, iade etmek istiyorum. Teşekkür ederim, iyi günler", false },
	{ "Greek without label", "\xCA\xE1\xEB\xE7\xEC\xDD\xF1\xE1, \xE7 \xF0\xE1\xF1\xE1\xE3\xE3\xE5\xEB\xDF\xE1 \xEC\xEF\xF5 \xE4\xE5\xED \xDD\xF6\xF4\xE1\xF3\xE5 \xE1\xEA\xFC\xEC\xE1.", NULL, "Καλημέρα, η παραγγελία μου δεν έφτασε ακόμα.", false },
	{ "Hebrew without label", "\xF9\xEC\xE5\xED, \xE4\xE4\xE6\xEE\xF0\xE4 \xF9\xEC\xE9 \xF2\xE3\xE9\xE9\xEF \xEC\xE0 \xE4\xE2\xE9\xF2\xE4. \xE0\xF0\xE0 \xE4\xE7\xE6\xE9\xF8\xE5 \xEC\xE9 \xE0\xFA \xE4\xEB\xF1\xF3", NULL, "שלום, ההזמנה שלי עדיין לא הגיעה. אנא החזירו לי את הכסף", false },
	{ "Arabic without label", "\xE3\xD1\xCD\xC8\xC7\xA1 \xE1\xE3 \xED\xD5\xE1 \xD8\xE1\xC8\xED \xC8\xDA\xCF. \xC3\xD1\xCC\xE6 \xC5\xDA\xC7\xCF\xC9 \xC7\xE1\xE3\xC7\xE1", NULL, "مرحبا، لم يصل طلبي بعد. أرجو إعادة المال", false },
	{ "Russian capitals of windows", "\xC3\xC4\xC5 \xCC\xCE\xC9 \xC7\xC0\xCA\xC0\xC7 1234, \xD1\xD0\xCE\xD7\xCD\xCE", NULL, "ГДЕ МОЙ ЗАКАЗ 1234, СРОЧНО", false },
	{ "Russian capitals of KOI8", "\xE7\xE4\xE5 \xED\xEF\xEA \xFA\xE1\xEB\xE1\xFA 1234, \xF3\xF2\xEF\xFE\xEE\xEF", NULL, "ГДЕ МОЙ ЗАКАЗ 1234, СРОЧНО", false },
	{ "a short Russian line is no Hebrew", "\xD7\xE5\xEA \xB9" "15 \xEE\xF2 3 \xEC\xE0\xFF", NULL, "Чек №15 от 3 мая", false },
	{ "Ukrainian of KOI8", "\xCD\xCF\xA4 \xDA\xC1\xCD\xCF\xD7\xCC\xC5\xCE\xCE\xD1 \xDD\xC5 \xCE\xC5 \xCE\xC1\xC4\xA6\xCA\xDB\xCC\xCF", NULL, "моє замовлення ще не надійшло", false },
	{ "French without label", "na\xEFve caf\xE9 \xE0 la carte", NULL, "naïve café à la carte", false },
	{ "German without label", "K\xF6ln, Gr\xFC\xDF" "e, sch\xF6ne Tage", NULL, "Köln, Grüße, schöne Tage", false },
	{ "Russian that says it is Latin-1", "\xC2\xE5\xF0\xED\xE8\xF2\xE5 \xE4\xE5\xED\xFC\xE3\xE8, \xEF\xEE\xE6\xE0\xEB\xF3\xE9\xF1\xF2\xE0", "iso-8859-1", "Верните деньги, пожалуйста", false },
	{ "Chinese that says it is Latin-1", "\xD7\xF0\xBE\xB4\xB5\xC4\xBF\xCD\xB7\xFE\xA3\xBA\xC7\xEB\xBE\xA1\xBF\xEC\xB8\xF8\xCE\xD2\xB0\xEC\xC0\xED\xCD\xCB\xBB\xF5\xCD\xCB\xBF\xEE\xA3\xAC\xD0\xBB\xD0\xBB\xA1\xA3", "iso-8859-1", "尊敬的客服：请尽快给我办理退货退款，谢谢。", false },
	{ "German that says it is Latin-1", "\xC4\xD6\xDC: Gr\xFC\xDF" "e", "iso-8859-1", "ÄÖÜ: Grüße", false },
	{ "vendor row of jis", "\x1B$B-!\x1B(B", "iso-2022-jp", "①", false },
};
TEST(text_from_charset_reads_units_of_two_bytes_by_their_mark)
{
	static const char little[] = "\xFF\xFE" "a\0\0\x90", big[] = "\xFE\xFF" "\0a\x90\0";
	struct buf b = BUF_INIT(100);

	CHECK(!text_from_charset(&b, little, 6, NULL, NULL) && !text_from_charset(&b, big, 6, "us-ascii", NULL));
	CHECK_STR(buf_str(&b), "a\u9000" "a\u9000");
	buf_release(&b);
}

TEST(text_from_charset_never_fails)
{
	charset_prepare();
	for (size_t i = 0; i < COUNT_OF(charsets); i++) {
		struct buf b = BUF_INIT(1000);

		test_row(charsets[i].row);
		CHECK_INT(text_from_charset(&b, charsets[i].bytes, strlen(charsets[i].bytes), charsets[i].label, NULL), charsets[i].is_replaced);
		CHECK_STR(buf_str(&b), charsets[i].text);
		buf_release(&b);
	}
}

TEST(text_from_charset_gives_clean_utf8_for_any_bytes_and_label)
{
	static const char *const labels[] = { NULL, "utf-8", "gb18030", "big5", "iso-2022-jp", "iso-2022-kr", "hz", "shift_jis", "euc-jp", "utf-16", "utf-32", "utf-7", "klingon", "", "koi8-r", "iso-8859-1" };
	unsigned seed = 7;

	for (size_t k = 0; k < COUNT_OF(labels); k++)
		for (int round = 0; round < 200; round++) {
			unsigned char bytes[64];
			struct buf b = BUF_INIT(1000);

			for (size_t i = 0; i < sizeof(bytes); i++) { seed = seed * 1103515245u + 12345u; bytes[i] = (unsigned char)(seed >> 16); }
			text_from_charset(&b, bytes, sizeof(bytes), labels[k], NULL);
			test_row(labels[k] != NULL ? labels[k] : "none");
			CHECK(utf8_valid(buf_str(&b), b.len) && b.len <= 4 * sizeof(bytes));
			buf_release(&b);
		}
}

/* A run of one character, in GB 18030 and in UTF-8. */
static void add_run(struct buf *gb, struct buf *utf8, int count, const char *in_gb, const char *in_utf8)
{
	for (int i = 0; i < count; i++) {
		buf_text(gb, in_gb);
		buf_text(utf8, in_utf8);
	}
}

/* Each first half of a character of two halves is the last of 2048, and what was put out before fills the memory to the byte. */
TEST(text_from_charset_has_room_for_characters_whose_halves_come_apart)
{
	struct buf gb = BUF_INIT(100000), utf8 = BUF_INIT(100000), b = BUF_INIT(100000);

	add_run(&gb, &utf8, 600, "\xB5\xC4", "的");
	add_run(&gb, &utf8, 1, "\xA8\xA6", "é");
	add_run(&gb, &utf8, 1446, "a", "a");
	add_run(&gb, &utf8, 1, "\x95\x32\x82\x36", "\U00020000");
	add_run(&gb, &utf8, 423, "\xB5\xC4", "的");
	add_run(&gb, &utf8, 1623, "a", "a");
	add_run(&gb, &utf8, 1, "\x95\x32\x82\x36", "\U00020000");
	add_run(&gb, &utf8, 2047, "\xB5\xC4", "的");
	CHECK(!text_from_charset(&b, gb.data, gb.len, "gb18030", NULL));
	CHECK_STR(buf_str(&b), buf_str(&utf8));
	buf_release(&gb);
	buf_release(&utf8);
	buf_release(&b);
}

static const struct { const char *text, *language; } languages[] = {
	{ "退款", "zh" }, { "我要退款，iPhone 15 Pro Max 的 order number 是 A123", "zh" }, { "返金をお願いします", "ja" }, { "환불해 주세요", "ko" }, { "Where is my parcel?", "en" }, { "Das Paket ist nicht angekommen", "de" },
	{ "Je n'ai pas reçu mon colis", "fr" }, { "No he recibido mi paquete", "es" }, { "Non ho ricevuto il pacco", "it" }, { "Não recebi a minha encomenda", "pt" }, { "Ik heb mijn pakket niet ontvangen", "nl" },
	{ "Я не получил посылку", "ru" }, { "Я не отримав посилку, поверніть гроші", "uk" }, { "Nie otrzymałem paczki", "pl" }, { "Jag har inte fått mitt paket", "sv" }, { "Jeg har ikke modtaget min pakke", "da" }, { "Jeg har ikke mottatt pakken min", "no" },
	{ "En ole saanut pakettia", "fi" }, { "Paketimi almadım, iade istiyorum", "tr" }, { "Tôi chưa nhận được hàng", "vi" }, { "لم أستلم الطرد", "ar" }, { "No funciona", "es" }, { "Paketim nerede?", "tr" }, { "Де моя посилка? Її досі немає", "uk" }, { "He came, he saw, he left.", "en" }, { "12345 --- !!!", "" }, { "", "" }, { "https://example.org/a/o/as", "" },
};
/* A letter of four bytes at the end of what is kept of a word, and many letters of ASCII behind it. */
TEST(text_language_bears_long_words)
{
	struct buf b = BUF_INIT(1000);
	char language[8];

	for (size_t before = 20; before < 32; before++) {
		buf_clear(&b);
		for (size_t i = 0; i < before; i++) (void)buf_char(&b, 'x');
		(void)buf_text(&b, "\xf0\x90\x90\x80");       /* a capital of Deseret */
		for (size_t i = 0; i < 800; i++) (void)buf_char(&b, 'y');
		(void)buf_text(&b, " the lamp is broken and nobody answers");
		text_language(buf_str(&b), b.len, language);
		CHECK_STR(language, "en");
	}
	buf_release(&b);
}

TEST(text_language_tells_short_texts)
{
	for (size_t i = 0; i < COUNT_OF(languages); i++) {
		char language[8];
		char *roomy = mem_format("%s          ", languages[i].text);            /* words are taken by eight bytes, save at the end of a text */

		test_row(languages[i].text);
		text_language(languages[i].text, strlen(languages[i].text), language);
		CHECK_STR(language, languages[i].language);
		text_language(roomy, strlen(roomy), language);
		CHECK_STR(language, languages[i].language);
		free(roomy);
	}
}

/* Words of seven, eight and more letters, next to digits, addresses and letters that are not ASCII. */
static const struct { const char *text, *language; } edges[] = {
	{ "gracias1 gracias2 gracias3 gracias4 the", "en" }, { "because@the.of because/the the of and to in that", "en" }, { "vielleicht, zwischen; trotzdem.", "de" },
	{ "zwischenx zwischeny the of and", "en" }, { "f\xC3\xBCr f\xC3\xBCr f\xC3\xBCr f\xC3\xBCr", "de" }, { "quelqu'un pourrait maintenant toujours", "fr" },
};
TEST(text_language_takes_words_whole)
{
	for (size_t i = 0; i < COUNT_OF(edges); i++) {
		char language[8];

		test_row(edges[i].text);
		text_language(edges[i].text, strlen(edges[i].text), language);
		CHECK_STR(language, edges[i].language);
	}
}

TEST(text_from_html_stops_at_the_buffer)
{
	struct buf b = BUF_INIT(50), in = BUF_INIT(200000);

	for (int i = 0; i < 5000; i++) buf_text(&in, "<p>words here</p>");
	CHECK_INT(text_from_html(&b, in.data, in.len, NULL), IK_OK);
	CHECK(b.len <= 50 && b.is_full);
	buf_release(&b);
	buf_release(&in);
}
