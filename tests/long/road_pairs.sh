#!/usr/bin/env bash
# Ways held against the oracle: 100,000 pairs of five real maps, 20,000 more of the scale map, and ten times as many random maps as else.
. "$ROOT/tests/lines.sh"

need_shared osm/small/andorra-2026.osm.pbf osm/medium/andorra-x25-roads-synthetic.osm.pbf || exit 0
export XD_TEST_LONG=1
unset XD_TEST_COUNTS # they are counted here
check "100,000 pairs of five maps are those of the oracle" "$BUILD/tests/test_maps" maps_pairs
check "20,000 pairs of the scale map are those of the oracle" "$BUILD/tests/test_maps" maps_pairs_long
check "10,000 random maps are those of the oracle" "$BUILD/tests/test_maps" maps_random
