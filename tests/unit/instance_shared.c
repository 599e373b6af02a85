/* Public benchmark instances: every file of the families is read, and routes that reach the best known value cost what the collection states. */
#include "tests/unit/instance_fixture.h"

#include "base/alloc.h"
#include "io/bytes/input.h"

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The value of a row "name,value,..." of a family's BKS.csv; false when the table or the row is absent. */
static bool best_known(const char *family, const char *name, double *value)
{
    char path[XD_TEST_PATH_MAX], relative[128], row[128];
    struct xd_buffer table;
    snprintf(relative, sizeof relative, "instances/%s/BKS.csv", family);
    snprintf(row, sizeof row, "\n%s,", name);
    if (!xd_shared_file(relative, path))
        return false;
    xd_buffer_init(&table, 1 << 20);
    const bool whole = xd_input_read_all(path, 1 << 20, &table, NULL) == XD_OK && xd_buffer_append(&table, "", 1, NULL) == XD_OK;
    const char *at = whole ? strstr(table.bytes, row) : NULL;
    if (at)
        *value = strtod(at + strlen(row), NULL);
    xd_buffer_free(&table);
    return at != NULL;
}

/* Found by our own search; the values are the collection's. */
static const char a_n32_k5[] =
    "Route #1: 6 3 2 23 4 11 28 14\nRoute #2: 21 31 19 17 13 7 26\nRoute #3: 27 24\nRoute #4: 29 18 8 9 22 15 10 25 5 20\nRoute #5: 30 16 1 12\n";
static const char p_n16_k8[] =
    "Route #1: 1 3\nRoute #2: 2\nRoute #3: 5 14\nRoute #4: 6\nRoute #5: 7 9 13\nRoute #6: 8\nRoute #7: 11 4\nRoute #8: 15 12 10\n";
static const char cmt6[] =
    "Route #1: 2 20 35 36 3 28 31 22 1\nRoute #2: 12 37 44 15 45 33 39 10 49 5\nRoute #3: 14 25 13 41 40 19 42 17\nRoute #4: 18 4 47 46\n"
    "Route #5: 27 48 8 26 7 43 24 23 6\nRoute #6: 38 9 30 34 50 21 29 16 11 32\n";
static const char c101[] =
    "Route #1: 5 3 7 8 10 11 9 6 4 2 1 75\nRoute #2: 13 17 18 19 15 16 14 12\nRoute #3: 20 24 25 27 29 30 28 26 23 22 21\nRoute #4: 32 33 31 35 37 "
    "38 39 36 34\n"
    "Route #5: 43 42 41 40 44 46 45 48 51 50 52 49 47\nRoute #6: 57 55 54 53 56 58 60 59\nRoute #7: 67 65 63 62 74 72 61 64 68 66 69\n"
    "Route #8: 81 78 76 71 70 73 77 79 80\nRoute #9: 90 87 86 83 82 84 85 88 89 91\nRoute #10: 98 96 95 94 92 93 97 100 99\n";

static void best_known_routes_cost_what_the_collection_states(void)
{
    static const struct {
        const char *family, *name, *ending;
        enum xd_instance_convention convention;
        const char *routes;
        double tolerance; /* of the table's own decimals */
    } known[] = {
        {"cvrp-classic", "A-n32-k5", "vrp", XD_CONVENTION_AUTO, a_n32_k5, 0},
        {"cvrp-classic", "P-n16-k8", "vrp", XD_CONVENTION_AUTO, p_n16_k8, 0},
        {"cvrp-classic", "CMT6", "vrp", XD_CONVENTION_AUTO, cmt6, 0.005}, /* with DISTANCE and SERVICE_TIME */
        {"vrptw-solomon", "C101", "txt", XD_CONVENTION_EXACT, c101, 0.005},
    };
    for (size_t i = 0; i < XD_ARRAY_LENGTH(known); i++) {
        char path[XD_TEST_PATH_MAX], relative[128];
        struct xd_instance *instance = NULL;
        double value = 0;
        snprintf(relative, sizeof relative, "instances/%s/%s.%s", known[i].family, known[i].name, known[i].ending);
        if (!xd_shared_file(relative, path) || !best_known(known[i].family, known[i].name, &value)) {
            xd_skip("the shared data lacks an instance or its value");
            continue;
        }
        const struct xd_instance_options options = {.convention = known[i].convention};
        CU_ASSERT_EQUAL_FATAL(xd_instance_read(path, &options, &instance, NULL), XD_OK);
        const double cost = (double)xd_instance_cost_of(instance, known[i].routes) / (double)instance->problem->cost_scale;
        if (!(cost >= value - known[i].tolerance && cost <= value + known[i].tolerance))
            printf("\n  %s: %.4f, expected %.4f\n", known[i].name, cost, value);
        CU_ASSERT_TRUE(cost >= value - known[i].tolerance && cost <= value + known[i].tolerance);
        xd_instance_free(instance);
    }
}

