xd_test(NAME profiles LINKS xd_io SOURCES
  harness/profiles.c
  harness/road_map.c
  profiles/profile_main.c
  profiles/profile_roads.c
  profiles/profile_barriers.c
  profiles/profile_values.c
  profiles/profile_restrictions.c
  profiles/profile_access.c
  profiles/profile_caps.c
  profiles/profile_document.c
  profiles/profile_doubts.c
  profiles/profile_file.c
  profiles/profile_limits.c
  profiles/road_table.c
)

xd_test(NAME maps LINKS xd_io SOURCES
  harness/maps_network.c
  harness/road_map.c
  harness/roads.c
  harness/profiles.c
  harness/random_map.c
  harness/road_trial.c
  oracle/road_dijkstra.c
  oracle/road_rules.c
  unit/maps_elevation.c
  unit/maps_graph.c
  unit/maps_hierarchy.c
  unit/maps_main.c
  unit/maps_query.c
  unit/maps_random.c
  unit/maps_map_places.c
  unit/maps_restriction_limits.c
  unit/maps_restrictions.c
  unit/maps_tables.c
)
