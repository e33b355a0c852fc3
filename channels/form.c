/* form.c - the contact form: a bilingual page that works without script, and the receipt with number, code and promise.
 *
 * A form carries a token: time, random bytes and a MAC over both with this instance's own key. The token is the natural key of the
 * message, so that a reload or a double click finds the same ticket. A hidden field that people do not see and a least time to fill
 * in keep simple robots out; what they send is counted and not stored, and they are told nothing.
 * Threads: request() and answered() run on several at once; the state is const after open. */
#include <ctype.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>
#include <intaked/channel.h>
#include "base/buf.h"
#include "base/codec.h"
#include "base/json.h"
#include "base/random.h"
#include "base/utf8.h"
#include "net/page.h"

#define PAGE_MAX 1048576
#define SUBJECT_CHARS 200
#define TEXT_CHARS 20000
#define LINE_CHARS 200
#define LINE_BYTES 1024
#define TEXT_BYTES 65536
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
	int64_t files, min_fill, max_age;
	struct ik_list types;
};
#define OPT(kind, field, ...) IK_OPTION(kind, struct form_conf, field, __VA_ARGS__)
static const struct ik_option form_options[] = {
	OPT(MAP,      title,            .help = "Heading of the page, by language: en and zh."),
	OPT(STRING,   status_path,      .def = "/s/", .help = "Public path of the status page; the receipt links to it with the code behind it."),
	OPT(SECRET,   secret,           .help = "Key of the form tokens, to share it between several gateways; without it one is made and kept in the store."),
	OPT(BOOL,     contact_required, .def = "yes", .help = "Whether an e-mail address or phone number has to be given."),
	OPT(COUNT,    files,            .def = "10", .min = 0, .max = FILES_MAX, .help = "Attachments at most; 0 hides the field."),
	OPT(LIST,     types,            .help = "File name endings that may be attached, such as .pdf; none means any."),
	OPT(DURATION, min_fill,         .def = "3s", .min = 0, .max = 600, .help = "A form that comes back faster was not filled in by a person."),
	OPT(DURATION, max_age,          .def = "24h", .min = 60, .max = 604800, .help = "How long an opened form may be sent."),
	IK_OPTION_END
};

struct form { const struct ik_host *host; const struct form_conf *conf; unsigned char key[KEY_SIZE]; };

/* ---- words -------------------------------------------------------------------------------------------------------------------- */

