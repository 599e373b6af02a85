/* The part of `network check` that a scenario adds: which places the fleet cannot drive to and why, how far the others lie from the roads, and whether
 * the positions seem to be in another crs. */
#ifndef XD_APP_NETWORK_CHECK_PLACES_H
#define XD_APP_NETWORK_CHECK_PLACES_H

#include "base/json_writer.h"
#include "scenarios/county_crs.h"
#include "scenarios/county_reach.h"

struct xd_places_check {
    const struct xd_county *county;
    struct xd_county_reach *reach;
    struct xd_crs_judgement crs;
};

/* *check is zero or good for xd_places_check_free either way. */
XD_MUST_CHECK enum xd_status xd_places_check_make(const struct xd_county *county, struct xd_places_check *check, struct xd_error *error);
void xd_places_check_free(struct xd_places_check *check);

void xd_places_check_print(const struct xd_places_check *check);                              /* to standard output, for people */
void xd_places_check_write(const struct xd_places_check *check, struct xd_json_writer *json); /* members of the object that is open */

#endif
