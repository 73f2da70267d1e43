#!/usr/bin/env bash
# Brings a Swift compiler to a Debian that has none, without touching it: a
# Debian 13 of its own in target/swift-root, from the mirror this machine uses
# already, with Debian's Swift in it. Takes a minute or two and 3 GB, once.
#
#   tests/mobile/swift-root.sh              make it, if it is not there yet
#   tests/mobile/swift-root.sh COMMAND …    make it, and run a command inside,
#                                           in the same folder as outside
#
# What is mounted in it is mounted in a name space of its own: nobody else sees
# it, and it is gone with the command, however that ends. So nothing that
# deletes target/ can ever reach the project through it.
set -euo pipefail
cd "$(dirname "$0")/../.."
project=$PWD
root=$project/target/swift-root
suite=trixie

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "needs Debian and root" >&2
    exit 3
fi

# Runs a command in the root, with the project at its own path.
inside() {
    mkdir -p "$root$project"
    unshare --mount --propagation private sh -ec '
        root=$1 project=$2
        shift 2
        mount -t proc proc "$root/proc"
        mount --bind /dev "$root/dev"
        mount --bind "$project" "$root$project"
        exec chroot "$root" sh -ec "cd \"\$1\"; shift; exec \"\$@\"" sh "$project" "$@"
    ' sh "$root" "$project" "$@"
}

# The mirror of this machine's own Debian, in either form of sources.
mirror() {
    awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/debian.sources 2>/dev/null | grep . ||
        awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^http/) { print $i; exit } }' /etc/apt/sources.list
}

make_root() {
    command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap; }
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase "$suite" "$root" "$(mirror)"
    # The machine's way to its mirror: proxies and name service.
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    cp /etc/apt/apt.conf "$root/etc/apt/" 2>/dev/null || true
    { grep -lis proxy /etc/apt/apt.conf.d/* || true; } | xargs -r cp -t "$root/etc/apt/apt.conf.d/"
    inside env DEBIAN_FRONTEND=noninteractive sh -ec '
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends swiftlang libc6-dev libstdc++-14-dev
        apt-get clean'
    touch "$root/.complete"
}

[ -e "$root/.complete" ] || make_root >&2
[ $# -gt 0 ] || exit 0
inside env -i HOME=/root PATH=/usr/local/bin:/usr/bin:/bin TERM=dumb "$@"
