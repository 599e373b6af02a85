/* Tables of profiles as users write them: what they change, and each way in which they can be wrong. */
#include "base/alloc.h"
#include "io/tables/profiles_read.h"
#include "maps/profile_table.h"
#include "tests/harness/profiles.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>
#include <string.h>

enum { TEXT_MAX = 16384, ALLOCATIONS_MAX = 2000 };

static struct xd_profiles *read_on_top(const char *text, struct xd_diagnostics *diagnostics, enum xd_status *status)
{
    struct xd_profiles *profiles = NULL;
    *status = xd_profiles_read_bytes(text, strlen(text), "own.csv", xd_test_profiles(), diagnostics, &profiles);
    CU_ASSERT_EQUAL(*status == XD_OK, profiles != NULL);
    return profiles;
}

static struct xd_profiles *read_good(const char *text)
{
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status;
    struct xd_profiles *profiles = read_on_top(text, &diagnostics, &status);
    for (int32_t i = 0; i < diagnostics.errors_n; i++)
        fprintf(stderr, "%s\n", diagnostics.errors[i].message);
    xd_diagnostics_free(&diagnostics);
    CU_ASSERT_PTR_NOT_NULL_FATAL(profiles);
    return profiles;
}

static void a_column_changes_only_the_cells_that_it_fills(void)
{
    struct xd_profiles *own =
        read_good("property,unit,minivan,note\n# wet season\nresidential_kmh,km/h,15,slippery\nsurface_dirt_kmh,,closed,\n"
                  "motorway_kmh,,no,\nsurface_gravel_kmh,,-,\nuphill_over_5_percent_kmh,,-,\nenergy,,electric,\nmass_kg,,１７００,\ntop_kmh,,,\n");
    struct xd_profile expected = *xd_test_profile("minivan");
    const struct xd_profile *minivan = xd_profile_find(own, "minivan");
    CU_ASSERT_EQUAL(own->items_n, xd_test_profiles()->items_n);
    expected.class_kmh[XD_ROAD_RESIDENTIAL] = 15;
    expected.surface_kmh[XD_SURFACE_DIRT] = XD_CAP_CLOSED;
    expected.surface_kmh[XD_SURFACE_GRAVEL] = XD_CAP_NONE;
    expected.class_kmh[XD_ROAD_MOTORWAY] = 0;
    expected.mass_kg = 1700;
    expected.uphill_kmh[XD_UPHILL_OVER_50] = XD_CAP_NONE;
    expected.energy = XD_FUEL_ELECTRIC;
    CU_ASSERT_EQUAL(xd_profile_hash(minivan), xd_profile_hash(&expected));
    for (int32_t i = 0; i < own->items_n; i++)
        if (&own->items[i] != minivan)
            CU_ASSERT_EQUAL(xd_profile_hash(&own->items[i]), xd_profile_hash(&xd_test_profiles()->items[i]));
    xd_profiles_free(own);
}

static void a_new_profile_starts_from_another_one(void)
{
    struct xd_profiles *own = read_good("属性,heavy,heavier\nbased_on,light_truck,heavy\nname_zh,重卡,\nmass_kg,18000,25000\n");
    const struct xd_profile *heavy = xd_profile_find(own, "heavy");
    const struct xd_profile *heavier = xd_profile_find(own, "heavier");
    CU_ASSERT_EQUAL(own->items_n, xd_test_profiles()->items_n + 2);
    CU_ASSERT_PTR_NOT_NULL_FATAL(heavy);
    CU_ASSERT_PTR_NOT_NULL_FATAL(heavier);
    CU_ASSERT_PTR_EQUAL(xd_profile_find(own, "重卡"), heavy);
    CU_ASSERT_STRING_EQUAL(heavier->name_zh, "heavier");
    CU_ASSERT_EQUAL(heavy->mass_kg, 18000);
    CU_ASSERT_EQUAL(heavier->mass_kg, 25000);
    CU_ASSERT_EQUAL(heavier->height_cm, xd_test_profile("light_truck")->height_cm);
    CU_ASSERT_EQUAL(heavier->access_keys, xd_test_profile("light_truck")->access_keys);
    xd_profiles_free(own);
}

/* The built-in table is such a table itself: every property of every profile is told, with nothing to start from. */
static void a_table_without_a_base_tells_everything(void)
{
    struct xd_diagnostics diagnostics = {0};
    struct xd_profiles *profiles = NULL;
    const char *text = "property,van\nname_zh,面包车\naccess_keys,motorcar > access\n";
    CU_ASSERT_EQUAL(xd_profiles_read_bytes(text, strlen(text), "all.csv", NULL, &diagnostics, &profiles), XD_DATA);
    CU_ASSERT_PTR_NULL(profiles);
    CU_ASSERT_EQUAL(diagnostics.errors_n, 1);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, "lacks"));
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, "top_kmh"));
    xd_diagnostics_free(&diagnostics);
}

