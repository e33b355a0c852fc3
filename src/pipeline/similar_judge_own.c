/* similar_judge_own.c - the verdict on two messages of the same person: the same told again, more about one matter, or another matter. The rules stand in
 * the order in which they are asked; the first that holds decides, and the learned opinion may hold it back. */
#include "pipeline/similar_judge_parts.h"

#include <math.h>

#define ALIKE 0.25                      /* own words: of one kind, if not of one matter */
#define SHORT_TEXT (4 * ONE)            /* own words of a text that is too short to be told from another */
#define LIKE_WITH_NUMBER 0.40
#define OWN_LIKE_WITH_NUMBER 0.30
#define LIKE_WITHOUT 0.33
#define OWN_LIKE_WITHOUT 0.36
#define PART_KNOWN 0.50                 /* of a message's own words, that its writer's ticket has */
#define SOON_S 10800                    /* within which half of that will do */
#define LINE_S INT64_C(172800)          /* within which a line too short to tell a matter belongs to the writer's latest */
#define SUBJECT_S INT64_C(259200)       /* within which the subject alone tells */
#define SUBJECT_LONG_S INT64_C(1209600) /* ... of a message that begins nothing of its own */
#define FEW_HOURS_S 43200               /* within which a line that begins nothing belongs to it; */
#define LINE_OWN (6 * ONE)              /* ... of so few own words */
#define STEP_S INT64_C(604800)          /* within which the next step belongs to the writer's latest */
#define ALL_KNOWN 0.80                  /* of its own words, when there are few of them */
#define SOME_KNOWN 0.25                 /* of its own words, when it comes within */
#define SOME_KNOWN_S INT64_C(604800)
#define RANK_LIKE_WORDS 75              /* of a repeat told by like words without a number */
#define LIKE_CORRECTED 0.70             /* of the whole told once more with one thing put right, whenever it comes */
#define KNOWN_WITH_ACCOUNT 0.10         /* of its own words, when it names the account as well */

static bool says(const struct similar_pair *p, unsigned mark)
{
	return (p->query->print.marks & mark) != 0 && (p->old->marks & mark) == 0;
}

static bool is_answer(const struct similar_pair *p)
{
	return p->query->print.is_reply && !p->query->print.is_forward && p->match.likeness < NEARLY_SAME;
}

static bool adds_facts(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	const bool is_whole_forwarded = p->query->print.is_forward && m->back_cover >= COVERED;        /* with a line of its sender's above it */

	return ((m->new_fact || says(p, MARK_STEP) || says(p, MARK_CORRECTS)) && m->likeness < NEARLY_SAME) || m->other_count || m->other_time || m->new_codes >= ONE || says(p, MARK_ADDS)
	       || similar_novel(p->query, p->old) >= (is_whole_forwarded ? 3 * NOVEL : NOVEL);
}

/* Each tells of its own day, and days lie between: the second is another event, unless it speaks as of something going on. */
static bool tells_of_another_day(const struct similar_pair *p)
{
	const unsigned goes_on = MARK_STEP | MARK_ADDS | MARK_CHASE | MARK_SOLVED | MARK_REFERS | MARK_WAITS;

	return (p->query->print.marks & p->old->marks & MARK_TODAY) != 0 && p->age_s >= OTHER_DAY_S && (p->query->print.marks & goes_on) == 0 && (p->match.likeness < NEARLY_SAME || p->age_s > p->conf->duplicate_s);
}

/* How long it may be a repeat: longer when a number of the matter, or a day, is the same, for then it is no other one of its kind. */
static int64_t repeat_holds(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool is_the_same = m->same_number || m->agreeing_days > 0 || (m->same_account && m->likeness >= NEARLY_SAME);

	return is_the_same && !m->other_date && p->conf->followup_s > p->conf->duplicate_s ? p->conf->followup_s : p->conf->duplicate_s;
}

static struct similar_finding judge_same_words(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;

	if (q->exact == 0 || q->exact != p->old->exact || p->match.other_number) return nothing;
	if (p->age_s <= p->conf->moment_s) return found(VERDICT_DUPLICATE, 90, "same-words-at-once");
	if (p->age_s <= repeat_holds(p) && (p->match.same_number || q->length >= SHORT_LENGTH)) return found(VERDICT_DUPLICATE, 90, "same-words");
	return nothing;
}

