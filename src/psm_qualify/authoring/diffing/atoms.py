"""A pack taken apart into the smallest pieces that an edit can change, each under its path; and which of them count.

Two packs differ where their pieces do. A pack with only some of the edits is put together from pieces of both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from psm_qualify.rules.model import Band, ConditionModel, Criterion, FieldSpec, PackModel, Scorecard

Path: TypeAlias = tuple[str, ...]
Atoms: TypeAlias = Mapping[Path, object]

_FIELD_KEYS = ("type", "label", "question", "columns", "units", "words", "infer", "assume")
_CRITERION_KEYS = ("title", "required", "otherwise", "source", "note", "advice")
_BAND_KEYS = ("at_least", "title", "source", "advice")
_SCORING = {
    "pack": {"rank_by", "unknown_values"},
    "fields": {"type", "label", "columns", "units", "words", "choices", "infer", "assume"},
    "criteria": {"required", "when", "points", "otherwise"},
    "bands": {"at_least"},
    "scorecard": {"min_known"},
}
_OPENING = {"type", "label", "columns"}
_READING = {*_OPENING, "units", "words", "choices"}


def atoms(shape: PackModel) -> dict[Path, object]:
    """The pieces of a pack by their path, in the order in which they were written; what is not written is left out."""
    found = dict(_all(shape))
    return {path: value for path, value in found.items() if value not in (None, "", (), {})}


def _all(shape: PackModel) -> Iterator[tuple[Path, object]]:
    header = shape.pack
    for key in ("name", "title", "version", "unknown_values"):
        yield ("pack", key), getattr(header, key)
    yield ("pack", "rank_by"), header.rank_by or (next(iter(shape.scorecards)),)
    yield from ((("phrases", name), text) for name, text in shape.phrases.items())
    for name, field in shape.fields.items():
        yield from _field(("fields", name), field)
    for name, card in shape.scorecards.items():
        yield from _scorecard(("scorecards", name), card)
    yield ("tests",), shape.tests


def _field(path: Path, field: FieldSpec) -> Iterator[tuple[Path, object]]:
    yield from (((*path, key), getattr(field, key)) for key in _FIELD_KEYS)
    # A choice stands even where it has no synonyms.
    yield from (((*path, "choices", name), (name, *synonyms)) for name, synonyms in field.choices.items())


def _scorecard(path: Path, card: Scorecard) -> Iterator[tuple[Path, object]]:
    yield from (((*path, key), getattr(card, key)) for key in ("title", "min_known", "source"))
    for name, criterion in card.criteria.items():
        yield from _criterion((*path, "criteria", name), criterion)
    for name, band in card.bands.items():
        yield from _band((*path, "bands", name), band)


def _criterion(path: Path, criterion: Criterion) -> Iterator[tuple[Path, object]]:
    yield from (((*path, key), getattr(criterion, key)) for key in _CRITERION_KEYS)
    yield (*path, "when"), tuple(bare(step.when) for step in criterion.steps)
    yield (*path, "points"), tuple(step.points for step in criterion.steps)
    yield (*path, "say"), tuple(name for step in criterion.steps for name in (*says(step.when), step.say) if name)


def _band(path: Path, band: Band) -> Iterator[tuple[Path, object]]:
    yield from (((*path, key), getattr(band, key)) for key in _BAND_KEYS)


def bare(condition: ConditionModel) -> ConditionModel:
    """A condition without the names of its ways: what it asks."""
    changed = {
        "all": None if condition.all is None else tuple(map(bare, condition.all)),
        "any": None if condition.any is None else tuple(map(bare, condition.any)),
        "not_": None if condition.not_ is None else bare(condition.not_),
        "say": None,
    }
    return condition.model_copy(update=changed)


def says(condition: ConditionModel) -> Iterator[str]:
    """The names of the ways of a condition."""
    if condition.say:
        yield condition.say
    for part in (*(condition.all or ()), *(condition.any or ()), *([condition.not_] if condition.not_ else [])):
        yield from says(part)


def owner(path: Path) -> Path:
    """What a piece belongs to: a field, a criterion, a band, a scorecard, a phrase, or the pack."""
    if path[0] == "scorecards":
        return path[:4] if path[2] in ("criteria", "bands") else path[:2]
    return path[:2] if path[0] in ("fields", "phrases") else path[:1]


def key(path: Path) -> str:
    """The key of a piece within what it belongs to: `points`, `columns`."""
    own = path[len(owner(path)) :]
    return own[0] if own else ""


def scores(path: Path) -> bool:
    """Whether a piece can change a score, a band, a verdict or a rank; all else is only said."""
    if path[0] == "phrases":
        return True
    kind = path[2] if path[0] == "scorecards" and path[2] in ("criteria", "bands") else path[0]
    return key(path) in _SCORING.get("scorecard" if kind == "scorecards" else kind, ())


def opens(path: Path, answered: bool) -> bool:
    """Whether a piece can change which column feeds a field or how its column is read; with answers to the list also
    which of them can be used."""
    if answered:
        return path == ("pack", "unknown_values") or (path[0] == "fields" and key(path) in _READING)
    return path[0] == "fields" and key(path) in _OPENING
