/* search.h - the full-text index: a file of its own beside the database, filled in the background from committed rows. It may lag
 * behind; losing it costs a rebuild and nothing else. */
#ifndef STORE_SEARCH_H
#define STORE_SEARCH_H

#include "store/inside.h"

#define SEARCH_CACHE 4194304
#define SEARCH_SHORTEST 3               /* characters: the index knows groups of three */

/* search_file_open() - the index for reading; IK_RETRY while there is none. */
enum ik_rc search_file_open(const char *dir, struct sql *sql_r, struct ik_error *err);
/* search_phrase() - words as one quoted phrase of the index's query language; free with free(). */
char *search_phrase(const char *words);
/* search_pattern() - words as a LIKE pattern with \ as escape; free with free(). */
char *search_pattern(const char *words);

#endif
