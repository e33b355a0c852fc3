/* similar_judge.c - the verdict on one pair of messages. The rules stand in the order in which they are asked; the first that holds decides.
 *
 * What leads them: a wrong merge hides a complaint and may show one customer's words to another, a missed one costs a second look. So
 * likeness of words alone never merges: it takes the same person, or the same number of one matter on another channel; and every
 * difference of a number, amount, day, thing or place in otherwise equal words speaks for a second matter. */
#include "pipeline/similar_judge.h"

#include <math.h>
#include <stdlib.h>
#include <time.h>

#define ONE FEATURE_ONE
#define OTHER_DAY_S INT64_C(259200)
#define SHORT_LENGTH 12                 /* of a text that is too short to be told from another: four words, a dozen characters */
#define SHORT_TEXT (4 * ONE)            /* the same in own words */
#define NOVEL (2 * ONE)                 /* own words in unknown sentences that make a new fact */
#define LIKE_WITH_NUMBER 0.22
#define OWN_LIKE_WITH_NUMBER 0.15
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
#define KNOWN_WITH_ACCOUNT 0.10         /* of its own words, when it names the account as well */
#define COVERED 0.90
#define NEARLY_SAME 0.80
#define LIKE_OTHER_CHANNEL 0.42         /* with a number of the matter; */
#define LIKE_WITH_FACTS 0.30            /* ... when amounts or days agree as well */
#define LIKE_UNNAMED 0.55               /* with a number that neither says what it is: it may be a batch */
#define LIKE_OTHER_PERSON 0.50          /* with an account or telephone only; */
#define LIKE_SHORTENED 0.28             /* ... when the new one only leaves words out */
#define COVER_SHORTENED 0.65
/* Of one incident: what the complaints share besides any complaint's words, as weight, as share of both, as share of the shorter. */
#define INCIDENT (7 * ONE / 2)
#define INCIDENT_LIKE 0.25
#define INCIDENT_COVER 0.46
#define INCIDENT_LEAST 0.18
#define INCIDENT_SHORT (2 * ONE)        /* of texts that say little more than it */
#define INCIDENT_SHORT_LIKE 0.30
#define INCIDENT_SOON_S 21600           /* told by two customers within so few hours */
#define INCIDENT_SOON_LIKE 0.20
#define INCIDENT_SOON_COVER 0.35        /* ... at one place */
#define WHAT_COVER 0.3                  /* of what happened, when they name one place; */
#define WHAT_COVER_OUTAGE 0.22          /* ... when both tell of what befalls many */
#define WHAT_COVER_SAME_TIME 0.15       /* ... and of one time of the day */
#define WHAT_COVER_LITTLE 0.45          /* ... when it is told in few words */
#define LATE_S INT64_C(345600)          /* days later, with no day, batch or place in common and nothing that befalls many: */
#define INCIDENT_LATE_LIKE 0.42
#define COPIED (2 * ONE)                /* enough when nearly all words are the same */
#define COPIED_LIKE 0.60
/* The same when each names numbers, amounts or days of its own. */
#define INCIDENT_BOUND (4 * ONE)
#define INCIDENT_BOUND_LIKE 0.50
#define INCIDENT_BOUND_SOON_LIKE 0.28   /* of one thing, on one day, told within hours: each has lost a sum of his own */

static struct similar_finding found(enum verdict verdict, int rank, const char *rule)
{
	return (struct similar_finding){ .verdict = verdict, .rank = rank, .rule = rule, .sure = -1 };
}
static const struct similar_finding nothing = { .verdict = VERDICT_NEW, .rank = 0, .rule = "no-match", .sure = -1 };

static int64_t apart(int64_t a, int64_t b)
{
	return a > b ? a - b : b - a;
}

static bool says(const struct similar_pair *p, unsigned mark)
{
	return (p->query->print.marks & mark) != 0 && (p->old->marks & mark) == 0;
}

static bool is_answer(const struct similar_pair *p)
{
	return p->query->print.is_reply && !p->query->print.is_forward && p->match.likeness < NEARLY_SAME;
}

/* A difference that makes two matters out of like words when no number says that they are one. */
static bool differs_in_facts(const struct similar_match *m)
{
	return m->other_amount || m->other_date || m->other_thing || m->other_place || m->other_batch || m->other_account || m->other_weekday;
}

