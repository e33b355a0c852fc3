/* pager.c - a channel for tests: asks a server for what came after its cursor, as the smallest channel of all would. */
#include <intaked/channel.h>

struct pager_conf { char *server; };
static const char *const schemes[] = { "http", NULL };
static const struct ik_option pager_options[] = {
	IK_OPTION(URL, struct pager_conf, server, .flags = IK_REQUIRED, .choices = schemes, .help = "Where pages come from."),
	IK_OPTION_END
};
struct pager { const struct ik_host *host; const struct pager_conf *conf; };

static enum ik_rc pager_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct pager *p = host->alloc(sizeof(*p));

	*p = (struct pager){ host, conf };
	*state_r = p;
	(void)err;
	return IK_OK;
}

static enum ik_rc pager_poll(void *state, struct ik_error *err)
{
	const struct pager *p = state;
	const struct ik_get get = { .url = p->conf->server, .limit = 40, .cursor_param = "since id" };
	json_t *page = NULL, *post;
	enum ik_rc rc = p->host->get_json(p->host, &get, &page, err);

	for (size_t i = 0; rc == IK_OK && (post = json_array_get(page, i)) != NULL; i++) {
		const char *id = json_string_value(json_object_get(post, "id"));
		const struct ik_message m = { .source_id = id, .sender = "ann", .text = "hello", .raw = "hello", .raw_size = 5, .raw_fd = -1,
		                              .cursor_name = "since id", .cursor_value = id };

		rc = p->host->accept(p->host, &m, err);
	}
	json_decref(page);
	return rc;
}

static void pager_close(void *state)
{
	const struct pager *p = state;

	p->host->free(state);
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "pager", .summary = "For tests", .options = pager_options,
	.conf_size = sizeof(struct pager_conf), .open = pager_open, .poll = pager_poll, .close = pager_close,
};
