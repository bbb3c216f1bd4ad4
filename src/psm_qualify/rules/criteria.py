"""Binds criteria: names to fields, literals to values, conditions to their typed form. Every fault is a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psm_qualify.errors import nearest
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import Value
from psm_qualify.facts.text import blank, spaced
from psm_qualify.rules import model
from psm_qualify.rules.conditions import All, Any, Condition, Not, Way
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.literals import read_literal
from psm_qualify.rules.operators import OPERATORS
from psm_qualify.rules.pack import Criterion, Field, Level
from psm_qualify.rules.phrases import PatternReader
from psm_qualify.rules.places import Path
from psm_qualify.rules.scoring import OUTCOMES


class CriterionBinder:
    """Builds typed criteria over a pack's fields."""

    def __init__(self, findings: Findings, fields: Mapping[str, Field], patterns: PatternReader) -> None:
        self.findings = findings
        self.patterns = patterns
        self.fields = fields

    def bind(self, card: str, name: str, spec: model.Criterion) -> Criterion:
        """One criterion, its conditions bound to fields."""
        path: Path = ("scorecards", card, "criteria", name)
        self._check_form(name, spec, path)
        where: list[Path] = [path] if spec.when is not None else [(*path, "levels", i) for i in range(len(spec.levels))]
        levels = tuple(
            Level(self._condition(step.when, (*here, "when")), step.points, step.say)
            for step, here in zip(spec.steps, where, strict=False)
        )
        title = spec.title or name.replace("_", " ").capitalize()
        bound = Criterion(name, card, title, spec.required, levels, spec.otherwise, spec.source, spec.note, spec.advice)
        if bool(spec.levels) != (spec.when is not None):
            self._check_advice(bound, path)
        return bound

    def _check_advice(self, criterion: Criterion, path: Path) -> None:
        """Every outcome and name that advice waits for can come. Not told where names may have been lost."""
        if not all(self.findings.whole((*path, part)) for part in ("when", "levels")):
            return
        known = (*OUTCOMES.values(), *criterion.names)
        for index, item in enumerate(criterion.advice):
            if item.when not in known:
                self.findings.add_unknown("outcome", item.when, known, (*path, "advice", index, "when"))

    def _check_form(self, name: str, spec: model.Criterion, path: Path) -> None:
        if not self.findings.whole(path):
            return
        if spec.levels and spec.points is not None and spec.when is None:
            message = f"the criterion {name} has levels, so its points stand in them"
            self.findings.add("when-or-levels", message, "take `points` out", (*path, "points"), key=True)
            return
        mistake = _mistake(spec)
        if mistake is not None:
            self.findings.add("when-or-levels", f"the criterion {name} has {mistake[0]}", mistake[1], path)
            self.findings.lose(path, ())

    def _condition(self, shape: model.ConditionModel, path: Path) -> Condition:
        """A condition, bound to fields and values."""
        parts: list[Condition] = []
        if shape.all is not None:
            parts.append(All(tuple(self._condition(part, (*path, "all", i)) for i, part in enumerate(shape.all))))
        if shape.any is not None:
            parts.append(Any(tuple(self._condition(part, (*path, "any", i)) for i, part in enumerate(shape.any))))
        if shape.not_ is not None:
            parts.append(Not(self._condition(shape.not_, (*path, "not"))))
        tests = self._unmixed(shape, path)
        parts += [part for name, test in tests.items() for part in self._test(name, test, (*path, name))]
        bound = parts[0] if len(parts) == 1 else All(tuple(parts))
        return Way(shape.say, bound) if shape.say else bound

    def _unmixed(self, shape: model.ConditionModel, path: Path) -> Mapping[str, model.Test]:
        """The tests of a condition; those that stand beside all, any or not are findings."""
        tests = shape.tests or {}
        words = [
            word for word, part in (("all", shape.all), ("any", shape.any), ("not", shape.not_)) if part is not None
        ]
        for name in [*words[1:], *tests] if words else ():
            meant = None if name in self.fields or name in words else nearest(name, model.RESERVED)
            if meant is not None:
                self.findings.add(
                    "unknown-key", f"there is no key {name!r} here", f"did you mean {meant!r}?", (*path, name), key=True
                )
            else:
                message = f"{name!r} stands beside {words[0]}: a condition is either all/any/not or tests on fields"
                hint = "put the test into the list as `- {field: value}`"
                self.findings.add("mixed-condition", message, hint, (*path, name), key=True)
        return {name: test for name, test in tests.items() if not words or name in self.fields}

    def _test(self, name: str, test: model.Test, path: Path) -> list[Condition]:
        if name not in self.fields:
            self.findings.add_unknown("field", name, (*self.fields, *model.RESERVED), path, key=True)
            return []
        given = {op: value for op in OPERATORS if (value := getattr(test, f"{op}_" if op == "is" else op)) is not None}
        if not given and self.findings.whole(path):
            self.findings.add("empty-test", f"nothing is asked of {name}", "write a value, a list or an operator", path)
        bound = (self._operator(op, raw, self.fields[name], path) for op, raw in given.items())
        return [part for part in bound if part is not None]

    def _operator(self, op: str, raw: str | bool | tuple[str, ...], field: Field, path: Path) -> Condition | None:
        operator, here = OPERATORS[op], (*path, op)
        if not isinstance(field.reader, operator.families):
            fitting = [name for name, other in OPERATORS.items() if isinstance(field.reader, other.families)]
            message = f"{op} can't be asked of {field.id}, a {field.type} field"
            hint = f"for {field.type} there are: {', '.join(fitting)}"
            self.findings.add("operator-does-not-fit", message, hint, here, key=True)
            return None
        texts = (("yes" if raw else "no"),) if isinstance(raw, bool) else (raw,) if isinstance(raw, str) else raw
        if not texts:
            self.findings.add("empty-test", f"{op} of {field.id} has an empty list", "name at least one value", here)
        values = [
            self._read(operator.reads, field, text, (*here, *([i] if isinstance(raw, tuple) else [])))
            for i, text in enumerate(texts)
        ]
        known = tuple(value for value in values if value is not None)
        if not values or len(known) < len(values):
            return None
        if op == "between" and not _ascending(known):
            message = f"between {texts[0]} and {texts[-1]} nothing can lie"
            self.findings.add("empty-range", message, "write the lower end first", here)
        return operator.build(field.id, field.reader, known)

    def _read(self, reads: str, field: Field, text: str, path: Path) -> Value | None:
        if reads == "flag":
            return text
        if reads == "pattern":
            return self.patterns.read(text, path)
        if reads == "phrase":
            if blank(text):
                self.findings.add("bad-literal", f"{text!r} has no word to look for", "name a word or phrase", path)
                return None
            return spaced(text).strip()
        value = read_literal(self.findings, field.reader, field.type, text, path)
        if reads == "plain" and isinstance(value, Interval) and not value.plain:
            self.findings.add("not-plain", f"{text!r} is a range, not a single value", "name one number", path)
            return None
        return value


def _mistake(spec: model.Criterion) -> tuple[str, str] | None:
    """What is wrong with the parts of a criterion, and what to do; None where they make one."""
    if spec.when is not None:
        if spec.levels:
            return "both `when` and `levels`", "keep `when` with `points`, or `levels`"
        return ("`when` but no `points`", "add `points: 10`") if spec.points is None else None
    if spec.levels:
        return None
    hint = "add `when: {field: value}`"
    return ("`points` but no `when`", hint) if spec.points is not None else ("no `when`", f"{hint} and `points: 10`")


def _ascending(values: Sequence[Value]) -> bool:
    first, last = values[0], values[-1]
    return not (
        isinstance(first, Interval)
        and isinstance(last, Interval)
        and first.apart(last)
        and first.low is not None
        and last.low is not None
        and first.low > last.low
    )
