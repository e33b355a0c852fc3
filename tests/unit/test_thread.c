/* test_thread.c - nobody writes into a ticket of somebody else, and who answers ends where he answered: with a real store, real parse
 * workers (this program, started again by the pool) and the whole journey of the pipeline. */
#include "pipeline/pipeline.h"

#include <stdatomic.h>
#include "pipeline/ticket.h"
#include "store_fixture.h"
#include "test.h"

__attribute__((constructor)) static void other_life(int argc, char **argv)
{
	worker_main(argc, argv);
}

/* ---- a gateway with two mailboxes, and one ticket of Ann's in it ---------------------------------------------------------- */

static const char *const trusted[] = { "mx.shop.example" };
static const char *const own[] = { "help@shop.example" };
static char zone[] = "Asia/Shanghai", english[] = "en", sender[] = "ack@shop.example";

struct rig {
	struct store_conf conf;
	struct policy_conf policy_conf;
	struct worker_conf worker_conf;
	struct ack_conf ack;
	struct thread_conf thread;
	struct ik_map brands;
	struct marks marks;
	struct store *store;
	struct policy *policy;
	struct worker_pool *workers;
	struct pipeline *pipeline;
	struct pipeline_account accounts[2];
	struct pipeline_lane *lanes[2];
	int mails;

	/* Ann's ticket and what names it */
	char number[24], code[24], ack_id[MARKS_TEXT_MAX], plus[MARKS_ADDRESS_MAX];
	int64_t ticket;
};

struct outcome { atomic_int rc; char number[24], code[24]; int64_t ticket; };

static void note(void *arg, enum ik_rc rc, const struct ik_receipt *receipt, const struct ik_error *err)
{
	struct outcome *o = arg;

	(void)err;
	if (receipt != NULL) {
		(void)snprintf(o->number, sizeof(o->number), "%s", receipt->number);
		(void)snprintf(o->code, sizeof(o->code), "%s", receipt->code);
		o->ticket = receipt->ticket_id;
	}
	atomic_store(&o->rc, (int)rc);
}

static struct outcome take_at(struct rig *g, int account, const char *recipient, const char *mail)
{
	char *id = mem_format("m%d", g->mails++);
	const struct ik_message m = { .form = IK_FORM_MAIL, .source_id = id, .recipient = recipient, .raw = mail, .raw_fd = -1, .raw_size = (int64_t)strlen(mail) };
	struct outcome o = { .rc = -1 };
	struct ik_error err = { "" };

	CHECK_INT(pipeline_offer(g->lanes[account], &m, true, true, note, &o, &err), IK_OK);
	(void)pipeline_settle(g->lanes[account], &err);
	CHECK_INT(atomic_load(&o.rc), IK_OK);
	free(id);
	return o;
}

/* The words in braces stand for what names Ann's ticket. */
static char *filled(const struct rig *g, const char *text)
{
	const struct { const char *word, *value; } words[] = { { "{ACK}", g->ack_id }, { "{CODE}", g->code }, { "{NUMBER}", g->number }, { "{PLUS}", g->plus } };
	struct buf b = BUF_INIT(65536);

	while (*text != '\0') {
		size_t i = 0;

		while (i < COUNT_OF(words) && strncmp(text, words[i].word, strlen(words[i].word)) != 0) i++;
		if (i < COUNT_OF(words)) buf_text(&b, words[i].value);
		else buf_char(&b, *text);
		text += i < COUNT_OF(words) ? strlen(words[i].word) : 1;
	}
	return buf_take(&b);
}

#define ANN "From: Ann <ann@home.example>\n"
#define EVE "From: Eve <eve@evil.example>\n"
#define TO "To: help@shop.example\n"

static struct outcome take_mail(struct rig *g, const char *head)
{
	char *mail = mem_format("%s\nbody %d\n", head, g->mails), *whole = filled(g, mail);
	const struct outcome o = take_at(g, 0, NULL, whole);

	free(mail);
	free(whole);
	return o;
}

