/* test_page.c - what pages are made of: colours that can be read, QR codes that can be scanned, proofs that hold. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include "net/colour.h"
#include "net/proof.h"
#include "net/qr.h"

static const struct { const char *row, *text; bool ok; uint32_t colour; } texts[] = {
	{ "six digits",   "#1a6b4f", true, 0x1a6b4f },
	{ "three digits", "#fC0", true, 0xffcc00 },
	{ "no number",    "1a6b4f", false, 0 },
	{ "five digits",  "#1a6b4", false, 0 },
	{ "a sign",       "#-1a6b4", false, 0 },
	{ "a name",       "red", false, 0 },
	{ "a rule",       "#1a6b4f;", false, 0 },
};

TEST(a_colour_is_read_or_refused)
{
	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		uint32_t colour = 0;

		test_row(texts[i].row);
		CHECK_INT(colour_parse(texts[i].text, &colour), texts[i].ok);
		CHECK_INT(colour, texts[i].colour);
	}
}

/* Every colour of a coarse cube, on both grounds and under its ink. */
TEST(any_brand_can_be_read)
{
	static const uint32_t grounds[] = { 0xffffff, 0x1d2422 };

	for (uint32_t n = 0; n < 4096; n++) {
		const uint32_t colour = (n >> 8) * 0x110000 + (n >> 4 & 15) * 0x1100 + (n & 15) * 0x11;

		for (size_t g = 0; g < COUNT_OF(grounds); g++) {
			const uint32_t shade = colour_readable(colour, grounds[g]);

			if (colour_contrast(shade, grounds[g]) < COLOUR_CONTRAST || colour_contrast(shade, colour_ink(shade)) < COLOUR_CONTRAST) {
				char row[32];

				(void)snprintf(row, sizeof(row), "#%06x on #%06x", colour, grounds[g]);
				test_row(row);
				CHECK(false);
			}
		}
	}
	CHECK_INT(colour_readable(0x12614f, 0xffffff), 0x12614f);       /* left alone */
	CHECK(colour_contrast(0, 0xffffff) > 20.9 && colour_contrast(0x777777, 0xffffff) < 4.5);        /* as WCAG's own examples */
}

TEST(a_long_address_is_no_code_rather_than_a_bad_one)
{
	struct buf b = BUF_INIT(1048576);
	char text[502];

	memset(text, 'x', 501);
	text[501] = '\0';
	CHECK(!qr_svg(&b, text, "l"));
	CHECK_INT(b.len, 0);
	text[500] = '\0';
	CHECK(qr_svg(&b, text, "<l>"));
	CHECK(strstr(buf_str(&b), "aria-label=\"&lt;l&gt;\"") != NULL);
	buf_release(&b);
}

/* Leading zero bits of sha256("t:N"), counted with another SHA-256: none for 5, five for 59, seventeen for 23283. */
static const struct { const char *row, *answer; int64_t bits; bool holds; } proofs[] = {
	{ "nothing asked",   "0", 0, true },
	{ "not a number",    "5x", 0, false },
	{ "empty",           "", 0, false },
	{ "negative",        "-5", 0, false },
	{ "sixteen digits",  "1234567890123456", 0, false },
	{ "no zero bit",     "5", 1, false },
	{ "five of five",    "59", 5, true },
	{ "five of six",     "59", 6, false },
	{ "over two bytes",  "23283", 17, true },
	{ "and no more",     "23283", 18, false },
};

TEST(a_proof_is_checked_bit_by_bit)
{
	for (size_t i = 0; i < COUNT_OF(proofs); i++) {
		test_row(proofs[i].row);
		CHECK_INT(proof_holds("t", proofs[i].answer, proofs[i].bits), proofs[i].holds);
	}
}
