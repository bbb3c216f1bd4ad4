"""Native work that Ctrl-C can stop: Python only hears it between two steps of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

T = TypeVar("T")
_LOOKS = 0.1  # seconds


def load(module: str) -> None:
    """Imports a module with native parts, to be named by an ordinary import then. Stopped in the midst of that, they
    raise errors of their own or end the process."""
    stoppable(lambda: import_module(module))


def stoppable(
    work: Callable[[], T], stop: Callable[[], None] | None = None, look: Callable[[], None] | None = None
) -> T:
    """What `work` returns, done in a thread of its own, while this one waits and can be interrupted.

    `look` is called some times a second meanwhile. Whatever is raised in this thread ends the work by `stop`, which
    may be called more than once, and is raised when the work has ended. Without `stop` it is left to itself.
    """
    returned: list[T] = []
    raised: list[BaseException] = []
    # Not Thread.join: interrupted, that may take a running thread for a dead one.
    given_up, ended = threading.Event(), threading.Event()

    def attempt() -> None:
        try:
            if not given_up.is_set():
                returned.append(work())
        except BaseException as error:
            raised.append(error)
        finally:
            ended.set()

    thread = threading.Thread(target=attempt, daemon=True)
    try:
        thread.start()
        while not ended.wait(_LOOKS):
            if look is not None:
                look()
    except BaseException:
        given_up.set()
        while stop is not None and thread.ident is not None and not ended.is_set():
            stop()  # once more where the work had not yet begun to listen
            ended.wait(_LOOKS)
        raise
    if raised:
        raise raised[0]
    return returned[0]
