"""Facts from notes, job titles and other numbers: both engines against a reference that shares no code with them."""

from __future__ import annotations

import csv
import json
import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify.assess import Evidence, read_facts
from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.errors import PackError
from psm_qualify.results import Prospect
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.pack import Pack
from psm_qualify.scoring import score
from test_rule_errors import findings, unmarked

Plain = dict[str, Any]
Rows = Sequence[Mapping[str, str]]
People = Sequence[tuple[str, str]]  # firm, job title
ENGINES: Mapping[str, Callable[[], Engine]] = {
    "direct": DirectEngine,
    "duckdb": DuckDBEngine,
    "duckdb, spilling": partial(DuckDBEngine, spilling=True),
}
CHOICES = {"nobody": ["none", "vacant"], "owner": ["founder"], "pro": ["sales manager"]}


def pack_data(reps: Sequence[Plain], leader: Sequence[Plain] = (), assumed: Mapping[str, str] | None = None) -> Plain:
    """A pack with the inferences of its two fields, and what is assumed of them."""
    assume = {field: {"assume": value} for field, value in (assumed or {}).items()}
    fields = {
        **{source: {"type": "text"} for source in ("name", "notes", "remarks")},
        "staff": {"type": "number"},
        "reps": {"type": "number", "infer": list(reps), **assume.get("reps", {})},
        "leader": {"type": "choice", "choices": CHOICES, "infer": list(leader), **assume.get("leader", {})},
    }
    criteria = {
        "small": {"required": "yes", "when": {"reps": {"between": ["1", "6"]}}, "points": "40"},
        "led": {"when": {"leader": ["nobody", "owner"]}, "points": "40"},
    }
    cards = {"fit": {"criteria": criteria, "bands": {"A": {"at_least": "80"}, "B": {"at_least": "0"}}}}
    return {"pack": {"name": "drawn"}, "fields": fields, "scorecards": cards}


class Outcome(NamedTuple):
    """The prospects in rank order, and the flat file."""

    prospects: list[Prospect]
    flat: str


def run(
    name: str, pack: Pack, rows: Rows, people: People | None = None, infer: bool = True, flat: bool = True
) -> Outcome:
    """Scores rows with one engine. A first column that no field claims keeps every row from being blank."""
    with tempfile.TemporaryDirectory() as folder:
        path, contacts, out = (Path(folder, file) for file in ("list.csv", "people.csv", "out.csv"))
        fields = list(dict.fromkeys(field for row in rows for field in row))
        with path.open("w", newline="", encoding="utf-8") as file:
            lines = csv.writer(file)
            lines.writerow(["row number", *fields])
            lines.writerows([n, *(row.get(field, "") for field in fields)] for n, row in enumerate(rows, 1))
        with contacts.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([("Company", "Job Title"), *(people or ())])
        given = None if people is None else contacts
        names = {path: "list.csv"}
        engine = ENGINES[name]()
        with score([path], pack, engine=engine, names=names, contacts=given, infer=infer, decimal="point") as ranking:
            prospects = list(ranking)
            if not flat:
                return Outcome(prospects, "")
            ranking.write_csv(out)
        return Outcome(prospects, out.read_text(encoding="utf-8"))


def both(pack: Pack, rows: Rows, people: People | None = None, infer: bool = True) -> list[Prospect]:
    """The prospects, in the order of the rows; all engines must give the same."""
    direct, *others = (run(name, pack, rows, people, infer, flat=False) for name in ENGINES)
    assert others == [direct] * 2
    return sorted(direct.prospects, key=lambda one: one.row)


# -- the reference -----------------------------------------------------------------------------------------------

