"""How much memory an engine may take, as people write it: 500MB, 1.5 GB."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from psm_qualify.errors import UsageError

_UNITS = {"KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12, "KIB": 2**10, "MIB": 2**20, "GIB": 2**30, "TIB": 2**40}
_WRITTEN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([kmgt]i?b)\s*", re.IGNORECASE)
LEAST = 100 * 10**6
"""Bytes. DuckDB reads a list in pieces of 16 MB; below this it can't hold those that it needs at once."""
MOST = 2**62
"""Bytes. Beyond it DuckDB can't count."""


@dataclass(frozen=True, slots=True)
class MemoryLimit:
    """How much an engine may hold in memory; beyond it, it writes to disk."""

    text: str
    bytes: int


def read_limit(text: str) -> MemoryLimit:
    """The limit that a text says. Raises UsageError."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise UsageError(f"--memory-limit {text}: write a number and its unit, MB or GB: 500MB, 2GB")
    size = int(Decimal(found[1]) * _UNITS[found[2].upper()])
    if size < LEAST:
        raise UsageError(f"--memory-limit {text}: too little to work with; give {LEAST // 10**6}MB or more")
    return MemoryLimit(text.strip(), min(size, MOST))
