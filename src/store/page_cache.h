/* page_cache.h - SQLite's page cache, without a look at every page behind a commit.
 *
 * When SQLite (3.39 and later) sorts the pages of a balanced tree, it parks one of them for a moment under the number of the lock page, the one at
 * 1 GiB that no database uses. Its cache takes that for the highest page it has, finds at the commit that the database is shorter, and looks
 * through all it holds for pages beyond the end: 0.1 to 0.3 ms with a cache of 64 MB. Here the page is parked under 0, which no page has. */
#ifndef STORE_PAGE_CACHE_H
#define STORE_PAGE_CACHE_H

/* page_cache_install() - before the first connection of the process; later calls do nothing. */
void page_cache_install(void);

#endif
