#!/usr/bin/env bash
# What a new version takes away from the last: of the crate (cargo-semver-checks,
# which is built where it is missing), of the package for Python (griffe), of the
# declarations for Node and the sources for Swift and Kotlin. The last is the
# newest tag v*, or what is given. What is taken away needs a new major
# version, or before 1.0 a new minor one.
set -euo pipefail
cd "$(dirname "$0")/../.."
last=${1:-$(git tag --list 'v*' --sort=-version:refname | head -n 1)}
if [ -z "$last" ]; then
    echo "note: there is no release to compare with"
    exit 0
fi
now=$(sed -n '/^\[workspace.package\]/,/^\[/ s/^version = "\(.*\)"/\1/p' Cargo.toml)
then=$(git show "$last:Cargo.toml" | sed -n '/^\[workspace.package\]/,/^\[/ s/^version = "\(.*\)"/\1/p')
major() { [[ $1 =~ ^0\.([0-9]+)\. ]] && echo "0.${BASH_REMATCH[1]}" || echo "${1%%.*}"; }
if [ "$(major "$now")" != "$(major "$then")" ]; then
    echo "$then to $now may take away"
    exit 0
fi
code=0
PATH=$PWD/target/release-check/bin:$PATH
cargo semver-checks --version >/dev/null 2>&1 ||
    cargo install --quiet --locked --root target/release-check cargo-semver-checks
cargo semver-checks --baseline-rev "$last" -p carekey || code=1
if command -v griffe >/dev/null; then
    griffe check carekey --search bindings-python/python --against "$last" || code=1
else
    echo "note: the package for Python was not compared: griffe is not here"
fi
# Each name that is public in a declaration, and each of its members.
declared() { grep -oE '(export )?(interface|class|type|function|const) [A-Za-z]+|^ +(readonly )?[a-zA-Z]+\??[:(]' | sed 's/export //; s/readonly //; s/^ *//; s/[?:(]*$//'; }
swift() { grep -oE '^ *public [^=({:]*(func|var|let|struct|class|enum|protocol|init) ?[A-Za-z]*|^ *case [a-z][A-Za-z]*' | sed 's/^ *//'; }
kotlin() { grep -oE '^ *((public|open|override|suspend|data|sealed|enum|abstract|value|const|companion) )*(fun|val|var|class|object|interface) `?[A-Za-z]+`?|^ *[A-Z][A-Z_0-9]+[,;(]' | sed 's/^ *//; s/[,;(]$//'; }
public() { case $1 in *.ts) declared ;; *.swift) swift ;; *.kt) kotlin ;; esac | grep -v FfiConverter | sort -u; }
sources='^bindings-node/.*\.d\.m?ts$|^bindings-mobile/.*(/Sources/CareKey/|src/main/kotlin/)'
for file in $(git ls-tree -r --name-only "$last" bindings-node bindings-mobile | grep -E "$sources" | grep -v /test/); do
    gone=$(comm -23 <(git show "$last:$file" | public "$file") <(public "$file" <"$file" 2>/dev/null || true))
    [ -z "$gone" ] || { echo "$file has no more: $(tr '\n' ',' <<<"$gone")"; code=1; }
done
exit $code
