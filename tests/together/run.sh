#!/usr/bin/env bash
# A directory that Python wrote opens in Node and the other way round, with
# the same answers. tests/node/run.sh and tests/python/run.sh come before it
# and build what it uses.
set -uo pipefail
cd "$(dirname "$0")/../.."
source tests/checks.sh
python=target/python/venv/bin/python
roster=tests/rosters/agency.csv
folder=$(mktemp -d)
trap 'rm -rf "$folder" "$log"' EXIT
bring_node

if ! { [ -x "$python" ] && "$python" -c 'import carekey' 2>/dev/null; } || ! ls bindings-node/native/*.node >/dev/null 2>&1; then
    skip "Python and Node on one file" "one of them is not built"
    exit 0
fi

ask() { # LANGUAGE DO FILE ANSWERS
    case $1 in
    python) "$python" tests/together/python.py "$2" "$3" "$roster" >"$4" ;;
    node) node tests/together/node.mjs "$2" "$3" "$roster" >"$4" ;;
    esac
}

# Who made the file; then both answer about it, change it, and answer again.
alike() {
    local file=$folder/$1.db
    ask "$1" make "$file" "$folder/made" &&
        ask python answers "$file" "$folder/python-1" && ask node answers "$file" "$folder/node-1" &&
        python3 tests/together/compare.py "$folder/made" "$folder/python-1" &&
        python3 tests/together/compare.py "$folder/python-1" "$folder/node-1" &&
        ask node change "$file" "$folder/changed" && ask python change "$file" "$folder/changed" &&
        ask python answers "$file" "$folder/python-2" && ask node answers "$file" "$folder/node-2" &&
        python3 tests/together/compare.py "$folder/python-2" "$folder/node-2" &&
        ! cmp -s "$folder/python-1" "$folder/python-2"
}

for maker in python node; do
    check "Python and Node answer alike about a file that $maker made" alike "$maker"
done
exit 0
