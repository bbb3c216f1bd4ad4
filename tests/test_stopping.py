"""Long work: it tells how far it is, a terminal shows that, and a signal ends it with nothing left behind."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.progress import Progress, counted
from psm_qualify.rules.loader import parse_pack
from psm_qualify.scoring import score
from psm_qualify.selection import Filter
from psm_qualify.stopping import stoppable

pty = pytest.importorskip("pty", reason="pseudo-terminals are a thing of POSIX systems")

GUARD = 60  # seconds until a run that hangs is given up; nothing here waits for a time
ROOT = Path(__file__).parents[1]
# What pytest was started with may ignore signals, and children inherit that.
CHILD = (
    "import signal\n"
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "for each in (signal.SIGTERM, signal.SIGHUP): signal.signal(each, signal.SIG_DFL)\n"
    "from psm_qualify.cli import bars, main\n"
    "bars.PATIENCE = 0\n"
    "main()"
)
PACK = """
pack: {name: tiny}
fields:
  id: {type: text}
  name: {type: text}
  sales_reps: {type: number, columns: [sales reps]}
  notes: {type: text, columns: [notes]}
scorecards:
  fit:
    criteria:
      some: {required: true, when: {sales_reps: {at_least: 1}}, points: 10}
      team: {when: {notes: {mentions: team}}, points: 10}
    bands: {A: {at_least: 80}, B: {at_least: 0}}
