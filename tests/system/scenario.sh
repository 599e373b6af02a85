#!/usr/bin/env bash
# Scenarios as planners' computers hand them over: edited, damaged, incomplete. Each is planned as meant or refused with its place, and nothing is half-written.
. "$ROOT/tests/lines.sh"

example=$ROOT/scenarios/examples/yunshan
case=$TEMPORARY/case
out=$TEMPORARY/out

fresh() { # the example as plain text that sed can edit
  rm -rf "$case" "$out"
  cp -r "$example" "$case"
  sed -i '1s/^\xef\xbb\xbf//; s/\r$//; s/="*\(""\)*//g; s/"//g' "$case"/places.csv "$case"/demand.csv "$case"/fleet.csv
}
plan() { "$XIANGDAO" plan "$case" -o "$out" --iterations 200 "$@"; }
said() { check "$1" grep -qF -- "$2" "$TEMPORARY/stderr"; }
refused() { # CODE SENTENCE WORDS: planning ends with the code, says the words, writes nothing
  check_exit "$1" "$2" plan
  said "  and told: $3" "$3"
  check "  and nothing is written" test ! -e "$out"
}

fresh
check_exit 0 "the plain copy is planned" plan
plain=$(jq .cost.total_units "$out/plan.json")

fresh
sed -i 's/^\(529901100200,枫沟村,village,529901100\),[0-9.]*,[0-9.]*/\1,,/' "$case/places.csv"
check_exit 0 "a village without coordinates is planned" plan
said "  and matched" "1 matched to the map by name, 0 not"
check "  and its position's origin is told" grep -q '枫沟村.*matched_name' "$out/stops.csv"
sed -i 's/^\(529901100200,\)枫沟村/\1无此村/' "$case/places.csv"
check_exit 0 "a village that the map does not know is planned around" plan
said "  and listed by line and name" "places.csv:17: lon: 无此村 has no position and the map has no place of that name: it cannot be served"
check "  and is unserved as unreachable" jq -e '.unserved[] | select(.name == "无此村" and .reason == "unreachable")' "$out/plan.json"

fresh
sed -i 's/^\(529901100200,枫沟村,village,\)529901100,[0-9.]*,[0-9.]*/\1529901106,,/' "$case/places.csv"
check_exit 0 "a village under the wrong township is planned around" plan
said "  and told why it was not matched" "(1 found) lies within 40 km of its parent 木平镇"

fresh
sed -i 's/^crs: wgs84/crs: gcj02/' "$case/scenario.yaml"
check_exit 0 "positions in another crs than told are planned" plan
said "  and warned of" 'of them nearer than now; write `crs: wgs84` in scenario.yaml'

fresh
iconv -f utf-8 -t gb18030 "$case/places.csv" >"$case/p" && mv "$case/p" "$case/places.csv"
check_exit 0 "a table in GB18030 is planned" plan
check "  to the same cost" test "$(jq .cost.total_units "$out/plan.json")" = "$plain"

fresh
sed -i '2s/,33,piece/,３３,件/; 4s/,37,piece/,"３７",个/' "$case/demand.csv"
check_exit 0 "full-width digits and Chinese units are planned" plan
check "  to the same cost" test "$(jq .cost.total_units "$out/plan.json")" = "$plain"

fresh
sed -i '/^reefer/d' "$case/fleet.csv"
check_exit 0 "refrigerated goods without a refrigerated vehicle are planned around" plan
said "  and warned of" "rows of goods need a refrigerated vehicle and the fleet has none"
check "  and unserved for that reason" jq -e '[.unserved[] | select(.reason == "feature")] | length == 24' "$out/plan.json"

fresh
sed -i 's/,135$/,1/' "$case/fleet.csv"
check_exit 0 "an electric van of 1 km range stays at the hub" plan
said "  and is told" "ev_van cannot serve any place within its range"
check "  and drives nowhere" jq -e '[.routes[] | select(.type == "ev_van")] | length == 0' "$out/plan.json"
sed -i '/^tricycle\|^minivan\|^light\|^reefer/d' "$case/fleet.csv"
check_exit 1 "a fleet that can serve nobody is no plan" plan
said "  and told" "no place is served: of 202 stops"

