"""What the tests on a record came out as, packed into a few whole numbers: its pattern.

Verdict, points and place follow from the pattern alone, and many records share one: it is judged once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from psm_qualify.compile import ranking
from psm_qualify.compile.query import ODD, POSITION, Query
from psm_qualify.compile.sql import Column, literal, name, select, with_layers
from psm_qualify.facts.readers import TextReader

COUNT, NUMBER, PLACE = "at__count", "at__number", "at__place"
"""Of a pattern: how many records have it, its number, and its place in the order, which others may share."""

_BITS = 62  # of a word, which stays a positive number of 64 bits


@dataclass(frozen=True, slots=True)
class _Bit:
    """Where an outcome is kept: the column that has it, the word, what it is worth there."""

    column: str
    word: str
    worth: int
    shared: bool  # it is part of the pattern, and not only said of the record


@dataclass(frozen=True)
class Patterns:
    """The patterns of a compiled pack. `dictionaries` are the fields whose distinct texts are read before."""

    query: Query
    dictionaries: tuple[str, ...]

    @cached_property
    def _bits(self) -> Mapping[str, tuple[_Bit, ...]]:
        found: dict[str, tuple[_Bit, ...]] = {}
        count = 0
        for field in self.query.read:
            columns = [(column, True) for column in self.query.outcomes_of(field.id)]
            if not isinstance(field.reader, TextReader):  # no text is odd to that
                columns.append((self.query.odd_column(field.id), False))
            found[field.id] = tuple(_bit(column, count + at, shared) for at, (column, shared) in enumerate(columns))
            count += len(columns)
        return found

    @property
    def words(self) -> tuple[str, ...]:
        """The columns of a pattern."""
        return tuple(dict.fromkeys(bit.word for bits in self._bits.values() for bit in bits)) or (_word(0),)

    # -- records -----------------------------------------------------------------------------------------------

    def dictionary_name(self, field: str) -> str:
        """The table that holds a field's dictionary."""
        return f"{self.query.names[field]}__dictionary"

    def dictionary(self, field: str, texts: str) -> str:
        """A relation of distinct raw texts (one column, `raw`), each with what it adds to the words."""
        columns = [Column("raw", name("raw")), *self._packed([field])]
        return select(columns, f"(\n{self.query.dictionary(field, texts)}\n)", keep=False)

    def rows(self, source: str) -> str:
        """The query over `source`, a SELECT of each field's raw text under its SQL name, and its position.

        It gives one row a record, in no order: its position, its pattern, and the texts that were not understood.
        """
        fields = [field for field in self.query.read if field.id not in self.dictionaries]
        layers = self.query.reading([("source", source), ("looked_up", self._looked_up)], fields)
        texts = [Column(column, name(column)) for column in (self.query.names[field.id] for field in self.query.read)]
        added = self._packed(field.id for field in fields)
        here = Column(POSITION, name(POSITION))
        words = {word: name(_looked_up(word)) for word in self.words}
        words |= {each.name: f"{words[each.name]} + {each.sql}" for each in added}
        packed = [Column(word, sql) for word, sql in words.items()]
        layers.append(("packed", select([here, *texts, *packed], name(layers[-1][0]), keep=False)))
        shared = [Column(word, f"{name(word)} & {literal(self._mask(word))}") for word in self.words]
        return with_layers(layers, select([here, *shared, Column(ODD, self._odd)], name("packed"), keep=False))

    @property
    def _looked_up(self) -> str:
        """The source, and the sums of what the dictionaries add to the words."""
        parts: dict[str, list[str]] = {word: ["CAST(0 AS BIGINT)"] for word in self.words}
        joins = []
        for field in self.dictionaries:
            table = name(self.dictionary_name(field))
            joins.append(f"LEFT JOIN {table} ON {table}.raw = source.{name(self.query.names[field])}")
            # A cell without text is in no dictionary: it is blank.
            blank = {bit.word: bit.worth for bit in self._bits[field] if bit.column == self.query.blank_column(field)}
            for word in dict.fromkeys(bit.word for bit in self._bits[field]):
                parts[word].append(f"coalesce({table}.{name(word)}, {literal(blank.get(word, 0))})")
        sums = [f"{' + '.join(added)} AS {name(_looked_up(word))}" for word, added in parts.items()]
        return "SELECT\n    " + ",\n    ".join(["source.*", *sums]) + "\n" + "\n".join(["FROM source", *joins])

    def _packed(self, fields: Iterable[str]) -> list[Column]:
        """What fields add to the words, from the columns of their outcomes."""
        parts: dict[str, list[str]] = {}
        for bit in (bit for field in fields for bit in self._bits[field]):
            parts.setdefault(bit.word, []).append(f"CASE WHEN {name(bit.column)} THEN {literal(bit.worth)} ELSE 0 END")
        return [Column(word, f"CAST({' + '.join(added)} AS BIGINT)") for word, added in parts.items()]

    def _mask(self, word: str) -> int:
        """The bits of a word that belong to the pattern."""
        return sum(bit.worth for bits in self._bits.values() for bit in bits if bit.word == word and bit.shared)

    @property
    def _odd(self) -> str:
        """The texts that were not understood, in the order of `Query.read`; NULL where there is none."""
        bits = {field: bit for field, own in self._bits.items() for bit in own if not bit.shared}
        if not bits:
            return "CAST(NULL AS VARCHAR[])"
        texts = [
            f"CASE WHEN {_is_set(bits[field.id])} THEN {name(self.query.names[field.id])} END"
            if field.id in bits
            else "NULL"
            for field in self.query.read
        ]
        masks = {bit.word: sum(one.worth for one in bits.values() if one.word == bit.word) for bit in bits.values()}
        some = " OR ".join(f"({name(word)} & {literal(mask)}) <> 0" for word, mask in masks.items())
        return f"CASE WHEN {some} THEN [{', '.join(texts)}] END"

    # -- patterns ----------------------------------------------------------------------------------------------

    def judged(self, rows: str) -> str:
        """Every pattern of a relation of rows, judged: its count, its number, its place, and `Query.judgement`."""
        words = ", ".join(map(name, self.words))
        outcomes = [Column(bit.column, _is_set(bit)) for own in self._bits.values() for bit in own if bit.shared]
        layers = [
            ("patterns", f"SELECT {words}, count(*) AS {COUNT} FROM {rows} GROUP BY ALL"),
            ("outcomes", select(outcomes, name("patterns"))),
        ]
        layers = self.query.judging(layers)
        kept = [Column(column, name(column)) for column in (*self.words, COUNT)]
        layers.append(("judged", select([*kept, *self.query.judgement], name(layers[-1][0]), keep=False)))
        numbers = [
            Column(NUMBER, "row_number() OVER ()"),
            Column(PLACE, f"dense_rank() OVER (ORDER BY {ranking.keys(self.query)})"),
        ]
        return with_layers(layers, select(numbers, name("judged")))


def _word(number: int) -> str:
    return f"at__pattern_{number + 1}"


def _looked_up(word: str) -> str:
    return f"{word}_looked_up"


def _bit(column: str, number: int, shared: bool) -> _Bit:
    return _Bit(column, _word(number // _BITS), 1 << number % _BITS, shared)


def _is_set(bit: _Bit) -> str:
    return f"({name(bit.word)} & {literal(bit.worth)}) <> 0"
