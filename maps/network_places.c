/* Places of the map in normal form. Mappers draw a place as a point, as an outline, or as both; each place shall be there once. */
#include "maps/network_builder.h"

#include <stdlib.h>
#include <string.h>

enum { SAME_PLACE_M = 500 /* two marks of one name no farther apart are one place */, METRE_LAT_E7 = 90 /* of latitude */ };

/* Products of two coordinates in 1e-7 degrees pass 64 bits when they are summed over an outline. */
__extension__ typedef __int128 wide;

/* ---- as they come ---- */

enum xd_status xd_draft_place_add(struct xd_network_part *part, const struct xd_map_place_tags *tags, const struct xd_draft_place *draft,
                                  struct xd_error *error)
{
    struct xd_draft_place made = *draft;
    made.place.kind = tags->kind;
    made.place.population = tags->population;
    made.sequence = (int32_t)part->places_n;
    enum xd_status status = xd_array_reserve((void **)&part->places, &part->places_max, part->places_n + 1, sizeof *part->places,
                                             XD_NETWORK_MAP_PLACES_MAX, "places of a map", error);
    if (status == XD_OK)
        status = xd_draft_string(part, tags->name, &made.name, error);
    if (status == XD_OK)
        status = xd_draft_string(part, tags->name_zh, &made.name_zh, error);
    if (status == XD_OK)
        status = xd_draft_string(part, tags->code, &made.code, error);
    if (status != XD_OK)
        return status;
    part->counts.place_areas_seen += made.place.osm_type != XD_OSM_NODE;
    part->places[part->places_n++] = made;
    return XD_OK;
}

enum xd_status xd_draft_place_node(struct xd_network_part *part, const struct xd_osm_node *node, struct xd_error *error)
{
    const struct xd_draft_place draft = {.place = {.osm_id = node->id, .osm_type = XD_OSM_NODE, .position = node->position}};
    struct xd_map_place_tags tags;
    return xd_map_place_decode(node->tags, &tags) ? xd_draft_place_add(part, &tags, &draft, error) : XD_OK;
}

static int by_id(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return (left > right) - (left < right);
}

enum xd_status xd_draft_place_relation(struct xd_network_part *part, const struct xd_osm_relation *relation, struct xd_error *error)
{
    static const char *const roles[] = {"label", "admin_centre"};
    struct xd_draft_place draft = {.place = {.osm_id = relation->id, .osm_type = XD_OSM_RELATION}, .first_ref = (int64_t)part->refs_n};
    struct xd_map_place_tags tags;
    if (!xd_map_place_decode(relation->tags, &tags))
        return XD_OK;
    for (size_t role = 0; role < XD_ARRAY_LENGTH(roles); role++) {
        const int32_t before_n = draft.refs_n;
        for (int32_t i = 0; i < relation->members_n; i++) {
            const struct xd_osm_member *member = &relation->members[i];
            int64_t at;
            if (member->kind != XD_OSM_NODE || strcmp(member->role, roles[role]) != 0)
                continue;
            enum xd_status status = xd_draft_refs(part, &member->id, 1, &at, error);
            if (status != XD_OK)
                return status;
            draft.refs_n++;
        }
        /* Of several the one with the lowest id. */
        if (draft.refs_n - before_n > 1)
            qsort(part->refs + draft.first_ref + before_n, (size_t)(draft.refs_n - before_n), sizeof *part->refs, by_id);
        draft.labels_n += role == 0 ? draft.refs_n : 0;
    }
    return xd_draft_place_add(part, &tags, &draft, error);
}

/* ---- where an area is ---- */

/* The points of an area that the file holds. */
struct outline {
    struct xd_position *points;
    int32_t points_n;
    bool closed; /* encloses something: a way that ends where it begins */
};

/* Room for the points of any area. */
static enum xd_status outline_make(const struct xd_network_builder *builder, struct outline *outline, struct xd_error *error)
{
    int32_t points_max = 0;
    for (size_t i = 0; i < builder->all.places_n; i++)
        points_max = builder->all.places[i].refs_n > points_max ? builder->all.places[i].refs_n : points_max;
    outline->points = xd_alloc((size_t)points_max + 1, sizeof *outline->points);
    return outline->points ? XD_OK : xd_fail_memory(error, "the outline of a place", ((size_t)points_max + 1) * sizeof *outline->points);
}

