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

# 34 villages and 27 hamlets are nodes, 2 hamlets are ways; one more way is drawn around a village's node.
if need_shared osm/small/andorra-2026.osm.pbf; then
  plan="$TEMPORARY/andorra-2026/plan/plan.json"
  check "andorra-2026: all 63 villages become places, those drawn as areas too" \
    test "$(grep -c ',village,' "$TEMPORARY/andorra-2026/places.csv")" = 63
  check "andorra-2026: the two drawn as areas bear their own codes" test "$(grep -cE '^"?w(368472454|432393054)"?,' "$TEMPORARY/andorra-2026/places.csv")" = 2
  check "andorra-2026: and are served" \
    jq -e '[.routes[].visits[].place] | (index("w368472454") != null) and (index("w432393054") != null)' "$plan"
  check "andorra-2026: 62 of the 63 are served, and the one without a road that a vehicle may use is told" \
    test "$(jq -c '[([.routes[].visits[].place] | unique | length), [.unserved[] | [.name, .reason]]]' "$plan")" = '[62,[["Ràmio","unreachable"]]]'
  check "andorra-2026: network check tells of the areas" \
    test "$("$XIANGDAO" network check "$XD_SHARED/osm/small/andorra-2026.osm.pbf" --json 2>/dev/null |
      jq -c '[.seen.place_areas, .dropped.place_areas_twice, .dropped.place_areas_unplaced]')" = "[3,1,0]"
fi

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

if need_shared osm/small/liechtenstein-gisops.osm.pbf; then
  map=$XD_SHARED/osm/small/liechtenstein-gisops.osm.pbf
  "$XIANGDAO" network check "$map" --json >"$TEMPORARY/doubts.json" 2>/dev/null
  check "tags that are not understood are counted, with an example" jq -e '.tags_not_understood | map(select(.kind == "conditional" and .object == "way" and .tags > 0 and .example > 0)) | length == 1' "$TEMPORARY/doubts.json"
  "$XIANGDAO" network check "$map" --lang en >"$TEMPORARY/doubts" 2>/dev/null
  check "and told" grep -q '^tags not understood: conditions of time or weather (not applied), [0-9]* times, for example at way [0-9]*$' "$TEMPORARY/doubts"
  "$XIANGDAO" network check "$map" --lang zh >"$TEMPORARY/doubts" 2>/dev/null
  check "in Chinese too" grep -q '^未采用的标签: 时段或天气条件(未采用) [0-9]* 处,例如线 [0-9]*$' "$TEMPORARY/doubts"
fi
