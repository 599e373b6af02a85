/* io/elevation/read and hgt_write: folders of tiles, those of the shared data, those that synth writes. */
#include "base/alloc.h"
#include "io/elevation/hgt_write.h"
#include "io/elevation/read.h"
#include "tests/harness/maps_network.h"
#include "tests/unit/elevation_suites.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COARSE_BYTES = 1201 * 1201 * 2 };

static unsigned char raw[COARSE_BYTES];

/* A tile that is everywhere so high, as NAME in a folder of the temporary one. */
static void put_tile(const char *folder, const char *name, int32_t metres)
{
    char path[XD_TEST_PATH_MAX], relative[256];
    snprintf(path, sizeof path, "%s/%s", xd_temporary_folder(), folder);
    (void)mkdir(path, 0777);
    for (int32_t i = 0; i < COARSE_BYTES; i += 2) {
        raw[i] = (unsigned char)(metres >> 8);
        raw[i + 1] = (unsigned char)(metres & 0xff);
    }
    snprintf(relative, sizeof relative, "%s/%s", folder, name);
    xd_temporary_file(relative, raw, sizeof raw, path);
}

static void temporary(const char *name, char path[XD_TEST_PATH_MAX])
{
    snprintf(path, XD_TEST_PATH_MAX, "%s/%s", xd_temporary_folder(), name);
}

/* The four tiles around 27 N 107 E. */
static struct xd_elevation_area four_tiles(void)
{
    struct xd_elevation_area area = {0};
    xd_elevation_area_add_box(&area, (struct xd_position){1065000000, 265000000}, (struct xd_position){1075000000, 275000000});
    return area;
}

static void a_folder_gives_the_tiles_that_are_needed_and_tells_those_that_are_missing(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_elevation *elevation = NULL;
    struct xd_diagnostics diagnostics = {0};
    const struct xd_elevation_area area = four_tiles();
    put_tile("some", "n26e106.HGT", 100);
    put_tile("some", "N26E106.SRTMGL1.hgt", 200); /* behind n26e106.HGT in the order of names */
    put_tile("some", "N27E107.hgt", 300);
    put_tile("some", "N50E010.hgt", 400); /* not needed */
    temporary("some/N27E106.txt", path);
    xd_temporary_file("some/N27E106.txt", "notes", 5, path);
    xd_temporary_file("some/N51E010.hgt", "broken, but not needed", 22, path);
    temporary("some", path);
    CU_ASSERT_EQUAL_FATAL(xd_elevation_read(path, &area, &elevation, &diagnostics), XD_OK);
    CU_ASSERT_EQUAL(elevation->tiles_n, 4);
    CU_ASSERT_EQUAL(xd_elevation_height_cm(elevation, (struct xd_position){1065000000, 265000000}), 10000);
    CU_ASSERT_EQUAL(xd_elevation_height_cm(elevation, (struct xd_position){1075000000, 275000000}), 30000);
    CU_ASSERT_EQUAL(xd_elevation_height_cm(elevation, (struct xd_position){1065000000, 275000000}), XD_ELEVATION_UNKNOWN_CM);
    CU_ASSERT_EQUAL(diagnostics.errors_n, 0);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, "2 of the 4 tiles"));
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, ": N26E107, N27E106"));
    CU_ASSERT_STRING_EQUAL(diagnostics.warnings[0].source, path);
    xd_elevation_free(elevation);
    xd_diagnostics_free(&diagnostics);
}

static void a_single_file_gives_its_tile(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_elevation *elevation = NULL;
    struct xd_diagnostics diagnostics = {0};
    const struct xd_elevation_area area = four_tiles();
    put_tile("single", "N27E106.hgt", 123);
    temporary("single/N27E106.hgt", path);
    CU_ASSERT_EQUAL_FATAL(xd_elevation_read(path, &area, &elevation, &diagnostics), XD_OK);
    CU_ASSERT_EQUAL(xd_elevation_height_cm(elevation, (struct xd_position){1065000000, 275000000}), 12300);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, 1);
    xd_elevation_free(elevation);
    xd_diagnostics_free(&diagnostics);
}

