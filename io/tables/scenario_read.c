#include "io/tables/scenario_read.h"

#include "base/alloc.h"
#include "base/number.h"
#include "base/text.h"
#include "io/tables/closures_read.h"
#include "io/tables/extra_roads_read.h"
#include "io/tables/profiles_read.h"
#include "io/tables/tables.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define MEMORY_FOLDER "memory"

enum scenario_key {
    KEY_VERSION,
    KEY_NAME,
    KEY_DATE,
    KEY_MAP,
    KEY_ELEVATION,
    KEY_CRS,
    KEY_ENCODING,
    KEY_CODES,
    KEY_PLACES,
    KEY_DEMAND,
    KEY_FLEET,
    KEY_PROFILES,
    KEY_EXTRA_ROADS,
    KEY_CLOSURES,
    KEY_SYNTHETIC,
    KEY_CREDIT,
    KEY_PARAMETERS,
    KEY_BASE,
    KEY_POLICIES,
    KEYS_N
};
const struct xd_yaml_key xd_scenario_keys[] = {
    [KEY_VERSION] = {"xiangdao", XD_YAML_SCALAR, true},
    [KEY_NAME] = {"name", XD_YAML_SCALAR, true},
    [KEY_DATE] = {"date", XD_YAML_SCALAR, true},
    [KEY_MAP] = {"map", XD_YAML_SCALAR, true},
    [KEY_CRS] = {"crs", XD_YAML_SCALAR, false},
    [KEY_ENCODING] = {"encoding", XD_YAML_SCALAR, false},
    [KEY_CODES] = {"codes", XD_YAML_SCALAR, false},
    [KEY_PLACES] = {"places", XD_YAML_SCALAR, false},
    [KEY_DEMAND] = {"demand", XD_YAML_SCALAR, false},
    [KEY_FLEET] = {"fleet", XD_YAML_SCALAR, false},
    [KEY_PROFILES] = {"profiles", XD_YAML_SCALAR, false},
    [KEY_EXTRA_ROADS] = {"extra_roads", XD_YAML_ONE_OR_MORE, false},
    [KEY_CLOSURES] = {"closures", XD_YAML_ONE_OR_MORE, false},
    [KEY_SYNTHETIC] = {"synthetic", XD_YAML_SCALAR, false},
    [KEY_CREDIT] = {"credit", XD_YAML_SCALAR, false},
    [KEY_PARAMETERS] = {"parameters", XD_YAML_MAPPING, false},
    [KEY_BASE] = {"base", XD_YAML_SCALAR, false},
    [KEY_POLICIES] = {"policies", XD_YAML_MAPPING, false},
    [KEY_ELEVATION] = {"elevation", XD_YAML_SCALAR, false},
};
const size_t xd_scenario_keys_n = XD_ARRAY_LENGTH(xd_scenario_keys);

const char *xd_reading_string(struct xd_scenario_reading *reading, const char *text)
{
    size_t n = strlen(text);
    const char *copy = xd_arena_string(&reading->scenario->arena, text, n);
    struct xd_error error;
    if (!copy) {
        (void)xd_fail_memory(&error, "a scenario's text", n + 1);
        xd_diagnostics_add(reading->diagnostics, &error);
    }
    return copy;
}

void *xd_reading_array(struct xd_scenario_reading *reading, int32_t items_n, size_t item_size)
{
    void *items = xd_arena_alloc_zero(&reading->scenario->arena, (size_t)items_n, item_size);
    struct xd_error error;
    if (!items) {
        (void)xd_fail_memory(&error, "a scenario's table", (size_t)items_n * item_size);
        xd_diagnostics_add(reading->diagnostics, &error);
    }
    return items;
}

