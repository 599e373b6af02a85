#!/usr/bin/env bash
# Snapshots beside the map: the second start uses one, and no result depends on it.
. "$ROOT/tests/lines.sh"

age() { touch -d '2024-01-02 03:04:05.678' "$1"; } # else it is too young for a snapshot
told() { jq -r .snapshot "$1"; }

# same_plans NAME SCENARIO MAP: plans without a snapshot, with a new one, and from it.
same_plans() {
  local name=$1 scenario=$2 map=$3
  age "$map"
  rm -f "$map.xdroads"
  check "$name: is planned without a snapshot" "$XIANGDAO" plan "$scenario" -o "$TEMPORARY/plan-$name-off" --iterations 300 --no-snapshot
  check "$name: none is written then" test ! -e "$map.xdroads"
  check "$name: is planned once more" "$XIANGDAO" plan "$scenario" -o "$TEMPORARY/plan-$name-written" --iterations 300
  check "$name: is planned from the snapshot" "$XIANGDAO" plan "$scenario" -o "$TEMPORARY/plan-$name-used" --iterations 300
  check "$name: run.json tells which was which" \
    test "$(told "$TEMPORARY/plan-$name-off/run.json") $(told "$TEMPORARY/plan-$name-written/run.json") $(told "$TEMPORARY/plan-$name-used/run.json")" = "off written used"
  rm -f "$TEMPORARY/plan-$name"-*/run.json
  check "$name: all files but run.json are the same bytes when it is written" diff -r "$TEMPORARY/plan-$name-off" "$TEMPORARY/plan-$name-written"
  check "$name: and when it is used" diff -r "$TEMPORARY/plan-$name-off" "$TEMPORARY/plan-$name-used"
  check "$name: the checker accepts the plan from the snapshot" "$XIANGDAO" check "$scenario" "$TEMPORARY/plan-$name-off/plan.json"
}

# same_answers NAME MAP POINTS FROM TO: the network commands without a snapshot and with one.
same_answers() {
  local name=$1 map=$2 points=$3 from=$4 to=$5 kind profile
  for kind in off used; do
    local with=--no-snapshot
    [ "$kind" = used ] && with=--lang=en
    "$XIANGDAO" network check "$map" --json "$with" >"$TEMPORARY/check-$kind.json" 2>/dev/null
    for profile in minivan light_truck walking; do
      "$XIANGDAO" network matrix "$map" --points "$points" --profile "$profile" -o "$TEMPORARY/$profile-$kind.csv" "$with" >/dev/null 2>&1
      "$XIANGDAO" network route "$map" --from "$from" --to "$to" --profile "$profile" --json "$with" >"$TEMPORARY/$profile-$kind.json" 2>/dev/null
      "$XIANGDAO" network route "$map" --from "$from" --to "$to" --profile "$profile" --turn-costs --json "$with" >"$TEMPORARY/$profile-turns-$kind.json" 2>/dev/null
    done
  done
  check "$name: network check says the same from the snapshot" \
    test "$(jq 'del(.snapshot)' "$TEMPORARY/check-off.json")" = "$(jq 'del(.snapshot)' "$TEMPORARY/check-used.json")"
  check "$name: and which of both it was" test "$(told "$TEMPORARY/check-off.json") $(told "$TEMPORARY/check-used.json")" = "off used"
  for profile in minivan light_truck walking; do
    check "$name: the table of $profile is there" test -s "$TEMPORARY/$profile-off.csv"
    check "$name: the tables of $profile are the same bytes" cmp "$TEMPORARY/$profile-off.csv" "$TEMPORARY/$profile-used.csv"
    for turns in "" -turns; do
      check "$name: a way of $profile is found$turns" jq -e '.time_s > 0' "$TEMPORARY/$profile$turns-off.json"
      check "$name: the ways of $profile are the same$turns" \
        test "$(jq 'del(.snapshot)' "$TEMPORARY/$profile$turns-off.json")" = "$(jq 'del(.snapshot)' "$TEMPORARY/$profile$turns-used.json")"
    done
  done
}

