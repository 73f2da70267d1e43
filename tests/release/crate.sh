#!/usr/bin/env bash
# What crate users get: the crate is packed, and built in an empty project that
# has nothing but the packed files, where the program of the README runs. With
# CARGO_NET_OFFLINE=true nothing is fetched.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
target=$root/target
version=$(sed -n '/^\[workspace.package\]/,/^\[/ s/^version = "\(.*\)"/\1/p' Cargo.toml)

# Whether it builds as it was packed is what the empty project shows.
cargo package --quiet --locked --allow-dirty --no-verify -p carekey --target-dir "$target"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tar -xzf "$target/package/carekey-$version.crate" -C "$folder"

project=$folder/project
mkdir -p "$project/src"
cat >"$project/Cargo.toml" <<TOML
[package]
name = "newcomer"
version = "0.0.0"
edition = "2024"

[dependencies]
carekey = { path = "../carekey-$version" }

[workspace]
TOML
# The program of the README, word for word.
awk '$0 == "```" { inside = 0 } inside; $0 == "```rust" { inside = 1 }' README.md >"$project/src/main.rs"
grep -q "fn main" "$project/src/main.rs"
# The dependencies that the tests had, so that this says something of the
# crate and not of what was published since.
cp Cargo.lock "$project/Cargo.lock"
cd "$project"
cargo run --quiet --target-dir "$target/newcomer" >told
grep -q "to " told || { echo "the program of the README told of no message" >&2; exit 1; }
cat told
