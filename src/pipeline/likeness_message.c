/* likeness_message.c - what is compared of a message, and under which key its sender is known. */
#include "pipeline/likeness_parts.h"

#include <stdio.h>
#include <string.h>
#include "policy/ack_decision.h"

/* A machine's or a role's address is many people's: behind it nobody is the same person. A forged sender is nobody. */
static bool is_person(const struct likeness_row *row)
{
	if (row->is_forged || row->sender == NULL) return false;
	return strchr(row->sender, '@') == NULL || !ack_is_role(row->sender);
}

void likeness_key(const char *type, const char *value, char key_r[LIKENESS_KEY_MAX])
{
	const bool is_everywhere = strchr(value, '@') != NULL || (type != NULL && strcmp(type, "phone") == 0);

	(void)snprintf(key_r, LIKENESS_KEY_MAX, "%s%s%s", is_everywhere || type == NULL ? "" : type, is_everywhere ? "" : ":", value);
}

bool likeness_is_handle(const char *type, const char *value, const char *other_type, const char *other)
{
	char key[LIKENESS_KEY_MAX], other_key[LIKENESS_KEY_MAX];

	likeness_key(type, value, key);
	likeness_key(other_type, other, other_key);
	return similar_is_sender(key, other_key);
}

bool likeness_message(struct likeness_row *row, struct similar_message *m)
{
	if (row->is_outbound || row->is_automatic) return false;
	if (is_person(row)) likeness_key(row->sender_type, row->sender, row->key);
	else row->key[0] = '\0';
	*m = (struct similar_message){
		.id = row->id, .channel = row->channel != NULL ? row->channel : "", .sender = row->key, .external_id = row->external_id,
		.subject = row->subject, .text = row->text != NULL ? row->text : "", .reply_text = row->reply_text, .received_at = row->received_at,
		.is_chat = row->conversation != NULL && row->conversation[0] != '\0' && (row->subject == NULL || row->subject[0] == '\0'),
	};
	return true;
}
