"""The reference evaluator against design.md section 3, sentence by sentence.

Every expected value was worked out by hand from the design, none was copied from a run.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reference import (
    NOT_UNDERSTOOD,
    Fact,
    Interval,
    Prospect,
    condition,
    criterion,
    evaluate,
    found,
    holds,
    k_and,
    k_not,
    k_or,
    literal,
    read_cell,
    rounded,
)
from strategies import NUMERIC, Plain, Row, lists, packs, spread

# ---------------------------------------- what the tests are written in

NUMBER: Plain = {"type": "number", "units": ["reps", "people", "sales people"]}
MONEY: Plain = {"type": "money"}
PERCENT: Plain = {
    "type": "percent",
    "words": {"exceeds": ">100%", "on target": "100%", "misses": "<100%"},
}
DURATION: Plain = {"type": "duration"}
YES_NO: Plain = {"type": "yes_no", "words": {"sure thing": "yes", "None": "no"}}
TEXT: Plain = {"type": "text"}
CHOICE: Plain = {
    "type": "choice",
    "choices": {
        "nobody": ["no one", "unmanaged", "self-managed", "none", "-"],
        "non_sales_professional": ["owner", "CEO", "office manager", r"/\b(co-?)?(owner|founder)\b/"],
        "sales_professional": ["sales manager", "vp sales", r"/\bsales lead\b/"],
    },
}
BY_TYPE = {"number": NUMBER, "money": MONEY, "percent": PERCENT, "duration": DURATION, "text": TEXT}


def exactly(number: str) -> Interval:
    return Interval(Fraction(number), Fraction(number))


def span(low: str, high: str) -> Interval:
    return Interval(Fraction(low), Fraction(high))


def at_least(number: str) -> Interval:
    return Interval(Fraction(number), None)


def at_most(number: str) -> Interval:
    return Interval(None, Fraction(number))


def over(number: str) -> Interval:
    return Interval(Fraction(number), None, low_open=True)


def under(number: str) -> Interval:
    return Interval(None, Fraction(number), high_open=True)


def judged(field: Plain, cell: str, test: Any) -> bool | None:
    """The verdict of a test on a cell that is understood or unknown."""
    value = read_cell(field, cell)
    fact = Fact("cell", value) if isinstance(value, (Interval, str)) else None
    return holds(field, fact, test)


# ---------------------------------------- reading: unknown, words


@pytest.mark.parametrize("field", [NUMBER, MONEY, PERCENT, DURATION, TEXT, YES_NO, CHOICE])
@pytest.mark.parametrize("cell", ["", "  ", "--", "?", "...", "()", "N/A", "#n/a", "nan", " Not  Known ", "TBD"])
def test_blank_punctuation_and_unknown_values_are_unknown(field: Plain, cell: str) -> None:
    assert read_cell(field, cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "n/a",
            "#n/a",
            "na",
            "nan",
            "null",
            "nil",
            "none",
            "--none--",
            "unknown",
            "not known",
            "not available",
        ),
        *("not specified", "not provided", "[not provided]", "(no value)", "(blank)", "tbd", "tba", "select"),
    ],
)
def test_the_default_unknown_values(cell: str) -> None:
    assert read_cell(NUMBER, cell) is None


def test_a_missing_column_is_unknown() -> None:
    assert read_cell(NUMBER, None) is None


def test_the_packs_unknown_values_add_to_the_defaults() -> None:
    assert read_cell(NUMBER, "Ask  Later", ["ask later"]) is None
    assert read_cell(NUMBER, "n/a", ["ask later"]) is None
    assert read_cell(NUMBER, "ask later") is NOT_UNDERSTOOD


def test_unknown_values_are_compared_as_written() -> None:
    assert read_cell(NUMBER, "n.a.") is NOT_UNDERSTOOD
    assert read_cell(NUMBER, "none of them") is NOT_UNDERSTOOD


def test_words_win_over_the_unknown_values_and_punctuation() -> None:
    field = NUMBER | {"words": {"none": "0", "-": "1", "a few": "2-4", "dozens": "24+"}}
    assert read_cell(field, "NONE") == exactly("0")
    assert read_cell(field, " - ") == exactly("1")
    assert read_cell(field, "A  Few") == span("2", "4")
    assert read_cell(field, "dozens") == at_least("24")
    assert read_cell(field, "a-few") is NOT_UNDERSTOOD  # as written


def test_synonyms_win_over_the_unknown_values_and_punctuation() -> None:
    assert read_cell(CHOICE, "None") == "nobody"
    assert read_cell(CHOICE, "-") == "nobody"
    assert read_cell(CHOICE, "--") is None
    assert read_cell(CHOICE, "--none--") is None


# ---------------------------------------- reading: numbers


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("3", exactly("3")),
        (" 3 ", exactly("3")),
        ("1,200", exactly("1200")),
        ("1,234,567.5", exactly("1234567.5")),
        ("~5", exactly("5")),
        ("~ 5", exactly("5")),
        ("about 5", exactly("5")),
        ("five", exactly("5")),
        ("Zero", exactly("0")),
        ("twelve", exactly("12")),
        ("1.7k", exactly("1700")),
        ("1.7 K", exactly("1700")),
        ("3.5E8", exactly("350000000")),
        ("2.5e-3", exactly("0.0025")),
        ("010", exactly("10")),
        ("1.10", exactly("1.1")),
        ("-4", exactly("-4")),
        ("+4", exactly("4")),
        ("\u22124", exactly("-4")),
        ("1-6", span("1", "6")),
        ("1 \u2013 6", span("1", "6")),
        ("1\u20146", span("1", "6")),
        ("1 to 6", span("1", "6")),
        ("one  TO  six", span("1", "6")),
        ("6-6", span("6", "6")),
        ("-5--1", span("-5", "-1")),
        ("about 5-10", span("5", "10")),
        ("~5 to 10", span("5", "10")),
        ("1-6k", span("1000", "6000")),
        ("500-1k", span("500", "1000")),
        ("10+", at_least("10")),
        ("ten+", at_least("10")),
        ("over 10", over("10")),
        ("more than 10", over("10")),
        (">10", over("10")),
        ("> 10", over("10")),
        (">= 10", at_least("10")),
        ("\u226510", at_least("10")),
        ("at least 10", at_least("10")),
        ("10 or more", at_least("10")),
        ("<5", under("5")),
        ("under 5", under("5")),
        ("less than 5", under("5")),
        ("fewer than five", under("5")),
        ("up to 5", at_most("5")),
        ("at most 5", at_most("5")),
        ("<=5", at_most("5")),
        ("\u2264 5", at_most("5")),
        ("5 or fewer", at_most("5")),
        ("5 or less", at_most("5")),
    ],
)
def test_number_forms(cell: str, value: Interval) -> None:
    assert read_cell(NUMBER, cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("5 reps", exactly("5")),
        ("5reps", exactly("5")),
        ("5 Sales  People", exactly("5")),
        ("~5 people", exactly("5")),
        ("1-6 reps", span("1", "6")),
        ("10+ reps", at_least("10")),
        ("10 or more people", at_least("10")),
        ("over 10 reps", over("10")),
        ("five reps", exactly("5")),
    ],
)
def test_any_numeric_form_may_end_in_a_unit(cell: str, value: Interval) -> None:
    assert read_cell(NUMBER, cell) == value
    assert read_cell({"type": "number"}, cell) is NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "6-Jan",
            "4 reps quit",
            "2 inside, 3 outside",
            "1,20",
            "12,00",
            "1-2-3",
            "2024-01-31",
            "1.2.3",
            "thirteen",
        ),
        *(
            "6-1",
            "5 to",
            "over",
            "over 10+",
            "about 10+",
            "10 reps or more",
            "5m",
            "$5",
            "85%",
            "1k-500",
            "lots",
        ),
        *("reps", "5 reps people", "between 1 and 6", "5 years"),
    ],
)
def test_anything_else_is_not_understood(cell: str) -> None:
    assert read_cell(NUMBER, cell) is NOT_UNDERSTOOD


# ---------------------------------------- reading: money


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1200", exactly("1200")),
        ("$1,200", exactly("1200")),
        ("$ 5", exactly("5")),
        ("5\u20ac", exactly("5")),
        ("us$5m", exactly("5000000")),
        ("C$5", exactly("5")),
        ("USD 5", exactly("5")),
        ("usd5", exactly("5")),
        ("1.5m gbp", exactly("1500000")),
        ("5 mxn", exactly("5")),
        ("5 m mxn", exactly("5000000")),
        ("2k", exactly("2000")),
        ("2 thousand", exactly("2000")),
        ("2m", exactly("2000000")),
        ("2MM", exactly("2000000")),
        ("$2 million", exactly("2000000")),
        ("two million", exactly("2000000")),
        ("2b", exactly("2000000000")),
        ("2bn", exactly("2000000000")),
        ("2 billion", exactly("2000000000")),
        ("$-5", exactly("-5")),
        ("$1-5M", span("1000000", "5000000")),
        ("$1M - $5M", span("1000000", "5000000")),
        ("500-1M", span("500", "1000000")),
        ("500k to 1m usd", span("500000", "1000000")),
        ("5-5k", span("5000", "5000")),
        ("~$1-2m", span("1000000", "2000000")),
        ("$5M+", at_least("5000000")),
        ("over \u00a310k", over("10000")),
        ("up to 2 million eur", at_most("2000000")),
        ("<$1m", under("1000000")),
        ("$1m or less", at_most("1000000")),
    ],
)
def test_money_forms(cell: str, value: Interval) -> None:
    assert read_cell(MONEY, cell) == value


@pytest.mark.parametrize("cell", ["$1M-5", "5 dollars", "5%", "$1M-$1k", "5kk", "m", "xyz 5"])
def test_money_not_understood(cell: str) -> None:
    assert read_cell(MONEY, cell) is NOT_UNDERSTOOD


def test_a_currency_sign_alone_is_nothing_but_punctuation() -> None:
    assert read_cell(MONEY, "$") is None


# ---------------------------------------- reading: percent, duration


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("85%", exactly("0.85")),
        ("85 %", exactly("0.85")),
        ("85 percent", exactly("0.85")),
        ("0.85", exactly("0.85")),
        ("85", exactly("0.85")),
        ("1.1", exactly("1.1")),
        ("1.10", exactly("1.1")),
        ("2", exactly("2")),
        ("-2", exactly("-2")),
        ("2.1", exactly("0.021")),
        ("-2.1", exactly("-0.021")),
        ("1%", exactly("0.01")),
        ("0.5%", exactly("0.005")),
        ("one", exactly("1")),
        ("five percent", exactly("0.05")),
        ("0.8-1.2", span("0.8", "1.2")),
        ("80-120", span("0.8", "1.2")),
        ("1-85", span("0.01", "0.85")),  # not all ends are from -2 to 2
        ("1-2%", span("0.01", "0.02")),
        ("80% - 120%", span("0.8", "1.2")),
        ("100%+", at_least("1")),
        (">1.5", over("1.5")),
        (">110", over("1.1")),
        ("exceeds", over("1")),
        ("On Target", exactly("1")),
        ("misses", under("1")),
    ],
)
def test_percent_forms(cell: str, value: Interval) -> None:
    assert read_cell(PERCENT, cell) == value


@pytest.mark.parametrize("cell", ["5%%", "85k", "6-Jan", "120-80", "half"])
def test_percent_not_understood(cell: str) -> None:
    assert read_cell(PERCENT, cell) is NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("18 months", exactly("3/2")),
        ("2 yrs", exactly("2")),
        ("6 weeks", exactly("6/52")),
        ("90 days", exactly("90/365")),
        ("3", exactly("3")),
        ("1.5", exactly("3/2")),
        ("five years", exactly("5")),
        ("3mo", exactly("1/4")),
        ("1y", exactly("1")),
        ("73 d", exactly("1/5")),
        ("13 wk", exactly("1/4")),
        ("1 mth", exactly("1/12")),
        ("6-18 months", span("1/2", "3/2")),
        ("6 months to 2 years", span("1/2", "2")),
        ("6 months - 2", span("1/2", "2")),  # a bare number is years
        ("1-2", span("1", "2")),
        ("10+ years", at_least("10")),
        ("10 years+", at_least("10")),
        ("18 months or more", at_least("3/2")),
        ("18 or more months", at_least("3/2")),
        ("over 6 months", over("1/2")),
        ("<6 mos", under("1/2")),
        ("26 weeks or less", at_most("1/2")),
        ("about 2 years", exactly("2")),
    ],
)
def test_duration_forms(cell: str, value: Interval) -> None:
    assert read_cell(DURATION, cell) == value


@pytest.mark.parametrize("cell", ["3 m", "1 year 6 months", "18 months - 1", "10+ years years", "since 2010", "5k"])
def test_duration_not_understood(cell: str) -> None:
    assert read_cell(DURATION, cell) is NOT_UNDERSTOOD


# ---------------------------------------- reading: yes_no, choice, text


@pytest.mark.parametrize("cell", ["yes", "Y", "TRUE", "1", " Yes ", "Sure  Thing"])
def test_yes(cell: str) -> None:
    assert read_cell(YES_NO, cell) == "yes"


@pytest.mark.parametrize("cell", ["no", "N", "False", "0", "none"])  # `None` is one of the field's words
def test_no(cell: str) -> None:
    assert read_cell(YES_NO, cell) == "no"


@pytest.mark.parametrize("cell", ["yes!", "maybe", "01", "sure", "2"])
def test_yes_no_not_understood(cell: str) -> None:
    assert read_cell(YES_NO, cell) is NOT_UNDERSTOOD


@pytest.mark.parametrize(
    ("cell", "choice"),
    [
        ("Owner", "non_sales_professional"),
        ("c.e.o.", "non_sales_professional"),
        ("Office-Manager", "non_sales_professional"),
        ("VP  Sales", "sales_professional"),
        ("vp_sales", "sales_professional"),
        ("SALES PROFESSIONAL", "sales_professional"),  # its own name
        ("self managed", "nobody"),
        ("the co-owner", "non_sales_professional"),
        ("our sales lead", "sales_professional"),
    ],
)
def test_choice_forms(cell: str, choice: str) -> None:
    assert read_cell(CHOICE, cell) == choice


def test_a_choice_that_two_patterns_or_none_fit_is_not_understood() -> None:
    assert read_cell(CHOICE, "the founder is our sales lead") is NOT_UNDERSTOOD
    assert read_cell(CHOICE, "somebody") is NOT_UNDERSTOOD


def test_an_exact_synonym_wins_over_a_pattern() -> None:
    field = {"type": "choice", "choices": {"a": ["sales owner"], "b": ["/owner/"]}}
    assert read_cell(field, "Sales-Owner") == "a"
    assert read_cell(field, "Sales owners") == "b"


def test_text_is_read_as_it_stands() -> None:
    assert read_cell(TEXT, "  They left,  no notice. ") == "They left,  no notice."


# ---------------------------------------- literals


def test_literals_are_read_by_the_fields_reader() -> None:
    assert literal(NUMBER, "1,200") == exactly("1200")
    assert literal(PERCENT, "110%") == exactly("1.1")
    assert literal(DURATION, "18 months") == exactly("3/2")
    assert literal(CHOICE, "nobody") == "nobody"


@pytest.mark.parametrize("text", ["tbd", "lots"])
def test_a_literal_that_is_no_value_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=text):
        literal(NUMBER, text)


# ---------------------------------------- Kleene


def test_kleene() -> None:
    assert (k_not(True), k_not(False), k_not(None)) == (False, True, None)
    assert k_and([]) is True
    assert k_and([True, None]) is None
    assert k_and([None, False]) is False
    assert k_or([]) is False
    assert k_or([False, None]) is None
    assert k_or([None, True]) is True


# ---------------------------------------- tests on an interval


@pytest.mark.parametrize(
    ("cell", "test", "truth"),
    [
        ("5-10", {"between": ["1", "6"]}, None),
        ("5-6", {"between": ["1", "6"]}, True),
        ("1", {"between": ["1", "6"]}, True),
        ("6", {"between": ["1", "6"]}, True),
        ("7-9", {"between": ["1", "6"]}, False),
        ("6+", {"between": ["1", "6"]}, None),
        ("over 6", {"between": ["1", "6"]}, False),
        ("up to 5", {"between": ["1", "6"]}, None),  # may be 0
        ("under 1", {"between": ["1", "6"]}, False),
        ("10", {"at_least": "10"}, True),
        ("10+", {"at_least": "10"}, True),
        ("over 9", {"at_least": "10"}, None),
        ("under 10", {"at_least": "10"}, False),
        ("up to 10", {"at_least": "10"}, None),
        ("10", {"more_than": "10"}, False),
        ("10+", {"more_than": "10"}, None),
        ("over 10", {"more_than": "10"}, True),
        ("up to 10", {"more_than": "10"}, False),
        ("10", {"at_most": "10"}, True),
        ("over 10", {"at_most": "10"}, False),
        ("10+", {"at_most": "10"}, None),
        ("under 10", {"less_than": "10"}, True),
        ("up to 10", {"less_than": "10"}, None),
        ("10", {"less_than": "10"}, False),
        ("5", "5", True),
        ("4", "5", False),
        ("5-10", "5", None),
        ("5-10", "5-10", True),
        ("5-10", "4-11", True),
        ("5-10", "5-7", None),
        ("5-10", "10-12", None),
        ("5-10", "11+", False),
        ("over 5", "5+", True),
        ("5+", "over 5", None),
        ("over 5", "up to 5", False),
        ("5", "under 5", False),
        ("5", {"is_not": "5"}, False),
        ("4", {"is_not": "5"}, True),
        ("5-10", {"is_not": "5"}, None),
        ("1-2", ["1", "2"], None),
        ("2", ["1", "2"], True),
        ("3", ["1", "2"], False),
        ("3", {"one_of": ["1", "3"]}, True),
        ("3", {"none_of": ["1", "3"]}, False),
        ("4", {"none_of": ["1", "3"]}, True),
        ("1-4", {"none_of": ["1", "3"]}, None),
        ("5-10", {"at_least": "6", "at_most": "4"}, False),
        ("5", {"at_least": "4", "less_than": "6"}, True),
        ("5-10", {"at_least": "4", "less_than": "6"}, None),
        ("n/a", {"at_least": "4"}, None),
        ("n/a", {"is_not": "4"}, None),
        ("lots", {"at_least": "4"}, None),  # not understood: unknown for the score
        ("5", {"known": "yes"}, True),
        ("5", {"known": "no"}, False),
        ("n/a", {"known": "yes"}, False),
        ("lots", {"known": "no"}, True),
    ],
)
def test_operators_on_numbers(cell: str, test: Any, truth: bool | None) -> None:
    assert judged(NUMBER, cell, test) is truth


def test_numbers_behave_as_exact_decimals() -> None:
    assert judged(PERCENT, "1.1", {"at_most": "110%"}) is True
    assert judged(DURATION, "18 months", {"at_least": "1.5 years"}) is True
    assert judged(DURATION, "12 weeks", {"less_than": "3 months"}) is True  # 12/52 < 1/4
    assert judged(DURATION, "13 weeks", "3 months") is True
    assert judged(PERCENT, "exceeds", {"at_most": "100%"}) is False
    assert judged(PERCENT, "misses", {"at_most": "100%"}) is True


@pytest.mark.parametrize(
    ("cell", "test", "truth"),
    [
        ("owner", "nobody", False),
        ("owner", ["nobody", "non_sales_professional"], True),
        ("owner", {"is_not": "nobody"}, True),
        ("owner", {"none_of": ["nobody", "non_sales_professional"]}, False),
        ("n/a", ["nobody"], None),
        ("somebody", {"known": "yes"}, False),
    ],
)
def test_operators_on_choices(cell: str, test: Any, truth: bool | None) -> None:
    assert judged(CHOICE, cell, test) is truth


@pytest.mark.parametrize(
    ("cell", "test", "truth"),
    [
        ("Sales-Manager!", "sales manager", True),
        ("salesmanager", "Sales Manager", True),
        ("sales managers", "sales manager", False),
        ("n/a", "sales manager", None),
        ("The Sales-Manager quit.", {"mentions": "sales manager"}, True),
        ("two sales managers", {"mentions": "sales manager"}, None),
        ("nothing", {"mentions": ["sales manager", "nothing"]}, True),
        ("salesmanager", {"mentions": "sales manager"}, None),
        ("The Sales  Manager quit", {"matches": "sales manager"}, True),
        ("The Sales  Manager quit", {"matches": "^sales"}, False),
        ("n/a", {"matches": "^sales"}, None),
        ("anything", {"known": "yes"}, True),
    ],
)
def test_operators_on_text(cell: str, test: Any, truth: bool | None) -> None:
    assert judged(TEXT, cell, test) is truth


def test_patterns_ignore_case() -> None:
    assert found("VP (of )?Sales", "our vp  of sales")


# ---------------------------------------- conditions


def test_conditions_follow_kleene() -> None:
    pack = {"fields": {"a": YES_NO, "b": YES_NO}}
    prospect = Prospect({"a": Fact("cell", "yes")}, [])  # b is unknown
    yes, no, unknown = {"a": "yes"}, {"a": "no"}, {"b": "yes"}
    assert condition(pack, prospect, yes) is True
    assert condition(pack, prospect, {"a": "yes", "b": "yes"}) is None
    assert condition(pack, prospect, {"a": "no", "b": "yes"}) is False
    assert condition(pack, prospect, {"all": [yes, unknown]}) is None
    assert condition(pack, prospect, {"all": [no, unknown]}) is False
    assert condition(pack, prospect, {"any": [yes, unknown]}) is True
    assert condition(pack, prospect, {"any": [no, unknown]}) is None
    assert condition(pack, prospect, {"not": no}) is True
    assert condition(pack, prospect, {"not": unknown}) is None
    assert condition(pack, prospect, {"not": {"any": [no, {"not": yes}]}}) is True


# ---------------------------------------- points


def outcome(spec: Plain, cell: str | None) -> tuple[bool | None, int, int, int, int, int]:
    """A criterion on the field `reps`: its verdict, points, least, most, floor and ceiling."""
    value = read_cell(NUMBER, cell)
    facts = {"reps": Fact("cell", value)} if isinstance(value, Interval) else {}
    earned = criterion({"fields": {"reps": NUMBER}}, Prospect(facts, []), spec)
    return earned.verdict, earned.points, earned.least, earned.most, earned.floor, earned.ceiling


def test_met_earns_points_and_not_met_earns_otherwise() -> None:
    spec: Plain = {"when": {"reps": {"at_least": "3"}}, "points": "15"}
    assert outcome(spec, "4") == (True, 15, 15, 15, 0, 15)
    assert outcome(spec, "2") == (False, 0, 0, 0, 0, 15)
    assert outcome(spec, None) == (None, 0, 0, 15, 0, 15)
    spec["otherwise"] = "-15"
    assert outcome(spec, "2") == (False, -15, -15, -15, -15, 15)
    assert outcome(spec, None) == (None, 0, -15, 15, -15, 15)


def test_earned_is_the_value_in_the_range_nearest_to_0() -> None:
    test = {"reps": "3"}
    assert outcome({"when": test, "points": "20", "otherwise": "5"}, None) == (None, 5, 5, 20, 5, 20)
    assert outcome({"when": test, "points": "-20", "otherwise": "-5"}, None) == (None, -5, -20, -5, -20, -5)


def test_the_first_level_that_holds_counts() -> None:
    spec = {
        "levels": [
            {"when": {"reps": {"between": ["3", "6"]}}, "points": "20"},
            {"when": {"reps": {"at_least": "2"}}, "points": "10"},
            {"when": {"reps": "1"}, "points": "-30"},
        ],
        "otherwise": "5",
    }
    assert outcome(spec, "4") == (True, 20, 20, 20, -30, 20)
    assert outcome(spec, "2") == (True, 10, 10, 10, -30, 20)
    assert outcome(spec, "0") == (False, 5, 5, 5, -30, 20)
    assert outcome(spec, "2-4") == (True, 10, 10, 20, -30, 20)  # the second surely holds: no otherwise
    assert outcome(spec, "1-2") == (None, 0, -30, 10, -30, 20)  # the first surely not; the range spans 0
    assert outcome(spec, "0.5-2") == (None, 0, -30, 10, -30, 20)
    assert outcome(spec, "up to 0.5") == (False, 5, 5, 5, -30, 20)
    assert outcome(spec, None) == (None, 0, -30, 20, -30, 20)


def test_a_level_behind_one_that_surely_holds_is_closed() -> None:
    spec = {
        "levels": [
            {"when": {"reps": {"at_least": "2"}}, "points": "10"},
            {"when": {"reps": {"at_least": "4"}}, "points": "40"},
        ]
    }
    assert outcome(spec, "3-5") == (True, 10, 10, 10, 0, 40)


# ---------------------------------------- scores


def small_pack(**changes: Any) -> Plain:
    """Two criteria on the primary card (40 and 20, the first required) and one on the second (15 or -15)."""
    fit = {
        "criteria": {
            "size": {"required": "true", "when": {"reps": {"between": ["1", "6"]}}, "points": "40"},
            "goal": {"when": {"goal": {"at_most": "100%"}}, "points": "20"},
        },
        "bands": {"A": {"at_least": "66.7"}, "B": {"at_least": "33.4"}, "C": {"at_least": "0"}},
    }
    relationship = {
        "criteria": {"advice": {"when": {"advice": "yes"}, "points": "15", "otherwise": "-15"}},
        "bands": {"client": {"at_least": "65"}, "customer": {"at_least": "0"}},
        "min_known": "25%",
    }
    pack: Plain = {
        "pack": {"name": "small", "rank_by": ["fit", "relationship"]},
        "fields": {"reps": NUMBER, "goal": PERCENT, "advice": YES_NO},
        "scorecards": {"fit": fit, "relationship": relationship},
    }
    for place, value in changes.items():
        pack["fields"][place] = pack["fields"][place] | value
    return pack


def test_the_whole_answer_for_one_row() -> None:
    [one] = evaluate(small_pack(), [{"reps": "3", "goal": "maybe"}])
    assert one == {
        "rank": 1,
        "row": 1,
        "verdict": "qualified",
        "provisional": False,
        "score": Decimal("66.7"),  # 40 of 60
        "potential": Decimal("100.0"),
        "known": Decimal("0.667"),  # 1 - 20/60
        "band": "A",  # 66.666… is below 66.7, but the rounded score is what counts
        "scorecards": {
            "fit": {
                "score": Decimal("66.7"),
                "low": Decimal("66.7"),
                "high": Decimal("100.0"),
                "known": Decimal("0.667"),
                "band": "A",
                "best_band": "A",
                "worst_band": "A",
            },
            "relationship": {  # -15 to 15: earned 0 of the range, nothing known
                "score": Decimal("50.0"),
                "low": Decimal("0.0"),
                "high": Decimal("100.0"),
                "known": Decimal("0.000"),
                "band": "unknown",
                "best_band": "client",
                "worst_band": "customer",
            },
        },
        "criteria": [
            criterion_row("fit", "size", "met", 40, 40, 40, 0, 40),
            criterion_row("fit", "goal", "unknown", 0, 0, 20, 0, 20),
            criterion_row("relationship", "advice", "unknown", 0, -15, 15, -15, 15),
        ],
        "facts": {"reps": {"how": "cell", "low": Fraction(3), "high": Fraction(3)}},
        "not_understood": ["goal"],
    }


def criterion_row(card: str, name: str, verdict: str, *numbers: int) -> Plain:
    keys = ("points", "least", "most", "floor", "ceiling")
    return {"scorecard": card, "id": name, "verdict": verdict, **dict(zip(keys, numbers, strict=True))}


def test_bands_judge_the_rounded_score_from_the_other_side() -> None:
    [one] = evaluate(small_pack(), [{"reps": "9", "goal": "90%"}])
    assert one["score"] == Decimal("33.3")  # 20 of 60
    assert one["band"] == "C"  # below 33.4
    assert one["verdict"] == "disqualified"


def test_rounded_half_up() -> None:
    assert rounded(Fraction("12.25"), 1) == Decimal("12.3")
    assert rounded(Fraction("12.35"), 1) == Decimal("12.4")
    assert rounded(Fraction("12.2499"), 1) == Decimal("12.2")
    assert rounded(Fraction("0.0625"), 3) == Decimal("0.063")
    assert rounded(Fraction("1"), 3) == Decimal("1")


def test_min_known_is_judged_after_rounding() -> None:
    pack = small_pack()
    pack["scorecards"]["fit"]["min_known"] = "66.7%"
    [one] = evaluate(pack, [{"reps": "3"}])  # 2/3 is known: shown 0.667
    assert one["band"] == "A"
    pack["scorecards"]["fit"]["min_known"] = "66.8%"
    [one] = evaluate(pack, [{"reps": "3"}])
    assert (one["band"], one["scorecards"]["fit"]["best_band"]) == ("unknown", "A")


# ---------------------------------------- where a value comes from


def test_assume_counts_where_unknown_and_is_shown() -> None:
    pack = small_pack(goal={"assume": "90%"})
    [one] = evaluate(pack, [{"reps": "3", "goal": "n/a"}])
    assert one["facts"]["goal"] == {"how": "assumed", "low": Fraction(9, 10), "high": Fraction(9, 10)}
    assert (one["score"], one["known"]) == (Decimal("100.0"), Decimal("1.000"))
    assert one["provisional"] is False  # `goal` is not required


def test_assume_does_not_apply_over_what_is_not_understood() -> None:
    pack = small_pack(goal={"assume": "90%"})
    [one] = evaluate(pack, [{"reps": "3", "goal": "maybe"}])
    assert "goal" not in one["facts"]
    assert one["not_understood"] == ["goal"]
    assert one["known"] == Decimal("0.667")


def test_provisional_when_the_verdict_would_be_another_without_the_assumed_values() -> None:
    pack = small_pack(reps={"assume": "3"})
    assumed, told = evaluate(pack, [{}, {"reps": "4"}])
    assert (assumed["row"], assumed["verdict"], assumed["provisional"]) == (1, "qualified", True)
    assert (told["row"], told["verdict"], told["provisional"]) == (2, "qualified", False)
    [one] = evaluate(small_pack(reps={"assume": "9"}), [{}])
    assert (one["verdict"], one["provisional"]) == ("disqualified", True)


def test_known_is_met_by_an_assumed_value() -> None:
    assert holds(NUMBER, Fact("assumed", exactly("3")), {"known": "yes"}) is True


def test_inference_reads_what_the_group_caught_and_gives_way_to_the_cell() -> None:
    rule = {"from": ["notes"], "find": r"team of (\w+)", "value": "$1"}
    pack = small_pack(reps={"infer": [rule], "assume": "9"})
    pack["fields"]["notes"] = TEXT
    rows: list[Row] = [{"notes": "A team of Three"}, {"notes": "team of many"}]
    rows += [{"notes": "team of 3", "reps": "5"}, {"notes": "team of 3", "reps": "lots"}]
    by_row = {one["row"]: one["facts"].get("reps") for one in evaluate(pack, rows)}
    assert by_row[1] == {"how": "inferred", "low": Fraction(3), "high": Fraction(3)}
    assert by_row[2] == {"how": "assumed", "low": Fraction(9), "high": Fraction(9)}
    assert by_row[3] == {"how": "cell", "low": Fraction(5), "high": Fraction(5)}
    assert by_row[4] is None


def test_facts_of_open_ends_and_names() -> None:
    [one] = evaluate(small_pack(), [{"reps": "over 3", "advice": "Y"}])
    assert one["facts"]["reps"] == {"how": "cell", "low": Fraction(3), "high": None}
    assert one["facts"]["advice"] == {"how": "cell", "value": "yes"}


# ---------------------------------------- verdict and order


@pytest.mark.parametrize(
    ("reps", "verdict"),
    [
        ("3", "qualified"),
        ("9", "disqualified"),
        ("5-10", "needs_info"),
        (None, "needs_info"),
        ("?", "needs_info"),
    ],
)
def test_the_verdict_comes_from_the_required_criteria(reps: str | None, verdict: str) -> None:
    [one] = evaluate(small_pack(), [{"reps": reps, "goal": "200%"}])
    assert one["verdict"] == verdict


def test_required_counts_on_the_primary_scorecard_only() -> None:
    pack = small_pack()
    pack["scorecards"]["relationship"]["criteria"]["advice"]["required"] = "true"
    [one] = evaluate(pack, [{"reps": "3", "advice": "no"}])
    assert one["verdict"] == "qualified"


def test_the_order() -> None:
    rows: list[Row] = [
        {"reps": "9", "goal": "90%", "advice": "yes"},  # 1: disqualified
        {"goal": "90%"},  # 2: needs_info, 20 of 60
        {"reps": "3", "goal": "200%", "advice": "yes"},  # 3: qualified, 40 of 60, could not be more
        {"reps": "3", "advice": "no"},  # 4: qualified, 40 of 60, could be 60; relationship 0
        {"reps": "3", "advice": "yes"},  # 5: as 4; relationship 100
        {"reps": "3", "goal": "90%"},  # 6: qualified, 60 of 60
        {"reps": "3", "advice": "Y"},  # 7: as 5, later in the list
    ]
    ranked = evaluate(small_pack(), rows)
    assert [one["row"] for one in ranked] == [6, 5, 7, 4, 3, 2, 1]
    assert [one["rank"] for one in ranked] == [1, 2, 3, 4, 5, 6, 7]


def test_the_order_is_exact_and_not_rounded() -> None:
    """Of 3000 points, 2000 and 2001 both show as 66.7."""
    criteria = {
        "all": {"required": "yes", "when": {"reps": {"at_least": "0"}}, "points": "2000"},
        "one": {"when": {"reps": {"at_least": "1"}}, "points": "1"},
        "rest": {"when": {"reps": {"at_least": "9"}}, "points": "999"},
    }
    pack = small_pack()
    pack["scorecards"]["fit"]["criteria"] = criteria
    ranked = evaluate(pack, [{"reps": "0"}, {"reps": "1"}])
    assert [(one["row"], one["score"]) for one in ranked] == [(2, Decimal("66.7")), (1, Decimal("66.7"))]


# ---------------------------------------- the strategies


def literals_of(node: Any, fields: Plain) -> list[tuple[str, str]]:
    """Every (field, literal) of a condition that the field's reader must read."""
    if "not" in node:
        return literals_of(node["not"], fields)
    if "all" in node or "any" in node:
        return [pair for each in [*node.get("all", []), *node.get("any", [])] for pair in literals_of(each, fields)]
    pairs = []
    for name, test in node.items():
        arguments = test if isinstance(test, dict) else {"is": test}
        for operator, argument in arguments.items():
            if operator not in ("known", "mentions", "matches"):
                pairs += [(name, text) for text in (argument if isinstance(argument, list) else [argument])]
    return pairs


