"""Answers kept beside a list: their file, whose they are, what both engines make of them, and the completed copy."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from psm_qualify.assess import Evidence
from psm_qualify.cli.app import application
from psm_qualify.completing import alone, completed, write_list
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.errors import InputError, OutputError, QualifyError
from psm_qualify.facts.decimals import decimal_point
from psm_qualify.judging import Case
from psm_qualify.render.base import Target
from psm_qualify.render.json import prospect_dict, render_document
from psm_qualify.results import RecordPlace, Summary
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import score
from psm_qualify.selection import Filter
from psm_qualify.sources.answers import (
    Answered,
    AnswerLine,
    answers_beside,
    answers_of_new,
    append_answer,
    digest_of,
    read_answers,
)
from strategies import cells, lists, packs

Plain = dict[str, Any]
Row = Sequence[str]
ENGINES: Mapping[str, type[DirectEngine] | type[DuckDBEngine]] = {"direct": DirectEngine, "duckdb": DuckDBEngine}
SCHEMA = json.loads(files("psm_qualify").joinpath("schemas/result.schema.json").read_text(encoding="utf-8"))
few = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)

# The points of its scorecard add up to 100, so that a score can be worked out at sight.
PACK = parse_pack("""
pack: {name: tiny}
fields:
  id: {type: text}
  name: {type: text, columns: [company]}
  domain: {type: text, columns: [website]}
  notes: {type: text}
  staff: {type: number}
  reps:
    type: number
    label: Salespeople
    units: [reps]
    columns: [sales team]
    infer: [{from: [notes], find: "team of (\\\\w+)", value: $1}, {at_most: staff}]
  leader: {type: choice, choices: {nobody: [vacant], owner: [founder], pro: [sales manager]}}
  spend: {type: money}
  growth: {type: percent}
  coached: {type: yes_no, assume: yes}
scorecards:
  fit:
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 40}
      led: {when: {leader: [nobody, owner]}, points: 30}
      rich: {when: {spend: {at_least: 100}}, points: 10}
      team: {when: {reps: {at_least: 3}}, points: 5}
      grows: {when: {growth: {at_least: 10%}}, points: 10}
      coached: {when: {coached: no}, points: 5}
    bands: {A: {at_least: 80}, B: {at_least: 0}}
