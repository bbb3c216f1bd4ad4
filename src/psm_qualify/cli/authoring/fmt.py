"""`psm-qualify rules fmt`: rule files in their canonical form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def fmt(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Rule files, or folders of them.")],
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a file is not in form.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False,
) -> None:
    """Put keys in the order of the language, two spaces a level, one blank line at most; comments stay.

    Example: psm-qualify rules fmt ours.yaml
    """
    from difflib import unified_diff

    from psm_qualify.authoring.formatting import formatted, text_of
    from psm_qualify.cli import options
    from psm_qualify.errors import UsageError
    from psm_qualify.rules.loader import rule_files
    from psm_qualify.rules.shipped import SHIPPED

    if SHIPPED in paths:
        raise UsageError(f"{SHIPPED}: the shipped pack is in form; `rules init DIR` makes a copy of it to edit")
    options.prepare_output(report=True)
    changed = []
    for file in [file for path in paths for file in rule_files(path)]:
        before = text_of(file)
        after = formatted(before, str(file))
        if after == before:
            continue
        changed.append(file)
        if diff:
            print(*unified_diff(_shown(before), _shown(after), str(file), str(file), lineterm=""), sep="\n")
        if not (check or diff):
            with options.written(Path(file)) as path:
                assert path is not None
                path.write_text(after, encoding="utf-8", newline="")
    done = "not in form" if check or diff else "put into form"
    options.say(f"{done}: {', '.join(map(str, changed))}" if changed else "every file is in form")
    if changed and (check or diff):
        sys.exit(1)


def _shown(text: str) -> list[str]:
    """The lines of a text; whether the last one has an end, too."""
    return [*text.splitlines(), *(["(no line end here)"] if text and not text.endswith("\n") else [])]
