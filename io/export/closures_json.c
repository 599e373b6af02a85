#include "io/export/closures_json.h"

#include "base/number.h"

const char *xd_closure_direction_name(const struct xd_closure *closure)
{
    return closure->directions == XD_CLOSURE_BOTH ? "both" : closure->directions == XD_CLOSURE_FORWARD ? "forward" : "backward";
}

static void write_day(struct xd_json_writer *json, const char *key, int64_t day)
{
    char date[11];
    if (day == XD_CLOSURE_ALWAYS) {
        xd_json_null(json, key);
        return;
    }
    xd_format_date(day, date);
    xd_json_string(json, key, date);
}

static void write_months(struct xd_json_writer *json, uint16_t months)
{
    if (months == XD_MONTHS_ALL) {
        xd_json_null(json, "months");
        return;
    }
    xd_json_array_begin(json, "months");
    for (int month = 1; month <= 12; month++)
        if (months >> month & 1)
            xd_json_int(json, NULL, month);
    xd_json_array_end(json);
}

static void write_vehicles(struct xd_json_writer *json, const struct xd_overlay *overlay, uint32_t bits)
{
    if (bits == XD_CLOSURE_ALL_PROFILES) {
        xd_json_null(json, "vehicles");
        return;
    }
    xd_json_array_begin(json, "vehicles");
    for (int32_t p = 0; p < overlay->profiles->items_n; p++)
        if (bits >> p & 1)
            xd_json_string(json, NULL, overlay->profiles->items[p].name);
    xd_json_array_end(json);
}

void xd_closures_json(struct xd_json_writer *json, const char *key, const struct xd_overlay *overlay, bool all)
{
    xd_json_array_begin(json, key);
    for (int32_t c = 0; overlay && c < overlay->closures->items_n; c++) {
        const struct xd_closure *closure = &overlay->closures->items[c];
        const struct xd_closure_extent *extent = &overlay->extents[c];
        if (!extent->in_force && !all)
            continue;
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "name", closure->name);
        xd_json_string(json, "note", closure->note);
        if (all)
            xd_json_bool(json, "in_force", extent->in_force);
        xd_json_int(json, "speed_percent", closure->speed_percent);
        if (closure->max_kmh > 0)
            xd_json_int(json, "max_kmh", closure->max_kmh);
        else
            xd_json_null(json, "max_kmh");
        xd_json_string(json, "direction", xd_closure_direction_name(closure));
        write_day(json, "from", closure->from_days);
        write_day(json, "until", closure->until_days);
        write_months(json, closure->months);
        write_vehicles(json, overlay, closure->profiles);
        xd_json_int(json, "pieces", extent->pieces_n);
        xd_json_fixed(json, "road_km", (extent->length_cm + 50) / 100, 3);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}

int32_t xd_cut_off_n(const struct xd_county *county)
{
    int32_t n = 0;
    for (int32_t point = 1; point < county->points_n && county->overlay; point++)
        n += xd_county_is_cut_off(county, point);
    return n;
}

void xd_cut_off_json(struct xd_json_writer *json, const char *key, const struct xd_county *county)
{
    xd_json_array_begin(json, key);
    for (int32_t point = 1; point < county->points_n && county->overlay; point++) {
        const struct xd_place *place = &county->scenario->places.items[county->point_place[point]];
        if (!xd_county_is_cut_off(county, point))
            continue;
        xd_json_object_begin_line(json, NULL);
        xd_json_string(json, "place", place->code);
        xd_json_string(json, "name", place->name);
        xd_json_object_end(json);
    }
    xd_json_array_end(json);
}
