/* url.h - putting values of strangers into a URL. Thread: any. */
#ifndef NET_URL_H
#define NET_URL_H

/* url_with_query() - url with name=value as a further query parameter, both percent-encoded; to be freed. A query and a fragment that are
 * there already stay what they are. */
char *url_with_query(const char *url, const char *name, const char *value);

#endif
