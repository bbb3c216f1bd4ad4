"""Binds the fields of a pack: each gets its reader, its headers and its assumed value. Every fault is a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psm_qualify.errors import did_you_mean
from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import NumericReader, OptionsReader, Reader, TextReader, numeric_pattern
from psm_qualify.facts.text import clean, squash
from psm_qualify.facts.types import DEFAULT_UNKNOWN, FIELD_TYPES, Numeric, Options
from psm_qualify.rules import model
from psm_qualify.rules.findings import Findings, Path
from psm_qualify.rules.literals import read_literal
from psm_qualify.rules.pack import WHO, Field


class FieldBinder:
    """Builds typed fields from their shape."""

    def __init__(self, findings: Findings, unknown_values: Sequence[str]) -> None:
        self.findings = findings
        self.unknown = frozenset(clean(value) for value in (*DEFAULT_UNKNOWN, *unknown_values))

    def bind(self, specs: Mapping[str, model.FieldSpec]) -> dict[str, Field]:
        """All fields; a header synonym that two of them claim is a finding."""
        bound = {name: self._field(name, spec) for name, spec in specs.items()}
        claimed: dict[str, str] = {squash(name): name for name in bound}
        for name, spec in specs.items():
            for index, header in enumerate(spec.columns):
                owner = claimed.setdefault(squash(header), name)
                if owner != name:
                    self.findings.add(
                        "column-claimed-twice",
                        f"the header {header!r} is claimed by {owner} as well as {name}",
                        "a header feeds one field: take it out of one of the two",
                        ("fields", name, "columns", index),
                    )
        return bound

    def _field(self, name: str, spec: model.FieldSpec) -> Field:
        path: Path = ("fields", name)
        if name in model.RESERVED:
            self.findings.add(
                "reserved-name", f"{name!r} is a word of the rule language", "call the field something else", path
            )
        if not squash(name):
            self.findings.add("bad-name", f"the field name {name!r} has no letter or digit", "give it a name", path)
        if name in WHO and spec.type != "text":
            self.findings.add(
                "type-of-who",
                f"the field {name} says who a prospect is, so its type is text",
                "write type: text",
                (*path, "type"),
            )
        self._check_keys(name, spec)
        reader = self._reader(name, spec)
        assume = None
        if spec.assume is not None:
            assume = read_literal(self.findings, reader, spec.type, spec.assume, (*path, "assume"))
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
                self.findings.add(
                    "key-does-not-fit",
                    f"a field of type {spec.type} has no {key}",
                    f"take {key} out, or change the type",
                    ("fields", name, key),
                )
        if choice and not spec.choices:
            self.findings.add(
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
                self.findings.add(
                    "bad-infer", "an inference has either `from` and `find`, or `contacts`", "keep one of them", here
                )
            elif rule.find is not None and (not rule.from_ or rule.value is None):
                self.findings.add(
                    "bad-infer",
                    "an inference from text needs `from`, `find` and `value`",
                    'such as {from: [notes], find: "…", value: …}',
                    here,
                )
            elif rule.contacts is not None and (rule.value is None) == (rule.count is None):
                self.findings.add(
                    "bad-infer",
                    "an inference from contacts needs either `count` or `value`",
                    "count: at_least counts the titles that match; value: gives a fixed value",
                    here,
                )
            for key, pattern in patterns.items():
                if pattern is not None:
                    self.findings.check_pattern(pattern, (*here, key))

    # -- readers ---------------------------------------------------------------------------------------------

    def _reader(self, name: str, spec: model.FieldSpec) -> Reader:
        kind = FIELD_TYPES[spec.type]
        if isinstance(kind, Numeric):
            return self._numeric_reader(name, spec, kind)
        if isinstance(kind, Options):
            return self._options_reader(name, spec, kind)
        return TextReader(self.unknown)

    def _numeric_reader(self, name: str, spec: model.FieldSpec, kind: Numeric) -> NumericReader:
        pattern = numeric_pattern(kind, tuple(clean(unit) for unit in spec.units))
        bare = NumericReader(kind, pattern, {}, self.unknown)
        words: dict[str, Interval] = {}
        for word, text in spec.words.items():
            value = read_literal(self.findings, bare, spec.type, text, ("fields", name, "words", word))
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
                self.findings.add(
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
                    self.findings.check_pattern(synonym[1:-1], path)
                    patterns.append((option, synonym[1:-1]))
                    continue
                owner = squashed.get(squash(synonym)) if squash(synonym) else written.get(clean(synonym))
                if (owner or option) != option:
                    self.findings.add(
                        "synonym-claimed-twice",
                        f"{synonym!r} stands for {owner} as well as {option}",
                        "a synonym belongs to one choice: take it out of one of the two",
                        path,
                    )
                written.setdefault(clean(synonym), option)
                if squash(synonym):
                    squashed.setdefault(squash(synonym), option)
        return OptionsReader(names, written, squashed if kind.loose else {}, tuple(patterns), self.unknown)
