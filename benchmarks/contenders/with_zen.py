"""zen-engine: plain Python reads the cells, one compiled expression judges all tests of a prospect.

Tried, and slower (CPU microseconds a prospect for judging; this way takes 4): a list of outcomes instead of a number
(4.4); the tests as nodes of a decision that the engine loaded beforehand, one by one (10) or in batches (19); a
decision made by `create_decision` (137); patterns, which are compiled anew for each prospect (46).
"""

from __future__ import annotations

from pathlib import Path

import facts
import zen
from command import main
from rules import CLIENT_TRADES, LOYAL_PHRASES
from scoring import WEIGHT, Standing, first, numbered, write


def has(fact: str, phrases: tuple[str, ...]) -> str:
    """Whether a text holds one of some phrases."""
    return "(" + " or ".join(f"contains({fact}, ' {phrase} ')" for phrase in phrases) + ")"


TESTS = facts.tests(has("trade", CLIENT_TRADES), has("notes", LOYAL_PHRASES))
number = zen.compile_expression(" + ".join(f"({test}) * {WEIGHT[name]}" for name, test in TESTS.items()))


def judge(found: facts.Facts) -> Standing:
    """The standing of a prospect."""
    return numbered(int(number.evaluate(found)))


def rank(list_: Path, out: Path, top: int | None) -> None:
    """Ranks a list."""
    write(out, first(facts.prospects(list_, judge), top))


if __name__ == "__main__":
    main(rank)