fresh
sed -i '/,hub,/d' "$case/places.csv"
refused 65 "a county without a hub is refused" "places.csv:1:1: tier: found no hub among 193 places"
fresh
sed -i 's/,hub,529901,[0-9.]*,[0-9.]*/,hub,529901,110.5,30/' "$case/places.csv"
refused 65 "a hub off the roads is refused" "places.csv:195: the hub 云山县县级寄递公共配送中心 lies farther than 10000 m from every road"
fresh
sed -i 's/^\(minivan.*\),600,4.5/\1,0,0/' "$case/fleet.csv"
refused 65 "a vehicle that cannot carry anything is refused" "fleet.csv:3:24: payload_kg: found 0: this vehicle cannot carry anything"
fresh
sed -i '20s/^[0-9]*/529901100200/; 21s/^[0-9]*/5.2E+11/' "$case/places.csv"
sed -i '2s/33/-33/' "$case/demand.csv"
refused 65 "a duplicate, a mangled code and a negative demand are refused" "places.csv:20:1: code: found the code 529901100200 again"
said "  the mangled code too" "places.csv:21:1: code: found 5.2E+11: a spreadsheet has shortened the code"
said "  the negative demand too" "demand.csv:2:26: quantity: found -33, expected a number from 0 to 1000000"
fresh
sed -i 's/^crs: /crss: /; s/^parameters:/parameters:\n  hub_relase: "09:00"/' "$case/scenario.yaml"
sed -i '1s/,tier/,tyer/' "$case/places.csv"
refused 78 "unknown keys are refused" 'found the unknown key "crss" in a scenario; do you mean "crs"?'
said "  parameters with a suggestion" 'found the unknown parameter "hub_relase"; do you mean "hub_release"?'
said "  columns with a suggestion" 'found the unknown column "tyer"; do you mean "tier"?'
said "  missing columns" "the header misses the column tier; add it"
check "  in the order of the files" test "$(grep -nE 'crss|hub_relase|tyer' "$TEMPORARY/stderr" | cut -d: -f1 | tr '\n' ' ')" = "1 2 3 "
check_exit 78 "  and in Chinese with --lang zh" plan --lang zh
said "  with the same places" 'scenario.yaml:8:1: 没有键“crss”'
check "  and no English sentence" test "$(grep -cE 'found|expected|unknown' "$TEMPORARY/stderr")" -eq 0
fresh
sed -i 's/^parameters:/parameters:\n  hub_release: "07:00"\n  hub_cutoff: "07:30"/' "$case/scenario.yaml"
refused 78 "a shift after the hub's cut-off is refused" "fleet.csv:2: shift_start: vehicle type tricycle starts at 08:00 and must be back by 07:30"
fresh
rm "$case/map.osm.gz"
refused 66 "a missing map is refused" "map.osm.gz: the file does not exist"
fresh
head -c 30000 "$example/map.osm.gz" >"$case/map.osm.gz"
refused 65 "a map that is cut off is refused" "the file ends in the middle of the gzip data"

check_exit 64 "an empty output folder is refused" "$XIANGDAO" plan "$example" -o ""
said "  and told" "option --output is empty; expected DIR"
check_exit 78 "a map given for a scenario is refused as such" "$XIANGDAO" plan "$example/map.osm.gz"
said "  and told what is expected" "is a .gz file, expected a scenario: its folder, or its scenario.yaml"
echo kept >"$TEMPORARY/file"
check_exit 73 "an output folder that is a file is refused" "$XIANGDAO" plan "$example" -o "$TEMPORARY/file"
check "  and the file is kept" test "$(cat "$TEMPORARY/file")" = kept
for arguments in "--threads 0" "--iterations -1" "--lang xx" "--time nan" "--date 2026-13-01"; do
  # shellcheck disable=SC2086 # words on purpose
  check_exit 64 "$arguments is refused" "$XIANGDAO" plan "$example" $arguments
