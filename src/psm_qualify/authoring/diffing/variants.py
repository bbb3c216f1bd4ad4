"""The pack with only some of its changes: every part of it as it would be, made when it is asked for.

Changes come in groups: those that only together leave a pack that works are one. A set of groups is a number whose
bits are the groups. A part (a field, a criterion, …) depends on few groups: with the same of them it is the same part.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from psm_qualify.authoring.diffing.atoms import Path
from psm_qualify.authoring.diffing.changes import Change
from psm_qualify.authoring.diffing.pieces import Pieces
from psm_qualify.errors import Finding, Place
from psm_qualify.facts.text import squash
from psm_qualify.rules import model
from psm_qualify.rules.checks import check_pack
from psm_qualify.rules.criteria import CriterionBinder
from psm_qualify.rules.fields import FieldBinder
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.loader import PackSource
from psm_qualify.rules.pack import Band, Criterion, Field, Pack, Scorecard
from psm_qualify.rules.phrases import PatternReader
from psm_qualify.rules.places import Places
from psm_qualify.rules.tree import Node

T = TypeVar("T")


class NoPackError(Exception):
    """A set of groups with which there is no pack that works."""

    def __init__(self, groups: int) -> None:
        self.groups = groups
        super().__init__(f"no pack: {groups:b}")


class Variants(Pieces):
    """Makes the parts of every pack between two packs."""

    def __init__(
        self, old: PackSource, new: PackSource, groups: Sequence[Sequence[Change]], rows_move: bool = False
    ) -> None:
        super().__init__(old, new, groups, rows_move)
        self._made: dict[tuple[Path, int], Any] = {}

    # -- the parts of a variant ----------------------------------------------------------------------------------

    def field(self, name: str, groups: int) -> Field | None:
        """A field; None where none has that name."""
        touching = self.touching_field(name)
        ends = (self.old.fields.get(name), self.new.fields.get(name))
        return self._part(("fields", name), groups, touching, ends, lambda own: self._bind_field(name, own))

    def reading(self, name: str, groups: int) -> Pack | None:
        """A pack that reads no more than a field, and the fields from which it may be inferred, by their own cells."""
        path, own = ("reading", name), groups & self.touching_field(name)
        if (path, own) not in self._made:
            field = self.field(name, own)
            others = {source: self.field(source, own) for source in self.sources(name)}
            fields = {source: replace(one, infer=(), assume=None) for source, one in others.items() if one is not None}
            self._made[path, own] = field and Pack("", "", "", "", (), {**fields, name: field}, {}, (), ())
        made: Pack | None = self._made[path, own]
        return made

    def criterion(self, card: str, name: str, groups: int) -> Criterion | None:
        """A criterion; None where none has that name."""
        ends = tuple(self._end(pack, card, name) for pack in (self.old, self.new))
        path, touching = ("scorecards", card, "criteria", name), self.touching_criterion(card, name)
        return self._part(path, groups, touching, ends, lambda own: self._bind_criterion(card, name, own))

    def bands(self, card: str, groups: int) -> tuple[Band, ...]:
        """The bands of a scorecard, highest first."""
        path = ("scorecards", card, "bands")
        lower: dict[str, Any] = {name: self._at((*path, name, "at_least"), groups) for name in self._names(path)}
        bands = [Band(name, bound, name, None, ()) for name, bound in lower.items() if bound is not None]
        if not bands and self._at(("scorecards", card, "min_known"), groups) is not None:
            raise NoPackError(groups)
        return tuple(sorted(bands, key=lambda band: -band.at_least))

    def min_known(self, card: str, groups: int) -> Any:
        """The share of a scorecard that must be known; None where there is no such scorecard."""
        return self._at(("scorecards", card, "min_known"), groups)

    def pack(self, groups: int) -> Pack:
        """The whole pack, checked, without what only is said. Raises NoPackError."""
        if groups in (0, self.all):
            return self.new if groups else self.old
        fields = {name: one for name in self._names(("fields",)) if (one := self.field(name, groups)) is not None}
        cards = {name: self._card(name, groups) for name in self.cards if self.min_known(name, groups) is not None}
        findings, rank_by = _findings(), self.rank_by(groups)
        check_pack(model.PackModel.model_construct(tests=()), cards, rank_by, fields, findings)
        if findings.found or _clash(fields.values()):
            raise NoPackError(groups)
        return Pack(self.new.name, self.new.title, "", "", rank_by, fields, cards, (), ())

    def _card(self, name: str, groups: int) -> Scorecard:
        made = [self.criterion(card, one, groups) for card, one in self.criteria if card == name]
        criteria = tuple(one for one in made if one is not None)
        floor, ceiling = sum(one.floor for one in criteria), sum(one.ceiling for one in criteria)
        bands = self.bands(name, groups)
        return Scorecard(name, name, self.min_known(name, groups), criteria, bands, floor, ceiling)

    def _part(
        self, path: Path, groups: int, touching: int, ends: Sequence[T | None], bind: Callable[[int], T | None]
    ) -> T | None:
        """A part as the old or the new pack has it where no more is needed, else bound anew."""
        own = groups & touching
        if own in (0, touching):
            return ends[1] if own else ends[0]
        if (path, own) not in self._made:
            self._made[path, own] = bind(own)
        made: T | None = self._made[path, own]
        return made

    def _end(self, pack: Pack, card: str, name: str) -> Criterion | None:
        criteria = pack.scorecards[card].criteria if card in pack.scorecards else ()
        return next((one for one in criteria if one.id == name), None)

    # -- binding -------------------------------------------------------------------------------------------------

    def _bind_field(self, name: str, groups: int) -> Field | None:
        spec = self._spec(name, groups)
        if spec is None:
            return None
        findings = _findings()
        others = {source: self._at(("fields", source, "type"), groups) for source in self.sources(name)[1:]}
        stubs = {
            source: model.FieldSpec.model_construct(type=type_)
            for source, type_ in others.items()
            if type_ is not None and source != name
        }
        patterns = self._pattern_reader(findings, ("fields", name), groups)
        unknown = self._at(("pack", "unknown_values"), groups) or ()
        bound = FieldBinder(findings, patterns, unknown).bind({name: spec, **stubs})[name]
        if findings.found:
            raise NoPackError(groups)
        return bound

    def _spec(self, name: str, groups: int) -> model.FieldSpec | None:
        """The shape of a field with some groups."""
        path = ("fields", name)
        given = {key: value for key in ("type", "label", "columns", "units", "words", "infer", "assume")
                 if (value := self._at((*path, key), groups)) is not None}  # fmt: skip
        choices: dict[str, Any] = {one[3]: self._at(one, groups) for one in self._below[path] if one[2] == "choices"}
        known = {option: synonyms[1:] for option, synonyms in choices.items() if synonyms is not None}
        return model.FieldSpec.model_construct(**given, choices=known) if "type" in given else None

    def _bind_criterion(self, card: str, name: str, groups: int) -> Criterion | None:
        path = ("scorecards", card, "criteria", name)
        required = self._at((*path, "required"), groups)
        if required is None:
            return None
        steps = zip(self._at((*path, "when"), groups), self._at((*path, "points"), groups), strict=True)
        levels = tuple(model.Level.model_construct(when=when, points=points) for when, points in steps)
        spec = model.Criterion.model_construct(
            required=required, levels=levels, otherwise=self._at((*path, "otherwise"), groups)
        )
        fields = {one: self.field(one, groups) for one in self.fields_of(card, name)}
        there = {one: field for one, field in fields.items() if field is not None}
        findings = _findings()
        patterns = self._pattern_reader(findings, path, groups)
        bound = CriterionBinder(findings, there, patterns).bind(card, name, spec)
        if findings.found:
            raise NoPackError(groups)
        return bound

    def _pattern_reader(self, findings: Findings, path: Path, groups: int) -> PatternReader:
        """Reads the patterns of a part, knowing the phrases that they name."""
        named = self._phrases(self._below[path], lambda one: self._at(one, groups))
        texts = {phrase[1]: self._at(phrase, groups) for phrase in named}
        return PatternReader(findings, {name: text for name, text in texts.items() if text is not None})


def _findings() -> Findings:
    """Gathers what is wrong with a part that stands in no file."""
    found: list[Finding] = []
    return Findings(Places(Node({}, Place("", 1, 1))), found)


def _clash(fields: Iterable[Field]) -> bool:
    """Whether two fields claim one header."""
    owners: dict[str, str] = {}
    return any(owners.setdefault(squash(header), one.id) != one.id for one in fields for header in one.columns)
