"""The contenders of the benchmark give what the tool gives, so that what is compared is the same work."""

from __future__ import annotations

import csv
import importlib
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from psm_qualify import load_pack, score
from psm_qualify.selection import Filter

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
CONTENDERS = {"plain_python": None, "with_pandas": "pandas", "with_polars": "polars", "with_zen": "zen",
              "with_rule_engine": "rule_engine"}  # fmt: skip
"""Contender -> the package that it needs."""

CELLS = {
    "Salespeople": ["3", "six", "1–6", "2 to 2", "2 reps", "10+", "up to 6", "fewer than 7", "over 6", "5 or fewer",
                    "6-3", "about 2-3", "1-", "6-Jan", "4 reps quit", "none", "", "0.7k", "1,2",
                    "~ 4 people", ">= 1", "3 - 6"],
    "Sales Leader": ["none", "No Sales-Manager", "self managed", "Co-Founder", "owner & sales manager", "VP of  Sales",
                     "N/A", "-", "", "The president", "president", "sales_professional", "cofounder's nephew"],
    "Goal Attainment": ["100%", "1", "1.0", "1.01", "2", "2.01", "-2", "over 100%", "exceeds", "misses", "on target",
                        "90-110", "0.9-1", "0.9-110", "under 1", "100+ %", "101 percent", "", "n/a", "about 100%"],
    "Goals Realistic": ["", "yes", "Too  High", "tbd", "perhaps", "realistic", "0", "FALSE", "?"],
    "Offering": ["Services", "product", "Products & Services", "soft-ware", "goods and more", "", "unknown", "both"],
    "Years in Business": ["3", "36 months", "35 mo", "156 weeks", "1,095 days", "1094 days", "2-4 yrs", "10+ years",
                          "under 3 years", "3 years or more", "since 1990", "", "12-36 months", "five", "30-40 months"],
    "Asks for Advice": ["often", "want information", "Y", "", "sometimes", "no", "unknown", "1"],
    "Annual Revenue": ["$500k", "500,000", "499,999", "$20M", "20,000,001", "$0.4-1M", "500-1M", "$25-20M", "5-1M",
                       "USD 3 million", "2 mm usd", "over $20M", "at least $500k", "< 500k", "up to 20 million", "1e6",
                       "12,34", "five million", "$1.5M - 3M", "€2m", "600000-1M", "7 figures", "",
                       "n/a", "1M-500k", "$400k-$2M", "12345,678", "1,234,567", "19,999,999.99", "$2,000k"],
    "Industry": ["Law", "Lawn care", "Dental-Practice", "n/a", "", "real estate agency", "INSURANCE"],
    "Notes": ["Repeat  Clients", "referrals.", "trusted-advisor", "preferrals", "Many referrals, they say", "", "n/a",
              "a \"repeat\nclients\" shop", "repeat_clients", "non-referrals"],
}  # fmt: skip
"""Cells that are easily read wrongly."""


@pytest.fixture(scope="module", params=["as it is made", "easily read wrongly"])
def a_list(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("lists") / "list.csv"
    if request.param == "as it is made":
        subprocess.run([sys.executable, BENCHMARKS / "make_list.py", "300", file], check=True)
        return file
    rows = [[f"P-{number}", f'Firm "{number}", Inc.', *(cells[number % len(cells)] for cells in CELLS.values())]
            for number in range(400)]  # fmt: skip
    with file.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, lineterminator="\n").writerows([["Record ID", "Company", *CELLS], *rows])
    return file


@pytest.fixture(scope="module")
def expected(a_list: Path) -> list[dict[str, str]]:
    out = a_list.with_name("tool.csv")
    with score([a_list], load_pack(BENCHMARKS / "reference.yaml"), chosen=Filter()) as ranking:
        ranking.write_csv(out)
    return [{header: cell for header, cell in row.items() if header != "psm_duplicates"} for row in read(out)]


def read(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("contender", CONTENDERS)
def test_a_contender_gives_what_the_tool_gives(contender: str, a_list: Path, expected: list[dict[str, str]]) -> None:
    package = CONTENDERS[contender]
    if package and importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed; it is in benchmarks/requirements.txt")
    out = a_list.with_name(f"{contender}.csv")
    for how_many, wanted in (("--all", expected), ("--top=10", expected[:10])):
        command = [sys.executable, BENCHMARKS / "contenders" / f"{contender}.py", a_list, out, how_many]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        assert read(out) == wanted


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("rank,name\n1,Ann\n2,Bo\n", 3),
        ("rank,name\n1,Ann\n", 3),
        ("rank,name\n1,Ann\n2,Bob\n3,Cy\n", 4),
        ("rank,firm\n1,Ann\n2,Bob\n", 1),
    ],
    ids=["a cell", "too few rows", "too many rows", "a header"],
)
def test_a_different_result_ends_the_comparison(
    written: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(BENCHMARKS)
    check = importlib.import_module("compare").check
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    ours.write_text("rank,name,psm_duplicates\n1,Ann,\n2,Bob,same name: line 2\n")
    theirs.write_text('"rank","name"\n1,"Ann"\n2,Bob\n')
    check(ours, theirs)  # however it is quoted, and without the duplicates that only the tool finds
    theirs.write_text(written)
    with pytest.raises(SystemExit, match=f"theirs: line {line} differs"):
        check(ours, theirs)
