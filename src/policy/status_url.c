/* status_url.c - where a customer sees how far their message is. */
#include "policy/policy.h"

#include <string.h>
#include "base/mem.h"

char *policy_status_url(const char *public_url, const char *code)
{
	size_t len = public_url != NULL ? strlen(public_url) : 0;

	if (len > 0 && public_url[len - 1] == '/') len--;
	return len > 0 ? mem_format("%.*s/s/%s", (int)len, public_url, code) : NULL;
}
