/* Nearest piece of road by a packed tree of boxes: runs of up to eight neighbouring pieces are the leaves, in the order of a space-filling curve, eight
 * boxes to a node. */
#include "maps/snap.h"

#include "base/alloc.h"
#include "base/sort.h"
#include "maps/road_map_sections.h"
#include "maps/speed_cap.h"

#include <math.h>

enum { RUN_PIECES = 8, FANOUT = 8, LEVELS_MAX = 12, FAR_RADII = 10, NO_EDGE = -1 };

/* Pieces first_piece .. + pieces_n of an edge (counted within it), or of a road that is in no edge (places in road_node). */
struct run {
    int32_t edge; /* NO_EDGE: a road closed to all vehicles of the topology */
    int32_t first_piece, pieces_n;
};

struct box {
    int32_t west, south, east, north;
};

/* Level 0 holds a box for each run, level l + 1 one for each FANOUT boxes of level l; the top level has one box. */
struct xd_snap_index {
    const struct xd_topology *topology;
    const struct run *runs;
    int32_t runs_n;
    const struct box *levels[LEVELS_MAX];
    int32_t level_n[LEVELS_MAX];
    int32_t levels_n;
    struct run *own_runs; /* NULL: runs and boxes are somebody else's */
    struct box *own_levels[LEVELS_MAX];
};

/* ---- building ---- */

/* Interleaves the upper 16 bits of two coordinates: the Morton order. */
static uint32_t spread_bits(uint32_t value)
{
    value = (value | value << 8) & 0x00ff00ffU;
    value = (value | value << 4) & 0x0f0f0f0fU;
    value = (value | value << 2) & 0x33333333U;
    return (value | value << 1) & 0x55555555U;
}

/* The box's middle within the network's box as 16 bits each way. */
static uint32_t curve_code(const struct xd_network *network, const struct box *box)
{
    const int64_t width = (int64_t)network->north_east.lon_e7 - network->south_west.lon_e7 + 1;
    const int64_t height = (int64_t)network->north_east.lat_e7 - network->south_west.lat_e7 + 1;
    const int64_t east = ((int64_t)box->west + box->east) / 2 - network->south_west.lon_e7;
    const int64_t north = ((int64_t)box->south + box->north) / 2 - network->south_west.lat_e7;
    return spread_bits((uint32_t)(east * 65535 / width)) | spread_bits((uint32_t)(north * 65535 / height)) << 1;
}

/* The points of a run are those from its first piece's on, one more than pieces. */
static struct xd_position point_of(const struct xd_topology *topology, const struct run *run, int32_t i)
{
    const struct xd_network *network = topology->network;
    if (run->edge == NO_EDGE)
        return network->node_position[network->road_node[run->first_piece + i]];
    return topology->point[topology->first_piece[run->edge] + run->edge + run->first_piece + i];
}

static void widen(struct box *box, struct box other)
{
    box->west = other.west < box->west ? other.west : box->west;
    box->south = other.south < box->south ? other.south : box->south;
    box->east = other.east > box->east ? other.east : box->east;
    box->north = other.north > box->north ? other.north : box->north;
}

static struct box box_of(const struct xd_topology *topology, const struct run *run)
{
    struct xd_position at = point_of(topology, run, 0);
    struct box box = {at.lon_e7, at.lat_e7, at.lon_e7, at.lat_e7};
    for (int32_t i = 1; i <= run->pieces_n; i++) {
        at = point_of(topology, run, i);
        widen(&box, (struct box){at.lon_e7, at.lat_e7, at.lon_e7, at.lat_e7});
    }
    return box;
}

static int64_t runs_of(int64_t pieces_n)
{
    return (pieces_n + RUN_PIECES - 1) / RUN_PIECES;
}

static int32_t add_runs(struct run *runs, int32_t runs_n, int32_t edge, int64_t first, int64_t pieces_n)
{
    for (int64_t from = 0; from < pieces_n; from += RUN_PIECES)
        runs[runs_n++] = (struct run){edge, (int32_t)(first + from), (int32_t)(pieces_n - from < RUN_PIECES ? pieces_n - from : RUN_PIECES)};
    return runs_n;
}

