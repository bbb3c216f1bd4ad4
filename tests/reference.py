"""The reference evaluator: design.md section 3 in slow, obvious Python.

It shares nothing with the real implementation, on purpose: the tests compare the two. Every function quotes
the sentence of design.md that it implements ("Design: …"). Comments marked AMBIGUOUS say how an
open place was settled.
Truth values are Kleene's: True (met), False (not met), None (unknown).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Any

Plain = Mapping[str, Any]  # a pack, a field, a scorecard …: plain data in which every scalar is text
Truth = bool | None


@dataclass(frozen=True)
class Interval:
    """Design: "Every number is an interval; a plain one is its own two ends; exclusive bounds stay
    exclusive."
    """

    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False


Value = Interval | str  # str: the name of a choice, "yes" or "no", or a text


class NotUnderstood:
    """Design: "Anything else is *not understood*: unknown for the score, never inferred or assumed over." """

    def __repr__(self) -> str:
        return "NOT_UNDERSTOOD"


NOT_UNDERSTOOD = NotUnderstood()
Reading = Value | NotUnderstood | None  # None: unknown

# ---------------------------------------- texts

DEFAULT_UNKNOWN = {
    *("n/a", "#n/a", "na", "nan", "null", "nil", "none", "--none--", "unknown", "not known", "not available"),
    *("not specified", "not provided", "[not provided]", "(no value)", "(blank)", "tbd", "tba", "select"),
}


def written(text: str) -> str:
    """As written: "case does not matter, runs of spaces are one", trimmed."""
    return " ".join(text.split()).lower()


def key(text: str) -> str:
    """Design: "letters and digits compared". AMBIGUOUS: all else is dropped, so `V.P. Sales` is `vpsales`."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


def spoken(text: str) -> str:
    """The words of a text, with one space around each, so that a phrase is found as whole words only."""
    return " " + " ".join(re.findall(r"[^\W_]+", text.lower())) + " "


def found(pattern: str, text: str) -> re.Match[str] | None:
    """Design: "Patterns ignore case"; they are sought in the trimmed, space-collapsed, lower-cased text."""
    return re.search(pattern, written(text), re.IGNORECASE | re.ASCII)


def is_true(text: str) -> bool:
    """A yes/no scalar of the pack itself (`required`, `known`)."""
    return written(text) in ("yes", "y", "true", "1")


# ---------------------------------------- reading a cell


def read_cell(field: Plain, text: str | None, unknown_values: Iterable[str] = ()) -> Reading:
    """Design: "Trim it. (1) Nothing but punctuation, or written the same (case ignored) as one of the
    unknown values: unknown, unless the field's own words or synonyms are written the same. (2) One of the
    field's `words`: the value it stands for. (3) What the type reads."
    """
    if text is None:
        return None
    cell = written(text)
    for phrase, value in field.get("words", {}).items():
        if written(phrase) == cell:
            return READERS[field["type"]](field, value)
    if field["type"] == "choice" and choices_where(field, lambda synonym: written(synonym) == cell):
        return read_choice(field, text)
    if not any(letter.isalnum() for letter in cell):
        return None
    if cell in {written(value) for value in [*DEFAULT_UNKNOWN, *unknown_values]}:
        return None
    return READERS[field["type"]](field, text)


def read_text(field: Plain, text: str) -> Reading:
    """Design: "text: as it stands" """
    return text.strip()


def read_yes_no(field: Plain, text: str) -> Reading:
    """Design: "yes/no, y/n, true/false, 1/0, and the field's `words`", compared as written."""
    if written(text) in ("yes", "y", "true", "1"):
        return "yes"
    return "no" if written(text) in ("no", "n", "false", "0") else NOT_UNDERSTOOD


def is_pattern(synonym: str) -> bool:
    """Design: "synonyms; /…/ is a pattern" """
    return len(synonym) > 2 and synonym.startswith("/") and synonym.endswith("/")


