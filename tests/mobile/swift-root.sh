#!/usr/bin/env bash
# Brings a Swift compiler to a Debian that has none, without touching it: a
# Debian 13 of its own in target/swift-root, from the mirror this machine uses
# already, with Debian's Swift in it. Takes a minute or two and 3 GB, once.
#
#   tests/mobile/swift-root.sh              make it, if it is not there yet
#   tests/mobile/swift-root.sh COMMAND …    make it, and run a command inside,
#                                           in the same folder as outside
#
# The project is mounted at its own path while the command runs, and nothing
# stays mounted afterwards.
set -euo pipefail
cd "$(dirname "$0")/../.."
project=$PWD
root=$project/target/swift-root
suite=trixie

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "needs Debian and root" >&2
    exit 3
fi

unmount() {
    local place
    for place in "$root$project" "$root/dev" "$root/proc"; do
        if mountpoint -q "$place"; then umount "$place" || umount --lazy "$place"; fi
    done
}
trap unmount EXIT

# The mirror of this machine's own Debian, in either form of sources.
mirror() {
    awk '/^URIs:/ { print $2; exit }' /etc/apt/sources.list.d/debian.sources 2>/dev/null | grep . ||
        awk '$1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^http/) { print $i; exit } }' /etc/apt/sources.list
}

make_root() {
    command -v debootstrap >/dev/null || { apt-get update -qq && apt-get install -y -qq debootstrap; }
    unmount
    rm -rf "$root"
    mkdir -p "$root"
    debootstrap --variant=minbase "$suite" "$root" "$(mirror)"
    mount -t proc proc "$root/proc"
    # The machine's way to its mirror: proxies and name service.
    cp /etc/resolv.conf /etc/hosts "$root/etc/"
    cp /etc/apt/apt.conf "$root/etc/apt/" 2>/dev/null || true
    { grep -lis proxy /etc/apt/apt.conf.d/* || true; } | xargs -r cp -t "$root/etc/apt/apt.conf.d/"
    DEBIAN_FRONTEND=noninteractive chroot "$root" sh -ec '
        apt-get update -qq
        apt-get install -y -qq --no-install-recommends swiftlang libc6-dev libstdc++-14-dev
        apt-get clean'
    touch "$root/.complete"
}

[ -e "$root/.complete" ] || make_root >&2
[ $# -gt 0 ] || exit 0

mkdir -p "$root$project"
mountpoint -q "$root/proc" || mount -t proc proc "$root/proc"
mountpoint -q "$root/dev" || mount --bind /dev "$root/dev"
# target/swift-root itself lies in the project: a plain bind does not recurse.
mountpoint -q "$root$project" || mount --bind "$project" "$root$project"
chroot "$root" env -i HOME=/root PATH=/usr/local/bin:/usr/bin:/bin TERM=dumb \
    sh -ec 'cd "$1"; shift; exec "$@"' sh "$project" "$@"
