#!/usr/bin/env bash
# The portal part of tests/run.sh: a real Chromium goes through every story of
# the example of the Node binding.
set -uo pipefail
cd "$(dirname "$0")/../../bindings-node"
: "${CAREKEY_RESULTS:=/dev/null}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT

count() { echo "$1 $2 $3" >>"$CAREKEY_RESULTS"; }
skip() { echo "– the portal was not tested: $1"; count 0 0 1; exit 0; }
fail() { echo "✗ $1"; count 0 1 0; exit 0; }

installed() { command -v "$1" >/dev/null 2>&1; }
browser() { installed chromium || installed chromium-browser || installed google-chrome; }

# What Debian has, where we may install it.
if [ "$(id -u)" -eq 0 ] && installed apt-get; then
    missing=()
    installed npm || missing+=(nodejs npm)
    browser || missing+=(chromium fonts-noto-core)
    if [ ${#missing[@]} -gt 0 ]; then
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}"; } >"$log" 2>&1 ||
            cat "$log"
    fi
fi
installed node && installed npm || skip "it needs node and npm"
[ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ] || skip "it needs node 20 or newer"
browser || skip "it needs chromium"

# The native module, where the tests of the binding have not built it.
if ! ls native/*.node >/dev/null 2>&1; then
    [ -d node_modules ] || npm ci --no-audit --no-fund || fail "the packages of the binding"
    npm run build || fail "the native module"
fi
cd examples/portal || exit 1
npm ci --no-audit --no-fund --loglevel=error || fail "the packages of the portal"

node --test --test-reporter=tap --test-concurrency=1 test/*.test.js 2>&1 | tee "$log"
number() { awk -v name="$1" '$1 == "#" && $2 == name { n = $3 } END { print n + 0 }' "$log"; }
failed=$(($(number fail) + $(number cancelled)))
[ $(($(number pass) + failed)) -gt 0 ] || failed=1
count "$(number pass)" "$failed" "$(number skipped)"
