#!/usr/bin/env bash
# What crate users get: the crate is packed, and built in an empty project that
# has nothing but the packed files. There the program of the README runs, word for
# word, and the service on axum is tested over HTTP. With CARGO_NET_OFFLINE=true
# nothing is fetched.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$PWD/target
version=$(sed -n '/^\[workspace.package\]/,/^\[/ s/^version = "\(.*\)"/\1/p' Cargo.toml)

# Whether it builds as it was packed is what the empty project shows.
cargo package --quiet --locked --allow-dirty --no-verify -p carekey --target-dir "$target"
# Always the same folder, so that the crate does not lie in `target` once more
# for each run.
folder=$target/adopted
rm -rf "$folder"
mkdir -p "$folder/newcomer/src"
tar -xzf "$target/package/carekey-$version.crate" -C "$folder"
cp -r core/examples/axum "$folder/service"

# Versions, profiles and lints are the workspace's, so that this says something of
# the crate and not of what was published since, and dependencies are built once.
sed -e 's/^members = .*/members = ["newcomer", "service"]/; /^default-members = /d' \
    -e "s|^carekey = { path = \"core\"|carekey = { path = \"carekey-$version\"|" Cargo.toml >"$folder/Cargo.toml"
cp Cargo.lock "$folder"
cat >"$folder/newcomer/Cargo.toml" <<'TOML'
[package]
name = "newcomer"
version = "0.0.0"
edition = "2024"

[dependencies]
carekey = { workspace = true, features = ["postgres"] }
TOML
awk '$0 == "```" { inside = 0 } inside; $0 == "```rust" { inside = 1 }' README.md >"$folder/newcomer/src/main.rs"
grep -q "fn main" "$folder/newcomer/src/main.rs"

cd "$folder"
grep -q "carekey-$version\"" Cargo.toml
cargo test --quiet -p newcomer -p carekey-axum --target-dir "$target"
cargo run --quiet -p newcomer --target-dir "$target" >told
grep -q "to " told || { echo "the program of the README told of no message" >&2; exit 1; }
cat told