/* A text file from where this reading has its files. */
static enum xd_status read_text(struct xd_scenario_reading *reading, const char *path, size_t max, enum xd_text_encoding encoding,
                                struct xd_buffer *text, struct xd_error *error)
{
    if (!reading->files)
        return xd_text_read_file(path, max, encoding, text, reading->diagnostics, error);
    const char *name = path + strlen(MEMORY_FOLDER) + 1;
    for (size_t f = 0; f < reading->files_n; f++) {
        if (strncmp(path, MEMORY_FOLDER "/", strlen(MEMORY_FOLDER) + 1) != 0 || strcmp(reading->files[f].name, name) != 0)
            continue;
        enum xd_status status = xd_buffer_append(text, reading->files[f].bytes, reading->files[f].n, error);
        return status == XD_OK ? xd_text_decode(text, path, encoding, reading->diagnostics, error) : status;
    }
    return xd_fail(error, XD_NO_INPUT, xd_at_file(path), "there is no such file in memory");
}

bool xd_table_open(struct xd_scenario_reading *reading, const char *path, const struct xd_csv_column *columns, size_t columns_n, int32_t rows_max,
                   int32_t *at, struct xd_csv **csv)
{
    struct xd_buffer text;
    struct xd_error error;
    struct xd_csv *table = NULL;
    bool good = false;
    xd_buffer_init(&text, XD_TEXT_FILE_MAX);
    if (read_text(reading, path, XD_TEXT_FILE_MAX, reading->encoding, &text, &error) != XD_OK) {
        xd_diagnostics_add(reading->diagnostics, &error);
        goto done;
    }
    if (xd_csv_read(text.bytes ? text.bytes : "", text.length, path, rows_max, reading->diagnostics, &table) != XD_OK)
        goto done;
    good = xd_csv_match(table, columns, columns_n, at, reading->diagnostics);
done:
    xd_buffer_free(&text);
    if (good)
        *csv = table;
    else
        xd_csv_free(table);
    return good;
}

/* folder/name, or name when it is absolute; NULL after XD_NO_MEMORY was added. */
static const char *resolve(struct xd_scenario_reading *reading, const char *name)
{
    const char *folder = reading->scenario->folder;
    if (name[0] == '/' || strcmp(folder, ".") == 0)
        return xd_reading_string(reading, name);
    size_t folder_n = strlen(folder);
    size_t name_n = strlen(name);
    char *path = xd_reading_array(reading, (int32_t)(folder_n + name_n + 2), 1);
    if (path)
        snprintf(path, folder_n + name_n + 2, "%s%s%s", folder, folder_n > 0 && folder[folder_n - 1] == '/' ? "" : "/", name);
    return path;
}

static void read_parameter(struct xd_scenario_reading *reading, const struct xd_yaml *yaml, const struct xd_yaml_node *node)
{
    struct xd_parameters *parameters = &reading->scenario->parameters;
    int32_t index = xd_parameter_find(node->key);
    if (index < 0) {
        const char *words[XD_PARAMETERS_N];
        for (int32_t i = 0; i < XD_PARAMETERS_N; i++)
            words[i] = xd_parameter_infos[i].key;
        const char *near = xd_text_suggest(node->key, words, XD_PARAMETERS_N);
        struct xd_location at = xd_at_line(yaml->source, node->key_line, node->key_column);
        if (near)
            xd_diagnostics_error(reading->diagnostics, XD_CONFIG, at, "found the unknown parameter \"%.60s\"; do you mean \"%s\"?", node->key, near);
        else
            xd_diagnostics_error(reading->diagnostics, XD_CONFIG, at,
                                 "found the unknown parameter \"%.60s\"; remove it, or see docs/formats/scenario.md for the parameters", node->key);
        return;
    }
    if (node->kind != XD_YAML_SCALAR || node->text[0] == '\0') {
        xd_diagnostics_error(reading->diagnostics, XD_CONFIG, xd_yaml_at(yaml, node),
                             "has no value, expected one in %s; fill it or remove the key to use the default", xd_parameter_infos[index].unit);
        return;
    }
    char text[128];
    snprintf(text, sizeof text, "%s", node->text);
    xd_text_normalise(text);
    struct xd_error error;
    if (xd_parameter_set(parameters, index, text, xd_yaml_at(yaml, node), &error) != XD_OK)
        xd_diagnostics_add(reading->diagnostics, &error);
}

