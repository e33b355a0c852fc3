/* automatic_relay.c - see automatic_relay.h. The labels of forms, folded, are the list words_message_label. */
#include "mail/automatic_relay.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "mail/automatic_text.h"
#include "mail/automatic_words.h"
#include "mail/reply_rules.h"

#define LOOK_MAX 8192                   /* bytes of a text that are looked at */
#define LABEL_MAX 60                    /* bytes before the colon */
#define VALUE_LEAST 12                  /* bytes that a message has */
#define DIGITS_LEAST 7                  /* of a telephone number */
#define MADE_LEAST 6                    /* bytes of a local part that a program made */

/* A line "label: value", a cell of a table before another, or a label alone, whose value is the next line. */
struct labelled { const char *label, *value; size_t label_len, value_len; };

/* Where the label ends, with a colon of one byte or three, a tab or the line. */
static size_t label_len(const char *line, size_t len, size_t *width_r)
{
	size_t i = 0;

	for (; i < len && i < LABEL_MAX; i++) {
		*width_r = line[i] == ':' || line[i] == '\t' ? 1 : strncmp(line + i, "：", 3) == 0 ? 3 : 0;
		if (*width_r > 0) return i;
	}
	return i == len ? len : 0;
}

static struct labelled read_line(const char *line, size_t len)
{
	size_t width = 0;
	struct labelled l = { .label = line, .label_len = label_len(line, len, &width) };

	l.value = line + l.label_len + width;
	l.value += strspn(l.value, " \t");
	if (*l.value == '\n') l.value += strspn(l.value, "\n");
	l.value_len = strcspn(l.value, "\n");
	return l;
}

static bool is_message(const struct labelled *l)
{
	char *label = mem_copy(l->label, l->label_len), *folded = automatic_fold(label, LABEL_MAX);
	size_t len = strlen(folded);
	const char *start = folded + strspn(folded, " *-[【");
	bool is_label;

	while (len > 0 && strchr(" *]", folded[len - 1]) != NULL) folded[--len] = '\0';
	is_label = words_equal(&words_message_label, start);
	free(label);
	free(folded);
	return is_label && l->value_len >= VALUE_LEAST;
}

/* The address in the value is of another house than the mail's own. */
static bool is_address_elsewhere(const struct labelled *l, const char *own)
{
	const char *at = memchr(l->value, '@', l->value_len), *domain = own != NULL ? strchr(own, '@') : NULL;

	if (at == NULL || at == l->value || at + 1 == l->value + l->value_len || !isalnum((unsigned char)at[1])) return false;
	return domain == NULL || strncasecmp(at, domain, strlen(domain)) != 0;
}

static bool is_telephone(const struct labelled *l)
{
	size_t digits = 0;

	for (size_t i = 0; i < l->value_len; i++) {
		const char c = l->value[i];

		digits += isdigit((unsigned char)c) != 0;
		if (!isdigit((unsigned char)c) && strchr(" +-/().", c) == NULL) return false;
	}
	return digits >= DIGITS_LEAST;
}

static bool is_same_house(const char *one, const char *other)
{
	return one != NULL && other != NULL && strcasecmp(strchr(one, '@'), strchr(other, '@')) == 0;
}

static bool is_answered_elsewhere(const struct draft *d)
{
	return d->reply_to.address != NULL && d->from.address != NULL && !is_same_house(d->reply_to.address, d->from.address);
}

/* A site writes to the mailbox of its own house, and a stranger is to be answered. */
static bool is_of_own_site(const struct draft *d)
{
	for (size_t i = 0; is_answered_elsewhere(d) && i < d->to_count; i++)
		if (is_same_house(d->to[i].address, d->from.address)) return true;
	return false;
}

bool automatic_passes_on(const struct draft *d)
{
	const char *line = d->text, *const end = d->text + strnlen(d->text, LOOK_MAX);
	bool has_message = is_of_own_site(d), has_way = is_answered_elsewhere(d);

	for (size_t len; line < end && !(has_message && has_way); line += len + (line[len] == '\n')) {
		len = strcspn(line, "\n");
		const struct labelled l = read_line(line, len);

		if (l.label_len == 0) continue;
		has_way = has_way || is_address_elsewhere(&l, d->from.address) || (!has_message && is_telephone(&l));    /* behind it: the house's own */
		has_message = has_message || is_message(&l);
	}
	return has_message && has_way;
}

/* ---- a marketplace ---- */

/* "Daz via Bazarro"; "m7k2pq@": letters and digits of no word. */
static bool is_made_for_writer(const struct draft_address *from)
{
	const size_t len = from->address != NULL ? strcspn(from->address, "@") : 0;
	size_t digits = 0;

	for (size_t i = 0; i < len; i++) digits += isdigit((unsigned char)from->address[i]) != 0;
	return (from->name != NULL && strcasestr(from->name, " via ") != NULL) || (len >= MADE_LEAST && digits > 1 && digits < len);
}

/* What stands behind the announcement; NULL without one. */
static const char *behind_announcement(const char *subject, const char *text)
{
	for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + (line[strcspn(line, "\n")] == '\n')) {
		char *copy = mem_copy(line, strcspn(line, "\n"));
		const bool is_announced = words_in(&words_relayed, copy);

		free(copy);
		if (is_announced) return line + strcspn(line, "\n");
	}
	return words_in(&words_relayed, subject) ? text : NULL;
}

static bool is_said_by_person(const char *text)
{
	struct word_text t;

	word_text_init(&t, text, strlen(text));
	return text_questions(text) > text_offers(text) || text_is_in_first_person(&t) || text_speaks_as_customer(&t) || text_sets_a_task(&t);
}

bool automatic_relays(const struct draft *d)
{
	struct buf text = BUF_INIT(4 * LOOK_MAX);
	char *subject = NULL;
	bool is_relayed = false;

	if (is_answered_elsewhere(d) || is_made_for_writer(&d->from)) {
		const char *behind;

		subject = automatic_fold(d->subject, 500);
		reply_fold(&text, d->text, strnlen(d->text, LOOK_MAX));
		behind = behind_announcement(subject, buf_str(&text));
		is_relayed = behind != NULL && is_said_by_person(behind);
	}
	free(subject);
	buf_release(&text);
	return is_relayed;
}
