"""Scoring on a cluster: lists on any storage that Spark reads, ranked where they lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from psm_qualify.compile.whole import unordered
from psm_qualify.engines.base import DecimalSign, Task
from psm_qualify.errors import OutputError, UsageError
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import Job, Ranking, check_filter
from psm_qualify.selection import Filter
from psm_qualify.sources.mapping import map_tables
from psm_qualify.sources.table import Wanted

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

    from psm_qualify.engines.spark import SparkEngine


class ClusterRanking(Ranking):
    """A list that was scored on a cluster: iterate over it for the best prospects, or let the cluster write all."""

    def __init__(self, job: Job, engine: SparkEngine, chosen: Filter) -> None:
        self._cluster = engine
        held = ExitStack()
        held.callback(engine.close)
        super().__init__(job, engine, chosen, held)

    def write(self, folder: str, format_: str, ranked: bool = True) -> None:
        """The workers write every chosen prospect into part files of a folder, as csv, jsonl or parquet.

        Raises OutputError.
        """
        self._cluster.write(folder, format_, ranked)


def check_free(session: SparkSession, folder: str) -> None:
    """Raises OutputError where something stands already: better before a long list is scored than after it."""
    from psm_qualify.engines.spark_tables import is_there

    if is_there(session, folder):
        raise OutputError(f"{folder}: there is something already; name another folder, or remove it first")


def score_with_spark(
    session: SparkSession,
    paths: Sequence[str],
    pack: Pack,
    *,
    chosen: Filter | None = None,
    mapping: Mapping[str, str] | None = None,
    ranked: bool = True,
    infer: bool = True,
    decimal: DecimalSign | None = None,
    encoding: str | None = None,
    input_format: str | None = None,
) -> ClusterRanking:
    """Scores lists with Spark: CSV, JSON Lines and Parquet, files or folders, at addresses that the cluster sees.

    A cluster has no input order: unless `ranked` is False, a column has to feed the field `id`, which puts prospects
    in order that are alike otherwise. Raises InputError, UsageError.
    """
    from psm_qualify.engines.spark import SparkEngine
    from psm_qualify.engines.spark_tables import open_spark_table

    chosen = chosen or Filter()
    check_filter(chosen, pack)
    opened = [open_spark_table(session, path, input_format, encoding) for path in paths]
    mapping = mapping or {}
    mapped = map_tables([each.table for each in opened], pack, mapping)
    task = Task(mapped, pack, Wanted(Path()), None, infer, False, decimal)
    if ranked and "id" not in task.columns:
        raise UsageError(unordered(pack))
    return ClusterRanking(Job(task, mapping), SparkEngine(session, opened), chosen)
