/* A scenario from any bytes: sections between form feeds are scenario.yaml, places, demand, fleet; missing ones are sound. No crash; a result or an
 * error, never both or neither; every index of a result is good. */
#include "io/tables/tables.h"
#include "tests/malformed/tables_cases.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void require_sound(const struct xd_scenario *s)
{
    require(s->places.hub >= 0 && s->places.hub < s->places.items_n);
    for (int32_t p = 0; p < s->places.items_n; p++) {
        int32_t steps_n = 0;
        for (int32_t up = s->places.items[p].parent; up >= 0; up = s->places.items[up].parent)
            require(up < s->places.items_n && ++steps_n <= s->places.items_n);
        require(s->places.items[p].source == XD_PLACE_UNPLACED || xd_position_valid(s->places.items[p].position));
    }
    for (int32_t d = 0; d < s->demand_n; d++)
        require(s->demand[d].place >= 0 && s->demand[d].place < s->places.items_n && s->demand[d].mass_g >= 0 && s->demand[d].volume_cm3 >= 0);
    for (int32_t t = 0; t < s->fleet_n; t++)
        require(s->fleet[t].payload_g > 0 && s->fleet[t].volume_dm3 > 0 && s->fleet[t].shift_start_s < s->fleet[t].shift_end_s &&
                s->fleet[t].base >= 0 && s->fleet[t].base < s->places.items_n);
    (void)xd_scenario_hash(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct xd_memory_file files[XD_TABLES_FILES_N];
    struct xd_diagnostics diagnostics = {0};
    struct xd_scenario *scenario = NULL;
    const char *at = (const char *)data;
    size_t left = size;
    for (int f = 0; f < XD_TABLES_FILES_N; f++) {
        const char *end = left > 0 ? memchr(at, '\f', left) : NULL;
        size_t n = end ? (size_t)(end - at) : left;
        files[f] = (struct xd_memory_file){.name = xd_tables_names[f], .bytes = at, .n = n};
        if (n == 0)
            files[f] = (struct xd_memory_file){.name = xd_tables_names[f], .bytes = xd_tables_base[f], .n = strlen(xd_tables_base[f])};
        at += n + (end != NULL);
        left -= n + (end != NULL);
    }
    enum xd_status status = xd_scenario_read_memory(files, XD_TABLES_FILES_N, &diagnostics, &scenario);
    require((status == XD_OK) == (scenario != NULL) && (status == XD_OK) == (diagnostics.errors_n == 0));
    if (scenario)
        require_sound(scenario);
    xd_scenario_free(scenario);
    xd_diagnostics_free(&diagnostics);
    return 0;
}
