"""`psm-qualify rules init`: rules to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder, or an empty one.")],
    minimal: Annotated[
        bool, typer.Option("--minimal", help="A small pack that explains itself, in place of a copy of the PSM pack.")
    ] = False,
) -> None:
    """Make a folder with rules to edit, a sample list, and a short how-to. Nothing is ever overwritten.

    Example: psm-qualify rules init ours --minimal
    """
    from psm_qualify.authoring.starting import HOWTO, start
    from psm_qualify.cli import options

    files = start(folder, minimal=minimal)
    rules = sum(file.suffix == ".yaml" for file in files)
    options.say(
        f"{folder}: {rules} rule file{'s' if rules > 1 else ''}, a schema for editors and a sample list; "
        f"{folder / HOWTO} says how to go on"
    )
