"""Text that came from a file, made harmless for a terminal."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """The text with control codes and direction marks shown as a sign, and line ends as spaces."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\n\r\t":
        return " "
    return "\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp") else char
