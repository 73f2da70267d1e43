#!/usr/bin/env bash
# Runs every bench and writes docs/benchmarks.md of what they print
# (core/benches/table/mod.rs says how). `make bench ONLY='roster|list'` runs those
# alone whose titles match, and writes nothing.
set -euo pipefail
cd "$(dirname "$0")/../.."
printed=$(mktemp)
trap 'rm -f "$printed"' EXIT

# A title of the document, and what prints its lines.
bench() {
    local title=$1
    shift
    if [ -n "${ONLY:-}" ] && ! grep -qiE -- "$ONLY" <<<"$title"; then return; fi
    echo "━━ $title"
    echo "title | $title" >>"$printed"
    "$@" </dev/null | tee /dev/stderr | { grep -E '^(beside|growth) \| ' >>"$printed" || true; }
}

bench "Rosters, names and the checklist" cargo bench -q --bench rosters -p carekey
bench "Rosters: reading and preview" cargo bench -q --bench reading -p carekey
bench "Lists and searches beside few and many" cargo bench -q --bench lists -p carekey
bench "Decisions" cargo bench -q --bench decisions -p carekey-tests
bench "Writing: acts on many" cargo bench -q --bench writing -p carekey-tests

# The main job at three sizes, from the file to accounts: what is printed are
# the lines with times.
onboard() {
    cargo build -q --release --example onboard
    for people in 1000 10000 100000; do
        echo "━━ $people people"
        target/release/examples/onboard --people "$people" | grep -E "read in|previewed in|a second|again"
    done
}
bench "The main job" onboard

[ -n "${ONLY:-}" ] || core/benches/document.sh <"$printed" >docs/benchmarks.md
