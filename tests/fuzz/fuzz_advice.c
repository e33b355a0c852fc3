/* fuzz_advice.c - any bytes as an endpoint's reply, and as a text to be masked: an answer has words of ours alone, and no mail address is left. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/utf8.h"
#include "policy/advice.h"
#include "text/mask.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void mask(const char *text, size_t len)
{
	static const char *const names[] = { "Ann Okonkwo", "王小明" };
	struct buf out = BUF_INIT(8 * len + 64), again = BUF_INIT(16 * len + 256);

	if (len > 4096) len = utf8_cut(text, len, 4096);
	if (!text_mask(&out, text, len, names, 2) || !utf8_valid(buf_str(&out), out.len)) abort();
	if (!text_mask(&again, buf_str(&out), out.len, names, 2)) abort();
	if (strstr(buf_str(&out), "ann@example.org") != NULL || strstr(buf_str(&out), "13800138000") != NULL) abort();
	buf_release(&out);
	buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct policy *policy;
	static const struct advice_ask ask = { true, true, true };
	struct policy_conf conf = { .rules_only = true, .rules = (char *)(uintptr_t)"conf/rules" };
	struct buf text = BUF_INIT(size * 4 + 64);
	struct advice advice = { .category = NULL };
	struct ik_error err = { "" };

	if (policy == NULL && policy_new(&conf, &policy, &err) != IK_OK) abort();
	if (advice_read(policy, &ask, (const char *)data, size, &advice, &err) == IK_OK) {
		if (policy_category(policy, advice.category) == NULL || policy_severity(advice.severity) == NULL || policy_sentiment(advice.sentiment) == NULL) abort();
	} else if (err.text[0] == '\0') {
		abort();
	}
	(void)utf8_clean(&text, (const char *)data, size, false);
	mask(buf_str(&text), text.len);
	buf_release(&text);
	return 0;
}
