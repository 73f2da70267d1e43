"""Finishes the type stub that maturin makes of the Rust code.

    maturin generate-stubs --out DIR && python stubs.py DIR

writes `python/carekey/_carekey.pyi`; with `--check` it compares instead, and
ends with 1 where the committed stub is not the one that the code has. What
maturin cannot know is said here: which classes are generic, what the items of
a plain `dict` or `tuple` are, and, asked of the built module, what a class
matches by position.
"""

import difflib
import re
import sys
from pathlib import Path

from carekey import _carekey

COMMITTED = Path(__file__).parent / "python/carekey/_carekey.pyi"

HEADER = """\
# Made of the Rust code by stubs.py: change it there, not here.
"""

SEQUENCE = '''\
class Table(Sequence[_Row]):
'''

GETITEM = """\
    @overload
    def __getitem__(self, index: int, /) -> _Row: ...
    @overload
    def __getitem__(self, index: slice, /) -> Sequence[_Row]: ...
"""

REPLACED = [
    (r"class Table:\n", SEQUENCE),
    (r"class Checked:\n", "class Checked(Generic[_Value]):\n"),
    (r"def require\(self, /\) -> Any:", "def require(self, /) -> _Value:"),
    (r"def value\(self, /\) -> Any \| None:", "def value(self, /) -> _Value | None:"),
    (r"class Pages:\n", "class Pages(Iterator[_Row]):\n"),
    (r"    def __getitem__\(self, .*\n", GETITEM),
    (r"    def __iter__\(self, /\) -> .*: \.\.\.\n", "    def __iter__(self, /) -> Pages[_Row]: ...\n"),
    (r"    def __next__\(self, /\) -> .*: \.\.\.\n", "    def __next__(self, /) -> _Row: ...\n"),
    (r"class FeedLines:\n", "class FeedLines(Iterator[FeedLine]):\n"),
    (
        r"(class FeedLines\(.*\n(?:.*\n)*?)    def __iter__.*\n    def __next__.*\n",
        r"\1    def __iter__(self, /) -> FeedLines: ...\n    def __next__(self, /) -> FeedLine: ...\n",
    ),
    (r"    @classmethod\n    def __class_getitem__\(.*\n", ""),
    # How values go to other processes is nobody's to call.
    (r"(    @staticmethod\n)?    def (_restored|_table|__reduce__)\(.*\n", ""),
    (r"def _restored\(.*\n", "def _restored(maker: str, *takes: object) -> object:\n"),
    (r"from types import CapsuleType\n", ""),
    (r"-> CapsuleType:", "-> Any:"),
    (r"-> list:", "-> list[dict[str, Any]]:"),
    (r"\bdict\b(?=:)", "dict[str, Any]"),
    (r"-> tuple:", "-> tuple[str, ...]:"),
    (r"Final\[tuple\]", "Final[tuple[str, ...]]"),
    (r'(-> |: )"([^"\n]*)"(?=[:,) ])', r"\1\2"),
]
MATCHED = r"(?P<before>^class (?P<name>\w+)\b.*\n(?:(?!class )(?!    __match_args__).*\n)*    )__match_args__: .*\n"


def matched(found: re.Match[str]) -> str:
    """What a class matches by position: pyright asks for the names themselves."""
    names: tuple[str, ...] = getattr(_carekey, found["name"]).__match_args__
    return f"{found['before']}__match_args__: Final = {names!r}\n"


def finished(made: str) -> str:
    """The stub as it is committed."""
    for pattern, replacement in REPLACED:
        made = re.sub(pattern, replacement, made)
    made = re.sub(MATCHED, matched, made, flags=re.MULTILINE)
    names = "from typing import Any, Final, Generic, Literal, TypeVar, final, overload\n"
    made = re.sub(r"from typing import .*\n", names, made, count=1)
    abc = "from carekey._types import Progress, RosterFile, RosterSource\nfrom collections.abc import Iterable, Iterator, Mapping, Sequence\n"
    made = re.sub(r"from collections\.abc import .*\n", abc, made)
    made = re.sub(r"from datetime import .*\n", "from datetime import datetime, timedelta\n", made)
    made = made.replace("\n__all__", '\n_Row = TypeVar("_Row", covariant=True)\n_Value = TypeVar("_Value", covariant=True)\n\n__all__', 1)
    return HEADER + made


def main(arguments: list[str]) -> int:
    """Writes or compares; returns the exit code."""
    check = "--check" in arguments
    [folder] = [argument for argument in arguments if argument != "--check"]
    [made] = Path(folder).rglob("_carekey.pyi")
    stub = finished(made.read_text())
    if not check:
        COMMITTED.write_text(stub)
        return 0
    differences = list(difflib.unified_diff(COMMITTED.read_text().splitlines(), stub.splitlines(), lineterm=""))
    print("\n".join(differences))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
