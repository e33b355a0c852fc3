#include "pipeline/ticket.h"

#include <stdlib.h>
#include "base/file.h"
#include "base/mem.h"

const char *const verdict_names[] = { "new", "duplicate", "followup", "related", "repeat", "self", "query", "rating", NULL };

struct ticket *ticket_new(const struct pipeline_account *account, int64_t received_at)
{
	struct ticket *t = mem_new(sizeof(*t));

	t->account = account;
	t->received_at = t->counts_from = received_at;
	t->raw_fd = -1;
	t->authentication = (struct authentication_verdict){ .is = AUTHENTICATION_NONE, .why = "no-mail" };
	draft_init(&t->draft);
	return t;
}

static void release_input(struct ticket *t)
{
	char **const texts[] = { &t->source_id, &t->recipient, &t->envelope_from, &t->conversation, &t->sender_type, &t->sender,
	                         &t->sender_name, &t->language_hint, &t->brand, &t->order_number, &t->cursor_name, &t->cursor_value, &t->client, &t->mail,
	                         &t->attachments, &t->unreadable };

	for (size_t i = 0; i < COUNT_OF(texts); i++) mem_free(texts[i]);
	for (size_t i = 0; i < t->file_count; i++) free(t->file_data[i]);
	mem_free(&t->file_data);
	mem_free(&t->files);
	mem_free(&t->raw);
	fd_close(&t->raw_fd);
}

void ticket_release(struct ticket **t)
{
	if (*t == NULL) return;
	release_input(*t);
	draft_release(&(*t)->draft);
	schedule_release(&(*t)->schedule);
	mem_free(&(*t)->receipt.promise_text);
	mem_free(t);
}
