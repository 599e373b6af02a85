# All memory comes through base/alloc: nothing else calls the C library's allocator. What a library hands out and wants back through free() is allowed
# where the line says so: free(text); /* foreign memory: glibc's getline */
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"
family='malloc|calloc|realloc|reallocarray|free|strdup|strndup|asprintf|vasprintf|aligned_alloc|posix_memalign|memalign|alloca|open_memstream|getline|getdelim'

# direct TREE: prints the lines that use the allocator. Comments and strings do not count.
direct() {
  (cd "$1" && find base maps solver scenarios io app bench -name '*.[ch]' ! -path base/alloc.c 2>/dev/null | sort |
    xargs -r awk -v family="(^|[^A-Za-z0-9_.>])($family)[ \t]*[(]" -v passed="=[ \t]*(malloc|calloc|realloc|free|strdup)[ \t]*[,;}]" '
      FNR == 1 { inside = 0 }
      { line = $0; marked = line ~ /\/\* foreign memory: /
        gsub(/\\\\/, "", line); gsub(/\\"/, "", line); gsub(/"[^"]*"/, "\"\"", line)
        if (inside) { if (!match(line, /\*\//)) next; line = substr(line, RSTART + 2); inside = 0 }
        while (match(line, /\/\*/)) {
          rest = substr(line, RSTART + 2); before = substr(line, 1, RSTART - 1)
          if (match(rest, /\*\//)) line = before substr(rest, RSTART + 2); else { line = before; inside = 1; break }
        }
        sub(/\/\/.*/, "", line)
        if (!marked && (line ~ family || line ~ passed)) print FILENAME ":" FNR ": " $0 }')
}

found=$(direct "$ROOT")
if [ -z "$found" ]; then
  ok "only base/alloc calls the C library's allocator"
else
  fail "the C library's allocator is called outside base/alloc:"
  printf '%s\n' "$found" | sed 's/^/    /'
fi

# The compiled code agrees, also where a function is only passed on. An object may use the allocator if its source holds a marked line.
# shellcheck disable=SC2086 # a list
found=$("$NM" -A -u $ARCHIVES 2>/dev/null | grep -E " ($family|__strdup)(@.*)?\$" | sed -E 's/^.*:([^:]+)\.o: +U /\1 /' | sort -u |
  while read -r source symbol; do
    [ "$source" = alloc.c ] && continue
    grep -qrF '/* foreign memory: ' --include="$source" "$ROOT"/{base,maps,solver,scenarios,io,app} || echo "$source $symbol"
  done)
if [ -z "$found" ]; then ok "no object refers to the allocator but alloc.c and the marked ones"; else fail "objects that refer to the allocator: $found"; fi

# The test can fail.
plant() {
  mkdir -p "$TEMPORARY/tree/maps"
  printf '%s\n' "$1" >"$TEMPORARY/tree/maps/a.c"
}
while IFS= read -r line; do
  plant "$line"
  check "found: $line" test -n "$(direct "$TEMPORARY/tree")"
done <<'PLANTED'
    int *a = malloc(4);
    free (a);
    char *copy = strdup("x"); /* copies */
    struct hooks hooks = {.release = free};
    return calloc(1, 2);
PLANTED
while IFS= read -r line; do
  plant "$line"
  check "allowed: $line" test -z "$(direct "$TEMPORARY/tree")"
done <<'PLANTED'
    xd_free(a);
    xmlFree(a); table->free(a); hooks.free(a);
    free(line); /* foreign memory: getline's */
    say("free(it)"); /* calls malloc(n) */
PLANTED
