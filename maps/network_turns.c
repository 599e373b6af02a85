/* Via ways are gone through depth first, each once, as mappers list them in any order and direction; at a via node there is nothing to go through. What is found is the set of all ways to drive, so that neither the order of members nor that of the file shows. */
#include "maps/network_turns.h"

#include <stdlib.h>

enum { NODES_A_TRY = 16, SEEN_ONCE = 1, SEEN_TWICE = 2 };

/* Where members may touch: mappers split ways where restrictions meet; when they did not, any common node has to do. */
enum rounds { ENDS_ONLY, ENDS_OF_VIA, ANYWHERE, ROUNDS_N };

struct search {
    struct xd_turns *turns;
    const struct xd_draft_restriction *restriction;
    const struct xd_draft_member *members;
    int32_t members_n;
    uint64_t via; /* bit i: member i is a via way */
    enum rounds round;
    int32_t from; /* the member that the path at hand begins with */
};

void xd_turns_free(struct xd_turns *turns)
{
    xd_free(turns->entries);
    xd_free(turns->steps);
    xd_free(turns->contacts);
    xd_free(turns->is_crossed);
}

enum xd_status xd_turns_begin(struct xd_turns *turns, struct xd_error *error)
{
    const struct xd_network_frozen *frozen = turns->frozen;
    const size_t nodes_n = (size_t)frozen->network.nodes_n;
    turns->is_crossed = xd_alloc_zero(nodes_n + 1, sizeof *turns->is_crossed);
    turns->contacts = xd_alloc(XD_RESTRICTION_TRIES_MAX, sizeof *turns->contacts);
    if (!turns->is_crossed || !turns->contacts)
        return xd_fail_memory(error, "turn restrictions", nodes_n + XD_RESTRICTION_TRIES_MAX * sizeof *turns->contacts);
    for (int64_t i = 0; i < frozen->first_node[frozen->network.roads_n]; i++) {
        uint8_t *seen = &turns->is_crossed[frozen->road_node[i]];
        *seen = *seen == 0 ? SEEN_ONCE : SEEN_TWICE;
    }
    for (size_t i = 0; i < nodes_n; i++)
        turns->is_crossed[i] = turns->is_crossed[i] == SEEN_TWICE;
    return XD_OK;
}

