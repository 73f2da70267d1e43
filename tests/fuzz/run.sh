#!/bin/sh
# The longer fuzzing: the laws of tests/rust on inputs that nobody tried yet,
# and each target under libFuzzer, each for SECONDS_EACH (default 60).
#
#   tests/fuzz/run.sh                 the laws and all targets
#   tests/fuzz/run.sh laws            the laws
#   tests/fuzz/run.sh csv phone       some of them
#   SECONDS_EACH=600 tests/fuzz/run.sh csv
#
# What it finds goes to tests/fuzz/artifacts/TARGET/; put a mended one into
# tests/fuzz/corpus/TARGET/, where `cargo test` runs it for ever. New inputs
# that only widen the coverage stay in tests/fuzz/target/ and are used again.
set -eu
cd "$(dirname "$0")"
each=${SECONDS_EACH:-60}

laws() {
    until=$(($(date +%s) + each))
    while [ "$(date +%s)" -lt "$until" ]; do
        seed=$(od -An -N4 -tu4 /dev/urandom | tr -d ' ')
        echo "== laws, PROPTEST_RNG_SEED=$seed"
        (cd ../.. && PROPTEST_RNG_SEED=$seed cargo test --quiet -p carekey-tests --test 'laws_*')
    done
}
case ${1:-} in
laws) laws && exit ;;
'') laws ;;
esac

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