/* In another language words cannot be compared: the number, and every amount, day and count, must be the same. */
static bool is_translation(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	return m->other_language && m->agreeing + m->agreeing_counts >= 2 && !m->new_fact && !m->other_amount && !m->other_date && p->age_s <= repeat_holds(p)
	       && ((p->query->print.marks ^ p->old->marks) & MARK_SOLVED) == 0;
}

#define RETYPED 0.6                     /* of its words, badly typed, stand in the old message */

/* The whole told again by somebody who types badly: about as long, and no number, amount, day or count of its own. */
static bool is_retyped(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const struct similar_print *q = &p->query->print;

	return !m->new_fact && !m->other_count && !m->other_time && 4 * q->length >= 3 * p->old->length && 4 * p->old->length >= 3 * q->length
	       && ((q->marks ^ p->old->marks) & (MARK_HAN | MARK_SOLVED | MARK_STEP | MARK_ADDS | MARK_CHASE | MARK_CORRECTS)) == 0
	       && similar_aligned(p->query, p->old) >= RETYPED && similar_novel(p->query, p->old) < NOVEL;
}

static struct similar_finding judge_number(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool turned = m->likeness < 0.5 && ((p->query->print.marks ^ p->old->marks) & MARK_DENIES) != 0;
	const bool asks = says(p, MARK_CHASE) && !(m->cover >= NEARLY_SAME && m->back_cover >= NEARLY_SAME);

	if (!m->same_number || p->silent_s > p->conf->followup_s) return nothing;
	if (is_translation(p)) return found(VERDICT_DUPLICATE, 80, "same-number-other-language");
	if (m->other_news || turned) return found(VERDICT_FOLLOWUP, 70, "number-with-other-news");
	if (p->age_s <= repeat_holds(p) && is_retyped(p)) return found(VERDICT_DUPLICATE, 80, "same-number-badly-typed");
	if (m->likeness < LIKE_WITH_NUMBER || m->own_likeness < OWN_LIKE_WITH_NUMBER || asks || is_answer(p) || p->age_s > repeat_holds(p) || m->other_amount || m->other_date || adds_facts(p))
		return found(VERDICT_FOLLOWUP, 70, "same-number");
	return found(VERDICT_DUPLICATE, 80, "same-number-same-words");
}

static bool has_enough_words(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (m->shared_own >= SHORT_TEXT) return true;
	return p->query->print.length >= SHORT_LENGTH && (m->likeness >= NEARLY_SAME || (m->likeness >= 0.45 && m->shared_own >= SHORT_TEXT / 2));
}

static bool has_other_subject(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;

	return q->has_subject_words && p->old->has_subject_words && q->subject != p->old->subject && !p->match.known_subject && !q->is_reply;
}

/* The message begins nothing of its own: no number, thing, place or subject that the ticket has not, no purchase, no question anybody may ask. */
static bool begins_nothing(const struct similar_pair *p, bool may_have_subject)
{
	const struct similar_print *q = &p->query->print;
	const struct similar_match *m = &p->match;
	const bool is_like_with_other_facts = differs_in_facts(m) && m->likeness >= LIKE_WITHOUT;       /* the same words for another day */
	const bool has_subject_of_its_own = !may_have_subject && q->has_subject_words && q->subject != p->old->subject && !m->known_subject;

	const bool follows_praise = (p->old->marks & MARK_PRAISE) != 0 && m->shared_own < ONE;        /* which waits for nothing */
	const bool asks_anew = (q->marks & MARK_ASKS) != 0 && (q->marks & (MARK_STEP | MARK_REFERS)) == 0;

	return !m->new_number && !m->other_thing && !p->is_of_other_thing && !m->other_place && !has_subject_of_its_own && !is_like_with_other_facts && !asks_anew && !follows_praise && (q->marks & MARK_BEGINS) == 0;
}

