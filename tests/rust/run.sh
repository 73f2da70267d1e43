#!/usr/bin/env bash
# The Rust part of tests/run.sh: format, lints, docs, features, tests, the
# cases of every rule, the example, and advisories where they can be had.
set -uo pipefail
cd "$(dirname "$0")/../.."
source tests/checks.sh
source tests/postgres.sh

# Besides the default features, what the library of an office's app adds.
docs() { RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace --features carekey-mobile/office; }

# The main job on the project's roster, in a pipe: it ends well, everybody is
# accounted for, and no escape code comes out.
demo() {
    local out
    out=$(target/debug/examples/onboard --roster tests/rosters/agency.csv) || return 1
    grep -q "every person accounted for" <<<"$out" && ! grep -q $'\e' <<<"$out"
}

# Python, Node and the tests have the same crates with the same features, so
# that each is built once for all of them.
one_build() {
    features() { cargo tree --locked --prefix none --format '{p} {f}' "$@" | sed 's/ (\*)$//' | sort -u; }
    local tests
    tests=$(features -e normal,build,dev) || return 1
    for binding in carekey-python carekey-node; do
        ! features -p "$binding" -e normal,build | grep -vxF "$tests" || { echo "$binding has these otherwise than the tests"; return 1; }
    done
}

check "format" cargo fmt --all --check
check "lints" cargo clippy --workspace --all-targets --features carekey-mobile/office -- -D warnings
check "documentation" docs
check "what the bindings derive is as the core has it" cargo run --quiet -p carekey-surface -- --check
check "the rules alone" cargo check -p carekey --no-default-features
check "the engine without a store of its own" cargo check -p carekey --no-default-features --features engine
check "the server's store alone" cargo check -p carekey --no-default-features --features postgres
check "one build serves Python, Node and the tests" one_build

# The tests, doc tests among them: cargo prints a line `test result:` for each
# program. One that does not even build has none, and counts as one failure.
# Those that need a PostgreSQL server are ignored where there is none, which
# counts as skipped. The laws are tried on the same inputs every time, so that
# a run says something of what was changed; others come from make fuzz.
export PROPTEST_RNG_SEED=${PROPTEST_RNG_SEED:-20261128}
output=$(mktemp)
ignored=(--include-ignored)
start_postgres || {
    echo "- skipped: PostgreSQL: no server could be started; on Debian root can bring its programs"
    ignored=()
}
# Cedar's oracle apart (tests/oracle/Cargo.toml says why).
{
    cargo test --no-fail-fast -- "${ignored[@]}"
    all=$?
    cargo test -p carekey-oracle && exit "$all"
} 2>&1 | tee "$output"
code=${PIPESTATUS[0]}
read -r passed failed skipped < <(awk '/^test result:/ { p += $4; f += $6; s += $8 } END { print p + 0, f + 0, s + 0 }' "$output")
rm -f "$output"
if [ "$code" -ne 0 ] && [ "$failed" -eq 0 ]; then
    failed=1
fi
count "$passed" "$failed" "$skipped"

# Programs of the same build.
check "the example on the project's roster" demo
check "the README's program and the service on axum, of the packed crate" tests/release/crate.sh
# The table rule → number of cases; a rule without a case is a failure.
if target/debug/rules; then count 1 0 0; else count 0 1 0; fi

# Advisories need a tool and its data, which not every machine has: a note
# then, not a skipped test.
if cargo deny --version >/dev/null 2>&1 && cargo deny fetch >/dev/null 2>&1; then
    check "advisories (cargo deny)" cargo deny check advisories
elif cargo audit --version >/dev/null 2>&1 && cargo audit --json >/dev/null 2>&1; then
    check "advisories (cargo audit)" cargo audit
else
    echo "note: advisories were not looked at: neither cargo deny nor cargo audit is here, or no data can be had"
fi
