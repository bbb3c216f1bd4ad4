"""The output formats. A new one is one entry here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.render import fields, flat, json, table
from psm_qualify.render.base import Format, T
from psm_qualify.scoring import Ranking
from psm_qualify.surveys import Survey

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


def survey_format_for(name: str | None) -> Format[Survey]:
    """The format of a survey that was asked for by name, else the table. Raises UsageError."""
    return _named(name or "table", SURVEY_FORMATS)


def format_for(name: str | None, out: Path | None) -> Format[Ranking]:
    """The format that was asked for by name, else by the ending of the file, else the table. Raises UsageError."""
    if name is not None:
        return _named(name, FORMATS)
    if out is None:
        return FORMATS["table"]
    for each in FORMATS.values():
        if out.suffix.lower() in each.endings:
            return each
    endings = ", ".join(ending for each in FORMATS.values() for ending in each.endings)
    raise UsageError(
        f"-o {out}: the ending {out.suffix or '(none)'} names no format; use one of {endings}, or --format"
    )


def _named(name: str, formats: Mapping[str, Format[T]]) -> Format[T]:
    if name not in formats:
        raise UsageError(f"--format {name}: there is no such format; {did_you_mean(name, tuple(formats))}")
    return formats[name]
