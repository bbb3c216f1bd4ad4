"""Starting: what help, version and completion load, and what a shell completes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from psm_qualify.calling import GROUPINGS
from psm_qualify.cli.app import COMMANDS
from psm_qualify.cli.arguments import VERDICTS
from psm_qualify.cli.completing import COMPLETES
from psm_qualify.cli.completion import SHELLS
from psm_qualify.render.formats import CALLS, RANKING
from psm_qualify.rules.model import Verdict

GUARD = 60  # seconds until a run that hangs is given up
RULES = ("check", "fmt", "test", "schema", "show", "init", "diff")
HEAVY = (
    "calamine", "chardet", "duckdb", "psm_qualify.engines", "psm_qualify.results", "psm_qualify.rules.loader",
    "psm_qualify.rules.model", "psm_qualify.scoring", "pydantic", "pyspark", "python_calamine", "rapidfuzz", "rich",
    "sqlglot", "watchfiles", "xlsxwriter", "yaml",
)  # fmt: skip
LOADED = (
    "import sys, atexit\n"
    "there = lambda: (name for name, module in sys.modules.items() if module is not None)\n"
    "atexit.register(lambda: print(*there(), file=sys.stderr))\n"
    "from psm_qualify.cli import main\n"
    "main()"
)


def loaded(*args: str, **env: str) -> tuple[str, list[str]]:
    """What the command prints, and the modules that it has loaded."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *args], env=os.environ | env, capture_output=True, text=True, encoding="utf-8",
        timeout=GUARD, check=True,
    )  # fmt: skip
    return done.stdout, done.stderr.split()


def heavy(modules: list[str]) -> set[str]:
    return {each for each in HEAVY if any(name == each or name.startswith(f"{each}.") for name in modules)}


@pytest.mark.parametrize(
    "args",
    [["--version"], ["--help"], ["-h"], ["rules", "--help"], *([name, "--help"] for name in COMMANDS),
     *(["rules", name, "--help"] for name in RULES)],
    ids=" ".join,
)  # fmt: skip
def test_help_and_version_load_nothing_heavy(args: list[str]) -> None:
    printed, modules = loaded(*args)
    assert printed.strip()
    assert heavy(modules) == set()


