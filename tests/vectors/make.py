"""Makes tests/cases/p7-made-verify.json and p7-made-stored.json: stored
passwords by the programs that write them (P7). What they need: README.md.

Salts are drawn by the programs, so each run makes other hashes. What is
committed is kept: it is made again only where a program or a kind is added.
"""

from __future__ import annotations

import base64
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import argon2
import bcrypt
import django
import passlib
import passlib.hash as lib
import werkzeug
from django.conf import settings
from django.contrib.auth import hashers
from werkzeug.security import generate_password_hash

settings.configure(PASSWORD_HASHERS=[f"django.contrib.auth.hashers.{name}PasswordHasher" for name in (
    "PBKDF2", "PBKDF2SHA1", "Scrypt", "Argon2", "BCrypt", "BCryptSHA256", "MD5")])
django.setup()

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
NFC = unicodedata.normalize("NFC", "contraseña Ñandú 7!")
NFD = unicodedata.normalize("NFD", NFC)
PASSWORDS = {
    "ASCII": "Lantern#47 tide",
    "accents in NFC": NFC,
    "accents in NFD": NFD,
    "emoji": "tide 🔑 👩\u200d⚕️ 47",
    "blanks around it": "  Lantern#47  tide ",
    "one blank": " ",
    "72 bytes": "Lantern#47 " + "x" * 61,
    "90 bytes": "Lantern#47 " + "x" * 61 + " and the rest of it",
}
SHORT = ("ASCII", "accents in NFC", "90 bytes")
Maker = Callable[[str], str]


def run(*command: str, given: str = "") -> str:
    done = subprocess.run(command, input=given.encode(), capture_output=True, check=True)
    return done.stdout.decode().rstrip("\n")


def package(name: str) -> str:
    """Its version as Debian counts it."""
    return run("dpkg-query", "-W", "-f=${Version}", name)


def talks(*command: str) -> Callable[[str], dict[str, str]]:
    """A program that writes each kind of a password, given in base64."""
    made: dict[str, dict[str, str]] = {}

    def kinds(password: str) -> dict[str, str]:
        if password not in made:
            lines = run(*command, given=base64.b64encode(password.encode()).decode() + "\n").splitlines()
            made[password] = dict(line.split("\t") for line in lines)
        return made[password]

    return kinds


def of_django(name: str, **changed: object) -> Maker:
    base = getattr(hashers, f"{name}PasswordHasher")
    hasher = type(name, (base,), changed)()
    return lambda password: hasher.encode(password, hasher.salt())


def slappasswd(scheme: str, *modules: str) -> Maker:
    loaded = [part for module in modules for part in ("-o", f"module-load={module}")]
    return lambda password: run("slappasswd", "-o", "module-path=/usr/lib/ldap", *loaded, "-h", scheme, "-n", "-s", password)


def mkpasswd(method: str, *more: str) -> Maker:
    return lambda password: run("mkpasswd", "-m", method, *more, "-s", given=password + "\n")


def openssl(flag: str) -> Maker:
    return lambda password: run("openssl", "passwd", flag, "-stdin", given=password + "\n")


def htpasswd(*flags: str) -> Maker:
    return lambda password: run("htpasswd", "-n", "-i", *flags, "user", given=password).strip().split(":", 1)[1]


def argon2_cli(*flags: str) -> Maker:
    return lambda password: run("argon2", os.urandom(8).hex(), *flags, "-m", "10", "-t", "2", "-e", given=password)


def of(kinds: Callable[[str], dict[str, str]], kind: str) -> Maker:
    return lambda password: kinds(password)[kind]


