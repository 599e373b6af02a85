#!/usr/bin/env bash
# roads.sh [RUNS]: what roads cost beside what they are measured against, as a table in Markdown on standard output, aims of issue 3 in its last column.
# Load: a map to a profile's graph, in turn with `osmium fileinfo -e` (PBF) or a bare SAX2 pass (XML) over the same file, RUNS times each (default 7), the
# least of each: on a machine with other work both then had the same luck. Then bench_roads: order, customization, tables, ways, each without turn costs and
# with them ("+turns"), beside RoutingKit on the same graph and places (it has times alone, no turns, one thread) where XD_ROUTINGKIT names its built folder.
# Environment: XD_SHARED (../shared), XD_JOBS (2), XD_ROUTINGKIT, XD_ROADS_TABLES=0 leaves bench_roads out.
# osmium comes with: scripts/install-packages.sh bench. What is not there is left out.
set -euo pipefail
runs=${1:-7}
[[ $runs =~ ^[1-9][0-9]*$ ]] || { echo "usage: $0 [RUNS]" >&2; exit 64; }
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export XD_SHARED=${XD_SHARED:-$PWD/../shared}
osm=$XD_SHARED/osm
cmake --preset release >/dev/null
cmake --build --preset release --target benches -j "${XD_JOBS:-2}" >/dev/null
bin=$PWD/build/release/bench
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

least() { sort -g | head -n 1; }
value() { jq -r --arg step "$1" 'select(.case | endswith("/" + $step)) | .value' "$2"; }
row() { printf '| %s | %s | %s | %s | %s |\n' "$@"; }
# seconds COMMAND...: wall time of a command that says nothing.
seconds() {
  local begin=$EPOCHREALTIME
  "$@" >/dev/null
  awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.4f\n", b - a }'
}
osmium_pass() { seconds osmium fileinfo -e "$1"; }
sax_pass() { "$bin/bench_sax_count" "$1" | jq .value; }

# load FILE FLOOR_NAME FLOOR_COMMAND AIM MEMORY_AIM
load() {
  local file=$1 floor_name=$2 floor=$3 aim=$4 memory_aim=$5 name
  name=$(basename "$file")
  [ -e "$file" ] || { echo "skipped: $file is not there" >&2; return 0; }
  : >"$work/floor"
  : >"$work/load"
  for ((run = 0; run < runs; run++)); do
    "$floor" "$file" >>"$work/floor"
    "$bin/bench_osm_load" "$file" >>"$work/load"
  done
  local floor_s load_s both_s memory_mb
  floor_s=$(least <"$work/floor")
  load_s=$(value load "$work/load" | least)
  both_s=$(value load_and_graph "$work/load" | least)
  memory_mb=$(value peak_memory "$work/load" | sort -g | tail -n 1)
  row "$name: file to network" "$load_s s" "$floor_name" "$floor_s s" ""
  row "$name: file to a profile's graph" "$both_s s" "$floor_name" \
    "$(awk -v a="$both_s" -v b="$floor_s" 'BEGIN { printf "%.2f times", a / b }')" "$aim"
  row "$name: peak memory" "$memory_mb MB" "" "" "$memory_aim"
}

row step value "measured against" "that, or the ratio" aim
row --- --- --- --- ---
if command -v osmium >/dev/null; then
  load "$osm/small/andorra-2026.osm.pbf" "osmium fileinfo -e" osmium_pass "at most 2.5 times" "at most 60 MB"
  load "$osm/medium/andorra-x25-roads-synthetic.osm.pbf" "osmium fileinfo -e" osmium_pass "at most 2.5 times" ""
else
  echo "skipped: osmium is not there; scripts/install-packages.sh bench installs it" >&2
fi
if [ -e "$osm/small/andorra-2026.osm.bz2" ]; then
  bzcat "$osm/small/andorra-2026.osm.bz2" >"$work/andorra-2026.osm"
  load "$work/andorra-2026.osm" "SAX2 counting pass" sax_pass "at most 1.5 times" ""
fi
[ "${XD_ROADS_TABLES:-1}" = 0 ] && exit 0
routingkit=
if [ -n "${XD_ROUTINGKIT:-}" ]; then
  routingkit=$work/routingkit
  g++ -O3 -march=native -std=c++17 -fopenmp -I"$XD_ROUTINGKIT/include" bench/peers/routingkit.cc -o "$routingkit" \
    "$XD_ROUTINGKIT/lib/libroutingkit.a" -lz
else
  echo "skipped: RoutingKit; XD_ROUTINGKIT=FOLDER measures it beside" >&2
fi

# peer STEP: RoutingKit's step that does the same work.
peer() {
  case $1 in
  order | customize | perfect | table_1000 | table_5000 | way) value "$1" "$work/peer" ;;
  table_5000_two_threads) value table_5000 "$work/peer" ;;
  esac
}
aim() { # CASE
  case $1 in
  *x25*+turns/*) ;;
  *x25*/order) echo "at most 3 s" ;;
  *x25*/customize) echo "at most 0.015 s" ;;
  *x25*/perfect) echo "at most 0.1 s" ;;
  *x25*/table_1000) echo "at most 0.025 s" ;;
  *x25*/table_5000) echo "at most 0.35 s" ;;
  *x25*/table_5000_two_threads) echo "less than with one" ;;
  *x25*/way) echo "at most 6 us" ;;
  *x25*/snapshot) echo "at most 0.15 s" ;;
  esac
}
for map in small/andorra-2026 medium/andorra-x25-roads-synthetic; do
  file=$osm/$map.osm.pbf
  [ -e "$file" ] || continue
  XD_BENCH_DUMP=$work/dump "$bin/bench_roads" "$file" >"$work/roads"
  : >"$work/peer"
  [ -z "$routingkit" ] || "$routingkit" "$work/dump" peer >"$work/peer" 2>/dev/null
  jq -r '[.case, .value, .unit] | @tsv' "$work/roads" | while IFS=$'\t' read -r case value unit; do
    theirs=
    [[ $case == *+turns/* ]] || theirs=$(peer "${case##*/}")
    ratio=
    [ -z "$theirs" ] || ratio=$(awk -v a="$value" -v b="$theirs" -v unit="$unit" 'BEGIN { printf "%.4g %s, %.2f times", b, unit, a / b }')
    row "${case/\//: }" "$(printf '%.4g' "$value") $unit" "${theirs:+RoutingKit}" "$ratio" "$(aim "$case")"
  done
done