static int32_t first_road_from(const struct xd_network_frozen *frozen, int64_t way_id)
{
    int32_t low = 0, high = frozen->network.roads_n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (frozen->road_osm_id[middle] < way_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int32_t xd_turns_roads(const struct xd_turns *turns, int64_t way_id, int32_t *end)
{
    const struct xd_network_frozen *frozen = turns->frozen;
    const int32_t first = first_road_from(frozen, way_id);
    for (*end = first; *end < frozen->network.roads_n && frozen->road_osm_id[*end] == way_id;)
        ++*end;
    return first;
}

/* ---- entries ---- */

/* The path at hand and `last` behind it, once for each rule of the relation. At a node, turning on one piece is a u-turn; and where from and to are one way,
 * only that is. */
static enum xd_status add_entries(struct search *search, int32_t to, int64_t last, struct xd_error *error)
{
    struct xd_turns *turns = search->turns;
    const struct xd_restriction_tags *tags = &search->restriction->tags;
    const bool at_node = search->via == 0;
    const bool turns_back = at_node && last == (turns->path[0] ^ 1);
    const bool on_one_way = at_node && search->members[search->from].id == search->members[to].id;
    for (int rule = 0; rule < XD_TURN_RULES_N; rule++) {
        const bool is_u = rule == XD_TURN_NO_U || rule == XD_TURN_ONLY_U;
        if (!(tags->rules & 1 << rule) || (turns_back && !is_u) || (on_one_way && is_u && !turns_back))
            continue;
        enum xd_status status = xd_array_reserve((void **)&turns->entries, &turns->entries_max, turns->entries_n + 1, sizeof *turns->entries,
                                                 XD_NETWORK_RESTRICTIONS_MAX, "turn restrictions", error);
        if (status == XD_OK)
            status = xd_array_reserve((void **)&turns->steps, &turns->steps_max, turns->steps_n + (size_t)turns->path_n + 1, sizeof *turns->steps,
                                      (size_t)XD_NETWORK_RESTRICTIONS_MAX * XD_RESTRICTION_STEPS_MAX, "steps of turn restrictions", error);
        if (status != XD_OK)
            return status;
        turns->entries[turns->entries_n++] = (struct xd_restriction){.osm_id = search->restriction->osm_id,
                                                                     .only = rule == XD_TURN_ONLY || rule == XD_TURN_ONLY_U,
                                                                     .rule = (uint8_t)rule,
                                                                     .keys = tags->keys[rule],
                                                                     .except_keys = tags->except_keys,
                                                                     .clauses = search->restriction->clauses_place,
                                                                     .first_step = (int64_t)turns->steps_n,
                                                                     .steps_n = turns->path_n + 1};
        for (int32_t i = 0; i < turns->path_n; i++)
            turns->steps[turns->steps_n++] = turns->path[i];
        turns->steps[turns->steps_n++] = last;
    }
    return XD_OK;
}

/* One more try; false when there have been too many. */
static bool try_one(struct xd_turns *turns)
{
    if (turns->tries_n >= XD_RESTRICTION_TRIES_MAX || turns->all_tries_n >= XD_NETWORK_TRIES_MAX)
        turns->over_limit = true;
    turns->tries_n++;
    turns->all_tries_n++;
    return !turns->over_limit;
}

static bool is_ring(const struct xd_network_frozen *frozen, int32_t road)
{
    return frozen->road_node[frozen->first_node[road]] == frozen->road_node[frozen->first_node[road + 1] - 1];
}

/* The steps out of the node of a contact along its road: at most two. The steps into it are their reverse. */
static int32_t steps_out(const struct xd_network_frozen *frozen, const struct xd_turn_contact *contact, int64_t steps[2])
{
    const int64_t first = frozen->first_node[contact->road], last = frozen->first_node[contact->road + 1] - 1;
    int32_t n = 0;
    if (contact->position < last)
        steps[n++] = contact->position * 2;
    if (contact->position > first)
        steps[n++] = (contact->position - 1) * 2 + 1;
    else if (is_ring(frozen, contact->road))
        steps[n++] = (last - 1) * 2 + 1;
    return n;
}

/* ---- from, via, to ---- */

static bool is_end(const struct search *search, const struct xd_turn_contact *contact)
{
    const struct xd_network_frozen *frozen = search->turns->frozen;
    return contact->position == frozen->first_node[contact->road] || contact->position == frozen->first_node[contact->road + 1] - 1 ||
           is_ring(frozen, contact->road);
}

static bool may_touch(const struct search *search, const struct xd_turn_contact *contact)
{
    const bool is_via = search->via & UINT64_C(1) << contact->member;
    return search->round == ANYWHERE || (search->round == ENDS_OF_VIA && !is_via) || is_end(search, contact);
}

static size_t first_contact(const struct xd_turns *turns, int32_t node)
{
    size_t low = 0, high = turns->contacts_n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (turns->contacts[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Appends the pieces of a road from one position to another with its drawing or against it; in a ring over its end too. False over the limit. */
static bool append(struct xd_turns *turns, int32_t road, int64_t from, int64_t to, bool forward)
{
    const int64_t first = turns->frozen->first_node[road], last = turns->frozen->first_node[road + 1] - 1;
    const int64_t apart_n = to > from ? to - from : from - to;
    turns->all_tries_n += (apart_n < XD_RESTRICTION_STEPS_MAX ? apart_n : XD_RESTRICTION_STEPS_MAX) / NODES_A_TRY;
    for (int64_t at = from; at != to;) {
        if (turns->path_n + 1 >= XD_RESTRICTION_STEPS_MAX) {
            turns->over_limit = true;
            return false;
        }
        if (!forward && at == first)
            at = last;
        turns->path[turns->path_n++] = forward ? at * 2 : (at - 1) * 2 + 1;
        at += forward ? 1 : -1;
        if (forward && at == last && is_ring(turns->frozen, road))
            at = first;
    }
    return true;
}

/* What oneway=* says to all vehicles, implied or not. */
static enum xd_oneway general_oneway(const struct xd_road *road)
{
    return (enum xd_oneway)road->rules[XD_KEY_ACCESS].oneway;
}

static enum xd_status go_on(struct search *search, int32_t node, uint64_t used, struct xd_error *error);

/* Along one via way from a contact to another one. In a ring the way round that is open, else the shorter one, else both. */
static enum xd_status go_along(struct search *search, const struct xd_turn_contact *from, const struct xd_turn_contact *to, uint64_t used,
                               struct xd_error *error)
{
    struct xd_turns *turns = search->turns;
    const struct xd_network_frozen *frozen = turns->frozen;
    const int32_t before_n = turns->path_n;
    bool forward = to->position > from->position, backward = !forward;
    if (is_ring(frozen, from->road)) {
        const int64_t pieces_n = frozen->first_node[from->road + 1] - frozen->first_node[from->road] - 1;
        const int64_t ahead_n = (to->position - from->position + pieces_n) % pieces_n;
        const enum xd_oneway oneway = general_oneway(&frozen->roads[from->road]);
        forward = oneway == XD_ONEWAY_FORWARD || (oneway != XD_ONEWAY_BACKWARD && 2 * ahead_n <= pieces_n);
        backward = oneway == XD_ONEWAY_BACKWARD || (oneway != XD_ONEWAY_FORWARD && 2 * ahead_n >= pieces_n);
    }
    enum xd_status status = XD_OK;
    for (int direction = 0; direction < 2 && status == XD_OK; direction++) {
        if ((direction == 0 ? forward : backward) && append(turns, from->road, from->position, to->position, direction == 0))
            status = go_on(search, to->node, used, error);
        turns->path_n = before_n;
    }
    return status;
}

/* From a node with the via ways in `used` behind: over each of the others that begins here, or into `to` when none is left. */
static enum xd_status go_on(struct search *search, int32_t node, uint64_t used, struct xd_error *error)
{
    struct xd_turns *turns = search->turns;
    enum xd_status status = XD_OK;
    for (size_t i = first_contact(turns, node); i < turns->contacts_n && turns->contacts[i].node == node; i++) {
        const struct xd_turn_contact *here = &turns->contacts[i];
        const uint64_t bit = UINT64_C(1) << here->member;
        if (!try_one(turns))
            return XD_OK;
        if (!may_touch(search, here))
            continue;
        if (used == search->via && search->members[here->member].role == XD_DRAFT_TO) {
            int64_t out[2];
            const int32_t out_n = steps_out(turns->frozen, here, out);
            for (int32_t k = 0; k < out_n && status == XD_OK; k++)
                status = add_entries(search, here->member, out[k], error);
        }
        for (size_t k = 0; (search->via & ~used & bit) && k < turns->contacts_n && status == XD_OK; k++) {
            const struct xd_turn_contact *there = &turns->contacts[k];
            if (!try_one(turns))
                return XD_OK;
            if (there->member == here->member && there->road == here->road && there->position != here->position && may_touch(search, there))
                status = go_along(search, here, there, used | bit, error);
        }
        if (status != XD_OK)
            return status;
    }
    return XD_OK;
}

static enum xd_status search_from(struct search *search, struct xd_error *error)
{
    struct xd_turns *turns = search->turns;
    enum xd_status status = XD_OK;
    for (size_t i = 0; i < turns->contacts_n && status == XD_OK; i++) {
        const struct xd_turn_contact *contact = &turns->contacts[i];
        if (search->members[contact->member].role != XD_DRAFT_FROM || !may_touch(search, contact))
            continue;
        int64_t out[2];
        const int32_t out_n = steps_out(turns->frozen, contact, out);
        search->from = contact->member;
        for (int32_t k = 0; k < out_n && status == XD_OK; k++) {
            turns->path[0] = out[k] ^ 1;
            turns->path_n = 1;
            status = go_on(search, contact->node, 0, error);
        }
    }
    return status;
}

/* ---- contacts ---- */

static int by_contact(const void *a, const void *b)
{
    const struct xd_turn_contact *left = a;
    const struct xd_turn_contact *right = b;
    if (left->node != right->node)
        return left->node < right->node ? -1 : 1;
    if (left->member != right->member)
        return left->member < right->member ? -1 : 1;
    return (left->position > right->position) - (left->position < right->position);
}

/* Leaves the nodes where several members meet. */
static void keep_common(struct xd_turns *turns)
{
    size_t n = 0;
    for (size_t i = 0, end; i < turns->contacts_n; i = end) {
        bool common = false;
        for (end = i; end < turns->contacts_n && turns->contacts[end].node == turns->contacts[i].node; end++)
            common = common || turns->contacts[end].member != turns->contacts[i].member;
        for (size_t k = i; common && k < end; k++)
            turns->contacts[n++] = turns->contacts[k];
    }
    turns->contacts_n = n;
}

/* Whether the way is another member too: then all its nodes are common to both. */
static bool is_listed_twice(const struct search *search, int32_t member)
{
    int32_t n = 0;
    for (int32_t m = 0; m < search->members_n; m++)
        n += search->members[m].id == search->members[member].id;
    return n > 1;
}

/* The nodes of a road where its member may meet others, or via_node alone. False when there are more than may be tried. */
static bool add_contacts(struct search *search, int32_t member, int32_t road, bool all_are_common, int32_t via_node)
{
    struct xd_turns *turns = search->turns;
    const struct xd_network_frozen *frozen = turns->frozen;
    const int64_t first = frozen->first_node[road], behind = frozen->first_node[road + 1] - (is_ring(frozen, road) ? 1 : 0);
    const size_t before_n = turns->contacts_n;
    for (int64_t position = first; position < behind; position++) {
        const int32_t node = frozen->road_node[position];
        if (via_node >= 0 ? node != via_node : !all_are_common && !turns->is_crossed[node])
            continue;
        if (turns->contacts_n == XD_RESTRICTION_TRIES_MAX)
            return false;
        turns->contacts[turns->contacts_n++] = (struct xd_turn_contact){.node = node, .member = member, .road = road, .position = position};
    }
    turns->all_tries_n += (behind - first) / NODES_A_TRY + (int64_t)(turns->contacts_n - before_n);
    return true;
}

/* The nodes of the members that several of them have; or via_node alone. */
static void list_contacts(struct search *search, int32_t via_node)
{
    struct xd_turns *turns = search->turns;
    turns->contacts_n = 0;
    for (int32_t m = 0; m < search->members_n && !turns->over_limit; m++) {
        const bool all_are_common = is_listed_twice(search, m);
        int32_t end;
        for (int32_t road = xd_turns_roads(turns, search->members[m].id, &end); road < end && !turns->over_limit; road++)
            turns->over_limit = turns->all_tries_n >= XD_NETWORK_TRIES_MAX || !add_contacts(search, m, road, all_are_common, via_node);
    }
    if (turns->contacts_n > 0 && !turns->over_limit)
        qsort(turns->contacts, turns->contacts_n, sizeof *turns->contacts, by_contact);
    if (via_node < 0)
        keep_common(turns);
}

/* A limit that is passed takes back what was found: a part of it would depend on the order of the members. */
static enum xd_status search_round(struct search *search, enum rounds round, size_t *added_n, struct xd_error *error)
{
    struct xd_turns *turns = search->turns;
    const size_t entries_before = turns->entries_n, steps_before = turns->steps_n;
    search->round = round;
    enum xd_status status = search_from(search, error);
    if (turns->over_limit) {
        turns->entries_n = entries_before;
        turns->steps_n = steps_before;
    }
    *added_n = turns->entries_n - entries_before;
    return status;
}

enum xd_status xd_turns_find(struct xd_turns *turns, const struct xd_draft_restriction *restriction, const struct xd_draft_member *members,
                             int32_t members_n, int32_t via_node, size_t *added_n, struct xd_error *error)
{
    struct search search = {.turns = turns, .restriction = restriction, .members = members, .members_n = members_n};
    for (int32_t i = 0; i < members_n; i++)
        search.via |= members[i].role == XD_DRAFT_VIA ? UINT64_C(1) << i : 0;
    *added_n = 0;
    turns->tries_n = 0;
    turns->over_limit = false;
    list_contacts(&search, via_node);
    enum xd_status status = XD_OK;
    for (int round = via_node < 0 ? ENDS_ONLY : ANYWHERE; round < ROUNDS_N && status == XD_OK && *added_n == 0 && !turns->over_limit; round++)
        status = search_round(&search, (enum rounds)round, added_n, error);
    return status;
}
