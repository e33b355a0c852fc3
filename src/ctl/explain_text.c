/* explain_text.c - `intakectl explain --text`: the chain of decisions for a text that is no ticket: what it names, what it is about and why, who
 * would get it, by when it would be answered. By the configuration of the daemon when there is one, and without the daemon. */
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ctl/ctl.h"
#include "ctl/setup.h"
#include "policy/assign.h"
#include "policy/policy.h"
#include "text/canonical.h"
#include "text/identifiers.h"

#define TEXT_MAX (1u << 20)
#define IDENTS_MAX 64
#define MEMBERS_MAX (64 * 1024)

/* "name":value pairs as an object; {} when they were too many. */
static json_t *object_of(const struct buf *members)
{
	char *text = mem_format("{%s}", buf_str(members));
	struct ik_error ignored = { "" };
	json_t *object = NULL;

	if (members->is_full || json_parse(text, strlen(text), &object, &ignored) != IK_OK) object = json_object();
	free(text);
	return object;
}

static json_t *identifiers_of(const char *text)
{
	struct buf canonical = BUF_INIT(CANONICAL_MAX);
	struct ident *idents = mem_new(sizeof(*idents) * IDENTS_MAX);
	json_t *list = json_array();
	size_t count;

	(void)canonical_text(&canonical, text, strlen(text));
	count = identifiers_find(buf_str(&canonical), canonical.len, idents, IDENTS_MAX);
	for (size_t i = 0; i < count; i++) {
		json_t *one = json_object();

		json_set_text(one, "kind", ident_names[idents[i].kind]);
		json_set_text(one, "value", idents[i].text);
		(void)json_array_append_new(list, one);
	}
	free(idents);
	buf_release(&canonical);
	return list;
}

static json_t *class_of(const struct classification *c)
{
	struct buf members = BUF_INIT(MEMBERS_MAX);
	json_t *object;

	classification_write(c, &members);
	object = object_of(&members);
	buf_release(&members);
	json_set_text(object, "language", c->language);
	(void)json_object_set_new(object, "certainty", json_real((double)(int)(c->certainty * 1000 + 0.5) / 1000));
	json_set_text(object, "pieces", c->pieces);
	if (c->order_number[0] != '\0') json_set_text(object, "order_number", c->order_number);
	return object;
}

static json_t *routing_of(const struct policy *policy, const struct classification *c, const json_t *args)
{
	const char *channel = json_text(args, "channel"), *from = json_text(args, "from");
	const struct assign_input in = { .category = c->category, .severity = severity_names[c->severity], .brand = json_text(args, "brand"),
	                                 .channel = channel != NULL ? channel : "", .handle = from != NULL ? from : "", .reach = 1,
	                                 .persons = c->persons, .is_public = c->is_public };
	struct buf members = BUF_INIT(MEMBERS_MAX);
	struct assignment a;
	json_t *object;

	policy_assign(policy, &in, &a);
	if (c->department.name != NULL) a.department = c->department.name;
	assignment_write(&a, &members);
	object = object_of(&members);
	buf_release(&members);
	return object;
}

static json_t *deadline_of(const struct policy *policy, const struct classification *c, const char *brand)
{
	struct buf members = BUF_INIT(MEMBERS_MAX);
	struct schedule s = { 0 };
	json_t *object;

	policy_schedule(policy, brand, c->severity, clock_wall(), &s);
	schedule_write(&s, &members);
	object = object_of(&members);
	json_set_time(object, "first_response", s.first_response_due);
	json_set_time(object, "handling", s.handling_due);
	schedule_release(&s);
	buf_release(&members);
	return object;
}

/* Messages that people enter come by channels of their own; a slip would make rules and routes say something else. */
static void doubt_channel(const struct setup *setup, const char *channel)
{
	const struct config *config = setup->config;

	if (config == NULL || channel == NULL) return;
	for (size_t i = 0; i < config->channel_count; i++)
		if (strcmp(config->channels[i].name, channel) == 0) return;
	(void)ctl_complain(EX_OK, "note: no channel is called \"%.60s\" in %s", channel, config->path);
}

/* A message of a channel is of its brand, as at intake, unless another is given. */
static void take_brand(const struct setup *setup, json_t *args)
{
	const char *channel = json_text(args, "channel"), *brand = channel != NULL && json_text(args, "brand") == NULL ? setup_brand(setup, channel) : NULL;

	if (brand != NULL) json_set_text(args, "brand", brand);
}

static void print_for_people(const struct ctl *ctl, json_t *top)
{
	const char *key;
	json_t *item;

	json_object_foreach(top, key, item) {
		if (json_is_array(item) && json_array_size(item) == 0) continue;
		(void)printf("%s:\n", key);
		ctl_print_value(ctl, item, json_is_array(item) ? 0 : 2);
	}
}

static int explain(const struct ctl *ctl, const struct policy *policy, const char *text, const json_t *args)
{
	const struct policy_source from = { .channel = json_text(args, "channel"), .brand = json_text(args, "brand") };
	struct classification c;
	json_t *top = json_object();

	policy_classify_from(policy, &from, json_text(args, "subject"), text, NULL, &c);
	(void)json_object_set_new(top, "identifiers", identifiers_of(text));
	(void)json_object_set_new(top, "class", class_of(&c));
	(void)json_object_set_new(top, "routing", routing_of(policy, &c, args));
	(void)json_object_set_new(top, "deadline", deadline_of(policy, &c, json_text(args, "brand")));
	if (ctl->as_json) ctl_print_json(top);
	else print_for_people(ctl, top);
	json_decref(top);
	return fflush(stdout) == 0 ? EX_OK : EX_IOERR;
}

int ctl_explain_text(const struct ctl *ctl, json_t *args)
{
	struct setup setup = { 0 };
	struct buf input = BUF_INIT(TEXT_MAX), clean = BUF_INIT(4 * TEXT_MAX);
	struct policy *policy = NULL;
	struct ik_error err = { "" };
	const char *text = json_text(args, "text");
	int status = setup_load(ctl, &setup);

	if (status == EX_OK && setup_policy_new(&setup, &policy, &err) != IK_OK) status = ctl_complain(EX_CONFIG, "%s", err.text);
	if (status == EX_OK && text == NULL && fd_read_all(STDIN_FILENO, &input, "standard input", &err) != IK_OK) status = ctl_complain(EX_DATAERR, "%s", err.text);
	(void)utf8_clean(&clean, text != NULL ? text : buf_str(&input), text != NULL ? strlen(text) : input.len, false);        /* as intake does */
	if (status == EX_OK && buf_str(&clean)[strspn(buf_str(&clean), " \t\n")] == '\0') status = ctl_complain(EX_DATAERR, "there is no text");
	if (status == EX_OK) doubt_channel(&setup, json_text(args, "channel"));
	if (status == EX_OK) take_brand(&setup, args);
	if (status == EX_OK) status = explain(ctl, policy, buf_str(&clean), args);
	buf_release(&clean);
	policy_free(&policy);
	buf_release(&input);
	setup_release(&setup);
	return status;
}
