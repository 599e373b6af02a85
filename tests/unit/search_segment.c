#include "tests/unit/search_suites.h"

#include "base/rng.h"
#include "solver/segment/duration_segment.h"
#include "solver/segment/load_segment.h"

enum { LENGTH_MAX = 8, ROUNDS = 3000 };

struct visit {
    int64_t earliest_s, latest_s, service_s, release_s, travel_s, delivery, pickup; /* travel: from the visit before */
};

static struct visit visit_draw(struct xd_rng *rng)
{
    struct visit visit = {.earliest_s = xd_rng_between(rng, 0, 60)};
    visit.latest_s = visit.earliest_s + xd_rng_between(rng, 0, 40);
    visit.service_s = xd_rng_between(rng, 0, 9);
    visit.release_s = xd_rng_below(rng, 4) == 0 ? xd_rng_between(rng, 0, 40) : 0;
    visit.travel_s = xd_rng_between(rng, 0, 15);
    visit.delivery = xd_rng_between(rng, 0, 9);
    visit.pickup = xd_rng_between(rng, 0, 9);
    return visit;
}

/* Drives the visits from a given start: waits when early, is set back when late. */
static void drive(const struct visit *visits, int n, int64_t start_s, int64_t *duration_s, int64_t *warp_s)
{
    int64_t clock_s = start_s;
    *duration_s = *warp_s = 0;
    for (int i = 0; i < n; i++) {
        int64_t travel_s = i > 0 ? visits[i].travel_s : 0;
        clock_s += travel_s;
        *duration_s += travel_s;
        if (clock_s < visits[i].earliest_s) {
            *duration_s += visits[i].earliest_s - clock_s;
            clock_s = visits[i].earliest_s;
        }
        if (clock_s > visits[i].latest_s) {
            *warp_s += clock_s - visits[i].latest_s;
            clock_s = visits[i].latest_s;
        }
        clock_s += visits[i].service_s;
        *duration_s += visits[i].service_s;
    }
}

static struct xd_duration_segment join_between(const struct visit *visits, int from, int to, struct xd_rng *rng)
{
    if (to - from == 1)
        return xd_duration_segment_stop(visits[from].earliest_s, visits[from].latest_s, visits[from].service_s, visits[from].release_s);
    int middle = from + 1 + (int)xd_rng_below(rng, (uint32_t)(to - from - 1)); /* any bracketing gives the same piece */
    struct xd_duration_segment first = join_between(visits, from, middle, rng), second = join_between(visits, middle, to, rng);
    return xd_duration_segment_join(&first, visits[middle].travel_s, &second);
}

static void duration_segment_equals_driving_from_the_best_start(void)
{
    struct xd_rng rng = xd_rng_at(1, XD_RNG_TEST, 0, 0);
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct visit visits[LENGTH_MAX];
        int n = 1 + (int)xd_rng_below(&rng, LENGTH_MAX);
        for (int i = 0; i < n; i++)
            visits[i] = visit_draw(&rng);
        struct xd_duration_segment segment = join_between(visits, 0, n, &rng);
        int64_t least_warp_s = INT64_MAX, least_duration_s = INT64_MAX, release_s = 0;
        for (int i = 0; i < n; i++)
            release_s = visits[i].release_s > release_s ? visits[i].release_s : release_s;
        for (int64_t start_s = -150; start_s <= 150; start_s++) { /* least lateness, then least duration, over all starts */
            int64_t duration_s, warp_s;
            drive(visits, n, start_s, &duration_s, &warp_s);
            if (warp_s < least_warp_s || (warp_s == least_warp_s && duration_s < least_duration_s)) {
                least_warp_s = warp_s;
                least_duration_s = duration_s;
            }
            bool inside = start_s >= segment.earliest_s && start_s <= segment.latest_s;
            wrong += inside && (duration_s != segment.duration_s || warp_s != segment.time_warp_s);
        }
        wrong += least_warp_s != segment.time_warp_s || least_duration_s != segment.duration_s || release_s != segment.release_s;
        wrong += segment.earliest_s > segment.latest_s;
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static void lateness_counts_a_start_held_by_the_release(void)
{
    /* One stop open 10..20, goods free at 35: 15 s late. */
    struct xd_duration_segment stop = xd_duration_segment_stop(10, 20, 5, 35);
    CU_ASSERT_EQUAL(xd_duration_segment_lateness(&stop), 15);
    stop.release_s = 20;
    CU_ASSERT_EQUAL(xd_duration_segment_lateness(&stop), 0);
}

static struct xd_load_segment load_between(const struct visit *visits, int from, int to, struct xd_rng *rng)
{
    if (to - from == 1)
        return xd_load_segment_stop(visits[from].delivery, visits[from].pickup);
    int middle = from + 1 + (int)xd_rng_below(rng, (uint32_t)(to - from - 1));
    struct xd_load_segment first = load_between(visits, from, middle, rng), second = load_between(visits, middle, to, rng);
    return xd_load_segment_join(&first, &second);
}

static void load_segment_equals_the_load_along_the_way(void)
{
    struct xd_rng rng = xd_rng_at(2, XD_RNG_TEST, 0, 0);
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct visit visits[LENGTH_MAX];
        int n = 1 + (int)xd_rng_below(&rng, LENGTH_MAX);
        int64_t load = 0, delivery = 0, pickup = 0;
        for (int i = 0; i < n; i++) {
            visits[i] = visit_draw(&rng);
            delivery += visits[i].delivery;
            pickup += visits[i].pickup;
        }
        load = delivery;
        int64_t most = load;
        for (int i = 0; i < n; i++) {
            load += visits[i].pickup - visits[i].delivery;
            most = load > most ? load : most;
        }
        struct xd_load_segment segment = load_between(visits, 0, n, &rng);
        wrong += segment.delivery != delivery || segment.pickup != pickup || segment.maximum != most;
    }
    CU_ASSERT_EQUAL(wrong, 0);
}

static const struct xd_test_case CASES[] = {
    {"duration_segment_equals_driving_from_the_best_start", duration_segment_equals_driving_from_the_best_start},
    {"lateness_counts_a_start_held_by_the_release", lateness_counts_a_start_held_by_the_release},
    {"load_segment_equals_the_load_along_the_way", load_segment_equals_the_load_along_the_way},
};
const struct xd_test_suite search_segment_suite = {"search_segment", CASES, sizeof CASES / sizeof CASES[0]};
