/* test_mail.c - the limits of mail_read(), what may never happen, and the published rule tables. The labelled sets are in test_mail_sets.c. */
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/codec.h"
#include "base/utf8.h"
#include "mail/automatic.h"
#include "mail/header.h"
#include "mail/mail.h"
#include "mail/reply.h"

static enum ik_rc read_text(const char *text, size_t len, struct draft *d, struct ik_error *err)
{
	const struct mail_source source = { .data = text, .size = len, .fd = -1 };

	mail_start();
	return mail_read(&source, d, err);
}

/* ---- limits ---- */

static void many_header_lines(struct buf *b) { for (int i = 0; i < 2100; i++) buf_text(b, "X: y\n"); buf_text(b, "\nbody"); }
static void long_header(struct buf *b) { buf_text(b, "Subject: "); for (int i = 0; i < 70000; i++) buf_char(b, 'a'); buf_text(b, "\n\nbody"); }
static void large_block(struct buf *b) { for (int i = 0; i < 300; i++) { buf_text(b, "X: "); for (int k = 0; k < 1000; k++) buf_char(b, 'a'); buf_char(b, '\n'); } buf_text(b, "\nbody"); }
static void deep_groups(struct buf *b) { buf_text(b, "To: "); for (int i = 0; i < 2000; i++) buf_text(b, "g:"); buf_text(b, "\n\nbody"); }
static void many_addresses(struct buf *b) { buf_text(b, "To: a@b.c"); for (int i = 0; i < 600; i++) buf_text(b, ",\n a@b.c"); buf_text(b, "\n\nbody"); }
static void many_references(struct buf *b) { buf_text(b, "References:"); for (int i = 0; i < 101; i++) buf_format(b, "\n <%d@x>", i); buf_text(b, "\n\nbody"); }
static void many_parameters(struct buf *b) { buf_text(b, "Content-Type: text/plain"); for (int i = 0; i < 70; i++) buf_format(b, "; p%d=1", i); buf_text(b, "\n\nbody"); }
static void many_parts(struct buf *b) { buf_text(b, "Content-Type: multipart/mixed; boundary=b\n\n"); for (int i = 0; i < 600; i++) buf_text(b, "--b\n\nx\n"); }
static void many_attachments(struct buf *b) { buf_text(b, "Content-Type: multipart/mixed; boundary=b\n\n"); for (int i = 0; i < 120; i++) buf_text(b, "--b\nContent-Type: image/png; name=a\n\nx\n"); }
static void deep_parts(struct buf *b) { for (int i = 0; i < 60; i++) buf_format(b, "Content-Type: multipart/mixed; boundary=b%d.\n\n--b%d.\n", i, i); }
static void deep_messages(struct buf *b) { for (int i = 0; i < 60; i++) buf_text(b, "Content-Type: message/rfc822\n\n"); }

/* Signatures around signatures, each as large as what it is around: lengths unknown but for the string's. */
static void packed_again(struct buf *b)
{
	static const unsigned char open[] = { 0x30, 0x80, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0xA0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80, 6, 1, 1, 0xA0, 0x80, 4, 0x83 };
	size_t left = 3 << 20;

	for (int i = 0; i < 12; i++, left -= 100) {
		const char size[3] = { (char)(left >> 16), (char)(left >> 8), (char)left };

		buf_text(b, "Content-Type: application/pkcs7-mime\n\n");
		buf_add(b, open, sizeof(open));
		buf_add(b, size, 3);
	}
	while (b->len < 3 << 20) buf_char(b, 'a');
	while (b->len < (3 << 20) + 200) buf_char(b, 0);
}

static const struct { const char *row; void (*make)(struct buf *b); const char *says; } limits[] = {
	{ "header lines", many_header_lines, "header lines" }, { "one header", long_header, "header field" }, { "header block", large_block, "header block" },
	{ "group depth", deep_groups, "groups" }, { "addresses", many_addresses, "500 addresses" }, { "references", many_references, "100 references" },
	{ "parameters", many_parameters, "64 parameters" }, { "parts", many_parts, "500 parts" }, { "attachments", many_attachments, "100 attachments" },
	{ "packed within one another", packed_again, "packed within" },
	{ "depth of parts", deep_parts, "deeper than 32" }, { "depth of messages", deep_messages, "deeper than 32" },
};

TEST(mail_read_refuses_what_passes_a_limit_and_names_it)
{
	for (size_t i = 0; i < COUNT_OF(limits); i++) {
		struct buf b = BUF_INIT(4 * 1024 * 1024);
		struct draft d;
		struct ik_error err = { 0 };

		test_row(limits[i].row);
		limits[i].make(&b);
		CHECK_INT(read_text(b.data, b.len, &d, &err), IK_REJECT);
		CHECK(strstr(err.text, limits[i].says) != NULL);
		buf_release(&b);
	}
}

TEST(mail_read_refuses_a_message_that_is_too_large)
{
	char *large = mem_new(25 * 1024 * 1024 + 1);
	struct draft d;
	struct ik_error err = { 0 };

	memset(large, 'a', 25 * 1024 * 1024 + 1);
	CHECK_INT(read_text(large, 25 * 1024 * 1024 + 1, &d, &err), IK_REJECT);
	free(large);
}

/* ---- invitations ---- */

#define INVITATION(lines) "From: a@b.example\nContent-Type: text/calendar; charset=utf-8\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\n" lines "END:VEVENT\nEND:VCALENDAR\n"