/* "The number was mistyped": a few words soon after, which tell of nothing else, are no other matter for their other number or sum. */
static struct similar_finding judge_correction(const struct similar_pair *p)
{
	const bool is_short = (p->query->print.own < LINE_OWN && (p->match.new_fact || p->match.other_phone)) || p->match.own_cover >= PART_KNOWN;

	if (!says(p, MARK_CORRECTS) || !is_short || p->silent_s > (p->match.likeness >= LIKE_CORRECTED && !p->match.new_number ? p->conf->followup_s : LINE_S) || p->match.other_thing || p->match.other_place) return nothing;
	return found(VERDICT_FOLLOWUP, 57, "corrects-it");
}

/* Not the whole told again, but its words. */
static struct similar_finding judge_part(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool begins_anew = (p->query->print.marks & (MARK_ASKS | MARK_BEGINS)) != 0;
	const bool is_next_form = p->query->print.is_form && p->old->is_form;  /* filled in once more: for something else, unless more is the same */
	const bool points_back = says(p, MARK_CHASE) || says(p, MARK_ADDS) || says(p, MARK_REFERS);

	if (m->shared_own < ONE || tells_of_another_day(p)) return nothing;
	if (points_back && fmax(m->own_cover, m->own_likeness) >= 0.35) return found(VERDICT_FOLLOWUP, 55, "asks-after-it");
	if (has_enough_words(p) && m->back_cover >= COVERED) return found(VERDICT_FOLLOWUP, 55, "part-of-it");
	if (m->shared_own >= 2 * ONE && m->own_cover >= PART_KNOWN) return found(VERDICT_FOLLOWUP, 54, "known-words");
	if (m->shared_own >= ONE && m->own_cover >= ALL_KNOWN && p->silent_s <= STEP_S && !begins_anew) return found(VERDICT_FOLLOWUP, 43, "names-only-what-is-known");
	if (p->silent_s <= SOON_S && !is_next_form && begins_nothing(p, says(p, MARK_STEP)) && m->shared_own >= 3 * ONE / 2 && m->own_cover >= PART_KNOWN / 2) return found(VERDICT_FOLLOWUP, 51, "known-words-soon-after");
	if (m->shared_own >= 2 * ONE && m->own_cover >= SOME_KNOWN && p->silent_s <= SOME_KNOWN_S && !m->other_time && begins_nothing(p, says(p, MARK_STEP)))
		return found(VERDICT_FOLLOWUP, 41, "some-known-words");
	return nothing;
}

static struct similar_finding judge_words(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool is_like = (m->cover >= COVERED && m->likeness >= LIKE_WITHOUT) || (m->own_likeness >= OWN_LIKE_WITHOUT && m->likeness >= LIKE_WITHOUT);

	if (m->same_number || m->other_number || differs_in_facts(m) || p->age_s > repeat_holds(p)) return nothing;
	if (m->own_likeness >= 0.3 && m->other_news && m->shared_own >= 2 * ONE) return found(VERDICT_FOLLOWUP, 60, "like-words-other-news");
	if (m->other_news && says(p, MARK_SOLVED) && m->shared_own >= ONE) return found(VERDICT_FOLLOWUP, 56, "tells-the-end-of-it");
	if (says(p, MARK_REFERS) && m->same_thing) return found(VERDICT_FOLLOWUP, 56, "points-back-at-the-thing");
	if (!is_like || !has_enough_words(p)) return judge_part(p);
	if (is_answer(p) || adds_facts(p)) return found(VERDICT_FOLLOWUP, 60, "like-words-new-facts");
	if (says(p, MARK_CHASE) && !(m->cover >= NEARLY_SAME && m->back_cover >= NEARLY_SAME)) return found(VERDICT_FOLLOWUP, 60, "like-words-asks-after");
	return found(VERDICT_DUPLICATE, RANK_LIKE_WORDS, "like-words");
}

/* A batch or a flight is one thing that he has. */
static struct similar_finding judge_batch(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (!m->same_batch || m->other_number || m->other_thing || p->silent_s > p->conf->followup_s) return nothing;
	return found(VERDICT_FOLLOWUP, 53, "same-batch");
}