points_of() { # SCENARIO: its places as points
  { echo id,lon,lat; awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) { gsub(/["\r]|^\357\273\277/, "", $i); at[$i] = i } next }
    $(at["lon"]) != "" { gsub(/"/, ""); print $(at["code"]) "," $(at["lon"]) "," $(at["lat"]) }' "$1/places.csv"; } | head -n 41
}

cp -r "$ROOT/scenarios/examples/yunshan" "$TEMPORARY/yunshan"
map=$(find "$TEMPORARY/yunshan" -name '*.osm*' ! -name '*.xdroads' | head -n 1)
same_plans yunshan "$TEMPORARY/yunshan" "$map"
points_of "$TEMPORARY/yunshan" >"$TEMPORARY/points.csv"
from=$(sed -n '2s/^[^,]*,//p' "$TEMPORARY/points.csv") to=$(sed -n '6s/^[^,]*,//p' "$TEMPORARY/points.csv")
same_answers yunshan "$map" "$TEMPORARY/points.csv" "$from" "$to"

# What is not for the map as it is, or damaged, is told, not used, and replaced.
state() { "$XIANGDAO" network route "$map" --from "$from" --to "$to" --json 2>/dev/null | jq -r .snapshot; }
touch -d '2024-01-02 03:04:06' "$map"
check "a map of another time makes the snapshot stale" test "$(state)" = stale
check "and the next start uses the new one" test "$(state)" = used
printf 'x' | dd of="$map.xdroads" bs=1 seek=20000 conv=notrunc 2>/dev/null
check "a damaged one is told" test "$(state)" = damaged
check "and replaced" test "$(state)" = used
truncate -s 1000 "$map.xdroads"
check "one that is cut is damaged too" test "$(state)" = damaged
cp "$map.xdroads" "$TEMPORARY/kept"
"$XIANGDAO" network route "$map" --from "$from" --to "$to" --json >/dev/null 2>&1 &
one=$!
rm -f "$map.xdroads"
"$XIANGDAO" network route "$map" --from "$from" --to "$to" --json >/dev/null 2>&1 &
two=$!
wait "$one" && wait "$two"
check "two starts at once both answer" test $? -eq 0
check "and leave one good snapshot, the same bytes as ever" cmp "$map.xdroads" "$TEMPORARY/kept"
rm -f "$map.xdroads"
MALLOC_PERTURB_=90 "$XIANGDAO" network route "$map" --from "$from" --to "$to" --json >/dev/null 2>&1
check "what memory held before is not written" cmp "$map.xdroads" "$TEMPORARY/kept"
check "and no temporary file" test -z "$(find "$TEMPORARY/yunshan" -name '*.tmp')"

mkdir "$TEMPORARY/closed"
cp "$map" "$TEMPORARY/closed/map.osm.gz"
age "$TEMPORARY/closed/map.osm.gz"
chmod 555 "$TEMPORARY/closed"
check "a folder that nobody may write to is no hindrance" \
  test "$("$XIANGDAO" network route "$TEMPORARY/closed/map.osm.gz" --from "$from" --to "$to" --json 2>/dev/null | jq -r .snapshot)" = off
check "and is left alone" test ! -e "$TEMPORARY/closed/map.osm.gz.xdroads"
chmod 755 "$TEMPORARY/closed"

if need_shared osm/small/andorra-2026.osm.pbf; then
  cp "$XD_SHARED/osm/small/andorra-2026.osm.pbf" "$TEMPORARY/andorra.osm.pbf"
  chmod u+w "$TEMPORARY/andorra.osm.pbf"
  map=$TEMPORARY/andorra.osm.pbf
  age "$map"
  check "andorra: init without a snapshot" "$XIANGDAO" init "$map" -o "$TEMPORARY/andorra" --no-snapshot
  check "andorra: init that writes one" "$XIANGDAO" init "$map" -o "$TEMPORARY/andorra-written" --name andorra
  check "andorra: init from the snapshot" "$XIANGDAO" init "$map" -o "$TEMPORARY/andorra-used" --name andorra
  check "andorra: the scenarios are the same bytes when it is written" diff -r "$TEMPORARY/andorra" "$TEMPORARY/andorra-written"
  check "andorra: and when it is used" diff -r "$TEMPORARY/andorra" "$TEMPORARY/andorra-used"
  same_plans andorra "$TEMPORARY/andorra" "$map"
  points_of "$TEMPORARY/andorra" >"$TEMPORARY/points.csv"
  same_answers andorra "$map" "$TEMPORARY/points.csv" 1.5218,42.5075 1.5790,42.5720
fi
