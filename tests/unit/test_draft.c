/* test_draft.c - a draft survives the way through its wire form unchanged, and nothing but a clean draft comes out of the decoder. */
#include "mail/draft.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "test.h"

#define WIRE_MAX (8u << 20)

static void fill(struct draft *d)
{
	draft_init(d);
	d->subject = mem_text("退款 refund");
	d->text = mem_text("第一行\nsecond\tline\n> quoted\n");
	d->reply_text = mem_text("第一行\nsecond\tline\n");
	d->message_id = mem_text("a@b.example");
	d->in_reply_to = mem_text("x@y.example");
	d->references[d->reference_count++] = mem_text("r1@y.example");
	d->references[d->reference_count++] = mem_text("r2@y.example");
	d->from = (struct draft_address){ .name = mem_text("王小明"), .address = mem_text("wang@mail.example") };
	d->reply_to = (struct draft_address){ .address = mem_text("reply@mail.example") };
	d->to = mem_new(sizeof(*d->to) * 3);
	for (d->to_count = 0; d->to_count < 3; d->to_count++) d->to[d->to_count] = (struct draft_address){ .name = d->to_count == 1 ? mem_text("Shop") : NULL, .address = mem_text("care@shop.example"), .is_cc = d->to_count == 2 };
	d->original_to = mem_text("alias@shop.example");
	d->return_path = mem_text("");
	d->sent_at = 1795365000;
	d->hop_at = 1700000001;
	d->auto_evidence = mem_text("invoice, your order");
	d->language = mem_text("zh");
	d->list = mem_text("support.shop.example");
	d->writer = (struct draft_address){ .name = mem_text("Anna"), .address = mem_text("anna@mail.example") };
	d->is_writer_sure = true;
	(void)snprintf(d->through_reason, sizeof(d->through_reason), "model");
	(void)snprintf(d->through_no_ack, sizeof(d->through_no_ack), "vendor");
	d->through_evidence = mem_text("dear customer");
	d->parts[d->part_count++] = (struct draft_part){ .name = mem_text("发票.pdf"), .content_type = mem_text("application/pdf"), .size = 12345, .digest = { 1, 2, 3 }, .path = "1.2", .is_inline = true };
	d->parts[d->part_count++] = (struct draft_part){ .content_type = mem_text("image/png"), .path = "2" };
	memset(d->content_digest, 7, sizeof(d->content_digest));
	d->is_automatic = true;
	(void)snprintf(d->auto_reason, sizeof(d->auto_reason), "auto-submitted");
	(void)snprintf(d->no_ack_reason, sizeof(d->no_ack_reason), "list");
	d->authentication = mem_text("mx.example; dkim=pass\nmx.example; spf=pass");
	d->is_cut = true;
	d->cut_rule = mem_text("angle-quote");
	d->cut_start = (int64_t)strlen(d->reply_text);
	d->cut_end = (int64_t)strlen(d->text);
}

