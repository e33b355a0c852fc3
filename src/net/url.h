/* url.h - putting values of strangers into a URL, and whether what goes to one stays private. Thread: any. */
#ifndef NET_URL_H
#define NET_URL_H

#include <stdbool.h>

/* url_with_query() - url with name=value as a further query parameter, both percent-encoded; to be freed. A query and a fragment that are
 * there already stay what they are. */
char *url_with_query(const char *url, const char *name, const char *value);

/* url_is_local() - its host is this machine (localhost, 127.0.0.0/8, ::1), as libcurl, which connects, reads it. url_is_private() - nobody on the
 * network reads what goes there: local, or https. false for what is no URL. */
bool url_is_local(const char *url);
bool url_is_private(const char *url);

#endif