static void expect_refused(const char *name, enum xd_status expected, int32_t errors_n, const char *text)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_elevation *elevation = NULL;
    struct xd_diagnostics diagnostics = {0};
    const struct xd_elevation_area area = four_tiles();
    temporary(name, path);
    CU_ASSERT_EQUAL(xd_elevation_read(path, &area, &elevation, &diagnostics), expected);
    CU_ASSERT_PTR_NULL(elevation);
    CU_ASSERT_EQUAL_FATAL(diagnostics.errors_n, errors_n);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, text));
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[errors_n - 1].source, name));
    xd_diagnostics_free(&diagnostics);
}

static void what_cannot_be_used_is_told_all_at_once(void)
{
    char path[XD_TEST_PATH_MAX];
    put_tile("none", "N28E106.hgt", 100);
    xd_temporary_file("tile.hgt", raw, sizeof raw, path);
    put_tile("two", "N26E106.hgt", 100);
    put_tile("two", "N27E106.hgt", 9500);
    xd_temporary_file("two/N26E107.hgt.gz", "\x1f\x8b and no more", 14, path);
    expect_refused("nowhere", XD_NO_INPUT, 1, "does not exist");
    expect_refused("none", XD_NO_INPUT, 1, "holds none of the tiles of elevation that the map needs; expected N26E106, N26E107, N27E106, N27E107");
    expect_refused("none/N28E106.hgt", XD_NO_INPUT, 1, "holds none of the tiles");
    expect_refused("tile.hgt", XD_DATA, 1, "is not named like a tile of elevation");
    expect_refused("two", XD_DATA, 2, "damaged");
}

static void a_single_impossible_height_is_a_warning(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_elevation *elevation = NULL;
    struct xd_diagnostics diagnostics = {0};
    struct xd_elevation_area area = {0};
    xd_elevation_area_add(&area, (struct xd_position){1065000000, 265000000});
    put_tile("spike", "N26E106.hgt", 100);
    raw[0] = 0x7f;
    xd_temporary_file("spike/N26E106.hgt", raw, sizeof raw, path);
    CU_ASSERT_EQUAL_FATAL(xd_elevation_read(path, &area, &elevation, &diagnostics), XD_OK);
    CU_ASSERT_EQUAL_FATAL(diagnostics.warnings_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.warnings[0].message, "1 heights lie outside"));
    xd_elevation_free(elevation);
    xd_diagnostics_free(&diagnostics);
}

static void too_many_tiles_and_an_empty_area(void)
{
    struct xd_elevation *elevation = NULL;
    struct xd_diagnostics diagnostics = {0};
    struct xd_elevation_area area = {0};
    CU_ASSERT_EQUAL(xd_elevation_read(xd_temporary_folder(), &area, &elevation, &diagnostics), XD_OK);
    CU_ASSERT_EQUAL(elevation->tiles_n, 0);
    xd_elevation_free(elevation);
    elevation = NULL;
    xd_elevation_area_add_box(&area, (struct xd_position){0, 0}, (struct xd_position){200000000, 200000000});
    CU_ASSERT_EQUAL(xd_elevation_read(xd_temporary_folder(), &area, &elevation, &diagnostics), XD_DATA);
    CU_ASSERT_PTR_NULL(elevation);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, "441 tiles"));
    CU_ASSERT_STRING_EQUAL(diagnostics.errors[0].source, xd_temporary_folder());
    xd_diagnostics_free(&diagnostics);
}

