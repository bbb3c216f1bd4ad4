"""Mapping files: which column feeds which field, kept for the next list of the same kind. TOML, a line a field."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

from psm_qualify.errors import InputError, OutputError
from psm_qualify.facts.text import shortened

HEADING = "# psm-qualify: field = column header. Use it with --map-file."
_LARGEST = 1 << 20  # bytes; anything longer is a list, or not text at all


def read_map(path: Path | str) -> dict[str, str]:
    """The mapping (field -> header) in a file. Raises InputError, with the file and the line that is at fault."""
    try:
        text = _text(Path(path))
        return _entries(tomllib.loads(text), text, path)
    except tomllib.TOMLDecodeError as error:
        what, place = _fault(error)
        raise InputError(f"{path}{place}: this is no mapping file: {what}. {_FORM}") from None


def write_map(path: Path | str, mapping: Mapping[str, str]) -> None:
    """Writes a mapping. Raises OutputError."""
    try:
        Path(path).write_bytes(map_text(mapping).encode("utf-8", errors="replace"))
    except OSError as error:
        raise OutputError(f"{path}: can't be written: {error.strerror or error}") from None


def map_text(mapping: Mapping[str, str]) -> str:
    """A mapping as the text of its file."""
    return "\n".join([HEADING, *(f"{_quoted(field)} = {_quoted(header)}" for field, header in mapping.items()), ""])


_FORM = 'Write a line a field, such as: sales_reps = "Team size (sales)"'


def _quoted(text: str) -> str:
    """A TOML basic string: that of JSON, save that JSON leaves the delete code as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise InputError(f"{path}: this is no mapping file: it is too long for one. {_FORM}")
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: this is no mapping file: its text is not UTF-8. {_FORM}") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def _fault(error: tomllib.TOMLDecodeError) -> tuple[str, str]:
    """What is wrong and on which line: the parser tells both in one text."""
    found = re.fullmatch(r"(.*) \(at line (\d+), column \d+\)", str(error), re.DOTALL)
    return (found[1], f" line {found[2]}") if found else (str(error), "")


def _entries(found: Mapping[str, object], text: str, path: Path | str) -> dict[str, str]:
    mapping = {field: header for field, header in found.items() if isinstance(header, str) and header.strip()}
    for field in found:
        if field not in mapping:
            where = f"{path} line {_line_of(field, text)}"
            raise InputError(f"{where}: {shortened(field)!r} needs a column header in quotes. {_FORM}")
    return mapping


def _line_of(field: str, text: str) -> int:
    """The line with which a field comes into a sound file: the parser tells places of faults alone."""
    lines = text.split("\n")
    for count in range(1, len(lines)):
        try:
            if field in tomllib.loads("\n".join(lines[:count])):
                return count
        except tomllib.TOMLDecodeError:
            continue  # cut within a value of several lines
    return len(lines)
