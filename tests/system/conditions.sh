#!/usr/bin/env bash
# Conditional tags decide by vehicle and are told by network check; movable bridges take time; places at the kerb are reached from their own side, in routes, tables
# and plans alike.
. "$ROOT/tests/lines.sh"

case=$TEMPORARY/case
mkdir -p "$case"
# A road of 15 km along latitude 27: behind 5 km closed to what weighs more than 3.5 t but for deliveries, behind 9 km also to deliveries.
cat >"$case/map.osm" <<'X'
<osm version='0.6'>
<node id='1' lat='27.0' lon='106.00'/><node id='2' lat='27.0' lon='106.05'/><node id='3' lat='27.0' lon='106.09'/><node id='4' lat='27.0' lon='106.15'/>
<way id='10'><nd ref='1'/><nd ref='2'/><tag k='highway' v='tertiary'/></way>
<way id='11'><nd ref='2'/><nd ref='3'/><tag k='highway' v='tertiary'/><tag k='motor_vehicle:conditional' v='no @ (weight&gt;3.5); yes @ (delivery)'/></way>
<way id='12'><nd ref='3'/><nd ref='4'/><tag k='highway' v='tertiary'/><tag k='hgv:conditional' v='no @ (weight&gt;3.5)'/><tag k='maxspeed:conditional' v='20 @ (22:00-06:00)'/></way>
<relation id='20'><member type='way' ref='10' role='from'/><member type='node' ref='2' role='via'/><member type='way' ref='11' role='to'/>
<tag k='type' v='restriction'/><tag k='restriction:conditional' v='no_straight_on @ (weight&gt;3.5'/></relation>
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
printf 'code,name,tier,parent,lon,lat\nh,中心,hub,,106.00,27.0\na,甲村,village,,106.05,27.0001\n' >"$case/places.csv"
printf 'place,goods,direction,quantity,unit\na,parcel,down,20,piece\n' >"$case/demand.csv"
printf 'type,name,profile,count,payload_kg,volume_m3,fixed_yuan_day,driver_yuan_day,energy,energy_per_100km,shift_start,shift_end,duty_max_h\nvan,微面,minivan,1,600,4.5,70,200,petrol,8,08:00,18:00,9\n' >"$case/fleet.csv"
holds() { check "$1" jq -e "$3" "$2"; }
told() { check "$1" grep -qF -- "$2" "$TEMPORARY/text"; }

# network check
"$XIANGDAO" network check "$case/map.osm" --no-snapshot --json >"$TEMPORARY/json" 2>/dev/null
holds "network check counts conditions of hours, with an example" "$TEMPORARY/json" '[.tags_not_understood[] | select(.kind == "conditional")] == [{"kind": "conditional", "object": "way", "tags": 1, "example": 12}]'
holds "  and those that are malformed, of restrictions too" "$TEMPORARY/json" '[.tags_not_understood[] | select(.kind == "condition")] == [{"kind": "condition", "object": "relation", "tags": 1, "example": 20}]'
"$XIANGDAO" network check "$case/map.osm" --no-snapshot --lang en >"$TEMPORARY/text" 2>&1
told "  in words" "tags not understood: conditions of time or weather (not applied), 1 times, for example at way 12"
"$XIANGDAO" network check "$case/map.osm" --no-snapshot --lang zh >"$TEMPORARY/text" 2>&1
told "  and in Chinese" "未采用的标签: 条件 1 处,例如关系 20"

# network route
route() { check_exit "$1" "$2" "$XIANGDAO" network route "$case/map.osm" --from 106.00,27.0 --no-snapshot --json "${@:3}" && cp "$TEMPORARY/stdout" "$TEMPORARY/json"; }
route 0 "a light vehicle drives where its weight is allowed" --to 106.099,27.0 --profile minivan
route 0 "  a truck where it delivers" --to 106.07,27.0 --profile light_truck
check_exit 1 "  but not where no delivery lets it in" "$XIANGDAO" network route "$case/map.osm" --from 106.00,27.0 --to 106.14,27.0 --no-snapshot --profile light_truck

# the kerb
route 0 "a place is reached from either side" --to 106.05,27.0001
any_m=$(jq .length_m "$TEMPORARY/json")
route 0 "  at the kerb from its own" --to 106.05,27.0001 --approach kerb
holds "    by way of the end of the road" "$TEMPORARY/json" ".length_m > 2 * $any_m"
kerb_m=$(jq .length_m "$TEMPORARY/json")
route 0 "  or where traffic keeps left" --to 106.05,27.0001 --approach kerb_left
holds "    straight on" "$TEMPORARY/json" ".length_m == $any_m"
check_exit 64 "a side that is none is refused" "$XIANGDAO" network route "$case/map.osm" --from 106.00,27.0 --to 106.05,27.0001 --approach curb
check "  with what is expected" grep -qF 'expected any, kerb or kerb_left' "$TEMPORARY/stderr"
printf 'id,lon,lat\nh,106.00,27.0\na,106.05,27.0001\n' >"$TEMPORARY/points.csv"
check_exit 0 "a table at the kerb" "$XIANGDAO" network matrix "$case/map.osm" --points "$TEMPORARY/points.csv" --no-snapshot --approach kerb -o "$TEMPORARY/m.csv"
check "  tells the same" grep -q "^h,a,[0-9]*,$kerb_m" "$TEMPORARY/m.csv"
plan_m() { "$XIANGDAO" plan "$1" -o "$2" --iterations 100 --no-snapshot >"$TEMPORARY/text" 2>&1 && jq '[.routes[].length_m] | add' "$2/plan.json"; }
any_m=$(plan_m "$case" "$TEMPORARY/any")
cp -r "$case" "$TEMPORARY/kerb_case"
printf '  approach: kerb\n' >>"$TEMPORARY/kerb_case/scenario.yaml"
kerb_m=$(plan_m "$TEMPORARY/kerb_case" "$TEMPORARY/kerb")
check "a plan at the kerb drives on to where one can turn" test "$((kerb_m))" -gt "$((any_m * 3 / 2))"
check_exit 0 "  and holds" "$XIANGDAO" check "$TEMPORARY/kerb_case" "$TEMPORARY/kerb/plan.json" --no-snapshot
check_exit 1 "  but not where any side will do" "$XIANGDAO" check "$case" "$TEMPORARY/kerb/plan.json" --no-snapshot
