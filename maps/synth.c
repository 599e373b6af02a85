#include "maps/synth.h"

#include "base/rng.h"
#include "maps/synth_names.h"
#include "maps/synth_roads.h"
#include "maps/synth_town.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NEAR_CELLS = 3 }; /* a village without roads within so many cells is out of reach */
enum {
    CELLS_PER_VILLAGE = 130, /* 10 km2: about what a mountain village has */
    BORDER = 3,              /* cells that stay empty at the edge */
    PATH_MAX = 4000,
    CODE_COUNTY = 529901 /* 52 = Guizhou; no county bears 9901 */
};

/* What is built so far. Everything with a lifetime beyond the call is in county->arena. */
struct builder {
    struct xd_synth_options options;
    struct xd_synth_county *county;
    struct xd_arena scratch;
    struct xd_synth_relief ground;
    struct xd_synth_pathfinder *finder;
    struct xd_synth_draft *draft;
    struct xd_synth_names *names;
    uint8_t *is_built;  /* cells that carry a road */
    uint8_t *is_border; /* cells at the west and east edge */
    uint8_t *is_taken;  /* cells too near to a place */
    int32_t *path;
    int32_t *place_cell; /* places */
    int32_t seat_cell;
    int32_t townships_n, villages_n;
    int32_t island, ferry; /* places: the village without a road, the village over the water */
};

static int32_t cell_at(const struct builder *b, int32_t column, int32_t row)
{
    return row * b->ground.columns + column;
}

static double cell_distance(const struct builder *b, int32_t cell_a, int32_t cell_b)
{
    const double dx = cell_a % b->ground.columns - cell_b % b->ground.columns;
    const double dy = cell_a / b->ground.columns - cell_b / b->ground.columns;
    return sqrt(dx * dx + dy * dy);
}

static void mark_taken(struct builder *b, int32_t cell, int32_t radius)
{
    const int32_t column = cell % b->ground.columns;
    const int32_t row = cell / b->ground.columns;
    for (int32_t r = row - radius; r <= row + radius; r++)
        for (int32_t c = column - radius; c <= column + radius; c++)
            if (r >= 0 && c >= 0 && r < b->ground.rows && c < b->ground.columns &&
                (r - row) * (r - row) + (c - column) * (c - column) <= radius * radius)
                b->is_taken[cell_at(b, c, r)] = 1;
}

/* How pleasant a cell is to settle: low and flat. */
static double settle_score(const struct builder *b, int32_t cell)
{
    return (double)b->ground.height_m[cell] + 900.0 * (double)b->ground.slope[cell];
}

static int32_t choose_seat(const struct builder *b)
{
    int32_t best = -1;
    for (int32_t row = b->ground.rows / 3; row < 2 * b->ground.rows / 3; row++)
        for (int32_t column = b->ground.columns / 3; column < 2 * b->ground.columns / 3; column++)
            if (best < 0 || settle_score(b, cell_at(b, column, row)) < settle_score(b, best))
                best = cell_at(b, column, row);
    return best;
}

static enum xd_status road_to(struct builder *b, int32_t from, const uint8_t *is_target, const struct xd_synth_tags *tags, int32_t *path_n,
                              struct xd_error *error)
{
    xd_synth_path_find(b->finder, from, b->is_built, is_target, b->path, PATH_MAX, path_n);
    if (*path_n == 0)
        return xd_fail(error, XD_INTERNAL, xd_at_none(), "synthetic county: no way over the ground from cell %ld", (long)from);
    for (int32_t i = 0; i < *path_n; i++)
        b->is_built[b->path[i]] = 1;
    return xd_synth_draft_road(b->draft, b->path, *path_n, tags, error);
}

static struct xd_synth_tags road_tags(const char *highway, const char *grade_cn, const char *surface)
{
    struct xd_synth_tags tags = {0};
    xd_synth_tag(&tags, "highway", highway);
    if (grade_cn)
        xd_synth_tag(&tags, "highway:CN", grade_cn);
    if (surface)
        xd_synth_tag(&tags, "surface", surface);
    return tags;
}

