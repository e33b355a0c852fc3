/* qr.h - a text as a QR code, drawn as SVG inside a page: no script, no picture to fetch. Thread: any. */
#ifndef NET_QR_H
#define NET_QR_H

#include "base/buf.h"

/* qr_svg() - appends one <svg>, dark on white whatever the page's colours are, with label as its name for those who cannot see it. Nothing is
 * appended, and false returned, when the text is too long for a code that people can scan (500 bytes). */
bool qr_svg(struct buf *b, const char *text, const char *label);

#endif
