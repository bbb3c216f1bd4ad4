"""`psm-qualify sql`: the pack as one query for a warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psm_qualify.cli.arguments import Encoding, MapFile, Mapped, RecordsPath, Rules, Sheet
from psm_qualify.cli.completing import choices

DIALECTS = ("duckdb", "spark", "databricks", "postgres", "bigquery", "snowflake")


def sql(
    like: Annotated[
        str | None,
        typer.Argument(
            metavar="LIST", help="A list whose headers are the table's columns, such as an export of some rows of it."
        ),
    ] = None,
    dialect: Annotated[
        str,
        typer.Option(
            help="duckdb, spark, databricks, postgres, bigquery or snowflake.",
            metavar="NAME",
            autocompletion=choices(*DIALECTS),
        ),
    ] = "duckdb",
    table: Annotated[
        str, typer.Option(help="The table that holds the prospects, such as crm.accounts.", metavar="NAME")
    ] = "prospects",
    rules: Rules = None,
    map_: Mapped = None,
    map_file: MapFile = None,
    columns: Annotated[
        str | None,
        typer.Option(help="The table's columns, with commas between, in the place of LIST.", metavar="A,B,…"),
    ] = None,
    no_rank: Annotated[
        bool, typer.Option("--no-rank", help="Verdicts and scores only: no column id is needed, and no sorting.")
    ] = False,
    no_infer: Annotated[bool, typer.Option("--no-infer", help="Draw no facts from notes or headcount.")] = False,
    decimal: Annotated[
        str,
        typer.Option(
            help="How numbers in texts are written: point (1,200.50) or comma (1.200,50).",
            autocompletion=choices("comma", "point"),
        ),
    ] = "point",
    create_view: Annotated[str | None, typer.Option(help="Make it a view of that name.", metavar="NAME")] = None,
    encoding: Encoding = None,
    sheet: Sheet = None,
    records: RecordsPath = None,
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write to a file.", metavar="FILE")] = None,
) -> None:
    """Print the rules as one query over a table of a database, which gives the same rows as `score`.

    Example: psm-qualify sql export.csv --dialect snowflake --table crm.accounts --create-view psm_fit
    """
    import csv
    import tempfile

    from psm_qualify.cli import options
    from psm_qualify.errors import UsageError
    from psm_qualify.rules.loader import load_pack
    from psm_qualify.scoring import open_tables
    from psm_qualify.sources.mapping import known_headers, map_tables
    from psm_qualify.sources.table import Wanted
    from psm_qualify.warehouse import checked, columns_of, table_with, to_sql

    if like is not None and columns is not None:
        raise UsageError("LIST and --columns exclude one another: both say which columns the table has")
    for option, value in {"--encoding": encoding, "--sheet": sheet, "--records": records}.items():
        if value is not None and like is None:
            raise UsageError(f"{option} goes with a LIST, which it says how to read")
    pack = load_pack(*options.rules(rules))
    mapping = options.mapping(map_, map_file)
    options.prepare_output(report=False)
    with options.inputs([like] if like is not None else []) as (paths, names), tempfile.TemporaryDirectory() as folder:
        options.check_outputs({"-o": out}, lists=paths, rules=pack.origin, mapping=map_file)
        wanted = Wanted(Path(folder), known_headers(pack, mapping), encoding, sheet, records)
        tables = open_tables(paths, wanted, names)
        if columns is not None:
            tables = [table_with(table, next(csv.reader([columns], skipinitialspace=True)))]
        fed = checked(pack, mapping) if mapping else None
        for mapped in map_tables(tables, pack, mapping) if tables else ():
            fed = columns_of(mapped)
            for note in (*mapped.table.notes, *mapped.notes):
                options.say(note)
        query = to_sql(
            pack,
            dialect,
            table=table,
            columns=fed,
            infer=not no_infer,
            decimal_comma=options.decimal_sign(decimal) == "comma",
            ranked=not no_rank,
            view=create_view,
        )
        with options.written(out) as path:
            if path is None:
                typer.echo(query, nl=False)
            else:
                path.write_text(query, encoding="utf-8")
