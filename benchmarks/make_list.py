"""Writes the reference list: N prospects in 12 messy columns, the same bytes for the same seed.

    python make_list.py 1000000 data/1000000.csv

Cells are drawn from pools made beforehand and joined a block at a time: about 2 µs a row.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import product
from pathlib import Path

HEADERS = ("Record ID", "Company", "Salespeople", "Sales Leader", "Goal Attainment", "Goals Realistic", "Offering",
           "Years in Business", "Asks for Advice", "Annual Revenue", "Industry", "Notes")  # fmt: skip
_BLOCK = 20_000
_TWIN = 20  # of so many rows, one is of the same firm as the one before

Pool = Sequence[str]
Draw = Callable[[random.Random], str]


def write_list(rows: int, out: Path, seed: int = 1) -> None:
    """Writes the list. A longer list with the same seed begins with the shorter one."""
    rng = random.Random(seed)
    pools = _pools(rng)
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEADERS) + "\n")
        for start in range(0, rows, _BLOCK):
            file.writelines(_block(rng, pools, start, min(_BLOCK, rows - start)))


def _block(rng: random.Random, pools: Sequence[Pool], start: int, count: int) -> Iterator[str]:
    names, *cells = [rng.choices(pool, k=_BLOCK) for pool in pools]
    numbers = [*range(start + 1, start + _BLOCK + 1)]
    ids = (f"P-{number:08d}" for number in numbers[:count])
    # Where lists were merged, one firm in some stands once more.
    for here in range(_TWIN - 1, _BLOCK, _TWIN):
        names[here], numbers[here] = names[here - 1], numbers[here - 1]
    companies = map(str.__mod__, names, numbers)
    return map("%s\n".__mod__, map(",".join, zip(ids, companies, *cells, strict=False)))


def _pools(rng: random.Random) -> Sequence[Pool]:
    """A pool for each column behind the id, in their order. Every cell is quoted where it has to be."""
    columns: tuple[tuple[Draw, int], ...] = (
        (_one_of(*_NAMES), 20_000),
        (_salespeople, 4_000),
        (_leader, 2_000),
        (_attainment, 6_000),
        (_one_of("yes", "Yes", "no", "No", "y", "n", "TRUE", "FALSE", "realistic", "too high", "", "", "", "n/a"), 500),
        (_one_of("Services", "services", "Products", "Both", "goods", "Consulting", "SaaS", "retail", "", "", "n/a",
                 "Products & Services", "software, installed"), 500),
        (_years, 4_000),
        (_one_of("yes", "no", "Y", "N", "often", "rarely", "want information", "always", "", "", "", "unknown"), 500),
        (_money, 400_000),
        (_industry, 500),
        (_notes, 60_000),
    )  # fmt: skip
    return [[_quoted(draw(rng)) for _ in range(size)] for draw, size in columns]


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(char in cell for char in ',"\n') else cell


def _one_of(*cells: str) -> Draw:
    return lambda rng: rng.choice(cells)


def _mixed(*draws: tuple[int, Draw]) -> Draw:
    """One of several ways to write a cell, by weight."""
    weights, ways = zip(*draws, strict=True)
    return lambda rng: rng.choices(ways, weights)[0](rng)


_BLANK = _one_of("", "", "", "n/a", "N/A", "unknown", "-", "TBD")
_FIRST = ("Harbor", "Pine", "North", "Cedar", "Blue", "Summit", "River", "Oak", "Stone", "Bright", "Prairie", "Metro",
          "Valley", "Lake", "Iron", "Copper", "Silver", "Golden", "Maple", "Eagle", "Falcon", "Anchor", "Beacon",
          "Zoë's", "Granite", "Sierra", "Delta", "Apex", "Liberty", "Pioneer")  # fmt: skip
_SECOND = ("crest", " Light", "wood", " Creek", "field", " Point", " & Sons", "bridge", " Hill", "gate", " Star",
           "land", " Brothers", "mark", " Ridge", "view", "well", " Bay", "stone", " Peak")  # fmt: skip
_THIRD = ("HVAC", "Realty Group", "Insurance", "Plumbing", "Consulting", "Dental", "Logistics", "Roofing, Inc.",
          "Accounting", "Staffing", "Landscaping", "Software", "Freight", "Printing", "Foods", "Security",
          "Electric, LLC", "Advisors", "Motors", "Medical", "Supply Co.", "Law", "Design", "Catering")  # fmt: skip
_NAMES = tuple("".join((one, two, " %d ", three)) for one, two, three in product(_FIRST, _SECOND, _THIRD))
"""Names of firms, each to be told from others by a number."""


_salespeople = _mixed(
    (40, lambda rng: str(min(int(rng.expovariate(0.18)), 400))),
    (12, lambda rng: f"~{rng.randint(1, 30)}"),
    (8, lambda rng: "{}-{}".format(*sorted(rng.sample(range(1, 25), 2)))),
    (5, lambda rng: "{} to {}".format(*sorted(rng.sample(range(1, 25), 2)))),
    (8, _one_of("one", "two", "three", "four", "Five", "six", "ten", "twelve")),
    (6, lambda rng: f"{rng.choice((5, 10, 20, 50))}+"),
    (6, lambda rng: f"{rng.randint(1, 15)} {rng.choice(('reps', 'people', 'salespeople'))}"),
    (3, lambda rng: f"{rng.choice(('over', 'up to', 'about', 'at least'))} {rng.randint(2, 20)}"),
    (1, _one_of("2 inside, 3 outside", "6-Jan", "a few", "see notes")),
    (14, _BLANK),
)
_leader = _mixed(
    (20, _one_of("nobody", "No one", "unmanaged", "vacant", "none", "self-managed")),
    (25, _one_of("Owner", "Founder", "CEO", "Office Manager", "Owner / President", "Co-Founder & CEO", "The owner")),
    (25, _one_of("Sales Manager", "VP Sales", "VP of Sales", "Head of Sales", "Director of Sales", "Sales Director",
                 "Regional Sales Manager", "Chief Revenue Officer")),
    (12, lambda rng: f"{rng.choice(('Owner', 'Founder', 'VP of Sales', 'Sales Manager'))} "
                     f"({rng.choice(_FIRST)} {rng.choice(('Smith', 'Jones', 'Lee', 'Diaz', 'Okafor'))})"),
    (3, _one_of("Owner and Sales Manager", "see org chart", "Bob", "the nephew")),
    (15, _BLANK),
)  # fmt: skip
_attainment = _mixed(
    (40, lambda rng: f"{rng.randint(40, 140)}%"),
    (12, lambda rng: f"{rng.uniform(40, 140):.1f}%"),
    (10, lambda rng: f"{rng.uniform(0.4, 1.4):.2f}"),
    (8, lambda rng: str(rng.randint(40, 140))),
    (12, _one_of("exceeds", "misses", "on target", "Missed", "exceeded")),
    (4, lambda rng: f"{rng.choice(('over', 'under', 'about'))} {rng.randint(60, 120)}%"),
    (1, _one_of("pretty good", "ask Jim", "80% of units")),
    (13, _BLANK),
)
_years = _mixed(
    (45, lambda rng: str(rng.randint(1, 60))),
    (15, lambda rng: f"{rng.randint(1, 60)} {rng.choice(('years', 'yrs', 'yr'))}"),
    (12, lambda rng: f"{rng.randint(2, 36)} months"),
    (6, lambda rng: f"{rng.choice((5, 10, 20))}+ years"),
    (6, lambda rng: f"{rng.uniform(1, 30):.1f}"),
    (3, lambda rng: f"{rng.choice(('over', 'about'))} {rng.randint(2, 40)} years"),
    (1, lambda rng: f"since {rng.randint(1950, 2020)}"),
    (12, _BLANK),
)
_money = _mixed(
    (35, lambda rng: f"${int(10 ** rng.uniform(4.8, 8)):,}"),
    (20, lambda rng: f"{int(10 ** rng.uniform(4.8, 8))}"),
    (15, lambda rng: f"${10 ** rng.uniform(-0.5, 2):.2f}M"),
    (6, lambda rng: f"{rng.randint(80, 999)}k"),
    (6, lambda rng: "${}-{}M".format(*sorted(rng.sample(range(1, 60), 2)))),
    (4, lambda rng: f"USD {10 ** rng.uniform(0, 2):.1f} million"),
    (3, lambda rng: f"over ${rng.randint(1, 40)}M"),
    (1, lambda rng: f"{rng.randint(1, 9)} figures"),
    (10, _BLANK),
)
_industry = _one_of(
    "HVAC", "Real Estate", "Insurance", "Law", "Accounting", "Management Consulting", "Retail", "Restaurants",
    "Wholesale", "Software", "Manufacturing", "Construction", "Financial Services", "Health Care", "Dental Practice",
    "Logistics", "Marketing Agency", "Staffing & Recruiting", "Convenience Store", "Automotive", "", "", "N/A",
)  # fmt: skip
_WHO_SAYS = ("Owner says", "Met at the fair:", "Referred by a client;", "Call in March:", "Web lead,", "Spoke briefly,",
             "Left a message;", "Long talk:")  # fmt: skip
_WHAT = ("the team has no sales manager and reps quit often", "they want to grow in the next year",
         "most business comes from repeat clients and referrals", "price is all that buyers ask about",
         "the new CRM is not used by anyone", "goals were missed two years in a row", "not interested before autumn",
         "they rely on a trusted advisor relationship", "walk-in trade with little follow-up",
         "reps have been there for ten years", "wants a proposal for coaching the manager",
         "expanding to a second location")  # fmt: skip
_THEN = ("call again in May", "send the brochure", "ask for Dana", "needs budget approval", "decision with the board",
         "nothing agreed", "lunch on Tuesday", "check the website first")  # fmt: skip


def _notes(rng: random.Random) -> str:
    if rng.random() < 0.25:
        return rng.choice(("", "", "", "n/a", "-"))
    ending = f"{rng.choice(_THEN)} ({rng.randint(1, 28)}/{rng.randint(1, 12)})"
    return f"{rng.choice(_WHO_SAYS)} {rng.choice(_WHAT)}, {ending}."


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("rows", type=int)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    write_list(chosen.rows, chosen.out, chosen.seed)


if __name__ == "__main__":
    main()
