/* ack_decision.c - the decision list, its published table, and the limits of step 19.
 *
 * Every message is stored whatever is decided here; the list is only about the acknowledgement. It may err on the side of silence, never
 * on the side of writing to a machine or to somebody who did not write to us.
 * Sources: RFC 3834 sections 2 and 3.1, RFC 5230 sections 4.5 and 4.6, RFC 3464, RFC 2369, RFC 2919, RFC 2142. */
#include "policy/ack_decision.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unicode/uidna.h>
#include "base/mem.h"
#include "base/utf8.h"

#define OPT(kind, field, ...) IK_OPTION(kind, struct ack_conf, field, __VA_ARGS__)
const struct ik_option ack_options[] = {
	OPT(BOOL,    enabled,          .def = "yes", .help = "Send acknowledgements at all."),
	OPT(ADDRESS, from,             .help = "Address that acknowledgements by mail come from; without it none are sent by mail."),
	OPT(STRING,  from_name,        .help = "Name shown beside that address."),
	OPT(LIST,    own_addresses,    .help = "Further addresses of ours that are never written to, besides those of the channels; also groups and lists through which mail comes to us."),
	OPT(BOOL,    reply_to_replies, .def = "no", .help = "Acknowledge follow-ups to an open ticket as well, not only its first message."),
	OPT(BOOL,    null_sender,      .def = "yes", .help = "Send acknowledgements with the empty envelope sender, so that bounces cannot loop."),
	OPT(BOOL,    plus_addressing,  .def = "no", .help = "Have answers sent to from with a signed tag (support+p.TICKET.MAC@...), so that they find their ticket without headers; the mail server has to know tags."),
	OPT(BOOL,    verify,           .def = "yes", .help = "Ask by one mail whether an address typed into a form, or sent by a program that vouches for nobody, is the writer's; until it is confirmed nothing else goes there."),
	OPT(COUNT,   verify_per_client,.def = "5", .min = 0, .max = 1000000, .help = "Such mails that forms of one client (IPv4 address, IPv6 /64) can cause in an hour."),
	OPT(COUNT,   per_address_hour, .def = "3", .min = 0, .max = 1000, .help = "Acknowledgements to one address in an hour."),
	OPT(COUNT,   per_address_day,  .def = "10", .min = 0, .max = 10000, .help = "Acknowledgements to one address in a day."),
	OPT(COUNT,   per_domain_hour,  .def = "50", .min = 0, .max = 1000000, .help = "Acknowledgements to all addresses of one domain in an hour."),
	OPT(COUNT,   global_hour,      .def = "600", .min = 0, .max = 100000000, .help = "Acknowledgements to everybody in an hour."),
	OPT(LIST,    trusted_forwarders, .help = "Envelope senders, as address or @domain, that pass on mail of others; the sender's domain need not be theirs."),
	OPT(BOOL,     breaker,         .def = "yes", .help = "Pause all acknowledgements when far more than usual go out or too many bounce."),
	OPT(COUNT,    breaker_least,   .def = "100", .min = 1, .max = 100000000, .help = "Acknowledgements in ten minutes below which that never happens."),
	OPT(COUNT,    breaker_factor,  .def = "10",  .min = 2, .max = 1000, .help = "How many times the median of the last seven days is too much."),
	OPT(COUNT,    breaker_bounced, .def = "20",  .min = 1, .max = 100, .help = "Percentage of the last hour's mails that may bounce."),
	OPT(DURATION, breaker_pause,   .def = "30m", .min = 60, .max = 86400, .help = "How long the pause is."),
	OPT(DURATION, machine_quiet,   .def = "24h", .min = 0, .max = 30 * 86400, .help = "How long an address that answers like a machine gets nothing; 0: nobody is taken for one."),
	OPT(COUNT,    override_day,    .def = "20",  .min = 0, .max = 100000, .help = "Acknowledgements in a day that operators may send all the same (intakectl acknowledge)."),
	OPT(COUNT,    status_day,      .def = "3",   .min = 0, .max = 100,
	    .help = "Mails of one customer in a day that say nothing but a tracking code or \"status\" and are answered with the state; 0: none."),
	IK_OPTION_END
};

