/* network check: what a map holds, what of it was dropped, and what each vehicle cannot reach. */
#include "app/commands.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/workspace.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "io/osm/read.h"
#include "io/tables/scenario_read.h"
#include "scenarios/county_review.h"

#include <stdio.h>
#include <string.h>

enum { CHECK_JSON_BYTES_MAX = 256 << 20, PROFILES_MAX = 32 };

/* The graph of one vehicle, in figures. */
struct profile_facts {
    const struct xd_profile *profile;
    int32_t nodes_n, arcs_n, edges_n, components_n, main_nodes_n;
    int64_t roads_used_n, roads_closed_n;
};

struct check {
    struct xd_network *network;
    struct profile_facts profiles[PROFILES_MAX];
    int32_t profiles_n;
    /* with a scenario */
    struct xd_scenario *scenario;
    struct xd_county *county;
};

static enum xd_status measure_profile(struct check *check, const struct xd_profile *profile, struct xd_error *error)
{
    struct xd_graph *graph = NULL;
    struct profile_facts *facts = &check->profiles[check->profiles_n];
    enum xd_status status = xd_graph_build(check->network, profile, &graph, error);
    if (status != XD_OK)
        return status;
    *facts = (struct profile_facts){.profile = profile,
                                    .nodes_n = graph->nodes_n,
                                    .arcs_n = graph->arcs_n,
                                    .edges_n = graph->edges_n,
                                    .components_n = graph->components_n,
                                    .roads_used_n = graph->roads_used_n,
                                    .roads_closed_n = graph->roads_closed_n};
    for (int32_t v = 0; v < graph->nodes_n; v++)
        facts->main_nodes_n += graph->component[v] == 0;
    check->profiles_n++;
    xd_graph_free(graph);
    return XD_OK;
}

/* ---- what is told ---- */

/* Why a place of the scenario cannot be driven to: "" when it can. */
static const char *place_problem(const struct check *check, int32_t place, int32_t *distance_m)
{
    const int32_t point = check->county->place_point[place];
    *distance_m = -1;
    if (check->scenario->places.items[place].source == XD_PLACE_UNPLACED)
        return "unplaced";
    if (point < 0)
        return ""; /* nothing to bring or fetch: no point */
    const struct xd_snap *snap = xd_county_snap(check->county, point);
    *distance_m = snap->distance_m;
    return snap->status == XD_SNAP_OK ? "" : xd_snap_status_name(snap->status);
}

static void write_dropped(struct xd_json_writer *json, const struct xd_network_counts *counts)
{
    xd_json_object_begin(json, "dropped");
    xd_json_int(json, "ways_not_roads", counts->ways_not_roads);
    xd_json_int(json, "roads_too_short", counts->roads_too_short);
    xd_json_int(json, "node_refs_missing", counts->node_refs_missing);
    xd_json_int(json, "nodes_repeated", counts->nodes_repeated);
    xd_json_int(json, "duplicate_nodes", counts->duplicate_nodes);
    xd_json_int(json, "duplicate_ways", counts->duplicate_ways);
    xd_json_int(json, "restrictions_not_applied", counts->restrictions_seen);
    xd_json_object_end(json);
}

