/* link.c - one request over the control socket and its answer. */
#include "ctl/ctl.h"

#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sysexits.h>
#include <unistd.h>
#include "base/buf.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "daemon/config.h"

#define ANSWER_MAX (512 * 1024 * 1024)
#define PIECE 65536

/* Where the daemon listens: --socket, else what the configuration says, else the usual place. NULL after a complaint. */
static char *socket_path(const struct ctl *ctl)
{
	struct ik_error err = { "" };
	char *path = NULL;

	if (ctl->socket != NULL) return mem_text(ctl->socket);
	if (ctl->config == NULL && access(CONFIG_FILE, R_OK) != 0) return mem_text(CONFIG_CONTROL_SOCKET);
	if (config_find_socket(ctl_config_file(ctl), &path, &err) == IK_OK) return path;
	(void)ctl_complain(EX_CONFIG, "%s; run: intakectl --config %s config check", err.text, ctl_config_file(ctl));
	return NULL;
}

static int unreachable(const char *path, int number)
{
	if (number == EACCES || number == EPERM)
		return ctl_complain(EX_NOPERM, "%s may not be opened: only root, the daemon's own user and members of control.group may; try sudo", path);
	return ctl_complain(EX_TEMPFAIL, "the daemon cannot be reached at %s (%s); is it running? systemctl status intaked; "
	                    "or name its socket with --socket or its configuration with --config", path, strerror(number));
}

static int link_open(const char *path, int *fd_r)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) return ctl_complain(EX_USAGE, "the socket's path is too long: %s", path);
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0) return ctl_complain(EX_OSERR, "make a socket: %s", strerror(errno));
	if (connect(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
		const int number = errno;

		fd_close(&fd);
		return unreachable(path, number);
	}
	*fd_r = fd;
	return EX_OK;
}

/* The next line as JSON; NULL when the daemon went away. */
static json_t *next_line(int fd, struct buf *held)
{
	size_t seen = 0;

	for (;;) {
		const char *end = held->len > seen ? memchr(held->data + seen, '\n', held->len - seen) : NULL;
		char piece[PIECE];
		ssize_t got;
		json_t *line;

		if (end != NULL) {
			line = json_loadb(held->data, (size_t)(end - held->data), 0, NULL);
			buf_drop(held, (size_t)(end - held->data) + 1);
			return line;
		}
		seen = held->len;
		got = read(fd, piece, sizeof(piece));
		if (got < 0 && errno == EINTR) continue;
		if (got <= 0 || !buf_add(held, piece, (size_t)got)) return NULL;
	}
}

/* The first byte of the request takes the files along. */
static bool send_files(int fd, char first, const int *files, size_t count)
{
	union { struct cmsghdr head; char room[CMSG_SPACE(CTL_FILES_MAX * sizeof(int))]; } control = { .room = "" };
	struct iovec piece = { .iov_base = &first, .iov_len = 1 };
	struct msghdr m = { .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = CMSG_SPACE(count * sizeof(int)) };

	control.head = (struct cmsghdr){ .cmsg_len = CMSG_LEN(count * sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS };
	memcpy(CMSG_DATA(&control.head), files, count * sizeof(int));
	return sendmsg(fd, &m, MSG_NOSIGNAL) == 1;
}

static bool send_request(int fd, const struct ctl_request *asked)
{
	struct buf line = BUF_INIT(CTL_REQUEST_MAX);
	json_t *request = json_pack("{s:s, s:O}", "command", asked->command, "args", asked->args);
	const char *at;
	size_t left;
	bool is_sent = request != NULL && json_print(&line, request) && buf_char(&line, '\n');

	at = line.data, left = line.len;
	if (is_sent && asked->file_count > 0) {
		is_sent = send_files(fd, *at, asked->files, asked->file_count);
		at++, left--;
	}
	while (is_sent && left > 0) {
		const ssize_t put = send(fd, at, left, MSG_NOSIGNAL);

		is_sent = put > 0;
		if (is_sent) at += put, left -= (size_t)put;
	}
	json_decref(request);
	buf_release(&line);
	return is_sent;
}

/* takes line */
static int finish(json_t *line, json_t **result_r)
{
	int status = EX_OK;

	if (line == NULL) return ctl_complain(EX_TEMPFAIL, "the daemon ended the connection without an answer; its log tells why");
	if (json_is_true(json_object_get(line, "ok"))) {
		*result_r = json_incref(json_object_get(line, "result"));
	} else {
		char *text = ctl_clean(json_text(line, "error") != NULL ? json_text(line, "error") : "the daemon gives no reason", false);

		status = ctl_complain((int)json_int(line, "code", EX_SOFTWARE), "%s", text);
		free(text);
	}
	json_decref(line);
	return status != EX_OK || *result_r != NULL ? status : EX_SOFTWARE;
}

int ctl_ask(const struct ctl *ctl, const char *command, json_t *args, void (*progress)(void *, json_t *), void *progress_arg, json_t **result_r)
{
	return ctl_send(ctl, &(struct ctl_request){ .command = command, .args = args, .progress = progress, .progress_arg = progress_arg }, result_r);
}

int ctl_send(const struct ctl *ctl, const struct ctl_request *asked, json_t **result_r)
{
	struct buf held = BUF_INIT(ANSWER_MAX);
	char *path = socket_path(ctl);
	json_t *line, *value;
	bool is_sent;
	int fd = -1, status;

	*result_r = NULL;
	if (path == NULL) return EX_CONFIG;
	status = link_open(path, &fd);
	free(path);
	if (status != EX_OK) return status;
	is_sent = send_request(fd, asked);      /* whoever is refused is told so before the request is read, and may not be able to send it */
	if (!is_sent) (void)shutdown(fd, SHUT_WR);
	while (status == EX_OK) {
		line = next_line(fd, &held);
		if (line == NULL && !is_sent) {
			status = ctl_complain(EX_TEMPFAIL, "the request could not be sent");
			break;
		}
		value = json_object_get(line, "progress");
		if (value == NULL) {
			status = finish(line, result_r);
			break;
		}
		if (asked->progress != NULL) asked->progress(asked->progress_arg, value);
		if (asked->each != NULL && !asked->each(asked->progress_arg, value)) status = EX_IOERR;
		json_decref(line);
	}
	buf_release(&held);
	fd_close(&fd);
	return status;
}