const struct ack_rule ack_rules[] = {
	{ 1, "null-sender", "the envelope sender or a Return-Path is empty (<>)" },
	{ 2, "auto-submitted", "Auto-Submitted is present and is not \"no\"; an empty or malformed value counts as automatic" },
	{ 3, "report", "the mail is or holds a report: multipart/report, a delivery status, a disposition notification, a feedback report, or X-Failed-Recipients" },
	{ 4, "list", "a header of a mailing list: List-Id, List-Post, List-Help, List-Owner, List-Archive, List-Subscribe, List-Unsubscribe, Mailing-List; or Feedback-ID with more that speaks of a mailing" },
	{ 5, "precedence", "Precedence or X-Precedence is bulk, junk, list or auto_reply" },
	{ 6, "suppress", "X-Auto-Response-Suppress asks for silence: All, AutoReply or OOF" },
	{ 7, "vendor", "a marker of automatic mail that a product or provider sets, or the platform marks the author as a robot" },
	{ 8, "self", "our own loop mark, or a Message-ID of ours whose MAC holds" },
	{ 9, "reply-to-ack", "In-Reply-To or References name an acknowledgement of ours whose MAC holds" },
	{ 10, "follow-up", "it was added to an open ticket of a known sender, and replies are not acknowledged (ack.reply_to_replies)" },
	{ 11, "no-address", "From holds no single valid mailbox, or its domain is an address literal, .invalid or .local" },
	{ 12, "role", "the local part is a machine or a role: mailer-daemon, postmaster, no-reply, bounces, list owners and requests, VERP forms" },
	{ 13, "own-address", "the address is one of our own" },
	{ 14, "calendar", "a calendar answer: text/calendar with method REPLY or COUNTER" },
	{ 15, "not-addressed", "no mailbox of ours is in To or Cc, unless the channel allows that" },
	{ 16, "auth-fail", "a trusted authentication verdict says that the sender is forged" },
	{ 17, "unaligned", "the domains of Return-Path and From are unrelated and no trusted DMARC pass vouches for them" },
	{ 18, "unverified", "the address was typed into a form or sent by a program, and nobody vouches for it" },
	{ 19, "limit-*", "a limit is used up: per address and hour or day, per domain and hour, for everybody and hour; one acknowledgement per ticket" },
	{ 20, "breaker", "far more acknowledgements than usual, or too many of them bounce: paused, an operator is alarmed, tickets go on" },
	{ 0, NULL, NULL }
};

/* ---- addresses -------------------------------------------------------------------------------------------------------- */

