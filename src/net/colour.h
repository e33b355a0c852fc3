/* colour.h - a brand's colour made readable: the nearest shade of it that keeps the contrast people need.
 * Source: WCAG 2.2, relative luminance and contrast ratio; 1.4.3 asks for 4.5 to 1. Thread: any. */
#ifndef NET_COLOUR_H
#define NET_COLOUR_H

#include <stdbool.h>
#include <stdint.h>

#define COLOUR_CONTRAST 4.5

/* A colour is 0xRRGGBB. colour_parse() - "#1a6b4f" or "#1a6"; false for anything else. */
bool colour_parse(const char *text, uint32_t *colour_r);
/* colour_contrast() - 1 to 21. */
double colour_contrast(uint32_t a, uint32_t b);
/* colour_readable() - the colour itself when it stands out from the ground, else mixed with black on a light ground or white on a dark one
 * until it does. */
uint32_t colour_readable(uint32_t colour, uint32_t ground);
/* colour_ink() - white or near black, whichever reads better on the colour. */
uint32_t colour_ink(uint32_t colour);

#endif
