/* test_mail_shapes.c - shapes that mailers get wrong and wrappers of signatures: the words and the files come out all the same. */
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "mail/mail.h"
#include "mail/wrapper.h"

#define PDF "Content-Type: application/pdf; name=a.pdf\n\nx\n"
#define TEXT(words) "Content-Type: text/plain\n\n" words "\n"
#define HTML "Content-Type: text/html; charset=utf-8\n\n"
#define MIXED(boundary) "Content-Type: multipart/mixed; boundary=" boundary "\n\n"

/* SignedData around "Content-Type: text/plain", a blank line and "inside". */
#define SIGNED "MEcGCSqGSIb3DQEHAqA6MDgCAQExADAvBgkqhkiG9w0BBwGgIgQgQ29udGVudC1UeXBlOiB0ZXh0L3BsYWluCgppbnNpZGUxAA=="

/* files: the names of the attachments, joined by a space; a nameless one is its type. */
static const struct { const char *row, *mail, *text, *files; } shapes[] = {
	{ "the root that start names", "Content-Type: multipart/related; boundary=r; start=\"<b>\"\n\n--r\nContent-Type: text/html; name=frame.html\nContent-ID: <a>\n\n<p>frame</p>\n"
	  "--r\nContent-Type: text/html\nContent-ID: <b>\n\n<p>root</p>\n--r--\n", "root", "frame.html" },
	{ "an inner part with the boundary of the outer", MIXED("b") "--b\nContent-Type: multipart/alternative; boundary=b\n\n--b\n" TEXT("words") "--b--\n--b\n" PDF "--b--\n", "words", "a.pdf" },
	{ "behind the closing line is no part", MIXED("b") "--b\n" TEXT("words") "--b--\n--b\n" PDF "--b--\n", "words", "" },
	{ "blanks before the closing dashes", MIXED("b") "--b\n" TEXT("words") "--b --\n", "words", "" },
	{ "two Content-Types, the second fits", "Content-Type: text/plain\n" MIXED("b") "--b\n" TEXT("words") "--b\n" PDF "--b--\n", "words", "a.pdf" },
	{ "two Content-Types, the second does not fit", "Content-Type: text/plain\n" MIXED("b") "words\n", "words", "" },
	{ "no Content-Type, parts", "Subject: s\n\n--b\n" TEXT("words") "--b\n" PDF "--b--\n", "words", "a.pdf" },
	{ "no Content-Type, text and its twin", "Subject: s\n\nThis is a multi-part message in MIME format.\n--b\n" TEXT("words") "--b\nContent-Type: text/html\n\n<p>words</p>\n--b--\n", "words", "" },
	{ "no Content-Type, words before somebody's source", "Subject: s\n\nLook at this:\n--b\nContent-Type: text/plain\n\nx\n--b--\n", "Look at this:\n--b\nContent-Type: text/plain\n\nx\n--b--", "" },
	{ "no Content-Type, no end", "Subject: s\n\n--b\nContent-Type: text/plain\n\nx\n", "--b\nContent-Type: text/plain\n\nx", "" },
	{ "parts encoded as a whole", "Content-Transfer-Encoding: base64\n" MIXED("b") "LS1iCkNvbnRlbnQtVHlwZTogdGV4dC9wbGFpbgoKd29yZHMKLS1iLS0K\n", "words", "" },
	{ "parts that only claim to be encoded", "Content-Transfer-Encoding: base64\n" MIXED("b") "--b\n" TEXT("words") "--b--\n", "words", "" },
	{ "an encoding behind a comment", "Content-Transfer-Encoding: (so) base64\n\nd29yZHM=\n", "words", "" },
	{ "base64 without its padding: two", "Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybA\n", "Hello worl", "" },
	{ "base64 without its padding: one", "Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybGQ\n", "Hello world", "" },
	{ "base64 with half its padding", "Content-Transfer-Encoding: base64\n\nSGVsbG8gd29ybA=\n", "Hello worl", "" },
	{ "base64 with bytes that have no place in it", "Content-Transfer-Encoding: base64\n\n> d2!!9yZHMg YW5*kIG1v cmU=\n", "words and more", "" },
	{ "words that claim to be base64", "Content-Transfer-Encoding: base64\n\nHello, my lamp is broken. Please help!\n", "Hello, my lamp is broken. Please help!", "" },
	{ "the first piece of a message", "Content-Type: message/partial; id=a; number=1; total=2\n\nSubject: whole\n\nfirst half\n", "---------- Forwarded message ----------\nSubject: whole\n\n\nfirst half", "whole.eml" },
	{ "the second piece of a message", "Content-Type: message/partial; id=a; number=2; total=2\n\nNote: the second half\n", "Note: the second half", "" },
	{ "text/markdown", "Content-Type: text/markdown\n\n# Words\n", "# Words", "" },
	{ "a kind of text nobody knows", "Content-Type: text/x-else\n\nwords\n", "words", "" },
	{ "a kind of text nobody knows beside text", MIXED("b") "--b\nContent-Type: text/x-else\n\nother\n--b\n" TEXT("words") "--b--\n", "words", "text/x-else" },
	{ "AMP alone", "Content-Type: text/x-amp-html\n\n<!doctype html><html amp4email><body>words</body></html>\n", "words", "" },
	{ "a type the wrong way round", "Content-Type: plain/text\n\nwords\n", "words", "" },
	{ "units of two bytes by their old name", "Content-Type: text/plain; charset=iso-10646-ucs-2\nContent-Transfer-Encoding: base64\n\nAGFOAABi\n", "a\u4e00b", "" },
	{ "a card is no text", "Content-Type: text/vcard\n\nBEGIN:VCARD\n", "", "text/vcard" },
	{ "HTML that says it is plain", "Content-Type: text/plain\n\n<div dir=\"ltr\">Hello <b>there</b><br>again</div>\n", "Hello there\nagain", "" },
	{ "plain text that speaks of tags", "Content-Type: text/plain\n\n<div> is shown on my page\n", "<div> is shown on my page", "" },
	{ "an address first is no tag", "Content-Type: text/plain\n\n<ann@example.org> wrote to <bob@example.org>\n", "<ann@example.org> wrote to <bob@example.org>", "" },
	{ "a comment in an answer to an invitation", "Content-Type: text/calendar; method=COUNTER\n\nBEGIN:VCALENDAR\nMETHOD:COUNTER\nBEGIN:VEVENT\nSUMMARY:Visit\nCOMMENT:Tuesday\\, please\nEND:VEVENT\nEND:VCALENDAR\n",
	  "[COUNTER] Visit\nTuesday, please", "text/calendar" },
	{ "uuencode as transfer encoding", "Content-Type: application/octet-stream; name=t.txt\nContent-Transfer-Encoding: x-uuencode\n\nbegin 644 t.txt\n#0V%T\n`\nend\n", "", "t.txt" },
	{ "opaque S/MIME", "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\nContent-Transfer-Encoding: base64\n\n" SIGNED "\n", "inside", "smime.p7m" },
	{ "enciphered S/MIME", "Content-Type: application/pkcs7-mime; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMAsGCSqGSIb3DQEHAw==\n", "", "smime.p7m" },
	{ "winmail.dat under another type", "Content-Type: application/octet-stream; name=winmail.dat\nContent-Transfer-Encoding: base64\n\neJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEMgAIADQAAAHBhY2tlZCB3b3JkcwC3BA==\n", "packed words", "winmail.dat" },
	{ "a message packed in winmail.dat", "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
	  "eJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAICkAYADgAAAAAAAAAAAAAAAAAAAAAAAAACEIABAAYAAABJbm5lcgD8AQIFkAYAcAAAAAEAAAANAAE3AQAAAF8AAAAAAAAAAAAAAAAAAAAAAAAAeJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAEDkAYAHAAAAAEAAAAeAAAQAQAAAAwAAABpbm5lciB3b3JkcwCnBABBCw==\n", "inner words", "Inner" },
	{ "a file of winmail.dat as a property", "Content-Type: application/ms-tnef\nContent-Transfer-Encoding: base64\n\n"
	  "eJ8+IgEAAQaQCAAEAAAAAAABAAEAAQeQBgAIAAAA5AQAAAAAAADoAAICkAYADgAAAAAAAAAAAAAAAAAAAAAAAAACBZAGACwAAAACAAAAHgAHNwEAAAAGAAAAYS50eHQAAAACAQE3AQAAAAUAAABkYXRhIQAAAFAE\n", "", "a.txt" },
	{ "PGP clear text", "Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nwords\n- - a dash\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n=ab\n-----END PGP SIGNATURE-----\n",
	  "words\n- a dash", "" },
	{ "PGP clear text without its blank line", "Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\nfirst\n\nsecond\n-----BEGIN PGP SIGNATURE-----\n\niQ==\n-----END PGP SIGNATURE-----\n", "first\n\nsecond", "" },
	{ "PGP clear text without its signature stays", "Content-Type: text/plain\n\n-----BEGIN PGP SIGNED MESSAGE-----\n\nwords\n", "-----BEGIN PGP SIGNED MESSAGE-----\n\nwords", "" },
	{ "letters of a pixel", HTML "<span style=\"font-size:1px;color:#fff\">hid</span><p style=\"font-size: 12px\">words</p>", "words", "" },
	{ "letters of ten pixels", HTML "<span style=\"font-size:10px\">words</span>", "words", "" },
	{ "no height", HTML "<div style=\"height:0;overflow:hidden\">hid</div><div style=\"height:0\">words</div>", "words", "" },
	{ "beside the window", HTML "<div style=\"text-indent:-9999px\">hid</div><div style=\"position:absolute; left:-9999px\">hid</div><p style=\"text-indent:-18pt\">words</p>", "words", "" },
	{ "fillers that join nothing", HTML "<div>Hello</div><div>&#847; &zwnj; &nbsp; &#8199; &#65279; &shy; &zwnj;</div><p>می&zwnj;خواهم</p>", "Hello\n\nمی\u200cخواهم", "" },
	{ "lines as they were typed", HTML "<div style=\"white-space: pre-wrap\">one\n  two</div>three\nfour", "one\n  two\nthree four", "" },
	{ "a summary is a line", HTML "<details><summary>one</summary>two</details>", "one\ntwo", "" },
	{ "lines that end in CR", "Subject: s\rContent-Type: multipart/mixed; boundary=b\r\r--b\r\rwords\rmore\r--b\rContent-Type: application/pdf; name=a.pdf\r\rx\r--b--\r", "words\nmore", "a.pdf" },
	{ "a name in pieces with leading zeros", MIXED("b") "--b\n" TEXT("words") "--b\nContent-Type: application/pdf; name*00=\"a b\"; name*01=.pdf\n\nx\n--b--\n", "words", "a b.pdf" },
};

