"""Hypothesis strategies: cells of every form that design.md lists, small packs that work, and their lists.

Everything is plain data in which every scalar is text, as yaml.BaseLoader gives it. Values come from small
pools, so that cells and literals meet at their ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Plain = dict[str, Any]
Row = dict[str, str | None]
Number = tuple[Fraction, str]  # what a literal is worth, and how it is written

NUMERIC = ("number", "money", "percent", "duration")
TYPES = (*NUMERIC, "yes_no", "choice", "text")

# ---------------------------------------- the pools

UNKNOWN = [
    *("n/a", "#n/a", "na", "nan", "null", "nil", "none", "--none--", "unknown", "not known", "not available"),
    *("not specified", "not provided", "[not provided]", "(no value)", "(blank)", "tbd", "tba", "select"),
]
BLANK = ["", " ", "   ", "-", "--", "?", "...", "\u2013", "\u2014", "$", "#", "()"]
GARBAGE = [
    *("6-Jan", "4 reps quit", "2 inside, 3 outside", "1-2-3", "12/05/2024", "2024-01-31", "1.2.3", "1,20"),
    *(
        "lots",
        "5 to",
        "to 5",
        "about",
        "over",
        "over 5+",
        "about 5+",
        "k",
        "5 x",
        "many reps",
        "5 5",
        "yes no",
    ),
    *(
        "between 1 and 6",
        "maybe",
        "N.A.",
        "see notes",
        "6-1",
        "500-1",
        "1e",
        "12 o'clock",
        "yess",
        "5%%",
        "5kk",
    ),
]
NUMBERS = [
    *("0", "1", "2", "3", "4", "5", "6", "7", "10", "12", "100", "500", "1000", "1,200", "1,234,567", "010"),
    *("1.10", "0.5", "1.5", "2.5", "0.85", "3.25", "0.0001", "3.5E8", "1e3", "2.5e-3", "-1", "+3", "-2.5"),
    *("zero", "one", "two", "five", "twelve"),
]
DASHES = ["-", " - ", "\u2013", " \u2013 ", " \u2014 ", " \u2212 ", " to ", " TO "]
CURRENCIES = ["$", "\u20ac", "\u00a3", "\u00a5", "\u20b9", "us$", "ca$", "au$", "nz$", "c$", "a$"]
CODES = ["usd", "eur", "gbp", "cad", "aud", "nzd", "chf", "jpy", "inr", "sek", "nok", "dkk", "zar"]
CODES += ["mxn", "brl", "sgd", "hkd", "cny", "pln", "czk"]
SCALES = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "mm": 10**6, "million": 10**6}
SCALES |= {"b": 10**9, "bn": 10**9, "billion": 10**9}
PER_YEAR = {"y": 1, "yr": 1, "yrs": 1, "year": 1, "years": 1, "": 1, "d": 365, "day": 365, "days": 365}
PER_YEAR |= {"mo": 12, "mos": 12, "mth": 12, "mths": 12, "month": 12, "months": 12}
PER_YEAR |= {"wk": 52, "wks": 52, "week": 52, "weeks": 52}
UNITS = {
    "number": ["reps", "people", "sales people", "FTE"],
    "money": ["a year", "per annum", "revenue"],
    "percent": ["of goal", "of quota"],
    "duration": ["old", "in business"],
}
FIELD_WORDS = {
    "number": {"just me": "1", "a few": "2-4", "dozens": "24+", "none": "0", "Too Many": ">100"},
    "money": {"seven figures": "$1M-9.9M", "nil": "0", "--": "$0", "tiny": "<$100k"},
    "percent": {"exceeds": ">100%", "on target": "100%", "misses": "<100%", "n/a": "0%"},
    "duration": {"just started": "<6 months", "new": "up to 1 year", "ages": "10+ years", "tbd": "0"},
    "yes_no": {"sure": "yes", "nope": "no", "None": "no", "x": "yes", "n.a.": "no"},
}
CHOICES = {  # every synonym belongs to one choice; the patterns overlap, so that two may fit
    "nobody": ["no one", "unmanaged", "Self-managed", "none", "-", "/^no .*manager$/"],
    "owner": ["founder", "CEO", "office manager", r"/\b(co-?)?(owner|founder)\b/"],
    "sales_professional": ["sales manager", "VP Sales", "head of sales", r"/\bsales\b.*\blead\b/"],
    "outside": ["agency", "n/a", "contractor", "/outside|agency/"],
    "Shared": ["team", "rota", r"/\bteam [0-9]+/"],
}
CHOICE_CELLS = [
    *("no sales manager", "co-owner", "the owner and the sales lead", "sales team lead", "outside agency"),
    *("an agency owner", "vp-sales", "V.P. Sales", "SalesManager", "selfmanaged", "team 12", "Owner/Founder"),
    *("head of  sales", "sales", "nobody!", "(shared)"),
]
SENTENCES = [
    *(
        "Sales manager quit",
        "They left, no notice.",
        "team of 12 reps",
        "owner-led sales",
        "The owner (founder)",
    ),
    *(
        "sales  manager",
        "SALES-MANAGER",
        "salesmanager",
        "sub-owner's friend",
        "Reps: 5; quit: 2",
        "Caf\u00e9 owner",
    ),
    *("no notes", "under_score sales", "12", "yes"),
]
PHRASES = [
    "sales manager",
    "owner",
    "quit",
    "team of 12",
    "reps 5",
    "Sales-Manager",
    "left no notice",
    "12",
    "caf\u00e9",
]
PATTERNS = [
    r"\bowner\b",
    r"sales (manager|lead)",
    r"^team of [0-9]+",
    "quit|left",
    r"\d+ reps",
    "Sales.?Manager",
]
PATTERNS += [r"[a-c]{2,}", "owner$", r"^\w+$"]

# ---------------------------------------- cells


def cells(field: Plain) -> SearchStrategy[str]:
    """Cells of a field: mostly what its type reads, also blanks, unknown values and what nobody reads."""
    sources = {"good": understood(field), "blank": st.sampled_from(BLANK)}
    sources |= {"unknown": st.sampled_from(UNKNOWN), "garbage": garbage(field)}
    return cells_from(sources)


@st.composite
def cells_from(draw: DrawFn, sources: Mapping[str, SearchStrategy[str]]) -> str:
    """Seven of ten good, one each of the others (a plain one_of counts the branches of its branches)."""
    source = draw(st.sampled_from(["good"] * 7 + ["blank", "unknown", "garbage"]))
    return dressed(draw, draw(sources[source]))


def understood(field: Plain) -> SearchStrategy[str]:
    """The forms that design.md lists for the type, and the field's own words and synonyms."""
    kind = field["type"]
    own = [st.sampled_from(sorted(field["words"]))] if field.get("words") else []
    if kind in NUMERIC:
        return st.one_of(numeric(field), numeric(field), *own)
    if kind == "yes_no":
        return st.one_of(st.sampled_from(["yes", "no", "y", "n", "true", "false", "1", "0"]), *own)
    if kind == "choice":
        synonyms = [word for words in field["choices"].values() for word in words if not word.startswith("/")]
        return st.sampled_from([*field["choices"], *synonyms * 3, *CHOICE_CELLS])
    return st.one_of(st.sampled_from(SENTENCES), st.sampled_from(PHRASES), phrases())


