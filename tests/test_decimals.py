"""Decimal commas: found out for each column of each file, only where nothing speaks against it."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from psm_qualify.engines.base import DecimalSign
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.facts.decimals import decimal_point, writes_commas
from psm_qualify.results import Prospect, Summary
from psm_qualify.rules.loader import parse_pack
from psm_qualify.scoring import score

ENGINES: Mapping[str, type[DirectEngine] | type[DuckDBEngine]] = {"direct": DirectEngine, "duckdb": DuckDBEngine}
PACK = parse_pack("""
pack: {name: tiny}
fields:
  name: {type: text}
  notes: {type: text}
  spend: {type: money, columns: [Umsatz], infer: [{from: [notes], find: "spends ([0-9.,]+)", value: $1}]}
  staff: {type: number}
  reps: {type: number, infer: [{at_most: staff}]}
  share: {type: percent}
scorecards:
  fit:
    criteria:
      rich: {required: true, when: {spend: {at_least: 1000}}, points: 40}
      small: {when: {reps: {at_most: 3.5}}, points: 20}
    bands: {A: {at_least: 0}}
""")
Ends = tuple[Decimal | None, Decimal | None] | None
Lists = Sequence[Sequence[dict[str, str]]]


def both(
    folder: Path, *lists: Sequence[dict[str, str]], decimal: DecimalSign | None = None
) -> tuple[list[Prospect], Summary]:
    """The prospects in the order of the lists' rows, and the summary; both engines must give the same."""
    paths = [folder / f"{chr(97 + number)}.csv" for number in range(len(lists))]
    for path, rows in zip(paths, lists, strict=True):
        with path.open("w", newline="", encoding="utf-8") as file:
            lines = csv.DictWriter(file, ["row number", *dict.fromkeys(field for row in rows for field in row)])
            lines.writeheader()
            lines.writerows({"row number": str(number), **row} for number, row in enumerate(rows, 1))
    found = []
    for engine in ENGINES.values():
        names = {path: path.name for path in paths}
        with score(paths, PACK, engine=engine(), names=names, decimal=decimal) as ranking:
            prospects = list(ranking)
            found.append((prospects, ranking.summary))
    (direct, told), (other, summary) = found
    assert (direct, told.input, told.verdicts) == (other, summary.input, summary.verdicts)
    return sorted(other, key=lambda one: (one.file, one.row)), summary


def column(folder: Path, *cells: str, field: str = "spend", decimal: DecimalSign | None = None) -> list[Ends]:
    """What is read in a column."""
    prospects, _ = both(folder, [{field: cell} for cell in cells], decimal=decimal)
    return [ends(one, field) for one in prospects]


def ends(one: Prospect, field: str = "spend") -> Ends:
    return (one.facts[field].low, one.facts[field].high) if field in one.facts else None


def n(low: str, high: str | None = None) -> Ends:
    return Decimal(low), Decimal(low if high is None else high)


