#!/usr/bin/env bash
# Packs what an app depends on, with the library for this machine, the README
# and the licences: the Swift package, or a Maven repository with the jar. The
# folder is made anew.
#
#   bindings-mobile/pack.sh swift|kotlin FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."
language=${1:?swift or kotlin}
out=${2:?the folder}
library=$(bindings-mobile/build-library.sh)
papers=(bindings-mobile/README.md LICENSE-APACHE LICENSE-MIT)

rm -rf "$out"
mkdir -p "$out"
out=$(cd "$out" && pwd)
case $language in
swift)
    cp -R bindings-mobile/swift/{Sources,Examples} "${papers[@]}" "$out"
    # The tests are of this project: their cases are not in the package.
    sed '/testTarget/d' bindings-mobile/swift/Package.swift >"$out/Package.swift"
    if [ "$(uname)" = Darwin ]; then
        cp -R bindings-mobile/swift/CareKeyFFI.xcframework "$out"
    else
        mkdir "$out/library"
        cp "$library" "$out/library"
    fi
    ;;
kotlin)
    # JNA takes the library from the jar, by the machine's name in its words.
    machine=$(uname -sm | tr 'A-Z _' 'a-z--' | sed 's/arm64/aarch64/')
    packed=$(mktemp -d)
    trap 'rm -rf "$packed"' EXIT
    mkdir -p "$packed/$machine" "$packed/META-INF"
    cp "$library" "$packed/$machine"
    cp "${papers[@]}" "$packed/META-INF"
    mvn -B -q -f bindings-mobile/kotlin/pom.xml -Dcarekey.target="$PWD/target/kotlin-packed" -Dcarekey.packed="$packed" \
        -Dmaven.test.skip -Dkotlin.compiler.incremental -Dmaven.install.skip -DaltDeploymentRepository="packed::file://$out" deploy
    ;;
esac
