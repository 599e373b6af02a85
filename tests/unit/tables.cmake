# Vehicle profiles and snapping come with the graph.
if(NOT EXISTS "${CMAKE_SOURCE_DIR}/maps/profile.c" OR NOT EXISTS "${CMAKE_SOURCE_DIR}/maps/snap.c")
  return()
endif()
xd_test(NAME tables LINKS xd_io SOURCES
  malformed/tables_cases.c
  unit/tables_main.c
  unit/tables_fixture.c
  unit/tables_closures.c
  unit/tables_county.c
  unit/tables_csv.c
  unit/tables_extra_roads.c
  unit/tables_yaml.c
  unit/tables_scenario.c
  unit/tables_plan.c
  unit/tables_malformed.c
  unit/tables_fault.c
)
