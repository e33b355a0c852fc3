/* signature.h - webhook signatures over raw bytes, constant time, one fixed scheme per endpoint.
 * Source: Standard Webhooks specification 1.0.0 (webhook-id, webhook-timestamp, webhook-signature "v1,BASE64").
 * Thread: any; a struct mac belongs to one thread at a time. */
#ifndef NET_SIGNATURE_H
#define NET_SIGNATURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>

struct mac;

#define SIGNATURE_TOLERANCE_S 300       /* past and future */
#define SIGNATURE_LISTED_MAX 10         /* signatures examined per request */
#define SIGNATURE_TEXT_MAX 128

/* signature_standard_key() - the bytes of "whsec_BASE64" (prefix and padding optional), 24 to 64 of them; IK_CONFIG otherwise. */
enum ik_rc signature_standard_key(const char *secret, unsigned char key_r[64], size_t *len_r, struct ik_error *err);
/* signature_standard_check() - IK_OK, or IK_REJECT with the reason (missing header, stale, no match). Header texts may be NULL. */
enum ik_rc signature_standard_check(const unsigned char *key, size_t key_len, const char *id, const char *timestamp, const char *signatures,
                                    const void *body, size_t len, int64_t now_at, struct ik_error *err);
/* signature_standard_make() - "v1,BASE64" into text_r (SIGNATURE_TEXT_MAX bytes). */
void signature_standard_make(const unsigned char *key, size_t key_len, const char *id, int64_t at, const void *body, size_t len, char *text_r);
/* signature_hex_check() - HMAC-SHA256 of the body as hex in a header, after an optional prefix such as "sha256=". */
enum ik_rc signature_hex_check(const char *secret, const char *prefix, const char *header, const void *body, size_t len, struct ik_error *err);

/* The same with a kept MAC of base/codec.h, for who checks often. */
enum ik_rc signature_standard_check_mac(struct mac *mac, const char *id, const char *timestamp, const char *signatures,
                                        const void *body, size_t len, int64_t now_at, struct ik_error *err);
enum ik_rc signature_hex_check_mac(struct mac *mac, const char *prefix, const char *header, const void *body, size_t len, struct ik_error *err);

#endif
