#include "app/violations.h"

#include "io/export/titles.h"

static const char *stop_name(const struct xd_county *county, int32_t stop)
{
    if (stop < 0 || stop >= county->stops_n)
        return "?";
    return xd_stop_place(county, stop)->name;
}

void xd_violations_print(FILE *file, const struct xd_county *county, const struct xd_plan *plan, const struct xd_violations *violations)
{
    for (int32_t i = 0; i < violations->items_n; i++) {
        const struct xd_violation *v = &violations->items[i];
        char title[128] = "";
        if (v->route >= 0 && v->route < plan->routes_n)
            xd_vehicle_title(county, plan->routes[v->route].vehicle, title, sizeof title);
        fprintf(file, "%s%s%s%s%s: ", xd_violation_name(v->kind), title[0] ? ": " : "", title, v->stop >= 0 ? ": " : "",
                v->stop >= 0 ? stop_name(county, v->stop) : "");
        if (v->kind == XD_VIOLATION_REASON)
            fprintf(file, xd_message("is left for the reason \"%s\", proven is \"%s\""), xd_unserved_reason_name((enum xd_unserved_reason)v->found),
                    xd_unserved_reason_name((enum xd_unserved_reason)v->limit));
        else
            fprintf(file, xd_message(xd_violation_text(v->kind)), (long long)v->found, (long long)v->limit);
        fputc('\n', file);
    }
    if (violations->left_out_n > 0)
        fprintf(file, xd_message("... and %lld more\n"), (long long)violations->left_out_n);
}
