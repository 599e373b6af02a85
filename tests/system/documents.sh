#!/usr/bin/env bash
# The documents tell what the program does: every member of kpi.json, every command that README shows.
. "$ROOT/tests/lines.sh"

check_exit 0 "the example is planned" "$XIANGDAO" plan "$ROOT/scenarios/examples/yunshan" -o "$TEMPORARY/plan" --iterations 200

lacking() { # DOCUMENT: members of kpi.json that it does not name between backticks
  jq -r '[paths[-1] | strings] | unique[]' "$TEMPORARY/plan/kpi.json" | grep -vxE 'schema|version|scenario|synthetic|assumed|parameter|value|unit|grade|vehicle' |
    while read -r member; do
      grep -qE "\`(\.\.\.)?$member\`" "$1" || echo "$member"
    done
}
check "docs/metrics.md defines every member of kpi.json" test -z "$(lacking "$ROOT/docs/metrics.md")"
lacking "$ROOT/docs/metrics.md" | sed 's/^/    lacks /'
sed 's/`load_factor_percent`//' "$ROOT/docs/metrics.md" >"$TEMPORARY/planted.md"
check "a planted gap is found" test "$(lacking "$TEMPORARY/planted.md")" = load_factor_percent

# README: commands and options exist, links lead somewhere.
grep -oE '^(       )?build/release/xiangdao .*|^    build/release/xiangdao .*' "$ROOT/README.md" | sed 's/^ *//' | while read -r _ command rest; do
  case $command in network) command="network ${rest%% *}" ;; esac
  # shellcheck disable=SC2086
  "$XIANGDAO" $command --help >"$TEMPORARY/help" 2>&1 || { fail "README shows $command, which is no command" && continue; }
  ok "README's $command is a command"
  for option in $(grep -oE '(^| )--?[a-z]+' <<<"$rest"); do
    if grep -qE -- "(^| )$option\b" "$TEMPORARY/help"; then ok "  and $option its option"; else fail "README shows $command $option, which is no option"; fi
  done
done
"$XIANGDAO" --help >"$TEMPORARY/help"
for command in plan check init solve synth network; do
  check "README's table has $command, and so has the program" sh -c "grep -q '^| .$command ' '$ROOT/README.md' && grep -q '^  $command' '$TEMPORARY/help'"
done
broken=$(grep -ohE '\]\([^)# ]+' "$ROOT/README.md" "$ROOT/CHANGELOG.md" | sed 's/](//' | grep -v '^http' | sort -u | while read -r link; do [ -e "$ROOT/$link" ] || echo "$link"; done)
if [ -z "$broken" ]; then ok "the links of README and CHANGELOG lead somewhere"; else fail "links that lead nowhere: $broken"; fi
for document in "$ROOT"/docs/*.md "$ROOT"/docs/formats/*.md; do
  broken=$(grep -oE '\]\([^)# ]+' "$document" | sed 's/](//' | grep -v '^http' | sort -u | while read -r link; do [ -e "$(dirname "$document")/$link" ] || echo "$link"; done)
  if [ -z "$broken" ]; then ok "the links of ${document#"$ROOT"/} lead somewhere"; else fail "links of ${document#"$ROOT"/} that lead nowhere: $broken"; fi
done
