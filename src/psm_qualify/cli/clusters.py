"""`psm-qualify score --engine spark`: on a cluster, which reads and writes by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from psm_qualify.cli import options
from psm_qualify.cli.lists import Reading
from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.render.base import Target
from psm_qualify.render.formats import RANKING
from psm_qualify.results import Summary
from psm_qualify.rules.pack import Pack
from psm_qualify.selection import Filter

ENGINES = ("spark",)
"""The engines that can be asked for. Without, the length of the list decides between those of this machine."""

_ENDINGS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where and how a cluster scores, as it was typed."""

    engine: str | None = None
    master: str | None = None
    remote: str | None = None
    no_rank: bool = False
    input_format: str | None = None

    def asked_for(self, unfit: Mapping[str, object]) -> bool:
        """Whether a cluster is to score. Raises UsageError where options are given that don't go with the engine."""
        if self.engine is not None and self.engine not in ENGINES:
            raise UsageError(f"--engine {self.engine}: there is no such engine; {did_you_mean(self.engine, ENGINES)}")
        own = {"--master": self.master, "--remote": self.remote, "--no-rank": self.no_rank,
               "--input-format": self.input_format}  # fmt: skip
        for option, value in (own if self.engine is None else unfit).items():
            if value:
                fits = "goes with --engine spark" if self.engine is None else "does not go with --engine spark"
                raise UsageError(f"{option} {fits}")
        return self.engine is not None

    def score(
        self, files: Sequence[str], pack: Pack, reading: Reading, chosen: Filter, format_: str | None, out: str | None
    ) -> Summary:
        """Scores; writes all to a folder, or prints the best. Raises InputError, OutputError, UsageError."""
        from psm_qualify.clusters import check_free, score_with_spark
        from psm_qualify.engines.spark_session import started

        self._check_output(chosen, format_, out)
        with started(self.master, self.remote) as session:
            if out is not None:
                check_free(session, out)
            ranking = score_with_spark(
                session,
                files,
                pack,
                chosen=chosen,
                mapping=options.mapping(reading.map_, reading.map_file),
                ranked=not self.no_rank,
                infer=not reading.no_infer,
                decimal=options.decimal_sign(reading.decimal),
                encoding=reading.encoding,
                input_format=self.input_format,
            )
            if out is not None:
                ranking.write(out, _format(format_, out), ranked=not self.no_rank)
            else:
                RANKING.chosen(format_, None).render(ranking, Target())
            return ranking.summary

    def _check_output(self, chosen: Filter, format_: str | None, out: str | None) -> None:
        if out is not None:
            _format(format_, out)
            if chosen.top is not None:
                raise UsageError("--top goes with what is printed: a cluster writes all that the filters keep")
        elif self.no_rank:
            raise UsageError("--no-rank goes with -o FOLDER: what is printed are the best, in order")
        elif chosen.top is None:
            raise UsageError("a cluster prints the best N: add --top N, or write all with -o FOLDER --format csv")
        elif RANKING.chosen(format_, None).keeps_columns:
            raise UsageError(f"--format {format_} goes with -o FOLDER here: printed are a table, json or jsonl")


def _format(named: str | None, out: str) -> str:
    if named is not None:
        if named not in _ENDINGS.values():
            hint = did_you_mean(named, tuple(dict.fromkeys(_ENDINGS.values())))
            raise UsageError(f"--format {named}: a cluster does not write that; {hint}")
        return named
    ending = Path(out.rstrip("/")).suffix.lower()
    if ending not in _ENDINGS:
        formats = " or ".join(dict.fromkeys(_ENDINGS.values()))
        raise UsageError(f"-o {out}: the name does not tell the format; add --format {formats}")
    return _ENDINGS[ending]
