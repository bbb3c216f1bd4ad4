"""Whom the changes between two packs move on a list, how far, and which change did how much of it.

For each prospect the score with any subset of the changes is known, so what each change did is its Shapley value: its
mean effect over all orders in which the changes could have been made. It does not depend on the order in which they
are written, a change without effect gets nothing, and the shares add up to the whole move.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from psm_qualify.authoring.diffing.atoms import Path
from psm_qualify.authoring.diffing.changes import Change, changes
from psm_qualify.authoring.diffing.groups import grouped, joined, merged
from psm_qualify.authoring.diffing.moves import CardMove, Diff, Move, Moves, Part, Share
from psm_qualify.authoring.diffing.shapley import each, shapley, smallest, subsets, union
from psm_qualify.authoring.diffing.trials import MOST_PARTS, Key, Lists, Matter, Opener, Trial
from psm_qualify.authoring.diffing.variants import NoPackError, Variants
from psm_qualify.judging import Case
from psm_qualify.rules.loader import PackSource

T = TypeVar("T")


def diff(
    old: PackSource,
    new: PackSource,
    names: tuple[str, str],
    opener: Opener | None = None,
    list_name: str | None = None,
) -> Diff:
    """What changed between two packs, and with an `opener` (which ranks a list by a pack) whom that moves."""
    found = changes(old.shape, new.shape)
    moves = None if opener is None else _moves(old, new, found, opener)
    return Diff(old, new, *names, found, list_name, moves)


def _moves(old: PackSource, new: PackSource, found: Sequence[Change], opener: Opener) -> Moves:
    variants = grouped(old, new, found)
    lists = Lists(variants, opener)
    if lists.rows_move and lists.opening.bit_count() > 1:
        variants = merged(old, new, _with_moving_rows(old, new, variants), lists.opening)
    while True:
        try:
            lists = lists if lists.variants is variants else Lists(variants, opener)
            return _Weigher(lists, found).moves()
        except NoPackError as error:
            variants = joined(old, new, variants, error.groups)


def _with_moving_rows(old: PackSource, new: PackSource, variants: Variants) -> Variants:
    """The same variants, where one change of headers may lend other columns to any field."""
    return Variants(old, new, variants.groups, rows_move=True)


@dataclass(frozen=True, slots=True)
class _Verdict:
    """The smallest sets that give a verdict."""

    sets: tuple[tuple[Part, ...], ...]
    coarse: bool


class _Weigher:
    """Compares and weighs, once for all prospects that are alike."""

    def __init__(self, lists: Lists, found: Sequence[Change]) -> None:
        self.lists, self.variants = lists, lists.variants
        self.numbers = {id(change): number for number, change in enumerate(found, 1)}
        self._weighed: dict[tuple[object, ...], Any] = {}

    def moves(self) -> Moves:
        """All who moved."""
        old, new = self.lists.old, self.lists.new
        both = sorted((key for key in new if key in old), key=lambda key: new[key].rank)
        moved = (self._move(key, old[key], new[key]) for key in both)
        joint = tuple(self._part(1 << n) for n, group in enumerate(self.variants.groups) if len(group) > 1)
        return Moves(len(both), tuple(filter(None, moved)), joint, len(old) - len(both), len(new) - len(both))

    def _move(self, key: Key, old: Case, new: Case) -> Move | None:
        trial = Trial(self.lists, key)
        before, after = trial.outcome(0), trial.outcome(self.variants.all)
        if before == after and old.rank == new.rank:
            return None
        cards = [
            self._card(trial, card)
            for card in after.cards
            if card in before.cards and after.cards[card] != before.cards[card]
        ]
        verdict = self._verdict(trial) if before.verdict != after.verdict else _Verdict((), False)
        coarse = verdict.coarse or any(one.coarse for one in cards)
        return Move(new, old.rank, before, after, tuple(cards), verdict.sets, coarse)

    def _verdict(self, trial: Trial) -> _Verdict:
        """What moved the verdict of a prospect."""
        ends = {self.variants.rank_by(groups)[0] for groups in (0, self.variants.all)}
        found = [trial.matters(card, lambda row: (row.required, row.verdict)) for card in sorted(ends)]
        matters = union([self.variants.touching_ranks, *(one.groups for one in found)])

        def weigh() -> _Verdict:
            players = self._few(each(matters))
            return _Verdict(self._alone(players, trial.verdict), len(players) < matters.bit_count())

        return self._once(("", matters, *found), weigh)

    def _card(self, trial: Trial, card: str) -> CardMove:
        """What moved a prospect in a scorecard."""
        found = trial.matters(card, lambda row: row)
        return self._once((card, found), lambda: self._weigh(trial, card, found.groups))

    def _once(self, situation: tuple[object, ...], weigh: Callable[[], T]) -> T:
        """What is weighed, the same for all who are alike."""
        if any(isinstance(one, Matter) and one.tables is None for one in situation):
            return weigh()
        if situation not in self._weighed:
            self._weighed[situation] = weigh()
        weighed: T = self._weighed[situation]
        return weighed

    def _weigh(self, trial: Trial, card: str, moving: int) -> CardMove:
        matters = moving | self.variants.touching_bands(card)
        players = self._few(each(matters))
        before, after = trial.standing(card, 0), trial.standing(card, self.variants.all)
        figure: Literal["score", "potential"] = "score" if before.score != after.score else "potential"
        standings = {groups: trial.standing(card, groups) for groups in subsets(players)}
        values = shapley(players, lambda groups: int(getattr(standings[groups], figure) * 10))
        shares = [Share(self._part(player), value / 10) for player, value in zip(players, values, strict=True) if value]
        shares.sort(key=lambda one: (-abs(one.points), one.part))
        by = self._alone(players, lambda groups: standings[groups].band) if before.band != after.band else ()
        return CardMove(card, figure, tuple(shares), by, len(players) < matters.bit_count())

    def _alone(self, players: Sequence[int], of: Callable[[int], str]) -> tuple[tuple[Part, ...], ...]:
        """The smallest sets of parts that alone give what all of them give."""
        wanted = of(union(players))
        sets = smallest(players, lambda groups: of(groups) == wanted)
        return tuple(tuple(self._part(players[one]) for one in chosen) for chosen in sets)

    def _part(self, groups: int) -> Part:
        """The numbers of the changes in some groups."""
        numbers = [
            self.numbers[id(change)]
            for number, group in enumerate(self.variants.groups)
            if groups >> number & 1
            for change in group
        ]
        return tuple(sorted(numbers))

    def _few(self, single: Sequence[int]) -> Sequence[int]:
        """The parts to be weighed: each group alone, else those of one field or criterion, of one scorecard, all."""
        for owner in _OWNERS:
            together: dict[object, int] = {}
            for bit in single:
                part = owner(bit, self.variants)
                together[part] = together.get(part, 0) | bit
            if len(together) <= MOST_PARTS:
                break
        return list(together.values())


def _thing(bit: int, variants: Variants) -> Path:
    """The field, the criterion or the scorecard that a group is about."""
    path = variants.groups[bit.bit_length() - 1][0].owner
    return path[:2] if path[2:3] == ("bands",) else path


def _section(bit: int, variants: Variants) -> Path:
    """The scorecard that a group is about, or all fields."""
    path = _thing(bit, variants)
    return path[:2] if path[0] == "scorecards" else path[:1]


_OWNERS: Sequence[Callable[[int, Variants], object]] = (lambda bit, _: bit, _thing, _section, lambda *_: None)
