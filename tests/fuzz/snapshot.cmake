xd_fuzz(NAME snapshot LINKS xd_io SOURCES fuzz/snapshot.c harness/profiles.c harness/road_map.c harness/snapshot.c)