""")
WHO = ("id", "company", "website")


def told(field: str, answer: str | None, **who: Any) -> AnswerLine:
    return AnswerLine(field=field, answer=answer, **who)


def keep(path: Path, *lines: AnswerLine) -> Path:
    for line in lines:
        append_answer(path, line)
    return path


def write(path: Path, rows: Sequence[Row]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    return path


def table(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def without_texts(summary: Summary) -> Summary:
    """The same without the texts of the rejected rows (they have a test of their own)."""
    rejected = tuple(replace(one, text="") for one in summary.input.rejected)
    return replace(summary, input=replace(summary.input, rejected=rejected))


class Outcome:
    """What one engine makes of lists with answers: everything that it can be asked for.

    The flat files have one maker, whatever the engine.
    """

    def __init__(self, name: str, paths: Sequence[Path], pack: Pack, books: Mapping[Path, Path], **how: Any) -> None:
        engine = ENGINES[name]()
        with score(paths, pack, engine=engine, answers=books, **how) as ranking:
            self.ranked: list[Plain] = [prospect_dict(one) for one in ranking]
            self.who = list(ranking.who())
            self.summary: Summary = without_texts(ranking.summary)
            self.standings = sorted(engine.standings())
            ranking.choose(Filter(calls=True))
            self.calls: list[Plain] = [prospect_dict(one) for one in ranking]
            ranking.choose(Filter(ranks=(1, 3)))
            self.first: list[Plain] = [prospect_dict(one) for one in ranking]
            ranking.choose(Filter())
            if name != "duckdb":
                return
            with tempfile.TemporaryDirectory() as folder:
                out, wide = Path(folder, "out.csv"), Path(folder, "wide.csv")
                ranking.write_csv(out)
                ranking.write_csv(wide, keep_columns=True)
                self.flat, self.wide = table(out), table(wide)

    @property
    def by_row(self) -> dict[int, Plain]:
        return {one["row"]: one for one in self.ranked}

    @property
    def answered(self) -> dict[int, dict[str, str]]:
        """By row the answers that count."""
        return {
            row: own
            for row, one in self.by_row.items()
            if (own := {field: fact["value"] for field, fact in one["facts"].items() if fact["how"] == "answered"})
        }


def both(paths: Path | Sequence[Path], pack: Pack, books: Mapping[Path, Path], **how: Any) -> Outcome:
    """What DuckDB makes of it; the direct engine must make the same, and the flat file must agree."""
    paths = [paths] if isinstance(paths, Path) else paths
    direct, outcome = (Outcome(name, paths, pack, books, **how) for name in ENGINES)
    for key, made in vars(direct).items():
        assert made == vars(outcome)[key], key
    places = [outcome.flat[0].index(key) for key in ("psm_rank", "psm_verdict")]
    shown = [[line[place] for place in places] for line in outcome.flat[1:]]
    assert shown == [[str(one["rank"]), one["verdict"]] for one in outcome.ranked]
    return outcome


def joined(rows: Sequence[Row], *lines: AnswerLine, folder: Path, pack: Pack = PACK, **how: Any) -> Outcome:
    """The list of these rows with these answers; lines without a digest are told about this very list."""
    path = write(folder / "list.csv", rows)
    kept = folder / "answers.jsonl"
    kept.write_bytes(b"")
    own = digest_of(path)
    keep(kept, *(line.model_copy(update={"list_digest": line.list_digest or own}) for line in lines))
    return both(path, pack, {path: kept}, **how)


# -- the file ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["3", "Zoë “Ann” \U0001f600", 'he said "no"\\n', "two\nlines\r\nand\x0b\x85\u2028", "\\", "  "]
)
def test_an_answer_comes_back_as_it_was_given(text: str, tmp_path: Path) -> None:
    line = told(
        "notes", text, date="2026-01-31", id="7", name="Ünal & Söhne\n", row=4, list_digest="d", pack_digest="p"
    )
    path = keep(tmp_path / "a.jsonl", line, line)
    assert read_answers(path).lines == [line, line]
    assert path.read_bytes().count(b"\n") == 2


def test_a_later_answer_counts_and_none_takes_an_earlier_one_back(tmp_path: Path) -> None:
    rows = [WHO, ("1", "Ann", ""), ("2", "Bob", "")]
    lines = [
        told("reps", "2", id="1", date="2026-01-01"),
        told("reps", "9", id="2"),
        told("leader", "nobody", id="2"),
        told("reps", "4", id="1", date="2026-02-02"),
        told("reps", None, id="2"),
        told("spend", None, id="1"),
    ]
    outcome = joined(rows, *lines, folder=tmp_path)
    assert outcome.answered == {1: {"reps": "4"}, 2: {"leader": "nobody"}}
    assert outcome.by_row[1]["facts"]["reps"]["date"] == "2026-02-02"
    assert "date" not in outcome.by_row[2]["facts"]["leader"]
    assert outcome.summary.input.notes[0].endswith("answers.jsonl: 2 answers on 2 firms used")


def test_an_answer_that_was_taken_back_may_be_given_again(tmp_path: Path) -> None:
    lines = [told("reps", text, name="Ann") for text in ("2", None, "5")]
    assert joined([WHO, ("", "Ann", "")], *lines, folder=tmp_path).answered == {1: {"reps": "5"}}


def test_a_torn_last_line_costs_only_itself(tmp_path: Path) -> None:
    first, second, third = (told("reps", str(number), name="Ann") for number in (1, 2, 3))
    path = keep(tmp_path / "a.jsonl", first, second)
    whole = path.read_bytes()
    for cut in (1, 5, len(whole) // 2 - 1):  # 1: only the end of the line is lost, and the answer is whole
        path.write_bytes(whole[:-cut])
        keep(path, third)
        book = read_answers(path)
        assert list(book.lines) == ([first, second, third] if cut == 1 else [first, third])
        assert book.torn == (() if cut == 1 else (2,))


def test_a_line_torn_within_a_letter_costs_only_itself(tmp_path: Path) -> None:
    path = keep(tmp_path / "a.jsonl", told("notes", "x", name="Ann"))
    with path.open("ab") as out:
        out.write('{"field": "notes", "answer": "Zo\u00eb'.encode()[:-1])
    keep(path, told("notes", "y", name="Ann"))
    book = read_answers(path)
    assert ([line.answer for line in book.lines], book.torn) == (["x", "y"], (2,))


@pytest.mark.parametrize("text", ["id,name\n1,Ann\n", '{"name": "Ann"}\n', "[]\n", "\n\nreps: 3\n", "\xff\xfe"])
def test_a_file_that_holds_no_answers_is_refused_with_what_to_do(text: str, tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text(text, encoding="latin-1")
    with pytest.raises(InputError, match="no answers file") as error:
        read_answers(path)
    assert str(path) in str(error.value)
    assert f"line {3 if text.startswith(chr(10)) else 1} " in str(error.value)
    assert "--answers" in str(error.value)


def test_an_empty_file_holds_no_answers_and_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n \n")
    assert (list(read_answers(path).lines), read_answers(path).torn) == ([], ())


def test_what_an_editor_puts_before_the_first_line_costs_no_answer(tmp_path: Path) -> None:
    path = keep(tmp_path / "a.jsonl", told("reps", "3", name="Ann"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    keep(path, told("reps", "4", name="Ann"))
    book = read_answers(path)
    assert ([line.answer for line in book.lines], book.torn) == (["3", "4"], ())


def test_a_folder_or_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone.jsonl"):
        with pytest.raises(InputError, match="can't be read"):
            read_answers(path)


def test_lines_that_cannot_be_read_are_told_by_number(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [WHO, ("1", "Ann", "")])
    kept = keep(tmp_path / "a.jsonl", told("reps", "3", id="1"))
    with kept.open("a") as out:
        out.write('\n{"field": "reps"}\nnonsense\n{"field": 3, "answer": "4"}\n')
    keep(kept, told("reps", "5", id="1"))
    outcome = both(path, PACK, {path: kept})
    assert outcome.answered == {1: {"reps": "5"}}
    (note,) = [note for note in outcome.summary.input.notes if "can't be read" in note]
    assert note.startswith(f"{kept}: line 3, 4, 5 ")


def test_where_nothing_can_be_written_it_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "gone" / "a.jsonl", tmp_path, Path("/proc/a.jsonl")):
        with pytest.raises(OutputError, match="can't be kept") as error:
            append_answer(path, told("reps", "3"))
        assert str(path) in str(error.value)


def test_an_answer_of_broken_letters_is_kept(tmp_path: Path) -> None:
    path = keep(tmp_path / "a.jsonl", told("notes", "3 \udcff", name="Ann"))  # so comes what a terminal can't decode
    (line,) = read_answers(path).lines
    assert (line.answer or "").startswith("3 ")


def test_two_runs_at_once_lose_nothing(tmp_path: Path) -> None:
    path, count = tmp_path / "a.jsonl", 300
    code = (
        "import sys\nfrom pathlib import Path\nfrom psm_qualify.sources.answers import AnswerLine, append_answer\n"
        "for n in range(int(sys.argv[3])):\n"
        "    append_answer(Path(sys.argv[1]), AnswerLine(field='notes', answer=f'{n} ' + 'ü' * n, name=sys.argv[2]))\n"
    )
    runs = [subprocess.Popen([sys.executable, "-c", code, str(path), who, str(count)]) for who in ("Ann", "Bob")]
    assert [run.wait(60) for run in runs] == [0, 0]
    book = read_answers(path)
    assert book.torn == ()
    for who in ("Ann", "Bob"):
        own = [line.answer for line in book.lines if line.name == who]
        assert own == [f"{n} " + "ü" * n for n in range(count)]


def test_where_answers_are_kept_follows_from_the_list_or_the_firm() -> None:
    assert answers_beside(Path("here/my list.csv")) == Path("here/my list.csv.answers.jsonl")
    assert answers_of_new("Bräu & Co. (../x)") == Path("bräu-co-x.answers.jsonl")
    assert answers_of_new("!!") == Path("new.answers.jsonl")


# -- what is said about it ---------------------------------------------------------------------------------------------


def notes_of(outcome: Outcome) -> str:
    return "\n".join(outcome.summary.input.notes)


def test_another_list_and_other_rules_are_recognised(tmp_path: Path) -> None:
    rows = [WHO, ("1", "Ann", "")]
    here = joined(rows, told("reps", "3", id="1", pack_digest=PACK.digest), folder=tmp_path)
    assert "another list" not in notes_of(here)
    assert "other rules" not in notes_of(here)
    lines = [told("reps", "3", id="1", list_digest="sha256:0"), told("reps", "4", id="9", name="Zed", list_digest="x")]
    there = joined(rows, *lines, folder=tmp_path)
    assert "another list" in notes_of(there)
    assert "not found: Zed" in notes_of(there)
    assert "other rules" not in notes_of(there)
    ruled = joined(rows, told("reps", "3", id="1", pack_digest="sha256:0"), folder=tmp_path)
    assert "other rules than tiny" in notes_of(ruled)
    assert [ruled.answered, there.answered, here.answered] == [{1: {"reps": "3"}}] * 3


def test_firms_that_the_list_does_not_hold_are_named_each_once(tmp_path: Path) -> None:
    gone = [told(field, "3", name=f"Firm {n}", list_digest="x") for n in range(7) for field in ("reps", "staff")]
    outcome = joined([WHO, ("1", "Ann", "")], *gone, told("reps", "3", domain="gone.com"), folder=tmp_path)
    (used,) = outcome.summary.input.answers
    assert used.left == (*(f"Firm {n}" for n in range(7)), "gone.com")
    assert (used.answers, used.prospects) == (0, 0)
    assert "not found: Firm 0, Firm 1, Firm 2, Firm 3, Firm 4, …" in notes_of(outcome)


def test_what_the_rules_cannot_read_is_told_and_leaves_the_fact_open(tmp_path: Path) -> None:
    lines = [
        told("reps", "4", id="1"),
        told("reps", "lots", id="1"),
        told("shoes", "3", id="1"),
        told("reps", "n/a", id="1"),
    ]
    outcome = joined([(*WHO, "leader"), ("1", "Ann", "", "nobody")], *lines, folder=tmp_path)
    assert outcome.answered == {}  # the 4 was overruled, though nobody can read by what: the fact is open
    assert "can't read it: reps: 'lots', shoes: '3', reps: 'n/a'" in notes_of(outcome)


# -- whose it is -------------------------------------------------------------------------------------------------------

FIRM = ("1", "Acme, Inc.", "https://www.acme.com/about")


@pytest.mark.parametrize(
    ("who", "row", "fits"),
    [
        ({"id": "1"}, FIRM, True),
        ({"id": " 1 "}, FIRM, True),
        ({"id": "1", "name": "Zed", "domain": "zed.com"}, FIRM, True),
        ({"id": "2", "name": "Acme", "domain": "acme.com"}, FIRM, False),
        ({"domain": "info@acme.com", "name": "Zed"}, FIRM, True),
        ({"domain": "zed.com", "name": "Acme"}, FIRM, False),
        ({"name": "acme"}, FIRM, True),
        ({"name": "ACME Ltd"}, FIRM, True),
        ({"name": "Acme Two"}, FIRM, False),
        ({"id": "1", "name": "Acme"}, ("", "Acme", ""), True),
        ({"id": "1", "name": "Acme"}, ("n/a", "Acme", ""), True),
        ({"id": "1", "domain": "acme.com", "name": "Acme"}, ("", "Acme", "zed.com"), False),
        ({"domain": "gmail.com", "name": "Acme"}, ("", "Acme", "me@gmail.com"), True),
        ({"domain": "gmail.com", "name": "Zed"}, ("", "Acme", "me@gmail.com"), False),
        ({"row": 1}, FIRM, False),
        ({"row": 1}, ("", "unknown", "-"), True),
        ({"row": 2}, ("", "", ""), False),
        ({"row": 1, "name": "Acme"}, ("", "", ""), False),
        ({"row": 1, "name": "n/a", "id": "-"}, ("", "", ""), True),
        ({"row": 1, "list_digest": "another"}, ("", "", ""), False),
        ({"row": 7, "name": "Acme", "list_digest": "another"}, FIRM, True),
    ],
)
def test_the_first_key_that_both_have_decides(who: Plain, row: Row, fits: bool, tmp_path: Path) -> None:
    rows = [(*WHO, "leader"), (*row, "vacant"), ("8", "Other", "other.com", "vacant")]
    outcome = joined(rows, told("reps", "3", **who), folder=tmp_path)
    assert outcome.answered == ({1: {"reps": "3"}} if fits else {})


def test_a_row_that_no_list_has_is_no_firm(tmp_path: Path) -> None:
    lines = [told("leader", "nobody", row=row) for row in (-1, 0, 3, 2**63, 2**70)]
    outcome = joined([("company", "reps"), ("", "3"), ("", "4")], *lines, folder=tmp_path)
    assert outcome.answered == {}
    assert outcome.summary.input.answers[0].left[:3] == ("row -1", "row 0", "row 3")


def test_two_rows_of_one_firm_get_its_answer(tmp_path: Path) -> None:
    rows = [WHO, ("1", "Acme", ""), ("", "ACME Inc", ""), ("2", "Acme", ""), ("", "", "acme.com")]
    outcome = joined(rows, told("reps", "3", id="1", name="Acme", domain="acme.com"), folder=tmp_path)
    assert sorted(outcome.answered) == [1, 2, 4]
    assert outcome.summary.input.answers[0].prospects == 3


def test_answers_about_one_firm_under_several_names_count_in_the_order_of_the_lines(tmp_path: Path) -> None:
    rows = [WHO, ("1", "Acme", "acme.com"), ("2", "Bob", "")]
    ways: list[Plain] = [{"id": "1"}, {"name": "Acme"}, {"domain": "acme.com"}, {"id": "1", "name": "Was Acme"}]
    for turn in range(4):
        order = ways[turn:] + ways[:turn]
        lines = [told("reps", str(number), **who) for number, who in enumerate(order, 1)]
        assert joined(rows, *lines, folder=tmp_path).answered == {1: {"reps": "4"}}


def test_answers_outlive_a_new_export_in_another_order(tmp_path: Path) -> None:
    rows = [("1", "Ann", ""), ("2", "Bob", "bob.com"), ("", "Cy", ""), ("", "", "di.com")]
    lines = [told("reps", str(number), row=number, id=id_ or None, name=name or None, domain=domain or None)
             for number, (id_, name, domain) in enumerate(rows, 1)]  # fmt: skip
    before = joined([WHO, *rows], *lines, folder=tmp_path)
    assert before.answered == {number: {"reps": str(number)} for number in (1, 2, 3, 4)}
    old = [line.model_copy(update={"list_digest": "old"}) for line in lines]
    after = joined([("website", "company", "id"), *(row[::-1] for row in reversed(rows))], *old, folder=tmp_path)
    assert after.answered == {5 - number: {"reps": str(number)} for number in (1, 2, 3, 4)}


def test_each_of_several_lists_has_its_own_answers(tmp_path: Path) -> None:
    one = write(tmp_path / "one.csv", [("company", "reps"), ("Ann", "9"), ("Bob", "9"), ("", "9")])
    two = write(
        tmp_path / "two.csv", [("leader", "company", "id"), ("vacant", "Ann", "7"), ("pro", "Cy", "8"), ("pro", "", "")]
    )
    three = write(tmp_path / "three.csv", [("company", "spend"), ("Ann", "3")])
    books = {
        one: keep(tmp_path / "1", told("reps", "2", name="Ann"), told("reps", "3", row=3, list_digest=digest_of(one))),
        two: keep(
            tmp_path / "2",
            told("reps", "5", id="8"),
            told("reps", "6", row=3, list_digest=digest_of(two)),
            told("growth", "50%", name="Ann"),
            told("spend", "$1k", id="9"),
        ),
    }
    outcome = both([one, two, three], PACK, books)
    found = {
        (Path(one["file"]).name, one["row"], field): fact["value"]
        for one in outcome.ranked
        for field, fact in one["facts"].items()
        if fact["how"] == "answered"
    }
    assert found == {
        ("one.csv", 1, "reps"): "2",
        ("one.csv", 3, "reps"): "3",
        ("two.csv", 1, "growth"): "50%",
        ("two.csv", 2, "reps"): "5",
        ("two.csv", 3, "reps"): "6",
    }
    assert [(used.file, used.answers, used.left) for used in outcome.summary.input.answers] == [
        (str(tmp_path / "1"), 2, ()), (str(tmp_path / "2"), 3, ("9",))
    ]  # fmt: skip


# -- what counts -------------------------------------------------------------------------------------------------------


def test_an_answer_goes_before_the_cell_the_cell_before_inference_then_what_is_assumed(tmp_path: Path) -> None:
    rows = [
        (*WHO, "reps", "notes", "coached"),
        ("1", "Ann", "", "9", "a team of two", ""),
        ("2", "Bob", "", "", "a team of two", ""),
    ]
    lines = [told("reps", "4 reps", id="1", date="2026-05-01"), told("coached", "no", id="2")]
    outcome = joined(rows, *lines, folder=tmp_path)
    ann, bob = outcome.by_row[1], outcome.by_row[2]
    assert ann["facts"]["reps"] == {
        "value": "4 reps", "read": "4", "low": 4, "high": 4, "date": "2026-05-01", "how": "answered", "column": None
    }  # fmt: skip
    assert (bob["facts"]["reps"]["how"], bob["facts"]["coached"]["how"]) == ("inferred", "answered")
    assert ann["facts"]["coached"]["how"] == "assumed"
    (clash,) = ann["conflicts"]
    assert (clash["field"], clash["counts"]["value"], clash["other"]["value"]) == ("reps", "4 reps", "9")
    assert (clash["other"]["how"], clash["other"]["column"]) == ("cell", "reps")
    assert bob["conflicts"] == []
    assert (ann["verdict"], ann["score"]) == ("qualified", 45.0)  # small 40, team 5
    assert (bob["verdict"], bob["score"]) == ("qualified", 45.0)  # small 40, coached 5


def test_an_answer_that_agrees_with_the_cell_is_no_conflict(tmp_path: Path) -> None:
    rows = [(*WHO, "reps", "leader"), ("1", "Ann", "", "1-6", "Vacant")]
    outcome = joined(rows, told("reps", "4", id="1"), told("leader", "nobody", id="1"), folder=tmp_path)
    assert outcome.by_row[1]["conflicts"] == []


def test_an_answer_settles_what_was_not_understood(tmp_path: Path) -> None:
    rows = [(*WHO, "reps"), ("1", "Ann", "", "6-Jan"), ("2", "Bob", "", "6-Jan")]
    outcome = joined(rows, told("reps", "4", id="1"), folder=tmp_path)
    ((odd,),) = [outcome.summary.input.not_understood]
    assert (odd.value, odd.count, odd.rows) == ("6-Jan", 1, (2,))
    assert outcome.by_row[1]["verdict"] == "qualified"


def test_inference_draws_on_answers(tmp_path: Path) -> None:
    rows = [
        (*WHO, "notes", "leader"),
        ("1", "Ann", "", "", "pro"),
        ("2", "Bob", "", "team of nine", "pro"),
        ("3", "Cy", "", "", "pro"),
    ]
    lines = [
        told("staff", "2", id="1"),
        told("notes", "a team of four", id="2"),
        told("notes", "a team of four", id="3"),
    ]
    outcome = joined(rows, *lines, folder=tmp_path)
    read = {row: one["facts"]["reps"]["read"] for row, one in outcome.by_row.items()}
    assert read == {1: "at most 2", 2: "4", 3: "4"}
    criteria = {each["id"]: each["verdict"] for each in outcome.by_row[1]["criteria"]}
    assert (criteria["team"], criteria["small"]) == ("not met", "unknown")
    assert {one["facts"]["reps"]["how"] for one in outcome.ranked} == {"inferred"}
    bare = joined(rows, *lines, folder=tmp_path, infer=False)
    assert all("reps" not in one["facts"] for one in bare.ranked)


def test_inference_draws_on_answered_notes_that_have_no_column(tmp_path: Path) -> None:
    rows = [(*WHO, "leader"), ("1", "Ann", "", "pro"), ("2", "Bob", "", "nobody")]
    outcome = joined(rows, told("notes", "a team of four", id="1"), folder=tmp_path)
    assert outcome.by_row[1]["facts"]["reps"]["read"] == "4"
    assert [one["name"] for one in outcome.ranked] == ["Ann", "Bob"]  # qualified goes before needs_info


def test_decimal_commas_are_a_matter_of_the_column_not_of_the_answer(tmp_path: Path) -> None:
    rows = [
        (*WHO, "spend", "staff"),
        ("1", "Ann", "", "3,5", "2,5"),
        ("2", "Bob", "", "1.200,5", "3,5"),
        ("3", "Cy", "", "1.000.000", "1,5"),
    ]
    lines = [told("spend", "1.5", id="1"), told("spend", "1,200", id="2"), told("growth", "12.5%", id="2"),
             told("reps", "1.5", id="3"), told("staff", "1.5-2.25", id="3")]  # fmt: skip
    for decimal in ("comma", None):
        outcome = joined(rows, *lines, folder=tmp_path, decimal=decimal)
        facts = {row: one["facts"] for row, one in outcome.by_row.items()}
        assert (facts[1]["spend"]["low"], facts[1]["spend"]["high"], facts[1]["spend"]["value"]) == (1.5, 1.5, "1.5")
        assert (facts[2]["spend"]["low"], facts[2]["growth"]["low"]) == (1200, 12.5)
        assert (facts[3]["spend"]["low"], facts[3]["spend"]["how"]) == (1000000, "cell")
        assert (facts[3]["reps"]["low"], facts[3]["staff"]["low"], facts[3]["staff"]["high"]) == (1.5, 1.5, 2.25)
        clash = {each["field"]: each["other"]["low"] for each in outcome.by_row[1]["conflicts"]}
        assert clash == {"spend": 3.5}
    assert facts[1]["staff"]["low"] == 2.5


FIRMS = [("company", "reps", "leader", "spend"), ("Ann", "", "", ""), ("Ann", "9", "", "$7"), ("Ann", "", "", "x")]


def test_which_row_of_a_firm_is_kept_depends_on_the_answers_too(tmp_path: Path) -> None:
    rows = [("id", *FIRMS[0]), ("1", "Ann", "", "", ""), ("2", "Ann", "9", "", "$7"), ("3", "Bob", "4", "", "")]
    assert sorted(joined(rows, folder=tmp_path, dedupe=True).by_row) == [2, 3]
    lines = [told(field, text, id="1") for field, text in (("reps", "3"), ("leader", "pro"), ("spend", "$9"))]
    outcome = joined(rows, *lines, folder=tmp_path, dedupe=True)
    assert sorted(outcome.by_row) == [1, 3]
    assert [one.row for one in outcome.summary.input.rejected] == [2]


@pytest.mark.parametrize("name", ["direct", "duckdb"])
def test_a_row_that_is_left_out_is_told_in_the_lists_own_words(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", FIRMS)
    kept = keep(tmp_path / "a", told("reps", "5", name="Ann"), told("leader", "nobody", name="Ann"))
    with score([path], PACK, engine=ENGINES[name](), answers={path: kept}, dedupe=True) as ranking:
        texts = {one.row: one.text for one in ranking.summary.input.rejected}
    own = {1: "Ann", 2: "Ann | 9 | $7", 3: "Ann | x"}
    assert texts == {row: own[row] for row in texts}
    assert len(texts) == 2


def test_an_answer_about_name_or_address_does_not_make_it_another_firm(tmp_path: Path) -> None:
    rows = [(*WHO, "reps"), ("1", "Ann", "", "3"), ("2", "Bob", "bob.com", "4"), ("3", "Cy", "", "5")]
    lines = [told("domain", "bob.com", id="1"), told("name", "Cy", id="2"), told("id", "1", id="3")]
    outcome = joined(rows, *lines, folder=tmp_path)
    assert {one["row"]: (one["id"], one["name"]) for one in outcome.ranked} == {
        1: ("1", "Ann"),
        2: ("2", "Bob"),
        3: ("3", "Cy"),
    }
    assert {tuple(line[:2]) for line in outcome.flat[1:]} == {("1", "Ann"), ("2", "Bob"), ("3", "Cy")}
    assert [one["duplicates"] for one in outcome.ranked] == [[], [], []]


def test_blank_lines_do_not_shift_the_rows_that_answers_are_about(tmp_path: Path) -> None:
    rows = [("company", "reps"), ("Ann", "3"), ("", ""), ("", "4"), ("", "5")]
    for row in (2, 3, 4):
        outcome = joined(rows, told("leader", "nobody", row=row), folder=tmp_path)
        assert sum(one["row"] == row for one in outcome.ranked) == len(outcome.answered)


def test_damaged_rows_do_not_shift_the_rows_that_answers_are_about(tmp_path: Path) -> None:
    rows = [("company", "reps"), ("Ann", "3"), ("x", "y", "z"), ("", "4"), ("", "5")]
    outcome = joined(rows, told("leader", "nobody", row=4), folder=tmp_path)
    assert outcome.answered == {4: {"leader": "nobody"}}
    assert outcome.by_row[4]["facts"]["reps"]["value"] == "5"
    assert [one.row for one in outcome.summary.input.rejected] == [2]


def test_fields_called_like_columns_of_a_query_do_no_harm(tmp_path: Path) -> None:
    names = ("number", "position", "text", "rowid", "answered", "here", "cells", "at__row")
    fields = "".join(f"  {name}: {{type: number}}\n" for name in names)
    pack = parse_pack(
        f"pack: {{name: odd}}\nfields:\n  id: {{type: text}}\n{fields}scorecards:\n  fit:\n    criteria:\n"
        "      a: {required: true, when: {number: 1}, points: 10}\n      b: {when: {rowid: 5}, points: 5}\n"
        "    bands: {A: {at_least: 0}}\n"
    )
    rows = [("id", *names), ("", *"12345678"), ("b", *"22345678")]
    lines = [
        told("number", "7", row=1),
        told("rowid", "5", id="b"),
        told("text", "9", id="b"),
        told("at__row", "9", row=1),
    ]
    outcome = joined(rows, *lines, folder=tmp_path, pack=pack)
    assert outcome.answered == {1: {"number": "7", "at__row": "9"}, 2: {"rowid": "5", "text": "9"}}


def test_people_and_answers_go_together(tmp_path: Path) -> None:
    pack = parse_pack("""
