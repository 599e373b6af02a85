# The report in a real browser: drawn whole, in both languages, without a script error and without asking the network.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"

browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
  skip "no chromium is installed"
  exit 0
fi

# chromium FOLDER ARGUMENT...: headless, with a profile of its own in FOLDER. Pages are given four seconds of virtual time.
chromium() {
  local profile=$1
  shift
  timeout 120 "$browser" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update \
    --disable-sync --disable-dev-shm-usage --user-data-dir="$TEMPORARY/$profile" --window-size=1400,1800 --virtual-time-budget=4000 \
    --enable-logging=stderr "$@" 2>"$TEMPORARY/$profile.err"
}
# dom NAME URL: the page's elements after its scripts ran, without the scripts themselves, into NAME.html.
dom() {
  chromium "$1" --dump-dom "$2" | awk '/<script/ { inside = 1 } !inside { print } /<\/script>/ { inside = 0 }' >"$TEMPORARY/$1.html"
}
count() { grep -o -- "$2" "$TEMPORARY/$1.html" | wc -l; } # NAME PATTERN
errors() { grep -o 'data-errors="[^"]*"' "$TEMPORARY/$1.html" | head -n 1; }
console() { grep CONSOLE "$TEMPORARY/$1.err" | grep -v DevTools | head -n 3; }

# The example county with a village whose name would do harm if it were not escaped, and trucks that live in a township.
cp -r "$ROOT/scenarios/examples/yunshan" "$TEMPORARY/county"
name='"<img src=x onerror=""nothing.here()""></script>"'
awk -F, -v OFS=, -v name="$name" '/,village,/ && !done { $2 = name; done = 1 } { print }' "$ROOT/scenarios/examples/yunshan/places.csv" >"$TEMPORARY/county/places.csv"
awk -F, -v OFS=, '$1 == "light_truck" { $4 = 529901105 } { print }' "$ROOT/scenarios/examples/yunshan/fleet.csv" >"$TEMPORARY/county/fleet.csv"
printf '5009 滑坡,5009,,,,,,,,,,,K3\r\n凝冻,,107.2,27.1,900,,60,,,,,,\r\n' >>"$TEMPORARY/county/closures.csv"
check "the county is planned" "$XIANGDAO" plan "$TEMPORARY/county" -o "$TEMPORARY/plan" --iterations 300 --lang zh
sed 's/^  # unserved_yuan_\([a-z]*\): .*/  unserved_yuan_\1: 0/' "$ROOT/scenarios/examples/yunshan/scenario.yaml" >"$TEMPORARY/county/scenario.yaml"
check_exit 1 "a day on which nothing drives is planned" "$XIANGDAO" plan "$TEMPORARY/county" -o "$TEMPORARY/nothing" --iterations 10 --lang en
page=file://$TEMPORARY/plan/report.html
routes=$(jq '.routes | length' "$TEMPORARY/plan/plan.json")
stops=$(jq '[.routes[].visits[]] | length' "$TEMPORARY/plan/plan.json")
away=$(jq '[.routes[] | select(.approach_m > 0)] | length' "$TEMPORARY/plan/plan.json")
unserved=$(jq '.unserved | length' "$TEMPORARY/plan/plan.json")
# The empty page gets a script that fails and a picture from the network: both must be seen, and nothing else, or the checks below would prove nothing.
sed 's|^<main>|<main><img src="https://example.invalid/x.png"><script>nothing.here()</script>|' "$TEMPORARY/nothing/report.html" >"$TEMPORARY/planted.page.html"

dom zh "$page" &
dom en "$page#lang=en&vehicle=2" &
dom planted "file://$TEMPORARY/planted.page.html" &
chromium print --no-pdf-header-footer --print-to-pdf="$TEMPORARY/sheets.pdf" "$page#sheets-only" >/dev/null &
wait

