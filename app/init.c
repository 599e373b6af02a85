#include "scenarios/init.h"
#include "app/commands.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/workspace.h"
#include "io/tables/scenario_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES_MAX = 4096, NAME_BYTES_MAX = 256 };

/* "maps/andorra-2026.osm.pbf" -> "andorra-2026" */
static void name_of_map(const char *path, char dst[NAME_BYTES_MAX])
{
    const char *slash = strrchr(path, '/');
    snprintf(dst, NAME_BYTES_MAX, "%s", slash ? slash + 1 : path);
    char *osm = strstr(dst, ".osm");
    if (osm && osm != dst)
        *osm = '\0';
}

/* The map's path as the scenario folder sees it: absolute, so that the folder works wherever it is made. */
static enum xd_status map_path_of(const char *path, char dst[PATH_BYTES_MAX], struct xd_error *error)
{
    char *real = realpath(path, NULL); /* the system's allocation */
    if (!real || strlen(real) >= PATH_BYTES_MAX) {
        free(real); /* foreign memory: realpath */
        return xd_fail(error, XD_NO_INPUT, xd_at_file(path), "the map cannot be found; give the path of an .osm, .osm.gz, .osm.bz2 or .osm.pbf file");
    }
    strcpy(dst, real);
    free(real); /* foreign memory: realpath */
    return XD_OK;
}

static void print_made(const struct xd_scenario *scenario, const char *folder)
{
    int32_t tiers[4] = {0};
    int32_t vehicles_n = 0;
    for (int32_t i = 0; i < scenario->places.items_n; i++)
        tiers[scenario->places.items[i].tier]++;
    for (int32_t t = 0; t < scenario->fleet_n; t++)
        vehicles_n += scenario->fleet[t].count;
    const char *hub = scenario->places.items[scenario->places.hub].name;
    printf(xd_language_is_chinese()
               ? "%s:中心 %s,%ld 个乡镇,%ld 个村点,%ld 条需求,%ld 辆车(除地图外均为假定,请修改)\n"
               : "%s: hub %s, %ld townships, %ld villages, %ld rows of demand, %ld vehicles (all but the map is assumed: edit it)\n",
           scenario->name, hub, (long)tiers[XD_TIER_TOWNSHIP], (long)tiers[XD_TIER_VILLAGE], (long)scenario->demand_n, (long)vehicles_n);
    printf(xd_language_is_chinese() ? "已写入 %s;下一步: xiangdao plan %s -o %s/plan\n" : "written to %s; next: xiangdao plan %s -o %s/plan\n",
           folder, folder, folder);
}

static enum xd_status run_init(const char *map, const char *folder, const char *name, int64_t seed, bool force, bool with_snapshot,
                               const struct xd_progress *progress, struct xd_error *error)
{
    char path[PATH_BYTES_MAX];
    char made_name[NAME_BYTES_MAX];
    char target[PATH_BYTES_MAX];
    struct xd_opened_map *opened = NULL;
    struct xd_profiles *profiles = NULL;
    struct xd_scenario *scenario = NULL;
    struct xd_output_set *set = NULL;
    enum xd_status status = map_path_of(map, path, error);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(xd_scenario_file_names) && status == XD_OK && !force; i++)
        if ((size_t)snprintf(target, sizeof target, "%s/%s", folder, xd_scenario_file_names[i]) < sizeof target && access(target, F_OK) == 0)
            status = xd_fail(error, XD_CANNOT_CREATE, xd_at_file(target), "is there already; choose another folder, or --force to write over it");
    if (status == XD_OK && (size_t)snprintf(target, sizeof target, "%s/scenario.yaml", folder) < sizeof target)
        status = xd_output_probe(target, error);
    if (status == XD_OK)
        status = xd_app_map_open(path, with_snapshot, progress, &opened, error);
    name_of_map(map, made_name);
    if (status == XD_OK)
        status = xd_profiles_open(NULL, &profiles, error);
    if (status == XD_OK)
        status = xd_scenario_from_map(opened->network, opened->standard, profiles, name ? name : made_name, (uint64_t)seed, &scenario, error);
    if (status == XD_OK)
        status = xd_output_set_open(&set, error);
    if (status == XD_OK)
        status = xd_scenario_write(scenario, path, folder, set, error);
    if (status == XD_OK) {
        status = xd_output_set_commit(set, error);
        set = NULL;
    }
    if (status == XD_OK)
        print_made(scenario, folder);
    xd_output_set_discard(set);
    xd_scenario_free(scenario);
    xd_profiles_free(profiles);
    xd_app_map_close(opened);
    return status;
}

int xd_app_init(int argc, char **argv)
{
    const char *map = NULL;
    const char *folder = NULL;
    const char *name = NULL;
    int64_t seed = 1;
    bool force = false;
    bool no_snapshot = false;
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "MAP", NULL, NULL, &map, 1, 0, "OpenStreetMap file: .osm, .osm.gz, .osm.bz2 or .osm.pbf", "OpenStreetMap 地图文件"},
        {XD_OPTION_TEXT, "--output", "-o", "DIR", &folder, 0, 0, "folder to write (required)", "写入的文件夹(必填)"},
        {XD_OPTION_TEXT, "--name", NULL, "NAME", &name, 0, 0, "name of the county (default: the file's)", "县名(默认取文件名)"},
        {XD_OPTION_INTEGER, "--seed", NULL, "N", &seed, 0, INT64_MAX, "seed of the assumed demand (default 1)", "假定需求的随机种子(默认 1)"},
        {XD_OPTION_FLAG, "--force", NULL, NULL, &force, 0, 0, "write over a scenario that is there", "覆盖已有情景"},
        XD_APP_NO_SNAPSHOT(&no_snapshot),
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {"init", xd_app_init, "Writes a complete, commented scenario from nothing but a map.",
                                              "只凭一张地图生成可编辑的完整情景。",
                                              "  xiangdao init guizhou-county.osm.pbf -o out/county\n  xiangdao plan out/county -o out/county/plan"};
    struct xd_error error = {0};
    struct xd_progress_bar bar;
    bool helped = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    if (status == XD_OK && !folder)
        status = xd_fail(&error, XD_USAGE, xd_at_none(), "option -o DIR is missing: the folder to write");
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_init(map, folder, name, seed, force, !no_snapshot, &bar.progress, &error);
    xd_progress_bar_end(&bar);
    return status == XD_OK ? 0 : xd_exit_with(&error);
}
