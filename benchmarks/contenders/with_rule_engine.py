"""rule-engine: plain Python reads the cells, one compiled rule judges all tests of a prospect.

Tried, and slower (CPU microseconds a prospect for judging; this way takes 55): a rule for each test (63); a number
instead of a list of outcomes (69); words one by one instead of a pattern (76); types of the facts told beforehand (91).
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


TESTS = facts.tests(has("trade", CLIENT_TRADES), has("notes", LOYAL_PHRASES))
outcomes = Rule("[" + ", ".join(f"({test})" for test in TESTS.values()) + "]")


def judge(found: facts.Facts) -> Standing:
    """The standing of a prospect."""
    return standing(Outcomes(*map(int, outcomes.evaluate(found))))


def rank(list_: Path, out: Path, top: int | None) -> None:
    """Ranks a list."""
    write(out, first(facts.prospects(list_, judge), top))


if __name__ == "__main__":
    main(rank)
