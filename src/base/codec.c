#include "base/codec.h"

#include <stdlib.h>
#include <string.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

/* OpenSSL fails here only without memory or without its default provider: both end the process. */
static void must(int ok)
{
	if (ok != 1) abort();
}

void sha256_init(struct sha256 *s)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();

	must(context != NULL);
	must(EVP_DigestInit_ex(context, EVP_sha256(), NULL));
	s->context = context;
}

void sha256_add(struct sha256 *s, const void *data, size_t len)
{
	must(EVP_DigestUpdate(s->context, data, len));
}

void sha256_end(struct sha256 *s, unsigned char digest_r[SHA256_SIZE])
{
	must(EVP_DigestFinal_ex(s->context, digest_r, NULL));
	EVP_MD_CTX_free(s->context);
	s->context = NULL;
}

void sha256(const struct bytes *pieces, size_t count, unsigned char digest_r[SHA256_SIZE])
{
	struct sha256 s;

	sha256_init(&s);
	for (size_t i = 0; i < count; i++) sha256_add(&s, pieces[i].data, pieces[i].len);
	sha256_end(&s, digest_r);
}

void mac_init(struct mac *m, const void *key, size_t len)
{
	char digest[] = "SHA256";
	const OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0), OSSL_PARAM_construct_end() };
	EVP_MAC *algorithm = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *context;
	static const unsigned char empty[1];

	must(algorithm != NULL);
	context = EVP_MAC_CTX_new(algorithm);
	EVP_MAC_free(algorithm);
	must(context != NULL);
	must(EVP_MAC_init(context, len > 0 ? key : empty, len, params));
	m->context = context;
}

void mac_release(struct mac *m)
{
	EVP_MAC_CTX_free(m->context);
	m->context = NULL;
}

void mac_of(struct mac *m, const struct bytes *pieces, size_t count, unsigned char mac_r[SHA256_SIZE])
{
	size_t len = 0;

	must(EVP_MAC_init(m->context, NULL, 0, NULL));
	for (size_t i = 0; i < count; i++) must(EVP_MAC_update(m->context, pieces[i].data, pieces[i].len));
	must(EVP_MAC_final(m->context, mac_r, &len, SHA256_SIZE));
}

void mac_once(const void *key, size_t key_len, const struct bytes *pieces, size_t count, unsigned char mac_r[SHA256_SIZE])
{
	struct mac m;

	mac_init(&m, key, key_len);
	mac_of(&m, pieces, count, mac_r);
	mac_release(&m);
}

bool same_bytes(const void *a, const void *b, size_t len)
{
	return CRYPTO_memcmp(a, b, len) == 0;
}

char *hex_encode(const void *data, size_t len, char *text_r)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *in = data;

	for (size_t i = 0; i < len; i++) {
		text_r[2 * i] = digits[in[i] >> 4];
		text_r[2 * i + 1] = digits[in[i] & 15];
	}
	text_r[2 * len] = '\0';
	return text_r;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') return c - '0';
	if (c >= 'a' && c <= 'f') return c - 'a' + 10;
	if (c >= 'A' && c <= 'F') return c - 'A' + 10;
	return -1;
}

long hex_decode(const char *text, size_t text_len, unsigned char *bytes_r, size_t room)
{
	if (text_len % 2 != 0 || text_len / 2 > room) return -1;
	for (size_t i = 0; i < text_len / 2; i++) {
		const int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);

		if (high < 0 || low < 0) return -1;
		bytes_r[i] = (unsigned char)(high << 4 | low);
	}
	return (long)(text_len / 2);
}

char *base64_encode(const void *data, size_t len, char *text_r)
{
	text_r[0] = '\0';
	if (len > 0) (void)EVP_EncodeBlock((unsigned char *)text_r, data, (int)len);
	return text_r;
}