static void add_files(struct buf *out, const struct draft *d)
{
	for (size_t i = 0; i < d->part_count; i++) {
		if (i > 0) (void)buf_char(out, ' ');
		(void)buf_text(out, d->parts[i].name != NULL ? d->parts[i].name : d->parts[i].content_type);
	}
}

TEST(mail_read_finds_words_and_files_in_odd_shapes)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(shapes); i++) {
		const struct mail_source source = { .data = shapes[i].mail, .size = strlen(shapes[i].mail), .fd = -1 };
		struct buf files = BUF_INIT(1000);
		struct ik_error err = { "" };
		struct draft d;

		test_row(shapes[i].row);
		test_check_int(mail_read(&source, &d, &err), IK_OK, err.text, __FILE__, __LINE__);
		CHECK_STR(d.text, shapes[i].text);
		add_files(&files, &d);
		CHECK_STR(buf_str(&files), shapes[i].files);
		buf_release(&files);
		draft_release(&d);
	}
}

static const struct { const char *row, *subject, *text; } subjects[] = {
	{ "no padding", "=?utf-8?B?aGVsbG8gd29ybGQ?=", "hello world" },
	{ "a group cut between words", "=?utf-8?B?aGVsbG?= =?utf-8?B?8gd29ybGQ=?=", "hello world" },
	{ "cut off within a character", "=?utf-8?B?5Zu+54m", "图" },
	{ "an empty word", "=?utf-8?Q?\?= x", "x" },
	{ "a word of question marks", "=?utf-8?Q?\?\?=", "?" },
};

