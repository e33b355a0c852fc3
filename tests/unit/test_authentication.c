/* test_authentication.c - nobody vouches for a sender but the operator's own border server, in its own place, about the one From. */
#include "test.h"

#include <stdlib.h>
#include "mail/authentication.h"
#include "mail/mail.h"

static const char *const ids[] = { "mx.shop.example", "mx2.shop.example" };
static const char *const hosts[] = { "edge.shop.example" };
static const struct authentication_trust plain = { ids, 2, NULL, 0, false }, named = { ids, 2, hosts, 1, false }, below = { ids, 2, NULL, 0, true },
                                         nobody = { NULL, 0, NULL, 0, false };

#define BY "Received: from mail.b.example (mail.b.example [192.0.2.7])\n\tby mx.shop.example (Postfix) with ESMTPS id 4F; Sun, 1 Nov 2026 10:00:00 +0000\n"
#define AR "Authentication-Results: "
#define ANN "From: Ann <ann@b.example>\n"
#define PASS "mx.shop.example; dmarc=pass (p=none dis=none) header.from=b.example\n"
#define FAIL "mx.shop.example; dmarc=fail (p=reject) header.from=b.example\n"

static const struct { const char *row; const struct authentication_trust *trust; const char *head, *verdict, *why; bool is_forged; } rows[] = {
	{ "the border says pass",                  &plain, AR PASS BY ANN, "pass", "dmarc-pass", false },
	{ "the border says fail",                  &plain, AR FAIL BY ANN, "fail", "dmarc-fail", false },
	{ "nothing configured",                    &nobody, AR PASS BY ANN, "none", "not-configured", false },
	{ "no results at all",                     &plain, BY ANN, "none", "no-border", false },
	{ "forged at the bottom",                  &plain, BY AR PASS ANN, "none", "no-dmarc", true },
	{ "forged below a real fail",              &plain, AR FAIL BY AR PASS ANN, "fail", "dmarc-fail", true },
	{ "forged below a real pass",              &plain, AR PASS BY AR PASS ANN, "pass", "dmarc-pass", true },
	{ "forged with a forged border below",     &plain, BY AR PASS BY ANN, "none", "no-dmarc", true },
	{ "no border line, ours to be read by nobody", &plain, AR PASS ANN, "none", "no-border", false },
	{ "border line of another host",           &plain, AR PASS "Received: from x by other.example with ESMTP; x\n" ANN, "none", "no-border", false },
	{ "id in other case",                      &plain, AR "MX.Shop.EXAMPLE; DMARC=Pass header.From=B.Example\n" BY ANN, "pass", "dmarc-pass", false },
	{ "forged in other case",                  &plain, BY AR "MX.SHOP.example; dmarc=pass header.from=b.example\n" ANN, "none", "no-dmarc", true },
	{ "name of the field in other case",       &plain, "authentication-RESULTS: " PASS "RECEIVED: from a BY mx.shop.example with SMTP; x\n" ANN, "pass", "dmarc-pass", false },
	{ "comments everywhere",                   &plain, AR "(a(b)c) mx.shop.example (x) 1 (y) ; (z) dmarc (m) = (r) pass (s) header (t) . (u) from (v) = (w) b.example (q)\n" BY ANN, "pass", "dmarc-pass", false },
	{ "comment inside the id is no id",        &plain, AR "mx.shop(b).example; dmarc=pass header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "pass in a comment",                     &plain, AR "mx.shop.example; dmarc=none (dmarc=pass header.from=b.example)\n" BY ANN, "none", "no-dmarc", false },
	{ "comment without an end",                &plain, AR "mx.shop.example; dmarc=pass (x header.from=b.example\n" BY ANN, "none", "malformed", false },
	{ "comment with an escaped end",           &plain, AR "mx.shop.example; dmarc=none (x \\) ; dmarc=pass header.from=b.example)\n" BY ANN, "none", "no-dmarc", false },
	{ "version 1",                             &plain, AR "mx.shop.example 1; dmarc=pass header.from=b.example\n" BY ANN, "pass", "dmarc-pass", false },
	{ "version 2 is not understood",           &plain, AR "mx.shop.example 2; dmarc=pass header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "method version 1",                      &plain, AR "mx.shop.example; dmarc/1=pass header.from=b.example\n" BY ANN, "pass", "dmarc-pass", false },
	{ "method version 2",                      &plain, AR "mx.shop.example; dmarc/2=pass header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "quoted id",                             &plain, AR "\"mx.shop.example\"; dmarc=pass header.from=b.example\n" BY ANN, "pass", "dmarc-pass", false },
	{ "two From fields",                       &plain, AR PASS BY ANN "From: Eve <eve@e.example>\n", "none", "from-not-single", false },
	{ "two mailboxes in From",                 &plain, AR PASS BY "From: ann@b.example, eve@e.example\n", "none", "from-not-single", false },
	{ "no From",                               &plain, AR PASS BY "Subject: x\n", "none", "from-not-single", false },
	{ "a fail without a From stays one",       &plain, AR FAIL BY "Subject: x\n", "fail", "dmarc-fail", false },
	{ "encoded word with @ as a name",         &plain, AR PASS BY "From: =?utf-8?q?ann=40b.example?= <eve@e.example>\n", "none", "from-differs", false },
	{ "encoded word with @ as the address",    &plain, AR PASS BY "From: =?utf-8?q?ann=40b.example?=\n", "none", "from-not-single", false },
	{ "pass for another From",                 &plain, AR "mx.shop.example; dmarc=pass header.from=e.example\n" BY ANN, "none", "from-differs", false },
	{ "pass for a domain above From",          &plain, AR "mx.shop.example; dmarc=pass header.from=example\n" BY ANN, "none", "from-differs", false },
	{ "pass that does not say for whom",       &plain, AR "mx.shop.example; dmarc=pass\n" BY ANN, "none", "from-differs", false },
	{ "header.from twice",                     &plain, AR "mx.shop.example; dmarc=pass header.from=e.example header.from=b.example\n" BY ANN, "none", "malformed", false },
	{ "header.from as an address",             &plain, AR "mx.shop.example; dmarc=pass header.from=ann@b.example\n" BY ANN, "pass", "dmarc-pass", false },
	{ "id that is a prefix of ours",           &plain, AR "mx.shop; dmarc=pass header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "id of which ours is a prefix",          &plain, AR "mx.shop.example.evil.example; dmarc=pass header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "our id behind something",               &plain, AR "evil.example mx.shop.example; dmarc=pass header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "SPF and DKIM alone",                    &plain, AR "mx.shop.example; spf=pass smtp.mailfrom=b.example; dkim=pass header.d=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "other results around it",               &plain, AR "mx.shop.example; dkim=pass (2048-bit key; ok) header.d=b.example header.b=\"a/b+\"; dmarc=pass header.from=b.example; spf=fail smtp.mailfrom=x@y\n" BY ANN, "pass", "dmarc-pass", false },
	{ "result injected through a local part",  &plain, AR "mx.shop.example; spf=pass smtp.mailfrom=\"a; dmarc=pass header.from=b.example\"@e.example; dmarc=fail header.from=b.example\n" BY ANN, "fail", "dmarc-fail", false },
	{ "result injected, nothing else",         &plain, AR "mx.shop.example; spf=pass smtp.mailfrom=\"a; dmarc=pass header.from=b.example\"@e.example\n" BY ANN, "none", "no-dmarc", false },
	{ "encoded word is not decoded",           &plain, AR "mx.shop.example; spf=pass smtp.mailfrom==?utf-8?q?x=3B_dmarc=3Dpass_header.from=3Db.example?=\n" BY ANN, "none", "no-dmarc", false },
	{ "pass and something else",               &plain, AR PASS AR "mx.shop.example; dmarc=temperror header.from=b.example\n" BY ANN, "none", "conflict", false },
	{ "pass and fail",                         &plain, AR PASS AR "mx2.shop.example; dmarc=fail header.from=b.example\n" BY ANN, "fail", "dmarc-fail", false },
	{ "two fields, one tells",                 &plain, AR "mx.shop.example; dkim=pass header.d=b.example\n" AR PASS BY ANN, "pass", "dmarc-pass", false },
	{ "no result",                             &plain, AR "mx.shop.example; none\n" BY ANN, "none", "no-dmarc", false },
	{ "temperror",                             &plain, AR "mx.shop.example; dmarc=temperror header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "passed is not pass",                    &plain, AR "mx.shop.example; dmarc=passed header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "pass@x is not pass",                    &plain, AR "mx.shop.example; dmarc=pass@x header.from=b.example\n" BY ANN, "none", "malformed", false },
	{ "ARC and SPF fields prove nothing",      &plain, "ARC-Authentication-Results: i=1; " PASS "Received-SPF: pass\n" BY ANN, "none", "no-border", false },
	{ "somebody else's field",                 &plain, AR "mx.other.example; dmarc=pass header.from=b.example\n" BY ANN, "none", "no-dmarc", false },
	{ "hand-over by LMTP is no border",        &plain, "Received: from mx.shop.example by mx.shop.example with LMTP id 1; x\n" AR PASS BY ANN, "pass", "dmarc-pass", false },
	{ "hops inside",                           &plain, "Received: from mx.shop.example by store.shop.example with ESMTP; x\n" AR PASS BY ANN, "pass", "dmarc-pass", false },
	{ "client that calls itself by",           &plain, "Received: from by (x [192.0.2.7]) by mx.shop.example with SMTP; x\n" AR PASS "Received: from x by mx.shop.example; x\n" ANN, "none", "no-dmarc", true },
	{ "client that calls itself standby",      &plain, "Received: from standby (x [192.0.2.7]) by mx.shop.example with SMTP; x\n" AR PASS "Received: from x by mx.shop.example; x\n" ANN, "none", "no-dmarc", true },
	{ "client that opens a comment",           &plain, "Received: from a (b ( by mx.shop.example with SMTP; x\n" AR PASS "Received: from x by mx.shop.example; x\n" ANN, "none", "no-border", true },
	{ "a value that looks like a hop",         &plain, BY AR "Received: by nobody\n" AR PASS ANN, "none", "no-dmarc", true },
	{ "border with a name of its own",         &named, AR PASS "Received: from x by edge.shop.example with ESMTP; x\n" ANN, "pass", "dmarc-pass", false },
	{ "the id is no border then",              &named, AR PASS BY ANN, "none", "no-border", false },
	{ "below its own line, if told so",        &below, BY AR PASS "Received: from q by mail.b.example; x\n" ANN, "pass", "dmarc-pass", false },
	{ "but not below the next",                &below, BY "Received: from q by mail.b.example; x\n" AR PASS ANN, "none", "no-dmarc", true },
};

TEST(authentication_comes_from_the_border_alone)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		char *mail = mem_format("%s\nbody\n", rows[i].head);
		const struct mail_source source = { .data = mail, .size = strlen(mail), .fd = -1 };
		struct authentication_verdict v;
		struct draft d;
		const char *lines;

		test_row(rows[i].row);
		CHECK_INT(mail_read(&source, &d, NULL), IK_OK);
		lines = d.authentication;
		authentication_judge(lines, d.from.address, rows[i].trust, &v);
		CHECK_STR(authentication_names[v.is], rows[i].verdict);
		if (lines != NULL || rows[i].trust == &nobody) CHECK_STR(v.why, rows[i].why);
		CHECK_INT(v.is_forged, rows[i].is_forged);
		draft_release(&d);
		free(mail);
	}
}