/* Roads that no vehicle of the topology uses: no piece of theirs is in an edge. */
static enum xd_status list_runs(struct xd_snap_index *index, struct xd_error *error)
{
    const struct xd_topology *topology = index->topology;
    const struct xd_network *network = topology->network;
    uint8_t *in_edge = xd_alloc_zero((size_t)network->roads_n + 1, 1);
    int64_t runs_n = 0;
    if (!in_edge)
        return xd_fail_memory(error, "the index of roads", (size_t)network->roads_n);
    for (int32_t e = 0; e < topology->edges_n; e++) {
        for (int64_t p = topology->first_piece[e]; p < topology->first_piece[e + 1]; p++)
            in_edge[topology->piece_road[p]] = 1;
        runs_n += runs_of(topology->first_piece[e + 1] - topology->first_piece[e]);
    }
    for (int32_t r = 0; r < network->roads_n; r++)
        runs_n += in_edge[r] ? 0 : runs_of(network->first_node[r + 1] - network->first_node[r] - 1);
    index->own_runs = runs_n < INT32_MAX / 2 ? xd_alloc((size_t)runs_n + 1, sizeof *index->own_runs) : NULL;
    if (index->own_runs) {
        for (int32_t e = 0; e < topology->edges_n; e++)
            index->runs_n = add_runs(index->own_runs, index->runs_n, e, 0, topology->first_piece[e + 1] - topology->first_piece[e]);
        for (int32_t r = 0; r < network->roads_n; r++)
            if (!in_edge[r])
                index->runs_n = add_runs(index->own_runs, index->runs_n, NO_EDGE, network->first_node[r],
                                         network->first_node[r + 1] - network->first_node[r] - 1);
    }
    xd_free(in_edge);
    return index->own_runs ? XD_OK : xd_fail_memory(error, "the index of roads", (size_t)runs_n * sizeof *index->own_runs);
}

/* Runs along the curve, ties by edge and piece as they were listed. */
static enum xd_status sort_runs(struct xd_snap_index *index, struct xd_error *error)
{
    const size_t n = (size_t)index->runs_n;
    int64_t *keys = xd_alloc(n + 1, sizeof *keys), *scratch = xd_alloc(n + 1, sizeof *scratch);
    struct run *sorted = xd_alloc(n + 1, sizeof *sorted);
    enum xd_status status = XD_OK;
    if (keys && scratch && sorted) {
        for (size_t i = 0; i < n; i++) {
            const struct box box = box_of(index->topology, &index->own_runs[i]);
            keys[i] = (int64_t)curve_code(index->topology->network, &box) << 31 | (int64_t)i;
        }
        xd_sort_i64(keys, scratch, n);
        for (size_t i = 0; i < n; i++)
            sorted[i] = index->own_runs[keys[i] & INT32_MAX];
        struct run *old = index->own_runs;
        index->own_runs = sorted;
        sorted = old;
    } else {
        status = xd_fail_memory(error, "the index of roads", n * (2 * sizeof *keys + sizeof *sorted));
    }
    xd_free(keys);
    xd_free(scratch);
    xd_free(sorted);
    return status;
}

static enum xd_status pack(struct xd_snap_index *index, struct xd_error *error)
{
    int32_t below_n = index->runs_n;
    for (int32_t level = 0; below_n > 0; level++) {
        const int32_t n = level == 0 ? below_n : (below_n + FANOUT - 1) / FANOUT;
        struct box *boxes = xd_alloc((size_t)n, sizeof *boxes);
        if (!boxes)
            return xd_fail_memory(error, "the index of roads", (size_t)n * sizeof *boxes);
        index->own_levels[level] = boxes;
        index->level_n[level] = n;
        index->levels_n++;
        for (int32_t i = 0; i < below_n; i++) {
            if (level == 0)
                boxes[i] = box_of(index->topology, &index->own_runs[i]);
            else if (i % FANOUT == 0)
                boxes[i / FANOUT] = index->own_levels[level - 1][i];
            else
                widen(&boxes[i / FANOUT], index->own_levels[level - 1][i]);
        }
        below_n = n > 1 ? n : 0;
    }
    return XD_OK;
}

