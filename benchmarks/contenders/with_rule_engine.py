"""rule-engine: plain Python reads the cells, a compiled rule for each test judges them.

Tried, and slower (CPU microseconds a prospect for judging; this way takes 60): one rule for all tests (75), types of
the facts told beforehand (80), lists of words instead of a pattern (70).
"""

from __future__ import annotations

from pathlib import Path

import facts
from command import main
from rule_engine import Rule
from rules import CLIENT_TRADES, LOYAL_PHRASES
from scoring import Outcomes, Standing, first, standing, write


def has(fact: str, phrases: tuple[str, ...]) -> str:
    """Whether a text holds one of some phrases."""
    return f"{fact} =~~ ' (?:{'|'.join(phrases)}) '"


TESTS = [Rule(test) for test in facts.tests(has("trade", CLIENT_TRADES), has("notes", LOYAL_PHRASES)).values()]


def judge(found: facts.Facts) -> Standing:
    """The standing of a prospect."""
    return standing(Outcomes(*(int(test.evaluate(found)) for test in TESTS)))


def rank(list_: Path, out: Path, top: int | None) -> None:
    """Ranks a list."""
    write(out, first(facts.prospects(list_, judge), top))


if __name__ == "__main__":
    main(rank)
