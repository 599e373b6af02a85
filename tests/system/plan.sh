#!/usr/bin/env bash
# The main job on the example county: files, repeatability, interruption.
. "$ROOT/tests/lines.sh"

scenario=$ROOT/scenarios/examples/yunshan
check "one thread plans the example" "$XIANGDAO" plan "$scenario" -o "$TEMPORARY/one" --iterations 3000 --threads 1 --lang zh
check "two threads plan the example" "$XIANGDAO" plan "$scenario" -o "$TEMPORARY/two" --iterations 3000 --threads 2 --lang zh
for file in plan.json routes.csv stops.csv routes.geojson kpi.json report.html run.json; do
  check "$file is written" test -s "$TEMPORARY/one/$file"
done
check "every vehicle has a GPX file" test "$(find "$TEMPORARY/one/gpx" -name '*.gpx' | wc -l)" -eq "$(jq '.routes | length' "$TEMPORARY/one/plan.json")"
rm -f "$TEMPORARY"/*/run.json
check "all files but run.json are the same bytes for one and two threads" diff -r "$TEMPORARY/one" "$TEMPORARY/two"
check "no temporary file is left" test -z "$(find "$TEMPORARY" -name '.*tmp')"
check "the checker accepts the plan" "$XIANGDAO" check "$scenario" "$TEMPORARY/one/plan.json"
check "CSV files begin with the byte order mark that Excel wants" test "$(head -c 3 "$TEMPORARY/one/stops.csv" | od -An -tx1 | tr -d ' \n')" = efbbbf
check "the report needs nothing from outside" test "$(grep -c -E '(src=|<link[^>]*href=|url\()"?https?://' "$TEMPORARY/one/report.html")" -eq 0
check "the map's credit is in the report" grep -q "synthetic county" "$TEMPORARY/one/report.html"
check "the unreachable village is listed" jq -e '[.unserved[] | select(.reason == "unreachable")] | length >= 1' "$TEMPORARY/one/plan.json"
check "what is not stated is labelled as assumed" jq -e '.assumptions | length > 0' "$TEMPORARY/one/plan.json"
check "another seed gives another plan" sh -c "'$XIANGDAO' plan '$scenario' -o '$TEMPORARY/seed' --iterations 500 --seed 2 && ! cmp -s '$TEMPORARY/seed/plan.json' '$TEMPORARY/one/plan.json'"

# Ctrl-C: the best plan so far is saved and the exit code says so.
status=0
"$XIANGDAO" plan "$scenario" -o "$TEMPORARY/interrupted" --time 120 2>"$TEMPORARY/stderr" &
pid=$!
for _ in $(seq 600); do
  grep -q . "/proc/$pid/cmdline" 2>/dev/null || break
  # Searching has begun when the process has used two seconds of processor time: reading and tables are over by then in this county.
  ticks=$(awk '{ print $14 + $15 }' "/proc/$pid/stat" 2>/dev/null || echo 1000)
  [ "$ticks" -gt 400 ] && break
  read -r -t 0.1 <> <(:) || true
done
kill -INT "$pid"
wait "$pid" || status=$?
check "an interrupted run ends with 130" test "$status" -eq 130
check "an interrupted run leaves a plan that passes the checker" "$XIANGDAO" check "$scenario" "$TEMPORARY/interrupted/plan.json"

# Nothing half-written, clear words.
check_exit 73 "an output folder that cannot be made is said" "$XIANGDAO" plan "$scenario" -o /proc/nowhere/plan --iterations 100
check_exit 66 "a missing scenario is said" "$XIANGDAO" plan "$TEMPORARY/none"
check_exit 64 "a slip of the pen is met with a suggestion" "$XIANGDAO" plan "$scenario" --iteratons 5
check "the suggestion names the option" grep -q -- "--iterations" "$TEMPORARY/stderr"
check_exit 64 "a number that is none is refused" "$XIANGDAO" plan "$scenario" --seed 6x0
check_exit 0 "help has examples" "$XIANGDAO" plan --help
check "the examples are there" grep -q "xiangdao plan scenarios/examples/yunshan" "$TEMPORARY/stdout"
