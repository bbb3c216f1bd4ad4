"""Patterns of rules keep to what Python, RE2 and Java's engine all run, with the same meaning."""

from __future__ import annotations

import re

_ESCAPES = set("dDwWsSbBtnrfv")
_REFUSED_GROUPS = {
    "(?=": "look-ahead", "(?!": "look-ahead", "(?<=": "look-behind", "(?<!": "look-behind",
    "(?P=": "a back-reference", "(?(": "a conditional", "(?>": "an atomic group", "(?#": "a comment",
    "(?P<": "a named group", "(?<": "a named group",
}  # fmt: skip


def fault(pattern: str) -> str | None:
    """What is wrong with a pattern, in words, or None."""
    for opening, name in _REFUSED_GROUPS.items():
        if opening in pattern.replace("\\(", ""):
            return f"{name}, {opening}…), which not every engine can run"
    if re.search(r"\(\?[a-zA-Z-]+[:)]", pattern):
        return "flags inside the pattern: patterns ignore case by themselves"
    if (bad := _bad_escape(pattern)) is not None:
        return bad
    if re.search(r"[*+?}]\+", re.sub(r"\\.", "", pattern)):
        return "a possessive quantifier, which not every engine can run"
    try:
        compiled = re.compile(pattern, re.IGNORECASE | re.ASCII)
    except (re.error, RecursionError, OverflowError) as error:
        return f"not a valid pattern: {error}"
    if any(int(count) > 1000 for count in re.findall(r"\{(\d+)", pattern)):
        return "a repetition of more than 1000, which not every engine can run"
    return "it matches every text" if compiled.search("") else None


def _bad_escape(pattern: str) -> str | None:
    for match in re.finditer(r"\\(.?)", pattern, re.DOTALL):
        char = match.group(1)
        if char.isdigit():
            return f"a back-reference, \\{char}, which not every engine can run"
        if not char or (char.isalnum() and char not in _ESCAPES):
            return f"the escape \\{char}, which does not mean the same in every engine"
    return None
