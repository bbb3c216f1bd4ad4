"""Work on parts that come one by one, on every core."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

S = TypeVar("S")
T = TypeVar("T")
_AHEAD = 3


def in_threads(work: Callable[[S], T], parts: Iterable[S]) -> Iterator[T]:
    """What `work` makes of each part, in their order. Only some parts are there at once: they may not fit into memory.

    The work has to be such that leaves Python to others: Arrow's and NumPy's.
    """
    with ThreadPoolExecutor() as threads:
        waiting: deque[Future[T]] = deque()
        for part in parts:
            waiting.append(threads.submit(work, part))
            if len(waiting) > _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
