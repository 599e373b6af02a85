#!/usr/bin/env bash
# Tables are byte-equal whichever vectors the sweeps use: the program as it is, and with each version of their loops alone (tests/system/widths.cmake).
. "$ROOT/tests/lines.sh"

awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print "id,lon,lat"; next } { print NR "," $at["lon"] "," $at["lat"] }' \
  "$ROOT/scenarios/examples/yunshan/places.csv" >"$TEMPORARY/points.csv"
check "there are points for several batches of sources" test "$(wc -l <"$TEMPORARY/points.csv")" -gt 40

# matrix PROGRAM NAME MAP: tables of weights of two, three and four numbers.
matrix() {
  local program=$1 name=$2 map=$3 way options
  for way in time cost turns energy; do
    case $way in
    time) options=(--profile walking) ;;
    cost) options=(--profile light_truck) ;;
    turns) options=(--profile minivan --turn-costs) ;;
    energy) options=(--profile ev_van --energy) ;;
    esac
    "$program" network matrix "$map" --points "$TEMPORARY/points.csv" "${options[@]}" --threads 1 -o "$TEMPORARY/$name-$way.bin" || return
  done
}

compare() { # MAP
  local width way
  check "$(basename "$1"): the program's tables are made" matrix "$XIANGDAO" program "$1"
  for width in sse2 avx2 avx512f; do
    if [ ! -x "$BUILD/tests/xiangdao_$width" ]; then
      skip "this build has no program with $width alone"
    elif ! grep -qw "$width" /proc/cpuinfo; then
      skip "this processor has no $width"
    else
      check "$(basename "$1"): tables are made with $width alone" matrix "$BUILD/tests/xiangdao_$width" "$width" "$1"
      for way in time cost turns energy; do
        check "$(basename "$1"), $width: the table by $way is the same bytes" cmp "$TEMPORARY/program-$way.bin" "$TEMPORARY/$width-$way.bin"
      done
    fi
  done
}

compare "$ROOT/scenarios/examples/yunshan/map.osm.gz"
if need_shared osm/small/andorra-2026-roads.osm.pbf; then # private roads too, and points off all roads
  awk 'BEGIN { srand(1); print "id,lon,lat"; for (i = 0; i < 200; i++) print i "," 1.42 + 0.33 * rand() "," 42.45 + 0.17 * rand() }' >"$TEMPORARY/points.csv"
  compare "$XD_SHARED/osm/small/andorra-2026-roads.osm.pbf"
fi
