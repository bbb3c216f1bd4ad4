"""Conditions in plain words: `Salespeople: 1 to 6`, `Sales leadership: nobody, or not known`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from psm_qualify.assess import in_words
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.types import Numeric
from psm_qualify.rules.conditions import (
    All,
    Any,
    Condition,
    InRange,
    IsOneOf,
    Known,
    Matches,
    Mentions,
    Not,
    Test,
    TextIs,
    Way,
)
from psm_qualify.rules.pack import Field
from psm_qualify.rules.patterns import example

_UNITS = {"year": 1, "month": 12, "week": 52, "day": 365}
_AND, _OR = ", and ", ", or "
_MOST_SHOWN = 12


def condition_words(condition: Condition, fields: Mapping[str, Field]) -> str:
    """The condition in one line. Parts of parts stand in brackets."""
    match condition:
        case Way(_, part):
            return condition_words(part, fields)
        case All(parts):
            return _AND.join(_parts(parts, fields, _AND))
        case Any(parts):
            return _OR.join(_parts(parts, fields, _OR))
        case Not(part) if _field(condition) is None:
            return f"not ({condition_words(part, fields)})"
    return "".join(_parts((condition,), fields, ""))


def _parts(parts: Sequence[Condition], fields: Mapping[str, Field], joint: str) -> Iterator[str]:
    """Each part; what stands side by side about one field is said together."""
    for field, group in groupby(parts, _field):
        if field is not None:
            yield f"{fields[field].label}: {joint.join(_said(tuple(group), fields[field], joint == _AND))}"
            continue
        for part in group:
            words = condition_words(part, fields)
            several = len(parts) > 1 and isinstance(_bare(part), All | Any) and (_AND in words or _OR in words)
            yield f"({words})" if several else words


def _bare(condition: Condition) -> Condition:
    """The condition without its names, and without lists of one."""
    match condition:
        case Way(_, part) | All((part,)) | Any((part,)):
            return _bare(part)
    return condition


def _field(condition: Condition) -> str | None:
    """The field of a test, or of what is not so; None where there are several parts."""
    bare = _bare(condition)
    match bare:
        case All() | Any() | Way():
            return None
        case Not(part):
            return None if isinstance(_bare(part), Not) else _field(part)
    return bare.field


def _said(group: Sequence[Condition], field: Field, together: bool) -> Iterator[str]:
    """What tests on one field ask; `together`: all of them, so that what has a value need not be known besides."""
    bare = [_bare(part) for part in group]
    bare = [part for part in bare if not isinstance(part, Known)] or bare if together else bare
    for patterned, parts in groupby(bare, lambda part: isinstance(part, Matches)):
        if patterned and not together:
            yield _such_as([part.pattern for part in parts if isinstance(part, Matches)])
        else:
            yield from (_test_words(part, field) for part in parts)


def _test_words(condition: Condition, field: Field) -> str:
    """What one test asks of its field."""
    if isinstance(condition, Not):
        return f"not {_test_words(_bare(condition.part), field)}"
    assert isinstance(condition, Test)
    match condition:
        case InRange(_, ranges):
            return " or ".join(_amount(field, one) for one in ranges)
        case IsOneOf(_, names):
            return " or ".join(name.replace("_", " ") for name in names)
        case TextIs(_, texts):
            return " or ".join(f"“{text}”" for text in texts)
        case Mentions(_, phrases):
            return f"mentions {' or '.join(f'“{phrase}”' for phrase in phrases)}"
        case Matches(_, pattern):
            return _such_as([pattern])
        case Known():
            return "known"


def _amount(field: Field, value: Interval) -> str:
    """A range in words; a duration in the largest unit that takes no fraction, as its author wrote it."""
    kind = field.kind
    assert isinstance(kind, Numeric)
    if kind.per_unit == 1:
        return in_words(field, value)
    ends = [end for end in (value.low, value.high) if end is not None]
    fitting = (unit for unit, count in _UNITS.items() if all(end.value * count % kind.per_unit == 0 for end in ends))
    unit = next(fitting, "year")
    low, high = (end and replace(end, value=end.value * _UNITS[unit]) for end in (value.low, value.high))
    return re.sub(r"\b1 years$", "1 year", in_words(field, Interval(low, high))).replace("year", unit)


def _such_as(patterns: Sequence[str]) -> str:
    """Patterns by texts in which they are found: few who read of them read patterns."""
    examples = dict.fromkeys(text for text in (example(pattern) for pattern in patterns) if text is not None)
    texts = [f"“{text.strip()}”" for text in examples if text.strip()][:_MOST_SHOWN]
    return f"words such as {', '.join(texts)}" if texts else f"fits the pattern {patterns[0]}"
