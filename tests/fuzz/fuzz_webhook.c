/* fuzz_webhook.c - any body of a rightly signed webhook: refused with a reason, or a message whose texts are clean and whose sender has a kind. */
#include "../../channels/webhook.c"
#include "base/mem.h"
#include "base/utf8.h"

#define NOW 1790000000
#define PIECES 64

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct call { char signature[SIGNATURE_TEXT_MAX]; void *pieces[PIECES]; size_t count; bool is_refused; };

static void *host_alloc(size_t size) { return mem_new(size); }
static void host_free(void *memory) { free(memory); }
static int64_t host_now(const struct ik_host *host) { (void)host; return NOW; }

static void host_refuse(const struct ik_host *host, const char *reason, const char *detail)
{
	(void)host;
	if (reason[0] == '\0' || detail == NULL) abort();
}

static const char *header(const struct ik_request *request, const char *name)
{
	const struct call *c = request->core;

	return strcmp(name, "webhook-id") == 0 ? "m1" : strcmp(name, "webhook-timestamp") == 0 ? "1790000000" :
	       strcmp(name, "webhook-signature") == 0 ? c->signature : strcmp(name, "content-type") == 0 ? "application/json" : NULL;
}

static void *answer_alloc(struct ik_answer *answer, size_t size)
{
	struct call *c = answer->core;

	if (c->count == PIECES) abort();
	return c->pieces[c->count++] = mem_new(size);
}

static void check_text(const char *text)
{
	if (text != NULL && !utf8_valid(text, strlen(text))) abort();
}

static void check_message(const struct ik_message *m)
{
	check_text(m->subject);
	check_text(m->text);
	check_text(m->sender_name);
	if (m->text == NULL || m->sent_at < 0 || (m->sender != NULL && (m->sender[0] == '\0' || m->sender_type == NULL))) abort();
}

static void check_refusal(const struct ik_answer *answer)
{
	json_t *body = json_loads(answer->body, 0, NULL);

	if (answer->status < 400 || answer->status == 401 || body == NULL) abort();
	json_decref(body);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ik_host host = { .size = sizeof(host), .alloc = host_alloc, .free = host_free, .now = host_now, .refuse = host_refuse };
	static char secret[] = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
	const struct webhook_conf conf = { .scheme = SCHEME_STANDARD, .secret = secret };
	struct call c = { .count = 0 };
	const struct ik_request request = { .method = "POST", .body = data, .body_len = size, .header = header, .core = &c };
	struct ik_answer answer = { .alloc = answer_alloc, .core = &c };
	struct ik_error err = { 0 };
	void *state = NULL;

	if (webhook_open(&host, &conf, &state, &err) != IK_OK) abort();
	signature_standard_make(((struct webhook *)state)->key, ((struct webhook *)state)->key_len, "m1", NOW, data, size, c.signature);
	if (webhook_request(state, &request, &answer, &err) != IK_OK) abort();
	if (answer.message_count == 1) check_message(answer.messages);
	else check_refusal(&answer);
	webhook_close(state);
	json_decref(answer.keep);
	for (size_t i = 0; i < c.count; i++) free(c.pieces[i]);
	return 0;
}
