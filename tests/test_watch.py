"""`--watch`: a result is shown anew when what it rests on is saved, and a broken save keeps the last good one."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from psm_qualify.cli.lists import Reading
from psm_qualify.cli.watching import watched
from psm_qualify.errors import UsageError
from psm_qualify.moving import Move, Standing, moves, standing
from psm_qualify.rules.loader import parse_pack
from psm_qualify.rules.model import Verdict
from psm_qualify.scoring import score

GUARD = 60  # seconds until a run that hangs is given up; nothing here waits for a time
PACK = """
pack: {name: tiny}
fields:
  name: {type: text}
  staff: {type: number}
scorecards:
  fit:
    criteria:
      some: {required: true, when: {staff: {at_least: 1}}, points: 10}
      many: {when: {staff: {at_least: %s}}, points: 10}
    bands: {A: {at_least: 80}, B: {at_least: 0}}
"""
LIST = "name,staff\nAnn,3\nBob,9\nCy,1\n"
WAITS = "waiting for the next save"


class Watching:
    """A running command, its output and its messages as they come."""

    def __init__(self, *arguments: str, cwd: Path) -> None:
        env = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "psm_qualify", *arguments]
        self.process = subprocess.Popen(
            command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line.rstrip())

    def until_it_waits(self) -> list[str]:
        """What it prints up to where it waits again."""
        found: list[str] = []
        while not found or WAITS not in found[-1]:
            found.append(self.lines.get(timeout=GUARD))
        return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "pack.yaml").write_text(PACK % 5, encoding="utf-8")
    return tmp_path


@pytest.fixture
def watching(folder: Path) -> Iterator[Watching]:
    run = Watching("score", "list.csv", "--rules", "pack.yaml", "--watch", cwd=folder)
    yield run
    run.process.kill()
    run.process.communicate()


def save(path: Path, text: str) -> None:
    """Saves as editors do: a new file in the place of the old one."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def test_saves_are_shown_with_those_who_moved(watching: Watching, folder: Path) -> None:
    first = watching.until_it_waits()
    assert any("Bob" in line and "100" in line for line in first)
    assert not any("Moved" in line for line in first)

    save(folder / "pack.yaml", PACK % 2)  # now Ann has many, too
    second = watching.until_it_waits()
    assert "Moved since the last save" in second
    told = [line.strip() for line in second[second.index("Moved since the last save") + 1 :] if "→" in line]
    # Ann and Bob are equal now, and Ann stands first in the list.
    assert told == [
        "- Ann: qualified, B, 50.0, rank 2 → qualified, A, 100.0, rank 1",
    ]
    assert any("1 other has another rank" in line for line in second)

    save(folder / "pack.yaml", "pack: [")
    broken = watching.until_it_waits()
    assert any(line.startswith("pack.yaml:1:") for line in broken)
    assert not any("Bob" in line for line in broken)

    save(folder / "pack.yaml", PACK % 2)  # as it was before it broke: nobody moved since the last good one
    mended = watching.until_it_waits()
    assert "Nobody." in [line.strip() for line in mended]

    save(folder / "list.csv", LIST + "Dee,40\n")
    more = watching.until_it_waits()
    assert "- Dee: not in the list → qualified, A, 100.0, rank 3" in [line.strip() for line in more]


def test_the_tests_of_a_pack_run_again_after_a_save(folder: Path) -> None:
    case = "tests:\n  - {name: three are some, prospect: {staff: 3}, expect: {verdict: %s}}\n"
    save(folder / "pack.yaml", PACK % 5 + case % "qualified")
    run = Watching("rules", "test", "pack.yaml", "--watch", cwd=folder)
    try:
        assert not any("expected" in line for line in run.until_it_waits())
        save(folder / "pack.yaml", PACK % 5 + case % "disqualified")
        failed = run.until_it_waits()
        assert any("three are some" in line for line in failed)
        assert any("disqualified" in line for line in failed)
    finally:
        run.process.kill()
        run.process.communicate()


def test_watch_goes_with_the_table_alone(folder: Path) -> None:
    command = [sys.executable, "-m", "psm_qualify", "score", "list.csv", "--watch", "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "--watch goes with the table" in done.stderr


def test_something_that_can_be_saved_has_to_be_there(folder: Path) -> None:
    with pytest.raises(UsageError, match="standard input"):
        watched(["-"], ["psm"])
    with pytest.raises(UsageError, match="the shipped pack does not change"):
        watched(rules=["psm"])
    path = folder / "list.csv"
    kept, other = Path(f"{path}.answers.jsonl"), Path("other.jsonl")
    assert watched([str(path)], ["psm"]) == [path, kept]
    assert watched([str(path)], ["psm"], Reading(no_answers=True)) == [path]
    assert watched([str(path)], ["psm"], Reading(answers=other, map_file=folder)) == [path, folder, other]


def stands(name: str, rank: int, verdict: Verdict, band: str) -> Standing:
    return Standing(name, rank, verdict, band, Decimal(100 if band == "A" else 50))


# -- who moved -----------------------------------------------------------------------------------------------------


def test_moves_of_verdict_and_band_come_before_those_of_score_and_rank() -> None:
    was = {("a", 1): stands("A", 1, "qualified", "A"), ("b", 1): stands("B", 2, "qualified", "B"),
           ("c", 1): stands("C", 3, "qualified", "B"), ("d", 1): stands("D", 4, "qualified", "B")}  # fmt: skip
    now = {("a", 1): stands("A", 2, "qualified", "A"), ("b", 1): stands("B", 1, "qualified", "A"),
           ("c", 1): stands("C", 3, "qualified", "B"), ("e", 1): stands("E", 4, "needs_info", "B")}  # fmt: skip
    now["c", 1] = replace(now["c", 1], score=Decimal(60))
    assert moves(was, now) == [
        Move(was["b", 1], now["b", 1]),
        Move(None, now["e", 1]),
        Move(was["d", 1], None),
        Move(was["c", 1], now["c", 1]),
        Move(was["a", 1], now["a", 1]),
    ]


def test_firms_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,staff\nAnn,3\nAnn,9\n", encoding="utf-8")
    with score([path], parse_pack(PACK % 5)) as ranking:
        found = standing(ranking)
    assert found == {("Ann", 1): stands("Ann", 1, "qualified", "A"), ("Ann", 2): stands("Ann", 2, "qualified", "B")}
