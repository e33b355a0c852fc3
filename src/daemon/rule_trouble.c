#include "daemon/rule_trouble.h"

#include <stdlib.h>
#include "base/json.h"
#include "base/mem.h"

static void add(void *arg, const struct policy_given_up *rule)
{
	char *place = mem_format("%s:%u", rule->file, rule->line);
	json_t *row = json_pack("{s:s, s:I}", "rule", rule->rule, "texts", (json_int_t)rule->texts);

	json_set_text(row, "place", place);
	(void)json_array_append_new(arg, row);
	free(place);
}

json_t *rule_trouble_status(const struct policy *policy)
{
	json_t *rows = json_array();

	policy_given_up(policy, add, rows);
	return rows;
}
