"""Binds the fields of a pack: each gets its reader, its headers and its assumed value. Every fault is a finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import NumericReader, OptionsReader, Reader, TextReader, numeric_pattern
from psm_qualify.facts.text import clean, squash
from psm_qualify.facts.types import DEFAULT_UNKNOWN, FIELD_TYPES, Numeric, Options
from psm_qualify.rules import model
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.inferences import InferenceBinder
from psm_qualify.rules.literals import read_literal
from psm_qualify.rules.pack import WHO, Field
from psm_qualify.rules.phrases import PatternReader
from psm_qualify.rules.places import Path


class FieldBinder:
    """Builds typed fields from their shape."""

    def __init__(self, findings: Findings, patterns: PatternReader, unknown_values: Sequence[str]) -> None:
        self.findings = findings
        self.patterns = patterns
        self.unknown = frozenset(clean(value) for value in (*DEFAULT_UNKNOWN, *unknown_values))

    def bind(self, specs: Mapping[str, model.FieldSpec]) -> dict[str, Field]:
        """All fields; a header that two of them claim is a finding."""
        inferences = InferenceBinder(self.findings, self.patterns, specs)
        bound = {name: self._field(name, spec, inferences) for name, spec in specs.items()}
        self._check_headers(specs)
        return bound

    def _check_headers(self, specs: Mapping[str, model.FieldSpec]) -> None:
        """Every field is found under its id, so the ids come first; a label that is not written is made from it."""
        claims: list[tuple[str, str, Path]] = [(name, name, ("fields", name)) for name in specs]
        for name, spec in specs.items():
            if spec.label:
                claims.append((name, spec.label, ("fields", name, "label")))
            claims += [(name, header, ("fields", name, "columns", i)) for i, header in enumerate(spec.columns)]
        owners: dict[str, str] = {}
        for name, header, path in claims:
            owner = owners.setdefault(squash(header), name)
            if owner != name:
                self.findings.add(
                    "column-claimed-twice",
                    f"the header {header!r} is claimed by {owner} as well as {name}",
                    "a header feeds one field: take it out of one of the two, or rename it",
                    path,
                )

    def _field(self, name: str, spec: model.FieldSpec, inferences: InferenceBinder) -> Field:
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
        infer = inferences.bind(name, reader)
        label = spec.label or name.replace("_", " ").capitalize()
        # What an author lists goes before the mere id: `Company name` before `Name`, say.
        headers = {squash(header): header for header in reversed((*spec.columns, name, label))}
        columns = tuple(dict.fromkeys(headers[squash(header)] for header in (*spec.columns, name, label)))
        # Text is asked for only where the pack says how: nobody is asked for his notes.
        question = spec.question or ("" if spec.type == "text" else f"{label}?")
        return Field(name, spec.type, label, question, columns, reader, assume, spec.assume, infer)

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
                    key=True,
                )
        if choice and not spec.choices and self.findings.whole(("fields", name)):
            self.findings.add(
                "no-choices",
                f"the field {name} is a choice without choices",
                "add `choices:` with a name and its synonyms for each",
                ("fields", name),
            )

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
                self.findings.add_unknown("choice", option, names, ("fields", name, "words", word))
            written[clean(word)] = option
        for option, synonyms in spec.choices.items():
            for index, synonym in enumerate((option, *synonyms)):
                path: Path = ("fields", name, "choices", option, *([index - 1] if index else []))
                if len(synonym) > 2 and synonym[0] == synonym[-1] == "/":
                    patterns.append((option, self.patterns.read(synonym[1:-1], path)))
                    continue
                if index and synonym.startswith("/"):
                    inner = synonym.strip("/") or "…"
                    message = f"the synonym {synonym!r} begins with / and is no pattern"
                    self.findings.add("bad-pattern", message, f"a pattern stands between two /: /{inner}/", path)
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
