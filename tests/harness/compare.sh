# bench-compare: ratios, medians of repeated lines, what only one file has, and files that are no results.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"
cd "$TEMPORARY" || exit 1
line() { printf '{"bench": "b", "case": "%s", "value": %s, "unit": "s"}\n' "$1" "$2"; }
{ line same 100; line slower 10; line slower 20; line slower 60; line gone 3; } >a.jsonl
{ line new 4; line slower 30; line same 104; } >b.jsonl
check_exit 0 "two result files are compared" "$BUILD/bench/bench-compare" a.jsonl b.jsonl
cp stdout table
row() { check "$1" grep -qE "$2" table; }
row "a small difference is not marked" '^b/same +100 +104 +1\.040  '
row "the median of repeated lines counts (20 of 10, 20, 60), 30 / 20 is marked" '^b/slower +20 +30 +1\.500\* '
row "a case that only A has is shown" '^b/gone +3 +- +- '
row "a case that only B has is shown" '^b/new +- +4 +- '
check_exit 65 "a line that is no result is refused" "$BUILD/bench/bench-compare" a.jsonl <(echo '{"bench": 1}')
check_exit 64 "a missing file name is a wrong use" "$BUILD/bench/bench-compare" a.jsonl
