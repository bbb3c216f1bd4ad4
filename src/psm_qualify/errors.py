"""The error tree, and findings that carry a place in a rule file.

Everything that a user can cause is a `QualifyError`: the shell prints its text and exits with its code.
Anything else is a bug.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias


class QualifyError(Exception):
    """An expected failure: wrong usage or unreadable input. One clear message, no traceback."""

    exit_code = 2


class InputError(QualifyError):
    """A prospect list that can't be read or mapped."""


class OutputError(QualifyError):
    """A file that can't be written."""


class MemoryLimitError(QualifyError):
    """Less memory, or room on the disk, than the work takes."""


class UsageError(QualifyError):
    """Options that don't fit together or name something that isn't there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a rule file. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    length: int = 1
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


Severity: TypeAlias = Literal["error", "warning"]
"""An error keeps a pack from working; a warning is what a careful reader would ask about."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong in a pack: a stable code, what is wrong, what to do, and where."""

    code: str
    message: str
    hint: str
    place: Place
    severity: Severity = "error"

    def render(self) -> str:
        """The finding as text: place and message, the line with a caret under the span, the hint."""
        place = self.place
        lines = [f"{place}: {self.message} [{self.code}]"]
        if place.text:
            gutter = f"{place.line:>5} | "
            start = max(place.column - 1, 0)
            # A tab keeps its width in the caret line, so that the caret stays under its span.
            pad = "".join("\t" if char == "\t" else " " for char in place.text[:start])
            carets = "^" * max(1, min(place.length, len(place.text) - start))
            lines += [f"{gutter}{place.text}", f"{' ' * (len(gutter) - 2)}| {pad}{carets}"]
        if self.hint:
            lines.append(f"        {self.hint}")
        return "\n".join(lines)


class PackError(QualifyError):
    """A pack that can't work. Holds every finding, in the order of the files."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        count = len(self.findings)
        heading = f"the rules can't be used: {count} error{'s' if count > 1 else ''}"
        super().__init__("\n\n".join([heading, *(finding.render() for finding in self.findings)]))


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was probably meant to be, or None."""
    from difflib import get_close_matches  # only ever needed on the way to an error

    by_folded = {name.casefold().replace("-", "_").replace(" ", "_"): name for name in known}
    folded = word.casefold().replace("-", "_").replace(" ", "_")
    for known_word, name in by_folded.items():
        if sorted(known_word) == sorted(folded):  # letters that changed places: `ayn` is any, not say
            return name
    matches = get_close_matches(folded, by_folded, n=1, cutoff=0.6)
    return by_folded[matches[0]] if matches else None


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """A hint that names the nearest right word first, then the rest."""
    best = nearest(word, known)
    if best is not None:
        return f"did you mean {best!r}?"
    shown = ", ".join(list(known)[:12]) + (", …" if len(known) > 12 else "")
    return f"known here: {shown}" if known else ""
