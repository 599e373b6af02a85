# The source tree: length of files, left-over marks, and sources that nobody builds.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"

long_files() { # TREE
  (cd "$1" && find base maps solver scenarios io app tests bench -name '*.[ch]' 2>/dev/null | xargs -r awk 'FNR == 601 { print FILENAME }' | sort)
}
# Spelt apart here, so that this file does not find itself.
marks="TO""DO|FIX""ME|XX""X|HA""CK"
left_over() { # TREE
  (cd "$1" && find . -type f \( -name '*.[ch]' -o -name '*.sh' -o -name '*.md' -o -name '*.txt' -o -name '*.cmake' -o -name '*.js' -o -name '*.css' \) \
    ! -path './build/*' ! -path './out/*' ! -path './.git/*' ! -path './tests/fuzz/corpus/*' -print0 | sort -z | xargs -0 -r grep -HnwE "$marks")
}
report() { # SENTENCE FOUND
  if [ -z "$2" ]; then
    ok "$1"
  else
    fail "$1; these:"
    printf '%s\n' "$2" | sed 's/^/    /'
  fi
}

report "no source file is longer than 600 lines" "$(long_files "$ROOT")"
report "no mark of unfinished work is left" "$(left_over "$ROOT")"

# Source lists are written out, so a file can be forgotten.
unbuilt=$(cd "$ROOT" && find base maps solver scenarios io app tests -name '*.c' ! -path 'tests/fuzz/*' ! -path 'tests/long/*' | sort | while read -r file; do
  grep -qF "\"file\": \"$PWD/$file\"" "$BUILD/compile_commands.json" || echo "$file"
done)
report "every source is built" "$unbuilt"
unbuilt=$(cd "$ROOT" && find tests/fuzz -name '*.c' 2>/dev/null | sort | while read -r file; do
  grep -qF "${file#tests/}" tests/fuzz/*.cmake || echo "$file"
done)
report "every fuzz target is listed" "$unbuilt"

mkdir -p "$TEMPORARY/tree/maps"
yes '/* */' | head -n 601 >"$TEMPORARY/tree/maps/long.c"
printf '/* TO%s: later */\n' DO >"$TEMPORARY/tree/maps/mark.c"
check "a planted long file is found" test "$(long_files "$TEMPORARY/tree")" = maps/long.c
check "a planted mark is found" test -n "$(left_over "$TEMPORARY/tree")"
