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


class Signals:
    """Those by which somebody wants the program to end. `stopped` tells that one came: a library in which `Stopped` is
    raised may end in an error of its own."""

    stopped: Stopped | None = None

    def heed(self) -> None:
        """From now on each raises `Stopped` in the main thread, unless it was to be ignored (nohup, say)."""
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # not every system has all
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop)

    def _stop(self, number: int, _: FrameType | None) -> None:
        self.stopped = Stopped(number)
        if not isinstance(sys.exc_info()[1], Stopped):  # else it is ending, and what cleans up is not to be disturbed
            raise self.stopped