static const struct { const char *row, *mail, *text; } invitations[] = {
	{ "folded within a character", INVITATION("SUMMARY:\xE4\xB8\n \xAD\xE6\x96\x87\nLOCATION:\xE4\r\n\t\xB8\xAD\n"), "中文\n中" },
	{ "zone between quotation marks", INVITATION("SUMMARY:Visit\nDTSTART;TZID=\"(UTC+08:00) Beijing; Hong Kong\":20260513T160000\n"), "Visit\n2026-05-13 16:00 ((UTC+08:00) Beijing; Hong Kong)" },
	{ "zone that is not closed", INVITATION("SUMMARY:Visit\nDTSTART;TZID=\"Asia:20260513T160000\n"), "Visit" },
};

TEST(mail_read_reads_invitations_as_programs_fold_and_quote_them)
{
	for (size_t i = 0; i < COUNT_OF(invitations); i++) {
		struct draft d;
		struct ik_error err = { 0 };

		test_row(invitations[i].row);
		CHECK_INT(read_text(invitations[i].mail, strlen(invitations[i].mail), &d, &err), IK_OK);
		CHECK_STR(d.text, invitations[i].text);
		draft_release(&d);
	}
}

/* ---- never slow ---- */

static void angles(struct buf *b) { buf_text(b, "From: "); for (int i = 0; i < 60000; i++) buf_char(b, '<'); buf_text(b, "\n\nbody"); }
static void encoded_words(struct buf *b) { buf_text(b, "Subject:"); for (int i = 0; i < 2000; i++) buf_format(b, " =?%s?Q?a?=", i % 2 == 0 ? "gb2312" : "big5"); buf_text(b, "\n\nbody"); }
static void half_words(struct buf *b) { buf_text(b, "Subject: "); for (int i = 0; i < 15000; i++) buf_text(b, "=?a?"); buf_text(b, "\n\nbody"); }
static void many_types(struct buf *b) { buf_text(b, "Content-Type: text/plain\n"); for (int i = 0; i < 1900; i++) buf_format(b, "Content-Type: multipart/mixed; boundary=q%d\n", i); for (int i = 0; i < 500000; i++) buf_text(b, "\n--qq"); }
static void unlabelled_names(struct buf *b) { buf_text(b, "To: "); for (int i = 0; i < 499; i++) buf_format(b, "\xE7\xF4\xE5 \xE9\xEC\xEE\xEF\xED %d <a%d@b.c>,\n ", i, i); buf_text(b, "a@b.c\n\nbody"); }
static void nested_divs(struct buf *b) { buf_text(b, "Content-Type: text/html\n\n"); for (int i = 0; i < 200000; i++) buf_text(b, "<div>"); }
static void nested_lists(struct buf *b) { buf_text(b, "Content-Type: text/html\n\n"); for (int i = 0; i < 50000; i++) buf_text(b, "<ul><li>a"); }
static void open_cells(struct buf *b) { buf_text(b, "Content-Type: text/html\n\n<table><tr>"); for (int i = 0; i < 50000; i++) buf_text(b, "<td>a"); }
static void wrote_lines(struct buf *b) { buf_text(b, "\n"); for (int i = 0; i < 20000; i++) buf_text(b, "On 2026 on 2026 on 2026 x@y wrote: on 2026 wrote:\n"); }
static void from_lines(struct buf *b) { buf_text(b, "\n"); for (int i = 0; i < 60000; i++) buf_text(b, "From: a@b\n\n"); }
static void stars(struct buf *b) { buf_text(b, "\n"); for (int i = 0; i < 1000000; i++) buf_char(b, i % 600 == 599 ? '\n' : '*'); }
static void dashes(struct buf *b) { buf_text(b, "\n"); for (int i = 0; i < 1000000; i++) buf_char(b, i % 80 == 79 ? '\n' : '-'); }
static void contacts(struct buf *b) { buf_text(b, "\n"); for (int i = 0; i < 40000; i++) buf_text(b, "Regards\ntel: 123456789\n"); }
static void half_boundaries(struct buf *b) { buf_text(b, "Content-Type: multipart/mixed; boundary=b\n\n"); for (int i = 0; i < 400000; i++) buf_text(b, "--bb\n"); }
static void add_parts(struct buf *b, int count, const char *head, const char *unit, int units)
{
	buf_text(b, "Content-Type: multipart/mixed; boundary=b\n");
	for (int i = 0; i < count; i++) {
		buf_format(b, "\n--b\n%s", head);
		for (int k = 0; k < units; k++) buf_text(b, unit);
		buf_text(b, "\n\nx");
	}
}
static void open_encodings(struct buf *b) { add_parts(b, 120, "Content-Transfer-Encoding: ", "(", 65000); }
static void endless_words(struct buf *b) { add_parts(b, 60, "Content-Type: application/x; name=", "=?a?Q? ", 8500); }
static void deep_blank_lines(struct buf *b)
{
	buf_text(b, "From: a@b\n\n");
	for (int i = 0; i < 29; i++) buf_format(b, "--b%d\nContent-X: 1\n\n", i);
	for (int i = 0; i < 8000000; i++) buf_char(b, '\n');
	for (int i = 28; i >= 0; i--) buf_format(b, "\n--b%d--", i);
}
static void near_boundaries(struct buf *b)
{
	buf_text(b, "From: a@b\n");
	for (int i = 0; i < 29; i++) buf_format(b, "Content-Type: multipart/mixed; boundary=aaaaaaa%ca\n\n--aaaaaaa%ca\n", 'A' + i, 'A' + i);
	buf_text(b, "\n");
	while (b->len < 8 * 1024 * 1024 - 40) buf_text(b, "--aaaaaaaza\n");
}
static void yenc_begins(struct buf *b) { buf_text(b, "From: a@b\n\n"); for (int i = 0; i < 40000; i++) buf_text(b, "=ybegin line=128 size=9 name=a\n"); }
static void yenc_files(struct buf *b) { buf_text(b, "From: a@b\n\n"); for (int i = 0; i < 30000; i++) buf_text(b, "=ybegin line=128 size=9 name=a\n=yend size=9\nbegin 6\n"); }
static void packed_bodies(struct buf *b)
{
	buf_text(b, "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: binary\n\n");
	(void)buf_add(b, "\x78\x9F\x3E\x22\1", 6);
	for (int i = 0; i < 600000; i++) (void)buf_add(b, "\1\x0C\x80\2\0\2\0\0\0\xE9\xA4\0", 13);
}
static void packed_names(struct buf *b)
{
	buf_text(b, "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: binary\n\n");
	(void)buf_add(b, "\x78\x9F\x3E\x22\1\0" "\2\2\x90\6\0\0\0\0\0\0\0" "\2\5\x90\6\0\4\0\x6A\0" "\xFF\xFF\xFF\xFF", 30);
	for (int i = 0; i < 434176; i++) (void)buf_add(b, "\x1E\0\7\x37\1\0\0\0\4\0\0\0\xE9\xA4" "ab", 16);
}
static void commented(struct buf *b) { buf_text(b, "To: "); for (int i = 0; i < 60000; i++) buf_char(b, '('); buf_text(b, "\n\nbody"); }
static void conditions(struct buf *b) { buf_text(b, "Content-Type: text/html\n\n"); for (int i = 0; i < 300000; i++) buf_text(b, "<!["); }
static void padded_pieces(struct buf *b) { buf_text(b, "Content-Transfer-Encoding: base64\n\n"); for (int i = 0; i < 100000; i++) buf_text(b, "QQ==\n"); }