@st.composite
def phrases(draw: DrawFn) -> str:
    """A few words with punctuation between them."""
    words = st.sampled_from(["sales", "manager", "owner", "12", "reps", "quit"])
    parts = draw(st.lists(words, min_size=1, max_size=4))
    joints = st.sampled_from([" ", "  ", "-", ", ", "/", "", "."])
    return "".join(part + draw(joints) for part in parts)


def garbage(field: Plain) -> SearchStrategy[str]:
    """What no type but text reads, cells of other types, and letters and digits at random."""
    other = st.sampled_from([*CHOICE_CELLS, *SENTENCES, "85%", "$5M", "2 years", "5 reps"])
    broken = understood(field).map(lambda cell: cell + " quit")
    return st.one_of(st.sampled_from(GARBAGE), other, broken, st.text("0159abcxyz,/'# ", max_size=6))


def dressed(draw: DrawFn, cell: str) -> str:
    """The same cell in odd spaces and odd case."""
    case = draw(st.sampled_from(["as is", "as is", "upper", "title", "lower"]))
    cell = {"as is": cell, "upper": cell.upper(), "title": cell.title(), "lower": cell.lower()}[case]
    if draw(st.integers(0, 3)) == 0:
        cell = cell.replace(" ", draw(st.sampled_from(["  ", "\t", "   "])))
        cell = draw(st.sampled_from(["", " ", "\t"])) + cell + draw(st.sampled_from(["", "  "]))
    return cell


