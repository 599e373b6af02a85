#!/usr/bin/env bash
# demo.sh: installs what is missing, builds the release, plans the example county, and says where the report is.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

scripts/install-packages.sh build
cmake --preset release >/dev/null
cmake --build --preset release --target xiangdao -j "$(nproc)"

out=out/demo
build/release/xiangdao plan scenarios/examples/yunshan -o "$out" "$@"
printf '\nReport: file://%s/report.html\n' "$(realpath "$out")"
