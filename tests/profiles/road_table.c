#include "tests/profiles/road_table.h"

#include "tests/harness/harness.h"
#include "tests/harness/profiles.h"
#include "tests/harness/road_map.h"

#include <stdio.h>
#include <string.h>

enum { LINE_MAX_N = 256 };

/* The words with one blank behind each. */
static void squeezed(const char *text, char line[LINE_MAX_N])
{
    size_t n = 0;
    while (*text) {
        text += strspn(text, " ");
        const size_t word_n = strcspn(text, " ");
        if (word_n > 0 && n + word_n + 2 < LINE_MAX_N) {
            memcpy(line + n, text, word_n);
            n += word_n;
            line[n++] = ' ';
        }
        text += word_n;
    }
    line[n] = '\0';
}

static void compare(const struct road_case *one, const struct xd_clause *clauses, const struct xd_road *road, int direction, const char *expected)
{
    const struct xd_profiles *profiles = xd_test_profiles();
    char wanted[LINE_MAX_N], found[LINE_MAX_N];
    size_t n = 0;
    squeezed(expected, wanted);
    for (int32_t i = 0; i < profiles->items_n; i++) {
        const struct xd_road_use use = xd_profile_use(&profiles->items[i], clauses, road, direction);
        const enum xd_pass pass = xd_profile_pass(&profiles->items[i], clauses, road, direction);
        n += (size_t)snprintf(found + n, sizeof found - n, "%d%s ", (int)use.speed_kmh, use.end_only ? "*" : "");
        CU_ASSERT_EQUAL(pass, use.speed_kmh == 0 ? XD_PASS_NO : use.end_only ? XD_PASS_END_ONLY : XD_PASS_YES);
        CU_ASSERT_EQUAL(xd_profile_speed_kmh(&profiles->items[i], clauses, road, direction), use.speed_kmh);
    }
    if (strcmp(found, wanted) != 0)
        fprintf(stderr, "%s (%s)\n  expected %s\n  found    %s\n", one->tags, direction > 0 ? "forward" : "backward", wanted, found);
    CU_ASSERT_STRING_EQUAL(found, wanted);
}

void road_table_check(const struct road_case *rows, size_t rows_n)
{
    for (size_t i = 0; i < rows_n; i++) {
        struct road_map_tags tags;
        struct xd_road road;
        struct xd_clauses clauses;
        bool is_road = xd_road_decode(road_map_tags(rows[i].tags, &tags), &road, &clauses, NULL);
        if (!is_road)
            fprintf(stderr, "%s: no road\n", rows[i].tags);
        CU_ASSERT(is_road);
        if (!is_road)
            continue;
        road.clauses = clauses.n > 0;
        compare(&rows[i], clauses.items, &road, 1, rows[i].forward);
        compare(&rows[i], clauses.items, &road, -1, rows[i].backward ? rows[i].backward : rows[i].forward);
    }
}