/* The provincial road: from the seat to both borders. */
static enum xd_status build_through_road(struct builder *b, struct xd_error *error)
{
    struct xd_synth_tags tags = road_tags("primary", "2", "asphalt");
    xd_synth_tag(&tags, "ref", "S999");
    xd_synth_tag(&tags, "maxspeed", "60");
    enum xd_status status = XD_OK;
    for (int32_t side = 0; status == XD_OK && side < 2; side++) {
        const int32_t column = side == 0 ? 1 : b->ground.columns - 2;
        memset(b->is_border, 0, (size_t)b->ground.columns * (size_t)b->ground.rows);
        for (int32_t row = BORDER; row < b->ground.rows - BORDER; row++)
            b->is_border[cell_at(b, column, row)] = 1;
        int32_t path_n = 0;
        status = road_to(b, b->seat_cell, b->is_border, &tags, &path_n, error);
    }
    return status;
}

/* ---- places ---- */

static enum xd_status add_place(struct builder *b, enum xd_tier tier, int32_t parent, const char *name, const char *code, int32_t cell,
                                struct xd_error *error)
{
    struct xd_arena *arena = &b->county->arena;
    struct xd_places *places = &b->county->places;
    const char *kept = xd_arena_string(arena, code, strlen(code));
    if (!name || !kept)
        return xd_fail_memory(error, "place", sizeof(struct xd_place));
    b->place_cell[places->items_n] = cell;
    places->items[places->items_n++] =
        (struct xd_place){.code = kept,
                          .name = name,
                          .tier = tier,
                          .parent = parent,
                          .source = XD_PLACE_GIVEN,
                          .position = xd_synth_relief_position(&b->ground, cell % b->ground.columns + 0.5, cell / b->ground.columns + 0.5),
                          .residents_n = -1,
                          .opens_s = -1,
                          .closes_s = -1,
                          .elevation_m = (int32_t)b->ground.height_m[cell]};
    return XD_OK;
}

/* Sites are drawn by lot among free cells, the best of `tries` wins: valleys fill first, but not only valleys. */
static int32_t draw_site(struct builder *b, struct xd_rng *rng, int32_t around, double reach, int32_t tries)
{
    int32_t best = -1;
    for (int32_t attempt = 0; attempt < tries * 40 && tries > 0; attempt++) {
        const int32_t column = BORDER + (int32_t)xd_rng_below(rng, (uint32_t)(b->ground.columns - 2 * BORDER));
        const int32_t row = BORDER + (int32_t)xd_rng_below(rng, (uint32_t)(b->ground.rows - 2 * BORDER));
        const int32_t cell = cell_at(b, column, row);
        if (b->is_taken[cell] || (around >= 0 && cell_distance(b, cell, around) > reach))
            continue;
        if (best < 0 || settle_score(b, cell) < settle_score(b, best))
            best = cell;
        tries--;
    }
    return best;
}

static enum xd_status place_townships(struct builder *b, struct xd_error *error)
{
    struct xd_rng rng = xd_rng_at(b->options.seed, XD_RNG_SYNTH_PLACES, 1, 0);
    const double spacing = sqrt((double)b->ground.columns * b->ground.rows / b->townships_n);
    memset(b->is_taken, 0, (size_t)b->ground.columns * (size_t)b->ground.rows);
    mark_taken(b, b->seat_cell, (int32_t)(spacing * 0.5));
    enum xd_status status = XD_OK;
    for (int32_t i = 0; status == XD_OK && i < b->townships_n; i++) {
        int32_t cell = i == 0 ? b->seat_cell : draw_site(b, &rng, -1, 0.0, 30);
        if (cell < 0) { /* no free cell left at this spacing: close up */
            memset(b->is_taken, 0, (size_t)b->ground.columns * (size_t)b->ground.rows);
            cell = draw_site(b, &rng, -1, 0.0, 30);
        }
        mark_taken(b, cell, (int32_t)(spacing * 0.62));
        char code[XD_PLACE_CODE_MAX];
        snprintf(code, sizeof code, "%d%03d", CODE_COUNTY, 100 + (int)i);
        const char *name = i == 0 ? "城关镇" : xd_synth_name_township(b->names, &rng);
        const int32_t place = b->county->places.items_n;
        status = add_place(b, XD_TIER_TOWNSHIP, 0, name, code, cell, error);
        if (status == XD_OK) {
            b->county->places.items[place].residents_n = i == 0 ? xd_rng_between(&rng, 18000, 42000) : xd_rng_between(&rng, 1500, 7000);
            b->county->places.items[place].market_cycle_days = 10;
            const uint32_t shift = (uint32_t)i % 3u + 1u; /* neighbours staggered: 1-4-7, 2-5-8, 3-6-9 */
            b->county->places.items[place].market_days = 1u << shift | 1u << (shift + 3) | 1u << (shift + 6);
        }
    }
    return status;
}

