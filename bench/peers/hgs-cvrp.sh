#!/usr/bin/env bash
# hgs-cvrp.sh INSTANCE SECONDS SEED CONVENTION: HGS-CVRP (github.com/vidalt/HGS-CVRP) for bench/quality/run.sh --solver; the cost is the last line.
# Environment: XD_HGS, its program. CVRP only; lengths rounded but for the convention exact.
set -euo pipefail
out=$(mktemp)
trap 'rm -f "$out" "$out".*' EXIT
round=1
[ "$4" = exact ] && round=0
"${XD_HGS:?names the program hgs}" "$1" "$out" -t "$2" -seed "$3" -round "$round" -log 0 >/dev/null
awk '$1 == "Cost" { print $2 }' "$out"
