/* proof.c - the check is one digest; the search is the browser's. */
#include "net/proof.h"

#include <stdio.h>
#include <string.h>
#include "base/codec.h"

#define DIGITS_MAX 15

const char proof_script[] =
	"// Finds a number whose SHA-256 together with the form's token begins with enough zero bits. Without it the form is sent with a little waiting.\n"
	"(async () => {\n"
	"\tconst form = document.getElementById('form');\n"
	"\tif (!form || !window.crypto || !crypto.subtle) return;\n"
	"\tconst head = form.elements.token.value + ':', bits = Number(form.dataset.bits), text = new TextEncoder();\n"
	"\tfor (let n = 0; ; n++) {\n"
	"\t\tconst digest = new DataView(await crypto.subtle.digest('SHA-256', text.encode(head + n)));\n"
	"\t\tif (Math.clz32(digest.getUint32(0)) < bits) continue;\n"
	"\t\tform.elements.work.value = n;\n"
	"\t\treturn;\n"
	"\t}\n"
	"})();\n";

static bool is_number(const char *text)
{
	const size_t len = strspn(text, "0123456789");

	return len > 0 && len <= DIGITS_MAX && text[len] == '\0';
}

bool proof_holds(const char *token, const char *answer, int64_t bits)
{
	const struct bytes pieces[] = { { token, strlen(token) }, { ":", 1 }, { answer, strlen(answer) } };
	unsigned char digest[SHA256_SIZE];

	if (!is_number(answer)) return false;
	sha256(pieces, 3, digest);
	for (int64_t bit = 0; bit < bits; bit++)
		if (digest[bit / 8] >> (7 - bit % 8) & 1) return false;
	return true;
}
