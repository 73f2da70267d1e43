#!/usr/bin/env bash
# make release-check: everything of .github/workflows/release.yml that can be
# done on this machine, and nothing that publishes. It takes an hour, most of it
# for wheels and modules; `check.sh NAME...` does some of it: papers, workflow,
# surfaces, crate, sdist, wheels, modules.
set -uo pipefail
cd "$(dirname "$0")/../.."
source tests/checks.sh
root=$PWD
folder=$root/target/release-check
venv=$folder/venv
mkdir -p "$folder"
parts=("$@")
[ ${#parts[@]} -gt 0 ] || parts=(papers workflow surfaces crate sdist wheels modules)

tools() {
    [ -x "$venv/bin/python" ] || python3 -m venv "$venv" || return 1
    "$venv/bin/pip" install -q "maturin>=1.16,<2" ziglang cargo-zigbuild auditwheel griffe pyyaml "cyclonedx-python-lib[json-validation]"
}
check "tools" tools || exit 1
PATH=$venv/bin:$PATH

# One version everywhere, with a section of the changelog.
versions() {
    local version
    version=$(sed -n '/^\[workspace.package\]/,/^\[/ s/^version = "\(.*\)"/\1/p' Cargo.toml)
    grep -q "^## $version" CHANGELOG.md || { echo "CHANGELOG.md has no section $version"; return 1; }
    grep -q "\"version\": \"$version\"" bindings-node/package.json || { echo "bindings-node/package.json is not $version"; return 1; }
    for file in bindings-mobile/kotlin/pom.xml bindings-mobile/README.md; do
        grep -q "<version>$version</version>" "$file" || { echo "$file is not $version"; return 1; }
    done
    grep -q "carekey = { path = \"core\", version = \"$version\" }" Cargo.toml || { echo "the workspace's carekey is not $version"; return 1; }
}
notices() {
    local package
    for package in carekey carekey-python carekey-node carekey-mobile; do
        python3 tests/release/dependencies.py notices "$package" >"$folder/$package-notices.txt" || return 1
    done
}
# By the schema of CycloneDX itself; the same twice.
materials() {
    local package
    for package in carekey carekey-python carekey-node carekey-mobile; do
        python3 tests/release/dependencies.py sbom "$package" >"$folder/$package.cdx.json" || return 1
        python3 tests/release/dependencies.py sbom "$package" | cmp - "$folder/$package.cdx.json" || return 1
    done
    "$venv/bin/python" - "$folder"/*.cdx.json <<'PY'
import sys
from pathlib import Path
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

for name in sys.argv[1:]:
    fault = JsonStrictValidator(SchemaVersion.V1_5).validate_str(Path(name).read_text())
    if fault:
        sys.exit(f"{name}: {fault}")
PY
}
papers() {
    check "one version, and what is new in it" versions
    check "licence notices of all dependencies" notices
    check "bills of materials, by the schema" materials
}

# Every step that runs something runs a program that is here, or one of the
# tools that the workflow brings.
steps() {
    "$venv/bin/python" - <<'PY'
import os, sys, yaml

flow = yaml.safe_load(open(".github/workflows/release.yml"))
tools = {"cargo", "npm", "npx", "pip", "python", "rustup", "make", "node", "mkdir", "cp", "shasum"}
ran = 0
for name, job in flow["jobs"].items():
    needs = [job.get("needs", [])] if isinstance(job.get("needs"), str) else job.get("needs", [])
    for other in needs:
        assert other in flow["jobs"], f"{name} needs {other}"
    for step in job["steps"]:
        assert ("run" in step) != ("uses" in step), f"{name}: {step}"
        if "uses" in step:
            assert "@" in step["uses"], f"{name}: {step['uses']} has no version"
        for line in step.get("run", "").splitlines():
            word = line.split()[0]
            place = job.get("defaults", {}).get("run", {}).get("working-directory", ".")
            here = os.path.join(step.get("working-directory", place), word)
            assert word in tools or os.access(here, os.X_OK), f"{name}: {word} is not here"
            ran += 1
        secret = [word for word in ("TOKEN", "PASSWORD", "API_KEY") if word in str(step)]
        assert not secret or "steps.crate.outputs.token" in str(step), f"{name}: a lasting secret in {step}"
assert ran > 10, ran
PY
}
workflow() { check "the steps of the workflow" steps; }

surfaces() { check "what was public still is" tests/release/surfaces.sh && cat "$log"; }
crate() { check "the packed crate in an empty project" tests/release/crate.sh; }
sdist() { check "the sdist in an empty environment" tests/release/sdist.sh; }

# For each Linux; that of this machine is installed too, and runs.
wheels() {
    local target
    for target in {x86_64,aarch64}-unknown-linux-{gnu,musl}; do
        check "the wheel for $target" bindings-python/build-wheel.sh "$target" "$folder/wheels" && tail -n 1 "$log"
    done
    check "the wheel of this machine runs" installed
}
installed() {
    local wheel
    wheel=$(echo "$folder"/wheels/carekey-*manylinux*_"$(uname -m)".whl)
    rm -rf "$folder/empty"
    python3 -m venv "$folder/empty" && "$folder/empty/bin/pip" install -q "$wheel" &&
        (cd "$folder" && empty/bin/python -c 'import carekey, carekey.testing
with carekey.testing.agency() as agency: print(carekey.__version__, agency.code)')
}

# For each Linux, and packed; that of this machine loads.
modules() {
    local target
    check "the tools of the Node package" npm ci --prefix bindings-node --no-fund --no-audit
    for target in {x86_64,aarch64}-unknown-linux-{gnu,musl}; do
        check "the native module for $target" bindings-node/scripts/build-module.sh "$target"
    done
    check "the packages for npm" npm run --silent --prefix bindings-node packages && (cd bindings-node/packed && wc -c ./*.tgz)
    check "the import of the packages" node bindings-node/scripts/import-time.mjs && cat "$log"
}

CAREKEY_RESULTS=$(mktemp)
for part in "${parts[@]}"; do "$part"; done
read -r passed failed < <(awk '{ p += $1; f += $2 } END { print p + 0, f + 0 }' "$CAREKEY_RESULTS")
rm -f "$CAREKEY_RESULTS"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
