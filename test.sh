#!/usr/bin/env bash
# test.sh [--long]: installs what the tests need, builds, runs everything, ends with "N passed, N failed, N skipped" (exit 1 when any failed).
# --long adds the thread sanitizer, the release build and tests/long/*.sh.
# Environment: XD_FUZZ_SECONDS (20) a fuzz target, XD_JOBS (2), XD_SHARED (../shared), XD_NO_INSTALL=1 leaves the packages alone.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")" || exit 1

long=0
case ${1:-} in
'') ;;
--long) long=1 ;;
*)
  echo "usage: $0 [--long]" >&2
  exit 64
  ;;
esac
jobs=${XD_JOBS:-2}
export XD_SHARED=${XD_SHARED:-$PWD/../shared}
started=$SECONDS

if [ -z "${XD_NO_INSTALL:-}" ]; then
  scripts/install-packages.sh test || exit
fi

# Old sanitizer runtimes and kernels that spread addresses widely do not go together: without randomisation they always do. Containers may forbid it.
fixed_addresses=()
setarch -R true 2>/dev/null && fixed_addresses=(setarch -R)

counts=$(mktemp -d "${TMPDIR:-/tmp}/xiangdao-counts-XXXXXX")
trap 'rm -rf "$counts"' EXIT

heading() { printf '\n== %s (%d s)\n' "$1" $((SECONDS - started)); }

# A step that could not be made counts as one failure.
step_failed() {
  printf 'FAIL - %s\n' "$1"
  printf '0 1 0\n' >"$counts/step.$(date +%s%N)"
}

build() { # PRESET [FOLDER CMAKE_ARGUMENT...]
  local preset=$1 folder=${2:-build/$1}
  shift
  [ $# -gt 0 ] && shift
  heading "build $preset"
  cmake --preset "$preset" -B "$folder" "$@" >"$counts.log" 2>&1 && cmake --build "$folder" -j "$jobs" >>"$counts.log" 2>&1
  local status=$?
  if [ $status -ne 0 ]; then
    tail -n 60 "$counts.log"
    step_failed "build $preset"
  else
    grep -E 'warning:' "$counts.log"
  fi
  rm -f "$counts.log"
  return $status
}

failed_n() { cat "$counts"/* 2>/dev/null | awk '{ n += $2 } END { print n + 0 }'; }

run_ctest() { # FOLDER LABEL
  heading "test $2"
  local before
  before=$(failed_n)
  if ! XD_TEST_COUNTS=$counts "${fixed_addresses[@]}" ctest --test-dir "$1" -j "$jobs" --output-on-failure --no-tests=error &&
    [ "$(failed_n)" -eq "$before" ]; then
    step_failed "ctest $2" # failed, but no test said how many cases
  fi
  grep -hE '^[^ ]+: [^ ]+ \.\.\. SKIP: |^SKIP - ' "$1/Testing/Temporary/LastTest.log" # ctest shows nothing of a test that passes
  return 0
}

run_scripts() { # LABEL SCRIPT...
  heading "$1"
  shift
  XD_TEST_COUNTS=$counts tests/run-scripts.sh "$@"
}

shopt -s nullglob
build dev && run_ctest build/dev dev && {
  system=(tests/system/*.sh tests/browser/*.sh)
  [ ${#system[@]} -gt 0 ] && BUILD=$PWD/build/dev run_scripts "the program, end to end" "${system[@]}"
}
build asan && run_ctest build/asan asan
build fuzz && XD_SCRIPT_SECONDS=3600 XD_TEST_COUNTS=$counts "${fixed_addresses[@]}" tests/run-scripts.sh tests/run-fuzz.sh

if [ $long -eq 1 ]; then
  build tsan && run_ctest build/tsan tsan
  build release build/release-tests -DXD_TESTS=ON && run_ctest build/release-tests release
  heading "build benches"
  cmake --build build/release-tests -j "$jobs" --target benches >/dev/null || step_failed "build benches"
  scripts=(tests/long/*.sh)
  [ ${#scripts[@]} -gt 0 ] && XD_SCRIPT_SECONDS=7200 BUILD=$PWD/build/release-tests run_scripts "long tests" "${scripts[@]}"
fi

heading "all"
cat "$counts"/* 2>/dev/null | awk '{ p += $1; f += $2; s += $3 } END { printf "%d passed, %d failed, %d skipped\n", p, f, s; exit f > 0 || p == 0 }'
