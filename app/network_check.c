/* network check: what a map holds, what of it was dropped, and what each vehicle cannot reach. */
#include "app/check_closures.h"
#include "app/closures.h"
#include "app/commands.h"
#include "app/connector.h"
#include "app/elevation.h"
#include "app/extra_roads.h"
#include "app/network_check_places.h"
#include "app/network_roads.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/workspace.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "io/tables/scenario_read.h"
#include "maps/elevation_roads.h"
#include "maps/node_signal.h"

#include <stdio.h>
#include <string.h>

enum { CHECK_JSON_BYTES_MAX = 256 << 20 };

/* The graph of one vehicle, in figures: nodes and edges that it can drive on. */
struct profile_facts {
    const struct xd_profile *profile;
    int32_t nodes_n, arcs_n, edges_n, components_n, main_nodes_n;
    int64_t roads_used_n, roads_closed_n;
};

/* The heights of roads. Grades in %, either way; footpaths and ferries are left out. */
enum { GRADES_N = 4 };
static const int32_t grade_up_to_percent[GRADES_N - 1] = {3, 5, 8};
struct height_facts {
    int32_t lowest_cm, highest_cm; /* XD_ELEVATION_UNKNOWN_CM while no node has a height */
    int32_t nodes_unknown_n;
    int64_t grade_cm[GRADES_N]; /* length of road up to this grade, above the one before */
};

struct check {
    const struct xd_profiles *known; /* the scenario's, or own_known */
    struct xd_profiles *own_known;
    struct xd_opened_map *opened;
    const struct xd_network *network; /* the map's */
    struct xd_extend_counts extra;
    struct profile_facts profiles[XD_PROFILES_MAX];
    int32_t profiles_n;
    /* with tiles of elevation */
    struct xd_elevation *elevation;
    struct xd_road_heights *road_heights;
    struct height_facts heights;
    /* with a scenario */
    struct xd_scenario *scenario;
    struct xd_county *county;
    struct xd_places_check places;
    /* with closures */
    struct xd_closures own_closures; /* of a map alone */
    struct xd_overlay *overlay;
};

/* As the command line says. */
struct question {
    const char *map, *scenario, *profiles_path, *elevation, *closures, *extra_roads, *date;
    struct xd_app_connector connector;
    int64_t radius_m; /* 0: the scenario's */
    bool json, no_snapshot;
};

/* Marks nodes and edges of open arcs, and the nodes' components; then counts the marks. */
static enum xd_status count_open(const struct xd_graph *graph, struct profile_facts *facts, struct xd_error *error)
{
    const size_t n = (size_t)graph->nodes_n + 1, edges_n = (size_t)graph->topology->edges_n + 1;
    uint8_t *marks = xd_alloc_zero(2 * n + edges_n, 1);
    if (!marks)
        return xd_fail_memory(error, "figures of the road graph", 2 * n + edges_n);
    uint8_t *node = marks, *component = marks + n, *edge = marks + 2 * n;
    for (int32_t a = 0; a < graph->arcs_n; a++) {
        if (graph->weight[a].cost_ms >= XD_FAR_WAY)
            continue;
        node[graph->topology->tail[a]] = node[graph->head[a]] = edge[graph->topology->arc_edge[a] / 2] = 1;
    }
    for (int32_t v = 0; v < graph->nodes_n; v++) {
        facts->nodes_n += node[v];
        facts->main_nodes_n += node[v] && graph->component[v] == graph->main_component;
        facts->components_n += node[v] && !component[graph->component[v]];
        component[graph->component[v]] |= node[v];
    }
    for (int32_t e = 0; e < graph->topology->edges_n; e++)
        facts->edges_n += edge[e];
    xd_free(marks);
    return XD_OK;
}

