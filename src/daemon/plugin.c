/* plugin.c - finds, checks and loads the shared objects of channels and sinks.
 *
 * A plugin runs with the daemon's rights, so its file and its folder may be written by root or the running user only. Descriptors are
 * never used in place: as many bytes as both sides know are copied into a zero-filled one of ours, so a field the plugin was built
 * without reads as NULL. */
#include "daemon/plugin.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/file.h"
#include "base/mem.h"
#include "base/place.h"

#define NAME_MAX_LEN 48

/* What the loader reads of a descriptor before it knows more: both kinds begin like this. */
struct head { uint32_t abi; size_t size; const char *name, *summary; };
_Static_assert(offsetof(struct ik_channel, size) == offsetof(struct head, size) && offsetof(struct ik_channel, name) == offsetof(struct head, name),
               "channel descriptors begin with the common head");
_Static_assert(offsetof(struct ik_sink, size) == offsetof(struct head, size) && offsetof(struct ik_sink, name) == offsetof(struct head, name),
               "sink descriptors begin with the common head");

struct kind {
	const char *word, *folder, *symbol;
	uint32_t abi;
	size_t size, least;             /* of our descriptor, and how much of it every plugin must have */
	const char *(*missing)(const void *descriptor);         /* what an obligatory field lacks, NULL when all is there */
};

struct loaded { const struct kind *kind; char *name; void *descriptor; void *handle; };

struct plugins {
	char *dir;
	struct loaded *list;
	size_t count;
	char **names[2];                /* of channels and sinks */
};

static const char *channel_missing(const void *descriptor)
{
	const struct ik_channel *c = descriptor;

	if (c->open == NULL) return "open()";
	if (c->poll == NULL && c->run == NULL && c->request == NULL) return "any of poll(), run() and request()";
	if (c->request != NULL && (c->mount == NULL || (strcmp(c->mount, "in") != 0 && strcmp(c->mount, "form") != 0))) return "a mount of \"in\" or \"form\" beside request()";
	if (c->ack == IK_ACK_REPLY && c->reply == NULL) return "reply(), which its kind of acknowledgement asks for";
	return NULL;
}

static const char *sink_missing(const void *descriptor)
{
	const struct ik_sink *s = descriptor;

	if (s->open == NULL) return "open()";
	if (s->deliver == NULL) return "deliver()";
	if (s->batch_max == 0) return "a batch_max of 1 or more";
	return NULL;
}

#define END_OF(type, field) (offsetof(type, field) + sizeof(((type *)0)->field))
static const struct kind kinds[2] = {
	{ "channel", "channels", "intaked_channel", IK_CHANNEL_ABI, sizeof(struct ik_channel), END_OF(struct ik_channel, open), channel_missing },
	{ "sink", "sinks", "intaked_sink", IK_SINK_ABI, sizeof(struct ik_sink), END_OF(struct ik_sink, deliver), sink_missing },
};

static bool is_plugin_name(const char *name)
{
	const size_t len = strlen(name);

	return len >= 1 && len <= NAME_MAX_LEN && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_-") == len;
}

/* Only root and the running user may be able to change what is loaded. A sticky folder such as /tmp protects nothing here. */
static enum ik_rc check_owner(const char *path, bool is_folder, struct ik_error *err)
{
	struct stat st;

	if (stat(path, &st) != 0) return ik_fail_errno(err, "look at plugin %s %s", is_folder ? "folder" : "file", path);
	if (is_folder ? !S_ISDIR(st.st_mode) : !S_ISREG(st.st_mode)) return ik_fail(IK_CONFIG, err, "%s is no plain %s", path, is_folder ? "folder" : "file");
	if (st.st_uid != 0 && st.st_uid != geteuid())
		return ik_fail(IK_CONFIG, err, "%s belongs to user %u; plugins have to belong to root or the running user", path, st.st_uid);
	if ((st.st_mode & 022) != 0) return ik_fail(IK_CONFIG, err, "%s can be written by others; run: chmod go-w %s", path, path);
	return IK_OK;
}

enum ik_rc plugins_new(const char *dir, struct plugins **plugins_r, struct ik_error *err)
{
	char *wanted = dir != NULL ? mem_text(dir) : place_library();
	char *real = realpath(wanted, NULL);
	struct plugins *p;
	enum ik_rc rc = real != NULL ? check_owner(real, true, err) : ik_fail_errno(err, "plugin folder %s", wanted);

	free(wanted);
	if (rc != IK_OK) {
		free(real);
		return rc;
	}
	p = mem_new(sizeof(*p));
	p->dir = real;
	*plugins_r = p;
	return IK_OK;
}

static void names_free(char **names)
{
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) free(names[i]);
	free(names);
}

void plugins_free(struct plugins **plugins)
{
	struct plugins *p = *plugins;

	if (p == NULL) return;
	for (size_t i = 0; i < p->count; i++) {
		free(p->list[i].name);
		free(p->list[i].descriptor);
		(void)dlclose(p->list[i].handle);
	}
	free(p->list);
	names_free(p->names[0]);
	names_free(p->names[1]);
	free(p->dir);
	mem_free(plugins);
}