static void write_profiles(struct xd_json_writer *json, const struct check *check)
{
    xd_json_array_begin(json, "profiles");
    for (int32_t i = 0; i < check->profiles_n; i++) {
        const struct profile_facts *facts = &check->profiles[i];
        xd_json_object_begin(json, NULL);
        xd_json_string(json, "profile", facts->profile->name);
        xd_json_int(json, "nodes", facts->nodes_n);
        xd_json_int(json, "arcs", facts->arcs_n);
        xd_json_int(json, "edges", facts->edges_n);
        xd_json_int(json, "components", facts->components_n);
        xd_json_int(json, "nodes_cut_off", facts->nodes_n - facts->main_nodes_n);
        xd_json_int(json, "roads_used", facts->roads_used_n);
        xd_json_int(json, "roads_closed", facts->roads_closed_n);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static void write_places(struct xd_json_writer *json, const struct check *check)
{
    xd_json_array_begin(json, "places_unreached");
    for (int32_t i = 0; i < check->scenario->places.items_n; i++) {
        int32_t distance_m;
        const char *problem = place_problem(check, i, &distance_m);
        if (!*problem)
            continue;
        xd_json_object_begin(json, NULL);
        xd_json_string(json, "code", check->scenario->places.items[i].code);
        xd_json_string(json, "name", check->scenario->places.items[i].name);
        xd_json_string(json, "problem", problem);
        if (distance_m >= 0)
            xd_json_int(json, "nearest_road_m", distance_m);
        else
            xd_json_null(json, "nearest_road_m");
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static enum xd_status print_json(const struct check *check, struct xd_error *error)
{
    const struct xd_network *network = check->network;
    struct xd_buffer buffer;
    struct xd_json_writer json;
    char hash[17];
    xd_hash_hex(network->hash, hash);
    xd_buffer_init(&buffer, CHECK_JSON_BYTES_MAX);
    xd_json_begin(&json, &buffer, true, error);
    xd_json_object_begin(&json, NULL);
    xd_json_string(&json, "schema", "xiangdao-network-check");
    xd_json_int(&json, "version", 1);
    xd_json_string(&json, "network_hash", hash);
    /* of the network: nodes that roads use, and drawn pieces of road in both directions */
    xd_json_int(&json, "nodes", network->nodes_n);
    xd_json_int(&json, "arcs", 2 * (network->first_node[network->roads_n] - network->roads_n));
    xd_json_int(&json, "roads", network->roads_n);
    xd_json_int(&json, "barriers", network->barriers_n);
    xd_json_int(&json, "map_places", network->map_places_n);
    xd_json_object_begin(&json, "seen");
    xd_json_int(&json, "nodes", network->counts.nodes_seen);
    xd_json_int(&json, "ways", network->counts.ways_seen);
    xd_json_int(&json, "relations", network->counts.relations_seen);
    xd_json_object_end(&json);
    write_dropped(&json, &network->counts);
    write_profiles(&json, check);
    if (check->county)
        write_places(&json, check);
    xd_json_object_end(&json);
    const enum xd_status status = xd_json_end(&json);
    if (status == XD_OK)
        fwrite(buffer.bytes, 1, buffer.length, stdout);
    xd_buffer_free(&buffer);
    return status;
}

static void print_text(const struct check *check)
{
    const struct xd_network *network = check->network;
    const struct xd_network_counts *counts = &network->counts;
    const bool zh = xd_language_is_chinese();
    char hash[17];
    xd_hash_hex(network->hash, hash);
    printf(zh ? "路网 %s:%ld 条道路,%ld 个节点,%ld 处障碍,%ld 个地名\n" : "network %s: %ld roads, %ld nodes, %ld barriers, %ld places\n", hash,
           (long)network->roads_n, (long)network->nodes_n, (long)network->barriers_n, (long)network->map_places_n);
    printf(zh ? "舍弃:非道路的线 %lld,过短的路 %lld,缺失的节点引用 %lld,重复的节点 %lld 与线 %lld;转向限制 %lld 条(尚未采用)\n"
              : "dropped: %lld ways that are no roads, %lld roads too short, %lld references to missing nodes, %lld repeated nodes and %lld ways; "
                "%lld turn restrictions (not yet "
                "applied)\n",
           (long long)counts->ways_not_roads, (long long)counts->roads_too_short, (long long)counts->node_refs_missing,
           (long long)counts->duplicate_nodes, (long long)counts->duplicate_ways, (long long)counts->restrictions_seen);
    for (int32_t i = 0; i < check->profiles_n; i++) {
        const struct profile_facts *facts = &check->profiles[i];
        printf(zh ? "%-12s 可用道路 %lld,不可用 %lld;图 %ld 节点 %ld 弧,与主网隔断的节点 %ld\n"
                  : "%-12s %lld roads open, %lld closed; graph of %ld nodes and %ld arcs, %ld nodes cut off from the main part\n",
               facts->profile->name, (long long)facts->roads_used_n, (long long)facts->roads_closed_n, (long)facts->nodes_n, (long)facts->arcs_n,
               (long)(facts->nodes_n - facts->main_nodes_n));
    }
    int32_t unreached_n = 0;
    for (int32_t i = 0; check->county && i < check->scenario->places.items_n; i++) {
        int32_t distance_m;
        const char *problem = place_problem(check, i, &distance_m);
        if (!*problem)
            continue;
        unreached_n++;
        if (distance_m < 0)
            printf(zh ? "到不了: %s %s (%s)\n" : "cannot reach %s %s (%s)\n", check->scenario->places.items[i].code,
                   check->scenario->places.items[i].name, problem);
        else
            printf(zh ? "到不了: %s %s (%s,最近道路 %ld 米)\n" : "cannot reach %s %s (%s, the nearest road is %ld m away)\n",
                   check->scenario->places.items[i].code, check->scenario->places.items[i].name, problem, (long)distance_m);
    }
    if (check->county)
        printf(zh ? "%ld 个地点中 %ld 个到不了\n" : "of %ld places %ld cannot be reached\n", (long)check->scenario->places.items_n,
               (long)unreached_n);
}

/* ---- the command ---- */

/* Of all that a review tells only what the lists below do not: they hold the unreached places. */
static void county_told(const struct xd_county *county)
{
    int32_t mean_m, likely_m;
    const enum xd_crs likely = xd_county_likely_crs(county, &mean_m, &likely_m);
    if (likely != county->scenario->crs)
        fprintf(stderr,
                xd_language_is_chinese()
                    ? "警告: 按 %s 读取,地点平均距道路 %ld 米;按 %s 则为 %ld 米。情景中的 crs 是否应为 %s?\n"
                    : "warning: as crs %s the places lie %ld m from the roads on average, as %s %ld m; is crs: %s meant in the scenario?\n",
                xd_crs_name(county->scenario->crs), (long)mean_m, xd_crs_name(likely), (long)likely_m, xd_crs_name(likely));
}

static enum xd_status run_check(const char *map, const char *scenario, bool json, const struct xd_progress *progress, struct xd_error *error)
{
    struct check check = {0};
    struct xd_diagnostics diagnostics = {0};
    int32_t profiles_n = 0;
    const struct xd_profile *profiles = xd_profiles(&profiles_n);
    enum xd_status status = XD_OK;
    if (scenario) {
        status = xd_scenario_read(scenario, &diagnostics, &check.scenario);
        status = xd_diagnostics_take_last(&diagnostics, error, status);
    }
    if (status == XD_OK)
        status = xd_osm_read_network(map, progress, &check.network, error);
    for (int32_t i = 0; status == XD_OK && i < profiles_n && i < PROFILES_MAX; i++)
        status = xd_cancelled(progress) ? xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted while the roads were read for the vehicles")
                                        : measure_profile(&check, &profiles[i], error);
    if (status == XD_OK && scenario)
        status = xd_county_open(check.scenario, check.network, progress, &check.county, error);
    if (status == XD_OK && scenario)
        county_told(check.county);
    if (status == XD_OK && json)
        status = print_json(&check, error);
    else if (status == XD_OK)
        print_text(&check);
    xd_county_free(check.county);
    xd_network_free(check.network);
    xd_scenario_free(check.scenario);
    xd_diagnostics_free(&diagnostics);
    return status;
}

int xd_app_network_check(int argc, char **argv)
{
    const char *map = NULL;
    const char *scenario = NULL;
    bool json = false;
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "MAP", NULL, NULL, &map, 1, 0, "OpenStreetMap file", "OpenStreetMap 地图文件"},
        {XD_OPTION_POSITION, "SCENARIO", NULL, NULL, &scenario, 0, 0, "list this scenario's places that no vehicle reaches",
         "另列出该情景中到不了的地点"},
        {XD_OPTION_FLAG, "--json", NULL, NULL, &json, 0, 0, "print everything as JSON", "以 JSON 输出"},
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {"network check", xd_app_network_check, "What a map holds, drops, and cannot reach.",
                                              "检查地图:有什么、舍弃了什么、哪里到不了。",
                                              "  xiangdao network check county.osm.pbf\n  xiangdao network check county.osm.pbf out/county --json"};
    struct xd_error error = {0};
    struct xd_progress_bar bar;
    bool helped = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_check(map, scenario, json, &bar.progress, &error);
    xd_progress_bar_end(&bar);
    return status == XD_OK ? 0 : xd_exit_with(&error);
}