static const struct { const char *row; void (*make)(struct buf *b); } slow[] = {
	{ "open brackets", angles }, { "alternating encoded words", encoded_words }, { "half encoded words", half_words }, { "nested divs", nested_divs }, { "nested lists", nested_lists },
	{ "open cells", open_cells }, { "attribution lines", wrote_lines }, { "header lines in the text", from_lines }, { "stars", stars }, { "dashes", dashes }, { "contact lines", contacts },
	{ "half boundaries", half_boundaries }, { "open comments", commented }, { "half conditions", conditions }, { "padded pieces of Base64", padded_pieces },
	{ "open comments before encodings", open_encodings }, { "encoded words without an end in names", endless_words }, { "blank lines deep within", deep_blank_lines },
	{ "bodies in winmail.dat", packed_bodies }, { "names in winmail.dat", packed_names },
	{ "lines that are nearly a boundary, deep within", near_boundaries }, { "heads of yEnc", yenc_begins }, { "files of yEnc", yenc_files },
	{ "Content-Type fields", many_types }, { "unlabelled names", unlabelled_names },
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SHAPE_MS_MAX 10000                      /* these builds are slower by much; what grows with the square takes minutes */
#else
#define SHAPE_MS_MAX 1000
#endif

TEST(mail_read_takes_less_than_a_second_for_hostile_shapes)
{
	for (size_t i = 0; i < COUNT_OF(slow); i++) {
		struct buf b = BUF_INIT(8 * 1024 * 1024);
		struct draft d;
		struct ik_error err = { 0 };
		struct timespec before, after;
		double ms;

		test_row(slow[i].row);
		slow[i].make(&b);
		mail_start();
		(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
		if (read_text(b.data, b.len, &d, &err) == IK_OK) {
			CHECK(d.text[0] == '\0' || d.reply_text[0] != '\0');
			CHECK(utf8_valid(d.text, strlen(d.text)) && utf8_valid(d.reply_text, strlen(d.reply_text)) && utf8_valid(d.subject, strlen(d.subject)));
			draft_release(&d);
		}
		(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
		ms = (double)(after.tv_sec - before.tv_sec) * 1e3 + (double)(after.tv_nsec - before.tv_nsec) / 1e6;
		if (ms > 200) (void)printf("  %s: %.0f ms\n", slow[i].row, ms);
		CHECK(ms < SHAPE_MS_MAX);
		buf_release(&b);
	}
}

/* ---- never large ---- */

#define LARGE (24 * 1024 * 1024)

static void fill(struct buf *b, int byte) { char *room = buf_reserve(b, LARGE - b->len); memset(room, byte, LARGE - b->len); b->len = LARGE; b->data[LARGE] = '\0'; }
static void large_report(struct buf *b) { buf_text(b, "Content-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n"); fill(b, 0xFF); }
static void large_signed(struct buf *b)
{
	static const unsigned char head[] = { 0x30, 0x80, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0xA0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80, 6, 1, 1, 0xA0, 0x80, 4, 0x84, 1, 0x7F, 0, 0, '\n' };

	buf_text(b, "Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: binary\n\n");
	(void)buf_add(b, head, sizeof(head));
	fill(b, 'a');
}

static const struct { const char *row; void (*make)(struct buf *b); } large[] = { { "report", large_report }, { "opaque signature", large_signed } };

/* In a child: how many megabytes a mail takes beside its own. */
static int megabytes_of(void (*make)(struct buf *b))
{
	const pid_t child = fork();
	int status = 1;

	if (child == 0) {
		struct buf b = BUF_INIT(LARGE);
		struct draft d;
		struct ik_error err = { 0 };
		struct rusage before, after;

		make(&b);
		(void)getrusage(RUSAGE_SELF, &before);
		(void)read_text(b.data, b.len, &d, &err);
		(void)getrusage(RUSAGE_SELF, &after);
		_exit((int)((after.ru_maxrss - before.ru_maxrss) / 1024));
	}
	(void)waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

TEST(mail_read_takes_little_more_room_than_the_mail_has)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(large); i++) {
		test_row(large[i].row);
#ifndef __SANITIZE_ADDRESS__                    /* which keeps what was freed */
		CHECK(megabytes_of(large[i].make) <= 40);
#else
		CHECK(megabytes_of(large[i].make) < 255);
#endif
	}
}

/* ---- pieces ---- */

static const char with_parts[] = "From: a@b.example\nSubject: s\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nwords\n--b\n"
                                 "Content-Type: application/pdf; name=x.pdf\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--b--\n";

TEST(mail_extract_gives_the_bytes_whose_size_and_digest_were_listed)
{
	const struct mail_source source = { .data = with_parts, .size = sizeof(with_parts) - 1, .fd = -1 };
	struct buf bytes = BUF_INIT(1000);
	struct draft d;
	struct ik_error err = { 0 };
	unsigned char digest[32];

	CHECK_INT(read_text(with_parts, sizeof(with_parts) - 1, &d, &err), IK_OK);
	CHECK_INT(d.part_count, 1);
	CHECK_INT(mail_extract(&source, d.parts[0].path, &bytes, &err), IK_OK);
	CHECK_STR(buf_str(&bytes), "%PDF");
	CHECK_INT(d.parts[0].size, bytes.len);
	sha256(&(struct bytes){ bytes.data, bytes.len }, 1, digest);
	CHECK(memcmp(digest, d.parts[0].digest, 32) == 0);
	CHECK_INT(mail_extract(&source, "7.7", &bytes, &err), IK_REJECT);
	buf_release(&bytes);
	draft_release(&d);
}

TEST(mail_extract_gives_the_files_within_a_text)
{
	static const char text[] = "From: a@b.example\n\nOne:\n=ybegin line=128 size=4 name=x.bin\n*=n~\xFF\n=yend size=4\nbegin 644 t.txt\n#0V%T\n`\nend\n";
	const struct mail_source source = { .data = text, .size = sizeof(text) - 1, .fd = -1 };
	static const char *const want[] = { "\0\4\x54\xD5", "Cat" };
	static const size_t sizes[] = { 4, 3 };
	struct draft d;
	struct ik_error err = { 0 };

	CHECK_INT(read_text(text, sizeof(text) - 1, &d, &err), IK_OK);
	CHECK_STR(d.text, "One:");
	CHECK_INT(d.part_count, 2);
	for (size_t i = 0; i < d.part_count; i++) {
		struct buf bytes = BUF_INIT(1000);

		CHECK_INT(mail_extract(&source, d.parts[i].path, &bytes, &err), IK_OK);
		CHECK(bytes.len == sizes[i] && memcmp(buf_str(&bytes), want[i], sizes[i]) == 0);
		buf_release(&bytes);
	}
	draft_release(&d);
}

TEST(mail_digest_ignores_transport_and_sees_content)
{
	static const char *const mails[] = {
		"Received: x\nSubject: s\nContent-Type: text/plain; charset=utf-8\n\nwords \xC3\xA4\n",
		"Delivered-To: a@b\nSubject: s\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nwords =E4\n",
		"Subject: s\n\nother words\n",
	};
	struct draft d[3];
	struct ik_error err = { 0 };

	for (size_t i = 0; i < COUNT_OF(mails); i++) CHECK_INT(read_text(mails[i], strlen(mails[i]), &d[i], &err), IK_OK);
	CHECK(memcmp(d[0].content_digest, d[1].content_digest, 32) == 0);
	CHECK(memcmp(d[0].content_digest, d[2].content_digest, 32) != 0);
	for (size_t i = 0; i < COUNT_OF(mails); i++) draft_release(&d[i]);
}

TEST(mail_headers_give_ids_route_and_results)
{
	static const char mail[] = "Return-Path: <>\nDelivered-To: help@shop.example\nX-Original-To: second@shop.example\nAuthentication-Results: mx.shop.example; dmarc=pass\nReceived: from a by mx.shop.example\n\twith ESMTP; x\n"
	                           "Authentication-Results: mx.shop.example; dmarc=pass (forged)\nIn-Reply-To: <a@x>\nReferences: <1@x>\n <2@x><3@x> junk\nMessage-ID:\n <long@x>\nFrom: A <a@b.example>\nTo: u@v.example, \"W\" <w@v.example>\nCc: x@v.example\n\nwords";
	struct draft d;
	struct ik_error err = { 0 };

	CHECK_INT(read_text(mail, sizeof(mail) - 1, &d, &err), IK_OK);
	CHECK_STR(d.return_path, "");
	CHECK_STR(d.delivered_to, "help@shop.example");
	CHECK_STR(d.in_reply_to, "a@x");
	CHECK_STR(d.message_id, "long@x");
	CHECK_INT(d.reference_count, 3);
	CHECK_STR(d.references[2], "3@x");
	CHECK_INT(d.to_count, 3);
	CHECK_STR(d.authentication, "mx.shop.example; dmarc=pass\nReceived: by mx.shop.example\nmx.shop.example; dmarc=pass (forged)");
	draft_release(&d);
}

TEST(mail_cut_offsets_point_at_what_was_left_out)
{
	static const char mail[] = "Subject: Re: s\n\nNew words.\n\nOn Mon, May 4, 2026 at 9:12 AM A <a@b.example> wrote:\n> old\n";
	struct draft d;
	struct ik_error err = { 0 };

	CHECK_INT(read_text(mail, sizeof(mail) - 1, &d, &err), IK_OK);
	CHECK_STR(d.reply_text, "New words.");
	CHECK_STR(d.cut_rule, "attribution-en");
	CHECK_INT(d.cut_start, strlen("New words."));
	CHECK_INT(d.cut_end, strlen(d.text));
	draft_release(&d);
}

/* What stands behind "wrote:" on one line is history, unless the writer cites it. */
static const struct { const char *row, *behind; bool is_cut; } behind_attribution[] = {
	{ "the mail that is answered", " we will pay you tomorrow", true }, { "between quotation marks", " \"we will pay you tomorrow\". Nothing came.", false },
	{ "between German ones", " „wir zahlen morgen“. Nothing came.", false }, { "between Chinese ones", "「明天」Nothing came.", false },
};

TEST(mail_read_leaves_what_the_writer_cites)
{
	for (size_t i = 0; i < COUNT_OF(behind_attribution); i++) {
		struct buf mail = BUF_INIT(1000);
		struct draft d;
		struct ik_error err = { 0 };

		test_row(behind_attribution[i].row);
		(void)buf_format(&mail, "Subject: s\n\nHello,\n\nOn Mon, 3 Nov 2026 at 10:00 Bob <bob@shop.example> wrote:%s\n\nPlease pay.\n", behind_attribution[i].behind);
		CHECK_INT(read_text(mail.data, mail.len, &d, &err), IK_OK);
		CHECK_INT(strstr(d.reply_text, "Please pay.") == NULL, behind_attribution[i].is_cut);
		draft_release(&d);
		buf_release(&mail);
	}
}

/* What a mail program puts above the history names a moment or an address and is one sentence; what a writer tells stays. reply: NULL is all of it. */
static const struct { const char *row, *head, *text, *reply; } told[] = {
	{ "a time told between, English", "Subject: s", "He lies.\n\nOn Monday he wrote:\nI come at 8. He came at 15:30.\nOn Tuesday he wrote:\nPart ordered. It was not.\n\nWho pays?", NULL },
	{ "a time told between, German", "Subject: s", "Er lügt.\n\nAm Montag schrieb er:\nIch komme um 8. Er kam um 15:30 Uhr\nAm Dienstag schrieb er:\nTeil bestellt. War es nicht.\n\nWer zahlt?", NULL },
	{ "a time in the sentence above", "Subject: s", "Hello,\n\nyesterday I waited until 15:30\nThen he wrote:\nPart ordered.\n\nIt was not.", NULL },
	{ "words between quotation marks", "Subject: s", "你好，\n\n客服在 10:30 写道：\n“今天退款。”\n没有退。", NULL },
	{ "two sentences", "Subject: s", "Hello,\n\nOn Monday at 15:30 the engineer finally arrived. Later he wrote:\nPart ordered.\n\nIt was not.", NULL },
	{ "a moment and a name", "Subject: s", "It was not.\n\nOn Monday at 15:30 Carl of the shop wrote:\n\nPart ordered.", "It was not." },
	{ "a month cut short", "Subject: s", "Ei ole.\n\nMa 4. toukok. 2026 klo 10.00 Karl kirjoitti:\n\nVaraosa on tilattu.", "Ei ole." },
	{ "a name cut short", "Subject: s", "It was not.\n\nOn Mon, 4 May 2026 Carl Jr. of the shop wrote:\n\nPart ordered.", "It was not." },
	{ "begun above, with its date", "Subject: s", "Non.\n\nLe lun. 4 mai 2026 à 15:30, Jean\nle Goff a écrit :\n\nC'est fait.", "Non." },
	{ "cited in a mail that answers none", "Subject: s", "In the chat Carl wrote:\n> Paid within 24 hours.\nThat was 72 hours ago.\nWho lies?", NULL },
	{ "cited in an answer", "Subject: s\nIn-Reply-To: <a@b.example>", "In the chat Carl wrote:\n> Paid within 24 hours.\nThat was 72 hours ago.\nWho lies?", "That was 72 hours ago.\nWho lies?" },
	{ "cited below a subject that answers", "Subject: Re: s", "In the chat Carl wrote:\n> Paid within 24 hours.\nThat was 72 hours ago.\nWho lies?", "That was 72 hours ago.\nWho lies?" },
	{ "quoted with its moment", "Subject: s", "On Mon, 4 May 2026 Carl wrote:\n> Paid within 24 hours.\nThat was 72 hours ago.\nWho lies?", "That was 72 hours ago.\nWho lies?" },
	{ "above a container", "Subject: s\nContent-Type: text/html", "Carl Lee wrote:<blockquote type=\"cite\">Paid within 24 hours.</blockquote>That was 72 hours ago.<br>Who lies?", "That was 72 hours ago.\nWho lies?" },
};

TEST(reply_keeps_what_the_writer_tells_that_somebody_wrote)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(told); i++) {
		struct buf mail = BUF_INIT(2000);
		struct draft d;
		struct ik_error err = { 0 };

		test_row(told[i].row);
		(void)buf_format(&mail, "%s\nContent-Type: text/plain; charset=utf-8\n\n%s", told[i].head, told[i].text);
		CHECK_INT(read_text(mail.data, mail.len, &d, &err), IK_OK);
		CHECK_STR(d.reply_text, told[i].reply != NULL ? told[i].reply : told[i].text);
		draft_release(&d);
		buf_release(&mail);
	}
}

