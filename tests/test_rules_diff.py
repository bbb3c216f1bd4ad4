"""`rules diff`: what changed in words, whom it moves, and which change did how much of that."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import permutations, product
from pathlib import Path

import pytest

from psm_qualify.authoring.diffing.changes import changes
from psm_qualify.authoring.diffing.moves import Diff, Move
from psm_qualify.authoring.diffing.shapley import shapley, smallest
from psm_qualify.authoring.diffing.weighing import diff
from psm_qualify.authoring.revisions import layers_of, read_rules, rules_at
from psm_qualify.errors import PackError, UsageError
from psm_qualify.render.lines import console_on
from psm_qualify.render.pack_diff import document, points_words, rounded
from psm_qualify.render.plain import Sheet
from psm_qualify.rules.loader import PackSource, load_pack, read_pack
from psm_qualify.scoring import score

ROOT = Path(__file__).parents[1]
PACK = """
pack: {name: test, title: Test, rank_by: [fit]}
fields:
  name: {type: text, columns: [firm]}
  staff: {type: number, columns: [employees]}
  trade: {type: choice, choices: {homes: [housing], offices: [commercial]}}
scorecards:
  fit:
    title: Fit
    criteria:
      small: {required: true, when: {staff: {at_most: 10}}, points: 50}
      near: {required: true, when: {trade: homes}, points: 50}
    bands: {A: {at_least: 70}, B: {at_least: 0}}
