#!/usr/bin/env bash
# network check of a scenario tells a planner what to fix: places that vehicles cannot come to, with the reason, and coordinates in another crs.
. "$ROOT/tests/lines.sh"

example=$ROOT/scenarios/examples/yunshan
map=$example/map.osm.gz
case=$TEMPORARY/case
plain() { # the example as plain text that awk and sed can edit
  rm -rf "$case"
  cp -r "$example" "$case"
  sed -i '1s/^\xef\xbb\xbf//; s/\r$//; s/="*\(""\)*//g; s/"//g' "$case"/places.csv "$case"/demand.csv "$case"/fleet.csv
}
checked() { "$XIANGDAO" network check "${3:-$map}" "${2:-$case}" --lang "$1" >"$TEMPORARY/text" 2>/dev/null; }
json() { "$XIANGDAO" network check "${2:-$map}" "${1:-$case}" --json >"$TEMPORARY/json" 2>/dev/null; }
told() { check "$1" grep -qF -- "$2" "$TEMPORARY/text"; }
holds() { check "$1" jq -e "$2" "$TEMPORARY/json"; }

# GCJ-02 of WGS-84, written here anew from the published formulas: columns 5 and 6.
gcj02() {
  awk -F, 'BEGIN { OFS = ","; pi = 4 * atan2(1, 1) }
    function abs(v) { return v < 0 ? -v : v }
    function waves(v, a, b, c, d, e, f) { return 2 / 3 * (a * sin(v * b) + c * sin(v * d) + e * sin(v * f)) }
    NR == 1 || $5 == "" { print; next }
    {
      x = $5 - 105; y = $6 - 35; r = $6 * pi / 180
      common = 2 / 3 * (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi))
      north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + common + waves(y * pi, 20, 1, 40, 1 / 3, 0, 0) + waves(y * pi, 160, 1 / 12, 320, 1 / 30, 0, 0)
      east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + common + waves(x * pi, 20, 1, 40, 1 / 3, 0, 0) + waves(x * pi, 150, 1 / 12, 300, 1 / 30, 0, 0)
      a = 6378245; e2 = 0.00669342162296594323; w = sqrt(1 - e2 * sin(r) ^ 2)
      $5 = sprintf("%.7f", $5 + east / (a / w * cos(r) * pi / 180)); $6 = sprintf("%.7f", $6 + north / (a * (1 - e2) / w ^ 3 * pi / 180))
      print
    }' "$1"
}

plain
checked en
told "a village on an island is told with the reason" "island: the road 42 m away does not lead to the hub and back; the nearest road that would do is 1049 m away"
told "  and what to do" "island: the map lacks a piece of road; draw it in extra_roads"
told "  and how many are reached" "of 193 places 192 are reached by every vehicle, 0 by some, 1 by none; 0 have no position"
told "distances from the road are told" "from the road: half within 49 m, 90 % within 90 m, the farthest 111 m (192 places)"
told "  the farthest by name" "farthest from the road: 529901109208 胡家院村 111 m;"
check "  ten of them" test "$(grep '^farthest' "$TEMPORARY/text" | grep -o ' m' | wc -l)" = 10
check "sound coordinates are not suspected" test "$(grep -c '^warning' "$TEMPORARY/text")" = 0
json
holds "the figures stand in JSON too" '.road_distance_m | [.places, .median, .p90, .max, (.farthest | length)] == [192, 49, 90, 111, 10]'
holds "  and the reasons, vehicle by vehicle" '.places_unreached == [{"code": "529901106206", "name": "老田坝村", "tier": "village", "problem": "island", "nearest_road_m": 42, "profiles": [("tricycle", "minivan", "ev_van", "light_truck", "reefer") | {"profile": ., "problem": "island", "nearest_road_m": 42, "nearest_usable_road_m": 1049}]}]'
holds "  and the crs" '.crs | .told == "wgs84" and .suspected == null and .places == 194 and (.readings | length) == 3'

