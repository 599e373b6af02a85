/* Closures over roads: which pieces they touch, what these become, and that nothing else changes. */
#include "base/alloc.h"
#include "base/rng.h"
#include "maps/overlay.h"
#include "maps/table.h"
#include "tests/harness/maps_network.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/harness/roads.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <string.h>

enum { POINTS_MAX = 64, TEXT_MAX = 16384, GRID_N = 6, ROADS_N = 2 * GRID_N * (GRID_N - 1), ALLOCATIONS_MAX = 1000 };

/* Lines of a closure, in metres as road_map_position takes them; groups end with a NULL. */
struct drawn {
    struct xd_position points[POINTS_MAX];
    int32_t first_part[POINTS_MAX], first_point[POINTS_MAX];
    int32_t points_n, parts_n, groups_n;
};

static void draw_part(struct drawn *drawn, const double (*at_m)[2], int32_t n)
{
    for (int32_t i = 0; i < n; i++)
        drawn->points[drawn->points_n++] = road_map_position(at_m[i][0], at_m[i][1]);
    drawn->first_point[++drawn->parts_n] = drawn->points_n;
}

static void end_group(struct drawn *drawn)
{
    drawn->first_part[++drawn->groups_n] = drawn->parts_n;
}

static struct xd_closure closure_of(enum xd_closure_shape shape, const struct drawn *drawn, int32_t reach_m)
{
    struct xd_closure closure = {.name = "x",
                                 .note = "",
                                 .shape = shape,
                                 .reach_m = reach_m,
                                 .directions = XD_CLOSURE_BOTH,
                                 .from_days = XD_CLOSURE_ALWAYS,
                                 .until_days = XD_CLOSURE_ALWAYS,
                                 .months = XD_MONTHS_ALL,
                                 .profiles = XD_CLOSURE_ALL_PROFILES};
    if (drawn) {
        closure.points = drawn->points;
        closure.first_part = drawn->first_part;
        closure.first_point = drawn->first_point;
        closure.groups_n = drawn->groups_n;
    }
    return closure;
}

static struct xd_closure ways_of(const int64_t *ways, int32_t ways_n)
{
    struct xd_closure closure = closure_of(XD_CLOSURE_WAYS, NULL, 0);
    closure.ways = ways;
    closure.ways_n = ways_n;
    return closure;
}

static struct xd_overlay *overlay_of(const struct xd_network *network, const struct xd_closures *closures, int64_t day)
{
    struct xd_overlay *overlay = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_overlay_build(network, xd_test_profiles(), closures, day, &overlay, NULL), XD_OK);
    return overlay;
}

/* What of the roads is touched, by OSM way: "10: 0-1f 3; 20: 2b" are pieces 0 to 1 of way 10 forward, 3 both ways, and 2 of way 20 backward. */
static const char *told(const struct xd_overlay *overlay)
{
    static char text[512];
    const struct xd_network *network = overlay->network;
    size_t used = 0;
    text[0] = '\0';
    for (int32_t r = 0; r < network->roads_n; r++)
        for (int32_t i = overlay->first_range[r]; i < overlay->first_range[r + 1]; i++) {
            const struct xd_overlay_range *range = &overlay->ranges[i];
            const int first = (int)(range->first - network->first_node[r]), last = (int)(range->end - network->first_node[r]) - 1;
            if (i == overlay->first_range[r])
                used += (size_t)snprintf(text + used, sizeof text - used, "%s%d:", used ? "; " : "", (int)network->road_osm_id[r]);
            used += (size_t)snprintf(text + used, sizeof text - used, last > first ? " %d-%d" : " %d", first, last);
            if (range->directions != XD_CLOSURE_BOTH)
                used += (size_t)snprintf(text + used, sizeof text - used, "%s", range->directions == XD_CLOSURE_FORWARD ? "f" : "b");
        }
    return text;
}

static void expect_touched(const struct xd_network *network, const struct xd_closure *closure, const char *expected)
{
    struct xd_closure copy = *closure;
    const struct xd_closures closures = {.items = &copy, .items_n = 1};
    struct xd_overlay *overlay = overlay_of(network, &closures, XD_CLOSURE_ALWAYS);
    if (strcmp(told(overlay), expected) != 0)
        printf("\n    touched \"%s\", expected \"%s\"", told(overlay), expected);
    CU_ASSERT_STRING_EQUAL(told(overlay), expected);
    xd_overlay_free(overlay);
}