static bool adds_facts(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	const bool is_whole_forwarded = p->query->print.is_forward && m->back_cover >= COVERED;        /* with a line of its sender's above it */

	return ((m->new_fact || says(p, MARK_STEP) || says(p, MARK_CORRECTS)) && m->likeness < NEARLY_SAME) || m->other_count || m->other_time || says(p, MARK_ADDS)
	       || similar_novel(p->query, p->old) >= (is_whole_forwarded ? 3 * NOVEL : NOVEL);
}

/* Each tells of its own day, and days lie between: the second is another event, unless it speaks as of something going on. */
static bool tells_of_another_day(const struct similar_pair *p)
{
	const unsigned goes_on = MARK_STEP | MARK_ADDS | MARK_CHASE | MARK_SOLVED | MARK_REFERS | MARK_WAITS;

	return (p->query->print.marks & p->old->marks & MARK_TODAY) != 0 && p->age_s >= OTHER_DAY_S && (p->query->print.marks & goes_on) == 0 && p->match.likeness < NEARLY_SAME;
}

/* ---- the same person ------------------------------------------------------------------------------------------------------------------------ */

static struct similar_finding judge_same_words(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;

	if (q->exact == 0 || q->exact != p->old->exact || p->match.other_number) return nothing;
	if (p->age_s <= p->conf->moment_s) return found(VERDICT_DUPLICATE, 90, "same-words-at-once");
	if (p->age_s <= p->conf->duplicate_s && (p->match.same_number || q->length >= SHORT_LENGTH)) return found(VERDICT_DUPLICATE, 90, "same-words");
	return nothing;
}

/* In another language words cannot be compared: the number, and every amount, day and count, must be the same. */
static bool is_translation(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	return m->other_language && m->agreeing + m->agreeing_counts >= 2 && !m->new_fact && !m->other_amount && !m->other_date && p->age_s <= p->conf->duplicate_s
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
	if (p->age_s <= p->conf->duplicate_s && is_retyped(p)) return found(VERDICT_DUPLICATE, 80, "same-number-badly-typed");
	if (m->likeness < LIKE_WITH_NUMBER || m->own_likeness < OWN_LIKE_WITH_NUMBER || asks || is_answer(p) || p->age_s > p->conf->duplicate_s || m->other_amount || m->other_date || adds_facts(p))
		return found(VERDICT_FOLLOWUP, 70, "same-number");
	return found(VERDICT_DUPLICATE, 80, "same-number-same-words");
}

static bool has_enough_words(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (m->shared_own >= SHORT_TEXT) return true;
	return p->query->print.length >= SHORT_LENGTH && (m->likeness >= NEARLY_SAME || (m->likeness >= 0.45 && m->shared_own >= SHORT_TEXT / 2));
}

/* The message begins nothing of its own: no number, thing, place or subject that the ticket has not, no purchase, no question anybody may ask. */
static bool begins_nothing(const struct similar_pair *p, bool may_have_subject)
{
	const struct similar_print *q = &p->query->print;
	const struct similar_match *m = &p->match;
	const bool is_like_with_other_facts = differs_in_facts(m) && m->likeness >= LIKE_WITHOUT;       /* the same words for another day */
	const bool has_other_subject = !may_have_subject && q->has_subject_words && q->subject != p->old->subject && !m->known_subject;

	const bool follows_praise = (p->old->marks & MARK_PRAISE) != 0 && m->shared_own < ONE;        /* which waits for nothing */
	const bool asks_anew = (q->marks & MARK_ASKS) != 0 && (q->marks & (MARK_STEP | MARK_REFERS)) == 0;

	return !m->new_number && !m->other_thing && !p->is_of_other_thing && !m->other_place && !has_other_subject && !is_like_with_other_facts && !asks_anew && !follows_praise && (q->marks & MARK_BEGINS) == 0;
}

/* "The number was mistyped": a few words soon after, which tell of nothing else, are no other matter for their other number or sum. */
static struct similar_finding judge_correction(const struct similar_pair *p)
{
	const bool is_short = (p->query->print.own < LINE_OWN && (p->match.new_fact || p->match.other_phone)) || p->match.own_cover >= PART_KNOWN;

	if (!says(p, MARK_CORRECTS) || !is_short || p->silent_s > LINE_S || p->match.other_thing || p->match.other_place) return nothing;
	return found(VERDICT_FOLLOWUP, 57, "corrects-it");
}

