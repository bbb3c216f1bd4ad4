"""Lowers readers to SQL: raw text -> interval, option or text, in layers that each read the one before.

A field `x` with raw text in the column `x` gets `x__low` and `x__high` (numeric), `x__value` (options) or `x__text`
(text); `x__blank` where nothing is known, `x__odd` where something stands there that is not understood.
The meaning is that of `facts/readers.py`, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from psm_qualify.compile.sql import DECIMAL, Column, any_of, case_of, end, literal, name
from psm_qualify.facts.interval import SCALE, WIDTH, Interval
from psm_qualify.facts.readers import (
    ABOUT,
    AT_LEAST,
    AT_MOST,
    GROUPS,
    LESS_THAN,
    MORE_THAN,
    WORD_DIGITS,
    NumericReader,
    OptionsReader,
    Reader,
    TextReader,
)
from psm_qualify.facts.text import blank
from psm_qualify.facts.types import Numeric

WHITE = r"\s\x{b}\x{1c}-\x{1f}\x{85}\p{Z}"
LETTERS = r"\p{L}\p{N}"
"""What stands within a class of signs; a dialect whose patterns lack it puts its own in the place of it."""

_SPACE = f"[{WHITE}]+"
_UNUSUAL = "[^ -~]|  "  # more than ASCII on one line with single spaces
_NOT_ALNUM = f"[^{LETTERS}]"
_DASHES = "‐‑‒–—−"
_ULP = literal(Decimal(1).scaleb(-SCALE))

Layer = list[Column]


@dataclass(frozen=True, slots=True)
class Lowered:
    """The layers that read one field, and the columns that say whether it is blank or not understood."""

    layers: tuple[Layer, ...]
    blank: str
    odd: str


def clean(text: str) -> str:
    """SQL twin of `facts.text.clean`. Replacing costs ten times as much as looking whether there is anything to."""
    thorough = f"lower(trim(regexp_replace({text}, '{_SPACE}', ' ', 'g')))"
    return f"CASE WHEN regexp_matches({text}, '{_UNUSUAL}') THEN {thorough} ELSE lower(trim({text})) END"


def squash(text: str) -> str:
    """SQL twin of `facts.text.squash`."""
    return f"regexp_replace(lower({text}), '{_NOT_ALNUM}', '', 'g')"


def mentions(text: str, phrases: Sequence[str]) -> str:
    """SQL twin of `facts.readers.mentions`: one of the phrases (words of letters and digits) stands in raw text."""
    either = "|".join(phrase.replace(" ", f"{_NOT_ALNUM}+") for phrase in phrases)
    return f"regexp_matches({text}, {literal(f'(?:^|{_NOT_ALNUM})(?:{either})(?:{_NOT_ALNUM}|$)')}, 'i')"


def matches(text: str, pattern: str) -> str:
    """Whether a pattern of a rule is found in cleaned text."""
    return f"regexp_matches({text}, {literal(pattern)}, 'i')"


def lower(field: str, raw: str, reader: Reader) -> Lowered:
    """The layers that read the raw text `raw` (SQL) as the field `field` (its SQL name)."""
    return _LOWERINGS[type(reader)](field, raw, reader)


def _blank(raw: str, unknown: frozenset[str]) -> str:
    """Nothing but punctuation, or one of the unknown values: one pattern over raw text, which gives up early."""
    words = "|".join(re.escape(value).replace("\\ ", _SPACE) for value in sorted(unknown))
    space = _SPACE.removesuffix("+") + "*"
    return f"({raw} IS NULL OR regexp_full_match({raw}, {literal(f'{_NOT_ALNUM}*|{space}(?:{words}){space}')}, 'i'))"


def says_nothing(raw: str, reader: Reader) -> str:
    """Whether a raw text is blank or an unknown value, and none of the field's own words."""
    words = reader.words if isinstance(reader, NumericReader) else getattr(reader, "written", {})
    own = [word for word in words if word in reader.unknown or blank(word)]
    unknown = _blank(raw, reader.unknown)
    return f"({unknown} AND NOT {any_of(clean(raw), own)})" if own else unknown


# -- numeric -----------------------------------------------------------------------------------------------------


