/* test_ack_decision.c - nobody can be annoyed through us: every step of the published list, and the order of the steps. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/mem.h"
#include "policy/ack_decision.h"

static const char *const own[] = { "support@example.org", "hilfe@xn--bcher-kva.example" };

/* A mail from a person to us that may be acknowledged; rows change one thing. */
#define MAIL(from) .is_mail = true, .address = (from), .own = own, .own_count = COUNT_OF(own)
#define PERSON MAIL("anna@customer.example"), .is_to_us = true
static char *own_list[] = { (char[]){ "shop@example.org" } };
static const struct ack_conf conf = { .enabled = true, .from = (char[]){ "ack@example.org" }, .own_addresses = { own_list, 1 } };

static const struct { const char *row; struct ack_facts facts; const char *reason; } decisions[] = {
	{ "a person",                      { PERSON }, NULL },
	{ "empty reason",                  { PERSON, .no_ack_reason = "" }, NULL },
	{ "1 null sender",                 { PERSON, .no_ack_reason = "null-sender" }, "null-sender" },
	{ "2 automatic",                   { PERSON, .no_ack_reason = "auto-submitted" }, "auto-submitted" },
	{ "3 report",                      { PERSON, .no_ack_reason = "report" }, "report" },
	{ "4 list",                        { PERSON, .no_ack_reason = "list" }, "list" },
	{ "5 precedence",                  { PERSON, .no_ack_reason = "precedence" }, "precedence" },
	{ "6 suppress",                    { PERSON, .no_ack_reason = "suppress" }, "suppress" },
	{ "7 vendor",                      { PERSON, .no_ack_reason = "vendor" }, "vendor" },
	{ "7 robot of a platform",         { PERSON, .is_automatic_author = true }, "vendor" },
	{ "unknown reason is silence",     { PERSON, .no_ack_reason = "something-new" }, "something-new" },
	{ "8 self",                        { PERSON, .is_self = true }, "self" },
	{ "9 reply to acknowledgement",    { PERSON, .is_reply_to_ack = true }, "reply-to-ack" },
	{ "10 follow-up",                  { PERSON, .is_followup = true }, "follow-up" },
	{ "11 no address",                 { MAIL(NULL), .is_to_us = true }, "no-address" },
	{ "11 empty address",              { MAIL("" ), .is_to_us = true }, "no-address" },
	{ "11 two addresses",              { MAIL("a@b.example, c@d.example" ), .is_to_us = true }, "no-address" },
	{ "11 address literal",            { MAIL("a@[192.0.2.1]" ), .is_to_us = true }, "no-address" },
	{ "11 bare IP",                    { MAIL("a@192.0.2.1" ), .is_to_us = true }, "no-address" },
	{ "11 .invalid",                   { MAIL("a@host.invalid" ), .is_to_us = true }, "no-address" },
	{ "11 .local",                     { MAIL("a@printer.LOCAL" ), .is_to_us = true }, "no-address" },
	{ "11 line end",                   { MAIL("a@b.example\r\nBcc: c@d.example" ), .is_to_us = true }, "no-address" },
	{ "11 angle",                      { MAIL("<a@b.example>" ), .is_to_us = true }, "no-address" },
	{ "11 blank",                      { MAIL("a b@c.example" ), .is_to_us = true }, "no-address" },
	{ "12 mailer-daemon",              { MAIL("MAILER-DAEMON@b.example" ), .is_to_us = true }, "role" },
	{ "12 no-reply",                   { MAIL("No-Reply@b.example" ), .is_to_us = true }, "role" },
	{ "12 no-reply with a tag",        { MAIL("noreply+abc@b.example" ), .is_to_us = true }, "role" },
	{ "12 owner-",                     { MAIL("owner-list@b.example" ), .is_to_us = true }, "role" },
	{ "12 -request",                   { MAIL("list-request@b.example" ), .is_to_us = true }, "role" },
	{ "12 VERP",                       { MAIL("list+anna=customer.example@b.example" ), .is_to_us = true }, "role" },
	{ "12 prvs",                       { MAIL("prvs=0123anna@b.example" ), .is_to_us = true }, "role" },
	{ "13 own",                        { MAIL("support@example.org" ), .is_to_us = true }, "own-address" },
	{ "13 own, other case",            { MAIL("Support@EXAMPLE.org" ), .is_to_us = true }, "own-address" },
	{ "13 own with + tag",             { MAIL("support+x@example.org" ), .is_to_us = true }, "own-address" },
	{ "13 own with - tag",             { MAIL("support-eu@example.org" ), .is_to_us = true }, "own-address" },
	{ "13 own, U-label",               { MAIL("hilfe@b\xc3\xbc" "cher.example" ), .is_to_us = true }, "own-address" },
	{ "13 sender of acknowledgements", { MAIL("ack@example.org" ), .is_to_us = true }, "own-address" },
	{ "13 configured",                 { MAIL("shop@example.org" ), .is_to_us = true }, "own-address" },
	{ "14 calendar",                   { PERSON, .no_ack_reason = "calendar" }, "calendar" },
	{ "15 not addressed",              { MAIL("anna@customer.example") }, "not-addressed" },
	{ "16 forged",                     { PERSON, .is_auth_fail = true }, "auth-fail" },
	{ "17 unaligned",                  { PERSON, .is_unaligned = true }, "unaligned" },
	{ "18 typed into a form",          { .address = "anna@customer.example" }, "unverified" },
	{ "18 vouched for",                { .address = "anna@customer.example", .is_verified = true }, NULL },
	{ "chat without an address",       { .is_verified = true }, NULL },
	{ "chat handle is no address",     { .address = "123456789", .is_verified = true }, NULL },
	{ "form to a role",                { .address = "noreply@b.example", .is_verified = true }, "role" },
	{ "form to ourselves",             { .address = "support@example.org", .is_verified = true, .own = own, .own_count = COUNT_OF(own) }, "own-address" },
	{ "first match: 1 before 8",       { PERSON, .no_ack_reason = "null-sender", .is_self = true }, "null-sender" },
	{ "first match: 8 before 9",       { PERSON, .is_self = true, .is_reply_to_ack = true }, "self" },
	{ "first match: 9 before 10",      { PERSON, .is_reply_to_ack = true, .is_followup = true }, "reply-to-ack" },
	{ "first match: 10 before 11",     { MAIL(NULL), .is_to_us = true, .is_followup = true }, "follow-up" },
	{ "first match: 12 before 14",     { MAIL("root@b.example" ), .is_to_us = true, .no_ack_reason = "calendar" }, "role" },
	{ "first match: 14 before 15",     { MAIL("anna@customer.example"), .no_ack_reason = "calendar" }, "calendar" },
	{ "first match: 15 before 16",     { MAIL("anna@customer.example"), .is_auth_fail = true }, "not-addressed" },
};

