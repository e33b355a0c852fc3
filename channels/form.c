/* form.c - the contact form: a page in English and both scripts of Chinese that works without script, and the receipt with number, code, promise and QR code.
 *
 * A form carries a token: time, random bytes and a MAC over both with this instance's own key. The token is the natural key of the
 * message and good for one content, so that a reload or a double click finds the same ticket and changed text is not filed by accident.
 * Brakes: a hidden field that people do not see, a least time to fill in, messages per client in ten minutes, and - if asked for - a proof
 * of work. Whoever meets one gets the form back with all that was typed: no answer says "received" unless it is stored.
 * Threads: request() and answered() run on several at once; but for the counters of clients the state is const after open. */
#include <stdlib.h>
#include <intaked/channel.h>
#include "base/buf.h"
#include "base/codec.h"
#include "base/file.h"
#include "base/random.h"
#include "net/colour.h"
#include "net/form_parts.h"
#include "net/limiter.h"
#include "net/proof.h"

#define LOGO_BYTES 65536

#define OPT(kind, field, ...) IK_OPTION(kind, struct form_conf, field, __VA_ARGS__)
static const struct ik_option form_options[] = {
	OPT(MAP,      title,            .help = "Heading of the page, by language: en, zh-Hans (or zh) and zh-Hant."),
	OPT(STRING,   status_path,      .def = "/s/", .help = "Public path of the status page; the receipt links to it with the code behind it."),
	OPT(SECRET,   secret,           .help = "Key of the form tokens, to share it between several gateways; without it one is made and kept in the store."),
	OPT(BOOL,     contact_required, .def = "yes", .help = "Whether an e-mail address or phone number has to be given."),
	OPT(COUNT,    files,            .def = "10", .min = 0, .max = FORM_FILES_MAX, .help = "Attachments at most; 0 hides the field."),
	OPT(SIZE,     file_size,        .def = "10M", .min = 1024, .max = 1073741824, .help = "Largest attachment; all of them together stay below http.max_body."),
	OPT(LIST,     types,            .help = "File name endings that may be attached, such as .pdf; none means any."),
	OPT(DURATION, min_fill,         .def = "3s", .min = 0, .max = 600, .help = "A form that comes back faster was not filled in by a person."),
	OPT(DURATION, max_age,          .def = "24h", .min = 60, .max = 604800, .help = "How long an opened form may be sent."),
	OPT(COUNT,    client_limit,     .def = "100", .min = 0, .max = 1000000, .help = "Messages that one client (IPv4 address, IPv6 /64) may send in ten minutes; 0: any number."),
	OPT(COUNT,    proof_of_work,    .def = "0", .min = 0, .max = PROOF_BITS_MAX, .help = "Bits of a proof of work that a script does in the visitor's browser; 15 takes about a second, 0 asks for none."),
	OPT(DURATION, proof_wait,       .def = "60s", .min = 1, .max = 3600, .help = "How long a form without the proof (no script) has to be open instead."),
	OPT(STRING,   name,             .help = "Name of the brand, shown above the heading."),
	OPT(STRING,   colour,           .help = "Colour of the brand, as #1a6b4f; darkened or lightened where it could not be read."),
	OPT(PATH,     logo,             .help = "Picture shown above the heading: PNG, JPEG, GIF or WebP of at most 64 KiB."),
	OPT(LIST,     embed_on,         .help = "Sites that may show the form in a frame, as https://shop.example; none may without it."),
	IK_OPTION_END
};

/* ---- requests ---------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc give_file(struct ik_answer *answer, int status, const char *type, const void *data, size_t size)
{
	static const char *const lasting[] = { "Cache-Control: public, max-age=300", NULL };

	answer->status = status;
	answer->content_type = type;
	answer->body = data;
	answer->body_len = size;
	if (status == 200) answer->headers = lasting;
	return IK_OK;
}

/* What the page loads: the brand's colours and picture, the script of the proof. */
static enum ik_rc show_file(const struct form *form, const char *rest, struct ik_answer *answer)
{
	if (strcmp(rest, "/look.css") == 0 && form->style.len > 0)
		return give_file(answer, 200, "text/css; charset=utf-8", buf_str(&form->style), form->style.len);
	if (strcmp(rest, "/logo") == 0 && form->logo.len > 0) return give_file(answer, 200, form->logo_type, buf_str(&form->logo), form->logo.len);
	if (strcmp(rest, "/work.js") == 0 && form->conf->proof_of_work > 0)
		return give_file(answer, 200, "text/javascript; charset=utf-8", proof_script, strlen(proof_script));
	return give_file(answer, 404, "text/plain; charset=utf-8", "not found\n", 10);
}

