/* test_automatic_model.c - the learned opinion on mail about which no rule says anything: that the shipped weights are what training makes of the shipped
 * mails, what they are worth on mails they were not trained on, and what keeps them from taking persons for machines. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/utf8.h"
#include "mail/automatic_train.h"
#include "mail/mail.h"
#include "mail/word_text.h"
#include "plain_mail.h"

#define MAILS "conf/models/mails"
#define TOLD_LEAST 80                   /* per cent of the machines that mark nothing, by rules and opinion together */

static void read_corpus(struct automatic_corpus *corpus)
{
	struct ik_error err = { "" };

	CHECK_INT(automatic_corpus_read(corpus, MAILS, &err), IK_OK);
	CHECK_STR(err.text, "");
}

TEST(automatic_model_is_what_training_makes_of_the_shipped_mails)
{
	struct automatic_corpus corpus = { 0 };
	signed char *weights = mem_new(AUTOMATIC_BUCKETS);

	read_corpus(&corpus);
	automatic_train(&corpus, -1, weights);
	CHECK(memcmp(weights, automatic_weights(), AUTOMATIC_BUCKETS) == 0);     /* else: make model */
	automatic_corpus_release(&corpus);
	free(weights);
}

/* ---- held out ---- */

static bool is_told_by_rule(const struct automatic_example *e)
{
	char *from = e->local != NULL ? mem_format("%s <%s@%s>", e->name, e->local, e->domain) : mem_text("Ann Lee <ann.lee@mail.example>");
	struct draft d;
	bool is_told = false;

	if (plain_mail_read(from, e->subject, e->written, &d)) {
		is_told = d.is_automatic && strcmp(d.auto_reason, "model") != 0;
		draft_release(&d);
	}
	free(from);
	return is_told;
}

struct tally { size_t machines, told, told_by_words, persons, wronged, wronged_by_words, customers, wronged_customers; };

static void count(struct tally *t, const struct automatic_example *e, bool by_words, bool is_told)
{
	t->machines += e->is_machine;
	t->told += e->is_machine && is_told;
	t->told_by_words += e->is_machine && by_words;
	t->persons += !e->is_machine && e->local != NULL;
	t->wronged += !e->is_machine && e->local != NULL && is_told;
	t->wronged_by_words += !e->is_machine && e->local != NULL && by_words;
	t->customers += e->local == NULL;
	t->wronged_customers += e->local == NULL && is_told;
}

TEST(automatic_model_and_rules_tell_mails_held_out)
{
	struct automatic_corpus corpus = { 0 };
	struct tally t = { 0 };
	double *sums;

	mail_start();
	read_corpus(&corpus);
	sums = mem_new(sizeof(*sums) * corpus.count);
	automatic_held_out(&corpus, sums);
	for (size_t i = 0; i < corpus.count; i++) {
		const struct automatic_example *e = &corpus.examples[i];
		const bool by_words = automatic_example_told(e, sums[i], 0);

		count(&t, e, by_words, by_words || is_told_by_rule(e));
	}
	(void)printf("  learned opinion, held out:   %zu of %zu machines told; of %zu persons %zu taken for one\n", t.told_by_words, t.machines, t.persons, t.wronged_by_words);
	(void)printf("  with the rules, held out:    %zu of %zu machines told; of %zu persons %zu taken for one, of %zu customers' texts %zu\n", t.told, t.machines, t.persons, t.wronged, t.customers, t.wronged_customers);
	CHECK(t.machines >= 1400 && t.persons >= 1600 && t.customers >= 1000);
	CHECK(t.told * 100 >= t.machines * TOLD_LEAST);
	CHECK(t.told_by_words * 100 >= t.machines * 70);
	CHECK(t.wronged * 100 <= t.persons * 3);
	CHECK(t.wronged_customers * 200 <= t.customers);
	automatic_corpus_release(&corpus);
	free(sums);
}