pack: {name: people}
fields:
  name: {type: text}
  reps: {type: number, infer: [{contacts: sales rep, count: exact}]}
scorecards:
  fit:
    criteria: {small: {required: true, when: {reps: {between: [1, 6]}}, points: 40}}
    bands: {A: {at_least: 0}}
""")
    people = write(tmp_path / "people.csv", [("Company", "Job Title"), ("Ann", "Sales Rep"), ("Bob", "Sales Rep")])
    rows = [("name",), ("Ann",), ("Bob",)]
    outcome = joined(
        rows, told("reps", "9", name="Ann", date="2026-01-01"), folder=tmp_path, pack=pack, contacts=people
    )
    ann, bob = outcome.by_row[1], outcome.by_row[2]
    assert (ann["verdict"], bob["verdict"]) == ("disqualified", "qualified")
    assert [(each["counts"]["value"], each["other"]["value"]) for each in ann["conflicts"]] == [("9", "1")]


# -- both engines, whatever the list -----------------------------------------------------------------------------------

PSM = load_pack()
POOL: Mapping[str, Sequence[str]] = {  # the notes first
    "notes": ["", "a team of two salespeople, no sales manager", "The owner sells. He has 12 reps.", "quiet"],
    "employees": ["", "4", "11-50", "2+", "6-Jan"],
    "sales_reps": ["", "3", "~5", "1.5", "10+", "2 inside, 3 outside", "n/a"],
    "owner_sells": ["", "yes", "no"],
    "sales_leader": ["", "nobody", "Owner", "VP Sales", "someone"],
    "goal_attainment": ["", "78%", "0.9", ">100%", "no goals"],
    "goals_reasonable": ["", "yes", "no"],
    "annual_revenue": ["", "$2.5m", "1,200", "500k"],
    "stay_length": ["", "18 months", "4", "6+ years"],
    "seeks_advice": ["", "yes", "no"],
}
PEOPLE = [
    ("Company", "Job Title"),
    ("Ann", "VP Sales"),
    ("Ann", "Sales Rep"),
    ("Bob Ltd", "Account Executive"),
    ("Cy", "Clerk"),
]


def readable(pack: Pack, field: str, text: str) -> bool:
    return pack.fields[field].reader.read(text).value is not None


@st.composite
def firms(draw: st.DrawFn) -> tuple[list[Row], list[AnswerLine]]:
    """A list for the shipped pack, with firms that stand twice and such that nothing names, and answers."""
    others = draw(st.lists(st.sampled_from([*POOL][1:]), max_size=5, unique=True))
    columns = ["notes", *others]  # answered notes without a column have a test of their own
    who = st.tuples(
        st.sampled_from(["1", "2", "", "n/a"]), st.sampled_from(["Ann", "Bob", "Cy", ""]),
        st.sampled_from(["ann.com", "www.bob.com", "", "gmail.com"]),
    )  # fmt: skip
    rows = draw(
        st.lists(
            st.tuples(who, st.tuples(*(st.sampled_from(POOL[field]) for field in columns))), min_size=1, max_size=7
        )
    )
    asked = draw(st.lists(st.tuples(st.sampled_from([*POOL]), who, st.integers(1, 7), st.booleans()), max_size=8))
    lines = []
    for field, (id_, name, domain), row, back in asked:
        text = draw(st.sampled_from([text for text in POOL[field] if readable(PSM, field, text)]))
        lines.append(told(field, None if back and not row % 3 else text, id=id_, name=name, domain=domain, row=row))
    numbered = [(str(number), *own, *texts) for number, (own, texts) in enumerate(rows, 1)]
    return [("line number", "id", "name", "domain", *columns), *numbered], lines


@few
@given(case=firms(), dedupe=st.booleans(), infer=st.booleans(), people=st.booleans())
def test_both_engines_make_the_same_of_lists_for_the_shipped_pack(
    case: tuple[list[Row], list[AnswerLine]], dedupe: bool, infer: bool, people: bool
) -> None:
    rows, lines = case
    with tempfile.TemporaryDirectory() as folder:
        contacts = write(Path(folder, "people.csv"), PEOPLE) if people else None
        joined(rows, *lines, folder=Path(folder), pack=PSM, dedupe=dedupe, infer=infer, contacts=contacts)


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Plain, list[dict[str, str | None]], list[AnswerLine]]:
    """Any pack, a list for it, and answers by row."""
    data = draw(packs())
    pack = parse_pack(json.dumps(data, ensure_ascii=False))
    rows = draw(lists(data))
    lines = []
    for field in draw(st.lists(st.sampled_from([*data["fields"]]), max_size=5)):
        text = draw(cells(data["fields"][field]))
        if readable(pack, field, text):
            lines.append(told(field, text, row=draw(st.integers(1, len(rows)))))
    return data, rows, lines


def typed_in(rows: Sequence[Mapping[str, str | None]], fields: Sequence[str], lines: Sequence[AnswerLine]) -> list[Row]:
    """The list as it would be had the answers been typed into its cells."""
    texts = [{**row} for row in rows]
    for line in lines:
        texts[(line.row or 0) - 1][line.field] = line.answer
    return [
        ("line number", *fields),
        *((str(n), *(row.get(field) or "" for field in fields)) for n, row in enumerate(texts, 1)),
    ]


def judged(one: Plain) -> Plain:
    """What must not depend on where a fact was told."""
    keys = ("rank", "row", "verdict", "provisional", "scorecards", "ways_in", "questions")
    criteria = [{key: each[key] for key in ("id", "verdict", "points", "least", "most")} for each in one["criteria"]]
    facts = {name: (fact["read"], fact.get("low"), fact.get("high")) for name, fact in one["facts"].items()}
    return {**{key: one[key] for key in keys}, "criteria": criteria, "facts": facts}


@few
@given(case=drawn(), commas=st.booleans())
def test_random_packs_rank_as_if_the_answers_stood_in_the_cells(
    case: tuple[Plain, list[dict[str, str | None]], list[AnswerLine]], commas: bool
) -> None:
    data, rows, lines = case
    pack = parse_pack(json.dumps(data, ensure_ascii=False))
    own = list(dict.fromkeys(field for row in rows for field in row))
    if not own:
        return  # no column at all is an error of its own
    every = list(dict.fromkeys([*own, *(line.field for line in lines)]))
    decimal = "comma" if commas else "point"
    written = [
        line.model_copy(update={"answer": decimal_point(line.answer or "")})
        if commas and line.field in pack.numeric
        else line
        for line in lines
    ]
    with tempfile.TemporaryDirectory() as folder:
        kept = joined(typed_in(rows, own, []), *lines, folder=Path(folder), pack=pack, decimal=decimal)
        path = write(Path(folder, "list.csv"), typed_in(rows, every, written))
        typed = Outcome("direct", [path], pack, {}, decimal=decimal)
    assert [judged(one) for one in kept.ranked] == [judged(one) for one in typed.ranked]
    assert kept.standings == typed.standings


# -- scores and their JSON ---------------------------------------------------------------------------------------------

LISTED = [(*WHO, "reps", "leader"), ("1", "Ann", "", "9", "nobody"), ("2", "Bob", "", "3", "")]


def test_the_document_shows_answers_and_holds_its_schema(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", LISTED)
    kept = keep(
        tmp_path / "a",
        told("reps", "4", id="1", date="2026-03-31"),
        told("growth", "12%", id="2"),
        told("reps", "1", id="7"),
    )
    before = path.read_bytes()
    for name in ENGINES:
        with score([path], PACK, engine=ENGINES[name](), answers={path: kept}) as ranking:
            render_document(ranking, Target(tmp_path / "out.json"))
        document = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
        assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(document)] == []
        assert document["input"]["answers"] == [{"file": str(kept), "answers": 2, "prospects": 2, "left": ["7"]}]
        ann, bob = document["prospects"]
        assert ann["facts"]["reps"] == {
            "value": "4", "read": "4", "low": 4, "high": 4, "date": "2026-03-31", "how": "answered", "column": None
        }  # fmt: skip
        assert (bob["facts"]["growth"]["how"], bob["facts"]["reps"]["how"]) == ("answered", "cell")
        assert [(each["field"], each["other"]["value"]) for each in ann["conflicts"]] == [("reps", "9")]
        assert (ann["score"], bob["score"]) == (75.0, 55.0)  # small 40, led 30, team 5; small 40, team 5, grows 10
    assert path.read_bytes() == before


def test_the_flat_file_of_a_short_list_counts_answers(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", LISTED)
    kept = keep(tmp_path / "a", told("reps", "4", id="1"))
    with score([path], PACK, engine=DirectEngine(), answers={path: kept}) as ranking:
        ranking.write_csv(tmp_path / "out.csv", keep_columns=True)
    found = table(tmp_path / "out.csv")
    assert [line[:5] for line in found] == [list(row) for row in LISTED]
    place = found[0].index("psm_verdict")
    assert [line[place] for line in found[1:]] == ["qualified", "qualified"]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list for the shipped pack, with answers beside it."""
    path = write(tmp_path / "list.csv", [("id", "name", "sales reps"), ("1", "Ann", "9"), ("2", "Bob", "3")])
    keep(answers_beside(path), told("sales_reps", "2", id="1", date="2026-01-02"))
    return path


