#!/usr/bin/env bash
# init and plan on real maps; one network hash in every container.
. "$ROOT/tests/lines.sh"

for map in small/andorra-2026.osm.pbf small/liechtenstein-gisops.osm.pbf small/north-bayreuth.osm.pbf; do
  need_shared "osm/$map" || continue
  name=$(basename "$map" .osm.pbf)
  check "$name: init writes a scenario" "$XIANGDAO" init "$XD_SHARED/osm/$map" -o "$TEMPORARY/$name"
  check "$name: the scenario is planned" "$XIANGDAO" plan "$TEMPORARY/$name" -o "$TEMPORARY/$name/plan"
  check "$name: the plan passes the checker" "$XIANGDAO" check "$TEMPORARY/$name" "$TEMPORARY/$name/plan/plan.json"
  check "$name: every reachable village is served" jq -e '[.unserved[] | select(.reason != "unreachable")] | length == 0' "$TEMPORARY/$name/plan/plan.json"
done

if need_shared osm/tiny/beijing-bupt-2025.osm.pbf; then
  check_exit 65 "a map without villages is refused" "$XIANGDAO" init "$XD_SHARED/osm/tiny/beijing-bupt-2025.osm.pbf" -o "$TEMPORARY/bupt"
  check "and told so plainly" grep -q "place=village" "$TEMPORARY/stderr"
  check "and nothing is written" test ! -e "$TEMPORARY/bupt"
fi

if need_shared osm/small/andorra-2026.osm.pbf osm/small/andorra-2026.osm.bz2; then
  # The suite's largest map as XML: 77 MB.
  bzcat "$XD_SHARED/osm/small/andorra-2026.osm.bz2" >"$TEMPORARY/andorra.osm"
  hash() { "$XIANGDAO" network check "$1" --json 2>/dev/null | jq -r .network_hash; }
  pbf=$(hash "$XD_SHARED/osm/small/andorra-2026.osm.pbf")
  check "the PBF has a hash" test -n "$pbf"
  check "bzip2 XML has the same hash" test "$(hash "$XD_SHARED/osm/small/andorra-2026.osm.bz2")" = "$pbf"
  check "plain XML has the same hash" test "$(hash "$TEMPORARY/andorra.osm")" = "$pbf"
fi
