"""`rules check`: what a careful reader finds, exactly where it stands; nothing where there is nothing; its formats.

The expected place stands in the YAML itself: `⟦…⟧` marks the span that the caret must lie under.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify.assess import Evidence, assess
from psm_qualify.authoring.codes import EXPLANATIONS, explain
from psm_qualify.authoring.review.base import Subject
from psm_qualify.authoring.review.registry import CHECKS, review
from psm_qualify.authoring.review.report import Report
from psm_qualify.authoring.review.searches import fixed_texts, obstacle, parsed
from psm_qualify.authoring.review.tally import tally
from psm_qualify.cli.authoring.here import rules_here
from psm_qualify.errors import Finding, Place, UsageError
from psm_qualify.facts.readers import search
from psm_qualify.facts.text import clean
from psm_qualify.render.base import Target
from psm_qualify.render.findings import render_github, render_json, render_sarif, render_text
from psm_qualify.rules.conditions import judge
from psm_qualify.rules.loader import PackSource, read_pack
from psm_qualify.scoring import score
from strategies import lists, packs
from test_cli import command, done, refused

ROOT = Path(__file__).parents[1]
PACK = """\
pack: {name: small, rank_by: [fit]}
fields:
  reps: {type: number, question: How many?}
  leader:
    type: choice
    question: Who leads?
    choices: {nobody: [vacant], pro: [manager], owner: [founder]}
  notes: {type: text}
scorecards:
  fit:
    source: S1
    criteria:
      small:
        required: true
        when: {reps: {between: [1, 6]}}
        points: 40
      led:
        when: {leader: nobody}
        points: 60
      noted:
        when: {notes: {matches: lead}}
        points: 0
        otherwise: -10
    bands:
      A: {at_least: 80}
      B: {at_least: 0}
tests:
  - name: three
    prospect: {reps: 3, leader: vacant, notes: leads}
    expect: {criteria: {small: met, led: met, noted: met}}
  - {name: a pro, prospect: {leader: pro}, expect: {verdict: needs_info}}
  - {name: an owner, prospect: {leader: founder}, expect: {verdict: needs_info}}
