"""SQL twins of `facts/firms.py`: names and web addresses made comparable. Plain functions: they run on every row."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from psm_qualify.compile.sql import literal
from psm_qualify.facts.firms import AMPERSAND, AND, ENDINGS, MARKS, PREFIX, WHITE

_FROM_MARK = rf"[{''.join(MARKS)}].*$"
_WHITE_AROUND = f"^[{WHITE}]|[{WHITE}]$"


def trimmed(text: str) -> str:
    """SQL twin of `text.strip(WHITE)`. Looking whether there is anything to trim costs a third of trimming."""
    stripped = f"trim({text}, {literal(WHITE)})"
    return f"CASE WHEN regexp_matches({text}, {literal(_WHITE_AROUND)}) THEN {stripped} ELSE {text} END"


def host(text: str) -> str:
    """SQL twin of `facts.firms.domain_key`, but for hosts that many firms share or that have no dot."""
    # Not split_part: it repeats its argument, and nine of them nested are a very long expression.
    found = f"regexp_replace(lower({trimmed(text)}), '^.*://', '', 's')"
    found = f"regexp_replace({found}, '^.*@', '', 's')"
    found = f"regexp_replace({found}, {literal(_FROM_MARK)}, '', 's')"
    return f"regexp_replace({found}, {literal('^' + re.escape(PREFIX))}, '')"


def name_key(text: str) -> str:
    """SQL twin of `facts.firms.name_key`."""
    plain = f"replace(replace(lower({trimmed(text)}), '.', ''), {literal(AND)}, {literal(AMPERSAND)})"
    # Spaces are most of what is not a letter or digit: a pattern that takes them out one by one costs twice as much.
    joined = f"replace(regexp_replace({plain}, {literal(ENDINGS)}, ''), ' ', '')"
    return f"regexp_replace({joined}, '[^\\p{{L}}\\p{{N}}]+', '', 'g')"


KEYS: Mapping[str, Callable[[str], str]] = {"id": trimmed, "domain": host, "name": name_key}
"""SQL twin of `facts.firms.FIRM_KEYS`: what makes the cells of a field comparable."""