/* Villages go round the townships by lot, nearer ground first; larger townships get more. */
static enum xd_status place_villages(struct builder *b, struct xd_error *error)
{
    const int32_t first_township = b->county->places.items_n - b->townships_n;
    const double reach = 0.75 * sqrt((double)b->ground.columns * b->ground.rows / b->townships_n);
    memset(b->is_taken, 0, (size_t)b->ground.columns * (size_t)b->ground.rows);
    for (int32_t i = 0; i < b->townships_n; i++)
        mark_taken(b, b->place_cell[first_township + i], 3);
    enum xd_status status = XD_OK;
    for (int32_t i = 0; status == XD_OK && i < b->villages_n; i++) {
        struct xd_rng rng = xd_rng_at(b->options.seed, XD_RNG_SYNTH_PLACES, 2, (uint64_t)(uint32_t)i);
        const int32_t township = first_township + i % b->townships_n;
        int32_t cell = draw_site(b, &rng, b->place_cell[township], reach, 4);
        if (cell < 0)
            cell = draw_site(b, &rng, b->place_cell[township], reach * 3.0, 1);
        if (cell < 0)
            cell = cell_at(b, BORDER + (i * 7) % (b->ground.columns - 2 * BORDER), BORDER + (i * 11) % (b->ground.rows - 2 * BORDER));
        mark_taken(b, cell, 3);
        char code[XD_PLACE_CODE_MAX];
        snprintf(code, sizeof code, "%s%03d", b->county->places.items[township].code, 200 + (int)(i / b->townships_n));
        const int32_t place = b->county->places.items_n;
        status = add_place(b, XD_TIER_VILLAGE, township, xd_synth_name_village(b->names, &rng), code, cell, error);
        if (status == XD_OK)
            b->county->places.items[place].residents_n = xd_rng_between(&rng, 260, 900) + xd_rng_between(&rng, 0, 900);
    }
    return status;
}

/* ---- roads to places ---- */

static enum xd_status connect_townships(struct builder *b, struct xd_error *error)
{
    const int32_t first = b->county->places.items_n - b->villages_n - b->townships_n;
    enum xd_status status = XD_OK;
    for (int32_t i = 1; status == XD_OK && i < b->townships_n; i++) {
        struct xd_synth_tags tags =
            i % 3 == 1 ? road_tags("secondary", "3", "asphalt") : road_tags("tertiary", "4", i % 3 == 2 ? "concrete" : "asphalt");
        if (i % 3 == 1)
            xd_synth_tag(&tags, "maxspeed", "50");
        int32_t path_n = 0;
        status = road_to(b, b->place_cell[first + i], b->is_built, &tags, &path_n, error);
    }
    /* A few links that close rings, so that not every road is a dead end: to the nearest other township. */
    for (int32_t i = 2; status == XD_OK && i < b->townships_n; i += 3) {
        int32_t nearest = -1;
        for (int32_t k = 1; k < b->townships_n; k++)
            if (k != i && (nearest < 0 || cell_distance(b, b->place_cell[first + i], b->place_cell[first + k]) <
                                              cell_distance(b, b->place_cell[first + i], b->place_cell[first + nearest])))
                nearest = k;
        if (nearest < 0)
            break;
        memset(b->is_border, 0, (size_t)b->ground.columns * (size_t)b->ground.rows);
        b->is_border[b->place_cell[first + nearest]] = 1;
        const struct xd_synth_tags tags = road_tags("unclassified", "4", "concrete");
        int32_t path_n = 0;
        xd_synth_path_find(b->finder, b->place_cell[first + i], b->is_taken, b->is_border, b->path, PATH_MAX, &path_n);
        for (int32_t p = 0; p < path_n; p++)
            b->is_built[b->path[p]] = 1;
        status = xd_synth_draft_road(b->draft, b->path, path_n, &tags, error);
    }
    return status;
}