"""


def swap(*pairs: str) -> str:
    """The small pack with some pieces of it written otherwise: old, new, old, new."""
    text = PACK
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def led(when: str) -> str:
    """The small pack, its second criterion with another condition."""
    return swap("        when: {leader: nobody}\n        points: 60\n", f"        {when}\n")


def source_of(text: str, folder: Path) -> PackSource:
    path = folder / "pack.yaml"
    path.write_text(text, encoding="utf-8")
    return read_pack(path)


def found(marked: str, folder: Path) -> list[tuple[str, str]]:
    """The code of each finding and what stands under its caret."""
    source = source_of(marked.replace("⟦", "").replace("⟧", ""), folder)
    return [(one.code, one.place.text[one.place.column - 1 :][: one.place.length]) for one in review(source)]


def spans(marked: str) -> list[tuple[int, int]]:
    """Line and column of each marked span."""
    return [
        (number, hit.start() + 1 - 2 * order)
        for number, line in enumerate(marked.split("\n"), 1)
        for order, hit in enumerate(re.finditer("⟦", line))
    ]


# -- what is found, and where --------------------------------------------------------------------------------------

NEVER = "when: {all: [{leader: nobody}, {leader: pro}]}, points: 60"
FOUND = {
    "a criterion that contradicts itself": (
        swap("      led:\n        when: {leader: nobody}\n        points: 60\n", f"      ⟦led⟧: {{{NEVER}}}\n"),
        "never-met", "no answers to leader"),
    "bounds that exclude one another": (
        swap("      led:\n        when: {leader: nobody}\n", "      ⟦led⟧:\n        when: {reps: {more_than: 6, "
             "less_than: 3}}\n"), "never-met", "reps"),
    "a required criterion that nobody can meet": (
        swap("      small:", "      ⟦small⟧:", "{reps: {between: [1, 6]}}",
             "{all: [{reps: {at_most: 3}}, {reps: {more_than: 3}}]}"), "nobody-qualifies", "nobody can qualify"),
    "two requirements that exclude one another": (
        swap("      led:", "      ⟦led⟧:", "when: {leader: nobody}",
             "required: true\n        when: {reps: {more_than: 6}}"),
        "nobody-qualifies", "small and led can't both be met"),
    "not around mentions": (
        swap("      led:\n        when: {leader: nobody}\n",
             "      ⟦led⟧:\n        when: {not: {notes: {mentions: x}}}\n"), "never-met", "no answers to notes"),
    "not around mentions, beside another test": (
        swap("      led:\n        when: {leader: nobody}\n", "      ⟦led⟧:\n        when: {all: [{leader: nobody}, "
             "{not: {any: [{notes: {mentions: x}}, {reps: 3}]}}]}\n"),
        "never-met", "`not` of `mentions` is never met, since silence is unknown: write `matches`"),
    "known or not known is always so": (
        swap("      led:\n        when: {leader: nobody}\n",
             "      ⟦led⟧:\n        when: {any: [{leader: {known: yes}}, {leader: {known: no}}]}\n"),
        "always-met", "everybody"),
    "mentions alone": (
        swap("      led:\n        when: {leader: nobody}", "      ⟦led⟧:\n        when: {notes: {mentions: [a, b]}}"),
        "only-mentions", "rests on `mentions`, and silence is no evidence"),
    "a way that mentions": (
        swap("      led:\n        when: {leader: nobody}",
             "      ⟦led⟧:\n        when: {any: [{leader: pro}, {notes: {mentions: a}}]}"),
        "only-mentions", "one of its ways"),
    "a list of all choices": (
        swap("      led:\n", "      ⟦led⟧:\n", "{leader: nobody}", "{leader: [nobody, pro, owner]}"),
        "never-not-met", "leader"),
    "a level that can't hold": (
        led("levels: [{when: {leader: nobody}, points: 60}, "
            "{⟦when⟧: {all: [{leader: pro}, {leader: owner}]}, points: 9}]"),
        "level-never-holds", "level 2"),
    "the wider level first": (
        led("levels: [{when: {reps: {at_least: 5}}, points: 60}, "
            "{⟦when⟧: {reps: {at_least: 10}}, points: 9, say: ten}]"),
        "level-shadowed", "level 2 (ten) of led is never reached: wherever it holds, level 1"),
    "two levels together shadow a third": (
        led("levels: [{when: {leader: nobody}, points: 60}, {when: {leader: pro}, points: 50}, "
            "{⟦when⟧: {leader: [nobody, pro]}, points: 9}]"), "level-shadowed", "one of the levels before it"),
    "points that are the same": (
        swap("      noted:", "      ⟦noted⟧:", "otherwise: -10", "otherwise: 0"), "points-alike", "0 points"),
    "levels that are the same": (
        led("⟦levels⟧: [{when: {leader: nobody}, points: 60}, {when: {leader: pro}, points: 60}]"),
        "levels-alike", "60 points"),
    "required where it has no say": (
        swap("tests:", "  care:\n    source: S2\n    criteria:\n"
             "      cares: {when: {reps: 3}, ⟦required⟧: true, points: 1}\n"
             "    bands: {all_of_them: {at_least: 0}}\ntests:", "noted: met", "cares: met, noted: met"),
        "required-elsewhere", "care is not the primary scorecard"),
    "no source": (
        swap("    source: S1\n", "", "      small:\n", "      small:\n        source: S2\n", "      led:\n",
             "      led:\n        note: ours\n", "      noted:", "      ⟦noted⟧:"), "no-source", "noted"),
    "a band between two scores": (
        swap("      B: {at_least: 0}", "      B: {at_least: ⟦70⟧}\n      C: {at_least: 0}",
             "        otherwise: -10\n", "", "points: 0", "points: 20", "points: 40", "points: 20",
             "A: {at_least: 80}", "A: {at_least: 75}"), "band-out-of-reach", "nearest that are possible are 60 and 80"),
    "a field that nothing uses": (
        swap("  notes: {type: text}", "  notes: {type: text}\n  ⟦size⟧: {type: number}"), "field-unused", "size"),
    "no question": (
        swap("  reps: {type: number, question: How many?}", "  ⟦reps⟧: {type: number}"), "no-question", "'Reps?'"),
    "a synonym that words read otherwise": (
        swap("    choices: {nobody: [vacant]", "    words: {boss: nobody}\n    choices: {nobody: [vacant]",
             "pro: [manager]", "pro: [manager, ⟦boss⟧]"), "synonym-without-effect", "is read as nobody"),
    "patterns of two choices": (
        swap("pro: [manager]", "pro: [⟦'/\\bhead\\b/'⟧]", "owner: [founder]", "owner: [/head|chief/]"),
        "patterns-clash", "pro and owner fit the cell 'head'"),
    "choices that neither a rule nor a test uses": (
        swap("owner: [founder]", "owner: [founder], ⟦one⟧: [first], two: []"), "choice-unused",
        "uses one or two of leader: nothing tells pro, owner, one and two apart"),
    "all choices but one without use": (
        swap("{leader: pro}", "{reps: 9}", "{leader: founder}", "{reps: 8}", " owner: [founder]",
             " ⟦owner⟧: [founder]"), "choice-unused", "uses owner of leader: nothing tells pro and owner apart"),
    "a pattern with a tab": (swap("matches: lead", 'matches: ⟦"lead\\\\t"⟧'), "pattern-never-found", "tab"),
    "a pattern with two spaces": (
        swap("pro: [manager]", 'pro: [⟦"/head  of/"⟧]'), "pattern-never-found", "two spaces"),
    "a pattern behind its end": (
        swap("reps: {type: number,",
             "reps: {type: number, infer: [{from: [notes], find: ⟦'reps$ (three)'⟧, value: $1}],"),
        "pattern-never-found", "behind $"),
    "a caught word that can't be read": (
        swap("reps: {type: number,",
             "reps: {type: number, infer: [{from: [notes], find: ⟦'(two|many) reps'⟧, value: $1}],"),
        "caught-not-readable", "'many'"),
    "advice for what can't come": (
        led("when: {leader: [nobody, pro, owner]}\n        points: 60\n        advice: "
            "[{for: consultant, when: ⟦not met⟧, say: Ask.}]"), "advice-never-applies", "'not met'"),
    "advice for a way that can't hold": (
        led("when: {any: [{leader: nobody}, {all: [{leader: pro}, {leader: owner}], say: both}]}\n        points: 60\n"
            "        advice: [{for: consultant, when: ⟦both⟧, say: Ask.}]"), "advice-never-applies", "'both'"),
    "advice to the disqualified": (
        swap("        points: 40\n",
             "        points: 40\n        advice: [⟦{⟧for: prospect, when: not met, say: Grow.}]\n"),
        "advice-to-disqualified", "not coached"),
    "advice that gives way": (
        swap("A: {at_least: 80}", "A: {at_least: 80, advice: [{for: consultant, topic: call, say: Now.}, "
             "⟦{⟧for: consultant, topic: call, say: Later.}]}"), "advice-crowded-out", "number 1"),
    "no tests": (
        "⟦pack⟧" + PACK[4 : PACK.index("tests:")], "no-tests", "tests:"),
    "an untested criterion": (swap("      led:", "      ⟦led⟧:", " led: met,", ""), "criterion-untested", "led"),
    "two tests of one name": (swap("name: an owner", "name: ⟦a pro⟧"), "test-named-twice", ":31:12"),
    "a score that nobody can have": (
        swap("noted: met}}", "noted: met}, fit: {score: ⟦1000⟧}}"), "test-never-passes", "score goes from 0 to 100"),
    "a share that nobody can have": (
        swap("noted: met}}", "noted: met}, fit: {known: ⟦50⟧}}"), "test-never-passes", "fit.known goes from 0 to 1"),
    "a cell of a test that is not understood": (
        swap("reps: 3, leader", "reps: ⟦a dozenish⟧, leader"), "test-cell-unreadable",
        "let it expect unknown of small"),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND)
def test_a_careful_reader_finds(name: str, tmp_path: Path) -> None:
    marked, code, said = FOUND[name]
    source = source_of(marked.replace("⟦", "").replace("⟧", ""), tmp_path)
    findings = [one for one in review(source) if one.code == code]
    assert [(one.place.line, one.place.column) for one in findings] == spans(marked)
    (finding,) = findings
    assert said in f"{finding.message} {finding.hint}"
    assert finding.hint
    assert finding.severity == explain(code).severity


def test_the_table_shows_every_check_but_those_that_take_a_list() -> None:
    assert {code for _, code, _ in FOUND.values()} == {check.code for check in CHECKS} - {
        "never-fires", "not-in-list", "little-known"}  # fmt: skip


# -- what is none of its business ----------------------------------------------------------------------------------

SILENT = {
    "the small pack": PACK,
    "phrases that one text may hold together": led("when: {all: [{notes: {mentions: a}}, {notes: {mentions: b}}, "
        "{reps: 3}]}\n        points: 60"),
    "patterns that one text may fit together": led("when: {all: [{notes: {matches: ^a}}, {notes: {matches: b$}}]}\n"
        "        points: 60"),
    "a level that only a range reaches": led("levels: [{when: {reps: {between: [5, 20]}}, points: 60}, {when: {reps: "
        "{at_least: 0, less_than: 5}}, points: 9}, {when: {reps: {between: [0, 20]}}, points: 5}]"),
    "a level below one that mentions": led("levels: [{when: {all: [{notes: {mentions: a}}, {reps: 3}]}, points: 60}, "
        "{when: {leader: pro}, points: 9}]"),
    "a requirement without points": swap("        points: 40\n", "        points: 0\n"),
    "advice without points": led("when: {leader: nobody}\n        points: 0\n"
        "        advice: [{for: consultant, say: Ask.}]"),
    "a field that a test keeps on purpose": swap("  notes: {type: text}",
        "  notes: {type: text}\n  size: {type: number}", "{reps: 3,", "{reps: 3, size: 9,"),
    "fields that say who it is": swap("  notes: {type: text}", "  notes: {type: text}\n  domain: {type: text}"),
    "requirements that a range meets together": swap("when: {leader: nobody}",
        "required: true\n        when: {reps: {at_least: 6}}"),
    "more phrases than are tried": led("when: {all: [{leader: nobody}, {leader: pro}, " + ", ".join(
        f"{{notes: {{mentions: w{n}}}}}" for n in range(20)) + "]}\n        points: 60"),
    "one neutral choice": swap(", owner: [founder]", "", ", prospect: {leader: founder}", ", prospect: {}",
        "{leader: pro}", "{}"),
    "a neutral choice that is taken where nothing is known": swap(
        "    question: Who leads?", "    question: Who leads?\n    assume: owner", "{leader: founder}", "{}"),
    "choices that cost points": swap("{leader: nobody}", "{leader: nobody}\n        otherwise: -5",
        "{leader: founder}", "{}"),
    "choices that disqualify": swap("{leader: nobody}", "{leader: nobody}\n        required: true",
        "{leader: founder}", "{}"),
    "choices of which it is asked that they are not another": led("when: {leader: {is_not: nobody}}\n"
        "        points: 60").replace("leader: founder", "reps: 2").replace("led: met", "led: not met"),
    "choices of which it is only asked whether one is known": led("when: {leader: {known: yes}}\n        points: 60")
        .replace("leader: founder", "reps: 2").replace("leader: pro", "reps: 1"),
    "a cell that is not understood on purpose": swap("reps: 3, leader", "reps: a dozenish, leader", "small: met",
        "fit.small: unknown"),
    "a cell that is not understood, for the verdict": swap("{leader: pro}", "{reps: a dozenish, leader: pro}"),
    "a cell that is not understood and that nothing rests on": swap("  notes: {type: text}",
        "  notes: {type: text}\n  size: {type: number}", "{reps: 3,", "{reps: 3, size: large,"),
    "a count that can't be below 0": led("when: {reps: {at_least: 0}}\n        points: 60"),
    "the highest score": swap("noted: met}}", "noted: met}, fit: {score: 100, low: 0, known: 1.0}}"),
    "patterns that an exact synonym settles": swap("pro: [manager]", "pro: [head, '/\\bhead\\b/']",
        "owner: [founder]", "owner: [/head|chief/]", "{leader: founder}", "{leader: chief}"),
    "the special advice before the general": led("when: {any: [{leader: nobody, say: alone}, {leader: pro}]}\n"
        "        points: 60\n        advice: [{for: consultant, when: alone, topic: a, say: Lead.}, "
        "{for: consultant, topic: a, say: Coach.}]"),
    "a space at the end of a sentence that is searched by itself": swap("reps: {type: number,", "reps: {type: number, "
        "infer: [{from: [notes], find: '(three) $', unless: no, value: $1}],"),
    "what may be left out": swap("matches: lead", "matches: 'a \\t? b'"),
    "more combinations than are tried": PACK.replace("  notes: {type: text}", "  notes: {type: text}\n" + "".join(
        f"  f{n}: {{type: yes_no, question: So?}}\n" for n in range(10))).replace("when: {leader: nobody}",
        "when: {all: [{leader: nobody}, {leader: pro}, " + ", ".join(f"{{f{n}: yes}}" for n in range(10)) + "]}"),
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_nothing_is_said_of(name: str, tmp_path: Path) -> None:
    assert found(SILENT[name], tmp_path) == []


@pytest.mark.parametrize("path", ["psm", str(ROOT / "examples/coffee-roaster/cafes.yaml")])
def test_the_packs_that_ship_leave_nothing_to_mend(path: str) -> None:
    assert review(read_pack(path)) == ()


def test_the_pack_of_the_guide_leaves_nothing_to_mend(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", guide, flags=re.DOTALL | re.MULTILINE)
    assert review(source_of(text, tmp_path)) == ()


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_whatever_comes_was_held_possible(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    plain = data.draw(packs())
    source = source_of(json.dumps(plain), tmp_path_factory.getbasetemp())
    possible = Subject(source).outcomes
    empty = {one.place for one in review(source) if one.code == "band-out-of-reach"}
    for row in data.draw(lists(plain)):
        came = assess(source.pack, Evidence(row), {})
        for result in came.criteria:
            can = possible[result.criterion]
            if can is None:
                continue
            assert {True: can.met, False: can.not_met, None: can.unknown}[result.verdict], (plain, row)
            assert set(result.ways) <= can.names
            if result.verdict:
                held = [judge(level.when, came.values) for level in result.criterion.levels]
                assert {number for number, outcome in enumerate(held) if outcome} <= can.holding
                assert held.index(True) in can.reached
        for card, scored in came.scorecards.items():
            for band in {scored.band, scored.best_band, scored.worst_band} - {"unknown"}:
                assert source.places.locate(("scorecards", card, "bands", band, "at_least")) not in empty


# -- patterns ------------------------------------------------------------------------------------------------------

NEVER_FOUND = ["a  b", "a\\s b", "^ a", "a $", "a^", "$a", "(?:a|b)\\t", "a {2}", "^\\sa", "a\n"]
MAY_BE_FOUND = ["a b", "a ?b", "a  ?b", "a| b$|c  d", "(?:^|x)a", "a(?:$|b)", "(?:a$|b)(?:c|d)?", "a[ ]b", "\\ba\\b",
                "A", "a {0,2}b", "(?:^)a", "a\\t?", "a+$", "[$^]a", "\\$a", "a\\^"]  # fmt: skip


@pytest.mark.parametrize("pattern", NEVER_FOUND)
def test_a_pattern_that_no_clean_text_fits_is_told(pattern: str) -> None:
    assert obstacle(parsed(pattern))


@pytest.mark.parametrize("pattern", MAY_BE_FOUND)
def test_a_pattern_that_may_be_found_is_let_be(pattern: str) -> None:
    assert obstacle(parsed(pattern)) is None


def test_a_pattern_that_is_nested_deep_is_let_be() -> None:
    deep = parsed("(" * 300 + "a  b" + ")" * 300)
    assert (obstacle(deep), list(fixed_texts(deep.branches)), len(deep.groups)) == (None, [], 300)


ATOMS = st.sampled_from(["a", "b", " ", "\\s", "^", "$", "\\b", ".", "[ab]", "a?", " ?", " *", "b+", "\\t", "(?:a|^)",
                         "(?:| b)"])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(ATOMS, min_size=1, max_size=5), st.text("ab \t", max_size=6))
def test_what_is_found_was_never_called_impossible(atoms: list[str], text: str) -> None:
    pattern = "".join(atoms)
    if search(pattern, clean(text)):
        assert obstacle(parsed(pattern)) is None


# -- with a list ---------------------------------------------------------------------------------------------------


def test_a_list_tells_what_never_fires_and_what_is_little_known(tmp_path: Path) -> None:
    source = source_of(PACK, tmp_path)
    rows = tmp_path / "list.csv"
    rows.write_text("name,reps,leader\nA,9,pro\nB,8,pro\nC,7,n/a\nD,over 6,\n", encoding="utf-8")
    with score(rows, source.pack) as ranking:
        findings = review(source, tally(ranking))
    assert [(one.code, one.message) for one in findings] == [
        ("little-known", f"the field leader is known in 2 of 4 rows of {rows} (50%)"),
        (
            "not-in-list",
            f"nothing in 4 rows of {rows} is about the field notes, so this stays unknown: noted",
        ),
        ("never-fires", f"the criterion small is met in none of 4 rows of {rows}: 4 not met"),
        ("never-fires", f"the criterion led is met in none of 4 rows of {rows}: 2 not met and 2 unknown"),
    ]
    assert "other cells" in findings[0].hint


def test_what_a_list_does_not_hold_is_told_once(tmp_path: Path) -> None:
    text = swap("{reps: {between: [1, 6]}}", "{reps: {between: [1, 6]}, leader: [nobody, owner]}",
                "  notes: {type: text}", "  id: {type: text}\n  notes: {type: text}")  # fmt: skip
    source = source_of(text.replace("notes: {matches: lead}", "notes: {known: no}"), tmp_path)
    rows = tmp_path / "list.csv"
    rows.write_text("id,city\nA,Bern\nB,Rome\n", encoding="utf-8")
    with score(rows, source.pack) as ranking:
        (finding,) = review(source, tally(ranking))
    assert finding.message == (
        f"nothing in 2 rows of {rows} is about 3 fields: reps, leader and notes, so these stay unknown: small and led"
    )


def test_what_stays_unknown_though_one_of_its_facts_is_there_is_told_by_itself(tmp_path: Path) -> None:
    source = source_of(swap("{reps: {between: [1, 6]}}", "{reps: {between: [1, 6]}, notes: {matches: lead}}"), tmp_path)
    rows = tmp_path / "list.csv"
    rows.write_text("reps,leader\n3,nobody\n", encoding="utf-8")
    with score(rows, source.pack) as ranking:
        findings = review(source, tally(ranking))
    assert [(one.code, one.message.split(" of ")[0]) for one in findings if one.code == "never-fires"] == [
        ("never-fires", "the criterion small is met in none")
    ]


def test_a_share_is_rounded_half_up(tmp_path: Path) -> None:
    source = source_of(PACK, tmp_path)
    rows = tmp_path / "list.csv"
    rows.write_text("reps,leader,notes\n" + "3,nobody,leads\n" * 5 + ",nobody,leads\n" * 3, encoding="utf-8")
    with score(rows, source.pack) as ranking:
        (finding,) = review(source, tally(ranking))
    assert finding.message == f"the field reps is known in 5 of 8 rows of {rows} (63%)"  # 62.5


def test_seventy_percent_is_enough_and_what_is_assumed_is_not_known(tmp_path: Path) -> None:
    source = source_of(swap("reps: {type: number,", "reps: {type: number, assume: 3,"), tmp_path)
    rows = tmp_path / "list.csv"
    lines = ["nobody,leads,3"] * 5 + ["nobody,leads,"] * 2 + [",leads,"] * 3
    rows.write_text("\n".join(["leader,notes,reps", *lines]) + "\n", encoding="utf-8")
    with score(rows, source.pack) as ranking:
        findings = review(source, tally(ranking))
    assert [one.message.split(" rows")[0] for one in findings] == ["the field reps is known in 5 of 10"]


def test_a_list_without_rows_tells_nothing(tmp_path: Path) -> None:
    source = source_of(PACK, tmp_path)
    rows = tmp_path / "list.csv"
    rows.write_text("reps,leader,notes\n", encoding="utf-8")
    with score(rows, source.pack) as ranking:
        assert review(source, tally(ranking)) == ()


# -- the codes -----------------------------------------------------------------------------------------------------

RULES = ROOT / "src" / "psm_qualify" / "rules"
CODE = re.compile("[a-z]+(-[a-z0-9]+)*")
TREES = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(RULES.glob("*.py"))]


def tellers() -> dict[str, int]:
    """What is called with a code, and at which place: all that have a parameter of that name, and Finding itself."""
    found = {"Finding": 0}
    holders = (node for tree in TREES for node in ast.walk(tree) if isinstance(node, (ast.ClassDef, ast.Module)))
    for holder, one in ((outer, inner) for outer in holders for inner in outer.body):
        if isinstance(one, ast.FunctionDef):
            names = [arg.arg for arg in one.args.args if arg.arg != "self"]
            if "code" in names:
                of_class = isinstance(holder, ast.ClassDef) and one.name == "__init__"
                found[getattr(holder, "name", "") if of_class else one.name] = names.index("code")
    return found


def codes_in_the_sources() -> Iterator[str]:
    """The codes that the rules' own modules give to findings."""
    places = tellers()
    for node in (node for tree in TREES for node in ast.walk(tree)):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called == "add_unknown":
                yield from (f"unknown-{kind}" for kind in _codes(node.args[0]))
            elif called in places and len(node.args) > max(1, places[called]):  # a set's `add` takes one
                yield from _codes(node.args[places[called]])
        elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and _is_text(node.elts[1]):
            yield from _codes(node.elts[0])  # code, message and hint, told elsewhere