def _lower_numeric(field: str, raw: str, reader: NumericReader) -> Lowered:
    text, part, blank = (name(f"{field}__{suffix}") for suffix in ("text", "part", "blank"))
    usual, is_usual = name(f"{field}__usual"), name(f"{field}__is_usual")
    is_word = any_of(text, reader.words)
    layers = (
        [Column(f"{field}__usual", f"regexp_extract({raw}, {literal(_usual_pattern(reader))}, {_USUAL}, 'i')")],
        [Column(f"{field}__is_usual", _is_usual(usual, reader))],
        [Column(f"{field}__text", f"CASE WHEN {is_usual} THEN NULL ELSE {clean(raw)} END")],
        [
            Column(f"{field}__part", _parts(text, usual, is_usual, reader)),
            Column(
                f"{field}__blank",
                f"CASE WHEN {is_usual} THEN FALSE ELSE {_blank(raw, reader.unknown)} AND NOT {is_word} END",
            ),
        ],
        *_ends(field, part, reader),
        [
            Column(f"{field}__low", _with_words(text, reader.words, "low", _LOWS.format(f=field))),
            Column(f"{field}__high", _with_words(text, reader.words, "high", _HIGHS.format(f=field))),
            Column(f"{field}__odd", f"NOT {blank} AND NOT {is_word} AND {name(field + '__bound')} = ''"),
        ],
    )
    return Lowered(layers, f"{field}__blank", f"{field}__odd")


_USUAL = "['low', 'low_suffix', 'high', 'high_suffix']"


def _usual_pattern(reader: NumericReader) -> str:
    """A number, or two with a hyphen: what an engine's pattern matcher gets through in one pass."""
    sign = "[$€£¥₹]?" if reader.kind.currency else ""
    suffixes = "|".join(re.escape(suffix) for suffix in reader.kind.suffixes)
    number = rf"{sign}([0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?) ?({suffixes})?"
    return f"^{number}(?:-{number})?$"


def _is_usual(usual: str, reader: NumericReader) -> str:
    """Whether that pattern is enough to read a cell."""
    taken = re.compile(_usual_pattern(reader), re.IGNORECASE)
    if any(taken.match(word) for word in (*reader.words, *reader.unknown)):
        return "FALSE"  # one of the field's own words, or a value that means unknown, is written like a number
    # Commas group three digits, so the first can't stand behind more than three.
    grouped = " AND ".join(f"position(',' IN {usual}.{side}) <= 4" for side in ("low", "high"))
    return f"{usual}.low <> '' AND {grouped}"


def _parts(text: str, usual: str, is_usual: str, reader: NumericReader) -> str:
    """What the groups of the numeric pattern catch. The whole pattern runs only on unusual forms."""
    dashed = f"translate({text}, {literal(_DASHES)}, {literal('-' * len(_DASHES))})"
    plain = f"CASE WHEN regexp_matches({text}, '[^ -~]') THEN {dashed} ELSE {text} END"
    whole = f"regexp_extract({plain}, {literal(reader.pattern)}, [{', '.join(map(literal, GROUPS))}])"
    caught = {
        "low": f"{usual}.low",
        "low_suffix": f"lower({usual}.low_suffix)",
        "high": f"{usual}.high",
        "high_suffix": f"lower({usual}.high_suffix)",
    }
    short = ", ".join(f"{literal(group)}: {caught.get(group, literal(''))}" for group in GROUPS)
    return f"CASE WHEN {is_usual} THEN {{{short}}} ELSE {whole} END"


_LOWS = (
    'CASE "{f}__bound" WHEN \'=\' THEN "{f}__first" WHEN \'-\' THEN "{f}__first" '
    "WHEN '>=' THEN \"{f}__first\" WHEN '>' THEN \"{f}__first\" + " + f"CAST({_ULP} AS {DECIMAL}) END"
)
_HIGHS = (
    'CASE "{f}__bound" WHEN \'=\' THEN "{f}__first" WHEN \'-\' THEN "{f}__last" '
    "WHEN '<=' THEN \"{f}__first\" WHEN '<' THEN \"{f}__first\" - " + f"CAST({_ULP} AS {DECIMAL}) END"
)


