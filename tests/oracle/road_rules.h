/* What driving costs and where it is forbidden, on the uncompressed network: the truth for maps/graph.h, which shares no code with it but the pure
 * functions for one road, barrier, curve, slope and restriction.
 *
 * Directed piece: place * 2, or place * 2 + 1 when driven against its road; place is that of its first point in network->road_node. Restrictions are
 *        told in the same numbers. A road's last place begins no piece.
 * State: the directed piece just driven, with the restrictions under way. States below 2 * places_n are pieces with none under way; others are numbered
 *        as they are met.
 * Ends the program when memory is short.
 */
#ifndef XD_TESTS_ORACLE_ROAD_RULES_H
#define XD_TESTS_ORACLE_ROAD_RULES_H

#include "maps/closure.h"
#include "maps/elevation_roads.h"
#include "maps/profile.h"
#include "maps/weight.h"

struct xd_road_rules_options {
    const struct xd_road_heights *heights; /* NULL: flat */
    bool energy, turn_costs;
    const struct xd_closures *closures; /* NULL: none; of ways only, all in force */
    uint32_t closures_bit;              /* the vehicle's in their profiles */
};

struct xd_road_under_way {
    int32_t restriction, driven_n; /* its steps */
};
struct xd_road_state {
    int32_t piece;
    int32_t first, n; /* of under_way; sorted */
    int32_t next;     /* another state of the same piece, or -1 */
};

struct xd_road_rules {
    const struct xd_network *network;
    const struct xd_profile *profile;
    struct xd_road_rules_options options;
    int32_t places_n;
    int32_t *road;                 /* places_n */
    struct xd_way *weight;         /* directed pieces; none: closed */
    int32_t *pieces_met_n;         /* nodes: pieces that this vehicle may drive in some direction, but for closures */
    bool *is_via;                  /* nodes: a restriction passes, whomever it binds */
    int32_t *first_out, *first_in; /* nodes + 1 */
    int32_t *out, *in;             /* open directed pieces that begin at a node, that end there */
    int32_t *first_binding;        /* directed pieces: a restriction that begins with it and binds the vehicle, or -1 */
    int32_t *next_binding;         /* restrictions */

    struct xd_road_state *states; /* from 2 * places_n on */
    int32_t states_n, states_max;
    int32_t *first_state; /* directed pieces: the first of its states with something under way, or -1 */
    struct xd_road_under_way *under_way;
    int32_t under_way_n, under_way_max;
};

struct xd_road_rules *xd_road_rules_create(const struct xd_network *network, const struct xd_profile *profile,
                                           const struct xd_road_rules_options *options);
void xd_road_rules_free(struct xd_road_rules *rules);

int32_t xd_road_rules_node(const struct xd_road_rules *rules, int32_t piece, bool at_end); /* of a directed piece */
int32_t xd_road_rules_piece(const struct xd_road_rules *rules, int32_t state);
/* After driving a directed piece: out of the blue (state -1), or after the state. */
int32_t xd_road_rules_drive(struct xd_road_rules *rules, int32_t state, int32_t piece);
/* What it takes to go on from the state to a directed piece that begins where it ends, without that piece; none where that is forbidden. */
struct xd_way xd_road_rules_turn(const struct xd_road_rules *rules, int32_t state, int32_t piece);

#endif