/* A row of the held-out file: label, sender, subject and text. */
static void judge_row(char *line, size_t told[2], size_t all[2])
{
	char *columns[4], *at = line;
	struct draft d;
	struct buf text = BUF_INIT(65536);

	for (size_t i = 0; i < 4; i++) {
		columns[i] = at;
		at += strcspn(at, "\t");
		CHECK((*at == '\0') == (i == 3));
		*at++ = '\0';
	}
	for (const char *c = columns[3]; *c != '\0'; c++) {
		(void)buf_char(&text, c[0] == '\\' && c[1] == 'n' ? '\n' : *c);
		c += c[0] == '\\' && c[1] == 'n';
	}
	if (!plain_mail_read(columns[1], columns[2], buf_str(&text), &d)) return;
	const bool is_machine = columns[0][0] == 'm';

	all[is_machine]++;
	told[is_machine] += d.is_automatic;
	if (d.is_automatic != is_machine) (void)printf("    %s %s: %s\n", is_machine ? "not told:" : "a person:", columns[1], columns[2]);
	draft_release(&d);
	buf_release(&text);
}

TEST(automatic_mail_never_trained_on_is_told)
{
	struct buf file = BUF_INIT(1024 * 1024);
	struct ik_error err = { "" };
	size_t told[2] = { 0 }, all[2] = { 0 };

	mail_start();
	CHECK_INT(file_read(test_data("mail/automatic_held.tsv"), &file, &err), IK_OK);
	for (char *line = file.data, *next; line != NULL && *line != '\0'; line = next) {
		next = strchr(line, '\n');
		if (next != NULL) *next++ = '\0';
		if (line[0] != '#') judge_row(line, told, all);
	}
	(void)printf("  mails never trained on:      %zu of %zu machines told, %zu of %zu persons taken for one\n", told[1], all[1], told[0], all[0]);
	CHECK(all[0] >= 80 && all[1] >= 80);
	CHECK(told[1] * 100 >= all[1] * 70);
	CHECK(told[0] * 50 <= all[0]);
	buf_release(&file);
}

#define PARCEL "The parcel comes today between 10:00 and 12:00. Choose a safe place or a neighbour, or track it on the map."
#define BILL "Dear customer, your invoice is ready. Amount due: 12.00. View your invoice. Pay now. Unsubscribe.\nStatus: open\nTotal: 12.00\n"
static const struct { const char *row, *from, *subject, *text, *reason; } limits[] = {
	{ "a machine",          "Parcels <depot@parcels.example>", "Your parcel is on its way", PARCEL, "model" },
	{ "the same, forwarded", "Parcels <depot@parcels.example>",    "Fwd: Your parcel is on its way", PARCEL, "" },
	{ "the same, answered", "Ann Lee <ann.lee@mail.example>",     "Re: Your parcel is on its way", "It was to be delivered today between 10:00 and 12:00. Nobody came, and I waited. Ann", "" },
	{ "a bill",             "Billing <billing@invoices.example>", "Your invoice is ready", BILL, "model" },
	{ "a bill told by a person", "Billing <billing@invoices.example>", "Your invoice is ready", BILL " This is in my box.", "" },
	{ "a few letters",      "Parcels <depot@parcels.example>", "Your parcel is on its way", "Today 10:00 - 12:00", "" },
	{ "a line of a machine", "Parcel Locker <locker@parcels.example>", "Your parcel is ready for collection", "Collection code 4471. Collect it within 48 hours.", "model" },
	{ "a line of a person",  "Wood & Co <info@woodandco.example>", "", "Door handle loose, room 16.", "" },
	{ "a terse person",      "Wood & Co <info@woodandco.example>", "order 55120", "Two boxes short again, driver has signed for it.", "" },
	{ "a terse Chinese",     "采购 <caigou@mingya.example>", "型号", "发来的型号不对，请换成X-200。", "" },
	{ "a rule goes first",  "Parcels <no-reply@parcels.example>", "Your parcel is on its way", PARCEL, "role" },
};