/* The village road by how far and steep it goes: from concrete lanes to rough tracks. */
static struct xd_synth_tags village_road_tags(struct xd_rng *rng, int32_t path_n, double steep)
{
    const uint32_t lot = xd_rng_below(rng, 100) + (uint32_t)(path_n * 2) + (uint32_t)(steep * 60.0);
    struct xd_synth_tags tags;
    if (lot < 95) {
        tags = road_tags("unclassified", "4", "concrete");
        if (lot % 4 == 0)
            xd_synth_tag(&tags, "width", "4.5");
    } else if (lot < 125) {
        tags = road_tags("unclassified", NULL, "gravel");
        xd_synth_tag(&tags, "smoothness", "bad");
    } else {
        tags = road_tags("track", NULL, lot < 145 ? "compacted" : "dirt");
        xd_synth_tag(&tags, "tracktype", lot < 145 ? "grade2" : lot < 165 ? "grade3" : "grade4");
    }
    return tags;
}

/* Over the water: the middle step of the road becomes a ferry. */
static enum xd_status build_ferry(struct builder *b, int32_t path_n, struct xd_error *error)
{
    const int32_t middle = path_n / 2;
    struct xd_synth_tags ferry = {0};
    xd_synth_tag(&ferry, "route", "ferry");
    xd_synth_tag(&ferry, "motor_vehicle", "yes");
    xd_synth_tag(&ferry, "duration", "00:12");
    xd_synth_tag(&ferry, "name", "乌龙渡口");
    const struct xd_synth_tags lane = road_tags("unclassified", NULL, "concrete");
    enum xd_status status = xd_synth_draft_road(b->draft, b->path, middle, &lane, error);
    if (status == XD_OK)
        status = xd_synth_draft_road(b->draft, b->path + middle - 1, 2, &ferry, error);
    if (status == XD_OK)
        status = xd_synth_draft_road(b->draft, b->path + middle, path_n - middle, &lane, error);
    return status;
}

static bool has_road_about(const struct builder *b, int32_t cell, int32_t about)
{
    const int32_t column = cell % b->ground.columns, row = cell / b->ground.columns;
    for (int32_t r = row - about; r <= row + about; r++)
        for (int32_t c = column - about; c <= column + about; c++)
            if (r >= 0 && c >= 0 && r < b->ground.rows && c < b->ground.columns && b->is_built[cell_at(b, c, r)])
                return true;
    return false;
}

/* The village that cannot be reached: where none lay far enough from the roads, or a later road has come near it, it is the last one, or that one,
 * moved to the place without roads that is nearest to its township. A plain may have no such place. */
static void strand_a_village(struct builder *b, int32_t last_village)
{
    const int32_t village = b->island >= 0 ? b->island : last_village;
    struct xd_place *place = &b->county->places.items[village];
    int32_t best = -1;
    if (b->island >= 0 && !has_road_about(b, b->place_cell[village], NEAR_CELLS))
        return;
    for (int32_t cell = 0; cell < b->ground.columns * b->ground.rows; cell++)
        if ((best < 0 || cell_distance(b, cell, b->place_cell[place->parent]) < cell_distance(b, best, b->place_cell[place->parent])) &&
            !has_road_about(b, cell, NEAR_CELLS + 1))
            best = cell;
    if (best < 0)
        return;
    b->place_cell[village] = best;
    place->elevation_m = (int32_t)b->ground.height_m[best];
    b->island = village;
}

