"""The main job: files and a pack in, a ranking out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from psm_qualify.advise.questions import Advisor
from psm_qualify.advise.standings import Standings
from psm_qualify.assess import Evidence
from psm_qualify.engines.base import (
    DecimalSign,
    Engine,
    IrregularError,
    Ranked,
    RankedCells,
    Scored,
    Task,
    said,
)
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.memory import read_limit
from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.judging import Case, Judge
from psm_qualify.progress import WRITING, Listener, Progress, counted, unheard
from psm_qualify.results import Duplicate, Prospect, RecordPlace
from psm_qualify.rules.loader import load_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.rules.scoring import UNKNOWN_BAND
from psm_qualify.selection import Filter
from psm_qualify.sources.answers import AnswerBook, read_answers
from psm_qualify.sources.contacts import Contacts, contact_headers, map_contacts
from psm_qualify.sources.delimited import read_carefully
from psm_qualify.sources.formats import open_table
from psm_qualify.sources.mapping import known_headers, map_tables, size_of
from psm_qualify.sources.table import Table, Wanted
from psm_qualify.stopping import load
from psm_qualify.summaries import place_of, summary_of

if TYPE_CHECKING:
    from psm_qualify.engines.duckdb import DuckDBEngine

_SHORT = 1 << 18  # bytes; a list below this is judged prospect by prospect
_SHORT_TO_SEARCH = 1 << 16  # the same where texts are searched for facts, which takes Python longer


@dataclass
class Job:
    """One run. Its tables change where a file turns out irregular and is read record by record."""

    task: Task
    mapping: Mapping[str, str]
    needed: bool = True  # some column has to feed some field

    def run(self, engine: Engine) -> Scored:
        """Scores the tables: as they stand where that can be, else from a regular copy."""
        self.read_carefully([number for number, one in enumerate(self.task.tables) if one.table.expected is None])
        while True:
            try:
                return engine.score(self.task)
            except IrregularError as found:
                self.read_carefully(found.tables)

    def read_carefully(self, numbers: Sequence[int]) -> None:
        """Puts regular copies in the place of some tables."""
        tables = [mapped.table for mapped in self.task.tables]
        for number in numbers:
            if not tables[number].scan.placed:
                tables[number] = read_carefully(tables[number], self.task.wanted)
        self.task = replace(self.task, tables=map_tables(tables, self.task.pack, self.mapping, self.needed))


class Ranking:
    """A scored list. Iterate over it for the chosen prospects, best first; close it, or use it in a `with` block.

    `summary` says what was read and how it came out. Prospects are made as they are asked for, so a list of any
    size can be walked through.
    """

    def __init__(self, job: Job, engine: Engine, chosen: Filter, held: ExitStack) -> None:
        self._job = job
        self._filter = chosen
        self._held = held
        self._pack = job.task.pack
        self._run(engine)

    def _run(self, engine: Engine) -> None:
        self._engine = engine
        self.__dict__.pop("judge", None)  # its standings are those of another engine
        scored = self._job.run(engine)
        self._commas = scored.commas
        self._returned = engine.choose(self._filter)
        self.summary = summary_of(self._job.task, scored, self._returned)

    def __iter__(self) -> Iterator[Prospect]:
        stage = Progress(WRITING, total=self._returned)
        return counted(map(self.judge.prospect, self.cases()), self._job.task.wanted.listener, stage, every=100)

    def write_csv(self, path: Path, keep_columns: bool = False) -> None:
        """Writes the chosen prospects as CSV: the record's id and name first, or every original column."""
        made = _duckdb_engine()
        if isinstance(self._engine, made):
            engine = self._engine
        else:  # a flat file has one maker, whatever the size of the list
            engine = made()
            self._held.callback(engine.close)
            self._run(engine)
        try:
            engine.write_csv(path, keep_columns)
        except IrregularError as found:  # damage in a column that was not read before
            self._job.read_carefully(found.tables)
            self._run(engine)
            engine.write_csv(path, keep_columns)

    def close(self) -> None:
        """Frees the engine and temporary files."""
        self._held.close()

    def __enter__(self) -> Ranking:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def who(self) -> Iterator[Ranked]:
        """Who the chosen prospects are."""
        return self._engine.who()

    def choose(self, chosen: Filter) -> None:
        """Chooses other prospects of the list. `summary` goes on telling how many the first filter returned."""
        self._filter = chosen
        self._returned = self._engine.choose(chosen)

    def calls(self, most: int | None = None) -> Iterator[Prospect]:
        """The prospects that the filter lets through, however many it shows: those with an open verdict first, then
        those with an open band; `most` of them. They are the chosen ones from now on."""
        self.choose(replace(self._filter, top=most, calls=True))
        return iter(self)

    def cases(self) -> Iterator[Case]:
        """The chosen prospects before they are judged."""
        return map(self._case, self._engine.cells())

    @cached_property
    def judge(self) -> Judge:
        """Judges the prospects of this list."""
        return Judge(Advisor(self._pack), Standings.of(self._pack, self._engine.standings()))

    @property
    def task(self) -> Task:
        """What was scored: the lists as they were read, and how."""
        return self._job.task

    def place_of(self, one: Ranked) -> RecordPlace:
        """Where a prospect stands."""
        return place_of(self._job.task, one.at)

    def _case(self, ranked: RankedCells) -> Case:
        task, at = self._job.task, ranked.at
        mapped = task.tables[at.table]
        given = Evidence(ranked.cells, ranked.titles, self._commas[at.table], task.infer, ranked.answers)
        headers = {field: mapped.header(field) for field in mapped.columns}
        id_, title = said(ranked.cells.get("id")), said(ranked.cells.get("name"))
        twins = tuple(Duplicate(place_of(task, twin.at), twin.by) for twin in ranked.twins)
        return Case(ranked.rank, place_of(task, at), given, headers, id_, title, twins)


