"""Checks on fields: what uses them, and whether their words do what they seem to."""

from __future__ import annotations

from collections.abc import Iterator

from psm_qualify.authoring.review.base import Check, Remark, Subject, listed
from psm_qualify.authoring.review.patterns import choice_patterns, is_pattern
from psm_qualify.authoring.review.searches import fixed_texts, parsed
from psm_qualify.facts.readers import OptionsReader
from psm_qualify.rules import model
from psm_qualify.rules.conditions import IsOneOf, tests
from psm_qualify.rules.pack import WHO, Field


def _unused(subject: Subject) -> Iterator[Remark]:
    used = {*WHO, *subject.pack.used_fields, *_inferred_from(subject.shape), *_tested(subject.shape)}
    for name in subject.pack.fields:
        if name not in used:
            yield Remark(
                f"nothing uses the field {name}: no criterion and no inference",
                f"take it out, use it, or keep it on purpose with a test that gives {name} a value and pins that it "
                "changes nothing",
                ("fields", name),
                key=True,
            )


def _inferred_from(shape: model.PackModel) -> Iterator[str]:
    for spec in shape.fields.values():
        for rule in spec.infer:
            yield from rule.from_
            if rule.at_most is not None:
                yield rule.at_most


def _tested(shape: model.PackModel) -> Iterator[str]:
    for test in shape.tests:
        yield from test.prospect


def _no_question(subject: Subject) -> Iterator[Remark]:
    for name, field in subject.pack.fields.items():
        if name in subject.pack.used_fields and field.question and not subject.shape.fields[name].question:
            yield Remark(
                f"the field {name} has no question, so people are asked {field.question!r}",
                "add `question:` as one would put it to the prospect",
                ("fields", name),
                key=True,
            )


def _choices(subject: Subject) -> Iterator[tuple[Field, OptionsReader]]:
    for field in subject.pack.fields.values():
        if isinstance(field.reader, OptionsReader):
            yield field, field.reader


def _dead_words(subject: Subject) -> Iterator[Remark]:
    for field, reader in _choices(subject):
        for choice, synonyms in subject.shape.fields[field.id].choices.items():
            for number, synonym in enumerate(synonyms):
                if is_pattern(synonym):
                    continue
                read = reader.read(synonym).value
                if read != choice:
                    yield Remark(
                        f"{synonym!r} stands under {choice}, but a cell that says so is "
                        + (f"read as {read}" if read is not None else "taken to be unknown"),
                        "take it out here, or mend the `words` that go before it",
                        ("fields", field.id, "choices", choice, number),
                    )


def _clashes(subject: Subject) -> Iterator[Remark]:
    for field, reader in _choices(subject):
        told: set[tuple[str, ...]] = set()
        for pattern, path in choice_patterns(field, subject.shape.fields[field.id]):
            for text in fixed_texts(parsed(pattern).branches):
                names = reader.found(text)
                if len(names) > 1 and not reader.read(text).understood and names not in told:
                    told.add(names)
                    yield Remark(
                        f"patterns of {listed(names)} fit the cell {text!r} alike, so it is not understood",
                        "let the patterns exclude one another, or name that text as a synonym of the one that is meant",
                        path,
                    )


def _alike(subject: Subject) -> Iterator[Remark]:
    """Choices that nothing tells apart: without a word of their own, and named by no rule, word or test."""
    for field, _ in _choices(subject):
        spec = subject.shape.fields[field.id]
        if field.id not in subject.pack.used_fields or any("$" in (rule.value or "") for rule in spec.infer):
            continue  # what a pattern catches may be the name of a choice
        named = {
            *_named_by_rules(subject, field.id),
            *spec.words.values(),
            *(rule.value for rule in spec.infer),
            spec.assume,
        }
        named |= {test.prospect.get(field.id) for test in subject.shape.tests}
        alike = [choice for choice, synonyms in spec.choices.items() if choice not in named and not synonyms]
        if len(alike) > 1:
            yield Remark(
                f"nothing tells {listed(alike)} of {field.id} apart: no rule or test names them, and no cell says them "
                "in other words",
                "give them the words that cells use, or make one choice of them",
                ("fields", field.id, "choices", alike[1]),
                key=True,
            )


def _named_by_rules(subject: Subject, field: str) -> Iterator[str]:
    for criterion in subject.pack.criteria:
        for level in criterion.levels:
            for test in tests(level.when):
                if isinstance(test, IsOneOf) and test.field == field:
                    yield from test.names


CHECKS = (
    Check(
        "field-unused",
        "Nothing uses a field.",
        "No criterion rests on it and no inference reads it, so what a list says there changes nothing. A field may "
        "be there on purpose: to keep a column from feeding another field, or to show that a fact proves nothing. Say "
        "so with a test that gives the field a value and expects what must not change; then nothing is said. The "
        "fields id, name and domain say who a prospect is and are never asked about.",
        _unused,
    ),
    Check(
        "no-question",
        "A field that a criterion rests on has no question.",
        "What is unknown is asked for, in interviews and on call sheets. Without `question:` people are asked the mere "
        "label. Texts such as notes are asked for only where they have a question, so they need none.",
        _no_question,
    ),
    Check(
        "synonym-without-effect",
        "A synonym of a choice is read as something else.",
        "Exact `words` of the field go before the synonyms of its choices. This synonym stands in both, with two "
        "meanings, and the one under the choice never counts.",
        _dead_words,
    ),
    Check(
        "patterns-clash",
        "Patterns of two choices fit the same text.",
        "Where no exact synonym fits, a cell is the one choice whose pattern is found. With two it is not understood: "
        "unknown for the score, and reported. Here that goes for a text which one of the patterns spells out.",
        _clashes,
    ),
    Check(
        "choices-alike",
        "Nothing tells some choices of a field apart.",
        "A choice that no criterion names is no fault: it says that the others are not the case. But here are several "
        "that no rule, word, inference or test names and that have no synonyms. One choice would do for them.",
        _alike,
    ),
)