enum xd_status xd_snap_index_build(const struct xd_topology *topology, struct xd_snap_index **index, struct xd_error *error)
{
    struct xd_snap_index *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the index of roads", sizeof *made);
    made->topology = topology;
    enum xd_status status = list_runs(made, error);
    if (status == XD_OK)
        status = sort_runs(made, error);
    if (status == XD_OK)
        status = pack(made, error);
    if (status == XD_OK) {
        made->runs = made->own_runs;
        for (int32_t level = 0; level < made->levels_n; level++)
            made->levels[level] = made->own_levels[level];
        *index = made;
        made = NULL;
    }
    xd_snap_index_free(made);
    return status;
}

void xd_snap_index_free(struct xd_snap_index *index)
{
    if (!index)
        return;
    xd_free(index->own_runs);
    for (int32_t level = 0; level < LEVELS_MAX; level++)
        xd_free(index->own_levels[level]);
    xd_free(index);
}

/* ---- as sections ---- */

struct facts {
    int32_t runs_n, levels_n, level_n[LEVELS_MAX], spare[2];
};

static void walk(struct xd_sections *sections, const struct facts *facts, struct xd_snap_index *index)
{
    index->runs = xd_section_walk(sections, index->runs, facts->runs_n, sizeof *index->runs);
    for (int32_t level = 0; level < facts->levels_n; level++)
        index->levels[level] = xd_section_walk(sections, index->levels[level], facts->level_n[level], sizeof(struct box));
}

void xd_snap_index_list(const struct xd_snap_index *index, struct xd_sections *sections)
{
    struct facts facts = {.runs_n = index->runs_n, .levels_n = index->levels_n};
    struct xd_snap_index copy = *index;
    for (int32_t level = 0; level < index->levels_n; level++)
        facts.level_n[level] = index->level_n[level];
    (void)xd_section_copy(sections, &facts, sizeof facts);
    walk(sections, &facts, &copy);
}

/* As pack() makes them. */
static bool are_levels(const struct facts *facts)
{
    int32_t below_n = facts->runs_n;
    bool good = facts->runs_n >= 0 && facts->runs_n < INT32_MAX / 2 && facts->levels_n >= 0 && facts->levels_n <= LEVELS_MAX &&
                (facts->levels_n == 0) == (facts->runs_n == 0);
    for (int32_t level = 0; level < LEVELS_MAX && good; level++) {
        const int32_t n = level == 0 ? below_n : (below_n + FANOUT - 1) / FANOUT;
        good = level < facts->levels_n ? facts->level_n[level] == n && (n == 1) == (level + 1 == facts->levels_n) : facts->level_n[level] == 0;
        below_n = n;
    }
    return good;
}

static bool are_runs(const struct xd_snap_index *index, int32_t runs_n)
{
    const struct xd_topology *topology = index->topology;
    const int64_t places_n = topology->network->first_node[topology->network->roads_n];
    for (int32_t i = 0; i < runs_n; i++) {
        const struct run *run = &index->runs[i];
        if (run->edge < NO_EDGE || run->edge >= topology->edges_n || run->first_piece < 0 || run->pieces_n < 1 || run->pieces_n > RUN_PIECES)
            return false;
        const int64_t pieces_n = run->edge == NO_EDGE ? places_n - 1 : topology->first_piece[run->edge + 1] - topology->first_piece[run->edge];
        if (run->first_piece > pieces_n - run->pieces_n)
            return false;
    }
    return true;
}

enum xd_status xd_snap_index_take(struct xd_sections *sections, const struct xd_topology *topology, struct xd_snap_index **index,
                                  struct xd_error *error)
{
    const struct facts *facts = xd_section_copy(sections, NULL, sizeof *facts);
    *index = NULL;
    sections->is_wrong = sections->is_wrong || !are_levels(facts);
    if (sections->is_wrong)
        return XD_OK;
    struct xd_snap_index *made = xd_alloc_zero(1, sizeof *made);
    if (!made)
        return xd_fail_memory(error, "the index of roads", sizeof *made);
    made->topology = topology;
    made->runs_n = facts->runs_n;
    made->levels_n = facts->levels_n;
    walk(sections, facts, made);
    for (int32_t level = 0; level < facts->levels_n; level++)
        made->level_n[level] = facts->level_n[level];
    sections->is_wrong = sections->is_wrong || !are_runs(made, facts->runs_n);
    if (sections->is_wrong)
        xd_snap_index_free(made);
    else
        *index = made;
    return XD_OK;
}

