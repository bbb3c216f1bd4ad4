"""The command line that every contender has: `python contender.py LIST OUT --top 10`, or `--all`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

Rank: TypeAlias = Callable[[Path, Path, int | None], None]
"""Ranks a list and writes the first so many, or all, as CSV."""


def main(rank: Rank) -> None:
    """Reads the command line and ranks."""
    parser = argparse.ArgumentParser()
    parser.add_argument("list", type=Path)
    parser.add_argument("out", type=Path)
    how_many = parser.add_mutually_exclusive_group(required=True)
    how_many.add_argument("--top", type=int)
    how_many.add_argument("--all", action="store_true")
    chosen = parser.parse_args()
    rank(chosen.list, chosen.out, chosen.top)