/* Not the whole told again, but its words. */
static struct similar_finding judge_part(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool begins_anew = (p->query->print.marks & (MARK_ASKS | MARK_BEGINS)) != 0;
	const bool points_back = says(p, MARK_CHASE) || says(p, MARK_ADDS) || says(p, MARK_REFERS);

	if (m->shared_own < ONE || tells_of_another_day(p)) return nothing;
	if (points_back && fmax(m->own_cover, m->own_likeness) >= 0.35) return found(VERDICT_FOLLOWUP, 55, "asks-after-it");
	if (has_enough_words(p) && m->back_cover >= COVERED) return found(VERDICT_FOLLOWUP, 55, "part-of-it");
	if (m->shared_own >= 2 * ONE && m->own_cover >= PART_KNOWN) return found(VERDICT_FOLLOWUP, 54, "known-words");
	if (m->shared_own >= ONE && m->own_cover >= ALL_KNOWN && p->silent_s <= STEP_S && !begins_anew) return found(VERDICT_FOLLOWUP, 43, "names-only-what-is-known");
	if (p->silent_s <= SOON_S && begins_nothing(p, says(p, MARK_STEP)) && m->shared_own >= 3 * ONE / 2 && m->own_cover >= PART_KNOWN / 2) return found(VERDICT_FOLLOWUP, 51, "known-words-soon-after");
	if (m->shared_own >= 2 * ONE && m->own_cover >= SOME_KNOWN && p->silent_s <= SOME_KNOWN_S && !m->other_time && begins_nothing(p, says(p, MARK_STEP)))
		return found(VERDICT_FOLLOWUP, 41, "some-known-words");
	return nothing;
}

static struct similar_finding judge_words(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool is_like = (m->cover >= COVERED && m->likeness >= LIKE_WITHOUT) || (m->own_likeness >= OWN_LIKE_WITHOUT && m->likeness >= LIKE_WITHOUT);

	if (m->same_number || m->other_number || differs_in_facts(m) || p->age_s > p->conf->duplicate_s) return nothing;
	if (m->own_likeness >= 0.3 && m->other_news && m->shared_own >= 2 * ONE) return found(VERDICT_FOLLOWUP, 60, "like-words-other-news");
	if (m->other_news && says(p, MARK_SOLVED) && m->shared_own >= ONE) return found(VERDICT_FOLLOWUP, 56, "tells-the-end-of-it");
	if (says(p, MARK_REFERS) && m->same_thing) return found(VERDICT_FOLLOWUP, 56, "points-back-at-the-thing");
	if (!is_like || !has_enough_words(p)) return judge_part(p);
	if (is_answer(p) || adds_facts(p)) return found(VERDICT_FOLLOWUP, 60, "like-words-new-facts");
	if (says(p, MARK_CHASE) && !(m->cover >= NEARLY_SAME && m->back_cover >= NEARLY_SAME)) return found(VERDICT_FOLLOWUP, 60, "like-words-asks-after");
	return found(VERDICT_DUPLICATE, 75, "like-words");
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
	if (says(p, MARK_STEP | MARK_REFERS) && (p->query->print.marks & (MARK_BEGINS | MARK_OTHER)) == 0 && !m->new_number) return found(VERDICT_FOLLOWUP, 46, "same-account-points-back");
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
	if (!begins_nothing(p, is_step)) return nothing;
	if (goes_on && q->own < (is_step ? 6 : 3) * SHORT_TEXT) return found(VERDICT_FOLLOWUP, 29, "next-step-of-latest");
	if (!q->is_form && q->own >= ONE && q->own < LINE_OWN && p->silent_s <= FEW_HOURS_S) return found(VERDICT_FOLLOWUP, 25, "names-nothing-else");
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
	return !q->is_reply && has_own_matter && ((q->marks & (MARK_BEGINS | MARK_ASKS | MARK_TURNS)) != 0 || is_for_another(p) || (m->other_thing && q->length >= 2 * SHORT_LENGTH));
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
	if (q->is_chat && p->old->is_chat && q->channel == p->old->channel && p->silent_s <= p->conf->chat_s && !(differs_in_facts(&p->match) && q->own >= 2 * SHORT_TEXT))
		return found(VERDICT_FOLLOWUP, 45, "conversation-goes-on");
	if (q->has_subject_words && q->subject == p->old->subject && !q->is_form && (q->marks & MARK_ASKS) == 0 && !tells_of_another_day(p) && !differs_in_facts(&p->match)
	    && p->silent_s <= subject_holds(p)) return found(VERDICT_FOLLOWUP, 42, "same-subject");
	if (q->is_chat && p->old->is_chat && q->channel == p->old->channel && q->own >= ONE && q->length < SHORT_LENGTH && p->silent_s <= LINE_S && !differs_in_facts(&p->match))
		return found(VERDICT_FOLLOWUP, 38, "short-line-to-latest");
	if (q->is_reply) return found(VERDICT_FOLLOWUP, 40, "reply-to-latest");
	if (p->match.same_thing && p->match.shared_own >= ONE && p->silent_s <= STEP_S && begins_nothing(p, false) && !differs_in_facts(&p->match) && !tells_of_another_day(p))
		return found(VERDICT_FOLLOWUP, 39, "same-thing");
	if (p->old->own < ONE && q->subject == p->old->subject && p->silent_s <= SOON_S && begins_nothing(p, false)) return found(VERDICT_FOLLOWUP, 37, "tells-what-it-was");
	if (((q->marks & (MARK_CHASE | MARK_ADDS)) != 0 || tells_how_it_ended(p)) && q->own < 2 * SHORT_TEXT && !differs_in_facts(&p->match) && p->silent_s <= p->conf->duplicate_s)
		return found(VERDICT_FOLLOWUP, 30, "asks-after-latest");
	return judge_latest(p);
}

