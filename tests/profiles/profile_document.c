/* docs/profiles.md says what maps/profile.c does: each row of its tables is made here from the profiles and looked up there. */
#include "maps/profile.h"
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
    static const char *const key_names[XD_ACCESS_KEYS_N] = {"access", "vehicle", "motor_vehicle", "motorcar", "goods", "hgv", "bus", "foot"};
    int32_t profiles_n;
    const struct xd_profile *profiles = xd_profiles(&profiles_n);
    read_document();
    for (int32_t p = 0; p < profiles_n; p++) {
        const struct xd_profile *profile = &profiles[p];
        char row[ROW_MAX];
        size_t n = (size_t)snprintf(row, sizeof row, "| `%s` | %s |", profile->name, profile->name_zh);
        for (int key = XD_ACCESS_KEYS_N - 1, first = 1; key >= 0; key--)
            if (profile->access_keys & 1 << key) {
                n += (size_t)snprintf(row + n, sizeof row - n, "%s `%s`", first ? "" : " >", key_names[key]);
                first = 0;
            }
        snprintf(row + n, sizeof row - n, " | %ld | %.1f | %.2f | %.2f |\n", (long)profile->top_speed_kmh, profile->mass_100kg / 10.0,
                 profile->height_cm / 100.0, profile->width_cm / 100.0);
        expect_row(row);
    }
}

static void the_document_lists_speeds_and_caps(void)
{
    int32_t profiles_n;
    const struct xd_profile *profiles = xd_profiles(&profiles_n);
    read_document();
    for (int32_t p = 0; p < profiles_n; p++) {
        const struct xd_profile *profile = &profiles[p];
        expect_numbers(profile, "no", profile->class_kmh, XD_ROAD_CLASSES_N);
        expect_numbers(profile, "-", profile->surface_kmh + 1, XD_SURFACES_N - 1);
        expect_numbers(profile, "-", profile->smoothness_kmh + 1, XD_ARRAY_LENGTH(profile->smoothness_kmh) - 1);
        expect_numbers(profile, "-", profile->china_kmh + 1, XD_ROAD_CN_N - 1);
        expect_numbers(profile, "-", profile->track_grade_kmh + 1, XD_ARRAY_LENGTH(profile->track_grade_kmh) - 1);
    }
}

static const struct xd_test_case cases[] = {
    {"the_document_lists_names_keys_and_sizes", the_document_lists_names_keys_and_sizes},
    {"the_document_lists_speeds_and_caps", the_document_lists_speeds_and_caps},
};
const struct xd_test_suite xd_suite_profile_document = {"profile_document", cases, XD_ARRAY_LENGTH(cases)};
