"""Columns of texts as codes: each distinct text once, and for each record the number of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_PIECE, _MANY = 20_000, 2_000_000  # texts
NO_TEXTS = pa.array([], pa.large_string())
Numbers: TypeAlias = npt.NDArray[Any]
"""Whole numbers or truth values, one for each record or each distinct text."""


@dataclass(frozen=True)
class Codes:
    """A column. `texts` are its distinct texts in the order in which they come, and NULL as the last.

    `of` has the number of each record's text in `texts`.
    """

    texts: pa.Array
    of: Numbers

    def spread(self, values: Numbers) -> Numbers:
        """What is said of each text, by record."""
        return values[self.of]

    @property
    def column(self) -> pa.Array:
        """The texts by record."""
        return pa.DictionaryArray.from_arrays(self.of, self.texts)


def part_of(texts: pa.ChunkedArray) -> Codes:
    """Some texts of a column with codes of their own."""
    parts = texts.dictionary_encode().chunks  # all with the same dictionary
    known = parts[0].dictionary if parts else NO_TEXTS
    codes = [part.indices.fill_null(len(known)).to_numpy() for part in parts]
    of = np.concatenate([np.empty(0, np.int32), *codes], dtype=_narrow(len(known)), casting="unsafe")
    return Codes(_with_null(known), of)


def gather(parts: list[Codes], part: Codes) -> None:
    """Adds a part to others; joins them where they hold many texts, of which most may be the same."""
    parts.append(part)
    if sum(len(each.texts) for each in parts[1:]) > max(_MANY, len(parts[0].texts)):
        parts[:] = [joined(parts)]


def joined(parts: Sequence[Codes]) -> Codes:
    """A column from its parts in order."""
    every = pa.concat_arrays([NO_TEXTS, *(part.texts[:-1] for part in parts)]).dictionary_encode()
    texts = every.dictionary
    of = np.empty(sum(len(part.of) for part in parts), _narrow(len(texts)))
    numbers = every.indices.to_numpy().astype(of.dtype)
    at = first = 0
    for part in parts:
        own = np.append(numbers[first : first + len(part.texts) - 1], of.dtype.type(len(texts)))
        of[at : at + len(part.of)] = own[part.of]
        at, first = at + len(part.of), first + len(part.texts) - 1
    return Codes(_with_null(texts), of)


def _with_null(texts: pa.Array) -> pa.Array:
    return pa.concat_arrays([texts, pa.nulls(1, texts.type)])


def _narrow(most: int) -> type[np.unsignedinteger[Any]]:
    """The smallest kind of number that goes so far: memory that is not touched costs no time."""
    return np.uint8 if most < 1 << 8 else np.uint16 if most < 1 << 16 else np.uint32


def changed(texts: pa.Array, some: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """The texts of which `some` says so changed, the others as they are: most are."""
    wanted = pc.fill_null(some, False)
    return pc.replace_with_mask(texts, wanted, change(texts.filter(wanted)))


def in_pieces(texts: pa.Array) -> pa.ChunkedArray:
    """Texts in pieces on which DuckDB can work at the same time."""
    pieces = [texts.slice(at, _PIECE) for at in range(0, len(texts), _PIECE)]
    return pa.chunked_array(pieces, texts.type)


def numbered(words: Iterable[Numbers]) -> tuple[Numbers, Numbers]:
    """Rows of whole numbers (given column by column): the number of each among the distinct ones, and for each
    distinct one a row that is like it."""
    numbers: Numbers | None = None
    for word in words:
        own = pa.array(word).dictionary_encode()
        if numbers is None:
            numbers = own.indices.to_numpy()
        else:
            pairs = numbers.astype(np.int64) * len(own.dictionary) + own.indices.to_numpy()
            numbers = pa.array(pairs).dictionary_encode().indices.to_numpy()
    assert numbers is not None
    count = int(numbers.max(initial=-1)) + 1
    rows = np.empty(count, np.int64)
    rows[numbers] = np.arange(len(numbers))
    return numbers, rows