static void outline_fill(struct xd_network_builder *builder, const struct xd_draft_place *draft, struct outline *outline)
{
    const int64_t *refs = draft->refs_n > 0 ? builder->all.refs + draft->first_ref : NULL;
    const bool ring = draft->refs_n > 3 && refs[0] == refs[draft->refs_n - 1];
    outline->points_n = 0;
    for (int32_t i = 0; i < draft->refs_n - (ring ? 1 : 0); i++) {
        const size_t at = xd_draft_node_find(builder, refs[i]);
        if (at < builder->wanted_n && builder->node_state[at] != XD_DRAFT_NODE_MISSING)
            outline->points[outline->points_n++] = builder->position[at];
    }
    outline->closed = ring && outline->points_n >= 3;
}

struct box {
    struct xd_position low, high;
};

static struct box outline_box(const struct outline *outline)
{
    struct box box = {.low = outline->points[0], .high = outline->points[0]};
    for (int32_t i = 1; i < outline->points_n; i++) {
        const struct xd_position point = outline->points[i];
        box.low.lon_e7 = point.lon_e7 < box.low.lon_e7 ? point.lon_e7 : box.low.lon_e7;
        box.low.lat_e7 = point.lat_e7 < box.low.lat_e7 ? point.lat_e7 : box.low.lat_e7;
        box.high.lon_e7 = point.lon_e7 > box.high.lon_e7 ? point.lon_e7 : box.high.lon_e7;
        box.high.lat_e7 = point.lat_e7 > box.high.lat_e7 ? point.lat_e7 : box.high.lat_e7;
    }
    return box;
}

static bool box_holds(struct box box, struct xd_position point)
{
    return point.lon_e7 >= box.low.lon_e7 && point.lon_e7 <= box.high.lon_e7 && point.lat_e7 >= box.low.lat_e7 && point.lat_e7 <= box.high.lat_e7;
}

static struct xd_position outline_middle(const struct outline *outline)
{
    int64_t lon = 0, lat = 0;
    for (int32_t i = 0; i < outline->points_n; i++) {
        lon += outline->points[i].lon_e7;
        lat += outline->points[i].lat_e7;
    }
    return (struct xd_position){.lon_e7 = (int32_t)(lon / outline->points_n), .lat_e7 = (int32_t)(lat / outline->points_n)};
}

/* The centroid of the enclosed area. The middle of the points where nothing is enclosed, or where an outline that crosses itself has its centroid outside. */
static struct xd_position outline_centre(const struct outline *outline)
{
    const struct xd_position origin = outline->points[0];
    wide area = 0, lon = 0, lat = 0; /* twice the area; six times its moments, from the origin */
    for (int32_t i = 0; outline->closed && i < outline->points_n; i++) {
        const struct xd_position here = outline->points[i];
        const struct xd_position next = outline->points[i + 1 < outline->points_n ? i + 1 : 0];
        const int64_t x = (int64_t)here.lon_e7 - origin.lon_e7, y = (int64_t)here.lat_e7 - origin.lat_e7;
        const int64_t next_x = (int64_t)next.lon_e7 - origin.lon_e7, next_y = (int64_t)next.lat_e7 - origin.lat_e7;
        const wide cross = (wide)x * next_y - (wide)next_x * y;
        area += cross;
        lon += cross * (x + next_x);
        lat += cross * (y + next_y);
    }
    if (area == 0)
        return outline_middle(outline);
    const wide centre_lon = origin.lon_e7 + lon / (3 * area), centre_lat = origin.lat_e7 + lat / (3 * area);
    const struct box box = outline_box(outline);
    if (centre_lon < box.low.lon_e7 || centre_lon > box.high.lon_e7 || centre_lat < box.low.lat_e7 || centre_lat > box.high.lat_e7)
        return outline_middle(outline);
    return (struct xd_position){.lon_e7 = (int32_t)centre_lon, .lat_e7 = (int32_t)centre_lat};
}

