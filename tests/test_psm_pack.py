"""The shipped PSM pack: its own cases through both engines, and what the sources ask of it."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from psm_qualify.authoring.coverage import coverage
from psm_qualify.authoring.testing import SuiteResult, run_suite
from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.errors import PackError
from psm_qualify.facts.text import squash
from psm_qualify.results import Prospect
from psm_qualify.rules.loader import load_pack, read_pack
from psm_qualify.rules.shipped import shipped_pack
from psm_qualify.scoring import score
from psm_qualify.sources.mapping import map_columns
from psm_qualify.sources.table import Scan, Table

SOURCE = read_pack("psm")
PACK = SOURCE.pack
ENGINES: Mapping[str, Callable[[], Engine]] = {"direct": DirectEngine, "duckdb": DuckDBEngine}
OUTCOMES = {True: "met", False: "not met", None: "unknown"}
STATEMENTS = [f"S{number}" for number in range(1, 40)]


def parts(node: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every mapping entry of a plain tree, with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield (*path, key), value
            yield from parts(value, (*path, key))
    elif isinstance(node, list):
        for value in node:
            yield from parts(value, path)


WRITTEN = [
    yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for file in sorted(shipped_pack().glob("*.yaml"))
]
FIELDS: Mapping[str, Any] = {name: spec for file in WRITTEN for name, spec in file.get("fields", {}).items()}


def statements(text: str) -> set[str]:
    """The statements that a source or a name cites: `S2`, `S3, S4`, `S3-S6`, `S3 to S6`."""
    ends = re.findall(r"S(\d+)(?:\s*(?:-|to)\s*S(\d+))?", text)
    return {f"S{number}" for first, last in ends for number in range(int(first), int(last or first) + 1)}


def run(rows: Sequence[Mapping[str, str]], folder: Path, engine: str) -> list[Prospect]:
    """The rows through CSV and an engine, in the order of the input. Headers are field ids."""
    headers = list(dict.fromkeys(field for row in rows for field in row))
    path = folder / "list.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, headers, restval="")
        writer.writeheader()
        writer.writerows(rows)
    with score([path], PACK, engine=ENGINES[engine]()) as ranking:
        return sorted(ranking, key=lambda prospect: prospect.row)


def judge(folder: Path, **cells: str) -> Prospect:
    (only,) = run([cells], folder, "direct")
    return only


def outcomes(prospect: Prospect) -> dict[str, str]:
    """The verdict of each criterion, by its id and by scorecard.id."""
    found = {}
    for result in prospect.criteria:
        found[result.criterion.id] = OUTCOMES[result.verdict]
        found[f"{result.criterion.scorecard}.{result.criterion.id}"] = OUTCOMES[result.verdict]
    return found


# ---------------------------------------- the pack's own cases


@pytest.fixture(scope="module", params=ENGINES)
def judged(request: pytest.FixtureRequest) -> SuiteResult:
    """All cases of the pack as one list, through one engine."""
    return run_suite(SOURCE, engine=ENGINES[request.param]())


@pytest.mark.parametrize("number", range(len(PACK.tests)), ids=[test.name for test in PACK.tests])
def test_the_packs_own_cases_pass_in_every_engine(number: int, judged: SuiteResult) -> None:
    assert judged.cases[number].test == PACK.tests[number]
    assert judged.cases[number].misses == ()


def test_the_engines_own_verdicts_are_those_of_the_cases(judged: SuiteResult) -> None:
    verdicts = Counter(case.found.verdict for case in judged.cases)
    assert verdicts == Counter(judged.verdicts)
    assert verdicts.total() == len(PACK.tests)


def test_the_cases_reach_every_outcome_of_every_criterion_and_level() -> None:
    found = coverage(SOURCE, run_suite(SOURCE))
    assert [(part.criterion.id, part.number, part.way, part.missing) for part in found.gaps] == []
    assert found.reached == found.outcomes == sum(len(part.tests) for part in found.parts)
    levels = [criterion.levels for criterion in PACK.criteria if len(criterion.levels) > 1]
    assert found.outcomes >= 3 * len(PACK.criteria) + 3 * sum(map(len, levels))  # nothing is left out of the count


def test_every_case_expects_something() -> None:
    empty = [test.name for test in PACK.tests if not test.expect.model_dump(exclude_defaults=True)]
    assert empty == []


def test_every_criterion_is_seen_met_not_met_and_unknown_by_some_case() -> None:
    seen = {(name.split(".")[-1], outcome) for test in PACK.tests for name, outcome in test.expect.criteria.items()}
    wanted = {(criterion.id, outcome) for criterion in PACK.criteria for outcome in OUTCOMES.values()}
    assert wanted - seen == set()


# ---------------------------------------- every statement has its place


def test_every_statement_is_cited_by_a_rule() -> None:
    cited: dict[str, list[tuple[str, ...]]] = {}
    for file in WRITTEN:
        for path, value in parts(file.get("scorecards", {})):
            if path[-1] == "source":
                for statement in statements(value):
                    cited.setdefault(statement, []).append(path)
    assert set(cited) == set(STATEMENTS)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_is_named_by_a_case(statement: str) -> None:
    assert any(statement in statements(test.name) for test in PACK.tests)


@pytest.mark.parametrize(
    ("statement", "criteria"),
    [
        ("S2", {"small_sales_force"}),
        ("S3", {"leadership_gap", "who_leads"}),
        ("S4", {"leadership_gap", "who_leads"}),
        ("S5", {"leadership_gap", "goals_not_exceeded"}),
        ("S6", {"leadership_gap", "mentoring"}),
    ],
)
def test_the_ideal_client_rules_stand_in_the_fit_scorecard(statement: str, criteria: set[str]) -> None:
    citing = {one.id for one in PACK.primary.criteria if statement in statements(one.source or "")}
    assert criteria <= citing


def test_every_criterion_names_its_source() -> None:
    assert [criterion.id for criterion in PACK.criteria if not statements(criterion.source or "")] == []


def test_the_bands_pass_on_what_is_for_the_prospects_people() -> None:
    passed_on = [
        advice for card in PACK.scorecards.values() for band in card.bands for advice in band.advice
        if advice.for_ == "prospect"
    ]  # fmt: skip
    assert {statement for advice in passed_on for statement in statements(advice.source or "")} == {
        f"S{number}" for number in range(31, 39)
    }
    assert all(statements(advice.source or "") for advice in passed_on)


WRITTEN_ADVICE = [
    (card.id, advice) for card in PACK.scorecards.values() for part in (*card.criteria, *card.bands)
    for advice in part.advice
]  # fmt: skip


@pytest.fixture(scope="module")
def advised(tmp_path_factory: pytest.TempPathFactory) -> list[Prospect]:
    """Every example prospect, and every prospect of the pack's own cases."""
    with score([Path(__file__).parents[1] / "examples" / "prospects.csv"], PACK) as ranking:
        examples = list(ranking)
    return examples + run([test.prospect for test in PACK.tests], tmp_path_factory.mktemp("advised"), "direct")


