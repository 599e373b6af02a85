/* Every number of a scenario that has a default: one table with key, unit, default, range, grade of the source and labels in two languages.
 * What the planner did not set is labelled as assumed in every output. Values are int64 in the unit's own fixed decimals (`decimals`). */
#ifndef XD_SCENARIOS_PARAMETERS_H
#define XD_SCENARIOS_PARAMETERS_H

#include "maps/approach.h"

enum xd_parameter {
    XD_PARAMETER_HUB_RELEASE_S,          /* hub_release "10:00": parcels leave no earlier */
    XD_PARAMETER_HUB_CUTOFF_S,           /* hub_cutoff "18:00": vehicles are back by then (line-haul) */
    XD_PARAMETER_POINT_OPENS_S,          /* 08:30 */
    XD_PARAMETER_POINT_CLOSES_S,         /* 18:00 */
    XD_PARAMETER_PARCEL_DOWN_MASS_G,     /* parcel_down_kg 1.5 */
    XD_PARAMETER_PARCEL_DOWN_VOLUME_CM3, /* parcel_down_m3 0.008 */
    XD_PARAMETER_PARCEL_UP_MASS_G,       /* 5 kg */
    XD_PARAMETER_PARCEL_UP_VOLUME_CM3,   /* 0.015 m3 */
    XD_PARAMETER_PRODUCE_DENSITY_KG_M3,  /* volume of produce from its mass: 250 */
    XD_PARAMETER_SERVICE_FIXED_S,        /* 4 min a visit */
    XD_PARAMETER_SERVICE_PARCEL_S,       /* 6 s a parcel */
    XD_PARAMETER_SERVICE_PRODUCE_S_T,    /* 12 min a tonne */
    XD_PARAMETER_DIESEL_FEN_L,           /* 750 */
    XD_PARAMETER_PETROL_FEN_L,           /* 790 */
    XD_PARAMETER_ELECTRICITY_FEN_KWH,    /* 80 */
    XD_PARAMETER_CO2_DIESEL_G_L,         /* 2630 */
    XD_PARAMETER_CO2_PETROL_G_L,         /* 2300 */
    XD_PARAMETER_CO2_ELECTRICITY_MG_WH,  /* 0.5366 kg/kWh as 10^-4 kg/kWh: 5366 */
    XD_PARAMETER_HANDLING_FEN_PARCEL,    /* 10 at the hub */
    XD_PARAMETER_AGENT_DOWN_FEN_PARCEL,  /* 50 */
    XD_PARAMETER_AGENT_UP_FEN_PARCEL,    /* 100 */
    XD_PARAMETER_UNSERVED_FEN_STOP,      /* price of leaving a village: 500 yuan a visit */
    XD_PARAMETER_UNSERVED_FEN_PARCEL,    /* 5 yuan a parcel */
    XD_PARAMETER_UNSERVED_FEN_KG,        /* 1 yuan a kg of produce */
    XD_PARAMETER_PROMISE_DOWN_NEAR_S,    /* 24 h */
    XD_PARAMETER_PROMISE_DOWN_REMOTE_S,  /* 48 h */
    XD_PARAMETER_PROMISE_UP_PARCEL_S,    /* 24 h */
    XD_PARAMETER_PROMISE_UP_PRODUCE_S,   /* 12 h */
    XD_PARAMETER_SNAP_RADIUS_M,          /* 1000 */
    XD_PARAMETER_CONNECTOR_M,            /* longest straight line from a place to a road beyond that; 0: none */
    XD_PARAMETER_CONNECTOR_M_H,          /* connector_kmh 4 */
    XD_PARAMETER_APPROACH,               /* enum xd_approach */
    XD_PARAMETERS_N
};

enum xd_parameter_form { XD_FORM_INTEGER, XD_FORM_FIXED, XD_FORM_CLOCK, XD_FORM_APPROACH /* one of xd_approach_names */ };

struct xd_parameter_info {
    const char *key;  /* in scenario.yaml under parameters: */
    const char *unit; /* as the planner writes it: "kg", "yuan/L", "HH:MM", "min" */
    const char *unit_zh;
    enum xd_parameter_form form;
    int64_t stored_per_unit;    /* stored = written * this (60 for minutes -> s, 100 for yuan -> fen, 1000 for kg -> g); clocks: 1 */
    int64_t standard, min, max; /* stored units */
    char grade;                 /* A B C D X of the domain notes; X = engineering assumption */
    const char *label, *label_zh;
};

extern const struct xd_parameter_info xd_parameter_infos[XD_PARAMETERS_N];

struct xd_parameters {
    int64_t value[XD_PARAMETERS_N];
    bool given[XD_PARAMETERS_N];
};

void xd_parameters_default(struct xd_parameters *parameters);
int32_t xd_parameter_find(const char *key); /* -1 = unknown */
/* Parses the written form ("1.5", "10:00") strictly. Errors as diagnostics-ready text through error (XD_CONFIG). */
XD_MUST_CHECK enum xd_status xd_parameter_set(struct xd_parameters *parameters, int32_t index, const char *text, struct xd_location at,
                                              struct xd_error *error);
/* How places are reached (xd_snap_approach). */
enum xd_approach xd_parameters_approach(const struct xd_parameters *parameters);
/* The straight lines that these allow (xd_snap_connect). */
struct xd_connector xd_parameters_connector(const struct xd_parameters *parameters);
/* Within snap_radius_m no line is needed: a shorter connector_m would do nothing. Errors: XD_CONFIG. */
XD_MUST_CHECK enum xd_status xd_parameters_connector_check(const struct xd_parameters *parameters, struct xd_location at, struct xd_error *error);
/* The written form of a stored value; returns needed length. */
size_t xd_parameter_format(int32_t index, int64_t value, char *dst, size_t n);

#endif
