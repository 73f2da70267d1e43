#!/usr/bin/env bash
# What Python users get where no wheel fits: the sdist, built by pip in an empty
# environment, where the first program of the README runs.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"; rm -f "$root/bindings-python/LICENSE-THIRD-PARTY.txt"' EXIT
out=${1:-$folder/dist}

python3 tests/release/dependencies.py notices carekey-python >bindings-python/LICENSE-THIRD-PARTY.txt
(cd bindings-python && maturin sdist --out "$out")
sdist=$(echo "$out"/carekey-*.tar.gz)
listed=$(tar -tzf "$sdist")
for name in LICENSE-MIT LICENSE-APACHE LICENSE-THIRD-PARTY.txt Cargo.lock; do
    grep -q "/$name\$" <<<"$listed" || { echo "the sdist has no $name" >&2; exit 1; }
done
python3 -m venv "$folder/venv"
# Built without optimisation: what is shown is that all of it is there.
CARGO_TARGET_DIR=$root/target/sdist CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off \
    "$folder/venv/bin/pip" install -q "$sdist"
awk '$0 == "```" { inside = 0 } inside; $0 == "```python" && !seen { inside = 1; seen = 1 }' bindings-python/README.md >"$folder/readme.py"
cd "$folder"
"$folder/venv/bin/python" readme.py >told
grep -q "created" told || { echo "the program of the README made nobody" >&2; cat told; exit 1; }
"$folder/venv/bin/python" -c 'import carekey; print(carekey.__version__)'
