#!/usr/bin/env bash
# run.sh [OPTIONS] SET...: solves the instances of each set (bench/quality/sets) and prints, as Markdown, the gap of each to the best known cost and their mean.
#   -o FILE.jsonl    keep one line a run here (default out/quality.jsonl); runs that it already holds are not made again, so that a stopped bench goes on
#   --seconds S      instead of those of the set
#   --seeds "1 2"    the default
#   --threads N      2 by default
#   --full           all instances that the set is drawn from
#   --solver FILE    instead of xiangdao, a command that is called as FILE INSTANCE SECONDS SEED CONVENTION and prints the cost of its best solution in its
#                    last line (bench/peers)
#   --name NAME      what the runs are called in FILE.jsonl and the table (default xiangdao and its version, or the solver's file name)
# Two files or names are compared by: build/release/bench/bench-gaps A.jsonl[:NAME] B.jsonl[:NAME].
# Best known: bench/quality/best.csv, else BKS.csv beside the instance (for times windows its rows NAME_dimacs). Environment: XD_SHARED (../shared),
# XIANGDAO (build/release/xiangdao).
set -euo pipefail
usage() { sed -n '2,11s/^# //p' "$0" >&2; exit 64; }
file=out/quality.jsonl seconds= seeds="1 2" threads=2 full= solver= name=
sets=()
while [ $# -gt 0 ]; do
  case $1 in
  -o | --seconds | --seeds | --threads | --solver | --name) [ $# -ge 2 ] || usage ;;&
  -o) file=$2; shift ;;
  --seconds) seconds=$2; shift ;;
  --seeds) seeds=$2; shift ;;
  --threads) threads=$2; shift ;;
  --full) full=1 ;;
  --solver) solver=$(realpath "$2"); shift ;;
  --name) name=$2; shift ;;
  -*) usage ;;
  *) sets+=("$1") ;;
  esac
  shift
done
[ ${#sets[@]} -gt 0 ] || usage
file=$(realpath -m "$file")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
shared=$(realpath "${XD_SHARED:-$PWD/../shared}")
xiangdao=${XIANGDAO:-build/release/xiangdao}
[ -n "$name" ] || { [ -n "$solver" ] && name=$(basename "${solver%.*}") || name=$("$xiangdao" --version | head -n 1); }
mkdir -p "$(dirname "$file")"
touch "$file"

# names SET: the instances, as FAMILY/FILE.
names() {
  local pattern low high
  if [ -n "$full" ] && read -r _ pattern low high < <(grep '^all ' "bench/quality/sets/$1"); then
    (cd "$shared/instances" && compgen -G "$pattern" | sort) | awk -v low="${low:-0}" -v high="${high:-1000000}" '
      { n = low + 1; if (match($0, /-n[0-9]+/)) n = substr($0, RSTART + 2, RLENGTH - 2) - 1; if (n >= low && n <= high) print }'
  else
    grep / "bench/quality/sets/$1" | grep -v '^\(#\|all \)'
  fi
}
setting() { awk -v key="$2" '$1 == key { print $2 }' "bench/quality/sets/$1"; }

# best INSTANCE: its best known cost, or nothing.
best() {
  local stem=${1##*/} rows
  stem=${stem%.*}
  rows=$(awk -F, -v name="${stem^^}" 'toupper($1) == name || toupper($1) == name "_DIMACS" { print toupper($1) "," $2 }' \
    "bench/quality/best.csv" "$shared/instances/${1%/*}/BKS.csv" 2>/dev/null)
  case $1 in
  vrptw-*) { grep -i "^$stem," <(awk -F, 'NR > 1 { print $1 "," $2 }' bench/quality/best.csv) || grep -i "^${stem}_dimacs," <<<"$rows"; } | head -n 1 | cut -d, -f2 ;;
  *) grep -i "^$stem," <<<"$rows" | head -n 1 | cut -d, -f2 ;;
  esac
}

# run INSTANCE SECONDS SEED CONVENTION: {"cost":, "iterations":}
run() {
  local path=$shared/instances/$1
  if [ -n "$solver" ]; then
    "$solver" "$path" "$2" "$3" "$4" 2>/dev/null | tail -n 1 | jq -c '{cost: .}'
  else
    "$xiangdao" solve "$path" --time "$2" --seed "$3" --threads "$threads" --convention "$4" --json 2>/dev/null | jq -c '{cost, iterations, seconds_taken: .seconds}'
  fi
}

for set in "${sets[@]}"; do
  [ -e "bench/quality/sets/$set" ] || { echo "there is no set $set; there are: $(ls bench/quality/sets | tr '\n' ' ')" >&2; exit 64; }
  for_s=${seconds:-$(setting "$set" seconds)}
  convention=$(setting "$set" convention)
  mapfile -t instances < <(names "$set")
  for instance in "${instances[@]}"; do
    stem=$(basename "${instance%.*}")
    [ -e "$shared/instances/$instance" ] || { echo "skipped: $instance is not there" >&2; continue; }
    known=$(best "$instance" || true)
    for seed in $seeds; do
      key=$(jq -nc --arg solver "$name" --arg set "$set" --arg case "$stem" --argjson limit "$for_s" --argjson seed "$seed" --argjson threads "$threads" \
        '{bench: "quality", solver: $solver, set: $set, case: $case, limit_s: $limit, seed: $seed, threads: $threads}')
      [ -z "$(jq -c --argjson key "$key" 'select(contains($key))' "$file")" ] || continue
      run "$instance" "$for_s" "$seed" "${convention:-auto}" | jq -c --argjson key "$key" --arg best "$known" '
        $key + . + if $best == "" then {} else {best: ($best | tonumber), value: (((.cost / ($best | tonumber) - 1) * 1e5 | round) / 1e3)} end
        + {unit: "% gap"}' >>"$file"
    done
  done
  jq -rs --arg set "$set" --arg solver "$name" --argjson limit "$for_s" --argjson threads "$threads" '
    map(select(.set == $set and .solver == $solver and .limit_s == $limit and .threads == $threads)) | unique_by(.case, .seed) | group_by(.case) |
    "", "\($set), \($solver), \($limit) s, \($threads) threads", "", "| instance | best known | gap % by seed | mean |", "|---|---|---|---|",
    (.[] | "| \(.[0].case) | \(.[0].best // "none") | \(map(.value // "-" | tostring) | join(", ")) | \(map(.value // empty) | if length > 0 then (add / length * 1000 | round / 1000) else "-" end) |"),
    "| mean of \(length) | | | \([.[][].value // empty] | if length > 0 then (add / length * 1000 | round / 1000) else "-" end) |"' "$file"
done