def done(*args: str | Path, stdin: bytes = b"") -> str:
    """What a command prints that goes well."""
    result = CliRunner().invoke(application(), [str(arg) for arg in args], input=stdin)
    assert result.exit_code == 0, (result.exception, result.output)
    return result.stdout


def refused(*args: str | Path) -> str:
    """Why a command is refused."""
    result = CliRunner().invoke(application(), [str(arg) for arg in args])
    assert isinstance(result.exception, QualifyError), (result.exception, result.output)
    assert (result.exception.exit_code, result.stdout) == (2, "")
    return str(result.exception)


def facts_of(text: str) -> dict[str, tuple[str, str]]:
    """By name how many salespeople there are, and who says so."""
    facts = {one["name"]: one["facts"]["sales_reps"] for one in json.loads(text)["prospects"]}
    return {name: (fact["read"], fact["how"]) for name, fact in facts.items()}


def test_score_reads_the_answers_beside_the_list_unless_told_otherwise(listed: Path, tmp_path: Path) -> None:
    other = keep(tmp_path / "other", told("sales_reps", "5", name="Bob"))
    before = listed.read_bytes(), answers_beside(listed).read_bytes()
    assert facts_of(done("score", listed, "--json")) == {"Ann": ("2", "answered"), "Bob": ("3", "cell")}
    assert facts_of(done("score", listed, "--json", "--no-answers")) == {
        "Ann": ("9", "cell"),
        "Bob": ("3", "cell"),
    }
    named = done("score", listed, "--json", "--answers", other)
    assert facts_of(named) == {"Ann": ("9", "cell"), "Bob": ("5", "answered")}
    assert (listed.read_bytes(), answers_beside(listed).read_bytes()) == before