/* ---- finding ---- */

/* The plane around the asked position: metres a unit of 1e-7 degrees. Straight for the few kilometres that matter here. */
struct plane {
    struct xd_position origin;
    double east_m, north_m;
};

/* Which pieces count: those with one of these bits of use; any. */
enum wanted { WANT_ANY = 0, WANT_MAIN = XD_PIECE_MAIN, WANT_PART = XD_PIECE_MAIN | XD_PIECE_OTHER, WANT_OPEN = XD_PIECE_OPEN };

struct nearest {
    enum wanted wanted;
    const struct xd_graph *graph;
    double squared_m; /* the least so far; at first the radius, which itself still counts */
    bool found;
    int32_t edge, piece;
    int32_t step; /* of the piece, as in topology->piece_step */
    struct xd_position a, b;
    double part; /* 0..1 along the piece, as its road is drawn; a and b too */
};

static double squared_to_box(const struct plane *plane, const struct box *box)
{
    double east = 0.0;
    double north = 0.0;
    if (plane->origin.lon_e7 < box->west)
        east = ((double)box->west - plane->origin.lon_e7) * plane->east_m;
    else if (plane->origin.lon_e7 > box->east)
        east = ((double)plane->origin.lon_e7 - box->east) * plane->east_m;
    if (plane->origin.lat_e7 < box->south)
        north = ((double)box->south - plane->origin.lat_e7) * plane->north_m;
    else if (plane->origin.lat_e7 > box->north)
        north = ((double)plane->origin.lat_e7 - box->north) * plane->north_m;
    return east * east + north * north;
}

static double squared_to_piece(const struct plane *plane, struct xd_position a, struct xd_position b, double *part)
{
    const double ax = ((double)a.lon_e7 - plane->origin.lon_e7) * plane->east_m;
    const double ay = ((double)a.lat_e7 - plane->origin.lat_e7) * plane->north_m;
    const double bx = ((double)b.lon_e7 - plane->origin.lon_e7) * plane->east_m;
    const double by = ((double)b.lat_e7 - plane->origin.lat_e7) * plane->north_m;
    const double dx = bx - ax;
    const double dy = by - ay;
    const double length = dx * dx + dy * dy;
    const double along = -(ax * dx + ay * dy);
    /* Ends are taken as they are, so that pieces that meet there are equally far. */
    if (length <= 0.0 || along <= 0.0) {
        *part = 0.0;
        return ax * ax + ay * ay;
    }
    if (along >= length) {
        *part = 1.0;
        return bx * bx + by * by;
    }
    *part = along / length;
    const double x = ax + *part * dx;
    const double y = ay + *part * dy;
    return x * x + y * y;
}

static bool is_wanted(const struct nearest *nearest, const struct run *run, int32_t i)
{
    if (nearest->wanted == WANT_ANY)
        return true;
    if (run->edge == NO_EDGE)
        return false;
    return (nearest->graph->piece_use[nearest->graph->topology->first_piece[run->edge] + run->first_piece + i] & nearest->wanted) != 0;
}

/* Place and direction of a piece in its road; what lies in no edge comes last. */
static int32_t step_of(const struct xd_topology *topology, const struct run *run, int32_t i)
{
    return run->edge == NO_EDGE ? INT32_MAX - 1 : topology->piece_step[topology->first_piece[run->edge] + run->first_piece + i];
}

static void look_at_run(const struct xd_snap_index *index, const struct plane *plane, int32_t r, struct nearest *nearest)
{
    const struct run *run = &index->runs[r];
    for (int32_t i = 0; i < run->pieces_n; i++) {
        double part;
        if (!is_wanted(nearest, run, i))
            continue;
        const int32_t step = step_of(index->topology, run, i);
        const struct xd_position a = point_of(index->topology, run, i + step % 2), b = point_of(index->topology, run, i + !(step % 2));
        const double squared_m = squared_to_piece(plane, a, b, &part);
        if (squared_m > nearest->squared_m || (squared_m >= nearest->squared_m && nearest->found && step >= nearest->step))
            continue;
        nearest->squared_m = squared_m;
        nearest->found = true;
        nearest->edge = run->edge;
        nearest->piece = run->first_piece + i;
        nearest->step = step;
        nearest->a = a;
        nearest->b = b;
        nearest->part = part;
    }
}