/* In a child that may open no file any more; 0 when the mail still comes out right. */
static int read_without_files(const char *mail, const char *text)
{
	const struct rlimit none = { 0, 0 };
	const pid_t child = fork();
	int status = 1;

	if (child == 0) {
		struct draft d;
		struct ik_error err = { 0 };

		if (setrlimit(RLIMIT_NOFILE, &none) != 0 || open("/etc/localtime", O_RDONLY | O_CLOEXEC) >= 0) _exit(2);
		_exit(read_text(mail, strlen(mail), &d, &err) == IK_OK && strcmp(d.text, text) == 0 && d.sent_at == 1777861230 ? 0 : 3);
	}
	(void)waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 99;
}

static const struct { const char *row, *label, *bytes, *text; } fileless[] = {
	{ "gbk", "gbk", "=CD=CB=BF=EE", "退款" }, { "big5", "big5", "=B0=68=B4=DA", "退款" }, { "shift_jis", "shift_jis", "=95=D4=8B=E0", "返金" }, { "euc-kr", "euc-kr", "=C8=AF=BA=D2", "환불" },
	{ "koi8-r", "koi8-r", "=C4=C5=CE=D8=C7=C9", "деньги" }, { "unknown", "x-nothing", "=CD=CB=BF=EE=CD=CB=BF=EE", "退款退款" },
};

