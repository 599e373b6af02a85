#include "maps/synth_town.h"

#include "base/rng.h"
#include "maps/synth_names.h"

enum { SEAT_COLUMNS = 7, SEAT_ROWS = 5, TOWN_COLUMNS = 3, TOWN_ROWS = 2, GOODS_LEAFY = 1, GOODS_N = 8 };

static const double block = 0.42; /* cells: 120 m between streets */

struct grid {
    int32_t columns_n, rows_n;
    int32_t nodes[SEAT_COLUMNS * SEAT_ROWS];
};

static enum xd_status street(struct xd_synth_draft *draft, const struct grid *grid, int32_t first, int32_t stride, int32_t nodes_n,
                             const struct xd_synth_tags *tags, struct xd_error *error)
{
    int32_t nodes[SEAT_COLUMNS + SEAT_ROWS];
    for (int32_t i = 0; i < nodes_n; i++)
        nodes[i] = grid->nodes[first + i * stride];
    return xd_synth_draft_way(draft, nodes, nodes_n, tags, error);
}

static struct xd_synth_tags street_tags(const char *highway, const char *name, const char *oneway)
{
    struct xd_synth_tags tags = {0};
    xd_synth_tag(&tags, "highway", highway);
    xd_synth_tag(&tags, "surface", "asphalt");
    if (name)
        xd_synth_tag(&tags, "name", name);
    if (oneway)
        xd_synth_tag(&tags, "oneway", oneway);
    return tags;
}

/* West-east streets: two of the seat's are a one-way pair, one of them tagged against its drawing order (oneway=-1). */
static enum xd_status build_rows(struct xd_synth_draft *draft, const struct grid *grid, bool is_seat, struct xd_rng *rng, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (int32_t row = 0; status == XD_OK && row < grid->rows_n; row++) {
        const char *oneway = !is_seat ? NULL : row == 1 ? "yes" : row == 3 ? "-1" : NULL;
        const char *highway = row == grid->rows_n / 2 ? "tertiary" : "residential";
        const struct xd_synth_tags tags = street_tags(highway, xd_synth_name_road(rng), oneway);
        status = street(draft, grid, row * grid->columns_n, 1, grid->columns_n, &tags, error);
    }
    return status;
}

static enum xd_status build_columns(struct xd_synth_draft *draft, const struct grid *grid, bool is_seat, struct xd_rng *rng, struct xd_error *error)
{
    enum xd_status status = XD_OK;
    for (int32_t column = 0; status == XD_OK && column < grid->columns_n; column++) {
        const char *highway = is_seat && column == grid->columns_n - 1 ? "living_street" : "residential";
        const struct xd_synth_tags tags = street_tags(highway, xd_synth_name_road(rng), NULL);
        status = street(draft, grid, column, grid->columns_n, grid->rows_n, &tags, error);
    }
    return status;
}

/* A ring of six nodes at the north-west corner, entered from two streets; and a yard behind a locked gate. */
static enum xd_status build_roundabout_and_yard(struct xd_synth_draft *draft, const struct grid *grid, struct xd_error *error)
{
    static const double ring[6][2] = {{0.0, 0.0}, {-0.1, 0.06}, {-0.2, 0.0}, {-0.2, -0.12}, {-0.1, -0.18}, {0.0, -0.12}};
    const int32_t corner = (grid->rows_n - 1) * grid->columns_n;
    double column = 0.0;
    double row = 0.0;
    xd_synth_draft_place(draft, grid->nodes[corner], &column, &row);
    int32_t nodes[7];
    nodes[0] = nodes[6] = grid->nodes[corner];
    enum xd_status status = XD_OK;
    for (int32_t i = 1; status == XD_OK && i < 6; i++)
        status = xd_synth_draft_node(draft, column + ring[i][0], row + ring[i][1], NULL, &nodes[i], error);
    struct xd_synth_tags tags = street_tags("tertiary", NULL, NULL);
    xd_synth_tag(&tags, "junction", "roundabout");
    if (status == XD_OK)
        status = xd_synth_draft_way(draft, nodes, 7, &tags, error);
    struct xd_synth_tags gate = {0};
    xd_synth_tag(&gate, "barrier", "gate");
    xd_synth_tag(&gate, "access", "private");
    int32_t yard[3] = {grid->nodes[grid->columns_n - 1], -1, -1};
    xd_synth_draft_place(draft, yard[0], &column, &row);
    if (status == XD_OK)
        status = xd_synth_draft_node(draft, column + 0.15, row - 0.1, &gate, &yard[1], error);
    if (status == XD_OK)
        status = xd_synth_draft_node(draft, column + 0.35, row - 0.2, NULL, &yard[2], error);
    tags = street_tags("service", NULL, NULL);
    if (status == XD_OK)
        status = xd_synth_draft_way(draft, yard, 3, &tags, error);
    return status;
}

