xd_test(NAME snapshot LINKS xd_app SOURCES
  harness/maps_network.c
  harness/profiles.c
  harness/road_map.c
  harness/snapshot.c
  unit/snapshot_file.c
  unit/snapshot_main.c
  unit/snapshot_map.c
)