def test_every_advice_cites_its_statement() -> None:
    assert [advice.say for _, advice in WRITTEN_ADVICE if not statements(advice.source or "")] == []


def test_coaching_cites_what_is_coached() -> None:
    coached = {
        (card, statement) for card, advice in WRITTEN_ADVICE
        if advice.for_ == "prospect" for statement in statements(advice.source or "")
    }  # fmt: skip
    service = {("service", f"S{number}") for number in range(26, 32)}
    assert coached == service | {("relationship", f"S{number}") for number in (10, *range(32, 39))}


def test_the_consultant_is_told_nothing_of_what_is_coached() -> None:
    told = {
        statement for _, advice in WRITTEN_ADVICE
        if advice.for_ == "consultant" for statement in statements(advice.source or "")
    }  # fmt: skip
    assert told.isdisjoint({f"S{number}" for number in range(31, 39)})


def test_advice_is_short() -> None:
    long = {"S25", "S33", "S36"}  # as the source is, too
    assert [advice.say for _, advice in WRITTEN_ADVICE if len(advice.say) > 110 and advice.source not in long] == []


def test_no_prospect_gets_two_advices_on_one_topic(advised: list[Prospect]) -> None:
    topics = {(advice.for_, advice.say): advice.topic for _, advice in WRITTEN_ADVICE}
    for prospect in advised:
        spoken = [(one.for_, topics[one.for_, one.say]) for one in prospect.advice]
        on_topics = [each for each in spoken if each[1] is not None]
        assert len(on_topics) == len(set(on_topics)), prospect.name
        assert len({(one.for_, one.say) for one in prospect.advice}) == len(prospect.advice)


def test_no_disqualified_prospect_is_told_to_call_or_coached(advised: list[Prospect]) -> None:
    turned_down = [prospect for prospect in advised if prospect.verdict == "disqualified"]
    assert len(turned_down) > 10
    for prospect in turned_down:
        assert {one.for_ for one in prospect.advice} == {"consultant"}
        assert {one.criterion for one in prospect.advice} <= {"small_sales_force", "leadership_gap"}
        assert not [one for one in prospect.advice if re.search(r"\b(call|offer|ask|propose|meet)", one.say.casefold())]


