/* test_marks.c - a mark passes only as it was made, for what it was made. */
#include "test.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/mem.h"
#include "policy/marks.h"

static const unsigned char secret[32] = "an example secret of 32 bytes..";

static struct marks marks_of(const char *host)
{
	struct marks m;

	marks_init(&m, secret, host);
	return m;
}

TEST(marks_message_id_comes_back)
{
	static const struct { const char *row; enum mark_kind kind; int64_t id; uint64_t salt; } rows[] = {
		{ "acknowledgement", MARK_ACK, 1, 7 }, { "notice", MARK_NOTICE, 4711, UINT64_MAX }, { "delivery", MARK_DELIVERY, INT64_MAX, 0 },
		{ "form", MARK_FORM, 0, 1 },
	};
	const struct marks m = marks_of("mail.example.org");

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char text[MARKS_TEXT_MAX], again[MARKS_TEXT_MAX];
		enum mark_kind kind = MARK_FORM;
		int64_t id = -1;

		test_row(rows[i].row);
		marks_message_id(&m, rows[i].kind, rows[i].id, rows[i].salt, text);
		marks_message_id(&m, rows[i].kind, rows[i].id, rows[i].salt, again);
		CHECK_STR(again, text);
		CHECK(marks_read_message_id(&m, text, &kind, &id));
		CHECK_INT(kind, rows[i].kind);
		CHECK_INT(id, rows[i].id);
		for (const char *c = text; *c != '\0'; c++) CHECK(islower((unsigned char)*c) || isdigit((unsigned char)*c) || strchr(".-@", *c) != NULL);
	}
}

static void check_refused(const struct marks *m, const char *row, const char *text)
{
	enum mark_kind kind = MARK_FORM;
	int64_t id = -1;

	test_row(row);
	CHECK(!marks_read_message_id(m, text, &kind, &id));
	CHECK_INT(kind, MARK_FORM);
	CHECK_INT(id, -1);
}

TEST(marks_refuse_every_changed_character)
{
	const struct marks m = marks_of("mail.example.org");
	char text[MARKS_TEXT_MAX], forged[MARKS_TEXT_MAX], row[64];
	size_t variants = 0;

	marks_message_id(&m, MARK_ACK, 4711, 0x123456789abcdef0u, text);
	for (size_t i = 0; text[i] != '\0'; i++)
		for (const char *c = "0aZ.-@ "; *c != '\0'; c++) {
			if (text[i] == *c) continue;
			(void)snprintf(forged, sizeof(forged), "%s", text);
			forged[i] = *c;
			(void)snprintf(row, sizeof(row), "'%c' at %zu", *c, i);
			check_refused(&m, row, forged);
			variants++;
		}
	CHECK(variants > 40);
}

TEST(marks_refuse_forged_forms)
{
	static const char *const rows[] = {
		"", "@", "a", "a.", "a.1", "a.1.", "a.1.0.0@h", "a.1.0000000000000007.@mail.example.org",
		"a.1.0000000000000007.00000000000000000000000000000000@mail.example.org", "a.1.0000000000000007.00000000000000000000000000000000",
		"a.9223372036854775808.0000000000000007.00000000000000000000000000000000@mail.example.org", "z.1.0000000000000007.00@x",
		"a.-1.0000000000000007.00000000000000000000000000000000@mail.example.org", "<a.1.x@mail.example.org>", "a.1.0000000000000007",
		"CAF+abc=x@mail.gmail.com", "a..0000000000000007.0@mail.example.org", "a.+1.0000000000000007.0@h", "a. 1.0000000000000007.0@h",
	};
	const struct marks m = marks_of("mail.example.org"), other = marks_of("other.example.org");
	const unsigned char foreign[32] = "another secret of thirty-two byt";
	struct marks stranger;
	char text[MARKS_TEXT_MAX], forged[2 * MARKS_TEXT_MAX];
	enum mark_kind kind;
	int64_t id;

	for (size_t i = 0; i < COUNT_OF(rows); i++) check_refused(&m, rows[i], rows[i]);
	check_refused(&m, "nothing", NULL);
	marks_init(&stranger, foreign, "mail.example.org");
	marks_message_id(&stranger, MARK_ACK, 1, 7, text);
	check_refused(&m, "another secret", text);
	marks_message_id(&m, MARK_ACK, 1, 7, text);
	(void)snprintf(forged, sizeof(forged), "%s ", text);
	check_refused(&m, "a blank behind", forged);
	(void)snprintf(forged, sizeof(forged), "<%s>", text);
	check_refused(&m, "in angle brackets", forged);
	(void)snprintf(forged, sizeof(forged), "%.*s@evil.example.com", (int)strcspn(text, "@"), text);
	check_refused(&m, "another host", forged);
	(void)snprintf(forged, sizeof(forged), "%.*s", (int)strcspn(text, "@"), text);
	check_refused(&m, "no host", forged);
	(void)snprintf(forged, sizeof(forged), "%s%s", text, text);
	check_refused(&m, "twice", forged);
	(void)snprintf(forged, sizeof(forged), "%.*s", (int)strlen(text) - 1, text);
	check_refused(&m, "cut", forged);
	for (char *c = text; *c != '\0'; c++) *c = (char)toupper((unsigned char)*c);
	check_refused(&m, "upper case", text);
	test_row("an older host name of ours");
	marks_message_id(&other, MARK_ACK, 5, 9, text);
	CHECK(marks_read_message_id(&m, text, &kind, &id));
}