/* ---- what the learned opinion says of it ------------------------------------------------------------------------------------------------------- */

#define DOUBTED_MATTER 0.3              /* below it a rule does not hold that asks less than the same number or the same words; */
#define SURE_MATTER 0.75                /* ... above it one matter is told without any rule */
#define SURE_REPEAT 0.8
#define DOUBTED_INCIDENT 0.4
#define SURE_INCIDENT 0.7
/* Thresholds chosen on streams held out, see docs/likeness.md. */

#define RANK_CERTAIN 80                 /* of rules that nothing is held against */
#define RANK_LEARNED_MATTER 23
#define RANK_LEARNED_INCIDENT 19

static struct similar_finding with(struct similar_finding f, double sure)
{
	f.sure = sure;
	return f;
}

/* Of what no rule has found: nothing that names another order, begins with a purchase, says that it is another matter, or comes too late may be taken for the same. */
static bool may_be_same_matter(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;
	const struct similar_match *m = &p->match;
	const bool has_other_subject = q->has_subject_words && p->old->has_subject_words && q->subject != p->old->subject && !m->known_subject && !q->is_reply;
	const bool is_like_with_other_facts = differs_in_facts(m) && m->likeness >= LIKE_WITHOUT;       /* the same words for another day */
	const bool is_about_another = (m->other_thing || p->is_of_other_thing || m->other_place) && m->shared_own < ONE / 2;

	return !m->other_number && !m->other_account && !has_other_subject && !is_like_with_other_facts && !is_about_another && (q->marks & MARK_BEGINS) == 0 && !turns_away(p) && p->silent_s <= p->conf->followup_s;
}

static bool may_be_repeat(const struct similar_pair *p)
{
	return !p->match.other_news && !differs_in_facts(&p->match) && !adds_facts(p) && !is_answer(p) && p->age_s <= p->conf->duplicate_s;
}

/* It may hold back what rules only infer, find what they have no words for, and say that nothing was added. */
static struct similar_finding weigh_matter(const struct similar_pair *p, struct similar_finding f)
{
	double sure;

	if (f.rank >= RANK_CERTAIN || (f.rank == 0 && !may_be_same_matter(p))) return f;
	sure = similar_opinion_ask(p->opinion, SIMILAR_ASKS_MATTER, p);
	if (sure < (f.rank > 0 ? DOUBTED_MATTER : SURE_MATTER)) return with(nothing, sure);
	if (f.rank == 0) f = found(VERDICT_FOLLOWUP, RANK_LEARNED_MATTER, "told-like-one-matter");
	if (f.verdict == VERDICT_FOLLOWUP && may_be_repeat(p) && similar_opinion_ask(p->opinion, SIMILAR_ASKS_REPEAT, p) >= SURE_REPEAT) f = found(VERDICT_DUPLICATE, f.rank, "told-like-a-repeat");
	return with(f, sure);
}

static struct similar_finding judge_same_person(const struct similar_pair *p)
{
	struct similar_finding f = judge_same_words(p);