/* Way 10 goes east along 0 in pieces of 100 m from node 1 (0) to node 6 (500); way 20 crosses it at node 3 (200) from south to north in pieces of 20 m;
 * way 30 runs along way 10, 100 m north of it, and is drawn westwards; way 40 leaves node 5 (400) to the north in pieces of 10 m. */
static struct xd_network *cross_roads(void)
{
    return road_map_network("node 1 0 0\nnode 2 100 0\nnode 3 200 0\nnode 4 300 0\nnode 5 400 0\nnode 6 500 0\n"
                            "node 21 200 -40\nnode 22 200 -20\nnode 24 200 20\nnode 25 200 40\n"
                            "node 31 500 100\nnode 32 250 100\nnode 33 0 100\nnode 41 400 10\nnode 42 400 20\n"
                            "way 10 1 2 3 4 5 6 : highway=tertiary\nway 20 21 22 3 24 25 : highway=tertiary\nway 30 31 32 33 : highway=tertiary\n"
                            "way 40 5 41 42 : highway=service\n");
}

static void an_area_touches_what_lies_in_it_and_nothing_in_its_hole(void)
{
    static const double outline[][2] = {{-50, -30}, {350, -30}, {350, 50}, {-50, 50}, {-50, -30}};
    static const double hole[][2] = {{90, -25}, {330, -25}, {330, 25}, {90, 25}};
    struct xd_network *network = cross_roads();
    struct drawn plain = {0}, holed = {0};
    draw_part(&plain, outline, 5);
    end_group(&plain);
    struct xd_closure closure = closure_of(XD_CLOSURE_AREA, &plain, 0);
    expect_touched(network, &closure, "10: 0-3; 20: 0-3"); /* piece 3 of way 10 leaves it, piece 0 of way 20 comes in */
    draw_part(&holed, outline, 5);
    draw_part(&holed, hole, 4); /* not closed by a repeated point */
    end_group(&holed);
    closure = closure_of(XD_CLOSURE_AREA, &holed, 0);
    expect_touched(network, &closure, "10: 0 3; 20: 0 3"); /* pieces 1 and 2 of both lie in the hole; 0 and 3 reach out of it */
    xd_network_free(network);
}

static void a_piece_that_only_passes_through_an_area_is_touched(void)
{
    static const double sliver[][2] = {{140, -10}, {145, -10}, {145, 10}, {140, 10}};
    struct xd_network *network = cross_roads();
    struct drawn drawn = {0};
    draw_part(&drawn, sliver, 4);
    end_group(&drawn);
    const struct xd_closure closure = closure_of(XD_CLOSURE_AREA, &drawn, 0);
    expect_touched(network, &closure, "10: 1");
    xd_network_free(network);
}

static void polygons_that_overlap_touch_what_lies_in_either(void)
{
    static const double first[][2] = {{10, -10}, {290, -10}, {290, 10}, {10, 10}}, second[][2] = {{190, -10}, {390, -10}, {390, 10}, {190, 10}};
    struct xd_network *network = cross_roads();
    struct drawn drawn = {0};
    draw_part(&drawn, first, 4);
    end_group(&drawn);
    draw_part(&drawn, second, 4);
    end_group(&drawn);
    const struct xd_closure closure = closure_of(XD_CLOSURE_AREA, &drawn, 0);
    expect_touched(network, &closure, "10: 0-3; 20: 1-2"); /* node 3 lies in both: an even-odd rule over all rings would leave it out */
    xd_network_free(network);
}

static void a_line_touches_the_road_that_it_runs_along_but_not_the_crossing_ones(void)
{
    static const double along[][2] = {{0, 3}, {210, -6}, {405, 2}}, beside[][2] = {{0, 5}, {405, 5}};
    struct xd_network *network = cross_roads();
    struct drawn drawn = {0};
    draw_part(&drawn, along, 3);
    end_group(&drawn);
    struct xd_closure closure = closure_of(XD_CLOSURE_LINE, &drawn, 15);
    expect_touched(network, &closure, "10: 0-3"); /* not way 20, though its pieces at node 3 lie within 15 m; nor way 40, which begins at the line */
    struct drawn five_off = {0};
    draw_part(&five_off, beside, 2);
    end_group(&five_off);
    closure = closure_of(XD_CLOSURE_LINE, &five_off, 4);
    expect_touched(network, &closure, "");
    closure.reach_m = 6;
    expect_touched(network, &closure, "10: 0-3");
    closure.reach_m = 110;
    expect_touched(network, &closure, "10: 0-3; 30: 0-1"); /* way 30 lies 95 m to the side */
    xd_network_free(network);
}

