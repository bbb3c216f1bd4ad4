"""Binds the inferences of a field: where its value may come from when its own cell is blank."""

from __future__ import annotations

from collections.abc import Mapping

from psm_qualify.facts.readers import Reader
from psm_qualify.rules import model
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.inference import CAUGHT, AtMost, FromContacts, FromText, Inference
from psm_qualify.rules.literals import read_literal
from psm_qualify.rules.phrases import PatternReader
from psm_qualify.rules.places import Path


class InferenceBinder:
    """Checks inferences against the fields that they read and the field that they give a value."""

    def __init__(self, findings: Findings, reader: PatternReader, specs: Mapping[str, model.FieldSpec]) -> None:
        self.findings = findings
        self.patterns = reader
        self.specs = specs

    def bind(self, name: str, reader: Reader) -> tuple[Inference, ...]:
        """The inferences of one field, their patterns as they are searched. What can't be used is left out."""
        rules = self.specs[name].infer
        bound = [self._one(rule, name, reader, ("fields", name, "infer", index)) for index, rule in enumerate(rules)]
        return tuple(rule for rule in bound if rule is not None)

    def _one(self, rule: model.Inference, name: str, reader: Reader, path: Path) -> Inference | None:
        self._check_form(rule, path)
        for index, source in enumerate(rule.from_):
            self._check_source(source, (*path, "from", index))
        found = {
            key: self.patterns.read(pattern, (*path, key))
            for key, pattern in (("find", rule.find), ("unless", rule.unless), ("contacts", rule.contacts))
            if pattern is not None
        }
        if rule.value is not None:
            self._check_value(rule, name, reader, found.get("find"), (*path, "value"))
        if rule.count is not None or rule.at_most is not None:
            self._check_numbers(rule, name, path)
        if "find" in found:
            return FromText(rule.from_, found["find"], rule.value or "", found.get("unless"))
        if "contacts" in found:
            return FromContacts(found["contacts"], rule.value, rule.count == "exact")
        return AtMost(rule.at_most) if rule.at_most is not None and rule.at_most in self.specs else None

    def _check_form(self, rule: model.Inference, path: Path) -> None:
        message = hint = ""
        if [rule.find, rule.contacts, rule.at_most].count(None) != 2:
            message = "an inference has either `from` and `find`, or `contacts`, or `at_most`"
            hint = "write or keep one of them, and no other"
        elif rule.find is not None and (not rule.from_ or rule.value is None):
            message = "an inference from text needs `from`, `find` and `value`"
            hint = 'such as {from: [notes], find: "…", value: …}'
        elif rule.unless is not None and rule.find is None:
            message, hint = "`unless` goes with `find`", "take it out"
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

    def _check_numbers(self, rule: model.Inference, name: str, path: Path) -> None:
        """A count, and a bound by another field, are numbers."""
        key = "count" if rule.at_most is None else "at_most"
        if self.specs[name].type != "number":
            message = f"{name} is a {self.specs[name].type} field; {key} gives a number"
            self.findings.add("bad-infer", message, "take it out, or let the field have type: number", (*path, key))
        elif rule.at_most is None:
            return
        elif rule.at_most not in self.specs:
            self.findings.add_unknown("field", rule.at_most, tuple(self.specs), (*path, "at_most"))
        elif (kind := self.specs[rule.at_most].type) != "number" or rule.at_most == name:
            message = f"{rule.at_most} is a {kind} field; a bound is another field of type number"
            if rule.at_most == name:
                message = f"{name} can't be its own bound"
            self.findings.add("bad-infer", message, "name a number that includes this one", (*path, "at_most"))

    def _check_value(self, rule: model.Inference, name: str, reader: Reader, find: str | None, path: Path) -> None:
        """A fixed value must be one that the field reads; what a group catches is only known with the text."""
        assert rule.value is not None
        caught = [int(number) for number in CAUGHT.findall(rule.value)] if find is not None else []
        if not caught:
            read_literal(self.findings, reader, self.specs[name].type, rule.value, path)
        elif find is not None and (groups := self.patterns.groups(find, path)) is not None:
            for number in caught:
                if not 1 <= number <= groups:
                    message = f"${number} stands for a group that `find` does not have"
                    hint = f"`find` has {groups or 'no'} group{'s' if groups > 1 else ''}; a group is written in ( )"
                    self.findings.add("bad-infer", message, hint, path)
