"""Columns of texts as codes: each distinct text once, and for each record the number of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_AT_ONCE = 20_000  # records
_TIMES = 4  # so many times as many texts are looked up as those are among which they may be
_WAITING = 24 * 10**6  # bytes of texts, at most, that wait for others
_MANY = 500_000  # distinct texts
NO_TEXTS, _NULL = pa.array([], pa.large_string()), pa.nulls(1, pa.large_string())
Numbers: TypeAlias = np.ndarray[Any, np.dtype[Any]]
"""Whole numbers or truth values, one for each record or each distinct text."""


@dataclass(frozen=True)
class Codes:
    """A column. `texts` are NULL and its distinct texts; `of` has the number of each record's text in `texts`."""

    texts: pa.Array
    of: Numbers

    def spread(self, values: Numbers) -> Numbers:
        """What is said of each text, by record."""
        return values[self.of]

    def texts_of(self, records: slice) -> pa.Array:
        """The distinct texts of some records."""
        found = np.zeros(len(self.texts), bool)
        found[self.of[records]] = True
        return self.texts.filter(pa.array(found))

    @property
    def column(self) -> pa.Array:
        """The texts by record."""
        return pa.DictionaryArray.from_arrays(self.of, self.texts)


class Coding:
    """Makes codes of a column whose texts come part by part."""

    def __init__(self) -> None:
        self._whole: list[Codes] = []
        self._begin()

    def _begin(self) -> None:
        self._texts, self._of = _NULL, [np.empty(0, np.uint8)]
        self._waiting: list[pa.Array] = []

    def add(self, part: pa.ChunkedArray) -> None:
        """Takes the next texts."""
        part = part.cast(pa.large_string())
        rows, size = (sum(map(get, [*self._waiting, part])) for get in (len, attrgetter("nbytes")))
        # To look for texts among others takes a table of these, made anew each time: it has to be worth it.
        if rows >= _TIMES * len(self._texts) or size >= _WAITING:
            self._waiting += part.chunks
            self._code()
        else:
            self._waiting.append(part.combine_chunks())  # a copy: as it comes, it keeps the memory of other columns

    def _code(self) -> None:
        texts = pa.chunked_array(self._waiting, pa.large_string())
        self._waiting.clear()
        known, found = len(self._texts), pc.index_in(texts, self._texts)
        codes = pc.fill_null(found, 0).to_numpy()
        if found.null_count:
            new = found.is_null()
            own = texts.filter(new).combine_chunks().dictionary_encode()
            self._texts = pa.concat_arrays([self._texts, own.dictionary])
            codes = codes.copy()
            codes[new.to_numpy()] = own.indices.to_numpy() + known
        self._of.append(codes.astype(narrow(len(self._texts))))
        if len(self._texts) > _MANY:  # most may be new each time
            self._end()

    def _end(self) -> None:
        self._whole.append(Codes(self._texts, np.concatenate(self._of)))
        self._begin()

    def done(self) -> Codes:
        """The whole column."""
        self._code()
        self._end()
        found = _joined(self._whole) if len(self._whole) > 1 else self._whole[0]
        self._whole.clear()
        return found


def _joined(parts: Sequence[Codes]) -> Codes:
    """A column from its parts in order."""
    every = pa.concat_arrays([part.texts for part in parts]).dictionary_encode(null_encoding="encode")
    numbers = every.indices.to_numpy().astype(narrow(len(every.dictionary)))
    own = np.split(numbers, np.cumsum([len(part.texts) for part in parts])[:-1])
    return Codes(every.dictionary, np.concatenate([some[part.of] for some, part in zip(own, parts, strict=True)]))


def narrow(most: int) -> type[np.unsignedinteger[Any]]:
    """The smallest kind of number that goes so far: memory that is not touched costs no time."""
    kinds = (np.uint8, np.uint16, np.uint32, np.uint64)
    return next(kind for kind in kinds if most <= np.iinfo(kind).max)


def changed(texts: pa.Array, some: pa.Array | Numbers, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """The texts of which `some` says so changed, the others as they are: most are."""
    wanted = pc.fill_null(pa.array(some), False)
    if not pc.any(wanted).as_py():
        return texts
    return pc.replace_with_mask(texts, wanted, change(texts.filter(wanted)))


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
    rows = np.zeros(int(numbers.max(initial=-1)) + 1, np.int64)
    for first in range(0, len(numbers), _AT_ONCE):
        here = numbers[first : first + _AT_ONCE]
        rows[here] = np.arange(first, first + len(here))
    return numbers, rows
