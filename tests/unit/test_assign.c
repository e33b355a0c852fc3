/* test_assign.c - who a ticket is for: the first route that fits, the place in the queue, what is wrong with a file by its line. */
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "policy/assign.h"
#include "policy/policy.h"

static const char routes[] =
	"# note\n"
	"vip\t-\thigh,urgent\t-\t-\tgold\tcare\tdesk-1\tanna\tmain,alerts\r\n"
	"acme-money\tbilling\t-\tacme,acme-uk\t-\t-\tfinance\t-\t-\tledger\n"
	"web\t-\t-\t-\tform\t-\tfront\t-\t-\t-\n";
static const char tiers[] = "Gold@Example.com,gold,2\nsilver-7,silver,1\n";

static enum ik_rc make(const char *route_file, const char *tier_file, struct policy **policy_r, struct ik_error *err)
{
	const char *dir = test_dir();
	char *rules = mem_text(test_data("../../conf/rules")), *route_path = mem_format("%s/route.tsv", dir), *tier_path = mem_format("%s/tiers.csv", dir);
	const struct policy_conf conf = { .timezone = (char[]){ "UTC" }, .rules = rules, .rules_only = true, .routes = route_path, .tiers = tier_path };
	enum ik_rc rc;

	CHECK_INT(file_write_durable(dir, "route.tsv", route_file, strlen(route_file), err), IK_OK);
	CHECK_INT(file_write_durable(dir, "tiers.csv", tier_file, strlen(tier_file), err), IK_OK);
	rc = policy_new(&conf, policy_r, err);
	free(rules);
	free(route_path);
	free(tier_path);
	return rc;
}

TEST(assign_takes_the_first_route_that_fits)
{
	static const struct { const char *row; struct assign_input in; const char *rule, *department, *owner; int priority; bool to_main, to_ledger; } rows[] = {
		{ "tier", { .category = "billing", .severity = "high", .brand = "acme", .channel = "mail", .handle = "gold@example.com", .reach = 1 }, "vip", "care", "anna", 2, true, false },
		{ "one of two values", { .category = "billing", .severity = "normal", .brand = "acme-uk", .channel = "mail", .handle = "", .reach = 1 }, "acme-money", "finance", NULL, 3, false, true },
		{ "not a part of one", { .category = "billing", .severity = "normal", .brand = "acm", .channel = "mail", .handle = "", .reach = 1 }, NULL, NULL, NULL, 3, true, true },
		{ "no brand", { .category = "billing", .severity = "low", .channel = "form", .handle = "x@example.com", .reach = 1 }, "web", "front", NULL, 4, true, true },
		{ "many customers", { .category = "logistics", .severity = "low", .channel = "mail", .handle = "", .reach = 5 }, NULL, NULL, NULL, 3, true, true },
		{ "fewer", { .category = "logistics", .severity = "low", .channel = "mail", .handle = "", .reach = 4 }, NULL, NULL, NULL, 4, true, true },
		{ "steps of a tier", { .category = "logistics", .severity = "normal", .channel = "chat", .handle = "silver-7", .reach = 1 }, NULL, NULL, NULL, 2, true, true },
		{ "the first place is for danger", { .category = "logistics", .severity = "normal", .channel = "chat", .handle = "gold@example.com", .reach = 900 }, NULL, NULL, NULL, 2, true, true },
		{ "very many customers", { .category = "logistics", .severity = "low", .channel = "mail", .handle = "", .reach = 50 }, NULL, NULL, NULL, 2, true, true },
		{ "persons", { .category = "logistics", .severity = "normal", .channel = "mail", .handle = "", .reach = 1, .persons = 5 }, NULL, NULL, NULL, 2, true, true },
		{ "a few persons", { .category = "logistics", .severity = "normal", .channel = "mail", .handle = "", .reach = 1, .persons = 4 }, NULL, NULL, NULL, 3, true, true },
		{ "followers", { .category = "logistics", .severity = "normal", .channel = "chat", .handle = "", .reach = 1, .followers = 10000 }, NULL, NULL, NULL, 2, true, true },
		{ "fewer followers", { .category = "logistics", .severity = "normal", .channel = "chat", .handle = "", .reach = 1, .followers = 9999 }, NULL, NULL, NULL, 3, true, true },
		{ "going public", { .category = "logistics", .severity = "normal", .channel = "chat", .handle = "", .reach = 1, .is_public = true }, NULL, NULL, NULL, 2, true, true },
		{ "a question of many", { .category = "logistics", .severity = "low", .channel = "chat", .handle = "", .reach = 1, .persons = 400, .followers = 5000000, .is_public = true }, NULL, NULL, NULL, 4, true, true },
		{ "danger", { .category = "safety", .severity = "urgent", .channel = "chat", .handle = "", .reach = 1 }, NULL, NULL, NULL, 1, true, true },
	};
	struct policy *p = NULL;
	struct ik_error err = { 0 };

	CHECK_INT(make(routes, tiers, &p, &err), IK_OK);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct assignment a;

		test_row(rows[i].row);
		policy_assign(p, &rows[i].in, &a);
		CHECK((a.rule == NULL) == (rows[i].rule == NULL));
		if (a.rule != NULL) CHECK_STR(a.rule, rows[i].rule);
		if (rows[i].department != NULL) CHECK_STR(a.department, rows[i].department);
		if (rows[i].owner != NULL) CHECK_STR(a.owner, rows[i].owner);
		else CHECK(a.owner == NULL);
		CHECK_INT(a.priority, rows[i].priority);
		CHECK(assignment_allows(&a, "main") == rows[i].to_main);
		CHECK(assignment_allows(&a, "ledger") == rows[i].to_ledger);
	}
	policy_free(&p);
}

