"""`psm-qualify template`: an empty list to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from psm_qualify.cli.completing import format_option


def template(
    rules: Annotated[
        list[str] | None,
        typer.Option(help="A rule file, a folder of them, or psm (the shipped pack).", metavar="PATH"),
    ] = None,
    format_: Annotated[str | None, format_option("csv or xlsx (with questions and drop-downs).", "TEMPLATE")] = None,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--output", help="Write to a file; its ending names the format.", metavar="FILE"),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the file, if there is one.")] = False,
) -> None:
    """Write an empty prospect list with the columns that the rules ask for.

    Example: psm-qualify template -o prospects.xlsx
    """
    from psm_qualify.cli import options
    from psm_qualify.errors import UsageError
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import TEMPLATE
    from psm_qualify.rules.loader import load_pack
    from psm_qualify.template import template_of

    chosen_format = TEMPLATE.chosen(format_, out)
    options.check_outputs({"-o": out}, rules=options.rules(rules))
    if out is not None and out.is_file() and not force:
        raise UsageError(f"-o {out}: there is such a file, perhaps filled in; name another, or add --force")
    empty = template_of(load_pack(*options.rules(rules)))
    options.prepare_output(chosen_format.report)
    with options.written(out) as path:
        chosen_format.render(empty, Target(path))
    if out is not None:
        pack = empty.pack
        options.say(
            f"{out}: {len(empty.columns)} columns for {pack.title} {pack.version} ({', '.join(pack.origin)}); "
            "fill it in, then score it with the same rules"
        )