static const struct {
    const char *text;
    int64_t line, column;
    const char *field, *message;
    int32_t errors_n;
} wrong[] = {
    {"property,minivan\ntop_kmh,fast\n", 2, 9, "minivan", "top_kmh: found \"fast\", expected 1 .. 130", 1},
    {"property,minivan\ntop_kmh,131\n", 2, 9, "minivan", "found \"131\", expected 1 .. 130", 1},
    {"property,minivan\ntop_kmh,no\n", 2, 9, "minivan", "top_kmh: found \"no\"", 1},
    {"property,minivan\nmotorway_kmh,0\n", 2, 14, "minivan", "found \"0\", expected 1 .. 130 or no", 1},
    {"property,minivan\nmotorway_kmh,closed\n", 2, 14, "minivan", "expected 1 .. 130 or no", 1},
    {"property,minivan\nsurface_mud_kmh,no\n", 2, 17, "minivan", "expected 1 .. 130, - or closed", 1},
    {"property,minivan\nuphill_over_8_percent_kmh,closed\n", 2, 27, "minivan", "expected 1 .. 130 or -", 1},
    {"property,minivan\nenergy,steam\n", 2, 8, "minivan", "energy: found \"steam\", expected none, diesel, petrol or electric", 1},
    {"property,minivan\nefficiency_percent,0\n", 2, 20, "minivan", "found \"0\", expected 1 .. 100", 1},
    {"property,minivan\nmass_kg,1.5\n", 2, 9, "minivan", "mass_kg: found \"1.5\"", 1},
    {"property,minivan\nmass_kg,-\n", 2, 9, "minivan", "mass_kg: found \"-\"", 1},
    {"property,minivan\naccess_keys,motorcar > boat\n", 2, 13, "minivan", "expected access keys", 1},
    {"property,minivan\naccess_keys,access > motorcar\n", 2, 13, "minivan", "the most special first", 1},
    {"property,minivan\naccess_keys,motorcar > motorcar\n", 2, 13, "minivan", "expected access keys", 1},
    {"property,minivan\naccess_keys,>\n", 2, 13, "minivan", "expected access keys", 1},
    {"property,minivan\nmas_kg,1500\n", 2, 1, "property", "unknown property \"mas_kg\"; do you mean \"mass_kg\"?", 1},
    {"property,minivan\ncolour,1500\n", 2, 1, "property", "unknown property \"colour\"", 1},
    {"property,minivan\nmass_kg,1500\nmass_kg,1600\n", 3, 1, "property", "again, expected each once (it is in line 2 already)", 1},
    {"property,minivan,minivan\nmass_kg,1500,1600\n", 1, 18, "", "the profile \"minivan\" again", 1},
    {"property,my van\nmass_kg,1500\n", 1, 10, "", "found \"my van\", expected the name of a profile", 1},
    {"property,abcdefghijklmnopqrstuvwxyzabcdef\nmass_kg,1500\n", 1, 10, "", "1 to 31 letters", 1},
    {"property,mine\nmass_kg,1500\n", 1, 10, "", "the new profile mine lacks", 1},
    {"property,mine\nbased_on,minvan\n", 2, 10, "mine", "based_on: found \"minvan\", expected a profile that is known", 1},
    {"property,mine\nbased_on,mine\n", 2, 10, "mine", "based_on: found \"mine\"", 1},
    {"property,mine,yours\nbased_on,yours,minivan\n", 2, 10, "mine", "based_on: found \"yours\"", 1},
    {"id,minivan\nmass_kg,1500\n", 1, 1, "", "found \"id\", expected the header of a table of profiles", 1},
    {"property,minivan\ntop_kmh,x\nmass_kg,y\nheight_cm,z\n", 2, 9, "minivan", "top_kmh", 3},
    {"property,minivan\ntop_kmh\n", 2, 1, "", "the row ends after 1 cells", 1},
};

static void each_fault_is_told_with_its_place(void)
{
    for (size_t i = 0; i < XD_ARRAY_LENGTH(wrong); i++) {
        struct xd_diagnostics diagnostics = {0};
        enum xd_status status;
        struct xd_profiles *profiles = read_on_top(wrong[i].text, &diagnostics, &status);
        const struct xd_error *first = diagnostics.errors;
        const bool good = status == XD_DATA && diagnostics.errors_n == wrong[i].errors_n && first->line == wrong[i].line &&
                          first->column == wrong[i].column && strcmp(first->field, wrong[i].field) == 0 && strstr(first->message, wrong[i].message);
        if (!good)
            fprintf(stderr, "%s-> %d errors, %lld:%lld: %s: %s\n", wrong[i].text, (int)diagnostics.errors_n, first ? (long long)first->line : 0,
                    first ? (long long)first->column : 0, first ? first->field : "", first ? first->message : "");
        CU_ASSERT(good);
        xd_profiles_free(profiles);
        xd_diagnostics_free(&diagnostics);
    }
}