def test_nothing_lies_beside_a_pipe(listed: Path) -> None:
    text = done("score", "-", "--json", stdin=listed.read_bytes())
    assert facts_of(text) == {"Ann": ("9", "cell"), "Bob": ("3", "cell")}
    assert json.loads(text)["input"]["answers"] == []
    named = done("score", "-", "--json", "--answers", answers_beside(listed), stdin=listed.read_bytes())
    assert facts_of(named)["Ann"] == ("2", "answered")


def test_answers_that_cannot_be_meant_are_refused(listed: Path, tmp_path: Path) -> None:
    gone, own = str(tmp_path / "gone"), answers_beside(listed)
    assert "exclude" in refused("score", listed, "--answers", own, "--no-answers")
    assert gone in refused("score", listed, "--answers", gone)
    said = refused("score", listed, "--answers", listed)
    assert "no answers file" in said
    assert str(listed) in said


def test_an_interview_is_kept_at_once_and_read_by_every_command(listed: Path, tmp_path: Path) -> None:
    before, copy = listed.read_bytes(), tmp_path / "copy.csv"
    shown = done("ask", listed, "Bob", "--date", "2026-05-06", "--write", str(copy), stdin=b"nobody\nback\nowner\n")
    assert "Bob" in shown
    lines = [line for line in read_answers(answers_beside(listed)).lines if line.name == "Bob"]
    assert [(line.field, line.answer) for line in lines] == [
        ("sales_leader", text) for text in ("nobody", None, "owner")
    ]
    assert {line.date for line in lines} == {"2026-05-06"}
    assert {(line.id, line.row, line.list_digest, line.pack_digest) for line in lines} == {
        ("2", 2, digest_of(listed), PSM.digest)
    }  # fmt: skip
    assert listed.read_bytes() == before
    assert table(copy)[1:] == [["1", "Ann", "2", ""], ["2", "Bob", "3", "owner"]]
    assert "answered on 2026-05-06" in " ".join(done("explain", listed, "Bob").split())
    asked = json.loads(done("questions", listed, "--json"))
    (bob,) = [one for one in asked["prospects"] if one["name"] == "Bob"]
    assert "sales_leader" not in {each["field"] for each in bob["questions"]}


