"""Inferences in their typed form: where the value of a field may come from when its own cell says nothing.

Each yields candidates: texts that the field's own reader reads like a cell. `compile/inference.py` lowers the same
classes to SQL for whole lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from psm_qualify.facts.interval import Interval
from psm_qualify.facts.readers import Reader, Value
from psm_qualify.facts.text import clean

CAUGHT = re.compile(r"\$([0-9]+)")
"""What a group caught, in the value of an inference."""

_AROUND = " ,.;:!?()–-"

SENTENCE_END = "[.!?;]+ "
"""Where one sentence ends and another begins."""


@dataclass(frozen=True, slots=True)
class Known:
    """What inferences look at: a prospect's raw texts, the values read from its cells, and its people's job titles.

    `titles` is None where nobody of a contact list belongs to the prospect: that is unknown, never zero.
    """

    cells: Mapping[str, str | None]
    values: Mapping[str, Value]
    titles: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text to be read like a cell, the words that it rests on, and the field in which they stand (None: people)."""

    text: str
    words: str
    source: str | None


@dataclass(frozen=True)
class FromText:
    """A pattern in text fields: the first match in the first field that has one.

    With `unless`, each sentence is searched by itself, and one in which that pattern is found is passed over.
    """

    sources: tuple[str, ...]
    pattern: str
    value: str
    unless: str | None = None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE | re.ASCII)

    @cached_property
    def _spoils(self) -> re.Pattern[str] | None:
        return None if self.unless is None else re.compile(self.unless, re.IGNORECASE | re.ASCII)

    @cached_property
    def groups(self) -> tuple[int, ...]:
        """The groups that the value names."""
        return tuple(int(number) for number in CAUGHT.findall(self.value))

    def candidates(self, known: Known) -> Iterator[Candidate]:
        """One for each field in which the pattern is found."""
        for source in self.sources:
            text = clean(known.cells.get(source) or "")
            match = self._match(text) if text else None  # no pattern is found in nothing
            if match is not None:
                text = CAUGHT.sub(lambda number: match[int(number[1])] or "", self.value)  # noqa: B023 - used at once
                yield Candidate(text, match[0].strip(_AROUND), source)

    def _match(self, text: str) -> re.Match[str] | None:
        if self._spoils is None:
            return self._compiled.search(text)
        for part in re.split(SENTENCE_END, text):
            match = self._compiled.search(part)  # seldom found, so it is looked for first
            if match is not None and not self._spoils.search(part):
                return match
        return None


@dataclass(frozen=True)
class FromContacts:
    """The job titles of a prospect's people: how many match, or a fixed value where one does."""

    pattern: str
    value: str | None
    exact: bool = False

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.IGNORECASE | re.ASCII)

    def candidates(self, known: Known) -> Iterator[Candidate]:
        """One where a title matches; a complete list in which none does says zero."""
        if known.titles is None:
            return
        found = [title for title in known.titles if self._compiled.search(clean(title))]
        words = ", ".join(dict.fromkeys(" ".join(title.split()) for title in found))
        if self.value is not None and found:
            yield Candidate(self.value, words, None)
        elif self.value is None and (found or self.exact):
            yield Candidate(f"{len(found)}" if self.exact else f"{len(found)}+", words or "no such job title", None)


@dataclass(frozen=True)
class AtMost:
    """As many as another number at most: a part is not larger than its whole."""

    field: str

    def candidates(self, known: Known) -> Iterator[Candidate]:
        """One where the other number has an upper end."""
        value = known.values.get(self.field)
        if isinstance(value, Interval) and value.high is not None:
            sign = "<" if value.high.shift else "<="
            words = " ".join((known.cells.get(self.field) or "").split())
            yield Candidate(f"{sign} {value.high.value.normalize():f}", words, self.field)


Inference: TypeAlias = FromText | FromContacts | AtMost


@dataclass(frozen=True, slots=True)
class Inferred:
    """A value that was inferred, and the candidate that it was read from."""

    value: Value
    candidate: Candidate


def infer(rules: Sequence[Inference], reader: Reader, known: Known) -> Inferred | None:
    """The value of the first candidate that can be read; bounds by another number come after all else."""
    for rule in in_order(rules):
        for candidate in rule.candidates(known):
            value = reader.read(candidate.text).value
            if value is not None:
                return Inferred(value, candidate)
    return None


def can_look(rule: Inference, fields: Set[str], people: bool) -> bool:
    """Whether a rule has something to look at: `fields` may have a value, `people` are known."""
    match rule:
        case FromText():
            return not fields.isdisjoint(rule.sources)
        case AtMost():
            return rule.field in fields
        case FromContacts():
            return people


def in_order(rules: Sequence[Inference]) -> list[Inference]:
    """The order in which inferences are tried: as written, but for mere bounds, which come last."""
    return sorted(rules, key=lambda rule: isinstance(rule, AtMost))