/* Pairs of parameters of which the first must be less than the second. */
static void check_parameters(struct xd_scenario_reading *reading, const struct xd_yaml *yaml, const struct xd_yaml_node *mapping)
{
    static const enum xd_parameter pairs[][2] = {{XD_PARAMETER_HUB_RELEASE_S, XD_PARAMETER_HUB_CUTOFF_S},
                                                 {XD_PARAMETER_POINT_OPENS_S, XD_PARAMETER_POINT_CLOSES_S}};
    const int64_t *value = reading->scenario->parameters.value;
    for (size_t i = 0; mapping && i < XD_ARRAY_LENGTH(pairs); i++) {
        if (value[pairs[i][0]] < value[pairs[i][1]])
            continue;
        const struct xd_yaml_node *at = mapping;
        for (const struct xd_yaml_node *node = mapping->first; node; node = node->next)
            if (strcmp(node->key, xd_parameter_infos[pairs[i][0]].key) == 0 || strcmp(node->key, xd_parameter_infos[pairs[i][1]].key) == 0)
                at = node;
        char first[32];
        char second[32];
        xd_clock_text(value[pairs[i][0]], first);
        xd_clock_text(value[pairs[i][1]], second);
        xd_diagnostics_error(reading->diagnostics, XD_CONFIG, xd_yaml_at(yaml, at), "%s is %s and %s is %s, expected the first before the second",
                             xd_parameter_infos[pairs[i][0]].key, first, xd_parameter_infos[pairs[i][1]].key, second);
    }
}

static void check_connector(struct xd_scenario_reading *reading, const struct xd_yaml *yaml, const struct xd_yaml_node *mapping)
{
    struct xd_error error;
    for (const struct xd_yaml_node *node = mapping ? mapping->first : NULL; node; node = node->next)
        if (strcmp(node->key, xd_parameter_infos[XD_PARAMETER_CONNECTOR_M].key) == 0 &&
            xd_parameters_connector_check(&reading->scenario->parameters, xd_yaml_at(yaml, node), &error) != XD_OK)
            xd_diagnostics_add(reading->diagnostics, &error);
}

static void read_head(struct xd_scenario_reading *reading, const struct xd_yaml *yaml, const struct xd_yaml_node *const *found)
{
    static const char *const crs_words[] = {"wgs84|wgs-84", "gcj02|gcj-02", "bd09|bd-09"};
    static const char *const encoding_words[] = {"auto", "utf-8|utf8", "gb18030|gbk|gb2312"};
    static const char *const codes_words[] = {"area", "free"};
    struct xd_scenario *scenario = reading->scenario;
    struct xd_diagnostics *diagnostics = reading->diagnostics;
    if (found[KEY_VERSION] && strcmp(found[KEY_VERSION]->text, "1") != 0)
        xd_diagnostics_error(diagnostics, XD_CONFIG, xd_yaml_at(yaml, found[KEY_VERSION]),
                             "found the format version \"%.20s\", expected 1; this program reads no other", found[KEY_VERSION]->text);
    if (found[KEY_NAME])
        scenario->name = xd_reading_string(reading, found[KEY_NAME]->text);
    if (found[KEY_DATE] && xd_parse_date(found[KEY_DATE]->text, strlen(found[KEY_DATE]->text), &scenario->date_days) != XD_NUMBER_OK)
        xd_diagnostics_error(diagnostics, XD_CONFIG, xd_yaml_at(yaml, found[KEY_DATE]),
                             "found \"%.40s\", expected a date as YYYY-MM-DD from 1900 to 2199", found[KEY_DATE]->text);
    if (found[KEY_MAP])
        scenario->map_path = resolve(reading, found[KEY_MAP]->text);
    if (found[KEY_ELEVATION])
        scenario->elevation_path = resolve(reading, found[KEY_ELEVATION]->text);
    if (found[KEY_CREDIT])
        scenario->credit = xd_reading_string(reading, found[KEY_CREDIT]->text);
    int choice = XD_CRS_WGS84;
    (void)xd_yaml_choice(yaml, found[KEY_CRS], crs_words, XD_ARRAY_LENGTH(crs_words), &choice, diagnostics);
    reading->crs = (enum xd_crs)choice;
    scenario->crs = reading->crs;
    choice = XD_ENCODING_AUTO;
    (void)xd_yaml_choice(yaml, found[KEY_ENCODING], encoding_words, XD_ARRAY_LENGTH(encoding_words), &choice, diagnostics);
    reading->encoding = (enum xd_text_encoding)choice;
    choice = 0;
    (void)xd_yaml_choice(yaml, found[KEY_CODES], codes_words, XD_ARRAY_LENGTH(codes_words), &choice, diagnostics);
    reading->codes_free = choice == 1;
    scenario->codes_free = reading->codes_free;
    (void)xd_yaml_bool(yaml, found[KEY_SYNTHETIC], &scenario->synthetic, diagnostics);
}

