"""Checks that take a list: what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from psm_qualify.authoring.review.base import Check, Remark, Subject, path_of
from psm_qualify.authoring.review.tally import Tally

_ENOUGH = Fraction(7, 10)


def _never_fires(subject: Subject) -> Iterator[Remark]:
    tally = subject.tally
    if tally is None or not tally.rows:
        return
    for criterion, came in tally.came.items():
        if not came.get(True):
            counts = {"not met": came.get(False, 0), "unknown": came.get(None, 0)}
            told = " and ".join(f"{count} {word}" for word, count in counts.items() if count)
            yield Remark(
                f"the criterion {criterion.id} is met in none of {_rows(tally)}: {told}",
                _why(came.get(False, 0)),
                path_of(criterion),
                key=True,
            )


def _rows(tally: Tally) -> str:
    return f"{tally.rows} row{'' if tally.rows == 1 else 's'} of {tally.name}"


def _why(not_met: int) -> str:
    if not_met:
        return "see whether it asks too much, or whether the list is of other prospects than you have in mind"
    return "its facts are not in the list: ask for them, or give its fields the headers of the list as `columns`"


def _little_known(subject: Subject) -> Iterator[Remark]:
    tally = subject.tally
    if tally is None or not tally.rows:
        return
    for name in subject.pack.fields:
        known = tally.known.get(name, 0)
        if name in subject.pack.used_fields and Fraction(known, tally.rows) < _ENOUGH:
            fed = "its other cells are blank or not understood: `psm-qualify fields` shows them"
            unfed = "no column feeds it: `psm-qualify fields` shows which may, and `columns` is where its header goes"
            yield Remark(
                f"the field {name} is known in {known} of {_rows(tally)} ({100 * known // tally.rows}%)",
                fed if name in tally.columns else unfed,
                ("fields", name),
                key=True,
            )


CHECKS = (
    Check(
        "never-fires",
        "A criterion is met by no prospect of the list.",
        "Told with --data. Either its facts are not in the list, or it asks more than anybody has, or a header or a "
        "word of the list is not known to the field. What is unknown is no fault of the rules: it is what there is "
        "to ask.",
        _never_fires,
    ),
    Check(
        "little-known",
        "A field is known in less than 70% of the rows.",
        "Told with --data, of fields that some criterion rests on. Values that are only assumed do not count; inferred "
        "ones do. A scorecard that rests on facts which lists seldom hold needs its questions asked; where the list "
        "does hold them, the field lacks the header (`columns`), or words that its cells use.",
        _little_known,
    ),
)
