"""Broken packs: every fault is a finding with a code, the place of the right token, and what to do.

The expected place stands in the YAML itself: `⟦…⟧` marks the span that the caret must lie under.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from psm_qualify.errors import Finding, PackError, UsageError
from psm_qualify.rules import tree
from psm_qualify.rules.loader import load_pack, parse_pack
from psm_qualify.rules.shipped import shipped_pack

PACK = """\
pack: {name: small, rank_by: [fit]}
fields:
  reps:
    type: number
    units: [people]
  goal: {type: percent}
  leader:
    type: choice
    choices: {nobody: [vacant], pro: [sales manager]}
  coached: {type: yes_no}
  notes: {type: text, columns: [remarks]}
  years: {type: duration}
  spend: {type: money}
scorecards:
  fit:
    criteria:
      small_team:
        required: true
        when: {reps: {between: [1, 6]}}
        points: 10
    bands:
      A: {at_least: 50, advice: [{for: consultant, say: Call.}]}
      B: {at_least: 0}
tests:
  - name: three
    prospect: {reps: 3}
    expect: {verdict: qualified, fit: {band: A}, criteria: {small_team: met}}
"""
CONDITION = "{reps: {between: [1, 6]}}"
STEP = "        when: {reps: {between: [1, 6]}}\n        points: 10\n"


class Fault(NamedTuple):
    """What one finding must be: its code, a part of its message, a part of its hint (ignoring case)."""

    code: str
    said: str = ""
    hint: str = ""


def swap(old: str, new: str) -> str:
    """The small pack with one piece of it written otherwise."""
    assert PACK.count(old) == 1, old
    return PACK.replace(old, new)


def when(condition: str) -> str:
    """The small pack with another condition."""
    return swap(CONDITION, condition)


def advised(rest: str, levels: str = "") -> str:
    """The small pack, its criterion with advice; with other levels in the place of its condition."""
    step = f"        levels: {levels}\n" if levels else STEP
    return swap(STEP, f"{step}        advice: [{{for: consultant, say: Ask., {rest}}}]\n")


def bad(name: str, text: str, *faults: Fault) -> Any:
    """One case of the table."""
    assert text.count("⟦") == len(faults)
    return pytest.param(text, faults, id=name)


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, int]]]:
    """The YAML without its marks, and (line, column, length) of what they enclose."""
    spans = []
    for number, line in enumerate(marked.split("\n"), 1):
        for order, found in enumerate(re.finditer("⟦(.*?)⟧", line)):
            spans.append((number, found.start() + 1 - 2 * order, len(found[1])))
    return marked.replace("⟦", "").replace("⟧", ""), spans


def findings(load: Callable[[], object]) -> tuple[Finding, ...]:
    """What a pack that must not load is refused for."""
    with pytest.raises(PackError) as caught:
        load()
    return caught.value.findings


SHAPE = [
    # keys that are not there, at each level
    bad("unknown key: top", PACK + "⟦scorecard⟧: {}\n", Fault("unknown-key", "'scorecard'", "'scorecards'")),
    bad("a misspelt section is not also missing", swap("tests:", "⟦test⟧:"), Fault("unknown-key", "'test'", "'tests'")),
    bad("unknown key: pack", swap("{name: small,", "{name: small, ⟦verson⟧: 1,"),
        Fault("unknown-key", "'verson'", "'version'")),
    bad("unknown key: field", swap("units:", "⟦unit⟧:"), Fault("unknown-key", "'unit'", "'units'")),
    bad("unknown key: inference", swap("units: [people]", "infer: [{⟦form⟧: [notes], find: a, value: 3}]"),
        Fault("unknown-key", "'form'", "'from'")),
    bad("unknown key: scorecard", swap("    bands:\n", "    ⟦titel⟧: x\n    bands:\n"),
        Fault("unknown-key", "'titel'", "'title'")),
    bad("unknown key: criterion", swap("required:", "⟦requird⟧:"), Fault("unknown-key", "'requird'", "'required'")),
    bad("unknown key: level", swap(STEP, "        levels: [{when: {reps: 3}, points: 1, ⟦sya⟧: x}]\n"),
        Fault("unknown-key", "'sya'", "'say'")),
    bad("unknown key: band", swap("B: {", "B: {⟦titel⟧: x, "), Fault("unknown-key", "'titel'", "'title'")),
    bad("a misspelt key is not also missing", swap("B: {at_least", "B: {⟦atleast⟧"),
        Fault("unknown-key", "'atleast'", "'at_least'")),
    bad("unknown key: advice", swap("{for:", "{⟦four⟧:"), Fault("unknown-key", "'four'", "'for'")),
    bad("unknown key: a band's advice knows no outcome", swap("say: Call.", "⟦when⟧: met, say: Call."),
        Fault("unknown-key", "'when'", "topic")),
    bad("unknown key: a criterion's advice", advised("⟦wehn⟧: met"), Fault("unknown-key", "'wehn'", "'when'")),
    bad("unknown key: test", swap("prospect:", "⟦prospct⟧:"), Fault("unknown-key", "'prospct'", "'prospect'")),
    bad("unknown key: what a test expects of a scorecard", swap("{band: A}", "{⟦bnd⟧: A}"),
        Fault("unknown-key", "'bnd'", "'band'")),
    bad("unknown key: what a test expects", swap("{verdict:", "{⟦verdct⟧:"), Fault("", "verdct", "'verdict'")),
    bad("unknown key: operator", when("{reps: {⟦betwen⟧: [1, 6]}}"), Fault("unknown-key", "'betwen'", "'between'")),
    bad("unknown key: operator deep down", when("{not: {all: [{goal: 50%}, {any: [{coached: yes}, {reps: "
        "{⟦atleast⟧: 3}}]}]}}"), Fault("unknown-key", "'atleast'", "'at_least'")),
    bad("a list with one broken item is not empty", when("{all: [{reps: {⟦atleast⟧: 3}}]}"),
        Fault("unknown-key", "'atleast'", "'at_least'")),
    bad("unknown key: condition", when("{⟦ayn⟧: [{reps: 3}]}"), Fault("", "'ayn'", "'any'")),
    bad("unknown key: beside any", when("{any: [{reps: 3}], ⟦sya⟧: few}"), Fault("", "'sya'", "'say'")),
    # keys that are missing
    bad("missing: fields", "⟦p⟧ack: {name: x}\nscorecards: {fit: {criteria: {a: {when: {b: 1}}}, bands: {A: "
        "{at_least: 0}}}}\n", Fault("missing-key", "'fields'", "fields:")),
    bad("missing: the pack's name", swap("{name: small, rank_by: [fit]}", "{title: x}").replace("pack", "⟦pack⟧", 1),
        Fault("missing-key", "'name'", "name:")),
    bad("missing: type", swap("goal: {type: percent}", "⟦goal⟧: {label: Goal}"),
        Fault("missing-key", "'type'", "type:")),
    bad("missing: at_least of a band", swap("B: {at_least: 0}", "⟦B⟧: {title: low}"),
        Fault("missing-key", "'at_least'", "at_least:")),
    bad("missing: for of an advice", swap("{for: consultant, say", "⟦{⟧say"), Fault("missing-key", "'for'", "for:")),
    bad("missing: points of a level", swap(STEP, "        levels: [⟦{⟧when: {reps: 3}}]\n"),
        Fault("missing-key", "'points'", "points:")),
    bad("missing: what a test expects", PACK + "  - ⟦n⟧ame: x\n    prospect: {reps: 3}\n",
        Fault("missing-key", "'expect'", "expect:")),
    # values of the wrong kind
    bad("an unknown type", swap("{type: percent}", "{type: ⟦percnt⟧}"), Fault("bad-value", "'percent'")),
    bad("points that are no number", swap("points: 10", "points: ⟦ten⟧"), Fault("bad-value", "whole number")),
    bad("points that are not whole", swap("points: 10", "points: ⟦1.5⟧"), Fault("bad-value", "whole number")),
    bad("required is yes or no", swap("required: true", "required: ⟦maybe⟧"), Fault("bad-value", "yes or no")),
    bad("a share wants its sign", swap("    bands:", "    min_known: ⟦25⟧\n    bands:"),
        Fault("bad-value", "share", "write 25%")),
    bad("a share above all there is", swap("    bands:", "    min_known: ⟦250%⟧\n    bands:"),
        Fault("bad-value", "100%", "25%")),
    bad("a bound that is no number", swap("at_least: 50", "at_least: ⟦half⟧"), Fault("bad-value", "number")),
    bad("a bound above 100", swap("at_least: 50", "at_least: ⟦150⟧"), Fault("bad-value", "100")),
    bad("advice is for one of two", swap("for: consultant", "for: ⟦client⟧"), Fault("bad-value", "'prospect'")),
    bad("no such verdict", swap("verdict: qualified", "verdict: ⟦yes⟧"), Fault("bad-value", "'qualified'")),
    bad("no such outcome", swap("small_team: met", "small_team: ⟦maybe⟧"), Fault("bad-value", "'not met'")),
    bad("fields are a mapping", PACK.replace(PACK[PACK.index("fields"):PACK.index("scorecards")], "⟦fields⟧: [a]\n"),
        Fault("bad-value", "mapping")),
    bad("columns are texts", swap("[remarks]", "[⟦{⟧a: b}]"), Fault("bad-value", "text")),
    # what must not be empty
    bad("empty all", when("{⟦all⟧: []}"), Fault("bad-value", "at least 1")),
    bad("empty any, deep down", when("{all: [{reps: 3}, {⟦any⟧: []}]}"), Fault("bad-value", "at least 1")),
    bad("empty when", swap(f"when: {CONDITION}", "⟦when⟧: {}"), Fault("bad-value", "at least 1")),
    bad("blank when", swap(f"when: {CONDITION}", "⟦when⟧:"), Fault("bad-value", "mapping")),
    bad("empty list", when("{⟦reps⟧: []}"), Fault("empty-test", "reps", "value")),
    bad("empty list of an operator", when("{notes: {⟦mentions⟧: []}}"), Fault("empty-test", "notes", "value")),
    bad("empty test", when("{⟦reps⟧: {}}"), Fault("empty-test", "reps", "operator")),
    bad("blank test", when("{⟦reps⟧: }"), Fault("bad-value", "empty")),
    bad("no criteria", swap("criteria:\n      small_team:\n        required: true\n" + STEP, "⟦criteria⟧: {}\n"),
        Fault("bad-value", "at least 1")),
    bad("between wants two", when("{reps: {⟦between⟧: [1]}}"), Fault("bad-value", "at least 2")),
    bad("between wants no more than two", when("{reps: {⟦between⟧: [1, 3, 6]}}"), Fault("bad-value", "at most 2")),
    bad("between wants a list", when("{reps: {between: ⟦1-6⟧}}"), Fault("bad-value", "list", "[first, second]")),
]  # fmt: skip

YAML_FAULTS = [
    bad("duplicate key", swap("points: 10", "points: 10\n        ⟦points⟧: 11"),
        Fault("duplicate-key", "'points'", "line 20")),
    bad("duplicate section", PACK + "⟦fields⟧: {}\n", Fault("duplicate-key", "'fields'", "line 2")),
    bad("every duplicate at once", swap("goal: {type: percent}", "goal: {type: percent, ⟦type⟧: text}")
        + "⟦fields⟧: {a: {b: c, ⟦b⟧: c}}\n",
        Fault("duplicate-key", "'type'"), Fault("duplicate-key", "'fields'"), Fault("duplicate-key", "'b'")),
    bad("a mapping as a key", "⟦{⟧a: b}: c\n", Fault("key-not-text", "key", "key: value")),
    bad("nested too deep", f"tests: {'[' * (tree.MAX_DEPTH - 1)}⟦[⟧{']' * tree.MAX_DEPTH}\n", Fault("too-deep")),
    bad("nested without an end", f"tests: {'[' * (tree.MAX_DEPTH - 1)}⟦[⟧{'[' * 500}\n", Fault("too-deep")),
    # 9 values each nine times over: a 10, b 91, c 820, d 7,381, e 66,430; the second *e is one too many for 200,000
    bad("alias bomb",
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise("abcde"))
        + "f: &f [*e, ⟦*e⟧, *e, *e, *e, *e, *e, *e, *e]\n", Fault("too-large", "200,000")),
    bad("a list that holds itself", "a: &a [⟦*a⟧]\n", Fault("unknown-alias", "*a")),
    bad("an alias to nothing", swap("[people]", "⟦*people⟧"), Fault("unknown-alias", "*people", "quotes")),
    bad("a tab as indentation", PACK + "⟦\t⟧- name: x\n", Fault("tab", "tab", "spaces")),
    bad("two documents", PACK + "⟦---⟧\npack: {name: other}\n", Fault("second-document", "", "one pack")),
    bad("a colon in a text", swap("say: Call.}", "say: Call.}]}\n      C: a⟦:⟧ b\n      D: {at_least: 0, advice: ["),
        Fault("needs-quotes", "colon", '"a: b"')),
    bad("text that begins with a sign", swap("units: [people]", "label: ⟦@⟧reps"),
        Fault("needs-quotes", "@", '"@reps"')),
    bad("brackets that do not close", swap("[people]", "⟦[⟧people"), Fault("unclosed-bracket", "never closed", "]")),
    bad("a comma in {…}", swap("{type: percent}", "{type: percent, question: Not last year, ⟦but now⟧}"),
        Fault("", "", "quotes")),
    bad("a control character", swap("units: [people]", "label: a⟦\x07⟧b"), Fault("yaml", "control")),
    bad("not a mapping: a list", "⟦-⟧ a\n- b\n", Fault("not-a-mapping", "mapping")),
    bad("not a mapping: a word", "⟦hello⟧\n", Fault("not-a-mapping", "mapping")),
]  # fmt: skip

LITERALS = [
    bad("percent without its sign", when("{goal: {at_least: ⟦85⟧}}"), Fault("percent-sign", "'85'", "write 85%")),
    bad("one of two without its sign", when("{goal: {between: [50%, ⟦80⟧]}}"), Fault("percent-sign", "'80'", "80%")),
    bad("the sign belongs into words too", swap("{type: percent}", "{type: percent, words: {all: ⟦100⟧}}"),
        Fault("percent-sign", "'100'", "100%")),
    bad("the sign belongs into assume too", swap("{type: percent}", "{type: percent, assume: ⟦100⟧}"),
        Fault("percent-sign", "'100'", "100%")),
    bad("the word is not the sign", when("{goal: {at_least: ⟦85 percent⟧}}"), Fault("percent-sign", "", "write 85%")),
    bad("a synonym for a choice", when("{leader: ⟦vacant⟧}"), Fault("choice-synonym", "'vacant'", "write nobody")),
    bad("a choice in another case", when("{leader: ⟦Nobody⟧}"), Fault("choice-synonym", "'Nobody'", "write nobody")),
    bad("an unknown choice", when("{leader: [pro, ⟦nobdy⟧]}"), Fault("unknown-choice", "'nobdy'", "'nobody'")),
    bad("an unknown choice like none", when("{leader: {is_not: ⟦xyz⟧}}"), Fault("unknown-choice", "'xyz'", "pro")),
    bad("neither yes nor no", when("{coached: ⟦maybe⟧}"), Fault("unknown-choice", "'maybe'", "yes, no")),
    bad("words that stand for no option", swap("{type: yes_no}", "{type: yes_no, words: {often: ⟦sure⟧}}"),
        Fault("unknown-choice", "'sure'", "yes, no")),
    bad("a number that reads as unknown", when("{reps: ⟦n/a⟧}"), Fault("bad-literal", "unknown", "5")),
    bad("punctuation reads as unknown", when("{reps: [3, ⟦'?'⟧]}"), Fault("bad-literal", "unknown", "5")),
    bad("text that reads as unknown", when("{notes: {is: ⟦tbd⟧}}"), Fault("bad-literal", "unknown")),
    bad("a number that is none", when("{reps: {at_most: ⟦many⟧}}"), Fault("bad-literal", "'many'", "over 10")),
    bad("money that is none", when("{spend: ⟦lots⟧}"), Fault("bad-literal", "'lots'", "$1,200")),
    bad("a duration that is none", when("{years: {more_than: ⟦long⟧}}"), Fault("bad-literal", "'long'", "18 months")),
    bad("a phrase without a word", when("{notes: {mentions: [new, ⟦'--'⟧]}}"), Fault("bad-literal", "'--'")),
    bad("a range for at_least", when("{reps: {at_least: ⟦1-6⟧}}"), Fault("not-plain", "'1-6'", "one number")),
    bad("a bound for less_than", when("{years: {less_than: ⟦2+ years⟧}}"), Fault("not-plain", "", "one number")),
    bad("a range as an end", when("{reps: {between: [⟦1-2⟧, 6]}}"), Fault("not-plain", "'1-2'", "one number")),
    bad("between upside down", when("{reps: {⟦between⟧: [6, 1]}}"), Fault("empty-range", "6", "lower end first")),
    bad("between upside down, by suffix", when("{spend: {⟦between⟧: [1M, 500k]}}"), Fault("empty-range", "1M")),
    bad("a range upside down", when("{reps: ⟦6-1⟧}"), Fault("bad-literal", "'6-1'")),
]  # fmt: skip

NAMES = [
    bad("unknown field", when("{⟦rep⟧: 3}"), Fault("unknown-field", "'rep'", "'reps'")),
    bad("unknown field with operators", when("{⟦rep⟧: {at_least: 3}}"), Fault("unknown-field", "'rep'", "'reps'")),
    bad("operator that does not fit a number", when("{reps: {⟦mentions⟧: [x]}}"),
        Fault("operator-does-not-fit", "mentions", "at_least")),
    bad("operator that does not fit text", when("{notes: {⟦between⟧: [1, 2]}}"),
        Fault("operator-does-not-fit", "between", "mentions")),
    bad("operator that does not fit a choice", when("{leader: {⟦at_least⟧: pro}}"),
        Fault("operator-does-not-fit", "at_least", "none_of")),
    bad("operator that does not fit yes or no", when("{coached: {⟦matches⟧: x}}"),
        Fault("operator-does-not-fit", "matches", "is_not")),
    bad("any beside a field", when("{any: [{reps: 3}], ⟦goal⟧: 50%}"), Fault("mixed-condition", "'goal'", "list")),
    bad("all beside any", when("{all: [{reps: 3}], ⟦any⟧: [{reps: 4}]}"), Fault("mixed-condition", "'any'")),
    bad("when without points", swap("      small_team:\n", "      ⟦small_team⟧:\n").replace("        points: 10\n", ""),
        Fault("when-or-levels", "small_team", "points")),
    bad("when and levels", swap("      small_team:\n", "      ⟦small_team⟧:\n        levels: [{when: {reps: 2}, "
        "points: 1}]\n"), Fault("when-or-levels", "levels")),
    bad("neither when nor levels",
        swap("      small_team:\n        required: true\n" + STEP, "      ⟦small_team⟧: {}\n"),
        Fault("when-or-levels", "small_team")),
    bad("rank_by names nothing", swap("[fit]", "[⟦fitt⟧]"), Fault("unknown-scorecard", "'fitt'", "'fit'")),
    bad("rank_by names nothing, as a word", swap("[fit]", "⟦fitt⟧"), Fault("unknown-scorecard", "'fitt'", "'fit'")),
    bad("a header claimed twice", swap("units: [people]", "columns: [Re-Marks]").replace("[remarks]", "[⟦remarks⟧]"),
        Fault("column-claimed-twice", "'remarks'", "take it out")),
    bad("a header that is another field's id", swap("[remarks]", "[x, ⟦Years⟧]"),
        Fault("column-claimed-twice", "years", "take it out")),
    bad("a header that is another field's label", swap("units: [people]", "label: Team").replace("remarks", "⟦team⟧"),
        Fault("column-claimed-twice", "'team'")),
    bad("a label that is another field's id", swap("columns: [remarks]", "label: ⟦Reps⟧"),
        Fault("column-claimed-twice", "'Reps'", "rename")),
    bad("a choice's synonym claimed twice", swap("[sales manager]", "[sales manager, ⟦Vacant!⟧]"),
        Fault("synonym-claimed-twice", "nobody", "take it out")),
    bad("a choice's name as another's synonym", swap("[vacant]", "[pro]").replace("pro: [", "⟦pro⟧: ["),
        Fault("synonym-claimed-twice", "'pro'")),
    bad("a choice without choices", swap("  leader:\n    type: choice\n    choices: {nobody: [vacant], "
        "pro: [sales manager]}\n", "  ⟦leader⟧: {type: choice}\n"), Fault("no-choices", "leader", "choices:")),
    bad("units of a text", swap("columns: [remarks]", "⟦units⟧: [x]"), Fault("key-does-not-fit", "units", "type")),
    bad("choices of a number", swap("units: [people]", "⟦choices⟧: {a: [b]}"), Fault("key-does-not-fit", "choices")),
    bad("who a prospect is, not as text", swap("  goal: {type: percent}", "  id: {type: ⟦number⟧}"),
        Fault("type-of-who", "id", "type: text")),
    bad("a field called by a word of the language", swap("notes:", "⟦not⟧:"), Fault("reserved-name", "'not'")),
    bad("an inference from a field that is not there",
        swap("units: [people]", "infer: [{from: [⟦note⟧], find: a (b), value: $1}]"),
        Fault("unknown-field", "'note'", "'notes'")),
    bad("an inference with a value that the field can't read",
        swap("units: [people]", "infer: [{from: [notes], find: alone, value: ⟦few⟧}]"),
        Fault("bad-literal", "'few'")),
    bad("an inference from a field that is not text",
        swap("units: [people]", "infer: [{from: [⟦goal⟧], find: a (b), value: $1}]"),
        Fault("bad-infer", "percent", "notes")),
    bad("an inference that catches no such group",
        swap("units: [people]", "infer: [{from: [notes], find: a (b), value: ⟦$2⟧}]"),
        Fault("bad-infer", "$2", "1 group")),
    bad("an inference without a value", swap("units: [people]", "infer: [⟦{⟧from: [notes], find: a}]"),
        Fault("bad-infer", "value")),
    bad("an inference of both kinds", swap("units: [people]", "infer: [⟦{⟧contacts: rep, find: a}]"),
        Fault("bad-infer", "contacts")),
    bad("an inference from contacts without count", swap("units: [people]", "infer: [⟦{⟧contacts: rep}]"),
        Fault("bad-infer", "count")),
    # tests
    bad("a test with an unknown field", swap("{reps: 3}", "{⟦rep⟧: 3}"), Fault("unknown-field", "'rep'", "'reps'")),
    bad("a test with an unknown band", swap("{band: A}", "{band: ⟦AA⟧}"), Fault("unknown-band", "'AA'", "A")),
    bad("a test with an unknown scorecard", swap("fit: {band: A}", "⟦fitt⟧: {band: A}"),
        Fault("unknown-scorecard", "'fitt'", "'fit'")),
    bad("advice for an outcome that is none", advised("when: ⟦not mett⟧"),
        Fault("unknown-outcome", "'not mett'", "'not met'")),
    bad("advice for a way that is none", advised("when: ⟦few peple⟧").replace(CONDITION, "{any: [{reps: 3, say: few "
        "people}, {reps: 4}]}"), Fault("unknown-outcome", "'few peple'", "'few people'")),
    bad("advice for a level that is none", advised("when: ⟦a pare⟧", levels="[{when: {reps: 2}, points: 1, say: a "
        "pair}]"), Fault("unknown-outcome", "'a pare'", "'a pair'")),
    bad("advice for a way that never shows: within a not", advised("when: ⟦few⟧").replace(CONDITION,
        "{not: {reps: 3, say: few}}"), Fault("unknown-outcome", "'few'", "known here: met, not met, unknown")),
    bad("advice for a level whose ways are shown instead", advised("when: ⟦a pair⟧", levels="[{when: {any: [{reps: 2, "
        "say: two}]}, points: 1, say: a pair}]"), Fault("unknown-outcome", "'a pair'", "two")),
    bad("a test with an unknown criterion", swap("small_team: met", "⟦smal_team⟧: met"),
        Fault("unknown-criterion", "'smal_team'", "'small_team'")),
]  # fmt: skip

BANDS_AND_POINTS = [
    bad("two bands with one bound", swap("B: {at_least: 0}", "B: {at_least: ⟦50⟧}\n      C: {at_least: 0}"),
        Fault("same-bound", "50", "its own at_least")),
    bad("lowest band not at 0", swap("at_least: 0", "at_least: ⟦10⟧"), Fault("lowest-band", "10", "at_least: 0")),
    bad("a band called unknown", swap("      B: {", "      ⟦Unknown⟧: {"), Fault("band-unknown", "unknown")),
    bad("ceiling equal to floor", swap("points: 10", "points: 0").replace("  fit:", "  ⟦fit⟧:", 1),
        Fault("no-points", "fit", "points")),
    bad("points equal to otherwise",
        swap("points: 10", "points: 5\n        otherwise: 5").replace("  fit:", "  ⟦fit⟧:", 1),
        Fault("no-points", "fit", "otherwise")),
    bad("nothing required", swap("required: true", "required: false").replace("  fit:", "  ⟦fit⟧:", 1),
        Fault("nothing-required", "fit", "required: true")),
]  # fmt: skip

PATTERNS = [
    bad(f"pattern: {kind}", when(f"{{notes: {{matches: ⟦'{pattern}'⟧}}}}"), Fault("bad-pattern", kind))
    for kind, pattern in [
        ("look-ahead", "rep(?=s)"),
        ("look-ahead", "rep(?!s)"),
        ("look-behind", "(?<=s)rep"),
        ("look-behind", "(?<!s)rep"),
        ("back-reference", r"(a)\1"),
        ("back-reference", "(?:(a)|b)(?P=x)"),
        ("named group", "(?P<n>a)"),
        ("named group", "(?<n>a)"),
        ("possessive", "a++"),
        ("possessive", "a{2}+b"),
        ("atomic", "(?>a)"),
        ("conditional", "(a)?(?(1)b|c)"),
        ("flags", "(?i)a"),
        ("escape", r"a\Z"),
        ("not a valid pattern", "(a"),
        ("not a valid pattern", "*a"),
        ("every text", "a*"),
        ("repetition", "a{1001}b"),
        ("repetition", "(?:(a{40})b){26}"),
        ("escape", r"[a\B]x"),
        ("escape", r"a\v"),
        ("class", "[]a]"),
        ("&&", "[a-z&&[b]]x"),
        ("brace", "a{,2}b"),
        ("look-ahead", r"\\(?=a)b"),
        ("", r"[\b]x"),
        ("", "(?:a{1000}){1000}"),
        ("", "[[:alpha:]]x"),
        ("", "a{2"),
        (r"(\w+ ?)+ fits the same text in many ways", r"^(\w+ ?)+ltd$"),
        ("(a+)+ fits", "(a+)+b"),
        ("(?:a|a)* fits", "(?:a|a)*b"),
        ("(?:a?b?)* fits", "(?:a?b?)*c"),
        (r"(?:\d{1,3},?)+ fits", r"(?:\d{1,3},?)+x"),
        (r"(\w{1,30} ?){1,30} fits", r"(\w{1,30} ?){1,30}x"),
        ("(?:a|a)* fits", "(?: (?:a|a)*)*x"),
    ]
] + [
    bad("pattern: in a synonym", swap("[vacant]", "[vacant, ⟦'/no(?= one)/'⟧]"), Fault("bad-pattern", "look-ahead")),
    bad("pattern: in an inference", swap("units: [people]", "infer: [{from: [notes], find: ⟦'(?<=a)b'⟧, value: 3}]"),
        Fault("bad-pattern", "look-behind")),
    bad("pattern: in contacts", swap("units: [people]", "infer: [{contacts: ⟦'(rep'⟧, count: exact}]"),
        Fault("bad-pattern", "not a valid pattern")),
    bad("pattern: a lost backslash", when('{notes: {matches: ⟦"\\boffice"⟧}}'),
        Fault("bad-pattern", r"the \b became a control character", "twice")),
    bad("pattern: a lost backslash in a synonym", swap("[vacant]", '[vacant, ⟦"/\\bno one/"⟧]'),
        Fault("bad-pattern", r"the \b became a control character", "twice")),
    bad("pattern: not closed", swap("[vacant]", "[vacant, ⟦/no one⟧]"), Fault("bad-pattern", "no pattern", "/no one/")),
    bad("pattern: nothing in it", swap("[vacant]", "[vacant, ⟦//⟧]"), Fault("bad-pattern", "no pattern", "/…/")),
]  # fmt: skip

SEVERAL = [
    bad("keys", swap("{name: small,", "{name: small, ⟦verson⟧: 1,").replace("units:", "⟦unit⟧:")
        .replace("points: 10", "points: ⟦ten⟧").replace("prospect:", "⟦prospct⟧:"),
        Fault("unknown-key", "'verson'"), Fault("unknown-key", "'unit'"), Fault("bad-value", "whole"),
        Fault("unknown-key", "'prospct'")),
    bad("literals", when("{reps: ⟦n/a⟧, goal: ⟦85⟧, leader: ⟦vacant⟧, coached: ⟦maybe⟧}"),
        Fault("bad-literal"), Fault("percent-sign"), Fault("choice-synonym"), Fault("unknown-choice")),
    bad("operators of one test", when("{reps: {at_least: ⟦few⟧, at_most: ⟦many⟧}}"),
        Fault("bad-literal", "'few'"), Fault("bad-literal", "'many'")),
    bad("scorecards and tests", swap("at_least: 0", "at_least: ⟦10⟧").replace("band: A", "band: ⟦Z⟧"),
        Fault("lowest-band"), Fault("unknown-band")),
    bad("in file order: rank_by stands above", when("{reps: ⟦many⟧}").replace("[fit]", "[⟦fitt⟧]"),
        Fault("unknown-scorecard"), Fault("bad-literal")),
    bad("in file order: headers of fields", swap("[remarks]", "[⟦goal⟧]").replace("{type: money}",
        "{type: money, assume: ⟦lots⟧}"), Fault("column-claimed-twice"), Fault("bad-literal")),
    bad("in file order: bands", swap("B: {at_least: 0}", "⟦unknown⟧: {at_least: ⟦10⟧}"),
        Fault("band-unknown"), Fault("lowest-band")),
    bad("in file order: what a test expects", swap("criteria: {small_team: met}}", "criteria: {⟦no_such⟧: met}, "
        "⟦ft⟧: {band: A}}"), Fault("unknown-criterion"), Fault("unknown-scorecard")),
    bad("a key and a literal", swap("units:", "⟦unit⟧:").replace("[1, 6]", "[1, ⟦many⟧]"),
        Fault("unknown-key"), Fault("bad-literal")),
    bad("a literal and a band", swap("[1, 6]", "[1, ⟦many⟧]").replace("at_least: 0", "at_least: ⟦10⟧"),
        Fault("bad-literal"), Fault("lowest-band")),
    bad("what follows from a fault is not told: a broken field", swap("{type: percent}", "{type: ⟦percnt⟧}")
        .replace("[1, 6]}", "[1, ⟦many⟧]}, goal: 85").replace("prospect: {reps: 3}", "prospect: {goal: 90%}"),
        Fault("bad-value", "'percent'", "'percent'"), Fault("bad-literal", "'many'")),
    bad("what follows from a fault is not told: a broken choice", swap("[vacant]", "[⟦{⟧a: b}]").replace(CONDITION,
        "{leader: nobody, goal: ⟦85⟧}"), Fault("bad-value", "text"), Fault("percent-sign")),
    bad("what follows from a fault is not told: a broken criterion", swap("points: 10", "points: ⟦ten⟧")
        .replace("[1, 6]", "[1, ⟦many⟧]"), Fault("bad-literal", "'many'"), Fault("bad-value", "whole")),
    bad("what follows from a fault is not told: a broken band", swap("B: {at_least: 0}", "B: {at_least: ⟦low⟧}")
        .replace("band: A", "band: B"), Fault("bad-value", "number")),
    bad("what a misspelt key holds is read", swap("units: [people]", "⟦asume⟧: ⟦some⟧"),
        Fault("unknown-key", "'asume'", "'assume'"), Fault("bad-literal", "'some'")),
    bad("what follows from a fault is not told: the name of a broken level", advised("when: few",
        levels="[{when: {reps: 3}, points: ⟦ten⟧, say: few}]"), Fault("bad-value", "whole")),
    bad("what follows from a fault is not told: the name of a level beside a condition", advised("when: few", levels=
        "[{when: {reps: 3}, points: 1, say: few}]\n        when: {reps: 3}").replace("small_team:", "⟦small_team⟧:", 1),
        Fault("when-or-levels")),
    bad("points without when or levels hide no literal", swap("      small_team:\n", "      ⟦small_team⟧:\n")
        .replace("        points: 10\n", "").replace("[1, 6]", "[1, ⟦many⟧]"),
        Fault("when-or-levels"), Fault("bad-literal", "'many'")),
    bad("a duplicate and a literal", swap("points: 10", "points: 10\n        ⟦points⟧: 9").replace("at_least: 0",
        "at_least: ⟦x⟧"), Fault("duplicate-key"), Fault("bad-value")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "faults"), [*SHAPE, *YAML_FAULTS, *LITERALS, *NAMES, *BANDS_AND_POINTS, *PATTERNS, *SEVERAL]
)
def test_a_broken_pack_says_what_is_wrong_where_and_how_to_mend_it(marked: str, faults: tuple[Fault, ...]) -> None:
    text, spans = unmarked(marked)
    found = findings(lambda: parse_pack(text, "rules.yaml"))
    assert [(one.place.line, one.place.column, one.place.length) for one in found] == spans
    for one, fault in zip(found, faults, strict=True):
        assert one.place.file == "rules.yaml"
        assert fault.code in ("", one.code)
        assert one.message.strip()
        assert fault.said.casefold() in one.message.casefold()
        assert fault.hint.casefold() in one.hint.casefold()
        caret_lies_under_the_span(one, text)


def test_what_the_parser_itself_finds_too_deep_is_told_alike() -> None:
    (found,) = findings(lambda: parse_pack(f"tests: {'[' * 50_000}\n", "rules.yaml"))
    assert (found.code, found.place.line) == ("too-deep", 1)


def caret_lies_under_the_span(one: Finding, text: str) -> None:
    line = text.split("\n")[one.place.line - 1]
    shown = one.render().split("\n")
    assert str(one.place) in shown[0]
    assert one.message in shown[0]
    above, below = shown[1], shown[2]
    offset = above.index(line) + one.place.column - 1
    assert below.index("^") == offset
    assert below.strip(" |\t") == "^" * one.place.length
    assert one.hint in one.render()


def test_the_small_pack_itself_loads() -> None:
    assert parse_pack(PACK).name == "small"


def test_an_error_in_full() -> None:
    (one,) = findings(lambda: parse_pack(swap("units: [people]", "unit: [people]"), "rules.yaml"))
    assert one.render() == (
        "rules.yaml:5:5: there is no key 'unit' here [unknown-key]\n"
        "    5 |     unit: [people]\n"
        "      |     ^^^^\n"
        "        did you mean 'units'?"
    )


def test_a_caret_keeps_its_column_behind_tabs_and_accents() -> None:
    text = swap("units: [people]", "label: Équipe\t# vendeurs\n    unit: [é]").replace("points: 10", "points:\tdix")
    unit, points = findings(lambda: parse_pack(text))
    assert (unit.place.line, unit.place.column) == (6, 5)
    # eight spaces, seven signs, the tab: `dix` begins in column 17
    assert (points.place.line, points.place.column, points.place.length) == (21, 17, 3)
    assert points.render().split("\n")[1:3] == ["   21 |         points:\tdix", f"      | {' ' * 15}\t^^^"]


def test_a_list_as_a_key_is_refused_where_it_stands() -> None:
    found = findings(lambda: parse_pack("? [a, b]: c\n"))
    assert {(one.code, str(one.place)) for one in found} == {("key-not-text", "<text>:1:3")}


def test_one_fault_is_told_once() -> None:
    assert len(findings(lambda: parse_pack("? [a, b]: c\n"))) == 1


def test_a_surrogate_is_refused_where_it_stands() -> None:
    (one,) = findings(lambda: parse_pack(swap("units: [people]", "label: a\ud800")))
    assert (one.code, str(one.place)) == ("yaml", "<text>:5:13")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing but a remark\n", "---\n"])
def test_an_empty_file_holds_no_rules(text: str) -> None:
    (one,) = findings(lambda: parse_pack(text, "rules.yaml"))
    assert (one.code, str(one.place)) == ("empty-file", "rules.yaml:1:1")
    assert "pack:" in one.hint


def test_bands_may_stand_in_any_order() -> None:
    bands = parse_pack(swap("B: {at_least: 0}", "B: {at_least: 0}\n      S: {at_least: 90}")).primary.bands
    assert [band.id for band in bands] == ["S", "A", "B"]


LIBYAML = pytest.param("CBaseLoader", id="libyaml")
PURE = pytest.param("BaseLoader", id="pure")


@pytest.mark.parametrize("loader", [LIBYAML, PURE])
@pytest.mark.parametrize(
    "line",
    [
        "{type: percent, question: How much?, label: Goal}",
        "{type: percent, question: ?, label: Goal}",
        "{type: percent, question: How: much}}",
    ],
)
def test_text_in_braces_that_wants_quotes_is_refused_by_both_parsers(
    line: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not hasattr(yaml, loader):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(tree, "_LOADER", getattr(yaml, loader))
    (one,) = findings(lambda: parse_pack(swap("{type: percent}", line)))
    assert (one.code, one.place.line) == ("needs-quotes", 6)
    assert "quotes" in one.hint


@pytest.mark.parametrize("loader", [LIBYAML, PURE])
def test_the_shipped_pack_is_the_same_to_both_parsers(loader: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = load_pack("psm").digest
    monkeypatch.setattr(tree, "_LOADER", getattr(yaml, loader, yaml.BaseLoader))
    assert load_pack("psm").digest == expected


@pytest.mark.parametrize(
    "pattern",
    [r"\(\?=x", r"a\+\+", r"\*\+x", "[*+]x", "[(?=]x", r"[\[\]]x", "a{500}(b{2}){400}", "a & && b", "x}",
     r"^\w+(?: \w+)*x", "(?: [a-z]+)*x", "(?:,[0-9]{3})*x", "(?:foo|bar)+", "([a-z]+[0-9])*x", r"(\b\w+ ?)+x",
     "([a-z]+ ?){1,3}x", "(?:(?:his|[a-z]+.s) )*x"],
)  # fmt: skip
def test_a_pattern_that_only_looks_like_a_refused_one_is_taken(pattern: str) -> None:
    assert parse_pack(when(f"{{notes: {{matches: '{pattern}'}}}}")).name == "small"


def test_a_field_may_be_called_tests() -> None:
    text = swap("  goal: {type: percent}", "  tests: {type: number}").replace(CONDITION, "{tests: 3}")
    assert "tests" in parse_pack(text).used_fields


def test_two_fields_under_one_header_are_refused() -> None:
    (one,) = findings(lambda: parse_pack(swap("  goal: {type", "  re-ps: {type")))
    assert one.place.line == 6


# ---------------------------------------- files


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_bytes("# où? Here.\n".encode() + "pack: {name: café}\n".encode("cp1252"))
    (one,) = findings(lambda: load_pack(file))
    assert (one.code, str(one.place)) == ("not-utf-8", f"{file}:2:17")
    assert "UTF-8" in one.hint


def test_a_file_of_3_mb(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(PACK + "# padding\n" * 300_000, encoding="utf-8")
    (one,) = findings(lambda: load_pack(file))
    assert (one.code, str(one.place)) == ("too-large", f"{file}:1:1")
    assert "split" in one.hint


@pytest.mark.parametrize("text", ["- a\n", "word\n"])
def test_a_file_that_is_not_a_mapping(text: str, tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(text, encoding="utf-8")
    (one,) = findings(lambda: load_pack(file))
    assert (one.code, one.place.line, one.place.column) == ("not-a-mapping", 1, 1)
    assert "colon" in one.hint


def test_the_errors_of_all_files_come_at_once_in_name_order(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text("fields:\n  x: {type: text}\n  x: {type: text}\n", encoding="utf-8")
    (tmp_path / "a.yaml").write_text("pack: {name: x, name: y}\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_bytes(b"\xff")
    found = findings(lambda: load_pack(tmp_path))
    places = [(Path(one.place.file).name, one.place.line, one.code) for one in found]
    assert places == [("a.yaml", 1, "duplicate-key"), ("b.yaml", 3, "duplicate-key"), ("c.yaml", 1, "not-utf-8")]


def test_the_errors_of_layers_come_in_the_order_of_the_layers(tmp_path: Path) -> None:
    base, ours = tmp_path / "z.yaml", tmp_path / "a.yaml"
    base.write_text(when("{reps: many}"), encoding="utf-8")
    ours.write_text("fields:\n  goal: {type: text}\n  new: {type: number, assume: some}\n", encoding="utf-8")
    found = [(Path(one.place.file).name, one.place.line, one.code) for one in findings(lambda: load_pack(base, ours))]
    assert found == [("z.yaml", 19, "bad-literal"), ("a.yaml", 2, "defined-twice"), ("a.yaml", 3, "bad-literal")]


def test_the_message_holds_every_finding(tmp_path: Path) -> None:
    file = tmp_path / "rules.yaml"
    file.write_text(when("{reps: n/a, goal: 85}"), encoding="utf-8")
    with pytest.raises(PackError) as caught:
        load_pack(file)
    assert "2 errors" in str(caught.value)
    assert [one.render() in str(caught.value) for one in caught.value.findings] == [True, True]
    assert caught.value.exit_code == 2


def test_a_path_that_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text(PACK, encoding="utf-8")
    with pytest.raises(UsageError, match=r"our\.yaml.*did you mean .*ours\.yaml"):
        load_pack(tmp_path / "our.yaml")


def test_a_folder_without_rules(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no .*yaml"):
        load_pack(tmp_path)


def test_a_folder_that_is_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()
    with pytest.raises(UsageError, match=r"x\.yaml"):
        load_pack(tmp_path)


# ---------------------------------------- mutations: whatever is broken, an error with a place, never a traceback

SMALL = yaml.load(PACK, Loader=yaml.BaseLoader)
PSM: dict[str, Any] = {}
for _file in sorted(shipped_pack().glob("*.yaml")):
    for _key, _part in yaml.load(_file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader).items():
        PSM[_key] = {**PSM[_key], **_part} if _key in PSM else _part

Steps = tuple[str | int, ...]
JUNK: list[Any] = [
    "", "x", "no", "n/a", "-1", "1e99", "nan", "10%", "99999999999999999999", "/(/", "(?=a)", "\u00e9\u2028",
    "{0}", "any", [], {}, ["x"], [["x"]], [{}], {"x": "y"}, {"any": []}, {"not": {}}, {"tests": "x"}, {"is": ["x"]},
    {"": ""},
]  # fmt: skip


def paths(node: Any, above: Steps = ()) -> Iterator[Steps]:
    """Every path of a plain tree."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in items:
        yield (*above, key)
        yield from paths(value, (*above, key))


