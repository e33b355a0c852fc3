/* form_parts.h - what the files of the contact form share: what was configured, what was entered, its words, and what each file does. The plugin
 * itself is channels/form.c.
 *
 *   form_words.c   what the page says, in English and both scripts of Chinese
 *   form_entry.c   reads what was entered, and makes the message of it
 *   form_token.c   the token that a form carries
 *   form_check.c   whether it may be taken, and what is wrong with it
 *   form_page.c    the page and the receipt
 *
 * Threads: any; but for the counters of clients everything here is const after open. */
#ifndef NET_FORM_PARTS_H
#define NET_FORM_PARTS_H

#include <intaked/channel.h>
#include "base/buf.h"
#include "base/codec.h"
#include "net/limiter.h"
#include "net/page.h"

#define FORM_KEY_SIZE 32
#define FORM_TOKEN_MAC 16               /* bytes of the MAC that the token holds */
#define FORM_TOKEN_SIZE (16 + 1 + 16 + 1 + 2 * FORM_TOKEN_MAC + 1)
#define FORM_TRAP "fax_extension"       /* a name that browsers do not fill in by themselves */
#define FORM_FILES_MAX 10

struct form_conf {
	struct ik_map title;
	char *status_path, *secret;
	bool contact_required;
	int64_t files, file_size, min_fill, max_age, client_limit, proof_of_work, proof_wait;
	struct ik_list types, embed_on;
	char *name, *colour, *logo;
};

struct form {
	const struct ik_host *host;
	const struct form_conf *conf;
	unsigned char key[FORM_KEY_SIZE];
	struct limiter *clients;                /* NULL: no limit */
	struct buf logo, style;
	const char *logo_type;
	char style_path[160], logo_path[160];   /* "" without */
	struct buf policy;                      /* the page's Content-Security-Policy line, when it is not the standing one */
	const char *headers[2];
};

enum form_word {
	W_NONE, W_TITLE, W_INTRO, W_SUBJECT, W_TEXT, W_CONTACT, W_CONTACT_HINT, W_NAME, W_ORDER, W_FILES, W_OPTIONAL, W_SEND, W_FILES_HINT, W_TYPES_HINT,
	W_CHECK, W_NEED_SUBJECT, W_NEED_TEXT, W_NEED_CONTACT, W_BAD_CONTACT, W_LONG_SUBJECT, W_LONG_TEXT, W_LONG_LINE, W_MANY_FILES, W_BAD_TYPE,
	W_BIG_FILE, W_SIZE_HINT, W_TOO_FAST, W_TOO_OLD, W_BUSY, W_REFUSED, W_FILES_AGAIN, W_MANY, W_OTHER, W_WORK, W_TRAPPED,
	W_THANKS, W_NUMBER, W_CODE, W_CODE_HINT, W_COPY_HINT, W_MAIL_HINT, W_ADDED, W_QR, W_STATUS_LINK, W_ANOTHER, W_TRAP, WORDS
};
extern const char *const form_words[WORDS][PAGE_LANGUAGES];

enum form_field { F_SUBJECT, F_TEXT, F_CONTACT, F_NAME, F_ORDER, F_FILES, FIELDS };
struct form_field_row { const char *name, *autocomplete; enum form_word label; bool is_line; };
extern const struct form_field_row form_fields[FIELDS];

struct form_entry {
	enum page_language language;
	const char *values[FIELDS];     /* clean, never NULL */
	enum form_word problems[FIELDS];
	enum form_word problem;         /* of the form as a whole */
	const char *detail;             /* a number that belongs to it, or NULL */
	const char *bad_file;           /* the name of the file that problems[F_FILES] means, or NULL */
	const char *token, *work;       /* as they came, or NULL */
	bool is_trapped, is_switch;     /* is_switch: only the language was to change */
	bool is_sent;                   /* the token is used up */
	struct ik_part parts[FORM_FILES_MAX];
	size_t part_count, file_count;
};

/* form_keep() - a copy in the answer's memory; form_number() - a number as text, likewise. */
const char *form_keep(struct ik_answer *answer, const char *text, size_t len);
const char *form_number(struct ik_answer *answer, int64_t number);
/* form_read_entry() - clean and bounded, in the answer's memory. form_offer() - the message it becomes, with the original of it. */
struct form_entry *form_read_entry(const struct ik_request *request, struct ik_answer *answer);
enum ik_rc form_offer(const struct form_entry *e, const char *peer, struct ik_answer *answer);

/* form_token_make() - a new one of that time. form_token_age() - seconds since it was made. form_token_check() - W_NONE when the token is ours and
 * neither too young nor too old; it may be NULL. */
void form_token_make(const struct form *form, int64_t at, char token_r[FORM_TOKEN_SIZE]);
int64_t form_token_age(const struct form *form, const char *token);
enum form_word form_token_check(const struct form *form, const char *token);

/* form_check() - whether everything is right; what is not is noted in the entry. form_check_client() - how long a client has to wait that has sent too much of
 * late; 0: it may. */
bool form_check(const struct form *form, struct form_entry *e, struct ik_answer *answer);
enum ik_rc form_check_client(const struct form *form, const char *peer, int64_t *wait_s_r, struct ik_error *err);

/* form_show() - the form with what was typed and what is wrong with it. form_show_receipt() - what a customer keeps. */
enum ik_rc form_show(const struct form *form, const struct form_entry *e, struct ik_answer *answer, int status);
enum ik_rc form_show_receipt(const struct form *form, enum page_language language, const struct ik_receipt *receipt, struct ik_answer *answer);

#endif
