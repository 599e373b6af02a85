/* Turn restrictions in normal form: each relation by its id, each way to drive by its steps. What cannot be kept is counted with its reason. */
#include "maps/network_turns.h"

#include "base/sort.h"

#include <stdlib.h>
#include <string.h>

/* ---- as they come ---- */

static void drop(struct xd_network_part *part, enum xd_restriction_drop reason)
{
    part->counts.restrictions_dropped[reason]++;
}

/* The members that say where the restriction is, each once. False when there are too many. */
static bool list_members(const struct xd_osm_relation *relation, struct xd_draft_member members[XD_RESTRICTION_MEMBERS_MAX], int32_t *members_n)
{
    static const char *const roles[] = {"from", "via", "to"};
    int32_t n = 0;
    for (int32_t i = 0; i < relation->members_n; i++) {
        const struct xd_osm_member *member = &relation->members[i];
        int role = 0;
        while (role < (int)XD_ARRAY_LENGTH(roles) && strcmp(member->role, roles[role]) != 0)
            role++;
        bool there = role == XD_ARRAY_LENGTH(roles);
        for (int32_t k = 0; k < n && !there; k++)
            there = members[k].id == member->id && members[k].kind == member->kind && members[k].role == (enum xd_draft_role)role;
        if (there)
            continue;
        if (n == XD_RESTRICTION_MEMBERS_MAX)
            return false;
        members[n++] = (struct xd_draft_member){.id = member->id, .role = (enum xd_draft_role)role, .kind = member->kind};
    }
    *members_n = n;
    return true;
}

/* XD_RESTRICTION_DROPS_N when they can be a restriction's. */
static enum xd_restriction_drop judge_members(const struct xd_draft_member *members, int32_t members_n)
{
    int32_t from_n = 0, to_n = 0, via_nodes_n = 0, via_ways_n = 0, wrong_n = 0;
    for (int32_t i = 0; i < members_n; i++) {
        const bool is_via = members[i].role == XD_DRAFT_VIA;
        from_n += members[i].role == XD_DRAFT_FROM;
        to_n += members[i].role == XD_DRAFT_TO;
        via_nodes_n += is_via && members[i].kind == XD_OSM_NODE;
        via_ways_n += is_via && members[i].kind == XD_OSM_WAY;
        wrong_n += members[i].kind == XD_OSM_RELATION || (!is_via && members[i].kind != XD_OSM_WAY);
    }
    if (wrong_n == 0 && via_nodes_n + via_ways_n == 0)
        return XD_RESTRICTION_NO_VIA;
    if (wrong_n > 0 || from_n == 0 || to_n == 0 || via_nodes_n > 1 || (via_nodes_n > 0 && via_ways_n > 0))
        return XD_RESTRICTION_MEMBERS;
    return XD_RESTRICTION_DROPS_N;
}

enum xd_status xd_draft_restriction_relation(struct xd_network_part *part, const struct xd_osm_relation *relation, struct xd_error *error)
{
    struct xd_draft_member members[XD_RESTRICTION_MEMBERS_MAX];
    struct xd_draft_restriction draft = {.osm_id = relation->id, .first_member = (int64_t)part->members_n, .sequence = (int32_t)part->restrictions_n};
    struct xd_clauses clauses;
    part->counts.restrictions_seen++;
    part->counts.relation_doubts.object_id = relation->id;
    enum xd_restriction_drop reason = xd_restriction_decode(relation->tags, &draft.tags, &clauses, &part->counts.relation_doubts);
    if (reason == XD_RESTRICTION_DROPS_N)
        reason = list_members(relation, members, &draft.members_n) ? judge_members(members, draft.members_n) : XD_RESTRICTION_OVER_LIMIT;
    if (reason != XD_RESTRICTION_DROPS_N) {
        drop(part, reason);
        return XD_OK;
    }
    const size_t members_n = part->members_n + (size_t)draft.members_n;
    enum xd_status status = xd_array_reserve((void **)&part->restrictions, &part->restrictions_max, part->restrictions_n + 1,
                                             sizeof *part->restrictions, XD_NETWORK_RESTRICTIONS_MAX, "turn restrictions", error);
    if (status == XD_OK)
        status = xd_array_reserve((void **)&part->members, &part->members_max, members_n, sizeof *part->members,
                                  (size_t)XD_NETWORK_RESTRICTIONS_MAX * XD_RESTRICTION_MEMBERS_MAX, "members of turn restrictions", error);
    if (status == XD_OK)
        status = xd_draft_clauses(part, &clauses, &draft.clauses, error);
    for (int32_t i = 0; i < draft.members_n && status == XD_OK; i++) {
        int64_t at;
        if (members[i].kind == XD_OSM_NODE)
            status = xd_draft_refs(part, &members[i].id, 1, &at, error);
    }
    if (status != XD_OK)
        return status;
    memcpy(part->members + part->members_n, members, (size_t)draft.members_n * sizeof *members);
    part->members_n = members_n;
    part->restrictions[part->restrictions_n++] = draft;
    return XD_OK;
}

