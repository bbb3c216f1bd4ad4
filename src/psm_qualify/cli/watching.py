"""Showing a result anew whenever a file that it rests on is saved."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TypeVar

from psm_qualify.cli.lists import Reading
from psm_qualify.cli.options import say
from psm_qualify.errors import QualifyError, UsageError
from psm_qualify.rules.shipped import SHIPPED
from psm_qualify.sources.answers import answers_beside

T = TypeVar("T")

_LOOKS = 200  # milliseconds
_CLEAR = "\x1b[2J\x1b[H"


def watch(paths: Collection[Path], show: Callable[[T | None], T]) -> None:
    """Shows a result now and after every save of one of the files, or of a rule file in one of the folders.

    `show` gets what it returned the last time that it went well. Where it fails, that is told below the last good
    result, which stays. Runs until Ctrl-C.
    """
    from watchfiles import watch as saves

    folders = {path if path.is_dir() else path.parent for path in paths}
    wanted = {path.resolve() for path in paths}
    # Editors save by putting a new file in the place of the old one, so it is the folder that is watched.
    saved = saves(
        *folders,
        watch_filter=lambda _, name: _concerns(Path(name), wanted),
        rust_timeout=_LOOKS,
        yield_on_timeout=True,
        raise_interrupt=True,
    )
    next(saved)  # it looks from here on, so that no save is missed while the first result is made
    state = _shown(show, None)
    for changes in saved:
        if changes:
            state = _shown(show, state)


def watched(lists: Sequence[str] = (), rules: Sequence[str] = (), reading: Reading | None = None) -> list[Path]:
    """The files and folders that a result rests on, answers that come to be kept among them.

    Raises UsageError where nothing could be saved anew: standard input ends, and the shipped pack does not change.
    """
    reading = reading or Reading()
    given = [*lists, *([reading.contacts] if reading.contacts else [])]
    if "-" in given:
        raise UsageError("--watch: standard input can be read once; name a file")
    files = [Path(name) for name in given]
    kept = [reading.answers] if reading.answers is not None else map(answers_beside, files)
    files += [reading.map_file] if reading.map_file is not None else []
    folders = [Path(name) for name in rules if name != SHIPPED]
    if not files and not folders:
        raise UsageError("--watch: the shipped pack does not change; name rules of your own")
    return [*files, *folders, *([] if reading.no_answers else kept)]


def _concerns(path: Path, wanted: Collection[Path]) -> bool:
    resolved = path.resolve()
    in_folder = resolved.parent in wanted and resolved.suffix in (".yaml", ".yml")
    return resolved in wanted or in_folder


def _shown(show: Callable[[T | None], T], state: T | None) -> T | None:
    try:
        state = show(state)
    except QualifyError as error:
        say(str(error))
    sys.stdout.flush()
    say("waiting for the next save; Ctrl-C ends")
    return state


def begin_anew() -> None:
    """Clears the terminal before a result is shown again; in a pipe, results follow one another."""
    if sys.stdout.isatty():
        sys.stdout.write(_CLEAR)
