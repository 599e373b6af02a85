#!/usr/bin/env bash
# `xiangdao solve`: the form of solutions, the JSON object, repeatability, stop reasons, exit codes; and a public instance where the shared data is there.
. "$ROOT/tests/lines.sh"

# 60 customers on a 100 x 100 square, the depot in a corner, demands 1 to 9, vehicles of 40.
awk 'BEGIN {
  n = 61; state = 42
  print "NAME : square\nCOMMENT : made by tests/system/solve.sh\nTYPE : CVRP\nDIMENSION : " n "\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 40\nNODE_COORD_SECTION"
  for (i = 1; i <= n; i++) { state = (state * 1103 + 12345) % 1048576; x = state % 101; state = (state * 1103 + 12345) % 1048576; y = state % 101; print i, (i > 1 ? x : 0), (i > 1 ? y : 0) }
  print "DEMAND_SECTION"
  for (i = 1; i <= n; i++) { state = (state * 1103 + 12345) % 1048576; print i, (i > 1 ? 1 + int(state / 7) % 9 : 0) }
  print "DEPOT_SECTION\n1\n-1\nEOF" }' >"$TEMPORARY/square.vrp"
cat >"$TEMPORARY/windows.txt" <<'END'
three

VEHICLE
NUMBER     CAPACITY
  2         10

CUSTOMER
CUST NO.  XCOORD.  YCOORD.  DEMAND  READY TIME  DUE DATE  SERVICE TIME

  0  0  0  0   0  100   0
  1  3  4  4   0   30  10
  2  6  8  5  20   40  10
  3  1  1  3   0  100   5
END

# recomputed INSTANCE SOLUTION: the cost from nothing but coordinates, demands and routes, or what is wrong with them.
recomputed() {
  awk 'FNR == NR { if (/SECTION/) part = $1; else if (/^CAPACITY/) capacity = $3; else if (part == "NODE_COORD_SECTION") { x[$1 - 1] = $2; y[$1 - 1] = $3; n++ }
                   else if (part == "DEMAND_SECTION") demand[$1 - 1] = $2; next }
       function leg(a, b) { return int(sqrt((x[a] - x[b]) ^ 2 + (y[a] - y[b]) ^ 2) + 0.5) }
       /^Route #/ { if ($2 != "#" ++routes_n ":") print "route number " $2; at = 0; load = 0
                    for (i = 3; i <= NF; i++) { cost += leg(at, $i); at = $i; load += demand[at]; if (seen[at]++) print "customer " at " twice"; served++ }
                    cost += leg(at, 0); if (load > capacity) print "route " $2 " carries " load; next }
       /^Cost / { next }
       { print "strange line: " $0 }
       END { if (served != n - 1) print served " of " n - 1 " customers are served"; print cost }' "$1" "$2"
}

solve() { "$XIANGDAO" solve "$@"; }

check_exit 0 "an instance is solved" solve "$TEMPORARY/square.vrp" --iterations 2000 --seed 7 --threads 1
cp "$TEMPORARY/stdout" "$TEMPORARY/one.sol"
check "the solution ends with its cost" sh -c "tail -n 1 '$TEMPORARY/one.sol' | grep -qE '^Cost [0-9]+$'"
check "the routes serve every customer once within the capacity, and cost what is stated" \
  test "$(recomputed "$TEMPORARY/square.vrp" "$TEMPORARY/one.sol")" = "$(sed -n 's/^Cost //p' "$TEMPORARY/one.sol")"
check "a planted wrong route is found by the recomputation" test "$(sed '1s/: [0-9]*/:/' "$TEMPORARY/one.sol" | recomputed "$TEMPORARY/square.vrp" - | wc -l)" -gt 1
check_exit 0 "two threads solve it" solve "$TEMPORARY/square.vrp" --iterations 2000 --seed 7 --threads 2
check "one and two threads write the same bytes" cmp "$TEMPORARY/one.sol" "$TEMPORARY/stdout"
check_exit 0 "the solution goes to a file" solve "$TEMPORARY/square.vrp" --iterations 2000 --seed 7 -o "$TEMPORARY/made/file.sol"
check "the file holds the same bytes" cmp "$TEMPORARY/one.sol" "$TEMPORARY/made/file.sol"
check "what was done is told in a line" grep -qE '^square: [0-9]+ routes, cost [0-9]+, .*iterations$' "$TEMPORARY/stdout"

