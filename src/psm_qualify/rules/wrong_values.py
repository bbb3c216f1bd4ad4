"""The words for a key or value that does not fit its place: what is needed there, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from psm_qualify.errors import nearest


def meant_key(key: str, known: Sequence[str]) -> str | None:
    """The key that was probably meant."""
    word = _OTHER_WORDS.get(key.strip().casefold())
    return word if word in known else nearest(key, known)


def remedy(error: Any) -> str:
    """How to mend a wrong value: the word that was meant, or how such a value is written."""
    kind, given, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "literal_error":
        meant = nearest(str(given), re.findall("'([^']*)'", context["expected"]))
        return f"did you mean {meant!r}?" if meant else "write one of these words"
    if error["loc"][-1] == "advice":
        return "write it like [{for: consultant, say: …}]"
    if context.get("class_name") in _FORMS:
        return f"write it like {_FORMS[context['class_name']]}"
    if kind == "tuple_type" and isinstance(given, dict):
        return "write a dash before each item, or [ ] around them"
    if kind.endswith(("mapping_type", "dict_type")) and isinstance(given, list):
        return "write `name: value` lines below it, without dashes or [ ]"
    if context.get("min_length", context.get("max_length")) == 2:
        return "write the lower and the upper end with a comma between: [1, 6]"
    return _HINTS.get(kind, "see how such a value is written in the shipped pack")


_OTHER_WORDS = {
    ">=": "at_least", "<=": "at_most", ">": "more_than", "<": "less_than", "=": "is", "==": "is", "!=": "is_not",
    "min": "at_least", "max": "at_most", "in": "one_of", "or": "any", "and": "all",
}  # fmt: skip
"""What other languages call it."""

MESSAGES = {
    "string_type": "a text is needed here",
    "string_too_short": "it is empty",
    "int_parsing": "a whole number is needed here",
    "int_parsing_size": "a whole number is needed here",
    "int_type": "a whole number is needed here",
    "decimal_parsing": "a number is needed here",
    "decimal_type": "a number is needed here",
    "finite_number": "a number is needed here",
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
_FORMS = {
    "Header": "{name: my-rules, rank_by: [fit]}",
    "FieldSpec": "{type: number}",
    "Inference": '{from: [notes], find: "team of (\\\\d+)", value: $1}',
    "Test": "{at_least: 3}",
    "ConditionModel": "{field: value}, or {any: [{field: value}, {other: value}]}",
    "Level": "{when: {field: value}, points: 10}",
    "Criterion": "{when: {field: value}, points: 10}",
    "Advice": "[{for: consultant, say: Call this week.}]",
    "CriterionAdvice": "[{for: consultant, when: met, say: Call this week.}]",
    "Band": "{at_least: 0}",
    "Scorecard": "{criteria: …, bands: …}",
    "ExpectScorecard": "{band: A}",
    "Expectation": "{verdict: qualified}",
    "RuleTest": "{name: …, prospect: {field: value}, expect: {verdict: qualified}}",
}
MISSING = {
    "pack": "{name: my-rules}",
    "name": "a short name",
    "scorecards": "{fit: {criteria: …, bands: …}}",
    "fields": "{staff: {type: number}}",
    "type": "number",
    "criteria": "{small_enough: {when: {staff: 3}, points: 10}}",
    "bands": "{A: {at_least: 50}, B: {at_least: 0}}",
    "when": "{field: value}",
    "points": "10",
    "at_least": "0",
    "for": "consultant",
    "prospect": "{field: value}",
    "expect": "{verdict: qualified}",
}
_HINTS = {
    "tuple_type": "write [first, second], or one item a line with a dash",
    "mapping_type": "indent `key: value` lines below it",
    "dict_type": "indent `key: value` lines below it",
    "model_type": "indent `key: value` lines below it",
    "int_parsing": "points are whole numbers, such as 10",
    "int_parsing_size": "points are whole numbers, such as 10",
    "int_type": "write one whole number, such as 10",
    "decimal_parsing": "write the number alone, such as 50",
    "decimal_type": "write one number, such as 50",
    "finite_number": "write a number such as 50",
    "greater_than_equal": "write a larger number",
    "less_than_equal": "write a smaller number",
    "bool_type": "write yes or no",
    "bool_parsing": "write yes or no",
    "string_type": "write one word or phrase; a text that holds `: ` or begins with [ or { wants quotes",
    "string_too_short": "fill it in, or take the key out",
    "too_short": "fill it in, or take the key out",
}
