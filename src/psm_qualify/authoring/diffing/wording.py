"""What the pieces of a pack say, in words: conditions, points, lists of synonyms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from psm_qualify.facts.text import shortened
from psm_qualify.rules.model import ConditionModel, Inference, Test

Labels = Mapping[str, str]
"""What fields are called."""

_OPERATORS: Mapping[str, str] = {
    "is_": "is {}", "is_not": "is not {}", "one_of": "is {}", "none_of": "is none of {}", "between": "from {}",
    "at_least": "at least {}", "at_most": "at most {}", "more_than": "more than {}", "less_than": "less than {}",
    "mentions": "mentions {}", "matches": "matches {}", "known": "{}",
}  # fmt: skip
_MOST = 6  # items of a list that are named
_LONGEST = 70  # characters of a pattern that are shown


def condition_words(condition: ConditionModel, labels: Labels) -> str:
    """A condition in one line: `Salespeople from 1 to 6 and Sales leadership is nobody or owner`."""
    return _said(condition, labels, False)


def _said(condition: ConditionModel, labels: Labels, inner: bool) -> str:
    if condition.not_ is not None:
        return f"not ({_said(condition.not_, labels, False)})"
    joiner, parts = " and ", [_test(labels.get(name, name), test) for name, test in (condition.tests or {}).items()]
    if condition.all is not None or condition.any is not None:
        joiner = " and " if condition.any is None else " or "
        parts = [_said(part, labels, True) for part in condition.all or condition.any or ()]
    text = joiner.join(parts)
    return f"({text})" if inner and len(parts) > 1 else text


def _test(label: str, test: Test) -> str:
    given = {name: getattr(test, name) for name in _OPERATORS if getattr(test, name) is not None}
    return f"{label} {' and '.join(_operator(name, value) for name, value in given.items())}"


def _operator(name: str, value: object) -> str:
    if name == "known":
        return "is known" if value else "is not known"
    joiner = " to " if name == "between" else " or "
    text = joiner.join(map(_name, value)) if isinstance(value, tuple) else str(value)
    return _OPERATORS[name].format(shortened(text, _LONGEST) if name == "matches" else _name(text))


def _name(text: object) -> str:
    return str(text).replace("_", " ")


def condition_changes(old: ConditionModel, new: ConditionModel, labels: Labels) -> Iterator[str]:
    """What changed in a condition: only the ways that did, where it is a list of ways."""
    for word, kind in (("any", "way in"), ("all", "demand")):
        before, after = getattr(old, word), getattr(new, word)
        if before is None or after is None:
            continue
        gone = [part for part in before if part not in after]
        added = [part for part in after if part not in before]
        if len(gone) == len(added) == 1:
            yield from condition_changes(gone[0], added[0], labels)
        else:
            yield from (f"{kind} gone: {condition_words(part, labels)}" for part in gone)
            yield from (f"{kind} new: {condition_words(part, labels)}" for part in added)
        if not gone and not added:
            yield "the same in another order"
        return
    yield became(condition_words(old, labels), condition_words(new, labels))


def became(old: object, new: object) -> str:
    """`old → new`; what is not there is nothing."""
    return f"{_shown(old)} → {_shown(new)}"


def _shown(value: object) -> str:
    if value is None or value == () or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return listed(value) if isinstance(value, tuple) else shortened(str(value), 200)


def listed(values: Sequence[object]) -> str:
    """The first of some values, and how many more there are."""
    more = len(values) - _MOST
    return ", ".join(map(str, values[:_MOST])) + (f" and {more} more" if more > 0 else "")


def list_changes(old: Sequence[object], new: Sequence[object]) -> str:
    """What a list gained and lost."""
    gained = [item for item in new if item not in old]
    lost = [item for item in old if item not in new]
    parts = [f"{word} {listed(items)}" for word, items in (("new:", gained), ("gone:", lost)) if items]
    return "; ".join(parts) or "the same in another order"


def mapping_changes(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """What a mapping of words to values gained, lost and gives another value."""
    pairs = [[f"{word} = {value}" for word, value in one.items()] for one in (old, new)]
    changed = [f"{word} = {became(old[word], new[word])}" for word in new if word in old and old[word] != new[word]]
    fresh = [pair for pair, word in zip(pairs[1], new, strict=True) if word not in old]
    lost = [pair for pair, word in zip(pairs[0], old, strict=True) if word not in new]
    parts = [("new:", fresh), ("gone:", lost), ("changed:", changed)]
    return "; ".join(f"{name} {listed(items)}" for name, items in parts if items) or "the same in another order"


def inference_words(rule: Inference) -> str:
    """A way to infer, in short."""
    if rule.at_most is not None:
        return f"at most {rule.at_most}"
    if rule.contacts is not None:
        gives = rule.value or f"the count ({(rule.count or '').replace('_', ' ')})"
        return f"{gives} from job titles /{shortened(rule.contacts, _LONGEST)}/"
    unless = f" unless /{shortened(rule.unless, _LONGEST)}/" if rule.unless else ""
    return f"{rule.value} from {', '.join(rule.from_)} /{shortened(rule.find or '', _LONGEST)}/{unless}"


def advice_words(item: object) -> str:
    """A piece of advice, in short."""
    when = getattr(item, "when", None)
    return f"“{shortened(getattr(item, 'say', ''), _LONGEST)}”{f' when {when}' if when else ''}"
