/* rating.h - a customer's answer to a survey in a chat: a level, and who likes four dimensions. Only a text that is nothing else counts; what may
 * mean something else is an ordinary message.
 *
 *   5   五   ⑤   5分   very satisfied   非常满意   5 very satisfied      the level
 *   5 4 5 3                                                             speed, attitude, solution, thoroughness; the level is their mean
 *   5 5 4 5 3                                                           the level and the four */
#ifndef POLICY_RATING_H
#define POLICY_RATING_H

#include <stdbool.h>
#include <stdint.h>

/* Levels from 1 (very dissatisfied) to 5 (very satisfied); a dimension that is 0 was not answered. */
struct survey_answer { int64_t level, speed, attitude, solution, thoroughness; };

/* rating_read() - false: it is no answer. text: clean UTF-8, may be NULL. */
bool rating_read(const char *text, struct survey_answer *answer_r);

#endif
