# Public names carry the prefix and exist once in the tree.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"

names() { "$NM" -g --defined-only "$@" 2>/dev/null | awk 'NF == 3 { print $3 }'; }

# shellcheck disable=SC2086 # a list
found=$(names $ARCHIVES | grep -vE '^(xd_|\.gomp_critical_user_xd_)' | sort -u)
if [ -z "$found" ]; then ok "every public symbol begins with xd_"; else fail "public symbols without xd_: $found"; fi
# shellcheck disable=SC2086 # a list
found=$(names $ARCHIVES | sort | uniq -d)
if [ -z "$found" ]; then ok "every public symbol is defined once"; else fail "public symbols defined twice: $found"; fi

printf 'int xd_one = 1;\nint two(void);\nint two(void)\n{\n    return xd_one;\n}\n' >"$TEMPORARY/planted.c"
"$CC" -c "$TEMPORARY/planted.c" -o "$TEMPORARY/planted.o"
check "a planted name without the prefix is found" grep -qx two <(names "$TEMPORARY/planted.o")
check "a planted name that exists twice is found" grep -qx xd_one <(names "$TEMPORARY/planted.o" "$TEMPORARY/planted.o" | sort | uniq -d)
