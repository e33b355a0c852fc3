/* test_signature.c - only who holds the secret gets in: the published vector, and everything near it that has to be refused. */
#include "test.h"

#include "base/codec.h"
#include "net/signature.h"

#define SECRET "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
#define ID "msg_p5jXN8AQM9LWM0D4loKWxJek"
#define AT 1614265330
#define TIME "1614265330"
#define BODY "{\"test\": 2432232314}"
#define GOOD "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
#define BAD "v1,h0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
#define BAD5 BAD " " BAD " " BAD " " BAD " " BAD

static const struct { const char *row, *id, *time, *list, *body; int64_t now_at; enum ik_rc rc; } checks[] = {
	{ "the published vector",        ID, TIME, GOOD, BODY, AT, IK_OK },
	{ "a bad one before it",         ID, TIME, BAD " " GOOD, BODY, AT, IK_OK },
	{ "another version before it",   ID, TIME, "v1a,AAAA " GOOD, BODY, AT, IK_OK },
	{ "without padding",             ID, TIME, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", BODY, AT, IK_OK },
	{ "299 s old",                   ID, TIME, GOOD, BODY, AT + 299, IK_OK },
	{ "301 s old",                   ID, TIME, GOOD, BODY, AT + 301, IK_REJECT },
	{ "299 s ahead",                 ID, TIME, GOOD, BODY, AT - 299, IK_OK },
	{ "301 s ahead",                 ID, TIME, GOOD, BODY, AT - 301, IK_REJECT },
	{ "the tenth of ten",            ID, TIME, BAD5 " " BAD " " BAD " " BAD " " BAD " " GOOD, BODY, AT, IK_OK },
	{ "the eleventh is not read",    ID, TIME, BAD5 " " BAD5 " " GOOD, BODY, AT, IK_REJECT },
	{ "version v2",                  ID, TIME, "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", BODY, AT, IK_REJECT },
	{ "no version",                  ID, TIME, "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", BODY, AT, IK_REJECT },
	{ "cut short",                   ID, TIME, "v1,g0hM9SsE", BODY, AT, IK_REJECT },
	{ "empty",                       ID, TIME, "", BODY, AT, IK_REJECT },
	{ "missing",                     ID, TIME, NULL, BODY, AT, IK_REJECT },
	{ "id missing",                  NULL, TIME, GOOD, BODY, AT, IK_REJECT },
	{ "another id",                  ID "x", TIME, GOOD, BODY, AT, IK_REJECT },
	{ "time missing",                ID, NULL, GOOD, BODY, AT, IK_REJECT },
	{ "time with a sign",            ID, "+1614265330", GOOD, BODY, AT, IK_REJECT },
	{ "time with a fraction",        ID, "1614265330.0", GOOD, BODY, AT, IK_REJECT },
	{ "another body",                ID, TIME, GOOD, "{\"test\": 2432232315}", AT, IK_REJECT },
};

static void key(unsigned char key_r[64], size_t *len_r)
{
	CHECK_INT(signature_standard_key(SECRET, key_r, len_r, NULL), IK_OK);
}

TEST(standard_webhooks_take_only_what_was_signed)
{
	unsigned char k[64];
	size_t len = 0;

	key(k, &len);
	for (size_t i = 0; i < COUNT_OF(checks); i++) {
		test_row(checks[i].row);
		CHECK_INT(signature_standard_check(k, len, checks[i].id, checks[i].time, checks[i].list, checks[i].body, strlen(checks[i].body),
		                                   checks[i].now_at, NULL), checks[i].rc);
	}
}

TEST(every_bit_of_a_signature_counts)
{
	unsigned char k[64], mac[32];
	size_t len = 0;
	int refused = 0;

	key(k, &len);
	CHECK_INT(base64_decode(GOOD + 3, strlen(GOOD + 3), mac, sizeof(mac)), 32);
	for (size_t bit = 0; bit < 256; bit++) {
		char text[64] = "v1,";

		mac[bit / 8] ^= (unsigned char)(1u << bit % 8);
		(void)base64_encode(mac, sizeof(mac), text + 3);
		mac[bit / 8] ^= (unsigned char)(1u << bit % 8);
		if (signature_standard_check(k, len, ID, TIME, text, BODY, strlen(BODY), AT, NULL) == IK_REJECT) refused++;
	}
	CHECK_INT(refused, 256);
}

TEST(what_is_made_is_taken)
{
	unsigned char k[64];
	char text[SIGNATURE_TEXT_MAX];
	size_t len = 0;

	key(k, &len);
	signature_standard_make(k, len, ID, AT, BODY, strlen(BODY), text);
	CHECK_STR(text, GOOD);
}

static const struct { const char *row, *secret; enum ik_rc rc; size_t len; } keys[] = {
	{ "with prefix",    SECRET, IK_OK, 24 },
	{ "without prefix", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", IK_OK, 24 },
	{ "empty",          "", IK_CONFIG, 0 },
	{ "only prefix",    "whsec_", IK_CONFIG, 0 },
	{ "23 bytes",       "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaQ", IK_CONFIG, 0 },
	{ "no base64",      "whsec_*************************************", IK_CONFIG, 0 },
	{ "65 bytes",       "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", IK_CONFIG, 0 },
};

TEST(a_standard_secret_has_24_to_64_bytes)
{
	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		unsigned char k[64];
		size_t len = 0;

		test_row(keys[i].row);
		CHECK_INT(signature_standard_key(keys[i].secret, k, &len, NULL), keys[i].rc);
		CHECK_INT(len, keys[i].len);
	}
}

/* HMAC-SHA256 of "Hello, World!" under "It's a Secret to Everybody": GitHub's documented example. */
#define HEX "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
static const struct { const char *row, *prefix, *header, *body; enum ik_rc rc; } hexes[] = {
	{ "with prefix",       "sha256=", "sha256=" HEX, "Hello, World!", IK_OK },
	{ "without prefix",    "", HEX, "Hello, World!", IK_OK },
	{ "upper case",        NULL, "757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17", "Hello, World!", IK_OK },
	{ "prefix missing",    "sha256=", HEX, "Hello, World!", IK_REJECT },
	{ "prefix not wanted", "", "sha256=" HEX, "Hello, World!", IK_REJECT },
	{ "older algorithm",   "sha256=", "sha1=" HEX, "Hello, World!", IK_REJECT },
	{ "one digit short",   "sha256=", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e1", "Hello, World!", IK_REJECT },
	{ "one byte more",     "sha256=", "sha256=" HEX "00", "Hello, World!", IK_REJECT },
	{ "empty",             "sha256=", "", "Hello, World!", IK_REJECT },
	{ "missing",           "sha256=", NULL, "Hello, World!", IK_REJECT },
	{ "another body",      "sha256=", "sha256=" HEX, "Hello, World?", IK_REJECT },
};

TEST(hex_signatures_take_only_what_was_signed)
{
	for (size_t i = 0; i < COUNT_OF(hexes); i++) {
		test_row(hexes[i].row);
		CHECK_INT(signature_hex_check("It's a Secret to Everybody", hexes[i].prefix, hexes[i].header, hexes[i].body, strlen(hexes[i].body), NULL), hexes[i].rc);
	}
}
