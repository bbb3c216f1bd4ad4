"""What a list holds: which column feeds which field, how it is read, what is not used, and what is missing."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from psm_qualify.assess import in_words
from psm_qualify.columns import SeenTable, look, value_of
from psm_qualify.engines.base import DecimalSign, Task
from psm_qualify.engines.profiles import ColumnReader
from psm_qualify.progress import Listener, unheard
from psm_qualify.results import NotUnderstood
from psm_qualify.rules.inference import AtMost, FromContacts, FromText, Inference
from psm_qualify.rules.loader import load_pack
from psm_qualify.rules.pack import Field, Pack
from psm_qualify.scoring import Job, open_tables, paths_of
from psm_qualify.sources.mapping import has_column, known_headers, map_tables
from psm_qualify.sources.table import Origin, Wanted
from psm_qualify.suggestions import Suggester, Suggestion

_MOST_HEADERS = 6  # that would have worked, of a field that has no column
CONTACTS = "a contact list"
"""What a missing field may be inferred from beside other fields."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text of a column, how a field reads it, and in how many rows it stands."""

    text: str
    read: str
    count: int


@dataclass(frozen=True, slots=True)
class FedField:
    """A field and the column that feeds it. `filled` rows say something, and of those so many are `understood`."""

    field: str
    label: str
    type: str
    column: str
    filled: int
    understood: int
    samples: tuple[Sample, ...]
    not_understood: tuple[NotUnderstood, ...]


@dataclass(frozen=True, slots=True)
class UnclaimedColumn:
    """A column that feeds no field, and the field that it may mean. A blank header is told as it stands."""

    column: str
    position: int  # from 1
    filled: int
    samples: tuple[str, ...]
    suggestion: Suggestion | None


@dataclass(frozen=True, slots=True)
class SurveyedFile:
    """One file: how it was read, its sound and its rejected rows, its columns."""

    name: str
    origin: Origin
    rows: int
    rejected: int
    fields: tuple[FedField, ...]
    unclaimed: tuple[UnclaimedColumn, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MissingField:
    """A field on which criteria rest and that no column feeds: headers that would have worked, and the labels of
    what it may be inferred from."""

    field: str
    label: str
    headers: tuple[str, ...]
    inferred_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """Several files, surveyed. `mapping` (field -> header) is in use; what is `suggested` for other fields is not."""

    pack: Pack
    files: tuple[SurveyedFile, ...]
    missing: tuple[MissingField, ...]
    mapping: Mapping[str, str]
    suggested: Mapping[str, str]


def survey(
    files: str | Path | Sequence[str | Path],
    pack: Pack | None = None,
    *,
    mapping: Mapping[str, str] | None = None,
    names: Mapping[Path, str] | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    records: str | None = None,
    decimal: DecimalSign | None = None,
    infer: bool = True,
    listener: Listener = unheard,
) -> Survey:
    """Says how lists are read, and what of them is not: nothing is scored.

    The arguments are those of `score`. Raises InputError, UsageError; a list in which no column is recognised is none
    of these faults.
    """
    paths, pack, mapping = paths_of(files), pack or load_pack(), mapping or {}
    with tempfile.TemporaryDirectory(prefix="psm-qualify-") as folder:
        wanted = Wanted(Path(folder), known_headers(pack, mapping), encoding, sheet, records, listener)
        mapped = map_tables(open_tables(paths, wanted, names or {}), pack, mapping, needed=False)
        suggester = Suggester(pack)
        surveyed = tuple(
            _surveyed(Task([one], pack, wanted, infer=False, decimal=decimal), mapping, suggester) for one in mapped
        )
    in_use: dict[str, str] = {}
    for file in surveyed:
        for fed in file.fields:
            in_use.setdefault(fed.field, fed.column)
    in_order = {field: in_use[field] for field in pack.fields if field in in_use}
    return Survey(pack, surveyed, _missing(pack, in_order, infer), in_order, _suggested(surveyed, in_order))


def _surveyed(task: Task, mapping: Mapping[str, str], suggester: Suggester) -> SurveyedFile:
    table = task.tables[0].table
    own = {field: header for field, header in mapping.items() if has_column(table, header)}
    seen = look(Job(task, own, needed=False))
    table, odd = seen.mapped.table, seen.odd
    fields = tuple(_fed(task.pack, seen, field, odd.get(field, ())) for field in seen.mapped.columns)
    fed = frozenset(seen.mapped.columns)
    used = frozenset(seen.mapped.columns.values())
    unclaimed = tuple(
        _unclaimed(seen, index, suggester, fed)
        for index in range(len(table.headers[: table.beside]))
        if index not in used and (table.headers[index] or seen.counted.filled[index])
    )
    notes = (*table.notes, *seen.mapped.notes)
    return SurveyedFile(
        table.name, table.origin, seen.counted.records, len(table.rejected), fields, unclaimed, notes
    )  # fmt: skip


def _fed(pack: Pack, seen: SeenTable, field: str, odd: Sequence[NotUnderstood]) -> FedField:
    index, about = seen.mapped.columns[field], pack.fields[field]
    filled = seen.counted.filled[index]
    samples = tuple(
        Sample(text.strip(), _read_as(about, seen.readers[index], text), count)
        for text, count in zip(seen.texts[index], seen.counted.texts[index], strict=True)
    )
    understood = filled - sum(one.count for one in odd)
    return FedField(
        field, about.label, about.type, seen.mapped.header(field), filled, understood, samples, tuple(odd)
    )  # fmt: skip


def _read_as(field: Field, reader: ColumnReader, text: str) -> str:
    value = value_of(reader, text)
    assert value is not None  # samples are chosen among what is understood
    return in_words(field, value)


def _unclaimed(seen: SeenTable, index: int, suggester: Suggester, fed: Collection[str]) -> UnclaimedColumn:
    header, texts = seen.mapped.table.headers[index], seen.texts[index]
    return UnclaimedColumn(
        header,
        index + 1,
        seen.counted.filled[index],
        tuple(text.strip() for text in texts),
        suggester.suggest(header, texts, fed),
    )


def _missing(pack: Pack, in_use: Mapping[str, str], infer: bool) -> tuple[MissingField, ...]:
    return tuple(
        MissingField(
            field.id, field.label, field.columns[:_MOST_HEADERS], _sources(pack, field, in_use) if infer else ()
        )
        for field in pack.fields.values()
        if field.id in pack.used_fields and field.id not in in_use
    )


def _sources(pack: Pack, field: Field, in_use: Mapping[str, str]) -> tuple[str, ...]:
    """The labels of what a field may be inferred from."""
    found = (label for rule in field.infer for label in _sources_of(pack, rule, in_use))
    return tuple(dict.fromkeys(found))


def _sources_of(pack: Pack, rule: Inference, in_use: Mapping[str, str]) -> tuple[str, ...]:
    match rule:
        case FromText(sources=sources):
            return tuple(pack.fields[source].label for source in sources if source in in_use)
        case AtMost(field=field):
            return (pack.fields[field].label,) if field in in_use else ()
        case FromContacts():
            return (CONTACTS,)


def _suggested(files: Sequence[SurveyedFile], in_use: Mapping[str, str]) -> dict[str, str]:
    """The best column for each field that has none."""
    found: dict[str, tuple[int, str]] = {}
    for file in files:
        for column in file.unclaimed:
            one = column.suggestion
            if one is not None and one.field not in in_use and one.score > found.get(one.field, (0, ""))[0]:
                found[one.field] = (one.score, column.column)
    return {field: header for field, (_, header) in found.items()}