/* "property,p0,p1,..." with n new profiles. */
static void many(char text[TEXT_MAX], int n)
{
    size_t at = (size_t)snprintf(text, TEXT_MAX, "property");
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(text + at, TEXT_MAX - at, ",p%d", i);
    at += (size_t)snprintf(text + at, TEXT_MAX - at, "\nbased_on");
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(text + at, TEXT_MAX - at, ",minivan");
    snprintf(text + at, TEXT_MAX - at, "\n");
}

static void profiles_up_to_the_limit_are_taken(void)
{
    static char text[TEXT_MAX];
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status;
    many(text, XD_PROFILES_MAX - xd_test_profiles()->items_n);
    struct xd_profiles *profiles = read_good(text);
    CU_ASSERT_EQUAL(profiles->items_n, XD_PROFILES_MAX);
    xd_profiles_free(profiles);
    many(text, XD_PROFILES_MAX - xd_test_profiles()->items_n + 1);
    profiles = read_on_top(text, &diagnostics, &status);
    CU_ASSERT_EQUAL(status, XD_DATA);
    CU_ASSERT_PTR_NOT_NULL(strstr(diagnostics.errors[0].message, "more than 32 profiles"));
    xd_profiles_free(profiles);
    xd_diagnostics_free(&diagnostics);
    profiles = read_good("property,abcdefghijklmnopqrstuvwxyzabcde\nbased_on,minivan\n"); /* XD_PROFILE_NAME_MAX bytes */
    xd_profiles_free(profiles);
}

static void a_file_is_read_from_the_disk_and_a_missing_one_told(void)
{
    char path[XD_TEST_PATH_MAX];
    const char text[] = "property,minivan\nmass_kg,1500\n";
    struct xd_diagnostics diagnostics = {0};
    struct xd_profiles *profiles = NULL;
    xd_temporary_file("own.csv", text, strlen(text), path);
    CU_ASSERT_EQUAL(xd_profiles_read(path, &diagnostics, &profiles), XD_OK);
    CU_ASSERT_PTR_NOT_NULL_FATAL(profiles);
    CU_ASSERT_EQUAL(xd_profile_find(profiles, "minivan")->mass_kg, 1500);
    xd_profiles_free(profiles);
    profiles = NULL;
    CU_ASSERT_EQUAL(xd_profiles_read("/nowhere/own.csv", &diagnostics, &profiles), XD_NO_INPUT);
    CU_ASSERT_PTR_NULL(profiles);
    xd_diagnostics_free(&diagnostics);
}

static void each_allocation_failed_is_no_memory(void)
{
    const char *text = "property,heavy\nbased_on,light_truck\nname_zh,重卡\nmass_kg,18000\n";
    struct xd_profiles *sound = read_good(text);
    bool failed = true;
    uint64_t nth = 1;
    for (; failed && nth < ALLOCATIONS_MAX; nth++) {
        struct xd_diagnostics diagnostics = {0};
        enum xd_status status;
        const int64_t live_n = xd_alloc_statistics_read().live_n;
        xd_alloc_fail_at(nth, true); /* libcsv asks again for less where one is refused */
        struct xd_profiles *profiles = read_on_top(text, &diagnostics, &status);
        xd_alloc_fail_at(0, false);
        failed = status != XD_OK;
        if (failed)
            CU_ASSERT_EQUAL(status, XD_NO_MEMORY);
        if (profiles)
            CU_ASSERT_EQUAL(xd_profile_hash(xd_profile_find(profiles, "heavy")), xd_profile_hash(xd_profile_find(sound, "heavy")));
        xd_profiles_free(profiles);
        xd_diagnostics_free(&diagnostics);
        CU_ASSERT_EQUAL(xd_alloc_statistics_read().live_n, live_n);
    }
    CU_ASSERT(nth > 4 && nth < ALLOCATIONS_MAX);
    xd_profiles_free(sound);
}

static const struct xd_test_case cases[] = {
    {"a_column_changes_only_the_cells_that_it_fills", a_column_changes_only_the_cells_that_it_fills},
    {"a_new_profile_starts_from_another_one", a_new_profile_starts_from_another_one},
    {"a_table_without_a_base_tells_everything", a_table_without_a_base_tells_everything},
    {"each_fault_is_told_with_its_place", each_fault_is_told_with_its_place},
    {"profiles_up_to_the_limit_are_taken", profiles_up_to_the_limit_are_taken},
    {"a_file_is_read_from_the_disk_and_a_missing_one_told", a_file_is_read_from_the_disk_and_a_missing_one_told},
    {"each_allocation_failed_is_no_memory", each_allocation_failed_is_no_memory},
};
const struct xd_test_suite xd_suite_profile_file = {"profile_file", cases, XD_ARRAY_LENGTH(cases)};
