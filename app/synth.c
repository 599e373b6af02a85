#include "app/commands.h"
#include "app/options.h"
#include "app/progress.h"
#include "io/elevation/hgt_write.h"
#include "io/osm/write.h"
#include "io/tables/scenario_write.h"
#include "scenarios/synth_scenario.h"

#include <stdio.h>
#include <string.h>

enum { PATH_BYTES_MAX = 4096 };

/* A made-up county may be made again; one that somebody gathered may not be lost. */
static enum xd_status not_over_a_real_county(const char *folder, struct xd_error *error)
{
    char path[PATH_BYTES_MAX];
    char line[1024];
    bool synthetic = false;
    if ((size_t)snprintf(path, sizeof path, "%s/scenario.yaml", folder) >= sizeof path)
        return xd_fail(error, XD_CANNOT_CREATE, xd_at_file(folder), "the path is longer than %d bytes; choose a shorter output folder",
                       PATH_BYTES_MAX);
    FILE *there = fopen(path, "r");
    if (!there)
        return xd_output_probe(path, error);
    while (fgets(line, sizeof line, there))
        synthetic = synthetic || strncmp(line, "synthetic: true", strlen("synthetic: true")) == 0;
    fclose(there);
    return synthetic ? XD_OK : xd_fail(error, XD_CANNOT_CREATE, xd_at_file(path), "is there already and no synthetic county; choose another folder");
}

static enum xd_status run_synth(const struct xd_synth_options *options, const char *folder, const struct xd_progress *progress,
                                struct xd_error *error)
{
    char path[PATH_BYTES_MAX];
    struct xd_synth_county *county = NULL;
    struct xd_scenario *scenario = NULL;
    struct xd_output_set *set = NULL;
    enum xd_status status = not_over_a_real_county(folder, error);
    if (status == XD_OK)
        status = xd_synth_county_create(options, progress, &county, error);
    if (status == XD_OK)
        status = xd_scenario_from_synth(county, &scenario, error);
    if (status == XD_OK)
        status = xd_output_set_open(&set, error);
    if (status == XD_OK && (size_t)snprintf(path, sizeof path, "%s/%s", folder, scenario->map_path) >= sizeof path)
        status =
            xd_fail(error, XD_CANNOT_CREATE, xd_at_file(folder), "the path is longer than %d bytes; choose a shorter output folder", PATH_BYTES_MAX);
    if (status == XD_OK)
        status = xd_osm_write_gz(county, path, set, error);
    if (status == XD_OK && (size_t)snprintf(path, sizeof path, "%s/%s", folder, scenario->elevation_path) >= sizeof path)
        status =
            xd_fail(error, XD_CANNOT_CREATE, xd_at_file(folder), "the path is longer than %d bytes; choose a shorter output folder", PATH_BYTES_MAX);
    if (status == XD_OK)
        status = xd_hgt_write_county(county, path, set, error);
    if (status == XD_OK)
        status = xd_scenario_write(scenario, scenario->map_path, folder, set, error);
    if (status == XD_OK) {
        status = xd_output_set_commit(set, error);
        set = NULL;
    }
    if (status == XD_OK)
        printf(xd_language_is_chinese() ? "%s(虚构):%ld 个地点,%ld 条道路;已写入 %s\n" : "%s (synthetic): %ld places, %ld roads; written to %s\n",
               scenario->name, (long)scenario->places.items_n, (long)county->ways_n, folder);
    xd_output_set_discard(set);
    xd_scenario_free(scenario);
    xd_synth_county_free(county);
    return status;
}

int xd_app_synth(int argc, char **argv)
{
    const char *folder = NULL;
    const char *relief = "mountain";
    int64_t seed = 1;
    int64_t townships = 0;
    int64_t villages = 0;
    int64_t hubs = 1;
    const struct xd_option options[] = {
        {XD_OPTION_POSITION, "OUTDIR", NULL, NULL, &folder, 1, 0, "folder to write", "写入的文件夹"},
        {XD_OPTION_INTEGER, "--seed", NULL, "N", &seed, 0, INT64_MAX, "the county is a function of it (default 1)", "随机种子(默认 1)"},
        {XD_OPTION_INTEGER, "--townships", NULL, "N", &townships, 2, XD_SYNTH_TOWNSHIPS_MAX, "townships (default: 12 to 20, drawn)",
         "乡镇数(默认随机 12–20)"},
        {XD_OPTION_INTEGER, "--villages", NULL, "N", &villages, 1, XD_SYNTH_VILLAGES_MAX, "villages (default: 120 to 250, drawn)",
         "村数(默认随机 120–250)"},
        {XD_OPTION_INTEGER, "--hubs", NULL, "N", &hubs, 1, 1, "county hubs (this version plans one)", "县级中心数(本版本为 1)"},
        {XD_OPTION_TEXT, "--relief", NULL, "KIND", &relief, 0, 0, "plain, hills or mountain (default)",
         "地形:plain 平原、hills 丘陵、mountain 山地(默认)"},
        {XD_OPTION_END, NULL, NULL, NULL, NULL, 0, 0, NULL, NULL},
    };
    static const struct xd_command command = {"synth", xd_app_synth,
                                              "Makes a believable mountain county from a seed: map, elevation, places, demand, fleet.",
                                              "由种子生成一个可信的虚构山区县:地图、高程、地点、需求、车队。",
                                              "  xiangdao synth out/county --seed 7\n  xiangdao plan out/county -o out/county/plan"};
    static const char *const kinds[] = {[XD_RELIEF_PLAIN] = "plain", [XD_RELIEF_HILLS] = "hills", [XD_RELIEF_MOUNTAIN] = "mountain"};
    struct xd_error error = {0};
    struct xd_progress_bar bar;
    struct xd_synth_options synth = {.relief = XD_RELIEF_MOUNTAIN};
    bool helped = false;
    bool known = false;
    enum xd_status status = xd_options_parse(&command, options, argc, argv, &helped, &error);
    if (status == XD_OK && helped)
        return 0;
    for (size_t i = 0; i < XD_ARRAY_LENGTH(kinds); i++)
        if (strcmp(kinds[i], relief) == 0) {
            synth.relief = (enum xd_relief)i;
            known = true;
        }
    if (status == XD_OK && !known)
        status = xd_fail(&error, XD_USAGE, xd_at_none(), "--relief is \"%s\"; expected plain, hills or mountain", relief);
    synth.seed = (uint64_t)seed;
    synth.townships_n = (int32_t)townships;
    synth.villages_n = (int32_t)villages;
    synth.hubs_n = (int32_t)hubs;
    xd_progress_bar_init(&bar, false);
    if (status == XD_OK)
        status = run_synth(&synth, folder, &bar.progress, &error);
    xd_progress_bar_end(&bar);
    return status == XD_OK ? 0 : xd_exit_with(&error);
}