static enum xd_status connect_villages(struct builder *b, struct xd_error *error)
{
    const int32_t first = b->county->places.items_n - b->villages_n;
    enum xd_status status = XD_OK;
    for (int32_t i = 0; status == XD_OK && i < b->villages_n; i++) {
        struct xd_rng rng = xd_rng_at(b->options.seed, XD_RNG_SYNTH_ROADS, 1, (uint64_t)(uint32_t)i);
        const int32_t cell = b->place_cell[first + i];
        int32_t path_n = 0;
        xd_synth_path_find(b->finder, cell, b->is_built, b->is_built, b->path, PATH_MAX, &path_n);
        const bool far_out = path_n >= 6;
        if (b->island < 0 && far_out && i >= b->villages_n / 2) {
            b->island = first + i; /* its lane is built below, joined to nothing */
            continue;
        }
        if (path_n < 2)
            continue; /* on a road already */
        const struct xd_synth_tags tags = village_road_tags(&rng, path_n, (double)b->ground.slope[cell]);
        if (b->ferry < 0 && far_out) {
            b->ferry = first + i;
            status = build_ferry(b, path_n, error);
        } else {
            status = xd_synth_draft_road(b->draft, b->path, path_n, &tags, error);
        }
        for (int32_t p = 0; p < path_n; p++)
            b->is_built[b->path[p]] = 1;
    }
    if (status == XD_OK && b->villages_n > 1)
        strand_a_village(b, first + b->villages_n - 1);
    if (status == XD_OK && b->island >= 0) {
        const double column = b->place_cell[b->island] % b->ground.columns + 0.5;
        const double row = b->place_cell[b->island] / b->ground.columns + 0.5;
        int32_t nodes[3];
        for (int32_t k = 0; status == XD_OK && k < 3; k++)
            status = xd_synth_draft_node(b->draft, column + 0.3 * (k - 1) + 0.1, row + 0.05 * k * k, NULL, &nodes[k], error);
        const struct xd_synth_tags tags = road_tags("track", NULL, "dirt");
        if (status == XD_OK)
            status = xd_synth_draft_way(b->draft, nodes, 3, &tags, error);
    }
    return status;
}

/* place=* nodes for every place, a little off the road, as a map has them. */
static enum xd_status add_place_nodes(struct builder *b, struct xd_error *error)
{
    struct xd_places *places = &b->county->places;
    enum xd_status status = XD_OK;
    for (int32_t i = 0; status == XD_OK && i < places->items_n; i++) {
        struct xd_place *place = &places->items[i];
        if (place->tier == XD_TIER_COUNTY || place->tier == XD_TIER_HUB)
            continue;
        struct xd_rng rng = xd_rng_at(b->options.seed, XD_RNG_SYNTH_PLACES, 3, (uint64_t)(uint32_t)i);
        int32_t road_node = -1;
        double column = b->place_cell[i] % b->ground.columns + 0.5;
        double row = b->place_cell[i] / b->ground.columns + 0.5;
        if (i != b->island) {
            status = xd_synth_draft_cell_node(b->draft, b->place_cell[i], &road_node, error);
            if (status != XD_OK)
                break;
            xd_synth_draft_place(b->draft, road_node, &column, &row);
        }
        column += (double)xd_rng_between(&rng, -300, 300) / 1000.0;
        row += (double)xd_rng_between(&rng, -300, 300) / 1000.0;
        struct xd_synth_tags tags = {0};
        xd_synth_tag(&tags, "place", place->tier == XD_TIER_VILLAGE ? "village" : "town");
        xd_synth_tag(&tags, "name", place->name);
        char number[24];
        snprintf(number, sizeof number, "%lld", (long long)place->residents_n);
        const char *residents = xd_arena_string(&b->county->arena, number, strlen(number));
        snprintf(number, sizeof number, "%d", (int)place->elevation_m);
        const char *elevation = xd_arena_string(&b->county->arena, number, strlen(number));
        if (!residents || !elevation)
            return xd_fail_memory(error, "place tags", 64);
        xd_synth_tag(&tags, "population", residents);
        xd_synth_tag(&tags, "ele", elevation);
        int32_t node = -1;
        status = xd_synth_draft_node(b->draft, column, row, &tags, &node, error);
        place->position = xd_synth_relief_position(&b->ground, column, row);
    }
    return status;
}