/* An account, or a telephone that both name, outlives many matters: it takes words in common as well, or that it points back. */
static struct similar_finding judge_account(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (!(m->same_account || m->same_person_number) || m->other_number || p->age_s > p->conf->duplicate_s) return nothing;
	if (m->same_account && !differs_in_facts(m) && m->shared_own >= 3 * ONE / 2) return found(VERDICT_FOLLOWUP, 52, "same-account-same-thing");
	if (says(p, MARK_STEP | MARK_REFERS | MARK_ADDS) && !(p->query->print.is_form && has_other_subject(p) && m->shared_own < ONE / 2) && (p->query->print.marks & (MARK_BEGINS | MARK_OTHER)) == 0 && !m->new_number) return found(VERDICT_FOLLOWUP, 46, "same-account-points-back");
	if (m->same_account && p->query->print.has_subject_words && !p->query->print.is_form && p->query->print.subject == p->old->subject && !m->new_number && !m->other_amount && !m->other_date)
		return found(VERDICT_FOLLOWUP, 47, "same-account-same-subject");
	if (!begins_nothing(p, true)) return nothing;
	if (says(p, MARK_CHASE | MARK_SOLVED)) return found(VERDICT_FOLLOWUP, 46, "same-account-points-back");
	if (m->shared_own >= ONE / 2 && m->own_cover >= KNOWN_WITH_ACCOUNT && p->silent_s <= STEP_S) return found(VERDICT_FOLLOWUP, 44, "same-account-known-words");
	return nothing;
}

/* The quoted history names a number of the ticket. */
static bool quotes_number(const struct similar_pair *p)
{
	for (size_t i = 0; i < p->query->quoted_count; i++)
		for (size_t k = 0; k < p->ticket->number_count; k++)
			if (p->query->quoted[i] == p->ticket->numbers[k].value) return true;
	return false;
}

/* Then it goes on with the latest matter of its writer, if it says so, or is short and comes soon. */
static struct similar_finding judge_latest(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;
	const bool is_step = (q->marks & (MARK_STEP | MARK_ADDS)) != 0;
	const bool goes_on = is_step || (q->marks & (MARK_CHASE | MARK_SOLVED | MARK_REFERS | MARK_WAITS)) != 0 || (q->has_subject_words && p->match.known_subject);

	if (p->silent_s > (is_step && p->matters == 1 ? 2 * STEP_S : STEP_S)) return nothing;
	if (goes_on && p->matters == 1 && p->match.shared_own >= ONE / 2 && p->match.other_thing && !p->match.new_number && !p->match.other_place && (q->marks & (MARK_BEGINS | MARK_ASKS | MARK_OTHER)) == 0
	    && p->match.likeness < LIKE_WITHOUT && q->own < 3 * SHORT_TEXT) return found(VERDICT_FOLLOWUP, 27, "goes-on-with-the-only-one");
	if ((q->marks & MARK_ENCLOSES) != 0 && (q->marks & MARK_BEGINS) == 0 && q->own < 2 * SHORT_TEXT && !p->match.new_number) return found(VERDICT_FOLLOWUP, 28, "hands-something-in");
	if (!begins_nothing(p, is_step && !q->is_form)) return nothing;        /* who fills in a form names its topic */
	if (goes_on && q->own < (is_step ? 6 : 3) * SHORT_TEXT) return found(VERDICT_FOLLOWUP, 29, "next-step-of-latest");
	if ((q->is_chat || q->is_reply) && q->own >= ONE && q->own < LINE_OWN && p->silent_s <= FEW_HOURS_S) return found(VERDICT_FOLLOWUP, 25, "names-nothing-else");
	if (q->is_chat && p->old->is_chat && q->own < ONE && q->feature_count > 0 && p->silent_s <= LINE_S) return found(VERDICT_FOLLOWUP, 25, "names-nothing-at-all");
	return nothing;
}

/* How long the same subject tells that it is the same matter. */
static int64_t subject_holds(const struct similar_pair *p)
{
	if (p->match.shared_own >= ONE) return p->conf->followup_s;
	return begins_nothing(p, false) ? SUBJECT_LONG_S : SUBJECT_S;
}

