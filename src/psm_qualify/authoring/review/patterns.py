"""Checks on patterns: whether they can be found at all, and whether what they catch can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from psm_qualify.authoring.review.base import Check, Remark, Subject, listed, path_of
from psm_qualify.authoring.review.searches import fixed_texts, obstacle, parsed
from psm_qualify.facts.readers import OptionsReader
from psm_qualify.rules import model
from psm_qualify.rules.findings import Findings
from psm_qualify.rules.inference import CAUGHT, FromContacts, FromText
from psm_qualify.rules.pack import Field
from psm_qualify.rules.phrases import PatternReader
from psm_qualify.rules.places import Path


@dataclass(frozen=True, slots=True)
class _Search:
    """A pattern with its phrases put in, and where it was written. `whole`: it is looked for in a whole cell."""

    pattern: str
    path: Path
    whole: bool = True


def _never_found(subject: Subject) -> Iterator[Remark]:
    for one in (*_of_choices(subject), *_of_inferences(subject), *_of_criteria(subject)):
        why = obstacle(parsed(one.pattern), one.whole)
        if why is not None:
            yield Remark(f"this pattern can never be found: {why}", "write it as cells look when cleaned", one.path)


def choice_patterns(field: Field, spec: model.FieldSpec) -> Iterator[tuple[str, Path]]:
    """The patterns of a choice field, in the order of its reader, and where each was written."""
    read = iter(field.reader.patterns if isinstance(field.reader, OptionsReader) else ())
    for choice, synonyms in spec.choices.items():
        path: Path = ("fields", field.id, "choices", choice)
        for synonym, here in ((choice, path), *((text, (*path, number)) for number, text in enumerate(synonyms))):
            if is_pattern(synonym):
                yield next(read)[1], here


def is_pattern(synonym: str) -> bool:
    """Whether a synonym is written as `/a pattern/`."""
    return len(synonym) > 2 and synonym[0] == synonym[-1] == "/"


def _of_choices(subject: Subject) -> Iterator[_Search]:
    for name, spec in subject.shape.fields.items():
        yield from (_Search(pattern, path) for pattern, path in choice_patterns(subject.pack.fields[name], spec))


def _of_inferences(subject: Subject) -> Iterator[_Search]:
    for field in subject.pack.fields.values():
        for number, rule in enumerate(field.infer):
            path: Path = ("fields", field.id, "infer", number)
            match rule:
                case FromText(_, pattern, _, None):
                    yield _Search(pattern, (*path, "find"))
                case FromText(_, pattern, _, str(unless)):
                    yield _Search(pattern, (*path, "find"), whole=False)
                    yield _Search(unless, (*path, "unless"), whole=False)
                case FromContacts(pattern):
                    yield _Search(pattern, (*path, "contacts"))


def _of_criteria(subject: Subject) -> Iterator[_Search]:
    written = [
        (text, path)
        for criterion in subject.pack.criteria
        for number, level in enumerate(subject.written(criterion).steps)
        for text, path in _of_condition(
            level.when, path_of(criterion, *(("levels", number) if subject.written(criterion).levels else ()), "when")
        )
    ]
    if written:  # the pack loads, so nothing is wrong with its phrases and patterns: they need not be looked at again
        sound = frozenset(subject.source.files)
        reader = PatternReader(Findings(subject.source.places, []), subject.shape.phrases, sound)
        yield from (_Search(reader.read(text, path), path) for text, path in written)


def _of_condition(condition: model.ConditionModel, path: Path) -> Iterator[tuple[str, Path]]:
    """Each pattern that a condition looks for, and where it was written."""
    for key, parts in (("all", condition.all), ("any", condition.any)):
        for number, part in enumerate(parts or ()):
            yield from _of_condition(part, (*path, key, number))
    if condition.not_ is not None:
        yield from _of_condition(condition.not_, (*path, "not"))
    for name, test in (condition.tests or {}).items():
        if test.matches is not None:
            yield test.matches, (*path, name, "matches")


def _unreadable(subject: Subject) -> Iterator[Remark]:
    for field in subject.pack.fields.values():
        for number, rule in enumerate(field.infer):
            if not isinstance(rule, FromText) or not CAUGHT.fullmatch(rule.value):
                continue
            caught = parsed(rule.pattern).groups[rule.groups[0] - 1]
            odd = [text for text in fixed_texts(caught.branches) if field.reader.read(text).value is None]
            if odd:
                yield Remark(
                    f"what {rule.value} catches can't always be read: {field.id} does not know "
                    f"{listed(map(repr, dict.fromkeys(odd)))}",
                    f"give {field.id} these words (`words`, or synonyms of a choice), or don't catch them",
                    ("fields", field.id, "infer", number, "find"),
                )


CHECKS = (
    Check(
        "pattern-never-found",
        "A pattern can never be found.",
        "Cells are cleaned before they are searched: trimmed, in small letters, every run of spaces, tabs and line "
        "ends one space. A pattern that wants two spaces, a tab, a space at either end, something before ^ or behind $ "
        "is never found. Capital letters make no difference. Only what is sure is told.",
        _never_found,
    ),
    Check(
        "caught-not-readable",
        "A pattern catches words that its field can't read.",
        "What the group of an inference catches is read like a cell of the field. A word that the field does not know "
        "gives no value, as if the pattern had not been found. The words that stand in the group as they are were "
        "tried.",
        _unreadable,
    ),
)
