/* Small rich problems by chance, for the tests of the search: every constraint the problem form knows, asymmetric tables, missing roads. */
#ifndef XD_TESTS_SEARCH_RANDOM_H
#define XD_TESTS_SEARCH_RANDOM_H

#include "base/rng.h"
#include "solver/model/problem.h"

struct search_random {
    struct xd_problem *problem;
    struct xd_matrix *matrices[2];
};

/* richness 0: capacity only (one type, one table); 1: everything. */
struct search_random search_random_make(struct xd_rng *rng, int32_t stops_n, int richness);
void search_random_free(struct search_random *random);

#endif
