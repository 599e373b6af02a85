#!/usr/bin/env bash
# Elevation: the tiles of a scenario and of --elevation, those that are missing, and what cannot be read.
. "$ROOT/tests/lines.sh"

example=$ROOT/scenarios/examples/yunshan
tiles=$example/elevation

check_exit 0 "network check reads the scenario's elevation" "$XIANGDAO" network check "$example/map.osm.gz" "$example" --json
check "all four tiles are found" test "$(jq '[.elevation.tiles[] | select(.found and .side == 1201)] | length' "$TEMPORARY/stdout")" = 4
check "roads lie between 700 and 1600 m" jq -e '.elevation | .lowest_m > 700 and .highest_m < 1600 and .lowest_m < .highest_m and .nodes_without_height == 0' "$TEMPORARY/stdout"
check "their grades are those of a mountain county" jq -e '.elevation.grades | map(.length_km) | .[0] > 200 and .[3] > 20 and .[3] < 150 and length == 4' "$TEMPORARY/stdout"
check_exit 0 "and so does the plain form" "$XIANGDAO" network check "$example/map.osm.gz" --elevation "$tiles" --lang en
check "with words" grep -q '^elevation: 4 tiles needed, 4 found: N26E106 N26E107 N27E106 N27E107$' "$TEMPORARY/stdout"
check_exit 0 "without elevation nothing is told of it" "$XIANGDAO" network check "$example/map.osm.gz" --json
check "and JSON has none" jq -e 'has("elevation") | not' "$TEMPORARY/stdout"

mkdir "$TEMPORARY/part"
gzip -dc "$tiles/N27E106.hgt.gz" >"$TEMPORARY/part/n27e106.HGT"
check_exit 0 "a part of the tiles is enough" "$XIANGDAO" network check "$example/map.osm.gz" --elevation "$TEMPORARY/part" --lang en
check "the others are listed" grep -q 'warning: .*3 of the 4 tiles of elevation that the map needs are missing, roads there are taken for flat: N26E106, N26E107, N27E107' "$TEMPORARY/stderr"
check "and counted" grep -q '^elevation: 4 tiles needed, 1 found: N27E106; missing: N26E106 N26E107 N27E107$' "$TEMPORARY/stdout"
check_exit 0 "in Chinese too" "$XIANGDAO" network check "$example/map.osm.gz" --elevation "$TEMPORARY/part" --lang zh
check "with its words" grep -q '缺少 3 幅高程(地图共需 4 幅),该处道路按平路计:N26E106, N26E107, N27E107' "$TEMPORARY/stderr"
check_exit 0 "a single tile is a source" "$XIANGDAO" network route "$example/map.osm.gz" --elevation "$TEMPORARY/part/n27e106.HGT" --from 107.16,27.0556 --to 106.9389,27.1426
check "which tells what is missing" grep -q "3 of the 4 tiles" "$TEMPORARY/stderr"

mkdir "$TEMPORARY/none"
check_exit 66 "a folder without tiles is refused" "$XIANGDAO" network check "$example/map.osm.gz" --elevation "$TEMPORARY/none"
check_exit 66 "and one that is not there" "$XIANGDAO" network check "$example/map.osm.gz" --elevation "$TEMPORARY/nowhere"
head -c 2000000 "$TEMPORARY/part/n27e106.HGT" >"$TEMPORARY/none/N27E106.hgt"
printf 'id,lon,lat\na,107.02,26.98\n' >"$TEMPORARY/points.csv"
check_exit 65 "a cut tile is refused" "$XIANGDAO" network matrix "$example/map.osm.gz" --points "$TEMPORARY/points.csv" --elevation "$TEMPORARY/none" --lang en
check "with found and expected" grep -q 'N27E106.hgt: byte 2000000: holds 2000000 bytes of heights, expected 2884802 (1201 x 1201' "$TEMPORARY/stderr"

cp -r "$example" "$TEMPORARY/scenario"
sed -i 's/^elevation: .*/elevation: "..\/part"/' "$TEMPORARY/scenario/scenario.yaml"
check_exit 0 "plan reads a scenario's elevation" "$XIANGDAO" plan "$TEMPORARY/scenario" -o "$TEMPORARY/plan" --iterations 100 --lang en
check "and tells missing tiles" grep -q "3 of the 4 tiles" "$TEMPORARY/stderr"
sed -i 's/^elevation: .*/elevation: "nowhere"/' "$TEMPORARY/scenario/scenario.yaml"
check_exit 66 "a scenario whose elevation is not there is refused" "$XIANGDAO" plan "$TEMPORARY/scenario" -o "$TEMPORARY/plan2" --iterations 100
check "and nothing is written" test ! -e "$TEMPORARY/plan2"

if need_shared osm/small/andorra-2026.osm.pbf osm/elevation/N42E001.hgt.zip; then
  check_exit 0 "surveyed tiles in ZIPs are read" "$XIANGDAO" network check "$XD_SHARED/osm/small/andorra-2026.osm.pbf" --elevation "$XD_SHARED/osm/elevation" --json
  check "Andorra's roads lie between 800 and 3000 m" jq -e '.elevation | .lowest_m > 800 and .highest_m > 2400 and .highest_m < 3000' "$TEMPORARY/stdout"
  check_exit 0 "init writes the key for elevation as a comment" "$XIANGDAO" init "$XD_SHARED/osm/small/andorra-2026.osm.pbf" -o "$TEMPORARY/andorra"
  check "with where tiles come from" grep -q '^# elevation: .*SRTM' "$TEMPORARY/andorra/scenario.yaml"
fi
