/* form_token.c - the token that a form carries: time, random bytes and a MAC over both with the instance's own key. It is the natural key of the message
 * and good for one content. */
#include "net/form_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/random.h"

/* TIME-RANDOM-MAC in hexadecimal; the MAC covers the instance's name, so that forms do not share tokens. */
static void token_sign(const struct form *form, const char *head, char mac_r[2 * FORM_TOKEN_MAC + 1])
{
	const struct bytes pieces[] = { { form->host->instance, strlen(form->host->instance) }, { "\n", 1 }, { head, 33 } };
	unsigned char mac[SHA256_SIZE];

	mac_once(form->key, sizeof(form->key), pieces, 3, mac);
	(void)hex_encode(mac, FORM_TOKEN_MAC, mac_r);
}

void form_token_make(const struct form *form, int64_t at, char token_r[FORM_TOKEN_SIZE])
{
	unsigned char random[8];
	char hex[17], mac[2 * FORM_TOKEN_MAC + 1];

	random_bytes(random, sizeof(random));
	(void)snprintf(token_r, FORM_TOKEN_SIZE, "%016llx-%s-", (unsigned long long)at, hex_encode(random, sizeof(random), hex));
	token_sign(form, token_r, mac);
	memcpy(token_r + 34, mac, sizeof(mac));
}

int64_t form_token_age(const struct form *form, const char *token)
{
	return form->host->now(form->host) - (int64_t)strtoull(token, NULL, 16);
}

/* W_NONE when the token is ours and neither too young nor too old. */
enum form_word form_token_check(const struct form *form, const char *token)
{
	char mac[2 * FORM_TOKEN_MAC + 1];
	int64_t age_s;

	if (token == NULL || strlen(token) != FORM_TOKEN_SIZE - 1) return W_TOO_OLD;
	token_sign(form, token, mac);
	if (token[33] != '-' || !same_bytes(token + 34, mac, 2 * FORM_TOKEN_MAC)) return W_TOO_OLD;
	age_s = form_token_age(form, token);
	if (age_s < 0 || age_s > form->conf->max_age) return W_TOO_OLD;
	return age_s < form->conf->min_fill ? W_TOO_FAST : W_NONE;
}
