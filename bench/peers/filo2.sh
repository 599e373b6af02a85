#!/usr/bin/env bash
# filo2.sh INSTANCE SECONDS SEED CONVENTION: FILO2 (github.com/acco93/filo2) for bench/quality/run.sh --solver; the cost is the last line.
# It stops by iterations, not by time: it is given as many as fill the seconds, found from a short run before (not counted).
# Environment: XD_FILO2, its program. CVRP only; lengths rounded.
set -euo pipefail
: "${XD_FILO2:?names the program filo2}"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
run() { "$XD_FILO2" "$1" --outpath "$out/" --seed "$3" --coreopt-iterations "$2" >"$out/log" 2>&1; }
seconds() { local begin=$EPOCHREALTIME; "$@"; awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { print b - a }'; }
short=$(seconds run "$1" 2000 "$3")
longer=$(seconds run "$1" 12000 "$3")
iterations=$(awk -v a="$short" -v b="$longer" -v s="$2" 'BEGIN { each = (b - a) / 10000; if (each <= 0) each = 1e-5; n = int(2000 + (s - a) / each); print n < 1000 ? 1000 : n }')
run "$1" "$iterations" "$3"
awk '$1 == "Cost" { cost = $2 } END { print cost }' "$out"/*.vrp.sol
