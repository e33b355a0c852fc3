/* test_unix_socket.c - a path is taken over from the dead only. */
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "net/unix_socket.h"

static mode_t mode_of(const char *path)
{
	struct stat st = { 0 };

	CHECK_INT(lstat(path, &st), 0);
	return st.st_mode;
}

TEST(what_a_dead_program_left_is_replaced_and_a_living_one_keeps_its_path)
{
	char *path = mem_format("%s/a.sock", test_dir());
	struct ik_error err = { "" };
	int first = -1, second = -1;

	CHECK_INT(unix_socket_listen(path, 0660, 8, &first, &err), IK_OK);
	CHECK_INT(mode_of(path) & 0777, 0660);
	CHECK_INT(unix_socket_listen(path, 0660, 8, &second, &err), IK_CONFIG);
	CHECK(strstr(err.text, "another program listens on") != NULL);
	fd_close(&first);                                       /* the file stays behind */
	CHECK_INT(unix_socket_listen(path, 0600, 8, &second, &err), IK_OK);
	CHECK_INT(mode_of(path) & 0777, 0600);
	fd_close(&second);
	free(path);
}

TEST(a_file_or_a_link_that_has_the_name_is_left_alone)
{
	const char *dir = test_dir();
	char *path = mem_format("%s/file", dir), *link_path = mem_format("%s/link", dir), *folder = mem_format("%s/folder", dir);
	const char *const paths[] = { path, link_path, folder };
	struct ik_error err = { "" };
	int fd = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0600);

	fd_close(&fd);
	CHECK_INT(symlink(path, link_path), 0);
	CHECK_INT(mkdir(folder, 0700), 0);
	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		test_row(paths[i]);
		CHECK_INT(unix_socket_listen(paths[i], 0660, 8, &fd, &err), IK_CONFIG);
		CHECK(strstr(err.text, "is no socket") != NULL);
		CHECK_INT(fd, -1);
		(void)mode_of(paths[i]);
	}
	free(path);
	free(link_path);
	free(folder);
}

TEST(a_path_that_no_socket_can_have_is_told)
{
	char longer[300];
	int fd = -1;

	memset(longer, 'a', sizeof(longer));
	longer[0] = '/';
	longer[sizeof(longer) - 1] = '\0';
	CHECK_INT(unix_socket_listen(longer, 0660, 8, &fd, NULL), IK_CONFIG);
	CHECK_INT(unix_socket_listen("relative.sock", 0660, 8, &fd, NULL), IK_CONFIG);
	CHECK_INT(unix_socket_listen("", 0660, 8, &fd, NULL), IK_CONFIG);
	CHECK_INT(unix_socket_listen("/nonexistent/x.sock", 0660, 8, &fd, NULL), IK_CONFIG);
	CHECK_INT(fd, -1);
}