def score(
    files: str | Path | Sequence[str | Path],
    pack: Pack | None = None,
    *,
    chosen: Filter | None = None,
    mapping: Mapping[str, str] | None = None,
    names: Mapping[Path, str] | None = None,
    engine: Engine | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    records: str | None = None,
    contacts: str | Path | None = None,
    infer: bool = True,
    dedupe: bool = False,
    decimal: DecimalSign | None = None,
    answers: Mapping[Path, Path] | None = None,
    memory_limit: str | None = None,
    listener: Listener = unheard,
) -> Ranking:
    """Scores and ranks the prospects in lists: CSV, TSV, workbooks, JSON, JSON Lines, Parquet, each also as .gz.

    `pack` is the shipped PSM pack unless given; `mapping` (field -> header) goes before the pack's header synonyms;
    `chosen` selects what is returned, ranks stay those of the full list; `names` gives a file another name in
    what is reported; `engine` is chosen by the length of the list unless given. `encoding` of the text, `sheet` of a
    workbook, `records` (the path of the list in a JSON document) and the `decimal` sign are found out unless given.

    `contacts` is a list of people with firm and job title; `infer` False draws no facts from them, nor from notes.
    `dedupe` keeps one of several rows that seem to be the same firm, the one of which most is known. `answers` gives
    for a list the file in which answers about its firms are kept; they go before its cells.

    `memory_limit` (500MB, 2GB): what does not fit is written to disk meanwhile. `listener` hears how far the work is.

    Raises InputError, MemoryLimitError, UsageError.
    """
    paths = paths_of(files)
    pack = pack or load_pack()
    chosen = chosen or Filter()
    check_filter(chosen, pack)
    limit = None if memory_limit is None else read_limit(memory_limit)
    mapping = mapping or {}
    held = ExitStack()
    try:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="psm-qualify-")))
        wanted = Wanted(folder, known_headers(pack, mapping), encoding, sheet, records, listener)
        mapped = map_tables(open_tables(paths, wanted, names or {}), pack, mapping)
        people = None if contacts is None else _open_contacts(Path(contacts), names or {}, wanted)
        books = _open_answers(paths, answers or {})
        task = Task(mapped, pack, wanted, people, infer, dedupe, decimal, books, limit)
        engine = engine or engine_for(task)
        held.callback(engine.close)
        return Ranking(Job(task, mapping), engine, chosen, held)
    except BaseException:
        held.close()
        raise


def paths_of(files: str | Path | Sequence[str | Path]) -> list[Path]:
    """One file or several as paths. Raises UsageError where there is none."""
    if isinstance(files, (str, Path)):
        files = [files]
    if not files:
        raise UsageError("name at least one list")
    return [Path(file) for file in files]


def open_tables(paths: Sequence[Path], wanted: Wanted, names: Mapping[Path, str]) -> list[Table]:
    """The tables in some files, their cells not read yet; `names` gives a file another name in what is reported."""
    return [open_table(path, names.get(path, str(path)), wanted) for path in paths]


def _open_contacts(path: Path, names: Mapping[Path, str], of_list: Wanted) -> Contacts:
    wanted = Wanted(of_list.folder, contact_headers(), listener=of_list.listener)
    return map_contacts(open_table(path, names.get(path, str(path)), wanted), wanted)


def _open_answers(paths: Sequence[Path], answers: Mapping[Path, Path]) -> tuple[AnswerBook | None, ...]:
    """For each list, the answers that are kept about its firms."""
    if not answers:
        return ()
    books = {kept: read_answers(kept) for kept in dict.fromkeys(answers.values())}
    return tuple(books[answers[path]].about(path) if path in answers else None for path in paths)


def engine_for(task: Task) -> Engine:
    """The engine that suits the length of the list, and can keep to a limit where there is one."""
    searched = not task.columns.isdisjoint(task.pack.searched) and task.infer
    size = size_of(task.tables)
    if task.memory_limit is None and size < (_SHORT_TO_SEARCH if searched else _SHORT):
        return DirectEngine()
    return _duckdb_engine()()


def _duckdb_engine() -> type[DuckDBEngine]:
    """The heaviest import: only where it is needed."""
    load("psm_qualify.engines.duckdb")
    from psm_qualify.engines.duckdb import DuckDBEngine

    return DuckDBEngine


def check_filter(chosen: Filter, pack: Pack) -> None:
    """Raises UsageError where a filter names a scorecard or band that the pack has not."""
    for card, bands in chosen.bands.items():
        if card not in pack.scorecards:
            raise UsageError(
                f"--band {card}=…: the pack has no scorecard {card!r}; " + did_you_mean(card, tuple(pack.scorecards))
            )
        known = (*(band.id for band in pack.scorecards[card].bands), UNKNOWN_BAND)
        for band in bands:
            if band not in known:
                raise UsageError(f"--band {card}={band}: {card} has the bands {', '.join(known)}")
