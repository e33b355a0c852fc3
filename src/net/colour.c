/* colour.c - contrast as WCAG 2.2 computes it. */
#include "net/colour.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 64
#define BLACK 0x101614u
#define WHITE 0xffffffu

static double channel(uint32_t colour, unsigned shift)
{
	const double c = (double)(colour >> shift & 0xff) / 255;

	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(uint32_t colour)
{
	return 0.2126 * channel(colour, 16) + 0.7152 * channel(colour, 8) + 0.0722 * channel(colour, 0);
}

bool colour_parse(const char *text, uint32_t *colour_r)
{
	const size_t len = strlen(text);
	uint32_t c;

	if (text[0] != '#' || (len != 4 && len != 7)) return false;
	for (size_t i = 1; i < len; i++)
		if (!isxdigit((unsigned char)text[i])) return false;
	c = (uint32_t)strtoul(text + 1, NULL, 16);
	if (len == 4) c = (c >> 8 & 15) * 0x110000 + (c >> 4 & 15) * 0x1100 + (c & 15) * 0x11;
	*colour_r = c;
	return true;
}

double colour_contrast(uint32_t a, uint32_t b)
{
	const double la = luminance(a), lb = luminance(b);

	return la > lb ? (la + 0.05) / (lb + 0.05) : (lb + 0.05) / (la + 0.05);
}

static uint32_t mix(uint32_t colour, uint32_t with, unsigned step)
{
	uint32_t mixed = 0;

	for (unsigned shift = 0; shift <= 16; shift += 8)
		mixed |= ((colour >> shift & 0xff) * (STEPS - step) + (with >> shift & 0xff) * step) / STEPS << shift;
	return mixed;
}

uint32_t colour_readable(uint32_t colour, uint32_t ground)
{
	const uint32_t with = luminance(ground) > 0.18 ? 0 : WHITE;

	for (unsigned step = 0; step < STEPS; step++)
		if (colour_contrast(mix(colour, with, step), ground) >= COLOUR_CONTRAST) return mix(colour, with, step);
	return with;
}

uint32_t colour_ink(uint32_t colour)
{
	return colour_contrast(colour, WHITE) >= colour_contrast(colour, BLACK) ? WHITE : BLACK;
}
