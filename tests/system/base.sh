#!/usr/bin/env bash
# Vehicles that live in a township: the ways from there to the hub and back are part of their day, in every file.
. "$ROOT/tests/lines.sh"

example=$ROOT/scenarios/examples/yunshan
county=$TEMPORARY/county
township=529901105
# fleet BASE RANGE: the example's, but that its ten tricycles live at BASE and come RANGE km far, and that there are no vans and trucks.
fleet() {
  awk -F, -v OFS=, -v base="$1" -v range="$2" 'NR == 2 { $4 = base; $19 = range } NR >= 3 && NR <= 5 { $5 = 0 } { print }' "$example/fleet.csv" >"$county/fleet.csv"
}
cp -r "$example" "$county"
fleet $township 130
check "the county is planned" "$XIANGDAO" plan "$county" -o "$TEMPORARY/plan" --iterations 20000 --threads 1 --lang zh
check "once more with two threads" "$XIANGDAO" plan "$county" -o "$TEMPORARY/two" --iterations 20000 --threads 2 --lang zh
plan=$TEMPORARY/plan/plan.json
rm -f "$TEMPORARY"/plan/run.json "$TEMPORARY"/two/run.json
check "all files but run.json are the same bytes" diff -r "$TEMPORARY/plan" "$TEMPORARY/two"
check "the checker accepts the plan" "$XIANGDAO" check "$county" "$plan"
away='[.routes[] | select(.type == "tricycle")]'
check "tricycles drive" jq -e "$away | length > 3" "$plan"
check "each begins and ends its day in the township" jq -e "$away | all(.base == \"$township\" and .base_name == \"石场镇\" and .approach_m > 0 and .homeward_m > 0)" "$plan"
check "the others live at the hub" jq -e '[.routes[] | select(.type != "tricycle")] | length > 0 and all(.approach_m == 0 and .start_s == .hub_leave_s and .end_s == .hub_back_s)' "$plan"
check "it leaves its base before it leaves the hub with its goods, and is home after it is back there" \
  jq -e "$away | all(.start_s < .hub_leave_s and .hub_leave_s >= 36000 and .hub_back_s < .end_s and .hub_leave_s < .visits[0].arrive_s and .visits[-1].depart_s < .hub_back_s)" "$plan"
check "the shift, the longest duty and the range hold from base to base" jq -e "$away | all(.start_s >= 28800 and .end_s <= 64800 and .end_s - .start_s <= 28800 and .length_m <= 130000)" "$plan"
check "the length is that of all legs" jq -e "$away | all(.length_m > .approach_m + .homeward_m + ([.visits[].length_m] | add))" "$plan"
check "kilometres between base and hub are empty ones" jq -e '.empty_length_km + 0.001 >= ([.vehicles[].base_length_km] | add) and ([.vehicles[].base_length_km] | add) > 100' "$TEMPORARY/plan/kpi.json"
check "routes.csv tells when to leave the base and the hub" grep -q '石场镇,0[89]:[0-9][0-9],1[0-9]:[0-9][0-9],' "$TEMPORARY/plan/routes.csv"
check "the map shows the base of each" jq -e '[.features[].properties | select(.kind == "base" and .name == "石场镇")] | length > 3' "$TEMPORARY/plan/routes.geojson"
ends=$(sed -n 's/^.*<trkpt lat="\([0-9.]*\)" lon="\([0-9.]*\)".*/\1 \2/p' "$TEMPORARY"/plan/gpx/01-*.gpx | sed -n '1p;$p' | uniq | wc -l)
check "a track begins and ends at one place, the base" test "$ends" -eq 1 -a "$(grep -c '<name>[0-9:]* 石场镇</name>' "$TEMPORARY"/plan/gpx/01-*.gpx)" -ge 2

# What a file says of these ways is judged by the roads.
wrong() { # KIND SENTENCE JQ_FILTER
  jq "([.routes[].type] | index(\"tricycle\")) as \$r | $3" "$plan" >"$TEMPORARY/wrong.json"
  check_exit 1 "$2" "$XIANGDAO" check "$county" "$TEMPORARY/wrong.json" --json
  check "... by its name, $1" jq -e --arg kind "$1" 'any(.violations[]; .kind == $kind)' "$TEMPORARY/stdout"
}
wrong base_leave "a vehicle at the hub before it can come from its base is found" '.routes[$r].start_s = .routes[$r].hub_leave_s - 60'
wrong base_back "a vehicle at home before it can be there is found" '.routes[$r].end_s = .routes[$r].hub_back_s'
wrong length_stated "an approach shorter than the road is found" '.routes[$r].approach_m -= 1'
wrong length_stated "a way home shorter than the road is found" '.routes[$r].homeward_m = 0'
wrong duration "a day that is too long with its approach is found" '.routes[$r].start_s = .routes[$r].end_s - 28801'
check_exit 0 "the plan of the county passes in the form of the time before bases, where nobody lives elsewhere" sh -c "
  '$XIANGDAO' plan '$example' -o '$TEMPORARY/hub' --iterations 500 &&
  jq '.version = 1 | del(.routes[] | .base, .base_name, .hub_leave, .hub_leave_s, .hub_back, .hub_back_s, .approach_m, .homeward_m)' '$TEMPORARY/hub/plan.json' >'$TEMPORARY/old.json' &&
  '$XIANGDAO' check '$example' '$TEMPORARY/old.json'"

# Tables.
fleet 529901195 130
check_exit 65 "a base that is no place is refused" "$XIANGDAO" plan "$county" --iterations 10 --lang en
check "... with its place and a suggestion" grep -q 'fleet.csv:2:[0-9]*: base: found the unknown code 529901195.*do you mean' "$TEMPORARY/stderr"
fleet 石场镇 130
check_exit 65 "a base by its name is refused" "$XIANGDAO" plan "$county" --iterations 10 --lang en
check "... with its code" grep -q "base: found the name \"石场镇\", expected its code $township" "$TEMPORARY/stderr"
cut_off=$(awk -F, '$2 == "老田坝村" { gsub(/[^0-9]/, "", $1); print $1 }' "$example/places.csv")
fleet "$cut_off" 130
check_exit 0 "a base that no road leaves is planned without its vehicles" "$XIANGDAO" plan "$county" -o "$TEMPORARY/cut" --iterations 500 --lang en
check "... which is told at its place" grep -q 'fleet.csv:2: base: tricycle has its base at 老田坝村, but no road' "$TEMPORARY/stderr"
check "... and none of them drives" jq -e 'all(.routes[]; .type != "tricycle")' "$TEMPORARY/cut/plan.json"
fleet $township 60
check_exit 0 "a base too far away for the range is planned without its vehicles" "$XIANGDAO" plan "$county" --iterations 500 --lang en
check "... which is told" grep -q 'fleet.csv:2: range_km: tricycle cannot serve any place.*with the ways from and to its base' "$TEMPORARY/stderr"
