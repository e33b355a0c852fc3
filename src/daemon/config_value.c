/* config_value.c - the parsers of single values: what was found, what was expected, within which range. */
#include "daemon/config_parts.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "daemon/config_suggest.h"

#define SECRET_MAX 65536
#define SHOWN_MAX 60            /* bytes of a found value that a message repeats */

struct unit { char letter; int64_t factor; };
static const struct unit duration_units[] = { { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };
static const struct unit size_units[] = { { 'G', 1 << 30 }, { 'M', 1 << 20 }, { 'K', 1 << 10 } };

static const char *const kind_words[] = {
	[IK_KIND_END] = "nothing", [IK_KIND_STRING] = "a text", [IK_KIND_URL] = "a URL such as https://host/path", [IK_KIND_PATH] = "a path",
	[IK_KIND_ADDRESS] = "a mail address such as support@example.org", [IK_KIND_SECRET] = "{credential: NAME} or {file: PATH}",
	[IK_KIND_SECRET_PATH] = "{credential: NAME} or {file: PATH}", [IK_KIND_COUNT] = "a whole number",
	[IK_KIND_DURATION] = "a duration such as 30s, 5m, 24h or 7d", [IK_KIND_SIZE] = "a size such as 512K, 25M or 1G",
	[IK_KIND_BOOL] = "yes or no", [IK_KIND_ENUM] = "one of the known words", [IK_KIND_LIST] = "a list of texts",
	[IK_KIND_MAP] = "a mapping of names to texts", [IK_KIND_SECTION] = "a mapping",
};

/* What a message may repeat of a value: short and printable. */
static const char *shown(const char *text, char shown_r[SHOWN_MAX + 8])
{
	size_t len = utf8_cut(text, strlen(text), SHOWN_MAX);

	memcpy(shown_r, text, len);
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)shown_r[i] < 0x20 || shown_r[i] == 0x7f) shown_r[i] = '?';
	memcpy(shown_r + len, text[len] != '\0' ? "..." : "", 4 - 3 * (size_t)(text[len] == '\0'));
	return shown_r;
}

static bool expected(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, const char *what)
{
	char text[SHOWN_MAX + 8];

	if (node->kind == YAML_BAD) return false;
	if (node->kind == YAML_TEXT)
		problem_at(l->problems, l->file, node->line, node->column, "%s.%s: found '%s', expected %s", l->top, row->name, shown(node->text, text), what);
	else if (node->kind == YAML_NULL)
		problem_at(l->problems, l->file, node->line, node->column, "%s.%s: no value, expected %s (leave the line out for the default)", l->top,
		           row->name, what);
	else
		problem_at(l->problems, l->file, node->line, node->column, "%s.%s: found %s, expected %s", l->top, row->name, yaml_kind_word(node), what);
	return false;
}

static void number_text(int64_t n, const struct unit *units, size_t count, char *text_r)
{
	for (size_t i = 0; i < count; i++) {
		if (n == 0 || n % units[i].factor != 0) continue;
		(void)snprintf(text_r, CONFIG_NUMBER_SIZE, "%" PRId64 "%c", n / units[i].factor, units[i].letter);
		return;
	}
	(void)snprintf(text_r, CONFIG_NUMBER_SIZE, "%" PRId64, n);
}

const char *config_duration_text(int64_t seconds, char *text_r)
{
	number_text(seconds, duration_units, COUNT_OF(duration_units), text_r);
	if (seconds == 0) (void)snprintf(text_r, CONFIG_NUMBER_SIZE, "0s");
	return text_r;
}

const char *config_size_text(int64_t bytes, char *text_r)
{
	number_text(bytes, size_units, COUNT_OF(size_units), text_r);
	return text_r;
}

static const char *amount_text(const struct ik_option *row, int64_t n, char *text_r)
{
	if (row->kind == IK_KIND_DURATION) return config_duration_text(n, text_r);
	if (row->kind == IK_KIND_SIZE) return config_size_text(n, text_r);
	(void)snprintf(text_r, CONFIG_NUMBER_SIZE, "%" PRId64, n);
	return text_r;
}

