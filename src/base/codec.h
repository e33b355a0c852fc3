/* codec.h - digests, MACs and the text forms of bytes. All of OpenSSL's EVP that the project needs in small pieces.
 * Thread: any; a struct mac belongs to one thread at a time. */
#ifndef BASE_CODEC_H
#define BASE_CODEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHA256_SIZE 32
#define SHA256_HEX_SIZE 65

struct bytes { const void *data; size_t len; };

/* sha256() - digest of the pieces one after another. */
void sha256(const struct bytes *pieces, size_t count, unsigned char digest_r[SHA256_SIZE]);
/* A running digest, for what is streamed. */
struct sha256 { void *context; };
void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *data, size_t len);
void sha256_end(struct sha256 *s, unsigned char digest_r[SHA256_SIZE]);         /* releases as well */

/* A keyed HMAC-SHA256 whose set-up is paid once and re-initialised per message (2.7 times faster than HMAC()). */
struct mac { void *context; };
void mac_init(struct mac *m, const void *key, size_t len);
void mac_release(struct mac *m);
void mac_of(struct mac *m, const struct bytes *pieces, size_t count, unsigned char mac_r[SHA256_SIZE]);
/* mac_once() - for rare use: one key, one message. */
void mac_once(const void *key, size_t key_len, const struct bytes *pieces, size_t count, unsigned char mac_r[SHA256_SIZE]);

/* code_shown() - a tracking code as people read it, "7Q4M-2XK9-ABCD-EFGH": four groups of four, whatever dashes it came with. */
#define CODE_SHOWN_SIZE 20
char *code_shown(const char *code, char shown_r[CODE_SHOWN_SIZE]);

/* same_bytes() - compares in time that depends on len only. */
bool same_bytes(const void *a, const void *b, size_t len);

/* hex_encode() - lower case, 2 * len + 1 bytes into text_r. hex_decode() - bytes written, or -1: odd, too long or no hex. */
char *hex_encode(const void *data, size_t len, char *text_r);
long hex_decode(const char *text, size_t text_len, unsigned char *bytes_r, size_t room);
/* base64_groups() - decodes from the start as far as the text is groups of four standard symbols, with line ends between groups only. Returns
 * the bytes written, for which there is room for 3 of every 4 of len; used_r: what of the text was read. */
size_t base64_groups(const char *text, size_t len, unsigned char *bytes_r, size_t *used_r);
/* base64_encode() - with padding; room for 4 * ((len + 2) / 3) + 1 bytes. base64_decode() - standard or URL alphabet, padding
 * optional, no white space; bytes written or -1. */
char *base64_encode(const void *data, size_t len, char *text_r);
long base64_decode(const char *text, size_t text_len, unsigned char *bytes_r, size_t room);

#endif