static void rig_up(struct rig *g)
{
	struct ik_error err = { "" };
	struct outcome first;

	*g = (struct rig){
		.conf = small_store(test_dir()),
		.policy_conf = { .timezone = zone, .default_language = english, .urgent = { 3600, 3600 }, .high = { 86400, 86400 },
		                 .normal = { 86400, 172800 }, .low = { 86400, 259200 } },
		.worker_conf = { .processes = 1, .memory = 256 << 20, .timeout = 60, .messages = 1000, .lifetime = 3600 },
		.ack = { .enabled = true, .from = sender, .per_address_hour = 1000, .per_address_day = 1000, .per_domain_hour = 1000, .global_hour = 1000 },
		.thread = { .closed_window = 30 * 86400 },
	};
	for (int i = 0; i < 2; i++)
		g->accounts[i] = (struct pipeline_account){ .name = i == 0 ? "mail" : "sales", .type = "lmtp", .ack = IK_ACK_MAIL, .acknowledge = true,
		                                            .trust = { .ids = trusted, .id_count = 1 } };
	g->store = opened(&g->conf);
	marks_init(&g->marks, store_secret(g->store), "gate.example");
	test_check_int(policy_new(&g->policy_conf, &g->policy, &err), IK_OK, err.text, __FILE__, __LINE__);
	test_check_int(worker_pool_new(&g->worker_conf, &g->workers, &err), IK_OK, err.text, __FILE__, __LINE__);
	test_check_int(pipeline_new(&(struct pipeline_setup){ .store = g->store, .workers = g->workers, .policy = g->policy, .ack = &g->ack, .marks = &g->marks,
	                                                      .own_addresses = own, .own_count = 1, .brands = &g->brands, .thread = &g->thread, .threads = 1 },
	                            &g->pipeline, &err), IK_OK, err.text, __FILE__, __LINE__);
	for (int i = 0; i < 2; i++) g->lanes[i] = pipeline_lane_new(g->pipeline, &g->accounts[i]);
	first = take_mail(g, ANN TO "Message-ID: <first@home.example>\nReferences: <unseen@home.example>\nSubject: The kettle leaks\n");
	memcpy(g->number, first.number, sizeof(g->number));
	memcpy(g->code, first.code, sizeof(g->code));
	g->ticket = first.ticket;
	marks_message_id(&g->marks, MARK_ACK, g->ticket, 7, g->ack_id);
	CHECK(marks_address(&g->marks, "help@shop.example", g->ticket, g->plus, sizeof(g->plus)));
}

static void rig_down(struct rig *g)
{
	for (int i = 0; i < 2; i++) pipeline_lane_free(&g->lanes[i]);
	pipeline_free(&g->pipeline);
	worker_pool_free(&g->workers);
	policy_free(&g->policy);
	store_close(&g->store);
}

static json_t *decisions_of(struct rig *g, int64_t ticket)
{
	struct store_reader *r = reading(g->store);
	json_t *all = NULL;

	CHECK_INT(read_decisions(r, ticket, &all, NULL), IK_OK);
	store_reader_close(&r);
	return all;
}

static size_t messages_of(struct rig *g, int64_t ticket)
{
	json_t *t = ticket_json(g->store, ticket);
	const size_t count = json_array_size(json_path(t, "messages"));

	json_decref(t);
	return count;
}

/* Whether the ticket has a link of this kind (NULL: of any) to Ann's. */
static bool is_linked(struct rig *g, int64_t ticket, const char *kind)
{
	json_t *t = ticket_json(g->store, ticket), *link;
	bool found = false;
	size_t i;

	json_array_foreach(json_path(t, "links"), i, link)
		if (strcmp(text_at_path(link, "number"), g->number) == 0) found |= kind == NULL || strcmp(text_at_path(link, "kind"), kind) == 0;
	json_decref(t);
	return found;
}

/* ---- forged ------------------------------------------------------------------------------------------------------------------ */

#define FAIL "Authentication-Results: mx.shop.example; dmarc=fail header.from=home.example\nReceived: from x by mx.shop.example with SMTP; x\n"
#define DSN(id) "From: Mailer <mailer-daemon@evil.example>\n" TO "Return-Path: <>\nSubject: Undelivered Mail\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n" \
	"--b\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; ann@home.example\nAction: failed\nStatus: 5.1.1\n\n" \
	"--b\nContent-Type: message/rfc822\n\nMessage-ID: <" id ">\nSubject: x\n\nx\n--b--\n"

