#include "solver/search/anneal.h"

#include "base/parallel.h"
#include "solver/construct/construct.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    ISLANDS_N = 2,
    ZONES_STOPS = 400, /* from here on the walks share one solution */
    ZONE_STOPS = 500,  /* a zone for every so many, at least two */
    EPOCH_A_STOP = 8,  /* iterations of a walk an epoch, for each of its stops, within these bounds: then comes the local search */
    EPOCH_LEAST = 1000,
    EPOCH_MOST = 10000,
    HOT_SHARE = 50, /* the first 1/50 of the horizon is not cooled: a run by time measures its speed in it */
    EXCHANGES = 20  /* a horizon */
};

static const int64_t FORBIDDING = INT64_C(1) << 31; /* weight of what is broken in a local search that shall break nothing */

/* Temperatures in mean legs. Measured on X and Gehring-Homberger instances. */
static const double HOT = 0.6, COLD = 0.03;

/* --- making ------------------------------------------------------------------------------------------------------------------------------- */

static bool flat_allocate(struct xd_flat *flat, struct xd_arena *arena, const struct xd_search_data *data)
{
    *flat = (struct xd_flat){.cost = INT64_MAX};
    flat->types = xd_arena_alloc_zero(arena, (size_t)data->routes_max, sizeof(int32_t));
    flat->first = xd_arena_alloc_zero(arena, (size_t)data->routes_max + 1, sizeof(int32_t));
    flat->stops = xd_arena_alloc(arena, (size_t)data->active_n, sizeof(int32_t));
    return flat->types && flat->first && flat->stops;
}

static void flat_copy(struct xd_flat *to, const struct xd_flat *from)
{
    to->cost = from->cost;
    to->routes_n = from->routes_n;
    memcpy(to->types, from->types, (size_t)from->routes_n * sizeof(int32_t));
    memcpy(to->first, from->first, ((size_t)from->routes_n + 1) * sizeof(int32_t));
    memcpy(to->stops, from->stops, (size_t)from->first[from->routes_n] * sizeof(int32_t));
}

static struct xd_routes flat_routes(const struct xd_flat *flat)
{
    return (struct xd_routes){.routes_n = flat->routes_n, .types = flat->types, .first = flat->first, .stops = flat->stops};
}

/* The first routes, in the numbers of the problem. */
static enum xd_status start_find(const struct xd_search_data *data, const struct xd_routes *warm_start, struct xd_flat *start, struct xd_error *error)
{
    struct xd_state *state = NULL;
    enum xd_status status = xd_state_create(data, &state, error);
    if (status == XD_OK && warm_start)
        xd_state_load(state, warm_start);
    else if (status == XD_OK)
        status = xd_construct_savings(state, 0, NULL, error);
    if (status == XD_OK)
        start->routes_n = xd_state_save(state, start->types, start->first, start->stops);
    xd_state_free(state);
    return status;
}

static bool anneal_allocate(struct xd_anneal *anneal, const struct xd_search_data *data)
{
    struct xd_arena *arena = &anneal->arena;
    bool good = flat_allocate(&anneal->best, arena, data) && flat_allocate(&anneal->incumbent, arena, data);
    for (int32_t w = 0; w < anneal->walks_n && good; w++)
        good = flat_allocate(&anneal->now[w], arena, data) && flat_allocate(&anneal->found[w], arena, data) &&
               flat_allocate(&anneal->part[w], arena, data);
    anneal->zone = xd_arena_alloc(arena, (size_t)data->routes_max, sizeof(int32_t));
    anneal->rank = xd_arena_alloc(arena, (size_t)data->routes_max, sizeof *anneal->rank);
    anneal->served = xd_arena_alloc(arena, (size_t)data->stops_n, sizeof(bool));
    anneal->unserved = xd_arena_alloc(arena, (size_t)data->active_n, sizeof(int32_t));
    return good && anneal->zone && anneal->rank && anneal->served && anneal->unserved;
}

/* Active stops that a solution leaves. */
static int32_t unserved_list(struct xd_anneal *anneal, const struct xd_flat *flat)
{
    const struct xd_search_data *data = anneal->kernel->data;
    int32_t n = 0;
    memset(anneal->served, 0, (size_t)data->stops_n * sizeof(bool));
    for (int32_t i = 0; i < flat->first[flat->routes_n]; i++)
        anneal->served[flat->stops[i]] = true;
    for (int32_t i = 0; i < data->active_n; i++) {
        if (!anneal->served[data->active[i]])
            anneal->unserved[n++] = data->active[i];
    }
    return n;
}

static void best_offer(struct xd_anneal *anneal, const struct xd_flat *flat)
{
    if (flat->cost < anneal->best.cost)
        flat_copy(&anneal->best, flat);
}

