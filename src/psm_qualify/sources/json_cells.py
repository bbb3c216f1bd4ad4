"""A JSON value as the cells of a record."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from typing import TypeAlias

# An object is a tuple of pairs, so that a key that stands twice loses nothing; every number is its own text.
Pairs: TypeAlias = "tuple[tuple[str, Json], ...]"
Json: TypeAlias = "str | bool | list[Json] | Pairs | None"
_ENVELOPES = ("properties", "fields")
"""Objects in which HubSpot and Airtable hand out what belongs to the record itself."""


def cells_of(value: Json) -> dict[str, str]:
    """A record's cells by their distinct headers: nested objects as `a.b`."""
    pairs = value if isinstance(value, tuple) else (("", value),)
    plain = {key: inner or "" for key, inner in pairs if inner is None or isinstance(inner, str)}
    if len(plain) == len(pairs):  # nearly all: numbers are texts here, too
        return plain
    found: dict[str, str] = {}
    for key, inner in pairs:
        for path, text in _flat(inner, key):
            found[_free(path, found)] = text
    return found


def _free(key: str, taken: Collection[str]) -> str:
    """The key, with a number where it is taken."""
    chosen, count = key, 1
    while chosen in taken:
        count += 1
        chosen = f"{key} ({count})"
    return chosen


def _flat(value: Json, prefix: str) -> Iterator[tuple[str, str]]:
    if not isinstance(value, tuple):
        yield prefix, _text(value)
        return
    for key, inner in value:
        name = f"{prefix}.{key}" if prefix and prefix not in _ENVELOPES else key
        yield from _flat(inner, name)


def _text(value: Json) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if any(isinstance(item, list | tuple) for item in value):
            return json.dumps(_plain(value), ensure_ascii=False)
        return "; ".join(map(_text, value))
    return str(value)


def _plain(value: Json) -> object:
    """What `json` writes as it was read."""
    if isinstance(value, tuple):
        return {key: _plain(inner) for key, inner in value}
    return [_plain(item) for item in value] if isinstance(value, list) else value
