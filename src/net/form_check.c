/* form_check.c - whether what was entered may be taken: lengths, address, files, token, proof of work, and how much this client sent of late. */
#include "net/form_parts.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "net/proof.h"

#define SUBJECT_CHARS 200
#define TEXT_CHARS 20000
#define LINE_CHARS 200

static size_t characters(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xc0) != 0x80) n++;
	return n;
}

static bool is_mail(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL && strpbrk(text, " \t<>,;:\"()[]\\") == NULL
	       && at[1] != '.' && text[strlen(text) - 1] != '.' && strlen(text) <= 254;
}

static bool is_phone(const char *text)
{
	size_t digits = 0;

	for (; *text != '\0'; text++) {
		if (isdigit((unsigned char)*text)) digits++;
		else if (strchr("+-()/. ", *text) == NULL) return false;
	}
	return digits >= 5 && digits <= 20;
}

static enum form_word check_contact(const struct form *form, const char *contact)
{
	if (contact[0] == '\0') return form->conf->contact_required ? W_NEED_CONTACT : W_NONE;
	return is_mail(contact) || is_phone(contact) ? W_NONE : W_BAD_CONTACT;
}

static bool is_allowed_type(const struct form_conf *conf, const char *name)
{
	const size_t len = strlen(name);

	for (size_t i = 0; i < conf->types.count; i++) {
		const size_t end = strlen(conf->types.item[i]);

		if (len > end && strcasecmp(name + len - end, conf->types.item[i]) == 0) return true;
	}
	return conf->types.count == 0;
}

static enum form_word check_file(const struct form_conf *conf, const struct ik_part *part)
{
	if (!is_allowed_type(conf, part->name)) return W_BAD_TYPE;
	return part->size > conf->file_size ? W_BIG_FILE : W_NONE;
}

static enum form_word check_files(const struct form_conf *conf, struct form_entry *e)
{
	if ((int64_t)e->file_count > conf->files) return W_MANY_FILES;
	for (size_t i = 0; i < e->part_count; i++) {
		const enum form_word problem = check_file(conf, &e->parts[i]);

		if (problem == W_NONE) continue;
		e->bad_file = e->parts[i].name;
		return problem;
	}
	return W_NONE;
}

const char *form_number(struct ik_answer *answer, int64_t number)
{
	char *text = answer->alloc(answer, 24);

	(void)snprintf(text, 24, "%lld", (long long)number);
	return text;
}

/* Without script there is no proof: then the form has to be open for a while, which costs a robot about as much. */
static enum form_word check_work(const struct form *form, struct form_entry *e, struct ik_answer *answer)
{
	const int64_t left_s = form->conf->proof_wait - form_token_age(form, e->token);

	if (form->conf->proof_of_work == 0 || left_s <= 0) return W_NONE;
	if (e->work != NULL && proof_holds(e->token, e->work, form->conf->proof_of_work)) return W_NONE;
	e->detail = form_number(answer, left_s);
	return W_WORK;
}

static enum form_word check_length(const char *text, size_t max, enum form_word empty, enum form_word longer)
{
	if (text[0] == '\0') return empty;
	return characters(text) > max ? longer : W_NONE;
}

/* Whether everything is right; what is not is noted. */
bool form_check(const struct form *form, struct form_entry *e, struct ik_answer *answer)
{
	bool ok = true;

	e->problem = form_token_check(form, e->token);
	e->problems[F_SUBJECT] = check_length(e->values[F_SUBJECT], SUBJECT_CHARS, W_NEED_SUBJECT, W_LONG_SUBJECT);
	e->problems[F_TEXT] = check_length(e->values[F_TEXT], TEXT_CHARS, W_NEED_TEXT, W_LONG_TEXT);
	e->problems[F_CONTACT] = check_contact(form, e->values[F_CONTACT]);
	e->problems[F_NAME] = check_length(e->values[F_NAME], LINE_CHARS, W_NONE, W_LONG_LINE);
	e->problems[F_ORDER] = check_length(e->values[F_ORDER], LINE_CHARS, W_NONE, W_LONG_LINE);
	e->problems[F_FILES] = check_files(form->conf, e);
	for (size_t f = 0; f < FIELDS; f++) ok = ok && e->problems[f] == W_NONE;
	if (!ok) e->problem = e->problem == W_TOO_OLD ? W_TOO_OLD : W_CHECK;
	if (e->is_trapped) e->problem = W_TRAPPED;
	if (e->problem == W_NONE) e->problem = check_work(form, e, answer);
	return e->problem == W_NONE;
}

/* How long a client has to wait that has sent too much of late; 0: it may. What is under way is counted in memory, what is stored in the
 * store, which remembers it over a restart. */
enum ik_rc form_check_client(const struct form *form, const char *peer, int64_t *wait_s_r, struct ik_error *err)
{
	const int64_t now_at = form->host->now(form->host);
	int64_t stored = 0;
	enum ik_rc rc;

	*wait_s_r = 0;
	if (form->clients == NULL || strcmp(peer, "unix") == 0) return IK_OK;
	rc = form->host->recent(form->host, peer, &stored, err);
	if (rc == IK_OK && (stored >= form->conf->client_limit || !limiter_allows(form->clients, peer, now_at)))
		*wait_s_r = IK_CLIENT_WINDOW_S - now_at % IK_CLIENT_WINDOW_S;
	return rc;
}