TEST(a_value_cannot_pass_for_a_hop)
{
	struct buf lines = BUF_INIT(1000);

	authentication_add_results(&lines, "\r\n\tRECEIVED: by mx.shop.example", 32);
	CHECK_STR(buf_str(&lines), "");
	authentication_add_results(&lines, "x\n\tReceived: by mx.shop.example", 31);
	CHECK_STR(buf_str(&lines), "x  Received: by mx.shop.example");
	buf_release(&lines);
}

TEST(half_a_field_says_nothing)
{
	struct buf lines = BUF_INIT(100);
	struct authentication_verdict v;

	authentication_add_results(&lines, "mx.shop.example; dmarc=pass header.from=b.example; dmarc=fail", 61);
	authentication_add_results(&lines, "mx.shop.example; dmarc=pass header.from=b.example; dmarc=fail", 61);
	CHECK_INT(lines.len, 61);
	authentication_judge(buf_str(&lines), "a@b.example", &plain, &v);
	CHECK_INT(v.is, AUTHENTICATION_NONE);
	buf_release(&lines);
}

static const struct { const char *one, *other; bool is; } related[] = {
	{ "a@b.example", "c@b.example", true }, { "a@b.example", "bounce@mail.b.EXAMPLE", true }, { "a@x.b.example", "b@y.b.example", true },
	{ "a@b.example", "a@c.example", false }, { "a@one.co.uk", "a@two.co.uk", false }, { "a@one.co.uk", "a@news.one.co.uk", true },
	{ "a@one.com.cn", "a@two.com.cn", false }, { "a@qq.com", "a@vip.qq.com", true }, { "a@notb.example", "a@b.example", false }, { "a@de", "a@de", true },
	{ "a@co.uk", "a@x.co.uk", false }, { "", "a@b.example", false }, { "a@", "b@", false },
};

TEST(domains_are_related_when_one_name_was_registered_for_both)
{
	for (size_t i = 0; i < COUNT_OF(related); i++) {
		test_row(related[i].other);
		CHECK_INT(authentication_is_related(related[i].one, related[i].other), related[i].is);
		CHECK_INT(authentication_is_related(related[i].other, related[i].one), related[i].is);
	}
}
