"""pandas, with pyarrow for reading: distinct texts judged once each, outcomes as numpy arrays.

Tried, and slower on this list (CPU seconds of that step at a million rows; this way takes 1.0, 1.2 and 1.0):
- to read: its own parser, texts (2.3) or categories (2.5); pyarrow's types instead of `str` (1.2);
- to judge: `str.extract` on sums of money (1.6 for that column, instead of 0.8), `str.contains` on notes (0.2 for that
  column, instead of 0.1);
- to write: `to_csv` of texts (3.7) or categories (2.6); lines put together by pandas (1.8).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import judging
import numpy as np
import pandas as pd
from command import main
from rules import OUTPUT
from scoring import OUTCOMES, WEIGHT, numbered

Outcomes = np.ndarray[tuple[int], np.dtype[np.uint16]]


def rank(list_: Path, out: Path, top: int | None) -> None:
    """Ranks a list."""
    rows = pd.read_csv(list_, dtype="str", engine="pyarrow", keep_default_na=False, na_values=[])
    numbers = number(rows)
    standings = {each: numbered(each) for each in pd.unique(numbers).tolist()}
    places = np.zeros(3 ** len(OUTCOMES), dtype=np.uint16)
    keys = {key: place for place, key in enumerate(sorted({one.key for one in standings.values()}))}
    for each, one in standings.items():
        places[each] = keys[one.key]
    order = np.argsort(places[numbers], kind="stable")[:top]
    rests = {each: one.rest for each, one in standings.items()}
    write(rows[list(OUTPUT[:2])].take(order), map(rests.__getitem__, numbers[order].tolist()), out)


def number(rows: pd.DataFrame) -> Outcomes:
    """All outcomes of each prospect as one number. Kleene's *or* is the greatest of outcomes, his *and* the least."""

    def judged(column: str, *judges: Callable[[str], int]) -> list[Outcomes]:
        codes, texts = pd.factorize(rows[column])
        return [np.array([judge(text) for text in texts], dtype=np.uint16)[codes] for judge in judges]

    small, team, pair = judged("Salespeople", judging.small, judging.team, judging.pair)
    (leader,), (attained,) = judged("Sales Leader", judging.poorly_led), judged("Goal Attainment", judging.not_exceeded)
    realistic, firm = judged("Goals Realistic", judging.realistic, judging.surely_realistic)
    (services,), (trade,) = judged("Offering", judging.services), judged("Industry", judging.in_trade)
    (established,) = judged("Years in Business", judging.established)
    (affordable,) = judged("Annual Revenue", judging.affordable)
    (advice,) = judged("Asks for Advice", judging.advice)
    (loyalty,) = judged("Notes", judging.loyalty)
    outcomes: Mapping[str, Outcomes] = {
        "small": small,
        "gap": np.maximum(leader, np.minimum(attained, realistic)),
        "firm_gap": np.maximum(leader, np.minimum(attained, firm)),
        "team": team,
        "pair": pair,
        "established": established,
        "affordable": affordable,
        "advice": advice,
        "clientele": np.maximum(services, trade),
        "loyalty": loyalty,
    }
    return sum((outcome * np.uint16(WEIGHT[test]) for test, outcome in outcomes.items()), np.uint16(0))


def write(who: pd.DataFrame, rest: map[str], out: Path) -> None:
    """Writes prospects in the order of their ranks."""
    id_, name = (quoted(who[header]) for header in OUTPUT[:2])
    lines = zip(id_, name, range(1, len(who) + 1), rest, strict=True)
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(OUTPUT) + "\n")
        file.writelines(map("%s,%s,%d,%s\n".__mod__, lines))


def quoted(texts: pd.Series) -> list[str]:
    """Texts as cells."""
    escaped = '"' + texts.str.replace('"', '""', regex=False) + '"'
    return texts.mask(texts.str.contains('[",\r\n]'), escaped).tolist()


if __name__ == "__main__":
    main(rank)
