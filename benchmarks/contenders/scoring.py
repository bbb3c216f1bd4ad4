"""What the outcomes of the criteria earn: verdict, scores, bands, and where that ranks. Each set is counted once."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple, TypeAlias

from rules import OUTPUT


class Outcomes(NamedTuple):
    """How the tests came out: 0 not met, 1 unknown, 2 met. `firm_gap` is without the assumed answer."""

    small: int
    gap: int
    firm_gap: int
    team: int
    pair: int
    established: int
    affordable: int
    advice: int
    clientele: int
    loyalty: int


OUTCOMES = Outcomes._fields
WEIGHT = {test: 3**place for place, test in enumerate(reversed(OUTCOMES))}
"""What the outcome of a test counts in the number that all outcomes of a prospect together make."""


class Standing(NamedTuple):
    """Where a prospect ranks (less is better, exact), and the rest of its line behind its rank."""

    key: int
    rest: str


WORDS = ("not met", "unknown", "met")
VERDICTS = ("disqualified", "needs_info", "qualified")
FIT_BANDS = ((80, "A"), (50, "B"), (0, "C"))
RELATIONSHIP_BANDS = ((65, "client"), (36, "mixed"), (0, "customer"))


def gap(leader: int, attained: int, realistic: int) -> int:
    """Whether the salespeople are led by nobody, by no professional, or miss realistic goals."""
    return max(leader, min(attained, realistic))


@cache
def standing(out: Outcomes) -> Standing:
    """The standing that a set of outcomes gives."""
    verdict, firm = min(out.small, out.gap), min(out.small, out.firm_gap)
    fit = _total([_points(out.small, 30), _points(out.gap, 30), _team(out.team, out.pair),
                  _points(out.established, 10), _points(out.affordable, 15)])  # fmt: skip
    others = _total([_points(out.advice, 15, -15), _points(out.clientele, 20, -10), _points(out.loyalty, 10)])
    outcomes = (out.small, out.gap, max(out.team, out.pair), out.established, out.affordable, out.advice,
                out.clientele, out.loyalty)  # fmt: skip
    key = 2 - verdict
    for points in (*fit, others[0]):
        key = key * 200 + 100 - points
    cells = (VERDICTS[verdict], "true" if firm != verdict else "false",
             *_card(fit, 0, 100, FIT_BANDS), *_card(others, -25, 70, RELATIONSHIP_BANDS, 250),
             *(WORDS[outcome] for outcome in outcomes))  # fmt: skip
    return Standing(key, ",".join(cells))


@cache
def numbered(number: int) -> Standing:
    """The standing of outcomes that are the digits of one number, to the base of 3."""
    return standing(Outcomes(*(number // WEIGHT[test] % 3 for test in OUTCOMES)))


Total: TypeAlias = tuple[int, int, int]
"""Points earned, at most, at least: in the order in which they rank."""


def _points(outcome: int, points: int, otherwise: int = 0) -> tuple[int, int]:
    """The least and the most that a criterion can still earn."""
    return ((otherwise, otherwise), (min(points, otherwise), max(points, otherwise)), (points, points))[outcome]


def _team(team: int, pair: int) -> tuple[int, int]:
    """The levels of a team worth managing, and of a pair: the first that surely holds ends them."""
    if team == 2:
        return 15, 15
    could = [points for points, outcome in ((15, team), (8, pair)) if outcome]
    return (min(could) if pair == 2 else 0, max(could, default=0))


def _total(ranges: Sequence[tuple[int, int]]) -> Total:
    earned = sum(min(max(0, least), most) for least, most in ranges)
    return earned, sum(most for _, most in ranges), sum(least for least, _ in ranges)


def _card(
    total: Total, floor: int, span: int, bands: Sequence[tuple[int, str]], min_known: int = 0
) -> tuple[str, str, str, str]:
    """A scorecard's score, potential, known and band. Tenths and thousandths, rounded half up."""
    earned, most, least = total
    score, potential = (_half_up(1000 * (points - floor), span) for points in (earned, most))
    known = _half_up(1000 * (span - most + least), span)
    band = next(name for at_least, name in bands if score >= at_least * 10) if known >= min_known else "unknown"
    return f"{score // 10}.{score % 10}", f"{potential // 10}.{potential % 10}", f"{known / 1000:.3f}", band


def _half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


Ranked: TypeAlias = tuple[int, str, str, str]
"""A prospect: the key and the rest of its standing, its id and its name."""


def first(prospects: Iterable[Ranked], top: int | None) -> Iterable[Ranked]:
    """The first so many of prospects, or all, in order. Both are stable: the order of the list breaks ties."""
    key = itemgetter(0)
    return sorted(prospects, key=key) if top is None else heapq.nsmallest(top, prospects, key=key)


def write(out: Path, prospects: Iterable[Ranked]) -> None:
    """Writes prospects that stand in the order of their ranks."""
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(OUTPUT) + "\n")
        file.writelines(
            f"{_quoted(id_)},{_quoted(name)},{rank},{rest}\n" for rank, (_, rest, id_, name) in enumerate(prospects, 1)
        )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if _special(text) else text


_special = re.compile('[",\r\n]').search
