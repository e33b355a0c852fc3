#include "base/log.h"

#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/buf.h"

static atomic_int log_level = IK_LOG_INFO;
static atomic_uint_fast64_t dropped;

void log_set_level(enum ik_level level)
{
	atomic_store(&log_level, (int)level);
}

uint64_t log_dropped(void)
{
	return atomic_load(&dropped);
}

static void add_escaped(struct buf *line, const char *text)
{
	for (const unsigned char *p = (const unsigned char *)text; *p != '\0'; p++) {
		if (*p < 0x20 || *p == 0x7F) buf_format(line, "\\x%02x", *p);
		else buf_char(line, (char)*p);
	}
}

void log_vline(enum ik_level level, const char *who, const char *fmt, va_list ap)
{
	struct buf line = BUF_INIT(2048);
	struct pollfd out = { .fd = STDERR_FILENO, .events = POLLOUT };
	char text[1024];

	if ((int)level > atomic_load(&log_level)) return;
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	buf_format(&line, "<%d>", (int)level);
	add_escaped(&line, who);
	buf_text(&line, ": ");
	add_escaped(&line, text);
	line.is_full = false;
	if (line.len >= line.max) line.len = line.max - 1;
	buf_char(&line, '\n');
	if (poll(&out, 1, 0) != 1 || (out.revents & POLLOUT) == 0 || write(STDERR_FILENO, line.data, line.len) < 0) atomic_fetch_add(&dropped, 1);
	buf_release(&line);
}

void log_line(enum ik_level level, const char *who, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	log_vline(level, who, fmt, ap);
	va_end(ap);
}
