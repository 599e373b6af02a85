# docs/limits.md names every limit (XD_..._MAX) of the layers' headers, with its value.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"

# limits TREE: "NAME VALUE" for each XD_..._MAX that a header defines, by enum or #define; a value may be an expression (32 * 1024).
limits() {
  (cd "$1" && find base maps solver scenarios io app -name '*.h' 2>/dev/null | sort | xargs -r cat) | sed -E 's|/\*.*||' | awk '
    /^#define[ \t]+XD_[A-Z0-9_]+_MAX[ \t]/ { name = $2; sub(/^#define[ \t]+[A-Z0-9_]+[ \t]+/, ""); sub(/[ \t]+$/, ""); print name, $0; next }
    { n = split($0, parts, /[,{};]/)
      for (i = 1; i <= n; i++)
        if (match(parts[i], /^[ \t]*XD_[A-Z0-9_]+_MAX = /)) {
          name = parts[i]; sub(/^[ \t]*/, "", name); value = name; sub(/ = .*/, "", name); sub(/^[^=]*= /, "", value); sub(/[ \t]+$/, "", value)
          print name, value } }' | sort -u
}
undocumented() { # TREE
  limits "$1" | while read -r name value; do
    grep -qF "| \`$name\` | $value |" "$1/docs/limits.md" || echo "$name $value"
  done
}
# stale TREE: names of the table that no source has.
stale() {
  (cd "$1" && sed -n 's/^| `\([A-Z0-9_]*\)` |.*/\1/p' docs/limits.md | while read -r name; do
    grep -qrw --include='*.[ch]' "$name" base maps solver scenarios io app 2>/dev/null || echo "$name"
  done)
}

found=$(undocumented "$ROOT")
if [ -z "$found" ]; then ok "docs/limits.md has every limit"; else fail "limits that docs/limits.md lacks, or tells otherwise: $found"; fi
found=$(stale "$ROOT")
if [ -z "$found" ]; then ok "docs/limits.md has no limit that is gone"; else fail "docs/limits.md tells of limits that are gone: $found"; fi

mkdir -p "$TEMPORARY/tree/maps" "$TEMPORARY/tree/docs"
printf 'enum { XD_ONE_MAX = 1, XD_TWO_MAX = 2 * 4 }; /* at most XD_ONE_MAX = 7 */\n#define XD_THREE_MAX   3 /* x */\n' >"$TEMPORARY/tree/maps/a.h"
printf '| `XD_ONE_MAX` | 1 | a.h | why |\n| `XD_THREE_MAX` | 30 | a.h | why |\n| `XD_GONE_MAX` | 1 | a.h | why |\n' >"$TEMPORARY/tree/docs/limits.md"
check "a planted limit that is not told, or told wrongly, is found" test "$(undocumented "$TEMPORARY/tree" | tr '\n' ',')" = "XD_THREE_MAX 3,XD_TWO_MAX 2 * 4,"
check "a planted limit that is gone is found" test "$(stale "$TEMPORARY/tree")" = XD_GONE_MAX