def test_every_other_prospect_is_to_be_called(advised: list[Prospect]) -> None:
    for prospect in advised:
        if prospect.verdict != "disqualified":
            calls = [one.say for one in prospect.advice if re.search(r"\bcall\b", one.say.casefold())]
            assert len(calls) == 1, prospect.name
            assert calls[0].startswith("Make one short call now") == (prospect.verdict == "needs_info")


def test_who_sells_and_who_leads_is_asked_only_where_it_is_not_known(advised: list[Prospect]) -> None:
    for prospect in advised:
        found = outcomes(prospect)
        asked = " ".join(one.say for one in prospect.advice if one.for_ == "consultant")
        assert "how many people mainly sell" not in asked or found["small_sales_force"] == "unknown"
        assert "who leads the people" not in asked or found["who_leads"] == "unknown"


@pytest.mark.parametrize(
    ("band", "present", "absent"),
    [
        ("client", {"S25", "S33", "S34", "S35"}, {"S36", "S37"}),
        ("customer", {"S36", "S37"}, {"S25", "S33", "S34", "S35"}),
    ],
)
def test_the_advice_fits_the_relationship(band: str, present: set[str], absent: set[str]) -> None:
    (found,) = [one for one in PACK.scorecards["relationship"].bands if one.id == band]
    sources = {statement for advice in found.advice for statement in statements(advice.source or "")}
    assert present <= sources
    assert absent.isdisjoint(sources)


# ---------------------------------------- headers


def feeds(*headers: str) -> dict[str, str]:
    """The headers that feed a field, and which."""
    mapped = map_columns(Table("list", Scan(Path("list"), ",", len(headers)), headers), PACK, {})
    return {mapped.header(field): field for field in mapped.columns}


@pytest.mark.parametrize(
    "header",
    [
        "Company owner", "Account Owner", "Lead Owner", "Organization - Owner", "ORGANIZATION_OWNER", "Contact owner",
        "Owner", "Deal - Owner", "HubSpot Owner", "Sales Rep", "Salesperson", "Account: Account Owner", "Owner Name",
        "Assigned To",
    ],
)  # fmt: skip
def test_ones_own_rep_is_no_fact_of_the_prospect(header: str) -> None:
    assert feeds("Company name", header) == {"Company name": "name", header: "our_rep"}
    assert "our_rep" not in PACK.used_fields


@pytest.mark.parametrize("header", ["Title", "Lead Status", "Annual Revenue", "Organization - Annual revenue"])
def test_columns_that_are_no_fact_feed_no_criterion(header: str) -> None:
    assert feeds("Company name", header)[header] not in PACK.used_fields


@pytest.mark.parametrize(
    "header",
    [
        "Number of Employees", "No. of Employees", "NumberOfEmployees", "NUMBEROFEMPLOYEES", "# Employees", "Employees",
        "Employee Count", "Headcount", "Total Headcount", "Company Size", "Staff Count", "employee_range",
        "Organization - Number of employees",
    ],
)  # fmt: skip
def test_headcount_is_not_the_sales_force(header: str) -> None:
    assert feeds(header) == {header: "employees"}
    assert "employees" not in PACK.used_fields


def test_no_header_of_the_sales_force_is_one_of_headcount() -> None:
    for header in PACK.fields["sales_reps"].columns:
        assert re.search("sales|sell|rep", header.casefold()), header


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Record ID", "id"),
        ("Record Id", "id"),
        ("Company name", "name"),
        ("Company / Account", "name"),
        ("Account Name", "name"),
        ("Account: Account Name", "name"),
        ("Organization - Name", "name"),
        ("Company", "name"),
        ("Company Name for Emails", "name"),
        ("companyName", "name"),
        ("fullName", "name"),
        ("Number of Employees", "employees"),
        ("No. of Employees", "employees"),
        ("NumberOfEmployees", "employees"),
        ("NUMBEROFEMPLOYEES", "employees"),
        ("# Employees", "employees"),
        ("Industry", "industry"),
        ("Description", "notes"),
        ("Short Description", "notes"),
    ],
)
def test_the_headers_of_crms_feed_their_fields(header: str, field: str) -> None:
    assert feeds(header) == {header: field}


def test_the_firms_name_goes_before_the_persons() -> None:
    assert feeds("fullName", "companyName") == {"companyName": "name"}


