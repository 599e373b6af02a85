/* Writes a scenario as a folder that a planner can edit: scenario.yaml with every parameter, commented in Chinese and English,
 * and the CSV tables (UTF-8 with BOM, codes as text). Used by init and synth. */
#ifndef XD_IO_TABLES_SCENARIO_WRITE_H
#define XD_IO_TABLES_SCENARIO_WRITE_H

#include "base/output.h"
#include "scenarios/scenario.h"

extern const char *const xd_scenario_file_names[5];
/* Adds scenario.yaml, places.csv, demand.csv, fleet.csv, and a closures.csv without closures, to the set under folder. map_name is written as the map's path. */
XD_MUST_CHECK enum xd_status xd_scenario_write(const struct xd_scenario *scenario, const char *map_name, const char *folder,
                                               struct xd_output_set *set, struct xd_error *error);

#endif
