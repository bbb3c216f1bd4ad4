"""`--memory-limit`: a list larger than it spills to disk, and comes out the same."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from psm_qualify.engines import memory
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.memory import LEAST, read_limit
from psm_qualify.errors import MemoryLimitError, UsageError
from psm_qualify.rules.loader import parse_pack
from psm_qualify.scoring import engine_for, score

GUARD = 120  # seconds until a run that hangs is given up
LIST = "name,staff,notes\nAnn,3,a team\nBob,1,\nCy,,\n"

PACK = """
pack: {name: tiny}
fields:
  name: {type: text}
  staff: {type: number}
  notes: {type: text}
scorecards:
  fit:
    criteria:
      some: {required: true, when: {staff: {at_least: 3}}, points: 10}
      team: {when: {notes: {mentions: team}}, points: 10}
    bands: {A: {at_least: 80}, B: {at_least: 0}}
"""


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    (tmp_path / "pack.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "list.csv").write_text(LIST, encoding="utf-8")
    return tmp_path / "list.csv"


@pytest.mark.parametrize(
    ("text", "size"),
    [("500MB", 500_000_000), ("2GB", 2 * 10**9), ("1.5 gb", 1_500_000_000), (" 512MiB ", 2**29), ("1TB", 10**12),
     ("250000KB", 250_000_000), ("100mb", LEAST)],
)  # fmt: skip
def test_a_limit_is_read_as_people_write_it(text: str, size: int) -> None:
    assert read_limit(text).bytes == size


@pytest.mark.parametrize("text", ["", "500", "MB", "half", "-1GB", "1e3MB", "80%", "1,5GB", "2GB RAM", "99MB", "0GB"])
def test_what_is_no_limit_is_refused_with_what_to_write(text: str) -> None:
    with pytest.raises(UsageError, match=r"--memory-limit .*MB"):
        read_limit(text)


def test_a_limit_is_kept_by_the_engine_that_can(listed: Path) -> None:
    pack = parse_pack(PACK)
    with score(listed, pack) as free, score(listed, pack, memory_limit="300MB") as bound:
        assert isinstance(engine_for(free.task), DirectEngine)
        assert not isinstance(engine_for(bound.task), DirectEngine)
        assert list(map(repr, free)) == list(map(repr, bound))


def test_a_list_larger_than_the_limit_spills_and_comes_out_the_same(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as out:  # 125 MB, and nothing in it can be stored any shorter
        out.write("name,staff,notes\n")
        for number in range(200_000):
            noise = hashlib.shake_128(b"%d" % number).hexdigest(300)
            out.write(f"Firm {number % 190_000},{number % 7},{'a team of' if number % 3 else ''} {noise}\n")
    pack, written = parse_pack(PACK), [tmp_path / "free.csv", tmp_path / "bound.csv"]
    with score(path, pack) as free:
        spilt = free.task.wanted.folder / "spilt"
        assert not list(spilt.iterdir())
        free.write_csv(written[0])
    with score(path, pack, memory_limit="100MB") as bound:
        spilt = bound.task.wanted.folder / "spilt"
        assert sum(each.stat().st_size for each in spilt.iterdir()) > 20_000_000
        bound.write_csv(written[1])
    assert not spilt.exists()
    assert written[0].read_bytes() == written[1].read_bytes()
    assert free.summary == bound.summary


def test_too_little_to_work_at_all_is_told_with_what_to_do(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "LEAST", 0)
    with pytest.raises(MemoryLimitError) as told:
        score(listed, parse_pack(PACK), memory_limit="1MB")
    assert str(told.value).startswith("--memory-limit 1MB: too little ")
    assert "give more" in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("name", ["score", "questions", "explain", "ask"])
def test_every_command_that_scores_takes_it(name: str, listed: Path) -> None:
    who = ["bob"] if name in ("explain", "ask") else []
    args = [name, "list.csv", *who, "--rules", "pack.yaml"]
    free, bound = command(listed.parent, *args), command(listed.parent, *args, "--memory-limit", "300MB")
    assert (free.returncode, bound.returncode) == (0, 0)
    assert free.stdout == bound.stdout
    refused = command(listed.parent, *args, "--memory-limit", "300")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.count(b"\n") == 1
    assert b"500MB" in refused.stderr


def command(folder: Path, *args: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "psm_qualify", *args], cwd=folder, env=os.environ | {"COLUMNS": "100"}, input=b"",
        capture_output=True, timeout=GUARD, check=False,
    )  # fmt: skip
