#include "base/place.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "base/mem.h"

#define LEVELS_MAX 3                    /* build/, build/asan/, build/asan/tests/ */

static bool is_there(const char *folder, const char *name)
{
	char *path = mem_format("%s/%s", folder, name);
	const bool is = access(path, F_OK) == 0;

	free(path);
	return is;
}

/* The folder of the binary; NULL when the kernel does not tell. */
static char *own_folder(void)
{
	char path[4096];
	const ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	char *slash;

	if (len <= 0) return NULL;
	path[len] = '\0';
	slash = strrchr(path, '/');
	if (slash == NULL) return NULL;
	*slash = '\0';
	return mem_text(path);
}

static bool is_build_folder(const char *folder)
{
	return is_there(folder, "obj") && is_there(folder, "libintaked.a");
}

/* Cuts the last part of a path off; false at the root. */
static bool go_up(char *folder)
{
	char *slash = strrchr(folder, '/');

	if (slash == NULL || slash == folder) return false;
	*slash = '\0';
	return true;
}

/* The build folder the binary runs from, itself or above it; NULL when it is installed. */
static char *build_folder(void)
{
	char *folder = own_folder();

	for (int level = 0; folder != NULL && level < LEVELS_MAX; level++) {
		if (is_build_folder(folder)) return folder;
		if (!go_up(folder)) break;
	}
	free(folder);
	return NULL;
}

char *place_library(void)
{
	char *folder = build_folder();

	return folder != NULL ? folder : mem_text(INTAKED_LIBDIR);
}

char *place_data(const char *name)
{
	char *folder = build_folder(), *path = NULL;

	for (int level = 0; folder != NULL && path == NULL && level < LEVELS_MAX && go_up(folder); level++)
		if (is_there(folder, "conf/intaked.yaml")) path = mem_format("%s/conf/%s", folder, name);
	free(folder);
	return path != NULL ? path : mem_format("%s/%s", INTAKED_DATADIR, name);
}