TEST(marks_of_one_purpose_never_serve_another)
{
	const struct marks m = marks_of("mail.example.org");
	static const enum mark_kind kinds[] = { MARK_ACK, MARK_NOTICE, MARK_DELIVERY, MARK_FORM, MARK_VERIFY };
	char text[MARKS_TEXT_MAX], forged[2 * MARKS_TEXT_MAX];
	int64_t at = -1;

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		for (size_t k = 0; k < COUNT_OF(kinds); k++) {
			char row[8] = { (char)kinds[i], '>', (char)kinds[k] };

			test_row(row);
			marks_token(&m, kinds[i], 1700000000, 3, text);
			at = -1;
			CHECK_INT(marks_read_token(&m, kinds[k], text, &at), i == k);
			CHECK_INT(at, i == k ? 1700000000 : -1);
			text[0] = (char)kinds[k];
			CHECK_INT(marks_read_token(&m, kinds[k], text, &at), i == k);
		}
	marks_token(&m, MARK_ACK, 1, 7, text);
	(void)snprintf(forged, sizeof(forged), "%s@mail.example.org", text);
	check_refused(&m, "a token is no Message-ID", forged);
	test_row("a Message-ID is no token");
	marks_message_id(&m, MARK_ACK, 1, 7, text);
	text[strcspn(text, "@")] = '\0';
	CHECK(!marks_read_token(&m, MARK_ACK, text, &at));
	CHECK(!marks_read_token(&m, MARK_ACK, NULL, &at));
	CHECK(!marks_read_token(&m, MARK_ACK, "", &at));
}

TEST(marks_host_is_always_a_host)
{
	static const struct { const char *row, *host, *want; } rows[] = {
		{ "plain", "Mail.Example.ORG", "mail.example.org" }, { "none", NULL, "intaked.invalid" }, { "empty", "", "intaked.invalid" },
		{ "line end", "a.example\r\nBcc: x", "intaked.invalid" }, { "at", "a@b", "intaked.invalid" },
		{ "long", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.example.org",
		  "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb.example.org" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct marks m = marks_of(rows[i].host);
		char text[MARKS_TEXT_MAX];
		enum mark_kind kind;
		int64_t id;

		test_row(rows[i].row);
		CHECK_STR(m.host, rows[i].want);
		marks_message_id(&m, MARK_ACK, INT64_MAX, UINT64_MAX, text);
		CHECK(marks_read_message_id(&m, text, &kind, &id));
	}
}

static const struct { const char *row, *mailbox; int64_t ticket; bool is_ok; } mailboxes[] = {
	{ "plain", "support@shop.example", 17, true }, { "the largest id", "support@shop.example", INT64_MAX, true }, { "with a tag of its own", "support+eu@shop.example", 4711, true },
	{ "local part too long", "a-department-with-a-long-name-indeed@shop.example", INT64_MAX, false }, { "no address", "support", 1, false }, { "nothing", NULL, 1, false },
	{ "quoted", "\"a b\"@shop.example", 1, false }, { "line end", "a@b\r\nBcc: c@d", 1, false }, { "no ticket", "support@shop.example", 0, false },
};

TEST(marks_address_comes_back_in_any_case)
{
	const struct marks m = marks_of("mail.example.org"), renamed = marks_of("other.example.org");

	for (size_t i = 0; i < COUNT_OF(mailboxes); i++) {
		char address[MARKS_ADDRESS_MAX] = "";
		int64_t ticket = -1;

		test_row(mailboxes[i].row);
		CHECK_INT(marks_address(&m, mailboxes[i].mailbox, mailboxes[i].ticket, address, sizeof(address)), mailboxes[i].is_ok);
		CHECK_INT(marks_read_address(&m, address, &ticket), mailboxes[i].is_ok);
		CHECK_INT(ticket, mailboxes[i].is_ok ? mailboxes[i].ticket : -1);
		for (char *c = address; *c != '\0'; c++) *c = (char)toupper((unsigned char)*c);
		CHECK_INT(marks_read_address(&renamed, address, &ticket), mailboxes[i].is_ok);
		CHECK(strcspn(address, "@") <= 64);
	}
}

TEST(marks_address_refuses_every_changed_character)
{
	const struct marks m = marks_of("mail.example.org");
	char address[MARKS_ADDRESS_MAX], forged[MARKS_ADDRESS_MAX], id[MARKS_TEXT_MAX];
	int64_t ticket = -1;
	size_t tag, end;

	CHECK(marks_address(&m, "support@shop.example", 17, address, sizeof(address)));
	tag = strcspn(address, "+") + 1;
	end = strcspn(address, "@");
	for (size_t i = tag; i < end; i++) {
		memcpy(forged, address, sizeof(forged));
		forged[i] = forged[i] == '1' ? '2' : '1';
		test_row(forged);
		CHECK(!marks_read_address(&m, forged, &ticket));
		(void)snprintf(forged, sizeof(forged), "%.*s%s", (int)i, address, address + i + 1);
		CHECK(!marks_read_address(&m, forged, &ticket));
		(void)snprintf(forged, sizeof(forged), "%.*s0%s", (int)i, address, address + i);
		CHECK(!marks_read_address(&m, forged, &ticket));
	}
	marks_message_id(&m, MARK_ACK, 17, 7, id);
	(void)snprintf(forged, sizeof(forged), "support+%s", id);
	test_row("a Message-ID is no tag, a tag no Message-ID");
	CHECK(!marks_read_address(&m, forged, &ticket));
	{
		enum mark_kind kind;

		CHECK(!marks_read_message_id(&m, address + tag, &kind, &ticket));
	}
	CHECK(!marks_read_address(&m, NULL, &ticket) && !marks_read_address(&m, "", &ticket) && !marks_read_address(&m, "+@", &ticket) && !marks_read_address(&m, "+p.@x", &ticket));
	CHECK_INT(ticket, -1);
}
