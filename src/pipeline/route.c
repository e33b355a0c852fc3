/* route.c - to which mailbox of ours a mail was written, and for which brand. The envelope knows: To and Cc are what the sender wrote, and
 * a blind copy stands in neither. */
#include "pipeline/ticket.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include "base/mem.h"
#include "policy/ack_decision.h"

#define ENVELOPE 3                      /* of the addresses below */

/* The nth address the mail may have been written to: of the envelope, of the headers that repeat it, then To and Cc. */
static const char *address_at(const struct ticket *t, size_t nth)
{
	const char *const envelope[ENVELOPE] = { t->recipient, t->draft.delivered_to, t->draft.original_to };

	if (nth < ENVELOPE) return envelope[nth] != NULL ? envelope[nth] : "";
	if (nth - ENVELOPE < t->draft.to_count) return t->draft.to[nth - ENVELOPE].address != NULL ? t->draft.to[nth - ENVELOPE].address : "";
	return NULL;
}

/* The brand of a folded address: by the whole address first, then by "@domain". */
static const char *brand_of(const struct ik_map *brands, const char *folded)
{
	const char *by_domain = NULL, *domain = strchr(folded, '@');
	char key[TICKET_HANDLE_MAX];

	for (size_t i = 0; i < brands->count; i++) {
		const struct ik_pair *row = &brands->pair[i];

		if (row->key[0] == '@' && by_domain == NULL && strcasecmp(row->key, domain) == 0) by_domain = row->value;
		if (row->key[0] != '@' && ack_fold_address(row->key, key, sizeof(key)) && strcmp(key, folded) == 0) return row->value;
	}
	return by_domain;
}

static bool is_own(const struct pipeline_setup *setup, const char *folded)
{
	for (size_t i = 0; i < setup->own_count; i++)
		if (strcmp(setup->own_addresses[i], folded) == 0) return true;
	return false;
}

void route(const struct pipeline_setup *setup, struct ticket *t)
{
	static const struct ik_map none = { .count = 0 };
	const struct ik_map *brands = setup->brands != NULL ? setup->brands : &none;
	const char *address, *brand = NULL;
	char folded[TICKET_HANDLE_MAX];

	t->mailbox[0] = '\0';
	if (t->form != IK_FORM_MAIL || t->unreadable != NULL) return;
	for (size_t i = 0; (address = address_at(t, i)) != NULL; i++) {
		if (!ack_fold_address(address, folded, sizeof(folded))) continue;
		if (brand == NULL) brand = brand_of(brands, folded);
		if (t->mailbox[0] == '\0' && (i < ENVELOPE || is_own(setup, folded))) (void)snprintf(t->mailbox, sizeof(t->mailbox), "%s", folded);
	}
	if (t->brand == NULL && brand != NULL) t->brand = mem_text(brand);
}
