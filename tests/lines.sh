# Sourced by the scripts of tests/system, tests/browser, tests/structure and tests/long: sentences that tests/run-scripts.sh counts.
# Given by the runner: ROOT (source tree), TEMPORARY (a folder of the script's own, removed afterwards), XD_SHARED (the shared data, may be absent).
# shellcheck shell=bash disable=SC2034 # BUILD and XIANGDAO are for the scripts
set -uo pipefail
export LC_ALL=C.UTF-8
BUILD=${BUILD:-$ROOT/build/dev}
XIANGDAO=${XIANGDAO:-$BUILD/xiangdao}

ok() { printf 'ok - %s\n' "$*"; }
fail() { printf 'FAIL - %s\n' "$*"; }
skip() { printf 'SKIP - %s\n' "$*"; }

# check SENTENCE COMMAND...: ok when the command succeeds; its output is shown when it does not.
check() {
  local sentence=$1 output status=0
  shift
  output=$("$@" 2>&1) || status=$?
  if [ "$status" -eq 0 ]; then
    ok "$sentence"
  else
    fail "$sentence"
    printf '    %s: exit %d\n' "$*" "$status"
    printf '%s\n' "$output" | head -n 40 | sed 's/^/    /'
  fi
}

# check_exit CODE SENTENCE COMMAND...: ok when the command ends with exactly this code. Its output is in $TEMPORARY/stdout and $TEMPORARY/stderr.
check_exit() {
  local expected=$1 sentence=$2 status=0
  shift 2
  "$@" >"$TEMPORARY/stdout" 2>"$TEMPORARY/stderr" || status=$?
  if [ "$status" -eq "$expected" ]; then
    ok "$sentence"
  else
    fail "$sentence"
    printf '    %s: exit %d, expected %d\n' "$*" "$status" "$expected"
    head -n 20 "$TEMPORARY/stderr" | sed 's/^/    /'
  fi
}

# need_shared FILE...: true when all are in the shared data; says which is absent otherwise.
need_shared() {
  local file
  for file in "$@"; do
    if [ ! -e "$XD_SHARED/$file" ]; then
      skip "the shared data has no $file"
      return 1
    fi
  done
}
