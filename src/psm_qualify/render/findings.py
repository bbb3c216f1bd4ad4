"""The findings about a pack: as text, as JSON, as annotations on a pull request, and in SARIF for code scanners."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from psm_qualify.authoring.codes import EXPLANATIONS, Explanation
from psm_qualify.authoring.review.report import Report
from psm_qualify.errors import Finding, Place
from psm_qualify.facts.text import printable
from psm_qualify.render import plain
from psm_qualify.render.base import Target
from psm_qualify.render.blocks import Block, Heading, Paragraph
from psm_qualify.render.lines import console_on, wrap
from psm_qualify.version import __version__

_INDENT = 8  # cells before a line of a rule file, and before a hint


def render_text(report: Report, target: Target) -> None:
    """Each finding with its line and a caret under the span, and the count at the end."""
    with target.open() as out:
        console = console_on(out, target.width)
        width = console.width if target.width or console.is_terminal else None
        for one in report.findings:
            lines = _laid_out(replace(one, message=f"{one.severity}: {one.message}"), width)
            out.write("\n".join(map(printable, lines)) + "\n\n")
        out.write(f"{printable(report.summary)}\n")
        if report.findings:
            out.write("--explain CODE tells more about the code in brackets\n")


def _laid_out(one: Finding, width: int | None) -> list[str]:
    """The lines of a finding, for a screen of that width; without one message and hint take one line each."""
    if width is None:
        return one.render().split("\n")
    said, *more = wrap(one.render().split("\n")[0], width - _INDENT)
    shown = replace(one, place=_window(one.place, width - _INDENT), hint="").render().split("\n")[1:]
    return [said, *map(_inset, more), *shown, *map(_inset, wrap(one.hint, width - _INDENT))]


def _inset(line: str) -> str:
    return f"{' ' * _INDENT}{line}"


def _window(place: Place, width: int) -> Place:
    """A place with as much of its line as there is room for, the span in it."""
    text, begin = place.text, max(0, place.column - 1 - width // 3)
    if len(text) <= width:
        return place
    begin = min(begin, len(text) - width)
    part = text[begin : begin + width]
    part = f"{'…' if begin else part[:1]}{part[1:-1]}{'…' if begin + width < len(text) else part[-1:]}"
    return replace(place, text=part, column=place.column - begin)


def explanation_blocks(one: Explanation) -> Sequence[Block]:
    """What a code means, as a document."""
    return Heading(f"{one.code} ({one.severity})", 1), Paragraph(one.summary, strong=True), Paragraph(one.text)


def write_explanation(one: Explanation, target: Target) -> None:
    """Writes what a code means."""
    plain.write(explanation_blocks(one), target)


def render_json(report: Report, target: Target) -> None:
    """One document with every finding and its place; columns count from 1, `end_column` is the one behind the span."""
    document = {
        "schema": 1,
        "rules": list(report.origin),
        "errors": report.errors,
        "warnings": report.warnings,
        "findings": [
            {
                "code": one.code, "severity": one.severity, "message": one.message, "hint": one.hint or None,
                "file": one.place.file, "line": one.place.line, "column": one.place.column,
                "end_column": _end(one.place), "text": one.place.text,
            }
            for one in report.findings
        ],
    }  # fmt: skip
    _write(document, target)


def _write(document: Mapping[str, Any], target: Target) -> None:
    with target.open() as out:
        out.write(json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def _end(place: Place) -> int:
    return place.column + max(1, place.length)


# -- GitHub --------------------------------------------------------------------------------------------------------


def render_github(report: Report, target: Target) -> None:
    """Workflow commands: each becomes an annotation at its line."""
    with target.open() as out:
        for one in report.findings:
            where = {
                "file": one.place.file, "line": one.place.line, "endLine": one.place.line,
                "col": one.place.column, "endColumn": _end(one.place), "title": one.code,
            }  # fmt: skip
            properties = ",".join(f"{key}={_property(str(value))}" for key, value in where.items())
            out.write(f"::{one.severity} {properties}::{_data(_said(one))}\n")


def _said(one: Finding) -> str:
    """The message and the hint in one."""
    return f"{one.message}\n{one.hint}" if one.hint else one.message


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# -- SARIF ---------------------------------------------------------------------------------------------------------

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(report: Report, target: Target) -> None:
    """A SARIF 2.1.0 log with one run, its rules those that were broken."""
    codes = tuple(dict.fromkeys(one.code for one in report.findings))
    driver = {
        "name": "psm-qualify",
        "version": __version__,
        "rules": [_rule(EXPLANATIONS[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, codes.index(one.code)) for one in report.findings],
    }
    _write({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, target)


def _rule(one: Explanation) -> Mapping[str, Any]:
    return {
        "id": one.code,
        "shortDescription": {"text": one.summary},
        "fullDescription": {"text": one.text},
        "defaultConfiguration": {"level": one.severity},
    }


def _result(one: Finding, rule: int) -> Mapping[str, Any]:
    place = one.place
    region: dict[str, Any] = {"startLine": place.line, "startColumn": place.column, "endColumn": _end(place)}
    if place.text:
        region["snippet"] = {"text": place.text}
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}, "region": region}}
    return {
        "ruleId": one.code, "ruleIndex": rule, "level": one.severity, "message": {"text": _said(one)},
        "locations": [location],
    }  # fmt: skip


def _uri(file: str) -> str:
    """A file as a URI: relative where its path is."""
    if Path(file).is_absolute():
        return Path(file).as_uri()
    return quote(re.sub(r"\\", "/", file))
