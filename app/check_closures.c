#include "app/check_closures.h"

#include "app/options.h"
#include "io/export/closures_json.h"

#include <stdio.h>

void xd_check_closures_json(struct xd_json_writer *json, const struct xd_overlay *overlay, const struct xd_county *county)
{
    xd_closures_json(json, "closures", overlay, true);
    if (county && xd_county_hub_closure(county))
        xd_json_string(json, "hub_closed_by", xd_county_hub_closure(county)->name);
    if (county)
        xd_cut_off_json(json, "cut_off", county);
}

static void print_effect(const struct xd_closure *closure, bool zh)
{
    if (closure->speed_percent == 0)
        printf(zh ? "封闭" : "closed");
    if (closure->speed_percent > 0 && closure->speed_percent < 100)
        printf(zh ? "车速降至 %ld%%" : "%ld %% of the speed", (long)closure->speed_percent);
    if (closure->max_kmh > 0)
        printf(zh ? "%s限速 %ld 公里/小时" : "%sat most %ld km/h", closure->speed_percent < 100 ? (zh ? "," : ", ") : "", (long)closure->max_kmh);
    if (closure->directions != XD_CLOSURE_BOTH)
        printf(zh ? "(%s)" : " (%s)", closure->directions == XD_CLOSURE_FORWARD ? (zh ? "正向" : "forward") : (zh ? "反向" : "backward"));
}

void xd_check_closures_print(const struct xd_overlay *overlay, const struct xd_county *county)
{
    const bool zh = xd_language_is_chinese();
    for (int32_t c = 0; overlay && c < overlay->closures->items_n; c++) {
        const struct xd_closure_extent *extent = &overlay->extents[c];
        printf(zh ? "封路 %s:" : "closure %s: ", overlay->closures->items[c].name);
        print_effect(&overlay->closures->items[c], zh);
        if (extent->in_force)
            printf(zh ? ",涉及道路 %lld 段、%.2f 公里\n" : ", %lld pieces of road, %.2f km\n", (long long)extent->pieces_n,
                   (double)extent->length_cm / 100000.0);
        else
            printf(zh ? ",当日不生效\n" : ", not in force on that day\n");
    }
    const struct xd_closure *at_hub = county ? xd_county_hub_closure(county) : NULL;
    if (at_hub)
        printf(zh ? "警告: 封路 %s 封闭了中心 %s 所在的道路:无法规划;请放开该路,或移动中心\n"
                  : "warning: closure %s closes the road of the hub %s: nothing can be planned; open that road for the vehicles, or move the hub\n",
               at_hub->name, county->scenario->places.items[county->scenario->places.hub].name);
    for (int32_t point = 1; overlay && county && point < county->points_n; point++) {
        const struct xd_place *place = &county->scenario->places.items[county->point_place[point]];
        if (xd_county_is_cut_off(county, point))
            printf(zh ? "因封路隔断: %s %s\n" : "cut off by closures: %s %s\n", place->code, place->name);
    }
}
