/* oauth2.h - access tokens of one account at an OAuth 2 platform, for XOAUTH2 and the like.
 *
 * Grants: refresh_token (RFC 6749 section 6) where one is configured, else client_credentials (4.4). A token is kept and given out until 80 % of
 * its life is over. Only one request is under way at a time; who comes meanwhile waits for its outcome.
 * A refresh token that the platform replaces is on disk before the access token that came with it is given out: DIR/INSTANCE, mode 0600,
 * together with a digest of the configured one, so that setting another one in the configuration makes the stored one void.
 * No secret ever enters an error or the log: of what a platform answers only known error words and AADSTS numbers are repeated.
 * Thread: any. */
#ifndef NET_OAUTH2_H
#define NET_OAUTH2_H

#include <stdint.h>
#include <intaked/host.h>

struct oauth2;

/* oauth2_new() - host: http, now, log and instance are used; borrowed. dir: made at the first write, its parent must exist. */
struct oauth2 *oauth2_new(const struct ik_host *host, const char *dir);
void oauth2_free(struct oauth2 **oauth2);
/* oauth2_check() - IK_CONFIG for options that cannot be right; no network. token_url is https, or http on this machine. */
enum ik_rc oauth2_check(const struct ik_oauth2 *client, struct ik_error *err);
/* oauth2_token() - as ik_host.access_token. */
enum ik_rc oauth2_token(struct oauth2 *oauth2, const struct ik_oauth2 *client, const char *refused, char **token_r, struct ik_error *err);
/* oauth2_expires_at() - of the token that is kept, 0 when there is none. oauth2_is_failing() - whether the last renewal failed. */
int64_t oauth2_expires_at(const struct oauth2 *oauth2);
bool oauth2_is_failing(const struct oauth2 *oauth2);

#endif
