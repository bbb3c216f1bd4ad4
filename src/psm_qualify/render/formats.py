"""The output formats. A new one is one entry here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psm_qualify.errors import UsageError, did_you_mean
from psm_qualify.render import flat, json, table
from psm_qualify.render.base import Format

FORMATS: Mapping[str, Format] = {
    "table": Format(table.render, (".txt",), report=True, top=25),
    "json": Format(json.render_document, (".json",)),
    "jsonl": Format(json.render_lines, (".jsonl", ".ndjson")),
    "csv": Format(flat.render, (".csv",), keeps_columns=True),
}


def format_for(name: str | None, out: Path | None) -> Format:
    """The format that was asked for by name, else by the ending of the file, else the table. Raises UsageError."""
    if name is not None:
        if name not in FORMATS:
            raise UsageError(f"--format {name}: there is no such format; {did_you_mean(name, tuple(FORMATS))}")
        return FORMATS[name]
    if out is None:
        return FORMATS["table"]
    for each in FORMATS.values():
        if out.suffix.lower() in each.endings:
            return each
    endings = ", ".join(ending for each in FORMATS.values() for ending in each.endings)
    raise UsageError(
        f"-o {out}: the ending {out.suffix or '(none)'} names no format; use one of {endings}, or --format"
    )