def choices_where(field: Plain, fits: Callable[[str], bool], patterns: bool = False) -> list[str]:
    """The choices with a name or synonym (or: a pattern) that fits. AMBIGUOUS: a choice's name is one of
    its synonyms in every respect, also against the unknown values (a choice named `none` is chosen by
    `none`).
    """
    names = []
    for name, synonyms in field["choices"].items():
        candidates = [name, *(synonyms or [])]
        if any(fits(each) for each in candidates if is_pattern(each) == patterns):
            names.append(name)
    return names


def read_choice(field: Plain, text: str) -> Reading:
    """Design: "an exact synonym or the choice's own name (letters and digits compared), else the one choice
    whose pattern is found"; "two choices fit" is not understood. A synonym written the same as the cell
    wins first.
    """
    fitting = (
        choices_where(field, lambda synonym: written(synonym) == written(text))
        or choices_where(field, lambda synonym: key(synonym) == key(text))
        or choices_where(field, lambda synonym: found(synonym[1:-1], text) is not None, patterns=True)
    )
    return fitting[0] if len(fitting) == 1 else NOT_UNDERSTOOD


# ---------------------------------------- reading a number

WORDS = ["zero", "one", "two", "three", "four", "five", "six"]
WORDS += ["seven", "eight", "nine", "ten", "eleven", "twelve"]
# AMBIGUOUS: `.5` is a number and `5.` is not; an exponent has one or two digits (nothing real has more).
NUMBER = (
    r"(?P<number>[+-]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?|\.[0-9]+)(?:e[+-]?[0-9]{1,2})?"
    rf"|{'|'.join(WORDS)})"
)
CURRENCY = (
    r"(?:(?:us|ca|au|nz|c|a)?\$|€|£|¥|₹"
    r"|usd|eur|gbp|cad|aud|nzd|chf|jpy|inr|sek|nok|dkk|zar|mxn|brl|sgd|hkd|cny|pln|czk)"
)
THOUSANDS = {"k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "million": 10**6}
SCALES = THOUSANDS | {"b": 10**9, "bn": 10**9, "billion": 10**9}
MONEY_SUFFIX = rf"(?:\s*(?P<suffix>{'|'.join(SCALES)}))?"
PER_YEAR = {
    "y yr yrs year years": 1,
    "mo mos mth mths month months": 12,
    "wk wks week weeks": 52,
    "day days d": 365,
}
YEARS = {unit: Fraction(1, number) for units, number in PER_YEAR.items() for unit in units.split()}
DURATION_UNIT = f"(?:{'|'.join(YEARS)})"

# One end of a number. AMBIGUOUS: a currency stands before or after, not both; a sign stands next to the
# digits (`$-5`, not `-$5`) and touches them; between a number and what follows it a space may stand.
QUANTITY = {
    "number": [rf"{NUMBER}(?:\s*(?P<suffix>k))?"],
    "money": [rf"(?:{CURRENCY}\s*)?{NUMBER}{MONEY_SUFFIX}", rf"{NUMBER}{MONEY_SUFFIX}\s*{CURRENCY}"],
    "percent": [rf"{NUMBER}(?:\s*(?P<suffix>%|percent))?"],
    "duration": [rf"{NUMBER}(?:\s*(?P<suffix>{DURATION_UNIT}))?"],
}

# "bounds `10+`, `over 10`, …": what the bound says of the number, as (is it the low end, is it exclusive)
AFTER = {r"\s*\+": (True, False), r"\s+or more": (True, False), r"\s+or (?:less|fewer)": (False, False)}
BEFORE = {
    r"(?:over|more than)\s+|>\s*": (True, True),
    r"at least\s+|>=\s*": (True, False),
    r"(?:under|less than|fewer than)\s+|<\s*": (False, True),
    r"(?:up to|at most)\s+|<=\s*": (False, False),
}


@dataclass(frozen=True)
class Quantity:
    """A number as it is written, with its suffix, sign or unit (None where it has none)."""

    amount: Fraction
    suffix: str | None


def read_number(field: Plain, text: str) -> Reading:
    """Any numeric type: "each may end in one of the field's `units`"."""
    cell = plain_signs(text)
    for unit in ["", *(plain_signs(unit) for unit in field.get("units", []))]:
        if cell.endswith(unit):
            reading = read_form(field["type"], cell[: len(cell) - len(unit)].rstrip())
            if reading is not NOT_UNDERSTOOD:
                return reading
    return NOT_UNDERSTOOD


def plain_signs(text: str) -> str:
    """En and em dash and the Unicode minus count as `-`; ≥ and ≤ as >= and <=."""
    return re.sub("[\u2013\u2014\u2212]", "-", written(text)).replace("≥", ">=").replace("≤", "<=")


def read_form(kind: str, text: str) -> Reading:
    """A plain number, a range (either may be "about"), or a bound."""
    about = re.fullmatch(r"(?:~\s*|about\s+)(.*)", text)
    if about:
        return read_plain_or_range(kind, about[1])
    reading = read_plain_or_range(kind, text)
    return read_bound(kind, text) if reading is NOT_UNDERSTOOD else reading


def read_quantity(kind: str, text: str) -> Quantity | None:
    """Design: "`3`, `1,200` (commas group three digits), `five` (zero to twelve), `1.7k`, `3.5E8`" """
    for form in QUANTITY[kind]:
        match = re.fullmatch(form, text)
        if match:
            number = match["number"].replace(",", "")
            amount = Fraction(WORDS.index(number)) if number in WORDS else Fraction(number)
            return Quantity(amount, match["suffix"])
    return None


def read_plain_or_range(kind: str, text: str) -> Reading:
    """Design: "ranges `1-6`, `1 – 6`, `1 to 6`"; "a lower end above the upper is not understood"."""
    plain = read_quantity(kind, text)
    if plain:
        return Interval(size(kind, plain), size(kind, plain))
    for separator in re.finditer(r"\s*-\s*|\s+to\s+", text):
        low = read_quantity(kind, text[: separator.start()])
        high = read_quantity(kind, text[separator.end() :])
        if low and high:
            least, most = range_ends(kind, low, high)
            return Interval(least, most) if least <= most else NOT_UNDERSTOOD
    return NOT_UNDERSTOOD


def range_ends(kind: str, low: Quantity, high: Quantity) -> tuple[Fraction, Fraction]:
    """Design: "in a range the upper end's suffix is shared where that keeps the order (`$1-5M`; not
    `500-1M`)"; a missing lower unit of a duration is the upper's; percent: "without a sign, all ends from
    -2 to 2 are fractions". AMBIGUOUS: one % sign in a range, on either end, makes both ends percentages. A
    duration's missing upper unit is not the lower's: "a bare number is years".
    """
    if kind == "percent":
        fractions = not (low.suffix or high.suffix) and all(-2 <= end.amount <= 2 for end in (low, high))
        return low.amount / (1 if fractions else 100), high.amount / (1 if fractions else 100)
    shares = kind == "duration" or low.amount <= high.amount
    if low.suffix is None and shares:
        low = Quantity(low.amount, high.suffix)
    return size(kind, low), size(kind, high)


def size(kind: str, one: Quantity) -> Fraction:
    """The value of a number that stands alone. Durations are in years, percentages are fractions (85% is
    0.85).
    """
    if kind == "percent":
        return one.amount if one.suffix is None and -2 <= one.amount <= 2 else one.amount / 100
    if kind == "duration":
        return one.amount * YEARS[one.suffix or "years"]
    return one.amount * SCALES[one.suffix] if one.suffix else one.amount


def read_bound(kind: str, text: str) -> Reading:
    """Design: "bounds `10+`, `over 10`, `more than 10`, `>= 10`, `at least 10`, `10 or more`, `<5`, `under
    5`, `up to 5`, `at most 5`, `5 or fewer`, `5 or less`". The other end is open: `<5` may be negative.
    AMBIGUOUS: a duration's unit may also stand behind `or less` and `or fewer`, as behind `+` and `or
    more`.
    """
    for words, (is_low, exclusive) in BEFORE.items():
        match = re.fullmatch(f"(?:{words})(.*)", text)
        one = read_quantity(kind, match[1]) if match else None
        if one:
            return bound(size(kind, one), is_low, exclusive)
    for words, (is_low, exclusive) in AFTER.items():
        unit = rf"(\s*{DURATION_UNIT})?" if kind == "duration" else "()"
        match = re.fullmatch(f"(.*?){words}{unit}", text)
        one = read_quantity(kind, match[1] + (match[2] or "")) if match else None
        if one:
            return bound(size(kind, one), is_low, exclusive)
    return NOT_UNDERSTOOD


def bound(end: Fraction, is_low: bool, exclusive: bool) -> Interval:
    if is_low:
        return Interval(end, None, low_open=exclusive)
    return Interval(None, end, high_open=exclusive)


READERS: dict[str, Callable[[Plain, str], Reading]] = {
    "text": read_text,
    "yes_no": read_yes_no,
    "choice": read_choice,
    "number": read_number,
    "money": read_number,
    "percent": read_number,
    "duration": read_number,
}

# ---------------------------------------- Kleene


def k_not(truth: Truth) -> Truth:
    return None if truth is None else not truth


def k_and(truths: Iterable[Truth]) -> Truth:
    truths = list(truths)
    if False in truths:
        return False
    return None if None in truths else True


def k_or(truths: Iterable[Truth]) -> Truth:
    return k_not(k_and(k_not(truth) for truth in truths))


# ---------------------------------------- facts


@dataclass(frozen=True)
class Fact:
    how: str  # cell, inferred, assumed
    value: Value


@dataclass(frozen=True)
class Prospect:
    facts: dict[str, Fact]  # only what has a value
    not_understood: list[str]

    def without_assumptions(self) -> Prospect:
        proven = {name: fact for name, fact in self.facts.items() if fact.how != "assumed"}
        return Prospect(proven, self.not_understood)


def read_row(pack: Plain, row: Mapping[str, str | None]) -> Prospect:
    """Design: "Where a value comes from, first that has one: an answer (from `ask`), the cell, inference,
    `assume`."
    """
    unknown_values = pack["pack"].get("unknown_values", [])
    facts: dict[str, Fact] = {}
    not_understood: list[str] = []
    for name, field in pack["fields"].items():
        reading = read_cell(field, row.get(name), unknown_values)
        how = "cell"
        if reading is None:
            reading, how = infer(pack, field, row), "inferred"
        if reading is None and "assume" in field:
            reading, how = literal(field, field["assume"]), "assumed"
        if isinstance(reading, NotUnderstood):
            not_understood.append(name)
        elif reading is not None:
            facts[name] = Fact(how, reading)
    return Prospect(facts, not_understood)


def infer(pack: Plain, field: Plain, row: Mapping[str, str | None]) -> Value | None:
    """Design: "a pattern in text fields; what the group caught is read like a cell"; "the first that yields
    a value". AMBIGUOUS: "blank" is every unknown cell; a catch that is not understood yields nothing and
    the next rule has its turn. Contact lists are not part of this evaluator's input: such rules yield
    nothing.
    """
    unknown_values = pack["pack"].get("unknown_values", [])
    for rule in field.get("infer", []):
        for source in rule.get("from", []):
            text = read_cell(pack["fields"][source], row.get(source), unknown_values)
            match = found(rule["find"], text) if isinstance(text, str) else None
            if match:
                reading = read_cell(field, filled(rule["value"], match), unknown_values)
                if isinstance(reading, (Interval, str)):
                    return reading
    return None


def filled(template: str, match: re.Match[str]) -> str:
    """`value: "$1"` stands for what the pattern's first group caught."""
    return re.sub(r"\$([0-9])", lambda number: match[int(number[1])] or "", template)


def literal(field: Plain, text: str) -> Value:
    """Design: "Literals are read by the field's own reader; one that reads as unknown, a choice that is not
    a name from `choices` … is an error when the pack loads."
    """
    reading = text if field["type"] == "choice" and text in field["choices"] else read_cell(field, text)
    if reading is None or isinstance(reading, NotUnderstood):
        raise ValueError(f"{text!r} is no value of a {field['type']} field")
    return reading


# ---------------------------------------- conditions


def condition(pack: Plain, prospect: Prospect, node: Plain) -> Truth:
    """Design: "`all: [...]`, `any: [...]`, `not: {...}`, or `field: test` (several fields in one mapping:
    all of them)".
    """
    if "all" in node:
        return k_and(condition(pack, prospect, each) for each in node["all"])
    if "any" in node:
        return k_or(condition(pack, prospect, each) for each in node["any"])
    if "not" in node:
        return k_not(condition(pack, prospect, node["not"]))
    return k_and(holds(pack["fields"][name], prospect.facts.get(name), each) for name, each in node.items())


def holds(field: Plain, fact: Fact | None, spec: Any) -> Truth:
    """Design: "A test is a value (`is`), a list (`one_of`), or operators, all of which must hold"."""
    if isinstance(spec, str):
        spec = {"is": spec}
    elif isinstance(spec, list):
        spec = {"one_of": spec}
    return k_and(operator(field, fact, name, argument) for name, argument in spec.items())


def operator(field: Plain, fact: Fact | None, name: str, argument: Any) -> Truth:
    """One operator. "`known` is never unknown"; an assumed value counts as known, a cell not understood
    does not.
    """
    if name == "known":
        return (fact is not None) == is_true(argument)
    if fact is None:
        return None
    if name == "is":
        return equals(field, fact.value, literal(field, argument))
    if name == "one_of":
        return k_or(operator(field, fact, "is", each) for each in argument)
    if name == "is_not":
        return k_not(operator(field, fact, "is", argument))
    if name == "none_of":
        return k_not(operator(field, fact, "one_of", argument))
    if isinstance(fact.value, str):
        # AMBIGUOUS: a list of phrases or patterns is allowed, and any of them will do
        arguments = argument if isinstance(argument, list) else [argument]
        return k_or(text_operator(fact.value, name, each) for each in arguments)
    return within(fact.value, wanted(field, name, argument))


def equals(field: Plain, value: Value, wanted: Value) -> Truth:
    """Design: "`is` with an interval is met when the value lies wholly inside, not met when they do not
    touch. Text: `is` compares letters and digits".
    """
    if isinstance(value, Interval) and isinstance(wanted, Interval):
        return within(value, wanted)
    if field["type"] == "text":
        return key(str(value)) == key(str(wanted))
    return value == wanted


def text_operator(text: str, name: str, argument: str) -> Truth:
    """Design: "`mentions` looks for whole words or phrases, and not found is *unknown*, since silence is no
    evidence; `matches` searches a pattern, and not found is not met".
    """
    if name == "mentions":
        return True if spoken(argument) in spoken(text) else None
    assert name == "matches", name
    return found(argument, text) is not None


def wanted(field: Plain, name: str, argument: Any) -> Interval:
    """Design: "`between` (inclusive), `at_least`, `at_most`, `more_than`, `less_than`"."""
    ends = [literal(field, each) for each in (argument if name == "between" else [argument])]
    first, last = ends[0], ends[-1]
    assert isinstance(first, Interval)
    assert isinstance(last, Interval)
    return {
        "between": Interval(first.low, last.high),
        "at_least": Interval(first.low, None),
        "at_most": Interval(None, first.high),
        "more_than": Interval(first.low, None, low_open=True),
        "less_than": Interval(None, first.high, high_open=True),
    }[name]


def within(value: Interval, wanted: Interval) -> Truth:
    """Design: "holds for all of it is met, for none of it not met, for some of it unknown"."""
    if starts_inside(value, wanted) and ends_inside(value, wanted):
        return True
    return False if below(value, wanted) or below(wanted, value) else None


def starts_inside(value: Interval, wanted: Interval) -> bool:
    if wanted.low is None or value.low is None:
        return wanted.low is None
    closed_meets_open = wanted.low_open and not value.low_open
    return value.low > wanted.low or (value.low == wanted.low and not closed_meets_open)


def ends_inside(value: Interval, wanted: Interval) -> bool:
    if wanted.high is None or value.high is None:
        return wanted.high is None
    closed_meets_open = wanted.high_open and not value.high_open
    return value.high < wanted.high or (value.high == wanted.high and not closed_meets_open)


def below(one: Interval, other: Interval) -> bool:
    """All of one lies below all of the other: they do not touch."""
    if one.high is None or other.low is None:
        return False
    return one.high < other.low or (one.high == other.low and (one.high_open or other.low_open))


# ---------------------------------------- points


@dataclass(frozen=True)
class Earned:
    """What a criterion, or the sum of them, gives: "its range is [least, most]"."""

    verdict: Truth
    points: int
    least: int
    most: int
    floor: int
    ceiling: int


def criterion(pack: Plain, prospect: Prospect, spec: Plain) -> Earned:
    """Design: "Met earns `points` (or the level's), not met earns `otherwise` (0 if left out), unknown
    could still earn any open outcome: with levels, every level that may hold before one that surely holds,
    and `otherwise` unless one surely holds". "A criterion's verdict is the Kleene *or* of its levels."
    "`earned` is the value in its range nearest to 0" — in the range, so 0 itself when the range spans it,
    even if no outcome gives 0.
    """
    levels = spec.get("levels", [spec])  # "the general form of when/points"
    truths = [condition(pack, prospect, level["when"]) for level in levels]
    points = [int(level["points"]) for level in levels]
    otherwise = int(spec.get("otherwise", "0"))
    surely = truths.index(True) if True in truths else len(levels)
    open_outcomes = [points[i] for i in range(surely) if truths[i] is None]
    open_outcomes.append(points[surely] if surely < len(levels) else otherwise)
    least, most = min(open_outcomes), max(open_outcomes)
    ever = [*points, otherwise]
    return Earned(k_or(truths), max(least, min(most, 0)), least, most, min(ever), max(ever))


@dataclass(frozen=True)
class Scored:
    """A scorecard's result, exact."""

    criteria: dict[str, Earned]
    score: Fraction
    low: Fraction
    high: Fraction
    known: Fraction


def scorecard(pack: Plain, prospect: Prospect, card: Plain) -> Scored:
    """Design: "Score = 100 × (earned - floor) ÷ (ceiling - floor); `low` and `high` scale alike." "`known`
    = 1 - (high - low) ÷ (ceiling - floor)".
    """
    criteria = {name: criterion(pack, prospect, spec) for name, spec in card["criteria"].items()}
    least = sum(each.floor for each in criteria.values())
    span = sum(each.ceiling for each in criteria.values()) - least
    earned = sum(each.points for each in criteria.values())
    low = sum(each.least for each in criteria.values())
    high = sum(each.most for each in criteria.values())
    score, lowest, highest = (Fraction(100 * (points - least), span) for points in (earned, low, high))
    return Scored(criteria, score, lowest, highest, 1 - Fraction(high - low, span))


def rounded(number: Fraction, places: int) -> Decimal:
    """Design: "rounded half up" """
    return Decimal(floor(number * 10**places + Fraction(1, 2))).scaleb(-places)


def band(card: Plain, score: Decimal) -> str | None:
    """Design: "bands judge the rounded score"; "highest first; score >= at_least; the lowest starts at 0" """
    for name, spec in card.get("bands", {}).items():
        if score >= Decimal(spec["at_least"]):
            return str(name)
    return None


def share(text: str) -> Fraction:
    """`min_known: 25%`"""
    return Fraction(text.removesuffix("%").strip()) / (100 if text.endswith("%") else 1)


def show_scorecard(card: Plain, scored: Scored) -> dict[str, Any]:
    """Design: "`best_band` and `worst_band` are those of `high` and `low`." `min_known`: "below this share
    of evidence the band is 'unknown'" (AMBIGUOUS: the band only; best_band and worst_band say what `high`
    and `low` are).
    """
    score, low, high = (rounded(number, 1) for number in (scored.score, scored.low, scored.high))
    known = rounded(scored.known, 3)
    too_little = Fraction(known) < share(card.get("min_known", "0%"))
    return {
        "score": score,
        "low": low,
        "high": high,
        "known": known,
        "band": "unknown" if too_little else band(card, score),
        "best_band": band(card, high),
        "worst_band": band(card, low),
    }


# ---------------------------------------- verdict and order


def ranked_by(pack: Plain) -> list[str]:
    """Design: "rank_by … the first is the primary scorecard" (AMBIGUOUS: left out, it is every scorecard in
    order).
    """
    named = pack["pack"].get("rank_by") or list(pack["scorecards"])
    return [named] if isinstance(named, str) else list(named)


def verdict(pack: Plain, prospect: Prospect) -> str:
    """Design: "All required criteria of the primary scorecard met: qualified. Any not met: disqualified.
    Else needs_info."
    """
    criteria = pack["scorecards"][ranked_by(pack)[0]]["criteria"].values()
    required = [spec for spec in criteria if is_true(spec.get("required", "no"))]
    met = k_and(criterion(pack, prospect, spec).verdict for spec in required)
    return {True: "qualified", False: "disqualified", None: "needs_info"}[met]


SHOWN: dict[Truth, str] = {True: "met", False: "not met", None: "unknown"}


def show_criteria(cards: Mapping[str, Scored]) -> list[dict[str, Any]]:
    return [
        {
            "scorecard": card,
            "id": name,
            "verdict": SHOWN[each.verdict],
            "points": each.points,
            "least": each.least,
            "most": each.most,
            "floor": each.floor,
            "ceiling": each.ceiling,
        }
        for card, scored in cards.items()
        for name, each in scored.criteria.items()
    ]


def show_fact(fact: Fact) -> dict[str, Any]:
    if isinstance(fact.value, Interval):
        return {"how": fact.how, "low": fact.value.low, "high": fact.value.high}
    return {"how": fact.how, "value": fact.value}


def show_prospect(pack: Plain, prospect: Prospect, cards: Mapping[str, Scored], row: int) -> dict[str, Any]:
    """One element of `prospects` (design.md section 5), without its rank. "It is `provisional` when it
    would be another without the assumed values."
    """
    shown = {name: show_scorecard(pack["scorecards"][name], scored) for name, scored in cards.items()}
    primary = shown[ranked_by(pack)[0]]
    decided = verdict(pack, prospect)
    return {
        "row": row,
        "verdict": decided,
        "provisional": decided != verdict(pack, prospect.without_assumptions()),
        "score": primary["score"],
        "potential": primary["high"],
        "known": primary["known"],
        "band": primary["band"],
        "scorecards": shown,
        "criteria": show_criteria(cards),
        "facts": {name: show_fact(fact) for name, fact in prospect.facts.items()},
        "not_understood": prospect.not_understood,
    }


def place(pack: Plain, cards: Mapping[str, Scored], decided: str, row: int) -> tuple[Any, ...]:
    """Design: "verdict in that order; then, exactly and not rounded, the primary scorecard's score,
    potential, known; then the scores of the other `rank_by` scorecards; then input order".
    """
    first, *others = (cards[name] for name in ranked_by(pack))
    standing = ["qualified", "needs_info", "disqualified"].index(decided)
    return standing, -first.score, -first.high, -first.known, *(-card.score for card in others), row


def evaluate(pack: Plain, rows: Sequence[Mapping[str, str | None]]) -> list[dict[str, Any]]:
    """Score every row and give them back in ranked order."""
    placed = []
    for number, row in enumerate(rows, start=1):
        prospect = read_row(pack, row)
        cards = {name: scorecard(pack, prospect, card) for name, card in pack["scorecards"].items()}
        shown = show_prospect(pack, prospect, cards, number)
        placed.append((place(pack, cards, shown["verdict"], number), shown))
    placed.sort(key=lambda pair: pair[0])
    return [{"rank": rank, **shown} for rank, (_, shown) in enumerate(placed, start=1)]
