"""The bytes of many texts: NumPy goes over them in a fraction of the time that a search text by text takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np
import pyarrow as pa

from psm_qualify.engines.codes import Numbers

BEYOND_ASCII = 0x80
"""Bytes from here on are parts of letters and signs beyond ASCII."""
_AT_ONCE = 8_000  # texts: what is made of their bytes stays in the processor's cache


@dataclass(frozen=True)
class Signs:
    """The bytes of texts one behind the other; `starts` says where each text begins, and where the last ends."""

    bytes: Numbers
    starts: Numbers

    @classmethod
    def of(cls, texts: pa.Array) -> Signs:
        """Those of large strings. NULL has none."""
        _, offsets, found = texts.buffers()
        if not len(texts) or found is None:
            return cls(np.empty(0, np.uint8), np.zeros(len(texts) + 1, np.int64))
        starts = np.frombuffer(offsets, np.int64)[texts.offset : texts.offset + len(texts) + 1]
        return cls(np.frombuffer(found, np.uint8)[starts[0] : starts[-1]], starts - starts[0])

    def empty(self) -> Numbers:
        """Whether each text is empty, or NULL."""
        found: Numbers = self.starts[:-1] == self.starts[1:]
        return found

    def having(self, some: Numbers) -> Numbers:
        """Whether each text has one of some bytes; `some` says so of every byte."""
        found = np.zeros(len(self.starts) - 1, bool)
        found[np.searchsorted(self.starts, np.flatnonzero(some), side="right") - 1] = True
        return found

    def beginning(self, table: Numbers) -> Numbers:
        """What a table of all bytes says of the first of each text; nothing of empty ones."""
        return self._at(self.starts[:-1], table)

    def ending(self, table: Numbers) -> Numbers:
        """The same of the last byte of each text."""
        return self._at(self.starts[1:] - 1, table)

    def _at(self, places: Numbers, table: Numbers) -> Numbers:
        filled = ~self.empty()
        filled[filled] = table[self.bytes[places[filled]]]
        return filled

    def sums(self, values: Numbers) -> Numbers:
        """The sum of the values of each text's bytes, as far as 32 bits go."""
        until = sums_until(values)
        return until[self.starts[1:]] - until[self.starts[:-1]]


def sums_until(values: Numbers) -> Numbers:
    """Before each byte and in the end, the sum of the values of all bytes before, as far as 32 bits go."""
    found = np.zeros(len(values) + 1, np.uint32)
    np.cumsum(values, out=found[1:])
    return found


def slices(texts: pa.Array) -> Iterator[tuple[slice, Signs]]:
    """The bytes of some texts after the other."""
    for first in range(0, len(texts), _AT_ONCE):
        yield slice(first, first + _AT_ONCE), Signs.of(texts.slice(first, _AT_ONCE))


def spelling(signs: Numbers, word: str) -> Numbers:
    """By byte, whether a word ends there, be it that it begins in the text before."""
    ahead = len(word.encode()) - 1
    found = np.zeros(len(signs), bool)
    if len(signs) > ahead:
        here = (signs[at : len(signs) - ahead + at] == sign for at, sign in enumerate(word.encode()))
        found[ahead:] = reduce(and_, here)
    return found


def table_of(signs: Iterable[str], beyond_ascii: bool = False) -> Numbers:
    """A table of all bytes: whether each is one of some signs of ASCII, or part of one beyond."""
    found = np.zeros(256, bool)
    found[[ord(sign) for sign in signs if sign.isascii()]] = True
    found[BEYOND_ASCII:] = beyond_ascii
    return found