static const struct { const char *row, *mail; bool is_claimed; } forged[] = {
	{ "known id in In-Reply-To",           EVE TO "In-Reply-To: <first@home.example>\nSubject: Re: The kettle leaks\n", true },
	{ "known id in References",            EVE TO "References: <first@home.example>\nSubject: Re: The kettle leaks\n", true },
	{ "our id in In-Reply-To",             EVE TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "our id in References",              EVE TO "References: <a@b> <{ACK}> <c@d>\nSubject: Re: x\n", true },
	{ "both",                              EVE TO "In-Reply-To: <{ACK}>\nReferences: <first@home.example> <{ACK}>\nSubject: Re: x\n", true },
	{ "code in the subject",               EVE TO "Subject: Re: [{CODE}] x\n", true },
	{ "code alone",                        EVE TO "Subject: {CODE}\n", true },
	{ "number in the subject",             EVE TO "Subject: Re: #{NUMBER}\n", true },
	{ "number and code",                   EVE TO "Subject: {NUMBER} {CODE}\n", true },
	{ "plus-address in To",                EVE "To: {PLUS}\nSubject: x\n", true },
	{ "plus-address in Cc",                EVE TO "Cc: x@y.example, {PLUS}\nSubject: x\n", true },
	{ "plus-address in Delivered-To",      "Delivered-To: {PLUS}\n" EVE TO "Subject: x\n", true },
	{ "everything at once",                "Delivered-To: {PLUS}\n" EVE "To: {PLUS}\nIn-Reply-To: <{ACK}>\nReferences: <first@home.example>\nSubject: Re: [{CODE}]\n", true },
	{ "a forward with the code",           EVE TO "Subject: Fwd: [{CODE}]\n", true },
	{ "Ann as a display name",             "From: \"Ann ann@home.example\" <eve@evil.example>\n" TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "Ann as an encoded display name",    "From: =?utf-8?q?ann=40home.example?= <eve@evil.example>\n" TO "Subject: {CODE}\n", true },
	{ "Ann in Reply-To",                   EVE TO "Reply-To: ann@home.example\nIn-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "Ann in Sender",                     EVE TO "Sender: ann@home.example\nIn-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "Ann in Return-Path",                "Return-Path: <ann@home.example>\n" EVE TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "two mailboxes in From",             "From: ann@home.example, eve@evil.example\n" TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "two From fields",                   ANN EVE TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "no From",                           TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "Ann's domain, another host",        "From: ann@home.example.evil.example\n" TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "a tag is somebody else",            "From: ann+x@home.example\n" TO "Subject: {CODE}\n", true },
	{ "a letter that looks the same",      "From: =?utf-8?q?a?= <\xd0\xb0nn@home.example>\n" TO "Subject: {CODE}\n", true },
	{ "Ann, but the border says forged",   FAIL ANN TO "In-Reply-To: <first@home.example>\nSubject: Re: x\n", true },
	{ "forged, our id",                    FAIL ANN TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", true },
	{ "forged, code",                      FAIL ANN TO "Subject: {CODE}\n", true },
	{ "forged, plus-address",              FAIL ANN "To: {PLUS}\nSubject: x\n", true },
	{ "vacation of a stranger",            EVE TO "Auto-Submitted: auto-replied\nIn-Reply-To: <{ACK}>\nSubject: Out of office\n", true },
	{ "many references",                   EVE TO "References: <1@x> <2@x> <3@x> <4@x> <5@x> <6@x> <7@x> <8@x> <9@x> <10@x> <11@x> <12@x> <13@x> <first@home.example>\nSubject: Re: x\n", true },
	{ "the root of many",                  EVE TO "References: <first@home.example> <1@x> <2@x> <3@x> <4@x> <5@x> <6@x> <7@x> <8@x> <9@x> <10@x> <11@x> <12@x> <13@x>\nSubject: Re: x\n", true },
	{ "MAC of another ticket",             ANN TO "In-Reply-To: <a.1.0000000000000007.00000000000000000000000000000000@gate.example>\nSubject: Re: x\n", false },
	{ "our id with one more character",    ANN TO "In-Reply-To: <{ACK}x>\nSubject: Re: x\n", false },
	{ "our id as another kind",            ANN TO "In-Reply-To: <n{ACK}>\nSubject: Re: x\n", false },
	{ "ids of other products",             ANN TO "In-Reply-To: <ticket-1@gate.example>\nReferences: <1@gate.example> <reply-1-abc@gate.example>\nSubject: Re: x\n", false },
	{ "plus-address with a wrong MAC",     ANN "To: help+p.1.00000000000000000000@shop.example\nSubject: x\n", false },
	{ "plus-address without a MAC",        ANN "To: help+1@shop.example, help+{NUMBER}@shop.example\nSubject: x\n", false },
	{ "internal headers from outside",     EVE TO "X-Intaked-Loop: <a.1@x>\nX-Intaked-Ticket: 1\nX-Intaked-Thread: {NUMBER}\nSubject: x\n", false },
	{ "Thread-Index and Thread-Topic",     EVE TO "Thread-Index: AQHXabc=\nThread-Topic: The kettle leaks\nSubject: Re: The kettle leaks\n", false },
	{ "the same subject",                  EVE TO "Subject: Re: The kettle leaks\n", false },
	{ "Ann's Message-ID, other words",     EVE TO "Message-ID: <first@home.example>\nSubject: The kettle leaks\n", false },
	{ "bounce of a mail we never sent",    DSN("a.1.0000000000000007.00000000000000000000000000000000@gate.example"), false },
	{ "bounce of Ann's own mail",          DSN("first@home.example"), false },
	{ "bounce that answers Ann's mail",    "From: <mailer-daemon@evil.example>\n" TO "Return-Path: <>\nIn-Reply-To: <first@home.example>\nSubject: Undelivered Mail Returned to Sender\n", true },
};

TEST(nothing_forged_is_appended)
{
	struct rig g;
	size_t appended = 0;

	rig_up(&g);
	for (size_t i = 0; i < COUNT_OF(forged); i++) {
		const struct outcome o = take_mail(&g, forged[i].mail);

		test_row(forged[i].row);
		CHECK(o.ticket > g.ticket);
		appended += messages_of(&g, g.ticket) != 1;
		CHECK_INT(messages_of(&g, g.ticket), 1);
		CHECK_INT(is_linked(&g, o.ticket, NULL), forged[i].is_claimed);
		if (forged[i].is_claimed) CHECK(is_linked(&g, o.ticket, "claimed"));
	}
	CHECK_INT(appended, 0);
	CHECK(COUNT_OF(forged) >= 40);
	rig_down(&g);
}

TEST(a_mark_that_names_no_ticket_is_no_claim)
{
	static const enum mark_kind kinds[] = { MARK_DELIVERY, MARK_FORM, MARK_ACK };
	struct rig g;

	rig_up(&g);
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		char id[MARKS_TEXT_MAX], *mail, *dump;
		struct outcome o;
		json_t *all;

		marks_message_id(&g.marks, kinds[i], kinds[i] == MARK_ACK ? 999999 : g.ticket, 7, id);
		mail = mem_format(ANN TO "In-Reply-To: <%s>\nSubject: Re: x %zu\n", id, i);
		o = take_mail(&g, mail);
		CHECK(o.ticket > g.ticket && !is_linked(&g, o.ticket, NULL));
		all = decisions_of(&g, o.ticket);
		dump = json_dumps(all, JSON_COMPACT);
		CHECK(strstr(dump, "\"thread\":{\"is\":\"none\"}") != NULL);
		free(dump);
		json_decref(all);
		free(mail);
	}
	rig_down(&g);
}