def everything() -> Iterator[tuple[str, str, str | dict[str, str], Maker, tuple[str, ...]]]:
    """Who made it, what it is, the kind that is read from it, how, and of which
    passwords. A kind in braces is `{"kind": …}`, one that is not taken over."""
    all_ = tuple(PASSWORDS)
    by = f"Django {django.get_version()}"
    yield by, "PBKDF2 with SHA-256", "django_pbkdf2", of_django("PBKDF2", iterations=1000), all_
    yield by, "PBKDF2 with SHA-256, its default", "django_pbkdf2", of_django("PBKDF2"), ("ASCII",)
    yield by, "PBKDF2 with SHA-1", "django_pbkdf2", of_django("PBKDF2SHA1", iterations=1000), all_
    yield by, "scrypt", "scrypt", of_django("Scrypt", work_factor=1024), all_
    yield by, "scrypt, its default", "scrypt", of_django("Scrypt"), ("ASCII",)
    yield by, "Argon2id", "argon2id", of_django("Argon2", memory_cost=1024, parallelism=2), all_
    yield by, "Argon2id, its default", "argon2id", of_django("Argon2"), ("ASCII",)
    # bcrypt 5 for Python refuses what is longer than it looks at.
    upto72 = tuple(name for name in all_ if name != "90 bytes")
    yield f"{by}, bcrypt {bcrypt.__version__}", "bcrypt", "bcrypt", of_django("BCrypt", rounds=4), upto72
    yield f"{by}, bcrypt {bcrypt.__version__}", "bcrypt of a SHA-256", "bcrypt_sha256", of_django("BCryptSHA256", rounds=4), all_
    yield by, "MD5", {"kind": "django_md5"}, of_django("MD5"), ("ASCII",)

    by = f"Werkzeug {werkzeug.__version__}" if hasattr(werkzeug, "__version__") else f"Werkzeug {version_of('werkzeug')}"
    for method, kind in (("pbkdf2:sha256:1000", "werkzeug_pbkdf2"), ("pbkdf2:sha1:1000", "werkzeug_pbkdf2"),
                         ("pbkdf2:sha384:1000", "werkzeug_pbkdf2"), ("pbkdf2:sha512:1000", "werkzeug_pbkdf2"),
                         ("scrypt:1024:8:1", "scrypt")):
        yield by, method, kind, lambda password, method=method: generate_password_hash(password, method), all_
    yield by, "scrypt, its default", "scrypt", generate_password_hash, ("ASCII",)

    by = f"bcrypt {bcrypt.__version__} for Python"
    yield by, "$2b$", "bcrypt", lambda p: bcrypt.hashpw(p.encode(), bcrypt.gensalt(4)).decode(), upto72
    yield by, "$2a$", "bcrypt", lambda p: bcrypt.hashpw(p.encode(), bcrypt.gensalt(4, b"2a")).decode(), upto72
    by = f"argon2-cffi {version_of('argon2-cffi')}"
    yield by, "Argon2id, its default", "argon2id", argon2.PasswordHasher().hash, ("ASCII",)
    yield by, "Argon2i", "argon2i", argon2.PasswordHasher(2, 1024, 2, type=argon2.Type.I).hash, all_
    by = f"argon2 {package('argon2')}"
    yield by, "Argon2id", "argon2id", argon2_cli("-id"), all_
    yield by, "Argon2i", "argon2i", argon2_cli("-i"), SHORT
    yield by, "Argon2d", {"kind": "argon2d"}, argon2_cli("-d"), ("ASCII",)

    php = talks("php", str(HERE / "hashes.php"), os.environ["PHPASS"])
    by = run("php", "-r", "echo 'PHP '.PHP_VERSION;")
    for kind in ("bcrypt", "argon2id", "argon2i", "sha256", "sha512"):
        yield by, kind, {"sha256": "sha_crypt", "sha512": "sha_crypt"}.get(kind, kind), of(php, kind), all_
    yield by, "bcrypt, its default", "bcrypt", of(php, "bcrypt default"), ("ASCII",)
    by = f"the phpass of WordPress {os.environ['WORDPRESS']}"
    # It trims what it is given.
    untrimmed = tuple(name for name in all_ if name not in ("blanks around it", "one blank"))
    yield by, "$P$", "phpass", of(php, "phpass"), all_
    yield by, "bcrypt", "bcrypt", of(php, "phpass bcrypt"), untrimmed
    by = f"passlib {passlib.__version__}"
    yield by, "$H$, as phpBB has it", "phpass", lib.phpass.using(ident="H", rounds=7).hash, all_

    by = f"mkpasswd {package('whois')}, libxcrypt {package('libcrypt1')}"
    # It reads a line, and passwords in the locale's own encoding.
    yield by, "$5$", "sha_crypt", mkpasswd("sha256crypt", "-R", "1000"), all_
    yield by, "$6$", "sha_crypt", mkpasswd("sha512crypt", "-R", "1000"), all_
    yield by, "$2b$", "bcrypt", mkpasswd("bcrypt", "-R", "4"), all_
    yield by, "$2a$", "bcrypt", mkpasswd("bcrypt-a", "-R", "4"), all_
    for method, kind in (("yescrypt", "yescrypt"), ("gost-yescrypt", "gost_yescrypt"), ("scrypt", "scrypt_crypt"),
                         ("sunmd5", "sun_md5_crypt"), ("md5crypt", "md5_crypt"), ("bsdicrypt", "bsdi_crypt"),
                         ("descrypt", "des_crypt"), ("nt", "nt_hash")):
        yield by, method, {"kind": kind}, mkpasswd(method), ("ASCII",)
    by = f"OpenSSL {package('openssl')}"
    yield by, "$5$", "sha_crypt", openssl("-5"), SHORT
    yield by, "$6$", "sha_crypt", openssl("-6"), SHORT
    yield by, "$1$", {"kind": "md5_crypt"}, openssl("-1"), ("ASCII",)
    yield by, "$apr1$", {"kind": "apr1"}, openssl("-apr1"), ("ASCII",)
    by = f"htpasswd of Apache {package('apache2-utils')}"
    yield by, "$2y$", "bcrypt", htpasswd("-B", "-C", "4"), all_
    yield by, "$5$", "sha_crypt", htpasswd("-2", "-r", "1000"), SHORT
    yield by, "$6$", "sha_crypt", htpasswd("-5", "-r", "1000"), SHORT
    yield by, "$apr1$", {"kind": "apr1"}, htpasswd("-m"), ("ASCII",)
    yield by, "{SHA}", {"kind": "ldap_sha"}, htpasswd("-s"), ("ASCII",)
    yield by, "crypt", {"kind": "des_crypt"}, htpasswd("-d"), ("ASCII",)

    by = f"slappasswd of OpenLDAP {package('slapd')}"
    yield by, "{SSHA}", "ldap_ssha", slappasswd("{SSHA}"), all_
    for scheme in ("{SSHA256}", "{SSHA384}", "{SSHA512}"):
        yield by, scheme, "ldap_ssha", slappasswd(scheme, "pw-sha2"), all_
    yield by, "{ARGON2}", "argon2i", slappasswd("{ARGON2}", "argon2"), all_
    yield by, "{SSHA} in LDIF", "ldap_ssha", lambda p: base64.b64encode(slappasswd("{SSHA}")(p).encode()).decode(), all_
    yield by, "{CRYPT} of SHA-512", "sha_crypt", lambda p: run(
        "slappasswd", "-h", "{CRYPT}", "-c", "$6$rounds=1000$%.12s", "-n", "-s", p), all_
    for scheme, kind, *modules in (("{MD5}", "ldap_md5"), ("{SMD5}", "ldap_smd5"), ("{SHA}", "ldap_sha"),
                                   ("{CLEARTEXT}", None), ("{SHA512}", "ldap_sha512", "pw-sha2"),
                                   ("{PBKDF2-SHA256}", "ldap_pbkdf2", "pw-pbkdf2"), ("{APR1}", "ldap_apr1", "pw-apr1")):
        yield by, scheme, {"kind": kind}, slappasswd(scheme, *modules), ("ASCII",)
    by = f"passlib {passlib.__version__}"
    for name in ("ldap_salted_sha1", "ldap_salted_sha256", "ldap_salted_sha512"):
        yield by, name, "ldap_ssha", getattr(lib, name).hash, SHORT
    for name in ("sha256_crypt", "sha512_crypt"):
        yield by, name, "sha_crypt", getattr(lib, name).using(rounds=1000).hash, SHORT
        yield by, f"{name}, of 5,000 rounds unsaid", "sha_crypt", getattr(lib, name).using(rounds=5000).hash, ("ASCII",)
    yield by, "scrypt", "scrypt", lib.scrypt.using(rounds=10).hash, all_
    for name, kind in (("pbkdf2_sha256", "passlib_pbkdf2"), ("pbkdf2_sha1", "passlib_pbkdf2"), ("sha1_crypt", "sha1_crypt"),
                       ("atlassian_pbkdf2_sha1", "atlassian_pbkdf2"), ("ldap_pbkdf2_sha256", "ldap_pbkdf2"),
                       ("mssql2005", "mssql"), ("mysql41", "mysql_native"), ("hex_md5", "hex_md5_or_nt"),
                       ("nthash", "hex_md5_or_nt"), ("hex_sha1", "hex_sha1"), ("hex_sha256", "hex_sha256"),
                       ("hex_sha512", "hex_sha512"), ("django_salted_sha1", "django_sha1"), ("django_des_crypt", "django_crypt")):
        yield by, name, {"kind": kind}, getattr(lib, name).hash, ("ASCII",)
    yield by, "a pair of LM and NT", {"kind": "nt_hash"}, lambda p: f"{lib.lmhash.hash(p)}:{lib.nthash.hash(p)}", ("ASCII",)
    yield by, "postgres_md5", {"kind": "postgres_md5"}, lambda p: lib.postgres_md5.hash(p, user="sue"), ("ASCII",)

    spring = talks("java", "-cp", os.environ["SPRING"] + "/*", str(HERE / "Spring.java"))
    by = f"Spring Security {jar_version('spring-security-crypto')}"
    yield by, "its default", "bcrypt", of(spring, "default"), ("ASCII",)
    for kind in ("bcrypt 2a", "bcrypt 2b", "bcrypt 2y", "bcrypt bare"):
        yield by, kind, "bcrypt", of(spring, kind), all_
    yield by, "argon2 5.2", "argon2id", of(spring, "argon2 5.2"), SHORT
    yield by, "argon2 5.8", "argon2id", of(spring, "argon2 5.8"), SHORT
    yield by, "ldap", "ldap_ssha", of(spring, "ldap"), all_
    for kind, word in (("pbkdf2 5.5", "spring_pbkdf2"), ("pbkdf2 5.8", "spring_pbkdf2"), ("scrypt 4.1", "spring_scrypt"),
                       ("scrypt 5.8", "spring_scrypt"), ("sha256", "spring_sha256"), ("sha-256", "spring_sha256"),
                       ("sha-1", "spring_sha1"), ("md5", "spring_md5")):
        yield by, kind, {"kind": word}, of(spring, kind), ("ASCII",)

    aspnet = talks("mono", os.environ["ASPNET"])
    by = f"ASP.NET Core Identity's PasswordHasher of {os.environ['ASPNET_VERSION']}, under Mono {package('mono-runtime')}"
    yield by, "layout 2", "aspnet_v2", of(aspnet, "layout 2"), all_
    yield by, "layout 3, its default", "aspnet_v3", of(aspnet, "layout 3, its default"), ("ASCII",)
    for kind in ("layout 3 with SHA-1", "layout 3 with SHA-256", "layout 3 with SHA-512", "layout 3, long"):
        yield by, kind, "aspnet_v3", of(aspnet, kind), all_


