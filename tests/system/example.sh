#!/usr/bin/env bash
# The committed example county is what synth makes today, and small.
. "$ROOT/tests/lines.sh"

check "synth makes a county" "$XIANGDAO" synth "$TEMPORARY/yunshan" --seed 5
check "the committed example is that county" diff -r -x "*.xdroads" "$TEMPORARY/yunshan" "$ROOT/scenarios/examples/yunshan"
check "the example is under 3 MiB" test "$(du -sk "$ROOT/scenarios/examples/yunshan" | cut -f1)" -lt 3072
check "a plain county can be made and planned" sh -c "'$XIANGDAO' synth '$TEMPORARY/plain' --seed 3 --relief plain --townships 4 --villages 25 && '$XIANGDAO' plan '$TEMPORARY/plain' -o '$TEMPORARY/plain/plan' --iterations 500"
check_exit 64 "an impossible county is refused" "$XIANGDAO" synth "$TEMPORARY/none" --townships 0
for seed in 2 7 14; do
  "$XIANGDAO" synth "$TEMPORARY/seed$seed" --seed $seed >/dev/null
  check "seed $seed: one village cannot be reached" test "$("$XIANGDAO" network check "$TEMPORARY/seed$seed/map.osm.gz" "$TEMPORARY/seed$seed" | grep -c '^cannot reach')" = 1
done