"""


class Terminal:
    """The command with its standard error on a pseudo-terminal, everything temporary in a folder that is looked at."""

    def __init__(self, folder: Path, *arguments: str, stdout: int | None = None, **env: str) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR")}
        self._leader, follower = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", CHILD, *arguments],
            stdin=subprocess.PIPE,
            stdout=follower if stdout is None else stdout,
            stderr=follower,
            env=clean | {"TMPDIR": str(self.temporary), "TERM": "xterm-256color", "COLUMNS": "100"} | env,
            cwd=folder,
        )
        os.close(follower)
        self.shown = b""

    def until(self, text: str) -> None:
        """Reads on until a text is shown."""
        while text.encode() not in self.shown:
            assert self._read(), f"{text!r} is not among what was shown; the end: {self.shown[-200:]!r}"

    def end(self) -> int:
        """Reads to the end; the exit code."""
        while self._read():
            pass
        os.close(self._leader)
        assert self.process.stdin is not None
        self.process.stdin.close()
        return self.process.wait(GUARD)

    def _read(self) -> bool:
        try:
            found = os.read(self._leader, 1 << 16)
        except OSError:  # Linux: nobody has it open any more
            return False
        self.shown += found
        return bool(found)


def rows(count: int) -> Iterator[str]:
    yield "id,name,sales reps,sales leader,notes\n"
    for number in range(count):
        yield f"{number},Firm {number},{number % 9},{'owner' if number % 3 else 'nobody'},a team of {number % 7}\n"


@pytest.fixture(scope="module")
def long_list(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.csv"
    path.with_name("pack.yaml").write_text(PACK, encoding="utf-8")
    with path.open("w", encoding="utf-8") as out:
        out.writelines(rows(300_000))
    return path


def scoring(path: Path) -> list[str]:
    return ["score", str(path), "--rules", str(path.with_name("pack.yaml"))]


# -- how far it is -----------------------------------------------------------------------------------------------------


def test_items_are_counted_and_the_end_is_told() -> None:
    heard: list[Progress] = []
    found = counted("abcde", heard.append, Progress("Counting", total=5), every=2)
    assert heard == []  # nothing is done yet
    assert "".join(found) == "abcde"
    assert [(each.done, each.ended) for each in heard] == [(0, False), (2, False), (4, False), (0, True)]
    assert {(each.stage, each.total) for each in heard} == {("Counting", 5)}


def workbook(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(rows(3000)):
            sheet.write_row(number, 0, line.strip().split(","))


def irregular(path: Path) -> None:
    path.write_text("".join(rows(3000)) + "lost\n", encoding="utf-8")


def utf16(path: Path) -> None:
    path.write_text("".join(rows(3000)), encoding="utf-16")


def json_lines(path: Path) -> None:
    lines = [line.strip().split(",") for line in rows(3000)]
    path.write_text("".join(f'{{"name": "{one[1]}", "sales reps": "{one[2]}"}}\n' for one in lines[1:]))


@pytest.mark.parametrize(
    ("write", "stages"),
    [
        (workbook, ["Reading LIST"]),
        (irregular, ["Looking at LIST", "Reading LIST"]),
        (utf16, ["Converting LIST", "Looking at LIST"]),
        (json_lines, ["Looking at LIST", "Reading LIST"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_copied_tells_how_far_it_is(write: Callable[[Path], None], stages: list[str], tmp_path: Path) -> None:
    path, heard = tmp_path / "list", list[Progress]()
    write(path)
    with score([path], parse_pack(PACK), listener=heard.append) as ranking:
        assert ranking.summary.input.scored == 3000
        list(ranking)
    told = [each.stage.replace(str(path), "LIST") for each in heard]
    for stage in [*stages, "Writing"]:
        own = [each for each, name in zip(heard, told, strict=True) if name == stage]
        assert own, f"{stage} is not among {set(told)}"
        assert own[-1].ended
        assert max(each.done for each in own) > 0
        assert all(each.total is None or each.done <= each.total for each in own)
    assert [told.index(stage) for stage in stages] == sorted(told.index(stage) for stage in stages)


# -- native work -------------------------------------------------------------------------------------------------------


def test_what_work_returns_and_raises_comes_through() -> None:
    assert stoppable(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        stoppable(lambda: 1 // 0)


def test_what_is_raised_while_waiting_stops_the_work_first() -> None:
    told, ended = threading.Event(), threading.Event()

    def work() -> None:
        told.wait(GUARD)
        ended.set()

    def look() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stoppable(work, told.set, look)
    assert told.is_set()
    assert ended.is_set()


def test_a_statement_that_would_never_end_is_stopped_by_a_signal(tmp_path: Path) -> None:
    code = (
        "import signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from pathlib import Path\n"
        "from psm_qualify.engines.duckdb_session import Database\n"
        "from psm_qualify.sources.table import Wanted\n"
        "db = Database()\n"
        "db.prepare(Wanted(Path(sys.argv[1]), listener=lambda progress: print(progress.stage, flush=True)))\n"
        "db.begin('Counting')\n"
        "try: db.execute('SELECT sum(hash(range)) FROM range(1000000000000000)')\n"
        "except KeyboardInterrupt: print(db.rows('SELECT 42'))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    told = [child.stdout.readline() for _ in range(2)]  # at the beginning, and while it waits
    assert told == ["Counting\n"] * 2
    child.send_signal(signal.SIGINT)
    rest, _ = child.communicate(timeout=GUARD)
    assert rest.splitlines()[-1] == "[(42,)]"  # and the database works on
    assert child.returncode == 0


def test_no_statement_runs_where_signals_arrive(long_list: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the main thread DuckDB would turn Ctrl-C into an error of its own."""
    seen: set[threading.Thread] = set()

    class Watched:
        def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
            self._connection = connection

        def cursor(self) -> Watched:
            return Watched(self._connection.cursor())

        def __getattr__(self, name: str) -> object:
            if name in {"execute", "sql", "register"}:
                seen.add(threading.current_thread())
            return getattr(self._connection, name)

    connect = duckdb.connect
    monkeypatch.setattr("psm_qualify.engines.duckdb_session.duckdb.connect", lambda: Watched(connect()))
    pack = parse_pack(PACK)
    with score(long_list, pack, chosen=Filter(top=3), engine=DuckDBEngine()) as ranking:
        assert len(list(ranking)) == 3
    assert seen
    assert threading.main_thread() not in seen