/* The values of the symbols and one bit more, so that 0 is no symbol. */
#define DIGIT_BIT 64u
static const unsigned char digits[256] = {
	['A'] = DIGIT_BIT + 0, ['B'] = DIGIT_BIT + 1, ['C'] = DIGIT_BIT + 2, ['D'] = DIGIT_BIT + 3, ['E'] = DIGIT_BIT + 4, ['F'] = DIGIT_BIT + 5, ['G'] = DIGIT_BIT + 6, ['H'] = DIGIT_BIT + 7,
	['I'] = DIGIT_BIT + 8, ['J'] = DIGIT_BIT + 9, ['K'] = DIGIT_BIT + 10, ['L'] = DIGIT_BIT + 11, ['M'] = DIGIT_BIT + 12, ['N'] = DIGIT_BIT + 13, ['O'] = DIGIT_BIT + 14, ['P'] = DIGIT_BIT + 15,
	['Q'] = DIGIT_BIT + 16, ['R'] = DIGIT_BIT + 17, ['S'] = DIGIT_BIT + 18, ['T'] = DIGIT_BIT + 19, ['U'] = DIGIT_BIT + 20, ['V'] = DIGIT_BIT + 21, ['W'] = DIGIT_BIT + 22, ['X'] = DIGIT_BIT + 23,
	['Y'] = DIGIT_BIT + 24, ['Z'] = DIGIT_BIT + 25, ['a'] = DIGIT_BIT + 26, ['b'] = DIGIT_BIT + 27, ['c'] = DIGIT_BIT + 28, ['d'] = DIGIT_BIT + 29, ['e'] = DIGIT_BIT + 30, ['f'] = DIGIT_BIT + 31,
	['g'] = DIGIT_BIT + 32, ['h'] = DIGIT_BIT + 33, ['i'] = DIGIT_BIT + 34, ['j'] = DIGIT_BIT + 35, ['k'] = DIGIT_BIT + 36, ['l'] = DIGIT_BIT + 37, ['m'] = DIGIT_BIT + 38, ['n'] = DIGIT_BIT + 39,
	['o'] = DIGIT_BIT + 40, ['p'] = DIGIT_BIT + 41, ['q'] = DIGIT_BIT + 42, ['r'] = DIGIT_BIT + 43, ['s'] = DIGIT_BIT + 44, ['t'] = DIGIT_BIT + 45, ['u'] = DIGIT_BIT + 46, ['v'] = DIGIT_BIT + 47,
	['w'] = DIGIT_BIT + 48, ['x'] = DIGIT_BIT + 49, ['y'] = DIGIT_BIT + 50, ['z'] = DIGIT_BIT + 51, ['0'] = DIGIT_BIT + 52, ['1'] = DIGIT_BIT + 53, ['2'] = DIGIT_BIT + 54, ['3'] = DIGIT_BIT + 55,
	['4'] = DIGIT_BIT + 56, ['5'] = DIGIT_BIT + 57, ['6'] = DIGIT_BIT + 58, ['7'] = DIGIT_BIT + 59, ['8'] = DIGIT_BIT + 60, ['9'] = DIGIT_BIT + 61, ['+'] = DIGIT_BIT + 62, ['/'] = DIGIT_BIT + 63,
};

size_t base64_groups(const char *text, size_t len, unsigned char *bytes_r, size_t *used_r)
{
	const unsigned char *in = (const unsigned char *)text, *const end = in + len;
	unsigned char *out = bytes_r;

	while (end - in >= 4) {
		const uint32_t a = digits[in[0]], b = digits[in[1]], c = digits[in[2]], d = digits[in[3]];
		const uint32_t group = (a << 18) + (b << 12) + (c << 6) + d - DIGIT_BIT * (1u << 18 | 1u << 12 | 1u << 6 | 1u);

		if ((a & b & c & d) == 0) {
			if (*in != '\n' && *in != '\r') break;
			in++;
			continue;
		}
		*out++ = (unsigned char)(group >> 16);
		*out++ = (unsigned char)(group >> 8);
		*out++ = (unsigned char)group;
		in += 4;
	}
	*used_r = (size_t)((const char *)in - text);
	return (size_t)(out - bytes_r);
}

static int base64_digit(char c)
{
	if (c >= 'A' && c <= 'Z') return c - 'A';
	if (c >= 'a' && c <= 'z') return c - 'a' + 26;
	if (c >= '0' && c <= '9') return c - '0' + 52;
	if (c == '+' || c == '-') return 62;
	if (c == '/' || c == '_') return 63;
	return -1;
}

long base64_decode(const char *text, size_t text_len, unsigned char *bytes_r, size_t room)
{
	size_t used = 0;
	uint32_t bits = 0;
	int have = 0;

	for (int pad = 0; pad < 2 && text_len > 0 && text[text_len - 1] == '='; pad++) text_len--;
	if (text_len % 4 == 1) return -1;
	for (size_t i = 0; i < text_len; i++) {
		const int digit = base64_digit(text[i]);

		if (digit < 0) return -1;
		bits = bits << 6 | (uint32_t)digit;
		have += 6;
		if (have < 8) continue;
		have -= 8;
		if (used == room) return -1;
		bytes_r[used++] = (unsigned char)(bits >> have & 255);
	}
	return (long)used;
}

char *code_shown(const char *code, char shown_r[CODE_SHOWN_SIZE])
{
	size_t n = 0;

	for (size_t i = 0; code[i] != '\0' && n < CODE_SHOWN_SIZE - 1; i++) {
		if (code[i] == '-') continue;
		if (n % 5 == 4) shown_r[n++] = '-';
		shown_r[n++] = code[i];
	}
	shown_r[n] = '\0';
	return shown_r;
}
