"""A prospect judged by every pack between two packs, as far as that is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias

from psm_qualify.assess import Evidence, criterion_points, read_facts
from psm_qualify.authoring.diffing.shapley import each, subsets
from psm_qualify.authoring.diffing.variants import NoPackError, Variants
from psm_qualify.errors import InputError
from psm_qualify.facts.readers import Value
from psm_qualify.judging import Case
from psm_qualify.rules.conditions import Kleene, kleene_and
from psm_qualify.rules.model import Verdict
from psm_qualify.rules.pack import Pack, Scorecard
from psm_qualify.rules.scoring import band_name, known_of, score_of, verdict_word
from psm_qualify.scoring import Ranking

MOST_PARTS = 10
"""How many changes are weighed against one another exactly: it takes two to the power of them."""

Key: TypeAlias = tuple[str, int, int]
"""A record's file, its line, and its number on that line: which row it is hangs on where headers are seen."""
Opener: TypeAlias = Callable[[Pack], AbstractContextManager[Ranking]]
"""Ranks the list by a pack."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a criterion makes of a prospect, and what it can give at all."""

    earned: int
    least: int
    most: int
    floor: int
    ceiling: int
    required: bool
    verdict: Kleene


_NOTHING = Evidence({})
_ABSENT = Row(0, 0, 0, 0, 0, False, None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a prospect stands in a scorecard."""

    score: Decimal
    potential: Decimal
    band: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """A prospect's verdict, and how it stands by scorecard; `primary` names the one that gives the verdict."""

    verdict: Verdict
    primary: str
    cards: Mapping[str, Standing]


Aspect: TypeAlias = Callable[[Row], object]
"""What of a row is looked at."""


@dataclass(frozen=True, slots=True)
class Matter:
    """The groups that can matter to a prospect, and all that comes out with any of them: prospects of which that is
    the same are alike. None: too much to look through, so that all groups may matter."""

    groups: int
    tables: tuple[tuple[object, ...], ...] | None


class Lists:
    """The list as the variants read it: who is in it with which cells, for each set of groups that can change that."""

    def __init__(self, variants: Variants, opener: Opener) -> None:
        self.variants = variants
        self._opener = opener
        self._read: dict[int, dict[Key, Case]] = {}
        self.old, self.new = self._open(variants.old), self._open(variants.new)
        answered = any(case.given.answers for read in (self.old, self.new) for case in read.values())
        self.opening = variants.opening(answered)

    @property
    def rows_move(self) -> bool:
        """Whether the two packs find other records, since they take another line for headers."""
        return self.old.keys() != self.new.keys()

    def case(self, key: Key, groups: int) -> Case | None:
        """A record as it is read with some groups."""
        opening = groups & self.opening
        if opening in (0, self.opening):
            return (self.new if opening else self.old).get(key)
        if opening not in self._read:
            pack = self.variants.pack(opening)
            try:
                self._read[opening] = self._open(pack)
            except InputError:  # no column feeds any field
                self._read[opening] = {}
        return self._read[opening].get(key)

    def _open(self, pack: Pack) -> dict[Key, Case]:
        with self._opener(pack) as ranking:
            cases = list(ranking.cases())
        on_line: Counter[tuple[str, int]] = Counter()
        found = {}
        for case in sorted(cases, key=lambda case: (case.place.file, case.place.row)):
            line = (case.place.file, case.place.line)
            found[*line, on_line[line]] = case
            on_line[line] += 1
        return found


class Trial:
    """One prospect before all variants. Everything is judged once for each set of groups on which it depends."""

    def __init__(self, lists: Lists, key: Key) -> None:
        self.lists, self.variants, self.key = lists, lists.variants, key
        self._values: dict[tuple[str, int], Value | None] = {}
        self._rows: dict[tuple[str, str, int], Row] = {}

    def outcome(self, groups: int) -> Outcome:
        """What comes of the prospect with some groups. Raises NoPackError."""
        cards = [card for card in self.variants.cards if self.variants.min_known(card, groups) is not None]
        standings = {card: self.standing(card, groups) for card in cards}
        return Outcome(self.verdict(groups), self.variants.rank_by(groups)[0], standings)

    def verdict(self, groups: int) -> Verdict:
        """The verdict with some groups. Raises NoPackError."""
        rows = self._rows_of(self.variants.rank_by(groups)[0], groups)
        required = [row.verdict for row in rows if row.required]
        if not required:
            raise NoPackError(groups)
        return verdict_word(kleene_and(required))

    def standing(self, name: str, groups: int) -> Standing:
        """How the prospect stands in a scorecard with some groups. Raises NoPackError."""
        rows, share = self._rows_of(name, groups), self.variants.min_known(name, groups)
        floor, ceiling = sum(row.floor for row in rows), sum(row.ceiling for row in rows)
        card = Scorecard(name, name, share, (), self.variants.bands(name, groups), floor, ceiling)
        if card.span == 0 or card.bands[-1].at_least != 0:
            raise NoPackError(groups)
        earned, least, most = (sum(getattr(row, part) for row in rows) for part in ("earned", "least", "most"))
        score = score_of(card, earned)
        return Standing(score, score_of(card, most), band_name(card, score, known_of(card, least, most)))

    def matters(self, card: str, aspect: Aspect) -> Matter:
        """Which groups can change an aspect of what the criteria of a scorecard make of the prospect."""
        matters, tables = 0, []
        complete = True
        for name in (name for owner, name in self.variants.criteria if owner == card):
            touching = self.variants.touching_criterion(card, name)
            if touching.bit_count() > MOST_PARTS:
                matters, complete = matters | touching, False
                continue
            bits = each(touching)
            table = tuple(aspect(self._row(card, name, groups)) for groups in subsets(bits))
            tables.append(table)
            for number, bit in enumerate(bits):
                if any(table[index] != table[index ^ 1 << number] for index in range(len(table))):
                    matters |= bit
        return Matter(matters, tuple(tables) if complete else None)

    def _rows_of(self, card: str, groups: int) -> list[Row]:
        return [self._row(*one, groups) for one in self.variants.criteria if one[0] == card]

    def _row(self, card: str, name: str, groups: int) -> Row:
        own = groups & self.variants.touching_criterion(card, name)
        if (card, name, own) not in self._rows:
            self._rows[card, name, own] = self._judge_row(card, name, own)
        return self._rows[card, name, own]

    def _judge_row(self, card: str, name: str, groups: int) -> Row:
        criterion = self.variants.criterion(card, name, groups)
        if criterion is None:
            return _ABSENT
        known = {field: self._value(field, groups) for field in criterion.fields}
        won = criterion_points(criterion, {field: value for field, value in known.items() if value is not None})
        return Row(won.earned, won.least, won.most, criterion.floor, criterion.ceiling, criterion.required, won.verdict)

    def _value(self, name: str, groups: int) -> Value | None:
        own = groups & self.variants.touching_field(name)
        if (name, own) not in self._values:
            self._values[name, own] = self._read(name, own)
        return self._values[name, own]

    def _read(self, name: str, groups: int) -> Value | None:
        """The value of a field: read with those from which it may be inferred, and no others."""
        pack, case = self.variants.reading(name, groups), self.lists.case(self.key, groups)
        if pack is None:
            return None
        if case is None:
            return read_facts(pack, _NOTHING).values.get(name)
        given = case.given
        cells = {field: given.cells[field] for field in pack.fields if field in given.cells}
        answers = {field: given.answers[field] for field in pack.fields if field in given.answers}
        return read_facts(pack, replace(given, cells=cells, answers=answers)).values.get(name)
