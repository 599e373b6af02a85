/* A solution under search: routes as linked lists with positions, and every route's prefix and suffix pieces, so that a move is priced by a few joins.
 *
 * Nodes as in solver/search/data.h. A slot without stops is empty and has no type. Unserved active stops are in the bank.
 * Changes are undone as a whole: xd_state_commit keeps all changes since the last commit or rollback, xd_state_rollback takes them back;
 * both cost O(stops in the routes touched).
 * Owns: one arena; borrows data. Nothing allocates after creation. Threads: one island, one state.
 */
#ifndef XD_SOLVER_SEARCH_STATE_H
#define XD_SOLVER_SEARCH_STATE_H

#include "solver/model/plan.h"
#include "solver/search/price.h"

enum { XD_NONE = -1 };

struct xd_route_state {
    int32_t type; /* XD_NONE: empty */
    int32_t stops_n;
    int32_t used_at; /* index in used, or XD_NONE */
    bool touched;    /* since the last commit */
    int64_t cost;    /* of the objective */
    int64_t penalty;
    int64_t slack; /* cost + penalty - (fixed + length and travel at their rates): the most a move can save besides legs */
    int32_t saved_type;
    int32_t pad;
};

struct xd_state {
    struct xd_arena arena;
    const struct xd_search_data *data;
    struct xd_weights weights;
    int32_t *next, *prev, *route, *position, *location; /* nodes; route is XD_NONE for unserved stops */
    struct xd_piece *prefix, *suffix;                   /* nodes: start depot .. node, node .. end depot */
    struct xd_route_state *routes;                      /* routes_max slots */
    int32_t *used, used_n;                              /* slots with stops, in no particular but a reproducible order */
    int32_t *free_slots, free_n;
    int32_t *type_used;              /* types_n: routes of each type */
    int32_t *bank, *bank_at, bank_n; /* bank_at: stops_n, index in bank or XD_NONE */
    int64_t objective;               /* cost of routes + prices of the bank */
    int64_t penalty;                 /* of all routes; may saturate */
    int32_t *touched, touched_n;
    int32_t *saved_next; /* nodes */
    int32_t *saved_bank, saved_bank_n;
    bool bank_changed;
    int32_t *scratch_a, *scratch_b; /* stops_n each: for moves that rewrite routes */
};

XD_MUST_CHECK enum xd_status xd_state_create(const struct xd_search_data *data, struct xd_state **state, struct xd_error *error);
void xd_state_free(struct xd_state *state);

static inline int32_t xd_route_start(const struct xd_state *state, int32_t route)
{
    return state->data->stops_n + 2 * route;
}
static inline int32_t xd_route_end(const struct xd_state *state, int32_t route)
{
    return state->data->stops_n + 2 * route + 1;
}
static inline bool xd_node_is_stop(const struct xd_state *state, int32_t node)
{
    return node < state->data->stops_n;
}
static inline int64_t xd_state_price(const struct xd_state *state)
{
    return state->objective + state->penalty;
}
static inline const struct xd_piece *xd_route_piece(const struct xd_state *state, int32_t route)
{
    return &state->prefix[xd_route_end(state, route)];
}
static inline const struct xd_matrix *xd_route_matrix(const struct xd_state *state, int32_t route)
{
    return xd_search_matrix(state->data, state->routes[route].type);
}
static inline bool xd_type_spare(const struct xd_state *state, int32_t type)
{
    return state->type_used[type] < state->data->types[type].count;
}
static inline bool xd_type_allowed(const struct xd_piece *piece, int32_t type)
{
    return piece->allowed >> type & 1;
}

/* All routes emptied, all active stops in the bank, committed. */
void xd_state_clear(struct xd_state *state);
/* Rewrites a route slot. The stops must be unserved or of this slot; stops of the old route that are not among the new go to the bank.
 * Shape: stops_n 0 empties the slot. The caller has checked that type has a spare vehicle and that all legs exist. */
void xd_state_set_route(struct xd_state *state, int32_t route, int32_t type, const int32_t *stops, int32_t stops_n);
int32_t xd_state_open_route(struct xd_state *state, int32_t type, int32_t stop);   /* a new route with one stop; the slot */
void xd_state_insert(struct xd_state *state, int32_t stop, int32_t after_node);    /* an unserved stop into a route that is not empty */
void xd_state_remove(struct xd_state *state, int32_t first_stop, int32_t stops_n); /* consecutive stops into the bank */
void xd_state_exchange_routes(struct xd_state *state, int32_t route_1, const int32_t *stops_1, int32_t stops_1_n, int32_t route_2,
                              const int32_t *stops_2, int32_t stops_2_n); /* two routes that trade stops with each other only */

void xd_state_commit(struct xd_state *state);
void xd_state_rollback(struct xd_state *state);
void xd_state_reprice(struct xd_state *state); /* after the weights have changed; only between commits */

/* Flat copies. first has room for routes_max + 1, types for routes_max, stops for stops_n. */
int32_t xd_state_save(const struct xd_state *state, int32_t *types, int32_t *first, int32_t *stops); /* routes */
/* What cannot be (unknown, twice, no vehicle left, no road, not allowed) is left to the bank. Committed. */
void xd_state_load(struct xd_state *state, const struct xd_routes *routes);

/* Recomputes everything from the stop sequences; false where a cached value is wrong. For tests. */
bool xd_state_is_sound(const struct xd_state *state);

/* Builds a route piece stop by stop on one matrix. */
struct xd_piece_builder {
    const struct xd_search_data *data;
    const struct xd_matrix *matrix;
    struct xd_piece piece;
    int32_t last_location;
    bool broken; /* a leg without a road */
};

static inline void xd_builder_start(struct xd_piece_builder *builder, const struct xd_search_data *data, const struct xd_matrix *matrix,
                                    const struct xd_piece *piece, int32_t last_location)
{
    builder->data = data;
    builder->matrix = matrix;
    builder->piece = *piece;
    builder->last_location = last_location;
    builder->broken = false;
}

static inline void xd_builder_add(struct xd_piece_builder *builder, const struct xd_piece *piece, int32_t first_location, int32_t last_location)
{
    int64_t length_m = 0, travel_s = 0;
    if (!xd_search_leg(builder->data, builder->matrix, builder->last_location, first_location, &length_m, &travel_s))
        builder->broken = true;
    xd_piece_append(builder->data, &builder->piece, length_m, travel_s, piece);
    builder->last_location = last_location;
}

static inline void xd_builder_add_stop(struct xd_piece_builder *builder, int32_t stop)
{
    int32_t location = builder->data->location[stop];
    xd_builder_add(builder, &builder->data->stops[stop], location, location);
}

#endif
