"""Ctrl-C, and the system's wish that the program end: both end it in order, with nothing left behind."""

from __future__ import annotations

import signal
import sys
from types import FrameType


class Stopped(BaseException):
    """Somebody wants the program to end. No KeyboardInterrupt: that would be taken care of by Typer, without a word."""

    def __init__(self, number: int) -> None:
        self.exit_code = 128 + number  # as shells have it
        super().__init__(number)


def heed() -> None:
    """From now on such a signal raises `Stopped` in the main thread, unless it was to be ignored (nohup, say)."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # not every system has all
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    if not isinstance(sys.exc_info()[1], Stopped):  # else it is ending, and what it cleans up is not to be disturbed
        raise Stopped(number)
