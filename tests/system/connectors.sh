#!/usr/bin/env bash
# A village 1.5 km beyond the last mapped road: out of reach without a straight line, served over one where the planner allows it, and every output flags it.
. "$ROOT/tests/lines.sh"

case=$TEMPORARY/case
mkdir -p "$case"
# A road of 10 km along latitude 27; the hub at its begin, village A at its end, B 1,500 m north of its middle (0.01349 degrees).
cat >"$case/map.osm" <<'X'
<osm version='0.6'>
<node id='1' lat='27.0' lon='106.00'/><node id='2' lat='27.0' lon='106.05'/><node id='3' lat='27.0' lon='106.10'/>
<way id='10'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='highway' v='tertiary'/><tag k='name' v='X001'/></way>
</osm>
X
cat >"$case/scenario.yaml" <<'X'
xiangdao: 1
name: 试县
date: 2026-03-02
map: map.osm
codes: free
parameters:
  snap_radius_m: 1000
X
printf 'code,name,tier,parent,lon,lat\nh,中心,hub,,106.00,27.0\na,甲村,village,,106.10,27.0\nb,乙村,village,,106.05,27.01349\n' >"$case/places.csv"
printf 'place,goods,direction,quantity,unit\na,parcel,down,20,piece\nb,parcel,down,20,piece\nb,egg,up,50,kg\n' >"$case/demand.csv"
printf 'type,name,profile,count,payload_kg,volume_m3,fixed_yuan_day,driver_yuan_day,energy,energy_per_100km,shift_start,shift_end,duty_max_h\nvan,微面,minivan,1,600,4.5,70,200,petrol,8,08:00,18:00,9\n' >"$case/fleet.csv"
with() { # PARAMETERS: the scenario with these lines below `parameters:`, as a folder of its own
  rm -rf "$TEMPORARY/with"
  cp -r "$case" "$TEMPORARY/with"
  printf '%s\n' "$@" | sed 's/^/  /' >>"$TEMPORARY/with/scenario.yaml"
}
plan() { "$XIANGDAO" plan "$1" -o "$2" --iterations 200 --no-snapshot "${@:3}" >"$TEMPORARY/out" 2>"$TEMPORARY/err"; }
holds() { check "$1" jq -e "$3" "$2"; }
told() { check "$1" grep -qF -- "$2" "${3:-$TEMPORARY/text}"; }
same_but() { # NAME A B PATTERN: the folders' files but run.json are equal once lines that match the pattern are gone
  local file differs=
  for file in plan.json routes.csv stops.csv routes.geojson kpi.json report.html; do
    diff <(grep -vE "$4" "$2/$file") <(grep -vE "$4" "$3/$file") >/dev/null || differs="$differs $file"
  done
  if [ -z "$differs" ]; then ok "$1"; else fail "$1: $differs"; fi
}

# Without a line.
check "a plan without a straight line" plan "$case" "$TEMPORARY/plain"
holds "  leaves the village, with the reason" "$TEMPORARY/plain/plan.json" '.version == 2 and [.unserved[].place] == ["b"] and ([.unplaced[] | [.place, .reason, .road_distance_m]] == [["b", "off_network", 1500]]) and has("connectors") == false'
told "  and tells what to do" "draw the road in extra_roads, or allow a straight line (connector_m)" "$TEMPORARY/err"
"$XIANGDAO" network check "$case/map.osm" "$case" --no-snapshot --lang en >"$TEMPORARY/text" 2>&1
told "network check advises it too" "too far from a road: correct the position or the crs, draw the missing road in extra_roads, or allow a straight line to the road (connector_m)"
"$XIANGDAO" network check "$case/map.osm" "$case" --no-snapshot --lang zh >"$TEMPORARY/text" 2>&1
told "  in Chinese too" "离路太远:请改正坐标或坐标系,在 extra_roads 中补画缺失的道路,或允许直线接驳(connector_m)"
with 'connector_m: 0' 'connector_kmh: 6'
check "a speed alone" plan "$TEMPORARY/with" "$TEMPORARY/speed"
same_but "  changes nothing" "$TEMPORARY/plain" "$TEMPORARY/speed" '^$'

