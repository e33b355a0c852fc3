/* vocabulary.c - see vocabulary.h. */
#include "policy/vocabulary.h"

#include <stddef.h>
#include <string.h>
#include "base/mem.h"

const char *const severity_names[] = { "urgent", "high", "normal", "low", NULL };

enum { IN_ENGLISH, IN_HANS, IN_HANT, LANGUAGES };
static const struct { const char *category, *words[LANGUAGES]; } incidents[] = {
	{ "product_quality",  { "product quality", "产品质量", "產品品質" } },
	{ "safety",           { "product safety", "产品安全", "產品安全" } },
	{ "service_attitude", { "our service", "我们的服务", "我們的服務" } },
	{ "logistics",        { "delivery", "配送", "配送" } },
	{ "after_sales",      { "repairs and returns", "售后服务", "售後服務" } },
	{ "billing",          { "payments and bills", "付款和账单", "付款和帳單" } },
	{ "information",      { "information we give", "我们提供的信息", "我們提供的資訊" } },
};

const char *vocabulary_incident(const char *category, const char *language)
{
	const int in = strncmp(language, "zh", 2) != 0 ? IN_ENGLISH : strncmp(language, "zh-Hant", 7) == 0 ? IN_HANT : IN_HANS;

	for (size_t i = 0; category != NULL && i < COUNT_OF(incidents); i++)
		if (strcmp(incidents[i].category, category) == 0) return incidents[i].words[in];
	return NULL;
}

bool vocabulary_lists(const char *list, const char *word)
{
	const size_t len = word != NULL ? strlen(word) : 0;

	if (list == NULL) return true;
	while (len > 0 && *list != '\0') {
		const size_t one = strcspn(list, ",");

		if (one == len && memcmp(list, word, len) == 0) return true;
		list += one + (list[one] == ',');
	}
	return false;
}