static void walk_start(struct xd_anneal *anneal, int32_t w, const struct xd_flat *from)
{
    const struct xd_kernel *kernel = anneal->kernel;
    const struct xd_routes routes = flat_routes(from);
    struct xd_walk *walk = anneal->walks[w];
    const int32_t unserved_n = unserved_list(anneal, from);
    walk->rng = xd_rng_at(anneal->seed, XD_RNG_CONSTRUCT, 0, (uint64_t)w);
    kernel->calls->load(walk, &routes, anneal->unserved, unserved_n, kernel->routes_max);
    kernel->calls->fill_up(walk);
    anneal->now[w].cost = walk->cost;
    anneal->now[w].routes_n = kernel->calls->save(walk, false, anneal->now[w].types, anneal->now[w].first, anneal->now[w].stops);
}

static int32_t walks_needed(const struct xd_search_data *data)
{
    if (data->active_n < ZONES_STOPS)
        return ISLANDS_N;
    const int32_t zones_n = data->active_n / ZONE_STOPS;
    return zones_n < 2 ? 2 : zones_n > XD_ANNEAL_WALKS ? XD_ANNEAL_WALKS : zones_n;
}

enum xd_status xd_anneal_create(const struct xd_search_data *data, uint64_t seed, const struct xd_routes *warm_start, struct xd_anneal **anneal,
                                struct xd_error *error)
{
    enum xd_status status = XD_OK;
    struct xd_anneal *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the search", sizeof *made);
    made->seed = seed;
    made->walks_n = walks_needed(data);
    made->zones = data->active_n >= ZONES_STOPS;
    const int32_t iterations = EPOCH_A_STOP * data->active_n / made->walks_n;
    made->epoch_iterations = iterations < EPOCH_LEAST ? EPOCH_LEAST : iterations > EPOCH_MOST ? EPOCH_MOST : iterations;
    if (!anneal_allocate(made, data)) {
        status = xd_fail_memory(error, "the search", (size_t)data->active_n * sizeof(int32_t));
        goto done;
    }
    status = start_find(data, warm_start, &made->part[0], error);
    if (status == XD_OK)
        status = xd_kernel_create(data, made->part[0].stops, made->part[0].first[made->part[0].routes_n], &made->kernel, error);
    for (int32_t w = 0; w < made->walks_n && status == XD_OK; w++)
        status = xd_walk_create(made->kernel, &made->walks[w], error);
    for (int32_t w = 0; w < made->walks_n && status == XD_OK; w++) {
        status = xd_local_create(made->kernel, &made->locals[w], error);
        if (status == XD_OK)
            made->locals[w]->weight_load = made->locals[w]->weight_warp = FORBIDDING;
    }
    if (status != XD_OK)
        goto done;
    for (int32_t w = 0; w < (made->zones ? 1 : made->walks_n); w++)
        walk_start(made, w, &made->part[0]);
    flat_copy(&made->incumbent, &made->now[0]);
    best_offer(made, &made->now[0]);
    *anneal = made;
    made = NULL;
done:
    xd_anneal_free(made);
    return status;
}

void xd_anneal_free(struct xd_anneal *anneal)
{
    if (!anneal)
        return;
    for (int32_t w = 0; w < anneal->walks_n; w++)
        xd_walk_free(anneal->walks[w]);
    for (int32_t w = 0; w < anneal->walks_n; w++)
        xd_local_free(anneal->locals[w]);
    xd_kernel_free(anneal->kernel);
    xd_arena_free(&anneal->arena);
    xd_free(anneal);
}

/* --- zones -------------------------------------------------------------------------------------------------------------------------------- */

static int rank_order(const void *a, const void *b)
{
    const struct xd_order *first = a, *second = b;
    if (first->key != second->key)
        return first->key < second->key ? -1 : 1;
    return first->node < second->node ? -1 : first->node > second->node;
}

/* Cuts a group of routes (rank[0..n), numbers in node) in two by how much nearer they lie to one of two stops than to the other; so on until each zone
 * has its group. */