static void refuse_later_keys(struct xd_scenario_reading *reading, const struct xd_yaml *yaml)
{
    for (const struct xd_yaml_node *node = yaml->root->first; node && yaml->root->kind == XD_YAML_MAPPING; node = node->next)
        if (strcmp(node->key, xd_scenario_keys[KEY_BASE].key) == 0 || strcmp(node->key, xd_scenario_keys[KEY_POLICIES].key) == 0)
            xd_diagnostics_error(reading->diagnostics, XD_CONFIG, xd_at_line(yaml->source, node->key_line, node->key_column),
                                 "found the key \"%s\", which is not supported yet; write the values into this file", node->key);
}

/* The built-in profiles, with the scenario's own on top. */
static void read_profiles(struct xd_scenario_reading *reading, const char *name)
{
    struct xd_scenario *scenario = reading->scenario;
    struct xd_profiles *built_in = NULL;
    struct xd_buffer text;
    struct xd_error error;
    if (xd_profiles_read(NULL, reading->diagnostics, name ? &built_in : &scenario->own_profiles) != XD_OK || !name)
        goto done;
    const char *path = resolve(reading, name);
    if (!path)
        goto done;
    xd_buffer_init(&text, XD_TEXT_FILE_MAX);
    if (read_text(reading, path, XD_TEXT_FILE_MAX, reading->encoding, &text, &error) != XD_OK)
        xd_diagnostics_add(reading->diagnostics, &error);
    else if (xd_profiles_read_bytes(text.bytes ? text.bytes : "", text.length, path, built_in, reading->diagnostics, &scenario->own_profiles) !=
             XD_OK)
        scenario->own_profiles = NULL;
    xd_buffer_free(&text);
done:
    scenario->profiles = scenario->own_profiles;
    xd_profiles_free(built_in);
}

static void read_closure_file(struct xd_scenario_reading *reading, const char *name)
{
    struct xd_scenario *scenario = reading->scenario;
    const char *path = resolve(reading, name);
    struct xd_buffer text;
    struct xd_error error;
    if (!path)
        return;
    xd_buffer_init(&text, XD_CLOSURES_FILE_MAX);
    enum xd_status status = read_text(reading, path, XD_CLOSURES_FILE_MAX, reading->encoding, &text, &error);
    if (status != XD_OK)
        xd_diagnostics_add(reading->diagnostics, &error);
    else /* its errors go to the diagnostics */
        status = xd_closures_read_bytes(text.bytes ? text.bytes : "", text.length, path, scenario->profiles, reading->crs, reading->diagnostics,
                                        &scenario->closures);
    xd_buffer_free(&text);
}

