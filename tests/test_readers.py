"""Reading a cell: each sentence of the rule language on it, by the readers of small packs."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import pytest

from psm_qualify.facts.interval import End, Interval
from psm_qualify.facts.types import Numeric
from psm_qualify.rules.conditions import judge
from psm_qualify.rules.loader import parse_pack
from psm_qualify.rules.pack import Field, Pack

PACK = """\
pack: {name: cells, unknown_values: [not asked]}
fields:
  reps: {type: number, units: [reps, people, sales people], words: {nobody: 0, a couple: 2, n/a: 0, --: 1}}
  plain: {type: number}
  spend: {type: money, units: [a year]}
  goal: {type: percent, units: [of goal], words: {exceeds: ">100%", on target: "100%", misses: "<100%"}}
  years: {type: duration}
  coached: {type: yes_no, words: {part time: no, Every Week: yes, nil: no}}
  leader:
    type: choice
    choices:
      nobody: [no one, none, "??", vacant]
      non_sales: [owner, Founder & CEO, '/\\b(co-?)?(owner|founder)\\b/', '/bookkeeper|accountant/']
      sales_pro: [V.P. Sales, '/\\bsales (manager|leader)\\b/']
  notes: {type: text}
scorecards:
  fit:
    criteria: {any: {required: true, when: {reps: 1}, points: 1}}
    bands: {all: {at_least: 0}}
