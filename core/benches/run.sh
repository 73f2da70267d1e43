#!/usr/bin/env bash
# The main job at three sizes: what is printed are the lines with times. It
# grows in proportion to the people.
set -euo pipefail
cd "$(dirname "$0")/../.."
# Reading and preview by themselves, of clean and of dirty files.
cargo bench --bench reading -p carekey
cargo build --release --example onboard
for people in 1000 10000 100000; do
    echo "━━ $people people"
    timed=()
    [ -x /usr/bin/time ] && timed=(/usr/bin/time -f "  peak memory %M KiB, %e s in all")
    "${timed[@]}" target/release/examples/onboard --people "$people" </dev/null | grep -E "read in|previewed in|a second|again"
done
