#!/usr/bin/env bash
# Closed and slow roads over a county that is read once: what does not use them stays as it is, what they cut off is told.
. "$ROOT/tests/lines.sh"

example=$ROOT/scenarios/examples/yunshan
map=$example/map.osm.gz
said() { check "$1" grep -qF -- "$2" "$TEMPORARY/stderr"; }

# Way 5009 is a way round for some; 5043 the only road to one village, which does not lie on it.
printf 'name,way,note\n塌方 landslide,5009,K3 滑坡\n' >"$TEMPORARY/round.csv"
printf 'name,way\n断桥 bridge,5043\n' >"$TEMPORARY/only.csv"

# Tables: of some places, every pair by its route.
matrix() { "$XIANGDAO" network matrix "$map" --points "$TEMPORARY/points.csv" -o "$1" --json "${@:2}" >"$TEMPORARY/stdout" 2>"$TEMPORARY/stderr"; }
sed '1s/^\xef\xbb\xbf//; s/\r$//; s/"=""//; s/""",/,/' "$example/places.csv" | awk -F, -v OFS=, '$3 == "village" || $3 == "hub" { print $1, $5, $6 }' >"$TEMPORARY/all.csv"
sed -i 's/"=""[0-9]*""",//; s/"""//g' "$TEMPORARY/all.csv"
(echo id,lon,lat && cat "$TEMPORARY/all.csv") >"$TEMPORARY/points.csv"
check "a table of all places is computed" matrix "$TEMPORARY/open.csv"
check "  and with a road closed" matrix "$TEMPORARY/closed.csv" --closures "$TEMPORARY/round.csv"
check "  which costs a weighing, no reading" jq -e ".seconds.reweigh > 0" "$TEMPORARY/stdout"
check "no way becomes shorter" test "$(paste -d, "$TEMPORARY/open.csv" "$TEMPORARY/closed.csv" | tr -d '\r' | awk -F, 'NR > 1 && $3 != "" && $7 != "" && $7 < $3' | wc -l)" -eq 0
changed=$(paste -d, "$TEMPORARY/open.csv" "$TEMPORARY/closed.csv" | tr -d '\r' | awk -F, 'NR > 1 && $3 != $7' | wc -l)
check "some ways do ($changed)" test "$changed" -gt 100 -a "$changed" -lt 5000

