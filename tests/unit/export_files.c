/* The folder that `plan` writes appears whole or not at all, whatever fails. */
#include "base/alloc.h"
#include "tests/unit/export_fixture.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ALLOCATIONS_MAX = 20000, OPERATIONS_MAX = 500, FILES_N = 8, BYTES_MAX = 4 << 20 };

static const char *const files[FILES_N] = {"plan.json",         "routes.csv", "stops.csv",   "routes.geojson",
                                           "gpx/01-微面_1.gpx", "kpi.json",   "report.html", "run.json"};

static enum xd_status write_folder(const struct export_county *made, const char *folder, struct xd_error *error)
{
    static const struct xd_run_facts run = {
        .peak_bytes = -1, .threads_n = 1, .host = "", .started = "", .stop_reason = "iterations", .snapshot = "off", .command_line = ""};
    struct xd_output_set *set = NULL;
    enum xd_status status = xd_output_set_open(&set, error);
    if (status == XD_OK)
        status = xd_export_plan(&made->input, &run, folder, set, error);
    if (status == XD_OK)
        return xd_output_set_commit(set, error);
    xd_output_set_discard(set);
    return status;
}

static void path_of(const char *folder, const char *name, char path[XD_TEST_PATH_MAX])
{
    CU_ASSERT_TRUE(snprintf(path, XD_TEST_PATH_MAX, "%s/%s", folder, name) < XD_TEST_PATH_MAX);
}

