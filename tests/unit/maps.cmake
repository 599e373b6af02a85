xd_test(NAME maps LINKS xd_io SOURCES
  harness/maps_network.c
  oracle/road_dijkstra.c
  profiles/roads.c
  unit/maps_graph.c
  unit/maps_hierarchy.c
  unit/maps_main.c
  unit/maps_tables.c
)