@st.composite
def numeric(draw: DrawFn, field: Plain) -> str:
    """A plain number, a range or a bound, with what the type may add, and maybe one of the field's units."""
    kind = field["type"]
    form = draw(st.sampled_from([plain, plain, span, bound_before, bound_after]))
    cell = draw(form(kind))
    if form in (plain, span):
        cell = draw(st.sampled_from(["", "", "", "~", "~ ", "about "])) + cell
    if field.get("units") and draw(st.booleans()):
        gap = " " if cell[-1].isalpha() else draw(st.sampled_from([" ", ""]))
        cell += gap + draw(st.sampled_from(field["units"]))
    return cell


def amounts() -> SearchStrategy[str]:
    return st.one_of(st.sampled_from(NUMBERS), st.integers(0, 130).map(str))


@st.composite
def plain(draw: DrawFn, kind: str, amount: str = "") -> str:
    """One number of the type: with its suffix, sign, currency or unit, or bare."""
    amount = amount or draw(amounts())
    gap = " " if amount.isalpha() else draw(st.sampled_from(["", " "]))  # `five k`, not `fivek`
    if kind == "duration":
        return (amount + gap + draw(st.sampled_from(sorted(PER_YEAR)))).rstrip()
    if kind == "percent":
        return (amount + gap + draw(st.sampled_from(["%", "%", "percent", ""]))).rstrip()
    if kind == "number":
        return (amount + gap + draw(st.sampled_from(["", "", "k"]))).rstrip()
    return draw(with_currency((amount + gap + draw(st.sampled_from(sorted(SCALES)))).rstrip()))


@st.composite
def with_currency(draw: DrawFn, amount: str) -> str:
    """Before or after, or not at all. A code keeps its distance: `chf 5`, `5m usd`."""
    place = draw(st.sampled_from(["none", "sign", "sign", "code", "sign after", "code after"]))
    space = draw(st.sampled_from(["", " "]))
    sign, code = draw(st.sampled_from(CURRENCIES)), draw(st.sampled_from(CODES))
    shown = {"sign": sign + space + amount, "code": f"{code} {amount}", "code after": f"{amount} {code}"}
    return (shown | {"none": amount, "sign after": f"{amount}{space}{sign[-1]}"})[place]


@st.composite
def span(draw: DrawFn, kind: str) -> str:
    """A range, in either order; now and then the suffix stands on the upper end alone."""
    low = draw(st.one_of(plain(kind), amounts()))
    return low + draw(st.sampled_from(DASHES)) + draw(plain(kind))


BEFORE = ["over ", "more than ", ">", "> ", ">= ", ">=", "at least ", "\u2265", "\u2265 "]
BEFORE += ["<", "< ", "under ", "less than ", "fewer than ", "up to ", "at most ", "<=", "<= ", "\u2264"]


@st.composite
def bound_before(draw: DrawFn, kind: str) -> str:
    return draw(st.sampled_from(BEFORE)) + draw(plain(kind))


@st.composite
def bound_after(draw: DrawFn, kind: str) -> str:
    """`10+`, `10 or more`; a duration's unit may follow: `10+ years`, `10 or more years`."""
    after = draw(st.sampled_from(["+", "+", " or more", " or less", " or fewer"]))
    if kind == "duration" and after in ("+", " or more") and draw(st.booleans()):
        return draw(amounts()) + after + " " + draw(st.sampled_from(sorted(filter(None, PER_YEAR))))
    return draw(plain(kind)) + after


# ---------------------------------------- literals of rules

AMOUNTS = ["0", "1", "2", "3", "5", "6", "10", "12", "18", "100", "1,200", "1.5", "2.5", "0.5", "1.10", "-1"]


@st.composite
def plain_literals(draw: DrawFn, kind: str) -> Number:
    """A finite single number, as the ordered operators and `between` want it; a percent has its sign."""
    amount = draw(st.sampled_from(AMOUNTS))
    worth = Fraction(amount.replace(",", ""))
    if kind == "number":
        return worth, amount
    if kind == "percent":
        amount = draw(st.sampled_from(["50", "80", "100", "110", "150", amount]))
        return Fraction(amount.replace(",", "")) / 100, amount + "%"
    if kind == "duration":
        unit = draw(st.sampled_from(["years", "year", "months", "mo", "weeks", "days", ""]))
        return worth / PER_YEAR[unit], f"{amount} {unit}".rstrip()
    scale, sign = (
        draw(st.sampled_from(["", "k", "M", "million", "bn"])),
        draw(st.sampled_from(["", "$", "\u20ac"])),
    )
    return worth * SCALES[scale.lower()], f"{sign}{amount} {scale}".rstrip()


