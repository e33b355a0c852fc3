/* normalise.c - from bytes to a draft: mail through the sandboxed worker, other channels from their fields. Also what later steps
 * compare by: the folded handle of the sender, the digest of the content and its words. */
#include "pipeline/ticket.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/codec.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "mail/own_list.h"
#include "pipeline/same_words.h"

#define MAIL_OLDEST_AT 631152000        /* 1990: earlier dates are nonsense and filed under the time of arrival */

/* Handles compare without case; addresses keep the local part's tag (it may be a person of its own). */
static void fold_handle(const char *value, char *folded_r, size_t size)
{
	size_t i;

	for (i = 0; value[i] != '\0' && i + 1 < size; i++) folded_r[i] = (char)(value[i] >= 'A' && value[i] <= 'Z' ? value[i] + 32 : value[i]);
	folded_r[utf8_cut(value, i, i)] = '\0';
}

static void set_handle(struct ticket *t, const char *type, const char *value)
{
	if (type == NULL || value == NULL || value[0] == '\0') return;
	(void)snprintf(t->handle_type, sizeof(t->handle_type), "%s", type);
	fold_handle(value, t->handle, sizeof(t->handle));
}

/* The attachments of a mail stay inside its original; rows tell where ("part"). */
static char *describe_parts(const struct draft *d)
{
	struct buf b = BUF_INIT(256 * 1024);
	char hex[SHA256_HEX_SIZE];

	if (d->part_count == 0) return NULL;
	for (size_t i = 0; i < d->part_count; i++) {
		const struct draft_part *p = &d->parts[i];

		buf_text(&b, i == 0 ? "[{\"name\":" : ",{\"name\":");
		json_quote(&b, p->name);
		buf_text(&b, ",\"content_type\":");
		json_quote(&b, p->content_type);
		buf_format(&b, ",\"size\":%lld,\"sha256\":\"%s\",\"part\":", (long long)p->size, hex_encode(p->digest, SHA256_SIZE, hex));
		json_quote(&b, p->path);
		buf_char(&b, '}');
	}
	buf_char(&b, ']');
	if (b.is_full) buf_release(&b);
	return b.data != NULL ? buf_take(&b) : NULL;
}

/* A Message-ID names the mail; without one, sender, date and content do. Filed under the mail's own date, so that the same
 * mail fetched again years later is found at the same place. */
static void set_mail_id(struct ticket *t)
{
	const struct draft *d = &t->draft;
	unsigned char digest[SHA256_SIZE];
	char hex[SHA256_HEX_SIZE];
	const int64_t came_at = t->came_at > 0 ? t->came_at : t->received_at;

	t->mail_at = d->sent_at > MAIL_OLDEST_AT && d->sent_at <= came_at + 86400 ? d->sent_at : came_at;
	if (d->message_id != NULL && d->message_id[0] != '\0') {
		(void)snprintf(t->mail_id, sizeof(t->mail_id), "%s", d->message_id);
		return;
	}
	sha256((const struct bytes[]){ { t->handle, strlen(t->handle) + 1 }, { &d->sent_at, sizeof(d->sent_at) },
	                               { d->content_digest, sizeof(d->content_digest) } }, 3, digest);
	(void)snprintf(t->mail_id, sizeof(t->mail_id), "made:%s", hex_encode(digest, SHA256_SIZE, hex));
}

/* A mailbox that does not tell when it took a mail in has its host write it on top of the mail; what is not out of a mailbox comes now. */
static void judge_age(struct ticket *t)
{
	const int64_t hop_at = t->draft.hop_at;

	if (t->history_before <= 0) return;
	if (t->came_at == 0 && hop_at > MAIL_OLDEST_AT && hop_at < t->received_at) t->came_at = hop_at;
	if (t->came_at > 0 && t->came_at < t->history_before) t->is_history = true;
}

/* A group of ours passed the mail on to the mailbox: its marks of a list say nothing, and where it put itself into From, somebody else wrote. */
static void undo_own_list(const struct pipeline_setup *setup, struct draft *d)
{
	for (size_t i = 0; d->list != NULL && i < setup->own_count; i++) {
		if (!own_list_is(d->list, setup->own_addresses[i])) continue;
		own_list_take(d);
		return;
	}
}