	if (f.rank == 0) f = judge_number(p);
	if (f.rank == 0) f = judge_correction(p);
	if (f.rank == 0) f = judge_words(p);
	if (f.rank == 0) f = judge_batch(p);
	if (f.rank == 0) f = judge_account(p);
	if (f.rank == 0) f = judge_thread(p);
	return weigh_matter(p, f);
}

/* ---- somebody else, or one person by another name ---------------------------------------------------------------------------------------------- */

/* How like the words must be, by what else says that it is one matter of one person. */
static bool is_like_enough(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool has_person = m->same_person_number || p->names_old_handle || p->is_named_by_old;

	if (m->same_number) return m->likeness >= (m->agreeing > 0 ? LIKE_WITH_FACTS : m->named_number ? LIKE_OTHER_CHANNEL : LIKE_UNNAMED);
	if (m->same_account && m->agreeing > 0 && m->cover >= COVER_SHORTENED) return m->likeness >= LIKE_SHORTENED;
	return has_person && (m->likeness >= LIKE_OTHER_PERSON || (m->cover >= COVERED && m->likeness >= LIKE_OTHER_CHANNEL));
}

static struct similar_finding judge_other_channel(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (p->query->print.channel == p->old->channel || p->is_public_number || !is_like_enough(p)) return nothing;
	if (m->other_number || m->other_phone || m->other_news || differs_in_facts(m) || p->age_s > p->conf->duplicate_s) return nothing;
	if (similar_novel(p->query, p->old) >= 2 * NOVEL) return nothing;
	return found(VERDICT_DUPLICATE, 78, "same-number-other-channel");
}

/* Both tell of what befalls many; whoever has cancelled something himself does not. */
static bool tells_of_many(const struct similar_pair *p)
{
	const unsigned marks = p->query->print.marks, old = p->old->marks;

	return (marks & old & MARK_MANY) != 0 && ((marks | old) & MARK_CANCELS) == 0;
}

/* Something is in common that is more than like words: a day, a batch, a place, or what befalls many. */
static bool is_about_both(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	return m->agreeing_days > 0 || m->same_batch || m->site > 0 || tells_of_many(p);
}

/* With numbers, sums or days of their own they tell of one thing only when the day or batch is the same, when it was at one place today, or when it
 * is of a kind that befalls many: a depot loses one parcel after the other. */
static bool binds_both(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool is_there_today = m->site > 0 && (p->query->print.marks & p->old->marks & MARK_TODAY) != 0;

	const bool is_one_thing_today = m->same_thing && p->age_s <= INCIDENT_SOON_S && (p->query->print.marks & p->old->marks & MARK_TODAY) != 0;

	return m->agreeing_days > 0 || m->same_batch || is_there_today || is_one_thing_today || tells_of_many(p);
}

#define TRANSLATED_S 172800             /* told in two languages within so long; */
#define TRANSLATED (3 * ONE)            /* ... with so much in common that is the same in both */

/* Names, codes and days are the same in every language and say that it is one event; words of the lexicon say what happened. */
static bool is_told_in_another_language(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (!m->other_language || p->age_s > TRANSLATED_S || m->incident < TRANSLATED) return false;
	if (m->agreeing == 0 && m->codes < ONE / 2 && m->site < ONE && !m->same_time) return false;
	return (m->events > 0 && m->events + m->same_thing >= 2) || m->codes >= 3 * ONE / 2;
}

/* The product's name is all that they share, and the message has a number of its own. */
static bool shares_only_names(const struct similar_match *m)
{
	return m->new_number && m->what < m->incident / 3 && !m->same_batch && m->agreeing_days == 0 && m->site == 0;
}

