#!/usr/bin/env bash
# Assembles CareKeyFFI.xcframework for iOS, its simulator and macOS, which
# Package.swift takes the library from. Needs a Mac with Xcode and the Rust
# targets below; no test of this project runs it.
#
#   bindings-mobile/swift/build-xcframework.sh [FOLDER]
#
# With a folder of build-office.sh: that of the package in it.
set -euo pipefail
cd "$(dirname "$0")/../.."
package=${1:-bindings-mobile}/swift
features=${1:+office}
framework=$package/CareKeyFFI.xcframework

[ "$(uname)" = Darwin ] || { echo "needs a Mac with Xcode" >&2; exit 3; }
rustup target add aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin

# As the deployment targets in Package.swift say.
export IPHONEOS_DEPLOYMENT_TARGET=15.0 MACOSX_DEPLOYMENT_TARGET=12.0
for target in aarch64-apple-ios aarch64-apple-ios-sim x86_64-apple-ios aarch64-apple-darwin x86_64-apple-darwin; do
    cargo rustc -p carekey-mobile --lib --profile mobile --crate-type staticlib --target "$target" \
        --features "$features"
done

# One library per platform: simulators and Macs are of two architectures.
build=target/xcframework
rm -rf "$build" "$framework"
mkdir -p "$build/ios" "$build/ios-simulator" "$build/macos" "$build/headers/CareKeyFFI"
built() { echo "target/$1/mobile/libcarekey_mobile.a"; }
cp "$(built aarch64-apple-ios)" "$build/ios/"
lipo -create "$(built aarch64-apple-ios-sim)" "$(built x86_64-apple-ios)" -output "$build/ios-simulator/libcarekey_mobile.a"
lipo -create "$(built aarch64-apple-darwin)" "$(built x86_64-apple-darwin)" -output "$build/macos/libcarekey_mobile.a"

# In a folder of its own, so that it meets no other framework's module map.
cp "$package/Sources/CareKeyFFI/CareKeyFFI.h" "$build/headers/CareKeyFFI/"
grep -v '^    link ' "$package/Sources/CareKeyFFI/module.modulemap" >"$build/headers/CareKeyFFI/module.modulemap"

xcodebuild -create-xcframework \
    -library "$build/ios/libcarekey_mobile.a" -headers "$build/headers" \
    -library "$build/ios-simulator/libcarekey_mobile.a" -headers "$build/headers" \
    -library "$build/macos/libcarekey_mobile.a" -headers "$build/headers" \
    -output "$framework"
echo "$framework"