def test_what_counts_as_heavy_is_what_scoring_loads(tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("name,sales reps\nAnn,3\n")
    assert {"pydantic", "yaml", "psm_qualify.engines", "psm_qualify.scoring"} <= heavy(loaded("score", str(listed))[1])


def test_pandas_is_left_alone_where_arrow_would_load_it(tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("raise RuntimeError('loaded')\n")
    listed = tmp_path / "list.csv"
    listed.write_text("name,sales reps\n" + "".join(f"Firm {number},{number % 9}\n" for number in range(30_000)))
    _, modules = loaded("score", str(listed), "--top", "3", PYTHONPATH=str(tmp_path))
    assert "pyarrow" in modules


def completed(*words: str, shell: str = "bash", cwd: Path | None = None) -> list[str]:
    """What the shell is told, by the protocol of its script."""
    asked = {
        "bash": {"COMP_WORDS": "\n".join(("psm-qualify", *words)), "COMP_CWORD": str(len(words))},
        "zsh": {"_TYPER_COMPLETE_ARGS": " ".join(("psm-qualify", *words))},
        "fish": {"_TYPER_COMPLETE_ARGS": " ".join(("psm-qualify", *words)), "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
    }[shell]
    done = subprocess.run(
        [sys.executable, "-m", "psm_qualify"], env=os.environ | asked | {COMPLETES: f"complete_{shell}"}, cwd=cwd,
        capture_output=True, text=True, encoding="utf-8", timeout=GUARD, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([""], list(COMMANDS)),
        (["sc"], ["score"]),
        (["rules", ""], list(RULES)),
        (["score", "--me"], ["--memory-limit"]),
        (["score", "--format", ""], list(RANKING.by_name)),
        (["score", "list.csv", "--format", "js"], ["json", "jsonl"]),
        (["questions", "--format", ""], list(CALLS.by_name)),
        (["score", "--verdict", ""], list(get_args(Verdict))),
        (["score", "--verdict", "qualified", "--verdict", "d"], ["disqualified"]),
        (["questions", "--by", ""], list(GROUPINGS)),
        (["score", "--decimal", "c"], ["comma"]),
        (["score", "--engine", ""], ["spark"]),
        (["sql", "--dialect", "s"], ["spark", "snowflake"]),
        (["completion", ""], list(SHELLS)),
        (["score", ""], []),  # files, which the shell completes by itself
        (["explain", "list.csv", ""], []),
        (["score", "--contacts", "x"], []),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value, list) else "-",
)
def test_words_are_completed(words: list[str], expected: list[str]) -> None:
    assert completed(*words) == expected


def test_rules_are_completed_to_the_shipped_pack_and_to_what_lies_here(tmp_path: Path) -> None:
    for name in ("psm-ours.yaml", "ours.yaml", "list.csv", ".hidden.yaml"):
        (tmp_path / name).touch()
    (tmp_path / "packs").mkdir()
    assert completed("score", "--rules", "", cwd=tmp_path) == ["psm", "ours.yaml", "packs", "psm-ours.yaml"]
    assert completed("score", "--rules", "ps", cwd=tmp_path) == ["psm", "psm-ours.yaml"]
    assert completed("score", "--rules", "ou", cwd=tmp_path) == []  # the shell's own files
    assert completed("rules", "check", "p", cwd=tmp_path) == ["psm", "packs", "psm-ours.yaml"]


def test_other_shells_are_told_the_same() -> None:
    (told,) = completed("score", "--verdict", "q", shell="zsh")
    assert "qualified" in told
    assert "disqualified" not in told
    assert completed("score", "--verdict", "q", shell="fish") == ["qualified"]
    assert any(line.startswith("score\tRank prospects") for line in completed("sc", shell="fish"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_loads_nothing_heavy(shell: str) -> None:
    words = "psm-qualify score --format "
    env = {COMPLETES: f"complete_{shell}", "COMP_WORDS": words, "COMP_CWORD": "3", "_TYPER_COMPLETE_ARGS": words}
    printed, modules = loaded(**env, _TYPER_COMPLETE_FISH_ACTION="get-args")
    assert "jsonl" in printed
    assert heavy(modules) == set()


def test_what_is_offered_is_what_there_is() -> None:
    assert get_args(Verdict) == VERDICTS


# -- the shells themselves ---------------------------------------------------------------------------------------------


def script(shell: str) -> str:
    return loaded("completion", shell)[0]


@pytest.mark.parametrize("shell", SHELLS)
def test_there_is_a_script_for_each_shell(shell: str) -> None:
    assert COMPLETES in script(shell)
    assert "psm-qualify" in script(shell)


def test_another_shell_is_refused_with_those_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "psm_qualify", "completion", "tcsh"], capture_output=True, text=True, timeout=GUARD,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "bash, zsh, fish, powershell" in done.stderr


ASKED = {
    # What readline does at the press of a key, done by hand.
    "bash": 'COMP_WORDS=(psm-qualify score --format js); COMP_CWORD=3; "$(complete -p psm-qualify | sed -n '
    "'s/.*-F \\([^ ]*\\).*/\\1/p')\" psm-qualify; printf '%s\\n' \"${COMPREPLY[@]}\"",
    "fish": "complete -C 'psm-qualify score --format js'",
}


@pytest.mark.parametrize("shell", ASKED)
def test_a_shell_completes_by_the_script(shell: str, tmp_path: Path) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed here")
    command = tmp_path / "psm-qualify"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m psm_qualify "$@"\n')
    command.chmod(0o755)
    (tmp_path / "script").write_text(script(shell), encoding="utf-8")
    done = subprocess.run(
        [shell, "-c", f"source '{tmp_path / 'script'}'\n{ASKED[shell]}"],
        env=os.environ | {"PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "HOME": str(tmp_path)},
        capture_output=True, text=True, timeout=GUARD, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["json", "jsonl"], done.stderr


def test_zsh_completes_by_the_script(tmp_path: Path) -> None:
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed here")
    # Outside a completion nothing may be offered: `_arguments` is asked in its place what it was told to offer.
    (tmp_path / "script").write_text(script("zsh"), encoding="utf-8")
    told = 'compdef() { : }; _arguments() { print -r -- "$@" }; source ./script'
    told += "; words=(psm-qualify score --format js); CURRENT=4; _psm_qualify_completion"
    done = subprocess.run(
        ["zsh", "-fc", told], cwd=tmp_path, capture_output=True, text=True,
        timeout=GUARD, check=True,
        env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert "json" in done.stdout
    assert "jsonl" in done.stdout
