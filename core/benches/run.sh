#!/usr/bin/env bash
# Runs every bench beside its peers, which it brings itself, and writes
# docs/benchmarks.md of what they print (table/mod.rs says how). `make bench
# ONLY='roster|list'` runs those alone whose titles match, and leaves the others as
# they were measured before.
#
# Needs Rust, Python 3.10 and Node 20 with npm; a PostgreSQL server is started as
# for the tests. What one of them is missing for is left out and said.
set -euo pipefail
cd "$(dirname "$0")/../.."
folder=$PWD/target/bench
mkdir -p "$folder/files"
# Files on a disk, and a server that waits for it.
export TMPDIR=$folder/files POSTGRES_OPTIONS=
source tests/checks.sh
source tests/postgres.sh
printed=$folder/lines
: >"$printed"

# A title of the document, and what prints its lines.
bench() {
    local title=$1
    shift
    if [ -n "${ONLY:-}" ] && ! grep -qiE -- "$ONLY" <<<"$title"; then return; fi
    echo "━━ $title"
    echo "title | $title" >>"$printed"
    "$@" </dev/null | tee >(cat >&2) | { grep -E '^(beside|growth|size|reach) \| ' >>"$printed" || true; }
}
missing() { echo "- left out: $1" >&2; }

python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install -q maturin matplotlib argon2-cffi django
python() {
    (cd bindings-python && "$folder/venv/bin/maturin" build -q --profile binding --locked --target-dir ../target --out "$folder/wheels")
    "$folder/venv/bin/pip" install -q --force-reinstall --no-deps "$(ls -t "$folder"/wheels/*.whl | head -n 1)"
    "$folder/venv/bin/python" bindings-python/bench/peers.py
    "$folder/venv/bin/python" bindings-python/bench/decide.py
}
# It leaves the module as it is released; the tests build theirs anew.
node_() {
    (cd bindings-node && npm ci --silent --no-audit --no-fund && CAREKEY_PROFILE=binding npm run --silent build)
    npm install --silent --no-audit --no-fund --prefix "$folder/npm" casbin
    CAREKEY_PEERS=$folder/npm/node_modules node bindings-node/bench/peers.mjs
    node bindings-node/bench/decide.mjs
    node bindings-node/scripts/import-time.mjs
}
phones() {
    local library size
    library=$(bindings-mobile/build-library.sh)
    size=$(wc -c <"$library")
    awk -v size="$size" 'BEGIN { printf "reach | phones | %.2f MiB | 0.9 of it the list of passwords, 0.5 the letters of other scripts, 0.2 phone plans, 1.0 code\n", size / 1048576 }'
}

bench "Rosters and names" cargo bench -q --bench rosters -p carekey
bench "Rosters: reading and preview" cargo bench -q --bench reading -p carekey
bench "Lists and searches beside few and many" cargo bench -q --bench lists -p carekey
bench "The checklist of a password" cargo bench -q --bench checklist -p carekey-oracle
bench "Decisions" cargo bench -q --bench decisions -p carekey-oracle
if start_postgres; then :; else missing "PostgreSQL: no server could be started"; fi
bench "Decisions of an agency in a file" cargo bench -q --bench sight -p carekey-tests
bench "Beside a thousand and a million people" cargo bench -q --bench growth -p carekey-tests
bench "Sign-in and invitations" cargo bench -q --bench doors -p carekey-tests
bench "Writing: acts on many" cargo bench -q --bench writing -p carekey-tests
bench "From Python" python
if node_is_new; then bench "From Node" node_; else missing "Node 20 with npm"; fi
bench "The library of phones" phones

"$folder/venv/bin/python" core/benches/document.py "$printed"
