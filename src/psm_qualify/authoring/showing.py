"""A pack as a document that a client can read: what it judges by, what that earns, what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from psm_qualify.authoring.wording import Amounts, amounts, condition_words
from psm_qualify.entries import accepts
from psm_qualify.rules.conditions import All, Any, Condition, Way
from psm_qualify.rules.inference import AtMost, FromContacts, FromText
from psm_qualify.rules.loader import PackSource
from psm_qualify.rules.pack import Band, Criterion, Field, Pack, Scorecard


@dataclass(frozen=True, slots=True)
class Demand:
    """One way to meet a criterion, in words. `points` where it is a level, which earns points of its own."""

    name: str | None
    text: str
    points: int | None = None


@dataclass(frozen=True, slots=True)
class ShownCriterion:
    """A criterion and what it asks for: any of the demands meets it, or the first that holds where they are levels."""

    criterion: Criterion
    demands: tuple[Demand, ...]


@dataclass(frozen=True, slots=True)
class ShownBand:
    """A band and where it ends: below the next higher one; None for the highest."""

    band: Band
    below: Decimal | None


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A scorecard, its criteria in the order in which they were written, and its bands, highest first."""

    card: Scorecard
    source: str | None
    criteria: tuple[ShownCriterion, ...]
    bands: tuple[ShownBand, ...]


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """A question, what may be answered, and the criteria that rest on it."""

    field: Field
    accepts: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class ShownPack:
    """The whole document. `inferred`: by field, in words, where its value may come from when nobody gave it."""

    pack: Pack
    cards: tuple[ShownCard, ...]
    questions: tuple[ShownQuestion, ...]
    assumed: tuple[Field, ...]
    inferred: Mapping[str, tuple[str, ...]]


def show(source: PackSource) -> ShownPack:
    """The document of a pack."""
    pack = source.pack
    used = [field for field in pack.fields.values() if field.id in pack.used_fields]
    return ShownPack(
        pack,
        tuple(_card(pack.scorecards[name], source) for name in pack.cards_in_order),
        tuple(ShownQuestion(field, accepts(field), _rest_on(pack, field)) for field in used if field.question),
        tuple(field for field in used if field.assume_text is not None),
        {field.label: tuple(_inferred(field, pack)) for field in used if field.infer},
    )


def _card(card: Scorecard, source: PackSource) -> ShownCard:
    fields = source.pack.fields
    written = amounts(source.shape, fields)
    criteria = tuple(ShownCriterion(one, tuple(_demands(one, fields, written))) for one in card.criteria)
    bounds = (None, *(band.at_least for band in card.bands))
    bands = tuple(ShownBand(band, below) for band, below in zip(card.bands, bounds, strict=False))
    return ShownCard(card, source.shape.scorecards[card.id].source, criteria, bands)


def _demands(criterion: Criterion, fields: Mapping[str, Field], written: Amounts) -> Iterator[Demand]:
    """The ways of a criterion; where it has levels, these."""
    if len(criterion.levels) > 1:
        for level in criterion.levels:
            yield Demand(level.say, condition_words(level.when, fields, written), level.points)
        return
    (level,) = criterion.levels
    for way in _ways(level.when):
        yield Demand(way.name if isinstance(way, Way) else None, condition_words(way, fields, written))


def _ways(condition: Condition) -> tuple[Condition, ...]:
    """The parts of an *any* that have names, since each of them is a way in; else the whole."""
    match condition:
        case All((part,)):
            return _ways(part)
        case Any(parts) if any(isinstance(part, Way) for part in parts):
            return parts
    return (condition,)


def _rest_on(pack: Pack, field: Field) -> tuple[Criterion, ...]:
    return tuple(criterion for criterion in pack.criteria if field.id in criterion.fields)


def _inferred(field: Field, pack: Pack) -> Iterator[str]:
    """In a few words, where a field's value may come from."""
    patterns: Counter[str] = Counter()
    for rule in field.infer:
        if isinstance(rule, FromText):
            patterns.update(pack.fields[source].label for source in rule.sources)
    for label, count in patterns.items():
        yield f"from {label} ({count} pattern{'s' if count > 1 else ''})"
    if any(isinstance(rule, FromContacts) for rule in field.infer):
        yield "from the job titles of the contact list"
    for rule in field.infer:
        if isinstance(rule, AtMost):
            yield f"at most {pack.fields[rule.field].label}"
