#include "io/export/titles.h"

#include <stdio.h>
#include <string.h>

static const char ellipsis[] = "\xe2\x80\xa6";

size_t xd_vehicle_title(const struct xd_county *county, int32_t vehicle, char *dst, size_t n)
{
    const struct xd_problem *problem = county->problem;
    if (vehicle < 0 || vehicle >= problem->vehicles_n)
        return (size_t)snprintf(dst, n, "#%ld", (long)vehicle);
    const int32_t type = xd_problem_vehicle_type(problem, vehicle);
    const char *name = county->scenario->fleet[type].name;
    char number[24];
    const size_t number_n = (size_t)snprintf(number, sizeof number, " %ld", (long)(vehicle - problem->first_vehicle[type] + 1));
    const size_t name_n = strlen(name);
    size_t kept_n = name_n;
    if (name_n + number_n + 1 > n) { /* the name is cut at a character; without its number a vehicle would be another one */
        kept_n = n > number_n + sizeof ellipsis ? n - number_n - sizeof ellipsis : 0;
        while (kept_n > 0 && ((unsigned char)name[kept_n] & 0xc0) == 0x80)
            kept_n--;
    }
    snprintf(dst, n, "%.*s%s%s", (int)kept_n, name, kept_n < name_n ? ellipsis : "", number);
    return name_n + number_n;
}

const struct xd_place *xd_vehicle_base(const struct xd_county *county, int32_t vehicle)
{
    const struct xd_problem *problem = county->problem;
    if (vehicle < 0 || vehicle >= problem->vehicles_n)
        return NULL;
    const struct xd_places *places = &county->scenario->places;
    const int32_t base = county->scenario->fleet[xd_problem_vehicle_type(problem, vehicle)].base;
    return base >= 0 && base != places->hub ? &places->items[base] : NULL;
}

const struct xd_place *xd_stop_place(const struct xd_county *county, int32_t stop)
{
    return &county->scenario->places.items[county->stops[stop].place];
}

const char *xd_unserved_reason_name(enum xd_unserved_reason reason)
{
    static const char *const names[] = {"choice", "capacity", "unreachable", "time", "feature", "fleet"};
    return (size_t)reason < XD_ARRAY_LENGTH(names) ? names[reason] : "choice";
}

const char *xd_route_colour(int32_t route)
{
    /* Twelve hues of like darkness, neighbours far apart; readable on white and in grey print by their numbers. */
    static const char *const colours[] = {"#c1272d", "#0b6fb8", "#2e8540", "#8e44ad", "#d9730d", "#00798c",
                                          "#b5179e", "#5b5ea6", "#7a5c00", "#d81b60", "#3c6e71", "#6a4c93"};
    return colours[(uint32_t)route % XD_ARRAY_LENGTH(colours)];
}