@given(packs())
@settings(max_examples=50, deadline=None)
def test_packs_can_work(pack: Plain) -> None:
    unknown = pack["pack"].get("unknown_values", [])
    for card in pack["scorecards"].values():
        levels = [level for each in card["criteria"].values() for level in each.get("levels", [each])]
        for name, text in [pair for level in levels for pair in literals_of(level["when"], pack["fields"])]:
            field = pack["fields"][name]
            assert isinstance(literal(field, text), (Interval, str))
            assert field["type"] == "choice" or read_cell(field, text, unknown) is not None
            assert field["type"] != "percent" or "%" in text
            assert field["type"] not in NUMERIC or isinstance(literal(field, text), Interval)
        ends = [Decimal(band["at_least"]) for band in card["bands"].values()]
        assert ends == sorted(set(ends), reverse=True)
        assert ends[-1] == 0
        assert any(spread(each) for each in card["criteria"].values())
    primary = pack["scorecards"][pack["pack"]["rank_by"][0]]
    assert any(each.get("required") in ("true", "yes") for each in primary["criteria"].values())


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_evaluate_scores_every_row_of_any_list(data: st.DataObject) -> None:
    pack = data.draw(packs())
    rows = data.draw(lists(pack))
    ranked = evaluate(pack, rows)
    assert [one["rank"] for one in ranked] == list(range(1, len(rows) + 1))
    assert sorted(one["row"] for one in ranked) == list(range(1, len(rows) + 1))
    for one in ranked:
        for card in one["scorecards"].values():
            assert 0 <= card["low"] <= card["score"] <= card["high"] <= 100
        for each in one["criteria"]:
            assert each["floor"] <= each["least"] <= each["points"] <= each["most"] <= each["ceiling"]
