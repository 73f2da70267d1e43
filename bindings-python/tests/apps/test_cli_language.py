"""What the command shows to people, in the language that they asked for."""

from __future__ import annotations

import ast
import csv
from pathlib import Path

import pytest

from carekey import cli
from carekey.cli.said import SPANISH, said
from tests.apps.test_cli import Office

FILES = sorted(Path(cli.__file__).parent.glob("*.py"))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    office = Office(tmp_path)
    made = office.run("agency", "create", "104", "Harbor Home Care", "https://portal.example.com", "--locale", "es")
    assert made.stdout == "Harbor Home Care es la agencia 104\n", made
    return office


def texts(file: Path) -> set[str]:
    """What a file of the command says: what it gives to `say`, `said`, `rows` and
    their like, and the titles of its lists.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        given: list[ast.expr] = []
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("say", "said", "rows", "_say_done", "under_way", "typed_password", "not_there"):
                given = node.args
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in ("titles", "columns", "said", "text"):
            given = [node.value]
        for one in given:
            inner = (inside for inside in ast.walk(one) if not isinstance(inside, ast.Call))
            found.update(leaf.value for leaf in inner if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str))
    return {text for text in found if not text.endswith(".not_found") and text.strip("_- ")}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_what_the_command_says_it_says_in_spanish(file: Path) -> None:
    missing = texts(file) - set(SPANISH)
    assert not {text for text in missing if " " in text or text.istitle()}, missing


def test_a_text_keeps_what_it_speaks_of() -> None:
    for text, spanish in SPANISH.items():
        fields = {part.split("}")[0] for part in text.split("{")[1:]}
        assert fields == {part.split("}")[0] for part in spanish.split("{")[1:]}, text
    # A language that is loaded has none of these; nothing in a name is filled in.
    assert said("pl", "yes") == "yes"
    assert said("es", "{name} is {id}", name="{id}", id=7) == "{id} es 7"


def test_lists_and_refusals_come_in_the_language(office: Office) -> None:
    spanish = ("--locale", "es")
    rows = "Role,Name,Email\nOffice Staff,Ann Hale,a@example.com\nClient,Bo Dale,bo@exampl\n"
    roster = office.file("r.csv", rows)
    shown = office.run("preview", roster, *spanish).stdout
    assert all(word in shown for word in ("Revisión", "veredicto", "falla", "pasa", "Personal de oficina", "fallidas: 1"))
    assert not [word for word in ("fail ", "office_staff", "failed", "verdict", "findings") if word in shown]
    made = office.run("create", roster, *spanish).stdout
    assert "Cuenta creada: 1, Fallido: 1" in made and "usuario" in made
    titles, ann = csv.reader(office.run("accounts", "--csv", *spanish).stdout.splitlines())
    assert titles[:3] == ["nombre", "usuario", "estado"] and ann[1] == "104ahale" and ann[3] == "no"
    assert ann[2] not in ("password_due", "invited") and ann[2][0].isupper()
    assert "password_due" not in office.run("accounts", *spanish).stdout
    assert "Cuenta creada" in office.run("history", "104ahale", *spanish).stdout
    # Refusals, for people and for programs.
    bad = office.file("bad.csv", "Color,Nombre,Email\nx,y,z\n")
    refused = office.run("preview", bad, *spanish)
    assert refused.returncode == 1 and "falta la columna Rol" in refused.stderr, refused
    assert office.run("preview", bad).stderr != refused.stderr
    assert office.run("show", "nobody", *spanish).stderr == "no se conoce a nadie como nobody [party.not_found]\n"
    told = office.json("show", "nobody", *spanish, code=1)["error"]
    assert (told["code"], told["message"]) == ("party.not_found", "no se conoce a nadie como nobody")
    assert "no se puede" in office.run("outbox", "send", "--smtp", "127.0.0.1:9", "--from", "o@example.com", *spanish).stdout


def test_a_preview_says_what_would_mend_a_row(office: Office) -> None:
    roster = office.file("r.csv", "Role,Name,Email\nClient,Ann Hale,ann@gmial.com\nClient,Bo Dale,bo@example,com\n")
    rows = office.json("preview", roster, code=1)["rows"]
    mends = [finding["suggestion"] for row in rows for finding in row["findings"] if finding["suggestion"]]
    assert mends
    shown = office.run("preview", roster).stdout
    listed = list(csv.DictReader(office.run("preview", roster, "--csv").stdout.splitlines()))
    for mend in mends:
        assert mend in shown and mend in "; ".join(row["mend"] for row in listed)
