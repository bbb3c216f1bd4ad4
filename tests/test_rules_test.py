"""`rules test`: the tests of a pack through the engine, what a failure shows, coverage, and the formats."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from psm_qualify.authoring.coverage import Coverage, SuiteReport, coverage
from psm_qualify.authoring.testing import Miss, SuiteResult, run_suite
from psm_qualify.engines.base import Engine
from psm_qualify.engines.direct import DirectEngine
from psm_qualify.engines.duckdb import DuckDBEngine
from psm_qualify.errors import UsageError
from psm_qualify.render.base import Target
from psm_qualify.render.formats import SUITE
from psm_qualify.rules.loader import read_pack
from test_cli import command, done, refused

# Points: fit has small 40 + gap 20 + size 20 or 10, so 80 in all; service -5 to 5.
RULES = """\
pack: {name: shop, title: Shop, version: 2.0.0, rank_by: [fit]}
fields:
  name: {type: text}
  staff: {type: number, label: Staff, units: [people]}
  leader: {type: choice, label: Leader, choices: {nobody: [no one], owner: [founder], pro: [manager]}}
  goal: {type: percent, label: Goal}
  fair: {type: yes_no, label: Fair goal, assume: yes}
  notes: {type: text, label: Notes}
  polite: {type: yes_no, label: Polite}
scorecards:
  fit:
    title: Fit
    criteria:
      small: {required: true, when: {staff: {between: [1, 6]}}, points: 40, source: S2}
      gap:
        required: true
        when:
          any:
            - {leader: nobody, say: unmanaged}
            - {all: [{goal: {at_most: 100%}}, {fair: yes}], say: goals missed}
        points: 20
      size:
        levels:
          - {when: {staff: {between: [3, 6]}}, points: 20, say: a team}
          - {when: {staff: 2}, points: 10}
    bands: {A: {at_least: 75}, B: {at_least: 50}, C: {at_least: 0}}
  service:
    title: Service
    min_known: 50%
    criteria:
      small: {when: {polite: no}, points: 5, otherwise: -5}
    bands: {poor: {at_least: 50}, good: {at_least: 0}}