def test_no_header_is_claimed_by_two_fields() -> None:
    owners: dict[str, set[str]] = {}
    for field in PACK.fields.values():
        for header in (field.id, field.label, *field.columns):
            owners.setdefault(squash(header), set()).add(field.id)
    assert {header: fields for header, fields in owners.items() if len(fields) > 1} == {}


# ---------------------------------------- fields


def test_purchase_frequency_moves_nothing(tmp_path: Path) -> None:
    assert "purchase_frequency" in PACK.fields
    assert "purchase_frequency" not in PACK.used_fields
    cells = {"sales_reps": "3", "stay_share": "10%", "seeks_advice": "no"}
    rows = [{**cells, "purchase_frequency": frequency} for frequency in ("", "daily", "once", "250 a year")]
    assert len({str(prospect.scorecards) for prospect in run(rows, tmp_path, "direct")}) == 1


@pytest.mark.parametrize("field", sorted(PACK.used_fields))
def test_every_field_that_counts_has_a_question_and_a_label(field: str) -> None:
    spec = FIELDS[field]
    assert spec["question"].rstrip().endswith("?")
    assert spec["label"].strip()


def test_questions_are_in_the_order_of_a_call() -> None:
    order = [
        "sales_reps", "sales_leader", "leader_full_time", "goal_attainment", "goals_reasonable",
        "beat_realistic_goal", "seeks_advice", "stay_share",
    ]  # fmt: skip
    assert [field for field in PACK.fields if field in order] == order


# ---------------------------------------- what the points come to


def test_the_verdict_rests_on_the_sales_force_and_the_leadership_gap() -> None:
    assert [criterion.id for criterion in PACK.required] == ["small_sales_force", "leadership_gap"]
    assert PACK.rank_by == ("fit", "relationship")


def test_an_unmanaged_team_of_three_lands_in_a(tmp_path: Path) -> None:
    prospect = judge(tmp_path, sales_reps="3", sales_leader="nobody")
    assert (prospect.verdict, prospect.provisional, prospect.scorecards["fit"].band) == ("qualified", False, "A")
    assert "unmanaged" in prospect.ways


@pytest.mark.parametrize(("reps", "verdict"), [
    ("0", "disqualified"), ("1", "qualified"), ("6", "qualified"), ("7", "disqualified"),
    ("only the owner", "disqualified"),
    ("1-6", "qualified"), ("7-10", "disqualified"), ("5-10", "needs_info"), ("0-3", "needs_info"), ("", "needs_info"),
])  # fmt: skip
def test_one_to_six_salespeople_are_a_small_sales_force(reps: str, verdict: str, tmp_path: Path) -> None:
    assert judge(tmp_path, sales_reps=reps, sales_leader="nobody").verdict == verdict


LED = {"sales_reps": "4", "sales_leader": "Sales Manager", "leader_full_time": "yes"}
NO_OTHER_WAY = {**LED, "sets_goals": "yes", "managed_before": "yes", "leader_coached": "yes", "needs_mentoring": "no"}


@pytest.mark.parametrize(
    ("attainment", "verdict"),
    [("99%", "qualified"), ("100%", "qualified"), ("100.1%", "disqualified"), ("95-105%", "needs_info")],
)
def test_to_meet_goals_exactly_is_not_to_exceed_them(attainment: str, verdict: str, tmp_path: Path) -> None:
    cells = {**NO_OTHER_WAY, "goal_attainment": attainment, "goals_reasonable": "yes"}
    assert judge(tmp_path, **cells).verdict == verdict


def test_missing_unreasonable_goals_earns_nothing(tmp_path: Path) -> None:
    missed = judge(tmp_path, **LED, goal_attainment="60%", goals_reasonable="no")
    unasked = judge(tmp_path, **LED)
    assert missed.scorecards["fit"].score == unasked.scorecards["fit"].score
    assert missed.verdict == unasked.verdict == "needs_info"


@pytest.mark.parametrize(
    ("would_have_beaten", "verdict"), [("", "needs_info"), ("no", "qualified"), ("yes", "disqualified")]
)
def test_missing_unreasonable_goals_leaves_the_way_open(would_have_beaten: str, verdict: str, tmp_path: Path) -> None:
    missed = {**NO_OTHER_WAY, "goal_attainment": "60%", "goals_reasonable": "no"}
    prospect = judge(tmp_path, **missed, beat_realistic_goal=would_have_beaten)
    assert (prospect.verdict, prospect.provisional) == (verdict, False)