static void the_map_of_a_network_needs_the_cells_of_its_roads_alone(void)
{
    static const struct xd_osm_tag road[] = {{"highway", "residential"}};
    static const int64_t across[] = {1, 2}, far[] = {3, 4};
    /* across the corner of four cells without a node in two of them; and a way whose end lies wrongly beyond the sea */
    static const struct xd_osm_node nodes[] = {{.id = 1, .position = {1069990000, 269990000}},
                                               {.id = 2, .position = {1070010000, 270010000}},
                                               {.id = 3, .position = {1069990000, 269980000}},
                                               {.id = 4, .position = {-1500000000, 269990000}}};
    static const struct xd_osm_way ways[] = {{.id = 1, .node_ids = across, .node_ids_n = 2, .tags = {road, 1}},
                                             {.id = 2, .node_ids = far, .node_ids_n = 2, .tags = {road, 1}}};
    enum xd_status status;
    struct xd_elevation_area area = {0};
    struct xd_elevation *elevation = NULL;
    struct xd_network *network = network_of_objects(nodes, 4, ways, 2, &status);
    CU_ASSERT_PTR_NOT_NULL_FATAL(network);
    xd_elevation_area_add_network(&area, network);
    CU_ASSERT_EQUAL_FATAL(xd_elevation_area_slots(&area, &elevation, NULL), XD_OK);
    CU_ASSERT_EQUAL(elevation->tiles_n, 5);
    CU_ASSERT_TRUE(xd_elevation_area_has(&area, (struct xd_elevation_cell){26, -150}));
    CU_ASSERT_TRUE(xd_elevation_area_has(&area, (struct xd_elevation_cell){27, 106}));
    CU_ASSERT_FALSE(xd_elevation_area_has(&area, (struct xd_elevation_cell){0, 0}));
    xd_elevation_free(elevation);
    xd_network_free(network);
}

static void the_tiles_of_a_synthetic_county_match_the_heights_of_its_nodes(void)
{
    char folder[XD_TEST_PATH_MAX];
    const struct xd_synth_options options = {.seed = 4, .townships_n = 4, .villages_n = 30, .hubs_n = 1, .relief = XD_RELIEF_MOUNTAIN};
    struct xd_synth_county *county = NULL;
    struct xd_output_set *set = NULL;
    struct xd_elevation *elevation = NULL;
    struct xd_diagnostics diagnostics = {0};
    struct xd_elevation_area area = {0};
    temporary("county", folder);
    CU_ASSERT_EQUAL_FATAL(xd_synth_county_create(&options, NULL, &county, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_hgt_write_county(county, folder, set, NULL), XD_OK);
    CU_ASSERT_EQUAL_FATAL(xd_output_set_commit(set, NULL), XD_OK);
    for (int32_t i = 0; i < county->nodes_n; i++)
        xd_elevation_area_add(&area, county->nodes[i].position);
    CU_ASSERT_EQUAL_FATAL(xd_elevation_read(folder, &area, &elevation, &diagnostics), XD_OK);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, 0);
    double off_m = 0.0;
    for (int32_t i = 0; i < county->nodes_n; i++) {
        const int32_t cm = xd_elevation_height_cm(elevation, county->nodes[i].position);
        CU_ASSERT_NOT_EQUAL_FATAL(cm, XD_ELEVATION_UNKNOWN_CM);
        CU_ASSERT(abs(cm / 100 - county->node_elevation_m[i]) < 25); /* kinks of the relief between samples 90 m apart */
        off_m += abs(cm / 100 - county->node_elevation_m[i]);
    }
    CU_ASSERT(off_m / county->nodes_n < 3.0);
    xd_elevation_free(elevation);
    xd_diagnostics_free(&diagnostics);
    xd_synth_county_free(county);
}

