"""Binds the shape of a pack to its meaning: names to fields, literals to values. Every fault is a finding."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from psm_qualify.errors import Finding, Place, did_you_mean
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import (
    NumericReader,
    OptionsReader,
    Reader,
    Value,
    numeric_pattern,
)
from psm_qualify.facts.readers import (
    TextReader as _TextReader,
)
from psm_qualify.facts.text import blank, clean, spaced, squash
from psm_qualify.facts.types import DEFAULT_UNKNOWN, FIELD_TYPES, Numeric, Options
from psm_qualify.rules import model
from psm_qualify.rules.conditions import All, Any, Condition, Not, Way
from psm_qualify.rules.operators import OPERATORS
from psm_qualify.rules.pack import Criterion, Field, Level
from psm_qualify.rules.patterns import fault

Path = tuple[str | int, ...]
Locate = Callable[[Path], Place]


class Binder:
    """Builds the typed parts of a pack. Findings collect in the order in which the parts are bound."""

    def __init__(self, locate: Locate, unknown_values: Sequence[str]) -> None:
        self.locate = locate
        self.findings: list[Finding] = []
        self.unknown = frozenset(clean(value) for value in (*DEFAULT_UNKNOWN, *unknown_values))

    def find(self, code: str, message: str, hint: str, path: Path) -> None:
        """Adds a finding at the place of `path`."""
        self.findings.append(Finding(code, message, hint, self.locate(path)))

    # -- fields ------------------------------------------------------------------------------------------------

    def fields(self, specs: Mapping[str, model.FieldSpec]) -> dict[str, Field]:
        """All fields; a header synonym that two of them claim is a finding."""
        bound = {name: self._field(name, spec) for name, spec in specs.items()}
        claimed: dict[str, str] = {squash(name): name for name in bound}
        for name, spec in specs.items():
            for index, header in enumerate(spec.columns):
                owner = claimed.setdefault(squash(header), name)
                if owner != name:
                    self.find(
                        "column-claimed-twice",
                        f"the header {header!r} is claimed by {owner} as well as {name}",
                        "a header feeds one field: take it out of one of the two",
                        ("fields", name, "columns", index),
                    )
        return bound

    def _field(self, name: str, spec: model.FieldSpec) -> Field:
        path: Path = ("fields", name)
        if name in model.RESERVED:
            self.find(
                "reserved-name", f"{name!r} is a word of the rule language", "call the field something else", path
            )
        if not squash(name):
            self.find("bad-name", f"the field name {name!r} has no letter or digit", "give it a name", path)
        if name in ("id", "name", "domain") and spec.type != "text":
            self.find(
                "type-of-who",
                f"the field {name} says who a prospect is, so its type is text",
                "write type: text",
                (*path, "type"),
            )
        self._check_keys(name, spec)
        reader = self._reader(name, spec)
        assume = None if spec.assume is None else self.literal(reader, spec, spec.assume, (*path, "assume"))
        self._check_inferences(spec, path)
        label = spec.label or name.replace("_", " ").capitalize()
        headers = {squash(header): header for header in reversed((name, *spec.columns, label))}
        columns = tuple(dict.fromkeys(headers[squash(header)] for header in (name, *spec.columns, label)))
        return Field(
            name, spec.type, label, spec.question or f"{label}?", columns, reader, assume, spec.assume, spec.infer
        )

    def _check_keys(self, name: str, spec: model.FieldSpec) -> None:
        kind = FIELD_TYPES[spec.type]
        numeric, choice = isinstance(kind, Numeric), spec.type == "choice"
        allowed = {"units": numeric, "words": numeric or isinstance(kind, Options), "choices": choice}
        for key, fits in allowed.items():
            if getattr(spec, key) and not fits:
                self.find(
                    "key-does-not-fit",
                    f"a field of type {spec.type} has no {key}",
                    f"take {key} out, or change the type",
                    ("fields", name, key),
                )
        if choice and not spec.choices:
            self.find(
                "no-choices",
                f"the field {name} is a choice without choices",
                "add `choices:` with a name and its synonyms for each",
                ("fields", name),
            )

    def _check_inferences(self, spec: model.FieldSpec, path: Path) -> None:
        for index, rule in enumerate(spec.infer):
            here = (*path, "infer", index)
            patterns = {"find": rule.find, "contacts": rule.contacts}
            if sum(pattern is not None for pattern in patterns.values()) != 1:
                self.find(
                    "bad-infer", "an inference has either `from` and `find`, or `contacts`", "keep one of them", here
                )
            elif rule.find is not None and (not rule.from_ or rule.value is None):
                self.find(
                    "bad-infer",
                    "an inference from text needs `from`, `find` and `value`",
                    'such as {from: [notes], find: "…", value: …}',
                    here,
                )
            elif rule.contacts is not None and (rule.value is None) == (rule.count is None):
                self.find(
                    "bad-infer",
                    "an inference from contacts needs either `count` or `value`",
                    "count: at_least counts the titles that match; value: gives a fixed value",
                    here,
                )
            for key, pattern in patterns.items():
                if pattern is not None:
                    self._check_pattern(pattern, (*here, key))

    def _check_pattern(self, pattern: str, path: Path) -> None:
        problem = fault(pattern)
        if problem is not None:
            self.find(
                "bad-pattern",
                f"the pattern {pattern!r} holds {problem}" if "," in problem else f"the pattern {pattern!r}: {problem}",
                "write it with plain groups, classes and repetitions",
                path,
            )

    # -- readers -----------------------------------------------------------------------------------------------

    def _reader(self, name: str, spec: model.FieldSpec) -> Reader:
        kind = FIELD_TYPES[spec.type]
        if isinstance(kind, Numeric):
            return self._numeric_reader(name, spec, kind)
        if isinstance(kind, Options):
            return self._options_reader(name, spec, kind)
        return _TextReader(self.unknown)

    def _numeric_reader(self, name: str, spec: model.FieldSpec, kind: Numeric) -> NumericReader:
        pattern = numeric_pattern(kind, tuple(clean(unit) for unit in spec.units))
        bare = NumericReader(kind, pattern, {}, self.unknown)
        words: dict[str, Interval] = {}
        for word, text in spec.words.items():
            value = self.literal(bare, spec, text, ("fields", name, "words", word))
            if isinstance(value, Interval):
                words[clean(word)] = value
        return NumericReader(kind, pattern, words, self.unknown)

    def _options_reader(self, name: str, spec: model.FieldSpec, kind: Options) -> OptionsReader:
        names = (*kind.fixed, *spec.choices)
        written: dict[str, str] = {clean(word): option for option, words in kind.fixed.items() for word in words}
        squashed: dict[str, str] = {}
        patterns: list[tuple[str, str]] = []
        for word, option in spec.words.items():
            if option not in names:
                self.find(
                    "unknown-choice",
                    f"{option!r} is not one of {', '.join(names)}",
                    did_you_mean(option, names),
                    ("fields", name, "words", word),
                )
            written[clean(word)] = option
        for option, synonyms in spec.choices.items():
            for index, synonym in enumerate((option, *synonyms)):
                path: Path = ("fields", name, "choices", option, *([index - 1] if index else []))
                if len(synonym) > 2 and synonym[0] == synonym[-1] == "/":
                    self._check_pattern(synonym[1:-1], path)
                    patterns.append((option, synonym[1:-1]))
                    continue
                owner = squashed.get(squash(synonym)) if squash(synonym) else written.get(clean(synonym))
                if (owner or option) != option:
                    self.find(
                        "synonym-claimed-twice",
                        f"{synonym!r} stands for {owner} as well as {option}",
                        "a synonym belongs to one choice: take it out of one of the two",
                        path,
                    )
                written.setdefault(clean(synonym), option)
                if squash(synonym):
                    squashed.setdefault(squash(synonym), option)
        return OptionsReader(names, written, squashed if kind.loose else {}, tuple(patterns), self.unknown)

    # -- literals ----------------------------------------------------------------------------------------------

    def literal(self, reader: Reader, spec: model.FieldSpec, text: str, path: Path) -> Value | None:
        """A literal of a rule, read by the field's own reader. None where it is a finding."""
        if isinstance(reader, OptionsReader):
            return self._option_literal(reader, spec, text, path)
        reading = reader.read(text)
        if reading.value is None:
            state = "reads as unknown" if reading.understood else f"can't be read as {spec.type}"
            self.find("bad-literal", f"{text!r} {state}", _EXAMPLES[spec.type], path)
            return None
        sign = reader.kind.sign if isinstance(reader, NumericReader) else None
        if sign and sign not in text and clean(text) not in getattr(reader, "words", {}):
            self.find("percent-sign", f"{text!r} is a percent without its sign", f"write {text}{sign}", path)
            return None
        return reading.value

    def _option_literal(self, reader: OptionsReader, spec: model.FieldSpec, text: str, path: Path) -> Value | None:
        if text in reader.names:
            return text
        synonym = reader.read(text).value
        if spec.type == "yes_no" and synonym is not None:
            return synonym
        if synonym is not None:
            self.find(
                "choice-synonym", f"{text!r} is a synonym; a rule names the choice itself", f"write {synonym}", path
            )
        else:
            self.find("unknown-choice", f"{text!r} is not a choice", did_you_mean(text, reader.names), path)
        return None

    # -- conditions --------------------------------------------------------------------------------------------

    def criterion(
        self,
        card: str,
        name: str,
        spec: model.Criterion,
        fields: Mapping[str, Field],
        specs: Mapping[str, model.FieldSpec],
    ) -> Criterion:
        """One criterion, its conditions bound to fields."""
        path: Path = ("scorecards", card, "criteria", name)
        if bool(spec.levels) == (spec.when is not None) or (spec.when is not None and spec.points is None):
            self.find(
                "when-or-levels",
                f"the criterion {name} needs either `when` with `points`, or `levels`",
                "write when: {field: value} and points: 10",
                path,
            )
        elif spec.levels and spec.points is not None:
            self.find(
                "when-or-levels",
                f"the criterion {name} has levels, so its points stand in them",
                "take `points` out",
                (*path, "points"),
            )
        base: list[Path] = [path] if spec.when is not None else [(*path, "levels", i) for i in range(len(spec.levels))]
        levels = tuple(
            Level(self.condition(step.when, (*where, "when"), fields, specs), step.points, step.say)
            for step, where in zip(spec.steps, base, strict=False)
        )
        title = spec.title or name.replace("_", " ").capitalize()
        return Criterion(name, card, title, spec.required, levels, spec.otherwise, spec.source, spec.note)

    def condition(
        self, shape: model.Condition, path: Path, fields: Mapping[str, Field], specs: Mapping[str, model.FieldSpec]
    ) -> Condition:
        """A condition, bound to fields and values."""
        bound: Condition
        if isinstance(shape, model.AllOf):
            bound = All(
                tuple(self.condition(part, (*path, "all", i), fields, specs) for i, part in enumerate(shape.all))
            )
        elif isinstance(shape, model.AnyOf):
            bound = Any(
                tuple(self.condition(part, (*path, "any", i), fields, specs) for i, part in enumerate(shape.any))
            )
        elif isinstance(shape, model.Negation):
            bound = Not(self.condition(shape.not_, (*path, "not"), fields, specs))
        else:
            parts = [
                part
                for name, test in shape.tests.items()
                for part in self._test(name, test, (*path, name), fields, specs)
            ]
            bound = parts[0] if len(parts) == 1 else All(tuple(parts))
        return Way(shape.say, bound) if shape.say else bound

    def _test(
        self, name: str, test: model.Test, path: Path, fields: Mapping[str, Field], specs: Mapping[str, model.FieldSpec]
    ) -> list[Condition]:
        if name not in fields:
            self.find("unknown-field", f"there is no field {name!r}", did_you_mean(name, tuple(fields)), path)
            return []
        given = {op: value for op in OPERATORS if (value := getattr(test, f"{op}_" if op == "is" else op)) is not None}
        if not given:
            self.find("empty-test", f"nothing is asked of {name}", "write a value, a list or an operator", path)
        return [
            part
            for op, raw in given.items()
            if (part := self._operator(op, raw, fields[name], specs[name], path)) is not None
        ]

    def _operator(
        self, op: str, raw: str | bool | tuple[str, ...], field: Field, spec: model.FieldSpec, path: Path
    ) -> Condition | None:
        operator, here = OPERATORS[op], (*path, op)
        if not isinstance(field.reader, operator.families):
            fitting = [name for name, other in OPERATORS.items() if isinstance(field.reader, other.families)]
            self.find(
                "operator-does-not-fit",
                f"{op} can't be asked of {field.id}, which is {_article(spec.type)} field",
                f"for {spec.type} there are: {', '.join(fitting)}",
                here,
            )
            return None
        texts = (("yes" if raw else "no"),) if isinstance(raw, bool) else (raw,) if isinstance(raw, str) else raw
        if not texts:
            self.find("empty-test", f"{op} of {field.id} has an empty list", "name at least one value", here)
        values = [
            self._read(operator.reads, field.reader, spec, text, (*here, *([i] if isinstance(raw, tuple) else [])))
            for i, text in enumerate(texts)
        ]
        if not values or any(value is None for value in values):
            return None
        known = tuple(value for value in values if value is not None)
        if op == "between" and not _ascending(known):
            self.find(
                "empty-range", f"between {texts[0]} and {texts[-1]} nothing can lie", "write the lower end first", here
            )
        return operator.build(field.id, field.reader, known)

    def _read(self, reads: str, reader: Reader, spec: model.FieldSpec, text: str, path: Path) -> Value | None:
        if reads == "flag":
            return text
        if reads == "pattern":
            self._check_pattern(text, path)
            return text
        if reads == "phrase":
            if blank(text):
                self.find("bad-literal", f"{text!r} has no word to look for", "name a word or phrase", path)
                return None
            return spaced(text).strip()
        value = self.literal(reader, spec, text, path)
        if reads == "plain" and isinstance(value, Interval) and not value.plain:
            self.find("not-plain", f"{text!r} is a range; here a single value is needed", "name one number", path)
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


def _article(type_name: str) -> str:
    return f"a {type_name}"


_EXAMPLES = {
    "number": "a number is written like 5, 1,200, 1-6, 10+ or over 10",
    "money": "a sum is written like $1,200, 1.5M or $1-5M",
    "percent": "a percent is written like 85% or over 100%",
    "duration": "a duration is written like 18 months, 2 years or 10+ years",
    "text": "text needs at least one letter or digit",
}
