#include "io/bytes/libraries.h"
#include "tests/unit/maps_suites.h"

#include "base/macros.h"

#include <stdlib.h>

int main(int argc, char **argv)
{
    const struct xd_test_suite suites[] = {xd_suite_maps_graph,      xd_suite_maps_tables,       xd_suite_maps_hierarchy,
                                           xd_suite_maps_map_places, xd_suite_maps_restrictions, xd_suite_maps_restriction_limits,
                                           xd_suite_maps_query,      xd_suite_maps_random,       xd_suite_maps_pairs,
                                           xd_suite_maps_parts,      xd_suite_maps_elevation,    xd_suite_maps_turns,
                                           xd_suite_maps_overlay,    xd_suite_maps_extra_roads,  xd_suite_maps_connectors,
                                           xd_suite_maps_conditions, xd_suite_maps_approach,     xd_suite_maps_pairs_long};
    xd_libraries_init();
    int code = xd_run_suites(argc, argv, suites, XD_ARRAY_LENGTH(suites) - (getenv("XD_TEST_LONG") ? 0 : 1));
    xd_libraries_end();
    return code;
}