"""


def pack(folder: Path, text: str, name: str = "pack.yaml") -> PackSource:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_pack(path)


def edited(text: str, *edits: tuple[str, str]) -> str:
    """A pack in which each first text took the place of another."""
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    return text


def compared(folder: Path, old: str, new: str, rows: str) -> Diff:
    """The whole comparison on a list."""
    list_ = folder / "list.csv"
    list_.write_text(rows, encoding="utf-8")
    before, after = pack(folder, old, "old.yaml"), pack(folder, new, "new.yaml")
    return diff(before, after, ("old", "new"), lambda one: score(list_, one), "list.csv")


def words(folder: Path, old: str, new: str) -> list[tuple[str, str]]:
    """What changed, as (where, words)."""
    found = changes(pack(folder, old, "old.yaml").shape, pack(folder, new, "new.yaml").shape)
    return [(one.title, one.words) for one in found]


def only_move(found: Diff) -> Move:
    assert found.moves is not None
    (move,) = found.moves.moves
    return move


def shares(found: Diff, move: Move, card: str = "fit") -> dict[str, Fraction]:
    """What each change did, by its name; changes that were weighed as one are joined with a plus."""
    (own,) = (one for one in move.cards if one.card == card)
    return {named(found, share.part): share.points for share in own.shares}


def named(found: Diff, part: tuple[int, ...]) -> str:
    return " + ".join(sorted(found.changes[number - 1].name for number in part))


def sets(found: Diff, given: tuple[tuple[tuple[int, ...], ...], ...]) -> set[frozenset[str]]:
    return {frozenset(named(found, part) for part in one) for one in given}


# -- what changed, in words ----------------------------------------------------------------------------------------


def test_the_same_pack_in_another_order_has_no_changes(tmp_path: Path) -> None:
    lines = "      small: {required: true, when: {staff: {at_most: 10}}, points: 50}\n"
    other = PACK.replace(lines, "").replace("    bands:", lines + "    bands:")
    assert words(tmp_path, PACK, other) == []


@pytest.mark.parametrize(
    ("edit", "where", "told"),
    [
        (("points: 50}\n      near", "points: 60}\n      near"), "Small", "points: 50 → 60"),
        (("at_most: 10", "at_most: 12"), "Small", "Staff at most 10 → Staff at most 12"),
        (("trade: homes}, points", "trade: homes}, otherwise: -5, points"), "Near", "points when not met: 0 → -5"),
        (("{required: true, when: {trade", "{when: {trade"), "Near", "required: yes → no"),
        (("[housing]", "[housing, flats]"), "Trade", "choice homes: new: flats"),
        (("[commercial]", "[]"), "Trade", "choice offices: gone: commercial"),
        (("commercial]}", "commercial], farms: [farm]}"), "Trade", "choice farms: new"),
        (("[employees]", "[headcount]"), "Staff", "headers: new: headcount; gone: employees"),
        (("[employees]}", "[employees], units: [people]}"), "Staff", "units: new: people"),
        (("[employees]}", "[employees], words: {solo: 1}}"), "Staff", "words: new: solo = 1"),
        (("[employees]}", "[employees], assume: 3}"), "Staff", "assumed: nothing → 3"),
        (("[employees]}", "[employees], question: How many?}"), "Staff", "question: nothing → How many?"),
        (("A: {at_least: 70}", "A: {at_least: 75}"), "Fit, band A", "from: 70 → 75"),
        (("A: {at_least: 70}", "S: {at_least: 90}, A: {at_least: 70}"), "Fit, band S", "new: from 90 up"),
        (("title: Fit", "title: Fit\n    min_known: 25%"), "Fit", "share that must be known: 0% → 25%"),
        (("title: Test,", "title: Test, version: 2,"), "The pack", "version: 0 → 2"),
        (("title: Test,", "title: Test, unknown_values: [who knows],"), "The pack", "unknown values: new: who knows"),
        (("fields:\n", "fields:\n  van: {type: yes_no}\n"), "Van", "new: a yes/no field"),
        (("      near:", "      big: {when: {staff: 9}, points: 5}\n      near:"), "Big", "new: 5 where Staff is 9"),
        (
            ("at_most: 10}}, points: 50", "at_most: 10}}, points: 50, advice: [{for: consultant, say: Call.}]"),
            "Small",
            "advice: new: “Call.” when met",
        ),
        (
            ("bands: {A: {at_least: 70}", "source: S1\n    bands: {A: {at_least: 70}"),
            "Fit",
            "sources: nothing → S1",
        ),
        (("when: {staff: {at_most: 10}}, points: 50", "levels: [{when: {staff: {at_most: 10}}, points: 50}, "
          "{when: {staff: {at_most: 20}}, points: 5}]"), "Small", "levels: new: 5 where Staff at most 20"),
    ],
)  # fmt: skip
def test_a_change_is_told_in_words(tmp_path: Path, edit: tuple[str, str], where: str, told: str) -> None:
    assert words(tmp_path, PACK, edited(PACK, edit)) == [(where, told)]


def test_what_is_gone_is_what_was_new_the_other_way_round(tmp_path: Path) -> None:
    more = edited(PACK, ("fields:\n", "fields:\n  van: {type: yes_no}\n"))
    assert words(tmp_path, more, PACK) == [("Van", "gone: a yes/no field")]


def test_of_a_list_of_ways_only_those_that_changed_are_told(tmp_path: Path) -> None:
    ways = "{any: [{trade: homes}, {staff: 1}, {staff: 2}]}"
    old = edited(PACK, ("when: {trade: homes}", f"when: {ways}"))
    assert words(tmp_path, old, edited(old, ("{staff: 2}", "{staff: 3}"))) == [("Near", "Staff is 2 → Staff is 3")]
    assert words(tmp_path, old, edited(old, (", {staff: 2}", ""))) == [("Near", "way in gone: Staff is 2")]


def test_a_new_name_of_a_way_can_move_nobody(tmp_path: Path) -> None:
    new = edited(PACK, ("{trade: homes}", "{trade: homes, say: at home}"))
    found = changes(pack(tmp_path, PACK, "old.yaml").shape, pack(tmp_path, new, "new.yaml").shape)
    assert [(one.key, one.scores) for one in found] == [("say", False)]


# -- Shapley values ------------------------------------------------------------------------------------------------


def by_orders(count: int, worth: Mapping[frozenset[int], int]) -> list[Fraction]:
    """Shapley values as they are defined: the mean over all orders."""
    totals = [Fraction(0)] * count
    orders = list(permutations(range(count)))
    for order in orders:
        done: frozenset[int] = frozenset()
        for one in order:
            totals[one] += worth[done | {one}] - worth[done]
            done |= {one}
    return [total / len(orders) for total in totals]


def test_shapley_values_are_the_mean_over_all_orders() -> None:
    worths = {bits: (bits * 37 + bits.bit_count() ** 3) % 50 for bits in range(16)}
    sets_ = {frozenset(n for n in range(4) if bits >> n & 1): value for bits, value in worths.items()}
    assert shapley([1, 2, 4, 8], worths.__getitem__) == by_orders(4, sets_)


def test_the_smallest_sets_are_all_of_the_least_size() -> None:
    assert smallest([1, 2, 4], lambda groups: groups & 1 == 1 or groups & 6 == 6) == [(0,)]
    assert smallest([1, 2, 4], lambda groups: groups.bit_count() >= 2) == [(0, 1), (0, 2), (1, 2)]


# -- whom it moves, worked out by hand -----------------------------------------------------------------------------


def test_two_changes_that_only_together_move_a_verdict(tmp_path: Path) -> None:
    """11 people in offices: each change alone leaves one required criterion unmet; the two are symmetric."""
    new = edited(PACK, ("at_most: 10", "at_most: 12"), ("trade: homes}", "trade: [homes, offices]}"))
    found = compared(tmp_path, PACK, new, "firm,employees,trade\nAcme,11,offices\n")
    move = only_move(found)
    assert (move.before.verdict, move.after.verdict) == ("disqualified", "qualified")
    assert sets(found, move.verdict_by) == {frozenset({"Small: condition", "Near: condition"})}
    assert shares(found, move) == {"Small: condition": 50, "Near: condition": 50}
    (card,) = move.cards  # B from 0, A from 70: 50 points of one change are not enough
    assert sets(found, card.band_by) == {frozenset({"Small: condition", "Near: condition"})}


def test_a_bound_and_the_points_behind_it(tmp_path: Path) -> None:
    """7 people in homes. Nothing: 50 of 100 points. The bound: 100 of 100. The points: 50 of 200, which is 25.
    Both: 100. The bound gets (50 + 75) / 2, the points get (-25 + 0) / 2."""
    old = edited(PACK, ("at_most: 10", "at_least: 10"))
    new = edited(old, ("at_least: 10", "at_least: 5"), ("points: 50}\n      near", "points: 150}\n      near"))
    found = compared(tmp_path, old, new, "firm,employees,trade\nAcme,7,homes\n")
    move = only_move(found)
    assert shares(found, move) == {"Small: condition": Fraction(125, 2), "Small: points": Fraction(-25, 2)}
    assert sets(found, move.verdict_by) == {frozenset({"Small: condition"})}


def test_either_of_two_changes_suffices(tmp_path: Path) -> None:
    """20 points: B from 70. A bound of 60 and a score of 75 each make it an A."""
    old = edited(
        PACK, ("points: 50}\n      near", "points: 65}\n      near"), ("A: {at_least: 70}", "A: {at_least: 60}")
    )
    old = edited(old, ("at_least: 60", "at_least: 70"), ("points: 50}\n    bands", "points: 35}\n    bands"))
    new = edited(old, ("at_least: 70", "at_least: 60"), ("points: 35}", "points: 15}"))
    found = compared(tmp_path, old, new, "firm,employees,trade\nAcme,7,offices\n")
    move = only_move(found)  # 65 of 100, 65 of 80 is 81.3
    (card,) = move.cards
    assert sets(found, card.band_by) == {frozenset({"Fit, band A: from"}), frozenset({"Near: points"})}
    assert shares(found, move) == {"Near: points": Fraction("16.3")}


def test_a_change_without_effect_gets_nothing(tmp_path: Path) -> None:
    new = edited(PACK, ("at_most: 10", "at_most: 12"), ("[commercial]", "[commercial, towers]"))
    found = compared(tmp_path, PACK, new, "firm,employees,trade\nAcme,11,homes\n")
    assert len(found.changes) == 2
    assert shares(found, only_move(found)) == {"Small: condition": 50}


def test_who_only_gives_way_to_others_is_told_so(tmp_path: Path) -> None:
    new = edited(PACK, ("at_most: 10", "at_most: 12"))
    rows = "firm,employees,trade\nAcme,5,offices\nBolt,11,homes\n"
    found = compared(tmp_path, PACK, new, rows)
    assert found.moves is not None
    moved = {move.case.who: (move.rank, move.case.rank, move.cards) for move in found.moves.moves}
    assert moved["Acme"] == (1, 2, ())
    assert moved["Bolt"][:2] == (2, 1)


def test_who_does_not_move_is_not_told(tmp_path: Path) -> None:
    new = edited(PACK, ("at_most: 10", "at_most: 12"))
    found = compared(tmp_path, PACK, new, "firm,employees,trade\nAcme,5,homes\nBolt,30,homes\n")
    assert found.moves is not None
    assert (found.moves.prospects, found.moves.moves, found.moves.failing) == (2, (), 0)


def test_an_answer_that_only_the_new_rules_understand_moves_by_the_synonym(tmp_path: Path) -> None:
    list_, answers = tmp_path / "list.csv", tmp_path / "answers.jsonl"
    list_.write_text("firm,employees,trade\nAcme,11,\n", encoding="utf-8")
    answers.write_text('{"field": "trade", "answer": "flats", "name": "Acme"}\n', encoding="utf-8")
    new = edited(PACK, ("[housing]", "[housing, flats]"), ("at_most: 10", "at_most: 12"))
    packs = pack(tmp_path, PACK, "old.yaml"), pack(tmp_path, new, "new.yaml")
    found = diff(*packs, ("old", "new"), lambda one: score(list_, one, answers={list_: answers}), "list.csv")
    assert shares(found, only_move(found)) == {"Trade: synonyms": 50, "Small: condition": 50}


def test_people_and_a_bound_are_told_apart(tmp_path: Path) -> None:
    """Two reps in the contact list, at least: the old pattern finds one of them, the new one both."""
    list_, contacts = tmp_path / "list.csv", tmp_path / "people.csv"
    list_.write_text("firm,trade\nAcme,homes\n", encoding="utf-8")
    contacts.write_text("company,title\nAcme,Sales rep\nAcme,Closer\n", encoding="utf-8")
    old = edited(PACK, ("[employees]}", '[employees], infer: [{contacts: "rep", count: exact}]}'),
                 ("at_most: 10", "at_least: 3"))  # fmt: skip
    new = edited(old, ('"rep"', '"rep|closer"'), ("at_least: 3", "at_least: 2"))
    packs = pack(tmp_path, old, "old.yaml"), pack(tmp_path, new, "new.yaml")
    found = diff(*packs, ("old", "new"), lambda one: score(list_, one, contacts=contacts), "list.csv")
    move = only_move(found)
    assert (move.before.verdict, move.after.verdict) == ("disqualified", "qualified")
    assert sets(found, move.verdict_by) == {frozenset({"Staff: inferred from", "Small: condition"})}
    assert shares(found, move) == {"Staff: inferred from": 25, "Small: condition": 25}


# -- changes that belong together ----------------------------------------------------------------------------------


def joint(found: Diff) -> list[str]:
    assert found.moves is not None
    return [named(found, part) for part in found.moves.joint]


ROWS = "firm,employees,trade,van\nAcme,11,offices,yes\nBolt,5,homes,no\n"


def test_a_new_field_goes_with_the_criterion_that_asks_for_it(tmp_path: Path) -> None:
    new = edited(
        PACK,
        ("fields:\n", "fields:\n  van: {type: yes_no}\n"),
        ("\n      near:", "\n      drives: {when: {van: yes}, points: 25}\n      near:"),
        ("at_most: 10", "at_most: 12"),
    )
    found = compared(tmp_path, PACK, new, ROWS)
    assert joint(found) == ["Drives: new + Van: new"]
    assert found.moves is not None
    acme = next(move for move in found.moves.moves if move.case.who == "Acme")
    # Acme: 0; the bound 50; van 25 of 125: 20; both 75 of 125: 60.
    assert shares(found, acme) == {"Small: condition": 45, "Drives: new + Van: new": 15}


@pytest.mark.parametrize(
    ("edits", "together"),
    [
        ([("[housing]", "[]"), ("[commercial]", "[commercial, housing]")],
         "Trade: synonyms + Trade: synonyms"),
        ([("columns: [employees]", "columns: [crew]"), ("type: choice,", "type: choice, columns: [employees],")],
         "Staff: headers + Trade: headers"),
        ([("{homes: [housing],", "{villas: [housing],"), ("trade: homes}", "trade: villas}")],
         "Near: condition + Trade: synonyms + Trade: synonyms"),
        ([("A: {at_least: 70}, B: {at_least: 0}", "A: {at_least: 70}, C: {at_least: 0}")],
         "Fit, band B: gone + Fit, band C: new"),
    ],
)  # fmt: skip
def test_changes_that_only_together_make_a_pack_are_one(
    tmp_path: Path, edits: list[tuple[str, str]], together: str
) -> None:
    found = compared(tmp_path, PACK, edited(PACK, *edits), ROWS)
    assert joint(found) == [together]


def test_what_is_required_may_only_change_hands(tmp_path: Path) -> None:
    """Without the second edit nothing is required, which is no pack; the second could be made without the first."""
    old = edited(PACK, ("{required: true, when: {trade", "{when: {trade"))
    new = edited(PACK, ("{required: true, when: {staff", "{when: {staff"))
    assert joint(compared(tmp_path, old, new, ROWS)) == ["Near: required + Small: required"]


def test_headers_that_move_the_line_of_headers_are_one_change_and_records_stay_the_same(tmp_path: Path) -> None:
    """The old pack takes the first line for headers, the new one the second: what feeds what hangs on both edits."""
    new = edited(
        PACK, ("[employees]", "[crew size]"), ("type: choice,", "type: choice, columns: [business line],"),
        ("A: {at_least: 70}", "A: {at_least: 40}"),
    )  # fmt: skip
    rows = "x,employees,y\nfirm,crew size,business line\nAcme,3,homes\nBolt,50,homes\n"
    found = compared(tmp_path, PACK, new, rows)
    assert joint(found) == ["Staff: headers + Trade: headers"]
    assert found.moves is not None
    assert (found.moves.prospects, found.moves.only_old, found.moves.only_new) == (2, 1, 0)
    moved = {move.case.who: move for move in found.moves.moves}
    assert shares(found, moved["Acme"]) == {"Staff: headers + Trade: headers": 50}
    assert (moved["Acme"].before.cards["fit"].score, moved["Acme"].after.cards["fit"].score) == (50, 100)
    assert moved["Bolt"].after.verdict == "disqualified"


# -- against packs that were really edited -------------------------------------------------------------------------

BIG = """
pack: {name: big, title: Big, rank_by: [fit, extra]}
phrases: {crew: "%(phrase)s"}
fields:
  name: {type: text}
  notes: {type: text}
  staff: {type: number, columns: [%(header)s], infer: [{from: [notes], find: "(\\\\w+) <crew>", value: "$1"}]}
  sellers: {type: number, infer: [{at_most: staff}]}
  trade: {type: choice, choices: {homes: [%(synonym)s], offices: [office]}}
  van: {type: yes_no%(assume)s}