TEST(mail_read_needs_no_files_after_mail_start)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(fileless); i++) {
		char mail[512];

		test_row(fileless[i].row);
		(void)snprintf(mail, sizeof(mail), "Date: Mon, 4 May 2026 10:20:30 +0800\nContent-Type: text/plain; charset=%s\nContent-Transfer-Encoding: quoted-printable\n\n%s\n", fileless[i].label, fileless[i].bytes);
		CHECK_INT(read_without_files(mail, fileless[i].text), 0);
	}
}

/* ---- rules ---- */

/* Of the kinds that tell a block of contacts: a block in which, or below which, the example decides alone; and whether it goes. */
static const struct { const char *kind, *above, *below, *writer; bool goes; } around[] = {
	{ "given",      "It is broken again. ", "\n\nAnn Lee\nLee Ltd.\n+44 7700 900123", "Ann Lee", false },
	{ "given-mail", "It is broken again. ", "\n\nann@lee.example", "Ann Lee", false },
	{ "name",       "It is broken again, all of it.\n\n", "\n+44 7700 900123", NULL, true },
	{ "firm",       "It is broken again, all of it.\n\n", "\n+44 7700 900123", NULL, true },
	{ "contact",    "It is broken again, all of it.\n\nAnn Lee\nLee Ltd.\n", "", "Ann Lee", true },
	{ "street",     "It is broken again, all of it.\n\nAnn Lee\nLee Ltd.\n", "\n+44 7700 900123", "Ann Lee", true },
};

