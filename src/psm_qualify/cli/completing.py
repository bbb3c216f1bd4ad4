"""What may stand as the value of an option, for shells that complete it. They wait for it, so nothing is loaded."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import typer

from psm_qualify.rules.shipped import SHIPPED

COMPLETES = "_PSM_QUALIFY_COMPLETE"
"""The variable by which a shell asks what could come next."""
Completer = Callable[[str], list[str]]


def keep_light() -> None:
    """Keeps out what Typer would convert words with, and what it would lay out help with, although nothing but the
    names of options is asked for. A key press waits for it."""
    for library in ("pydantic", "rich"):
        sys.modules.setdefault(library, None)  # type: ignore[arg-type] # importing it fails, and Typer goes on without


def choices(*words: str) -> Completer:
    """Completes to one of some words."""

    def complete(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return complete


def format_option(help: str, of: str) -> Any:
    """The option --format of a command; `of` names its formats in `render/formats.py`."""

    def complete(incomplete: str) -> list[str]:
        known = getattr(import_module("psm_qualify.render.formats"), of)
        return [name for name in known.by_name if name.startswith(incomplete)]

    return typer.Option("--format", help=help, metavar="F", autocompletion=complete)


def rule_paths(incomplete: str) -> list[str]:
    """Completes to the shipped pack, and rules that lie here. Where it can't be that pack, the shell completes files
    as it is used to."""
    if not SHIPPED.startswith(incomplete):
        return []
    here = sorted(each.name for each in Path().iterdir() if each.suffix in (".yaml", ".yml") or each.is_dir())
    return [SHIPPED, *(name for name in here if name.startswith(incomplete) and not name.startswith("."))]