/* Down the boxes that are no farther than the nearest so far, the nearest box first. */
static void look_into(const struct xd_snap_index *index, const struct plane *plane, int32_t level, int32_t box, struct nearest *nearest)
{
    if (squared_to_box(plane, &index->levels[level][box]) > nearest->squared_m)
        return;
    if (level == 0) {
        look_at_run(index, plane, box, nearest);
        return;
    }
    const int32_t first = box * FANOUT;
    const int32_t n = index->level_n[level - 1] - first < FANOUT ? index->level_n[level - 1] - first : FANOUT;
    int32_t order[FANOUT];
    double squared_m[FANOUT];
    for (int32_t i = 0; i < n; i++) {
        const double here_m = squared_to_box(plane, &index->levels[level - 1][first + i]);
        int32_t at = i;
        for (; at > 0 && squared_m[at - 1] > here_m; at--) {
            squared_m[at] = squared_m[at - 1];
            order[at] = order[at - 1];
        }
        squared_m[at] = here_m;
        order[at] = first + i;
    }
    for (int32_t i = 0; i < n; i++)
        look_into(index, plane, level - 1, order[i], nearest);
}

static struct nearest find_in(const struct xd_snap_index *index, const struct xd_graph *graph, enum wanted wanted, const struct plane *plane,
                              double radius_m)
{
    struct nearest nearest = {.wanted = wanted, .graph = graph, .squared_m = radius_m * radius_m};
    if (index->runs_n > 0)
        look_into(index, plane, index->levels_n - 1, 0, &nearest);
    return nearest;
}

static int32_t between(int32_t a, int32_t b, int32_t part_ppm)
{
    return (int32_t)(a + ((int64_t)b - a) * part_ppm / XD_SNAP_PART_WHOLE);
}

static struct plane plane_at(struct xd_position origin)
{
    static const double metres_a_unit = 6371008.8 * 3.14159265358979323846 / 180.0 / 1e7;
    return (struct plane){
        .origin = origin, .east_m = metres_a_unit * cos((double)origin.lat_e7 / 1e7 * (3.14159265358979323846 / 180.0)), .north_m = metres_a_unit};
}

static struct xd_snap snap_to(const struct nearest *found, struct xd_position place)
{
    struct xd_snap snap = {.status = XD_SNAP_OK, .edge = found->edge, .piece = found->piece, .place = place};
    const int32_t road_ppm = (int32_t)(found->part * XD_SNAP_PART_WHOLE + 0.5);
    snap.part_ppm = found->step % 2 ? XD_SNAP_PART_WHOLE - road_ppm : road_ppm;
    snap.position = (struct xd_position){.lon_e7 = between(found->a.lon_e7, found->b.lon_e7, road_ppm),
                                         .lat_e7 = between(found->a.lat_e7, found->b.lat_e7, road_ppm)};
    snap.distance_m = (int32_t)(sqrt(found->squared_m) + 0.5);
    return snap;
}

static bool is_on(const struct xd_graph *graph, const struct nearest *found, uint8_t use)
{
    return (graph->piece_use[graph->topology->first_piece[found->edge] + found->piece] & use) != 0;
}

void xd_snap_find(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                  struct xd_snap *snap)
{
    const struct plane plane = plane_at(position);
    *snap = (struct xd_snap){.status = XD_SNAP_OFF_NETWORK, .edge = -1, .position = position, .distance_m = -1, .place = position};
    const struct nearest part = find_in(index, graph, WANT_PART, &plane, radius_m);
    if (part.found && is_on(graph, &part, XD_PIECE_MAIN)) {
        *snap = snap_to(&part, position);
        return;
    }
    if (find_in(index, graph, WANT_OPEN, &plane, radius_m).found)
        snap->status = XD_SNAP_ISLAND;
    else if (find_in(index, graph, WANT_ANY, &plane, radius_m).found)
        snap->status = XD_SNAP_CLOSED;
    const struct nearest any = find_in(index, graph, WANT_ANY, &plane, (double)radius_m * FAR_RADII);
    if (any.found)
        snap->distance_m = (int32_t)(sqrt(any.squared_m) + 0.5);
}

