/* What leaves the house does not name the customer. */
#include "test.h"

#include <string.h>
#include "text/mask.h"

static const struct { const char *row, *name, *sender, *text, *masked; } masks[] = {
	{ "mail",                  NULL, NULL, "write to Ann.Li+x@mail.example.org.", "write to <mail>." },
	{ "mail, full width",      NULL, NULL, "邮箱ann＠example.cn谢谢", "邮箱<mail>谢谢" },
	{ "mail behind a letter",  NULL, NULL, "à éann@example.org!", "à <mail>!" },
	{ "number behind letters", NULL, NULL, "téléphone13800138000", "téléphone<number>" },
	{ "mobile",                NULL, NULL, "电话13800138000请回电", "电话<number>请回电" },
	{ "mobile, full width",    NULL, NULL, "电话１３８００１３８０００", "电话<number>" },
	{ "phone with gaps",       NULL, NULL, "call (020) 7946-0958 now", "call (<number> now" },
	{ "order number",          NULL, NULL, "order #20261122001 lost", "order #<number> lost" },
	{ "code of letters",       NULL, NULL, "serial SN-77X20B broke", "serial <number> broke" },
	{ "identity card",         NULL, NULL, "身份证11010519491231002X", "身份证<number>" },
	{ "money stays",           NULL, NULL, "I lost $12,500 and 30000元, 2000000 dollars", "I lost $12,500 and 30000元, 2000000 dollars" },
	{ "small numbers stay",    NULL, NULL, "2 of 3, for 14 days, in 2026", "2 of 3, for 14 days, in 2026" },
	{ "a long number is none", NULL, NULL, "123456789012元", "<number>元" },
	{ "link",                  NULL, NULL, "see https://x.example/a?b=c now", "see <link> now" },
	{ "user name",             NULL, NULL, "ask @小王_77 or @bob", "ask <user> or <user>" },
	{ "an at sign alone",      NULL, NULL, "two @ ten each", "two @ ten each" },
	{ "name",                  "Ann Okonkwo", NULL, "I am ANN, ann okonkwo; annual fee", "I am <name>, <name>; annual fee" },
	{ "name in Chinese",       "王小明", NULL, "我是王小明，请联系", "我是<name>，请联系" },
	{ "one character stays",   "王", NULL, "国王", "国王" },
	{ "two letters stay",      "Li", NULL, "Li and little", "Li and little" },
	{ "part of the address",   NULL, "okonkwo.77@example.org", "yours, Okonkwo", "yours, <name>" },
	{ "nothing",               "Ann", "", "", "" },
	{ "cut in a character",    NULL, NULL, "\xe7\x94", "\xe7\x94" },
};

TEST(mask_leaves_the_matter_and_takes_the_person)
{
	for (size_t i = 0; i < COUNT_OF(masks); i++) {
		const char *const names[] = { masks[i].name, masks[i].sender };
		struct buf b = BUF_INIT(4096);

		test_row(masks[i].row);
		CHECK(text_mask(&b, masks[i].text, strlen(masks[i].text), names, 2));
		CHECK_STR(buf_str(&b), masks[i].masked);
		buf_release(&b);
	}
}

TEST(mask_ends_when_its_room_does)
{
	struct buf b = BUF_INIT(4);

	CHECK(!text_mask(&b, "long enough", 11, NULL, 0));
	buf_release(&b);
}