/* ---- answers ------------------------------------------------------------------------------------------------------------------- */

enum end { APPENDED, RELATED, APART };
static const struct { const char *row, *mail; enum end end; const char *rule; int score; } answers[] = {
	{ "plus-address",                     ANN "To: {PLUS}\nSubject: Something else\n", APPENDED, "plus-address", 100 },
	{ "plus-address as it was delivered", "X-Original-To: {PLUS}\n" ANN TO "Subject: Something else\n", APPENDED, "plus-address", 100 },
	{ "plus-address below the store's own", "Delivered-To: box17@store.example\nX-Original-To: {PLUS}\n" ANN TO "Subject: Something else\n", APPENDED, "plus-address", 100 },
	{ "answer to our mail",               ANN TO "In-Reply-To: <{ACK}>\nSubject: Re: x\n", APPENDED, "own-message-id", 90 },
	{ "the address is stronger",          ANN "To: {PLUS}\nIn-Reply-To: <{ACK}>\nSubject: Re: x\n", APPENDED, "plus-address", 100 },
	{ "our mail further up",              ANN TO "References: <{ACK}> <later@other.example>\nSubject: Re: x\n", APPENDED, "own-message-id", 90 },
	{ "answer to her own mail",           ANN TO "In-Reply-To: <first@home.example>\nSubject: Re: The kettle leaks\n", APPENDED, "reference", 80 },
	{ "an ancestor",                      ANN TO "In-Reply-To: <x@other.example>\nReferences: <first@home.example> <x@other.example>\nSubject: Re: y\n", APPENDED, "ancestor", 70 },
	{ "an ancestor nobody of us saw",     ANN TO "In-Reply-To: <unseen@home.example>\nSubject: Re: y\n", APPENDED, "ancestor", 70 },
	{ "address in other case",            "From: ANN@Home.Example\n" TO "In-Reply-To: <first@home.example>\nSubject: Re: y\n", APPENDED, "reference", 80 },
	{ "code",                             ANN TO "Subject: Re: [{CODE}] kettle\n", APPENDED, "code", 60 },
	{ "number",                           ANN TO "Subject: about {NUMBER}\n", APPENDED, "number", 50 },
	{ "the code before the number",       ANN TO "Subject: 200001-001 {NUMBER} {CODE}\n", APPENDED, "code", 60 },
	{ "new subject, kept by default",     ANN TO "In-Reply-To: <{ACK}>\nSubject: Where is my invoice\n", APPENDED, "own-message-id", 90 },
	{ "vouched for",                      "Authentication-Results: mx.shop.example; dmarc=pass header.from=home.example\nReceived: from x by mx.shop.example with SMTP; x\n" ANN TO "Subject: {CODE}\n", APPENDED, "code", 60 },
	{ "her vacation notice",              ANN TO "Auto-Submitted: auto-replied\nIn-Reply-To: <{ACK}>\nSubject: Out of office\n", APPENDED, "own-message-id", 90 },
	{ "bounce of our mail",               DSN("{ACK}"), APPENDED, "own-bounce", 90 },
	{ "Fwd",                              ANN TO "References: <first@home.example>\nSubject: Fwd: The kettle leaks\n", RELATED, "reference", 80 },
	{ "WG",                               ANN TO "In-Reply-To: <first@home.example>\nSubject: WG: The kettle leaks\n", RELATED, "reference", 80 },
	{ "转发",                             ANN TO "In-Reply-To: <{ACK}>\nSubject: =?utf-8?q?=E8=BD=AC=E5=8F=91=EF=BC=9Ax?=\n", RELATED, "own-message-id", 90 },
	{ "forward of a reply, with the code", ANN TO "Subject: TR: Re: [{CODE}]\n", RELATED, "code", 60 },
	{ "reply to a forward",               ANN TO "In-Reply-To: <first@home.example>\nSubject: Re: Fwd: x\n", APPENDED, "reference", 80 },
	{ "forward to the ticket's address",  ANN "To: {PLUS}\nSubject: Fwd: see below\n", APPENDED, "plus-address", 100 },
	{ "what an earlier answer named",     ANN TO "In-Reply-To: <x@other.example>\nSubject: Re: y again\n", APPENDED, "ancestor", 70 },
	{ "wrong check character",            ANN TO "Subject: 0000-0000-0000-000Z\n", APART, NULL, 0 },
	{ "an unknown number",                ANN TO "Subject: 209912-999\n", APART, NULL, 0 },
	{ "a new matter",                     ANN TO "Subject: Where is my invoice\n", APART, NULL, 0 },
};