TEST(a_draft_comes_out_as_it_went_in)
{
	struct draft d, back;
	struct buf wire = BUF_INIT(WIRE_MAX);
	struct ik_error err = { "" };

	fill(&d);
	CHECK(draft_encode(&wire, &d));
	CHECK_INT(draft_decode(wire.data, wire.len, &back, &err), IK_OK);
	CHECK_STR(back.subject, d.subject);
	CHECK_STR(back.text, d.text);
	CHECK_STR(back.reply_text, d.reply_text);
	CHECK_STR(back.message_id, "a@b.example");
	CHECK_STR(back.in_reply_to, "x@y.example");
	CHECK_INT(back.reference_count, 2);
	CHECK_STR(back.references[1], "r2@y.example");
	CHECK_STR(back.from.name, "王小明");
	CHECK_STR(back.from.address, "wang@mail.example");
	CHECK_STR(back.sender.address, NULL);
	CHECK_STR(back.reply_to.name, NULL);
	CHECK_STR(back.reply_to.address, "reply@mail.example");
	CHECK_INT(back.to_count, 3);
	CHECK_STR(back.to[1].name, "Shop");
	CHECK_STR(back.to[2].address, "care@shop.example");
	CHECK(!back.to[0].is_cc && !back.to[1].is_cc && back.to[2].is_cc);
	CHECK_STR(back.delivered_to, NULL);
	CHECK_STR(back.original_to, "alias@shop.example");
	CHECK_STR(back.return_path, "");
	CHECK_INT(back.sent_at, 1795365000);
	CHECK_INT(back.hop_at, 1700000001);
	CHECK_STR(back.auto_evidence, "invoice, your order");
	CHECK_STR(back.language, "zh");
	CHECK_STR(back.list, "support.shop.example");
	CHECK_STR(back.writer.name, "Anna");
	CHECK_STR(back.writer.address, "anna@mail.example");
	CHECK(back.is_writer_sure);
	CHECK_STR(back.through_reason, "model");
	CHECK_STR(back.through_no_ack, "vendor");
	CHECK_STR(back.through_evidence, "dear customer");
	CHECK_INT(back.part_count, 2);
	CHECK_STR(back.parts[0].name, "发票.pdf");
	CHECK_INT(back.parts[0].size, 12345);
	CHECK_STR(back.parts[0].path, "1.2");
	CHECK(back.parts[0].is_inline && !back.parts[1].is_inline);
	CHECK(memcmp(back.parts[0].digest, d.parts[0].digest, 32) == 0);
	CHECK(memcmp(back.content_digest, d.content_digest, 32) == 0);
	CHECK(back.is_automatic && !back.is_bounce && !back.has_replaced_bytes && back.is_cut);
	CHECK_STR(back.auto_reason, "auto-submitted");
	CHECK_STR(back.no_ack_reason, "list");
	CHECK_STR(back.authentication, d.authentication);
	CHECK_STR(back.cut_rule, "angle-quote");
	CHECK_INT(back.cut_start, d.cut_start);
	CHECK_INT(back.cut_end, d.cut_end);
	draft_release(&back);
	draft_release(&back);           /* a second release finds nothing */
	draft_release(&d);
	buf_release(&wire);
}

TEST(a_reply_that_is_the_whole_text_travels_once)
{
	struct draft d, back;
	struct buf once = BUF_INIT(WIRE_MAX), twice = BUF_INIT(WIRE_MAX);
	struct ik_error err = { "" };

	fill(&d);
	CHECK(draft_encode(&twice, &d));
	free(d.reply_text);
	d.reply_text = mem_text(d.text);
	CHECK(draft_encode(&once, &d));
	CHECK(once.len < twice.len);
	CHECK_INT(draft_decode(once.data, once.len, &back, &err), IK_OK);
	CHECK_STR(back.reply_text, d.text);
	draft_release(&back);
	draft_release(&d);
	buf_release(&once);
	buf_release(&twice);
}

/* Each row spoils a good draft in one way before it is encoded. */
static void spoil_utf8(struct draft *d) { d->subject[0] = (char)0xFF; }
static void spoil_control(struct draft *d) { d->message_id[1] = '\n'; }
static void spoil_escape(struct draft *d) { d->text[0] = 0x1B; }
static void spoil_delete(struct draft *d) { memset(d->text, 'a', strlen(d->text)); d->text[5] = 0x7F; }
static void spoil_name(struct draft *d) { d->from.name[0] = '\r'; }
static void spoil_address(struct draft *d) { *strchr(d->to[1].address, '@') = '%'; }
static void spoil_no_recipient(struct draft *d) { mem_free(&d->to[0].address); }
static void spoil_path(struct draft *d) { d->parts[0].path[1] = 'x'; }
static void spoil_path_twice(struct draft *d) { memcpy(d->parts[0].path, "1/2/3", 6); }
static void spoil_path_end(struct draft *d) { memcpy(d->parts[0].path, "1/", 3); }
static void spoil_size(struct draft *d) { d->parts[0].size = -1; }
static void spoil_type(struct draft *d) { mem_free(&d->parts[1].content_type); }
static void spoil_code(struct draft *d) { d->auto_reason[0] = '\t'; }
static void spoil_cut_order(struct draft *d) { d->cut_start = d->cut_end + 1; }
static void spoil_cut_end(struct draft *d) { d->cut_end += 1; }
static void spoil_cut_inside(struct draft *d) { d->cut_start = 1; }
static void spoil_cut_negative(struct draft *d) { d->cut_start = -1; }
static void spoil_subject(struct draft *d) { mem_free(&d->subject); }
static void spoil_language(struct draft *d) { free(d->language); d->language = mem_text("a language with a long name"); }
static void spoil_nothing(struct draft *d) { (void)d; }

