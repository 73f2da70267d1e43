# What the scripts tests/*/run.sh share: they source it.

: "${CAREKEY_RESULTS:=/dev/null}"
# Files of tests lie in memory where there is room, and programs may lie there:
# the tests kill programs, not machines, and need not wait for a disk.
if [ -z "${TMPDIR:-}" ] && [ -w /dev/shm ] && [ "$(df -Pk /dev/shm | awk 'NR == 2 { print $4 }')" -gt 4000000 ] &&
    runs=$(mktemp -p /dev/shm) && chmod +x "$runs" && echo "#!/bin/sh" >"$runs" && "$runs" 2>/dev/null; then
    export TMPDIR=/dev/shm
fi
rm -f "${runs:-}"

log=$(mktemp)
# What is left to do at the end; a script may say more.
finish() { rm -f "$log"; }
trap finish EXIT

# Appends to the results: passed, failed, skipped.
count() { echo "$1 $2 $3" >>"$CAREKEY_RESULTS"; }

# One check that passes or fails as a whole; its output only if it fails.
check() {
    local name=$1
    shift
    if "$@" >"$log" 2>&1; then
        echo "✓ $name"
        count 1 0 0
    else
        echo "✗ $name: $*"
        cat "$log"
        count 0 1 0
        return 1
    fi
}

# What was not tested, and why.
skip() {
    echo "- skipped: $1: $2"
    count 0 0 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# On Debian as root what is missing is brought.
can_install() { [ "$(id -u)" -eq 0 ] && [ -e /etc/debian_version ] && has apt-get; }

# Makes sure of a command: bring COMMAND PACKAGE...
bring() {
    local command=$1
    shift
    has "$command" && return
    can_install && apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@" >"$log" 2>&1
}

node_is_new() { has npm && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' 2>/dev/null; }

# Makes sure of Node 20 or later. Debian 12 has 18, with which npm can bring a
# newer one, into the folder target/.
bring_node() {
    local folder
    folder=$(git rev-parse --show-toplevel)/target/node
    [ -d "$folder/node_modules/.bin" ] && PATH=$folder/node_modules/.bin:$PATH
    node_is_new && return
    can_install || return
    bring npm nodejs npm && { node_is_new || npm install --silent --no-audit --no-fund --prefix "$folder" node@22 npm@11; }
    PATH=$folder/node_modules/.bin:$PATH
    hash -r
    node_is_new
}
