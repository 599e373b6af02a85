#!/usr/bin/env bash
# run.sh FILE.jsonl [NAME...]: builds the benches (release) and appends the results of all, or of those named, to FILE.jsonl.
# Environment: XD_BENCH_SECONDS (1) a case, XD_SHARED (../shared).
set -euo pipefail
[ $# -ge 1 ] || { echo "usage: $0 FILE.jsonl [NAME...]" >&2; exit 64; }
file=$(realpath -m "$1")
shift
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export XD_SHARED=${XD_SHARED:-$PWD/../shared}
cmake --preset release >/dev/null
cmake --build --preset release --target benches -j "${XD_JOBS:-2}" >/dev/null
mkdir -p "$(dirname "$file")"
names=("$@")
[ ${#names[@]} -gt 0 ] || mapfile -t names <build/release/bench-targets.txt
for name in "${names[@]}"; do
  [ -n "$name" ] && build/release/bench/bench_"$name" | tee -a "$file"
done