static const struct { const char *row; void (*spoil)(struct draft *); enum ik_rc rc; } spoiled[] = {
	{ "nothing",                         spoil_nothing,      IK_OK },
	{ "subject is not UTF-8",            spoil_utf8,         IK_REJECT },
	{ "line end in Message-ID",          spoil_control,      IK_REJECT },
	{ "escape in text",                  spoil_escape,       IK_REJECT },
	{ "delete in text",                  spoil_delete,       IK_REJECT },
	{ "CR in a name",                    spoil_name,         IK_REJECT },
	{ "address without @",               spoil_address,      IK_REJECT },
	{ "recipient without address",       spoil_no_recipient, IK_REJECT },
	{ "path that is none",               spoil_path,         IK_REJECT },
	{ "path into a file in a file",      spoil_path_twice,   IK_REJECT },
	{ "path to no file of a part",       spoil_path_end,     IK_REJECT },
	{ "negative size",                   spoil_size,         IK_REJECT },
	{ "part without type",               spoil_type,         IK_REJECT },
	{ "control in a reason code",        spoil_code,         IK_REJECT },
	{ "cut ends before it starts",       spoil_cut_order,    IK_REJECT },
	{ "cut ends behind the text",        spoil_cut_end,      IK_REJECT },
	{ "cut splits a character",          spoil_cut_inside,   IK_REJECT },
	{ "cut starts before the text",      spoil_cut_negative, IK_REJECT },
	{ "no subject at all",               spoil_subject,      IK_REJECT },
	{ "language too long",               spoil_language,     IK_REJECT },
};

TEST(the_decoder_refuses_what_is_not_clean)
{
	for (size_t i = 0; i < COUNT_OF(spoiled); i++) {
		struct draft d, back;
		struct buf wire = BUF_INIT(WIRE_MAX);
		struct ik_error err = { "" };
		enum ik_rc rc;

		test_row(spoiled[i].row);
		fill(&d);
		spoiled[i].spoil(&d);
		CHECK(draft_encode(&wire, &d));
		rc = draft_decode(wire.data, wire.len, &back, &err);
		CHECK_INT(rc, spoiled[i].rc);
		if (rc == IK_OK) draft_release(&back);
		draft_release(&d);
		buf_release(&wire);
	}
}

TEST(a_draft_cut_short_anywhere_is_refused)
{
	struct draft d, back;
	struct buf wire = BUF_INIT(WIRE_MAX);
	struct ik_error err = { "" };

	fill(&d);
	CHECK(draft_encode(&wire, &d));
	for (size_t len = 0; len < wire.len; len++) CHECK_INT(draft_decode(wire.data, len, &back, &err), IK_REJECT);
	CHECK(buf_char(&wire, 'x'));
	CHECK_INT(draft_decode(wire.data, wire.len, &back, &err), IK_REJECT);
	draft_release(&d);
	buf_release(&wire);
}

TEST(counts_beyond_the_limits_are_refused)
{
	static const struct { const char *row; size_t references, to, parts; enum ik_rc rc; } rows[] = {
		{ "all at their limits", DRAFT_REFERENCES_MAX, DRAFT_ADDRESSES_MAX, DRAFT_PARTS_MAX, IK_OK },
		{ "one address more", 0, DRAFT_ADDRESSES_MAX + 1, 0, IK_REJECT },
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct draft d, back;
		struct buf wire = BUF_INIT(WIRE_MAX);
		struct ik_error err = { "" };
		enum ik_rc rc;

		test_row(rows[i].row);
		draft_init(&d);
		d.subject = mem_text("");
		d.text = mem_text("");
		d.reply_text = mem_text("");
		while (d.reference_count < rows[i].references) d.references[d.reference_count++] = mem_text("r@y.example");
		d.to = mem_new(sizeof(*d.to) * (rows[i].to + 1));
		while (d.to_count < rows[i].to) d.to[d.to_count++].address = mem_text("a@b.example");
		while (d.part_count < rows[i].parts) draft_add_part(&d)->content_type = mem_text("text/plain");
		CHECK(draft_encode(&wire, &d));
		rc = draft_decode(wire.data, wire.len, &back, &err);
		CHECK_INT(rc, rows[i].rc);
		if (rc == IK_OK) {
			CHECK_INT(back.to_count, rows[i].to);
			CHECK_INT(back.reference_count, rows[i].references);
			draft_release(&back);
		}
		draft_release(&d);
		buf_release(&wire);
	}
}

