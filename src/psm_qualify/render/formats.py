"""The output formats of each command. A new one is one entry here.

Renderers are named, and loaded when they are used: what one command prints costs the others nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Generic

from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.render.base import Format, T

if TYPE_CHECKING:
    from psm_qualify.authoring.coverage import SuiteReport
    from psm_qualify.authoring.diffing.moves import Diff
    from psm_qualify.authoring.review.report import Report
    from psm_qualify.authoring.showing import ShownPack
    from psm_qualify.calling import CallSheet
    from psm_qualify.explaining import Explanation
    from psm_qualify.scoring import Ranking
    from psm_qualify.surveys import Survey
    from psm_qualify.template import Template


@dataclass(frozen=True, slots=True)
class Formats(Generic[T]):
    """The formats of one kind of result by name; the first is what is used where none is asked for."""

    by_name: Mapping[str, Format[T]]

    def chosen(self, name: str | None, out: Path | None) -> Format[T]:
        """The format that was asked for by name, else by the ending of the file, else the first. Raises UsageError."""
        if name is not None:
            if name not in self.by_name:
                hint = did_you_mean(name, tuple(self.by_name))
                raise UsageError(f"--format {name}: there is no such format; {hint}")
            return self.by_name[name]
        if out is None:
            return next(iter(self.by_name.values()))
        for each in self.by_name.values():
            if out.suffix.lower() in each.endings:
                return each
        endings = ", ".join(ending for each in self.by_name.values() for ending in each.endings)
        raise UsageError(
            f"-o {out}: the ending {out.suffix or '(none)'} names no format; use one of {endings}, or --format"
        )


RANKING: Formats[Ranking] = Formats({
    "table": Format("table:render", (".txt",), report=True, top=25),
    "json": Format("json:render_document", (".json",)),
    "jsonl": Format("json:render_lines", (".jsonl", ".ndjson")),
    "csv": Format("flat:render", (".csv",), keeps_columns=True),
})  # fmt: skip

SURVEY: Formats[Survey] = Formats({
    "table": Format("fields:render_table", (".txt",), report=True),
    "json": Format("fields:render_json", (".json",)),
})  # fmt: skip

EXPLANATION: Formats[Explanation] = Formats({
    "table": Format("explanation:render_table", (".txt",), report=True),
    "markdown": Format("explanation:render_markdown", (".md",), report=True),
    "json": Format("explanation_json:render", (".json",)),
})  # fmt: skip

CALLS: Formats[CallSheet] = Formats({
    "table": Format("calls:render_table", (".txt",), report=True, top=25, each=3),
    "markdown": Format("calls:render_markdown", (".md",), report=True, top=25, each=3),
    "csv": Format("calls:render_csv", (".csv",), top=500),
    "json": Format("calls:render_json", (".json",), top=500),
})  # fmt: skip

TEMPLATE: Formats[Template] = Formats({
    "csv": Format("template:render_csv", (".csv",)),
    "xlsx": Format("template:render_xlsx", (".xlsx",)),
})  # fmt: skip

FINDINGS: Formats[Report] = Formats({
    "text": Format("findings:render_text", (".txt",), report=True),
    "json": Format("findings:render_json", (".json",)),
    "github": Format("findings:render_github", ()),
    "sarif": Format("findings:render_sarif", (".sarif",)),
})  # fmt: skip

SUITE: Formats[SuiteReport] = Formats({
    "text": Format("suites:render_text", (".txt",), report=True),
    "json": Format("suites:render_json", (".json",)),
    "junit": Format("junit:render", (".xml",)),
})  # fmt: skip

SHOWN: Formats[ShownPack] = Formats({
    "table": Format("showing:render_table", (".txt",), report=True),
    "markdown": Format("showing:render_markdown", (".md",), report=True),
})  # fmt: skip

DIFF: Formats[Diff] = Formats({
    "table": Format("pack_diff:render_table", (".txt",), report=True),
    "markdown": Format("pack_diff:render_markdown", (".md",), report=True),
    "json": Format("pack_diff_json:render", (".json",)),
})  # fmt: skip

ALL = (RANKING, SURVEY, EXPLANATION, CALLS, TEMPLATE, FINDINGS, SUITE, SHOWN, DIFF)