/* Domains are compared in their ASCII form, as the border server writes them. What it says of a From that a list of ours wrote is about the list: a
 * pass shows that the mail came through it, and says nothing of the writer. */
static void judge_sender(struct ticket *t)
{
	const char *from = t->draft.header_from != NULL ? t->draft.header_from : t->draft.from.address;
	char folded[TICKET_HANDLE_MAX];

	if (from != NULL && ack_fold_address(from, folded, sizeof(folded))) from = folded;
	authentication_judge(t->draft.authentication, from, &t->account->trust, &t->authentication);
	if (t->draft.header_from == NULL || t->authentication.is != AUTHENTICATION_PASS) return;
	t->is_list_proved = true;
	t->authentication.is = AUTHENTICATION_NONE;
	t->authentication.why = "through-list";
}

static enum ik_rc normalise_mail(const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	const struct mail_source source = { .data = t->raw, .size = (size_t)t->raw_size, .fd = t->raw_fd };
	enum ik_rc rc;

	draft_release(&t->draft);
	rc = worker_read_mail(setup->workers, &source, &t->draft, err);
	if (rc == IK_REJECT) {
		draft_init(&t->draft);
		t->unreadable = mem_text(err->text[0] != '\0' ? err->text : "could not be read");
		return IK_OK;
	}
	if (rc != IK_OK) {
		draft_init(&t->draft);
		return rc;
	}
	undo_own_list(setup, &t->draft);
	set_handle(t, "email", t->draft.from.address);
	sha256((const struct bytes[]){ { t->draft.content_digest, sizeof(t->draft.content_digest) }, { t->handle, strlen(t->handle) } }, 2,
	       t->content_digest);             /* two people who write the same are not one */
	if (t->draft.from.name != NULL && t->sender_name == NULL) t->sender_name = mem_text(t->draft.from.name);
	if (t->sender == NULL) t->sender = mem_text(t->draft.from.address);
	t->attachments = describe_parts(&t->draft);
	judge_sender(t);
	judge_age(t);
	set_mail_id(t);
	return IK_OK;
}

static void normalise_plain(struct ticket *t)
{
	struct draft *d = &t->draft;

	if (d->reply_text == NULL) d->reply_text = mem_text(d->text);
	set_handle(t, t->sender_type != NULL ? t->sender_type : "other", t->sender);
	if (t->entry != NULL && t->account->ack == IK_ACK_MAIL) d->from.address = mem_text(t->sender);      /* entered by hand: where the acknowledgement goes */
	if (t->original.size > 0) memcpy(t->content_digest, t->original.digest, sizeof(t->content_digest));
	else sha256((const struct bytes[]){ { d->subject, strlen(d->subject) + 1 }, { d->text, strlen(d->text) } }, 2, t->content_digest);
}

/* What could not be read still becomes a ticket: somebody wrote, and somebody has to look. */
static void fill_unreadable(struct ticket *t)
{
	struct draft *d = &t->draft;

	mem_free(&d->subject);
	mem_free(&d->text);
	mem_free(&d->reply_text);
	d->subject = mem_text("(could not be read / 无法读取)");
	d->text = mem_format("A message arrived that could not be read: %s. Its original is kept in quarantine.", t->unreadable);
	d->reply_text = mem_text("");
	memcpy(t->content_digest, t->original.digest, sizeof(t->content_digest));
	t->words = 0;
	t->mail_id[0] = '\0';
}

void make_unreadable(struct ticket *t, const char *why)
{
	mem_free(&t->unreadable);
	t->unreadable = mem_text(why[0] != '\0' ? why : "could not be filed");
	if (t->form == IK_FORM_MAIL) fill_unreadable(t);
}

enum ik_rc normalise(const struct pipeline_setup *setup, struct ticket *t, struct ik_error *err)
{
	enum ik_rc rc = IK_OK;

	if (t->unreadable == NULL && t->form == IK_FORM_MAIL) rc = normalise_mail(setup, t, err);
	else if (t->unreadable == NULL) normalise_plain(t);
	if (rc == IK_OK && t->account->ack != IK_ACK_NONE) t->words = same_words_key(t->draft.reply_text);
	if (rc == IK_OK && t->unreadable != NULL) fill_unreadable(t);
	return rc;
}
