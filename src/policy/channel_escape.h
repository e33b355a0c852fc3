/* channel_escape.h - makes a text mean itself on the network that shows it: no markup, no mention, no hidden character. Thread: any. */
#ifndef POLICY_CHANNEL_ESCAPE_H
#define POLICY_CHANNEL_ESCAPE_H

#include <stddef.h>
#include "base/buf.h"

enum channel_escape {
	ESCAPE_NONE,                    /* the channel shows plain text */
	ESCAPE_HTML,                    /* web pages, Telegram's HTML mode, XML answers */
	ESCAPE_TELEGRAM,                /* MarkdownV2: https://core.telegram.org/bots/api#markdownv2-style */
	ESCAPE_SLACK,                   /* & < > */
	ESCAPE_MENTIONS,                /* Mastodon, Bluesky, X, Weibo: an @ calls nobody */
};

/* channel_escape() - appends a whole rendered text for a network. */
void channel_escape(enum channel_escape kind, struct buf *b, const char *text, size_t len);
/* escape_value() - a value inside a plain text: line ends stay, TAB becomes a blank, other controls and characters that turn or hide text go.
 * escape_line() - the same, line ends become blanks. Bad bytes become U+FFFD. */
void escape_value(struct buf *b, const char *text, size_t len);
void escape_line(struct buf *b, const char *text, size_t len);
/* escape_page() - a value inside a page: as escape_value(), and & < > " ' escaped. */
void escape_page(struct buf *b, const char *text, size_t len);

#endif