def test_a_column_that_leaves_no_doubt_is_read_with_commas(tmp_path: Path) -> None:
    assert column(tmp_path, "1.200,50", "900", "1.200", "3,5", "12") == [
        n("1200.5"), n("900"), n("1200"), n("3.5"), n("12"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "certain", ["1.200,50", "1.200,5", "1.200.000", "12.000,00", "€ 1.200,50", "1.200,50-1.300,50"]
)
def test_one_certain_cell_is_enough(tmp_path: Path, certain: str) -> None:
    assert column(tmp_path, certain, "2.500")[1] == n("2500")


@pytest.mark.parametrize("cells", [("3,5",), ("3,5", "3,5", "3,5"), ("3,5", ""), ("1.200",), ("1.200", "1.300")])
def test_what_may_be_a_slip_is_not_enough(tmp_path: Path, cells: tuple[str, ...]) -> None:
    assert column(tmp_path, *cells, "2.500")[-1] == n("2.5")


def test_two_different_likely_cells_are_enough(tmp_path: Path) -> None:
    assert column(tmp_path, "3,5", "4,25", "2.500") == [n("3.5"), n("4.25"), n("2500")]


@pytest.mark.parametrize("against", ["1,200", "1,200,000", "1,200.50", "3.5", "3.55", "$ 3.5", "2-3.5", "1.2345"])
def test_a_cell_that_speaks_against_it_settles_it(tmp_path: Path, against: str) -> None:
    assert column(tmp_path, "1.200,50", "3,5", "4,5", against, "2.500")[-1] == n("2.5")


def test_ranges_bounds_and_money(tmp_path: Path) -> None:
    cells = ["€ 1.200,50", "1.200,50 EUR", "1.000,5 - 2.000,5", "> 1.200,50", "1,5M", "1.200+", "~ 3,5"]
    assert column(tmp_path, *cells) == [
        n("1200.5"), n("1200.5"), n("1000.5", "2000.5"), (Decimal("1200.5"), None), n("1500000"),
        (Decimal("1200"), None), n("3.5"),
    ]  # fmt: skip


def test_percentages(tmp_path: Path) -> None:
    assert column(tmp_path, "87,5%", "0,85", "12,25 %", field="share") == [n("87.5"), n("85"), n("12.25")]


def test_decimal_forces_either_sign(tmp_path: Path) -> None:
    assert column(tmp_path, "3,5", "1.200", "1,200", decimal="comma") == [n("3.5"), n("1200"), n("1.2")]
    assert column(tmp_path, "1.200,50", "3,5", "1.200", "1,200", decimal="point") == [
        None, None, n("1.2"), n("1200"),
    ]  # fmt: skip


@pytest.mark.parametrize("decimal", ["comma", "point"])
def test_nothing_is_noted_where_the_sign_was_given(tmp_path: Path, decimal: DecimalSign) -> None:
    _, summary = both(tmp_path, [{"spend": "1.200,50"}], decimal=decimal)
    assert summary.input.notes == ()


def test_each_column_is_found_out_by_itself(tmp_path: Path) -> None:
    rows = [{"spend": "1.200,50", "staff": "1.200"}, {"spend": "2.500", "staff": "1,200"}]
    prospects, summary = both(tmp_path, rows)
    assert [(ends(one), ends(one, "staff")) for one in prospects] == [
        (n("1200.5"), n("1.2")), (n("2500"), n("1200")),
    ]  # fmt: skip
    (note,) = summary.input.notes
    assert "'spend'" in note
    assert "'staff'" not in note


def test_each_file_is_found_out_by_itself(tmp_path: Path) -> None:
    lists = [[{"Umsatz": "1.200,50"}, {"Umsatz": "2.500"}], [{"spend": "1,200.50"}, {"spend": "2.500"}]]
    prospects, summary = both(tmp_path, *lists)
    assert list(map(ends, prospects)) == [n("1200.5"), n("2500"), n("1200.5"), n("2.5")]
    (note,) = summary.input.notes
    assert note.startswith("a.csv: 'Umsatz' is read with a decimal comma")
    assert "--decimal point" in note


def test_what_is_not_understood_is_told_as_it_was_written(tmp_path: Path) -> None:
    prospects, summary = both(tmp_path, [{"spend": "1.200,50"}, {"spend": "a. lot, really 3,5"}, {"spend": "1.20.0,5"}])
    told = {one.value for one in summary.input.not_understood}
    assert told == {"a. lot, really 3,5", "1.20.0,5"}
    assert prospects[1].not_understood == {"spend": "a. lot, really 3,5"}
    assert prospects[0].facts["spend"].value == "1.200,50"


def test_what_is_not_understood_is_counted_over_all_files(tmp_path: Path) -> None:
    _, summary = both(tmp_path, [{"spend": "a, b"}], [{"spend": "1.200,50"}, {"spend": "a, b"}])
    assert [(one.value, one.count) for one in summary.input.not_understood] == [("a, b", 2)]


def test_a_column_of_text_is_left_alone(tmp_path: Path) -> None:
    cells = ["1.200,50", "Acme, Inc."]
    prospects, summary = both(tmp_path, [{"name": cell, "spend": "5"} for cell in cells])
    assert ([one.name for one in prospects], summary.input.notes) == (cells, ())


def test_what_is_inferred_from_notes_is_read_with_points(tmp_path: Path) -> None:
    """Nothing is known of how the notes write numbers: that of a column tells only of the column."""
    prospects, _ = both(tmp_path, [{"spend": "1.200,50", "notes": ""}, {"spend": "", "notes": "spends 2,500"}])
    assert (ends(prospects[1]), prospects[1].facts["spend"].how) == (n("2500"), "inferred")


def test_a_bound_by_a_column_with_commas(tmp_path: Path) -> None:
    rows = [{"staff": "3,5", "reps": ""}, {"staff": "1.200,5", "reps": ""}, {"staff": "<2,5", "reps": "n/a"}]
    prospects, _ = both(tmp_path, rows)
    assert [(one.facts["reps"].high, one.facts["reps"].words) for one in prospects] == [
        (Decimal("3.5"), "3,5"), (Decimal("1200.5"), "1.200,5"), (Decimal("2.5"), "<2,5"),
    ]  # fmt: skip
    assert [one.criteria[1].verdict for one in prospects] == [True, None, True]


def test_swapping_twice_changes_nothing() -> None:
    assert decimal_point("€ 1.200,50") == "€ 1,200.50"
    assert decimal_point(decimal_point("1.200,50 - 3,5")) == "1.200,50 - 3,5"


CELLS = [
    "1.200,50",
    "1.200.000",
    "1.200",
    "1,200",
    "3,5",
    "4,25",
    "3.5",
    "12",
    "",
    "n/a",
    "1,2345",
    "a, b",
    "3,5-4",
    "1,5,2",
]


@settings(max_examples=10, deadline=None, derandomize=True)
@given(lists=st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=4), min_size=1, max_size=3))
def test_both_engines_find_out_the_same(tmp_path_factory: pytest.TempPathFactory, lists: list[list[str]]) -> None:
    folder = tmp_path_factory.mktemp("lists")
    _, summary = both(folder, *([{"spend": cell} for cell in cells] for cells in lists))
    noted = [note.split(":")[0] for note in summary.input.notes]
    assert noted == [f"{chr(97 + number)}.csv" for number, cells in enumerate(lists) if writes_commas(cells)]
