#!/usr/bin/env bash
# From the lines of the benches to docs/benchmarks.md.
set -euo pipefail
cd "$(dirname "$0")/../.."

version() { # The version of a crate that is built here.
    awk -v name="$1" '$0 == "name = \"" name "\"" { getline; gsub(/[^0-9.]/, ""); print; exit }' Cargo.lock
}

processor=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
memory=$(awk '/MemTotal/ { printf "%d GiB", $2 / 1048576 + 0.5 }' /proc/meminfo 2>/dev/null || true)
cat <<END
# Benchmarks

Written by \`make bench\`, which runs all of it again; nothing in it is written by
hand. Only ratios are to be compared: both sides of each line ran in one process
or one run, turn by turn, on the same work, and each bench asserts that their
answers agree.

Made on $(date -u +%Y-%m-%d) with carekey $(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -1),
$(rustc --version | cut -d' ' -f1,2), $(uname -s) on $(uname -m),
$(nproc 2>/dev/null || echo ?) cores (${processor:-unknown}), ${memory:-memory unknown}.
END
table() { # The lines of one kind, or nothing where there are none.
    local lines
    lines=$(grep "^$1 | " <<<"$section" || true)
    [ -n "$lines" ] || return 0
    printf '\n| %s |\n|%s\n' "$2" "---|---|---|---|---|"
    sed "s/^$1 | /| /; s/ *\$/ |/" <<<"$lines"
}
told() {
    [ -n "$section" ] || return 0 # One that prints no such line has no place here.
    printf '\n## %s\n' "$title"
    table beside "work | ours | peer | how many times as fast | note"
    table growth "work | one of few | one of many | times the cost | note"
}
{
    title="" section=""
    while IFS= read -r line; do
        case $line in
            "title | "*) told; title=${line#title | } section="" ;;
            *) section+="${section:+$'\n'}$line" ;;
        esac
    done
    told
} | while IFS= read -r line; do
    while [[ $line =~ \{([a-zA-Z0-9_-]+)\} ]]; do
        name=${BASH_REMATCH[1]}
        line=${line/"{$name}"/"$name $(version "$name")"}
    done
    printf '%s\n' "$line"
done