# With one: 1,500 m at 4 km/h are 1,350 s, driven on coming and on going.
with 'connector_m: 2000'
check "a plan with a straight line" plan "$TEMPORARY/with" "$TEMPORARY/line" --lang en
told "  warns of the village" "乙村 lies beyond the last road: a straight line of 1500 m stands in for the way there, 23 min each way (connector_m, connector_kmh); better draw the road in extra_roads" "$TEMPORARY/err"
holds "  serves it, and says so in plan.json" "$TEMPORARY/line/plan.json" '.version == 3 and .unserved == [] and .unplaced == [] and .connectors == [{"place": "b", "name": "乙村", "profile": "minivan", "length_m": 1500, "time_s": 1350}] and ([.routes[].visits[] | [.place, .connector_m, .connector_s]] | sort) == [["a", 0, 0], ["b", 1500, 1350]]'
holds "  with its speed among the assumptions" "$TEMPORARY/line/plan.json" '[.assumptions[] | select(.key == "connector_kmh") | .value] == ["4"] and ([.assumptions[] | select(.key == "connector_m")] | length) == 0'
holds "  and both ends of it in the length of the day" "$TEMPORARY/line/plan.json" '.routes[0].length_m as $n | $n > 22700 and $n < 23000'
check_exit 0 "  which the checker takes" "$XIANGDAO" check "$TEMPORARY/with" "$TEMPORARY/line/plan.json"
check_exit 1 "  and refuses for the county without a line" "$XIANGDAO" check "$case" "$TEMPORARY/line/plan.json"
sed 's/"connector_m": 1500/"connector_m": 900/' "$TEMPORARY/line/plan.json" >"$TEMPORARY/tampered.json"
check_exit 1 "  and when the plan tells another line" "$XIANGDAO" check "$TEMPORARY/with" "$TEMPORARY/tampered.json"
told "    at its place" "connector_m: found 900, expected 1500" "$TEMPORARY/stderr"
told "routes.csv has its columns" "connector_m,connector_s" "$TEMPORARY/line/routes.csv"
check "  and its metres and seconds" grep -qE 'b.*乙村.*,1500,1350.?$' "$TEMPORARY/line/routes.csv"
check "stops.csv says how it is reached" grep -qE 'b.*乙村.*,1500,given,connector,' "$TEMPORARY/line/stops.csv"
holds "kpi.json sums up" "$TEMPORARY/line/kpi.json" '.connectors | .places == 1 and .visits == 1 and .length_km == 3 and .hours == 0.75 and .list[0].place == "b"'
holds "  and names the guess" "$TEMPORARY/line/kpi.json" '[.assumed[] | select(.parameter == "connector_kmh") | .value] == ["4"]'
holds "routes.geojson draws it" "$TEMPORARY/line/routes.geojson" '[.features[] | select(.properties.kind == "connector") | [.properties.code, .properties.connector_m, .geometry.coordinates]] == [["b", 1500, [[106.05, 27.0], [106.05, 27.01349]]]]'
holds "  and flags the stop" "$TEMPORARY/line/routes.geojson" '[.features[] | select(.properties.kind == "stop" and .properties.connector_s == 1350) | .properties.code] == ["b"]'
holds "  whose route leads there" "$TEMPORARY/line/routes.geojson" '[.features[] | select(.properties.kind == "route") | .geometry.coordinates | index([[106.05, 27.01349]])] | all'
told "the GPX file flags the waypoint" "乙村</name><desc>直线接驳 connector: 1500 m, 23 min</desc></wpt>" "$(ls "$TEMPORARY"/line/gpx/*.gpx)"
check "  and no other" test "$(grep -c '接驳' "$TEMPORARY"/line/gpx/*.gpx)" = 1
report=$TEMPORARY/report.json
sed -n 's/.*<script type="application\/json" id="data">\(.*\)<\/script>.*/\1/p' "$TEMPORARY/line/report.html" >"$report"
holds "the report has the line for its map" "$report" '[.vehicles[].connectors[] | [.code, .road_lat, .road_lon, .m, .s]] == [["b", 27.0, 106.05, 1500, 1350]]'
holds "  and the stop for its driver sheet" "$report" '[.vehicles[].stops[] | select(.connector_m) | [.code, .connector_m, .connector_s, .snap]] == [["b", 1500, 1350, 1500]]'
check "a plan in Chinese" plan "$TEMPORARY/with" "$TEMPORARY/zh" --lang zh
told "  warns in Chinese" "乙村 在地图道路尽头之外:以 1500 米直线接驳代替,单程约 23 分钟" "$TEMPORARY/err"

