#!/usr/bin/env bash
# Where the points of network matrix and network route lie on the roads, and what is said of those that lie far from them or on none.
. "$ROOT/tests/lines.sh"

said() { check "$1" grep -qF -- "$2" "$TEMPORARY/stderr"; }
holds() { check "$1" jq -e "$3" "$2"; }
rows() { tr -d '\r' <"$1" | sed '1s/^\xef\xbb\xbf//'; }

# A street with a lane to a bollard; a lane of its own 3 km away; a footpath.
cat >"$TEMPORARY/map.osm" <<'XML'
<osm version="0.6">
<node id="1" lat="26.5" lon="106.49"/><node id="2" lat="26.5" lon="106.5"/><node id="3" lat="26.5" lon="106.51"/>
<node id="4" lat="26.502" lon="106.5"/><node id="5" lat="26.504" lon="106.5"/><node id="6" lat="26.506" lon="106.5"><tag k="barrier" v="bollard"/></node>
<node id="7" lat="26.53" lon="106.50"/><node id="8" lat="26.53" lon="106.51"/>
<node id="9" lat="26.55" lon="106.50"/><node id="10" lat="26.55" lon="106.51"/>
<way id="10"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="secondary"/></way>
<way id="12"><nd ref="2"/><nd ref="4"/><nd ref="5"/><nd ref="6"/><tag k="highway" v="unclassified"/></way>
<way id="14"><nd ref="7"/><nd ref="8"/><tag k="highway" v="residential"/></way>
<way id="16"><nd ref="9"/><nd ref="10"/><tag k="highway" v="footway"/></way>
</osm>
XML
map=$TEMPORARY/map.osm
sed 's#</osm>#<relation id="7"><member type="way" ref="12" role="from"/><member type="node" ref="2" role="via"/><member type="way" ref="10" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="only_left_turn"/></relation></osm>#' "$map" >"$TEMPORARY/only.osm"
for file in map only; do
  for costs in "" --turn-costs; do
    # shellcheck disable=SC2086
    check_exit 0 "$file.osm: a way from a lane that ends at a bollard $costs" "$XIANGDAO" network route "$TEMPORARY/$file.osm" --from 106.5,26.503 --to 106.505,26.5 --no-snapshot --json $costs
    holds "  from the lane itself" "$TEMPORARY/stdout" '.snap_from_m == 0 and .length_m > 800 and .length_m < 850'
  done
done

printf 'id,lon,lat\nstreet,106.495,26.5\nfar,106.505,26.503\nlane,106.505,26.5301\npath,106.505,26.55\nnowhere,106.505,27.5\noff,106.505,26.515\n' >"$TEMPORARY/points.csv"
matrix=(network matrix "$map" --points "$TEMPORARY/points.csv" --no-snapshot --lang en)
check_exit 0 "a table of points of all sorts" "$XIANGDAO" "${matrix[@]}" -o "$TEMPORARY/m.json" --snaps "$TEMPORARY/snaps.csv" --json
said "a point far from the road is told" "point far: 334 m from the road"
said "an island too" "point lane: island, the road 11 m away is cut off from the others"
said "  and a road that is closed to the vehicle" "point path: closed to this vehicle, the nearest road is 0 m away"
said "  and a point that is nowhere" "point nowhere: too far from a road, there is none within 10000 m"
said "  and one beyond the radius" "point off: too far from a road, the nearest is 1118 m away"
check "no word of a point that lies at the road" test "$(grep -c 'point street' "$TEMPORARY/stderr")" = 0
for file in m.json stdout; do
  holds "$file tells all of them" "$TEMPORARY/$file" '(.snaps // .points) as $p | [$p[] | [.id, .status, .distance_m]] == [["street", "ok", 0], ["far", "ok", 334], ["lane", "island", 11], ["path", "closed", 0], ["nowhere", "off_network", null], ["off", "off_network", 1118]] and ($p[0] | .snapped_lon == 106.495 and .snapped_lat == 26.5)'
done
check "the table of snaps too" test "$(rows "$TEMPORARY/snaps.csv" | cut -d, -f1,6,7 | tr '\n' ' ')" = "id,distance_m,status street,0,ok far,334,ok lane,11,island path,0,closed nowhere,,off_network off,1118,off_network "
check "  with positions" test "$(rows "$TEMPORARY/snaps.csv" | sed -n 2,3p | cut -d, -f2-5 | tr '\n' ' ')" = "106.495,26.5,106.495,26.5 106.505,26.503,106.505,26.5 "
check_exit 0 "a larger radius" "$XIANGDAO" "${matrix[@]}" --radius 1200 --json
holds "  reaches farther" "$TEMPORARY/stdout" '.snaps[5].status == "ok"'
check_exit 64 "a radius of nought is refused" "$XIANGDAO" "${matrix[@]}" --radius 0
check_exit 64 "  and one over the limit" "$XIANGDAO" "${matrix[@]}" --radius 20001
check_exit 0 "a table in Chinese" "$XIANGDAO" network matrix "$map" --points "$TEMPORARY/points.csv" --no-snapshot --lang zh
said "  says all in Chinese" "点 lane:孤岛,11 米处的道路与其他道路不相连"
check "  without a word of English" test "$(grep -cE 'island|closed|off_network' "$TEMPORARY/stderr")" = 0