TEST(ack_decide_follows_the_list)
{
	for (size_t i = 0; i < COUNT_OF(decisions); i++) {
		test_row(decisions[i].row);
		CHECK_STR(ack_decide(&conf, &decisions[i].facts), decisions[i].reason);
	}
}

TEST(ack_decide_asks_the_configuration)
{
	const struct ack_facts followup = { PERSON, .is_followup = true }, person = { PERSON };
	struct ack_conf c = conf;

	c.reply_to_replies = true;
	CHECK_STR(ack_decide(&c, &followup), NULL);
	c.enabled = false;
	CHECK_STR(ack_decide(&c, &person), "disabled");
}

TEST(ack_rules_are_complete_and_every_step_is_tested)
{
	int step = 0;

	for (const struct ack_rule *rule = ack_rules; rule->step != 0; rule++) {
		bool is_tested = rule->step >= 19;       /* 19: limits below; 20: the outbox */

		test_row(rule->reason);
		CHECK_INT(rule->step, ++step);
		CHECK(rule->condition != NULL && rule->condition[0] != '\0');
		for (size_t i = 0; i < COUNT_OF(decisions); i++)
			if (decisions[i].reason != NULL && strcmp(decisions[i].reason, rule->reason) == 0) is_tested = true;
		CHECK(is_tested);
	}
	CHECK_INT(step, 20);
}