/* The envelope of LMTP leads home whatever To and Cc say, also through another mailbox, another brand and a second account. */
TEST(the_ticket_s_own_address_in_the_envelope_goes_before_to_and_cc)
{
	static const struct { const char *row, *mail; int account; bool has_tag; bool is_added; } rows[] = {
		{ "To names nobody of ours",       ANN "To: x@y.example\nSubject: a\n\n1\n", 0, true, true },
		{ "To is another mailbox",         ANN "To: sales@shop.example\nSubject: a\n\n2\n", 0, true, true },
		{ "To is another brand",           ANN "To: care@lamps.example\nSubject: a\n\n3\n", 1, true, true },
		{ "a blind copy",                  ANN "Subject: a\n\n4\n", 1, true, true },
		{ "a stranger at the same address", EVE "To: x@y.example\nSubject: a\n\n5\n", 0, true, false },
		{ "the mailbox without the tag",   ANN "To: x@y.example\nSubject: a\n\n6\n", 0, false, false },
	};
	struct rig g;

	rig_up(&g);
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const struct outcome o = take_at(&g, rows[i].account, rows[i].has_tag ? g.plus : "help@shop.example", rows[i].mail);

		test_row(rows[i].row);
		CHECK_INT(o.ticket == g.ticket, rows[i].is_added);
	}
	rig_down(&g);
}

/* The newest entry of that name: others, as of a class that the answer raised, may stand behind it. */
static const json_t *last_event(const json_t *history, const char *event)
{
	const json_t *last = NULL, *one;
	size_t i;

	json_array_foreach(history, i, one)
		if (strcmp(json_string_value(json_object_get(one, "event")), event) == 0) last = one;
	return last;
}

TEST(an_answer_ends_where_it_belongs_and_says_why)
{
	struct rig g;
	size_t messages = 1;

	rig_up(&g);
	for (size_t i = 0; i < COUNT_OF(answers); i++) {
		const struct outcome o = take_mail(&g, answers[i].mail);
		json_t *all;

		test_row(answers[i].row);
		messages += answers[i].end == APPENDED;
		CHECK_INT(o.ticket == g.ticket, answers[i].end == APPENDED);
		CHECK_INT(messages_of(&g, g.ticket), messages);
		all = decisions_of(&g, o.ticket);
		if (answers[i].end == APPENDED) {
			const json_t *last = last_event(json_path(all, "history"), "followup");
			char *want = mem_format("%s (%d): ", answers[i].rule, answers[i].score);

			CHECK(last != NULL);
			CHECK(strncmp(json_string_value(json_object_get(last, "detail")), want, strlen(want)) == 0);
			free(want);
		} else {
			CHECK(is_linked(&g, o.ticket, "related") == (answers[i].end == RELATED));
		}
		json_decref(all);
	}
	rig_down(&g);
}

TEST(the_decision_is_kept_with_rule_score_and_evidence)
{
	struct rig g;
	struct outcome o;
	json_t *all;
	char *dump;

	rig_up(&g);
	o = take_mail(&g, EVE TO "Subject: Re: [{CODE}] x\n");
	all = decisions_of(&g, o.ticket);
	dump = json_dumps(all, JSON_COMPACT);
	CHECK(strstr(dump, "\"thread\":{\"is\":\"claimed\",\"rule\":\"code\",\"score\":60,") != NULL);
	CHECK(strstr(dump, "\"why\":\"not-a-participant\"") != NULL && strstr(dump, g.code) != NULL);
	CHECK(strstr(dump, "\"authenticated\":\"none\",\"authenticated_by\":") != NULL);
	free(dump);
	json_decref(all);
	rig_down(&g);
}