# All points of a request on one small part of the roads.
printf 'id,lon,lat\na,106.502,26.5301\nb,106.508,26.5301\nnowhere,106.505,27.5\n' >"$TEMPORARY/lane.csv"
check_exit 0 "a table on the lane alone" "$XIANGDAO" network matrix "$map" --points "$TEMPORARY/lane.csv" --no-snapshot --json
holds "  has its ways" "$TEMPORARY/stdout" '.unreachable == 4 and [.snaps[].status] == ["ok", "ok", "off_network"]'
check_exit 0 "a route on the lane" "$XIANGDAO" network route "$map" --from 106.502,26.5301 --to 106.508,26.5301 --no-snapshot
check_exit 1 "from it to the street there is none" "$XIANGDAO" network route "$map" --from 106.502,26.5301 --to 106.495,26.5 --no-snapshot --lang en
said "  and why" "--from lies at roads that are cut off from the others for this vehicle (the nearest 11 m away), expected one that joins them within 1000 m"

# No way at all.
printf 'id,lon,lat\na,26.5,106.49\nb,26.5,106.5\n' >"$TEMPORARY/swapped.csv"
sed 's/lat="26.5\([0-9]*\)" lon="106.\([0-9]*\)"/lat="26.5\1" lon="66.\2"/g' "$map" >"$TEMPORARY/west.osm"
printf 'id,lon,lat\na,26.5,66.49\nb,26.5,66.505\n' >"$TEMPORARY/swapped.csv"
check_exit 1 "a table without a way ends with 1" "$XIANGDAO" network matrix "$TEMPORARY/west.osm" --points "$TEMPORARY/swapped.csv" --no-snapshot --lang en -o "$TEMPORARY/none.csv"
said "  and tells that lon and lat look swapped" "no way between any two of 2 points: lon and lat look swapped (with them exchanged, 2 lie at a road)"
check "  the file is written" test -s "$TEMPORARY/none.csv"
check_exit 1 "a route too" "$XIANGDAO" network route "$TEMPORARY/west.osm" --from 26.5,66.49 --to 66.505,26.5 --no-snapshot --lang en
said "  tells it" "--from lies far from every road; lon and lat look swapped: expected LON,LAT"

# Help of the group, and other texts.
check_exit 0 "network --help is told" "$XIANGDAO" network --help
check "  with its commands" test "$(grep -cE '^  network (check|route|matrix) ' "$TEMPORARY/stdout")" = 3
check_exit 0 "help network too, in Chinese" "$XIANGDAO" help network --lang zh
check "  with its commands" grep -q '两点间最快路线' "$TEMPORARY/stdout"
check_exit 64 "plan is no group" "$XIANGDAO" nothing --help
printf 'id,lon,lat\n,106.5,26.5\na,106.5,26.5\na,106.5,26.5\n' >"$TEMPORARY/ids.csv"
check_exit 65 "points without and with the same id" "$XIANGDAO" network matrix "$map" --points "$TEMPORARY/ids.csv" --no-snapshot --lang zh
said "  are told in Chinese" "编号 a 重复,首次出现在第 3 行"
said "  both" "为空;应填写该点的编号"
printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"highway":"track","join_m":"abc"},"geometry":{"type":"LineString","coordinates":[[106.5,26.5],[106.5,26.6]]}}]}' >"$TEMPORARY/extra.json"
check_exit 65 "a text where metres are due" "$XIANGDAO" network check "$map" --extra-roads "$TEMPORARY/extra.json" --no-snapshot --lang zh
said "  is told in Chinese" "此处为文字,应为 1 至"

cp "$TEMPORARY/points.csv" "$TEMPORARY/own.csv"
for output in -o --snaps; do
  check_exit 64 "$output may not be the points themselves" "$XIANGDAO" network matrix "$map" --points "$TEMPORARY/own.csv" "$output" "$TEMPORARY/own.csv" --no-snapshot --lang en
  said "  as is told" "would be overwritten"
done
check "  which stay as they were" cmp "$TEMPORARY/points.csv" "$TEMPORARY/own.csv"
check_exit 64 "nor one file both outputs" "$XIANGDAO" "${matrix[@]}" -o "$TEMPORARY/both.csv" --snaps "$TEMPORARY/both.csv"