enum xd_status xd_synth_town_build(struct xd_synth_draft *draft, const struct xd_synth_relief *ground, int32_t cell, bool is_seat, uint64_t seed,
                                   int32_t number, struct xd_error *error)
{
    struct xd_rng rng = xd_rng_at(seed, XD_RNG_SYNTH_ROADS, 2, (uint64_t)(uint32_t)number);
    struct grid grid = {.columns_n = is_seat ? SEAT_COLUMNS : TOWN_COLUMNS, .rows_n = is_seat ? SEAT_ROWS : TOWN_ROWS};
    const int32_t middle = grid.rows_n / 2 * grid.columns_n + grid.columns_n / 2;
    int32_t centre = -1;
    double column = 0.0;
    double row = 0.0;
    (void)ground;
    enum xd_status status = xd_synth_draft_cell_node(draft, cell, &centre, error);
    if (status == XD_OK)
        xd_synth_draft_place(draft, centre, &column, &row);
    for (int32_t i = 0; status == XD_OK && i < grid.columns_n * grid.rows_n; i++) {
        const double dx = (i % grid.columns_n - middle % grid.columns_n) * block;
        const double dy = (i / grid.columns_n - middle / grid.columns_n) * block;
        if (i == middle)
            grid.nodes[i] = centre;
        else
            status = xd_synth_draft_node(draft, column + dx + 0.12 * dy, row + dy - 0.08 * dx, NULL, &grid.nodes[i], error);
    }
    if (status == XD_OK)
        status = build_rows(draft, &grid, is_seat, &rng, error);
    if (status == XD_OK)
        status = build_columns(draft, &grid, is_seat, &rng, error);
    if (status == XD_OK && is_seat)
        status = build_roundabout_and_yard(draft, &grid, error);
    return status;
}

/* Near-normal with exact arithmetic: the sum of twelve uniforms less six, in thousandths. */
static int64_t normal_milli(struct xd_rng *rng)
{
    int64_t sum = 0;
    for (int i = 0; i < 12; i++)
        sum += xd_rng_between(rng, 0, 1000);
    return sum - 6000;
}

/* exp(milli / 1000) in thousandths for |milli| <= 6000, by squaring a short series of exact integer steps: the same on every compiler. */
static int64_t exp_milli(int64_t milli)
{
    double term = 1.0;
    double sum = 1.0;
    const double x = (double)milli / 1000.0 / 16.0;
    for (int i = 1; i < 12; i++) {
        term *= x / i;
        sum += term;
    }
    for (int i = 0; i < 4; i++)
        sum *= sum;
    return (int64_t)(sum * 1000.0 + 0.5);
}

void xd_synth_demand(uint64_t seed, struct xd_synth_county *county)
{
    for (int32_t i = 0; i < county->places.items_n; i++) {
        const struct xd_place *place = &county->places.items[i];
        struct xd_synth_place *extra = &county->extra[i];
        struct xd_rng rng = xd_rng_at(seed, XD_RNG_SYNTH_DEMAND, 0, (uint64_t)(uint32_t)i);
        extra->goods = -1;
        if (place->tier != XD_TIER_VILLAGE)
            continue;
        /* Median 25 at 1,000 residents; sigma 0.9 puts the ninetieth percentile near 80. */
        const int64_t drawn = 25 * exp_milli(normal_milli(&rng) * 900 / 1000) * place->residents_n / 1000 / 1000;
        extra->down_parcels_n = drawn < 1 ? 1 : drawn > 600 ? 600 : drawn;
        extra->up_parcels_n = extra->down_parcels_n * 28 / 100;
        if (xd_rng_below(&rng, 10) < 3) {
            extra->goods = GOODS_LEAFY + (int32_t)xd_rng_below(&rng, GOODS_N - 1);
            extra->produce_g = xd_rng_between(&rng, 2, 12) * 50000;
        }
    }
}
