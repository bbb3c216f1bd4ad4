"""Binds the inferences of a field: where its value may come from when its own cell is blank."""

from __future__ import annotations

import re
from collections.abc import Mapping

from psm_qualify.facts.readers import Reader
from psm_qualify.rules import model, patterns
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.literals import read_literal, read_pattern
from psm_qualify.rules.places import Path

_CAUGHT = re.compile(r"\$([0-9]+)")


class InferenceBinder:
    """Checks inferences against the fields that they read and the field that they give a value."""

    def __init__(self, findings: Findings, specs: Mapping[str, model.FieldSpec]) -> None:
        self.findings = findings
        self.specs = specs

    def bind(self, name: str, reader: Reader) -> tuple[model.Inference, ...]:
        """The inferences of one field, their patterns as they are searched."""
        rules = self.specs[name].infer
        return tuple(
            self._one(rule, name, reader, ("fields", name, "infer", index)) for index, rule in enumerate(rules)
        )

    def _one(self, rule: model.Inference, name: str, reader: Reader, path: Path) -> model.Inference:
        self._check_form(rule, path)
        for index, source in enumerate(rule.from_):
            self._check_source(source, (*path, "from", index))
        found = {
            key: read_pattern(self.findings, pattern, (*path, key))
            for key, pattern in (("find", rule.find), ("contacts", rule.contacts))
            if pattern is not None
        }
        if rule.value is not None:
            self._check_value(rule, name, reader, (*path, "value"))
        return rule.model_copy(update=found)

    def _check_form(self, rule: model.Inference, path: Path) -> None:
        message = hint = ""
        if (rule.find is None) == (rule.contacts is None):
            message, hint = "an inference has either `from` and `find`, or `contacts`", "keep one of them"
        elif rule.find is not None and (not rule.from_ or rule.value is None):
            message = "an inference from text needs `from`, `find` and `value`"
            hint = 'such as {from: [notes], find: "…", value: …}'
        elif rule.contacts is not None and (rule.value is None) == (rule.count is None):
            message = "an inference from contacts needs either `count` or `value`"
            hint = "count: at_least counts the titles that match; value: gives a fixed value"
        if message and self.findings.whole(path):
            self.findings.add("bad-infer", message, hint, path)

    def _check_source(self, source: str, path: Path) -> None:
        if source not in self.specs:
            self.findings.add_unknown("field", source, tuple(self.specs), path)
        elif (kind := self.specs[source].type) != "text":
            message = f"{source} is a {kind} field; an inference searches fields of type text"
            texts = [name for name, spec in self.specs.items() if spec.type == "text"]
            self.findings.add("bad-infer", message, f"text fields are: {', '.join(texts)}", path)

    def _check_value(self, rule: model.Inference, name: str, reader: Reader, path: Path) -> None:
        """A fixed value must be one that the field reads; what a group catches is only known with the text."""
        assert rule.value is not None
        caught = [int(number) for number in _CAUGHT.findall(rule.value)] if rule.find is not None else []
        if not caught:
            read_literal(self.findings, reader, self.specs[name].type, rule.value, path)
        elif rule.find is not None and patterns.fault(rule.find) is None:
            groups = patterns.groups(rule.find)
            for number in caught:
                if not 1 <= number <= groups:
                    message = f"${number} stands for a group that `find` does not have"
                    hint = f"`find` has {groups or 'no'} group{'s' if groups > 1 else ''}; a group is written in ( )"
                    self.findings.add("bad-infer", message, hint, path)