/* Something came, or works: what was complained of, unless a thing of its own is named. */
static bool tells_how_it_ended(const struct similar_pair *p)
{
	return (p->query->print.marks & MARK_SOLVED) != 0 && (p->match.shared_own > 0 || begins_nothing(p, false));
}

/* The one is told for his mother, the other for his son. */
static bool is_for_another(const struct similar_pair *p)
{
	const unsigned now = p->query->print.marks & MARKS_RELATIVE, before = p->old->marks & MARKS_RELATIVE;

	return now != 0 && before != 0 && (now & before) == 0;
}

static bool is_in_one_chat(const struct similar_pair *p, int64_t within_s)
{
	return p->query->print.is_chat && p->old->is_chat && p->query->print.channel == p->old->channel && p->silent_s <= within_s;
}

/* The next line of a chat: another thing named in it may be a word for the same. The learned opinion is asked then. */
static bool is_in_conversation(const struct similar_pair *p)
{
	return is_in_one_chat(p, p->conf->chat_s);
}

/* It says so; tells of his own card after his daughter's matter; or it tells of something that the ticket has no word of, and begins it, asks for it, or says "by the way". */
static bool turns_away(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;
	const struct similar_match *m = &p->match;
	const bool goes_on = (q->marks & (MARK_STEP | MARK_ADDS | MARK_CHASE | MARK_SOLVED | MARK_REFERS | MARK_CORRECTS)) != 0;
	const bool is_told = q->own >= SHORT_TEXT || (q->own >= 2 * ONE && q->length >= 2 * SHORT_LENGTH);
	const bool has_begun = p->old->own >= 2 * ONE || p->ticket->first_message != p->old->message_id;
	const bool has_own_matter = is_told && has_begun && m->shared_own < ONE / 2 && !m->same_thing && !goes_on;

	if ((q->marks & MARK_OTHER) != 0) return true;
	if ((q->marks & MARK_SELF) != 0 && (p->old->marks & MARKS_RELATIVE) != 0 && m->new_number) return true;
	return !q->is_reply && has_own_matter && ((q->marks & (MARK_BEGINS | MARK_ASKS | MARK_TURNS)) != 0 || is_for_another(p) || (m->other_thing && q->length >= 2 * SHORT_LENGTH && !is_in_conversation(p)));
}

/* A thread or a conversation goes on, whatever the words. */
static struct similar_finding judge_thread(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;
	const bool answers = q->is_reply && q->subject != 0 && q->subject == p->old->subject;
	const bool is_other = p->match.other_named || (p->match.other_number && !answers);      /* what an answer brings may be any number */

	if (is_other || turns_away(p) || p->silent_s > p->conf->followup_s) return nothing;
	if (q->is_reply && quotes_number(p)) return found(VERDICT_FOLLOWUP, 53, "reply-quotes-number");
	if (answers)
		return found(VERDICT_FOLLOWUP, p->match.other_amount || p->match.other_date ? 48 : 50, "reply-to-subject");
	if (is_in_conversation(p) && !(differs_in_facts(&p->match) && (q->own >= 2 * SHORT_TEXT || p->match.likeness >= LIKE_WITHOUT)))
		return found(VERDICT_FOLLOWUP, 45, "conversation-goes-on");
	if (q->has_subject_words && q->subject == p->old->subject && !q->is_form && (q->marks & MARK_ASKS) == 0 && !tells_of_another_day(p) && !differs_in_facts(&p->match)
	    && p->silent_s <= subject_holds(p)) return found(VERDICT_FOLLOWUP, 42, "same-subject");
	if (is_in_one_chat(p, LINE_S) && q->own >= ONE && q->length < SHORT_LENGTH && !differs_in_facts(&p->match))
		return found(VERDICT_FOLLOWUP, 38, "short-line-to-latest");
	if (q->is_reply) return found(VERDICT_FOLLOWUP, 40, "reply-to-latest");
	if (p->match.same_thing && p->match.shared_own >= ONE && p->silent_s <= STEP_S && begins_nothing(p, false) && !differs_in_facts(&p->match) && !tells_of_another_day(p))
		return found(VERDICT_FOLLOWUP, 39, "same-thing");
	if (p->old->own < ONE && q->subject == p->old->subject && p->silent_s <= SOON_S && begins_nothing(p, false)) return found(VERDICT_FOLLOWUP, 37, "tells-what-it-was");
	if (((q->marks & (MARK_CHASE | MARK_ADDS)) != 0 || tells_how_it_ended(p)) && q->own < 2 * SHORT_TEXT && !differs_in_facts(&p->match) && p->silent_s <= p->conf->duplicate_s)
		return found(VERDICT_FOLLOWUP, 30, "asks-after-latest");
	return judge_latest(p);
}