# A point of the road that lies on no other: a route has it exactly where it uses the road.
inner=$(gzip -dc "$map" | grep -o '<way id="5009">.*' | grep -o 'ref="[0-9]*"' | grep -o '[0-9]*' | sed -n 3p)
lon=$(gzip -dc "$map" | sed -n "s/.*<node id=\"$inner\".* lon=\"\([0-9.]*\)\".*/\1/p")
{
  echo id,lon,lat
  # the three with the most changed cells, and every fortieth
  paste -d, "$TEMPORARY/open.csv" "$TEMPORARY/closed.csv" | tr -d '\r"=' | awk -F, 'NR > 1 && $3 != $7 { print $1 }' | sort | uniq -c | sort -rn | awk 'NR <= 3 { print $2 }' >"$TEMPORARY/ids"
  awk -F, 'NR % 40 == 1 { print $1 }' "$TEMPORARY/all.csv" >>"$TEMPORARY/ids"
  sort -u "$TEMPORARY/ids" | while read -r id; do grep "^$id," "$TEMPORARY/all.csv"; done
} >"$TEMPORARY/points.csv"
matrix "$TEMPORARY/open.csv"
matrix "$TEMPORARY/closed.csv" --closures "$TEMPORARY/round.csv"
paste -d, "$TEMPORARY/open.csv" "$TEMPORARY/closed.csv" | tr -d '\r"=' | awk -F, 'NR > 1 && $1 != $2 { print $1, $2, ($3 != $7) }' >"$TEMPORARY/pairs"
while read -r from to differs; do
  route=$("$XIANGDAO" network route "$map" --from "$(sed -n "s/^$from,//p" "$TEMPORARY/points.csv")" --to "$(sed -n "s/^$to,//p" "$TEMPORARY/points.csv")" --json 2>/dev/null)
  if grep -qF "$lon" <<<"$route"; then used=1; else used=0; fi
  echo "$differs $used"
done <"$TEMPORARY/pairs" >"$TEMPORARY/compared"
check "the cells that differ are those whose way used the road, of $(wc -l <"$TEMPORARY/compared")" test "$(grep -cE '^(0 1|1 0)$' "$TEMPORARY/compared")" -eq 0
check "  and there are some of both" test "$(grep -c '^1 1$' "$TEMPORARY/compared")" -ge 5 -a "$(grep -c '^0 0$' "$TEMPORARY/compared")" -ge 20

# Plans: the village behind the bridge, and nobody else, is left, with the reason.
check_exit 0 "the county is planned" "$XIANGDAO" plan "$example" -o "$TEMPORARY/plan" --iterations 2000
check_exit 0 "  and with the bridge closed" "$XIANGDAO" plan "$example" -o "$TEMPORARY/broken" --iterations 2000 --closures "$TEMPORARY/only.csv"
village=$(jq -r '.cut_off[].place' "$TEMPORARY/broken/plan.json")
check "one village is cut off" test "$(jq '.cut_off | length' "$TEMPORARY/broken/plan.json")" = 1 -a -n "$village"
said "  and warned of" "cannot be served: closures cut it off from the hub"
check "  and unserved as unreachable" jq -e --arg v "$village" '[.unserved[] | select(.place == $v)] | length >= 1 and all(.reason == "unreachable")' "$TEMPORARY/broken/plan.json"
check "  which it was not before" jq -e --arg v "$village" '[.unserved[] | select(.place == $v)] == []' "$TEMPORARY/plan/plan.json"
check "  and it alone" test "$(jq -r '.unserved[] | select(.reason == "unreachable") | .place' "$TEMPORARY/plan/plan.json" "$TEMPORARY/broken/plan.json" | sort | uniq -u)" = "$village"
check "the closure stands in plan, figures and run with its road" sh -c "jq -e '.closures[0] | .name == \"断桥 bridge\" and .speed_percent == 0 and .road_km > 0' '$TEMPORARY/broken/plan.json' &&
  jq -e '(.closures | length == 1) and .places_cut_off == 1' '$TEMPORARY/broken/kpi.json' && jq -e '(.closures | length == 1) and .seconds.reweigh > 0' '$TEMPORARY/broken/run.json'"
check "  without it there is none" jq -e '.closures == [] and .cut_off == []' "$TEMPORARY/plan/plan.json"
check "the report draws it and tells why" sh -c "grep -q '\"closures\":\[{\"closed\":true,\"lines\":\[\"' '$TEMPORARY/broken/report.html' && grep -q '因封路隔断' '$TEMPORARY/broken/report.html'"
check_exit 0 "the checker accepts the plan with its closures" "$XIANGDAO" check "$example" "$TEMPORARY/broken/plan.json" --closures "$TEMPORARY/only.csv"
check_exit 1 "  and not without" "$XIANGDAO" check "$example" "$TEMPORARY/broken/plan.json"
"$XIANGDAO" plan "$example" -o "$TEMPORARY/two" --iterations 2000 --threads 2 --closures "$TEMPORARY/only.csv" >/dev/null 2>&1
rm "$TEMPORARY"/two/run.json "$TEMPORARY"/broken/run.json
check "two threads give the same bytes" diff -r "$TEMPORARY/two" "$TEMPORARY/broken"

# The scenario's own, by date; one on top.
cp -r "$example" "$TEMPORARY/case"
sed -i 's/^closures:.*/closures: [closures.csv, "ice.geojson"]/' "$TEMPORARY/case/scenario.yaml"
printf '断桥,5043,,,,,,,2026-11-20,2026-11-30,,,\r\n' >>"$TEMPORARY/case/closures.csv"
cat >"$TEMPORARY/case/ice.geojson" <<'END'
{"type": "FeatureCollection", "features": [
  {"type": "Feature", "properties": {"name": "凝冻", "speed_percent": 50, "season": "ice"},
   "geometry": {"type": "Polygon", "coordinates": [[[106, 26], [108, 26], [108, 28], [106, 28], [106, 26]]]}}]}
END
check_exit 0 "a scenario's own closures are planned" "$XIANGDAO" plan "$TEMPORARY/case" -o "$TEMPORARY/case/a" --iterations 300 --closures "$TEMPORARY/round.csv"
check "  those of its day, and one on top" test "$(jq -r '[.closures[].name] | join(",")' "$TEMPORARY/case/a/plan.json")" = "断桥,塌方 landslide"
check_exit 0 "  and those of another day" "$XIANGDAO" plan "$TEMPORARY/case" -o "$TEMPORARY/case/b" --iterations 300 --date 2026-12-24
check "  which is icy everywhere" test "$(jq -r '[.closures[].name] | join(",")' "$TEMPORARY/case/b/plan.json")" = "凝冻"
check_exit 0 "  and is checked on its day" "$XIANGDAO" check "$TEMPORARY/case" "$TEMPORARY/case/b/plan.json" --date 2026-12-24
usual=$("$XIANGDAO" network route "$map" --from 107.16,27.05 --to 107.3344429,27.1748154 --json | jq .time_s)
icy=$("$XIANGDAO" network route "$map" --from 107.16,27.05 --to 107.3344429,27.1748154 --json --closures "$TEMPORARY/case/ice.geojson" --date 2027-01-05 | jq .time_s)
check "half the speed takes twice the time" test "$icy" -ge $((2 * usual - 2)) -a "$icy" -le $((2 * usual + 2))
summer=$("$XIANGDAO" network route "$map" --from 107.16,27.05 --to 107.3344429,27.1748154 --json --closures "$TEMPORARY/case/ice.geojson" --date 2027-07-05 | jq .time_s)
check "  and in summer it is as usual" test "$summer" = "$usual"

# network check lists them, what they touch and whom they cut off.
check_exit 0 "network check takes closures" "$XIANGDAO" network check "$map" "$example" --closures "$TEMPORARY/only.csv" --json
check "  and lists what they touch" jq -e '.closures[0] | .in_force and .pieces > 0 and .road_km > 0' "$TEMPORARY/stdout"
check "  and whom they cut off" jq -e --arg v "$village" '[.cut_off[].place] == [$v]' "$TEMPORARY/stdout"
check_exit 0 "  in words too" "$XIANGDAO" network check "$map" "$TEMPORARY/case" --lang zh
check "  in Chinese" grep -q "^因封路隔断: $village" "$TEMPORARY/stdout"
check "  and those that are not in force" grep -q "^封路 凝冻:车速降至 50%,当日不生效" "$TEMPORARY/stdout"
check_exit 0 "a map alone has all in force" "$XIANGDAO" network check "$map" --closures "$TEMPORARY/case/ice.geojson"
check "  and tells their road" grep -qE '^closure 凝冻: 50 % of the speed, [0-9]+ pieces of road, [0-9.]+ km$' "$TEMPORARY/stdout"

# What is wrong is said.
printf 'name,way\nx,77\n' >"$TEMPORARY/none.csv"
check_exit 0 "a way that the map does not have closes nothing" "$XIANGDAO" network check "$map" --closures "$TEMPORARY/none.csv"
said "  and is warned of at its line" "none.csv:2: way: closure x: way 77 is not in the map"
printf 'name,way,direction\nx,y,up\n' >"$TEMPORARY/wrong.csv"
check_exit 65 "a wrong table is refused" "$XIANGDAO" plan "$example" --closures "$TEMPORARY/wrong.csv"
said "  with all its faults" 'wrong.csv:2:3: way: found "y", expected ids of OpenStreetMap ways'
said "  each at its place" 'wrong.csv:2:5: direction: found "up", expected one of both'
check_exit 66 "a missing file is said" "$XIANGDAO" network matrix "$map" --points "$TEMPORARY/points.csv" --closures "$TEMPORARY/nowhere.csv"
check_exit 64 "a wrong date is said" "$XIANGDAO" network route "$map" --from 107.16,27.05 --to 107.3,27.1 --date 2026-02-30
printf 'name,lon,lat,radius_m\nx,107.27,27.15,30000\n' >"$TEMPORARY/all_closed.csv"
check_exit 1 "where all is closed there is no way" "$XIANGDAO" network route "$map" --from 107.2023515,27.1305918 --to 107.3344429,27.1748154 --closures "$TEMPORARY/all_closed.csv"
check_exit 65 "a county whose hub is closed is refused" "$XIANGDAO" plan "$example" --closures "$TEMPORARY/all_closed.csv"
said "  and told" "the hub"

# init writes an empty table that is read again.
check_exit 0 "init writes a scenario" "$XIANGDAO" init "$map" -o "$TEMPORARY/made"
check "  with an empty table of closures" test "$(sed '1d; /^#/d' "$TEMPORARY/made/closures.csv" | wc -l)" -eq 0 -a "$(grep -c '^#' "$TEMPORARY/made/closures.csv")" -ge 3
check_exit 0 "  that is planned" "$XIANGDAO" plan "$TEMPORARY/made" --iterations 100

# A boat whose crossing is told to take ten minutes is no faster than a limit either: 1 km at 3 km/h.
cat >"$TEMPORARY/boat.osm" <<'OSM'
<osm version="0.6"><node id="1" lat="26" lon="106"/><node id="2" lat="26" lon="106.01"/><node id="3" lat="26" lon="106.02"/><node id="4" lat="26" lon="106.03"/>
<way id="1"><nd ref="1"/><nd ref="2"/><tag k="highway" v="secondary"/></way><way id="3"><nd ref="3"/><nd ref="4"/><tag k="highway" v="secondary"/></way>
<way id="2"><nd ref="2"/><nd ref="3"/><tag k="route" v="ferry"/><tag k="duration" v="00:10"/></way></osm>
OSM
printf 'name,way,max_kmh\nslow,2,3\n' >"$TEMPORARY/slow.csv"
crossing() { "$XIANGDAO" network route "$TEMPORARY/boat.osm" --from 106.01,26 --to 106.02,26 --no-snapshot --json "$@" | jq .time_s; }
check "a crossing takes the time that is told" test "$(crossing)" = 600
check "  and longer under a limit" test "$(crossing --closures "$TEMPORARY/slow.csv")" -gt 1190