# Where no place needs one, a line that is allowed shows in the scenario's own hash alone.
printf 'place,goods,direction,quantity,unit\na,parcel,down,20,piece\n' >"$case/demand.csv"
check "a plan in which nobody needs a line" plan "$case" "$TEMPORARY/needless"
with 'connector_m: 2000'
check "  with one allowed" plan "$TEMPORARY/with" "$TEMPORARY/allowed"
same_but "  is the same" "$TEMPORARY/needless" "$TEMPORARY/allowed" '"hash"'

# network check.
"$XIANGDAO" network check "$case/map.osm" "$TEMPORARY/with" --no-snapshot --lang en >"$TEMPORARY/text" 2>&1
told "network check lists the place" "by a straight line: b 乙村: 1500 m, 22.5 min (minivan)"
told "  and the better way" "better draw the roads in extra_roads"
told "  and counts it as reached" "of 3 places 3 are reached by every vehicle"
told "    this way" "1 of them by a straight line beyond the last road"
"$XIANGDAO" network check "$case/map.osm" "$case" --no-snapshot --lang zh --connector-m 1600 --connector-kmh 6 >"$TEMPORARY/text" 2>&1
told "  as an option, in Chinese" "直线接驳: b 乙村:1500 米,15.0 分钟"
told "    with the better way" "请尽量在 extra_roads 中画出实际道路"
"$XIANGDAO" network check "$case/map.osm" "$TEMPORARY/with" --no-snapshot --json >"$TEMPORARY/json" 2>/dev/null
holds "  in JSON" "$TEMPORARY/json" '.places.reached_by_connector == 1 and .places.connector_m == 2000 and .places.connector_kmh == 4 and .places_by_connector == [{"code": "b", "name": "乙村", "tier": "village", "profiles": [{"profile": "minivan", "length_m": 1500, "time_s": 1350}]}] and .places_unreached == []'
"$XIANGDAO" network check "$case/map.osm" "$TEMPORARY/with" --no-snapshot --json --connector-m 0 >"$TEMPORARY/json" 2>/dev/null
holds "  and without, when the option says so" "$TEMPORARY/json" 'has("places_by_connector") == false and [.places_unreached[].code] == ["b"]'

