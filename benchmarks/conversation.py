"""Measures what an interview and a call sheet cost, beside starting the command and beside `score`; shows medians.

python conversation.py --date 2026-11-25 --write CONVERSATION.md
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from lists import a_list
from measuring import TOOL, Command, Taken, about, markdown, measure
from run import TITLES, Line

from psm_qualify import load_pack, score
from psm_qualify.entries import options_of
from psm_qualify.interviews import Interview
from psm_qualify.rules.pack import Field, Pack
from psm_qualify.selection import Filter

ROWS = 100_000
EXAMPLE = Path(__file__).parents[1] / "examples" / "prospects.csv"
SAID = {"number": "4", "percent": "60%", "duration": "3 years", "money": "$1M", "text": "law firm"}
"""What the one who is asked says, by the type of the field; of options the first."""


def said(field: Field) -> str:
    """An answer to a field's question."""
    return SAID.get(field.type) or options_of(field)[0]


def steps(pack: Pack) -> Iterator[float]:
    """Seconds from each answer to the next question, in an interview with every prospect of the example list."""
    with score([EXAMPLE], pack) as ranking:
        ranking.choose(Filter())
        for case in ranking.cases():
            interview = Interview(ranking.judge, case)
            question = interview.question()
            while question is not None:
                start = time.perf_counter()
                interview.answer(question.field, said(pack.fields[question.field]))
                question = interview.question()
                yield time.perf_counter() - start


def started(repeat: int) -> Taken:
    """`ask`, from its start to its first question and `done`."""
    taken = []
    for _ in range(repeat + 1):
        start = time.perf_counter()
        subprocess.run((TOOL, "ask", str(EXAMPLE), "1"), input=b"done\n", capture_output=True, check=True)
        taken.append(time.perf_counter() - start)
    return Taken(median(taken[1:]), 0, 0)


def sheets(out: Path) -> dict[str, Command]:
    """`score` as it is, and the call sheet in each of its formats."""
    file = str(a_list(ROWS))
    commands: dict[str, Command] = {"score": (str(TOOL), "score", file)}
    for name in ("table", "markdown", "csv", "json"):
        commands[f"questions, {name}"] = (str(TOOL), "questions", file, "--format", name, "-o", str(out / name))
    return commands


def report(date: str, repeat: int, out: Path) -> str:
    """Measures everything and puts it together."""
    begun = started(repeat)
    step = Taken(median(steps(load_pack())), 0, 0)
    lines = [Line("ask: start, first question, done", None, begun, begun),
             Line("ask: from an answer to the next question", None, step, begun, 0.05)]  # fmt: skip
    taken = measure(sheets(out), repeat)
    lines += [Line(task, ROWS, each, taken["score"], None if task == "score" else 2.0) for task, each in taken.items()]
    cells: Sequence[Sequence[str]] = [TITLES, *(_fine(line) for line in lines)]
    return f"{about(date)} Medians of {repeat} interleaved runs.\n\n{markdown(cells)}\n"


def _fine(line: Line) -> Sequence[str]:
    """The line, its seconds and its ratio in thousandths where they are small."""
    task, rows, _, _, *rest = line.cells
    return task, rows, f"{line.taken.seconds:.4f}", f"{line.taken.seconds / line.against.seconds:.4f}", *rest


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--date", required=True, help="shown in the result")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the result as Markdown too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = report(chosen.date, chosen.repeat, Path(folder))
    print(text, end="")
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