static void zones_cut(struct xd_anneal *anneal, struct xd_rng *rng, struct xd_order *rank, int32_t n, int32_t zone, int32_t zones_n)
{
    const struct xd_flat *flat = &anneal->incumbent;
    const struct xd_search_data *data = anneal->kernel->data;
    const struct xd_matrix *matrix = xd_search_matrix(data, 0);
    if (zones_n == 1 || n == 0) {
        for (int32_t i = 0; i < n; i++)
            anneal->zone[rank[i].node] = zone;
        return;
    }
    int32_t poles[2];
    int64_t stops_n = 0, half = 0;
    for (int k = 0; k < 2; k++) {
        const int32_t route = rank[xd_rng_below(rng, (uint32_t)n)].node;
        poles[k] =
            data->location[flat->stops[flat->first[route] + (int32_t)xd_rng_below(rng, (uint32_t)(flat->first[route + 1] - flat->first[route]))]];
    }
    for (int32_t i = 0; i < n; i++) {
        const int32_t route = rank[i].node;
        int64_t sum = 0;
        for (int32_t at = flat->first[route]; at < flat->first[route + 1]; at++) {
            const int32_t here = data->location[flat->stops[at]];
            sum += xd_matrix_length_m(matrix, here, poles[0]) - xd_matrix_length_m(matrix, here, poles[1]);
        }
        rank[i].key = sum / (flat->first[route + 1] - flat->first[route]);
        stops_n += flat->first[route + 1] - flat->first[route];
    }
    qsort(rank, (size_t)n, sizeof *rank, rank_order);
    int32_t cut = 0;
    const int32_t left_n = zones_n / 2;
    while (cut < n && half * zones_n < stops_n * left_n) {
        half += flat->first[rank[cut].node + 1] - flat->first[rank[cut].node];
        cut++;
    }
    zones_cut(anneal, rng, rank, cut, zone, left_n);
    zones_cut(anneal, rng, rank + cut, n - cut, zone + left_n, zones_n - left_n);
}

static void zones_fill(struct xd_anneal *anneal)
{
    const struct xd_flat *flat = &anneal->incumbent;
    struct xd_rng rng = xd_rng_at(anneal->seed, XD_RNG_RUIN, (uint64_t)anneal->epoch, 0);
    for (int32_t r = 0; r < flat->routes_n; r++)
        anneal->rank[r].node = r;
    zones_cut(anneal, &rng, anneal->rank, flat->routes_n, 0, anneal->walks_n);
    for (int32_t w = 0; w < anneal->walks_n; w++)
        anneal->part[w].routes_n = anneal->part[w].first[0] = 0;
    for (int32_t r = 0; r < flat->routes_n; r++) {
        struct xd_flat *part = &anneal->part[anneal->zone[r]];
        const int32_t begin = part->first[part->routes_n], n = flat->first[r + 1] - flat->first[r];
        memcpy(part->stops + begin, flat->stops + flat->first[r], (size_t)n * sizeof(int32_t));
        part->types[part->routes_n++] = flat->types[r];
        part->first[part->routes_n] = begin + n;
    }
}

/* --- epochs ------------------------------------------------------------------------------------------------------------------------------- */

struct epoch {
    struct xd_anneal *anneal;
    double temperature, cooling;
    int64_t best_cost; /* before it */
    int32_t unserved_n;
};

static void flat_save(const struct xd_anneal *anneal, int32_t w, bool best, struct xd_flat *flat)
{
    const struct xd_walk *walk = anneal->walks[w];
    flat->cost = best ? walk->best_cost : walk->cost;
    flat->routes_n = anneal->kernel->calls->save(walk, best, flat->types, flat->first, flat->stops);
}

/* To a local optimum within the limits. */
static void flat_polish(struct xd_anneal *anneal, int32_t w, struct xd_flat *flat)
{
    const struct xd_kernel_calls *calls = anneal->kernel->calls;
    struct xd_local *local = anneal->locals[w];
    const struct xd_routes routes = flat_routes(flat);
    calls->local_load(local, &routes);
    calls->local_queue_all(local);
    const int64_t before = local->cost;
    calls->local_run(local, true);
    if (local->cost >= before || local->penalty != 0)
        return;
    flat->cost += local->cost - before;
    flat->routes_n = calls->local_save(local, flat->types, flat->first, flat->stops);
}

static enum xd_status epoch_item(void *context, int32_t item, int32_t worker, struct xd_error *error)
{
    const struct epoch *epoch = context;
    struct xd_anneal *anneal = epoch->anneal;
    const struct xd_kernel *kernel = anneal->kernel;
    struct xd_walk *walk = anneal->walks[item];
    (void)worker;
    (void)error;
    if (anneal->zones) {
        const struct xd_routes routes = flat_routes(&anneal->part[item]);
        const int32_t spare_n = kernel->routes_max - anneal->incumbent.routes_n;
        const int32_t share_n = spare_n / anneal->walks_n + (item < spare_n % anneal->walks_n ? 1 : 0);
        kernel->calls->load(walk, &routes, anneal->unserved, item == anneal->epoch % anneal->walks_n ? epoch->unserved_n : 0,
                            routes.routes_n + share_n);
    }
    walk->rng = xd_rng_at(anneal->seed, XD_RNG_SEARCH, (uint64_t)anneal->epoch, (uint64_t)item);
    kernel->calls->run(walk, anneal->epoch_iterations, epoch->temperature, epoch->cooling);
    flat_save(anneal, item, false, &anneal->now[item]);
    flat_save(anneal, item, true, &anneal->found[item]);
    if (!anneal->zones) { /* its walk goes on from its own place: only a best is worth while */
        if (anneal->found[item].cost < epoch->best_cost)
            flat_polish(anneal, item, &anneal->found[item]);
        return XD_OK;
    }
    flat_polish(anneal, item, &anneal->now[item]);
    if (anneal->now[item].cost < anneal->found[item].cost)
        flat_copy(&anneal->found[item], &anneal->now[item]);
    return XD_OK;
}

