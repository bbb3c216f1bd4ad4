"""Decimal commas, looked for by columns: twin of `facts.decimals.writes_commas`."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from psm_qualify.engines.signs import Signs, table_of
from psm_qualify.facts.decimals import AGAINST, CERTAIN, ENOUGH, LIKELY

_AT_ONCE = 20_000  # texts
_MARKS = table_of(",.")


def writes_commas(texts: pa.Array) -> bool:
    """Whether a column writes a decimal comma without doubt; `texts` are its distinct ones."""
    signs = Signs.of(texts)
    marked = texts.filter(pa.array(signs.having(_MARKS[signs.bytes])))
    # In most columns of numbers one of the first texts settles it.
    if any(_count(marked.slice(at, _AT_ONCE), AGAINST) for at in range(0, len(marked), _AT_ONCE)):
        return False
    return _count(marked, CERTAIN) > 0 or _count(marked, LIKELY) >= ENOUGH


def _count(texts: pa.Array, pattern: str) -> int:
    found: int = pc.sum(pc.match_substring_regex(texts, pattern), min_count=0).as_py()
    return found
