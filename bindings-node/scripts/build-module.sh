#!/usr/bin/env bash
# Builds the native module that is published for one target, into native/:
#
#   build-module.sh TARGET
#
# Linux targets are built with zig, whatever Linux this is: those of glibc for 2.17
# and later, those of musl for 1.2. Needs `npm ci`; for Linux cargo-zigbuild and
# ziglang; rustup or the target's standard library.
set -euo pipefail
cd "$(dirname "$0")/.."
target=$1
rustup target add "$target" >/dev/null 2>&1 || true
case $target in
*-linux-gnu) way=("$target.2.17" --cross-compile) ;;
*-linux-musl) way=("$target" --cross-compile) ;;
*) way=("$target") ;;
esac
npm run release -- --target "${way[@]}"
