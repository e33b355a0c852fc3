/* marks.h - proofs that something is ours: Message-IDs with a MAC, plus-addresses, form tokens, all from the store's secret.
 * A mark says what it was made for, so that one kind never passes for another. Thread: any, const after marks_init(). */
#ifndef POLICY_MARKS_H
#define POLICY_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MARKS_TEXT_MAX 160

struct marks { unsigned char key[32]; char host[128]; };
enum mark_kind { MARK_ACK = 'a', MARK_NOTICE = 'n', MARK_DELIVERY = 'd', MARK_FORM = 'f', MARK_VERIFY = 'v', MARK_SURVEY = 's' };

/* marks_init() - host: the right-hand side of Message-IDs; what is no host name becomes intaked.invalid, what is longer than 80 bytes
 * loses labels on its left. Marks made under another host name keep their validity. */
void marks_init(struct marks *m, const unsigned char secret[32], const char *host);
/* marks_message_id() - "KIND.ID.SALT.MAC@host" without <>; id is the ticket or duty. Equal for equal kind, id and salt. All bytes are
 * lower-case letters, digits, dots, hyphens and one @: safe in a Message-ID, an address, a URL. */
void marks_message_id(const struct marks *m, enum mark_kind kind, int64_t id, uint64_t salt, char text_r[MARKS_TEXT_MAX]);
/* marks_read_message_id() - true when the MAC holds; message_id without <>, may be NULL. Outputs are written on success only. */
bool marks_read_message_id(const struct marks *m, const char *message_id, enum mark_kind *kind_r, int64_t *id_r);
/* marks_token(), marks_read_token() - a form token with its time of making; the caller checks age and single use. */
void marks_token(const struct marks *m, enum mark_kind kind, int64_t at, uint64_t salt, char text_r[MARKS_TEXT_MAX]);
bool marks_read_token(const struct marks *m, enum mark_kind kind, const char *token, int64_t *at_r);
/* marks_verification(), marks_read_verification() - the proof in a link that asks whether an address is its reader's: id of the verification and
 * when it was asked; the caller checks the age. */
#define MARKS_VERIFICATION_VALID_S (3 * 86400)   /* s that such a link works */
/* marks_survey(), marks_read_survey() - the proof in the link of a survey: its ticket, and when it was sent. */
void marks_survey(const struct marks *m, int64_t ticket, int64_t sent_at, char text_r[MARKS_TEXT_MAX]);
bool marks_read_survey(const struct marks *m, const char *text, int64_t *ticket_r, int64_t *sent_at_r);
void marks_verification(const struct marks *m, int64_t id, int64_t asked_at, char text_r[MARKS_TEXT_MAX]);
bool marks_read_verification(const struct marks *m, const char *text, int64_t *id_r, int64_t *asked_at_r);
/* marks_address() - "support+p.TICKET.MAC@shop.example" of "support@shop.example": what is sent there names its ticket. It has nothing of a
 * Message-ID or a token and is no right to write, only a proof which ticket is meant. false when mailbox is no plain address, or its local
 * part leaves no room (RFC 5321 4.5.3.1.1: 64 bytes). size: MARKS_ADDRESS_MAX is always enough. */
#define MARKS_ADDRESS_MAX 384
bool marks_address(const struct marks *m, const char *mailbox, int64_t ticket, char *address_r, size_t size);
/* marks_read_address() - true when the mark in an address holds, whatever its case; address may be NULL. */
bool marks_read_address(const struct marks *m, const char *address, int64_t *ticket_r);

#endif
