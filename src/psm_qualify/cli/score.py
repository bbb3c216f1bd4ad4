"""`psm-qualify score`: the main job."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from psm_qualify.cli.arguments import AsJson, Decimals, Encoding, Mapped, RecordsPath, Sheet


def score(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES",
            help="Lists: CSV, TSV, XLSX, JSON, JSON Lines, Parquet, each also as .gz; - is standard input.",
        ),
    ],
    rules: Annotated[
        list[str] | None,
        typer.Option(
            help="A rule file, a folder of them, or psm (the shipped pack). A second one is laid over the first. "
            "Without it: PSM_QUALIFY_RULES, else psm.",
            metavar="PATH",
        ),
    ] = None,
    top: Annotated[
        int | None, typer.Option(help="The best N only (a table shows 25 unless told).", min=0, metavar="N")
    ] = None,
    verdict: Annotated[
        list[str] | None, typer.Option(help="Only qualified, needs_info or disqualified.", metavar="V")
    ] = None,
    band: Annotated[
        list[str] | None, typer.Option(help="Only one band of a scorecard, such as fit=A.", metavar="CARD=BAND")
    ] = None,
    min_score: Annotated[str | None, typer.Option(help="Only from this score up.", metavar="N")] = None,
    map_: Mapped = None,
    map_file: Annotated[
        Path | None,
        typer.Option(help="A mapping that `fields --save-map` wrote; --map goes before it.", metavar="FILE"),
    ] = None,
    contacts: Annotated[
        str | None,
        typer.Option(
            help="People with firm (name, domain or e-mail) and job title: a list of its own.", metavar="FILE"
        ),
    ] = None,
    no_infer: Annotated[
        bool, typer.Option("--no-infer", help="Draw no facts from notes, contacts or headcount.")
    ] = False,
    dedupe: Annotated[
        bool, typer.Option("--dedupe", help="Of rows that seem to be the same firm keep the best known.")
    ] = False,
    encoding: Encoding = None,
    decimal: Decimals = None,
    sheet: Sheet = None,
    records: RecordsPath = None,
    format_: Annotated[str | None, typer.Option("--format", help="table, json, jsonl or csv.", metavar="F")] = None,
    as_json: AsJson = False,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write to a file; its ending names the format.", metavar="FILE"),
    ] = None,
    keep_columns: Annotated[
        bool, typer.Option("--keep-columns", help="CSV: every original column first, then ours.")
    ] = False,
    summary: Annotated[
        Path | None, typer.Option(help="Write all but the prospects to a JSON file.", metavar="FILE")
    ] = None,
    rejected: Annotated[
        Path | None, typer.Option(help="Write the rejected rows, with reason and text, to a CSV file.", metavar="FILE")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit 1 if a row was rejected or a value not understood.")
    ] = False,
) -> None:
    """Rank prospects against the rules, with reasons.

    Example: psm-qualify score prospects.csv --top 10
    """
    from psm_qualify.cli import options
    from psm_qualify.errors import UsageError
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import format_for
    from psm_qualify.rules.loader import load_pack
    from psm_qualify.scoring import score as score_list

    if as_json and format_ not in (None, "json"):
        raise UsageError(f"--json and --format {format_} exclude one another")
    chosen_format = format_for("json" if as_json else format_, out)
    if keep_columns and not chosen_format.keeps_columns:
        raise UsageError("--keep-columns goes with a CSV: add --format csv or -o FILE.csv")
    pack = load_pack(*options.rules(rules))
    chosen = options.filter_of(top, verdict, band, min_score, chosen_format.top)
    mapping = options.mapping(map_, map_file)
    options.prepare_output(chosen_format.report)
    with options.inputs([*files, *([contacts] if contacts else [])]) as (given, names):
        paths, people = given[: len(files)], given[len(files) :]
        options.check_outputs(given, {"-o": out, "--summary": summary, "--rejected": rejected})
        with score_list(
            paths,
            pack,
            chosen=chosen,
            mapping=mapping,
            names=names,
            contacts=people[0] if people else None,
            infer=not no_infer,
            dedupe=dedupe,
            encoding=encoding,
            decimal=options.decimal_sign(decimal),
            sheet=sheet,
            records=records,
        ) as ranking:
            with options.written(out) as path:
                chosen_format.render(ranking, Target(path, keep_columns=keep_columns))
            found = ranking.summary
    if summary is not None:
        options.write_summary(summary, found)
    if rejected is not None:
        options.write_rejected(rejected, found)
    if not chosen_format.report or out is not None:
        options.tell(found)
    if strict and (found.input.rejected or found.input.not_understood):
        sys.exit(1)
