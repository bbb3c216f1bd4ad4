"""Work on every core: on parts that come one by one, and on something else meanwhile."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")
_THREADS = min(os.cpu_count() or 1, 8)
_AHEAD = 2  # parts, so that no thread stands idle while a result is used
_LOOKS = 0.1  # seconds


def in_threads(work: Callable[[S], T], parts: Iterable[S]) -> Iterator[T]:
    """What `work` makes of each part, in their order. Only some parts are there at once: they may not fit into memory.

    The work has to be such that leaves Python to others: Arrow's and NumPy's.
    """
    with ThreadPoolExecutor(_THREADS) as threads:
        waiting: deque[Future[T]] = deque()
        for part in parts:
            waiting.append(threads.submit(work, part))
            while waiting and (len(waiting) > _THREADS + _AHEAD or waiting[0].done()):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def each(work: Callable[[S], None], parts: Iterable[S]) -> None:
    """The same of work that returns nothing."""
    deque(in_threads(work, parts), maxlen=0)


@contextmanager
def meanwhile(work: Callable[[Event], T]) -> Iterator[Callable[[], T]]:
    """Does something in a thread of its own, and waits for what it returns when asked.

    The event says that it is not wanted any more: an error came up here.
    """
    given_up = Event()
    with ThreadPoolExecutor(1) as thread:
        try:
            future = thread.submit(work, given_up)
            yield lambda: _result(future)
        except BaseException:
            given_up.set()
            raise


def _result(future: Future[T]) -> T:
    while wait([future], _LOOKS).not_done:
        """Time to hear whether it shall stop: not every system wakes a thread that waits."""
    return future.result()