gcj02 "$case/places.csv" >"$case/p" && mv "$case/p" "$case/places.csv"
checked en
told "coordinates of GCJ-02 are seen" "warning: the positions are most likely gcj02, not wgs84: change \`crs: wgs84\` to \`crs: gcj02\` in scenario.yaml, and check again"
check "  with the figures" grep -qE '^crs: read as wgs84, as the scenario says, half of 194 places lie [34][0-9]{2} m or more from the roads; as gcj02 4[89] m \(1[0-9]{2} nearer, [0-9]+ farther\); as bd09 [0-9]+ m' "$TEMPORARY/text"
checked zh
told "  in Chinese too" "警告: 坐标很可能是 gcj02 而不是 wgs84:请把 scenario.yaml 中的 \`crs: wgs84\` 改为 \`crs: gcj02\`,再检查一次"
json
holds "  and in JSON" '.crs.told == "wgs84" and .crs.suspected == "gcj02" and (.crs.readings[] | select(.crs == "gcj02") | .median_m < 60 and .nearer > 150)'
check_exit 0 "plan warns of it" "$XIANGDAO" plan "$case" --iterations 10
check "  with what to write" grep -qF 'write `crs: gcj02` in scenario.yaml' "$TEMPORARY/stderr"
sed -i 's/^crs: wgs84/crs: gcj02/' "$case/scenario.yaml"
checked en
told "told as what they are they lie where they did" "from the road: half within 49 m, 90 % within 90 m, the farthest 111 m (192 places)"
check "  and nothing is suspected" test "$(grep -c '^warning' "$TEMPORARY/text")" = 0

# Every second place in GCJ-02.
plain
gcj02 "$case/places.csv" >"$TEMPORARY/all"
paste -d '\n' "$case/places.csv" "$TEMPORARY/all" | awk 'NR <= 2 { if (NR == 1) print; next } { row = int((NR + 1) / 2) } (NR % 2 == 1) == (row % 2 == 0)' >"$case/p" && mv "$case/p" "$case/places.csv"
checked en
check "GCJ-02 in a part of the places is seen" grep -qE '^warning: [89][0-9] of 194 places are most likely gcj02, while the others are wgs84: bring them into one crs: 529901' "$TEMPORARY/text"
checked zh
check "  in Chinese too" grep -qE '^警告: [89][0-9] 个地点\(共 194 个\)很可能是 gcj02,而其余是 wgs84' "$TEMPORARY/text"
json
holds "  and in JSON, with their codes" '.crs.suspected == null and (.crs.in_part | .crs == "gcj02" and .places > 80 and (.codes | length) == .places)'
"$XIANGDAO" plan "$case" --iterations 10 >/dev/null 2>"$TEMPORARY/text"
told "plan warns of it" "places seem to be gcj02, among them"

# A closure of the hub's road: told by its name, and the rest is told all the same.
plain
jq -nc '{type: "FeatureCollection", features: [{type: "Feature", properties: {name: "flood"}, geometry: {type: "Polygon", coordinates: [[[106, 26], [108, 26], [108, 28], [106, 28], [106, 26]]]}}]}' >"$TEMPORARY/flood.json"
check_exit 65 "plan names the closure of the hub's road" "$XIANGDAO" plan "$case" -o "$TEMPORARY/flooded" --closures "$TEMPORARY/flood.json" --lang en
check "  and what to do" grep -q 'closure flood closes the road of the hub .*; open that road for the vehicles, or move the hub' "$TEMPORARY/stderr"
check_exit 0 "network check goes on" "$XIANGDAO" network check "$map" "$case" --closures "$TEMPORARY/flood.json" --lang zh
check "  and says it" grep -q '^警告: 封路 flood 封闭了中心 .* 所在的道路' "$TEMPORARY/stdout"
check "  with the rest" grep -q '^193 个地点:全部车辆可到 192 个' "$TEMPORARY/stdout"
check_exit 0 "  in JSON" "$XIANGDAO" network check "$map" "$case" --closures "$TEMPORARY/flood.json" --json
check "    by name" jq -e '.hub_closed_by == "flood" and .places.reached_by_all == 192' "$TEMPORARY/stdout"