static bool is_incident(const struct similar_pair *p, bool is_bound)
{
	const struct similar_match *m = &p->match;
	const bool is_soon = p->age_s <= INCIDENT_SOON_S, says_today = (p->query->print.marks & p->old->marks & MARK_TODAY) != 0;

	if (m->same_batch && !m->same_trip && m->other_language) return true;   /* whose words cannot be compared */
	if (m->other_language && is_told_in_another_language(p)) return true;
	if (shares_only_names(m)) return false;
	if (m->same_trip && m->shared_own < 3 * ONE / 2) return false;  /* a train has room for many troubles */
	if (p->query->print.length < SHORT_LENGTH && m->incident_likeness >= COPIED_LIKE && !is_about_both(p)) return false;   /* "cannot reset password" */
	if (p->age_s > LATE_S && !is_about_both(p) && m->incident_likeness < INCIDENT_LATE_LIKE) return false;
	if (m->site > 0 && m->what_cover < (is_soon || m->what >= INCIDENT_SHORT ? WHAT_COVER : WHAT_COVER_LITTLE)) return false;       /* the same place, and another matter */
	if (!is_bound && m->incident >= COPIED && m->likeness >= COPIED_LIKE && p->query->print.length >= SHORT_LENGTH) return true;
	if (m->what < ONE / 2) return false;
	if (is_bound && !binds_both(p)) return false;
	if (is_bound && m->same_thing && m->incident >= INCIDENT_SHORT && m->incident_cover >= COVERED) return true;
	if (is_bound && is_soon && (m->agreeing_days > 0 || says_today) && m->same_thing && m->incident >= INCIDENT_BOUND && m->incident_likeness >= INCIDENT_BOUND_SOON_LIKE && m->incident_cover >= INCIDENT_COVER) return true;
	if (is_bound) return m->incident >= INCIDENT_BOUND && m->incident_likeness >= INCIDENT_BOUND_LIKE;
	if (m->incident >= INCIDENT_SHORT && m->incident_likeness >= INCIDENT_SHORT_LIKE && m->incident_cover >= INCIDENT_COVER) return true;
	if (is_soon && m->incident >= INCIDENT_SHORT && m->incident_likeness >= INCIDENT_SOON_LIKE && m->incident_cover >= (m->site > 0 || says_today || (m->agreeing_days > 0 && !m->other_language) || m->codes >= 2 * ONE ? INCIDENT_SOON_COVER : INCIDENT_COVER)) return true;
	return m->incident >= INCIDENT && (m->incident_likeness >= INCIDENT_LIKE || (m->incident_cover >= INCIDENT_COVER && m->incident_likeness >= INCIDENT_LEAST));
}

/* Two customers who filled in one form about their own orders are no incident, unless a batch or a flight says so. */
static bool is_same_form(const struct similar_pair *p)
{
	return p->query->print.is_form && p->old->is_form && p->match.both_have_numbers && !p->match.same_batch;
}

/* An outage at one place, or a cancelled flight on one day, within hours: who tells of it tells of the same, whatever else he says. */
static bool befalls_both(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;

	if (!tells_of_many(p) || m->what < ONE / 2) return false;
	if (m->same_batch) return m->agreeing_days > 0;
	return m->site >= ONE && p->age_s <= INCIDENT_SOON_S && m->incident >= INCIDENT_SHORT && m->what_cover >= (m->same_time ? WHAT_COVER_SAME_TIME : WHAT_COVER_OUTAGE);
}

/* An order or account of his own, and amounts or days of his own: a case like the other, with nothing that happened to both. */
static bool is_case_by_case(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool has_own_number = (m->both_have_numbers && !m->same_number) || m->other_account;

	if (tells_of_many(p) && m->agreeing_days > 0 && !m->own_days) return false;
	if (has_own_number && (m->own_days || ((p->query->print.marks & p->old->marks) & MARK_CANCELS) != 0) && !m->same_batch) return true;
	if (has_own_number && m->other_amount && m->agreeing < 2 && !m->same_batch) return true;
	return (has_own_number && m->other_date && m->agreeing_days == 0 && !m->same_batch) || (m->other_amount && m->other_date);
}

/* The day and most of what is told in common: a train to the concert is no other thing. */
static bool happened_to_both(const struct similar_match *m)
{
	return (m->agreeing > 0 || m->site > 0) && !m->both_have_numbers && m->what >= INCIDENT && m->incident_cover >= INCIDENT_COVER;
}

#define YEAR_DAYS 372                   /* of months with 31 days: near enough for "days apart" */

static int day_of_year(uint32_t date)
{
	return (int)(date / 32 * 31 + date % 32);
}

static int days_between(int a, int b)
{
	const int d = abs(a - b);

	return d < YEAR_DAYS - d ? d : YEAR_DAYS - d;
}

static int day_told(int64_t at)
{
	const time_t when = (time_t)at;
	struct tm day;

	return gmtime_r(&when, &day) == NULL ? 0 : (day.tm_mon + 1) * 31 + day.tm_mday;
}

