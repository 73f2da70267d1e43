#!/bin/sh
# The longer fuzzing: each target under libFuzzer for SECONDS (default 60).
#
#   tests/fuzz/run.sh                 all targets
#   tests/fuzz/run.sh csv phone       some of them
#   SECONDS_EACH=600 tests/fuzz/run.sh csv
#
# What it finds goes to tests/fuzz/artifacts/TARGET/; put a mended one into
# tests/fuzz/corpus/TARGET/, where `cargo test` runs it for ever. New inputs
# that only widen the coverage stay in tests/fuzz/target/ and are used again.
set -eu
cd "$(dirname "$0")"
each=${SECONDS_EACH:-60}

if ! cargo +nightly --version >/dev/null 2>&1; then
    echo "fuzzing needs the nightly toolchain: rustup toolchain install nightly" >&2
    echo "(the short run needs none: cargo test -p carekey-tests --test fuzz_corpus)" >&2
    exit 1
fi
if ! cargo fuzz --version >/dev/null 2>&1; then
    echo "installing cargo-fuzz"
    cargo install --locked cargo-fuzz || {
        echo "cargo-fuzz could not be installed; with access to crates.io: cargo install cargo-fuzz" >&2
        exit 1
    }
fi

[ $# -gt 0 ] || set -- $(cargo fuzz list --fuzz-dir .)
cargo +nightly fuzz build -O --fuzz-dir .
for target in "$@"; do
    grown=target/corpus/$target
    mkdir -p "$grown"
    echo "== $target, $each s"
    cargo +nightly fuzz run -O --fuzz-dir . "$target" "$grown" "corpus/$target" -- \
        -max_total_time="$each" -timeout=10 -rss_limit_mb=3000 -verbosity=0 -print_final_stats=1
done