# --radius stands for snap_radius_m.
check_exit 0 "network check with a radius" "$XIANGDAO" network check "$map" "$case" --radius 100 --json
check "  counts with it" jq -e '.places.snap_radius_m == 100 and .places.reached_by_all < 192' "$TEMPORARY/stdout"
check_exit 64 "  needs a scenario" "$XIANGDAO" network check "$map" --radius 100
check_exit 64 "  and keeps its limits" "$XIANGDAO" network check "$map" "$case" --radius 20001

# Too far, no position, no hub: all at once, whatever else is wrong.
plain
sed -i 's/^\(529901100200,[^,]*,village,[0-9]*\),[0-9.]*,[0-9.]*/\1,107.9,27.9/; s/^\(529901100201,\)[^,]*\(,village,[0-9]*\),[0-9.]*,[0-9.]*/\1无此村\2,,/' "$case/places.csv"
sed -i 's/,hub,529901,[0-9.]*,[0-9.]*/,hub,529901,110.5,30/' "$case/places.csv"
checked zh
told "a village far from every road is told in Chinese" "离路太远:10000 米内没有道路"
told "  and what to do" "离路太远:请改正坐标或坐标系,在 extra_roads 中补画缺失的道路,或允许直线接驳(connector_m)"
told "a village without a position too" "无此村:没有坐标"
told "a hub off the roads is told, not refused" "(中心:无法规划)"
json
holds "  and in JSON" '[.places_unreached[] | [.tier, .problem]] | index([["hub", "off_network"]]) != null and index([["village", "unplaced"]]) != null'

# A real map: one village of Andorra has a footpath alone.
if need_shared osm/small/andorra-2026.osm.pbf; then
  andorra=$XD_SHARED/osm/small/andorra-2026.osm.pbf
  check "andorra-2026: init" "$XIANGDAO" init "$andorra" -o "$TEMPORARY/andorra"
  checked en "$TEMPORARY/andorra" "$andorra"
  told "andorra-2026: the village that no vehicle reaches is named" "cannot reach n6312742113 Ràmio"
  told "  with the reason and the distances" "closed to this vehicle: the nearest road is 53 m away; the nearest road that would do is 1004 m away"
  told "  and what to do" "closed: let another vehicle of the fleet serve the place, give this one a profile that may use such roads"
  checked zh "$TEMPORARY/andorra" "$andorra"
  told "andorra-2026: in Chinese too" "到不了: n6312742113 Ràmio"
  told "  with the reason, by vehicle" "4.2米冷藏车: 该车不得通行:最近道路 53 米;可用的最近道路 1004 米"
  told "  and what to do" "该车不得通行:请由车队中其他车辆服务"
  check "andorra-2026: nothing is said of GCJ-02, which is not used there" test "$(grep -c 'gcj02' "$TEMPORARY/text")" = 0
  # A footpath is no bar to whoever walks.
  sed -i '1s/^\xef\xbb\xbf//' "$TEMPORARY/andorra/fleet.csv"
  sed -n 2p "$TEMPORARY/andorra/fleet.csv" | sed 's/^[^,]*,[^,]*,[^,]*,/porter,挑夫,walking,/' >>"$TEMPORARY/andorra/fleet.csv"
  json "$TEMPORARY/andorra" "$andorra"
  holds "andorra-2026: with a porter it is reached by one" '(.places_reached_in_part | map(.name)) == ["Ràmio"] and (.places_unreached | length) == 0 and (.places_reached_in_part[0].profiles | map(.profile) | index("walking")) == null'
fi

