"""What a scored list is summed up by: what was read, what of it was not understood or left out, and what to note."""

from __future__ import annotations

from collections.abc import Iterator

from psm_qualify.engines.base import At, Dropped, Scored, Task
from psm_qualify.facts.text import shortened
from psm_qualify.hints import hint
from psm_qualify.results import Input, NotUnderstood, RecordPlace, Summary, UsedAnswers
from psm_qualify.sources.answers import AnswerBook, AnsweredFirms, notes_on
from psm_qualify.sources.table import Rejected

_MOST_HINTS = 200  # texts that are looked at for what they could mean, the most frequent of each field first


def summary_of(task: Task, scored: Scored, returned: int) -> Summary:
    """What was read and how it came out; `returned` prospects are chosen."""
    pack, tables = task.pack, task.tables
    rejected = tuple(row for mapped in tables for row in mapped.table.rejected)
    order = {mapped.table.name: number for number, mapped in enumerate(tables)}
    dropped = (_rejected(task, one) for one in scored.dropped)
    rejected = tuple(sorted((*rejected, *dropped, *scored.rejected), key=lambda one: (order[one.file], one.row)))
    count = sum(scored.accepted)
    columns: dict[str, str] = {}
    for mapped in tables:
        for field in mapped.columns:
            columns.setdefault(field, mapped.header(field))
    notes = [note for mapped in tables for note in (*mapped.table.notes, *mapped.notes)]
    notes += _scoring_notes(task, scored)
    read = Input(
        tuple(mapped.table.name for mapped in tables),
        count + len(rejected) + scored.more_rejected,
        count,
        returned,
        columns,
        tuple(dict.fromkeys(header for mapped in tables for header in mapped.unused if header)),
        not_understood(task, scored),
        rejected,
        tuple(notes),
        tuple(mapped.table.origin for mapped in tables),
        scored.repeated,
        scored.joined,
        tuple(_used_answers(task, scored)),
    )
    return Summary(pack, read, scored.verdicts, unfed=pack.used_fields.isdisjoint(task.fields))


def _used_answers(task: Task, scored: Scored) -> Iterator[UsedAnswers]:
    for book, joined in zip(task.answers, scored.answered, strict=True):
        if book is not None and joined is not None:
            count = sum(map(len, joined.answers.values()))
            yield UsedAnswers(book.name, count, len(joined.answers), joined.left)


def not_understood(task: Task, scored: Scored) -> tuple[NotUnderstood, ...]:
    """The texts that fields could not read, each with what it could mean."""
    return tuple(
        NotUnderstood(
            one.field,
            one.text,
            one.count,
            tuple(place_of(task, at) for at in one.places),
            hint(task.pack.fields[one.field], one.text) if number < _MOST_HINTS else None,
        )
        for number, one in enumerate(scored.odd)
    )


def place_of(task: Task, at: At) -> RecordPlace:
    """Where a record stands, as users are told."""
    return RecordPlace(task.tables[at.table].table.name, at.row, at.line)


def _rejected(task: Task, one: Dropped) -> Rejected:
    place, kept = place_of(task, one.at), place_of(task, one.kept.at)
    where = f"line {kept.line}" if kept.file == place.file else f"{kept.file} line {kept.line}"
    return Rejected(place.file, place.row, place.line, f"the same {one.kept.by} as {where}, which is kept", one.text)


def _scoring_notes(task: Task, scored: Scored) -> Iterator[str]:
    """What scoring found out about the list."""
    for mapped, commas in zip(task.tables, scored.commas, strict=True):
        if commas and task.decimal is None:
            headers = ", ".join(repr(mapped.header(field)) for field in mapped.columns if field in commas)
            yield (
                f"{mapped.table.name}: {headers} is read with a decimal comma (1.200,5 is twelve hundred and a half); "
                "--decimal point reads it otherwise"
            )
    by_file: dict[str, list[tuple[AnswerBook, AnsweredFirms]]] = {}
    for book, joined in zip(task.answers, scored.answered, strict=True):
        if book is not None and joined is not None:
            by_file.setdefault(book.name, []).append((book, joined))
    for used in by_file.values():
        yield from notes_on(used, task.pack)
    if scored.joined is not None:
        one = scored.joined
        left = ", ".join(shortened(firm, 40) for firm in one.left if firm)
        tail = f"; no prospect is {left}{', …' if one.people - one.joined > len(one.left) else ''}" if left else ""
        yield f"contacts: {one.joined} of {one.people} people belong to {one.prospects} prospects{tail}"
    if scored.more_rejected:
        yield f"{scored.more_rejected:,} more rows are damaged than are listed"
    if scored.dropped:
        count = len(scored.dropped)
        yield f"{count} row{'s' if count > 1 else ''} left out as the same firm as another (see the rejected rows)"
    elif scored.repeated:
        yield f"{scored.repeated} rows seem to be firms that stand more than once; --dedupe keeps one of each"
