"""Types of what goes in, for type checkers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import IO, Any, Protocol, TypeAlias


class ArrowStream(Protocol):
    """A data frame: pandas, polars, pyarrow and others."""

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The Arrow PyCapsule interface."""


class ProgressBar(Protocol):
    """A progress bar as tqdm has it."""

    total: Any

    def update(self, n: Any = 1) -> Any:
        """So many more are done."""


RosterFile: TypeAlias = "str | PathLike[str] | bytes | IO[str] | IO[bytes]"
"""A file of a roster: where it is, the file itself, or what is in it."""

RosterSource: TypeAlias = "RosterFile | Iterable[Mapping[str, object]] | ArrowStream"
"""What a roster can be read from."""

Progress: TypeAlias = Callable[[int, int], object] | ProgressBar
"""Who is told of progress: a callable of ``(done, total)``, or a tqdm bar."""
