"""Libraries that are not to be loaded, although they may be installed."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class _Without:
    """A finder of modules, the first that is asked, by which some are not there. (None in the place of a module says
    so to Python, but not to a compiled library.)"""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: object = None) -> None:
        """Finds nothing; refuses what is left out."""
        if name in self._names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


@contextmanager
def left_out(*libraries: str) -> Iterator[None]:
    """Meanwhile importing them fails, as where they are not installed."""
    finder = _Without(libraries)
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