def version_of(name: str) -> str:
    from importlib.metadata import version
    return version(name)


def jar_version(name: str) -> str:
    (jar,) = Path(os.environ["SPRING"]).glob(f"{name}-*.jar")
    return re.sub(rf"^{name}-|\.jar$", "", jar.name)


def other(name: str, password: str) -> str:
    """One that is like it, and wrong."""
    match name:
        case "blanks around it":
            return password.strip()
        case "one blank":
            return "  "
        case "emoji":
            return password.replace("🔑", "🔒")
        case "72 bytes":
            return password[:-1] + "y"
        case "90 bytes":
            return "l" + password[1:]
        case _:
            return password.swapcase()


def is_enough(stored: str) -> bool:
    """Whether it is an Argon2id of no less than the default policy asks, which
    is kept as our own is (P6)."""
    cost = re.search(r"\$argon2id\$v=19\$m=(\d+),t=(\d+)", stored)
    return cost is not None and int(cost[1]) >= 19456 and int(cost[2]) >= 2


def damaged(stored: str) -> Iterator[tuple[str, str]]:
    yield "a sign in it that no hash has", stored[:-4] + "%" + stored[-3:]
    yield "a sign of it lost at the end", stored[:-1]
    yield "cut in the middle", stored[: len(stored) // 2]
    yield "without its beginning", stored[3:]


def finding(code: str, **params: object) -> dict[str, Any]:
    return {"code": code, "field": "password_hash", **({"params": params} if params else {})}


def main() -> None:
    verify: list[dict[str, Any]] = []
    stored: list[dict[str, Any]] = []

    def add(cases: list[dict[str, Any]], name: str, given: dict[str, str], expect: object, by: str) -> None:
        cases.append({"name": name, "rule": "P7", "made_by": by, "given": given, "expect": expect})

    for by, what, kind, make, names in everything():
        print(by, what, sep=": ", file=sys.stderr)
        who = by.split(" of ")[0] if by.startswith("htpasswd") else by
        short = re.split(r" [0-9]|'s Pass|, | of ", who)[0]
        title = f"{short}, {what}"
        for name in names:
            password = PASSWORDS[name]
            made = make(password)
            given = {"stored": made, "password": password}
            if isinstance(kind, dict):
                if kind["kind"] is None:
                    continue
                refused = [finding("hash.unsupported", **kind)]
                add(stored, title, {"stored": made}, {"kind": None, "findings": refused}, by)
                add(verify, title, given, {"findings": refused}, by)
                continue
            # bcrypt looks at 72 bytes: of a longer one it is not known that
            # all of it is right, and it stays as it is.
            cut = kind == "bcrypt" and len(password.encode()) > 72
            renew = not cut and not is_enough(made)
            add(verify, f"{title}: {name}", given, {"matches": True, "renew": renew}, by)
            add(verify, f"{title}: {name}, and another", {**given, "password": other(name, password)}, {"matches": False, "renew": False}, by)
            if cut:
                add(verify, f"{title}: {name}, ending otherwise", {**given, "password": password[:72] + " or not"}, {"matches": True, "renew": False}, by)
            if name == "accents in NFC":
                add(verify, f"{title}: {name}, typed in NFD", {**given, "password": NFD}, {"matches": True, "renew": True}, by)
            if name == "accents in NFD":
                add(verify, f"{title}: {name}, typed in NFC", {**given, "password": NFC}, {"matches": True, "renew": True}, by)
            if name == "ASCII":
                add(verify, f"{title}: {name}, and nothing", {**given, "password": ""}, {"matches": False, "renew": False}, by)
                add(stored, title, {"stored": made}, {"kind": kind, "findings": []}, by)
                for how, text in damaged(made):
                    add(stored, f"{title}: {how}", {"stored": text}, {"kind": None, "findings": [finding("hash.unrecognised")]}, by)

    by = f"Django {django.get_version()}"
    none = {"kind": "unusable", "findings": [finding("hash.unusable")]}
    add(stored, "Django, no password", {"stored": hashers.make_password(None)}, none, by)
    write("p7-made-verify", "password.verify", "Passwords against what other programs stored, each by the program itself (made_by).", verify)
    write("p7-made-stored", "password.stored", "What other programs stored, each by the program itself (made_by), whole and damaged: its kind, or a finding.", stored)


def write(name: str, call: str, about: str, cases: list[dict[str, Any]]) -> None:
    lines = ",\n".join("    " + json.dumps(case, ensure_ascii=False) for case in cases)
    head = "".join(f"  {json.dumps(key)}: {json.dumps(value)},\n" for key, value in (("call", call), ("about", about)))
    (CASES / f"{name}.json").write_text("{\n" + head + f'  "cases": [\n{lines}\n  ]\n}}\n', encoding="utf-8")
    print(f"{name}: {len(cases)} cases", file=sys.stderr)


if __name__ == "__main__":
    main()
