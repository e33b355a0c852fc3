/* list_filter.c - see list_filter.h. */
#include "web/list_filter.h"

#include <string.h>
#include "base/buf.h"
#include "base/utf8.h"
#include "policy/policy.h"

#define WORDS_BYTES 400                 /* of the words that are told */

static bool has(const json_t *words, const char *word)
{
	const json_t *one;
	size_t i;

	json_array_foreach(words, i, one)
		if (strcmp(json_string_value(one), word) == 0) return true;
	return false;
}

static enum ik_rc no_word(const char *filter, const char *value, const json_t *words, struct ik_error *err)
{
	struct buf b = BUF_INIT(WORDS_BYTES);
	const json_t *one;
	size_t i;
	enum ik_rc rc;

	json_array_foreach(words, i, one) {
		if (b.len + json_string_length(one) + 8 > WORDS_BYTES) {
			buf_text(&b, ", ...");
			break;
		}
		buf_format(&b, "%s%s", i > 0 ? ", " : "", json_string_value(one));
	}
	rc = ik_fail(IK_REJECT, err, "%s: there is no \"%.*s\"; there are %s", filter, (int)utf8_cut(value, strlen(value), 40), value, b.len > 0 ? buf_str(&b) : "none yet");
	buf_release(&b);
	return rc;
}

static enum ik_rc check_fixed(const char *filter, const char *value, const char *const *known, struct ik_error *err)
{
	json_t *words = json_array();
	enum ik_rc rc = IK_OK;

	for (; *known != NULL; known++) (void)json_array_append_new(words, json_string(*known));
	if (value != NULL && !has(words, value)) rc = no_word(filter, value, words, err);
	json_decref(words);
	return rc;
}

static json_t *configured(bool categories, const struct list_names *names)
{
	json_t *(*ask)(void *) = categories ? names->categories : names->channels;

	return ask != NULL ? ask(names->arg) : json_array();
}

enum ik_rc list_filter_words(struct store_reader *r, bool categories, const struct list_names *names, json_t **words_r, struct ik_error *err)
{
	json_t *words = configured(categories, names), *stored = NULL, *one;
	size_t i;
	enum ik_rc rc = read_filter_words(r, categories, &stored, err);

	json_array_foreach(stored, i, one)
		if (!has(words, json_string_value(one))) (void)json_array_append(words, one);
	json_decref(stored);
	if (rc == IK_OK) *words_r = words;
	else json_decref(words);
	return rc;
}

/* The store is asked only when the configuration does not know it. */
static enum ik_rc check_open(struct store_reader *r, const char *filter, bool categories, const char *value, const struct list_names *names, struct ik_error *err)
{
	json_t *words;
	bool is_known;
	enum ik_rc rc;

	if (value == NULL) return IK_OK;
	words = configured(categories, names);
	is_known = has(words, value);
	json_decref(words);
	if (is_known) return IK_OK;
	words = NULL;
	rc = list_filter_words(r, categories, names, &words, err);
	if (rc == IK_OK && !has(words, value)) rc = no_word(filter, value, words, err);
	json_decref(words);
	return rc;
}

enum ik_rc list_filter_check(struct store_reader *r, const struct read_filter *f, const struct list_names *names, struct ik_error *err)
{
	enum ik_rc rc = check_fixed("state", f->state, store_state_names, err);

	if (rc == IK_OK) rc = check_fixed("severity", f->severity, severity_names, err);
	if (rc == IK_OK) rc = check_open(r, "category", true, f->category, names, err);
	return rc == IK_OK ? check_open(r, "channel", false, f->channel, names, err) : rc;
}