@st.composite
def pairs(draw: DrawFn, kind: str) -> list[str]:
    """`between: [low, high]`, low <= high."""
    ends = sorted(draw(st.lists(plain_literals(kind), min_size=2, max_size=2)), key=lambda end: end[0])
    return [written for _, written in ends]


@st.composite
def number_literals(draw: DrawFn, kind: str) -> str:
    """What `is` may hold for a numeric field: a number, a range or a bound."""
    form = draw(st.sampled_from(["one", "one", "range", "bound"]))
    if form == "range":
        return " to ".join(draw(pairs(kind)))
    _, one = draw(plain_literals(kind))
    return one if form == "one" else draw(st.sampled_from(["> ", ">= ", "under ", "at most "])) + one


def literals(field: Plain) -> SearchStrategy[str]:
    if field["type"] in NUMERIC:
        return number_literals(field["type"])
    if field["type"] == "yes_no":
        return st.sampled_from(["yes", "no", "yes", "no", "y", "true", "0"])
    return st.sampled_from(list(field["choices"]) if field["type"] == "choice" else SENTENCES)


# ---------------------------------------- conditions


def operators(field: Plain) -> dict[str, SearchStrategy[Any]]:
    """The operators that fit the field's type, with what they take."""
    kind = field["type"]
    several = st.lists(literals(field), min_size=1, max_size=3)
    known = st.sampled_from(["yes", "no"])
    fitting: dict[str, SearchStrategy[Any]] = {"one_of": several, "none_of": several, "known": known}
    fitting |= dict.fromkeys(["is", "is_not"], literals(field))
    if kind in NUMERIC:
        one = plain_literals(kind).map(lambda end: end[1])
        fitting |= dict.fromkeys(["at_least", "at_most", "more_than", "less_than"], one)
        fitting["between"] = pairs(kind)
    if kind == "text":
        phrase = st.sampled_from(PHRASES)
        fitting["mentions"] = st.one_of(phrase, st.lists(phrase, min_size=1, max_size=2))
        fitting["matches"] = st.sampled_from(PATTERNS)
    return fitting


@st.composite
def field_tests(draw: DrawFn, field: Plain) -> Any:
    """A value, a list, or one or two operators."""
    form = draw(st.sampled_from(["value", "list", "operators", "operators", "operators"]))
    if form == "value":
        return draw(literals(field))
    if form == "list":
        return draw(st.lists(literals(field), min_size=1, max_size=3))
    fitting = operators(field)
    names = draw(st.lists(st.sampled_from(list(fitting)), min_size=1, max_size=2, unique=True))
    return {name: draw(fitting[name]) for name in names}


@st.composite
def conditions(draw: DrawFn, fields: Mapping[str, Plain], depth: int = 3) -> Plain:
    """A field mapping, or all/any/not of smaller conditions."""
    form = draw(st.sampled_from(["field", "field", "field", "all", "any", "not"])) if depth else "field"
    if form == "field":
        names = draw(st.lists(st.sampled_from(list(fields)), min_size=1, max_size=2, unique=True))
        return {name: draw(field_tests(fields[name])) for name in names}
    inner = conditions(fields, depth - 1)
    return {form: draw(inner) if form == "not" else draw(st.lists(inner, min_size=1, max_size=depth))}


# ---------------------------------------- packs


@st.composite
def some_of(draw: DrawFn, pool: Mapping[str, Any], least: int = 0) -> Plain:
    names = draw(st.lists(st.sampled_from(list(pool)), min_size=least, max_size=3, unique=True))
    return {name: pool[name] for name in names}


@st.composite
def choice_lists(draw: DrawFn) -> Plain:
    """Two or more choices, each with some of its synonyms and patterns."""
    chosen = draw(some_of(CHOICES, least=2))
    return {name: draw(words_of(synonyms)) for name, synonyms in chosen.items()}


def words_of(pool: list[str]) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(pool), min_size=1, max_size=4, unique=True)


@st.composite
def fields(draw: DrawFn, kind: str) -> Plain:
    """One field of the type, maybe with words, units and an assumed value."""
    field: Plain = {"type": kind}
    if kind == "choice":
        field["choices"] = draw(choice_lists())
    if kind in FIELD_WORDS and draw(st.booleans()):
        field["words"] = draw(some_of(FIELD_WORDS[kind], least=1))
    if kind in UNITS and draw(st.booleans()):
        field["units"] = draw(st.lists(st.sampled_from(UNITS[kind]), min_size=1, max_size=2, unique=True))
    if kind != "text" and draw(st.integers(0, 2)) == 0:
        field["assume"] = draw(literals(field))
    return field


