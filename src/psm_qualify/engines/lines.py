"""Lines of a delimited file, made column by column: to the byte as DuckDB's own writer makes them, in less time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from psm_qualify.engines.codes import Numbers, changed
from psm_qualify.engines.signs import Signs, table_of
from psm_qualify.facts.text import FORMULA, MARKED

_QUOTED = table_of('",#\r\n')
"""What makes a cell one that is quoted."""
_RUN = table_of("=@\t\r+-")
"""How `FORMULA` begins."""


def cells(texts: pa.Array) -> pa.Array:
    """Texts as they stand in a line: an empty one is quoted, NULL is nothing."""
    signs = Signs.of(texts)
    special = signs.having(_QUOTED[signs.bytes]) | signs.empty()
    return pc.fill_null(changed(texts, special, _quoted), "")


def safe_cells(texts: pa.Array) -> pa.Array:
    """The same of texts that a user gave: none is one that a spreadsheet runs. Twin of `facts.text.formula_safe`."""
    may_run = Signs.of(texts).beginning(_RUN)
    return cells(changed(texts, may_run, lambda some: pc.replace_substring_regex(some, FORMULA, MARKED)))


def joined(parts: Sequence[pa.Array | str], between: str = ",") -> pa.Array:
    """Columns of texts, or texts that stand in all rows, put together row by row."""
    given = [pa.scalar(part, pa.large_string()) if isinstance(part, str) else part for part in (*parts, between)]
    return pc.binary_join_element_wise(*given)


def listed(texts: pa.Array, counts: Numbers) -> pa.Array:
    """So many texts each, with commas between them."""
    ends = np.concatenate([[0], np.cumsum(counts)])
    lists = pa.LargeListArray.from_arrays(pa.array(ends), texts)
    return pc.binary_join(lists, pa.scalar(", ", pa.large_string()))


def headers(titles: Iterable[str]) -> str:
    """The line of headers."""
    return ",".join(cells(pa.array(list(titles), pa.large_string())).to_pylist())


def _quoted(texts: pa.Array) -> pa.Array:
    return joined(['"', pc.replace_substring(texts, '"', '""'), '"'], "")
