#!/usr/bin/env bash
# A river without a bridge: both sides have a road network of their own, and nobody is dragged across the water.
. "$ROOT/tests/lines.sh"

holds() { check "$1" jq -e "$3" "$2"; }
said() { check "$1" grep -qF -- "$2" "$TEMPORARY/stderr"; }
case=$TEMPORARY/case
mkdir -p "$case"
# Streets 100 m apart: 25 by 25 from 106.5, 26.5, and 18 by COLUMNS on the other side of the river, 500 m north of them.
county() { # COLUMNS of the far side
  awk -v far="$1" 'function grid(first, columns, rows, lat,   r, c, id) {
      for (r = 0; r < rows; r++) for (c = 0; c < columns; c++) printf "<node id=\"%d\" lat=\"%.6f\" lon=\"%.6f\"/>\n", first + r * columns + c, lat + r * 0.0009, 106.5 + c * 0.001
      for (r = 0; r < rows; r++) { printf "<way id=\"%d\">", first + r; for (c = 0; c < columns; c++) printf "<nd ref=\"%d\"/>", first + r * columns + c; print "<tag k=\"highway\" v=\"residential\"/></way>" }
      for (c = 0; c < columns; c++) { printf "<way id=\"%d\">", first + 500 + c; for (r = 0; r < rows; r++) printf "<nd ref=\"%d\"/>", first + r * columns + c; print "<tag k=\"highway\" v=\"residential\"/></way>" }
    }
    BEGIN { print "<osm version=\"0.6\">"; grid(1, 25, 25, 26.5); grid(1001, 18, far, 26.5261); print "</osm>" }' >"$case/all"
  { grep -v '<way' "$case/all" | grep -v '</osm>'; grep '<way' "$case/all"; echo '</osm>'; } >"$case/map.osm"
}
cat >"$case/scenario.yaml" <<'X'
xiangdao: 1
name: 试县
date: 2026-03-02
map: map.osm
codes: free
X
printf 'place,goods,direction,quantity,unit\na,parcel,down,20,piece\nb,parcel,down,20,piece\n' >"$case/demand.csv"
printf 'type,name,profile,count,payload_kg,volume_m3,fixed_yuan_day,driver_yuan_day,energy,energy_per_100km,shift_start,shift_end,duty_max_h\nvan,微面,minivan,1,600,4.5,70,200,petrol,8,08:00,18:00,9\n' >"$case/fleet.csv"
places() { # LAT of the hub, of a and of b
  printf 'code,name,tier,parent,lon,lat\nh,中心,hub,,106.505,%s\na,甲村,village,,106.51,%s\nb,乙村,village,,106.5102,%s\n' "$@" >"$case/places.csv"
}
plan() { "$XIANGDAO" plan "$case" -o "$TEMPORARY/out" --iterations 50 --no-snapshot --lang en >"$TEMPORARY/stdout" 2>"$TEMPORARY/stderr"; }
checked() { "$XIANGDAO" network check "$case/map.osm" "$case" --no-snapshot --json >"$TEMPORARY/json" 2>/dev/null; }

county 16
places 26.505 26.51 26.5265
checked
holds "a village on the far side is an island, though a road of the hub's side lies within the radius" "$TEMPORARY/json" '[.places_unreached[] | [.code, .problem, .nearest_road_m]] == [["b", "island", 20]] and .places_unreached[0].profiles[0].nearest_usable_road_m > 500'
check "plan serves the others" plan
holds "  and leaves it" "$TEMPORARY/out/plan.json" '[.unserved[].place] == ["b"] and [.unplaced[] | [.place, .reason]] == [["b", "island"]]'
said "  with the reason" "乙村 cannot be served: the roads within 1000 m do not lead to the hub and back"
places 26.53 26.5275 26.51
checked
holds "the hub's side decides, not the larger" "$TEMPORARY/json" '[.places_unreached[].code] == ["b"]'
printf 'id,lon,lat\na,106.51,26.51\nb,106.5102,26.5265\nc,106.512,26.505\n' >"$TEMPORARY/points.csv"
check_exit 0 "network matrix" "$XIANGDAO" network matrix "$case/map.osm" --points "$TEMPORARY/points.csv" --no-snapshot --json --lang en
holds "  leaves it where it is, without ways to the others" "$TEMPORARY/stdout" '.unreachable == 4 and [.snaps[] | [.id, .status]] == [["a", "ok"], ["b", "island"], ["c", "ok"]] and .snaps[1].distance_m == 20'
said "  and says why" "point b: island, its roads (20 m away) do not lead to those of most points"
check_exit 1 "network route finds none" "$XIANGDAO" network route "$case/map.osm" --from 106.51,26.51 --to 106.5102,26.5265 --no-snapshot

county 3
places 26.505 26.51 26.5265
checked
holds "on a few lanes it is moved to the road that would do" "$TEMPORARY/json" '.places_unreached == [] and .road_distance_m.max > 500'
places 26.5263 26.527 26.5265
checked
holds "a county that lies on such lanes alone uses them" "$TEMPORARY/json" '.places_unreached == [] and .road_distance_m.max < 60'
check "  and is planned" plan
holds "  with both villages served" "$TEMPORARY/out/plan.json" '.unserved == []'
