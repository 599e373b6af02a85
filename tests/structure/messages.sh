# Every English text of the Chinese catalogue still stands in a source, and its translation takes the same values in the same order: a format that
# differs would print rubbish, or worse.
# shellcheck shell=bash source=tests/lines.sh
. "$ROOT/tests/lines.sh"

# faults TREE: what is wrong with its catalogue, one a line; "entries N" last.
faults() {
  (cd "$1" && find base maps solver scenarios io app -name '*.c' ! -name messages_zh.c -print0 2>/dev/null | sort -z | xargs -0 cat >"$TEMPORARY/sources" && perl -e '
    sub joined { my $s = shift; $s =~ s/\bPRId32\b/"d"/g; $s =~ s/\bPRId64\b/"ld"/g; $s =~ s/"\s*"//g; $s }
    sub slurp { local $/; open my $f, "<", shift or die; <$f> }
    sub conversions { my $s = shift; $s =~ s/%%//g; $s =~ s/%[-0-9.]+/%/g; join " ", $s =~ /%[-0-9.]*(?:ll|l|z)?[a-z]/g }
    my $sources = joined(slurp($ARGV[0]));
    my $catalogue = joined(slurp("app/messages_zh.c"));
    my $n = 0; my %seen;
    while ($catalogue =~ /\{("(?:[^"\\]|\\.)*"),\s*("(?:[^"\\]|\\.)*")\},/g) {
      my ($english, $chinese) = ($1, $2);
      $n++;
      print "in no source: $english\n" if index($sources, $english) < 0;
      print "twice: $english\n" if $seen{$english}++;
      print "other values: $english\n" if conversions($english) ne conversions($chinese);
      print "line end differs: $english\n" if ($english =~ /\\n"$/) != ($chinese =~ /\\n"$/);
    }
    print "entries $n\n";' "$TEMPORARY/sources")
}

found=$(faults "$ROOT")
entries=$(sed -n 's/^entries //p' <<<"$found")
if [ "${entries:-0}" -gt 100 ]; then ok "the Chinese catalogue is read ($entries entries)"; else fail "the Chinese catalogue cannot be read: ${entries:-no} entries"; fi
found=$(grep -v '^entries ' <<<"$found")
if [ -z "$found" ]; then ok "each entry stands in a source and takes its values"; else fail "the Chinese catalogue: $found"; fi

mkdir -p "$TEMPORARY"/tree/{base,maps,solver,scenarios,io,app}
printf 'f("found %%d, " "expected %%s"); g("gone");\nh("%%" PRId32 " m"); i("same");' >"$TEMPORARY/tree/app/a.c"
printf '{"found %%d, expected %%s", "x %%s %%d"},\n{"away", "y"},\n{"%%" PRId32 " m", "%%" PRId32 " z"},\n{"same", "a"},\n{"same", "b"},\n' >"$TEMPORARY/tree/app/messages_zh.c"
check "planted faults are found" test "$(faults "$TEMPORARY/tree" | tr '\n' ',')" = 'other values: "found %d, expected %s",in no source: "away",twice: "same",entries 5,'
