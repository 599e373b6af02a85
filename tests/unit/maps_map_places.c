/* Places that mappers drew as areas: where they are, and that each place is there once. */
#include "tests/harness/road_map.h"
#include "tests/unit/maps_suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROAD "node 1 0 0\nnode 2 100 0\nway 1 1 2 : highway=tertiary\n"

/* Lines "n5 village A", one a place, in the order of the network. */
static void list_places(const struct xd_network *network, char *lines, size_t size)
{
    static const char *const kinds[] = {"city", "town", "village", "hamlet", "suburb", "isolated_dwelling", "county", "other"};
    size_t n = 0;
    lines[0] = '\0';
    for (int32_t i = 0; i < network->map_places_n; i++) {
        const struct xd_map_place *place = &network->map_places[i];
        n += (size_t)snprintf(lines + n, size - n, "%c%lld %s %s\n", "nwr"[place->osm_type], (long long)place -> osm_id, kinds[place->kind],
                              place -> name);
    }
}

static void expect_places(const char *map, const char *expected)
{
    char lines[1024];
    struct xd_network *network = road_map_network(map);
    list_places(network, lines, sizeof lines);
    if (strcmp(lines, expected) != 0)
        fprintf(stderr, "%sgives:\n%s", map, lines);
    CU_ASSERT_STRING_EQUAL(lines, expected);
    xd_network_free(network);
}

/* A centimetre is 0.9 units; the corners are rounded to one each. */
static void expect_position(const char *map, double east_m, double north_m)
{
    struct xd_network *network = road_map_network(map);
    const struct xd_position expected = road_map_position(east_m, north_m);
    CU_ASSERT_EQUAL_FATAL(network->map_places_n, 1);
    const struct xd_position found = network->map_places[0].position;
    if (abs(found.lon_e7 - expected.lon_e7) > 2 || abs(found.lat_e7 - expected.lat_e7) > 2)
        fprintf(stderr, "%sgives %d %d, expected %d %d\n", map, found.lon_e7, found.lat_e7, expected.lon_e7, expected.lat_e7);
    CU_ASSERT(abs(found.lon_e7 - expected.lon_e7) <= 2 && abs(found.lat_e7 - expected.lat_e7) <= 2);
    xd_network_free(network);
}

#define CORNER "node 10 0 0\nnode 11 400 0\nnode 12 400 100\nnode 13 100 100\nnode 14 100 400\nnode 15 0 400\n"

static void an_outline_is_a_place_at_the_centroid_of_what_it_encloses(void)
{
    /* Two rectangles, 400 x 100 m around (200, 50) and 100 x 300 m around (50, 250): (200 * 40000 + 50 * 30000) / 70000 = 135.714 both ways. */
    expect_position(ROAD CORNER "way 9 10 11 12 13 14 15 10 : place=village", 135.714, 135.714);
    expect_position(ROAD CORNER "way 9 10 15 14 13 12 11 10 : place=village", 135.714, 135.714);
    /* A straight side with more points is the same area. */
    expect_position(ROAD CORNER "node 16 200 0\nnode 17 300 0\nway 9 10 16 17 11 12 13 14 15 10 : place=village", 135.714, 135.714);
}

static void an_outline_that_encloses_nothing_is_at_the_middle_of_its_nodes(void)
{
    expect_position(ROAD CORNER "way 9 10 11 12 : place=hamlet", (0 + 400 + 400) / 3.0, 100 / 3.0);
    /* Closed, there and back on one line. */
    expect_position(ROAD CORNER "node 16 200 0\nway 9 10 16 11 10 : place=hamlet", 200, 0);
    /* An eight whose halves are 5000 and 5100 square metres: the centroid would lie 3.3 km away. */
    expect_position(ROAD "node 20 0 0\nnode 21 100 100\nnode 22 100 0\nnode 23 0 101\nway 9 20 21 22 23 20 : place=hamlet", 50, 50.25);
}