def _with_words(text: str, words: Mapping[str, Interval], side: str, otherwise: str) -> str:
    return case_of(text, {word: end(getattr(interval, side)) for word, interval in words.items()}, otherwise)


def _ends(field: str, part: str, reader: NumericReader) -> Sequence[Layer]:
    """From the caught groups to two scaled numbers and the kind of bound that they make."""
    kind = reader.kind
    first, last, bound = (f"{field}__{suffix}" for suffix in ("first", "last", "bound"))
    low_number, high_number = name(f"{field}__low_number"), name(f"{field}__high_number")
    low_suffix, high_suffix = name(f"{field}__low_suffix"), f"{part}.high_suffix"
    # Where a factor follows, room for its digits is kept, so that no product can overflow.
    number_type = f"DECIMAL({SCALE + kind.digits}, {SCALE})"
    shared = f"{part}.low_suffix = '' AND {high_suffix} <> '' AND {low_number} <= {high_number}"
    numbers = [
        Column(f"{field}__{side}_number", f"TRY_CAST({_digits(f'{part}.{side}')} AS {number_type})")
        for side in ("low", "high")
    ]
    suffix = (
        f"CASE WHEN {shared} THEN {high_suffix} WHEN {part}.low_suffix <> '' THEN {part}.low_suffix "
        f"ELSE {part}.last_suffix END"
    )
    plain = (first, last) if kind.sign is None else (f"{first}_written", f"{last}_written")
    scaled = [
        Column(plain[0], _scaled(kind, low_number, f"{part}.low", low_suffix)),
        Column(plain[1], _scaled(kind, high_number, f"{part}.high", high_suffix)),
    ]
    layers = [numbers, [Column(f"{field}__low_suffix", suffix)], scaled]
    if kind.sign is not None:
        low, high = name(plain[0]), name(plain[1])
        fraction = (
            f"{low_suffix} = '' AND {high_suffix} = '' AND abs({low}) <= 2 AND ({part}.high = '' OR abs({high}) <= 2)"
        )
        layers.append(
            [
                Column(first, f"CASE WHEN {fraction} THEN {_hundredfold(low)} ELSE {low} END"),
                Column(last, f"CASE WHEN {fraction} THEN {_hundredfold(high)} ELSE {high} END"),
            ]
        )
    return [*layers, [Column(bound, _bound(part, name(first), name(last)))]]


def _hundredfold(fraction: str) -> str:
    """A hundred times a number of one digit before the point, no place of it lost in any engine."""
    small = f"CAST(CASE WHEN abs({fraction}) <= 2 THEN {fraction} END AS DECIMAL({SCALE + 1}, {SCALE}))"
    return f"CAST({small} * CAST(100 AS DECIMAL(3, 0)) AS {DECIMAL})"


def _digits(number: str) -> str:
    """The digits of a caught number, NULL where none was caught."""
    words = {"": "NULL", **{word: literal(digits) for word, digits in WORD_DIGITS.items()}}
    grouped = f"CASE WHEN contains({number}, ',') THEN replace({number}, ',', '') ELSE {number} END"
    return case_of(number, words, grouped)


def _scaled(kind: Numeric, number: str, written: str, suffix: str) -> str:
    """The number times what its suffix stands for, or NULL where that is too large."""
    exponents = {word: literal(f"e{scale.exponent}") for word, scale in kind.suffixes.items() if scale.exponent}
    if exponents:
        # Shifting the point in the text can't overflow as a product would.
        digits = f"CASE WHEN contains({written}, 'e') THEN CAST({number} AS VARCHAR) ELSE {_digits(written)} END"
        # `||` gives NULL where a part is NULL: a cast that fails is dear.
        shifted = f"TRY_CAST(({digits}) || {case_of(suffix, exponents)} AS {DECIMAL})"
        return f"CASE WHEN {suffix} = '' THEN {number} ELSE {shifted} END"
    factors = {word: literal(scale.factor) for word, scale in kind.suffixes.items() if scale.factor != kind.bare.factor}
    if not factors and kind.bare.factor == 1:
        return number
    factor = f"CAST({case_of(suffix, factors, literal(kind.bare.factor))} AS DECIMAL({WIDTH - SCALE - kind.digits}, 0))"
    return f"CAST({number} * {factor} AS {DECIMAL})"


