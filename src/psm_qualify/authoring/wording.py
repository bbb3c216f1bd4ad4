"""Conditions in plain words: `Salespeople: 1 to 6`, `Sales leadership: nobody, or not known`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from typing import TypeAlias

from psm_qualify.assess import in_words
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.text import shortened
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
from psm_qualify.rules.model import ConditionModel, PackModel
from psm_qualify.rules.pack import Field
from psm_qualify.rules.patterns import example

_UNITS = {"year": 1, "month": 12, "week": 52, "day": 365}
_AND, _OR = ", and ", ", or "
_MOST_SHOWN = 12
_LONGEST = 70  # characters of a pattern that are shown
_SIGN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_OPEN = re.compile(r"\.|\\[dDwWS]|\[(?:\^.*|.*(?:.-[^]]|\\[dDwWS]).*)\]", re.DOTALL)
"""A sign of a pattern that stands for many: any, each but some, from one to another."""
_MADE_UP = "\ue000"

Amounts: TypeAlias = Mapping[tuple[str, str], str]
"""Sums of money as a pack writes them (`$1M`), by their field and by what they read as (`1,000,000`)."""


def amounts(shape: PackModel, fields: Mapping[str, Field]) -> Amounts:
    """The sums of money in the criteria of a pack. Their typed form knows no currency."""
    steps = (step for card in shape.scorecards.values() for one in card.criteria.values() for step in one.steps)
    found: dict[tuple[str, str], str] = {}
    for name, text in (written for step in steps for written in _written(step.when)):
        field = fields[name]
        if isinstance(field.kind, Numeric) and field.kind.currency:
            value = field.reader.read(text).value
            assert value is not None  # it was read when the criterion was
            found.setdefault((name, in_words(field, value)), text)
    return found


def _written(condition: ConditionModel) -> Iterator[tuple[str, str]]:
    """The values of the tests in a condition, each with its field."""
    for name, test in (condition.tests or {}).items():
        for value in test.model_dump(exclude={"known"}, exclude_none=True).values():
            yield from ((name, text) for text in ((value,) if isinstance(value, str) else value))
    for part in (*(condition.all or ()), *(condition.any or ()), *([condition.not_] if condition.not_ else [])):
        yield from _written(part)


def condition_words(condition: Condition, fields: Mapping[str, Field], written: Amounts) -> str:
    """The condition in one line. Parts of parts stand in brackets."""
    match condition:
        case Way(_, part):
            return condition_words(part, fields, written)
        case All(parts):
            return _AND.join(_parts(parts, fields, written, _AND))
        case Any(parts):
            return _OR.join(_parts(parts, fields, written, _OR))
        case Not(part) if _field(condition) is None:
            return f"not ({condition_words(part, fields, written)})"
    return "".join(_parts((condition,), fields, written, ""))


def _parts(parts: Sequence[Condition], fields: Mapping[str, Field], written: Amounts, joint: str) -> Iterator[str]:
    """Each part; what stands side by side about one field is said together."""
    for field, group in groupby(parts, _field):
        if field is not None:
            yield f"{fields[field].label}: {joint.join(_said(tuple(group), fields[field], written, joint == _AND))}"
            continue
        for part in group:
            words = condition_words(part, fields, written)
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


def _said(group: Sequence[Condition], field: Field, written: Amounts, together: bool) -> Iterator[str]:
    """What tests on one field ask; `together`: all of them, so that what has a value need not be known besides."""
    bare = [_bare(part) for part in group]
    bare = [part for part in bare if not isinstance(part, Known)] or bare if together else bare
    for patterned, parts in groupby(bare, lambda part: isinstance(part, Matches)):
        if patterned and not together:
            yield _such_as([part.pattern for part in parts if isinstance(part, Matches)])
        else:
            yield from (_test_words(part, field, written) for part in parts)


def _test_words(condition: Condition, field: Field, written: Amounts) -> str:
    """What one test asks of its field."""
    if isinstance(condition, Not):
        return f"not {_test_words(_bare(condition.part), field, written)}"
    assert isinstance(condition, Test)
    match condition:
        case InRange(_, ranges):
            return " or ".join(_amount(field, one, written) for one in ranges)
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


def _amount(field: Field, value: Interval, written: Amounts) -> str:
    """A range in words, as its author wrote it: sums of money with their currency, a duration in the largest unit that
    takes no fraction."""
    kind = field.kind
    assert isinstance(kind, Numeric)
    if kind.per_unit == 1:
        words = in_words(field, value)
        sums = re.sub("[0-9][0-9,.]*", lambda found: written.get((field.id, found[0]), found[0]), words)
        return written.get((field.id, words), sums)
    ends = [end for end in (value.low, value.high) if end is not None]
    fitting = (unit for unit, count in _UNITS.items() if all(end.value * count % kind.per_unit == 0 for end in ends))
    unit = next(fitting, "year")
    low, high = (end and replace(end, value=end.value * _UNITS[unit]) for end in (value.low, value.high))
    return re.sub(r"\b1 years$", "1 year", in_words(field, Interval(low, high))).replace("year", unit)


def _such_as(patterns: Sequence[str]) -> str:
    """Patterns by texts in which they are found: few who read of them read patterns. A branch of a pattern that any
    digit or letter fits is shown as it is, for any text would be made up."""
    branches = dict.fromkeys(branch for pattern in patterns for branch in _branches(pattern))
    examples = {branch: _example(branch) for branch in branches}
    texts = list(dict.fromkeys(f"“{text}”" for text in examples.values() if text))[:_MOST_SHOWN]
    bare = [f"/{shortened(branch, _LONGEST)}/" for branch, text in examples.items() if not text][:_MOST_SHOWN]
    said = [f"words such as {', '.join(texts)}"] if texts else []
    return " or ".join([*said, *([f"what fits {' or '.join(bare)}"] if bare else [])])


def _branches(pattern: str) -> Iterator[str]:
    """The branches between the outermost `|` of a sound pattern; where all of it is one group, those of the group."""
    signs = _SIGN.findall(pattern)
    depths = list(accumulate((sign == "(") - (sign == ")") for sign in signs))
    ends = [place for place, sign in enumerate(signs) if sign == "|" and depths[place] == 0]
    if ends:
        for before, end in pairwise((-1, *ends, len(signs))):
            yield from _branches("".join(signs[before + 1 : end]))
    elif signs and 0 not in depths[:-1] and signs[0] == "(" and signs[-1] == ")":
        yield from _branches(pattern[1:-1].removeprefix("?:"))
    else:
        yield pattern


def _example(branch: str) -> str:
    """A text in which a branch is found; nothing where it would have to be made up."""
    marked = _SIGN.sub(lambda found: _MADE_UP if _OPEN.fullmatch(found[0]) else found[0], branch)
    text = example(marked) or ""
    return "" if _MADE_UP in text else text.strip()
