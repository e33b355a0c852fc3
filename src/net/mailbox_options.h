/* mailbox_options.h - the options that every mailbox channel has, and what they ask of the connection.
 *
 * A channel's struct begins with MAILBOX_FIELDS, its table with MAILBOX_ROWS; MAILBOX_CONF() hands both to mailbox_new(). Included by
 * channel plugins alone. */
#ifndef NET_MAILBOX_OPTIONS_H
#define NET_MAILBOX_OPTIONS_H

#include <intaked/option.h>
#include "net/mailbox_curl.h"

#define MAILBOX_FIELDS \
	char *server, *user, *password, *bearer, *token_url, *client_id, *client_secret, *refresh_token, *scope, *secret_expires, *ca_file, *address; \
	int64_t batch, max_size, timeout, tries, old_after; \
	bool insecure

/* protocol: "imap"; starttls: what TLS on the ordinary port is called there; schemes: of the server URL. */
#define MAILBOX_ROWS(type, protocol, starttls, schemes) \
	IK_OPTION(URL,      type, server, .flags = IK_REQUIRED, .choices = schemes, \
	          .help = protocol "s://HOST[:PORT], or " protocol "://HOST[:PORT] where " starttls " is then required."), \
	IK_OPTION(STRING,   type, user, .flags = IK_REQUIRED, .help = "Login name."), \
	IK_OPTION(SECRET,   type, password, .help = "Password; or set token_url or bearer."), \
	IK_OPTION(SECRET,   type, bearer, .help = "OAuth 2 access token for XOAUTH2, instead of a password."), \
	IK_OPTION(URL,      type, token_url, .flags = IK_PRIVATE, .choices = mailbox_token_schemes, \
	          .help = "OAuth 2 token address of the platform; access tokens are then fetched and renewed for XOAUTH2."), \
	IK_OPTION(STRING,   type, client_id, .help = "With token_url: the application's id at the platform."), \
	IK_OPTION(SECRET,   type, client_secret, .help = "With token_url: the application's secret, where it has one."), \
	IK_OPTION(SECRET,   type, refresh_token, .help = "With token_url: what the owner's sign-in gave; without it the application signs in for itself."), \
	IK_OPTION(STRING,   type, scope, .help = "With token_url: the permissions asked for, separated by spaces; some platforms need none here."), \
	IK_OPTION(STRING,   type, secret_expires, .help = "The day the client secret or refresh token ends (2027-05-01), where the platform told; an alarm comes two weeks before."), \
	IK_OPTION(ADDRESS,  type, address, .help = "Address this mailbox stands for, where the mail itself does not tell, or the group it is a member of; the user name when that is one."), \
	IK_OPTION(COUNT,    type, batch, .def = "500", .min = 1, .max = 1000, .help = "Mails after which the place in the mailbox is stored and what comes after is done."), \
	IK_OPTION(SIZE,     type, max_size, .def = "25M", .min = 1024, .max = 1073741824, \
	          .help = "Larger mails become a ticket with their header only and stay on the server."), \
	IK_OPTION(COUNT,    type, tries, .def = "5", .min = 1, .max = 100, .help = "Polls in which a mail may fail to come before it is set aside."), \
	IK_OPTION(DURATION, type, old_after, .def = "2d", .max = 366000000, \
	          .help = "Mail that had come so long before the very first look is taken in as older mail: not acknowledged, its deadlines count from when it came. 0: none is."), \
	IK_OPTION(DURATION, type, timeout, .def = "60s", .min = 1, .max = 600, .help = "Longest silence of the server."), \
	IK_OPTION(PATH,     type, ca_file, .help = "Certificates to trust instead of the system's."), \
	IK_OPTION(BOOL,     type, insecure, .def = "no", .help = "Log in even where the server offers no TLS: only for a server on this machine.")

/* c: the filled options; list: protocols as in mailbox_conf; way: libcurl login options or NULL. */
#define MAILBOX_CONF(c, list, way) (struct mailbox_conf){ \
	.server = (c)->server, .protocols = (list), .user = (c)->user, .password = (c)->password, .bearer = (c)->bearer, \
	.oauth2 = { .token_url = (c)->token_url, .client_id = (c)->client_id, .client_secret = (c)->client_secret, \
	            .refresh_token = (c)->refresh_token, .scope = (c)->scope }, \
	.secret_expires = (c)->secret_expires, .mechanism = (way), .ca_file = (c)->ca_file, .allows_plain = (c)->insecure, .timeout_s = (c)->timeout }

/* The address a mail was written to where it does not tell itself; NULL when that is not known either. */
#define MAILBOX_RECIPIENT(c) ((c)->address != NULL ? (c)->address : strchr((c)->user, '@') != NULL ? (c)->user : NULL)

static const char *const mailbox_token_schemes[] = { "https", "http", NULL };

#endif