/* Is the point enclosed? Even and odd crossings of a line to the east; products stay within 64 bits. */
static bool outline_encloses(const struct outline *outline, struct xd_position point)
{
    bool inside = false;
    for (int32_t i = 0, k = outline->points_n - 1; outline->closed && i < outline->points_n; k = i++) {
        const struct xd_position a = outline->points[i], b = outline->points[k];
        if ((a.lat_e7 > point.lat_e7) == (b.lat_e7 > point.lat_e7))
            continue;
        const int64_t rise = (int64_t)b.lat_e7 - a.lat_e7;
        const int64_t of_point = ((int64_t)point.lon_e7 - a.lon_e7) * rise;
        const int64_t of_line = ((int64_t)b.lon_e7 - a.lon_e7) * ((int64_t)point.lat_e7 - a.lat_e7);
        if (rise > 0 ? of_point < of_line : of_point > of_line)
            inside = !inside;
    }
    return inside;
}

/* ---- each place once ---- */

static int by_place(const void *a, const void *b)
{
    const struct xd_draft_place *left = a;
    const struct xd_draft_place *right = b;
    if (left->place.osm_type != right->place.osm_type)
        return left->place.osm_type < right->place.osm_type ? -1 : 1;
    if (left->place.osm_id != right->place.osm_id)
        return left->place.osm_id < right->place.osm_id ? -1 : 1;
    return (left->sequence > right->sequence) - (left->sequence < right->sequence);
}

/* The first of objects with equal ids stays. */
static void drop_duplicates(struct xd_network_builder *builder)
{
    size_t n = 0;
    for (size_t i = 0; i < builder->all.places_n; i++) {
        const struct xd_map_place *place = &builder->all.places[i].place;
        if (n == 0 || builder->all.places[n - 1].place.osm_id != place->osm_id || builder->all.places[n - 1].place.osm_type != place->osm_type)
            builder->all.places[n++] = builder->all.places[i];
        else if (place->osm_type == XD_OSM_NODE)
            builder->all.counts.duplicate_nodes++;
        else
            builder->all.counts.place_areas_twice++;
    }
    builder->all.places_n = n;
}

static void drop_unplaced(struct xd_network_builder *builder, struct outline *outline)
{
    size_t n = 0;
    for (size_t i = 0; i < builder->all.places_n; i++) {
        struct xd_draft_place *draft = &builder->all.places[i];
        if (draft->place.osm_type != XD_OSM_NODE) {
            outline_fill(builder, draft, outline);
            if (outline->points_n == 0) {
                builder->all.counts.place_areas_unplaced++;
                continue;
            }
            draft->place.position = draft->place.osm_type == XD_OSM_WAY ? outline_centre(outline) : outline->points[0];
        }
        builder->all.places[n++] = *draft;
    }
    builder->all.places_n = n;
}

/* A place by its latitude, to find those near an area. */
struct by_latitude {
    int32_t lat_e7;
    int32_t place;
};

static int by_latitude(const void *a, const void *b)
{
    const struct by_latitude *left = a;
    const struct by_latitude *right = b;
    if (left->lat_e7 != right->lat_e7)
        return left->lat_e7 < right->lat_e7 ? -1 : 1;
    return (left->place > right->place) - (left->place < right->place);
}

static bool names_agree(const struct xd_network_builder *builder, const struct xd_draft_place *a, const struct xd_draft_place *b)
{
    const char *names = builder->all.names;
    return (a->name && b->name && xd_map_place_names_agree(names + a->name, names + b->name)) ||
           (a->name_zh && b->name_zh && strcmp(names + a->name_zh, names + b->name_zh) == 0);
}

/* Is the area the same place as the other one, a node or an area before it? */
static bool is_same(const struct xd_network_builder *builder, const struct xd_draft_place *area, const struct outline *outline, struct box box,
                    const struct xd_draft_place *other)
{
    const bool kinds_agree = xd_map_place_kinds_agree(area->place.kind, other->place.kind);
    if (area->place.osm_type == XD_OSM_RELATION && other->place.osm_type == XD_OSM_NODE)
        for (int32_t i = 0; i < area->refs_n; i++)
            if (builder->all.refs[area->first_ref + i] == other->place.osm_id && (kinds_agree || i < area->labels_n))
                return true;
    if (!kinds_agree)
        return false;
    const bool enclosed =
        area->place.osm_type == XD_OSM_WAY && box_holds(box, other->place.position) && outline_encloses(outline, other->place.position);
    if (area->name == 0)
        return enclosed && other->place.osm_type == XD_OSM_NODE;
    return names_agree(builder, area, other) && (enclosed || xd_distance_m(area->place.position, other->place.position) <= SAME_PLACE_M);
}

