/* channel_escape.c - the escapers of the networks, each a short list of what has a meaning there. */
#include "policy/channel_escape.h"

#include <string.h>
#include "base/utf8.h"
#include "policy/mustache.h"

void channel_escape(enum channel_escape kind, struct buf *b, const char *text, size_t len)
{
	switch (kind) {
	case ESCAPE_HTML:
		mustache_escape_html(b, text, len);
		return;
	case ESCAPE_TELEGRAM:
		for (size_t i = 0; i < len; i++) {
			if (memchr("_*[]()~`>#+-=|{}.!\\", text[i], 19) != NULL) (void)buf_char(b, '\\');
			(void)buf_char(b, text[i]);
		}
		return;
	case ESCAPE_SLACK:
		for (size_t i = 0; i < len; i++) {
			if (text[i] == '&') (void)buf_text(b, "&amp;");
			else if (text[i] == '<') (void)buf_text(b, "&lt;");
			else if (text[i] == '>') (void)buf_text(b, "&gt;");
			else (void)buf_char(b, text[i]);
		}
		return;
	case ESCAPE_MENTIONS:
		for (size_t i = 0; i < len; i++) {
			(void)buf_char(b, text[i]);
			if (text[i] == '@') (void)buf_text(b, "\xe2\x80\x8b");  /* U+200B: what follows is no name any more */
		}
		return;
	case ESCAPE_NONE:
		break;
	}
	(void)buf_add(b, text, len);
}

/* Characters that nobody sees, or that change the order of what is seen. */
static bool is_hidden(int32_t c)
{
	return (c < ' ' && c != '\n' && c != '\t') || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

static void clean(struct buf *b, const char *text, size_t len, bool is_line)
{
	for (size_t at = 0; at < len && !b->is_full; ) {
		const int32_t c = utf8_next(text, len, &at);

		if (c < 0) (void)buf_text(b, "\xef\xbf\xbd");
		else if (c == '\t' || c == 0x2028 || c == 0x2029 || (is_line && c == '\n')) (void)buf_char(b, ' ');
		else if (!is_hidden(c)) (void)utf8_put(b, (uint32_t)c);
	}
}

void escape_value(struct buf *b, const char *text, size_t len)
{
	clean(b, text, len, false);
}

void escape_line(struct buf *b, const char *text, size_t len)
{
	clean(b, text, len, true);
}

void escape_page(struct buf *b, const char *text, size_t len)
{
	struct buf plain = BUF_INIT(4 * len + 16);

	clean(&plain, text, len, false);
	mustache_escape_html(b, buf_str(&plain), plain.len);
	buf_release(&plain);
}