def _codes(node: ast.expr) -> Iterator[str]:
    for part in (node.body, node.orelse) if isinstance(node, ast.IfExp) else (node,):
        if isinstance(part, ast.Constant) and CODE.fullmatch(str(part.value)):
            yield str(part.value)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (isinstance(node, ast.Name) and node.id == "message")


def test_every_code_has_an_explanation_and_every_explanation_a_code() -> None:
    own = {check.code for check in CHECKS}
    assert set(EXPLANATIONS) - own == set(codes_in_the_sources())


def test_explanations_are_whole_sentences_and_codes_are_said_once() -> None:
    assert len({check.code for check in CHECKS}) == len(CHECKS)
    for one in EXPLANATIONS.values():
        assert CODE.fullmatch(one.code)
        assert one.summary.endswith(".")
        assert one.text.endswith((".", ")"))
        assert one.text != one.summary


def test_a_code_is_found_however_it_is_written() -> None:
    assert explain("[Level-Shadowed]").code == "level-shadowed"
    with pytest.raises(UsageError, match="did you mean 'level-shadowed'"):
        explain("level-shadow")


# -- formats -------------------------------------------------------------------------------------------------------

ERROR = Finding("bad-value", "a 50%, or\nso: it is", "write it", Place("my rules/ü.yaml", 3, 5, 4, "    abcd"))
WARNING = Finding("no-source", "who says so?", "", Place("a.yaml", 7, 1, 0), "warning")
REPORT = Report(("my rules", "a.yaml"), (ERROR, WARNING))