/* Digits and at most one unit letter. Without a letter: fine for counts, sizes (bytes) and 0; a duration has to name its unit. */
static bool read_amount(const struct ik_option *row, const char *text, int64_t *n_r)
{
	const struct unit *units = row->kind == IK_KIND_DURATION ? duration_units : size_units;
	const size_t unit_count = row->kind == IK_KIND_DURATION ? COUNT_OF(duration_units) : row->kind == IK_KIND_SIZE ? COUNT_OF(size_units) : 0;
	const size_t digits = strspn(text, "0123456789");
	int64_t n, factor = 0;

	if (digits == 0 || digits > 18 || strlen(text) > digits + 1) return false;
	n = strtoll(text, NULL, 10);
	if (text[digits] == '\0') {
		if (row->kind == IK_KIND_DURATION && n != 0) return false;
		*n_r = n;
		return true;
	}
	for (size_t i = 0; i < unit_count; i++)
		if (units[i].letter == text[digits]) factor = units[i].factor;
	return factor != 0 && !__builtin_mul_overflow(n, factor, n_r);
}

static bool value_amount(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, int64_t *field)
{
	char low[CONFIG_NUMBER_SIZE], high[CONFIG_NUMBER_SIZE], what[128];
	int64_t n;

	if (node->kind != YAML_TEXT || !read_amount(row, node->text, &n)) return expected(l, row, node, kind_words[row->kind]);
	if ((row->min != 0 || row->max != 0) && (n < row->min || (row->max != 0 && n > row->max))) {
		(void)snprintf(what, sizeof(what), row->max != 0 ? "%s to %s" : "at least %s", amount_text(row, row->min, low), amount_text(row, row->max, high));
		return expected(l, row, node, what);
	}
	*field = n;
	return true;
}

static bool value_bool(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, bool *field)
{
	const char *text = node->kind == YAML_TEXT ? node->text : "";

	if (strcmp(text, "yes") == 0 || strcmp(text, "true") == 0) *field = true;
	else if (strcmp(text, "no") == 0 || strcmp(text, "false") == 0) *field = false;
	else return expected(l, row, node, kind_words[row->kind]);
	return true;
}

static bool unknown_choice(struct config_load *l, const struct ik_option *row, const struct yaml_node *node)
{
	struct suggestion near = { .wanted = node->kind == YAML_TEXT ? node->text : "" };
	struct buf what = BUF_INIT(1024);
	const char *best;

	buf_text(&what, "one of: ");
	for (size_t i = 0; row->choices[i] != NULL; i++) {
		suggest_name(&near, row->choices[i]);
		buf_format(&what, "%s%s", i > 0 ? ", " : "", row->choices[i]);
	}
	best = suggest_best(&near);
	if (best != NULL) buf_format(&what, "; did you mean '%s'?", best);
	(void)expected(l, row, node, buf_str(&what));
	buf_release(&what);
	return false;
}

static bool value_enum(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, int *field)
{
	for (int i = 0; node->kind == YAML_TEXT && row->choices[i] != NULL; i++) {
		if (strcmp(row->choices[i], node->text) != 0) continue;
		*field = i;
		return true;
	}
	return unknown_choice(l, row, node);
}

static bool has_control(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f) return true;
	return false;
}

static bool value_string(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, char **field)
{
	bool is_known = row->choices == NULL;

	if (node->kind != YAML_TEXT) return expected(l, row, node, kind_words[row->kind]);
	if (has_control(node->text)) return expected(l, row, node, "a text of one line without control characters");
	for (size_t i = 0; !is_known && row->choices[i] != NULL; i++) is_known = strcmp(row->choices[i], node->text) == 0;
	if (!is_known) return unknown_choice(l, row, node);
	*field = config_keep(l->memory, mem_text(node->text));
	return true;
}

static bool is_scheme_known(const char *const *schemes, const char *url, size_t len)
{
	for (size_t i = 0; schemes != NULL && schemes[i] != NULL; i++)
		if (strlen(schemes[i]) == len && strncmp(schemes[i], url, len) == 0) return true;
	return schemes == NULL;
}

