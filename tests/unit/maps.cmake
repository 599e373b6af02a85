xd_test(NAME profiles LINKS xd_maps SOURCES
  harness/road_map.c
  profiles/profile_main.c
  profiles/profile_roads.c
  profiles/profile_barriers.c
  profiles/profile_values.c
  profiles/profile_document.c
)

xd_test(NAME maps LINKS xd_io SOURCES
  harness/maps_network.c
  oracle/road_dijkstra.c
  unit/maps_graph.c
  unit/maps_hierarchy.c
  unit/maps_main.c
  unit/maps_tables.c
)