for language in zh en; do
  check "$language: the scripts come to their end" grep -q 'data-ready="yes"' "$TEMPORARY/$language.html"
  check "$language: no script fails, nothing is asked from outside" test -z "$(errors "$language")$(console "$language")"
  check "$language: every stop is marked on the map" test "$(count "$language" '<path class="stop')" -eq "$stops"
  check "$language: the county's roads lie below" test "$(count "$language" '<canvas class="leaflet-zoom')" -ge 1
  check "$language: every vehicle has its line in the timeline" test "$(count "$language" '<g class="line[ "]')" -eq "$routes"
  check "$language: every stop has its row" test "$(count "$language" '<tr class="stoprow"')" -eq "$stops"
  check "$language: closed and slow roads are drawn" test "$(count "$language" '<path class="closure[^>]*stroke="#c62828"')" -ge 1 -a "$(count "$language" '<path class="closure[^>]*stroke="#e07b00"')" -ge 1
  check "$language: every closure has its row" test "$(count "$language" '<tr class="closurerow"')" -eq 2
  check "$language: every unserved stop has its row" test "$(count "$language" '<tr class="leftrow"')" -eq "$unserved"
  check "$language: every vehicle has its driver sheet" test "$(count "$language" '<article class="sheet"')" -eq "$routes"
  check "$language: the ways from and to a base are drawn in the timeline of each vehicle that lives elsewhere" test "$away" -gt 0 -a "$(count "$language" '<rect class="away"')" -eq $((2 * away))
  check "$language: its sheet begins and ends at the base" test "$(count "$language" '<rect class="base"')" -eq "$away" -a "$(count "$language" '<tr class="hubrow">')" -eq $((2 * routes + 2 * away))
  check "$language: the base is marked on the map" test "$(count "$language" '<div class="pin base">')" -eq 1
  check "$language: a name with tags is text" test "$(count "$language" '<img')" -eq 0 -a "$(count "$language" '&lt;img src=x')" -ge 2
  check "$language: the map's credit is shown" test "$(count "$language" 'leaflet-control-attribution.*synthetic county')" -ge 1
done
check "every route is drawn on the map" test "$(count zh '<path class="route[^>]* d="M[0-9-]* [0-9-]*L')" -eq "$routes"
check "no vehicle is brought out unless asked for" test "$(count zh 'class="line picked"')" -eq 0 -a "$(count zh '<div class="pin" style')" -eq 0
check "#vehicle=2 brings the second vehicle out in the timeline and numbers its stops on the map" test "$(count en 'class="line picked" data-pick="1"')" -eq 1 \
  -a "$(count en '<div class="pin" style')" -eq "$(jq '.routes[1].visits | length' "$TEMPORARY/plan/plan.json")"
check "the language is the one asked for" test "$(count zh '<html lang="zh-CN"')" -eq 1 -a "$(count zh '>派车单<')" -ge 1
check "#lang=en turns the page to English" test "$(count en '<html lang="en"')" -eq 1 -a "$(count en '>Driver sheets<')" -ge 1 -a "$(count en '>派车单<')" -eq 0
check "no text is missing in either language" test "$(count zh undefined)" -eq 0 -a "$(count en undefined)" -eq 0
check "a planted script error is seen" grep -q 'data-errors="[^"]*nothing is not defined' "$TEMPORARY/planted.html"
check "a planted picture from outside is held back and seen" grep -q 'data-errors="[^"]*blocked: https://example.invalid' "$TEMPORARY/planted.html"
check "a day without routes is shown, without another error" test "$(errors planted | grep -o ' | ' | wc -l)" -eq 1 -a "$(count planted 'data-ready="yes"')" -eq 1 -a "$(count planted '<tr class="stoprow"')" -eq 0
check "the driver sheets print on one A4 page a vehicle" test "$(grep -a -c '/Type /Page$' "$TEMPORARY/sheets.pdf")" -eq "$routes"
check "the paper is A4" test "$(grep -a -c '/MediaBox \[0 0 59[45][0-9.]* 84[12][0-9.]*\]' "$TEMPORARY/sheets.pdf")" -eq "$routes"

# The island's village, joined by a straight line: dotted on the map, named in figures, stops and its driver sheet.
cp -r "$ROOT/scenarios/examples/yunshan" "$TEMPORARY/line"
sed -i 's/^  # connector_m: .*/  connector_m: 2000/' "$TEMPORARY/line/scenario.yaml"
check "the county is planned with a straight line" "$XIANGDAO" plan "$TEMPORARY/line" -o "$TEMPORARY/line-plan" --iterations 300 --lang zh
check "which the village is served over" jq -e '[.routes[].visits[] | select(.connector_m > 0) | .place] | unique == ["529901106206"]' "$TEMPORARY/line-plan/plan.json"
visits=$(jq '[.routes[].visits[] | select(.connector_m > 0)] | length' "$TEMPORARY/line-plan/plan.json")
dom linezh "file://$TEMPORARY/line-plan/report.html" &
dom lineen "file://$TEMPORARY/line-plan/report.html#lang=en" &
wait
for language in linezh lineen; do
  check "$language: no script fails" test -z "$(errors "$language")$(console "$language")"
  check "$language: the line is dotted on the map" test "$(count "$language" '<path class="connector[^>]*stroke-dasharray="1 6"')" -eq "$visits"
  check "$language: and on the sketch of the sheet" test "$(count "$language" '<polyline class="connector"')" -eq "$visits"
  check "$language: its stop says so in the table and on the sheet" test "$(count "$language" '<small class="connector">')" -eq $((2 * visits))
done
check "in Chinese" test "$(count linezh '直线接驳 1,049 米，约 16 分钟（地图无路）')" -eq $((2 * visits)) -a "$(count linezh '<dt>直线接驳（地图无路）</dt>')" -eq 1
check "in English" test "$(count lineen 'straight line of 1,049 m, about 16 min (no mapped road)')" -eq $((2 * visits)) -a "$(count lineen '<dt>Straight line (no mapped road)</dt>')" -eq 1
