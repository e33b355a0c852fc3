/* form.c - the contact form: a bilingual page that works without script, and the receipt with number, code, promise and QR code.
 *
 * A form carries a token: time, random bytes and a MAC over both with this instance's own key. The token is the natural key of the
 * message and good for one content, so that a reload or a double click finds the same ticket and changed text is not filed by accident.
 * Brakes: a hidden field that people do not see, a least time to fill in, messages per client in ten minutes, and - if asked for - a proof
 * of work. Whoever meets one gets the form back with all that was typed: no answer says "received" unless it is stored.
 * Threads: request() and answered() run on several at once; but for the counters of clients the state is const after open. */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>
#include <intaked/channel.h>
#include "base/buf.h"
#include "base/codec.h"
#include "base/file.h"
#include "base/json.h"
#include "base/random.h"
#include "base/utf8.h"
#include "net/colour.h"
#include "net/limiter.h"
#include "net/page.h"
#include "net/proof.h"
#include "net/qr.h"

#define PAGE_MAX 4194304
#define SUBJECT_CHARS 200
#define TEXT_CHARS 20000
#define LINE_CHARS 200
#define LINE_BYTES 8192                 /* of a line that is too long, to be shown again */
#define TEXT_BYTES 524288
#define LOGO_BYTES 65536
#define KEY_SIZE 32
#define TOKEN_MAC 16                    /* bytes of the MAC that the token holds */
#define TOKEN_SIZE (16 + 1 + 16 + 1 + 2 * TOKEN_MAC + 1)
#define TRAP "fax_extension"            /* a name that browsers do not fill in by themselves */
#define FILES_MAX 10
#define HTML "text/html; charset=utf-8"

