"""Lists as people have them: every row is scored or rejected with its place, by every engine alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.errors import InputError, QualifyError
from psm_qualify.render.json import prospect_dict, summary_dict
from psm_qualify.rules.loader import parse_pack
from psm_qualify.scoring import score
from psm_qualify.selection import Filter

ENGINES: Mapping[str, Callable[[], Engine]] = {
    "direct": DirectEngine,
    "duckdb": DuckDBEngine,
    "duckdb, spilling": partial(DuckDBEngine, spilling=True),
}

PACK = parse_pack("""
pack: {name: tiny, version: 1.0.0}
fields:
  id: {type: text}
  name: {type: text}
  note: {type: text}
  reps: {type: number, question: "How many sell?"}
scorecards:
  fit:
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 40}
      noted: {when: {note: {known: yes}}, points: 10}
    bands: {A: {at_least: 80}, B: {at_least: 0}}
""")

HEAD = b"name,reps,fax\n"
AB = b"Ann,3,1\nBob,4,2\n"
Sound = tuple[tuple[int, int, str | None], ...]  # row, line, name


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]()


@dataclass(frozen=True)
class Outcome:
    """All that a list gives."""

    prospects: tuple[dict[str, Any], ...]
    summary: dict[str, Any]
    flat: bytes
    kept: bytes

    @property
    def sound(self) -> Sound:
        return tuple((one["row"], one["line"], one["name"]) for one in sorted(self.prospects, key=_place))

    @property
    def rejected(self) -> list[dict[str, Any]]:
        return list(self.summary["input"]["rejected_rows"])

    @property
    def figures(self) -> dict[str, Any]:
        return dict(self.summary["input"])


def _place(one: dict[str, Any]) -> tuple[str, int]:
    return one["file"], one["row"]


def run(paths: list[Path], engine: Engine) -> Outcome:
    """The lists, judged; files are called by their bare names."""
    names = {path: path.name for path in paths}
    with score(paths, PACK, engine=engine, names=names) as ranking:
        flat, kept = paths[0].with_suffix(".flat"), paths[0].with_suffix(".kept")
        ranking.write_csv(flat)
        ranking.write_csv(kept, keep_columns=True)
        return Outcome(
            tuple(prospect_dict(one) for one in ranking),
            dict(summary_dict(ranking.summary)),
            flat.read_bytes(),
            kept.read_bytes(),
        )


def every_row_has_a_fate(outcome: Outcome) -> None:
    """The rows of each file are 1, 2, 3 …: each scored or rejected, none twice, none missing."""
    fates: dict[str, list[int]] = {}
    for one in (*outcome.prospects, *outcome.rejected):
        fates.setdefault(one["file"], []).append(one["row"])
    for file, rows in fates.items():
        assert sorted(rows) == list(range(1, len(rows) + 1)), file
    read = outcome.figures
    assert (read["scored"], read["rejected"]) == (len(outcome.prospects), len(outcome.rejected))
    assert read["rows"] == read["scored"] + read["rejected"] == sum(map(len, fates.values()))
    ranks = [one["rank"] for one in outcome.prospects]
    assert ranks == list(range(1, len(ranks) + 1))


# -- one list, told by hand ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """A file, the (row, line, name) of its sound rows and the (row, line, part of the reason) of the others."""

    id: str
    data: bytes
    sound: Sound
    rejected: tuple[tuple[int, int, str], ...] = ()


TWO: Sound = ((1, 2, "Ann"), (2, 3, "Bob"))
AFTER: Sound = ((2, 3, "Ann"), (3, 4, "Bob"))
OPEN_QUOTE = "a quote opens here and does not close"

CASES = [
    Case("regular", HEAD + AB, TWO),
    Case("header only", HEAD, ()),
    Case("header without a line end", HEAD.strip(), ()),
    Case("no line end at the end", HEAD + AB.strip(), TWO),
    Case("byte order mark", b"\xef\xbb\xbf" + HEAD + AB, TWO),
    Case("CRLF", (HEAD + AB).replace(b"\n", b"\r\n"), TWO),
    Case("CR", (HEAD + AB).replace(b"\n", b"\r"), TWO),
    Case("mixed line ends", HEAD + b"Ann,3,1\r\nBob,4,2\rCy,5,3\n", (*TWO, (3, 4, "Cy"))),
    Case(
        "line ends that cancel out",
        HEAD + b'"A\nnn",3,1\nBob,4,2\rCy,5,3\n',
        ((1, 2, "A\nnn"), (2, 4, "Bob"), (3, 5, "Cy")),
    ),
    Case("semicolons", (HEAD + AB).replace(b",", b";"), TWO),
    Case("tabs", (HEAD + AB).replace(b",", b"\t"), TWO),
    Case("pipes", (HEAD + AB).replace(b",", b"|"), TWO),
    Case(
        "semicolons and commas",
        b"name;reps;fax\nAnn, Bell;3;1,5\nBob, Co;4;2,5\n",
        ((1, 2, "Ann, Bell"), (2, 3, "Bob, Co")),
    ),
    Case("one column", b"name\nAnn\nBob\n", TWO),
    Case("UTF-16 little end", b"\xff\xfe" + (HEAD + AB).decode().encode("utf-16-le"), TWO),
    Case("UTF-16 big end", b"\xfe\xff" + (HEAD + AB).decode().encode("utf-16-be"), TWO),
    Case("Windows-1252", HEAD + "Zoë,3,1\n".encode("cp1252"), ((1, 2, "Zoë"),)),
    Case("Windows-1252 in an unread column", HEAD + "Ann,3,café\n".encode("cp1252"), ((1, 2, "Ann"),)),
    Case("quoted line break", HEAD + b'"Ann\nBell",3,1\nBob,4,2\n', ((1, 2, "Ann\nBell"), (2, 4, "Bob"))),
    Case("quoted CR", HEAD + b'"Ann\rBell",3,1\nBob,4,2\n', ((1, 2, "Ann\rBell"), (2, 4, "Bob"))),
    Case("quoted CR beside a damaged row", HEAD + b'Di,"1\r2",1\nx\n', ((1, 2, "Di"),), ((2, 4, "1 cell "),)),
    Case("blank lines between", HEAD + b"\n\nAnn,3,1\n  \nBob,4,2\n\n", ((1, 4, "Ann"), (2, 6, "Bob"))),
    Case("lines of commas", HEAD + b",,\nAnn,3,1\n , ,\nBob,4,2\n", ((1, 3, "Ann"), (2, 5, "Bob"))),
    Case("commas before the header", b",,\n" + HEAD + AB, ((1, 3, "Ann"), (2, 4, "Bob"))),
    Case("blank lines before the header", b"\n\n" + HEAD + AB, ((1, 4, "Ann"), (2, 5, "Bob"))),
    Case("header over two lines", b'name,reps,"fax\nline"\n' + AB, ((1, 3, "Ann"), (2, 4, "Bob"))),
    Case("a row in an unread column only", HEAD + b",,77\n" + AB, ((1, 2, None), *AFTER)),
    Case("blanks around", b"name, reps ,fax\n Ann , 3 , 1\nBob,4,2\n", TWO),
    Case("quoted blanks", b'name,reps,fax\nAnn,"",""\n"",4,""\n', ((1, 2, "Ann"), (2, 3, None))),
    Case("short row", HEAD + b"Cy,5\n" + AB, AFTER, ((1, 2, "2 cells where the header has 3"),)),
    Case("long row", HEAD + b"Cy,5,1,x\n" + AB, AFTER, ((1, 2, "4 cells where the header has 3"),)),
    Case("long row with blanks only", HEAD + b"Ann,3,1,, \nBob,4,2\n", TWO),
    Case("one cell", HEAD + b"Cy\n" + AB, AFTER, ((1, 2, "1 cell where the header has 3"),)),
    Case("unclosed quote", HEAD + b'Cy,"5,1\n' + AB, AFTER, ((1, 2, OPEN_QUOTE),)),
    Case(
        "unclosed quote at the end",
        HEAD + AB + b'Cy,"5,1\n',
        TWO,
        ((3, 4, "a quote opens here and never closes"),),
    ),
    Case(
        "unclosed quotes among quoted cells",
        HEAD + b'"Cy",5,"1\n"Ann",3,"1"\n"Di",6,1"\n"Bob",4,"2"\n',
        ((2, 3, "Ann"), (3, 4, "Di"), (4, 5, "Bob")),
        ((1, 2, OPEN_QUOTE),),
    ),
    Case("quote inside a cell", HEAD + b'A"n"n,3,1"\nBob,4,2\n', ((1, 2, 'A"n"n'), (2, 3, "Bob"))),
    Case(
        "text after a closing quote",
        HEAD + b'"C"y,5,1\n' + AB,
        AFTER,
        ((1, 2, "text follows a closing quote"),),
    ),
    Case(
        "blanks after a quoted cell",
        HEAD + b'"Ann, B" ,3,1\nBob,4,2\n',
        ((1, 2, "Ann, B"), (2, 3, "Bob")),
    ),
    Case("blanks before a quoted cell", HEAD + b'Ann, "3", "1, 2"\nBob,4,2\n', TWO),
    Case("doubled quotes", HEAD + b'"A ""big"" one",3,1\nBob,4,2\n', ((1, 2, 'A "big" one'), (2, 3, "Bob"))),
    Case("NUL bytes", HEAD + b"C\0y,5,1\n" + AB + b"\n" * 2000, AFTER, ((1, 2, "NUL bytes"),)),
    Case("duplicate and blank headers", b"name,reps,reps,,\nAnn,3,9,x,y\nBob,4,9,,\n", TWO),
    Case("header that is SQL", b'name,reps,"""; DROP TABLE scored; --"\n' + AB, TWO),
    Case("headers that differ in case only", b"NAME,Reps,fax,FAX\nAnn,3,1,2\nBob,4,1,2\n", TWO),
    Case("a cell of 1 MB", HEAD + b"Ann,3," + b"x" * 1_000_000 + b"\nBob,4,2\n", TWO),
    Case("a cell of 10 MB", HEAD + b"Ann,3," + b"x" * 10_000_000 + b"\nBob,4,2\n", TWO),
    Case(
        "a cell of 5,000 lines", HEAD + b'Ann,3,"' + b"x\n" * 5000 + b'"\nBob,4,2\n', ((1, 2, "Ann"), (2, 5003, "Bob"))
    ),
]


