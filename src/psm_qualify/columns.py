"""What stands in the columns of one table: counts, samples worth showing, and what could not be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from psm_qualify.engines.base import IrregularError
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.profiles import ColumnReader, Counted, DirectProfiler, Profiler
from psm_qualify.facts.decimals import decimal_point
from psm_qualify.facts.readers import TextReader, Value
from psm_qualify.facts.text import clean
from psm_qualify.results import NotUnderstood
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import Job, engine_for
from psm_qualify.sources.mapping import Mapped
from psm_qualify.sources.table import Table
from psm_qualify.stopping import load
from psm_qualify.summaries import not_understood

MOST_SAMPLES = 4


@dataclass(frozen=True, slots=True)
class SeenTable:
    """What was found in a table: its columns' readers, sample texts and counts, and what fields could not read."""

    mapped: Mapped
    readers: Sequence[ColumnReader]
    texts: Sequence[Sequence[str]]
    counted: Counted
    odd: Mapping[str, Sequence[NotUnderstood]]


def look(job: Job) -> SeenTable:
    """Reads a table: as it stands where that can be, else from a regular copy."""
    while True:
        odd, commas, profiler_of = _score(job)
        mapped = job.task.tables[0]
        try:
            profiler = profiler_of(mapped.table)
            readers = _readers(mapped, job.task.pack, commas)
            texts = [_choose(reader, found) for reader, found in zip(readers, profiler.frequent(readers), strict=True)]
            return SeenTable(mapped, readers, texts, profiler.count(readers, texts), odd)
        except IrregularError:  # damage in a column that was not read before
            job.read_carefully([0])


_MakeProfiler = Callable[[Table], Profiler]


def _score(job: Job) -> tuple[Mapping[str, Sequence[NotUnderstood]], frozenset[str], _MakeProfiler]:
    """What fields could not read, which of them write a decimal comma, and what looks at the columns."""
    engine = engine_for(job.task)
    try:
        if not job.task.tables[0].columns:
            job.read_carefully([0])  # no engine can tell whether a row is blank
            odd: tuple[NotUnderstood, ...] = ()
            commas: frozenset[str] = frozenset()
        else:
            scored = job.run(engine)
            odd, commas = not_understood(job.task, scored), scored.commas[0]
    finally:
        engine.close()
    by_field: dict[str, list[NotUnderstood]] = {}
    for one in odd:
        by_field.setdefault(one.field, []).append(one)
    if isinstance(engine, DirectEngine):
        return by_field, commas, lambda table: DirectProfiler(table, job.task.wanted)
    load("psm_qualify.engines.duckdb_profile")  # a heavy import: only where a list is long
    from psm_qualify.engines.duckdb_profile import DuckDBProfiler

    return by_field, commas, lambda table: DuckDBProfiler(table, job.task.wanted)


def _readers(mapped: Mapped, pack: Pack, commas: frozenset[str]) -> list[ColumnReader]:
    """By column: that of the field which it feeds, else one that leaves text as it stands."""
    unknown = next(iter(pack.fields.values())).reader.unknown  # the same for all fields
    readers = [ColumnReader(TextReader(unknown))] * len(mapped.table.headers)
    for field, index in mapped.columns.items():
        readers[index] = ColumnReader(pack.fields[field].reader, field in commas)
    return readers


def _choose(reader: ColumnReader, texts: Sequence[str]) -> list[str]:
    """Samples: the most frequent texts that are understood, one of each kind first."""
    sound = [text for text in texts if value_of(reader, text) is not None]
    kinds: dict[str, str] = {}
    for text in sound:
        kinds.setdefault(_kind(reader, text), text)
    chosen = list(islice(dict.fromkeys((*kinds.values(), *sound)), MOST_SAMPLES))
    return sorted(chosen, key=sound.index)


def value_of(reader: ColumnReader, text: str) -> Value | None:
    return reader.reader.read(decimal_point(text) if reader.swapped else text).value


def _kind(reader: ColumnReader, text: str) -> str:
    """What is alike in texts: how numbers are written, what an option means. Free texts are all of one kind."""
    value = value_of(reader, text)
    if isinstance(reader.reader, TextReader):
        return ""
    if isinstance(value, str):
        return value
    return re.sub("[0-9]+", "0", clean(text))
