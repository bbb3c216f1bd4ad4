"""Checks on the tests of a pack: what they leave out."""

from __future__ import annotations

from collections.abc import Iterator

from psm_qualify.authoring.review.base import Check, Remark, Subject, path_of


def _no_tests(subject: Subject) -> Iterator[Remark]:
    if not subject.shape.tests:
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
    ),
)
