"""What is shipped beside carekey's own code: licence notices, and a bill of
materials.

    dependencies.py notices PACKAGE > LICENSE-THIRD-PARTY.txt
    dependencies.py sbom PACKAGE > PACKAGE.cdx.json

PACKAGE is one of the workspace: `carekey`, `carekey-python`, `carekey-node`,
`carekey-mobile`. Both go by what cargo resolves for it, for all platforms,
without what only tests and builds need; features are those of the workspace
together, so that they may name a crate more than one package needs, and none
less. A licence that is none of ALLOWED, or whose text is nowhere, is an error.
Both say the same every time, and nothing of the machine that they were made on.
"""

import hashlib
import json
import re
import subprocess
import sys
import tomllib
import uuid
from collections import defaultdict
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]

ALLOWED = {
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-1-Clause", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "CC0-1.0", "CDLA-Permissive-2.0", "ISC", "MIT", "MIT-0", "MPL-2.0", "Unicode-3.0", "Unlicense", "Zlib",
}  # fmt: skip

# The notice that the licence itself gives for this (exhibit A).
MPL = """\
This Source Code Form is subject to the terms of the Mozilla Public License, v. 2.0. If a copy of the MPL was not
distributed with this file, You can obtain one at https://mozilla.org/MPL/2.0/."""

PAPERS = re.compile(r"^(licen[cs]e|copying|copyright|notice|unlicense)", re.IGNORECASE)

# What is compiled in and is no crate of its own.
BUNDLED = {
    "libsqlite3-sys": "SQLite, which this crate compiles, is in the public domain: its authors disclaim copyright.",
}


def fail(why: str) -> None:
    sys.exit(f"dependencies.py: {why}")


def shipped(package: str) -> tuple[dict[str, Any], list[dict[str, Any]], dict[str, list[str]]]:
    """The package, what it is made of in the order of names, and who needs whom."""
    command = ["cargo", "metadata", "--locked", "--format-version", "1"]
    told = json.loads(subprocess.run(command, cwd=TOP, check=True, stdout=subprocess.PIPE).stdout)
    known = {one["id"]: one for one in told["packages"]}
    nodes = {node["id"]: node for node in told["resolve"]["nodes"]}
    roots = [one for one in told["packages"] if one["name"] == package and one["source"] is None]
    if len(roots) != 1:
        fail(f"no package {package}")
    needs: dict[str, list[str]] = {}
    open_ = [roots[0]["id"]]
    while open_:
        id_ = open_.pop()
        if id_ in needs:
            continue
        # Macros run where it is built, and so do what they need.
        if any("proc-macro" in target["kind"] for target in known[id_]["targets"]):
            needs[id_] = []
            continue
        kinds = [(dep["pkg"], {kind["kind"] for kind in dep["dep_kinds"]}) for dep in nodes[id_]["deps"]]
        needs[id_] = sorted(pkg for pkg, of in kinds if None in of)
        open_ += needs[id_]
    found = sorted((known[id_] for id_ in needs if id_ != roots[0]["id"]), key=lambda one: (one["name"], one["version"]))
    return roots[0], found, needs


