"""JUnit XML: what the servers that run tests read."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from psm_qualify.authoring.coverage import Covered, SuiteReport
from psm_qualify.authoring.testing import CaseResult
from psm_qualify.errors import Place
from psm_qualify.render.base import Target
from psm_qualify.render.lines import console_on
from psm_qualify.render.plain import Sheet
from psm_qualify.render.suites import failure, part_name

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WIDTH = 120  # columns of the texts in it
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(report: SuiteReport, target: Target) -> None:
    """Writes a test case for each test and, with coverage, one for each criterion, level and way."""
    from xml.etree.ElementTree import Element, indent, tostring  # slow to load, and only ever needed here

    suites, name = Element("testsuites"), report.suite.pack.name
    suite = _add(suites, "testsuite", {"name": name})
    for case in report.suite.cases:
        _add_case(suite, case)
    if report.coverage is not None:
        suite = _add(suites, "testsuite", {"name": f"{name} coverage"})
        for part in report.coverage.parts:
            _add_part(suite, part, "failure" if report.fails_on_gaps else "skipped")
    for suite in suites:
        _count(suite)
    indent(suites)
    with target.open() as out:
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(suites, encoding="unicode")}\n')


def _add_case(suite: Element, case: CaseResult) -> None:
    element = _add_named(suite, case.test.name, case.place)
    if not case.passed:
        message = "; ".join(f"{miss.what}: {miss.expected} expected, {miss.got} got" for miss in case.misses)
        out = io.StringIO()
        Sheet(console_on(out, _WIDTH)).print(failure(case))
        _add(element, "failure", {"message": message}).text = _safe(out.getvalue())


def _add_part(suite: Element, part: Covered, gap_is: str) -> None:
    element = _add_named(suite, part_name(part), part.place)
    if part.missing:
        _add(element, gap_is, {"message": f"no test reached: {', '.join(part.missing)}"})


def _add_named(suite: Element, name: str, place: Place) -> Element:
    attributes = {"classname": suite.get("name", ""), "name": name, "file": place.file, "line": str(place.line)}
    return _add(suite, "testcase", attributes)


def _count(suite: Element) -> None:
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", "0")
    suite.set("skipped", str(len(suite.findall("testcase/skipped"))))


def _add(parent: Element, tag: str, attributes: Mapping[str, str]) -> Element:
    child = parent.makeelement(tag, {key: _safe(text) for key, text in attributes.items()})
    parent.append(child)
    return child


def _safe(text: str) -> str:
    """The text without what no XML can hold."""
    return _NO_XML.sub("\ufffd", text)
