#!/usr/bin/env bash
# Builds the library as it ships, small before fast, and prints its path. On
# Linux relocations are packed, which glibc 2.36 and later read; Android's
# builds pack them in their own way (kotlin/build-aar.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$(uname)" = Darwin ]; then
    cargo rustc --quiet -p carekey-mobile --lib --profile mobile --crate-type cdylib
    echo target/mobile/libcarekey_mobile.dylib
else
    cargo rustc --quiet -p carekey-mobile --lib --profile mobile --crate-type cdylib -- \
        -C link-arg=-Wl,-z,pack-relative-relocs
    echo target/mobile/libcarekey_mobile.so
fi
