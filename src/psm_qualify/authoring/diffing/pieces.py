"""Two packs in pieces, the changes between them in groups, and on which groups each part of a pack depends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from psm_qualify.authoring.diffing.atoms import Path, atoms, opens
from psm_qualify.authoring.diffing.changes import Change
from psm_qualify.authoring.diffing.shapley import union
from psm_qualify.rules.loader import PackSource
from psm_qualify.rules.pack import WHO

_PHRASE = re.compile("<([a-z][a-z0-9_]*)>")


class Pieces:
    """What stands in either pack. `groups` holds the changes of each group; a set of groups is a number, its bits."""

    def __init__(
        self, old: PackSource, new: PackSource, groups: Sequence[Sequence[Change]], rows_move: bool = False
    ) -> None:
        self.rows_move = rows_move  # one header may then lend its column to any field
        self.old, self.new = old.pack, new.pack
        self.groups = tuple(tuple(group) for group in groups)
        self.all = (1 << len(groups)) - 1
        self._before, self._after = atoms(old.shape), atoms(new.shape)
        self._bit = {path: 1 << n for n, group in enumerate(groups) for change in group for path in change.paths}
        self._below: dict[Path, list[Path]] = {}
        for path in dict.fromkeys((*self._after, *self._before)):
            for length in range(1, len(path) + 1):
                self._below.setdefault(path[:length], []).append(path)
        self._touching: dict[Path, int] = {}
        self._sources: dict[str, tuple[str, ...]] = {}

    @cached_property
    def cards(self) -> tuple[str, ...]:
        """The scorecards of either pack."""
        return self._names(("scorecards",))

    @cached_property
    def criteria(self) -> tuple[tuple[str, str], ...]:
        """The criteria of either pack, with their scorecards."""
        return tuple((card, name) for card in self.cards for name in self._names(("scorecards", card, "criteria")))

    def opening(self, answered: bool) -> int:
        """The groups that can change which column feeds which field, and how it is read."""
        return union(bit for path, bit in self._bit.items() if opens(path, answered))

    def touching_field(self, name: str) -> int:
        """The groups on which a field and its value depend."""
        path = ("fields", name)
        if path not in self._touching:
            others = [("pack", "unknown_values"), *(("fields", source) for source in self.sources(name))]
            self._touching[path] = self._touched(path, others) | (self.opening(True) if self.rows_move else 0)
        return self._touching[path]

    def touching_criterion(self, card: str, name: str) -> int:
        """The groups on which a criterion and its outcome depend."""
        path = ("scorecards", card, "criteria", name)
        if path not in self._touching:
            own = self._touched(path, [])
            self._touching[path] = union((own, *map(self.touching_field, self.fields_of(card, name))))
        return self._touching[path]

    def touching_bands(self, card: str) -> int:
        """The groups on which the bands of a scorecard depend."""
        return self._bits(("scorecards", card, "bands")) | self._bits(("scorecards", card, "min_known"))

    @cached_property
    def touching_ranks(self) -> int:
        """The groups on which it depends which scorecard gives the verdict."""
        return self._bits(("pack", "rank_by"))

    def _touched(self, path: Path, others: Iterable[Path]) -> int:
        """The groups that touch a part, the phrases in it, or one of some others."""
        phrases = self._phrases(self._below.get(path, ()), lambda one: (self._before.get(one), self._after.get(one)))
        return union(map(self._bits, (path, *others, *phrases)))

    def fields_of(self, card: str, name: str) -> tuple[str, ...]:
        """The fields on which a criterion rests, in either pack."""
        criteria = [one for pack in (self.old, self.new) if card in pack.scorecards
                    for one in pack.scorecards[card].criteria if one.id == name]  # fmt: skip
        return tuple(dict.fromkeys(field for one in criteria for field in one.fields))

    def sources(self, name: str) -> tuple[str, ...]:
        """The fields whose cells may give a field its value: its own, those it is inferred from, and who it is."""
        if name not in self._sources:
            self._sources[name] = self._find_sources(name)
        return self._sources[name]

    def _find_sources(self, name: str) -> tuple[str, ...]:
        who = [who for who in WHO if ("fields", who) in self._below]
        return tuple(dict.fromkeys((name, *self._inferred_from(name), *who)))

    def _inferred_from(self, name: str) -> list[str]:
        """The fields that the inferences of a field look at, in either pack."""
        sides: list[Any] = [side.get(("fields", name, "infer"), ()) for side in (self._before, self._after)]
        rules = [rule for side in sides for rule in side]
        return [source for rule in rules for source in (*rule.from_, *([rule.at_most] if rule.at_most else []))]

    def named_by(self, change: Change) -> set[Path]:
        """The fields, phrases and scorecards that the pieces of a change name, before or after."""
        found = set(self._phrases(change.paths, lambda one: (self._before.get(one), self._after.get(one))))
        for path in change.paths:
            if path[-1] == "when":
                found |= {("fields", field) for field in self.fields_of(path[1], path[3])}
            elif path[-1] == "infer":
                found |= {("fields", field) for field in self._inferred_from(path[1])}
            elif path == ("pack", "rank_by"):
                found |= {("scorecards", card) for groups in (0, self.all) for card in self.rank_by(groups)}
        return found

    def rank_by(self, groups: int) -> tuple[str, ...]:
        """The scorecards that rank, the primary one first."""
        names: Any = self._at(("pack", "rank_by"), groups)
        return tuple(names)

    def _names(self, path: Path) -> tuple[str, ...]:
        below = self._below.get(path, ())
        return tuple(dict.fromkeys(one[len(path)] for one in below))

    def _bits(self, path: Path) -> int:
        return union(self._bit.get(one, 0) for one in self._below.get(path, ()))

    def _phrases(self, paths: Iterable[Path], texts: Callable[[Path], object]) -> list[Path]:
        """The phrases that stand in some pieces, those within others first."""
        found: dict[Path, None] = {}
        seen: set[Path] = set()

        def visit(path: Path) -> None:
            for phrase in (("phrases", name) for name in _PHRASE.findall(str(texts(path)))):
                if phrase in self._below and phrase not in seen:
                    seen.add(phrase)
                    visit(phrase)
                    found[phrase] = None

        for path in paths:
            visit(path)
        return list(found)

    def _at(self, path: Path, groups: int) -> Any:
        """A piece as it is with some groups."""
        return (self._after if groups & self._bit.get(path, 0) else self._before).get(path)
