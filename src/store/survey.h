/* survey.h - what customers said about the solution, and the chats in which they were asked. Functions with a transaction run on the store thread. */
#ifndef STORE_SURVEY_H
#define STORE_SURVEY_H

#include "store/store.h"

/* store_add_survey() - *added_r: false when that survey, named by when it was sent, was answered before. A dimension that is 0 is stored as none. */
struct store_survey { int64_t ticket_id, sent_at, at, level, speed, attitude, solution, thoroughness; const char *way; };
enum ik_rc store_add_survey(struct store_tx *tx, const struct store_survey *survey, bool *added_r, struct ik_error *err);

/* The question that stands in a conversation: the last one asked there. store_find_question() - ticket_id 0: none stands, or it was answered;
 * state: of its ticket now. store_close_question() - whatever is said there from now on answers something else. */
struct store_question { int64_t ticket_id, sent_at; enum store_state state; };
enum ik_rc store_ask_question(struct store_tx *tx, const char *channel, const char *conversation, int64_t ticket_id, int64_t sent_at, struct ik_error *err);
enum ik_rc store_find_question(struct store_tx *tx, const char *channel, const char *conversation, struct store_question *question_r, struct ik_error *err);
enum ik_rc store_close_question(struct store_tx *tx, const char *channel, const char *conversation, struct ik_error *err);

/* store_forget_questions() - of a ticket, wherever they were asked: for who erases it. */
enum ik_rc store_forget_questions(struct store_tx *tx, int64_t ticket_id, struct ik_error *err);

/* read_satisfaction() - answers given from since_at to before until_at (a month in whatever zone), newest tickets or old: for all of them together, and
 * for each channel or category; array of {name, answers, satisfied, neither, dissatisfied, level, speed, attitude, solution, thoroughness}. satisfied
 * are the levels 4 and 5, dissatisfied 1 and 2; the last five are means of what was answered, null when nothing was. Rates are these counts by answers. */
enum satisfaction_by { SATISFACTION_ALL, SATISFACTION_BY_CHANNEL, SATISFACTION_BY_CATEGORY };
enum ik_rc read_satisfaction(struct store_reader *r, int64_t since_at, int64_t until_at, enum satisfaction_by by, json_t **array_r, struct ik_error *err);

#endif
