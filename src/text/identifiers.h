/* identifiers.h - the numbers, amounts and days that a text names, taken out of its canonical form with their kind.
 *
 * Two texts in the same words about two orders are two matters; so these are compared as values and never as likeness of characters.
 * Thread: any; no state. */
#ifndef TEXT_IDENTIFIERS_H
#define TEXT_IDENTIFIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ident_kind {
	IDENT_ORDER,            /* order, purchase, contract, reservation, invoice */
	IDENT_CASE,             /* complaint, ticket, case, reference */
	IDENT_TRACKING,         /* parcel */
	IDENT_SERIAL,           /* one device: serial number, IMEI */
	IDENT_NUMBER,           /* a number without a name, long enough to be one of the above */
	IDENT_ACCOUNT,          /* account, membership, card, meter, policy: of the person, not of the matter */
	IDENT_PHONE,
	IDENT_MAIL,
	IDENT_PLATE,
	IDENT_BATCH,            /* shared by many customers, as the next one */
	IDENT_TRIP,             /* flight, train */
	IDENT_AMOUNT,           /* value in hundredths */
	IDENT_DATE,             /* month * 32 + day; day 0: a month that something is for; month 0: "on the 17th", of the month nearest to the message */
	IDENT_TIME,             /* minutes of the day */
	IDENT_QUANTITY,         /* a count with its unit */
	IDENT_KINDS
};
extern const char *const ident_names[IDENT_KINDS];

#define IDENT_TEXT_MAX 40
struct ident {
	enum ident_kind kind;
	uint32_t value;         /* hash of the normal form, or the number itself; equal values of comparable kinds are equal */
	uint32_t tail;          /* hash of the last four characters, for "ending in 4421", 0: shorter; of a date the day */
	bool is_tail;           /* only the last characters are named; of a date: only the day */
	uint16_t start, end;    /* bytes of the canonical text that it takes up */
	char text[IDENT_TEXT_MAX];      /* normal form, cut, for people */
};

/* identifiers_find() - in order of the text; at most max. text: canonical, at most 65535 bytes. */
size_t identifiers_find(const char *text, size_t len, struct ident *idents_r, size_t max);

/* ident_is_matter(), ident_is_person() - what a shared value says: the same matter, or the same person. */
bool ident_is_matter(enum ident_kind kind);
bool ident_is_person(enum ident_kind kind);

#endif
