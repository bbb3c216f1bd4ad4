"""Binds criteria: names to fields, literals to values, conditions to their typed form. Every fault is a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psm_qualify.errors import did_you_mean
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import Value
from psm_qualify.facts.text import blank, spaced
from psm_qualify.rules import model
from psm_qualify.rules.conditions import All, Any, Condition, Not, Way
from psm_qualify.rules.findings import Findings, Path
from psm_qualify.rules.literals import read_literal
from psm_qualify.rules.operators import OPERATORS
from psm_qualify.rules.pack import Criterion, Field, Level


class CriterionBinder:
    """Builds typed criteria over a pack's fields."""

    def __init__(self, findings: Findings, fields: Mapping[str, Field]) -> None:
        self.findings = findings
        self.fields = fields

    def bind(
        self,
        card: str,
        name: str,
        spec: model.Criterion,
    ) -> Criterion:
        """One criterion, its conditions bound to fields."""
        path: Path = ("scorecards", card, "criteria", name)
        if bool(spec.levels) == (spec.when is not None) or (spec.when is not None and spec.points is None):
            self.findings.add(
                "when-or-levels",
                f"the criterion {name} needs either `when` with `points`, or `levels`",
                "write when: {field: value} and points: 10",
                path,
            )
        elif spec.levels and spec.points is not None:
            self.findings.add(
                "when-or-levels",
                f"the criterion {name} has levels, so its points stand in them",
                "take `points` out",
                (*path, "points"),
            )
        base: list[Path] = [path] if spec.when is not None else [(*path, "levels", i) for i in range(len(spec.levels))]
        levels = tuple(
            Level(self._condition(step.when, (*where, "when")), step.points, step.say)
            for step, where in zip(spec.steps, base, strict=False)
        )
        title = spec.title or name.replace("_", " ").capitalize()
        return Criterion(name, card, title, spec.required, levels, spec.otherwise, spec.source, spec.note)

    def _condition(
        self,
        shape: model.Condition,
        path: Path,
    ) -> Condition:
        """A condition, bound to fields and values."""
        bound: Condition
        if isinstance(shape, model.AllOf):
            bound = All(tuple(self._condition(part, (*path, "all", i)) for i, part in enumerate(shape.all)))
        elif isinstance(shape, model.AnyOf):
            bound = Any(tuple(self._condition(part, (*path, "any", i)) for i, part in enumerate(shape.any)))
        elif isinstance(shape, model.Negation):
            bound = Not(self._condition(shape.not_, (*path, "not")))
        else:
            parts = [part for name, test in shape.tests.items() for part in self._test(name, test, (*path, name))]
            bound = parts[0] if len(parts) == 1 else All(tuple(parts))
        return Way(shape.say, bound) if shape.say else bound

    def _test(
        self,
        name: str,
        test: model.Test,
        path: Path,
    ) -> list[Condition]:
        if name not in self.fields:
            hint = did_you_mean(name, tuple(self.fields))
            self.findings.add("unknown-field", f"there is no field {name!r}", hint, path)
            return []
        given = {op: value for op in OPERATORS if (value := getattr(test, f"{op}_" if op == "is" else op)) is not None}
        if not given:
            self.findings.add("empty-test", f"nothing is asked of {name}", "write a value, a list or an operator", path)
        return [
            part for op, raw in given.items() if (part := self._operator(op, raw, self.fields[name], path)) is not None
        ]

    def _operator(self, op: str, raw: str | bool | tuple[str, ...], field: Field, path: Path) -> Condition | None:
        operator, here = OPERATORS[op], (*path, op)
        if not isinstance(field.reader, operator.families):
            fitting = [name for name, other in OPERATORS.items() if isinstance(field.reader, other.families)]
            self.findings.add(
                "operator-does-not-fit",
                f"{op} can't be asked of {field.id}, a {field.type} field",
                f"for {field.type} there are: {', '.join(fitting)}",
                here,
            )
            return None
        texts = (("yes" if raw else "no"),) if isinstance(raw, bool) else (raw,) if isinstance(raw, str) else raw
        if not texts:
            self.findings.add("empty-test", f"{op} of {field.id} has an empty list", "name at least one value", here)
        values = [
            self._read(operator.reads, field, text, (*here, *([i] if isinstance(raw, tuple) else [])))
            for i, text in enumerate(texts)
        ]
        if not values or any(value is None for value in values):
            return None
        known = tuple(value for value in values if value is not None)
        if op == "between" and not _ascending(known):
            self.findings.add(
                "empty-range", f"between {texts[0]} and {texts[-1]} nothing can lie", "write the lower end first", here
            )
        return operator.build(field.id, field.reader, known)

    def _read(self, reads: str, field: Field, text: str, path: Path) -> Value | None:
        if reads == "flag":
            return text
        if reads == "pattern":
            self.findings.check_pattern(text, path)
            return text
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
