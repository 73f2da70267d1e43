#!/usr/bin/env bash
# The portal part of tests/run.sh: a real Chromium goes through every story of
# the example of the Node binding.
set -uo pipefail
cd "$(dirname "$0")/../.."
source tests/checks.sh
cd bindings-node || exit 1

fail() {
    echo "✗ $1"
    count 0 1 0
    exit 0
}
browser() { has chromium || has chromium-browser || has google-chrome; }

bring_node || { skip "the portal" "Node 20 or later with npm is needed"; exit 0; }
browser || bring chromium chromium fonts-noto-core
browser || { skip "the portal" "Chromium is needed"; exit 0; }

# The native module, where the tests of the binding have not built it.
if ! ls native/*.node >/dev/null 2>&1; then
    [ -d node_modules ] || npm ci --no-audit --no-fund || fail "the packages of the binding"
    npm run build || fail "the native module"
fi
cd examples/portal || exit 1
npm ci --no-audit --no-fund --loglevel=error || fail "the packages of the portal"

node test/run.js --test-reporter=tap 2>&1 | tee "$log"
number() { awk -v name="$1" '$1 == "#" && $2 == name { n = $3 } END { print n + 0 }' "$log"; }
failed=$(($(number fail) + $(number cancelled)))
[ $(($(number pass) + failed)) -gt 0 ] || failed=1
count "$(number pass)" "$failed" "$(number skipped)"
