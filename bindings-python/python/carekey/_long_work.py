"""Long work at a terminal."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

from carekey.words import RowOutcome

UNDONE: tuple[RowOutcome, ...] = ("failed", "waiting", "not_reached")
"""What is left to do of a roster."""


@contextmanager
def until_ctrl_c() -> Generator[Callable[[int, int], bool], None, None]:
    """A ``progress`` for long work, which ends it after Ctrl-C between two
    pieces: what was done until then is told, passwords to hand over among it.
    Pressed again, Ctrl-C ends it at once. Signals come to the main thread; in
    another, nothing is changed.
    """
    if threading.current_thread() is not threading.main_thread():
        yield lambda done, total: True
        return
    stopped = False
    before = signal.getsignal(signal.SIGINT) or signal.SIG_DFL

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield lambda done, total: not stopped
    finally:
        signal.signal(signal.SIGINT, before)