/* Somebody who guesses an id and uses it first cannot take its owner's answers. */
TEST(an_id_that_was_taken_still_leads_its_owner_home)
{
	struct rig g;
	struct outcome owner, answer;

	rig_up(&g);
	(void)take_mail(&g, EVE TO "Message-ID: <guessed@home.example>\nReferences: <guessed-too@home.example>\nSubject: first\n");
	owner = take_mail(&g, ANN TO "Message-ID: <guessed@home.example>\nReferences: <guessed-too@home.example>\nSubject: The lamp\n");
	answer = take_mail(&g, ANN TO "In-Reply-To: <guessed@home.example>\nSubject: Re: The lamp\n");
	CHECK_INT(answer.ticket, owner.ticket);
	answer = take_mail(&g, ANN TO "In-Reply-To: <guessed-too@home.example>\nSubject: Re: The lamp\n");
	CHECK_INT(answer.ticket, owner.ticket);
	rig_down(&g);
}

/* ---- policies -------------------------------------------------------------------------------------------------------------------- */

struct closing { int64_t ticket, at; enum store_state state; };

static enum ik_rc close_ticket(struct store_tx *tx, void *arg, struct ik_error *err)
{
	const struct closing *c = arg;

	return store_set_state(tx, c->ticket, c->state, c->at, "operator", err);
}

static const struct { const char *row; enum store_state state; int64_t days_ago; int closed; const char *mail; enum end end; const char *then; } closed[] = {
	{ "open",                    STATE_IN_PROGRESS, 1,  CLOSED_REOPEN, ANN TO "Subject: {CODE}\n", APPENDED, "in_progress" },
	{ "closed, reopened",        STATE_CLOSED,      1,  CLOSED_REOPEN, ANN TO "Subject: {CODE}\n", APPENDED, "received" },
	{ "resolved, reopened",      STATE_RESOLVED,    1,  CLOSED_LINK,   ANN TO "Subject: {CODE}\n", APPENDED, "received" },
	{ "closed, linked",          STATE_CLOSED,      1,  CLOSED_LINK,   ANN TO "Subject: {CODE}\n", RELATED, "closed" },
	{ "to its own address, too", STATE_CLOSED,      1,  CLOSED_LINK,   ANN "To: {PLUS}\nSubject: x\n", RELATED, "closed" },
	{ "closed long ago",         STATE_CLOSED,      31, CLOSED_REOPEN, ANN TO "Subject: {CODE}\n", RELATED, "closed" },
	{ "a robot opens nothing",   STATE_CLOSED,      1,  CLOSED_REOPEN, ANN TO "Auto-Submitted: auto-replied\nSubject: {CODE}\n", APPENDED, "closed" },
	{ "nor does a bounce",       STATE_CLOSED,      1,  CLOSED_LINK,   DSN("{ACK}"), APPENDED, "closed" },
	{ "nor a stranger",          STATE_CLOSED,      1,  CLOSED_REOPEN, EVE TO "Subject: {CODE}\n", APART, "closed" },
};

TEST(an_answer_to_a_closed_ticket_reopens_or_links_by_policy)
{
	for (size_t i = 0; i < COUNT_OF(closed); i++) {
		struct rig g;
		struct closing c;
		struct outcome o;
		json_t *ticket;

		test_row(closed[i].row);
		rig_up(&g);
		g.thread.closed = closed[i].closed;
		c = (struct closing){ g.ticket, (int64_t)time(NULL) - closed[i].days_ago * 86400, closed[i].state };
		CHECK_INT(store_call(g.store, close_ticket, &c, NULL), IK_OK);
		o = take_mail(&g, closed[i].mail);
		CHECK_INT(o.ticket == g.ticket, closed[i].end == APPENDED);
		if (closed[i].end == RELATED) CHECK(is_linked(&g, o.ticket, "related"));
		ticket = ticket_json(g.store, g.ticket);
		CHECK_STR(text_at_path(ticket, "state"), closed[i].then);
		json_decref(ticket);
		rig_down(&g);
	}
}

static const struct { const char *row, *mail; bool is_split; } splits[] = {
	{ "the same subject",     ANN TO "In-Reply-To: <{ACK}>\nSubject: Re: The kettle leaks\n", false },
	{ "a wholly new one",     ANN TO "In-Reply-To: <{ACK}>\nSubject: Where is my invoice?\n", true },
	{ "with a prefix",        ANN TO "In-Reply-To: <{ACK}>\nSubject: Re: Where is my invoice?\n", true },
	{ "one word left",        ANN TO "In-Reply-To: <{ACK}>\nSubject: kettle arrived\n", false },
	{ "no subject",           ANN TO "In-Reply-To: <{ACK}>\n", false },
	{ "with the code",        ANN TO "Subject: invoice {CODE}\n", false },
	{ "to its own address",   ANN "To: {PLUS}\nIn-Reply-To: <{ACK}>\nSubject: invoice\n", false },
	{ "a robot's subject",    ANN TO "Auto-Submitted: auto-replied\nIn-Reply-To: <{ACK}>\nSubject: Abwesend\n", false },
};

