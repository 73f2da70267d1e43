#!/usr/bin/env bash
# A directory that Python wrote opens in Node and the other way round, with
# the same answers: on one SQLite file, and on one PostgreSQL server. tests/node/run.sh and tests/python/run.sh come before it
# and build what it uses.
set -uo pipefail
cd "$(dirname "$0")/../.."
source tests/checks.sh
source tests/postgres.sh
python=target/python/venv/bin/python
roster=tests/rosters/agency.csv
folder=$(mktemp -d)
finish() { rm -rf "$folder" "$log"; }
bring_node

if ! { [ -x "$python" ] && "$python" -c 'import carekey' 2>/dev/null; } || ! ls bindings-node/native/*.node >/dev/null 2>&1; then
    skip "Python and Node on one file" "one of them is not built"
    exit 0
fi

ask() { # LANGUAGE DO ADDRESS ANSWERS
    case $1 in
    python) "$python" tests/together/python.py "$2" "$3" "$roster" >"$4" ;;
    node) node tests/together/node.mjs "$2" "$3" "$roster" >"$4" ;;
    esac
}

# Who made what is at an address; then both answer about it, change it, and
# answer again.
alike() {
    local address=$2
    ask "$1" make "$address" "$folder/made" &&
        ask python answers "$address" "$folder/python-1" && ask node answers "$address" "$folder/node-1" &&
        python3 tests/together/compare.py "$folder/made" "$folder/python-1" &&
        python3 tests/together/compare.py "$folder/python-1" "$folder/node-1" &&
        ask node change "$address" "$folder/changed" && ask python change "$address" "$folder/changed" &&
        ask python answers "$address" "$folder/python-2" && ask node answers "$address" "$folder/node-2" &&
        python3 tests/together/compare.py "$folder/python-2" "$folder/node-2" &&
        ! cmp -s "$folder/python-1" "$folder/python-2"
}

for maker in python node; do
    check "Python and Node answer alike about a file that $maker made" alike "$maker" "sqlite:$folder/$maker.db"
done

# Does something with the address of a new database on the server.
with_database() { # DATABASE COMMAND...
    local database=$1
    shift
    "$(postgres_programs)/createdb" --maintenance-db="$CAREKEY_POSTGRES" "$database" &&
        "$@" "${CAREKEY_POSTGRES%/postgres}/$database"
}

# Every page that Python serves, in the browser of the portal's tests.
browser() { has chromium || has chromium-browser || has google-chrome; }
if "$python" -c 'import django, fastapi' 2>/dev/null && browser && [ -d bindings-node/examples/portal/node_modules ]; then
    for site in django fastapi; do
        check "every page with $site has its picture and axe-core's reading" \
            env CAREKEY_PYTHON="$python" node --test "tests/together/$site.test.mjs"
    done
else
    skip "the pages that Python serves" "Django, FastAPI, Chromium or the packages of the portal are missing"
fi

if start_postgres; then
    for maker in python node; do
        check "Python and Node answer alike about a server's database that $maker made" \
            with_database "by_$maker" alike "$maker"
    done
    check "a store that was opened before a fork says so" with_database forked "$python" tests/together/fork.py
else
    skip "Python and Node on one server" "no PostgreSQL server could be started; on Debian root can bring its programs"
fi
exit 0
