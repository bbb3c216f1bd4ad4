"""Spark: the same query over lists of any size, on a cluster. Counts and the rows that are shown reach the driver,
nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, reduce

from pyspark.sql import Column, DataFrame, Row, SparkSession
from pyspark.sql import functions as F  # noqa: N812 - so it is called everywhere
from pyspark.storagelevel import StorageLevel

from psm_qualify.compile import decimals, ranking
from psm_qualify.compile.query import ODD, VERDICT
from psm_qualify.compile.scan import FILE, column
from psm_qualify.compile.sql import Names, with_layers
from psm_qualify.compile.whole import ID, RANKED, SCORED, WholeQuery
from psm_qualify.dialects.spark import SPARK
from psm_qualify.engines.base import At, OddText, Ranked, RankedCells, Scored, Task, said
from psm_qualify.engines.spark_tables import DAMAGED, SparkTable, failing
from psm_qualify.errors import InputError, OutputError, UsageError
from psm_qualify.rules.scoring import VERDICTS
from psm_qualify.selection import Filter
from psm_qualify.sources.mapping import Mapped
from psm_qualify.sources.table import Rejected

_CELLS = "cells"
_MOST_ODD = 1_000  # texts that were not understood: the most frequent are told
_MOST_DAMAGED = 100  # damaged records that are told
_AT_ONCE = 100  # prospects whose ranks are counted in one pass
_ROWS_A_PART = 500_000  # of what is written in rank order
_PLACE = "at__place"
_WITHIN = (1 << 33) - 1  # the part of Spark's growing number that counts within a partition
_NOWHERE = (0, 0)  # row and line of a record on a cluster
_DAMAGE = "no record of this format: another number of cells than the headers, or something left open"
WRITTEN: Mapping[str, tuple[str, Mapping[str, str | bool]]] = {
    "csv": ("csv", {"header": True, "escape": '"', "emptyValue": "", "ignoreLeadingWhiteSpace": False,
                    "ignoreTrailingWhiteSpace": False}),
    "jsonl": ("json", {"ignoreNullFields": False}),
    "parquet": ("parquet", {}),
}  # fmt: skip
"""The formats that workers write: what Spark calls each, and the options of its writer."""


class SparkEngine:
    """An engine whose records have no order, so that ranks need a field `id`.

    The scored rows are kept on the disks of the workers; what a lost worker kept is computed anew.
    """

    def __init__(self, session: SparkSession, tables: Sequence[SparkTable]) -> None:
        self._session = session
        # Plans may be made only when they run, so the views of a ranking are its own.
        self._prefix = f"psm_{id(self):x}_"
        self._views: dict[str, None] = {}
        self._held: list[DataFrame] = []
        self._frames = [each.frame for each in tables]

    def score(self, task: Task) -> Scored:
        """See `Engine.score`."""
        with failing(InputError, "the list can't be read"):
            return self._score(task)

    def choose(self, chosen: Filter) -> int:
        """See `Engine.choose`."""
        if chosen.ranks is not None:
            raise UsageError("on a cluster prospects can't be chosen by their ranks")
        self._chosen = chosen
        self.__dict__.pop("_top", None)
        count: int = (self._kept if chosen.selects else self._scored).count()
        return count if chosen.top is None else min(chosen.top, count)

    def cells(self) -> Iterator[RankedCells]:
        """See `Engine.cells`."""
        for rank, row in self._top:
            yield RankedCells(rank, At(row[FILE], *_NOWHERE), {field: row[cell] for field, cell in self._cells.items()})

    def who(self) -> Iterator[Ranked]:
        """See `Engine.who`."""
        query, primary = self._whole.query, self._whole.pack.primary.id
        for rank, row in self._top:
            id_, title = (said(row[self._cells[field]]) if field in self._cells else None for field in ("id", "name"))
            earned, least, most = (row[query.card_column(primary, total)] for total in ("earned", "least", "most"))
            yield Ranked(rank, At(row[FILE], *_NOWHERE), id_, title, VERDICTS[row[VERDICT]], (earned, least, most))

    def standings(self) -> Sequence[tuple[tuple[int, ...], int]]:
        """See `Engine.standings`."""
        return [(tuple(key), count) for *key, count in self._scored.groupBy(*self._keys).count().collect()]

    def write(self, folder: str, format_: str, ranked: bool) -> None:
        """The workers write every prospect that the filter keeps into part files of a folder, in rank order if ranked.

        Raises OutputError.
        """
        with failing(OutputError, f"{folder} can't be written"):
            frame = self._ranked if ranked else self._scored
            self._view(RANKED if ranked else SCORED, frame.where(self._condition))
            found = self._run(self._whole.export(ranked, safe=format_ == "csv"))
            writer, options = WRITTEN[format_]
            found.write.mode("error").options(**options).format(writer).save(folder)

    def close(self) -> None:
        """See `Engine.close`."""
        for frame in self._held:
            frame.unpersist()
        for view in self._views:
            self._session.catalog.dropTempView(view)

    # -- scoring -----------------------------------------------------------------------------------------------

    def _score(self, task: Task) -> Scored:
        names = Names(task.pack.fields)
        self._cells = {field: f"cell__{names[field]}" for field in task.fields if field in task.columns}
        self._read(task.tables)
        commas = self._commas(task)
        written = {
            field: " OR ".join(f"{FILE} = {number}" for number, fields in enumerate(commas) if field in fields)
            for field in frozenset().union(*commas)
        }
        carried = (FILE, DAMAGED, *self._cells.values())
        self._whole = WholeQuery(task.pack, self._cells, task.infer, written, carried)
        *layers, (_, scored) = self._whole.scored(_CELLS)
        everything = self._hold(self._run(with_layers(layers, scored)))
        self._scored = everything.where(F.col(DAMAGED).isNull())
        self._view(SCORED, self._scored)
        verdicts, odd = self._counts()
        damaged = everything.where(F.col(DAMAGED).isNotNull()).select(FILE, DAMAGED)
        return Scored(
            tuple(sum(counts) for counts in verdicts),
            {word: sum(counts[index] for counts in verdicts) for index, word in enumerate(VERDICTS)},
            odd,
            commas,
            rejected=tuple(_rejected(task, row) for row in damaged.limit(_MOST_DAMAGED).collect()),
            more_rejected=max(0, damaged.count() - _MOST_DAMAGED),
        )

    def _read(self, tables: Sequence[Mapped]) -> None:
        """Makes the view of raw texts, a column a field."""
        parts = []
        for number, (mapped, frame) in enumerate(zip(tables, self._frames, strict=True)):
            found = {field: F.col(column(index)) for field, index in mapped.columns.items()}
            nothing = F.lit(None).cast("string")
            cells = [found.get(field, nothing).alias(cell) for field, cell in self._cells.items()]
            parts.append(frame.select(F.lit(number).alias(FILE), DAMAGED, *cells))
        self._view(_CELLS, reduce(lambda above, below: above.unionByName(below), parts))

    def _commas(self, task: Task) -> tuple[frozenset[str], ...]:
        """By table, the numeric fields whose cells write a decimal comma."""
        numeric = [field for field in self._cells if field in task.pack.numeric]
        if task.decimal is not None or not numeric:
            chosen = numeric if task.decimal == "comma" else []
            return tuple(frozenset(field for field in chosen if field in mapped.columns) for mapped in task.tables)
        rows = self._run(decimals.write_commas([self._cells[field] for field in numeric])).collect()
        found = {table: [field for field, commas in zip(numeric, row, strict=True) if commas] for table, *row in rows}
        return tuple(frozenset(found.get(table, ())) for table in range(len(task.tables)))

    def _counts(self) -> tuple[list[list[int]], tuple[OddText, ...]]:
        """How many rows of each table have each verdict; the texts that were not understood, most frequent first."""
        # One pass for both: a row gives its verdict as a negative number, and each odd text with its field's number.
        nothing = F.array().cast("array<string>")
        odd = F.transform(
            F.coalesce(F.col(ODD), nothing), lambda text, field: F.struct(field.alias("tag"), text.alias("text"))
        )
        verdict = F.struct((-1 - F.col(VERDICT)).cast("int").alias("tag"), F.lit(None).cast("string").alias("text"))
        one = self._scored.select(FILE, F.explode(F.concat(F.array(verdict), odd)).alias("one")).select(FILE, "one.*")
        counted = one.where("tag < 0 OR text IS NOT NULL").groupBy(FILE, "tag", "text").count()
        counted = self._hold(counted)
        verdicts = [[0] * len(VERDICTS) for _ in self._frames]
        for row in counted.where("tag < 0").collect():
            verdicts[row[FILE]][-1 - row["tag"]] = row["count"]
        texts = counted.where("tag >= 0").groupBy("tag", "text").agg(F.sum("count").alias("count"))
        rows = texts.orderBy(F.desc("count"), "tag", "text").limit(_MOST_ODD).collect()
        fields = [field.id for field in self._whole.query.read]
        found = [OddText(fields[row["tag"]], row["text"], row["count"], ()) for row in rows]
        return verdicts, tuple(sorted(found, key=lambda each: (fields.index(each.field), -each.count, each.text)))

    def _run(self, query: str) -> DataFrame:
        """What a compiled query gives. Its steps become views, for Spark plans one step after another more quickly."""
        *steps, (_, last) = SPARK.steps(query, self._prefix)
        for title, body in steps:
            self._view(title.removeprefix(self._prefix), self._session.sql(body))
        return self._session.sql(last)

    def _hold(self, frame: DataFrame) -> DataFrame:
        """A frame that is kept on the workers' disks until the engine is closed."""
        self._held.append(frame.persist(StorageLevel.DISK_ONLY))
        return self._held[-1]

    def _view(self, title: str, frame: DataFrame) -> None:
        self._views[self._prefix + title] = None
        frame.createOrReplaceTempView(self._prefix + title)

    # -- ranking -----------------------------------------------------------------------------------------------

    def _expressions(self, text: str) -> list[Column]:
        return [F.expr(each) for each in SPARK.expressions(text)]

    @property
    def _keys(self) -> list[Column]:
        """What prospects are ranked by, the tie-break left out."""
        keys = self._expressions(ranking.keys(self._whole.query))
        return [key.cast("long").alias(f"key_{number}") for number, key in enumerate(keys)]

    @property
    def _order(self) -> Column:
        """All that prospects are ranked by, as one value."""
        tie = F.col(ID)
        return F.struct(*self._keys, tie.isNull().alias("nameless"), F.coalesce(tie, F.lit("")).alias("tie"))

    @property
    def _condition(self) -> Column:
        (condition,) = self._expressions(ranking.condition(self._whole.query, self._chosen))
        return condition

    @property
    def _kept(self) -> DataFrame:
        return self._scored.where(self._condition)

    @cached_property
    def _top(self) -> Sequence[tuple[int, Row]]:
        """The chosen prospects with their ranks: the only rows that reach the driver."""
        (turn,) = self._expressions(ranking.turn(self._whole.query, self._chosen))
        place = self._order.alias(_PLACE)
        kept = self._kept.select("*", turn.alias(ranking.TURN), place).orderBy(ranking.TURN, _PLACE)
        rows = (kept if self._chosen.top is None else kept.limit(self._chosen.top)).collect()
        ranks: Sequence[int] = self._ranks(rows) if self._chosen.selects else range(1, len(rows) + 1)
        return list(zip(ranks, rows, strict=True))

    def _ranks(self, rows: Sequence[Row]) -> list[int]:
        """The ranks of some prospects in the full list: how many stand before each, and one."""
        ranks: list[int] = []
        for start in range(0, len(rows), _AT_ONCE):
            before = [F.count_if(self._order < _same(row[_PLACE])) for row in rows[start : start + _AT_ONCE]]
            (counts,) = self._scored.agg(*before).collect()
            ranks += [count + 1 for count in counts]
        return ranks

    @cached_property
    def _ranked(self) -> DataFrame:
        """All prospects in rank order with their ranks, no partition larger than others whatever the scores."""
        parts = self._scored.count() // _ROWS_A_PART + 1
        frame = self._scored.repartitionByRange(parts, self._order).sortWithinPartitions(self._order)
        placed = self._hold(frame.withColumn(_PLACE, F.monotonically_increasing_id()))
        part = F.shiftright(F.col(_PLACE), 33)
        sizes = sorted(placed.groupBy(part.alias("part")).count().collect())
        before, starts = 0, [F.lit(-1), F.lit(0)]
        for number, count in sizes:
            starts += [F.lit(number), F.lit(before)]
            before += count
        rank = F.create_map(*starts)[part.cast("int")] + F.col(_PLACE).bitwiseAND(F.lit(_WITHIN)) + 1
        return placed.withColumn(ranking.RANK, rank)


def _same(place: Row) -> Column:
    """A place in the order as a constant."""
    values = (F.lit(value) if isinstance(value, (bool, str)) else F.lit(value).cast("long") for value in place)
    return F.struct(*(value.alias(key) for value, key in zip(values, place.__fields__, strict=True)))


def _rejected(task: Task, row: Row) -> Rejected:
    return Rejected(task.tables[row[FILE]].table.name, *_NOWHERE, _DAMAGE, row[DAMAGED])
