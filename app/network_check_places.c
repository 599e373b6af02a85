#include "app/network_check_places.h"

#include "app/options.h"

#include <stdio.h>
#include <string.h>

enum { PROFILES_BYTES = XD_PROFILES_MAX * (XD_PROFILE_NAME_MAX + 2), FAR_RADII = 10 };

enum xd_status xd_places_check_make(const struct xd_county *county, struct xd_places_check *check, struct xd_error *error)
{
    *check = (struct xd_places_check){.county = county};
    const enum xd_status status = xd_county_reach_find(county, &check->reach, error);
    return status == XD_OK ? xd_county_judge_crs(county, &check->crs, error) : status;
}

void xd_places_check_free(struct xd_places_check *check)
{
    xd_county_reach_free(check->reach);
    *check = (struct xd_places_check){0};
}

static const struct xd_place *place_at(const struct xd_places_check *check, int32_t place)
{
    return &check->county->scenario->places.items[place];
}

static int32_t radius_m(const struct xd_places_check *check)
{
    return (int32_t)check->county->scenario->parameters.value[XD_PARAMETER_SNAP_RADIUS_M];
}

static size_t cell(const struct xd_places_check *check, int32_t place, int32_t profile)
{
    return (size_t)place * (size_t)check->reach->profiles_n + (size_t)profile;
}

static int32_t missed_n(const struct xd_places_check *check, int32_t place)
{
    int32_t n = 0;
    for (int32_t p = 0; p < check->reach->profiles_n; p++)
        n += check->reach->snaps[cell(check, place, p)].status != XD_SNAP_OK;
    return n;
}

/* Is the place in the list of those that no profile reaches (or else of those that only some reach)? */
static bool is_listed(const struct xd_places_check *check, int32_t place, bool by_none)
{
    const int32_t n = missed_n(check, place);
    return xd_county_reach_counts(check->county, place) && (by_none ? n == check->reach->profiles_n : n > 0 && n < check->reach->profiles_n);
}

static bool allows_lines(const struct xd_places_check *check)
{
    return check->county->scenario->parameters.value[XD_PARAMETER_CONNECTOR_M] > 0;
}

/* Whether some profile comes to the place by a straight line only. */
static bool is_connected(const struct xd_places_check *check, int32_t place)
{
    bool is = false;
    for (int32_t p = 0; p < check->reach->profiles_n; p++)
        is = is || check->reach->snaps[cell(check, place, p)].connector_m > 0;
    return is && xd_county_reach_counts(check->county, place);
}

static int32_t connected_n(const struct xd_places_check *check)
{
    int32_t n = 0;
    for (int32_t i = 0; i < check->reach->places_n; i++)
        n += is_connected(check, i);
    return n;
}

static bool crs_readings_differ(const struct xd_crs_judgement *crs)
{
    bool differ = false;
    for (int i = 0; i < XD_CRS_N; i++)
        differ = differ || crs->readings[i].nearer_n > 0 || crs->readings[i].farther_n > 0;
    return differ;
}

/* ---- for programs ---- */

static void write_distance(struct xd_json_writer *json, const char *key, int32_t distance_m)
{
    if (distance_m < 0)
        xd_json_null(json, key);
    else
        xd_json_int(json, key, distance_m);
}

static void write_place(const struct xd_places_check *check, int32_t place, bool by_none, struct xd_json_writer *json)
{
    const struct xd_place *where = place_at(check, place);
    const bool unplaced = where->source == XD_PLACE_UNPLACED;
    xd_json_object_begin(json, NULL);
    xd_json_string(json, "code", where->code);
    xd_json_string(json, "name", where->name);
    xd_json_string(json, "tier", xd_tier_name(where->tier));
    if (by_none) {
        const struct xd_snap *first = &check->reach->snaps[cell(check, place, 0)];
        xd_json_string(json, "problem", unplaced ? "unplaced" : xd_snap_status_name(first->status));
        write_distance(json, "nearest_road_m", first->distance_m);
    }
    xd_json_array_begin(json, "profiles");
    for (int32_t p = 0; p < check->reach->profiles_n; p++) {
        const struct xd_snap *snap = &check->reach->snaps[cell(check, place, p)];
        if (snap->status == XD_SNAP_OK)
            continue;
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "profile", check->county->profiles[p].profile->name);
        xd_json_string(json, "problem", unplaced ? "unplaced" : xd_snap_status_name(snap->status));
        write_distance(json, "nearest_road_m", snap->distance_m);
        write_distance(json, "nearest_usable_road_m", check->reach->usable_m[cell(check, place, p)]);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
    xd_json_object_end(json);
}