static bool value_url(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, char **field)
{
	const char *url = node->kind == YAML_TEXT ? node->text : "";
	const size_t scheme = strspn(url, "abcdefghijklmnopqrstuvwxyz0123456789+.-");
	const char *host = url + scheme + 3;
	char what[256] = "";

	if (scheme == 0 || strncmp(url + scheme, "://", 3) != 0 || *host == '\0' || *host == '/' || has_control(url) || strchr(url, ' ') != NULL)
		return expected(l, row, node, kind_words[row->kind]);
	if (memchr(host, '@', strcspn(host, "/?#")) != NULL) {
		problem_at(l->problems, l->file, node->line, node->column, "%s.%s: a URL must not hold a user name or password (the part before @)", l->top, row->name);
		return false;
	}
	if (!is_scheme_known(row->choices, url, scheme)) {
		for (size_t i = 0; row->choices[i] != NULL; i++)
			(void)snprintf(what + strlen(what), sizeof(what) - strlen(what), "%s%s://", i > 0 ? " or " : "a URL that starts with ", row->choices[i]);
		return expected(l, row, node, what);
	}
	*field = config_keep(l->memory, mem_text(url));
	return true;
}

/* Relative to the folder of the main file. Leading "./" and "../" are taken away, so that messages show the path people know;
 * the folder is free of symbolic links, so this changes no meaning. */
char *config_path(const char *folder, const char *path)
{
	size_t folder_len = strlen(folder);

	if (path[0] == '/') return mem_text(path);
	for (;;) {
		if (strncmp(path, "./", 2) == 0) path += 2;
		else if (strncmp(path, "../", 3) == 0 && folder_len > 1) {
			path += 3;
			while (folder_len > 0 && folder[folder_len - 1] != '/') folder_len--;
			if (folder_len > 1) folder_len--;
		} else break;
		while (*path == '/') path++;
	}
	return mem_format("%.*s%s%s", (int)folder_len, folder, folder_len == 1 ? "" : "/", path);
}

static bool value_path(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, char **field)
{
	if (node->kind != YAML_TEXT || node->text[0] == '\0' || has_control(node->text)) return expected(l, row, node, kind_words[row->kind]);
	*field = config_keep(l->memory, config_path(l->folder, node->text));
	return true;
}

/* One plain mailbox; what the local part may hold is the receiving server's business, as long as it cannot break a header or a command. */
static bool is_address(const char *text)
{
	const char *at = strrchr(text, '@');

	if (at == NULL || at == text || at - text > 64 || at[1] == '\0' || strlen(text) > 254 || has_control(text)) return false;
	if (strpbrk(text, " <>()[],;:\\\"") != NULL || strchr(text, '@') != at) return false;
	return at[1] != '.' && at[1] != '-' && strstr(at, "..") == NULL && text[strlen(text) - 1] != '.';
}

static bool value_address(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, char **field)
{
	if (node->kind != YAML_TEXT || !is_address(node->text)) return expected(l, row, node, kind_words[row->kind]);
	*field = config_keep(l->memory, mem_text(node->text));
	return true;
}

static bool secret_problem(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, const char *why)
{
	problem_at(l->problems, l->file, node->line, node->column, "%s.%s: %s", l->top, row->name, why);
	return false;
}