@st.composite
def mutations(draw: st.DrawFn, pack: dict[str, Any], steps: Steps) -> None:
    """Drops, renames, doubles or retypes what stands at the path, if it still stands there."""
    holder: Any = pack
    for step in steps[:-1]:
        try:
            holder = holder[step]
        except (KeyError, IndexError, TypeError):
            return
    last: Any = steps[-1]
    there = range(len(holder)) if isinstance(holder, list) else holder if isinstance(holder, dict) else ()
    if last not in there:
        return
    match draw(st.sampled_from(["drop", "rename", "retype"])):
        case "drop":
            del holder[last]
        case "rename" if isinstance(holder, dict):
            name = draw(st.sampled_from(["x", "any", "tests", "say", "unknown", "{}", "", f"{last}s"]))
            holder[name] = holder.pop(last)
        case _:
            holder[last] = deepcopy(draw(st.sampled_from(JUNK)))


def loads_or_is_refused_with_places(pack: dict[str, Any]) -> None:
    try:
        parse_pack(json.dumps(pack, ensure_ascii=False, indent=1), "rules.yaml")
    except PackError as error:
        has_places(error)


def has_places(error: PackError) -> None:
    assert error.findings
    for one in error.findings:
        assert one.place.line >= 1
        assert one.place.column >= 1
        assert one.message.strip()
        assert one.render() in str(error)


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_mutated_small_pack_loads_or_is_refused_with_places(data: st.DataObject) -> None:
    pack = deepcopy(SMALL)
    inner = [steps for steps in paths(pack) if len(steps) > 1]
    for steps in data.draw(st.lists(st.sampled_from(inner), min_size=1, max_size=3)):
        data.draw(mutations(pack, steps))
    loads_or_is_refused_with_places(pack)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_a_mutated_psm_pack_loads_or_is_refused_with_places(data: st.DataObject) -> None:
    pack = deepcopy(PSM)
    steps = data.draw(st.sampled_from([steps for steps in paths(pack) if len(steps) > 1]))
    data.draw(mutations(pack, steps))
    loads_or_is_refused_with_places(pack)