/* ---- the whole ---- */

static enum xd_status prepare(struct builder *b, struct xd_error *error)
{
    struct xd_rng rng = xd_rng_at(b->options.seed, XD_RNG_SYNTH_PLACES, 0, 0);
    const int32_t drawn_townships_n = (int32_t)xd_rng_between(&rng, 12, 20);
    const int32_t drawn_villages_n = (int32_t)xd_rng_between(&rng, 120, 250);
    b->townships_n = b->options.townships_n > 0 ? b->options.townships_n : drawn_townships_n;
    b->villages_n = b->options.villages_n > 0 ? b->options.villages_n : drawn_villages_n;
    if (b->villages_n > 999 * b->townships_n - 200 * b->townships_n)
        return xd_fail(error, XD_USAGE, xd_at_none(), "--villages %ld is too many for %ld townships: a township has room for 799 village codes",
                       (long)b->villages_n, (long)b->townships_n);
    const double side = sqrt((double)CELLS_PER_VILLAGE * (b->villages_n + 4.0 * b->townships_n));
    const int32_t columns = (int32_t)(side * 1.08) + 2 * BORDER;
    const int32_t rows = (int32_t)(side / 1.08) + 2 * BORDER;
    const size_t cells_n = (size_t)columns * (size_t)rows;
    const size_t places_max = (size_t)b->townships_n + (size_t)b->villages_n + 1 + (size_t)XD_SYNTH_HUBS_MAX;
    struct xd_arena *arena = &b->county->arena;
    b->is_built = xd_arena_alloc_zero(&b->scratch, cells_n, 1);
    b->is_border = xd_arena_alloc_zero(&b->scratch, cells_n, 1);
    b->is_taken = xd_arena_alloc_zero(&b->scratch, cells_n, 1);
    b->path = xd_arena_alloc(&b->scratch, PATH_MAX, sizeof *b->path);
    b->place_cell = xd_arena_alloc(&b->scratch, places_max, sizeof *b->place_cell);
    b->county->places.items = xd_arena_alloc(arena, places_max, sizeof *b->county->places.items);
    b->county->extra = xd_arena_alloc_zero(arena, places_max, sizeof *b->county->extra);
    if (!b->is_built || !b->is_border || !b->is_taken || !b->path || !b->place_cell || !b->county->places.items || !b->county->extra)
        return xd_fail_memory(error, "synthetic county", cells_n * 3);
    enum xd_status status = xd_synth_relief_create(arena, b->options.seed, b->options.relief, columns, rows, &b->ground, error);
    if (status == XD_OK) {
        b->county->ground = xd_arena_copy(arena, &b->ground, 1, sizeof b->ground);
        if (!b->county->ground)
            status = xd_fail_memory(error, "synthetic relief", sizeof b->ground);
    }
    if (status == XD_OK)
        status = xd_synth_pathfinder_create(&b->scratch, &b->ground, &b->finder, error);
    if (status == XD_OK)
        status = xd_synth_draft_create(&b->scratch, arena, &b->ground, b->options.seed, &b->draft, error);
    if (status == XD_OK)
        status = xd_synth_names_create(arena, places_max, &b->names, error);
    return status;
}