def _bound(part: str, first: str, last: str) -> str:
    """What the words before and after make of the numbers: =, -, >=, >, <=, <, or nothing that fits."""
    after, before = f"{part}.after", f"{part}.before"
    kinds = {">=": AT_LEAST, ">": MORE_THAN, "<=": AT_MOST, "<": LESS_THAN}
    words = {word: literal(kind) for kind, group in kinds.items() for word in group}
    about = f"{any_of(before, ('', *ABOUT))}"
    return (
        f"CASE WHEN {first} IS NULL OR ({part}.high <> '' AND {last} IS NULL) THEN '' "
        f"WHEN {after} <> '' AND {before} <> '' THEN '' "
        f"WHEN {part}.last_suffix <> '' AND ({part}.low_suffix <> '' OR {after} = '') THEN '' "
        f"WHEN {part}.high <> '' THEN CASE WHEN {about} AND {after} = '' AND {first} <= {last} THEN '-' ELSE '' END "
        f"WHEN {after} <> '' THEN {case_of(after, words, literal(''))} "
        f"ELSE {case_of(before, words, literal('='))} END"
    )


# -- options and text --------------------------------------------------------------------------------------------


def _lower_options(field: str, raw: str, reader: OptionsReader) -> Lowered:
    text, squashed, found = (name(f"{field}__{suffix}") for suffix in ("text", "squashed", "found"))
    written, blank = name(f"{field}__written"), name(f"{field}__blank")
    patterns: dict[str, list[str]] = {}
    for option, pattern in reader.patterns:
        patterns.setdefault(option, []).append(matches(text, pattern))
    fits = {name(f"{field}__fits_{number}"): option for number, option in enumerate(patterns, 1)}
    exact = case_of(squashed, {word: literal(option) for word, option in reader.squashed.items()}, _only(found, fits))
    first = Column(f"{field}__written", case_of(text, {w: literal(o) for w, o in reader.written.items()}))
    layers: list[Layer] = [
        [Column(f"{field}__text", clean(raw))],
        [first, *([Column(f"{field}__squashed", squash(text))] if reader.squashed else [])],
        [Column(f"{field}__blank", f"{written} IS NULL AND {_blank(raw, reader.unknown)}")],
    ]
    if fits:
        looked = f"CASE WHEN {written} IS NULL AND NOT {blank} THEN {{}} ELSE FALSE END"
        layers += [
            [
                Column(f"{field}__fits_{number}", looked.format(" OR ".join(found_)))
                for number, found_ in enumerate(patterns.values(), 1)
            ],
            [Column(f"{field}__found", " + ".join(f"CAST({one} AS INTEGER)" for one in fits))],
        ]
    layers += [
        [
            Column(
                f"{field}__value", f"CASE WHEN {written} IS NOT NULL THEN {written} WHEN NOT {blank} THEN {exact} END"
            )
        ],
        [Column(f"{field}__odd", f"{name(field + '__value')} IS NULL AND NOT {blank}")],
    ]
    return Lowered(tuple(layers), f"{field}__blank", f"{field}__odd")


def _only(found: str, fits: Mapping[str, str]) -> str:
    """The one option that a pattern of it fits, NULL where there are more or fewer."""
    whens = " ".join(f"WHEN {one} THEN {literal(option)}" for one, option in fits.items())
    return f"CASE WHEN {found} = 1 THEN CASE {whens} END END" if fits else "NULL"


def _lower_text(field: str, raw: str, reader: TextReader) -> Lowered:
    layers: tuple[Layer, ...] = (
        [
            Column(f"{field}__text", clean(raw)),
            Column(f"{field}__blank", _blank(raw, reader.unknown)),
            Column(f"{field}__odd", "FALSE"),
        ],
    )
    return Lowered(layers, f"{field}__blank", f"{field}__odd")


_LOWERINGS: Mapping[type[Reader], Callable[[str, str, Reader], Lowered]] = {
    NumericReader: _lower_numeric,  # type: ignore[dict-item]
    OptionsReader: _lower_options,  # type: ignore[dict-item]
    TextReader: _lower_text,  # type: ignore[dict-item]
}