def points() -> SearchStrategy[str]:
    return st.integers(-20, 40).map(str)


@st.composite
def criteria(draw: DrawFn, known_fields: Mapping[str, Plain]) -> Plain:
    """`when` and `points`, or one to three levels; maybe `otherwise`."""
    outcome = st.fixed_dictionaries({"when": conditions(known_fields), "points": points()})
    if draw(st.booleans()):
        criterion: Plain = draw(outcome)
    else:
        criterion = {"levels": draw(st.lists(outcome, min_size=1, max_size=3))}
    if draw(st.booleans()):
        criterion["otherwise"] = draw(points())
    if draw(st.integers(0, 3)) == 0:
        criterion["required"] = draw(st.sampled_from(["true", "yes", "false"]))
    return criterion


def spread(criterion: Plain) -> int:
    """How far apart the criterion's outcomes lie: the ceiling less the floor."""
    levels = criterion.get("levels", [criterion])
    outcomes = [int(level["points"]) for level in levels] + [int(criterion.get("otherwise", "0"))]
    return max(outcomes) - min(outcomes)


@st.composite
def bands(draw: DrawFn) -> Plain:
    """Highest first, the lowest at 0, some between two tenths."""
    inner = st.sampled_from(["20", "25", "33.3", "50", "62.5", "66.7", "80", "99.9", "100"])
    ends = sorted(draw(st.lists(inner, max_size=3, unique=True)), key=Fraction, reverse=True)
    return {name: {"at_least": end} for name, end in zip("ABCD", [*ends, "0"], strict=False)}


@st.composite
def scorecards(draw: DrawFn, known_fields: Mapping[str, Plain], primary: bool) -> Plain:
    """One to five criteria that can give more than one sum; the primary card has a required one."""
    drawn = draw(st.lists(criteria(known_fields), min_size=1, max_size=5))
    if primary and not any(each.get("required") in ("true", "yes") for each in drawn):
        drawn[0]["required"] = "true"
    if not any(spread(each) for each in drawn):
        same = int(drawn[-1].get("otherwise", "0"))
        drawn[-1]["otherwise"] = str(same - 10 if same > 0 else same + 10)
    card: Plain = {
        "criteria": {f"c{n}": each for n, each in enumerate(drawn, start=1)},
        "bands": draw(bands()),
    }
    if draw(st.booleans()):
        card["min_known"] = draw(st.sampled_from(["0%", "25%", "33.3%", "50%", "100%"]))
    return card


@st.composite
def packs(draw: DrawFn) -> Plain:
    """A small pack that can work: design.md section 3, "A pack that can't work fails when it loads"."""
    kinds = draw(st.lists(st.sampled_from(TYPES), min_size=2, max_size=6))
    known_fields = {f"{kind}_{n}": draw(fields(kind)) for n, kind in enumerate(kinds, start=1)}
    names = draw(st.sampled_from([["fit"], ["fit", "relationship"], ["fit", "relationship", "urgency"]]))
    primary, *others = draw(st.permutations(names))
    header: Plain = {"name": "drawn", "title": "Drawn", "version": "1.0.0"}
    header["rank_by"] = [primary, *others[: draw(st.integers(0, len(others)))]]
    if draw(st.integers(0, 2)) == 0:
        header["unknown_values"] = draw(st.sampled_from([["ask later"], ["Quit", "maybe", "6-Jan"], ["owner", "lots"]]))
    cards = {name: draw(scorecards(known_fields, primary=name == primary)) for name in names}
    return {"pack": header, "fields": known_fields, "scorecards": cards}


@st.composite
def lists(draw: DrawFn, pack: Plain) -> list[Row]:
    """One to twelve rows; some fields have no column at all, and now and then a cell is null."""
    columns = {name: field for name, field in pack["fields"].items() if draw(st.integers(0, 4))}
    row = st.fixed_dictionaries({name: maybe_null(cells(field)) for name, field in columns.items()})
    return draw(st.lists(row, min_size=1, max_size=12))


@st.composite
def maybe_null(draw: DrawFn, filled: SearchStrategy[str]) -> str | None:
    return draw(filled) if draw(st.integers(0, 11)) else None
