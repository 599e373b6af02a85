/* The rows of maps/profiles.csv: which property of a profile each of them fills, and what its cells may hold. */
#ifndef XD_MAPS_PROFILE_TABLE_H
#define XD_MAPS_PROFILE_TABLE_H

#include "maps/profile.h"

enum xd_profile_kind {
    XD_PROFILE_NUMBER, /* min .. max */
    XD_PROFILE_SPEED,  /* km/h, or `no`: not for this vehicle (0) */
    XD_PROFILE_CAP,    /* km/h, `-`: none, `closed` */
    XD_PROFILE_EASE,   /* a cap without `closed` */
    XD_PROFILE_FUEL,   /* word of enum xd_fuel */
    XD_PROFILE_KEYS,   /* access keys, the most special first: "hgv > goods > access" */
    XD_PROFILE_LABEL   /* a text */
};

struct xd_profile_property {
    const char *key;
    enum xd_profile_kind kind;
    size_t offset; /* into struct xd_profile: int32_t, or const char * for a label */
    int32_t min, max;
};

extern const struct xd_profile_property xd_profile_properties[];
extern const size_t xd_profile_properties_n;

/* By enum xd_fuel. */
extern const char *const xd_fuel_names[XD_FUELS_N];

int32_t *xd_profile_value(struct xd_profile *profile, const struct xd_profile_property *property); /* not for labels */

#endif
