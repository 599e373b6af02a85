#include "tests/unit/tables_county.h"

#include "io/export/plan_json.h"
#include "io/tables/tables.h"
#include "tests/malformed/tables_cases.h"

#include <stdio.h>
#include <string.h>

enum { POINTS_N = 3, STOPS_N = 3, TYPES_MAX = 4 };

static bool make_problem(struct xd_tables_county *made)
{
    static struct xd_county_stop facts[STOPS_N] = {
        {.place = 2, .cold = false, .parts_n = 1, .down_parcels_n = 25, .down_g = 50000},
        {.place = 2, .cold = true, .parts_n = 1, .up_g = 50000, .produce_g = 50000},
        {.place = 3, .cold = false, .parts_n = 1, .up_parcels_n = 4, .up_g = 20000},
    };
    struct xd_stop stops[STOPS_N];
    struct xd_vehicle_type types[TYPES_MAX];
    struct xd_error error;
    const struct xd_scenario *scenario = made->scenario;
    for (int32_t s = 0; s < STOPS_N; s++)
        stops[s] = (struct xd_stop){.location = s < 2 ? 1 : 2,
                                    .delivery = {facts[s].down_g, facts[s].down_parcels_n * 8},
                                    .pickup = {facts[s].up_g, facts[s].up_g / 250},
                                    .earliest_s = 32400,
                                    .latest_s = 61200,
                                    .service_s = 300,
                                    .release_s = 34200,
                                    .needs = facts[s].cold ? XD_FEATURE_COLD : 0,
                                    .unserved_cost = INT64_C(180000000000),
                                    .origin = s};
    for (int32_t t = 0; t < scenario->fleet_n; t++) {
        const struct xd_fleet_type *type = &scenario->fleet[t];
        types[t] = (struct xd_vehicle_type){.count = type->count,
                                            .capacity = {type->payload_g, type->volume_dm3},
                                            .features = type->cold ? XD_FEATURE_COLD : 0,
                                            .earliest_s = type->shift_start_s,
                                            .latest_s = type->shift_end_s,
                                            .duration_max_s = type->duty_max_s,
                                            .length_max_m = type->range_m,
                                            .fixed_cost = type->fixed_fen_day * XD_COUNTY_UNITS_PER_FEN,
                                            .cost_per_m = 250000,
                                            .cost_per_s = 1000};
        snprintf(types[t].name, sizeof types[t].name, "%s", type->key);
    }
    const struct xd_matrix *matrices[] = {made->matrix};
    struct xd_problem_input input = {.name = "fixture", .stops = stops, .stops_n = STOPS_N, .types = types, .types_n = scenario->fleet_n};
    input.matrices = matrices;
    input.matrices_n = 1;
    input.cost_scale = XD_COUNTY_UNITS_PER_FEN;
    made->county.scenario = scenario;
    made->county.stops_n = STOPS_N;
    made->county.stops = facts;
    return xd_problem_build(&input, &made->county.problem, &error) == XD_OK;
}

/* One minivan drives to both villages; the cold goods stay. */
static bool make_plan(struct xd_tables_county *made)
{
    static const int32_t types[] = {0, 1};
    static const int32_t first[] = {0, 2, 3};
    static const int32_t stops[] = {0, 2, 1};
    struct xd_routes routes = {.routes_n = 1, .types = types, .first = first, .stops = stops};
    struct xd_plan *plan = NULL;
    struct xd_violations violations = {0};
    struct xd_error error;
    bool good = xd_plan_schedule(made->county.problem, &routes, 7, 100, &plan, &error) == XD_OK &&
                xd_check_plan(made->county.problem, plan, &violations, &made->verified, &error) == XD_OK;
    xd_violations_free(&violations);
    xd_plan_free(plan);
    return good;
}

bool xd_tables_county_open(struct xd_tables_county *made)
{
    struct xd_memory_file files[XD_TABLES_FILES_N];
    struct xd_diagnostics diagnostics = {0};
    *made = (struct xd_tables_county){0};
    for (int f = 0; f < XD_TABLES_FILES_N; f++)
        files[f] = (struct xd_memory_file){.name = xd_tables_names[f], .bytes = xd_tables_base[f], .n = strlen(xd_tables_base[f])};
    enum xd_status status = xd_scenario_read_memory(files, XD_TABLES_FILES_N, &diagnostics, &made->scenario);
    xd_diagnostics_free(&diagnostics);
    if (status != XD_OK || xd_matrix_create(POINTS_N, &made->matrix, NULL) != XD_OK)
        return false;
    for (int32_t from = 0; from < POINTS_N; from++) {
        for (int32_t to = 0; to < POINTS_N; to++) {
            made->matrix->time_s[xd_matrix_cell(made->matrix, from, to)] = from == to ? 0 : 1200 + 60 * to;
            made->matrix->length_m[xd_matrix_cell(made->matrix, from, to)] = from == to ? 0 : 10000 + 100 * to;
        }
    }
    return make_problem(made) && make_plan(made);
}

void xd_tables_county_connect(struct xd_tables_county *made)
{
    static int32_t point_place[POINTS_N] = {0, 2, 3}, type_profile[TYPES_MAX];
    static const struct xd_profile profile = {.name = "minivan"};
    static struct xd_snap snaps[POINTS_N] = {
        {.status = XD_SNAP_OK}, {.status = XD_SNAP_OK, .connector_m = 1500, .connector_s = 1350}, {.status = XD_SNAP_OK}};
    static struct xd_county_profile profiles[] = {{.profile = &profile, .snaps = snaps, .open_snaps = snaps}};
    made->county.points_n = POINTS_N;
    made->county.point_place = point_place;
    made->county.type_profile = type_profile;
    made->county.profiles = profiles;
    made->county.profiles_n = 1;
}

void xd_tables_county_close(struct xd_tables_county *made)
{
    xd_verified_plan_free(made->verified);
    xd_problem_free(made->county.problem);
    xd_matrix_free(made->matrix);
    xd_scenario_free(made->scenario);
}

bool xd_tables_plan_text(const struct xd_tables_county *made, struct xd_buffer *text)
{
    struct xd_error error;
    struct xd_export_input input = {.county = &made->county, .plan = made->verified, .language = XD_LANGUAGE_EN};
    return xd_export_plan_json(&input, text, &error) == XD_OK;
}