struct form_conf {
	struct ik_map title;
	char *status_path, *secret;
	bool contact_required;
	int64_t files, file_size, min_fill, max_age, client_limit, proof_of_work, proof_wait;
	struct ik_list types, embed_on;
	char *name, *colour, *logo;
};
#define OPT(kind, field, ...) IK_OPTION(kind, struct form_conf, field, __VA_ARGS__)
static const struct ik_option form_options[] = {
	OPT(MAP,      title,            .help = "Heading of the page, by language: en and zh."),
	OPT(STRING,   status_path,      .def = "/s/", .help = "Public path of the status page; the receipt links to it with the code behind it."),
	OPT(SECRET,   secret,           .help = "Key of the form tokens, to share it between several gateways; without it one is made and kept in the store."),
	OPT(BOOL,     contact_required, .def = "yes", .help = "Whether an e-mail address or phone number has to be given."),
	OPT(COUNT,    files,            .def = "10", .min = 0, .max = FILES_MAX, .help = "Attachments at most; 0 hides the field."),
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

struct form {
	const struct ik_host *host;
	const struct form_conf *conf;
	unsigned char key[KEY_SIZE];
	struct limiter *clients;                /* NULL: no limit */
	struct buf logo, style;
	const char *logo_type;
	char style_path[160], logo_path[160];   /* "" without */
	struct buf policy;                      /* the page's Content-Security-Policy line, when it is not the standing one */
	const char *headers[2];
};

/* ---- words -------------------------------------------------------------------------------------------------------------------- */

enum word {
	W_NONE, W_TITLE, W_INTRO, W_SUBJECT, W_TEXT, W_CONTACT, W_CONTACT_HINT, W_NAME, W_ORDER, W_FILES, W_OPTIONAL, W_SEND, W_FILES_HINT, W_TYPES_HINT,
	W_CHECK, W_NEED_SUBJECT, W_NEED_TEXT, W_NEED_CONTACT, W_BAD_CONTACT, W_LONG_SUBJECT, W_LONG_TEXT, W_LONG_LINE, W_MANY_FILES, W_BAD_TYPE,
	W_BIG_FILE, W_SIZE_HINT, W_TOO_FAST, W_TOO_OLD, W_BUSY, W_REFUSED, W_FILES_AGAIN, W_MANY, W_OTHER, W_WORK, W_TRAPPED,
	W_THANKS, W_NUMBER, W_CODE, W_CODE_HINT, W_COPY_HINT, W_MAIL_HINT, W_ADDED, W_QR, W_STATUS_LINK, W_ANOTHER, W_TRAP, WORDS
};
static const char *const words[WORDS][2] = {
	[W_NONE] = { "", "" },
	[W_TITLE] = { "How can we help?", "请告诉我们您的问题" },
	[W_INTRO] = { "Tell us what happened. You get a number and a code at once, and the time by which we will answer.",
	              "请说明发生了什么。提交后您会立即得到编号和追踪码，以及我们答复您的时间。" },
	[W_SUBJECT] = { "Subject", "主题" },
	[W_TEXT] = { "Your message", "内容" },
	[W_CONTACT] = { "E-mail address or phone number", "邮箱或电话号码" },
	[W_CONTACT_HINT] = { "Only used to answer you.", "仅用于答复您。" },
	[W_NAME] = { "Name", "姓名" },
	[W_ORDER] = { "Order number", "订单号" },
	[W_FILES] = { "Attachments", "附件" },
	[W_OPTIONAL] = { "optional", "选填" },
	[W_SEND] = { "Send", "提交" },
	[W_FILES_HINT] = { "Files at most: ", "文件数量上限：" },
	[W_TYPES_HINT] = { "Kinds of file: ", "可用文件类型：" },
	[W_CHECK] = { "This could not be sent yet. Please look at the marked fields.", "尚未提交，请检查标出的项目。" },
	[W_NEED_SUBJECT] = { "Please give a subject.", "请填写主题。" },
	[W_NEED_TEXT] = { "Please write your message.", "请填写内容。" },
	[W_NEED_CONTACT] = { "Please say how we can reach you.", "请填写联系方式。" },
	[W_BAD_CONTACT] = { "This is no e-mail address and no phone number.", "这不是有效的邮箱或电话号码。" },
	[W_LONG_SUBJECT] = { "At most 200 characters.", "最多 200 个字符。" },
	[W_LONG_TEXT] = { "At most 20,000 characters.", "最多 20000 个字符。" },
	[W_LONG_LINE] = { "At most 200 characters.", "最多 200 个字符。" },
	[W_MANY_FILES] = { "Too many files.", "文件数量过多。" },
	[W_BAD_TYPE] = { "This kind of file cannot be attached.", "不支持这种文件类型。" },
	[W_BIG_FILE] = { "This file is too large:", "文件过大：" },
	[W_SIZE_HINT] = { " · each up to ", " · 单个不超过 " },
	[W_TOO_FAST] = { "That was very quick. Please wait a moment and send it again.", "提交过快，请稍候再提交一次。" },
	[W_TOO_OLD] = { "This page was open for too long. Nothing is lost: please send it again.", "页面打开时间过长，内容仍在，请再提交一次。" },
	[W_BUSY] = { "Your message could not be stored at the moment. Please send it again in a few seconds.", "暂时无法保存，请几秒后再提交一次。" },
	[W_REFUSED] = { "Your message could not be taken.", "无法接收您的内容。" },
	[W_FILES_AGAIN] = { "Please choose the files again.", "请重新选择文件。" },
	[W_MANY] = { "Many messages came from your connection in a short time. Nothing is lost: please send it again in a while. Minutes to wait:",
	             "您所在的网络短时间内提交过多。内容仍在，请稍后再提交一次。需等待的分钟数：" },
	[W_OTHER] = { "You have sent this form already. What you changed since then is below and was not sent. If it is something new, send it: it becomes a "
	              "message of its own. The number of the first one:",
	              "您已提交过这份表单。之后修改的内容保留在下面，尚未提交。如果是新的问题，请再次提交，它会成为单独的一条。第一条的编号：" },
	[W_WORK] = { "Your browser did not run the small check against robots. Nothing is lost: please wait and send it again. Seconds to wait:",
	             "您的浏览器没有完成防机器人检查。内容仍在，请稍等后再提交一次。需等待的秒数：" },
	[W_TRAPPED] = { "The last field is there to stop robots and has to stay empty. Please clear it and send the form again.",
	                "最后一项用于防止机器人，必须留空。请清空后再提交。" },
	[W_THANKS] = { "We have received your message", "我们已收到您的来信" },
	[W_NUMBER] = { "Number", "编号" },
	[W_CODE] = { "Tracking code", "追踪码" },
	[W_CODE_HINT] = { "Keep this code: with it you can see at any time how far we are.", "请保存此追踪码，凭它可随时查询进度。" },
	[W_ADDED] = { "We already have this matter on record, and your message has been added to it. The tracking code is the one that was sent when it was first told.",
	              "这件事我们已有记录，您的留言已经加入其中。追踪码仍是第一次反映时发给您的那一个。" },
	[W_COPY_HINT] = { "To copy it, click or tap the code and copy the selection; or print this page, or scan the picture with a phone.",
	                  "点按追踪码即可选中并复制；也可以打印本页，或用手机扫描二维码。" },
	[W_MAIL_HINT] = { "We also write to the mail address you gave. If it has not been confirmed before, that mail only asks whether it is yours; receipt and news "
	                  "follow when you say yes.",
	                  "我们也会给您填写的邮箱发送邮件。如果该邮箱尚未确认，邮件只询问是否为您本人；您确认后，我们再发送回执和进展。" },
	[W_QR] = { "QR code of the status page", "进度查询页的二维码" },
	[W_STATUS_LINK] = { "See the status", "查询进度" },
	[W_ANOTHER] = { "Send another message", "再提交一条" },
	[W_TRAP] = { "Leave this field empty", "此项请留空" },
};

/* ---- what was entered ----------------------------------------------------------------------------------------------------------- */

enum field { F_SUBJECT, F_TEXT, F_CONTACT, F_NAME, F_ORDER, F_FILES, FIELDS };
static const struct { const char *name, *autocomplete; enum word label; bool is_line; } fields[FIELDS] = {
	[F_SUBJECT] = { "subject", "off", W_SUBJECT, true },  [F_TEXT] = { "text", "off", W_TEXT, false },
	[F_CONTACT] = { "contact", "email", W_CONTACT, true },[F_NAME] = { "name", "name", W_NAME, true },
	[F_ORDER] = { "order_number", "off", W_ORDER, true }, [F_FILES] = { "files", "off", W_FILES, true },
};

struct entry {
	enum page_language language;
	const char *values[FIELDS];     /* clean, never NULL */
	enum word problems[FIELDS];
	enum word problem;              /* of the form as a whole */
	const char *detail;             /* a number that belongs to it, or NULL */
	const char *bad_file;           /* the name of the file that problems[F_FILES] means, or NULL */
	const char *token, *work;       /* as they came, or NULL */
	bool is_trapped, is_switch;     /* is_switch: only the language was to change */
	bool is_sent;                   /* the token is used up */
	struct ik_part parts[FILES_MAX];
	size_t part_count, file_count;
};

static const char *keep(struct ik_answer *answer, const char *text, size_t len)
{
	char *kept = answer->alloc(answer, len + 1);

	if (len > 0) memcpy(kept, text, len);
	return kept;
}

static const char *clean(struct ik_answer *answer, const struct ik_field *field, bool is_line)
{
	struct buf b = BUF_INIT(3 * TEXT_BYTES);
	const char *text, *kept;
	size_t len;

	(void)utf8_clean(&b, field->value, field->value_len, is_line);
	text = buf_str(&b);
	text += strspn(text, " \t\n");
	len = strlen(text);
	if (is_line) len = utf8_cut(text, len, LINE_BYTES);
	while (len > 0 && strchr(" \t\n", text[len - 1]) != NULL) len--;
	kept = keep(answer, text, len);
	buf_release(&b);
	return kept;
}

static void add_file(struct entry *e, const struct ik_field *field)
{
	if (field->filename == NULL || (field->filename[0] == '\0' && field->size == 0)) return;
	e->file_count++;
	if (e->part_count == FILES_MAX) return;
	e->parts[e->part_count++] = (struct ik_part){ .name = field->filename[0] != '\0' ? field->filename : "file", .content_type = field->content_type,
	                                              .data = field->fd < 0 ? "" : NULL, .fd = field->fd, .size = field->fd < 0 ? 0 : field->size };
}

static void read_field(struct entry *e, struct ik_answer *answer, const struct ik_field *field)
{
	if (field->filename != NULL || strcmp(field->name, "files") == 0) {
		if (strcmp(field->name, "files") == 0) add_file(e, field);
		return;
	}
	if (strcmp(field->name, "token") == 0) e->token = field->value;
	else if (strcmp(field->name, "work") == 0) e->work = field->value;
	else if (strcmp(field->name, "switch") == 0) e->is_switch = true;
	else if (strcmp(field->name, TRAP) == 0) e->is_trapped = field->value_len > 0;
	for (size_t f = 0; f < F_FILES; f++)
		if (strcmp(field->name, fields[f].name) == 0) e->values[f] = clean(answer, field, fields[f].is_line);
}

static const char *field_value(const struct ik_request *request, const char *name)
{
	for (size_t i = 0; i < request->field_count; i++)
		if (request->fields[i].filename == NULL && strcmp(request->fields[i].name, name) == 0) return request->fields[i].value;
	return NULL;
}

static enum page_language language_of(const struct ik_request *request)
{
	const char *asked = field_value(request, "switch");

	if (asked == NULL) asked = request->query(request, "lang");
	return page_language(asked != NULL ? asked : field_value(request, "lang"), request->header(request, "accept-language"), request->language);
}

static struct entry *read_entry(const struct ik_request *request, struct ik_answer *answer)
{
	struct entry *e = answer->alloc(answer, sizeof(*e));

	e->language = language_of(request);
	for (size_t f = 0; f < FIELDS; f++) e->values[f] = "";
	for (size_t i = 0; i < request->field_count; i++) read_field(e, answer, &request->fields[i]);
	return e;
}

/* ---- token -------------------------------------------------------------------------------------------------------------------------- */

/* TIME-RANDOM-MAC in hexadecimal; the MAC covers the instance's name, so that forms do not share tokens. */
static void token_sign(const struct form *form, const char *head, char mac_r[2 * TOKEN_MAC + 1])
{
	const struct bytes pieces[] = { { form->host->instance, strlen(form->host->instance) }, { "\n", 1 }, { head, 33 } };
	unsigned char mac[SHA256_SIZE];

	mac_once(form->key, sizeof(form->key), pieces, 3, mac);
	(void)hex_encode(mac, TOKEN_MAC, mac_r);
}

static void token_make(const struct form *form, int64_t at, char token_r[TOKEN_SIZE])
{
	unsigned char random[8];
	char hex[17], mac[2 * TOKEN_MAC + 1];

	random_bytes(random, sizeof(random));
	(void)snprintf(token_r, TOKEN_SIZE, "%016llx-%s-", (unsigned long long)at, hex_encode(random, sizeof(random), hex));
	token_sign(form, token_r, mac);
	memcpy(token_r + 34, mac, sizeof(mac));
}

static int64_t token_age(const struct form *form, const char *token)
{
	return form->host->now(form->host) - (int64_t)strtoull(token, NULL, 16);
}

/* W_NONE when the token is ours and neither too young nor too old. */
static enum word token_check(const struct form *form, const char *token)
{
	char mac[2 * TOKEN_MAC + 1];
	int64_t age_s;

	if (token == NULL || strlen(token) != TOKEN_SIZE - 1) return W_TOO_OLD;
	token_sign(form, token, mac);
	if (token[33] != '-' || !same_bytes(token + 34, mac, 2 * TOKEN_MAC)) return W_TOO_OLD;
	age_s = token_age(form, token);
	if (age_s < 0 || age_s > form->conf->max_age) return W_TOO_OLD;
	return age_s < form->conf->min_fill ? W_TOO_FAST : W_NONE;
}

/* ---- checks ------------------------------------------------------------------------------------------------------------------------- */

static size_t characters(const char *text)
{
	size_t n = 0;

	for (; *text != '\0'; text++)
		if (((unsigned char)*text & 0xc0) != 0x80) n++;
	return n;
}

static bool is_mail(const char *text)
{
	const char *at = strchr(text, '@');

	return at != NULL && at != text && at[1] != '\0' && strchr(at + 1, '@') == NULL && strpbrk(text, " \t<>,;:\"()[]\\") == NULL
	       && at[1] != '.' && text[strlen(text) - 1] != '.' && strlen(text) <= 254;
}

static bool is_phone(const char *text)
{
	size_t digits = 0;

	for (; *text != '\0'; text++) {
		if (isdigit((unsigned char)*text)) digits++;
		else if (strchr("+-()/. ", *text) == NULL) return false;
	}
	return digits >= 5 && digits <= 20;
}

static enum word check_contact(const struct form *form, const char *contact)
{
	if (contact[0] == '\0') return form->conf->contact_required ? W_NEED_CONTACT : W_NONE;
	return is_mail(contact) || is_phone(contact) ? W_NONE : W_BAD_CONTACT;
}

static bool is_allowed_type(const struct form_conf *conf, const char *name)
{
	const size_t len = strlen(name);

	for (size_t i = 0; i < conf->types.count; i++) {
		const size_t end = strlen(conf->types.item[i]);

		if (len > end && strcasecmp(name + len - end, conf->types.item[i]) == 0) return true;
	}
	return conf->types.count == 0;
}

static enum word check_file(const struct form_conf *conf, const struct ik_part *part)
{
	if (!is_allowed_type(conf, part->name)) return W_BAD_TYPE;
	return part->size > conf->file_size ? W_BIG_FILE : W_NONE;
}

static enum word check_files(const struct form_conf *conf, struct entry *e)
{
	if ((int64_t)e->file_count > conf->files) return W_MANY_FILES;
	for (size_t i = 0; i < e->part_count; i++) {
		const enum word problem = check_file(conf, &e->parts[i]);

		if (problem == W_NONE) continue;
		e->bad_file = e->parts[i].name;
		return problem;
	}
	return W_NONE;
}

static const char *number_text(struct ik_answer *answer, int64_t number)
{
	char *text = answer->alloc(answer, 24);

	(void)snprintf(text, 24, "%lld", (long long)number);
	return text;
}

/* Without script there is no proof: then the form has to be open for a while, which costs a robot about as much. */
static enum word check_work(const struct form *form, struct entry *e, struct ik_answer *answer)
{
	const int64_t left_s = form->conf->proof_wait - token_age(form, e->token);

	if (form->conf->proof_of_work == 0 || left_s <= 0) return W_NONE;
	if (e->work != NULL && proof_holds(e->token, e->work, form->conf->proof_of_work)) return W_NONE;
	e->detail = number_text(answer, left_s);
	return W_WORK;
}

static enum word check_length(const char *text, size_t max, enum word empty, enum word longer)
{
	if (text[0] == '\0') return empty;
	return characters(text) > max ? longer : W_NONE;
}

/* Whether everything is right; what is not is noted. */
static bool check(const struct form *form, struct entry *e, struct ik_answer *answer)
{
	bool ok = true;

	e->problem = token_check(form, e->token);
	e->problems[F_SUBJECT] = check_length(e->values[F_SUBJECT], SUBJECT_CHARS, W_NEED_SUBJECT, W_LONG_SUBJECT);
	e->problems[F_TEXT] = check_length(e->values[F_TEXT], TEXT_CHARS, W_NEED_TEXT, W_LONG_TEXT);
	e->problems[F_CONTACT] = check_contact(form, e->values[F_CONTACT]);
	e->problems[F_NAME] = check_length(e->values[F_NAME], LINE_CHARS, W_NONE, W_LONG_LINE);
	e->problems[F_ORDER] = check_length(e->values[F_ORDER], LINE_CHARS, W_NONE, W_LONG_LINE);
	e->problems[F_FILES] = check_files(form->conf, e);
	for (size_t f = 0; f < FIELDS; f++) ok = ok && e->problems[f] == W_NONE;
	if (!ok) e->problem = e->problem == W_TOO_OLD ? W_TOO_OLD : W_CHECK;
	if (e->is_trapped) e->problem = W_TRAPPED;
	if (e->problem == W_NONE) e->problem = check_work(form, e, answer);
	return e->problem == W_NONE;
}

/* How long a client has to wait that has sent too much of late; 0: it may. What is under way is counted in memory, what is stored in the
 * store, which remembers it over a restart. */
static enum ik_rc check_client(const struct form *form, const char *peer, int64_t *wait_s_r, struct ik_error *err)
{
	const int64_t now_at = form->host->now(form->host);
	int64_t stored = 0;
	enum ik_rc rc;

	*wait_s_r = 0;
	if (form->clients == NULL || strcmp(peer, "unix") == 0) return IK_OK;
	rc = form->host->recent(form->host, peer, &stored, err);
	if (rc == IK_OK && (stored >= form->conf->client_limit || !limiter_allows(form->clients, peer, now_at)))
		*wait_s_r = IK_CLIENT_WINDOW_S - now_at % IK_CLIENT_WINDOW_S;
	return rc;
}

/* ---- the page ------------------------------------------------------------------------------------------------------------------------- */

static const char *title_of(const struct form *form, enum page_language language)
{
	for (size_t i = 0; i < form->conf->title.count; i++)
		if (strncmp(form->conf->title.pair[i].key, page_short(language), 2) == 0) return form->conf->title.pair[i].value;
	return words[W_TITLE][language];
}

static bool is_optional(const struct form *form, size_t f)
{
	return f == F_NAME || f == F_ORDER || f == F_FILES || (f == F_CONTACT && !form->conf->contact_required);
}

static void add_size(struct buf *b, int64_t bytes)
{
	const bool is_mega = bytes >= 1048576;

	(void)buf_format(b, "%lld %s", (long long)(bytes / (is_mega ? 1048576 : 1024)), is_mega ? "MiB" : "KiB");
}

static void add_label(struct buf *b, const struct form *form, const struct entry *e, size_t f)
{
	const char *const name = fields[f].name;

	page_format(b, "<div class=\"field%s\">\n<label for=\"%s\">%s", e->problems[f] != W_NONE ? " wrong" : "", name, words[fields[f].label][e->language]);
	if (is_optional(form, f)) page_format(b, " <span class=\"optional\">%s</span>", words[W_OPTIONAL][e->language]);
	(void)buf_text(b, "</label>\n");
	if (e->problems[f] == W_NONE) return;
	page_format(b, "<p class=\"problem\" id=\"%s-problem\">%s", name, words[e->problems[f]][e->language]);
	if (f == F_FILES && e->bad_file != NULL) page_format(b, " <bdi>%s</bdi>", e->bad_file);
	(void)buf_text(b, "</p>\n");
}

static bool is_first_problem(const struct entry *e, size_t f)
{
	for (size_t before = 0; before < f; before++)
		if (e->problems[before] != W_NONE) return false;
	return e->problems[f] != W_NONE;
}

/* The attributes every control has: what it is called, whether it is needed, where its problem and its hint are told. Writing of either
 * direction is shown in its own. There is no maxlength: it would cut off what is pasted without a word. */
static void add_attributes(struct buf *b, const struct form *form, const struct entry *e, size_t f)
{
	const char *const name = fields[f].name;
	const bool has_hint = f == F_CONTACT || f == F_FILES;

	page_format(b, " id=\"%s\" name=\"%s\"", name, name);
	if (!is_optional(form, f)) (void)buf_text(b, " required");
	if (e->problems[f] != W_NONE) page_format(b, " aria-invalid=\"true\" aria-describedby=\"%s-problem", name);
	if (has_hint) page_format(b, e->problems[f] != W_NONE ? " %s-hint" : " aria-describedby=\"%s-hint", name);
	if (has_hint || e->problems[f] != W_NONE) (void)buf_char(b, '"');
	if (is_first_problem(e, f)) (void)buf_text(b, " autofocus");
}

static void add_line_field(struct buf *b, const struct form *form, const struct entry *e, size_t f)
{
	add_label(b, form, e, f);
	(void)buf_text(b, "<input type=\"text\" dir=\"auto\"");
	add_attributes(b, form, e, f);
	page_format(b, " autocomplete=\"%s\" value=\"%s\">\n", fields[f].autocomplete, e->values[f]);
	if (f == F_CONTACT) page_format(b, "<p class=\"hint\" id=\"contact-hint\">%s</p>\n", words[W_CONTACT_HINT][e->language]);
	(void)buf_text(b, "</div>\n");
}

static void add_text_field(struct buf *b, const struct form *form, const struct entry *e)
{
	add_label(b, form, e, F_TEXT);
	(void)buf_text(b, "<textarea rows=\"9\" dir=\"auto\"");
	add_attributes(b, form, e, F_TEXT);
	page_format(b, ">\n%s</textarea>\n</div>\n", e->values[F_TEXT]);
}

static void add_file_hint(struct buf *b, const struct form *form, const struct entry *e)
{
	const struct ik_list *types = &form->conf->types;

	page_format(b, "<p class=\"hint\" id=\"files-hint\">%s", words[W_FILES_HINT][e->language]);
	(void)buf_format(b, "%lld", (long long)form->conf->files);
	page_format(b, "%s", words[W_SIZE_HINT][e->language]);
	add_size(b, form->conf->file_size);
	for (size_t i = 0; i < types->count; i++) page_format(b, i == 0 ? " · %s%s" : "%s %s", i == 0 ? words[W_TYPES_HINT][e->language] : ",", types->item[i]);
	(void)buf_text(b, "</p>\n");
}

static void add_file_field(struct buf *b, const struct form *form, const struct entry *e)
{
	const struct ik_list *types = &form->conf->types;

	if (form->conf->files == 0) return;
	add_label(b, form, e, F_FILES);
	(void)buf_text(b, "<input type=\"file\" multiple");
	add_attributes(b, form, e, F_FILES);
	for (size_t i = 0; i < types->count; i++) page_format(b, i == 0 ? " accept=\"%s" : ",%s", types->item[i]);
	(void)buf_text(b, types->count > 0 ? "\">\n" : ">\n");
	add_file_hint(b, form, e);
	if (e->file_count > 0) page_format(b, "<p class=\"problem\">%s</p>\n", words[W_FILES_AGAIN][e->language]);
	(void)buf_text(b, "</div>\n");
}

/* The trap shows itself only to somebody who fell into it, to get out again. */
static void add_hidden(struct buf *b, const struct entry *e, const char *token)
{
	page_format(b, "<input type=\"hidden\" name=\"token\" value=\"%s\">\n<input type=\"hidden\" name=\"lang\" value=\"%s\">\n", token, page_short(e->language));
	(void)buf_text(b, e->is_trapped ? "<div class=\"field wrong\">" : "<div class=\"away\" aria-hidden=\"true\">");
	page_format(b, "<label for=\"" TRAP "\">%s</label><input type=\"text\" id=\"" TRAP "\" name=\"" TRAP "\"", words[W_TRAP][e->language]);
	(void)buf_text(b, e->is_trapped ? " autocomplete=\"off\" value=\"\"></div>\n" : " tabindex=\"-1\" autocomplete=\"off\" value=\"\"></div>\n");
}

static enum ik_rc give(const struct form *form, struct ik_answer *answer, struct buf *b, int status)
{
	answer->status = status;
	answer->content_type = HTML;
	answer->headers = form->headers[0] != NULL ? form->headers : NULL;
	answer->body = keep(answer, buf_str(b), b->len);
	answer->body_len = b->len;
	buf_release(b);
	return IK_OK;
}

static struct page_look look_of(const struct form *form)
{
	return (struct page_look){ .style = form->style_path[0] != '\0' ? form->style_path : NULL, .logo = form->logo_path[0] != '\0' ? form->logo_path : NULL,
	                           .name = form->conf->name };
}

static void add_alert(struct buf *b, const struct entry *e)
{
	if (e->problem == W_NONE) return;
	page_format(b, "<p class=\"alert\" role=\"alert\">%s", words[e->problem][e->language]);
	if (e->detail != NULL) page_format(b, " <strong>%s</strong>", e->detail);
	(void)buf_text(b, "</p>\n");
}

static void add_work(struct buf *b, const struct form *form)
{
	if (form->conf->proof_of_work == 0) return;
	page_format(b, "<input type=\"hidden\" name=\"work\" value=\"\">\n<script src=\"/form/%s/work.js\" defer></script>\n", form->host->instance);
}

/* The token stays while it is good and unused, so that a second try is the same message. The next one of somebody who has just filled in a form
 * is as old as a person needs. */
static void choose_token(const struct form *form, const struct entry *e, char token_r[TOKEN_SIZE])
{
	const int64_t now_at = form->host->now(form->host);
	const enum word state = token_check(form, e->token);

	if (!e->is_sent && (state == W_NONE || state == W_TOO_FAST)) (void)snprintf(token_r, TOKEN_SIZE, "%s", e->token);
	else token_make(form, e->is_sent ? now_at - form->conf->min_fill : now_at, token_r);
}

/* The form with what was typed. */
static enum ik_rc show_form(const struct form *form, const struct entry *e, struct ik_answer *answer, int status)
{
	const struct page_look look = look_of(form);
	struct buf b = BUF_INIT(PAGE_MAX);
	char token[TOKEN_SIZE];

	choose_token(form, e, token);
	page_begin_look(&b, e->language, title_of(form, e->language), "card", NULL, &look);
	page_format(&b, "<p class=\"intro\">%s</p>\n", words[W_INTRO][e->language]);
	add_alert(&b, e);
	page_format(&b, "<form id=\"form\" method=\"post\" action=\"/form/%s\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\"", form->host->instance);
	(void)buf_format(&b, " data-bits=\"%lld\">\n", (long long)form->conf->proof_of_work);
	add_line_field(&b, form, e, F_SUBJECT);
	add_text_field(&b, form, e);
	add_line_field(&b, form, e, F_CONTACT);
	add_line_field(&b, form, e, F_NAME);
	add_line_field(&b, form, e, F_ORDER);
	add_file_field(&b, form, e);
	add_hidden(&b, e, token);
	add_work(&b, form);
	page_format(&b, "<button type=\"submit\">%s</button>\n</form>\n", words[W_SEND][e->language]);
	page_end_form(&b, e->language);
	return give(form, answer, &b, status);
}

static void add_receipt(struct buf *b, const struct form *form, enum page_language language, const struct ik_receipt *receipt)
{
	if (receipt->code[0] == '\0') {                 /* added to a ticket whose code goes to its customer only */
		page_format(b, "<dl class=\"facts\">\n<dt>%s</dt><dd id=\"number\">%s</dd>\n</dl>\n<p id=\"added\">%s</p>\n", words[W_NUMBER][language], receipt->number,
		            words[W_ADDED][language]);
		return;
	}
	page_format(b, "<dl class=\"facts\">\n<dt>%s</dt><dd id=\"number\">%s</dd>\n<dt>%s</dt><dd class=\"code\" id=\"code\">%s</dd>\n</dl>\n",
	            words[W_NUMBER][language], receipt->number, words[W_CODE][language], receipt->code);
	page_format(b, "<p class=\"hint\">%s %s</p>\n", words[W_CODE_HINT][language], words[W_COPY_HINT][language]);
	if (receipt->text != NULL) {
		(void)buf_text(b, "<p class=\"promise\" id=\"promise\">");
		page_lines(b, receipt->text);
		(void)buf_text(b, "</p>\n");
	}
	if (receipt->asks_address) page_format(b, "<p>%s</p>\n", words[W_MAIL_HINT][language]);
	if (receipt->status_url != NULL) {
		(void)buf_text(b, "<div class=\"qr\">");
		(void)qr_svg(b, receipt->status_url, words[W_QR][language]);
		page_format(b, "<p class=\"hint address\">%s</p></div>\n", receipt->status_url);
	}
	page_format(b, "<p class=\"next\"><a class=\"button\" target=\"_top\" href=\"%s%s?lang=%s\">%s</a></p>\n", form->conf->status_path, receipt->code,
	            page_short(language), words[W_STATUS_LINK][language]);
}

static enum ik_rc show_receipt(const struct form *form, enum page_language language, const struct ik_receipt *receipt, struct ik_answer *answer)
{
	const struct page_look look = look_of(form);
	struct buf b = BUF_INIT(PAGE_MAX);

	page_begin_look(&b, language, words[W_THANKS][language], "card receipt", NULL, &look);
	add_receipt(&b, form, language, receipt);
	page_format(&b, "<p class=\"next\"><a href=\"/form/%s?lang=%s\">%s</a></p>\n", form->host->instance, page_short(language), words[W_ANOTHER][language]);
	page_end(&b);
	return give(form, answer, &b, 200);
}

/* ---- the message ------------------------------------------------------------------------------------------------------------------------ */

static void digest_of(const struct ik_part *part, char hex_r[SHA256_HEX_SIZE])
{
	unsigned char piece[16384], digest[SHA256_SIZE];
	struct sha256 s;
	off_t at = 0;
	ssize_t got;

	sha256_init(&s);
	while (part->fd >= 0 && (got = pread(part->fd, piece, sizeof(piece), at)) > 0) {
		sha256_add(&s, piece, (size_t)got);
		at += got;
	}
	sha256_end(&s, digest);
	(void)hex_encode(digest, sizeof(digest), hex_r);
}

/* The original: what was entered as one JSON object with sorted keys, the same bytes whenever the same is sent. */
static const char *make_raw(const struct entry *e, struct ik_answer *answer)
{
	json_t *raw = json_object(), *files = json_array();
	char *text, hex[SHA256_HEX_SIZE];
	const char *kept;

	for (size_t f = 0; f < F_FILES; f++) json_set_text(raw, fields[f].name, e->values[f][0] != '\0' ? e->values[f] : NULL);
	json_set_text(raw, "language", page_tag(e->language));
	for (size_t i = 0; i < e->part_count; i++) {
		json_t *file = json_object();

		digest_of(&e->parts[i], hex);
		json_set_text(file, "name", e->parts[i].name);
		json_set_text(file, "content_type", e->parts[i].content_type);
		(void)json_object_set_new(file, "size", json_integer(e->parts[i].size));
		json_set_text(file, "sha256", hex);
		(void)json_array_append_new(files, file);
	}
	(void)json_object_set_new(raw, "attachments", files);
	text = json_dumps(raw, JSON_COMPACT | JSON_SORT_KEYS);
	json_decref(raw);
	kept = keep(answer, text != NULL ? text : "", text != NULL ? strlen(text) : 0);
	free(text);
	return kept;
}

static const char *or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static enum ik_rc offer(const struct entry *e, const char *peer, struct ik_answer *answer)
{
	struct ik_message *m = answer->alloc(answer, sizeof(*m));
	const char *contact = or_null(e->values[F_CONTACT]), *raw = make_raw(e, answer);

	*m = (struct ik_message){
		.form = IK_FORM_PLAIN, .source_id = e->token, .sender = contact, .sender_name = or_null(e->values[F_NAME]),
		.sender_type = contact == NULL ? NULL : strchr(contact, '@') != NULL ? "email" : "phone",
		.language = page_tag(e->language), .subject = e->values[F_SUBJECT], .text = e->values[F_TEXT], .order_number = or_null(e->values[F_ORDER]),
		.raw = raw, .raw_size = (int64_t)strlen(raw), .raw_fd = -1, .parts = e->parts, .part_count = e->part_count, .client = peer, .is_single_use = true,
	};
	answer->messages = m;
	answer->message_count = 1;
	return IK_OK;
}

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

static enum ik_rc refuse_client(const struct form *form, struct entry *e, int64_t wait_s, struct ik_answer *answer)
{
	form->host->refuse(form->host, "client-limit", "one client sent too many forms within ten minutes");
	e->problem = W_MANY;
	e->detail = number_text(answer, (wait_s + 59) / 60);
	answer->retry_after_s = wait_s;
	return show_form(form, e, answer, 429);
}

static enum ik_rc take_form(const struct form *form, struct entry *e, const char *peer, struct ik_answer *answer, struct ik_error *err)
{
	int64_t wait_s = 0;
	enum ik_rc rc;

	if (!check(form, e, answer)) {
		if (e->is_trapped) form->host->refuse(form->host, "honeypot", "the field that people do not see was filled in");
		return show_form(form, e, answer, 422);
	}
	rc = check_client(form, peer, &wait_s, err);
	if (rc != IK_OK) return rc;
	return wait_s > 0 ? refuse_client(form, e, wait_s, answer) : offer(e, peer, answer);
}

static enum ik_rc form_request(void *state, const struct ik_request *request, struct ik_answer *answer, struct ik_error *err)
{
	const struct form *form = state;
	struct entry *e;

	if (request->rest[0] != '\0' && strcmp(request->rest, "/") != 0) return show_file(form, request->rest, answer);
	e = read_entry(request, answer);
	if (strcmp(request->method, "GET") == 0 || e->is_switch) return show_form(form, e, answer, 200);
	return take_form(form, e, request->peer, answer, err);
}

/* The token was used for other words: they come back, and what they were sent as is up to the customer. */
static void show_changed(const struct form *form, struct entry *e, const struct ik_receipt *receipt, struct ik_answer *answer)
{
	e->problem = W_OTHER;
	e->detail = receipt->number;
	e->is_sent = true;
	(void)show_form(form, e, answer, 409);
}

static void form_answered(void *state, const struct ik_request *request, enum ik_rc rc, const struct ik_receipt *receipts, size_t count, struct ik_answer *answer)
{
	const struct form *form = state;
	struct entry *e = read_entry(request, answer);

	if (rc == IK_OK && count > 0 && receipts[0].is_other_content) {
		show_changed(form, e, &receipts[0], answer);
	} else if (rc == IK_OK && count > 0) {
		(void)show_receipt(form, e->language, &receipts[0], answer);
	} else {
		e->problem = rc == IK_REJECT ? W_REFUSED : W_BUSY;
		(void)show_form(form, e, answer, rc == IK_REJECT ? 400 : 503);
		if (rc != IK_REJECT) answer->retry_after_s = 5;
	}
}

/* ---- life ----------------------------------------------------------------------------------------------------------------------------------- */

static enum ik_rc own_key(struct form *form, struct ik_error *err)
{
	const struct ik_host *host = form->host;
	char hex[2 * KEY_SIZE + 1] = "";
	enum ik_rc rc = host->cursor_get(host, "token-key", hex, sizeof(hex), err);

	if (rc != IK_OK || hex_decode(hex, strlen(hex), form->key, KEY_SIZE) == KEY_SIZE) return rc;
	random_bytes(form->key, KEY_SIZE);
	return host->cursor_put(host, "token-key", hex_encode(form->key, KEY_SIZE, hex), err);
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
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "form", .summary = "Contact form in Chinese and English",
	.options = form_options, .conf_size = sizeof(struct form_conf), .ack = IK_ACK_RESPONSE, .mount = "form", .wants_fields = true,
	.open = form_open, .request = form_request, .answered = form_answered, .close = form_close,
};