static enum xd_status measure_profile(struct check *check, const struct xd_profile *profile, struct xd_error *error)
{
    struct xd_road_map own, *map = NULL;
    struct xd_graph *graph = NULL;
    struct profile_facts *facts = &check->profiles[check->profiles_n];
    enum xd_status status = xd_standard_roads_take(check->opened->standard, check->network, &profile, 1, false, &own, &map, error);
    if (status == XD_OK)
        status = xd_graph_weigh(map->topology, profile, NULL, &graph, error);
    if (status == XD_OK) {
        *facts = (struct profile_facts){
            .profile = profile, .arcs_n = graph->open_arcs_n, .roads_used_n = graph->roads_used_n, .roads_closed_n = graph->roads_closed_n};
        status = count_open(graph, facts, error);
    }
    check->profiles_n += status == XD_OK;
    xd_graph_free(graph);
    xd_road_map_free(&own);
    return status;
}

static void measure_grades(struct check *check, const struct xd_road_heights *heights)
{
    const struct xd_network *network = check->network;
    for (int32_t r = 0; r < network->roads_n; r++) {
        if (network->roads[r].road_class >= XD_ROAD_PATH)
            continue;
        for (int64_t k = network->first_node[r]; k + 1 < network->first_node[r + 1]; k++) {
            const int32_t a = network->road_node[k], b = network->road_node[k + 1];
            const int64_t length_cm = (int64_t)(xd_distance_m(network->node_position[a], network->node_position[b]) * 100.0 + 0.5);
            const int64_t rise_cm = xd_road_heights_rise_cm(heights, a, b), steep_cm = 100 * (rise_cm < 0 ? -rise_cm : rise_cm);
            int32_t grade = 0;
            while (grade + 1 < GRADES_N && steep_cm > length_cm * grade_up_to_percent[grade])
                grade++;
            check->heights.grade_cm[grade] += length_cm;
        }
    }
}

static enum xd_status measure_heights(struct check *check, const struct xd_progress *progress, struct xd_error *error)
{
    struct height_facts *facts = &check->heights;
    const enum xd_status status =
        xd_road_heights_create(check->elevation, check->network, XD_ELEVATION_REACH_M, progress, &check->road_heights, error);
    if (status != XD_OK)
        return status;
    const struct xd_road_heights *heights = check->road_heights;
    *facts =
        (struct height_facts){.lowest_cm = XD_ELEVATION_UNKNOWN_CM, .highest_cm = XD_ELEVATION_UNKNOWN_CM, .nodes_unknown_n = heights->unknown_n};
    for (int32_t v = 0; v < heights->nodes_n; v++) {
        const int32_t height_cm = heights->node_cm[v];
        if (height_cm == XD_ELEVATION_UNKNOWN_CM)
            continue;
        if (facts->lowest_cm == XD_ELEVATION_UNKNOWN_CM || height_cm < facts->lowest_cm)
            facts->lowest_cm = height_cm;
        if (height_cm > facts->highest_cm)
            facts->highest_cm = height_cm;
    }
    measure_grades(check, heights);
    return XD_OK;
}

/* ---- what is told ---- */

static int32_t signals_n(const struct xd_network *network, int kinds)
{
    int32_t n = 0;
    for (int32_t i = 0; i < network->nodes_n; i++)
        n += (network->node_signal[i] & kinds) != 0;
    return n;
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
    xd_json_int(json, "place_areas_twice", counts->place_areas_twice);
    xd_json_int(json, "place_areas_unplaced", counts->place_areas_unplaced);
    xd_json_object_begin(json, "restrictions");
    for (int reason = 0; reason < XD_RESTRICTION_DROPS_N; reason++)
        xd_json_int(json, xd_restriction_drop_name((enum xd_restriction_drop)reason), counts->restrictions_dropped[reason]);
    xd_json_object_end(json);
    xd_json_object_end(json);
}

