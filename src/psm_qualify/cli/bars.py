"""A bar on the terminal while long work goes on: how far it is, how fast, how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from psm_qualify.facts.text import printable, shortened
from psm_qualify.progress import WRITING, Listener, Progress, unheard

if TYPE_CHECKING:
    from rich.progress import Progress as Display
    from rich.progress import Task

PATIENCE = 0.5  # seconds that a stage may take before a bar is worth looking at
_REDRAWN = 0.1  # seconds


@contextmanager
def bar(out: Path | None) -> Iterator[Listener]:
    """A listener that draws on standard error, and only where that is a terminal; in the end nothing is left of it.

    `out` gets what is written; where it is None, that may come to the same terminal, and no bar is drawn meanwhile.
    """
    if sys.stderr is None or not sys.stderr.isatty():
        yield unheard
        return
    drawn = _Bar(beside_output=out is None and sys.stdout is not None and sys.stdout.isatty())
    try:
        yield drawn.hear
    finally:
        drawn.erase()


class _Bar:
    def __init__(self, beside_output: bool) -> None:
        self._beside_output = beside_output
        self._stage = ""
        self._began = self._drawn = 0.0
        self._display: Display | None = None

    def hear(self, heard: Progress) -> None:
        """Draws how far the work is, unless it is new or was drawn just now."""
        now = time.monotonic()
        if heard.ended or heard.stage != self._stage:
            self.erase()
            self._stage, self._began, self._drawn = "" if heard.ended else heard.stage, now, 0.0
        if heard.ended or (self._beside_output and heard.stage == WRITING):
            return
        if now - self._began >= PATIENCE and now - self._drawn >= _REDRAWN:
            self._drawn = now
            self._draw(heard)

    def erase(self) -> None:
        """Takes the bar off the terminal."""
        if self._display is not None:
            self._display.stop()
            self._display = None

    def _draw(self, heard: Progress) -> None:
        if self._display is None:
            self._display = _display()
            self._display.add_task(shortened(printable(heard.stage), 40), total=heard.total, unit=heard.unit)
            self._display.start()
        (task,) = self._display.task_ids
        self._display.update(task, completed=heard.done)
        self._display.refresh()


def _display() -> Display:
    from rich.console import Console
    from rich.progress import BarColumn, ProgressColumn, TextColumn
    from rich.progress import Progress as Display
    from rich.text import Text

    class Figures(ProgressColumn):
        """How much, how fast, how long it will take."""

        def render(self, task: Task) -> Text:
            return Text(_figures(task), no_wrap=True)

    return Display(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        Figures(),
        console=Console(stderr=True),
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )


def _figures(task: Task) -> str:
    parts = [f"{task.percentage:.0f} %"] if task.total else []
    if task.speed:
        parts.append(f"{_amount(task.speed, task.fields['unit'])}/s")
    if task.time_remaining is not None and task.total:
        parts.append(f"{_duration(task.time_remaining)} left")
    return ", ".join(parts)


def _amount(number: float, unit: str) -> str:
    if unit == "bytes":
        return f"{number / 1e6:,.1f} MB"
    return f"{number:,.0f} rows"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