/* Thresholds of the learned opinion, chosen on streams held out, see docs/likeness.md. */
#define DOUBTED_MATTER 0.25             /* below it a rule does not hold that asks less than the same number or the same words; */
#define SURE_MATTER 0.7                 /* ... above it one matter is told without any rule */
#define SURE_ALTHOUGH_TURNED 0.85       /* ... of a line that seems to begin another */
#define SURE_LINE 0.6                    /* ... of two lines of one conversation */
#define SURE_REPEAT 0.6
#define DOUBTED_REPEAT 0.3              /* below it like words are no repeat */
#define LIKE_A_REPEAT 0.25              /* told in wholly other words, only a number says that nothing was added */
#define MUCH_ALIKE 0.55                 /* words that need no second look */
#define VERY_SURE_REPEAT 0.9            /* ... against words that seem to say more, or the opposite */

#define RANK_CERTAIN 80                 /* of rules that nothing is held against */
#define RANK_LEARNED_MATTER 23

/* A line of a chat that goes on within hours, whatever it names: mostly it belongs to what was told before, and the learned opinion says how surely. */
static bool may_be_next_line(const struct similar_pair *p)
{
	const unsigned marks = p->query->print.marks;
	const bool has_other_facts = p->match.other_number || p->match.other_account || differs_in_facts(&p->match);

	return is_in_one_chat(p, SOON_S) && (marks & MARK_OTHER) == 0 && !((marks & MARK_TURNS) != 0 && p->match.other_number) && !p->match.other_named && !(has_other_facts && p->match.likeness >= LIKE_WITHOUT);
}

/* Of what no rule has found: nothing that names another order, begins with a purchase, is a letter with no word of it, says that it is another matter, or comes too late may be taken for the same. */
static bool may_be_same_matter(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;
	const struct similar_match *m = &p->match;
	const bool is_like_with_other_facts = differs_in_facts(m) && m->likeness >= LIKE_WITHOUT;       /* the same words for another day */
	const unsigned goes_on = MARK_STEP | MARK_ADDS | MARK_CHASE | MARK_SOLVED | MARK_REFERS | MARK_WAITS | MARK_CORRECTS | MARK_ENCLOSES;
	const bool is_letter_of_its_own = !q->is_chat && !q->is_reply && m->shared_own < ONE / 2 && (q->marks & goes_on) == 0;
	const bool follows_praise = (p->old->marks & MARK_PRAISE) != 0 && m->shared_own < ONE;        /* which waits for nothing */
	const bool asks_anew = (q->marks & MARK_ASKS) != 0 && (q->marks & goes_on) == 0 && q->own >= ONE && m->shared_own < ONE / 2;
	const bool is_another_day = tells_of_another_day(p) && m->own_likeness >= ALIKE;
	const bool is_about_another = (m->other_thing || p->is_of_other_thing || m->other_place) && m->shared_own < ONE / 2 && !is_in_conversation(p);

	return !m->other_number && !m->other_account && !has_other_subject(p) && !is_like_with_other_facts && !is_letter_of_its_own && !asks_anew && !follows_praise && !is_about_another && !is_another_day && (q->marks & MARK_BEGINS) == 0 && !turns_away(p) && p->silent_s <= p->conf->followup_s;
}

/* Nothing that is certain to be new. */
static bool may_be_repeat(const struct similar_pair *p)
{
	const bool says_more = says(p, MARK_CORRECTS | MARK_ADDS | MARK_ENCLOSES) || p->match.new_fact || p->match.other_time || p->match.other_count || similar_novel(p->query, p->old) >= 2 * NOVEL;

	const bool is_backed = p->match.same_number || p->match.same_account || p->match.likeness >= LIKE_A_REPEAT;

	return is_backed && !says_more && !differs_in_facts(&p->match) && !is_answer(p) && p->age_s <= repeat_holds(p);
}