static void write_doubts(struct xd_json_writer *json, const struct xd_network_counts *counts)
{
    const struct xd_road_doubts *const doubts[] = {&counts->way_doubts, &counts->node_doubts, &counts->relation_doubts};
    static const char *const objects[] = {"way", "node", "relation"};
    xd_json_array_begin(json, "tags_not_understood");
    for (size_t i = 0; i < XD_ARRAY_LENGTH(doubts); i++) {
        for (int kind = 0; kind < XD_ROAD_DOUBTS_N; kind++) {
            if (doubts[i]->tags_n[kind] == 0)
                continue;
            xd_json_object_begin(json, NULL);
            xd_json_string(json, "kind", xd_road_doubt_infos[kind].key);
            xd_json_string(json, "object", objects[i]);
            xd_json_int(json, "tags", doubts[i]->tags_n[kind]);
            xd_json_int(json, "example", doubts[i]->example_id[kind]);
            xd_json_object_end(json);
        }
    }
    xd_json_array_end(json);
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

static void write_metres(struct xd_json_writer *json, const char *key, int32_t height_cm)
{
    if (height_cm == XD_ELEVATION_UNKNOWN_CM)
        xd_json_null(json, key);
    else
        xd_json_fixed(json, key, height_cm, 2);
}

static void write_elevation(struct xd_json_writer *json, const struct check *check)
{
    char name[XD_ELEVATION_NAME_BYTES];
    xd_json_object_begin(json, "elevation");
    xd_json_array_begin(json, "tiles");
    for (int32_t i = 0; i < check->elevation->tiles_n; i++) {
        const struct xd_elevation_tile *tile = &check->elevation->tiles[i];
        xd_elevation_cell_name(tile->cell, name);
        xd_json_object_begin(json, NULL);
        xd_json_string(json, "tile", name);
        xd_json_bool(json, "found", tile->side > 0);
        xd_json_int(json, "side", tile->side);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
    write_metres(json, "lowest_m", check->heights.lowest_cm);
    write_metres(json, "highest_m", check->heights.highest_cm);
    xd_json_int(json, "nodes_without_height", check->heights.nodes_unknown_n);
    xd_json_array_begin(json, "grades");
    for (int32_t g = 0; g < GRADES_N; g++) {
        xd_json_object_begin(json, NULL);
        if (g + 1 < GRADES_N)
            xd_json_int(json, "up_to_percent", grade_up_to_percent[g]);
        else
            xd_json_null(json, "up_to_percent");
        xd_json_fixed(json, "length_km", (check->heights.grade_cm[g] + 50) / 100, 3);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
    xd_json_object_end(json);
}

static void write_extra_roads(struct xd_json_writer *json, const struct xd_extend_counts *extra)
{
    xd_json_object_begin(json, "extra_roads");
    xd_json_int(json, "roads", extra->roads_n);
    xd_json_int(json, "length_m", extra->length_m);
    xd_json_int(json, "joined_at_points", extra->joined_at_nodes_n);
    xd_json_int(json, "joined_between_points", extra->joined_on_pieces_n);
    xd_json_int(json, "joined_to_extra_roads", extra->joined_to_extra_n);
    xd_json_int(json, "ends_open", extra->ends_open_n);
    xd_json_object_end(json);
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
    xd_json_string(&json, "snapshot", xd_snapshot_use_name(check->opened->snapshot));
    /* of the network: nodes that roads use, and drawn pieces of road in both directions */
    xd_json_int(&json, "nodes", network->nodes_n);
    xd_json_int(&json, "arcs", 2 * (network->first_node[network->roads_n] - network->roads_n));
    xd_json_int(&json, "roads", network->roads_n);
    xd_json_int(&json, "barriers", network->barriers_n);
    xd_json_int(&json, "map_places", network->map_places_n);
    xd_json_object_begin(&json, "restrictions");
    xd_json_int(&json, "kept", network->counts.restrictions_kept);
    xd_json_int(&json, "kept_in_part", network->counts.restrictions_in_part);
    xd_json_int(&json, "ways_to_drive", network->restrictions_n);
    xd_json_object_end(&json);
    xd_json_int(&json, "signals", signals_n(network, XD_NODE_SIGNAL | XD_NODE_CROSSING_SIGNAL));
    xd_json_int(&json, "stop_signs", signals_n(network, XD_NODE_STOP));
    xd_json_object_begin(&json, "seen");
    xd_json_int(&json, "nodes", network->counts.nodes_seen);
    xd_json_int(&json, "ways", network->counts.ways_seen);
    xd_json_int(&json, "relations", network->counts.relations_seen);
    xd_json_int(&json, "restrictions", network->counts.restrictions_seen);
    xd_json_int(&json, "place_areas", network->counts.place_areas_seen);
    xd_json_object_end(&json);
    write_dropped(&json, &network->counts);
    write_doubts(&json, &network->counts);
    if (check->extra.roads_n > 0)
        write_extra_roads(&json, &check->extra);
    write_profiles(&json, check);
    if (check->elevation)
        write_elevation(&json, check);
    if (check->overlay)
        xd_check_closures_json(&json, check->overlay, check->county);
    if (check->county)
        xd_places_check_write(&check->places, &json);
    xd_json_object_end(&json);
    const enum xd_status status = xd_json_end(&json);
    if (status == XD_OK)
        fwrite(buffer.bytes, 1, buffer.length, stdout);
    xd_buffer_free(&buffer);
    return status;
}

/* Reasons in the order of enum xd_restriction_drop. */
static void print_restrictions(const struct xd_network *network)
{
    static const char *const reasons[XD_RESTRICTION_DROPS_N] = {
        "of an unknown kind",    "holding at times only",     "for other vehicles", "without via",     "without from or to, or with unclear members",
        "with a missing member", "on ways that are no roads", "that do not meet",   "over the limits", "there twice",
    };
    static const char *const reasons_zh[XD_RESTRICTION_DROPS_N] = {
        "种类不明", "仅在部分时段有效", "针对其他车辆", "缺少途经(via)", "缺少起止路段或成员不明",
        "成员缺失", "成员不是道路",     "成员不相接",   "超出上限",      "重复",
    };
    const struct xd_network_counts *counts = &network->counts;
    const bool zh = xd_language_is_chinese();
    if (counts->restrictions_seen == 0)
        return;
    printf(zh ? "转向限制 %lld 条,采用 %lld 条(其中 %lld 条只采用一部分)" : "%lld turn restrictions, %lld kept (%lld of them in part)",
           (long long)counts->restrictions_seen, (long long)counts->restrictions_kept, (long long)counts->restrictions_in_part);
    for (int reason = 0; reason < XD_RESTRICTION_DROPS_N; reason++)
        if (counts->restrictions_dropped[reason] > 0)
            printf(zh ? ";舍弃 %lld 条:%s" : "; %lld dropped %s", (long long)counts->restrictions_dropped[reason],
                   zh ? reasons_zh[reason] : reasons[reason]);
    printf("\n");
}

static void print_doubts(const struct xd_network_counts *counts, bool zh)
{
    const struct xd_road_doubts *const doubts[] = {&counts->way_doubts, &counts->node_doubts, &counts->relation_doubts};
    const char *const objects[] = {zh ? "线" : "way", zh ? "节点" : "node", zh ? "关系" : "relation"};
    for (size_t i = 0; i < XD_ARRAY_LENGTH(doubts); i++) {
        for (int kind = 0; kind < XD_ROAD_DOUBTS_N; kind++) {
            const struct xd_road_doubt_info *info = &xd_road_doubt_infos[kind];
            if (doubts[i]->tags_n[kind] > 0)
                printf(zh ? "未采用的标签: %s %lld 处,例如%s %lld\n" : "tags not understood: %s, %lld times, for example at %s %lld\n",
                       zh ? info->label_zh : info->label, (long long)doubts[i]->tags_n[kind], objects[i], (long long)doubts[i]->example_id[kind]);
        }
    }
}

static void print_elevation(const struct check *check)
{
    const struct height_facts *facts = &check->heights;
    const bool zh = xd_language_is_chinese();
    int32_t found_n = 0;
    for (int32_t i = 0; i < check->elevation->tiles_n; i++)
        found_n += check->elevation->tiles[i].side > 0 ? 1 : 0;
    printf(zh ? "高程:所需 %ld 幅中有 %ld 幅" : "elevation: %ld tiles needed, %ld found", (long)check->elevation->tiles_n, (long)found_n);
    for (int32_t found = 1; found >= 0; found--)
        for (int32_t i = 0, told_n = 0; i < check->elevation->tiles_n; i++) {
            const struct xd_elevation_tile *tile = &check->elevation->tiles[i];
            char name[XD_ELEVATION_NAME_BYTES];
            if ((tile->side > 0) != (found == 1))
                continue;
            xd_elevation_cell_name(tile->cell, name);
            printf("%s%s", told_n++ > 0 ? " " : found == 1 ? zh ? ":" : ": " : zh ? ";缺 " : "; missing: ", name);
        }
    printf("\n");
    if (facts->lowest_cm != XD_ELEVATION_UNKNOWN_CM)
        printf(zh ? "道路节点海拔 %ld 至 %ld 米;%ld 个节点无高程\n" : "road nodes lie %ld to %ld m above the sea; %ld nodes without a height\n",
               (long)(facts->lowest_cm / 100), (long)(facts->highest_cm / 100), (long)facts->nodes_unknown_n);
    const double grade_km[GRADES_N] = {(double)facts->grade_cm[0] / 1e5, (double)facts->grade_cm[1] / 1e5, (double)facts->grade_cm[2] / 1e5,
                                       (double)facts->grade_cm[3] / 1e5};
    printf(zh ? "道路坡度:3%% 以内 %.1f 公里,3–5%% %.1f 公里,5–8%% %.1f 公里,8%% 以上 %.1f 公里\n"
              : "grades: up to 3 %% %.1f km, 3 to 5 %% %.1f km, 5 to 8 %% %.1f km, above 8 %% %.1f km\n",
           grade_km[0], grade_km[1], grade_km[2], grade_km[3]);
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
    printf(zh ? "舍弃:非道路的线 %lld,过短的路 %lld,缺失的节点引用 %lld,重复的节点 %lld 与线 %lld\n"
              : "dropped: %lld ways that are no roads, %lld roads too short, %lld references to missing nodes, %lld repeated nodes and %lld ways\n",
           (long long)counts->ways_not_roads, (long long)counts->roads_too_short, (long long)counts->node_refs_missing,
           (long long)counts->duplicate_nodes, (long long)counts->duplicate_ways);
    print_restrictions(network);
    printf(zh ? "红绿灯 %ld 处,停车让行标志 %ld 处\n" : "%ld traffic signals, %ld stop signs\n",
           (long)signals_n(network, XD_NODE_SIGNAL | XD_NODE_CROSSING_SIGNAL), (long)signals_n(network, XD_NODE_STOP));
    if (counts->place_areas_seen > 0)
        printf(
            zh ? "画成面的地名 %lld 个:另有同一地点的点或面而舍弃 %lld,地图中没有其节点而舍弃 %lld\n"
               : "%lld places drawn as areas: %lld dropped, the same place being there as a point or another area; %lld without a node in the map\n",
            (long long)counts->place_areas_seen, (long long)counts->place_areas_twice, (long long)counts->place_areas_unplaced);
    print_doubts(counts, zh);
    if (check->extra.roads_n > 0)
        printf(zh ? "补充道路 %ld 条,共 %.1f 公里:接入地图道路 %ld 处,相互接入 %ld 处,不接其他道路的末端 %ld 个\n"
                  : "extra roads: %ld, %.1f km; they join the map's in %ld places and each other in %ld; %ld ends lead to no other road\n",
               (long)check->extra.roads_n, (double)check->extra.length_m / 1000.0,
               (long)(check->extra.joined_at_nodes_n + check->extra.joined_on_pieces_n), (long)check->extra.joined_to_extra_n,
               (long)check->extra.ends_open_n);
    for (int32_t i = 0; i < check->profiles_n; i++) {
        const struct profile_facts *facts = &check->profiles[i];
        printf(zh ? "%-12s 可用道路 %lld,不可用 %lld;图 %ld 节点 %ld 弧,与主网隔断的节点 %ld\n"
                  : "%-12s %lld roads open, %lld closed; graph of %ld nodes and %ld arcs, %ld nodes cut off from the main part\n",
               facts->profile->name, (long long)facts->roads_used_n, (long long)facts->roads_closed_n, (long)facts->nodes_n, (long)facts->arcs_n,
               (long)(facts->nodes_n - facts->main_nodes_n));
    }
    if (check->elevation)
        print_elevation(check);
    xd_check_closures_print(check->overlay, check->county);
    if (check->county)
        xd_places_check_print(&check->places);
}

/* ---- the command ---- */

static void set_radius(const struct question *question, struct xd_parameters *parameters)
{
    if (question->radius_m == 0)
        return;
    parameters->value[XD_PARAMETER_SNAP_RADIUS_M] = question->radius_m;
    parameters->given[XD_PARAMETER_SNAP_RADIUS_M] = true;
}

static enum xd_status open_scenario(const struct question *question, struct check *check, struct xd_error *error)
{
    struct xd_diagnostics diagnostics = {0};
    enum xd_status status = XD_OK;
    if (!question->scenario || question->profiles_path) {
        status = xd_profiles_open(question->profiles_path, &check->own_known, error);
        check->known = check->own_known;
    }
    if (status == XD_OK && question->scenario) {
        status = xd_scenario_read(question->scenario, &diagnostics, &check->scenario);
        status = xd_diagnostics_take_last(&diagnostics, error, status);
    }
    if (status == XD_OK && question->scenario)
        set_radius(question, &check->scenario->parameters);
    if (status == XD_OK && question->scenario)
        status = xd_app_connector_set(&question->connector, &check->scenario->parameters, error);
    else if (status == XD_OK && question->radius_m > 0)
        status = xd_fail(error, XD_USAGE, xd_at_none(), "--radius joins the places of a scenario to roads: give SCENARIO too");
    else if (status == XD_OK && (question->connector.longest_m || question->connector.speed_kmh))
        status = xd_fail(error, XD_USAGE, xd_at_none(), "--connector-m and --connector-kmh join the places of a scenario: give SCENARIO too");
    if (status == XD_OK && !check->known)
        check->known = check->scenario->profiles;
    xd_diagnostics_free(&diagnostics);
    return status;
}

/* Of the scenario, on its day, with those of the command line. */
static enum xd_status open_closures(const struct question *question, struct check *check, struct xd_error *error)
{
    struct xd_scenario *scenario = check->scenario;
    const struct xd_profiles *profiles = scenario ? scenario->profiles : check->known;
    struct xd_closures *closures = scenario ? &scenario->closures : &check->own_closures;
    int64_t day = scenario ? scenario->date_days : XD_CLOSURE_ALWAYS;
    enum xd_status status = xd_app_date(question->date, &day, error);
    if (status == XD_OK)
        status = xd_app_closures_add(question->closures, profiles, scenario ? scenario->crs : XD_CRS_WGS84, closures, error);
    if (status == XD_OK)
        status = xd_app_overlay_build(check->network, profiles, closures, day, &check->overlay, error);
    return status;
}

/* Places are looked at without closures; a hub that is off the roads then is told among them, and closures cut nothing off from it. */
static enum xd_status open_county(struct check *check, const struct xd_progress *progress, struct xd_error *error)
{
    enum xd_status status =
        xd_county_survey(check->scenario, check->network, check->opened->standard, check->road_heights, progress, &check->county, error);
    if (status == XD_OK)
        status = xd_places_check_make(check->county, &check->places, error);
    if (status == XD_OK && check->overlay && xd_county_reach_best(check->places.reach, check->scenario->places.hub, NULL))
        status = xd_county_survey_closures(check->county, check->overlay, progress, error);
    return status;
}

static enum xd_status run_check(const struct question *question, const struct xd_progress *progress, struct xd_error *error)
{
    struct check check = {0};
    enum xd_status status = open_scenario(question, &check, error);
    if (status == XD_OK)
        status = xd_app_map_open(question->map, !question->no_snapshot, progress, &check.opened, error);
    if (status == XD_OK)
        status = xd_app_extra_roads_add(check.scenario ? &check.scenario->extra_roads : NULL, question->extra_roads,
                                        check.scenario ? check.scenario->crs : XD_CRS_WGS84, check.opened, &check.extra, error);
    if (status == XD_OK)
        check.network = check.opened->network;
    if (status == XD_OK)
        status = open_closures(question, &check, error);
    if (status == XD_OK)
        status = xd_app_elevation_open(question->elevation  ? question->elevation
                                       : question->scenario ? check.scenario->elevation_path
                                                            : NULL,
                                       check.network, &check.elevation, error);
    if (status == XD_OK && check.elevation)
        status = measure_heights(&check, progress, error);
    for (int32_t i = 0; status == XD_OK && i < check.known->items_n; i++)
        status = xd_cancelled(progress) ? xd_fail(error, XD_INTERRUPTED, xd_at_none(), "interrupted while the roads were read for the vehicles")
                                        : measure_profile(&check, &check.known->items[i], error);
    if (status == XD_OK && question->scenario)
        status = open_county(&check, progress, error);
    if (status == XD_OK && question->json)
        status = print_json(&check, error);
    else if (status == XD_OK)
        print_text(&check);
    xd_places_check_free(&check.places);
    xd_county_free(check.county);
    xd_overlay_free(check.overlay);
    xd_closures_free(&check.own_closures);
    xd_road_heights_free(check.road_heights);
    xd_elevation_free(check.elevation);
    xd_app_map_close(check.opened);
    xd_scenario_free(check.scenario);
    xd_profiles_free(check.own_known);
    return status;
}

int xd_app_network_check(int argc, char **argv)
{
    struct question question = {0};
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "MAP", NULL, NULL, &question.map, 1, 0, "OpenStreetMap file", "OpenStreetMap 地图文件"},
        {XD_OPTION_POSITION, "SCENARIO", NULL, NULL, &question.scenario, 0, 0, "list this scenario's places that no vehicle reaches",
         "另列出该情景中到不了的地点"},
        {XD_OPTION_TEXT, "--profiles", NULL, "FILE", &question.profiles_path, 0, 0, "table of your own profiles (docs/profiles.md)",
         "自定义车辆类型表(见 docs/profiles.md)"},
        {XD_OPTION_TEXT, "--elevation", NULL, "PATH", &question.elevation, 0, 0, "folder or file of SRTM tiles (default: the scenario's)",
         "SRTM 高程分幅文件夹或文件(默认取情景的)"},
        {XD_OPTION_TEXT, "--extra-roads", NULL, "FILE", &question.extra_roads, 0, 0, "on top of the scenario's: " XD_APP_EXTRA_ROADS_HELP,
         "在情景之外另加的" XD_APP_EXTRA_ROADS_HELP_ZH},
        XD_APP_RADIUS_OPTION(&question.radius_m, "the scenario's snap_radius_m", "取情景的 snap_radius_m"),
        XD_APP_CONNECTOR_OPTIONS(&question.connector),
        {XD_OPTION_TEXT, "--closures", NULL, "FILE", &question.closures, 0, 0, "on top of the scenario's: " XD_APP_CLOSURES_HELP,
         "在情景之外另加的" XD_APP_CLOSURES_HELP_ZH},
        {XD_OPTION_TEXT, "--date", NULL, "D", &question.date, 0, 0,
         "day of the closures, YYYY-MM-DD (default: the scenario's; of a map alone all of them hold)",
         "封路日期 YYYY-MM-DD(默认取情景的日期;只有地图时全部生效)"},
        XD_APP_NO_SNAPSHOT(&question.no_snapshot),
        {XD_OPTION_FLAG, "--json", NULL, NULL, &question.json, 0, 0, "print everything as JSON", "以 JSON 输出"},
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
        status = run_check(&question, &bar.progress, &error);
    xd_progress_bar_end(&bar);
    return status == XD_OK ? 0 : xd_exit_with(&error);
}
