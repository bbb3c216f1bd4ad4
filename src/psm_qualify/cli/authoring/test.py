"""`psm-qualify rules test`: the tests of a pack."""

from __future__ import annotations

from typing import Annotated

import typer

from psm_qualify.cli.arguments import AsJson, Output, RulePaths
from psm_qualify.cli.completing import format_option


def run(
    paths: RulePaths = None,
    name_holds: Annotated[
        str, typer.Option("-k", help="Run only the tests with this in their name, in any case.", metavar="TEXT")
    ] = "",
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Tell which outcomes of criteria, levels and ways no test reached.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 where no test reached an outcome, too (with --coverage).")
    ] = False,
    watching: Annotated[bool, typer.Option("--watch", help="Run them again whenever a rule file is saved.")] = False,
    format_: Annotated[str | None, format_option("text, json or junit.", "SUITE")] = None,
    as_json: AsJson = False,
    out: Output = None,
) -> None:
    """Run the tests that stand beside the rules; exit with 1 where one fails.

    Example: psm-qualify rules test ours.yaml --coverage
    """
    from psm_qualify.authoring.coverage import SuiteReport
    from psm_qualify.authoring.coverage import coverage as coverage_of
    from psm_qualify.authoring.testing import run_suite
    from psm_qualify.cli import options
    from psm_qualify.cli.authoring.here import rules_here
    from psm_qualify.cli.watching import begin_anew, watch, watched
    from psm_qualify.errors import UsageError
    from psm_qualify.render.base import Target
    from psm_qualify.render.formats import SUITE
    from psm_qualify.rules.loader import read_pack

    if strict and not coverage:
        raise UsageError("--strict: it makes gaps of the coverage count; add --coverage")
    chosen_format = SUITE.chosen(options.format_name(format_, as_json), out)
    if watching and (not chosen_format.report or out is not None):
        raise UsageError("--watch goes with the text on the terminal: leave --format, --json and -o out")
    layers = rules_here(paths)
    options.check_outputs({"-o": out}, rules=layers)
    options.prepare_output(chosen_format.report)

    def show(_: bool | None) -> bool:
        """Runs the tests and prints how they went; whether they passed."""
        source = read_pack(*layers)
        suite = run_suite(source, name_holds=name_holds)
        report = SuiteReport(suite, coverage_of(source, suite) if coverage else None, strict)
        if watching:
            begin_anew()
        with options.written(out) as path:
            chosen_format.render(report, Target(path))
        return report.passed

    if watching:
        watch(watched(rules=layers), show)
    elif not show(None):
        raise typer.Exit(1)
