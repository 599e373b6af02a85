/* Maps opened with their snapshots: written once, used then, made anew when it is not for the map as it is; never in the way. */
#include "app/open_map.h"
#include "base/alloc.h"
#include "io/snapshot/snapshot.h"
#include "maps/network_hash.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"
#include "tests/harness/snapshot.h"
#include "tests/unit/snapshot_suites.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ALLOCATIONS_MAX = 3000 };

static const char town[] = "<osm version='0.6'>"
                           "<node id='1' lat='26.5' lon='107.1'/><node id='2' lat='26.501' lon='107.1'/>"
                           "<node id='3' lat='26.502' lon='107.101'><tag k='place' v='village'/><tag k='name' v='A'/></node>"
                           "<way id='10'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='highway' v='tertiary'/></way>"
                           "<way id='11'><nd ref='1'/><nd ref='3'/><tag k='highway' v='footway'/></way>"
                           "</osm>";

static const int64_t long_ago_s = 1700000000;

static void set_time(const char *path, int64_t s, int64_t ns)
{
    const struct timespec times[2] = {{.tv_sec = s, .tv_nsec = ns}, {.tv_sec = s, .tv_nsec = ns}};
    CU_ASSERT_EQUAL_FATAL(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* The map of the case in a file of that name, written long ago, with no snapshot beside it. */
static void lay_map(const char *name, char path[XD_TEST_PATH_MAX], char snapshot[XD_TEST_PATH_MAX])
{
    xd_temporary_file(name, town, sizeof town - 1, path);
    CU_ASSERT_FATAL(snprintf(snapshot, XD_TEST_PATH_MAX, "%s.xdroads", path) < XD_TEST_PATH_MAX);
    (void)unlink(snapshot);
    set_time(path, long_ago_s, 5);
}

/* What opening the map does; its network is always that of the file. */
static const char *open_map(const char *path, bool with_snapshot, uint64_t *hash)
{
    struct xd_opened_map *map = NULL;
    struct xd_error error = {.status = XD_OK};
    const enum xd_status status = xd_app_map_open(path, with_snapshot, NULL, &map, &error);
    if (status != XD_OK)
        fprintf(stderr, "%s\n", error.message);
    CU_ASSERT_EQUAL_FATAL(status, XD_OK);
    const char *name = xd_snapshot_use_name(map->snapshot);
    *hash = map->network->hash;
    CU_ASSERT_EQUAL(xd_network_hash(map->network), *hash);
    CU_ASSERT_PTR_EQUAL(map->standard->network, map->network);
    xd_app_map_close(map);
    return name;
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

static void flip(const char *path, int64_t at)
{
    const int fd = open(path, O_RDWR);
    unsigned char byte = 0;
    CU_ASSERT_FATAL(fd >= 0 && pread(fd, &byte, 1, (off_t)at) == 1);
    byte ^= 0x10;
    CU_ASSERT_EQUAL_FATAL(pwrite(fd, &byte, 1, (off_t)at), 1);
    close(fd);
}

static void the_first_start_writes_it_and_the_second_uses_it(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX];
    uint64_t hash, again;
    lay_map("first.osm", path, snapshot);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "written");
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &again), "used");
    CU_ASSERT_EQUAL(hash, again);
    CU_ASSERT_STRING_EQUAL(open_map(path, false, &again), "off");
    CU_ASSERT_EQUAL(hash, again);
}

static void without_the_wish_none_is_written(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX];
    uint64_t hash;
    lay_map("wish.osm", path, snapshot);
    CU_ASSERT_STRING_EQUAL(open_map(path, false, &hash), "off");
    CU_ASSERT_FALSE(is_there(snapshot));
}

static void a_map_of_another_time_or_size_makes_it_stale_and_it_is_made_anew(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX];
    uint64_t hash, other;
    lay_map("stale.osm", path, snapshot);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "written");
    set_time(path, long_ago_s, 6); /* a nanosecond later */
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "stale");
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "used");
    char changed[sizeof town]; /* a road moves; as many bytes, another time */
    memcpy(changed, town, sizeof town);
    strstr(changed, "26.501")[5] = '2';
    xd_temporary_file("stale.osm", changed, sizeof town - 1, path);
    set_time(path, long_ago_s + 1, 0);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &other), "stale");
    CU_ASSERT_NOT_EQUAL(hash, other);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "used");
    CU_ASSERT_EQUAL(hash, other);
}

static void a_damaged_one_is_refused_and_made_anew(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX];
    struct stat now;
    uint64_t hash, again;
    lay_map("damaged.osm", path, snapshot);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "written");
    CU_ASSERT_EQUAL_FATAL(stat(snapshot, &now), 0);
    flip(snapshot, now.st_size - 200);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &again), "damaged");
    CU_ASSERT_EQUAL(hash, again);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &again), "used");
    CU_ASSERT_EQUAL_FATAL(truncate(snapshot, now.st_size / 2), 0);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &again), "damaged");
    CU_ASSERT_EQUAL_FATAL(truncate(snapshot, 0), 0);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &again), "damaged");
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &again), "used");
    CU_ASSERT_EQUAL(hash, again);
}

