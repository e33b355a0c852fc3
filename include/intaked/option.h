/* option.h - one table row is the whole truth about an option: the parser, the default, the range,
 * `intaked --show-channel NAME`, the sample file and the manual all come from it.
 *
 * A row names a field of a plain struct; a row whose kind does not fit the type of its field does not compile.
 * Configuration keys are the field names. All texts in a filled struct belong to the core and live until close. */
#ifndef INTAKED_OPTION_H
#define INTAKED_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ik_option_kind {
	IK_KIND_END = 0,
	IK_KIND_STRING,         /* char *: any text without control characters */
	IK_KIND_URL,            /* char *: scheme://host..., scheme among .choices when given */
	IK_KIND_PATH,           /* char *: file or folder; relative to the configuration file's folder */
	IK_KIND_ADDRESS,        /* char *: one mail address, no display name */
	IK_KIND_SECRET,         /* char *: the secret itself, read from {credential: NAME} or {file: PATH} at load */
	IK_KIND_SECRET_PATH,    /* char *: only the path of such a secret, for a process that reads it itself */
	IK_KIND_COUNT,          /* int64_t: a plain number */
	IK_KIND_DURATION,       /* int64_t: seconds; written 30s, 5m, 24h, 7d */
	IK_KIND_SIZE,           /* int64_t: bytes; written 512K, 25M, 1G */
	IK_KIND_BOOL,           /* bool: yes or no */
	IK_KIND_ENUM,           /* int: index into .choices */
	IK_KIND_LIST,           /* struct ik_list: a YAML list of texts (a single text is a list of one) */
	IK_KIND_MAP,            /* struct ik_map: free keys with text values; nested maps give dotted keys */
	IK_KIND_SECTION,        /* a struct of its own, described by .section */
};

#define IK_REQUIRED 1u          /* no default: its absence is an error */
#define IK_RESTART  2u          /* a change takes effect only after a restart */
#define IK_PRIVATE  4u          /* URL that secrets or customers' texts go to: http only to this machine, or where the table's BOOL row "insecure" says yes */

struct ik_list { char **item; size_t count; };
struct ik_pair { char *key, *value; };
struct ik_map { struct ik_pair *pair; size_t count; };     /* in file order */

struct ik_option {
	const char *name;
	enum ik_option_kind kind;
	size_t offset;                  /* of the field in its struct */
	unsigned flags;
	const char *def;                /* as it would stand in the file; NULL: zero, NULL or empty */
	int64_t min, max;               /* for COUNT, DURATION (s), SIZE (bytes); both 0: unlimited */
	const char *const *choices;     /* NULL-terminated: values of ENUM, schemes of URL, the keys a MAP may have */
	const struct ik_option *section;/* rows of a SECTION */
	const char *help;               /* one English sentence */
};

#define IK_OPTION_END { .name = NULL }

#define IK_CTYPE_STRING char *
#define IK_CTYPE_URL char *
#define IK_CTYPE_PATH char *
#define IK_CTYPE_ADDRESS char *
#define IK_CTYPE_SECRET char *
#define IK_CTYPE_SECRET_PATH char *
#define IK_CTYPE_COUNT int64_t
#define IK_CTYPE_DURATION int64_t
#define IK_CTYPE_SIZE int64_t
#define IK_CTYPE_BOOL bool
#define IK_CTYPE_ENUM int
#define IK_CTYPE_LIST struct ik_list
#define IK_CTYPE_MAP struct ik_map

/* IK_OPTION() - one row. 0 * sizeof(...) is 0 when the field has the kind's type and does not compile otherwise. */
#define IK_OPTION(k, type, field, ...) { .name = #field, .kind = IK_KIND_##k, \
	.offset = offsetof(type, field) + 0 * sizeof(char[_Generic(((type *)0)->field, IK_CTYPE_##k: 1, default: -1)]), __VA_ARGS__ }

/* IK_SECTION() - a struct field that is a mapping of its own in the file. */
#define IK_SECTION(type, field, rows, ...) { .name = #field, .kind = IK_KIND_SECTION, \
	.offset = offsetof(type, field), .section = (rows), __VA_ARGS__ }

#endif