def written(render: Any, tmp_path: Path, report: Report = REPORT) -> str:
    render(report, Target(tmp_path / "out"))
    return (tmp_path / "out").read_text(encoding="utf-8")


def test_text_shows_severity_code_caret_and_count(tmp_path: Path) -> None:
    report = Report(("a.yaml",), (Finding("no-source", "who says so?", "say it", Place("a.yaml", 3, 5, 4, "    abcd"),
                                          "warning"), ERROR))  # fmt: skip
    lines = written(render_text, tmp_path, report).split("\n")
    assert lines[:4] == [
        "a.yaml:3:5: warning: who says so? [no-source]",
        "    3 |     abcd",
        "      |     ^^^^",
        "        say it",
    ]
    assert lines[-3:] == ["a.yaml: 1 error and 1 warning", "--explain CODE tells more about the code in brackets", ""]
    assert written(render_text, tmp_path, Report(("psm",), ())) == "psm: nothing to mend\n"


@pytest.mark.parametrize("column", [1, 60, 190])
@pytest.mark.parametrize("width", [60, 80, 160])
def test_text_on_a_screen_keeps_to_its_width_and_the_caret_under_its_span(
    column: int, width: int, tmp_path: Path
) -> None:
    text = "".join(f"{number:<10}" for number in range(0, 200, 10))[: column - 1] + "SPAN" + "." * (200 - column)
    finding = Finding("no-source", "word " * 40 + "end", "hint " * 40 + "end", Place("a.yaml", 3, column, 4, text))
    render_text(Report(("a.yaml",), (finding,)), Target(tmp_path / "out", width))
    lines = (tmp_path / "out").read_text(encoding="utf-8").split("\n")
    assert max(map(len, lines)) <= width
    shown = next(number for number, line in enumerate(lines) if "SPAN" in line)
    assert lines[shown + 1].index("^^^^") == lines[shown].index("SPAN")
    assert " ".join(" ".join(lines[:shown]).split()).endswith("word end [no-source]")


