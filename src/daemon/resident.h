/* resident.h - memory that only the start needed goes back to the system. */
#ifndef DAEMON_RESIDENT_H
#define DAEMON_RESIDENT_H

/* resident_trim() - after the start and after a reload: returns freed heap, and lets go of the pages of code and constants that were only
 * used till now. The kernel keeps those in its page cache and maps them again at the next touch. Any thread. */
void resident_trim(void);

#endif