/* ---- between the passes ---- */

size_t xd_draft_member_find(const struct xd_network_builder *builder, int64_t way_id)
{
    size_t low = 0, high = builder->member_ways_n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (builder->member_way[middle] < way_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < builder->member_ways_n && builder->member_way[low] == way_id ? low : builder->member_ways_n;
}

enum xd_status xd_draft_members_list(struct xd_network_builder *builder, size_t *missing_n, struct xd_error *error)
{
    size_t n = 0, unique_n = 0;
    int64_t *scratch = xd_alloc(builder->all.members_n + 1, sizeof *scratch);
    builder->member_way = xd_alloc(builder->all.members_n + 1, sizeof *builder->member_way);
    builder->member_way_state = xd_alloc_zero(builder->all.members_n + 1, sizeof *builder->member_way_state);
    if (!scratch || !builder->member_way || !builder->member_way_state) {
        xd_free(scratch);
        return xd_fail_memory(error, "the ways of turn restrictions", 2 * (builder->all.members_n + 1) * sizeof *scratch);
    }
    for (size_t i = 0; i < builder->all.members_n; i++)
        if (builder->all.members[i].kind == XD_OSM_WAY)
            builder->member_way[n++] = builder->all.members[i].id;
    xd_sort_i64(builder->member_way, scratch, n);
    xd_free(scratch);
    for (size_t i = 0; i < n; i++)
        if (unique_n == 0 || builder->member_way[i] != builder->member_way[unique_n - 1])
            builder->member_way[unique_n++] = builder->member_way[i];
    builder->member_ways_n = unique_n;
    *missing_n = unique_n;
    for (size_t i = 0; i<builder->all.roads_n && * missing_n> 0; i++) {
        const size_t at = xd_draft_member_find(builder, builder->all.roads[i].osm_id);
        if (at == unique_n || builder->member_way_state[at] == XD_DRAFT_WAY_ROAD)
            continue;
        builder->member_way_state[at] = XD_DRAFT_WAY_ROAD;
        --*missing_n;
    }
    return XD_OK;
}

void xd_draft_members_note_missing(struct xd_network_builder *builder)
{
    for (size_t i = 0; i < builder->all.members_n; i++) {
        struct xd_draft_member *member = &builder->all.members[i];
        if (member->kind == XD_OSM_NODE)
            member->node_missing = builder->node_state[xd_draft_node_find(builder, member->id)] == XD_DRAFT_NODE_MISSING;
    }
}

/* ---- on the roads ---- */

static int by_restriction(const void *a, const void *b)
{
    const struct xd_draft_restriction *left = a;
    const struct xd_draft_restriction *right = b;
    if (left->osm_id != right->osm_id)
        return left->osm_id < right->osm_id ? -1 : 1;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

static int32_t find_node(const struct xd_network_frozen *frozen, int64_t osm_id)
{
    int32_t low = 0, high = frozen->network.nodes_n;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (frozen->node_osm_id[middle] < osm_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < frozen->network.nodes_n && frozen->node_osm_id[low] == osm_id ? low : -1;
}

/* A relation's members as far as the network has them. */
struct located {
    struct xd_draft_member ways[XD_RESTRICTION_MEMBERS_MAX];
    int32_t ways_n;
    int32_t via_node; /* -1 = via ways */
    bool in_part;     /* some of several from or to are left out */
};

static enum xd_restriction_drop locate(struct xd_network_builder *builder, const struct xd_turns *turns, const struct xd_draft_restriction *draft,
                                       struct located *located)
{
    int32_t roles_n[XD_DRAFT_TO + 1] = {0};
    bool missing = false, off_road = false, via_left_out = false;
    *located = (struct located){.via_node = -1};
    for (int32_t i = 0; i < draft->members_n; i++) {
        const struct xd_draft_member *member = &builder->all.members[draft->first_member + i];
        if (member->kind == XD_OSM_NODE) {
            if (member->node_missing)
                return XD_RESTRICTION_MEMBER_MISSING;
            located->via_node = find_node(turns->frozen, member->id);
            if (located->via_node < 0)
                return XD_RESTRICTION_NOT_MEETING;
            continue;
        }
        int32_t end;
        if (xd_turns_roads(turns, member->id, &end) < end) {
            located->ways[located->ways_n++] = *member;
            roles_n[member->role]++;
            continue;
        }
        if (builder->member_way_state[xd_draft_member_find(builder, member->id)] == XD_DRAFT_WAY_FOUND)
            off_road = true;
        else
            missing = true;
        via_left_out = via_left_out || member->role == XD_DRAFT_VIA;
    }
    located->in_part = missing || off_road;
    if (via_left_out || roles_n[XD_DRAFT_FROM] == 0 || roles_n[XD_DRAFT_TO] == 0)
        return missing ? XD_RESTRICTION_MEMBER_MISSING : XD_RESTRICTION_NOT_ROADS;
    return XD_RESTRICTION_DROPS_N;
}

static enum xd_status find_all(struct xd_network_builder *builder, struct xd_turns *turns, struct xd_error *error)
{
    struct located located;
    enum xd_status status = XD_OK;
    if (builder->all.restrictions_n > 0)
        qsort(builder->all.restrictions, builder->all.restrictions_n, sizeof *builder->all.restrictions, by_restriction);
    for (size_t i = 0; i < builder->all.restrictions_n && status == XD_OK; i++) {
        const struct xd_draft_restriction *draft = &builder->all.restrictions[i];
        const bool repeated = i > 0 && builder->all.restrictions[i - 1].osm_id == draft->osm_id;
        enum xd_restriction_drop reason = repeated ? XD_RESTRICTION_REPEATED : locate(builder, turns, draft, &located);
        if (reason == XD_RESTRICTION_DROPS_N) {
            size_t added_n = 0;
            status = xd_turns_find(turns, draft, located.ways, located.ways_n, located.via_node, &added_n, error);
            if (added_n == 0)
                reason = turns->over_limit ? XD_RESTRICTION_OVER_LIMIT : XD_RESTRICTION_NOT_MEETING;
        }
        if (reason != XD_RESTRICTION_DROPS_N) {
            drop(&builder->all, reason);
            continue;
        }
        builder->all.counts.restrictions_kept++;
        builder->all.counts.restrictions_in_part += located.in_part;
    }
    return status;
}

/* ---- normal form ---- */

struct sorted_entry {
    const struct xd_restriction *restriction;
    const int64_t *steps;
};

static int by_entry(const void *a, const void *b)
{
    const struct sorted_entry *left = a;
    const struct sorted_entry *right = b;
    const struct xd_restriction *x = left->restriction, *y = right->restriction;
    if (x->osm_id != y->osm_id)
        return x->osm_id < y->osm_id ? -1 : 1;
    if (x->only != y->only)
        return x->only ? 1 : -1;
    if (x->keys != y->keys)
        return x->keys < y->keys ? -1 : 1;
    if (x->clauses != y->clauses)
        return x->clauses < y->clauses ? -1 : 1;
    if (x->clauses != 0 && x->rule != y->rule)
        return x->rule < y->rule ? -1 : 1;
    for (int32_t i = 0; i < x->steps_n && i < y->steps_n; i++)
        if (left->steps[i] != right->steps[i])
            return left->steps[i] < right->steps[i] ? -1 : 1;
    return (x->steps_n > y->steps_n) - (x->steps_n < y->steps_n);
}

static void write_entries(struct xd_network_frozen *frozen, const struct sorted_entry *sorted, size_t sorted_n)
{
    int32_t n = 0;
    int64_t steps_n = 0;
    for (size_t i = 0; i < sorted_n; i++) {
        if (i > 0 && by_entry(&sorted[i - 1], &sorted[i]) == 0)
            continue;
        struct xd_restriction *restriction = &frozen->restrictions[n++];
        *restriction = *sorted[i].restriction;
        restriction->first_step = steps_n;
        memcpy(frozen->restriction_step + steps_n, sorted[i].steps, (size_t)restriction->steps_n * sizeof *sorted[i].steps);
        steps_n += restriction->steps_n;
    }
    frozen->network.restrictions_n = n;
}

enum xd_status xd_draft_restrictions_freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen, struct xd_error *error)
{
    struct xd_turns *turns = xd_alloc_zero(1, sizeof *turns);
    struct sorted_entry *sorted = NULL;
    if (!turns)
        return xd_fail_memory(error, "turn restrictions", sizeof *turns);
    turns->frozen = frozen;
    enum xd_status status = builder->all.restrictions_n > 0 ? xd_turns_begin(turns, error) : XD_OK;
    if (status == XD_OK)
        status = find_all(builder, turns, error);
    const size_t n = turns->entries_n;
    if (status != XD_OK)
        goto done;
    sorted = xd_alloc(n + 1, sizeof *sorted);
    frozen->restrictions = xd_arena_alloc(&frozen->arena, n + 1, sizeof *frozen->restrictions);
    frozen->restriction_step = xd_arena_alloc(&frozen->arena, turns->steps_n + 1, sizeof *frozen->restriction_step);
    if (!sorted || !frozen->restrictions || !frozen->restriction_step) {
        status = xd_fail_memory(error, "turn restrictions", n * (sizeof *sorted + sizeof *frozen->restrictions) + turns->steps_n * sizeof(int64_t));
        goto done;
    }
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct sorted_entry){.restriction = &turns->entries[i], .steps = turns->steps + turns->entries[i].first_step};
    if (n > 0)
        qsort(sorted, n, sizeof *sorted, by_entry);
    write_entries(frozen, sorted, n);
done:
    xd_free(sorted);
    xd_turns_free(turns);
    xd_free(turns);
    return status;
}
