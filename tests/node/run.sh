#!/usr/bin/env bash
# The Node part of tests/run.sh: builds the package and runs its tests on it,
# among them every case of tests/cases/, the real frameworks, and its types.
set -uo pipefail
cd "$(dirname "$0")/../.."
source tests/checks.sh
cd bindings-node || exit 1

bring_node || { skip "the Node package" "Node 20 or later with npm is needed"; exit 0; }

# The tools as they were locked; again only where the lock has changed.
tools() {
    cmp -s package-lock.json node_modules/.locked || { npm ci --no-fund --no-audit && cp package-lock.json node_modules/.locked; }
}

check "the tools of the Node package" tools || exit 0
check "the Node package" npm run --silent build || exit 0
check "types, as TypeScript and CommonJS use them" npx tsc -p test/types
check "the package's own code against its types and the generated ones" npx tsc -p .
check "the cases against the types" npx tsc -p test/cases

# node:test says itself how many there were.
node --test \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$log" test/*.test.js
code=$?
summary() { awk -v name="$1" '$1 == "#" && $2 == name { found = $3 } END { print found + 0 }' "$log"; }
passed=$(summary pass) failed=$(($(summary fail) + $(summary cancelled))) skipped=$(($(summary skipped) + $(summary todo)))
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
fi
count "$passed" "$failed" "$skipped"
