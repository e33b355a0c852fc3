/* client.c - how many messages came from one client of late: counted in the transaction that stores them, so that the count survives
 * restarts and costs no commit of its own. */
#include "pipeline/ticket.h"

#include <stdio.h>
#include "base/codec.h"
#include "net/http_address.h"

#define HASH_BYTES 12

void pipeline_client_key(const struct store *store, const char *account, const char *client, char key_r[PIPELINE_CLIENT_KEY_SIZE])
{
	static const char purpose[] = "client";
	unsigned char one[16], mac[SHA256_SIZE];
	struct http_address address;
	char hex[SHA256_HEX_SIZE];

	key_r[0] = '\0';
	if (client == NULL || !http_address_parse(client, strlen(client), &address)) return;
	http_address_client(&address, one);
	mac_once(store_secret(store), 32, (const struct bytes[]){ { purpose, sizeof(purpose) }, { one, sizeof(one) } }, 2, mac);
	(void)snprintf(key_r, PIPELINE_CLIENT_KEY_SIZE, "client:%.64s:%s", account, hex_encode(mac, HASH_BYTES, hex));
}

enum ik_rc count_client(struct store_tx *tx, const struct store *store, const struct ticket *t, struct ik_error *err)
{
	char key[PIPELINE_CLIENT_KEY_SIZE];
	bool ok;

	pipeline_client_key(store, t->account->name, t->client, key);
	if (key[0] == '\0') return IK_OK;
	return store_use_budget(tx, key, IK_CLIENT_WINDOW_S, INT64_MAX, t->received_at, &ok, err);
}
