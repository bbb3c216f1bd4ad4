"""`ask` as people and scripts use it: piped and at a terminal, what it keeps and where, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from psm_qualify.cli import main
from test_cli import EXAMPLE

RULES = """
pack: {name: small, title: Small pack, version: 1.0.0}
fields:
  id: {type: text}
  name: {type: text, label: Firm, columns: [company]}
  reps: {type: number, label: Salespeople, question: "How many people sell?", units: [reps]}
  boss:
    type: choice
    label: Boss
    question: Who leads them?
    choices: {nobody: [no one], owner: [founder], manager: [head of sales]}
  motto: {type: text, label: Motto, question: "What is their motto?"}
scorecards:
  fit:
    title: Fit
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 50}
      led: {required: true, when: {boss: [nobody, owner]}, points: 30}
      motto: {when: {motto: {is: done}}, points: 20}
    bands: {A: {at_least: 90}, B: {at_least: 50}, C: {at_least: 0}}
"""
LIST = "id,name,reps,boss\n1001,Ann & Co,3,\n1002,Bob,4,owner\n1003,Bobby,9,nobody\n1004,Cy,,\n"
"""Bob is qualified with 80 points; Ann with 50 and Cy with none need info; Bobby is disqualified: ranks 1 to 4."""

KEPT = "list.csv.answers.jsonl"
PATIENCE = 60  # seconds until a program counts as hung


PROGRAM = [
    sys.executable,
    "-c",
    # Where a shell runs the tests in the background, Ctrl-C is ignored, here as well unless told otherwise.
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from psm_qualify.cli import main; main()",
]
"""The command in a process of its own."""


@dataclass(frozen=True)
class Run:
    code: int
    out: str
    err: str


def run(*args: str, typed: bytes = b"") -> Run:
    """A run of the command in this process, which saves half a second each."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    code: Any = 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["psm-qualify", *args])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    texts = []
    for stream in (out, err):
        stream.seek(0)
        texts.append(stream.read())
    return Run(code, *texts)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, with a list; the rules lie elsewhere."""
    rules = tmp_path / "rules.yaml"
    rules.write_text(RULES)
    work = tmp_path / "work"
    work.mkdir()
    (work / "list.csv").write_text(LIST)
    monkeypatch.chdir(work)
    monkeypatch.setenv("PSM_QUALIFY_RULES", str(rules))
    monkeypatch.setenv("COLUMNS", "80")
    return work


def done(*args: str, typed: str = "") -> str:
    """Standard output of a run that went well, its lines joined."""
    ran = run(*args, typed=typed.encode())
    assert ran.code == 0, ran.err
    return " ".join(ran.out.split())


def ask(*args: str, typed: str = "") -> str:
    """The transcript of an interview that went well, its lines joined where they were broken."""
    return done("ask", *args, typed=typed)


def refused(*args: str) -> str:
    """Standard error of an interview that was refused: exit code 2, a message, nothing else."""
    ran = run("ask", *args, typed=b"3\n")
    assert (ran.code, ran.out) == (2, ""), ran.err
    assert "Traceback" not in ran.err
    assert ran.err.strip()
    return ran.err


def everyone(*args: str) -> list[dict[str, Any]]:
    """The prospects of a scored list."""
    ran = run("score", *(args or ["list.csv"]), "--format", "jsonl")
    assert ran.code == 0, ran.err
    return [json.loads(line) for line in ran.out.splitlines()]


def scored(*args: str) -> dict[str, dict[str, Any]]:
    """By name the prospects of a scored list."""
    return {one["name"]: one for one in everyone(*args)}


def answers(path: str | Path = KEPT) -> list[tuple[str, str, str | None]]:
    """The answers in a file, in order: who, which field, what."""
    lines = map(json.loads, Path(path).read_text(encoding="utf-8").splitlines())
    return [(one["name"], one["field"], one["answer"]) for one in lines]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


# -- piped ---------------------------------------------------------------------------------------------------------


def test_it_asks_reads_rescores_and_stops(folder: Path) -> None:
    said = ask("list.csv", "Cy", typed="3\nfounder\nup and away\nnever asked\n")
    steps = ("How many people sell?", "Who leads them?", "What is their motto?", "Nothing that is left")
    first, second, third, end = map(said.index, steps)
    assert first < second < third < end
    assert "Understood: 3." in said[first:second]
    assert "Rank 3 → 2 of 4" in said[first:second]  # as many points as Ann
    assert "Understood: owner." in said[second:third]
    assert "Needs info → Qualified" in said[second:third]
    assert "→ 80.0, could be 100.0; B, could be A" in said[second:third]
    assert "Understood: up and away." in said[third:end]
    assert "back undoes the last answer" in said[end:]
    assert "Cy: Qualified" in said[end:]


def test_the_answers_are_read_by_score_and_explain_with_their_date(folder: Path) -> None:
    ask("list.csv", "Cy", "--date", "2026-03-31", typed="3 reps\nno one\n")
    fact = scored("list.csv")["Cy"]["facts"]["reps"]
    assert {key: fact[key] for key in ("value", "how", "date", "low", "high")} == {
        "value": "3 reps", "how": "answered", "date": "2026-03-31", "low": 3, "high": 3,
    }  # fmt: skip
    assert scored("list.csv")["Cy"]["verdict"] == "qualified"
    assert scored("list.csv", "--no-answers")["Cy"]["verdict"] == "needs_info"
    assert "answered on 2026-03-31: “no one”, read as nobody" in done("explain", "list.csv", "Cy")


def test_the_date_is_today_s_unless_it_is_given(folder: Path) -> None:
    before = date.today().isoformat()
    ask("list.csv", "Cy", typed="3\n")
    (line,) = map(json.loads, Path(KEPT).read_text().splitlines())
    assert before <= line["date"] <= date.today().isoformat()


def test_the_list_itself_is_never_changed(folder: Path) -> None:
    ask("list.csv", "Cy", "--write", "out.csv", typed="3\nowner\ndone\n")
    assert Path("list.csv").read_bytes() == LIST.encode()
    assert sorted(path.name for path in folder.iterdir()) == ["list.csv", KEPT, "out.csv"]


def test_nothing_is_kept_where_nothing_is_answered(folder: Path) -> None:
    assert "How many people sell?" in ask("list.csv", "Cy")
    ask("list.csv", "Cy", typed="\n?\nlots\nback\ndone\n")
    assert [path.name for path in folder.iterdir()] == ["list.csv"]


def test_what_can_t_be_read_is_asked_again_with_examples(folder: Path) -> None:
    said = ask("list.csv", "Cy", typed="lots\n5 to\n4\naunt\nowner\n")
    assert "“lots” is not understood. Such as 3 · 1-6 · 10+ · about 5." in said
    assert "“aunt” is not understood. One of: nobody (no one) · owner (founder) · manager (head of sales)." in said
    assert answers() == [("Cy", "reps", "4"), ("Cy", "boss", "owner")]


@pytest.mark.parametrize("text", ["", "n/a", "don't know"])
def test_a_blank_and_what_is_not_known_pass_a_question_over(text: str, folder: Path) -> None:
    said = ask("list.csv", "Cy", typed=f"{text}\nowner\n{text}\n")
    assert said.count("How many people sell?") == 1
    assert "passed over" in said.split("What is their motto?")[1]  # it does not say that nothing can change
    assert "Nothing that is left" not in said
    assert answers() == [("Cy", "boss", "owner")]


def test_back_takes_an_answer_back(folder: Path) -> None:
    said = ask("list.csv", "Cy", typed="9\n")
    assert "Needs info → Disqualified" in said
    Path(KEPT).unlink()
    said = ask("list.csv", "Cy", typed="\nback\n3\nback\n4\ndone\n")
    assert said.count("How many people sell?") == 3
    assert answers() == [("Cy", "reps", "3"), ("Cy", "reps", None), ("Cy", "reps", "4")]
    assert scored("list.csv")["Cy"]["facts"]["reps"]["value"] == "4"


def test_an_answer_that_was_taken_back_is_asked_for_anew(folder: Path) -> None:
    ask("list.csv", "Cy", typed="3\nback\n")
    assert "reps" not in scored("list.csv")["Cy"]["facts"]
    assert "How many people sell?" in ask("list.csv", "Cy")


def test_an_answer_of_an_earlier_interview_comes_back(folder: Path) -> None:
    ask("list.csv", "Cy", "--date", "2026-01-02", typed="5-10\n")
    ask("list.csv", "Cy", "--date", "2026-02-03", typed="5\nback\n")
    fact = scored("list.csv")["Cy"]["facts"]["reps"]
    assert (fact["value"], fact["date"]) == ("5-10", "2026-01-02")


def test_a_later_interview_goes_on_where_the_first_stopped(folder: Path) -> None:
    ask("list.csv", "Cy", "--date", "2026-01-02", typed="3\n")
    said = ask("list.csv", "Cy", typed="DONE\n")
    assert "answered on 2026-01-02: “3”" in said
    assert "How many people sell?" not in said
    assert "Who leads them?" in said


def test_a_word_in_quotes_is_an_answer(folder: Path) -> None:
    said = ask("list.csv", "Ann & Co", typed='owner\n"done"\n')
    assert "Fit: 100.0; A" in said
    assert answers() == [("Ann & Co", "boss", "owner"), ("Ann & Co", "motto", "done")]


def test_signs_in_another_encoding_do_no_harm(folder: Path) -> None:
    assert run("ask", "list.csv", "Ann & Co", typed=b"owner\ncaf\xe9\n").code == 0
    assert answers()[1] == ("Ann & Co", "motto", "caf�")


# -- copies and firms in no list -----------------------------------------------------------------------------------


def test_a_copy_holds_every_answer_and_scores_the_same(folder: Path) -> None:
    ask("list.csv", "Ann & Co", typed="no one\n=1+1\n")
    ask("list.csv", "Cy", "--write", "out.csv", typed="3\n")
    assert rows(folder / "out.csv") == [
        ["id", "name", "reps", "boss", "Motto"],
        ["1001", "Ann & Co", "3", "no one", "'=1+1"],  # no spreadsheet runs it
        ["1002", "Bob", "4", "owner", ""],
        ["1003", "Bobby", "9", "nobody", ""],
        ["1004", "Cy", "3", "", ""],
    ]
    copy, list_ = scored("out.csv"), scored("list.csv")
    assert {name: (one["rank"], one["verdict"], one["score"]) for name, one in copy.items()} == {
        name: (one["rank"], one["verdict"], one["score"]) for name, one in list_.items()
    }


def test_rows_that_a_copy_leaves_out_are_told(folder: Path) -> None:
    Path("list.csv").write_text(f"{LIST}1005,Di\n")
    ran = run("ask", "list.csv", "Cy", "--write", "out.csv", typed=b"3\n")
    assert "out.csv: 1 rejected row left out" in ran.err
    assert [row[1] for row in rows(folder / "out.csv")] == ["name", "Ann & Co", "Bob", "Bobby", "Cy"]


def test_a_copy_keeps_to_the_decimal_sign_of_its_column(folder: Path) -> None:
    Path("list.csv").write_text("name;reps;boss\nAnn;;owner\nBob;2,5;owner\nCy;3,25;owner\n")
    ask("list.csv", "Ann", "--write", "out.csv", typed="1.25\n")
    assert [row[1] for row in rows(folder / "out.csv")] == ["reps", "1,25", "2,5", "3,25"]
    assert scored("out.csv")["Ann"]["facts"]["reps"]["low"] == 1.25


def test_a_firm_without_a_name_is_known_by_its_row_in_the_very_same_list(folder: Path) -> None:
    Path("list.csv").write_text("reps,boss\n3,\n3,\n")
    ask("list.csv", "row:2", typed="owner\n")
    facts = {one["row"]: one["facts"] for one in everyone()}
    assert ("boss" in facts[1], facts[2]["boss"]["how"]) == (False, "answered")
    Path("list.csv").write_text("reps,boss\n4,\n3,\n3,\n")
    assert not any("boss" in one["facts"] for one in everyone())


def test_a_firm_in_no_list_goes_on_where_it_stopped_and_makes_a_list(folder: Path) -> None:
    said = ask("--new", "Harbor & Sons", typed="3\n")
    assert "How many people sell?" in said
    assert "rank" not in said.lower()
    said = ask("--new", "Harbor & Sons", "--write", "out.csv", typed="owner\n")
    assert "How many people sell?" not in said
    assert rows(folder / "out.csv") == [["Firm", "Salespeople", "Boss"], ["Harbor & Sons", "3", "owner"]]
    assert answers("harbor-sons.answers.jsonl") == [("Harbor & Sons", "reps", "3"), ("Harbor & Sons", "boss", "owner")]
    assert scored("out.csv")["Harbor & Sons"]["verdict"] == "qualified"


def test_the_answers_of_two_firms_may_lie_in_one_file(folder: Path) -> None:
    ask("--new", "Ann", "--answers", "calls.jsonl", typed="3\n")
    assert "How many people sell?" in ask("--new", "Bert", "--answers", "calls.jsonl", typed="9\n")
    assert answers("calls.jsonl") == [("Ann", "reps", "3"), ("Bert", "reps", "9")]
    assert "answered" in ask("--new", "Ann", "--answers", "calls.jsonl")


def test_answers_about_a_firm_are_found_once_a_list_holds_it(folder: Path) -> None:
    ask("--new", "cy inc.", typed="3\nowner\n")
    assert scored("list.csv", "--answers", "cy-inc.answers.jsonl")["Cy"]["verdict"] == "qualified"


# -- who -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "name"),
    [("3", "Cy"), ("rank:1", "Bob"), ("row:3", "Bobby"), ("id:1004", "Cy"), ("ann", "Ann & Co"), ("BOB", "Bob")],
)
def test_who_is_a_rank_a_row_an_id_or_part_of_a_name(who: str, name: str, folder: Path) -> None:
    assert ask("list.csv", who).startswith(f"{name} ")


def test_who_fits_nobody_is_told_the_nearest_names(folder: Path) -> None:
    assert "'Bobby'" in refused("list.csv", "Boby")


def test_who_fits_several_or_none(folder: Path) -> None:
    several = refused("list.csv", "o")
    assert all(text in several for text in ("Ann & Co (row:1, id:1001", "Bob (row:2", "Bobby (row:3"))
    assert "Cy" not in several
    assert "1 to 4" in refused("list.csv", "5")
    for who in ("row:9", "id:9", "rank:0"):
        assert who.split(":")[1] in refused("list.csv", who)


# -- refused -------------------------------------------------------------------------------------------------------

REFUSALS = {
    "nothing": ([], "ask --new NAME"),
    "nobody": (["list.csv"], "ask --new NAME"),
    "a list and a new firm": (["list.csv", "Cy", "--new", "Ann"], "ask --new NAME"),
    "a list of a new firm": (["list.csv", "--new", "Ann"], "ask --new NAME"),
    "a new firm of a sheet": (["--new", "Ann", "--sheet", "One"], "--new"),
    "no name": (["--new", " "], "names no firm"),
    "no such list": (["gone.csv", "Cy"], "there is no such file"),
    "standard input": (["-", "Cy"], "standard input"),
    "date": (["list.csv", "Cy", "--date", "31.3.2026"], "2026-03-31"),
    "the list as a copy": (["list.csv", "Cy", "--write", "list.csv"], "--write list.csv"),
    "a copy over the answers": (["list.csv", "Cy", "--write", KEPT], f"--write {KEPT}"),
    "a copy over the answers of a new firm": (["--new", "A", "--write", "a.answers.jsonl"], "--write a.answers.jsonl"),
    "a copy into no folder": (["list.csv", "Cy", "--write", "gone/out.csv"], "no folder gone"),
    "answers into no folder": (["list.csv", "Cy", "--answers", "gone/a.jsonl"], "no folder gone"),
    "answers into a folder": (["list.csv", "Cy", "--answers", "."], "folder"),
    "answers over the list": (["list.csv", "Cy", "--answers", "list.csv"], "list.csv"),
    "no answers file": (["list.csv", "Cy", "--answers", "other.csv"], "no answers file"),
    "no answers file of a new firm": (["--new", "Cy", "--answers", "other.csv"], "no answers file"),
}


@pytest.mark.parametrize(("args", "said"), REFUSALS.values(), ids=REFUSALS)
def test_what_can_t_be_meant_is_refused_before_anything_is_asked(args: list[str], said: str, folder: Path) -> None:
    (folder / "other.csv").write_text(LIST)
    message = refused(*args)
    assert said in message
    assert message.count("\n") == 1
    assert Path("list.csv").read_text() == Path("other.csv").read_text() == LIST
    assert sorted(path.name for path in folder.iterdir()) == ["list.csv", "other.csv"]


def kept_nowhere(*args: str) -> str:
    """Standard error of an interview whose first answer could not be kept."""
    ran = run("ask", *args, typed=b"3\nowner\n")
    assert (ran.code, "Traceback" in ran.err, "are kept" in ran.err) == (2, False, False)
    assert "Understood" not in ran.out
    return ran.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_an_answer_that_can_t_be_kept_ends_it(folder: Path) -> None:
    assert "/dev/full: the answer can't be kept" in kept_nowhere("list.csv", "Cy", "--answers", "/dev/full")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_that_can_t_be_written_is_told(folder: Path) -> None:
    folder.chmod(0o500)
    try:
        assert f"{KEPT}: the answer can't be kept" in kept_nowhere("list.csv", "Cy")
    finally:
        folder.chmod(0o700)


def test_a_closed_input_is_an_end(folder: Path) -> None:
    program = "import sys; sys.stdin = None; from psm_qualify.cli import main; main()"
    args = [sys.executable, "-c", program, "ask", "list.csv", "Cy"]
    closed = subprocess.run(args, capture_output=True, timeout=PATIENCE, check=False)
    assert (closed.returncode, closed.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="there is no /dev/fd here")
def test_nothing_lies_beside_a_pipe(folder: Path) -> None:
    for answers_, code in ("", 2), ("--answers kept.jsonl", 0):
        text = f'echo 3 | "{sys.executable}" -m psm_qualify ask <(cat list.csv) Cy {answers_}'
        result = subprocess.run(["bash", "-c", text], capture_output=True, timeout=PATIENCE, check=False)
        assert result.returncode == code, result.stderr
        assert b"Traceback" not in result.stderr
    assert answers("kept.jsonl") == [("Cy", "reps", "3")]


# -- how it looks --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 40])
def test_it_is_no_wider_than_the_terminal(width: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.delenv("PSM_QUALIFY_RULES", raising=False)
    typed = b"what they told me\n?\n3\nowner\nno\n?\n\nback\n\n"
    said = run("ask", EXAMPLE, "Keystone", "--answers", str(tmp_path / "kept.jsonl"), typed=typed).out
    assert "Understood: 3." in said
    assert max(map(len, said.splitlines())) <= width


def test_control_signs_do_not_reach_the_terminal(folder: Path) -> None:
    Path("list.csv").write_text("name,reps,boss\nA\x1b[31mnn\x07\x9b,3,\nBob\u202e,4,\n", encoding="utf-8")
    for who, typed in ("row:1", "x\x1b[2J\nno one\n"), ("row:2", "\u202eowner\nowner\nm\x07\n"), ("o", ""):
        ran = run("ask", "list.csv", who, typed=typed.encode())
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", ran.out + ran.err)
    assert answers()[0][0] == "A\x1b[31mnn\x07\x9b"  # kept as it is, so that the firm is found again
    assert scored("list.csv")["A\x1b[31mnn\x07\x9b"]["verdict"] == "qualified"


# -- at a terminal -------------------------------------------------------------------------------------------------

terminal_only = pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals here")


class Terminal:
    """A program at a pseudo-terminal, both its streams on it."""

    def __init__(self, *args: str) -> None:
        import pty

        self._ours, theirs = pty.openpty()
        clean = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        self.program = subprocess.Popen(
            [*PROGRAM, "ask", *args], stdin=theirs, stdout=theirs, stderr=theirs, env=clean | {"TERM": "dumb"}
        )
        os.close(theirs)

    def prompt(self) -> str:
        """What is said up to the next prompt."""
        return self._read(lambda said: said.endswith("\n> "))

    def type(self, text: str) -> str:
        """What is said to a line, up to the next prompt."""
        self.send(text + "\n")
        return self.prompt()

    def send(self, text: str) -> None:
        os.write(self._ours, text.encode())

    def end(self) -> tuple[int, str]:
        """The exit code, and what is said at last."""
        said = self._read(lambda _: False)
        return self.program.wait(PATIENCE), said

    def close(self) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self._ours)

    def _read(self, enough: Callable[[str], bool]) -> str:
        """What is said until that is enough, or until the program ends. Escapes for style are left out."""
        raw, deadline, said = b"", time.monotonic() + PATIENCE, ""
        while not enough(said):
            ready, _, _ = select.select([self._ours], [], [], max(0, deadline - time.monotonic()))
            assert ready, f"it hangs after {said!r}"
            try:
                part = os.read(self._ours, 65536)
            except OSError:  # so Linux says that the other side is closed
                part = b""
            if not part:
                break
            raw += part
            said = re.sub("\x1b\\[[0-9;?]*[a-zA-Z]", "", raw.decode(errors="replace")).replace("\r\n", "\n")
        return said


@pytest.fixture
def terminals() -> Iterator[Callable[..., Terminal]]:
    opened: list[Terminal] = []

    def start(*args: str) -> Terminal:
        opened.append(Terminal(*args))
        return opened[-1]

    yield start
    for terminal in opened:
        terminal.close()


@terminal_only
def test_an_interview_at_a_terminal(folder: Path, terminals: Callable[..., Terminal]) -> None:
    at = terminals("list.csv", "Cy", "--date", "2026-03-31")
    start = at.prompt()
    assert start.startswith("Cy\n")
    assert "How many people sell?" in start
    for _ in range(2):
        assert "Salespeople. Such as 3 · 1-6" in at.type("?")
    assert "“lots” is not understood" in at.type("lots")
    assert "Who leads them?" in at.type("")
    assert "How many people sell?" in at.type("back")
    assert "Understood: 4." in (said := at.type("4"))
    assert "Who leads them?" in said
    assert answers() == [("Cy", "reps", "4")]  # kept before the next question is asked
    at.send("done\n")
    code, said = at.end()
    assert code == 0
    assert "Cy: Needs info" in said
    assert f"the answers are kept in {KEPT}" in said


@terminal_only
def test_ctrl_c_keeps_the_answers_and_tells_where(folder: Path, terminals: Callable[..., Terminal]) -> None:
    at = terminals("list.csv", "Cy")
    at.prompt()
    at.type("3")
    at.program.send_signal(signal.SIGINT)
    at.send("\n")  # where the signal came just before the program began to read, it is noticed behind the line
    code, said = at.end()
    assert code == 130
    assert f"the answers are kept in {KEPT}" in said
    assert "Traceback" not in said
    assert answers() == [("Cy", "reps", "3")]


@terminal_only
def test_a_crash_loses_no_answer(folder: Path, terminals: Callable[..., Terminal]) -> None:
    at = terminals("list.csv", "Cy")
    at.prompt()
    at.type("3")
    at.program.kill()
    at.end()
    assert scored("list.csv")["Cy"]["facts"]["reps"]["how"] == "answered"


@terminal_only
def test_the_end_of_input_is_done(folder: Path, terminals: Callable[..., Terminal]) -> None:
    at = terminals("list.csv", "Cy")
    at.prompt()
    at.type("3")
    at.send("\x04")
    code, said = at.end()
    assert code == 0
    assert "In the end" in said
    assert f"the answers are kept in {KEPT}" in said


@terminal_only
def test_two_at_once_lose_no_answers(folder: Path, terminals: Callable[..., Terminal]) -> None:
    one, other = terminals("list.csv", "Cy"), terminals("list.csv", "Ann & Co")
    assert "How many people sell?" in one.prompt()
    assert "Who leads them?" in other.prompt()
    one.type("3")
    other.type("owner")
    one.type("no one")
    for at in (other, one):
        at.send("done\n")
        assert at.end()[0] == 0
    assert answers() == [("Cy", "reps", "3"), ("Ann & Co", "boss", "owner"), ("Cy", "boss", "no one")]
    found = scored("list.csv")
    assert found["Cy"]["verdict"] == found["Ann & Co"]["verdict"] == "qualified"


def test_many_at_once_lose_no_answers(folder: Path) -> None:
    firms: Mapping[str, bytes] = {"Cy": b"3\nowner\nup\n", "Ann & Co": b"owner\nhigh\n", "Bob": b"low\n"}
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "psm_qualify", "ask", "list.csv", who],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for who in firms
    ]
    for program, typed in zip(running, firms.values(), strict=True):
        program.communicate(typed, timeout=PATIENCE)
    assert [program.returncode for program in running] == [0, 0, 0]
    assert sorted(answers()) == [
        ("Ann & Co", "boss", "owner"),
        ("Ann & Co", "motto", "high"),
        ("Bob", "motto", "low"),
        ("Cy", "boss", "owner"),
        ("Cy", "motto", "up"),
        ("Cy", "reps", "3"),
    ]


def test_the_very_last_answer_can_be_undone(folder: Path) -> None:
    said = ask("list.csv", "Cy", typed="3\nfounder\nup and away\nback\nnone of your business\n\n")
    assert said.count("What is their motto?") == 2
    kept = (folder / "list.csv.answers.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["answer"] for line in kept.splitlines()][-2:] == [None, "none of your business"]


def test_back_with_nothing_to_undo_says_so(folder: Path) -> None:
    assert "There is nothing to undo." in ask("list.csv", "Cy", typed="back\ndone\n")
