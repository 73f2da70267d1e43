#!/usr/bin/env bash
# Builds the wheel that is published for one target, into a folder:
#
#   build-wheel.sh TARGET FOLDER
#
# Linux targets are built with zig, whatever Linux this is: those of glibc for
# 2.17 and later (manylinux2014), those of musl for 1.2. maturin itself checks
# what they link; auditwheel, where it is here, checks that of glibc for this
# machine's processor again. Needs maturin, ziglang, and rustup or the target's
# standard library.
set -euo pipefail
cd "$(dirname "$0")"
target=$1
out=$2
limit=$((9 * 1024 * 1024))

rustup target add "$target" >/dev/null 2>&1 || true
python3 ../tests/release/dependencies.py notices carekey-python >LICENSE-THIRD-PARTY.txt
trap 'rm -f LICENSE-THIRD-PARTY.txt' EXIT
case $target in
*-linux-gnu) way=(--zig --compatibility manylinux2014) ;;
*-linux-musl) way=(--zig --compatibility musllinux_1_2) ;;
*) way=() ;;
esac
mkdir -p "$out"
maturin build --profile binding --locked --target "$target" --out "$out" "${way[@]}"

case $target in
x86_64-*-linux-* | aarch64-*-linux-*) wheel=$(ls -t "$out"/*"linux"*"_${target%%-*}.whl" | head -n 1) ;;
*) wheel=$(ls -t "$out"/*.whl | head -n 1) ;;
esac
# It looks for what a wheel links on the machine that it is on.
if command -v auditwheel >/dev/null && [[ $target == "$(uname -m)"-*-linux-gnu ]]; then
    auditwheel show "$wheel"
fi
size=$(wc -c <"$wheel")
echo "$wheel: $size bytes"
[ "$size" -lt "$limit" ] || { echo "it is over 9 MiB" >&2; exit 1; }