static void of_an_outline_that_the_map_cuts_the_nodes_that_are_there_count(void)
{
    /* Without 14 (and its corner) a trapezoid: the 400 x 100 rectangle and the triangle (0, 100) (100, 100) (0, 400) of 15000 square metres around
     * (33.3, 200): east (200 * 40000 + 33.33 * 15000) / 55000 = 154.545, north (50 * 40000 + 200 * 15000) / 55000 = 90.909. */
    expect_position(ROAD CORNER "way 9 10 11 12 13 99 15 10 : place=village", 154.545, 90.909);
    /* The node where it closes is missing: a triangle. */
    expect_position(ROAD CORNER "way 9 99 11 12 15 99 : place=village", (400 + 400 + 0) / 3.0, (0 + 100 + 400) / 3.0);
    struct xd_network *network = road_map_network(ROAD "way 9 97 98 99 97 : place=village");
    CU_ASSERT_EQUAL(network->map_places_n, 0);
    CU_ASSERT_EQUAL(network->counts.place_areas_seen, 1);
    CU_ASSERT_EQUAL(network->counts.place_areas_unplaced, 1);
    CU_ASSERT_EQUAL(network->counts.node_refs_missing, 0);
    xd_network_free(network);
}

static void a_place_at_the_end_of_the_world_has_its_centroid_too(void)
{
    /* An outline over nearly the whole sphere: its moments pass 64 bits. */
    static const int64_t ids[] = {1, 2, 3, 4, 1};
    static const struct xd_osm_tag road_tags[] = {{"highway", "track"}};
    static const struct xd_osm_tag place_tags[] = {{"place", "village"}};
    const struct xd_osm_node nodes[] = {{.id = 1, .position = {-1800000000, -900000000}},
                                        {.id = 2, .position = {1800000000, -900000000}},
                                        {.id = 3, .position = {1800000000, 900000000}},
                                        {.id = 4, .position = {-1800000000, 900000000}}};
    const struct xd_osm_way ways[] = {{.id = 1, .node_ids = ids, .node_ids_n = 2, .tags = {road_tags, 1}},
                                      {.id = 2, .node_ids = ids, .node_ids_n = 5, .tags = {place_tags, 1}}};
    struct xd_network *network = NULL;
    CU_ASSERT_EQUAL_FATAL(road_map_build(&(struct road_map_objects){.nodes = nodes, .nodes_n = 4, .ways = ways, .ways_n = 2}, &network, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(network->map_places_n, 1);
    CU_ASSERT_EQUAL(network->map_places[0].position.lon_e7, 0);
    CU_ASSERT_EQUAL(network->map_places[0].position.lat_e7, 0);
    xd_network_free(network);
}

/* A square of 2 km around (0, 0), and a mark at a distance to the east of its centre. */
static void a_place_drawn_as_a_point_and_as_an_area_is_there_once(void)
{
    static const struct {
        const char *area, *point;
        int32_t east_m;
        bool once;
    } rows[] = {
        {"place=village, name=A", "place=village, name=A", 0, true},
        {"place=village, name=A", "place=village, name=A", 990, true},   /* within */
        {"place=village, name=A", "place=village, name=A", 1010, false}, /* not within, and over 500 m from the centre */
        {"place=village, name=A", "place=village, name=B", 0, false},
        {"place=village, name=A", "place=village", 0, false}, /* the name would be lost */
        {"place=village", "place=village, name=A", 0, true},
        {"place=village", "place=village, name=A", 1010, false},
        {"place=village", "place=village", 0, true},
        {"place=town, name=Sornàs", "place=village, name=Sornás", 0, true},
        {"place=hamlet, name=el Vilar", "place=hamlet, name=El Vilar", 0, true},
        {"place=hamlet, name=Ŵž", "place=hamlet, name=wZ", 0, true},
        {"place=hamlet, name=大坪", "place=hamlet, name=大坪", 0, true},
        {"place=hamlet, name=大坪", "place=hamlet, name=大塘", 0, false},
        {"place=hamlet, name=大坪", "place=hamlet, name=大坪村", 0, false},
        {"place=hamlet, name=Daping, name:zh=大坪", "place=hamlet, name=大坪 Daping, name:zh=大坪", 0, true},
        {"place=city, name=A", "place=isolated_dwelling, name=A", 0, true},
        {"place=suburb, name=A", "place=village, name=A", 0, false},
        {"place=suburb, name=A", "place=suburb, name=A", 0, true},
        {"place=county, name=A", "place=town, name=A", 0, false},
        {"place=county", "place=town, name=A", 0, false},
        {"place=village, name=A", "place=locality, name=A", 0, true}, /* nobody lives there: only the area is a place */
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        char map[1024];
        snprintf(map, sizeof map,
                 ROAD
                 "node 10 -1000 -1000\nnode 11 1000 -1000\nnode 12 1000 1000\nnode 13 -1000 1000\nnode 20 %d 0 : %s\nway 9 10 11 12 13 10 : %s\n",
                 rows[i].east_m, rows[i].point, rows[i].area);
        struct xd_network *network = road_map_network(map);
        if ((network->map_places_n == 1) != rows[i].once)
            fprintf(stderr, "%sgives %d places\n", map, network->map_places_n);
        CU_ASSERT_EQUAL(network->map_places_n, rows[i].once ? 1 : 2);
        CU_ASSERT_EQUAL(network->counts.place_areas_seen, 1);
        const bool is_place = !strstr(rows[i].point, "locality");
        CU_ASSERT_EQUAL(network->counts.place_areas_twice, rows[i].once && is_place ? 1 : 0);
        CU_ASSERT_EQUAL(network->map_places[0].osm_type, is_place ? XD_OSM_NODE : XD_OSM_WAY);
        xd_network_free(network);
    }
}

static void near_the_centre_is_near_enough_and_within_is_measured_on_the_outline(void)
{
    /* Around (0, 0), 20 m wide: the node is not within. */
    const char *small = ROAD "node 10 -10 -10\nnode 11 10 -10\nnode 12 10 10\nnode 13 -10 10\nway 9 10 11 12 13 10 : place=village, name=A\n";
    char map[1024];
    snprintf(map, sizeof map, "%snode 20 %d 0 : place=village, name=A", small, 499);
    expect_places(map, "n20 village A\n");
    snprintf(map, sizeof map, "%snode 20 %d 0 : place=village, name=A", small, 501);
    expect_places(map, "n20 village A\nw9 village A\n");
    snprintf(map, sizeof map, "%snode 20 0 %d : place=village, name=A", small, -499);
    expect_places(map, "n20 village A\n");
    snprintf(map, sizeof map, "%snode 20 0 %d : place=village, name=A", small, 501);
    expect_places(map, "n20 village A\nw9 village A\n");
    /* In the notch of the corner: within its box, not within it. */
    expect_places(ROAD CORNER "node 20 300 300 : place=hamlet, name=A\nway 9 10 11 12 13 14 15 10 : place=hamlet", "n20 hamlet A\nw9 hamlet \n");
    expect_places(ROAD CORNER "node 20 50 300 : place=hamlet, name=A\nway 9 10 11 12 13 14 15 10 : place=hamlet", "n20 hamlet A\n");
    expect_places(ROAD CORNER "node 20 300 50 : place=hamlet, name=A\nway 9 10 15 14 13 12 11 10 : place=hamlet", "n20 hamlet A\n");
}

static void of_areas_of_one_place_the_first_stays(void)
{
    expect_places(ROAD CORNER "way 9 10 11 12 10 : place=village, name=A\nway 8 10 11 12 13 14 15 10 : place=village, name=A\n"
                              "relation 7 node:10:label way:8:outer : type=multipolygon, place=village, name=A",
                  "w8 village A\n");
    expect_places(ROAD CORNER "way 9 10 11 12 10 : place=village, name=A\nway 9 10 11 12 10 : place=hamlet, name=B", "w9 village A\n");
    /* Two outlines without a name are two places. */
    expect_places(ROAD CORNER "way 9 10 11 12 10 : place=hamlet\nway 8 10 11 12 13 10 : place=hamlet", "w8 hamlet \nw9 hamlet \n");
}

static void a_relation_is_where_its_label_is_else_its_seat(void)
{
    expect_position(ROAD CORNER "relation 7 node:12:admin_centre node:14:label way:1:outer : type=boundary, place=village, name=A", 100, 400);
    expect_position(ROAD CORNER "relation 7 node:12:admin_centre way:1:outer : type=multipolygon, place=village, name=A", 400, 100);
    expect_position(ROAD CORNER "relation 7 node:99:label node:12:admin_centre : type=boundary, place=village, name=A", 400, 100);
    expect_position(ROAD CORNER "relation 7 node:14:label node:12:label : type=boundary, place=village, name=A", 400, 100); /* the lower id */
    expect_places(ROAD CORNER "relation 7 way:1:outer node:12: : type=boundary, place=village", "");
    expect_places(ROAD CORNER "relation 7 way:1:label : type=boundary, place=village", "");
    expect_places(ROAD CORNER "relation 7 node:12:label : type=route, place=village", "");
}

static void a_relation_whose_label_is_a_place_is_not_there_again(void)
{
    const char *seat = ROAD "node 10 0 0 : place=town, name=B\n";
    char map[512];
    static const struct {
        const char *relation, *places;
    } rows[] = {
        {"node:10:label : type=boundary, place=county, name=A", "n10 town B\n"},
        {"node:10:admin_centre : type=boundary, place=village, name=A", "n10 town B\n"},
        {"node:10:admin_centre : type=boundary, place=county, name=A", "n10 town B\nr7 county A\n"},
        {"node:1:label node:10:admin_centre : type=boundary, place=county, name=A", "n10 town B\nr7 county A\n"},
        {"node:1:label node:10:admin_centre : type=boundary, place=city, name=A", "n10 town B\n"},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(rows); i++) {
        snprintf(map, sizeof map, "%srelation 7 %s", seat, rows[i].relation);
        expect_places(map, rows[i].places);
    }
}

static void objects_of_one_id_are_places_of_their_own(void)
{
    expect_places(ROAD CORNER "node 9 5000 0 : place=village, name=N\nway 9 10 11 12 10 : place=village, name=W\n"
                              "relation 9 node:15:label : type=boundary, place=village, name=R\nnode 30 9000 0 : place=hamlet, name=M\n",
                  "n9 village N\nn30 hamlet M\nw9 village W\nr9 village R\n");
}

static void a_road_that_is_a_place_is_both(void)
{
    struct xd_network *network = road_map_network(ROAD CORNER "way 9 10 11 12 10 : place=farm, name=A, highway=service");
    CU_ASSERT_EQUAL(network->roads_n, 2);
    CU_ASSERT_EQUAL(network->map_places_n, 1);
    CU_ASSERT_EQUAL(network->counts.ways_not_roads, 0);
    CU_ASSERT_EQUAL(network->nodes_n, 5);
    xd_network_free(network);
    network = road_map_network(ROAD CORNER "way 9 10 11 12 10 : place=village");
    CU_ASSERT_EQUAL(network->nodes_n, 2); /* the outline's nodes are no road's */
    CU_ASSERT_EQUAL(network->counts.ways_not_roads, 1);
    xd_network_free(network);
}

static void the_order_of_the_file_does_not_show(void)
{
    struct xd_network *one = road_map_network(ROAD CORNER "way 9 10 11 12 10 : place=village, name=A\nway 8 10 11 12 13 10 : place=village, name=A\n"
                                                          "way 7 10 11 12 13 10 : place=village, name=B\nnode 20 0 0 : place=hamlet, name=B\n");
    struct xd_network *other =
        road_map_network("node 20 0 0 : place=hamlet, name=B\nway 7 10 11 12 13 10 : place=village, name=B\n"
                         "way 8 10 11 12 13 10 : place=village, name=A\nway 9 10 11 12 10 : place=village, name=A\n" CORNER ROAD);
    struct xd_network *less = road_map_network(ROAD CORNER "way 9 10 11 12 10 : place=village, name=A\nnode 20 0 0 : place=hamlet, name=B\n");
    CU_ASSERT_EQUAL(one->hash, other->hash);
    CU_ASSERT_NOT_EQUAL(one->hash, less->hash);
    CU_ASSERT_EQUAL(one->map_places_n, 2);
    struct xd_network *node = road_map_network(ROAD "node 9 0 0 : place=village");
    struct xd_network *relation = road_map_network(ROAD "relation 9 node:1:label : type=boundary, place=village");
    CU_ASSERT_NOT_EQUAL(node->hash, relation->hash); /* of one id, at one position */
    xd_network_free(node);
    xd_network_free(relation);
    xd_network_free(one);
    xd_network_free(other);
    xd_network_free(less);
}

#define CASE(name)                                                                                                                                   \
    {                                                                                                                                                \
#name, name                                                                                                                                  \
    }
static const struct xd_test_case cases[] = {
    CASE(an_outline_is_a_place_at_the_centroid_of_what_it_encloses),
    CASE(an_outline_that_encloses_nothing_is_at_the_middle_of_its_nodes),
    CASE(of_an_outline_that_the_map_cuts_the_nodes_that_are_there_count),
    CASE(a_place_at_the_end_of_the_world_has_its_centroid_too),
    CASE(a_place_drawn_as_a_point_and_as_an_area_is_there_once),
    CASE(near_the_centre_is_near_enough_and_within_is_measured_on_the_outline),
    CASE(of_areas_of_one_place_the_first_stays),
    CASE(a_relation_is_where_its_label_is_else_its_seat),
    CASE(a_relation_whose_label_is_a_place_is_not_there_again),
    CASE(objects_of_one_id_are_places_of_their_own),
    CASE(a_road_that_is_a_place_is_both),
    CASE(the_order_of_the_file_does_not_show),
};
const struct xd_test_suite xd_suite_maps_map_places = {"maps_map_places", cases, XD_ARRAY_LENGTH(cases)};