static void read_extra_file(struct xd_scenario_reading *reading, const char *name)
{
    const char *path = resolve(reading, name);
    struct xd_buffer text;
    struct xd_error error;
    if (!path)
        return;
    xd_buffer_init(&text, XD_EXTRA_ROADS_FILE_MAX);
    enum xd_status status = read_text(reading, path, XD_EXTRA_ROADS_FILE_MAX, reading->encoding, &text, &error);
    if (status != XD_OK)
        xd_diagnostics_add(reading->diagnostics, &error);
    else /* its errors go to the diagnostics */
        status = xd_extra_roads_read_bytes(text.bytes ? text.bytes : "", text.length, path, reading->crs, reading->diagnostics,
                                           &reading->scenario->extra_roads);
    xd_buffer_free(&text);
}

/* A file, or a list of them. */
static void read_files(struct xd_scenario_reading *reading, const struct xd_yaml *yaml, const struct xd_yaml_node *node, const char *what,
                       void (*read)(struct xd_scenario_reading *, const char *))
{
    if (node && node->kind == XD_YAML_SCALAR)
        read(reading, node->text);
    for (const struct xd_yaml_node *file = node && node->kind == XD_YAML_SEQUENCE ? node->first : NULL; file; file = file->next) {
        if (file->kind == XD_YAML_SCALAR && file->text[0] != '\0')
            read(reading, file->text);
        else
            xd_diagnostics_error(reading->diagnostics, XD_CONFIG, xd_at_cell(yaml->source, file->line, file->column, node->key),
                                 "found no file name, expected names of tables or GeoJSON files of %s", xd_message(what));
    }
}

static void read_tables(struct xd_scenario_reading *reading, const struct xd_yaml_node *const *found)
{
    static const enum scenario_key table_keys[] = {KEY_PLACES, KEY_DEMAND, KEY_FLEET};
    static const char *const names[] = {"places.csv", "demand.csv", "fleet.csv"};
    static void (*const read[])(struct xd_scenario_reading *, const char *) = {xd_places_table_read, xd_demand_table_read, xd_fleet_table_read};
    read_profiles(reading, found[KEY_PROFILES] ? found[KEY_PROFILES]->text : NULL);
    const char **const paths[] = {&reading->scenario->places_path, &reading->scenario->demand_path, &reading->scenario->fleet_path};
    for (size_t t = 0; t < XD_ARRAY_LENGTH(names); t++) {
        const struct xd_yaml_node *node = found[table_keys[t]];
        const char *path = resolve(reading, node ? node->text : names[t]);
        *paths[t] = path;
        if (path)
            read[t](reading, path);
    }
}

/* The YAML file's path in the arena, and the folder. False after an error. */
static bool find_file(struct xd_scenario_reading *reading, const char *path, const char **yaml_path)
{
    struct xd_scenario *scenario = reading->scenario;
    struct stat facts;
    bool is_folder = reading->files || (stat(path, &facts) == 0 && S_ISDIR(facts.st_mode));
    const char *slash = strrchr(path, '/');
    if (is_folder)
        scenario->folder = xd_reading_string(reading, path);
    else if (!slash)
        scenario->folder = xd_reading_string(reading, ".");
    else
        scenario->folder = xd_arena_string(&scenario->arena, path, slash == path ? 1 : (size_t)(slash - path));
    *yaml_path = !scenario->folder ? NULL : is_folder ? resolve(reading, "scenario.yaml") : xd_reading_string(reading, path);
    if (!*yaml_path) {
        struct xd_error error;
        (void)xd_fail_memory(&error, "a path", strlen(path));
        xd_diagnostics_add(reading->diagnostics, &error);
    }
    return *yaml_path != NULL;
}

/* A table, a map or a plan given for the scenario: said as such, not as bad YAML. False after an error. */
static bool is_no_other_file(struct xd_scenario_reading *reading, const char *path)
{
    static const char *const endings[] = {".csv", ".xlsx", ".json", ".osm", ".gz", ".bz2", ".pbf"};
    const size_t length = strlen(path);
    for (size_t i = 0; i < XD_ARRAY_LENGTH(endings); i++) {
        const size_t n = strlen(endings[i]);
        if (length <= n || strcmp(path + length - n, endings[i]) != 0)
            continue;
        xd_diagnostics_error(reading->diagnostics, XD_CONFIG, xd_at_file(path), "is a %s file, expected a scenario: its folder, or its scenario.yaml",
                             endings[i]);
        return false;
    }
    return true;
}