TEST(assign_says_what_made_the_place)
{
	const struct assign_input in = { .category = "logistics", .severity = "normal", .channel = "chat", .handle = "silver-7", .reach = 1, .persons = 12, .followers = 2000000, .is_public = true };
	struct buf written = BUF_INIT(4096);
	struct policy *p = NULL;
	struct assignment a;
	struct ik_error err = { 0 };

	CHECK_INT(make(routes, tiers, &p, &err), IK_OK);
	policy_assign(p, &in, &a);
	CHECK_STR(a.why, "normal; 12 persons concerned; 2000000 followers; press or social media; silver");
	assignment_write(&a, &written);
	CHECK(strstr(buf_str(&written), "\"priority\":2,\"why\":\"normal; 12 persons") != NULL);
	CHECK(strstr(buf_str(&written), "\"persons\":12,\"followers\":2000000,\"public\":true") != NULL);
	buf_release(&written);
	policy_free(&p);
}

/* As people and spreadsheets write them. */
TEST(assign_reads_tiers_and_cells_however_they_are_written)
{
	static const struct { const char *row, *tiers; } rows[] = {
		{ "plain", "ann@example.com,gold,2\n" }, { "quoted", "\"ann@example.com\",\"gold\",\"2\"\r\n" }, { "mark and header", "\xef\xbb\xbfHandle,Tier,Steps\r\nann@example.com,gold,2\r\n" },
		{ "mark alone", "\xef\xbb\xbf" "ann@example.com,gold,2" }, { "blanks", " ann@example.com , gold , 2 \n" }, { "twice the same", "ann@example.com,gold,2\nANN@example.com,gold,2\n" },
		{ "a comma inside", "\"a,b\",silver,1\n\"ann@example.com\" ,gold,2\n" },
	};
	static const char spaced[] = "\xef\xbb\xbf" "a\tsafety, billing\t high , low \t-\t-\tgold\tfront desk\t-\t-\tmain , ledger\n";

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct assign_input in = { .category = "billing", .severity = "low", .channel = "mail", .handle = "ann@example.com", .reach = 1 };
		struct policy *p = NULL;
		struct assignment a;
		struct ik_error err = { 0 };

		test_row(rows[i].row);
		CHECK_INT(make(spaced, rows[i].tiers, &p, &err), IK_OK);
		policy_assign(p, &in, &a);
		CHECK_STR(a.tier, "gold");
		CHECK_STR(a.department, "front desk");
		CHECK_INT(a.priority, 2);
		CHECK(assignment_allows(&a, "ledger") && !assignment_allows(&a, "other"));
		policy_free(&p);
	}
}

