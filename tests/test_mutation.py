"""Sound packs with one thing changed: whatever is broken gets findings with a place and a hint, never a traceback.

Every key and value of three packs is dropped, renamed, doubled and given another kind; every line and every sign of
punctuation is lost once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from psm_qualify.errors import Finding, PackError
from psm_qualify.rules.loader import parse_pack

ROOT = Path(__file__).parent.parent
EVERYTHING = """\
pack: {name: everything, title: All there is, version: "2", rank_by: [fit, style], unknown_values: [no idea]}
phrases:
  sellers: "sales ?(?:reps?|people)"
fields:
  name: {type: text, columns: [company]}
  notes: {type: text, label: Notes, columns: [remarks]}
  staff: {type: number, question: "How many are you?", units: [people], words: {alone: "1"}}
  reps:
    type: number
    infer:
      - {from: [notes], find: "team of (\\\\w+) <sellers>", value: $1, unless: used to}
      - {contacts: account executive, count: at_least}
      - {at_most: staff}
  turnover: {type: money, assume: $1M}
  growth: {type: percent, words: {flat: 0%}}
  age: {type: duration}
  insured: {type: yes_no, words: {sure: "yes"}}
  leader:
    type: choice
    choices:
      nobody: [vacant, "/no ?one/"]
      owner: [founder]
    infer: [{contacts: founder, value: owner}]
scorecards:
  fit:
    title: Fit
    min_known: 25%
    source: S1
    criteria:
      small:
        title: Small
        required: true
        when:
          any:
            - {staff: {between: [1, 20]}, say: few}
            - all: [{reps: {at_least: 2, less_than: 9}}, {not: {insured: yes}}]
        points: 40
        otherwise: -5
        source: S2
        note: as agreed
        advice:
          - {for: consultant, when: few, topic: call, say: Call., source: S3}
          - {for: prospect, say: Hire.}
      size:
        levels:
          - {when: {turnover: {more_than: $5M}}, points: 20, say: large}
          - {when: {growth: {at_most: 10%}, age: 3}, points: 10}
    bands:
      A: {at_least: 50, title: Best, source: S4, advice: [{for: consultant, say: Go.}]}
      B: {at_least: 0}
  style:
    criteria:
      led: {when: {leader: {is_not: nobody, none_of: [nobody]}}, points: 5}
      told: {when: {notes: {mentions: [coach], matches: "coach(ing)?", known: yes}}, points: 5}
      owned: {when: {leader: [owner, nobody]}, points: 1}
    bands: {yes: {at_least: 0}}
tests:
  - name: a small firm
    prospect: {staff: "3", leader: vacant}
    expect: {verdict: qualified, provisional: no, fit: {band: A, score: 60}, criteria: {small: met, style.led: not met}}
"""
GUIDE = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "rules.md").read_text(encoding="utf-8"), re.DOTALL)
assert GUIDE is not None
PACKS = {
    "everything": EVERYTHING,
    "guide": GUIDE[1],
    "coffee": (ROOT / "examples" / "coffee-roaster" / "cafes.yaml").read_text(encoding="utf-8"),
}
PLAIN = {name: yaml.load(text, Loader=yaml.BaseLoader) for name, text in PACKS.items()}
AGAIN = "__again__"
KINDS: list[Any] = ["", "x", "-1", "1e99", "nan", "10%", "n/a", "é“", "/(/", "<none>", [], {}, ["x"], [[]], [{}],
                    {"x": "y"}, {"": ""}, {"any": []}, {"not": {}}, {"is": ["x"]}]  # fmt: skip

Steps = tuple[str | int, ...]


class Mutant(NamedTuple):
    """A pack with one thing changed, and what that was."""

    what: str
    text: str


def paths(node: Any, above: Steps = ()) -> Iterator[Steps]:
    """Every path of a plain tree."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        yield (*above, key)
        yield from paths(value, (*above, key))


def changed(pack: Any, steps: Steps, change: Any) -> str:
    """The pack as text, after `change(holder, last step)`."""
    copy = deepcopy(pack)
    holder = copy
    for step in steps[:-1]:
        holder = holder[step]
    change(holder, steps[-1])
    return json.dumps(copy, ensure_ascii=False, indent=1).replace(AGAIN, "")


def renamed(holder: Any, key: Any, name: str) -> None:
    """The key under another name, in its place."""
    entries = [(name if one == key else one, value) for one, value in holder.items()]
    holder.clear()
    holder.update(entries)


def tree_mutants(pack: Any) -> Iterator[Mutant]:
    """Each key and value dropped, renamed, doubled, and wrapped or emptied; each given one other kind, in turn."""
    for number, steps in enumerate(paths(pack)):
        yield Mutant(f"drop {steps}", changed(pack, steps, lambda holder, last: holder.__delitem__(last)))
        kind = KINDS[(number * 7 + 3) % len(KINDS)]
        text = changed(pack, steps, lambda holder, last, kind=kind: holder.__setitem__(last, deepcopy(kind)))
        yield Mutant(f"{steps} becomes {kind!r}", text)
        text = changed(pack, steps, lambda holder, last: holder.__setitem__(last, [holder[last]]))
        yield Mutant(f"{steps} in a list", text)
        if isinstance(steps[-1], str):
            for name in (f"{steps[-1]}x", ("any", "2024")[number % 2]):
                text = changed(pack, steps, lambda holder, last, name=name: renamed(holder, last, name))
                yield Mutant(f"{steps} renamed {name}", text)
            text = changed(pack, steps, lambda holder, last: holder.__setitem__(f"{last}{AGAIN}", holder[last]))
            yield Mutant(f"{steps} twice", text)