def test_json_holds_every_part_of_a_finding(tmp_path: Path) -> None:
    document = json.loads(written(render_json, tmp_path))
    assert (document["schema"], document["errors"], document["warnings"]) == (1, 1, 1)
    assert document["rules"] == ["my rules", "a.yaml"]
    assert document["findings"][0] == {
        "code": "bad-value", "severity": "error", "message": "a 50%, or\nso: it is", "hint": "write it",
        "file": "my rules/ü.yaml", "line": 3, "column": 5, "end_column": 9, "text": "    abcd",
    }  # fmt: skip
    assert document["findings"][1]["hint"] is None


def test_annotations_escape_what_ends_a_command_or_a_property(tmp_path: Path) -> None:
    first, second, end = written(render_github, tmp_path).split("\n")
    assert first == (
        "::error file=my rules/ü.yaml,line=3,endLine=3,col=5,endColumn=9,title=bad-value::"
        "a 50%25, or%0Aso: it is%0Awrite it"
    )
    assert second.startswith("::warning file=a.yaml,line=7,")
    assert end == ""
    tricky = Finding("yaml", "x", "", Place("C:\\a,b%.yaml", 1, 1))
    assert "file=C%3A\\a%2Cb%25.yaml," in written(render_github, tmp_path, Report((), (tricky,)))


SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "items": {"$ref": "#/$defs/run"}},
    },
    "additionalProperties": False,
    "$defs": {
        "text": {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}},
                 "additionalProperties": False},
        "level": {"enum": ["none", "note", "warning", "error"]},
        "rule": {
            "type": "object", "required": ["id"], "additionalProperties": False,
            "properties": {"id": {"type": "string"}, "shortDescription": {"$ref": "#/$defs/text"},
                           "fullDescription": {"$ref": "#/$defs/text"},
                           "defaultConfiguration": {"properties": {"level": {"$ref": "#/$defs/level"}}}}},
        "region": {
            "type": "object", "required": ["startLine"], "additionalProperties": False,
            "properties": {"startLine": {"type": "integer", "minimum": 1},
                           "startColumn": {"type": "integer", "minimum": 1},
                           "endColumn": {"type": "integer", "minimum": 1}, "snippet": {"$ref": "#/$defs/text"}}},
        "location": {
            "type": "object", "required": ["physicalLocation"],
            "properties": {"physicalLocation": {
                "type": "object", "required": ["artifactLocation", "region"], "additionalProperties": False,
                "properties": {"region": {"$ref": "#/$defs/region"},
                               "artifactLocation": {"required": ["uri"], "properties": {"uri": {
                                   "type": "string", "pattern": "^[A-Za-z0-9%:/._~-]+$"}}}}}}},
        "result": {
            "type": "object", "required": ["message"], "additionalProperties": False,
            "properties": {"ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0},
                           "level": {"$ref": "#/$defs/level"}, "message": {"$ref": "#/$defs/text"},
                           "locations": {"type": "array", "items": {"$ref": "#/$defs/location"}}}},
        "run": {
            "type": "object", "required": ["tool", "results"], "additionalProperties": False,
            "properties": {"tool": {"type": "object", "required": ["driver"], "properties": {"driver": {
                               "type": "object", "required": ["name"],
                               "properties": {"name": {"type": "string"}, "version": {"type": "string"},
                                              "rules": {"type": "array", "uniqueItems": True,
                                                        "items": {"$ref": "#/$defs/rule"}}}}}},
                           "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                           "results": {"type": "array", "items": {"$ref": "#/$defs/result"}}}},
    },
}  # fmt: skip
"""What SARIF 2.1.0 asks of the parts that are written, as far as code scanners look at them."""