static bool is_local_byte(unsigned char c)
{
	return c >= 0x80 || isalnum(c) || (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

static bool local_is_plain(const char *local, size_t len)
{
	if (len == 0 || len > 64 || local[0] == '.' || local[len - 1] == '.' || !utf8_valid(local, len)) return false;
	for (size_t i = 0; i < len; i++)
		if (!is_local_byte((unsigned char)local[i]) || (local[i] == '.' && local[i + 1] == '.')) return false;
	return true;
}

/* One label at c: letters, digits, inner hyphens, at most 63. Returns its length, 0 when it is none. */
static size_t label_len(const char *c)
{
	size_t len = 0;

	while (isalnum((unsigned char)c[len]) || c[len] == '-' || c[len] == '_') len++;
	return len > 63 || len == 0 || c[0] == '-' || c[len - 1] == '-' ? 0 : len;
}

static bool domain_is_plain(const char *domain)
{
	const char *last = domain;
	size_t len;

	if (strlen(domain) > 253) return false;
	for (const char *c = domain; ; c += len + 1) {
		len = label_len(c);
		last = c;
		if (len == 0) return false;
		if (c[len] == '\0') break;
		if (c[len] != '.') return false;
	}
	if (strspn(last, "0123456789") == strlen(last)) return false;          /* 192.0.2.1 is no domain */
	return strcmp(last, "invalid") != 0 && strcmp(last, "local") != 0;
}

/* Lower-case A-labels of a domain; domain_r holds 254 bytes. */
static bool fold_domain(const char *domain, char *domain_r)
{
	UErrorCode status = U_ZERO_ERROR;
	UIDNAInfo info = UIDNA_INFO_INITIALIZER;
	UIDNA *idna;
	int32_t len;

	if (strlen(domain) > 1000) return false;
	idna = uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII | UIDNA_CHECK_BIDI, &status);
	if (U_FAILURE(status)) return false;
	len = uidna_nameToASCII_UTF8(idna, domain, -1, domain_r, 254, &info, &status);
	uidna_close(idna);
	return U_SUCCESS(status) && len > 0 && len < 254 && (info.errors & ~(uint32_t)(UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4)) == 0;
}

static bool is_ascii(const char *text)
{
	while (*text != '\0' && (unsigned char)*text < 0x80) text++;
	return *text == '\0';
}

static bool plain_domain(const char *domain, char domain_r[254])
{
	size_t len = strlen(domain);

	if (!is_ascii(domain)) {
		if (!fold_domain(domain, domain_r)) return false;
		return domain_is_plain(domain_r);
	}
	if (len > 1 && domain[len - 1] == '.') len--;
	if (len == 0 || len > 253) return false;
	for (size_t i = 0; i < len; i++) domain_r[i] = (char)tolower((unsigned char)domain[i]);
	domain_r[len] = '\0';
	return domain_is_plain(domain_r);
}

bool ack_fold_address(const char *address, char *folded_r, size_t size)
{
	const char *at = address != NULL ? strchr(address, '@') : NULL;
	char domain[254] = "", local[65];
	size_t len, tag;
	int wrote;

	if (at == NULL || !local_is_plain(address, (size_t)(at - address)) || !plain_domain(at + 1, domain)) return false;
	len = (size_t)(at - address);
	for (size_t i = 0; i < len; i++) local[i] = (char)tolower((unsigned char)address[i]);
	local[len] = '\0';
	tag = strcspn(local, "+");
	if (tag > 0 && local[tag - 1] != '.') local[tag] = '\0';         /* "a.@" would be no address */
	wrote = snprintf(folded_r, size, "%s@%s", local, domain);
	return wrote > 0 && (size_t)wrote < size;
}

/* ---- step 12 ------------------------------------------------------------------------------------------------------------ */

static const char *const role_names[] = {
	"mailer-daemon", "mailerdaemon", "postmaster", "noreply", "no-reply", "no_reply", "no.reply", "donotreply", "do-not-reply", "do_not_reply",
	"do.not.reply", "bounce", "bounces", "double-bounce", "daemon", "root", "nobody", "listserv", "majordomo", "mdaemon", "abuse",
	"msprvs1=", "prvs=", NULL
};
static const char *const role_starts[] = { "owner-", NULL };
static const char *const role_ends[] = { "-owner", "-request", "-bounces", NULL };

static bool ends_with(const char *text, const char *end)
{
	const size_t len = strlen(text), n = strlen(end);

	return len >= n && strcmp(text + len - n, end) == 0;
}

/* The name itself, or the name and a tag: "bounces+17", "no-reply-x". A name that ends in "=" is a prefix. */
static bool is_named(const char *local, const char *name)
{
	const size_t n = strlen(name);

	if (strncmp(local, name, n) != 0) return false;
	return name[n - 1] == '=' || local[n] == '\0' || local[n] == '-' || local[n] == '+';
}

bool ack_is_role(const char *address)
{
	char local[65];
	size_t len;

	if (address == NULL) return false;
	len = strcspn(address, "@");
	if (len >= sizeof(local)) return false;
	for (size_t i = 0; i < len; i++) local[i] = (char)tolower((unsigned char)address[i]);
	local[len] = '\0';
	for (const char *const *name = role_names; *name != NULL; name++)
		if (is_named(local, *name)) return true;
	for (const char *const *start = role_starts; *start != NULL; start++)
		if (strncmp(local, *start, strlen(*start)) == 0) return true;
	for (const char *const *end = role_ends; *end != NULL; end++)
		if (ends_with(local, *end)) return true;
	return strchr(local, '=') != NULL;
}

/* ---- step 13 -------------------------------------------------------------------------------------------------------------- */

/* Also "support-eu@x" for "support@x": a hyphen is the other usual delimiter of tags. */
static bool is_tagged_own(const char *folded, const char *own)
{
	const size_t local = strcspn(own, "@");

	return local > 0 && strncmp(folded, own, local) == 0 && folded[local] == '-' && strcmp(folded + strcspn(folded, "@"), own + local) == 0;
}

static bool is_own(const struct ack_facts *f, const char *folded)
{
	for (size_t i = 0; i < f->own_count; i++)
		if (strcmp(f->own[i], folded) == 0 || is_tagged_own(folded, f->own[i])) return true;
	return false;
}

static bool is_from(const struct ack_conf *conf, const char *folded)
{
	char own[ACK_ADDRESS_MAX];

	if (ack_fold_address(conf->from, own, sizeof(own)) && strcmp(own, folded) == 0) return true;
	for (size_t i = 0; i < conf->own_addresses.count; i++)
		if (ack_fold_address(conf->own_addresses.item[i], own, sizeof(own)) && strcmp(own, folded) == 0) return true;
	return false;
}

/* ---- the list --------------------------------------------------------------------------------------------------------------- */

/* Where a reason of the worker stands in the list; a reason the list does not know counts as step 7: silence. */
static int step_of(const char *reason)
{
	if (reason == NULL || reason[0] == '\0') return 0;
	for (const struct ack_rule *rule = ack_rules; rule->step != 0; rule++)
		if (strcmp(rule->reason, reason) == 0) return rule->step;
	return 7;
}

/* Steps 11 to 13. Channels without mail addresses answer where the message came from: no address is no obstacle there. */
static const char *decide_address(const struct ack_conf *conf, const struct ack_facts *f)
{
	char folded[ACK_ADDRESS_MAX];
	const bool has_address = ack_fold_address(f->address, folded, sizeof(folded));

	if (!has_address) return f->is_mail ? "no-address" : NULL;
	if (ack_is_role(f->address)) return "role";
	return is_own(f, folded) || is_from(conf, folded) ? "own-address" : NULL;
}

/* Steps 15 to 18. */
static const char *decide_trust(const struct ack_facts *f)
{
	if (f->is_mail && !f->is_to_us) return "not-addressed";
	if (f->is_mail && f->is_auth_fail) return "auth-fail";
	if (f->is_mail && f->is_unaligned) return "unaligned";
	return !f->is_mail && !f->is_verified ? "unverified" : NULL;
}

const char *ack_decide(const struct ack_conf *conf, const struct ack_facts *f)
{
	const int step = step_of(f->no_ack_reason);
	const char *reason;

	if (step >= 1 && step <= 7) return f->no_ack_reason;
	if (f->is_automatic_author) return "vendor";
	if (f->is_self) return "self";
	if (f->is_reply_to_ack) return "reply-to-ack";
	if (f->is_followup && !conf->reply_to_replies) return "follow-up";
	reason = decide_address(conf, f);
	if (reason == NULL && step != 0) reason = f->no_ack_reason;
	if (reason == NULL) reason = decide_trust(f);
	return reason == NULL && !conf->enabled ? "disabled" : reason;
}

/* ---- step 19 ---------------------------------------------------------------------------------------------------------------- */

size_t ack_limits(const struct ack_conf *conf, const char *folded, struct ack_limit limits_r[ACK_LIMIT_MAX])
{
	const char *const domain = folded + strcspn(folded, "@");
	const struct { const char *prefix, *what, *reason; int64_t window_s, limit; } rows[ACK_LIMIT_MAX] = {
		{ "ack-ah:", folded, "limit-address-hour", 3600,  conf->per_address_hour },
		{ "ack-ad:", folded, "limit-address-day",  86400, conf->per_address_day },
		{ "ack-dh:", domain, "limit-domain-hour",  3600,  conf->per_domain_hour },
		{ ACK_LIMIT_GLOBAL, "",     "limit-global-hour",  3600,  conf->global_hour },
	};

	size_t count = 0;

	for (size_t i = 0; i < ACK_LIMIT_MAX; i++) {
		struct ack_limit *limit = &limits_r[count];

		if (rows[i].what == domain && domain[0] == '\0') continue;
		*limit = (struct ack_limit){ .reason = rows[i].reason, .window_s = rows[i].window_s, .limit = rows[i].limit };
		(void)snprintf(limit->key, sizeof(limit->key), "%s%s", rows[i].prefix, rows[i].what);
		count++;
	}
	return count;
}
