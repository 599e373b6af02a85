/* docs/profiles.md says what maps/profile.c does: each row of its tables is made here from the profiles and looked up there. */
#include "maps/profile_table.h"
#include "maps/road_access.h"
#include "tests/harness/profiles.h"
#include "tests/profiles/profile_suites.h"

#include <stdio.h>
#include <string.h>

enum { ROW_MAX = 512, DOCUMENT_MAX = 1 << 16 };

static char document[DOCUMENT_MAX];

static void read_document(void)
{
    char path[XD_TEST_PATH_MAX];
    xd_source_file("docs/profiles.md", path);
    FILE *file = fopen(path, "rb");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    document[fread(document, 1, sizeof document - 1, file)] = '\0';
    fclose(file);
}

static void expect_row(const char *row)
{
    if (!strstr(document, row))
        fprintf(stderr, "docs/profiles.md lacks the row\n%s", row);
    CU_ASSERT_PTR_NOT_NULL(strstr(document, row));
}

/* "| `minivan` | 60 | - | closed |": 0 is written as `zero`. */
static void expect_numbers(const struct xd_profile *profile, const char *zero, const int32_t *numbers, size_t numbers_n)
{
    char row[ROW_MAX];
    size_t n = (size_t)snprintf(row, sizeof row, "| `%s` |", profile->name);
    for (size_t i = 0; i < numbers_n; i++) {
        if (numbers[i] > 0)
            n += (size_t)snprintf(row + n, sizeof row - n, " %ld |", (long)numbers[i]);
        else
            n += (size_t)snprintf(row + n, sizeof row - n, " %s |", numbers[i] == XD_CAP_CLOSED ? "closed" : zero);
    }
    snprintf(row + n, sizeof row - n, "\n");
    expect_row(row);
}

static void the_document_lists_names_keys_and_sizes(void)
{
    const struct xd_profile *profiles = xd_test_profiles()->items;
    const int32_t profiles_n = xd_test_profiles()->items_n;
    read_document();
    for (int32_t p = 0; p < profiles_n; p++) {
        const struct xd_profile *profile = &profiles[p];
        char row[ROW_MAX];
        size_t n = (size_t)snprintf(row, sizeof row, "| `%s` | %s |", profile->name, profile->name_zh);
        for (int key = XD_ACCESS_KEYS_N - 1, first = 1; key >= 0; key--)
            if (profile->access_keys & 1 << key) {
                n += (size_t)snprintf(row + n, sizeof row - n, "%s `%s`", first ? "" : " >", xd_access_key_names[key]);
                first = 0;
            }
        snprintf(row + n, sizeof row - n, " | %ld | %.1f | %.1f | %.2f | %.2f | %.2f |\n", (long)profile->top_kmh, profile->mass_kg / 1000.0,
                 profile->axle_kg / 1000.0, profile->height_cm / 100.0, profile->width_cm / 100.0, profile->length_cm / 100.0);
        expect_row(row);
    }
}

static void the_document_lists_slopes_and_energy(void)
{
    const struct xd_profiles *profiles = xd_test_profiles();
    read_document();
    for (int32_t p = 0; p < profiles->items_n; p++) {
        const struct xd_profile *profile = &profiles->items[p];
        char row[ROW_MAX];
        const int32_t slopes[] = {profile->uphill_kmh[XD_UPHILL_OVER_30],      profile->uphill_kmh[XD_UPHILL_OVER_50],
                                  profile->uphill_kmh[XD_UPHILL_OVER_80],      profile->uphill_kmh[XD_UPHILL_OVER_120],
                                  profile->downhill_kmh[XD_DOWNHILL_OVER_50],  profile->downhill_kmh[XD_DOWNHILL_OVER_80],
                                  profile->downhill_kmh[XD_DOWNHILL_OVER_120], profile->lateral_cm_s2};
        expect_numbers(profile, "-", slopes, XD_ARRAY_LENGTH(slopes));
        if (profile->energy == XD_FUEL_NONE)
            continue;
        snprintf(row, sizeof row, "| `%s` | %s | %ld | %ld | %ld | %ld | %ld | ", profile->name, xd_fuel_names[profile->energy],
                 (long)profile->energy_mass_kg, (long)profile->rolling_per_mille, (long)profile->drag_area_dm2, (long)profile->efficiency_percent,
                 (long)profile->idle_w);
        snprintf(row + strlen(row), sizeof row - strlen(row), profile->regeneration_percent ? "%ld |\n" : "- |\n",
                 (long)profile->regeneration_percent);
        expect_row(row);
    }
}

static void the_document_lists_speeds_and_caps(void)
{
    const struct xd_profile *profiles = xd_test_profiles()->items;
    const int32_t profiles_n = xd_test_profiles()->items_n;
    read_document();
    for (int32_t p = 0; p < profiles_n; p++) {
        const struct xd_profile *profile = &profiles[p];
        expect_numbers(profile, "no", profile->class_kmh, XD_ROAD_CLASSES_N);
        expect_numbers(profile, "-", profile->surface_kmh + 1, XD_SURFACES_N - 1);
        expect_numbers(profile, "-", profile->smoothness_kmh + 1, XD_ARRAY_LENGTH(profile->smoothness_kmh) - 1);
        expect_numbers(profile, "-", profile->china_kmh + 1, XD_ROAD_CN_N - 1);
        expect_numbers(profile, "-", profile->track_grade_kmh + 1, XD_ARRAY_LENGTH(profile->track_grade_kmh) - 1);
        const int32_t narrow[] = {profile->width_kmh[XD_WIDTH_BELOW_250],
                                  profile->width_kmh[XD_WIDTH_BELOW_300],
                                  profile->width_kmh[XD_WIDTH_BELOW_350],
                                  profile->width_kmh[XD_WIDTH_BELOW_450],
                                  profile->one_lane_kmh,
                                  profile->width_margin_cm};
        expect_numbers(profile, "-", narrow, XD_ARRAY_LENGTH(narrow));
        const int32_t delays[] = {profile->barrier_delay_s[XD_BARRIER_GATE],
                                  profile->barrier_delay_s[XD_BARRIER_LIFT_GATE],
                                  profile->barrier_delay_s[XD_BARRIER_TOLL_BOOTH],
                                  profile->barrier_delay_s[XD_BARRIER_BORDER_CONTROL],
                                  profile->alternating_percent,
                                  profile->end_only_percent,
                                  profile->end_only_barrier_s};
        expect_numbers(profile, "-", delays, XD_ARRAY_LENGTH(delays));
    }
}

/* "| `mass_kg` |" begins the row that tells what the property means. */
static void the_document_tells_what_each_property_means(void)
{
    read_document();
    for (size_t i = 0; i < xd_profile_properties_n; i++) {
        char row[ROW_MAX];
        snprintf(row, sizeof row, "| `%s` |", xd_profile_properties[i].key);
        expect_row(row);
    }
}

static const struct xd_test_case cases[] = {
    {"the_document_tells_what_each_property_means", the_document_tells_what_each_property_means},
    {"the_document_lists_names_keys_and_sizes", the_document_lists_names_keys_and_sizes},
    {"the_document_lists_slopes_and_energy", the_document_lists_slopes_and_energy},
    {"the_document_lists_speeds_and_caps", the_document_lists_speeds_and_caps},
};
const struct xd_test_suite xd_suite_profile_document = {"profile_document", cases, XD_ARRAY_LENGTH(cases)};
