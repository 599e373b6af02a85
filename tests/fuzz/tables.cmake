# Vehicle profiles and snapping come with the graph.
if(NOT EXISTS "${CMAKE_SOURCE_DIR}/maps/profile.c" OR NOT EXISTS "${CMAKE_SOURCE_DIR}/maps/snap.c")
  return()
endif()
xd_fuzz(NAME tables_csv LINKS xd_io SOURCES fuzz/tables_csv.c)
xd_fuzz(NAME tables_scenario LINKS xd_io SOURCES fuzz/tables_scenario.c malformed/tables_cases.c DICTIONARY fuzz/tables.dict)
xd_fuzz(NAME tables_plan_json LINKS xd_io SOURCES fuzz/tables_plan_json.c unit/tables_county.c malformed/tables_cases.c DICTIONARY fuzz/tables.dict)
xd_fuzz(NAME tables_profiles LINKS xd_io SOURCES fuzz/tables_profiles.c DICTIONARY fuzz/tables.dict)
xd_fuzz(NAME road_tags LINKS xd_io SOURCES fuzz/road_tags.c DICTIONARY fuzz/road_tags.dict)
