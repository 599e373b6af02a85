/* A scenario folder (or its YAML file) into values: strict schema, all errors at once. */
#ifndef XD_IO_TABLES_SCENARIO_READ_H
#define XD_IO_TABLES_SCENARIO_READ_H

#include "scenarios/scenario.h"

/* path: a folder holding scenario.yaml, or a YAML file. Errors and warnings go to diagnostics, each located (file:line:column, column name);
 * the status is that of the first error: XD_NO_INPUT, XD_DATA (tables), XD_CONFIG (YAML), XD_NO_MEMORY. *scenario is set only on XD_OK. */
XD_MUST_CHECK enum xd_status xd_scenario_read(const char *path, struct xd_diagnostics *diagnostics, struct xd_scenario **scenario);

#endif