/* C101 in the convention of the DIMACS challenge: 827.3, its optimum there. */
static void truncation_gives_the_value_of_the_challenge(void)
{
    char path[XD_TEST_PATH_MAX];
    struct xd_instance *instance = NULL;
    if (!xd_shared_file("instances/vrptw-solomon/C101.txt", path)) {
        xd_skip("the shared data has no Solomon instances");
        return;
    }
    CU_ASSERT_EQUAL_FATAL(xd_instance_read(path, NULL, &instance, NULL), XD_OK);
    CU_ASSERT_EQUAL(xd_instance_cost_of(instance, c101), 8273);
    xd_instance_free(instance);
}

static void every_small_file_of_the_families_is_read(void)
{
    static const struct {
        const char *pattern;
        enum xd_instance_family family;
    } sets[] = {{"instances/cvrp-classic/*.vrp", XD_INSTANCE_CVRP},
                {"instances/vrptw-solomon/*.txt", XD_INSTANCE_VRPTW},
                {"instances/cvrp-x/X-n1*-*.vrp", XD_INSTANCE_CVRP}};
    for (size_t s = 0; s < XD_ARRAY_LENGTH(sets); s++) {
        char pattern[XD_TEST_PATH_MAX];
        glob_t files = {0};
        (void)xd_shared_file(sets[s].pattern, pattern);
        if (glob(pattern, 0, NULL, &files) != 0) {
            xd_skip("the shared data lacks a family");
            globfree(&files);
            continue;
        }
        for (size_t f = 0; f < files.gl_pathc; f++) {
            struct xd_instance *instance = NULL;
            struct xd_error error = {.status = XD_OK};
            const enum xd_status status = xd_instance_read(files.gl_pathv[f], NULL, &instance, &error);
            if (status != XD_OK)
                printf("\n  %s:%ld: %s\n", error.source, (long)error.line, error.message);
            CU_ASSERT_EQUAL_FATAL(status, XD_OK);
            CU_ASSERT_EQUAL(instance->family, sets[s].family);
            CU_ASSERT_TRUE(instance->problem->stops_n > 10 && instance->problem->name[0] != '\0');
            /* The published values of these two sets alone are of unrounded lengths. */
            const bool unrounded = strstr(files.gl_pathv[f], "/CMT") || strstr(files.gl_pathv[f], "/Golden");
            if (instance->family == XD_INSTANCE_CVRP)
                CU_ASSERT_EQUAL(instance->convention, unrounded ? XD_CONVENTION_EXACT : XD_CONVENTION_ROUNDED);
            xd_instance_free(instance);
        }
        globfree(&files);
    }
}

static const struct xd_test_case cases[] = {
    XD_CASE(best_known_routes_cost_what_the_collection_states),
    XD_CASE(truncation_gives_the_value_of_the_challenge),
    XD_CASE(every_small_file_of_the_families_is_read),
};
const struct xd_test_suite xd_suite_instance_shared = {"instance_shared", cases, XD_ARRAY_LENGTH(cases)};