static void one_of_another_map_is_stale(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX], other_path[XD_TEST_PATH_MAX], other_snapshot[XD_TEST_PATH_MAX];
    uint64_t hash;
    lay_map("one.osm", path, snapshot);
    lay_map("other.osm", other_path, other_snapshot);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "written");
    CU_ASSERT_EQUAL_FATAL(rename(snapshot, other_snapshot), 0);
    CU_ASSERT_STRING_EQUAL(open_map(other_path, true, &hash), "stale");
}

static void a_map_that_was_changed_just_now_gets_none(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX];
    struct timespec now;
    uint64_t hash;
    lay_map("young.osm", path, snapshot);
    CU_ASSERT_EQUAL_FATAL(clock_gettime(CLOCK_REALTIME, &now), 0);
    set_time(path, now.tv_sec + 60, 0); /* a clock that is behind: the test needs no waiting */
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "off");
    CU_ASSERT_FALSE(is_there(snapshot));
    set_time(path, now.tv_sec - XD_SNAPSHOT_YOUNG_S - 1, 0);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "written");
}

static void a_folder_that_nobody_may_write_to_is_left_alone_also_by_root(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX], folder[XD_TEST_PATH_MAX];
    uint64_t hash;
    CU_ASSERT_FATAL(snprintf(folder, sizeof folder, "%s/closed", xd_temporary_folder()) < (int)sizeof folder);
    CU_ASSERT_EQUAL_FATAL(mkdir(folder, 0755), 0);
    lay_map("closed/map.osm", path, snapshot);
    CU_ASSERT_EQUAL_FATAL(chmod(folder, 0555), 0);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "off");
    CU_ASSERT_FALSE(is_there(snapshot));
    CU_ASSERT_EQUAL_FATAL(chmod(folder, 0755), 0);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "written");
    CU_ASSERT_EQUAL_FATAL(chmod(folder, 0555), 0);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "used");
    CU_ASSERT_EQUAL_FATAL(chmod(folder, 0755), 0);
}

static void a_folder_in_its_place_is_no_hindrance(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX];
    uint64_t hash;
    lay_map("place.osm", path, snapshot);
    CU_ASSERT_EQUAL_FATAL(mkdir(snapshot, 0755), 0);
    CU_ASSERT_STRING_EQUAL(open_map(path, true, &hash), "damaged");
    CU_ASSERT_EQUAL(rmdir(snapshot), 0);
}

static void what_is_wrong_with_a_map_is_told_as_without_snapshots(void)
{
    char path[XD_TEST_PATH_MAX];
    for (int with = 0; with < 2; with++) {
        struct xd_opened_map *map = NULL;
        struct xd_error error = {.status = XD_OK};
        CU_ASSERT_EQUAL(xd_app_map_open("/nowhere/none.osm", with, NULL, &map, &error), XD_NO_INPUT);
        xd_temporary_file("broken.osm", town, sizeof town / 2, path);
        set_time(path, long_ago_s, 0);
        CU_ASSERT_EQUAL(xd_app_map_open(path, with, NULL, &map, &error), XD_DATA);
        CU_ASSERT(error.line > 0);
        CU_ASSERT_PTR_NULL(map);
        strcat(path, ".xdroads");
        CU_ASSERT_FALSE(is_there(path));
    }
}

/* Every allocation of an opening that uses the snapshot, and of one that writes it; some that fail are done without. */
static void each_failed_allocation_of_opening_is_told_and_leaves_nothing_behind(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX];
    lay_map("memory.osm", path, snapshot);
    for (int used = 0; used < 2; used++) {
        uint64_t hash, allocations_n = xd_alloc_statistics_read().allocations_n, failed_n = 0;
        (void)open_map(path, true, &hash);
        allocations_n = xd_alloc_statistics_read().allocations_n - allocations_n;
        CU_ASSERT(allocations_n > 10 && allocations_n < ALLOCATIONS_MAX);
        for (uint64_t nth = 1; nth <= allocations_n; nth++) {
            struct xd_opened_map *map = NULL;
            struct xd_error error = {.status = XD_OK};
            if (!used)
                (void)unlink(snapshot);
            const int64_t live = xd_alloc_statistics_read().live_n;
            xd_alloc_fail_at(nth, false);
            const enum xd_status status = xd_app_map_open(path, true, NULL, &map, &error);
            xd_alloc_fail_at(0, false);
            failed_n += status == XD_NO_MEMORY;
            CU_ASSERT(status == XD_OK ? map != NULL : status == XD_NO_MEMORY && !map && error.message[0] != '\0');
            CU_ASSERT(status != XD_OK || map->network->hash == hash);
            xd_app_map_close(map);
            CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live);
        }
        CU_ASSERT(failed_n > allocations_n / 2);
    }
}