scorecards:
  fit:
    min_known: 30%%
    criteria:
      small: {required: true, when: {staff: {at_most: %(bound)s}}, points: %(points)s}
      sells: {when: {sellers: {at_most: 10}}, points: 15}
      near: {when: {trade: homes}, points: 30, otherwise: -10}
      drives: {when: {van: yes}, points: 20}
    bands: {A: {at_least: 70}, B: {at_least: 40}, C: {at_least: 0}}
  extra:
    criteria: {roomy: {levels: [{when: {staff: {more_than: 8}}, points: 7}, {when: {van: yes}, points: 3}]}}
    bands: {high: {at_least: 50}, low: {at_least: 0}}
"""
EDITS = {
    "phrase": ("people", "people|hands"),
    "header": ("staff", "staff, headcount"),
    "synonym": ("housing", "housing, flats"),
    "assume": ("", ", assume: yes"),
    "bound": ("10", "14"),
    "points": ("40", "55"),
}
NAMES = {
    "Phrase <crew>: pattern": "phrase", "Staff: headers": "header", "Trade: synonyms": "synonym",
    "Van: assumed": "assume", "Small: condition": "bound", "Small: points": "points",
}  # fmt: skip
LIST = """name,headcount,trade,van,notes
One,12,flats,,
Two,,homes,no,a team of nine hands
Three,,office,yes,12 people here
Four,9,flats,no,
Five,,,,
Six,13,housing,yes,4 hands
"""


def variant(*done: str) -> str:
    return BIG % {name: values[name in done] for name, values in EDITS.items()}


def results(path: Path, list_: Path) -> dict[tuple[str, str], tuple[str, Decimal, str]]:
    """Verdict, score and band by firm and scorecard, as `score` gives them."""
    with score(list_, load_pack(path)) as ranking:
        return {
            (one.name or "", name): (one.verdict, card.score, card.band)
            for one in ranking
            for name, card in one.scorecards.items()
        }


@pytest.fixture(scope="module")
def truth(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[frozenset[str], dict[tuple[str, str], tuple[str, Decimal, str]]]:
    """What comes out with every subset of the edits really made."""
    folder = tmp_path_factory.mktemp("packs")
    (folder / "list.csv").write_text(LIST, encoding="utf-8")
    found = {}
    for chosen in product((False, True), repeat=len(EDITS)):
        done = frozenset(name for name, is_done in zip(EDITS, chosen, strict=True) if is_done)
        (folder / "pack.yaml").write_text(variant(*done), encoding="utf-8")
        found[done] = results(folder / "pack.yaml", folder / "list.csv")
    return found


def test_shares_and_smallest_sets_are_those_of_packs_really_edited(
    tmp_path: Path, truth: dict[frozenset[str], dict[tuple[str, str], tuple[str, Decimal, str]]]
) -> None:
    found = compared(tmp_path, variant(), variant(*EDITS), LIST)
    assert {one.name for one in found.changes} == set(NAMES)
    assert found.moves is not None
    assert {move.case.who for move in found.moves.moves} == {"One", "Two", "Three", "Four", "Five", "Six"}
    edits, checked = list(EDITS), 0
    for move in found.moves.moves:
        for card in move.cards:
            key = (move.case.who, card.card)
            assert (move.before.verdict, move.before.cards[card.card].score) == truth[frozenset()][key][:2]
            worth = {frozenset(map(edits.index, done)): int(outcome[key][1] * 10) for done, outcome in truth.items()}
            if card.figure == "score":
                expected = dict(zip(edits, by_orders(len(edits), worth), strict=True))
                got = {NAMES[name]: points * 10 for name, points in shares(found, move, card.card).items()}
                assert got == {name: points for name, points in expected.items() if points}
                assert sum(got.values()) == worth[frozenset(range(6))] - worth[frozenset()]
                checked += 1
            if card.band_by:
                assert sets(found, card.band_by) == as_names(smallest_true(truth, key, 2))
        if move.verdict_by:
            assert sets(found, move.verdict_by) == as_names(smallest_true(truth, (move.case.who, "fit"), 0))
    assert checked >= 6


def smallest_true(
    truth: dict[frozenset[str], dict[tuple[str, str], tuple[str, Decimal, str]]], key: tuple[str, str], place: int
) -> Iterator[frozenset[str]]:
    """The smallest sets of edits that give what all of them give."""
    enough = [done for done, outcome in truth.items() if outcome[key][place] == truth[frozenset(EDITS)][key][place]]
    least = min(map(len, enough))
    return (done for done in enough if len(done) == least)


def as_names(done: Iterator[frozenset[str]]) -> set[frozenset[str]]:
    names = {edit: name for name, edit in NAMES.items()}
    return {frozenset(names[edit] for edit in one) for one in done}


def test_the_order_in_which_changes_are_written_makes_no_difference(tmp_path: Path) -> None:
    def turned(text: str) -> str:
        """The same pack with fields and criteria in another order."""
        lines = text.splitlines(keepends=True)
        for start, stop in (("  name:", "scorecards:"), ("      small:", "    bands: {A")):
            first = next(n for n, line in enumerate(lines) if line.startswith(start))
            last = next(n for n, line in enumerate(lines) if line.startswith(stop))
            lines[first:last] = reversed(lines[first:last])
        return "".join(lines)

    straight = compared(tmp_path, variant(), variant(*EDITS), LIST)
    back = compared(tmp_path, variant(), turned(variant(*EDITS)), LIST)
    assert [one.name for one in straight.changes] != [one.name for one in back.changes]
    assert told(straight) == told(back)


def test_the_way_back_is_the_way_there_with_the_other_sign(tmp_path: Path) -> None:
    there = compared(tmp_path, variant(), variant(*EDITS), LIST)
    back = compared(tmp_path, variant(*EDITS), variant(), LIST)
    assert told(back) == {
        who: {card: {name: -points for name, points in parts.items()} for card, parts in cards.items()}
        for who, cards in told(there).items()
    }


def told(found: Diff) -> dict[str, dict[str, dict[str, Fraction]]]:
    assert found.moves is not None
    return {
        move.case.who: {card.card: shares(found, move, card.card) for card in move.cards} for move in found.moves.moves
    }


def test_the_ends_are_what_score_says_of_the_shipped_pack(tmp_path: Path) -> None:
    list_ = ROOT / "examples" / "prospects.csv"
    old = read_pack("psm")
    layer = "scorecards: {fit: {bands: {A: {at_least: 70, replace: true}}}}\n"
    (tmp_path / "ours.yaml").write_text(layer, encoding="utf-8")
    new = read_pack("psm", tmp_path / "ours.yaml")
    found = diff(old, new, ("psm", "ours"), lambda one: score(list_, one), "prospects.csv")
    assert found.moves is not None
    with score(list_, old.pack) as before, score(list_, new.pack) as after:
        pairs = {one.row: (one, next(two for two in after if two.row == one.row)) for one in before}
    moved = {row for row, (one, two) in pairs.items() if (one.rank, one.primary.band) != (two.rank, two.primary.band)}
    assert {move.case.place.row for move in found.moves.moves} == moved
    assert found.moves.failing == len(moved) > 0


# -- many changes --------------------------------------------------------------------------------------------------


def wide(count: int, **values: object) -> str:
    """A pack with many criteria, each on a field of its own."""
    fields = "".join(f"  f{n}: {{type: number}}\n" for n in range(count))
    criteria = "".join(
        f"      c{n}: {{required: true, when: {{f{n}: {{at_most: {values.get('bound', 5)}}}}}, "
        f"points: {values.get('points', 10)}, otherwise: {values.get('otherwise', 0)}}}\n"
        for n in range(count)
    )
    bands = "    bands: {A: {at_least: 50}, B: {at_least: 0}}\n"
    header = "pack: {name: wide}\nfields:\n  name: {type: text}\n"
    criteria += "      rest: {when: {f0: 0}, points: 7}\n"
    return f"{header}{fields}scorecards:\n  fit:\n    criteria:\n{criteria}{bands}"


def test_changes_that_cannot_matter_to_a_prospect_do_not_make_it_coarse(tmp_path: Path) -> None:
    found = compared(tmp_path, wide(14), wide(14, bound=9), "name,f0,f1\nAcme,7,8\n")
    move = only_move(found)
    assert not move.coarse
    # 10 points of 147 are 6.8, 20 are 13.6
    assert shares(found, move) == {"C0: condition": Fraction("6.8"), "C1: condition": Fraction("6.8")}


def test_beyond_ten_the_changes_of_one_criterion_are_weighed_together(tmp_path: Path) -> None:
    found = compared(tmp_path, wide(6), wide(6, points=20, otherwise=-3), "name,f0,f1,f2\nAcme,7,3,1\n")
    move = only_move(found)
    assert move.coarse
    before, after = move.before.cards["fit"].score, move.after.cards["fit"].score
    parts = shares(found, move)
    assert sum(parts.values()) == Fraction(after - before)
    assert "C0: points + C0: points when not met" in parts
    assert parts["C1: points + C1: points when not met"] == parts["C2: points + C2: points when not met"]


def test_beyond_ten_criteria_those_of_a_scorecard_are_weighed_together(tmp_path: Path) -> None:
    found = compared(tmp_path, wide(12), wide(12, points=20), "name,f0\nAcme,3\n")
    move = only_move(found)
    assert move.coarse
    assert len(shares(found, move)) == 1


# -- git revisions -------------------------------------------------------------------------------------------------


def git(folder: Path, *arguments: str) -> None:
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER")
           for key, value in (("NAME", "Ann"), ("EMAIL", "ann@example.com"))}  # fmt: skip
    config = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **who, **config}, check=True, capture_output=True
    )


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose rules were changed once: a bound of 10, then of 12."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed here")
    folder = tmp_path / "repository"
    (folder / "rules").mkdir(parents=True)
    git(folder, "init", "--quiet")
    for text in (PACK, edited(PACK, ("at_most: 10", "at_most: 12"))):
        (folder / "rules" / "pack.yaml").write_text(text, encoding="utf-8")
        (folder / "rules" / "README.md").write_text("not a rule", encoding="utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--no-gpg-sign", "-m", "rules")
    monkeypatch.chdir(folder)
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    return folder


def bound_of(source: PackSource) -> str:
    """The bound of the criterion that changes."""
    (test,) = (source.shape.scorecards["fit"].criteria["small"].when.tests or {}).values()  # type: ignore[union-attr]
    return test.at_most or ""


@pytest.mark.parametrize("path", ["rules", "rules/", "rules/pack.yaml", "./rules"])
def test_rules_are_read_at_a_revision(repository: Path, path: str) -> None:
    assert bound_of(read_rules(f"HEAD~1:{path}")) == "10"
    assert bound_of(read_rules(f"HEAD:{path}")) == "12"


def test_a_path_at_a_revision_may_be_named_from_a_folder_below(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(repository / "rules")
    assert bound_of(read_rules("HEAD~1:rules")) == "10"
    assert bound_of(read_rules("HEAD~1:./")) == "10"


def test_the_copy_of_a_revision_goes(repository: Path) -> None:
    with rules_at("HEAD~1:rules") as path:
        assert [file.name for file in Path(path).iterdir()] == ["pack.yaml"]
    assert not Path(path).exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("HEAD~7:rules", "git knows no revision 'HEAD~7'"),
        ("--all:rules", "git knows no revision '--all'"),
        ("HEAD:rulez", "'rulez' is not in HEAD"),
        (":rules", "name a revision before the colon, such as HEAD~1:rules"),
    ],
)
def test_what_is_missing_is_said(repository: Path, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_rules(name)


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed here")
def test_outside_of_a_repository_a_revision_cannot_be_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(UsageError, match="no git repository"):
        read_rules("HEAD:rules")


def test_without_git_a_revision_is_refused(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repository))
    with pytest.raises(UsageError, match="a revision needs git, which can't be started"):
        read_rules("HEAD:rules")


@pytest.mark.parametrize("name", ["C:\\rules", "d:/rules/pack.yaml", "C:"])
def test_a_drive_is_no_revision(repository: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no such rule file or folder"):
        read_rules(name)


@pytest.mark.skipif(os.name == "nt", reason="a name there holds no colon")
def test_a_file_that_is_there_is_no_revision(repository: Path) -> None:
    (repository / "HEAD:odd.yaml").write_text(PACK, encoding="utf-8")
    assert bound_of(read_rules("HEAD:odd.yaml")) == "10"


def test_a_fault_in_a_revision_is_placed_there(repository: Path) -> None:
    (repository / "rules" / "pack.yaml").write_text(edited(PACK, ("at_most", "at_mots")), encoding="utf-8")
    git(repository, "commit", "--quiet", "--no-gpg-sign", "-a", "-m", "a slip")
    with pytest.raises(PackError) as caught:
        read_rules("HEAD:rules")
    assert [(one.place.file, one.place.line) for one in caught.value.findings] == [("HEAD:rules/pack.yaml", 11)]


# -- the command ---------------------------------------------------------------------------------------------------


def run(folder: Path, *arguments: str, typed: str = "", width: int = 80) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if key != "PSM_QUALIFY_RULES"}
    env |= {"COLUMNS": str(width), "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "psm_qualify", "rules", "diff", *arguments]
    return subprocess.run(command, cwd=folder, env=env, input=typed, capture_output=True, check=False, encoding="utf-8")


MOVING = "firm,employees,trade\nAcme,11,homes\nBolt,5,homes\n"


def test_the_command_tells_what_changed_between_revisions_and_whom_it_moves(repository: Path) -> None:
    (repository / "list.csv").write_text(MOVING, encoding="utf-8")
    done = run(repository, "HEAD~1:rules", "rules", "list.csv", width=160)
    assert done.returncode == 0, done.stderr
    lines = [" ".join(line.split()) for line in done.stdout.splitlines()]
    assert "(1) Small Staff at most 10 → Staff at most 12" in lines
    assert "Of 2 prospects: 1 with another verdict, 1 in another band of Fit, 2 at another rank." in lines
    became = "Acme 2 → 1 Disqualified → Qualified B → A 50.0 → 100.0"
    assert f"{became} verdict: (1) alone; band: (1) alone; +50.0 by (1)" in lines
    assert "Bolt 1 → 2 Qualified A 100.0 others moved" in lines  # as good as Acme now, and below it in the list


def test_fail_if_moved_counts_verdicts_and_bands(repository: Path) -> None:
    (repository / "list.csv").write_text(MOVING, encoding="utf-8")
    assert run(repository, "HEAD~1:rules", "rules", "list.csv", "--fail-if-moved", "1").returncode == 0
    done = run(repository, "HEAD~1:rules", "rules", "list.csv", "--fail-if-moved", "0")
    assert done.returncode == 1
    assert "1 prospect with another verdict or band of Fit; --fail-if-moved allows 0" in done.stderr
    done = run(repository, "HEAD~1:rules", "rules", "--fail-if-moved", "0")
    assert done.returncode == 2
    assert "name a list" in done.stderr


def test_json_holds_all_from_standard_input(repository: Path) -> None:
    done = run(repository, "HEAD~1:rules", "rules", "-", "--json", typed=MOVING)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["old"]["rules"] == ["HEAD~1:rules"]
    (change,) = found["changes"]
    assert (change["part"], change["key"]) == (["scorecards", "fit", "criteria", "small"], "when")
    assert (found["list"]["file"], found["list"]["prospects"], found["list"]["moved"]) == ("standard input", 2, 1)
    move = next(one for one in found["list"]["moves"] if one["name"] == "Acme")
    assert (move["before"]["verdict"], move["after"]["verdict"]) == ("disqualified", "qualified")
    assert move["verdict_by"] == [[[1]]]
    assert move["scorecards"]["fit"]["shares"] == [{"changes": [1], "points": 50.0}]


def test_markdown_is_written_for_a_pull_request(repository: Path) -> None:
    (repository / "list.csv").write_text(MOVING, encoding="utf-8")
    done = run(repository, "HEAD~1:rules", "rules", "list.csv", "-o", "diff.md")
    assert done.returncode == 0, done.stderr
    text = (repository / "diff.md").read_text(encoding="utf-8")
    assert text.startswith("# Rules: HEAD\\~1:rules → rules\n")
    assert "| (1) | Small | Staff at most 10 → Staff at most 12 |" in text


def test_equal_packs_and_a_map_that_only_one_of_them_knows(repository: Path) -> None:
    assert "Nothing changed." in run(repository, "HEAD:rules", "rules").stdout
    (repository / "new.yaml").write_text(
        edited(PACK, ("fields:\n", "fields:\n  van: {type: yes_no}\n")), encoding="utf-8"
    )
    (repository / "list.csv").write_text(MOVING.replace("trade", "thing"), encoding="utf-8")
    done = run(repository, "HEAD~1:rules", "new.yaml", "list.csv", "--map", "van=thing")
    assert done.returncode == 0, done.stderr
    done = run(repository, "HEAD~1:rules", "new.yaml", "list.csv", "--map", "vann=thing")
    assert done.returncode == 2
    assert "did you mean 'van'?" in done.stderr


def test_layers_are_joined_and_each_may_stand_at_a_revision(repository: Path) -> None:
    layer = "fields: {van: {type: yes_no}}\nscorecards: {fit: {criteria: {drives: {when: {van: yes}, points: 5}}}}\n"
    (repository / "ours.yaml").write_text(layer, encoding="utf-8")
    done = run(repository, "rules", "rules+ours.yaml")
    assert done.returncode == 0, done.stderr
    assert "new: 5 where Van is yes" in done.stdout
    assert done.stdout.startswith("Rules: rules → rules+ours.yaml\n")
    found = json.loads(run(repository, "HEAD~1:rules+ours.yaml", "rules+ours.yaml", "--json").stdout)
    assert found["old"]["rules"] == ["HEAD~1:rules", "ours.yaml"]
    assert [change["text"] for change in found["changes"]] == ["Staff at most 10 → Staff at most 12"]


def test_a_file_with_a_plus_in_its_name_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a+b.yaml").touch()
    assert layers_of("a+b.yaml") == ("a+b.yaml",)
    assert layers_of("psm+a+b.yaml+c.yaml") == ("psm", "a+b.yaml", "c.yaml")
    assert layers_of("a+c.yaml") == ("a", "c.yaml")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("rules+rules", r"^rules\+rules: rules is in it twice; name it once$"),
        ("rules+", r"^rules\+: name rules on either side of a \+"),
        ("rules+HEAD:nowhere", "'nowhere' is not in HEAD"),
    ],
)
def test_what_is_wrong_with_joined_layers_is_said(repository: Path, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_rules(name)


def test_a_layer_by_itself_is_told_how_to_name_it(repository: Path) -> None:
    (repository / "ours.yaml").write_text("fields: {van: {type: yes_no}}\n", encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_rules("ours.yaml")
    hints = [one.hint for one in caught.value.findings if "psm+ours.yaml" in one.hint]
    assert hints == ["add `pack: {name: my-rules}`; if it is a layer, name what it lies over: psm+ours.yaml"]


# -- as it is told -------------------------------------------------------------------------------------------------


def lines(found: Diff, width: int = 160) -> list[str]:
    """The document, each line with single spaces."""
    out = io.StringIO()
    Sheet(console_on(out, width)).print(document(found))
    return [" ".join(line.split()) for line in out.getvalue().splitlines()]


def test_packs_with_another_primary_scorecard_are_compared_by_verdict_and_rank_only(tmp_path: Path) -> None:
    """Bolt is disqualified by Fit (11 people), qualified by Visit. Acme is qualified by both and gives way to none."""
    visit = (
        "  visit: {title: Visit, criteria: {near: {required: true, when: {trade: homes}, points: 5}, "
        "big: {when: {staff: {at_least: 11}}, points: 5}}, bands: {A: {at_least: 50}, B: {at_least: 0}}}\n"
    )
    start = PACK.index("  fit:")
    new = edited(PACK[:start] + visit, ("rank_by: [fit]", "rank_by: [visit]"))
    found = compared(tmp_path, PACK, new, "firm,employees,trade\nAcme,3,homes\nBolt,11,homes\n")
    assert not found.comparable
    assert found.moves is not None
    assert found.moves.failing == 1
    shown = lines(found)
    assert "Of 2 prospects: 1 with another verdict, 2 at another rank." in shown
    assert any("from one scorecard to another: Fit → Visit." in line for line in shown)
    assert any(line.startswith("Bolt 2 → 1 Disqualified → Qualified verdict: (") for line in shown)
    assert "Acme 1 → 2 Qualified ranked by other scores" in shown
    assert not any("others moved" in line or "Score" in line.split() for line in shown)


def test_shown_shares_add_up_to_the_shown_move() -> None:
    shares = [Fraction("-9.117"), Fraction("-9.117"), Fraction("-1.766")]
    assert rounded(shares) == [Fraction("-9.1"), Fraction("-9.1"), Fraction("-1.8")]
    assert rounded([Fraction(10, 3)] * 3) == [Fraction("3.4"), Fraction("3.3"), Fraction("3.3")]
    assert rounded([Fraction("62.5"), Fraction("-12.5")]) == [Fraction("62.5"), Fraction("-12.5")]


@pytest.mark.parametrize(("points", "told"), [("-0.04", "0.0"), ("0.04", "0.0"), ("-9.1", "-9.1"), ("50", "+50.0")])
def test_points_are_told_as_scores_are(points: str, told: str) -> None:
    assert points_words(Fraction(points)) == told


def test_three_equal_shares_of_a_move_are_told_so_that_they_add_up(tmp_path: Path) -> None:
    """3 of 6 points before, 6 of 6 after: three criteria of a point each did a third of 50.0 each."""
    more = "".join(f"      c{n}: {{when: {{staff: {{at_most: 5}}}}, points: 1}}\n" for n in range(3))
    old = edited(PACK, ("points: 50}\n      near", "points: 2}\n" + more + "      near"), ("points: 50}", "points: 1}"))
    new = edited(old, ("{at_most: 5}", "{at_most: 9}"))
    found = compared(tmp_path, old, new, "firm,employees,trade\nAcme,7,homes\n")
    assert "+16.7 by (1), +16.7 by (2), +16.6 by (3)" in " ".join(lines(found))


def test_a_change_that_moves_nobody_is_told(tmp_path: Path) -> None:
    new = edited(PACK, ("at_most: 10", "at_most: 12"), ("[commercial]", "[commercial, towers]"))
    found = compared(tmp_path, PACK, new, "firm,employees,trade\nAcme,11,homes\n")
    assert [one.name for one in found.changes] == ["Trade: synonyms", "Small: condition"]
    assert "(1) moves nobody." in lines(found)


def test_a_new_order_of_ranking_is_not_told_to_move_nobody(tmp_path: Path) -> None:
    old = PACK + "  size: {criteria: {big: {when: {staff: {at_least: 5}}, points: 1}}, bands: {A: {at_least: 0}}}\n"
    new = edited(old, ("rank_by: [fit]", "rank_by: [fit, size]"), ("at_most: 10", "at_most: 12"))
    found = compared(tmp_path, old, new, "firm,employees,trade\nAcme,3,homes\nBolt,5,homes\nCole,11,homes\n")
    shown = lines(found)
    assert not any("nobody" in line for line in shown)
    assert "Acme 1 → 3 Qualified A 100.0 ranked by other scores" in shown


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([], "Test 0"),
        ([("points: 50}\n      near", "points: 60}\n      near")],
         "Test 0 (the version is the same: raise it when you hand these rules on)"),
        ([("title: Test,", "title: Test, version: 2,")], "Test 0 → Test 2"),
    ],
)  # fmt: skip
def test_a_version_is_told_once_where_it_is_the_same(tmp_path: Path, edits: list[tuple[str, str]], told: str) -> None:
    packs = pack(tmp_path, PACK, "old.yaml"), pack(tmp_path, edited(PACK, *edits), "new.yaml")
    assert lines(diff(*packs, ("old", "new")))[1] == told


def test_tests_are_counted(tmp_path: Path) -> None:
    one = "tests:\n  - {name: a, prospect: {staff: 3}, expect: {criteria: {small: met}}}\n"
    two = one.replace("staff: 3", "staff: 4") + one.replace("tests:\n", "").replace("name: a", "name: b")
    assert words(tmp_path, PACK + one, PACK + two) == [("Tests", "1 new, 1 changed")]
    assert words(tmp_path, PACK + two, PACK + one) == [("Tests", "1 gone, 1 changed")]
    assert words(tmp_path, PACK, PACK + one) == [("Tests", "1 new")]


def test_types_are_told_in_words(tmp_path: Path) -> None:
    old = edited(PACK, ("fields:\n", "fields:\n  van: {type: yes_no}\n"))
    assert words(tmp_path, old, edited(old, ("yes_no", "text"))) == [("Van", "type: yes/no → text")]
