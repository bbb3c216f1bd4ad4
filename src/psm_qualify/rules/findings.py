"""Collects what is wrong with a pack while its parts are bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from psm_qualify.errors import Finding, Place
from psm_qualify.rules.patterns import fault

Path: TypeAlias = tuple[str | int, ...]
"""Where something stands in a pack: keys and positions from the top."""

Locate: TypeAlias = Callable[[Path], Place]


class Findings:
    """Findings in the order in which they were found; `locate` knows where a path stands in the files."""

    def __init__(self, locate: Locate) -> None:
        self._locate = locate
        self.found: list[Finding] = []

    def add(self, code: str, message: str, hint: str, path: Path) -> None:
        """Adds a finding at the place of `path`."""
        self.found.append(Finding(code, message, hint, self._locate(path)))

    def check_pattern(self, pattern: str, path: Path) -> None:
        """Adds a finding where not every engine could run the pattern."""
        problem = fault(pattern)
        if problem is not None:
            self.add(
                "bad-pattern",
                f"the pattern {pattern!r} can't be used: {problem}",
                "write it with plain groups, classes and repetitions",
                path,
            )