/* ---- whom the standard roads serve ---- */

static const struct xd_road_map *map_for(struct xd_opened_map *map, const struct xd_profile *profile, bool turn_costs)
{
    struct xd_road_map own, *taken = NULL;
    CU_ASSERT_EQUAL_FATAL(xd_standard_roads_take(map->standard, map->network, &profile, 1, turn_costs, &own, &taken, NULL), XD_OK);
    const bool is_standard = taken == &map->standard->map;
    CU_ASSERT_EQUAL(is_standard, own.topology == NULL);
    xd_road_map_free(&own);
    return is_standard ? taken : NULL;
}

static void the_standard_roads_serve_whoever_uses_just_the_roads_of_a_built_in_vehicle(void)
{
    char path[XD_TEST_PATH_MAX], snapshot[XD_TEST_PATH_MAX];
    const struct xd_profile *minivan = xd_test_profile("minivan");
    struct xd_profile slow = *minivan, walker = *minivan, other = *minivan;
    slow.class_kmh[XD_ROAD_TERTIARY] = 17;
    walker.class_kmh[XD_ROAD_PATH] = 4; /* on the footway too */
    other.class_kmh[XD_ROAD_TERTIARY] = 0;
    lay_map("serve.osm", path, snapshot);
    for (int used = 0; used < 2; used++) {
        struct xd_opened_map *map = NULL;
        CU_ASSERT_EQUAL_FATAL(xd_app_map_open(path, used == 1, NULL, &map, NULL), XD_OK);
        CU_ASSERT_PTR_NOT_NULL(map_for(map, minivan, false));
        CU_ASSERT_PTR_NOT_NULL(map_for(map, &slow, false));
        CU_ASSERT_PTR_NULL(map_for(map, &walker, false));
        CU_ASSERT_PTR_NULL(map_for(map, &other, false));
        CU_ASSERT_PTR_NULL(map_for(map, minivan, true));
        xd_app_map_close(map);
    }
}

/* As restrictions bind by the keys that a vehicle obeys. */
static void the_standard_roads_do_not_serve_who_obeys_other_keys_where_there_are_restrictions(void)
{
    static const char lone[] = "node 1 0 0\nnode 2 100 0\nway 1 1 2 : highway=tertiary\n";
    const char *const maps[] = {lone, snapshot_sample_map};
    struct xd_profile slow = *xd_test_profile("minivan"), other = slow, longer = slow;
    slow.class_kmh[XD_ROAD_TERTIARY] = 17;
    longer.length_cm = 800; /* the condition of one of them does not hold for it */
    other.access_keys = 1 << XD_KEY_VEHICLE | 1 << XD_KEY_PSV | 1 << XD_KEY_TOURIST_BUS;
    for (int32_t i = 0; i < 2; i++) {
        struct xd_network *network = road_map_network(maps[i]);
        struct xd_standard_roads standard = {.network = network, .built_in = xd_test_profiles()};
        struct xd_opened_map map = {.network = network, .standard = &standard};
        CU_ASSERT_PTR_NOT_NULL(map_for(&map, &slow, false));
        CU_ASSERT_EQUAL(map_for(&map, &other, false) == NULL, network->restrictions_n > 0);
        CU_ASSERT_EQUAL(map_for(&map, &longer, false) == NULL, network->restrictions_n > 0);
        xd_standard_roads_free(&standard);
        xd_network_free(network);
    }
}

static const struct xd_test_case cases[] = {
    XD_CASE(the_first_start_writes_it_and_the_second_uses_it),
    XD_CASE(without_the_wish_none_is_written),
    XD_CASE(a_map_of_another_time_or_size_makes_it_stale_and_it_is_made_anew),
    XD_CASE(a_damaged_one_is_refused_and_made_anew),
    XD_CASE(one_of_another_map_is_stale),
    XD_CASE(a_map_that_was_changed_just_now_gets_none),
    XD_CASE(a_folder_that_nobody_may_write_to_is_left_alone_also_by_root),
    XD_CASE(a_folder_in_its_place_is_no_hindrance),
    XD_CASE(what_is_wrong_with_a_map_is_told_as_without_snapshots),
    XD_CASE(each_failed_allocation_of_opening_is_told_and_leaves_nothing_behind),
    XD_CASE(the_standard_roads_serve_whoever_uses_just_the_roads_of_a_built_in_vehicle),
    XD_CASE(the_standard_roads_do_not_serve_who_obeys_other_keys_where_there_are_restrictions),
};
const struct xd_test_suite xd_suite_snapshot_map = {"snapshot_map", cases, XD_ARRAY_LENGTH(cases)};
