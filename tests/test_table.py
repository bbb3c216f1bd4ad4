"""The table that people look at: golden outputs at two widths, and that nothing ever sticks out.

`PSM_QUALIFY_GOLDEN=1 pytest tests/test_table.py` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from psm_qualify.render.base import Target
from psm_qualify.render.table import render
from psm_qualify.rules.loader import load_pack
from psm_qualify.scoring import score
from psm_qualify.selection import Filter

ROOT = Path(__file__).parents[1]
GOLDEN = Path(__file__).parent / "golden"
REWRITES = "PSM_QUALIFY_GOLDEN"
LISTS = {
    "prospects": ("examples/prospects.csv", "psm"),
    "cafes": ("examples/coffee-roaster/cafes.csv", "examples/coffee-roaster/cafes.yaml"),
}


def table(path: Path | str, width: int, out: Path, rules: str = "psm", chosen: Filter | None = None) -> list[str]:
    with score([path], load_pack(rules), chosen=chosen) as ranking:
        render(ranking, Target(out, width=width))
    return out.read_text(encoding="utf-8").splitlines()


def written(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", LISTS)
def test_the_table_is_the_golden_one(name: str, width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    path, rules = LISTS[name]
    found = "\n".join(table(path, width, tmp_path / "out.txt", rules)) + "\n"
    golden = GOLDEN / f"{name}-{width}.txt"
    if os.environ.get(REWRITES):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 60, 79, 80, 100, 119, 120, 160, 240])
def test_every_line_fits_the_width(width: int, tmp_path: Path) -> None:
    path = written(
        tmp_path / "list.csv",
        "name,sales reps,sales leader,fax",
        f"{'Very ' * 30}Long,3,nobody,1",
        f"{'漢字' * 30},{'9' * 200} {'8' * 200},owner,2",
        f"{'x' * 300},{'漢' * 90},Owner / Sales Manager,3",
    )
    lines = table(path, width, tmp_path / "out.txt")
    assert len(lines) > 10
    assert [line for line in lines if cell_len(line) > width] == []


@pytest.mark.parametrize("width", [80, 160])
def test_wide_names_keep_the_columns_aligned(width: int, tmp_path: Path) -> None:
    names = ["Ann", "株式会社東京営業", "한국 상사", "Zoë", "漢" * 40, "🙂 Smile"]
    path = written(tmp_path / "list.csv", "name,sales reps,sales leader", *(f"{name},3,nobody" for name in names))
    lines = [line for line in table(path, width, tmp_path / "out.txt") if "█" in line]
    assert len(lines) == len(names)
    assert len({cell_len(line[: line.index("█")]) for line in lines}) == 1


def test_the_bar_grows_with_the_score(tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", "name,sales reps,sales leader", "Ann,3,nobody", "Bob,1,owner", "Cy,,")
    bars = {line.split()[1]: line for line in table(path, 80, tmp_path / "out.txt") if line[:4].strip().isdigit()}
    assert bars["Ann"].count("█") > bars["Bob"].count("█") > bars["Cy"].count("█") == 0
    assert bars["Cy"].count("░") == 14


def test_a_long_list_says_how_many_follow(tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", "name,sales reps", *(f"Firm {number},3" for number in range(40)))
    lines = table(path, 80, tmp_path / "out.txt", chosen=Filter(top=25))
    assert sum("Firm" in line and "░" in line for line in lines) == 25
    assert "25 of 40 are shown" in "\n".join(lines)
    assert "40 scored: 0 qualified, 40 needs info, 0 disqualified" in lines


def test_rejected_rows_are_named(tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", "name,sales reps", "Ann,3", "Bob,4,5,6")
    assert any(
        "list.csv line 3: 4 cells where the header has 2" in line for line in table(path, 160, tmp_path / "out.txt")
    )


def test_an_empty_list_is_said_to_be_one(tmp_path: Path) -> None:
    path = written(tmp_path / "list.csv", "name,sales reps")
    assert any(line.startswith("0 scored") for line in table(path, 80, tmp_path / "out.txt"))
