"""The examples of the documentation run, and everything is documented."""

from __future__ import annotations

import doctest
import importlib
import inspect
import pkgutil
from types import ModuleType
from typing import Any

import pytest

import carekey
from carekey import _carekey as native
from tests.pages import ROOT, blocks


def modules() -> list[ModuleType]:
    """The package and its modules; those of extras are tested with them."""
    names = [module.name for module in pkgutil.iter_modules(carekey.__path__, "carekey.")]
    left_out = {"carekey._carekey", "carekey.cli", "carekey.django"}
    return [carekey, *(importlib.import_module(name) for name in sorted(set(names) - left_out))]


def test_examples_of_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    examples = blocks((ROOT / "bindings-python/README.md").read_text(encoding="utf-8"), "python")
    assert len(examples) == 2
    for example in examples:
        exec(compile(example, "README.md", "exec"), names)
    assert "{'created': 2}" in capsys.readouterr().out


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__)
def test_examples_of_modules(module: ModuleType) -> None:
    failed, _ = doctest.testmod(module)
    assert failed == 0


def natives() -> list[Any]:
    """The public classes and functions of the extension module."""
    public = (getattr(native, name) for name in dir(native) if not name.startswith("_"))
    return [item for item in public if callable(item)]


def test_examples_of_the_extension_module() -> None:
    """doctest does not find what is not written in Python by itself."""
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner()
    ran = 0
    for item in natives():
        members: list[tuple[str, Any]] = [(item.__name__, item)]
        if inspect.isclass(item):
            members += [(f"{item.__name__}.{name}", member) for name, member in vars(item).items()]
        for name, member in members:
            text = inspect.getdoc(member) if callable(member) or inspect.isdatadescriptor(member) else None
            if text and ">>>" in text and not (name.endswith("__") and "." in name):
                runner.run(parser.get_doctest(text, {}, name, None, None))
                ran += 1
    assert runner.failures == 0
    assert ran >= 8, ran


def test_everything_public_is_documented() -> None:
    bare: list[str] = []
    for item in natives():
        if not inspect.getdoc(item):
            bare.append(str(item))
        if inspect.isclass(item):
            public = [(name, member) for name, member in vars(item).items() if not name.startswith("_")]
            bare += [f"{item.__name__}.{name}" for name, member in public if not getattr(member, "__doc__", None)]
    assert bare == []