"""
UNMANAGED = "{staff: 3, leader: no one}"
ANYTHING = "{verdict: qualified}"


@pytest.fixture
def suite(tmp_path: Path) -> Callable[..., SuiteResult]:
    """Runs tests that are written as (prospect, expectation), both YAML."""

    def run(*cases: tuple[str, str], name_holds: str = "", engine: Engine | None = None) -> SuiteResult:
        return run_suite(read_pack(written(tmp_path, *cases)), name_holds=name_holds, engine=engine)

    return run


@pytest.fixture
def covered(tmp_path: Path) -> Callable[..., Coverage]:
    """What tests with these prospects reach, whatever they expect."""

    def run(*prospects: str, rules: str = RULES) -> Coverage:
        source = read_pack(written(tmp_path, *((prospect, ANYTHING) for prospect in prospects), rules=rules))
        return coverage(source, run_suite(source))

    return run


def written(folder: Path, *cases: tuple[str, str], rules: str = RULES) -> Path:
    """A rule file with these tests, named case 1, case 2, ..."""
    tests = "".join(
        f"  - name: case {number}\n    prospect: {prospect}\n    expect: {expect}\n"
        for number, (prospect, expect) in enumerate(cases, 1)
    )
    path = folder / "rules.yaml"
    path.write_text(rules + (f"tests:\n{tests}" if tests else ""), encoding="utf-8")
    return path


def line_of(path: Path, text: str) -> int:
    (number,) = [number for number, line in enumerate(path.read_text().splitlines(), 1) if text in line]
    return number


def missing(found: Coverage) -> set[tuple[str, int | str | None, str]]:
    """The outcomes that were not reached: criterion, level or way, outcome."""
    return {
        (f"{part.criterion.scorecard}.{part.criterion.id}", part.way or part.number, outcome)
        for part in found.gaps
        for outcome in part.missing
    }


# -- expectations --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expect", "what", "got"),
    [
        ("{verdict: needs_info}", "verdict", "qualified"),
        ("{provisional: yes}", "provisional", "no"),
        ("{criteria: {gap: not met}}", "gap", "met"),
        ("{criteria: {fit.size: unknown}}", "fit.size", "met"),
        ("{fit: {band: B}}", "fit.band", "A"),
        ("{fit: {best_band: B}}", "fit.best_band", "A"),
        ("{fit: {worst_band: C}}", "fit.worst_band", "A"),
        ("{fit: {score: 99.9}}", "fit.score", "100.0"),
        ("{fit: {low: 0}}", "fit.low", "100.0"),
        ("{fit: {high: 80}}", "fit.high", "100.0"),
        ("{fit: {potential: 80}}", "fit.potential", "100.0"),
        ("{fit: {known: 0.999}}", "fit.known", "1.000"),
        ("{service: {band: good}}", "service.band", "unknown"),
        ("{service: {high: 50}}", "service.high", "100.0"),
        ("{service: {low: 50}}", "service.low", "0.0"),
    ],
)
def test_whatever_is_expected_wrongly_is_a_miss(
    expect: str, what: str, got: str, suite: Callable[..., SuiteResult]
) -> None:
    (case,) = suite((UNMANAGED, expect)).failed
    assert [(miss.what, miss.got) for miss in case.misses] == [(what, got)]


def test_what_is_expected_rightly_passes_in_every_engine(suite: Callable[..., SuiteResult]) -> None:
    expect = (
        "{verdict: qualified, provisional: no, criteria: {gap: met, fit.small: met, service.small: unknown}, "
        "fit: {band: A, best_band: A, worst_band: A, score: 100, low: 100, high: 100, potential: 100, known: 1}, "
        "service: {band: unknown, best_band: poor, worst_band: good, score: 50, low: 0, high: 100, known: 0}}"
    )
    for engine in (DirectEngine(), DuckDBEngine()):
        found = suite((UNMANAGED, expect), ("{staff: 9}", "{verdict: disqualified}"), engine=engine)
        assert [case.misses for case in found.cases] == [(), ()]
        assert (found.verdicts["qualified"], found.verdicts["disqualified"]) == (1, 1)


@pytest.mark.parametrize(
    ("score", "passes"),
    [("62.5", True), ("62.50", True), ("62.54", True), ("62.45", True), ("62.55", False), ("62.449", False)],
)
def test_scores_are_compared_as_they_are_shown(score: str, passes: bool, suite: Callable[..., SuiteResult]) -> None:
    # staff 2: 40 + 10 of 80 points are certain, the gap may add 20
    assert (not suite(("{staff: 2}", f"{{fit: {{score: {score}}}}}")).failed) is passes


@pytest.mark.parametrize(("known", "passes"), [("0.75", True), ("0.7504", True), ("0.751", False), ("0.8", False)])
def test_what_is_known_is_compared_to_three_places(known: str, passes: bool, suite: Callable[..., SuiteResult]) -> None:
    assert (not suite(("{staff: 2}", f"{{fit: {{known: {known}}}}}")).failed) is passes


@pytest.mark.parametrize("score", ["1e999999999", "-1e999999999", "1e-999999999"])
def test_a_monstrous_number_is_a_plain_miss(score: str, suite: Callable[..., SuiteResult]) -> None:
    (case,) = suite((UNMANAGED, f"{{fit: {{score: {score}}}}}")).failed
    assert [miss.what for miss in case.misses] == ["fit.score"]


def test_a_miss_shows_the_digits_that_make_the_difference(suite: Callable[..., SuiteResult]) -> None:
    (case,) = suite(("{staff: 2}", "{fit: {score: 62.55}}")).failed
    assert case.misses == (Miss("fit.score", "62.55", "62.5", "fit"),)


def test_an_id_that_stands_in_two_scorecards_means_both(suite: Callable[..., SuiteResult]) -> None:
    cells = "{staff: 3, leader: no one, polite: yes}"
    (case,) = suite((cells, "{criteria: {small: met}}"), (cells, "{criteria: {service.small: not met}}")).failed
    assert case.misses == (Miss("small", "met", "not met", "service"),)


def test_only_the_scorecards_of_what_failed_are_concerned(suite: Callable[..., SuiteResult]) -> None:
    (case,) = suite((UNMANAGED, "{verdict: qualified, service: {score: 1}}")).failed
    assert case.concerned == ("service",)
    assert [one.criterion.id for one in case.trace("service")] == ["small"]


# -- the list that is made of the tests ------------------------------------------------------------------------------


def test_a_prospect_of_which_nothing_is_given_is_judged_too(suite: Callable[..., SuiteResult]) -> None:
    found = suite(("{}", "{verdict: needs_info, fit: {known: 0}}"), ("{name: ' '}", "{verdict: needs_info}"))
    assert found.failed == ()
    assert found.verdicts["needs_info"] == 2


def test_how_one_test_writes_numbers_says_nothing_of_the_others(suite: Callable[..., SuiteResult]) -> None:
    # in a list, cells like these would make 1,200 a decimal comma: 1.2
    commas = [(f"{{staff: '{number},5', leader: no one}}", "{verdict: needs_info}") for number in (1, 2, 3)]
    assert suite(*commas, ("{staff: '1,200', leader: no one}", "{verdict: disqualified}")).failed == ()


@pytest.mark.parametrize("engine", [DirectEngine, DuckDBEngine])
def test_cells_arrive_as_they_are_written(engine: type[Engine], suite: Callable[..., SuiteResult]) -> None:
    odd = r'"a, \"b\"; <c>\nstaff,leader\n\tno | one � =1"'
    found = suite((f"{{notes: {odd}, name: {odd}, staff: '4 '}}", "{criteria: {fit.small: met}}"), engine=engine())
    (case,) = found.cases
    assert case.passed
    assert case.found.facts["notes"].value == 'a, "b"; <c>\nstaff,leader\n\tno | one � =1'


def test_a_header_in_a_cell_makes_no_second_table(suite: Callable[..., SuiteResult]) -> None:
    rows = [(UNMANAGED, "{verdict: qualified}"), ("{name: leader, notes: staff}", "{verdict: needs_info}")]
    assert suite(*rows, (UNMANAGED, "{verdict: qualified}")).failed == ()


def test_a_field_is_fed_under_its_id_whatever_other_fields_claim(tmp_path: Path) -> None:
    source = read_pack(written(tmp_path, ("{staff: 3, polite: no}", "{service: {score: 100}}")))
    fields = dict(source.pack.fields)
    fields = {"polite": replace(fields.pop("polite"), columns=("polite", "staff", "leader")), **fields}
    assert run_suite(replace(source, pack=replace(source.pack, fields=fields))).failed == ()


@pytest.mark.parametrize("odd", [r"\0", r"\x1A", r"\r", r"\uFEFF", r"\\", r"\\N", "'", "{", "=1+1"])
@pytest.mark.parametrize("engine", [DirectEngine, DuckDBEngine])
def test_no_cell_costs_a_test_its_row(engine: type[Engine], odd: str, suite: Callable[..., SuiteResult]) -> None:
    cells = f'{{name: "{odd}", notes: "{odd} a", leader: "{odd}", staff: 4}}'
    found = suite((cells, "{fit: {score: 75}}"), (UNMANAGED, "{fit: {score: 100}}"), engine=engine())
    assert [case.misses for case in found.cases] == [(), ()]


def test_layers_add_their_tests_and_each_has_its_place(tmp_path: Path) -> None:
    below = written(tmp_path, (UNMANAGED, "{verdict: qualified}"))
    above = tmp_path / "ours.yaml"
    above.write_text("tests:\n  - name: ours\n    prospect: {staff: 9}\n    expect: {verdict: qualified}\n")
    found = run_suite(read_pack(below, above))
    (case,) = found.failed
    assert [one.test.name for one in found.cases] == ["case 1", "ours"]
    assert (Path(case.place.file).name, case.place.line) == ("ours.yaml", 2)


# -- which tests -----------------------------------------------------------------------------------------------------


def test_names_are_chosen_by_a_part_in_any_case(suite: Callable[..., SuiteResult]) -> None:
    found = suite(*[(UNMANAGED, ANYTHING)] * 12, name_holds="CASE 1")
    assert [case.test.name for case in found.cases] == ["case 1", "case 10", "case 11", "case 12"]


def test_to_choose_no_test_is_an_error_that_names_a_near_one(suite: Callable[..., SuiteResult]) -> None:
    with pytest.raises(UsageError, match=r"-k cse 1: none of the 2 tests .*did you mean 'case 1'"):
        suite((UNMANAGED, ANYTHING), (UNMANAGED, ANYTHING), name_holds="cse 1")


def test_rules_without_tests_are_an_error_that_shows_how_to_write_one(tmp_path: Path) -> None:
    path = written(tmp_path)
    with pytest.raises(UsageError) as error:
        run_suite(read_pack(path))
    said = str(error.value)
    assert said.startswith(f"{path}: there is no test")
    example = said[said.index("tests:") :]
    path.write_text(f"{RULES}{example}\n")  # what it shows can be pasted
    assert [case.test.name for case in run_suite(read_pack(path)).cases] == ["what this case shows"]


# -- coverage --------------------------------------------------------------------------------------------------------


def test_one_test_reaches_one_outcome_of_each_part(covered: Callable[..., Coverage]) -> None:
    found = covered(UNMANAGED)
    assert missing(found) == {
        ("fit.small", None, "not met"), ("fit.small", None, "unknown"),
        ("fit.gap", None, "not met"), ("fit.gap", None, "unknown"), ("fit.gap", "goals missed", "held"),
        ("fit.size", None, "not met"), ("fit.size", None, "unknown"),
        ("fit.size", 1, "not met"), ("fit.size", 1, "unknown"), ("fit.size", 2, "counted"), ("fit.size", 2, "unknown"),
        ("service.small", None, "met"), ("service.small", None, "not met"),
    }  # fmt: skip
    # 3 each for 4 criteria and 2 levels, 1 each for 2 ways
    assert (found.outcomes, found.reached) == (20, 20 - 13)


def test_every_outcome_can_be_reached(covered: Callable[..., Coverage]) -> None:
    found = covered(
        UNMANAGED, "{}", "{staff: 2, leader: founder, goal: 90%, polite: no}",
        "{staff: 9, leader: manager, goal: 101%, polite: yes}",
    )  # fmt: skip
    assert missing(found) == set()
    assert found.gaps == ()
    assert found.reached == found.outcomes


def test_a_level_counts_only_where_none_before_it_may_hold(covered: Callable[..., Coverage]) -> None:
    rules = RULES.replace("{staff: 2}, points: 10", "{staff: {between: [2, 6]}}, points: 10")
    assert ("fit.size", 2, "counted") in missing(covered("{staff: 3}", "{staff: 2-4}", rules=rules))
    assert ("fit.size", 2, "counted") not in missing(covered("{staff: 2}", rules=rules))


def test_a_level_that_another_shadows_is_never_reached(covered: Callable[..., Coverage]) -> None:
    rules = RULES.replace("{staff: 2}, points: 10", "{staff: {between: [4, 5]}}, points: 10")
    prospects = ("{staff: 4}", "{staff: 5}", "{staff: 3}", "{staff: 9}", "{}")
    assert {gap for gap in missing(covered(*prospects, rules=rules)) if gap[0] == "fit.size"} == {
        ("fit.size", 2, "counted")
    }


@pytest.mark.parametrize(
    ("when", "outcomes"),
    [
        ("{notes: {mentions: cheap}}", {"met", "unknown"}),
        ("{not: {notes: {mentions: cheap}}}", {"not met", "unknown"}),
        ("{notes: {known: yes}}", {"met", "not met"}),
        ("{notes: {known: no}}", {"met", "not met"}),
        ("{notes: {matches: cheap}}", {"met", "not met", "unknown"}),
        ("{any: [{notes: {mentions: cheap}}, {polite: no}]}", {"met", "unknown"}),
        ("{all: [{notes: {mentions: cheap}}, {polite: no}]}", {"met", "not met", "unknown"}),
        ("{all: [{notes: {known: yes}}, {polite: {known: no}}]}", {"met", "not met"}),
        ("{notes: {known: yes}, staff: {known: yes}}", {"met", "not met"}),
    ],
)
def test_what_can_never_come_out_is_not_asked_for(
    when: str, outcomes: set[str], covered: Callable[..., Coverage]
) -> None:
    found = covered("{}", rules=RULES.replace("{when: {polite: no}, points: 5", f"{{when: {when}, points: 5"))
    (part,) = [part for part in found.parts if part.criterion.scorecard == "service"]
    assert set(part.tests) == outcomes


def test_a_gap_has_the_place_of_its_criterion_or_level(tmp_path: Path) -> None:
    path = written(tmp_path, (UNMANAGED, ANYTHING))
    source = read_pack(path)
    lines = {(part.criterion.id, part.number): part.place.line for part in coverage(source, run_suite(source)).parts}
    assert lines["size", None] == line_of(path, "      size:")
    assert lines["size", 2] == line_of(path, "when: {staff: 2}")
    assert lines["gap", None] == line_of(path, "      gap:")


# -- the command and its formats -------------------------------------------------------------------------------------

WRONG = ("{staff: 2 people, leader: Founder, goal: 90%}", "{verdict: needs_info, criteria: {fit.small: not met}}")
RIGHT = (UNMANAGED, "{verdict: qualified}")


def test_all_passed_is_0_and_a_failure_is_1(tmp_path: Path) -> None:
    path = str(written(tmp_path, RIGHT))
    assert "1 test: all passed" in done("rules", "test", path)
    written(tmp_path, RIGHT, WRONG)
    failed = command("rules", "test", path)
    assert failed.returncode == 1
    assert failed.stderr == b""
    assert "2 tests: 1 failed, 1 passed" in failed.stdout.decode()
    assert "1 of 2 tests: all passed" in done("rules", "test", path, "-k", "CASE 1")


def test_gaps_fail_only_where_that_is_asked_for(tmp_path: Path) -> None:
    path = str(written(tmp_path, RIGHT))
    told = done("rules", "test", path, "--coverage")
    assert "fit.size, level 2: counted, unknown" in told
    assert "7 of 20 outcomes" in told
    strict = command("rules", "test", path, "--coverage", "--strict")
    assert (strict.returncode, strict.stdout.decode()) == (1, told)
    assert "--coverage" in refused("rules", "test", path, "--strict")


def test_what_cant_run_is_2(tmp_path: Path) -> None:
    assert "there is no test in these rules" in refused("rules", "test", str(written(tmp_path)))
    broken = written(tmp_path, ("{stuff: 3}", "{}"))
    said = refused("rules", "test", str(broken))
    assert f":{line_of(broken, 'stuff')}:" in said
    assert "did you mean 'staff'" in said


def test_the_rules_of_the_environment_are_tested_where_none_are_named(tmp_path: Path) -> None:
    path = written(tmp_path, RIGHT)
    assert "Shop 2.0.0" in done("rules", "test", env={"PSM_QUALIFY_RULES": str(path)})


def test_the_ending_names_the_format(tmp_path: Path) -> None:
    path, out = str(written(tmp_path, RIGHT)), tmp_path / "out.xml"
    assert done("rules", "test", path, "-o", str(out)) == ""
    assert ET.parse(out).getroot().tag == "testsuites"
    assert "names no format" in refused("rules", "test", path, "-o", str(tmp_path / "out.pdf"))
    assert "that is a rule file" in refused("rules", "test", path, "-o", path, "--format", "json")
    assert Path(path).read_text().startswith("pack:")


def rendered(format_: str, folder: Path, *cases: tuple[str, str], width: int = 100, covered: bool = False) -> str:
    """The report of some tests in a format."""
    source = read_pack(written(folder, *cases))
    suite = run_suite(source)
    out = folder / "out"
    report = SuiteReport(suite, coverage(source, suite) if covered else None)
    SUITE.by_name[format_].render(report, Target(out, width))
    return out.read_text(encoding="utf-8")


def test_a_failure_shows_expected_and_got_side_by_side_and_the_trace(tmp_path: Path) -> None:
    text = rendered("text", tmp_path, RIGHT, WRONG)
    place = f"rules.yaml:{line_of(tmp_path / 'rules.yaml', 'case 2')}\n"
    assert [" ".join(line.split()) for line in text[text.index(place) + len(place) :].splitlines()] == [
        "given: staff: “2 people”; leader: “Founder”; goal: “90%”",
        "Expected Got",
        "verdict needs_info qualified",
        "fit.small not met met",
        "fit: 87.5; A",
        "Criterion Points Why",
        "met small (required) 40 2 staff; staff: “2 people”, read as 2 [S2]",
        "met gap (required) 20 goals missed; goal: “90%”; fair yes, assumed",
        "met size 10 2 staff; staff: “2 people”, read as 2",
        "",
        "Shop 2.0.0 (" + str(tmp_path / "rules.yaml") + ")",
        "2 tests: 1 failed, 1 passed",
    ]
    assert "case 1" not in text


@pytest.mark.parametrize("width", [40, 80, 160])
def test_the_text_fits_the_terminal(width: int, tmp_path: Path) -> None:
    text = rendered("text", tmp_path, WRONG, ("{notes: " + "word " * 60 + "}", "{verdict: qualified}"), width=width)
    assert max(map(cell_len, text.splitlines())) <= width
    compared = next(line for line in text.splitlines() if "fit.small" in line)
    assert compared.split() == ["fit.small", "not", "met", "met"]


def test_json_holds_every_case_with_its_trace_and_the_coverage(tmp_path: Path) -> None:
    found = json.loads(rendered("json", tmp_path, RIGHT, WRONG, covered=True))
    assert (found["schema"], found["tests"], found["run"], found["failed"], found["passed"]) == (1, 2, 2, 1, False)
    right, wrong = found["cases"]
    assert (right["passed"], right["misses"], right["trace"]) == (True, [], [])
    assert wrong["line"] == line_of(tmp_path / "rules.yaml", "case 2")
    assert wrong["misses"][1] == {"what": "fit.small", "expected": "not met", "got": "met", "scorecard": "fit"}
    assert [(one["id"], one["verdict"], one["points"], one["evidence"]) for one in wrong["trace"]] == [
        ("small", "met", 40, ["staff"]), ("gap", "met", 20, ["goal", "fair"]), ("size", "met", 10, ["staff"]),
    ]  # fmt: skip
    gaps = [(part["criterion"], part["way"]) for part in found["coverage"]["parts"] if part["way"] is not None]
    assert gaps == [("gap", "unmanaged"), ("gap", "goals missed")]
    assert json.loads(rendered("json", tmp_path, RIGHT))["coverage"] is None


def test_junit_is_well_formed_whatever_the_tests_hold(tmp_path: Path) -> None:
    evil = r'"<a> & \"b\" ]]> \a\e[31m \uFFFE é 日本"'
    path = written(tmp_path, RIGHT, (f"{{name: {evil}, notes: {evil}, staff: {evil}}}", "{verdict: qualified}"))
    path.write_text(path.read_text(encoding="utf-8").replace("name: case 2", f"name: {evil}"), encoding="utf-8")
    source = read_pack(path)
    suite = run_suite(source)
    SUITE.by_name["junit"].render(SuiteReport(suite, coverage(source, suite)), Target(tmp_path / "out.xml"))
    tests, gaps = ET.parse(tmp_path / "out.xml").getroot()
    assert (tests.get("tests"), tests.get("failures"), tests.get("errors")) == ("2", "1", "0")
    right, wrong = tests
    assert (right.get("name"), len(right)) == ("case 1", 0)
    assert (wrong.get("name") or "").startswith('<a> & "b" ]]> ��[31m ')
    assert (wrong.get("name") or "").endswith("é 日本")
    assert (wrong.get("file") or "").endswith("rules.yaml")
    (failure,) = wrong
    assert failure.get("message") == "verdict: qualified expected, needs_info got"
    assert "small (required)" in (failure.text or "")
    assert (gaps.get("failures"), gaps.get("skipped")) == ("0", str(sum(len(case) for case in gaps)))


def test_in_junit_gaps_are_failures_only_where_they_count(tmp_path: Path) -> None:
    source = read_pack(written(tmp_path, RIGHT))
    suite = run_suite(source)
    report = SuiteReport(suite, coverage(source, suite), fails_on_gaps=True)
    assert not report.passed
    SUITE.by_name["junit"].render(report, Target(tmp_path / "out.xml"))
    gaps = ET.parse(tmp_path / "out.xml").getroot()[1]
    assert gaps.get("skipped") == "0"
    told = {case.get("name"): [each.get("message") for each in case] for case in gaps}
    assert told["fit.size, level 1 (a team)"] == ["no test reached: not met, unknown"]
    assert told["fit.gap, way “unmanaged”"] == []


def test_the_same_tests_give_the_same_bytes(tmp_path: Path) -> None:
    for format_ in SUITE.by_name:
        assert rendered(format_, tmp_path, RIGHT, WRONG, covered=True) == rendered(
            format_, tmp_path, RIGHT, WRONG, covered=True
        )
