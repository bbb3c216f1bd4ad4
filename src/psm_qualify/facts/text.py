"""How text is made comparable, and harmless. What compares has a twin in `compile/cells.py` that says it in SQL."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def clean(text: str) -> str:
    """Trimmed, in lower case, every run of white space one space."""
    return _SPACES.sub(" ", text).strip().lower()


def dashed(text: str) -> str:
    """Every kind of dash and the minus sign as a hyphen."""
    return text.translate(_DASHES)


def squash(text: str) -> str:
    """Letters and digits only, in lower case."""
    return "".join(filter(str.isalnum, text.lower()))


def spaced(text: str) -> str:
    """Words of letters and digits, in lower case, one space between and at both ends."""
    return " " + " ".join("".join(char if char.isalnum() else " " for char in text.lower()).split()) + " "


def blank(text: str) -> bool:
    """Whether nothing but punctuation stands there."""
    return not any(char.isalnum() for char in text)


def printable(text: str) -> str:
    """The text with control codes and direction marks shown as a sign, and line ends as spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\n\r\t":
        return " "
    if char in "\u200c\u200d":  # joiners: parts of names in many scripts, and of emoji
        return char
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else char


FORMULA = r"^([=@\t\r]|[+-][0-9.,]*(?:[^0-9.,%]|%[\d\D]))"
"""What a spreadsheet would run; a number or a share with a sign is none."""
MARKED = r"'\1"


def formula_safe(text: str) -> str:
    """The text as one that no spreadsheet runs as a formula: an apostrophe stands before it."""
    return re.sub(FORMULA, MARKED, text)


def shortened(text: str, most: int = 60) -> str:
    """The text, cut with an ellipsis where it is longer than people want to read."""
    return text if len(text) <= most else text[: most - 1] + "…"
