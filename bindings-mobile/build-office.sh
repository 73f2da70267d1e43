#!/usr/bin/env bash
# Puts together, in a folder, the Swift and the Kotlin package of an office's
# own app: those of a phone, and rosters, histories, the texts of messages and
# stored passwords besides (the feature `office`). The library for this machine
# is in the folder `library`.
#
#   bindings-mobile/build-office.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:?the folder}

rm -rf "$out"
mkdir -p "$out/library"
cp -R bindings-mobile/swift bindings-mobile/kotlin "$out"
cp -R bindings-mobile/office/. "$out"
CAREKEY_FEATURES=office bindings-mobile/generate.sh "$out"
for library in target/debug/libcarekey_mobile.{so,dylib}; do
    [ ! -e "$library" ] || cp "$library" "$out/library"
done