static void read_all(struct xd_scenario_reading *reading, const char *path)
{
    const char *yaml_path;
    struct xd_buffer text;
    struct xd_error error;
    struct xd_yaml *yaml = NULL;
    xd_buffer_init(&text, XD_YAML_FILE_MAX);
    if (!find_file(reading, path, &yaml_path) || !is_no_other_file(reading, yaml_path))
        goto done;
    enum xd_status status = read_text(reading, yaml_path, XD_YAML_FILE_MAX, XD_ENCODING_AUTO, &text, &error);
    if (status != XD_OK) {
        error.status = status == XD_DATA ? XD_CONFIG : status;
        xd_diagnostics_add(reading->diagnostics, &error);
        goto done;
    }
    if (xd_yaml_read(text.bytes ? text.bytes : "", text.length, yaml_path, reading->diagnostics, &yaml) != XD_OK)
        goto done;
    const struct xd_yaml_node *found[KEYS_N];
    bool is_mapping = yaml->root->kind == XD_YAML_MAPPING;
    (void)xd_yaml_match(yaml, yaml->root, "a scenario", xd_scenario_keys, KEYS_N, found, reading->diagnostics);
    refuse_later_keys(reading, yaml);
    read_head(reading, yaml, found);
    for (const struct xd_yaml_node *node = found[KEY_PARAMETERS] ? found[KEY_PARAMETERS]->first : NULL; node; node = node->next)
        read_parameter(reading, yaml, node);
    check_parameters(reading, yaml, found[KEY_PARAMETERS]);
    check_connector(reading, yaml, found[KEY_PARAMETERS]);
    if (is_mapping) {
        read_tables(reading, found);
        read_files(reading, yaml, found[KEY_CLOSURES], "closures", read_closure_file);
        read_files(reading, yaml, found[KEY_EXTRA_ROADS], "extra roads", read_extra_file);
    }
done:
    xd_yaml_free(yaml);
    xd_buffer_free(&text);
}

static enum xd_status read_scenario(const char *path, const struct xd_memory_file *files, size_t files_n, struct xd_diagnostics *diagnostics,
                                    struct xd_scenario **scenario)
{
    int32_t errors_before_n = diagnostics->errors_n;
    int32_t left_out_before_n = diagnostics->errors_left_out_n;
    struct xd_scenario_reading reading = {.diagnostics = diagnostics, .files = files, .files_n = files_n};
    reading.scenario = xd_alloc_zero(1, sizeof *reading.scenario);
    if (!reading.scenario) {
        struct xd_error error;
        enum xd_status status = xd_fail_memory(&error, "a scenario", sizeof *reading.scenario);
        xd_diagnostics_add(diagnostics, &error);
        return status;
    }
    xd_arena_init(&reading.scenario->arena);
    xd_parameters_default(&reading.scenario->parameters);
    reading.scenario->places.hub = -1;
    reading.scenario->credit = "© OpenStreetMap contributors";
    read_all(&reading, path);
    xd_code_index_free(&reading.codes);
    if (diagnostics->errors_n == errors_before_n && diagnostics->errors_left_out_n == left_out_before_n) {
        *scenario = reading.scenario;
        return XD_OK;
    }
    xd_scenario_free(reading.scenario);
    return diagnostics->errors_n > errors_before_n ? diagnostics->errors[errors_before_n].status : XD_NO_MEMORY;
}

enum xd_status xd_scenario_read(const char *path, struct xd_diagnostics *diagnostics, struct xd_scenario **scenario)
{
    return read_scenario(path, NULL, 0, diagnostics, scenario);
}

enum xd_status xd_scenario_read_memory(const struct xd_memory_file *files, size_t files_n, struct xd_diagnostics *diagnostics,
                                       struct xd_scenario **scenario)
{
    return read_scenario(MEMORY_FOLDER, files, files_n, diagnostics, scenario);
}