# The JSON object.
check_exit 0 "the result is told as JSON" solve "$TEMPORARY/square.vrp" --iterations 2000 --seed 7 --threads 2 --json
cp "$TEMPORARY/stdout" "$TEMPORARY/result.json"
check "the object has all its members" jq -e '["instance", "family", "convention", "cost", "feasible", "routes", "seconds", "iterations", "horizon", "seed", "threads", "stop_reason"] - keys == []' "$TEMPORARY/result.json"
check "the members say what was asked" \
  jq -e '.instance == "square" and .family == "cvrp" and .convention == "rounded" and .feasible and .seed == 7 and .threads == 2 and .stop_reason == "iterations" and .iterations >= 2000 and .seconds >= 0' \
  "$TEMPORARY/result.json"
jq -r '(.routes | to_entries[] | "Route #\(.key + 1): \(.value | map(tostring) | join(" "))"), "Cost \(.cost)"' "$TEMPORARY/result.json" >"$TEMPORARY/json.sol"
check "the object holds the solution of the text form" cmp "$TEMPORARY/one.sol" "$TEMPORARY/json.sol"
check_exit 0 "a longer run may be stopped by time" solve "$TEMPORARY/square.vrp" --time 0.3 --json
check "the stop reason is the time" jq -e '.stop_reason == "time" and .feasible and .iterations > 0' "$TEMPORARY/stdout"
cp "$TEMPORARY/stdout" "$TEMPORARY/timed.json"
check_exit 0 "the iterations of a timed run can be asked for" solve "$TEMPORARY/square.vrp" --iterations "$(jq .iterations "$TEMPORARY/timed.json")" --horizon "$(jq .horizon "$TEMPORARY/timed.json")" --json
check "they give its routes again" test "$(jq -c .routes "$TEMPORARY/timed.json")" = "$(jq -c .routes "$TEMPORARY/stdout")"
check "another seed gives another run" sh -c "'$XIANGDAO' solve '$TEMPORARY/square.vrp' --iterations 1 --seed 8 --json | jq -e '.seed == 8'"

check_exit 130 "an interrupted run says so" timeout --preserve-status -s INT 1 "$XIANGDAO" solve "$TEMPORARY/square.vrp" --time 120
cp "$TEMPORARY/stdout" "$TEMPORARY/interrupted.sol"
check "its best solution so far is printed, whole" \
  test "$(recomputed "$TEMPORARY/square.vrp" "$TEMPORARY/interrupted.sol")" = "$(sed -n 's/^Cost //p' "$TEMPORARY/interrupted.sol")"

# Thousands of customers: a start that takes its time, an interrupt in the midst of it, a replay.
awk 'BEGIN {
  n = 5001; srand(7)
  print "NAME : plain\nTYPE : CVRP\nDIMENSION : " n "\nEDGE_WEIGHT_TYPE : EUC_2D\nCAPACITY : 150\nNODE_COORD_SECTION"
  for (i = 1; i <= n; i++) print i, (i > 1 ? int(rand() * 3000) : 0), (i > 1 ? int(rand() * 3000) : 0)
  print "DEMAND_SECTION"
  for (i = 1; i <= n; i++) print i, (i > 1 ? 1 + int(rand() * 3) : 0)
  print "DEPOT_SECTION\n1\n-1\nEOF" }' >"$TEMPORARY/plain.vrp"