static void a_line_has_the_direction_that_it_is_drawn_in(void)
{
    static const double north_road[][2] = {{0, 100}, {500, 101}}, south_road[][2] = {{450, 0}, {120, 0}};
    struct xd_network *network = cross_roads();
    struct drawn east = {0}, west = {0};
    draw_part(&east, north_road, 2);
    end_group(&east);
    struct xd_closure closure = closure_of(XD_CLOSURE_LINE, &east, 15);
    closure.directions = XD_CLOSURE_FORWARD;
    expect_touched(network, &closure, "30: 0-1b"); /* the way is drawn westwards */
    draw_part(&west, south_road, 2);
    end_group(&west);
    closure = closure_of(XD_CLOSURE_LINE, &west, 15);
    closure.directions = XD_CLOSURE_BACKWARD;
    expect_touched(network, &closure, "10: 1-4f");
    xd_network_free(network);
}

static void a_short_line_within_a_piece_touches_it_and_a_slight_overshoot_does_not(void)
{
    static const double short_line[][2] = {{140, 1}, {150, 1}}, over[][2] = {{100, 0}, {210, 0}};
    struct xd_network *network = cross_roads();
    struct drawn drawn = {0}, overshot = {0};
    draw_part(&drawn, short_line, 2);
    end_group(&drawn);
    struct xd_closure closure = closure_of(XD_CLOSURE_LINE, &drawn, 15);
    expect_touched(network, &closure, "10: 1");
    draw_part(&overshot, over, 2);
    end_group(&overshot);
    closure = closure_of(XD_CLOSURE_LINE, &overshot, 15);
    expect_touched(network, &closure, "10: 1"); /* 10 m beyond node 3 */
    xd_network_free(network);
}

static void a_circle_touches_what_comes_as_near_as_its_radius(void)
{
    static const double centre[][2] = {{450, 30}};
    struct xd_network *network = cross_roads();
    struct drawn drawn = {0};
    draw_part(&drawn, centre, 1);
    end_group(&drawn);
    struct xd_closure closure = closure_of(XD_CLOSURE_CIRCLE, &drawn, 29);
    expect_touched(network, &closure, "");
    closure.reach_m = 31;
    expect_touched(network, &closure, "10: 4");
    closure.reach_m = 72;
    expect_touched(network, &closure, "10: 3-4; 30: 0; 40: 0-1"); /* node 5 is 58 m off, way 30 70 m */
    xd_network_free(network);
}

static void ways_are_closed_by_their_ids_and_missing_ones_are_told(void)
{
    static const int64_t ids[] = {5, 20, 30}, none[] = {7};
    struct xd_network *network = cross_roads();
    struct xd_closure items[] = {ways_of(ids, 3), ways_of(none, 1)};
    items[0].directions = XD_CLOSURE_FORWARD;
    items[0].source = "c.csv";
    items[0].line = 2;
    const struct xd_closures closures = {.items = items, .items_n = 2};
    struct xd_overlay *overlay = overlay_of(network, &closures, XD_CLOSURE_ALWAYS);
    struct xd_diagnostics diagnostics = {0};
    CU_ASSERT_STRING_EQUAL(told(overlay), "20: 0-3f; 30: 0-1f");
    CU_ASSERT_EQUAL(overlay->extents[0].pieces_n, 6);
    CU_ASSERT_TRUE(overlay->extents[0].length_cm >= 57990 && overlay->extents[0].length_cm <= 58010); /* 80 and 500 m */
    CU_ASSERT_EQUAL(overlay->extents[0].ways_missing_n, 1);
    xd_overlay_review(overlay, &diagnostics);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, "way 5 is not in the map"));
    CU_ASSERT_STRING_EQUAL(diagnostics.warnings[0].source, "c.csv");
    CU_ASSERT_EQUAL(diagnostics.warnings[0].line, 2);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[1].message, "way 7 is not in the map"));
    xd_diagnostics_free(&diagnostics);
    xd_overlay_free(overlay);
    xd_network_free(network);
}