static enum ik_rc refuse_client(const struct form *form, struct form_entry *e, int64_t wait_s, struct ik_answer *answer)
{
	form->host->refuse(form->host, "client-limit", "one client sent too many forms within ten minutes");
	e->problem = W_MANY;
	e->detail = form_number(answer, (wait_s + 59) / 60);
	answer->retry_after_s = wait_s;
	return form_show(form, e, answer, 429);
}

static enum ik_rc take_form(const struct form *form, struct form_entry *e, const char *peer, struct ik_answer *answer, struct ik_error *err)
{
	int64_t wait_s = 0;
	enum ik_rc rc;

	if (!form_check(form, e, answer)) {
		if (e->is_trapped) form->host->refuse(form->host, "honeypot", "the field that people do not see was filled in");
		return form_show(form, e, answer, 422);
	}
	rc = form_check_client(form, peer, &wait_s, err);
	if (rc != IK_OK) return rc;
	return wait_s > 0 ? refuse_client(form, e, wait_s, answer) : form_offer(e, peer, answer);
}

static enum ik_rc form_request(void *state, const struct ik_request *request, struct ik_answer *answer, struct ik_error *err)
{
	const struct form *form = state;
	struct form_entry *e;

	if (request->rest[0] != '\0' && strcmp(request->rest, "/") != 0) return show_file(form, request->rest, answer);
	e = form_read_entry(request, answer);
	if (strcmp(request->method, "GET") == 0 || e->is_switch) return form_show(form, e, answer, 200);
	return take_form(form, e, request->peer, answer, err);
}

/* The token was used for other words: they come back, and what they were sent as is up to the customer. */
static void show_changed(const struct form *form, struct form_entry *e, const struct ik_receipt *receipt, struct ik_answer *answer)
{
	e->problem = W_OTHER;
	e->detail = receipt->number;
	e->is_sent = true;
	(void)form_show(form, e, answer, 409);
}

static void form_answered(void *state, const struct ik_request *request, enum ik_rc rc, const struct ik_receipt *receipts, size_t count, struct ik_answer *answer)
{
	const struct form *form = state;
	struct form_entry *e = form_read_entry(request, answer);

	if (rc == IK_OK && count > 0 && receipts[0].is_other_content) {
		show_changed(form, e, &receipts[0], answer);
	} else if (rc == IK_OK && count > 0) {
		(void)form_show_receipt(form, e->language, &receipts[0], answer);
	} else {
		e->problem = rc == IK_REJECT ? W_REFUSED : W_BUSY;
		(void)form_show(form, e, answer, rc == IK_REJECT ? 400 : 503);
		if (rc != IK_REJECT) answer->retry_after_s = 5;
	}
}

/* ---- life ----------------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc own_key(struct form *form, struct ik_error *err)
{
	const struct ik_host *host = form->host;
	char hex[2 * FORM_KEY_SIZE + 1] = "";
	enum ik_rc rc = host->cursor_get(host, "token-key", hex, sizeof(hex), err);

	if (rc != IK_OK || hex_decode(hex, strlen(hex), form->key, FORM_KEY_SIZE) == FORM_KEY_SIZE) return rc;
	random_bytes(form->key, FORM_KEY_SIZE);
	return host->cursor_put(host, "token-key", hex_encode(form->key, FORM_KEY_SIZE, hex), err);
}

/* The brand's colour over the stylesheet's, for both grounds it has. */
static enum ik_rc make_style(struct form *form, struct ik_error *err)
{
	static const uint32_t light = 0xf1f3f2, dark = 0x2a3230;        /* the grounds it stands out from least: those of marks and promises */
	const char *given = form->conf->colour;
	uint32_t colour, day, night;

	if (given == NULL || given[0] == '\0') return IK_OK;
	if (!colour_parse(given, &colour)) return ik_fail(IK_CONFIG, err, "colour \"%s\" is none: write it as #1a6b4f, in quotes", given);
	day = colour_readable(colour, light);
	night = colour_readable(colour, dark);
	(void)buf_format(&form->style, ":root { --main: #%06x; --main-ink: #%06x; --wash: #f1f3f2; }\n"
	                 "@media (prefers-color-scheme: dark) { :root { --main: #%06x; --main-ink: #%06x; --wash: #2a3230; } }\n",
	                 day, colour_ink(day), night, colour_ink(night));
	(void)snprintf(form->style_path, sizeof(form->style_path), "/form/%s/look.css", form->host->instance);
	return IK_OK;
}

