/* The names of what can be wrong, and the list of it. */
#include "solver/check/report.h"

#include "base/alloc.h"

static const struct {
    const char *name, *text;
} kinds[] = {
    [XD_VIOLATION_PROBLEM] = {"wrong_problem", "was made for problem %lld, not for this one, %lld"},
    [XD_VIOLATION_STOP_UNKNOWN] = {"stop_unknown", "names stop %lld where stops go up to %lld"},
    [XD_VIOLATION_STOP_TWICE] = {"stop_twice", "is served or listed %lld times, expected %lld"},
    [XD_VIOLATION_STOP_MISSING] = {"stop_missing", "is served or listed %lld times, expected %lld"},
    [XD_VIOLATION_STOP_REQUIRED] = {"stop_required", "must be served but is left out (served %lld times, expected %lld)"},
    [XD_VIOLATION_VEHICLE_UNKNOWN] = {"vehicle_unknown", "uses vehicle %lld where vehicles go up to %lld"},
    [XD_VIOLATION_VEHICLE_TWICE] = {"vehicle_twice", "is route %lld of a vehicle that may drive %lld"},
    [XD_VIOLATION_ROUTE_EMPTY] = {"route_empty", "visits %lld stops, expected at least %lld"},
    [XD_VIOLATION_MASS] = {"mass_over_capacity", "carries %lld g where %lld g are allowed"},
    [XD_VIOLATION_VOLUME] = {"volume_over_capacity", "carries %lld dm3 where %lld dm3 are allowed"},
    [XD_VIOLATION_LOAD_STATED] = {"load_stated", "states a load of %lld, the stops make it %lld"},
    [XD_VIOLATION_NEEDS] = {"vehicle_lacks_feature", "has features %lld where features %lld are needed"},
    [XD_VIOLATION_UNREACHABLE] = {"unreachable", "has no road from location %lld to location %lld"},
    [XD_VIOLATION_TRAVEL_TIME] = {"travel_time", "is there at second %lld, possible from second %lld"},
    [XD_VIOLATION_WINDOW_EARLY] = {"window_early", "begins service at second %lld, open from second %lld"},
    [XD_VIOLATION_WINDOW_LATE] = {"window_late", "begins service at second %lld, open until second %lld"},
    [XD_VIOLATION_SERVICE_TIME] = {"service_time", "leaves at second %lld, service lasts until second %lld"},
    [XD_VIOLATION_RELEASE] = {"release", "leaves the depot at second %lld, its goods are ready at second %lld"},
    [XD_VIOLATION_BASE_LEAVE] = {"base_leave", "leaves the depot at second %lld, from its base it can be there at second %lld"},
    [XD_VIOLATION_BASE_BACK] = {"base_back", "is back at its base at second %lld, possible from second %lld"},
    [XD_VIOLATION_SHIFT_START] = {"shift_start", "leaves at second %lld, the shift starts at second %lld"},
    [XD_VIOLATION_SHIFT_END] = {"shift_end", "is back at second %lld, the shift ends at second %lld"},
    [XD_VIOLATION_DURATION] = {"duration", "lasts %lld s where %lld s are allowed"},
    [XD_VIOLATION_RANGE] = {"range", "drives %lld m where %lld m are allowed"},
    [XD_VIOLATION_LENGTH_STATED] = {"length_stated", "states a length of %lld m, the roads make it %lld m"},
    [XD_VIOLATION_COST_FIXED] = {"cost_fixed", "states a fixed cost of %lld, it is %lld"},
    [XD_VIOLATION_COST_LENGTH] = {"cost_length", "states a cost of distance of %lld, it is %lld"},
    [XD_VIOLATION_COST_DURATION] = {"cost_duration", "states a cost of duration of %lld, it is %lld"},
    [XD_VIOLATION_COST_UNSERVED] = {"cost_unserved", "states a price of unserved stops of %lld, it is %lld"},
    [XD_VIOLATION_COST_TOTAL] = {"cost_total", "states a total cost of %lld, it is %lld"},
    [XD_VIOLATION_REASON] = {"reason", "is left for reason %lld, proven is reason %lld"},
};
_Static_assert(XD_ARRAY_LENGTH(kinds) == XD_VIOLATION_KINDS_N, "every kind has a name and a text");

const char *xd_violation_name(enum xd_violation_kind kind)
{
    const size_t index = (size_t)kind;
    return index < XD_ARRAY_LENGTH(kinds) ? kinds[index].name : "unknown";
}

const char *xd_violation_text(enum xd_violation_kind kind)
{
    const size_t index = (size_t)kind;
    return index < XD_ARRAY_LENGTH(kinds) ? kinds[index].text : "found %lld, expected %lld";
}

void xd_violations_free(struct xd_violations *violations)
{
    if (!violations)
        return;
    xd_free(violations->items);
    *violations = (struct xd_violations){0};
}

void xd_report_add(struct xd_report *report, enum xd_violation_kind kind, int32_t route, int32_t stop, int64_t found, int64_t limit)
{
    struct xd_violations *list = report->violations;
    report->found_n++;
    if (report->status != XD_OK)
        return;
    if (list->items_n >= XD_VIOLATIONS_MAX) {
        list->left_out_n++;
        return;
    }
    void *items = list->items;
    report->status =
        xd_array_reserve(&items, &report->capacity, (size_t)list->items_n + 1, sizeof *list->items, XD_VIOLATIONS_MAX, "violations", report->error);
    list->items = items;
    if (report->status == XD_OK)
        list->items[list->items_n++] = (struct xd_violation){kind, route, stop, found, limit};
}
