/* proof.h - a proof of work for forms: a number whose SHA-256 together with the form's token begins with so many zero bits. It costs a browser a
 * second and a robot the same for every single form. Thread: any. */
#ifndef NET_PROOF_H
#define NET_PROOF_H

#include <stdbool.h>
#include <stdint.h>

#define PROOF_BITS_MAX 22

/* proof_holds() - whether sha256("TOKEN:ANSWER") begins with `bits` zero bits; ANSWER is a decimal number of at most 15 digits. */
bool proof_holds(const char *token, const char *answer, int64_t bits);
/* proof_script - looks for it in a browser: form#form with data-bits, the fields token and work. Served as it stands. */
extern const char proof_script[];

#endif
