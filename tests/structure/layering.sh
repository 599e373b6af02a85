# The arrows of the design: app -> io -> scenarios -> { maps, solver } -> base; check shares only the model with the searchers.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"

# wrong_includes TREE: prints each include that runs against an arrow, is not written from the root, or climbs.
wrong_includes() {
  (cd "$1" && find base maps solver scenarios io app -name '*.[ch]' 2>/dev/null | sort | xargs -r grep -HnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"') |
    awk '
    function layer(path) {
      if (path ~ /^solver\/(model|check)\//) { split(path, p, "/"); return p[1] "/" p[2] }
      if (path ~ /^solver\//) return "solver/search"
      split(path, p, "/"); return p[1]
    }
    BEGIN {
      below["base"] = "base"
      below["maps"] = "maps base"
      below["solver/model"] = "solver/model base"
      below["solver/check"] = "solver/check solver/model base"
      below["solver/search"] = "solver/search solver/model base"
      below["scenarios"] = "scenarios maps solver/model solver/check base"
      below["io"] = "io " below["scenarios"]
      below["app"] = "app solver/search " below["io"]
    }
    { split($0, parts, ":"); from = layer(parts[1]); name = $0; sub(/^[^"]*"/, "", name); sub(/".*/, "", name)
      if (name !~ /\// || name ~ /\.\./ || index(" " below[from] " ", " " layer(name) " ") == 0) print parts[1] ":" parts[2] ": " name }'
}

found=$(wrong_includes "$ROOT")
if [ -z "$found" ]; then
  ok "no include runs against the arrows"
else
  fail "includes that run against the arrows, or are not written from the root:"
  printf '%s\n' "$found" | sed 's/^/    /'
fi

# The test can fail.
plant() { # FILE INCLUDE
  mkdir -p "$TEMPORARY/tree/$(dirname "$1")"
  printf '#include <stdio.h>\n#include "%s"\n' "$2" >"$TEMPORARY/tree/$1"
}
while read -r file include; do
  rm -rf "$TEMPORARY/tree"
  plant "$file" "$include"
  check "a planted $include in $file is found" test -n "$(wrong_includes "$TEMPORARY/tree")"
done <<'PLANTED'
base/a.c maps/graph.h
maps/a.h solver/model/plan.h
solver/model/a.c solver/search/solve.h
solver/check/a.c solver/segment/segment.h
solver/search/a.c solver/check/check.h
solver/search/a.c maps/graph.h
scenarios/a.c solver/search/solve.h
scenarios/a.c io/osm/read.h
io/osm/a.c solver/search/solve.h
io/osm/a.c app/workspace.h
maps/a.c tests/harness/harness.h
maps/a.c graph.h
maps/a.c maps/../io/osm/read.h
PLANTED
while read -r file include; do
  rm -rf "$TEMPORARY/tree"
  plant "$file" "$include"
  check "$include in $file is right" test -z "$(wrong_includes "$TEMPORARY/tree")"
done <<'PLANTED'
app/a.c solver/search/solve.h
io/osm/a.c maps/network.h
scenarios/a.h solver/check/check.h
solver/segment/a.c solver/search/solve.h
PLANTED

# The build itself refuses: a library's include folders hold no header of a layer that it does not link.
compiles() { # LIBRARIES HEADER
  local folders=() library
  for library in $1; do folders+=(-I "$BUILD/include/$library"); done
  printf '#include "%s"\n' "$2" >"$TEMPORARY/one.c"
  "$CC" -std=c17 "${folders[@]}" -fsyntax-only "$TEMPORARY/one.c"
}
refuses() { ! compiles "$@" 2>/dev/null; }
check "base compiles with its own folder" compiles "xd_base" base/error.h
check "maps cannot include the solver" refuses "xd_maps xd_base" solver/model/problem.h
check "the checker cannot include the search" refuses "xd_solver_check xd_solver_model xd_base" solver/search/solve.h
check "base cannot include maps" refuses "xd_base" maps/graph.h
check "scenarios cannot include io" refuses "xd_scenarios xd_maps xd_solver_model xd_solver_check xd_base" io/osm/read.h
