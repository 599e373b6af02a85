/* Closures from any bytes, a table or GeoJSON: no crash; closures or an error, never both or neither; every value within its bounds, and roads found for
 * them without a crash. */
#include "io/tables/closures_read.h"
#include "io/tables/profiles_read.h"
#include "maps/overlay.h"
#include "tests/harness/road_map.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CLOSURES_LAID_MAX = 50 };

static void require(bool holds)
{
    if (!holds)
        __builtin_trap();
}

static void require_sound(const struct xd_closure *c)
{
    require(c->name[0] != '\0' && strlen(c->name) <= XD_CLOSURE_TEXT_MAX && strlen(c->note) <= XD_CLOSURE_TEXT_MAX);
    require(c->directions >= XD_CLOSURE_FORWARD && c->directions <= XD_CLOSURE_BOTH && c->profiles != 0);
    require(c->speed_percent >= 0 && c->speed_percent <= 100 && c->max_kmh >= 0 && c->max_kmh <= XD_CLOSURE_KMH_MAX);
    require(c->months != 0 && (c->months & ~XD_MONTHS_ALL) == 0);
    require((c->shape == XD_CLOSURE_WAYS) == (c->groups_n == 0) && (c->shape == XD_CLOSURE_WAYS) == (c->ways_n > 0));
    require(c->ways_n <= XD_CLOSURE_WAYS_MAX && c->reach_m >= 0 && c->reach_m <= XD_CLOSURE_REACH_MAX_M);
    require((c->shape == XD_CLOSURE_LINE || c->shape == XD_CLOSURE_CIRCLE) == (c->reach_m > 0));
    for (int32_t w = 1; w < c->ways_n; w++)
        require(c->ways[w] > c->ways[w - 1]);
    for (int32_t g = 0; g < c->groups_n; g++)
        for (int32_t p = c->first_part[g]; p < c->first_part[g + 1]; p++)
            require(c->first_point[p + 1] - c->first_point[p] >= (c->shape == XD_CLOSURE_CIRCLE ? 1 : c->shape == XD_CLOSURE_LINE ? 2 : 3));
    for (int32_t i = 0; c->groups_n > 0 && i < c->first_point[c->first_part[c->groups_n]]; i++)
        require(xd_position_valid(c->points[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct xd_profiles *profiles;
    static struct xd_network *network;
    struct xd_diagnostics diagnostics = {0};
    struct xd_closures closures = {0};
    struct xd_buffer text;
    struct xd_error error;
    if (!profiles) {
        require(xd_profiles_read(NULL, &diagnostics, &profiles) == XD_OK);
        network = road_map_network("node 1 0 0\nnode 2 100 0\nnode 3 200 0\nnode 4 200 100\nnode 5 0 5\nway 10 1 2 3 : highway=tertiary\n"
                                   "way 11 3 4 : highway=tertiary\nway 12 5 4 : highway=track\n");
        require(network != NULL);
    }
    if (size == 0)
        return 0;
    xd_buffer_init(&text, (size_t)1 << 24);
    require(xd_buffer_append(&text, data + 1, size - 1, &error) == XD_OK);
    if (xd_text_decode(&text, "fuzz", XD_ENCODING_AUTO, &diagnostics, &error) == XD_OK && text.bytes) {
        const enum xd_status status =
            xd_closures_read_bytes(text.bytes, text.length, "fuzz", profiles, (enum xd_crs)(data[0] % 3), &diagnostics, &closures);
        require((status == XD_OK) == (diagnostics.errors_n == 0) && (status == XD_OK || closures.items_n == 0));
        for (int32_t i = 0; i < closures.items_n; i++)
            require_sound(&closures.items[i]);
        struct xd_overlay *overlay = NULL;
        if (closures.items_n <= CLOSURES_LAID_MAX)
            require(xd_overlay_build(network, profiles, &closures, XD_CLOSURE_ALWAYS, &overlay, &error) == XD_OK);
        if (overlay)
            xd_overlay_review(overlay, &diagnostics);
        xd_overlay_free(overlay);
    }
    xd_closures_free(&closures);
    xd_buffer_free(&text);
    xd_diagnostics_free(&diagnostics);
    return 0;
}