/* Copies the descriptor behind the symbol, as far as both sides know it. */
static enum ik_rc copy_checked(const struct kind *kind, const char *name, const struct head *head, void **descriptor_r, struct ik_error *err)
{
	void *descriptor;
	const char *missing;

	if (head->abi != kind->abi)
		return ik_fail(IK_CONFIG, err, "%s plugin %s is built for ABI %u, this program has %u; build it again", kind->word, name, head->abi, kind->abi);
	if (head->size < kind->least)
		return ik_fail(IK_CONFIG, err, "%s plugin %s: its descriptor has %zu bytes, at least %zu are needed", kind->word, name, head->size, kind->least);
	if (head->name == NULL || strcmp(head->name, name) != 0)
		return ik_fail(IK_CONFIG, err, "%s plugin %s calls itself '%.48s'; file and name have to agree", kind->word, name, head->name != NULL ? head->name : "");
	descriptor = mem_new(kind->size);
	memcpy(descriptor, head, head->size < kind->size ? head->size : kind->size);
	((struct head *)descriptor)->size = kind->size;
	missing = kind->missing(descriptor);
	if (missing != NULL) {
		free(descriptor);
		return ik_fail(IK_CONFIG, err, "%s plugin %s lacks %s", kind->word, name, missing);
	}
	*descriptor_r = descriptor;
	return IK_OK;
}

static enum ik_rc load(const struct kind *kind, const char *name, const char *path, void **handle_r, void **descriptor_r, struct ik_error *err)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	const struct head *head;
	enum ik_rc rc;

	if (handle == NULL) return ik_fail(IK_CONFIG, err, "load %s plugin %s: %s", kind->word, name, dlerror());
	head = dlsym(handle, kind->symbol);
	if (head == NULL) rc = ik_fail(IK_CONFIG, err, "%s is no %s plugin: it has no symbol %s", path, kind->word, kind->symbol);
	else rc = copy_checked(kind, name, head, descriptor_r, err);
	if (rc == IK_OK) *handle_r = handle;
	else (void)dlclose(handle);
	return rc;
}

static enum ik_rc check_files(const struct plugins *p, const struct kind *kind, const char *path, struct ik_error *err)
{
	char *folder = mem_format("%s/%s", p->dir, kind->folder);
	enum ik_rc rc = check_owner(folder, true, err);

	if (rc == IK_OK) rc = check_owner(path, false, err);
	free(folder);
	return rc;
}

static const void *find(struct plugins *p, const struct kind *kind, const char *name, struct ik_error *err)
{
	void *descriptor = NULL, *handle = NULL;
	char *path;
	enum ik_rc rc;

	if (!is_plugin_name(name)) {
		(void)ik_fail(IK_CONFIG, err, "'%.64s' is no plugin name: expected 1 to %d of a-z, 0-9, '_' and '-'", name, NAME_MAX_LEN);
		return NULL;
	}
	for (size_t i = 0; i < p->count; i++)
		if (p->list[i].kind == kind && strcmp(p->list[i].name, name) == 0) return p->list[i].descriptor;
	path = mem_format("%s/%s/%s.so", p->dir, kind->folder, name);
	rc = check_files(p, kind, path, err);
	if (rc == IK_OK) rc = load(kind, name, path, &handle, &descriptor, err);
	free(path);
	if (rc != IK_OK) return NULL;
	p->list = mem_grow(p->list, p->count + 1, sizeof(*p->list));
	p->list[p->count++] = (struct loaded){ kind, mem_text(name), descriptor, handle };
	return descriptor;
}

const struct ik_channel *plugins_channel(struct plugins *plugins, const char *name, struct ik_error *err)
{
	return find(plugins, &kinds[0], name, err);
}

const struct ik_sink *plugins_sink(struct plugins *plugins, const char *name, struct ik_error *err)
{
	return find(plugins, &kinds[1], name, err);
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static char **names_read(const char *folder)
{
	char **names = mem_new(sizeof(*names));
	size_t count = 0;
	DIR *dir = opendir(folder);
	const struct dirent *entry;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		const size_t len = strlen(entry->d_name);
		char *name;

		if (len < 4 || strcmp(entry->d_name + len - 3, ".so") != 0) continue;
		name = mem_copy(entry->d_name, len - 3);
		if (!is_plugin_name(name)) {
			free(name);
			continue;
		}
		names = mem_grow(names, count + 2, sizeof(*names));
		names[count++] = name;
	}
	names[count] = NULL;
	if (dir != NULL) (void)closedir(dir);
	if (count > 1) qsort(names, count, sizeof(*names), by_bytes);
	return names;
}

const char *const *plugins_names(struct plugins *plugins, bool sinks)
{
	char ***names = &plugins->names[sinks ? 1 : 0];

	if (*names == NULL) {
		char *folder = mem_format("%s/%s", plugins->dir, kinds[sinks ? 1 : 0].folder);

		*names = names_read(folder);
		free(folder);
	}
	return (const char *const *)*names;
}