/* The parts one after another. */
static void flat_merge(const struct xd_flat *parts, int32_t parts_n, struct xd_flat *whole)
{
    whole->cost = 0;
    whole->routes_n = whole->first[0] = 0;
    for (int32_t p = 0; p < parts_n; p++) {
        const int32_t begin = whole->first[whole->routes_n];
        whole->cost += parts[p].cost;
        memcpy(whole->stops + begin, parts[p].stops, (size_t)parts[p].first[parts[p].routes_n] * sizeof(int32_t));
        for (int32_t r = 0; r < parts[p].routes_n; r++) {
            whole->types[whole->routes_n++] = parts[p].types[r];
            whole->first[whole->routes_n] = begin + parts[p].first[r + 1];
        }
    }
}

/* The island that is worst off goes on from the best one's place. */
static void islands_exchange(struct xd_anneal *anneal)
{
    int32_t low = 0, high = 0;
    for (int32_t w = 1; w < anneal->walks_n; w++) {
        low = anneal->now[w].cost < anneal->now[low].cost ? w : low;
        high = anneal->now[w].cost > anneal->now[high].cost ? w : high;
    }
    if (anneal->now[low].cost < anneal->now[high].cost)
        walk_start(anneal, high, &anneal->now[low]);
}

/* Share of the cooling that lies behind, from iterations done; past the horizon it begins again in the middle. */
static double cooled(const struct xd_anneal *anneal)
{
    const int64_t hot = anneal->horizon / HOT_SHARE;
    if (anneal->horizon == 0 || anneal->done <= hot)
        return 0;
    const double share = (double)(anneal->done - hot) / (double)(anneal->horizon - hot);
    return share < 1 ? share : 0.5 + fmod(share - 1, 0.5);
}

enum xd_status xd_anneal_epoch(struct xd_anneal *anneal, int32_t threads_n, struct xd_error *error)
{
    const double leg = (double)anneal->kernel->data->mean_leg_cost;
    const double share = cooled(anneal);
    struct epoch epoch = {anneal, leg * HOT * pow(COLD / HOT, share), 1, anneal->best.cost, 0};
    if (anneal->horizon > 0 && anneal->done > anneal->horizon / HOT_SHARE)
        epoch.cooling = pow(COLD / HOT, (double)anneal->walks_n / (double)(anneal->horizon - anneal->horizon / HOT_SHARE));
    if (anneal->zones) {
        zones_fill(anneal);
        epoch.unserved_n = unserved_list(anneal, &anneal->incumbent);
    }
    const enum xd_status status = xd_parallel_for(threads_n, anneal->walks_n, epoch_item, &epoch, error);
    if (status != XD_OK)
        return status;
    anneal->epoch++;
    const int64_t before = anneal->done;
    anneal->done += anneal->epoch_iterations * anneal->walks_n;
    if (anneal->zones) {
        flat_merge(anneal->found, anneal->walks_n, &anneal->incumbent);
        best_offer(anneal, &anneal->incumbent);
        flat_merge(anneal->now, anneal->walks_n, &anneal->incumbent);
        return XD_OK;
    }
    for (int32_t w = 0; w < anneal->walks_n; w++)
        best_offer(anneal, &anneal->found[w]);
    const bool hot = anneal->horizon == 0 || before <= anneal->horizon / HOT_SHARE; /* the horizon may not have been known then: no exchanges */
    if (!hot && before * EXCHANGES / anneal->horizon != anneal->done * EXCHANGES / anneal->horizon)
        islands_exchange(anneal);
    return XD_OK;
}

void xd_anneal_calibrate(struct xd_anneal *anneal, double spent_s, double left_s)
{
    if (anneal->horizon > 0 || anneal->done == 0 || spent_s <= 0)
        return;
    const double whole = (double)anneal->done + 0.97 * left_s * (double)anneal->done / spent_s;
    const int64_t before = anneal->done - anneal->epoch_iterations * anneal->walks_n;
    if ((double)anneal->done * HOT_SHARE < whole)
        return;
    anneal->horizon = (int64_t)whole;
    if (anneal->horizon <= before * HOT_SHARE) /* all epochs so far were hot ones, and are in a replay */
        anneal->horizon = before * HOT_SHARE + 1;
}

int64_t xd_anneal_horizon_hot(const struct xd_anneal *anneal)
{
    return HOT_SHARE * (anneal->done + 1);
}
