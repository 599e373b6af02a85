#include "solver/construct/construct.h"

/* What one waiting stop knows of its places. */
struct prospect {
    struct xd_insertion best;
    int64_t second_delta;        /* of the best place in another route */
    int32_t route, second_route; /* XD_NONE: a route of its own, or none */
    bool known;
};

static void prospect_offer(struct prospect *prospect, const struct xd_insertion *place, int32_t route)
{
    if (place->delta < prospect->best.delta) {
        prospect->second_delta = prospect->best.delta;
        prospect->second_route = prospect->route;
        prospect->best = *place;
        prospect->route = route;
    } else if (place->delta < prospect->second_delta) {
        prospect->second_delta = place->delta;
        prospect->second_route = route;
    }
}

static void prospect_find(struct xd_ruin *ruin, const struct xd_state *state, int32_t stop, struct prospect *prospect)
{
    const struct xd_search_data *data = state->data;
    struct xd_insertion place;
    int64_t price = data->price[stop];
    *prospect = (struct prospect){.best = {price, XD_NONE, XD_NONE}, .second_delta = price, .route = XD_NONE, .second_route = XD_NONE, .known = true};
    for (int32_t i = 0; i < state->used_n; i++) {
        if (xd_insertion_in_route(ruin, state, stop, state->used[i], prospect->second_delta, &place))
            prospect_offer(prospect, &place, state->used[i]);
    }
    if (xd_insertion_open(state, stop, prospect->second_delta, &place))
        prospect_offer(prospect, &place, XD_NONE);
}

/* The waiting stop with the greatest regret that has a place; XD_NONE when none has. */
static int32_t stop_choose(const struct xd_state *state, const struct prospect *prospects)
{
    int32_t chosen = XD_NONE;
    int64_t most = -1;
    for (int32_t i = 0; i < state->data->active_n; i++) {
        int32_t stop = state->data->active[i];
        const struct prospect *prospect = &prospects[stop];
        if (state->bank_at[stop] == XD_NONE || (prospect->best.after == XD_NONE && prospect->best.type == XD_NONE))
            continue;
        int64_t regret = prospect->second_delta - prospect->best.delta;
        if (regret > most) {
            most = regret;
            chosen = stop;
        }
    }
    return chosen;
}

enum xd_status xd_construct_regret(struct xd_ruin *ruin, struct xd_state *state, struct xd_error *error)
{
    const struct xd_search_data *data = state->data;
    struct prospect *prospects = xd_alloc_zero((size_t)data->stops_n, sizeof *prospects);
    if (!prospects)
        return xd_fail_memory(error, "the first routes", (size_t)data->stops_n * sizeof *prospects);
    for (int32_t i = 0; i < data->active_n; i++)
        prospect_find(ruin, state, data->active[i], &prospects[data->active[i]]);
    for (int32_t stop; (stop = stop_choose(state, prospects)) != XD_NONE;) {
        int32_t types_spare_before = state->free_n;
        xd_insertion_apply(state, stop, &prospects[stop].best);
        int32_t route = state->route[stop];
        for (int32_t i = 0; i < data->active_n; i++) {
            int32_t other = data->active[i];
            struct prospect *prospect = &prospects[other];
            struct xd_insertion place;
            if (state->bank_at[other] == XD_NONE)
                continue;
            /* a route just opened may have taken the vehicle that others counted on */
            if (prospect->route == route || prospect->second_route == route || types_spare_before != state->free_n)
                prospect_find(ruin, state, other, prospect);
            else if (xd_insertion_in_route(ruin, state, other, route, prospect->second_delta, &place))
                prospect_offer(prospect, &place, route);
        }
    }
    xd_free(prospects);
    xd_state_commit(state);
    return XD_OK;
}
