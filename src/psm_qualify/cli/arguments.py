"""Options that several commands take alike. Nothing heavy is loaded here: `--help` reads it."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

Mapped: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--map", help="Read a field from a column, whatever its header.", metavar="FIELD=COLUMN"),
]
Encoding: TypeAlias = Annotated[
    str | None, typer.Option(help="The encoding of the text, where it is found out wrongly.")
]
Decimals: TypeAlias = Annotated[
    str | None, typer.Option(help="comma (1.200,50) or point (1,200.50), where it is found out wrongly.")
]
Sheet: TypeAlias = Annotated[str | None, typer.Option(help="The sheet of a workbook.", metavar="NAME")]
RecordsPath: TypeAlias = Annotated[
    str | None, typer.Option(help="The list of records in a JSON document, such as data.items.", metavar="PATH")
]
AsJson: TypeAlias = Annotated[bool, typer.Option("--json", help="The same as --format json.")]
