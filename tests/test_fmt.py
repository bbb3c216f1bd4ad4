"""`rules fmt`: the order of keys and the spacing of lines, and nothing of what is said."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from psm_qualify.authoring.formatting import formatted
from psm_qualify.errors import InputError, PackError
from psm_qualify.rules.tree import parse, plain

ROOT = Path(__file__).parents[1]
RULES = [*sorted((ROOT / "rules").glob("*.yaml")), ROOT / "examples" / "coffee-roaster" / "cafes.yaml"]


def read(text: str) -> object:
    root = parse(text, "pack.yaml", [])
    assert root is not None
    return plain(root)


CASES = {
    "keys go into the order of the language, with their comments": (
        """\
# about the whole
scorecards:
  fit:
    bands: {A: {at_least: 0}}
    # why these
    criteria:
      one:
        points: 5  # of ten
        when: {staff: 3}
        title: One
pack: {name: tiny}
""",
        """\
# about the whole
pack: {name: tiny}
scorecards:
  fit:
    # why these
    criteria:
      one:
        title: One
        when: {staff: 3}
        points: 5  # of ten
    bands: {A: {at_least: 0}}
""",
    ),
    "indentation becomes two spaces a level, and what continues a line goes along": (
        """\
fields:
      staff:
            type: number
            columns: [employees,
                      headcount]   # as exports call it
            question: >-
                How many people
                work for you?
      trade:
            infer:
            - from: [notes]
              value: homes
              find: housing
            type: choice
""",
        """\
fields:
  staff:
    type: number
    question: >-
        How many people
        work for you?
    columns: [employees,
              headcount]   # as exports call it
  trade:
    type: choice
    infer:
      - from: [notes]
        find: housing
        value: homes
""",
    ),
    "blank lines are single, and none stands at either end": (
        "\n\npack: {name: tiny}   \n\n\n\nfields:\n  staff: {type: number}\n\n\n",
        "pack: {name: tiny}\n\nfields:\n  staff: {type: number}\n",
    ),
    "the order of fields, criteria and tests is the author's": (
        "fields:\n  zeta: {type: text}\n  alpha: {type: text}\n",
        "fields:\n  zeta: {type: text}\n  alpha: {type: text}\n",
    ),
    "a comment that came first in a list's item goes above its dash": (
        """\
tests:
  - prospect: {staff: "3"}
    # what it shows
    name: three
    expect: {verdict: qualified}
""",
        """\
tests:
  # what it shows
  - name: three
    prospect: {staff: "3"}
    expect: {verdict: qualified}
""",
    ),
    "line ends stay what they are": (
        "fields: {}\r\n\r\n\r\npack: {name: tiny}\r\n",
        "pack: {name: tiny}\r\nfields: {}\r\n",
    ),
    "blank lines that belong to a text stay": (
        "pack:\n    name: tiny\n    title: |+\n      one\n\n\nfields: {}\n",
        "pack:\n  name: tiny\n  title: |+\n    one\n\n\nfields: {}\n",
    ),
    "a last line without an end gets one": ("pack: {name: tiny}", "pack: {name: tiny}\n"),
    "a sign that looks like a comment in a text stays": (
        "pack:\n  title: |\n    one\n    # two\n  name: tiny\n",
        "pack:\n  name: tiny\n  title: |\n    one\n    # two\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_form(case: str) -> None:
    given, wanted = CASES[case]
    assert formatted(given, "pack.yaml") == wanted


@pytest.mark.parametrize("case", CASES)
def test_what_is_in_form_stays(case: str) -> None:
    assert formatted(CASES[case][1], "pack.yaml") == CASES[case][1]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
def test_the_rules_of_this_project_are_in_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert formatted(text, path.name) == text


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.name)
@pytest.mark.parametrize("seed", range(3))
def test_shifted_and_spread_rules_come_back(path: Path, seed: int) -> None:
    """Lines moved to the right as a whole, and blank lines strewn in, are taken back; what is said stays."""
    text = path.read_text(encoding="utf-8")
    chance = random.Random(seed)
    lines = text.split("\n")
    spread = [line + ("\n" if line == "" and chance.random() < 0.5 else "") for line in lines]
    shifted = ["   " + line if line else line for line in spread]
    done = formatted("\n".join(shifted), path.name)
    assert read(done) == read(text)
    assert done == text


def test_what_can_not_be_read_is_told_with_its_place() -> None:
    with pytest.raises(PackError, match=r"pack.yaml:1:7"):
        formatted("pack: {name: tiny", "pack.yaml")


def test_what_would_come_to_say_something_else_is_refused() -> None:
    """The anchor would come to stand behind the place that refers to it."""
    text = "tests:\n  - {name: &n one, prospect: {}, expect: {verdict: qualified}}\npack: {name: *n}\n"
    with pytest.raises(InputError, match="stays as it is"):
        formatted(text, "pack.yaml")


# -- the command ---------------------------------------------------------------------------------------------------


def fmt(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "psm_qualify", "rules", "fmt", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    path = tmp_path / "odd.yaml"
    path.write_text("fields: {}\n\n\npack: {name: tiny}\n", encoding="utf-8")
    return path


def test_a_file_is_put_into_form(odd: Path) -> None:
    assert fmt(str(odd)).returncode == 0
    assert odd.read_text(encoding="utf-8") == "\npack: {name: tiny}\nfields: {}\n".lstrip()
    assert "every file is in form" in fmt(str(odd.parent)).stderr


def test_check_writes_nothing_and_fails(odd: Path) -> None:
    before = odd.read_bytes()
    done = fmt(str(odd), "--check")
    assert (done.returncode, done.stdout) == (1, "")
    assert str(odd) in done.stderr
    assert odd.read_bytes() == before


def test_diff_shows_what_would_change_and_writes_nothing(odd: Path) -> None:
    before = odd.read_bytes()
    done = fmt(str(odd), "--diff")
    assert done.returncode == 1
    assert {"-pack: {name: tiny}", "+pack: {name: tiny}"} <= set(done.stdout.splitlines())
    assert odd.read_bytes() == before


def test_the_shipped_pack_is_not_written(tmp_path: Path) -> None:
    done = fmt("psm")
    assert done.returncode == 2
    assert "rules init" in done.stderr