static void what_touches_no_road_is_warned_of(void)
{
    static const double away[][2] = {{2000, 2000}, {2100, 2000}, {2100, 2100}};
    static const char *const words[] = {"no road lies within the polygon", "no road runs along the line within 15 m", "no road lies within 40 m"};
    struct xd_network *network = cross_roads();
    struct drawn area = {0}, line = {0}, point = {0};
    draw_part(&area, away, 3);
    end_group(&area);
    draw_part(&line, away, 2);
    end_group(&line);
    draw_part(&point, away, 1);
    end_group(&point);
    struct xd_closure items[] = {closure_of(XD_CLOSURE_AREA, &area, 0), closure_of(XD_CLOSURE_LINE, &line, 15),
                                 closure_of(XD_CLOSURE_CIRCLE, &point, 40)};
    const struct xd_closures closures = {.items = items, .items_n = 3};
    struct xd_overlay *overlay = overlay_of(network, &closures, XD_CLOSURE_ALWAYS);
    struct xd_diagnostics diagnostics = {0};
    xd_overlay_review(overlay, &diagnostics);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 3);
    for (int32_t i = 0; i < 3; i++)
        CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[i].message, words[i]));
    xd_diagnostics_free(&diagnostics);
    xd_overlay_free(overlay);
    xd_network_free(network);
}

static void the_day_decides_which_closures_are_in_force(void)
{
    static const int64_t id[] = {20};
    /* days since 1970: 2026-06-01 is 20605, 2026-06-15 is 20619, 2026-12-31 is 20818 */
    static const struct {
        int64_t from, until;
        uint16_t months;
        int64_t day;
        bool in_force;
    } rows[] = {
        {20605, 20619, XD_MONTHS_ALL, 20604, false},
        {20605, 20619, XD_MONTHS_ALL, 20605, true},
        {20605, 20619, XD_MONTHS_ALL, 20619, true},
        {20605, 20619, XD_MONTHS_ALL, 20620, false},
        {20605, XD_CLOSURE_ALWAYS, XD_MONTHS_ALL, 30000, true},
        {XD_CLOSURE_ALWAYS, 20619, XD_MONTHS_ALL, -5000, true},
        {XD_CLOSURE_ALWAYS, XD_CLOSURE_ALWAYS, 1 << 6, 20605, true},
        {XD_CLOSURE_ALWAYS, XD_CLOSURE_ALWAYS, 1 << 6, 20604, false},
        {XD_CLOSURE_ALWAYS, XD_CLOSURE_ALWAYS, 1 << 12, 20818, true},
        {20605, 20619, 1 << 12, XD_CLOSURE_ALWAYS, true},
    };
    struct xd_network *network = cross_roads();
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        struct xd_closure closure = ways_of(id, 1);
        closure.from_days = rows[i].from;
        closure.until_days = rows[i].until;
        closure.months = rows[i].months;
        const struct xd_closures closures = {.items = &closure, .items_n = 1};
        struct xd_overlay *overlay = overlay_of(network, &closures, rows[i].day);
        CU_ASSERT_EQUAL(overlay->extents[0].in_force, rows[i].in_force);
        CU_ASSERT_EQUAL(overlay->in_force_n, rows[i].in_force);
        CU_ASSERT_EQUAL(overlay->ranges_n, rows[i].in_force);
        xd_overlay_free(overlay);
    }
    xd_network_free(network);
}

static struct xd_graph *weigh(const struct test_roads *roads, const char *profile, const struct xd_overlay *overlay)
{
    struct xd_graph *graph = NULL;
    const struct xd_graph_conditions conditions = {.overlay = overlay};
    CU_ASSERT_EQUAL_FATAL(xd_graph_weigh(roads->map.topology, xd_test_profile(profile), &conditions, &graph, NULL), XD_OK);
    return graph;
}

