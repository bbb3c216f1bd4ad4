"""`psm-qualify score`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from psm_qualify.cli.arguments import (
    AnswersFile,
    AsJson,
    ContactList,
    Decimals,
    Dedupe,
    Encoding,
    EngineName,
    InputFormat,
    MapFile,
    Mapped,
    Master,
    MemoryLimit,
    MinScore,
    NoAnswers,
    NoInfer,
    NoRank,
    OnlyBand,
    OnlyVerdict,
    OutputName,
    RecordsPath,
    Remote,
    Rules,
    Sheet,
)
from psm_qualify.cli.completing import format_option


def score(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES",
            help="Lists: CSV, TSV, XLSX, JSON, JSON Lines, Parquet, each also as .gz; - is standard input.",
        ),
    ],
    rules: Rules = None,
    top: Annotated[
        int | None, typer.Option(help="The best N only (a table shows 25 unless told).", min=0, metavar="N")
    ] = None,
    verdict: OnlyVerdict = None,
    band: OnlyBand = None,
    min_score: MinScore = None,
    map_: Mapped = None,
    map_file: MapFile = None,
    contacts: ContactList = None,
    no_infer: NoInfer = False,
    dedupe: Dedupe = False,
    answers: AnswersFile = None,
    no_answers: NoAnswers = False,
    encoding: Encoding = None,
    decimal: Decimals = None,
    sheet: Sheet = None,
    records: RecordsPath = None,
    memory_limit: MemoryLimit = None,
    format_: Annotated[str | None, format_option("table, json, jsonl or csv.", "RANKING")] = None,
    as_json: AsJson = False,
    output: OutputName = None,
    keep_columns: Annotated[
        bool, typer.Option("--keep-columns", help="CSV: every original column first, then ours.")
    ] = False,
    summary: Annotated[
        Path | None, typer.Option(help="Write all but the prospects to a JSON file.", metavar="FILE")
    ] = None,
    rejected: Annotated[
        Path | None, typer.Option(help="Write the rejected rows, with reason and text, to a CSV file.", metavar="FILE")
    ] = None,
    watching: Annotated[
        bool, typer.Option("--watch", help="Show the table anew when the list or a rule file is saved, and who moved.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if a row was rejected or a value not understood.")
    ] = False,
    engine: EngineName = None,
    master: Master = None,
    remote: Remote = None,
    no_rank: NoRank = False,
    input_format: InputFormat = None,
) -> None:
    """Rank prospects against the rules, with reasons.

    Example: psm-qualify score prospects.csv --top 10
    """
    from psm_qualify.cli import options
    from psm_qualify.cli.clusters import Cluster
    from psm_qualify.cli.lists import Reading, opened
    from psm_qualify.cli.watching import begin_anew, watch, watched
    from psm_qualify.errors import UsageError
    from psm_qualify.moving import ListStanding, moves, standing
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import RANKING
    from psm_qualify.results import Summary
    from psm_qualify.rules.loader import load_pack

    cluster = Cluster(engine, master, remote, no_rank, input_format)
    unfit = {"--contacts": contacts, "--dedupe": dedupe, "--answers": answers, "--sheet": sheet, "--records": records,
             "--memory-limit": memory_limit, "--keep-columns": keep_columns, "--rejected": rejected,
             "--watch": watching}  # fmt: skip
    on_cluster = cluster.asked_for(unfit)
    by_workers = on_cluster and output is not None  # they write, in formats of their own
    named = options.format_name(format_, as_json)
    out = Path(output) if output is not None and not by_workers else None
    chosen_format = RANKING.chosen(None if by_workers else named, out)
    if keep_columns and not chosen_format.keeps_columns:
        raise UsageError("--keep-columns goes with a CSV: add --format csv or -o FILE.csv")
    if watching and (not chosen_format.report or out or summary or rejected or strict):
        raise UsageError("--watch goes with the table on the terminal alone: leave options out that write or exit")
    chosen = options.filter_of(top, verdict, band, min_score, None if by_workers else chosen_format.top)
    options.prepare_output(chosen_format.report)
    reading = Reading(
        map_=map_, map_file=map_file, contacts=contacts, no_infer=no_infer, dedupe=dedupe, answers=answers,
        no_answers=no_answers, encoding=encoding, decimal=decimal, sheet=sheet, records=records,
        memory_limit=memory_limit,
    )  # fmt: skip
    outputs = {"-o": out, "--summary": summary, "--rejected": rejected}

    def show(before: tuple[Summary, ListStanding] | None) -> tuple[Summary, ListStanding]:
        """Scores and prints; what comes of it may be compared with the next time."""
        if on_cluster:
            pack = load_pack(*options.rules(rules))
            options.check_outputs({"--summary": summary}, rules=pack.origin, mapping=map_file)
            return cluster.score(files, pack, reading, chosen, named, output), {}
        with opened(files, load_pack(*options.rules(rules)), reading, chosen, outputs) as lists:
            if watching:
                begin_anew()
            with options.written(out) as path:
                chosen_format.render(lists.ranking, Target(path, keep_columns=keep_columns))
            now = standing(lists.ranking) if watching else {}
            if before is not None:
                from psm_qualify.render import moves as moves_page

                moves_page.render(moves(before[1], now), Target())
            return lists.ranking.summary, now

    if watching:
        watch(watched(files, options.rules(rules), reading), show)
        return
    found, _ = show(None)
    if summary is not None:
        options.write_summary(summary, found)
    if rejected is not None:
        options.write_rejected(rejected, found)
    if not chosen_format.report or output is not None:
        options.tell(found)
    if strict and (found.input.rejected or found.input.not_understood):
        sys.exit(1)
