"""Checks on fields: what uses them, and whether their words do what they seem to."""

from __future__ import annotations

from collections.abc import Iterator

from psm_qualify.authoring.review.base import Check, Remark, Subject, listed
from psm_qualify.authoring.review.patterns import choice_patterns, is_pattern
from psm_qualify.authoring.review.searches import fixed_texts, parsed
from psm_qualify.facts.readers import OptionsReader
from psm_qualify.rules import model
from psm_qualify.rules.conditions import IsOneOf, judge, tests
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


def _unused_choices(subject: Subject) -> Iterator[Remark]:
    """Choices that come out like another one, earn and cost nothing, and that no test keeps on purpose."""
    for field, reader in _choices(subject):
        spec = subject.shape.fields[field.id]
        if field.id not in subject.pack.used_fields or any("$" in (rule.value or "") for rule in spec.infer):
            continue  # what a pattern catches may be the name of a choice
        asked = set(_named_by_rules(subject, field.id))
        alike = [one for one in spec.choices if one not in asked and _changes_nothing(subject, field.id, one)]
        kept = {reader.read(test.prospect.get(field.id, "")).value for test in subject.shape.tests}
        kept |= {spec.assume, *(rule.value for rule in spec.infer)}
        spare = [choice for choice in alike if choice not in kept]
        unused = spare[1:] if spare == alike else spare  # one may well stand for all that the rules don't ask about
        if unused:
            yield Remark(
                f"neither a rule nor a test uses {listed(unused, 'or')} of {field.id}: nothing tells {listed(alike)} "
                "apart",
                "name in a rule what makes a difference, make one choice of what does not, or keep it on purpose "
                "with a test whose prospect has it",
                ("fields", field.id, "choices", unused[0]),
                key=True,
            )


def _changes_nothing(subject: Subject, field: str, choice: str) -> bool:
    """Whether it is sure that with this choice no criterion gives or takes points, decides or advises anything."""
    resting = [one for one in subject.pack.criteria if field in one.fields]
    if any(one.required or one.otherwise or any(item.when == "not met" for item in one.advice) for one in resting):
        return False
    return all(judge(level.when, {field: choice}) is False for one in resting for level in one.levels)


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
        of_author=True,
    ),
    Check(
        "no-question",
        "A field that a criterion rests on has no question.",
        "What is unknown is asked for, in interviews and on call sheets. Without `question:` people are asked the mere "
        "label. Texts such as notes are asked for only where they have a question, so they need none.",
        _no_question,
        of_author=True,
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
        "choice-unused",
        "Nothing uses a choice of a field.",
        "A choice that no rule names is no fault: it says that the others are not the case, which may cost points or "
        "disqualify. But here is a further one that earns and costs nothing: it comes out exactly as another choice "
        "does, whatever else is known, so one would do for both. It may be there on purpose: because people answer "
        "so, or to show that it makes no difference. Say so with a test whose prospect has it; then nothing is said, "
        "nor of a choice that an inference gives or that is assumed.",
        _unused_choices,
        of_author=True,
    ),
)