/* Bytes of a file; NULL when it is not there. free() it. */
static char *read_file(const char *folder, const char *name, size_t *n)
{
    char path[XD_TEST_PATH_MAX];
    path_of(folder, name, path);
    FILE *file = fopen(path, "rb");
    char *bytes = file ? malloc(BYTES_MAX) : NULL;
    *n = bytes ? fread(bytes, 1, BYTES_MAX, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

/* Number of files that are there; each must be the same as in `good`. */
static int whole_files(const char *folder, const char *good)
{
    int there_n = 0;
    for (int f = 0; f < FILES_N; f++) {
        size_t n, good_n;
        char *bytes = read_file(folder, files[f], &n);
        char *good_bytes = read_file(good, files[f], &good_n);
        if (bytes) {
            there_n++;
            CU_ASSERT_TRUE(good_bytes && n == good_n && memcmp(bytes, good_bytes, n) == 0);
        }
        free(bytes);
        free(good_bytes);
    }
    return there_n;
}

static int entries_n(const char *folder)
{
    int n = 0;
    DIR *listing = opendir(folder);
    for (struct dirent *entry = listing ? readdir(listing) : NULL; entry; entry = readdir(listing))
        n += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (listing)
        closedir(listing);
    return n;
}

static void folder_remove(const char *folder)
{
    char path[XD_TEST_PATH_MAX];
    for (int f = 0; f < FILES_N; f++) {
        path_of(folder, files[f], path);
        (void)unlink(path);
    }
    path_of(folder, "gpx", path);
    (void)rmdir(path);
    (void)rmdir(folder);
}

static void folder_named(const char *name, char path[XD_TEST_PATH_MAX])
{
    snprintf(path, XD_TEST_PATH_MAX, "%s/%s", xd_temporary_folder(), name);
}

static void a_plan_is_eight_files_and_the_same_bytes_each_time(void)
{
    struct export_county made;
    struct xd_error error;
    char first[XD_TEST_PATH_MAX], second[XD_TEST_PATH_MAX];
    folder_named("first", first);
    folder_named("second", second);
    if (export_county_open(&made, NULL, true)) {
        CU_ASSERT_EQUAL(write_folder(&made, first, &error), XD_OK);
        CU_ASSERT_EQUAL(write_folder(&made, second, &error), XD_OK);
        CU_ASSERT_EQUAL(whole_files(first, second), FILES_N);
        CU_ASSERT_EQUAL(entries_n(first), FILES_N); /* seven files and the folder gpx: nothing else is left */
    }
    folder_remove(first);
    folder_remove(second);
    export_county_close(&made);
}

/* Until everything is on the disk nothing has its name; a failure among the renames leaves whole files. */
static void a_failure_of_any_operation_leaves_no_part_of_a_file(void)
{
    struct export_county made;
    struct xd_error error;
    char good[XD_TEST_PATH_MAX], folder[XD_TEST_PATH_MAX];
    folder_named("good", good);
    folder_named("try", folder);
    if (export_county_open(&made, NULL, true)) {
        CU_ASSERT_EQUAL(write_folder(&made, good, &error), XD_OK);
        enum xd_status status = XD_NO_PLAN;
        int empty_n = 0;
        for (uint64_t n = 1; status != XD_OK && n < OPERATIONS_MAX; n++) {
            xd_output_fail_at(n, ENOSPC);
            status = write_folder(&made, folder, &error);
            xd_output_fail_at(0, 0);
            const int there_n = whole_files(folder, good);
            empty_n += there_n == 0;
            if (status == XD_OK) {
                CU_ASSERT_EQUAL(there_n, FILES_N);
            } else {
                CU_ASSERT_TRUE(status == XD_IO || status == XD_CANNOT_CREATE);
                CU_ASSERT_PTR_NOT_NULL(strstr(error.message, strerror(ENOSPC)));
                CU_ASSERT_TRUE(entries_n(folder) <= there_n + 1); /* no temporary beside them */
            }
            folder_remove(folder);
        }
        CU_ASSERT_EQUAL(status, XD_OK);
        CU_ASSERT_TRUE(empty_n >= 3 * FILES_N); /* each was opened, written and synced first */
    }
    folder_remove(good);
    export_county_close(&made);
}

static void a_disk_that_is_full_leaves_the_plan_of_yesterday(void)
{
    struct export_county made;
    struct xd_error error;
    char folder[XD_TEST_PATH_MAX], path[XD_TEST_PATH_MAX];
    size_t n;
    folder_named("yesterday", folder);
    (void)mkdir(folder, 0700);
    xd_temporary_file("yesterday/plan.json", "old", 3, path);
    if (export_county_open(&made, NULL, true)) {
        xd_output_fail_at(6, ENOSPC);
        CU_ASSERT_NOT_EQUAL(write_folder(&made, folder, &error), XD_OK);
        xd_output_fail_at(0, 0);
        char *bytes = read_file(folder, "plan.json", &n);
        CU_ASSERT_TRUE(bytes && n == 3 && memcmp(bytes, "old", 3) == 0);
        CU_ASSERT_EQUAL(entries_n(folder), 1);
        free(bytes);
    }
    folder_remove(folder);
    export_county_close(&made);
}

static void each_failed_allocation_is_told_and_leaves_no_part_of_a_file(void)
{
    struct export_county made;
    struct xd_error error;
    char good[XD_TEST_PATH_MAX], folder[XD_TEST_PATH_MAX];
    folder_named("good", good);
    folder_named("memory", folder);
    if (export_county_open(&made, NULL, true)) {
        CU_ASSERT_EQUAL(write_folder(&made, good, &error), XD_OK);
        for (int and_after = 0; and_after < 2; and_after++) {
            enum xd_status status = XD_NO_MEMORY;
            uint64_t nth = 1;
            for (; status != XD_OK && nth < ALLOCATIONS_MAX; nth++) {
                const int64_t live_n = xd_alloc_statistics_read().live_n;
                xd_alloc_fail_at(nth, and_after != 0);
                status = write_folder(&made, folder, &error);
                xd_alloc_fail_at(0, false);
                CU_ASSERT_TRUE(status == XD_OK || status == XD_NO_MEMORY);
                CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
                const int there_n = whole_files(folder, good);
                CU_ASSERT_TRUE(status == XD_OK ? there_n == FILES_N : entries_n(folder) <= there_n);
                folder_remove(folder);
            }
            CU_ASSERT_TRUE(nth > 20 && nth < ALLOCATIONS_MAX);
        }
    }
    folder_remove(good);
    export_county_close(&made);
}

/* Yesterday a vehicle more, and another one first; beside them a track of the planner's own and a note. */
static void routes_of_an_earlier_plan_are_removed_and_nothing_else(void)
{
    static const char own[] = "<?xml version=\"1.0\"?>\n<gpx version=\"1.1\" creator=\"Xiangdao\">",
                      foreign[] = "<gpx version=\"1.1\" creator=\"Phone\">";
    static const struct {
        const char *name, *text;
        bool stays;
    } before[] = {{"02-微面_2.gpx", own, false},  {"01-冷藏车_1.gpx", own, false}, {"100-x.gpx", own, false},        {"00-x.gpx", own, false},
                  {"02-mine.gpx", foreign, true}, {"mine.gpx", own, true},         {"02-微面_2.gpx.bak", own, true}, {"1-x.gpx", own, true}};
    struct export_county made;
    struct xd_error error;
    char folder[XD_TEST_PATH_MAX], gpx[XD_TEST_PATH_MAX], path[XD_TEST_PATH_MAX], name[XD_TEST_PATH_MAX];
    folder_named("again", folder);
    folder_named("again/gpx", gpx);
    (void)mkdir(folder, 0700);
    (void)mkdir(gpx, 0700);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(before); i++) {
        snprintf(name, sizeof name, "again/gpx/%s", before[i].name);
        xd_temporary_file(name, before[i].text, strlen(before[i].text), path);
    }
    if (export_county_open(&made, NULL, true)) {
        CU_ASSERT_EQUAL(write_folder(&made, folder, &error), XD_OK);
        CU_ASSERT_EQUAL(xd_export_remove_stale(&made.input, folder, &error), XD_OK);
        CU_ASSERT_EQUAL(entries_n(gpx), 5); /* the plan's own and the four that stay */
        path_of(folder, "gpx/01-微面_1.gpx", path);
        CU_ASSERT_EQUAL(access(path, F_OK), 0);
        for (size_t i = 0; i < XD_ARRAY_LENGTH(before); i++) {
            path_of(gpx, before[i].name, path);
            CU_ASSERT_EQUAL(access(path, F_OK) == 0, before[i].stays);
            (void)unlink(path);
        }
        CU_ASSERT_EQUAL(xd_export_remove_stale(&made.input, "/nowhere", &error), XD_OK);
    }
    folder_remove(folder);
    export_county_close(&made);
}

static const struct xd_test_case cases[] = {
    XD_CASE(a_plan_is_eight_files_and_the_same_bytes_each_time),
    XD_CASE(a_failure_of_any_operation_leaves_no_part_of_a_file),
    XD_CASE(a_disk_that_is_full_leaves_the_plan_of_yesterday),
    XD_CASE(routes_of_an_earlier_plan_are_removed_and_nothing_else),
    XD_CASE(each_failed_allocation_is_told_and_leaves_no_part_of_a_file),
};
const struct xd_test_suite xd_suite_export_files = {"export_files", cases, XD_ARRAY_LENGTH(cases)};
