#!/usr/bin/env bash
# Writes the Swift and Kotlin sources that belong to the library, into the
# packages or, with a folder, into that one: to hold both against each other.
#
#   bindings-mobile/generate.sh [FOLDER]
#
# CAREKEY_FEATURES=office writes those of the library for an office's app
# (build-office.sh).
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-bindings-mobile}

cargo build --quiet -p carekey-bindgen
cargo build --quiet -p carekey-mobile --features "${CAREKEY_FEATURES:-}" --lib

library=target/debug/libcarekey_mobile.so
[ -e "$library" ] || library=target/debug/libcarekey_mobile.dylib
new=$(mktemp -d)
trap 'rm -rf "$new"' EXIT
for language in swift kotlin; do
    target/debug/uniffi-bindgen generate --language "$language" --no-format --out-dir "$new" "$library"
done
# Some lines end in a blank; nothing else is changed.
sed -i.untrimmed 's/[[:space:]]*$//' "$new"/CareKey.swift "$new"/CareKeyFFI.h "$new"/carekey/carekey.kt

# Half a surrogate pair is no character. Swift has no text with one; Kotlin has,
# and UniFFI would throw an exception without a code: U+FFFD stands for it.
sed -i.unmended 's/onMalformedInput(CodingErrorAction.REPORT)/onMalformedInput(CodingErrorAction.REPLACE).replaceWith("\\uFFFD".toByteArray())/' \
    "$new/carekey/carekey.kt"
grep -q 'CodingErrorAction.REPLACE' "$new/carekey/carekey.kt"

# UniFFI writes the cases of an error with a capital; Swift has them small, and
# one of them is a word of the language.
sed -E -i.unmended 's/(case |\.)Invalid\(/\1invalid(/; s/(case |\.)Refused\(/\1refused(/; s/\.Internal\(/.internal(/; s/case Internal\(/case `internal`(/' \
    "$new/CareKey.swift"
grep -q 'case refused(' "$new/CareKey.swift"

place() { mkdir -p "$(dirname "$out/$2")" && cp "$new/$1" "$out/$2"; }
place CareKey.swift swift/Sources/CareKey/Generated.swift
place CareKeyFFI.h swift/Sources/CareKeyFFI/CareKeyFFI.h
place carekey/carekey.kt kotlin/src/main/kotlin/carekey/Generated.kt