"""
CELLS = parse_pack(PACK)
UNKNOWN, ODD = "unknown", "not understood"


class Range(NamedTuple):
    """An interval in shown units: ends, and whether they are left out."""

    low: Fraction | None
    high: Fraction | None
    above: bool = False
    below: bool = False


def plain(value: int | str | Fraction) -> Range:
    return Range(Fraction(value), Fraction(value))


def to(low: int | str, high: int | str) -> Range:
    return Range(Fraction(low), Fraction(high))


def at_least(value: int | str) -> Range:
    return Range(Fraction(value), None)


def over(value: int | str) -> Range:
    return Range(Fraction(value), None, above=True)


def at_most(value: int | str) -> Range:
    return Range(None, Fraction(value))


def under(value: int | str) -> Range:
    return Range(None, Fraction(value), below=True)


def shown(field: Field, interval: Interval) -> Range:
    """An interval that a reader gave, in shown units."""
    assert isinstance(field.kind, Numeric)
    scale = field.kind.per_unit

    def value(end: End | None) -> Fraction | None:
        return None if end is None else Fraction(end.value) / scale

    low, high = interval.low, interval.high
    return Range(value(low), value(high), low is not None and low.shift > 0, high is not None and high.shift < 0)


def read(name: str, cell: str, pack: Pack = CELLS) -> Any:
    """What the field reads: a Range, a name or text, UNKNOWN or ODD."""
    field = pack.fields[name]
    reading = field.reader.read(cell)
    if reading.value is None:
        return UNKNOWN if reading.understood else ODD
    return shown(field, reading.value) if isinstance(reading.value, Interval) else reading.value


ALL_FIELDS = tuple(CELLS.fields)

# ---------------------------------------- unknown


@pytest.mark.parametrize("name", ["plain", "spend", "goal", "years", "coached", "notes"])
@pytest.mark.parametrize("cell", ["", " ", "\t", "-", "...", "?", "—", "– –", "$", "#", "()", "/", "\u00a0", "_"])
def test_nothing_but_punctuation_is_unknown(name: str, cell: str) -> None:
    assert read(name, cell) == UNKNOWN


@pytest.mark.parametrize(
    "cell",
    [
        "n/a", "#n/a", "na", "nan", "null", "nil", "none", "--none--", "unknown", "not known", "not available",
        "not specified", "not provided", "[not provided]", "(no value)", "(blank)", "tbd", "tba", "select",
    ],
)  # fmt: skip
def test_the_default_unknown_values(cell: str) -> None:
    for written in (cell, cell.upper(), f"  {cell} ", cell.replace(" ", "   ")):
        assert [read(name, written) for name in ("plain", "spend", "goal", "years", "notes")] == [UNKNOWN] * 5


def test_the_packs_own_unknown_values_add_to_them() -> None:
    assert [read(name, "Not  Asked") for name in ALL_FIELDS] == [UNKNOWN] * len(ALL_FIELDS)


@pytest.mark.parametrize("cell", ["n.a.", "N A", "(none)", "notavailable", "unknown?", "to be told"])
def test_what_is_not_written_the_same_is_not_an_unknown_value(cell: str) -> None:
    assert read("plain", cell) == ODD
    assert read("notes", cell) == cell


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("reps", "N/A", plain(0)),
        ("reps", "--", plain(1)),
        ("reps", "---", UNKNOWN),
        ("reps", "none", UNKNOWN),
        ("coached", "NIL", "no"),
        ("leader", "None", "nobody"),
        ("leader", "??", "nobody"),
        ("leader", "?", UNKNOWN),
        ("leader", "n/a", UNKNOWN),
    ],
)
def test_own_words_and_synonyms_come_before_unknown_values(name: str, cell: str, value: Any) -> None:
    assert read(name, cell) == value


@pytest.mark.parametrize(
    ("name", "cell", "value"),
    [
        ("reps", "A  Couple", plain(2)),
        ("reps", "nobody", plain(0)),
        ("goal", "Exceeds", over(100)),
        ("goal", "on target", plain(100)),
        ("goal", "MISSES", under(100)),
        ("coached", " every week", "yes"),
        ("coached", "part time", "no"),
        ("reps", "a couple of", ODD),
        ("goal", "exceeds!", ODD),
    ],
)
def test_a_word_stands_for_its_value(name: str, cell: str, value: Any) -> None:
    assert read(name, cell) == value


# ---------------------------------------- number


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3", plain(3)), (" 3 ", plain(3)), ("010", plain(10)), ("1.10", plain("1.1")), ("0", plain(0)),
        ("1,200", plain(1200)), ("1,234,567", plain(1234567)), ("1,200.5", plain("1200.5")),
        ("~5", plain(5)), ("~ 5", plain(5)), ("about 5", plain(5)), ("About  5", plain(5)),
        ("five", plain(5)), ("Zero", plain(0)), ("twelve", plain(12)),
        ("1.7k", plain(1700)), ("1.7 K", plain(1700)), ("3.5E8", plain(350_000_000)), ("1e3", plain(1000)),
        ("1-6", to(1, 6)), ("1 – 6", to(1, 6)), ("1—6", to(1, 6)), ("1 to 6", to(1, 6)), ("one to six", to(1, 6)),
        ("3-3", plain(3)), ("1,000-2,000", to(1000, 2000)),
        ("10+", at_least(10)), ("10 +", at_least(10)), (">= 10", at_least(10)), (">=10", at_least(10)),
        ("at least 10", at_least(10)), ("10 or more", at_least(10)), ("ten or more", at_least(10)),
        ("over 10", over(10)), ("more than 10", over(10)), (">10", over(10)), ("> 10", over(10)),
        ("<5", under(5)), ("< 5", under(5)), ("under 5", under(5)), ("Under Five", under(5)),
        ("up to 5", at_most(5)), ("at most 5", at_most(5)), ("5 or fewer", at_most(5)), ("5 or less", at_most(5)),
    ],
)  # fmt: skip
def test_numbers(cell: str, value: Range) -> None:
    assert read("plain", cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("5 reps", plain(5)), ("5reps", plain(5)), ("5  REPS", plain(5)), ("five people", plain(5)),
        ("3 sales people", plain(3)), ("1-6 reps", to(1, 6)), ("1 to 6 people", to(1, 6)), ("10+ reps", at_least(10)),
        ("over 10 reps", over(10)), ("10 or more people", at_least(10)), ("5 or fewer reps", at_most(5)),
        ("~5 reps", plain(5)), ("1,200 people", plain(1200)), ("<5 reps", under(5)), ("1.5k people", plain(1500)),
    ],
)  # fmt: skip
def test_each_number_may_end_in_a_unit(cell: str, value: Range) -> None:
    assert read("reps", cell) == value


@pytest.mark.parametrize(
    "cell",
    [
        "6-Jan", "4 reps quit", "2 inside, 3 outside", "6-1", "1-2-3", "1,20", "1,2000", "12,00,000", "thirteen",
        "5 5", "reps", "5 cars", "5 reps people", "about", "over", "over 10+", "at least 5 or more", "over 1-6", "1-6+",
        "1.2.3", "5%", "$5", "5 years", "lots", "2024-01-31", "12/05/2024", "1e", "5kk", "5m", "to 5", "5 to",
        "one two",
    ],
)  # fmt: skip
def test_anything_else_is_not_understood(cell: str) -> None:
    assert read("reps", cell) == ODD


def test_a_unit_of_another_field_is_not_understood() -> None:
    assert read("plain", "5 reps") == ODD


# ---------------------------------------- money


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("$1,200", plain(1200)), ("1200", plain(1200)), ("€ 5", plain(5)), ("£2.50", plain("2.5")),
        ("USD 5", plain(5)), ("5 usd", plain(5)), ("US$5", plain(5)), ("C$5", plain(5)), ("5 EUR", plain(5)),
        ("5k", plain(5000)), ("$5 thousand", plain(5000)), ("1.5m", plain(1_500_000)), ("2 mm", plain(2_000_000)),
        ("2 million", plain(2_000_000)), ("1b", plain(10**9)), ("1.2bn", plain(1_200_000_000)),
        ("$2 billion", plain(2 * 10**9)), ("490.9M", plain(490_900_000)), ("18.3 MM", plain(18_300_000)),
        ("3.5E8", plain(350_000_000)),
        ("$1M-5M", to(1_000_000, 5_000_000)), ("$1-5M", to(1_000_000, 5_000_000)),
        ("$1M – $5M", to(1_000_000, 5_000_000)), ("1 to 5 million", to(1_000_000, 5_000_000)),
        ("500-1M", to(500, 1_000_000)), ("$500k-1.5M", to(500_000, 1_500_000)), ("500-900", to(500, 900)),
        ("5M+", at_least(5_000_000)), ("over $5M", over(5_000_000)), ("$10k or more", at_least(10_000)),
        ("<$1M", under(1_000_000)), ("under 500k", under(500_000)), ("up to €2,000", at_most(2000)),
        ("$5k a year", plain(5000)), ("about $5k", plain(5000)),
    ],
)  # fmt: skip
def test_money(cell: str, value: Range) -> None:
    assert read("spend", cell) == value


@pytest.mark.parametrize("cell", ["$5M-1M", "5 dollars", "5q", "5%", "5 years", "M", "k5", "$5M a month"])
def test_money_that_is_not_understood(cell: str) -> None:
    assert read("spend", cell) == ODD


# ---------------------------------------- percent


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("85%", plain(85)), ("85 %", plain(85)), ("85 percent", plain(85)), ("0.5%", plain("0.5")), ("1%", plain(1)),
        ("85", plain(85)), ("0.85", plain(85)), ("1", plain(100)), ("1.1", plain(110)), ("2", plain(200)),
        ("2.01", plain("2.01")), ("3", plain(3)), ("-0.5", plain(-50)), ("-2", plain(-200)), ("-3", plain(-3)),
        ("0", plain(0)), ("100", plain(100)),
        ("80-90%", to(80, 90)), ("80%-90%", to(80, 90)), ("80-90", to(80, 90)), ("0.8-0.9", to(80, 90)),
        ("1-2%", to(1, 2)), ("0.5-3", to("0.5", 3)), ("1-2", to(100, 200)),
        (">100%", over(100)), ("over 100%", over(100)), ("<100%", under(100)), ("90%+", at_least(90)),
        ("over 1", over(100)), ("at least 0.9", at_least(90)), ("under 50", under(50)), ("90+%", at_least(90)),
        ("85% of goal", plain(85)), ("about 85%", plain(85)), ("0.85 of goal", plain(85)),
    ],
)  # fmt: skip
def test_percents(cell: str, value: Range) -> None:
    assert read("goal", cell) == value


@pytest.mark.parametrize("cell", ["85%%", "90-80%", "85k", "$85", "most", "85% of plan", "85/100"])
def test_percents_that_are_not_understood(cell: str) -> None:
    assert read("goal", cell) == ODD


# ---------------------------------------- duration


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3", plain(3)), ("1.5", plain("1.5")), ("18 months", plain("3/2")), ("2 yrs", plain(2)),
        ("2 years", plain(2)), ("1 year", plain(1)), ("2y", plain(2)), ("6 weeks", plain("6/52")),
        ("90 days", plain("90/365")), ("1 day", plain("1/365")), ("one month", plain("1/12")),
        ("365 days", plain(1)), ("52 weeks", plain(1)), ("2-3 years", to(2, 3)), ("6-18 months", to("1/2", "3/2")),
        ("6 months to 2 years", to("1/2", 2)), ("1-2", to(1, 2)), ("10+ years", at_least(10)),
        ("over 2 years", over(2)), ("under 6 months", under("1/2")), ("10 years or more", at_least(10)),
        ("up to 1 year", at_most(1)), ("about 3 years", plain(3)), ("10 or more years", at_least(10)),
    ],
)  # fmt: skip
def test_durations(cell: str, value: Range) -> None:
    assert read("years", cell) == value


@pytest.mark.parametrize("cell", ["long", "since 2019", "2 years - 6 months", "2 decades", "2 years 3 months", "5k"])
def test_durations_that_are_not_understood(cell: str) -> None:
    assert read("years", cell) == ODD


# ---------------------------------------- yes_no, choice, text


@pytest.mark.parametrize(("cell", "value"), [
    ("yes", "yes"), ("Y", "yes"), ("TRUE", "yes"), ("1", "yes"), (" Yes ", "yes"),
    ("no", "no"), ("N", "no"), ("False", "no"), ("0", "no"),
    ("maybe", ODD), ("yess", ODD), ("2", ODD), ("yes, mostly", ODD), ("nope", ODD), ("01", ODD),
])  # fmt: skip
def test_yes_and_no(cell: str, value: str) -> None:
    assert read("coached", cell) == value


@pytest.mark.parametrize(("cell", "value"), [
    ("nobody", "nobody"), ("No One", "nobody"), ("no-one", "nobody"), ("VACANT", "nobody"),
    ("owner", "non_sales"), ("Founder & CEO", "non_sales"), ("founder ceo", "non_sales"),
    ("vp sales", "sales_pro"), ("V.P.  Sales", "sales_pro"), ("Sales Pro", "sales_pro"),
    ("non-sales", "non_sales"), ("the co-founder", "non_sales"), ("Our Sales Manager", "sales_pro"),
    ("Bookkeeper", "non_sales"),
    ("owner and accountant", "non_sales"),
    ("Owner / Sales Manager", ODD), ("sales", ODD), ("homeowner", ODD), ("ownership", ODD), ("vp", ODD),
])  # fmt: skip
def test_choices(cell: str, value: str) -> None:
    assert read("leader", cell) == value


@pytest.mark.parametrize(("cell", "value"), [
    ("Café – 2nd floor", "Café – 2nd floor"), ("  Bold & Co. ", "Bold & Co."), ("No", "No"), ("0", "0"),
    ("1.10", "1.10"),
])  # fmt: skip
def test_text_stands_as_it_is(cell: str, value: str) -> None:
    assert read("notes", cell) == value


# ---------------------------------------- numbers behave as exact decimals


def judged(condition: str, name: str, cell: str) -> bool | None:
    """The condition, judged on one cell."""
    pack = parse_pack(PACK.replace("when: {reps: 1}", f"when: {condition}"))
    value = pack.fields[name].reader.read(cell).value
    return judge(pack.criteria[0].levels[0].when, {} if value is None else {name: value})


@pytest.mark.parametrize(
    ("condition", "name", "cell", "verdict"),
    [
        ("{goal: {at_most: 110%}}", "goal", "1.1", True),
        ("{goal: {more_than: 110%}}", "goal", "1.1", False),
        ("{goal: {at_least: 100%}}", "goal", "99.999999999%", False),
        ("{years: {at_least: 1.5}}", "years", "18 months", True),
        ("{years: {less_than: 18 months}}", "years", "1.5 years", False),
        ("{years: {at_most: 6 weeks}}", "years", "6 weeks", True),
        ("{spend: {is: $0.30}}", "spend", "0.3", True),
        ("{spend: {at_least: 1.1M}}", "spend", "1,100,000", True),
        ("{reps: {between: [1, 6]}}", "reps", "5-10", None),
        ("{reps: {between: [1, 6]}}", "reps", "1-6", True),
        ("{reps: {between: [1, 6]}}", "reps", "7-10", False),
        ("{reps: {between: [1, 6]}}", "reps", "6+", None),
        ("{reps: {between: [1, 6]}}", "reps", "over 6", False),
        ("{reps: {less_than: 5}}", "reps", "<5", True),
        ("{reps: {at_least: 5}}", "reps", "<5", False),
        ("{reps: {at_least: 5}}", "reps", "up to 5", None),
        ("{reps: {is: 1-6}}", "reps", "2-3", True),
        ("{reps: {is: 1-6}}", "reps", "6-8", None),
        ("{reps: {is_not: 1-6}}", "reps", "7", True),
        ("{reps: {at_least: 1}}", "reps", "n/a", False),  # its own word: 0
        ("{reps: {at_least: 1}}", "reps", "tbd", None),
    ],
)
def test_a_value_is_judged_exactly(condition: str, name: str, cell: str, verdict: bool | None) -> None:
    assert judged(condition, name, cell) is verdict


@pytest.mark.parametrize(
    ("pattern", "cell"),
    [("new office", "A NEW  Office"), ("NEW OFFICE", "a new office"), ("école", "ÉCOLE"),
     ("École", "L'école"), ("[À-Ý]cole", "une ÉCOLE")],
)  # fmt: skip
def test_patterns_ignore_case(pattern: str, cell: str) -> None:
    assert judged(f'{{notes: {{matches: "{pattern}"}}}}', "notes", cell) is True
