"""Checks that take a list: what the rules make of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from psm_qualify.authoring.review.base import Check, Remark, Subject, listed, path_of
from psm_qualify.authoring.review.tally import Tally
from psm_qualify.rules.pack import Criterion

_ENOUGH = Fraction(7, 10)


def _never_fires(subject: Subject) -> Iterator[Remark]:
    tally = subject.tally
    if tally is None or not tally.rows:
        return
    silent = _without_facts(tally, _absent(subject, tally))
    for criterion, came in tally.came.items():
        if not came.get(True) and criterion not in silent:
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
    absent = _absent(subject, tally)
    for name in subject.pack.fields:
        known = tally.known.get(name, 0)
        used = name in subject.pack.used_fields and name not in absent
        if used and Fraction(known, tally.rows) < _ENOUGH:
            fed = "its other cells are blank or not understood: `psm-qualify fields` shows them"
            unfed = "no column feeds it, what is known was inferred: `psm-qualify fields` shows which columns may"
            yield Remark(
                f"the field {name} is known in {known} of {_rows(tally)} ({_percent(known, tally.rows)}%)",
                fed if name in tally.columns else unfed,
                ("fields", name),
                key=True,
            )


def _percent(part: int, whole: int) -> int:
    """A share in percent, rounded half up."""
    return (200 * part + whole) // (2 * whole)


def _not_in_list(subject: Subject) -> Iterator[Remark]:
    tally = subject.tally
    absent = _absent(subject, tally) if tally is not None and tally.rows else ()
    if tally is None or not absent:
        return
    silent = [criterion.id for criterion in _without_facts(tally, absent)]
    one = len(absent) == 1
    told = f", so {'this stays' if len(silent) == 1 else 'these stay'} unknown: {listed(silent)}" if silent else ""
    yield Remark(
        f"nothing in {_rows(tally)} is about {'the field' if one else f'{len(absent)} fields:'} {listed(absent)}{told}",
        f"ask for {'it' if one else 'them'}, or where the list does hold {'it' if one else 'them'} "
        "(`psm-qualify fields` shows its columns), give the field that header under `columns`",
        ("fields", absent[0]),
        key=True,
    )


def _absent(subject: Subject, tally: Tally) -> tuple[str, ...]:
    """The fields that criteria rest on, that no column feeds and of which nothing was inferred."""
    used = (name for name in subject.pack.fields if name in subject.pack.used_fields)
    return tuple(name for name in used if name not in tally.columns and not tally.known.get(name))


def _without_facts(tally: Tally, absent: Collection[str]) -> list[Criterion]:
    """The criteria that stay unknown because the list holds nothing of their fields."""
    return [
        criterion
        for criterion, came in tally.came.items()
        if came.get(None) == tally.rows and set(criterion.fields) <= set(absent)
    ]


CHECKS = (
    Check(
        "never-fires",
        "A criterion is met by no prospect of the list.",
        "Told with --data. Either its facts are not in the list, or it asks more than anybody has, or a header or a "
        "word of the list is not known to the field. What is unknown is no fault of the rules: it is what there is "
        "to ask. Of criteria whose facts are all missing from the list one finding tells (not-in-list).",
        _never_fires,
    ),
    Check(
        "not-in-list",
        "The list has no column for some fields.",
        "Told with --data, of all fields together that criteria rest on, that no column feeds and of which nothing "
        "was inferred. Lists seldom hold what only a conversation brings out, so this is most often no fault: it is "
        "what there is to ask. Where the list does hold it, its header is missing from `columns`.",
        _not_in_list,
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
