/* similar_figures.h - one pair of messages as a row of numbers: what the learned opinion looks at. */
#ifndef PIPELINE_SIMILAR_FIGURES_H
#define PIPELINE_SIMILAR_FIGURES_H

#include "pipeline/similar_judge.h"

#define SIMILAR_FIGURES_MAX 160

/* similar_figures() - weights count FEATURE_ONE as 1, times are seconds, what is or is not is 1 or 0; returns how many. What concerns a matter of the
 * writer's own is 0 for a pair of two persons. */
size_t similar_figures(const struct similar_pair *pair, float figures_r[SIMILAR_FIGURES_MAX]);
/* similar_figure_name() - static; NULL behind the last one. */
const char *similar_figure_name(size_t which);

#endif
