"""Signs in a rule file that came from elsewhere: typed by a word processor, pasted from a page, or not to be seen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from psm_qualify.errors import Finding, Place

LINE_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
INVISIBLE = "[\u00a0\u00ad\u2007\u200b-\u200f\u202f\u2060\u3000\ufeff]"
"""Signs that look like a space, or like nothing."""
SMART_QUOTED = re.compile("[“”„‟«‘‚](?P<text>.*)[“”‟»‘’]|[“„‟«](?P<rest>[^“”‟»]*)", re.DOTALL)
"""A text that seems to stand in the quotes of a word processor, or to begin with one where YAML has cut it."""
MAX_SHOWN = 2000
"""Of a longer line nothing is shown."""


def place(file: str, lines: Sequence[str], line: int, column: int, length: int = 1) -> Place:
    """The place of a span whose line and column count from 0."""
    text = lines[line] if line < len(lines) else ""
    return Place(file, line + 1, column + 1, max(1, length), text if len(text) <= MAX_SHOWN else "")


def without_section(lines: Sequence[str], at: int) -> Sequence[str]:
    """The lines, but that section left empty in which one stands: all up to the next that is not indented."""
    begins = [number for number, text in enumerate(lines) if re.match(r"[\w\"']", text)]
    start = max((number for number in begins if number <= at), default=0)
    end = min((number for number in begins if number > at), default=len(lines))
    return [*lines[:start], *[""] * (end - start), *lines[end:]]


def unreadable(text: str, file: str, lines: Sequence[str]) -> Finding | None:
    """The first sign that YAML does not take anywhere."""
    control = _CONTROL.search(text)
    if control is None:
        return None
    before = LINE_BREAK.split(text[: control.start()])
    here = place(file, lines, len(before) - 1, len(before[-1]))
    if re.match(INVISIBLE, control.group()):
        return Finding(*invisible(control.group()), here)
    message = f"not readable as YAML: a control character, U+{ord(control.group()):04X}, stands here"
    return Finding("yaml", message, "delete it, or type the text around it anew", here)


def invisible(sign: str) -> tuple[str, str, str]:
    """Code, message and hint for a sign that can't be seen."""
    name = "a non-breaking space" if sign == "\u00a0" else f"an invisible character, U+{ord(sign):04X},"
    return "invisible-character", f"{name} stands here", "delete it; where a space belongs, type a plain one"


def smart_quotes(quote: str) -> tuple[str, str, str]:
    """Code, message and hint for a quote that a word processor made."""
    message = f"{quote} comes from a text document; YAML takes it for a letter"
    return "smart-quotes", message, "type plain quotes instead: \" or '"
