#!/usr/bin/env bash
# install-packages.sh [build|test|bench]: installs the Debian packages that are missing, as root or through sudo. Does nothing when all are there.
set -euo pipefail

purpose=${1:-build}
build=(gcc libc6-dev cmake ninja-build pkg-config libxml2-dev zlib1g-dev libbz2-dev libminizip-dev libyaml-dev libcsv-dev libjansson-dev libgsl-dev
  libglpk-dev libjs-leaflet libdeflate-dev)
# clang, libomp (OpenMP and archer), the sanitizer and fuzzer runtimes and a symbolizer; a browser and Chinese glyphs for the report.
test=(libcunit1-dev clang-14 clang libomp-14-dev libclang-rt-14-dev llvm-14 clang-format-14 binutils git jq bzip2 chromium fonts-noto-cjk)
# What the benches are measured against.
bench=(osmium-tool bzip2)

case $purpose in
build) packages=("${build[@]}") ;;
test) packages=("${build[@]}" "${test[@]}") ;;
bench) packages=("${build[@]}" "${bench[@]}") ;;
*)
  echo "usage: $0 [build|test|bench]" >&2
  exit 64
  ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  echo "this is not a Debian system; install what corresponds to: ${packages[*]}" >&2
  exit 69
fi

missing=()
for package in "${packages[@]}"; do
  if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" != installed ]; then
    missing+=("$package")
  fi
done
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null; then
    echo "these packages are missing and neither root nor sudo is at hand; as root, run: apt-get install ${missing[*]}" >&2
    exit 77
  fi
  as_root=(sudo)
fi

echo "installing: ${missing[*]}" >&2
apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o Dpkg::Use-Pty=0 -o DPkg::Lock::Timeout=300)
"${apt[@]}" update >&2
"${apt[@]}" install --no-install-recommends "${missing[@]}" >&2