def licences(expression: str) -> list[list[str]]:
    """The choices that an expression of SPDX leaves, each all that is to be kept."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))

    def any_of() -> list[list[str]]:
        choices = all_of()
        while tokens and tokens[0] == "OR":
            tokens.pop(0)
            choices = choices + all_of()
        return choices

    def all_of() -> list[list[str]]:
        choices = one()
        while tokens and tokens[0] == "AND":
            tokens.pop(0)
            more = one()
            choices = [[*a, *b] for a in choices for b in more]
        return choices

    def one() -> list[list[str]]:
        word = tokens.pop(0)
        if word == "(":
            choices = any_of()
            tokens.pop(0)
            return choices
        if tokens and tokens[0] == "WITH":
            tokens.pop(0)
            word = f"{word} WITH {tokens.pop(0)}"
        return [[word]]

    return any_of()


def allowed(one: dict[str, Any]) -> None:
    expression = one["license"] or ""
    if not expression or not any(set(choice) <= ALLOWED for choice in licences(expression)):
        fail(f"{one['name']} {one['version']} has the licence {expression or 'none'}, which nobody has allowed")


def texts(one: dict[str, Any]) -> list[str]:
    """The papers of a crate; of one without, those of the licence that it names."""
    folder = Path(one["manifest_path"]).parent
    papers = sorted(path for path in folder.iterdir() if path.is_file() and PAPERS.match(path.name))
    if papers:
        return [path.read_text(encoding="utf-8", errors="replace").strip() for path in papers]
    for choice in licences(one["license"]):
        if choice == ["MIT"]:
            holders = ", ".join(re.sub(r"\s*<.*?>", "", author) for author in one["authors"]) or f"the authors of {one['name']}"
            terms = (TOP / "LICENSE-MIT").read_text()
            return [re.sub(r"Copyright .*", f"Copyright (c) {holders}", terms, count=1).strip()]
        if choice == ["MPL-2.0"]:
            return [MPL]
        if choice == ["Apache-2.0"]:
            return [(TOP / "LICENSE-APACHE").read_text().strip()]
    fail(f"{one['name']} {one['version']} has no text of its licence")
    return []


def notices(package: str) -> str:
    """Every text once, with whose it is."""
    _, found, _ = shipped(package)
    whose: dict[str, list[str]] = defaultdict(list)
    lines = [f"{package} is built from these, each under a licence of its own. The texts follow the list.", ""]
    for one in found:
        if one["source"] is None:
            continue  # carekey's own
        allowed(one)
        name = f"{one['name']} {one['version']}"
        lines.append(f"{name}: {one['license']}")
        if one["license"] == "MPL-2.0":
            lines.append("  Its source, which is unchanged, is published under that name and version.")
        if one["name"] in BUNDLED:
            lines.append(f"  {BUNDLED[one['name']]}")
        for text in texts(one):
            whose[text].append(name)
    for text, names in sorted(whose.items(), key=lambda pair: pair[1]):
        lines += ["", "-" * 80, ", ".join(names), "-" * 80, "", text]
    return "\n".join(lines) + "\n"


def purl(one: dict[str, Any]) -> str:
    return f"pkg:cargo/{one['name']}@{one['version']}"


def sbom(package: str) -> str:
    """CycloneDX 1.5, as JSON."""
    root, found, needs = shipped(package)
    locked = tomllib.loads((TOP / "Cargo.lock").read_text())["package"]
    sums = {(one["name"], one["version"]): one.get("checksum") for one in locked}

    def component(one: dict[str, Any], kind: str = "library") -> dict[str, Any]:
        told = {"type": kind, "bom-ref": purl(one), "name": one["name"], "version": one["version"], "purl": purl(one)}
        if one["license"]:
            told["licenses"] = [{"expression": one["license"].replace("/", " OR ")}]
        if checksum := sums.get((one["name"], one["version"])):
            told["hashes"] = [{"alg": "SHA-256", "content": checksum}]
        return told

    by_id = {one["id"]: purl(one) for one in [root, *found]}
    body = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": component(root)},
        "components": [component(one) for one in found],
        "dependencies": sorted(
            ({"ref": by_id[id_], "dependsOn": sorted(by_id[other] for other in others)} for id_, others in needs.items()),
            key=lambda one: str(one["ref"]),
        ),
    }
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    text = json.dumps({**body, "serialNumber": f"urn:uuid:{uuid.UUID(digest[:32], version=4)}"}, indent=1) + "\n"
    for word in (str(TOP), str(Path.home()), "path+", "registry+", "file:"):
        if word in text:
            fail(f"the bill of materials says where it was made: {word}")
    return text


if __name__ == "__main__":
    acts = {"notices": notices, "sbom": sbom}
    if len(sys.argv) != 3 or sys.argv[1] not in acts:
        sys.exit(__doc__)
    sys.stdout.write(acts[sys.argv[1]](sys.argv[2]))