static bool check_block_example(const struct reply_rules *rules, const char *kind, const char *example)
{
	for (size_t i = 0; i < COUNT_OF(around); i++) {
		const struct reply_writer writer = { around[i].writer != NULL ? around[i].writer : example, "ann@lee.example", false };
		struct buf text = BUF_INIT(4000), out = BUF_INIT(4000);
		struct reply_cut cut;

		if (strcmp(kind, around[i].kind) != 0) continue;
		buf_text(&text, around[i].above);
		buf_text(&text, example);
		buf_text(&text, around[i].below);
		reply_cut_of(&out, rules, buf_str(&text), text.len, NULL, "x", &writer, &cut);
		CHECK_STR(buf_str(&out), around[i].goes ? "It is broken again, all of it." : buf_str(&text));
		CHECK_STR(cut.rule, around[i].goes ? "signature-contacts" : NULL);
		buf_release(&text);
		buf_release(&out);
		return true;
	}
	return false;
}

static void check_example(void *arg, const char *name, const char *kind, const char *language, const char *pattern, const char *example)
{
	const struct reply_rules *rules = arg;
	const bool is_field = strcmp(kind, "from") == 0 || strcmp(kind, "original") == 0;
	char text[1200];
	struct buf out = BUF_INIT(4000);
	struct reply_cut cut;

	test_row(name);
	CHECK(name[0] != '\0' && language[0] != '\0' && pattern[0] != '\0' && example[0] != '\0');
	if (check_block_example(rules, kind, example)) return;
	if (strcmp(kind, "date") == 0 || strcmp(kind, "to") == 0 || strcmp(kind, "cc") == 0 || strcmp(kind, "subject") == 0 || strcmp(kind, "other") == 0) return;
	if (strcmp(kind, "from") == 0) (void)snprintf(text, sizeof(text), "New words.\n\n%s\nTo: b@c.example\nSubject: x\nDate: 2026-05-04\n\nold", example);
	else if (strcmp(kind, "closing") == 0) (void)snprintf(text, sizeof(text), "New words.\n\n%s\nAnn\nTel: 1234567\nwww.example.org", example);
	else (void)snprintf(text, sizeof(text), "New words.\n\n%s\n%s", example, strcmp(kind, "attribution") == 0 ? "> old" : is_field ? "old" : "");
	reply_cut(&out, rules, text, strlen(text), NULL, "x", &cut);
	if (strcmp(kind, "forward") == 0) CHECK(cut.is_forward);
	else if (strcmp(kind, "from") != 0 || cut.rule != NULL) CHECK_STR(buf_str(&out), "New words.");
	buf_release(&out);
}

/* One alternative of an attribution with a name where anything may stand. */
static void write_bare(struct buf *line, const char *pattern, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (pattern[i] == '*') buf_text(line, " Anna ");
		else buf_char(line, pattern[i]);
}

/* In no language does a line without moment and address begin the history, whatever is said of times around it. */
static void check_bare(void *arg, const char *name, const char *kind, const char *language, const char *pattern, const char *example)
{
	(void)example;
	if (strcmp(kind, "attribution") != 0 || language[0] == '*') return;
	test_row(name);
	for (const char *at = pattern; *at != '\0'; at += strcspn(at, "|"), at += *at == '|') {
		struct buf text = BUF_INIT(4000), out = BUF_INIT(4000);
		struct reply_cut cut;

		buf_text(&text, "Hello,\n\n");
		write_bare(&text, at, strcspn(at, "|"));
		buf_text(&text, "\nI waited until 15:30 for you\n");
		write_bare(&text, at, strcspn(at, "|"));
		buf_text(&text, "\nThe part is ordered.\n\nIt was not at 16:45.");
		reply_cut(&out, arg, buf_str(&text), text.len, NULL, "x", &cut);
		CHECK_STR(cut.rule, NULL);
		CHECK(strstr(buf_str(&out), "I waited until 15:30") != NULL && strstr(buf_str(&out), "It was not at 16:45.") != NULL);
		buf_release(&text);
		buf_release(&out);
	}
}