static void closures_close_and_slow_by_direction_vehicle_and_the_strictest_counts(void)
{
    static const int64_t ten[] = {10}, thirty[] = {30};
    struct xd_network *network = cross_roads();
    struct test_roads roads = test_roads_make(network, "minivan", false);
    const uint32_t minivan = UINT32_C(1) << (xd_test_profile("minivan") - xd_test_profiles()->items);
    struct xd_closure items[4];
    items[0] = ways_of(ten, 1); /* closed against its drawing */
    items[0].directions = XD_CLOSURE_BACKWARD;
    items[1] = ways_of(ten, 1); /* half the speed, for the minivan alone */
    items[1].speed_percent = 50;
    items[1].profiles = minivan;
    items[2] = ways_of(ten, 1); /* less, but not the least */
    items[2].speed_percent = 80;
    items[3] = ways_of(thirty, 1);
    items[3].speed_percent = 100;
    items[3].max_kmh = 10;
    const struct xd_closures closures = {.items = items, .items_n = 4};
    struct xd_overlay *overlay = overlay_of(network, &closures, XD_CLOSURE_ALWAYS);
    struct xd_graph *graph = weigh(&roads, "minivan", overlay), *truck = weigh(&roads, "light_truck", overlay),
                    *open = weigh(&roads, "light_truck", NULL);
    const struct xd_topology *topology = roads.map.topology;
    for (int64_t p = 0; p < topology->first_piece[topology->edges_n]; p++) {
        const int against = topology->piece_step[p] % 2;
        const int64_t way = network->road_osm_id[topology->piece_road[p]];
        const int32_t open_ms = roads.graph->piece_ms[against][p], ms = graph->piece_ms[against][p], back_ms = graph->piece_ms[!against][p];
        CU_ASSERT_EQUAL(way == 10 ? back_ms : 0, way == 10 ? XD_PIECE_CLOSED : 0);
        if (way == 10)
            CU_ASSERT_EQUAL(ms, 2 * open_ms);
        if (way == 10) /* the truck has 80 % and no more */
            CU_ASSERT_EQUAL(truck->piece_ms[against][p], (open->piece_ms[against][p] * 100 + 40) / 80);
        if (way == 30) /* 250 m at 10 km/h */
            CU_ASSERT_TRUE(ms >= 89990 && ms <= 90010);
        if (way == 20)
            CU_ASSERT_EQUAL(ms, open_ms);
    }
    xd_graph_free(graph);
    xd_graph_free(truck);
    xd_graph_free(open);
    xd_overlay_free(overlay);
    test_roads_free(&roads);
    xd_network_free(network);
}

/* A grid of ways, one a side of a block, some of them one-way; without[] are left out. */
static struct xd_network *grid(const int64_t *without, int32_t without_n)
{
    static char text[TEXT_MAX];
    static const char *const kinds[] = {"tertiary", "unclassified", "residential", "tertiary, oneway=yes"};
    size_t used = 0;
    struct xd_rng rng = xd_rng_at(11, XD_RNG_TEST, 0, 0);
    for (int y = 0; y < GRID_N; y++)
        for (int x = 0; x < GRID_N; x++)
            used += (size_t)snprintf(text + used, sizeof text - used, "node %d %d %d\n", y * GRID_N + x + 1, x * 700 + (int)xd_rng_below(&rng, 200),
                                     y * 700 + (int)xd_rng_below(&rng, 200));
    for (int y = 0; y < GRID_N; y++)
        for (int x = 0; x < GRID_N; x++)
            for (int up = 0; up < 2; up++) {
                const int from = y * GRID_N + x + 1, to = up ? from + GRID_N : from + 1, way = 2 * from + up;
                const char *kind = kinds[xd_rng_below(&rng, XD_ARRAY_LENGTH(kinds))];
                bool left_out = (up ? y : x) + 1 == GRID_N;
                for (int32_t i = 0; i < without_n; i++)
                    left_out = left_out || without[i] == way;
                if (!left_out)
                    used += (size_t)snprintf(text + used, sizeof text - used, "way %d %d %d : highway=%s\n", way, from, to, kind);
            }
    CU_ASSERT_TRUE_FATAL(used < sizeof text);
    return road_map_network(text);
}

/* Snaps in the middle of each of the grid's ways, as they are in the whole of it. */
static void snap_ways(const struct test_roads *roads, const struct xd_network *whole, struct xd_snap *snaps)
{
    for (int32_t r = 0; r < whole->roads_n; r++) {
        const struct xd_position a = whole->node_position[whole->road_node[whole->first_node[r]]];
        const struct xd_position b = whole->node_position[whole->road_node[whole->first_node[r] + 1]];
        const struct xd_position at = {.lon_e7 = a.lon_e7 / 2 + b.lon_e7 / 2, .lat_e7 = a.lat_e7 / 2 + b.lat_e7 / 2};
        xd_snap_find(roads->map.index, roads->graph, at, 5, &snaps[r]);
    }
}