#define DAYS_APART 3                    /* zones, "yesterday", and the months above */

/* One names days, the other says "today": no day is near. */
static bool names_other_days(const struct similar_print *a, const struct similar_print *b)
{
	bool has_days = false;

	if ((b->marks & MARK_TODAY) == 0) return false;
	for (size_t i = 0; i < b->ident_count; i++)
		if (b->idents[i].kind == IDENT_DATE) return false;
	for (size_t i = 0; i < a->ident_count; i++) {
		if (a->idents[i].kind != IDENT_DATE) continue;
		if (days_between(day_of_year(a->idents[i].value), day_told(b->received_at)) < DAYS_APART) return false;
		has_days = true;
	}
	return has_days;
}

/* "This morning" said on two days, or on one of them with the name of another. */
static bool was_on_another_day(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;

	if (p->match.agreeing_days > 0) return false;
	if ((q->marks & p->old->marks & MARK_TODAY) != 0 && p->age_s >= OTHER_DAY_S) return true;
	return names_other_days(q, p->old) || names_other_days(p->old, q);
}

/* Names alone say nothing in a language whose words cannot be compared. */
static bool may_be_incident(const struct similar_match *m)
{
	return !m->other_language || m->events > 0 || m->agreeing > 0 || m->same_time || m->same_batch;
}

static struct similar_finding weigh_incident(const struct similar_pair *p, bool is_told, bool is_bound)
{
	double sure;

	if (!is_told && !may_be_incident(&p->match)) return nothing;
	sure = similar_opinion_ask(p->opinion, SIMILAR_ASKS_INCIDENT, p);
	if (sure < (is_told ? DOUBTED_INCIDENT : SURE_INCIDENT)) return with(nothing, sure);
	if (!is_told) return with(found(VERDICT_RELATED, RANK_LEARNED_INCIDENT, "told-like-one-incident"), sure);
	return with(found(VERDICT_RELATED, 20, is_bound ? "like-words-other-person-own-numbers" : "like-words-other-person"), sure);
}

static struct similar_finding judge_related(const struct similar_pair *p)
{
	const struct similar_match *m = &p->match;
	const bool has_own_number = m->both_have_numbers && !m->same_number && m->agreeing == 0;  /* with a day in common it happened to both */
	const bool is_bound = (has_own_number || m->other_amount || m->other_date || m->other_weekday || m->other_account) && !m->same_batch;

	const bool is_elsewhere = (m->other_thing && !happened_to_both(m) && !befalls_both(p)) || m->other_place || (m->other_site && !m->other_language) || m->other_batch;
	const unsigned asks = p->query->print.marks & MARK_ASKS, old_asks = p->old->marks & MARK_ASKS;
	const bool only_asks = m->site == 0 && ((asks != old_asks && !tells_of_many(p)) || ((asks | old_asks) != 0 && m->agreeing == 0));
	const bool one_is_over = ((p->query->print.marks ^ p->old->marks) & (MARK_SOLVED | MARK_CONTENT | MARK_PRAISE)) != 0;        /* thanks for the money, praise of the crew, beside a complaint about it */

	if (p->age_s > p->conf->related_s || m->other_news || is_elsewhere || only_asks || one_is_over || is_same_form(p) || is_case_by_case(p) || was_on_another_day(p)) return nothing;
	return weigh_incident(p, befalls_both(p) || is_incident(p, is_bound), is_bound);
}

static bool is_redelivery(const struct similar_pair *p)
{
	const struct similar_print *q = &p->query->print;

	return q->delivery != 0 && q->delivery == p->old->delivery && q->sender == p->old->sender && p->age_s <= p->conf->redelivery_s
	       && (q->exact == p->old->exact || (p->match.likeness >= NEARLY_SAME && !p->match.other_number && !differs_in_facts(&p->match) && !p->match.other_news));
}

struct similar_finding similar_judge(const struct similar_pair *p)
{
	struct similar_finding f = nothing;

	if (is_redelivery(p)) return found(VERDICT_DUPLICATE, 100, "redelivery");
	if (p->is_same_person) return judge_same_person(p);
	f = judge_other_channel(p);
	return f.rank != 0 ? f : judge_related(p);
}

void similar_pair_times(struct similar_pair *p)
{
	p->age_s = apart(p->query->print.received_at, p->old->received_at);
	p->silent_s = apart(p->query->print.received_at, p->ticket->last_at);
}