def test_an_error_that_a_library_makes_of_a_signal_is_no_error(tmp_path: Path) -> None:
    code = CHILD.replace(
        "main()",
        "import os, psm_qualify.rules.loader as loader\n"
        "def load_pack(*_):\n"
        "    try: os.kill(os.getpid(), signal.SIGINT)\n"
        "    except BaseException: raise ValueError('of a library') from None\n"
        "loader.load_pack = load_pack\n"
        "main()",
    )
    arguments = [sys.executable, "-c", code, "score", str(tmp_path / "list.csv")]
    ended = subprocess.run(arguments, capture_output=True, text=True, timeout=GUARD, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", "psm-qualify: stopped\n")


# -- on a terminal -----------------------------------------------------------------------------------------------------


def test_a_bar_is_shown_and_nothing_is_left_of_it(long_list: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    at = Terminal(tmp_path, *scoring(long_list), "-o", str(out))
    assert at.end() == 0
    shown = at.shown.decode()
    assert "Reading" in shown
    assert "%" in shown
    assert shown.count("\x1b[?25l") == shown.count("\x1b[?25h")  # the cursor is back as often as it was hidden
    last_bar, said = shown.rsplit("\x1b[2K", 1)  # what erases a line
    assert "━" in last_bar
    assert "━" not in said
    assert said.startswith("psm-qualify: 300000 of 300000 rows scored")
    assert not list(at.temporary.iterdir())
    assert out.read_text(encoding="utf-8").count("\n") == 300_001


def test_no_color_is_respected(long_list: Path, tmp_path: Path) -> None:
    at = Terminal(tmp_path, *scoring(long_list), "-o", str(tmp_path / "out.csv"), NO_COLOR="1")
    assert at.end() == 0
    assert "━" in at.shown.decode()
    assert b"\x1b[38" not in at.shown


def test_a_pipe_shows_its_rate_although_nobody_knows_its_length(tmp_path: Path) -> None:
    at = Terminal(tmp_path, "score", "-", "--top", "1", stdout=subprocess.DEVNULL)
    assert at.process.stdin is not None
    lines = rows(1 << 40)
    feeding = io.TextIOWrapper(at.process.stdin, encoding="utf-8", write_through=True)
    feeding.writelines(next(lines) for _ in range(1000))
    at.until("Reading standard input")
    feeding.writelines(next(lines) for _ in range(1000))
    feeding.close()
    assert at.end() == 0
    assert not list(at.temporary.iterdir())


def test_no_terminal_gets_no_bar(long_list: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHILD, *scoring(long_list), "--top", "1"],
        capture_output=True, timeout=GUARD, check=True, env=os.environ | {"FORCE_COLOR": "1"},
    )  # fmt: skip
    assert "━".encode() not in done.stderr
    assert b"\x1b[2K" not in done.stderr + done.stdout


# -- ended by a signal -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stage", "number"),
    [
        ("Looking at", signal.SIGINT),
        ("Reading", signal.SIGINT),
        ("Scoring", signal.SIGINT),
        ("Writing", signal.SIGINT),
        ("Reading", signal.SIGTERM),
        ("Reading", signal.SIGHUP),
    ],
)
def test_a_signal_ends_the_work_with_nothing_left_behind(
    stage: str, number: signal.Signals, long_list: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.json"
    out.write_text("as it was")
    at = Terminal(tmp_path, *scoring(long_list), "-o", str(out), "--memory-limit", "200MB")
    at.until(f"{stage} ")
    at.process.send_signal(number)
    assert at.end() == 128 + number
    assert at.shown.decode().rsplit("\x1b[2K", 1)[1] == "psm-qualify: stopped\r\n"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["out.json", "temporary"]
    assert out.read_text() == "as it was"
    assert not list(at.temporary.iterdir())


def test_a_workbook_that_is_being_opened_is_left(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, line in enumerate(rows(60_000)):
            sheet.write_row(number, 0, line.strip().split(","))
    at = Terminal(tmp_path, "score", str(path), "-o", str(tmp_path / "out.json"))
    at.until("Opening ")
    at.process.send_signal(signal.SIGINT)
    assert at.end() == 130
    assert at.shown.decode().rsplit("\x1b[2K", 1)[1] == "psm-qualify: stopped\r\n"
    assert not list(at.temporary.iterdir())


def test_a_second_signal_does_not_disturb_the_end(long_list: Path, tmp_path: Path) -> None:
    at = Terminal(tmp_path, *scoring(long_list), "-o", str(tmp_path / "out.json"))
    at.until("Scoring ")
    for _ in range(20):
        at.process.send_signal(signal.SIGINT)
    assert at.end() == 130
    assert not list(at.temporary.iterdir())
