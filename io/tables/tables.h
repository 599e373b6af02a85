/* What the readers and the writer of a scenario's tables share: columns, words, and the state of one reading. Private to io/tables. */
#ifndef XD_IO_TABLES_TABLES_H
#define XD_IO_TABLES_TABLES_H

#include "base/geo.h"
#include "io/bytes/csv.h"
#include "io/bytes/yaml.h"
#include "scenarios/scenario.h"

enum { XD_QUANTITY_PIECES_MAX = 1000000, XD_RESIDENTS_MAX = 100000000, XD_ELEVATION_MIN_M = -500, XD_ELEVATION_MAX_M = 9000 };
#define XD_DEMAND_MASS_MAX_G 10000000000      /* 10,000 t a row */
#define XD_DEMAND_VOLUME_MAX_CM3 100000000000 /* 100,000 m3 a row */
#define XD_PAYLOAD_MAX_G 200000000            /* 200 t a vehicle */
#define XD_VEHICLE_VOLUME_MAX_DM3 1000000     /* 1,000 m3 */
#define XD_MONEY_MAX_FEN 100000000            /* 1,000,000 yuan a day, km or hour */
#define XD_CONSUMPTION_MAX_MILLI 1000000      /* 1,000 L or kWh per 100 km */

enum xd_places_column {
    XD_PLACES_CODE,
    XD_PLACES_NAME,
    XD_PLACES_TIER,
    XD_PLACES_PARENT,
    XD_PLACES_LON,
    XD_PLACES_LAT,
    XD_PLACES_RESIDENTS,
    XD_PLACES_OPENS,
    XD_PLACES_CLOSES,
    XD_PLACES_ELEVATION,
    XD_PLACES_MARKET,
    XD_PLACES_COLUMNS_N
};
enum xd_demand_column {
    XD_DEMAND_PLACE,
    XD_DEMAND_GOODS,
    XD_DEMAND_DIRECTION,
    XD_DEMAND_QUANTITY,
    XD_DEMAND_UNIT,
    XD_DEMAND_MASS,
    XD_DEMAND_VOLUME,
    XD_DEMAND_COLD,
    XD_DEMAND_COLUMNS_N
};
enum xd_fleet_column {
    XD_FLEET_TYPE,
    XD_FLEET_NAME,
    XD_FLEET_PROFILE,
    XD_FLEET_BASE,
    XD_FLEET_COUNT,
    XD_FLEET_PAYLOAD,
    XD_FLEET_VOLUME,
    XD_FLEET_COLD,
    XD_FLEET_FIXED,
    XD_FLEET_DRIVER,
    XD_FLEET_OTHER_KM,
    XD_FLEET_HOUR,
    XD_FLEET_ENERGY,
    XD_FLEET_CONSUMPTION,
    XD_FLEET_CONSUMPTION_HOUR,
    XD_FLEET_SHIFT_START,
    XD_FLEET_SHIFT_END,
    XD_FLEET_DUTY_MAX,
    XD_FLEET_RANGE,
    XD_FLEET_COLUMNS_N
};
extern const struct xd_csv_column xd_places_columns[XD_PLACES_COLUMNS_N];
extern const struct xd_csv_column xd_demand_columns[XD_DEMAND_COLUMNS_N];
extern const struct xd_csv_column xd_fleet_columns[XD_FLEET_COLUMNS_N];

/* Keys of scenario.yaml, all that there are. */
extern const struct xd_yaml_key xd_scenario_keys[];
extern const size_t xd_scenario_keys_n;

/* Words, in the order of their enums; the first of each is the one that is written. */
enum xd_unit { XD_UNIT_PIECE, XD_UNIT_CRATE, XD_UNIT_KG, XD_UNIT_JIN, XD_UNIT_T, XD_UNITS_N };
extern const char *const xd_tier_words[4];
extern const char *const xd_goods_words[XD_GOODS_N];
extern const char *const xd_direction_words[2];
extern const char *const xd_unit_words[XD_UNITS_N];
extern const char *const xd_energy_words[4];

/* code -> place, sorted. */
struct xd_code_entry {
    const char *code;
    int32_t place;
};
struct xd_code_index {
    struct xd_code_entry *entries;
    int32_t entries_n;
};
int32_t xd_code_find(const struct xd_code_index *index, const char *code); /* -1 = none */

/* A file that is not on disk: tests and fuzz targets read scenarios from memory. */
struct xd_memory_file {
    const char *name; /* as the scenario writes it: "places.csv" */
    const char *bytes;
    size_t n;
};

/* One reading of a scenario. */
struct xd_scenario_reading {
    struct xd_scenario *scenario;
    const struct xd_memory_file *files; /* NULL: the disk's */
    size_t files_n;
    struct xd_diagnostics *diagnostics;
    enum xd_text_encoding encoding;
    enum xd_crs crs;
    bool codes_free;
    bool places_read; /* else places of other tables are not looked up */
    bool codes_sound; /* every code of the places table is good: else an unknown code elsewhere is its echo and is not told */
    struct xd_code_index codes;
};

/* As xd_scenario_read, from files in memory; they must hold scenario.yaml. */
XD_MUST_CHECK enum xd_status xd_scenario_read_memory(const struct xd_memory_file *files, size_t files_n, struct xd_diagnostics *diagnostics,
                                                     struct xd_scenario **scenario);
/* Reads and matches a table; *csv is owned by the caller, at[] filled. False after errors, *csv is NULL then. */
bool xd_table_open(struct xd_scenario_reading *reading, const char *path, const struct xd_csv_column *columns, size_t columns_n, int32_t rows_max,
                   int32_t *at, struct xd_csv **csv);
/* Copies into the scenario's arena; NULL after XD_NO_MEMORY was added. */
const char *xd_reading_string(struct xd_scenario_reading *reading, const char *text);
void *xd_reading_array(struct xd_scenario_reading *reading, int32_t items_n, size_t item_size);

void xd_places_table_read(struct xd_scenario_reading *reading, const char *path);
void xd_demand_table_read(struct xd_scenario_reading *reading, const char *path);
void xd_fleet_table_read(struct xd_scenario_reading *reading, const char *path);

/* A code cell, normalised: false after an error (blank, mangled by a spreadsheet, no code). */
bool xd_code_cell(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, size_t column,
                  char code[XD_PLACE_CODE_MAX + 1]);
/* The place of a code cell, with help where there is none; -1 after an error (or silently when places could not be read). */
int32_t xd_place_cell(const struct xd_scenario_reading *reading, const struct xd_csv_view *view, int32_t row, size_t column);
/* Area codes: 6, 9 or 12 digits. */
bool xd_code_is_area(const char *code);
/* The place whose code is the longest prefix of an area code (52262310 1001 -> its township, else its county); -1 = none. */
int32_t xd_parent_by_code(const struct xd_code_index *index, const char *code, int32_t self);
XD_MUST_CHECK enum xd_status xd_code_index_build(const struct xd_places *places, struct xd_code_index *index, struct xd_error *error);
void xd_code_index_free(struct xd_code_index *index);

/* What a row's mass and volume are when it does not tell them. */
int64_t xd_demand_mass_g(const struct xd_parameters *parameters, enum xd_direction direction, int64_t pieces_n);
int64_t xd_demand_volume_cm3(const struct xd_parameters *parameters, enum xd_goods goods, enum xd_direction direction, int64_t pieces_n,
                             int64_t mass_g);

/* "HH:MM", with ":SS" where the seconds are not 0. */
void xd_clock_text(int64_t seconds, char dst[32]);

#endif