def test_no_output_takes_the_place_of_the_answers(listed: Path) -> None:
    kept = answers_beside(listed)
    before = kept.read_bytes()
    refused("score", listed, "-o", kept)
    refused("ask", listed, "Bob", "--write", kept)
    assert kept.read_bytes() == before


# -- the completed copy ------------------------------------------------------------------------------------------------


def copied(path: Path, kept: Path, out: Path, pack: Pack = PACK, **how: Any) -> tuple[list[Plain], list[list[str]]]:
    """Writes the copy; the prospects as they are with the answers file, and what the copy holds."""
    with score([path], pack, answers={path: kept}, **how) as ranking:
        before = [judged(prospect_dict(one)) for one in ranking]
        write_list(completed(ranking), out)
    return before, table(out)


def rescored(path: Path, pack: Pack = PACK, **how: Any) -> list[Plain]:
    with score([path], pack, **how) as ranking:
        return [judged(prospect_dict(one)) for one in ranking]


ODD = [
    ("fax", "company", "", "reps", "Fax", "id", "fax"),
    (" 1 ", 'Ann "A"', "x", "9", "line\nbreak", "1", ""),
    ("2", "Bob, Co", "", "", "", "2", "-5"),
    ("", "Zoë", "", "3", "", "3", "7"),
]
ODD_ANSWERS = (told("reps", "4 reps", id="1"), told("leader", "founder", id="2"), told("growth", "12%", id="2"),
               told("leader", "pro", id="3"), told("leader", None, id="3"), told("coached", None, id="3"))  # fmt: skip
