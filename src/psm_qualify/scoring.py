"""The main job: files and a pack in, a ranking out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from psm_qualify.advise import Advisor, advice
from psm_qualify.assess import assess
from psm_qualify.engines.base import Engine, IrregularError, RankedCells, Scored
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.hints import hint
from psm_qualify.results import Input, NotUnderstood, Prospect, RecordPlace, Summary
from psm_qualify.rules.loader import load_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.rules.scoring import UNKNOWN_BAND
from psm_qualify.selection import Filter
from psm_qualify.sources.delimited import open_table, read_carefully
from psm_qualify.sources.mapping import Mapped, map_tables
from psm_qualify.sources.table import Table

_MOST_HINTS = 200  # texts that are looked at for what they could mean, the most frequent of each field first
_SHORT = 1 << 18  # bytes; a list below this is judged prospect by prospect


@dataclass
class _Job:
    """The opened tables of one run. They change where a file turns out irregular and is read record by record."""

    tables: list[Table]
    pack: Pack
    mapping: Mapping[str, str]
    folder: Path

    def run(self, engine: Engine) -> tuple[Sequence[Mapped], Scored]:
        """Scores the tables: as they stand where that can be, else from a regular copy."""
        self.read_carefully([number for number, table in enumerate(self.tables) if table.expected is None])
        while True:
            mapped = map_tables(self.tables, self.pack, self.mapping)
            try:
                return mapped, engine.score(mapped, self.pack)
            except IrregularError as found:
                self.read_carefully(found.tables)

    def read_carefully(self, numbers: Sequence[int]) -> None:
        """Puts regular copies in the place of some tables."""
        for number in numbers:
            if not self.tables[number].scan.placed:
                self.tables[number] = read_carefully(self.tables[number], self.folder)


class Ranking:
    """A scored list. Iterate over it for the chosen prospects, best first; close it, or use it in a `with` block.

    `summary` says what was read and how it came out. Prospects are made as they are asked for, so a list of any
    size can be walked through.
    """

    def __init__(self, job: _Job, engine: Engine, chosen: Filter, held: ExitStack) -> None:
        self._job = job
        self._filter = chosen
        self._held = held
        self._pack = job.pack
        self._advisor = Advisor(job.pack)
        self._run(engine)

    def _run(self, engine: Engine) -> None:
        self._engine = engine
        self._tables, scored = self._job.run(engine)
        self.summary = _summary(self._pack, self._tables, scored, engine.choose(self._filter))

    def __iter__(self) -> Iterator[Prospect]:
        return map(self._prospect, self._engine.cells())

    def write_csv(self, path: Path, keep_columns: bool = False) -> None:
        """Writes the chosen prospects as CSV: the record's id and name first, or every original column."""
        from psm_qualify.engines.duckdb import DuckDBEngine

        if isinstance(self._engine, DuckDBEngine):
            engine = self._engine
        else:  # a flat file has one maker, whatever the size of the list
            engine = DuckDBEngine()
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

    def _prospect(self, ranked: RankedCells) -> Prospect:
        mapped = self._tables[ranked.table]
        found = assess(self._pack, ranked.cells, {field: mapped.header(field) for field in mapped.columns})
        return Prospect(
            rank=ranked.rank, file=mapped.table.name, row=ranked.row, line=ranked.line,
            id=_who(ranked.cells, "id"), name=_who(ranked.cells, "name"),
            verdict=found.verdict, provisional=found.provisional,
            primary=found.scorecards[self._pack.primary.id], scorecards=found.scorecards, facts=found.facts,
            criteria=found.criteria, questions=self._advisor.questions(found),
            advice=advice(self._pack, found.scorecards),
            ways=tuple(dict.fromkeys(way for result in found.criteria for way in result.ways
                                     if result.criterion.required)),
            not_understood=found.not_understood)  # fmt: skip


def score(
    files: str | Path | Sequence[str | Path],
    pack: Pack | None = None,
    *,
    chosen: Filter | None = None,
    mapping: Mapping[str, str] | None = None,
    names: Mapping[Path, str] | None = None,
    engine: Engine | None = None,
) -> Ranking:
    """Scores and ranks the prospects in delimited files.

    `pack` is the shipped PSM pack unless given; `mapping` (field -> header) goes before the pack's header synonyms;
    `chosen` selects what is returned, ranks stay those of the full list; `names` gives a file another name in
    what is reported; `engine` is chosen by the length of the list unless given. Raises InputError, UsageError.
    """
    if isinstance(files, (str, Path)):
        files = [files]
    if not files:
        raise UsageError("name at least one list")
    pack = pack or load_pack()
    chosen = chosen or Filter()
    _check_filter(chosen, pack)
    paths = [Path(file) for file in files]
    tables = [open_table(path, (names or {}).get(path, str(path))) for path in paths]
    held = ExitStack()
    try:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="psm-qualify-")))
        engine = engine or _engine_for(tables)
        held.callback(engine.close)
        return Ranking(_Job(tables, pack, mapping or {}, folder), engine, chosen, held)
    except BaseException:
        held.close()
        raise


def _engine_for(tables: Sequence[Table]) -> Engine:
    if sum(table.scan.path.stat().st_size for table in tables) < _SHORT:
        return DirectEngine()
    from psm_qualify.engines.duckdb import DuckDBEngine  # the heaviest import: only where a list is long

    return DuckDBEngine()


def _check_filter(chosen: Filter, pack: Pack) -> None:
    for card, bands in chosen.bands.items():
        if card not in pack.scorecards:
            raise UsageError(
                f"--band {card}=…: the pack has no scorecard {card!r}; " + did_you_mean(card, tuple(pack.scorecards))
            )
        known = (*(band.id for band in pack.scorecards[card].bands), UNKNOWN_BAND)
        for band in bands:
            if band not in known:
                raise UsageError(f"--band {card}={band}: {card} has the bands {', '.join(known)}")


def _summary(pack: Pack, tables: Sequence[Mapped], scored: Scored, returned: int) -> Summary:
    rejected = tuple(row for mapped in tables for row in mapped.table.rejected)
    count = sum(scored.accepted)
    columns: dict[str, str] = {}
    for mapped in tables:
        for field in mapped.columns:
            columns.setdefault(field, mapped.header(field))
    notes = tuple(note for mapped in tables for note in (*mapped.table.notes, *mapped.notes))
    odd = tuple(
        NotUnderstood(
            one.field,
            one.text,
            one.count,
            tuple(RecordPlace(tables[at.table].table.name, at.row, at.line) for at in one.places),
            hint(pack.fields[one.field], one.text) if number < _MOST_HINTS else None,
        )
        for number, one in enumerate(scored.odd)
    )
    read = Input(
        tuple(mapped.table.name for mapped in tables),
        count + len(rejected),
        count,
        returned,
        columns,
        tuple(dict.fromkeys(header for mapped in tables for header in mapped.unused if header)),
        odd,
        rejected,
        notes,
    )
    fed = any(field in pack.used_fields for field in columns)
    return Summary(pack, read, scored.verdicts, unfed=not fed)


def _who(cells: Mapping[str, str | None], field: str) -> str | None:
    text = cells.get(field)
    return text.strip() or None if text is not None else None