def both(engines: Mapping[str, Any]) -> list[Any]:
    """The cases for each engine, marked where one is known to be broken."""
    return [pytest.param(case, name, id=f"{case.id}-{name}") for case in CASES for name in engines]


@pytest.mark.parametrize(("case", "name"), both(ENGINES))
def test_every_row_is_scored_or_rejected_with_its_place(case: Case, name: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(case.data)
    outcome = run([path], ENGINES[name]())
    assert outcome.sound == case.sound
    assert [(one["file"], one["row"], one["line"]) for one in outcome.rejected] == [
        ("list.csv", row, line) for row, line, _ in case.rejected
    ]
    for found, (_, _, reason) in zip(outcome.rejected, case.rejected, strict=True):
        assert reason in found["reason"]
    assert outcome.figures["rows"] == len(case.sound) + len(case.rejected)
    every_row_has_a_fate(outcome)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_the_engines_agree_on_every_figure(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(case.data)
    assert run([path], DirectEngine()) == run([path], DuckDBEngine())


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id) for case in CASES])
def test_the_best_few_are_those_of_the_full_list(case: Case, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(case.data)
    for chosen in (Filter(top=1), Filter(verdicts=("qualified",))):
        with score([path], PACK, chosen=chosen, engine=DuckDBEngine()) as ranking:
            few = [(one.rank, one.row, one.line, one.name) for one in ranking]
        with score([path], PACK, engine=DuckDBEngine()) as ranking:
            full = [one for one in ranking if not chosen.verdicts or one.verdict in chosen.verdicts]
            assert few == [(one.rank, one.row, one.line, one.name) for one in full][: chosen.top]
            assert ranking.summary.input.scored == len(case.sound)


@pytest.mark.parametrize("name", ["direct", "duckdb"])
def test_figures_follow_the_cells_whatever_the_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes('name;reps;note\r\nZoë;3;x\r\n"Bob; Co";9;\r\nCy;many;y\r\n'.encode("utf-16"))
    outcome = run([path], ENGINES[name]())
    assert [(one["name"], one["verdict"], one["score"]) for one in outcome.prospects] == [
        ("Zoë", "qualified", 100.0),
        ("Cy", "needs_info", 20.0),
        ("Bob; Co", "disqualified", 0.0),
    ]
    assert outcome.figures["not_understood"][0] == {
        "field": "reps",
        "value": "many",
        "count": 1,
        "rows": [3],
        "hint": None,
        "places": [{"file": "list.csv", "row": 3, "line": 4}],
    }


# -- files that are no list ----------------------------------------------------------------------------------------

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 8
NO_LISTS = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n\t\n", "empty"),
    "byte order mark alone": (b"\xef\xbb\xbf", "empty"),
    "picture": (PNG, "not a text file"),
    "workbook": (b"PK\x03\x04\x14\0\x06\0[Content_Types].xml" + PNG, "save it as .xlsx or as CSV"),
    "old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "save it as .xlsx or as CSV"),
    "no known header": (b"foo,bar\n1,2\n", "name"),
    "prose": (b"Dear Ann,\nplease call.\n", "Headers that would have worked"),
}


