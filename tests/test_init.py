"""Rules to begin with: what `rules init` writes works as its how-to says, and nothing is ever overwritten."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.testing import CliRunner

from psm_qualify.authoring import starting
from psm_qualify.authoring.schema import LANGUAGE_SERVER, SCHEMA_FILE
from psm_qualify.authoring.starting import HOWTO, MINIMAL_PACK, start
from psm_qualify.cli.app import application
from psm_qualify.errors import OutputError, UsageError
from psm_qualify.rules.loader import load_pack
from psm_qualify.rules.shipped import shipped_pack
from psm_qualify.scoring import score

ROOT = Path(__file__).parents[1]
KINDS = [pytest.param(False, id="psm"), pytest.param(True, id="minimal")]
COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """A command of the how-to, run as it is printed there."""
    words = command.split()
    assert words[0] == "psm-qualify"
    env = {key: value for key, value in os.environ.items() if key != "PSM_QUALIFY_RULES"}
    env |= {"COLUMNS": "80", "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", "psm_qualify", *words[1:]],
        cwd=folder, env=env, capture_output=True, check=False, encoding="utf-8",
    )  # fmt: skip


def test_the_copy_is_the_shipped_pack(tmp_path: Path) -> None:
    files = start(tmp_path / "ours")
    shipped = sorted(shipped_pack().glob("*.yaml"))
    assert {file.name for file in files} == {*(file.name for file in shipped), SCHEMA_FILE, HOWTO, "prospects.csv"}
    assert set((tmp_path / "ours").iterdir()) == set(files)
    for file in shipped:
        assert (tmp_path / "ours" / file.name).read_bytes() == file.read_bytes()
    assert load_pack(tmp_path / "ours").digest == load_pack("psm").digest
    assert (tmp_path / "ours" / "prospects.csv").read_bytes() == (ROOT / "examples" / "prospects.csv").read_bytes()


def test_the_small_pack_scores_its_list(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "ours"
    start(folder, minimal=True)
    with score([folder / "prospects.csv"], load_pack(folder)) as ranking:
        found = {one.name: (one.verdict, one.primary.band) for one in ranking}
    assert found == {
        "Birchwood Joiners": ("qualified", "A"),
        "Fennel & Sons": ("qualified", "B"),
        "Castle Street Interiors": ("qualified", "B"),
        "Dunmore Roofing": ("needs_info", "C"),
        "Eastgate Facilities": ("disqualified", "C"),
    }


def test_the_small_pack_is_small_and_leads_editors_to_the_schema(tmp_path: Path) -> None:
    start(tmp_path, minimal=True)  # an empty folder that is there already will do
    pack = load_pack(tmp_path)
    assert len(pack.fields) <= 3
    assert len(pack.tests) >= 1
    first, *rest = (tmp_path / "pack.yaml").read_text(encoding="utf-8").splitlines()
    assert first == LANGUAGE_SERVER
    assert (tmp_path / SCHEMA_FILE).read_bytes() == (shipped_pack() / SCHEMA_FILE).read_bytes()
    assert sum("#" in line for line in rest) > 10


@pytest.mark.parametrize("minimal", KINDS)
def test_the_commands_of_the_how_to_work_as_they_are_printed(
    minimal: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PSM_QUALIFY_RULES", raising=False)
    start(tmp_path, minimal=minimal)
    (block,) = COMMANDS.findall((tmp_path / HOWTO).read_text(encoding="utf-8"))
    commands = block.splitlines()
    for command in commands:
        program, *words = command.split()
        assert program == "psm-qualify"
        done = CliRunner().invoke(application(), words)
        assert done.exit_code == 0, f"{command}\n{done.output}{done.exception}"
    told = {command.split()[2] if command.split()[1] == "rules" else command.split()[1] for command in commands}
    assert told >= {"check", "test", "score", "diff", "show"}
    assert (tmp_path / "rules.md").read_text(encoding="utf-8").startswith("# ")


def test_a_change_that_breaks_a_test_of_the_small_pack_is_noticed(tmp_path: Path) -> None:
    start(tmp_path, minimal=True)
    path = tmp_path / "pack.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("between: [1, 20]", "between: [1, 30]"), encoding="utf-8")
    done = run("psm-qualify rules test .", tmp_path)
    assert done.returncode == 1
    assert "twenty-one are too many" in done.stdout


@pytest.mark.parametrize("minimal", KINDS)
def test_a_folder_that_holds_anything_is_left_alone(minimal: bool, tmp_path: Path) -> None:
    (tmp_path / "prospects.csv").write_text("mine", encoding="utf-8")
    done = run(f"psm-qualify rules init .{' --minimal' if minimal else ''}", tmp_path)
    assert done.returncode == 2
    assert "the folder is not empty (prospects.csv is there); name a new one" in done.stderr
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["mine"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "ours").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="that is a file; name a new folder"):
        start(tmp_path / "ours")
    assert (tmp_path / "ours").read_text(encoding="utf-8") == "mine"


def test_a_folder_below_a_file_is_one_message(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="can't be written"):
        start(tmp_path / "file" / "ours")


def test_the_command_says_what_it_made_and_what_comes_next(tmp_path: Path) -> None:
    done = run("psm-qualify rules init ours --minimal", tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert "ours: 1 rule file, a schema for editors and a sample list" in done.stderr
    assert str(Path("ours") / HOWTO) in done.stderr


def test_everything_that_is_copied_is_in_the_wheel() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    wheel = build["targets"]["wheel"]
    assert wheel["packages"] == ["src/psm_qualify"]
    assert MINIMAL_PACK.is_relative_to(ROOT / "src" / "psm_qualify")
    assert wheel["force-include"] == {
        "rules": "psm_qualify/packs/psm",
        "examples/prospects.csv": "psm_qualify/packs/prospects.csv",
    }
    assert (ROOT / "rules" / SCHEMA_FILE).is_file()


def test_an_installed_package_copies_the_list_that_lies_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packs = tmp_path / "packs"
    packs.mkdir()
    (packs / "prospects.csv").write_text("name\nAcme\n", encoding="utf-8")
    monkeypatch.setattr(starting, "_PACKS", packs)
    start(tmp_path / "ours")
    assert (tmp_path / "ours" / "prospects.csv").read_text(encoding="utf-8") == "name\nAcme\n"