enum word {
	W_NONE, W_TITLE, W_INTRO, W_SUBJECT, W_TEXT, W_CONTACT, W_CONTACT_HINT, W_NAME, W_ORDER, W_FILES, W_OPTIONAL, W_SEND, W_FILES_HINT, W_TYPES_HINT,
	W_CHECK, W_NEED_SUBJECT, W_NEED_TEXT, W_NEED_CONTACT, W_BAD_CONTACT, W_LONG_SUBJECT, W_LONG_TEXT, W_LONG_LINE, W_MANY_FILES, W_BAD_TYPE,
	W_TOO_FAST, W_TOO_OLD, W_BUSY, W_REFUSED, W_FILES_AGAIN,
	W_THANKS, W_THANKS_TEXT, W_NUMBER, W_CODE, W_CODE_HINT, W_STATUS_LINK, W_ANOTHER, W_TRAP, WORDS
};
static const char *const words[WORDS][2] = {
	[W_NONE] = { "", "" },
	[W_TITLE] = { "How can we help?", "请告诉我们您的问题" },
	[W_INTRO] = { "Tell us what happened. You get a number and a code at once, and the time by which we will answer.",
	              "请说明发生了什么。提交后您会立即得到编号和查询码，以及我们答复您的时间。" },
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
	[W_TOO_FAST] = { "That was very quick. Please wait a moment and send it again.", "提交过快，请稍候再提交一次。" },
	[W_TOO_OLD] = { "This page was open for too long. Nothing is lost: please send it again.", "页面打开时间过长，内容仍在，请再提交一次。" },
	[W_BUSY] = { "Your message could not be stored at the moment. Please send it again in a few seconds.", "暂时无法保存，请几秒后再提交一次。" },
	[W_REFUSED] = { "Your message could not be taken.", "无法接收您的内容。" },
	[W_FILES_AGAIN] = { "Please choose the files again.", "请重新选择文件。" },
	[W_THANKS] = { "We have received your message", "我们已收到您的来信" },
	[W_THANKS_TEXT] = { "Thank you. Your message has been received.", "谢谢，您的来信已收到。" },
	[W_NUMBER] = { "Number", "编号" },
	[W_CODE] = { "Tracking code", "查询码" },
	[W_CODE_HINT] = { "Keep this code: with it you can see at any time how far we are.", "请保存此查询码，凭它可随时查询进度。" },
	[W_STATUS_LINK] = { "See the status", "查询进度" },
	[W_ANOTHER] = { "Send another message", "再提交一条" },
	[W_TRAP] = { "Leave this field empty", "请勿填写此项" },
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
	const char *token;              /* as it came, or NULL */
	bool is_trapped;
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
	struct buf b = BUF_INIT(4 * TEXT_BYTES);
	const char *text, *kept;
	size_t len;

	(void)utf8_clean(&b, field->value, field->value_len, is_line);
	text = buf_str(&b);
	text += strspn(text, " \t\n");
	len = strlen(text);
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
	const char *asked = request->query(request, "lang");

	return page_language(asked != NULL ? asked : field_value(request, "lang"), request->header(request, "accept-language"), PAGE_EN);
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

static void token_make(const struct form *form, char token_r[TOKEN_SIZE])
{
	unsigned char random[8];
	char hex[17], mac[2 * TOKEN_MAC + 1];

	random_bytes(random, sizeof(random));
	(void)snprintf(token_r, TOKEN_SIZE, "%016llx-%s-", (unsigned long long)form->host->now(form->host), hex_encode(random, sizeof(random), hex));
	token_sign(form, token_r, mac);
	memcpy(token_r + 34, mac, sizeof(mac));
}

/* W_NONE when the token is ours and neither too young nor too old. */
static enum word token_check(const struct form *form, const char *token)
{
	char mac[2 * TOKEN_MAC + 1];
	int64_t age_s;

	if (token == NULL || strlen(token) != TOKEN_SIZE - 1) return W_TOO_OLD;
	token_sign(form, token, mac);
	if (token[33] != '-' || !same_bytes(token + 34, mac, 2 * TOKEN_MAC)) return W_TOO_OLD;
	age_s = form->host->now(form->host) - (int64_t)strtoull(token, NULL, 16);
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

static enum word check_files(const struct form_conf *conf, const struct entry *e)
{
	if ((int64_t)e->file_count > conf->files) return W_MANY_FILES;
	for (size_t i = 0; i < e->part_count; i++)
		if (!is_allowed_type(conf, e->parts[i].name)) return W_BAD_TYPE;
	return W_NONE;
}

static enum word check_length(const char *text, size_t max, enum word empty, enum word longer)
{
	if (text[0] == '\0') return empty;
	return characters(text) > max ? longer : W_NONE;
}

/* Whether everything is right; what is not is noted. */
static bool check(const struct form *form, struct entry *e)
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
	return e->problem == W_NONE;
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

static void add_label(struct buf *b, const struct form *form, const struct entry *e, size_t f)
{
	const char *const name = fields[f].name;

	page_format(b, "<div class=\"field%s\">\n<label for=\"%s\">%s", e->problems[f] != W_NONE ? " wrong" : "", name, words[fields[f].label][e->language]);
	if (is_optional(form, f)) page_format(b, " <span class=\"optional\">%s</span>", words[W_OPTIONAL][e->language]);
	(void)buf_text(b, "</label>\n");
	if (e->problems[f] != W_NONE) page_format(b, "<p class=\"problem\" id=\"%s-problem\">%s</p>\n", name, words[e->problems[f]][e->language]);
}

/* The attributes every control has: what it is called, whether it is needed, where its problem is told. */
static void add_attributes(struct buf *b, const struct form *form, const struct entry *e, size_t f)
{
	page_format(b, " id=\"%s\" name=\"%s\"", fields[f].name, fields[f].name);
	if (!is_optional(form, f)) (void)buf_text(b, " required");
	if (e->problems[f] != W_NONE) page_format(b, " aria-invalid=\"true\" aria-describedby=\"%s-problem\"", fields[f].name);
}

static void add_line_field(struct buf *b, const struct form *form, const struct entry *e, size_t f)
{
	add_label(b, form, e, f);
	(void)buf_text(b, "<input type=\"text\"");
	add_attributes(b, form, e, f);
	page_format(b, " maxlength=\"200\" autocomplete=\"%s\" value=\"%s\">\n", fields[f].autocomplete, e->values[f]);
	if (f == F_CONTACT) page_format(b, "<p class=\"hint\">%s</p>\n", words[W_CONTACT_HINT][e->language]);
	(void)buf_text(b, "</div>\n");
}

static void add_text_field(struct buf *b, const struct form *form, const struct entry *e)
{
	add_label(b, form, e, F_TEXT);
	(void)buf_text(b, "<textarea rows=\"9\" maxlength=\"20000\"");
	add_attributes(b, form, e, F_TEXT);
	page_format(b, ">\n%s</textarea>\n</div>\n", e->values[F_TEXT]);
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
	page_format(b, "<p class=\"hint\">%s", words[W_FILES_HINT][e->language]);
	(void)buf_format(b, "%lld", (long long)form->conf->files);
	for (size_t i = 0; i < types->count; i++) page_format(b, i == 0 ? " · %s%s" : "%s %s", i == 0 ? words[W_TYPES_HINT][e->language] : ",", types->item[i]);
	(void)buf_text(b, "</p>\n");
	if (e->file_count > 0) page_format(b, "<p class=\"hint\">%s</p>\n", words[W_FILES_AGAIN][e->language]);
	(void)buf_text(b, "</div>\n");
}

static void add_hidden(struct buf *b, const struct entry *e, const char *token)
{
	page_format(b, "<input type=\"hidden\" name=\"token\" value=\"%s\">\n<input type=\"hidden\" name=\"lang\" value=\"%s\">\n", token, page_short(e->language));
	page_format(b, "<div class=\"away\" aria-hidden=\"true\"><label for=\"" TRAP "\">%s</label>"
	               "<input type=\"text\" id=\"" TRAP "\" name=\"" TRAP "\" tabindex=\"-1\" autocomplete=\"off\" value=\"\"></div>\n", words[W_TRAP][e->language]);
}

static enum ik_rc give(struct ik_answer *answer, struct buf *b, int status)
{
	answer->status = status;
	answer->content_type = HTML;
	answer->body = keep(answer, buf_str(b), b->len);
	answer->body_len = b->len;
	buf_release(b);
	return IK_OK;
}

/* The form with what was typed. Its token stays while it is good, so that a second try is the same message. */
static enum ik_rc show_form(const struct form *form, const struct entry *e, struct ik_answer *answer, int status)
{
	struct buf b = BUF_INIT(PAGE_MAX);
	char fresh[TOKEN_SIZE];
	const enum word state = token_check(form, e->token);

	token_make(form, fresh);
	page_begin(&b, e->language, title_of(form, e->language), "card", "?lang=");
	page_format(&b, "<p class=\"intro\">%s</p>\n", words[W_INTRO][e->language]);
	if (e->problem != W_NONE) page_format(&b, "<p class=\"alert\" role=\"alert\">%s</p>\n", words[e->problem][e->language]);
	page_format(&b, "<form method=\"post\" action=\"/form/%s\" enctype=\"multipart/form-data\" accept-charset=\"utf-8\">\n", form->host->instance);
	add_hidden(&b, e, state == W_NONE || state == W_TOO_FAST ? e->token : fresh);
	add_line_field(&b, form, e, F_SUBJECT);
	add_text_field(&b, form, e);
	add_line_field(&b, form, e, F_CONTACT);
	add_line_field(&b, form, e, F_NAME);
	add_line_field(&b, form, e, F_ORDER);
	add_file_field(&b, form, e);
	page_format(&b, "<button type=\"submit\">%s</button>\n</form>\n", words[W_SEND][e->language]);
	page_end(&b);
	return give(answer, &b, status);
}

/* receipt NULL: thanks without number, for the trap. */
static enum ik_rc show_receipt(const struct form *form, enum page_language language, const struct ik_receipt *receipt, struct ik_answer *answer)
{
	struct buf b = BUF_INIT(PAGE_MAX);

	page_begin(&b, language, words[W_THANKS][language], "card receipt", NULL);
	if (receipt == NULL) {
		page_format(&b, "<p>%s</p>\n", words[W_THANKS_TEXT][language]);
	} else {
		page_format(&b, "<dl class=\"facts\">\n<dt>%s</dt><dd id=\"number\">%s</dd>\n<dt>%s</dt><dd class=\"code\" id=\"code\">%s</dd>\n</dl>\n",
		            words[W_NUMBER][language], receipt->number, words[W_CODE][language], receipt->code);
		page_format(&b, "<p class=\"hint\">%s</p>\n", words[W_CODE_HINT][language]);
		if (receipt->text != NULL) {
			(void)buf_text(&b, "<p class=\"promise\" id=\"promise\">");
			page_lines(&b, receipt->text);
			(void)buf_text(&b, "</p>\n");
		}
		page_format(&b, "<p><a class=\"button\" href=\"%s%s?lang=%s\">%s</a></p>\n", form->conf->status_path, receipt->code, page_short(language),
		            words[W_STATUS_LINK][language]);
	}
	page_format(&b, "<p><a href=\"/form/%s?lang=%s\">%s</a></p>\n", form->host->instance, page_short(language), words[W_ANOTHER][language]);
	page_end(&b);
	return give(answer, &b, 200);
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

static enum ik_rc offer(const struct entry *e, struct ik_answer *answer)
{
	struct ik_message *m = answer->alloc(answer, sizeof(*m));
	const char *contact = or_null(e->values[F_CONTACT]), *raw = make_raw(e, answer);

	*m = (struct ik_message){
		.form = IK_FORM_PLAIN, .source_id = e->token, .sender = contact, .sender_name = or_null(e->values[F_NAME]),
		.sender_type = contact == NULL ? NULL : strchr(contact, '@') != NULL ? "email" : "phone",
		.language = page_tag(e->language), .subject = e->values[F_SUBJECT], .text = e->values[F_TEXT], .order_number = or_null(e->values[F_ORDER]),
		.raw = raw, .raw_size = (int64_t)strlen(raw), .raw_fd = -1, .parts = e->parts, .part_count = e->part_count,
	};
	answer->messages = m;
	answer->message_count = 1;
	return IK_OK;
}

static enum ik_rc form_request(void *state, const struct ik_request *request, struct ik_answer *answer, struct ik_error *err)
{
	const struct form *form = state;
	struct entry *e = read_entry(request, answer);

	(void)err;
	if (request->rest[0] != '\0' && strcmp(request->rest, "/") != 0) {
		answer->status = 404;
		answer->content_type = "text/plain; charset=utf-8";
		answer->body = "not found\n";
		answer->body_len = 10;
		return IK_OK;
	}
	if (strcmp(request->method, "GET") == 0) return show_form(form, e, answer, 200);
	if (e->is_trapped) {
		form->host->refuse(form->host, "honeypot", "the field that people do not see was filled in");
		return show_receipt(form, e->language, NULL, answer);
	}
	return check(form, e) ? offer(e, answer) : show_form(form, e, answer, 422);
}

static void form_answered(void *state, const struct ik_request *request, enum ik_rc rc, const struct ik_receipt *receipts, size_t count, struct ik_answer *answer)
{
	const struct form *form = state;
	struct entry *e;

	if (rc == IK_OK && count > 0) {
		(void)show_receipt(form, language_of(request), &receipts[0], answer);
		return;
	}
	e = read_entry(request, answer);
	e->problem = rc == IK_REJECT ? W_REFUSED : W_BUSY;
	(void)show_form(form, e, answer, rc == IK_REJECT ? 400 : 503);
	if (rc != IK_REJECT) answer->retry_after_s = 5;
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

static enum ik_rc form_open(const struct ik_host *host, const void *conf, void **state_r, struct ik_error *err)
{
	struct form *form = host->alloc(sizeof(*form));
	enum ik_rc rc = IK_OK;

	form->host = host;
	form->conf = conf;
	if (form->conf->secret != NULL && form->conf->secret[0] != '\0') {
		const struct bytes secret = { form->conf->secret, strlen(form->conf->secret) };

		sha256(&secret, 1, form->key);
	} else {
		rc = own_key(form, err);
	}
	if (rc == IK_OK) *state_r = form;
	else host->free(form);
	return rc;
}

static void form_close(void *state)
{
	const struct form *form = state;

	form->host->free(state);
}

IK_EXPORT const struct ik_channel intaked_channel = {
	.abi = IK_CHANNEL_ABI, .size = sizeof(intaked_channel), .name = "form", .summary = "Contact form in Chinese and English",
	.options = form_options, .conf_size = sizeof(struct form_conf), .ack = IK_ACK_RESPONSE, .mount = "form", .wants_fields = true,
	.open = form_open, .request = form_request, .answered = form_answered, .close = form_close,
};
