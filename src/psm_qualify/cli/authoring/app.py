"""`psm-qualify rules`: the tools of those who write rules, one small file per command."""

from __future__ import annotations

import typer

from psm_qualify.cli.authoring import check, diff, fmt, init, schema, show, test

app = typer.Typer(
    help="Write rules, check them, test them, and see whom a change moves.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

app.command("check")(check.check)
app.command("fmt")(fmt.fmt)
app.command("test")(test.run)
app.command("schema")(schema.schema)
app.command("show")(show.show)
app.command("init")(init.init)
app.command("diff")(diff.diff)
