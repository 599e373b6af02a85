#!/usr/bin/env bash
# Plans are byte-equal whether gcc or clang built the program.
. "$ROOT/tests/lines.sh"

scenario=$ROOT/scenarios/examples/yunshan
cd "$ROOT" || exit 1
check "clang builds the program" sh -c "cmake --preset clang >/dev/null && cmake --build --preset clang --target xiangdao -j ${XD_JOBS:-2}"
check "gcc's program plans" "$XIANGDAO" plan "$scenario" -o "$TEMPORARY/gcc" --iterations 3000
check "clang's program plans" build/clang/xiangdao plan "$scenario" -o "$TEMPORARY/clang" --iterations 3000
rm -f "$TEMPORARY"/*/run.json
check "all files but run.json are the same bytes" diff -r "$TEMPORARY/gcc" "$TEMPORARY/clang"
check "gcc's program makes a county" "$XIANGDAO" synth "$TEMPORARY/synth-gcc" --seed 11
check "clang's program makes a county" build/clang/xiangdao synth "$TEMPORARY/synth-clang" --seed 11
check "both made the same county" diff -r "$TEMPORARY/synth-gcc" "$TEMPORARY/synth-clang"

for program in "$XIANGDAO" build/clang/xiangdao; do # heights and grades
  "$program" network check "$scenario/map.osm.gz" "$scenario" --json
  [ ! -d "$XD_SHARED/osm/elevation" ] || "$program" network check "$XD_SHARED/osm/small/andorra-2026.osm.pbf" --elevation "$XD_SHARED/osm/elevation" --json
done >"$TEMPORARY/heights"
lines=$(wc -l <"$TEMPORARY/heights")
check "both found the same heights" test "$(head -n $((lines / 2)) "$TEMPORARY/heights")" = "$(tail -n $((lines / 2)) "$TEMPORARY/heights")"
