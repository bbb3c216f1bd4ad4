"""Which rules a command of authors works on, and a word where they are not those of the folder that one stands in."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from psm_qualify.cli.options import rules, say

_FIRST = 100_000  # bytes of a file that are looked at
_PACK = re.compile(rb"^(?:\xef\xbb\xbf)?pack:", re.MULTILINE)


def rules_here(given: Sequence[str] | None) -> list[str]:
    """The rule paths that a command works on. Where none was named and a pack lies in the working folder, says that
    it is not the one."""
    if not given and not os.environ.get("PSM_QUALIFY_RULES") and any(map(_holds_pack, sorted(Path().glob("*.yaml")))):
        say("these are the shipped rules; write . for those in this folder")
    return rules(given)


def _holds_pack(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            return _PACK.search(opened.read(_FIRST)) is not None
    except OSError:
        return False
