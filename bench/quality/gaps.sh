#!/usr/bin/env bash
# gaps.sh FILE.jsonl SECONDS "SEEDS" FAMILY/INSTANCE...: solves benchmark instances and appends, for every seed, the gap to the best known value
# (BKS.csv beside the instance) and the iterations a second. Without instances: five of the X set.
# Environment: XD_SHARED (../shared), XD_THREADS (all), XIANGDAO (build/release/xiangdao).
set -euo pipefail
[ $# -ge 3 ] || { echo "usage: $0 FILE.jsonl SECONDS \"SEEDS\" [FAMILY/INSTANCE...]" >&2; exit 64; }
file=$(realpath -m "$1") seconds=$2 seeds=$3
shift 3
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
shared=${XD_SHARED:-$PWD/../shared}
xiangdao=${XIANGDAO:-build/release/xiangdao}
[ $# -gt 0 ] || set -- cvrp-x/X-n106-k14.vrp cvrp-x/X-n190-k8.vrp cvrp-x/X-n251-k28.vrp cvrp-x/X-n376-k94.vrp cvrp-x/X-n502-k39.vrp
threads=()
[ -n "${XD_THREADS:-}" ] && threads=(--threads "$XD_THREADS")
mkdir -p "$(dirname "$file")"
for instance in "$@"; do
  path=$shared/instances/$instance
  [ -e "$path" ] || { echo "skipped: $instance is not there" >&2; continue; }
  name=$(basename "${instance%.*}")
  best=$(awk -F, -v name="$name" '$1 == name { print $2 }' "$(dirname "$path")/BKS.csv")
  [ -n "$best" ] || { echo "skipped: no best known value of $name" >&2; continue; }
  for seed in $seeds; do
    "$xiangdao" solve "$path" --time "$seconds" --seed "$seed" "${threads[@]}" --json 2>/dev/null |
      jq -c --arg name "$name" --argjson best "$best" --arg seconds "$seconds" '
        {bench: "gaps", case: ($name + "/" + $seconds + "s"), value: (((.cost / $best - 1) * 1e5 | round) / 1e3), unit: "% gap", seed: .seed, cost: .cost},
        {bench: "gaps", case: ($name + "/speed"), value: (.iterations / .seconds | round), unit: "iterations/s", seed: .seed}' |
      tee -a "$file"
  done
done