# The island of the example: a road that the map lacks joins it to the others. Its ends lie some metres beside the roads.
plain
printf 'road,lon,lat,highway,surface,width_m\nnew,106.8780,26.8594,track,gravel,3.5\nnew,106.8770,26.8640,,,\nnew,106.8775,26.8689,,,\n' >"$case/extra.csv"
"$XIANGDAO" plan "$case" -o "$TEMPORARY/without" --iterations 300 >/dev/null 2>&1
check "without it the island's village is unserved" jq -e '[.unserved[] | select(.place == "529901106206")] | length > 0' "$TEMPORARY/without/plan.json"
sed -i 's/^places:/extra_roads: extra.csv\nplaces:/' "$case/scenario.yaml"
checked en
told "an extra road is counted" "extra roads: 1, 1.1 km; they join the map's in 2 places and each other in 0; 0 ends lead to no other road"
told "  and joins the island" "of 193 places 193 are reached by every vehicle"
checked zh
told "  in Chinese too" "补充道路 1 条,共 1.1 公里:接入地图道路 2 处"
json
holds "  and in JSON" '.extra_roads.roads == 1 and .extra_roads.ends_open == 0 and (.places_unreached | length) == 0'
check_exit 0 "a plan uses it" "$XIANGDAO" plan "$case" -o "$TEMPORARY/with" --iterations 300
check "  and serves the village" jq -e '[.routes[].visits[] | select(.place == "529901106206")] | length > 0' "$TEMPORARY/with/plan.json"
check_exit 0 "  and passes the checker" "$XIANGDAO" check "$case" "$TEMPORARY/with/plan.json"
check_exit 1 "  which refuses it for the county without the road" "$XIANGDAO" check "$example" "$TEMPORARY/with/plan.json"
check_exit 0 "the same road as an option" "$XIANGDAO" plan "$example" --extra-roads "$case/extra.csv" -o "$TEMPORARY/option" --iterations 300
rm -f "$TEMPORARY"/with/run.json "$TEMPORARY"/option/run.json
check "  makes the same routes" test "$(jq -c .routes "$TEMPORARY/with/plan.json")" = "$(jq -c .routes "$TEMPORARY/option/plan.json")"
check_exit 0 "  which the checker takes with it" "$XIANGDAO" check "$example" "$TEMPORARY/option/plan.json" --extra-roads "$case/extra.csv"
jq -nc '{type: "Feature", properties: {highway: "track", surface: "gravel", width: 3.5}, geometry: {type: "LineString", coordinates: [[106.8780, 26.8594], [106.8770, 26.8640], [106.8775, 26.8689]]}}' >"$TEMPORARY/extra.geojson"
route=(network route "$map" --from 106.8774,26.8596 --to 107.16,27.05 --json)
check_exit 1 "network route finds no way from the island" "$XIANGDAO" "${route[@]}"
table=$("$XIANGDAO" "${route[@]}" --extra-roads "$case/extra.csv" 2>/dev/null | jq .length_m)
check "  but one over the extra road, drawn as GeoJSON like as a table" test "${table:-0}" -gt 0 -a "$("$XIANGDAO" "${route[@]}" --extra-roads "$TEMPORARY/extra.geojson" 2>/dev/null | jq .length_m)" = "$table"
printf 'id,lon,lat\na,106.8774,26.8596\nb,107.16,27.05\n' >"$TEMPORARY/points.csv"
check "network matrix too" test "$("$XIANGDAO" network matrix "$map" --points "$TEMPORARY/points.csv" --extra-roads "$case/extra.csv" --json 2>/dev/null | jq .unreachable)" = 0
sed -i 's/106.8775,26.8689/106.8775,26.8682/; s/106.8780,26.8594/106.8780,26.8604/' "$case/extra.csv"
check_exit 65 "a road that joins nothing is refused" "$XIANGDAO" network check "$map" "$case"
check "  at its line, with the distance" grep -qE 'extra.csv:2: road: the extra road new joins no road of the map: the nearest is [0-9]+ m from it, expected an end within 30 m' "$TEMPORARY/stderr"
check_exit 65 "  in Chinese too" "$XIANGDAO" network check "$map" "$case" --lang zh
check "  with the same place" grep -qE 'extra.csv:2: road: 补充道路 new 未接入地图道路:最近的道路相距 [0-9]+ 米' "$TEMPORARY/stderr"
