/* Conditions in normal form: each list once, sorted by what it says, so that neither the order of the file nor that of its parts shows. */
#include "maps/extra_road.h"
#include "maps/network_builder.h"

#include <stdlib.h>
#include <string.h>

enum xd_status xd_draft_clauses(struct xd_network_part *part, const struct xd_clauses *clauses, int32_t *first, struct xd_error *error)
{
    *first = -1;
    if (clauses->n == 0)
        return XD_OK;
    enum xd_status status = xd_array_reserve((void **)&part->clauses, &part->clauses_max, part->clauses_n + (size_t)clauses->n, sizeof *part->clauses,
                                             XD_NETWORK_ROADS_MAX, "conditions of roads", error);
    if (status != XD_OK)
        return status;
    *first = (int32_t)part->clauses_n;
    memcpy(part->clauses + part->clauses_n, clauses->items, (size_t)clauses->n * sizeof *part->clauses);
    part->clauses_n += (size_t)clauses->n;
    return XD_OK;
}

/* An object that has conditions. */
struct user {
    const struct xd_clause *list;
    uint16_t *place; /* to be set */
    int64_t osm_id;
    struct xd_road_doubts *doubts;
};

static int by_list(const void *a, const void *b)
{
    const struct user *left = a, *right = b;
    return xd_clause_list_compare(left->list, right->list);
}

/* Counts the users, and writes them where there is room for them. */
static size_t list_users(struct xd_network_builder *builder, const struct xd_resolved *resolved, struct user *users)
{
    const struct xd_clause *clauses = builder->all.clauses;
    struct xd_network_counts *counts = &builder->all.counts;
    size_t n = 0;
    for (size_t i = 0; i < resolved->runs_n; i++) {
        struct xd_draft_road *road = &builder->all.roads[resolved->runs[i].road];
        if (road->clauses < 0 || (i > 0 && resolved->runs[i - 1].road == resolved->runs[i].road))
            continue;
        if (users)
            users[n] = (struct user){clauses + road->clauses, &road->road.clauses, road->osm_id, &counts->way_doubts};
        n++;
    }
    for (size_t i = 0; i < builder->barriers_n; i++) {
        struct xd_draft_barrier *barrier = &builder->barriers[i];
        if (barrier->clauses < 0)
            continue;
        if (users)
            users[n] = (struct user){clauses + barrier->clauses, &barrier->barrier.clauses, barrier->osm_id, &counts->node_doubts};
        n++;
    }
    for (size_t i = 0; i < builder->all.restrictions_n; i++) {
        struct xd_draft_restriction *restriction = &builder->all.restrictions[i];
        if (restriction->clauses < 0)
            continue;
        if (users)
            users[n] = (struct user){clauses + restriction->clauses, &restriction->clauses_place, restriction->osm_id, &counts->relation_doubts};
        n++;
    }
    return n;
}

/* The users are sorted. Writes each list once and sets the places. */
static void write_lists(const struct user *users, size_t users_n, struct xd_network_frozen *frozen)
{
    int32_t n = 0, place = 0;
    for (size_t i = 0; i < users_n; i++) {
        if (i == 0 || by_list(&users[i - 1], &users[i]) != 0) {
            const int32_t list_n = xd_clause_list_n(users[i].list);
            place = n + list_n <= XD_NETWORK_CLAUSES_MAX ? n + 1 : 0;
            if (place > 0) {
                memcpy(frozen->clauses + n, users[i].list, (size_t)list_n * sizeof *frozen->clauses);
                n += list_n;
            }
        }
        *users[i].place = (uint16_t)place;
        if (place == 0) {
            users[i].doubts->object_id = users[i].osm_id;
            xd_road_doubt_add(users[i].doubts, XD_DOUBT_CONDITION);
        }
    }
    frozen->network.clauses_n = n;
}

enum xd_status xd_draft_clauses_freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen, const struct xd_resolved *resolved,
                                       struct xd_error *error)
{
    if (builder->all.clauses_n == 0)
        return XD_OK;
    const size_t users_n = list_users(builder, resolved, NULL);
    const size_t room = builder->all.clauses_n < XD_NETWORK_CLAUSES_MAX ? builder->all.clauses_n : XD_NETWORK_CLAUSES_MAX;
    struct user *users = xd_alloc(users_n + 1, sizeof *users);
    frozen->clauses = xd_arena_alloc(&frozen->arena, room + 1, sizeof *frozen->clauses);
    enum xd_status status = XD_OK;
    if (users && frozen->clauses) {
        (void)list_users(builder, resolved, users);
        if (users_n > 0)
            qsort(users, users_n, sizeof *users, by_list);
        write_lists(users, users_n, frozen);
    } else {
        status = xd_fail_memory(error, "conditions of roads", users_n * sizeof *users + room * sizeof *frozen->clauses);
    }
    xd_free(users);
    return status;
}

enum xd_status xd_network_clauses_extend(const struct xd_network *network, const struct xd_extra_road *extra, int32_t extra_n,
                                         struct xd_network_frozen *frozen, struct xd_error *error)
{
    int64_t room = network->clauses_n;
    for (int32_t r = 0; r < extra_n; r++)
        room += extra[r].clauses ? xd_clause_list_n(extra[r].clauses) : 0;
    if (room > XD_NETWORK_CLAUSES_MAX)
        return xd_fail(error, XD_DATA, xd_at_none(), "conditions of roads: %lld, the limit is %lld", (long long)room,
                       (long long)XD_NETWORK_CLAUSES_MAX);
    frozen->clauses = xd_arena_alloc(&frozen->arena, (size_t)room + 1, sizeof *frozen->clauses);
    if (!frozen->clauses)
        return xd_fail_memory(error, "conditions of roads", (size_t)room * sizeof *frozen->clauses);
    int32_t n = network->clauses_n;
    if (n > 0)
        memcpy(frozen->clauses, network->clauses, (size_t)n * sizeof *frozen->clauses);
    for (int32_t r = 0; r < extra_n; r++) {
        if (!extra[r].clauses)
            continue;
        const int32_t list_n = xd_clause_list_n(extra[r].clauses);
        frozen->roads[r].clauses = (uint16_t)(n + 1);
        memcpy(frozen->clauses + n, extra[r].clauses, (size_t)list_n * sizeof *frozen->clauses);
        n += list_n;
    }
    frozen->network.clauses_n = n;
    return XD_OK;
}
