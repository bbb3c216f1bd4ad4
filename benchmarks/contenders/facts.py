"""For rule engines: facts that plain Python read in cells, and the tests on them in words that both engines know."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TypeAlias

import reading
import rules
from reading import Interval, Read
from scoring import Ranked, Standing

Facts: TypeAlias = dict[str, float | str]

OPEN = 1e15
"""The open end of an interval: the engines count in decimals, which know no infinity."""

_NUMBERS: Mapping[str, tuple[str, Read]] = {
    "reps": ("Salespeople", reading.sales_reps),
    "attained": ("Goal Attainment", reading.goal_attainment),
    "years": ("Years in Business", reading.years_in_business),
    "revenue": ("Annual Revenue", reading.annual_revenue),
}


def prospects(list_: Path, judge: Callable[[Facts], Standing]) -> Iterator[Ranked]:
    """Every prospect, in the order of the list."""
    with list_.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            key, rest = judge(facts(row))
            yield key, rest, row["Record ID"], row["Company"]


def facts(row: Mapping[str, str]) -> Facts:
    """The facts of a prospect."""
    found: Facts = {
        "leader": reading.sales_leader(row["Sales Leader"]),
        "realistic": reading.goals_realistic(row["Goals Realistic"]),
        "offering": reading.offering(row["Offering"]),
        "advice": reading.asks_for_advice(row["Asks for Advice"]),
        "trade": _trade(row["Industry"]),
        "notes": _notes(row["Notes"]),
    }
    for fact, (column, read) in _NUMBERS.items():
        found[f"{fact}_low"], found[f"{fact}_high"] = _closed(read(row[column]))
    return found


@cache
def _closed(value: Interval) -> Interval:
    return max(value[0], -OPEN), min(value[1], OPEN)


@cache
def _trade(text: str) -> str:
    cell = reading.industry(text)
    return _spaced(re.findall(r"\w+", cell, re.ASCII)) if cell else ""


@cache
def _notes(text: str) -> str:
    return _spaced(re.findall(r"[^\W_]+", text.lower()))


def _spaced(words: list[str]) -> str:
    """Words with a space around each, so that a whole word or phrase can be looked for."""
    return " ".join(["", *words, ""])


# -- tests ---------------------------------------------------------------------------------------------------------


def _within(fact: str, limits: Interval) -> str:
    least, most = _closed(limits)
    met = f"{fact}_low >= {least:.0f} and {fact}_high <= {most:.0f}"
    return _outcome(met, f"{fact}_high < {least:.0f} or {fact}_low > {most:.0f}")


def _outcome(met: str, unmet: str) -> str:
    return f"({met}) ? 2 : (({unmet}) ? 0 : 1)"


def tests(client_trade: str, loyalty: str) -> dict[str, str]:
    """The tests in the order of `Outcomes`, as expressions. How words are looked for differs between engines."""
    led = " or ".join(f"leader == '{name}'" for name in rules.GAP_LEADERS)
    said, assumed = "realistic == 'yes'", f"(realistic == 'yes' or realistic == '{reading.BLANK}')"
    no_gap = "leader == 'sales_professional' and (attained_low > 100 or realistic == 'no')"
    return {
        "small": _within("reps", rules.SMALL),
        "gap": _outcome(f"{led} or (attained_high <= 100 and {assumed})", no_gap),
        "firm_gap": _outcome(f"{led} or (attained_high <= 100 and {said})", no_gap),
        "team": _within("reps", rules.TEAM),
        "pair": _within("reps", rules.PAIR),
        "established": _outcome("years_low >= 3", "years_high < 3"),
        "affordable": _within("revenue", rules.AFFORDABLE),
        "advice": _outcome("advice == 'yes'", "advice == 'no'"),
        "clientele": _outcome(f"offering == 'services' or {client_trade}",
                              "(offering == 'goods' or offering == 'both') and trade != ''"),
        "loyalty": _outcome(loyalty, "false"),
    }  # fmt: skip
