/* similar.h - does this message tell something that was told before: the verdict, with its reason.
 *
 *   message --read--> what it says (numbers, words, person) --decide--> verdict --remember--> index
 *
 * A print is made by any thread. Deciding only reads an index, and looks at no more than SIMILAR_VERIFY_MAX earlier messages whatever the
 * index holds; so it runs against a snapshot of the store beside the store thread, and once more against the tail that came since:
 * similar_better() chooses between the two. Nothing here drops or merges anything: the caller links what the verdict names. */
#ifndef PIPELINE_SIMILAR_H
#define PIPELINE_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <intaked/error.h>
#include "pipeline/ticket.h"
#include "text/features.h"
#include "text/identifiers.h"

#define SIMILAR_VERIFY_MAX 32
#define SIMILAR_IDENTS_MAX 32
#define SIMILAR_QUOTED_MAX 8
#define SIMILAR_SUBJECT_MAX 8
#define SIMILAR_BATCHES_MAX 2
#define SIMILAR_BATCH_TEXT 24
#define SIMILAR_ALIASES_MAX 8
#define SIMILAR_BANDS 4
#define SIMILAR_RARE 16                 /* rarest words that are looked up, */
#define SIMILAR_RARE_FILED 10           /* ... and that a message is filed under: writing costs more than asking */

/* Windows, in seconds: figures of policy. */
struct similar_conf {
	int64_t redelivery_s;           /* same delivery key */
	int64_t duplicate_s;            /* 95 of 100 repeats come within 30 days */
	int64_t followup_s;             /* since the last word in the ticket */
	int64_t related_s;
	int64_t chat_s;                 /* between lines of one conversation */
	int64_t moment_s;               /* within which even a short text said twice is one */
};
extern const struct similar_conf similar_defaults;

struct similar_message {
	int64_t id;                     /* of the message, > 0 */
	const char *channel;            /* never NULL */
	const char *sender;             /* handle; NULL or "": not known, then nobody is the same person */
	const char *external_id;        /* NULL: none */
	const char *subject;            /* NULL: none */
	const char *text;               /* as written, plain or HTML */
	const char *reply_text;         /* without quoted history; NULL: to be found out */
	int64_t received_at;
	bool is_chat;                   /* lines of a conversation rather than letters */
};

/* What of an identifier is kept. */
struct similar_ident { uint32_t value, tail; uint8_t kind; bool is_tail; };

/* What is kept of a message: fixed in size, no pointers; the index stores it as similar_pack() writes it. */
struct similar_print {
	int64_t message_id, ticket_id, received_at;
	uint64_t exact;                 /* of the whole canonical text; 0: empty */
	uint64_t delivery;              /* of channel and external id; 0: none */
	uint32_t sender, channel, subject;      /* hashes; 0: none. subject: without "Re:" */
	uint32_t own;                   /* weight of what is not common */
	uint32_t marks;                 /* enum word_mark */
	uint16_t length;                /* of the text: Han characters, and twice the Latin words */
	bool is_reply, is_chat, is_forward, is_form;
	bool has_subject_words;         /* the subject says more than "complaint" */
	uint16_t ident_count, feature_count;
	struct similar_ident idents[SIMILAR_IDENTS_MAX];
	struct feature features[FEATURES_MAX];  /* weights with rarity */
};

/* A ticket as far as verdicts need it. */
#define SIMILAR_TICKET_SENDERS 8
#define SIMILAR_TICKET_NUMBERS 16
struct similar_ticket {
	int64_t id, first_message, last_at;
	uint32_t senders[SIMILAR_TICKET_SENDERS];
	struct similar_ident numbers[SIMILAR_TICKET_NUMBERS];   /* of matters */
	uint16_t sender_count, number_count;
};

/* ---- the index: where earlier messages are found ------------------------------------------------------------------------------------ */

enum similar_key { SIMILAR_DELIVERY, SIMILAR_EXACT, SIMILAR_SENDER, SIMILAR_NUMBER, SIMILAR_FEATURE, SIMILAR_BAND, SIMILAR_EVENT, SIMILAR_KEYS };
extern const size_t similar_key_keeps[SIMILAR_KEYS];    /* the newest so many messages are kept under one key */
#define SIMILAR_KEYS_MAX 64
struct similar_filing { enum similar_key kind; uint64_t key; };

struct similar_index {
	void *self;
	/* find: up to max message ids, newest first; nothing older than since_at is missed, older ones may be among them. load: IK_REJECT when it has gone. save: print and ticket, under all keys. */
	enum ik_rc (*find)(void *self, enum similar_key kind, uint64_t key, int64_t since_at, int64_t now_at, int64_t *ids_r, size_t max, size_t *count_r, struct ik_error *err);
	enum ik_rc (*load)(void *self, int64_t message_id, struct similar_print *print_r, struct ik_error *err);
	enum ik_rc (*load_ticket)(void *self, int64_t ticket_id, struct similar_ticket *ticket_r, struct ik_error *err);
	enum ik_rc (*save)(void *self, const struct similar_print *print, const struct similar_ticket *ticket, struct ik_error *err);
};

/* similar_keys() - everything a print is filed under; similar_keys_asked() - and what like ones are sought by, which is more. keys_r: SIMILAR_KEYS_MAX entries. */
size_t similar_keys(const struct similar_print *print, struct similar_filing keys_r[SIMILAR_KEYS_MAX]);
size_t similar_keys_asked(const struct similar_print *print, struct similar_filing keys_r[SIMILAR_KEYS_MAX]);

