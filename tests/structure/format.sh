# Every source is as clang-format 14 leaves it.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"

formatter=$(command -v clang-format-14 || command -v clang-format || true)
if [ -z "$formatter" ] || ! "$formatter" --version | grep -q 'version 14'; then
  skip "no clang-format 14 here"
  exit 0
fi
unformatted() { # TREE: one process for all files, as each start costs more than the work
  (cd "$1" && find base maps solver scenarios io app tests bench -name '*.[ch]' 2>/dev/null | sort |
    xargs -r "$formatter" --style="file:$ROOT/.clang-format" --dry-run --ferror-limit=1 2>&1 | sed -n 's/^\([^ :]*\.[ch]\):[0-9].*/\1/p' | sort -u)
}
found=$(unformatted "$ROOT")
if [ -z "$found" ]; then
  ok "every source is formatted"
else
  fail "every source is formatted (clang-format -i FILE); these are not:"
  printf '%s\n' "$found" | sed 's/^/    /'
fi

mkdir -p "$TEMPORARY/tree/maps"
printf 'int  f(void) {return 1;}\n' >"$TEMPORARY/tree/maps/planted.c"
check "a planted unformatted file is found" test "$(unformatted "$TEMPORARY/tree")" = maps/planted.c
