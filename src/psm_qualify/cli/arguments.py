"""Options that several commands take alike. Nothing heavy is loaded here: `--help` reads it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from psm_qualify.cli.completing import choices, rule_paths

_RULES = (
    "A rule file, a folder of them, or psm (the shipped pack). A second one is laid over the first. "
    "Without it: PSM_QUALIFY_RULES, else psm."
)
Rules: TypeAlias = Annotated[
    list[str] | None, typer.Option("--rules", help=_RULES, metavar="PATH", autocompletion=rule_paths)
]
RulePaths: TypeAlias = Annotated[
    list[str] | None, typer.Argument(help=_RULES, metavar="PATH", show_default=False, autocompletion=rule_paths)
]
VERDICTS = ("qualified", "needs_info", "disqualified")
OnlyVerdict: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--verdict",
        help="Only qualified, needs_info or disqualified.",
        metavar="V",
        autocompletion=choices(*VERDICTS),
    ),
]
OnlyBand: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--band", help="Only one band of a scorecard, such as fit=A.", metavar="CARD=BAND"),
]
MinScore: TypeAlias = Annotated[str | None, typer.Option(help="Only from this score up.", metavar="N")]
Mapped: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--map", help="Read a field from a column, whatever its header.", metavar="FIELD=COLUMN"),
]
MapFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(help="A mapping that `fields --save-map` wrote; --map goes before it.", metavar="FILE"),
]
ContactList: TypeAlias = Annotated[
    str | None,
    typer.Option(help="People with firm (name, domain or e-mail) and job title: a list of its own.", metavar="FILE"),
]
NoInfer: TypeAlias = Annotated[
    bool, typer.Option("--no-infer", help="Draw no facts from notes, contacts or headcount.")
]
Dedupe: TypeAlias = Annotated[
    bool, typer.Option("--dedupe", help="Of rows that seem to be the same firm keep the best known.")
]
AnswersFile: TypeAlias = Annotated[
    Path | None,
    typer.Option(help="Where the answers of interviews are kept, if not beside the list.", metavar="FILE"),
]
NoAnswers: TypeAlias = Annotated[bool, typer.Option("--no-answers", help="Leave the answers of interviews out.")]
Encoding: TypeAlias = Annotated[
    str | None, typer.Option(help="The encoding of the text, where it is found out wrongly.")
]
Decimals: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="comma (1.200,50) or point (1,200.50), where it is found out wrongly.",
        autocompletion=choices("comma", "point"),
    ),
]
Sheet: TypeAlias = Annotated[str | None, typer.Option(help="The sheet of a workbook.", metavar="NAME")]
RecordsPath: TypeAlias = Annotated[
    str | None, typer.Option(help="The list of records in a JSON document, such as data.items.", metavar="PATH")
]
MemoryLimit: TypeAlias = Annotated[
    str | None,
    typer.Option(help="How much memory may be taken, such as 500MB or 2GB; the rest goes to disk.", metavar="SIZE"),
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
_OUTPUT = typer.Option("-o", "--output", help="Write to a file; its ending names the format.", metavar="FILE")
Output: TypeAlias = Annotated[Path | None, _OUTPUT]
OutputName: TypeAlias = Annotated[str | None, _OUTPUT]
"""The same as it was typed: it may be an address that is no path of this machine."""
EngineName: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--engine",
        help="spark: score where the lists lie, on a cluster.",
        metavar="NAME",
        autocompletion=choices("spark"),
    ),
]
Master: TypeAlias = Annotated[
    str | None, typer.Option(help="Spark: the cluster, such as spark://host:7077 (else local[*]).", metavar="URL")
]
Remote: TypeAlias = Annotated[
    str | None, typer.Option(help="Spark Connect: the server, such as sc://host:15002.", metavar="URL")
]
NoRank: TypeAlias = Annotated[
    bool, typer.Option("--no-rank", help="Spark: write verdicts and scores only; no column id is needed, nor sorting.")
]
InputFormat: TypeAlias = Annotated[
    str | None,
    typer.Option(
        help="Spark: csv, json or parquet, where the name does not tell.",
        metavar="F",
        autocompletion=choices("csv", "json", "parquet"),
    ),
]
Lists: TypeAlias = Annotated[
    list[str], typer.Argument(metavar="FILES", help="Lists of any format; - is standard input.")
]
OneList: TypeAlias = Annotated[str, typer.Argument(metavar="FILE", help="A list of any format; - is standard input.")]
Who: TypeAlias = Annotated[str, typer.Argument(metavar="WHO", help="A rank, row:N, line:N, id:X, or part of the name.")]
