#include "io/export/connectors_json.h"

void xd_connectors_json(struct xd_json_writer *json, const char *key, const struct xd_county *county)
{
    xd_json_array_begin(json, key);
    for (int32_t point = 0; point < county->points_n; point++) {
        const struct xd_place *place = &county->scenario->places.items[county->point_place[point]];
        for (int32_t p = 0; p < county->profiles_n; p++) {
            const struct xd_snap *snap = &county->profiles[p].snaps[point];
            if (snap->connector_m == 0)
                continue;
            xd_json_object_begin_line(json, NULL);
            xd_json_string(json, "place", place->code);
            xd_json_string(json, "name", place->name);
            xd_json_string(json, "profile", county->profiles[p].profile->name);
            xd_json_int(json, "length_m", snap->connector_m);
            xd_json_int(json, "time_s", snap->connector_s);
            xd_json_object_end(json);
        }
    }
    xd_json_array_end(json);
}