static enum xd_status build(struct builder *b, const struct xd_progress *progress, struct xd_error *error)
{
    struct xd_rng rng = xd_rng_at(b->options.seed, XD_RNG_SYNTH_PLACES, 4, 0);
    char text[XD_SYNTH_NAME_MAX];
    b->seat_cell = choose_seat(b);
    snprintf(text, sizeof text, "%s县", xd_synth_name_county(&rng));
    const char *name = xd_arena_string(&b->county->arena, text, strlen(text));
    b->county->name = name;
    char code[XD_PLACE_CODE_MAX];
    snprintf(code, sizeof code, "%d", CODE_COUNTY);
    b->island = b->ferry = -1;
    enum xd_status status = add_place(b, XD_TIER_COUNTY, -1, name, code, b->seat_cell, error);
    if (status == XD_OK)
        status = build_through_road(b, error);
    xd_report(progress, "synth", 1, 6, -1);
    if (status == XD_OK)
        status = place_townships(b, error);
    if (status == XD_OK)
        status = place_villages(b, error);
    xd_report(progress, "synth", 2, 6, -1);
    if (status == XD_OK)
        status = connect_townships(b, error);
    xd_report(progress, "synth", 3, 6, -1);
    if (status == XD_OK)
        status = connect_villages(b, error);
    xd_report(progress, "synth", 4, 6, -1);
    const int32_t first_township = 1;
    for (int32_t i = 0; status == XD_OK && i < b->townships_n; i++)
        status = xd_synth_town_build(b->draft, &b->ground, b->place_cell[first_township + i], i == 0, b->options.seed, i, error);
    if (status == XD_OK)
        status = add_place_nodes(b, error);
    xd_report(progress, "synth", 5, 6, -1);
    /* Hubs last: at the edge of the seat (and of the second township when two are asked). */
    for (int32_t i = 0; status == XD_OK && i < b->options.hubs_n; i++) {
        snprintf(text, sizeof text, "%s县级寄递公共配送中心%s", name, i == 0 ? "" : "(二)");
        snprintf(code, sizeof code, "%d%03d%03d", CODE_COUNTY, 100 + (int)i, 900 + (int)i);
        const char *hub_name = xd_arena_string(&b->county->arena, text, strlen(text));
        const int32_t hub = b->county->places.items_n;
        status = add_place(b, XD_TIER_HUB, 0, hub_name, code, b->place_cell[first_township + i], error);
        if (status == XD_OK && i == 0)
            b->county->places.hub = hub;
    }
    if (status == XD_OK)
        status = xd_synth_draft_freeze(b->draft, b->county, error);
    return status;
}

enum xd_status xd_synth_county_create(const struct xd_synth_options *options, const struct xd_progress *progress, struct xd_synth_county **county,
                                      struct xd_error *error)
{
    struct builder b = {.options = *options};
    enum xd_status status = XD_OK;
    b.county = xd_alloc_zero(1, sizeof *b.county);
    if (!b.county)
        return xd_fail_memory(error, "synthetic county", sizeof *b.county);
    b.county->places.hub = -1;
    if (options->hubs_n < 1 || options->hubs_n > XD_SYNTH_HUBS_MAX || options->townships_n < 0 || options->townships_n > XD_SYNTH_TOWNSHIPS_MAX ||
        options->villages_n < 0 || options->villages_n > XD_SYNTH_VILLAGES_MAX || (options->townships_n > 0 && options->townships_n < 2))
        status = xd_fail(error, XD_USAGE, xd_at_none(), "synth takes 1..%d hubs, 2..%d townships and 1..%d villages", XD_SYNTH_HUBS_MAX,
                         XD_SYNTH_TOWNSHIPS_MAX, XD_SYNTH_VILLAGES_MAX);
    if (status == XD_OK)
        status = prepare(&b, error);
    if (status == XD_OK)
        status = build(&b, progress, error);
    if (status == XD_OK)
        xd_synth_demand(options->seed, b.county);
    xd_synth_draft_free(b.draft);
    xd_arena_free(&b.scratch);
    if (status == XD_OK) {
        *county = b.county;
        xd_report(progress, "synth", 6, 6, -1);
    } else {
        xd_synth_county_free(b.county);
    }
    return status;
}

void xd_synth_county_free(struct xd_synth_county *county)
{
    if (!county)
        return;
    xd_arena_free(&county->arena);
    xd_free(county);
}
