/* fuzz_address.c - any text as the address of a person, of a client and of a list of proxies: folded once it is folded for good, and a client's
 * address reads back as it was written. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "net/http_address.h"
#include "policy/ack_decision.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_person(const char *text)
{
	char folded[ACK_ADDRESS_MAX], again[ACK_ADDRESS_MAX];

	if (!ack_fold_address(text, folded, sizeof(folded))) return;
	if (strchr(folded, '@') == NULL || strpbrk(folded, " \r\n<>") != NULL) abort();
	if (!ack_fold_address(folded, again, sizeof(again)) || strcmp(folded, again) != 0) abort();
	(void)ack_is_role(folded);
}

static void check_client(const char *text, size_t len)
{
	const struct http_net nets[] = { { .base.is_unix = true } };
	const struct http_address peer = { .is_unix = true };
	char first[HTTP_ADDRESS_TEXT], second[HTTP_ADDRESS_TEXT];
	struct http_address a, b;
	struct http_net net;
	struct ik_error err = { 0 };

	if (http_address_parse(text, len, &a)) {
		(void)http_address_text(&a, first);
		if (!http_address_parse(first, strlen(first), &b) || memcmp(a.bytes, b.bytes, sizeof(a.bytes)) != 0) abort();
	}
	http_forwarded(text, nets, 1, &peer, &a);
	if (strlen(http_address_text(&a, second)) >= HTTP_ADDRESS_TEXT) abort();
	if (http_net_parse(text, &net, &err) == IK_OK && net.bits > 128) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);

	check_person(text);
	check_client(text, strlen(text));
	free(text);
	return 0;
}
