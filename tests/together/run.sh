#!/usr/bin/env bash
# A directory that Python wrote opens in Node and the other way round, with
# the same answers. tests/node/run.sh and tests/python/run.sh come before it
# and build what it uses.
set -uo pipefail
cd "$(dirname "$0")/../.."
: "${CAREKEY_RESULTS:=/dev/null}"
python=target/python/venv/bin/python
roster=tests/rosters/agency.csv
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

count() { echo "$1 $2 $3" >>"$CAREKEY_RESULTS"; }

if ! { [ -x "$python" ] && "$python" -c 'import carekey' 2>/dev/null; } || ! ls bindings-node/native/*.node >/dev/null 2>&1; then
    echo "- skipped: Python and Node on one file, since one of them is not built"
    count 0 0 1
    exit 0
fi

ask() { # LANGUAGE DO FILE ANSWERS
    case $1 in
    python) "$python" tests/together/python.py "$2" "$3" "$roster" >"$4" ;;
    node) node tests/together/node.mjs "$2" "$3" "$roster" >"$4" ;;
    esac
}

for maker in python node; do
    file=$folder/$maker.db
    name="a directory that $maker made: both answer alike, before and after both changed it"
    if ask $maker make "$file" "$folder/made" &&
        ask python answers "$file" "$folder/python-1" && ask node answers "$file" "$folder/node-1" &&
        python3 tests/together/compare.py "$folder/made" "$folder/python-1" &&
        python3 tests/together/compare.py "$folder/python-1" "$folder/node-1" &&
        ask node change "$file" "$folder/changed" && ask python change "$file" "$folder/changed" &&
        ask python answers "$file" "$folder/python-2" && ask node answers "$file" "$folder/node-2" &&
        python3 tests/together/compare.py "$folder/python-2" "$folder/node-2" &&
        ! cmp -s "$folder/python-1" "$folder/python-2"; then
        echo "✓ $name"
        count 1 0 0
    else
        echo "✗ $name"
        count 0 1 0
    fi
done
