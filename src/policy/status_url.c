/* status_url.c - the pages that customers are sent to: how far their message is, whether an address is theirs. */
#include "policy/policy.h"

#include <string.h>
#include "base/mem.h"

static char *public_page(const char *public_url, const char *path, const char *rest)
{
	size_t len = public_url != NULL ? strlen(public_url) : 0;

	if (len > 0 && public_url[len - 1] == '/') len--;
	return len > 0 ? mem_format("%.*s%s%s", (int)len, public_url, path, rest) : NULL;
}

char *policy_status_url(const char *public_url, const char *code)
{
	return public_page(public_url, "/s/", code);
}

char *policy_survey_url(const char *public_url, const char *token)
{
	return public_page(public_url, "/survey/", token);
}

char *policy_verify_url(const char *public_url, const char *token)
{
	return public_page(public_url, "/verify/", token);
}
