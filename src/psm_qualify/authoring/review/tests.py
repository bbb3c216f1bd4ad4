"""Checks on the tests of a pack: what they leave out, and what in them can't be meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from psm_qualify.authoring.review.base import Check, Remark, Subject, listed, path_of
from psm_qualify.facts.text import shortened
from psm_qualify.rules.model import Expectation

_HIGHEST = {"score": 100, "low": 100, "high": 100, "potential": 100, "known": 1}
"""What the figures of a scorecard can reach, from 0."""


def _no_tests(subject: Subject) -> Iterator[Remark]:
    if not subject.shape.tests and subject.own is None:  # a layer that replaces something drops those below it
        yield Remark(
            "the pack has no tests: nothing would show that a change moved somebody it should not",
            "add `tests:` with a prospect and what is to come out for it",
            ("pack",),
            key=True,
        )


def _untested(subject: Subject) -> Iterator[Remark]:
    named = {name for test in subject.shape.tests for name in test.expect.criteria}
    for criterion in subject.pack.criteria if subject.shape.tests else ():
        if named.isdisjoint({criterion.id, f"{criterion.scorecard}.{criterion.id}"}):
            yield Remark(
                f"no test says how the criterion {criterion.id} comes out",
                f"add a test, or to one that is there: expect: {{criteria: {{{criterion.id}: met}}}}",
                path_of(criterion),
                key=True,
            )


def _named_twice(subject: Subject) -> Iterator[Remark]:
    first: dict[str, int] = {}
    for number, test in enumerate(subject.shape.tests):
        before = first.setdefault(test.name, number)
        if before != number:
            place = subject.source.places.locate(("tests", before, "name"))
            yield Remark(
                f"two tests are called {shortened(test.name)!r}: the other stands at {place}",
                "say in the name what this one shows; where both show the same, take one out",
                ("tests", number, "name"),
            )


def _out_of_reach(subject: Subject) -> Iterator[Remark]:
    for number, test in enumerate(subject.shape.tests):
        for card, expected in test.expect.scorecards.items():
            for figure, highest in _HIGHEST.items():
                value = getattr(expected, figure)
                if value is not None and not 0 <= value <= highest:
                    yield Remark(
                        f"this test can never pass: {card}.{figure} goes from 0 to {highest}",
                        "write the figure as `psm-qualify rules test` and results show it",
                        ("tests", number, "expect", card, figure),
                    )


def _unreadable(subject: Subject) -> Iterator[Remark]:
    for number, test in enumerate(subject.shape.tests):
        for name, cell in test.prospect.items():
            read = subject.pack.fields[name].reader.read(cell)
            if name in subject.pack.used_fields and not read.understood and not _on_purpose(subject, name, test.expect):
                yield Remark(
                    f"{name} does not understand the cell {shortened(cell)!r}, so it is unknown in this test",
                    f"write it as {name} is read; if that is what the test shows, let it expect unknown of "
                    f"{listed(_resting_on(subject, name), 'or')}",
                    ("tests", number, "prospect", name),
                )


def _on_purpose(subject: Subject, field: str, expect: Expectation) -> bool:
    """Whether a test shows that something stays unknown for the sake of a field."""
    outcomes = (expect.criteria.get(name) for name in chain(*_names(subject, field)))
    return expect.verdict == "needs_info" or "unknown" in outcomes


def _resting_on(subject: Subject, field: str) -> Iterator[str]:
    return (name for name, _ in _names(subject, field))


def _names(subject: Subject, field: str) -> Iterator[tuple[str, str]]:
    """By what a test may name each criterion that rests on a field."""
    return ((one.id, f"{one.scorecard}.{one.id}") for one in subject.pack.criteria if field in one.fields)


CHECKS = (
    Check(
        "no-tests",
        "The pack has no tests.",
        "A test is a prospect and what must come out for it. With a few of them, `rules test` shows at once when a "
        "change moves somebody whom it should not.",
        _no_tests,
    ),
    Check(
        "criterion-untested",
        "No test says how a criterion comes out.",
        "A test names a criterion under `expect: {criteria: ...}` as met, not met or unknown. Without it a slip in its "
        "condition is noticed only when somebody wonders at a score. `rules test --coverage` tells which outcomes the "
        "tests reach.",
        _untested,
        of_author=True,
    ),
    Check(
        "test-named-twice",
        "Two tests have the same name.",
        "Failures are told by the name of the test, and `rules test -k` chooses by it. With two of one name nobody "
        "knows which is meant; most often one was copied and the name was left as it was.",
        _named_twice,
    ),
    Check(
        "test-never-passes",
        "A test expects a figure that no scorecard can have.",
        "Scores go from 0 to 100, and `known`, the share that is settled, from 0 to 1. Most often a digit too many was "
        "typed, or points were written for a score.",
        _out_of_reach,
    ),
    Check(
        "test-cell-unreadable",
        "A cell of a test is not understood.",
        "A cell that its field does not understand is unknown, in a test as in a list, so the test may pass without "
        "showing what its name says. A test may hold such a cell on purpose: where it expects unknown of a criterion "
        "that rests on the field, or the verdict needs_info, nothing is said; nor of fields that no criterion rests "
        "on.",
        _unreadable,
    ),
)