@pytest.mark.parametrize(("data", "said"), NO_LISTS.values(), ids=NO_LISTS)
def test_a_file_that_is_no_list_is_refused_by_name(data: bytes, said: str, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"list\.csv") as caught:
        run([path], engine)
    assert said in str(caught.value)


def test_a_missing_file_and_a_folder_are_refused(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.csv: there is no such file"):
        run([tmp_path / "gone.csv"], engine)
    with pytest.raises(InputError, match="that is a folder"):
        run([tmp_path], engine)


def test_a_damaged_file_is_refused_by_name_among_sound_ones(engine: Engine, tmp_path: Path) -> None:
    sound, picture = tmp_path / "a.csv", tmp_path / "b.csv"
    sound.write_bytes(HEAD + AB)
    picture.write_bytes(PNG)
    with pytest.raises(InputError, match=r"b\.csv"):
        run([sound, picture], engine)


# -- names, encodings, widths ----------------------------------------------------------------------------------------

NAMES = [
    "a b.csv",
    "o'clock.csv",
    "list[1].csv",
    "list*?.csv",
    "{a,b}.csv",
    pytest.param("c0=9/list.csv"),
    pytest.param("list.csv.gz"),
]


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_means_nothing(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(HEAD + AB)
    (tmp_path / "list1.csv").write_bytes(HEAD + b"Eve,1,\n")
    with score([path], PACK, engine=DuckDBEngine()) as ranking:
        assert [one.name for one in ranking] == ["Ann", "Bob"]


@pytest.mark.parametrize(
    "name",
    ["direct", "duckdb"],
)
def test_windows_1252_is_read_and_said(name: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(HEAD + "Zoë,3,1\n".encode("cp1252"))
    outcome = run([path], ENGINES[name]())
    assert outcome.sound == ((1, 2, "Zoë"),)
    assert any("Windows-1252" in note for note in outcome.figures["notes"])


def test_windows_1252_headers_are_read(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("name,reps,Téléphone\nAnn,3,1\n".encode("cp1252"))
    assert run([path], engine).figures["unused_columns"] == ["Téléphone"]


def test_ten_thousand_columns_are_read(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    others = [f"c{number}" for number in range(9998)]
    path.write_text(f"{','.join(others)},name,reps\n{',' * 9998}Ann,3\n")
    with score([path], PACK, engine=engine) as ranking:
        assert [(one.name, one.verdict) for one in ranking] == [("Ann", "qualified")]
        assert ranking.summary.input.unused_columns == tuple(others)


def test_the_first_of_two_columns_is_read_and_the_other_named(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"name,reps,Reps\nAnn,3,9\n")
    outcome = run([path], engine)
    assert outcome.prospects[0]["facts"]["reps"]["value"] == "3"
    assert len(outcome.figures["notes"]) == 1
    assert "'Reps'" in outcome.figures["notes"][0]


# -- several files -----------------------------------------------------------------------------------------------------


def several(folder: Path, *lists: bytes) -> list[Path]:
    paths = [folder / f"{letter}.csv" for letter, _ in zip("abc", lists, strict=False)]
    for path, data in zip(paths, lists, strict=True):
        path.write_bytes(data)
    return paths


def test_files_with_other_columns_are_ranked_together(engine: Engine, tmp_path: Path) -> None:
    outcome = run(several(tmp_path, b"name,reps\nAnn,9\n", b"note;fax;name\nx;1;Bob\n", b"reps,name\n3,Cy\n"), engine)
    assert [(one["rank"], one["file"], one["row"], one["line"], one["name"]) for one in outcome.prospects] == [
        (1, "c.csv", 1, 2, "Cy"),
        (2, "b.csv", 1, 2, "Bob"),
        (3, "a.csv", 1, 2, "Ann"),
    ]
    kept = list(csv.reader(io.StringIO(outcome.kept.decode())))
    assert kept[0][:4] == ["name", "reps", "note", "fax"]
    assert [line[:4] for line in kept[1:]] == [["Cy", "3", "", ""], ["Bob", "", "x", "1"], ["Ann", "9", "", ""]]


@pytest.mark.parametrize("name", ["direct", "duckdb"])
def test_a_damaged_row_costs_itself_alone_among_several_files(name: str, tmp_path: Path) -> None:
    paths = several(tmp_path, HEAD + AB, HEAD + b"\nCy,5\nDi,many,1\n", HEAD + b"Eve,2,1\nFay,many,1\n")
    outcome = run(paths, ENGINES[name]())
    every_row_has_a_fate(outcome)
    assert [(one["file"], one["row"], one["line"], one["name"]) for one in sorted(outcome.prospects, key=_place)] == [
        ("a.csv", 1, 2, "Ann"),
        ("a.csv", 2, 3, "Bob"),
        ("b.csv", 2, 4, "Di"),
        ("c.csv", 1, 2, "Eve"),
        ("c.csv", 2, 3, "Fay"),
    ]
    assert [(one["file"], one["row"], one["line"]) for one in outcome.rejected] == [("b.csv", 1, 3)]
    odd = outcome.figures["not_understood"]
    assert [(one["value"], one["count"], one["rows"]) for one in odd] == [("many", 2, [2, 2])]


def test_equal_prospects_keep_the_order_of_the_files(engine: Engine, tmp_path: Path) -> None:
    outcome = run(several(tmp_path, b"name,reps\nB,3\nA,3\n", b"reps,name\n3,A\n2,C\n"), engine)
    assert [(one["file"], one["name"]) for one in outcome.prospects] == [
        ("a.csv", "B"),
        ("a.csv", "A"),
        ("b.csv", "A"),
        ("b.csv", "C"),
    ]


# -- any table, any damage ---------------------------------------------------------------------------------------------

quick = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
cell_texts = st.text(st.sampled_from("ab7 ,;|\t\"'\n.-=ßé漢🙂"), max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Rows of id, name, note and reps; the id is never blank, so that each row is one."""
    count = draw(st.integers(1, 8))
    return [[f"r{row}", *(draw(cell_texts) for _ in range(3))] for row in range(1, count + 1)]


@pytest.mark.parametrize("name", ENGINES)
@quick
@given(
    table=tables(),
    delimiter=st.sampled_from(",;|\t"),
    quoting=st.sampled_from((csv.QUOTE_MINIMAL, csv.QUOTE_ALL)),
    line_end=st.sampled_from(("\n", "\r\n")),
    encoding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")),
)
def test_any_table_comes_back_cell_by_cell(
    name: str,
    table: list[list[str]],
    delimiter: str,
    quoting: Any,
    line_end: str,
    encoding: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=line_end)
    writer.writerows([["id", "name", "note", "reps"], *table])
    path = tmp_path_factory.mktemp("any") / "list.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    engine = ENGINES[name]()
    with score([path], PACK, engine=engine) as ranking:
        found = sorted(engine.cells(), key=lambda ranked: ranked.at.row)
        assert [[ranked.cells[field] or "" for field in ("id", "name", "note", "reps")] for ranked in found] == table
        assert [ranked.at.row for ranked in found] == list(range(1, len(table) + 1))
        assert ranking.summary.input.rejected == ()


SOUND = b"id,name,reps\n" + b"".join(b'%d,"Firm, %d",%d\n' % (n, n, n) for n in range(1, 13))
mutations = st.lists(
    st.tuples(
        st.integers(0, len(SOUND) - 1),
        st.sampled_from((b"", b'"', b",", b"\n", b"\r", b"\0", b"\xff", b"\xc3", b" ", b"x", b"\n\n", b',"', b"'")),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=4,
)


def damaged(changes: list[tuple[int, bytes, int]]) -> bytes:
    """The sound list with bytes taken out and others put in."""
    data = SOUND
    for at, put, taken in changes:
        data = data[:at] + put + data[at + taken :]
    return data


def outcome_or_refusal(data: bytes, engine: Engine, folder: Path) -> Outcome | str:
    path = folder / "list.csv"
    path.write_bytes(data)
    try:
        outcome = run([path], engine)
    except QualifyError as error:
        return str(error)
    every_row_has_a_fate(outcome)
    return outcome


@pytest.mark.parametrize("name", ["direct", "duckdb"])
@quick
@given(changes=mutations)
def test_no_damage_makes_a_row_vanish_or_the_reader_crash(
    name: str, changes: list[tuple[int, bytes, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    outcome_or_refusal(damaged(changes), ENGINES[name](), tmp_path_factory.mktemp("damaged"))


@settings(quick, max_examples=30)
@given(changes=mutations)
def test_the_engines_agree_on_damaged_lists(
    changes: list[tuple[int, bytes, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, data = tmp_path_factory.mktemp("damaged"), damaged(changes)
    assert outcome_or_refusal(data, DirectEngine(), folder) == outcome_or_refusal(data, DuckDBEngine(), folder)


# -- walking through a ranking -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ENGINES)
def test_several_walks_through_one_ranking_do_not_disturb_one_another(name: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(HEAD + b"".join(b"Firm %d,%d,1\n" % (n, n % 9) for n in range(1, 2500)))
    with score([path], PACK, engine=ENGINES[name]()) as ranking:
        first = iter(ranking)
        begun = [next(first).rank]
        ranking.write_csv(tmp_path / "out.csv")
        assert [one.rank for one in ranking] == list(range(1, 2500))
        assert begun + [one.rank for one in first] == list(range(1, 2500))


@pytest.mark.parametrize("name", ENGINES)
def test_a_value_that_no_criterion_asks_for_is_told_where_it_is_not_understood(name: str, tmp_path: Path) -> None:
    pack = parse_pack("""
pack: {name: spare}
fields: {reps: {type: number}, spare: {type: number}}
scorecards:
  fit: {criteria: {c: {when: {reps: 3}, points: 1, required: true}}, bands: {A: {at_least: 0}}}
""")
    path = tmp_path / "list.csv"
    path.write_text("reps,spare\n3,lots\n3,7\n", encoding="utf-8")
    with score([path], pack, engine=ENGINES[name]()) as ranking:
        (odd,) = ranking.summary.input.not_understood
    assert (odd.field, odd.value, odd.rows) == ("spare", "lots", (1,))


def test_damage_far_down_in_an_unread_column_is_found_when_columns_are_kept(tmp_path: Path) -> None:
    path, out = tmp_path / "list.csv", tmp_path / "out.csv"
    sound = b"".join(b"Firm %d,3,%s\n" % (n, b"x" * 900) for n in range(1500))
    path.write_bytes(HEAD + sound + b"Last,3,caf\xe9\n")
    with score([path], PACK, engine=DuckDBEngine()) as ranking:
        ranking.write_csv(out, keep_columns=True)
        assert any("Windows-1252" in note for note in ranking.summary.input.notes)
    assert "caf\u00e9" in out.read_text(encoding="utf-8")