BLANK, ODD = "blank", "odd"
COUNTED = {"zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "many": None}


class Told(NamedTuple):
    """A value: how it is read, and for a number its ends (an exclusive one half a step away: all are whole)."""

    read: str
    low: float | None = None
    high: float | None = None


class Guess(NamedTuple):
    """A value that was inferred, from which text and on what words."""

    value: Told
    text: str
    words: str


def told_number(text: str) -> Told | str:
    """The few forms of a number that the lists below hold."""
    text = text.strip().lower()
    if text in ("", "n/a", "none"):
        return BLANK
    if COUNTED.get(text) is not None:
        text = str(COUNTED[text])
    forms = [r"(\d+)", r"(\d+)(?:-| to )(\d+)", r"(\d+)\+", r"< ?(\d+)", r"(?:<= ?|up to )(\d+)"]
    found = [re.fullmatch(form, text) for form in forms]
    form = next((number for number, match in enumerate(found) if match), None)
    match = found[form] if form is not None else None
    if match is None:
        return ODD
    low, high = int(match[1]), int(match[match.lastindex or 1])
    if low > high:
        return ODD
    whole = f"{low}" if low == high else f"{low} to {high}"
    return [
        Told(whole, low, high),
        Told(whole, low, high),
        Told(f"at least {low}", low, None),
        Told(f"under {low}", None, low - 0.5),
        Told(f"at most {low}", None, low),
    ][form or 0]


def told_leader(text: str) -> Told | str:
    text = text.strip().lower()
    for name, words in CHOICES.items():
        if text in (name, *words):
            return Told(name)
    return BLANK if text in ("", "n/a") else ODD


READ = {"reps": told_number, "leader": told_leader}


def guesses(rule: Plain, row: Mapping[str, str], titles: Sequence[str] | None) -> list[tuple[str, str]]:
    """What a rule finds: texts to be read, and the words that they rest on."""
    if "at_most" in rule:
        value = told_number(row.get("staff", ""))
        if isinstance(value, str) or value.high is None:
            return []
        exclusive = value.high % 1 != 0
        return [(f"< {value.high + 0.5:g}" if exclusive else f"<= {value.high:g}", row["staff"])]
    if "contacts" in rule:
        if titles is None:
            return []
        fitting = [title for title in titles if re.search(rule["contacts"], title, re.I)]
        words = ", ".join(dict.fromkeys(fitting)) or "no such job title"
        if "value" in rule:
            return [(rule["value"], words)] if fitting else []
        if rule["count"] == "exact":
            return [(str(len(fitting)), words)]
        return [(f"{len(fitting)}+", words)] if fitting else []
    found = []
    for source in rule["from"]:
        text = " ".join(row.get(source, "").lower().split())
        sentences = re.split("[.!?;]+ ", text) if "unless" in rule else [text]
        for sentence in sentences:
            match = re.search(rule["find"], sentence)
            if match and not ("unless" in rule and re.search(rule["unless"], sentence)):
                value = re.sub(r"\$(\d)", lambda at: match[int(at[1])] or "", rule["value"])  # noqa: B023
                found.append((value, match[0].strip()))
                break
    return found


def first_guess(field: str, rules: Sequence[Plain], row: Mapping[str, str], titles: Sequence[str] | None) -> Any:
    """The first inference that yields a value; a mere bound comes last."""
    for bound in (False, True):
        for rule in rules:
            for text, words in guesses(rule, row, titles) if ("at_most" in rule) is bound else ():
                value = READ[field](text)
                if not isinstance(value, str):
                    return Guess(value, text, words)
    return None


def clash(one: Told, other: Told) -> bool:
    if one.low is None and one.high is None:
        return one.read != other.read
    ends = [(one.high, other.low), (other.high, one.low)]
    return any(high is not None and low is not None and high < low for high, low in ends)


def small(value: Told | None) -> bool | None:
    if value is None:
        return None
    low, high = (-1e9 if value.low is None else value.low), (1e9 if value.high is None else value.high)
    return True if low >= 1 and high <= 6 else False if high < 1 or low > 6 else None


def reference(data: Plain, rows: Rows, people: People | None, infer: bool) -> list[Plain]:
    """The prospects in rank order, after section 3 of the design: an answer, the cell, inference, `assume`."""
    answers = []
    for number, row in enumerate(rows, 1):
        firm = row.get("name", "")
        titles = [title for company, title in people or () if company == firm != ""] or None
        facts: Plain = {}
        values: dict[str, Told] = {}
        assumed, odd, conflicts = set(), set(), {}
        for field in READ:
            spec, cell = data["fields"][field], row.get(field, "")
            own = READ[field](cell)
            rules = spec["infer"] if infer else ()
            guess = first_guess(field, rules, row, titles) if own == BLANK else None
            if own == ODD:
                odd.add(field)
                continue
            if isinstance(own, Told):
                values[field], facts[field] = own, ("cell", cell, own.read, None)
            elif guess:
                values[field], facts[field] = guess.value, ("inferred", guess.text, guess.value.read, guess.words)
            elif "assume" in spec:
                value = READ[field](spec["assume"])
                assert isinstance(value, Told)
                values[field], facts[field] = value, ("assumed", spec["assume"], value.read, None)
                assumed.add(field)
                continue
            else:
                continue
            others = (first_guess(field, [rule], row, titles) for rule in rules)
            against = [other for other in others if other and clash(values[field], other.value)]
            if against:
                conflicts[field] = (against[0].text, against[0].value.read, against[0].words)
        met = small(values.get("reps"))
        led = None if "leader" not in values else values["leader"].read != "pro"
        words = {True: "qualified", None: "needs_info", False: "disqualified"}
        firm_met = None if "reps" in assumed else met
        answers.append({
            "row": number, "verdict": words[met], "provisional": firm_met is not met, "odd": odd,
            "score": 50 * (met is True) + 50 * (led is True),
            "high": 50 * (met is not False) + 50 * (led is not False),
            "facts": facts, "conflicts": conflicts,
        })  # fmt: skip
    order = ["qualified", "needs_info", "disqualified"]
    return sorted(answers, key=lambda one: (order.index(one["verdict"]), -one["score"], -one["high"]))


def figures(one: Prospect) -> Plain:
    """A prospect in the shape of the reference's answer."""
    return {
        "row": one.row, "verdict": one.verdict, "provisional": one.provisional,
        "odd": {field for field in one.not_understood if field in READ},
        "score": one.primary.score, "high": one.primary.high,
        "facts": {field: (fact.how, fact.value, fact.read, fact.words)
                  for field, fact in one.facts.items() if field in READ},
        "conflicts": {each.field: (each.other.value, each.other.read, each.other.words) for each in one.conflicts},
    }  # fmt: skip


# -- random lists ------------------------------------------------------------------------------------------------

FOUND = [
    ("team of (\\w+)", "$1"), ("(\\d+) reps", "$1"), ("(\\d+)-(\\d+) reps", "$1 to $2"), ("no reps", "0"),
    ("(?:(\\d+) )?reps", "$1"), ("lost (\\d+)", "< $1"), ("^(\\d+) reps", "$1+"), ("(\\w+) reps$", "$1"),
]  # fmt: skip
FOUND_LEADERS = [
    ("no sales manager", "nobody"), ("owner", "owner"), ("(owner|sales manager)", "$1"),
    ("hired an? (\\w+ \\w+)", "$1"), ("^the (\\w+) sells", "$1"),
]  # fmt: skip
UNLESS = ["lost", "many|wants", "^no ", "reps$", "sales manager"]
FRAGMENTS = [
    "team of four reps", "Team of many reps", "3 reps", "no reps", "2-3 reps", "lost 5 reps", "No sales manager",
    "the owner sells", "never had a sales manager", "hired a sales manager", "hired an office clerk", "wants 7 REPS",
]  # fmt: skip
JOINTS = [". ", "; ", "! ", ", ", "  ", ".", "?! "]
AMOUNTS = ["3", "12", "four", "<5", "1-8", "10+", "up to 7", "0", "lots", "none"]
LEADERS = ["founder", "vacant", "none", "Sales Manager", "somebody"]
FIRMS = ["Acme", "Bolt", "Cog"]
TITLES = ["Sales Rep", "Account Executive", "Sales Manager", "Owner", "Clerk", ""]


@st.composite
def remarks(draw: st.DrawFn) -> str:
    parts = draw(st.lists(st.sampled_from(FRAGMENTS), max_size=4))
    return "".join(part + draw(st.sampled_from(JOINTS)) for part in parts)


@st.composite
def text_rules(draw: st.DrawFn, pool: list[tuple[str, str]]) -> Plain:
    find, value = draw(st.sampled_from(pool))
    sources = draw(st.sampled_from([["notes"], ["remarks"], ["notes", "remarks"], ["remarks", "notes"]]))
    rule: Plain = {"from": sources, "find": find, "value": value}
    if draw(st.booleans()):
        rule["unless"] = draw(st.sampled_from(UNLESS))
    return rule


COUNTS = [
    {"contacts": "sales rep|executive", "count": "at_least"}, {"contacts": "sales rep", "count": "exact"},
    {"contacts": "sales", "count": "exact"}, {"contacts": "^account", "value": "2"}, {"at_most": "staff"},
]  # fmt: skip
HEADS = [{"contacts": "sales manager", "value": "pro"}, {"contacts": "owner", "value": "owner"}]


def filled(pool: Sequence[str]) -> st.SearchStrategy[str]:
    """Blank about as often as not: else nothing is inferred."""
    return st.one_of(st.sampled_from(["", "", "n/a"]), st.sampled_from(pool))


@st.composite
def cases(draw: st.DrawFn) -> tuple[Plain, Rows, People | None, bool]:
    """A pack, a list, its people or none, and whether anything is inferred."""
    reps = draw(st.lists(st.one_of(text_rules(FOUND), text_rules(FOUND), st.sampled_from(COUNTS)), max_size=4))
    heads = draw(st.lists(st.one_of(text_rules(FOUND_LEADERS), st.sampled_from(HEADS)), max_size=3))
    assumed = draw(st.sampled_from([{}, {}, {"reps": "4"}, {"reps": "10+", "leader": "owner"}]))
    columns = {
        "name": st.sampled_from([*FIRMS, ""]), "notes": remarks(), "remarks": remarks(), "staff": filled(AMOUNTS),
        "reps": filled(AMOUNTS), "leader": filled(LEADERS),
    }  # fmt: skip
    kept = {field: cells for field, cells in columns.items() if field == "name" or draw(st.integers(0, 5))}
    rows = draw(st.lists(st.fixed_dictionaries(kept), min_size=1, max_size=6))
    people = st.lists(st.tuples(st.sampled_from([*FIRMS[:2], "Dot", ""]), st.sampled_from(TITLES)), max_size=6)
    return pack_data(reps, heads, assumed), rows, draw(st.none() | people), draw(st.integers(0, 7)) > 0


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_random_inferences_agree_with_the_reference(case: tuple[Plain, Rows, People | None, bool]) -> None:
    data, rows, people, infer = case
    pack = parse_pack(json.dumps(data))
    expected = reference(data, rows, people, infer)
    direct, duckdb = run("direct", pack, rows, people, infer, flat=False), run("duckdb", pack, rows, people, infer)
    assert direct.prospects == duckdb.prospects
    assert [figures(one) for one in direct.prospects] == expected
    lines = csv.DictReader(duckdb.flat.splitlines())
    assert [(line["psm_verdict"], float(line["psm_fit_score"]), line["name"]) for line in lines] == [
        (one["verdict"], one["score"], rows[one["row"] - 1]["name"]) for one in expected
    ]


def test_the_flat_file_is_the_same_whatever_engine_judged() -> None:
    people = [("Acme", "Sales Rep"), ("Bolt", "Owner")]
    rows = [{"name": "Acme", "notes": "team of 3 reps"}, {"name": "Bolt", "staff": "0"}, {"name": "Acme", "reps": "9"}]
    direct, *others = (run(name, HAND, rows, people) for name in ENGINES)
    assert others == [direct] * 2
    assert [line.split(",")[2] for line in direct.flat.splitlines()[1:]] == [
        "qualified",
        "disqualified",
        "disqualified",
    ]


@settings(max_examples=200, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(case=cases())
def test_one_prospect_alone_agrees_with_the_reference(case: tuple[Plain, Rows, People | None, bool]) -> None:
    """The same without files and engines, on many more cases."""
    data, rows, people, infer = case
    pack = parse_pack(json.dumps(data))
    for expected in reference(data, rows, people, infer):
        row = rows[expected["row"] - 1]
        titles = [title for company, title in people or () if company == row["name"] != ""] or None
        cells = {field: row.get(field) for field in pack.fields}
        found = read_facts(pack, Evidence(cells, titles, infer=infer))
        guessed = {field: (one.candidate.text, one.candidate.words) for field, one in found.inferred.items()}
        assert guessed == {
            field: (text, words) for field, (how, text, _, words) in expected["facts"].items() if how == "inferred"
        }


# -- by hand -----------------------------------------------------------------------------------------------------

HAND = parse_pack(
    json.dumps(
        pack_data(
            [
                {"from": ["notes"], "find": "team of (\\w+) reps", "value": "$1"},
                {"from": ["notes", "remarks"], "find": "(\\d+) reps", "value": "$1", "unless": "quit|left"},
                {"contacts": "sales rep", "count": "at_least"},
                {"at_most": "staff"},
            ],
            [
                {"from": ["notes"], "find": "no (?:\\w+ )?sales manager", "value": "nobody"},
                {"from": ["notes"], "find": "sales manager", "value": "pro"},
            ],
        )
    )
)


def facts(people: People | None = None, **cells: str) -> dict[str, tuple[str, str, str | None]]:
    """How the two fields come to a value, what it is, and where it stands."""
    (one,) = both(HAND, [cells], people)
    return {field: (fact.how, fact.read, fact.column) for field, fact in one.facts.items() if field in READ}


@pytest.mark.parametrize(
    ("notes", "leader"),
    [
        ("They have no sales manager.", "nobody"),
        ("No full-time manager, no real sales manager", "nobody"),
        ("Has a sales manager", "pro"),
        ("Has a sales manager; the branch has no sales manager", "nobody"),  # the order of the rules, not of the text
    ],
)
def test_a_negation_that_stands_first_goes_before(notes: str, leader: str) -> None:
    assert facts(notes=notes)["leader"] == ("inferred", leader, "notes")


def test_a_text_that_cannot_be_read_leaves_it_to_the_next_rule() -> None:
    assert facts(notes="team of many reps, 5 reps")["reps"] == ("inferred", "5", "notes")


def test_a_source_that_says_nothing_leaves_it_to_the_next() -> None:
    assert facts(notes="n/a", remarks="now 5 reps")["reps"] == ("inferred", "5", "remarks")


def test_unless_passes_over_one_sentence_and_not_the_next() -> None:
    assert facts(notes="2 reps quit last year. 4 reps now.")["reps"] == ("inferred", "4", "notes")
    assert "reps" not in facts(notes="2 reps quit last year, 4 reps now.")


def test_n_a_is_inferred_over_and_a_word_of_the_field_is_not() -> None:
    found = facts(notes="2 reps. They have a sales manager", reps="n/a", leader="none")
    assert found == {"reps": ("inferred", "2", "notes"), "leader": ("cell", "nobody", "leader")}
    assert facts(notes="They have a sales manager", leader="N/A")["leader"] == ("inferred", "pro", "notes")


def test_what_is_not_understood_is_never_inferred_over() -> None:
    (one,) = both(HAND, [{"notes": "2 reps", "reps": "a few", "staff": "5"}], [("Acme", "Sales Rep")])
    assert "reps" not in one.facts
    assert one.not_understood == {"reps": "a few"}
    assert (one.verdict, one.conflicts) == ("needs_info", ())


def test_an_inferred_fact_says_what_it_rests_on() -> None:
    (one,) = both(HAND, [{"name": "Acme", "notes": "Says: Team of  Four reps!"}])
    fact = one.facts["reps"]
    assert (fact.value, fact.read, fact.how, fact.column, fact.words) == (
        "four", "4", "inferred", "notes", "team of four reps",
    )  # fmt: skip
    reasons = {result.criterion.id: result.reason for result in one.criteria}
    assert "inferred, notes: “team of four reps”" in reasons["small"]


def test_job_titles_are_a_lower_bound_and_told_once_each() -> None:
    people = [("Acme", "Sales Rep"), ("ACME Inc.", "Sales Rep"), ("Acme", "Senior Sales Rep"), ("Acme", "Clerk")]
    (one,) = both(HAND, [{"name": "Acme"}], people)
    fact = one.facts["reps"]
    assert (fact.read, fact.column, fact.words) == ("at least 3", "the contact list", "Sales Rep, Senior Sales Rep")


def test_a_firm_without_contacts_is_unknown_and_a_complete_list_can_say_zero() -> None:
    pack = parse_pack(json.dumps(pack_data([{"contacts": "sales rep", "count": "exact"}])))
    acme, bolt = both(pack, [{"name": "Acme"}, {"name": "Bolt"}], [("Acme", "Clerk")])
    assert (acme.facts["reps"].read, acme.facts["reps"].words, acme.verdict) == (
        "0", "no such job title", "disqualified",
    )  # fmt: skip
    assert ("reps" in bolt.facts, bolt.verdict) == (False, "needs_info")


def test_a_cell_and_notes_that_disagree_are_a_conflict_and_the_cell_counts() -> None:
    (one,) = both(HAND, [{"reps": "12", "notes": "team of four reps"}])
    (conflict,) = one.conflicts
    assert (conflict.field, conflict.counts.read, conflict.other.read) == ("reps", "12", "4")
    assert (conflict.other.how, conflict.other.column, conflict.other.words) == (
        "inferred", "notes", "team of four reps",
    )  # fmt: skip
    assert one.verdict == "disqualified"


@pytest.mark.parametrize("reps", ["4", "3-5", "under 5", "1+"])
def test_numbers_that_overlap_are_no_conflict(reps: str) -> None:
    (one,) = both(HAND, [{"reps": reps, "notes": "team of four reps", "staff": "20"}])
    assert one.conflicts == ()


def test_two_inferences_that_disagree_are_a_conflict_too() -> None:
    (one,) = both(HAND, [{"notes": "team of four reps", "staff": "3"}])
    assert [(each.counts.read, each.other.read) for each in one.conflicts] == [("4", "at most 3")]


def test_infer_false_draws_nothing_and_sees_no_conflict() -> None:
    rows = [{"notes": "team of four reps", "staff": "3"}, {"reps": "9", "notes": "3 reps", "staff": "3"}]
    blank, said = both(HAND, rows, [("Acme", "Sales Rep")], infer=False)
    assert "reps" not in blank.facts
    assert (said.facts["reps"].how, blank.conflicts, said.conflicts) == ("cell", (), ())


@pytest.mark.parametrize(
    ("staff", "read", "verdict"),
    [
        ("5", "at most 5", "needs_info"),
        ("2-8", "at most 8", "needs_info"),
        ("<1", "under 1", "disqualified"),
        ("<= 1", "at most 1", "needs_info"),
        ("up to 0.5", "at most 0.5", "disqualified"),
        ("1,200", "at most 1,200", "needs_info"),
        ("1.2k", "at most 1,200", "needs_info"),
        ("10+", None, "needs_info"),
        ("lots", None, "needs_info"),
        ("", None, "needs_info"),
    ],
)
def test_a_part_is_at_most_its_whole(staff: str, read: str | None, verdict: str) -> None:
    (one,) = both(HAND, [{"name": "Acme", "staff": staff}])
    assert (one.facts["reps"].read if "reps" in one.facts else None, one.verdict) == (read, verdict)


def test_a_bound_comes_after_everything_else_wherever_it_is_written() -> None:
    rules: list[Plain] = [{"at_most": "staff"}, {"from": ["notes"], "find": "(\\d+) reps", "value": "$1"}]
    pack = parse_pack(json.dumps(pack_data(rules)))
    (one,) = both(pack, [{"staff": "50", "notes": "3 reps"}])
    assert one.facts["reps"].read == "3"


def test_a_chain_of_inferences_is_not_drawn() -> None:
    """A bound looks at what a cell says: what is inferred itself bounds nothing."""
    data = pack_data([{"at_most": "staff"}])
    data["fields"]["staff"]["infer"] = [{"from": ["notes"], "find": "(\\d+) people", "value": "$1"}]
    (one,) = both(parse_pack(json.dumps(data)), [{"notes": "5 people"}])
    assert (one.facts["staff"].read, "reps" in one.facts) == ("5", False)


def test_an_inferred_value_goes_before_an_assumed_one() -> None:
    rules = [{"from": ["notes"], "find": "(\\d+) reps", "value": "$1"}]
    pack = parse_pack(json.dumps(pack_data(rules, assumed={"reps": "9"})))
    found, silent = both(pack, [{"notes": "3 reps"}, {"notes": "many reps"}])
    assert (found.facts["reps"].how, found.verdict, found.provisional) == ("inferred", "qualified", False)
    assert (silent.facts["reps"].how, silent.verdict, silent.provisional) == ("assumed", "disqualified", True)


# -- phrases -----------------------------------------------------------------------------------------------------

PHRASED = """\
pack: {name: phrased}
phrases:
  sellers: reps|salespeople
  team: "(?:team|staff) of (?:|\\\\w+ )<sellers>"
fields:
  notes: {type: text}
  reps:
    type: number
    infer: [{from: [notes], find: "(\\\\d+) <sellers>", value: "$1", unless: "<team>"}]
  staff: {type: number}
  coached: {type: yes_no, infer: [{from: [notes], find: "<team>", value: yes}]}
scorecards:
  fit:
    criteria: {small: {required: true, when: {reps: {between: [1, 6]}}, points: 40}}
    bands: {A: {at_least: 0}}
"""


def test_phrases_stand_in_patterns_and_in_later_phrases() -> None:
    rows = [{"notes": "3 salespeople"}, {"notes": "a team of 3 salespeople"}, {"notes": "team of 3 clerks"}]
    alone, team, clerks = both(parse_pack(PHRASED), rows)
    assert alone.facts["reps"].read == "3"  # the alternatives of a phrase hold together
    assert ("reps" in team.facts, team.facts["coached"].read) == (False, "yes")
    assert clerks.facts.keys() == {"notes"}


def test_a_phrase_may_follow_an_optional_part() -> None:
    text = inferring('{from: [notes], find: "(\\\\d+) (?:good )?<sellers>", value: $1}')
    (one,) = both(parse_pack(text), [{"notes": "3 good salespeople"}])
    assert one.facts["reps"].read == "3"


def test_a_layer_adds_phrases_and_uses_those_below(tmp_path: Path) -> None:
    base, ours = tmp_path / "base.yaml", tmp_path / "ours.yaml"
    base.write_text(PHRASED, encoding="utf-8")
    ours.write_text(
        "pack: {name: ours}\nphrases: {closers: 'closers|<sellers>'}\nfields:\n"
        "  ends: {type: number, infer: [{from: [notes], find: '(\\d+) <closers>', value: $1}]}\n",
        encoding="utf-8",
    )
    closers, sellers = both(load_pack(base, ours), [{"notes": "5 closers"}, {"notes": "4 reps"}])
    assert (closers.facts["ends"].read, sellers.facts["ends"].read, sellers.facts["reps"].read) == ("5", "4", "4")


# -- faults ------------------------------------------------------------------------------------------------------

TEAM = '"(?:team|staff) of (?:|\\\\w+ )<sellers>"'
INFER = 'infer: [{from: [notes], find: "(\\\\d+) <sellers>", value: "$1", unless: "<team>"}]'


def inferring(rule: str) -> str:
    """The pack with another inference for its number."""
    assert PHRASED.count(INFER) == 1
    return PHRASED.replace(INFER, f"infer: [{rule}]")


def coached(rule: str) -> str:
    """The pack with another inference for its yes or no."""
    return PHRASED.replace('{from: [notes], find: "<team>", value: yes}', rule)


FAULTS = {
    "at_most of something that is no number": (
        inferring("{at_most: ⟦notes⟧}"), "bad-infer", "notes is a text field", "name a number"),
    "at_most of itself": (inferring("{at_most: ⟦reps⟧}"), "bad-infer", "own bound", "name a number"),
    "at_most of a field that is not there": (inferring("{at_most: ⟦rep⟧}"), "unknown-field", "'rep'", "'reps'"),
    "at_most for a yes or no": (coached("{at_most: ⟦reps⟧}"), "bad-infer", "at_most gives a number", "type: number"),
    "a count for a yes or no": (
        coached("{contacts: coach, count: ⟦exact⟧}"), "bad-infer", "count gives a number", "type: number"),
    "unless without find": (
        inferring("⟦{⟧contacts: rep, count: exact, unless: x}"), "bad-infer", "`unless` goes with", "take it out"),
    "two forms in one": (
        inferring("⟦{⟧contacts: rep, count: exact, at_most: staff}"), "bad-infer", "either", "keep one"),
    "no form at all": (inferring("⟦{⟧from: [notes], value: 3}"), "bad-infer", "either", "keep one"),
    "text without a value": (inferring("⟦{⟧from: [notes], find: reps}"), "bad-infer", "needs", "value"),
    "contacts with both": (
        inferring("⟦{⟧contacts: rep, count: exact, value: 3}"), "bad-infer", "either `count` or", "fixed value"),
    "a source that is no text": (
        inferring("{from: [⟦coached⟧], find: reps, value: 3}"), "bad-infer", "yes_no field", "notes"),
    "a source that is not there": (
        inferring("{from: [⟦note⟧], find: reps, value: 3}"), "unknown-field", "'note'", "'notes'"),
    "a group that is not there": (
        inferring('{from: [notes], find: "(\\\\d+) reps", value: ⟦$2⟧}'), "bad-infer", "$2", "1 group"),
    "a value that the field can't read": (
        inferring("{from: [notes], find: reps, value: ⟦lots⟧}"), "bad-literal", "lots", ""),
    "a pattern that is none": (
        inferring('{from: [notes], find: ⟦"(reps"⟧, value: 3}'), "bad-pattern", "(reps", ""),
    "a phrase that is not there": (
        inferring("{from: [notes], find: ⟦<seller> now⟧, value: 3}"), "unknown-phrase", "'seller'", "'sellers'"),
    "a phrase with a group": (
        PHRASED.replace(TEAM, "⟦(team|staff) of <sellers>⟧"),
        "group-in-phrase", "'team'", "(?:"),
    "a phrase that stands further down": (
        PHRASED.replace("sellers: reps|salespeople", "sellers: ⟦reps|<team>⟧"), "unknown-phrase", "'team'", ""),
    "a phrase under a name that can't stand in < >": (
        PHRASED.replace("phrases:\n", "phrases:\n  ⟦Our-Team⟧: us\n"), "bad-name", "'Our-Team'", "small letters"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_inference_is_found_at_its_place(name: str) -> None:
    marked, code, said, hint = FAULTS[name]
    text, ((line, column, length),) = unmarked(marked)
    (found,) = findings(lambda: parse_pack(text))
    assert (found.code, found.place.line, found.place.column, found.place.length) == (code, line, column, length)
    assert said in found.message
    assert hint in found.hint


def test_a_phrase_below_a_layer_is_defined_once(tmp_path: Path) -> None:
    base, ours = tmp_path / "base.yaml", tmp_path / "ours.yaml"
    base.write_text(PHRASED, encoding="utf-8")
    ours.write_text("pack: {name: ours}\nphrases: {sellers: closers}\n", encoding="utf-8")
    with pytest.raises(PackError, match="sellers"):
        load_pack(base, ours)
