#!/usr/bin/env bash
# The Swift and Kotlin part of tests/run.sh: builds the library, holds the
# committed sources against it, measures what ships, and runs the tests of both
# languages: on the library for phones, and on that for an office's app, which
# leaves no rule out; and what the README shows, on what is packed. Each case of
# the rulebook counts as one test, in each language and library.
set -uo pipefail
cd "$(dirname "$0")/../.."
source tests/checks.sh

# The committed sources are what the library of today gives.
generated() {
    local new=target/mobile-sources file
    rm -rf "$new"
    bindings-mobile/generate.sh "$new" || return 1
    (cd "$new" && find . -type f) | while read -r file; do
        diff "bindings-mobile/$file" "$new/$file" >/dev/null || {
            echo "$file is not what the library gives: run bindings-mobile/generate.sh"
            exit 1
        }
    done
}

# Each line of the README's examples for an office's app stands in a test that is
# run; those for phones are run as they stand there (newcomer.sh).
readme() {
    local language test examples line
    for language in swift kotlin; do
        case $language in
        swift) test=bindings-mobile/office/swift/Tests/CareKeyTests/OfficeTests.swift ;;
        kotlin) test=bindings-mobile/office/kotlin/src/test/kotlin/carekey/OfficeTest.kt ;;
        esac
        examples=$(sed -n "/^## For an office's app/,/^## What to know/p" bindings-mobile/README.md |
            awk -v begin="\`\`\`$language" '$0 == "```" { inside = 0 } inside && NF; $0 == begin { inside = 1 }')
        [ -n "$examples" ] || return 1
        while IFS= read -r line; do
            grep -qF -- "$line" "$test" || { echo "in no $language test: $line"; return 1; }
        done <<<"$examples"
    done
}

# Nothing that a phone has no use for is in it.
lean() {
    local tree
    tree=$(cargo tree -p carekey-mobile -e normal --prefix none) || return 1
    grep -q '^carekey v' <<<"$tree" || return 1
    ! grep -E '^(rusqlite|libsqlite3-sys|postgres|sqlx|tokio|async-std|smol|async-compat|reqwest|hyper|ureq|curl|native-tls|rustls|socket2|mio|argon2-rust|regex) v' <<<"$tree"
}

# The library as it ships, stripped, is under 4 MiB.
small() {
    local library size
    library=$(bindings-mobile/build-library.sh) || return 1
    size=$(wc -c <"$library")
    echo "  $library: $size bytes, stripped ($(uname -s) $(uname -m))"
    [ "$size" -lt $((4 * 1024 * 1024)) ]
}

check "the library for phones is lean" lean
check "the examples for an office's app in the README are run" readme
check "the committed Swift and Kotlin sources are the library's" generated
small 2>&1 && { echo "✓ it is under 4 MiB"; count 1 0 0; } || { echo "✗ it is not under 4 MiB"; count 0 1 0; }

# What a test run says: `cases: N`, and a line with what was executed. The test
# of all cases stands for N. One that does not even build counts as a failure.
sum() {
    local code=$1 ran=$2 failed=$3 cases
    cases=$(sed -n 's/.*cases: \([0-9]*\)$/\1/p' "$log" | tail -n 1)
    if [ "$code" -ne 0 ] || [ -z "$cases" ]; then
        cat "$log"
        [ "$failed" -gt 0 ] || failed=1
        count "$((ran > failed ? ran - failed : 0))" "$failed" 0
    else
        count "$((ran - 1 + cases))" 0 0
    fi
    echo "  $ran tests, $failed failed, ${cases:-no} cases of the rulebook"
}

office=target/mobile-office

# Makes sure of a Swift compiler: the command that runs it is in `swift`.
bring_swift() {
    swift=(swift)
    if has swiftc; then
        command swift --version >/dev/null 2>&1 || { skip Swift "its compiler does not run"; return 1; }
    elif can_install; then
        bring debootstrap debootstrap
        tests/mobile/swift-root.sh >"$log" 2>&1 || { skip Swift "no compiler, and none could be brought"; cat "$log"; return 1; }
        swift=(tests/mobile/swift-root.sh swift)
    else
        skip Swift "swiftc is missing; on Debian root can bring it"
        return 1
    fi
}

# swift_tests NAME PACKAGE LIBRARY BUILD
swift_tests() {
    local code ran failed
    "${swift[@]}" test --package-path "$2" --scratch-path "$4" \
        -Xlinker "-L$PWD/$3" -Xlinker -rpath -Xlinker "$PWD/$3" >"$log" 2>&1
    code=$?
    read -r ran failed < <(awk '/Executed [0-9]+ tests?, with/ { ran = $2; failed = $5 } END { print ran + 0, failed + 0 }' "$log")
    [ "$code" -eq 0 ] && echo "✓ $1" || echo "✗ $1"
    sum "$code" "$ran" "$failed"
}

# kotlin_tests NAME PACKAGE LIBRARY BUILD
kotlin_tests() {
    local code ran failed
    mvn -B -f "$2/pom.xml" -Dcarekey.project="$PWD" -Dcarekey.library="$PWD/$3" -Dcarekey.target="$PWD/$4" test >"$log" 2>&1
    code=$?
    read -r ran failed < <(sed 's/,//g' "$log" | awk '/Tests run: [0-9]+ / { for (i = 1; i < NF; i++) { if ($i == "run:") ran = $(i + 1); if ($i == "Failures:") f = $(i + 1); if ($i == "Errors:") e = $(i + 1) } } END { print ran + 0, f + e + 0 }')
    [ "$code" -eq 0 ] && echo "✓ $1" || echo "✗ $1"
    sum "$code" "$ran" "$failed"
}

languages=()
bring_swift && languages+=(swift)
if bring mvn maven && bring javac default-jdk-headless; then
    languages+=(kotlin)
else
    skip Kotlin "a JDK and Maven are missing; on Debian root can bring them"
fi
for language in "${languages[@]}"; do
    "${language}_tests" "${language^}, for phones" "bindings-mobile/$language" target/debug "target/$language-phone"
    check "${language^}, from an empty folder by the README, on what is packed" tests/mobile/newcomer.sh "$language" "${swift[@]}"
done
check "the packages for an office's app are put together" bindings-mobile/build-office.sh "$office" &&
    for language in "${languages[@]}"; do
        "${language}_tests" "${language^}, for offices" "$office/$language" "$office/library" "target/$language-office"
    done