# network route and matrix.
route=(network route "$case/map.osm" --from 106.00,27.0 --to 106.05,27.01349 --no-snapshot)
check_exit 1 "network route does not reach it" "$XIANGDAO" "${route[@]}"
check_exit 0 "  but over a line" "$XIANGDAO" "${route[@]}" --connector-m 2000 --energy --json
cp "$TEMPORARY/stdout" "$TEMPORARY/json"
holds "  with a step of its own" "$TEMPORARY/json" '[.steps[] | [.name, .connector]] == [["X001", null], ["connector", true]] and .steps[1].length_m == 1500 and .steps[1].time_s == 1350 and (.length_m - .steps[0].length_m) == 1500'
holds "  drawn to the place" "$TEMPORARY/json" '.geometry.coordinates[-1] == [106.05, 27.01349] and .geometry.coordinates[-2] == [106.05, 27.0] and .steps[1].first_point == (.geometry.coordinates | length) - 2'
holds "  and told apart" "$TEMPORARY/json" '.connector == {"from_m": 0, "from_s": 0, "to_m": 1500, "to_s": 1350} and .energy_kj > 0'
check_exit 0 "  in words" "$XIANGDAO" "${route[@]}" --connector-m 2000 --lang en
told "    in English" "of it by straight lines beyond the last road: 0 m at the start, 1500 m at the end, 22.5 min" "$TEMPORARY/stdout"
check_exit 0 "  in words" "$XIANGDAO" "${route[@]}" --connector-m 2000 --lang zh
told "    in Chinese" "其中直线接驳(地图无路):起点 0 米,终点 1500 米,共 22.5 分钟" "$TEMPORARY/stdout"
printf 'id,lon,lat\nh,106.00,27.0\na,106.10,27.0\nb,106.05,27.01349\n' >"$TEMPORARY/points.csv"
matrix=(network matrix "$case/map.osm" --points "$TEMPORARY/points.csv" --no-snapshot)
check_exit 0 "network matrix" "$XIANGDAO" "${matrix[@]}" --connector-m 2000 -o "$TEMPORARY/m.csv" --json
holds "  lists the point" "$TEMPORARY/stdout" '.unreachable == 0 and .connectors == [{"id": "b", "length_m": 1500, "time_s": 1350}]'
told "  and tells it" "point b: beyond the last road, joined to it by a straight line of 1500 m (1350 s)" "$TEMPORARY/stderr"
check "  the table has its metres" grep -qE '^h,b,[0-9]+,64[0-9]{2},1500.?$' "$TEMPORARY/m.csv"
check "  and none elsewhere" grep -qE '^h,a,[0-9]+,99[0-9]{2},0.?$' "$TEMPORARY/m.csv"
"$XIANGDAO" "${matrix[@]}" --connector-m 2000 -o "$TEMPORARY/m.json" >/dev/null 2>&1
holds "  as JSON too" "$TEMPORARY/m.json" '.connectors == [{"id": "b", "length_m": 1500, "time_s": 1350}] and .length_m[2][2] == 0'
"$XIANGDAO" "${matrix[@]}" --connector-m 2000 -o "$TEMPORARY/m.bin" >/dev/null 2>&1
check "  and in binary: version 3, metres and seconds behind the tables" test "$(od -An -t d4 -j 8 -N 4 "$TEMPORARY/m.bin" | tr -d ' '),$(od -An -t d4 -j 88 "$TEMPORARY/m.bin" | tr -s ' \n' ' ')" = "3, 0 0 1500 0 0 1350 "
"$XIANGDAO" "${matrix[@]}" -o "$TEMPORARY/m.bin" >/dev/null 2>&1
check "  which is version 1 without" test "$(od -An -t d4 -j 8 -N 4 "$TEMPORARY/m.bin" | tr -d ' '),$(wc -c <"$TEMPORARY/m.bin")" = 1,88
"$XIANGDAO" "${matrix[@]}" -o "$TEMPORARY/n.csv" >/dev/null 2>&1
check "  the rows of places at roads are those of a table without" diff <(grep -E '^[ha],[ha],' "$TEMPORARY/m.csv" | sed 's/,0\(.\?\)$/\1/') <(grep -E '^[ha],[ha],' "$TEMPORARY/n.csv")

# What makes no sense is said.
for bad in "--connector-m -1" "--connector-m far" "--connector-m 1e9" "--connector-m 800" "--connector-m 2000 --connector-kmh 0" "--connector-kmh 5"; do
  # shellcheck disable=SC2086
  check_exit 64 "network route $bad is refused" "$XIANGDAO" "${route[@]}" $bad
done
told "  at its name" "--connector-kmh does nothing without a longest line" "$TEMPORARY/stderr"
check_exit 64 "a line for a map alone is refused" "$XIANGDAO" network check "$case/map.osm" --connector-m 2000
with 'connector_m: 2000' 'connector_kmh: 0'
check_exit 78 "a speed of nought is refused" "$XIANGDAO" plan "$TEMPORARY/with" --lang zh
told "  at its place" "scenario.yaml:9:18: connector_kmh:" "$TEMPORARY/stderr"
