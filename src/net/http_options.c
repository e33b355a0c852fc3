/* http_options.c - what can be configured of an HTTP listener. */
#include "net/http_server.h"

static const char *const url_schemes[] = { "http", "https", NULL };

#define OPT(kind, field, ...) IK_OPTION(kind, struct http_conf, field, __VA_ARGS__)
const struct ik_option http_options[] = {
	OPT(LIST,     listen,             .def = "127.0.0.1:8080", .help = "Addresses of the public listener: host:port, [IPv6]:port or unix:/path."),
	OPT(URL,      public_url,         .choices = url_schemes, .help = "Address under which customers reach the public pages; links in acknowledgements start with it."),
	OPT(SIZE,     max_body,           .def = "25M", .min = 65536, .max = 1073741824, .help = "Largest form with its attachments."),
	OPT(COUNT,    threads,            .def = "2", .min = 1, .max = 64, .help = "Threads that answer requests."),
	OPT(COUNT,    connections,        .def = "1024", .min = 8, .max = 65536, .help = "Open connections at most; the longest idle one makes room for a new one."),
	OPT(COUNT,    connections_per_ip, .def = "50", .min = 1, .max = 65536, .help = "Open connections of one address (IPv6: one /64); trusted proxies and Unix sockets are not counted."),
	OPT(DURATION, header_timeout,     .def = "10s", .min = 1, .max = 600, .help = "Time for all headers of a request."),
	OPT(DURATION, body_timeout,       .def = "60s", .min = 1, .max = 3600, .help = "Time for the whole body of a request."),
	OPT(DURATION, write_timeout,      .def = "30s", .min = 1, .max = 3600, .help = "Time in which a client has to take an answer."),
	OPT(DURATION, idle_timeout,       .def = "15s", .min = 1, .max = 3600, .help = "Time a connection may wait for its next request."),
	OPT(COUNT,    lookups,            .def = "30", .min = 1, .max = 1000000, .help = "Pages behind tracking codes and links of mails that one client (IPv6: one /64) may open in a minute."),
	OPT(LIST,     trusted_proxies,    .help = "Addresses or networks (10.0.0.0/8, unix) whose X-Forwarded-For is believed."),
	IK_OPTION_END
};
