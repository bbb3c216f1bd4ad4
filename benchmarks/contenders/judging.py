"""What the text of a cell says on the tests of the rules, in plain Python. Each distinct text is judged once.

Outcomes are numbers, in the order that makes Kleene's *and* the least of them and his *or* the greatest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import cache
from typing import TypeAlias

import reading
import rules
from reading import Interval

NOT_MET, UNKNOWN, MET = 0, 1, 2

Judge: TypeAlias = Callable[[str], int]


def within(value: Interval, limits: Interval) -> int:
    """Whether an interval lies within limits: all of it, none of it, or some of it."""
    if value[0] >= limits[0] and value[1] <= limits[1]:
        return MET
    return NOT_MET if value[1] < limits[0] or value[0] > limits[1] else UNKNOWN


def in_range(read: reading.Read, limits: Interval) -> Judge:
    """A test of a number."""
    return cache(lambda text: within(read(text), limits))


def is_one_of(read: Callable[[str], str], names: Collection[str], blank: int = UNKNOWN) -> Judge:
    """A test of an option. `blank` is the outcome where nothing stands."""
    outcomes = {**dict.fromkeys(names, MET), reading.ODD: UNKNOWN, reading.BLANK: blank}
    return cache(lambda text: outcomes.get(read(text), NOT_MET))


small = in_range(reading.sales_reps, rules.SMALL)
team = in_range(reading.sales_reps, rules.TEAM)
pair = in_range(reading.sales_reps, rules.PAIR)
not_exceeded = in_range(reading.goal_attainment, rules.NOT_EXCEEDED)
established = in_range(reading.years_in_business, rules.ESTABLISHED)
affordable = in_range(reading.annual_revenue, rules.AFFORDABLE)
poorly_led = is_one_of(reading.sales_leader, rules.GAP_LEADERS)
realistic = is_one_of(reading.goals_realistic, ("yes",), blank=MET)  # assumed
surely_realistic = is_one_of(reading.goals_realistic, ("yes",))
services = is_one_of(reading.offering, ("services",))
advice = is_one_of(reading.asks_for_advice, ("yes",))

_in_trade = re.compile(rules.CLIENT_TRADE, re.ASCII).search
_loyal = re.compile(rules.LOYALTY).search


@cache
def in_trade(text: str) -> int:
    """Whether the trade has clients."""
    trade = reading.industry(text)
    return UNKNOWN if not trade else MET if _in_trade(trade) else NOT_MET


@cache
def loyalty(text: str) -> int:
    """Whether the notes speak of loyal clients: silence is no evidence."""
    return MET if _loyal(text.lower()) else UNKNOWN


@cache
def sales_force(text: str) -> tuple[int, int, int]:
    """Whether the sales force is small, a team, a pair."""
    return small(text), team(text), pair(text)


@cache
def realism(text: str) -> tuple[int, int]:
    """Whether the goals are realistic: with the assumed answer, and without."""
    return realistic(text), surely_realistic(text)
