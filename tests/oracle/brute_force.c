#include "tests/oracle/brute_force.h"

#include <string.h>

enum { SUBSETS_N = 1 << XD_BRUTE_STOPS_MAX };

/* ---- one route ---- */

static bool is_loadable(const struct xd_problem *problem, const struct xd_vehicle_type *type, const int32_t *stops, int32_t stops_n)
{
    for (int d = 0; d < XD_DIMS_N; d++) {
        /* On leg k: what is picked up before it, what is delivered from it on. */
        for (int32_t leg = 0; leg <= stops_n; leg++) {
            int64_t load = 0;
            for (int32_t i = 0; i < stops_n; i++)
                load += i < leg ? problem->stops[stops[i]].pickup[d] : problem->stops[stops[i]].delivery[d];
            if (load > type->capacity[d])
                return false;
        }
    }
    return true;
}

/* A vehicle that lives elsewhere comes from there and goes back there: legs like any other. */
static bool lives_away(const struct xd_vehicle_type *type)
{
    return type->base_location != type->start_location;
}

static int64_t released_s(const struct xd_problem *problem, const int32_t *stops, int32_t stops_n)
{
    int64_t release_s = 0;
    for (int32_t i = 0; i < stops_n; i++)
        if (problem->stops[stops[i]].release_s > release_s)
            release_s = problem->stops[stops[i]].release_s;
    return release_s;
}

/* The end of the route that starts from its base at start_s, or -1 when a window is missed. It waits at the depot for its goods. */
static int64_t end_of(const struct xd_problem *problem, const struct xd_vehicle_type *type, const int32_t *stops, int32_t stops_n, int64_t start_s)
{
    const struct xd_matrix *matrix = problem->matrices[type->matrix];
    int64_t clock_s = start_s;
    int32_t at = type->start_location;
    if (lives_away(type))
        clock_s += xd_matrix_time_s(matrix, type->base_location, at);
    if (clock_s < released_s(problem, stops, stops_n))
        clock_s = released_s(problem, stops, stops_n);
    for (int32_t i = 0; i < stops_n; i++) {
        const struct xd_stop *stop = &problem->stops[stops[i]];
        clock_s += xd_matrix_time_s(matrix, at, stop->location);
        if (clock_s > stop->latest_s)
            return -1;
        if (clock_s < stop->earliest_s)
            clock_s = stop->earliest_s;
        clock_s += stop->service_s;
        at = stop->location;
    }
    clock_s += xd_matrix_time_s(matrix, at, type->end_location);
    return lives_away(type) ? clock_s + xd_matrix_time_s(matrix, type->end_location, type->base_location) : clock_s;
}

static void try_start(const struct xd_problem *problem, const struct xd_vehicle_type *type, const int32_t *stops, int32_t stops_n, int64_t start_s,
                      int64_t *best_s)
{
    const int64_t end_s = start_s < type->earliest_s ? -1 : end_of(problem, type, stops, stops_n, start_s);
    if (end_s >= 0 && end_s <= type->latest_s && (*best_s < 0 || end_s - start_s < *best_s))
        *best_s = end_s - start_s;
}

/* The shortest duration that keeps windows and shift, or -1. It is reached at the earliest start, where the vehicle comes to its depot just when the goods
 * are there, or where an arrival meets an opening or closing time. */
static int64_t shortest_duration_s(const struct xd_problem *problem, const struct xd_vehicle_type *type, const int32_t *stops, int32_t stops_n)
{
    const struct xd_matrix *matrix = problem->matrices[type->matrix];
    int64_t best_s = -1, before_s = lives_away(type) ? xd_matrix_time_s(matrix, type->base_location, type->start_location) : 0;
    int32_t at = type->start_location;
    try_start(problem, type, stops, stops_n, type->earliest_s, &best_s);
    try_start(problem, type, stops, stops_n, released_s(problem, stops, stops_n) - before_s, &best_s);
    for (int32_t i = 0; i < stops_n; i++) {
        const struct xd_stop *stop = &problem->stops[stops[i]];
        before_s += xd_matrix_time_s(matrix, at, stop->location);
        try_start(problem, type, stops, stops_n, stop->earliest_s - before_s, &best_s);
        try_start(problem, type, stops, stops_n, stop->latest_s - before_s, &best_s);
        before_s += stop->service_s;
        at = stop->location;
    }
    return best_s;
}

bool xd_brute_route_cost(const struct xd_problem *problem, int32_t type, const int32_t *stops, int32_t stops_n, int64_t *cost)
{
    const struct xd_vehicle_type *t = &problem->types[type];
    const struct xd_matrix *matrix = problem->matrices[t->matrix];
    int64_t length_m = 0;
    if (lives_away(t)) {
        if (!xd_matrix_reachable(matrix, t->base_location, t->start_location) || !xd_matrix_reachable(matrix, t->end_location, t->base_location))
            return false;
        length_m =
            (int64_t)xd_matrix_length_m(matrix, t->base_location, t->start_location) + xd_matrix_length_m(matrix, t->end_location, t->base_location);
    }
    for (int32_t i = 0; i <= stops_n; i++) {
        const int32_t from = i == 0 ? t->start_location : problem->stops[stops[i - 1]].location;
        const int32_t to = i == stops_n ? t->end_location : problem->stops[stops[i]].location;
        if (!xd_matrix_reachable(matrix, from, to))
            return false;
        if (i < stops_n && (problem->stops[stops[i]].needs & ~t->features))
            return false;
        length_m += xd_matrix_length_m(matrix, from, to);
    }
    if (length_m > t->length_max_m || !is_loadable(problem, t, stops, stops_n))
        return false;
    const int64_t duration_s = shortest_duration_s(problem, t, stops, stops_n);
    if (duration_s < 0 || duration_s > t->duration_max_s)
        return false;
    *cost = t->fixed_cost + length_m * t->cost_per_m + duration_s * t->cost_per_s;
    return true;
}

