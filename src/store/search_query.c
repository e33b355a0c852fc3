/* search_query.c - asking the full-text index: its file, and words in its query language. */
#include "store/search.h"

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"

enum ik_rc search_file_open(const char *dir, struct sql *sql_r, struct ik_error *err)
{
	char *path = mem_format("%s/%s", dir, SEARCH_FILE);
	enum ik_rc rc = sql_open_reader(sql_r, path, SEARCH_CACHE, err);

	free(path);
	return rc == IK_CONFIG ? IK_RETRY : rc;
}

static char *quoted(const char *words, const char *special, char before, const char *around)
{
	struct buf text = BUF_INIT(8192);

	buf_text(&text, around);
	for (; *words != '\0' && text.len < 4096; words++) {
		if (strchr(special, *words) != NULL) buf_char(&text, before);
		buf_char(&text, *words);
	}
	buf_text(&text, around);
	return buf_take(&text);
}

char *search_phrase(const char *words)
{
	return quoted(words, "\"", '"', "\"");
}

char *search_pattern(const char *words)
{
	return quoted(words, "\\%_", '\\', "%");
}
