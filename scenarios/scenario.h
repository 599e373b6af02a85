/* The world as the planner states it: one county, one day. Read by io/tables, made by init and synth, composed into a problem.
 * Owns: everything, in `arena`, `own_profiles`, `extra_roads` and `closures` (xd_scenario_free). Plain values: pure code may copy and change it (policies of a later issue do). */
#ifndef XD_SCENARIOS_SCENARIO_H
#define XD_SCENARIOS_SCENARIO_H

#include "base/arena.h"
#include "base/geo.h"
#include "maps/closure.h"
#include "maps/extra_road.h"
#include "maps/places.h"
#include "maps/profile.h"
#include "scenarios/parameters.h"

enum { XD_DEMAND_ROWS_MAX = 200000, XD_FLEET_TYPES_MAX = 64, XD_FLEET_COUNT_MAX = 1000 };

enum xd_direction { XD_DOWN, XD_UP };

/* Classes of goods. Parcels go either way; the others are produce and go up. */
enum xd_goods {
    XD_GOODS_PARCEL,
    XD_GOODS_LEAFY,
    XD_GOODS_BERRY,
    XD_GOODS_FRUIT,
    XD_GOODS_KIWI,
    XD_GOODS_EGG,
    XD_GOODS_DRY,
    XD_GOODS_MEAT,
    XD_GOODS_OTHER,
    XD_GOODS_N
};
struct xd_goods_info {
    const char *key, *label, *label_zh;
    bool cold; /* default: needs a refrigerated vehicle (the demand row's own column goes before) */
};
extern const struct xd_goods_info xd_goods_infos[XD_GOODS_N];

struct xd_demand {
    int32_t place;
    enum xd_direction direction;
    enum xd_goods goods;
    int64_t pieces_n; /* parcels or crates; 0 for goods told by mass alone */
    int64_t mass_g;
    int64_t volume_cm3;
    bool cold;
    int32_t line; /* of the table */
};

enum xd_energy { XD_ENERGY_NONE, XD_ENERGY_DIESEL, XD_ENERGY_PETROL, XD_ENERGY_ELECTRIC };

struct xd_fleet_type {
    const char *key;     /* unique in the table: "minivan" */
    const char *name;    /* what people call it: "微面" */
    const char *profile; /* of the scenario's profiles */
    int32_t base;        /* place where it lives: it starts and ends the day there, and loads and unloads at the hub */
    int32_t count;
    int64_t payload_g, volume_dm3;
    bool cold;
    int64_t fixed_fen_day, driver_fen_day;
    int64_t other_fen_km; /* tyres, wear; energy is added from price and consumption */
    int64_t hourly_fen;   /* of duty time */
    enum xd_energy energy;
    int64_t energy_per_100km_milli; /* mL or Wh... thousandths of L or kWh per 100 km */
    int64_t energy_per_hour_milli;  /* the same per hour of duty: a refrigeration unit; 0 = none */
    int32_t shift_start_s, shift_end_s, duty_max_s;
    int64_t range_m; /* XD_RANGE_NONE */
    int32_t line;
};
#define XD_RANGE_NONE 1000000000

enum xd_language { XD_LANGUAGE_ZH, XD_LANGUAGE_EN };

struct xd_scenario {
    struct xd_arena arena;
    const char *folder;                                 /* where its files lie; "" for one made in memory */
    const char *name;                                   /* 云山县 */
    const char *map_path;                               /* resolved against folder */
    const char *elevation_path;                         /* folder or file of tiles, resolved against folder; NULL = all roads are flat */
    const char *places_path, *demand_path, *fleet_path; /* of the tables, for messages; NULL for one made in memory */
    enum xd_crs crs;                                    /* of the table of places; positions are WGS-84 already */
    int64_t date_days;                                  /* days since 1970-01-01 */
    struct xd_places places;
    struct xd_demand *demand;
    int32_t demand_n;
    struct xd_fleet_type *fleet;
    int32_t fleet_n;
    const struct xd_profiles *profiles; /* what the fleet's profiles are looked up in; own_profiles, or the maker's */
    struct xd_profiles *own_profiles;   /* NULL when borrowed */
    struct xd_extra_roads extra_roads;  /* of all its files, in their order: roads that the map does not have */
    struct xd_closures closures;        /* of all its files, in their order; their profiles are bits of `profiles` */
    struct xd_parameters parameters;
    bool codes_free;    /* place codes are the table's own ids (OSM ids ...), not area codes */
    bool synthetic;     /* made by synth: outputs say that it is no real county */
    const char *credit; /* of the map: "© OpenStreetMap contributors" unless the scenario says otherwise (synthetic) */
};

void xd_scenario_free(struct xd_scenario *scenario);
uint64_t xd_scenario_hash(const struct xd_scenario *scenario); /* of all values, not of paths */

/* Price of the type's energy: fen per litre or kWh; 0 for XD_ENERGY_NONE. */
int64_t xd_fleet_energy_fen_unit(const struct xd_scenario *scenario, const struct xd_fleet_type *type);
/* Energy cost of a type per km, in fen, from price and consumption (rounded half up), plus other_fen_km. */
int64_t xd_fleet_cost_fen_km(const struct xd_scenario *scenario, const struct xd_fleet_type *type);
/* Cost of an hour of duty, in fen: hourly_fen plus the energy of energy_per_hour_milli (rounded half up). */
int64_t xd_fleet_cost_fen_h(const struct xd_scenario *scenario, const struct xd_fleet_type *type);

#endif
