"""`psm-qualify rules show`: the rules as a document."""

from __future__ import annotations

from typing import Annotated

from psm_qualify.cli.arguments import Output, RulePaths
from psm_qualify.cli.completing import format_option


def show(
    paths: RulePaths = None,
    format_: Annotated[str | None, format_option("table or markdown.", "SHOWN")] = None,
    out: Output = None,
) -> None:
    """Show the rules as a document: what is judged, what it earns, what is asked, and on what it rests.

    Example: psm-qualify rules show ours.yaml --format markdown -o ours.md
    """
    from psm_qualify.authoring.showing import show as show_pack
    from psm_qualify.cli import options
    from psm_qualify.cli.authoring.here import rules_here
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import SHOWN
    from psm_qualify.rules.loader import read_pack

    chosen_format = SHOWN.chosen(format_, out)
    layers = rules_here(paths)
    options.check_outputs({"-o": out}, rules=layers)
    shown = show_pack(read_pack(*layers))
    options.prepare_output(chosen_format.report)
    with options.written(out) as path:
        chosen_format.render(shown, Target(path))