/* One more field put before the end of a draft whose lists are full. */
static const struct { const char *row, *bytes; size_t len; enum ik_rc rc; } additions[] = {
	{ "nothing",                "", 0, IK_OK },
	{ "a recipient more",       "\x1f\x0b\0\0\0" "\0\0\0\0" "\x04\0\0\0a@b", 16, IK_OK },
	{ "a recipient of a copy",   "\x20\x0b\0\0\0" "\0\0\0\0" "\x04\0\0\0a@b", 16, IK_OK },
	{ "a byte too many",        "\x1f\x0c\0\0\0" "\0\0\0\0" "\x04\0\0\0a@bx", 17, IK_REJECT },
	{ "a text beyond its field", "\x1f\x0b\0\0\0" "\0\0\0\0" "\x05\0\0\0a@b", 16, IK_REJECT },
	{ "a reference too many",   "\x1e\x03\0\0\0a@b", 8, IK_REJECT },
	{ "a part too many",        "\x21\x3a\0\0\0" "\0\0\0\0" "\x05\0\0\0text" "\x02\0\0\0" "1" "\1\0\0\0\0\0\0\0" "0123456789abcdef0123456789abcdef" "\0", 63, IK_REJECT },
	{ "subject twice",          "\x01\0\0\0\0", 5, IK_REJECT },
	{ "flags twice",            "\x16\x01\0\0\0\0", 6, IK_REJECT },
	{ "tag 0",                  "\0\0\0\0\0", 5, IK_REJECT },
	{ "unknown tag",            "\x7f\0\0\0\0", 5, IK_REJECT },
	{ "length of 4 GiB",        "\x0d\xff\xff\xff\xff", 5, IK_REJECT },
};

TEST(no_field_comes_twice_and_no_list_grows_beyond_its_limit)
{
	for (size_t i = 0; i < COUNT_OF(additions); i++) {
		struct draft d, back;
		struct buf wire = BUF_INIT(WIRE_MAX);
		struct ik_error err = { "" };
		enum ik_rc rc;

		test_row(additions[i].row);
		draft_init(&d);
		d.subject = mem_text("");
		d.text = mem_text("");
		d.reply_text = mem_text("");
		while (d.reference_count < DRAFT_REFERENCES_MAX) d.references[d.reference_count++] = mem_text("r@y.example");
		while (d.part_count < DRAFT_PARTS_MAX) d.parts[d.part_count++].content_type = mem_text("text/plain");
		CHECK(draft_encode(&wire, &d));
		wire.len -= 5;                                  /* the end */
		CHECK(buf_add(&wire, additions[i].bytes, additions[i].len) && buf_add(&wire, "\x22\0\0\0\0", 5));
		rc = draft_decode(wire.data, wire.len, &back, &err);
		CHECK_INT(rc, additions[i].rc);
		if (rc == IK_OK) draft_release(&back);
		draft_release(&d);
		buf_release(&wire);
	}
}

/* A small generator of its own, so that every run is the same. */
static uint32_t next(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void mutate(char *bytes, size_t *len, uint32_t *seed)
{
	for (uint32_t n = 1 + next(seed) % 4; n > 0; n--) {
		const size_t at = next(seed) % *len;

		if (next(seed) % 16 == 0) *len = at > 0 ? at : 1;
		else if (next(seed) % 3 == 0) bytes[at] = (char)(bytes[at] + (char)(next(seed) % 5) - 2);
		else bytes[at] = (char)next(seed);
	}
}

TEST(a_hundred_thousand_spoiled_drafts_give_a_clean_draft_or_a_refusal)
{
	struct draft d, back;
	struct buf wire = BUF_INIT(WIRE_MAX);
	struct ik_error err = { "" };
	uint32_t seed = 20261122;
	size_t refused = 0, accepted = 0;
	char *copy;

	fill(&d);
	CHECK(draft_encode(&wire, &d));
	copy = mem_new(wire.len);
	for (int i = 0; i < 100000; i++) {
		size_t len = wire.len;

		memcpy(copy, wire.data, wire.len);
		mutate(copy, &len, &seed);
		if (draft_decode(copy, len, &back, &err) != IK_OK) { refused++; continue; }
		accepted++;
		CHECK(utf8_valid(back.subject, strlen(back.subject)) && strchr(back.subject, '\n') == NULL);
		CHECK(utf8_valid(back.text, strlen(back.text)));
		CHECK(back.cut_start >= 0 && back.cut_start <= back.cut_end && (size_t)back.cut_end <= strlen(back.text));
		CHECK(back.part_count <= DRAFT_PARTS_MAX && back.to_count <= DRAFT_ADDRESSES_MAX);
		draft_release(&back);
	}
	CHECK(refused > 10000 && accepted > 1000);
	free(copy);
	draft_release(&d);
	buf_release(&wire);
}