TEST(mail_read_decodes_words_that_are_not_whole)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(subjects); i++) {
		char mail[200];
		struct mail_source source = { .data = mail, .fd = -1 };
		struct ik_error err = { "" };
		struct draft d;

		test_row(subjects[i].row);
		source.size = (size_t)snprintf(mail, sizeof(mail), "Subject: %s\n\nx\n", subjects[i].subject);
		CHECK_INT(mail_read(&source, &d, &err), IK_OK);
		CHECK_STR(d.subject, subjects[i].text);
		draft_release(&d);
	}
}

#define REPORT(blocks) "Return-Path: <>\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n" TEXT("Not delivered.") \
	"--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n" blocks "\n--b--\n"
#define BLOCK(address, action, status) "Final-Recipient: rfc822; " address "\nAction: " action "\nStatus: " status "\n\n"
#define DAEMON "From: MAILER-DAEMON@mx.example\nReturn-Path: <>\nSubject: failure notice\nContent-Type: text/plain; charset=utf-8\n\n"

/* Whom a bounce is about, and why: "recipient status", "-" where it does not say. */
static const struct { const char *row, *mail, *says; } bounces[] = {
	{ "one recipient", REPORT(BLOCK("bad@x.example", "failed", "5.1.1")), "bad@x.example 5.1.1" },
	{ "another one got it", REPORT(BLOCK("good@x.example", "delivered", "2.0.0") BLOCK("bad@x.example", "failed", "5.1.1")), "bad@x.example 5.1.1" },
	{ "another one waits", REPORT(BLOCK("slow@x.example", "delayed", "4.4.7") BLOCK("bad@x.example", "failed", "5.1.1")), "bad@x.example 5.1.1" },
	{ "one waits, the next got it", REPORT(BLOCK("slow@x.example", "delayed", "4.4.7") BLOCK("good@x.example", "relayed", "2.0.0")), "slow@x.example 4.4.7" },
	{ "the address that was written to", REPORT("Original-Recipient: rfc822;old@x.example\n" BLOCK("new@x.example", "failed", "5.1.1")), "old@x.example 5.1.1" },
	{ "folded fields", REPORT("Final-Recipient: rfc822;\n bad@x.example\nAction: failed\nStatus:\n\t5.2.2 (full)\n"), "bad@x.example 5.2.2" },
	{ "a code of SMTP alone", DAEMON "<bad@x.example>: host mx said: 550 Mailbox unavailable\n", "bad@x.example 5.0.0" },
	{ "a code for now", DAEMON "<bad@x.example>: host mx said: 451 try later\n", "bad@x.example 4.0.0" },
	{ "words alone", DAEMON "您的邮件被退回。收件人 bad@qq.example 的邮箱不存在\n", "bad@qq.example 5.1.1" },
	{ "a number that is no code", DAEMON "Could not deliver to bad@x.example after 550-6 tries in 512 minutes.\n", "bad@x.example -" },
};