# interrupted_at_start FILE: the second thread comes up when the table stands and the search begins: then SIGINT. Seconds from there to the end.
interrupted_at_start() {
  local pid begun status=0 tasks=()
  "$XIANGDAO" solve "$TEMPORARY/plain.vrp" --time 600 --threads 2 -o "$1" >"$TEMPORARY/stdout" 2>"$TEMPORARY/stderr" &
  pid=$!
  while [ "${#tasks[@]}" -lt 2 ] && kill -0 "$pid" 2>/dev/null; do
    sleep 0.02
    tasks=(/proc/"$pid"/task/*)
  done
  kill -INT "$pid"
  begun=$SECONDS
  wait "$pid" || status=$?
  echo $((SECONDS - begun))
  return "$status"
}
status=0
seconds=$(interrupted_at_start "$TEMPORARY/early.sol") || status=$?
check "an interrupt while the search of 5,000 customers begins ends with 130" test "$status" -eq 130
check "it ends soon: in $seconds s" test "$seconds" -le 20
check "its plan is written, whole" test "$(recomputed "$TEMPORARY/plain.vrp" "$TEMPORARY/early.sol")" = "$(sed -n 's/^Cost //p' "$TEMPORARY/early.sol")"
check_exit 0 "5,000 customers are planned in the time given" solve "$TEMPORARY/plain.vrp" --time 1 --threads 2 --json
check "the run has iterations to replay it" jq -e '.stop_reason == "time" and .feasible and .iterations > 0' "$TEMPORARY/stdout"
cp "$TEMPORARY/stdout" "$TEMPORARY/timed.json"
check_exit 0 "its iterations can be asked for on one thread" solve "$TEMPORARY/plain.vrp" --iterations "$(jq .iterations "$TEMPORARY/timed.json")" --horizon "$(jq .horizon "$TEMPORARY/timed.json")" --threads 1 --json
check "they give its routes again" test "$(jq -c .routes "$TEMPORARY/timed.json" | sha256sum)" = "$(jq -c .routes "$TEMPORARY/stdout" | sha256sum)"

# Windows, conventions. By hand: 0-1-2-0 is 5 + 5 + 10, 0-3-0 is 1.4 + 1.4 (cut), 1.414 + 1.414 (exact), 1 + 1 (rounded).
for pair in auto:22.8 truncated:22.8 exact:22.828 rounded:22; do
  check_exit 0 "windows are solved with --convention ${pair%:*}" solve "$TEMPORARY/windows.txt" --iterations 200 --convention "${pair%:*}"
  check "the cost is ${pair#*:}" grep -qx "Cost ${pair#*:}" "$TEMPORARY/stdout"
done

# A start.
check_exit 0 "a solution is taken as a start" solve "$TEMPORARY/square.vrp" --iterations 1 --start "$TEMPORARY/one.sol"
check "the result is not worse than its start" test "$(sed -n 's/^Cost //p' "$TEMPORARY/stdout")" -le "$(sed -n 's/^Cost //p' "$TEMPORARY/one.sol")"
check_exit 0 "four decimals are written" solve "$TEMPORARY/square.vrp" --iterations 100 --convention exact -o "$TEMPORARY/exact.sol"
check_exit 0 "and are read as a start" solve "$TEMPORARY/square.vrp" --iterations 1 --convention exact --start "$TEMPORARY/exact.sol"
printf 'Route #1: 1 1\n' >"$TEMPORARY/twice.sol"
check_exit 65 "a start that is no solution is refused" solve "$TEMPORARY/square.vrp" --start "$TEMPORARY/twice.sol"
check "its file and violation are named" grep -q 'twice.sol: .*stop_twice (route 1, customer 1' "$TEMPORARY/stderr"
printf 'Route #1: 1\nRoute #2: 2\nRoute #3: 3\n' >"$TEMPORARY/many.sol"
check_exit 65 "a start with more routes than vehicles is refused" solve "$TEMPORARY/windows.txt" --start "$TEMPORARY/many.sol"
check "its file is named" grep -q 'many.sol: the routes need more than the 2 vehicles' "$TEMPORARY/stderr"

# Nothing feasible.
sed 's/^CAPACITY.*/&\nVEHICLES : 1/' "$TEMPORARY/square.vrp" >"$TEMPORARY/one-vehicle.vrp"
check_exit 1 "an instance without a feasible plan ends with 1" solve "$TEMPORARY/one-vehicle.vrp" --iterations 200 -o "$TEMPORARY/none.sol"
check "how many customers are left is said" grep -qE 'of 60 customers [0-9]+ are left' "$TEMPORARY/stderr"
check "no solution is written" test ! -e "$TEMPORARY/none.sol" -a ! -s "$TEMPORARY/stdout"
check_exit 1 "it ends with 1 as JSON too" solve "$TEMPORARY/one-vehicle.vrp" --iterations 200 --json
check "the object says so" jq -e '.feasible == false and .cost == null and .routes == [] and .routes_n == 0' "$TEMPORARY/stdout"

# Exit codes.
check_exit 64 "an instance must be given" solve
check_exit 64 "an option that there is not is refused" solve "$TEMPORARY/square.vrp" --iteration 5
check_exit 64 "a number that is none is refused" solve "$TEMPORARY/square.vrp" --iterations 1e3
check_exit 64 "no threads are refused" solve "$TEMPORARY/square.vrp" --threads 0
check_exit 64 "a time that is none is refused" solve "$TEMPORARY/square.vrp" --time nan
check_exit 64 "an unknown convention is refused" solve "$TEMPORARY/square.vrp" --convention exakt
check "the nearest is offered" grep -q 'did you mean exact' "$TEMPORARY/stderr"
check_exit 64 "bounds are refused, not left out silently" solve "$TEMPORARY/square.vrp" --bound
sed 's/^7 .*/7 nan 3/' "$TEMPORARY/square.vrp" >"$TEMPORARY/wrong.vrp"
check_exit 65 "a malformed instance is refused" solve "$TEMPORARY/wrong.vrp"
check "its file, line and column are named" grep -qE 'wrong\.vrp:14:3: NODE_COORD_SECTION: "nan" is not a number' "$TEMPORARY/stderr"
check_exit 65 "a malformed start is refused" solve "$TEMPORARY/square.vrp" --start "$TEMPORARY/square.vrp"
check_exit 66 "an absent instance is told" solve "$TEMPORARY/absent.vrp"
check_exit 66 "a folder is no instance" solve "$TEMPORARY"
check_exit 66 "an absent start is told" solve "$TEMPORARY/square.vrp" --start "$TEMPORARY/absent.sol"
check_exit 73 "a solution that cannot be created is told" solve "$TEMPORARY/square.vrp" --iterations 1 -o /proc/nowhere/file.sol
check_exit 74 "a standard output that takes nothing is told" sh -c "'$XIANGDAO' solve '$TEMPORARY/square.vrp' --iterations 1 >/dev/full"
check_exit 0 "help has examples" solve --help
check "the examples are there" grep -q 'xiangdao solve C101.txt' "$TEMPORARY/stdout"

# Public instances.
if need_shared instances/cvrp-x/X-n106-k14.vrp; then
  x=$XD_SHARED/instances/cvrp-x/X-n106-k14.vrp
  check_exit 0 "X-n106-k14 has a feasible plan after few iterations" solve "$x" --iterations 200 -o "$TEMPORARY/x.sol" --json
  check "its cost is the recomputed one, not under the proven optimum" \
    test "$(tr -d '\r' <"$x" | recomputed - "$TEMPORARY/x.sol")" = "$(jq .cost "$TEMPORARY/stdout")" -a "$(jq .cost "$TEMPORARY/stdout")" -ge 26362
fi
if need_shared instances/vrptw-solomon/C101.txt; then
  check_exit 0 "C101 is solved with windows" solve "$XD_SHARED/instances/vrptw-solomon/C101.txt" --iterations 5000 --json
  check "all 100 customers are served once, not under the optimum 827.3" \
    jq -e '.feasible and .cost >= 827.3 and ([.routes[][]] | sort) == [range(1; 101)]' "$TEMPORARY/stdout"
fi
