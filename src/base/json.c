#include "base/json.h"

#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/mem.h"

/* Jansson recurses to 2,048 levels; this look at the brackets outside strings keeps hostile depth away from it. */
static bool too_deep(const char *text, size_t len)
{
	size_t depth = 0;
	bool in_string = false;

	for (size_t i = 0; i < len; i++) {
		const char c = text[i];

		if (in_string) {
			if (c == '\\') i++;
			else if (c == '"') in_string = false;
		} else if (c == '"') {
			in_string = true;
		} else if (c == '[' || c == '{') {
			if (++depth > JSON_DEPTH_MAX) return true;
		} else if ((c == ']' || c == '}') && depth > 0) {
			depth--;
		}
	}
	return false;
}

enum ik_rc json_parse(const char *text, size_t len, json_t **value_r, struct ik_error *err)
{
	json_error_t why;
	json_t *value;

	if (too_deep(text, len)) return ik_fail(IK_REJECT, err, "JSON nested deeper than %d levels", JSON_DEPTH_MAX);
	value = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
	if (value == NULL) return ik_fail(IK_REJECT, err, "JSON line %d column %d: %s", why.line, why.column, why.text);
	*value_r = value;
	return IK_OK;
}

const char *json_text(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

int64_t json_int(const json_t *object, const char *key, int64_t fallback)
{
	const json_t *value = json_object_get(object, key);

	return json_is_integer(value) ? (int64_t)json_integer_value(value) : fallback;
}

/* One step of a path: ".name" or "[index]"; *at moves behind it. NULL ends the walk. */
static json_t *path_step(json_t *value, const char **at)
{
	char name[128];
	size_t len;

	if (**at == '[') {
		char *end;
		const unsigned long index = strtoul(*at + 1, &end, 10);

		if (*end != ']' || end == *at + 1) return NULL;
		*at = end + 1;
		return json_array_get(value, index);
	}
	if (**at == '.') (*at)++;
	len = strcspn(*at, ".[");
	if (len == 0 || len >= sizeof(name)) return NULL;
	memcpy(name, *at, len);
	name[len] = '\0';
	*at += len;
	return json_object_get(value, name);
}

json_t *json_path(json_t *value, const char *path)
{
	while (value != NULL && *path != '\0') value = path_step(value, &path);
	return value;
}

void json_set_text(json_t *object, const char *key, const char *text)
{
	json_t *value = text != NULL ? json_string(text) : NULL;

	(void)json_object_set_new(object, key, value != NULL ? value : json_null());
}

void json_set_time(json_t *object, const char *key, int64_t at)
{
	char text[CLOCK_RFC3339_SIZE];

	json_set_text(object, key, at != 0 ? clock_rfc3339(at, text) : NULL);
}

bool json_quote(struct buf *b, const char *text)
{
	const char *run = text;

	if (text == NULL) return buf_text(b, "null");
	buf_char(b, '"');
	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c >= 0x20 && c != '"' && c != '\\') continue;
		buf_add(b, run, (size_t)(text - run));
		buf_format(b, c == '"' || c == '\\' ? "\\%c" : "\\u%04x", c);
		run = text + 1;
	}
	buf_add(b, run, (size_t)(text - run));
	return buf_char(b, '"');
}

static int print_piece(const char *piece, size_t len, void *b)
{
	return buf_add(b, piece, len) ? 0 : -1;
}

bool json_print(struct buf *b, const json_t *value)
{
	return json_dump_callback(value, print_piece, b, JSON_COMPACT | JSON_ENCODE_ANY) == 0;
}
