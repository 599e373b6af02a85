# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"
ulimit -c 0

# outcome SENTENCE EXIT COUNTS ARGUMENT...: the planted program ends with EXIT and leaves the line COUNTS.
outcome() {
  local sentence=$1 code=$2 counts=$3 status=0
  shift 3
  rm -rf "$TEMPORARY/counts"
  mkdir "$TEMPORARY/counts"
  XD_TEST_COUNTS=$TEMPORARY/counts "$BUILD/tests/planted_cases" "$@" >"$TEMPORARY/output" 2>&1 || status=$?
  check "$sentence" test "$status: $(cat "$TEMPORARY/counts"/*)" = "$code: $counts"
}

outcome "a skip is counted once a case, and is no failure" 0 "1 0 1" good
grep -q 'SKIP: first reason' "$TEMPORARY/output" && ok "the reason of a skip is printed" || fail "the reason of a skip is printed"
outcome "each failed case is counted, also when it skipped a part" 1 "0 3 0" bad
outcome "failures beside passes end the program with 1" 1 "1 3 1" good bad
outcome "a case can be run alone" 0 "1 0 0" good/passes
outcome "a crash leaves a failure behind" 134 "0 1 0" good crash
outcome "asking for what does not exist fails" 1 "0 1 0" nothing
outcome "two cases of one name in a suite fail" 1 "1 1 0" twice
outcome "the temporary folder is given" 0 "1 0 0" files
folder=$(sed -n 's/.*left \(\/.*\)$/\1/p' "$TEMPORARY/output")
if [ -n "$folder" ] && [ ! -e "$folder" ]; then ok "the temporary folder is removed at exit"; else fail "the temporary folder is removed at exit"; fi

# The script runner likewise.
runs() { # SENTENCE EXIT COUNTS SCRIPT_TEXT
  rm -rf "$TEMPORARY/counts"
  mkdir "$TEMPORARY/counts"
  printf '%s\n' "$4" >"$TEMPORARY/script.sh"
  local status=0
  XD_TEST_COUNTS=$TEMPORARY/counts "$ROOT/tests/run-scripts.sh" "$TEMPORARY/script.sh" >/dev/null 2>&1 || status=$?
  check "$1" test "$status: $(cat "$TEMPORARY/counts"/*)" = "$2: $3"
}
runs "the lines of a script are counted" 1 "2 1 1" 'echo "ok - a"; echo "ok - b"; echo "FAIL - c"; echo "SKIP - d"'
runs "a script that breaks off fails" 1 "1 1 0" 'echo "ok - a"; exit 3'
runs "a script that says nothing fails" 1 "0 1 0" ':'