@pytest.mark.parametrize("report", [REPORT, Report(("psm",), ())])
def test_sarif_has_the_form_of_its_standard(report: Report, tmp_path: Path) -> None:
    document = json.loads(written(render_sarif, tmp_path, report))
    jsonschema.validate(document, SARIF)
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result, finding in zip(run["results"], report.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["level"] == finding.severity


def test_sarif_names_files_as_uris_and_spans_by_their_ends(tmp_path: Path) -> None:
    absolute = Finding("yaml", "x", "", Place(str(tmp_path / "a b.yaml"), 1, 1))
    (run,) = json.loads(written(render_sarif, tmp_path, Report((), (ERROR, WARNING, absolute))))["runs"]
    first, _, last = (result["locations"][0]["physicalLocation"] for result in run["results"])
    assert first["artifactLocation"]["uri"] == "my%20rules/%C3%BC.yaml"
    assert first["region"] == {"startLine": 3, "startColumn": 5, "endColumn": 9, "snippet": {"text": "    abcd"}}
    assert last["artifactLocation"]["uri"] == (tmp_path / "a b.yaml").as_uri()


# -- the command ---------------------------------------------------------------------------------------------------


def test_errors_of_a_pack_that_does_not_load_are_told_at_once_with_exit_1(tmp_path: Path) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(swap("between: [1, 6]", "betwen: [1, 6]", "A: {at_least: 80}", "A: {at_least: eighty}"))
    result = command("rules", "check", str(path), "--format", "json")
    assert result.returncode == 1
    assert result.stderr.decode().rstrip() == f"psm-qualify: {path}: 2 errors"
    assert [one["code"] for one in json.loads(result.stdout)["findings"]] == ["unknown-key", "bad-value"]


def test_warnings_exit_1_only_where_strict(tmp_path: Path) -> None:
    path = tmp_path / "untested.yaml"
    path.write_text(PACK[: PACK.index("tests:")].replace("{leader: nobody}", "{leader: [nobody, pro]}"))
    assert "1 warning\n--explain CODE" in done("rules", "check", str(path))
    assert command("rules", "check", str(path), "--strict").returncode == 1


def test_errors_of_a_careful_reader_come_before_warnings_and_exit_1(tmp_path: Path) -> None:
    path = tmp_path / "nobody.yaml"
    path.write_text(swap("between: [1, 6]", "less_than: 1, more_than: 6", "question: How many?", "label: Reps"))
    result = command("rules", "check", str(path))
    assert result.returncode == 1
    assert re.findall(r"\[([a-z-]+)\]$", result.stdout.decode(), flags=re.M) == ["nobody-qualifies", "no-question"]


def test_check_takes_a_list_and_writes_the_format_of_the_ending(tmp_path: Path) -> None:
    pack, rows, out = tmp_path / "pack.yaml", tmp_path / "list.csv", tmp_path / "found.sarif"
    pack.write_text(PACK)
    rows.write_text("reps,leader,notes\n3,nobody,cold\n")
    assert done("rules", "check", str(pack), "--data", str(rows), "-o", str(out)) == ""
    (result,) = json.loads(out.read_text())["runs"][0]["results"]
    assert result["ruleId"] == "never-fires"


LAYER = """\
fields:
  staff: {type: number}
  spare: {type: number}
scorecards:
  fit:
    criteria:
      led: {replace: true, when: {staff: 3}, points: 60}
"""


def test_of_layers_only_the_last_is_asked_for_what_its_author_left_out(tmp_path: Path) -> None:
    base, ours = tmp_path / "base.yaml", tmp_path / "ours.yaml"
    base.write_text(PACK.replace("    source: S1\n", "").replace(" question: How many?", " label: Reps"))
    ours.write_text(LAYER)

    def told(text: str) -> list[tuple[str, str]]:
        ours.write_text(text)
        found = json.loads(done("rules", "check", str(base), str(ours), "--format", "json"))["findings"]
        return [(one["code"], one["text"].split(":")[0].strip()) for one in found]

    # leader, which the layer took out of use, its choices, and what the base lacks are the business of the base
    own = [("no-question", "staff"), ("field-unused", "spare"), ("no-source", "led")]
    assert told(LAYER) == own
    test = "tests:\n  - {name: three, prospect: {staff: 3}, expect: {criteria: {small: unknown}}}\n"
    assert told(LAYER + test) == [*own, ("criterion-untested", "led")]


SHIPPED_ONES = "psm-qualify: these are the shipped rules; write . for those in this folder\n"


@pytest.mark.parametrize("tool", ["check", "test", "show"])
def test_a_pack_in_the_working_folder_is_not_passed_over_in_silence(
    tool: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pack.yaml").write_text(f"# ours\n{PACK}")
    monkeypatch.chdir(tmp_path)
    assert command("rules", tool).stderr.decode() == SHIPPED_ONES


def test_nothing_is_said_where_the_rules_are_named_or_none_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PSM_QUALIFY_RULES", raising=False)
    (tmp_path / "notes.yaml").write_text("a: 1\n  pack: 2\n")
    assert rules_here(None) == ["psm"]
    (tmp_path / "pack.yaml").write_text(PACK)
    assert rules_here(["."]) == ["."]
    monkeypatch.setenv("PSM_QUALIFY_RULES", "pack.yaml")
    assert rules_here(None) == ["pack.yaml"]
    assert capsys.readouterr().err == ""


def test_nothing_is_said_of_a_criterion_with_too_many_ways(tmp_path: Path) -> None:
    names = [f"f{number}" for number in range(9)]
    fields = "".join(f"  {name}: {{type: yes_no, question: So?}}\n" for name in names)
    pairs = [(one, other) for one in names for other in names if one != other][:60]
    ways = ", ".join(f"{{all: [{{{one}: yes}}, {{{other}: no}}], say: {one} {other}}}" for one, other in pairs)
    text = led(f"when: {{any: [{ways}]}}\n        points: 60").replace("fields:\n", f"fields:\n{fields}")
    found = {criterion.id: outcomes for criterion, outcomes in Subject(source_of(text, tmp_path)).outcomes.items()}
    assert found["led"] is None  # 19,683 combinations of 120 tests are too many: nothing is said of it
    assert found["small"] is not None


def test_explain_tells_more_and_wrong_usage_is_said(tmp_path: Path) -> None:
    assert "at_least 10 before at_least 5" in " ".join(done("rules", "check", "--explain", "level-shadowed").split())
    assert "stands alone" in refused("rules", "check", "psm", "--explain", "yaml")
    pack = tmp_path / "pack.yaml"
    pack.write_text(PACK)
    assert "name another file" in refused("rules", "check", str(pack), "-o", str(pack), "--format", "json")
    assert pack.read_text() == PACK