TEST(a_reply_with_a_new_subject_splits_by_policy)
{
	struct rig g;

	rig_up(&g);
	g.thread.new_subject = SUBJECT_SPLIT;
	for (size_t i = 0; i < COUNT_OF(splits); i++) {
		const struct outcome o = take_mail(&g, splits[i].mail);

		test_row(splits[i].row);
		CHECK_INT(o.ticket != g.ticket, splits[i].is_split);
		if (splits[i].is_split) CHECK(is_linked(&g, o.ticket, "related"));
	}
	rig_down(&g);
}

static const struct { const char *one, *other; bool is_new; } subjects[] = {
	{ "Re: AW: The kettle leaks", "Kettle", false }, { "Rechnung fehlt", "The kettle leaks", true }, { "回复：发票在哪里", "水壶漏水", true },
	{ "回复：水壶又漏水了", "水壶漏水", false }, { "水壺漏水", "水壶漏水", false }, { "", "x", false }, { "Re:", "kettle", false }, { "KETTLE!", "[shop] kettle", false },
};

TEST(subjects_are_new_when_they_share_no_word)
{
	for (size_t i = 0; i < COUNT_OF(subjects); i++) {
		test_row(subjects[i].one);
		CHECK_INT(thread_is_new_subject(subjects[i].one, subjects[i].other), subjects[i].is_new);
	}
}

/* ---- two mailboxes ------------------------------------------------------------------------------------------------------------- */

#define COPY ANN "To: help@shop.example, sales@shop.example\nMessage-ID: <both@home.example>\nDate: Sun, 1 Nov 2026 10:00:00 +0000\nSubject: The lamp\n\nwords\n"
static const struct { const char *row; int policy; int second_account; const char *second; bool is_same; const char *link; } copies[] = {
	{ "one ticket",                    COPIES_ONE_TICKET, 1, "sales@shop.example", true, NULL },
	{ "linked",                        COPIES_LINKED,     1, "sales@shop.example", false, "duplicate_of" },
	{ "separate",                      COPIES_SEPARATE,   1, "sales@shop.example", false, NULL },
	{ "one account, one ticket",       COPIES_ONE_TICKET, 0, "sales@shop.example", true, NULL },
	{ "one account, linked",           COPIES_LINKED,     0, "sales@shop.example", false, "duplicate_of" },
	{ "one account, one recipient",    COPIES_LINKED,     0, "help@shop.example", true, NULL },
};

TEST(the_same_mail_in_two_mailboxes_goes_by_policy)
{
	for (size_t i = 0; i < COUNT_OF(copies); i++) {
		struct rig g;
		struct outcome one, two, again;
		json_t *ticket;

		test_row(copies[i].row);
		rig_up(&g);
		g.thread.two_mailboxes = copies[i].policy;
		one = take_at(&g, 0, "help@shop.example", COPY);
		two = take_at(&g, copies[i].second_account, copies[i].second, COPY);
		CHECK_INT(two.ticket == one.ticket, copies[i].is_same);
		ticket = ticket_json(g.store, two.ticket);
		if (!copies[i].is_same) CHECK_STR(text_at_path(ticket, "links[0].kind"), copies[i].link);
		if (copies[i].link != NULL) CHECK_STR(text_at_path(ticket, "ack.reason"), "duplicate");
		json_decref(ticket);
		again = take_at(&g, copies[i].second_account, copies[i].second, COPY);          /* the folder was numbered anew */
		CHECK_INT(again.ticket, two.ticket);
		CHECK_INT(messages_of(&g, two.ticket), copies[i].is_same && copies[i].second_account == 1 ? 2 : 1);
		rig_down(&g);
	}
}

/* ---- mailboxes, brands, and who may be answered ----------------------------------------------------------------------------------- */

static struct ik_pair brand_rows[] = {
	{ (char[]){ "@lamps.example" }, (char[]){ "Lamps" } }, { (char[]){ "care@lamps.example" }, (char[]){ "Lamp Care" } }, { (char[]){ "Kettles@Shop.Example" }, (char[]){ "Kettles" } },
};