@pytest.mark.parametrize(
    ("leader", "way"),
    [
        ({"sales_leader": "vacant"}, "unmanaged"),
        ({"sales_leader": "Founder & CEO"}, "led by a non-seller"),
        ({"sales_leader": "Sales Manager", "goal_attainment": "90%", "goals_reasonable": "yes"}, "goals not exceeded"),
        ({"sales_leader": "Sales Manager", "needs_mentoring": "yes"}, "needs mentoring"),
    ],
    ids=["S3", "S4", "S5", "S6"],
)
def test_each_way_in_is_shown_by_name(leader: dict[str, str], way: str, tmp_path: Path) -> None:
    prospect = judge(tmp_path, sales_reps="4", **leader)
    assert (prospect.verdict, prospect.ways) == ("qualified", (way,))


def test_a_sales_professional_who_exceeds_goals_is_no_gap(tmp_path: Path) -> None:
    assert judge(tmp_path, **NO_OTHER_WAY, goal_attainment="120%", goals_reasonable="yes").verdict == "disqualified"


@pytest.mark.parametrize("cells", [{"employees": "5"}, {"employees": "4", "owner_sells": "yes"}])
def test_headcount_and_a_selling_owner_prove_no_sales_force(cells: dict[str, str], tmp_path: Path) -> None:
    prospect = judge(tmp_path, sales_leader="owner", **cells)
    assert (prospect.verdict, outcomes(prospect)["small_sales_force"]) == ("needs_info", "unknown")


def test_qualified_firms_do_not_all_tie(tmp_path: Path) -> None:
    leaders = [
        {"sales_leader": "nobody"},
        {"sales_leader": "owner"},
        {"sales_leader": "owner", "leader_full_time": "no", "goal_attainment": "90%"},
        {"sales_leader": "Sales Manager", "goal_attainment": "90%"},
        {"sales_leader": "Sales Manager", "needs_mentoring": "yes"},
    ]
    prospects = run([{"sales_reps": "4", **leader} for leader in leaders], tmp_path, "direct")
    assert {prospect.verdict for prospect in prospects} == {"qualified"}
    assert len({prospect.scorecards["fit"].score for prospect in prospects}) == len(leaders)


def test_the_bands_have_no_gap_and_can_all_be_reached() -> None:
    for card in PACK.scorecards.values():
        bounds = [band.at_least for band in card.bands]
        assert bounds == sorted(bounds, reverse=True)
        assert bounds[-1] == 0
        assert bounds[0] < Decimal(100)
        assert card.floor < 0 < card.ceiling or card.floor == 0 < card.ceiling


def test_what_only_adds_never_takes_away() -> None:
    by_id = {criterion.id: criterion for criterion in PACK.scorecards["relationship"].criteria}
    # S11: its absence does not count against a client; S13: many have no such department
    assert [by_id[name].floor for name in ("protection", "client_care")] == [0, 0]


def test_the_relationship_weighs_as_the_sources_do() -> None:
    span = {one.id: one.ceiling - one.floor for one in PACK.scorecards["relationship"].criteria}
    assert max(span, key=lambda name: span[name]) == "ongoing"  # S12: the clearest difference
    weak = span["sells_services"]  # S8: weigh it low, for the sources say both
    heavier = {"ongoing", "long_term", "seeks_advice", "chosen_for_people", "more_than_one_sale", "worth_of_a_regular"}
    assert all(span[name] > weak for name in heavier)


@pytest.mark.parametrize("trade", ["Law firm", "Realtor", "Interior Design"])
def test_trades_that_have_clients(trade: str, tmp_path: Path) -> None:
    found = outcomes(judge(tmp_path, industry=trade))
    assert (found["client_trade"], found["customer_trade"]) == ("met", "not met")


@pytest.mark.parametrize("trade", ["Convenience Store", "Gas Station", "Chain stores"])
def test_trades_that_have_customers(trade: str, tmp_path: Path) -> None:
    found = outcomes(judge(tmp_path, industry=trade))
    assert (found["client_trade"], found["customer_trade"]) == ("not met", "met")


def test_what_is_taken_for_granted_of_the_shipped_pack_holds() -> None:
    """Its patterns are not checked whenever it is loaded, but here."""
    checked = read_pack("psm").pack
    granted = load_pack("psm")
    assert (granted.digest, granted.fields, granted.scorecards.keys()) == (
        checked.digest, checked.fields, checked.scorecards.keys())  # fmt: skip


def test_a_layer_over_the_shipped_pack_is_checked(tmp_path: Path) -> None:
    layer = tmp_path / "ours.yaml"
    layer.write_text("fields:\n  vans: {type: choice, choices: {few: ['/(<sellers>/'], many: []}}\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"ours.yaml:2:\d+: the pattern .* can't be used"):
        load_pack("psm", layer)
