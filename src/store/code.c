/* code.c - Crockford's base-32 (https://www.crockford.com/base32.html) without his optional mod-37 symbol: the check is one of
 * the same 32 symbols, so that a code never holds a sign that people cannot dictate.
 *
 * Check: each symbol times its weight, summed in GF(32) (x^5 + x^2 + 1). All weights differ and none is zero, hence any single
 * wrong symbol and any swap of two different symbols, adjacent or not, changes the sum. */
#include "store/code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static int symbol_value(char c)
{
	const char upper = (char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
	const char *at;

	if (upper == 'I' || upper == 'L') return 1;
	if (upper == 'O') return 0;
	at = upper != '\0' ? strchr(symbols, upper) : NULL;
	return at != NULL ? (int)(at - symbols) : -1;
}

static unsigned field_times(unsigned a, unsigned b)
{
	unsigned product = 0;

	for (int bit = 0; bit < 5; bit++) {
		if (b & 1u) product ^= a;
		b >>= 1;
		a <<= 1;
		if (a & 32u) a ^= 37u;
	}
	return product;
}

/* Weights 2 ... 16 for the symbols; 1 is the check symbol's own, so that it takes part in the swap rule. */
static unsigned check_of(const char *code)
{
	unsigned sum = 0;

	for (unsigned i = 0; i < CODE_RANDOM; i++) sum ^= field_times((unsigned)symbol_value(code[i]), i + 2);
	return sum;
}

void code_make(const unsigned char random[CODE_RANDOM], char code_r[STORE_CODE_SIZE])
{
	for (size_t i = 0; i < CODE_RANDOM; i++) code_r[i] = symbols[random[i] & 31];
	code_r[CODE_RANDOM] = symbols[check_of(code_r)];
	code_r[CODE_LEN] = '\0';
}

bool store_code_canonical(const char *text, char code_r[STORE_CODE_SIZE])
{
	char code[STORE_CODE_SIZE] = "";
	size_t n = 0;

	for (; *text != '\0'; text++) {
		const int value = symbol_value(*text);

		if (*text == '-' || *text == ' ') continue;
		if (value < 0 || n == CODE_LEN) return false;
		code[n++] = symbols[value];
	}
	if (n != CODE_LEN || symbols[check_of(code)] != code[CODE_RANDOM]) return false;
	memcpy(code_r, code, sizeof(code));
	return true;
}

bool store_code_valid(const char *text)
{
	char code[STORE_CODE_SIZE];

	return store_code_canonical(text, code);
}

char *number_text(int64_t number, char text_r[STORE_NUMBER_SIZE])
{
	(void)snprintf(text_r, STORE_NUMBER_SIZE, "%06lld-%03lld", (long long)(number / NUMBER_FACTOR), (long long)(number % NUMBER_FACTOR));
	return text_r;
}

int64_t number_parse(const char *text)
{
	int64_t month = 0, sequence = 0;
	size_t i;

	for (i = 0; i < 6; i++) {
		if (text[i] < '0' || text[i] > '9') return 0;
		month = month * 10 + (text[i] - '0');
	}
	if (text[i++] != '-') return 0;
	for (; text[i] >= '0' && text[i] <= '9' && i < 16; i++) sequence = sequence * 10 + (text[i] - '0');
	if (text[i] != '\0' || i < 10 || sequence == 0) return 0;
	return month * NUMBER_FACTOR + sequence;
}