@pytest.mark.parametrize("section", ["pack", "fields", "scorecards", "tests"])
@pytest.mark.parametrize("value", JUNK, ids=repr)
def test_a_section_that_holds_anything_loads_or_is_refused_with_places(section: str, value: Any) -> None:
    loads_or_is_refused_with_places({**SMALL, section: value})


@pytest.mark.parametrize("section", ["pack", "fields", "scorecards"])
def test_a_section_that_is_left_out_is_refused_with_places(section: str) -> None:
    found = findings(lambda: parse_pack(json.dumps({key: part for key, part in SMALL.items() if key != section})))
    assert (found[0].code, section in found[0].message) == ("missing-key", True)


def test_a_pattern_is_judged_however_long_its_repetition() -> None:
    pattern = f"(?:x{'a?' * 90})+y|(?:{'b' * 500} ?)+z"
    (one,) = findings(lambda: parse_pack(when(f"{{notes: {{matches: '{pattern}'}}}}")))
    assert one.code == "bad-pattern"


def test_a_remark_behind_an_empty_key_is_no_lost_text() -> None:
    assert parse_pack(swap("  years: {type: duration}", "  years:  # in business\n    type: duration")).name == "small"
    assert parse_pack(swap("    type: number\n", "    type: number\n    label:  # none yet\n")).name == "small"


def test_choices_of_two_fields_that_are_both_unknown_are_told_apart() -> None:
    found = findings(lambda: parse_pack(when("{leader: x, coached: x}")))
    assert [one.code for one in found] == ["unknown-choice", "unknown-choice"]


def test_a_field_that_was_renamed_is_one_finding() -> None:
    (one,) = findings(lambda: parse_pack(swap("  reps:\n", "  sellers:\n")))
    assert one.message == "there is no field 'reps', here and in 1 more place"
