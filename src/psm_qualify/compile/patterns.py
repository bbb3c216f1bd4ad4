"""What the tests on a record came out as, packed into a few whole numbers: its pattern.

Verdict, points and place follow from the pattern alone, and many records share one: it is judged once for all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from psm_qualify.compile import ranking
from psm_qualify.compile.query import ODD, Query
from psm_qualify.compile.sql import Column, literal, name, select, with_layers

COUNT, NUMBER, PLACE = "at__count", "at__number", "at__place"
"""Of a pattern: how many records have it, its number, and its place in the order, which others may share."""

_BITS = 62  # of a word, which stays a positive number of 64 bits


@dataclass(frozen=True, slots=True)
class _Bit:
    """Where an outcome is kept: the column that has it, the word, what it is worth there."""

    column: str
    word: str
    worth: int


@dataclass(frozen=True)
class Patterns:
    """The patterns of a compiled pack."""

    query: Query

    @cached_property
    def _bits(self) -> Mapping[str, tuple[_Bit, ...]]:
        found: dict[str, tuple[_Bit, ...]] = {}
        count = 0
        for field in self.query.read:
            columns = self.query.outcomes_of(field.id)
            found[field.id] = tuple(_bit(column, count + at) for at, column in enumerate(columns))
            count += len(columns)
        return found

    @property
    def words(self) -> tuple[str, ...]:
        """The columns of a pattern."""
        return tuple(dict.fromkeys(bit.word for bits in self._bits.values() for bit in bits)) or (_word(0),)

    def added(self, field: str, texts: str) -> str:
        """What each text of a field adds to the words it bears on, and whether it is not understood; in the order of
        the relation `texts` (one column, `raw`)."""
        parts: dict[str, list[str]] = {}
        for bit in self._bits[field]:
            parts.setdefault(bit.word, []).append(f"CASE WHEN {name(bit.column)} THEN {literal(bit.worth)} ELSE 0 END")
        columns = [Column(word, f"CAST({' + '.join(added)} AS BIGINT)") for word, added in parts.items()]
        columns.append(Column(ODD, name(self.query.odd_column(field))))
        return select(columns, f"(\n{self.query.dictionary(field, texts)}\n)", keep=False)

    def judged(self, patterns: str) -> str:
        """A relation of patterns, each with its number and count, judged: `Query.judgement`, and its place."""
        outcomes = [
            Column(bit.column, f"({name(bit.word)} & {literal(bit.worth)}) <> 0")
            for own in self._bits.values()
            for bit in own
        ]
        layers = self.query.judging([("outcomes", select(outcomes, patterns))])
        kept = [Column(column, name(column)) for column in (NUMBER, COUNT)]
        layers.append(("judged", select([*kept, *self.query.judgement], name(layers[-1][0]), keep=False)))
        place = Column(PLACE, f"dense_rank() OVER (ORDER BY {ranking.keys(self.query)})")
        return with_layers(layers, select([place], name("judged")))


def _word(number: int) -> str:
    return f"at__pattern_{number + 1}"


def _bit(column: str, number: int) -> _Bit:
    return _Bit(column, _word(number // _BITS), 1 << number % _BITS)
