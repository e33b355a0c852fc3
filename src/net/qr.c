/* qr.c - libqrencode's modules as one path: a run of dark modules is one rectangle. Level M bears a fold or a smudge (ISO/IEC 18004). */
#include "net/qr.h"

#include <qrencode.h>
#include <string.h>
#include "net/page.h"

#define TEXT_MAX 500
#define QUIET 4                         /* light modules around it, as the standard asks */

static void add_row(struct buf *b, const QRcode *code, int y)
{
	const unsigned char *row = code->data + (size_t)y * (size_t)code->width;

	for (int x = 0, end; x < code->width; x = end) {
		end = x + 1;
		while (end < code->width && (row[end] & 1) == (row[x] & 1)) end++;
		if (row[x] & 1) (void)buf_format(b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, end - x, end - x);
	}
}

bool qr_svg(struct buf *b, const char *text, const char *label)
{
	QRcode *code = strlen(text) <= TEXT_MAX ? QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) : NULL;
	int size;

	if (code == NULL) return false;
	size = code->width + 2 * QUIET;
	(void)buf_format(b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" shape-rendering=\"crispEdges\"", size, size);
	page_format(b, " aria-label=\"%s\">", label);
	(void)buf_format(b, "<path fill=\"#fff\" d=\"M0 0h%dv%dh-%dz\"/><path fill=\"#000\" d=\"", size, size, size);
	for (int y = 0; y < code->width; y++) add_row(b, code, y);
	(void)buf_text(b, "\"/></svg>\n");
	QRcode_free(code);
	return true;
}
