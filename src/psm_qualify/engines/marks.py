"""Marks of firms: numbers that are alike where keys are, and seldom where they are not.

To make a mark takes a third of the time of making a key, as NumPy goes over the bytes of many texts at once. So a list
is looked through by marks, and keys are made only where those are alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from psm_qualify.engines import keys
from psm_qualify.engines.codes import Numbers
from psm_qualify.engines.signs import BEYOND_ASCII, Signs, slices, spelling, sums_until
from psm_qualify.engines.threads import in_threads
from psm_qualify.facts.firms import AND, LEGAL, WHITE

_AT_ONCE = 1 << 16  # marks that are compared
_MAY_END = rf"(?i)[ ,(](?:{'|'.join(LEGAL)})[){WHITE}]*$"
"""Finds all names that `facts.firms.ENDINGS` shortens, as long as no dots are in them."""
BITS = np.uint64(32)
"""Of a mark; it stands above as many for a place."""
PLACE = np.uint64((1 << 32) - 1)
"""The bits of a place."""
_SMALL = 0x20  # a bit that makes a letter small, and leaves a space as it is
_BASE = 0x9E3779B1


def of(kind: str, texts: Iterator[pa.Array]) -> Iterator[Numbers]:
    """Of all texts but NULL the mark and, in the lower `PLACE`, the place among all: one number of 64 bits for each."""

    def numbered() -> Iterator[tuple[int, pa.Array]]:
        first = 0
        for part in texts:
            yield first, part
            first += len(part)

    def marked(part: tuple[int, pa.Array]) -> Numbers:
        first, own = part
        found = with_places(_MARKS[kind](own), np.arange(first, first + len(own)))
        return found[own.is_valid().to_numpy(zero_copy_only=False)] if own.null_count else found

    return in_threads(marked, numbered())


def with_places(values: Numbers, places: Numbers) -> Numbers:
    """Values of up to 32 bits and their places as numbers of 64 bits, for `equal`."""
    found: Numbers = values.astype(np.uint64)
    found <<= BITS
    found |= places.astype(np.uint64)
    return found


def equal(marked: Numbers) -> tuple[Numbers, Numbers]:
    """The places of those whose marks are there more than once, group by group, and where each begins; in the end how
    many there are. Orders what it is given."""
    # Marks and places as one number are sorted many times as quickly as places are by their marks.
    marked.sort()
    some = np.zeros(len(marked), bool)
    for first in range(0, len(marked), _AT_ONCE):
        here = marked[first : first + _AT_ONCE + 1]
        like_next = here[1:] ^ here[:-1] <= PLACE
        some[first : first + len(like_next)] |= like_next
        some[first + 1 : first + 1 + len(like_next)] |= like_next
    found = marked[some]
    mark = found >> BITS
    starts = np.flatnonzero(np.concatenate([[True], mark[1:] != mark[:-1]])[: len(mark)])
    return (found & PLACE).astype(np.int64), np.append(starts, len(found))


def _of_names(texts: pa.Array) -> Numbers:
    """What letters and digits say in their order: in either case, and whatever else stands between them."""
    found, special = np.empty(len(texts), np.uint32), np.empty(len(texts), bool)
    for here, some in slices(texts):
        found[here] = _in_order(some)
        special[here] = some.having(_unusual(some.bytes))
    special |= pc.fill_null(pc.match_substring_regex(texts, _MAY_END), False).to_numpy(zero_copy_only=False)
    # The keys of these may have other letters.
    own = keys.made("name", texts.filter(pa.array(special)))
    found[special] = np.concatenate([np.empty(0, np.uint32), *(_in_order(some) for _, some in slices(own))])
    return found


def _in_order(some: Signs) -> Numbers:
    """By text, the sum over all pairs of bytes, one somewhere before the other, of what these weigh."""
    first, second = (weights.take(some.bytes) for weights in _WEIGHTS)
    before = sums_until(first)
    found: Numbers = some.sums(before[1:] * second) - before[some.starts[:-1]] * some.sums(second)
    return found


def _of_keys(kind: str, texts: pa.Array) -> Numbers:
    """What all signs say, each in its place: the fingerprints of Karp and Rabin (1987)."""
    found = np.empty(len(texts), np.uint32)
    for here, some in slices(keys.made(kind, texts)):
        lengths = np.diff(some.starts)
        places = np.arange(len(some.bytes), dtype=np.uint32) - np.repeat(some.starts[:-1], lengths).astype(np.uint32)
        powers = np.cumprod(np.full(lengths.max(initial=0), _BASE, np.uint32), dtype=np.uint32)
        found[here] = some.sums(powers.take(places) * (some.bytes + np.uint32(1)))
    return found


_MARKS: Mapping[str, Callable[[pa.Array], Numbers]] = {
    "id": partial(_of_keys, "id"), "domain": partial(_of_keys, "domain"), "name": _of_names
}  # fmt: skip


def _unusual(signs: Numbers) -> Numbers:
    """Where dots, signs beyond ASCII or the word *and* stand: there a name may differ from its key in more."""
    found: Numbers = (signs >= BEYOND_ASCII) | (signs == ord("."))
    return found | spelling(signs | _SMALL, AND)


def _weights() -> tuple[Numbers, Numbers]:
    """What each byte weighs in a name, as the first and as the second of a pair: numbers without pattern (the mixer of
    SplitMix64, Steele and others 2014), none for what is no letter or digit, the same for large and small letters."""
    mixed = np.arange(1, 257, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    for byte in range(BEYOND_ASCII):
        mixed[byte] = mixed[byte | _SMALL] if chr(byte).isalpha() else mixed[byte] * chr(byte).isdigit()
    return (mixed >> BITS).astype(np.uint32), (mixed & PLACE).astype(np.uint32)


_WEIGHTS = _weights()