static void write_connectors(const struct xd_places_check *check, struct xd_json_writer *json)
{
    xd_json_array_begin(json, "places_by_connector");
    for (int32_t i = 0; i < check->reach->places_n; i++) {
        if (!is_connected(check, i))
            continue;
        xd_json_object_begin(json, NULL);
        xd_json_string(json, "code", place_at(check, i)->code);
        xd_json_string(json, "name", place_at(check, i)->name);
        xd_json_string(json, "tier", xd_tier_name(place_at(check, i)->tier));
        xd_json_array_begin(json, "profiles");
        for (int32_t p = 0; p < check->reach->profiles_n; p++) {
            const struct xd_snap *snap = &check->reach->snaps[cell(check, i, p)];
            if (snap->connector_m == 0)
                continue;
            xd_json_object_begin_line(json, NULL);
            xd_json_string(json, "profile", check->county->profiles[p].profile->name);
            xd_json_int(json, "length_m", snap->connector_m);
            xd_json_int(json, "time_s", snap->connector_s);
            xd_json_object_end(json);
        }
        xd_json_array_end(json);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

static void write_spread(const struct xd_places_check *check, struct xd_json_writer *json)
{
    const struct xd_reach_spread *spread = &check->reach->spread;
    xd_json_object_begin(json, "road_distance_m");
    xd_json_int(json, "places", spread->places_n);
    write_distance(json, "median", spread->places_n > 0 ? spread->median_m : -1);
    write_distance(json, "p90", spread->places_n > 0 ? spread->p90_m : -1);
    write_distance(json, "max", spread->places_n > 0 ? spread->max_m : -1);
    xd_json_array_begin(json, "farthest");
    for (int32_t i = 0; i < spread->farthest_n; i++) {
        int32_t profile = 0;
        const struct xd_snap *best = xd_county_reach_best(check->reach, spread->farthest[i], &profile);
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "code", place_at(check, spread->farthest[i])->code);
        xd_json_string(json, "name", place_at(check, spread->farthest[i])->name);
        xd_json_int(json, "distance_m", best->distance_m);
        xd_json_string(json, "profile", check->county->profiles[profile].profile->name);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
    xd_json_object_end(json);
}

/* The part of the places that seems to be in another crs. */
static void write_strays(const struct xd_places_check *check, struct xd_json_writer *json)
{
    const struct xd_crs_judgement *crs = &check->crs;
    xd_json_object_begin(json, "in_part");
    xd_json_string(json, "crs", xd_crs_name(crs->strays_crs));
    xd_json_int(json, "places", crs->strays_n);
    xd_json_array_begin_line(json, "codes");
    for (int32_t i = 0; i < crs->strays_n && i < XD_CRS_STRAYS_LISTED_N; i++)
        xd_json_string(json, NULL, place_at(check, crs->strays[i])->code);
    xd_json_array_end(json);
    xd_json_object_end(json);
}

static void write_crs(const struct xd_places_check *check, struct xd_json_writer *json)
{
    const struct xd_crs_judgement *crs = &check->crs;
    xd_json_object_begin(json, "crs");
    xd_json_string(json, "told", xd_crs_name(crs->told));
    if (crs->likely == crs->told)
        xd_json_null(json, "suspected");
    else
        xd_json_string(json, "suspected", xd_crs_name(crs->likely));
    xd_json_int(json, "places", crs->places_n);
    if (crs->strays_n > 0)
        write_strays(check, json);
    xd_json_array_begin(json, "readings");
    for (int i = 0; i < XD_CRS_N; i++) {
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "crs", xd_crs_name((enum xd_crs)i));
        write_distance(json, "median_m", crs->places_n > 0 ? crs->readings[i].median_m : -1);
        xd_json_int(json, "nearer", crs->readings[i].nearer_n);
        xd_json_int(json, "farther", crs->readings[i].farther_n);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
    xd_json_object_end(json);
}

void xd_places_check_write(const struct xd_places_check *check, struct xd_json_writer *json)
{
    static const char *const lists[] = {"places_reached_in_part", "places_unreached"};
    const struct xd_county_reach *reach = check->reach;
    xd_json_object_begin(json, "places");
    xd_json_int(json, "counted", reach->counted_n);
    xd_json_int(json, "without_position", reach->unplaced_n);
    xd_json_int(json, "matched_by_name", check->county->matched_n);
    xd_json_int(json, "reached_by_all", reach->reached_n);
    xd_json_int(json, "reached_by_some", reach->in_part_n);
    xd_json_int(json, "reached_by_none", reach->unreached_n);
    xd_json_int(json, "snap_radius_m", radius_m(check));
    if (allows_lines(check)) {
        const struct xd_connector connector = xd_parameters_connector(&check->county->scenario->parameters);
        xd_json_int(json, "connector_m", connector.longest_m);
        xd_json_fixed(json, "connector_kmh", connector.speed_m_h, 3);
        xd_json_int(json, "reached_by_connector", connected_n(check));
    }
    xd_json_object_end(json);
    for (int by_none = 1; by_none >= 0; by_none--) {
        xd_json_array_begin(json, lists[by_none]);
        for (int32_t i = 0; i < reach->places_n; i++)
            if (is_listed(check, i, by_none == 1))
                write_place(check, i, by_none == 1, json);
        xd_json_array_end(json);
    }
    if (allows_lines(check))
        write_connectors(check, json);
    write_spread(check, json);
    write_crs(check, json);
}

/* ---- for people ---- */

static void print_reason(const struct xd_places_check *check, const struct xd_snap *snap, int32_t usable_m)
{
    const bool zh = xd_language_is_chinese();
    switch (snap->status) {
    case XD_SNAP_ISLAND:
        printf(zh ? "孤岛:%ld 米处的道路与中心的道路不相连" : "island: the road %ld m away does not lead to the hub and back",
               (long)snap->distance_m);
        break;
    case XD_SNAP_CLOSED:
        printf(zh ? "该车不得通行:最近道路 %ld 米" : "closed to this vehicle: the nearest road is %ld m away", (long)snap->distance_m);
        break;
    default:
        if (snap->distance_m < 0)
            printf(zh ? "离路太远:%ld 米内没有道路" : "too far from a road: there is none within %ld m", (long)FAR_RADII * radius_m(check));
        else
            printf(zh ? "离路太远:最近道路 %ld 米,上限 %ld 米(snap_radius_m)" : "too far from a road: %ld m, at most %ld m (snap_radius_m)",
                   (long)snap->distance_m, (long)radius_m(check));
        break;
    }
    if (usable_m >= 0 && usable_m != snap->distance_m)
        printf(zh ? ";可用的最近道路 %ld 米" : "; the nearest road that would do is %ld m away", (long)usable_m);
}

static void list_profile(const struct xd_places_check *check, int32_t profile, char *list, size_t n)
{
    const struct xd_profile *one = check->county->profiles[profile].profile;
    const size_t used = strlen(list);
    snprintf(list + used, n - used, "%s%s", used > 0 ? ", " : "", xd_language_is_chinese() ? one->name_zh : one->name);
}

/* Profiles with the same reason on one line. */
static void print_reasons(const struct xd_places_check *check, int32_t place)
{
    printf("\n");
    const struct xd_county_reach *reach = check->reach;
    bool told[XD_PROFILES_MAX] = {false};
    for (int32_t p = 0; p < reach->profiles_n; p++) {
        const struct xd_snap *snap = &reach->snaps[cell(check, place, p)];
        char profiles[PROFILES_BYTES] = "";
        if (snap->status == XD_SNAP_OK || told[p])
            continue;
        for (int32_t q = p; q < reach->profiles_n; q++) {
            const struct xd_snap *other = &reach->snaps[cell(check, place, q)];
            if (other->status != snap->status || other->distance_m != snap->distance_m ||
                reach->usable_m[cell(check, place, q)] != reach->usable_m[cell(check, place, p)])
                continue;
            told[q] = true;
            list_profile(check, q, profiles, sizeof profiles);
        }
        printf("    %s: ", profiles);
        print_reason(check, snap, reach->usable_m[cell(check, place, p)]);
        printf("\n");
    }
}

/* Profiles with the same line together. */
static void print_connectors(const struct xd_places_check *check)
{
    const struct xd_county_reach *reach = check->reach;
    const bool zh = xd_language_is_chinese();
    for (int32_t i = 0; i < reach->places_n; i++) {
        bool told[XD_PROFILES_MAX] = {false};
        for (int32_t p = 0; p < reach->profiles_n && is_connected(check, i); p++) {
            const struct xd_snap *snap = &reach->snaps[cell(check, i, p)];
            char profiles[PROFILES_BYTES] = "";
            if (snap->connector_m == 0 || told[p])
                continue;
            for (int32_t q = p; q < reach->profiles_n; q++) {
                if (reach->snaps[cell(check, i, q)].connector_m != snap->connector_m)
                    continue;
                told[q] = true;
                list_profile(check, q, profiles, sizeof profiles);
            }
            printf(zh ? "直线接驳: %s %s:%ld 米,%.1f 分钟(%s)\n" : "by a straight line: %s %s: %ld m, %.1f min (%s)\n", place_at(check, i)->code,
                   place_at(check, i)->name, (long)snap->connector_m, (double)snap->connector_s / 60.0, profiles);
        }
    }
    if (connected_n(check) > 0)
        printf(zh ? "直线接驳:这段路没有人核实过,时间只是估计;请尽量在 extra_roads 中画出实际道路(docs/formats/extra_roads.md)\n"
                  : "by a straight line: nobody has seen these ways, their times are guesses; better draw the roads in extra_roads "
                    "(docs/formats/extra_roads.md)\n");
}

static bool is_cut_off(const struct xd_places_check *check, int32_t place)
{
    const int32_t point = check->county->place_point[place];
    return point >= 0 && xd_county_is_cut_off(check->county, point);
}

static void print_list(const struct xd_places_check *check, bool by_none)
{
    const bool zh = xd_language_is_chinese();
    for (int32_t i = 0; i < check->reach->places_n; i++) {
        const struct xd_place *place = place_at(check, i);
        if (!is_listed(check, i, by_none))
            continue;
        printf(by_none ? zh ? "到不了: %s %s%s" : "cannot reach %s %s%s"
               : zh    ? "部分车辆到不了: %s %s%s"
                       : "not by every vehicle: %s %s%s",
               place->code, place->name,
               i != check->county->scenario->places.hub ? ""
               : zh                                     ? "(中心:无法规划)"
                                                        : " (the hub: nothing can be planned)");
        if (place->source == XD_PLACE_UNPLACED)
            printf(zh ? ":没有坐标\n" : ": no position\n");
        else if (is_cut_off(check, i))
            printf(zh ? ":因封路与中心隔断\n" : ": closures cut it off from the hub\n");
        else
            print_reasons(check, i);
    }
}

/* What can be done, for each reason that there is. */
static void print_advice(const struct xd_places_check *check)
{
    static const char *const advice[] = {
        [XD_SNAP_OFF_NETWORK] =
            "too far from a road: correct the position or the crs, draw the missing road in extra_roads, or allow a straight line to "
            "the road (connector_m)",
        [XD_SNAP_ISLAND] = "island: the map lacks a piece of road; draw it in extra_roads",
        [XD_SNAP_CLOSED] = "closed: let another vehicle of the fleet serve the place, give this one a profile that may use such roads "
                           "(docs/profiles.md), or correct the map"};
    static const char *const advice_zh[] = {
        [XD_SNAP_OFF_NETWORK] = "离路太远:请改正坐标或坐标系,在 extra_roads 中补画缺失的道路,或允许直线接驳(connector_m)",
        [XD_SNAP_ISLAND] = "孤岛:地图缺一段路;请在 extra_roads 中补画",
        [XD_SNAP_CLOSED] = "该车不得通行:请由车队中其他车辆服务,改用可走此类道路的车辆类型(docs/profiles.md),或改正地图"};
    const bool zh = xd_language_is_chinese();
    bool there[XD_ARRAY_LENGTH(advice)] = {false};
    for (int32_t i = 0; i < check->reach->places_n; i++)
        for (int32_t p = 0; p < check->reach->profiles_n && xd_county_reach_counts(check->county, i) &&
                            place_at(check, i)->source != XD_PLACE_UNPLACED && !is_cut_off(check, i);
             p++)
            there[check->reach->snaps[cell(check, i, p)].status] = true;
    if (check->reach->unplaced_n > 0)
        printf(zh ? "没有坐标:请给出经纬度,或地图上的名称\n" : "no position: give lon and lat, or the name on the map\n");
    for (size_t status = 0; status < XD_ARRAY_LENGTH(advice); status++)
        if (there[status] && advice[status])
            printf("%s\n", zh ? advice_zh[status] : advice[status]);
}

static void print_spread(const struct xd_places_check *check)
{
    const struct xd_reach_spread *spread = &check->reach->spread;
    const bool zh = xd_language_is_chinese();
    if (spread->places_n == 0)
        return;
    printf(zh ? "地点距道路:一半在 %ld 米内,九成在 %ld 米内,最远 %ld 米(共 %ld 个)\n"
              : "from the road: half within %ld m, 90 %% within %ld m, the farthest %ld m (%ld places)\n",
           (long)spread->median_m, (long)spread->p90_m, (long)spread->max_m, (long)spread->places_n);
    printf(zh ? "距道路最远:" : "farthest from the road: ");
    for (int32_t i = 0; i < spread->farthest_n; i++)
        printf(zh ? "%s%s %s %ld 米" : "%s%s %s %ld m",
               i == 0 ? ""
               : zh   ? ";"
                      : "; ",
               place_at(check, spread->farthest[i])->code, place_at(check, spread->farthest[i])->name,
               (long)xd_county_reach_best(check->reach, spread->farthest[i], NULL)->distance_m);
    printf("\n");
}

static void print_strays(const struct xd_places_check *check)
{
    enum { TOLD_N = 10 };
    const struct xd_crs_judgement *crs = &check->crs;
    const bool zh = xd_language_is_chinese();
    if (crs->strays_n == 0)
        return;
    printf(zh ? "警告: %ld 个地点(共 %ld 个)很可能是 %s,而其余是 %s:请把它们换算成同一坐标系:"
              : "warning: %ld of %ld places are most likely %s, while the others are %s: bring them into one crs: ",
           (long)crs->strays_n, (long)crs->places_n, xd_crs_name(crs->strays_crs), xd_crs_name(crs->told));
    for (int32_t i = 0; i < crs->strays_n && i < TOLD_N; i++)
        printf("%s%s %s", i == 0 ? "" : zh ? ";" : "; ", place_at(check, crs->strays[i])->code, place_at(check, crs->strays[i])->name);
    printf(crs->strays_n > TOLD_N ? zh ? " 等\n" : " ...\n" : "\n");
}

static void print_crs(const struct xd_crs_judgement *crs)
{
    const bool zh = xd_language_is_chinese();
    if (crs->places_n == 0 || !crs_readings_differ(crs))
        return;
    printf(zh ? "坐标系:按情景所写的 %s 读取,%ld 个地点中一半距道路 %ld 米以上"
              : "crs: read as %s, as the scenario says, half of %ld places lie %ld m or more from the roads",
           xd_crs_name(crs->told), (long)crs->places_n, (long)crs->readings[crs->told].median_m);
    for (int i = 0; i < XD_CRS_N; i++)
        if (i != (int)crs->told)
            printf(zh ? ";若按 %s 为 %ld 米(%ld 个更近,%ld 个更远)" : "; as %s %ld m (%ld nearer, %ld farther)", xd_crs_name((enum xd_crs)i),
                   (long)crs->readings[i].median_m, (long)crs->readings[i].nearer_n, (long)crs->readings[i].farther_n);
    printf("\n");
    if (crs->likely != crs->told)
        printf(zh ? "警告: 坐标很可能是 %s 而不是 %s:请把 scenario.yaml 中的 `crs: %s` 改为 `crs: %s`,再检查一次\n"
                  : "warning: the positions are most likely %s, not %s: change `crs: %s` to `crs: %s` in scenario.yaml, and check again\n",
               xd_crs_name(crs->likely), xd_crs_name(crs->told), xd_crs_name(crs->told), xd_crs_name(crs->likely));
}

void xd_places_check_print(const struct xd_places_check *check)
{
    const struct xd_county_reach *reach = check->reach;
    const bool zh = xd_language_is_chinese();
    print_list(check, true);
    print_list(check, false);
    print_advice(check);
    if (allows_lines(check))
        print_connectors(check);
    printf(zh ? "%ld 个地点:全部车辆可到 %ld 个,部分车辆可到 %ld 个,到不了 %ld 个,没有坐标 %ld 个\n"
              : "of %ld places %ld are reached by every vehicle, %ld by some, %ld by none; %ld have no position\n",
           (long)reach->counted_n, (long)reach->reached_n, (long)reach->in_part_n, (long)reach->unreached_n, (long)reach->unplaced_n);
    if (connected_n(check) > 0)
        printf(zh ? "其中 %ld 个地点靠直线接驳到达\n" : "%ld of them by a straight line beyond the last road\n", (long)connected_n(check));
    print_spread(check);
    print_crs(&check->crs);
    print_strays(check);
}
