/* fuzz_draft.c - what a worker sends as the draft of a mail: any bytes are refused or give a draft of clean, bounded texts that can be sent on.
 * An input that begins with '!' changes single bytes of a good draft: triples of position (two bytes) and value. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/draft.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text)
{
	if (text != NULL && !utf8_valid(text, strlen(text))) abort();
}

static void check(const struct draft *d)
{
	struct buf again = BUF_INIT(8u << 20);

	if (d->reference_count > DRAFT_REFERENCES_MAX || d->to_count > DRAFT_ADDRESSES_MAX || d->part_count > DRAFT_PARTS_MAX) abort();
	check_text(d->subject);
	check_text(d->text);
	check_text(d->reply_text);
	check_text(d->language);
	check_text(d->from.name);
	for (size_t i = 0; i < d->part_count; i++) check_text(d->parts[i].name);
	if (!draft_encode(&again, d)) abort();
	buf_release(&again);
}

/* A draft with something in most fields. */
static void make_sample(struct buf *sample)
{
	struct draft d;

	draft_init(&d);
	d.subject = mem_text("lamp");
	d.text = mem_text("The lamp is broken.\n\n> old\n");
	d.reply_text = mem_text("The lamp is broken.");
	d.message_id = mem_text("m1@example.org");
	d.references[d.reference_count++] = mem_text("m0@example.org");
	d.from = (struct draft_address){ .name = mem_text("Ann"), .address = mem_text("ann@example.org") };
	d.to = mem_new(sizeof(*d.to));
	d.to[d.to_count++] = (struct draft_address){ .address = mem_text("support@shop.example") };
	d.language = mem_text("en");
	d.parts[d.part_count++] = (struct draft_part){ .name = mem_text("a.png"), .content_type = mem_text("image/png"), .size = 9, .path = "2" };
	if (!draft_encode(sample, &d)) abort();
	draft_release(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf bytes = BUF_INIT(8u << 20);
	struct ik_error err;
	struct draft d;

	if (size > 0 && data[0] == '!') {
		make_sample(&bytes);
		for (size_t i = 1; i + 2 < size; i += 3) bytes.data[(data[i] << 8 | data[i + 1]) % (int)bytes.len] = (char)data[i + 2];
	} else {
		buf_add(&bytes, data, size);
	}
	if (draft_decode(buf_str(&bytes), bytes.len, &d, &err) == IK_OK) {
		check(&d);
		draft_release(&d);
	}
	buf_release(&bytes);
	return 0;
}