def text_mutants(text: str) -> Iterator[Mutant]:
    """Each line lost, doubled or indented otherwise; each sign of punctuation lost, or typed by a word processor."""
    lines = text.split("\n")
    for number, line in enumerate(lines):
        for what, now in (("lost", []), ("twice", [line, line]), ("further in", ["   " + line]), ("tab", ["\t" + line]),
                          ("further out", [line[1:]])):  # fmt: skip
            yield Mutant(f"line {number + 1} {what}", "\n".join([*lines[:number], *now, *lines[number + 1 :]]))
    for found in re.finditer(r"""[][{}:,"'-]""", text):
        start, end = found.span()
        yield Mutant(f"{found[0]} at {start} lost", text[:start] + text[end:])
        if found[0] in "\"'":
            yield Mutant(f"{found[0]} at {start} curled", text[:start] + "“" + text[end:])
    for found in re.finditer(" ", text):
        if found.start() % 7 == 0:
            yield Mutant(f"space at {found.start()} hard", text[: found.start()] + "\u00a0" + text[found.end() :])


def faults(mutants: Iterable[Mutant]) -> Iterator[str]:
    """What is wrong with how mutants are refused, in words."""
    for mutant in mutants:
        lines = re.split("\r\n|[\r\n\x85\u2028\u2029]", mutant.text)
        try:
            told = findings(mutant.text)
        except Exception as error:
            yield f"{mutant.what}: {error!r}"
            continue
        for one in told:
            said = complaint(one, lines)
            if said:
                yield f"{mutant.what}: {said}: {one}"


def findings(text: str) -> tuple[Finding, ...]:
    """What a text is refused for. Nothing where it is a sound pack."""
    try:
        parse_pack(text, "rules.yaml")
    except PackError as error:
        return error.findings
    return ()


def complaint(one: Finding, lines: list[str]) -> str:
    """What a finding lacks."""
    place = one.place
    if place.file != "rules.yaml" or not 1 <= place.line <= len(lines):
        return "no line of the file"
    line = lines[place.line - 1]
    if place.text not in ("", line) or not 1 <= place.column <= len(line) + 1:
        return "no column of the line"
    if place.length < 1 or place.column - 1 + place.length > len(line) + 1:
        return "a span that leaves the line"
    if not (one.code and one.message.strip() and one.hint.strip()):
        return "no words"
    return ""


@pytest.mark.parametrize("name", PACKS)
def test_the_pack_itself_is_sound(name: str) -> None:
    assert findings(PACKS[name]) == ()
    assert findings(json.dumps(PLAIN[name], ensure_ascii=False, indent=1)) == ()


@pytest.mark.parametrize("name", PACKS)
def test_a_changed_key_or_value_is_refused_with_a_place_and_a_hint(name: str) -> None:
    assert list(faults(tree_mutants(PLAIN[name]))) == []


@pytest.mark.parametrize("name", PACKS)
def test_a_changed_text_is_refused_with_a_place_and_a_hint(name: str) -> None:
    assert list(faults(text_mutants(PACKS[name]))) == []


# ---------------------------------------- one typo is one finding


OWN_NAMES = ("phrases", "fields", "scorecards", "words", "choices", "bands", "criteria", "prospect", "when", "not",
             "any", "all", "expect")  # fmt: skip
"""What holds names that the author chose (among others)."""


def keys_of_the_language(pack: Any) -> Iterator[Steps]:
    """The keys of a pack that are words of the rule language, but for those that a name could stand for."""
    for steps in paths(pack):
        above = [step for step in steps[:-1] if isinstance(step, str)]
        if isinstance(steps[-1], str) and (not above or above[-1] not in OWN_NAMES):
            yield steps


def typos(word: str) -> Iterator[str]:
    """A letter too many, and two letters that changed places."""
    yield f"{word[:2]}{word[1:]}"
    yield f"{word[:-2]}{word[-1]}{word[-2]}"


@pytest.mark.parametrize("name", PACKS)
def test_a_misspelt_key_is_one_finding_that_names_the_right_one(name: str) -> None:
    pack, wrong = PLAIN[name], []
    keys = list(keys_of_the_language(pack))
    for steps in keys:
        for typo in typos(str(steps[-1])):
            text = changed(pack, steps, lambda holder, last, typo=typo: renamed(holder, last, typo))
            told = [(one.code, one.hint) for one in findings(text)]
            if told != [("unknown-key", f"did you mean {steps[-1]!r}?")] and typo != steps[-1]:
                wrong.append((steps, typo, told))
    assert len(keys) > 30
    assert wrong == []


def test_a_key_that_stands_twice_is_one_finding() -> None:
    pack = PLAIN["everything"]
    for steps in paths(pack):
        if isinstance(steps[-1], str):
            text = changed(pack, steps, lambda holder, last: holder.__setitem__(f"{last}{AGAIN}", holder[last]))
            assert [one.code for one in findings(text)] == ["duplicate-key"], steps
