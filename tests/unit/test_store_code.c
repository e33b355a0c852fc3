/* test_store_code.c - tracking codes survive being read aloud and typed; mistakes are seen before the store is asked. */
#include "test.h"
#include <stdlib.h>
#include "base/codec.h"
#include "base/mem.h"
#include "base/random.h"
#include "store/code.h"

static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

static void make(char code_r[STORE_CODE_SIZE], unsigned seed)
{
	unsigned char random[CODE_RANDOM];

	for (size_t i = 0; i < sizeof(random); i++) random[i] = (unsigned char)((seed = seed * 1103515245u + 12345u) >> 16);
	code_make(random, code_r);
}

TEST(every_single_wrong_symbol_is_seen)
{
	char code[STORE_CODE_SIZE], wrong[STORE_CODE_SIZE];

	for (unsigned seed = 1; seed < 20; seed++) {
		make(code, seed);
		CHECK(store_code_valid(code));
		for (size_t at = 0; at < CODE_LEN; at++)
			for (const char *s = symbols; *s != '\0'; s++) {
				memcpy(wrong, code, sizeof(code));
				wrong[at] = *s;
				CHECK_INT(store_code_valid(wrong), *s == code[at]);
			}
	}
}

TEST(every_swap_of_two_symbols_is_seen)
{
	char code[STORE_CODE_SIZE], wrong[STORE_CODE_SIZE];

	for (unsigned seed = 1; seed < 200; seed++) {
		make(code, seed);
		for (size_t at = 0; at + 1 < CODE_LEN; at++) {
			memcpy(wrong, code, sizeof(code));
			wrong[at] = code[at + 1];
			wrong[at + 1] = code[at];
			CHECK_INT(store_code_valid(wrong), code[at] == code[at + 1]);
		}
	}
}

static int by_text(const void *a, const void *b)
{
	return memcmp(a, b, CODE_LEN);
}

/* C7: what getrandom gives stays whole - no code comes twice, and at each place each of the 32 symbols comes equally often. Chi-square with 31
 * degrees of freedom lies above 80 once in 300,000 draws of a fair source; a lost bit puts it above the number of codes. */
TEST(c7_a_million_codes_are_a_million_and_no_symbol_comes_more_often_at_any_place)
{
	enum { COUNT = 1000000 };
	char (*codes)[STORE_CODE_SIZE] = mem_grow(NULL, COUNT, sizeof(*codes));
	static unsigned seen[CODE_LEN][32];
	size_t twice = 0;

	for (size_t i = 0; i < COUNT; i++) {
		unsigned char random[CODE_RANDOM];

		random_bytes(random, sizeof(random));
		code_make(random, codes[i]);
		for (size_t at = 0; at < CODE_LEN; at++) seen[at][strchr(symbols, codes[i][at]) - symbols]++;
	}
	qsort(codes, COUNT, sizeof(*codes), by_text);
	for (size_t i = 1; i < COUNT; i++) twice += by_text(codes[i - 1], codes[i]) == 0;
	CHECK_INT(twice, 0);
	for (size_t at = 0; at < CODE_LEN; at++) {
		double chi = 0;

		for (size_t s = 0; s < 32; s++) chi += (seen[at][s] - COUNT / 32.0) * (seen[at][s] - COUNT / 32.0) / (COUNT / 32.0);
		CHECK(chi < 80);
	}
	free(codes);
}

static const struct { const char *row, *text; bool is_valid; } typed[] = {
	{ "zero code",            "0000000000000000",      true },
	{ "dashes",               "0000-0000-0000-0000",   true },
	{ "spaces",               "0000 0000 0000 0000",   true },
	{ "o for zero",           "oOo0-0000-0000-0000",   true },
	{ "too short",            "0000-0000-0000-000",    false },
	{ "too long",             "0000-0000-0000-00000",  false },
	{ "no symbol",            "0000-0000-0000-000U",   false },
	{ "empty",                "",                      false },
	{ "wide characters",      "００００-0000-0000-0000", false },
	{ "a number of a ticket", "202611-001",            false },
};
TEST(codes_are_read_as_people_type_them)
{
	for (size_t i = 0; i < COUNT_OF(typed); i++) {
		test_row(typed[i].row);
		CHECK_INT(store_code_valid(typed[i].text), typed[i].is_valid);
	}
}

TEST(lower_case_and_look_alikes_become_the_same_code)
{
	static const unsigned char random[CODE_RANDOM] = { 1, 0, 1, 10, 31, 2, 3 };
	char code[STORE_CODE_SIZE], shown[CODE_SHOWN_SIZE], typed_code[32] = "", back[STORE_CODE_SIZE] = "";

	code_make(random, code);
	code_shown(code, shown);
	CHECK_INT(strlen(shown), 19);
	for (size_t i = 0; shown[i] != '\0'; i++) {
		const char c = shown[i];

		typed_code[i] = (char)(c == '1' ? "iIlL"[i % 4] : c == '0' ? 'o' : c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	CHECK(store_code_canonical(typed_code, back));
	CHECK_STR(back, code);
}

static const struct { const char *text; int64_t number; } numbers[] = {
	{ "202611-001", 202611000000001 }, { "202611-1234", 202611000001234 }, { "202611-000", 0 }, { "202611-01", 0 }, { "20261-001", 0 },
	{ "202611001", 0 }, { "202611-001x", 0 }, { "", 0 }, { "202611-9999999999", 0 }, { "202611--01", 0 },
};
TEST(numbers_are_read_back)
{
	char text[STORE_NUMBER_SIZE];

	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		test_row(numbers[i].text);
		CHECK_INT(number_parse(numbers[i].text), numbers[i].number);
		if (numbers[i].number != 0) CHECK_STR(number_text(numbers[i].number, text), numbers[i].text);
	}
}
