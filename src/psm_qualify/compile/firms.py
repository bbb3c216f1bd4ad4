"""SQL twins of `facts/firms.py`: names and web addresses made comparable. Plain functions: they run on every row."""

from __future__ import annotations

from psm_qualify.compile.sql import literal
from psm_qualify.facts.firms import AMPERSAND, AND, ENDINGS, MARKS, PREFIX, WHITE


def trimmed(text: str) -> str:
    """SQL twin of `text.strip(WHITE)`."""
    return f"trim({text}, {literal(WHITE)})"


def host(text: str) -> str:
    """SQL twin of `facts.firms.domain_key`, but for hosts that many firms share or that have no dot."""
    found = f"split_part(split_part(lower({trimmed(text)}), '://', -1), '@', -1)"
    for mark in MARKS:
        found = f"split_part({found}, {literal(mark)}, 1)"
    return f"regexp_replace({found}, {literal('^' + PREFIX.replace('.', '[.]'))}, '')"


def name_key(text: str) -> str:
    """SQL twin of `facts.firms.name_key`."""
    plain = f"replace(replace(lower({trimmed(text)}), '.', ''), {literal(AND)}, {literal(AMPERSAND)})"
    return f"regexp_replace(regexp_replace({plain}, {literal(ENDINGS)}, ''), '[^\\p{{L}}\\p{{N}}]+', '', 'g')"
