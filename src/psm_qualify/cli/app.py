"""The typer application: one small file per command."""

from __future__ import annotations

from typing import Annotated

import typer

from psm_qualify.cli import ask, explain, fields, questions, score, sql, template
from psm_qualify.cli.authoring.app import app as rules_app
from psm_qualify.version import __version__

app = typer.Typer(
    name="psm-qualify",
    help="Tells which prospects fit an ideal-client profile, why, what to ask next, and how to work with each.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"psm-qualify {__version__}")
        raise typer.Exit


@app.callback()
def root(
    show_version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Tells which prospects fit an ideal-client profile, why, what to ask next, and how to work with each."""


app.command("score")(score.score)
app.command("explain")(explain.explain)
app.command("ask")(ask.ask)
app.command("questions")(questions.questions)
app.command("fields")(fields.fields)
app.command("template")(template.template)
app.command("sql")(sql.sql)
app.add_typer(rules_app, name="rules")