static void surveyed_tiles_are_read(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_elevation *elevation = NULL;
    struct xd_diagnostics diagnostics = {0};
    struct xd_elevation_area area = {0};
    if (!xd_shared_file("osm/elevation", path)) {
        xd_skip("the shared tiles are not here");
        return;
    }
    const struct xd_position andorra_la_vella = {15218000, 425075000}; /* about 1,000 m, in its valley */
    const struct xd_position coma_pedrosa = {14436000, 425918000};     /* the summit, 2,943 m */
    xd_elevation_area_add(&area, andorra_la_vella);
    CU_ASSERT_EQUAL_FATAL(xd_elevation_read(path, &area, &elevation, &diagnostics), XD_OK);
    CU_ASSERT(abs(xd_elevation_height_cm(elevation, andorra_la_vella) - 101000) < 6000);
    CU_ASSERT(abs(xd_elevation_height_cm(elevation, coma_pedrosa) - 290000) < 10000);
    CU_ASSERT_EQUAL(diagnostics.warnings_n, 0);
    xd_elevation_free(elevation);
    xd_diagnostics_free(&diagnostics);
}

static void each_failed_allocation_of_reading_and_writing_is_told_and_leaks_nothing(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_elevation_area area = {0};
    const struct xd_synth_options options = {.seed = 4, .townships_n = 2, .villages_n = 6, .hubs_n = 1, .relief = XD_RELIEF_PLAIN};
    struct xd_synth_county *county = NULL;
    xd_elevation_area_add(&area, (struct xd_position){1065000000, 265000000});
    put_tile("fault", "N26E106.hgt", 100);
    temporary("fault", path);
    CU_ASSERT_EQUAL_FATAL(xd_synth_county_create(&options, NULL, &county, NULL), XD_OK);
    const int64_t live_n = xd_alloc_statistics_read().live_n;
    uint64_t nth = 1;
    for (; nth < 100; nth++) {
        struct xd_elevation *elevation = NULL;
        struct xd_diagnostics diagnostics = {0};
        xd_alloc_fail_at(nth, false);
        const enum xd_status status = xd_elevation_read(path, &area, &elevation, &diagnostics);
        xd_alloc_fail_at(0, false);
        xd_elevation_free(elevation);
        xd_diagnostics_free(&diagnostics);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
        if (status == XD_OK)
            break;
        CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
    }
    CU_ASSERT(nth > 4 && nth < 100);
    temporary("fault_written", path);
    for (nth = 1; nth < 100; nth++) {
        struct xd_output_set *set = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_output_set_open(&set, NULL), XD_OK);
        xd_alloc_fail_at(nth, false);
        const enum xd_status status = xd_hgt_write_county(county, path, set, NULL);
        xd_alloc_fail_at(0, false);
        xd_output_set_discard(set);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
        if (status == XD_OK)
            break;
        CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
    }
    CU_ASSERT(nth > 4 && nth < 100);
    xd_synth_county_free(county);
}

static const struct xd_test_case cases[] = {
    {"a_folder_gives_the_tiles_that_are_needed_and_tells_those_that_are_missing",
     a_folder_gives_the_tiles_that_are_needed_and_tells_those_that_are_missing},
    {"a_single_file_gives_its_tile", a_single_file_gives_its_tile},
    {"what_cannot_be_used_is_told_all_at_once", what_cannot_be_used_is_told_all_at_once},
    {"a_single_impossible_height_is_a_warning", a_single_impossible_height_is_a_warning},
    {"too_many_tiles_and_an_empty_area", too_many_tiles_and_an_empty_area},
    {"the_map_of_a_network_needs_the_cells_of_its_roads_alone", the_map_of_a_network_needs_the_cells_of_its_roads_alone},
    {"the_tiles_of_a_synthetic_county_match_the_heights_of_its_nodes", the_tiles_of_a_synthetic_county_match_the_heights_of_its_nodes},
    {"surveyed_tiles_are_read", surveyed_tiles_are_read},
    {"each_failed_allocation_of_reading_and_writing_is_told_and_leaks_nothing",
     each_failed_allocation_of_reading_and_writing_is_told_and_leaks_nothing},
};
const struct xd_test_suite xd_suite_elevation_read = {"elevation_read", cases, XD_ARRAY_LENGTH(cases)};