TEST(assign_knows_a_telephone_however_it_is_written)
{
	static const struct { const char *row, *tiers, *handle; bool is_gold; } rows[] = {
		{ "gaps here",            "13912345678,gold,2\n", "139-1234-5678", true },
		{ "gaps there",           "+86 139 1234 5678,gold,2\n", "13912345678", true },
		{ "code of the country",  "13912345678,gold,2\n", "+86 139-1234-5678", true },
		{ "two noughts",          "0044 20 7946 0018,gold,2\n", "+44 (20) 7946.0018", true },
		{ "another number",       "13912345678,gold,2\n", "139-1234-5679", false },
		{ "a user id with signs", "wx-55102,gold,2\n", "wx55102", false },
		{ "too few digits",       "12-345,gold,2\n", "12345", false },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct assign_input in = { .category = "billing", .severity = "low", .channel = "mail", .handle = rows[i].handle, .reach = 1 };
		struct policy *p = NULL;
		struct assignment a;
		struct ik_error err = { 0 };

		test_row(rows[i].row);
		CHECK_INT(make("", rows[i].tiers, &p, &err), IK_OK);
		policy_assign(p, &in, &a);
		CHECK((a.tier != NULL) == rows[i].is_gold);
		policy_free(&p);
	}
}

TEST(assign_names_the_line_that_is_wrong)
{
	static const struct { const char *row, *routes, *tiers, *words; } rows[] = {
		{ "columns",     "a\tb\n", "", "route.tsv:1: 2 columns" },
		{ "id",          "\n-\t-\t-\t-\t-\t-\t-\t-\t-\t-\n", "", "route.tsv:2:" },
		{ "empty sink",  "a\t-\t-\t-\t-\t-\t-\t-\t-\tx,,y\n", "", "route.tsv:1:" },
		{ "many sinks",  "a\t-\t-\t-\t-\t-\t-\t-\t-\ta,b,c,d,e,f,g,h,i\n", "", "more than" },
		{ "tier",        "", "x,gold\n", "tiers.csv:1: a line is" },
		{ "tier, four",  "", "# x\nx,gold,1,2\n", "tiers.csv:2:" },
		{ "steps",       "", "x,gold,9\n", "steps" },
		{ "no handle",   "", ",gold,1\n", "tiers.csv:1:" },
		{ "semicolons",  "", "x;gold;1\n", "with commas between" },
		{ "two tiers",   "", "x,gold,1\ny,gold,1\nX,silver,1\n", "tiers.csv:3: x has another tier in line 1" },
		{ "no UTF-8",    "", "x,g\xff,1\n", "tiers.csv:1: the line is no valid UTF-8" },
		{ "open quotes", "", "\"x,gold,1\n", "tiers.csv:1:" },
		{ "after quotes", "", "\"x\"y,gold,1\n", "tiers.csv:1:" },
		{ "a header further down", "", "x,gold,1\nhandle,tier,steps\n", "tiers.csv:2: steps" },
		{ "no such category", "a\tsafety,saftey\t-\t-\t-\t-\t-\t-\t-\t-\n", "", "route.tsv:1: there is no category \"saftey\"" },
		{ "no such severity", "a\t-\tdire\t-\t-\t-\t-\t-\t-\t-\n", "", "route.tsv:1: there is no severity \"dire\"" },
		{ "id twice",    "a\t-\t-\t-\t-\t-\t-\t-\t-\t-\nb\t-\t-\t-\t-\t-\t-\t-\t-\t-\na\t-\t-\t-\t-\t-\t-\t-\t-\t-\n", "", "route.tsv:3: the id \"a\" is that of line 1" },
		{ "no UTF-8, route", "a\t-\t-\t-\t-\t-\td\xff\t-\t-\t-\n", "", "route.tsv:1: the line is no valid" },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct policy *p = NULL;
		struct ik_error err = { 0 };

		test_row(rows[i].row);
		CHECK_INT(make(rows[i].routes, rows[i].tiers, &p, &err), IK_CONFIG);
		CHECK(strstr(err.text, rows[i].words) != NULL);
	}
}

TEST(assign_knows_the_sinks_that_routes_name)
{
	static const char *const all[] = { "main", "alerts", "ledger" };
	struct policy *p = NULL;
	struct ik_error err = { 0 };

	CHECK_INT(make(routes, tiers, &p, &err), IK_OK);
	CHECK_INT(policy_check_sinks(p, all, 3, &err), IK_OK);
	CHECK_INT(policy_check_sinks(p, all, 2, &err), IK_CONFIG);
	CHECK(strstr(err.text, "route.tsv:3:") != NULL && strstr(err.text, "ledger") != NULL);
	policy_free(&p);
}
