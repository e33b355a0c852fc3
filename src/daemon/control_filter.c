#include "daemon/control_filter.h"

#include <sysexits.h>
#include "web/list_filter.h"

enum ik_rc control_filter_check(const struct control_setup *setup, struct store_reader *r, const struct read_filter *filter, struct control_call *call, struct ik_error *err)
{
	const struct list_names names = { .categories = setup->categories, .channels = setup->channels, .arg = setup->arg };
	struct ik_error why = { "" };
	const enum ik_rc rc = list_filter_check(r, filter, &names, &why);

	if (rc == IK_REJECT) call->code = EX_USAGE;
	return rc != IK_OK ? ik_fail(rc, err, "%s%s", rc == IK_REJECT ? "--" : "", why.text) : IK_OK;
}