/* Like words with something between them that is told of a day later: "your branch now says that it was never found". Nearly the same words are not asked about. */
static struct similar_finding doubt_repeat(const struct similar_pair *p, struct similar_finding f)
{
	if (f.verdict != VERDICT_DUPLICATE || f.rank != RANK_LIKE_WORDS || p->match.likeness >= MUCH_ALIKE || p->match.other_language) return f;
	return similar_opinion_ask(p->opinion, SIMILAR_ASKS_REPEAT, p) < DOUBTED_REPEAT ? found(VERDICT_FOLLOWUP, f.rank, "told-like-news") : f;
}

/* Whether anything was added. */
static struct similar_finding weigh_repeat(const struct similar_pair *p, struct similar_finding f)
{
	const bool seems_to_add = p->match.other_news || similar_novel(p->query, p->old) >= NOVEL;
	double sure;

	if (f.verdict != VERDICT_FOLLOWUP || !may_be_repeat(p)) return f;
	sure = similar_opinion_ask(p->opinion, SIMILAR_ASKS_REPEAT, p);
	return sure >= (seems_to_add ? VERY_SURE_REPEAT : SURE_REPEAT) ? found(VERDICT_DUPLICATE, f.rank, "told-like-a-repeat") : f;
}

static double least_sure(const struct similar_pair *p, bool has_rule)
{
	if (has_rule) return DOUBTED_MATTER;
	if (turns_away(p)) return SURE_ALTHOUGH_TURNED;
	return is_in_conversation(p) ? SURE_LINE : SURE_MATTER;
}

/* It may hold back what rules only infer, find what they have no words for, and say that nothing was added. */
static struct similar_finding weigh_matter(const struct similar_pair *p, struct similar_finding f)
{
	double sure;

	if (f.rank >= RANK_CERTAIN || (f.rank == 0 && !may_be_next_line(p) && !may_be_same_matter(p))) return f;
	sure = similar_opinion_ask(p->opinion, SIMILAR_ASKS_MATTER, p);
	if (sure < least_sure(p, f.rank > 0)) return with(nothing, sure);
	if (f.rank == 0) f = found(VERDICT_FOLLOWUP, RANK_LEARNED_MATTER, "told-like-one-matter");
	return with(weigh_repeat(p, f), sure);
}

/* "The february one you have refunded, this is the new one": with a sum, day or number of its own, or long after without the same number. */
static bool tells_the_next(const struct similar_pair *p)
{
	return p->query->tells_the_next && (p->match.new_fact || (p->age_s > STEP_S && !p->match.same_number)) && !p->query->print.is_reply;
}

/* It says that it is another matter, and hardly a word of it is of the ticket: the same number and the same chat only say where it belongs. */
static bool stands_apart(const struct similar_pair *p)
{
	return (p->query->stands_apart || p->is_set_apart) && p->match.likeness < LIKE_WITHOUT && p->match.own_cover < PART_KNOWN;
}

/* The same words weeks later and about other days: the next month's bill, whatever number it has in common with this one. */
static bool is_next_of_its_kind(const struct similar_pair *p)
{
	return p->is_told_of_other_days && !says(p, MARK_CORRECTS | MARK_CHASE | MARK_AGAIN | MARK_REFERS);
}

struct similar_finding similar_judge_own(const struct similar_pair *p)
{
	struct similar_finding f = judge_same_words(p);

	if (f.rank == 0 && (tells_the_next(p) || stands_apart(p) || is_next_of_its_kind(p))) return nothing;
	if (f.rank == 0) f = judge_number(p);
	if (f.rank == 0) f = judge_correction(p);
	if (f.rank == 0) f = judge_words(p);
	if (f.rank == 0) f = judge_batch(p);
	if (f.rank == 0) f = judge_account(p);
	if (f.rank == 0) f = judge_thread(p);
	return weigh_matter(p, doubt_repeat(p, f));
}
