"""Finds the place in the rule files that a path in the model stands for, and words pydantic's errors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from psm_qualify.errors import Finding, Place, did_you_mean, nearest
from psm_qualify.rules import model
from psm_qualify.rules.tree import Node


class Places:
    """Answers where a path of a merged tree stands."""

    def __init__(self, root: Node) -> None:
        self.root = root

    def locate(self, path: Sequence[str | int]) -> Place:
        """The place of a value; steps that the author did not write (a tag, an implied key) are passed over."""
        return self._walk(path)[0]

    def _walk(self, path: Sequence[str | int], *, key: bool = False) -> tuple[Place, Node]:
        node, place = self.root, self.root.place
        for step in path:
            if isinstance(step, str) and isinstance(node.value, dict) and step in node.value:
                entry = node.value[step]
                node, place = entry.value, entry.value.place
                if key or not isinstance(node.value, str) or node.value == "":
                    place = entry.key
            elif isinstance(step, int) and isinstance(node.value, list) and step < len(node.value):
                node = node.value[step]
                place = node.place
        return place, node

    def findings(self, error: ValidationError) -> list[Finding]:
        """Pydantic's errors in a rule author's words, in the order of the file; a typo hides what it makes missing."""
        found: list[Finding] = []
        errors = error.errors(include_url=False)
        typos = {(item["loc"][:-1], self._meant(item["loc"])) for item in errors if item["type"] == "extra_forbidden"}
        for item in errors:
            if item["type"] == "missing" and (item["loc"][:-1], str(item["loc"][-1])) in typos:
                continue
            finding = self._finding(item)
            if finding not in found:
                found.append(finding)
        return sorted(found, key=lambda finding: (finding.place.file, finding.place.line, finding.place.column))

    def _finding(self, item: Any) -> Finding:
        loc, kind = item["loc"], item["type"]
        place, _ = self._walk(loc, key=kind == "extra_forbidden")
        name = str(loc[-1])
        if kind == "extra_forbidden":
            if loc[-2] in ("all", "any", "not"):
                return Finding(
                    "mixed-condition",
                    f"{name!r} stands beside {loc[-2]}: a condition is either all/any/not or tests on fields",
                    "put the test into the list as `- {field: value}`",
                    place,
                )
            return Finding("unknown-key", f"there is no key {name!r} here", did_you_mean(name, self._keys(loc)), place)
        if kind == "missing":
            return Finding("missing-key", f"the key {name!r} is missing", f"add `{name}:`", place)
        if kind == "percent":
            return Finding("bad-value", item["msg"], "add the sign", place)
        return Finding(
            "bad-value", _MESSAGES.get(kind, item["msg"]).format(**item.get("ctx", {})), _HINTS.get(kind, ""), place
        )

    def _keys(self, loc: Sequence[str | int]) -> tuple[str, ...]:
        """The keys that the model knows where `loc` ends."""
        known = _known_keys(loc)
        return tuple(known)

    def _meant(self, loc: Sequence[str | int]) -> str | None:
        return nearest(str(loc[-1]), self._keys(loc))


def _known_keys(loc: Sequence[str | int]) -> list[str]:
    shape: type[BaseModel] = model.PackModel
    steps = [step for step in loc[:-1] if isinstance(step, str)]
    for model_type, marks in _MODELS_BY_STEP:
        if _ends_in(steps, marks):
            shape = model_type
            break
    return [info.alias or name for name, info in shape.model_fields.items()]


def _ends_in(steps: Sequence[str], marks: Sequence[str]) -> bool:
    tail = steps[-len(marks) :] if len(steps) >= len(marks) else []
    return (
        bool(marks)
        and len(tail) == len(marks)
        and all(mark in ("*", got) for mark, got in zip(marks, tail, strict=True))
    )


# Which model a path ends in, by its last steps; the first that fits.
_MODELS_BY_STEP: tuple[tuple[type[BaseModel], tuple[str, ...]], ...] = (
    (model.Test, ("tests", "tests", "*")),
    (model.AnyOf, ("when", "any")),
    (model.AllOf, ("when", "all")),
    (model.Negation, ("when", "not")),
    (model.Header, ("pack",)),
    (model.Inference, ("fields", "*", "infer")),
    (model.FieldSpec, ("fields", "*")),
    (model.Level, ("criteria", "*", "levels")),
    (model.Criterion, ("criteria", "*")),
    (model.Advice, ("bands", "*", "advice")),
    (model.Band, ("bands", "*")),
    (model.Scorecard, ("scorecards", "*")),
    (model.ExpectScorecard, ("expect", "scorecards", "*")),
    (model.Expectation, ("expect",)),
    (model.RuleTest, ("tests",)),
)

_MESSAGES = {
    "string_type": "a text is needed here",
    "string_too_short": "it is empty",
    "int_parsing": "a whole number is needed here",
    "int_type": "a whole number is needed here",
    "decimal_parsing": "a number is needed here",
    "decimal_type": "a number is needed here",
    "bool_parsing": "yes or no is needed here",
    "bool_type": "yes or no is needed here",
    "literal_error": "one of {expected} is needed here",
    "tuple_type": "a list is needed here",
    "mapping_type": "a mapping (key: value) is needed here",
    "dict_type": "a mapping (key: value) is needed here",
    "model_type": "a mapping (key: value) is needed here",
    "model_attributes_type": "a mapping (key: value) is needed here",
    "too_short": "at least {min_length} needed here, {actual_length} given",
    "too_long": "at most {max_length} may stand here",
    "greater_than_equal": "{ge} or more is needed here",
    "less_than_equal": "{le} or less is needed here",
}
_HINTS = {
    "tuple_type": "write [first, second], or one item a line with a dash",
    "mapping_type": "indent `key: value` lines below it",
    "dict_type": "indent `key: value` lines below it",
    "model_type": "indent `key: value` lines below it",
    "int_parsing": "points are whole numbers",
    "bool_parsing": "write yes or no",
    "string_type": "write one word or phrase; a list or mapping can't stand here",
    "string_too_short": "fill it in, or take the key out",
    "too_short": "fill it in, or take the key out",
}
