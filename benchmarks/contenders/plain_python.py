"""Plain Python: csv.DictReader, patterns, and caches for whatever repeats itself.

Tried: csv.reader and the places of the columns instead of their headers, which is a little faster (CPU seconds at a
million rows: 1 less of 8), but hardly how anybody writes it; csv.writer instead of lines put together, which is slower
(1 more).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import judging
from command import main
from scoring import Outcomes, Ranked, Standing, first, gap, standing, write


@cache
def judge(
    sales_force: tuple[int, int, int],
    leader: int,
    attained: int,
    realism: tuple[int, int],
    established: int,
    affordable: int,
    advice: int,
    services: int,
    in_trade: int,
    loyalty: int,
) -> Standing:
    """The standing that the outcomes of the tests give."""
    small, team, pair = sales_force
    assumed_gap, firm_gap = (gap(leader, attained, realistic) for realistic in realism)
    clientele = max(services, in_trade)
    return standing(
        Outcomes(small, assumed_gap, firm_gap, team, pair, established, affordable, advice, clientele, loyalty)
    )


def prospects(list_: Path) -> Iterator[Ranked]:
    """Every prospect, in the order of the list."""
    with list_.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key, rest = judge(
                judging.sales_force(row["Salespeople"]),
                judging.poorly_led(row["Sales Leader"]),
                judging.not_exceeded(row["Goal Attainment"]),
                judging.realism(row["Goals Realistic"]),
                judging.established(row["Years in Business"]),
                judging.affordable(row["Annual Revenue"]),
                judging.advice(row["Asks for Advice"]),
                judging.services(row["Offering"]),
                judging.in_trade(row["Industry"]),
                judging.loyalty(row["Notes"]),
            )
            yield key, rest, row["Record ID"], row["Company"]


def rank(list_: Path, out: Path, top: int | None) -> None:
    """Ranks a list."""
    write(out, first(prospects(list_), top))


if __name__ == "__main__":
    main(rank)