TEST(reply_rules_need_a_moment_or_an_address_in_every_language)
{
	struct reply_rules *rules = NULL;
	struct ik_error err = { 0 };

	CHECK_INT(reply_rules_new(NULL, 0, &rules, &err), IK_OK);
	reply_rules_each(rules, check_bare, rules);
	test_row("");
	reply_rules_free(&rules);
}

TEST(reply_rules_know_their_own_examples)
{
	struct reply_rules *rules = NULL;
	struct ik_error err = { 0 };

	CHECK_INT(reply_rules_new(NULL, 0, &rules, &err), IK_OK);
	if (rules != NULL) reply_rules_each(rules, check_example, rules);
	reply_rules_free(&rules);
}

static const struct { const char *row, *text, *says; } bad_rules[] = {
	{ "too few fields", "a\tmobile\ten\n", "line 1" }, { "unknown kind", "# x\na\tnothing\ten\tp\te\n", "unknown kind" },
};

TEST(reply_rules_name_the_line_that_is_wrong)
{
	for (size_t i = 0; i < COUNT_OF(bad_rules); i++) {
		struct reply_rules *rules = NULL;
		struct ik_error err = { 0 };

		test_row(bad_rules[i].row);
		CHECK_INT(reply_rules_new(bad_rules[i].text, strlen(bad_rules[i].text), &rules, &err), IK_CONFIG);
		CHECK(strstr(err.text, bad_rules[i].says) != NULL);
	}
}

static const struct { const char *row, *subject, *rest; enum reply_prefix prefix; } prefixes[] = {
	{ "tag of a gateway", "[EXTERNAL] Re: lamp", "lamp", REPLY_IS_REPLY }, { "tag of a list", "[Support] AW: Lampe", "Lampe", REPLY_IS_REPLY }, { "tag in Chinese", "[外部邮件] 转发：台灯", "台灯", REPLY_IS_FORWARD },
	{ "tag with a number", "[#48213] Fwd: lamp", "lamp", REPLY_IS_FORWARD }, { "tag alone", "[Support] lamp: broken", "[Support] lamp: broken", REPLY_NO_PREFIX }, { "a colon in the tag", "[a: b] lamp", "[a: b] lamp", REPLY_NO_PREFIX },
	{ "re", "Re: lamp", "lamp", REPLY_IS_REPLY }, { "counter", "Re[2]: lamp", "lamp", REPLY_IS_REPLY }, { "german", "AW: Lampe", "Lampe", REPLY_IS_REPLY }, { "forward", "Fwd: lamp", "lamp", REPLY_IS_FORWARD },
	{ "german forward", "WG: Lampe", "Lampe", REPLY_IS_FORWARD }, { "chinese", "回复：灯", "灯", REPLY_IS_REPLY }, { "chinese forward", "转发: 灯", "灯", REPLY_IS_FORWARD }, { "space before the colon", "RE : lampe", "lampe", REPLY_IS_REPLY },
	{ "no prefix", "Refund: lamp", "Refund: lamp", REPLY_NO_PREFIX }, { "a word", "Really: lamp", "Really: lamp", REPLY_NO_PREFIX }, { "turkish", "Ynt: lamba", "lamba", REPLY_IS_REPLY }, { "spanish forward", "RV: lámpara", "lámpara", REPLY_IS_FORWARD },
};

/* As the mail programs of each language write it. */
static const struct { const char *language, *subject; } forwards[] = {
	{ "en", "Fwd: lamp" }, { "en, Outlook", "FW: lamp" }, { "en, Thunderbird of old", "[Fwd: lamp]" }, { "de", "WG: Lampe" }, { "de, Lotus", "Wtrlt: Lampe" },
	{ "fr", "TR : lampe" }, { "es", "RV: lámpara" }, { "it", "I: lampada" }, { "pt", "ENC: lâmpada" }, { "nl", "Doorst: lamp" },
	{ "sv", "VB: lampa" }, { "fi", "VL: lamppu" }, { "da", "Fwd: VS: lampe" }, { "is", "FS: lampi" }, { "pl", "PD: lampa" },
	{ "hu", "Továbbítás: lámpa" }, { "ro", "Fw: lampă" }, { "tr", "İLT: lamba" }, { "el", "ΠΡΘ: λάμπα" }, { "ru", "Пересл: лампа" },
	{ "uk", "Пересл.: лампа" }, { "zh-Hans", "转发：灯" }, { "zh-Hans, QQ", "转发: 灯" }, { "zh-Hant", "轉寄：燈" }, { "zh-Hant, Hong Kong", "轉發: 燈" },
	{ "ja", "転送: ランプ" }, { "ko", "전달: 램프" }, { "vi", "Chuyển tiếp: đèn" }, { "id", "TRS: lampu" }, { "th", "ส่งต่อ: โคมไฟ" },
	{ "he", "הועבר: מנורה" }, { "ar", "إعادة توجيه: مصباح" }, { "cy", "YML: lamp" },
};

TEST(a_forward_is_no_reply_in_thirty_languages)
{
	for (size_t i = 0; i < COUNT_OF(forwards); i++) {
		const char *rest = NULL;

		test_row(forwards[i].language);
		CHECK_INT(reply_prefix(forwards[i].subject, &rest), REPLY_IS_FORWARD);
	}
}

