/* automatic_signs.h - what the head and the HTML of a mail say of the program that sent it: weighed evidence that moves the bar of the learned opinion and
 * decides nothing alone. Persons' words go through libraries and services too, and machines write through mail programs. Thread: any. */
#ifndef MAIL_AUTOMATIC_SIGNS_H
#define MAIL_AUTOMATIC_SIGNS_H

#include "mail/draft.h"
#include "mail/mime.h"

#define SIGNS_MOST 0.125                 /* towards a machine, however many there are */
#define SIGNS_LEAST (-2.0)              /* towards a person */

/* points: to be added to what the words say, see automatic_model.h. loudest: the sign that speaks most for a machine, NULL for none. */
struct automatic_signs { double points; const char *loudest; };
struct automatic_signs automatic_signs(const struct mime *m, const struct draft *d);

#endif
