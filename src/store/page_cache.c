/* page_cache.c - see page_cache.h. Interface: https://sqlite.org/c3ref/pcache_methods2.html; the lock page: https://sqlite.org/fileformat2.html
 * section 1.4; both read 2026-11. */
#include "store/page_cache.h"

#include <sqlite3.h>

#define PAGE_BYTES 4096                 /* of every database here */
#define LOCK_PAGE ((1u << 30) / PAGE_BYTES + 1)

/* SQLite hands these functions nothing in which it could stand: written once, before the library runs, and only read from then on. */
static sqlite3_pcache_methods2 original;

static unsigned place(unsigned number)
{
	return number == LOCK_PAGE ? 0 : number;
}

static void rekey(sqlite3_pcache *cache, sqlite3_pcache_page *page, unsigned from, unsigned to)
{
	original.xRekey(cache, page, place(from), place(to));
}

void page_cache_install(void)
{
	sqlite3_pcache_methods2 own;

	if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &own) != SQLITE_OK || own.xRekey == rekey) return;       /* refused once the library runs */
	original = own;
	own.xRekey = rekey;
	(void)sqlite3_config(SQLITE_CONFIG_PCACHE2, &own);
}