/* A table's cell of the one and of the other: to a second and a metre, as edges may be drawn the other way round there. */
static bool same(int32_t a, int32_t b)
{
    return a == XD_UNREACHABLE || b == XD_UNREACHABLE ? a == b : a - b <= 1 && b - a <= 1;
}

static void tables_with_ways_closed_are_those_of_a_map_without_them(void)
{
    struct xd_network *whole = grid(NULL, 0);
    struct test_roads roads = test_roads_make(whole, "minivan", false);
    struct xd_rng rng = xd_rng_at(12, XD_RNG_TEST, 0, 0);
    int32_t equal_n = 0, longer_n = 0, wrong_n = 0, shorter_n = 0;
    for (int round = 0; round < 12; round++) {
        int64_t ids[4] = {0};
        struct xd_snap closed_at[ROADS_N], without_at[ROADS_N];
        struct xd_matrix *closed = NULL, *without = NULL, *open = NULL;
        for (int i = 0; i < 4; i++)
            ids[i] = whole->road_osm_id[xd_rng_below(&rng, (uint32_t)whole->roads_n)];
        struct xd_network *cut = grid(ids, 4);
        struct test_roads cut_roads = test_roads_make(cut, "minivan", false), closed_roads = roads;
        struct xd_closure items[] = {ways_of(&ids[0], 1), ways_of(&ids[1], 1), ways_of(&ids[2], 1), ways_of(&ids[3], 1)};
        const struct xd_closures closures = {.items = items, .items_n = 4};
        struct xd_overlay *overlay = overlay_of(whole, &closures, XD_CLOSURE_ALWAYS);
        closed_roads.graph = weigh(&roads, "minivan", overlay);
        CU_ASSERT_EQUAL_FATAL(xd_weights_take(roads.map.hierarchy, closed_roads.graph, INT64_MAX, &closed_roads.weights, NULL), XD_OK);
        snap_ways(&closed_roads, whole, closed_at);
        snap_ways(&cut_roads, whole, without_at);
        CU_ASSERT_EQUAL_FATAL(xd_table_compute(closed_roads.graph, closed_roads.weights, closed_at, ROADS_N, 2, NULL, &closed, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_table_compute(cut_roads.graph, cut_roads.weights, without_at, ROADS_N, 1, NULL, &without, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_table_compute(roads.graph, roads.weights, closed_at, ROADS_N, 1, NULL, &open, NULL), XD_OK);
        for (size_t cell = 0; cell < ROADS_N * ROADS_N; cell++) {
            wrong_n += !same(closed->time_s[cell], without->time_s[cell]) || !same(closed->length_m[cell], without->length_m[cell]);
            shorter_n += closed->time_s[cell] < open->time_s[cell]; /* XD_UNREACHABLE is the greatest */
            equal_n += closed->time_s[cell] == open->time_s[cell] && closed->time_s[cell] != XD_UNREACHABLE;
            longer_n += closed->time_s[cell] > open->time_s[cell] && closed->time_s[cell] != XD_UNREACHABLE;
        }
        xd_matrix_free(open);
        xd_matrix_free(closed);
        xd_matrix_free(without);
        xd_weights_free(closed_roads.weights);
        xd_graph_free(closed_roads.graph);
        xd_overlay_free(overlay);
        test_roads_free(&cut_roads);
        xd_network_free(cut);
    }
    CU_ASSERT_EQUAL(wrong_n, 0);
    CU_ASSERT_EQUAL(shorter_n, 0);
    CU_ASSERT_TRUE(equal_n > 10000 && longer_n > 1000);
    test_roads_free(&roads);
    xd_network_free(whole);
}

static void points_that_are_cut_off_keep_their_place_and_their_ways_among_each_other(void)
{
    const struct xd_connector no_line = {0};
    struct xd_network *network = network_of_synth(9, 5, 30);
    struct test_roads roads = test_roads_make(network, "minivan", false);
    struct xd_rng rng = xd_rng_at(5, XD_RNG_TEST, 0, 0);
    int32_t cut_cells_n = 0, kept_n = 0, moved_n = 0;
    for (int round = 0; round < 10; round++) {
        struct xd_snap open[40], snaps[40];
        int64_t ids[2];
        struct xd_matrix *swept = NULL, *searched = NULL;
        for (int i = 0; i < 2; i++)
            ids[i] = network->road_osm_id[xd_rng_below(&rng, (uint32_t)network->roads_n)];
        struct xd_closure items[] = {ways_of(&ids[0], 1), ways_of(&ids[1], 1)};
        items[1].directions = round % 2 ? XD_CLOSURE_FORWARD : XD_CLOSURE_BOTH;
        const struct xd_closures closures = {.items = items, .items_n = 2};
        struct xd_overlay *overlay = overlay_of(network, &closures, XD_CLOSURE_ALWAYS);
        struct xd_graph *graph = weigh(&roads, "minivan", overlay);
        struct xd_weights *weights = NULL;
        for (int32_t i = 0; i < 40; i++) {
            const struct xd_position at = network->node_position[xd_rng_below(&rng, (uint32_t)network->nodes_n)];
            test_roads_snap(&roads, at, 1000, &open[i]);
            snaps[i] = open[i];
            xd_snap_under_closures(roads.map.index, graph, at, 1000, &no_line, &snaps[i]);
            if (open[i].status != XD_SNAP_OK)
                continue;
            const int64_t piece = roads.map.topology->first_piece[open[i].edge] + open[i].piece;
            const bool is_open = graph->piece_ms[0][piece] != XD_PIECE_CLOSED || graph->piece_ms[1][piece] != XD_PIECE_CLOSED;
            const bool stays = snaps[i].edge == open[i].edge && snaps[i].piece == open[i].piece && snaps[i].part_ppm == open[i].part_ppm;
            CU_ASSERT_EQUAL(stays, is_open);
            kept_n += stays;
            moved_n += !stays;
        }
        CU_ASSERT_EQUAL_FATAL(xd_weights_take(roads.map.hierarchy, graph, INT64_MAX, &weights, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_table_compute(graph, weights, snaps, 40, 2, NULL, &swept, NULL), XD_OK);
        CU_ASSERT_EQUAL_FATAL(xd_table_compute(graph, NULL, snaps, 40, 1, NULL, &searched, NULL), XD_OK);
        CU_ASSERT_EQUAL(memcmp(swept->time_s, searched->time_s, sizeof(int32_t) * 40 * 40), 0);
        CU_ASSERT_EQUAL(memcmp(swept->length_m, searched->length_m, sizeof(int32_t) * 40 * 40), 0);
        for (size_t cell = 0; cell < 40 * 40; cell++)
            cut_cells_n += swept->time_s[cell] == XD_UNREACHABLE && snaps[cell / 40].status == XD_SNAP_OK && snaps[cell % 40].status == XD_SNAP_OK;
        xd_matrix_free(swept);
        xd_matrix_free(searched);
        xd_weights_free(weights);
        xd_graph_free(graph);
        xd_overlay_free(overlay);
    }
    CU_ASSERT_TRUE(cut_cells_n > 100 && kept_n > 300 && moved_n > 3);
    test_roads_free(&roads);
    xd_network_free(network);
}

static void each_allocation_of_an_overlay_failed_is_no_memory(void)
{
    static const double line[][2] = {{0, 0}, {400, 0}};
    static const int64_t id[] = {20};
    struct xd_network *network = cross_roads();
    struct drawn drawn = {0};
    draw_part(&drawn, line, 2);
    end_group(&drawn);
    struct xd_closure items[] = {closure_of(XD_CLOSURE_LINE, &drawn, 15), ways_of(id, 1)};
    const struct xd_closures closures = {.items = items, .items_n = 2};
    enum xd_status status = XD_NO_MEMORY;
    (void)xd_test_profiles();
    uint64_t nth = 1;
    for (; status != XD_OK && nth < ALLOCATIONS_MAX; nth++) {
        struct xd_overlay *overlay = NULL;
        const int64_t live_n = xd_alloc_statistics_read().live_n;
        xd_alloc_fail_at(nth, false);
        status = xd_overlay_build(network, xd_test_profiles(), &closures, XD_CLOSURE_ALWAYS, &overlay, NULL);
        xd_alloc_fail_at(0, false);
        CU_ASSERT_TRUE(status == XD_OK ? overlay != NULL : status == XD_NO_MEMORY && overlay == NULL);
        xd_overlay_free(overlay);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    }
    CU_ASSERT_TRUE(nth > 6 && nth < ALLOCATIONS_MAX);
    xd_network_free(network);
}

static void more_stretches_than_the_limit_are_refused(void)
{
    enum { CHAIN_N = XD_OVERLAY_RANGES_MAX / XD_CLOSURES_MAX }; /* as many roads as all closures may close */
    static char text[TEXT_MAX];
    static int64_t ids[CHAIN_N + 1];
    size_t used = 0;
    for (int i = 0; i <= CHAIN_N + 1; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "node %d %d 0\n", i + 1, i * 10);
    for (int i = 0; i <= CHAIN_N; i++) {
        used += (size_t)snprintf(text + used, sizeof text - used, "way %d %d %d : highway=track\n", i + 1, i + 1, i + 2);
        ids[i] = i + 1;
    }
    CU_ASSERT_TRUE_FATAL(used < sizeof text);
    struct xd_network *network = road_map_network(text);
    struct xd_error error = {0};
    struct xd_closures closures = {.items_n = 0};
    struct xd_overlay *overlay = NULL;
    const struct xd_closure closure = ways_of(ids, CHAIN_N), one_more = ways_of(ids, CHAIN_N + 1);
    for (int32_t i = 0; i < XD_CLOSURES_MAX; i++)
        CU_ASSERT_EQUAL_FATAL(xd_closures_add(&closures, &closure, &error), XD_OK);
    CU_ASSERT_EQUAL(xd_closures_add(&closures, &closure, &error), XD_DATA); /* XD_CLOSURES_MAX */
    CU_ASSERT_EQUAL_FATAL(xd_overlay_build(network, NULL, &closures, XD_CLOSURE_ALWAYS, &overlay, &error), XD_OK);
    CU_ASSERT_EQUAL(overlay->ranges_n, XD_OVERLAY_RANGES_MAX);
    xd_overlay_free(overlay);
    closures.items[0] = one_more;
    CU_ASSERT_EQUAL(xd_overlay_build(network, NULL, &closures, XD_CLOSURE_ALWAYS, &overlay, &error), XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(error.message, "2000000"));
    xd_closures_free(&closures);
    xd_network_free(network);
}

static const struct xd_test_case cases[] = {
    {"an_area_touches_what_lies_in_it_and_nothing_in_its_hole", an_area_touches_what_lies_in_it_and_nothing_in_its_hole},
    {"a_piece_that_only_passes_through_an_area_is_touched", a_piece_that_only_passes_through_an_area_is_touched},
    {"polygons_that_overlap_touch_what_lies_in_either", polygons_that_overlap_touch_what_lies_in_either},
    {"a_line_touches_the_road_that_it_runs_along_but_not_the_crossing_ones", a_line_touches_the_road_that_it_runs_along_but_not_the_crossing_ones},
    {"a_line_has_the_direction_that_it_is_drawn_in", a_line_has_the_direction_that_it_is_drawn_in},
    {"a_short_line_within_a_piece_touches_it_and_a_slight_overshoot_does_not",
     a_short_line_within_a_piece_touches_it_and_a_slight_overshoot_does_not},
    {"a_circle_touches_what_comes_as_near_as_its_radius", a_circle_touches_what_comes_as_near_as_its_radius},
    {"ways_are_closed_by_their_ids_and_missing_ones_are_told", ways_are_closed_by_their_ids_and_missing_ones_are_told},
    {"what_touches_no_road_is_warned_of", what_touches_no_road_is_warned_of},
    {"the_day_decides_which_closures_are_in_force", the_day_decides_which_closures_are_in_force},
    {"closures_close_and_slow_by_direction_vehicle_and_the_strictest_counts", closures_close_and_slow_by_direction_vehicle_and_the_strictest_counts},
    {"tables_with_ways_closed_are_those_of_a_map_without_them", tables_with_ways_closed_are_those_of_a_map_without_them},
    {"points_that_are_cut_off_keep_their_place_and_their_ways_among_each_other",
     points_that_are_cut_off_keep_their_place_and_their_ways_among_each_other},
    {"each_allocation_of_an_overlay_failed_is_no_memory", each_allocation_of_an_overlay_failed_is_no_memory},
    {"more_stretches_than_the_limit_are_refused", more_stretches_than_the_limit_are_refused},
};
const struct xd_test_suite xd_suite_maps_overlay = {"maps_overlay", cases, XD_ARRAY_LENGTH(cases)};