static struct xd_snap connect_to(const struct xd_graph *graph, const struct nearest *found, const struct xd_connector *connector,
                                 struct xd_position place)
{
    struct xd_snap snap = snap_to(found, place);
    const int64_t speed_m_h = connector->speed_m_h;
    snap.connector_m = snap.distance_m;
    snap.connector_s = (int32_t)(((int64_t)snap.connector_m * 3600 + speed_m_h / 2) / speed_m_h);
    if (graph->has_energy)
        snap.connector_kj =
            (int32_t)((xd_energy_j(graph->profile, (int64_t)snap.connector_m * 100, (int32_t)((speed_m_h + 999) / 1000), 0) + 500) / 1000);
    return snap;
}

void xd_snap_connect(const struct xd_snap_index *index, const struct xd_graph *graph, const struct xd_connector *connector, struct xd_snap *snap)
{
    if (snap->status == XD_SNAP_OK || connector->longest_m <= 0)
        return;
    const struct plane plane = plane_at(snap->place);
    const struct nearest main = find_in(index, graph, WANT_MAIN, &plane, connector->longest_m);
    if (main.found)
        *snap = connect_to(graph, &main, connector, snap->place);
}

void xd_snap_under_closures(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                            const struct xd_connector *connector, struct xd_snap *snap)
{
    const struct plane plane = plane_at(position);
    const bool is_connected = snap->connector_m > 0;
    if (snap->status != XD_SNAP_OK || (graph->piece_use[graph->topology->first_piece[snap->edge] + snap->piece] & XD_PIECE_OPEN))
        return;
    xd_snap_find(index, graph, position, radius_m, snap);
    if (is_connected)
        xd_snap_connect(index, graph, connector, snap);
    if (snap->status == XD_SNAP_ISLAND) { /* cut off by the closures: its way is told by the table */
        const struct nearest open = find_in(index, graph, WANT_OPEN, &plane, radius_m);
        *snap = snap_to(&open, position);
    } else if (snap->status != XD_SNAP_OK && is_connected) {
        const struct nearest open = find_in(index, graph, WANT_OPEN, &plane, connector->longest_m);
        if (open.found)
            *snap = connect_to(graph, &open, connector, position);
    }
}

int32_t xd_snap_usable_m(const struct xd_snap_index *index, const struct xd_graph *graph, struct xd_position position, int32_t radius_m,
                         bool elsewhere)
{
    const struct plane plane = plane_at(position);
    const struct nearest usable = find_in(index, graph, elsewhere ? WANT_PART : WANT_MAIN, &plane, radius_m);
    return usable.found ? (int32_t)(sqrt(usable.squared_m) + 0.5) : -1;
}

bool xd_snap_use_shared_part(const struct xd_snap_index *index, struct xd_graph *graph, const struct xd_position *positions, int32_t n,
                             int32_t radius_m)
{
    bool is_shared = true, is_used = false;
    for (int round = 0; round < 2; round++) { /* as cheap as one search where the first place lies at a large part */
        for (int32_t i = 0; i < n && is_shared; i++) {
            const struct plane plane = plane_at(positions[i]);
            const struct nearest open = find_in(index, graph, WANT_OPEN, &plane, radius_m);
            if (!open.found)
                continue;
            if (round == 0)
                is_shared = !is_on(graph, &open, WANT_PART);
            else if (is_used)
                is_shared = is_on(graph, &open, XD_PIECE_MAIN);
            else
                is_shared = is_used = xd_graph_use_part(graph, open.edge, open.piece);
        }
    }
    if (is_used && !is_shared)
        xd_graph_use_parts(graph);
    return is_used && is_shared;
}

const char *xd_snap_status_name(enum xd_snap_status status)
{
    static const char *const names[] = {"ok", "off_network", "island", "closed"};
    return names[status];
}
