"""`psm-qualify rules check`: what is wrong with rules, and what a careful reader would ask about."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from psm_qualify.cli.arguments import Output, RulePaths
from psm_qualify.cli.completing import format_option

if TYPE_CHECKING:
    from psm_qualify.errors import Finding


def check(
    paths: RulePaths = None,
    data: Annotated[
        str | None,
        typer.Option(
            help="A list: also tells criteria that nobody in it meets, and fields that it says little about.",
            metavar="FILE",
        ),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 on warnings, too.")] = False,
    explain: Annotated[
        str | None, typer.Option(help="Tell more about the code of a finding, and check nothing.", metavar="CODE")
    ] = None,
    format_: Annotated[str | None, format_option("text, json, github (annotations) or sarif.", "FINDINGS")] = None,
    out: Output = None,
) -> None:
    """Check rules: everything that is wrong at once, each with its place and how to mend it.

    Exits with 1 if there is an error.

    Example: psm-qualify rules check ours.yaml --data prospects.csv
    """
    from psm_qualify.authoring.codes import explain as explain_code
    from psm_qualify.authoring.review.report import Report
    from psm_qualify.cli import options
    from psm_qualify.cli.authoring.here import rules_here
    from psm_qualify.errors import PackError, UsageError
    from psm_qualify.render.base import Target
    from psm_qualify.render.findings import write_explanation
    from psm_qualify.render.formats import FINDINGS

    chosen_format = FINDINGS.chosen(format_, out)
    options.prepare_output(report=chosen_format.report)
    if explain is not None:
        if paths or data or format_:
            raise UsageError("--explain stands alone: it checks nothing")
        with options.written(out) as path:
            write_explanation(explain_code(explain), Target(path))
        return
    layers = rules_here(paths)
    options.check_outputs({"-o": out}, rules=layers)
    try:
        report = Report(tuple(layers), _found(layers, data, out))
    except PackError as error:
        report = Report(tuple(layers), error.findings)
    with options.written(out) as path:
        chosen_format.render(report, Target(path))
    if out is not None or not chosen_format.report:
        options.say(report.summary)
    if report.errors or (strict and report.warnings):
        sys.exit(1)


def _found(layers: Sequence[str], data: str | None, out: Path | None) -> tuple[Finding, ...]:
    """What a careful reader finds in rules that load. Raises PackError where they don't."""
    from psm_qualify.authoring.review.registry import review
    from psm_qualify.rules.loader import read_pack, rule_files

    source = read_pack(*layers)
    own = source.files[-len(rule_files(layers[-1])) :] if len(layers) > 1 else None
    if data is None:
        return review(source, own=own)

    from psm_qualify.authoring.review.tally import tally
    from psm_qualify.cli.lists import Reading, opened
    from psm_qualify.selection import Filter

    with opened([data], source.pack, Reading(), Filter(), {"-o": out}) as list_:
        return review(source, tally(list_.ranking), own)