/* ---- all routes, then all ways to put them together ---- */

struct best_route {
    int64_t cost; /* -1 = none */
    int32_t stops[XD_BRUTE_STOPS_MAX];
};

struct permuting {
    const struct xd_problem *problem;
    int32_t type;
    struct best_route *best; /* by subset of stops */
    int32_t stops[XD_BRUTE_STOPS_MAX];
};

/* Every order of every subset, each once: a prefix is a route of its own. */
static void permute(struct permuting *p, int32_t length, uint32_t used)
{
    for (int32_t s = 0; s < p->problem->stops_n; s++) {
        const uint32_t with = used | 1u << s;
        if (with == used)
            continue;
        p->stops[length] = s;
        int64_t cost;
        struct best_route *best = &p->best[with];
        if (xd_brute_route_cost(p->problem, p->type, p->stops, length + 1, &cost) && (best->cost < 0 || cost < best->cost)) {
            best->cost = cost;
            memcpy(best->stops, p->stops, sizeof best->stops);
        }
        permute(p, length + 1, with);
    }
}

struct state {
    int64_t cost; /* -1 = not reachable */
    int32_t routes_n;
    int32_t types[XD_BRUTE_STOPS_MAX];
    uint32_t subsets[XD_BRUTE_STOPS_MAX];
};

/* One more vehicle of the type, at most once: states[set] = cheapest way to serve exactly `set`. Routes only grow sets, so sets are taken downwards. */
static bool add_vehicle(const struct best_route *routes, int32_t type, uint32_t all, struct state *states)
{
    bool improved = false;
    for (uint32_t set = all; set > 0; set--) {
        for (uint32_t part = set; part > 0; part = (part - 1) & set) {
            const struct state *rest = &states[set & ~part];
            if (routes[part].cost < 0 || rest->cost < 0 || rest->routes_n >= XD_BRUTE_STOPS_MAX)
                continue;
            if (states[set].cost >= 0 && states[set].cost <= rest->cost + routes[part].cost)
                continue;
            struct state next = *rest;
            next.types[next.routes_n] = type;
            next.subsets[next.routes_n++] = part;
            next.cost += routes[part].cost;
            states[set] = next;
            improved = true;
        }
    }
    return improved;
}

static int64_t price_of_leaving(const struct xd_problem *problem, uint32_t left)
{
    int64_t price = 0;
    for (int32_t s = 0; s < problem->stops_n; s++) {
        if (!(left >> s & 1u))
            continue;
        if (problem->stops[s].unserved_cost == XD_REQUIRED)
            return -1;
        price += problem->stops[s].unserved_cost;
    }
    return price;
}

bool xd_brute_force(const struct xd_problem *problem, struct xd_brute_result *result)
{
    static struct best_route routes[XD_PROBLEM_VEHICLE_TYPES_MAX][SUBSETS_N]; /* too large for the stack; tests run in one thread */
    static struct state states[SUBSETS_N];
    *result = (struct xd_brute_result){0};
    if (problem->stops_n > XD_BRUTE_STOPS_MAX)
        return false;
    const uint32_t all = (1u << problem->stops_n) - 1;
    for (uint32_t set = 0; set <= all; set++)
        states[set] = (struct state){.cost = set == 0 ? 0 : -1};
    for (int32_t t = 0; t < problem->types_n; t++) {
        struct permuting p = {.problem = problem, .type = t, .best = routes[t]};
        for (uint32_t set = 0; set <= all; set++)
            routes[t][set].cost = -1;
        permute(&p, 0, 0);
        for (int32_t v = 0; v < problem->types[t].count && add_vehicle(routes[t], t, all, states); v++)
            ;
    }
    const struct state *best = NULL;
    for (uint32_t set = 0; set <= all; set++) {
        const int64_t price = price_of_leaving(problem, all & ~set);
        if (states[set].cost < 0 || price < 0 || (best && states[set].cost + price >= result->cost))
            continue;
        best = &states[set];
        result->cost = best->cost + price;
    }
    if (!best)
        return true;
    result->feasible = true;
    result->routes_n = best->routes_n;
    for (int32_t r = 0; r < best->routes_n; r++) {
        const int32_t stops_n = __builtin_popcount(best->subsets[r]);
        result->types[r] = best->types[r];
        memcpy(&result->stops[result->first[r]], routes[best->types[r]][best->subsets[r]].stops, (size_t)stops_n * sizeof result->stops[0]);
        result->first[r + 1] = result->first[r] + stops_n;
    }
    return true;
}

struct xd_routes xd_brute_routes(const struct xd_brute_result *result)
{
    return (struct xd_routes){.routes_n = result->routes_n, .types = result->types, .first = result->first, .stops = result->stops};
}
