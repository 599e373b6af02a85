/* Small problems of every kind from a seed: for tests against the oracle. */
#ifndef XD_TESTS_ORACLE_RANDOM_PROBLEM_H
#define XD_TESTS_ORACLE_RANDOM_PROBLEM_H

#include "solver/model/problem.h"

/* Owns problem and matrices. */
struct xd_random_problem {
    struct xd_problem *problem; /* NULL = out of memory */
    struct xd_matrix *matrices[2];
};

/* Two matrices with asymmetric times (the second without some roads), 1 to 3 vehicle types with different depots, half of them based anywhere, loads both ways in two dimensions,
 * windows on half of the stops, releases, features, ranges; about a third of the stops may be left at a price, if required_only is not set. */
struct xd_random_problem xd_random_problem_make(uint64_t seed, int32_t stops_n, bool required_only);
void xd_random_problem_free(struct xd_random_problem *made);

#endif
