/* thread.c - what every thread of the store does first. */
#include "store/store.h"

#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

void store_background(const char *name, int niceness)
{
	sigset_t all;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, NULL);
	(void)pthread_setname_np(pthread_self(), name);
	if (niceness > 0) (void)setpriority(PRIO_PROCESS, (id_t)gettid(), niceness);
}