static size_t first_from(const struct by_latitude *order, size_t n, int64_t lat_e7)
{
    size_t low = 0, high = n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (order[middle].lat_e7 < lat_e7)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Looks among the places at the latitudes of the area and a bit beyond. */
static bool is_there_before(struct xd_network_builder *builder, size_t index, const struct by_latitude *order, const bool *dropped,
                            struct outline *outline)
{
    const struct xd_draft_place *area = &builder->all.places[index];
    outline_fill(builder, area, outline);
    const struct box box = outline_box(outline);
    const int64_t reach = (int64_t)(SAME_PLACE_M + 1) * METRE_LAT_E7;
    for (size_t i = first_from(order, builder->all.places_n, box.low.lat_e7 - reach); i < builder->all.places_n; i++) {
        if (order[i].lat_e7 > box.high.lat_e7 + reach)
            break;
        const size_t other = (size_t)order[i].place;
        if (other < index && !dropped[other] && is_same(builder, area, outline, box, &builder->all.places[other]))
            return true;
    }
    return false;
}

static enum xd_status drop_twice(struct xd_network_builder *builder, struct outline *outline, struct xd_error *error)
{
    const size_t places_n = builder->all.places_n;
    size_t areas_from = 0, n = 0;
    while (areas_from < places_n && builder->all.places[areas_from].place.osm_type == XD_OSM_NODE)
        areas_from++;
    if (areas_from == places_n)
        return XD_OK;
    struct by_latitude *order = xd_alloc(places_n, sizeof *order);
    bool *dropped = xd_alloc_zero(places_n, sizeof *dropped);
    enum xd_status status = order && dropped ? XD_OK : xd_fail_memory(error, "the map's places", places_n * (sizeof *order + sizeof *dropped));
    if (status == XD_OK) {
        for (size_t i = 0; i < places_n; i++)
            order[i] = (struct by_latitude){.lat_e7 = builder->all.places[i].place.position.lat_e7, .place = (int32_t)i};
        qsort(order, places_n, sizeof *order, by_latitude);
        for (size_t i = areas_from; i < places_n; i++)
            dropped[i] = is_there_before(builder, i, order, dropped, outline);
        for (size_t i = 0; i < places_n; i++) {
            if (dropped[i])
                builder->all.counts.place_areas_twice++;
            else
                builder->all.places[n++] = builder->all.places[i];
        }
        builder->all.places_n = n;
    }
    xd_free(order);
    xd_free(dropped);
    return status;
}

enum xd_status xd_draft_places_freeze(struct xd_network_builder *builder, struct xd_network_frozen *frozen, struct xd_error *error)
{
    struct outline outline = {0};
    enum xd_status status = outline_make(builder, &outline, error);
    if (status != XD_OK)
        return status;
    if (builder->all.places_n > 0)
        qsort(builder->all.places, builder->all.places_n, sizeof *builder->all.places, by_place);
    drop_duplicates(builder);
    drop_unplaced(builder, &outline);
    status = drop_twice(builder, &outline, error);
    xd_free(outline.points);
    if (status != XD_OK)
        return status;
    frozen->map_places = xd_arena_alloc(&frozen->arena, builder->all.places_n + 1, sizeof *frozen->map_places);
    if (!frozen->map_places)
        return xd_fail_memory(error, "the map's places", builder->all.places_n * sizeof *frozen->map_places);
    for (size_t i = 0; i < builder->all.places_n; i++) {
        const struct xd_draft_place *draft = &builder->all.places[i];
        struct xd_map_place *place = &frozen->map_places[i];
        *place = draft->place;
        place->name = frozen->names + draft->name;
        place->name_zh = frozen->names + draft->name_zh;
        place->code = frozen->names + draft->code;
    }
    frozen->network.map_places_n = (int32_t)builder->all.places_n;
    return XD_OK;
}