/* similar_memory_new() - an index in memory: for trials, and for the tail between snapshot and commit. */
struct similar_index *similar_memory_new(void);
void similar_memory_free(struct similar_index **index);

/* similar_pack(), similar_unpack() - a print as bytes of the same machine's order; pack: SIMILAR_PACKED_MAX bytes at most. False: damaged. */
#define SIMILAR_PACKED_MAX (sizeof(struct similar_print))
size_t similar_pack(const struct similar_print *print, unsigned char *bytes_r);
bool similar_unpack(const unsigned char *bytes, size_t len, struct similar_print *print_r);

/* ---- the engine ------------------------------------------------------------------------------------------------------------------------- */

struct similar;                         /* lexicon, reply rules, learned opinion, rarity; one thread at a time changes rarity, any may read */
enum ik_rc similar_new(const struct similar_conf *conf, struct similar **similar_r, struct ik_error *err);
void similar_free(struct similar **similar);

/* A message to be judged: its print, and its words by sentence, which nobody keeps. Free with free(). */
#define SIMILAR_APART_MAX 32
struct similar_query {
	struct similar_print print;
	size_t place_count, sentence_count, quoted_count;
	struct { uint32_t value; char text[SIMILAR_BATCH_TEXT]; } batches[SIMILAR_BATCHES_MAX]; /* batches, flights, trains as it writes them, in capitals */
	size_t batch_count;
	bool tells_the_next;            /* that an earlier one is settled, and of now */
	unsigned tones;                 /* enum word_tone */
	bool stands_apart;              /* says that it is another matter than what was told before */
	uint32_t apart_from[SIMILAR_APART_MAX];         /* ... or only than that in which these words stand, if it was told before: "nothing to do with the deposit" */
	size_t apart_count;
	uint32_t subject_words[SIMILAR_SUBJECT_MAX];    /* what its subject names */
	size_t subject_word_count;
	uint32_t quoted[SIMILAR_QUOTED_MAX];    /* numbers of matters in the whole text of a reply, history included */
	size_t key_count, alias_count;
	struct similar_filing keys[SIMILAR_KEYS_MAX];   /* similar_keys_asked() of the print, once for all that ask */
	uint32_t aliases[SIMILAR_ALIASES_MAX];  /* other handles of the same customer, as similar_sender() gives them; the caller's knowledge */
	struct feature_place places[];          /* place_count */
};
/* similar_sender() - a handle as prints know it: the same for all writings of one; 0: nobody. */
uint32_t similar_sender(const char *handle);
/* similar_is_sender() - whether two handles are one in full: prints know them by 32 bits, for which anybody finds a second one. */
bool similar_is_sender(const char *a, const char *b);
struct similar_query *similar_read(const struct similar *similar, const struct similar_message *m);

/* One earlier message that was compared, for explain. */
struct similar_candidate {
	int64_t message_id, ticket_id;
	enum verdict verdict;
	const char *rule;               /* static; "no-match" when none held */
	int rank;
	double likeness, cover, incident;
	bool is_same_person;
	char guards[96];                /* the differences that were seen */
};

#define SIMILAR_SHOWN 5                 /* candidates that a verdict tells of */
#define SIMILAR_RELATED_MAX 8           /* tickets of one incident that it names */
struct similar_verdict {
	enum verdict verdict;           /* new, duplicate, followup, related */
	int64_t ticket_id, message_id;  /* of the ticket, and the message compared with; 0 for new */
	const char *rule;               /* static */
	int rank;                       /* of the rule; 0 for new */
	double likeness, cover;         /* weighted share of common features of both; of this message's words that the other has */
	char evidence[256];             /* for explain: numbers and differences, of the sender's words nothing but numbers */
	char batch[SIMILAR_BATCH_TEXT]; /* batch, flight or train that both name; "": none */
	bool is_same_person;            /* a handle of this customer wrote in the ticket */
	bool has_personal_proof;        /* another handle, but this message names the one that the old message came from. What the old one names proves
	                                   nothing: anybody could have written it beforehand, to draw this message into his ticket */
	size_t looked_at, shown_count, related_count;
	struct similar_candidate shown[SIMILAR_SHOWN];  /* best first */
	int64_t related[SIMILAR_RELATED_MAX];           /* tickets of other persons that tell of one incident; each once */
};

/* similar_decide() - reads the index only. */
enum ik_rc similar_decide(const struct similar *similar, const struct similar_index *index, const struct similar_query *query,
                          struct similar_verdict *verdict_r, struct ik_error *err);
/* similar_decide_among() - with no more than most comparisons. */
enum ik_rc similar_decide_among(const struct similar *similar, const struct similar_index *index, const struct similar_query *query, size_t most,
                                struct similar_verdict *verdict_r, struct ik_error *err);
/* similar_better() - of two verdicts on one message from two parts of the index, the one that holds. */
const struct similar_verdict *similar_better(const struct similar_verdict *a, const struct similar_verdict *b);
/* similar_join() - what a ticket is known by after one more message. */
void similar_join(struct similar_ticket *ticket, const struct similar_print *print);
/* similar_remember() - files the print under print->ticket_id, which the caller has set: the verdict's for duplicate and followup, else its own. */
enum ik_rc similar_remember(struct similar *similar, const struct similar_index *index, const struct similar_print *print, struct ik_error *err);

/* The rarity sketch, to be kept with the store: size and bytes. */
void *similar_sketch(struct similar *similar, size_t *size_r);

#endif