static const char *picture_type(const struct buf *data)
{
	const char *d = buf_str(data);

	if (data->len > 8 && memcmp(d, "\x89PNG\r\n\x1a\n", 8) == 0) return "image/png";
	if (data->len > 3 && memcmp(d, "\xff\xd8\xff", 3) == 0) return "image/jpeg";
	if (data->len > 6 && (memcmp(d, "GIF87a", 6) == 0 || memcmp(d, "GIF89a", 6) == 0)) return "image/gif";
	if (data->len > 12 && memcmp(d, "RIFF", 4) == 0 && memcmp(d + 8, "WEBP", 4) == 0) return "image/webp";
	return NULL;
}

static enum ik_rc read_logo(struct form *form, struct ik_error *err)
{
	const char *path = form->conf->logo;
	enum ik_rc rc;

	if (path == NULL || path[0] == '\0') return IK_OK;
	rc = file_read(path, &form->logo, err);
	if (rc == IK_REJECT) return ik_fail(IK_CONFIG, err, "logo %s is larger than %d KiB: make it smaller", path, LOGO_BYTES / 1024);
	if (rc != IK_OK) return rc;
	form->logo_type = picture_type(&form->logo);
	if (form->logo_type == NULL) return ik_fail(IK_CONFIG, err, "logo %s is no PNG, JPEG, GIF or WebP picture", path);
	(void)snprintf(form->logo_path, sizeof(form->logo_path), "/form/%s/logo", form->host->instance);
	return IK_OK;
}

/* "https://shop.example", "http://localhost:8000": a scheme, a host and perhaps a port, nothing that could end the header's entry. */
static bool is_origin(const char *text)
{
	const char *host = strncmp(text, "https://", 8) == 0 ? text + 8 : strncmp(text, "http://", 7) == 0 ? text + 7 : NULL;

	return host != NULL && host[0] != '\0' && host[strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:")] == '\0';
}

/* The standing policy with what this form needs besides: frames on certain sites, the one script. */
static enum ik_rc make_policy(struct form *form, struct ik_error *err)
{
	const struct form_conf *conf = form->conf;
	struct buf *b = &form->policy;

	if (conf->embed_on.count == 0 && conf->proof_of_work == 0) return IK_OK;
	(void)buf_text(b, "Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors");
	for (size_t i = 0; i < conf->embed_on.count; i++) {
		if (!is_origin(conf->embed_on.item[i])) return ik_fail(IK_CONFIG, err, "embed_on \"%s\": write scheme and host alone, as https://shop.example", conf->embed_on.item[i]);
		(void)buf_format(b, " %s", conf->embed_on.item[i]);
	}
	if (conf->embed_on.count == 0) (void)buf_text(b, " 'none'");
	if (conf->proof_of_work > 0) (void)buf_text(b, "; script-src 'self'");
	form->headers[0] = buf_str(b);
	return buf_check(b, "list of embed_on", err);
}

static enum ik_rc make_key(struct form *form, struct ik_error *err)
{
	const struct bytes secret = { form->conf->secret, form->conf->secret != NULL ? strlen(form->conf->secret) : 0 };

	if (secret.len == 0) return own_key(form, err);
	sha256(&secret, 1, form->key);
	return IK_OK;
}

static void form_close(void *state)
{
	struct form *form = state;

	limiter_free(&form->clients);
	buf_release(&form->logo);
	buf_release(&form->style);
	buf_release(&form->policy);
	form->host->free(form);
}

static enum ik_rc form_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct form *form = host->alloc(sizeof(*form));
	enum ik_rc rc;

	form->host = host;
	form->conf = conf;
	buf_init(&form->logo, LOGO_BYTES);
	buf_init(&form->style, 1024);
	buf_init(&form->policy, 2048);
	rc = make_key(form, err);
	if (rc == IK_OK) rc = make_style(form, err);
	if (rc == IK_OK) rc = read_logo(form, err);
	if (rc == IK_OK) rc = make_policy(form, err);
	if (rc == IK_OK && form->conf->client_limit > 0) form->clients = limiter_new(form->conf->client_limit, IK_CLIENT_WINDOW_S);
	if (rc == IK_OK) *state_r = form;
	else form_close(form);
	return rc;
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "form", .summary = "Contact form in English, Simplified and Traditional Chinese",
	.options = form_options, .conf_size = sizeof(struct form_conf), .ack = IK_ACK_RESPONSE, .mount = "form", .wants_fields = true,
	.open = form_open, .request = form_request, .answered = form_answered, .close = form_close,
};
