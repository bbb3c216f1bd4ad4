"""What the YAML parser says when it can't go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psm_qualify.errors import Finding
from psm_qualify.rules.signs import place


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the parser says: its problem, where it noticed, and where the part began that it was reading (from 0)."""

    problem: str
    file: str
    lines: Sequence[str]
    line: int
    column: int
    began: tuple[int, int] | None

    @property
    def text(self) -> str:
        return self.lines[self.line]

    @property
    def before(self) -> str:
        """The line up to where the parser noticed."""
        return self.text[: self.column]

    @property
    def sign(self) -> str:
        """The sign at which the parser noticed; nothing at the end of a line."""
        return self.text[self.column : self.column + 1]

    @property
    def above(self) -> int | None:
        """The nearest line above that says something."""
        lines = ((number, self.lines[number].strip()) for number in range(self.line - 1, -1, -1))
        return next((number for number, text in lines if text and not text.startswith("#")), None)

    def tell(self, code: str, message: str, hint: str, at: tuple[int, int] | None = None, length: int = 1) -> Finding:
        """A finding at a line and column."""
        line, column = at or (self.line, self.column)
        return Finding(code, message, hint, place(self.file, self.lines, line, column, length))


def refusal_of(error: Any, file: str, lines: Sequence[str]) -> Refusal:
    """What an error of the YAML parser says."""
    at, began = (_position(getattr(error, name, None), lines) for name in ("problem_mark", "context_mark"))
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error).strip()
    return Refusal(problem, file, lines, *(at or (0, 0)), began)


def _position(mark: Any, lines: Sequence[str]) -> tuple[int, int] | None:
    """Line and column of a mark; what lies behind the last line that says something is the end of that."""
    if mark is None or (mark.line < len(lines) and lines[mark.line]):
        return mark and (mark.line, mark.column)
    line = max((number for number, text in enumerate(lines[: mark.line]) if text.strip()), default=0)
    return line, len(lines[line].rstrip())