TEST(ack_fold_address_compares_what_is_the_same)
{
	static const struct { const char *row, *address, *folded; } rows[] = {
		{ "plain", "anna@b.example", "anna@b.example" }, { "case", "Anna@B.Example", "anna@b.example" },
		{ "tag", "anna+news@b.example", "anna@b.example" }, { "hyphen stays", "jean-pierre@b.example", "jean-pierre@b.example" },
		{ "final dot", "anna@b.example.", "anna@b.example" }, { "U-label", "a@b\xc3\xbc" "cher.example", "a@xn--bcher-kva.example" },
		{ "single label", "a@localhost", "a@localhost" }, { "only a tag", "+x@b.example", "+x@b.example" },
		{ "a dot before the tag, which keeps the address one", "a.+x@b.example", "a.+x@b.example" },
		{ "utf-8 local part", "\xe5\xbc\xa0@b.example", "\xe5\xbc\xa0@b.example" },
		{ "nothing", NULL, NULL }, { "no at", "anna", NULL }, { "two at", "a@b@c.example", NULL }, { "empty local", "@b.example", NULL },
		{ "empty domain", "a@", NULL }, { "two dots", "a..b@c.example", NULL }, { "dot first", ".a@c.example", NULL },
		{ "dot last", "a.@c.example", NULL }, { "empty label", "a@b..example", NULL }, { "hyphen label", "a@-b.example", NULL },
		{ "quoted", "\"a b\"@c.example", NULL }, { "comment", "a(x)@c.example", NULL }, { "comma", "a,b@c.example", NULL },
		{ "bad utf-8", "\xff@b.example", NULL }, { "control", "a\x01@b.example", NULL }, { "DEL", "a\x7f@b.example", NULL },
		{ "U+2028 in the domain", "a@b\xe2\x80\xa8.example", NULL }, { "slash in the domain", "a@b/c.example", NULL },
		{ "local part of 65", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.example", NULL },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char folded[ACK_ADDRESS_MAX] = "";

		test_row(rows[i].row);
		CHECK_INT(ack_fold_address(rows[i].address, folded, sizeof(folded)), rows[i].folded != NULL);
		if (rows[i].folded != NULL) CHECK_STR(folded, rows[i].folded);
	}
}

TEST(ack_is_role_spares_people)
{
	static const struct { const char *address; bool is_role; } rows[] = {
		{ "mailer-daemon@x", true }, { "postmaster@x", true }, { "noreply@x", true }, { "no-reply@x", true }, { "no_reply@x", true },
		{ "donotreply@x", true }, { "do-not-reply@x", true }, { "bounce@x", true }, { "bounces@x", true }, { "double-bounce@x", true },
		{ "daemon@x", true }, { "root@x", true }, { "nobody@x", true }, { "listserv@x", true }, { "majordomo@x", true }, { "mdaemon@x", true },
		{ "abuse@x", true }, { "owner-list@x", true }, { "list-owner@x", true }, { "list-request@x", true }, { "list-bounces@x", true },
		{ "bounce-17@x", true }, { "prvs=abc@x", true }, { "msprvs1=abc@x", true }, { "a=b.example@x", true }, { "bounces+a@x", true },
		{ "anna@x", false }, { "rooty@x", false }, { "nobodyknows@x", false }, { "owner@x", false }, { "abuser@x", false },
		{ "support@x", false }, { "bouncer@x", false }, { "requests@x", false }, { "info@x", false }, { "daemonica@x", false },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		test_row(rows[i].address);
		CHECK_INT(ack_is_role(rows[i].address), rows[i].is_role);
	}
}

TEST(ack_limits_are_narrowest_first)
{
	const struct ack_conf c = { .per_address_hour = 3, .per_address_day = 10, .per_domain_hour = 50, .global_hour = 600 };
	static const struct { const char *key, *reason; int64_t window_s, limit; } want[] = {
		{ "ack-ah:anna@b.example", "limit-address-hour", 3600, 3 }, { "ack-ad:anna@b.example", "limit-address-day", 86400, 10 },
		{ "ack-dh:@b.example", "limit-domain-hour", 3600, 50 }, { "ack-gh", "limit-global-hour", 3600, 600 },
	};
	struct ack_limit limits[ACK_LIMIT_MAX];

	CHECK_INT(ack_limits(&c, "anna@b.example", limits), COUNT_OF(want));
	for (size_t i = 0; i < COUNT_OF(want); i++) {
		test_row(want[i].reason);
		CHECK_STR(limits[i].key, want[i].key);
		CHECK_STR(limits[i].reason, want[i].reason);
		CHECK_INT(limits[i].window_s, want[i].window_s);
		CHECK_INT(limits[i].limit, want[i].limit);
	}
}

TEST(ack_options_have_the_published_defaults)
{
	static const struct { const char *name, *def; } want[] = {
		{ "per_address_hour", "3" }, { "per_address_day", "10" }, { "per_domain_hour", "50" }, { "global_hour", "600" },
		{ "enabled", "yes" }, { "reply_to_replies", "no" },
	};

	for (size_t i = 0; i < COUNT_OF(want); i++) {
		const char *def = NULL;

		test_row(want[i].name);
		for (const struct ik_option *o = ack_options; o->name != NULL; o++)
			if (strcmp(o->name, want[i].name) == 0) def = o->def;
		CHECK_STR(def, want[i].def);
	}
}

/* The table in the documentation is this table. */
TEST(ack_rules_are_what_the_documentation_says)
{
	struct buf doc = BUF_INIT(1 << 20);
	struct ik_error err = { 0 };

	CHECK_INT(file_read(test_data("../../docs/acknowledgements.md"), &doc, &err), IK_OK);
	for (const struct ack_rule *rule = ack_rules; rule->step != 0; rule++) {
		char *line = mem_format("| %d | `%s` | %s |\n", rule->step, rule->reason, rule->condition);

		test_row(rule->reason);
		CHECK(strstr(buf_str(&doc), line) != NULL);
		free(line);
	}
	buf_release(&doc);
}