/* The path behind {credential: NAME}, or NULL after a report. */
static char *credential_path(struct config_load *l, const struct ik_option *row, const struct yaml_node *name)
{
	const char *folder = getenv("CREDENTIALS_DIRECTORY");
	char *path;
	char why[512];

	if (name->text[0] == '.' || strspn(name->text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-") != strlen(name->text)) {
		(void)secret_problem(l, row, name, "a credential's name holds letters, digits, '.', '_' and '-' only");
		return NULL;
	}
	if (folder == NULL || folder[0] != '/') {
		(void)snprintf(why, sizeof(why), "credential '%.100s' cannot be had: $CREDENTIALS_DIRECTORY is not set. "
		               "Start by systemd with LoadCredential=%.100s:/path/to/file in the unit, or write {file: PATH}; to check by hand, as root: "
		               "CREDENTIALS_DIRECTORY=/run/credentials/intaked.service while the unit runs, or the folder the secrets are in", name->text, name->text);
		(void)secret_problem(l, row, name, why);
		return NULL;
	}
	path = mem_format("%s/%s", folder, name->text);
	if (access(path, F_OK) != 0) {
		(void)snprintf(why, sizeof(why), "credential '%.100s' was not handed over; add LoadCredential=%.100s:/path/to/file to the unit", name->text,
		               name->text);
		(void)secret_problem(l, row, name, why);
		mem_free(&path);
	}
	return path;
}

static bool secret_is_there(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, const char *path)
{
	char why[1024];

	if (access(path, F_OK) == 0 || errno != ENOENT) return true;
	(void)snprintf(why, sizeof(why), "there is no file %.600s; write the secret into it, for its owner only (chmod 600)", path);
	return secret_problem(l, row, node, why);
}

/* One that another process reads: its bytes never come into this one. */
static bool secret_check(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, const char *path)
{
	struct ik_error err = { 0 };

	return file_check_secret(path, &err) == IK_OK || secret_problem(l, row, node, err.text);
}

static bool secret_read(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, const char *path, char **secret_r)
{
	struct buf text = BUF_INIT(SECRET_MAX);
	struct ik_error err = { 0 };
	char why[1024] = "";

	if (file_read_secret(path, &text, &err) != IK_OK) (void)snprintf(why, sizeof(why), "%s", err.text);
	else if (text.len == 0) (void)snprintf(why, sizeof(why), "the secret in %.600s is empty; write the secret into that file", path);
	else if (memchr(text.data, '\0', text.len) != NULL) (void)snprintf(why, sizeof(why), "the secret in %.600s holds a NUL byte", path);
	if (why[0] != '\0') {
		if (text.len > 0) explicit_bzero(text.data, text.len);
		buf_release(&text);
		return secret_problem(l, row, node, why);
	}
	*secret_r = buf_take(&text);
	return true;
}

/* The one entry of {credential: NAME} or {file: PATH}, NULL when it is something else. */
static const struct yaml_node *secret_entry(const struct yaml_node *node)
{
	const struct yaml_node *entry = node->kind == YAML_MAP ? node->first : NULL;

	if (entry == NULL || entry->next != NULL || entry->kind != YAML_TEXT || entry->text[0] == '\0') return NULL;
	return strcmp(entry->key, "credential") == 0 || strcmp(entry->key, "file") == 0 ? entry : NULL;
}

static bool value_secret(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, char **field, char **reference_r)
{
	const struct yaml_node *entry = secret_entry(node);
	char *path, *secret = NULL;
	bool is_ok;

	/* Never repeats what it found: that may be the secret. */
	if (node->kind == YAML_TEXT)
		return secret_problem(l, row, node, "a secret must not stand in this file; put it into a file of mode 0600 and write {file: PATH}, or {credential: NAME}");
	if (entry == NULL) return expected(l, row, node, kind_words[row->kind]);
	*reference_r = config_keep(l->memory, mem_format("{%s: %s}", entry->key, entry->text));
	if (l->without_secrets) return true;
	path = entry->key[0] == 'f' ? config_path(l->folder, entry->text) : credential_path(l, row, entry);
	is_ok = path != NULL && secret_is_there(l, row, node, path);
	if (is_ok && row->kind == IK_KIND_SECRET) {
		is_ok = secret_read(l, row, node, path, &secret);
		if (is_ok) *field = config_keep_secret(l->memory, secret);
	} else if (is_ok) {
		is_ok = secret_check(l, row, node, path);
		if (is_ok) *field = config_keep(l->memory, path);
		path = is_ok ? NULL : path;
	}
	free(path);
	return is_ok;
}

/* "unix:run/x.sock" in a list of addresses is a path like any other. */
static char *list_item(const struct config_load *l, const char *text)
{
	char *path, *item;

	if (strncmp(text, "unix:", 5) != 0 || text[5] == '\0' || text[5] == '/' || text[5] == '@') return mem_text(text);
	path = config_path(l->folder, text + 5);
	item = mem_format("unix:%s", path);
	free(path);
	return item;
}

static bool value_list(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, struct ik_list *field)
{
	struct ik_list list = { 0 };
	const struct yaml_node *first = node->kind == YAML_LIST ? node->first : node;
	bool is_ok = true;

	if (node->kind != YAML_LIST && node->kind != YAML_TEXT) return expected(l, row, node, kind_words[row->kind]);
	for (const struct yaml_node *n = first; n != NULL; n = node->kind == YAML_LIST ? n->next : NULL) {
		if (n->kind != YAML_TEXT || has_control(n->text)) {
			is_ok = expected(l, row, n, "a text of one line in every place of the list");
			continue;
		}
		list.item = mem_grow(list.item, list.count + 1, sizeof(*list.item));
		list.item[list.count++] = config_keep(l->memory, list_item(l, n->text));
	}
	if (list.item != NULL) (void)config_keep(l->memory, list.item);
	if (is_ok) *field = list;
	return is_ok;
}

static bool is_key_known(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, const char *key)
{
	struct suggestion near = { .wanted = key };
	const char *best;

	if (row->choices == NULL) return true;
	for (size_t i = 0; row->choices[i] != NULL; i++) {
		if (strcmp(row->choices[i], key) == 0) return true;
		suggest_name(&near, row->choices[i]);
	}
	best = suggest_best(&near);
	problem_at(l->problems, l->file, node->key_line, node->key_column, "unknown key '%.64s' in %s.%s%s%s%s", key, l->top, row->name,
	           best != NULL ? "; did you mean '" : "", best != NULL ? best : "", best != NULL ? "'?" : "");
	return false;
}

static bool map_fill(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, const char *prefix, struct ik_map *map)
{
	bool is_ok = true;

	for (const struct yaml_node *n = node->first; n != NULL; n = n->next) {
		char *key;

		if (n->is_passed) continue;
		key = config_keep(l->memory, mem_format("%s%s", prefix, n->key));
		if (n->kind == YAML_MAP) {
			char *deeper = mem_format("%s.", key);

			is_ok &= map_fill(l, row, n, deeper, map);
			free(deeper);
		} else if (n->kind == YAML_TEXT) {
			is_ok &= is_key_known(l, row, n, key);
			map->pair = mem_grow(map->pair, map->count + 1, sizeof(*map->pair));
			map->pair[map->count++] = (struct ik_pair){ .key = key, .value = config_keep(l->memory, mem_text(n->text)) };
		} else {
			is_ok = expected(l, row, n, "a text for every name");
		}
	}
	return is_ok;
}

static bool value_map(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, struct ik_map *field)
{
	struct ik_map map = { 0 };
	bool is_ok;

	if (node->kind != YAML_MAP) return expected(l, row, node, kind_words[row->kind]);
	is_ok = map_fill(l, row, node, "", &map);
	if (map.pair != NULL) (void)config_keep(l->memory, map.pair);
	if (is_ok) *field = map;
	return is_ok;
}

bool config_value(struct config_load *l, const struct ik_option *row, const struct yaml_node *node, void *base, char **reference_r)
{
	void *field = (char *)base + row->offset;

	*reference_r = NULL;
	switch (row->kind) {
	case IK_KIND_STRING: return value_string(l, row, node, field);
	case IK_KIND_URL: return value_url(l, row, node, field);
	case IK_KIND_PATH: return value_path(l, row, node, field);
	case IK_KIND_ADDRESS: return value_address(l, row, node, field);
	case IK_KIND_SECRET: case IK_KIND_SECRET_PATH: return value_secret(l, row, node, field, reference_r);
	case IK_KIND_COUNT: case IK_KIND_DURATION: case IK_KIND_SIZE: return value_amount(l, row, node, field);
	case IK_KIND_BOOL: return value_bool(l, row, node, field);
	case IK_KIND_ENUM: return value_enum(l, row, node, field);
	case IK_KIND_LIST: return value_list(l, row, node, field);
	case IK_KIND_MAP: return value_map(l, row, node, field);
	case IK_KIND_SECTION: case IK_KIND_END: break;
	}
	return expected(l, row, node, "another kind of value");
}

/* A default is written as it would stand in a file: lists and maps as YAML, everything else as the text itself. */
static void default_of(struct config_load *l, const struct ik_option *row, void *base)
{
	struct yaml_node plain = { .kind = YAML_TEXT, .line = 1, .column = 1 };
	struct yaml_node *tree = NULL;
	char *reference;

	if (row->kind == IK_KIND_LIST || row->kind == IK_KIND_MAP) {
		tree = yaml_parse(l->file, row->def, strlen(row->def), l->problems);
		if (tree == NULL) return;
	} else {
		plain.text = mem_text(row->def);
	}
	(void)config_value(l, row, tree != NULL ? tree : &plain, base, &reference);
	free(plain.text);
	yaml_free(&tree);
}

void config_defaults(struct config_load *l, const struct ik_option *rows, void *base)
{
	const char *file = l->file;

	l->file = "(default)";
	for (const struct ik_option *row = rows; row->name != NULL; row++) {
		if (row->kind == IK_KIND_SECTION) config_defaults(l, row->section, (char *)base + row->offset);
		else if (row->def != NULL) default_of(l, row, base);
	}
	l->file = file;
}