COMPLETE = [
    ["fax", "company", "", "reps", "Fax", "id", "fax", "Leader", "Growth"],
    [" 1 ", 'Ann "A"', "x", "4 reps", "line\nbreak", "1", "", "", ""],
    ["2", "Bob, Co", "", "", "", "2", "-5", "founder", "12%"],
    ["", "Zoë", "", "3", "", "3", "7", "", ""],
]


def test_a_copy_keeps_columns_and_order_and_is_read_like_list_and_answers(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", ODD)
    before, copy = copied(path, keep(tmp_path / "a", *ODD_ANSWERS), tmp_path / "out.csv")
    assert copy == COMPLETE
    assert rescored(tmp_path / "out.csv") == before
    assert path.read_bytes() == write(tmp_path / "again.csv", ODD).read_bytes()


def test_a_copy_of_a_workbook_is_read_like_workbook_and_answers(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ("company", "reps", "spend", "since"),
        ("Ann", 9, 99.5, "x"),
        ("Bob", None, 1234.25, None),
        ("Cy", 2, None, None),
    ):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    kept = keep(
        tmp_path / "a",
        told("reps", "3", name="Ann"),
        told("growth", "0.5", name="Cy"),
        told("spend", "$99.25", name="Cy"),
    )
    before, copy = copied(tmp_path / "list.xlsx", kept, tmp_path / "out.csv")
    assert copy == [
        ["company", "reps", "spend", "since", "Growth"], ["Ann", "3", "99.5", "x", ""], ["Bob", "", "1234.25", "", ""],
        ["Cy", "2", "$99.25", "", "0.5"],
    ]  # fmt: skip
    assert rescored(tmp_path / "out.csv") == before


@pytest.mark.parametrize(
    ("decimal", "header"),
    [(None, "reps"), pytest.param("comma", "reps"),
     ("comma", "fax")],
)  # fmt: skip
def test_a_copy_writes_numbers_as_their_column_does(decimal: Any, header: str, tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.csv",
        [("company", "spend", header), ("Ann", "3,5", "2,5"), ("Bob", "1.200,50", "3,5"), ("Cy", "", "")],
    )
    lines = [told("spend", "$1,500.25", name="Ann"), told("spend", "99.5", name="Cy"), told("reps", "1.5", name="Cy")]
    before, copy = copied(path, keep(tmp_path / "a", *lines), tmp_path / "out.csv", decimal=decimal)
    assert [row[1] for row in copy] == ["spend", "$1.500,25", "1.200,50", "99,5"]
    assert copy[3][-1] == "1,5"
    assert rescored(tmp_path / "out.csv", decimal=decimal) == before


def test_a_copy_leaves_damaged_rows_out_and_answers_where_they_belong(tmp_path: Path) -> None:
    rows = [("company", "reps"), ("Ann", ""), ("too", "many", "cells"), ("", ""), ("", "9"), ("Bob", "")]
    path = write(tmp_path / "list.csv", rows)
    for name in ENGINES:
        (tmp_path / "a").write_bytes(b"")
        kept = keep(tmp_path / "a", told("leader", "owner", name="Bob"), told("reps", "3", name="Ann"))
        before, copy = copied(path, kept, tmp_path / "out.csv", engine=ENGINES[name]())
        assert copy == [["company", "reps", "Leader"], ["Ann", "3", ""], ["", "9", ""], ["Bob", "", "owner"]]
        after = rescored(tmp_path / "out.csv")
        assert [{**one, "row": 0} for one in after] == [{**one, "row": 0} for one in before]


def test_a_copy_holds_an_answer_in_each_row_of_the_firm(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [("company", "reps"), ("Ann", ""), ("ANN Inc", "")])
    kept = keep(tmp_path / "a", told("leader", "pro", name="Ann"), told("reps", "3", name="Ann"))
    with score([path], PACK, answers={path: kept}) as ranking:
        write_list(completed(ranking), tmp_path / "out.csv")
    assert [row[1:] for row in table(tmp_path / "out.csv")] == [["reps", "Leader"], ["3", "pro"], ["3", "pro"]]


def test_a_copy_puts_an_answer_into_the_column_that_was_chosen_for_it(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [("company", "heads", "reps"), ("Ann", "5", "x")])
    kept = keep(tmp_path / "a", told("reps", "3", name="Ann"))
    _, copy = copied(path, kept, tmp_path / "out.csv", mapping={"reps": "heads"})
    assert copy == [["company", "heads", "reps"], ["Ann", "3", "x"]]


def test_a_copy_begins_with_the_headers(tmp_path: Path) -> None:
    path = write(
        tmp_path / "list.csv", [("Export of May", "", ""), ("", "", ""), ("company", "reps", "fax"), ("Ann", "", "1")]
    )
    before, copy = copied(path, keep(tmp_path / "a", told("leader", "pro", name="Ann")), tmp_path / "out.csv")
    assert copy == [["company", "reps", "fax", "Leader"], ["Ann", "", "1", "pro"]]
    assert rescored(tmp_path / "out.csv") == before


def test_new_columns_stand_before_another_table_beside_the_list(tmp_path: Path) -> None:
    rows = [("company", "reps", "", "company", "reps"), ("Ann", "3", "", "Zed", "9"), ("Bob", "4", "", "Yan", "8")]
    path = write(tmp_path / "list.csv", rows)
    before, copy = copied(path, keep(tmp_path / "a", told("leader", "owner", name="Ann")), tmp_path / "out.csv")
    assert [name for name in copy[0] if name != "Leader"] == list(rows[0])
    assert rescored(tmp_path / "out.csv") == before


def test_no_cell_of_a_copy_is_run_by_a_spreadsheet(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [("company", "=fax"), ("Ann", "@x"), ("Bob", "-5")])
    kept = keep(tmp_path / "a", told("notes", '=HYPERLINK("x")', name="Ann"), told("growth", "-5", name="Bob"))
    _, copy = copied(path, kept, tmp_path / "out.csv")
    assert copy == [
        ["company", "'=fax", "Notes", "Growth"],
        ["Ann", "'@x", '\'=HYPERLINK("x")', ""],
        ["Bob", "-5", "", "-5"],
    ]


def test_a_share_below_zero_outlives_the_copy(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", [("company", "reps"), ("Ann", "3")])
    before, _ = copied(path, keep(tmp_path / "a", told("growth", "-5%", name="Ann")), tmp_path / "out.csv")
    assert rescored(tmp_path / "out.csv") == before


def test_a_firm_in_no_list_becomes_a_list_of_one(tmp_path: Path) -> None:
    answers = {"leader": Answered("nobody"), "reps": Answered("4"), "growth": Answered("0.5")}
    case = Case(1, RecordPlace("", 1, 1), Evidence({"name": "Ann, Ltd"}, answers=answers), {}, name="Ann, Ltd")
    write_list(alone(PACK, case), tmp_path / "out.csv")
    assert table(tmp_path / "out.csv") == [
        ["Name", "Salespeople", "Leader", "Growth"],
        ["Ann, Ltd", "4", "nobody", "0.5"],
    ]
    (one,) = rescored(tmp_path / "out.csv")
    assert (one["verdict"], one["scorecards"]["fit"]["score"]) == ("qualified", 85.0)  # small, led, team, grows


@few
@given(case=firms())
def test_a_copy_of_any_list_is_read_like_list_and_answers(case: tuple[list[Row], list[AnswerLine]]) -> None:
    rows, lines = case
    with tempfile.TemporaryDirectory() as folder:
        path, out = write(Path(folder, "list.csv"), rows), Path(folder, "out.csv")
        own = [line.model_copy(update={"list_digest": digest_of(path)}) for line in lines]
        Path(folder, "a").write_bytes(b"")
        before, copy = copied(path, keep(Path(folder, "a"), *own), out, PSM)
        assert [row[0] for row in copy] == [row[0] for row in rows]
        assert rescored(out, PSM) == before
