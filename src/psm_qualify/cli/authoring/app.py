"""`psm-qualify rules`: the tools of those who write rules, one small file per command."""

from __future__ import annotations

import typer

from psm_qualify.cli.authoring import fmt

app = typer.Typer(
    help="Write rules, check them, test them, and see whom a change moves.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

app.command("fmt")(fmt.fmt)
