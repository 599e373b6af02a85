#!/usr/bin/env bash
# run-fuzz.sh [NAME...]: runs the fuzz targets of build/fuzz (or those named) for XD_FUZZ_SECONDS (default 20) each, two at a time.
# Starts from the seeds in tests/fuzz/corpus/NAME and from what earlier runs found (build/fuzz/corpus/NAME); an input that fails stays in
# build/fuzz/failed/. Prints ok/FAIL lines for tests/run-scripts.sh.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$ROOT/build/fuzz
seconds=${XD_FUZZ_SECONDS:-20}

fuzz_one() {
  local name corpus dictionary log arguments
  IFS='|' read -r name corpus dictionary <<<"$1"
  mkdir -p "$build/corpus/$name" "$build/failed"
  log=$build/failed/$name.log
  arguments=(-max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -artifact_prefix="$build/failed/$name-")
  [ -n "$dictionary" ] && arguments+=(-dict="$dictionary")
  arguments+=("$build/corpus/$name")
  [ -d "$corpus" ] && arguments+=("$corpus")
  # No network, no files of the tree: the target runs in its build folder.
  if (cd "$build" && timeout $((seconds + 120)) "tests/fuzz_$name" "${arguments[@]}") >"$log" 2>&1; then
    printf 'ok - fuzz %s: %s inputs in %s s, none failed\n' "$name" "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")" "$seconds"
  else
    printf 'FAIL - fuzz %s\n' "$name"
    grep -E 'ERROR|runtime error|SUMMARY|Test unit written|^    #[0-9] ' "$log" | head -n 24 | sed 's/^/    /'
  fi
}
export -f fuzz_one
export build seconds

targets=$build/fuzz-targets.txt
[ -f "$targets" ] || { echo "FAIL - $targets is absent: build the fuzz preset first"; exit 1; }
if [ $# -gt 0 ]; then
  chosen=$(printf '^%s[|]\n' "$@" | grep -f - "$targets") || { echo "FAIL - no fuzz target is named $*"; exit 1; }
else
  chosen=$(cat "$targets")
fi
if [ -z "$chosen" ]; then
  echo "SKIP - there is no fuzz target"
else
  printf '%s\n' "$chosen" | xargs -d '\n' -n 1 -P 2 bash -c 'fuzz_one "$1"' fuzz_one
fi
