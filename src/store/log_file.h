/* log_file.h - SQLite's log, written in few large pieces.
 *
 * SQLite writes every page it appends to the log with two system calls, 24 bytes and the page. Here they gather in memory and go out together
 * before the log is synced, read, cut or measured. What is in the file at each sync, and in which order it came there, stays the same.
 * Only for connections with synchronous=FULL: those sync before they tell other connections of a page. */
#ifndef STORE_LOG_FILE_H
#define STORE_LOG_FILE_H

/* log_file_vfs() - the name for sqlite3_open_v2(); registered with the first call, for the life of the process. NULL: SQLite's own has to do. */
const char *log_file_vfs(void);

#endif
