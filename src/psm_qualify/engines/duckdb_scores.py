"""How records come out: each distinct text is read once, what it tells is packed into patterns, those are judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import pyarrow as pa

from psm_qualify.compile import ranking
from psm_qualify.compile.patterns import COUNT, NUMBER, PLACE, Patterns
from psm_qualify.compile.query import ODD, VERDICT, Query
from psm_qualify.compile.sql import Column, name, select
from psm_qualify.engines.base import FIRST_PLACES
from psm_qualify.engines.codes import Codes, Numbers, narrow, numbered
from psm_qualify.engines.threads import each
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.scoring import VERDICTS
from psm_qualify.selection import Filter

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb_session import Database

P = TypeVar("P", pa.Table, pa.RecordBatch)
_AT_ONCE = 1 << 16  # records: what is added to stays in the processor's cache
_SHIFT = 36
"""Bits for a position, below those of a place: more records than a machine holds."""


@dataclass(frozen=True)
class Chosen:
    """The chosen records in the order in which they are shown: their ranks and positions."""

    ranks: Numbers
    positions: Numbers

    def beside(self, parts: Iterable[P]) -> Iterator[tuple[Chosen, P]]:
        """Parts of what was picked by these positions, each with the records that it is of."""
        done = 0
        for part in parts:
            here = slice(done, done + len(part))
            yield Chosen(self.ranks[here], self.positions[here]), part
            done += len(part)


@dataclass(frozen=True)
class _Odd:
    """Where a field is not understood: positions in order, the number of each text in `texts`."""

    texts: pa.Array
    positions: Numbers
    of: Numbers


class Scores:
    """Judges records by the codes of their fields (by id): the table `patterns` has how each pattern comes out."""

    def __init__(self, db: Database, query: Query, codes: Mapping[str, Codes], size: int) -> None:
        self._db, self._query = db, query
        db.begin("Scoring", size)
        self._patterns = Patterns(query)
        shares: dict[str, list[tuple[Codes, Numbers]]] = {word: [] for word in self._patterns.words}
        self._odd: dict[str, _Odd] = {}
        read_texts = db.columns_of(
            (self._patterns.added(field, "texts"), {"texts": pa.table({"raw": own.texts})})
            for field, own in codes.items()
        )
        for (field, own), read in zip(codes.items(), read_texts, strict=True):
            for word in shares:
                if word in read.column_names:
                    shares[word].append((own, read.column(word).to_numpy()))
            odd = read.column(ODD).to_numpy()
            at = np.flatnonzero(own.spread(odd)) if odd.any() else np.empty(0, np.int64)
            self._odd[field] = _Odd(own.texts, at, own.of[at])
        words = {word: _sum(own, size) for word, own in shares.items()}
        self._numbers, rows = numbered(words.values())
        """By position, the number of a record's pattern; below 0 where it was taken out."""
        self._words = {word: whole[rows] for word, whole in words.items()}
        self._judge()

    def _judge(self) -> None:
        count = len(next(iter(self._words.values())))
        counts = np.bincount(self._numbers[self._numbers >= 0], minlength=count)
        self._db.hold("distinct_patterns", pa.table({NUMBER: np.arange(count), COUNT: counts, **self._words}))
        self._db.execute(f"CREATE OR REPLACE TABLE patterns AS\n{self._patterns.judged('distinct_patterns')}")
        self._order: Numbers | None = None

    def of_patterns(self, *columns: str) -> Iterator[pa.ChunkedArray]:
        """Expressions over the judged patterns, by their numbers."""
        named = [Column(f"of_{number}", sql) for number, sql in enumerate(columns)]
        yield from self._db.columns(f"{select(named, 'patterns', keep=False)}\nORDER BY {NUMBER}").columns

    def numbers(self, positions: Numbers) -> Numbers:
        """The numbers of the patterns of records."""
        return self._numbers[positions]

    def verdicts(self) -> dict[Verdict, int]:
        """How many records have each verdict."""
        rows = self._db.rows(f"SELECT {VERDICT}, sum({COUNT}) FROM patterns GROUP BY ALL")
        found = dict(rows)
        return {word: int(found.get(index, 0)) for index, word in enumerate(VERDICTS)}

    def standings(self) -> Sequence[tuple[tuple[int, ...], int]]:
        """How many records have each rank key."""
        keys = ranking.keys(self._query)
        rows = self._db.rows(f"SELECT {keys}, sum({COUNT}) FROM patterns WHERE {COUNT} > 0 GROUP BY ALL")
        return [(tuple(key), int(count)) for *key, count in rows]

    def odd(self) -> list[tuple[str, str, int, list[int]]]:
        """The texts that were not understood: the field, the text, how often it stands, where first."""
        found = []
        for field, odd in self._odd.items():
            alive = self._numbers[odd.positions] >= 0
            at, of = odd.positions[alive], odd.of[alive]
            order = np.argsort(of, kind="stable")
            at = at[order]
            texts, starts, counts = np.unique(of[order], return_index=True, return_counts=True)
            for text, start, count in zip(odd.texts.take(texts).to_pylist(), starts, counts, strict=True):
                found.append((field, text, int(count), at[start : start + min(count, FIRST_PLACES)].tolist()))
        return found

    def unknown(self, positions: Sequence[int]) -> Mapping[int, int]:
        """How much is open of the points of some records on the primary scorecard."""
        primary = self._query.pack.primary.id
        least, most = (name(self._query.card_column(primary, total)) for total in ("least", "most"))
        (open_,) = self.of_patterns(f"{most} - {least}")
        return dict(zip(positions, open_.to_numpy()[self._numbers[positions]].tolist(), strict=True))

    def drop(self, positions: Sequence[int]) -> None:
        """Takes some records out."""
        self._numbers = self._numbers.copy()
        self._numbers[positions] = -1
        self._judge()

    def choose(self, chosen: Filter) -> Chosen:
        """Ranks the records and keeps those that the filter selects."""
        order = self._ranked(None if chosen.selects else chosen.top)
        if not chosen.selects:
            ranks = np.arange(1, len(order) + 1, dtype=narrow(len(order) + 1))  # which holds the end, too
            return Chosen(ranks, order)
        # Every rank is known here: only what holds for patterns is asked of DuckDB.
        fits, turns = self.of_patterns(
            ranking.condition(self._query, replace(chosen, ranks=None)), ranking.turn(self._query, chosen)
        )
        numbers = self._numbers[order]
        fitting = fits.fill_null(False).to_numpy()[numbers]
        if chosen.ranks is not None:
            fitting &= np.isin(np.arange(1, len(order) + 1), chosen.ranks)
        at = np.flatnonzero(fitting)
        at = at[np.argsort(turns.to_numpy()[numbers[at]], kind="stable")][: chosen.top]
        return Chosen(at + 1, order[at])

    def _ranked(self, top: int | None) -> Numbers:
        """The positions of records in the order of their ranks, of all or the first."""
        if self._order is not None:
            return self._order[:top]
        found = self._in_pieces()
        if top is not None:
            found = (keys if top >= len(keys) else np.partition(keys, top)[:top] for keys in found)
        keys = np.concatenate([np.empty(0, np.int64), *found])
        keys.sort()
        keys &= (1 << _SHIFT) - 1
        if top is None:
            self._order = keys
        return keys[:top]

    def _in_pieces(self) -> Iterator[Numbers]:
        """The records, some at once: place and position of each as one number."""
        (places,) = self.of_patterns(PLACE)
        high = places.to_numpy().astype(np.int64) << _SHIFT
        for first in range(0, len(self._numbers), _AT_ONCE):
            numbers = self._numbers[first : first + _AT_ONCE]
            keys = high[numbers] | np.arange(first, first + len(numbers))
            yield keys[numbers >= 0]


def _sum(shares: Sequence[tuple[Codes, Numbers]], size: int) -> Numbers:
    """By record, the sum of what is said of its texts."""
    whole = np.zeros(size, narrow(sum(int(of_texts.max()) for _, of_texts in shares)))
    own = [(codes, of_texts.astype(whole.dtype)) for codes, of_texts in shares]

    def some(first: int) -> None:
        here = slice(first, first + _AT_ONCE)
        for codes, of_texts in own:
            whole[here] += of_texts[codes.of[here]]

    each(some, range(0, size, _AT_ONCE))
    return whole