done
printf 'property,slow\nbased_on,minivan\ntop_kmh,8\n' >"$TEMPORARY/own.csv"
route=(network route "$example/map.osm.gz" --from 107.16,27.05 --to 107.3344429,27.1748154 --json)
usual=$("$XIANGDAO" "${route[@]}" 2>/dev/null | jq .time_s)
slow=$("$XIANGDAO" "${route[@]}" --profiles "$TEMPORARY/own.csv" --profile slow 2>/dev/null | jq .time_s)
check "a profile of one's own drives as its table says" test "${slow:-0}" -gt $((${usual:-0} * 2))
check_exit 65 "a table of profiles that is wrong is refused" "$XIANGDAO" "${route[@]}" --profiles "$example/places.csv"
check_exit 64 "network alone is refused" "$XIANGDAO" network
said "  and told what it needs" "network check, network route or network matrix"
check_exit 64 "a table's form that is not known is refused" "$XIANGDAO" network matrix "$TEMPORARY/none.osm" --points "$TEMPORARY/none.csv" -o "$TEMPORARY/table.txt"
said "  before anything is read" "ends in none of .csv, .json, .bin"
check_exit 1 "a position far from every road is told" "$XIANGDAO" network route "$example/map.osm.gz" --from 107.16,27.05 --to 10,27
said "  without a distance that nobody knows" "--to lies farther than 10000 m from every road of the map"

# init and synth write over nothing that somebody may miss.
mkdir -p "$TEMPORARY/half"
echo mine >"$TEMPORARY/half/places.csv"
check_exit 73 "init writes over no table" "$XIANGDAO" init "$example/map.osm.gz" -o "$TEMPORARY/half"
said "  and names it" "half/places.csv: is there already"
check "  and leaves it alone" test "$(ls "$TEMPORARY/half")" = places.csv -a "$(cat "$TEMPORARY/half/places.csv")" = mine
check_exit 0 "init with --force writes over it" "$XIANGDAO" init "$example/map.osm.gz" -o "$TEMPORARY/half" --force
check_exit 73 "synth writes over no real county" "$XIANGDAO" synth "$TEMPORARY/half"
check_exit 0 "synth makes a county" "$XIANGDAO" synth "$TEMPORARY/made" --townships 3 --villages 9
check_exit 0 "synth makes it again" "$XIANGDAO" synth "$TEMPORARY/made" --townships 3 --villages 9 --seed 2

# With too few vehicles it is the fleet that leaves villages, not a choice.
rm -rf "$TEMPORARY/few" && cp -r "$example" "$TEMPORARY/few" && head -n 1 "$example/fleet.csv" >"$TEMPORARY/few/fleet.csv"
grep -E '^ev_van,' "$example/fleet.csv" | sed -E 's/^(ev_van,[^,]*,[^,]*,[^,]*,)[0-9]+/\13/' >>"$TEMPORARY/few/fleet.csv"
check_exit 0 "three vans plan a day" "$XIANGDAO" plan "$TEMPORARY/few" -o "$TEMPORARY/few/plan" --iterations 2000
check "  and villages are left for want of vehicles" jq -e '[.unserved[] | select(.reason == "fleet")] | length > 20' "$TEMPORARY/few/plan/plan.json"
check_exit 0 "  which the checker proves too" "$XIANGDAO" check "$TEMPORARY/few" "$TEMPORARY/few/plan/plan.json"
check_exit 64 "no time at all is refused" "$XIANGDAO" plan "$example" --time 0

# A run limited by time can be replayed by its recorded iterations.
check_exit 0 "a run is limited by time" "$XIANGDAO" plan "$example" -o "$TEMPORARY/timed" --time 2 --seed 5 --threads 2
iterations=$(jq .iterations "$TEMPORARY/timed/plan.json")
check_exit 0 "and replayed by its iterations" "$XIANGDAO" plan "$example" -o "$TEMPORARY/replayed" --iterations "$iterations" --seed 5 --threads 1
rm -f "$TEMPORARY"/timed/run.json "$TEMPORARY"/replayed/run.json
check "all files but run.json are the same bytes" diff -r "$TEMPORARY/timed" "$TEMPORARY/replayed"

# Every command has help with examples and exit codes, in both languages; README's commands exist.
for command in plan check init synth solve "network check" "network route" "network matrix"; do
  # shellcheck disable=SC2086
  "$XIANGDAO" $command --help >"$TEMPORARY/help" && "$XIANGDAO" $command --help --lang zh >"$TEMPORARY/hilfe"
  check "$command --help has examples and exit codes" sh -c "grep -q '^Examples:' '$TEMPORARY/help' && grep -q '^Exit codes:' '$TEMPORARY/help' && grep -q '  xiangdao $command ' '$TEMPORARY/help'"
  check "$command --help is Chinese with --lang zh" sh -c "grep -q '^用法' '$TEMPORARY/hilfe' && grep -q '^退出码' '$TEMPORARY/hilfe'"
done
