#!/usr/bin/env bash
# run-scripts.sh SCRIPT...: runs test scripts and counts their lines "ok - ", "FAIL - ", "SKIP - ". A script that ends with an error, prints none of
# them or runs longer than XD_SCRIPT_SECONDS (default 600) counts as one more failure. With XD_TEST_COUNTS a folder, writes "passed failed skipped" there.
set -uo pipefail
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export ROOT
export XD_SHARED=${XD_SHARED:-$ROOT/../shared}
work=$(mktemp -d "${TMPDIR:-/tmp}/xiangdao-scripts-XXXXXX")
trap 'rm -rf "$work"' EXIT

passed=0 failed=0 skipped=0
for script in "$@"; do
  name=${script#"$ROOT"/tests/}
  export TEMPORARY=$work/temporary
  rm -rf "$TEMPORARY"
  mkdir "$TEMPORARY"
  printf '%s\n' "--- $name"
  status=0
  timeout "${XD_SCRIPT_SECONDS:-600}" bash "$script" 2>&1 | tee "$work/output" || status=$?
  p=$(grep -c '^ok - ' "$work/output")
  f=$(grep -c '^FAIL - ' "$work/output")
  s=$(grep -c '^SKIP - ' "$work/output")
  if [ "$f" -eq 0 ] && [ "$status" -eq 124 ]; then
    printf 'FAIL - %s did not end in time\n' "$name"
    f=1
  elif [ "$f" -eq 0 ] && [ "$status" -ne 0 ]; then
    printf 'FAIL - %s ended with %d\n' "$name" "$status"
    f=1
  elif [ $((p + f + s)) -eq 0 ]; then
    printf 'FAIL - %s said nothing\n' "$name"
    f=1
  fi
  passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
done
[ -n "${XD_TEST_COUNTS:-}" ] && printf '%d %d %d\n' "$passed" "$failed" "$skipped" >"$XD_TEST_COUNTS/scripts.$$"
printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
