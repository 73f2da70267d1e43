#!/usr/bin/env bash
# Builds the Android library: the shared libraries of three architectures, and
# the AAR around them. Needs the Android SDK, its NDK (r28 or later), cargo-ndk,
# Gradle and the Rust targets below; no test of this project runs it.
#
#   bindings-mobile/kotlin/build-aar.sh [FOLDER]
#
# With a folder of build-office.sh: that of the package in it.
set -euo pipefail
cd "$(dirname "$0")/../.."
android=${1:-bindings-mobile}/kotlin/android
features=${1:+office}

: "${ANDROID_HOME:?the folder of the Android SDK}"
command -v cargo-ndk >/dev/null || { echo "needs cargo-ndk: cargo install cargo-ndk" >&2; exit 3; }
rustup target add aarch64-linux-android armv7-linux-androideabi x86_64-linux-android

# Pages of 16 KiB, which Android 15 asks for; relocations packed as Android
# reads them since API level 23.
export RUSTFLAGS="-C link-arg=-Wl,-z,max-page-size=16384 -C link-arg=-Wl,--pack-dyn-relocs=android"
cargo ndk --platform 26 -t arm64-v8a -t armeabi-v7a -t x86_64 -o "$android/src/main/jniLibs" \
    build -p carekey-mobile --lib --profile mobile --features "$features"

# Every segment that is loaded begins on a page of 16 KiB.
for library in "$android"/src/main/jniLibs/{arm64-v8a,x86_64}/libcarekey_mobile.so; do
    for alignment in $(readelf -lW "$library" | awk '$1 == "LOAD" { print $NF }'); do
        [ $((alignment)) -ge 16384 ] || { echo "$library is not aligned to 16 KiB" >&2; exit 1; }
    done
done

(cd "$android" && gradle assembleRelease)
ls "$android"/build/outputs/aar/*.aar
