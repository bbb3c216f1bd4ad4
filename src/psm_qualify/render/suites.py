"""How the tests of a pack came out: for the terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterator

from psm_qualify.authoring.coverage import Coverage, Covered, SuiteReport
from psm_qualify.authoring.testing import CaseResult, SuiteResult
from psm_qualify.errors import Place
from psm_qualify.render import plain
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Item, Items, Paragraph, Table
from psm_qualify.render.json import Json, pack_dict, write
from psm_qualify.render.words import cited, origin, standing
from psm_qualify.results import CriterionResult
from psm_qualify.rules.conditions import fields
from psm_qualify.rules.scoring import OUTCOMES


def render_text(report: SuiteReport, target: Target) -> None:
    """Writes each failure with its trace, the gaps, and last the count."""
    plain.write(document(report), target)


def document(report: SuiteReport) -> Iterator[Block]:
    """What failed and why, what no test reached, and how it all came out."""
    suite = report.suite
    for case in suite.failed:
        yield Heading(f"Failed: {case.test.name}")
        yield from failure(case)
    if report.coverage is not None and report.coverage.gaps:
        yield Heading("Outcomes that no test reached")
        yield Items(tuple(_gap(part) for part in report.coverage.gaps))
    yield Heading(f"{suite.pack.title} {suite.pack.version} ({' + '.join(suite.pack.origin)})")
    yield Paragraph(_count(suite), strong=True)
    if suite.failed and len(suite.pack.origin) > 1:
        yield Paragraph(
            "Tests of the layers below run with yours on top: one that fails may be what yours is meant to change. "
            "-k runs those of a name alone.",
            faint=True,
        )
    if report.coverage is not None:
        yield Paragraph(_share(report.coverage, suite))


def failure(case: CaseResult) -> Iterator[Block]:
    """Where a test stands, what it gives, expected and got side by side, and how each criterion came out."""
    given = "; ".join(f"{field}: “{text}”" for field, text in case.test.prospect.items())
    yield Paragraph(where(case.place))
    yield Paragraph(f"given: {given or 'nothing'}", faint=True)
    rows = tuple((miss.what, miss.expected, miss.got, "") for miss in case.misses)
    yield Table(("", "Expected", "Got", ""), rows)  # nothing runs on, so that the two stay side by side
    for card in case.concerned:
        yield Heading(f"{card}: {standing(case.found.scorecards[card])}", 3)
        headers = ("", "Criterion", "Points", "Why")
        yield Table(headers, tuple(_step(one, case) for one in case.trace(card)), frozenset({2}))


def where(place: Place) -> str:
    """A place as editors and terminals make a link of it."""
    return f"{place.file}:{place.line}"


def part_name(part: Covered) -> str:
    """What an outcome belongs to: `fit.who_leads`, `fit.who_leads, level 2 (led by a non-seller)`, or a way."""
    name = f"{part.criterion.scorecard}.{part.criterion.id}"
    if part.way is not None:
        return f"{name}, way “{part.way}”"
    if part.level is None:
        return name
    return f"{name}, level {part.number}{f' ({part.level.say})' if part.level.say else ''}"


def _step(result: CriterionResult, case: CaseResult) -> tuple[str, ...]:
    criterion = result.criterion
    name = f"{criterion.id}{' (required)' if criterion.required else ''}"
    points = str(result.earned)
    if result.least != result.most:
        points = f"{points} ({result.least} to {result.most})"
    why = cited("; ".join((result.reason, *_evidence(result, case))), criterion.source)
    return OUTCOMES[result.verdict], name, points, why


def _evidence(result: CriterionResult, case: CaseResult) -> list[str]:
    """The facts that decide, as the test gives them and as they are read; not what the reason quotes anyway."""
    facts = [case.found.facts[field] for field in result.evidence if field in case.found.facts]
    untold = [fact for fact in facts if fact.words is None or fact.words not in result.reason]
    return [origin(fact, None) if fact.how == "cell" else f"{fact.field} {origin(fact, None)}" for fact in untold]


def _gap(part: Covered) -> Item:
    rests_on = ", ".join(part.criterion.fields if part.level is None else fields(part.level.when))
    return Item(f"{part_name(part)}: {', '.join(part.missing)}", (f"{where(part.place)}; it rests on {rests_on}",))


def _count(suite: SuiteResult) -> str:
    run, all_, failed = len(suite.cases), len(suite.pack.tests), len(suite.failed)
    chosen = f"{run} of {all_} tests" if run < all_ else f"{run} test{'s' if run != 1 else ''}"
    return f"{chosen}: {f'{failed} failed, {run - failed} passed' if failed else 'all passed'}"


def _share(coverage: Coverage, suite: SuiteResult) -> str:
    count = f"{coverage.reached} of {coverage.outcomes}" if coverage.gaps else f"All {coverage.outcomes}"
    by_whom = " by the chosen tests" if len(suite.cases) < len(suite.pack.tests) else ""
    return f"{count} outcomes of criteria, levels and ways are reached{by_whom}."


# -- JSON --------------------------------------------------------------------------------------------------------


def render_json(report: SuiteReport, target: Target) -> None:
    """Writes every test with what came out, and the coverage."""
    write(report_dict(report), target)


def report_dict(report: SuiteReport) -> dict[str, Json]:
    """The document of a run."""
    suite = report.suite
    return {
        "schema": 1, "pack": pack_dict(suite.pack), "tests": len(suite.pack.tests), "run": len(suite.cases),
        "failed": len(suite.failed), "passed": report.passed,
        "cases": [_case(case) for case in suite.cases],
        "coverage": _coverage(report.coverage),
    }  # fmt: skip


def _case(case: CaseResult) -> dict[str, Json]:
    return {
        "name": case.test.name, "file": case.place.file, "line": case.place.line, "passed": case.passed,
        "given": dict(case.test.prospect),
        "misses": [{"what": miss.what, "expected": miss.expected, "got": miss.got, "scorecard": miss.scorecard}
                   for miss in case.misses],
        "trace": [{"scorecard": card, "id": one.criterion.id, "verdict": OUTCOMES[one.verdict], "points": one.earned,
                   "least": one.least, "most": one.most, "reason": one.reason, "evidence": list(one.evidence),
                   "cells": list(_evidence(one, case)), "source": one.criterion.source}
                  for card in case.concerned for one in case.trace(card)],
    }  # fmt: skip


def _coverage(coverage: Coverage | None) -> Json:
    if coverage is None:
        return None
    return {
        "outcomes": coverage.outcomes, "reached": coverage.reached,
        "parts": [{"scorecard": part.criterion.scorecard, "criterion": part.criterion.id, "level": part.number,
                   "say": part.level.say if part.level is not None else None, "way": part.way, "file": part.place.file,
                   "line": part.place.line, "tests": dict(part.tests), "missing": list(part.missing)}
                  for part in coverage.parts],
    }  # fmt: skip
