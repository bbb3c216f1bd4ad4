"""Work on every core: on parts that come one by one, and on something else meanwhile."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")
_CORES = os.cpu_count() or 1


def in_threads(work: Callable[[S], T], parts: Iterable[S]) -> Iterator[T]:
    """What `work` makes of each part, in their order. Only some parts are there at once: they may not fit into memory.

    The work has to be such that leaves Python to others: Arrow's and NumPy's.
    """
    with ThreadPoolExecutor(_CORES) as threads:
        waiting: deque[Future[T]] = deque()
        for part in parts:
            waiting.append(threads.submit(work, part))
            if len(waiting) > _CORES + 1:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextmanager
def meanwhile(work: Callable[[Event], T]) -> Iterator[Future[T]]:
    """Does something in a thread of its own. The event says that it is not wanted any more: an error came up here."""
    given_up = Event()
    with ThreadPoolExecutor(1) as thread:
        try:
            yield thread.submit(work, given_up)
        except BaseException:
            given_up.set()
            raise