TEST(automatic_model_is_asked_where_no_rule_speaks_and_persons_are_spared)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		struct draft d;

		test_row(limits[i].row);
		if (!plain_mail_read(limits[i].from, limits[i].subject, limits[i].text, &d)) continue;
		CHECK_STR(d.auto_reason, limits[i].reason);
		CHECK_STR(d.no_ack_reason, limits[i].reason);
		CHECK_INT(d.auto_evidence != NULL, strcmp(limits[i].reason, "model") == 0);
		if (d.auto_evidence != NULL) CHECK(strstr(d.auto_evidence, i == 0 ? "goods" : i == 3 ? "labels" : "") != NULL);
		draft_release(&d);
	}
}

/* The quick sum and the list of pieces are two ways through the same code. Adding in another order must not round. */
TEST(automatic_sum_is_that_of_the_pieces)
{
	struct automatic_piece *pieces = mem_new(sizeof(*pieces) * AUTOMATIC_PIECES_MAX);
	const signed char *weights = automatic_weights();
	struct automatic_corpus corpus = { 0 };

	read_corpus(&corpus);
	for (size_t i = 0; i < corpus.count; i++) {
		const struct automatic_example *e = &corpus.examples[i];
		const struct automatic_look look = { .subject = e->subject, .text = e->text, .local = e->local, .domain = e->domain, .name = e->name, .written = e->written, .words = e->words, .prefix = e->prefix };
		const size_t count = automatic_pieces(&look, pieces);
		double sum = 0;

		for (size_t k = count; k-- > 0;) sum += weights[pieces[k].bucket] * AUTOMATIC_SCALE * (double)pieces[k].value;
		test_row(e->text);
		CHECK(count > 0 && sum == automatic_sum(&look, weights));
	}
	automatic_corpus_release(&corpus);
	free(pieces);
}

/* Words without end, of characters of several bytes, are cut between characters. */
TEST(automatic_pieces_are_whole_characters)
{
	struct automatic_piece *pieces = mem_new(sizeof(*pieces) * AUTOMATIC_PIECES_MAX);
	struct word_text words;

	word_text_init(&words, "", 0);
	for (size_t shift = 0; shift < 4; shift++) {
		struct buf text = BUF_INIT(65536);
		size_t count;

		(void)buf_add(&text, "xxxx", shift);
		for (int i = 0; i < 1000; i++) (void)buf_text(&text, i % 90 == 89 ? " 退款 한국 " : i % 3 == 0 ? "ß" : i % 3 == 1 ? "đ" : "ế");
		const char *s = buf_str(&text);
		const struct automatic_look look = { .subject = s, .text = s, .local = s, .domain = "example", .name = s, .written = s, .words = &words };

		count = automatic_pieces(&look, pieces);
		CHECK(count > 20 && count <= AUTOMATIC_PIECES_MAX);
		for (size_t i = 0; i < count; i++) CHECK(utf8_valid(pieces[i].at, pieces[i].len));
		buf_release(&text);
	}
	free(pieces);
}

/* What the explanation holds crosses the process border. */
TEST(automatic_model_explains_in_clean_text_whatever_it_reads)
{
	mail_start();
	for (size_t shift = 0; shift < 4; shift++) {
		struct buf text = BUF_INIT(65536), wire = BUF_INIT(1 << 20);
		struct ik_error err = { "" };
		struct draft d, back;

		(void)buf_add(&text, "xxxx", shift);
		for (int i = 0; i < 60; i++) (void)buf_text(&text, i % 20 == 19 ? " status " : i % 3 == 0 ? "é" : "ß");
		(void)buf_text(&text, "\nYour invoice is ready. Amount due: 12.00. Pay now. View your invoice. Unsubscribe.\nStatus: open\nTotal: 12");
		if (!plain_mail_read("Billing <billing@invoices.example>", "Your invoice is ready", buf_str(&text), &d)) continue;
		CHECK_STR(d.auto_reason, "model");
		CHECK(utf8_valid(d.auto_evidence, strlen(d.auto_evidence)));
		CHECK(draft_encode(&wire, &d));
		CHECK_INT(draft_decode(wire.data, wire.len, &back, &err), IK_OK);
		CHECK_INT(back.auto_evidence != NULL, d.auto_evidence != NULL);
		draft_release(&back);
		draft_release(&d);
		buf_release(&text);
		buf_release(&wire);
	}
}