TEST(mail_read_says_whom_a_bounce_is_about)
{
	mail_start();
	for (size_t i = 0; i < COUNT_OF(bounces); i++) {
		const struct mail_source source = { .data = bounces[i].mail, .size = strlen(bounces[i].mail), .fd = -1 };
		struct buf says = BUF_INIT(500);
		struct ik_error err = { "" };
		struct draft d;

		test_row(bounces[i].row);
		CHECK_INT(mail_read(&source, &d, &err), IK_OK);
		CHECK(d.is_bounce);
		(void)buf_format(&says, "%s %s", d.bounce_recipient != NULL ? d.bounce_recipient : "-", d.bounce_status != NULL ? d.bounce_status : "-");
		CHECK_STR(buf_str(&says), bounces[i].says);
		buf_release(&says);
		draft_release(&d);
	}
}

/* Cut off anywhere and with any byte changed it gives something or nothing, and reads nothing else. */
TEST(wrapper_open_signed_stays_within_its_bytes)
{
	static const unsigned char open[] = { 0x30, 0x80, 6, 9, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2, 0xA0, 0x80, 0x30, 0x80, 2, 1, 1, 0x31, 0, 0x30, 0x80,
	                                      6, 1, 1, 0xA0, 0x80, 0x24, 0x80, 4, 2, 'a', 'b', 4, 1, 'c', 0, 0, 0, 0, 0, 0 };
	struct buf out = BUF_INIT(100);

	(void)buf_add(&out, open, sizeof(open));
	CHECK(wrapper_open_signed(&out));
	CHECK_STR(buf_str(&out), "abc");
	buf_release(&out);
	for (size_t len = 0; len < sizeof(open); len++)
		for (unsigned value = 0; value < 256; value++) {
			struct buf copy = { .data = mem_copy(open, len + 1), .len = len + 1, .room = len + 1, .max = len + 1 };

			copy.data[len] = (char)value;
			CHECK(wrapper_open_signed(&copy) ? copy.len > 0 && copy.len <= len : copy.len == 0);
			buf_release(&copy);
		}
}
