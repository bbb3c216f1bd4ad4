"""Which firm is meant: keys of names and addresses, contacts that join, rows that are one firm."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from psm_qualify.engines import keys, marks
from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.errors import InputError
from psm_qualify.facts.firms import FIRM_KEYS, domain_key, id_key, name_key
from psm_qualify.results import JoinedContacts, Prospect, Summary
from psm_qualify.rules.loader import parse_pack
from psm_qualify.scoring import score

ENGINES: Mapping[str, Callable[[], Engine]] = {
    "direct": DirectEngine,
    "duckdb": DuckDBEngine,
    "duckdb, spilling": partial(DuckDBEngine, spilling=True),
}
PACK = parse_pack("""
pack: {name: tiny}
fields:
  id: {type: text}
  name: {type: text, columns: [company]}
  domain: {type: text, columns: [website]}
  reps: {type: number, infer: [{contacts: sales rep, count: exact}]}
  spend: {type: money}
scorecards:
  fit:
    criteria:
      small: {required: true, when: {reps: {between: [1, 6]}}, points: 40}
      rich: {when: {spend: {at_least: 100}}, points: 20}
    bands: {A: {at_least: 80}, B: {at_least: 0}}
""")
HEAD = ("id", "company", "website", "reps", "spend")
Row = tuple[str, ...]


class Outcome:
    """What one engine makes of a list."""

    def __init__(self, name: str, rows: Sequence[Row], people: Sequence[Row] | None, dedupe: bool) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path, contacts, out = (Path(folder, file) for file in ("list.csv", "people.csv", "out.csv"))
            write(path, [HEAD, *rows])
            write(contacts, people or ())
            names = {path: "list.csv", contacts: "people.csv"}
            given = None if people is None else contacts
            engine = ENGINES[name]()
            with score([path], PACK, engine=engine, names=names, contacts=given, dedupe=dedupe) as ranking:
                ranked = list(ranking)
                self.summary: Summary = ranking.summary
                if name != "direct":
                    ranking.write_csv(out)
                    self.text = out.read_text(encoding="utf-8")
                    self.flat = list(csv.DictReader(self.text.splitlines()))
            self.order = [one.row for one in ranked]
            self.prospects: list[Prospect] = sorted(ranked, key=lambda one: one.row)

    @property
    def twins(self) -> dict[int, list[tuple[int, str]]]:
        """By row the other rows that seem to be the same firm, and by what."""
        return {one.row: [(twin.place.row, twin.by) for twin in one.duplicates] for one in self.prospects}


def write(path: Path, rows: Sequence[Row]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def both(rows: Sequence[Row], people: Sequence[Row] | None = None, dedupe: bool = False) -> Outcome:
    """What DuckDB makes of a list; every engine must make the same of it."""
    direct, outcome, spilling = (Outcome(name, rows, people, dedupe) for name in ENGINES)
    for other in (direct, spilling):
        assert (other.order, other.prospects) == (outcome.order, outcome.prospects)
        assert (other.summary.input, other.summary.verdicts) == (outcome.summary.input, outcome.summary.verdicts)
    assert spilling.text == outcome.text
    read = outcome.summary.input
    assert read.rows == len(rows) == read.scored + len(read.rejected)
    return outcome


def firm(name: str = "", domain: str = "", reps: str = "", spend: str = "", number: str = "") -> Row:
    return (number, name, domain, reps, spend)


# -- keys --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "acme.com", "ACME.com", " acme.com ", "www.acme.com", "WWW.Acme.Com", "http://acme.com", "https://www.acme.com/",
        "https://acme.com/about?x=1", "acme.com:8080", "acme.com#top", "acme.com?utm=1", "acme.com, acme.de",
        "acme.com; acme.de", "acme.com (old)", "sales@acme.com", "mailto:jim@acme.com", "https://user@acme.com/x",
        "ftp://acme.com",
    ],
)  # fmt: skip
def test_one_address_in_many_forms(text: str) -> None:
    assert domain_key(text) == "acme.com"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "n/a", "none", "acme", "-", "jim@gmail.com", "https://www.facebook.com/acme", "facebook.com",
        "WWW.LinkedIn.com/company/acme", "x.com/acme", "owner@yahoo.com",
    ],
)  # fmt: skip
def test_no_address_of_a_firm_of_its_own(text: str) -> None:
    assert domain_key(text) == ""


@pytest.mark.parametrize("text", ["shop.acme.com", "acme.wixsite.com", "acme.co.uk", "mygmail.com", "xx.com"])
def test_a_host_below_or_beside_a_shared_one_is_a_firm_s_own(text: str) -> None:
    assert domain_key(text) == text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Acme", "acme"), ("ACME, Inc.", "acme"), ("Acme Inc", "acme"), ("Acme L.L.C.", "acme"), ("Acme (LLC)", "acme"),
        ("Acme Co., Ltd.", "acme"), ("Acme Holding GmbH & Co. KG", "acmeholding"), ("Acme & Co", "acme"),
        ("Acme and Company", "acme"), ("Smith & Sons", "smithsons"), ("Smith and Sons, LLC", "smithsons"),
        ("A.C.M.E. Corp.", "acme"), ("Acme-Works", "acmeworks"), ("Zinc", "zinc"), ("Costco", "costco"),
        ("Inc", "inc"), ("LLC Partners", "llcpartners"), ("Acme S.p.A.", "acme"), ("Acme Sdn Bhd", "acme"),
        ("Müller GmbH", "müller"), ("3M Company", "3m"), ("", ""), ("n/a", ""), ("None", ""), ("--", ""),
        ("Unknown", ""), ("Not Available", ""),
    ],
)  # fmt: skip
def test_a_name_without_its_legal_endings(text: str, key: str) -> None:
    assert name_key(text) == key


@pytest.mark.parametrize(("text", "key"), [(" 7 ", "7"), ("A-1", "A-1"), ("a-1", "a-1"), ("N/A", ""), ("-", "")])
def test_an_id_as_it_is_written(text: str, key: str) -> None:
    assert id_key(text) == key


UNICODE = [
    "Müller GmbH", "MÜLLER & Co. KG", "Ærø ApS", "Škoda a.s.", "ООО Ромашка", "株式会社トヨタ", "Café Noir, S.A.",
    "Zoë’s", "Ñandú S.L.", "Łódź – Works", "Δέλτα Α.Ε.", "½ Price Ltd", "Acme² Inc", "Acme\u00a0Inc", "Acme™ LLC",
    "東京(株)", "Ⅷ Corp", "\u200bAcme", "Cafe\u0301 Inc", "हिन्दी Ltd", "ÅÄÖ AB", "STRASSE", "Straße", "①②", "ﬁrm Co",
]  # fmt: skip


def keys_by_column(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """The domain and name keys of texts, made column by column; empty where they tell nothing."""
    found = []
    for kind in ("domain", "name"):
        made = [key for part in keys.of(kind, iter([pa.array(texts, pa.large_string())])) for key in part.to_pylist()]
        tells = keys.tells(kind, pa.array(made, pa.large_string()))
        found.append([key if telling else "" for key, telling in zip(made, tells, strict=True)])
    return list(zip(*found, strict=True))


def likely_texts() -> st.SearchStrategy[str]:
    words = [
        "Acme", "acme", ".com", "www.", "http://", "https://", "://", "@", "/", "?", "#", ":", ",", ";", " ", "  ", ".",
        "Inc", "LLC", "L.L.C.", "Co", "&", " & ", " and ", "and", "(", ")", "-", "GmbH", "sdn bhd", "gmail.com", "n/a",
        "1", "\t", "\n", "\u00a0",
    ]  # fmt: skip
    return st.lists(st.sampled_from(words), max_size=7).map("".join)


@settings(
    max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(texts=st.lists(likely_texts() | st.text(st.characters(min_codepoint=32, max_codepoint=126)), min_size=60))
def test_keys_are_the_same_by_column_and_one_by_one_in_plain_text(texts: list[str]) -> None:
    assert keys_by_column(texts) == [(domain_key(text), name_key(text)) for text in texts]


def marks_by_column(kind: str, texts: Sequence[str | None]) -> dict[int, int]:
    """The mark of each text, by its place."""
    found = np.concatenate(list(marks.of(kind, iter([pa.array(texts, pa.large_string())]))))
    return dict(zip((found & marks.PLACE).tolist(), (found >> marks.BITS).tolist(), strict=True))


@settings(
    max_examples=20, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
@given(texts=st.lists(likely_texts() | st.sampled_from(UNICODE) | st.text(max_size=12), min_size=60))
@pytest.mark.parametrize("kind", FIRM_KEYS)
def test_marks_are_alike_where_keys_are(kind: str, texts: list[str]) -> None:
    made = keys.made(kind, pa.array(texts, pa.large_string())).to_pylist()
    found = marks_by_column(kind, texts)
    by_key: dict[str, set[int]] = {}
    for place, key in enumerate(made):
        by_key.setdefault(key, set()).add(found[place])
    assert all(len(own) == 1 for own in by_key.values())


@pytest.mark.parametrize(
    "names",
    [
        ["Smith and Sons", "Smith & Sons, LLC", "SMITH AND SONS", "smith-sons"], ["A.C.M.E. Corp.", "Acme", "acme inc"],
        ["Acme Inc.", "ACME, Inc", "Acme Inc\t", "Acme (LLC)", " acme "], ["Acme Co., Ltd.", "Acme and Company"],
        ["Müller GmbH", "MÜLLER", "müller"], ["3M Company", "3 M", "3-m"], ["½ Price Ltd", "½price"],
        ["ΝΙΚΟΣ ΟΣ", "Νικος Ος", "νικοσ οσ"],
    ],
)  # fmt: skip
def test_one_name_in_many_forms_has_one_mark(names: list[str]) -> None:
    assert len({name_key(text) for text in names}) == 1
    assert len(set(marks_by_column("name", names).values())) == 1


def test_marks_of_different_ids_are_different_and_null_has_none() -> None:
    ids = [f"P-{number:06}" for number in range(20_000)]
    found = marks_by_column("id", [None, *ids])
    assert 0 not in found
    assert len(set(found.values())) > 19_990  # 32 bits: one in twenty tries has two that are alike


def test_marks_of_names_see_the_order_of_letters() -> None:
    names = ["John Smith", "Smith John", "Acme 12", "Acme 21", *(f"{number} Canada Inc" for number in range(5_000))]
    assert len(set(marks_by_column("name", names).values())) > 4_900


def test_every_latin_letter_stays_in_a_name_and_no_sign_does() -> None:
    texts = [f"a{chr(point)}b" for point in range(0x80, 0x2B0)]
    assert [name for _, name in keys_by_column(texts)] == [name_key(text) for text in texts]


@pytest.mark.parametrize(("one", "other"), [(("acme.com", ""), ("acme.com\t", "")), (("", "Acme"), ("", "Acme Inc\t"))])
def test_white_space_makes_no_other_firm(one: Row, other: Row) -> None:
    rows = [firm(name, domain, "5") for domain, name in (one, other)]
    assert both(rows).summary.input.repeated == 2


@pytest.mark.parametrize("text", [".", "...", "-.-"])
def test_punctuation_is_no_address(text: str) -> None:
    assert both([firm("Acme", text), firm("Bolt", text)]).twins == {1: [], 2: []}


def test_keys_are_the_same_by_column_and_one_by_one_in_any_script_and_white_space() -> None:
    texts = [
        *UNICODE,
        "ΝΙΚΟΣ",
        "νικος.gr",
        "ΝΙΚΟΣ.GR",
        "Acme Inc\n.",
        "\tacme.com",
        "acme.com\n",
        "Acme Inc\t",
        "acme.com\u00a0",
    ]
    assert keys_by_column(texts) == [(domain_key(text), name_key(text)) for text in texts]


# -- contacts ----------------------------------------------------------------------------------------------------

TITLES = ("Company Name", "Email", "Job Title")


def reps(outcome: Outcome) -> list[str | None]:
    """What is read of the people of each row."""
    return [one.facts["reps"].read if "reps" in one.facts else None for one in outcome.prospects]


def test_contacts_join_by_domain_first_and_else_by_name() -> None:
    rows = [firm("Acme", "https://www.acme.com"), firm("Acme West", "acme-west.com"), firm("Bolt LLC")]
    people = [
        ("Acme West", "a@acme.com", "Sales Rep"),  # the address tells, whatever the name
        ("ACME West, Inc.", "", "Sales Rep"),
        ("acme west", "b@unheard-of.com", "Sales Rep"),  # an address that no prospect has leaves it to the name
        ("Bolt", "c@gmail.com", "Sales Rep"),
        ("Bolt", "d@bolt.com", "Clerk"),
    ]
    outcome = both(rows, [TITLES, *people])
    assert reps(outcome) == ["1", "2", "1"]
    assert outcome.summary.input.contacts == JoinedContacts(5, 5, 3, ())


def test_addresses_that_many_share_join_nobody() -> None:
    rows = [firm("Acme", "acme@gmail.com"), firm("Bolt", "facebook.com/bolt")]
    people = [("Cog", "jim@gmail.com", "Sales Rep"), ("", "x@facebook.com", "Sales Rep"), ("", "", "Sales Rep")]
    outcome = both(rows, [TITLES, *people])
    assert reps(outcome) == [None, None]
    assert outcome.summary.input.contacts == JoinedContacts(3, 0, 0, ("Cog", "x@facebook.com", ""))


def test_names_that_say_nothing_join_nobody() -> None:
    outcome = both([firm("n/a", "", "", "5"), firm("", "", "", "5")], [TITLES, ("N/A", "", "Sales Rep")])
    assert reps(outcome) == [None, None]


def test_people_belong_to_every_row_of_their_firm() -> None:
    outcome = both([firm("Acme"), firm("ACME Inc.")], [TITLES, ("Acme", "", "Sales Rep")])
    assert reps(outcome) == ["1", "1"]
    assert outcome.summary.input.contacts == JoinedContacts(1, 1, 2, ())


def test_the_first_firms_that_are_no_prospect_are_told() -> None:
    people = [(name, "", "Owner") for name in ("Nix", "Nox", "Nix", "Nax", "Nex", "Nux", "Nyx", "Acme")]
    outcome = both([firm("Acme")], [TITLES, *people])
    assert outcome.summary.input.contacts == JoinedContacts(8, 1, 1, ("Nix", "Nox", "Nax", "Nex", "Nux"))
    (note,) = outcome.summary.input.notes
    assert note.startswith("contacts: 1 of 8 people belong to 1 prospects; no prospect is Nix, Nox")
    assert note.endswith("…")


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize(
    ("header", "lacks"),
    [(("Company", "Phone"), "job titles"), (("Job Title", "Full Name"), "firms"), (("a", "b"), "job titles")],
)
def test_a_contact_list_without_titles_or_firms_is_refused(name: str, header: Row, lacks: str) -> None:
    with pytest.raises(InputError, match=rf"people\.csv: .*{lacks}.*{header[0]!r}"):
        Outcome(name, [firm("Acme")], [header, ("x", "y")], dedupe=False)


@pytest.mark.parametrize("header", [("Account Name", "Position"), ("Website", "Title"), ("Work Email", "Role")])
def test_contact_lists_of_several_programs(header: Row) -> None:
    firms_own = {"Account Name": "Acme", "Website": "www.acme.com", "Work Email": "x@acme.com"}
    assert reps(both([firm("Acme", "acme.com")], [header, (firms_own[header[0]], "Sales Rep")])) == ["1"]


# -- rows that are one firm --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "by"),
    [
        (firm("Acme", "", number="7"), firm("Bolt", "", number=" 7 "), "id"),
        (firm("Acme", "www.acme.com"), firm("Bolt", "https://acme.com/x"), "domain"),
        (firm("Acme, Inc."), firm("ACME"), "name"),
        (firm("Acme", "acme.com", number="7"), firm("Acme", "acme.com", number="7"), "id"),  # the surest is told
        (firm("Acme", "acme.com", number="7"), firm("Acme", "acme.com", number="8"), "domain"),
    ],
)
def test_twins_are_told_on_both_rows(one: Row, other: Row, by: str) -> None:
    outcome = both([one, firm("Cog", "cog.com", number="3"), other])
    assert outcome.twins == {1: [(3, by)], 2: [], 3: [(1, by)]}
    assert outcome.summary.input.repeated == 2
    told = {int(line["psm_rank"]): line["psm_duplicates"] for line in outcome.flat}
    assert [told[one.rank] for one in outcome.prospects] == [f"line 4 ({by})", "", f"line 2 ({by})"]
    assert '""' not in outcome.text  # nothing, and not an empty text


@pytest.mark.parametrize(
    "row",
    [
        firm("n/a", spend="5"), firm("N/A.", spend="5"), firm("Unknown", spend="5"), firm("--", spend="5"),
        firm("", "n/a", spend="5"), firm("", "gmail.com", spend="5"), firm("", "facebook.com/acme", spend="5"),
        firm(number="N/A", spend="5"), firm(number="-", spend="5"), firm(number="tbd", spend="5"), firm(spend="5"),
    ],
)  # fmt: skip
def test_what_says_nothing_makes_no_twins(row: Row) -> None:
    assert both([row, row]).twins == {1: [], 2: []}


def test_ids_differ_by_case_and_names_do_not() -> None:
    assert both([firm(number="a1"), firm(number="A1")]).twins == {1: [], 2: []}
    assert both([firm("a1"), firm("A1")]).twins == {1: [(2, "name")], 2: [(1, "name")]}


def test_dedupe_keeps_what_is_better_known_and_says_what_went() -> None:
    rows = [firm("Acme"), firm("Acme LLC", "", "3"), firm("Bolt"), firm("ACME", "", "", "9")]
    outcome = both(rows, dedupe=True)
    assert sorted(outcome.order) == [2, 3]
    rejected = outcome.summary.input.rejected
    assert [(one.row, one.line, one.reason, one.text) for one in rejected] == [
        (1, 2, "the same name as line 3, which is kept", "Acme"),
        (4, 5, "the same name as line 3, which is kept", "ACME | 9"),
    ]
    assert sum(outcome.summary.verdicts.values()) == 2
    assert "2 rows left out as the same firm as another (see the rejected rows)" in outcome.summary.input.notes


def test_dedupe_keeps_the_first_of_equals() -> None:
    outcome = both([firm("Acme", "", "9"), firm("Acme", "", "2"), firm("Acme", "", "3")], dedupe=True)
    assert (outcome.order, [one.row for one in outcome.summary.input.rejected]) == ([1], [2, 3])


def test_dedupe_follows_a_chain_of_twins() -> None:
    """The first and the last have nothing in common but the one between."""
    rows = [firm("Acme", "acme.com"), firm("Acme West", "acme.com"), firm("ACME West Inc.", "west.com", "4", "5")]
    outcome = both(rows, dedupe=True)
    assert outcome.order == [3]
    assert [(one.row, one.reason) for one in outcome.summary.input.rejected] == [
        (1, "the same domain as line 4, which is kept"),
        (2, "the same domain as line 4, which is kept"),
    ]


def test_without_dedupe_every_row_stays() -> None:
    outcome = both([firm("Acme"), firm("Acme")])
    assert (outcome.order, outcome.summary.input.rejected) == ([1, 2], ())
    assert (
        "2 rows seem to be firms that stand more than once; --dedupe keeps one of each" in outcome.summary.input.notes
    )


def test_twins_in_two_files_name_the_file(tmp_path: Path) -> None:
    first, second, out = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "out.csv"
    write(first, [("company", "reps"), ("Bolt", "1"), ("Acme", "2")])
    write(second, [("reps", "company"), ("4", "Acme Ltd")])
    names = {first: "a.csv", second: "b.csv"}
    found = []
    for engine in ENGINES.values():
        with score([first, second], PACK, engine=engine(), names=names) as ranking:
            found.append({one.name: [(twin.place, twin.by) for twin in one.duplicates] for one in ranking})
            ranking.write_csv(out)
            lines = csv.DictReader(out.read_text(encoding="utf-8").splitlines())
            flat = {line["company"]: line["psm_duplicates"] for line in lines}
            assert flat == {"Bolt": "", "Acme": "b.csv line 2 (name)", "Acme Ltd": "a.csv line 3 (name)"}
        with score([first, second], PACK, engine=engine(), names=names, dedupe=True) as ranking:
            (gone,) = ranking.summary.input.rejected
            assert (gone.file, gone.row, gone.reason) == ("b.csv", 1, "the same name as a.csv line 3, which is kept")
    assert found[0] == found[1]
    ((place, _),) = found[0]["Acme"]
    assert (place.file, place.row, place.line) == ("b.csv", 1, 2)


@pytest.mark.parametrize("dedupe", [False, True])
@settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    rows=st.lists(
        st.tuples(
            st.sampled_from(["", "1", "2", " 2", "n/a"]),
            st.sampled_from(["", "Acme", "ACME Inc.", "Bolt", "Bolt & Co", "Cog", "n/a"]),
            st.sampled_from(["", "acme.com", "www.acme.com", "bolt.com", "x@bolt.com", "gmail.com"]),
            st.sampled_from(["", "3", "9"]),
            st.sampled_from(["5", "500", "lots"]),
        ),
        min_size=2,
        max_size=14,
    )
)
def test_both_engines_find_the_same_firms_in_random_lists(dedupe: bool, rows: list[Row]) -> None:
    outcome = both(rows, dedupe=dedupe)
    keys = [(id_key(number), domain_key(domain), name_key(name)) for number, name, domain, *_ in rows]
    for one in outcome.prospects:
        for twin in one.duplicates:
            kind = ("id", "domain", "name").index(twin.by)
            assert keys[one.row - 1][kind] == keys[twin.place.row - 1][kind] != ""
    if dedupe:  # nothing that is left has a key in common
        for kind in range(3):
            left = [keys[one.row - 1][kind] for one in outcome.prospects if keys[one.row - 1][kind]]
            assert len(left) == len(set(left))


@pytest.mark.parametrize("name", ["raw", "hash", "record", "first", "kind", "made"])
def test_a_field_may_be_called_as_the_engine_calls_a_column(name: str, tmp_path: Path) -> None:
    rules = f"""
pack: {{name: p}}
fields: {{name: {{type: text}}, domain: {{type: text}}, {name}: {{type: number}}}}
scorecards:
  fit: {{criteria: {{c: {{required: true, when: {{{name}: 1}}, points: 1}}}}, bands: {{A: {{at_least: 0}}}}}}
"""
    rows = [f"Firm {number % 5},firm{number % 5}.com,{number % 3}" for number in range(60)]
    path = tmp_path / "list.csv"
    path.write_text("\n".join([f"name,domain,{name}", *rows]) + "\n", encoding="utf-8")
    with score([path], parse_pack(rules), engine=DuckDBEngine()) as ranking:
        ranking.write_csv(tmp_path / "out.csv")
        assert ranking.summary.verdicts["qualified"] == 20
        assert ranking.summary.input.repeated == 60
