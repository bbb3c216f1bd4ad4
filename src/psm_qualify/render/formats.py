"""The output formats. A new one is one entry here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psm_qualify.authoring.coverage import SuiteReport
from psm_qualify.authoring.diffing.moves import Diff
from psm_qualify.authoring.review.report import Report
from psm_qualify.authoring.showing import ShownPack
from psm_qualify.calling import CallSheet
from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.explaining import Explanation
from psm_qualify.render import (
    calls,
    explanation,
    explanation_json,
    fields,
    findings,
    flat,
    json,
    junit,
    pack_diff,
    pack_diff_json,
    showing,
    suites,
    table,
    template,
)
from psm_qualify.render.base import Format, T
from psm_qualify.scoring import Ranking
from psm_qualify.surveys import Survey
from psm_qualify.template import Template

FORMATS: Mapping[str, Format[Ranking]] = {
    "table": Format(table.render, (".txt",), report=True, top=25),
    "json": Format(json.render_document, (".json",)),
    "jsonl": Format(json.render_lines, (".jsonl", ".ndjson")),
    "csv": Format(flat.render, (".csv",), keeps_columns=True),
}

SURVEY_FORMATS: Mapping[str, Format[Survey]] = {
    "table": Format(fields.render_table, (".txt",), report=True),
    "json": Format(fields.render_json, (".json",)),
}

EXPLANATION_FORMATS: Mapping[str, Format[Explanation]] = {
    "table": Format(explanation.render_table, (".txt",), report=True),
    "markdown": Format(explanation.render_markdown, (".md",), report=True),
    "json": Format(explanation_json.render, (".json",)),
}

CALL_FORMATS: Mapping[str, Format[CallSheet]] = {
    "table": Format(calls.render_table, (".txt",), report=True, top=25, each=3),
    "markdown": Format(calls.render_markdown, (".md",), report=True, top=25, each=3),
    "csv": Format(calls.render_csv, (".csv",), top=500),
    "json": Format(calls.render_json, (".json",), top=500),
}

FINDING_FORMATS: Mapping[str, Format[Report]] = {
    "text": Format(findings.render_text, (".txt",), report=True),
    "json": Format(findings.render_json, (".json",)),
    "github": Format(findings.render_github, ()),
    "sarif": Format(findings.render_sarif, (".sarif",)),
}

TEMPLATE_FORMATS: Mapping[str, Format[Template]] = {
    "csv": Format(template.render_csv, (".csv",)),
    "xlsx": Format(template.render_xlsx, (".xlsx",)),
}

TEST_FORMATS: Mapping[str, Format[SuiteReport]] = {
    "text": Format(suites.render_text, (".txt",), report=True),
    "json": Format(suites.render_json, (".json",)),
    "junit": Format(junit.render, (".xml",)),
}


SHOWN_FORMATS: Mapping[str, Format[ShownPack]] = {
    "table": Format(showing.render_table, (".txt",), report=True),
    "markdown": Format(showing.render_markdown, (".md",), report=True),
}

DIFF_FORMATS: Mapping[str, Format[Diff]] = {
    "table": Format(pack_diff.render_table, (".txt",), report=True),
    "markdown": Format(pack_diff.render_markdown, (".md",), report=True),
    "json": Format(pack_diff_json.render, (".json",)),
}


def survey_format_for(name: str | None) -> Format[Survey]:
    """The format of a survey that was asked for by name, else the table. Raises UsageError."""
    return _named(name or "table", SURVEY_FORMATS)


def format_for(name: str | None, out: Path | None) -> Format[Ranking]:
    """The format that was asked for by name, else by the ending of the file, else the table. Raises UsageError."""
    return _chosen(name, out, FORMATS, "table")


def explanation_format_for(name: str | None, out: Path | None) -> Format[Explanation]:
    """The format of an explanation: by name, else by the ending of the file, else the table. Raises UsageError."""
    return _chosen(name, out, EXPLANATION_FORMATS, "table")


def call_format_for(name: str | None, out: Path | None) -> Format[CallSheet]:
    """The format of a call sheet: by name, else by the ending of the file, else the table. Raises UsageError."""
    return _chosen(name, out, CALL_FORMATS, "table")


def finding_format_for(name: str | None, out: Path | None) -> Format[Report]:
    """The format of findings: by name, else by the ending of the file, else text. Raises UsageError."""
    return _chosen(name, out, FINDING_FORMATS, "text")


def template_format_for(name: str | None, out: Path | None) -> Format[Template]:
    """The format of an empty list: by name, else by the ending of the file, else CSV. Raises UsageError."""
    return _chosen(name, out, TEMPLATE_FORMATS, "csv")


def suite_format_for(name: str | None, out: Path | None) -> Format[SuiteReport]:
    """The format of what tests found: by name, else by the ending of the file, else text. Raises UsageError."""
    return _chosen(name, out, TEST_FORMATS, "text")


def shown_format_for(name: str | None, out: Path | None) -> Format[ShownPack]:
    """The format of rules as a document: by name, else by the ending of the file, else the table. Raises UsageError."""
    return _chosen(name, out, SHOWN_FORMATS, "table")


def diff_format_for(name: str | None, out: Path | None) -> Format[Diff]:
    """The format of a comparison: by name, else by the ending of the file, else the table. Raises UsageError."""
    return _chosen(name, out, DIFF_FORMATS, "table")


def _chosen(name: str | None, out: Path | None, formats: Mapping[str, Format[T]], default: str) -> Format[T]:
    if name is not None or out is None:
        return _named(name or default, formats)
    for each in formats.values():
        if out.suffix.lower() in each.endings:
            return each
    endings = ", ".join(ending for each in formats.values() for ending in each.endings)
    raise UsageError(
        f"-o {out}: the ending {out.suffix or '(none)'} names no format; use one of {endings}, or --format"
    )


def _named(name: str, formats: Mapping[str, Format[T]]) -> Format[T]:
    if name not in formats:
        raise UsageError(f"--format {name}: there is no such format; {did_you_mean(name, tuple(formats))}")
    return formats[name]
