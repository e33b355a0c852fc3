/* signature.c - one MAC over what was received, compared with each listed signature in constant time. */
#include "net/signature.h"

#include <string.h>
#include "base/codec.h"

#define ID_MAX 256
#define TIME_DIGITS_MAX 12

enum ik_rc signature_standard_key(const char *secret, unsigned char key_r[64], size_t *len_r, struct ik_error *err)
{
	unsigned char key[64];
	long len;

	if (strncmp(secret, "whsec_", 6) == 0) secret += 6;
	len = base64_decode(secret, strlen(secret), key, sizeof(key));
	if (len < 24) return ik_fail(IK_CONFIG, err, "the secret has to be whsec_ and the base64 of 24 to 64 bytes");
	memcpy(key_r, key, (size_t)len);
	*len_r = (size_t)len;
	return IK_OK;
}

/* Digits only: what strtoll also takes (signs, spaces) is not what was signed by any honest sender. */
static int64_t read_time(const char *text)
{
	int64_t at = 0;
	const size_t len = strlen(text);

	if (len == 0 || len > TIME_DIGITS_MAX) return -1;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9') return -1;
		at = at * 10 + (text[i] - '0');
	}
	return at;
}

static void standard_mac(struct mac *mac, const char *id, const char *timestamp, const void *body, size_t len, unsigned char mac_r[SHA256_SIZE])
{
	const struct bytes pieces[] = { { id, strlen(id) }, { ".", 1 }, { timestamp, strlen(timestamp) }, { ".", 1 }, { body, len } };

	mac_of(mac, pieces, sizeof(pieces) / sizeof(pieces[0]), mac_r);
}

/* One entry "v1,BASE64" of the list; another version or a wrong length is no match. */
static bool entry_matches(const char *entry, size_t len, const unsigned char wanted[SHA256_SIZE])
{
	unsigned char given[SHA256_SIZE];

	if (len < 3 || memcmp(entry, "v1,", 3) != 0) return false;
	if (base64_decode(entry + 3, len - 3, given, sizeof(given)) != SHA256_SIZE) return false;
	return same_bytes(given, wanted, SHA256_SIZE);
}

static bool list_matches(const char *list, const unsigned char wanted[SHA256_SIZE])
{
	bool matches = false;

	for (size_t n = 0; n < SIGNATURE_LISTED_MAX && *list != '\0'; n++) {
		const size_t len = strcspn(list, " ");

		if (entry_matches(list, len, wanted)) matches = true;
		list += len;
		list += strspn(list, " ");
	}
	return matches;
}

enum ik_rc signature_standard_check_mac(struct mac *mac, const char *id, const char *timestamp, const char *signatures,
                                        const void *body, size_t len, int64_t now_at, struct ik_error *err)
{
	unsigned char wanted[SHA256_SIZE];
	int64_t at;

	if (id == NULL || timestamp == NULL || signatures == NULL) return ik_fail(IK_REJECT, err, "a webhook- header is missing");
	if (id[0] == '\0' || strlen(id) > ID_MAX) return ik_fail(IK_REJECT, err, "webhook-id is empty or too long");
	at = read_time(timestamp);
	if (at < 0) return ik_fail(IK_REJECT, err, "webhook-timestamp is no time");
	if (at < now_at - SIGNATURE_TOLERANCE_S || at > now_at + SIGNATURE_TOLERANCE_S)
		return ik_fail(IK_REJECT, err, "webhook-timestamp is %lld s off", (long long)(at - now_at));
	standard_mac(mac, id, timestamp, body, len, wanted);
	return list_matches(signatures, wanted) ? IK_OK : ik_fail(IK_REJECT, err, "no signature matches");
}

enum ik_rc signature_standard_check(const unsigned char *key, size_t key_len, const char *id, const char *timestamp, const char *signatures,
                                    const void *body, size_t len, int64_t now_at, struct ik_error *err)
{
	struct mac mac;
	enum ik_rc rc;

	mac_init(&mac, key, key_len);
	rc = signature_standard_check_mac(&mac, id, timestamp, signatures, body, len, now_at, err);
	mac_release(&mac);
	return rc;
}

void signature_standard_make(const unsigned char *key, size_t key_len, const char *id, int64_t at, const void *body, size_t len, char *text_r)
{
	unsigned char made[SHA256_SIZE];
	char timestamp[24];
	struct mac mac;

	(void)snprintf(timestamp, sizeof(timestamp), "%lld", (long long)at);
	mac_init(&mac, key, key_len);
	standard_mac(&mac, id, timestamp, body, len, made);
	mac_release(&mac);
	memcpy(text_r, "v1,", 4);
	(void)base64_encode(made, sizeof(made), text_r + 3);
}

enum ik_rc signature_hex_check_mac(struct mac *mac, const char *prefix, const char *header, const void *body, size_t len, struct ik_error *err)
{
	const struct bytes piece = { body, len };
	const size_t skip = prefix != NULL ? strlen(prefix) : 0;
	unsigned char wanted[SHA256_SIZE], given[SHA256_SIZE];

	if (header == NULL) return ik_fail(IK_REJECT, err, "the signature header is missing");
	if (skip > 0 && strncmp(header, prefix, skip) != 0) return ik_fail(IK_REJECT, err, "the signature does not start with \"%s\"", prefix);
	if (hex_decode(header + skip, strlen(header + skip), given, sizeof(given)) != SHA256_SIZE)
		return ik_fail(IK_REJECT, err, "the signature is not 64 hexadecimal digits");
	mac_of(mac, &piece, 1, wanted);
	return same_bytes(given, wanted, sizeof(wanted)) ? IK_OK : ik_fail(IK_REJECT, err, "the signature does not match");
}

enum ik_rc signature_hex_check(const char *secret, const char *prefix, const char *header, const void *body, size_t len, struct ik_error *err)
{
	struct mac mac;
	enum ik_rc rc;

	mac_init(&mac, secret, strlen(secret));
	rc = signature_hex_check_mac(&mac, prefix, header, body, len, err);
	mac_release(&mac);
	return rc;
}
