"""Keys of a mapping that YAML could read, and that are none: what was meant, told so that it can be mended."""

from __future__ import annotations

import re

from psm_qualify.errors import Place

_AND_VALUE = re.compile(r"([\w-]+):([^/].*)")
_AND_NUMBER = re.compile("([a-z_]+) (-?[0-9]+%?|yes|no|true|false)")
_AND_OPENING = re.compile(r"([\w-]+) *([{\[])[^}\]]*")
_REMARK = re.compile(r"""["']?:\s+(#[^\s#].*)""")

EMPTY = (
    "needs-quotes",
    "what begins with # is a remark, so nothing is written here",
    "put quotes around a text with #",
)
"""Code, message and hint for a key with a remark in the place of its value."""


def mistake(name: str, bare: bool) -> tuple[str, str, str] | None:
    """Code, message and hint for a key that is none; `bare` is one without a colon."""
    if (opening := _AND_OPENING.fullmatch(name)) is not None:
        return "no-colon", f"no colon between {opening[1]} and {opening[2]}", f"write `{opening[1]}: {opening[2]}`"
    if not bare:
        return None
    if (unspaced := _AND_VALUE.fullmatch(name)) is not None:
        return "no-space", "no space behind the colon", f"write `{unspaced[1]}: {unspaced[2]}`"
    pair = _AND_NUMBER.fullmatch(name)
    other = f"; or, if {pair[1]} is a key, write `{pair[1]}: {pair[2]}`" if pair else ""
    message = f"{name!r} is neither a key nor part of the text before it: YAML splits {{…}} at commas"
    return "split-text", message, f"put quotes around the whole text{other}"


def is_bare(key: Place, place: Place, value: object) -> bool:
    """Whether the value of a key is nothing and stands right behind it, as for `but now` in `{ask: first, but now}`."""
    return value == "" and (place.line, place.column) == (key.line, key.column + key.length)


def is_placeholder(key: Place) -> bool:
    """Whether it is the `name` of `{{name}}`, which is told as a mapping that is a key."""
    return key.text[: key.column - 1].endswith("{{")


def remark(key: Place) -> tuple[int, int] | None:
    """Column (from 0) and length of the remark that stands where the value of a key belongs, close behind its #."""
    found = _REMARK.match(key.text, key.column - 1 + key.length)
    return found and (found.start(1), len(found[1]))
