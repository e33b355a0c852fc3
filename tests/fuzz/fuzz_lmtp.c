/* fuzz_lmtp.c - any bytes as one LMTP conversation: it ends, and what reaches the core has an envelope without line ends, a content that is not
 * empty and within the limit, and no line that the dot of the wire would have ended. */
#include "../../channels/lmtp.c"

#define INPUT_MAX 60000u                /* what a socket takes without a reader */
#define MESSAGE_MAX 20000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_envelope(const char *address)
{
	if (address == NULL || strlen(address) > ADDRESS_MAX || strpbrk(address, "\r\n") != NULL) abort();
}

static enum ik_rc host_accept(const struct ik_host *host, const struct ik_message *m, struct ik_error *err)
{
	(void)host;
	(void)err;
	check_envelope(m->recipient);
	check_envelope(m->envelope_from);
	if (m->raw_size <= 0 || m->raw_size > MESSAGE_MAX || m->recipient[0] == '\0') abort();
	if (m->raw != NULL && m->raw_size >= 2 && memcmp((const char *)m->raw + m->raw_size - 2, "\r\n", 2) != 0) abort();
	return (m->raw_size & 7) == 0 ? IK_RETRY : IK_OK;
}

static void host_refuse(const struct ik_host *host, const char *reason, const char *detail) { (void)host; (void)reason; (void)detail; }
static bool host_stopping(const struct ik_host *host) { (void)host; return false; }
static int host_stop_fd(const struct ik_host *host) { (void)host; return -1; }
static void host_log(const struct ik_host *host, enum ik_level level, const char *fmt, ...) { (void)host; (void)level; (void)fmt; }

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct ik_host host = { .size = sizeof(host), .accept = host_accept, .refuse = host_refuse, .stopping = host_stopping,
	                                     .stop_fd = host_stop_fd, .log = host_log };
	static const struct lmtp_conf conf = { .max_size = MESSAGE_MAX, .timeout = 5 };
	struct lmtp l = { .host = &host, .conf = &conf, .name = "fuzz.example" };
	struct session *s;
	int pair[2];

	if (size > INPUT_MAX || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return 0;
	s = mem_new(sizeof(*s));
	*s = (struct session){ .l = &l, .fd = pair[1], .born_ms = clock_mono_ms() };
	buf_init(&s->output, 4 * OUTPUT_BYTES);
	if (size > 0) (void)!send(pair[0], data, size, MSG_NOSIGNAL | MSG_DONTWAIT);
	(void)shutdown(pair[0], SHUT_WR);
	converse(s);
	reset(s);
	buf_release(&s->output);
	free(s);
	(void)close(pair[0]);
	(void)close(pair[1]);
	return 0;
}