static const struct { const char *row, *mail, *language; } introduced[] = {
	{ "a comment above", "Subject: TR: Mail delivery failed\n\nBonjour,\n\nvoici ce que je recois quand j'ecris a votre service. Merci de me repondre.\n\n-----Message d'origine-----\n"
	  "De : Mail Delivery System <mailer-daemon@example.org>\nObjet : Mail delivery failed\n\nThis message was created automatically. A message that you sent could not be delivered to "
	  "one of its recipients. This is a permanent error.\n", "fr" },
	{ "by the marker alone", "Subject: Lamp\n\nBitte kuemmern Sie sich um die Lampe dieses Kunden.\n\n---------- Forwarded message ---------\nFrom: Ann <ann@example.org>\nSubject: Lamp\n\n"
	  "The lamp that I bought from you last week does not work at all, and nobody answers the telephone.\n", "de" },
	{ "too little above", "Subject: Fwd: Lampe\n\nFYI, Ann\n\n---------- Forwarded message ---------\nFrom: Ann <ann@example.org>\nSubject: Lampe\n\n"
	  "Die Lampe, die ich letzte Woche bei Ihnen gekauft habe, geht nicht, und niemand ist am Telefon zu erreichen.\n", "de" },
};

TEST(the_language_of_a_forward_is_that_of_the_words_above_it)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(introduced); i++) {
		struct draft d;
		struct ik_error err = { 0 };

		test_row(introduced[i].row);
		CHECK_INT(read_text(introduced[i].mail, strlen(introduced[i].mail), &d, &err), IK_OK);
		CHECK_STR(d.language, introduced[i].language);
		CHECK_STR(d.reply_text, d.text);
		draft_release(&d);
	}
}

TEST(reply_prefix_reads_subjects)
{
	for (size_t i = 0; i < COUNT_OF(prefixes); i++) {
		const char *rest;

		test_row(prefixes[i].row);
		CHECK_INT(reply_prefix(prefixes[i].subject, &rest), prefixes[i].prefix);
		CHECK_STR(rest, prefixes[i].rest);
	}
}

TEST(automatic_rules_are_all_described)
{
	size_t count;
	const struct automatic_rule *rules = automatic_rules(&count);

	CHECK(count >= 14);
	for (size_t i = 0; i < count; i++) CHECK(rules[i].reason[0] != '\0' && rules[i].name[0] != '\0' && rules[i].condition[0] != '\0' && rules[i].effect != 0 && strlen(rules[i].reason) < 48);
}

static const struct { const char *address; bool is_ok; } addresses[] = {
	{ "a@b.example", true }, { "a@b", true }, { "\"a b\"@c.example", true }, { "a@[192.0.2.1]", true }, { "王@例え.jp", true }, { "a@@b", false }, { "a@b@c", false }, { "@b", false }, { "a@", false },
	{ "a b@c", false }, { "a\r\n@c", false }, { "a@b\nc", false }, { "a@-b", false }, { "a@b..c", false }, { "a@b;c", false }, { "<a@b>", false }, { "a,b@c", false },
};

TEST(header_address_ok_lets_nothing_into_an_envelope_that_does_not_belong)
{
	for (size_t i = 0; i < COUNT_OF(addresses); i++) {
		test_row(addresses[i].address);
		CHECK_INT(header_address_ok(addresses[i].address), addresses[i].is_ok);
	}
}

/* The form of the standard is read by itself; two spaces are enough to have it read as everything else is. Both must say the same. */
TEST(header_date_reads_the_standard_form_as_it_reads_any)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	unsigned seed = 11;

	for (int i = 0; i < 4000; i++) {
		const unsigned a = (seed = seed * 1103515245u + 12345u) >> 8, b = (seed = seed * 1103515245u + 12345u) >> 8, zone = (a >> 9) % 15 * 100 + (b >> 9) % 4 * 15;
		char *zoned = mem_format("%02u:%02u:%02u %c%04u", b % 25, a % 61, (a >> 3) % 61, a % 2 == 0 ? '+' : '-', zone);
		char *date = mem_format("%u %s %u", a % 32 + (a % 7 == 0), months[b % 12], 1969 + (b >> 4) % 133);
		char *plain = mem_format(" %s%s %s%s", i % 3 == 0 ? "Tue, " : "", date, zoned, i % 5 == 0 ? " (CEST)" : ""), *wide = mem_format(" %s  %s", date, zoned);

		test_row(plain);
		CHECK_INT(header_date(plain, strlen(plain)), header_date(wide, strlen(wide)));
		free(zoned);
		free(date);
		free(plain);
		free(wide);
	}
	CHECK_INT(header_date("Mon, 23 Nov 2026 01:31:16 +0100", 31), 1795393876);
	CHECK_INT(header_date("29 Feb 2023 01:31:16 +0000", 26), 0);
	CHECK_INT(header_date("Mon,23 Nov 2026 01:31:16+0100", 29), 1795393876);
	CHECK_INT(header_date("Mon, 23 Nov 2026 01:31:16-0100", 30), 1795393876 + 7200);
	CHECK_INT(header_date("Mon, 23 Nov 2026 01.31.16 +0100", 31), 1795393876);
	CHECK_INT(header_date("2026-11-23T01:31:16+01:00", 25), 1795393876);
}

/* The value fills its memory to the last byte. */
TEST(header_date_reads_no_further_than_a_zone_at_the_end)
{
	char value[128];

	memset(value, 'x', sizeof(value));
	memcpy(value + sizeof(value) - 4, " GMT", 4);
	CHECK_INT(header_date(value, sizeof(value)), 0);
}
