"""SQL that tells of records which seem to be the same firm."""

from __future__ import annotations

from psm_qualify.compile.sql import name

DUPLICATES = "at__duplicates"
"""The column that tells the twins of a record in words."""
MOST = 5
"""How many others of a group are told."""


def told(most: int, several: bool) -> str:
    """The others of a record in words, NULL where there is none: of columns `file 1`, `line 1`, `kind 1` … that say
    where each stands and what tells so."""
    parts = []
    for number in range(most):
        file, line, kind = (name(part) for part in other(number))
        shown = f"{file}, ' line '" if several else "'line '"
        parts.append(f"CASE WHEN {line} IS NOT NULL THEN concat({shown}, {line}, ' (', {kind}, ')') END")
    return f"nullif(concat_ws(', ', {', '.join(parts)}), '')" if parts else "CAST(NULL AS VARCHAR)"


def other(number: int) -> tuple[str, str, str]:
    """The columns that say where another record stands, and what tells so."""
    return f"file {number}", f"line {number}", f"kind {number}"
