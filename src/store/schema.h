/* schema.h - the tables and how they came to be: numbered steps, forward only, each in one transaction with its version.
 *
 * The version is PRAGMA user_version. Before the first step on an older store a copy of it is written beside the database. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include <stddef.h>
#include <stdint.h>
#include "store/sql.h"

#define SCHEMA_FILE "intaked.db"
#define SCHEMA_APPLICATION 0x494E5441   /* "INTA", PRAGMA application_id */

struct schema_step { const char *script; };     /* entry n leads from version n to n + 1 */

/* schema_open() - opens or creates the database in dir as the writing connection, with every step done. A newer schema,
 * or a file that is no store, is IK_CONFIG. */
enum ik_rc schema_open(struct sql *sql, const char *dir, int64_t page_cache, struct ik_error *err);
/* schema_upgrade() - the steps that are missing. */
enum ik_rc schema_upgrade(struct sql *sql, const char *dir, const struct schema_step *steps, size_t count, struct ik_error *err);

#endif