static const struct { const char *row, *recipient, *mail, *brand; } brands[] = {
	{ "To",                          NULL, ANN "To: kettles@shop.example\nSubject: x\n\n1\n", "Kettles" },
	{ "the domain",                  NULL, ANN "To: any@lamps.example\nSubject: x\n\n2\n", "Lamps" },
	{ "the address before the domain", NULL, ANN "To: care@LAMPS.example\nSubject: x\n\n3\n", "Lamp Care" },
	{ "the envelope before To",      "kettles@shop.example", ANN "To: care@lamps.example\nSubject: x\n\n4\n", "Kettles" },
	{ "Delivered-To before To",      NULL, "Delivered-To: kettles@shop.example\n" ANN "To: care@lamps.example\nSubject: x\n\n5\n", "Kettles" },
	{ "X-Original-To",               NULL, "X-Original-To: kettles@shop.example\n" ANN "To: care@lamps.example\nSubject: x\n\n6\n", "Kettles" },
	{ "X-Original-To below the store's own", NULL, "Delivered-To: box17@store.example\nX-Original-To: kettles@shop.example\n" ANN "To: care@lamps.example\nSubject: x\n\n10\n", "Kettles" },
	{ "the store's own says more",   NULL, "Envelope-To: care@lamps.example\nX-Original-To: kettles@shop.example\n" ANN "To: any@lamps.example\nSubject: x\n\n11\n", "Lamp Care" },
	{ "a tag",                       "kettles+spring@shop.example", ANN "To: x@y.example\nSubject: x\n\n7\n", "Kettles" },
	{ "an envelope that says nothing", "all@store.example", ANN "To: care@lamps.example\nSubject: x\n\n8\n", "Lamp Care" },
	{ "none",                        NULL, ANN "To: help@shop.example\nSubject: x\n\n9\n", NULL },
};

TEST(the_brand_goes_by_the_envelope_first)
{
	struct rig g;

	rig_up(&g);
	g.brands = (struct ik_map){ brand_rows, COUNT_OF(brand_rows) };
	for (size_t i = 0; i < COUNT_OF(brands); i++) {
		const struct outcome o = take_at(&g, 0, brands[i].recipient, brands[i].mail);
		json_t *ticket = ticket_json(g.store, o.ticket);

		test_row(brands[i].row);
		CHECK_STR(text_at_path(ticket, "brand"), brands[i].brand);
		json_decref(ticket);
	}
	rig_down(&g);
}

#define VERDICT(v) "Authentication-Results: mx.shop.example; dmarc=" v " header.from=home.example\nReceived: from x by mx.shop.example with SMTP; x\n"
static const struct { const char *row, *recipient, *mail; bool catch_all; const char *reason, *authenticated; } acks[] = {
	{ "to us",                       NULL, ANN TO "Subject: a\n\n1\n", false, "allowed", "none" },
	{ "16 forged",                   NULL, VERDICT("fail") ANN TO "Subject: a\n\n2\n", false, "auth-fail", "fail" },
	{ "17 unaligned",                NULL, "Return-Path: <x@bulk.example>\n" ANN TO "Subject: a\n\n3\n", false, "unaligned", "none" },
	{ "17 aligned",                  NULL, "Return-Path: <x@mail.home.example>\n" ANN TO "Subject: a\n\n4\n", false, "allowed", "none" },
	{ "17 vouched for",              NULL, VERDICT("pass") "Return-Path: <x@bulk.example>\n" ANN TO "Subject: a\n\n5\n", false, "allowed", "pass" },
	{ "15 not to us",                NULL, ANN "To: other@x.example\nSubject: a\n\n6\n", false, "not-addressed", "none" },
	{ "15 blind copy",               "help@shop.example", ANN "To: other@x.example\nSubject: a\n\n7\n", false, "not-addressed", "none" },
	{ "15 an alias it came to",      "alias@shop.example", ANN "To: alias@shop.example\nSubject: a\n\n8\n", false, "allowed", "none" },
	{ "15 an alias, Delivered-To",   NULL, "Delivered-To: alias@shop.example\n" ANN "To: Alias@Shop.example\nSubject: a\n\n9\n", false, "allowed", "none" },
	{ "15 catch-all",                "help@shop.example", ANN "To: other@x.example\nSubject: a\n\n10\n", true, "allowed", "none" },
};

TEST(acknowledgements_ask_who_vouches_and_whom_it_was_written_to)
{
	struct rig g;

	rig_up(&g);
	for (size_t i = 0; i < COUNT_OF(acks); i++) {
		struct outcome o;
		json_t *ticket;

		test_row(acks[i].row);
		g.accounts[0].catch_all = acks[i].catch_all;
		o = take_at(&g, 0, acks[i].recipient, acks[i].mail);
		ticket = ticket_json(g.store, o.ticket);
		CHECK_STR(text_at_path(ticket, "ack.reason"), acks[i].reason);
		CHECK_STR(text_at_path(ticket, "messages[0].authenticated"), acks[i].authenticated);
		json_decref(ticket);
	}
	rig_down(&g);
}
